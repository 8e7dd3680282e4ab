/* SPDX-License-Identifier: MIT */
/*
 * What is made of replies that are unusual: members missing, kinds of principals that perch never sends, an account
 * that somebody else made.
 */
#include <string.h>

#include "onboarding/compare.h"
#include "onboarding/fill.h"
#include "onboarding/kinds.h"
#include "support/object_scene.h"
#include "support/support.h"

static void test_an_assignment_without_a_principal_is_passed_over(void **state)
{
    (void)state;
    struct scene scene;
    static const char *const bodies[] = {"{\"value\":[{\"id\":\"a\"},{\"principalId\":\"p\",\"principal\":{"
                                         "\"userPrincipalName\":\"ann@contoso.com\"}}]}",
                                         "{\"value\":[{\"id\":\"b\",\"principalId\":null}]}", NULL};
    scene_begin(&scene, "read-only-principals", "{\"readers\":[{\"id\":\"r\"}],\"administrators\":[{\"id\":\"w\"}]}");
    struct observation *observation = scene_observe(&scene, bodies);
    assert_true(g_str_has_prefix(observation->sentence, "1 would lose access"));
    observation_free(observation);
    scene_end(&scene);
}

static void test_a_grant_without_a_role_is_passed_over(void **state)
{
    (void)state;
    struct scene scene;
    static const char *const bodies[] = {
        "{\"value\":[{\"id\":\"a\"},{\"appRoleId\":\"r1\"}]}", "{\"value\":[]}",
        "{\"value\":[{\"id\":\"x\",\"appRoles\":[{\"id\":\"r1\",\"value\":\"Machine.Read.All\"}]}]}", NULL};
    scene_begin(&scene, "application-grants",
                "{\"expected\":[{\"name\":\"Machine.Read.All\"},{\"name\":\"File.Read.All\"}]}");
    struct observation *observation = scene_observe(&scene, bodies);
    assert_int_equal(observation->state, OBJECT_DIFFERS);
    assert_true(g_str_has_prefix(observation->sentence,
                                 "What was granted is not what the partner needs: lacking File.Read.All. Consent "));
    assert_int_equal(observation->differences->len, 1);
    assert_int_equal(observation->candidates->len, 1);
    observation_free(observation);
    scene_end(&scene);
}

static const struct difference *find_difference(const struct observation *observation, const char *field)
{
    for (guint i = 0; i < observation->differences->len; i++) {
        const struct difference *difference = g_ptr_array_index(observation->differences, i);
        if (strcmp(difference->field, field) == 0)
            return difference;
    }
    return NULL;
}

/* Reviewers that are a group have no userId. "nobody" would be a lie, and with no reviewer wanted it would match. */
static void test_a_reviewer_that_is_a_group_is_not_nobody(void **state)
{
    (void)state;
    struct scene scene;
    static const char *const bodies[] = {
        "{\"value\":[{\"id\":\"policy\",\"accessPackage\":{\"id\":\"package\"},\"reviewSettings\":{"
        "\"primaryReviewers\":["
        "{\"@odata.type\":\"#microsoft.graph.groupMembers\",\"groupId\":\"the-group\"}]}}]}",
        NULL};
    scene_begin(&scene, "assignment-policy", "{\"displayName\":\"P\",\"accessPackage\":\"package\",\"reviewers\":[]}");
    struct observation *observation = scene_observe(&scene, bodies);
    const struct difference *reviewers = find_difference(observation, "reviewSettings.primaryReviewers");
    assert_non_null(reviewers);
    assert_string_equal(reviewers->wanted, "nobody");
    assert_non_null(strstr(reviewers->found, "the-group"));
    observation_free(observation);
    scene_end(&scene);
}

/* Another name was given after perch had made an account: who has that name already is still somebody else's. */
static void test_an_account_of_another_name_is_not_taken_for_the_one_that_was_made(void **state)
{
    (void)state;
    struct scene scene;
    static const char *const bodies[] = {"{\"id\":\"theirs\",\"userPrincipalName\":\"b@contoso.com\"}", NULL};
    scene_begin(&scene, "account", "{\"mode\":\"create\",\"userName\":\"b@contoso.com\",\"domains\":\"contoso.com\"}");
    scene.object->created = TRUE;
    g_free(scene.object->known_id);
    scene.object->known_id = g_strdup("ours");
    struct observation *observation = scene_observe(&scene, bodies);
    assert_int_equal(observation->state, OBJECT_DIFFERS);
    assert_non_null(strstr(observation->sentence, "perch did not make it"));
    observation_free(observation);
    scene_end(&scene);
}

/* Microsoft's own words for who holds a role: an application has no user name either, and is no group. */
static void test_principals_are_called_what_they_are(void **state)
{
    (void)state;
    static const struct {
        const char *type, *word;
    } rows[] = {
        {"group", "group “It”"},
        {"servicePrincipal", "application “It”"},
        {"somethingNew", "principal “It”"},
        {"user", "account “It”"},
    };
    struct scene scene;
    scene_begin(&scene, "read-only-principals", "{\"readers\":[{\"id\":\"r\"}],\"administrators\":[]}");
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autofree char *body = g_strdup_printf("{\"value\":[{\"principalId\":\"p\",\"principal\":{\"@odata.type\":"
                                                "\"#microsoft.graph.%s\",\"displayName\":\"It\"}}]}",
                                                rows[i].type);
        const char *const bodies[] = {body, NULL};
        struct observation *observation = scene_observe(&scene, bodies);
        assert_non_null(strstr(g_ptr_array_index(observation->notes, 0), rows[i].word));
        observation_free(observation);
    }
    scene_end(&scene);
}

/* Microsoft: entitlementmanagement-post-resourcerequests, adminRemove. */
static void test_a_resource_goes_by_its_own_id(void **state)
{
    (void)state;
    struct scene scene;
    scene_begin(&scene, "catalog-resource", "{\"catalog\":\"c\",\"group\":\"g\",\"groupName\":\"G\"}");
    g_free(scene.object->known_id);
    scene.object->known_id = g_strdup("the-resource");
    g_autoptr(Request) request = scene.object->kind->remove(scene.object);
    g_autofree char *body = json_text(request->body);
    assert_string_equal(body, "{\"requestType\":\"adminRemove\",\"catalog\":{\"id\":\"c\"},\"resource\":{"
                              "\"id\":\"the-resource\"}}");
    scene_end(&scene);
}

/* The permission may have gone with its API: that is said and is no difference. */
static void test_a_permission_that_may_be_gone_is_no_difference(void **state)
{
    (void)state;
    struct scene scene;
    static const char *const bodies[] = {
        "{\"value\":[{\"appRoleId\":\"r1\"}]}", "{\"value\":[]}",
        "{\"value\":[{\"id\":\"x\",\"appRoles\":[{\"id\":\"r1\",\"value\":\"Machine.Read.All\"}]}]}", NULL};
    scene_begin(&scene, "application-grants",
                "{\"expected\":[{\"name\":\"Machine.Read.All\"},{\"name\":\"Old.Read.All\",\"mayBeGone\":true}]}");
    struct observation *observation = scene_observe(&scene, bodies);
    assert_int_equal(observation->state, OBJECT_MATCHES);
    assert_int_equal(observation->differences->len, 0);
    assert_non_null(strstr(g_ptr_array_index(observation->notes, 0), "Old.Read.All"));
    observation_free(observation);
    scene_end(&scene);
}

static void free_refusal(gpointer data)
{
    struct reply *reply = data;
    json_free(reply->body);
    g_free(reply->error_code);
    g_free(reply);
}

/* Which roles are active may be refused to be told: then every step is tried, and none is blocked. */
static void test_roles_that_are_not_told_block_nothing(void **state)
{
    (void)state;
    struct scene scene;
    scene_begin(&scene, "admin-role",
                "{\"me\":\"me\",\"steps\":[\"group\"],\"roles\":[{\"id\":\"r\",\"name\":\"Global "
                "Administrator\",\"steps\":[\"*\"]}]}");
    g_autoptr(GPtrArray) replies = g_ptr_array_new_with_free_func(free_refusal);
    for (int i = 0; i < 2; i++) {
        struct reply *reply = g_new0(struct reply, 1);
        reply->outcome = REPLY_ANSWERED;
        reply->status = 400;
        reply->error_code = g_strdup("Request_UnsupportedQuery");
        g_ptr_array_add(replies, reply);
        assert_true(object_can_use(scene.object, replies, 0));
    }
    struct observation *observation = observation_new();
    scene.object->kind->compare(scene.object, replies, observation);
    assert_int_equal(observation->state, OBJECT_MATCHES);
    assert_string_equal(g_hash_table_lookup(observation->learnt, "group"), "");
    observation_free(observation);
    scene_end(&scene);
}

static struct reply *refusal_new(int status)
{
    struct reply *reply = g_new0(struct reply, 1);
    reply->outcome = REPLY_ANSWERED;
    reply->status = status;
    return reply;
}

/* Microsoft's pages disagree about the pattern: after a 400 once more, with what both know. */
static void test_a_refused_recurrence_is_tried_once_more_with_the_least(void **state)
{
    (void)state;
    struct scene scene;
    scene_begin(&scene, "assignment-policy",
                "{\"displayName\":\"P\",\"accessPackage\":\"p\",\"reviewers\":[],\"today\":\"2026-11-27\"}");
    const struct object_kind *kind = scene.object->kind;
    struct reply *denied = refusal_new(403);
    struct reply *invalid = refusal_new(400);
    g_autofree char *announced = kind->plan_adds(scene.object);
    assert_non_null(strstr(announced, "interval 6, dayOfMonth 27, noEnd"));
    assert_false(kind->learn_refusal(scene.object, denied));
    assert_true(kind->learn_refusal(scene.object, invalid));
    assert_false(kind->learn_refusal(scene.object, invalid));
    g_autoptr(Request) request = kind->create(scene.object);
    g_autofree char *pattern = json_text(json_get_path(request->body, "reviewSettings.schedule.recurrence"));
    assert_string_equal(pattern,
                        "{\"pattern\":{\"type\":\"absoluteMonthly\",\"interval\":6,\"dayOfMonth\":27},\"range\":{"
                        "\"type\":\"noEnd\"}}");
    assert_null(kind->plan_adds(scene.object));
    g_free(denied);
    g_free(invalid);
    scene_end(&scene);
}

/* Microsoft keeps the last owner of a group: that is no "as wanted". */
static void test_an_owner_that_is_kept_is_a_difference(void **state)
{
    (void)state;
    struct scene scene;
    static const char *const bodies[] = {"{\"value\":[{\"id\":\"me\",\"userPrincipalName\":\"ann@contoso.com\"}]}",
                                         NULL};
    scene_begin(&scene, "group-owners", "{\"group\":\"g\",\"groupOrigin\":\"created\",\"me\":\"me\"}");
    struct observation *before = scene_observe(&scene, bodies);
    assert_int_equal(before->state, OBJECT_DIFFERS);
    scene.object->adopted = TRUE;
    struct observation *after = scene_observe(&scene, bodies);
    assert_int_equal(after->state, OBJECT_MATCHES);
    assert_int_equal(after->differences->len, 1);
    assert_non_null(strstr(after->sentence, "Microsoft keeps ann@contoso.com"));
    observation_free(before);
    observation_free(after);
    scene_end(&scene);
}

#define EXPORT                                                                                                         \
    "{\"displayName\":\"MXDR\",\"resourceId\":\"/subscriptions/"                                                       \
    "s\",\"hub\":\"h\",\"tables\":[{\"table\":\"DeviceInfo\","                                                         \
    "\"write\":\"AdvancedHunting-DeviceInfo\"},{\"table\":\"DeviceEvents\",\"write\":\"AdvancedHunting-"               \
    "DeviceEvents\"},"                                                                                                 \
    "{\"table\":\"EmailEvents\"}]}"
#define EXPORTED(logs)                                                                                                 \
    "{\"value\":[{\"id\":\"MXDR\",\"eventHubProperties\":{\"eventHubResourceId\":\"/subscriptions/"                    \
    "s\",\"name\":\"h\"},"                                                                                             \
    "\"logs\":[" logs "]}]}"
#define LOG(category, on) "{\"category\":\"AdvancedHunting-" category "\",\"enabled\":" on "}"

/* Whether Microsoft lists every table is nowhere written, so one that is not listed counts as one that is not sent. */
static void test_an_export_is_proved_table_by_table(void **state)
{
    (void)state;
    static const struct {
        const char *body;
        const char *differs; /* the fields that differ */
    } exports[] = {
        {EXPORTED(LOG("DeviceInfo", "true") "," LOG("DeviceEvents", "true")), ""},
        {EXPORTED(LOG("DeviceInfo", "true") "," LOG("DeviceEvents", "false")), "DeviceEvents "},
        {EXPORTED(LOG("DeviceInfo", "true")), "DeviceEvents "},
        {EXPORTED(LOG("DeviceInfo", "true") "," LOG("DeviceEvents", "true") "," LOG("EmailEvents", "false")), ""},
        {EXPORTED(""), "DeviceInfo DeviceEvents tables "},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(exports); i++) {
        struct scene scene;
        scene_begin(&scene, "streaming-export", EXPORT);
        const char *const bodies[] = {exports[i].body, NULL};
        struct observation *observation = scene_observe(&scene, bodies);
        g_autoptr(GString) fields = g_string_new(NULL);
        for (guint k = 0; k < observation->differences->len; k++)
            g_string_append_printf(fields, "%s ",
                                   ((struct difference *)g_ptr_array_index(observation->differences, k))->field);
        assert_string_equal(fields->str, exports[i].differs);
        assert_int_equal(observation->state, exports[i].differs[0] == '\0' ? OBJECT_MATCHES : OBJECT_DIFFERS);
        observation_free(observation);
        scene_end(&scene);
    }
}

#define POLICY                                                                                                         \
    "{\"displayName\":\"Red Canary\",\"description\":\"d\",\"accessPackage\":\"p1\",\"organization\":\"o1\","          \
    "\"reviewDuration\":\"P90D\",\"reviewers\":[],\"today\":\"2026-11-27\"}"

/* Nobody loses what perch does not know: a PUT replaces the whole policy. */
static void test_a_repaired_policy_keeps_all_that_was_read(void **state)
{
    (void)state;
    struct scene scene;
    scene_begin(&scene, "assignment-policy", POLICY);
    const char *const bodies[] = {
        "{\"@odata.context\":\"c\",\"value\":[{\"id\":\"x1\",\"displayName\":\"Red Canary\",\"description\":\"other\","
        "\"createdDateTime\":\"2026-01-01T00:00:00Z\",\"accessPackage\":{\"id\":\"p1\",\"displayName\":\"P\"},"
        "\"questions@odata.context\":\"c\",\"questions\":[{\"id\":\"q1\",\"text\":\"Ticket number\"}],"
        "\"customExtensionStageSettings\":[{\"id\":\"e1\"}],\"somethingNew\":{\"a\":1},"
        "\"notificationSettings\":{\"isAssignmentNotificationDisabled\":true},"
        "\"requestApprovalSettings\":{\"isApprovalRequiredForAdd\":false,\"stages\":[]},"
        "\"requestorSettings\":{\"allowCustomAssignmentSchedule\":true},"
        "\"expiration\":{\"type\":\"afterDuration\",\"duration\":\"P30D\"}}]}",
        NULL};
    observation_free(scene.object->observation);
    scene.object->observation = scene_observe(&scene, bodies);
    assert_int_equal(scene.object->observation->state, OBJECT_DIFFERS);
    g_autoptr(Request) repair = scene.object->kind->repair(scene.object);
    const json *body = repair->body;
    assert_string_equal(repair->method, "PUT");
    assert_string_equal(json_get_string(body, "description"), "d");
    assert_string_equal(json_string(json_get_path(body, "expiration.type")), "noExpiration");
    assert_null(json_get_path(body, "expiration.duration"));
    assert_true(json_is_true(json_get_path(body, "reviewSettings.isEnabled")));
    assert_true(json_is_true(json_get_path(body, "requestorSettings.enableTargetsToSelfAddAccess")));
    assert_true(json_is_true(json_get_path(body, "requestorSettings.allowCustomAssignmentSchedule")));
    assert_true(json_is_true(json_get_path(body, "notificationSettings.isAssignmentNotificationDisabled")));
    assert_string_equal(json_get_string(json_at(json_get(body, "questions"), 0), "text"), "Ticket number");
    assert_int_equal(json_length(json_get(body, "customExtensionStageSettings")), 1);
    assert_int_equal(json_get_int(json_get(body, "somethingNew"), "a", 0), 1);
    assert_null(json_get(body, "createdDateTime"));
    assert_null(json_get(body, "questions@odata.context"));
    assert_int_equal(json_length(json_get(body, "accessPackage")), 1);
    g_autoptr(Request) back = scene_put_back(scene.object);
    assert_string_equal(json_get_string(back->body, "description"), "other");
    assert_string_equal(json_string(json_get_path(back->body, "expiration.duration")), "P30D");
    assert_true(json_is_true(json_get_path(back->body, "notificationSettings.isAssignmentNotificationDisabled")));
    assert_int_equal(json_get_int(json_get(back->body, "somethingNew"), "a", 0), 1);
    scene_end(&scene);
}

#define PLANS                                                                                                          \
    "{\"full\":[{\"servicePlanId\":\"p2\",\"name\":\"Entra ID P2\"}],\"basic\":[{\"servicePlanId\":\"p1\",\"name\":"   \
    "\"Entra ID P1\"}],\"defender\":[]}"
#define SKU(status, plan)                                                                                              \
    "{\"capabilityStatus\":\"" status "\",\"servicePlans\":[{\"servicePlanId\":\"" plan                                \
    "\",\"provisioningStatus\":\"Success\"}]}"

static void test_a_licence_that_ended_is_a_change_and_no_other_way(void **state)
{
    (void)state;
    static const struct {
        const char *body;
        const char *decision;
        enum object_state state;
        const char *entra;
        const char *said; /* of sentence or notes */
    } licences[] = {
        {"{\"value\":[" SKU("Enabled", "p2") "]}", "", OBJECT_MATCHES, "full", "all steps"},
        {"{\"value\":[" SKU("Warning", "p2") "]}", "", OBJECT_MATCHES, "full", "days of grace"},
        {"{\"value\":[" SKU("Suspended", "p2") "," SKU("Enabled", "p1") "]}", "", OBJECT_DIFFERS, "full", "suspended"},
        {"{\"value\":[" SKU("Suspended", "p2") "," SKU("Enabled", "p1") "]}", "use:basic", OBJECT_MATCHES, "basic",
         "guests"},
        {"{\"value\":[" SKU("Deleted", "p2") "]}", "use:basic", OBJECT_DIFFERS, "full", "deleted"},
        {"{\"value\":[" SKU("Enabled", "p1") "]}", "", OBJECT_MATCHES, "basic", "guests"},
        {"{\"value\":[]}", "", OBJECT_MATCHES, "none", "no Microsoft Entra ID"},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(licences); i++) {
        struct scene scene;
        scene_begin(&scene, "licence", PLANS);
        decision_clear(&scene.object->decision);
        scene.object->decision = decision_copy(decision_parse(licences[i].decision));
        const char *const bodies[] = {licences[i].body, NULL};
        struct observation *observation = scene_observe(&scene, bodies);
        g_autoptr(GString) said = g_string_new(observation->sentence);
        for (guint k = 0; k < observation->notes->len; k++)
            g_string_append(said, g_ptr_array_index(observation->notes, k));
        assert_int_equal(observation->state, licences[i].state);
        assert_string_equal(g_hash_table_lookup(observation->learnt, "entra"), licences[i].entra);
        if (strstr(said->str, licences[i].said) == NULL)
            fail_msg("%s: %s", licences[i].body, said->str);
        observation_free(observation);
        scene_end(&scene);
    }
}

static void test_an_invitation_that_was_never_accepted_is_told_with_its_day(void **state)
{
    (void)state;
    struct scene scene;
    scene_begin(&scene, "guest",
                "{\"mail\":\"ana@x.com\",\"domainName\":\"x.com\",\"redirect\":\"https://x.example\"}");
    static const char *const states[] = {"PendingAcceptance", "Accepted"};
    for (gsize i = 0; i < G_N_ELEMENTS(states); i++) {
        g_autofree char *body = g_strdup_printf("{\"value\":[{\"id\":\"g\",\"externalUserState\":\"%s\","
                                                "\"externalUserStateChangeDateTime\":\"2026-03-02T09:00:00Z\"}]}",
                                                states[i]);
        const char *const bodies[] = {body, NULL};
        struct observation *observation = scene_observe(&scene, bodies);
        assert_int_equal(observation->state, OBJECT_MATCHES);
        assert_int_equal(observation->notes->len, i == 0 ? 1 : 0);
        if (i == 0)
            assert_non_null(strstr(g_ptr_array_index(observation->notes, 0), "on 2 Mar 2026 and has not accepted"));
        observation_free(observation);
    }
    scene_end(&scene);
}

/* Who works in a customer's tenant by delegation has no user there, and so nothing under /me. */
static void test_a_partner_administrator_is_told_as_one(void **state)
{
    (void)state;
    static const struct {
        int status;
        const char *told;
    } answers[] = {{404, "partner administrator"}, {403, "does not tell which roles"}};
    struct scene scene;
    scene_begin(&scene, "admin-role",
                "{\"me\":\"m\",\"steps\":[\"group\"],\"roles\":[{\"id\":\"r\",\"name\":\"Global "
                "Administrator\",\"steps\":[\"*\"]}]}");
    for (gsize i = 0; i < G_N_ELEMENTS(answers); i++) {
        struct reply reply = {.outcome = REPLY_ANSWERED, .status = answers[i].status, .error_code = (char *)""};
        g_autoptr(GPtrArray) replies = g_ptr_array_new();
        g_ptr_array_add(replies, &reply);
        g_ptr_array_add(replies, &reply);
        assert_true(object_can_use(scene.object, replies, 0));
        struct observation *observation = observation_new();
        scene.object->kind->compare(scene.object, replies, observation);
        assert_int_equal(observation->state, OBJECT_MATCHES);
        assert_string_equal(g_hash_table_lookup(observation->learnt, "group"), "");
        assert_non_null(strstr(observation->sentence, answers[i].told));
        observation_free(observation);
    }
    scene_end(&scene);
}

/* Twice the list takes about twice the time, not four times: a tenant with many groups is no reason to wait. */
static void test_a_long_list_is_compared_in_linear_time(void **state)
{
    (void)state;
    gint64 spent[2] = {0};
    for (int round = 0; round < 2; round++) {
        g_autoptr(json) list = json_from("{'value':[]}");
        for (int i = 0; i < 20000 << round; i++) {
            g_autofree char *id = g_strdup_printf("00000000-0000-4000-8000-%012d", i);
            json_append(json_get(list, "value"), json_from("{'id':%s,'displayName':'Red Canary'}", id));
        }
        g_autoptr(GPtrArray) replies = g_ptr_array_new();
        struct reply reply = {.outcome = REPLY_ANSWERED, .status = 200, .body = list};
        g_ptr_array_add(replies, &reply);
        gint64 begun = processor_time();
        g_autoptr(GPtrArray) hits = compare_hits(replies, 0);
        compare_keep(hits, "displayName", "Somebody else's");
        spent[round] = processor_time() - begun;
        assert_int_equal(hits->len, 0);
    }
    assert_true(spent[1] < 3 * spent[0] + G_USEC_PER_SEC / 10);
}

/* A package goes with its policies: who made one would lose it. */
static void test_a_package_is_held_by_a_policy_of_somebody_else(void **state)
{
    (void)state;
    static const struct {
        const char *assignments;
        const char *policies;
        const char *said; /* NULL: nobody holds it */
    } rows[] = {
        {"{\"value\":[]}", "{\"value\":[]}", NULL},
        {"{\"value\":[]}", "{\"value\":[{\"id\":\"ours\",\"displayName\":\"Red Canary\"}]}", NULL},
        {"{\"value\":[]}", "{\"value\":[{\"id\":\"ours\"},{\"id\":\"theirs\",\"displayName\":\"Interns\"}]}",
         "This access package has a policy that perch did not make: “Interns” (theirs)."},
        {"{\"value\":[{\"state\":\"delivered\",\"target\":{\"displayName\":\"Ann\"}}]}", "{\"value\":[]}",
         "1 person holds this access package: Ann."},
    };
    g_autoptr(GHashTable) own = g_hash_table_new(g_str_hash, g_str_equal);
    g_hash_table_add(own, (gpointer) "ours");
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        const char *const bodies[] = {rows[i].assignments, "{\"value\":[]}", rows[i].policies};
        g_autoptr(GPtrArray) replies = g_ptr_array_new_with_free_func(scene_free_reply);
        for (gsize k = 0; k < G_N_ELEMENTS(bodies); k++) {
            struct reply *reply = g_new0(struct reply, 1);
            reply->body = json_parse(bodies[k], -1, NULL);
            g_ptr_array_add(replies, reply);
        }
        g_autofree char *said = object_kind_named("access-package")->holders(NULL, replies, own);
        assert_true(rows[i].said != NULL ? g_str_has_prefix(said, rows[i].said) : said == NULL);
    }
}

static void test_a_choice_is_withdrawn_wherever_it_stands(void **state)
{
    (void)state;
    struct observation *observation = observation_new();
    observation_candidate(observation, DECISION_CREATE, "", "first");
    observation_candidate(observation, DECISION_KEEP, "", "second");
    observation_candidate(observation, DECISION_CREATE, "", "third");
    observation_withdraw(observation, DECISION_CREATE);
    assert_int_equal(observation->candidates->len, 1);
    assert_string_equal(((const struct candidate *)g_ptr_array_index(observation->candidates, 0))->label, "second");
    observation_free(observation);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_an_assignment_without_a_principal_is_passed_over),
        cmocka_unit_test(test_a_grant_without_a_role_is_passed_over),
        cmocka_unit_test(test_a_reviewer_that_is_a_group_is_not_nobody),
        cmocka_unit_test(test_an_account_of_another_name_is_not_taken_for_the_one_that_was_made),
        cmocka_unit_test(test_principals_are_called_what_they_are),
        cmocka_unit_test(test_a_resource_goes_by_its_own_id),
        cmocka_unit_test(test_a_permission_that_may_be_gone_is_no_difference),
        cmocka_unit_test(test_roles_that_are_not_told_block_nothing),
        cmocka_unit_test(test_a_refused_recurrence_is_tried_once_more_with_the_least),
        cmocka_unit_test(test_an_owner_that_is_kept_is_a_difference),
        cmocka_unit_test(test_an_export_is_proved_table_by_table),
        cmocka_unit_test(test_a_repaired_policy_keeps_all_that_was_read),
        cmocka_unit_test(test_a_licence_that_ended_is_a_change_and_no_other_way),
        cmocka_unit_test(test_an_invitation_that_was_never_accepted_is_told_with_its_day),
        cmocka_unit_test(test_a_partner_administrator_is_told_as_one),
        cmocka_unit_test(test_a_package_is_held_by_a_policy_of_somebody_else),
        cmocka_unit_test(test_a_choice_is_withdrawn_wherever_it_stands),
        cmocka_unit_test(test_a_long_list_is_compared_in_linear_time),
    };
    json_init();
    return cmocka_run_group_tests_name("objects", tests, NULL, NULL);
}
