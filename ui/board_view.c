/* SPDX-License-Identifier: MIT */
#include "ui/board_view.h"

#include <string.h>

#include "ui/bottom.h"
#include "ui/form/form.h"
#include "ui/log_pane.h"
#include "ui/pane_layout.h"
#include "ui/progress.h"
#include "ui/state_text.h"
#include "ui/step_pane.h"
#include "ui/tenant_list.h"
#include "ui/views/overlay.h"
#include "ui/views/sign_in_view.h"

#define STEP_TEXT_COLUMNS 92
#define CLOUD_COLUMNS 28
#define CHECKLIST "Checklist"
#define TITLE_COLUMNS 7 /* “ perch ” */
#define EDGE_COLUMNS 10 /* of corners, lines and blanks round an edge's words, with the mark */

static void draw_part(struct console *console, int *at, int end, enum style style, const char *text)
{
    if (*text != '\0' && *at < end)
        *at += grid_put(console->grid, *at, 0, end - *at, style, text);
}

/* Before the sign-in the tenant that was chosen is on the screen: nobody is to sign in to another one by it. */
static const struct tenant_row *chosen_tenant(const struct console *console)
{
    return console->board->signed_in || *console->board->tenant_domain != '\0' ? NULL : console->options->tenant;
}

/* What the title says at least. */
static const char *title_word(const struct console *console)
{
    const struct board *board = console->board;
    const struct tenant_row *chosen = chosen_tenant(console);
    if (*board->tenant_domain != '\0')
        return board->tenant_domain;
    return board->signed_in ? board->tenant_name : chosen != NULL ? chosen->domain : "not signed in";
}

/* The domain is what a person has to type and compare: it is never cut for the sake of a name. */
static void draw_tenant(struct console *console, int at, int end)
{
    const struct board *board = console->board;
    const struct tenant_row *chosen = chosen_tenant(console);
    const char *domain = title_word(console);
    const char *name = chosen != NULL ? chosen->name : board->tenant_name;
    const char *account = chosen != NULL ? "not signed in" : board->account;
    if (*board->tenant_domain == '\0' && chosen == NULL) {
        draw_part(console, &at, end, STYLE_NORMAL, domain);
        return;
    }
    enum style style = tenant_style(chosen != NULL ? chosen->id : board->tenant_id);
    int room = end - at - grid_text_columns(domain) - grid_text_columns(" · ");
    if (*name != '\0' && room >= 4) {
        int name_end = at + MIN(room, MAX(room / 2, 12));
        draw_part(console, &at, MIN(name_end, end), style, name);
        draw_part(console, &at, end, STYLE_NORMAL, " · ");
    }
    draw_part(console, &at, end, style, domain);
    if (*account != '\0' && end - at > 8) {
        draw_part(console, &at, end, STYLE_NORMAL, " · ");
        draw_part(console, &at, end, STYLE_NORMAL, account);
    }
}

static const char *activity(const struct console *console)
{
    if (sign_in_view_url(console_top(console)) != NULL)
        return "signing in …";
    if (console_runs(console, COMMAND_APPLY))
        return "writing …";
    if (console_runs(console, COMMAND_UNDO) || console_runs(console, COMMAND_LEAVE))
        return "removing …";
    if (console_runs(console, COMMAND_SIGN_IN))
        return "signing in …";
    return console_busy(console) ? "reading …" : NULL;
}

static char *right_words(const struct console *console)
{
    const struct board *board = console->board;
    g_autoptr(GString) words = g_string_new(NULL);
    const struct board_step *wait = first_wait(board);
    if (wait != NULL) {
        g_autofree char *left = brief_duration_text(time_left(board, wait->until));
        g_string_append_printf(words, "next in %s · ", left);
    }
    if (board->read_only)
        g_string_append(words, "read only · ");
    if (activity(console) != NULL) {
        g_string_append(words, activity(console));
    } else {
        g_autofree char *time = time_text(board, MAX(board->checked, board->newest));
        g_string_append_printf(words, "read %s", time);
    }
    return g_string_free(g_steal_pointer(&words), FALSE);
}

static char *practice_words(const struct console *console, gboolean brief)
{
    if (!console->board->practice && !console->options->practice)
        return g_strdup("");
    if (console->board->clock.rate <= 1.0)
        return g_strdup("PRACTICE ");
    return g_strdup_printf("PRACTICE%s ×%.0f ", brief ? "" : ", clock", console->board->clock.rate);
}

/* What decides most comes first: practice, a cloud of one's own, the domain. Where it does not fit, the clock's word
 * goes, then the right end. */
static void draw_title(struct console *console, struct area area)
{
    struct grid *grid = console->grid;
    const struct board *board = console->board;
    g_autofree char *partner =
        board->partner_from_file ? g_strdup_printf("partner file %.8s ", board->partner_sha256) : g_strdup("");
    g_autofree char *cloud = g_strdup_printf("%s%s%s", board->cloud_from_file ? board->cloud : "",
                                             board->cloud_from_file ? " " : "", partner);
    g_autofree char *right = right_words(console);
    g_autofree char *wordy = practice_words(console, FALSE);
    g_autofree char *brief = practice_words(console, TRUE);
    int right_columns = grid_text_columns(right) + 2;
    int cloud_columns = MIN(grid_text_columns(cloud), CLOUD_COLUMNS);
    int room = area.columns - TITLE_COLUMNS - cloud_columns - grid_text_columns(title_word(console)) - 1;
    gboolean whole = grid_text_columns(wordy) + right_columns <= room;
    const char *practice = whole ? wordy : brief;
    /* The clock's rate goes before a letter of the domain does. */
    if (grid_text_columns(practice) > room && *practice != '\0')
        practice = "PRACTICE ";
    if (grid_text_columns(practice) + right_columns > room)
        right_columns = 0;
    grid_put(grid, 1, area.row, area.columns, STYLE_BOLD, "perch");
    int at = TITLE_COLUMNS;
    at += grid_put(grid, at, area.row, area.columns - at, STYLE_ACCENT, practice);
    at += grid_put(grid, at, area.row, MIN(cloud_columns, area.columns - at), STYLE_BAD, cloud);
    draw_tenant(console, at, area.columns - MAX(right_columns, 1));
    if (right_columns > 0)
        grid_put(grid, area.columns - right_columns + 1, area.row, right_columns - 1, STYLE_DIM, right);
}

char *board_view_window_title(const struct console *console)
{
    const struct board_step *due = board_due_step(console->board);
    if (due != NULL)
        return g_strdup_printf("perch: %s is due", due->title);
    const struct board_step *next = board_next_step(console->board);
    if (next != NULL && next->state == STEP_NEEDS_YOU && !console->board->taken_away)
        return g_strdup_printf("perch: %s needs you", next->title);
    return g_strdup_printf("perch: %s", *console->board->tenant_name != '\0' ? console->board->tenant_name : "ready");
}

/* How many steps are done; BRIEF in fewer letters. Caller frees. */
static char *checklist_words(const struct console *console, gboolean brief)
{
    guint steps = console->board->steps->len;
    int done = console->board->summary.done;
    if (steps == 0)
        return g_strdup("");
    guint kept = console->board->partner_keeps->len;
    if (console->board->taken_away && kept > 0)
        return g_strdup_printf("%u%s stay%s", kept,
                               brief       ? ""
                               : kept == 1 ? " thing"
                                           : " things",
                               kept == 1 ? "s" : "");
    if (console->board->taken_away)
        return g_strdup(brief ? "" : "taken away");
    return brief ? g_strdup_printf("%d/%u", done, steps) : g_strdup_printf("%d of %u done", done, steps);
}

static char *step_title(const struct console *console)
{
    const struct board_step *step = console_step(console);
    if (console->greeting)
        return g_strdup("Welcome");
    if (console->carried_out != NULL)
        return g_strdup_printf("%s %s",
                               progress_is_over(console) && console->nothing_sent ? "Nothing was sent:"
                               : console->carried_out->leave                      ? "Leave:"
                               : console->carried_out->undo                       ? "Undo:"
                               : progress_is_over(console)                        ? "Wrote:"
                                                                                  : "Writes:",
                               console->board->tenant_domain);
    if (console->collecting)
        return g_strdup("Before you begin");
    return step != NULL ? g_strdup_printf("%d %s", step->number, step->title) : g_strdup("");
}

/* How far what the step's pane shows has come; NULL where nothing is counted. Caller frees. */
static char *step_count(const struct console *console)
{
    if (console->carried_out != NULL)
        return progress_is_over(console) && console->nothing_sent ? NULL : progress_count(console);
    return console->collecting ? step_pane_values_count(console) : NULL;
}

static gboolean pane_active(const struct console *console, enum pane pane)
{
    return console->pane == pane && console_top(console) == NULL;
}

/* What is out of sight of a pane; NULL: nothing is. */
struct hidden {
    char *wordy, *brief;
    const char *least; /* of brief, what is below */
};

static struct hidden hidden_of(const struct scroller *scroller, const struct text_layout *layout)
{
    struct hidden hidden = {.wordy = scroller_out_of_sight(scroller, layout, FALSE),
                            .brief = scroller_out_of_sight(scroller, layout, TRUE)};
    const char *above_end = hidden.brief != NULL ? strstr(hidden.brief, "↑ ") : NULL;
    hidden.least = above_end != NULL ? above_end + strlen("↑ ") : hidden.brief;
    return hidden;
}

static void hidden_clear(struct hidden *hidden)
{
    g_free(hidden->wordy);
    g_free(hidden->brief);
}

/* COUNT and what is HIDDEN, as much of it as fits beside TITLE in an edge of COLUMNS; BRIEF is the count in fewer
 * letters. What is NULL there is not. Caller frees. */
static char *with_more(const char *count, const char *brief, const struct hidden *hidden, const char *title,
                       int columns)
{
    int room = columns - EDGE_COLUMNS - grid_text_columns(title);
    const struct {
        const char *count, *more;
    } ways[] = {{count, hidden->wordy},
                {count, hidden->brief},
                {brief != NULL ? brief : count, hidden->brief},
                {count, hidden->least}};
    for (gsize i = 0; hidden->brief != NULL && i < G_N_ELEMENTS(ways); i++) {
        const char *counted = ways[i].count != NULL ? ways[i].count : "";
        g_autofree char *words = g_strdup_printf("%s%s%s", counted, *counted != '\0' ? " · " : "", ways[i].more);
        if (grid_text_columns(words) <= room)
            return g_steal_pointer(&words);
    }
    return g_strdup(count != NULL ? count : hidden->brief);
}

/* What is out of sight of AREA, to be cleared by the caller; the same below. */
static struct hidden draw_checklist(struct console *console, struct area area)
{
    g_autoptr(TextLayout) layout = checklist_layout(console, area.columns);
    hit_areas_add(console->hits, area, HIT_CHECKLIST, 0, NULL);
    console->checklist.rows = area.rows;
    scroller_reveal(&console->checklist, layout);
    layout_draw(layout, &console->checklist, console->grid, area, pane_active(console, PANE_CHECKLIST), console->hits,
                HIT_CHECKLIST);
    return hidden_of(&console->checklist, layout);
}

static struct hidden draw_step(struct console *console, struct area area)
{
    struct area inner = {area.column + 1, area.row, MIN(area.columns - 2, STEP_TEXT_COLUMNS), area.rows};
    g_autoptr(TextLayout) layout = step_pane_layout(console, inner.columns);
    hit_areas_add(console->hits, area, HIT_STEP, 0, NULL);
    console->step_scroller.rows = inner.rows;
    gboolean resized = console->step_columns != inner.columns;
    console->step_columns = inner.columns;
    const struct item before = console->step_scroller.focus;
    step_pane_find_focus(console, layout);
    /* What comes or goes above the mark does not push it out of sight. */
    gboolean pushed = console->mark_in_sight && !resized && console->step_top == console->step_scroller.top &&
                      before.kind != ITEM_NONE && item_equal(&before, &console->step_scroller.focus) &&
                      !scroller_sees_focus(&console->step_scroller, layout);
    if (form_editing(console) != NULL || console->reveal_focus || console->carried_out != NULL || pushed)
        scroller_reveal(&console->step_scroller, layout);
    console->reveal_focus = FALSE;
    layout_draw(layout, &console->step_scroller, console->grid, inner, pane_active(console, PANE_STEP), console->hits,
                HIT_STEP);
    console->step_top = console->step_scroller.top;
    console->mark_in_sight = scroller_sees_focus(&console->step_scroller, layout);
    /* Where the mark is out of sight the cursor stands where reading begins. */
    if (pane_active(console, PANE_STEP) && !console->grid->cursor_shown)
        grid_show_cursor(console->grid, inner.column, inner.row);
    return hidden_of(&console->step_scroller, layout);
}

static void draw_edges(struct console *console, const struct pane_layout *layout, const struct hidden *steps,
                       const struct hidden *step)
{
    struct grid *grid = console->grid;
    g_autofree char *done = checklist_words(console, FALSE);
    g_autofree char *brief = checklist_words(console, TRUE);
    g_autofree char *title = step_title(console);
    g_autofree char *log_words = log_pane_words(console);
    int middle = layout->checklist.column + layout->checklist.columns;
    struct area left = {0, layout->body.row, middle + 1, 1};
    g_autofree char *count = with_more(done, brief, steps, CHECKLIST, left.columns);
    struct area right = {middle, layout->body.row, layout->body.columns - middle, 1};
    struct area lower = {0, layout->log.row - 1, layout->body.columns, 1};
    struct area bottom = {0, layout->log.row + layout->log.rows, layout->body.columns, 1};
    grid_edge(grid, left, "┌┬", CHECKLIST, count, pane_active(console, PANE_CHECKLIST));
    g_autofree char *counted = step_count(console);
    g_autofree char *progress = with_more(counted, NULL, step, title, right.columns);
    grid_edge(grid, right, "┬┐", title, progress, pane_active(console, PANE_STEP));
    grid_edge(grid, lower, "├┤", "Log", log_words, pane_active(console, PANE_LOG));
    grid_repeat(grid, middle, lower.row, 1, STYLE_DIM, 0x2534);
    grid_edge(grid, bottom, "└┘", NULL, NULL, FALSE);
}

static void draw_panes(struct console *console, const struct pane_layout *layout)
{
    int columns[] = {0, layout->checklist.column + layout->checklist.columns, layout->body.columns - 1};
    for (int row = layout->checklist.row; row < layout->checklist.row + layout->checklist.rows; row++)
        for (gsize i = 0; i < G_N_ELEMENTS(columns); i++)
            grid_repeat(console->grid, columns[i], row, 1, STYLE_DIM, 0x2502);
    for (int row = layout->log.row; row < layout->log.row + layout->log.rows; row++) {
        grid_repeat(console->grid, 0, row, 1, STYLE_DIM, 0x2502);
        grid_repeat(console->grid, columns[2], row, 1, STYLE_DIM, 0x2502);
    }
    struct hidden steps = draw_checklist(console, layout->checklist);
    struct hidden step = draw_step(console, layout->step);
    draw_edges(console, layout, &steps, &step);
    hidden_clear(&steps);
    hidden_clear(&step);
    log_pane_draw(console,
                  (struct area){layout->log.column + 1, layout->log.row, layout->log.columns - 2, layout->log.rows},
                  pane_active(console, PANE_LOG));
}

/* One pane has the whole screen; the edge says which of the three it is. */
static void draw_single(struct console *console, const struct pane_layout *layout)
{
    g_autofree char *step = step_title(console);
    g_autofree char *counted = step_count(console);
    g_autofree char *log_words = log_pane_words(console);
    const char *titles[PANE_COUNT] = {CHECKLIST, step, "Log"};
    struct hidden hidden = console->pane == PANE_CHECKLIST ? draw_checklist(console, layout->checklist)
                           : console->pane == PANE_STEP    ? draw_step(console, layout->step)
                                                           : (struct hidden){NULL, NULL, NULL};
    int columns = layout->body.columns;
    g_autofree char *done = checklist_words(console, FALSE);
    g_autofree char *brief = checklist_words(console, TRUE);
    g_autofree char *steps = with_more(done, brief, &hidden, CHECKLIST, columns);
    g_autofree char *more =
        with_more(counted != NULL || hidden.brief != NULL ? counted : "Tab: log", NULL, &hidden, step, columns);
    const char *rights[PANE_COUNT] = {steps, more, log_words};
    grid_frame(console->grid, layout->body, titles[console->pane], rights[console->pane]);
    hidden_clear(&hidden);
    if (console->pane == PANE_LOG)
        log_pane_draw(console,
                      (struct area){layout->log.column + 1, layout->log.row, layout->log.columns - 1, layout->log.rows},
                      console_top(console) == NULL);
}

static void draw(struct console *console, int columns, int rows, gboolean again)
{
    if (console->grid == NULL || console->grid->columns != columns || console->grid->rows != rows) {
        gboolean utf8 = g_get_charset(NULL);
        gboolean ascii = console->options->ascii || !utf8 || (console->screen != NULL && screen_lacks_glyphs());
        grid_free(console->grid);
        console->grid = grid_new(columns, rows, ascii, utf8);
    }
    grid_clear(console->grid);
    g_array_set_size(console->hits, 0);
    struct pane_layout layout = pane_layout_of(columns, rows, bottom_rows(console, columns, rows), console->zoomed);
    draw_title(console, layout.title);
    struct overlay *top = console_top(console);
    if (top == NULL || top->ops->box) {
        if (layout.single)
            draw_single(console, &layout);
        else
            draw_panes(console, &layout);
    }
    if (top != NULL) {
        console->grid->cursor_shown = FALSE;
        overlay_draw(console, top, layout.body);
    }
    /* What is to be read first stands above a question only until it was read. */
    if (bottom_rows(console, columns, rows) != layout.bottom.rows && !again)
        draw(console, columns, rows, TRUE);
    else
        bottom_draw(console, layout.bottom);
}

void board_view_draw(struct console *console, int columns, int rows)
{
    draw(console, columns, rows, FALSE);
}
