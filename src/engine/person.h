/*
 * What a person says: answers, decisions, told steps, skipped steps, overridden waits. Each is durable before it
 * counts. Worker thread.
 */
#ifndef PERCH_ENGINE_PERSON_H
#define PERCH_ENGINE_PERSON_H

#include "engine/worker.h"

gboolean person_answers(struct worker *worker, const char *path, const char *typed, GError **error);
gboolean person_decides(struct worker *worker, const char *object_key, const char *decision, GError **error);
gboolean person_tells(struct worker *worker, const char *step, const char *by, const char *note, GError **error);
gboolean person_skips(struct worker *worker, const char *step, const char *by, const char *reason, GError **error);
gboolean person_overrides(struct worker *worker, const char *step, const char *word, GError **error);

/* OBJECT is gone: that what belongs to it is to be taken away was decided about it alone, and is forgotten. */
gboolean person_forget_removals(struct worker *worker, const struct object *object, GError **error);

/* Take over decisions, done and skip from the answers, where the journal does not say so already. */
gboolean person_take_answers(struct worker *worker, GError **error);

#endif
