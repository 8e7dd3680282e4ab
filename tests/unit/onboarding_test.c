/* SPDX-License-Identifier: MIT */
/*
 * The onboarding as a whole: what its objects need, whatever is known when they are made.
 */
#include "onboarding/onboarding.h"

#include "base/json.h"
#include "support/support.h"

#define PROFILE                                                                                                        \
    "{\"format\":1,\"id\":\"p\",\"name\":\"P\",\"dated\":\"2026-11-24\",\"clouds\":[\"global\"],\"steps\":[{\"id\":"   \
    "\"one\",\"title\":\"One\",\"explanation\":\"x\",\"objects\":[{\"key\":\"group\",\"kind\":\"group\",\"title\":"    \
    "\"group\",\"with\":{\"displayName\":\"G\"}},{\"key\":\"owners\",\"kind\":\"group-owners\",\"title\":\"owners\","  \
    "\"with\":{\"group\":\"{group.id}\"}}]}]}"

static gboolean needs(const struct onboarding *onboarding, const char *key, const char *needed)
{
    const struct object *object = onboarding_object(onboarding, key);
    return g_ptr_array_find_with_equal_func(object->needs, needed, g_str_equal, NULL);
}

/* The order of writes, and the patience with what is new, follow from the needs. */
static void test_an_object_needs_the_same_after_an_answer_changed(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    struct profile *profile = profile_parse(PROFILE, -1, "profile.json", &error);
    if (profile == NULL)
        fail_msg("%s", error->message);
    struct onboarding *onboarding = onboarding_new(profile, json_new_object());
    assert_true(needs(onboarding, "owners", "group"));
    onboarding_set_value(onboarding, "group.id", "g1");
    onboarding_rebuild(onboarding);
    assert_true(needs(onboarding, "owners", "group"));
    assert_string_equal(object_text(onboarding_object(onboarding, "owners"), "group"), "g1");
    onboarding_free(onboarding);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_an_object_needs_the_same_after_an_answer_changed),
    };
    json_init();
    return cmocka_run_group_tests_name("onboarding", tests, NULL, NULL);
}
