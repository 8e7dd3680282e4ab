/* SPDX-License-Identifier: MIT */
/* Values that people read: names of companies, groups, resource groups; and passwords. */
#include "input/fields_names.h"

#include <string.h>

#include "base/code_points.h"
#include "input/fields_addresses.h"
#include "input/fields_tokens.h"
#include "input/finding.h"

enum {
    COMPANY_MAX = 200,
    DISPLAY_NAME_MAX = 256,  /* Graph: group, user, catalog */
    MAIL_NICKNAME_MAX = 64,  /* Graph: group */
    RESOURCE_GROUP_MAX = 90, /* Microsoft's resource name rules */
    PASSWORD_MIN = 8,
    PASSWORD_MAX = 256,
    PASSWORD_CLASSES_MIN = 3,
};

static void check_display_name(struct validator *validator)
{
    validator_check_length(validator, 0, source_length(validator->clean), 1, DISPLAY_NAME_MAX, "A name");
}

/* What TEXT is that names no company; NULL if it may name one. */
static const char *other_than_a_name(const GArray *text)
{
    static const char *const of_ids[] = {"/subscriptions/", "%2Fsubscriptions%2F", "/resourceGroups/",
                                         "/providers/Microsoft.", NULL};
    if (source_find(text, 0, "://") >= 0 || source_has(text, 0, "www."))
        return "a link";
    if (source_find_any(text, of_ids) >= 0)
        return "a resource ID";
    g_autofree char *typed = source_utf8(text, 0, source_length(text));
    g_auto(GStrv) words = g_strsplit_set(typed, " <>()\"", -1);
    for (char **word = words; *word != NULL; word++) {
        g_autoptr(Verdict) address = validate_by_rules(&email_rules, *word, -1);
        if (address->valid)
            return "an e-mail address";
    }
    g_autoptr(Verdict) guid = validate_by_rules(&guid_rules, typed, -1);
    return guid->value != NULL ? "a GUID" : NULL;
}

static void check_company(struct validator *validator)
{
    const char *other = other_than_a_name(validator->clean);
    if (other != NULL) {
        validator_report(validator, PROBLEM_SWAPPED, 0, source_length(validator->clean),
                         g_strdup_printf("This is %s, not the company's name as people say it.", other), NULL, NULL);
        return;
    }
    validator_check_length(validator, 0, source_length(validator->clean), 1, COMPANY_MAX, "A company's name");
    for (int i = 0; i < source_length(validator->clean); i++)
        if (source_at(validator->clean, i) < BAD_BYTE && g_unichar_isalnum(source_at(validator->clean, i)))
            return;
    validator_report(validator, PROBLEM_FORM, 0, source_length(validator->clean),
                     g_strdup("A company's name has at least one letter or digit."), NULL, NULL);
}

static void check_mail_nickname(struct validator *validator)
{
    static const char allowed[] = "!#$%&'*+-/=?^_{|}~";
    for (int i = 0; i < source_length(validator->clean) && !validator_is_full(validator); i++)
        if (!validator_allows(validator, source_at(validator->clean, i)))
            validator_character(validator, i, allowed, "A mail nickname");
    validator_check_length(validator, 0, source_length(validator->clean), 1, MAIL_NICKNAME_MAX, "A mail nickname");
}

/* A ligature, a full-width or raised letter: one that stands for others. */
static gboolean stands_for_others(gunichar character)
{
    enum { PARTS_MAX = 18 };
    gunichar plain[PARTS_MAX];
    gunichar same[PARTS_MAX];
    gsize n = g_unichar_fully_decompose(character, TRUE, plain, PARTS_MAX);
    return n != g_unichar_fully_decompose(character, FALSE, same, PARTS_MAX) ||
           memcmp(plain, same, n * sizeof *plain) != 0;
}

int check_resource_group_part(struct validator *validator, int from, int to)
{
    static const char allowed[] = "_-.()";
    gboolean among_latin = source_has_kind(validator->clean, from, to, is_ascii_letter);
    for (int i = from; i < to && !validator_is_full(validator); i++) {
        gunichar character = source_at(validator->clean, i);
        gboolean is_letter = character < BAD_BYTE && g_unichar_isalnum(character);
        GUnicodeScript script = is_letter ? g_unichar_get_script(character) : G_UNICODE_SCRIPT_COMMON;
        /* A Greek or Cyrillic letter among Latin ones that looks like one of them. */
        gboolean is_stray = among_latin && code_point_ascii_twin(character) != 0 &&
                            (script == G_UNICODE_SCRIPT_CYRILLIC || script == G_UNICODE_SCRIPT_GREEK);
        if (is_one_of(character, allowed) || (is_letter && !is_stray && !stands_for_others(character)))
            continue;
        validator_character(validator, i, allowed, "A resource group");
    }
    while (to > from + 1 && source_at(validator->clean, to - 1) == '.' && !validator_is_full(validator)) {
        char *message = g_strdup_printf("A resource group cannot end with '.' (column %d).",
                                        source_offset(validator->clean, to - 1) + 1);
        validator_mend(validator, PROBLEM_FORM, --to, 1, "", message, "Remove it");
    }
    validator_check_length(validator, from, to, 1, RESOURCE_GROUP_MAX, "A resource group");
    return to;
}

static void check_resource_group(struct validator *validator)
{
    int length = check_resource_group_part(validator, 0, source_length(validator->clean));
    if (length == 1 && source_at(validator->clean, 0) == '.')
        validator_report(validator, PROBLEM_FORM, 0, 1, g_strdup("A resource group cannot end with '.'."), NULL, NULL);
}

/* Nothing of a password is ever taken away: what looks like an accident is remarked. */
static void remark_odd_characters(struct validator *validator)
{
    int length = source_length(validator->clean);
    for (int i = 0; i < length && !validator_is_full(validator); i++) {
        gunichar character = source_at(validator->clean, i);
        gboolean is_outer_space = is_edge(character) && (i == 0 || i == length - 1);
        if (!is_outer_space && !is_dangerous(character))
            continue;
        g_autofree char *words = character_words(character);
        validator_remark(
            validator, is_outer_space ? PROBLEM_OUTER_SPACE : PROBLEM_INVISIBLE, i, 1,
            g_strdup_printf("There is %s at column %d; it is taken as part of the password.", words, i + 1));
    }
}

static void check_password(struct validator *validator)
{
    for (int i = 0; i < source_length(validator->clean) && !validator_is_full(validator); i++)
        if (source_at(validator->clean, i) >= BAD_BYTE || source_at(validator->clean, i) == 0)
            validator_report(validator, PROBLEM_NOT_UTF8, i, 1,
                             g_strdup_printf("There is a byte that is no text at column %d.", i + 1), NULL, NULL);
    remark_odd_characters(validator);
    validator_check_length(validator, 0, source_length(validator->clean), PASSWORD_MIN, PASSWORD_MAX, "A password");
    gboolean has[4] = {FALSE}; /* of each class */
    for (int i = 0; i < source_length(validator->clean); i++) {
        gunichar character = source_at(validator->clean, i);
        gboolean is_upper = character < BAD_BYTE && g_unichar_isupper(character);
        gboolean is_lower = character < BAD_BYTE && g_unichar_islower(character);
        has[is_upper ? 0 : is_lower ? 1 : is_ascii_digit(character) ? 2 : 3] = TRUE;
    }
    if (has[0] + has[1] + has[2] + has[3] < PASSWORD_CLASSES_MIN)
        validator_report(
            validator, PROBLEM_FORM, 0, source_length(validator->clean),
            g_strdup("A password needs three of these four: capital letters, small letters, digits, others."), NULL,
            NULL);
}

const struct field_rules company_rules = {.punctuation = "", .is_name = TRUE, .check = check_company};
const struct field_rules display_name_rules = {.punctuation = "", .is_name = TRUE, .check = check_display_name};
const struct field_rules mail_nickname_rules = {.punctuation = "!#$%&'*+-/=?^_{|}~", .check = check_mail_nickname};
const struct field_rules resource_group_rules = {.punctuation = "_-.()", .check = check_resource_group};
const struct field_rules password_rules = {.punctuation = "", .is_raw = TRUE, .check = check_password};
