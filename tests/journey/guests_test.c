/* SPDX-License-Identifier: MIT */
#include "support/background.h"
#include "support/practice.h"

#include <glib/gstdio.h>
#include <string.h>

#define GUESTS "{\"guests\":[\"ann@redcanary.com\",\"bob@redcanary.com\"]}"

static json *run_with(const struct practice_tenant *tenant, const char *command, const char *answers)
{
    g_autofree char *file = practice_answers(tenant, answers);
    const char *yes = strcmp(command, "apply") == 0 ? "--yes" : NULL;
    g_autoptr(Run) run = perch(tenant, command, "--json", "--answers", file, yes, NULL);
    return run_document(run);
}

static int count_members_added(const json *record)
{
    int count = 0;
    json_for_each (entry, record) {
        count += strcmp(json_get_string(entry, "method"), "POST") == 0 &&
                 g_str_has_suffix(json_get_string(entry, "path"), "/members/$ref") &&
                 json_get_int(entry, "status", 0) == 204;
    }
    return count;
}

static void assert_no_user(const struct practice_tenant *tenant, const char *mail)
{
    g_autoptr(json) held = practice_state(tenant);
    g_autofree char *users = json_text(json_get_path(held, "objects.users"));
    assert_null(strstr(users, mail));
}

static void test_guests_are_invited_and_become_members_once(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("p1-only", NULL);
    g_autoptr(json) asked = run_with(tenant, "apply", "{}");
    assert_step(asked, "p1-access", "needs-you");
    assert_string_equal(json_get_string(find_step(asked, "p1-access"), "reason"), "Still missing: Guest list.");
    g_autoptr(json) done = run_with(tenant, "apply", GUESTS);
    assert_step(done, "p1-access", "done");
    g_autoptr(json) again = run_with(tenant, "apply", GUESTS);
    assert_step(again, "p1-access", "done");
    g_autoptr(json) record = practice_record(tenant);
    assert_int_equal(count_writes(record, "POST", "/v1.0/invitations"), 2);
    assert_int_equal(count_members_added(record), 2);
    practice_end(tenant);
}

static void test_guests_whom_the_list_keeps_out_are_refused_by_its_name(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("p1-partner-not-allowed", NULL);
    g_autofree char *file = practice_answers(tenant, GUESTS);
    g_autoptr(Run) run = perch(tenant, "apply", "--json", "--yes", "--answers", file, NULL);
    g_autoptr(json) document = run_document(run);
    assert_step(document, "p1-access", "failed");
    const char *next = json_get_string(find_step(document, "p1-access"), "next");
    const char *reason = json_get_string(find_step(document, "p1-access"), "reason");
    assert_true(g_str_has_prefix(reason, "guest ann@redcanary.com, guest bob@redcanary.com: "));
    assert_non_null(strstr(next, "allowed or blocked domains for B2B collaboration"));
    assert_non_null(strstr(next, "Collaboration restrictions"));
    g_autoptr(json) record = practice_record(tenant);
    assert_int_equal(count_members_added(record), 0);
    practice_end(tenant);
}

static void test_guests_that_were_there_before_are_taken_as_they_are(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("p1-only", NULL);
    g_autoptr(json) made = run_with(tenant, "apply", GUESTS);
    assert_step(made, "p1-access", "done");
    practice_clear_record(tenant);
    g_autofree char *elsewhere = g_build_filename(practice_folder(tenant), "elsewhere", NULL);
    g_autofree char *file = practice_answers(tenant, GUESTS);
    g_autoptr(Run) run = perch(tenant, "apply", "--json", "--yes", "--state-dir", elsewhere, "--answers", file, NULL);
    g_autoptr(json) document = run_document(run);
    assert_step(document, "group", "done");
    assert_step(document, "p1-access", "done");
    g_autoptr(json) record = practice_record(tenant);
    assert_int_equal(count_writes(record, NULL, "/v1.0"), 0);
    practice_end(tenant);
}

static void test_the_plan_is_what_is_sent(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("p1-only", NULL);
    g_autoptr(json) planned = run_with(tenant, "plan", GUESTS);
    g_autoptr(json) done = run_with(tenant, "apply", GUESTS);
    assert_step(done, "p1-access", "done");
    g_autoptr(json) record = practice_record(tenant);
    int sent = 0;
    json_for_each (entry, record) {
        int status = (int)json_get_int(entry, "status", 0);
        gboolean write = g_str_has_prefix(json_get_string(entry, "path"), "/v1.0/") &&
                         strcmp(json_get_string(entry, "method"), "GET") != 0;
        sent += write && status < 300;
    }
    int least = json_length(json_get(planned, "requests")) - 1; /* the owner is removed only if Graph added one */
    assert_in_range(sent, least, least + 1);
    practice_end(tenant);
}

static void test_undo_takes_guests_and_memberships_away(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("p1-only", NULL);
    g_autoptr(json) done = run_with(tenant, "apply", GUESTS);
    assert_step(done, "p1-access", "done");
    g_autoptr(Run) undo = perch(tenant, "undo", "--yes", "--json", NULL);
    assert_status(undo, 0);
    g_autoptr(json) held = practice_state(tenant);
    g_autofree char *users = json_text(json_get_path(held, "objects.users"));
    assert_null(strstr(users, "ann@redcanary.com"));
    practice_end(tenant);
}

/* Whose access is ended is taken off the group once, as the plan says. */
static void test_leaving_takes_each_guest_off_the_group_once(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("p1-only", NULL);
    g_autoptr(json) done = run_with(tenant, "apply", GUESTS);
    assert_step(done, "p1-access", "done");
    practice_clear_record(tenant);
    g_autoptr(Run) planned = perch(tenant, "leave", "--json", NULL);
    g_autoptr(json) plan = run_document(planned);
    g_autoptr(Run) left = perch(tenant, "leave", "--yes", "--json", NULL);
    assert_null(strstr(left->errors, "waiting to see what came of the request"));
    g_autoptr(json) record = practice_record(tenant);
    assert_int_equal(count_writes(record, "DELETE", "/v1.0/groups/"), 3);
    assert_int_equal(count_writes(record, "DELETE", "/v1.0/"), json_length(json_get(plan, "requests")));
    assert_no_user(tenant, "ann@redcanary.com");
    practice_end(tenant);
}

static void test_the_partners_card_has_no_line_of_what_falls_away(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("p1-only", NULL);
    g_autoptr(Run) run = perch(tenant, "report", "--format", "json", NULL);
    g_autoptr(json) report = run_document(run);
    const json *lines = json_get_path(report, "handBack.lines");
    assert_true(json_length(lines) > 0);
    json_for_each (line, lines) {
        assert_string_not_equal(json_get_string(line, "text"), "My Access link");
        assert_string_not_equal(json_get_string(line, "text"), "Access package");
    }
    practice_end(tenant);
}

static const json *guest_called(const json *tenant, const char *mail)
{
    json_for_each (user, json_get_path(tenant, "objects.users")) {
        if (g_strcmp0(json_get_string(user, "mail"), mail) == 0)
            return user;
    }
    return NULL;
}

static const json *guest_in(const json *tenant)
{
    return guest_called(tenant, "quinn@redcanary.com");
}

/* Whom somebody of the company put into a group since is somebody's guest now, whatever was decided before. */
static void test_a_guest_whom_others_use_is_not_taken_away(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("guest-waiting", NULL);
    g_autoptr(json) made = run_with(tenant, "apply", "{\"guests\":[\"quinn@redcanary.com\"]}");
    assert_step(made, "p1-access", "done");
    json *store = practice_take_store(tenant);
    json *other = json_find(json_get_path(store, "objects.groups"), "displayName", "All Field Staff");
    json_append_string(json_get(other, "_members"), json_get_string(guest_in(store), "id"));
    practice_put_store(tenant, store);
    g_autoptr(json) kept =
        run_with(tenant, "apply", "{\"guests\":[\"quinn@redcanary.com\"],\"decisions\":{\"guest-1\":\"remove\"}}");
    assert_step(kept, "p1-access", "needs-you");
    assert_string_equal(json_get_string(find_step(kept, "p1-access"), "reason"),
                        "Others gave this guest what perch did not: membership in “All Field Staff”.");
    g_autoptr(json) after = practice_state(tenant);
    assert_non_null(guest_in(after));
    practice_end(tenant);
}

/* Never unasked, once however often perch is run, and the guest stays the same one. */
static void test_an_invitation_is_sent_again_when_a_person_decides_so(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("guest-waiting", NULL);
    g_autoptr(json) before = practice_state(tenant);
    g_autofree char *id = g_strdup(json_get_string(guest_in(before), "id"));
    g_autoptr(json) unasked = run_with(tenant, "apply", "{\"guests\":[\"quinn@redcanary.com\"]}");
    assert_step(unasked, "p1-access", "done");
    g_autofree char *offered = json_text(find_step(unasked, "p1-access"));
    assert_non_null(strstr(offered, "Send the invitation again"));
    assert_non_null(strstr(offered, "2 Mar 2026"));
    static const char answers[] = "{\"guests\":[\"quinn@redcanary.com\"],\"decisions\":{\"guest-1\":\"repair\"}}";
    for (int i = 0; i < 2; i++) {
        g_autoptr(json) done = run_with(tenant, "apply", answers);
        assert_step(done, "p1-access", "done");
    }
    g_autoptr(json) record = practice_record(tenant);
    assert_int_equal(count_writes(record, "POST", "/v1.0/invitations"), 1);
    g_autoptr(json) after = practice_state(tenant);
    assert_string_equal(json_get_string(guest_in(after), "id"), id);
    practice_end(tenant);
}

/* Though perch did not make it; with the guest goes the membership, and nothing is left to do. */
static void test_a_guest_who_never_accepted_goes_when_a_person_decides_so(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("guest-waiting", NULL);
    g_autoptr(json) made = run_with(tenant, "apply", "{\"guests\":[\"quinn@redcanary.com\"]}");
    assert_step(made, "p1-access", "done");
    practice_clear_record(tenant);
    static const char answers[] = "{\"guests\":[\"quinn@redcanary.com\"],\"decisions\":{\"guest-1\":\"remove\"}}";
    g_autoptr(json) planned = run_with(tenant, "plan", answers);
    assert_int_equal(json_length(json_get(planned, "requests")), 1);
    g_autoptr(json) done = run_with(tenant, "apply", answers);
    assert_step(done, "p1-access", "done");
    g_autoptr(json) again = run_with(tenant, "apply", answers);
    assert_step(again, "p1-access", "done");
    g_autoptr(json) record = practice_record(tenant);
    assert_int_equal(count_writes(record, "DELETE", "/v1.0/users/"), 1);
    assert_int_equal(count_writes(record, NULL, "/v1.0"), 1);
    g_autoptr(json) after = practice_state(tenant);
    assert_null(guest_in(after));
    practice_end(tenant);
}

/* A number is another's on another machine, and in another list. */
static void test_a_number_in_a_file_is_nobodys_whom_the_journal_does_not_know(void **state)
{
    (void)state;
    static const char numbered[] =
        "{\"guests\":[\"quinn@redcanary.com\",\"bob@redcanary.com\"],\"decisions\":{\"guest-1\":\"remove\"}}";
    static const char other_way[] =
        "{\"guests\":[\"bob@redcanary.com\",\"quinn@redcanary.com\"],\"decisions\":{\"guest-1\":\"remove\"}}";
    static const char named[] = "{\"guests\":[\"bob@redcanary.com\",\"quinn@redcanary.com\"],"
                                "\"decisions\":{\"guest-Quinn@redcanary.com\":\"remove\"}}";
    struct practice_tenant *tenant = practice_begin("guest-waiting", NULL);
    g_autofree char *file = practice_answers(tenant, numbered);
    for (int i = 0; i < 2; i++) {
        g_autoptr(Run) refused = perch(tenant, "apply", "--yes", "--answers", file, NULL);
        assert_status(refused, 2);
        assert_non_null(strstr(refused->errors, "“guest-quinn@redcanary.com”"));
    }
    g_autoptr(json) made = run_with(tenant, "apply", "{\"guests\":[\"quinn@redcanary.com\"]}");
    assert_step(made, "p1-access", "done");
    /* Here it is quinn's by now, and whoever wrote this list may mean the one who stands first in it. */
    g_autoptr(json) unsure = run_with(tenant, "apply", other_way);
    g_autoptr(json) held = practice_state(tenant);
    assert_non_null(guest_called(held, "quinn@redcanary.com"));
    assert_non_null(guest_called(held, "bob@redcanary.com"));
    g_autofree char *offered = json_text(find_step(unsure, "p1-access"));
    assert_non_null(strstr(offered, "decisions.guest-quinn@redcanary.com"));
    g_autoptr(json) gone = run_with(tenant, "apply", named);
    assert_step(gone, "p1-access", "done");
    g_autoptr(json) after = practice_state(tenant);
    assert_null(guest_in(after));
    assert_non_null(guest_called(after, "bob@redcanary.com"));
    practice_end(tenant);
}

/* The journal as a perch wrote it that did not note whom a key stands for. */
static void forget_whom_keys_stand_for(const struct practice_tenant *tenant)
{
    g_autofree char *folder = state_folder(tenant);
    g_autofree char *path = g_build_filename(folder, "journal.jsonl", NULL);
    g_autofree char *text = read_text(path);
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    g_autoptr(GRegex) item = g_regex_new("\"item\":\"[^\"]*\",", G_REGEX_DEFAULT, G_REGEX_MATCH_DEFAULT, NULL);
    g_autoptr(GString) old = g_string_new(NULL);
    g_autofree char *before = g_strdup("");
    for (char **line = lines; *line != NULL && **line != '\0'; line++) {
        g_autofree char *without = g_regex_replace_literal(item, *line, -1, 0, "", G_REGEX_MATCH_DEFAULT, NULL);
        *strstr(without, ",\"check\"") = '\0';
        g_autofree char *chained = g_strconcat(before, without, NULL);
        g_autofree char *sum = g_compute_checksum_for_string(G_CHECKSUM_SHA256, chained, -1);
        sum[16] = '\0';
        g_string_append_printf(old, "%s,\"check\":\"%s\"}\n", without, sum);
        g_free(before);
        before = g_strdup(sum);
    }
    assert_null(strstr(old->str, "\"item\""));
    assert_true(g_file_set_contents(path, old->str, -1, NULL));
    /* It names lines of the other. */
    g_autofree char *audit = g_build_filename(folder, "audit.jsonl", NULL);
    assert_int_equal(g_unlink(audit), 0);
}

/* Whoever stands in the list where the other stood is invited all the same, and the other is not when he is back. */
static void put_another_in_the_place(gboolean journal_is_of_an_earlier_perch)
{
    struct practice_tenant *tenant = practice_begin("guest-waiting", NULL);
    g_autoptr(json) found = run_with(tenant, "apply", "{\"guests\":[\"quinn@redcanary.com\"]}");
    assert_step(found, "p1-access", "done");
    g_autoptr(json) gone =
        run_with(tenant, "apply", "{\"guests\":[\"quinn@redcanary.com\"],\"decisions\":{\"guest-1\":\"remove\"}}");
    assert_step(gone, "p1-access", "done");
    if (journal_is_of_an_earlier_perch)
        forget_whom_keys_stand_for(tenant);
    practice_clear_record(tenant);
    g_autoptr(json) made = run_with(tenant, "apply", "{\"guests\":[\"eve@redcanary.com\"]}");
    assert_step(made, "p1-access", "done");
    g_autoptr(json) record = practice_record(tenant);
    assert_int_equal(count_writes(record, "POST", "/v1.0/invitations"), 1);
    g_autoptr(json) back = run_with(tenant, "apply", "{\"guests\":[\"eve@redcanary.com\",\"quinn@redcanary.com\"]}");
    assert_step(back, "p1-access", "done");
    g_autoptr(json) all = practice_record(tenant);
    assert_int_equal(count_writes(all, "POST", "/v1.0/invitations"), 1);
    practice_end(tenant);
}

static void test_what_was_decided_about_a_guest_is_of_nobody_who_takes_the_place(void **state)
{
    (void)state;
    put_another_in_the_place(FALSE);
}

static void test_what_was_decided_with_an_earlier_perch_is_of_nobody_else_either(void **state)
{
    (void)state;
    put_another_in_the_place(TRUE);
}

/* On the colleague's machine another number is that person's, and the decision goes with the person. */
static void test_a_decision_is_handed_over_with_the_person(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("guest-waiting", NULL);
    g_autoptr(json) first = run_with(tenant, "apply", "{\"guests\":[\"ann@redcanary.com\"]}");
    assert_step(first, "p1-access", "done");
    g_autoptr(json) decided =
        run_with(tenant, "apply",
                 "{\"guests\":[\"quinn@redcanary.com\"],\"decisions\":{\"guest-quinn@redcanary.com\":\"remove\"}}");
    assert_step(decided, "p1-access", "differs");
    g_autofree char *file = g_build_filename(practice_folder(tenant), "handed.json", NULL);
    g_autofree char *elsewhere = g_build_filename(practice_folder(tenant), "elsewhere", NULL);
    g_autoptr(Run) given = perch(tenant, "hand-over", "--output", file, NULL);
    assert_status(given, 0);
    g_autoptr(Run) proposed = perch(tenant, "check", "--json", "--state-dir", elsewhere, "--answers", file, NULL);
    g_autoptr(json) document = run_document(proposed);
    g_autofree char *proposal = json_text(json_get(document, "handOver"));
    assert_non_null(strstr(proposal, "decisions.guest-quinn@redcanary.com"));
    assert_non_null(strstr(proposal, "“quinn@redcanary.com” is decided by "));
    assert_null(strstr(proposal, "guest-2"));
    /* Who went as decided is not invited again there. */
    g_autofree char *text = read_text(file);
    g_autofree char *sum = g_compute_checksum_for_string(G_CHECKSUM_SHA256, text, -1);
    practice_clear_record(tenant);
    g_autoptr(Run) accepted = perch(tenant, "apply", "--yes", "--json", "--state-dir", elsewhere, "--answers", file,
                                    "--answers-sha256", sum, NULL);
    assert_status(accepted, 5);
    g_autoptr(json) record = practice_record(tenant);
    assert_int_equal(count_writes(record, "POST", "/v1.0/invitations"), 0);
    practice_end(tenant);
}

/* It went by the place in the list as it was kept then, whatever the list is now. */
static void test_an_earlier_perchs_journal_is_read_by_the_list_kept_beside_it(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("p1-only", NULL);
    g_autoptr(json) done = run_with(tenant, "apply", GUESTS);
    assert_step(done, "p1-access", "done");
    g_autoptr(json) held = practice_state(tenant);
    const char *bob = json_get_string(guest_called(held, "bob@redcanary.com"), "id");
    forget_whom_keys_stand_for(tenant);
    practice_clear_record(tenant);
    for (int i = 0; i < 2; i++) {
        g_autoptr(json) other = run_with(tenant, "apply", "{\"guests\":[\"bob@redcanary.com\"]}");
        int made = 0;
        json_for_each (object, json_get(find_step(other, "p1-access"), "objects")) {
            made += strcmp(json_get_string(object, "kind"), "guest") == 0 &&
                    strcmp(json_get_string(object, "origin"), "created") == 0 &&
                    strcmp(json_get_string(object, "id"), bob) == 0;
        }
        assert_int_equal(made, 1);
    }
    g_autoptr(json) record = practice_record(tenant);
    assert_int_equal(count_writes(record, NULL, "/v1.0"), 0);
    g_autoptr(Run) undo = perch(tenant, "undo", "--yes", "--json", NULL);
    assert_status(undo, 0);
    assert_no_user(tenant, "ann@redcanary.com");
    assert_no_user(tenant, "bob@redcanary.com");
    practice_end(tenant);
}

/* For a while after a creation, what cannot be seen counts as not visible yet. */
static void await_absence_of_guest(const struct practice_tenant *tenant)
{
    gint64 deadline = g_get_monotonic_time() + PATIENCE;
    const char *state = NULL;
    while (g_strcmp0(state, "absent") != 0 && g_get_monotonic_time() < deadline) {
        g_autoptr(json) document = run_with(tenant, "check", "{\"guests\":[\"bob@redcanary.com\"]}");
        json_for_each (object, json_get(find_step(document, "p1-access"), "objects")) {
            if (g_strcmp0(json_get_string(object, "kind"), "guest") == 0)
                state = g_intern_string(json_get_string(object, "state"));
        }
    }
    assert_string_equal(state, "absent");
}

/* That the next one on the list is not there does not say that the one before is gone. */
static void test_undo_takes_a_guest_away_who_is_no_longer_on_the_list(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("p1-only", NULL);
    g_autoptr(json) done = run_with(tenant, "apply", "{\"guests\":[\"ann@redcanary.com\"]}");
    assert_step(done, "p1-access", "done");
    g_autofree char *file = practice_answers(tenant, "{\"guests\":[\"bob@redcanary.com\"]}");
    await_absence_of_guest(tenant);
    g_autoptr(Run) undo = perch(tenant, "undo", "--yes", "--json", "--answers", file, NULL);
    assert_status(undo, 0);
    g_autoptr(json) held = practice_state(tenant);
    g_autofree char *users = json_text(json_get_path(held, "objects.users"));
    assert_null(strstr(users, "ann@redcanary.com"));
    practice_end(tenant);
}

/* Whoever was invited for an earlier answer is perch's doing as well. */
static void test_undo_takes_away_the_guests_of_every_answer(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("p1-only", NULL);
    g_autoptr(json) first = run_with(tenant, "apply", "{\"guests\":[\"ann@redcanary.com\"]}");
    assert_step(first, "p1-access", "done");
    g_autofree char *file = practice_answers(tenant, "{\"guests\":[\"bob@redcanary.com\"]}");
    await_absence_of_guest(tenant);
    g_autoptr(json) second = run_with(tenant, "apply", "{\"guests\":[\"bob@redcanary.com\"]}");
    assert_step(second, "p1-access", "differs");
    g_autoptr(Run) undo = perch(tenant, "undo", "--yes", "--json", "--answers", file, NULL);
    assert_status(undo, 0);
    assert_no_user(tenant, "ann@redcanary.com");
    assert_no_user(tenant, "bob@redcanary.com");
    g_autoptr(Run) again = perch(tenant, "undo", "--yes", "--answers", file, NULL);
    assert_non_null(strstr(again->output, "Nothing that perch created is left."));
    practice_end(tenant);
}

static void test_undo_takes_away_a_guest_who_was_struck_off_the_list(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("p1-only", NULL);
    g_autoptr(json) done = run_with(tenant, "apply", GUESTS);
    assert_step(done, "p1-access", "done");
    g_autofree char *file = practice_answers(tenant, "{\"guests\":[\"ann@redcanary.com\"]}");
    g_autoptr(Run) undo = perch(tenant, "undo", "--yes", "--answers", file, NULL);
    assert_status(undo, 0);
    assert_no_user(tenant, "ann@redcanary.com");
    assert_no_user(tenant, "bob@redcanary.com");
    practice_end(tenant);
}

/* Undo meets FAULT at the guest who was struck off the list: that is told in JSON and by the exit code, and the next
 * undo takes the guest away. */
static void leave_one_who_was_struck_off(const char *fault, const char *why)
{
    struct practice_tenant *tenant = practice_begin("p1-only", NULL);
    g_autoptr(json) done = run_with(tenant, "apply", GUESTS);
    assert_step(done, "p1-access", "done");
    g_autofree char *file = practice_answers(tenant, "{\"guests\":[\"ann@redcanary.com\"]}");
    arm_fault(tenant, fault);
    g_autoptr(Run) undo = perch(tenant, "undo", "--yes", "--json", "--answers", file, NULL);
    assert_status(undo, 1);
    g_autoptr(json) told = run_document(undo);
    assert_step(told, "p1-access", "needs-you");
    const char *reason = json_get_string(find_step(told, "p1-access"), "reason");
    assert_non_null(strstr(reason, "bob@redcanary.com"));
    assert_non_null(strstr(reason, " was made for an earlier answer and is left: "));
    assert_non_null(strstr(reason, why));
    assert_no_user(tenant, "ann@redcanary.com");
    g_autoptr(Run) again = perch(tenant, "undo", "--yes", "--json", "--answers", file, NULL);
    assert_status(again, 0);
    assert_no_user(tenant, "bob@redcanary.com");
    practice_end(tenant);
}

static void test_a_struck_off_guest_whose_removal_is_refused_is_told(void **state)
{
    (void)state;
    leave_one_who_was_struck_off("{'method':'DELETE','path':'/v1.0/users','status':403}", "403");
}

static void test_a_struck_off_guest_who_is_said_to_be_gone_is_looked_for(void **state)
{
    (void)state;
    leave_one_who_was_struck_off("{'method':'DELETE','path':'/v1.0/users','status':404}", "shows it");
}

/* The decision that begins with WORD and names WHOM, of the guests who are not on the list. */
static char *offered(const json *document, const char *word, const char *whom)
{
    json_for_each (choice, json_get(find_step(document, "p1-access"), "choices")) {
        const char *label = json_get_string(choice, "label");
        if (strcmp(json_get_string(choice, "answer"), "decisions.guest-holders") == 0 &&
            g_str_has_prefix(label, word) && strstr(label, whom) != NULL)
            return g_strdup(json_get_string(choice, "value"));
    }
    fail_msg("“%s … %s” is not offered", word, whom);
    return NULL;
}

/* A colleague invites somebody of another company into the group. It is drift of what was proved, named in check and
 * report, never removed unasked, and counts as settled once a person said why it stays. */
static void test_a_guest_who_is_not_on_the_list_is_named_and_decided(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("p1-only", NULL);
    g_autoptr(json) done = run_with(tenant, "apply", "{\"guests\":[\"ann@redcanary.com\"]}");
    assert_step(done, "p1-access", "done");
    g_autofree char *elsewhere = g_build_filename(practice_folder(tenant), "elsewhere", NULL);
    g_autofree char *theirs = practice_answers(tenant, "{\"guests\":[\"ann@redcanary.com\",\"eve@fabrikam.com\"]}");
    g_autoptr(Run) colleague =
        perch(tenant, "apply", "--json", "--yes", "--state-dir", elsewhere, "--answers", theirs, NULL);
    g_autoptr(json) told = run_document(colleague);
    assert_step(told, "p1-access", "done");
    practice_clear_record(tenant);
    g_autofree char *file = practice_answers(tenant, "{\"guests\":[\"ann@redcanary.com\"]}");
    g_autoptr(Run) drifted = perch(tenant, "check", "--drift", "--json", "--answers", file, NULL);
    assert_status(drifted, 7);
    g_autoptr(json) drift = run_document(drifted);
    assert_step(drift, "p1-access", "differs");
    const char *reason = json_get_string(find_step(drift, "p1-access"), "reason");
    assert_non_null(strstr(reason, "guest eve@fabrikam.com (in the tenant since "));
    assert_null(strstr(reason, "ann@redcanary.com"));
    g_autoptr(Run) report = perch(tenant, "report", "--format", "markdown", "--answers", file, NULL);
    assert_non_null(strstr(report->output,
                           "who else is in the group as a guest: Guests are in the group who are not on "
                           "the list: guest eve@fabrikam.com"));
    g_autoptr(json) unasked = run_with(tenant, "apply", "{\"guests\":[\"ann@redcanary.com\"]}");
    g_autofree char *keep = offered(unasked, "Keep", "eve@fabrikam.com");
    g_autofree char *answers = g_strdup_printf(
        "{\"guests\":[\"ann@redcanary.com\"],\"decisions\":{\"guest-holders\":\"%strains them\"}}", keep);
    g_autoptr(json) kept = run_with(tenant, "apply", answers);
    assert_step(kept, "p1-access", "done");
    g_autoptr(json) record = practice_record(tenant);
    assert_int_equal(count_writes(record, NULL, "/v1.0"), 0);
    practice_end(tenant);
}

/* Though perch invited and added that one: shown, offered, and ended once, by the plan that was agreed to. */
static void test_who_is_struck_off_the_list_is_named_and_goes_as_decided(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("p1-only", NULL);
    g_autoptr(json) done = run_with(tenant, "apply", GUESTS);
    assert_step(done, "p1-access", "done");
    practice_clear_record(tenant);
    g_autoptr(json) shown = run_with(tenant, "apply", "{\"guests\":[\"ann@redcanary.com\"]}");
    assert_step(shown, "p1-access", "differs");
    g_autofree char *take = offered(shown, "Take away", "bob@redcanary.com");
    g_autofree char *answers =
        g_strdup_printf("{\"guests\":[\"ann@redcanary.com\"],\"decisions\":{\"guest-holders\":\"%s\"}}", take);
    g_autoptr(json) planned = run_with(tenant, "plan", answers);
    assert_int_equal(json_length(json_get(planned, "requests")), 1);
    g_autoptr(json) gone = run_with(tenant, "apply", answers);
    assert_step(gone, "p1-access", "done");
    g_autoptr(json) record = practice_record(tenant);
    assert_int_equal(count_writes(record, "DELETE", "/v1.0/groups"), 1);
    assert_int_equal(count_writes(record, NULL, "/v1.0"), 1);
    g_autofree char *file = practice_answers(tenant, answers);
    g_autoptr(Run) undo = perch(tenant, "undo", "--yes", "--json", "--answers", file, NULL);
    assert_status(undo, 0);
    assert_no_user(tenant, "ann@redcanary.com");
    assert_no_user(tenant, "bob@redcanary.com");
    practice_end(tenant);
}

/* Neither somebody who is found, nor a further address of the company's domain, nor beside somebody of the partner. */
static void test_the_companys_own_people_become_no_guests(void **state)
{
    static const char *const own[] = {"Reviewer@contoso.com", "reviewer.alias@contoso.com"};
    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(own); i++) {
        struct practice_tenant *tenant = practice_begin("p1-only", NULL);
        g_autofree char *answers = g_strdup_printf("{\"guests\":[\"%s\",\"ann@redcanary.com\"]}", own[i]);
        g_autoptr(json) document = run_with(tenant, "apply", answers);
        const json *step = find_step(document, "p1-access");
        const char *reason = json_get_string(step, "reason");
        assert_string_not_equal(json_get_string(step, "state"), "done");
        if (strstr(reason, own[i]) == NULL || strstr(reason, "is of your own tenant") == NULL)
            fail_msg("%s: “%s”", own[i], reason);
        g_autoptr(json) record = practice_record(tenant);
        assert_int_equal(count_writes(record, "POST", "/v1.0/invitations"), 1);
        assert_int_equal(count_members_added(record), 1);
        practice_end(tenant);
    }
}

static void test_with_the_full_licence_nobody_is_invited(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("fresh", NULL);
    g_autoptr(json) done = run_with(tenant, "apply", GUESTS);
    assert_step(done, "p1-access", "skipped");
    g_autoptr(json) record = practice_record(tenant);
    assert_int_equal(count_writes(record, "POST", "/v1.0/invitations"), 0);
    practice_end(tenant);
}

static void test_a_guest_of_another_domain_is_noted(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("p1-only", NULL);
    g_autoptr(json) done = run_with(tenant, "check", "{\"guests\":[\"eve@fabrikam.com\"]}");
    assert_step(done, "p1-access", "blocked");
    g_autoptr(Run) report = perch(tenant, "report", NULL);
    assert_non_null(strstr(report->output, "eve@fabrikam.com is not of redcanary.com"));
    practice_end(tenant);
}

static void test_a_list_with_a_wrong_address_is_refused(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("p1-only", NULL);
    g_autofree char *file = practice_answers(tenant, "{\"guests\":[\"ann@redcanary.com\",\"bob\"]}");
    g_autoptr(Run) run = perch(tenant, "check", "--json", "--answers", file, NULL);
    assert_status(run, 2);
    assert_non_null(strstr(run->output, "guests[1]"));
    practice_end(tenant);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_guests_are_invited_and_become_members_once),
        cmocka_unit_test(test_guests_whom_the_list_keeps_out_are_refused_by_its_name),
        cmocka_unit_test(test_guests_that_were_there_before_are_taken_as_they_are),
        cmocka_unit_test(test_the_plan_is_what_is_sent),
        cmocka_unit_test(test_undo_takes_guests_and_memberships_away),
        cmocka_unit_test(test_a_guest_whom_others_use_is_not_taken_away),
        cmocka_unit_test(test_an_invitation_is_sent_again_when_a_person_decides_so),
        cmocka_unit_test(test_a_guest_who_never_accepted_goes_when_a_person_decides_so),
        cmocka_unit_test(test_what_was_decided_about_a_guest_is_of_nobody_who_takes_the_place),
        cmocka_unit_test(test_what_was_decided_with_an_earlier_perch_is_of_nobody_else_either),
        cmocka_unit_test(test_a_decision_is_handed_over_with_the_person),
        cmocka_unit_test(test_a_number_in_a_file_is_nobodys_whom_the_journal_does_not_know),
        cmocka_unit_test(test_an_earlier_perchs_journal_is_read_by_the_list_kept_beside_it),
        cmocka_unit_test(test_leaving_takes_each_guest_off_the_group_once),
        cmocka_unit_test(test_the_partners_card_has_no_line_of_what_falls_away),
        cmocka_unit_test(test_undo_takes_a_guest_away_who_is_no_longer_on_the_list),
        cmocka_unit_test(test_undo_takes_away_the_guests_of_every_answer),
        cmocka_unit_test(test_undo_takes_away_a_guest_who_was_struck_off_the_list),
        cmocka_unit_test(test_a_struck_off_guest_whose_removal_is_refused_is_told),
        cmocka_unit_test(test_a_struck_off_guest_who_is_said_to_be_gone_is_looked_for),
        cmocka_unit_test(test_a_guest_who_is_not_on_the_list_is_named_and_decided),
        cmocka_unit_test(test_who_is_struck_off_the_list_is_named_and_goes_as_decided),
        cmocka_unit_test(test_the_companys_own_people_become_no_guests),
        cmocka_unit_test(test_with_the_full_licence_nobody_is_invited),
        cmocka_unit_test(test_a_guest_of_another_domain_is_noted),
        cmocka_unit_test(test_a_list_with_a_wrong_address_is_refused),
    };
    json_init();
    return run_journeys("guests", tests, argc, argv);
}
