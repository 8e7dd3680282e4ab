/* SPDX-License-Identifier: MIT */
#include "commands/commands.h"

#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "base/suggest.h"
#include "base/text.h"
#include "commands/practice.h"

const struct command_row command_rows[] = {
    {"", "", "the console",
     "A checklist of the steps that connect a company's tenant to its partner. It reads the tenant, asks for what it "
     "needs, does what an API can do, guides what only a portal can do, waits where waiting is due, and proves every "
     "step by reading it back. “?” in it lists the keys.",
     "perch\n"
     "perch --practice",
     FOR_CONSOLE, command_console, NULL},
    {"check", "", "read the tenant, print every step",
     "Sends no write. What differs from what was proved before, or from what is wanted, is shown with both values. "
     "Answers that were given before are kept for the tenant and count here too; --answers changes them.",
     "perch check --tenant contoso.com\n"
     "perch check --json",
     FOR_CHECK, NULL, command_check},
    {"plan", "", "print every request that apply would send; send no write",
     "In the order of sending. Ids that are still to come stand as {group.id}. Ends with 3 where apply would write. "
     "With --output the plan is saved, to be approved and sent by apply --plan. Where the first review is left empty "
     "its requests name today, and a saved plan holds until midnight UTC; with \"reviewStart\" in the answers it "
     "names no other day.",
     "perch plan --answers contoso.json > plan.txt\n"
     "perch plan --output plan.json",
     FOR_PLAN, command_plan, NULL},
    {"apply", "", "do it without the console",
     "At a terminal the tenant's domain has to be typed first; without one --yes is needed, and outside practice the "
     "tenant too, in --tenant or in the answers. --yes confirms the plan and never a decision: that ends with 5 and "
     "names the key in the answers that would decide. After an undo, as after leave, --yes sends nothing and ends with "
     "5, until a person had something made again, by apply without --yes, the console or a saved plan, or it was found "
     "made again: what was taken away is not made again unasked. That is known where the undo was done, and to whom it "
     "was handed over.",
     "perch apply --answers contoso.json\n"
     "perch apply --yes --wait --tenant contoso.com --answers contoso.json\n"
     "perch apply --plan plan.json",
     FOR_APPLY, NULL, command_apply},
    {"undo", "", "remove what perch created",
     "In reverse order, and what it changed is put back, value by value; one that somebody changed since is left and "
     "told. What was there before stays. "
     "Before anything goes perch reads what others put into it, or use it for, since: a resource in the catalog, a "
     "role in the package, a member of the group, a policy about it, another holder of the Defender role, a second "
     "tenant behind the organization, what else an invited guest or the account is in, holds or may become, an access "
     "policy "
     "that names one of them, another hub of the export. What a user owns is not read. Such an object "
     "stays with what it needs, and what is in it is named, and it ends with 1: take that out, then undo again. What "
     "of this may not be read is said, and stops nothing; what cannot be read at the moment keeps it, and it ends with "
     "1. What is "
     "only found now to be perch's, as no answer said so, is named and left: look whose it is, then undo again. So is "
     "what bears the date of a request of perch's that was refused, or got no answer: it ends with 6 until you decide "
     "who made it, in the words that check lists. Without --yes and without a terminal it prints what it would send, "
     "with --json as a document, sends nothing and ends with 5.",
     "perch undo --tenant contoso.com", FOR_UNDO, NULL, command_undo},
    {"leave", "", "take the partner's access away: people, consents, export, and what perch made",
     "Reads who has access, shows the plan, and after the tenant's domain was typed ends open requests and "
     "assignments, "
     "takes guests out of the group, and removes what perch made, in the order that Microsoft allows. What was made by "
     "hand goes only where the answers say so, as in \"leave\": {\"group\": \"remove\"}; \"keep\" leaves it. "
     "That is about the one that was shown, or else found first: another of its name is asked about anew. What "
     "others put into it stays as with undo, and is named. "
     "Without such answers --yes ends people's access and removes what perch made all the same, and the rest stays "
     "as it is, an export or an application that can isolate devices too: it is listed, and the end is 5. Without "
     "--yes and without a terminal the plan is printed, with --json as a document, and nothing is sent. No "
     "answer that connecting asks for is needed: what cannot be found without one is named. Then it reads all of it "
     "again and says what is left, and what only a person can do. Ends with 5 while something is undecided. What "
     "it took away nobody makes again unasked: check and plan say that the partner was left, check ends with 0, and "
     "apply --yes ends with 5 until a person had something made again, by apply without --yes, the console or a saved "
     "plan; a colleague's machine knows it from perch hand-over, and no other does.",
     "perch leave --tenant contoso.com\n"
     "perch leave --yes --tenant contoso.com --answers contoso.json",
     FOR_UNDO, NULL, command_leave},
    {"report", "", "what was changed, who can now do what, what was told and not proved",
     "Reads the tenant first. The first page says what was changed, who can now do what, who gets in by what, how it "
     "is reversed and what is not proved, with room for signatures; then what exists, who did it, when and by which "
     "request of Microsoft's, what was told and left out, where the tenant leaves the partner's recipe and "
     "Microsoft's, and a time line. Event Hub values stand as dots in every form, and no secret is in any. Ends as "
     "check does; the report is written either way.",
     "perch report --format html --output contoso.html\n"
     "perch report --json\n"
     "perch report --bundle contoso.tar",
     FOR_REPORT, command_report, NULL},
    {"hand-over", "", "what a colleague needs to go on, for --answers; no secret",
     "For whoever lacks the role for a step: the answers, what was told and left out by whom, decisions, waits, and "
     "what is left with the roles that it needs. The colleague gives the file to --answers.",
     "perch hand-over --output handed.json\n"
     "perch --answers handed.json",
     FOR_HAND_OVER, command_hand_over, NULL},
    {"sign-in", "", "sign in", "With the browser, or with a code that is typed in a browser on any machine.",
     "perch sign-in --tenant contoso.com --device-code", FOR_SIGN_IN, NULL, command_sign_in},
    {"sign-out", "", "forget the sign-in",
     "Of the tenant, or of every tenant where none is named. Ends with 1 where the keyring could not be asked, and "
     "says what may remain. What Microsoft gave out lives on there for up to an hour, unless --everywhere ends every "
     "session of the account first.",
     "perch sign-out\n"
     "perch sign-out --everywhere --tenant contoso.com",
     FOR_SIGN_OUT | FOR_SIGN_IN, NULL, command_sign_out},
    {"consents", "", "what signing in left: the consents of the applications that perch signs in with",
     "Those of the account that is signed in, and those that an administrator gave for everyone. --take-back deletes "
     "the account's own, for which it asks for one more right; those for everyone stay, since others may need them, "
     "but for those that --consent names.",
     "perch consents --tenant contoso.com\n"
     "perch consents --take-back",
     FOR_CONSENTS | FOR_SIGN_IN, NULL, command_consents},
    {"whoami", "", "say which account and tenant it is; never signs in",
     "Where no sign-in is kept it says so and ends with 5.", "perch whoami --json", FOR_SIGN_IN, command_whoami, NULL},
    {"password", "", "show the first password of an account that perch made, once more",
     "The password alone goes to standard output. It is kept in the keyring until it is changed, until the account is "
     "undone, and until sign-out.",
     "perch password --tenant contoso.com", FOR_SIGN_IN, NULL, command_password},
    {"validate", "FIELD", "one field's validator, on standard input",
     "Judges as the console would, and says what is wrong, where, and what would mend it. The field paste finds the "
     "two Event Hub values in an e-mail or any other text. One line end at the end is not part of the value. Ends with "
     "0 for a valid value and with 2 for any other; paste with 5 where it has more than one reading.",
     "perch validate event-hub-id < value.txt\n"
     "perch validate paste --json < mail.txt",
     FOR_OFFLINE, command_validate, NULL},
    {"doctor", "", "what on this machine stands in the way, and what to do; signs nobody in",
     "Terminal, locale, browser, proxy and certificates, the ways to Microsoft's hosts and who vouches for each, the "
     "clock, keyring, state folder, age of the profile. Ends with 1 if something is bad. With --tenant it signs in and "
     "reads that tenant too, sends no write, and says where Microsoft answered differently from what it documents; "
     "with --output that goes to a file for the maintainers: paths, members, statuses and request ids, and no value.",
     "perch doctor\n"
     "perch doctor --cloud gcc-high --json\n"
     "perch doctor --tenant contoso.com --output answers.json",
     FOR_DOCTOR, command_doctor, NULL},
    {"explain", "[CODE]", "what an error of Microsoft's means, from a code or a text on standard input", "Asks nobody.",
     "perch explain AADSTS50011\n"
     "perch explain < error.txt",
     FOR_OFFLINE, command_explain, NULL},
    {"open", "STEP", "open the portal's page of a step, by its id or number",
     "With the link that the last run wrote down, which is printed too.", "perch open streaming --tenant contoso.com",
     FOR_LOCAL, command_open, NULL},
    {"tenants", "", "the tenants that are known here and how each stands; asks none",
     "Read from the state folders: how each stood when it was last read.", "perch tenants --json", FOR_LOCAL,
     command_tenants, NULL},
    {"fleet", "FILE...", "many tenants in one table, from what --json-line printed; - is standard input",
     "Rows are tenants and columns steps, drift first. Of several lines about one tenant the latest counts.",
     "perch check --json-line --tenant contoso.com >> runs.jsonl\n"
     "perch fleet runs.jsonl --format html --output fleet.html",
     FOR_FLEET, command_fleet, NULL},
    {"verify", "FILE", "whether a bundle, hand-over, report or journal is what perch wrote; asks nobody",
     "The sums of a bundle's files, the chain of journal and audit, and the seals. Of a journal.jsonl also the audit "
     "and "
     "the seal beside it; a report is judged in JSON, as --output wrote it. Damage ends with 1. Without a seal, sums "
     "and "
     "chain show what was damaged and not who wrote it; with one, compare its key with one that you got another way, "
     "or "
     "give --seal-key.",
     "perch verify contoso.tar\nperch verify journal.jsonl --json", FOR_VERIFY, command_verify, NULL},
    {"partner", "ACTION [FILE]", "check FILE, a partner's profile; or new: print one to begin with",
     "Check says what is wrong, with its path, or what the profile holds, with its SHA-256 and its age. Asks nobody.",
     "perch partner check partner.json\nperch partner new --output partner.json", FOR_PARTNER, command_partner, NULL},
    {"help", "[TOPIC]", "print the help of a command or a topic",
     "Topics are manual pages, and exit-codes, fields, files and environment. With --json: commands, options, exit "
     "codes, fields and limits as one document, from which manual and completions are made.",
     "perch help apply\n"
     "perch help answers\n"
     "perch help exit-codes",
     FOR_OFFLINE, command_help, NULL},
    {NULL, NULL, NULL, NULL, NULL, FOR_OFFLINE, NULL, NULL},
};

const struct command_row *command_named(const char *name)
{
    for (const struct command_row *row = command_rows; row->name != NULL; row++)
        if (strcmp(row->name, name) == 0)
            return row;
    return NULL;
}

/* MAY_BE_SCENARIO: behind --practice, which takes none so. */
static void no_such_command(const char *name, gboolean may_be_scenario, GError **error)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    for (const struct command_row *row = command_rows + 1; row->name != NULL; row++)
        g_ptr_array_add(names, (gpointer)row->name);
    g_ptr_array_add(names, NULL);
    g_autofree char *safe = text_safe(name, -1);
    g_autofree char *question = suggest_question(name, (const char *const *)names->pdata);
    g_autofree char *scenario =
        may_be_scenario ? g_strdup_printf("A scenario stands behind “=”: --practice=%s. ", safe) : g_strdup("");
    g_set_error(error, PERCH_ERROR, PERCH_ERROR_USAGE, "There is no command “%s”.%s\n%sperch --help lists them.", safe,
                question, scenario);
}

gboolean commands_open_pages(const struct options *options)
{
    const struct command_row *row = command_named(options->arguments != NULL ? options->arguments[0] : "");
    return row != NULL && !options->help && (row->run == command_console || row->run == command_open);
}

int commands_run(const struct options *options, GError **error)
{
    const char *name = options->arguments != NULL ? options->arguments[0] : "";
    const struct command_row *row = command_named(name);
    if (options->practice && g_strcmp0(options->scenario, "help") == 0) {
        g_autofree char *list = practice_scenarios(error);
        if (list != NULL)
            printf("%s", list);
        return list != NULL ? EXIT_DONE : EXIT_FAILED;
    }
    if (row == NULL || (row->name[0] == '\0' && options->arguments != NULL)) {
        no_such_command(name, options->practice && options->scenario == NULL, error);
        return EXIT_BAD_INPUT;
    }
    if (options->help)
        return command_help(options, error);
    g_autofree char *idle = options_idle(options, row->name, row->set);
    if (idle != NULL && !options->json)
        fprintf(stderr, "perch: %s\n", idle);
    guint given = options->arguments != NULL ? g_strv_length(options->arguments) - 1 : 0;
    g_auto(GStrv) words = g_strsplit(row->words, " ", -1);
    guint most = g_str_has_suffix(row->words, "...") ? G_MAXUINT : g_strv_length(words);
    guint least = 0;
    for (char **word = words; *word != NULL; word++)
        least += (*word)[0] != '[' ? 1 : 0;
    if (given >= least && given <= most)
        return row->run != NULL ? row->run(options, error) : headless_run(options, row->body, error);
    if (given > most)
        g_set_error(error, PERCH_ERROR, PERCH_ERROR_USAGE,
                    "“%s” takes no further word: %s.\n%s"
                    "See perch help %s",
                    name, options->arguments[most + 1],
                    options->practice && options->scenario == NULL
                        ? "A scenario stands behind “=”; --practice=help lists them. "
                        : "",
                    name);
    else
        g_set_error(error, PERCH_ERROR, PERCH_ERROR_USAGE,
                    "perch %s needs to be told what it is about.\nWrite perch %s %s; perch help %s says more.", name,
                    name, row->words, name);
    return EXIT_BAD_INPUT;
}
