#include "commands/options.h"

#include <string.h>

#include "base/error.h"
#include "base/nearest.h"

#define SUMMARY                                                                                                        \
    "Connects Microsoft Defender for Endpoint to a managed-detection partner.\n\n"                                     \
    "Commands:\n"                                                                                                      \
    "  (none)                 the console\n"                                                                           \
    "  check                  read the tenant, print every step\n"                                                     \
    "  plan                   print every request that apply would send; send no write\n"                              \
    "  apply                  do it without the console\n"                                                             \
    "  undo                   remove what perch created\n"                                                             \
    "  report                 what exists, who did it, what was told and not proved\n"                                 \
    "  hand-over              what a colleague needs to go on, for --answers; no secret\n"                             \
    "  sign-in | sign-out | whoami\n"                                                                                  \
    "  validate FIELD         one field's validator, on standard input\n\n"                                            \
    "Exit codes: 0 all done, 1 failed, 2 usage or bad input, 3 something is left to do, 4 only waits are left,\n"      \
    "5 a person is needed, 6 in doubt: look before going on."

static gboolean on_practice(const char *name, const char *value, gpointer data, GError **error)
{
    struct options *options = data;
    (void)name;
    (void)error;
    options->practice = TRUE;
    g_free(options->scenario);
    options->scenario = value != NULL && value[0] != '\0' ? g_strdup(value) : NULL;
    return TRUE;
}

/* Ends with a row of NULL. Caller frees. */
static GOptionEntry *make_entries(struct options *options)
{
    const GOptionEntry entries[] = {
        {"json", 0, 0, G_OPTION_ARG_NONE, &options->json, "Print one JSON document and nothing else", NULL},
        {"yes", 'y', 0, G_OPTION_ARG_NONE, &options->yes, "Ask nothing: the plan is confirmed, decisions are not",
         NULL},
        {"wait", 0, 0, G_OPTION_ARG_NONE, &options->wait, "Sit the waits out", NULL},
        {"device-code", 0, 0, G_OPTION_ARG_NONE, &options->device_code,
         "Sign in with a code, for hosts without a browser", NULL},
        {"practice", 0, G_OPTION_FLAG_OPTIONAL_ARG, G_OPTION_ARG_CALLBACK, on_practice,
         "Against a practice tenant that starts by itself; --practice=help lists the scenarios", "SCENARIO"},
        {"practice-new", 0, 0, G_OPTION_ARG_NONE, &options->practice_new, "Start that scenario over", NULL},
        {"practice-url", 0, 0, G_OPTION_ARG_STRING, &options->practice_url, "A practice tenant that already runs",
         "URL"},
        {"answers", 0, 0, G_OPTION_ARG_FILENAME, &options->answers, "Answers, as JSON; or what a colleague handed over",
         "FILE"},
        {"partner", 0, 0, G_OPTION_ARG_FILENAME, &options->partner, "Another partner profile", "FILE"},
        {"state-dir", 0, 0, G_OPTION_ARG_FILENAME, &options->state_dir, "Where journals are kept", "DIR"},
        {"cloud", 0, 0, G_OPTION_ARG_STRING, &options->cloud, "global, gcc, gcc-high, dod or china", "NAME"},
        {"cloud-file", 0, 0, G_OPTION_ARG_FILENAME, &options->cloud_file, "Another cloud, https only", "FILE"},
        {"cloud-sha256", 0, 0, G_OPTION_ARG_STRING, &options->cloud_sha256,
         "What the cloud file's SHA-256 has to be; needed with --yes", "HEX"},
        {"tenant", 0, 0, G_OPTION_ARG_STRING, &options->tenant, "The tenant to sign in to", "ID|DOMAIN"},
        {"client-id", 0, 0, G_OPTION_ARG_STRING, &options->client_id, "Your own application registration", "GUID"},
        {"certificate", 0, 0, G_OPTION_ARG_FILENAME, &options->certificate,
         "check: sign in as the application, with key and certificate in this file", "FILE"},
        {"format", 0, 0, G_OPTION_ARG_STRING, &options->format, "report: text, json, markdown or html", "FORMAT"},
        {"output", 0, 0, G_OPTION_ARG_FILENAME, &options->output, "report, hand-over: write to FILE", "FILE"},
        {"plain", 0, 0, G_OPTION_ARG_NONE, &options->plain, "Ask line by line, for screen readers", NULL},
        {"ascii", 0, 0, G_OPTION_ARG_NONE, &options->ascii, "Draw with ASCII only", NULL},
        {"no-mouse", 0, 0, G_OPTION_ARG_NONE, &options->no_mouse, "Leave the mouse to the terminal", NULL},
        {"no-keyring", 0, 0, G_OPTION_ARG_NONE, &options->no_keyring, "Keep credentials in memory only", NULL},
        {"practice-keyring", 0, 0, G_OPTION_ARG_NONE, &options->practice_keyring,
         "Keep a practice sign-in in the keyring too", NULL},
        {"no-color", 0, 0, G_OPTION_ARG_NONE, &options->no_color, "No colours", NULL},
        {"log-file", 0, 0, G_OPTION_ARG_FILENAME, &options->log_file, "Write the log there too", "FILE"},
        {"version", 0, 0, G_OPTION_ARG_NONE, &options->version, "Print the version", NULL},
        {G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_STRING_ARRAY, &options->arguments, NULL, NULL},
        {NULL, 0, 0, G_OPTION_ARG_NONE, NULL, NULL, NULL},
    };
    return g_memdup2(entries, sizeof entries);
}

static GOptionContext *make_context(struct options *options)
{
    g_autofree GOptionEntry *entries = make_entries(options);
    GOptionContext *context = g_option_context_new("[COMMAND]");
    GOptionGroup *group = g_option_group_new("perch", "", "", options, NULL);
    g_option_group_add_entries(group, entries);
    g_option_context_set_main_group(context, group);
    g_option_context_set_summary(context, SUMMARY);
    return context;
}

static gboolean usage(GError **error, const char *message)
{
    g_set_error(error, PERCH_ERROR, PERCH_ERROR_USAGE, "%s\nSee perch --help.", message);
    return FALSE;
}

/* The first word of ARGV that looks like a long option and is none, up to its “=”. Caller frees. */
static char *find_unknown(char **argv, const char *const *names)
{
    for (char **word = argv + 1; *word != NULL && strcmp(*word, "--") != 0; word++) {
        g_autofree char *option = g_strndup(*word, strcspn(*word, "="));
        if (g_str_has_prefix(option, "--") && !g_strv_contains(names, option))
            return g_steal_pointer(&option);
    }
    return NULL;
}

/* GLib says what is wrong, in whatever language; what may have been meant is said here. */
static gboolean refuse_words(struct options *options, char **argv, const GError *cause, GError **error)
{
    g_autofree GOptionEntry *entries = make_entries(options);
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
    for (const GOptionEntry *entry = entries; entry->long_name != NULL; entry++)
        if (*entry->long_name != '\0')
            g_ptr_array_add(names, g_strconcat("--", entry->long_name, NULL));
    g_ptr_array_add(names, g_strdup("--help"));
    g_ptr_array_add(names, NULL);
    g_autofree char *unknown =
        cause->code == G_OPTION_ERROR_UNKNOWN_OPTION ? find_unknown(argv, (const char *const *)names->pdata) : NULL;
    if (unknown == NULL)
        return usage(error, cause->message);
    g_autofree char *question = nearest_question(unknown, (const char *const *)names->pdata);
    g_autofree char *sentence = g_strdup_printf("There is no option %s.%s", unknown, question);
    return usage(error, sentence);
}

/* Without a person who reads the screen, the file must be the one that somebody has looked at. */
static gboolean check_cloud_file(const struct options *options, GError **error)
{
    if (options->cloud_sha256 != NULL && options->cloud_file == NULL)
        return usage(error, "--cloud-sha256 goes with --cloud-file.");
    if (options->cloud_file == NULL || !options->yes || options->cloud_sha256 != NULL)
        return TRUE;
    return usage(error,
                 "--cloud-file with --yes needs --cloud-sha256 too: the SHA-256 of the file you have looked at.");
}

/* An application that could write unattended would be the larger risk, so perch only reads as one. */
static gboolean check_certificate(const struct options *options, GError **error)
{
    const char *command = options->arguments != NULL ? options->arguments[0] : NULL;
    if (options->certificate == NULL)
        return TRUE;
    if (g_strcmp0(command, "check") != 0)
        return usage(error, "--certificate is for “perch check” alone: whatever is written, a person signs in for.");
    if (options->client_id == NULL || options->tenant == NULL)
        return usage(error, "--certificate needs --client-id and --tenant.");
    return TRUE;
}

static gboolean check(const struct options *options, GError **error)
{
    if (options->client_id != NULL && !g_uuid_string_is_valid(options->client_id))
        return usage(error, "--client-id is not a GUID.");
    if (options->practice && options->practice_url != NULL)
        return usage(error, "--practice and --practice-url do not go together.");
    if (options->practice_new && !options->practice)
        return usage(error, "--practice-new goes with --practice.");
    if (options->cloud != NULL && options->cloud_file != NULL)
        return usage(error, "--cloud and --cloud-file do not go together.");
    if (options->yes && !options->practice && options->practice_url == NULL && options->tenant == NULL &&
        options->answers == NULL)
        return usage(error, "--yes needs --tenant, or answers that name it, so that it cannot mean another tenant.");
    if (options->practice_keyring && !options->practice && options->practice_url == NULL)
        return usage(error, "--practice-keyring goes with --practice or --practice-url.");
    return check_certificate(options, error) && check_cloud_file(options, error);
}

/* A scenario comes behind “=” only, so that “perch --practice check” checks. GLib would take the next word. */
static char **copy_words(int argc, char **argv)
{
    char **copy = g_new0(char *, (gsize)argc + 1);
    for (int i = 0; i < argc; i++)
        copy[i] = g_strdup(strcmp(argv[i], "--practice") == 0 ? "--practice=" : argv[i]);
    return copy;
}

gboolean options_parse(struct options *options, int argc, char **argv, GError **error)
{
    g_autoptr(GOptionContext) context = make_context(options);
    g_autoptr(GError) cause = NULL;
    g_auto(GStrv) copy = copy_words(argc, argv);
    if (!g_option_context_parse_strv(context, &copy, &cause)) {
        /* GLib takes back what it had read; the error is for whoever reads standard output all the same. */
        options->json = g_strv_contains((const char *const *)argv, "--json");
        return refuse_words(options, argv, cause, error);
    }
    return check(options, error);
}

void options_clear(struct options *options)
{
    char *strings[] = {options->scenario,     options->practice_url, options->answers,     options->partner,
                       options->state_dir,    options->cloud,        options->cloud_file,  options->tenant,
                       options->cloud_sha256, options->client_id,    options->certificate, options->log_file,
                       options->format,       options->output};
    for (gsize i = 0; i < G_N_ELEMENTS(strings); i++)
        g_free(strings[i]);
    g_strfreev(options->arguments);
}
