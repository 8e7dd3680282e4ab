/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "support/support.h"
#include "ui/action.h"

static void each_action_is_complete(void **state)
{
    (void)state;
    for (int i = 0; i < ACTION_COUNT; i++) {
        const struct action *action = &actions[i];
        assert_true((action->run != NULL) != (action->move != NULL));
        assert_int_not_equal(action->places, 0);
        assert_true(strlen(action->help) > 2);
        assert_true(g_str_has_suffix(action->help, "."));
        assert_true(strlen(action->label) <= 12);
    }
}

static void each_key_is_a_key(void **state)
{
    (void)state;
    for (int i = 0; i < ACTION_COUNT; i++) {
        g_auto(GStrv) keys = g_strsplit(actions[i].keys, " ", -1);
        assert_non_null(keys[0]);
        for (char **key = keys; *key != NULL; key++)
            if (key_named(*key).kind == KEY_NONE)
                fail_msg("“%s” of %s is no key", *key, actions[i].name);
    }
}

static void no_key_means_two_things_in_one_place(void **state)
{
    (void)state;
    for (guint place = 1; place <= PLACE_ANY; place <<= 1)
        for (int i = 0; i < ACTION_COUNT; i++) {
            if ((actions[i].places & place) == 0)
                continue;
            g_auto(GStrv) keys = g_strsplit(actions[i].keys, " ", -1);
            for (char **key = keys; *key != NULL; key++) {
                struct key_event pressed = key_named(*key);
                enum action_id found = action_for(NULL, place, &pressed);
                if (found != (enum action_id)i)
                    fail_msg("“%s” means %s and %s in place %u", *key, actions[i].name, actions[found].name, place);
            }
        }
}

static void unbound_keys_do_nothing(void **state)
{
    (void)state;
    struct key_event key = key_named("F11");
    assert_int_equal(action_for(NULL, PLACE_STEP, &key), ACTION_COUNT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_action_is_complete),
        cmocka_unit_test(each_key_is_a_key),
        cmocka_unit_test(no_key_means_two_things_in_one_place),
        cmocka_unit_test(unbound_keys_do_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
