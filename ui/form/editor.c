/* SPDX-License-Identifier: MIT */
#include "ui/form/editor.h"

#include <string.h>
#include <sys/mman.h>

#define MASK_TEXT "●●●●●●●●"
#define LINE_END 0x240A
#define SPACE_MARK 0x2423

struct editor {
    char *text; /* EDITOR_LIMIT + 1 bytes, always NUL-terminated */
    gsize length;
    gsize cursor; /* a byte offset at a character's beginning */
    gboolean secret;
    gboolean is_suggestion; /* nothing was pressed yet: typing replaces the text */
    enum editor_mask mask;
};

struct editor *editor_new(gboolean secret)
{
    struct editor *editor = g_new0(struct editor, 1);
    editor->secret = secret;
    editor->mask = secret ? EDITOR_DOTS : EDITOR_PLAIN;
    editor->text = mmap(NULL, EDITOR_LIMIT + 1, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (editor->text == MAP_FAILED)
        g_error("no memory for an input line");
    if (secret) {
        mlock(editor->text, EDITOR_LIMIT + 1);
        madvise(editor->text, EDITOR_LIMIT + 1, MADV_DONTDUMP);
    }
    return editor;
}

void editor_free(struct editor *editor)
{
    if (editor == NULL)
        return;
    explicit_bzero(editor->text, EDITOR_LIMIT + 1);
    munmap(editor->text, EDITOR_LIMIT + 1);
    g_free(editor);
}

const char *editor_text(const struct editor *editor)
{
    return editor->text;
}

gboolean editor_is_empty(const struct editor *editor)
{
    return editor->length == 0;
}

gboolean editor_is_at_end(const struct editor *editor)
{
    return editor->cursor == editor->length;
}

void editor_set(struct editor *editor, const char *text)
{
    gsize length = strlen(text);
    if (length > EDITOR_LIMIT)
        length = (gsize)(g_utf8_find_prev_char(text, text + EDITOR_LIMIT + 1) - text);
    explicit_bzero(editor->text, editor->length);
    memcpy(editor->text, text, length);
    editor->text[length] = '\0';
    editor->length = length;
    editor->cursor = length;
    editor->is_suggestion = FALSE;
}

void editor_suggest(struct editor *editor, const char *text)
{
    editor_set(editor, text);
    editor->is_suggestion = *text != '\0';
}

gboolean editor_is_suggested(const struct editor *editor)
{
    return editor->is_suggestion;
}

/* Insert TEXT at the cursor. FALSE if it is over the limit: then nothing is inserted. */
static gboolean editor_insert(struct editor *editor, const char *text)
{
    gsize length = strlen(text);
    if (length > EDITOR_LIMIT - editor->length)
        return FALSE;
    char *at = editor->text + editor->cursor;
    memmove(at + length, at, editor->length - editor->cursor + 1);
    memcpy(at, text, length);
    editor->length += length;
    editor->cursor += length;
    return TRUE;
}

gboolean editor_paste(struct editor *editor, const char *text)
{
    if (editor->is_suggestion)
        editor_set(editor, "");
    gsize length = strlen(text);
    if (length > 0 && text[length - 1] == '\n')
        length--;
    if (length > 0 && text[length - 1] == '\r')
        length--;
    if (length > EDITOR_LIMIT)
        return FALSE;
    char *part = g_strndup(text, length);
    gboolean inserted = editor_insert(editor, part);
    explicit_bzero(part, length);
    g_free(part);
    return inserted;
}

/* The offset one character left or right of the cursor, with what combines with it. */
static gsize neighbour(const struct editor *editor, int direction)
{
    const char *at = editor->text + editor->cursor;
    do {
        if (direction < 0 && at > editor->text)
            at = g_utf8_prev_char(at);
        else if (direction > 0 && *at != '\0')
            at = g_utf8_next_char(at);
        else
            break;
    } while (*at != '\0' && grid_character_columns(g_utf8_get_char(at)) == 0);
    return (gsize)(at - editor->text);
}

static void cut(struct editor *editor, gsize from, gsize to)
{
    memmove(editor->text + from, editor->text + to, editor->length - to + 1);
    gsize removed = to - from;
    explicit_bzero(editor->text + editor->length - removed, removed);
    editor->length -= removed;
    editor->cursor = from;
}

static gboolean control_key(struct editor *editor, gunichar letter)
{
    gsize word = editor->cursor;
    while (word > 0 && editor->text[word - 1] == ' ')
        word--;
    while (word > 0 && editor->text[word - 1] != ' ')
        word--;
    switch (letter) {
    case 'a':
        editor->cursor = 0;
        return TRUE;
    case 'e':
        editor->cursor = editor->length;
        return TRUE;
    case 'u':
        cut(editor, 0, editor->cursor);
        return TRUE;
    case 'k':
        cut(editor, editor->cursor, editor->length);
        return TRUE;
    case 'w':
        cut(editor, word, editor->cursor);
        return TRUE;
    default:
        return FALSE;
    }
}

static gboolean replaces(const struct key_event *key)
{
    return key->kind == KEY_CHARACTER || key->kind == KEY_PASTE || key->kind == KEY_BACKSPACE ||
           key->kind == KEY_DELETE;
}

gboolean editor_key(struct editor *editor, const struct key_event *key)
{
    /* Whoever types a secret unseen may want not even its dots. */
    if (editor->secret && editor->mask != EDITOR_HIDDEN &&
        (key->kind == KEY_TAB || (key->kind == KEY_BACKSPACE && editor->length == 0))) {
        editor->mask = EDITOR_HIDDEN;
        return TRUE;
    }
    char bytes[7] = "";
    if (key->kind == KEY_CHARACTER)
        g_unichar_to_utf8(key->character, bytes);
    if (editor->is_suggestion && replaces(key))
        editor_set(editor, "");
    editor->is_suggestion = FALSE;
    switch (key->kind) {
    case KEY_CHARACTER:
        editor_insert(editor, bytes);
        return TRUE;
    case KEY_CONTROL:
        return control_key(editor, key->character);
    case KEY_BACKSPACE:
        cut(editor, neighbour(editor, -1), editor->cursor);
        return TRUE;
    case KEY_DELETE:
        cut(editor, editor->cursor, neighbour(editor, 1));
        return TRUE;
    case KEY_LEFT:
    case KEY_RIGHT:
        editor->cursor = neighbour(editor, key->kind == KEY_LEFT ? -1 : 1);
        return TRUE;
    case KEY_HOME:
    case KEY_END:
        editor->cursor = key->kind == KEY_HOME ? 0 : editor->length;
        return TRUE;
    case KEY_PASTE:
        return editor_paste(editor, key->text);
    default:
        return FALSE;
    }
}

enum editor_mask editor_mask(const struct editor *editor)
{
    return editor->mask;
}

/* The first byte to show so that the cursor fits into COLUMNS. */
static gsize window_start(const struct editor *editor, int columns)
{
    gsize at = editor->cursor;
    int used = 1;
    while (at > 0) {
        gsize previous = (gsize)(g_utf8_prev_char(editor->text + at) - editor->text);
        used += grid_character_columns(g_utf8_get_char(editor->text + previous));
        if (used > columns)
            break;
        at = previous;
    }
    return at;
}

/* Characters of one style are added together, so that a combining one stays with its base. */
struct run {
    struct text_layout *layout;
    GString *text;
    enum style style;
};

static void run_flush(struct run *run)
{
    if (run->text->len > 0)
        layout_text(run->layout, run->style, run->text->str);
    g_string_truncate(run->text, 0);
}

int editor_show(const struct editor *editor, struct text_layout *layout, int columns, int mark, int mark_length)
{
    if (editor->mask != EDITOR_PLAIN) {
        if (editor->mask == EDITOR_HIDDEN)
            layout_text(layout, STYLE_DIM, "(not shown)");
        else if (editor->length > 0)
            layout_text(layout, STYLE_NORMAL, MASK_TEXT);
        layout_cursor(layout, 0);
        return -1;
    }
    g_autoptr(GString) text = g_string_new(NULL);
    struct run run = {layout, text, STYLE_NORMAL};
    gsize start = window_start(editor, columns);
    /* That more stands before is said, so that nobody takes the rest for the whole. */
    if (start > 0) {
        layout_text(layout, STYLE_DIM, "…");
        start = window_start(editor, --columns);
    }
    int index = (int)g_utf8_strlen(editor->text, (gssize)start);
    int shift = start > 0 ? 1 : 0, used = 0, mark_column = -1, cursor = -1;
    for (const char *at = editor->text + start; *at != '\0'; at = g_utf8_next_char(at), index++) {
        gunichar character = g_utf8_get_char(at);
        int width = grid_character_columns(character);
        if ((gsize)(at - editor->text) == editor->cursor)
            cursor = used;
        if (used + width > columns)
            break;
        gboolean marked = mark >= 0 && index >= mark && index < mark + mark_length;
        if (marked && mark_column < 0)
            mark_column = used + shift;
        enum style style = marked || editor->is_suggestion ? STYLE_MARK : STYLE_NORMAL;
        if (style != run.style)
            run_flush(&run);
        run.style = style;
        gboolean ends_line = character == '\n' || character == '\r';
        g_string_append_unichar(run.text, ends_line                                ? LINE_END
                                          : marked && g_unichar_isspace(character) ? SPACE_MARK
                                                                                   : character);
        used += width;
    }
    run_flush(&run);
    layout_cursor(layout, cursor >= 0 ? cursor - used : 0);
    return mark_column;
}
