/* SPDX-License-Identifier: MIT */
#include "board/event.h"

#include <string.h>

#include "base/clock.h"
#include "base/text_members.h"

#define AT(thing, member) offsetof(struct thing, member)
#define TEXTS_COPY(thing, texts) text_members_copy(thing, sizeof *(thing), texts, G_N_ELEMENTS(texts))

struct event *event_new(enum event_kind kind, gpointer payload)
{
    struct event *event = g_new0(struct event, 1);
    event->kind = kind;
    event->payload = payload;
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

struct leave_choice *leave_choice_new(const char *key, const char *title, const char *code, const char *decided,
                                      const char *obstacle)
{
    static const gsize texts[] = {AT(leave_choice, key), AT(leave_choice, title), AT(leave_choice, code),
                                  AT(leave_choice, decided), AT(leave_choice, obstacle)};
    const struct leave_choice choice = {
        .key = key, .title = title, .code = code, .decided = decided, .obstacle = obstacle};
    return TEXTS_COPY(&choice, texts);
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

gboolean plan_names_another_day(const struct plan *plan, gint64 now)
{
    g_autofree char *time = clock_format(now);
    if (plan->day == NULL || plan->day[0] == '\0' || g_str_has_prefix(time, plan->day))
        return FALSE;
    for (guint i = 0; i < plan->requests->len; i++)
        if (strstr(((const struct planned_request *)g_ptr_array_index(plan->requests, i))->body, plan->day) != NULL)
            return TRUE;
    return FALSE;
}

guint plan_kept(const struct plan *plan)
{
    guint count = 0;
    for (guint i = 0; i < plan->choices->len; i++)
        count += strcmp(((const struct leave_choice *)g_ptr_array_index(plan->choices, i))->decided, "keep") == 0;
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
    g_free(plan->day);
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
    static const gsize texts[] = {AT(diagnosis, subject), AT(diagnosis, text), AT(diagnosis, next)};
    const struct diagnosis diagnosis = {.state = state, .subject = subject, .text = text, .next = next};
    return TEXTS_COPY(&diagnosis, texts);
}

void consent_free(struct consent *consent)
{
    g_free(consent->id);
    g_free(consent->application);
    g_free(consent->resource);
    g_free(consent->scopes);
    g_free(consent);
}

static void prompt_free(gpointer data)
{
    struct prompt *prompt = data;
    char *strings[] = {prompt->url,     prompt->start,  prompt->user_code, prompt->account_hint, prompt->application,
                       prompt->granted, prompt->tenant, prompt->message,   prompt->reasons};
    for (gsize i = 0; i < G_N_ELEMENTS(strings); i++)
        g_free(strings[i]);
    g_free(prompt);
}

static void shown_secret_free(gpointer data)
{
    struct shown_secret *secret = data;
    for (volatile char *at = secret->text; *at != '\0'; at++)
        *at = '\0';
    g_free(secret->title);
    g_free(secret->text);
    g_free(secret);
}

static void people_free(gpointer data)
{
    struct people *people = data;
    g_free(people->error);
    g_ptr_array_unref(people->found);
    g_free(people);
}

static void done_free(gpointer data)
{
    struct done *done = data;
    g_clear_error(&done->error);
    g_free(done);
}

struct seal *seal_new(const char *key, const char *signature, const char *reason)
{
    static const gsize texts[] = {AT(seal, key), AT(seal, signature), AT(seal, reason)};
    const struct seal seal = {.key = key, .signature = signature, .reason = reason};
    return TEXTS_COPY(&seal, texts);
}

void event_free(struct event *event)
{
    static const GDestroyNotify frees[] = {
        [EVENT_BOARD] = (GDestroyNotify)board_unref,
        [EVENT_LOG] = (GDestroyNotify)log_line_free,
        [EVENT_PLAN] = (GDestroyNotify)plan_unref,
        [EVENT_PROMPT] = prompt_free,
        [EVENT_PEOPLE] = people_free,
        [EVENT_HISTORY] = (GDestroyNotify)history_unref,
        [EVENT_SECRET] = shown_secret_free,
        [EVENT_HAND_OVER] = g_free,
        [EVENT_SURPRISES] = g_free,
        [EVENT_SEAL] = g_free,
        [EVENT_DIAGNOSES] = (GDestroyNotify)g_ptr_array_unref,
        [EVENT_CONSENTS] = (GDestroyNotify)g_ptr_array_unref,
        [EVENT_DONE] = done_free,
    };
    if (event != NULL && event->payload != NULL)
        frees[event->kind](event->payload);
    g_free(event);
}
