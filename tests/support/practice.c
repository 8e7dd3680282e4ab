/* SPDX-License-Identifier: MIT */
#include "support/practice.h"

#include <arpa/inet.h>
#include <curl/curl.h>
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/loopback.h"
#include "support/court.h"

#define READY_PREFIX "listening "
#define CLOCK_RATE "600"
#define HURRY 5 /* no more, or time-outs of half a minute are too short where the machine is busy */
#define HURRIED_RATE "120"
#define STATE_FOLDER "state"
#define COURT_VARIABLE "PERCH_TEST_RECORDS"
#define PORT_TRIES 50

struct practice_tenant {
    GSubprocess *process;
    char *scenario;
    char **options;
    char *folder;
    char *record;
    char *url;
    char *account; /* who signs in; NULL: the administrator */
    char *since;   /* where its clock goes on after practice_quicken(); NULL: it starts in the morning */
    char *rate;    /* how fast from then on */
    gboolean hurried;
    int port;                        /* of all its services, whenever it runs */
    int reserved[LOOPBACK_SERVICES]; /* sockets that keep it while it does not */
};

/* What perch asked in this program, for the judge, who is asked once: to start takes it longer than to judge. */
static struct {
    pid_t owner;            /* who judges; 0: whoever started this one */
    char *folder;           /* NULL: nothing yet */
    guint count;            /* of this process's records in it */
    gboolean left_unjudged; /* since there are no contracts */
} court;

static void add(GPtrArray *arguments, const char *first, ...)
{
    va_list words;
    va_start(words, first);
    for (const char *word = first; word != NULL; word = va_arg(words, const char *))
        g_ptr_array_add(arguments, g_strdup(word));
    va_end(words);
}

static char *read_address(GSubprocess *process)
{
    g_autoptr(GDataInputStream) output = g_data_input_stream_new(g_subprocess_get_stdout_pipe(process));
    g_filter_input_stream_set_close_base_stream(G_FILTER_INPUT_STREAM(output), FALSE);
    g_autofree char *line = g_data_input_stream_read_line(output, NULL, NULL, NULL);
    return line != NULL && g_str_has_prefix(line, READY_PREFIX) ? g_strdup(line + strlen(READY_PREFIX)) : NULL;
}

/* Yesterday at six: a plan that is made before midnight is not the one that would be sent behind it, and the tests run
 * at any time of the day, for hours of the practice clock, which is never far ahead of the machine's. */
static char *morning_before(void)
{
    g_autoptr(GDateTime) now = g_date_time_new_now_utc();
    g_autoptr(GDateTime) yesterday = g_date_time_add_days(now, -1);
    return g_date_time_format(yesterday, "%Y-%m-%dT06:00:00Z");
}

/* A socket that has PORT (0: any) of ADDRESS and does not listen; -1: it is taken. */
static int reserve(const char *address, int port)
{
    int handle = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    int yes = 1;
    struct sockaddr_in name = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
    inet_pton(AF_INET, address, &name.sin_addr);
    if (handle >= 0 && setsockopt(handle, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes) == 0 &&
        bind(handle, (const struct sockaddr *)&name, sizeof name) == 0)
        return handle;
    if (handle >= 0)
        close(handle);
    return -1;
}

static int port_of(int handle)
{
    struct sockaddr_in name = {0};
    socklen_t length = sizeof name;
    assert_int_equal(getsockname(handle, (struct sockaddr *)&name, &length), 0);
    return ntohs(name.sin_port);
}

/* Whoever else asks for any port meanwhile, the tenant finds its own again when it comes back. */
static gboolean reserve_port(struct practice_tenant *tenant)
{
    tenant->port = 0;
    for (int i = 0; i < LOOPBACK_SERVICES; i++) {
        tenant->reserved[i] = reserve(loopback_addresses[i], tenant->port);
        if (tenant->reserved[i] < 0) {
            while (i-- > 0)
                close(tenant->reserved[i]);
            return FALSE;
        }
        tenant->port = port_of(tenant->reserved[i]);
    }
    return TRUE;
}

static void start(struct practice_tenant *tenant)
{
    g_autoptr(GPtrArray) arguments = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GError) error = NULL;
    g_autofree char *store = g_build_filename(tenant->folder, "store.json", NULL);
    g_autofree char *morning = tenant->since != NULL ? g_strdup(tenant->since) : morning_before();
    g_autofree char *port = g_strdup_printf("%d", tenant->port);
    add(arguments, PERCH_PRACTICE_BINARY, "--port", port, "--scenario", tenant->scenario, "--clock-rate",
        tenant->hurried ? HURRIED_RATE : CLOCK_RATE, "--clock-start", morning, "--auto-approve", "--end-with-parent",
        "--store", store, "--record", tenant->record, NULL);
    for (char **option = tenant->options; option != NULL && *option != NULL; option++)
        add(arguments, *option, NULL);
    if (tenant->account != NULL)
        add(arguments, "--account", tenant->account, NULL);
    if (tenant->rate != NULL)
        add(arguments, "--clock-rate", tenant->rate, NULL);
    g_ptr_array_add(arguments, NULL);
    tenant->process = g_subprocess_newv((const char *const *)arguments->pdata,
                                        G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error);
    if (tenant->process == NULL)
        fail_msg("the practice tenant does not start: %s", error->message);
    g_free(tenant->url);
    tenant->url = read_address(tenant->process);
    if (tenant->url == NULL)
        fail_msg("the practice tenant did not come up with the scenario %s", tenant->scenario);
}

static struct practice_tenant *begin(const char *scenario, const char *const *options, gboolean hurried)
{
    struct practice_tenant *tenant = g_new0(struct practice_tenant, 1);
    tenant->hurried = hurried;
    tenant->scenario = g_strdup(scenario);
    tenant->options = g_strdupv((char **)options);
    tenant->folder = scratch_new();
    tenant->record = g_build_filename(tenant->folder, "record.jsonl", NULL);
    int tries = 0;
    while (!reserve_port(tenant))
        assert_true(++tries < PORT_TRIES);
    start(tenant);
    return tenant;
}

struct practice_tenant *practice_begin(const char *scenario, const char *const *options)
{
    return begin(scenario, options, FALSE);
}

struct practice_tenant *practice_begin_hurried(const char *scenario)
{
    const char *sanitizer = g_getenv("ASAN_OPTIONS");
    g_autofree char *clock = g_strdup_printf("%d %" G_GINT64_FORMAT, HURRY, g_get_real_time() / G_USEC_PER_SEC);
    g_autofree char *late = g_strconcat(sanitizer != NULL ? sanitizer : "", ":verify_asan_link_order=0", NULL);
    g_setenv("PERCH_TEST_CLOCK", clock, TRUE);
    g_setenv("ASAN_OPTIONS", late, TRUE);
    g_setenv("LD_PRELOAD", PERCH_BINARY_DIR "/tests/libfast_clock.so", TRUE);
    return begin(scenario, NULL, TRUE);
}

static void stop(struct practice_tenant *tenant, gboolean hard)
{
    if (tenant->process == NULL)
        return;
    if (hard) {
        /* Before it sees its input end, by which it would stop in good order. */
        g_subprocess_force_exit(tenant->process);
        g_subprocess_wait(tenant->process, NULL, NULL);
    }
    g_output_stream_close(g_subprocess_get_stdin_pipe(tenant->process), NULL, NULL);
    g_subprocess_wait(tenant->process, NULL, NULL);
    if (!hard && !g_subprocess_get_successful(tenant->process))
        fail_msg("the practice tenant ended with a fault, which it has told above");
    g_clear_object(&tenant->process);
}

void practice_restart(struct practice_tenant *tenant, gboolean hard)
{
    stop(tenant, hard);
    start(tenant);
}

void practice_quicken(struct practice_tenant *tenant, const char *rate)
{
    g_autoptr(json) record = practice_record(tenant);
    g_free(tenant->since);
    g_free(tenant->rate);
    tenant->since = g_strdup(json_get_string(json_at(record, json_length(record) - 1), "at"));
    tenant->rate = g_strdup(rate);
    practice_restart(tenant, FALSE);
}

void practice_sign_in_as(struct practice_tenant *tenant, const char *account)
{
    g_free(tenant->account);
    tenant->account = g_strdup(account);
    practice_restart(tenant, FALSE);
}

void practice_stop_hard(struct practice_tenant *tenant)
{
    stop(tenant, TRUE);
}

/* At the program's end, after cmocka: all that is left to say no is the exit status. */
static void judge_what_was_kept(void)
{
    if (getpid() != court.owner)
        return;
    g_autoptr(GPtrArray) records = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GDir) entries = g_dir_open(court.folder, 0, NULL);
    for (const char *name = g_dir_read_name(entries); name != NULL; name = g_dir_read_name(entries))
        g_ptr_array_add(records, g_build_filename(court.folder, name, NULL));
    fflush(stdout);
    g_autofree char *faults = court_judge(records);
    if (faults != NULL) {
        printf("[  FAILED  ] the traffic recorded in %s breaks the contract:\n%s\n", court.folder, faults);
        fflush(stdout);
        _exit(EXIT_FAILURE);
    }
    scratch_remove(court.folder);
    g_free(court.folder);
}

static void open_court(void)
{
    const char *told = g_getenv(COURT_VARIABLE);
    if (court.folder != NULL)
        return;
    court.folder = told != NULL ? g_strdup(told) : scratch_new();
    if (told != NULL)
        return;
    court.owner = getpid();
    atexit(judge_what_was_kept);
}

void practice_judge_with_children(void)
{
    open_court();
    g_setenv(COURT_VARIABLE, court.folder, TRUE);
}

static void keep_record(const struct practice_tenant *tenant)
{
    open_court();
    g_autofree char *scenario = g_path_get_basename(tenant->scenario);
    g_autofree char *name = g_strdup_printf("%d-%02u-%s.jsonl", (int)getpid(), ++court.count, scenario);
    g_autofree char *file = g_build_filename(court.folder, name, NULL);
    assert_int_equal(g_rename(tenant->record, file), 0);
}

/* Take the record away: where perch ran, it is judged at the program's end. */
static void give_to_judge(const struct practice_tenant *tenant)
{
    g_autofree char *state = g_build_filename(tenant->folder, STATE_FOLDER, NULL);
    if (!g_file_test(tenant->record, G_FILE_TEST_EXISTS))
        return;
    if (!g_file_test(state, G_FILE_TEST_EXISTS))
        g_unlink(tenant->record);
    else if (court_sits())
        keep_record(tenant);
    else
        court.left_unjudged = TRUE;
}

json *practice_take_store(struct practice_tenant *tenant)
{
    g_autofree char *path = g_build_filename(tenant->folder, "store.json", NULL);
    practice_stop_hard(tenant);
    g_autofree char *text = read_text(path);
    json *store = json_parse(text, -1, NULL);
    assert_non_null(store);
    return store;
}

void practice_put_store(struct practice_tenant *tenant, json *store)
{
    g_autofree char *path = g_build_filename(tenant->folder, "store.json", NULL);
    g_autofree char *text = json_text(store);
    assert_true(g_file_set_contents(path, text, -1, NULL));
    json_free(store);
    practice_restart(tenant, FALSE);
}

void practice_change_by_hand(struct practice_tenant *tenant, const char *collection, const char *name,
                             const char *member, const char *text)
{
    json *store = practice_take_store(tenant);
    json_for_each (object, json_get(json_get(store, "objects"), collection)) {
        if (name == NULL || g_strcmp0(json_get_string(object, "displayName"), name) == 0)
            json_set_string(object, member, text);
    }
    practice_put_store(tenant, store);
}

void practice_remove_by_hand(struct practice_tenant *tenant, const char *collection, const char *member,
                             const char *text)
{
    json *store = practice_take_store(tenant);
    json *objects = json_get(store, "objects");
    json *kept = json_new_array();
    json_for_each (element, json_get(objects, collection)) {
        if (g_strcmp0(json_get_string(element, member), text) != 0)
            json_append(kept, json_copy(element));
    }
    assert_true(json_length(kept) < json_length(json_get(objects, collection)));
    json_set(objects, collection, kept);
    practice_put_store(tenant, store);
}

void practice_end(struct practice_tenant *tenant)
{
    stop(tenant, FALSE);
    give_to_judge(tenant);
    scratch_remove(tenant->folder);
    for (int i = 0; i < LOOPBACK_SERVICES; i++)
        close(tenant->reserved[i]);
    g_strfreev(tenant->options);
    g_free(tenant->scenario);
    g_free(tenant->folder);
    g_free(tenant->record);
    g_free(tenant->url);
    g_free(tenant->account);
    g_free(tenant->since);
    g_free(tenant->rate);
    g_free(tenant);
}

const char *practice_address(const struct practice_tenant *tenant)
{
    return tenant->url;
}

const char *practice_folder(const struct practice_tenant *tenant)
{
    return tenant->folder;
}

char **perch_command_line(const struct practice_tenant *tenant, const char *const *arguments)
{
    GPtrArray *line = g_ptr_array_new();
    g_autofree char *state = g_build_filename(tenant->folder, STATE_FOLDER, NULL);
    add(line, PERCH_BINARY, "--practice-url", tenant->url, NULL);
    if (!g_strv_contains(arguments, "--state-dir"))
        add(line, "--state-dir", state, NULL);
    for (const char *const *argument = arguments; *argument != NULL; argument++)
        add(line, *argument, NULL);
    g_ptr_array_add(line, NULL);
    return (char **)g_ptr_array_free(line, FALSE);
}

struct run *perch_run(const struct practice_tenant *tenant, const char *const *arguments)
{
    g_auto(GStrv) line = perch_command_line(tenant, arguments);
    return run_program((const char *const *)line, NULL, NULL);
}

struct run *perch(const struct practice_tenant *tenant, const char *first, ...)
{
    g_autoptr(GPtrArray) arguments = g_ptr_array_new();
    va_list words;
    va_start(words, first);
    for (const char *word = first; word != NULL; word = va_arg(words, const char *))
        g_ptr_array_add(arguments, (gpointer)word);
    va_end(words);
    g_ptr_array_add(arguments, NULL);
    return perch_run(tenant, (const char *const *)arguments->pdata);
}

json *practice_record(const struct practice_tenant *tenant)
{
    return g_file_test(tenant->record, G_FILE_TEST_EXISTS) ? read_json_lines(tenant->record) : json_new_array();
}

void practice_forget_forged(const struct practice_tenant *tenant, const char *method, const char *path, int status)
{
    g_autoptr(json) record = practice_record(tenant);
    g_autoptr(GString) kept = g_string_new(NULL);
    json_for_each (entry, record) {
        gboolean forged = json_get_int(entry, "status", 0) == status &&
                          g_strcmp0(json_get_string(entry, "method"), method) == 0 &&
                          g_strcmp0(json_get_string(entry, "path"), path) == 0;
        g_autofree char *line = json_text(entry);
        if (!forged)
            g_string_append_printf(kept, "%s\n", line);
    }
    assert_true(g_file_set_contents(tenant->record, kept->str, -1, NULL));
}

void practice_clear_record(struct practice_tenant *tenant)
{
    stop(tenant, FALSE);
    give_to_judge(tenant);
    g_unlink(tenant->record);
    start(tenant);
}

int count_writes(const json *record, const char *method, const char *path)
{
    int count = 0;
    json_for_each (entry, record) {
        const char *how = json_get_string(entry, "method");
        const char *where = json_get_string(entry, "path");
        gboolean api =
            g_str_has_prefix(where, "/v1.0/") || g_str_has_prefix(where, "/beta/") || g_str_has_prefix(where, "/api/");
        if (!api || strcmp(how, "GET") == 0 || (method != NULL && strcmp(how, method) != 0))
            continue;
        count += path == NULL || g_str_has_prefix(where, path);
    }
    return count;
}

char *practice_answers(const struct practice_tenant *tenant, const char *answers)
{
    char *path = g_build_filename(tenant->folder, "answers.json", NULL);
    assert_true(g_file_set_contents(path, answers, -1, NULL));
    assert_int_equal(g_chmod(path, 0600), 0);
    return path;
}

static size_t collect(char *data, size_t size, size_t count, void *into)
{
    g_string_append_len(into, data, (gssize)(size * count));
    return size * count;
}

static char *fetch(const struct practice_tenant *tenant, const char *path, const char *content_type, const char *body)
{
    g_autoptr(GString) answer = g_string_new(NULL);
    g_autofree char *url = g_strconcat(tenant->url, path, NULL);
    g_autofree char *header = content_type != NULL ? g_strconcat("Content-Type: ", content_type, NULL) : NULL;
    struct curl_slist *headers = header != NULL ? curl_slist_append(NULL, header) : NULL;
    CURL *easy = curl_easy_init();
    curl_easy_setopt(easy, CURLOPT_URL, url);
    curl_easy_setopt(easy, CURLOPT_NOPROXY, "*");
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, collect);
    curl_easy_setopt(easy, CURLOPT_WRITEDATA, answer);
    if (body != NULL) {
        curl_easy_setopt(easy, CURLOPT_HTTPHEADER, headers);
        curl_easy_setopt(easy, CURLOPT_POSTFIELDS, body);
    }
    CURLcode code = curl_easy_perform(easy);
    curl_easy_cleanup(easy);
    curl_slist_free_all(headers);
    return code == CURLE_OK ? g_string_free(g_steal_pointer(&answer), FALSE) : NULL;
}

char *practice_post(const struct practice_tenant *tenant, const char *path, const char *content_type, const char *body)
{
    return fetch(tenant, path, content_type, body);
}

void practice_form(const struct practice_tenant *tenant, const char *path, const char *form)
{
    g_autofree char *page = practice_post(tenant, path, "application/x-www-form-urlencoded", form);
    assert_non_null(page);
}

json *practice_state(const struct practice_tenant *tenant)
{
    g_autofree char *text = fetch(tenant, "/practice/state", NULL, NULL);
    g_autoptr(GError) error = NULL;
    json *state = text != NULL ? json_parse(text, -1, &error) : NULL;
    if (state == NULL)
        fail_msg("the practice tenant's state: %s", error != NULL ? error->message : "no answer");
    return state;
}

const json *find_step(const json *document, const char *id)
{
    json_for_each (step, json_get(document, "steps")) {
        if (g_strcmp0(json_get_string(step, "id"), id) == 0)
            return step;
    }
    fail_msg("there is no step %s", id);
    return NULL;
}

void assert_step(const json *document, const char *id, const char *state)
{
    const json *step = find_step(document, id);
    const char *found = json_get_string(step, "state");
    g_autofree char *text = json_text_indented(step);
    if (g_strcmp0(found, state) != 0)
        fail_msg("step %s is %s and should be %s:\n%s", id, found, state, text);
}

json *run_document(const struct run *run)
{
    g_autoptr(GError) error = NULL;
    json *document = json_parse(run->output, -1, &error);
    if (document == NULL)
        fail_msg("%s\n--- stdout\n%s\n--- stderr\n%s", error->message, run->output, run->errors);
    return document;
}

json *perch_apply(const struct practice_tenant *tenant, const char *answers)
{
    g_autofree char *file = practice_answers(tenant, answers);
    g_autoptr(Run) run = perch(tenant, "apply", "--yes", "--json", "--answers", file, NULL);
    return run_document(run);
}

struct run *perch_apply_as_planned(const struct practice_tenant *tenant, const char *file)
{
    const char *with = file != NULL ? "--answers" : NULL;
    g_autofree char *saved = g_build_filename(practice_folder(tenant), "as-planned.json", NULL);
    g_autoptr(Run) plan = perch(tenant, "plan", "--force", "--output", saved, with, file, NULL);
    return perch(tenant, "apply", "--yes", "--json", "--plan", saved, with, file, NULL);
}

void assert_status(const struct run *run, int status)
{
    if (run->status == status)
        return;
    /* A message of cmocka's is cut off after its first kilobyte. */
    fprintf(stderr, "--- stdout\n%s\n--- stderr\n%s\n", run->output, run->errors);
    fail_msg("ended with %d and should with %d", run->status, status);
}

void assert_contract(const struct practice_tenant *tenant)
{
    if (!court_sits()) {
        court.left_unjudged = TRUE;
        return;
    }
    g_autoptr(GPtrArray) records = g_ptr_array_new();
    g_ptr_array_add(records, tenant->record);
    g_autofree char *faults = court_judge(records);
    if (faults != NULL)
        fail_msg("the recorded traffic breaks the contract:\n%s", faults);
}

int journeys_status(int failed)
{
    if (failed != 0 || !court.left_unjudged)
        return failed;
    print_message("skipped: what perch asked was not judged, there are no contracts at %s\n", PERCH_CHECK_CONTRACT);
    return SKIP_STATUS;
}
