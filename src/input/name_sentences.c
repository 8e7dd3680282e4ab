/* SPDX-License-Identifier: MIT */
/* Sentences that say what an Event Hub is called, and the options of commands that are about one. */
#include <string.h>

#include "input/name_search.h"

/* The words that say what an Event Hub is called, behind "Event Hub" or "Event Hub name". */
static int sentence_verb(const GArray *text, int at, enum value_form *form)
{
    static const struct {
        const char *words;
        enum value_form form;
    } verbs[] = {
        {"is called ", FORM_CALLED},  {"is named ", FORM_CALLED},          {"called ", FORM_CALLED},
        {"named ", FORM_CALLED},      {"name is ", FORM_SENTENCE},         {"is: ", FORM_SENTENCE},
        {"is ", FORM_SENTENCE},       {"will be ", FORM_SENTENCE},         {"lautet ", FORM_SENTENCE},
        {"ist ", FORM_SENTENCE},      {"hei\xC3\x9Ft ", FORM_CALLED},      {"heisst ", FORM_CALLED},
        {"est ", FORM_SENTENCE},      {"s'appelle ", FORM_CALLED},         {"es ", FORM_SENTENCE},
        {"se llama ", FORM_CALLED},   {"genannt ", FORM_CALLED},           {"namens ", FORM_CALLED},
        {"llamado ", FORM_CALLED},    {"nomm\xC3\xA9 ", FORM_CALLED},      {"\xC3\xA8 ", FORM_SENTENCE},
        {"\xC3\xA9 ", FORM_SENTENCE}, {"si chiama ", FORM_CALLED},         {"heet ", FORM_CALLED},
        {"chiamato ", FORM_CALLED},   {"genaamd ", FORM_CALLED},           {"se chama ", FORM_CALLED},
        {"chamado ", FORM_CALLED},    {"nazywa si\xC4\x99 ", FORM_CALLED}, {"heter ", FORM_CALLED},
        {"hedder ", FORM_CALLED},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(verbs); i++) {
        int place = at;
        const char *word = verbs[i].words;
        for (; *word != '\0'; word = g_utf8_next_char(word), place++) {
            gunichar wanted = g_utf8_get_char(word);
            if (wanted == ' '   ? !is_blank(source_at(text, place))
                : wanted < 0x80 ? !source_has(text, place, (char[]){(char)wanted, '\0'})
                                : source_at(text, place) != wanted)
                break;
        }
        if (*word == '\0') {
            *form = verbs[i].form;
            return place;
        }
    }
    return at;
}

/* The end of "event hub", "event-hubs", "EventHub" at AT; AT if it is none. */
static int hub_word_end(const GArray *text, int at)
{
    if (!source_has(text, at, "event") || is_ascii_alnum(source_at(text, at - 1)))
        return at;
    int hub = at + (int)strlen("event");
    while (hub - at < 8 && (is_one_of(source_at(text, hub), "-_") || is_blank(source_at(text, hub))))
        hub++;
    if (!source_has(text, hub, "hub"))
        return at;
    hub += (int)strlen("hub");
    if (source_has(text, hub, "s"))
        hub++;
    return is_ascii_alnum(source_at(text, hub)) ? at : hub;
}

static int skip_word(const GArray *text, int at, int end, const char *word)
{
    int from = at;
    while (from < end && (is_one_of(source_at(text, from), "-_'") || source_at(text, from) == 0x2019 ||
                          is_blank(source_at(text, from))))
        from++;
    return source_has(text, from, word) && !is_ascii_alnum(source_at(text, from + (int)strlen(word)))
               ? from + (int)strlen(word)
               : at;
}

/* A word with the form of a name, as in "Event Hub contoso-stream-1". */
static gboolean is_shaped_word(const GArray *text, int from, int end)
{
    int to = from;
    while (to < end && (is_ascii_alnum(source_at(text, to)) || is_one_of(source_at(text, to), "-_.")))
        to++;
    g_autofree char *word = source_utf8(text, from, to);
    return is_ascii_alnum(source_at(text, from)) && word_has_name_shape(word) && word_read(word, TRUE) == WORD_NAME;
}

/* The end of "the hub is called" without "is called"; AT if it is none: there are other hubs than those of events. */
static int short_hub_end(const GArray *text, int at)
{
    static const char *const starts[] = {"the ", "our ", "your ", "this ", "new "};
    static const char *const verbs[] = {" is called ", " is named ", " called ", " named "};
    for (gsize i = 0; i < G_N_ELEMENTS(starts); i++)
        for (gsize k = 0; k < G_N_ELEMENTS(verbs); k++)
            if (source_has(text, at - (int)strlen(starts[i]), starts[i]) && source_has(text, at, "hub") &&
                source_has(text, at + 3, verbs[k]))
                return at + 3;
    return at;
}

/* "`contoso-1` as the Event Hub name": the word before HUB. */
static void take_before(struct name_search *search, int line_from, int hub)
{
    static const char pattern[] =
        "(?:^|[\\s(])([\"'`\xE2\x80\x9C]?)([A-Za-z0-9][A-Za-z0-9._-]+[A-Za-z0-9])[\"'`\xE2\x80\x9D]?\\s+"
        "(?:as|als|comme|como|come)\\s+"
        "(?:(?:the|your|our|den|der|das|nom|nombre|nome|name|of|de|del|dell'|d'|l')\\s*)*$";
    if (search->looks++ >= LOOKS_MAX)
        return;
    int from = MAX(line_from, hub - LABEL_MAX);
    g_autofree char *before = source_utf8(search->text, from, hub);
    if (strstr(before, "as ") == NULL && strstr(before, "als ") == NULL && strstr(before, "com") == NULL)
        return; /* a pattern takes long to read */
    g_autoptr(GRegex) regex = g_regex_new(pattern, G_REGEX_CASELESS, 0, NULL);
    g_autoptr(GMatchInfo) match = NULL;
    int start = 0;
    int end = 0;
    if (!g_regex_match(regex, before, 0, &match) || !g_match_info_fetch_pos(match, 2, &start, &end))
        return;
    g_autofree char *word = g_strndup(before + start, (gsize)(end - start));
    g_autofree char *quote = g_match_info_fetch(match, 1);
    int at = from + (int)g_utf8_pointer_to_offset(before, before + start);
    gboolean is_name = word_has_name_shape(word) && word_read(word, TRUE) == WORD_NAME;
    gboolean is_old = search->passages[at].disowned != 0 || is_disowned_in_sentence(search->text, at);
    if (is_name && search->is_taken[at] == NOT_READ && source_has(search->text, at, word))
        name_search_add(search, word, *quote != '\0' && !is_old ? WEIGHT_LIKELY : WEIGHT_OFFERED, at, at + end - start,
                        "It stands before the words that say what it is.", NULL);
}

/* "the name of our Event Hub", which ends at HUB: the words before it in its clause say that it is about the name. */
static gboolean is_name_of(const GArray *text, int line_from, int hub)
{
    int from = hub;
    while (from > line_from && hub - from < LABEL_MAX &&
           !(is_one_of(source_at(text, from - 1), ".,;:!?(") && is_blank(source_at(text, from))))
        from--;
    return label_between(text, from, hub).kind == LABEL_HUB_NAME;
}

/* "the Event Hub's name is ...", "an Event Hub called ...", "the Event Hub “...”". */
void read_sentences(struct name_search *search, int line_from, int line_to)
{
    static const char its_name[] = "its name is ";
    for (int i = line_from; i < line_to; i++) {
        if (source_has(search->text, i, its_name))
            name_search_take(search, (struct label){.kind = LABEL_HUB}, FORM_SENTENCE, i + (int)strlen(its_name),
                             line_to);
        int hub = hub_word_end(search->text, i);
        if (hub == i)
            hub = short_hub_end(search->text, i);
        if (hub == i)
            continue;
        take_before(search, line_from, i);
        int behind = skip_word(search->text, hub, line_to, "s");
        behind = skip_word(search->text, behind, line_to, "instance");
        int name = skip_word(search->text, behind, line_to, "name");
        gboolean is_name = name > behind || is_name_of(search->text, line_from, hub);
        struct label label = {.kind = is_name ? LABEL_HUB_NAME : LABEL_HUB};
        int verb = skip_blanks(search->text, name, line_to);
        enum value_form form = FORM_SENTENCE;
        int value = sentence_verb(search->text, verb, &form);
        gunichar quote = source_at(search->text, verb);
        gboolean is_quote =
            is_one_of(quote, "\"`") || quote == 0x201C || quote == 0x201E || quote == 0x2018 || quote == 0x00AB;
        if (value > verb || is_quote || is_shaped_word(search->text, verb, line_to))
            name_search_take(search, label, value > verb || is_quote ? form : FORM_BESIDE, value, line_to);
        i = MAX(i, name - 1);
    }
}

/* "-raw-events" behind an option's value: no option, which has one letter or two hyphens. */
static gboolean is_torn_end(const GArray *text, int at)
{
    int to = at + 1;
    gboolean has_hyphen = FALSE;
    for (; is_ascii_alnum(source_at(text, to)) || source_at(text, to) == '-'; to++)
        has_hyphen |= source_at(text, to) == '-';
    return source_at(text, at) == '-' && source_at(text, at + 1) != '-' && has_hyphen;
}

/* "--eventhub-name x", "-EventHubName x" and "--name x" of a command that is about an Event Hub. */
void read_flags(struct name_search *search, int line_from, int line_to)
{
    gboolean is_hub_command = source_has_between(search->text, line_from, line_to, "eventhubs eventhub ") ||
                              source_has_between(search->text, line_from, line_to, "-AzEventHub ");
    for (int i = line_from; i < line_to; i++) {
        if (source_at(search->text, i) != '-' || (i > line_from && !is_blank(source_at(search->text, i - 1))))
            continue;
        int to = i + 1;
        while (to < line_to &&
               (is_ascii_alnum(source_at(search->text, to)) || is_one_of(source_at(search->text, to), "-_")))
            to++;
        if (to == i + 1 || !is_one_of(source_at(search->text, to), " ="))
            continue;
        struct label label = label_between(search->text, i + 1, to);
        g_autofree char *flag = source_utf8(search->text, i, to);
        gboolean is_name = is_hub_command && (strcmp(flag, "--name") == 0 || strcmp(flag, "-n") == 0 ||
                                              g_ascii_strcasecmp(flag, "-Name") == 0);
        int end = to + 1;
        while (end < line_to && is_blank(source_at(search->text, end)))
            end++;
        while (end < line_to && !is_blank(source_at(search->text, end)))
            end++;
        int behind = skip_blanks(search->text, end, line_to);
        gboolean is_cut = source_at(search->text, behind) == 0x2026 || source_has(search->text, behind, "...");
        end = behind >= line_to || is_cut ? line_to : end;
        gboolean goes_on = behind > end && behind < line_to &&
                           (is_ascii_alnum(source_at(search->text, behind)) || is_torn_end(search->text, behind));
        if (is_name || label.kind == LABEL_HUB_NAME || label.kind == LABEL_HUB)
            name_search_take(search, (struct label){.kind = goes_on ? LABEL_PAIR : LABEL_HUB_NAME}, FORM_KEY, to + 1,
                             end);
        i = to - 1;
    }
}
