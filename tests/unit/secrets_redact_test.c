/* SPDX-License-Identifier: MIT */
#include "secrets/redact.h"

#include <string.h>

#include "base/json.h"
#include "support/support.h"

/* Stands inside made-up secrets in the corpus, so that scanners of repositories do not take them for real ones. */
#define APART "\xE2\x90\x9F"
#define SHORTEST_HALF 6
#define MOST_FALSE_ALARMS 0.02

static char *joined(const char *text)
{
    g_auto(GStrv) parts = g_strsplit(text, APART, -1);
    return g_strjoinv("", parts);
}

static struct redactor *redactor_knowing(const json *values)
{
    struct redactor *redactor = redactor_new();
    json_for_each (value, values) {
        g_autofree char *text = joined(json_string(value));
        g_autoptr(Secret) secret = secret_new(text, -1);
        redactor_register(redactor, secret);
    }
    return redactor;
}

static gboolean shows(const char *text, const char *secret)
{
    gsize half = strlen(secret) / 2;
    if (half < SHORTEST_HALF)
        return strstr(text, secret) != NULL;
    g_autofree char *first = g_strndup(secret, half);
    return strstr(text, first) != NULL || strstr(text, secret + half) != NULL;
}

static guint leaks_in(const char *clean, const json *row)
{
    guint leaks = 0;
    json_for_each (value, json_get(row, "secrets")) {
        g_autofree char *secret = joined(json_string(value));
        if (!shows(clean, secret))
            continue;
        print_message("leak (%s): %s\n", json_get_string(row, "kind"), clean);
        leaks++;
    }
    return leaks;
}

static gboolean is_false_alarm(const char *clean, const json *row)
{
    json_for_each (value, json_get(row, "keep")) {
        g_autofree char *kept = joined(json_string(value));
        if (strstr(clean, kept) != NULL)
            continue;
        print_message("false alarm (%s): %s\n", json_get_string(row, "kind"), clean);
        return TRUE;
    }
    return FALSE;
}

static void test_the_corpus_shows_no_secret_and_keeps_the_rest(void **state)
{
    (void)state;
    g_autoptr(json) rows = read_json_lines(PERCH_TEST_DATA "/redaction.jsonl");
    guint secrets = 0;
    guint leaks = 0;
    guint false_alarms = 0;
    json_for_each (row, rows) {
        g_autoptr(Redactor) redactor = redactor_knowing(json_get(row, "live"));
        g_autofree char *text = joined(json_get_string(row, "text"));
        g_autofree char *clean = redact(redactor, text);
        secrets += (guint)json_length(json_get(row, "secrets"));
        leaks += leaks_in(clean, row);
        false_alarms += is_false_alarm(clean, row) ? 1 : 0;
    }
    print_message("%d texts, %u secrets: %u leaks, %u false alarms\n", json_length(rows), secrets, leaks, false_alarms);
    assert_true(json_length(rows) >= 200);
    assert_int_equal(leaks, 0);
    assert_true(false_alarms <= MOST_FALSE_ALARMS * json_length(rows));
}

/* Each part of PARTS characters of a known value, wherever it stands. */
static void test_every_part_of_a_known_value_is_taken_out(void **state)
{
    (void)state;
    static const char value[] = "k3Xw-90pLqZ_7vBn+Rt/55=yGhJu2Mno";
    g_autoptr(Secret) secret = secret_new(value, -1);
    g_autoptr(Redactor) redactor = redactor_new();
    redactor_register(redactor, secret);
    for (gsize at = 0; at + 12 < sizeof value; at++) {
        g_autofree char *part = g_strndup(value + at, 12);
        g_autofree char *text = g_strdup_printf("<%s>", part);
        g_autofree char *clean = redact(redactor, text);
        assert_string_equal(clean, "<" REDACTED ">");
    }
}

/* WRITE(VALUE): a spelling of it. Caller frees. */
typedef char *(*spell_func)(const char *value);

static char *each_byte(const char *value, const char *format_first, const char *format)
{
    GString *text = g_string_new(NULL);
    for (const char *at = value; *at != '\0'; at++) {
        const char *at_format = at == value ? format_first : format;
        for (; *at_format != '\0'; at_format++) {
            if (*at_format == '#')
                g_string_append_printf(text, "%02x", (guint)(guchar)*at);
            else if (*at_format == '@')
                g_string_append_printf(text, "%03o", (guint)(guchar)*at);
            else
                g_string_append_c(text, *at_format);
        }
    }
    return g_string_free(text, FALSE);
}

static char *hex_colons(const char *value)
{
    return each_byte(value, "#", ":#");
}
static char *hex_blanks(const char *value)
{
    return each_byte(value, "#", " #");
}
static char *hex_dashes(const char *value)
{
    return each_byte(value, "#", "-#");
}
static char *hex_array(const char *value)
{
    return each_byte(value, "0x#", ", 0x#");
}
static char *hex_escapes(const char *value)
{
    return each_byte(value, "\\x#", "\\x#");
}
static char *octal_escapes(const char *value)
{
    return each_byte(value, "\\@", "\\@");
}
static char *braced_escapes(const char *value)
{
    return each_byte(value, "\\u{#}", "\\u{#}");
}
static char *numbers(const char *value)
{
    GString *text = g_string_new("{\"type\":\"Buffer\",\"data\":[");
    for (const char *at = value; *at != '\0'; at++)
        g_string_append_printf(text, "%s%u", at == value ? "" : at == value + 7 ? ",\n  " : ",", (guint)(guchar)*at);
    return g_string_free(g_string_append(text, "]}"), FALSE);
}
static char *utf16_hex(const char *value)
{
    return each_byte(value, "#00", "#00");
}
static char *utf16_be_hex(const char *value)
{
    return each_byte(value, "00#", "00#");
}
static char *utf16_escapes(const char *value)
{
    return each_byte(value, "\\u00#", "\\u00#");
}

static char *quoted_printable(const char *value)
{
    g_autofree char *all = each_byte(value, "=#", "=#");
    GString *text = g_string_new(NULL);
    for (gsize i = 0; i < strlen(all); i += 30)
        g_string_append_printf(text, "%s%.30s", i > 0 ? "=\r\n" : "", all + i);
    g_autofree char *lower = g_string_free(text, FALSE);
    return g_ascii_strup(lower, -1);
}

static char *base64(const char *value)
{
    return g_base64_encode((const guchar *)value, strlen(value));
}

static char *base64_thrice(const char *value)
{
    g_autofree char *once = base64(value);
    g_autofree char *twice = base64(once);
    return base64(twice);
}

static char *base64_utf16(const char *value)
{
    gsize length = 0;
    g_autofree char *utf16 = g_convert(value, -1, "UTF-16LE", "UTF-8", NULL, &length, NULL);
    return g_base64_encode((const guchar *)utf16, length);
}

static char *base32(const char *value)
{
    GString *text = g_string_new(NULL);
    guint held = 0;
    guint bits = 0;
    for (const char *at = value; *at != '\0'; at++) {
        bits = (bits << 8 | (guchar)*at) & 0xFFFF;
        for (held += 8; held >= 5; held -= 5)
            g_string_append_c(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"[bits >> (held - 5) & 31]);
    }
    return g_string_free(text, FALSE);
}

static char *cut(const char *value, gsize every, const char *by)
{
    GString *text = g_string_new(NULL);
    for (gsize i = 0; i < strlen(value); i++)
        g_string_append_printf(text, "%s%c", i > 0 && i % every == 0 ? by : "", value[i]);
    return g_string_free(text, FALSE);
}

static char *cut_by_blanks(const char *value)
{
    return cut(value, 5, " ");
}
static char *cut_by_lines(const char *value)
{
    return cut(value, 10, "\r\n");
}
static char *cut_by_zero_width(const char *value)
{
    return cut(value, 5, "\xE2\x80\x8B");
}
static char *cut_by_soft_hyphens(const char *value)
{
    return cut(value, 6, "\xC2\xAD");
}

static char *cut_by_variation_marks(const char *value)
{
    return cut(value, 1, "\xEF\xB8\x8F");
}
static char *cut_by_turned_direction(const char *value)
{
    return cut(value, 2, "\xE2\x80\xAE");
}
static char *cut_by_dashes(const char *value)
{
    return cut(value, 1, "-");
}
static char *a_list_of_characters(const char *value)
{
    return cut(value, 1, "', '");
}
static char *each_escaped(const char *value)
{
    return cut(value, 1, "`");
}
static char *hex_bars(const char *value)
{
    return each_byte(value, "#", "|#");
}
static char *hex_brackets(const char *value)
{
    return each_byte(value, "<#>", " <#>");
}
static char *hex_h(const char *value)
{
    return each_byte(value, "#h", " #h");
}
static char *rich_text(const char *value)
{
    return each_byte(value, "\\'#", "\\'#");
}
static char *wide_escapes(const char *value)
{
    return each_byte(value, "\\U000000#", "\\U000000#");
}
static char *open_entities(const char *value)
{
    GString *text = g_string_new(NULL);
    for (const char *at = value; *at != '\0'; at++)
        g_string_append_printf(text, "&#%u ", (guint)(guchar)*at);
    return g_string_free(text, FALSE);
}
static char *base32_small(const char *value)
{
    g_autofree char *large = base32(value);
    return g_ascii_strdown(large, -1);
}

static char *base64_in_lines(const char *value)
{
    g_autofree char *whole = base64(value);
    return cut(whole, 20, "\n");
}

static char *percent_quoted(const char *value)
{
    g_autofree char *quoted = base64(value);
    return g_uri_escape_string(quoted, NULL, FALSE);
}

static char *octal_blanks(const char *value)
{
    return each_byte(value, "@", " @");
}

static char *full_width(const char *value)
{
    GString *text = g_string_new(NULL);
    for (const char *at = value; *at != '\0'; at++)
        g_string_append_unichar(text, 0xFF00 + (gunichar)(guchar)*at - ' ');
    return g_string_free(text, FALSE);
}

static char *hex_dots(const char *value)
{
    return each_byte(value, "#", "\xC2\xB7#");
}
static char *large_hex_escapes(const char *value)
{
    return each_byte(value, "\\X#", "\\X#");
}
static char *code_points(const char *value)
{
    return each_byte(value, "U+00#", " U+00#");
}
static char *percent_wide(const char *value)
{
    return each_byte(value, "%u00#", "%u00#");
}
static char *octal_zeros(const char *value)
{
    return each_byte(value, "\\0@", "\\0@");
}
static char *octal_numbers(const char *value)
{
    return each_byte(value, "0o@", ", 0o@");
}

static char *numbers_colons(const char *value)
{
    GString *text = g_string_new(NULL);
    for (const char *at = value; *at != '\0'; at++)
        g_string_append_printf(text, "%s%u", at == value ? "" : ":", (guint)(guchar)*at);
    return g_string_free(text, FALSE);
}

static char *base32_groups(const char *value)
{
    g_autofree char *whole = base32(value);
    return cut(whole, 4, "-");
}
/* The letters of a name in front are digits of base32 too, and not a whole group of them. */
static char *base32_named(const char *value)
{
    g_autofree char *whole = base32(value);
    return g_strconcat("totp-key-", whole, NULL);
}

static char *base32_groups_named(const char *value)
{
    g_autofree char *groups = base32_groups(value);
    return g_strconcat("totp-key-", groups, NULL);
}

static char *cut_by_entities(const char *value)
{
    return cut(value, 3, "&shy;");
}
static char *cut_by_blank_entities(const char *value)
{
    return cut(value, 3, "&nbsp;");
}
static char *cut_by_tags(const char *value)
{
    return cut(value, 4, "<wbr>");
}
static char *cut_by_line_tags(const char *value)
{
    return cut(value, 4, "<br />\n");
}
static char *cut_by_colours(const char *value)
{
    return cut(value, 4, "\033[1;31m");
}

static char *tail_in_hex(const char *value)
{
    return each_byte(value + strlen(value) - 8, "#", "#");
}

/* UTF-16 in base64, and that in what a form, a page or a mail makes of it. */
static char *base64_utf16_percent(const char *value)
{
    g_autofree char *quoted = base64_utf16(value);
    return each_byte(quoted, "%#", "%#");
}
static char *base64_utf16_quoted(const char *value)
{
    g_autofree char *quoted = base64_utf16(value);
    return quoted_printable(quoted);
}
static char *base64_utf16_twice(const char *value)
{
    g_autofree char *quoted = base64_utf16(value);
    return base64(quoted);
}
static char *utf16_octal_escapes(const char *value)
{
    g_autofree char *wide = each_byte(value, "\\000\\@", "\\000\\@");
    return base64(wide);
}

/* Every other letter of TEXT (taken) large. Caller frees. */
static char *mixed_case(char *text)
{
    for (gsize i = 0; text[i] != '\0'; i++)
        text[i] = (char)(i % 2 == 0 ? g_ascii_toupper(text[i]) : g_ascii_tolower(text[i]));
    return text;
}

static char *tail(const char *value)
{
    return g_strconcat("...", value + strlen(value) - 11, NULL);
}

static void test_the_usual_spellings_of_a_known_value_are_taken_out(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        spell_func spell;
        gboolean in_any_case; /* letters large or small say the same */
    } spellings[] = {
        {"hex with colons", hex_colons, TRUE},
        {"hex with blanks", hex_blanks, TRUE},
        {"hex with dashes", hex_dashes, TRUE},
        {"an array of bytes", hex_array, TRUE},
        {"\\xNN", hex_escapes, TRUE},
        {"octal", octal_escapes, FALSE},
        {"\\u{NN}", braced_escapes, TRUE},
        {"decimal numbers", numbers, FALSE},
        {"UTF-16 in hex", utf16_hex, TRUE},
        {"UTF-16, big endian, in hex", utf16_be_hex, TRUE},
        {"\\u00NN", utf16_escapes, TRUE},
        {"quoted-printable", quoted_printable, TRUE},
        {"base64 three times", base64_thrice, FALSE},
        {"base64 of UTF-16", base64_utf16, FALSE},
        {"base32", base32, TRUE},
        {"cut by blanks", cut_by_blanks, FALSE},
        {"cut by line ends", cut_by_lines, FALSE},
        {"cut by zero-width spaces", cut_by_zero_width, FALSE},
        {"cut by soft hyphens", cut_by_soft_hyphens, FALSE},
        {"cut by variation marks", cut_by_variation_marks, FALSE},
        {"cut by marks of direction", cut_by_turned_direction, FALSE},
        {"cut by dashes", cut_by_dashes, FALSE},
        {"a list of characters", a_list_of_characters, FALSE},
        {"each character escaped", each_escaped, FALSE},
        {"hex with bars", hex_bars, TRUE},
        {"hex in brackets", hex_brackets, TRUE},
        {"hex with an h", hex_h, TRUE},
        {"\\'NN", rich_text, TRUE},
        {"\\U000000NN", wide_escapes, FALSE},
        {"entities without an end", open_entities, FALSE},
        {"base32 in small letters", base32_small, TRUE},
        {"base64 in lines", base64_in_lines, FALSE},
        {"base64, percent-encoded", percent_quoted, FALSE},
        {"octal with blanks", octal_blanks, FALSE},
        {"full width", full_width, FALSE},
        {"its end", tail, FALSE},
        {"hex with raised dots", hex_dots, TRUE},
        {"\\XNN", large_hex_escapes, FALSE},
        {"U+NNNN", code_points, TRUE},
        {"%uNNNN", percent_wide, TRUE},
        {"octal with a nought", octal_zeros, FALSE},
        {"0oNNN", octal_numbers, FALSE},
        {"decimal numbers with colons", numbers_colons, FALSE},
        {"base32 in groups", base32_groups, TRUE},
        {"base32 behind a name", base32_named, TRUE},
        {"base32 in groups behind a name", base32_groups_named, TRUE},
        {"cut by soft hyphens of HTML", cut_by_entities, FALSE},
        {"cut by blanks of HTML", cut_by_blank_entities, FALSE},
        {"cut by tags", cut_by_tags, FALSE},
        {"cut by tags and line ends", cut_by_line_tags, FALSE},
        {"cut by a terminal's colours", cut_by_colours, FALSE},
        {"its end in hex", tail_in_hex, TRUE},
        {"base64 of UTF-16, percent-encoded", base64_utf16_percent, TRUE},
        {"base64 of UTF-16, quoted-printable", base64_utf16_quoted, FALSE},
        {"base64 of UTF-16, twice", base64_utf16_twice, FALSE},
        {"base64 of UTF-16 in octal", utf16_octal_escapes, FALSE},
    };
    static const char value[] = "k3Xw90pLqZ7vBnRt55yGhJu2Mno8cVfTeSd";
    g_autoptr(Secret) secret = secret_new(value, -1);
    g_autoptr(Redactor) redactor = redactor_new();
    redactor_register(redactor, secret);
    for (gsize i = 0; i < 2 * G_N_ELEMENTS(spellings); i++) {
        const gboolean is_mixed = i % 2 == 1;
        if (is_mixed && !spellings[i / 2].in_any_case)
            continue;
        char *plainly = spellings[i / 2].spell(value);
        g_autofree char *spelled = is_mixed ? mixed_case(plainly) : plainly;
        g_autofree char *text = g_strdup_printf("The answer (%s) was not read.", spelled);
        g_autofree char *clean = redact(redactor, text);
        g_autofree char *rest = g_strndup(spelled, strlen(spelled) * 2 / 3);
        if (strstr(clean, rest) != NULL || strstr(clean, REDACTED) == NULL)
            fail_msg("%s%s: %s", spellings[i / 2].name, is_mixed ? ", mixed" : "", clean);
        assert_true(g_str_has_prefix(clean, "The answer ("));
        assert_true(g_str_has_suffix(clean, ") was not read."));
    }
}

static void test_a_forgotten_value_is_text_again(void **state)
{
    (void)state;
    g_autoptr(Secret) secret = secret_new("violet umbrella", -1);
    g_autoptr(Redactor) redactor = redactor_new();
    redactor_register(redactor, secret);
    redactor_register(redactor, secret);
    redactor_unregister(redactor, secret);
    g_autofree char *known = redact(redactor, "a violet umbrella");
    assert_string_equal(known, "a " REDACTED);
    redactor_unregister(redactor, secret);
    redactor_unregister(redactor, secret);
    g_autofree char *forgotten = redact(redactor, "a violet umbrella");
    assert_string_equal(forgotten, "a violet umbrella");
}

static void test_a_short_value_does_not_blacken_the_log(void **state)
{
    (void)state;
    g_autoptr(Secret) secret = secret_new("group", -1);
    g_autoptr(Redactor) redactor = redactor_new();
    redactor_register(redactor, secret);
    g_autofree char *clean = redact(redactor, "the group is there");
    assert_string_equal(clean, "the group is there");
}

static void test_bytes_that_are_no_utf_8_are_searched_too(void **state)
{
    (void)state;
    g_autoptr(Secret) secret = secret_new("violet umbrella", -1);
    g_autoptr(Redactor) redactor = redactor_new();
    redactor_register(redactor, secret);
    g_autofree char *clean = redact(redactor, "\xFF\xC3 violet umbrella \x80 password=x9\xFF&a=b");
    assert_string_equal(clean, "\xFF\xC3 " REDACTED " \x80 password=" REDACTED "&a=b");
}

static void test_without_a_redactor_shapes_are_taken_out(void **state)
{
    (void)state;
    g_autofree char *clean = redact(NULL, "password=violet1&user=ann");
    assert_string_equal(clean, "password=" REDACTED "&user=ann");
    assert_null(redact(NULL, NULL));
}

static void test_what_is_clean_stays_clean(void **state)
{
    (void)state;
    g_autoptr(json) rows = read_json_lines(PERCH_TEST_DATA "/redaction.jsonl");
    json_for_each (row, rows) {
        g_autoptr(Redactor) redactor = redactor_knowing(json_get(row, "live"));
        g_autofree char *text = joined(json_get_string(row, "text"));
        g_autofree char *once = redact(redactor, text);
        g_autofree char *twice = redact(redactor, once);
        if (strstr(twice, REDACTED REDACTED) != NULL || strlen(twice) > strlen(once) + strlen(REDACTED))
            fail_msg("%s\nbecame\n%s", once, twice);
    }
}

/* Texts that make a careless pattern try everything. */
static void test_hostile_texts_end_in_time(void **state)
{
    (void)state;
    static const char *const blocks[] = {
        "eyJ",       "eyJaaaaaaaaaa.", "password", "\"password\":\"\\", "Bearer ", "-----BEGIN PRIVATE KEY-----", "%25",
        "\\\\u005c", "&amp;",          "a:b@",     "://a:aa",           "code "};
    g_autoptr(Redactor) redactor = redactor_new();
    g_autoptr(Secret) secret = secret_new("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab", -1);
    redactor_register(redactor, secret);
    for (gsize i = 0; i < G_N_ELEMENTS(blocks); i++) {
        g_autoptr(GString) text = g_string_new(NULL);
        while (text->len < 65536)
            g_string_append(text, blocks[i]);
        gint64 begin = processor_time();
        g_autofree char *clean = redact(redactor, text->str);
        gint64 spent = processor_time() - begin;
        assert_non_null(clean);
        if (spent > 5 * G_TIME_SPAN_SECOND)
            fail_msg("64 KiB of '%s' took %" G_GINT64_FORMAT " ms", blocks[i], spent / 1000);
    }
}

struct load {
    struct redactor *redactor;
    gint leaks;
};

static gpointer redact_often(gpointer data)
{
    struct load *load = data;
    for (int i = 0; i < 200; i++) {
        g_autofree char *clean = redact(load->redactor, "before violet umbrella after");
        if (!g_str_equal(clean, "before " REDACTED " after"))
            g_atomic_int_inc(&load->leaks);
    }
    return NULL;
}

static void test_two_threads_share_one_redactor(void **state)
{
    (void)state;
    g_autoptr(Redactor) redactor = redactor_new();
    g_autoptr(Secret) secret = secret_new("violet umbrella", -1);
    g_autoptr(Secret) other = secret_new("another value that comes and goes", -1);
    redactor_register(redactor, secret);
    struct load load = {.redactor = redactor};
    GThread *thread = g_thread_new("redact", redact_often, &load);
    for (int i = 0; i < 200; i++) {
        redactor_register(redactor, other);
        redactor_unregister(redactor, other);
    }
    g_thread_join(thread);
    assert_int_equal(load.leaks, 0);
}

static int set_up(void **state)
{
    (void)state;
    json_init();
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_corpus_shows_no_secret_and_keeps_the_rest),
        cmocka_unit_test(test_every_part_of_a_known_value_is_taken_out),
        cmocka_unit_test(test_the_usual_spellings_of_a_known_value_are_taken_out),
        cmocka_unit_test(test_a_forgotten_value_is_text_again),
        cmocka_unit_test(test_a_short_value_does_not_blacken_the_log),
        cmocka_unit_test(test_bytes_that_are_no_utf_8_are_searched_too),
        cmocka_unit_test(test_without_a_redactor_shapes_are_taken_out),
        cmocka_unit_test(test_what_is_clean_stays_clean),
        cmocka_unit_test(test_hostile_texts_end_in_time),
        cmocka_unit_test(test_two_threads_share_one_redactor),
    };
    return cmocka_run_group_tests_name("redact", tests, set_up, NULL);
}
