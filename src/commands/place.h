/*
 * Where a command works: the practice tenant if one is wanted, and the session with it. UI thread.
 */
#ifndef PERCH_COMMANDS_PLACE_H
#define PERCH_COMMANDS_PLACE_H

#include "commands/options.h"
#include "commands/practice.h"
#include "engine/session.h"

struct place {
    struct practice *practice; /* NULL unless this program started one */
    struct session *session;
};

/* HEADLESS: no person looks on, so a practice tenant approves sign-ins by itself. */
gboolean place_open(struct place *place, const struct options *options, gboolean headless, GError **error);
void place_close(struct place *place);

/* TRUE if this state directory holds nothing yet. */
gboolean place_is_new(const struct options *options);

#endif
