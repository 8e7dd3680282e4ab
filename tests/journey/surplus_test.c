/* SPDX-License-Identifier: MIT */
/*
 * What others put since into objects of perch: undo leaves those, with what they need, says what stands in them, and
 * removes all else; leaving the partner as well.
 */
#include <string.h>

#include "support/background.h"
#include "support/practice.h"
#include "support/side_by_side.h"

#define PEOPLE                                                                                                         \
    "\"sponsor\":\"sponsor@contoso.com\",\"reviewers\":[\"reviewer@contoso.com\"],\"defenderRoles\":\"unified\""
#define NAMESPACES                                                                                                     \
    "/subscriptions/5b0e8f4c-5a5f-4c58-8d7a-3f6d1f0a9c21/resourceGroups/mdr-rg/providers/Microsoft.EventHub/"          \
    "namespaces/"
#define NAME "Red Canary"
#define CATALOG NAME " Access"
#define PACKAGE NAME " Access Package"
#define OTHER_GROUP "All Field Staff"
#define OTHER_TENANT "99999999-0000-4000-8000-000000000000"
#define OTHER_RESOURCE "aaaa1111-0000-4000-8000-000000000001"

struct held {
    const char *collection, *member, *value;
};

/* The element of LIST of the store's OBJECTS that is called NAME there. Borrowed. */
static json *called(const json *objects, const char *list, const char *name)
{
    json *found = json_find(json_get(objects, list), "displayName", name);
    assert_non_null(found);
    return found;
}

static const char *id_of(const json *objects, const char *list, const char *name)
{
    return json_get_string(called(objects, list, name), "id");
}

static void put_into_the_catalog(json *objects)
{
    const char *group = id_of(objects, "groups", OTHER_GROUP);
    json_append(json_get(objects, "catalogResources"),
                json_from("{'id':'" OTHER_RESOURCE "','displayName':'Finance','originId':%s,'originSystem':'AadGroup',"
                          "'_catalog':%s}",
                          group, id_of(objects, "catalogs", CATALOG)));
}

/* In the portal: a resource in the catalog, its role in the package, a tenant behind the organization, a group in
 * Defender's assignment. */
static void put_into_each(json *objects)
{
    const char *group = id_of(objects, "groups", OTHER_GROUP);
    put_into_the_catalog(objects);
    json_append(json_get(called(objects, "accessPackages", PACKAGE), "+resourceRoleScopes"),
                json_from("{'id':'foreign-scope','_resource':'" OTHER_RESOURCE
                          "','+role':{'id':'r','displayName':'Owner','originId':'Owner_x','originSystem':'AadGroup'},"
                          "'+scope':{'id':'s','displayName':'Payroll','originId':'x','originSystem':'AadGroup'}}"));
    json_append(json_get(called(objects, "connectedOrganizations", NAME), "identitySources"),
                json_from("{'@odata.type':'#microsoft.graph.azureActiveDirectoryTenant','tenantId':'" OTHER_TENANT
                          "','displayName':'Fabrikam'}"));
    json *assignment = json_at(json_get(objects, "defenderAssignments"), 0);
    json_append_string(json_get(assignment, "principalIds"), group);
    json_append(json_get(assignment, "+principals"), json_from("{'_ref':'groups','id':%s}", group));
}

/* A guest of another company in the group, the group in another one and in a policy, an assignment of their own of
 * Defender's role. */
static void use_each(json *objects)
{
    const char *group = id_of(objects, "groups", NAME);
    json *other = called(objects, "groups", OTHER_GROUP);
    json_append_string(json_get(other, "_members"), group);
    json_for_each (user, json_get(objects, "users")) {
        const char *mail = json_get_string(user, "mail");
        if (mail != NULL && strstr(mail, "fabrikam") != NULL)
            json_append_string(json_get(called(objects, "groups", NAME), "_members"), json_get_string(user, "id"));
    }
    json_append(json_get(objects, "conditionalAccessPolicies"),
                json_from("{'id':'ca670000-0000-4000-8000-000000000001','displayName':'MFA for analysts','state':"
                          "'enabled','conditions':{'users':{'includeGroups':[%s]}}}",
                          group));
    json *assignment = json_copy(json_at(json_get(objects, "defenderAssignments"), 0));
    json_set_string(assignment, "id", "cccc0000-0000-4000-8000-000000000001");
    json_set_string(assignment, "displayName", "SOC tier 1");
    json_set(assignment, "principalIds", json_from("[%s]", json_get_string(other, "id")));
    json_set(assignment, "+principals", json_from("[{'_ref':'groups','id':%s}]", json_get_string(other, "id")));
    json_append(json_get(objects, "defenderAssignments"), assignment);
}

/* One of the guests whom perch invited goes into a group of the company's. */
static void use_a_guest(json *objects)
{
    const char *guest = json_get_string(json_find(json_get(objects, "users"), "mail", "ann@redcanary.com"), "id");
    assert_non_null(guest);
    json_append_string(json_get(called(objects, "groups", OTHER_GROUP), "_members"), guest);
}

static void point_elsewhere(json *objects)
{
    json *export = json_find(json_get(objects, "dataExports"), "id", "MXDRPartner-Contoso");
    assert_non_null(export);
    json_set_string(json_get(export, "eventHubProperties"), "eventHubResourceId", NAMESPACES "company-siem");
}

struct situation {
    const char *scenario;
    const char *answers;
    void (*change)(json *objects);
    const char *said[8];
    struct held stay[8];
    struct held go[4];
};

static const struct situation situations[] = {
    {"fresh",
     "{" PEOPLE "}",
     put_into_the_catalog,
     {"This catalog holds what perch did not put there: the resource “Finance”."},
     {{"catalogs", "displayName", CATALOG}, {"catalogResources", "id", OTHER_RESOURCE}},
     {{"accessPackages", "displayName", PACKAGE},
      {"connectedOrganizations", "displayName", NAME},
      {"defenderAssignments", "displayName", NAME},
      {"groups", "displayName", NAME}}},
    {"fresh",
     "{" PEOPLE "}",
     put_into_each,
     {"This access package gives what perch did not put there: Owner of “Payroll”.",
      "This organization stands for others than the partner, too: the identity source “Fabrikam”.",
      "This assignment gives the role to others than the partner's group, too: the principal “" OTHER_GROUP "”."},
     {{"catalogs", "displayName", CATALOG},
      {"catalogResources", "id", OTHER_RESOURCE},
      {"accessPackages", "displayName", PACKAGE},
      {"connectedOrganizations", "displayName", NAME},
      {"defenderAssignments", "displayName", NAME},
      {"defenderRoles", "displayName", NAME},
      {"groups", "displayName", NAME}},
     {{"assignmentPolicies", "displayName", NAME}, {"catalogResources", "displayName", NAME}}},
    {"fresh",
     "{" PEOPLE "}",
     use_each,
     {"the guest “", "membership in “" OTHER_GROUP "”", "the Conditional Access policy “MFA for analysts”",
      "Others hold this role by what perch did not make: the assignment “SOC tier 1”."},
     {{"groups", "displayName", NAME},
      {"defenderRoles", "displayName", NAME},
      {"defenderAssignments", "displayName", "SOC tier 1"}},
     {{"defenderAssignments", "displayName", NAME},
      {"accessPackages", "displayName", PACKAGE},
      {"catalogs", "displayName", CATALOG},
      {"connectedOrganizations", "displayName", NAME}}},
    {"p1-only",
     "{\"guests\":[\"ann@redcanary.com\",\"bob@redcanary.com\"]}",
     use_a_guest,
     {"Others gave this guest what perch did not: membership in “" OTHER_GROUP "”."},
     {{"users", "mail", "ann@redcanary.com"}},
     {{"users", "mail", "bob@redcanary.com"}, {"groups", "displayName", NAME}}},
    {"fresh",
     "{\"company\":\"Contoso\",\"account\":{\"userPrincipalName\":\"admin@contoso.onmicrosoft.com\"},\"eventHub\":"
     "{\"resourceId\":\"" NAMESPACES "mdr-eh-ns01\",\"name\":\"telemetry\"},\"streamingWrite\":\"api\",\"done\":{"
     "\"account\":{\"by\":\"test\"},\"invitation\":{\"by\":\"test\"}}}",
     point_elsewhere,
     {"This export does not send to the partner's Event Hub: a hub in namespace “company-siem”."},
     {{"dataExports", "id", "MXDRPartner-Contoso"}},
     {{"groups", "displayName", NAME}}},
};

static void assert_counts(struct practice_tenant *tenant, const struct held *rows, gsize most, int wanted)
{
    for (gsize i = 0; i < most && rows[i].collection != NULL; i++)
        if (count_held(tenant, rows[i].collection, rows[i].member, rows[i].value) != wanted)
            fail_msg("%s “%s”: not %d of it", rows[i].collection, rows[i].value, wanted);
}

static void accept_the_invitation(struct practice_tenant *tenant)
{
    json *store = practice_take_store(tenant);
    json_set(store, "invitation", json_from("{'account':'admin@contoso.onmicrosoft.com','accepted':true}"));
    practice_put_store(tenant, store);
}

static void end_with(const struct situation *situation, const char *command)
{
    struct practice_tenant *tenant = practice_begin(situation->scenario, NULL);
    accept_the_invitation(tenant);
    g_autofree char *file = practice_answers(tenant, situation->answers);
    g_autoptr(Run) made = perch(tenant, "apply", "--yes", "--json", "--answers", file, NULL);
    assert_counts(tenant, situation->go, G_N_ELEMENTS(situation->go), 1);
    json *store = practice_take_store(tenant);
    situation->change(json_get(store, "objects"));
    practice_put_store(tenant, store);
    g_autoptr(Run) run = perch(tenant, command, "--yes", "--json", "--answers", file, NULL);
    for (gsize i = 0; situation->said[i] != NULL; i++)
        if (strstr(run->output, situation->said[i]) == NULL)
            fail_msg("%s: not said: %s in %s", command, situation->said[i], run->output);
    assert_counts(tenant, situation->stay, G_N_ELEMENTS(situation->stay), 1);
    assert_counts(tenant, situation->go, G_N_ELEMENTS(situation->go), 0);
    assert_status(run, 1);
    practice_end(tenant);
}

static void test_what_others_put_into_the_catalog_stays_at_undo(void **state)
{
    (void)state;
    end_with(&situations[0], "undo");
}

static void test_what_others_put_into_the_catalog_stays_when_the_partner_is_left(void **state)
{
    (void)state;
    end_with(&situations[0], "leave");
}

static void test_what_others_put_into_it_stays_at_undo(void **state)
{
    (void)state;
    struct situation also_named = situations[1];
    also_named.said[3] = "This catalog holds what perch did not put there: the resource “Finance”.";
    end_with(&also_named, "undo");
}

static void test_what_others_put_into_it_stays_when_the_partner_is_left(void **state)
{
    (void)state;
    end_with(&situations[1], "leave");
}

static void test_what_others_use_stays_at_undo(void **state)
{
    (void)state;
    end_with(&situations[2], "undo");
}

static void test_a_guest_who_is_used_elsewhere_stays_at_undo(void **state)
{
    (void)state;
    end_with(&situations[3], "undo");
}

static void test_a_guest_who_is_used_elsewhere_stays_when_the_partner_is_left(void **state)
{
    (void)state;
    end_with(&situations[3], "leave");
}

static void test_an_export_that_sends_elsewhere_now_stays_at_undo(void **state)
{
    (void)state;
    end_with(&situations[4], "undo");
}

static void test_an_export_that_sends_elsewhere_now_stays_when_the_partner_is_left(void **state)
{
    (void)state;
    end_with(&situations[4], "leave");
}

/* Whoever was struck off the list is no object any more, and is looked at all the same. */
static void test_a_guest_struck_off_the_list_who_is_used_elsewhere_stays(void **state)
{
    (void)state;
    const struct situation *situation = &situations[3];
    struct practice_tenant *tenant = practice_begin(situation->scenario, NULL);
    g_autofree char *file = practice_answers(tenant, "{\"guests\":[\"bob@redcanary.com\",\"ann@redcanary.com\"]}");
    g_autoptr(Run) made = perch(tenant, "apply", "--yes", "--json", "--answers", file, NULL);
    assert_counts(tenant, situation->go, G_N_ELEMENTS(situation->go), 1);
    json *store = practice_take_store(tenant);
    use_a_guest(json_get(store, "objects"));
    practice_put_store(tenant, store);
    g_autofree char *shorter = practice_answers(tenant, "{\"guests\":[\"bob@redcanary.com\"]}");
    g_autoptr(Run) undo = perch(tenant, "undo", "--yes", "--json", "--answers", shorter, NULL);
    assert_status(undo, 1);
    assert_non_null(strstr(undo->output, "and is left: Others gave this guest what perch did not: membership in “"));
    assert_counts(tenant, situation->stay, G_N_ELEMENTS(situation->stay), 1);
    assert_counts(tenant, situation->go, G_N_ELEMENTS(situation->go), 0);
    practice_end(tenant);
}

/* In the portal: a second group of that name, and perch's own in another group. */
#define SECOND "11111111-97d8-4d06-8472-cb3ac769fa5f"
static void add_a_second_group(json *objects)
{
    const json *own = called(objects, "groups", NAME);
    json *second = json_copy(own);
    json_append_string(json_get(called(objects, "groups", OTHER_GROUP), "_members"), json_get_string(own, "id"));
    json_set_string(second, "id", SECOND);
    json_append(json_get(objects, "groups"), second);
}

/* What perch made and another took the place of is looked at like what still has its place. */
static void test_what_others_use_stays_though_another_took_its_place(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("fresh", NULL);
    g_autofree char *file = practice_answers(tenant, "{" PEOPLE "}");
    g_autoptr(Run) made = perch(tenant, "apply", "--yes", "--json", "--answers", file, NULL);
    json *store = practice_take_store(tenant);
    add_a_second_group(json_get(store, "objects"));
    practice_put_store(tenant, store);
    g_autofree char *decided = practice_answers(tenant, "{" PEOPLE ",\"decisions\":{\"group\":\"use:" SECOND "\"}}");
    g_autoptr(Run) used = perch(tenant, "apply", "--yes", "--json", "--answers", decided, NULL);
    g_autoptr(Run) undo = perch(tenant, "undo", "--yes", "--json", "--answers", decided, NULL);
    assert_status(undo, 1);
    assert_non_null(strstr(undo->output, "and is left: Others use this group for what perch did not make: membership"));
    const struct held both[] = {{"groups", "displayName", NAME}, {"groups", "id", SECOND}};
    assert_counts(tenant, both, 1, 2);
    assert_counts(tenant, both + 1, 1, 1);
    practice_end(tenant);
}

static void make_an_employee_of_a_guest(json *objects)
{
    json *guest = json_find(json_get(objects, "users"), "mail", "ann@redcanary.com");
    assert_non_null(guest);
    json_set_string(guest, "userType", "Member");
}

/* Whom perch invited the company may have taken on since. */
static void test_a_guest_who_became_an_employee_stays(void **state)
{
    (void)state;
    const struct held ann = {"users", "mail", "ann@redcanary.com"};
    const struct held bob = {"users", "mail", "bob@redcanary.com"};
    struct practice_tenant *tenant = practice_begin("p1-only", NULL);
    g_autofree char *file = practice_answers(tenant, "{\"guests\":[\"bob@redcanary.com\",\"ann@redcanary.com\"]}");
    g_autoptr(Run) made = perch(tenant, "apply", "--yes", "--json", "--answers", file, NULL);
    json *store = practice_take_store(tenant);
    make_an_employee_of_a_guest(json_get(store, "objects"));
    practice_put_store(tenant, store);
    g_autoptr(Run) undo = perch(tenant, "undo", "--yes", "--json", "--answers", file, NULL);
    assert_status(undo, 1);
    assert_non_null(strstr(undo->output, "the user type “Member”"));
    assert_counts(tenant, &ann, 1, 1);
    assert_counts(tenant, &bob, 1, 0);
    practice_end(tenant);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_others_put_into_the_catalog_stays_at_undo),
        cmocka_unit_test(test_what_others_put_into_the_catalog_stays_when_the_partner_is_left),
        cmocka_unit_test(test_what_others_put_into_it_stays_at_undo),
        cmocka_unit_test(test_what_others_put_into_it_stays_when_the_partner_is_left),
        cmocka_unit_test(test_what_others_use_stays_at_undo),
        cmocka_unit_test(test_a_guest_who_is_used_elsewhere_stays_at_undo),
        cmocka_unit_test(test_a_guest_who_is_used_elsewhere_stays_when_the_partner_is_left),
        cmocka_unit_test(test_a_guest_struck_off_the_list_who_is_used_elsewhere_stays),
        cmocka_unit_test(test_what_others_use_stays_though_another_took_its_place),
        cmocka_unit_test(test_a_guest_who_became_an_employee_stays),
        cmocka_unit_test(test_an_export_that_sends_elsewhere_now_stays_at_undo),
        cmocka_unit_test(test_an_export_that_sends_elsewhere_now_stays_when_the_partner_is_left),
    };
    json_init();
    return run_journeys("surplus", tests, argc, argv);
}
