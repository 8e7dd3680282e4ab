/* SPDX-License-Identifier: MIT */
#include "engine/queue.h"

#include <errno.h>
#include <pthread.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "base/error.h"

struct queue {
    pthread_mutex_t mutex;
    GQueue items;
    GDestroyNotify free_item;
    int fd;
};

struct queue *queue_new(GDestroyNotify free_item, GError **error)
{
    int fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    if (fd < 0) {
        g_set_error(error, PERCH_ERROR, PERCH_ERROR_INTERNAL, "No event descriptor: %s.", g_strerror(errno));
        return NULL;
    }
    struct queue *queue = g_new0(struct queue, 1);
    pthread_mutex_init(&queue->mutex, NULL);
    g_queue_init(&queue->items);
    queue->free_item = free_item;
    queue->fd = fd;
    return queue;
}

void queue_free(struct queue *queue)
{
    if (queue == NULL)
        return;
    g_queue_clear_full(&queue->items, queue->free_item);
    pthread_mutex_destroy(&queue->mutex);
    close(queue->fd);
    g_free(queue);
}

void queue_push(struct queue *queue, gpointer item)
{
    guint64 one = 1;
    pthread_mutex_lock(&queue->mutex);
    g_queue_push_tail(&queue->items, item);
    /* It is readable already where another item waits. */
    ssize_t written = queue->items.length == 1 ? write(queue->fd, &one, sizeof one) : 0;
    (void)written;
    pthread_mutex_unlock(&queue->mutex);
}

gpointer queue_pop(struct queue *queue)
{
    guint64 count;
    pthread_mutex_lock(&queue->mutex);
    gpointer item = g_queue_pop_head(&queue->items);
    if (queue->items.length == 0) {
        ssize_t got = read(queue->fd, &count, sizeof count);
        (void)got;
    }
    pthread_mutex_unlock(&queue->mutex);
    return item;
}

guint queue_length(struct queue *queue)
{
    pthread_mutex_lock(&queue->mutex);
    guint length = queue->items.length;
    pthread_mutex_unlock(&queue->mutex);
    return length;
}

int queue_fd(const struct queue *queue)
{
    return queue->fd;
}
