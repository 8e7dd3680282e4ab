/* SPDX-License-Identifier: MIT */
#include "onboarding/kinds.h"

#include "onboarding/user.h"

static void compare(const struct object *object, GPtrArray *replies, struct observation *observation)
{
    const json *user = user_found(replies, observation);
    const char *user_name = object_text(object, "userName");
    if (user == NULL) {
        observation_set(observation, OBJECT_ABSENT, "There is no user “%s” in this tenant; choose another.", user_name);
        return;
    }
    const char *name = json_get_string(user, "displayName");
    observation_learn(observation, "id", json_get_string(user, "id"));
    observation_learn(observation, "name", name);
    observation->state = OBJECT_MATCHES;
    /* Whoever left reviews, approves and answers for nothing any more, and Microsoft tells nobody. */
    if (!json_get_bool(user, "accountEnabled", TRUE)) {
        observation_difference(observation, "accountEnabled", "yes", "no", TRUE);
        observation_set(observation, OBJECT_DIFFERS,
                        "The account of %s is disabled: nobody does by it what is wanted here. Choose another, or have "
                        "it enabled.",
                        user_name);
        observation_candidate(observation, DECISION_KEEP, "", "Go on; it will be enabled");
    }
    const char *id = json_get_shown(user, "id");
    if (object->named_id[0] != '\0' && g_ascii_strcasecmp(object->named_id, id) != 0) {
        observation_difference(observation, "account", object->named_id, id, TRUE);
        observation_set(observation, OBJECT_DIFFERS,
                        "%s is another account now (%s) than the one that was read first (%s): somebody else may have "
                        "got the name. Choose whom you mean.",
                        user_name, id, object->named_id);
        observation_withdraw(observation, DECISION_KEEP);
        observation_candidate(observation, DECISION_KEEP, "", "Go on with this one");
    }
    if (!json_get_bool(object->with, "memberOnly", FALSE) || g_strcmp0(json_get_string(user, "userType"), "Guest") != 0)
        return;
    observation_withdraw(observation, DECISION_KEEP);
    observation_difference(observation, "userType", "Member", "Guest", TRUE);
    observation_set(observation, OBJECT_DIFFERS, "%s is a guest; only a member of this tenant can be chosen here.",
                    user_name);
}

static const struct json_schema with[] = {
    {.name = "userName", .is = WITH_TEXT | JSON_REQUIRED},
    {.name = "memberOnly", .is = JSON_YES_NO},
    {.name = NULL},
};

const struct object_kind user_kind = {
    .name = "user",
    .with = with,
    .missing_is_absent = TRUE,
    .named_by_answer = TRUE,
    .optional_reads = 1,
    .look_up = user_look_up,
    .compare = compare,
};
