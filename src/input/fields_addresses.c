/* SPDX-License-Identifier: MIT */
/* User principal names, e-mail addresses, domains. Characters and lengths of a user principal name: Graph's page on
 * creating users and Entra's UserPrincipalName policy; of the others: RFC 5321 and RFC 1035. */
#include "input/fields_addresses.h"

#include <string.h>

#include "input/fields_tokens.h"
#include "input/finding.h"

enum {
    LOCAL_MAX = 64,
    UPN_DOMAIN_MAX = 48,
    EMAIL_MAX = 254,
    DOMAIN_MAX = 253,
    LABEL_MAX = 63,
};

static const char upn_punctuation[] = "'.-_!#^~";
static const char email_punctuation[] = "!#$%&'*+-/=?^_{|}~.";

static void report_place(struct validator *validator, int index, int length, const char *sentence)
{
    g_autofree char *place = place_words(source_offset(validator->clean, index), length);
    validator_report(validator, PROBLEM_FORM, index, length, g_strdup_printf("%s (%s).", sentence, place), NULL, NULL);
}

static void check_label(struct validator *validator, int from, int to)
{
    if (from == to) {
        report_place(validator, from, 0, "A domain has something between its points");
        return;
    }
    if (source_at(validator->clean, from) == '-')
        report_place(validator, from, 1, "No part of a domain begins with a hyphen");
    if (to - from > 1 && source_at(validator->clean, to - 1) == '-')
        report_place(validator, to - 1, 1, "No part of a domain ends with a hyphen");
    validator_check_length(validator, from, to, 1, LABEL_MAX, "A part of a domain between two points");
}

void check_domain_part(struct validator *validator, int from, int to)
{
    for (int i = from; i < to && !validator_is_full(validator); i++)
        if (!is_ascii_alnum(source_at(validator->clean, i)) && !is_one_of(source_at(validator->clean, i), "-."))
            validator_character(validator, i, "-.", "A domain");
    if (to > from + 1 && source_at(validator->clean, to - 1) == '.') {
        validator_mend(validator, PROBLEM_PUNCTUATION, to - 1, 1, "",
                       g_strdup("There is a full stop behind the domain."), "Remove it");
        to--;
    }
    int label = from;
    int labels = 1;
    for (int dot = source_find_character(validator->clean, from, to, '.'); dot >= 0 && !validator_is_full(validator);
         dot = source_find_character(validator->clean, label, to, '.')) {
        check_label(validator, label, dot);
        label = dot + 1;
        labels++;
    }
    check_label(validator, label, to);
    if (labels < 2)
        report_place(validator, to, 0, "A domain has at least two parts, as in contoso.com");
    gboolean is_number = to > label;
    for (int i = label; i < to && is_number; i++)
        is_number = is_ascii_digit(source_at(validator->clean, i));
    if (labels > 1 && is_number)
        report_place(validator, label, to - label, "A domain does not end in a number");
    validator_check_length(validator, from, to, 1, DOMAIN_MAX, "A domain");
}

static void check_domain(struct validator *validator)
{
    check_domain_part(validator, 0, source_length(validator->clean));
}

static int check_address(struct validator *validator, const char *allowed, const char *what)
{
    /* The last one divides the value, so that others are reported as wrong characters. */
    int at = source_length(validator->clean) - 1;
    while (at >= 0 && source_at(validator->clean, at) != '@')
        at--;
    if (at < 0) {
        validator_report(validator, PROBLEM_FORM, source_length(validator->clean), 0,
                         g_strdup_printf("The '@' is missing. %s looks like name@contoso.com.", what), NULL, NULL);
        return -1;
    }
    for (int i = 0; i < at && !validator_is_full(validator); i++)
        if (!is_ascii_alnum(source_at(validator->clean, i)) && !is_one_of(source_at(validator->clean, i), allowed))
            validator_character(validator, i, allowed, what);
    if (at + 1 == source_length(validator->clean)) {
        report_place(validator, at + 1, 0, "There is nothing behind the '@'");
        return -1;
    }
    if (at == 0)
        report_place(validator, 0, 0, "There is nothing before the '@'");
    validator_check_length(validator, 0, at, 0, LOCAL_MAX, "What stands before the '@'");
    if (at > 0 && source_at(validator->clean, at - 1) == '.')
        report_place(validator, at - 1, 1, "There cannot be a point right before the '@'");
    check_domain_part(validator, at + 1, source_length(validator->clean));
    return at;
}

static void check_upn(struct validator *validator)
{
    int at = check_address(validator, upn_punctuation, "A user name");
    if (at >= 0)
        validator_check_length(validator, at + 1, source_length(validator->clean), 0, UPN_DOMAIN_MAX,
                               "A user name's domain");
}

static void check_email(struct validator *validator)
{
    int at = check_address(validator, email_punctuation, "An e-mail address");
    for (int i = 0; i < at; i++)
        if (source_at(validator->clean, i) == '.' && (i == 0 || source_at(validator->clean, i + 1) == '.'))
            report_place(validator, i, 1,
                         i == 0 ? "An e-mail address does not begin with a point"
                                : "An e-mail address has no two points in a row");
    validator_check_length(validator, 0, source_length(validator->clean), 0, EMAIL_MAX, "An e-mail address");
}

const struct field_rules upn_rules = {.punctuation = "@'.-_!#^~", .check = check_upn};
const struct field_rules email_rules = {.punctuation = "@!#$%&'*+-/=?^_{|}~.", .check = check_email};
const struct field_rules domain_rules = {.punctuation = "-.", .check = check_domain};

/* "Name <name@contoso.com>", as mail programs copy it. FALSE if it is not that. */
static gboolean recognise_display_form(struct validator *validator)
{
    int length = source_length(validator->input);
    int open = source_find_character(validator->input, 0, length, '<');
    int close = open < 0 ? -1 : source_find_character(validator->input, open, length, '>');
    int at = close < 0 ? -1 : source_find_character(validator->input, open, close, '@');
    if (open <= 0 || at < 0 || source_find_character(validator->input, close, length, '@') >= 0)
        return FALSE;
    g_autofree char *address = source_utf8(validator->input, open + 1, close);
    g_autoptr(Verdict) verdict = validate_by_rules(validator->rules, address, -1);
    if (verdict->value == NULL)
        return FALSE;
    validator_recognised(validator, PROBLEM_EXTRA_TEXT, 0, length,
                         g_strdup_printf("The address itself stands between '<' and '>', from column %d on.", open + 2),
                         verdict->value, "Take the address");
    return TRUE;
}

static gboolean recognise_mailto(struct validator *validator)
{
    static const char scheme[] = "mailto:";
    int start = source_find(validator->input, 0, scheme);
    if (start < 0)
        return FALSE;
    int from = start + (int)strlen(scheme);
    int query = source_find_character(validator->input, from, source_length(validator->input), '?');
    g_autofree char *address = source_utf8(validator->input, from, query < 0 ? source_length(validator->input) : query);
    g_autoptr(Verdict) verdict = validate_by_rules(validator->rules, address, -1);
    if (verdict->value == NULL)
        return FALSE;
    validator_recognised(validator, PROBLEM_EXTRA_TEXT, start, from - start,
                         g_strdup("This is a mail link; it contains the address."), verdict->value, "Take the address");
    return TRUE;
}

/* Two addresses in one field. */
static gboolean recognise_several(struct validator *validator)
{
    int length = source_length(validator->input);
    int first = source_find_character(validator->input, 0, length, '@');
    int second = first < 0 ? -1 : source_find_character(validator->input, first + 1, length, '@');
    if (second < 0)
        return FALSE;
    for (int i = first; i < second; i++)
        if (is_one_of(source_at(validator->input, i), ",;") || is_visible_space(source_at(validator->input, i))) {
            validator_recognised(
                validator, PROBLEM_AMBIGUOUS, i, length - i,
                g_strdup_printf("There is more than one address; a second one follows column %d.", i + 1), NULL, NULL);
            return TRUE;
        }
    return FALSE;
}

static gboolean is_part_of_word(gunichar character)
{
    return character < BAD_BYTE && g_unichar_isalnum(character);
}

/* How often white space divides two words; *FIRST becomes the first such place, up to *END. */
static int count_gaps(const GArray *text, int *first, int *end)
{
    int gaps = 0;
    int word = 0; /* where the last word ended */
    for (int i = 0; i < source_length(text); i++) {
        if (is_visible_space(source_at(text, i)))
            continue;
        gboolean begins_word = word > 0 && word < i && is_part_of_word(source_at(text, i));
        if (begins_word && gaps++ == 0) {
            *first = word;
            *end = i;
        }
        word = is_part_of_word(source_at(text, i)) ? i + 1 : 0;
    }
    return gaps;
}

/* A sentence or a person's name: joining its words makes no address. */
static gboolean recognise_words(struct validator *validator)
{
    int first = 0;
    int end = 0;
    int gaps = count_gaps(validator->input, &first, &end);
    int length = source_length(validator->input);
    gboolean has_at = source_find_character(validator->input, 0, length, '@') >= 0 ||
                      source_find_character(validator->input, 0, length, 0xFF20) >= 0;
    if (gaps < (has_at ? 2 : 1))
        return FALSE;
    validator_recognised(validator, PROBLEM_EXTRA_TEXT, first, end - first,
                         has_at
                             ? g_strdup("There are several words. An address is one, without spaces.")
                             : g_strdup("There are several words and no '@'. An address looks like name@contoso.com."),
                         NULL, NULL);
    return TRUE;
}

gboolean recognise_for_address(struct validator *validator)
{
    return recognise_display_form(validator) || recognise_mailto(validator) || recognise_several(validator) ||
           recognise_words(validator);
}

static gboolean recognise_words_for_domain(struct validator *validator)
{
    int first = 0;
    int end = 0;
    int gaps = count_gaps(validator->input, &first, &end);
    int length = source_length(validator->input);
    gboolean has_point = source_find_character(validator->input, 0, length, '.') >= 0;
    if (gaps < (has_point ? 2 : 1))
        return FALSE;
    g_autofree char *typed = source_utf8(validator->input, 0, length);
    g_autoptr(Verdict) guid = validate_by_rules(&guid_rules, typed, -1);
    if (guid->value != NULL) /* which can be mended */
        return FALSE;
    validator_recognised(validator, PROBLEM_EXTRA_TEXT, first, end - first,
                         g_strdup("There are several words. A domain is one, without spaces, as in contoso.com."), NULL,
                         NULL);
    return TRUE;
}

/* Take the host out of a link, or what is behind the '@' of an address. */
gboolean recognise_for_domain(struct validator *validator)
{
    int length = source_length(validator->input);
    int scheme = source_find(validator->input, 0, "://");
    int at = source_find_character(validator->input, 0, length, '@');
    if (scheme < 0 && at < 0)
        return recognise_words_for_domain(validator);
    int from = scheme >= 0 ? scheme + (int)strlen("://") : at + 1;
    int to = from;
    while (to < length && !is_one_of(source_at(validator->input, to), "/?#:"))
        to++;
    g_autofree char *host = source_utf8(validator->input, from, to);
    g_autoptr(Verdict) verdict = validate_by_rules(validator->rules, host, -1);
    if (verdict->value == NULL)
        return FALSE;
    validator_recognised(validator, PROBLEM_EXTRA_TEXT, 0, length,
                         g_strdup_printf("The domain itself begins at column %d.", from + 1), verdict->value,
                         "Take the domain");
    return TRUE;
}
