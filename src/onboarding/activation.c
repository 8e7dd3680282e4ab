/* SPDX-License-Identifier: MIT */
#include "onboarding/activation.h"

#include <string.h>

#include "base/clock.h"
#include "base/duration.h"
#include "base/json.h"
#include "base/text.h"

#define USUAL_MINUTES 240
#define MINUTES_OF_AN_HOUR 60
#define SECONDS_OF_A_MINUTE 60
#define ACTIVATE "selfActivate"
#define AT_THE_END "at-the-end" /* of "giveBack" */

/* Learnt, so that what is sent is what was compared. */
#define DURATION "duration"
#define LACKS "lacks"

struct rules {
    gboolean justification;
    gboolean ticket;
    gboolean approval;
    const char *context; /* of the authentication that has to be proved; NULL: none */
    int most;            /* minutes; 0: not told */
};

gboolean activation_opens(const struct object *object, const char *role, const char *step)
{
    g_auto(GStrv) lines = g_strsplit(object_text(object, "opens"), "\n", -1);
    for (char **line = lines; *line != NULL; line++) {
        g_auto(GStrv) words = g_strsplit(*line, " ", -1);
        if (words[0] != NULL && strcmp(words[0], role) == 0)
            return g_strv_contains((const char *const *)words + 1, step);
    }
    return FALSE;
}

/* Where the rules cannot be read a reason is always given, and a refusal tells the rest. */
static struct rules rules_of(const json *policy)
{
    const json *rules = json_get_path(policy, "policy.rules");
    if (rules == NULL)
        return (struct rules){.justification = TRUE};
    const json *enabled = json_get(json_find(rules, "id", "Enablement_EndUser_Assignment"), "enabledRules");
    const json *approval = json_get(json_find(rules, "id", "Approval_EndUser_Assignment"), "setting");
    const json *context = json_find(rules, "id", "AuthenticationContext_EndUser_Assignment");
    const char *most = json_get_string(json_find(rules, "id", "Expiration_EndUser_Assignment"), "maximumDuration");
    return (struct rules){
        .justification = json_has_text(enabled, "Justification"),
        .ticket = json_has_text(enabled, "Ticketing"),
        .approval = json_get_bool(approval, "isApprovalRequired", FALSE),
        .context = json_get_bool(context, "isEnabled", FALSE) ? json_get_string(context, "claimValue") : NULL,
        .most = (int)CLAMP(duration_seconds(most) / SECONDS_OF_A_MINUTE, 0, G_MAXINT),
    };
}

/* As long as was asked for, or usual, and no longer than the rules allow. */
static int minutes_for(const struct object *object, int most)
{
    int asked = (int)json_get_int(object->with, "hours", 0) * MINUTES_OF_AN_HOUR;
    int wanted = asked > 0 ? asked : USUAL_MINUTES;
    return most > 0 ? MIN(wanted, most) : wanted;
}

static char *duration_of(int minutes)
{
    return minutes % MINUTES_OF_AN_HOUR == 0 ? g_strdup_printf("PT%dH", minutes / MINUTES_OF_AN_HOUR)
                                             : g_strdup_printf("PT%dM", minutes);
}

/* "for 4 hours; its rules want a reason, a ticket". Caller frees. */
static char *conditions_of(const struct object *object, const struct rules *rules)
{
    g_autoptr(GPtrArray) wants = g_ptr_array_new_with_free_func(g_free);
    int minutes = minutes_for(object, rules->most);
    g_autofree char *time = minutes % MINUTES_OF_AN_HOUR == 0
                                ? text_count(minutes / MINUTES_OF_AN_HOUR, "hour", "hours")
                                : text_count(minutes, "minute", "minutes");
    if (rules->justification)
        g_ptr_array_add(wants, g_strdup("a reason"));
    if (rules->ticket)
        g_ptr_array_add(wants, g_strdup("a ticket"));
    if (rules->approval)
        g_ptr_array_add(wants, g_strdup("that somebody approves it"));
    if (rules->context != NULL)
        g_ptr_array_add(wants, g_strdup_printf("another sign-in (authentication context %s)", rules->context));
    g_autofree char *all = text_join(wants, ", ");
    const char *limit = json_get_int(object->with, "hours", 0) * MINUTES_OF_AN_HOUR > rules->most && rules->most > 0
                            ? ", the longest that its rules allow"
                            : "";
    return g_strdup_printf("for %s%s%s%s", time, limit, wants->len > 0 ? "; its rules want " : "", all);
}

static char *day_of(const char *time)
{
    gint64 at = time != NULL ? clock_parse(time) : -1;
    return at > 0 ? clock_format_day(at) : g_strdup("a time that Microsoft does not tell");
}

static void judge_active(const struct object *object, const struct activation_found *found,
                         struct observation *observation)
{
    const char *until = json_get_string(found->instance, "endDateTime");
    const char *from = json_get_string(found->instance, "startDateTime");
    gint64 start = from != NULL ? clock_parse(from) : 0;
    g_autofree char *end = until != NULL ? day_of(until) : NULL;
    observation->made = MAX(start, 0);
    observation->nothing_here = !object->created;
    observation->goes_at_the_end = object->created && strcmp(object_text(object, "giveBack"), AT_THE_END) == 0;
    if (end != NULL)
        observation_set(observation, OBJECT_MATCHES, "%s is active until %s.", found->what, end);
    else
        observation_set(observation, OBJECT_MATCHES, "%s is active.", found->what);
    if (object->created && object->decision.kind != DECISION_REMOVE)
        observation_candidate(observation, DECISION_REMOVE, "",
                              observation->goes_at_the_end ? "Give it back with the next apply, not only at the end"
                                                           : "Give it back");
}

/* What became of the last request: it waits for somebody, was declined, or says nothing. */
static void judge_request(const struct object *object, const struct activation_found *found,
                          struct observation *observation)
{
    static const char *const declined[] = {"Denied", "Failed", "Canceled", "AdminDenied", "TimedOut", NULL};
    static const char *const waits[] = {"PendingApproval", "PendingAdminDecision", NULL};
    const json *request = NULL; /* the newest that asks for an activation */
    json_for_each (made, found->requests) {
        if (g_strcmp0(json_get_string(made, "action"), ACTIVATE) == 0 &&
            g_strcmp0(json_get_string(made, "createdDateTime"), json_get_string(request, "createdDateTime")) > 0)
            request = made;
    }
    const char *status = json_get_string(request, "status");
    g_autofree char *asked = day_of(json_get_string(request, "createdDateTime"));
    observation->pends = status != NULL && g_strv_contains(waits, status);
    observation->came_to_nothing = object->created && status != NULL && g_strv_contains(declined, status);
    if (observation->pends)
        observation_set(
            observation, OBJECT_ABSENT,
            "%s was asked for on %s, and waits for somebody to approve it (Privileged Identity Management > "
            "Approve requests).",
            found->what, asked);
    else if (observation->came_to_nothing)
        observation_set(observation, OBJECT_ABSENT, "%s was asked for on %s, and it came to nothing (%s).", found->what,
                        asked, status);
}

void activation_judge(const struct object *object, const struct activation_found *found,
                      struct observation *observation)
{
    const struct rules rules = rules_of(found->policy);
    gboolean is_decided = object->decision.kind == DECISION_CREATE || object->in_doubt;
    g_autofree char *duration = duration_of(minutes_for(object, rules.most));
    g_autofree char *conditions = conditions_of(object, &rules);
    const char *lacks = rules.justification && object_text(object, "reason")[0] == '\0'  ? "a reason"
                        : rules.ticket && object_text(object, "ticketNumber")[0] == '\0' ? "a ticket number"
                                                                                         : NULL;
    observation_learn(observation, DURATION, duration);
    if (found->is_active) {
        judge_active(object, found, observation);
        return;
    }
    observation_set(observation, OBJECT_ABSENT, "%s is not active.", found->what);
    judge_request(object, found, observation);
    if (observation->pends || object->created)
        return;
    if (is_decided && lacks != NULL) {
        observation_learn(observation, LACKS, lacks);
        observation_set(observation, OBJECT_ABSENT, "The rules for %s want %s: enter it here.", found->what, lacks);
    } else if (is_decided) {
        observation_set(observation, OBJECT_ABSENT, "%s is to be activated %s.", found->what, conditions);
    } else if (found->is_offered) {
        g_autofree char *label = g_strdup_printf("Activate %s %s", found->what, conditions);
        observation_set(observation, OBJECT_MATCHES,
                        "You are eligible for %s, which a step lacks; nothing less of what you are eligible for is "
                        "enough for it.",
                        found->what);
        observation_candidate(observation, DECISION_CREATE, "", label);
    } else {
        observation_set(observation, OBJECT_MATCHES, "%s", "");
        observation->nothing_here = TRUE;
    }
}

static struct request *request_of(const struct object *object, const char *path, const char *scope, const char *action,
                                  json *target)
{
    json_set_string(target, "action", action);
    json_set_string(target, "principalId", object_text(object, "me"));
    struct request *request = request_write("POST", SERVICE_GRAPH, target, "%s", path);
    request->scope = scope;
    return request;
}

struct request *activation_begin(const struct object *object, const char *path, const char *scope, json *target)
{
    const char *duration = g_hash_table_lookup(object->observation->learnt, DURATION);
    const char *number = object_text(object, "ticketNumber");
    if (g_hash_table_contains(object->observation->learnt, LACKS)) {
        json_free(target);
        return NULL;
    }
    g_autofree char *usual = duration_of(minutes_for(object, 0));
    struct request *request = request_of(object, path, scope, ACTIVATE, target);
    json_set_string(request->body, "justification", object_text(object, "reason"));
    /* A start that is not told as now is refused, or becomes an appointment. */
    json_set(request->body, "scheduleInfo",
             json_from("{'startDateTime':'{now}','expiration':{'type':'afterDuration','duration':%s}}",
                       duration != NULL ? duration : usual));
    if (number[0] != '\0')
        json_set(request->body, "ticketInfo",
                 json_from("{'ticketNumber':%s,'ticketSystem':%s}", number, object_text(object, "ticketSystem")));
    return request;
}

struct request *activation_end(const struct object *object, const char *path, const char *scope, json *target)
{
    return request_of(object, path, scope, "selfDeactivate", target);
}
