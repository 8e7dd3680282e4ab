#include "ui/ask.h"

#include "ui/editor.h"

#define YES_NO_KEYS "y / n"
#define EDITOR_LEAST 30

struct ask {
    char *label;
    char *remark;
    char *data;
    struct editor *editor; /* NULL: yes or no */
    ask_answered answered;
};

static void ask_free(struct ask *ask)
{
    g_free(ask->label);
    g_free(ask->remark);
    g_free(ask->data);
    editor_free(ask->editor);
    g_free(ask);
}

static struct ask *begin(struct console *console, const char *label, ask_answered answered, const char *data)
{
    ask_close(console);
    struct ask *ask = g_new0(struct ask, 1);
    ask->label = g_strdup(label);
    ask->answered = answered;
    ask->data = g_strdup(data);
    console->ask = ask;
    console->dirty = TRUE;
    return ask;
}

void ask_text(struct console *console, const char *label, const char *text, ask_answered answered, const char *data)
{
    struct ask *ask = begin(console, label, answered, data);
    ask->editor = editor_new(FALSE);
    editor_set(ask->editor, text);
}

void ask_yes_no(struct console *console, const char *label, ask_answered answered, const char *data)
{
    begin(console, label, answered, data);
}

void ask_remark(struct console *console, const char *remark)
{
    if (console->ask == NULL)
        return;
    g_free(console->ask->remark);
    console->ask->remark = g_strdup(remark);
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
    console->ask = NULL;
    console->dirty = TRUE;
    ask->answered(console, ask->editor != NULL ? editor_text(ask->editor) : "y", ask->data);
    ask_free(ask);
}

static gboolean press_yes_no(struct console *console, const struct press *press)
{
    if (press->kind != PRESS_CHARACTER)
        return press->kind != PRESS_CONTROL && press->kind != PRESS_UP && press->kind != PRESS_DOWN;
    gunichar letter = g_unichar_tolower(press->character);
    if (letter == 'y')
        answer(console);
    else if (letter == 'n')
        ask_close(console);
    return TRUE;
}

gboolean ask_press(struct console *console, const struct press *press)
{
    if (press->kind == PRESS_ESCAPE || (press->kind == PRESS_CONTROL && press->character == 'c')) {
        ask_close(console);
        return TRUE;
    }
    if (console->ask->editor == NULL)
        return press_yes_no(console, press);
    if (press->kind == PRESS_ENTER) {
        answer(console);
        return TRUE;
    }
    if (press->kind == PRESS_TAB)
        return FALSE;
    return editor_press(console->ask->editor, press);
}

/* To the next row, unless COLUMNS are free on this one. */
static void make_room(struct page *page, int columns)
{
    int used = page_last_columns(page);
    if (page_columns(page) - used >= columns)
        return;
    page_row(page, NULL);
    page_tab(page, 1);
}

struct page *ask_page(const struct console *console, int columns)
{
    const struct ask *ask = console->ask;
    struct page *page = page_new(columns - 1);
    if (ask->remark != NULL)
        page_paragraph(page, NULL, 1, STYLE_BAD, ask->remark);
    page_paragraph(page, NULL, 1, STYLE_BOLD, ask->label);
    page_text(page, STYLE_NORMAL, " ");
    if (ask->editor == NULL) {
        make_room(page, grid_text_columns(YES_NO_KEYS));
        page_text(page, STYLE_NORMAL, YES_NO_KEYS);
        return page;
    }
    make_room(page, MIN(grid_text_columns(editor_text(ask->editor)) + 1, EDITOR_LEAST));
    editor_show(ask->editor, page, MAX(page_columns(page) - page_last_columns(page), 1), -1, 0);
    return page;
}
