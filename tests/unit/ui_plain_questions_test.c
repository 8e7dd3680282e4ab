/* SPDX-License-Identifier: MIT */
/* How plain mode asks: what each question says, what leads out of it, and what a terminal is told. */
#include <string.h>

#include "base/error.h"
#include "base/text.h"
#include "support/fake_desk.h"
#include "support/plain_talk.h"
#include "ui/plain/plain_io.h"
#include "ui/tenant_list.h"

#define MAIL_OF(name)                                                                                                  \
    "Hello,\nEvent Hub Resource ID:\n/subscriptions/0a1b2c3d-1111-4222-8333-444455556666/resourceGroups/rg-mdr/"       \
    "providers/Microsoft.EventHub/namespaces/mdr-eh-ns01\nEvent Hub Name: " name "\nRobin"
#define MAIL MAIL_OF("telemetry")
#define AT_STEP_3 "-\n-\n-\nstep 3\n-\n"

static const struct plain_options usual = {0};
static const struct plain_options practising = {.practice = TRUE, .first_run = TRUE};

static struct board_field *field_of(struct session *session, const char *path)
{
    return (struct board_field *)board_find_field(fake_session_board(session), path);
}

static struct board_step *step_of(struct session *session, const char *id)
{
    return (struct board_step *)board_find_step(fake_session_board(session), id);
}

static void assert_not_said(const struct talk *talk, const char *text)
{
    if (strstr(talk->said, text) != NULL)
        fail_msg("“%s” was said:\n%s", text, talk->said);
}

/* Whoever heard the list, or an explanation, hears what is asked again. */
static void the_question_is_said_again_after_a_list(void **state)
{
    static const struct {
        const char *heard;
        const char *again;
    } rows[] = {
        {"list\nq\n", "13 Report: to be written\nEvent Hub? (paste, then Enter; ? explains, - for later)\n> "},
        {"?\nq\n", "The name of the hub in that namespace, from the same e-mail.\nEvent Hub? (paste"},
        {"step 99\nq\n", "There is no such step; list reads them all.\nEvent Hub? (paste"},
        {"-\nlist\nq\n", "13 Report: to be written\nSponsor? Type part of a name, then Enter; ? explains, - for "
                         "later.\nEnter alone takes: "},
        {"-\n?\nq\n", "There is no more to say about it.\nSponsor? Type part"},
        {"-\nre\nlist\nq\n", "13 Report: to be written\n1 Reviewer Rita, reviewer@contoso.com\n2 Renée Müller, "},
        {"-\n-\nlist\nq\n", "13 Report: to be written\nDecide about connected organization “Red Canary”.\n"},
        {"-\n-\n1\nlist\nq\n",
         "13 Report: to be written\nLet perch change what differs. Type “decide” to decide so, - for no.\n"},
        {AT_STEP_3 "list\nq\n",
         "13 Report: to be written\nStep 3, Stream events to the partner: needs you. 1 value is missing.\n1 do it"},
        {AT_STEP_3 "2\nlist\nq\n",
         "13 Report: to be written\n1 Company: Contoso\n2 Resource ID: set, masked\n3 Event Hub: missing\n"},
        {AT_STEP_3 "2\n4\nlist\nq\n", "13 Report: to be written\nStream events to the partner, Way? \nNow: portal\n"
                                      "Enter alone keeps it, a number takes its place.\n1 by the portal"},
        {AT_STEP_3 "7\nlist\nq\n", "13 Report: to be written\nStep 3, Stream events"},
        {"-\n-\n-\n-\n-\nlist\nq\n", "13 Report: to be written\nType the tenant's domain, contoso.onmicrosoft.com, to "
                                     "send these 4 requests; ? shows"},
    };
    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        struct talk *talk = talk_with("middle", rows[i].heard, FALSE);
        assert_said(talk, rows[i].again);
        talk_free(talk);
    }
}

/* What a number may be is said where it was none, and ? says what the question is about. */
static void a_wrong_number_is_no_answer(void **state)
{
    (void)state;
    struct session *session = fake_session_new("middle");
    struct board_field *way = field_of(session, "streamingWrite");
    text_set(&way->help, "Who saves the form.");
    struct talk *talk = talk_about(session, AT_STEP_3 "2\n4\n9\n?\nstep 2\nq\n", &usual);
    assert_said(talk, "Type a number from 1 to 2, or Enter, or -; list, step 7, q leaves.");
    assert_said(talk, "> Stream events to the partner, Way? Who saves the form.\nNow: portal\nEnter ");
    assert_said(talk, "A number, - leaves it as it is.");
    assert_said_in_order(talk, "Now: portal", "Step 2, Accept the invitation");
    assert_false(was_called(talk, "answer streamingWrite portal"));
    talk_free(talk);
    session = fake_session_new("middle");
    GPtrArray *choices = step_of(session, "streaming")->fields;
    g_ptr_array_set_size(choices, 1);
    talk = talk_about(session, "-\n-\nstep 3\n2\n2\n-\nq\n", &usual);
    assert_said(talk, "Type 1, or -; list, step 7, q leaves.");
    talk_free(talk);
}

static void a_choice_is_made_and_taken_out_again(void **state)
{
    static const struct {
        enum field_kind kind;
        gboolean required;
        const char *value;
        const char *heard;
        const char *says;
        const char *sent; /* NULL: nothing */
    } rows[] = {
        {FIELD_YES_NO, TRUE, "", "1\n", "Way: yes\n", "answer streamingWrite yes"},
        {FIELD_YES_NO, TRUE, "", "2\n", "Way: no\n", "answer streamingWrite no"},
        {FIELD_YES_NO, TRUE, "", "-\n", "A number, - for later.", NULL},
        {FIELD_YES_NO, FALSE, "yes", "none\n",
         "Now: yes\nEnter alone keeps it, a number takes its place. “none” empties it.\n", "answer streamingWrite "},
        {FIELD_CHOICE, FALSE, "api", "none\n", "Way: none\n", "answer streamingWrite "},
        {FIELD_CHOICE, TRUE, "api", "\n", "Now: api\nEnter alone keeps it, a number takes its place.\n", NULL},
        {FIELD_CHOICE, TRUE, "api", "none\n-\n", "Type a number from 1 to 2, or Enter, or -", NULL},
        {FIELD_CHOICE, FALSE, "", "none\n-\n", "Type a number from 1 to 2, or -", NULL},
    };
    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        struct session *session = fake_session_new("middle");
        struct board_field *way = field_of(session, "streamingWrite");
        text_set(&field_of(session, "eventHub.name")->value, "telemetry");
        way->kind = rows[i].kind;
        way->required = rows[i].required;
        text_set(&way->value, rows[i].value);
        step_of(session, "streaming")->state = STEP_TOLD;
        g_autofree char *heard = g_strconcat("-\n-\nstep 3\n2\n4\n", rows[i].heard, "-\nq\n", NULL);
        struct talk *talk = talk_about(session, heard, &usual);
        assert_said(talk, rows[i].says);
        int answers = 0;
        for (guint k = 0; k < fake_session_calls(session)->len; k++)
            answers += g_str_has_prefix(g_ptr_array_index(fake_session_calls(session), k), "answer streamingWrite");
        assert_int_equal(answers, rows[i].sent != NULL);
        if (rows[i].sent != NULL)
            assert_true(was_called(talk, rows[i].sent));
        talk_free(talk);
    }
}

/* One value after another, then the step where it was left; nothing is asked for the plan in between. */
static void values_are_changed_one_after_another(void **state)
{
    (void)state;
    struct talk *talk = talk_with("middle", "-\n-\nstep 9\n-\n2\n2\n2026-12-01\n2\n2026-12-02\n-\n?\nq\n", FALSE);
    assert_true(was_called(talk, "answer reviewStart 2026-12-01"));
    assert_true(was_called(talk, "answer reviewStart 2026-12-02"));
    assert_said_in_order(talk, "Now: 2026-12-01", "2 Reviews start: 2026-12-02\nWhich one? A number, - goes back.");
    assert_said_in_order(talk, "2 Reviews start: 2026-12-02\n", "perch: step 9, Access package. Blocked.");
    assert_not_said(talk, "would be sent to");
    talk_free(talk);
}

/* What an answer comes to is said at once; once it settles the step there is nothing more to choose among its values.
 */
static void what_an_answer_came_to_is_said(void **state)
{
    (void)state;
    struct session *session = fake_session_new("middle");
    fake_session_settle_by(session, "reviewStart");
    struct talk *talk = talk_about(session, "-\n-\nstep 9\n-\n2\n2\n2026-12-02\n-\nq\n", &usual);
    assert_said_in_order(talk, "Reviews start: 2026-12-02\nperch: step 9, Access package. Done",
                         "Step 9, Access package");
    talk_free(talk);
    session = fake_session_new("middle");
    talk = talk_about(session, AT_STEP_3 "2\n3\ntelemetry\n-\nq\n", &usual);
    assert_said(talk, "Event Hub: telemetry\nperch: step 3, Stream events to the partner: to do.\n"
                      "1 Company: Contoso\n");
    talk_free(talk);
}

/* What comes of no answer stands beside it, in the list and in the question. */
static void what_an_empty_value_comes_to_is_said(void **state)
{
    (void)state;
    struct session *session = fake_session_new("middle");
    struct board_field *start = field_of(session, "reviewStart");
    start->required = FALSE;
    text_set(&start->value, "");
    text_set(&start->if_empty, "today");
    struct talk *talk = talk_about(session, "-\n-\nstep 9\n-\n2\n2\n-\n-\nq\n", &usual);
    assert_said_in_order(talk, "2 Reviews start: empty (today)\n", "- leaves it as it is)\nLeft empty: today.\n> ");
    talk_free(talk);
}

/* Once is enough of what was read of the values and is amiss, until the list is read again. */
static void what_is_amiss_with_a_value_is_said_once(void **state)
{
    (void)state;
    struct session *session = fake_session_new("middle");
    struct board_object *object = g_ptr_array_index(step_of(session, "organization")->objects, 0);
    object->state = OBJECT_DIFFERS;
    text_set(&object->sentence, "Nobody is called so.");
    struct talk *talk = talk_about(session, "values\n1\nFabrikam\n3\n-\n-\nq\n", &usual);
    const char *first = strstr(talk->said, ": Nobody is called so.\nA number fills");
    assert_non_null(first);
    const char *end = strstr(first, "perch: step ");
    const char *again = strstr(first + 1, ": Nobody is called so.");
    assert_true(again == NULL || (end != NULL && again > end));
    talk_free(talk);
}

/* Where perch mends nothing itself, mending stands before keeping. */
static void what_differs_is_mended_by_hand_before_it_is_kept(void **state)
{
    static const struct {
        const char *heard, *called;
    } rows[] = {{"step 6\n-\n1\n-\nq\n", "form organization"},
                {"step 6\n-\n2\ndecide\n-\nq\n", "decide organization keep"}};
    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        struct session *session = fake_session_new("middle");
        struct board_step *step = step_of(session, "organization");
        struct board_object *object = g_ptr_array_index(step->objects, 0);
        step->practice_form = TRUE;
        g_ptr_array_set_size(object->choices, 0);
        g_ptr_array_add(object->choices, board_choice_new("keep", "Leave it so", FALSE));
        g_autofree char *heard = g_strconcat("-\n-\n", rows[i].heard, NULL);
        struct talk *talk = talk_about(session, heard, &practising);
        assert_said(talk, "1 Mend it: do it again in the practice tenant\n2 Leave it so\n3 Change a value\n");
        assert_true(was_called(talk, rows[i].called));
        talk_free(talk);
    }
}

/* The letter that signs in without a browser does the practice portal's part of a step too. */
static void f_practises_at_a_step_too(void **state)
{
    static const char *const heard[] = {AT_STEP_3 "1\nf\n-\nq\n", AT_STEP_3 "f\n-\nq\n"};
    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(heard); i++) {
        struct session *session = fake_session_new("middle");
        step_of(session, "streaming")->practice_form = TRUE;
        step_of(session, "streaming")->tellable = TRUE;
        struct talk *talk = talk_about(session, heard[i], &practising);
        assert_true(was_called(talk, "form streaming"));
        talk_free(talk);
    }
    struct session *session = fake_session_new("middle");
    step_of(session, "streaming")->practice_form = FALSE;
    struct talk *talk = talk_about(session, AT_STEP_3 "f\n-\nq\n", &usual);
    assert_said(talk, "That is none of the numbers");
    talk_free(talk);
}

/* What the ladder begins with is said of a refusal that points to one of its rungs, and of no other. */
static void what_a_refusal_points_to_is_said(void **state)
{
    static const char *const says[] = {"4 says what to try, one after another.\n",
                                       "4 says what to try, and begins with what this refusal points to.\n"};
    (void)state;
    for (int rung = 0; rung < 2; rung++) {
        struct session *session = fake_session_new("middle");
        struct board_step *step = step_of(session, "streaming");
        fake_session_refuse_forms(session);
        step->practice_form = TRUE;
        step->refusal_rung = rung;
        g_ptr_array_add(step->trouble, board_line_new("The values.", "", FALSE));
        fake_session_tell_board(session);
        struct talk *talk = talk_about(session, AT_STEP_3 "f\n-\nq\n", &practising);
        assert_said(talk, says[rung]);
        assert_not_said(talk, says[1 - rung]);
        talk_free(talk);
    }
}

/* Before a sign-in is asked for, whoever comes back hears that what was done is known. */
static void whoever_comes_back_hears_what_is_known(void **state)
{
    (void)state;
    struct tenant_row *row = tenant_row_new("id", "Contoso", "contoso.com", "5 left, 6 done", "", "28 Nov 2026, 18:40");
    const struct plain_options options = {.known = row};
    struct talk *talk = talk_about(fake_session_new("fresh"), "q\n", &options);
    assert_said_in_order(
        talk,
        "perch: going on in Contoso, contoso.com\nAs read last, on 28 Nov 2026, 18:40: 5 left, 6 done. "
        "What was done and typed is kept.\n",
        "perch: reading the tenant.\n");
    talk_free(talk);
    tenant_row_free(row);
}

/* A word of the menus at a value does nothing, and where it does something is said. */
static void a_menu_word_at_a_value_is_told_where_it_belongs(void **state)
{
    (void)state;
    struct talk *talk = talk_with("middle", "leave\n-\n-\nwho\n-\nq\n", FALSE);
    assert_said(talk,
                "The word leave is for the menu of a step and of the end: - leads back to it.\nEvent Hub: leave\n");
    assert_said(talk, "The word who is for the menu of a step and of the end: - leads back to it.\nNobody was found.");
    talk_free(talk);
    talk = talk_with("middle", "values\nwho\n7\nmore\n-\n-\nq\n", FALSE);
    assert_said(talk, "The word who is for the menu of a step and of the end: - leads back to it.\nType a number from");
    assert_not_said(talk, "The word more is for the menu");
    talk_free(talk);
}

/* Whoever goes to a step by its number stays there once its values are in, and it is not put off by going on. */
static void a_step_that_was_asked_for_is_stayed_at(void **state)
{
    (void)state;
    struct talk *talk = talk_with("middle", "-\n-\nstep 9\nre\n1\n\n-\nq\n", FALSE);
    assert_said_in_order(talk, "Reviewers: reviewer@contoso.com",
                         "Step 9, Access package: blocked. 2 values are filled in.");
    talk_free(talk);
}

/* A value that is right as it was typed counts at once: the next answer is for the next question. What may have been
 * typed for a menu is asked about, and nothing but Enter takes it. */
static void what_is_typed_is_taken_at_once(void **state)
{
    static const struct {
        const char *heard;
        const char *says;
        const char *sent; /* NULL: nothing */
    } rows[] = {
        {"Fabrikam\n-\n", "Company: Fabrikam\n1 Company", "answer company Fabrikam"},
        {"7\n-\n-\n", "Company: 7\nEnter takes it, - asks again.", NULL},
        {"7\nFabrikam\n-\n-\n", "That is neither Enter nor -; list, step 7, q leaves.\nCompany: 7\nEnter takes it",
         NULL},
        {"7\n-\nFabrikam\n-\n", "Company: Fabrikam", "answer company Fabrikam"},
        {"check\n\n-\n", "Company: check\nEnter takes it, - asks again.", "answer company check"},
        {"leave\nstep 2\n", "Company: leave\nEnter takes it, - asks again.", NULL},
    };
    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autofree char *heard = g_strconcat(AT_STEP_3 "2\n1\n", rows[i].heard, "q\n", NULL);
        struct talk *talk = talk_with("middle", heard, FALSE);
        assert_said(talk, rows[i].says);
        int answers = 0;
        for (guint k = 0; k < fake_session_calls(talk->session)->len; k++)
            answers += g_str_has_prefix(g_ptr_array_index(fake_session_calls(talk->session), k), "answer company");
        assert_int_equal(answers, rows[i].sent != NULL);
        if (rows[i].sent != NULL)
            assert_true(was_called(talk, rows[i].sent));
        talk_free(talk);
    }
}

/* The link of a page is pasted where one is told to look at it, and not where its value is asked for. */
static void an_address_is_taken_at_the_menu(void **state)
{
    static const char address[] = "https://myaccess.example/@c#/access-packages/1";
    static const struct {
        const char *heard;
        gboolean is_taken;
    } rows[] = {{"\n", TRUE}, {"-\n", FALSE}, {"step 3\n", FALSE}};
    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        struct session *session = fake_session_new("middle");
        struct board_field *field = field_of(session, "sponsor");
        field->kind = FIELD_TEXT;
        field->required = FALSE;
        text_set(&field->validator, "");
        text_set(&field->value, "");
        text_set(&field->suggestion, "");
        step_of(session, "organization")->state = STEP_DONE;
        if (i == 0)
            g_ptr_array_set_size(step_of(session, "organization")->objects, 0);
        g_autofree char *heard = g_strconcat("-\n-\nstep 6\n", address, "\n", rows[i].heard, "q\n", NULL);
        struct talk *talk = talk_about(session, heard, &usual);
        assert_said(talk, "Sponsor: https://myaccess.example/@c#/access-packages/1\nEnter takes it, - asks again.");
        g_autofree char *call = g_strconcat("answer sponsor ", address, NULL);
        assert_int_equal(was_called(talk, call), rows[i].is_taken);
        talk_free(talk);
    }
    struct talk *talk = talk_with("middle", "-\n-\nstep 2\nhttps://example.com/\nq\n", FALSE);
    assert_said(talk, "That is none of the numbers");
    talk_free(talk);
}

/* Whoever is led past steps that are open hears which, and why, once. */
static void what_is_passed_by_is_said(void **state)
{
    (void)state;
    struct talk *talk = talk_with("middle", "-\nlist\n-\n-\n-\nq\n", FALSE);
    assert_said(talk, "Passed by for now: 4 Let the partner's application in (waiting, ");
    assert_said(talk, "5 Analysts' group (to do). What is to do goes out with the plan once all that needs you was "
                      "asked; 5 is the plan now.\n");
    assert_said_in_order(talk, "Passed by for now: ", "perch: step 6, Connected organization.");
    assert_null(strstr(strstr(talk->said, "Passed by for now: ") + 1, "Passed by for now: "));
    talk_free(talk);
}

/* - never ends it: at the end it leads back to what was left for later. */
static void what_was_left_for_later_is_gone_through_again(void **state)
{
    (void)state;
    struct talk *talk = talk_with("middle", "-\n-\n-\n-\n-\n-\n-\n-\n-\nq\n", FALSE);
    const char *first = strstr(talk->said, "Event Hub? (paste");
    assert_non_null(first);
    assert_said(talk, "A number, list, step 7, - goes through what was left for later; ? explains, q leaves.");
    assert_non_null(strstr(first + 1, "Event Hub? (paste"));
    talk_free(talk);
    talk = talk_with("middle", "-\n-\n-\n-\n-\n-\n-\n?\nq\n", FALSE);
    assert_said(talk, "- goes through what was left for later, q leaves; what was done is kept.");
    talk_free(talk);
    struct session *session = fake_session_new("middle");
    for (guint i = 0; i < fake_session_board(session)->steps->len; i++)
        ((struct board_step *)g_ptr_array_index(fake_session_board(session)->steps, i))->state = STEP_DONE;
    talk = talk_about(session, "-\n?\nx\nstep 2\n-\n3\n2\n-\nq\n", &usual);
    assert_said(talk, "Nothing was left for later; q leaves.");
    assert_said(talk, "\nq leaves; what was done is kept.\n");
    assert_not_said(talk, "- goes through what was left for later");
    /* Whoever had it explained is asked again. */
    assert_said_in_order(talk, "q leaves; what was done is kept.", "Nothing else is asked now.");
    assert_said(talk, "That is none of the numbers; list, step 7, ? explains, q leaves.");
    assert_said_in_order(talk, "Which one? Its number, - goes back.", "Step 2, Accept the invitation");
    talk_free(talk);
}

static void another_step_is_chosen_by_its_number(void **state)
{
    (void)state;
    struct talk *talk = talk_with("middle", AT_STEP_3 "3\n77\nlist\n-\n3\n2\nq\n", FALSE);
    assert_said(talk, "13 Report: to be written\nWhich one? Its number, - goes back.");
    assert_said(talk, "There is no such step; list reads them all.\nWhich one?");
    assert_said_in_order(talk, "Which one? Its number", "Step 2, Accept the invitation: told, not proved.");
    talk_free(talk);
}

/* Of whom the tenant lacks it is said, and not passed over by a count of what is filled in. */
static void a_value_that_does_not_fit_is_pointed_at(void **state)
{
    (void)state;
    struct session *session = fake_session_new("middle");
    const struct board *board = fake_session_board(session);
    for (guint i = 0; i < board->steps->len; i++) {
        const struct board_step *step = g_ptr_array_index(board->steps, i);
        for (guint k = 0; k < step->fields->len; k++) {
            struct board_field *field = g_ptr_array_index(step->fields, k);
            if (*field->value == '\0')
                text_set(&field->value, "nobody@contoso.com");
        }
        for (guint k = 0; k < step->objects->len && step->fields->len > 0; k++) {
            struct board_object *object = g_ptr_array_index(step->objects, k);
            object->only_read = TRUE;
            object->state = OBJECT_ABSENT;
            text_set(&object->sentence, "There is no such user.");
        }
    }
    struct talk *talk = talk_about(session, "values\n99\n-\nq\n", &usual);
    assert_said(talk, "There is no such user.");
    assert_said(talk, "All values that are needed are filled in; what does not fit is said above.");
    talk_free(talk);
}

/* Everything that is going to be asked, in one place: numbered, from the partner's e-mail on, and what may stay empty
 * on request only. */
static void all_values_are_asked_for_at_once(void **state)
{
    (void)state;
    struct session *session = fake_session_new("middle");
    field_of(session, "reviewStart")->required = FALSE;
    text_set(&field_of(session, "reviewStart")->value, "");
    struct talk *talk =
        talk_about(session, "values\nmore\n99\n5\n-\n\n-\ntelemetry\n-\nre\n1\n\nvalues\nlist\nstep 2\nq\n", &usual);
    assert_said(talk, "Before you begin: 3 of 7 values are filled in. Nothing is sent by this.\n"
                      "1 Onboarding account, Password: missing\n2 Stream events to the partner, Company: Contoso\n");
    assert_said(talk, "more reads also those that may stay empty; ? explains, - goes back.");
    assert_said(talk, "8 Access package, Reviews start: empty\nPaste the partner's e-mail");
    assert_said(talk, "Enter asks for what is missing; ? explains, - goes back.");
    assert_said(talk, "Type a number from 1 to 8, Enter or -; ? explains, list reads the steps, q leaves.");
    assert_true(was_called(talk, "answer eventHub.name telemetry"));
    assert_true(was_called(talk, "answer reviewers reviewer@contoso.com"));
    /* What was left for later is passed by. */
    assert_said_in_order(talk, "Event Hub: telemetry", "Sponsor? Type part");
    assert_said_in_order(talk, "Sponsor? Type part", "Reviewers? Type part");
    assert_said_in_order(talk, "Reviewers: reviewer@contoso.com", "Step 2, Accept the invitation");
    assert_not_said(talk, "would be sent to");
    talk_free(talk);
}

static void a_mail_fills_in_all_that_it_holds(void **state)
{
    (void)state;
    static const char *const use[] = {"values", MAIL, "use", "q", NULL};
    static const char *const refuse[] = {"values", MAIL, "-", "nothing\nof it here", "-", "q", NULL};
    /* Where one line is wanted it is kept, and offered together. */
    static const char *const elsewhere[] = {"-", "-", "-", MAIL, "values", "use", "q", NULL};
    /* A newer one at the question about it takes its place. */
    static const char *const newer[] = {"-", "-", "-",      MAIL,  "values", MAIL_OF("signals"),
                                        "-", "-", "values", "use", "q",      NULL};
    struct talk *talk = talk_on_terminal(fake_session_new("middle"), use, &usual, 80);
    assert_said(talk, "\nResource ID:\n/subscriptions/0a1b2c3d-1111-4222-8333-444455556666/resourceGroups/rg-mdr/"
                      "providers/Microsoft.EventHub/namespaces/mdr-eh-ns01\nEvent Hub:\ntelemetry\n"
                      "Type “use” to use these values, - for no.\n");
    assert_true(was_called(talk, "answer eventHub.name telemetry"));
    talk_free(talk);
    talk = talk_on_terminal(fake_session_new("middle"), refuse, &usual, 80);
    assert_false(was_called(talk, "answer eventHub.name telemetry"));
    assert_said(talk, "It holds no value that is clear");
    talk_free(talk);
    talk = talk_on_terminal(fake_session_new("middle"), elsewhere, &usual, 200);
    assert_said(talk, "nothing of it was taken. The values in it are offered where they are asked for; the word "
                      "values takes them together.");
    assert_true(was_called(talk, "answer eventHub.name telemetry"));
    talk_free(talk);
    talk = talk_on_terminal(fake_session_new("middle"), newer, &usual, 200);
    assert_false(was_called(talk, "answer eventHub.name telemetry"));
    assert_true(was_called(talk, "answer eventHub.name signals"));
    talk_free(talk);
    talk = talk_with("middle", "-\n-\n-\n-\n-\n-\nvalues\nq\n", FALSE);
    assert_said(talk, "Paste the partner's e-mail here, whole: what it holds is offered.");
    talk_free(talk);
    talk = talk_about(fake_session_new("middle"), "values\nE\nuse\n-\nq\n", &practising);
    assert_said(talk, "in practice E takes a made-up one");
    assert_true(was_called(talk, "answer eventHub.name telemetry"));
    talk_free(talk);
}

/* What is pasted is one answer, whole; at a question for one line it is none, and what is too long is none anywhere. */
static void a_paste_on_a_terminal_is_one_answer(void **state)
{
    (void)state;
    static const char *const pasted[] = {MAIL, "", "-", "-", "-", "q", NULL};
    static const char *const lost[] = {"-", "-", "a\nb", "tele metry", "2", "q", NULL};
    struct talk *talk = talk_on_terminal(fake_session_new("middle"), pasted, &usual, 40);
    assert_said(talk, "Event Hub: telemetry\nEnter takes it, - asks again.");
    assert_true(was_called(talk, "answer eventHub.name telemetry"));
    assert_false(was_called(talk, "decide organization repair"));
    g_auto(GStrv) lines = g_strsplit(talk->said, "\n", -1);
    for (char **line = lines; *line != NULL; line++)
        if (g_utf8_strlen(*line, -1) > 40 && strpbrk(*line, "/@") == NULL)
            fail_msg("wider than the terminal: %s", *line);
    talk_free(talk);
    talk = talk_on_terminal(fake_session_new("middle"), lost, &usual, 80);
    assert_said(talk, "Several lines came at once, and one is wanted here: nothing of it was taken.\n");
    talk_free(talk);
}

/* Nothing in a mail is a key of the sign-in, or a value of one line, wherever it is pasted by mistake. */
static void a_mail_pasted_anywhere_does_nothing(void **state)
{
    static const char *const at_sign_in[] = {
        "-", "-", "-", "sign out", "sign", MAIL "\nq\nd\nf\nhttp://localhost/?code=1", "q", NULL};
    static const char *const at_company[] = {"-", "-", "-", "step 3", "-", "2", "1", MAIL "\nq\n1", "-", "q", NULL};
    (void)state;
    struct talk *talk = talk_on_terminal(fake_session_new("middle"), at_sign_in, &usual, 200);
    assert_said(talk, "nothing of it was taken. The values in it are offered where they are asked for");
    assert_false(was_called(talk, "sign-in code"));
    assert_false(was_called(talk, "approve"));
    assert_false(was_called(talk, "paste-back http://localhost/?code=1"));
    talk_free(talk);
    talk = talk_on_terminal(fake_session_new("middle"), at_company, &usual, 200);
    assert_said_in_order(talk, "Company? (paste, then Enter", "Several lines came at once, and one is wanted here");
    for (guint i = 0; i < fake_session_calls(talk->session)->len; i++)
        assert_false(g_str_has_prefix(g_ptr_array_index(fake_session_calls(talk->session), i), "answer company"));
    talk_free(talk);
}

/* A short address, what it asks for in one line, and the rest by a letter. */
static void a_sign_in_is_short_and_tells_more_by_letters(void **state)
{
    (void)state;
    struct talk *talk = talk_about(fake_session_new("middle"),
                                   "-\n-\n-\nsign out\nsign\nx\nm\nr\na\no\nhttp://localhost/?code=1\nq\n", &usual);
    const char *from = strstr(talk->said, "perch: signed out.");
    assert_non_null(from);
    assert_said_in_order(
        talk, "perch: signed out.",
        "Microsoft Graph Command Line Tools (14d82eec-204b-4c2f-b7e8-296a70dab67e) asks for 3 rights.\n"
        "o opens it here, d signs in with a code instead, m for a browser on another machine, r reads the "
        "rights, a the address that it leads to; q leaves.\n> ");
    assert_said(talk, "Sign in at the address above, or paste the address that failed to open.\no opens it here");
    assert_said(talk, "ssh -L 41234:127.0.0.1:41234 THIS-HOST\n");
    assert_said(talk, "Group.ReadWrite.All: to make the group\n");
    assert_said(talk, "It leads to Microsoft's own sign-in page:\nhttps://login.microsoftonline.com/");
    assert_true(was_called(talk, "paste-back http://localhost/?code=1"));
    talk_free(talk);
    talk = talk_about(fake_session_new("middle"), "-\n-\n-\nsign out\nsign\nlist\nq\n", &usual);
    assert_said(talk, "13 Report: to be written\no opens it here, d signs in with a code");
    talk_free(talk);
    talk = talk_about(fake_session_new("middle"), "-\n-\n-\nsign out\nsign\nd\nm\nd\nq\n", &usual);
    assert_said(talk, "Code: A2B3C4D5E\n");
    assert_said_in_order(talk, "Code: A2B3C4D5E\n", "o opens it here, r reads the rights, a the address");
    assert_not_said(talk, "ssh -L");
    assert_true(was_called(talk, "sign-in code"));
    talk_free(talk);
    talk = talk_about(fake_session_new("middle"), "-\n-\n-\nsign out\nsign\nf\nq\n", &practising);
    assert_said(talk, "f signs in without a browser, since this is practice; o opens it here");
    assert_true(was_called(talk, "approve"));
    talk_free(talk);
}

static void the_first_start_says_what_to_expect(void **state)
{
    (void)state;
    g_autoptr(GPtrArray) remarks = g_ptr_array_new();
    g_ptr_array_add(remarks, (gpointer) "config: line 3 is no setting.");
    const struct plain_options options = {.first_run = TRUE, .remarks = remarks};
    struct talk *talk = talk_about(fake_session_new("middle"), "q\n", &options);
    assert_said_in_order(talk, "config: line 3 is no setting.", "perch connects this tenant's Microsoft Defender");
    assert_said(talk, "- is for later or goes back, and q leaves");
    assert_said(talk, "perch: 4 of 8 values are filled in. The others are asked for step by step; the word values");
    talk_free(talk);
}

/* Before anybody signs in, since what is in the keyring may do. */
static void a_locked_keyring_is_asked_about_first(void **state)
{
    static const struct {
        const char *heard;
        gboolean unlocked;
    } rows[] = {{"unlock\nq\n", TRUE}, {"-\nq\n", FALSE}, {"q\n", FALSE}};
    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        struct session *session = fake_session_new("middle");
        fake_session_board(session)->keyring_locked = TRUE;
        fake_session_tell_board(session);
        struct talk *talk = talk_about(session, rows[i].heard, &usual);
        assert_int_equal(was_called(talk, "unlock-keyring"), rows[i].unlocked);
        talk_free(talk);
    }
}

static void who_may_only_look_is_told_so(void **state)
{
    (void)state;
    struct session *session = fake_session_new("middle");
    struct board *board = fake_session_board(session);
    board->read_only = TRUE;
    text_set(&board->why_read_only, "Another perch works here.");
    fake_session_tell_board(session);
    struct talk *talk = talk_about(session, "q\n", &usual);
    assert_said(talk, "Another perch works here. What is asked here can be looked at, and is not kept.");
    talk_free(talk);
}

static void who_cannot_sign_in_is_told_why(void **state)
{
    (void)state;
    struct talk *talk = talk_with("fresh", "", FALSE);
    assert_said(talk, "Nobody is signed in.\nSign in first.\n");
    talk_free(talk);
}

/* What a colleague needs goes into a file, which no other name than one of JSON makes. */
static void a_colleague_gets_a_file(void **state)
{
    (void)state;
    struct talk *talk = talk_with("middle", AT_STEP_3 "hand over\nx.txt\nx.json\nhand over\n\nq\n", FALSE);
    assert_said(talk, "Let the name of the file end in .json; - goes back.");
    assert_true(was_called(talk, "hand-over x.json"));
    assert_true(was_called(talk, "hand-over perch-contoso.onmicrosoft.com.json"));
    assert_said(talk, "perch: written. Your colleague starts with perch --answers and that file.");
    talk_free(talk);
    struct session *session = fake_session_new("middle");
    step_of(session, "streaming")->lacks_role = TRUE;
    fake_session_tell_board(session);
    talk = talk_about(session, "1\n2\nx.json\nq\n", &usual);
    assert_said(talk, "hand the rest over to a colleague who has the role");
    assert_true(was_called(talk, "hand-over x.json"));
    talk_free(talk);
}

/* The ladder: the refusal's own rung first, tried again in practice, left where it helped or by going back. */
static void the_ladder_is_climbed_rung_by_rung(void **state)
{
    static const struct {
        const char *heard;
        gboolean second;
    } rows[] = {{"\n", TRUE},       {"ok\n", FALSE},     {"OK\n", FALSE},      {"-\n", FALSE},
                {"f\nok\n", FALSE}, {"step 2\n", FALSE}, {"list\n-\n", FALSE}, {"?\nhm\n-\n", FALSE}};
    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        struct session *session = fake_session_new("middle");
        struct board_step *step = step_of(session, "streaming");
        text_set(&step->refusal, "The portal said: Request Body is invalid.");
        step->refusal_rung = 2;
        g_ptr_array_add(step->trouble, board_line_new("The values.", "telemetry", FALSE));
        struct board_line *boxes = board_line_new("The boxes.", "", FALSE);
        boxes->practice_form = TRUE;
        g_ptr_array_add(step->trouble, boxes);
        fake_session_tell_board(session);
        g_autofree char *heard = g_strconcat(AT_STEP_3 "4\n", rows[i].heard, "q\n", NULL);
        struct talk *talk = talk_about(session, heard, &usual);
        assert_said(talk,
                    "The portal said: Request Body is invalid.\n2 of 2. The boxes.\nTry it there again. Enter if it "
                    "did not help, f does this in the practice tenant, “ok” if it did, - goes back.");
        assert_int_equal(strstr(talk->said, "1 of 2. The values.\ntelemetry\n") != NULL, rows[i].second);
        assert_int_equal(was_called(talk, "rung streaming 2"), strstr(rows[i].heard, "f\n") != NULL);
        /* What is said to have helped is looked for; what is asked is said again once. */
        if (g_str_has_suffix(rows[i].heard, "ok\n"))
            assert_said_in_order(talk, "“ok” if it did", "It may take a moment to be seen");
        if (g_str_has_prefix(rows[i].heard, "?"))
            assert_said_in_order(talk, "Do in the portal what the line says", "That is none of these; list, step 7, q");
        if (g_str_has_prefix(rows[i].heard, "list"))
            assert_said(talk, "Report: to be written\nTry it there again. Enter if it did not help, f does this in the "
                              "practice tenant, “ok” if it did, - goes back.\n> ");
        talk_free(talk);
    }
}

static void a_step_is_left_out_with_a_reason_and_taken_in_again(void **state)
{
    (void)state;
    struct session *session = fake_session_new("middle");
    text_set(&step_of(session, "streaming")->needed_by, "Let the partner's application in");
    struct talk *talk = talk_about(session, AT_STEP_3 "9\n-\n9\nnot yet\nstep 3\n6\ntake\nq\n", &usual);
    assert_said(
        talk,
        "Without it this will not work: Let the partner's application in.\nWhy is this step left out? - goes back.");
    assert_true(was_called(talk, "skip streaming not yet"));
    assert_true(was_called(talk, "skip streaming -"));
    talk_free(talk);
}

/* A wait whose time is over is read, not asked about; the word is asked for before it. */
/* What the tenant lets fall away nobody left out, so that nobody takes it in again. */
static void what_falls_away_is_not_taken_in_again(void **state)
{
    struct session *session = fake_session_new("middle");
    struct board_step *step = step_of(session, "organization");
    (void)state;
    step->state = STEP_SKIPPED;
    step->falls_away = TRUE;
    text_set(&field_of(session, "sponsor")->value, "");
    g_ptr_array_set_size(step->objects, 0);
    struct talk *talk = talk_about(session, "-\n-\nstep 6\n6\n9\nq\n", &usual);
    assert_said(talk, "Step 6, Connected organization: left out.\n");
    assert_said(talk, "6 take back: not now");
    assert_said(talk, "9 leave it out: not now, it falls away in this tenant by itself.");
    talk_free(talk);
}

static void a_wait_that_is_over_is_read(void **state)
{
    (void)state;
    struct session *session = fake_session_new("middle");
    struct board_step *step = step_of(session, "consent");
    step->until = clock_now(&fake_session_board(session)->clock) - 1;
    fake_session_tell_board(session);
    struct talk *talk = talk_about(session, "-\n-\n-\n-\n-\n-\n-\nq\n", &usual);
    assert_not_said(talk, "Type “wait” to wait here");
    talk_free(talk);
}

/* A password is neither shown nor taken for a word, but for -. */
static void a_secret_is_not_echoed(void **state)
{
    (void)state;
    static const char *const values[] = {"values", "1", "s3cret-Pass", "q", NULL};
    struct talk *talk = talk_on_terminal(fake_session_new("middle"), values, &usual, 80);
    assert_not_said(talk, "s3cret-Pass");
    assert_said(talk, "Password? (paste, then Enter; ? explains, - for later)");
    assert_true(was_called(talk, "answer account.password (secret)"));
    talk_free(talk);
}

static void nothing_typed_is_no_value(void **state)
{
    (void)state;
    struct talk *talk = talk_with("middle", "\n   \n-\n?\n-\nq\n", FALSE);
    assert_said(talk, "Nothing was typed; ? explains, - for later.");
    assert_said(talk, "Only blanks were typed; ? explains, - for later.");
    talk_free(talk);
    talk = talk_with("middle", "-\n-\nstep 9\n\nxx\nre\n-\n-\n-\nq\n", FALSE);
    assert_said(talk, "Nothing was typed: part of a name, or - for later.");
    assert_said(talk, "Nobody was found. Type another part of a name, or a whole user name, or - for later.");
    assert_said_in_order(talk, "A number, - goes back to the name.", "Reviewers? Part of a name, - ");
    talk_free(talk);
}

/* One that could be the value and is not clear is asked about, with the line it stands in. */
static void what_is_not_clear_in_a_paste_is_asked(void **state)
{
    (void)state;
    static const char *const answers[] = {
        "Your Event Hub is called telemetry-old or\ntelemetry-new, ask Robin.", "?", "-", "-", "q", NULL};
    struct talk *talk = talk_on_terminal(fake_session_new("middle"), answers, &usual, 120);
    assert_false(was_called(talk, "answer eventHub.name telemetry-old"));
    talk_free(talk);
}

#define UNCLEAR "Your Event Hub is called telemetry-old or\ntelemetry-new, ask Robin."

/* The word for the values leads back to them, also from a choice among what a paste may mean. */
static void a_choice_of_a_value_is_left_by_a_word(void **state)
{
    (void)state;
    static const char *const answers[] = {"values", "4", UNCLEAR, "values", "1", "-", "-", "q", NULL};
    static const char *const back[] = {UNCLEAR, "-", "list", "q", NULL};
    struct talk *talk = talk_on_terminal(fake_session_new("middle"), answers, &usual, 200);
    assert_said_in_order(talk, "Which one is it?", "4 Stream events to the partner, Event Hub: missing");
    assert_said_in_order(talk, "Which one is it?", "Password? (paste");
    assert_not_said(talk, "Event Hub: 1");
    talk_free(talk);
    talk = talk_on_terminal(fake_session_new("middle"), back, &usual, 200);
    assert_said_in_order(talk, "A number, - goes back.", "Event Hub? (paste, then Enter; ? explains, - for later)");
    assert_said(talk, "Report: to be written\nEvent Hub? (paste");
    talk_free(talk);
    talk = talk_with("middle", "-\n-\nstep 9\nre\nstep 2\nq\n", FALSE);
    assert_not_said(talk, "? Part of a name,");
    talk_free(talk);
}

/* A value that stands is not lost by Enter, whatever else is offered. */
static void what_stands_is_kept_by_enter(void **state)
{
    static const struct {
        const char *heard;
        const char *says;
        const char *sent; /* NULL: nothing */
    } rows[] = {
        {"\n", "Event Hub stays as it is.", NULL},
        {"OFFERED\n", "Event Hub: signals\n", "answer eventHub.name signals"},
        {"none\n", "Event Hub: empty\n", "answer eventHub.name "},
        {"-\n",
         "Now: set, masked\nEnter alone keeps it, what you type takes its place. “none” empties it.\n“offered” takes "
         "instead: signals\n",
         NULL},
    };
    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        struct session *session = fake_session_new("middle");
        struct board_field *name = field_of(session, "eventHub.name");
        text_set(&name->value, "telemetry");
        text_set(&name->suggestion, "signals");
        name->masked = TRUE;
        g_autofree char *heard = g_strconcat("values\n4\n", rows[i].heard, "-\nq\n", NULL);
        struct talk *talk = talk_about(session, heard, &usual);
        assert_said(talk, rows[i].says);
        assert_not_said(talk, "takes: signals");
        int answers = 0;
        for (guint k = 0; k < fake_session_calls(session)->len; k++)
            answers += g_str_has_prefix(g_ptr_array_index(fake_session_calls(session), k), "answer eventHub.name");
        assert_int_equal(answers, rows[i].sent != NULL);
        assert_true(rows[i].sent == NULL || was_called(talk, rows[i].sent));
        talk_free(talk);
    }
}

static void what_is_empty_stays_so_by_the_same_word(void **state)
{
    (void)state;
    struct session *session = fake_session_new("middle");
    field_of(session, "reviewStart")->required = FALSE;
    text_set(&field_of(session, "reviewStart")->value, "");
    struct talk *talk = talk_about(session, "values\nmore\n8\nnone\n-\nq\n", &usual);
    assert_said(talk, "Reviews start is empty, and stays so.\nNow ");
    talk_free(talk);
}

static void a_wrong_person_is_taken_off(void **state)
{
    static const struct {
        const char *value;
        const char *heard;
        const char *says;
        const char *sent; /* NULL: nothing */
    } rows[] = {
        {"renee@contoso.com", "none\n",
         "Now: renee@contoso.com\nEnter alone keeps it, what you type takes its place. “none” empties it.\n",
         "answer reviewers "},
        {"renee@contoso.com", "\n", "Reviewers stays as it is.\n", NULL},
        {"renee@contoso.com", "OFFERED\n\n", "“offered” takes instead: robin@contoso.com\n",
         "answer reviewers robin@contoso.com"},
        /* Of several that match, whoever is named whole. */
        {"", "Renee@Contoso.com\n\n", "So far: renee@contoso.com", "answer reviewers renee@contoso.com"},
        {"renee@contoso.com", "re\n2\nnone\nre\n1\n\n", "Nobody so far. Reviewers?",
         "answer reviewers reviewer@contoso.com"},
        {"", "re\n2\nnone\n\n\n", "Enter or - for no; “none” takes them out again.\n",
         "answer reviewers robin@contoso.com"},
    };
    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        struct session *session = fake_session_new("middle");
        struct board_field *field = field_of(session, "reviewers");
        text_set(&field->value, rows[i].value);
        text_set(&field->suggestion, "robin@contoso.com");
        step_of(session, "streaming")->state = STEP_TOLD;
        g_autofree char *heard = g_strconcat("values\n7\n", rows[i].heard, "-\nq\n", NULL);
        struct talk *talk = talk_about(session, heard, &usual);
        assert_said(talk, rows[i].says);
        int answers = 0;
        for (guint k = 0; k < fake_session_calls(session)->len; k++)
            answers += g_str_has_prefix(g_ptr_array_index(fake_session_calls(session), k), "answer reviewers");
        assert_int_equal(answers, rows[i].sent != NULL);
        assert_true(rows[i].sent == NULL || was_called(talk, rows[i].sent));
        talk_free(talk);
    }
}

/* Of very many not all are read out, and nobody is to think that these are all; who cannot sign in is said. */
static void that_more_people_match_is_said(void **state)
{
    (void)state;
    struct talk *talk = talk_with("middle", "values\n7\nfe\n11\n-\nfelix12@contoso.com\n\n-\nq\n", FALSE);
    assert_said(talk, "2 Felix, felix2@contoso.com, disabled\n");
    assert_said(talk,
                "10 Felix, felix10@contoso.com\nA number, - goes back to the name. More match than these: type more "
                "of it there.\n");
    assert_said(talk, "Type a number from 1 to 10, or -");
    assert_true(was_called(talk, "answer reviewers felix12@contoso.com"));
    talk_free(talk);
    talk = talk_with("middle", "values\n7\nre\n1\n\n-\nq\n", FALSE);
    assert_not_said(talk, "More match");
    talk_free(talk);
}

/* A slip in the domain is said at once; a guest may have another one. */
static void a_person_of_another_domain_is_asked_about(void **state)
{
    (void)state;
    struct talk *talk = talk_with("middle", "values\n7\nzed@contosso.com\n-\nzed@Contoso.com\n\n-\nq\n", FALSE);
    assert_said(talk, "Nobody was found, and contosso.com is no domain of this tenant. Type “take” to take it as it is "
                      "typed, - for no.\n");
    assert_said(talk, "Reviewers? Part of a name, or a whole user name, - for later.\n");
    assert_said(talk, "is taken as it is typed.");
    assert_false(was_called(talk, "answer reviewers zed@contosso.com"));
    talk_free(talk);
    talk = talk_with("middle", "values\n7\nzed@fabrikam.com\ntake\n\n-\nq\n", FALSE);
    assert_true(was_called(talk, "answer reviewers zed@fabrikam.com"));
    talk_free(talk);
}

static gboolean write_nothing(const char *file, const struct board *board, const struct history *history,
                              GError **error)
{
    (void)file;
    (void)board;
    (void)history;
    g_set_error_literal(error, PERCH_ERROR, PERCH_ERROR_STATE, "Nothing was written.\nTry again.");
    return FALSE;
}

static void the_name_of_the_report_is_explained(void **state)
{
    (void)state;
    const struct plain_options options = {.write_report = write_nothing};
    struct talk *talk = talk_about(fake_session_new("middle"), AT_STEP_3 "7\n?\n-\nq\n", &options);
    assert_said(talk, "in which perch was started.\nWrite the report to which file?");
    assert_not_said(talk, "Nothing was written.");
    talk_free(talk);
}

/* What is said while a plan is made is no part of the question that comes behind it. */
static void what_came_before_a_question_is_not_asked_again(void **state)
{
    (void)state;
    struct session *session = fake_session_new("middle");
    text_set(&field_of(session, "eventHub.name")->value, "telemetry");
    step_of(session, "streaming")->state = STEP_TO_DO;
    fake_session_board(session)->confirmed = TRUE;
    step_of(session, "streaming")->practice_form = FALSE;
    text_set(&step_of(session, "streaming")->link, "");
    text_set(&field_of(session, "reviewers")->value, "reviewer@contoso.com");
    text_set(&field_of(session, "sponsor")->value, "reviewer@contoso.com");
    fake_session_tell_board(session);
    struct talk *talk = talk_about(session, "step 3\n1\nlist\nq\n", &usual);
    const char *again = strstr(talk->said, "13 Report: to be written\n");
    assert_non_null(again);
    assert_true(g_str_has_prefix(strchr(again, '\n') + 1, "Type “send” to "));
    talk_free(talk);
}

static void another_tenant_is_gone_on_in(void **state)
{
    static const struct {
        const char *heard, *id;
    } rows[] = {{"-\n-\n-\nstep 3\n-\nother tenant\n2\n", "id-2"}, {"-\n-\n-\nstep 3\n-\nother tenant\n-\nq\n", NULL}};
    (void)state;
    g_autoptr(GPtrArray) tenants = g_ptr_array_new_with_free_func(tenant_row_free);
    g_ptr_array_add(tenants, tenant_row_new("id-1", "Contoso", "contoso.onmicrosoft.com", "", "", ""));
    g_ptr_array_add(tenants, tenant_row_new("id-2", "Fabrikam", "fabrikam.com", "", "", ""));
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autofree char *tenant = NULL;
        const struct plain_options options = {.tenants = tenants, .tenant = &tenant};
        struct talk *talk = talk_about(fake_session_new("middle"), rows[i].heard, &options);
        assert_said(talk, "2 Fabrikam, fabrikam.com\nWhich tenant is to be gone on in?");
        assert_true(g_strcmp0(tenant, rows[i].id) == 0);
        talk_free(talk);
    }
    struct talk *talk = talk_about(fake_session_new("middle"), AT_STEP_3 "other tenant\nq\n", &usual);
    assert_said(talk, "No other tenant is known here");
    talk_free(talk);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_question_is_said_again_after_a_list),
        cmocka_unit_test(a_wrong_number_is_no_answer),
        cmocka_unit_test(a_choice_is_made_and_taken_out_again),
        cmocka_unit_test(values_are_changed_one_after_another),
        cmocka_unit_test(a_menu_word_at_a_value_is_told_where_it_belongs),
        cmocka_unit_test(what_an_answer_came_to_is_said),
        cmocka_unit_test(what_an_empty_value_comes_to_is_said),
        cmocka_unit_test(what_is_amiss_with_a_value_is_said_once),
        cmocka_unit_test(what_differs_is_mended_by_hand_before_it_is_kept),
        cmocka_unit_test(f_practises_at_a_step_too),
        cmocka_unit_test(what_a_refusal_points_to_is_said),
        cmocka_unit_test(whoever_comes_back_hears_what_is_known),
        cmocka_unit_test(a_step_that_was_asked_for_is_stayed_at),
        cmocka_unit_test(what_is_typed_is_taken_at_once),
        cmocka_unit_test(an_address_is_taken_at_the_menu),
        cmocka_unit_test(what_is_passed_by_is_said),
        cmocka_unit_test(what_was_left_for_later_is_gone_through_again),
        cmocka_unit_test(another_step_is_chosen_by_its_number),
        cmocka_unit_test(a_value_that_does_not_fit_is_pointed_at),
        cmocka_unit_test(all_values_are_asked_for_at_once),
        cmocka_unit_test(a_mail_fills_in_all_that_it_holds),
        cmocka_unit_test(a_paste_on_a_terminal_is_one_answer),
        cmocka_unit_test(a_mail_pasted_anywhere_does_nothing),
        cmocka_unit_test(a_sign_in_is_short_and_tells_more_by_letters),
        cmocka_unit_test(the_first_start_says_what_to_expect),
        cmocka_unit_test(a_locked_keyring_is_asked_about_first),
        cmocka_unit_test(who_may_only_look_is_told_so),
        cmocka_unit_test(who_cannot_sign_in_is_told_why),
        cmocka_unit_test(a_colleague_gets_a_file),
        cmocka_unit_test(the_ladder_is_climbed_rung_by_rung),
        cmocka_unit_test(a_step_is_left_out_with_a_reason_and_taken_in_again),
        cmocka_unit_test(what_falls_away_is_not_taken_in_again),
        cmocka_unit_test(a_wait_that_is_over_is_read),
        cmocka_unit_test(a_secret_is_not_echoed),
        cmocka_unit_test(nothing_typed_is_no_value),
        cmocka_unit_test(what_is_not_clear_in_a_paste_is_asked),
        cmocka_unit_test(a_choice_of_a_value_is_left_by_a_word),
        cmocka_unit_test(what_stands_is_kept_by_enter),
        cmocka_unit_test(a_wrong_person_is_taken_off),
        cmocka_unit_test(what_is_empty_stays_so_by_the_same_word),
        cmocka_unit_test(the_name_of_the_report_is_explained),
        cmocka_unit_test(what_came_before_a_question_is_not_asked_again),
        cmocka_unit_test(another_tenant_is_gone_on_in),
        cmocka_unit_test(that_more_people_match_is_said),
        cmocka_unit_test(a_person_of_another_domain_is_asked_about),
    };
    return cmocka_run_group_tests(tests, desk_set_locale, NULL);
}
