/* SPDX-License-Identifier: MIT */
/* Who can now do what, and who gets in by what: one line for each thing in the tenant that lets somebody in. */
#include <string.h>

#include "base/duration.h"
#include "board/acting.h"
#include "commands/report/access.h"
#include "commands/report/words.h"

static const char *granted(const struct report *report, const struct board_object *object)
{
    const char *acting = report_fact(report, report_printf(report, "%s.acting", object->key));
    const char *sentence = report_masked(report, object->sentence);
    if (acting == NULL)
        return report_printf(report, "%s They only read.", sentence);
    g_autofree char *words = acting_words(acting);
    return report_printf(report, "%s They let it %s; the rest reads.", sentence, words);
}

static const char *policy(const struct report *report, const struct board_object *object)
{
    const char *approval = report_fact(report, report_printf(report, "%s.approval", object->key));
    const char *expires = report_fact(report, report_printf(report, "%s.expires", object->key));
    const char *months = report_fact(report, report_printf(report, "%s.reviewMonths", object->key));
    /* When access ends: "never", a duration, or the time itself. */
    gint64 seconds = duration_seconds(expires);
    gint64 time = expires != NULL ? clock_parse(expires) : 0;
    g_autofree char *words = duration_words(seconds);
    const char *end = seconds > 0 ? report_printf(report, "ends after %s", words)
                      : time > 0  ? report_printf(report, "ends on %s", report_time(report, time))
                                  : "never ends";
    const char *review = months != NULL && strcmp(months, "0") != 0
                             ? report_printf(report, "reviewed every %s months", months)
                             : "never reviewed";
    if (approval == NULL)
        return "whoever it names may ask for membership";
    return report_printf(report, "whoever it names may ask for membership, %s; access %s and is %s",
                         strcmp(approval, "none") == 0 ? "without approval" : "with approval", end, review);
}

static const char *sentence_of(const struct report *report, const struct board_object *object)
{
    gboolean as_wanted = strcmp(object->kind, "group-owners") == 0 && object->sentence[0] == '\0';
    return as_wanted ? "as the recipe has them" : report_masked(report, object->sentence);
}

/* Also of one that is kept as it is: where it goes is what was read. */
static const char *export_of(const struct report *report, const struct board_object *object)
{
    for (guint i = 0; i < object->differences->len; i++) {
        const struct board_difference *difference = g_ptr_array_index(object->differences, i);
        if (strcmp(difference->field, "Event Hub") == 0)
            return report_masked(report, report_printf(report, "these events go to %s, not to %s", difference->found,
                                                       difference->wanted));
    }
    return "the Event Hub that was given here receives these events";
}

/* The partner gets nothing by it: it is the company's own, which the partner invites. */
static const char *own_account(const struct report *report, const struct board_object *object)
{
    return report_printf(report, "the company's own, which the partner invites into its tenant. %s",
                         report_masked(report, object->sentence));
}

static const struct {
    const char *kind;
    gboolean lets_in; /* else: lets do */
    const char *words;
    const char *(*tell)(const struct report *report, const struct board_object *object);
} lines[] = {
    {"role-assignment", FALSE, "every member of the group holds this directory role", NULL},
    {"defender-role-definition", FALSE, NULL, sentence_of},
    {"defender-role-assignment", FALSE, "every member of the group may do in Defender what that role allows", NULL},
    {"application-grants", FALSE, NULL, granted},
    {"application-permission", FALSE, "granted", NULL},
    {"streaming-export", FALSE, NULL, export_of},
    {"account-role", FALSE, NULL, own_account},
    {"assignment-policy", TRUE, NULL, policy},
    {"group-owners", TRUE, NULL, sentence_of},
    {"group-member", TRUE, "a member without asking", NULL},
    {"group-holders", TRUE, NULL, sentence_of},
    {"catalog-holders", TRUE, NULL, sentence_of},
    {"package-holders", TRUE, NULL, sentence_of},
    {"guest-holders", TRUE, NULL, sentence_of},
    {"defender-role-holders", TRUE, NULL, sentence_of},
    {"application", TRUE, NULL, sentence_of},
};

void report_add_access(const struct report *report, gboolean lets_in, struct block *pairs)
{
    struct block_row *row = block_add(pairs, lets_in ? "Who gets in by what" : "Who can now do what", NULL);
    for (guint i = 0; i < report->board->steps->len; i++) {
        const struct board_step *step = report_step(report, i);
        for (guint k = 0; k < step->objects->len; k++) {
            const struct board_object *object = report_object(step, k);
            for (gsize line = 0; line < G_N_ELEMENTS(lines); line++) {
                if (!object_state_is_there(object->state) || lines[line].lets_in != lets_in ||
                    strcmp(lines[line].kind, object->kind) != 0)
                    continue;
                const char *words = lines[line].tell != NULL ? lines[line].tell(report, object) : lines[line].words;
                const char *title = report_masked(report, object->title);
                block_line(row, report_printf(report, "%s: %s", title, words));
            }
        }
    }
    if (row->cells->len == 1)
        block_line(row, "nobody, as far as perch reads it");
}

char *report_access_text(const struct board *board, const struct history *history)
{
    g_autoptr(Report) report = report_new(board, history, clock_now(&board->clock));
    g_autoptr(GPtrArray) document = document_new();
    struct block *pairs = document_add(document, BLOCK_PAIRS, "");
    report_add_access(report, FALSE, pairs);
    report_add_access(report, TRUE, pairs);
    GString *text = g_string_new(NULL);
    for (guint i = 0; i < pairs->rows->len; i++) {
        const struct block_row *row = block_row(pairs, i);
        g_string_append_printf(text, "%s%s:", i > 0 ? "\n\n" : "", row_cell(row, 0));
        for (guint k = 1; k < row->cells->len; k++)
            g_string_append_printf(text, "\n• %s", row_cell(row, k));
    }
    return g_string_free(text, FALSE);
}
