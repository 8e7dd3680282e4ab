/* SPDX-License-Identifier: MIT */
#include "engine/people_search.h"

#include "base/error.h"
#include "base/json.h"
#include "engine/challenge_retry.h"
#include "engine/operator.h"
#include "engine/worker.h"

#define MOST_PEOPLE "25"

typedef struct question Question;

struct question {
    struct worker *worker;
    char *text;
    guint serial;
    gboolean last; /* the person signed in for it already */
};

static void question_free(struct question *question)
{
    g_free(question->text);
    g_free(question);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Question, question_free)

static struct people *people_new(guint serial, const char *error)
{
    struct people *people = g_new0(struct people, 1);
    people->serial = serial;
    people->error = g_strdup(error);
    people->found = g_ptr_array_new_with_free_func((GDestroyNotify)person_free);
    return people;
}

static char *clean_member(struct worker *worker, const json *user, const char *name)
{
    const char *text = json_get_string(user, name);
    return log_clean(worker->log, text != NULL ? text : "");
}

static void take_people(struct reply *reply, gpointer data)
{
    g_autoptr(Question) question = data;
    g_autoptr(Reply) taken = reply;
    if (taken->claims != NULL && !question->last) {
        /* Nobody can be asked to sign in while another command may be doing that: it becomes a command of its own. */
        struct command *command = g_new0(struct command, 1);
        command->kind = COMMAND_PEOPLE;
        command->subject = g_strdup(question->text);
        command->text = g_strdup(taken->claims);
        command->serial = question->serial;
        queue_push(question->worker->commands, command);
        http_wake(question->worker->http);
        return;
    }
    if (taken->claims != NULL)
        g_clear_pointer(&question->worker->operator.people_claims, g_free);
    challenge_retry_give_up(taken);
    struct worker *worker = question->worker;
    /* It stands on one line. */
    g_autofree char *message = taken->error != NULL ? error_headline(taken->error) : g_strdup("");
    g_autofree char *problem = reply_is_success(taken) ? g_strdup("") : log_clean(worker->log, message);
    struct people *people = people_new(question->serial, problem);
    json_for_each (user, json_get(taken->body, "value")) {
        struct person *person = g_new0(struct person, 1);
        person->id = clean_member(worker, user, "id");
        person->name = clean_member(worker, user, "displayName");
        person->user_name = clean_member(worker, user, "userPrincipalName");
        person->mail = clean_member(worker, user, "mail");
        person->guest = g_strcmp0(json_get_string(user, "userType"), "Guest") == 0;
        person->enabled = json_get_bool(user, "accountEnabled", TRUE);
        g_ptr_array_add(people->found, person);
    }
    worker_emit(worker, EVENT_PEOPLE, people);
}

static void start(struct worker *worker, const char *text, guint serial, gboolean last)
{
    g_autofree char *literal = odata_literal(text);
    g_autoptr(Request) request = request_get(SERVICE_GRAPH, "/v1.0/users");
    request_query(request, "$filter",
                  "startswith(displayName,%s) or startswith(userPrincipalName,%s) or startswith(mail,%s)", literal,
                  literal, literal);
    request_query(request, "$select", "id,displayName,userPrincipalName,mail,userType,accountEnabled");
    request_query(request, "$top", MOST_PEOPLE);
    request->scope = "User.Read.All";
    struct question *question = g_new0(struct question, 1);
    question->worker = worker;
    question->text = g_strdup(text);
    question->serial = serial;
    question->last = last;
    client_start_read(worker->client, request, take_people, question);
}

void people_search(struct worker *worker, const char *text, guint serial)
{
    if (sign_in_account(worker->operator.sign_in) != NULL && text[0] != '\0')
        start(worker, text, serial, FALSE);
    else
        worker_emit(worker, EVENT_PEOPLE, people_new(serial, text[0] != '\0' ? "Sign in first." : ""));
}

/* Several look-ups may have been refused before one sign-in met what all of them wanted. */
void people_search_after_sign_in(struct worker *worker, const char *text, guint serial, const char *claims)
{
    g_autoptr(GError) error = NULL;
    if (g_strcmp0(worker->operator.people_claims, claims) != 0) {
        worker_log(worker, LOG_NOTICE, "sign-in", "Microsoft wants a new sign-in before it tells of people");
        if (!operator_meet_claims(worker, SERVICE_GRAPH, claims, &error)) {
            g_autofree char *headline = error_headline(error);
            worker_emit(worker, EVENT_PEOPLE, people_new(serial, headline));
            return;
        }
        g_free(worker->operator.people_claims);
        worker->operator.people_claims = g_strdup(claims);
    }
    start(worker, text, serial, TRUE);
}
