/* SPDX-License-Identifier: MIT */
/*
 * Looks for the secrets of real runs wherever they could have got to: what was printed, logged, journalled, reported,
 * the environment and the command line. The tokens themselves are read out of the practice tenant's memory, which is
 * the one place that has to know them, and are looked for in every spelling, halves too.
 */
#include <fcntl.h>
#include <gio/gio.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "support/background.h"
#include "support/practice.h"

#define TOKEN_MARK "practice-token-"
#define SHORTEST_TOKEN 30
#define LARGEST_REGION (64 * 1024 * 1024)
#define KEY_CANARY "QmVydGhhLUNhbmFyeS1LZXktMDEyMzQ1Njc4OWFiY2RlZj0="
#define CODE_MARK "type the code "

/* ---- what is looked for ---- */

struct needles {
    GHashTable *tokens; /* the values, as they are */
    GPtrArray *labels;
    GPtrArray *spellings; /* GBytes, in the order of the labels */
};

static struct needles *needles_new(void)
{
    struct needles *needles = g_new0(struct needles, 1);
    needles->tokens = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    needles->labels = g_ptr_array_new_with_free_func(g_free);
    needles->spellings = g_ptr_array_new_with_free_func((GDestroyNotify)g_bytes_unref);
    return needles;
}

static void needles_free(struct needles *needles)
{
    g_hash_table_unref(needles->tokens);
    g_ptr_array_unref(needles->labels);
    g_ptr_array_unref(needles->spellings);
    g_free(needles);
}

static void add_spelling(struct needles *needles, const char *spelling, const char *text, gsize length)
{
    g_ptr_array_add(needles->labels, g_strdup(spelling));
    g_ptr_array_add(needles->spellings, g_bytes_new(text, length));
}

/* Base64 of VALUE behind SHIFT other bytes, without the characters that these and the end have a part in. */
static void add_base64(struct needles *needles, const char *value, gsize shift)
{
    g_autofree char *shifted = g_strdup_printf("%.*s%s", (int)shift, "xx", value);
    g_autofree char *encoded = g_base64_encode((const guchar *)shifted, strlen(shifted));
    gsize from = shift == 0 ? 0 : shift + 1;
    gsize length = strlen(shifted) / 3 * 4 - from;
    add_spelling(needles, "base64", encoded + from, length);
    g_strdelimit(encoded, "+", '-');
    g_strdelimit(encoded, "/", '_');
    add_spelling(needles, "base64url", encoded + from, length);
}

/* Every byte of VALUE as MARK and DIGITS hexadecimal digits. */
static void add_escaped(struct needles *needles, const char *spelling, const char *value, const char *mark, int digits,
                        gboolean capital)
{
    g_autoptr(GString) text = g_string_new(NULL);
    for (const char *at = value; *at != '\0'; at++)
        if (capital)
            g_string_append_printf(text, "%s%0*X", mark, digits, (guint)(guchar)*at);
        else
            g_string_append_printf(text, "%s%0*x", mark, digits, (guint)(guchar)*at);
    add_spelling(needles, spelling, text->str, text->len);
}

static void add_wide(struct needles *needles, const char *value)
{
    g_autoptr(GByteArray) wide = g_byte_array_new();
    for (const char *at = value; *at != '\0'; at++) {
        const guint8 unit[] = {(guint8)*at, 0};
        g_byte_array_append(wide, unit, sizeof unit);
    }
    add_spelling(needles, "utf-16", (const char *)wide->data, wide->len);
}

static void add_halves(struct needles *needles, const char *value)
{
    gsize half = strlen(value) / 2;
    add_spelling(needles, "first half", value, half);
    add_spelling(needles, "second half", value + half, strlen(value) - half);
}

static void add_spellings(struct needles *needles, const char *value)
{
    g_autofree char *url = g_uri_escape_string(value, NULL, FALSE);
    add_spelling(needles, "raw", value, strlen(value));
    add_spelling(needles, "url", url, strlen(url));
    for (gsize shift = 0; shift < 3; shift++)
        add_base64(needles, value, shift);
    for (int capital = 0; capital < 2; capital++) {
        add_escaped(needles, "percent", value, "%", 2, capital);
        add_escaped(needles, "hex", value, "", 2, capital);
        add_escaped(needles, "json", value, "\\u", 4, capital);
    }
    add_wide(needles, value);
}

static void add_token(struct needles *needles, const char *token)
{
    if (!g_hash_table_add(needles->tokens, g_strdup(token)))
        return;
    add_spellings(needles, token);
    add_halves(needles, token);
}

/* ---- where the values come from ---- */

static gsize token_length(const char *text, gsize left)
{
    gsize length = 0;
    while (length < left && (g_ascii_isalnum(text[length]) || strchr("-._~", text[length]) != NULL) &&
           text[length] != '\0')
        length++;
    return length;
}

static void take_tokens(struct needles *needles, const char *memory, gsize length)
{
    const char *end = memory + length;
    for (const char *at = memmem(memory, length, TOKEN_MARK, strlen(TOKEN_MARK)); at != NULL;) {
        gsize size = token_length(at, (gsize)(end - at));
        g_autofree char *token = g_strndup(at, size);
        if (size >= SHORTEST_TOKEN)
            add_token(needles, token);
        at += size;
        at = memmem(at, (gsize)(end - at), TOKEN_MARK, strlen(TOKEN_MARK));
    }
}

static void take_region(struct needles *needles, int memory, guint64 begin, guint64 end)
{
    gsize length = (gsize)(end - begin);
    if (length > LARGEST_REGION)
        return;
    g_autofree char *bytes = g_malloc(length);
    gssize got = pread(memory, bytes, length, (off_t)begin);
    if (got > 0)
        take_tokens(needles, bytes, (gsize)got);
}

/* The tokens that the process PID has in its memory. */
static void take_memory(struct needles *needles, int pid)
{
    g_autofree char *maps_file = g_strdup_printf("/proc/%d/maps", pid);
    g_autofree char *memory_file = g_strdup_printf("/proc/%d/mem", pid);
    g_autofree char *maps = NULL;
    int memory = open(memory_file, O_RDONLY | O_CLOEXEC);
    if (memory < 0 || !g_file_get_contents(maps_file, &maps, NULL, NULL))
        fail_msg("the memory of the practice tenant cannot be read");
    g_auto(GStrv) lines = g_strsplit(maps, "\n", -1);
    for (char **line = lines; *line != NULL; line++) {
        char *rest = NULL;
        guint64 begin = g_ascii_strtoull(*line, &rest, 16);
        guint64 end = *rest == '-' ? g_ascii_strtoull(rest + 1, &rest, 16) : begin;
        if (g_str_has_prefix(rest, " rw"))
            take_region(needles, memory, begin, end);
    }
    close(memory);
}

static int practice_process(void)
{
    g_autofree char *file = g_strdup_printf("/proc/%d/task/%d/children", getpid(), getpid());
    g_autofree char *children = NULL;
    if (!g_file_get_contents(file, &children, NULL, NULL))
        return 0;
    g_auto(GStrv) pids = g_strsplit(g_strstrip(children), " ", -1);
    for (char **pid = pids; *pid != NULL; pid++) {
        g_autofree char *link = g_strdup_printf("/proc/%s/exe", *pid);
        g_autofree char *program = g_file_read_link(link, NULL);
        if (g_strcmp0(program, PERCH_PRACTICE_BINARY) == 0)
            return (int)g_ascii_strtoll(*pid, NULL, 10);
    }
    return 0;
}

/* ---- where it is looked for ---- */

struct search {
    const struct needles *needles;
    guint places;
    gsize bytes;
    guint leaks;
};

static void look_at(struct search *search, const char *place, const char *bytes, gsize length)
{
    search->places++;
    search->bytes += length;
    for (guint i = 0; i < search->needles->spellings->len; i++) {
        gsize size = 0;
        const char *spelling = g_bytes_get_data(search->needles->spellings->pdata[i], &size);
        if (memmem(bytes, length, spelling, size) == NULL)
            continue;
        print_message("leak of a secret (%s) in %s\n", (const char *)search->needles->labels->pdata[i], place);
        search->leaks++;
    }
}

static void look_at_file(struct search *search, const char *file)
{
    g_autofree char *bytes = NULL;
    gsize length = 0;
    if (g_file_get_contents(file, &bytes, &length, NULL))
        look_at(search, file, bytes, length);
}

static void look_at_folder(struct search *search, const char *folder)
{
    g_autoptr(GDir) entries = g_dir_open(folder, 0, NULL);
    for (const char *name = entries != NULL ? g_dir_read_name(entries) : NULL; name != NULL;
         name = g_dir_read_name(entries)) {
        g_autofree char *path = g_build_filename(folder, name, NULL);
        look_at(search, path, name, strlen(name));
        if (g_file_test(path, G_FILE_TEST_IS_DIR))
            look_at_folder(search, path);
        else
            look_at_file(search, path);
    }
}

static guint leaks_in(const struct needles *needles, const char *text)
{
    struct search search = {.needles = needles};
    look_at(&search, "a text made to leak", text, strlen(text));
    return search.leaks;
}

static void test_the_search_finds_what_leaks(void **state)
{
    (void)state;
    struct needles *needles = needles_new();
    static const char memory[] = "\"access_token\":\"practice-token-access-0123456789abcdefghij\",";
    static const char *const leaking[] = {
        "practice-token-access-0123456789abcdefghij", "s-0123456789abcdefghij",
        "dXNlcjpwcmFjdGljZS10b2tlbi1hY2Nlc3MtMDEyMzQ1Njc4OWFiY2RlZmdoaWo=",
        "70726163746963652d746f6b656e2d6163636573732d303132333435363738396162636465666768696a",
        ("%70%72%61%63%74%69%63%65%2d%74%6f%6b%65%6e%2d%61%63%63%65%73%73%2d%30%31%32%33%34%35%36%37%38%39%61%62%63%64"
         "%65%66%67%68%69%6a")};
    take_tokens(needles, memory, strlen(memory));
    assert_int_equal(g_hash_table_size(needles->tokens), 1);
    for (gsize i = 0; i < G_N_ELEMENTS(leaking); i++)
        assert_true(leaks_in(needles, leaking[i]) > 0);
    assert_int_equal(leaks_in(needles, "practice-token and access-0123"), 0);
    needles_free(needles);
}

/* ---- the runs ---- */

/* All that perch printed, and the codes that it showed. */
struct tour {
    struct practice_tenant *tenant;
    char *log_file;
    GString *printed;
    struct needles *needles;
    int practice;
};

static void take_codes(struct needles *codes, const char *prompts)
{
    for (const char *at = strstr(prompts, CODE_MARK); at != NULL; at = strstr(at, CODE_MARK)) {
        at += strlen(CODE_MARK);
        g_autofree char *code = g_strndup(at, strcspn(at, " .,\n"));
        add_spelling(codes, "device code", code, strlen(code));
    }
}

static void go(struct tour *tour, struct needles *codes, const char *const *words)
{
    g_autoptr(GPtrArray) arguments = g_ptr_array_new();
    for (const char *const *word = words; *word != NULL; word++)
        g_ptr_array_add(arguments, (gpointer)*word);
    g_ptr_array_add(arguments, (gpointer) "--log-file");
    g_ptr_array_add(arguments, tour->log_file);
    g_ptr_array_add(arguments, NULL);
    g_autoptr(Run) run = perch_run(tour->tenant, (const char *const *)arguments->pdata);
    g_string_append(tour->printed, run->output);
    g_string_append(tour->printed, run->errors);
    take_codes(codes, run->errors);
    take_memory(tour->needles, tour->practice);
}

static void go_everywhere(struct tour *tour, struct needles *codes)
{
    static const char *const runs[][5] = {{"check", "--json"},
                                          {"plan", "--json"},
                                          {"plan"},
                                          {"apply", "--yes", "--json"},
                                          {"check"},
                                          {"whoami", "--json"},
                                          {"sign-in", "--json"},
                                          {"report", "--format", "text"},
                                          {"report", "--format", "markdown"},
                                          {"report", "--format", "html"},
                                          {"report", "--format", "json"},
                                          {"undo", "--yes", "--json"},
                                          {"sign-out"}};
    for (gsize i = 0; i < G_N_ELEMENTS(runs); i++)
        go(tour, codes, runs[i]);
}

static struct tour *tour_new(const char *scenario)
{
    struct tour *tour = g_new0(struct tour, 1);
    tour->tenant = practice_begin(scenario, NULL);
    tour->log_file = g_build_filename(practice_folder(tour->tenant), "perch.log", NULL);
    tour->printed = g_string_new(NULL);
    tour->needles = needles_new();
    tour->practice = practice_process();
    assert_true(tour->practice > 0);
    return tour;
}

static void tour_free(struct tour *tour)
{
    practice_end(tour->tenant);
    needles_free(tour->needles);
    g_string_free(tour->printed, TRUE);
    g_free(tour->log_file);
    g_free(tour);
}

static guint look_everywhere(const struct tour *tour)
{
    struct search search = {.needles = tour->needles};
    add_spellings(tour->needles, TOKEN_MARK);
    look_at(&search, "what was printed", tour->printed->str, tour->printed->len);
    look_at_folder(&search, practice_folder(tour->tenant));
    print_message("%u tokens in %u spellings, %u places, %zu bytes: %u leaks\n",
                  g_hash_table_size(tour->needles->tokens), tour->needles->spellings->len, search.places, search.bytes,
                  search.leaks);
    return search.leaks;
}

static void test_no_token_gets_out_of_a_run(void **state)
{
    (void)state;
    static const char *const scenarios[] = {"fresh", "expired-sign-in"};
    for (gsize i = 0; i < G_N_ELEMENTS(scenarios); i++) {
        struct tour *tour = tour_new(scenarios[i]);
        struct needles *codes = needles_new();
        go_everywhere(tour, codes);
        assert_true(g_hash_table_size(tour->needles->tokens) >= 2);
        assert_int_equal(look_everywhere(tour), 0);
        struct search search = {.needles = codes};
        g_autofree char *kept = g_build_filename(practice_folder(tour->tenant), "state", NULL);
        look_at_folder(&search, kept);
        look_at_file(&search, tour->log_file);
        assert_true(codes->labels->len >= 1);
        assert_int_equal(search.leaks, 0);
        needles_free(codes);
        tour_free(tour);
    }
}

static void look_at_process(struct search *search, int pid)
{
    static const char *const files[] = {"environ", "cmdline", "comm", "status"};
    for (gsize i = 0; i < G_N_ELEMENTS(files); i++) {
        g_autofree char *file = g_strdup_printf("/proc/%d/%s", pid, files[i]);
        look_at_file(search, file);
    }
}

static void allow_core_dumps(void)
{
    struct rlimit core;
    getrlimit(RLIMIT_CORE, &core);
    core.rlim_cur = core.rlim_max;
    setrlimit(RLIMIT_CORE, &core);
}

/* Read while it runs: the environment, the command line, and what a crash then leaves. */
static void test_a_running_process_shows_no_token_and_leaves_no_core(void **state)
{
    (void)state;
    allow_core_dumps();
    struct tour *tour = tour_new("slow-replication");
    const char *words[] = {"apply", "--yes", "--json", NULL};
    g_auto(GStrv) line = perch_command_line(tour->tenant, words);
    g_autoptr(GSubprocess) process = g_subprocess_newv(
        (const char *const *)line, G_SUBPROCESS_FLAGS_STDOUT_SILENCE | G_SUBPROCESS_FLAGS_STDERR_PIPE, NULL);
    assert_non_null(process);
    int pid = (int)g_ascii_strtoll(g_subprocess_get_identifier(process), NULL, 10);
    gint64 deadline = g_get_monotonic_time() + PATIENCE;
    while (g_hash_table_size(tour->needles->tokens) < 2 && g_get_monotonic_time() < deadline)
        take_memory(tour->needles, tour->practice);
    assert_true(g_hash_table_size(tour->needles->tokens) >= 2);
    struct search search = {.needles = tour->needles};
    look_at_process(&search, pid);
    assert_int_equal(search.leaks, 0);
    g_subprocess_send_signal(process, SIGABRT);
    g_subprocess_wait(process, NULL, NULL);
    assert_true(g_subprocess_get_if_signaled(process));
    assert_int_equal(g_subprocess_get_term_sig(process), SIGABRT);
    assert_false(WCOREDUMP(g_subprocess_get_status(process)));
    assert_int_equal(look_everywhere(tour), 0);
    tour_free(tour);
}

/* ---- many runs, ended at any moment ---- */

#define RUNS_VARIABLE "PERCH_TEST_RUNS"
#define FEW_RUNS "4"
#define MOMENTS 60

static const char *const run_scenarios[] = {"fresh",          "expired-sign-in", "slow-replication", "throttled",
                                            "flaky",          "hostile-names",   "half-done",        "drifted",
                                            "narrow-consent", "p1-only"};
static const int run_ends[] = {SIGKILL, SIGSEGV, SIGABRT, SIGTERM, SIGBUS, SIGINT, 0};

/* What the many runs came to. */
struct tally {
    guint runs;
    guint killed;
    guint cores;
    guint tokens;
    gsize bytes;
    guint places;
    guint leaks;
};

struct moment {
    const struct tour *tour;
    GSubprocess *process;
    guint requests;
};

/* Meanwhile the tokens of now are taken, since refreshed ones replace them. */
static gboolean is_moment(gconstpointer data)
{
    const struct moment *moment = data;
    take_memory(moment->tour->needles, moment->tour->practice);
    g_autoptr(json) record = practice_record(moment->tour->tenant);
    return (guint)json_length(record) >= moment->requests || g_subprocess_get_identifier(moment->process) == NULL;
}

static void note_end(struct tally *tally, GSubprocess *process)
{
    gboolean killed = g_subprocess_get_if_signaled(process);
    tally->runs++;
    tally->killed += killed ? 1 : 0;
    tally->cores += killed && WCOREDUMP(g_subprocess_get_status(process)) ? 1 : 0;
}

/* Begin "apply", end it by SIGNAL (0: let it end) once the tenant was asked REQUESTS times, and take what it printed.
 */
static void disturb(struct tour *tour, guint requests, int signal, struct tally *tally)
{
    const char *words[] = {"apply", "--yes", "--json", "--log-file", tour->log_file, NULL};
    g_auto(GStrv) line = perch_command_line(tour->tenant, words);
    g_autoptr(GSubprocess) process = g_subprocess_newv(
        (const char *const *)line, G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE, NULL);
    g_autoptr(GBytes) output = NULL;
    g_autoptr(GBytes) errors = NULL;
    assert_non_null(process);
    const char *id = g_subprocess_get_identifier(process);
    int pid = id != NULL ? (int)g_ascii_strtoll(id, NULL, 10) : 0;
    const struct moment moment = {tour, process, requests};
    wait_until(is_moment, &moment);
    struct search search = {.needles = tour->needles};
    look_at_process(&search, pid);
    tally->leaks += search.leaks;
    if (signal != 0)
        g_subprocess_send_signal(process, signal);
    g_subprocess_communicate(process, NULL, NULL, &output, &errors, NULL);
    note_end(tally, process);
    g_string_append_len(tour->printed, g_bytes_get_data(output, NULL), (gssize)g_bytes_get_size(output));
    g_string_append_len(tour->printed, g_bytes_get_data(errors, NULL), (gssize)g_bytes_get_size(errors));
    take_memory(tour->needles, tour->practice);
}

static void disturbed_run(guint number, struct tally *tally)
{
    g_autoptr(GRand) random = g_rand_new_with_seed(number);
    struct needles *codes = needles_new();
    const char *report[] = {"report", "--format", number % 2 == 0 ? "html" : "json", NULL};
    struct tour *tour = tour_new(run_scenarios[number % G_N_ELEMENTS(run_scenarios)]);
    guint requests = (guint)g_rand_int_range(random, 1, MOMENTS);
    disturb(tour, requests, run_ends[number % G_N_ELEMENTS(run_ends)], tally);
    go(tour, codes, report);
    struct search search = {.needles = tour->needles};
    add_spellings(tour->needles, TOKEN_MARK);
    look_at(&search, "what was printed", tour->printed->str, tour->printed->len);
    look_at_folder(&search, practice_folder(tour->tenant));
    tally->tokens += g_hash_table_size(tour->needles->tokens);
    tally->bytes += search.bytes;
    tally->places += search.places;
    tally->leaks += search.leaks;
    needles_free(codes);
    tour_free(tour);
}

static void test_no_token_gets_out_of_many_runs(void **state)
{
    (void)state;
    const char *wanted = g_getenv(RUNS_VARIABLE) != NULL ? g_getenv(RUNS_VARIABLE) : FEW_RUNS;
    guint runs = (guint)g_ascii_strtoull(wanted, NULL, 10);
    struct tally tally = {0};
    allow_core_dumps();
    for (guint i = 0; i < runs; i++)
        disturbed_run(i, &tally);
    print_message("%u runs, %u of them killed, %u core dumps, %u tokens, %u places, %zu bytes: %u leaks\n", tally.runs,
                  tally.killed, tally.cores, tally.tokens, tally.places, tally.bytes, tally.leaks);
    assert_int_equal(tally.runs, runs);
    assert_true(tally.killed > 0);
    assert_true(tally.tokens >= runs);
    assert_int_equal(tally.cores, 0);
    assert_int_equal(tally.leaks, 0);
}

static void assert_key_not_shown(const struct run *run)
{
    if (strstr(run->output, "Canary") == NULL && strstr(run->errors, "Canary") == NULL &&
        strstr(run->output, KEY_CANARY) == NULL && strstr(run->errors, KEY_CANARY) == NULL)
        return;
    fail_msg("the key is shown: %s%s", run->output, run->errors);
}

/* People paste the whole connection string, key and all, where an identifier is asked for. */
static void test_a_pasted_key_is_not_repeated(void **state)
{
    (void)state;
    static const char paste[] =
        "Endpoint=sb://rc-events.servicebus.windows.net/;SharedAccessKeyName=send;SharedAccessKey=" KEY_CANARY;
    static const char *const fields[] = {"event-hub-id", "event-hub-name", "company", "email",
                                         "domain",       "guid",           "paste"};
    for (gsize i = 0; i < G_N_ELEMENTS(fields); i++) {
        const char *plain[] = {PERCH_BINARY, "validate", fields[i], NULL};
        const char *as_json[] = {PERCH_BINARY, "validate", fields[i], "--json", NULL};
        g_autoptr(Run) run = run_program(plain, NULL, paste);
        g_autoptr(Run) other = run_program(as_json, NULL, paste);
        assert_key_not_shown(run);
        assert_key_not_shown(other);
    }
}

static void test_a_key_in_the_answers_is_not_repeated(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("fresh", NULL);
    g_autofree char *file = practice_answers(
        tenant,
        "{\"eventHub\":{\"resourceId\":\"Endpoint=sb://rc-events.servicebus.windows.net/;SharedAccessKeyName=send;"
        "SharedAccessKey=" KEY_CANARY "\"}}");
    g_autoptr(Run) run = perch(tenant, "check", "--answers", file, "--json", NULL);
    assert_status(run, 2);
    assert_key_not_shown(run);
    practice_end(tenant);
}

/* Nobody looks for a key in a note, and the journal goes into bundles. */
static void test_a_key_in_a_note_is_not_kept(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("fresh", NULL);
    g_autofree char *file =
        practice_answers(tenant, "{\"done\":{\"invitation\":{\"by\":\"ann\",\"note\":\"password=" KEY_CANARY "\"}},"
                                 "\"skip\":{\"graph-alerts\":{\"by\":\"ann\",\"reason\":\"client_secret=" KEY_CANARY
                                 "\"}},\"account\":{\"userPrincipalName\":\"admin@contoso.onmicrosoft.com\"}}");
    g_autofree char *bundle = g_build_filename(practice_folder(tenant), "bundle.tar", NULL);
    g_autoptr(Run) apply = perch(tenant, "apply", "--yes", "--answers", file, NULL);
    g_autoptr(Run) report = perch(tenant, "report", "--bundle", bundle, NULL);
    assert_null(strstr(apply->output, KEY_CANARY));
    assert_null(strstr(apply->errors, KEY_CANARY));
    assert_non_null(strstr(report->errors, "it has no seal"));
    g_autofree char *folder = state_folder(tenant);
    const char *const search[] = {"/bin/grep", "-rlF", KEY_CANARY, folder, bundle, NULL};
    g_autoptr(Run) found = run_program(search, NULL, "");
    assert_string_equal(found->output, "");
    g_autofree char *journal = g_build_filename(folder, "journal.jsonl", NULL);
    g_autofree char *text = read_text(journal);
    assert_non_null(strstr(text, "\"skipped\""));
    practice_end(tenant);
}

int main(void)
{
    json_init();
    if (!g_file_test(PERCH_BINARY, G_FILE_TEST_IS_EXECUTABLE) ||
        !g_file_test(PERCH_PRACTICE_BINARY, G_FILE_TEST_IS_EXECUTABLE))
        skip_program("perch and perch-practice are not built");
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_search_finds_what_leaks),
        cmocka_unit_test(test_no_token_gets_out_of_a_run),
        cmocka_unit_test(test_a_running_process_shows_no_token_and_leaves_no_core),
        cmocka_unit_test(test_no_token_gets_out_of_many_runs),
        cmocka_unit_test(test_a_pasted_key_is_not_repeated),
        cmocka_unit_test(test_a_key_in_the_answers_is_not_repeated),
        cmocka_unit_test(test_a_key_in_a_note_is_not_kept),
    };
    return cmocka_run_group_tests_name("leak", tests, NULL, NULL);
}
