/* SPDX-License-Identifier: MIT */
/*
 * Every kind of object: what a profile has to give it in "with", and what it makes of replies. One row a case; texts in
 * single quotes stand for JSON.
 */
#include <string.h>

#include "base/json_schema.h"
#include "onboarding/kinds.h"
#include "onboarding/link.h"
#include "onboarding/profile.h"
#include "support/object_scene.h"
#include "support/support.h"

#define KEEPS_CREATOR                                                                                                  \
    " [Microsoft may keep whoever creates the group as its owner, who may add members. That may stay; an owner that "  \
    "is chosen here beforehand avoids it.]"
#define READER_ID "5d6b6bb7-de71-4623-b4af-96380a352509"
#define READER(name) "{'principal':'g1','roleDefinitionId':'" READER_ID "','roleName':'" name "'}"
#define READER_FOUND "200 {'value':[{'id':'" READER_ID "','displayName':'Security Reader'}]}"

#define ENTRY "{'tenantId':'t1','domainName':'p.com','group':'g1','roleDefinitionId':'r1','way':'package'}"
#define OPEN_TENANT                                                                                                    \
    "200 {'b2bCollaborationInbound':{'usersAndGroups':{'accessType':'allowed','targets':[{'target':'AllUsers'}]},"     \
    "'applications':{'accessType':'allowed','targets':[{'target':'AllApplications'}]}}}"
#define NO_LIST "200 {'value':[]}"
#define ANYBODY_INVITES "200 {'allowInvitesFrom':'everyone'}"
#define NO_POLICIES "200 {'value':[]}\n200 {'value':[]}\n200 {}" /* nor terms, nor security defaults */
#define ALL_BLOCKED "all people of the partner are blocked (Entra > External Identities > Cross-tenant access settings)"
#define NOT_ALLOWED                                                                                                    \
    "it does not allow the domain of the partner (Entra > External Identities > External collaboration settings)"

static const struct object_kind *const kinds[] = {
#define OBJECT_KIND(kind) &kind,
    OBJECT_KINDS(OBJECT_KIND)
#undef OBJECT_KIND
};

static json *quoted(const char *text)
{
    g_autofree char *copy = g_strdelimit(g_strdup(text), "'", '"');
    json *value = json_parse(copy, -1, NULL);
    if (value == NULL)
        fail_msg("no JSON: %s", copy);
    return value;
}

static json *sample(const struct json_schema *row);

static json *sample_members(const struct json_schema *rows)
{
    json *members = json_new_object();
    for (const struct json_schema *row = rows; row != NULL && row->name != NULL; row++)
        json_set(members, row->name, sample(row));
    return members;
}

/* A value that ROW lets through; a text is the id of the only step, which is right for ids of steps as well, and what
 * has an id and a name is a role that only reads. */
static json *sample(const struct json_schema *row)
{
    gboolean is_role = g_strcmp0(row->name, "id") == 0 || g_strcmp0(row->name, "role") == 0;
    if ((row->is & JSON_TEXT) != 0 && is_role)
        return json_new_string(READER_ID);
    if (g_strcmp0(row->name, "roleDefinitionId") == 0)
        return json_new_string("5d6b6bb7-de71-4623-b4af-96380a352509");
    if (g_strcmp0(row->name, "name") == 0 || g_strcmp0(row->name, "roleName") == 0)
        return json_new_string("Security Reader");
    if (row->problem == link_problem)
        return json_new_string("https://link.example/");
    if ((row->is & JSON_TEXT) != 0)
        return json_new_string("one");
    if ((row->is & JSON_YES_NO) != 0)
        return json_new_bool(TRUE);
    if ((row->is & JSON_OBJECT) != 0)
        return sample_members(row->inner);
    assert_true((row->is & JSON_LIST) != 0);
    json *list = json_new_array();
    json_append(list, sample(row->inner));
    return list;
}

/* Why a profile whose only object is of KIND with WITH is refused; NULL if it is taken. Caller frees. */
static char *refusal(const struct object_kind *kind, const json *with)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *title = kind->title_shows != NULL ? g_strdup_printf("t {%s}", kind->title_shows) : g_strdup("t");
    g_autoptr(json) document =
        json_from("{'format':1,'id':'p','name':'P','dated':'2026-11-27','clouds':[],'steps':[{'id':'one','title':'One',"
                  "'explanation':'x','objects':[{'key':'k','kind':%s,'title':%s,'with':%j}]}]}",
                  kind->name, title, with);
    g_autofree char *text = json_text(document);
    g_autoptr(Profile) profile = profile_parse(text, -1, "p", &error);
    return profile != NULL ? NULL : g_strdup(error->message);
}

static void assert_refused(const struct object_kind *kind, const json *with, const char *name, const char *words)
{
    g_autofree char *expected = g_strdup_printf("p: $.steps[0].objects[0].with.%s: %s", name, words);
    g_autofree char *message = refusal(kind, with);
    if (message == NULL || !g_str_has_prefix(message, expected))
        fail_msg("%s: “%s” instead of “%s”", kind->name, message, expected);
}

static void test_each_kind_asks_for_what_it_needs(void **state)
{
    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(kinds); i++) {
        g_autoptr(json) whole = sample_members(kinds[i]->with);
        g_autofree char *message = refusal(kinds[i], whole);
        if (message != NULL)
            fail_msg("%s", message);
        g_autoptr(json) more = json_copy(whole);
        json_set_bool(more, "moon", TRUE);
        assert_refused(kinds[i], more, "moon", "this name is not known.");
        for (const struct json_schema *row = kinds[i]->with; row != NULL && row->name != NULL; row++) {
            g_autoptr(json) less = json_copy(whole);
            json_remove(less, row->name);
            g_autofree char *without = refusal(kinds[i], less);
            if ((row->is & JSON_REQUIRED) != 0)
                assert_refused(kinds[i], less, row->name, "this is missing.");
            else
                assert_null(without);
            g_autoptr(json) wrong = json_copy(whole);
            json_set(wrong, row->name, json_new_object());
            assert_refused(kinds[i], wrong, row->name, "");
        }
    }
}

static void test_every_kind_stands_in_the_list_once_and_is_found_by_its_name(void **state)
{
    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(kinds); i++) {
        assert_ptr_equal(object_kind_named(kinds[i]->name), kinds[i]);
        assert_non_null(kinds[i]->compare);
    }
    assert_null(object_kind_named("moon"));
    assert_null(object_kind_named(NULL));
}

static void begin(struct scene *scene, const char *kind, const char *with)
{
    scene->with = quoted(with);
    scene->definition = (struct object_definition){
        .key = "it", .kind_name = kind, .kind = object_kind_named(kind), .title = "it", .with = scene->with};
    assert_non_null(scene->definition.kind);
    scene->values = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    scene->object = object_new(&scene->definition, "one", NULL, scene->values, NULL, 0);
}

static void end(struct scene *scene)
{
    object_free(scene->object);
    g_hash_table_unref(scene->values);
    json_free(scene->with);
}

static void free_reply(gpointer data)
{
    struct reply *reply = data;
    json_free(reply->body);
    g_free(reply);
}

/* REPLIES: one a line, "STATUS BODY". */
static void observe(struct object *object, const char *replies)
{
    g_auto(GStrv) lines = g_strsplit(replies, "\n", -1);
    g_autoptr(GPtrArray) list = g_ptr_array_new_with_free_func(free_reply);
    g_autoptr(GPtrArray) asked = object_look_ups(object);
    if (asked->len != g_strv_length(lines))
        fail_msg("%s asks %u times", object->kind->name, asked->len);
    for (char **line = lines; *line != NULL; line++) {
        struct reply *reply = g_new0(struct reply, 1);
        reply->outcome = REPLY_ANSWERED;
        reply->status = (int)g_ascii_strtoll(*line, NULL, 10);
        reply->body = quoted(strchr(*line, ' '));
        g_ptr_array_add(list, reply);
    }
    object->kind->compare(object, list, object->observation);
}

/* What an observation holds, in a line: state, id, differences (! fixed), candidates, notes; then the sentence. */
static char *shown(const struct observation *observation)
{
    GString *text = g_string_new(object_state_word(observation->state));
    if (observation->id[0] != '\0')
        g_string_append_printf(text, " #%s", observation->id);
    for (guint i = 0; i < observation->differences->len; i++) {
        const struct difference *difference = g_ptr_array_index(observation->differences, i);
        g_string_append_printf(text, " %s%s:%s>%s", difference->field, difference->fixed ? "!" : "", difference->found,
                               difference->wanted);
    }
    for (guint i = 0; i < observation->candidates->len; i++) {
        g_autofree char *words =
            decision_words(((const struct candidate *)g_ptr_array_index(observation->candidates, i))->decision);
        g_string_append_printf(text, " ?%s", words);
    }
    for (guint i = 0; i < observation->notes->len; i++)
        g_string_append_printf(text, " [%s]", (const char *)g_ptr_array_index(observation->notes, i));
    return g_string_free(text, FALSE);
}

#define GROUP "'displayName':'G','description':'D'"
#define LIVE_GROUP(more)                                                                                               \
    "{'id':'g1','displayName':'G','description':'D','securityEnabled':true,'mailEnabled':false,'groupTypes':[],"       \
    "'isAssignableToRole':true" more "}"
#define PLANS                                                                                                          \
    "{'full':[{'servicePlanId':'f','name':'Full'}],'basic':[{'servicePlanId':'b','name':'Basic'}],"                    \
    "'defender':[{'servicePlanId':'d','name':'Defender'}]}"
#define SKU(status, plan, provisioned)                                                                                 \
    "{'value':[{'capabilityStatus':'" status "','servicePlans':[{'servicePlanId':'" plan                               \
    "','provisioningStatus':'" provisioned "'}]}]}"
#define NO_DEFENDER                                                                                                    \
    " [No Defender for Endpoint plan was found among the licences. That is a warning only: it also comes with "        \
    "Defender for Servers.]"
#define ORGANIZATION "{'displayName':'O','description':'D','domainName':'p.com','tenantId':'t1'}"

static const struct {
    const char *kind;
    const char *with;
    const char *replies;
    const char *shown;
    const char *learnt; /* a name that is learnt; NULL: none is looked at */
    const char *value;
} observations[] = {
    {"group", "{" GROUP "}", "200 {'value':[]}\n200 {'value':[]}", "absent" KEEPS_CREATOR, NULL, NULL},
    {"group", "{" GROUP "}", "200 {'value':[" LIVE_GROUP("") "]}\n200 {'value':[]}", "matches #g1", "id", "g1"},
    {"group", "{" GROUP "}",
     "200 {'value':[" LIVE_GROUP("") ",{'id':'g2','displayName':'G','createdDateTime':'2026-01-02T03:04:05Z'}]}\n"
                                     "200 {'value':[]}",
     "many ?use:g1 ?use:g2", NULL, NULL},
    {"group", "{'displayName':'G','description':'New'}", "200 {'value':[" LIVE_GROUP("") "]}\n200 {'value':[]}",
     "differs #g1 description:D>New ?repair ?keep", NULL, NULL},
    {"group", "{" GROUP "}",
     "200 {'value':[{'id':'g1','displayName':'G','description':'D','securityEnabled':true,'mailEnabled':false,"
     "'groupTypes':[],'isAssignableToRole':null}]}\n200 {'value':[]}",
     "differs #g1 isAssignableToRole!:nothing>yes ?name:", NULL, NULL},
    {"group", "{" GROUP "}", "200 {'value':[]}\n200 {'value':[{'id':'old','isAssignableToRole':true}]}",
     "absent ?restore ?create", NULL, NULL},
    {"group", "{" GROUP "}", "200 {'value':[]}\n200 {'value':[{'id':'old','isAssignableToRole':false}]}",
     "absent" KEEPS_CREATOR, NULL, NULL},
    {"catalog", "{'displayName':'C','description':'D'}",
     "200 {'value':[{'id':'c1','displayName':'C','description':'D','state':'published','isExternallyVisible':true}]}",
     "matches #c1", NULL, NULL},
    {"catalog", "{'displayName':'C','description':'D'}",
     "200 "
     "{'value':[{'id':'c1','displayName':'C','description':'D','state':'unpublished','isExternallyVisible':false}]}",
     "differs #c1 state:unpublished>published isExternallyVisible:no>yes ?repair ?keep", NULL, NULL},
    {"access-package", "{'displayName':'P','description':'D','catalog':'c1'}",
     "200 {'value':[{'id':'p2','displayName':'P','description':'D','isHidden':false,'catalog':{'id':'c2'}},"
     "{'id':'p1','displayName':'P','description':'D','isHidden':false,'catalog':{'id':'c1'}}]}",
     "matches #p1", NULL, NULL},
    {"access-package", "{'displayName':'P','description':'D','catalog':'c3'}",
     "200 {'value':[{'id':'p2','displayName':'P','catalog':{'id':'c2'}}]}", "absent", NULL, NULL},
    {"connected-organization", ORGANIZATION,
     "200 {'value':[{'id':'o1','displayName':'O','description':'D','state':'configured','identitySources':[{"
     "'tenantId':'t1'}]}]}\n200 {'value':[]}",
     "matches #o1", NULL, NULL},
    {"user", "{'userName':'a@c.com'}", "404 {}\n200 {}", "absent", NULL, NULL},
    {"user", "{'userName':'a@c.com'}", "200 {'id':'u1','displayName':'Ann'}\n200 {}", "matches #u1", "name", "Ann"},
    {"user", "{'userName':'a@c.com'}", "200 {'id':'u1','displayName':'Ann','accountEnabled':false}\n200 {}",
     "differs #u1 accountEnabled!:no>yes ?keep", NULL, NULL},
    {"user", "{'userName':'a@c.com'}", "200 {'id':'u1','userType':'Guest'}\n200 {}", "matches #u1", NULL, NULL},
    {"user", "{'userName':'a@c.com','memberOnly':true}", "200 {'id':'u1','userType':'Guest'}\n200 {}",
     "differs #u1 userType!:Guest>Member", NULL, NULL},
    {"sponsor", "{'organization':'o','user':'u1','graph':'g'}", "200 {'value':[]}", "absent", NULL, NULL},
    {"sponsor", "{'organization':'o','user':'u1','graph':'g'}", "200 {'value':[{'id':'u2'},{'id':'u1'}]}",
     "matches #u1 [The connected organization has 1 other internal sponsor.]", NULL, NULL},
    {"sponsor", "{'organization':'o','user':'u1','graph':'g'}", "200 {'value':[{'id':'u2'},{'id':'u3'}]}",
     "absent [The connected organization has 2 other internal sponsors.]", NULL, NULL},
    {"role-assignment", READER("Security Reader"),
     "200 {'value':[{'id':'a1','roleDefinitionId':'" READER_ID "','directoryScopeId':'/'}]}\n" READER_FOUND,
     "matches #a1", "name", "Security Reader"},
    {"role-assignment", READER("Security Reader"),
     "200 {'value':[{'id':'a1','roleDefinitionId':'" READER_ID
     "','directoryScopeId':'/administrativeUnits/x'}]}\n" READER_FOUND,
     "absent [The group holds 1 other directory role assignment.]", NULL, NULL},
    {"role-assignment", READER("Security Reader"), "200 {'value':[]}\n200 {'value':[]}",
     "differs role!:no such role>Security Reader", NULL, NULL},
    {"role-assignment", "{'principal':'g1','roleDefinitionId':'r1','roleName':'Watcher'}",
     "200 {'value':[]}\n200 {'value':[{'id':'r1','displayName':'Owner of all'}]}", "differs role!:Owner of all>Watcher",
     NULL, NULL},
    {"role-assignment", "{'principal':'g1','roleDefinitionId':'r1','roleName':'Watcher'}",
     "200 {'value':[]}\n200 {'value':[{'id':'r1','displayName':'Watcher'}]}",
     "absent ?allow: [“Watcher” does more than read: it is beyond what a partner is given.]", NULL, NULL},
    {"role-assignment", "{'principal':'g1','roleDefinitionId':'62e90394-69f5-4237-9190-012177145e10'}",
     "200 {'value':[]}\n200 {'value':[{'id':'62e90394-69f5-4237-9190-012177145e10','displayName':'Global "
     "Administrator'}]}",
     "absent ?allow: [“Global Administrator” does more than read: it is beyond what a partner is given.]", NULL, NULL},
    {"partner-entry", ENTRY, OPEN_TENANT "\n404 {}\n" NO_LIST "\n" ANYBODY_INVITES "\n" NO_POLICIES, "matches", NULL,
     NULL},
    {"partner-entry", ENTRY,
     OPEN_TENANT "\n200 {'b2bCollaborationInbound':{'usersAndGroups':{'accessType':'blocked','targets':[{'target':"
                 "'AllUsers'}]}}}\n" NO_LIST "\n" ANYBODY_INVITES "\n" NO_POLICIES,
     "differs inbound access!:" ALL_BLOCKED ">open to them ?keep:cross-tenant-users|", NULL, NULL},
    {"partner-entry", ENTRY,
     OPEN_TENANT "\n404 {}\n200 {'value':[{'isOrganizationDefault':'true','definition':["
                 "'{\\\"AllowedDomains\\\":[\\\"other.org\\\"]}']}]}\n" ANYBODY_INVITES "\n" NO_POLICIES,
     "differs domain list!:" NOT_ALLOWED ">open to them ?keep:domain-list|", NULL, NULL},
    {"partner-entry", ENTRY, "403 {}\n403 {}\n403 {}\n403 {}\n403 {}\n403 {}\n403 {}",
     "matches [Cannot tell: access settings for other tenants were not read (403). Look in Entra > External Identities "
     "> Cross-tenant access settings.] [Cannot tell: the list of allowed or blocked domains was not read (403). Look "
     "in "
     "Entra > External Identities > External collaboration settings.] [Cannot tell: the rule about invitations was not "
     "read (403). Look in Entra > External Identities > External collaboration settings.] [Cannot tell: Conditional "
     "Access was not read (403). Look in Entra > Protection > Conditional Access.] [Cannot tell: which terms of use "
     "they have to accept was not read (403). Look in Entra > Identity governance > Terms of use.]",
     NULL, NULL},
    {"one-tenant", "{'tenants':[{'toldBy':'a','tenant':'t1'},{'toldBy':'b','tenant':'{x.owner}'}]}", "", "matches",
     NULL, NULL},
    {"one-tenant", "{'tenants':[{'toldBy':'a','tenant':'t1'},{'toldBy':'b','tenant':'T1'}]}", "", "matches", NULL,
     NULL},
    {"one-tenant", "{'tenants':[{'toldBy':'a','tenant':'t1'},{'toldBy':'b','tenant':'t2'}]}", "",
     "differs b!:is t2>nobody else ?keep:t2|", NULL, NULL},
    {"licence", PLANS, "200 " SKU("Enabled", "f", "Success"), "matches" NO_DEFENDER, "entra", "full"},
    {"licence", PLANS, "200 " SKU("Warning", "f", "PendingInput"),
     "matches" NO_DEFENDER
     " [Full has run out and is in its days of grace: it works still and ends unless it is renewed. perch cannot read "
     "until when: Microsoft 365 admin center > Billing > Your products says it.]",
     "entra", "full"},
    {"licence", PLANS, "200 " SKU("Suspended", "f", "Success"), "differs Full!:suspended>in force ?keep" NO_DEFENDER,
     "entra", "full"},
    {"licence", PLANS, "200 " SKU("Enabled", "f", "Disabled"), "matches" NO_DEFENDER, "entra", "none"},
    {"licence", PLANS, "200 " SKU("Enabled", "b", "Success"), "matches" NO_DEFENDER, "entra", "basic"},
    {"licence", PLANS, "200 " SKU("Enabled", "d", "Success"), "matches [Defender is licensed.]", "entra", "none"},
    {"guest", "{'mail':'x@p.com','domainName':'P.com','redirect':'https://r.example'}",
     "200 {'value':[]}\n200 {}\n400 {}", "absent", NULL, NULL},
    {"guest", "{'mail':'x@q.com','domainName':'p.com','redirect':'https://r.example'}",
     "200 {'value':[]}\n200 {}\n400 {}", "absent [x@q.com is not of p.com.]", NULL, NULL},
    {"guest", "{'mail':'x@p.com','domainName':'p.com','redirect':'https://r.example'}",
     "200 {'value':[{'id':'u1','accountEnabled':false}]}\n200 {}\n400 {}", "differs #u1 accountEnabled!:no>yes", NULL,
     NULL},
    {"tenant", "{}",
     "200 {'value':[{'id':'t','displayName':'Contoso','verifiedDomains':[{'name':'Contoso.com'},{'name':'c.example',"
     "'isInitial':true}]}]}",
     "matches #t", "domains", "contoso.com c.example"},
    {"tenant", "{}", "200 {'value':[{'id':'t','displayName':'Contoso','verifiedDomains':[{'name':'contoso.com'}]}]}",
     "unknown", NULL, NULL},
    {"account", "{'userName':'a@c.com','mode':'existing'}", "404 {}\n200 {}", "absent", NULL, NULL},
    {"account", "{'userName':'a@c.com','mode':'existing','email':'A@c.com'}",
     "200 {'id':'u1','mail':'a@c.com'}\n200 {}", "matches #u1", "mail", "a@c.com"},
    {"account", "{'userName':'a@c.com','email':'b@c.com'}",
     "200 {'id':'u1','mail':'a@c.com','accountEnabled':false}\n200 {}",
     "differs #u1 accountEnabled!:no>yes [The account's mail address in Microsoft Entra is a@c.com, and b@c.com was "
     "given.]",
     NULL, NULL},
};

static void test_what_each_kind_makes_of_replies(void **state)
{
    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(observations); i++) {
        struct scene scene;
        begin(&scene, observations[i].kind, observations[i].with);
        observe(scene.object, observations[i].replies);
        const struct observation *observation = scene.object->observation;
        g_autofree char *text = shown(observation);
        if (strcmp(text, observations[i].shown) != 0)
            fail_msg("row %zu, %s:\n%s\ninstead of\n%s", i, observations[i].kind, text, observations[i].shown);
        if (observations[i].learnt != NULL)
            assert_string_equal(g_hash_table_lookup(observation->learnt, observations[i].learnt),
                                observations[i].value);
        end(&scene);
    }
}

/* What stands in a profile as a placeholder is what the kind says it teaches. */
static void test_a_kind_teaches_what_it_says(void **state)
{
    (void)state;
    static const char *const always[] = {"id", "name", "origin", NULL};
    for (gsize i = 0; i < G_N_ELEMENTS(observations); i++) {
        struct scene scene;
        GHashTableIter iterator;
        gpointer name;
        begin(&scene, observations[i].kind, observations[i].with);
        observe(scene.object, observations[i].replies);
        const struct object_kind *kind = scene.object->kind;
        g_hash_table_iter_init(&iterator, scene.object->observation->learnt);
        while (g_hash_table_iter_next(&iterator, &name, NULL))
            if (!g_strv_contains(always, name) && (kind->learns == NULL || !g_strv_contains(kind->learns, name)))
                fail_msg("%s teaches “%s” and does not say so", kind->name, (const char *)name);
        end(&scene);
    }
}

static const struct {
    const char *kind;
    const char *with;
    const char *created; /* "METHOD TARGET BODY"; NULL: it cannot be made */
    const char *removed; /* the same, of the id "i1"; NULL: it goes with another */
} writes[] = {
    {"group", "{'displayName':'G','description':'D','mailNickname':'N'}",
     "POST /v1.0/groups {'displayName':'G','description':'D','mailEnabled':false,'mailNickname':'N',"
     "'securityEnabled':true,'groupTypes':[],'isAssignableToRole':true}",
     "DELETE /v1.0/groups/i1"},
    {"catalog", "{'displayName':'C','description':'D'}",
     "POST /v1.0/identityGovernance/entitlementManagement/catalogs {'displayName':'C','description':'D',"
     "'state':'published','isExternallyVisible':true}",
     "DELETE /v1.0/identityGovernance/entitlementManagement/catalogs/i1"},
    {"access-package", "{'displayName':'P','description':'D','catalog':'c1'}",
     "POST /v1.0/identityGovernance/entitlementManagement/accessPackages {'displayName':'P','description':'D',"
     "'isHidden':false,'catalog':{'id':'c1'}}",
     "DELETE /v1.0/identityGovernance/entitlementManagement/accessPackages/i1"},
    {"role-assignment", "{'principal':'g1','roleDefinitionId':'r1'}",
     "POST /v1.0/roleManagement/directory/roleAssignments {'roleDefinitionId':'r1','principalId':'g1',"
     "'directoryScopeId':'/'}",
     "DELETE /v1.0/roleManagement/directory/roleAssignments/i1"},
    {"sponsor", "{'organization':'o1','user':'u1','graph':'https://graph.example'}",
     "POST /v1.0/identityGovernance/entitlementManagement/connectedOrganizations/o1/internalSponsors/$ref "
     "{'@odata.id':'https://graph.example/v1.0/users/u1'}",
     "DELETE /v1.0/identityGovernance/entitlementManagement/connectedOrganizations/o1/internalSponsors/i1/$ref"},
    {"guest", "{'mail':'x@p.com','domainName':'p.com','redirect':'https://r.example'}",
     "POST /v1.0/invitations {'invitedUserEmailAddress':'x@p.com','inviteRedirectUrl':'https://r.example',"
     "'sendInvitationMessage':true}",
     "DELETE /v1.0/users/i1"},
    {"account", "{'userName':'soc.team@c.com','mode':'create','domains':'c.com d.com'}",
     "POST /v1.0/users {'accountEnabled':true,'displayName':'soc-team','mailNickname':'soc-team',"
     "'userPrincipalName':'soc.team@c.com','passwordProfile':{'forceChangePasswordNextSignIn':true,"
     "'password':'{secret.accountPassword}'}}",
     "DELETE /v1.0/users/i1"},
    {"account", "{'userName':'a@e.com','mode':'create','domains':'c.com d.com'}", NULL, "DELETE /v1.0/users/i1"},
    {"account", "{'userName':'a@c.com','mode':'existing','domains':'c.com'}", NULL, "DELETE /v1.0/users/i1"},
    {"user", "{'userName':'a@c.com'}", NULL, NULL},
    {"tenant", "{}", NULL, NULL},
};

static void assert_request(const char *kind, struct request *request, const char *expected)
{
    g_autoptr(Request) taken = request;
    if (request == NULL || expected == NULL) {
        if (request != NULL || expected != NULL)
            fail_msg("%s: a request too many or too few", kind);
        return;
    }
    g_autofree char *target = request_target(request);
    g_autofree char *body = request->body != NULL ? json_text(request->body) : g_strdup("");
    g_strdelimit(body, "\"", '\'');
    g_autofree char *text = g_strdup_printf("%s %s%s%s", request->method, target, body[0] != '\0' ? " " : "", body);
    if (strcmp(text, expected) != 0)
        fail_msg("%s:\n%s\ninstead of\n%s", kind, text, expected);
}

static void test_what_each_kind_sends_to_make_and_to_remove(void **state)
{
    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(writes); i++) {
        struct scene scene;
        begin(&scene, writes[i].kind, writes[i].with);
        const struct object_kind *kind = scene.object->kind;
        g_free(scene.object->known_id);
        scene.object->known_id = g_strdup("i1");
        assert_request(kind->name, kind->create != NULL ? kind->create(scene.object) : NULL, writes[i].created);
        assert_request(kind->name, kind->remove != NULL ? kind->remove(scene.object) : NULL, writes[i].removed);
        end(&scene);
    }
}

static const struct {
    const char *kind;
    const char *with;
    const char *replies;
    const char *repaired;
    const char *restored; /* what undo puts back of what was found */
} repairs[] = {
    {"group", "{'displayName':'G','description':'New'}", "200 {'value':[" LIVE_GROUP("") "]}\n200 {'value':[]}",
     "PATCH /v1.0/groups/g1 {'description':'New'}", "PATCH /v1.0/groups/g1 {'description':'D'}"},
    {"catalog", "{'displayName':'C','description':'D'}",
     "200 {'value':[{'id':'c1','displayName':'C','description':'D','state':'unpublished','isExternallyVisible':true}]}",
     "PATCH /v1.0/identityGovernance/entitlementManagement/catalogs/c1 {'state':'published'}",
     "PATCH /v1.0/identityGovernance/entitlementManagement/catalogs/c1 {'state':'unpublished'}"},
    {"access-package", "{'displayName':'P','description':'D','catalog':'c1'}",
     "200 {'value':[{'id':'p1','displayName':'P','description':'E','isHidden':true,'catalog':{'id':'c1'}}]}",
     "PATCH /v1.0/identityGovernance/entitlementManagement/accessPackages/p1 {'description':'D','isHidden':false}",
     "PATCH /v1.0/identityGovernance/entitlementManagement/accessPackages/p1 {'description':'E','isHidden':true}"},
};

static void test_a_repair_sends_what_differs_and_undo_what_was_there(void **state)
{
    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(repairs); i++) {
        struct scene scene;
        begin(&scene, repairs[i].kind, repairs[i].with);
        observe(scene.object, repairs[i].replies);
        const struct object_kind *kind = scene.object->kind;
        assert_request(kind->name, kind->repair(scene.object), repairs[i].repaired);
        assert_request(kind->name, scene_put_back(scene.object), repairs[i].restored);
        end(&scene);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_each_kind_asks_for_what_it_needs),
        cmocka_unit_test(test_every_kind_stands_in_the_list_once_and_is_found_by_its_name),
        cmocka_unit_test(test_what_each_kind_makes_of_replies),
        cmocka_unit_test(test_a_kind_teaches_what_it_says),
        cmocka_unit_test(test_what_each_kind_sends_to_make_and_to_remove),
        cmocka_unit_test(test_a_repair_sends_what_differs_and_undo_what_was_there),
    };
    json_init();
    return cmocka_run_group_tests_name("kinds", tests, NULL, NULL);
}
