/* SPDX-License-Identifier: MIT */
/* perch help [TOPIC] and --help: everything is said from the tables of commands, options and validators. */
#include <stdio.h>
#include <string.h>

#include "base/assets.h"
#include "base/error.h"
#include "base/json.h"
#include "base/limits.h"
#include "base/suggest.h"
#include "base/text.h"
#include "commands/board_json.h"
#include "commands/commands.h"
#include "commands/man_text.h"
#include "commands/validate.h"
#include "input/validate.h"

#define OPTION_COLUMNS 28
#define COMMAND_COLUMNS 23
#define PAGE_COLUMNS 78

static const struct {
    int code;
    const char *brief;
    const char *meaning;
} exit_codes[] = {
    {EXIT_DONE, "all done", "All done, nothing to do, or a valid value."},
    {EXIT_FAILED, "failed", "Something failed."},
    {EXIT_BAD_INPUT, "usage or bad input", "Wrong usage, bad input, or a value that is not valid."},
    {EXIT_LEFT, "something is left to do", "Something is left that perch could do."},
    {EXIT_WAITING, "only waits are left", "Only waits are left."},
    {EXIT_PERSON, "a person is needed", "A person is needed: to sign in, for a portal step, for a decision."},
    {EXIT_IN_DOUBT, "in doubt: look before going on",
     "In doubt: a write went out and its outcome is not known. Look before going on."},
    {EXIT_DRIFTED, "drifted (with --drift or --certificate)",
     "Drift: what was proved before is not so any more. Only with --drift or --certificate."},
};

#define LIMIT_ROW(name, value, unit, what) {value, unit, what},
static const struct {
    int value;
    const char *unit;
    const char *what;
} limits[] = {PERCH_LIMITS(LIMIT_ROW)};
#undef LIMIT_ROW

static void print_exit_codes(void)
{
    g_autoptr(GString) text = g_string_new("Exit codes:");
    for (gsize i = 0; i < G_N_ELEMENTS(exit_codes); i++)
        g_string_append_printf(text, "%s%s%d %s", i > 0 ? "," : "", i == EXIT_PERSON ? "\n" : " ", exit_codes[i].code,
                               exit_codes[i].brief);
    printf("%s. Where several hold it is the first of\n2, 1, 6, 7, 3, 5, 4, 0. What was told or left out counts as "
           "done.\n",
           text->str);
}

static const char files[] =
    "Files: $XDG_STATE_HOME/perch/TENANT-ID/ (or --state-dir) holds one folder a tenant, for its owner only:\n"
    "journal.jsonl, answers.json, audit.jsonl, chain-seal.json (perch verify), last.json (what the last run came to),\n"
    "lock. What was set aside stands\n"
    "beside it as forgotten-TENANT-ID-TIME. Practice tenants have practice/SCENARIO/ there, with their own store and\n"
    "folders like these; one that runs by itself (--practice-url) is kept like any tenant.\n"
    "$XDG_CONFIG_HOME/perch/config keeps the console's theme and panes.\n";

static const char environment[] =
    "Environment: NO_COLOR (if set and not empty, no colours), HTTPS_PROXY and NO_PROXY (ways to the network),\n"
    "XDG_STATE_HOME, LC_ALL and TERM as usual. Where the locale is not UTF-8, ASCII is written.\n";

static const struct {
    const char *name;
    const char *text; /* NULL: the manual's page of that name, or what PRINT prints */
    const char *page;
    void (*print)(void);
} topics[] = {
    {"exit-codes", NULL, NULL, print_exit_codes},
    {"fields", NULL, NULL, validate_print_fields},
    {"files", files, NULL, NULL},
    {"environment", environment, NULL, NULL},
    {"perch", NULL, "man/perch.1", NULL},
    {"practice", NULL, "man/perch-practice.1", NULL},
    {"answers", NULL, "man/perch-answers.5", NULL},
    {"partner", NULL, "man/perch-partner.5", NULL},
    {"json", NULL, "man/perch-json.5", NULL},
    {"operate", NULL, "man/perch-operate.7", NULL},
    {"security", NULL, "man/perch-security.7", NULL},
};

static void print_options(guint commands)
{
    printf("Options:\n");
    for (const struct option_row *row = option_rows; row->name != NULL; row++) {
        if ((row->commands & commands) == 0)
            continue;
        gboolean optional = row->arg == G_OPTION_ARG_CALLBACK;
        const char *value = row->value != NULL ? row->value : "";
        g_autofree char *letter = row->letter != 0 ? g_strdup_printf("-%c, ", row->letter) : g_strdup("");
        g_autofree char *left = g_strdup_printf("%s--%s%s%s%s", letter, row->name,
                                                optional ? "[="
                                                : *value ? "="
                                                         : "",
                                                value, optional ? "]" : "");
        g_autofree char *choices = options_choices(row, commands);
        if (choices != NULL)
            g_strdelimit(choices, " ", '|');
        printf("  %-*s %s%s%s\n", OPTION_COLUMNS, left, row->help, choices != NULL ? ": " : "",
               choices != NULL ? choices : "");
    }
}

static void print_command(const struct command_row *row)
{
    g_autofree char *detail = man_fill(row->detail, PAGE_COLUMNS);
    printf("Usage:\n  perch%s%s%s%s [OPTION...]\n\n%c%s.\n\n%s\n\n", row->name[0] != '\0' ? " " : "", row->name,
           row->words[0] != '\0' ? " " : "", row->words, g_ascii_toupper(row->summary[0]), row->summary + 1, detail);
    if (row->run == command_validate) {
        validate_print_fields();
        printf("\n");
    }
    print_options(row->set);
    g_auto(GStrv) examples = g_strsplit(row->examples, "\n", -1);
    printf("\nExamples:\n");
    for (char **example = examples; *example != NULL; example++)
        printf("  %s\n", *example);
}

static void print_all(void)
{
    printf("Usage:\n  perch [COMMAND] [OPTION...]\n\n"
           "Connects Microsoft Defender for Endpoint to a managed-detection partner.\n\nCommands:\n");
    for (const struct command_row *row = command_rows; row->name != NULL; row++) {
        g_autofree char *left = g_strdup_printf("%s %s", row->name[0] != '\0' ? row->name : "(none)", row->words);
        printf("  %-*s%s\n", COMMAND_COLUMNS, left, row->summary);
    }
    printf("\n");
    print_exit_codes();
    printf("\n");
    print_options(~0U);
    printf("\nperch help COMMAND tells of one command, with examples; perch help TOPIC of:");
    for (gsize i = 0; i < G_N_ELEMENTS(topics); i++)
        printf("%s %s", i > 0 ? "," : "", topics[i].name);
    printf(".\n");
}

/* A page of the manual comes before a command of its name, which has its own --help. */
static gboolean print_topic(const char *name, GError **error)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    const struct command_row *command = command_named(name);
    for (gsize i = 0; i < G_N_ELEMENTS(topics); i++) {
        g_ptr_array_add(names, (gpointer)topics[i].name);
        if (strcmp(topics[i].name, name) != 0)
            continue;
        g_autoptr(GBytes) page = topics[i].page != NULL ? asset_bytes(topics[i].page, error) : NULL;
        g_autofree char *text = page != NULL ? man_text(g_bytes_get_data(page, NULL)) : g_strdup(topics[i].text);
        if (text != NULL)
            printf("%s", text);
        else if (topics[i].print != NULL)
            topics[i].print();
        return text != NULL || topics[i].print != NULL;
    }
    if (command != NULL && name[0] != '\0') {
        print_command(command);
        return TRUE;
    }
    for (const struct command_row *row = command_rows + 1; row->name != NULL; row++)
        g_ptr_array_add(names, (gpointer)row->name);
    g_ptr_array_add(names, NULL);
    g_autofree char *safe = text_safe(name, -1);
    g_autofree char *question = suggest_question(name, (const char *const *)names->pdata);
    g_set_error(error, PERCH_ERROR, PERCH_ERROR_USAGE,
                "There is no help about “%s”.%s\nperch help lists what there is.", safe, question);
    return FALSE;
}

/* What the option row names FOR is for: the commands' names. */
static json *commands_of(const struct option_row *option)
{
    json *names = json_new_array();
    for (const struct command_row *row = command_rows; row->name != NULL; row++)
        if ((row->set & option->commands) != 0)
            json_append_string(names, row->name);
    return names;
}

/* Every table of the command line, for whoever makes a manual or completions of it. */
static void print_tables(void)
{
    json *commands = json_new_array();
    json *options = json_new_array();
    json *codes = json_new_array();
    json *fields = json_new_array();
    json *waits = json_new_array();
    json *pages = json_new_array();
    const struct input_field *field;
    for (const struct command_row *row = command_rows; row->name != NULL; row++)
        json_append(commands, json_from("{'name':%s,'words':%s,'summary':%s,'detail':%s,'examples':%s}", row->name,
                                        row->words, row->summary, row->detail, row->examples));
    for (const struct option_row *row = option_rows; row->name != NULL; row++) {
        const char letter[] = {row->letter, '\0'};
        json *option = json_from("{'name':%s,'letter':%s,'value':%s,'optional':%b,'file':%b,'choices':%s,'help':%s,"
                                 "'more':%s}",
                                 row->name, letter, row->value, row->arg == G_OPTION_ARG_CALLBACK,
                                 row->arg == G_OPTION_ARG_FILENAME || row->arg == G_OPTION_ARG_FILENAME_ARRAY,
                                 row->choices, row->help, row->more);
        json_set(option, "commands", commands_of(row));
        json_append(options, option);
    }
    for (gsize i = 0; i < G_N_ELEMENTS(exit_codes); i++)
        json_append(codes, json_from("{'code':%d,'meaning':%s}", (gint64)exit_codes[i].code, exit_codes[i].meaning));
    for (gsize i = 0; (field = input_field_at(i)) != NULL; i++)
        if (!field->secret)
            json_append(fields, json_from("{'name':%s,'hint':%s}", field->name, field->hint));
    json_append(fields, json_from("{'name':%s,'hint':%s}", validate_paste_field, validate_paste_hint));
    for (gsize i = 0; i < G_N_ELEMENTS(limits); i++)
        json_append(waits, json_from("{'value':%d,'unit':%s,'what':%s}", (gint64)limits[i].value, limits[i].unit,
                                     limits[i].what));
    for (gsize i = 0; i < G_N_ELEMENTS(topics); i++)
        json_append(pages, json_from("{'name':%s,'page':%s}", topics[i].name, topics[i].page));
    g_autoptr(json) document = json_from("{'format':1,'version':%s}", PERCH_VERSION);
    json_set(document, "commands", commands);
    json_set(document, "options", options);
    json_set(document, "exitCodes", codes);
    json_set(document, "fields", fields);
    json_set(document, "limits", waits);
    json_set(document, "topics", pages);
    print_json(document);
}

int command_help(const struct options *options, GError **error)
{
    const char *command = options->arguments != NULL ? options->arguments[0] : NULL;
    const char *topic = g_strcmp0(command, "help") == 0 && !options->help ? options_word(options) : command;
    if (topic != NULL && options->json) {
        g_set_error(error, PERCH_ERROR, PERCH_ERROR_USAGE,
                    "The pages of help are text.\nperch help --json has the tables that they are made from.");
        return EXIT_BAD_INPUT;
    }
    if (options->json)
        print_tables();
    else if (topic == NULL)
        print_all();
    else if (options->help && command_named(topic) != NULL)
        print_command(command_named(topic));
    else if (!print_topic(topic, error))
        return EXIT_BAD_INPUT;
    return EXIT_DONE;
}
