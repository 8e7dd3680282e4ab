/* SPDX-License-Identifier: MIT */
/*
 * What a person says: answers, decisions, told steps, skipped steps, overridden waits. Each is durable before it
 * counts. Worker thread.
 */
#ifndef PERCH_ENGINE_OPERATOR_INPUT_H
#define PERCH_ENGINE_OPERATOR_INPUT_H

#include <glib.h>

struct object;
struct worker;

/* When and by whom something was said. */
struct saying {
    const char *by;
    gint64 when;      /* step time; 0: now */
    const char *from; /* whose hand-over says so; NULL: said here */
};

/* ANSWERS: path, value, path, value, ..., NULL. All of them count or none does. */
gboolean operator_input_answers(struct worker *worker, char *const *answers, GError **error);
gboolean operator_input_decides(struct worker *worker, const char *object_key, const char *decision, GError **error);
gboolean operator_input_tells(struct worker *worker, const char *step, const char *by, const char *note,
                              GError **error);
gboolean operator_input_skips(struct worker *worker, const char *step, const char *by, const char *reason,
                              GError **error);

/* What was told or decided is taken back: recorded, not erased. */
gboolean operator_input_untells(struct worker *worker, const char *step, GError **error);
gboolean operator_input_undecides(struct worker *worker, const char *object_key, GError **error);

gboolean operator_input_overrides(struct worker *worker, const char *step, const char *word, GError **error);

/* Note that STEP was told or (with a REASON) skipped, unasked: whoever calls has seen that it may be. ABOUT may be
 * NULL. */
gboolean operator_input_note_told(struct worker *worker, const char *step, struct saying said, const char *note,
                                  const char *about, GError **error);
gboolean operator_input_note_skipped(struct worker *worker, const char *step, struct saying said, const char *reason,
                                     GError **error);

/* OBJECT is gone: that what belongs to it is to be taken away was decided about it alone, and is forgotten. */
gboolean operator_input_forget_removals(struct worker *worker, const struct object *object, GError **error);

/* Take over decisions, done and skip from the answers, where the journal does not say so already. */
gboolean operator_input_take_answers(struct worker *worker, GError **error);

#endif
