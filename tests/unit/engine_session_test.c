/* SPDX-License-Identifier: MIT */
/*
 * The door between a front end and the worker: what each of its functions asks of the worker, what is refused before
 * anything is sent, what is said at the start, and where tokens may be kept. No command is carried out: what would do
 * it writes down what it was asked (tests/CMakeLists.txt wraps it).
 */
#include "engine/session.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "base/json.h"
#include "engine/session_commands.h"
#include "engine/worker.h"
#include "secrets/keyring.h"
#include "secrets/sandbox.h"
#include "secrets/session_key.h"
#include "secrets/syscall_filter.h"
#include "support/support.h"

#define PRACTICE "http://127.0.0.1:1"
#define SECONDS ((gint64)G_USEC_PER_SEC)

static struct {
    GMutex lock;
    GString *asked;
    gboolean no_filter;
    int sandbox;      /* its version; 0: there is none */
    gboolean refused; /* ... and it refuses */
    gboolean no_session_keyring;
    gboolean keyring_off;
    gboolean stores;
} seen;

#define IN_PLACE_OF(name) __typeof__(name) __wrap_##name
IN_PLACE_OF(session_commands_run);
IN_PLACE_OF(session_commands_serve_urgent);
IN_PLACE_OF(sandbox_enter);
IN_PLACE_OF(sandbox_version);
IN_PLACE_OF(syscall_filter_enter);
IN_PLACE_OF(session_key_is_possible);
IN_PLACE_OF(keyring_new);
IN_PLACE_OF(sign_in_new);
__typeof__(keyring_new) __real_keyring_new;
__typeof__(sign_in_new) __real_sign_in_new;

static const char *or_none(const char *text)
{
    return text != NULL ? text : "-";
}

static void write_down(const char *how, const struct command *command)
{
    g_autofree char *answers = command->answers != NULL ? g_strjoinv("|", command->answers) : g_strdup("-");
    g_mutex_lock(&seen.lock);
    g_string_append_printf(seen.asked, "%s%d %s %s %s %.8s%s %u", how, (int)command->kind, or_none(command->subject),
                           or_none(command->text), answers, or_none(command->plan), command->flag ? " flag" : "",
                           command->serial);
    g_mutex_unlock(&seen.lock);
}

void __wrap_session_commands_run(struct worker *worker, const struct command *command)
{
    struct done *done = g_new0(struct done, 1);
    done->command = command->kind;
    write_down("", command);
    if (command->kind == COMMAND_HAND_OVER)
        worker_emit(worker, EVENT_HAND_OVER, g_strdup("all of it"));
    worker_emit(worker, EVENT_DONE, done);
}

void __wrap_session_commands_serve_urgent(struct worker *worker, const struct command *command)
{
    struct people *people = g_new0(struct people, 1);
    people->error = g_strdup("");
    people->found = g_ptr_array_new();
    write_down("urgent ", command);
    worker_emit(worker, EVENT_PEOPLE, people);
}

gboolean __wrap_sandbox_enter(const char *const *read, const char *const *write, const guint16 *ports)
{
    (void)read;
    (void)write;
    (void)ports;
    errno = EPERM;
    return seen.sandbox > 0 && !seen.refused;
}

int __wrap_sandbox_version(void)
{
    return seen.sandbox;
}

gboolean __wrap_syscall_filter_enter(void)
{
    errno = ENOSYS;
    return !seen.no_filter;
}

gboolean __wrap_session_key_is_possible(GError **error)
{
    if (seen.no_session_keyring)
        g_set_error_literal(error, PERCH_ERROR, PERCH_ERROR_STATE, "This session has no keyring.");
    return !seen.no_session_keyring;
}

struct keyring *__wrap_keyring_new(gboolean disabled)
{
    seen.keyring_off = disabled;
    return __real_keyring_new(disabled);
}

struct sign_in *__wrap_sign_in_new(struct http *http, const struct cloud *cloud, const char *tenant,
                                   const char *client_id, const struct token_backend *store)
{
    seen.stores = store != NULL;
    return __real_sign_in_new(http, cloud, tenant, client_id, store);
}

struct scene {
    char *folder;
    char *state_dir;
    struct session_options options;
};

static int set_up(void **state)
{
    struct scene *scene = g_new0(struct scene, 1);
    scene->folder = scratch_new();
    scene->state_dir = g_build_filename(scene->folder, "state", NULL);
    scene->options =
        (struct session_options){.state_dir = scene->state_dir, .practice_url = PRACTICE, .headless = TRUE};
    memset(&seen, 0, sizeof seen);
    seen.asked = g_string_new(NULL);
    seen.sandbox = 4;
    *state = scene;
    return 0;
}

static int tear_down(void **state)
{
    struct scene *scene = *state;
    scratch_remove(scene->folder);
    g_string_free(seen.asked, TRUE);
    g_free(scene->folder);
    g_free(scene->state_dir);
    g_free(scene);
    return 0;
}

static struct session *opened(const struct scene *scene)
{
    g_autoptr(GError) error = NULL;
    struct session *session = session_new(&scene->options, &error);
    if (session == NULL)
        fail_msg("%s", error->message);
    return session;
}

/* The next of KIND. Caller frees. */
static struct event *await(struct session *session, enum event_kind kind)
{
    for (;;) {
        struct event *event = session_wait_event(session, 20 * SECONDS);
        if (event == NULL)
            fail_msg("nothing of the kind %d came", (int)kind);
        if (event->kind == kind)
            return event;
        event_free(event);
    }
}

static void sign_in(struct session *session)
{
    session_sign_in(session, FALSE);
}

static void sign_in_by_code(struct session *session)
{
    session_sign_in(session, TRUE);
}

static void doctor(struct session *session)
{
    session_doctor(session, FALSE);
}

static void doctor_of_tenant(struct session *session)
{
    session_doctor(session, TRUE);
}

static void consents(struct session *session)
{
    session_consents(session, FALSE, NULL);
}

static void take_consents_back(struct session *session)
{
    session_consents(session, TRUE, "g3");
}

static void seal(struct session *session)
{
    session_seal(session, "t");
}

static void hand_over(struct session *session)
{
    session_hand_over(session, NULL);
}

static void plan(struct session *session)
{
    session_plan(session, FALSE);
}

static void plan_undo(struct session *session)
{
    session_plan(session, TRUE);
}

static void plan_step(struct session *session)
{
    session_plan_step(session, "group");
}

static void take_over(struct session *session)
{
    session_take_over(session, "contoso.com");
}

static void apply(struct session *session)
{
    session_apply(session, "group", "contoso.com");
}

static void undo(struct session *session)
{
    session_undo(session, "contoso.com");
}

static void send_plan_as(struct session *session, gboolean is_undo, gboolean is_leave, const char *step)
{
    const struct plan approved = {
        .undo = is_undo, .leave = is_leave, .step = (char *)step, .requests = g_ptr_array_new()};
    session_send_plan(session, &approved, "contoso.com");
    g_ptr_array_unref(approved.requests);
}

static void send_plan(struct session *session)
{
    send_plan_as(session, FALSE, FALSE, "group");
}

static void send_whole_plan(struct session *session)
{
    send_plan_as(session, FALSE, FALSE, "");
}

static void send_undo(struct session *session)
{
    send_plan_as(session, TRUE, FALSE, "");
}

static void send_leave(struct session *session)
{
    send_plan_as(session, TRUE, TRUE, "");
}

static void decide(struct session *session)
{
    session_decide(session, "group", "repair");
}

static void answer(struct session *session)
{
    session_answer(session, "company", "C");
}

static void answer_two(struct session *session)
{
    session_answer_all(session, (const struct answer[]){{"company", "C"}, {"sponsor", "s@c.com"}}, 2);
}

static void tell(struct session *session)
{
    session_tell(session, "hand", "note");
}

static void skip_step(struct session *session)
{
    session_skip(session, "hand", NULL);
}

static void untell(struct session *session)
{
    session_untell(session, "hand");
}

static void undecide(struct session *session)
{
    session_undecide(session, "group");
}

static void override_wait(struct session *session)
{
    session_override_wait(session, "later", "now");
}

static void practice_form(struct session *session)
{
    session_practice_form(session, "consent");
}

static void practice_approval(struct session *session)
{
    session_practice_form(session, NULL);
}

static void practice_rung(struct session *session)
{
    session_practice_rung(session, "streaming", 3);
}

static void find_people(struct session *session)
{
    session_find_people(session, "ann", 7);
}

static void paste_back(struct session *session)
{
    session_paste_back(session, "http://localhost/");
}

#define EMPTY_PLAN "e3b0c442"

static const struct {
    void (*call)(struct session *session);
    enum command_kind kind;
    const char *asked; /* subject, text, answers, approved plan, flag, serial */
    gboolean is_urgent;
} calls[] = {
    {sign_in, COMMAND_SIGN_IN, "- - - - 0", FALSE},
    {sign_in_by_code, COMMAND_SIGN_IN, "- - - - flag 0", FALSE},
    {session_sign_out, COMMAND_SIGN_OUT, "- - - - 0", FALSE},
    {session_probe_keyring, COMMAND_PROBE_KEYRING, "- - - - 0", FALSE},
    {session_unlock_keyring, COMMAND_UNLOCK_KEYRING, "- - - - 0", FALSE},
    {session_check, COMMAND_CHECK, "- - - - 0", FALSE},
    {session_check_unasked, COMMAND_CHECK, "- - - - 1", FALSE},
    {session_check_all, COMMAND_CHECK, "- - - - flag 0", FALSE},
    {doctor, COMMAND_DOCTOR, "- - - - 0", FALSE},
    {doctor_of_tenant, COMMAND_DOCTOR, "- - - - flag 0", FALSE},
    {session_password, COMMAND_PASSWORD, "- - - - 0", FALSE},
    {consents, COMMAND_CONSENTS, "- - - - 0", FALSE},
    {take_consents_back, COMMAND_CONSENTS, "- g3 - - flag 0", FALSE},
    {session_revoke_sessions, COMMAND_REVOKE_SESSIONS, "- - - - 0", FALSE},
    {session_history, COMMAND_HISTORY, "- - - - 0", FALSE},
    {seal, COMMAND_SEAL, "- t - - 0", FALSE},
    {hand_over, COMMAND_HAND_OVER, "- - - - 0", FALSE},
    {plan, COMMAND_PLAN, "- - - - 0", FALSE},
    {plan_undo, COMMAND_PLAN, "- - - - flag 0", FALSE},
    {plan_step, COMMAND_PLAN, "group - - - 0", FALSE},
    {session_plan_leave, COMMAND_PLAN, "- - - - 1", FALSE},
    {take_over, COMMAND_TAKE_OVER, "- contoso.com - - 0", FALSE},
    {apply, COMMAND_APPLY, "group contoso.com - - 0", FALSE},
    {undo, COMMAND_UNDO, "- contoso.com - - 0", FALSE},
    {send_plan, COMMAND_APPLY, "group contoso.com - " EMPTY_PLAN " 0", FALSE},
    {send_whole_plan, COMMAND_APPLY, "- contoso.com - " EMPTY_PLAN " 0", FALSE},
    {send_undo, COMMAND_UNDO, "- contoso.com - " EMPTY_PLAN " 0", FALSE},
    {send_leave, COMMAND_LEAVE, "- contoso.com - " EMPTY_PLAN " 0", FALSE},
    {decide, COMMAND_DECIDE, "group repair - - 0", FALSE},
    {answer, COMMAND_ANSWER, "- - company|C - 0", FALSE},
    {answer_two, COMMAND_ANSWER, "- - company|C|sponsor|s@c.com - 0", FALSE},
    {tell, COMMAND_TELL, "hand note - - 0", FALSE},
    {skip_step, COMMAND_SKIP, "hand - - - 0", FALSE},
    {untell, COMMAND_TAKE_BACK, "hand - - - 0", FALSE},
    {undecide, COMMAND_TAKE_BACK, "group - - - flag 0", FALSE},
    {override_wait, COMMAND_OVERRIDE_WAIT, "later now - - 0", FALSE},
    {practice_form, COMMAND_PRACTICE_FORM, "consent - - - 0", FALSE},
    {practice_rung, COMMAND_PRACTICE_FORM, "streaming - - - 3", FALSE},
    {practice_approval, COMMAND_PRACTICE_FORM, "- - - - 0", TRUE},
    {find_people, COMMAND_PEOPLE, "- ann - - 7", TRUE},
    {paste_back, COMMAND_PASTE_BACK, "- http://localhost/ - - 0", TRUE},
};

static void test_each_function_asks_for_one_command(void **state)
{
    struct session *session = opened(*state);
    for (gsize i = 0; i < G_N_ELEMENTS(calls); i++) {
        g_autofree char *wanted =
            g_strdup_printf("%s%d %s", calls[i].is_urgent ? "urgent " : "", (int)calls[i].kind, calls[i].asked);
        g_mutex_lock(&seen.lock);
        g_string_truncate(seen.asked, 0);
        g_mutex_unlock(&seen.lock);
        calls[i].call(session);
        g_autoptr(Event) event = await(session, calls[i].is_urgent ? EVENT_PEOPLE : EVENT_DONE);
        g_mutex_lock(&seen.lock);
        g_autofree char *asked = g_strdup(seen.asked->str);
        g_mutex_unlock(&seen.lock);
        if (strcmp(asked, wanted) != 0)
            fail_msg("row %zu: “%s” instead of “%s”", i, asked, wanted);
    }
    session_free(session);
}

/* The worker may not write where a person may: the front end's side does, and an error ends the command. */
static void test_a_hand_over_goes_into_its_file(void **state)
{
    const struct scene *scene = *state;
    struct session *session = opened(scene);
    g_autofree char *file = g_build_filename(scene->folder, "handed.json", NULL);
    g_autofree char *nowhere = g_build_filename(scene->folder, "nowhere", "handed.json", NULL);
    session_hand_over(session, file);
    for (gboolean is_done = FALSE; !is_done;) {
        g_autoptr(Event) event = session_wait_event(session, 20 * SECONDS);
        assert_non_null(event);
        assert_int_not_equal(event->kind, EVENT_HAND_OVER);
        is_done = event->kind == EVENT_DONE;
        assert_true(!is_done || event->done->error == NULL);
    }
    g_autofree char *text = read_text(file);
    assert_string_equal(text, "all of it");
    session_hand_over(session, nowhere);
    g_autoptr(Event) failed = await(session, EVENT_DONE);
    assert_non_null(strstr(failed->done->error->message, nowhere));
    session_hand_over(session, NULL);
    g_autoptr(Event) handed = await(session, EVENT_HAND_OVER);
    assert_string_equal(handed->hand_over, "all of it");
    g_autoptr(Event) last = await(session, EVENT_DONE);
    assert_null(last->done->error);
    session_free(session);
}

static void test_waiting_for_an_event_ends(void **state)
{
    struct session *session = opened(*state);
    for (struct event *event = session_wait_event(session, SECONDS / 2); event != NULL;
         event = session_wait_event(session, SECONDS / 2))
        event_free(event);
    assert_null(session_wait_event(session, 0));
    assert_null(session_next_event(session));
    session_free(session);
}

static const char *const answers_of_a_tenant[] = {"tenant.json", NULL};
static const char *const answers_of_an_id[] = {"id.json", NULL};
static const char *const no_answers[] = {"nowhere.json", NULL};
static const char *const handed[] = {"handed.json", NULL};
static const char *const handed_twice[] = {"handed.json", "handed.json", NULL};
static const char *const handed_sums[] = {"", NULL};

#define HANDED_TENANT "33333333-3333-4333-8333-333333333333"
#define HANDED                                                                                                         \
    "{\"handOver\":1,\"written\":{\"by\":\"bob\",\"at\":\"2026-11-24T14:02:11Z\"},\"tenant\":{\"id\":\"" HANDED_TENANT \
    "\"},\"cloud\":\"global\",\"partner\":{\"id\":\"red-canary\"},\"answers\":{}}"

/* Before anything is sent. FOLDER stands for the scratch folder. */
static const struct {
    struct session_options options;
    const char *says; /* "": nothing is refused */
} refusals[] = {
    {{.practice_url = PRACTICE}, ""},
    {{.cloud = "global"}, ""},
    {{.cloud = NULL}, ""},
    {{.cloud = "moon"}, "There is no cloud"},
    {{.cloud = "china"}, "The identifiers of Red Canary are not known for the cloud"},
    {{.practice_url = "http://example.com"}, "http://example.com is not the address of a practice tenant"},
    {{.cloud_file = "nowhere.json"}, "The cloud file"},
    {{.partner_file = "nowhere.json"}, "The partner profile nowhere.json"},
    {{.partner_file = PERCH_TEST_DATA "/partners/made-up.json"}, ""},
    {{.partner_file = PERCH_TEST_DATA "/partners/made-up.json", .partner_sha256 = "00"}, "The partner profile"},
    {{.partner_file = PERCH_TEST_DATA "/partners/made-up.json", .allowed_signers = "nowhere"}, "The file of allowed"},
    {{.allowed_signers = "nowhere"}, ""},
    {{.answers_files = no_answers}, "The answers file nowhere.json"},
    {{.answers_files = answers_of_a_tenant}, ""},
    {{.answers_files = answers_of_a_tenant, .cloud = "global", .tenant = "Contoso.com"}, ""},
    {{.answers_files = answers_of_a_tenant, .cloud = "global", .tenant = "fabrikam.com"},
     "The answers are for the tenant contoso.com, and --tenant names fabrikam.com.\nNothing was sent."},
    {{.answers_files = answers_of_a_tenant, .cloud = "global", .tenant = HANDED_TENANT},
     "The answers are for the tenant contoso.com, and --tenant names " HANDED_TENANT},
    {{.answers_files = answers_of_an_id, .cloud = "global", .tenant = HANDED_TENANT}, ""},
    {{.answers_files = answers_of_an_id, .cloud = "global", .tenant = "fabrikam.com"}, ""},
    {{.answers_files = answers_of_an_id, .cloud = "global", .tenant = "11111111-1111-4111-8111-111111111111"},
     "The answers are for the tenant " HANDED_TENANT ", and --tenant names 11111111"},
    {{.certificate = "nowhere.pem"}, "The certificate file nowhere.pem"},
    {{.cloud = "moon", .certificate = "nowhere.pem"}, "There is no cloud"},
    {{.for_session = TRUE}, ""},
    {{.log_file = "/nowhere/at/all"}, "Cannot open the log file"},
    {{.state_dir = "/proc/nowhere"}, "Cannot make the folder"},
    {{.answers_files = handed, .cloud = "global"}, ""},
    {{.answers_files = handed, .cloud = "global", .tenant = HANDED_TENANT}, ""},
    {{.answers_files = handed, .cloud = "global", .tenant = "contoso.com"}, ""},
    {{.answers_files = handed, .cloud = "global", .tenant = "11111111-1111-4111-8111-111111111111"},
     "What was handed over is about the tenant " HANDED_TENANT ", and --tenant names 11111111"},
    {{.answers_files = handed, .cloud = "global", .unattended = TRUE}, "handed.json is what somebody handed over, and"},
    {{.answers_files = handed, .cloud = "global", .unattended = TRUE, .answers_sha256 = handed_sums},
     "What was handed over cannot name its own tenant with --yes."},
    {{.answers_files = handed, .practice_url = PRACTICE, .unattended = TRUE, .answers_sha256 = handed_sums},
     "What was handed over is of the cloud “global”, and this run is for “practice”."},
    {{.answers_files = handed,
      .cloud = "global",
      .unattended = TRUE,
      .answers_sha256 = handed_sums,
      .tenant = HANDED_TENANT},
     ""},
    {{.answers_files = handed_twice, .cloud = "global"}, "handed.json is a second hand-over."},
};

static void test_what_is_refused_before_anything_is_sent(void **state)
{
    const struct scene *scene = *state;
    g_autofree char *home = g_get_current_dir();
    g_autofree char *tenant = g_build_filename(scene->folder, "tenant.json", NULL);
    g_autofree char *file = g_build_filename(scene->folder, "handed.json", NULL);
    assert_true(
        g_file_set_contents_full(tenant, "{\"tenant\":\"contoso.com\"}", -1, G_FILE_SET_CONTENTS_NONE, 0600, NULL));
    g_autofree char *id = g_build_filename(scene->folder, "id.json", NULL);
    assert_true(
        g_file_set_contents_full(id, "{\"tenant\":\"" HANDED_TENANT "\"}", -1, G_FILE_SET_CONTENTS_NONE, 0600, NULL));
    assert_true(g_file_set_contents_full(file, HANDED, -1, G_FILE_SET_CONTENTS_NONE, 0600, NULL));
    g_autofree char *sum = file_sha256(file);
    const char *const sums[] = {sum, NULL};
    guint wrong = 0;
    assert_int_equal(g_chdir(scene->folder), 0);
    for (gsize i = 0; i < G_N_ELEMENTS(refusals); i++) {
        g_autoptr(GError) error = NULL;
        struct session_options options = refusals[i].options;
        options.state_dir = options.state_dir != NULL ? options.state_dir : scene->state_dir;
        options.answers_sha256 = options.answers_sha256 != NULL ? sums : NULL;
        options.no_keyring = TRUE;
        struct session *session = session_new(&options, &error);
        gboolean is_refused = session == NULL;
        session_free(session);
        if (is_refused != (refusals[i].says[0] != '\0') ||
            (is_refused && !g_str_has_prefix(error->message, refusals[i].says))) {
            fprintf(stderr, "row %zu: %s\n", i, is_refused ? error->message : "it was taken");
            wrong++;
        }
    }
    assert_int_equal(wrong, 0);
    seen.no_session_keyring = TRUE;
    struct session_options options = scene->options;
    options.for_session = TRUE;
    assert_null(session_new(&options, NULL));
    assert_int_equal(g_chdir(home), 0);
}

static void test_where_tokens_may_be_kept(void **state)
{
    static const struct {
        struct session_options options;
        gboolean keyring_off;
        gboolean stores;
    } rows[] = {
        {{.cloud = "global"}, FALSE, TRUE},
        {{.cloud = "global", .no_keyring = TRUE}, TRUE, FALSE},
        {{.cloud = "global", .practice_keyring = TRUE}, FALSE, TRUE},
        {{.practice_url = PRACTICE}, TRUE, TRUE},
        {{.practice_url = PRACTICE, .practice_keyring = TRUE}, FALSE, TRUE},
        {{.practice_url = PRACTICE, .no_keyring = TRUE}, TRUE, FALSE},
        {{.practice_url = PRACTICE, .no_keyring = TRUE, .practice_keyring = TRUE}, TRUE, FALSE},
    };
    const struct scene *scene = *state;
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        struct session_options options = rows[i].options;
        options.state_dir = scene->state_dir;
        struct session *session = session_new(&options, NULL);
        assert_non_null(session);
        if (seen.keyring_off != rows[i].keyring_off || seen.stores != rows[i].stores)
            fail_msg("row %zu: keyring off %d, kept %d", i, seen.keyring_off, seen.stores);
        session_free(session);
    }
}

/* The log's lines of SUBJECT until the first command is done, and whether the tenant counts as named. Caller frees. */
static char *said_at_the_start(const struct session_options *options, const char *subject, gboolean *confirmed)
{
    g_autoptr(GString) said = g_string_new(NULL);
    struct session *session = session_new(options, NULL);
    assert_non_null(session);
    session_history(session);
    for (gboolean is_done = FALSE; !is_done;) {
        g_autoptr(Event) event = session_wait_event(session, 20 * SECONDS);
        assert_non_null(event);
        is_done = event->kind == EVENT_DONE;
        if (event->kind == EVENT_BOARD && confirmed != NULL)
            *confirmed = event->board->confirmed;
        if (event->kind == EVENT_LOG && strcmp(event->log->subject, subject) == 0)
            g_string_append_printf(said, "%d %.30s; ", (int)event->log->severity, event->log->text);
    }
    session_free(session);
    return g_string_free(g_steal_pointer(&said), FALSE);
}

static void test_what_is_said_at_the_start(void **state)
{
    const struct scene *scene = *state;
    struct session_options options = scene->options;
    gboolean confirmed = FALSE;
    g_autofree char *confined = said_at_the_start(&options, "sandbox", &confirmed);
    assert_true(g_str_has_prefix(confined, "1 "));
    assert_null(strstr(confined, "off"));
    assert_true(confirmed);
    seen.sandbox = 0;
    seen.no_filter = TRUE;
    g_autofree char *none = said_at_the_start(&options, "sandbox", NULL);
    assert_true(g_str_has_prefix(none, "1 no system call is refused"));
    assert_non_null(strstr(none, "; 1 off: "));
    seen.sandbox = 4;
    seen.refused = TRUE;
    seen.no_filter = FALSE;
    g_autofree char *refused = said_at_the_start(&options, "sandbox", NULL);
    assert_string_equal(refused, "3 off: Operation not permitted; ");
    options.headless = FALSE;
    options.partner_file = PERCH_TEST_DATA "/partners/made-up.json";
    g_autofree char *partner = said_at_the_start(&options, "partner", &confirmed);
    assert_string_equal(partner, "3 the profile of Made Up is from; ");
    assert_false(confirmed);
    options.partner_file = NULL;
    g_autofree char *built_in = said_at_the_start(&options, "partner", NULL);
    assert_string_equal(built_in, "");
    options.headless = TRUE;
    options.practice_url = NULL;
    options.no_keyring = TRUE;
    g_autofree char *cloud = said_at_the_start(&options, "cloud", &confirmed);
    assert_string_equal(cloud, "");
    assert_false(confirmed);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_each_function_asks_for_one_command, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_a_hand_over_goes_into_its_file, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_waiting_for_an_event_ends, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_what_is_refused_before_anything_is_sent, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_where_tokens_may_be_kept, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_what_is_said_at_the_start, set_up, tear_down),
    };
    json_init();
    return cmocka_run_group_tests_name("engine_session", tests, NULL, NULL);
}
