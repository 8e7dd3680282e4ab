/* SPDX-License-Identifier: MIT */
#include "onboarding/hand_over.h"

#include <string.h>

#include "base/clock.h"
#include "base/error.h"
#include "base/json.h"
#include "base/text.h"
#include "onboarding/answers.h"
#include "onboarding/reference.h"

static char *no_guid(const json *value, gconstpointer data, gconstpointer profile)
{
    (void)data;
    (void)profile;
    return g_uuid_string_is_valid(json_string(value)) ? NULL : g_strdup("a GUID is wanted here.");
}

static char *no_time(const json *value, gconstpointer data, gconstpointer profile)
{
    (void)data;
    (void)profile;
    return clock_parse(json_string(value)) >= 0 ? NULL : g_strdup("a time like 2026-11-24T14:02:11Z is wanted here.");
}

/* Who says so has to be seen: without a name it would pass for said here. */
static char *no_name(const json *value, gconstpointer data, gconstpointer profile)
{
    (void)data;
    (void)profile;
    g_autofree char *seen = text_safe(json_string(value), -1);
    return g_strstrip(seen)[0] != '\0' ? NULL : g_strdup("somebody's name is wanted here.");
}

/* The console asks for one too. */
static char *no_reason(const json *value, gconstpointer data, gconstpointer profile)
{
    char *problem = no_name(value, data, profile);
    g_free(problem);
    return problem != NULL ? g_strdup("a reason is wanted here.") : NULL;
}

/* VALUE stands under the id of a step. */
static char *no_step(const json *value, gconstpointer data, gconstpointer profile)
{
    (void)data;
    return reference_step_problem(profile, json_name(value));
}

/* VALUE stands under the key of an object, or its kind. */
static char *no_object(const json *value, gconstpointer data, gconstpointer profile)
{
    (void)data;
    return reference_object_problem(profile, json_name(value), TRUE);
}

/* As in the console: all else rests on the first. */
static char *no_skip(const json *value, gconstpointer data, gconstpointer profile)
{
    char *problem = no_step(value, data, profile);
    const struct profile *known = profile;
    const struct step_definition *first = g_ptr_array_index(known->steps, 0);
    if (problem == NULL && strcmp(first->id, json_name(value)) == 0)
        return g_strdup("this step cannot be left out: everything else rests on it.");
    return problem;
}

static char *no_proof(const json *value, gconstpointer data, gconstpointer profile)
{
    char *problem = no_step(value, data, profile);
    return problem != NULL ? problem : no_time(value, data, profile);
}

/* Nobody could end a wait of a step that has none: the word for it stands with the step's own. */
static char *no_wait(const json *value, gconstpointer data, gconstpointer profile)
{
    const struct step_definition *step = profile_step(profile, json_name(value));
    if (step == NULL)
        return no_step(value, data, profile);
    if (step->wait == NULL)
        return g_strdup("this step waits for nothing.");
    const char *began = json_get_string(value, "began");
    const char *until = json_get_string(value, "until");
    gint64 seconds = began != NULL && until != NULL ? (clock_parse(until) - clock_parse(began)) / G_USEC_PER_SEC : 0;
    gboolean is_short = began != NULL && until != NULL && seconds + 1 < step->wait->seconds;
    return !is_short || json_get_string(value, "endedBy") != NULL
               ? NULL
               : g_strdup_printf("this step waits %" G_GINT64_FORMAT " seconds, these are %" G_GINT64_FORMAT
                                 ", and nobody is said to have ended it.",
                                 (gint64)step->wait->seconds, seconds);
}

#define TEXT(member)                                                                                                   \
    {                                                                                                                  \
        .name = (member), .is = JSON_TEXT                                                                              \
    }
#define NEEDED_TEXT(member)                                                                                            \
    {                                                                                                                  \
        .name = (member), .is = JSON_TEXT | JSON_REQUIRED                                                              \
    }
#define NEEDED_TIME(member)                                                                                            \
    {                                                                                                                  \
        .name = (member), .is = JSON_TEXT | JSON_REQUIRED, .problem = no_time                                          \
    }
#define NAMED(member)                                                                                                  \
    {                                                                                                                  \
        .name = (member), .is = JSON_TEXT | JSON_REQUIRED, .problem = no_name                                          \
    }
#define END                                                                                                            \
    {                                                                                                                  \
        .name = NULL                                                                                                   \
    }

static const struct json_schema written_members[] = {NEEDED_TIME("at"), NAMED("by"), TEXT("perch"), END};
static const struct json_schema tenant_members[] = {
    {.name = "id", .is = JSON_TEXT | JSON_REQUIRED, .problem = no_guid}, TEXT("domain"), TEXT("name"), END};
static const struct json_schema partner_members[] = {NEEDED_TEXT("id"), TEXT("name"), TEXT("dated"), END};

/* "about" as in a guide's tellAgain. */
static const struct json_schema told_members[] = {NAMED("by"), NEEDED_TIME("at"), TEXT("note"), TEXT("about"), END};
static const struct json_schema told = {.is = JSON_OBJECT, .inner = told_members, .problem = no_step};

static const struct json_schema skipped_members[] = {
    NAMED("by"), NEEDED_TIME("at"), {.name = "reason", .is = JSON_TEXT | JSON_REQUIRED, .problem = no_reason}, END};
static const struct json_schema skipped = {.is = JSON_OBJECT, .inner = skipped_members, .problem = no_skip};

static const struct json_schema wait_members[] = {
    NEEDED_TIME("began"), NEEDED_TIME("until"), {.name = "endedBy", .is = JSON_TEXT, .problem = no_name}, END};
static const struct json_schema waiting = {.is = JSON_OBJECT, .inner = wait_members, .problem = no_wait};

static const struct json_schema proved = {.is = JSON_TEXT, .problem = no_proof};

static const struct json_schema decision_members[] = {NAMED("by"), NEEDED_TIME("at"), NEEDED_TEXT("decision"),
                                                      TEXT("of"),  TEXT("about"),     END};
static const struct json_schema decided = {.is = JSON_OBJECT, .inner = decision_members, .problem = no_object};

static const struct json_schema object_members[] = {NEEDED_TEXT("step"), NEEDED_TEXT("object"), TEXT("name"),
                                                    TEXT("id"),          TEXT("origin"),        END};
static const struct json_schema object = {.is = JSON_OBJECT, .inner = object_members};

static const struct json_schema role = {.is = JSON_TEXT};
static const struct json_schema left_members[] = {NEEDED_TEXT("step"),
                                                  TEXT("title"),
                                                  TEXT("state"),
                                                  TEXT("reason"),
                                                  {.name = "roles", .is = JSON_LIST, .inner = &role},
                                                  END};
static const struct json_schema left = {.is = JSON_OBJECT, .inner = left_members};

static const struct json_schema partner_left_members[] = {
    NEEDED_TIME("at"), {.name = "by", .is = JSON_TEXT, .problem = no_name}, END};

static const struct json_schema seal_members[] = {NEEDED_TEXT("key"), NEEDED_TEXT("signature"), END};

static const struct json_schema members[] = {
    {.name = HAND_OVER_MARK, .is = JSON_WHOLE | JSON_REQUIRED},
    {.name = "written", .is = JSON_OBJECT | JSON_REQUIRED, .inner = written_members},
    {.name = "tenant", .is = JSON_OBJECT | JSON_REQUIRED, .inner = tenant_members},
    NEEDED_TEXT("cloud"),
    {.name = "partner", .is = JSON_OBJECT | JSON_REQUIRED, .inner = partner_members},
    {.name = "answers", .is = JSON_OBJECT | JSON_REQUIRED},
    {.name = "told", .is = JSON_MAP, .inner = &told},
    {.name = "skipped", .is = JSON_MAP, .inner = &skipped},
    {.name = "waits", .is = JSON_MAP, .inner = &waiting},
    {.name = "proved", .is = JSON_MAP, .inner = &proved},
    {.name = "decisions", .is = JSON_MAP, .inner = &decided},
    {.name = "objects", .is = JSON_LIST, .inner = &object},
    {.name = "left", .is = JSON_LIST, .inner = &left},
    {.name = "partnerLeft", .is = JSON_OBJECT, .inner = partner_left_members},
    {.name = "undone", .is = JSON_OBJECT, .inner = partner_left_members},
    {.name = "seal", .is = JSON_OBJECT, .inner = seal_members},
    END,
};
static const struct json_schema whole = {.is = JSON_OBJECT, .inner = members};

gboolean hand_over_is_one(const char *text, gssize length)
{
    g_autoptr(json) document = json_parse(text, length, NULL);
    return json_get(document, HAND_OVER_MARK) != NULL;
}

/* A member that a person's own answers may have, and that would pass here for said by whoever takes over. */
static const char *claims_among_answers(const json *document)
{
    static const char *const claims[] = {"done", "skip", "decisions"};
    for (gsize i = 0; i < G_N_ELEMENTS(claims); i++)
        if (json_get(json_get(document, "answers"), claims[i]) != NULL)
            return claims[i];
    return NULL;
}

json *hand_over_parse(const char *text, gssize length, const char *file, const struct profile *profile, GError **error)
{
    g_autoptr(GError) cause = NULL;
    g_autoptr(json) document = json_parse(text, length, &cause);
    /* Before all else: a later version may hold anything. */
    if (document != NULL && json_get_int(document, HAND_OVER_MARK, 0) != HAND_OVER_VERSION)
        json_schema_refuse(&cause, "$." HAND_OVER_MARK,
                           "this version of the format is not known; only 1 is.\n"
                           "Take the perch that wrote it, or a newer one.");
    else if (document != NULL && json_schema_check(&whole, document, "$", profile, &cause)) {
        const char *partner = json_get_string(json_get(document, "partner"), "id");
        if (strcmp(partner, profile->id) != 0)
            g_set_error(&cause, PERCH_ERROR, PERCH_ERROR_INPUT,
                        "$.partner.id: it was written with the partner profile “%s”, and this is “%s”.\n"
                        "Name the right one with --partner.",
                        partner, profile->id);
        else if (claims_among_answers(document) != NULL)
            g_set_error(&cause, PERCH_ERROR, PERCH_ERROR_INPUT,
                        "$.answers.%s: what others told, left out and decided stands beside the answers, with its "
                        "author.\nAsk whoever handed it over for what perch hand-over writes.",
                        claims_among_answers(document));
        else if (answers_check(profile->answers, json_get(document, "answers"), "$.answers", &cause))
            return g_steal_pointer(&document);
    }
    g_set_error(error, PERCH_ERROR, PERCH_ERROR_INPUT, "%s: %s", file, cause->message);
    return NULL;
}
