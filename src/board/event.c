/* SPDX-License-Identifier: MIT */
#include "board/event.h"

#include <string.h>

struct event *event_new(enum event_kind kind, gpointer payload)
{
    struct event *event = g_new0(struct event, 1);
    event->kind = kind;
    event->board = payload;
    return event;
}

void log_line_free(struct log_line *line)
{
    if (line == NULL)
        return;
    g_free(line->subject);
    g_free(line->text);
    g_free(line->detail);
    g_free(line->request_id);
    g_free(line);
}

struct log_line *log_line_copy(const struct log_line *line)
{
    struct log_line *copy = g_memdup2(line, sizeof *line);
    copy->subject = g_strdup(line->subject);
    copy->text = g_strdup(line->text);
    copy->detail = g_strdup(line->detail);
    copy->request_id = g_strdup(line->request_id);
    return copy;
}

void planned_request_free(struct planned_request *request)
{
    char *strings[] = {request->verb, request->sentence, request->risk, request->step, request->object,
                       request->kind, request->method,   request->url,  request->body, request->body_indented};
    for (gsize i = 0; i < G_N_ELEMENTS(strings); i++)
        g_free(strings[i]);
    g_clear_pointer(&request->differences, g_ptr_array_unref);
    g_free(request);
}

struct plan *plan_ref(struct plan *plan)
{
    g_atomic_int_inc(&plan->references);
    return plan;
}

char *plan_digest(const struct plan *plan)
{
    g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA256);
    for (guint i = 0; i < plan->requests->len; i++) {
        const struct planned_request *request = g_ptr_array_index(plan->requests, i);
        const char *parts[] = {request->object, request->method, request->url, request->body};
        /* With its end, so that no two plans run together to the same bytes. */
        for (gsize k = 0; k < G_N_ELEMENTS(parts); k++) {
            g_autoptr(GString) part = g_string_new(parts[k]);
            if (plan->practice_port[0] != '\0')
                g_string_replace(part, plan->practice_port, "", 0);
            g_checksum_update(sum, (const guchar *)part->str, (gssize)part->len + 1);
        }
    }
    return g_strdup(g_checksum_get_string(sum));
}

struct leave_choice *leave_choice_new(const char *key, const char *title, const char *decided, const char *obstacle)
{
    struct leave_choice *choice = g_new0(struct leave_choice, 1);
    choice->key = g_strdup(key);
    choice->title = g_strdup(title);
    choice->decided = g_strdup(decided);
    choice->obstacle = g_strdup(obstacle);
    return choice;
}

void leave_choice_free(struct leave_choice *choice)
{
    g_free(choice->key);
    g_free(choice->title);
    g_free(choice->decided);
    g_free(choice->obstacle);
    g_free(choice);
}

gboolean plan_is_choice(const struct plan *plan, const char *obstacle)
{
    for (guint i = 0; i < plan->choices->len; i++)
        if (strcmp(((const struct leave_choice *)g_ptr_array_index(plan->choices, i))->obstacle, obstacle) == 0)
            return TRUE;
    return FALSE;
}

guint plan_undecided(const struct plan *plan)
{
    guint count = 0;
    for (guint i = 0; i < plan->choices->len; i++)
        count += ((const struct leave_choice *)g_ptr_array_index(plan->choices, i))->decided[0] == '\0';
    return count;
}

void plan_unref(struct plan *plan)
{
    if (plan == NULL || !g_atomic_int_dec_and_test(&plan->references))
        return;
    g_ptr_array_unref(plan->requests);
    g_ptr_array_unref(plan->obstacles);
    g_ptr_array_unref(plan->choices);
    g_ptr_array_unref(plan->by_hand);
    g_free(plan->answers_sha256);
    g_free(plan->practice_port);
    g_free(plan->step);
    g_free(plan);
}

void deed_free(struct deed *deed)
{
    char *strings[] = {deed->what, deed->by, deed->step, deed->object, deed->id, deed->text, deed->request_id};
    for (gsize i = 0; i < G_N_ELEMENTS(strings); i++)
        g_free(strings[i]);
    g_free(deed);
}

struct history *history_ref(struct history *history)
{
    g_atomic_int_inc(&history->references);
    return history;
}

void history_unref(struct history *history)
{
    if (history == NULL || !g_atomic_int_dec_and_test(&history->references))
        return;
    g_ptr_array_unref(history->deeds);
    g_ptr_array_unref(history->card);
    g_hash_table_unref(history->facts);
    g_free(history);
}

void person_free(struct person *person)
{
    g_free(person->id);
    g_free(person->name);
    g_free(person->user_name);
    g_free(person->mail);
    g_free(person);
}

struct diagnosis *diagnosis_new(enum diagnosis_state state, const char *subject, const char *text, const char *next)
{
    struct diagnosis *diagnosis = g_new0(struct diagnosis, 1);
    diagnosis->state = state;
    diagnosis->subject = g_strdup(subject);
    diagnosis->text = g_strdup(text);
    diagnosis->next = g_strdup(next);
    return diagnosis;
}

void diagnosis_free(struct diagnosis *diagnosis)
{
    g_free(diagnosis->subject);
    g_free(diagnosis->text);
    g_free(diagnosis->next);
    g_free(diagnosis);
}

void consent_free(struct consent *consent)
{
    g_free(consent->id);
    g_free(consent->application);
    g_free(consent->resource);
    g_free(consent->scopes);
    g_free(consent);
}

static void prompt_free(struct prompt *prompt)
{
    char *strings[] = {prompt->url,     prompt->start,  prompt->user_code, prompt->account_hint, prompt->application,
                       prompt->granted, prompt->tenant, prompt->message,   prompt->reasons};
    for (gsize i = 0; i < G_N_ELEMENTS(strings); i++)
        g_free(strings[i]);
    g_free(prompt);
}

static void shown_secret_free(struct shown_secret *secret)
{
    for (volatile char *at = secret->text; *at != '\0'; at++)
        *at = '\0';
    g_free(secret->title);
    g_free(secret->text);
    g_free(secret);
}

struct seal *seal_new(const char *key, const char *signature, const char *reason)
{
    struct seal *seal = g_new0(struct seal, 1);
    seal->key = g_strdup(key);
    seal->signature = g_strdup(signature);
    seal->reason = g_strdup(reason);
    return seal;
}

void seal_free(struct seal *seal)
{
    if (seal == NULL)
        return;
    g_free(seal->key);
    g_free(seal->signature);
    g_free(seal->reason);
    g_free(seal);
}

void event_free(struct event *event)
{
    if (event == NULL)
        return;
    switch (event->kind) {
    case EVENT_BOARD:
        board_unref(event->board);
        break;
    case EVENT_LOG:
        log_line_free(event->log);
        break;
    case EVENT_PLAN:
        plan_unref(event->plan);
        break;
    case EVENT_PROMPT:
        prompt_free(event->prompt);
        break;
    case EVENT_PEOPLE:
        g_free(event->people->error);
        g_ptr_array_unref(event->people->found);
        g_free(event->people);
        break;
    case EVENT_HISTORY:
        history_unref(event->history);
        break;
    case EVENT_SECRET:
        shown_secret_free(event->secret);
        break;
    case EVENT_HAND_OVER:
        g_free(event->hand_over);
        break;
    case EVENT_SURPRISES:
        g_free(event->surprises);
        break;
    case EVENT_SEAL:
        seal_free(event->seal);
        break;
    case EVENT_DIAGNOSES:
        g_clear_pointer(&event->diagnoses, g_ptr_array_unref);
        break;
    case EVENT_CONSENTS:
        g_clear_pointer(&event->consents, g_ptr_array_unref);
        break;
    case EVENT_DONE:
        g_clear_error(&event->done->error);
        g_free(event->done);
        break;
    }
    g_free(event);
}
