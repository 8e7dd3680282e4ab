/*
 * The report: what exists in the tenant, who did it and when, what was only told, and where it leaves a recipe. Built
 * once from the board and the history; the renderers print it and decide nothing. All strings are safe for a terminal,
 * free of secrets, never NULL, and masked: an Event Hub value stands as dots wherever it came from. Times are
 * microseconds since 1970 in step time; 0 means never. UI thread.
 */
#ifndef PERCH_COMMANDS_REPORT_MODEL_H
#define PERCH_COMMANDS_REPORT_MODEL_H

#include <glib.h>

#include "engine/event.h"

struct report_object {
    char *key;
    char *kind;
    char *title;
    char *name;
    char *id;
    char *sentence;
    enum object_state state;
    enum object_origin origin;
    char *made;             /* as in struct board_object */
    GPtrArray *differences; /* of struct board_difference */
    GPtrArray *deeds;       /* of struct deed, borrowed from the report */
};

struct report_wait {
    char *reason;
    gint64 began; /* 0: there was no wait */
    gint64 until;
    char *cut_by; /* who went on without it; "" if nobody */
    gint64 cut_at;
};

struct report_step {
    char *id;
    int number;
    char *title;
    enum step_state state;
    char *reason;
    char *next;
    gint64 checked;
    char *told_by;
    char *told_note;
    gint64 told_at;
    char *skipped_by;
    char *skip_reason;
    gint64 skipped_at;
    struct report_wait wait;
    GPtrArray *notes;   /* of char * */
    GPtrArray *objects; /* of struct report_object */
};

/* Where the tenant is not as a recipe has it. */
struct report_deviation {
    gboolean from_microsoft; /* else from the partner's recipe */
    char *step;              /* id */
    char *what;              /* a sentence */
    char *reason;            /* "" if none is known */
};

struct report {
    char *tenant_id;
    char *tenant_name;
    char *tenant_domain;
    char *partner;
    char *cloud;
    char *account;
    gboolean practice;
    gint64 made;
    gint64 checked;
    struct board_summary summary;
    GPtrArray *steps;      /* of struct report_step */
    GPtrArray *deviations; /* of struct report_deviation */
    GPtrArray *deeds;      /* of struct deed: everything, oldest first */
    GPtrArray *card;       /* of struct board_line; copy is "" where the value is not known yet */
    char *contact_name;
    char *contact_mail;
    gint64 next_review; /* 0: no reviews, or not known */
    int review_months;
};
typedef struct report Report;

/* Caller frees. */
struct report *report_new(const struct board *board, const struct history *history);
void report_free(struct report *report);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Report, report_free)

/* The object that DEED is about, or NULL; the step, or NULL. Borrowed. */
const struct report_object *report_find_object(const struct report *report, const char *key);
const struct report_step *report_find_step(const struct report *report, const char *id);

#endif
