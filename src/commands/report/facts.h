/* SPDX-License-Identifier: MIT */
/*
 * What a report tells of a tenant: the board and the history, read and not copied, with what follows from both. Every
 * text that a report takes from them goes through report_masked(), so that an Event Hub value stands as dots wherever
 * it came from. Strings that these functions return live as long as the report. Times are microseconds since 1970 in
 * step time; 0 means never. UI thread.
 */
#ifndef PERCH_COMMANDS_REPORT_FACTS_H
#define PERCH_COMMANDS_REPORT_FACTS_H

#include <glib.h>

#include "board/event.h"

/* Where the tenant is not as a recipe has it. */
struct report_deviation {
    gboolean from_microsoft; /* else from the partner's recipe */
    const char *step;        /* id */
    const char *what;        /* a sentence */
    const char *reason;      /* "" if none is known */
};

struct report {
    const struct board *board;
    const struct history *history;
    GRegex *mask; /* NULL: nothing is to be hidden */
    gint64 made;
    GPtrArray *deviations; /* of struct report_deviation, the partner's first */
    gint64 next_review;    /* 0: no reviews, or not known */
    gint64 first_review;   /* where there is a next one: when they begin; 0: not known */
    int review_months;
    GStringChunk *strings;
};
typedef struct report Report;

/* BOARD and HISTORY are borrowed and outlive the report, which is made at MADE. Caller frees. */
struct report *report_new(const struct board *board, const struct history *history, gint64 made);
void report_free(struct report *report);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Report, report_free)

/* TEXT with dots for what nobody else is to read. */
const char *report_masked(const struct report *report, const char *text);

/* Like g_strdup_printf(). */
const char *report_printf(const struct report *report, const char *format, ...) G_GNUC_PRINTF(2, 3);

/* The fact NAME ("policy.approval"), or NULL. */
const char *report_fact(const struct report *report, const char *name);

/* What was last said about a step, and its wait: deeds of the history, NULL where there was none. */
struct step_said {
    const struct deed *told;
    const struct deed *skipped; /* NULL too if it was taken in again */
    const struct deed *wait;
    const struct deed *cut; /* who went on without the wait */
};
struct step_said report_said(const struct report *report, const struct board_step *step);

/* The object KEY, or NULL. */
const struct board_object *report_find_object(const struct report *report, const char *key);

/* What was done to OBJECT, oldest first: the next deed from *POSITION (0 to begin with) on, or NULL. */
const struct deed *report_next_deed(const struct report *report, const struct board_object *object, guint *position);

/* How many steps stand how; the report itself, which is being written, is none of them. */
struct board_summary report_summary(const struct report *report);

/* When the tenant was read that the report tells of: whole, and step by step afterwards. */
void report_read_between(const struct report *report, gint64 *first, gint64 *last);

/* The step number I, and the object number I of STEP. */
const struct board_step *report_step(const struct report *report, guint i);
const struct board_object *report_object(const struct board_step *step, guint i);

/* Fill deviations, next_review and review_months: what a change board and an auditor ask for. */
void report_find_deviations(struct report *report);

#endif
