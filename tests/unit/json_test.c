/* SPDX-License-Identifier: MIT */
#include "base/json.h"

#include "base/error.h"
#include "support/support.h"

static void refused(const char *text, const char *problem)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(json) value = json_parse(text, -1, &error);
    assert_null(value);
    assert_true(g_error_matches(error, PERCH_ERROR, PERCH_ERROR_PROTOCOL));
    if (strstr(error->message, problem) == NULL)
        fail_msg("for %s: %s", text, error->message);
}

/* An object of COUNT members, the name of the last of which is that of the member AGAIN. Caller frees. */
static char *with_a_name_again(int count, int again)
{
    GString *text = g_string_new("{");
    for (int i = 0; i < count; i++)
        g_string_append_printf(text, "\"name%d\":{\"name1\":0},", i < count - 1 ? i : again);
    text->str[text->len - 1] = '}';
    return g_string_free(text, FALSE);
}

static void test_no_name_stands_twice_however_many_there_are(void **state)
{
    (void)state;
    for (int count = 2; count < 60; count++) {
        g_autofree char *good = with_a_name_again(count, count - 1);
        g_autoptr(json) value = json_parse(good, -1, NULL);
        assert_non_null(value);
        for (int again = 0; again < count - 1; again++) {
            g_autofree char *bad = with_a_name_again(count, again);
            refused(bad, "stands twice");
        }
    }
}

static void test_what_is_no_strict_json_is_refused_with_its_place(void **state)
{
    (void)state;
    refused("{\"a\":1} x", "text after the end at line 1, column 9");
    refused("\"x\\u0000y\"", "NUL character");
    refused("{\"a\":1,\"a\":2}", "stands twice");
    refused("{\"b\":{\"a\":1,\n\"a\":2}}", "line 2");
    refused("01", "starts with 0");
    refused("[1e999]", "too large");
    refused("-1e400", "too large");
    refused("1.", "a number that is not one");
    /* The place is the fault's, and not where reading could have gone on to. */
    refused("[1., 2]", "a number that is not one at line 1, column 4");
    refused("[-, 2]", "a number that is not one at line 1, column 3");
    refused("[01, 2]", "starts with 0 at line 1, column 3");
    refused("[1e, 2]", "a number that is not one at line 1, column 4");
    refused("0x10", "text after the end");
    refused("\"a\nb\"", "raw control character");
    refused("\xEF\xBB\xBF{}", "a byte order mark (save it as UTF-8 without one)");
    refused("\"\xC3\"", "not UTF-8");
    refused("\"\\ud800\"", "surrogate");
    refused("[1,]", "no value");
    refused("", "nothing where a value should be at line 1, column 1");
    refused("[1,", "nothing where a value should be at line 1, column 4");
    refused("nul", "no value");
}

static void test_depth_is_limited(void **state)
{
    (void)state;
    g_autofree char *deep = g_strnfill(64, '[');
    g_autofree char *closing = g_strnfill(64, ']');
    g_autofree char *fits = g_strconcat(deep, closing, NULL);
    g_autofree char *too_deep = g_strconcat("[", fits, "]", NULL);
    g_autoptr(json) value = json_parse(fits, -1, NULL);
    assert_non_null(value);
    refused(too_deep, "64 levels");
}

/* What stands behind the length is nobody's. */
static void test_a_text_ends_where_it_is_said_to(void **state)
{
    (void)state;
    g_autoptr(json) list = json_parse("[1] \n]", 3, NULL);
    assert_int_equal(json_length(list), 1);
    g_autoptr(json) spaced = json_parse("[1] \n]", 5, NULL);
    assert_int_equal(json_length(spaced), 1);
    assert_null(json_parse("[1]", 2, NULL));
    assert_null(json_parse("12", 0, NULL));
}

static void test_a_value_is_written_as_its_text(void **state)
{
    (void)state;
    g_autoptr(json) list = json_parse("[1,true,null]", -1, NULL);
    g_autoptr(json) value =
        json_from("{'name':%s,'yes':%b,'n':%d,'list':%j,'none':%s}", "O'Neil \"x\"\n", TRUE, (gint64)42, list, NULL);
    g_autofree char *text = json_text(value);
    assert_string_equal(
        text, "{\"name\":\"O'Neil \\\"x\\\"\\n\",\"yes\":true,\"n\":42,\"list\":[1,true,null],\"none\":null}");
}

/* What a terminal or a reader could stumble over is escaped when it is printed, and means the same. */
static void test_what_is_dangerous_is_escaped(void **state)
{
    static const struct {
        const char *text;
        const char *printed;
    } rows[] = {
        {"plain", "\"plain\""},
        {"caf\xC3\xA9 \xF0\x9F\x98\x80", "\"caf\xC3\xA9 \xF0\x9F\x98\x80\""},
        {"a\x7F"
         "b",
         "\"a\\u007fb\""},
        {"\xE2\x80\xAE", "\"\\u202e\""},
        {"a\xE2\x80\xAE"
         "b\xC3\xA9\xE2\x80\xAE"
         "c",
         "\"a\\u202eb\xC3\xA9\\u202ec\""},
        {"x\xF3\xA0\x80\x81y", "\"x\\udb40\\udc01y\""},
    };
    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autoptr(json) value = json_new_string(rows[i].text);
        g_autofree char *printed = json_text(value);
        assert_string_equal(printed, rows[i].printed);
        g_autoptr(json) again = json_parse(printed, -1, NULL);
        assert_true(json_equal(value, again));
    }
}

static void test_numbers_out_of_range_are_not_taken(void **state)
{
    (void)state;
    g_autoptr(json) value = json_parse("{\"big\":9007199254740993,\"huge\":1e300,\"ok\":7}", -1, NULL);
    assert_int_equal(json_get_int(value, "big", -1), -1);
    assert_int_equal(json_get_int(value, "huge", -1), -1);
    assert_int_equal(json_get_int(value, "ok", -1), 7);
    assert_int_equal(json_get_int(value, "absent", -1), -1);
}

static void test_names_compare_with_case_and_can_be_replaced(void **state)
{
    (void)state;
    g_autoptr(json) value = json_parse("{\"A\":\"1\",\"a\":\"2\"}", -1, NULL);
    assert_string_equal(json_get_string(value, "a"), "2");
    json_set_string(value, "a", "3");
    assert_string_equal(json_get_string(value, "a"), "3");
    assert_string_equal(json_get_string(value, "A"), "1");
    assert_int_equal(json_length(value), 2);
    g_autoptr(json) other = json_parse("{\"a\":\"3\",\"A\":\"1\"}", -1, NULL);
    assert_true(json_equal(value, other));
}

static int set_up(void **state)
{
    (void)state;
    json_init();
    return 0;
}

static void test_a_path_leads_through_objects(void **state)
{
    (void)state;
    g_autoptr(json) value = json_parse("{\"a\":{\"b\":{\"c\":\"x\"}},\"a.b\":1}", -1, NULL);
    assert_string_equal(json_string(json_get_path(value, "a.b.c")), "x");
    assert_true(json_is_object(json_get_path(value, "a.b")));
    assert_null(json_get_path(value, "a.c"));
    assert_null(json_get_path(value, "a.b.c.d"));
    assert_null(json_get_path(NULL, "a"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_no_name_stands_twice_however_many_there_are),
        cmocka_unit_test(test_what_is_no_strict_json_is_refused_with_its_place),
        cmocka_unit_test(test_depth_is_limited),
        cmocka_unit_test(test_a_value_is_written_as_its_text),
        cmocka_unit_test(test_what_is_dangerous_is_escaped),
        cmocka_unit_test(test_a_text_ends_where_it_is_said_to),
        cmocka_unit_test(test_numbers_out_of_range_are_not_taken),
        cmocka_unit_test(test_names_compare_with_case_and_can_be_replaced),
        cmocka_unit_test(test_a_path_leads_through_objects),
    };
    return cmocka_run_group_tests_name("json", tests, set_up, NULL);
}
