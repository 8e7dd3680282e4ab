/* SPDX-License-Identifier: MIT */
#include "ui/tenant_list.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <unistd.h>

#include "ui/form/editor.h"
#include "ui/hit_area.h"
#include "ui/keyboard.h"
#include "ui/screen.h"
#include "ui/signals.h"
#include "ui/state_text.h"

#define NAME_COLUMN 1
#define ANOTHER (-1)

struct tenant_list {
    const GPtrArray *rows;
    const struct console_options *options;
    struct screen *screen;
    struct editor *wanted;
    struct scroller scroller;
    struct grid *grid;
    GArray *hits;                    /* of struct hit_area, as drawn last */
    const struct tenant_row *doomed; /* whether it is to be forgotten is asked; NULL: nothing is */
    struct editor *word;
    gboolean over;
    enum tenant_choice choice;
};

struct tenant_row *tenant_row_new(const char *id, const char *name, const char *domain, const char *stands,
                                  const char *due, const char *read)
{
    struct tenant_row *row = g_new0(struct tenant_row, 1);
    row->id = g_strdup(id);
    row->name = g_strdup(name);
    row->domain = g_strdup(domain);
    row->stands = g_strdup(stands);
    row->due = g_strdup(due);
    row->read = g_strdup(read);
    return row;
}

void tenant_row_free(gpointer data)
{
    struct tenant_row *row = data;
    char *texts[] = {row->id, row->name, row->domain, row->stands, row->due, row->read};
    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++)
        g_free(texts[i]);
    g_free(row);
}

static const char *domain_of(const struct tenant_row *row)
{
    return *row->domain != '\0' ? row->domain : row->id;
}

/* The domain is what tells tenants apart: it is whole, and how the tenant stands comes in a row of its own. */
static void fill_tenant(struct text_layout *layout, const struct tenant_row *row, int index)
{
    struct item item = item_numbered(ITEM_TENANT, index);
    layout_row(layout, &item);
    layout_tab(layout, NAME_COLUMN);
    layout_continue(layout, NAME_COLUMN, tenant_style(row->id), domain_of(row));
    if (*row->name != '\0') {
        layout_text(layout, STYLE_NORMAL, "  ");
        layout_continue(layout, NAME_COLUMN, STYLE_BOLD, row->name);
    }
    layout_paragraph(layout, &item, NAME_COLUMN + 2, STYLE_DIM, row->stands);
    if (*row->due != '\0') {
        layout_continue(layout, NAME_COLUMN + 2, STYLE_WAIT, " · due ");
        layout_continue(layout, NAME_COLUMN + 2, STYLE_WAIT, row->due);
    }
    if (*row->read != '\0') {
        layout_continue(layout, NAME_COLUMN + 2, STYLE_DIM, " · read ");
        layout_continue(layout, NAME_COLUMN + 2, STYLE_DIM, row->read);
    }
}

#define LABEL "Its domain: "

static struct text_layout *list_layout(const struct tenant_list *list, int columns)
{
    struct text_layout *layout = layout_new(columns);
    if (list->doomed != NULL) { /* undo rests on what is kept, so it is set aside and never deleted */
        g_autofree char *question = g_strdup_printf("Forget %s on this machine?", domain_of(list->doomed));
        layout_paragraph(layout, NULL, 0, STYLE_BOLD, question);
        layout_paragraph(
            layout, NULL, 0, STYLE_NORMAL,
            "Only its folder is set aside (forgotten-…): perch undo knows nothing of it until that is back.");
        layout_row(layout, NULL);
        layout_text(layout, STYLE_BOLD, LABEL);
        editor_show(list->word, layout, layout_columns(layout) - grid_text_columns(LABEL), -1, 0);
        return layout;
    }
    const struct item another = item_numbered(ITEM_TENANT, ANOTHER);
    g_autofree char *wanted = g_utf8_casefold(editor_text(list->wanted), -1);
    layout_row(layout, NULL);
    layout_text(layout, STYLE_BOLD, "Find: ");
    editor_show(list->wanted, layout, columns - 8, -1, 0);
    layout_blank(layout);
    for (guint i = 0; i < list->rows->len; i++) {
        const struct tenant_row *row = g_ptr_array_index(list->rows, i);
        g_autofree char *all = g_strdup_printf("%s %s %s %s", row->name, row->domain, row->id, row->stands);
        g_autofree char *folded = g_utf8_casefold(all, -1);
        if (strstr(folded, wanted) != NULL)
            fill_tenant(layout, row, (int)i);
    }
    layout_row(layout, &another);
    layout_tab(layout, NAME_COLUMN);
    layout_text(layout, STYLE_NORMAL, "another tenant …");
    return layout;
}

static void draw(struct tenant_list *list)
{
    int columns = 0, rows = 0;
    gboolean utf8 = g_get_charset(NULL);
    screen_size(list->screen, &columns, &rows);
    grid_free(list->grid);
    list->grid = grid_new(columns, rows, list->options->ascii || !utf8 || screen_lacks_glyphs(), utf8);
    g_autoptr(TextLayout) layout = list_layout(list, columns - 4);
    g_autofree char *count = g_strdup_printf("%u known", list->rows->len);
    if (!layout_has_item(layout, &list->scroller.focus))
        scroller_set_focus(&list->scroller, layout_first_item(layout));
    grid_put(list->grid, 1, 0, columns - 1, STYLE_BOLD, "perch");
    grid_frame(list->grid, (struct area){0, 1, columns, rows - 2}, "Tenants: which one?", count);
    list->scroller.rows = rows - 4;
    scroller_reveal(&list->scroller, layout);
    /* What is typed is seen, whatever does not fit above it. */
    if (list->doomed != NULL)
        scroller_scroll(&list->scroller, layout, layout_rows(layout));
    g_array_set_size(list->hits, 0);
    layout_draw(layout, &list->scroller, list->grid, (struct area){2, 2, columns - 4, rows - 4}, TRUE, list->hits,
                HIT_OVERLAY);
    grid_put(list->grid, 1, rows - 1, columns - 1, STYLE_NORMAL,
             list->doomed != NULL            ? "Enter forgets it  Esc keeps it"
             : editor_is_empty(list->wanted) ? "Enter opens  letters find  Del forgets  Esc leaves"
                                             : "Enter opens  letters find  Del forgets  Esc shows all");
    screen_paint(list->screen, list->grid);
}

static void begin_to_forget(struct tenant_list *list)
{
    const struct item *focus = &list->scroller.focus;
    if (focus->kind == ITEM_TENANT && focus->number != ANOTHER)
        list->doomed = g_ptr_array_index(list->rows, focus->number);
    editor_free(list->word);
    list->word = editor_new(FALSE);
}

/* Only the whole domain, typed, forgets. */
static void answer_key(struct tenant_list *list, const struct key_event *key)
{
    if (key->kind == KEY_ENTER && g_ascii_strcasecmp(editor_text(list->word), domain_of(list->doomed)) == 0) {
        list->choice = TENANT_FORGET;
        list->over = TRUE;
    } else if (key->kind == KEY_ESCAPE)
        list->doomed = NULL;
    else if (key->kind == KEY_CONTROL && key->character == 'c')
        list->over = TRUE;
    else
        editor_key(list->word, key);
}

static void open_marked(struct tenant_list *list)
{
    list->choice = list->scroller.focus.number == ANOTHER ? TENANT_ANOTHER : TENANT_CHOSEN;
    list->over = TRUE;
}

static void click(struct tenant_list *list, const struct key_event *key)
{
    const struct hit_area *hit = hit_areas_at(list->hits, key->column, key->row);
    if (hit == NULL || hit->item.kind != ITEM_TENANT)
        return;
    scroller_set_focus(&list->scroller, &hit->item);
    open_marked(list);
}

/* What is looked for is given up before the list is. */
static void leave_or_show_all(struct tenant_list *list)
{
    list->over = editor_is_empty(list->wanted);
    editor_set(list->wanted, "");
    scroller_clear(&list->scroller);
}

static void on_key(gpointer data, const struct key_event *key)
{
    struct tenant_list *list = data;
    g_autoptr(TextLayout) layout = list_layout(list, 76);
    if (list->over)
        return;
    if (list->doomed != NULL) {
        answer_key(list, key);
        return;
    }
    switch (key->kind) {
    case KEY_ENTER:
        open_marked(list);
        break;
    case KEY_CLICK:
        click(list, key);
        break;
    case KEY_DELETE:
        begin_to_forget(list);
        break;
    case KEY_ESCAPE:
        leave_or_show_all(list);
        break;
    case KEY_UP:
    case KEY_DOWN:
    case KEY_WHEEL:
        scroller_move(&list->scroller, layout, key->kind == KEY_UP || key->number < 0 ? -1 : 1);
        break;
    case KEY_HOME:
        scroller_first(&list->scroller, layout);
        break;
    case KEY_END:
        scroller_last(&list->scroller, layout);
        break;
    case KEY_CONTROL:
        list->over |= key->character == 'c';
        break;
    case KEY_CHARACTER:
    case KEY_BACKSPACE:
        editor_key(list->wanted, key);
        scroller_clear(&list->scroller);
        break;
    default:
        break;
    }
}

static void run(struct tenant_list *list)
{
    g_autoptr(Keyboard) keyboard = keyboard_new(STDIN_FILENO, on_key, list);
    int signal_file = signals_catch();
    while (!list->over && signal_file >= 0) {
        struct pollfd files[] = {{.fd = STDIN_FILENO, .events = POLLIN}, {.fd = signal_file, .events = POLLIN}};
        gint64 deadline = keyboard_deadline(keyboard);
        gint64 left = deadline == G_MAXINT64 ? -1 : MAX(deadline - g_get_monotonic_time(), 0) / 1000 + 1;
        draw(list);
        int ready = poll(files, G_N_ELEMENTS(files), (int)left);
        enum signal_news news = ready > 0 && files[1].revents != 0 ? signals_read() : SIGNAL_NONE;
        if ((ready < 0 && errno != EINTR) || news == SIGNAL_LEAVE)
            list->over = TRUE;
        else if (news == SIGNAL_SUSPEND)
            screen_suspend(list->screen);
        else if (news == SIGNAL_CONTINUED)
            screen_resume(list->screen);
        else if (news == SIGNAL_RESIZED)
            screen_resize(list->screen);
        if (ready > 0 && files[0].revents != 0 && !keyboard_read(keyboard))
            list->over = TRUE;
        keyboard_tick(keyboard);
    }
    signals_release();
}

enum tenant_choice tenant_list_run(const GPtrArray *rows, const struct console_options *options, char **id,
                                   GError **error)
{
    const char *no_color = g_getenv("NO_COLOR");
    gboolean plain = options->no_color || (no_color != NULL && *no_color != '\0');
    struct tenant_list list = {.rows = rows, .options = options, .choice = TENANT_NONE};
    list.screen = screen_open(options->no_mouse, plain, error);
    if (list.screen == NULL)
        return TENANT_NONE;
    list.wanted = editor_new(FALSE);
    list.word = editor_new(FALSE);
    list.hits = g_array_new(FALSE, FALSE, sizeof(struct hit_area));
    run(&list);
    screen_close(list.screen);
    editor_free(list.wanted);
    editor_free(list.word);
    grid_free(list.grid);
    g_array_unref(list.hits);
    if (list.choice == TENANT_CHOSEN)
        *id = g_strdup(((const struct tenant_row *)g_ptr_array_index(rows, list.scroller.focus.number))->id);
    else if (list.choice == TENANT_FORGET)
        *id = g_strdup(list.doomed->id);
    return list.choice;
}
