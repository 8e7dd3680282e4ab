/* SPDX-License-Identifier: MIT */
/*
 * The one check of a JSON document against a table: each kind of fault in its words and with its path, and reading into
 * a struct.
 */
#include "base/json_schema.h"

#include <string.h>

#include "base/error.h"
#include "base/json.h"
#include "support/support.h"

static const char *const colours[] = {"red", "green", NULL};
static const struct json_schema a_text = {.is = JSON_TEXT};

struct wheel {
    gint64 inches;
};

struct bicycle {
    const char *name;
    int colour;
    gint64 gears;
    gboolean light;
    const char *const *owners;
    GPtrArray *wheels;
    const struct wheel *spare;
    GPtrArray *notes;
    const json *rest;
};

static char *too_big(const json *value, gconstpointer data, gconstpointer context)
{
    gint64 limit = *(const gint64 *)data;
    g_autofree char *text = json_text(value);
    return g_ascii_strtoll(text, NULL, 10) <= limit ? NULL : g_strdup_printf("too big for %s.", (const char *)context);
}

static const gint64 largest = 30;

static const struct json_schema wheel_members[] = {
    {.name = "inches",
     .is = JSON_WHOLE | JSON_REQUIRED,
     .problem = too_big,
     .data = &largest,
     .place = JSON_AT(struct wheel, inches)},
    {.name = NULL},
};
static const struct json_schema wheel = {.is = JSON_OBJECT, .inner = wheel_members, .size = sizeof(struct wheel)};

static const struct json_schema members[] = {
    {.name = "name", .is = JSON_TEXT | JSON_FILLED | JSON_REQUIRED, .place = JSON_AT(struct bicycle, name)},
    {.name = "colour", .is = JSON_WORD, .words = colours, .place = JSON_AT(struct bicycle, colour)},
    {.name = "gears", .is = JSON_WHOLE, .least = 1, .most = 30, .place = JSON_AT(struct bicycle, gears)},
    {.name = "light", .is = JSON_YES_NO, .place = JSON_AT(struct bicycle, light)},
    {.name = "owners", .is = JSON_LIST | JSON_FILLED, .inner = &a_text, .place = JSON_AT(struct bicycle, owners)},
    {.name = "wheels",
     .is = JSON_LIST,
     .inner = &wheel,
     .least = 1,
     .most = 2,
     .place = JSON_AT(struct bicycle, wheels)},
    {.name = "spare",
     .is = JSON_OBJECT,
     .inner = wheel_members,
     .size = sizeof(struct wheel),
     .place = JSON_AT(struct bicycle, spare)},
    {.name = "notes", .is = JSON_MAP, .inner = &a_text, .place = JSON_AT(struct bicycle, notes)},
    {.name = "weight", .is = JSON_NUMBER | JSON_NULL},
    {.name = "rest", .is = JSON_OBJECT, .place = JSON_AT(struct bicycle, rest)},
    {.name = NULL},
};
static const struct json_schema bicycle = {.is = JSON_OBJECT, .inner = members};

static void test_each_fault_has_its_words_and_its_path(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        const char *message; /* NULL: it passes */
    } rows[] = {
        {"{\"name\":\"n\"}", NULL},
        {"[]", "$: an object in braces is wanted here."},
        {"{}", "$.name: this is missing."},
        {"{\"name\":\"\"}", "$.name: this is empty."},
        {"{\"name\":7}", "$.name: a text in quotes is wanted here."},
        {"{\"name\":null}", "$.name: a text in quotes is wanted here."},
        {"{\"name\":\"n\",\"bell\":1}", "$.bell: this name is not known."},
        {"{\"name\":\"n\",\"colur\":\"red\"}", "$.colur: this name is not known. Did you mean “colour”?"},
        {"{\"name\":\"n\",\"colour\":\"\"}", NULL},
        {"{\"name\":\"n\",\"colour\":\"green\"}", NULL},
        {"{\"name\":\"n\",\"colour\":\"pink\"}", "$.colour: only one of these is known: red, green."},
        {"{\"name\":\"n\",\"colour\":1}", "$.colour: a text in quotes is wanted here."},
        {"{\"name\":\"n\",\"gears\":1}", NULL},
        {"{\"name\":\"n\",\"gears\":30}", NULL},
        {"{\"name\":\"n\",\"gears\":0}", "$.gears: a whole number from 1 to 30 is wanted here."},
        {"{\"name\":\"n\",\"gears\":31}", "$.gears: a whole number from 1 to 30 is wanted here."},
        {"{\"name\":\"n\",\"gears\":2.5}", "$.gears: a whole number is wanted here."},
        {"{\"name\":\"n\",\"gears\":1e300}", "$.gears: a whole number is wanted here."},
        {"{\"name\":\"n\",\"light\":\"yes\"}", "$.light: true or false is wanted here."},
        {"{\"name\":\"n\",\"owners\":\"ann\"}", "$.owners: a list in square brackets is wanted here."},
        {"{\"name\":\"n\",\"owners\":[]}", "$.owners: at least one entry is wanted here."},
        {"{\"name\":\"n\",\"owners\":[\"a\",1]}", "$.owners[1]: a text in quotes is wanted here."},
        {"{\"name\":\"n\",\"wheels\":[]}", "$.wheels: from 1 to 2 entries are wanted here."},
        {"{\"name\":\"n\",\"wheels\":[{\"inches\":1},{\"inches\":2}]}", NULL},
        {"{\"name\":\"n\",\"wheels\":[{\"inches\":1},{\"inches\":2},{\"inches\":3}]}",
         "$.wheels: from 1 to 2 entries are wanted here."},
        {"{\"name\":\"n\",\"wheels\":[{\"inches\":1},{}]}", "$.wheels[1].inches: this is missing."},
        {"{\"name\":\"n\",\"wheels\":[{\"inches\":31}]}", "$.wheels[0].inches: too big for a shed."},
        {"{\"name\":\"n\",\"spare\":{\"inches\":30,\"hub\":1}}", "$.spare.hub: this name is not known."},
        {"{\"name\":\"n\",\"notes\":{\"any name\":\"x\"}}", NULL},
        {"{\"name\":\"n\",\"notes\":{\"a\":1}}", "$.notes.a: a text in quotes is wanted here."},
        {"{\"name\":\"n\",\"notes\":[]}", "$.notes: an object in braces is wanted here."},
        {"{\"name\":\"n\",\"weight\":1.5}", NULL},
        {"{\"name\":\"n\",\"weight\":null}", NULL},
        {"{\"name\":\"n\",\"weight\":\"x\"}", "$.weight: a number is wanted here."},
        {"{\"name\":\"n\",\"rest\":{\"a\":[1,{}]}}", NULL},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autoptr(GError) error = NULL;
        g_autoptr(json) value = json_parse(rows[i].text, -1, NULL);
        assert_non_null(value);
        gboolean ok = json_schema_check(&bicycle, value, "$", "a shed", &error);
        const char *message = error != NULL ? error->message : NULL;
        if (g_strcmp0(message, rows[i].message) != 0 || ok != (rows[i].message == NULL))
            fail_msg("%s: “%s” instead of “%s”", rows[i].text, message, rows[i].message);
        assert_true(ok || g_error_matches(error, PERCH_ERROR, PERCH_ERROR_INPUT));
    }
}

static void test_what_was_checked_is_read(void **state)
{
    (void)state;
    g_autoptr(JsonArena) arena = json_arena_new();
    struct bicycle made = {0};
    g_autoptr(json) value = json_parse("{\"name\":\"n\",\"colour\":\"green\",\"gears\":21,\"light\":true,"
                                       "\"owners\":[\"ann\",\"bob\"],\"wheels\":[{\"inches\":26},{\"inches\":28}],"
                                       "\"spare\":{\"inches\":24},\"notes\":{\"a\":\"b\"},\"rest\":{\"x\":1}}",
                                       -1, NULL);
    json_schema_read(&bicycle, value, &made, arena);
    assert_string_equal(made.name, "n");
    assert_int_equal(made.colour, 1);
    assert_int_equal(made.gears, 21);
    assert_true(made.light);
    assert_string_equal(made.owners[0], "ann");
    assert_string_equal(made.owners[1], "bob");
    assert_null(made.owners[2]);
    assert_int_equal(made.wheels->len, 2);
    assert_int_equal(((const struct wheel *)g_ptr_array_index(made.wheels, 1))->inches, 28);
    assert_int_equal(made.spare->inches, 24);
    const struct json_pair *note = g_ptr_array_index(made.notes, 0);
    assert_string_equal(note->name, "a");
    assert_string_equal(note->text, "b");
    assert_int_equal(json_get_int(made.rest, "x", 0), 1);
}

static void test_what_is_missing_reads_as_nothing(void **state)
{
    (void)state;
    g_autoptr(JsonArena) arena = json_arena_new();
    struct bicycle made = {0};
    g_autoptr(json) value = json_parse("{\"name\":\"n\"}", -1, NULL);
    json_schema_read(&bicycle, value, &made, arena);
    assert_int_equal(made.colour, 0);
    assert_int_equal(made.gears, 0);
    assert_false(made.light);
    assert_null(made.owners[0]);
    assert_int_equal(made.wheels->len, 0);
    assert_null(made.spare);
    assert_int_equal(made.notes->len, 0);
    assert_null(made.rest);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_each_fault_has_its_words_and_its_path),
        cmocka_unit_test(test_what_was_checked_is_read),
        cmocka_unit_test(test_what_is_missing_reads_as_nothing),
    };
    json_init();
    return cmocka_run_group_tests_name("json_schema", tests, NULL, NULL);
}
