/* Resource IDs in running text. */
#include "base/code_points.h"
#include "input/hub_match.h"

enum {
    NAMESPACE_MIN = 6,
    GUID_LENGTH = 36,
    PART_MAX = 256,
};

struct cursor {
    const GArray *text;
    int at;
    GArray *left_out;
    int wrap_width; /* of the line that the value was broken at before; 0 if it was not */
};

void hub_match_free(struct hub_match *match)
{
    g_free(match->id);
    g_free(match->name);
    g_array_unref(match->left_out);
    g_free(match);
}

static gboolean is_blank(gunichar character)
{
    return is_visible_space(character) && !is_line_break(character);
}

static gboolean is_unseen(gunichar character)
{
    return is_dangerous(character) && !is_line_break(character) && character != '\t' && character != 0xFFFD;
}

static gunichar here(const struct cursor *cursor)
{
    return mapped_at(cursor->text, cursor->at);
}

static void leave_out(struct cursor *cursor, int from)
{
    if (cursor->at == from)
        return;
    struct left_out span = {.from = from, .to = cursor->at};
    g_array_append_val(cursor->left_out, span);
}

static void skip_unseen(struct cursor *cursor)
{
    int from = cursor->at;
    while (is_unseen(here(cursor)))
        cursor->at++;
    leave_out(cursor, from);
}

static int line_width(const struct cursor *cursor, int end)
{
    int start = end;
    while (start > 0 && !is_line_break(mapped_at(cursor->text, start - 1)))
        start--;
    return end - start;
}

/* A line end, and the spaces and quote marks ("> ") that begin the next line. FALSE if there is none. */
static gboolean skip_line_break(struct cursor *cursor)
{
    int from = cursor->at;
    while (is_blank(here(cursor)))
        cursor->at++;
    if (!is_line_break(here(cursor))) {
        cursor->at = from;
        return FALSE;
    }
    cursor->wrap_width = line_width(cursor, from);
    if (here(cursor) == '\r' && mapped_at(cursor->text, cursor->at + 1) == '\n')
        cursor->at++;
    cursor->at++;
    while (is_blank(here(cursor)) || here(cursor) == '>')
        cursor->at++;
    leave_out(cursor, from);
    return TRUE;
}

/* Blanks beside a slash. */
static void skip_blanks(struct cursor *cursor)
{
    int from = cursor->at;
    while (is_blank(here(cursor)) || is_unseen(here(cursor)))
        cursor->at++;
    leave_out(cursor, from);
    skip_line_break(cursor);
}

/* Whatever a mail program may have put between two characters of a word. */
static void skip_inside(struct cursor *cursor)
{
    skip_unseen(cursor);
    if (is_line_break(here(cursor)))
        skip_line_break(cursor);
    skip_unseen(cursor);
}

static gboolean take_word(struct cursor *cursor, const char *word)
{
    for (int i = 0; word[i] != '\0'; i++) {
        if (i > 0)
            skip_inside(cursor);
        gunichar character = here(cursor);
        if (character > 0x7F || g_ascii_tolower((char)character) != g_ascii_tolower(word[i]))
            return FALSE;
        cursor->at++;
    }
    return TRUE;
}

/* Line breaks on both sides of a slash are taken as wrapping. */
static gboolean take_slash(struct cursor *cursor)
{
    skip_blanks(cursor);
    if (here(cursor) != '/')
        return FALSE;
    cursor->at++;
    skip_blanks(cursor);
    return TRUE;
}

/* The character as the value has it: a typographic one becomes the plain one that it passes for. */
static gunichar plain(gunichar character)
{
    char twin = character > 0x7F && character < BAD_BYTE ? code_point_ascii_twin(character) : 0;
    return twin != 0 ? (gunichar)twin : character;
}

static gboolean is_guid_character(gunichar character)
{
    return is_hex_digit(plain(character)) || plain(character) == '-';
}

static gboolean is_group_character(gunichar character)
{
    return character < BAD_BYTE && (g_unichar_isalnum(character) || is_one_of(plain(character), "_-.()"));
}

static gboolean is_namespace_character(gunichar character)
{
    return is_ascii_alnum(plain(character)) || plain(character) == '-';
}

static gboolean is_hub_character(gunichar character)
{
    return is_namespace_character(character) || is_one_of(character, "._");
}

/* Append a run of characters for which IS holds, over line breaks if THROUGH_BREAKS. */
static void take_run(struct cursor *cursor, GString *value, gboolean (*is)(gunichar), int max, gboolean through_breaks)
{
    for (int n = 0; n < max; n++) {
        int before = cursor->at;
        guint spans = cursor->left_out->len;
        skip_unseen(cursor);
        if (through_breaks && is_line_break(here(cursor)))
            skip_line_break(cursor);
        if (!is(here(cursor))) {
            cursor->at = before;
            g_array_set_size(cursor->left_out, spans);
            return;
        }
        gunichar character = here(cursor);
        g_string_append_unichar(value, is == is_group_character && g_unichar_isalnum(character) ? character
                                                                                                : plain(character));
        cursor->at++;
    }
}

/* What stands at INDEX is one word of a namespace's characters, alone on its line. */
static gboolean is_alone_on_line(const struct cursor *cursor, int index)
{
    int end = index;
    gboolean has_word = FALSE;
    for (; is_namespace_character(mapped_at(cursor->text, end)) || is_unseen(mapped_at(cursor->text, end)); end++)
        has_word |= is_namespace_character(mapped_at(cursor->text, end));
    while (is_blank(mapped_at(cursor->text, end)))
        end++;
    gunichar behind = mapped_at(cursor->text, end);
    return has_word && (is_line_break(behind) || behind == NO_CHARACTER);
}

/* Whether a namespace that was read as far as a line's end goes on in the next line. */
static gboolean goes_on(const struct cursor *cursor, const GString *name, int next)
{
    gboolean is_cut = name->len < NAMESPACE_MIN || name->str[name->len - 1] == '-';
    gboolean is_full_line = cursor->wrap_width > 0 && line_width(cursor, cursor->at) >= cursor->wrap_width;
    return (is_cut || is_full_line) && is_alone_on_line(cursor, next);
}

static void take_namespace(struct cursor *cursor, GString *value)
{
    g_autoptr(GString) name = g_string_new(NULL);
    for (;;) {
        take_run(cursor, name, is_namespace_character, PART_MAX, FALSE);
        struct cursor ahead = *cursor;
        guint spans = cursor->left_out->len;
        if (!skip_line_break(&ahead))
            break;
        if (!goes_on(cursor, name, ahead.at)) {
            g_array_set_size(cursor->left_out, spans);
            break;
        }
        *cursor = ahead;
    }
    g_string_append(value, name->str);
}

static gboolean take_parts(struct cursor *cursor, GString *value)
{
    g_string_append(value, "/subscriptions/");
    if (!take_word(cursor, "subscriptions") || !take_slash(cursor))
        return FALSE;
    take_run(cursor, value, is_guid_character, GUID_LENGTH, TRUE);
    g_string_append(value, "/resourceGroups/");
    if (!take_slash(cursor) || !take_word(cursor, "resourceGroups") || !take_slash(cursor))
        return FALSE;
    take_run(cursor, value, is_group_character, PART_MAX, TRUE);
    g_string_append(value, "/providers/Microsoft.EventHub/namespaces/");
    if (!take_slash(cursor) || !take_word(cursor, "providers") || !take_slash(cursor) ||
        !take_word(cursor, "Microsoft.EventHub") || !take_slash(cursor) || !take_word(cursor, "namespaces") ||
        !take_slash(cursor))
        return FALSE;
    take_namespace(cursor, value);
    return TRUE;
}

/* "/eventhubs/<name>" behind the namespace; the cursor stays if there is none. NULL or the name. */
static char *take_hub(struct cursor *cursor)
{
    struct cursor start = *cursor;
    guint spans = cursor->left_out->len;
    GString *name = g_string_new(NULL);
    if (here(cursor) == '/' && take_slash(cursor) && take_word(cursor, "eventhubs") && take_slash(cursor))
        take_run(cursor, name, is_hub_character, PART_MAX, FALSE);
    if (name->len == 0) {
        *cursor = start;
        g_array_set_size(cursor->left_out, spans);
    }
    return g_string_free(name, name->len == 0);
}

/* "- ns", " ns": a blank, then one more word that the name which ends here could go on with. */
static gboolean is_unsure(const struct cursor *cursor)
{
    int next = cursor->at;
    while (is_blank(mapped_at(cursor->text, next)) && mapped_at(cursor->text, next) != '\t')
        next++;
    return next > cursor->at && is_alone_on_line(cursor, next);
}

static struct hub_match *match_id(const GArray *text, int from)
{
    struct cursor cursor = {.text = text, .at = from};
    cursor.left_out = g_array_new(FALSE, FALSE, sizeof(struct left_out));
    g_autoptr(GString) value = g_string_new(NULL);
    struct hub_match *match = g_new0(struct hub_match, 1);
    gboolean is_whole = take_parts(&cursor, value);
    match->unsure = is_whole && is_unsure(&cursor);
    match->name = is_whole ? take_hub(&cursor) : NULL;
    match->unsure_name = match->name != NULL && is_unsure(&cursor);
    match->id = is_whole ? g_strdup(value->str) : NULL;
    match->from = mapped_at(text, from - 1) == '/' ? from - 1 : from;
    match->to = cursor.at;
    match->left_out = cursor.left_out;
    return match;
}

static void free_match(gpointer match)
{
    hub_match_free(match);
}

/* "subscriptions", perhaps broken up, and a slash behind it. */
static gboolean begins_id(const GArray *text, int from)
{
    if ((mapped_at(text, from) | 0x20) != 's' || is_ascii_alnum(mapped_at(text, from - 1)))
        return FALSE;
    g_autoptr(GArray) left_out = g_array_new(FALSE, FALSE, sizeof(struct left_out));
    struct cursor cursor = {.text = text, .at = from, .left_out = left_out};
    return take_word(&cursor, "subscriptions") && take_slash(&cursor);
}

GPtrArray *match_ids(const GArray *text)
{
    GPtrArray *matches = g_ptr_array_new_with_free_func(free_match);
    for (int i = 0; i < mapped_length(text);) {
        if (!begins_id(text, i)) {
            i++;
            continue;
        }
        struct hub_match *match = match_id(text, i);
        g_ptr_array_add(matches, match);
        i = MAX(match->to, i + 1);
    }
    return matches;
}
