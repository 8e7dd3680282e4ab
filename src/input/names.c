/* Values that people read: names of companies, groups, resource groups; and passwords. */
#include "base/code_points.h"
#include "input/finding.h"
#include "input/grammar.h"

enum {
    COMPANY_MAX = 200,
    DISPLAY_NAME_MAX = 256,  /* Graph: group, user, catalog */
    MAIL_NICKNAME_MAX = 64,  /* Graph: group */
    RESOURCE_GROUP_MAX = 90, /* Microsoft's resource name rules */
    PASSWORD_MIN = 8,
    PASSWORD_MAX = 256,
    PASSWORD_CLASSES_MIN = 3,
};

void judge_length(struct judge *judge, int from, int to, int min, int max, const char *what)
{
    int length = to - from;
    if (length < min && min == 1)
        judge_report(judge, PROBLEM_LENGTH, from, length, g_strdup_printf("%s needs at least one character.", what),
                     NULL, NULL);
    else if (length < min)
        judge_report(judge, PROBLEM_LENGTH, from, length,
                     g_strdup_printf("%s needs at least %d characters; here %s %d.", what, min,
                                     length == 1 ? "is" : "are", length),
                     NULL, NULL);
    else if (length > max)
        judge_report(judge, PROBLEM_LENGTH, from + max, length - max,
                     g_strdup_printf("%s has at most %d characters; here are %d.", what, max, length), NULL, NULL);
}

void judge_display_name(struct judge *judge)
{
    judge_length(judge, 0, mapped_length(judge->clean), 1, DISPLAY_NAME_MAX, "A name");
}

void judge_company(struct judge *judge)
{
    judge_length(judge, 0, mapped_length(judge->clean), 1, COMPANY_MAX, "A company's name");
    for (int i = 0; i < mapped_length(judge->clean); i++)
        if (mapped_at(judge->clean, i) < BAD_BYTE && g_unichar_isalnum(mapped_at(judge->clean, i)))
            return;
    judge_report(judge, PROBLEM_FORM, 0, mapped_length(judge->clean),
                 g_strdup("A company's name has at least one letter or digit."), NULL, NULL);
}

void judge_mail_nickname(struct judge *judge)
{
    static const char allowed[] = "!#$%&'*+-/=?^_{|}~";
    for (int i = 0; i < mapped_length(judge->clean) && !judge_is_full(judge); i++)
        if (!judge_allows(judge, mapped_at(judge->clean, i)))
            judge_character(judge, i, allowed, "A mail nickname");
    judge_length(judge, 0, mapped_length(judge->clean), 1, MAIL_NICKNAME_MAX, "A mail nickname");
}

static gboolean has_ascii_letter(const GArray *text, int from, int to)
{
    for (int i = from; i < to; i++)
        if (is_ascii_letter(mapped_at(text, i)))
            return TRUE;
    return FALSE;
}

/* A Greek or Cyrillic letter among Latin ones that looks like one of them. */
static gboolean is_stray_letter(gunichar character, gboolean among_latin)
{
    GUnicodeScript script = g_unichar_get_script(character);
    gboolean is_foreign = script == G_UNICODE_SCRIPT_CYRILLIC || script == G_UNICODE_SCRIPT_GREEK;
    return among_latin && is_foreign && code_point_ascii_twin(character) != 0;
}

int judge_resource_group_part(struct judge *judge, int from, int to)
{
    static const char allowed[] = "_-.()";
    gboolean among_latin = has_ascii_letter(judge->clean, from, to);
    for (int i = from; i < to && !judge_is_full(judge); i++) {
        gunichar character = mapped_at(judge->clean, i);
        gboolean is_letter = character < BAD_BYTE && g_unichar_isalnum(character);
        if (is_one_of(character, allowed) || (is_letter && !is_stray_letter(character, among_latin)))
            continue;
        judge_character(judge, i, allowed, "A resource group");
    }
    while (to > from + 1 && mapped_at(judge->clean, to - 1) == '.' && !judge_is_full(judge)) {
        char *message = g_strdup_printf("A resource group cannot end with '.' (column %d).",
                                        mapped_offset(judge->clean, to - 1) + 1);
        judge_mend(judge, PROBLEM_FORM, --to, 1, "", message, "Remove it");
    }
    judge_length(judge, from, to, 1, RESOURCE_GROUP_MAX, "A resource group");
    return to;
}

void judge_resource_group(struct judge *judge)
{
    int length = judge_resource_group_part(judge, 0, mapped_length(judge->clean));
    if (length == 1 && mapped_at(judge->clean, 0) == '.')
        judge_report(judge, PROBLEM_FORM, 0, 1, g_strdup("A resource group cannot end with '.'."), NULL, NULL);
}

static int password_classes(const GArray *text)
{
    gboolean has[4] = {FALSE};
    for (int i = 0; i < mapped_length(text); i++) {
        gunichar character = mapped_at(text, i);
        gboolean is_upper = character < BAD_BYTE && g_unichar_isupper(character);
        gboolean is_lower = character < BAD_BYTE && g_unichar_islower(character);
        has[is_upper ? 0 : is_lower ? 1 : is_ascii_digit(character) ? 2 : 3] = TRUE;
    }
    return has[0] + has[1] + has[2] + has[3];
}

/* Nothing of a password is ever taken away: what looks like an accident is remarked. */
static void remark_odd_characters(struct judge *judge)
{
    int length = mapped_length(judge->clean);
    for (int i = 0; i < length && !judge_is_full(judge); i++) {
        gunichar character = mapped_at(judge->clean, i);
        gboolean is_outer_space = is_edge(character) && (i == 0 || i == length - 1);
        if (!is_outer_space && !is_dangerous(character))
            continue;
        g_autofree char *words = character_words(character);
        judge_remark(judge, is_outer_space ? PROBLEM_OUTER_SPACE : PROBLEM_INVISIBLE, i, 1,
                     g_strdup_printf("There is %s at column %d; it is taken as part of the password.", words, i + 1));
    }
}

void judge_password(struct judge *judge)
{
    for (int i = 0; i < mapped_length(judge->clean) && !judge_is_full(judge); i++)
        if (mapped_at(judge->clean, i) >= BAD_BYTE || mapped_at(judge->clean, i) == 0)
            judge_report(judge, PROBLEM_NOT_UTF8, i, 1,
                         g_strdup_printf("There is a byte that is no text at column %d.", i + 1), NULL, NULL);
    remark_odd_characters(judge);
    judge_length(judge, 0, mapped_length(judge->clean), PASSWORD_MIN, PASSWORD_MAX, "A password");
    if (password_classes(judge->clean) < PASSWORD_CLASSES_MIN)
        judge_report(judge, PROBLEM_FORM, 0, mapped_length(judge->clean),
                     g_strdup("A password needs three of these four: capital letters, small letters, digits, others."),
                     NULL, NULL);
}
