/* SPDX-License-Identifier: MIT */
#include "support/background.h"

#include <gio/gio.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>

#define POLL_MICROSECONDS 1000

struct background {
    GSubprocess *process;
    GThread *reader;
    GError *error;
    char *output;
    char *errors;
};

static void set_limits(gpointer data)
{
    const struct background_limits *limits = data;
    const struct rlimit limit = {.rlim_cur = (rlim_t)limits->file_bytes, .rlim_max = (rlim_t)limits->file_bytes};
    setrlimit(RLIMIT_FSIZE, &limit);
}

static gpointer read_to_end(gpointer data)
{
    struct background *background = data;
    g_subprocess_communicate_utf8(background->process, NULL, NULL, &background->output, &background->errors,
                                  &background->error);
    return NULL;
}

struct background *background_start(const struct practice_tenant *tenant, const char *const *arguments,
                                    const struct background_limits *limits)
{
    g_auto(GStrv) line = perch_command_line(tenant, arguments);
    g_autoptr(GSubprocessLauncher) launcher = g_subprocess_launcher_new(
        G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE);
    g_autoptr(GError) error = NULL;
    struct background *background = g_new0(struct background, 1);
    if (limits != NULL && limits->file_bytes >= 0)
        g_subprocess_launcher_set_child_setup(launcher, set_limits, g_memdup2(limits, sizeof *limits), g_free);
    for (const char *const *set = limits != NULL ? limits->environment : NULL; set != NULL && *set != NULL; set++) {
        g_auto(GStrv) variable = g_strsplit(*set, "=", 2);
        g_subprocess_launcher_setenv(launcher, variable[0], variable[1], TRUE);
    }
    background->process = g_subprocess_launcher_spawnv(launcher, (const char *const *)line, &error);
    if (background->process == NULL)
        fail_msg("perch does not start: %s", error->message);
    background->reader = g_thread_new("output", read_to_end, background);
    return background;
}

int background_process(const struct background *background)
{
    return (int)g_ascii_strtoll(g_subprocess_get_identifier(background->process), NULL, 10);
}

void background_kill(struct background *background)
{
    g_subprocess_force_exit(background->process);
}

static gboolean has_ended(gconstpointer data)
{
    const struct background *background = data;
    return g_subprocess_get_identifier(background->process) == NULL;
}

struct run *background_end(struct background *background)
{
    if (!wait_until(has_ended, background)) {
        background_kill(background);
        fail_msg("perch did not end");
    }
    g_thread_join(background->reader);
    struct run *run = g_new0(struct run, 1);
    run->status = g_subprocess_get_if_exited(background->process)
                      ? g_subprocess_get_exit_status(background->process)
                      : 128 + g_subprocess_get_term_sig(background->process);
    run->output = background->output != NULL ? background->output : g_strdup("");
    run->errors = background->errors != NULL ? background->errors : g_strdup("");
    g_clear_error(&background->error);
    g_object_unref(background->process);
    g_free(background);
    return run;
}

gboolean wait_until(gboolean (*condition)(gconstpointer data), gconstpointer data)
{
    gint64 end = g_get_monotonic_time() + PATIENCE;
    while (!condition(data)) {
        if (g_get_monotonic_time() > end)
            return FALSE;
        g_usleep(POLL_MICROSECONDS);
    }
    return TRUE;
}

char *state_folder(const struct practice_tenant *tenant)
{
    g_autofree char *base = g_build_filename(practice_folder(tenant), "state", NULL);
    g_autoptr(GDir) entries = g_dir_open(base, 0, NULL);
    const char *name = entries != NULL ? g_dir_read_name(entries) : NULL;
    return name != NULL ? g_build_filename(base, name, NULL) : NULL;
}

char *journal_text(const struct practice_tenant *tenant)
{
    g_autofree char *folder = state_folder(tenant);
    g_autofree char *path = folder != NULL ? g_build_filename(folder, "journal.jsonl", NULL) : NULL;
    char *text = NULL;
    if (path == NULL || !g_file_get_contents(path, &text, NULL, NULL))
        return g_strdup("");
    return text;
}

int count_requests(const struct practice_tenant *tenant, const char *method, const char *path)
{
    g_autoptr(json) record = practice_record(tenant);
    int count = 0;
    json_for_each (entry, record) {
        count +=
            strcmp(json_get_string(entry, "method"), method) == 0 && strcmp(json_get_string(entry, "path"), path) == 0;
    }
    return count;
}

static gboolean is_done_write(const json *entry)
{
    gint64 status = json_get_int(entry, "status", 0);
    return strcmp(json_get_string(entry, "method"), "GET") != 0 &&
           strcmp(json_get_string(entry, "host"), "127.0.0.1") != 0 && (status == 201 || status == 204);
}

void assert_nothing_twice(const struct practice_tenant *tenant)
{
    g_autoptr(json) record = practice_record(tenant);
    g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    json_for_each (entry, record) {
        if (!is_done_write(entry))
            continue;
        const json *body = json_get(entry, "requestBody");
        g_autofree char *text = body != NULL ? json_text(body) : g_strdup("");
        char *key = g_strdup_printf("%s %s %s", json_get_string(entry, "method"), json_get_string(entry, "path"), text);
        if (!g_hash_table_add(seen, key))
            fail_msg("done twice: %s %s", json_get_string(entry, "method"), json_get_string(entry, "path"));
    }
}

void arm_fault(const struct practice_tenant *tenant, const char *fault)
{
    g_autofree char *body = g_strdelimit(g_strdup(fault), "'", '"');
    g_autoptr(GError) error = NULL;
    g_autoptr(json) parsed = json_parse(body, -1, &error);
    if (parsed == NULL)
        fail_msg("the fault %s: %s", fault, error->message);
    g_autofree char *answer = practice_post(tenant, "/practice/fault", "application/json", body);
    assert_string_equal(answer, "");
}

int count_held(const struct practice_tenant *tenant, const char *list, const char *member, const char *name)
{
    g_autoptr(json) state = practice_state(tenant);
    int count = 0;
    json_for_each (item, json_get(json_get(state, "objects"), list)) {
        count += name == NULL || g_strcmp0(json_get_string(item, member), name) == 0;
    }
    return count;
}
