/* SPDX-License-Identifier: MIT */
/* GUIDs, tenants, dates, numbers of days. */
#include "input/fields_tokens.h"

#include <string.h>

#include "base/code_points.h"
#include "base/text.h"
#include "input/fields_addresses.h"
#include "input/finding.h"

enum { GUID_LENGTH = 36, GUID_DIGITS = 32, DAYS_MAX = 3660, YEAR_MIN = 2000, YEAR_MAX = 2199 };

static gboolean is_guid_character(gunichar character)
{
    return is_hex_digit(character) || character == '-';
}

/* FALSE if a character could not be mended. */
static gboolean check_guid_characters(struct validator *validator, int from, int to, const char *what)
{
    gboolean is_good = TRUE;
    for (int i = from; i < to && !validator_is_full(validator); i++) {
        gunichar character = source_at(validator->clean, i);
        if (is_guid_character(character))
            continue;
        char twin = character < BAD_BYTE ? code_point_ascii_twin(character) : 0;
        if (twin != 0 && is_guid_character((gunichar)twin))
            validator_character(validator, i, "-", what);
        else {
            is_good = FALSE;
            int offset = source_offset(validator->clean, i);
            g_autofree char *words = character_words(source_at(validator->input, offset));
            validator_stray_character(
                validator, i,
                g_strdup_printf("There is %s at column %d. %s takes only the digits 0 to 9, a to f, and hyphens.",
                                words, offset + 1, what));
        }
    }
    return is_good;
}

int check_guid_part(struct validator *validator, int from, int to, const char *what)
{
    if (!check_guid_characters(validator, from, to, what))
        return to;
    gboolean has_form = to - from == GUID_LENGTH;
    for (int i = 0; i < GUID_LENGTH && has_form; i++)
        has_form = (source_at(validator->clean, from + i) == '-') == (i == 8 || i == 13 || i == 18 || i == 23);
    if (has_form)
        return to;
    if (to - from == GUID_DIGITS && source_find_character(validator->clean, from, to, '-') < 0) {
        g_autofree char *digits = source_utf8(validator->clean, from, to);
        g_autofree char *guid =
            g_strdup_printf("%.8s-%.4s-%.4s-%.4s-%.12s", digits, digits + 8, digits + 12, digits + 16, digits + 20);
        validator_mend(validator, PROBLEM_FORM, from, to - from, guid, g_strdup("The hyphens of the GUID are missing."),
                       "Add them");
        return from + GUID_LENGTH;
    }
    g_autofree char *count = text_count(to - from, "character", "characters");
    validator_report(validator, PROBLEM_FORM, from, to - from,
                     g_strdup_printf("%s is a GUID: 8-4-4-4-12 digits with hyphens, 36 characters; here %s %s from "
                                     "column %d on.",
                                     what, to - from == 1 ? "is" : "are", count,
                                     source_offset(validator->clean, from) + 1),
                     NULL, NULL);
    return to;
}

static void check_guid(struct validator *validator)
{
    if (source_has(validator->clean, 0, "urn:uuid:"))
        validator_mend(validator, PROBLEM_EXTRA_TEXT, 0, (int)strlen("urn:uuid:"), "",
                       g_strdup("The GUID itself begins behind 'urn:uuid:'."), "Remove it");
    check_guid_part(validator, 0, source_length(validator->clean), "The value");
}

static void check_tenant(struct validator *validator)
{
    int length = source_length(validator->clean);
    for (int i = 0; i < length; i++)
        if (source_at(validator->clean, i) == '.') {
            check_domain_part(validator, 0, length);
            return;
        }
    check_guid_part(validator, 0, length, "A tenant's id");
}

static int digits_value(const GArray *text, int from, int to)
{
    int value = 0;
    for (int i = from; i < to; i++)
        value = value * 10 + (int)(source_at(text, i) - '0');
    return value;
}

static int digits_end(const GArray *text, int from)
{
    int end = from;
    while (is_ascii_digit(source_at(text, end)))
        end++;
    return end;
}

struct date_parts {
    int value[3];
    int digits[3];
    gunichar separators[2];
    int end;
};

/* Three numbers with one character between each, at the start of TEXT. */
static gboolean read_date_parts(const GArray *text, struct date_parts *parts)
{
    int at = 0;
    for (int i = 0; i < 3; i++) {
        int end = digits_end(text, at);
        parts->digits[i] = end - at;
        if (end == at || end - at > 4)
            return FALSE;
        parts->value[i] = digits_value(text, at, end);
        parts->end = end;
        if (i < 2)
            parts->separators[i] = source_at(text, end);
        at = end + 1;
    }
    return is_one_of(parts->separators[0], "-./") && parts->separators[0] == parts->separators[1];
}

/* Year, month and day in DATE as far as their order is certain: a year in front, or a day in front of points. */
static gboolean order_date(const struct date_parts *parts, int date[3])
{
    if (parts->digits[0] == 4 && parts->digits[1] <= 2 && parts->digits[2] <= 2) {
        memcpy(date, parts->value, 3 * sizeof date[0]);
        return TRUE;
    }
    if (parts->separators[0] != '.' || parts->digits[2] != 4)
        return FALSE;
    date[0] = parts->value[2];
    date[1] = parts->value[1];
    date[2] = parts->value[0];
    return TRUE;
}

static void check_date(struct validator *validator)
{
    struct date_parts parts;
    int date[3];
    int length = source_length(validator->clean);
    gboolean is_date = read_date_parts(validator->clean, &parts) && order_date(&parts, date);
    gboolean has_time = is_date && source_at(validator->clean, parts.end) == 'T' &&
                        is_ascii_digit(source_at(validator->clean, parts.end + 1));
    if (!is_date || (parts.end < length && !has_time)) {
        validator_report(validator, PROBLEM_FORM, 0, length,
                         g_strdup("A date is written year-month-day, as in 2026-11-24."), NULL, NULL);
        return;
    }
    gboolean is_in_calendar = date[0] >= YEAR_MIN && date[0] <= YEAR_MAX && date[1] >= 1 && date[1] <= 12 &&
                              date[2] >= 1 &&
                              g_date_valid_dmy((GDateDay)MIN(date[2], 99), (GDateMonth)date[1], (GDateYear)date[0]);
    if (!is_in_calendar) {
        validator_report(validator, PROBLEM_FORM, 0, parts.end, g_strdup("There is no such day in the calendar."), NULL,
                         NULL);
        return;
    }
    if (parts.separators[0] == '-' && parts.digits[0] == 4 && parts.digits[1] == 2 && parts.digits[2] == 2 &&
        parts.end == length)
        return;
    g_autofree char *canonical = g_strdup_printf("%04d-%02d-%02d", date[0], date[1], date[2]);
    g_autofree char *label = g_strdup_printf("Make it %s", canonical);
    validator_mend(validator, PROBLEM_FORM, 0, length, canonical,
                   g_strdup("A date is written year-month-day, as in 2026-11-24."), label);
}

static void check_days(struct validator *validator)
{
    int length = source_length(validator->clean);
    int end = digits_end(validator->clean, 0);
    gboolean is_number = end == length && length > 0 && length <= 4;
    int days = is_number ? digits_value(validator->clean, 0, end) : 0;
    if (days >= 1 && days <= DAYS_MAX)
        return;
    validator_report(validator, PROBLEM_FORM, 0, length,
                     g_strdup_printf("A number of days is a whole number from 1 to %d, digits only.", DAYS_MAX), NULL,
                     NULL);
}

const struct field_rules guid_rules = {.punctuation = "-", .check = check_guid};
const struct field_rules tenant_rules = {.punctuation = "-.", .check = check_tenant};
const struct field_rules date_rules = {.punctuation = "-./:+", .check = check_date};
const struct field_rules days_rules = {.punctuation = "", .check = check_days};
