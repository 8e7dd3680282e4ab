/* SPDX-License-Identifier: MIT */
/*
 * What stands for a placeholder, wherever the profile may have one, and when a condition holds: as rows.
 */
#include "onboarding/fill.h"

#include <string.h>

#include "base/json.h"
#include "onboarding/condition.h"
#include "support/support.h"

#define ANSWERS                                                                                                        \
    "{'company':'Contoso','day':'','siem':{'region':'eu'},'days':30,'used':false,'people':['a@x.org','b@x.org'],"      \
    "'names':['Sales, old','Kiosks']}"

static GHashTable *known_values(void)
{
    GHashTable *values = g_hash_table_new(g_str_hash, g_str_equal);
    g_hash_table_insert(values, (gpointer) "group.id", (gpointer) "g1");
    g_hash_table_insert(values, (gpointer) "licence.entra", (gpointer) "p1");
    g_hash_table_insert(values, (gpointer) "empty.id", (gpointer) "");
    return values;
}

static void expect(const char *what, const char *found, const char *wanted)
{
    if (g_strcmp0(found, wanted) != 0)
        fail_msg("%s: “%s” instead of “%s”", what, found, wanted);
}

/* A text for people: everything as a person would type it. */
static void test_a_text(void **state)
{
    static const struct {
        const char *text;
        const char *filled;
        const char *left; /* the first that is left; NULL: none */
        const char *shown;
    } rows[] = {
        {NULL, "", NULL, ""},
        {"plain", "plain", NULL, "plain"},
        {"{answers.company}", "Contoso", NULL, "Contoso"},
        {"of {answers.company}.", "of Contoso.", NULL, "of Contoso."},
        {"{answers.siem.region}", "eu", NULL, "eu"},
        {"{answers.days} days", "30 days", NULL, "30 days"},
        {"{answers.used}", "no", NULL, "no"},
        {"{answers.people}", "a@x.org; b@x.org", NULL, "a@x.org; b@x.org"},
        {"{answers.names}", "Sales, old; Kiosks", NULL, "Sales, old; Kiosks"},
        {"{group.id}", "g1", NULL, "g1"},
        {"{empty.id}", "", NULL, ""},
        {"{answers.day}", "{answers.day}", "answers.day", "…"},
        {"{answers.day?}", "", NULL, ""},
        {"{answers.moon}", "{answers.moon}", "answers.moon", "…"},
        {"<{answers.moon?}>", "<>", NULL, "<>"},
        {"{group.id?}", "g1", NULL, "g1"},
        {"{item}", "{item}", "item", "…"},
        {"{group.id} {other.id} {more.id}", "g1 {other.id} {more.id}", "other.id", "g1 … …"},
        {"{Group.id}", "{Group.id}", NULL, "{Group.id}"},
        {"{}", "{}", NULL, "{}"},
        {"a { b", "a { b", NULL, "a { b"},
        {"{guest-1.id}", "{guest-1.id}", "guest-1.id", "…"},
    };
    (void)state;
    g_autoptr(json) answers = short_json(ANSWERS);
    g_autoptr(GHashTable) values = known_values();
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        const char *what = rows[i].text != NULL ? rows[i].text : "nothing";
        g_autofree char *filled = fill_text(rows[i].text, answers, values);
        g_autofree char *left = fill_first_left(filled);
        g_autofree char *shown = fill_ellipsis(filled);
        expect(what, filled, rows[i].filled);
        g_autoptr(json) among = json_from("{'a':'plain','b':[1,%s],'c':'{late.id}'}", filled);
        g_autofree char *left_among = fill_first_left_in(among);
        expect(what, left, rows[i].left);
        expect(what, left_among, rows[i].left != NULL ? rows[i].left : "late.id");
        expect(what, shown, rows[i].shown);
    }
    g_autofree char *without = fill_text("{group.id}", NULL, NULL);
    expect("nothing is known", without, "{group.id}");
}

/* What an object is made with: a text that is nothing but a placeholder becomes the answer itself. */
static void test_what_an_object_is_made_with(void **state)
{
    static const struct {
        const char *with;
        const char *filled;
    } rows[] = {
        {"{'a':'{answers.people}'}", "{'a':['a@x.org','b@x.org']}"},
        {"{'a':'x {answers.people}'}", "{'a':'x a@x.org; b@x.org'}"},
        {"{'a':'{answers.days}'}", "{'a':30}"},
        {"{'a':'{answers.used}'}", "{'a':false}"},
        {"{'a':'{answers.day}'}", "{'a':'{answers.day}'}"},
        {"{'a':'{answers.day?}'}", "{'a':null}"},
        {"{'a':'{group.id?}'}", "{'a':'g1'}"},
        {"{'a':'{other.id?}'}", "{'a':null}"},
        {"{'a':'x{other.id?}'}", "{'a':'x'}"},
        {"{'a':'{group.id}{group.id}'}", "{'a':'g1g1'}"},
        {"{'a':'{item}','b':[{'c':'{item}'}]}", "{'a':'one','b':[{'c':'one'}]}"},
        {"{'a':7,'b':true,'c':null,'d':{},'e':[]}", "{'a':7,'b':true,'c':null,'d':{},'e':[]}"},
        {"{'a':'{}','b':''}", "{'a':'{}','b':''}"},
    };
    (void)state;
    g_autoptr(json) answers = short_json(ANSWERS);
    g_autoptr(GHashTable) values = known_values();
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autoptr(json) with = short_json(rows[i].with);
        g_autoptr(json) filled = fill_with(with, answers, values, "one");
        g_autofree char *text = json_text(filled);
        expect(rows[i].with, g_strdelimit(text, "\"", '\''), rows[i].filled);
    }
    g_autoptr(json) nothing = fill_with(NULL, answers, values, NULL);
    g_autofree char *text = json_text(nothing);
    expect("nothing", text, "{}");
}

static void test_a_title_names_what_its_object_is_made_with(void **state)
{
    (void)state;
    g_autoptr(json) with = short_json("{'displayName':'G','number':3}");
    g_autofree char *title = fill_from_members("group “{displayName}” of {item}, {number}, {moon}", with, "one");
    expect("a title", title, "group “G” of one, {number}, {moon}");
    g_autofree char *without = fill_from_members("{item}", with, NULL);
    expect("no item", without, "{item}");
}

static void test_each_key_is_named_once(void **state)
{
    (void)state;
    g_autoptr(GPtrArray) keys = g_ptr_array_new_with_free_func(g_free);
    fill_references("{group.id} {catalog.id?} {group.name} {item} text", keys);
    fill_references("{catalog.name} {today}", keys);
    g_ptr_array_add(keys, NULL);
    g_autofree char *joined = g_strjoinv(" ", (char **)keys->pdata);
    expect("the keys", joined, "group catalog item today");
}

static void test_when_a_condition_holds(void **state)
{
    static const struct {
        const char *value;
        const char *is[3];
        gboolean holds;
    } rows[] = {
        {"licence.entra", {"full", "p1"}, TRUE},
        {"licence.entra", {"full"}, FALSE},
        {"licence.entra", {NULL}, TRUE},
        {"empty.id", {NULL}, FALSE},
        {"moon.id", {"full"}, TRUE},
        {"moon.id", {NULL}, TRUE},
        {"answers.siem.region", {"eu"}, TRUE},
        {"answers.siem.region", {"us"}, FALSE},
        {"answers.siem.region", {NULL}, TRUE},
        {"answers.day", {NULL}, FALSE},
        {"answers.moon", {NULL}, FALSE},
        {"answers.moon", {"x"}, FALSE},
        {"answers.moon", {""}, TRUE},
        {"answers.used", {"false"}, TRUE},
        {"answers.used", {"true"}, FALSE},
        {"answers.used", {NULL}, TRUE},
        {"answers.siem", {NULL}, FALSE},
    };
    (void)state;
    g_autoptr(json) answers = short_json(ANSWERS);
    g_autoptr(GHashTable) values = known_values();
    assert_true(condition_holds(NULL, answers, values));
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        const struct condition condition = {.value = rows[i].value, .is = rows[i].is};
        if (condition_holds(&condition, answers, values) != rows[i].holds)
            fail_msg("%s (%s)", rows[i].value, rows[i].is[0]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_text),
        cmocka_unit_test(test_what_an_object_is_made_with),
        cmocka_unit_test(test_a_title_names_what_its_object_is_made_with),
        cmocka_unit_test(test_each_key_is_named_once),
        cmocka_unit_test(test_when_a_condition_holds),
    };
    json_init();
    return cmocka_run_group_tests_name("onboarding_fill", tests, NULL, NULL);
}
