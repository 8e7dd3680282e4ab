/* HTML as browsers and mail programs put it on the clipboard. */
#include <string.h>

#include "input/transfer_text.h"

enum { TAG_MAX = 4096, REFERENCE_MAX = 12 };

struct reference {
    const char *name;
    gunichar character;
};

static const struct reference references[] = {
    {"&nbsp;", 0x00A0},  {"&amp;", '&'},      {"&lt;", '<'},       {"&gt;", '>'},        {"&quot;", '"'},
    {"&apos;", '\''},    {"&shy;", 0x00AD},   {"&zwnj;", 0x200C},  {"&zwj;", 0x200D},    {"&lrm;", 0x200E},
    {"&rlm;", 0x200F},   {"&ensp;", 0x2002},  {"&emsp;", 0x2003},  {"&thinsp;", 0x2009}, {"&ndash;", 0x2013},
    {"&mdash;", 0x2014}, {"&lsquo;", 0x2018}, {"&rsquo;", 0x2019}, {"&ldquo;", 0x201C},  {"&rdquo;", 0x201D},
};

static const char *const line_tags[] = {"p",  "div", "br", "tr",         "li",  "table", "ul", "ol", "h1",
                                        "h2", "h3",  "h4", "blockquote", "pre", "body",  "hr", NULL};
static const char *const cell_tags[] = {"td", "th", NULL};
static const char *const hidden_tags[] = {"style", "script", "head", "title", NULL};

struct html {
    const GArray *text;
    GArray *out;
    gboolean with_links;
    gboolean has_open_end;
    int at;
};

static gboolean is_html(const GArray *text)
{
    static const char *const signs[] = {"<html", "<body", "<div",  "<p>",    "<p ",
                                        "<br",   "<td",   "<span", "<table", "<a href"};
    for (gsize i = 0; i < G_N_ELEMENTS(signs); i++)
        if (mapped_find(text, 0, signs[i]) >= 0)
            return TRUE;
    return FALSE;
}

static void put(struct html *html, gunichar character)
{
    mapped_append(html->out, character, mapped_offset(html->text, html->at));
}

/* White space of the source is one space, and none at the start of a line. */
static void put_space(struct html *html)
{
    gunichar last = mapped_at(html->out, mapped_length(html->out) - 1);
    if (last != ' ' && last != '\n' && last != '\t' && last != NO_CHARACTER)
        put(html, ' ');
}

static gboolean put_numeric_reference(struct html *html)
{
    gboolean is_hex = mapped_has(html->text, html->at, "&#x");
    gunichar value = 0;
    int i = html->at + (is_hex ? 3 : 2);
    int first = i;
    while (i - first < REFERENCE_MAX && value <= 0x10FFFF &&
           (is_hex ? is_hex_digit(mapped_at(html->text, i)) : is_ascii_digit(mapped_at(html->text, i))))
        value = value * (is_hex ? 16 : 10) + (gunichar)g_ascii_xdigit_value((char)mapped_at(html->text, i++));
    if (i == first || !g_unichar_validate(value))
        return FALSE;
    put(html, value);
    html->at = mapped_at(html->text, i) == ';' ? i + 1 : i;
    return TRUE;
}

/* A character reference at the present place. FALSE if there is none. */
static gboolean put_reference(struct html *html)
{
    if (mapped_has(html->text, html->at, "&#"))
        return put_numeric_reference(html);
    for (gsize i = 0; i < G_N_ELEMENTS(references); i++)
        if (mapped_has(html->text, html->at, references[i].name)) {
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
    for (int i = from + 1; i < from + TAG_MAX && mapped_at(text, i) != NO_CHARACTER; i++) {
        gunichar character = mapped_at(text, i);
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
    int start = mapped_at(text, from + 1) == '/' ? from + 2 : from + 1;
    int end = start;
    while (is_ascii_alnum(mapped_at(text, end)) && end - start < REFERENCE_MAX)
        end++;
    g_autofree char *name = mapped_text(text, start, end);
    return g_ascii_strdown(name, -1);
}

/* Put the href of the tag that ends at END on a line of its own. */
static void put_link(struct html *html, int end)
{
    if (!mapped_has_between(html->text, html->at, end, "href="))
        return;
    int value = mapped_find(html->text, html->at, "href=");
    int saved = html->at;
    put(html, '\n');
    for (html->at = value + (int)strlen("href="); html->at < end;) {
        gunichar character = mapped_at(html->text, html->at);
        if (character == '&' && put_reference(html))
            continue;
        if (character != '"' && character != '\'')
            put(html, character);
        html->at++;
    }
    put(html, '\n');
    html->at = saved;
}

/* Skip the content of an element that shows nothing. One that is never closed is not searched for twice. */
static void skip_hidden(struct html *html, const char *name)
{
    g_autofree char *closing = g_strdup_printf("</%s", name);
    int found = html->has_open_end ? -1 : mapped_find(html->text, html->at, closing);
    int end = found < 0 ? -1 : tag_end(html->text, found);
    html->has_open_end |= end < 0;
    if (end >= 0)
        html->at = end + 1;
}

static void take_tag(struct html *html, int end)
{
    g_autofree char *name = tag_name(html->text, html->at);
    gboolean opens = mapped_at(html->text, html->at + 1) != '/';
    if (g_strv_contains(line_tags, name))
        put(html, '\n');
    else if (g_strv_contains(cell_tags, name))
        put(html, '\t');
    if (html->with_links && opens && strcmp(name, "a") == 0)
        put_link(html, end);
    html->at = end + 1;
    if (opens && g_strv_contains(hidden_tags, name))
        skip_hidden(html, name);
}

static gboolean take_markup(struct html *html)
{
    if (mapped_has(html->text, html->at, "<!--")) {
        int end = mapped_find(html->text, html->at, "-->");
        html->at = end < 0 ? mapped_length(html->text) : end + 3;
        return TRUE;
    }
    gunichar next = mapped_at(html->text, html->at + 1);
    int end = is_ascii_letter(next) || next == '/' || next == '!' ? tag_end(html->text, html->at) : -1;
    if (end < 0)
        return FALSE;
    take_tag(html, end);
    return TRUE;
}

GArray *html_text(GArray *text, gboolean with_links)
{
    if (!is_html(text))
        return g_array_ref(text);
    struct html html = {.text = text, .out = mapped_new(), .with_links = with_links};
    while (html.at < mapped_length(text)) {
        gunichar character = mapped_at(text, html.at);
        if (character == '<' && take_markup(&html))
            continue;
        if (character == '&' && put_reference(&html))
            continue;
        if (is_one_of(character, " \t\r\n"))
            put_space(&html);
        else
            put(&html, character);
        html.at++;
    }
    return html.out;
}
