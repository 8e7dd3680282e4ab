/* SPDX-License-Identifier: MIT */
/* perch verify FILE: whether a bundle, a hand-over, a report in JSON, a journal or an audit is what perch wrote, by its
 * sums, its chain and its seal. Asks nobody. */
#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "base/json.h"
#include "base/tar.h"
#include "base/text.h"
#include "commands/board_json.h"
#include "commands/commands.h"
#include "secrets/seal_key.h"
#include "store/audit.h"
#include "store/chain.h"
#include "store/journal.h"

#define SUMS_FILE "SHA256SUMS"
#define SEAL_FILE "SEAL.json"
#define REPORT_FILE "report.json"
#define LARGEST ((gsize)256 * 1024 * 1024)

struct verdicts {
    json *list;
    gboolean good;
    gboolean as_json;
};

static void add(struct verdicts *verdicts, gboolean good, const char *subject, const char *text)
{
    g_autofree char *safe = text_safe(subject, -1);
    g_autofree char *words = text_safe(text, -1);
    verdicts->good = verdicts->good && good;
    json_append(verdicts->list, json_from("{'subject':%s,'good':%b,'message':%s}", safe, good, words));
    if (!verdicts->as_json)
        printf("%-5s %-22s %s\n", good ? "good" : "bad", safe, words);
}

/* The file NAME, below the one folder of the archive. */
static const struct tar_file *find(const GPtrArray *files, const char *name)
{
    for (guint i = 0; i < files->len; i++) {
        const struct tar_file *file = g_ptr_array_index(files, i);
        const char *slash = strchr(file->name, '/');
        if (slash != NULL && strcmp(slash + 1, name) == 0)
            return file;
    }
    return NULL;
}

static void verify_journal(struct verdicts *verdicts, const char *bytes, gsize length)
{
    g_autoptr(GError) error = NULL;
    int lines = journal_verify(bytes, length, &error);
    g_autofree char *count = text_count(lines, "line", "lines");
    g_autofree char *text =
        lines >= 0 ? g_strdup_printf("%s, one following on the other, each with the right checksum.", count)
                   : error_headline(error);
    add(verdicts, lines >= 0, JOURNAL_FILE, text);
}

static void verify_audit(struct verdicts *verdicts, const char *bytes, gsize length)
{
    g_autoptr(GError) error = NULL;
    int unchained = 0;
    int lines = audit_verify(bytes, length, &unchained, &error);
    g_autofree char *count = text_count(lines, "line", "lines");
    g_autofree char *text = lines < 0 ? error_headline(error)
                            : unchained == 0
                                ? g_strdup_printf("%s, one following on the other, each with the right chain.", count)
                                : g_strdup_printf("Of %s the first %d are of a perch that chained none; the others "
                                                  "follow one another.",
                                                  count, unchained);
    add(verdicts, lines >= 0, AUDIT_FILE, text);
}

/* Each line of the sums is of a file that is there and has that sum; and each other file is in a line. */
static void verify_sums(struct verdicts *verdicts, const GPtrArray *files, const struct tar_file *sums)
{
    g_autofree char *text = g_strndup(sums->bytes, sums->length);
    g_auto(GStrv) lines = g_strsplit(g_strchomp(text), "\n", -1);
    g_autoptr(GHashTable) listed = g_hash_table_new(NULL, NULL);
    for (char **line = lines; *line != NULL; line++) {
        char *space = strstr(*line, "  ");
        const struct tar_file *file = space != NULL ? find(files, space + 2) : NULL;
        if (file == NULL) {
            add(verdicts, FALSE, space != NULL ? space + 2 : SUMS_FILE, "It has a sum and is not there.");
            continue;
        }
        g_autofree char *sum =
            g_compute_checksum_for_data(G_CHECKSUM_SHA256, (const guchar *)file->bytes, file->length);
        gboolean good = g_str_has_prefix(*line, sum);
        g_hash_table_add(listed, (gpointer)file);
        add(verdicts, good, space + 2,
            good ? "Its SHA-256 is the one that was written down." : "It was changed: its SHA-256 is another.");
    }
    for (guint i = 0; i < files->len; i++) {
        const struct tar_file *file = g_ptr_array_index(files, i);
        if (!g_hash_table_contains(listed, file) && file != sums && file != find(files, SEAL_FILE))
            add(verdicts, FALSE, file->name, "It was put in: nothing lists it.");
    }
}

/* SEAL (NULL: there is none, which is bad only where WANTED asks for one) on BYTES. WITHOUT says what it means that
 * there is none. Whose it is, is for the reader to say: he compares the key with one that he got
 * another way. */
static void judge_seal(struct verdicts *verdicts, const json *seal, const char *bytes, gsize length, const char *wanted,
                       const char *without)
{
    if (seal == NULL) {
        add(verdicts, wanted == NULL, SEAL_FILE,
            wanted != NULL ? "It has no seal, and --seal-key wants one." : without);
        return;
    }
    const char *key = json_get_string(seal, "key");
    const char *signature = json_get_string(seal, "signature");
    gboolean good = key != NULL && signature != NULL && seal_key_fits(key, signature, bytes, length);
    gboolean known = wanted == NULL || (key != NULL && g_ascii_strcasecmp(wanted, key) == 0);
    g_autofree char *text = !good    ? g_strdup("The seal does not fit: somebody changed what it is on.")
                            : !known ? g_strdup_printf("It was sealed with another key, %s", key)
                                     : g_strdup_printf("Sealed with the key %s", key);
    add(verdicts, good && known, SEAL_FILE, text);
}

/* JOURNAL and AUDIT are one chain, where both are there (not NULL). */
static void verify_links(struct verdicts *verdicts, const char *journal, const char *audit)
{
    g_autoptr(GError) error = NULL;
    if (journal == NULL || audit == NULL)
        return;
    int links = chain_verify_links(journal, strlen(journal), audit, strlen(audit), &error);
    g_autofree char *text = links >= 0 ? g_strdup_printf("%d lines of the audit name the line of the journal that "
                                                         "was the last one then, and it is that one still.",
                                                         links)
                                       : error_headline(error);
    add(verdicts, links >= 0, "one chain", text);
}

/* The seal SEAL (a text; NULL: there is none) on the ends of JOURNAL and AUDIT. A text that is not there is NULL. */
static void verify_chain(struct verdicts *verdicts, const char *seal_text, const char *journal, const char *audit,
                         const char *wanted)
{
    g_autoptr(json) seal = seal_text != NULL ? json_parse(seal_text, -1, NULL) : NULL;
    int later = 0;
    if (seal == NULL) {
        add(verdicts, seal_text == NULL && wanted == NULL, CHAIN_SEAL_FILE,
            seal_text != NULL ? "It is damaged: it is not JSON."
                              : "There is no seal on journal and audit: that an end was cut off, or all of it written "
                                "anew, cannot be told.");
        return;
    }
    g_autofree char *problem = chain_seal_problem(seal, journal, audit, &later);
    g_autofree char *signed_text = chain_seal_signed_text(seal);
    const char *key = json_get_string(seal, "key");
    const char *signature = json_get_string(seal, "signature");
    gboolean fits = key != NULL && signature != NULL && seal_key_fits(key, signature, signed_text, strlen(signed_text));
    gboolean known = wanted == NULL || (key != NULL && g_ascii_strcasecmp(wanted, key) == 0);
    g_autofree char *text =
        !fits    ? g_strdup("The seal does not fit: somebody changed it.")
        : !known ? g_strdup_printf("It was sealed with another key, %s", key)
        : problem != NULL
            ? g_strdup(problem)
            : g_strdup_printf("Sealed at %s with the key %s; %d lines came after it, for which it does not "
                              "vouch. That there is no later copy of all this, a seal cannot show: perch compares "
                              "it with what its keyring remembers at each run.",
                              json_get_shown(seal, "at"), key, later);
    add(verdicts, fits && known && problem == NULL, CHAIN_SEAL_FILE, text);
}

/* NAME beside FILE, *LENGTH bytes of it; NULL if it is not there or too large. Caller frees. */
static char *text_beside(const char *file, const char *name, gsize *length)
{
    g_autofree char *folder = g_path_get_dirname(file);
    g_autofree char *path = g_build_filename(folder, name, NULL);
    char *text = NULL;
    *length = 0;
    if (!g_file_test(path, G_FILE_TEST_IS_REGULAR) || !g_file_get_contents(path, &text, length, NULL))
        return NULL;
    if (*length > LARGEST)
        g_clear_pointer(&text, g_free);
    return text;
}

/* One of the state folder's files, with what is kept beside it. */
static void verify_folder(struct verdicts *verdicts, const char *file, const char *wanted)
{
    gsize noted = 0;
    gsize done = 0;
    gsize sealed = 0;
    g_autofree char *journal = text_beside(file, JOURNAL_FILE, &noted);
    g_autofree char *audit = text_beside(file, AUDIT_FILE, &done);
    g_autofree char *seal = text_beside(file, CHAIN_SEAL_FILE, &sealed);
    if (journal != NULL)
        verify_journal(verdicts, journal, noted);
    if (audit != NULL)
        verify_audit(verdicts, audit, done);
    verify_links(verdicts, journal, audit);
    verify_chain(verdicts, seal, journal, audit, wanted);
}

/* A journal or an audit that was taken out of its folder. */
static void verify_alone(struct verdicts *verdicts, const char *file, const char *bytes, gsize length,
                         const char *wanted)
{
    if (g_str_has_suffix(file, AUDIT_FILE))
        verify_audit(verdicts, bytes, length);
    else
        verify_journal(verdicts, bytes, length);
    judge_seal(verdicts, NULL, NULL, 0, wanted,
               "It has no seal beside it: that its end was cut off, or all of it written anew, cannot be told.");
}

/* TRUE if FILE is called as one of the state folder's. */
static gboolean is_of_a_folder(const char *file)
{
    static const char *const names[] = {JOURNAL_FILE, AUDIT_FILE, CHAIN_SEAL_FILE, NULL};
    g_autofree char *name = g_path_get_basename(file);
    return g_strv_contains(names, name);
}

static void verify_seal(struct verdicts *verdicts, const GPtrArray *files, const struct tar_file *sums,
                        const char *wanted)
{
    const struct tar_file *file = find(files, SEAL_FILE);
    g_autoptr(json) seal = file != NULL ? json_parse(file->bytes, (gssize)file->length, NULL) : NULL;
    if (file != NULL && seal == NULL)
        add(verdicts, FALSE, SEAL_FILE, "It is damaged: it is not JSON.");
    else
        judge_seal(verdicts, seal, sums->bytes, sums->length, wanted,
                   "It has no seal: sums and chain show damage, and not who wrote it.");
}

static gboolean verify_bundle(struct verdicts *verdicts, const char *bytes, gsize length, const char *wanted,
                              GError **error)
{
    g_autoptr(GPtrArray) files = tar_list(bytes, length, error);
    if (files == NULL)
        return FALSE;
    const struct tar_file *sums = find(files, SUMS_FILE);
    const struct tar_file *journal = find(files, JOURNAL_FILE);
    const struct tar_file *audit = find(files, AUDIT_FILE);
    if (sums == NULL) {
        g_set_error_literal(error, PERCH_ERROR, PERCH_ERROR_INPUT,
                            "The archive holds no " SUMS_FILE ".\nGive one that perch report --bundle wrote.");
        return FALSE;
    }
    verify_sums(verdicts, files, sums);
    /* With its line in the sums a file can be taken out; without these two nothing is told of what was done. */
    if (journal == NULL || find(files, REPORT_FILE) == NULL)
        add(verdicts, FALSE, journal == NULL ? JOURNAL_FILE : REPORT_FILE,
            "It is not there, and each bundle holds it.");
    if (journal != NULL)
        verify_journal(verdicts, journal->bytes, journal->length);
    if (audit != NULL)
        verify_audit(verdicts, audit->bytes, audit->length);
    const struct tar_file *seal = find(files, CHAIN_SEAL_FILE);
    g_autofree char *noted = journal != NULL ? g_strndup(journal->bytes, journal->length) : NULL;
    g_autofree char *done = audit != NULL ? g_strndup(audit->bytes, audit->length) : NULL;
    g_autofree char *sealed = seal != NULL ? g_strndup(seal->bytes, seal->length) : NULL;
    verify_links(verdicts, noted, done);
    /* The bundle's own seal is on all of it; one that was made before says whose the lines are. */
    if (seal != NULL)
        verify_chain(verdicts, sealed, noted, done, wanted);
    verify_seal(verdicts, files, sums, wanted);
    return TRUE;
}

/* A hand-over or a report in JSON has no parts, so that its seal is all that shows whether it was changed. FALSE if it
 * is neither. */
static gboolean verify_document(struct verdicts *verdicts, const char *bytes, gsize length, const char *wanted)
{
    g_autoptr(json) document = json_parse(bytes, (gssize)length, NULL);
    gboolean is_report = json_get(document, "madeAt") != NULL && json_get(document, "timeLine") != NULL;
    if (json_get(document, "handOver") == NULL && !is_report)
        return FALSE;
    g_autoptr(json) seal = json_detach(document, "seal");
    g_autofree char *text = json_text(document);
    judge_seal(verdicts, seal, text, strlen(text), wanted,
               "It has no seal: nothing shows whether it was changed, or who wrote it.");
    return TRUE;
}

int command_verify(const struct options *options, GError **error)
{
    const char *file = options_word(options);
    g_autoptr(GError) cause = NULL;
    g_autofree char *safe = text_safe(file, -1);
    g_autofree char *bytes = NULL;
    gsize length = 0;
    if (!g_file_test(file, G_FILE_TEST_IS_REGULAR) || !g_file_get_contents(file, &bytes, &length, &cause) ||
        length > LARGEST) {
        gboolean is_there = g_file_test(file, G_FILE_TEST_EXISTS);
        g_autofree char *why = cause != NULL || length > LARGEST
                                   ? error_reason(cause)
                                   : g_strdup(is_there ? ": it is no file" : ": it is not there");
        g_set_error(error, PERCH_ERROR, PERCH_ERROR_INPUT, "%s cannot be read%s.", safe, why);
        return EXIT_BAD_INPUT;
    }
    struct verdicts verdicts = {.list = json_new_array(), .good = TRUE, .as_json = options->json};
    g_autoptr(json) document = json_new_object();
    json_set(document, "findings", verdicts.list);
    if (tar_is_one(bytes, length)) {
        if (!verify_bundle(&verdicts, bytes, length, options->seal_key, error))
            return EXIT_BAD_INPUT;
    } else if (is_of_a_folder(file))
        verify_folder(&verdicts, file, options->seal_key);
    else if (g_str_has_suffix(file, ".jsonl"))
        verify_alone(&verdicts, file, bytes, length, options->seal_key);
    else if (!verify_document(&verdicts, bytes, length, options->seal_key)) {
        g_set_error(error, PERCH_ERROR, PERCH_ERROR_INPUT,
                    "%s is neither a bundle, a hand-over, a report in JSON nor a journal.\nGive what perch report "
                    "--bundle, perch report --format json or perch hand-over wrote, or a journal.jsonl.",
                    safe);
        return EXIT_BAD_INPUT;
    }
    json_set_bool(document, "good", verdicts.good);
    if (options->json)
        print_json(document);
    return verdicts.good ? EXIT_DONE : EXIT_FAILED;
}
