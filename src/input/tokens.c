/* GUIDs, tenants, dates, numbers of days. */
#include <string.h>

#include "base/code_points.h"
#include "input/finding.h"
#include "input/grammar.h"

enum { GUID_LENGTH = 36, GUID_DIGITS = 32, DAYS_MAX = 3660, YEAR_MIN = 2000, YEAR_MAX = 2199 };

static gboolean is_guid_hyphen(int position)
{
    return position == 8 || position == 13 || position == 18 || position == 23;
}

static gboolean has_guid_form(const GArray *text, int from, int to)
{
    if (to - from != GUID_LENGTH)
        return FALSE;
    for (int i = 0; i < GUID_LENGTH; i++)
        if ((mapped_at(text, from + i) == '-') != is_guid_hyphen(i))
            return FALSE;
    return TRUE;
}

static gboolean has_hyphen(const GArray *text, int from, int to)
{
    for (int i = from; i < to; i++)
        if (mapped_at(text, i) == '-')
            return TRUE;
    return FALSE;
}

static int add_hyphens(struct judge *judge, int from, int to)
{
    g_autofree char *digits = mapped_text(judge->clean, from, to);
    g_autofree char *guid =
        g_strdup_printf("%.8s-%.4s-%.4s-%.4s-%.12s", digits, digits + 8, digits + 12, digits + 16, digits + 20);
    judge_mend(judge, PROBLEM_FORM, from, to - from, guid, g_strdup("The hyphens of the GUID are missing."),
               "Add them");
    return from + GUID_LENGTH;
}

static gboolean is_guid_character(gunichar character)
{
    return is_hex_digit(character) || character == '-';
}

static void report_guid_character(struct judge *judge, int index, const char *what)
{
    int offset = mapped_offset(judge->clean, index);
    g_autofree char *words = character_words(mapped_at(judge->input, offset));
    judge_stray_character(
        judge, index,
        g_strdup_printf("There is %s at column %d. %s takes only the digits 0 to 9, a to f, and hyphens.", words,
                        offset + 1, what));
}

/* FALSE if a character could not be mended. */
static gboolean judge_guid_characters(struct judge *judge, int from, int to, const char *what)
{
    gboolean is_good = TRUE;
    for (int i = from; i < to && !judge_is_full(judge); i++) {
        gunichar character = mapped_at(judge->clean, i);
        if (is_guid_character(character))
            continue;
        char twin = character < BAD_BYTE ? code_point_ascii_twin(character) : 0;
        if (twin != 0 && is_guid_character((gunichar)twin))
            judge_character(judge, i, "-", what);
        else {
            is_good = FALSE;
            report_guid_character(judge, i, what);
        }
    }
    return is_good;
}

int judge_guid_part(struct judge *judge, int from, int to, const char *what)
{
    if (!judge_guid_characters(judge, from, to, what) || has_guid_form(judge->clean, from, to))
        return to;
    if (to - from == GUID_DIGITS && !has_hyphen(judge->clean, from, to))
        return add_hyphens(judge, from, to);
    judge_report(
        judge, PROBLEM_FORM, from, to - from,
        g_strdup_printf("%s is a GUID: 8-4-4-4-12 digits with hyphens, 36 characters; here are %d characters from "
                        "column %d on.",
                        what, to - from, mapped_offset(judge->clean, from) + 1),
        NULL, NULL);
    return to;
}

void judge_guid(struct judge *judge)
{
    if (mapped_has(judge->clean, 0, "urn:uuid:"))
        judge_mend(judge, PROBLEM_EXTRA_TEXT, 0, (int)strlen("urn:uuid:"), "",
                   g_strdup("The GUID itself begins behind 'urn:uuid:'."), "Remove it");
    judge_guid_part(judge, 0, mapped_length(judge->clean), "The value");
}

void judge_tenant(struct judge *judge)
{
    int length = mapped_length(judge->clean);
    for (int i = 0; i < length; i++)
        if (mapped_at(judge->clean, i) == '.') {
            judge_domain_part(judge, 0, length);
            return;
        }
    judge_guid_part(judge, 0, length, "A tenant's id");
}

static int digits_value(const GArray *text, int from, int to)
{
    int value = 0;
    for (int i = from; i < to; i++)
        value = value * 10 + (int)(mapped_at(text, i) - '0');
    return value;
}

static int digits_end(const GArray *text, int from)
{
    int end = from;
    while (is_ascii_digit(mapped_at(text, end)))
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
            parts->separators[i] = mapped_at(text, end);
        at = end + 1;
    }
    return is_one_of(parts->separators[0], "-./") && parts->separators[0] == parts->separators[1];
}

static gboolean is_iso_order(const struct date_parts *parts)
{
    return parts->digits[0] == 4 && parts->digits[1] <= 2 && parts->digits[2] <= 2;
}

/* Year, month and day in DATE as far as their order is certain: a year in front, or a day in front of points. */
static gboolean order_date(const struct date_parts *parts, int date[3])
{
    if (is_iso_order(parts)) {
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

static gboolean is_calendar_day(const int date[3])
{
    return date[0] >= YEAR_MIN && date[0] <= YEAR_MAX && date[1] >= 1 && date[1] <= 12 && date[2] >= 1 &&
           g_date_valid_dmy((GDateDay)MIN(date[2], 99), (GDateMonth)date[1], (GDateYear)date[0]);
}

static void report_date_form(struct judge *judge)
{
    judge_report(judge, PROBLEM_FORM, 0, mapped_length(judge->clean),
                 g_strdup("A date is written year-month-day, as in 2026-11-24."), NULL, NULL);
}

/* The whole is "2026-11-24", not only its beginning. */
static gboolean is_canonical(const struct judge *judge, const struct date_parts *parts)
{
    return is_iso_order(parts) && parts->separators[0] == '-' && parts->digits[1] == 2 && parts->digits[2] == 2 &&
           parts->end == mapped_length(judge->clean);
}

/* What may follow a date: a time of day. */
static gboolean has_only_time_behind(const struct judge *judge, int from)
{
    gunichar character = mapped_at(judge->clean, from);
    return character == NO_CHARACTER || (character == 'T' && is_ascii_digit(mapped_at(judge->clean, from + 1)));
}

void judge_date(struct judge *judge)
{
    struct date_parts parts;
    int date[3];
    if (!read_date_parts(judge->clean, &parts) || !order_date(&parts, date) ||
        !has_only_time_behind(judge, parts.end)) {
        report_date_form(judge);
        return;
    }
    if (!is_calendar_day(date)) {
        judge_report(judge, PROBLEM_FORM, 0, parts.end, g_strdup("There is no such day in the calendar."), NULL, NULL);
        return;
    }
    g_autofree char *canonical = g_strdup_printf("%04d-%02d-%02d", date[0], date[1], date[2]);
    if (is_canonical(judge, &parts))
        return;
    g_autofree char *label = g_strdup_printf("Make it %s", canonical);
    judge_mend(judge, PROBLEM_FORM, 0, mapped_length(judge->clean), canonical,
               g_strdup("A date is written year-month-day, as in 2026-11-24."), label);
}

void judge_days(struct judge *judge)
{
    int length = mapped_length(judge->clean);
    int end = digits_end(judge->clean, 0);
    gboolean is_number = end == length && length > 0 && length <= 4;
    int days = is_number ? digits_value(judge->clean, 0, end) : 0;
    if (days >= 1 && days <= DAYS_MAX)
        return;
    judge_report(judge, PROBLEM_FORM, 0, length,
                 g_strdup_printf("A number of days is a whole number from 1 to %d, digits only.", DAYS_MAX), NULL,
                 NULL);
}
