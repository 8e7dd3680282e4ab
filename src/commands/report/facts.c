/* SPDX-License-Identifier: MIT */
#include "commands/report/facts.h"

#include <string.h>

#include "ui/mask.h"

#define CHUNK_SIZE 8192

struct report *report_new(const struct board *board, const struct history *history, gint64 made)
{
    struct report *report = g_new0(struct report, 1);
    report->board = board;
    report->history = history;
    report->mask = mask_new(board);
    report->made = made;
    report->deviations = g_ptr_array_new_with_free_func(g_free);
    report->strings = g_string_chunk_new(CHUNK_SIZE);
    report_find_deviations(report);
    return report;
}

void report_free(struct report *report)
{
    g_clear_pointer(&report->mask, g_regex_unref);
    g_ptr_array_unref(report->deviations);
    g_string_chunk_free(report->strings);
    g_free(report);
}

const char *report_masked(const struct report *report, const char *text)
{
    if (report->mask == NULL)
        return text;
    g_autofree char *masked = mask_text(report->mask, text);
    return g_string_chunk_insert(report->strings, masked);
}

const char *report_printf(const struct report *report, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    g_autofree char *text = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    return g_string_chunk_insert(report->strings, text);
}

const char *report_fact(const struct report *report, const char *name)
{
    return g_hash_table_lookup(report->history->facts, name);
}

struct step_said report_said(const struct report *report, const struct board_step *step)
{
    struct step_said said = {0};
    for (guint i = 0; i < report->history->deeds->len; i++) {
        const struct deed *deed = g_ptr_array_index(report->history->deeds, i);
        if (deed->object[0] != '\0' || strcmp(deed->step, step->id) != 0)
            continue;
        if (strcmp(deed->what, "tell") == 0)
            said.told = deed;
        else if (strcmp(deed->what, "untell") == 0)
            said.told = NULL;
        else if (strcmp(deed->what, "skip") == 0)
            said.skipped = deed;
        else if (strcmp(deed->what, "unskip") == 0)
            said.skipped = NULL;
        else if (strcmp(deed->what, "wait") == 0)
            said.wait = deed;
        else if (strcmp(deed->what, "override") == 0)
            said.cut = deed;
    }
    return said;
}

const struct board_step *report_step(const struct report *report, guint i)
{
    return g_ptr_array_index(report->board->steps, i);
}

const struct board_object *report_object(const struct board_step *step, guint i)
{
    return g_ptr_array_index(step->objects, i);
}

const struct board_object *report_find_object(const struct report *report, const char *key)
{
    for (guint i = 0; i < report->board->steps->len; i++) {
        const struct board_step *step = report_step(report, i);
        for (guint k = 0; k < step->objects->len; k++)
            if (strcmp(report_object(step, k)->key, key) == 0)
                return report_object(step, k);
    }
    return NULL;
}

const struct deed *report_next_deed(const struct report *report, const struct board_object *object, guint *position)
{
    const GPtrArray *deeds = report->history->deeds;
    while (*position < deeds->len) {
        const struct deed *deed = g_ptr_array_index(deeds, (*position)++);
        if (strcmp(deed->object, object->key) == 0)
            return deed;
    }
    return NULL;
}

struct board_summary report_summary(const struct report *report)
{
    struct board_summary summary = {0};
    for (guint i = 0; i < report->board->steps->len; i++)
        if (!report_step(report, i)->report)
            board_summary_count(&summary, report_step(report, i)->state);
    return summary;
}

void report_read_between(const struct report *report, gint64 *first, gint64 *last)
{
    *first = *last = report->board->checked;
    for (guint i = 0; i < report->board->steps->len; i++) {
        gint64 checked = report_step(report, i)->checked;
        *first = checked > 0 ? MIN(*first, checked) : *first;
        *last = MAX(*last, checked);
    }
    /* What was written was read back. */
    for (guint i = 0; i < report->history->deeds->len; i++)
        *last = MAX(*last, ((const struct deed *)g_ptr_array_index(report->history->deeds, i))->verified);
}
