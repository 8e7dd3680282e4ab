/* SPDX-License-Identifier: MIT */
/* The report for a spreadsheet: every object, and what differs. */
#include <string.h>

#include "commands/report/facts.h"
#include "commands/report/print.h"

/* A tenant's names are other people's text: what begins like a formula is not to be carried out by a spreadsheet. */
static void add_cell(GString *row, const char *text)
{
    if (row->len > 0 && row->str[row->len - 1] != '\n')
        g_string_append_c(row, ',');
    g_string_append_c(row, '"');
    if (text[0] != '\0' && strchr("=+-@\t\r", text[0]) != NULL)
        g_string_append_c(row, '\'');
    for (const char *at = text; *at != '\0'; at++) {
        if (*at == '"')
            g_string_append_c(row, '"');
        g_string_append_c(row, *at);
    }
    g_string_append_c(row, '"');
}

static void add_row(GString *rows, const struct board_step *step, const char *const *cells)
{
    g_autofree char *number = g_strdup_printf("%d", step->number);
    add_cell(rows, number);
    add_cell(rows, step->title);
    add_cell(rows, step_state_word(step->state));
    for (guint i = 0; cells[i] != NULL; i++)
        add_cell(rows, cells[i]);
    g_string_append(rows, "\r\n");
}

static void add_object(const struct report *report, GString *rows, const struct board_step *step,
                       const struct board_object *object)
{
    const char *name = report_masked(report, object->name);
    const char *id = report_masked(report, object->id);
    const char *sentence = report_masked(report, object->sentence);
    const char *cells[] = {
        object->kind, name,     id,  object_state_word(object->state), object_origin_word(object->origin), "", "",
        "",           sentence, NULL};
    add_row(rows, step, cells);
    for (guint i = 0; i < object->differences->len; i++) {
        const struct board_difference *difference = g_ptr_array_index(object->differences, i);
        cells[5] = difference->field;
        cells[6] = report_masked(report, difference->wanted);
        cells[7] = report_masked(report, difference->found);
        cells[8] = "";
        add_row(rows, step, cells);
    }
}

char *report_as_csv(const struct report *report)
{
    GString *rows = g_string_new("\"step\",\"title\",\"step state\",\"kind\",\"name\",\"id\",\"state\",\"origin\","
                                 "\"field\",\"wanted\",\"found\",\"sentence\"\r\n");
    for (guint i = 0; i < report->board->steps->len; i++) {
        const struct board_step *step = report_step(report, i);
        const char *const alone[] = {"", "", "", "", "", "", "", "", report_masked(report, step->reason), NULL};
        if (step->objects->len == 0)
            add_row(rows, step, alone);
        for (guint k = 0; k < step->objects->len; k++)
            add_object(report, rows, step, report_object(step, k));
    }
    return g_string_free(rows, FALSE);
}
