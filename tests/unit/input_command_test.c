/* SPDX-License-Identifier: MIT */
/* perch validate as a script sees it: standard input, standard output, exit code. */
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/json.h"
#include "commands/commands.h"
#include "commands/headless.h"
#include "support/support.h"

#define RESOURCE_ID                                                                                                    \
    "/subscriptions/0a1b2c3d-4e5f-6789-abcd-ef0123456789/resourceGroups/mdr-prod/providers/Microsoft.EventHub/"        \
    "namespaces/mdr-eh-ns01"

/* What one call printed, and its exit code. */
struct call {
    int status;
    char *output;
};

static int open_with(const char *file, const char *text, gsize length)
{
    assert_true(g_file_set_contents(file, text, (gssize)length, NULL));
    int descriptor = open(file, O_RDWR);
    assert_true(descriptor >= 0);
    return descriptor;
}

/* Let DESCRIPTOR stand for STANDARD; returns what stood there before. */
static int replace(int standard, int descriptor)
{
    int saved = dup(standard);
    dup2(descriptor, standard);
    close(descriptor);
    return saved;
}

static struct call call(const char *field, gboolean as_json, const char *input, gsize length)
{
    g_autofree char *folder = scratch_new();
    g_autofree char *in = g_build_filename(folder, "in", NULL);
    g_autofree char *out = g_build_filename(folder, "out", NULL);
    fflush(stdout);
    int stdin_saved = replace(STDIN_FILENO, open_with(in, input, length));
    int stdout_saved = replace(STDOUT_FILENO, open_with(out, "", 0));
    char *arguments[] = {(char[]){"validate"}, g_strdup(field), NULL};
    const struct options options = {.json = as_json, .arguments = arguments};
    g_autoptr(GError) error = NULL;
    struct call result = {.status = command_validate(&options, &error)};
    if (error != NULL)
        report_error(error, as_json);
    fflush(stdout);
    close(replace(STDIN_FILENO, stdin_saved));
    close(replace(STDOUT_FILENO, stdout_saved));
    result.output = read_text(out);
    g_free(arguments[1]);
    scratch_remove(folder);
    return result;
}

/* The JSON document that FIELD gets for INPUT. Caller frees. */
static json *answer(const char *field, const char *input, int status)
{
    struct call result = call(field, TRUE, input, strlen(input));
    assert_int_equal(result.status, status);
    g_autoptr(GError) error = NULL;
    json *document = json_parse(result.output, -1, &error);
    if (document == NULL)
        fail_msg("%s: %s", error->message, result.output);
    g_free(result.output);
    return document;
}

static void assert_answer(const char *field, const char *input, int status, const char *wanted)
{
    g_autoptr(json) document = answer(field, input, status);
    g_autofree char *text = json_text(document);
    assert_string_equal(text, wanted);
}

static void a_valid_value_is_answered_with_itself(void **state)
{
    (void)state;
    assert_answer("event-hub-name", "telemetry", 0,
                  "{\"field\":\"event-hub-name\",\"valid\":true,\"value\":\"telemetry\",\"findings\":[]}");
}

static void one_line_end_is_not_part_of_the_value(void **state)
{
    (void)state;
    g_autoptr(json) unix_line = answer("event-hub-name", "telemetry\n", 0);
    assert_string_equal(json_get_string(unix_line, "value"), "telemetry");
    g_autoptr(json) windows_line = answer("event-hub-name", "telemetry\r\n", 0);
    assert_string_equal(json_get_string(windows_line, "value"), "telemetry");
    g_autoptr(json) two = answer("event-hub-name", "telemetry\n\n", 2);
    assert_int_equal(json_get_int(json_at(json_get(two, "findings"), 0), "offset", -1), 9);
    g_autoptr(json) bare = answer("event-hub-name", "telemetry\r", 2);
    assert_int_equal(json_get_int(json_at(json_get(bare, "findings"), 0), "offset", -1), 9);
}

static void a_finding_names_place_and_fix(void **state)
{
    (void)state;
    assert_answer("event-hub-name", "tele\xC2\xA0metry\n", 2,
                  "{\"field\":\"event-hub-name\",\"valid\":false,\"value\":\"telemetry\",\"findings\":[{\"offset\":4,"
                  "\"length\":1,\"codePoint\":\"U+00A0\",\"problem\":\"inner-space\",\"message\":\"There is a no-break "
                  "space at column 5.\",\"fix\":\"telemetry\",\"severity\":\"error\"}]}");
}

static void a_remark_leaves_the_value_valid(void **state)
{
    (void)state;
    g_autofree char *typed = g_ascii_strdown(RESOURCE_ID, -1);
    g_autoptr(json) document = answer("event-hub-id", typed, 0);
    assert_true(json_get_bool(document, "valid", FALSE));
    assert_string_equal(json_get_string(document, "value"), RESOURCE_ID);
    assert_true(json_length(json_get(document, "findings")) > 0);
}

static void what_cannot_be_mended_has_no_value(void **state)
{
    (void)state;
    g_autoptr(json) document = answer("guid", "0a1b2c3d", 2);
    assert_true(json_is_null(json_get(document, "value")));
    assert_true(json_is_null(json_get(json_at(json_get(document, "findings"), 0), "fix")));
    g_autoptr(json) nothing = answer("domain", "", 2);
    assert_true(json_is_null(json_get(nothing, "value")));
}

static void both_values_come_out_of_an_e_mail(void **state)
{
    (void)state;
    g_autoptr(json) document = answer("paste", "Resource ID: " RESOURCE_ID "\nEvent Hub name: telemetry\n", 0);
    assert_string_equal(json_get_string(json_get(document, "values"), "event-hub-id"), RESOURCE_ID);
    assert_string_equal(json_get_string(json_get(document, "values"), "event-hub-name"), "telemetry");
    assert_true(json_is_array(json_get(document, "findings")));
    g_autoptr(json) half = answer("paste", "Event Hub name: telemetry\n", 2);
    assert_int_equal(json_length(json_get(half, "findings")), 1);
}

static void two_readings_are_candidates_and_need_a_person(void **state)
{
    (void)state;
    g_autoptr(json) document =
        answer("paste", "Resource ID: " RESOURCE_ID "\nEvent Hub name: stream-a1\nEvent Hub name: stream-b2\n", 5);
    assert_null(json_get(json_get(document, "values"), "event-hub-name"));
    const json *candidates = json_get(document, "candidates");
    assert_int_equal(json_length(candidates), 2);
    const json *second = json_at(candidates, 1);
    assert_string_equal(json_get_string(second, "field"), "event-hub-name");
    assert_string_equal(json_get_string(second, "value"), "stream-b2");
    assert_int_equal(json_get_int(second, "line", 0), 3);
    assert_int_equal(json_get_int(second, "column", 0), 17);
    assert_true(json_length(json_get(second, "reasons")) > 0);
}

static void a_secret_is_not_printed(void **state)
{
    (void)state;
    static const char secret[] = "Endpoint=sb://mdr-eh-ns01.servicebus.windows.net/;SharedAccessKeyName=send;"
                                 "SharedAccessKey=c2VjcmV0LWtleS1jYW5hcnk=;EntityPath=telemetry";
    static const char *const fields[] = {"event-hub-id", "event-hub-name", "paste"};
    for (gsize i = 0; i < 2 * G_N_ELEMENTS(fields); i++) {
        struct call result = call(fields[i / 2], i % 2 == 0, secret, strlen(secret));
        assert_int_equal(result.status, 2);
        assert_null(strstr(result.output, "c2VjcmV0"));
        g_free(result.output);
    }
}

static void an_unknown_field_is_wrong_usage(void **state)
{
    (void)state;
    g_autoptr(json) unknown = answer("telephone", "1", 2);
    assert_string_equal(json_get_string(json_get(unknown, "error"), "code"), "usage");
    g_autoptr(json) secret = answer("password", "1", 2);
    assert_string_equal(json_get_string(json_get(secret, "error"), "code"), "usage");
}

static void people_get_sentences(void **state)
{
    (void)state;
    struct call result = call("event-hub-name", FALSE, "tele metry", strlen("tele metry"));
    assert_int_equal(result.status, 2);
    assert_string_equal(result.output, "not valid\n  There is a space at column 5.\n    Remove it: telemetry\n");
    g_free(result.output);
}

static void nothing_raw_reaches_the_terminal(void **state)
{
    (void)state;
    static const char hostile[] = "\033]0;x\007 \xC2\x9B\xE2\x80\xAE a\0b";
    const char *const fields[] = {"company", "event-hub-id", "paste"};
    for (gsize i = 0; i < G_N_ELEMENTS(fields); i++) {
        struct call result = call(fields[i], FALSE, hostile, sizeof hostile - 1);
        for (const char *at = result.output; *at != '\0'; at++)
            assert_true(*at == '\n' || (guchar)*at >= 0x20);
        assert_null(strstr(result.output, "\xC2\x9B"));
        assert_null(strstr(result.output, "\xE2\x80\xAE"));
        g_free(result.output);
    }
}

int main(void)
{
    json_init();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_valid_value_is_answered_with_itself),
        cmocka_unit_test(one_line_end_is_not_part_of_the_value),
        cmocka_unit_test(a_finding_names_place_and_fix),
        cmocka_unit_test(a_remark_leaves_the_value_valid),
        cmocka_unit_test(what_cannot_be_mended_has_no_value),
        cmocka_unit_test(both_values_come_out_of_an_e_mail),
        cmocka_unit_test(two_readings_are_candidates_and_need_a_person),
        cmocka_unit_test(a_secret_is_not_printed),
        cmocka_unit_test(an_unknown_field_is_wrong_usage),
        cmocka_unit_test(people_get_sentences),
        cmocka_unit_test(nothing_raw_reaches_the_terminal),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
