/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "base/text.h"
#include "support/fake_board.h"
#include "support/fake_desk.h"
#include "support/plain_talk.h"
#include "ui/leave_answers.h"
#include "ui/plain/plain.h"
#include "ui/plain/plain_io.h"
#include "ui/text_layout.h"

static gboolean write_nothing(const char *file, const struct board *board, const struct history *history,
                              GError **error)
{
    (void)board;
    (void)history;
    (void)error;
    return g_file_set_contents(file, "new", -1, NULL);
}

static void the_end_of_input_leaves_and_says_what_is_left(void **state)
{
    (void)state;
    struct talk *talk = talk_with("middle", "", FALSE);
    assert_int_equal(talk->status, 3);
    assert_said(talk, "One value is missing.");
    assert_said(talk, "the next start goes on from here");
    talk_free(talk);
}

static void a_whole_run_works_line_by_line(void **state)
{
    (void)state;
    struct talk *talk =
        talk_with("middle", "telemetry\n\n\n1\ndecide\n-\n-\n?\nwrong.example\ncontoso.onmicrosoft.com\nq\n", FALSE);
    assert_true(was_called(talk, "answer eventHub.name telemetry"));
    assert_true(was_called(talk, "answer sponsor admin@contoso.onmicrosoft.com"));
    assert_true(was_called(talk, "decide organization repair"));
    assert_true(was_called(talk, "apply - contoso.onmicrosoft.com"));
    assert_said(talk, "POST /v1.0/groups");
    assert_said(talk, "Nothing was sent: that takes the whole domain, contoso.onmicrosoft.com");
    talk_free(talk);
}

static void one_person_is_taken_out_again(void **state)
{
    (void)state;
    const struct plain_options options = {.ascii = FALSE};
    struct session *session = fake_session_new("middle");
    struct board_field *field = (struct board_field *)board_find_field(fake_session_board(session), "sponsor");
    text_set(&field->value, "robin@contoso.com");
    field->required = FALSE;
    struct talk *talk = talk_about(session, "-\n-\nstep 6\n-\n2\n1\nnone\nq\n", &options);
    assert_said(talk,
                "Now: robin@contoso.com\nEnter alone keeps it, what you type takes its place. “none” empties it.");
    assert_true(was_called(talk, "answer sponsor "));
    talk_free(talk);
}

static void a_bad_value_is_named_and_mended_on_request(void **state)
{
    (void)state;
    struct talk *talk = talk_with("middle", "tele\xC2\xA0metry\n2\ntele metry\n1\n\nq\n", FALSE);
    assert_said(talk, "no-break space");
    assert_said(talk, "column 5");
    assert_said(talk, "2 type again");
    assert_true(was_called(talk, "answer eventHub.name telemetry"));
    talk_free(talk);
}

/* The first fix mends the space alone. */
static void a_value_is_found_in_a_line_and_remarked_on(void **state)
{
    (void)state;
    struct talk *talk = talk_with("middle", "The Event Hub name is mde-raw-01, thanks\n\nq\n", FALSE);
    assert_true(was_called(talk, "answer eventHub.name mde-raw-01"));
    talk_free(talk);
    talk = talk_with("middle", "disabled\n\nq\n", FALSE);
    assert_said(talk, "This reads like a word of a sentence or of a status column");
    talk_free(talk);
}

static void nothing_that_a_terminal_obeys_is_echoed(void **state)
{
    (void)state;
    struct talk *talk = talk_with("middle", "tele metry\x1b[31m\xE2\x80\xAE\n1\n2\n-\nq\n", FALSE);
    assert_said(talk, "There is a space at column 5");
    assert_null(strchr(talk->said, '\x1b'));
    assert_null(strstr(talk->said, "\xE2\x80\xAE"));
    talk_free(talk);
}

/* Nor is what a message says of what was typed. */
static gboolean refuse_file(const char *file, const struct board *board, const struct history *history, GError **error)
{
    (void)board;
    (void)history;
    g_set_error(error, PERCH_ERROR, PERCH_ERROR_INPUT, "“%s” says no form.\nName another.", file);
    return FALSE;
}

static void no_message_repeats_what_a_terminal_obeys(void **state)
{
    const struct plain_options options = {.write_report = refuse_file};
    (void)state;
    struct talk *talk = talk_about(fake_session_new("middle"), "-\n-\n-\n7\nx\x1b[31m\x1b]0;x\x07\n-\nq\n", &options);
    assert_said(talk, "says no form.");
    assert_null(strchr(talk->said, '\x1b'));
    assert_null(strchr(talk->said, '\x07'));
    talk_free(talk);
}

static void nothing_is_written_without_the_domain(void **state)
{
    (void)state;
    struct talk *talk = talk_with("middle", "-\n-\n-\n-\n-\n-\n-\n-\n-\nn\nq\n", FALSE);
    const GPtrArray *calls = fake_session_calls(talk->session);
    for (guint i = 0; i < calls->len; i++)
        assert_false(g_str_has_prefix(g_ptr_array_index(calls, i), "apply"));
    talk_free(talk);
}

static void a_wait_is_offered_to_be_sat_out_or_left(void **state)
{
    (void)state;
    struct talk *talk = talk_with("middle", "-\n-\n-\n-\n-\n-\ny\nwait\nnow\nq\n", FALSE);
    assert_said(talk, "Type “wait” to wait here, - for no.");
    assert_said(talk, "the word “now” goes on now");
    assert_true(was_called(talk, "override consent now"));
    talk_free(talk);
    talk = talk_with("middle", "-\n-\n-\n-\n-\n-\nwait\nno\n-\n-\n", FALSE);
    assert_said(talk, "- goes back, q leaves; the time goes on meanwhile");
    assert_said(talk, "Nothing else is asked now. Still open: ");
    talk_free(talk);
    talk = talk_with("middle", "-\n-\nstep 4\n1\nnow\nq\n", FALSE);
    assert_said(talk, "perch: step 4, Let the partner's application in. Waiting, ");
    assert_true(was_called(talk, "override consent now"));
    talk_free(talk);
}

static void an_error_has_one_prefix(void **state)
{
    (void)state;
    struct talk talk = {0};
    const struct plain_options options = {0};
    gsize size = 0;
    FILE *in = tmpfile();
    FILE *out = open_memstream(&talk.said, &size);
    talk.session = fake_session_new("middle");
    struct log_line *line = fake_log_line(LOG_ERROR, "perch", "That broke.");
    line->ends = TRUE;
    fake_session_push(talk.session, event_new(EVENT_LOG, line), 0);
    plain_run(talk.session, &options, in, out);
    fclose(in);
    fclose(out);
    assert_null(strstr(talk.said, "perch: perch:"));
    session_free(talk.session);
    free(talk.said);
}

static void what_was_created_can_be_removed_in_the_end(void **state)
{
    (void)state;
    struct talk *talk = talk_with("middle", "-\n-\n-\n-\n-\ncontoso.onmicrosoft.com\n-\nu\nsend\n", FALSE);
    assert_true(was_called(talk, "apply - contoso.onmicrosoft.com"));
    assert_said(talk, "perch created 1 thing here. Type u to see what removing would send");
    assert_true(was_called(talk, "plan undo"));
    assert_true(was_called(talk, "undo -"));
    talk_free(talk);
}

/* Whoever took it away is not asked unbidden to give it back; leaving asks for the domain though it was typed before.
 */
static void what_was_taken_away_is_not_offered_again(void **state)
{
    static const struct {
        const char *heard;
        const char *sent;
    } rows[] = {{"u\nsend\n-\n", "undo -"}, {"leave\ncontoso.onmicrosoft.com\n-\n", "leave contoso.onmicrosoft.com"}};
    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autofree char *heard = g_strconcat("-\n-\n-\n-\n-\ncontoso.onmicrosoft.com\n-\n", rows[i].heard, NULL);
        struct talk *talk = talk_with("middle", heard, FALSE);
        const GPtrArray *calls = fake_session_calls(talk->session);
        guint at = 0;
        assert_true(g_ptr_array_find_with_equal_func((GPtrArray *)calls, rows[i].sent, g_str_equal, &at));
        for (; at < calls->len; at++)
            assert_string_not_equal(g_ptr_array_index(calls, at), "plan apply");
        assert_null(strstr(talk->said, "0 requests would be sent"));
        talk_free(talk);
    }
}

/* Nothing that stays, or was not read, is called gone. */
static void leaving_that_sends_nothing_says_why(void **state)
{
    static const struct {
        const char *decided; /* of the one thing that others made; NULL: there is none */
        gboolean unread;
        gboolean by_hand;
        const char *says;
    } rows[] = {
        {"", FALSE, TRUE, "Nothing is taken away before you decide"},
        {"", TRUE, TRUE, "Nothing is taken away before you decide"},
        {"keep", TRUE, TRUE, "what stands below may be, and could not be looked for"},
        {"keep", FALSE, TRUE, "what stands below stays, as decided"},
        {NULL, FALSE, TRUE, "What only you can do stands below"},
        {NULL, FALSE, FALSE, "Nothing of the partner's that perch can read is left"},
    };
    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        struct plan *plan = fake_plan_new(TRUE);
        plan->leave = TRUE;
        g_ptr_array_set_size(plan->by_hand, 0);
        assert_null(leave_sentence(plan));
        g_ptr_array_set_size(plan->requests, 0);
        if (rows[i].decided != NULL)
            g_ptr_array_add(plan->choices, leave_choice_new("group", "group", "", rows[i].decided, "obstacle"));
        if (rows[i].unread)
            g_ptr_array_add(plan->obstacles, g_strdup("export is not known to be gone"));
        if (rows[i].by_hand)
            g_ptr_array_add(plan->by_hand, board_line_new("Ask the partner", "", FALSE));
        if (strstr(leave_sentence(plan), rows[i].says) == NULL)
            fail_msg("row %d: %s", (int)i, leave_sentence(plan));
        plan_unref(plan);
    }
}

/* Undo is no end of the partner's access where others made some of it. */
static void what_undo_leaves_to_the_partner_is_said_at_once(void **state)
{
    (void)state;
    struct session *session = fake_session_new("foreign");
    text_set(&fake_session_board(session)->in_bin, "The group is in the recycle bin until 28 Dec.");
    struct talk *talk =
        talk_about(session, "-\n-\n-\n-\n-\ncontoso.onmicrosoft.com\n-\nu\nsend\n-\n", &(struct plain_options){0});
    assert_true(was_called(talk, "undo -"));
    assert_said_in_order(talk, "perch: it is over: ", " gone");
    assert_said_in_order(talk, " gone", "The group is in the recycle bin until 28 Dec.\n");
    assert_said(talk, "still has what perch did not make: streaming export “MXDRPartner”. Type leave to go through");
    talk_free(talk);
}

/* A decision is kept also where nothing is sent after it, and that is said. */
static void what_was_decided_of_leaving_is_said_to_be_kept(void **state)
{
    (void)state;
    struct talk *talk =
        talk_with("foreign", "-\n-\n-\n-\n-\ncontoso.onmicrosoft.com\n-\nleave\ndecide\n2\n1\n-\nq\n", FALSE);
    assert_said_in_order(talk, "to send these ", "Nothing was sent. What you decided about it is kept");
    talk_free(talk);
}

/* One after another; what goes and what stays is planned anew before the domain is asked for. */
static void what_others_made_is_decided_before_leaving(void **state)
{
    (void)state;
    struct talk *talk = talk_with(
        "foreign", "-\n-\n-\n-\n-\ncontoso.onmicrosoft.com\n-\nleave\ndecide\n2\n1\ncontoso.onmicrosoft.com\n-\n",
        FALSE);
    assert_said(talk,
                "Has access, and loses it when you leave:\n1. Ada, by the group “Red Canary”\n"
                "There, and not made by perch:\n1. group “Red Canary”\n2. streaming export “MXDRPartner”\n"
                "Nobody decided about 2 things that perch did not make.\nA number decides about that one, the word "
                "decide goes through all that nobody decided about; Enter goes on to the plan, - goes back.");
    assert_non_null(strstr(
        talk->said,
        "group “Red Canary”, not made by perch:\n1 it stays  2 it goes  3 it stays, with all that follows  4 it goes"));
    assert_non_null(strstr(talk->said, "Not made by perch: group “Red Canary”; it goes, as decided."));
    assert_non_null(strstr(talk->said, "Not made by perch: streaming export “MXDRPartner”; it stays, as decided."));
    /* Read out once, and after what it follows. */
    assert_non_null(strstr(talk->said, "What only you can do is read out when this is over.\n"));
    assert_non_null(strstr(strstr(talk->said, "perch: it is over: "), "What only you can do:\n1. "));
    assert_true(was_called(talk, "answer leave.group remove"));
    assert_true(was_called(talk, "answer leave.export keep"));
    assert_true(was_called(talk, "leave contoso.onmicrosoft.com"));
    talk_free(talk);
    talk = talk_with("foreign", "-\n-\n-\n-\n-\ncontoso.onmicrosoft.com\n-\nleave\ndecide\n?\n4\n-\n-\n", FALSE);
    assert_said(talk,
                "what stays is left as it is. Nothing is sent by this.\ngroup “Red Canary”, not made by perch:\n1 it");
    assert_said(talk, "group “Red Canary”: it goes.\nstreaming export “MXDRPartner”: it goes.\n");
    assert_true(was_called(talk, "answer leave.group remove"));
    assert_true(was_called(talk, "answer leave.export remove"));
    assert_false(was_called(talk, "leave contoso.onmicrosoft.com"));
    talk_free(talk);
    talk = talk_with("foreign", "-\n-\n-\n-\n-\ncontoso.onmicrosoft.com\n-\nleave\ndecide\nstep 2\n-\nq\n", FALSE);
    assert_said(talk, "Step 2, Accept the invitation: told, not proved.");
    assert_null(strstr(talk->said, "Not made by perch: "));
    talk_free(talk);
}

/* A plan that was refused ends no decision: each stays in the list with what was decided, and its number changes it. */
static void what_was_decided_of_leaving_can_be_changed(void **state)
{
    (void)state;
    struct talk *talk = talk_with("foreign",
                                  "-\n-\n-\n-\n-\ncontoso.onmicrosoft.com\n-\nleave\ndecide\n2\n1\n-\n"
                                  "leave\n1\n1\n\ncontoso.onmicrosoft.com\n-\n",
                                  FALSE);
    assert_said(talk,
                "1. group “Red Canary”; it goes, as decided\n2. streaming export “MXDRPartner”; it stays, as "
                "decided\nA number changes what was decided of that one; Enter goes on to the plan, - goes back.");
    assert_said(talk, "group “Red Canary”, not made by perch; it goes, as decided:\n1 it stays  2 it goes\n");
    assert_said(talk, "group “Red Canary”: it stays.\n1. group “Red Canary”; it stays, as decided\n");
    assert_true(was_called(talk, "answer leave.group keep"));
    assert_true(was_called(talk, "leave contoso.onmicrosoft.com"));
    talk_free(talk);
}

/* - never leads on to what is sent: whoever goes back hears that nothing was, and that their word is kept. */
static void whoever_goes_back_from_leaving_sends_nothing(void **state)
{
    (void)state;
    struct talk *talk = talk_with("foreign", "-\n-\n-\n-\n-\ncontoso.onmicrosoft.com\n-\nleave\n-\nq\n", FALSE);
    assert_said_in_order(talk, "A number decides about that one", "Nothing was sent.\n");
    assert_null(strstr(talk->said, "Not made by perch: "));
    talk_free(talk);
    talk = talk_with("foreign",
                     "-\n-\n-\n-\n-\ncontoso.onmicrosoft.com\n-\nleave\ndecide\n2\n1\n-\n"
                     "leave\n1\n1\n-\nlist\nq\n",
                     FALSE);
    assert_said_in_order(talk, "group “Red Canary”: it stays.", "Nothing was sent. What you decided about it is kept.");
    assert_true(was_called(talk, "answer leave.group keep"));
    assert_false(was_called(talk, "leave contoso.onmicrosoft.com"));
    talk_free(talk);
}

/* What the steps behind the plan lack is asked before it, and what stays out of it is said before its requests. */
static void what_is_missing_is_asked_and_said_before_the_plan(void **state)
{
    static const char asked[] = "Asked before the plan, so that it can hold this too:\nperch: step 9, Access "
                                "package. Blocked.";
    (void)state;
    struct talk *talk = talk_with("middle", "-\n-\n-\n-\nada\n-\n-\n-\nq\n", FALSE);
    assert_said_in_order(talk, asked, "Reviewers?");
    assert_said_in_order(talk, "Reviewers?",
                         "would be sent to contoso.onmicrosoft.com\nNot in "
                         "this plan yet: ");
    assert_said_in_order(talk, "Not in this plan yet: ", "\n1. create");
    talk_free(talk);
}

/* A number, and Enter alone, do not show what they stand for. */
static void what_was_taken_is_said(void **state)
{
    (void)state;
    struct talk *talk = talk_with("middle", "-\n\nq\n", FALSE);
    assert_said_in_order(talk, "Enter alone takes: admin@contoso.onmicrosoft.com",
                         "Sponsor: admin@contoso.onmicrosoft.com\n");
    talk_free(talk);
    talk = talk_with("middle", "-\n-\nstep 3\n-\n2\n4\n1\nq\n", FALSE);
    assert_said_in_order(talk, "1 by the portal", "Way: by the portal, perch shows how\n");
    talk_free(talk);
}

/* As in the console's box, and once. */
static void the_end_is_said_once(void **state)
{
    const struct plain_options options = {.write_report = write_nothing};
    struct session *session = fake_session_new("middle");
    struct board *board = fake_session_board(session);
    (void)state;
    for (guint i = 0; i < board->steps->len; i++)
        ((struct board_step *)g_ptr_array_index(board->steps, i))->state = i == 2 ? STEP_TOLD : STEP_DONE;
    fake_session_tell_board(session);
    struct talk *talk = talk_about(session, "list\n8\n-\n", &options);
    assert_said_in_order(
        talk, "perch: Contoso is connected to Red Canary.\n12 steps proved, 1 told, 0 left out. perch created ",
        "Told, and not proved: 2 Accept the invitation\n");
    assert_said_in_order(talk, "Told, and not proved: ", "7 report");
    assert_null(strstr(strstr(talk->said, "is connected to") + 1, "is connected to"));
    talk_free(talk);
}

/* Also where the domain was typed before, and no more than a word is asked for. */
static void the_requests_of_an_undo_are_shown_in_full(void **state)
{
    (void)state;
    struct talk *talk = talk_with("middle", "-\n-\n-\n-\n-\ncontoso.onmicrosoft.com\n-\nu\n?\nsend\n-\n", FALSE);
    assert_said_in_order(talk, "Type “send” to send ", "1. DELETE /v1.0/groups");
    assert_true(was_called(talk, "undo -"));
    talk_free(talk);
}

/* What an answer settled was told by nobody who could take it back. */
static void what_an_answer_settled_is_not_offered_to_be_taken_back(void **state)
{
    static const char *const tellers[] = {"", "ann, 28 Nov"};
    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(tellers); i++) {
        const struct plain_options options = {.write_report = write_nothing};
        struct session *session = fake_session_new("middle");
        struct board_step *step = g_ptr_array_index(fake_session_board(session)->steps, 11);
        step->state = STEP_TOLD;
        text_set(&step->told_by, tellers[i]);
        fake_session_tell_board(session);
        struct talk *talk = talk_about(session, "-\nstep 11\nq\n", &options);
        const char *menu = strstr(talk->said, "Step 11, ");
        assert_non_null(menu);
        assert_int_equal(strstr(menu, "6 take back") != NULL, i == 1);
        talk_free(talk);
    }
}

/* Nor is it at the next start, which says who undid it before all else, and what a plan would make again. */
static void after_an_undo_the_next_start_asks_for_nothing(void **state)
{
    const struct plain_options options = {.write_report = write_nothing};
    struct session *session = fake_session_new("middle");
    struct board *board = fake_session_board(session);
    (void)state;
    text_set(&board->undone, "What perch had made was undone on 28 Nov by ann");
    board->taken_away = TRUE;
    board->created_count = 0;
    fake_session_tell_board(session);
    struct talk *talk = talk_about(session, "q\n", &options);
    assert_null(strstr(talk->said, "for the rest start perch again"));
    assert_said_in_order(talk, "undone on 28 Nov by ann: nothing of it is made again unasked.\n",
                         "Nothing else is asked now: what was taken away stays so.");
    assert_null(strstr(talk->said, "Type the tenant's domain"));
    assert_said(talk, "and the next start asks for none of it.");
    talk_free(talk);
    session = fake_session_new("middle");
    board = fake_session_board(session);
    text_set(&board->undone, "What perch had made was undone on 28 Nov by ann");
    board->created_count = 2;
    fake_session_tell_board(session);
    talk = talk_about(session, "check\n-\n-\n-\n-\n-\n-\nundo\nq\n", &options);
    assert_true(was_called(talk, "check"));
    assert_said_in_order(talk, "requests would be sent to ", "undone on 28 Nov by ann; this plan makes it again.\n");
    assert_said(talk, "is made again unasked. To take away the rest of it, type u where a menu stands.\n");
    talk_free(talk);
}

/* What was taken away is all of perch's own; what the partner has besides is named to whoever leaves. */
static void whoever_leaves_hears_what_the_partner_keeps(void **state)
{
    (void)state;
    struct session *session = fake_session_new("middle");
    struct board *board = fake_session_board(session);
    board->taken_away = TRUE;
    text_set(&board->undone, "What perch had made was undone");
    g_ptr_array_add(board->partner_keeps, g_strdup("export “MXDRPartner”"));
    struct talk *talk = talk_about(session, "q\n", &(struct plain_options){0});
    assert_said_in_order(talk, "perch: in Contoso nothing is made again unasked.",
                         "still has export “MXDRPartner”. perch leave ends that.");
    talk_free(talk);
}

/* Whoever has just taken it away is not told what comes next as if it were still wanted. */
static void after_taking_away_no_next_step_is_named(void **state)
{
    (void)state;
    struct talk *talk = talk_with("middle", "-\n-\n-\n-\n-\ncontoso.onmicrosoft.com\n-\nu\nsend\nlist\n-\n", FALSE);
    /* Half of it is not all of it. */
    assert_said_in_order(talk, "2 of 4 gone; ",
                         "Not all of it is taken away: what is gone stays so, and u goes on with the rest.");
    assert_said_in_order(talk, "2 of 4 gone; ", "for the rest start perch again and type u, or perch undo.");
    assert_said_in_order(talk, "2 of 4 gone; ", "Whoever connects again would begin from here:\n0 Sign in");
    assert_said_in_order(talk, "2 of 4 gone; ", "perch: in Contoso 2 of 4 gone; not gone: ");
    assert_null(strstr(strstr(talk->said, "2 of 4 gone; "), "Still open"));
    assert_null(strstr(strstr(talk->said, "2 of 4 gone; "), "is next in"));
    talk_free(talk);
}

/* Beside the numbers, at a step and at the end: what the console has keys for. */
static void a_word_at_a_menu_does_what_a_key_does(void **state)
{
    struct session *session = fake_session_new("middle");
    const struct plain_options options = {0};
    struct log_line *line = fake_log_line(LOG_WARNING, "consent", "GET /v1.0/servicePrincipals");
    (void)state;
    g_free(line->request_id);
    line->request_id = g_strdup("8f3c5d1e");
    fake_session_push(session, event_new(EVENT_LOG, line), 0);
    struct talk *talk = talk_about(session,
                                   "-\n-\n-\nstep 4\n?\nerror\nstep 2\nerror\nopen\nsign out\n-\n"
                                   "hand over\n-\nsign out\nsign\nhttp://localhost/?code=1\nq\n",
                                   &options);
    assert_said(talk, "hand over: write to a file what a colleague needs");
    assert_said(talk, "consent: GET /v1.0/servicePrincipals\nRequest id: 8f3c5d1e\n");
    assert_said(talk, "No request about this step went wrong in this session.");
    assert_said(talk, "No page belongs to this.");
    assert_said_in_order(talk, "perch: signed out. Whoever signs in now goes on here", "perch: signed in as ");
    assert_said(talk, "The file to write for your colleague");
    assert_true(was_called(talk, "sign-out"));
    talk_free(talk);
}

/* Looking for what is not there yet is answered with 404. */
static void a_read_that_found_nothing_did_not_go_wrong(void **state)
{
    static const struct {
        enum log_severity severity;
        int status;
        const char *says;
    } rows[] = {
        {LOG_DEBUG, 404, "No request about this step went wrong in this session."},
        {LOG_INFO, 404, "consent: GET /v1.0/servicePrincipals"},
        {LOG_DEBUG, 403, "consent: GET /v1.0/servicePrincipals"},
        {LOG_WARNING, 404, "consent: GET /v1.0/servicePrincipals"},
    };
    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        struct session *session = fake_session_new("middle");
        struct log_line *line = fake_log_line(rows[i].severity, "consent", "GET /v1.0/servicePrincipals");
        line->status = rows[i].status;
        fake_session_push(session, event_new(EVENT_LOG, line), 0);
        struct talk *talk = talk_about(session, "-\n-\nstep 4\nerror\nq\n", &(struct plain_options){0});
        assert_said(talk, rows[i].says);
        talk_free(talk);
    }
}

/* Something may have been sent before whoever leaves at the next sign-in signed out. */
static void who_signed_out_is_not_told_that_nothing_was_sent(void **state)
{
    (void)state;
    struct talk *talk = talk_with("middle", "-\n-\n-\nsign out\nsign\nq\n", FALSE);
    const char *out = strstr(talk->said, "perch: signed out. ");
    assert_non_null(out);
    assert_null(strstr(out, "nothing was sent"));
    talk_free(talk);
}

/* The next tenant is another one: nothing was taken away or put off there. */
static void nothing_of_a_tenant_is_told_of_the_next_one(void **state)
{
    (void)state;
    struct talk *talk = talk_with("middle",
                                  "-\n-\n-\n-\n-\ncontoso.onmicrosoft.com\n-\nu\nsend\nsign out\nsign\n"
                                  "http://localhost/?code=1\nlist\nq\n",
                                  FALSE);
    const char *next = strstr(talk->said, "perch: signed out. ");
    assert_non_null(next);
    assert_null(strstr(next, "taken away"));
    assert_null(strstr(next, "2 of 4 gone"));
    assert_non_null(strstr(next, "Needs you."));
    talk_free(talk);
}

/* What could not be read is no step for later, and values that cannot help are not asked for. */
static void what_stands_in_the_way_is_said_before_values(void **state)
{
    static const struct {
        enum step_state state;
        const char *reason;
        gboolean lacks_role;
        const char *said;
    } rows[] = {
        {STEP_UNKNOWN, "403 Forbidden: no licence.", FALSE, "Could not be read.\n403 Forbidden: no licence.\n"},
        {STEP_NEEDS_YOU, "This needs another role.", TRUE, "Needs you.\nThis needs another role.\nFill in the Event"},
    };
    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        const struct plain_options options = {0};
        struct session *session = fake_session_new("middle");
        struct board_step *step = (struct board_step *)board_find_step(fake_session_board(session), "streaming");
        step->state = rows[i].state;
        step->lacks_role = rows[i].lacks_role;
        text_set(&step->reason, rows[i].reason);
        if (!rows[i].lacks_role)
            g_ptr_array_set_size(step->fields, 0);
        fake_session_tell_board(session);
        struct talk *talk = talk_about(session, "-\nq\n", &options);
        assert_said_in_order(talk, rows[i].said, "Step 3, Stream events to the partner: ");
        assert_null(strstr(talk->said, "Event Hub?"));
        talk_free(talk);
    }
}

/* A ladder goes on by Enter alone: a word that was meant for something else is no "it did not help". */
static void a_rung_is_left_by_enter_alone(void **state)
{
    const struct plain_options options = {0};
    struct session *session = fake_session_new("middle");
    struct board_step *step = (struct board_step *)board_find_step(fake_session_board(session), "streaming");
    (void)state;
    text_set(&step->trouble_title, "It was refused.");
    g_ptr_array_add(step->trouble, board_line_new("The values.", "", FALSE));
    g_ptr_array_add(step->trouble, board_line_new("The boxes.", "", FALSE));
    fake_session_tell_board(session);
    struct talk *talk = talk_about(session, "-\n-\n-\nstep 3\n-\n4\n1\nno\n\n-\nq\n", &options);
    assert_said_in_order(
        talk,
        "1 of 2. The values.\nTry it there again. Enter if it did not help, “ok” if it did, - goes back.\n> "
        "That is none of these; list, step 7, q leaves.\nTry it there again.",
        "2 of 2. The boxes.");
    talk_free(talk);
}

/* From any menu to any step, by its number; and what was told there is taken back. */
static void lines_break_between_words_only(void **state)
{
    static const struct {
        const char *text;
        int columns;
        const char *wrapped;
    } rows[] = {
        {"one two three", 0, "one two three"},
        {"one two three", 7, "one two\nthree"},
        {"one two three", 6, "one\ntwo\nthree"},
        {"a https://longer.than/the-line b", 10, "a\nhttps://longer.than/the-line\nb"},
        {"  two blanks first", 12, "  two blanks\nfirst"},
        {"one\n\ntwo three", 5, "one\n\ntwo\nthree"},
        {"字字 字", 5, "字字\n字"},
    };
    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autofree char *wrapped = layout_wrap_text(rows[i].text, rows[i].columns);
        assert_string_equal(wrapped, rows[i].wrapped);
    }
}

static void every_step_can_be_gone_to_and_what_was_told_taken_back(void **state)
{
    (void)state;
    struct talk *talk = talk_with("middle", "-\n-\nlist\nstep 99\nstep 2\n6\ntake\nq\n", FALSE);
    assert_said(talk, "2 Accept the invitation: told, not proved");
    assert_said(talk, "There is no such step");
    assert_said(talk, "Step 2, Accept the invitation: told, not proved.\n");
    assert_said(talk, "3 another step (list, step 7)");
    assert_said(talk, "6 take back");
    assert_true(was_called(talk, "untell invitation"));
    talk_free(talk);
}

/* What a number does is explained where the numbers are, and lines that were heard are not read out again. */
static void the_menu_is_explained_and_lines_are_read_once(void **state)
{
    (void)state;
    struct talk *talk = talk_with("middle", "-\n-\nstep 3\n-\nstep 3\n-\nstep 2\n?\nq\n", FALSE);
    assert_said(talk, "3 another step (list, step 7): list reads all steps");
    assert_said(talk, "6 take back: what you told, left out or decided here");
    assert_said(talk, "leave: end the partner's access.");
    assert_said(talk, "The lines are as before; ? reads them again.");
    talk_free(talk);
}

/* A step's form can be gone through though a value that is needed is left for later. */
static void a_value_that_may_stay_empty_can_be_reached(void **state)
{
    (void)state;
    struct talk *talk = talk_with("middle", "-\n-\nstep 9\n-\n2\n2\n2026-12-01\n\nq\n", FALSE);
    assert_true(was_called(talk, "answer reviewStart 2026-12-01"));
    talk_free(talk);
}

/* Saying no to a plan is no end. */
static void whoever_refuses_the_plan_is_led_on(void **state)
{
    (void)state;
    struct talk *talk = talk_with("middle", "-\n-\n-\n-\n-\n-\n-\nstep 6\nada@contoso.com\nq\n", FALSE);
    assert_said(talk, "Nothing else is asked now.");
    assert_true(was_called(talk, "answer sponsor ada@contoso.com") || strstr(talk->said, "Sponsor?") != NULL);
    assert_false(was_called(talk, "apply - -"));
    talk_free(talk);
}

/* What a portal's form came to is said before the next step begins. */
static void what_a_step_has_come_to_is_said(void **state)
{
    (void)state;
    struct talk *talk = talk_with("middle", "-\n-\nstep 3\n-\n1\nq\n", FALSE);
    assert_true(was_called(talk, "form streaming"));
    assert_said(talk, "perch: step 3, Stream events to the partner: done, read back from the tenant.");
    talk_free(talk);
}

/* What is to be decided may rest on a value that is wrong. */
static void at_a_decision_the_words_of_the_menu_work(void **state)
{
    (void)state;
    struct talk *talk = talk_with("middle", "-\n\n?\nwhat\n4\n1\nada@contoso.com\nq\n", FALSE);
    assert_said(talk, "4 Change a value");
    assert_said(talk, "- leaves it open, q leaves");
    assert_said_in_order(talk, "- leaves it open, q leaves", "hand over: write to a file");
    assert_said(talk, "That is none of the numbers; - is for later, ? explains, list, step 7, q leaves.");
    assert_true(was_called(talk, "answer sponsor ada@contoso.com"));
    assert_false(was_called(talk, "decide organization repair"));
    talk_free(talk);
    talk = talk_with("middle", "-\n\nchange a value\n-\nopen\nerror\nu\n-\n1\ndecide\nq\n", FALSE);
    assert_said_in_order(talk, "1 Sponsor: ", "No page belongs to this.");
    assert_said(talk, "No request about this step went wrong in this session.");
    assert_said(talk, "There is nothing to undo");
    talk_free(talk);
}

/* Of an account that is to be created, or somebody whom the look-up does not show. */
static void a_whole_user_name_that_nobody_has_is_taken(void **state)
{
    (void)state;
    struct talk *talk = talk_with("middle", "-\nmdr\nmdr@contoso.onmicrosoft.com\nq\n", FALSE);
    assert_said(talk, "Nobody was found. Type another part of a name, or a whole user name, or - for later.");
    assert_said(talk, "Nobody was found: mdr@contoso.onmicrosoft.com is taken as it is typed.");
    assert_true(was_called(talk, "answer sponsor mdr@contoso.onmicrosoft.com"));
    talk_free(talk);
    struct session *session = fake_session_new("middle");
    const struct board_step *step = board_find_step(fake_session_board(session), "organization");
    text_set(&((struct board_field *)g_ptr_array_index(step->fields, 0))->validator, "upn");
    talk = talk_about(session, "-\nm@dr@contoso\nmdr@contoso.com\nq\n", &(struct plain_options){0});
    assert_false(was_called(talk, "answer sponsor m@dr@contoso"));
    assert_true(was_called(talk, "answer sponsor mdr@contoso.com"));
    talk_free(talk);
}

/* What may be empty is emptied by a word that the question names; blanks are no value. */
static void a_value_can_be_emptied(void **state)
{
    static const struct {
        const char *value;
        gboolean required;
        const char *heard;
        const char *says;
        const char *sent; /* NULL: nothing is */
    } rows[] = {
        {"old", FALSE, "none\n", "Now: old\nEnter alone keeps it, what you type takes its place. “none” empties it.\n",
         "answer sponsor "},
        {"old", FALSE, "   \n-\n", "Only blanks were typed", NULL},
        {"old", TRUE, "none\n-\n",
         "? explains, - leaves it as it is)\nNow: old\nEnter alone keeps it, what you type takes its place. “none”",
         "answer sponsor "},
        {"old", TRUE, "\n-\n", "Sponsor stays as it is.\n", NULL},
        {"old", TRUE, "\nlist\n", "Sponsor stays as it is.\n", NULL},
        {"old", TRUE, "new\n-\n", "Sponsor: new\n", "answer sponsor new"},
        {"", FALSE, "none\n\n", "Sponsor: none\nEnter takes it", "answer sponsor none"},
    };
    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        struct session *session = fake_session_new("middle");
        const struct board_step *step = board_find_step(fake_session_board(session), "organization");
        struct board_field *field = g_ptr_array_index(step->fields, 0);
        field->kind = FIELD_TEXT;
        field->required = rows[i].required;
        text_set(&field->value, rows[i].value);
        text_set(&field->suggestion, "");
        g_autofree char *heard = g_strconcat("-\nstep 6\nchange a value\n1\n", rows[i].heard, "-\nq\n", NULL);
        struct talk *talk = talk_about(session, heard, &(struct plain_options){0});
        assert_said(talk, rows[i].says);
        const GPtrArray *calls = fake_session_calls(session);
        int answers = 0;
        for (guint k = 0; k < calls->len; k++)
            answers += g_str_has_prefix(g_ptr_array_index(calls, k), "answer sponsor");
        if (answers != (rows[i].sent != NULL) || (rows[i].sent != NULL && !was_called(talk, rows[i].sent)))
            fail_msg("row %d: %d answers:\n%s", (int)i, answers, talk->said);
        talk_free(talk);
    }
}

static void nobody_is_picked_twice(void **state)
{
    (void)state;
    struct talk *talk = talk_with("middle", "-\n-\nstep 9\n-\n2\n1\nre\n1\nre\n1\nre\n2\n\nq\n", FALSE);
    assert_said(talk, "reviewer@contoso.com is there already.");
    assert_said(talk, "So far: reviewer@contoso.com, renee@contoso.com");
    assert_true(was_called(talk, "answer reviewers reviewer@contoso.com, renee@contoso.com"));
    talk_free(talk);
}

/* From any choice by number, too; and what was asked there stays open. */
static void a_choice_can_be_left_for_another_step(void **state)
{
    (void)state;
    struct talk *talk = talk_with("middle", "-\n\nlist\nstep 2\n-\n1\n-\nq\n", FALSE);
    assert_said(talk, "13 Report");
    assert_said(talk, "Step 2, Accept the invitation: told, not proved.");
    assert_said(talk, "Let perch change what differs. Type “decide” to decide so, - for no.");
    assert_false(was_called(talk, "decide organization repair"));
    talk_free(talk);
}

/* Only a person's word stands for what no reading shows, so one key is none. */
static void nothing_is_told_without_the_word(void **state)
{
    static const struct {
        const char *heard;
        gboolean told;
    } rows[] = {{"1\n\n\nq\n", FALSE},         {"1\n-\nq\n", FALSE},     {"1\nyes\n-\nq\n", FALSE},
                {"1\ntell\n-\n-\nq\n", FALSE}, {"1\ntell\n\nq\n", TRUE}, {"1\nTell that it is done\n\nq\n", TRUE}};
    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autofree char *heard = g_strconcat("-\n-\nstep 2\n6\ntake\nstep 2\n", rows[i].heard, NULL);
        struct talk *talk = talk_with("middle", heard, FALSE);
        assert_said(talk, "Step 2, Accept the invitation. That you say so is recorded, with your account and the time; "
                          "nothing else proves it. Type “tell” to tell that it is done, - for no.");
        assert_int_equal(was_called(talk, "tell invitation "), rows[i].told);
        talk_free(talk);
    }
}

/* The numbers are the same at every step: those that do nothing here are named, and say why when typed. */
static void a_number_that_does_nothing_here_says_so(void **state)
{
    (void)state;
    struct talk *talk = talk_with("middle", "-\n-\nstep 2\n4\n2\n?\n12\nq\n", FALSE);
    assert_said(talk, "3 another step (list, step 7)  5 plan  6 take back  8 check again  9 leave it out  "
                      "(not at this step: 1, 2, 4, 7)");
    assert_said(talk, "4 the portal refused it: not now, of this step no refusals are known.");
    assert_said(talk, "2 change a value: not now, this step has no values.");
    assert_said(talk, "That is none of the numbers");
    talk_free(talk);
}

/* A step that is told may still have a part that is read. */
static void what_is_read_back_is_not_called_unread(void **state)
{
    static const struct {
        const char *id;
        gboolean unasked;
        const char *said;
    } rows[] = {
        {"app-1", FALSE,
         "Read back from the tenant: its right to read alerts. The rest nothing here shows.\nStep 12, "},
        {"app-1", TRUE, "Done in the practice portal; nothing in the tenant shows it.\nStep 12, "},
        {"", FALSE, "Done in the practice portal; nothing in the tenant shows it.\nStep 12, "},
    };
    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        const struct plain_options options = {0};
        struct session *session = fake_session_new("middle");
        struct board_step *step = (struct board_step *)board_find_step(fake_session_board(session), "graph-alerts");
        struct board_object *object = board_object_new();
        text_set(&object->key, "graph-permission");
        text_set(&object->title, "its right to read alerts");
        text_set(&object->id, rows[i].id);
        object->state = OBJECT_MATCHES;
        object->unasked = rows[i].unasked;
        g_ptr_array_add(step->objects, object);
        step->state = STEP_NEEDS_YOU;
        step->tellable = step->practice_form = TRUE;
        fake_session_tell_board(session);
        struct talk *talk = talk_about(session, "-\n-\n-\n1\n1\ntell\nby mail\nq\n", &options);
        assert_true(was_called(talk, "form graph-alerts"));
        assert_true(was_called(talk, "tell graph-alerts by mail"));
        assert_said(talk, rows[i].said);
        talk_free(talk);
    }
}

/* Whoever says that it was done in a portal is believed once the tenant shows it; until then what is missing is named.
 */
static void what_was_done_in_a_portal_is_looked_for(void **state)
{
    const struct plain_options options = {0};
    struct session *session = fake_session_new("middle");
    struct board_step *step = (struct board_step *)board_find_step(fake_session_board(session), "graph-alerts");
    struct board_object *object = board_object_new();
    (void)state;
    text_set(&object->key, "graph-permission");
    text_set(&object->title, "its right to read alerts");
    object->state = OBJECT_ABSENT;
    g_ptr_array_add(step->objects, object);
    step->state = STEP_NEEDS_YOU;
    text_set(&step->link, "https://example.com/consent");
    fake_session_tell_board(session);
    struct talk *talk = talk_about(session, "-\n-\n-\n1\n\nq\n", &options);
    assert_said(talk, "perch looks by itself, two minutes at most. Enter stops that.");
    assert_said(talk, "Not seen yet: its right to read alerts; 8 checks again.");
    assert_false(was_called(talk, "tell graph-alerts "));
    talk_free(talk);
}

static void the_made_up_mail_brings_the_values_in_practice(void **state)
{
    (void)state;
    const struct plain_options options = {.practice = TRUE};
    char *said = NULL;
    gsize size = 0;
    FILE *in = tmpfile();
    FILE *out = open_memstream(&said, &size);
    fputs("E\n\nq\n", in);
    rewind(in);
    g_autoptr(Session) session = fake_session_new("middle");
    plain_run(session, &options, in, out);
    fclose(in);
    fclose(out);
    assert_non_null(strstr(said, "In practice E takes the partner's made-up e-mail."));
    const GPtrArray *calls = fake_session_calls(session);
    assert_true(
        g_ptr_array_find_with_equal_func((GPtrArray *)calls, "answer eventHub.name telemetry", g_str_equal, NULL));
    free(said);
}

static void what_was_handed_over_is_read_out_first(void **state)
{
    (void)state;
    static const struct {
        const char *heard;
        gboolean taken;
    } rows[] = {{"take\n", TRUE}, {"-\n", FALSE}, {"", FALSE}, {"y\n\n-\n", FALSE}};
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        struct talk *talk = talk_with("handed", rows[i].heard, FALSE);
        assert_said(talk, "ann@contoso.com hands over, written 2026-11-24T14:02:11Z, SHA-256 8c2f2e6c2b5e");
        assert_said(talk, "!  Resource ID: nothing to /subscriptions/11111111-2222");
        assert_said(talk, "   Company: Contoso to Contoso Ltd");
        assert_said(talk, "According to it: “Invitation” is told to be done by ann@contoso.com");
        assert_int_equal(was_called(talk, "take-over"), rows[i].taken);
        if (!rows[i].taken)
            assert_said(talk, "Nothing of it was kept.");
        assert_false(was_called(talk, "plan apply"));
        talk_free(talk);
    }
}

static void no_file_is_replaced_unasked(void **state)
{
    (void)state;
    g_autofree char *folder = scratch_new();
    g_autofree char *file = g_build_filename(folder, "old.md", NULL);
    static const char *const answers[] = {"-", "replace"};
    for (gsize i = 0; i < G_N_ELEMENTS(answers); i++) {
        const struct plain_options options = {.write_report = write_nothing};
        g_autofree char *heard = g_strdup_printf("-\n-\n-\n7\n%s\n%s\n-\nq\n", file, answers[i]);
        char *said = NULL;
        gsize size = 0;
        FILE *in = tmpfile();
        FILE *out = open_memstream(&said, &size);
        assert_true(g_file_set_contents(file, "mine", -1, NULL));
        fputs(heard, in);
        rewind(in);
        g_autoptr(Session) session = fake_session_new("middle");
        plain_run(session, &options, in, out);
        fclose(in);
        fclose(out);
        g_autofree char *kept = NULL;
        assert_true(g_file_get_contents(file, &kept, NULL, NULL));
        assert_string_equal(kept, i == 0 ? "mine" : "new");
        assert_non_null(strstr(said, "is there already. Type “replace” to replace it, - for no."));
        free(said);
    }
    scratch_remove(folder);
}

static void ascii_means_ascii(void **state)
{
    (void)state;
    struct talk *talk = talk_with("hostile", "", TRUE);
    assert_true(g_str_is_ascii(talk->said));
    talk_free(talk);
}

static char *tell_access(const struct board *board, const struct history *history)
{
    (void)history;
    return g_strdup_printf("Who can now do what:\n• somebody of %s", board->partner);
}

static void who_can_do_what_is_read_out(void **state)
{
    (void)state;
    const struct plain_options options = {.tell_access = tell_access};
    struct talk *talk = talk_about(fake_session_new("middle"), "-\n-\n-\nstep 4\nwho\nq\n", &options);
    assert_said(talk, "Who can now do what:");
    assert_said(talk, "somebody of Red Canary");
    talk_free(talk);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(who_can_do_what_is_read_out),
        cmocka_unit_test(the_end_of_input_leaves_and_says_what_is_left),
        cmocka_unit_test(a_whole_run_works_line_by_line),
        cmocka_unit_test(one_person_is_taken_out_again),
        cmocka_unit_test(a_bad_value_is_named_and_mended_on_request),
        cmocka_unit_test(a_value_is_found_in_a_line_and_remarked_on),
        cmocka_unit_test(nothing_that_a_terminal_obeys_is_echoed),
        cmocka_unit_test(no_message_repeats_what_a_terminal_obeys),
        cmocka_unit_test(nothing_is_written_without_the_domain),
        cmocka_unit_test(a_wait_is_offered_to_be_sat_out_or_left),
        cmocka_unit_test(an_error_has_one_prefix),
        cmocka_unit_test(what_was_created_can_be_removed_in_the_end),
        cmocka_unit_test(what_was_taken_away_is_not_offered_again),
        cmocka_unit_test(what_was_decided_of_leaving_can_be_changed),
        cmocka_unit_test(whoever_goes_back_from_leaving_sends_nothing),
        cmocka_unit_test(a_read_that_found_nothing_did_not_go_wrong),
        cmocka_unit_test(what_others_made_is_decided_before_leaving),
        cmocka_unit_test(the_requests_of_an_undo_are_shown_in_full),
        cmocka_unit_test(what_an_answer_settled_is_not_offered_to_be_taken_back),
        cmocka_unit_test(what_was_decided_of_leaving_is_said_to_be_kept),
        cmocka_unit_test(after_an_undo_the_next_start_asks_for_nothing),
        cmocka_unit_test(what_undo_leaves_to_the_partner_is_said_at_once),
        cmocka_unit_test(leaving_that_sends_nothing_says_why),
        cmocka_unit_test(lines_break_between_words_only),
        cmocka_unit_test(every_step_can_be_gone_to_and_what_was_told_taken_back),
        cmocka_unit_test(a_value_that_may_stay_empty_can_be_reached),
        cmocka_unit_test(the_menu_is_explained_and_lines_are_read_once),
        cmocka_unit_test(whoever_refuses_the_plan_is_led_on),
        cmocka_unit_test(what_a_step_has_come_to_is_said),
        cmocka_unit_test(a_choice_can_be_left_for_another_step),
        cmocka_unit_test(a_whole_user_name_that_nobody_has_is_taken),
        cmocka_unit_test(at_a_decision_the_words_of_the_menu_work),
        cmocka_unit_test(a_value_can_be_emptied),
        cmocka_unit_test(nobody_is_picked_twice),
        cmocka_unit_test(nothing_is_told_without_the_word),
        cmocka_unit_test(a_number_that_does_nothing_here_says_so),
        cmocka_unit_test(what_is_read_back_is_not_called_unread),
        cmocka_unit_test(what_was_done_in_a_portal_is_looked_for),
        cmocka_unit_test(the_made_up_mail_brings_the_values_in_practice),
        cmocka_unit_test(what_was_handed_over_is_read_out_first),
        cmocka_unit_test(no_file_is_replaced_unasked),
        cmocka_unit_test(what_is_missing_is_asked_and_said_before_the_plan),
        cmocka_unit_test(what_was_taken_is_said),
        cmocka_unit_test(a_word_at_a_menu_does_what_a_key_does),
        cmocka_unit_test(who_signed_out_is_not_told_that_nothing_was_sent),
        cmocka_unit_test(nothing_of_a_tenant_is_told_of_the_next_one),
        cmocka_unit_test(what_stands_in_the_way_is_said_before_values),
        cmocka_unit_test(a_rung_is_left_by_enter_alone),
        cmocka_unit_test(the_end_is_said_once),
        cmocka_unit_test(after_taking_away_no_next_step_is_named),
        cmocka_unit_test(whoever_leaves_hears_what_the_partner_keeps),
        cmocka_unit_test(ascii_means_ascii),
    };
    return cmocka_run_group_tests(tests, desk_set_locale, NULL);
}
