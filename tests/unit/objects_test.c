/*
 * What is made of replies that are unusual: members missing, kinds of principals that perch never sends, an account
 * that somebody else made.
 */
#include <string.h>

#include "onboarding/fill.h"
#include "onboarding/kinds.h"
#include "support/support.h"

struct scene {
    json *definition;
    GHashTable *values;
    struct object *object;
};

/* An object of KIND whose values are WITH (JSON). */
static void begin(struct scene *scene, const char *kind, const char *with)
{
    g_autoptr(json) values = json_parse(with, -1, NULL);
    assert_non_null(values);
    scene->definition = json_from("{'key':'it','kind':%s,'title':'it','with':%j}", kind, values);
    scene->values = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    scene->object = object_new(scene->definition, "step", NULL, scene->values, NULL, 0);
}

static void end(struct scene *scene)
{
    object_free(scene->object);
    g_hash_table_unref(scene->values);
    json_free(scene->definition);
}

static void free_reply(gpointer data)
{
    struct reply *reply = data;
    json_free(reply->body);
    g_free(reply);
}

/* Let the object compare BODIES (JSON, one for each look-up), all answered with 200. Caller frees. */
static struct observation *observe(const struct scene *scene, const char *const *bodies)
{
    g_autoptr(GPtrArray) replies = g_ptr_array_new_with_free_func(free_reply);
    for (const char *const *body = bodies; *body != NULL; body++) {
        struct reply *reply = g_new0(struct reply, 1);
        reply->outcome = REPLY_ANSWERED;
        reply->status = 200;
        reply->body = json_parse(*body, -1, NULL);
        assert_non_null(reply->body);
        g_ptr_array_add(replies, reply);
    }
    struct observation *observation = observation_new();
    scene->object->kind->compare(scene->object, replies, observation);
    return observation;
}

static void test_an_assignment_without_a_principal_is_passed_over(void **state)
{
    (void)state;
    struct scene scene;
    static const char *const bodies[] = {"{\"value\":[{\"id\":\"a\"},{\"principalId\":\"p\",\"principal\":{"
                                         "\"userPrincipalName\":\"ann@contoso.com\"}}]}",
                                         "{\"value\":[{\"id\":\"b\",\"principalId\":null}]}", NULL};
    begin(&scene, "read-only-principals", "{\"readers\":[{\"id\":\"r\"}],\"administrators\":[{\"id\":\"w\"}]}");
    struct observation *observation = observe(&scene, bodies);
    assert_true(g_str_has_prefix(observation->sentence, "1 would lose access"));
    observation_free(observation);
    end(&scene);
}

static void test_a_grant_without_a_role_is_passed_over(void **state)
{
    (void)state;
    struct scene scene;
    static const char *const bodies[] = {
        "{\"value\":[{\"id\":\"a\"},{\"appRoleId\":\"r1\"}]}", "{\"value\":[]}",
        "{\"value\":[{\"id\":\"x\",\"appRoles\":[{\"id\":\"r1\",\"value\":\"Machine.Read.All\"}]}]}", NULL};
    begin(&scene, "application-grants",
          "{\"expected\":[{\"name\":\"Machine.Read.All\"},{\"name\":\"File.Read.All\"}]}");
    struct observation *observation = observe(&scene, bodies);
    assert_int_equal(observation->state, OBJECT_MATCHES);
    assert_string_equal(observation->sentence, "1 permission is granted.");
    assert_int_equal(observation->notes->len, 1);
    assert_string_equal(g_ptr_array_index(observation->notes, 0), "Expected and not granted: File.Read.All.");
    observation_free(observation);
    end(&scene);
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
    begin(&scene, "assignment-policy", "{\"displayName\":\"P\",\"accessPackage\":\"package\",\"reviewers\":[]}");
    struct observation *observation = observe(&scene, bodies);
    const struct difference *reviewers = find_difference(observation, "reviewSettings.primaryReviewers");
    assert_non_null(reviewers);
    assert_string_equal(reviewers->wanted, "nobody");
    assert_non_null(strstr(reviewers->found, "the-group"));
    observation_free(observation);
    end(&scene);
}

/* Another name was given after perch had made an account: who has that name already is still somebody else's. */
static void test_an_account_of_another_name_is_not_taken_for_the_one_that_was_made(void **state)
{
    (void)state;
    struct scene scene;
    static const char *const bodies[] = {"{\"id\":\"theirs\",\"userPrincipalName\":\"b@contoso.com\"}", NULL};
    begin(&scene, "account", "{\"mode\":\"create\",\"userName\":\"b@contoso.com\",\"domains\":\"contoso.com\"}");
    scene.object->created = TRUE;
    g_free(scene.object->known_id);
    scene.object->known_id = g_strdup("ours");
    struct observation *observation = observe(&scene, bodies);
    assert_int_equal(observation->state, OBJECT_DIFFERS);
    assert_non_null(strstr(observation->sentence, "perch did not make it"));
    observation_free(observation);
    end(&scene);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_an_assignment_without_a_principal_is_passed_over),
        cmocka_unit_test(test_a_grant_without_a_role_is_passed_over),
        cmocka_unit_test(test_a_reviewer_that_is_a_group_is_not_nobody),
        cmocka_unit_test(test_an_account_of_another_name_is_not_taken_for_the_one_that_was_made),
    };
    json_init();
    return cmocka_run_group_tests_name("objects", tests, NULL, NULL);
}
