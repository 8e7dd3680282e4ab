/* SPDX-License-Identifier: MIT */
#include "onboarding/kinds.h"

#include <string.h>

#include "base/text.h"
#include "onboarding/collection.h"
#include "onboarding/onboarding.h"
#include "onboarding/surplus.h"
#include "onboarding/user.h"
#include "onboarding/user_uses.h"

/*
 * The account that the partner invites: one that is there already, or a new one. A new one's password is not known
 * here; whoever sends the request puts it in place of {secret.accountPassword}.
 */

#define PASSWORD "{secret." ACCOUNT_PASSWORD "}"
#define LONGEST_NICKNAME 64

/* Only a domain that the tenant has verified can stand in a new user name. */
static gboolean has_verified_domain(const struct object *object)
{
    return user_is_of_domains(object_text(object, "userName"), object_text(object, "domains"));
}

static void judge_user(const struct object *object, const json *user, struct observation *observation)
{
    const char *name = object_text(object, "userName");
    gboolean is_known =
        object->known_id[0] == '\0' || g_ascii_strcasecmp(object->known_id, json_get_shown(user, "id")) == 0;
    gboolean is_ours = is_known && (object->created || object->adopted || object->in_doubt);
    observation->state = OBJECT_MATCHES;
    if (g_strcmp0(json_get_string(user, "userType"), "Guest") == 0) {
        observation_difference(observation, "userType", "Member", "Guest", TRUE);
        observation_set(observation, OBJECT_DIFFERS, "%s is a guest; the partner invites a member of your tenant.",
                        name);
    } else if (!json_get_bool(user, "accountEnabled", TRUE)) {
        observation_difference(observation, "accountEnabled", "yes", "no", TRUE);
        observation_set(observation, OBJECT_DIFFERS, "The account %s is disabled: enable it, then check again.", name);
    } else if (user_is_to_be_made(object) && !is_ours) {
        /* Asked to make one, perch takes none that somebody else made without being told to. */
        observation_difference(observation, "userPrincipalName", "a new account", name, TRUE);
        observation_set(observation, OBJECT_DIFFERS,
                        "An account “%s” is there already, and perch did not make it. Choose another name, or use it.",
                        name);
        observation_candidate(observation, DECISION_KEEP, "", "Use this account as it is");
    }
}

static void compare(const struct object *object, GPtrArray *replies, struct observation *observation)
{
    const struct reply *by_name = g_ptr_array_index(replies, 0);
    const char *name = object_text(object, "userName");
    /* Only a name makes one; whom a mail address leads to is taken, and never made. */
    const json *user = user_is_to_be_made(object) ? NULL : user_found(replies, observation);
    if (by_name->status != 404)
        user = by_name->body;
    if (user == NULL) {
        observation->state = OBJECT_ABSENT;
        if (!user_is_to_be_made(object)) {
            observation_set(observation, OBJECT_ABSENT,
                            "There is no user “%s” in this tenant. Choose another, or let perch create it.", name);
            text_set(&observation->next, "Both are among this step's values.");
        } else if (!has_verified_domain(object))
            observation_set(observation, OBJECT_ABSENT,
                            "“%s” cannot be created: its domain is none of this tenant's verified ones (%s).", name,
                            object_text(object, "domains"));
        return;
    }
    observation_learn(observation, "id", json_get_string(user, "id"));
    observation_learn(observation, "mail", json_get_string(user, "mail"));
    const char *mail = json_get_string(user, "mail");
    const char *given = object_text(object, "email");
    if (mail == NULL || mail[0] == '\0')
        observation_note(observation, "The account has no mail address in Microsoft Entra: ask the partner for the "
                                      "invitation as a link, or for one to another address.");
    else if (given[0] != '\0' && g_ascii_strcasecmp(mail, given) != 0)
        observation_note(observation, "The account's mail address in Microsoft Entra is %s, and %s was given.", mail,
                         given);
    judge_user(object, user, observation);
}

static struct request *create(const struct object *object)
{
    const char *user_name = object_text(object, "userName");
    const char *display_name = object_text(object, "displayName");
    const char *domains = object_text(object, "domains");
    if (!user_is_to_be_made(object) || (domains[0] != '\0' && domains[0] != '{' && !has_verified_domain(object)))
        return NULL;
    /* The user name's first part, as far as a mail nickname may hold it. */
    g_autofree char *local = g_strndup(user_name, strcspn(user_name, "@"));
    g_strcanon(local, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "-_", '-');
    g_autofree char *nick = g_strndup(local, LONGEST_NICKNAME);
    json *body = json_from("{'accountEnabled':true,'displayName':%s,'mailNickname':%s,'userPrincipalName':%s,"
                           "'passwordProfile':{'forceChangePasswordNextSignIn':true,'password':%s}}",
                           display_name[0] != '\0' ? display_name : nick, nick, user_name, PASSWORD);
    struct request *request = request_write("POST", SERVICE_GRAPH, body, "/v1.0/users");
    request->scope = "User.ReadWrite.All";
    return request;
}

/* What somebody of the company gave the account since. */
static char *surplus(const struct object *object, GPtrArray *replies, GHashTable *own)
{
    g_autoptr(GPtrArray) found = g_ptr_array_new_with_free_func(g_free);
    user_uses_add(found, object, replies, own);
    return surplus_say(
        found, "Others use this account for what perch did not make",
        "Take the account out of it if nobody needs that (Entra admin center > Users > this one; Identity "
        "governance > Access packages).");
}

static const struct collection elements = {.path = "/v1.0/users", .write_scope = "User.DeleteRestore.All"};

static const struct json_schema with[] = {
    {.name = "userName", .is = WITH_TEXT | JSON_REQUIRED},
    {.name = "mode", .is = WITH_TEXT},
    {.name = "displayName", .is = WITH_TEXT},
    {.name = "email", .is = WITH_TEXT},
    {.name = "domains", .is = WITH_TEXT},
    {.name = NULL},
};

static const char *const learns[] = {"mail", NULL};

const struct object_kind account_kind = {
    .name = "account",
    .with = with,
    .collection = &elements,
    .is_companys = TRUE,
    .learns = learns,
    .verb = "create",
    .action = "created",
    .missing_is_absent = TRUE,
    .optional_reads = 1,
    .answer_chooses = TRUE,
    .look_up = user_look_up,
    .compare = compare,
    .create = create,
    .remove = collection_remove,
    .look_up_holders = user_uses_look_up,
    .surplus = surplus,
};
