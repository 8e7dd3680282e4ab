/* SPDX-License-Identifier: MIT */
#include "support/keyring_world.h"

#include <signal.h>
#include <string.h>
#include <sys/prctl.h>

#include "base/json.h"

#define DEADLINE_MS ((gint)(PATIENCE / G_TIME_SPAN_MILLISECOND))
#define PROMPT_CLOSES (2 * G_TIME_SPAN_SECOND)
#define PROMPTER_SERVICE "/usr/share/dbus-1/services/org.gnome.keyring.SystemPrompter.service"

/* A test that fails leaves nothing behind. */
static void die_with_parent(gpointer data)
{
    (void)data;
    prctl(PR_SET_PDEATHSIG, SIGKILL);
}

static GSubprocessLauncher *launcher_in(const struct world *world, GSubprocessFlags flags)
{
    GSubprocessLauncher *launcher = g_subprocess_launcher_new(flags);
    g_subprocess_launcher_set_child_setup(launcher, die_with_parent, NULL, NULL);
    const char *const unset[] = {"DISPLAY", "WAYLAND_DISPLAY", "DBUS_SESSION_BUS_ADDRESS", "XDG_DATA_HOME"};
    for (gsize i = 0; i < G_N_ELEMENTS(unset); i++)
        g_subprocess_launcher_unsetenv(launcher, unset[i]);
    g_subprocess_launcher_setenv(launcher, "HOME", world->home, TRUE);
    g_subprocess_launcher_setenv(launcher, "XDG_RUNTIME_DIR", world->runtime, TRUE);
    if (world->display != NULL)
        g_subprocess_launcher_setenv(launcher, "DISPLAY", world->display, TRUE);
    if (world->address != NULL)
        g_subprocess_launcher_setenv(launcher, "DBUS_SESSION_BUS_ADDRESS", world->address, TRUE);
    return launcher;
}

static GSubprocess *start(const struct world *world, GSubprocessFlags flags, const char *const *arguments)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GSubprocessLauncher) launcher = launcher_in(world, flags);
    GSubprocess *process = g_subprocess_launcher_spawnv(launcher, arguments, &error);
    if (process == NULL)
        fail_msg("%s: %s", arguments[0], error->message);
    return process;
}

struct world *world_new(void)
{
    struct world *world = g_new0(struct world, 1);
    world->home = scratch_new();
    world->runtime = scratch_new();
    return world;
}

void world_end(GSubprocess **process)
{
    if (*process == NULL)
        return;
    g_subprocess_send_signal(*process, SIGCONT);
    g_subprocess_force_exit(*process);
    g_subprocess_wait(*process, NULL, NULL);
    g_clear_object(process);
}

void world_free(struct world *world)
{
    g_clear_object(&world->answers);
    world_end(&world->perch);
    if (world->connection != NULL)
        g_dbus_connection_close_sync(world->connection, NULL, NULL);
    g_clear_object(&world->connection);
    world_end(&world->service);
    world_end(&world->bus);
    scratch_remove(world->home);
    scratch_remove(world->runtime);
    g_free(world->home);
    g_free(world->runtime);
    g_free(world->address);
    g_free(world->display);
    g_free(world);
}

void world_start_bus(struct world *world, const char *activated)
{
    g_autofree char *config = g_build_filename(world->runtime, "bus.conf", NULL);
    g_autofree char *service = g_build_filename(world->runtime, SERVICE ".service", NULL);
    g_autofree char *text =
        g_strdup_printf("<busconfig><type>session</type><listen>unix:dir=%s</listen><servicedir>%s</servicedir><policy "
                        "context='default'><allow send_destination='*' eavesdrop='true'/><allow "
                        "eavesdrop='true'/><allow own='*'/></policy></busconfig>",
                        world->runtime, world->runtime);
    g_autofree char *activation = g_strdup_printf("[D-BUS Service]\nName=" SERVICE "\nExec=%s\n", activated);
    assert_true(g_file_set_contents(config, text, -1, NULL));
    if (activated != NULL)
        assert_true(g_file_set_contents(service, activation, -1, NULL));
    g_autofree char *option = g_strconcat("--config-file=", config, NULL);
    const char *arguments[] = {"dbus-daemon", option, "--print-address=1", "--nofork", "--nopidfile", NULL};
    world->bus = start(world, G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_SILENCE, arguments);
    g_autoptr(GDataInputStream) output = g_data_input_stream_new(g_subprocess_get_stdout_pipe(world->bus));
    world->address = g_data_input_stream_read_line(output, NULL, NULL, NULL);
    assert_non_null(world->address);
    g_autoptr(GError) error = NULL;
    world->connection = g_dbus_connection_new_for_address_sync(
        world->address, G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT | G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
        NULL, NULL, &error);
    if (world->connection == NULL)
        fail_msg("%s", error->message);
}

static void on_appeared(GDBusConnection *connection, const char *name, const char *owner, gpointer data)
{
    (void)connection;
    (void)name;
    (void)owner;
    *(gboolean *)data = TRUE;
}

static gboolean on_deadline(gpointer data)
{
    (void)data;
    fail_msg("gnome-keyring did not come up");
    return G_SOURCE_REMOVE;
}

void world_start_service(struct world *world, const char *password)
{
    const char *with[] = {"gnome-keyring-daemon", "--unlock", "--foreground", "--components=secrets", NULL};
    const char *without[] = {"gnome-keyring-daemon", "--foreground", "--components=secrets", NULL};
    world->service = start(
        world, G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_SILENCE | G_SUBPROCESS_FLAGS_STDERR_SILENCE,
        password != NULL ? with : without);
    GOutputStream *input = g_subprocess_get_stdin_pipe(world->service);
    if (password != NULL)
        g_output_stream_write_all(input, password, strlen(password), NULL, NULL, NULL);
    g_output_stream_close(input, NULL, NULL);
    gboolean appeared = FALSE;
    guint watch = g_bus_watch_name_on_connection(world->connection, SERVICE, G_BUS_NAME_WATCHER_FLAGS_NONE, on_appeared,
                                                 NULL, &appeared, NULL);
    guint deadline = g_timeout_add(DEADLINE_MS, on_deadline, NULL);
    while (!appeared)
        g_main_context_iteration(NULL, TRUE);
    g_source_remove(deadline);
    g_bus_unwatch_name(watch);
}

struct world *world_with_keyring(void)
{
    struct world *world = world_new();
    world_start_bus(world, NULL);
    world_start_service(world, "pw");
    return world;
}

GVariant *world_call(const struct world *world, const char *path, const char *interface, const char *method,
                     GVariant *arguments)
{
    g_autoptr(GError) error = NULL;
    GVariant *reply = g_dbus_connection_call_sync(world->connection, SERVICE, path, interface, method, arguments, NULL,
                                                  G_DBUS_CALL_FLAGS_NONE, DEADLINE_MS, NULL, &error);
    if (reply == NULL)
        fail_msg("%s: %s", method, error->message);
    return reply;
}

void world_lock_keyring(const struct world *world)
{
    const char *login[] = {SERVICE_PATH "/collection/login", NULL};
    g_variant_unref(
        world_call(world, SERVICE_PATH, "org.freedesktop.Secret.Service", "Lock", g_variant_new("(^ao)", login)));
}

void world_start_perch(struct world *world, const char *option)
{
    const char *arguments[] = {"/proc/self/exe", option, NULL};
    g_autofree char *self = g_file_read_link(arguments[0], NULL);
    arguments[0] = self;
    g_clear_object(&world->answers);
    world_end(&world->perch);
    world->perch = start(world, G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE, arguments);
    world->answers = g_data_input_stream_new(g_subprocess_get_stdout_pipe(world->perch));
}

void world_command(struct world *world, const char *line)
{
    g_autofree char *text = g_strconcat(line, "\n", NULL);
    if (world->perch == NULL)
        world_start_perch(world, "--keyring");
    assert_true(
        g_output_stream_write_all(g_subprocess_get_stdin_pipe(world->perch), text, strlen(text), NULL, NULL, NULL));
}

json *world_reply(struct world *world)
{
    g_autofree char *line = g_data_input_stream_read_line(world->answers, NULL, NULL, NULL);
    if (line == NULL)
        fail_msg("perch ended");
    json *value = json_parse(line, -1, NULL);
    assert_non_null(value);
    return value;
}

json *world_ask(struct world *world, const char *line)
{
    world_command(world, line);
    return world_reply(world);
}

static gboolean has_program(const char *program)
{
    g_autofree char *path = g_find_program_in_path(program);
    return path != NULL;
}

GSubprocess *world_start_display(struct world *world)
{
    /* Without -noreset the server starts over, dropping who just comes, whenever xdotool was its last client. */
    const char *arguments[] = {"Xvfb",       "-displayfd", "1",   "-screen",  "0",
                               "800x600x24", "-nolisten",  "tcp", "-noreset", NULL};
    GSubprocess *server = start(world, G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_SILENCE, arguments);
    g_autoptr(GDataInputStream) output = g_data_input_stream_new(g_subprocess_get_stdout_pipe(server));
    g_autofree char *number = g_data_input_stream_read_line(output, NULL, NULL, NULL);
    assert_non_null(number);
    world->display = g_strconcat(":", number, NULL);
    g_autofree char *prompter = read_text(PROMPTER_SERVICE);
    g_autofree char *service = g_build_filename(world->runtime, "prompter.service", NULL);
    assert_true(g_file_set_contents(service, prompter, -1, NULL));
    return server;
}

/* The window of the desktop's question, as xdotool names it; NULL if there is none. Caller frees. */
static char *prompt_window(const char *const *environment)
{
    const char *search[] = {"xdotool", "search", "--onlyvisible", "--class", "gcr", NULL};
    g_autoptr(Run) found = run_program(search, environment, "");
    return found->status == 0 ? g_strndup(found->output, strcspn(found->output, "\n")) : NULL;
}

/* Until WINDOW is gone, as it is once its answer was taken; not for ever, since an answer may come too early. */
static void await_prompt_gone(const char *const *environment, const char *window)
{
    gint64 deadline = g_get_monotonic_time() + PROMPT_CLOSES;
    gboolean there = TRUE;
    while (there && g_get_monotonic_time() < deadline) {
        g_autofree char *now = prompt_window(environment);
        there = g_strcmp0(now, window) == 0;
    }
}

/* Answered again where that came too early for the question. */
void world_answer_prompt(const struct world *world, const char *text, const char *key)
{
    g_autofree char *display = g_strconcat("DISPLAY=", world->display, NULL);
    const char *environment[] = {display, NULL};
    gint64 deadline = g_get_monotonic_time() + PATIENCE;
    gboolean answered = FALSE;
    while (g_get_monotonic_time() < deadline) {
        g_autofree char *window = prompt_window(environment);
        if (window == NULL && answered)
            return;
        const char *keys[] = {"xdotool", "windowfocus",      window, "key", "ctrl+a",
                              "type",    "--clearmodifiers", text,   NULL};
        const char *end[] = {"xdotool", "key", key, NULL};
        if (window == NULL)
            continue;
        run_free(run_program(keys, environment, ""));
        run_free(run_program(end, environment, ""));
        answered = TRUE;
        await_prompt_gone(environment, window);
    }
    fail_msg("the question %s", answered ? "stays" : "does not come");
}

gboolean world_can_ask(void)
{
    return has_program("Xvfb") && has_program("xdotool") && g_file_test(PROMPTER_SERVICE, G_FILE_TEST_EXISTS);
}

char **world_environment(const struct world *world)
{
    g_autoptr(GStrvBuilder) entries = g_strv_builder_new();
    g_autofree char *home = g_strconcat("HOME=", world->home, NULL);
    g_autofree char *runtime = g_strconcat("XDG_RUNTIME_DIR=", world->runtime, NULL);
    g_autofree char *bus = g_strconcat("DBUS_SESSION_BUS_ADDRESS=", world->address, NULL);
    g_strv_builder_add_many(entries, home, runtime, bus, NULL);
    return g_strv_builder_end(entries);
}

guint world_count_items(const struct world *world, const char *attribute, const char *value)
{
    GVariantBuilder attributes;
    g_variant_builder_init(&attributes, G_VARIANT_TYPE("a{ss}"));
    g_variant_builder_add(&attributes, "{ss}", attribute, value);
    g_autoptr(GVariant) found = world_call(world, SERVICE_PATH, "org.freedesktop.Secret.Service", "SearchItems",
                                           g_variant_new("(a{ss})", &attributes));
    g_autoptr(GVariant) unlocked = g_variant_get_child_value(found, 0);
    g_autoptr(GVariant) locked = g_variant_get_child_value(found, 1);
    return (guint)(g_variant_n_children(unlocked) + g_variant_n_children(locked));
}

static GDBusMessage *on_message(GDBusConnection *connection, GDBusMessage *message, gboolean incoming, gpointer data)
{
    (void)connection;
    struct world *world = data;
    if (incoming && g_strcmp0(g_dbus_message_get_member(message), "ReadAlias") == 0)
        g_atomic_int_set(&world->calls_seen, 1);
    return message;
}

void world_command_in_flight(struct world *world, const char *line)
{
    const char *match = "type='method_call',member='ReadAlias',eavesdrop='true'";
    gint64 deadline = g_get_monotonic_time() + PATIENCE;
    guint filter = g_dbus_connection_add_filter(world->connection, on_message, world, NULL);
    g_autoptr(GVariant) added = g_dbus_connection_call_sync(
        world->connection, "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", "AddMatch",
        g_variant_new("(s)", match), NULL, G_DBUS_CALL_FLAGS_NONE, DEADLINE_MS, NULL, NULL);
    assert_non_null(added);
    world_command(world, line);
    while (g_atomic_int_get(&world->calls_seen) == 0 && g_get_monotonic_time() < deadline)
        g_thread_yield();
    assert_int_not_equal(g_atomic_int_get(&world->calls_seen), 0);
    g_dbus_connection_remove_filter(world->connection, filter);
}
