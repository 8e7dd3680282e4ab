/* SPDX-License-Identifier: MIT */
#include "support/fake_session.h"
#include "base/text.h"

#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/timerfd.h>
#include <unistd.h>

#include "base/error.h"
#include "support/fake_board.h"

struct timed {
    gint64 at;
    struct event *event;
    gboolean in_flood;
};

struct session {
    struct board *board;
    gboolean signing_in; /* a sign-in waits for the person */
    gboolean foreign;    /* some of what the partner has was made by others */
    const char *settled; /* the path whose answer settles its step; NULL */
    gboolean refuses;    /* the practice portal's forms */
    GPtrArray *calls;
    GQueue events; /* of struct timed, by time */
    int timer;
    int poller; /* readable when the timer is */
    struct {
        int next, count, rate;
        gint64 begun;
    } flood;
};

static void call(struct session *session, const char *format, ...) G_GNUC_PRINTF(2, 3);

static void call(struct session *session, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    g_ptr_array_add(session->calls, g_strdup_vprintf(format, arguments));
    va_end(arguments);
}

static void set_timer(struct session *session)
{
    const struct timed *first = g_queue_peek_head(&session->events);
    gint64 left = first != NULL ? MAX(first->at - g_get_monotonic_time(), 1) : 0;
    struct itimerspec time = {.it_value = {left / G_USEC_PER_SEC, (left % G_USEC_PER_SEC) * 1000}};
    timerfd_settime(session->timer, 0, &time, NULL);
}

static void push_at(struct session *session, struct event *event, gint64 at, gboolean in_flood)
{
    struct timed *timed = g_new(struct timed, 1);
    timed->at = at;
    timed->event = event;
    timed->in_flood = in_flood;
    /* Most come after all that is there. */
    GList *before = session->events.tail;
    while (before != NULL && ((const struct timed *)before->data)->at > timed->at)
        before = before->prev;
    g_queue_insert_after(&session->events, before, timed);
    if (before == NULL)
        set_timer(session);
}

void fake_session_push(struct session *session, struct event *event, guint milliseconds)
{
    push_at(session, event, g_get_monotonic_time() + (gint64)milliseconds * 1000, FALSE);
}

/* A thousandth of a second's lines at a time: what waits to be given out would be counted as the console's memory. */
static void push_flood(struct session *session)
{
    int end = MIN(session->flood.next + CLAMP(session->flood.rate / 1000, 1, 100), session->flood.count);
    gint64 due = session->flood.begun + (gint64)session->flood.next * G_USEC_PER_SEC / session->flood.rate;
    while (session->flood.next < end) {
        int number = session->flood.next++;
        g_autofree char *text = g_strdup_printf("flood line %d", number);
        push_at(session, event_new(EVENT_LOG, fake_log_line(LOG_INFO, "flood", text)), due, number == end - 1);
    }
}

void fake_session_flood(struct session *session, int count, int rate)
{
    session->flood.count = count;
    session->flood.rate = rate;
    session->flood.begun = g_get_monotonic_time();
    push_flood(session);
}

void fake_session_return(struct session *session, struct event *event)
{
    struct timed *timed = g_new0(struct timed, 1);
    timed->event = event;
    g_queue_push_head(&session->events, timed);
    set_timer(session);
}

static void push_board(struct session *session, guint milliseconds)
{
    fake_board_count(session->board);
    fake_session_push(session, event_new(EVENT_BOARD, fake_board_copy(session->board)), milliseconds);
}

static void push_done(struct session *session, enum command_kind command, GError *error, guint milliseconds)
{
    struct done *done = g_new0(struct done, 1);
    done->command = command;
    done->error = error;
    done->exit_code = session->board->exit_code;
    fake_session_push(session, event_new(EVENT_DONE, done), milliseconds);
}

struct log_line *fake_log_line(enum log_severity severity, const char *subject, const char *text)
{
    struct log_line *line = g_new0(struct log_line, 1);
    line->time = g_get_real_time();
    line->severity = severity;
    line->subject = g_strdup(subject);
    line->text = g_strdup(text);
    line->detail = g_strdup("");
    line->request_id = g_strdup("");
    return line;
}

static void push_request_line(struct session *session, enum log_severity severity, const char *subject,
                              const char *text, int status, guint milliseconds)
{
    struct log_line *line = fake_log_line(severity, subject, text);
    line->status = status;
    line->duration = 143000;
    g_free(line->request_id);
    line->request_id = g_strdup("8f3c5d1e-7777-4888-9999-aaaabbbbcc21");
    g_free(line->detail);
    line->detail = g_strdup("POST https://graph.microsoft.com/v1.0/groups\n{\"displayName\":\"Red Canary\"}\n\n"
                            "201 Created\n{\"id\":\"0b7e\"}");
    fake_session_push(session, event_new(EVENT_LOG, line), milliseconds);
}

static void push_line(struct session *session, enum log_severity severity, const char *subject, const char *text)
{
    fake_session_push(session, event_new(EVENT_LOG, fake_log_line(severity, subject, text)), 0);
}

struct session *fake_session_new(const char *scene)
{
    struct session *session = g_new0(struct session, 1);
    session->foreign = strcmp(scene, "foreign") == 0;
    session->board = fake_board_new(session->foreign ? "middle" : scene);
    session->calls = g_ptr_array_new_with_free_func(g_free);
    g_queue_init(&session->events);
    session->timer = timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC);
    session->poller = epoll_create1(EPOLL_CLOEXEC);
    struct epoll_event interest = {.events = EPOLLIN};
    epoll_ctl(session->poller, EPOLL_CTL_ADD, session->timer, &interest);
    push_board(session, 0);
    push_line(session, LOG_INFO, "perch", "ready; state is kept in /home/admin/.local/state/perch");
    return session;
}

static void free_timed(gpointer data)
{
    struct timed *timed = data;
    event_free(timed->event);
    g_free(timed);
}

void session_free(struct session *session)
{
    if (session == NULL)
        return;
    g_queue_clear_full(&session->events, free_timed);
    g_ptr_array_unref(session->calls);
    board_unref(session->board);
    close(session->timer);
    close(session->poller);
    g_free(session);
}

const GPtrArray *fake_session_calls(const struct session *session)
{
    return session->calls;
}

struct board *fake_session_board(struct session *session)
{
    return session->board;
}

void fake_session_tell_board(struct session *session)
{
    push_board(session, 0);
}

int session_event_fd(const struct session *session)
{
    return session->poller;
}

struct event *session_next_event(struct session *session)
{
    struct timed *first = g_queue_peek_head(&session->events);
    guint64 expirations = 0;
    gint64 now = g_get_monotonic_time();
    struct event *event = NULL;
    if (first != NULL && first->at <= now) {
        g_queue_pop_head(&session->events);
        event = first->event;
        if (first->in_flood)
            push_flood(session);
        g_free(first);
    }
    /* As long as another is due the timer stays as it is, run out: in a flood to set it is most of what it would cost.
     */
    const struct timed *next = g_queue_peek_head(&session->events);
    if (event == NULL || next == NULL || next->at > now) {
        ssize_t count = read(session->timer, &expirations, sizeof expirations);
        (void)count;
        set_timer(session);
    }
    return event;
}

struct event *session_wait_event(struct session *session, gint64 timeout)
{
    gint64 end = timeout < 0 ? G_MAXINT64 : g_get_monotonic_time() + timeout;
    struct event *event = session_next_event(session);
    while (event == NULL && g_get_monotonic_time() < end && !g_queue_is_empty(&session->events)) {
        struct epoll_event ready;
        epoll_wait(session->poller, &ready, 1, 100);
        event = session_next_event(session);
    }
    return event;
}

void session_cancel(struct session *session)
{
    call(session, "cancel");
    if (session->signing_in)
        push_done(session, COMMAND_SIGN_IN,
                  g_error_new(PERCH_ERROR, PERCH_ERROR_CANCELLED, "The sign-in was stopped.\n"), 0);
    session->signing_in = FALSE;
}

static void push_prompt(struct session *session, gboolean device_code)
{
    struct prompt *prompt = g_new0(struct prompt, 1);
    prompt->device_code = device_code;
    prompt->url = g_strdup(device_code ? "https://microsoft.com/devicelogin"
                                       : "https://login.microsoftonline.com/organizations/oauth2/v2.0/authorize?"
                                         "client_id=14d82eec-204b-4c2f-b7e8-296a70dab67e&response_type=code"
                                         "&redirect_uri=http%3A%2F%2F127.0.0.1%3A41234%2F&scope=openid");
    prompt->user_code = g_strdup(device_code ? "A2B3C4D5E" : "");
    prompt->account_hint = g_strdup("");
    prompt->application = g_strdup("Microsoft Graph Command Line Tools (14d82eec-204b-4c2f-b7e8-296a70dab67e)");
    prompt->granted = g_strdup(session->board->signed_in ? "Directory.Read.All: to read" : "");
    prompt->reasons = g_strconcat(session->board->signed_in ? "" : "Directory.Read.All: to read\n",
                                  "Group.ReadWrite.All: to make the group\n",
                                  "EntitlementManagement.ReadWrite.All: to make the catalog", NULL);
    prompt->tenant = g_strdup("any organization");
    prompt->message = g_strdup(device_code ? "Open the page on any device, type the code, and sign in."
                                           : "Open the page in the browser of this machine and sign in.");
    prompt->expires = g_get_real_time() + 900 * G_USEC_PER_SEC;
    prompt->port = device_code ? 0 : 41234;
    fake_session_push(session, event_new(EVENT_PROMPT, prompt), 0);
}

static void arrive(struct session *session)
{
    session->signing_in = FALSE;
    board_unref(session->board);
    session->board = fake_board_new("middle");
    push_board(session, 0);
    push_line(session, LOG_NOTICE, "sign-in", "signed in as admin@contoso.onmicrosoft.com");
    push_done(session, COMMAND_SIGN_IN, NULL, 0);
}

void session_sign_in(struct session *session, gboolean device_code)
{
    call(session, "sign-in %s", device_code ? "code" : "browser");
    session->signing_in = TRUE;
    push_prompt(session, device_code);
}

void session_paste_back(struct session *session, const char *address)
{
    call(session, "paste-back %s", address);
    arrive(session);
}

void session_sign_out(struct session *session)
{
    call(session, "sign-out");
    session->board->signed_in = FALSE;
    push_board(session, 0);
    push_done(session, COMMAND_SIGN_OUT, NULL, 0);
}

void session_probe_keyring(struct session *session)
{
    call(session, "probe-keyring");
    push_done(session, COMMAND_PROBE_KEYRING, NULL, 0);
}

void session_unlock_keyring(struct session *session)
{
    call(session, "unlock-keyring");
    session->board->keyring_locked = FALSE;
    push_board(session, 0);
    push_done(session, COMMAND_UNLOCK_KEYRING, NULL, 0);
}

static void check(struct session *session, const char *what)
{
    call(session, "%s", what);
    GError *error = NULL;
    if (!session->board->signed_in)
        error = g_error_new(PERCH_ERROR, PERCH_ERROR_SIGN_IN, "Nobody is signed in.\nSign in first.");
    else
        push_request_line(session, LOG_INFO, "organization", "found “Red Canary”: state proposed, wanted configured",
                          200, 10);
    session->board->checked = session->board->signed_in ? clock_now(&session->board->clock) : 0;
    push_board(session, 20);
    push_done(session, COMMAND_CHECK, error, 30);
}

void session_check(struct session *session)
{
    check(session, "check");
}

void session_check_unasked(struct session *session)
{
    check(session, "check unasked");
}

void session_check_all(struct session *session)
{
    check(session, "check all");
}

void session_plan(struct session *session, gboolean undo)
{
    call(session, "plan %s", undo ? "undo" : "apply");
    fake_session_push(session, event_new(EVENT_PLAN, fake_plan_new(undo)), 20);
    push_done(session, COMMAND_PLAN, NULL, 30);
}

void session_history(struct session *session)
{
    call(session, "history");
    struct history *history = g_new0(struct history, 1);
    history->references = 1;
    history->deeds = g_ptr_array_new();
    history->card = g_ptr_array_new();
    history->facts = g_hash_table_new(g_str_hash, g_str_equal);
    fake_session_push(session, event_new(EVENT_HISTORY, history), 0);
    push_done(session, COMMAND_HISTORY, NULL, 0);
}

static void set_state(struct session *session, const char *id, enum step_state state, guint milliseconds)
{
    struct board_step *step = (struct board_step *)board_find_step(session->board, id);
    if (step == NULL)
        return;
    step->state = state;
    text_set(&step->reason, "");
    text_set(&step->next, "");
    push_board(session, milliseconds);
}

void session_plan_step(struct session *session, const char *step)
{
    struct plan *plan = fake_plan_new(FALSE);
    call(session, "plan-step %s", step);
    g_free(plan->step);
    plan->step = g_strdup(step);
    fake_session_push(session, event_new(EVENT_PLAN, plan), 20);
    push_done(session, COMMAND_PLAN, NULL, 20);
}

void session_hand_over(struct session *session, const char *file)
{
    call(session, "hand-over %s", file);
    push_done(session, COMMAND_HAND_OVER, NULL, 0);
}

void session_take_over(struct session *session, const char *typed_domain)
{
    (void)typed_domain;
    call(session, "take-over");
    g_clear_pointer(&session->board->handed, board_handed_free);
    push_board(session, 0);
    push_done(session, COMMAND_TAKE_OVER, NULL, 0);
}

void session_doctor(struct session *session, gboolean tenant)
{
    (void)tenant;
    (void)session;
}

void session_apply(struct session *session, const char *step, const char *typed_domain)
{
    call(session, "apply %s %s", step != NULL ? step : "-", typed_domain != NULL ? typed_domain : "-");
    session->board->confirmed = TRUE;
    set_state(session, "group", STEP_WORKING, 10);
    push_request_line(session, LOG_NOTICE, "group", "created “Red Canary”", 201, 150);
    push_request_line(session, LOG_INFO, "group", "waiting until it can be read (replication), 2nd read", 404, 250);
    push_request_line(session, LOG_NOTICE, "group", "verified", 200, 350);
    session->board->created_count = 1;
    set_state(session, "group", STEP_DONE, 360);
    set_state(session, "catalog", STEP_DONE, 400);
    push_done(session, COMMAND_APPLY, NULL, 450);
}

void session_undo(struct session *session, const char *typed_domain)
{
    call(session, "undo %s", typed_domain != NULL ? typed_domain : "-");
    session->board->created_count = 0;
    session->board->taken_away = TRUE;
    if (session->foreign)
        g_ptr_array_add(session->board->partner_keeps, g_strdup("streaming export “MXDRPartner”"));
    set_state(session, "group", STEP_TO_DO, 10);
    push_done(session, COMMAND_UNDO, NULL, 20);
}

/* What others made, each as it was decided so far. */
static void add_choices(const struct session *session, struct plan *plan)
{
    static const char *const made[][2] = {{"group", "group “Red Canary”"},
                                          {"export", "streaming export “MXDRPartner”"}};
    for (gsize i = 0; session->foreign && i < G_N_ELEMENTS(made); i++) {
        const char *decided = "";
        g_autofree char *answer = g_strdup_printf("answer leave.%s ", made[i][0]);
        for (guint k = 0; k < session->calls->len; k++)
            if (g_str_has_prefix(g_ptr_array_index(session->calls, k), answer))
                decided = (const char *)g_ptr_array_index(session->calls, k) + strlen(answer);
        g_autofree char *obstacle = g_strdup_printf("%s was not made by perch.", made[i][1]);
        if (*decided == '\0')
            g_ptr_array_add(plan->obstacles, g_strdup(obstacle));
        g_ptr_array_add(plan->choices,
                        leave_choice_new(made[i][0], made[i][1], "", decided, *decided == '\0' ? obstacle : ""));
    }
}

void session_plan_leave(struct session *session)
{
    struct plan *plan = fake_plan_new(TRUE);
    struct planned_request *first = g_ptr_array_index(plan->requests, 0);
    if (session->foreign) {
        text_set(&first->verb, PLAN_VERB_END);
        text_set(&first->sentence, "Ada, by the group “Red Canary”");
    }
    add_choices(session, plan);
    call(session, "plan leave");
    plan->leave = TRUE;
    g_ptr_array_add(plan->by_hand, board_line_new("Ask the partner to confirm it.", "robin@example.org", FALSE));
    fake_session_push(session, event_new(EVENT_PLAN, plan), 20);
    push_done(session, COMMAND_PLAN, NULL, 30);
}

static void session_leave(struct session *session, const char *typed_domain)
{
    call(session, "leave %s", typed_domain != NULL ? typed_domain : "-");
    session->board->created_count = 0;
    session->board->taken_away = TRUE;
    set_state(session, "group", STEP_TO_DO, 10);
    push_done(session, COMMAND_LEAVE, NULL, 20);
}

void session_send_plan(struct session *session, const struct plan *plan, const char *typed_domain)
{
    if (plan->leave)
        session_leave(session, typed_domain);
    else if (plan->undo)
        session_undo(session, typed_domain);
    else
        session_apply(session, *plan->step != '\0' ? plan->step : NULL, typed_domain);
}

void session_decide(struct session *session, const char *object_key, const char *decision)
{
    call(session, "decide %s %s", object_key, decision);
    set_state(session, "organization", STEP_TO_DO, 0);
    push_done(session, COMMAND_DECIDE, NULL, 0);
}

static struct board_field *find_field(struct session *session, const char *path)
{
    for (guint i = 0; i < session->board->steps->len; i++) {
        const struct board_step *step = g_ptr_array_index(session->board->steps, i);
        for (guint k = 0; k < step->fields->len; k++) {
            struct board_field *field = g_ptr_array_index(step->fields, k);
            if (strcmp(field->path, path) == 0)
                return field;
        }
    }
    return NULL;
}

static void take_answer(struct session *session, const char *path, const char *value)
{
    struct board_field *field = find_field(session, path);
    gboolean secret = field != NULL && field->kind == FIELD_SECRET;
    call(session, "answer %s %s", path, secret ? "(secret)" : value);
    if (field != NULL)
        text_set(&field->value, secret ? "kept in the keyring" : value);
    if (strcmp(path, "eventHub.name") == 0)
        set_state(session, "streaming", STEP_TO_DO, 0);
    for (guint i = 0; i < session->board->steps->len && g_strcmp0(session->settled, path) == 0; i++) {
        const struct board_step *step = g_ptr_array_index(session->board->steps, i);
        if (g_ptr_array_find(step->fields, field, NULL))
            set_state(session, step->id, STEP_DONE, 0);
    }
}

void fake_session_refuse_forms(struct session *session)
{
    session->refuses = TRUE;
}

void fake_session_settle_by(struct session *session, const char *path)
{
    session->settled = path;
}

void session_answer_all(struct session *session, const struct answer *answers, guint count)
{
    for (guint i = 0; i < count; i++)
        take_answer(session, answers[i].path, answers[i].value);
    push_board(session, 0);
    push_done(session, COMMAND_ANSWER, NULL, 0);
}

void session_answer(struct session *session, const char *path, const char *value)
{
    session_answer_all(session, &(struct answer){path, value}, 1);
}

void session_tell(struct session *session, const char *step, const char *note)
{
    call(session, "tell %s %s", step, note);
    struct board_step *told = (struct board_step *)board_find_step(session->board, step);
    text_set(&told->told_by, "admin@contoso.onmicrosoft.com, 27 Nov 2026, 14:30");
    set_state(session, step, told->report ? STEP_DONE : STEP_TOLD, 0);
    push_done(session, COMMAND_TELL, NULL, 0);
}

void session_skip(struct session *session, const char *step, const char *reason)
{
    call(session, "skip %s %s", step, reason != NULL ? reason : "-");
    set_state(session, step, reason != NULL ? STEP_SKIPPED : STEP_TO_DO, 0);
    push_done(session, COMMAND_SKIP, NULL, 0);
}

void session_untell(struct session *session, const char *step)
{
    call(session, "untell %s", step);
    set_state(session, step, STEP_NEEDS_YOU, 0);
    push_done(session, COMMAND_TAKE_BACK, NULL, 0);
}

void session_undecide(struct session *session, const char *object_key)
{
    call(session, "undecide %s", object_key);
    push_board(session, 0);
    push_done(session, COMMAND_TAKE_BACK, NULL, 0);
}

void session_override_wait(struct session *session, const char *step, const char *typed_word)
{
    call(session, "override %s %s", step, typed_word);
    set_state(session, step, STEP_NEEDS_YOU, 0);
    push_done(session, COMMAND_OVERRIDE_WAIT, NULL, 0);
}

void session_practice_rung(struct session *session, const char *step, int rung)
{
    call(session, "rung %s %d", step, rung);
    push_done(session, COMMAND_PRACTICE_FORM, NULL, 0);
}

void session_practice_form(struct session *session, const char *step)
{
    if (step == NULL) {
        call(session, "approve");
        arrive(session);
        return;
    }
    call(session, "form %s", step);
    if (session->refuses) {
        push_done(session, COMMAND_PRACTICE_FORM,
                  g_error_new(PERCH_ERROR, PERCH_ERROR_REFUSED, "The practice portal refused: too many.\n"), 0);
        return;
    }
    const struct board_step *posted = board_find_step(session->board, step);
    /* What only a person's word settles a form does not. */
    set_state(session, step, posted->tellable ? posted->state : STEP_DONE, 0);
    push_done(session, COMMAND_PRACTICE_FORM, NULL, 0);
}

static void add_person(struct people *people, const char *name, const char *user_name, gboolean guest)
{
    struct person *person = g_new0(struct person, 1);
    person->id = g_strdup(user_name);
    person->name = g_strdup(name);
    person->user_name = g_strdup(user_name);
    person->mail = g_strdup(user_name);
    person->guest = guest;
    person->enabled = TRUE;
    g_ptr_array_add(people->found, person);
}

static void free_person(gpointer data)
{
    person_free(data);
}

void session_find_people(struct session *session, const char *text, guint serial)
{
    call(session, "people %s %u", text, serial);
    struct people *people = g_new0(struct people, 1);
    people->serial = serial;
    people->error = g_strdup("");
    people->found = g_ptr_array_new_with_free_func(free_person);
    if (g_ascii_strncasecmp(text, "re", 2) == 0) {
        add_person(people, "Reviewer Rita", "reviewer@contoso.com", FALSE);
        add_person(people, "Renée Müller", "renee@contoso.com", FALSE);
        add_person(people, "Rex Guest", "rex_fabrikam.com#EXT#@contoso.onmicrosoft.com", TRUE);
    }
    for (int i = 1; i <= 12 && g_ascii_strncasecmp(text, "fe", 2) == 0; i++) {
        g_autofree char *user_name = g_strdup_printf("felix%d@contoso.com", i);
        add_person(people, "Felix", user_name, FALSE);
        ((struct person *)g_ptr_array_index(people->found, people->found->len - 1))->enabled = i != 2;
    }
    fake_session_push(session, event_new(EVENT_PEOPLE, people), 50);
}
