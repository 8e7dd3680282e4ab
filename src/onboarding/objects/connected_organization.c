/* SPDX-License-Identifier: MIT */
#include "onboarding/kinds.h"

#include "onboarding/collection.h"
#include "onboarding/policy_uses.h"
#include "onboarding/surplus.h"

/* A policy's allowedTargetScope: whoever is of a configured organization may ask. */
#define SCOPE_ALL "allConfiguredConnectedOrganizationUsers"

static const struct compared_field fields[] = {
    {"displayName", FIELD_CLASS_REPAIRABLE},
    {"description", FIELD_CLASS_REPAIRABLE},
    {"state", FIELD_CLASS_REPAIRABLE},
};

static const struct collection organizations = {
    .path = "/v1.0/identityGovernance/entitlementManagement/connectedOrganizations",
    .read_scope = "EntitlementManagement.Read.All",
    .write_scope = "EntitlementManagement.ReadWrite.All",
    .fields = fields,
    .field_count = G_N_ELEMENTS(fields),
};

/* By tenant as well as by name: a second connected organization for one tenant is refused. */
static void look_up(const struct object *object, GPtrArray *requests)
{
    g_autofree char *of_tenant =
        g_strdup_printf("identitySources/any(is:is/microsoft.graph.azureActiveDirectoryTenant/tenantId eq '%s')",
                        object_text(object, "tenantId"));
    collection_look_up(object, requests);
    g_ptr_array_add(requests, collection_list(&organizations, of_tenant));
}

static json *wanted(const struct object *object)
{
    return json_from("{'displayName':%s,'description':%s,'state':'configured','identitySources':[{"
                     "'@odata.type':'#microsoft.graph.domainIdentitySource','domainName':%s,'displayName':%s}]}",
                     object_text(object, "displayName"), object_text(object, "description"),
                     object_text(object, "domainName"), object_text(object, "domainName"));
}

static char *describe(const json *organization)
{
    return g_strdup_printf("%s, state %s (%s)", json_get_shown(organization, "displayName"),
                           json_get_shown(organization, "state"), json_get_shown(organization, "id"));
}

/* How many of SOURCES stand for somebody else than TENANT. *STANDS: one stands for that tenant. */
static guint count_others(const json *sources, const char *tenant, gboolean *stands)
{
    guint others = 0;
    *stands = FALSE;
    json_for_each (source, sources) {
        const char *found = json_get_string(source, "tenantId");
        gboolean same = found != NULL && g_ascii_strcasecmp(found, tenant) == 0;
        *stands = *stands || same;
        others += same ? 0 : 1;
    }
    return others;
}

static void compare(const struct object *object, GPtrArray *replies, struct observation *observation)
{
    g_autoptr(GPtrArray) hits = compare_hits(replies, collection_reads_by_id(object));
    const json *organization = compare_choose(object, hits, observation, describe);
    if (organization == NULL)
        return;
    g_autoptr(json) want = wanted(object);
    compare_take(observation, organization);
    compare_fields(observation, want, organization, fields, G_N_ELEMENTS(fields));
    /* Microsoft stores the domain of an Entra tenant as that tenant. Anything else lets other people in. */
    gboolean stands = FALSE;
    const json *sources = json_get(organization, "identitySources");
    guint others = count_others(sources, object_text(object, "tenantId"), &stands);
    if (!stands || others > 0) {
        g_autofree char *found = compare_show(sources);
        g_autofree char *tenant = g_strdup_printf("tenant %s", object_text(object, "tenantId"));
        observation_difference(observation, "identitySources", tenant, found, TRUE);
        observation->state = OBJECT_DIFFERS;
    }
    if (!observation_is_fixed(observation)) {
        compare_offer_repair(observation, "connected organization");
        return;
    }
    if (stands)
        observation_set(
            observation, OBJECT_DIFFERS,
            "“%s” stands for others beside the partner's tenant, and they could ask for access too. Take it "
            "away in the portal, and perch makes one for the partner alone.",
            json_get_shown(organization, "displayName"));
    else
        observation_set(observation, OBJECT_DIFFERS,
                        "“%s” does not stand for the partner's tenant, and its identity source cannot be changed. Take "
                        "it away in the portal, or choose another name.",
                        json_get_shown(organization, "displayName"));
    /* Microsoft refuses a second one for the same tenant. */
    if (!stands)
        observation_candidate(observation, DECISION_NAME, "", "Create one under another name");
    observation_candidate(observation, DECISION_KEEP, "", "Keep it as it is");
}

enum read { READ_POLICIES, READ_ITSELF, READ_OTHERS };

static void look_up_holders(const struct object *object, GPtrArray *requests)
{
    g_ptr_array_add(requests, policy_uses_read());
    struct request *itself = request_get(SERVICE_GRAPH, "%s/%s", organizations.path, object->known_id);
    itself->scope = organizations.read_scope;
    g_ptr_array_add(requests, itself);
    g_ptr_array_add(requests, collection_list(&organizations, "state eq 'configured'"));
}

/* For SCOPE_ALL: whether a policy for all of them is left without anybody, once the one with ID is gone. */
static gboolean is_the_only_one(const struct reply *reply, const char *id)
{
    const json *configured = reply_rows(reply);
    return json_length(configured) == 1 && json_find(configured, "id", id) != NULL;
}

/* Whom somebody let the organization stand for beside the partner; nothing where the partner's tenant is not known. */
static char *say_sources(const struct object *object, const json *sources)
{
    const char *tenant = object_text(object, "tenantId");
    g_autoptr(GPtrArray) found = g_ptr_array_new_with_free_func(g_free);
    json_for_each (source, tenant[0] != '\0' && tenant[0] != '{' ? sources : NULL) {
        const char *id = json_get_string(source, "tenantId");
        const char *name = json_get_string(source, "displayName");
        if (id == NULL || g_ascii_strcasecmp(id, tenant) != 0)
            surplus_add(found, "the identity source", name != NULL ? name : id != NULL ? id : "of another kind");
    }
    return surplus_say(found, "This organization stands for others than the partner, too",
                       "Take that out of it if nobody needs it (Entra admin center > Identity governance > Connected "
                       "organizations > this one).");
}

/* A policy of another access package is left without anybody who may ask by it. */
static char *surplus(const struct object *object, GPtrArray *replies, GHashTable *own)
{
    const struct reply *itself = g_ptr_array_index(replies, READ_ITSELF);
    gboolean only = is_the_only_one(g_ptr_array_index(replies, READ_OTHERS), object->known_id);
    g_autoptr(GPtrArray) found = g_ptr_array_new_with_free_func(g_free);
    policy_uses_add(found, NULL, g_ptr_array_index(replies, READ_POLICIES), object->known_id, only ? SCOPE_ALL : NULL,
                    own);
    if (found->len == 0)
        return reply_is_success(itself) ? say_sources(object, json_get(itself->body, "identitySources")) : NULL;
    return surplus_say(found, "A policy that perch did not make lets this organization ask for access",
                       "Take the organization out of it if nobody needs that (Entra admin center > Identity governance "
                       "> Access packages > that one > Policies).");
}

static const struct json_schema with[] = {
    {.name = "displayName", .is = WITH_TEXT | JSON_REQUIRED},
    {.name = "description", .is = WITH_TEXT},
    {.name = "domainName", .is = WITH_TEXT | JSON_REQUIRED},
    {.name = "tenantId", .is = WITH_TEXT | JSON_REQUIRED},
    {.name = "after", .is = WITH_ANSWER, .inner = &with_text}, /* what has to be as wanted before it is made */
    {.name = NULL},
};

const struct object_kind connected_organization_kind = {
    .name = "connected-organization",
    .with = with,
    .verb = "create",
    .action = "created",
    .collection = &organizations,
    .wanted = wanted,
    .look_up = look_up,
    .compare = compare,
    .create = collection_create,
    .repair = collection_repair,
    .restore_old = collection_restore_old,
    .remove = collection_remove,
    .look_up_holders = look_up_holders,
    .surplus = surplus,
};
