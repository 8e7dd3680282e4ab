#include "engine/people.h"

#include "base/error.h"

#define MOST_PEOPLE "25"

struct question {
    struct worker *worker;
    guint serial;
};

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

static struct person *person_from(struct worker *worker, const json *user)
{
    struct person *person = g_new0(struct person, 1);
    person->id = clean_member(worker, user, "id");
    person->name = clean_member(worker, user, "displayName");
    person->user_name = clean_member(worker, user, "userPrincipalName");
    person->mail = clean_member(worker, user, "mail");
    person->guest = g_strcmp0(json_get_string(user, "userType"), "Guest") == 0;
    person->enabled = json_get_bool(user, "accountEnabled", TRUE);
    return person;
}

static void take_people(struct reply *reply, gpointer data)
{
    g_autofree struct question *question = data;
    g_autoptr(Reply) taken = reply;
    g_autofree char *problem =
        reply_is_success(taken) ? NULL
                                : log_clean(question->worker->log, taken->error != NULL ? taken->error->message : "");
    struct people *people = people_new(question->serial, problem != NULL ? problem : "");
    json_for_each (user, json_get(taken->body, "value")) {
        g_ptr_array_add(people->found, person_from(question->worker, user));
    }
    worker_emit(question->worker, EVENT_PEOPLE, people);
}

void people_find(struct worker *worker, const char *text, guint serial)
{
    if (sign_in_account(worker->sign_in) == NULL || text[0] == '\0') {
        worker_emit(worker, EVENT_PEOPLE, people_new(serial, text[0] != '\0' ? "Sign in first." : ""));
        return;
    }
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
    question->serial = serial;
    client_start_read(worker->client, request, take_people, question);
}
