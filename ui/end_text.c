/* SPDX-License-Identifier: MIT */
#include "ui/end_text.h"

#include "base/text.h"
#include "ui/state_text.h"

gboolean end_is_reached(const struct board *board)
{
    gboolean is_over = board->signed_in && board->summary.done > 0;
    for (guint i = 0; i < board->steps->len && is_over; i++) {
        const struct board_step *step = g_ptr_array_index(board->steps, i);
        is_over = step->report || step_state_is_settled(step->state);
    }
    return is_over;
}

char *end_title(const struct board *board)
{
    return g_strdup_printf("%s is connected to %s", board->tenant_name, board->partner);
}

static void end_line_free(gpointer data)
{
    struct end_line *line = data;
    g_free(line->label);
    g_free(line->text);
    g_free(line);
}

/* Takes LABEL. */
static void add(GPtrArray *lines, enum style style, char *label, const char *text)
{
    struct end_line *line = g_new0(struct end_line, 1);
    *line = (struct end_line){.style = style, .label = label, .text = g_strdup(text)};
    g_ptr_array_add(lines, line);
}

/* What stands otherwise than the recipe has it, and may: in the first words that its objects have for it. */
static void add_deviating(GPtrArray *lines, const struct board_step *step)
{
    g_autoptr(GPtrArray) said = g_ptr_array_new_with_free_func(g_free);
    for (guint i = 0; i < step->objects->len; i++) {
        const struct board_object *object = g_ptr_array_index(step->objects, i);
        if (object->differences->len > 0)
            g_ptr_array_add(said, deviation_text(object));
    }
    g_autofree char *words = said->len > 0 ? text_join(said, " ") : g_strdup(step->reason);
    add(lines, STYLE_BOLD, g_strdup_printf("Done, and may stay so: %d %s. ", step->number, step->title), words);
}

/* The titles of the steps in STATE behind LABEL; of what was told, what of it was read. */
static void add_titles(GPtrArray *lines, const struct board *board, enum step_state state, const char *label)
{
    g_autoptr(GString) titles = g_string_new(NULL);
    for (guint i = 0; i < board->steps->len; i++) {
        const struct board_step *step = g_ptr_array_index(board->steps, i);
        if (step->state != state)
            continue;
        g_autofree char *read = state == STEP_TOLD ? read_back_text(step) : NULL;
        g_string_append_printf(titles, "%s%d %s%s%s%s", titles->len > 0 ? ", " : "", step->number, step->title,
                               read != NULL ? " (proved of it: " : "", read != NULL ? read : "",
                               read != NULL ? ")" : "");
    }
    if (titles->len > 0)
        add(lines, STYLE_BOLD, g_strdup(label), titles->str);
}

GPtrArray *end_lines(const struct board *board)
{
    GPtrArray *lines = g_ptr_array_new_with_free_func(end_line_free);
    g_autofree char *counts = counts_text(board);
    g_autofree char *things = text_count(board->created_count, "thing", "things");
    add(lines, STYLE_BOLD, g_strdup_printf("%s. perch created %s here.", counts, things), "");
    add_titles(lines, board, STEP_TOLD, "Told, and not proved: ");
    for (guint i = 0; i < board->steps->len; i++) {
        const struct board_step *step = g_ptr_array_index(board->steps, i);
        if (board_step_told_unseen(step))
            add(lines, STYLE_WAIT, g_strdup_printf("%d %s. ", step->number, step->title), step->reason);
        else if (step_deviates(step))
            add_deviating(lines, step);
    }
    add_titles(lines, board, STEP_SKIPPED, "Left out: ");
    for (guint i = 0; i < board->steps->len; i++) {
        const struct board_step *step = g_ptr_array_index(board->steps, i);
        /* What should have come by now is nothing to wait for. */
        if (*step->expected != '\0' && (step->expected_until == 0 || time_left(board, step->expected_until) > 0))
            add(lines, STYLE_NORMAL, g_strdup(step->expected), "");
        if (*step->acts == '\0')
            continue;
        g_autofree char *acts = g_strconcat(step->acts, ".", NULL);
        add(lines, STYLE_WAIT, g_strdup_printf("%s can now, beside reading: ", board->partner), acts);
    }
    const char *practice = command_for_practice(board);
    add(lines, STYLE_DIM,
        g_strdup_printf("perch check%s tells whether anything has drifted; perch consents%s lists what signing in "
                        "left, and takes it back.",
                        practice, practice),
        "");
    return lines;
}
