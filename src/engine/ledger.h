/*
 * The ledger: what the journal's records come to, for each object and step. Folded from the records one after another,
 * so that loading a journal and living through it give the same. Owned by the worker thread.
 */
#ifndef PERCH_ENGINE_LEDGER_H
#define PERCH_ENGINE_LEDGER_H

#include <glib.h>

#include "base/json.h"

enum write_phase {
    PHASE_NONE,    /* nothing is under way */
    PHASE_INTENT,  /* written down, surely not sent */
    PHASE_SENT,    /* may have reached the service */
    PHASE_REPLIED, /* the service said yes; not yet read back */
};

struct object_entry {
    char *action; /* "create", "repair", "restore", "remove", "undo-repair"; of the write in phase */
    enum write_phase phase;
    gint64 since;     /* step time of the last record about a write */
    char *id;         /* "" if none */
    int refused;      /* HTTP status with which the last write was refused; 0 if it was not */
    gboolean created; /* perch made it, has not removed it, and has not found it gone */
    gboolean adopted;
    char *deleted_id; /* what our own undo removed last; "" if nothing */
    char *absent_as;  /* as what it was read as not there; "" if it never was. See first_seen.h */
    gint64 seen_at;   /* when it was there for the first time after that; 0: not yet */
    json *take_back;  /* the request that removes what perch made, as leftover.h has it; NULL if not known */
    GPtrArray *left;  /* of json, likewise: what perch made under this key before, and has not removed */
    json *old;        /* before our last repair, NULL if there was none or it was undone */
    char *decision;   /* the last one, "" if none */
    char *name;       /* what it was decided to be called, "" if nothing was */
    char *decided_by;
    gint64 decided_at;
    char *handed; /* decision of the colleague who handed over, to be taken once it is offered; "" if none */
    char *handed_by;
    gint64 handed_at;
};

struct step_entry {
    char *told_by; /* "" if not told */
    char *told_note;
    char *told_about; /* the guide's tellAgain value as it stood then; NULL if there was none or it was not noted */
    gint64 told_at;
    char *skipped_by; /* "" if not skipped */
    char *skip_reason;
    gint64 skipped_at;
    gint64 wait_started; /* 0: no wait */
    gint64 wait_until;
    gboolean wait_overridden;
    char *overridden_by; /* "" if not */
    gint64 proved_at;    /* when it was first found done; noted only where something is expected after it */
};

struct ledger {
    GHashTable *objects; /* key -> struct object_entry */
    GHashTable *steps;   /* id -> struct step_entry */
};

struct ledger *ledger_new(void);
void ledger_free(struct ledger *ledger);

/* When what RECORD tells happened: what a colleague handed over was said before it was written down here. */
gint64 ledger_time(const json *record);

/* Take RECORD into account. Unknown types are left alone. */
void ledger_add(struct ledger *ledger, const json *record);

/* The entry of an object or step; an empty one if the journal never named it. Borrowed. */
const struct object_entry *ledger_object(const struct ledger *ledger, const char *key);
const struct step_entry *ledger_step(const struct ledger *ledger, const char *id);

/* How many objects perch made that are not known to be gone. */
int ledger_created_count(const struct ledger *ledger);

#endif
