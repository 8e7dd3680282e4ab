#include "ui/editor.h"

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

gboolean editor_insert(struct editor *editor, const char *text)
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

static gunichar character_at(const struct editor *editor, gsize offset)
{
    return g_utf8_get_char(editor->text + offset);
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

static gsize word_start(const struct editor *editor)
{
    gsize at = editor->cursor;
    while (at > 0 && editor->text[at - 1] == ' ')
        at--;
    while (at > 0 && editor->text[at - 1] != ' ')
        at--;
    return at;
}

static gboolean control_press(struct editor *editor, gunichar letter)
{
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
        cut(editor, word_start(editor), editor->cursor);
        return TRUE;
    default:
        return FALSE;
    }
}

static gboolean hides_mask(struct editor *editor, const struct press *press)
{
    if (!editor->secret || editor->mask == EDITOR_HIDDEN)
        return FALSE;
    if (press->kind != PRESS_TAB && !(press->kind == PRESS_BACKSPACE && editor->length == 0))
        return FALSE;
    editor->mask = EDITOR_HIDDEN;
    return TRUE;
}

static gboolean insert_character(struct editor *editor, gunichar character)
{
    char bytes[7] = "";
    g_unichar_to_utf8(character, bytes);
    editor_insert(editor, bytes);
    return TRUE;
}

static gboolean replaces(const struct press *press)
{
    return press->kind == PRESS_CHARACTER || press->kind == PRESS_PASTE || press->kind == PRESS_BACKSPACE ||
           press->kind == PRESS_DELETE;
}

gboolean editor_press(struct editor *editor, const struct press *press)
{
    if (hides_mask(editor, press))
        return TRUE;
    if (editor->is_suggestion && replaces(press))
        editor_set(editor, "");
    editor->is_suggestion = FALSE;
    switch (press->kind) {
    case PRESS_CHARACTER:
        return insert_character(editor, press->character);
    case PRESS_CONTROL:
        return control_press(editor, press->character);
    case PRESS_BACKSPACE:
        cut(editor, neighbour(editor, -1), editor->cursor);
        return TRUE;
    case PRESS_DELETE:
        cut(editor, editor->cursor, neighbour(editor, 1));
        return TRUE;
    case PRESS_LEFT:
    case PRESS_RIGHT:
        editor->cursor = neighbour(editor, press->kind == PRESS_LEFT ? -1 : 1);
        return TRUE;
    case PRESS_HOME:
        editor->cursor = 0;
        return TRUE;
    case PRESS_END:
        editor->cursor = editor->length;
        return TRUE;
    case PRESS_PASTE:
        return editor_paste(editor, press->text);
    default:
        return FALSE;
    }
}

void editor_set_mask(struct editor *editor, enum editor_mask mask)
{
    editor->mask = mask;
}

enum editor_mask editor_mask(const struct editor *editor)
{
    return editor->mask;
}

static void show_mask(const struct editor *editor, struct page *page)
{
    if (editor->mask == EDITOR_HIDDEN)
        page_text(page, STYLE_DIM, "(not shown)");
    else if (editor->length > 0)
        page_text(page, STYLE_NORMAL, MASK_TEXT);
    page_cursor(page, 0);
}

static gunichar shown_character(gunichar character, gboolean marked)
{
    if (character == '\n' || character == '\r')
        return LINE_END;
    return marked && g_unichar_isspace(character) ? SPACE_MARK : character;
}

/* The first byte to show so that the cursor fits into COLUMNS. */
static gsize window_start(const struct editor *editor, int columns)
{
    gsize at = editor->cursor;
    int used = 1;
    while (at > 0) {
        gsize previous = (gsize)(g_utf8_prev_char(editor->text + at) - editor->text);
        used += grid_character_columns(character_at(editor, previous));
        if (used > columns)
            break;
        at = previous;
    }
    return at;
}

/* Characters of one style are added together, so that a combining one stays with its base. */
struct run {
    struct page *page;
    GString *text;
    enum style style;
};

static void run_flush(struct run *run)
{
    if (run->text->len > 0)
        page_text(run->page, run->style, run->text->str);
    g_string_truncate(run->text, 0);
}

static void run_add(struct run *run, enum style style, gunichar character)
{
    if (style != run->style)
        run_flush(run);
    run->style = style;
    g_string_append_unichar(run->text, character);
}

int editor_show(const struct editor *editor, struct page *page, int columns, int mark, int mark_length)
{
    if (editor->mask != EDITOR_PLAIN) {
        show_mask(editor, page);
        return -1;
    }
    g_autoptr(GString) text = g_string_new(NULL);
    struct run run = {page, text, STYLE_NORMAL};
    gsize start = window_start(editor, columns);
    int index = (int)g_utf8_strlen(editor->text, (gssize)start);
    int used = 0, mark_column = -1, cursor = -1;
    for (const char *at = editor->text + start; *at != '\0'; at = g_utf8_next_char(at), index++) {
        gunichar character = g_utf8_get_char(at);
        int width = grid_character_columns(character);
        if ((gsize)(at - editor->text) == editor->cursor)
            cursor = used;
        if (used + width > columns)
            break;
        gboolean marked = mark >= 0 && index >= mark && index < mark + mark_length;
        if (marked && mark_column < 0)
            mark_column = used;
        run_add(&run, marked || editor->is_suggestion ? STYLE_MARK : STYLE_NORMAL, shown_character(character, marked));
        used += width;
    }
    run_flush(&run);
    page_cursor(page, cursor >= 0 ? cursor - used : 0);
    return mark_column;
}
