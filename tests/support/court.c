/* SPDX-License-Identifier: MIT */
#include "support/court.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "support/side_by_side.h"
#include "support/support.h"

#define PYTHON "/usr/bin/python3"

/* What the contracts say nothing about: when, at which port, with which rights, of which id; that a time is a time and
 * an id an id, they do. */
#define ID "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
#define INDIFFERENT                                                                                                    \
    "^\\{\"at\":\"[^\"]*\"|(?<=127\\.0\\.0\\.\\d):\\d+|,\"scopes\":\\[[^\\]]*\\](?=\\}$)|"                             \
    "\"(?:client-)?request-id\":\"[^\"]*\"|"                                                                           \
    "\\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\\d|3[01])T(?:[01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d(?:\\.\\d+)?Z?"

/* What is done in one hearing. */
struct hearing {
    GRegex *indifferent;
    GRegex *id;
    GHashTable *known; /* digests of what was judged well, with those that are before the judge now */
    GString *fresh;    /* these, a line each */
    GPtrArray *files;  /* of what goes before the judge, in FOLDER */
    char *folder;
};

gboolean court_sits(void)
{
    return g_file_test(PERCH_CHECK_CONTRACT, G_FILE_TEST_EXISTS);
}

static gint by_name(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void add_file(GChecksum *sum, const char *path)
{
    g_autofree char *text = read_text(path);
    g_checksum_update(sum, (const guchar *)text, -1);
}

/* The file that remembers what was judged well by this judge and these contracts. Caller frees. */
static char *memory_path(void)
{
    g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA256);
    g_autoptr(GDir) contracts = g_dir_open(PERCH_CONTRACTS, 0, NULL);
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
    for (const char *name = NULL; contracts != NULL && (name = g_dir_read_name(contracts)) != NULL;)
        g_ptr_array_add(names, g_strdup(name));
    g_ptr_array_sort(names, by_name);
    add_file(sum, PERCH_CHECK_CONTRACT);
    for (guint i = 0; i < names->len; i++) {
        g_autofree char *path = g_build_filename(PERCH_CONTRACTS, g_ptr_array_index(names, i), NULL);
        add_file(sum, path);
    }
    return g_strdup_printf("%s/judged-%.16s", PERCH_BINARY_DIR, g_checksum_get_string(sum));
}

static GHashTable *recall(const char *memory)
{
    GHashTable *known = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autofree char *text = NULL;
    if (g_getenv(TEST_ALL) != NULL || !g_file_get_contents(memory, &text, NULL, NULL))
        return known;
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    for (char **line = lines; *line != NULL; line++)
        g_hash_table_add(known, g_strdup(*line));
    return known;
}

/* One write, so that tests which end at the same time do not mix theirs. */
static void remember(const char *memory, const GString *fresh)
{
    int file = open(memory, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0644);
    if (file < 0)
        return;
    assert_int_equal(write(file, fresh->str, fresh->len), fresh->len);
    close(file);
}

static gboolean is_of_graph(const char *line)
{
    return strstr(line, "\"path\":\"/v1.0/") != NULL || strstr(line, "\"path\":\"/beta/") != NULL;
}

/* TRUE if LINE asks for a next page, by what an answer before it said. */
static gboolean asks_on(const char *line)
{
    return strstr(line, "$skiptoken=") != NULL && strstr(line, "$skiptoken=") < strstr(line, "\"requestBody\"");
}

/* TRUE if LINE, of a record whose LINKS to next pages so far are those, is new; it is known from now on. */
static gboolean is_new(struct hearing *hearing, const char *line, const GString *links)
{
    g_autofree char *whole = g_strconcat(asks_on(line) ? links->str : "", line, NULL);
    g_autofree char *named = g_regex_replace_literal(hearing->id, whole, -1, 0, "G", 0, NULL);
    g_autofree char *rest = g_regex_replace_literal(hearing->indifferent, named, -1, 0, "T", 0, NULL);
    char *digest = g_compute_checksum_for_string(G_CHECKSUM_SHA256, rest, -1);
    g_autofree char *copy = g_strdup(digest);
    if (!g_hash_table_add(hearing->known, digest))
        return FALSE;
    g_string_append_printf(hearing->fresh, "%s\n", copy);
    return TRUE;
}

/* Lay before the judge what is new in RECORD; with what asks for a next page, what leads to one. */
static void lay_before(struct hearing *hearing, const char *record)
{
    g_autofree char *text = read_text(record);
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    g_autoptr(GString) links = g_string_new(NULL);
    g_autoptr(GString) chosen = g_string_new(NULL);
    for (char **line = lines; *line != NULL; line++) {
        if (!is_of_graph(*line))
            continue;
        if (is_new(hearing, *line, links))
            g_string_append_printf(chosen, "%s%s\n", asks_on(*line) ? links->str : "", *line);
        if (strstr(*line, "nextLink") != NULL)
            g_string_append_printf(links, "%s\n", *line);
    }
    if (chosen->len == 0)
        return;
    g_autofree char *name = g_strdup_printf("%u.jsonl", hearing->files->len);
    char *file = g_build_filename(hearing->folder, name, NULL);
    assert_true(g_file_set_contents(file, chosen->str, (gssize)chosen->len, NULL));
    g_ptr_array_add(hearing->files, file);
}

/* What the judge says of what lies before it; NULL if all of it is well. */
static char *sentence(const struct hearing *hearing)
{
    g_autoptr(GPtrArray) arguments = g_ptr_array_new();
    g_ptr_array_add(arguments, (gpointer)PYTHON);
    g_ptr_array_add(arguments, (gpointer)PERCH_CHECK_CONTRACT);
    g_ptr_array_extend(arguments, hearing->files, NULL, NULL);
    g_ptr_array_add(arguments, NULL);
    g_autoptr(Run) run = run_program((const char *const *)arguments->pdata, NULL, NULL);
    return run->status == 0 ? NULL : g_strconcat(run->output, run->errors, NULL);
}

char *court_judge(const GPtrArray *records)
{
    /* Nor is there a judge, perhaps. */
    if (records->len == 0)
        return NULL;
    g_autofree char *memory = memory_path();
    struct hearing hearing = {
        .indifferent = g_regex_new(INDIFFERENT, G_REGEX_OPTIMIZE | G_REGEX_MULTILINE, 0, NULL),
        .id = g_regex_new(ID, G_REGEX_OPTIMIZE | G_REGEX_CASELESS, 0, NULL),
        .known = recall(memory),
        .fresh = g_string_new(NULL),
        .files = g_ptr_array_new_with_free_func(g_free),
        .folder = scratch_new(),
    };
    for (guint i = 0; i < records->len; i++)
        lay_before(&hearing, g_ptr_array_index(records, i));
    char *said = hearing.files->len > 0 ? sentence(&hearing) : NULL;
    if (said == NULL) {
        remember(memory, hearing.fresh);
        scratch_remove(hearing.folder);
    }
    g_regex_unref(hearing.indifferent);
    g_regex_unref(hearing.id);
    g_hash_table_unref(hearing.known);
    g_string_free(hearing.fresh, TRUE);
    g_ptr_array_unref(hearing.files);
    g_free(hearing.folder);
    return said;
}
