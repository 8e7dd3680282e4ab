/* SPDX-License-Identifier: MIT */
/* XML and what is written like it: "<EventHubName>x</EventHubName>", "<hub><name>x</name></hub>",
 * "<add key='EventHubName' value='x'/>", "<key>EventHubName</key><string>x</string>". */
#include <string.h>

#include "input/name_search.h"

enum { TAG_MAX = 400, TAGS_MAX = 5000 };

struct span {
    int from;
    int to;
};

struct tag {
    struct span name; /* without a prefix and a colon */
    int end;          /* behind its '>' */
    gboolean is_closing;
};

/* The tag at AT; name.to == 0 if there is none. */
static struct tag tag_at(const GArray *text, int at)
{
    struct tag tag = {.is_closing = source_at(text, at + 1) == '/'};
    int from = at + 1 + (tag.is_closing ? 1 : 0);
    int to = from;
    if (source_at(text, at) != '<' || !is_ascii_letter(source_at(text, from)))
        return tag;
    for (; is_ascii_alnum(source_at(text, to)) || is_one_of(source_at(text, to), "_.-:"); to++)
        if (source_at(text, to) == ':')
            from = to + 1;
    int end = to;
    while (end - at < TAG_MAX && source_at(text, end) != NO_CHARACTER && !is_one_of(source_at(text, end), "<>"))
        end++;
    if (source_at(text, end) == '>')
        tag = (struct tag){.name = {from, to}, .end = end + 1, .is_closing = tag.is_closing};
    return tag;
}

/* What stands in quotes behind KEY and '=' in a tag; to == 0 if nothing does. */
static struct span attribute(const GArray *text, const struct tag *tag, const char *key)
{
    for (int at = tag->name.to; at < tag->end; at++) {
        int from = at + (int)strlen(key);
        if (!is_blank(source_at(text, at - 1)) || !source_has(text, at, key) || source_at(text, from) != '=' ||
            !is_one_of(source_at(text, from + 1), "\"'"))
            continue;
        struct span span = {from + 2, from + 2};
        while (span.to < tag->end && source_at(text, span.to) != source_at(text, from + 1))
            span.to++;
        return span;
    }
    return (struct span){0, 0};
}

static struct label span_label(const GArray *text, struct span span)
{
    g_autofree char *words = source_utf8(text, span.from, span.to);
    return label_read(words);
}

/* The text between the tag that ends at AT and the next one; to == from if that is none. */
static struct span text_behind(const GArray *text, int at)
{
    struct span span = {skip_blanks(text, at, source_length(text)), 0};
    span.to = span.from;
    while (span.to - span.from < TAG_MAX && source_at(text, span.to) != NO_CHARACTER && source_at(text, span.to) != '<')
        span.to++;
    while (span.to > span.from && (is_blank(source_at(text, span.to - 1)) || is_line_end(source_at(text, span.to - 1))))
        span.to--;
    return span;
}

static void take(struct name_search *search, struct label label, struct span span)
{
    if (search->is_taken[span.from] == READ_AS_ID || span.to <= span.from)
        return;
    name_search_take(search, label, FORM_KEY, span.from, span.to);
    for (int i = span.from; i < span.to; i++)
        search->is_taken[i] = READ_AS_FORM;
}

/* The tag's own value, and that of the element behind "<key>EventHubName</key>". */
static void take_tag(struct name_search *search, const struct tag *tag, gboolean is_in_hub)
{
    const GArray *text = search->text;
    static const char *const keys[] = {"key", "name", "id"};
    struct label label = span_label(text, tag->name);
    for (gsize i = 0; i < G_N_ELEMENTS(keys) && label.kind == LABEL_OTHER; i++) {
        struct span announced = attribute(text, tag, keys[i]);
        if (announced.to > announced.from)
            label = span_label(text, announced);
    }
    struct span value = attribute(text, tag, "value");
    struct span inner = text_behind(text, tag->end);
    if (label.kind == LABEL_NAME && is_in_hub)
        label.kind = LABEL_HUB_NAME;
    if (source_at(text, inner.to) != '<' || source_at(text, tag->end - 2) == '/')
        inner.to = inner.from;
    if (label.kind == LABEL_HUB_NAME || label.kind == LABEL_HUB)
        take(search, label, value.to > value.from ? value : inner);
    g_autofree char *name = source_utf8(text, tag->name.from, tag->name.to);
    struct tag closing = tag_at(text, inner.to);
    int next = closing.name.to > 0 ? skip_blanks(text, closing.end, source_length(text)) : 0;
    while (next > 0 && is_line_break(source_at(text, next)))
        next = skip_blanks(text, next + 1, source_length(text));
    struct tag sibling = next > 0 ? tag_at(text, next) : (struct tag){0};
    gboolean is_key = g_ascii_strcasecmp(name, "key") == 0 || g_ascii_strcasecmp(name, "name") == 0;
    struct label key = is_key && inner.to > inner.from ? span_label(text, inner) : (struct label){0};
    if (key.kind == LABEL_HUB_NAME && closing.is_closing && sibling.name.to > 0 && !sibling.is_closing)
        take(search, key, text_behind(text, sibling.end));
}

void read_elements(struct name_search *search)
{
    const GArray *text = search->text;
    struct span hub = {0, 0}; /* the name of the element that is open and speaks of a hub */
    for (int at = source_find(text, 0, "<"), n = 0; at >= 0 && n < TAGS_MAX; at = source_find(text, at + 1, "<"), n++) {
        struct tag tag = search->is_taken[at] == READ_AS_FORM ? (struct tag){0} : tag_at(text, at);
        if (tag.name.to == 0)
            continue;
        g_autofree char *name = source_utf8(text, tag.name.from, tag.name.to);
        g_autofree char *open = source_utf8(text, hub.from, hub.to);
        if (tag.is_closing && strcmp(name, open) == 0)
            hub = (struct span){0, 0};
        if (tag.is_closing)
            continue;
        take_tag(search, &tag, hub.to > 0);
        struct span inner = text_behind(text, tag.end);
        if (inner.to == inner.from && span_label(text, tag.name).kind == LABEL_HUB)
            hub = tag.name;
    }
}
