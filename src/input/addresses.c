/* User principal names, e-mail addresses, domains. Characters and lengths of a user principal name: Graph's page on
 * creating users and Entra's UserPrincipalName policy; of the others: RFC 5321 and RFC 1035. */
#include <string.h>

#include "input/finding.h"
#include "input/grammar.h"

enum {
    LOCAL_MAX = 64,
    UPN_DOMAIN_MAX = 48,
    EMAIL_MAX = 254,
    DOMAIN_MAX = 253,
    LABEL_MAX = 63,
};

static const char upn_punctuation[] = "'.-_!#^~";
static const char email_punctuation[] = "!#$%&'*+-/=?^_{|}~.";

static int find_character(const GArray *text, int from, int to, gunichar character)
{
    for (int i = from; i < to; i++)
        if (mapped_at(text, i) == character)
            return i;
    return -1;
}

static void report_place(struct judge *judge, int index, int length, const char *sentence)
{
    g_autofree char *place = place_words(mapped_offset(judge->clean, index), length);
    judge_report(judge, PROBLEM_FORM, index, length, g_strdup_printf("%s (%s).", sentence, place), NULL, NULL);
}

static void judge_label(struct judge *judge, int from, int to)
{
    if (from == to) {
        report_place(judge, from, 0, "A domain has something between its points");
        return;
    }
    if (mapped_at(judge->clean, from) == '-')
        report_place(judge, from, 1, "No part of a domain begins with a hyphen");
    if (to - from > 1 && mapped_at(judge->clean, to - 1) == '-')
        report_place(judge, to - 1, 1, "No part of a domain ends with a hyphen");
    judge_length(judge, from, to, 1, LABEL_MAX, "A part of a domain between two points");
}

static void judge_domain_characters(struct judge *judge, int from, int to)
{
    for (int i = from; i < to && !judge_is_full(judge); i++)
        if (!is_ascii_alnum(mapped_at(judge->clean, i)) && !is_one_of(mapped_at(judge->clean, i), "-."))
            judge_character(judge, i, "-.", "A domain");
}

static gboolean is_all_digits(const GArray *text, int from, int to)
{
    for (int i = from; i < to; i++)
        if (!is_ascii_digit(mapped_at(text, i)))
            return FALSE;
    return to > from;
}

void judge_domain_part(struct judge *judge, int from, int to)
{
    judge_domain_characters(judge, from, to);
    if (to > from + 1 && mapped_at(judge->clean, to - 1) == '.') {
        judge_mend(judge, PROBLEM_PUNCTUATION, to - 1, 1, "", g_strdup("There is a full stop behind the domain."),
                   "Remove it");
        to--;
    }
    int label = from;
    int labels = 1;
    for (int dot = find_character(judge->clean, from, to, '.'); dot >= 0 && !judge_is_full(judge);
         dot = find_character(judge->clean, label, to, '.')) {
        judge_label(judge, label, dot);
        label = dot + 1;
        labels++;
    }
    judge_label(judge, label, to);
    if (labels < 2)
        report_place(judge, to, 0, "A domain has at least two parts, as in contoso.com");
    if (labels > 1 && is_all_digits(judge->clean, label, to))
        report_place(judge, label, to - label, "A domain does not end in a number");
    judge_length(judge, from, to, 1, DOMAIN_MAX, "A domain");
}

void judge_domain(struct judge *judge)
{
    judge_domain_part(judge, 0, mapped_length(judge->clean));
}

static void judge_local_characters(struct judge *judge, int to, const char *allowed, const char *what)
{
    for (int i = 0; i < to && !judge_is_full(judge); i++)
        if (!is_ascii_alnum(mapped_at(judge->clean, i)) && !is_one_of(mapped_at(judge->clean, i), allowed))
            judge_character(judge, i, allowed, what);
}

/* The '@' that divides the value: the last one, so that others are reported as wrong characters. -1 if there is none.
 */
static int find_at_sign(struct judge *judge, const char *what)
{
    int length = mapped_length(judge->clean);
    for (int i = length - 1; i >= 0; i--)
        if (mapped_at(judge->clean, i) == '@')
            return i;
    judge_report(judge, PROBLEM_FORM, length, 0,
                 g_strdup_printf("The '@' is missing. %s looks like name@contoso.com.", what), NULL, NULL);
    return -1;
}

static int judge_address(struct judge *judge, const char *allowed, const char *what)
{
    int at = find_at_sign(judge, what);
    if (at < 0)
        return -1;
    judge_local_characters(judge, at, allowed, what);
    if (at + 1 == mapped_length(judge->clean)) {
        report_place(judge, at + 1, 0, "There is nothing behind the '@'");
        return -1;
    }
    if (at == 0)
        report_place(judge, 0, 0, "There is nothing before the '@'");
    judge_length(judge, 0, at, 0, LOCAL_MAX, "What stands before the '@'");
    if (at > 0 && mapped_at(judge->clean, at - 1) == '.')
        report_place(judge, at - 1, 1, "There cannot be a point right before the '@'");
    judge_domain_part(judge, at + 1, mapped_length(judge->clean));
    return at;
}

void judge_upn(struct judge *judge)
{
    int at = judge_address(judge, upn_punctuation, "A user name");
    if (at >= 0)
        judge_length(judge, at + 1, mapped_length(judge->clean), 0, UPN_DOMAIN_MAX, "A user name's domain");
}

void judge_email(struct judge *judge)
{
    int at = judge_address(judge, email_punctuation, "An e-mail address");
    for (int i = 0; i < at; i++)
        if (mapped_at(judge->clean, i) == '.' && (i == 0 || mapped_at(judge->clean, i + 1) == '.'))
            report_place(judge, i, 1,
                         i == 0 ? "An e-mail address does not begin with a point"
                                : "An e-mail address has no two points in a row");
    judge_length(judge, 0, mapped_length(judge->clean), 0, EMAIL_MAX, "An e-mail address");
}

void judge_recognised(struct judge *judge, enum problem problem, int offset, int length, char *message, const char *fix,
                      const char *label)
{
    struct finding *finding = finding_new(problem, offset, length, message, g_strdup(fix), NULL);
    finding->fix_label = fix != NULL ? g_strdup(label) : NULL;
    g_ptr_array_add(judge->findings, finding);
    judge->hopeless = fix == NULL;
    if (fix != NULL)
        mapped_splice(judge->clean, 0, mapped_length(judge->clean), fix);
}

/* "Name <name@contoso.com>", as mail programs copy it. FALSE if it is not that. */
static gboolean recognise_display_form(struct judge *judge)
{
    int length = mapped_length(judge->input);
    int open = find_character(judge->input, 0, length, '<');
    int close = open < 0 ? -1 : find_character(judge->input, open, length, '>');
    int at = close < 0 ? -1 : find_character(judge->input, open, close, '@');
    if (open <= 0 || at < 0 || find_character(judge->input, close, length, '@') >= 0)
        return FALSE;
    g_autofree char *address = mapped_text(judge->input, open + 1, close);
    g_autoptr(Verdict) verdict = validate_plain(judge->grammar->field.name, address, -1);
    if (verdict->value == NULL)
        return FALSE;
    judge_recognised(judge, PROBLEM_EXTRA_TEXT, 0, length,
                     g_strdup_printf("The address itself stands between '<' and '>', from column %d on.", open + 2),
                     verdict->value, "Take the address");
    return TRUE;
}

static gboolean recognise_mailto(struct judge *judge)
{
    static const char scheme[] = "mailto:";
    int start = mapped_find(judge->input, 0, scheme);
    if (start < 0)
        return FALSE;
    int from = start + (int)strlen(scheme);
    int query = find_character(judge->input, from, mapped_length(judge->input), '?');
    g_autofree char *address = mapped_text(judge->input, from, query < 0 ? mapped_length(judge->input) : query);
    g_autoptr(Verdict) verdict = validate_plain(judge->grammar->field.name, address, -1);
    if (verdict->value == NULL)
        return FALSE;
    judge_recognised(judge, PROBLEM_EXTRA_TEXT, start, from - start,
                     g_strdup("This is a mail link; it contains the address."), verdict->value, "Take the address");
    return TRUE;
}

/* Two addresses in one field. */
static gboolean recognise_several(struct judge *judge)
{
    int length = mapped_length(judge->input);
    int first = find_character(judge->input, 0, length, '@');
    int second = first < 0 ? -1 : find_character(judge->input, first + 1, length, '@');
    if (second < 0)
        return FALSE;
    for (int i = first; i < second; i++)
        if (is_one_of(mapped_at(judge->input, i), ",;") || is_visible_space(mapped_at(judge->input, i))) {
            judge_recognised(judge, PROBLEM_AMBIGUOUS, i, length - i,
                             g_strdup_printf("There is more than one address; a second one follows column %d.", i + 1),
                             NULL, NULL);
            return TRUE;
        }
    return FALSE;
}

static gboolean is_word_character(gunichar character)
{
    return character < BAD_BYTE && g_unichar_isalnum(character);
}

/* How often white space divides two words; *FIRST becomes the first such place, up to *END. */
static int count_gaps(const GArray *text, int *first, int *end)
{
    int gaps = 0;
    int word = 0; /* where the last word ended */
    for (int i = 0; i < mapped_length(text); i++) {
        if (is_visible_space(mapped_at(text, i)))
            continue;
        gboolean begins_word = word > 0 && word < i && is_word_character(mapped_at(text, i));
        if (begins_word && gaps++ == 0) {
            *first = word;
            *end = i;
        }
        word = is_word_character(mapped_at(text, i)) ? i + 1 : 0;
    }
    return gaps;
}

static gboolean has_at_sign(const GArray *text)
{
    for (int i = 0; i < mapped_length(text); i++)
        if (mapped_at(text, i) == '@' || mapped_at(text, i) == 0xFF20)
            return TRUE;
    return FALSE;
}

/* A sentence or a person's name: joining its words makes no address. */
static gboolean recognise_words(struct judge *judge)
{
    int first = 0;
    int end = 0;
    int gaps = count_gaps(judge->input, &first, &end);
    gboolean has_at = has_at_sign(judge->input);
    if (gaps < (has_at ? 2 : 1))
        return FALSE;
    judge_recognised(judge, PROBLEM_EXTRA_TEXT, first, end - first,
                     has_at ? g_strdup("There are several words. An address is one, without spaces.")
                            : g_strdup("There are several words and no '@'. An address looks like name@contoso.com."),
                     NULL, NULL);
    return TRUE;
}

gboolean recognise_for_address(struct judge *judge)
{
    return recognise_display_form(judge) || recognise_mailto(judge) || recognise_several(judge) ||
           recognise_words(judge);
}

static gboolean is_mendable_guid(const GArray *text)
{
    g_autofree char *typed = mapped_text(text, 0, mapped_length(text));
    g_autoptr(Verdict) verdict = validate_plain("guid", typed, -1);
    return verdict->value != NULL;
}

static gboolean recognise_words_for_domain(struct judge *judge)
{
    int first = 0;
    int end = 0;
    int gaps = count_gaps(judge->input, &first, &end);
    gboolean has_point = find_character(judge->input, 0, mapped_length(judge->input), '.') >= 0;
    if (gaps < (has_point ? 2 : 1) || is_mendable_guid(judge->input))
        return FALSE;
    judge_recognised(judge, PROBLEM_EXTRA_TEXT, first, end - first,
                     g_strdup("There are several words. A domain is one, without spaces, as in contoso.com."), NULL,
                     NULL);
    return TRUE;
}

/* Take the host out of a link, or what is behind the '@' of an address. */
gboolean recognise_for_domain(struct judge *judge)
{
    int length = mapped_length(judge->input);
    int scheme = mapped_find(judge->input, 0, "://");
    int at = find_character(judge->input, 0, length, '@');
    if (scheme < 0 && at < 0)
        return recognise_words_for_domain(judge);
    int from = scheme >= 0 ? scheme + (int)strlen("://") : at + 1;
    int to = from;
    while (to < length && !is_one_of(mapped_at(judge->input, to), "/?#:"))
        to++;
    g_autofree char *host = mapped_text(judge->input, from, to);
    g_autoptr(Verdict) verdict = validate_plain(judge->grammar->field.name, host, -1);
    if (verdict->value == NULL)
        return FALSE;
    judge_recognised(judge, PROBLEM_EXTRA_TEXT, 0, length,
                     g_strdup_printf("The domain itself begins at column %d.", from + 1), verdict->value,
                     "Take the domain");
    return TRUE;
}
