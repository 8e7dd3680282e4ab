/* SPDX-License-Identifier: MIT */
#include "support/script_peer.h"

#include <gio/gio.h>
#include <stdio.h>

#include "support/support.h"

#define OLDEST_NODE 18 /* for the scripts that need no package */

struct script_peer {
    GSubprocess *process;
    guint port;
};

static char *script_path(const char *script)
{
    return g_build_filename(PERCH_SOURCE_DIR, "tests/support/node", script, NULL);
}

static void need_node(guint oldest)
{
    const char *const arguments[] = {"/usr/bin/env", "node", "--version", NULL};
    g_autofree char *found = g_find_program_in_path("node");
    if (found == NULL)
        skip_program("node is not installed");
    g_autoptr(Run) version = run_program(arguments, NULL, NULL);
    g_autofree char *reason = g_strdup_printf("node is older than %u", oldest);
    if (version->output[0] != 'v' || g_ascii_strtoull(version->output + 1, NULL, 10) < oldest)
        skip_program(reason);
}

static void need_package(const char *package)
{
    g_autofree char *folder = g_build_filename(PERCH_SOURCE_DIR, "tests/support/node/node_modules", package, NULL);
    if (!g_file_test(folder, G_FILE_TEST_IS_DIR)) {
        g_autofree char *reason = g_strdup_printf("%s is not installed (npm ci in tests/support/node)", package);
        skip_program(reason);
    }
}

void script_need(guint oldest, const char *package)
{
    need_node(oldest);
    need_package(package);
}

struct script_peer *script_peer_start(const char *script, const char *package, const char *const *arguments)
{
    need_node(OLDEST_NODE);
    if (package != NULL)
        need_package(package);
    g_autoptr(GPtrArray) command = g_ptr_array_new();
    g_autofree char *path = script_path(script);
    g_ptr_array_add(command, (gpointer) "node");
    g_ptr_array_add(command, path);
    for (; *arguments != NULL; arguments++)
        g_ptr_array_add(command, (gpointer)*arguments);
    g_ptr_array_add(command, NULL);
    struct script_peer *peer = g_new0(struct script_peer, 1);
    peer->process = g_subprocess_newv(
        (const char *const *)command->pdata,
        G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_SILENCE, NULL);
    assert_non_null(peer->process);
    g_autoptr(GDataInputStream) lines = g_data_input_stream_new(g_subprocess_get_stdout_pipe(peer->process));
    g_filter_input_stream_set_close_base_stream(G_FILTER_INPUT_STREAM(lines), FALSE);
    g_autofree char *line = g_data_input_stream_read_line(lines, NULL, NULL, NULL);
    if (line == NULL || sscanf(line, "ready %u", &peer->port) != 1)
        fail_msg("%s did not start: %s", script, line != NULL ? line : "it ended");
    return peer;
}

guint script_peer_port(const struct script_peer *peer)
{
    return peer->port;
}

void script_peer_stop(struct script_peer *peer)
{
    if (peer == NULL)
        return;
    g_output_stream_close(g_subprocess_get_stdin_pipe(peer->process), NULL, NULL);
    g_subprocess_wait(peer->process, NULL, NULL);
    g_object_unref(peer->process);
    g_free(peer);
}

struct run *script_run_with(const char *script, const char *ca_file, const char *const *arguments)
{
    g_autofree char *path = script_path(script);
    g_autofree char *trust = g_strconcat("NODE_EXTRA_CA_CERTS=", ca_file, NULL);
    const char *const environment[] = {trust, "NO_PROXY=*", NULL};
    g_autoptr(GPtrArray) line = g_ptr_array_new();
    g_ptr_array_add(line, "/usr/bin/env");
    g_ptr_array_add(line, "node");
    g_ptr_array_add(line, path);
    for (; *arguments != NULL; arguments++)
        g_ptr_array_add(line, (gpointer)*arguments);
    g_ptr_array_add(line, NULL);
    return run_program((const char *const *)line->pdata, environment, NULL);
}

char *script_run(const char *script, const char *ca_file, const char *argument)
{
    const char *const arguments[] = {argument, NULL};
    g_autoptr(Run) ended = script_run_with(script, ca_file, arguments);
    return g_strconcat(ended->output, ended->errors, NULL);
}

char *certificates_new(void)
{
    static const char script[] =
        "set -e; cd \"$0\"\n"
        "for ca in ca other; do openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout $ca.key "
        "-out $ca.pem -days 2"
        " -subj \"/CN=Test authority $ca\"; done\n"
        "openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout key.pem -out request.pem -subj "
        "/CN=localhost\n"
        "echo subjectAltName=DNS:localhost > names\n"
        "openssl x509 -req -in request.pem -CA ca.pem -CAkey ca.key -CAcreateserial -days 2 -extfile names"
        " -out cert.pem\n";
    return scratch_by_openssl(script);
}
