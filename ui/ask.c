/* SPDX-License-Identifier: MIT */
#include "ui/ask.h"

#include <string.h>

#include "ui/form/editor.h"

#define CHOOSE "Tab marks the other, Enter takes it"
#define CHOOSE_BRIEF "Tab, Enter"
#define WAY_BACK "[ Not now ]"
#define TAKE "Enter takes it"
#define BACK "Esc back"
#define EDITOR_LEAST 30
#define INDENT 2

enum ask_kind { ASK_TEXT, ASK_BUTTON };

struct ask {
    enum ask_kind kind;
    char *label;
    char *remark;
    char *word;   /* the only text that answers; NULL: any */
    char *button; /* NULL unless it is one */
    struct item about;
    struct editor *editor; /* of a text; else NULL */
    ask_answered answered;
    const struct agreement_words *words;          /* of an agreement; else NULL */
    char *(*held)(const struct console *console); /* why it is not answered yet; NULL: nothing holds it */
    gboolean off_button;                          /* the mark is on the way back */
    struct area places[2];                        /* of the button and the way back, in the rows of the layout */
};

static struct ask *begin(struct console *console, enum ask_kind kind, const char *label, ask_answered answered,
                         const struct item *about)
{
    ask_close(console);
    /* What was said before is not said again once the question is gone. */
    g_clear_pointer(&console->note.text, g_free);
    struct ask *ask = g_new0(struct ask, 1);
    ask->kind = kind;
    ask->label = g_strdup(label);
    ask->answered = answered;
    if (about != NULL)
        ask->about = *about;
    console->ask = ask;
    return ask;
}

static void ask_free(struct ask *ask)
{
    g_free(ask->label);
    g_free(ask->remark);
    g_free(ask->word);
    g_free(ask->button);
    editor_free(ask->editor);
    g_free(ask);
}

void ask_text(struct console *console, const char *label, const char *text, ask_answered answered,
              const struct item *about)
{
    struct ask *ask = begin(console, ASK_TEXT, label, answered, about);
    ask->editor = editor_new(FALSE);
    editor_suggest(ask->editor, text);
}

void ask_word(struct console *console, const char *label, const char *begun, const char *word, ask_answered answered)
{
    ask_text(console, label, "", answered, NULL);
    editor_set(console->ask->editor, begun != NULL ? begun : "");
    console->ask->word = g_strdup(word);
}

void ask_button(struct console *console, const char *label, const char *button, ask_answered answered,
                const struct item *about)
{
    struct ask *ask = begin(console, ASK_BUTTON, label, answered, about);
    ask->button = g_strdup_printf("[ %s ]", button);
}

void ask_mark_way_back(struct console *console)
{
    console->ask->off_button = TRUE;
}

void ask_hold(struct console *console, char *(*held)(const struct console *console))
{
    console->ask->held = held;
}

void ask_agreement(struct console *console, enum agreement agreement, const char *said, ask_answered answered,
                   const struct item *about)
{
    const struct agreement_words *words = &agreements[agreement];
    ask_button(console, said != NULL ? said : words->said, words->button, answered, about);
    console->ask->off_button = words->careful;
    console->ask->words = words;
}

void ask_withdraw(struct console *console, enum agreement agreement)
{
    if (console->ask != NULL && console->ask->words == &agreements[agreement])
        ask_close(console);
}

gboolean ask_has_remark(const struct console *console)
{
    return console->ask != NULL && console->ask->remark != NULL;
}

void ask_remark(struct console *console, const char *remark)
{
    if (console->ask == NULL)
        return;
    g_free(console->ask->remark);
    console->ask->remark = g_strdup(remark);
    console->dirty = TRUE;
}

void ask_close(struct console *console)
{
    if (console->ask != NULL)
        ask_free(console->ask);
    console->ask = NULL;
    console->dirty = TRUE;
}

/* The question is gone before its answer is handled, so that the answer may ask the next one. */
static void answer(struct console *console)
{
    struct ask *ask = console->ask;
    g_autofree char *held = ask->held != NULL ? ask->held(console) : NULL;
    if (held != NULL) {
        g_autofree char *remark = g_strconcat("Not yet: ", held, NULL);
        ask_remark(console, remark);
        return;
    }
    console->ask = NULL;
    console->dirty = TRUE;
    ask->answered(console, ask->editor != NULL ? editor_text(ask->editor) : "", &ask->about);
    ask_free(ask);
}

static void button_key(struct console *console, const struct key_event *key)
{
    struct ask *ask = console->ask;
    switch (key->kind) {
    case KEY_ENTER:
        if (ask->off_button)
            ask_close(console);
        else
            answer(console);
        break;
    case KEY_TAB:
    case KEY_BACK_TAB:
    case KEY_LEFT:
    case KEY_RIGHT:
        ask->off_button = !ask->off_button;
        console->dirty = TRUE;
        break;
    case KEY_CHARACTER: {
        char text[7] = "";
        g_unichar_to_utf8(key->character, text);
        g_autofree char *remark =
            g_strdup_printf("“%s” is no answer here: Left and Right move the mark, Enter takes what is marked.", text);
        ask->off_button = TRUE;
        ask_remark(console, remark);
        break;
    }
    default:
        break;
    }
}

static void text_key(struct console *console, const struct key_event *key)
{
    struct ask *ask = console->ask;
    if (key->kind == KEY_ENTER) {
        g_autofree char *typed = g_strstrip(g_strdup(editor_text(ask->editor)));
        if (ask->word == NULL || g_ascii_strcasecmp(typed, ask->word) == 0) {
            answer(console);
            return;
        }
        g_autofree char *remark = g_strdup_printf("That is not %s. Nothing was sent.", ask->word);
        editor_set(ask->editor, "");
        ask_remark(console, remark);
        return;
    }
    /* A name that is offered is mended at its end more often than it is given up. */
    if (key->kind == KEY_BACKSPACE && editor_is_suggested(ask->editor)) {
        g_autofree char *offered = g_strdup(editor_text(ask->editor));
        editor_set(ask->editor, offered);
    }
    editor_key(ask->editor, key);
    console->dirty = TRUE;
    const char *typed = editor_text(ask->editor);
    if (ask->word == NULL || g_ascii_strncasecmp(typed, ask->word, strlen(typed)) == 0) {
        g_clear_pointer(&ask->remark, g_free);
        return;
    }
    g_autofree char *remark = g_strdup_printf("%s does not begin like that.", ask->word);
    ask_remark(console, remark);
}

/* What scrolls goes on to what is under the question; what could be meant for a text that is begun does not. */
static gboolean scrolls(const struct ask *ask, const struct key_event *key)
{
    gboolean is_begun = ask->editor != NULL && !editor_is_empty(ask->editor);
    gboolean is_space = key->kind == KEY_CHARACTER && key->character == ' ';
    if (key->kind == KEY_UP || key->kind == KEY_DOWN || key->kind == KEY_PAGE_UP || key->kind == KEY_PAGE_DOWN)
        return TRUE;
    if (ask->held == NULL)
        return FALSE;
    return key->kind == KEY_END ? !is_begun || editor_is_at_end(ask->editor)
                                : !is_begun && (key->kind == KEY_HOME || is_space);
}

gboolean ask_key(struct console *console, const struct key_event *key)
{
    if (key->kind == KEY_ESCAPE || (key->kind == KEY_CONTROL && key->character == 'c')) {
        ask_close(console);
        return TRUE;
    }
    if (scrolls(console->ask, key)) {
        g_clear_pointer(&console->ask->remark, g_free);
        return FALSE;
    }
    if (key->kind == KEY_CONTROL && (key->character == 'l' || key->character == 'z'))
        return FALSE;
    if (key->kind == KEY_PASTE && console->ask->kind != ASK_TEXT) {
        console->ask->off_button = TRUE;
        ask_remark(console, "That was a paste, and no answer.");
    } else if (console->ask->kind == ASK_BUTTON)
        button_key(console, key);
    else
        text_key(console, key);
    return TRUE;
}

/* To the next row, unless COLUMNS are free on this one, or nothing stands on it yet. */
static void make_room(struct text_layout *layout, int columns)
{
    int used = layout_last_columns(layout);
    if (layout_columns(layout) - used >= columns || used <= INDENT)
        return;
    layout_row(layout, NULL);
    layout_tab(layout, 1);
}

static struct area place_since(const struct text_layout *layout, int column)
{
    return (struct area){column, layout_rows(layout) - 1, MAX(layout_last_columns(layout) - column, 1), 1};
}

static void fill_buttons(struct text_layout *layout, struct ask *ask)
{
    make_room(layout, grid_text_columns(ask->button) + 2);
    int column = layout_last_columns(layout);
    layout_text(layout, STYLE_NORMAL, ask->off_button ? "  " : "▸ ");
    if (!ask->off_button)
        layout_cursor(layout, -2);
    layout_continue(layout, 3, ask->off_button ? STYLE_NORMAL : STYLE_MARK, ask->button);
    ask->places[0] = place_since(layout, MIN(column, layout_last_columns(layout) - 1));
    make_room(layout, grid_text_columns(WAY_BACK) + 3);
    column = layout_last_columns(layout);
    layout_text(layout, STYLE_NORMAL, ask->off_button ? " ▸ " : "   ");
    if (ask->off_button)
        layout_cursor(layout, -2);
    layout_text(layout, ask->off_button ? STYLE_MARK : STYLE_NORMAL, WAY_BACK);
    ask->places[1] = place_since(layout, column);
    int room = layout_columns(layout) - layout_last_columns(layout) - 2;
    if (room > grid_text_columns(CHOOSE))
        layout_right(layout, STYLE_DIM, CHOOSE);
    else if (room >= grid_text_columns(CHOOSE_BRIEF))
        layout_right(layout, STYLE_DIM, CHOOSE_BRIEF);
}

/* What ends a text, also by a click; a word that has to be typed is taken by Enter alone. */
static void fill_ways(struct text_layout *layout, struct ask *ask)
{
    gboolean takes = ask->word == NULL;
    int back = grid_text_columns(BACK), take = takes ? grid_text_columns(TAKE) + 2 : 0;
    int room = layout_columns(layout) - layout_last_columns(layout);
    ask->places[0] = ask->places[1] = (struct area){0};
    if (room <= back + take + 1)
        layout_row(layout, NULL);
    layout_right(layout, STYLE_DIM, takes ? TAKE "  " BACK : BACK);
    int row = layout_rows(layout) - 1, end = layout_columns(layout);
    ask->places[1] = (struct area){end - back, row, back, 1};
    if (takes)
        ask->places[0] = (struct area){end - back - take, row, take - 2, 1};
}

void ask_add_hits(const struct console *console, struct area area, int top, GArray *hits)
{
    for (int i = 0; console->ask != NULL && i < 2; i++) {
        struct area place = console->ask->places[i];
        if (place.columns == 0)
            continue;
        place.column += area.column;
        place.row += area.row - top;
        if (place.row >= area.row)
            hit_areas_add(hits, place, HIT_ANSWER, i, NULL);
    }
}

void ask_click(struct console *console, int place)
{
    const struct key_event enter = {.kind = KEY_ENTER}, escape = {.kind = KEY_ESCAPE};
    if (console->ask->kind == ASK_TEXT) {
        ask_key(console, place > 0 ? &escape : &enter);
        return;
    }
    console->ask->off_button = place > 0;
    button_key(console, &enter);
}

struct text_layout *ask_layout(const struct console *console, int columns)
{
    struct ask *ask = console->ask;
    struct text_layout *layout = layout_new(columns - 1);
    g_autofree char *held = ask->held != NULL ? ask->held(console) : NULL;
    if (ask->remark != NULL)
        layout_paragraph(layout, NULL, 1, STYLE_BAD, ask->remark);
    else if (held != NULL)
        layout_paragraph(layout, NULL, 1, STYLE_WAIT, held);
    layout_paragraph(layout, NULL, 1, STYLE_BOLD, ask->label);
    layout_text(layout, STYLE_NORMAL, " ");
    if (ask->kind == ASK_BUTTON) {
        fill_buttons(layout, ask);
    } else {
        make_room(layout, MIN(grid_text_columns(editor_text(ask->editor)) + 1, EDITOR_LEAST));
        editor_show(ask->editor, layout, MAX(layout_columns(layout) - layout_last_columns(layout), 1), -1, 0);
        fill_ways(layout, ask);
    }
    return layout;
}
