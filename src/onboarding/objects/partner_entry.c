/* SPDX-License-Identifier: MIT */
#include "onboarding/kinds.h"

#include <string.h>

#include "onboarding/conditional_access.h"
#include "onboarding/door.h"

/*
 * Will the partner's people get in? No single reading tells: the company's settings for access of other tenants, its
 * list of domains, its rule about invitations and its Conditional Access policies each may refuse them. One line a
 * cause, with where to change it; what could not be read is said, and never taken for a yes.
 */

#define EXTERNAL_SETTINGS "Entra > External Identities > External collaboration settings"
#define CROSS_TENANT "Entra > External Identities > Cross-tenant access settings"
#define ACCESS_POLICIES "Entra > Protection > Conditional Access"
#define TERMS_OF_USE "Entra > Identity governance > Terms of use"

#define UNREAD "Cannot tell: "

enum read {
    READ_DEFAULT,
    READ_PARTNER,
    READ_DOMAINS,
    READ_INVITATIONS,
    READ_POLICIES,
    READ_TERMS,
    READ_DEFAULTS,
    READS
};

static void look_up(const struct object *object, GPtrArray *requests)
{
    struct request *reads[READS] = {
        [READ_DEFAULT] = request_get(SERVICE_GRAPH, "/v1.0/policies/crossTenantAccessPolicy/default"),
        [READ_PARTNER] = request_get(SERVICE_GRAPH, "/v1.0/policies/crossTenantAccessPolicy/partners/%s",
                                     object_text(object, "tenantId")),
        [READ_DOMAINS] = request_get(SERVICE_GRAPH, "/beta/policies/b2bManagementPolicies"),
        [READ_INVITATIONS] = request_get(SERVICE_GRAPH, "/v1.0/policies/authorizationPolicy"),
        [READ_POLICIES] = request_get(SERVICE_GRAPH, "/v1.0/identity/conditionalAccess/policies"),
        [READ_TERMS] = request_get(SERVICE_GRAPH, "/v1.0/identityGovernance/termsOfUse/agreements"),
        [READ_DEFAULTS] = request_get(SERVICE_GRAPH, "/v1.0/policies/identitySecurityDefaultsEnforcementPolicy"),
    };
    for (gsize i = 0; i < READS; i++) {
        reads[i]->scope = i == READ_DOMAINS ? "Policy.Read.B2BManagementPolicy"
                          : i == READ_TERMS ? "Agreement.Read.All"
                                            : "Policy.Read.All";
        reads[i]->all_pages = i == READ_DOMAINS || i == READ_POLICIES || i == READ_TERMS;
        g_ptr_array_add(requests, reads[i]);
    }
}

static const struct reply *reply_of(GPtrArray *replies, enum read read)
{
    return g_ptr_array_index(replies, read);
}

static void refuse(GPtrArray *causes, const char *id, const char *what, const char *where, const char *why)
{
    struct holder *cause = door_add(causes, id, what, "%s (%s)", why, where);
    if (cause != NULL)
        cause->by_hand = cause->is_why = TRUE;
}

/* The partner's own entry counts where it says something, else the default does: null means that, also inside of a
 * setting (crosstenantaccesspolicyconfigurationpartner). PATH: "inboundTrust.isMfaAccepted". NULL: neither says it. */
static const json *setting(GPtrArray *replies, const char *path)
{
    const struct reply *partner = reply_of(replies, READ_PARTNER);
    const struct reply *otherwise = reply_of(replies, READ_DEFAULT);
    const json *own = reply_is_success(partner) ? json_get_path(partner->body, path) : NULL;
    if (own == NULL || json_is_null(own))
        own = reply_is_success(otherwise) ? json_get_path(otherwise->body, path) : NULL;
    return own == NULL || json_is_null(own) ? NULL : own;
}

static gboolean settings_are_read(GPtrArray *replies)
{
    const struct reply *partner = reply_of(replies, READ_PARTNER);
    return reply_is_success(reply_of(replies, READ_DEFAULT)) && (reply_is_success(partner) || partner->status == 404);
}

/* READ came to nothing: what of the company is not known by it, and the page where it stands. */
static void say_unread(GPtrArray *replies, enum read read, const char *what, const char *where,
                       struct observation *observation)
{
    const struct reply *reply = reply_of(replies, read);
    g_autofree char *status =
        reply->outcome == REPLY_ANSWERED ? g_strdup_printf("%d", reply->status) : g_strdup("no answer came");
    observation_note(observation, UNREAD "%s not read (%s). Look in %s.", what, status, where);
}

/* TRUE if the targets of RULE ("usersAndGroups") are all of them, by the word for all. */
static gboolean is_about_all(const json *rule, const char *all)
{
    return json_find(json_get(rule, "targets"), "target", all) != NULL;
}

/* RULE lists applications: those that an analyst needs have to be among them, or, where they are BLOCKED, must not. */
static void judge_applications(const json *rule, gboolean blocked, GPtrArray *causes, struct observation *observation)
{
    const json *targets = json_get(rule, "targets");
    gboolean by_suite = json_find(targets, "target", "Office365") != NULL;
    for (const struct needed_application *needed = needed_applications; needed->id != NULL; needed++) {
        g_autofree char *id = g_strconcat("cross-tenant-application:", needed->id, NULL);
        g_autofree char *why = g_strdup_printf(
            blocked ? "%s is closed to them" : "%s is not among the applications that are open to them", needed->name);
        gboolean is_listed = json_find(targets, "target", needed->id) != NULL;
        if (is_listed == blocked && !by_suite)
            refuse(causes, id, "inbound access", CROSS_TENANT, why);
    }
    if (by_suite)
        observation_note(observation,
                         "It depends on what Microsoft counts to Office 365: %s lists it, and not each application. My "
                         "Access and Defender's portal have to be open.",
                         CROSS_TENANT);
}

static void judge_inbound(const json *users, const json *applications, GPtrArray *causes,
                          struct observation *observation)
{
    gboolean users_blocked = g_strcmp0(json_get_string(users, "accessType"), "blocked") == 0;
    gboolean applications_blocked = g_strcmp0(json_get_string(applications, "accessType"), "blocked") == 0;
    if (users_blocked && is_about_all(users, "AllUsers"))
        refuse(causes, "cross-tenant-users", "inbound access", CROSS_TENANT, "all people of the partner are blocked");
    else if (!is_about_all(users, "AllUsers"))
        observation_note(observation,
                         "They get in, but not all: %s lists people or groups of the partner's tenant. Ask the partner "
                         "to compare.",
                         CROSS_TENANT);
    if (applications_blocked && is_about_all(applications, "AllApplications"))
        refuse(causes, "cross-tenant-applications", "inbound access", CROSS_TENANT,
               "all applications are closed to them");
    else if (!is_about_all(applications, "AllApplications"))
        judge_applications(applications, applications_blocked, causes, observation);
}

static void judge_cross_tenant(GPtrArray *replies, GPtrArray *causes, struct observation *observation)
{
    const json *users = setting(replies, "b2bCollaborationInbound.usersAndGroups");
    const json *applications = setting(replies, "b2bCollaborationInbound.applications");
    enum read failed = reply_is_success(reply_of(replies, READ_DEFAULT)) ? READ_PARTNER : READ_DEFAULT;
    if (!settings_are_read(replies))
        say_unread(replies, failed,
                   failed == READ_PARTNER ? "what is set for the partner's tenant was"
                                          : "access settings for other tenants were",
                   CROSS_TENANT, observation);
    else if (json_length(json_get(users, "targets")) == 0 || json_length(json_get(applications, "targets")) == 0)
        observation_note(observation, UNREAD "what is set for people of other tenants is not told whole. Look in %s.",
                         CROSS_TENANT);
    else
        judge_inbound(users, applications, causes, observation);
}

/* The policy's content is a JSON text within JSON. Names are spelt in two ways. */
static const json *domain_list(const json *policy, const char *const *names)
{
    json_for_each (member, policy) {
        for (const char *const *name = names; *name != NULL; name++)
            if (json_name(member) != NULL && g_ascii_strcasecmp(json_name(member), *name) == 0)
                return member;
        const json *inner = json_is_object(member) ? domain_list(member, names) : NULL;
        if (inner != NULL)
            return inner;
    }
    return NULL;
}

static gboolean names_domain(const json *list, const char *domain)
{
    json_for_each (entry, list) {
        if (json_string(entry) != NULL && g_ascii_strcasecmp(json_string(entry), domain) == 0)
            return TRUE;
    }
    return FALSE;
}

static void judge_domains(const struct object *object, GPtrArray *replies, GPtrArray *causes,
                          struct observation *observation)
{
    static const char *const allowed_names[] = {"AllowedDomains", NULL};
    static const char *const blocked_names[] = {"BlockedDomains", NULL};
    const struct reply *reply = reply_of(replies, READ_DOMAINS);
    const char *domain = object_text(object, "domainName");
    gboolean unreadable = !reply_is_success(reply);
    json_for_each (policy, unreadable ? NULL : json_get(reply->body, "value")) {
        const json *is_default = json_get(policy, "isOrganizationDefault");
        if (!json_is_true(is_default) && g_strcmp0(json_string(is_default), "true") != 0)
            continue;
        unreadable = unreadable || json_length(json_get(policy, "definition")) == 0;
        json_for_each (part, json_get(policy, "definition")) {
            g_autofree char *quoted =
                g_strdelimit(g_strdup(json_string(part) != NULL ? json_string(part) : ""), "'", '"');
            g_autoptr(json) definition = json_parse(quoted, -1, NULL);
            const json *allowed = domain_list(definition, allowed_names);
            unreadable = unreadable || definition == NULL || (allowed != NULL && json_length(allowed) == 0);
            if (names_domain(domain_list(definition, blocked_names), domain))
                refuse(causes, "domain-list", "domain list", EXTERNAL_SETTINGS, "it blocks the domain of the partner");
            else if (json_length(allowed) > 0 && !names_domain(allowed, domain))
                refuse(causes, "domain-list", "domain list", EXTERNAL_SETTINGS,
                       "it does not allow the domain of the partner");
        }
    }
    if (unreadable)
        say_unread(replies, READ_DOMAINS, "the list of allowed or blocked domains was", EXTERNAL_SETTINGS, observation);
}

/* For people who come by an access package Microsoft does not say whether this setting stops them. */
static void judge_invitations(const struct object *object, GPtrArray *replies, GPtrArray *causes,
                              struct observation *observation)
{
    const struct reply *reply = reply_of(replies, READ_INVITATIONS);
    const char *from = json_get_string(reply->body, "allowInvitesFrom");
    gboolean invited = strcmp(object_text(object, "way"), "invitation") == 0;
    if (!reply_is_success(reply) || from == NULL)
        say_unread(replies, READ_INVITATIONS, "the rule about invitations was", EXTERNAL_SETTINGS, observation);
    else if (strcmp(from, "none") == 0)
        refuse(causes, "invitations", "invitations", EXTERNAL_SETTINGS,
               invited ? "nobody may invite guests" : "nobody may invite guests, which likely holds for packages too");
    else if (strcmp(from, "adminsAndGuestInviters") == 0 && invited)
        observation_note(observation, "Only Global Administrators, User Administrators and Guest Inviters may invite.");
}

/* What only reports today may be enforced any day, and its owner does not know whom that meets. */
static void note_report_only(const json *policy, const struct visitor *visitor, struct observation *observation)
{
    const char *why = NULL;
    if (g_strcmp0(json_get_string(policy, "state"), "enabledForReportingButNotEnforced") != 0)
        return;
    g_autoptr(json) enforced = json_copy(policy);
    json_set_string(enforced, "state", "enabled");
    if (conditional_access_entry(enforced, visitor, &why) == ENTRY_NO)
        observation_note(observation, "“%s” only reports as yet: once it is enforced, it %s (%s).",
                         json_get_shown(policy, "displayName"), why, ACCESS_POLICIES);
}

static void judge_policies(const struct object *object, GPtrArray *replies, GPtrArray *causes,
                           struct observation *observation)
{
    const struct reply *reply = reply_of(replies, READ_POLICIES);
    const struct visitor visitor = {
        .tenant = object_text(object, "tenantId"),
        .group = object_text(object, "group"),
        .role = object_text(object, "roleDefinitionId"),
        .mfa_is_trusted = json_is_true(setting(replies, "inboundTrust.isMfaAccepted")),
        .device_is_trusted = json_is_true(setting(replies, "inboundTrust.isCompliantDeviceAccepted")) ||
                             json_is_true(setting(replies, "inboundTrust.isHybridAzureADJoinedDeviceAccepted")),
        .trust_is_unread = !settings_are_read(replies),
    };
    if (!reply_is_success(reply))
        say_unread(replies, READ_POLICIES, "Conditional Access was", ACCESS_POLICIES, observation);
    json_for_each (policy, reply_rows(reply)) {
        const char *why = NULL;
        const char *name = json_get_string(policy, "displayName");
        note_report_only(policy, &visitor, observation);
        g_autofree char *id = g_strconcat("policy:", json_get_string(policy, "id"), NULL);
        enum entry entry = conditional_access_entry(policy, &visitor, &why);
        g_autofree char *moment = conditional_access_moment(policy);
        g_autofree char *says = g_strdup_printf("“%s” %s", name != NULL ? name : "a policy", why != NULL ? why : "");
        if (entry == ENTRY_NO)
            refuse(causes, id, "Conditional Access", ACCESS_POLICIES, says);
        else if (entry == ENTRY_UNREAD)
            observation_note(observation, UNREAD "%s, and whether the partner's are trusted was not read. Look in %s.",
                             says, CROSS_TENANT);
        else if (entry == ENTRY_IN_GROUPS)
            observation_note(observation,
                             "If guests come into one of its groups by a rule: %s. Which groups those are was not read "
                             "(%s).",
                             says, ACCESS_POLICIES);
        else if (entry == ENTRY_DEPENDS)
            observation_note(observation, "It depends on how they sign in%s%s: %s (%s).", moment[0] != '\0' ? ", " : "",
                             moment, says, ACCESS_POLICIES);
        else if (entry == ENTRY_BUT)
            observation_note(observation, "They get in, and Conditional Access policy %s%s.", says,
                             !visitor.mfa_is_trusted && !visitor.trust_is_unread &&
                                     g_str_has_suffix(says, "second factor")
                                 ? ", to be set up by each of them here"
                                 : "");
    }
}

static void judge_terms(GPtrArray *replies, struct observation *observation)
{
    const struct reply *reply = reply_of(replies, READ_TERMS);
    if (!reply_is_success(reply))
        say_unread(replies, READ_TERMS, "which terms of use they have to accept was", TERMS_OF_USE, observation);
    json_for_each (terms, reply_rows(reply)) {
        if (json_get_bool(terms, "isPerDeviceAcceptanceRequired", FALSE))
            observation_note(observation,
                             "The terms of use “%s” are to be accepted on each device: a guest whose device is not "
                             "registered here cannot.",
                             json_get_shown(terms, "displayName"));
    }
}

/* They keep nobody out, and take no second factor of another tenant. What is not read of them is no doubt about
 * anybody's getting in. */
static void judge_defaults(GPtrArray *replies, struct observation *observation)
{
    const struct reply *reply = reply_of(replies, READ_DEFAULTS);
    if (reply_is_success(reply) && json_get_bool(reply->body, "isEnabled", FALSE))
        observation_note(observation, "They get in, and security defaults are on: each of them has to set up a second "
                                      "factor here (Entra > Properties > Manage security defaults).");
}

static void compare(const struct object *object, GPtrArray *replies, struct observation *observation)
{
    g_autoptr(GPtrArray) causes = door_holders_new();
    judge_cross_tenant(replies, causes, observation);
    judge_domains(object, replies, causes, observation);
    judge_invitations(object, replies, causes, observation);
    judge_policies(object, replies, causes, observation);
    judge_terms(replies, observation);
    judge_defaults(replies, observation);
    gboolean unread = FALSE;
    for (guint i = 0; i < observation->notes->len; i++)
        unread = unread || g_str_has_prefix(g_ptr_array_index(observation->notes, i), UNREAD);
    const struct door door = {
        .well = causes->len > 0 ? "What keeps the partner's people out is left so, as decided: they will be refused."
                : unread        ? "Nothing that can be read keeps the partner's people out; not all could be read."
                                : "The partner's people will get in.",
        .others = "The partner's people will be refused",
        .wanted = "open to them",
        .by_hand = "Change it there, then check again.",
    };
    door_judge(object, causes, &door, observation);
    /* Another reading may tell what one of these did not; a refusal stays one. */
    gboolean may_be_read_later = FALSE;
    for (guint i = 0; i < replies->len; i++) {
        const struct reply *reply = g_ptr_array_index(replies, i);
        may_be_read_later = may_be_read_later || reply->outcome != REPLY_ANSWERED || reply->status == 429 ||
                            reply->status >= 500 || reply->unreadable;
    }
    if (observation->state == OBJECT_MATCHES && may_be_read_later) {
        observation_set(observation, OBJECT_UNKNOWN,
                        "Not all of what lets the partner's people in, or keeps them out, could be read: the lines "
                        "below say what, and what was read beside it.");
        g_free(observation->next);
        observation->next = g_strdup("Check again in a few minutes.");
    }
}

static const struct json_schema with[] = {
    {.name = "tenantId", .is = WITH_TEXT | JSON_REQUIRED},
    {.name = "domainName", .is = WITH_TEXT | JSON_REQUIRED},
    {.name = "group", .is = WITH_TEXT},
    {.name = "roleDefinitionId", .is = WITH_TEXT},
    {.name = "way", .is = WITH_TEXT},
    {.name = NULL},
};

const struct object_kind partner_entry_kind = {
    .name = "partner-entry",
    .with = with,
    .in_nobodys_way = TRUE,
    .look_up = look_up,
    .compare = compare,
};
