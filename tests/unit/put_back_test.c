/* SPDX-License-Identifier: MIT */
/*
 * What undo gives back of what repairs changed, field by field, and what it leaves since somebody changed it.
 *
 * Rows are in short JSON: ' stands for ".
 */
#include "onboarding/put_back.h"

#include <string.h>

#include "base/json.h"
#include "support/object_scene.h"
#include "support/support.h"

#define CATALOG "'id':'c','displayName':'C'"
#define WAS CATALOG ",'description':'before','state':'unpublished','isExternallyVisible':true"
#define POLICY_WITH                                                                                                    \
    "{'displayName':'P','description':'D','accessPackage':'p1','organization':'o1','reviewDuration':'P25D',"           \
    "'reviewers':[],'today':'2026-11-28'}"

/* What KIND, wanted by WITH, of which NOW was read and OLDS was before each repair, sends, and in *LEFT what it leaves.
 */
static json *put_back(const char *kind, const char *with, const char *now, const char *olds, char **left)
{
    struct scene scene;
    g_autofree char *strict = g_strdelimit(g_strdup(with), "'", '"');
    g_autofree char *list = g_strdup_printf("{'value':[%s]}", now);
    const char *bodies[] = {g_strdelimit(list, "'", '"'), NULL};
    g_autoptr(json) before = short_json(olds);
    g_autoptr(GPtrArray) fields = g_ptr_array_new();
    scene_begin(&scene, kind, strict);
    observation_free(scene.object->observation);
    scene.object->observation = scene_observe(&scene, bodies);
    g_autoptr(Request) request = scene.object->kind->restore_old(scene.object, before, fields);
    json *body = request != NULL ? json_copy(request->body) : NULL;
    g_ptr_array_add(fields, NULL);
    *left = g_strjoinv(",", (char **)fields->pdata);
    scene_end(&scene);
    return body;
}

static void test_what_nobody_changed_since_is_given_back(void **state)
{
    static const struct {
        const char *what;
        const char *now;
        const char *olds;
        const char *body; /* "": nothing is sent */
        const char *left;
    } rows[] = {
        {"all of it", CATALOG ",'description':'D','state':'published','isExternallyVisible':true", "[{" WAS "}]",
         "{'description':'before','state':'unpublished'}", ""},
        {"the rest", CATALOG ",'description':'theirs','state':'published','isExternallyVisible':true", "[{" WAS "}]",
         "{'state':'unpublished'}", "description"},
        {"what perch never changed is nobody's to tell",
         CATALOG ",'description':'D','state':'published','isExternallyVisible':false", "[{" WAS "}]",
         "{'description':'before','state':'unpublished'}", ""},
        {"what somebody gave back is as it was",
         CATALOG ",'description':'before','state':'published','isExternallyVisible':true", "[{" WAS "}]",
         "{'state':'unpublished'}", ""},
        {"all was changed since", CATALOG ",'description':'theirs','state':'draft','isExternallyVisible':true",
         "[{" WAS "}]", "", "description,state"},
        {"two repairs, each of something", CATALOG ",'description':'D','state':'published','isExternallyVisible':true",
         "[{" WAS "},{" CATALOG ",'description':'D','state':'published','isExternallyVisible':false}]",
         "{'description':'before','state':'unpublished','isExternallyVisible':false}", ""},
        {"two repairs of one field: as the last one found it",
         CATALOG ",'description':'D','state':'published','isExternallyVisible':true",
         "[{" WAS "},{" CATALOG ",'description':'theirs','state':'published','isExternallyVisible':true}]",
         "{'description':'theirs','state':'unpublished'}", ""},
        {"another one stands there by now",
         "'id':'d','displayName':'C','description':'D','state':'published','isExternallyVisible':true", "[{" WAS "}]",
         "", ""},
    };
    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autofree char *left = NULL;
        g_autofree char *now = g_strdup_printf("{%s}", rows[i].now);
        g_autoptr(json) body = put_back("catalog", "{'displayName':'C','description':'D'}", now, rows[i].olds, &left);
        g_autoptr(json) wanted = rows[i].body[0] != '\0' ? short_json(rows[i].body) : NULL;
        g_autofree char *text = body != NULL ? json_text(body) : g_strdup("nothing");
        if ((body == NULL) != (wanted == NULL) || (body != NULL && !json_equal(body, wanted)))
            fail_msg("%s: %s is sent", rows[i].what, text);
        if (strcmp(left, rows[i].left) != 0)
            fail_msg("%s: %s is left", rows[i].what, left);
    }
}

/* A PUT takes with it what nobody compares, and what a whole part that was not there before had. */
static void test_of_a_policy_the_rest_stays_as_it_is(void **state)
{
#define POLICY(target, scope, reviews, more)                                                                           \
    "{'id':'x','displayName':'P','description':'D','allowedTargetScope':'" scope                                       \
    "','specificAllowedTargets':[{'connectedOrganizationId':'" target "'}],'expiration':{'type':'noExpiration'},"      \
    "'requestorSettings':{'enableTargetsToSelfAddAccess':true},'requestApprovalSettings':{"                            \
    "'isApprovalRequiredForAdd':false,'stages':[]}," reviews "'accessPackage':{'id':'p1'}" more "}"
#define REVIEWS(enabled)                                                                                               \
    "'reviewSettings':{'isEnabled':" enabled ",'expirationBehavior':'keepAccess','isRecommendationEnabled':true,"      \
    "'isReviewerJustificationRequired':true,'isSelfReview':false,'schedule':{'expiration':{'duration':'P25D'},"        \
    "'recurrence':{'pattern':{'type':'absoluteMonthly','interval':6},'range':{'type':'noEnd'}}},"                      \
    "'primaryReviewers':[]},"
#define SPECIFIC "specificConnectedOrganizationUsers"
    (void)state;
    g_autofree char *left = NULL;
    g_autoptr(json) body =
        put_back("assignment-policy", POLICY_WITH, POLICY("o1", SPECIFIC, REVIEWS("true"), ",'questions':[{'a':1}]"),
                 "[" POLICY("o2", "allExternalUsers", "'reviewSettings':null,", "") "]", &left);
    assert_string_equal(json_get_string(body, "allowedTargetScope"), "allExternalUsers");
    assert_true(json_is_null(json_get(body, "reviewSettings")));
    assert_string_equal(
        json_get_string(json_at(json_get(body, "specificAllowedTargets"), 0), "connectedOrganizationId"), "o2");
    assert_int_equal(json_length(json_get(body, "questions")), 1);
    assert_string_equal(left, "");
    /* Somebody changed some of what was not there before: it stays, and the rest goes back. */
    g_autofree char *more = NULL;
    g_autoptr(json) rest = put_back("assignment-policy", POLICY_WITH, POLICY("o1", SPECIFIC, REVIEWS("false"), ""),
                                    "[" POLICY("o2", "allExternalUsers", "'reviewSettings':null,", "") "]", &more);
    assert_string_equal(json_get_string(rest, "allowedTargetScope"), "allExternalUsers");
    assert_true(json_is_object(json_get(rest, "reviewSettings")));
    assert_non_null(strstr(more, "reviewSettings.isEnabled"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_nobody_changed_since_is_given_back),
        cmocka_unit_test(test_of_a_policy_the_rest_stays_as_it_is),
    };
    json_init();
    return cmocka_run_group_tests_name("put_back", tests, NULL, NULL);
}
