/* SPDX-License-Identifier: MIT */
#include "onboarding/kinds.h"

#include <string.h>

#include "base/clock.h"
#include "base/text.h"
#include "onboarding/compare.h"
#include "onboarding/link.h"
#include "onboarding/surplus.h"
#include "onboarding/user.h"
#include "onboarding/user_uses.h"

/*
 * A person of the partner as a guest of the tenant. The invitation's own id is not the guest's, so that one is found by
 * mail address. Who has that among other addresses may be the same person, or not: a person is asked.
 */

#define OTHER_ADDRESSES 2 /* reads */

static void look_up(const struct object *object, GPtrArray *requests)
{
    g_autofree char *mail = odata_literal(object_text(object, "mail"));
    g_autofree char *address = g_strconcat("smtp:", object_text(object, "mail"), NULL);
    g_autofree char *proxy = odata_literal(address);
    const char *const filters[][3] = {
        {"mail eq ", mail, ""},
        {"proxyAddresses/any(p:p eq ", proxy, ")"},
        {"otherMails/any(o:o eq ", mail, ")"},
    };
    for (guint i = 0; i < G_N_ELEMENTS(filters); i++) {
        struct request *request = request_get(SERVICE_GRAPH, "/v1.0/users");
        request_query(request, "$filter", "%s%s%s", filters[i][0], filters[i][1], filters[i][2]);
        request_query(request, "$select",
                      USER_MEMBERS ",createdDateTime,externalUserState,externalUserStateChangeDateTime");
        request->scope = "User.Read.All";
        request->all_pages = TRUE;
        g_ptr_array_add(requests, request);
    }
}

/* Whom the mail address leads to, or who was known or chosen before and has it among others. Caller unrefs. */
static GPtrArray *hits_of(const struct object *object, GPtrArray *replies)
{
    g_autoptr(GPtrArray) first = g_ptr_array_new();
    g_ptr_array_add(first, g_ptr_array_index(replies, 0));
    GPtrArray *hits = compare_hits(first, 0);
    g_autoptr(GPtrArray) others = compare_hits(replies, 1);
    if (hits->len > 0 || object->known_id[0] == '\0')
        return hits;
    compare_keep(others, "id", object->known_id);
    for (guint i = 0; i < others->len; i++)
        g_ptr_array_add(hits, g_ptr_array_index(others, i));
    return hits;
}

static char *describe(const json *user)
{
    return g_strdup_printf("%s (%s)", json_get_shown(user, "userPrincipalName"), json_get_shown(user, "id"));
}

/* Whether to send it again, or to take the guest away, only a person decides; each is done once. Whoever was invited
 * after that was decided is another guest. */
static void judge_pending(const struct object *object, const json *user, struct observation *observation)
{
    const char *mail = object_text(object, "mail");
    const char *since = json_get_string(user, "externalUserStateChangeDateTime");
    gint64 invited = since != NULL ? clock_parse(since) : 0;
    observation->goes_as_decided = object->decision.kind == DECISION_REMOVE && invited <= object->decided_at;
    if (object->decision.kind == DECISION_REPAIR && !object->repaired) {
        observation_difference(observation, "invitation", "sent again", "not accepted", FALSE);
        observation_set(observation, OBJECT_DIFFERS, "The invitation to %s is to be sent again, as decided.", mail);
        return;
    }
    g_autofree char *day = clock_day_of(since != NULL ? since : "");
    observation_note(observation, "%s was invited%s%s and has not accepted the invitation yet%s.", mail,
                     since != NULL ? " on " : "", day,
                     object->repaired ? ", though perch sent it again: ask the partner whether it arrives"
                                      : ". It can be sent again from here");
    if (!object->repaired)
        observation_candidate(observation, DECISION_REPAIR, "", "Send the invitation again");
    if (!observation->goes_as_decided)
        observation_candidate(observation, DECISION_REMOVE, "", "Take the guest away, who never accepted");
}

/* The partner's list should hold people of the partner only: how it names one who is not; NULL: there is nothing to
 * say. Caller frees. */
static char *outsider(const struct object *object)
{
    const char *mail = object_text(object, "mail");
    const char *at = strrchr(mail, '@');
    if (at == NULL || g_ascii_strcasecmp(at + 1, object_text(object, "domainName")) == 0)
        return NULL;
    return g_strdup_printf("%s is not of %s", mail, object_text(object, "domainName"));
}

/* The company's own people are no guests: Microsoft invites none of a verified domain, and a member of the tenant would
 * be put among the partner's people. */
static gboolean is_of_the_company(const struct object *object, const json *user)
{
    const char *type = json_get_string(user, "userType");
    return (type != NULL && strcmp(type, "Guest") != 0) ||
           user_is_of_domains(object_text(object, "mail"), object_text(object, "domains"));
}

/* Nobody has that mail address, and others have it besides their own. */
static void ask_about_aliases(const struct object *object, GPtrArray *replies, struct observation *observation)
{
    g_autoptr(GPtrArray) others = compare_hits(replies, 1);
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
    for (guint i = 0; i < others->len; i++) {
        const json *user = g_ptr_array_index(others, i);
        g_autofree char *label = describe(user);
        if (g_strcmp0(json_get_string(user, "userType"), "Guest") == 0)
            observation_candidate(observation, DECISION_USE, json_get_shown(user, "id"), label);
        g_ptr_array_add(names, g_steal_pointer(&label));
    }
    if (others->len == 0)
        return;
    g_autofree char *list = text_join(names, ", ");
    observation_set(observation, OBJECT_ABSENT,
                    "Nobody's mail address is %s, and it is among the other addresses of %s: the same person may be "
                    "here already.",
                    object_text(object, "mail"), list);
    observation_candidate(observation, DECISION_CREATE, "", "Invite this address as well");
}

static void compare(const struct object *object, GPtrArray *replies, struct observation *observation)
{
    g_autoptr(GPtrArray) hits = hits_of(object, replies);
    const json *user = compare_choose(object, hits, observation, describe);
    const char *mail = object_text(object, "mail");
    if (observation->state != OBJECT_MANY && is_of_the_company(object, user)) {
        if (user != NULL)
            observation_difference(observation, "userType", "Guest", json_get_shown(user, "userType"), TRUE);
        observation_set(observation, user != NULL ? OBJECT_DIFFERS : OBJECT_ABSENT,
                        "%s is of your own tenant, and nobody of the partner: neither invited nor made a member of the "
                        "group. Take the address off the list, then check again.",
                        mail);
        return;
    }
    g_autofree char *remark = outsider(object);
    if (remark != NULL)
        observation_note(observation, "%s.", remark);
    if (user == NULL && observation->state == OBJECT_ABSENT)
        ask_about_aliases(object, replies, observation);
    if (user == NULL)
        return;
    compare_take(observation, user);
    observation->state = OBJECT_MATCHES;
    /* An invitation that nobody accepted lets nobody in, whatever the groups say. */
    if (g_strcmp0(json_get_string(user, "externalUserState"), "PendingAcceptance") == 0)
        judge_pending(object, user, observation);
    else if (object->decision.kind == DECISION_REMOVE)
        observation_note(observation,
                         "%s was to be taken away as a guest who never accepted, and is none now: it stays.", mail);
    if (!json_get_bool(user, "accountEnabled", TRUE)) {
        observation_difference(observation, "accountEnabled", "yes", "no", TRUE);
        observation_set(observation, OBJECT_DIFFERS, "The guest %s is disabled: enable it, then check again.", mail);
    }
}

static struct request *create(const struct object *object)
{
    if (user_is_of_domains(object_text(object, "mail"), object_text(object, "domains")))
        return NULL;
    json *body = json_from("{'invitedUserEmailAddress':%s,'inviteRedirectUrl':%s,'sendInvitationMessage':true}",
                           object_text(object, "mail"), object_text(object, "redirect"));
    struct request *request = request_write("POST", SERVICE_GRAPH, body, "/v1.0/invitations");
    request->scope = "User.Invite.All";
    return request;
}

/* The same once more: the guest stays who it is, and gets a new mail. */
static struct request *invite_again(const struct object *object)
{
    return observation_is_fixed(object->observation) ? NULL : create(object);
}

static struct request *remove_guest(const struct object *object)
{
    const char *id = object->known_id[0] != '\0' ? object->known_id : object->observation->id;
    struct request *request = request_write("DELETE", SERVICE_GRAPH, NULL, "/v1.0/users/%s", id);
    request->scope = "User.DeleteRestore.All";
    return request;
}

static void look_up_holders(const struct object *object, GPtrArray *requests)
{
    user_uses_look_up(object, requests);
    struct request *itself = request_get(SERVICE_GRAPH, "/v1.0/users/%s", object->known_id);
    request_query(itself, "$select", "id,userType");
    itself->scope = "User.Read.All";
    g_ptr_array_add(requests, itself);
}

/* What somebody of the company gave the guest since. */
static char *surplus(const struct object *object, GPtrArray *replies, GHashTable *own)
{
    g_autoptr(GPtrArray) found = g_ptr_array_new_with_free_func(g_free);
    user_uses_add(found, object, replies, own);
    const struct reply *itself = g_ptr_array_index(replies, USER_USES_READS);
    const char *type = reply_is_success(itself) ? json_get_string(itself->body, "userType") : NULL;
    if (type != NULL && strcmp(type, "Guest") != 0)
        surplus_add(found, "the user type", type);
    return surplus_say(found, "Others gave this guest what perch did not",
                       "Take the guest out of it if nobody needs that (Entra admin center > Users > this one; Identity "
                       "governance > Access packages).");
}

static const struct json_schema with[] = {
    {.name = "mail", .is = WITH_TEXT | JSON_REQUIRED},
    {.name = "domainName", .is = WITH_TEXT | JSON_REQUIRED},
    {.name = "domains", .is = WITH_TEXT}, /* the tenant's own */
    {.name = "redirect", .is = WITH_TEXT | JSON_REQUIRED, .problem = link_problem},
    {.name = "after", .is = WITH_ANSWER, .inner = &with_after}, /* what has to be as wanted before it is made */
    {.name = NULL},
};

const struct object_kind guest_kind = {
    .name = "guest",
    .with = with,
    .title_shows = "mail",
    .verb = "invite",
    .action = "invited",
    .reply_has_no_id = TRUE,
    .finds_who_is_there = TRUE,
    .answer_chooses = TRUE,
    .goes_by_decision = TRUE,
    .optional_reads = OTHER_ADDRESSES,
    .look_up = look_up,
    .compare = compare,
    .create = create,
    .plan_adds = outsider,
    .repair = invite_again,
    .remove = remove_guest,
    .look_up_holders = look_up_holders,
    .surplus = surplus,
};
