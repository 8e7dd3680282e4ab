/* SPDX-License-Identifier: MIT */
#include "onboarding/conditional_access.h"

#include <string.h>

#include "base/json.h"
#include "base/text.h"

#define MY_ACCESS 0

const struct needed_application needed_applications[] = {
    [MY_ACCESS] = {"810dcf14-1858-4bf2-8134-4c369fa3235b", "My Access"},
    {"80ccca67-54bd-44ab-8625-4b79c4dc7775", "Defender's portal"},
    {NULL, NULL},
};

/* Is PEOPLE (a policy's guests or external users) about the guests of the partner's tenant? */
static gboolean holds_guests(const json *people, const struct visitor *visitor)
{
    const char *types = json_get_string(people, "guestOrExternalUserTypes");
    const json *tenants = json_get(people, "externalTenants");
    g_auto(GStrv) words = g_strsplit_set(types != NULL ? types : "", ", ", -1);
    gboolean all = g_strcmp0(json_get_string(tenants, "membershipKind"), "enumerated") != 0;
    return g_strv_contains((const char *const *)words, "b2bCollaborationGuest") &&
           (all || json_has_text(json_get(tenants, "members"), visitor->tenant));
}

/* Do the lists of USERS that begin with PREFIX ("include", "exclude") hold the visitor? */
static gboolean holds(const json *users, const char *prefix, const struct visitor *visitor)
{
    g_autofree char *people = g_strconcat(prefix, "Users", NULL);
    g_autofree char *groups = g_strconcat(prefix, "Groups", NULL);
    g_autofree char *roles = g_strconcat(prefix, "Roles", NULL);
    g_autofree char *guests = g_strconcat(prefix, "GuestsOrExternalUsers", NULL);
    const json *named = json_get(users, people);
    return json_has_text(named, "All") || json_has_text(named, "GuestsOrExternalUsers") ||
           json_has_text(json_get(users, groups), visitor->group) ||
           json_has_text(json_get(users, roles), visitor->role) || holds_guests(json_get(users, guests), visitor);
}

/* Defender's portal is one of Microsoft's administration portals, which a policy names together (Microsoft: "Cloud
 * apps" of Conditional Access). */
#define ADMIN_PORTALS "MicrosoftAdminPortals"

/* Does LIST hold the needed application, by itself or among others that are named together? */
static gboolean names_application(const json *list, gsize needed)
{
    return json_has_text(list, needed_applications[needed].id) ||
           (needed != MY_ACCESS && json_has_text(list, ADMIN_PORTALS));
}

/* Does the policy concern an application that the analysts need? */
static gboolean concerns_applications(const json *applications)
{
    const json *include = json_get(applications, "includeApplications");
    const json *exclude = json_get(applications, "excludeApplications");
    gboolean concerned = FALSE;
    for (gsize i = 0; needed_applications[i].id != NULL; i++)
        concerned = concerned || ((json_has_text(include, "All") || names_application(include, i) ||
                                   (i != MY_ACCESS && json_has_text(include, "Office365"))) &&
                                  !names_application(exclude, i));
    return concerned;
}

char *conditional_access_moment(const json *policy)
{
    static const struct {
        const char *name;
        const char *words;
    } moments[] = {
        {"locations", "from where"},
        {"platforms", "on which system"},
        {"devices", "on which device"},
        {"clientAppTypes", "with which kind of program"},
        {"authenticationFlows", "by a device code or a sign-in that is passed on"},
        {"signInRiskLevels", "at which risk of the sign-in"},
        {"userRiskLevels", "at which risk of the account"},
        {"insiderRiskLevels", "at which insider risk"},
    };
    const json *conditions = json_get(policy, "conditions");
    g_autoptr(GPtrArray) words = g_ptr_array_new();
    for (gsize i = 0; i < G_N_ELEMENTS(moments); i++) {
        const json *condition = json_get(conditions, moments[i].name);
        if (json_is_object(condition) || (json_length(condition) > 0 && !json_has_text(condition, "all")))
            g_ptr_array_add(words, (gpointer)moments[i].words);
    }
    return text_join(words, " and ");
}

/* What one control of a policy means for a guest. */
static enum entry control_entry(const char *control, const struct visitor *visitor, const char **why)
{
    static const struct {
        const char *control;
        enum entry entry;
        const char *why;
    } known[] = {
        {"block", ENTRY_NO, "blocks them"},
        {"compliantDevice", ENTRY_NO, "wants a compliant device, and the partner's devices are not trusted"},
        {"domainJoinedDevice", ENTRY_NO, "wants a joined device, and the partner's devices are not trusted"},
        {"approvedApplication", ENTRY_NO, "wants an approved application, which no guest can have"},
        {"compliantApplication", ENTRY_NO, "wants a protected application, which no guest can have"},
        {"passwordChange", ENTRY_NO, "wants a new password, which no guest can set here"},
        {"mfa", ENTRY_BUT, "wants a second factor"},
    };
    gboolean device = g_str_has_suffix(control, "Device");
    *why = "wants something of them that perch does not know";
    if (device && visitor->device_is_trusted) {
        *why = "wants a device that the partner vouches for";
        return ENTRY_BUT;
    }
    if (device && visitor->trust_is_unread) {
        *why = "wants a compliant or joined device";
        return ENTRY_UNREAD;
    }
    for (gsize i = 0; i < G_N_ELEMENTS(known); i++) {
        if (strcmp(known[i].control, control) != 0)
            continue;
        *why = known[i].why;
        return known[i].entry;
    }
    return ENTRY_DEPENDS;
}

/* What the controls of a policy come to, when all have to be met and when one of them does. */
struct controls {
    guint count;
    enum entry best, worst;
    const char *best_why, *worst_why;
};

static void add_control(struct controls *controls, enum entry entry, const char *why)
{
    if (controls->count == 0 || entry >= controls->worst) {
        controls->worst = entry;
        controls->worst_why = why;
    }
    if (controls->count == 0 || entry < controls->best) {
        controls->best = entry;
        controls->best_why = why;
    }
    controls->count++;
}

static enum entry grant_entry(const json *grant, const struct visitor *visitor, const char **why)
{
    struct controls controls = {.best = ENTRY_UNTOUCHED, .worst = ENTRY_UNTOUCHED};
    gboolean any = g_strcmp0(json_get_string(grant, "operator"), "OR") == 0;
    json_for_each (control, json_get(grant, "builtInControls")) {
        const char *what = NULL;
        enum entry entry = control_entry(json_string(control) != NULL ? json_string(control) : "", visitor, &what);
        add_control(&controls, entry, what);
    }
    if (json_length(json_get(grant, "termsOfUse")) > 0)
        add_control(&controls, ENTRY_BUT, "wants its terms of use accepted");
    if (json_is_object(json_get(grant, "authenticationStrength")))
        add_control(&controls, ENTRY_BUT,
                    visitor->mfa_is_trusted || visitor->trust_is_unread
                        ? "wants a strong sign-in, which may be the partner's own"
                        : "wants a strong sign-in, to be set up here");
    *why = any ? controls.best_why : controls.worst_why;
    return any ? controls.best : controls.worst;
}

enum entry conditional_access_entry(const json *policy, const struct visitor *visitor, const char **why)
{
    const json *conditions = json_get(policy, "conditions");
    const json *users = json_get(conditions, "users");
    *why = NULL;
    gboolean held = holds(users, "include", visitor);
    if (g_strcmp0(json_get_string(policy, "state"), "enabled") != 0 ||
        (!held && json_length(json_get(users, "includeGroups")) == 0) || holds(users, "exclude", visitor) ||
        !concerns_applications(json_get(conditions, "applications")))
        return ENTRY_UNTOUCHED;
    enum entry entry = grant_entry(json_get(policy, "grantControls"), visitor, why);
    g_autofree char *moment = conditional_access_moment(policy);
    if (!held && entry == ENTRY_NO && moment[0] == '\0')
        return ENTRY_IN_GROUPS;
    if (!held) {
        *why = NULL;
        return ENTRY_UNTOUCHED;
    }
    return entry == ENTRY_NO && moment[0] != '\0' ? ENTRY_DEPENDS : entry;
}
