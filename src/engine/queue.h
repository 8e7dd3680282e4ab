/* SPDX-License-Identifier: MIT */
/*
 * A queue between two threads, with a descriptor that is readable while something waits.
 *
 * Any thread may push and any may pop; an item belongs to the queue in between. Made of pthread primitives, which the
 * thread sanitizer understands even where GLib itself is not instrumented.
 */
#ifndef PERCH_ENGINE_QUEUE_H
#define PERCH_ENGINE_QUEUE_H

#include <glib.h>

struct queue;

/* FREE_ITEM frees what is left when the queue is freed. NULL and PERCH_ERROR_INTERNAL without a descriptor. */
struct queue *queue_new(GDestroyNotify free_item, GError **error);
void queue_free(struct queue *queue);

void queue_push(struct queue *queue, gpointer item);

/* The oldest item, or NULL at once. */
gpointer queue_pop(struct queue *queue);

guint queue_length(struct queue *queue);

/* For poll(). */
int queue_fd(const struct queue *queue);

#endif
