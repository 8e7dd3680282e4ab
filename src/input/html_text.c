/* SPDX-License-Identifier: MIT */
#include "input/html_text.h"

#include <string.h>

enum { TAG_MAX = 4096, REFERENCE_MAX = 12 };

struct reference {
    const char *name;
    gunichar character;
};

static const struct reference references[] = {
    {"&nbsp;", 0x00A0},    {"&amp;", '&'},       {"&lt;", '<'},
    {"&gt;", '>'},         {"&quot;", '"'},      {"&apos;", '\''},
    {"&shy;", 0x00AD},     {"&zwnj;", 0x200C},   {"&zwj;", 0x200D},
    {"&lrm;", 0x200E},     {"&rlm;", 0x200F},    {"&ensp;", 0x2002},
    {"&emsp;", 0x2003},    {"&thinsp;", 0x2009}, {"&ndash;", 0x2013},
    {"&mdash;", 0x2014},   {"&lsquo;", 0x2018},  {"&rsquo;", 0x2019},
    {"&ldquo;", 0x201C},   {"&rdquo;", 0x201D},  {"&ZeroWidthSpace;", 0x200B},
    {"&sol;", '/'},        {"&colon;", ':'},     {"&period;", '.'},
    {"&hyphen;", 0x2010},  {"&dash;", 0x2010},   {"&lowbar;", '_'},
    {"&equals;", '='},     {"&Tab;", '\t'},      {"&NewLine;", '\n'},
    {"&NoBreak;", 0x2060}, {"&bull;", 0x2022},   {"&middot;", 0x00B7},
    {"&raquo;", 0x00BB},   {"&laquo;", 0x00AB},  {"&rarr;", 0x2192},
    {"&hellip;", 0x2026},  {"&eacute;", 0x00E9}, {"&auml;", 0x00E4},
    {"&ouml;", 0x00F6},    {"&uuml;", 0x00FC},   {"&szlig;", 0x00DF},
    {"&egrave;", 0x00E8},
};

/* What stays within a line; every other element begins a new one, so that texts of two elements never run together. */
static const char *const inline_tags[] = {"a",    "abbr",   "acronym", "b",   "bdi",  "bdo",   "big",  "cite", "code",
                                          "data", "del",    "dfn",     "em",  "font", "i",     "img",  "ins",  "kbd",
                                          "mark", "o",      "q",       "rp",  "rt",   "ruby",  "s",    "samp", "small",
                                          "span", "strike", "strong",  "st1", "sub",  "sup",   "time", "tt",   "u",
                                          "var",  "wbr",    "nobr",    "v",   "w",    "input", NULL};
static const char *const table_tags[] = {"table", "thead", "tbody", "tfoot", "tr", "colgroup", "col", NULL};
static const char *const cell_tags[] = {"td", "th", NULL};
static const char *const hidden_tags[] = {"style", "script", "head", "title", "template", NULL};
static const char *const struck_tags[] = {"s", "strike", "del", NULL};

struct html {
    GArray *dropped; /* of struct html_dropped; may be NULL */
    int last_cell;   /* up to there block tags make no lines: the cell holds one paragraph */
    int pre_depth;
    gboolean has_row_cell;
    gboolean has_open_drop; /* an element that hides is never closed: none is searched for twice */
    const GArray *text;
    GArray *out;
    enum html_links links;
    int mail_from; /* the address of the mail link that is open; 0: none is */
    int mail_to;
    int mail_text; /* where its text began in what was put */
    gboolean has_open_end;
    int at;
};

static gboolean is_line_tag(const char *name)
{
    return !g_strv_contains(inline_tags, name) && !g_strv_contains(cell_tags, name);
}

static gboolean is_html(const GArray *text)
{
    static const char *const tags[] = {"<html", "<body", "<li",    "<ul", "<ol",         "<strong", "<code", "<pre",
                                       "<font", "<h1",   "<h2",    "<h3", "<dl",         "<div",    "<p",    "<br",
                                       "<td",   "<span", "<table", "<b",  "<blockquote", NULL};
    if (source_find(text, 0, "<!doctype") >= 0 || source_find(text, 0, "<a href") >= 0)
        return TRUE;
    for (int k = 0; tags[k] != NULL; k++)
        for (int at = source_find(text, 0, tags[k]); at >= 0; at = source_find(text, at + 1, tags[k])) {
            gunichar behind = source_at(text, at + (int)strlen(tags[k]));
            if (is_one_of(behind, "> /\t\r\n")) /* none of "<litware-mdr>", which only begins like one */
                return TRUE;
        }
    return FALSE;
}

static void put(struct html *html, gunichar character)
{
    source_append(html->out, character, source_offset(html->text, html->at));
}

/* White space of the source is one space, and none at the start of a line. */
static void put_space(struct html *html)
{
    gunichar last = source_at(html->out, source_length(html->out) - 1);
    if (last != ' ' && last != '\n' && last != '\t' && last != NO_CHARACTER)
        put(html, ' ');
}

static gboolean put_numeric_reference(struct html *html)
{
    gboolean is_hex = source_has(html->text, html->at, "&#x");
    gunichar value = 0;
    int i = html->at + (is_hex ? 3 : 2);
    int first = i;
    while (i - first < REFERENCE_MAX && value <= 0x10FFFF &&
           (is_hex ? is_hex_digit(source_at(html->text, i)) : is_ascii_digit(source_at(html->text, i))))
        value = value * (is_hex ? 16 : 10) + (gunichar)g_ascii_xdigit_value((char)source_at(html->text, i++));
    if (i == first || !g_unichar_validate(value))
        return FALSE;
    put(html, value);
    html->at = source_at(html->text, i) == ';' ? i + 1 : i;
    return TRUE;
}

/* A character reference at the present place. FALSE if there is none. */
static gboolean put_reference(struct html *html)
{
    if (source_has(html->text, html->at, "&#"))
        return put_numeric_reference(html);
    for (gsize i = 0; i < G_N_ELEMENTS(references); i++)
        if (source_has(html->text, html->at, references[i].name)) {
            put(html, references[i].character);
            html->at += (int)strlen(references[i].name);
            return TRUE;
        }
    return FALSE;
}

/* The '>' of the tag at FROM; -1 if it is no tag. */
static int tag_end(const GArray *text, int from)
{
    gunichar quote = 0;
    for (int i = from + 1; i < from + TAG_MAX && source_at(text, i) != NO_CHARACTER; i++) {
        gunichar character = source_at(text, i);
        if (quote != 0 && character == quote)
            quote = 0;
        else if (quote == 0 && (character == '"' || character == '\''))
            quote = character;
        else if (quote == 0 && character == '>')
            return i;
    }
    return -1;
}

static char *tag_name(const GArray *text, int from)
{
    int start = source_at(text, from + 1) == '/' ? from + 2 : from + 1;
    int end = start;
    while (is_ascii_alnum(source_at(text, end)) && end - start < REFERENCE_MAX)
        end++;
    g_autofree char *name = source_utf8(text, start, end);
    return g_ascii_strdown(name, -1);
}

/* Put the href of the tag that ends at END on a line of its own. */
static void put_link(struct html *html, int end)
{
    if (!source_has_between(html->text, html->at, end, "href="))
        return;
    int value = source_find(html->text, html->at, "href=");
    int saved = html->at;
    put(html, '\n');
    for (html->at = value + (int)strlen("href="); html->at < end;) {
        gunichar character = source_at(html->text, html->at);
        if (character == '&' && put_reference(html))
            continue;
        if (character != '"' && character != '\'')
            put(html, character);
        html->at++;
    }
    put(html, '\n');
    html->at = saved;
}

/* A mail link begins or ends: where its text is not the address, that is put behind it. */
static void take_mail_link(struct html *html, int end, gboolean opens)
{
    static const char start[] = "mailto:";
    int length = source_length(html->out);
    g_autofree char *address = source_utf8(html->text, html->mail_from, html->mail_to);
    if (!opens && html->mail_from > 0 && !source_has_between(html->out, html->mail_text, length, address)) {
        int saved = html->at;
        put_space(html);
        put(html, '<');
        for (html->at = html->mail_from; html->at < html->mail_to;) {
            if (source_at(html->text, html->at) == '&' && put_reference(html))
                continue;
            put(html, source_at(html->text, html->at));
            html->at++;
        }
        put(html, '>');
        html->at = saved;
    }
    html->mail_from = html->mail_to = 0;
    if (!opens || !source_has_between(html->text, html->at, end, start))
        return;
    html->mail_from = html->mail_to = source_find(html->text, html->at, start) + (int)strlen(start);
    while (html->mail_to < end && !is_one_of(source_at(html->text, html->mail_to), "\"'?> "))
        html->mail_to++;
    html->mail_text = length;
}

/* Skip the content of an element that shows nothing. One that is never closed is not searched for twice. */
static void skip_hidden(struct html *html, const char *name)
{
    g_autofree char *closing = g_strdup_printf("</%s", name);
    int found = html->has_open_end ? -1 : source_find(html->text, html->at, closing);
    int end = found < 0 ? -1 : tag_end(html->text, found);
    html->has_open_end |= end < 0;
    if (end >= 0)
        html->at = end + 1;
}

/* Whether the tag from AT up to END hides what it holds. */
static gboolean hides(const GArray *text, int at, int end)
{
    static const char *const signs[] = {"display:none", "visibility:hidden", "mso-hide:all", "color:transparent",
                                        "left:-9999",   "indent:-9999",      "top:-9999",    "clip:rect(0"};
    static const char *const numbers[] = {"font-size:0", "font-size:1px",  "opacity:0",
                                          "max-width:0", "max-height:0px", "max-height:0"};
    g_autofree char *typed = source_utf8(text, at, end);
    g_autofree char *lower = g_ascii_strdown(typed, -1);
    g_autoptr(GString) tag = g_string_new(lower);
    g_string_replace(tag, ": ", ":", 0);
    for (gsize i = 0; i < G_N_ELEMENTS(signs); i++)
        if (strstr(tag->str, signs[i]) != NULL)
            return TRUE;
    for (gsize i = 0; i < G_N_ELEMENTS(numbers); i++)
        for (const char *style = strstr(tag->str, numbers[i]); style != NULL; style = strstr(style + 1, numbers[i])) {
            char behind = style[strlen(numbers[i])];
            char before = style > tag->str ? style[-1] : ' ';
            if (!g_ascii_isdigit(behind) && behind != '.' && before != '-')
                return TRUE; /* "0", "0px", but not "0.5" or "05" */
        }
    return strstr(tag->str, " hidden") != NULL;
}

/* Something that could be a value stands there: letters, and a digit or a hyphen among them. */
static gboolean has_shaped_word(const GArray *text, int from, int to)
{
    for (int i = from + 1; i < to - 1; i++) {
        gunichar character = source_at(text, i);
        gboolean joins = is_ascii_digit(character) || is_one_of(character, "-_");
        if (source_at(text, i) == '<') /* a tag's own words are not shown */
            for (; i < to && source_at(text, i) != '>';)
                i++;
        else if (joins && is_ascii_letter(source_at(text, i - 1)) && is_ascii_alnum(source_at(text, i + 1)))
            return TRUE;
    }
    return FALSE;
}

/* Skip the element NAME whose first tag was just passed, with those of its name inside, and note it. */
static void drop_element(struct html *html, const char *name, gboolean is_struck)
{
    int depth = 1;
    int from = html->at;
    int i = from;
    if (html->has_open_drop)
        return;
    for (; i < source_length(html->text) && depth > 0; i++) {
        if (source_at(html->text, i) != '<')
            continue;
        g_autofree char *inner = tag_name(html->text, i);
        if (strcmp(inner, name) != 0)
            continue;
        depth += source_at(html->text, i + 1) == '/' ? -1 : 1;
    }
    html->has_open_drop |= depth > 0;
    if (depth > 0)
        return; /* better read than lost */
    int end = tag_end(html->text, i - 1);
    gboolean touches_word = is_ascii_alnum(source_at(html->out, source_length(html->out) - 1)) &&
                            is_ascii_alnum(source_at(html->text, from));
    struct html_dropped dropped = {.from = source_offset(html->text, from),
                                   .to = source_offset(html->text, i - 1),
                                   .is_struck = is_struck,
                                   .has_value = touches_word || has_shaped_word(html->text, from, i - 1) ||
                                                source_has_between(html->text, from, i, "subscriptions") ||
                                                source_has_between(html->text, from, i, "hub")};
    if (html->dropped != NULL)
        g_array_append_val(html->dropped, dropped);
    html->at = end >= 0 ? end + 1 : i;
}

/* Where the cell that begins at AT ends, if it holds one paragraph at most; AT if it holds more. */
static int simple_cell_end(const GArray *text, int at)
{
    enum { CELL_MAX = 4000 };
    int blocks = 0;
    for (int i = at; i < at + CELL_MAX && source_at(text, i) != NO_CHARACTER; i++) {
        if (source_at(text, i) != '<')
            continue;
        g_autofree char *name = tag_name(text, i);
        gboolean is_cell = g_strv_contains(cell_tags, name) || strcmp(name, "tr") == 0;
        if (is_cell)
            return i;
        if (strcmp(name, "table") == 0)
            return at;
        blocks += source_at(text, i + 1) != '/' && is_line_tag(name);
        if (blocks > 1)
            return at;
    }
    return at;
}

/* Every cell but a row's first one begins with a tab. */
static void begin_cell(struct html *html, int end)
{
    while (source_at(html->out, source_length(html->out) - 1) == ' ')
        g_array_set_size(html->out, html->out->len - 1);
    gunichar last = source_at(html->out, source_length(html->out) - 1);
    if ((last != '\n' && last != NO_CHARACTER) || html->has_row_cell)
        put(html, '\t');
    html->has_row_cell = TRUE;
    html->last_cell = simple_cell_end(html->text, end + 1);
}

static void take_tag(struct html *html, int end)
{
    g_autofree char *name = tag_name(html->text, html->at);
    gboolean opens = source_at(html->text, html->at + 1) != '/';
    gboolean is_struck =
        opens && (g_strv_contains(struck_tags, name) || source_has_between(html->text, html->at, end, "line-through"));
    gboolean is_hidden = opens && hides(html->text, html->at, end) && source_at(html->text, end - 1) != '/';
    if (strcmp(name, "tr") == 0)
        html->has_row_cell = FALSE;
    if (strcmp(name, "pre") == 0)
        html->pre_depth = MAX(html->pre_depth + (opens ? 1 : -1), 0);
    /* A footnote's number is no part of what it stands behind. */
    if ((is_line_tag(name) && html->at < html->last_cell) || (strcmp(name, "sup") == 0 && opens))
        put_space(html);
    else if (g_strv_contains(table_tags, name) && source_at(html->out, source_length(html->out) - 1) == '\n')
        ; /* the row that ended has begun a new line already */
    else if (is_line_tag(name))
        put(html, '\n');
    else if (g_strv_contains(cell_tags, name) && opens)
        begin_cell(html, end);
    if (html->links == LINKS_BEFORE && opens && strcmp(name, "a") == 0)
        put_link(html, end);
    else if (html->links == LINKS_MAIL && strcmp(name, "a") == 0)
        take_mail_link(html, end, opens);
    html->at = end + 1;
    if (opens && g_strv_contains(hidden_tags, name))
        skip_hidden(html, name);
    else if ((is_struck || is_hidden) && strcmp(name, "body") != 0 && strcmp(name, "br") != 0 &&
             strcmp(name, "img") != 0)
        drop_element(html, name, is_struck);
}

static gboolean take_markup(struct html *html)
{
    if (source_has(html->text, html->at, "<!--")) {
        int end = source_find(html->text, html->at, "-->");
        html->at = end < 0 ? source_length(html->text) : end + 3;
        return TRUE;
    }
    gunichar next = source_at(html->text, html->at + 1);
    int end = is_ascii_letter(next) || next == '/' || next == '!' ? tag_end(html->text, html->at) : -1;
    if (end < 0)
        return FALSE;
    take_tag(html, end);
    return TRUE;
}

GArray *html_text(GArray *text, enum html_links links, GArray *dropped)
{
    if (!is_html(text))
        return g_array_ref(text);
    struct html html = {.text = text, .out = source_new(), .links = links, .dropped = dropped};
    while (html.at < source_length(text)) {
        gunichar character = source_at(text, html.at);
        if (character == '<' && take_markup(&html))
            continue;
        if (character == '&' && put_reference(&html))
            continue;
        if (is_one_of(character, " \t\r\n") && html.pre_depth == 0)
            put_space(&html);
        else
            put(&html, character);
        html.at++;
    }
    return html.out;
}
