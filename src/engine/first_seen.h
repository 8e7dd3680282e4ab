/* SPDX-License-Identifier: MIT */
/*
 * What a person makes while the onboarding goes on. The journal notes that it was read as not there, what
 * stood in its place, and when it was there first, so that it is not taken for something from before. Worker thread.
 */
#ifndef PERCH_ENGINE_FIRST_SEEN_H
#define PERCH_ENGINE_FIRST_SEEN_H

#include <glib.h>

struct object;
struct situation;
struct worker;

/* Note what the last check showed for the first time. Nothing is noted where perch only looks on. */
gboolean first_seen_note(struct worker *worker, GError **error);

/* Note that OBJECT, which perch has just removed, was read as not there, where what somebody makes anew would bear the
 * same id. */
gboolean first_seen_note_removed(struct worker *worker, const struct object *object, GError **error);

/* "made in the portal by a person, seen on 2026-11-24", or, by the service's own date, "made on 2026-11-24,
 * after perch began to look, and not by it": of what is not perch's own. NULL where that is not known. Caller frees. */
char *first_seen_words(const struct situation *situation, const struct object *object);

/* That OBJECT, which perch knows nothing of, was made after the last thing that this journal tells of a write: by
 * somebody else, or by perch with a newer copy of the state folder. NULL where it was not. Caller frees. */
char *first_seen_after_all(const struct situation *situation, const struct object *object);

#endif
