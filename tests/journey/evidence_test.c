/* SPDX-License-Identifier: MIT */
/* Evidence that can be checked by somebody else: what perch verify says of a bundle that was changed, and of one that
 * was not. */
#include <string.h>

#include "support/practice.h"

#define STATUS_DAMAGED 1
#define STATUS_INPUT 2

static struct run *verify(const char *file)
{
    return run_program((const char *const[]){PERCH_BINARY, "verify", "--json", file, NULL}, NULL, "");
}

struct evidence {
    struct practice_tenant *tenant;
    char *file;
    char *bytes;
    gsize length;
};

static int set_up(void **state)
{
    struct evidence *evidence = g_new0(struct evidence, 1);
    evidence->tenant = practice_begin("fresh", NULL);
    evidence->file = g_build_filename(practice_folder(evidence->tenant), "evidence.tar", NULL);
    g_autoptr(Run) run = perch(evidence->tenant, "report", "--bundle", evidence->file, NULL);
    assert_true(g_file_get_contents(evidence->file, &evidence->bytes, &evidence->length, NULL));
    *state = evidence;
    return 0;
}

static int tear_down(void **state)
{
    struct evidence *evidence = *state;
    practice_end(evidence->tenant);
    g_free(evidence->file);
    g_free(evidence->bytes);
    g_free(evidence);
    return 0;
}

/* The findings that are not good, joined; what was found is a failure if there are any. */
static char *bad_findings(const struct run *run)
{
    g_autoptr(json) document = run_document(run);
    g_autoptr(GString) bad = g_string_new(NULL);
    json_for_each (finding, json_get(document, "findings")) {
        if (!json_is_true(json_get(finding, "good")))
            g_string_append_printf(bad, "%s: %s\n", json_get_string(finding, "subject"),
                                   json_get_string(finding, "message"));
    }
    assert_int_equal(bad->len == 0, json_is_true(json_get(document, "good")));
    assert_status(run, bad->len == 0 ? 0 : STATUS_DAMAGED);
    return g_string_free(g_steal_pointer(&bad), FALSE);
}

static void test_what_nobody_touched_is_good(void **state)
{
    struct evidence *evidence = *state;
    g_autoptr(Run) run = verify(evidence->file);
    g_autofree char *bad = bad_findings(run);
    assert_string_equal(bad, "");
    assert_non_null(strstr(run->output, "journal.jsonl"));
    assert_non_null(strstr(run->output, "It has no seal"));
}

/* One changed letter in any file is found, and the file named. */
static void test_a_changed_letter_is_found_in_each_file(void **state)
{
    struct evidence *evidence = *state;
    static const char *const names[] = {"report.txt", "report.html", "plan.json", "journal.jsonl", "about.json"};
    for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
        g_autofree char *header = g_strdup_printf("/%s", names[i]);
        char *at = memmem(evidence->bytes, evidence->length, header, strlen(header));
        assert_non_null(at);
        char *content = evidence->bytes + (at - evidence->bytes) / 512 * 512 + 512;
        content[10] ^= 1;
        assert_true(g_file_set_contents(evidence->file, evidence->bytes, (gssize)evidence->length, NULL));
        content[10] ^= 1;
        g_autoptr(Run) run = verify(evidence->file);
        g_autofree char *bad = bad_findings(run);
        g_autofree char *wanted = g_strdup_printf("%s: It was changed", names[i]);
        if (strstr(bad, wanted) == NULL)
            fail_msg("%s was changed, and found was: %s", names[i], bad);
    }
}

/* Run COMMAND in the tenant's folder. */
static void change(const struct evidence *evidence, const char *command)
{
    g_autofree char *line = g_strdup_printf("cd %s && %s", practice_folder(evidence->tenant), command);
    g_autoptr(Run) run = run_program((const char *const[]){"/bin/sh", "-ec", line, NULL}, NULL, "");
    assert_status(run, 0);
}

static void test_what_was_put_in_or_taken_out_is_found(void **state)
{
    struct evidence *evidence = *state;
    change(evidence,
           "tar xf evidence.tar && mv perch-* bundle && echo more > bundle/more.txt && rm bundle/audit.jsonl && "
           "tar --format=ustar -cf evidence.tar $(find bundle -type f)");
    g_autoptr(Run) run = verify(evidence->file);
    g_autofree char *bad = bad_findings(run);
    assert_non_null(strstr(bad, "more.txt: It was put in"));
    assert_non_null(strstr(bad, "audit.jsonl: It has a sum and is not there"));
}

/* Where in memory the names of files happen to stand must not make a difference: each file more moves them. */
static void test_each_file_that_was_put_in_is_found(void **state)
{
    struct evidence *evidence = *state;
    change(evidence, "tar xf evidence.tar && mv perch-* bundle && ls bundle > listed && seq 100 131 > numbers && "
                     "for i in $(cat numbers); do echo more > bundle/more$i.txt; done");
    for (int before = 0; before < 16; before++) {
        change(evidence, "echo >> moved; n=$(wc -l < moved); tar --format=ustar -cf evidence.tar "
                         "$(tail -n +$((33 - n)) numbers | sed 's|.*|bundle/more&.txt|') $(sed 's|^|bundle/|' listed) "
                         "$(head -n $((32 - n)) numbers | sed 's|.*|bundle/more&.txt|')");
        g_autoptr(Run) run = verify(evidence->file);
        g_autofree char *bad = bad_findings(run);
        g_auto(GStrv) parts = g_strsplit(bad, ".txt: It was put in", -1);
        assert_int_equal(g_strv_length(parts) - 1, 32);
    }
}

/* A file goes with its line in the sums; what a bundle is for has to be in it. */
static void test_a_bundle_without_its_journal_is_none(void **state)
{
    struct evidence *evidence = *state;
    change(evidence, "tar xf evidence.tar && mv perch-* bundle && cd bundle && rm journal.jsonl audit.jsonl && "
                     "grep -v jsonl SHA256SUMS > sums && mv sums SHA256SUMS && cd .. && "
                     "tar --format=ustar -cf evidence.tar $(find bundle -type f)");
    g_autoptr(Run) run = verify(evidence->file);
    g_autofree char *bad = bad_findings(run);
    assert_true(g_str_has_prefix(bad, "journal.jsonl: It is not there, and each bundle holds it"));
}

/* Whoever mends the sums as well is still found by the journal's own chain. */
static void test_a_line_taken_out_of_the_journal_is_found_by_its_chain(void **state)
{
    struct evidence *evidence = *state;
    change(evidence,
           "tar xf evidence.tar && mv perch-* bundle && cd bundle && sed -i 1d journal.jsonl && "
           "grep -v journal SHA256SUMS > sums && sha256sum journal.jsonl >> sums && mv sums SHA256SUMS && cd .. && "
           "tar --format=ustar -cf evidence.tar $(find bundle -type f)");
    g_autoptr(Run) run = verify(evidence->file);
    g_autofree char *bad = bad_findings(run);
    assert_true(g_str_has_prefix(bad, "journal.jsonl: The journal journal.jsonl is damaged in line 1"));
}

/* Other programs may unpack what stands behind the end that perch sees. */
/* Whoever cuts the journal's end off and mends its sum forgets that the audit names a line of it. */
static void test_a_journal_that_the_audit_knows_more_of_is_found(void **state)
{
    const struct evidence *evidence = *state;
    const char *folder = practice_folder(evidence->tenant);
    g_autofree char *file = g_build_filename(folder, "done.tar", NULL);
    g_autofree char *answers = practice_answers(evidence->tenant, "{\"company\":\"Contoso\"}");
    g_autoptr(Run) applied =
        perch(evidence->tenant, "apply", "--yes", "--tenant", "contoso.com", "--answers", answers, NULL);
    g_autoptr(Run) report = perch(evidence->tenant, "report", "--bundle", file, NULL);
    g_autoptr(Run) good = verify(file);
    g_autofree char *nothing = bad_findings(good);
    assert_string_equal(nothing, "");
    static const char cut[] =
        "cd \"$1\" && tar xf done.tar && cd perch-* && head -3 journal.jsonl > cut && mv cut journal.jsonl && "
        "grep -v journal.jsonl SHA256SUMS > sums; sha256sum journal.jsonl >> sums && mv sums SHA256SUMS && cd .. && "
        "tar --format=ustar -cf done.tar perch-*/*";
    g_autoptr(Run) done = run_program((const char *const[]){"/bin/sh", "-ec", cut, "sh", folder, NULL}, NULL, "");
    assert_status(done, 0);
    g_autoptr(Run) bad = verify(file);
    g_autofree char *found = bad_findings(bad);
    assert_non_null(strstr(found, "one chain: Line 1 of the audit names line "));
}

static void test_nothing_follows_the_end(void **state)
{
    struct evidence *evidence = *state;
    change(evidence, "printf 'more' >> evidence.tar");
    g_autoptr(Run) run = verify(evidence->file);
    assert_status(run, STATUS_INPUT);
    assert_non_null(strstr(run->output, "something follows its end"));
}

static void test_anything_else_is_refused(void **state)
{
    struct evidence *evidence = *state;
    g_autofree char *cut = g_build_filename(practice_folder(evidence->tenant), "cut.tar", NULL);
    g_autofree char *text = g_build_filename(practice_folder(evidence->tenant), "notes.txt", NULL);
    assert_true(g_file_set_contents(cut, evidence->bytes, 3000, NULL));
    assert_true(g_file_set_contents(text, "notes\n", -1, NULL));
    const char *const files[] = {cut, text, "/nowhere/evidence.tar", "/dev/null"};
    for (gsize i = 0; i < G_N_ELEMENTS(files); i++) {
        g_autoptr(Run) run = verify(files[i]);
        assert_status(run, STATUS_INPUT);
        g_autoptr(json) document = run_document(run);
        assert_non_null(json_get(document, "error"));
    }
}

static void test_a_seal_that_is_asked_for_has_to_be_there(void **state)
{
    struct evidence *evidence = *state;
    g_autoptr(Run) run = run_program(
        (const char *const[]){PERCH_BINARY, "verify", "--json", "--seal-key", "ab", evidence->file, NULL}, NULL, "");
    g_autofree char *bad = bad_findings(run);
    assert_string_equal(bad, "SEAL.json: It has no seal, and --seal-key wants one.\n");
}

/* A seal is optional, for a hand-over as for a bundle; that there is none is said. */
static void test_a_seal_that_nobody_asks_for_may_lack(void **state)
{
    struct evidence *evidence = *state;
    g_autofree char *file = g_build_filename(practice_folder(evidence->tenant), "handed.json", NULL);
    g_autoptr(Run) given = perch(evidence->tenant, "hand-over", "--no-keyring", "--output", file, NULL);
    assert_int_equal(given->status, 0);
    const char *const files[] = {evidence->file, file};
    for (gsize i = 0; i < G_N_ELEMENTS(files); i++) {
        g_autoptr(Run) run = verify(files[i]);
        assert_status(run, 0);
        assert_non_null(strstr(run->output, "It has no seal"));
        g_autoptr(Run) wanted =
            run_program((const char *const[]){PERCH_BINARY, "verify", "--seal-key", "ab", files[i], NULL}, NULL, "");
        assert_status(wanted, 1);
    }
}

#define EVIDENCE(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        EVIDENCE(test_what_nobody_touched_is_good),
        EVIDENCE(test_a_changed_letter_is_found_in_each_file),
        EVIDENCE(test_what_was_put_in_or_taken_out_is_found),
        EVIDENCE(test_each_file_that_was_put_in_is_found),
        EVIDENCE(test_a_bundle_without_its_journal_is_none),
        EVIDENCE(test_a_line_taken_out_of_the_journal_is_found_by_its_chain),
        EVIDENCE(test_a_journal_that_the_audit_knows_more_of_is_found),
        EVIDENCE(test_nothing_follows_the_end),
        EVIDENCE(test_anything_else_is_refused),
        EVIDENCE(test_a_seal_that_nobody_asks_for_may_lack),
        EVIDENCE(test_a_seal_that_is_asked_for_has_to_be_there),
    };
    json_init();
    return run_journeys("evidence", tests, argc, argv);
}
