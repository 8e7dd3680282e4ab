/* SPDX-License-Identifier: MIT */
/*
 * Who else gets in: what the kinds that watch a door make of what Microsoft lists, odd lists included, and what a
 * policy of Conditional Access means for a guest.
 */
#include <string.h>

#include "base/text.h"
#include "onboarding/conditional_access.h"
#include "onboarding/door.h"
#include "onboarding/kinds.h"
#include "support/object_scene.h"
#include "support/support.h"

/* KIND made with WITH takes BODIES for STATE, says SENTENCE first and lists DIFFERENCES. */
static void expect(const char *kind, const char *with, const char *const *bodies, enum object_state state,
                   guint differences, const char *sentence)
{
    struct scene scene;
    scene_begin(&scene, kind, with);
    struct observation *observation = scene_observe(&scene, bodies);
    if (!g_str_has_prefix(observation->sentence, sentence))
        fail_msg("%s says “%s”", kind, observation->sentence);
    assert_int_equal(observation->state, state);
    assert_int_equal(observation->differences->len, differences);
    observation_free(observation);
    scene_end(&scene);
}

/* What the service lists besides, whatever it was asked for, is offered to nobody for removal. */
static void test_policies_of_other_packages_are_none_of_this_door(void **state)
{
    (void)state;
    static const char with[] = "{\"accessPackage\":\"p1\",\"policy\":\"own\",\"group\":\"g\"}";
    const char *bodies[] = {"{\"value\":[{\"id\":\"own\",\"accessPackage\":{\"id\":\"p1\"}},"
                            "{\"id\":\"strange\",\"displayName\":\"S\",\"accessPackage\":{\"id\":\"p2\"}},"
                            "{\"id\":\"untold\",\"displayName\":\"U\"},{\"accessPackage\":{\"id\":\"p1\"}}]}",
                            "{\"value\":[{\"role\":{\"originId\":\"Owner_g\"}}]}", "{\"value\":[]}", "{\"value\":[]}",
                            NULL};
    expect("package-holders", with, bodies, OBJECT_MATCHES, 0, "One policy and one role; 0 people");
    bodies[0] = "{\"value\":[{\"id\":\"second\",\"displayName\":\"S\",\"accessPackage\":{\"id\":\"p1\"},"
                "\"allowedTargetScope\":\"allExternalUsers\"}]}";
    expect("package-holders", with, bodies, OBJECT_DIFFERS, 1, "Others get in by the package");
}

static void test_a_holder_without_an_id_cannot_be_taken_away(void **state)
{
    (void)state;
    static const char *const bodies[] = {"{\"value\":[{\"displayName\":\"Nameless\"}]}",
                                         "{\"value\":[{\"displayName\":\"Nameless\"}]}",
                                         "{\"value\":[{\"roleDefinitionId\":\"r\"}]}",
                                         "{\"value\":[]}",
                                         "{\"value\":[]}",
                                         "{\"value\":[]}",
                                         NULL};
    expect("group-holders", "{\"group\":\"g\",\"roleDefinitionId\":\"w\",\"me\":\"m\"}", bodies, OBJECT_MATCHES, 0,
           "No owner, no other role");
}

/* One decided about says nothing of another. */
static void test_each_holder_without_an_id_is_decided_about_by_itself(void **state)
{
    (void)state;
    static const char *const bodies[] = {
        "{\"value\":[{\"id\":\"s1\",\"appId\":\"app1\",\"displayName\":\"P\",\"accountEnabled\":true,"
        "\"appRoleAssignmentRequired\":false,\"appOwnerOrganizationId\":\"o1\","
        "\"owners\":[{\"displayName\":\"Ann\"},{\"displayName\":\"Ben\"},{\"displayName\":\"Ann\"}]}]}",
        NULL};
    struct scene scene;
    scene_begin(&scene, "application", "{\"appId\":\"app1\"}");
    struct observation *open = scene_observe(&scene, bodies);
    assert_int_equal(open->differences->len, 3);
    const struct candidate *first = g_ptr_array_index(open->candidates, 0);
    g_autofree char *decided = g_strconcat("keep:", first->decision.text, "known", NULL);
    decision_clear(&scene.object->decision);
    scene.object->decision = decision_copy(decision_parse(decided));
    struct observation *rest = scene_observe(&scene, bodies);
    assert_int_equal(rest->differences->len, 2);
    observation_free(open);
    observation_free(rest);
    scene_end(&scene);
}

/* A decision says who stays and who goes in whatever order; who was decided about before is not left out. */
static void test_what_can_be_decided_about_a_door(void **state)
{
    static const struct {
        const char *before;
        const char *said;
        gboolean taken;
        const char *spent;
    } rows[] = {
        {"", "keep:-member:a", TRUE, "keep:-owner:b\n"},
        {"", "keep:-member:a", FALSE, "keep:-member:a\n"},
        {"", "keep:-member:a#2", TRUE, "keep:-member:a\n"},
        {"", "keep:-member:a#2", FALSE, "keep:-member:a\nkeep:-member:a\n"},
        {"", "keep:-member:a#3", TRUE, "keep:-member:a\nkeep:-member:a\n"},
        {"", "keep:-member:a#2", FALSE, ""},
        {"", "keep:member:a#2|known", FALSE, "keep:-member:a\n"},
        {"", "keep:member:a|known", TRUE, NULL},
        {"", "keep:member:a;-owner:b|known", TRUE, NULL},
        {"", "keep:-owner:b;member:a|known", TRUE, NULL},
        {"", "keep:-owner:b;-member:a", TRUE, NULL},
        {"", "keep:member:a;member:a|known|since May|", TRUE, NULL},
        {"", "keep:member:a", FALSE, NULL},
        {"", "keep:member:a| ", FALSE, NULL},
        {"", "keep:member:z|known", FALSE, NULL},
        {"", "keep:-eligible|known", FALSE, NULL},
        {"", "keep:eligible|known", TRUE, NULL},
        {"", "keep:|known", FALSE, NULL},
        {"", "keep:", FALSE, NULL},
        {"", "keep", FALSE, NULL},
        {"keep:member:a|known|", "keep:owner:b;member:a|known|; and b", TRUE, NULL},
        {"keep:member:a|known", "keep:member:a;-owner:b|known", TRUE, NULL},
        {"keep:member:a|known", "keep:owner:b|why", FALSE, NULL},
        {"keep:member:a|known", "keep:-member:a;owner:b|why", FALSE, NULL},
        {"keep:-member:a", "keep:member:a|after all", TRUE, NULL},
        {"keep:-member:a", "keep:-owner:b;-member:a", TRUE, NULL},
        {"keep:gone;member:a|known", "keep:member:a;owner:b|why", TRUE, NULL},
    };
    static const char *const bodies[] = {"{\"value\":[{\"id\":\"a\",\"userType\":\"Member\"}]}",
                                         "{\"value\":[{\"id\":\"b\"},{\"id\":\"m\"}]}",
                                         "{\"value\":[]}",
                                         "{\"value\":[{\"id\":\"eligible\",\"roleDefinitionId\":\"r\"}]}",
                                         "{\"value\":[]}",
                                         "{\"value\":[]}",
                                         NULL};
    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        struct scene scene;
        scene_begin(&scene, "group-holders", "{\"group\":\"g\",\"roleDefinitionId\":\"w\",\"me\":\"m\"}");
        decision_clear(&scene.object->decision);
        scene.object->decision = decision_copy(decision_parse(rows[i].before));
        if (rows[i].spent != NULL)
            text_set(&scene.object->spent, rows[i].spent);
        observation_free(scene.object->observation);
        scene.object->observation = scene_observe(&scene, bodies);
        if (door_takes(scene.object, decision_parse(rows[i].said)) != rows[i].taken)
            fail_msg("after “%s”: %s", rows[i].before, rows[i].said);
        scene_end(&scene);
    }
}

static void test_what_is_left_of_a_decision_once_somebody_went(void **state)
{
    static const struct {
        const char *said;
        const char *id;
        enum decision_kind kind;
        const char *left;
    } rows[] = {
        {"keep:-a;b|why", "a", DECISION_KEEP_SOME, "keep:b|why"},
        {"keep:b;-a#2|why", "a", DECISION_KEEP_SOME, "keep:b|why"},
        {"keep:-a;-b", "b", DECISION_KEEP_SOME, "keep:-a"},
        {"keep:-a", "a", DECISION_NONE, ""},
        {"keep:-aa", "a", DECISION_UNKNOWN, ""},
        {"keep:a|why", "a", DECISION_UNKNOWN, ""},
        {"keep", "a", DECISION_UNKNOWN, ""},
        {"remove", "a", DECISION_UNKNOWN, ""},
    };
    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        struct decision left = decision_without(decision_parse(rows[i].said), rows[i].id);
        g_autofree char *words = decision_words(left);
        if (left.kind != rows[i].kind || strcmp(words, rows[i].left) != 0)
            fail_msg("“%s” without %s leaves “%s”", rows[i].said, rows[i].id, words);
        decision_clear(&left);
    }
}

/* Resources number their roles by themselves: the same number may stand for another right of another resource. */
static void test_a_permission_is_one_of_its_resource(void **state)
{
    (void)state;
    static const char with[] = "{\"application\":\"a\",\"resourceAppId\":\"r\",\"anyOf\":[\"Alerts.Read\"]}";
    const char *bodies[] = {"{\"value\":[{\"appRoleId\":\"n\",\"resourceId\":\"other\"},"
                            "{\"appRoleId\":\"n\",\"resourceId\":\"graph\"}]}",
                            "{\"value\":[{\"id\":\"graph\",\"appRoles\":[{\"id\":\"n\",\"value\":\"Alerts.Read\"}]}]}",
                            NULL};
    expect("application-permission", with, bodies, OBJECT_MATCHES, 0, "It holds Alerts.Read.");
    bodies[0] = "{\"value\":[{\"appRoleId\":\"n\",\"resourceId\":\"other\"}]}";
    expect("application-permission", with, bodies, OBJECT_ABSENT, 0, "The application does not hold Alerts.Read");
    bodies[0] = "{\"value\":[{}]}";
    bodies[1] = "{\"value\":[{}]}";
    expect("application-permission", with, bodies, OBJECT_ABSENT, 0, "The application does not hold Alerts.Read");
}

static void test_a_permission_named_twice_is_lacking_once(void **state)
{
    (void)state;
    static const char *const bodies[] = {
        "{\"value\":[{\"appRoleId\":\"r1\"}]}", "{\"value\":[]}",
        "{\"value\":[{\"id\":\"x\",\"appRoles\":[{\"id\":\"r1\",\"value\":\"Machine.Read.All\"}]}]}", NULL};
    expect("application-grants",
           "{\"expected\":[{\"name\":\"Machine.Read.All\"},{\"name\":\"File.Read.All\"},{\"name\":\"File.Read.All\"}]}",
           bodies, OBJECT_DIFFERS, 1, "What was granted is not what the partner needs");
}

/* Nobody says who the partner is: that is nothing to go by. */
static void test_who_nobody_told_is_not_known(void **state)
{
    (void)state;
    static const char *const bodies[] = {NULL};
    expect("one-tenant", "{\"tenants\":[{\"toldBy\":\"a\",\"tenant\":\"{x.y}\"},{\"toldBy\":\"b\",\"tenant\":\"\"}]}",
           bodies, OBJECT_UNKNOWN, 0, "Who the partner is was not told");
    expect("one-tenant", "{\"tenants\":[{\"toldBy\":\"a\",\"tenant\":\"t1\"},{\"toldBy\":\"b\",\"tenant\":\"T1\"}]}",
           bodies, OBJECT_MATCHES, 0, "One tenant, told in 2 ways");
    expect("one-tenant", "{\"tenants\":[{\"toldBy\":\"a\",\"tenant\":\"t1\"},{\"toldBy\":\"b\",\"tenant\":\"t2\"}]}",
           bodies, OBJECT_DIFFERS, 1, "The partner is not one tenant");
}

/* A role that does more than read is beyond the fence, whether it is to be made or stands there already. */
static void test_a_role_that_acts_is_asked_about_even_where_it_is_there(void **state)
{
    (void)state;
    static const char act[] = "microsoft.xdr/secops/rawdata/emailmessages/manage";
    static const char catalogue[] =
        "{\"value\":[{\"resourceActions\":[{\"name\":\"microsoft.xdr/secops/rawdata/emailmessages/manage\"}]}]}";
    static const char existing[] =
        "{\"value\":[{\"id\":\"1\",\"displayName\":\"R\",\"rolePermissions\":[{\"allowedResourceActions\":"
        "[\"microsoft.xdr/secops/rawdata/emailmessages/manage\"]}]}]}";
    static const char without[] = "{\"value\":[{\"id\":\"1\",\"displayName\":\"R\",\"rolePermissions\":["
                                  "{\"allowedResourceActions\":[]}]}]}";
    static const char *const lists[] = {"{\"value\":[]}", existing, without};
    static const enum object_state states[] = {OBJECT_ABSENT, OBJECT_DIFFERS, OBJECT_DIFFERS};
    g_autofree char *with =
        g_strdup_printf("{\"displayName\":\"R\",\"actions\":[{\"name\":\"%s\",\"title\":\"Act\"}]}", act);
    for (gsize i = 0; i < G_N_ELEMENTS(lists); i++) {
        struct scene scene;
        scene_begin(&scene, "defender-role-definition", with);
        const char *const bodies[] = {lists[i], catalogue, NULL};
        struct observation *observation = scene_observe(&scene, bodies);
        assert_int_equal(observation->state, states[i]);
        assert_int_equal(observation->candidates->len, 1);
        const struct candidate *candidate = g_ptr_array_index(observation->candidates, 0);
        assert_int_equal(candidate->decision.kind, DECISION_ALLOW);
        assert_true(states[i] == OBJECT_ABSENT || observation_is_fixed(observation));
        observation_free(observation);
        scene_end(&scene);
    }
}

static void test_what_a_policy_of_conditional_access_means(void **state)
{
    (void)state;
    static const struct {
        const char *grant;
        enum entry entry;
    } rows[] = {
        {"{\"operator\":\"AND\",\"builtInControls\":[\"block\"]}", ENTRY_NO},
        {"{\"operator\":\"AND\",\"builtInControls\":[\"mfa\"]}", ENTRY_BUT},
        {"{\"operator\":\"AND\",\"builtInControls\":[\"compliantDevice\"]}", ENTRY_NO},
        {"{\"operator\":\"OR\",\"builtInControls\":[\"compliantDevice\",\"mfa\"]}", ENTRY_BUT},
        {"{\"operator\":\"OR\",\"builtInControls\":[\"compliantDevice\"],\"authenticationStrength\":{\"id\":\"s\"}}",
         ENTRY_BUT},
        {"{\"operator\":\"AND\",\"builtInControls\":[\"compliantDevice\"],\"authenticationStrength\":{\"id\":\"s\"}}",
         ENTRY_NO},
        {"{\"operator\":\"OR\",\"builtInControls\":[\"compliantDevice\"],\"termsOfUse\":[\"t\"]}", ENTRY_BUT},
        {"{\"operator\":\"AND\",\"builtInControls\":[],\"termsOfUse\":[\"t\"]}", ENTRY_BUT},
        {"{\"operator\":\"AND\",\"builtInControls\":[]}", ENTRY_UNTOUCHED},
    };
    const struct visitor visitor = {.tenant = "partner", .group = "g", .role = "r"};
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autofree char *text =
            g_strdup_printf("{\"state\":\"enabled\",\"conditions\":{\"users\":{\"includeUsers\":[\"All\"]},"
                            "\"applications\":{\"includeApplications\":[\"All\"]}},\"grantControls\":%s}",
                            rows[i].grant);
        g_autoptr(json) policy = json_parse(text, -1, NULL);
        const char *why = NULL;
        enum entry entry = conditional_access_entry(policy, &visitor, &why);
        if (entry != rows[i].entry)
            fail_msg("%s: %d, not %d", rows[i].grant, (int)entry, (int)rows[i].entry);
        assert_true((entry == ENTRY_UNTOUCHED) == (why == NULL));
    }
    g_autoptr(json) of_groups =
        json_parse("{\"state\":\"enabled\",\"conditions\":{\"users\":{\"includeGroups\":[\"others\"]},"
                   "\"applications\":{\"includeApplications\":[\"All\"]},\"platforms\":{}},"
                   "\"grantControls\":{\"operator\":\"OR\",\"builtInControls\":[\"block\"]}}",
                   -1, NULL);
    const char *why = NULL;
    assert_int_equal(conditional_access_entry(of_groups, &visitor, &why), ENTRY_UNTOUCHED);
    assert_null(why);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_policies_of_other_packages_are_none_of_this_door),
        cmocka_unit_test(test_a_holder_without_an_id_cannot_be_taken_away),
        cmocka_unit_test(test_each_holder_without_an_id_is_decided_about_by_itself),
        cmocka_unit_test(test_what_can_be_decided_about_a_door),
        cmocka_unit_test(test_what_is_left_of_a_decision_once_somebody_went),
        cmocka_unit_test(test_a_permission_is_one_of_its_resource),
        cmocka_unit_test(test_a_permission_named_twice_is_lacking_once),
        cmocka_unit_test(test_who_nobody_told_is_not_known),
        cmocka_unit_test(test_a_role_that_acts_is_asked_about_even_where_it_is_there),
        cmocka_unit_test(test_what_a_policy_of_conditional_access_means),
    };
    json_init();
    return cmocka_run_group_tests_name("doors", tests, NULL, NULL);
}
