/* SPDX-License-Identifier: MIT */
/*
 * What can be wrong with the state directory: a journal that was changed, cut off or copied, a full disk, links, a
 * folder that cannot be written, another perch at the same time. Nothing is sent that the journal does not cover.
 */
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "support/background.h"
#include "support/side_by_side.h"

#define GROUPS "/v1.0/groups"
#define STATUS_FAILED 1
#define STATUS_PERSON 5
#define STATUS_IN_DOUBT 6
#define FEW_LINES 6
#define PAIRS 200
#define FEW_PAIRS 10

static const char *const apply[] = {"apply", "--yes", "--json", NULL};
static const char *const undo[] = {"undo", "--yes", "--json", NULL};
static const char *const check[] = {"check", "--json", NULL};

/* TENANT after a whole apply, asked nothing since. */
static struct practice_tenant *applied_tenant(void)
{
    struct practice_tenant *tenant = practice_begin("fresh", NULL);
    g_autoptr(Run) run = perch_run(tenant, apply);
    assert_status(run, STATUS_PERSON);
    practice_clear_record(tenant);
    return tenant;
}

static int count_graph(const struct practice_tenant *tenant)
{
    g_autoptr(json) record = practice_record(tenant);
    int count = 0;
    json_for_each (entry, record) {
        count += strcmp(json_get_string(entry, "host"), "127.0.0.1") != 0;
    }
    return count;
}

/* A state directory of its own whose only tenant has JOURNAL. Caller frees. */
static char *state_with_journal(const struct practice_tenant *tenant, const char *name, const char *journal)
{
    g_autofree char *folder = state_folder(tenant);
    g_autofree char *id = g_path_get_basename(folder);
    char *base = g_build_filename(practice_folder(tenant), name, NULL);
    g_autofree char *copy = g_build_filename(base, id, NULL);
    g_autofree char *file = g_build_filename(copy, "journal.jsonl", NULL);
    assert_int_equal(g_mkdir_with_parents(copy, 0700), 0);
    assert_true(g_file_set_contents_full(file, journal, -1, G_FILE_SET_CONTENTS_NONE, 0600, NULL));
    return base;
}

static struct background *apply_with_journal(const struct practice_tenant *tenant, const char *name,
                                             const char *journal)
{
    g_autofree char *base = state_with_journal(tenant, name, journal);
    const char *arguments[] = {"apply", "--yes", "--json", "--state-dir", base, NULL};
    return background_start(tenant, arguments, NULL);
}

/* The start of each line of TEXT; one more entry for its end. Caller frees. */
static GArray *line_starts(const char *text)
{
    GArray *starts = g_array_new(FALSE, FALSE, sizeof(gsize));
    gsize at = 0;
    g_array_append_val(starts, at);
    for (const char *end = strchr(text, '\n'); end != NULL; end = strchr(end + 1, '\n')) {
        at = (gsize)(end + 1 - text);
        g_array_append_val(starts, at);
    }
    return starts;
}

/* The numbers of a few lines, or of all, from 0; each stands for one run of perch. */
static GPtrArray *some_lines(const GArray *starts)
{
    GPtrArray *lines = g_ptr_array_new();
    for (guint i = 0; i + 1 < starts->len; i++)
        g_ptr_array_add(lines, GUINT_TO_POINTER(i));
    keep_some(lines, FEW_LINES);
    return lines;
}

static void assert_refused_line(struct run *run, guint line)
{
    g_autofree char *words = g_strdup_printf("damaged in line %u:", line);
    assert_status(run, STATUS_FAILED);
    g_autoptr(json) document = run_document(run);
    const json *error = json_get(document, "error");
    assert_string_equal(json_get_string(error, "code"), "state");
    if (strstr(json_get_string(error, "message"), words) == NULL)
        fail_msg("line %u: %s", line, run->output);
    assert_non_null(strstr(json_get_string(error, "hint"), "Nothing was sent"));
}

static void assert_state_error(struct run *run, const char *words)
{
    assert_status(run, STATUS_FAILED);
    g_autoptr(json) document = run_document(run);
    const json *error = json_get(document, "error");
    assert_string_equal(json_get_string(error, "code"), "state");
    if (strstr(json_get_string(error, "message"), words) == NULL)
        fail_msg("expected “%s” in %s", words, run->output);
    assert_string_not_equal(json_get_string(error, "hint"), "");
}

static void test_a_change_in_any_line_is_refused_with_its_number(void **state)
{
    (void)state;
    struct practice_tenant *tenant = applied_tenant();
    g_autofree char *text = journal_text(tenant);
    g_autoptr(GArray) starts = line_starts(text);
    g_autoptr(GPtrArray) lines = some_lines(starts);
    g_autoptr(GPtrArray) running = g_ptr_array_new();
    for (guint k = 0; k < lines->len; k++) {
        guint i = GPOINTER_TO_UINT(g_ptr_array_index(lines, k));
        g_autofree char *changed = g_strdup(text);
        g_autofree char *name = g_strdup_printf("changed-%u", i);
        char *byte = changed + g_array_index(starts, gsize, i) + strlen("{\"type\":\"");
        *byte = *byte == 'x' ? 'y' : 'x';
        g_ptr_array_add(running, apply_with_journal(tenant, name, changed));
    }
    for (guint i = 0; i < running->len; i++) {
        g_autoptr(Run) run = background_end(g_ptr_array_index(running, i));
        assert_refused_line(run, GPOINTER_TO_UINT(g_ptr_array_index(lines, i)) + 1);
    }
    assert_int_equal(count_graph(tenant), 0);
    practice_end(tenant);
}

static void test_a_missing_or_swapped_line_is_refused(void **state)
{
    (void)state;
    struct practice_tenant *tenant = applied_tenant();
    g_autofree char *text = journal_text(tenant);
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    g_autofree char *swapped = g_strdup_printf("%s\n%s\n%s\n", lines[0], lines[2], lines[1]);
    g_autofree char *missing = g_strdup_printf("%s\n%s\n", lines[0], lines[2]);
    g_autofree char *twice = g_strdup_printf("%s\n%s\n%s\n", lines[0], lines[1], lines[1]);
    g_autofree char *empty = g_strdup_printf("%s\n\n%s\n", lines[0], lines[1]);
    const char *const journals[] = {swapped, missing, twice, empty};
    const guint first_wrong[] = {2, 2, 3, 2};
    for (gsize i = 0; i < G_N_ELEMENTS(journals); i++) {
        g_autofree char *name = g_strdup_printf("order-%" G_GSIZE_FORMAT, i);
        g_autoptr(Run) run = background_end(apply_with_journal(tenant, name, journals[i]));
        assert_refused_line(run, first_wrong[i]);
    }
    assert_int_equal(count_graph(tenant), 0);
    practice_end(tenant);
}

/* Emptied, gone or cut at the end of a line, it follows one line on the other; what was done stands beside it. */
static void test_a_journal_that_falls_short_of_the_audit_is_refused(void **state)
{
    (void)state;
    struct practice_tenant *tenant = applied_tenant();
    g_autofree char *text = journal_text(tenant);
    g_autoptr(GArray) starts = line_starts(text);
    g_autofree char *folder = state_folder(tenant);
    g_autofree char *file = g_build_filename(folder, "journal.jsonl", NULL);
    static const guint lines[] = {0, 1, 12};
    for (gsize i = 0; i <= G_N_ELEMENTS(lines); i++) {
        g_autofree char *cut = i < G_N_ELEMENTS(lines) ? g_strndup(text, g_array_index(starts, gsize, lines[i])) : NULL;
        assert_int_equal(g_unlink(file), 0);
        assert_true(cut == NULL || g_file_set_contents_full(file, cut, -1, G_FILE_SET_CONTENTS_NONE, 0600, NULL));
        g_autoptr(Run) refused = perch_run(tenant, i % 2 == 0 ? undo : apply);
        assert_state_error(refused, "is not the one that audit.jsonl goes with");
    }
    assert_int_equal(count_graph(tenant), 0);
    assert_true(g_file_set_contents_full(file, text, -1, G_FILE_SET_CONTENTS_NONE, 0600, NULL));
    g_autoptr(Run) whole = perch_run(tenant, undo);
    assert_status(whole, 0);
    practice_end(tenant);
}

/* What only looked at the tenant stands in no audit: how far the journal went the last run wrote down. */
static void test_a_journal_that_falls_short_of_the_last_run_is_told(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("fresh", NULL);
    g_autoptr(Run) first = perch(tenant, "check", NULL);
    g_autofree char *text = journal_text(tenant);
    g_autoptr(GArray) starts = line_starts(text);
    g_autofree char *folder = state_folder(tenant);
    g_autofree char *file = g_build_filename(folder, "journal.jsonl", NULL);
    g_autoptr(Run) whole = perch(tenant, "check", NULL);
    assert_null(strstr(whole->errors, "its end was cut off"));
    g_autofree char *cut = g_strndup(text, g_array_index(starts, gsize, 2));
    assert_int_equal(g_unlink(file), 0);
    assert_true(g_file_set_contents_full(file, cut, -1, G_FILE_SET_CONTENTS_NONE, 0600, NULL));
    g_autoptr(Run) short_of = perch(tenant, "check", NULL);
    assert_non_null(strstr(short_of->errors, "the journal, which is not there: its end was cut off"));
    g_autoptr(Run) after = perch(tenant, "check", NULL);
    assert_null(strstr(after->errors, "its end was cut off"));
    practice_end(tenant);
}

/* A journal that was put back from an older copy, or cut by a dying disk: all is there, so nothing is made again. */
static void test_a_journal_cut_off_anywhere_makes_nothing_again(void **state)
{
    (void)state;
    struct practice_tenant *tenant = applied_tenant();
    g_autofree char *text = journal_text(tenant);
    g_autoptr(GArray) starts = line_starts(text);
    g_autoptr(GPtrArray) lines = some_lines(starts);
    g_autoptr(GPtrArray) running = g_ptr_array_new();
    for (guint k = 0; k < lines->len; k++) {
        guint i = GPOINTER_TO_UINT(g_ptr_array_index(lines, k));
        gsize start = g_array_index(starts, gsize, i);
        gsize half = (g_array_index(starts, gsize, i + 1) - start) / 2;
        g_autofree char *cut = g_strndup(text, start + (i % 2 == 0 ? half : 0));
        g_autofree char *name = g_strdup_printf("cut-%u", i);
        g_ptr_array_add(running, apply_with_journal(tenant, name, cut));
    }
    for (guint i = 0; i < running->len; i++) {
        g_autoptr(Run) run = background_end(g_ptr_array_index(running, i));
        assert_status(run, STATUS_PERSON);
        g_autoptr(json) document = run_document(run);
        assert_step(document, "group", "done");
        assert_step(document, "catalog", "done");
    }
    /* The last owner stays, and may not be the operator's to take away, so asking once more makes nothing. */
    g_autoptr(json) record = practice_record(tenant);
    int made = 0;
    json_for_each (call, record) {
        gboolean is_owner =
            strstr(json_get_string(call, "path"), "/owners/") != NULL && json_get_int(call, "status", 0) >= 400;
        made += strcmp(json_get_string(call, "method"), "GET") != 0 && !is_owner &&
                g_str_has_prefix(json_get_string(call, "path"), "/v1.0/");
    }
    assert_int_equal(made, 0);
    practice_end(tenant);
}

/* The disk is full from the journal's line on that begins at byte OFFSET and is of TYPE about OBJECT. */
static void full_disk(const char *type, const char *object, gint64 offset)
{
    struct practice_tenant *tenant = practice_begin("fresh", NULL);
    const struct background_limits limits = {.file_bytes = offset + (offset % 2) * 20};
    g_autoptr(Run) run = background_end(background_start(tenant, apply, &limits));
    gboolean sent = strcmp(type, "replied") == 0;
    gboolean before = strcmp(type, "intent") == 0 || strcmp(type, "sent") == 0;
    if (sent || before)
        assert_status(run, sent ? STATUS_IN_DOUBT : STATUS_FAILED);
    g_autoptr(json) document = run_document(run);
    assert_non_null(strstr(json_get_string(json_get(document, "error"), "message"), "Cannot write"));
    int made = count_requests(tenant, "POST", GROUPS);
    if (before && strcmp(object, "group") == 0)
        assert_int_equal(made, 0);
    g_autoptr(Run) again = perch_run(tenant, apply);
    assert_status(again, STATUS_PERSON);
    g_autoptr(json) after = run_document(again);
    assert_step(after, "group", "done");
    assert_step(after, "catalog", "done");
    assert_int_equal(count_held(tenant, "groups", "displayName", "Red Canary"), 1);
    assert_nothing_twice(tenant);
    practice_end(tenant);
}

static void assert_done_or_locked(struct run *run)
{
    g_autoptr(json) document = run_document(run);
    const json *error = json_get(document, "error");
    if (error == NULL)
        assert_true(run->status == 0 || run->status == STATUS_PERSON || run->status == 3);
    else if (g_strcmp0(json_get_string(error, "code"), "locked") != 0)
        fail_msg("%s", run->output);
}

/* Two started together, on a folder that neither has seen; the second word's only where there is something to undo. */
static void start_pair(const char *first, const char *second)
{
    struct practice_tenant *tenant = practice_begin("fresh", NULL);
    const char *const commands[] = {first, second};
    struct background *running[G_N_ELEMENTS(commands)];
    gboolean undoes = strcmp(second, "undo") == 0;
    if (undoes)
        run_free(perch_run(tenant, apply));
    for (gsize i = 0; i < G_N_ELEMENTS(commands); i++) {
        gboolean reads = strcmp(commands[i], "check") == 0;
        const char *arguments[] = {commands[i], "--json", reads ? NULL : "--yes", NULL};
        running[i] = background_start(tenant, arguments, NULL);
    }
    for (gsize i = 0; i < G_N_ELEMENTS(commands); i++) {
        g_autoptr(Run) run = background_end(running[i]);
        assert_done_or_locked(run);
    }
    assert_true(count_held(tenant, "groups", "displayName", "Red Canary") <= 1);
    /* What was undone is made anew. */
    if (undoes)
        practice_clear_record(tenant);
    g_autoptr(Run) after = perch_run(tenant, apply);
    assert_status(after, STATUS_PERSON);
    assert_int_equal(count_held(tenant, "groups", "displayName", "Red Canary"), 1);
    assert_true(count_requests(tenant, "POST", GROUPS) <= 1);
    assert_nothing_twice(tenant);
    practice_end(tenant);
}

static void test_case(void **state)
{
    g_auto(GStrv) words = g_strsplit(*state, " ", 3);
    if (strcmp(words[0], "pair") == 0) {
        g_auto(GStrv) commands = g_strsplit(words[2], " ", 2);
        start_pair(commands[0], commands[1]);
        return;
    }
    full_disk(words[0], words[1], g_ascii_strtoll(words[2], NULL, 10));
}

static void test_pairs_started_together_make_nothing_twice(void **state)
{
    (void)state;
    static const char *const pairs[] = {"apply apply", "apply undo", "apply check", "undo undo"};
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
    for (gsize i = 0; i < PAIRS; i++)
        g_ptr_array_add(names, g_strdup_printf("pair %d %s", (int)i, pairs[(i + i / FEW_PAIRS) % G_N_ELEMENTS(pairs)]));
    keep_some(names, FEW_PAIRS);
    run_side_by_side(names);
}

static void test_a_full_disk_stops_before_the_request_that_could_not_be_noted(void **state)
{
    (void)state;
    struct practice_tenant *tenant = applied_tenant();
    g_autofree char *text = journal_text(tenant);
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    gsize offset = 0;
    for (char **line = lines; **line != '\0'; line++) {
        g_autoptr(json) record = json_parse(*line, -1, NULL);
        const char *object = json_get_string(record, "object");
        g_ptr_array_add(names, g_strdup_printf("%s %s %" G_GSIZE_FORMAT, json_get_string(record, "type"),
                                               object != NULL ? object : "-", offset));
        offset += strlen(*line) + 1;
    }
    practice_end(tenant);
    keep_some(names, FEW_LINES);
    run_side_by_side(names);
}

/* Root may write anywhere but into the kernel's own folders. */
static char *unwritable_folder(const struct practice_tenant *tenant)
{
    if (geteuid() == 0)
        return g_strdup("/proc/sys");
    char *folder = g_build_filename(practice_folder(tenant), "unwritable", NULL);
    assert_int_equal(g_mkdir(folder, 0500), 0);
    return folder;
}

static void test_a_folder_that_cannot_be_written_is_named(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("fresh", NULL);
    g_autofree char *folder = unwritable_folder(tenant);
    g_autofree char *below = g_build_filename(folder, "below", NULL);
    g_autofree char *file = g_build_filename(practice_folder(tenant), "file", NULL);
    assert_true(g_file_set_contents(file, "text", -1, NULL));
    const char *const folders[] = {folder, below, file};
    for (gsize i = 0; i < G_N_ELEMENTS(folders); i++) {
        g_autoptr(Run) run = perch(tenant, "apply", "--yes", "--json", "--state-dir", folders[i], NULL);
        assert_state_error(run, folders[i]);
    }
    assert_int_equal(count_graph(tenant), 0);
    practice_end(tenant);
}

/* LINK instead of the file NAME of the tenant's folder, pointing to TARGET. */
static void put_link(const struct practice_tenant *tenant, const char *name, const char *target)
{
    g_autofree char *folder = state_folder(tenant);
    g_autofree char *path = g_build_filename(folder, name, NULL);
    g_unlink(path);
    assert_int_equal(symlink(target, path), 0);
}

static void test_a_link_in_place_of_a_file_is_refused(void **state)
{
    (void)state;
    static const char *const names[] = {"journal.jsonl", "lock", "answers.json", "audit.jsonl"};
    for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
        struct practice_tenant *tenant = applied_tenant();
        g_autofree char *target = g_build_filename(practice_folder(tenant), "target", NULL);
        assert_true(g_file_set_contents(target, "", 0, NULL));
        put_link(tenant, names[i], target);
        g_autoptr(Run) run = perch_run(tenant, apply);
        g_autofree char *said = g_strconcat(names[i], " is a link", NULL);
        assert_state_error(run, said);
        g_autofree char *content = read_text(target);
        assert_string_equal(content, "");
        assert_int_equal(count_graph(tenant), 0);
        practice_end(tenant);
    }
}

/* What is wrong with a file is said of it, and not what follows from that it could not be read. */
static void test_what_is_no_plain_file_of_ones_own_is_named(void **state)
{
    (void)state;
    static const char *const names[] = {"journal.jsonl", "answers.json", "audit.jsonl"};
    static const char *const ways[][2] = {{"ln \"$1\" \"$1-other\"", "has another name too (a hard link)"},
                                          {"rm \"$1\" && mkfifo -m 600 \"$1\"", "is not a plain file of yours"}};
    struct practice_tenant *tenant = applied_tenant();
    g_autofree char *folder = state_folder(tenant);
    for (gsize i = 0; i < G_N_ELEMENTS(names) * G_N_ELEMENTS(ways); i++) {
        const char *const *way = ways[i % G_N_ELEMENTS(ways)];
        g_autofree char *file = g_build_filename(folder, names[i / G_N_ELEMENTS(ways)], NULL);
        g_autofree char *text = g_strdup_printf("cp -a \"$1\" \"$1-kept\"; %s", way[0]);
        g_autoptr(Run) done = run_program((const char *const[]){"/bin/sh", "-ec", text, "sh", file, NULL}, NULL, "");
        assert_status(done, 0);
        g_autoptr(Run) run = perch_run(tenant, apply);
        assert_state_error(run, names[i / G_N_ELEMENTS(ways)]);
        assert_state_error(run, way[1]);
        assert_int_equal(count_graph(tenant), 0);
        static const char back[] = "rm -rf \"$1\" \"$1-other\"; mv \"$1-kept\" \"$1\"";
        g_autoptr(Run) undone = run_program((const char *const[]){"/bin/sh", "-ec", back, "sh", file, NULL}, NULL, "");
        assert_status(undone, 0);
    }
    practice_end(tenant);
}

static void test_a_link_in_place_of_a_folder_is_refused(void **state)
{
    (void)state;
    struct practice_tenant *tenant = applied_tenant();
    g_autofree char *folder = state_folder(tenant);
    g_autofree char *base = g_path_get_dirname(folder);
    g_autofree char *elsewhere = g_build_filename(practice_folder(tenant), "elsewhere", NULL);
    g_autofree char *link_to_base = g_build_filename(practice_folder(tenant), "link", NULL);
    assert_int_equal(symlink(base, link_to_base), 0);
    g_autoptr(Run) whole = perch(tenant, "apply", "--yes", "--json", "--state-dir", link_to_base, NULL);
    assert_state_error(whole, link_to_base);
    assert_int_equal(g_rename(folder, elsewhere), 0);
    assert_int_equal(symlink(elsewhere, folder), 0);
    g_autoptr(Run) tenants = perch_run(tenant, apply);
    assert_state_error(tenants, folder);
    assert_int_equal(count_graph(tenant), 0);
    practice_end(tenant);
}

static void assert_mode(const char *folder, const char *name, mode_t mode)
{
    g_autofree char *path = name != NULL ? g_build_filename(folder, name, NULL) : g_strdup(folder);
    struct stat status;
    assert_int_equal(lstat(path, &status), 0);
    assert_int_equal(status.st_mode & 07777, mode);
}

static void test_others_may_read_nothing(void **state)
{
    (void)state;
    mode_t former = umask(0);
    struct practice_tenant *tenant = applied_tenant();
    umask(former);
    g_autofree char *folder = state_folder(tenant);
    assert_mode(folder, NULL, 0700);
    assert_mode(folder, "journal.jsonl", 0600);
    assert_mode(folder, "lock", 0600);
    assert_mode(folder, "answers.json", 0600);
    assert_mode(folder, "audit.jsonl", 0600);
    practice_end(tenant);
}

static gboolean is_group_asked_for(gconstpointer tenant)
{
    return count_requests(tenant, "POST", GROUPS) > 0;
}

static void assert_names_holder(const char *text, const char *holder)
{
    if (text == NULL || strstr(text, holder) == NULL)
        fail_msg("who holds the lock is “%s…” and is not named in: %s", holder, text);
}

static void test_a_second_perch_only_looks_on_and_says_so(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("fresh", NULL);
    arm_fault(tenant, "{'method':'POST','path':'/v1.0/groups','delayMs':6000}");
    struct background *first = background_start(tenant, apply, NULL);
    assert_true(wait_until(is_group_asked_for, tenant));
    struct background *second = background_start(tenant, apply, NULL);
    struct background *third = background_start(tenant, (const char *const[]){"check", NULL}, NULL);
    struct background *fourth = background_start(tenant, check, NULL);
    g_autoptr(Run) locked = background_end(second);
    g_autoptr(Run) looks_on = background_end(third);
    assert_status(locked, STATUS_FAILED);
    g_autoptr(json) document = run_document(locked);
    assert_string_equal(json_get_string(json_get(document, "error"), "code"), "locked");
    g_autofree char *holder = g_strdup_printf("(process %d ", background_process(first));
    assert_names_holder(locked->output, holder);
    assert_non_null(strstr(looks_on->errors, "this one only looks on"));
    assert_non_null(strstr(looks_on->output, "Analysts' group"));
    assert_names_holder(looks_on->output, holder);
    g_autoptr(Run) looks_too = background_end(fourth);
    g_autoptr(json) seen = run_document(looks_too);
    assert_true(json_is_true(json_get(seen, "readOnly")));
    assert_names_holder(json_get_string(seen, "readOnlyReason"), holder);
    g_autoptr(Run) whole = background_end(first);
    assert_status(whole, STATUS_PERSON);
    assert_int_equal(count_requests(tenant, "POST", GROUPS), 1);
    assert_nothing_twice(tenant);
    g_autoptr(Run) alone = perch_run(tenant, check);
    g_autoptr(json) by_itself = run_document(alone);
    assert_non_null(json_get(by_itself, "readOnly"));
    assert_false(json_get_bool(by_itself, "readOnly", TRUE));
    assert_null(json_get(by_itself, "readOnlyReason"));
    practice_end(tenant);
}

static void test_many_started_at_once_are_never_two_writers(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("fresh", NULL);
    g_autoptr(GPtrArray) running = g_ptr_array_new();
    for (int i = 0; i < (g_getenv(TEST_ALL) != NULL ? 50 : 10); i++)
        g_ptr_array_add(running, background_start(tenant, i % 5 == 0 ? check : apply, NULL));
    for (guint i = 0; i < running->len; i++) {
        g_autoptr(Run) run = background_end(g_ptr_array_index(running, i));
        assert_done_or_locked(run);
    }
    g_autoptr(Run) after = perch_run(tenant, apply);
    assert_status(after, STATUS_PERSON);
    assert_int_equal(count_held(tenant, "groups", "displayName", "Red Canary"), 1);
    assert_int_equal(count_requests(tenant, "POST", GROUPS), 1);
    assert_nothing_twice(tenant);
    practice_end(tenant);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_change_in_any_line_is_refused_with_its_number),
        cmocka_unit_test(test_a_missing_or_swapped_line_is_refused),
        cmocka_unit_test(test_a_journal_that_falls_short_of_the_audit_is_refused),
        cmocka_unit_test(test_a_journal_that_falls_short_of_the_last_run_is_told),
        cmocka_unit_test(test_a_journal_cut_off_anywhere_makes_nothing_again),
        cmocka_unit_test(test_a_folder_that_cannot_be_written_is_named),
        cmocka_unit_test(test_a_link_in_place_of_a_file_is_refused),
        cmocka_unit_test(test_what_is_no_plain_file_of_ones_own_is_named),
        cmocka_unit_test(test_a_link_in_place_of_a_folder_is_refused),
        cmocka_unit_test(test_others_may_read_nothing),
        cmocka_unit_test(test_a_second_perch_only_looks_on_and_says_so),
        cmocka_unit_test(test_many_started_at_once_are_never_two_writers),
        cmocka_unit_test(test_pairs_started_together_make_nothing_twice),
        cmocka_unit_test(test_a_full_disk_stops_before_the_request_that_could_not_be_noted),
    };
    json_init();
    if (argc > 1)
        return run_case(argv[1], test_case);
    return cmocka_run_group_tests_name("state", tests, NULL, NULL);
}
