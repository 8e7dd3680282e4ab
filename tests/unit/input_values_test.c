/* SPDX-License-Identifier: MIT */
/* The corpora of bad input: each code point of the table at each place of each field, and values written by hand. */
#include <string.h>

#include "base/json.h"
#include "input/validate.h"
#include "support/support.h"

/* Inputs with an expected finding, counted once for each (field, problem, code point, offset). */
static GHashTable *distinct;

static char *code_point_text(gunichar code_point)
{
    return code_point == CODE_POINT_NONE ? NULL : g_strdup_printf("U+%04X", code_point);
}

static gboolean matches(const struct finding *finding, const json *wanted)
{
    g_autofree char *code_point = code_point_text(finding->code_point);
    const char *wanted_point = json_get_string(wanted, "codePoint");
    return strcmp(problem_word(finding->problem), json_get_string(wanted, "problem")) == 0 &&
           json_get_int(wanted, "offset", finding->offset) == finding->offset &&
           json_get_int(wanted, "length", finding->length) == finding->length &&
           (wanted_point == NULL || g_strcmp0(wanted_point, code_point) == 0);
}

static const struct finding *find(const struct verdict *verdict, const json *wanted)
{
    for (guint i = 0; i < verdict->findings->len; i++)
        if (matches(verdict->findings->pdata[i], wanted))
            return verdict->findings->pdata[i];
    return NULL;
}

static char *describe(const struct verdict *verdict)
{
    GString *text = g_string_new(NULL);
    g_string_append_printf(text, "valid %d, value %s", verdict->valid, verdict->value);
    for (guint i = 0; i < verdict->findings->len; i++) {
        const struct finding *finding = verdict->findings->pdata[i];
        g_autofree char *code_point = code_point_text(finding->code_point);
        g_string_append_printf(text, "\n    %d+%d %s %s: %s", finding->offset, finding->length,
                               problem_word(finding->problem), code_point, finding->message);
    }
    return g_string_free(text, FALSE);
}

/* JSON cannot hold a NUL: such a case has another character in its place. */
static char *case_input(const json *wanted, gssize *length)
{
    char *input = g_strdup(json_get_string(wanted, "input"));
    *length = (gssize)strlen(input);
    if (g_strcmp0(json_get_string(wanted, "codePoint"), "U+0000") == 0)
        input[json_get_int(wanted, "offset", 0)] = '\0';
    return input;
}

static void count(const json *wanted)
{
    const char *code_point = json_get_string(wanted, "codePoint");
    g_hash_table_add(distinct, g_strdup_printf("%s %s %s %d", json_get_string(wanted, "field"),
                                               json_get_string(wanted, "problem"), code_point != NULL ? code_point : "",
                                               (int)json_get_int(wanted, "offset", -1)));
}

/* A sentence that begins with a capital and ends with a full stop, and a fix only with its label. */
static gboolean is_well_formed(const struct finding *finding)
{
    gsize length = strlen(finding->message);
    return length > 10 && !g_ascii_islower(finding->message[0]) && strchr(".,", finding->message[length - 1]) != NULL &&
           (finding->fix == NULL) == (finding->fix_label == NULL);
}

/* What a fix leads to is better than before: it never adds to the findings. */
static gboolean are_fixes_good(const char *field, const struct verdict *verdict)
{
    for (guint i = 0; i < verdict->findings->len; i++) {
        const struct finding *finding = verdict->findings->pdata[i];
        if (finding->fix == NULL)
            continue;
        g_autoptr(Verdict) after = validate(field, finding->fix, -1);
        if (verdict->value != NULL && g_strcmp0(after->value, verdict->value) != 0)
            return FALSE;
    }
    return TRUE;
}

/* As many fixes are offered as the case says, if it says so. */
static gboolean offers_as_many_fixes(const json *wanted, const struct verdict *verdict)
{
    gint64 fixes = 0;
    for (guint i = 0; i < verdict->findings->len; i++) {
        const struct finding *finding = verdict->findings->pdata[i];
        fixes += finding->fix != NULL;
    }
    return json_get_int(wanted, "fixes", fixes) == fixes;
}

/* Nothing is told twice. */
static gboolean are_findings_distinct(const struct verdict *verdict)
{
    for (guint i = 1; i < verdict->findings->len; i++) {
        const struct finding *finding = verdict->findings->pdata[i];
        const struct finding *last = verdict->findings->pdata[i - 1];
        if (finding->code_point != CODE_POINT_NONE && finding->offset == last->offset &&
            finding->code_point == last->code_point)
            return FALSE;
    }
    return TRUE;
}

static char *wrong_with(const json *wanted, const char *field, const struct verdict *verdict)
{
    const json *value = json_get(wanted, "value");
    if (verdict->valid != json_get_bool(wanted, "valid", FALSE))
        return g_strdup("valid");
    if (value != NULL && g_strcmp0(json_string(value), verdict->value) != 0)
        return g_strdup("value");
    for (guint i = 0; i < verdict->findings->len; i++)
        if (!is_well_formed(verdict->findings->pdata[i]))
            return g_strdup("message");
    if (!are_findings_distinct(verdict))
        return g_strdup("twice");
    if (!are_fixes_good(field, verdict))
        return g_strdup("fix");
    if (!offers_as_many_fixes(wanted, verdict))
        return g_strdup("number of fixes");
    if (json_get(wanted, "problem") == NULL)
        return NULL;
    const struct finding *finding = find(verdict, wanted);
    if (finding == NULL)
        return g_strdup("finding");
    const char *says = json_get_string(wanted, "says");
    return says != NULL && strstr(finding->message, says) == NULL ? g_strdup("words") : NULL;
}

/* What is sent is always what the field takes, and nothing is left to mend about it. */
static void assert_value_stands(const char *field, const struct verdict *verdict)
{
    if (verdict->value == NULL)
        return;
    g_autoptr(Verdict) again = validate(field, verdict->value, -1);
    if (!again->valid || strcmp(again->value, verdict->value) != 0)
        fail_msg("%s: the value “%s” does not stand", field, verdict->value);
}

static gboolean check_case(const json *wanted)
{
    const char *field = json_get_string(wanted, "field");
    gssize length = 0;
    g_autofree char *input = case_input(wanted, &length);
    g_autoptr(Verdict) verdict = validate(field, input, length);
    g_autofree char *wrong = wrong_with(wanted, field, verdict);
    if (json_get(wanted, "problem") != NULL)
        count(wanted);
    assert_value_stands(field, verdict);
    if (wrong == NULL)
        return TRUE;
    g_autofree char *line = json_text(wanted);
    g_autofree char *told = describe(verdict);
    print_message("%s: %s\n  %s\n", wrong, line, told);
    return FALSE;
}

static void check_file(const char *name)
{
    g_autofree char *file = g_build_filename(PERCH_TEST_DATA, "input", name, NULL);
    g_autoptr(json) cases = read_json_lines(file);
    int wrong = 0;
    json_for_each (wanted, cases)
        wrong += !check_case(wanted);
    print_message("%s: %d inputs, %d wrong\n", name, json_length(cases), wrong);
    assert_int_equal(wrong, 0);
}

static void every_code_point_at_every_place(void **state)
{
    (void)state;
    check_file("code_points.jsonl");
}

static void values_written_by_hand(void **state)
{
    (void)state;
    check_file("values.jsonl");
}

static void the_corpus_is_large_enough(void **state)
{
    (void)state;
    guint n = g_hash_table_size(distinct);
    print_message("distinct (field, problem, position): %u\n", n);
    assert_true(n >= 500);
}

static void bytes_that_are_no_text_are_placed(void **state)
{
    (void)state;
    g_autoptr(Verdict) verdict = validate("event-hub-name", "tele\xED\xA0\x80metry\xFF", -1);
    assert_false(verdict->valid);
    assert_string_equal(verdict->value, "telemetry");
    assert_int_equal(verdict->findings->len, 2);
    const struct finding *first = verdict->findings->pdata[0];
    const struct finding *second = verdict->findings->pdata[1];
    assert_int_equal(first->problem, PROBLEM_NOT_UTF8);
    assert_int_equal(first->offset, 4);
    assert_int_equal(first->length, 3);
    assert_int_equal(second->offset, 12);
}

static void a_password_is_text_and_kept_whole(void **state)
{
    (void)state;
    g_autoptr(Verdict) broken = validate("password", "Tr0ub4dor\xFF&3", -1);
    assert_false(broken->valid);
    assert_null(broken->value);
    assert_int_equal(verdict_problem(broken)->offset, 9);
    g_autoptr(Verdict) with_nul = validate("password", "Tr0ub4\0dor&3", 12);
    assert_false(with_nul->valid);
    g_autoptr(Verdict) whole = validate("password", "Tr0ub4dor&3\n", -1);
    assert_true(whole->valid);
    assert_string_equal(whole->value, "Tr0ub4dor&3\n");
}

static void no_message_repeats_a_secret(void **state)
{
    (void)state;
    static const char secret[] = "Endpoint=sb://mdr-eh-ns01.servicebus.windows.net/;SharedAccessKeyName=send;"
                                 "SharedAccessKey=c2VjcmV0LWtleS1jYW5hcnk=";
    const struct input_field *field;
    for (gsize i = 0; (field = input_field_at(i)) != NULL; i++) {
        g_autoptr(Verdict) verdict = validate(field->name, secret, -1);
        for (guint f = 0; f < verdict->findings->len; f++) {
            const struct finding *finding = verdict->findings->pdata[f];
            assert_null(strstr(finding->message, "c2VjcmV0"));
        }
    }
}

static void very_long_input_is_refused_quickly(void **state)
{
    (void)state;
    g_autofree char *spaces = g_strnfill(1 << 20, ' ');
    const struct input_field *field;
    for (gsize i = 0; (field = input_field_at(i)) != NULL; i++) {
        g_autoptr(Verdict) verdict = validate(field->name, spaces, -1);
        assert_false(verdict->valid);
        assert_null(verdict->value);
    }
}

static void findings_are_listed_up_to_a_limit(void **state)
{
    (void)state;
    g_autoptr(GString) text = g_string_new(NULL);
    for (int i = 0; i < 100; i++)
        g_string_append(text, "a b\xE2\x80\x8B");
    g_autoptr(Verdict) verdict = validate("event-hub-name", text->str, -1);
    const struct finding *last = verdict->findings->pdata[verdict->findings->len - 1];
    assert_true(verdict->findings->len <= 24);
    assert_int_equal(last->problem, PROBLEM_TOO_MANY);
    assert_null(verdict->value);
}

int main(void)
{
    distinct = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_code_point_at_every_place),    cmocka_unit_test(values_written_by_hand),
        cmocka_unit_test(the_corpus_is_large_enough),         cmocka_unit_test(bytes_that_are_no_text_are_placed),
        cmocka_unit_test(a_password_is_text_and_kept_whole),  cmocka_unit_test(no_message_repeats_a_secret),
        cmocka_unit_test(very_long_input_is_refused_quickly), cmocka_unit_test(findings_are_listed_up_to_a_limit),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    g_hash_table_unref(distinct);
    return failed;
}
