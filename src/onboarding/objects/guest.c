/* SPDX-License-Identifier: MIT */
#include "onboarding/kinds.h"

#include <string.h>

#include "onboarding/compare.h"
#include "onboarding/user.h"

/*
 * A person of the partner as a guest of the tenant. The invitation's own id is not the guest's, so that one is found by
 * mail address.
 */

static void look_up(const struct object *object, GPtrArray *requests)
{
    g_autofree char *mail = odata_literal(object_text(object, "mail"));
    struct request *request = request_get(SERVICE_GRAPH, "/v1.0/users");
    request_query(request, "$filter", "mail eq %s", mail);
    request_query(request, "$select", USER_MEMBERS ",externalUserState,externalUserStateChangeDateTime");
    request->scope = "User.Read.All";
    request->all_pages = TRUE;
    g_ptr_array_add(requests, request);
}

static char *describe(const json *user)
{
    return g_strdup_printf("%s (%s)", json_get_string(user, "userPrincipalName"), json_get_string(user, "id"));
}

static void compare(const struct object *object, GPtrArray *replies, struct observation *observation)
{
    g_autoptr(GPtrArray) hits = compare_hits(replies, 0);
    const json *user = compare_choose(object, hits, observation, describe);
    const char *mail = object_text(object, "mail");
    const char *at = strrchr(mail, '@');
    /* The partner's list should hold people of the partner only. */
    if (at != NULL && g_ascii_strcasecmp(at + 1, object_text(object, "domainName")) != 0)
        observation_note(observation, "%s is not of %s.", mail, object_text(object, "domainName"));
    if (user == NULL)
        return;
    compare_take(observation, user);
    observation->state = OBJECT_MATCHES;
    const char *since = json_get_string(user, "externalUserStateChangeDateTime");
    /* An invitation that nobody accepted lets nobody in, whatever the groups say. */
    if (g_strcmp0(json_get_string(user, "externalUserState"), "PendingAcceptance") == 0)
        observation_note(
            observation,
            "%s was invited%s%.10s and has not accepted the invitation yet. To send it again: Entra > "
            "Users > that guest > B2B collaboration > Resend invitation. To take the guest away: delete it there, and "
            "strike it off the list here.",
            mail, since != NULL ? " on " : "", since != NULL ? since : "");
    if (!json_get_bool(user, "accountEnabled", TRUE)) {
        observation_difference(observation, "accountEnabled", "yes", "no", TRUE);
        observation_set(observation, OBJECT_DIFFERS, "The guest %s is disabled: enable it, then check again.", mail);
    }
}

static struct request *create(const struct object *object)
{
    json *body = json_from("{'invitedUserEmailAddress':%s,'inviteRedirectUrl':%s,'sendInvitationMessage':true}",
                           object_text(object, "mail"), object_text(object, "redirect"));
    struct request *request = request_write("POST", SERVICE_GRAPH, body, "/v1.0/invitations");
    request->scope = "User.Invite.All";
    return request;
}

static struct request *remove_guest(const struct object *object)
{
    struct request *request = request_write("DELETE", SERVICE_GRAPH, NULL, "/v1.0/users/%s", object->known_id);
    request->scope = "User.DeleteRestore.All";
    return request;
}

static const struct json_schema with[] = {
    {.name = "mail", .is = WITH_TEXT | JSON_REQUIRED},
    {.name = "domainName", .is = WITH_TEXT | JSON_REQUIRED},
    {.name = "redirect", .is = WITH_TEXT | JSON_REQUIRED},
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
    .answer_chooses = TRUE,
    .look_up = look_up,
    .compare = compare,
    .create = create,
    .remove = remove_guest,
};
