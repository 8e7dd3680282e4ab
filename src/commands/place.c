#include "commands/place.h"

static char *state_dir_of(const struct options *options)
{
    if (options->state_dir != NULL)
        return g_canonicalize_filename(options->state_dir, NULL);
    return g_build_filename(g_get_user_state_dir(), "perch", NULL);
}

static gboolean start_practice(struct place *place, const struct options *options, const char *state_dir,
                               gboolean headless, GError **error)
{
    if (!options->practice)
        return TRUE;
    place->practice = practice_start(state_dir, options->scenario, options->practice_new, headless, error);
    return place->practice != NULL;
}

gboolean place_open(struct place *place, const struct options *options, gboolean headless, GError **error)
{
    g_autofree char *state_dir = state_dir_of(options);
    place->practice = NULL;
    place->session = NULL;
    if (!start_practice(place, options, state_dir, headless, error))
        return FALSE;
    const struct session_options session_options = {
        .state_dir = place->practice != NULL ? practice_state_dir(place->practice) : state_dir,
        .tenant = options->tenant,
        .cloud = options->cloud,
        .cloud_file = options->cloud_file,
        .cloud_sha256 = options->cloud_sha256,
        .practice_url = place->practice != NULL ? practice_url(place->practice) : options->practice_url,
        .client_id = options->client_id,
        .certificate = options->certificate,
        .answers_file = options->answers,
        .partner_file = options->partner,
        .log_file = options->log_file,
        .no_keyring = options->no_keyring,
        .practice_keyring = options->practice_keyring,
        .device_code = options->device_code || headless,
        .headless = headless,
    };
    place->session = session_new(&session_options, error);
    if (place->session != NULL)
        return TRUE;
    place_close(place);
    return FALSE;
}

void place_close(struct place *place)
{
    g_clear_pointer(&place->session, session_free);
    g_clear_pointer(&place->practice, practice_stop);
}

gboolean place_is_new(const struct options *options)
{
    g_autofree char *state_dir = state_dir_of(options);
    g_autoptr(GDir) entries = g_dir_open(state_dir, 0, NULL);
    return entries == NULL || g_dir_read_name(entries) == NULL;
}
