/* SPDX-License-Identifier: MIT */
#include "commands/options.h"

#include <stddef.h>
#include <string.h>

#include "base/error.h"
#include "base/suggest.h"
#include "base/text.h"
#include "commands/commands.h"

#define FOR_HEADLESS (FOR_CHECK | FOR_PLAN | FOR_APPLY | FOR_UNDO | FOR_REPORT | FOR_HAND_OVER)
#define FOR_RUNS (FOR_CHECK | FOR_PLAN | FOR_APPLY | FOR_UNDO)
#define FOR_SESSION (FOR_HEADLESS | FOR_CONSOLE | FOR_SIGN_IN)
#define FOR_ALL (FOR_SESSION | FOR_OFFLINE | FOR_LOCAL | FOR_DOCTOR | FOR_FLEET | FOR_VERIFY | FOR_PARTNER)

#define FLAG(member) G_OPTION_ARG_NONE, offsetof(struct options, member), NULL
#define TEXT(member, value) G_OPTION_ARG_STRING, offsetof(struct options, member), value
#define TEXTS(member, value) G_OPTION_ARG_STRING_ARRAY, offsetof(struct options, member), value
#define PATHS(member, value) G_OPTION_ARG_FILENAME_ARRAY, offsetof(struct options, member), value
#define PATH(member, value) G_OPTION_ARG_FILENAME, offsetof(struct options, member), value

const struct option_row option_rows[] = {
    {"json", 0, FLAG(json), "Print one JSON document and nothing else", .commands = FOR_ALL & ~(guint)FOR_CONSOLE},
    {"json-line", 0, FLAG(json_line), "Print what the run came to as one line of JSON, for perch fleet",
     .commands = FOR_RUNS, .more = "See perch-json(5)."},
    {"metrics", 0, PATH(metrics, "FILE"), "Write what the run came to for Prometheus' textfile collector",
     .commands = FOR_RUNS},
    {"yes", 'y', FLAG(yes), "Ask nothing: the plan is confirmed, decisions are not", .commands = FOR_APPLY | FOR_UNDO,
     .more = "Nor is a Global Administrator made by it, whatever plan was saved: the plan says so, and a person "
             "applies it."},
    {"wait", 0, FLAG(wait), "Sit the waits out, and what is in doubt", .commands = FOR_APPLY},
    {"format", 0, TEXT(format, "FORMAT"), "The form", .commands = FOR_REPORT | FOR_FLEET,
     .choices = "text oscal json markdown html csv", .fewer_for = FOR_FLEET, .fewer = "oscal csv",
     .more = "Without it the end of the file's name says the form: .txt, .oscal.json, .json, .md, .html or "
             ".csv. fleet has neither oscal nor csv."},
    {"output", 0, PATH(output, "FILE"), "Write to FILE, for its owner only",
     .commands = FOR_PLAN | FOR_REPORT | FOR_HAND_OVER | FOR_FLEET | FOR_PARTNER | FOR_DOCTOR,
     .more = "A plan is written so that apply --plan can send it. A file that is there is replaced, in one go, only "
             "with --force or if a person at the terminal says so; a device or named pipe is written to, a link to a "
             "file is refused. The end of the name has to be one of the form that is written."},
    {"bundle", 0, PATH(bundle, "FILE"),
     "Write the evidence to FILE, a tar archive: all forms, plan, journal, audit, sums", .commands = FOR_REPORT,
     .more = "The report in all forms, the plan, which names the Event Hub values in full, journal, audit trail, what "
             "it was made with, and the SHA-256 of each for sha256sum -c."},
    {"seal-key", 0, TEXT(seal_key, "HEX"), "The key that has to have sealed it", .commands = FOR_VERIFY,
     .more = "perch report --bundle says which key it sealed with."},
    {"plan", 0, PATH(plan, "FILE"), "Send exactly the plan that was saved there, or nothing", .commands = FOR_APPLY,
     .more = "It is refused, with what has changed, if tenant, profile, answers or requests are others now."},
    {"force", 0, FLAG(force), "Replace a file that is there",
     .commands = FOR_PLAN | FOR_REPORT | FOR_HAND_OVER | FOR_FLEET | FOR_PARTNER | FOR_DOCTOR},
    {"answers", 0, PATHS(answers, "FILE"), "Answers, as JSON; or what a colleague handed over",
     .commands = FOR_SESSION | FOR_DOCTOR,
     .more = "See perch-answers(5). Given several times, what a later file says counts, and perch says what that was. "
             "They are kept for this tenant: a later run without the option uses them, until others are given. "
             "An unknown key or a wrong type is refused with its path before anything is sent."},
    {"answers-sha256", 0, TEXTS(answers_sha256, "HEX"),
     "What that file's SHA-256 has to be; needed with --yes for what was handed over",
     .commands = FOR_SESSION | FOR_DOCTOR},
    {"allowed-signers", 0, PATH(allowed_signers, "FILE"),
     "Take only answers, a partner profile and a saved plan that one of these signed",
     .commands = FOR_SESSION | FOR_DOCTOR,
     .more = "As ssh-keygen(1) writes such a file. Beside each file stands FILE.sig, by ssh-keygen -Y sign -n perch."},
    {"partner", 0, PATH(partner, "FILE"), "Another partner profile", .commands = FOR_SESSION | FOR_DOCTOR,
     .more = "See perch-partner(5)."},
    {"partner-sha256", 0, TEXT(partner_sha256, "HEX"), "What its SHA-256 has to be; needed with --yes",
     .commands = FOR_SESSION | FOR_DOCTOR},
    {"tenant", 0, TEXT(tenant, "ID|DOMAIN"), "The tenant to sign in to, or that is meant",
     .commands = FOR_SESSION | FOR_LOCAL | FOR_DOCTOR},
    {"device-code", 0, FLAG(device_code), "Sign in with a code, for hosts without a browser",
     .commands = FOR_SESSION | FOR_DOCTOR, .more = "Without a console that is how perch signs in anyway."},
    {"client-id", 0, TEXT(client_id, "GUID"), "Your own application registration",
     .commands = FOR_SESSION | FOR_DOCTOR},
    {"certificate", 0, PATH(certificate, "FILE"), "Sign in as the application, with key and certificate in this file",
     .commands = FOR_CHECK | FOR_REPORT,
     .more = "RSA, PEM, mode 0600. Needs --client-id and --tenant. perch then only reads."},
    {"drift", 0, FLAG(drift), "End with 7 where what was proved before is not so any more",
     .commands = FOR_CHECK | FOR_REPORT, .more = "With --certificate it does so anyway."},
    {"cloud", 0, TEXT(cloud, "NAME"), "Which of Microsoft's clouds", .commands = FOR_SESSION | FOR_DOCTOR,
     .choices = "global gcc gcc-high dod china",
     .more = "The tenant's own is found out and named; of a GCC tenant, which Defender is its own, too."},
    {"cloud-file", 0, PATH(cloud_file, "FILE"), "Another cloud, https only", .commands = FOR_SESSION | FOR_DOCTOR,
     .more = "It is named on every screen."},
    {"cloud-sha256", 0, TEXT(cloud_sha256, "HEX"), "What the cloud file's SHA-256 has to be; needed with --yes",
     .commands = FOR_SESSION | FOR_DOCTOR},
    {"state-dir", 0, PATH(state_dir, "DIR"), "Where journals are kept",
     .commands = FOR_SESSION | FOR_LOCAL | FOR_DOCTOR},
    {"log-file", 0, PATH(log_file, "FILE"), "Write the log there too", .commands = FOR_SESSION | FOR_DOCTOR},
    {"no-keyring", 0, FLAG(no_keyring), "Keep credentials in memory only", .commands = FOR_SESSION | FOR_DOCTOR},
    {"no-excess", 0, FLAG(no_excess), "Refuse a sign-in that can do more than was asked for",
     .commands = FOR_SESSION | FOR_DOCTOR},
    {"audit-log", 0, FLAG(audit_log), "Ask for the right to read the tenant's audit log, and say who changed what",
     .commands = FOR_SESSION,
     .more = "Only what is not any more as it was proved is asked about: AuditLog.Read.All, which Microsoft gives to "
             "readers of reports and of security data too."},
    {"take-back", 0, FLAG(take_back), "Delete the consents that are this account's alone", .commands = FOR_CONSENTS},
    {"consent", 0, TEXTS(consents, "ID"), "And this one, which an administrator gave for everyone",
     .commands = FOR_CONSENTS, .more = "perch consents lists their ids. Others who use that application may need it."},
    {"everywhere", 0, FLAG(everywhere), "End every session of the account, in its browsers too",
     .commands = FOR_SIGN_OUT},
    {"practice", 0, G_OPTION_ARG_CALLBACK, 0, "SCENARIO",
     "Against a practice tenant that starts by itself; --practice=help lists the scenarios",
     .commands = FOR_SESSION | FOR_LOCAL | FOR_DOCTOR,
     .more = "A scenario comes behind “=” only. It goes on where the last practice in it ended."},
    {"practice-new", 0, FLAG(practice_new), "Start that scenario over", .commands = FOR_SESSION},
    {"practice-url", 0, TEXT(practice_url, "URL"), "A practice tenant that already runs",
     .commands = FOR_SESSION | FOR_DOCTOR},
    {"for-session", 0, FLAG(for_session), "Keep the sign-in in the kernel's keyring of this login session",
     .commands = FOR_SESSION,
     .more = "For machines without a desktop's keyring: other commands of the same session then need no sign-in. It is "
             "in no file, and ends with the session, with sign-out, or after 8 hours. A session that has no keyring of "
             "its own (keyrings(7)) is refused."},
    {"practice-keyring", 0, FLAG(practice_keyring), "Keep a practice sign-in in the keyring too",
     .commands = FOR_SESSION | FOR_DOCTOR},
    {"plain", 0, FLAG(plain), "Ask line by line", .commands = FOR_CONSOLE,
     .more =
         "For screen readers, braille displays and plain terminals: the same questions, and nothing is ever redrawn."},
    {"ascii", 0, FLAG(ascii), "Write ASCII only", .commands = FOR_ALL,
     .more = "As is done where the locale is not UTF-8. JSON, and a report in another form than text, stay UTF-8."},
    {"no-mouse", 0, FLAG(no_mouse), "Leave the mouse to the terminal", .commands = FOR_CONSOLE},
    {"no-color", 0, FLAG(no_color), "No colours", .commands = FOR_CONSOLE},
    {"version", 0, FLAG(version), "Print the version, its libraries and what protects it", .commands = FOR_CONSOLE},
    {"help", 'h', FLAG(help), "Print the help of a command, or of all", .commands = FOR_ALL},
    {.name = NULL},
};

/* What was given for each row that takes one value, as often as it was given. */
struct given {
    struct options *options;
    char **values[G_N_ELEMENTS(option_rows)];
    gboolean practice; /* --practice was given before */
};

static gboolean is_single(const struct option_row *row)
{
    return row->arg == G_OPTION_ARG_STRING || row->arg == G_OPTION_ARG_FILENAME;
}

/* Which of two was meant cannot be told, and whoever reads the line may see only one of them. */
static void refuse_twice(const char *option, const char *first, const char *second, GError **error)
{
    g_autofree char *one = text_safe(first, -1);
    g_autofree char *other = text_safe(second, -1);
    g_set_error(error, PERCH_ERROR, PERCH_ERROR_USAGE, "--%s is given twice, as “%s” and as “%s”: leave one out.",
                option, one, other);
}

static gboolean on_practice(const char *name, const char *value, gpointer data, GError **error)
{
    struct given *given = data;
    struct options *options = given->options;
    const char *scenario = value != NULL && value[0] != '\0' ? value : NULL;
    (void)name;
    if (options->practice && g_strcmp0(scenario, options->scenario) != 0) {
        refuse_twice("practice", options->scenario != NULL ? options->scenario : "", scenario != NULL ? scenario : "",
                     error);
        return FALSE;
    }
    options->practice = TRUE;
    g_free(options->scenario);
    options->scenario = g_strdup(scenario);
    return TRUE;
}

static GOptionContext *make_context(struct given *given)
{
    GOptionContext *context = g_option_context_new(NULL);
    GOptionGroup *group = g_option_group_new("perch", "", "", given, NULL);
    for (const struct option_row *row = option_rows; row->name != NULL; row++) {
        GOptionArg arg = row->arg;
        gpointer target = (char *)given->options + row->place;
        if (arg == G_OPTION_ARG_CALLBACK)
            target = (gpointer)on_practice;
        if (is_single(row)) {
            arg = arg == G_OPTION_ARG_STRING ? G_OPTION_ARG_STRING_ARRAY : G_OPTION_ARG_FILENAME_ARRAY;
            target = &given->values[row - option_rows];
        }
        const GOptionEntry entries[] = {
            {row->name, row->letter, arg == G_OPTION_ARG_CALLBACK ? G_OPTION_FLAG_OPTIONAL_ARG : 0, arg, target, "",
             NULL},
            {NULL, 0, 0, G_OPTION_ARG_NONE, NULL, NULL, NULL},
        };
        g_option_group_add_entries(group, entries);
    }
    const GOptionEntry rest[] = {
        {G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_STRING_ARRAY, &given->options->arguments, NULL, NULL},
        {NULL, 0, 0, G_OPTION_ARG_NONE, NULL, NULL, NULL},
    };
    g_option_group_add_entries(group, rest);
    g_option_context_set_main_group(context, group);
    g_option_context_set_help_enabled(context, FALSE);
    return context;
}

/* Give the options what was given for each. The same value twice is one; FALSE where two differ, or one is empty. */
static gboolean take_values(struct given *given, GError **error)
{
    gboolean ok = TRUE;
    for (const struct option_row *row = option_rows; row->name != NULL; row++) {
        g_auto(GStrv) values = g_steal_pointer(&given->values[row - option_rows]);
        gboolean is_list = row->arg == G_OPTION_ARG_STRING_ARRAY || row->arg == G_OPTION_ARG_FILENAME_ARRAY;
        char *const *all = is_list ? *(char ***)(gpointer)((char *)given->options + row->place) : values;
        /* A variable that a script did not set: as a folder it would be the one that the script happens to be in. */
        for (guint i = 0; ok && all != NULL && all[i] != NULL; i++) {
            g_autofree char *safe = text_safe(all[i], -1);
            const gboolean is_option = g_str_has_prefix(all[i], "--");
            ok = all[i][0] != '\0' && !is_option;
            if (!ok)
                g_set_error(error, PERCH_ERROR, PERCH_ERROR_USAGE,
                            is_option ? "--%s is followed by another option, %s\nSay its value, or leave it out."
                                      : "--%s is given an empty value: leave it out, or say it.",
                            row->name, safe);
        }
        for (guint i = 1; ok && values != NULL && values[i] != NULL; i++)
            if (strcmp(values[0], values[i]) != 0) {
                refuse_twice(row->name, values[0], values[i], error);
                ok = FALSE;
            }
        if (values != NULL)
            *(char **)(gpointer)((char *)given->options + row->place) = g_strdup(values[0]);
    }
    return ok;
}

static gboolean usage(GError **error, const char *message)
{
    g_set_error(error, PERCH_ERROR, PERCH_ERROR_USAGE, "%s\nSee perch --help", message);
    return FALSE;
}

/* GLib says what is wrong, in whatever language; what may have been meant is said here. */
static gboolean refuse_words(char **argv, const GError *cause, GError **error)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
    for (const struct option_row *row = option_rows; row->name != NULL; row++)
        g_ptr_array_add(names, g_strconcat("--", row->name, NULL));
    g_ptr_array_add(names, NULL);
    const char *const *known = (const char *const *)names->pdata;
    for (char **word = argv + 1; *word != NULL && strcmp(*word, "--") != 0; word++) {
        g_autofree char *option = g_strndup(*word, strcspn(*word, "="));
        if (cause->code != G_OPTION_ERROR_UNKNOWN_OPTION || !g_str_has_prefix(option, "--") ||
            g_strv_contains(known, option))
            continue;
        g_autofree char *question = suggest_question(option, known);
        g_autofree char *sentence = g_strdup_printf("There is no option %s.%s", option, question);
        return usage(error, sentence);
    }
    return usage(error, cause->message);
}

static gboolean is_given(const struct option_row *row, const struct options *options)
{
    gconstpointer place = (const char *)options + row->place;
    if (row->arg == G_OPTION_ARG_CALLBACK)
        return options->practice;
    return row->arg == G_OPTION_ARG_NONE ? *(const gboolean *)place : *(const gconstpointer *)place != NULL;
}

/* One of NAMES, which have blanks between, that was given; NULL: none. Caller frees. */
static char *given_among(const struct options *options, const char *names)
{
    g_auto(GStrv) list = g_strsplit(names, " ", -1);
    for (const struct option_row *row = option_rows; row->name != NULL; row++)
        if (g_strv_contains((const char *const *)list, row->name) && is_given(row, options))
            return g_strdup(row->name);
    return NULL;
}

/* Beside one of the others the option would do nothing, or the contrary was said. */
static gboolean check_apart(const struct options *options, GError **error)
{
    static const struct {
        const char *option;
        const char *others;
        const char *why; /* NULL: plain */
    } rows[] = {
        {"practice", "practice-url", NULL},
        {"cloud", "cloud-file", NULL},
        {"cloud", "practice practice-url", "a practice tenant is a cloud of its own"},
        {"cloud-file", "practice practice-url", "a practice tenant is a cloud of its own"},
        {"for-session", "no-keyring certificate", "the one keeps a sign-in, the other keeps none"},
        {"practice-keyring", "no-keyring", "the one keeps a sign-in, the other keeps none"},
        {"practice-keyring", "for-session", "a sign-in is kept in one place"},
        {"certificate", "device-code", "an application signs in by its certificate alone"},
        {"certificate", "no-excess", "what an application may do stands in the tenant, and no answer tells it"},
        {"plan", "wait", "what comes behind a wait was not approved"},
        {"bundle", "output format json", "a bundle holds all forms"},
        {"json", "json-line", NULL},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autofree char *one = given_among(options, rows[i].option);
        g_autofree char *other = given_among(options, rows[i].others);
        g_autofree char *sentence =
            g_strdup_printf("--%s and --%s do not go together%s%s.", rows[i].option, other != NULL ? other : "",
                            rows[i].why != NULL ? ": " : "", rows[i].why != NULL ? rows[i].why : "");
        if (one != NULL && other != NULL)
            return usage(error, sentence);
    }
    return TRUE;
}

/* Without one of the others the option would do nothing. */
static gboolean check_together(const struct options *options, GError **error)
{
    static const struct {
        const char *option;
        const char *others;
    } rows[] = {
        {"practice-new", "practice"},   {"practice-keyring", "practice practice-url"},
        {"cloud-sha256", "cloud-file"}, {"partner-sha256", "partner"},
        {"answers-sha256", "answers"},  {"allowed-signers", "answers partner plan"},
        {"certificate", "client-id"},   {"certificate", "tenant"},
        {"consent", "take-back"},       {"force", "output bundle"},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autofree char *one = given_among(options, rows[i].option);
        g_autofree char *other = given_among(options, rows[i].others);
        g_auto(GStrv) names = g_strsplit(rows[i].others, " ", -1);
        g_autofree char *list = g_strjoinv(" or --", names);
        g_autofree char *sentence = g_strdup_printf("--%s goes with --%s.", rows[i].option, list);
        if (one != NULL && other == NULL)
            return usage(error, sentence);
    }
    return TRUE;
}

/* Without a person who reads the screen, the file must be the one that somebody has looked at. */
static gboolean check_sums(const struct options *options, GError **error)
{
    static const char missing[] = "--%s with --yes needs --%s-sha256 too: the SHA-256 of the file you have looked at.";
    g_autofree char *cloud = g_strdup_printf(missing, "cloud-file", "cloud");
    g_autofree char *partner = g_strdup_printf(missing, "partner", "partner");
    guint sums = options->answers_sha256 != NULL ? g_strv_length(options->answers_sha256) : 0;
    if (options->yes && options->cloud_file != NULL && options->cloud_sha256 == NULL)
        return usage(error, cloud);
    if (options->yes && options->partner != NULL && options->partner_sha256 == NULL)
        return usage(error, partner);
    if (sums > 0 && sums != g_strv_length(options->answers))
        return usage(error, "--answers-sha256 is given once for each --answers, in their order.");
    return TRUE;
}

static gboolean check(const struct options *options, GError **error)
{
    const char *command = options->arguments != NULL ? options->arguments[0] : NULL;
    if (options->client_id != NULL && !g_uuid_string_is_valid(options->client_id))
        return usage(error, "--client-id is not a GUID.");
    /* An application that could write unattended would be the larger risk, so perch only reads as one. */
    if (options->certificate != NULL && g_strcmp0(command, "check") != 0 && g_strcmp0(command, "report") != 0)
        return usage(error, "--certificate is for “perch check” and “perch report”, which only read: whatever is "
                            "written, a person signs in for.");
    const struct command_row *row = command != NULL ? command_named(command) : NULL;
    gboolean writes = row == NULL || (row->set & (FOR_APPLY | FOR_UNDO | FOR_CONSOLE)) != 0;
    if (options->yes && writes && !options->practice && options->practice_url == NULL && options->tenant == NULL &&
        options->answers == NULL)
        return usage(error, "--yes needs --tenant, or answers that name it, so that it cannot mean another tenant.");
    return check_apart(options, error) && check_together(options, error) && check_sums(options, error);
}

gboolean options_parse(struct options *options, int argc, char **argv, GError **error)
{
    struct given given = {.options = options};
    g_autoptr(GOptionContext) context = make_context(&given);
    g_autoptr(GError) cause = NULL;
    g_auto(GStrv) copy = g_new0(char *, (gsize)argc + 1);
    /* A scenario comes behind “=” only, so that “perch --practice check” checks. GLib would take the next word. */
    for (int i = 0; i < argc; i++)
        copy[i] = g_strdup(strcmp(argv[i], "--practice") == 0 ? "--practice=" : argv[i]);
    gboolean is_read = g_option_context_parse_strv(context, &copy, &cause);
    if (!take_values(&given, is_read ? &cause : NULL) || !is_read) {
        /* GLib takes back what it had read; the error is for whoever reads standard output all the same. */
        options->json = g_strv_contains((const char *const *)argv, "--json");
        return refuse_words(argv, cause, error);
    }
    return options->help || options->version || check(options, error);
}

void options_clear(struct options *options)
{
    for (const struct option_row *row = option_rows; row->name != NULL; row++)
        if (is_single(row))
            g_clear_pointer((char **)(gpointer)((char *)options + row->place), g_free);
        else if (row->arg == G_OPTION_ARG_STRING_ARRAY || row->arg == G_OPTION_ARG_FILENAME_ARRAY)
            g_clear_pointer((char ***)(gpointer)((char *)options + row->place), g_strfreev);
    g_clear_pointer(&options->scenario, g_free);
    g_clear_pointer(&options->arguments, g_strfreev);
}

/* What a person sets for good, for the console or for every sign-in, is no mistake elsewhere. */
char *options_idle(const struct options *options, const char *command, guint set)
{
    for (const struct option_row *row = option_rows; command[0] != '\0' && row->name != NULL; row++)
        if ((row->commands & (set | FOR_CONSOLE)) == 0 && is_given(row, options))
            return g_strdup_printf("--%s does nothing with “%s”.", row->name, command);
    return NULL;
}

char *options_choices(const struct option_row *row, guint set)
{
    g_auto(GStrv) all = g_strsplit(row->choices != NULL ? row->choices : "", " ", -1);
    g_auto(GStrv) fewer = g_strsplit((row->fewer_for & set) == set ? row->fewer : "", " ", -1);
    g_autoptr(GPtrArray) left = g_ptr_array_new();
    for (char **choice = all; *choice != NULL; choice++)
        if (!g_strv_contains((const char *const *)fewer, *choice))
            g_ptr_array_add(left, *choice);
    return row->choices != NULL ? text_join(left, " ") : NULL;
}

const char *options_word(const struct options *options)
{
    return options->arguments != NULL && options->arguments[0] != NULL ? options->arguments[1] : NULL;
}

gboolean options_print_document(const struct options *options)
{
    const char *command = options->arguments != NULL ? options->arguments[0] : NULL;
    gboolean is_text = options->format == NULL || strcmp(options->format, "text") == 0;
    return options->json || options->json_line || !is_text || g_strcmp0(command, "hand-over") == 0 ||
           (g_strcmp0(command, "partner") == 0 && g_strcmp0(options_word(options), "new") == 0);
}
