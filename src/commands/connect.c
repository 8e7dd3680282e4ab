/* SPDX-License-Identifier: MIT */
#include "commands/connect.h"

#include <pwd.h>
#include <string.h>
#include <unistd.h>

char *connection_state_dir(const struct options *options)
{
    const char *state_home = g_getenv("XDG_STATE_HOME");
    const char *home = g_getenv("HOME");
    const struct passwd *user = getpwuid(geteuid());
    if (options->state_dir != NULL)
        return g_canonicalize_filename(options->state_dir, NULL);
    /* The XDG Base Directory Specification has a relative path ignored: it would be another folder each time. */
    if (state_home != NULL && g_path_is_absolute(state_home))
        return g_build_filename(state_home, "perch", NULL);
    if (home == NULL || !g_path_is_absolute(home))
        home = user != NULL ? user->pw_dir : g_get_home_dir();
    return g_build_filename(home, ".local", "state", "perch", NULL);
}

/* What of the kept answers a command cannot do without: whoever ends what there is, or reports it, must be able to. */
static const char *answers_needed(const struct options *options)
{
    static const char *const rows[][2] = {{"undo", ""}, {"report", ""}, {"leave", "leave"}};
    for (gsize i = 0; options->arguments != NULL && i < G_N_ELEMENTS(rows); i++)
        if (strcmp(options->arguments[0], rows[i][0]) == 0)
            return rows[i][1];
    return NULL;
}

gboolean connection_begin(struct connection *connection, const struct options *options, gboolean headless,
                          GError **error)
{
    g_autofree char *state_dir = connection_state_dir(options);
    connection->practice = NULL;
    connection->session = NULL;
    if (options->practice) {
        connection->practice = practice_start(state_dir, options->scenario, options->practice_new, headless, error);
        if (connection->practice == NULL)
            return FALSE;
    }
    const struct session_options session_options = {
        .state_dir = connection->practice != NULL ? practice_state_dir(connection->practice) : state_dir,
        .tenant = options->tenant,
        .cloud = options->cloud,
        .cloud_file = options->cloud_file,
        .cloud_sha256 = options->cloud_sha256,
        .practice_url = connection->practice != NULL ? practice_url(connection->practice) : options->practice_url,
        .client_id = options->client_id,
        .certificate = options->certificate,
        .answers_files = (const char *const *)options->answers,
        .answers_needed = answers_needed(options),
        .answers_sha256 = (const char *const *)options->answers_sha256,
        .partner_file = options->partner,
        .partner_sha256 = options->partner_sha256,
        .allowed_signers = options->allowed_signers,
        .plan_file = options->plan,
        .unattended = options->yes,
        .log_file = options->log_file,
        .no_keyring = options->no_keyring,
        .for_session = options->for_session,
        .practice_keyring = options->practice_keyring,
        .device_code = options->device_code || headless,
        .headless = headless,
        .never_ask = options->never_ask,
        .audit_log = options->audit_log,
        .started_over = options->practice_new,
        .no_excess = options->no_excess,
    };
    connection->session = session_new(&session_options, error);
    if (connection->session != NULL)
        return TRUE;
    connection_close(connection);
    return FALSE;
}

gboolean connection_open(struct connection *connection, const struct options *options, gboolean headless,
                         GError **error)
{
    if (!connection_begin(connection, options, headless, error))
        return FALSE;
    if (connection->practice == NULL || practice_is_up(connection->practice, error))
        return TRUE;
    connection_close(connection);
    return FALSE;
}

void connection_close(struct connection *connection)
{
    g_clear_pointer(&connection->session, session_free);
    g_clear_pointer(&connection->practice, practice_stop);
}

gboolean connection_is_first(const struct options *options)
{
    g_autofree char *state_dir = connection_state_dir(options);
    g_autoptr(GDir) entries = g_dir_open(state_dir, 0, NULL);
    return entries == NULL || g_dir_read_name(entries) == NULL;
}
