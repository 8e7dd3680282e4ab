/* SPDX-License-Identifier: MIT */
/*
 * The settings file: what it sets, and that a wrong entry is named and left out.
 */
#include "ui/settings.h"

#include <string.h>

#include "support/support.h"

static struct settings *load(const char *text)
{
    g_autofree char *folder = scratch_new();
    g_autofree char *file = g_build_filename(folder, "config", NULL);
    assert_true(g_file_set_contents(file, text, -1, NULL));
    struct settings *settings = settings_load(file);
    scratch_remove(folder);
    return settings;
}

static void what_is_set_is_taken(void **state)
{
    (void)state;
    g_autoptr(Settings) settings = load("[console]\nascii=true\ncolours=false\nmouse=false\nbell=false\n"
                                        "[session]\nclient-id=11111111-2222-3333-4444-555555555555\npartner=/p.json\n"
                                        "[keys]\nreport=R\nzoom=F5 Z\n");
    assert_int_equal(settings->remarks->len, 0);
    assert_true(settings->ascii && settings->no_color && settings->no_mouse && settings->no_bell);
    assert_string_equal(settings->client_id, "11111111-2222-3333-4444-555555555555");
    assert_string_equal(settings->partner, "/p.json");
    struct key_event key = key_named("F5");
    assert_int_equal(action_for(settings->keys, PLACE_STEP, &key), ACTION_zoom);
    key = key_named("z");
    assert_int_equal(action_for(settings->keys, PLACE_STEP, &key), ACTION_COUNT);
    key = key_named("R");
    assert_int_equal(action_for(settings->keys, PLACE_STEP, &key), ACTION_report);
    assert_string_equal(action_first_key(settings->keys, ACTION_report), "R");
}

static void what_is_switched_on_stays_on(void **state)
{
    (void)state;
    g_autoptr(Settings) settings = load("[console]\nascii=false\ncolors=true\nmouse=true\nbell=true\n");
    assert_int_equal(settings->remarks->len, 0);
    assert_false(settings->ascii || settings->no_color || settings->no_mouse || settings->no_bell);
}

static void a_wrong_entry_is_named_and_left_out(void **state)
{
    static const struct {
        const char *text, *remark;
    } rows[] = {
        {"[console]\nascii=perhaps\n", "[console] ascii: true or false"},
        {"[console]\nblink=true\n", "[console] blink: there is no such setting"},
        {"[session]\nclient-id=me\n", "[session] client-id: that is no GUID"},
        {"[session]\ntenant=contoso.com\n", "[session] tenant: there is no such setting"},
        {"[keys]\nfly=F5\n", "[keys] fly: there is no such action"},
        {"[keys]\nzoom=Ctrl-Alt-Del Banana\n", "is no key that could be set"},
        {"[keys]\nzoom=7\n", "is no key that could be set"},
        {"[keys]\nzoom=a\n", "stands for something else there"},
        {"[colour]\nred=blue\n", "[colour]: there is no such group"},
        {"ascii=true\n", "were not taken"},
    };
    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autoptr(Settings) settings = load(rows[i].text);
        assert_true(settings->remarks->len > 0);
        const char *remark = g_ptr_array_index(settings->remarks, 0);
        if (strstr(remark, rows[i].remark) == NULL)
            fail_msg("%s", remark);
        assert_false(settings->ascii);
        assert_null(settings->client_id);
        assert_null(settings->keys[ACTION_zoom]);
    }
}

static void no_file_sets_nothing(void **state)
{
    (void)state;
    g_autoptr(Settings) settings = settings_load("/nonexistent/perch/config");
    assert_int_equal(settings->remarks->len, 0);
    assert_null(settings->partner);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_set_is_taken),
        cmocka_unit_test(what_is_switched_on_stays_on),
        cmocka_unit_test(a_wrong_entry_is_named_and_left_out),
        cmocka_unit_test(no_file_sets_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
