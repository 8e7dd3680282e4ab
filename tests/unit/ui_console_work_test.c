/* SPDX-License-Identifier: MIT */
#include <string.h>
#include <unistd.h>

#include "base/error.h"
#include "base/text.h"
#include "support/fake_desk.h"
#include "ui/dispatch.h"
#include "ui/end_text.h"
#include "ui/events.h"
#include "ui/form/form.h"
#include "ui/look_again.h"
#include "ui/plan_question.h"
#include "ui/state_text.h"
#include "ui/views/plan_view.h"

/* Where no browser starts the box names y: it gives the link, and not the box's own words. */
static void a_page_that_was_not_opened_is_copied_by_its_link(void **state)
{
    (void)state;
    struct desk *desk = desk_new("middle");
    for (guint i = 0; i < desk->console->board->steps->len && console_top(desk->console) == NULL; i++) {
        desk_go_to(desk, ((const struct board_step *)g_ptr_array_index(desk->console->board->steps, i))->id);
        desk_press(desk, "o");
    }
    const struct overlay *top = console_top(desk->console);
    assert_non_null(top);
    desk_assert_shows(desk, "Copy the link with y");
    g_autofree char *copied = top->ops->copy(desk->console, top);
    assert_string_equal(copied, console_step(desk->console)->link);
    desk_press(desk, "y");
    desk_assert_shows(desk, "Copied the link");
    desk_free(desk);
}

static void nothing_is_sent_before_the_domain_is_typed(void **state)
{
    (void)state;
    struct desk *desk = desk_new("middle");
    desk_press(desk, "a");
    desk_take_all(desk);
    desk_assert_shows(desk, "Plan · 4 requests");
    desk_assert_shows(desk, "Type the tenant's domain");
    desk_type(desk, "contoso.com");
    desk_press(desk, "Enter");
    desk_assert_shows(desk, "Nothing was sent");
    assert_false(desk_was_called(desk, "apply"));
    desk_type(desk, "Contoso.onmicrosoft.com");
    desk_press(desk, "Enter");
    assert_string_equal(desk_last_call(desk), "apply - Contoso.onmicrosoft.com");
    desk_take_all(desk);
    desk_press(desk, "a");
    desk_take_all(desk);
    desk_assert_shows(desk, "▸ [ Send 4 requests to contoso.onmicrosoft.com ]");
    desk_press(desk, "Enter");
    assert_string_equal(desk_last_call(desk), "apply - -");
    desk_free(desk);
}

/* Where the tenant's domain was typed before. */
static struct desk *desk_confirmed(void)
{
    struct desk *desk = desk_new("middle");
    fake_session_board(desk->session)->confirmed = TRUE;
    desk_show_board(desk);
    return desk;
}

static char *seen_at(struct desk *desk)
{
    return desk_picture(desk, desk->columns, desk->rows);
}

/* The rows of the plan that its question says are to be read first. */
static guint desk_unread(struct desk *desk)
{
    g_autofree char *screen = seen_at(desk);
    const char *line = strstr(screen, " more row");
    while (line != NULL && line > screen && line[-1] != '\n' && g_ascii_isdigit(line[-1]))
        line--;
    return line != NULL && strstr(line, "↓: PgDn") != NULL ? (guint)g_ascii_strtoull(line, NULL, 10) : 0;
}

/* What stands below the edge belongs to what is agreed to. */
static void a_plan_is_not_agreed_to_before_its_end_was_seen(void **state)
{
    (void)state;
    static const char *const ways[] = {"PgDn", "End"};
    for (int confirmed = 0; confirmed < 2; confirmed++)
        for (gsize i = 0; i < G_N_ELEMENTS(ways); i++) {
            struct desk *desk = confirmed ? desk_confirmed() : desk_new("middle");
            desk_resize(desk, 40, 10);
            desk_press(desk, "a");
            desk_take_all(desk);
            g_autofree char *first = seen_at(desk);
            assert_non_null(strstr(first, " ↓: PgDn, End"));
            if (!confirmed)
                desk_type(desk, "contoso.onmicrosoft.com");
            desk_press(desk, "Enter");
            assert_false(desk_was_called(desk, "apply"));
            g_autofree char *refused = seen_at(desk);
            assert_non_null(strstr(refused, "Not yet: "));
            desk_press(desk, ways[i]);
            for (int tries = 0; desk_unread(desk) > 0 && tries < 20; tries++)
                desk_press(desk, ways[i]);
            g_autofree char *end = seen_at(desk);
            assert_non_null(strstr(end, "one reviewer."));
            desk_press(desk, "Home Enter");
            assert_true(desk_was_called(desk, "apply"));
            desk_free(desk);
        }
}

/* A plan that names its day, and was agreed to when that had passed. */
static struct desk *desk_past_midnight(void)
{
    struct desk *desk = desk_new("middle");
    desk_press(desk, "a");
    desk_take_all(desk);
    const struct plan *plan = plan_view_plan(console_top(desk->console));
    struct planned_request *request = g_ptr_array_index(plan->requests, 0);
    g_free(request->body);
    request->body = g_strdup_printf("{\"startDateTime\":\"%sT00:00:00Z\"}", plan->day);
    desk_type(desk, "contoso.onmicrosoft.com");
    desk_press(desk, "Enter");
    return desk;
}

/* The clock of practice passes midnight every 24 minutes. */
static void a_plan_of_yesterday_is_made_anew_and_what_was_typed_stays(void **state)
{
    (void)state;
    struct desk *desk = desk_past_midnight();
    assert_false(desk_was_called(desk, "apply"));
    assert_string_equal(desk_last_call(desk), "plan apply");
    desk_take_all(desk);
    desk_assert_shows(desk, "Midnight has passed");
    desk_press(desk, "Enter");
    assert_string_equal(desk_last_call(desk), "apply - contoso.onmicrosoft.com");
    desk_free(desk);
}

/* The sign-in for the writes may be open for minutes. */
static void a_plan_whose_day_went_by_at_the_sign_in_is_made_anew(void **state)
{
    (void)state;
    struct desk *desk = desk_new("middle");
    desk_press(desk, "a");
    desk_take_all(desk);
    struct plan *plan = plan_view_plan(console_top(desk->console));
    desk_type(desk, "contoso.onmicrosoft.com");
    desk_press(desk, "Enter");
    struct planned_request *request = g_ptr_array_index(plan->requests, 0);
    g_free(request->body);
    request->body = g_strdup("{\"startDateTime\":\"2001-01-01T00:00:00Z\"}");
    g_free(plan->day);
    plan->day = g_strdup("2001-01-01");
    struct done *done = g_new0(struct done, 1);
    done->command = COMMAND_APPLY;
    done->error = g_error_new_literal(PERCH_ERROR, PERCH_ERROR_PERSON, "Nothing was sent: midnight passed.");
    fake_session_return(desk->session, event_new(EVENT_DONE, done));
    desk_take_all(desk);
    assert_string_equal(desk_last_call(desk), "plan apply");
    desk_assert_shows(desk, "Midnight has passed");
    desk_free(desk);
}

/* With what was typed standing there already, Enter alone would agree to what nobody has looked at. */
static void a_plan_that_was_made_anew_takes_no_key_as_it_comes_up(void **state)
{
    (void)state;
    struct desk *desk = desk_past_midnight();
    desk_take_events(desk);
    desk_press(desk, "Enter");
    assert_false(desk_was_called(desk, "apply"));
    desk_free(desk);
}

/* A word that was meant for another window ends with a or u, and Enter. */
static void what_is_typed_as_a_plan_comes_up_sends_nothing(void **state)
{
    (void)state;
    struct desk *desk = desk_confirmed();
    desk_press(desk, "p");
    desk_take_all(desk);
    desk_press(desk, "a Enter");
    assert_false(desk_was_called(desk, "apply"));
    assert_non_null(strstr(desk->console->note.text, "takes no key before"));
    desk_assert_shows(desk, "▸ [ Send 4 requests to contoso.onmicrosoft.com ]");
    desk_press(desk, "Enter");
    assert_string_equal(desk_last_call(desk), "apply - -");
    desk_free(desk);
}

/* Enter that is held, or pressed again as nothing seems to happen, agrees to nothing. */
static void the_question_waits_until_no_key_is_pressed(void **state)
{
    static const struct key_event apply = {.kind = KEY_CHARACTER, .character = 'a'}, enter = {.kind = KEY_ENTER};
    (void)state;
    for (int shown = 0; shown < 2; shown++) {
        struct desk *desk = desk_confirmed();
        gint64 before = g_get_monotonic_time();
        dispatch_key(desk->console, &apply);
        if (!shown)
            dispatch_key(desk->console, &enter);
        desk_take_events(desk);
        if (shown)
            dispatch_key(desk->console, &enter);
        assert_null(desk->console->ask);
        assert_true(desk->console->ask_at >= before + G_TIME_SPAN_SECOND);
        plan_question_tick(desk->console);
        assert_null(desk->console->ask);
        assert_false(desk_was_called(desk, "apply"));
        desk_free(desk);
    }
}

static void a_plan_that_is_let_be_is_not_asked_about(void **state)
{
    (void)state;
    struct desk *desk = desk_confirmed();
    desk_press(desk, "p");
    desk_take_all(desk);
    desk_press(desk, "a Esc");
    desk_assert_shows(desk, "Plan · 4 requests");
    assert_null(desk->console->ask);
    desk_free(desk);
}

/* Enter alone takes nothing away. */
static void the_way_back_from_an_undo_is_marked(void **state)
{
    (void)state;
    struct desk *desk = desk_confirmed();
    desk_press(desk, "u");
    desk_take_all(desk);
    desk_assert_shows(desk, "▸ [ Not now ]");
    desk_press(desk, "Enter");
    assert_false(desk_was_called(desk, "undo"));
    desk_press(desk, "Esc u");
    desk_take_all(desk);
    desk_press(desk, "Left Enter");
    assert_string_equal(desk_last_call(desk), "undo -");
    desk_free(desk);
}

/* What the first question taught: the domain and Enter, here another customer's. */
static void a_domain_typed_at_the_button_sends_nothing(void **state)
{
    (void)state;
    struct desk *desk = desk_confirmed();
    static const char *const typed[] = {"mycorp.onmicrosoft.com", "y", "contoso.onmicrosoft.com"};
    for (gsize i = 0; i < G_N_ELEMENTS(typed); i++) {
        desk_press(desk, "a");
        desk_take_all(desk);
        desk_type(desk, typed[i]);
        desk_assert_shows(desk, "is no answer here");
        desk_assert_shows(desk, "▸ [ Not now ]");
        desk_press(desk, "Enter");
        assert_false(desk_was_called(desk, "apply"));
        assert_null(desk->console->ask);
        desk_press(desk, "Esc");
    }
    desk_press(desk, "a");
    desk_take_all(desk);
    desk_press(desk, "x Left Enter");
    assert_string_equal(desk_last_call(desk), "apply - -");
    desk_free(desk);
}

/* Trained to give the domain here, somebody pastes another one. */
static void a_paste_at_the_button_marks_the_way_back(void **state)
{
    (void)state;
    struct desk *desk = desk_confirmed();
    desk_press(desk, "a");
    desk_take_all(desk);
    desk_paste(desk, "fabrikam.com");
    desk_assert_shows(desk, "That was a paste, and no answer.");
    desk_press(desk, "Enter");
    assert_false(desk_was_called(desk, "apply"));
    assert_null(desk->console->ask);
    desk_free(desk);
}

static void leaving_the_partner_asks_for_the_domain_each_time(void **state)
{
    (void)state;
    struct desk *desk = desk_confirmed();
    desk_press(desk, "X");
    desk_take_all(desk);
    g_autofree char *plan = desk_picture(desk, 100, 60);
    assert_non_null(strstr(plan, "Ask the partner to confirm it. robin@example.org"));
    desk_assert_shows(desk, "Type the tenant's domain, contoso.onmicrosoft.com, to send ");
    desk_press(desk, "Enter");
    assert_false(desk_was_called(desk, "leave"));
    desk_type(desk, "contoso.onmicrosoft.com");
    desk_press(desk, "Enter");
    assert_string_equal(desk_last_call(desk), "leave contoso.onmicrosoft.com");
    desk_free(desk);
}

/* Undo is no end of the partner's access where others made some of it. */
static void what_undo_leaves_to_the_partner_is_said_at_once(void **state)
{
    (void)state;
    struct desk *desk = desk_new("foreign");
    fake_session_board(desk->session)->confirmed = TRUE;
    desk_show_board(desk);
    desk_press(desk, "u");
    desk_take_all(desk);
    desk_press(desk, "Left Enter");
    desk_take_all(desk);
    desk_assert_shows(desk, "still has what perch did not make: streaming export");
    desk_assert_shows(desk, "X goes through that");
    desk_press(desk, "Esc Enter");
    desk_assert_shows(desk, "1 thing stays");
    desk_assert_shows(desk, "X end access");
    desk_assert_lacks(desk, "apply all");
    desk_assert_lacks(desk, "n next");
    g_autofree char *farewell = farewell_text(desk->console->board, TRUE);
    assert_string_equal(farewell, "perch: what was to go in Contoso is taken away; Red Canary still has streaming "
                                  "export “MXDRPartner”. perch leave ends that.");
    desk_free(desk);
}

static void a_length_of_time_is_no_time_of_day(void **state)
{
    static const struct {
        gint64 seconds;
        const char *whole, *brief;
    } rows[] = {
        {0, "0 s", "0 s"},
        {41, "41 s", "41 s"},
        {60, "1 min 00 s", "1 min 00 s"},
        {761, "12 min 41 s", "13 min"},
        {3599, "59 min 59 s", "60 min"},
        {3600, "1 h 00 min", "60 min"},
        {5940, "1 h 39 min", "99 min"},
        {5941, "1 h 39 min", "2 h"},
        {11100, "3 h 05 min", "4 h"},
        {172799, "47 h 59 min", "2 days"},
        {172800, "2 days", "2 days"},
    };
    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autofree char *whole = duration_text(rows[i].seconds * G_USEC_PER_SEC);
        g_autofree char *brief = brief_duration_text(rows[i].seconds * G_USEC_PER_SEC);
        if (strcmp(whole, rows[i].whole) != 0 || strcmp(brief, rows[i].brief) != 0)
            fail_msg("row %d: %s, %s", (int)i, whole, brief);
    }
}

static void whoever_leaves_at_the_sign_in_hears_that_nothing_was_sent(void **state)
{
    (void)state;
    struct desk *desk = desk_new("fresh");
    g_autofree char *first = farewell_text(desk->console->board, desk->console->led);
    assert_string_equal(first,
                        "perch: nobody is signed in, and nothing was sent; the next start begins with the sign-in.");
    g_autofree char *after = farewell_text(desk->console->board, TRUE);
    assert_string_equal(after, "perch: nobody is signed in; the next start begins with the sign-in.");
    desk_free(desk);
}

static void the_farewell_leads_to_a_leave_that_can_end_it(void **state)
{
    static const struct {
        guint keeps, told;
        const char *end;
    } rows[] = {
        {1, 0, " still has thing. perch leave ends that."},
        {2, 1, " still has thing, thing. perch leave ends what it can, and says what only a person can end."},
        {1, 1, " still has thing. Only a person can end that: perch leave says where."},
    };
    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        struct desk *desk = desk_new("foreign");
        struct board *board = fake_session_board(desk->session);
        board->taken_away = TRUE;
        board->told_keeps = rows[i].told;
        g_ptr_array_set_size(board->partner_keeps, 0);
        for (guint k = 0; k < rows[i].keeps; k++)
            g_ptr_array_add(board->partner_keeps, g_strdup("thing"));
        g_autofree char *farewell = farewell_text(board, TRUE);
        if (!g_str_has_suffix(farewell, rows[i].end))
            fail_msg("row %d: %s", (int)i, farewell);
        desk_free(desk);
    }
}

/* What is pressed meanwhile would be done once the write is over, when nobody thinks of it any more. */
static void nothing_waits_for_the_end_of_a_write(void **state)
{
    static const char *const keys[] = {"t", "x", "f", "w", "T", "d", "c", "p", "a", "A", "u", "X", "H", "s"};
    static const char *const steps[] = {"invitation", "streaming", "group", "consent"};
    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(keys) * G_N_ELEMENTS(steps); i++) {
        struct desk *desk = desk_new("middle");
        desk_go_to(desk, steps[i / G_N_ELEMENTS(keys)]);
        console_sent(desk->console, COMMAND_APPLY);
        guint calls = fake_session_calls(desk->session)->len;
        desk_press(desk, keys[i % G_N_ELEMENTS(keys)]);
        if (fake_session_calls(desk->session)->len != calls || desk->console->ask != NULL)
            fail_msg("%s at %s: %s", keys[i % G_N_ELEMENTS(keys)], steps[i / G_N_ELEMENTS(keys)], desk_last_call(desk));
        assert_non_null(desk->console->note.text);
        desk_free(desk);
    }
}

/* What stands still is asked about as ever. */
static void nothing_asks_to_connect_again_once_it_was_taken_away(void **state)
{
    static const struct {
        enum step_state step;
        enum object_state object;
        gboolean taken_away;
        const char *word;
        gboolean only_read;
    } rows[] = {
        {STEP_NEEDS_YOU, OBJECT_ABSENT, FALSE, "needs you", FALSE},
        {STEP_NEEDS_YOU, OBJECT_ABSENT, TRUE, "not done", FALSE},
        {STEP_NEEDS_YOU, OBJECT_UNKNOWN, TRUE, "not done", FALSE},
        {STEP_TO_DO, OBJECT_ABSENT, TRUE, "not done", FALSE},
        {STEP_BLOCKED, OBJECT_UNKNOWN, TRUE, "not done", FALSE},
        {STEP_NEEDS_YOU, OBJECT_MATCHES, TRUE, "needs you", FALSE},
        {STEP_TO_DO, OBJECT_MATCHES, TRUE, "not done", TRUE},
        {STEP_TO_DO, OBJECT_MATCHES, FALSE, "to do", TRUE},
        {STEP_TOLD, OBJECT_MATCHES, TRUE, "was told", FALSE},
        {STEP_TOLD, OBJECT_MATCHES, FALSE, "answered", FALSE},
        {STEP_NEEDS_YOU, OBJECT_MANY, TRUE, "needs you", FALSE},
        {STEP_DIFFERS, OBJECT_DIFFERS, TRUE, "differs", FALSE},
        /* A licence that is lacking. */
        {STEP_DIFFERS, OBJECT_DIFFERS, TRUE, "not done", TRUE},
        {STEP_FAILED, OBJECT_ABSENT, TRUE, "failed", FALSE},
        {STEP_IN_DOUBT, OBJECT_IN_DOUBT, TRUE, "in doubt", FALSE},
    };
    (void)state;
    struct desk *desk = desk_new("middle");
    struct board *board = fake_session_board(desk->session);
    struct board_step *step = (struct board_step *)board_find_step(board, "group");
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        board->taken_away = rows[i].taken_away;
        step->state = rows[i].step;
        for (guint k = 0; k < step->objects->len; k++) {
            struct board_object *object = g_ptr_array_index(step->objects, k);
            object->state = rows[i].object;
            object->only_read = rows[i].only_read;
        }
        g_autofree char *word = step_text(board, step);
        if (strcmp(word, rows[i].word) != 0 || (strcmp(word, "not done") == 0 || strcmp(word, "was told") == 0) !=
                                                   (strcmp(step_look(board, step)->glyph, "·") == 0))
            fail_msg("row %d: %s %s", (int)i, step_look(board, step)->glyph, word);
    }
    desk_free(desk);
}

/* Nobody is led on to the next step of what was just undone. */
static void an_undo_ends_with_what_is_so(void **state)
{
    (void)state;
    struct desk *desk = desk_confirmed();
    desk_press(desk, "u");
    desk_take_all(desk);
    desk_press(desk, "Left Enter");
    desk_take_all(desk);
    desk_assert_shows(desk, "What perch made here is removed.");
    desk_assert_shows(desk, "Nothing else of Red Canary's was found here.");
    desk_press(desk, "Esc Enter");
    desk_assert_lacks(desk, "apply all");
    g_autofree char *farewell = farewell_text(desk->console->board, TRUE);
    assert_string_equal(
        farewell, "perch: what was to go in Contoso is taken away; nothing else of Red Canary's was found there.");
    desk_free(desk);
}

static void go_to_choice(struct desk *desk, int number)
{
    const struct overlay *plan = console_top(desk->console);
    for (int i = 0; i < 60; i++) {
        if (plan->scroller.focus.kind == ITEM_STAYS && plan->scroller.focus.number == number)
            return;
        desk_press(desk, i < 30 ? "Down" : "Up");
    }
    fail_msg("the choice %d cannot be reached", number);
}

/* Nothing is asked before what others made was looked at; what is decided there is planned anew. */
static void what_others_made_is_decided_in_the_plan_of_leaving(void **state)
{
    (void)state;
    struct desk *desk = desk_new("foreign");
    desk_press(desk, "X");
    desk_take_all(desk);
    desk_assert_shows(desk, "Not made by perch:");
    desk_assert_shows(desk, "Leave · 4 go, 0 stay, 2 undecided · contoso.onmicrosoft.com · global ─");
    desk_assert_shows(desk, "loses it; then what goes:");
    assert_int_equal(console_top(desk->console)->scroller.focus.kind, ITEM_STAYS);
    assert_null(desk->console->ask);
    go_to_choice(desk, 0);
    desk_press(desk, "Enter");
    desk_assert_shows(desk, "  goes");
    desk_assert_shows(desk, "5 go, 0 stay, 1 undecided");
    go_to_choice(desk, 1);
    desk_press(desk, "Enter Enter");
    desk_assert_shows(desk, "  stays");
    desk_assert_shows(desk, "5 go, 1 stays, 0 undecided");
    desk_press(desk, "a");
    desk_take_all(desk);
    assert_true(desk_was_called(desk, "answer leave.group remove"));
    assert_true(desk_was_called(desk, "answer leave.export keep"));
    desk_assert_shows(desk, "Type the tenant's domain, contoso.onmicrosoft.com, to send ");
    desk_press(desk, "Esc");
    assert_false(desk_was_called(desk, "leave contoso.onmicrosoft.com"));
    desk_free(desk);
}

/* All of it by one key; and what is left undecided keeps nobody from the plan of the rest. */
static void all_of_what_others_made_goes_by_one_row(void **state)
{
    (void)state;
    struct desk *desk = desk_new("foreign");
    desk_press(desk, "X");
    desk_take_all(desk);
    go_to_choice(desk, -1);
    desk_press(desk, "Enter");
    desk_assert_shows(desk, "6 go, 0 stay, 0 undecided");
    go_to_choice(desk, -2);
    desk_press(desk, "Enter");
    desk_assert_shows(desk, "4 go, 2 stay, 0 undecided");
    go_to_choice(desk, -1);
    desk_press(desk, "Enter End");
    desk_assert_shows(desk, "Enter go on");
    desk_press(desk, "Enter");
    desk_take_all(desk);
    assert_true(desk_was_called(desk, "answer leave.group remove"));
    assert_true(desk_was_called(desk, "answer leave.export remove"));
    desk_assert_shows(desk, "Type the tenant's domain, contoso.onmicrosoft.com, to send ");
    desk_free(desk);
}

/* In the form of all values the step is that of the marked value, and the question names it. */
static void a_question_names_the_step_that_it_is_about(void **state)
{
    (void)state;
    struct desk *desk = desk_new("middle");
    desk_go_to(desk, "invitation");
    desk_press(desk, "x");
    desk_assert_shows(desk, "2 Accept the invitation: Leave this step out. Why?");
    desk_press(desk, "Esc b Down");
    static const char *const keys[] = {"x", "t", "f", "L", "A", "o", "T"};
    for (gsize i = 0; i < G_N_ELEMENTS(keys); i++) {
        desk_press(desk, keys[i]);
        desk_assert_shows(desk, "That is done about one step: b goes back to the steps.");
        assert_null(desk->console->ask);
    }
    desk_free(desk);
}

/* What stands on a marked line comes from the tenant, and is gone for a moment while that is read. */
static void the_mark_waits_for_a_value_that_is_being_read(void **state)
{
    (void)state;
    struct desk *desk = desk_new("middle");
    desk_go_to(desk, "streaming");
    struct item marked = item_numbered(ITEM_LINE, 1);
    scroller_set_focus(&desk->console->step_scroller, &marked);
    console_sent(desk->console, COMMAND_CHECK);
    const struct board_step *step = board_find_step(fake_session_board(desk->session), "streaming");
    struct board_line *line = g_ptr_array_index(step->lines, 1);
    line->copy = "";
    desk_show_board(desk);
    desk_press(desk, "Enter");
    desk_assert_shows(desk, "what was marked is not there yet");
    assert_true(item_equal(&desk->console->step_scroller.focus, &marked));
    desk_free(desk);
}

/* Signed in to one customer, thinking of another: letters of its name are no commands while the plan is made. */
static void no_key_acts_while_the_plan_is_made(void **state)
{
    (void)state;
    struct desk *desk = desk_new("middle");
    desk_go_to(desk, "invitation");
    desk_press(desk, "a");
    guint calls = fake_session_calls(desk->session)->len;
    desk_type(desk, "mycorp.onmicrosoft.com");
    desk_press(desk, "Enter Tab t");
    desk_assert_shows(desk, "no key is taken until it is shown");
    assert_int_equal(fake_session_calls(desk->session)->len, calls);
    assert_null(desk->console->ask);
    desk_press(desk, "Esc");
    assert_string_equal(desk_last_call(desk), "cancel");
    desk_free(desk);
}

static void what_cannot_be_the_domain_is_said_while_it_is_typed(void **state)
{
    (void)state;
    struct desk *desk = desk_new("middle");
    desk_press(desk, "a");
    desk_take_all(desk);
    desk_assert_shows(desk, "Type the tenant's domain, contoso.onmicrosoft.com, to send ");
    desk_type(desk, "CONTOSO.on");
    g_autofree char *right = desk_picture(desk, 80, 24);
    assert_null(strstr(right, "does not begin like that"));
    desk_type(desk, "x");
    desk_assert_shows(desk, "contoso.onmicrosoft.com does not begin like that.");
    desk_free(desk);
}

static void a_word_typed_at_a_button_is_no_answer(void **state)
{
    (void)state;
    struct desk *desk = desk_new("middle");
    desk_press(desk, "O");
    desk_type(desk, "mycorp");
    desk_assert_shows(desk, "is no answer here: Left and Right move the mark, Enter takes");
    assert_false(desk_was_called(desk, "sign-out"));
    assert_non_null(desk->console->ask);
    desk_press(desk, "F1");
    assert_null(console_top(desk->console));
    desk_press(desk, "Enter");
    assert_null(desk->console->ask);
    assert_false(desk_was_called(desk, "sign-out"));
    desk_free(desk);
}

static void one_step_alone_is_planned_and_carried_out(void **state)
{
    (void)state;
    struct desk *desk = desk_new("middle");
    desk_go_to(desk, "group");
    desk_assert_shows(desk, "[ Do this step ]");
    desk_press(desk, "A");
    assert_string_equal(desk_last_call(desk), "plan-step group");
    desk_take_all(desk);
    desk_type(desk, "contoso.onmicrosoft.com");
    desk_press(desk, "Enter");
    assert_string_equal(desk_last_call(desk), "apply group contoso.onmicrosoft.com");
    desk_free(desk);
}

static void the_rest_is_handed_over_into_a_file(void **state)
{
    (void)state;
    struct desk *desk = desk_new("middle");
    desk_press(desk, "H");
    desk_assert_shows(desk, "Write for a colleague into ");
    desk_press(desk, "Enter");
    g_autofree char *file = g_canonicalize_filename("perch-contoso.onmicrosoft.com.json", NULL);
    g_autofree char *call = g_strconcat("hand-over ", file, NULL);
    assert_string_equal(desk_last_call(desk), call);
    desk_take_all(desk);
    desk_assert_shows(desk, "Your colleague starts with perch --answers");
    desk_free(desk);
}

static struct desk *handed_desk(void)
{
    struct desk *desk = desk_new("handed");
    desk_press(desk, "c");
    desk_take_all(desk);
    return desk;
}

static void what_was_handed_over_is_shown_before_it_counts(void **state)
{
    (void)state;
    struct desk *desk = handed_desk();
    desk_assert_shows(desk, "ann@contoso.com hands over");
    desk_assert_shows(desk, "! Resource ID: nothing → /subscriptions/11111111-2222");
    desk_assert_shows(desk, "  Company: Contoso → Contoso Ltd");
    desk_assert_shows(desk, "is told to be done by ann@contoso.com");
    desk_assert_shows(desk, "8c2f2e6c2b5e");
    desk_assert_shows(desk, "ann@contoso.com hands this over, the lines with ! too.");
    assert_false(desk_was_called(desk, "take-over"));
    desk_press(desk, "Left Enter");
    assert_string_equal(desk_last_call(desk), "take-over");
    desk_take_all(desk);
    desk_assert_shows(desk, "Taken over.");
    desk_press(desk, "c");
    desk_take_all(desk);
    assert_null(desk->console->ask);
    assert_null(console_top(desk->console));
    desk_free(desk);
}

/* Whoever says no may go on looking; whatever would write asks again. */
static void nothing_is_written_before_it_is_taken_over(void **state)
{
    (void)state;
    static const char *const keys[] = {"a", "t", "x", "u"};
    struct desk *desk = handed_desk();
    desk_press(desk, "Enter Esc");
    assert_null(console_top(desk->console));
    for (gsize i = 0; i < G_N_ELEMENTS(keys); i++) {
        desk_press(desk, keys[i]);
        desk_assert_shows(desk, "[ Take it over ]");
        desk_press(desk, "Esc Esc");
    }
    desk_go_to(desk, "streaming");
    desk_press(desk, "Enter");
    desk_assert_shows(desk, "[ Take it over ]");
    desk_press(desk, "Enter Enter Left Enter");
    assert_string_equal(desk_last_call(desk), "take-over");
    static const char *const none[] = {"apply", "tell", "skip", "undo", "plan", "answer"};
    for (gsize i = 0; i < G_N_ELEMENTS(none); i++)
        assert_false(desk_was_called(desk, none[i]));
    desk_free(desk);
}

static void no_file_is_written_over_before_a_yes(void **state)
{
    (void)state;
    struct desk *desk = desk_new("middle");
    g_autofree char *file = NULL;
    int handle = g_file_open_tmp("perch-XXXXXX", &file, NULL);
    assert_true(handle >= 0);
    g_autofree char *call = g_strconcat("hand-over ", file, NULL);
    desk_press(desk, "H");
    for (int i = 0; i < 80; i++)
        desk_press(desk, "Backspace");
    desk_type(desk, file);
    desk_press(desk, "Enter");
    desk_assert_shows(desk, "[ Replace it ]");
    desk_press(desk, "Enter");
    assert_false(desk_was_called(desk, "hand-over"));
    desk_press(desk, "H");
    desk_type(desk, file);
    desk_press(desk, "Enter y");
    assert_false(desk_was_called(desk, "hand-over"));
    desk_press(desk, "Left Enter");
    assert_string_equal(desk_last_call(desk), call);
    desk_free(desk);
    close(handle);
    unlink(file);
}

static void it_is_offered_where_the_role_is_lacking(void **state)
{
    (void)state;
    struct desk *desk = desk_new("middle");
    struct board_step *step = (struct board_step *)board_find_step(fake_session_board(desk->session), "catalog");
    desk_go_to(desk, "catalog");
    g_autofree char *before = desk_picture(desk, 80, 24);
    assert_null(strstr(before, "Hand the rest over"));
    step->state = STEP_NEEDS_YOU;
    step->lacks_role = TRUE;
    desk_show_board(desk);
    desk_assert_shows(desk, "[ Hand the rest over to a colleague ]");
    desk_assert_shows(desk, "H hand over");
    desk_free(desk);
}

static void escape_on_the_question_sends_nothing(void **state)
{
    (void)state;
    struct desk *desk = desk_new("middle");
    desk_press(desk, "a");
    desk_take_all(desk);
    desk_type(desk, "contoso.onmicrosoft.com");
    desk_press(desk, "Esc Esc");
    desk_take_all(desk);
    assert_false(desk_was_called(desk, "apply"));
    desk_assert_shows(desk, "Checklist");
    desk_free(desk);
}

static void a_plan_that_was_only_looked_at_writes_nothing(void **state)
{
    (void)state;
    struct desk *desk = desk_new("middle");
    desk_press(desk, "p");
    desk_take_all(desk);
    desk_press(desk, "Enter");
    desk_assert_shows(desk, "POST /v1.0/groups");
    desk_assert_shows(desk, "\"isAssignableToRole\": true");
    desk_press(desk, "Enter");
    g_autofree char *folded = desk_picture(desk, 80, 24);
    assert_null(strstr(folded, "POST /v1.0/groups"));
    desk_press(desk, "q");
    desk_assert_shows(desk, "Checklist");
    assert_false(desk_was_called(desk, "apply"));
    desk_free(desk);
}

static void a_decision_is_taken_by_its_number(void **state)
{
    (void)state;
    struct desk *desk = desk_new("middle");
    desk_go_to(desk, "organization");
    desk_assert_shows(desk, "found proposed");
    desk_press(desk, "2");
    assert_false(desk_was_called(desk, "decide"));
    desk_press(desk, "1 Enter");
    desk_assert_shows(desk, "Let perch change what differs");
    assert_false(desk_was_called(desk, "decide"));
    desk_press(desk, "Enter");
    assert_string_equal(desk_last_call(desk), "decide organization repair");
    desk_free(desk);
}

static struct board_step *step_of(struct desk *desk, const char *id)
{
    return (struct board_step *)board_find_step(fake_session_board(desk->session), id);
}

static void offer_only_to_keep(struct board_step *step)
{
    struct board_object *object = g_ptr_array_index(step->objects, 0);
    g_ptr_array_set_size(object->choices, 0);
    g_ptr_array_add(object->choices, board_choice_new("keep", "Leave it so", FALSE));
}

/* Where perch mends nothing itself, mending stands first all the same, and Enter alone does not keep what differs. */
static void what_differs_is_mended_by_hand_before_it_is_kept(void **state)
{
    (void)state;
    static const char *const keys[] = {"1 Enter", "2 Enter Enter"};
    static const char *const calls[] = {"form organization", "decide organization keep"};
    struct desk *desk;
    struct board_step *step;
    for (gsize i = 0; i < G_N_ELEMENTS(keys); i++) {
        desk = desk_new("middle");
        step = step_of(desk, "organization");
        offer_only_to_keep(step);
        text_set(&((struct board_field *)g_ptr_array_index(step->fields, 0))->value, "sam@contoso.com");
        desk->options.practice = step->practice_form = TRUE;
        desk_show_board(desk);
        desk_go_to(desk, "organization");
        desk_assert_shows(desk, "1 Mend it: do it again in");
        desk_assert_shows(desk, "2 Leave it so");
        desk_press(desk, keys[i]);
        assert_string_equal(desk_last_call(desk), calls[i]);
        desk_free(desk);
    }
    /* Without a form the page is what is opened; without a page it is looked at again. */
    static const char *const links[] = {"https://portal.example/", ""};
    static const char *const shown[] = {"1 Mend it in the portal: open its page", "1 Mend it in the portal, then"};
    for (gsize i = 0; i < G_N_ELEMENTS(links); i++) {
        desk = desk_new("middle");
        step = step_of(desk, "organization");
        offer_only_to_keep(step);
        g_ptr_array_set_size(step->fields, 0);
        text_set(&step->link, links[i]);
        desk_show_board(desk);
        desk_go_to(desk, "organization");
        desk_assert_shows(desk, shown[i]);
        desk_press(desk, "Tab Enter Enter");
        assert_false(desk_was_called(desk, "decide"));
        desk_free(desk);
    }
    /* Whom an answer names is mended by another answer: the mark stands on the value. */
    desk = desk_new("middle");
    step = step_of(desk, "organization");
    offer_only_to_keep(step);
    ((struct board_object *)g_ptr_array_index(step->objects, 0))->named = TRUE;
    text_set(&((struct board_field *)g_ptr_array_index(step->fields, 0))->value, "sam@contoso.com");
    desk_show_board(desk);
    desk_go_to(desk, "organization");
    desk_assert_shows(desk, "1 Leave it so");
    desk_press(desk, "Enter Enter");
    assert_int_equal(desk->console->step_scroller.focus.kind, ITEM_FIELD);
    assert_false(desk_was_called(desk, "decide"));
    desk_free(desk);
}

static void a_decision_with_a_name_asks_for_it(void **state)
{
    (void)state;
    struct desk *desk = desk_new("middle");
    desk_go_to(desk, "organization");
    desk_press(desk, "3 Enter");
    desk_type(desk, "Red Canary 2");
    desk_press(desk, "Enter");
    assert_string_equal(desk_last_call(desk), "decide organization name:Red Canary 2");
    desk_free(desk);
}

static void a_wait_ends_early_only_with_the_typed_word(void **state)
{
    (void)state;
    struct desk *desk = desk_new("middle");
    desk_go_to(desk, "consent");
    desk_assert_shows(desk, "You may close perch");
    desk_press(desk, "w");
    assert_false(desk_was_called(desk, "override"));
    desk_type(desk, "now");
    desk_press(desk, "Enter");
    assert_string_equal(desk_last_call(desk), "override consent now");
    desk_free(desk);
}

static void skipping_wants_a_reason(void **state)
{
    (void)state;
    struct desk *desk = desk_new("middle");
    desk_go_to(desk, "graph-alerts");
    desk_press(desk, "x Enter");
    assert_false(desk_was_called(desk, "skip"));
    /* The question stands: what is typed next is its answer and no key. */
    desk_assert_shows(desk, "A reason is needed. Esc keeps the step.");
    desk_type(desk, "not bought");
    desk_press(desk, "Enter");
    assert_string_equal(desk_last_call(desk), "skip graph-alerts not bought");
    desk_free(desk);
}

/* Telling against what was read is not done unseen. */
static void what_was_read_as_absent_is_said_where_it_is_told(void **state)
{
    (void)state;
    struct desk *desk = desk_new("middle");
    struct board_step *step = (struct board_step *)board_find_step(fake_session_board(desk->session), "group");
    struct board_object *object = g_ptr_array_index(step->objects, 0);
    step->tellable = TRUE;
    step->state = STEP_NEEDS_YOU;
    for (guint i = 0; i < step->objects->len; i++)
        ((struct board_object *)g_ptr_array_index(step->objects, i))->state = OBJECT_MATCHES;
    desk_show_board(desk);
    desk_go_to(desk, "group");
    desk_press(desk, "t");
    desk_assert_lacks(desk, "Read as not there");
    desk_press(desk, "Esc");
    object->state = OBJECT_ABSENT;
    desk_show_board(desk);
    desk_press(desk, "t");
    desk_assert_shows(desk, "Read as not there: ");
    desk_press(desk, "Enter");
    step->state = STEP_TOLD;
    text_set(&step->told_by, "ada@contoso.com");
    text_set(&step->reason, "Told, not proved: looked at 14:02:11, and not there: group.");
    text_set(&step->next, "Microsoft may show it late: check again.");
    desk_show_board(desk);
    desk_assert_shows(desk, "Told by ada@contoso.com");
    desk_assert_shows(desk, "looked at 14:02:11, and not");
    desk_assert_shows(desk, "check again.");
    desk_assert_shows(desk, "perch looks again by itself");
    step->state = STEP_DONE;
    object->state = OBJECT_MATCHES;
    desk_show_board(desk);
    look_again_tick(desk->console);
    desk_assert_shows(desk, "seen in the tenant.");
    desk_assert_lacks(desk, "perch looks again by itself");
    desk_free(desk);
}

static void signing_in_shows_who_asks_for_what(void **state)
{
    (void)state;
    struct desk *desk = desk_new("fresh");
    desk_press(desk, "s");
    desk_take_all(desk);
    desk_assert_shows(desk, "https://login.microsoftonline.com/");
    desk_assert_shows(desk, "Microsoft Graph Command Line Tools");
    desk_assert_shows(desk, "ssh -L 41234:127.0.0.1:41234");
    desk_assert_shows(desk, "b takes that page's address");
    desk_press(desk, "End");
    desk_assert_shows(desk, "EntitlementManagement.ReadWrite.All: to make the catalog");
    desk_press(desk, "b");
    desk_type(desk, "http://127.0.0.1:41234/?code=x");
    desk_press(desk, "Enter");
    assert_true(desk_was_called(desk, "paste-back http://127.0.0.1:41234/?code=x"));
    desk_take_all(desk);
    desk_assert_shows(desk, "admin@contoso.onmicrosoft.com");
    assert_null(console_top(desk->console));
    desk_free(desk);
}

static void a_code_can_be_asked_for_instead(void **state)
{
    (void)state;
    struct desk *desk = desk_new("fresh");
    desk_press(desk, "s");
    desk_take_all(desk);
    desk_press(desk, "d");
    desk_take_all(desk);
    desk_assert_shows(desk, "A2B3C4D5E");
    desk_assert_shows(desk, "o opens it here, y copies it, Q shows a QR code.");
    desk_free(desk);
}

static void leaving_with_an_unsent_value_is_asked(void **state)
{
    (void)state;
    struct desk *desk = desk_new("middle");
    desk_press(desk, "Tab Enter");
    desk_type(desk, "tele metry");
    desk_press(desk, "Shift-Tab q");
    assert_false(desk->console->leaving);
    desk_assert_shows(desk, "would be lost");
    desk_assert_shows(desk, "▸ [ Not now ]");
    desk_press(desk, "Left Enter");
    assert_true(desk->console->leaving);
    desk_free(desk);
}

static void undo_shows_what_goes_and_wants_the_domain(void **state)
{
    (void)state;
    struct desk *desk = desk_new("middle");
    desk_press(desk, "u");
    desk_take_all(desk);
    desk_assert_shows(desk, "Undo · 4 requests");
    desk_assert_shows(desk, "remove");
    desk_type(desk, "contoso.onmicrosoft.com");
    desk_press(desk, "Enter");
    assert_string_equal(desk_last_call(desk), "undo contoso.onmicrosoft.com");
    desk_free(desk);
}

static void signing_out_is_asked(void **state)
{
    (void)state;
    struct desk *desk = desk_new("middle");
    desk_press(desk, "O Enter");
    assert_false(desk_was_called(desk, "sign-out"));
    desk_press(desk, "O Left Enter");
    assert_string_equal(desk_last_call(desk), "sign-out");
    desk_free(desk);
}

static struct log_line *refusal(void)
{
    struct log_line *line = fake_log_line(LOG_ERROR, "graph-alerts", "refused: not allowed");
    line->status = 403;
    g_free(line->request_id);
    line->request_id = g_strdup("6f1c2d3e-1111-4222-8333-444455556666");
    g_free(line->detail);
    line->detail = g_strdup("GET /v1.0/servicePrincipals\n403 Authorization_RequestDenied");
    return line;
}

static void a_failure_shows_its_exchange_on_a_key(void **state)
{
    (void)state;
    struct desk *desk = desk_new("middle");
    fake_session_push(desk->session, event_new(EVENT_LOG, refusal()), 0);
    fake_session_push(desk->session, event_new(EVENT_LOG, fake_log_line(LOG_ERROR, "group", "another")), 0);
    desk_take_all(desk);
    desk_go_to(desk, "graph-alerts");
    desk_assert_shows(desk, "Microsoft refused to read the application");
    desk_assert_shows(desk, "Sign in with a Global Administrator");
    desk_press(desk, "e");
    desk_assert_shows(desk, "6f1c2d3e-1111-4222-8333-444455556666");
    desk_assert_shows(desk, "403 Authorization_RequestDenied");
    desk_free(desk);
}

static void a_masked_value_is_masked_in_an_exchange_too(void **state)
{
    (void)state;
    struct desk *desk = desk_new("middle");
    struct log_line *line = refusal();
    g_free(line->detail);
    line->detail = g_strdup("Asked: POST /api/x\n  \"eventHubName\": \"/subscriptions/a/namespaces/mdr-eh-ns01\"");
    fake_session_push(desk->session, event_new(EVENT_LOG, line), 0);
    desk_take_all(desk);
    desk_go_to(desk, "graph-alerts");
    desk_press(desk, "e");
    desk_assert_shows(desk, "●●●●●●●●");
    g_autofree char *screen = desk_picture(desk, 80, 24);
    assert_null(strstr(screen, "mdr-eh-ns01"));
    desk_free(desk);
}

static struct {
    char *file;
    guint steps;
    gboolean fail;
} written;

static gboolean write_report(const char *file, const struct board *board, const struct history *history, GError **error)
{
    assert_non_null(history->deeds);
    g_free(written.file);
    written.file = g_strdup(file);
    written.steps = board->steps->len;
    if (written.fail)
        g_set_error(error, PERCH_ERROR, PERCH_ERROR_INPUT, "The disk is full.\nMake room.");
    return !written.fail;
}

static void the_report_is_written_with_a_key(void **state)
{
    (void)state;
    struct desk *desk = desk_new("middle");
    desk->options.write_report = write_report;
    desk_go_to(desk, "finish");
    desk_assert_shows(desk, "[ Write the report ]");
    desk_press(desk, "Enter");
    desk_assert_shows(desk, "Write the report into ");
    desk_assert_shows(desk, "perch-report-contoso.onmicrosoft.com-");
    desk_press(desk, "Ctrl-U");
    desk_type(desk, "/nowhere/mine.html");
    desk_press(desk, "Enter");
    desk_take_all(desk);
    assert_string_equal(written.file, "/nowhere/mine.html");
    assert_int_equal(written.steps, 14);
    desk_assert_shows(desk, "Wrote the report to /nowhere/mine.html; only you can read it.");
    written.fail = TRUE;
    desk_press(desk, "r Ctrl-U");
    desk_type(desk, "/nowhere/again.xls");
    desk_press(desk, "Enter");
    desk_take_all(desk);
    /* What was typed stays, with what is wrong with it. */
    desk_assert_shows(desk, "The disk is full. Make room.");
    desk_assert_shows(desk, "Write the report into ");
    desk_assert_shows(desk, "/nowhere/again.xls");
    written.fail = FALSE;
    desk_press(desk, "Backspace Backspace Backspace");
    desk_type(desk, "md");
    desk_press(desk, "Enter");
    desk_take_all(desk);
    assert_string_equal(written.file, "/nowhere/again.md");
    desk_free(desk);
    g_clear_pointer(&written.file, g_free);
    written.fail = FALSE;
}

static void a_file_that_is_there_is_replaced_on_a_word_only(void **state)
{
    (void)state;
    g_autofree char *folder = scratch_new();
    g_autofree char *file = g_build_filename(folder, "old.md", NULL);
    assert_true(g_file_set_contents(file, "mine", -1, NULL));
    struct desk *desk = desk_new("middle");
    desk->options.write_report = write_report;
    desk_press(desk, "r Ctrl-U");
    desk_type(desk, file);
    desk_press(desk, "Enter");
    desk_assert_shows(desk, "▸ [ Not now ]");
    desk_press(desk, "Enter");
    desk_take_all(desk);
    assert_null(written.file);
    desk_free(desk);
    scratch_remove(folder);
}

static void a_wait_that_is_over_reads_the_tenant_once(void **state)
{
    (void)state;
    struct desk *desk = desk_new("middle");
    step_of(desk, "consent")->until = g_get_real_time() - 1;
    desk_show_board(desk);
    events_notice_due(desk->console);
    assert_string_equal(desk_last_call(desk), "check");
    desk_take_all(desk);
    guint calls = fake_session_calls(desk->session)->len;
    events_notice_due(desk->console);
    assert_int_equal(fake_session_calls(desk->session)->len, calls);
    desk_free(desk);
}

static void the_focus_stays_on_a_step_that_is_settled(void **state)
{
    (void)state;
    struct desk *desk = desk_new("middle");
    assert_string_equal(desk->console->step, "streaming");
    desk_go_to(desk, "invitation");
    desk_press(desk, "t");
    desk_type(desk, "by hand");
    desk_press(desk, "Enter");
    desk_take_all(desk);
    assert_string_equal(desk->console->step, "invitation");
    desk_press(desk, "c");
    step_of(desk, "invitation")->state = STEP_DONE;
    desk_take_all(desk);
    assert_string_equal(desk->console->step, "invitation");
    desk_free(desk);
}

/* In order, round the end, and back; a form that is not filled in counts though its step is blocked. */
static void n_goes_to_what_needs_the_person_in_order(void **state)
{
    (void)state;
    struct desk *desk = desk_new("middle");
    step_of(desk, "catalog")->state = STEP_DONE;
    text_set(&step_of(desk, "catalog")->reason, "");
    desk_show_board(desk);
    desk_go_to(desk, "account");
    static const char *const wanted[] = {"streaming",    "group",  "organization", "access-package",
                                         "graph-alerts", "finish", "streaming"};
    for (gsize i = 0; i < G_N_ELEMENTS(wanted); i++) {
        desk_press(desk, "n");
        assert_string_equal(desk->console->step, wanted[i]);
        /* Why one is gone to that is blocked. */
        if (strcmp(wanted[i], "access-package") == 0) {
            desk_assert_shows(desk, "comes later; what it will need can be filled in now.");
            desk_assert_shows(desk, "9 Access package   fill in");
            desk_assert_shows(desk, "blocked; its values can be filled in now");
        }
    }
    for (gsize i = G_N_ELEMENTS(wanted) - 1; i > 1; i--) {
        desk_press(desk, "N");
        assert_string_equal(desk->console->step, wanted[i - 1]);
    }
    desk_press(desk, "n n");
    desk_assert_shows(desk, "Reviewers");
    desk_press(desk, "Enter");
    desk_assert_shows(desk, "Type part of a name");
    desk_free(desk);
}

static void n_comes_to_what_deviates_after_what_needs_the_person(void **state)
{
    (void)state;
    struct desk *desk = desk_new("middle");
    step_of(desk, "catalog")->state = STEP_DONE;
    text_set(&step_of(desk, "catalog")->reason, "");
    step_of(desk, "account")->state = STEP_DONE;
    text_set(&step_of(desk, "account")->reason, "As it was decided, it stays another.");
    desk_show_board(desk);
    desk_go_to(desk, "finish");
    desk_press(desk, "n");
    assert_string_equal(desk->console->step, "account");
    desk_press(desk, "n");
    assert_string_equal(desk->console->step, "streaming");
    desk_press(desk, "N N");
    assert_string_equal(desk->console->step, "finish");
    /* Nor before what needs the person further up. */
    step_of(desk, "finish")->state = step_of(desk, "graph-alerts")->state = STEP_DONE;
    desk_show_board(desk);
    desk_go_to(desk, "finish");
    desk_press(desk, "n");
    assert_string_equal(desk->console->step, "streaming");
    desk_free(desk);
}

/* Left for the others, it is told how to come back; in order and round the end n and N stop there again. */
static void n_comes_back_to_what_differs(void **state)
{
    (void)state;
    struct desk *desk = desk_new("middle");
    step_of(desk, "account")->state = STEP_DIFFERS;
    text_set(&step_of(desk, "account")->reason, "The role is not active.");
    desk_show_board(desk);
    static const struct {
        const char *from, *key, *to, *said;
    } rows[] = {
        {"account", "n", "streaming", "1 Onboarding account still differs; N goes back to it."},
        {"streaming", "N", "account", NULL},
        {"account", "N", "finish", "1 Onboarding account still differs; n goes back to it."},
        {"finish", "n", "account", NULL},
    };
    desk_go_to(desk, "account");
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        assert_string_equal(desk->console->step, rows[i].from);
        desk_press(desk, rows[i].key);
        assert_string_equal(desk->console->step, rows[i].to);
        if (rows[i].said != NULL)
            desk_assert_shows(desk, rows[i].said);
    }
    desk_free(desk);
}

static void what_was_stopped_before_its_first_write_says_that_nothing_was_sent(void **state)
{
    (void)state;
    for (int sent = 0; sent < 2; sent++) {
        struct desk *desk = desk_confirmed();
        desk_press(desk, "a");
        desk_take_all(desk);
        desk_press(desk, "Enter");
        struct done *done = g_new0(struct done, 1);
        done->command = COMMAND_APPLY;
        done->sent = sent;
        done->error = g_error_new_literal(PERCH_ERROR, PERCH_ERROR_CANCELLED, "Signing in was stopped.");
        fake_session_return(desk->session, event_new(EVENT_DONE, done));
        events_take(desk->console);
        g_autofree char *screen = desk_picture(desk, 80, 24);
        assert_int_equal(strstr(screen, "Nothing was sent: contoso") == NULL, sent);
        assert_int_equal(strstr(screen, "It is over: nothing was sent.") == NULL, sent);
        assert_int_equal(strstr(screen, "◔  1") == NULL, !sent);
        desk_free(desk);
    }
}

static void digits_jump_and_decide_nothing(void **state)
{
    (void)state;
    struct desk *desk = desk_new("middle");
    desk_press(desk, "6");
    assert_string_equal(desk->console->step, "organization");
    assert_int_equal(desk->console->pane, PANE_CHECKLIST);
    desk->console->digits_until = 0;
    desk_press(desk, "1 2");
    assert_string_equal(desk->console->step, "graph-alerts");
    desk_press(desk, "9");
    assert_string_equal(desk->console->step, "access-package");
    assert_int_equal(fake_session_calls(desk->session)->len, 0);
    desk_free(desk);
}

/* Who told it is in sight afterwards, and an Enter too many takes nothing back. */
static void who_told_it_is_seen_after_telling(void **state)
{
    (void)state;
    struct desk *desk = desk_new("middle");
    desk_go_to(desk, "invitation");
    struct board_step *step = step_of(desk, "invitation");
    step->state = STEP_NEEDS_YOU;
    step->tellable = TRUE;
    for (int i = 0; i < 40; i++)
        g_ptr_array_add(step->lines, board_line_new("A line of the portal's.", "value", FALSE));
    desk_show_board(desk);
    desk_press(desk, "End");
    desk_assert_shows(desk, "[ I have done it ]");
    desk_press(desk, "t Enter");
    assert_string_equal(desk_last_call(desk), "tell invitation ");
    step->state = STEP_TOLD;
    text_set(&step->told_by, "ada@contoso.com");
    desk_show_board(desk);
    desk_assert_shows(desk, "Told by ada@contoso.com");
    desk_press(desk, "Enter Enter");
    assert_false(desk_was_called(desk, "untell"));
    desk_free(desk);
}

/* The code of a portal's page fits the smallest usual window; where it does not, what it needs is said. */
static void a_code_fits_the_usual_window(void **state)
{
    (void)state;
    struct desk *desk = desk_new("middle");
    desk_go_to(desk, "streaming");
    desk_press(desk, "Q");
    g_autofree char *picture = desk_picture(desk, 80, 24);
    assert_null(strstr(picture, "needs a window"));
    assert_non_null(strstr(picture, "Contoso"));
    g_auto(GStrv) rows = g_strsplit(picture, "\n", -1);
    int blocks = 0;
    for (char **row = rows; *row != NULL; row++)
        blocks += strstr(*row, "▄") != NULL || strstr(*row, "█") != NULL || strstr(*row, "▀") != NULL;
    assert_true(blocks >= 21);
    g_autofree char *small = desk_picture(desk, 60, 16);
    assert_non_null(strstr(small, "needs a window of"));
    desk_free(desk);
}

/* The bar names what Enter does to what is marked, and offers nothing that would do nothing. */
static void the_bar_says_what_enter_does(void **state)
{
    (void)state;
    struct desk *desk = desk_new("middle");
    desk_press(desk, "Tab");
    desk_assert_shows(desk, "Enter edit");
    desk_press(desk, "i");
    desk_assert_shows(desk, "Enter back");
    desk_press(desk, "Esc p");
    desk_take_all(desk);
    desk_assert_shows(desk, "Enter open or close");
    desk_assert_shows(desk, "a apply");
    desk_press(desk, "Esc u");
    desk_take_all(desk);
    desk_press(desk, "Esc");
    g_autofree char *undo = desk_picture(desk, 120, 24);
    assert_non_null(strstr(undo, "a undo"));
    assert_null(strstr(undo, "a apply"));
    desk_press(desk, "Esc");
    desk_go_to(desk, "group");
    g_autofree char *group = desk_picture(desk, 200, 30);
    assert_null(strstr(group, "y copy"));
    /* What is read from the tenant is not told. */
    text_set(&step_of(desk, "group")->link, "https://entra.microsoft.com/");
    desk_show_board(desk);
    g_autofree char *looked_for = desk_picture(desk, 200, 30);
    assert_non_null(strstr(looked_for, "t look for it"));
    desk_free(desk);
}

static void what_was_told_and_decided_can_be_taken_back(void **state)
{
    (void)state;
    struct desk *desk = desk_new("middle");
    struct board_step *organization = step_of(desk, "organization");
    struct board_object *object = g_ptr_array_index(organization->objects, 0);
    text_set(&object->decided, "use:org-1");
    g_ptr_array_set_size(object->choices, 0);
    desk_show_board(desk);
    desk_go_to(desk, "invitation");
    desk_assert_shows(desk, "[ Take it back ]");
    desk_press(desk, "T");
    assert_false(desk_was_called(desk, "untell"));
    desk_press(desk, "Enter");
    assert_string_equal(desk_last_call(desk), "untell invitation");
    desk_take_all(desk);
    desk_go_to(desk, "organization");
    desk_assert_shows(desk, "[ Take the decision back ]");
    desk_press(desk, "T Enter");
    assert_string_equal(desk_last_call(desk), "undecide organization");
    desk_take_all(desk);
    desk_go_to(desk, "group");
    desk_press(desk, "T");
    desk_assert_shows(desk, "Nothing was told, decided or left out here.");
    desk_free(desk);
}

/* The rows are the plan's own, and they turn one after another. */
static void a_plan_that_is_carried_out_is_seen_row_by_row(void **state)
{
    (void)state;
    struct desk *desk = desk_confirmed();
    desk_press(desk, "a");
    desk_take_all(desk);
    desk_press(desk, "Enter");
    desk_assert_shows(desk, "▸ Writes: contoso.onmicrosoft.com ─");
    desk_assert_shows(desk, "0 of 4");
    desk_assert_shows(desk, "◔  1 group “Red Canary”");
    /* What is waited for stands below the row that is under way, and below no other. */
    g_autofree char *screen = desk_picture(desk, 80, 24);
    g_auto(GStrv) rows = g_strsplit(strstr(screen, "◔  1 group"), "\n", 4);
    assert_non_null(strstr(rows[1], "│      ready; state is kept in"));
    assert_non_null(strstr(rows[3], "│ ◌  2 Security Reader"));
    desk_assert_shows(desk, "Esc stops after this one");
    desk_assert_shows(desk, " Esc stop after this  z zoom");
    struct board_step *group = (struct board_step *)board_find_step(desk->console->board, "group");
    ((struct board_object *)g_ptr_array_index(group->objects, 0))->state = OBJECT_MATCHES;
    desk_assert_shows(desk, "✓  1 group “Red Canary”");
    desk_assert_shows(desk, "proved");
    /* What deviates says how, where it is seen first. */
    struct board_object *made = g_ptr_array_index(group->objects, 0);
    text_set(&made->sentence, "Microsoft keeps ann as owner. It may stay.");
    g_ptr_array_add(made->differences, board_difference_new("owners", "nobody", "ann"));
    desk_assert_shows(desk, "≈  1 group “Red Canary”");
    desk_assert_shows(desk, "     Microsoft keeps ann as owner. ");
    desk_assert_lacks(desk, "It may stay.");
    g_ptr_array_set_size(made->differences, 0);
    desk_press(desk, "Esc");
    assert_string_equal(desk_last_call(desk), "cancel");
    desk_take_all(desk);
    desk_assert_shows(desk, "Wrote: contoso.onmicrosoft.com");
    desk_assert_shows(desk, "It is over: 0 of 4 proved.");
    g_clear_pointer(&desk->console->note.text, g_free);
    desk_click(desk, "Enter go on");
    assert_null(form_editing(desk->console));
    g_autofree char *after = desk_picture(desk, 80, 24);
    assert_null(strstr(after, "Wrote: "));
    assert_non_null(strstr(after, "▸ Checklist"));
    desk_free(desk);
}

/* The rights of an application that is gone cannot be looked for any more. */
static void what_went_with_an_application_is_gone(void **state)
{
    (void)state;
    struct planned_request away = {
        .verb = (char *)"remove", .step = (char *)"consent", .object = (char *)"application"};
    struct planned_request end = {.verb = (char *)PLAN_VERB_END, .step = (char *)"consent", .object = (char *)"grants"};
    struct board_object application = {.key = (char *)"application"}, grants = {.key = (char *)"grants"};
    struct board_step step = {.id = (char *)"consent", .objects = g_ptr_array_new()};
    struct board board = {.steps = g_ptr_array_new()};
    struct plan plan = {.undo = TRUE, .requests = g_ptr_array_new()};
    g_ptr_array_add(step.objects, &application);
    g_ptr_array_add(step.objects, &grants);
    g_ptr_array_add(board.steps, &step);
    g_ptr_array_add(plan.requests, &end);
    g_ptr_array_add(plan.requests, &away);
    static const struct {
        enum object_state application, grants;
        gboolean gone;
    } rows[] = {
        {OBJECT_ABSENT, OBJECT_UNKNOWN, TRUE},   {OBJECT_MATCHES, OBJECT_UNKNOWN, FALSE},
        {OBJECT_UNKNOWN, OBJECT_UNKNOWN, FALSE}, {OBJECT_MATCHES, OBJECT_MATCHES, TRUE},
        {OBJECT_ABSENT, OBJECT_DIFFERS, FALSE},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        application.state = rows[i].application;
        grants.state = rows[i].grants;
        assert_int_equal(request_is_proved(&board, &plan, 0), rows[i].gone);
        assert_int_equal(request_is_proved(&board, &plan, 1), rows[i].application == OBJECT_ABSENT);
    }
    g_ptr_array_unref(step.objects);
    g_ptr_array_unref(board.steps);
    g_ptr_array_unref(plan.requests);
}

static void the_end_is_said_once(void **state)
{
    (void)state;
    struct desk *desk = desk_new("middle");
    struct board *board = fake_session_board(desk->session);
    for (guint i = 0; i < board->steps->len; i++) {
        struct board_step *step = g_ptr_array_index(board->steps, i);
        step->state = i == 2 ? STEP_TOLD : STEP_DONE;
        text_set(&step->reason, i == 2 ? "Told, not proved: looked at 14:02:11, and not there: the account." : "");
    }
    struct board_object *invited = board_object_new();
    invited->state = OBJECT_ABSENT;
    g_ptr_array_add(step_of(desk, "invitation")->objects, invited);
    struct board_object *group = g_ptr_array_index(step_of(desk, "group")->objects, 0);
    group->state = OBJECT_MATCHES;
    text_set(&group->sentence, "Microsoft keeps ann@contoso.com as owner of the group. It may stay. To have another …");
    g_ptr_array_add(group->differences, board_difference_new("owners", "nobody", "ann@contoso.com"));
    text_set(&step_of(desk, "group")->reason, "Done, and 1 value deviates: see below.");
    desk_press(desk, "c");
    desk_take_all(desk);
    desk_assert_shows(desk, "Contoso is connected to Red Canary");
    desk_assert_shows(desk, "12 steps proved, 1 told, 0 left out. perch created");
    desk_assert_shows(desk, "Told, and not proved: 2 Accept the invitation");
    desk_assert_shows(desk, "Told, not proved: looked at 14:02:11, and not");
    desk_assert_shows(desk, "Done, and may stay so: 5 Analysts' group. Microsoft keeps ann@contoso.com as");
    desk_assert_lacks(desk, "It may stay.");
    desk_assert_shows(desk, "▸[ Write the report ]");
    g_autofree char *small = desk_picture(desk, 40, 10);
    if (strstr(small, "12 steps proved") == NULL || strstr(small, "▸[ Write the report ]") == NULL)
        fail_msg("at 40x10: %s", small);
    desk_press(desk, "Esc c");
    desk_take_all(desk);
    assert_null(console_top(desk->console));
    desk_press(desk, "Up");
    desk_assert_shows(desk, "c check");
    desk_assert_lacks(desk, "apply all");
    for (guint i = 0; i < board->steps->len; i++)
        if (((struct board_step *)g_ptr_array_index(board->steps, i))->report)
            ((struct board_step *)g_ptr_array_index(board->steps, i))->state = STEP_TO_DO;
    desk_show_board(desk);
    g_autofree char *farewell = farewell_text(desk->console->board, TRUE);
    assert_string_equal(farewell,
                        "perch: nothing but the report is left to do in Contoso: 12 steps proved, 1 told, 0 left "
                        "out. perch report writes it.");
    step_of(desk, "finish")->state = STEP_BLOCKED;
    g_autofree char *blocked = farewell_text(board, TRUE);
    assert_string_equal(blocked, "perch: nothing is left to do in Contoso: 12 steps proved, 1 told, 0 left out.");
    step_of(desk, "graph-alerts")->state = STEP_UNKNOWN;
    board->summary.done--;
    g_autofree char *unread = farewell_text(board, TRUE);
    assert_null(unread);
    desk_free(desk);
}

/* The mouse is enough where nothing has to be typed. */
static void a_text_is_answered_and_left_by_a_click(void **state)
{
    (void)state;
    struct desk *desk = desk_new("middle");
    desk_go_to(desk, "invitation");
    desk_press(desk, "t");
    desk_click(desk, "Esc back");
    assert_null(desk->console->ask);
    assert_false(desk_was_called(desk, "tell"));
    desk_press(desk, "t");
    desk_click(desk, "Enter takes it");
    assert_null(desk->console->ask);
    assert_true(desk_was_called(desk, "tell invitation"));
    desk_free(desk);
}

static void a_sign_in_says_what_is_new(void **state)
{
    (void)state;
    struct desk *desk = desk_new("fresh");
    desk_press(desk, "s");
    desk_take_all(desk);
    desk_assert_shows(desk, "It asks for:");
    g_autofree char *first = desk_picture(desk, 80, 60);
    assert_null(strstr(first, "response_type"));
    desk_press(desk, "i");
    g_autofree char *whole = desk_picture(desk, 80, 60);
    assert_non_null(strstr(whole, "response_type"));
    desk_press(desk, "b");
    desk_type(desk, "http://127.0.0.1:41234/?code=x");
    desk_press(desk, "Enter");
    desk_take_all(desk);
    session_sign_in(desk->session, FALSE);
    desk_take_all(desk);
    g_autofree char *second = desk_picture(desk, 80, 60);
    assert_non_null(strstr(second, "New this time:"));
    assert_non_null(strstr(second, "+ Group.ReadWrite.All"));
    assert_non_null(strstr(second, "As before: 1 right "));
    assert_null(strstr(second, "Directory.Read.All"));
    desk_free(desk);
}

static void keys_that_mean_nothing_say_so(void **state)
{
    (void)state;
    struct desk *desk = desk_new("middle");
    desk_press(desk, "Z");
    desk_assert_shows(desk, "“Z” does nothing here; ? shows all that can be done.");
    desk_free(desk);
}

static void what_can_be_done_is_found_by_its_words(void **state)
{
    (void)state;
    struct desk *desk = desk_new("middle");
    desk_press(desk, ":");
    desk_type(desk, "report");
    g_autofree char *screen = desk_picture(desk, 80, 24);
    assert_non_null(strstr(screen, "Write the report to a file"));
    assert_null(strstr(screen, "Read the tenant again"));
    for (int i = 0; i < 6; i++)
        desk_press(desk, "Backspace");
    desk_type(desk, "read tenant");
    desk_assert_shows(desk, "Read the tenant again");
    desk_press(desk, "Enter");
    assert_null(console_top(desk->console));
    assert_string_equal(desk_last_call(desk), "check all");
    desk_free(desk);
}

static void a_sign_in_that_is_left_stands_on_keys_and_step(void **state)
{
    (void)state;
    struct desk *desk = desk_new("middle");
    desk_go_to(desk, "streaming");
    desk_press(desk, "s");
    desk_assert_shows(desk, "already; O signs out.");
    fake_session_board(desk->session)->lacks_defender = TRUE;
    ((struct board_step *)board_find_step(fake_session_board(desk->session), "streaming"))->state = STEP_UNKNOWN;
    desk_show_board(desk);
    g_autofree char *whole = desk_picture(desk, 80, 60);
    assert_non_null(strstr(whole, "[ Sign in for Defender ]"));
    desk_press(desk, "s");
    assert_string_equal(desk_last_call(desk), "sign-in browser");
    desk_free(desk);
}

static void after_a_portal_step_the_console_looks_by_itself(void **state)
{
    (void)state;
    struct desk *desk = desk_new("middle");
    struct console *console = desk->console;
    desk_go_to(desk, "graph-alerts");
    const struct board_step *step = console_step(console);
    assert_non_null(step);
    look_again_begin(console, step);
    desk_assert_shows(desk, "perch looks again by itself: 2 min 00 s");
    desk_assert_shows(desk, "Not seen yet: ");
    look_again_tick(console);
    assert_false(desk_was_called(desk, "check"));
    console->look.at = 0;
    look_again_tick(console);
    assert_string_equal(desk_last_call(desk), "check");
    desk_take_all(desk);
    console->look.until = 0;
    look_again_tick(console);
    desk_assert_shows(desk, "perch has looked for two minutes");
    assert_int_equal(look_again_deadline(console), G_MAXINT64);
    /* What is left is a person's word: nothing more is looked for. */
    look_again_begin(console, console_step(console));
    step_of(desk, "graph-alerts")->tellable = TRUE;
    step_of(desk, "graph-alerts")->state = STEP_NEEDS_YOU;
    text_set(&step_of(desk, "graph-alerts")->reason, "1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n12\n13");
    desk_show_board(desk);
    desk_press(desk, "End");
    desk_assert_lacks(desk, "! needs you ");
    look_again_tick(console);
    desk_assert_shows(desk, "seen in the tenant. Say with t that the rest is");
    desk_assert_shows(desk, "! needs you ");
    assert_int_equal(look_again_deadline(console), G_MAXINT64);
    desk_free(desk);
}

static char *tell_access(const struct board *board, const struct history *history)
{
    assert_non_null(history->deeds);
    return g_strdup_printf("Who can now do what:\n• somebody of %s", board->partner);
}

/* It stands in the report, and need not be looked for there. */
static void who_can_do_what_is_shown(void **state)
{
    (void)state;
    struct desk *desk = desk_new("middle");
    desk_press(desk, "W");
    desk_assert_shows(desk, "That is read from a tenant");
    desk->options.tell_access = tell_access;
    desk_press(desk, "W");
    desk_take_all(desk);
    desk_assert_shows(desk, "Who can do what now");
    desk_assert_shows(desk, "• somebody of Red Canary");
    /* Pressed again it stands once, and what is copied begins with it. */
    desk_press(desk, "W");
    desk_take_all(desk);
    assert_int_equal(desk->console->overlays->len, 1);
    g_autofree char *copied = console_top(desk->console)->ops->copy(desk->console, console_top(desk->console));
    assert_true(g_str_has_prefix(copied, "Who can now"));
    desk_press(desk, "Esc");
    desk_press(desk, ":");
    desk_type(desk, "permissions");
    desk_press(desk, "Enter");
    desk_take_all(desk);
    desk_assert_shows(desk, "• somebody of Red Canary");
    desk_free(desk);
}

/* Of what is done the proof comes first, what was to be done by hand is told as such, and reading scrolls nothing. */
static void what_came_of_a_step_stands_at_its_top(void **state)
{
    (void)state;
    struct desk *desk = desk_new("middle");
    struct board_step *step = step_of(desk, "streaming");
    desk->options.practice = TRUE;
    for (int i = 0; i < 30; i++)
        g_ptr_array_add(step->lines, board_line_new("A line of the portal's.", "value", FALSE));
    desk_show_board(desk);
    desk_go_to(desk, "streaming");
    desk_press(desk, "End");
    desk_assert_shows(desk, "[ Do it in the practice tenant ]");
    desk_assert_lacks(desk, "needs you  ");
    step->state = STEP_CHECKING;
    desk_show_board(desk);
    step->state = STEP_DONE;
    text_set(&step->reason, "");
    desk_show_board(desk);
    desk_assert_shows(desk, "✓ done, read back from the tenant");
    desk_assert_shows(desk, "What was to be done by hand:");
    desk_assert_lacks(desk, "(not known yet)");
    ((struct board_line *)g_ptr_array_index(step->lines, 0))->to_come = TRUE;
    desk_show_board(desk);
    desk_assert_shows(desk, "(not known yet)");
    desk_press(desk, "End");
    desk_assert_lacks(desk, "[ Do it in the practice tenant ]");
    step->state = STEP_CHECKING;
    desk_show_board(desk);
    step->state = STEP_DONE;
    desk_show_board(desk);
    desk_assert_lacks(desk, "✓ done, read back from the tenant");
    desk_free(desk);
}

static int calls_of(const struct desk *desk, const char *text)
{
    const GPtrArray *calls = fake_session_calls(desk->session);
    int count = 0;
    for (guint i = 0; i < calls->len; i++)
        count += strcmp(g_ptr_array_index(calls, i), text) == 0;
    return count;
}

/* A form of the practice portal is sent once; once more is asked about, until what it holds has changed. */
static void a_portal_form_is_not_sent_twice_by_two_keys(void **state)
{
    (void)state;
    struct desk *desk = desk_new("middle");
    struct board_step *step = step_of(desk, "invitation");
    desk->options.practice = step->practice_form = TRUE;
    step->state = STEP_NEEDS_YOU;
    step->tellable = TRUE;
    desk_show_board(desk);
    desk_go_to(desk, "invitation");
    desk_press(desk, "f f");
    desk_take_all(desk);
    assert_int_equal(calls_of(desk, "form invitation"), 1);
    desk_press(desk, "f");
    desk_assert_shows(desk, "2 Accept the invitation was done in the practice portal a moment ago.");
    desk_press(desk, "Enter");
    desk_take_all(desk);
    assert_int_equal(calls_of(desk, "form invitation"), 1);
    session_answer(desk->session, "eventHub.name", "other");
    console_sent(desk->console, COMMAND_ANSWER);
    desk_take_all(desk);
    desk_press(desk, "f");
    desk_take_all(desk);
    assert_int_equal(calls_of(desk, "form invitation"), 2);
    step->state = STEP_DONE;
    desk_show_board(desk);
    desk_press(desk, "f");
    desk_assert_shows(desk, "nothing of it is left to be done");
    desk_free(desk);
}

/* Whoever undoes may take that for the end of the partner's access. */
static void an_undo_names_what_stays_and_what_ends_it(void **state)
{
    (void)state;
    struct desk *desk = desk_confirmed();
    fake_session_board(desk->session)->created_count = 4;
    g_ptr_array_add(fake_session_board(desk->session)->partner_keeps, g_strdup("streaming export"));
    desk_show_board(desk);
    desk_press(desk, "u");
    desk_take_all(desk);
    desk_assert_shows(desk, "Stays, as perch did not make it: streaming export.");
    desk_assert_shows(desk, "To end it too: Esc here, then X.");
    desk_press(desk, "Esc");
    desk_assert_shows(desk, "X end access");
    desk_press(desk, "X");
    assert_true(desk_was_called(desk, "plan leave"));
    desk_free(desk);
}

static void what_an_undo_left_is_ended_from_where_it_is_said(void **state)
{
    (void)state;
    struct desk *desk = desk_confirmed();
    struct board *board = fake_session_board(desk->session);
    g_ptr_array_add(board->partner_keeps, g_strdup("streaming export"));
    board->created_count = 0;
    struct done *done = g_new0(struct done, 1);
    done->command = COMMAND_UNDO;
    fake_session_tell_board(desk->session);
    fake_session_push(desk->session, event_new(EVENT_DONE, done), 0);
    desk_take_all(desk);
    desk_assert_shows(desk, "Red Canary still has what perch did not make: streaming export");
    desk_press(desk, "X");
    assert_true(desk_was_called(desk, "plan leave"));
    desk_free(desk);
}

/* A note that comes to nothing is not asked for. */
static void what_cannot_be_told_yet_is_not_offered(void **state)
{
    (void)state;
    struct desk *desk = desk_new("middle");
    struct board_step *step = step_of(desk, "account");
    step->state = STEP_NEEDS_YOU;
    step->tellable = TRUE;
    text_set(&step->tell_lacks, "Account");
    desk_show_board(desk);
    desk_go_to(desk, "account");
    desk_assert_lacks(desk, "[ I have done it ]");
    desk_assert_lacks(desk, "t tell");
    desk_press(desk, "t");
    desk_assert_shows(desk, "“Account” is missing: fill it in first");
    assert_null(desk->console->ask);
    desk_free(desk);
}

static gboolean end_says(const struct board *board, const char *text)
{
    g_autoptr(GPtrArray) lines = end_lines(board);
    gboolean found = FALSE;
    for (guint i = 0; i < lines->len; i++)
        found |= strstr(((const struct end_line *)g_ptr_array_index(lines, i))->label, text) != NULL ||
                 strstr(((const struct end_line *)g_ptr_array_index(lines, i))->text, text) != NULL;
    return found;
}

/* Of what a person told, the tenant may show a part: that is proved. */
static void what_of_a_told_step_is_read_is_said(void **state)
{
    (void)state;
    struct desk *desk = desk_new("middle");
    struct board_step *step = step_of(desk, "group");
    struct board_object *object = g_ptr_array_index(step->objects, 0);
    step->state = STEP_TOLD;
    text_set(&step->told_by, "ann");
    object->state = OBJECT_MATCHES;
    text_set(&object->id, "id-1");
    g_autofree char *read = read_back_text(step);
    g_autofree char *proved = g_strdup_printf("%s (proved of it: %s)", step->title, read);
    assert_true(end_says(fake_session_board(desk->session), proved));
    assert_string_equal(step_words(fake_session_board(desk->session), step), "told, and proved as far as it shows");
    for (guint i = 0; i < step->objects->len; i++)
        text_set(&((struct board_object *)g_ptr_array_index(step->objects, i))->id, "");
    assert_false(end_says(fake_session_board(desk->session), "proved of it"));
    assert_string_equal(step_words(fake_session_board(desk->session), step), "told, not proved");
    desk_free(desk);
}

static void what_should_have_come_by_now_is_no_forecast(void **state)
{
    (void)state;
    struct desk *desk = desk_new("middle");
    struct board *board = fake_session_board(desk->session);
    struct board_step *step = step_of(desk, "streaming");
    gint64 now = clock_now(&board->clock);
    text_set(&step->expected, "The first events: between 14:00 and 14:30.");
    step->expected_until = now + 600 * G_USEC_PER_SEC;
    assert_true(end_says(board, "The first events"));
    step->expected_until = now - G_USEC_PER_SEC;
    assert_false(end_says(board, "The first events"));
    desk_free(desk);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_should_have_come_by_now_is_no_forecast),
        cmocka_unit_test(what_of_a_told_step_is_read_is_said),
        cmocka_unit_test(what_cannot_be_told_yet_is_not_offered),
        cmocka_unit_test(what_came_of_a_step_stands_at_its_top),
        cmocka_unit_test(who_can_do_what_is_shown),
        cmocka_unit_test(a_portal_form_is_not_sent_twice_by_two_keys),
        cmocka_unit_test(an_undo_names_what_stays_and_what_ends_it),
        cmocka_unit_test(what_an_undo_left_is_ended_from_where_it_is_said),
        cmocka_unit_test(a_page_that_was_not_opened_is_copied_by_its_link),
        cmocka_unit_test(nothing_is_sent_before_the_domain_is_typed),
        cmocka_unit_test(a_plan_is_not_agreed_to_before_its_end_was_seen),
        cmocka_unit_test(a_plan_of_yesterday_is_made_anew_and_what_was_typed_stays),
        cmocka_unit_test(a_plan_whose_day_went_by_at_the_sign_in_is_made_anew),
        cmocka_unit_test(a_plan_that_was_made_anew_takes_no_key_as_it_comes_up),
        cmocka_unit_test(a_paste_at_the_button_marks_the_way_back),
        cmocka_unit_test(leaving_the_partner_asks_for_the_domain_each_time),
        cmocka_unit_test(what_others_made_is_decided_in_the_plan_of_leaving),
        cmocka_unit_test(all_of_what_others_made_goes_by_one_row),
        cmocka_unit_test(what_undo_leaves_to_the_partner_is_said_at_once),
        cmocka_unit_test(whoever_leaves_at_the_sign_in_hears_that_nothing_was_sent),
        cmocka_unit_test(a_length_of_time_is_no_time_of_day),
        cmocka_unit_test(the_farewell_leads_to_a_leave_that_can_end_it),
        cmocka_unit_test(nothing_waits_for_the_end_of_a_write),
        cmocka_unit_test(nothing_asks_to_connect_again_once_it_was_taken_away),
        cmocka_unit_test(an_undo_ends_with_what_is_so),
        cmocka_unit_test(the_mark_waits_for_a_value_that_is_being_read),
        cmocka_unit_test(a_question_names_the_step_that_it_is_about),
        cmocka_unit_test(what_is_typed_as_a_plan_comes_up_sends_nothing),
        cmocka_unit_test(the_question_waits_until_no_key_is_pressed),
        cmocka_unit_test(a_plan_that_is_let_be_is_not_asked_about),
        cmocka_unit_test(the_way_back_from_an_undo_is_marked),
        cmocka_unit_test(a_domain_typed_at_the_button_sends_nothing),
        cmocka_unit_test(no_key_acts_while_the_plan_is_made),
        cmocka_unit_test(what_cannot_be_the_domain_is_said_while_it_is_typed),
        cmocka_unit_test(a_word_typed_at_a_button_is_no_answer),
        cmocka_unit_test(one_step_alone_is_planned_and_carried_out),
        cmocka_unit_test(the_rest_is_handed_over_into_a_file),
        cmocka_unit_test(what_was_handed_over_is_shown_before_it_counts),
        cmocka_unit_test(nothing_is_written_before_it_is_taken_over),
        cmocka_unit_test(no_file_is_written_over_before_a_yes),
        cmocka_unit_test(it_is_offered_where_the_role_is_lacking),
        cmocka_unit_test(escape_on_the_question_sends_nothing),
        cmocka_unit_test(a_plan_that_was_only_looked_at_writes_nothing),
        cmocka_unit_test(a_decision_is_taken_by_its_number),
        cmocka_unit_test(what_differs_is_mended_by_hand_before_it_is_kept),
        cmocka_unit_test(a_decision_with_a_name_asks_for_it),
        cmocka_unit_test(a_wait_ends_early_only_with_the_typed_word),
        cmocka_unit_test(skipping_wants_a_reason),
        cmocka_unit_test(what_was_read_as_absent_is_said_where_it_is_told),
        cmocka_unit_test(signing_in_shows_who_asks_for_what),
        cmocka_unit_test(a_code_can_be_asked_for_instead),
        cmocka_unit_test(leaving_with_an_unsent_value_is_asked),
        cmocka_unit_test(undo_shows_what_goes_and_wants_the_domain),
        cmocka_unit_test(signing_out_is_asked),
        cmocka_unit_test(a_failure_shows_its_exchange_on_a_key),
        cmocka_unit_test(a_masked_value_is_masked_in_an_exchange_too),
        cmocka_unit_test(the_report_is_written_with_a_key),
        cmocka_unit_test(a_file_that_is_there_is_replaced_on_a_word_only),
        cmocka_unit_test(a_wait_that_is_over_reads_the_tenant_once),
        cmocka_unit_test(the_focus_stays_on_a_step_that_is_settled),
        cmocka_unit_test(n_goes_to_what_needs_the_person_in_order),
        cmocka_unit_test(n_comes_to_what_deviates_after_what_needs_the_person),
        cmocka_unit_test(n_comes_back_to_what_differs),
        cmocka_unit_test(what_was_stopped_before_its_first_write_says_that_nothing_was_sent),
        cmocka_unit_test(digits_jump_and_decide_nothing),
        cmocka_unit_test(what_was_told_and_decided_can_be_taken_back),
        cmocka_unit_test(who_told_it_is_seen_after_telling),
        cmocka_unit_test(a_code_fits_the_usual_window),
        cmocka_unit_test(the_bar_says_what_enter_does),
        cmocka_unit_test(a_plan_that_is_carried_out_is_seen_row_by_row),
        cmocka_unit_test(what_went_with_an_application_is_gone),
        cmocka_unit_test(the_end_is_said_once),
        cmocka_unit_test(a_text_is_answered_and_left_by_a_click),
        cmocka_unit_test(a_sign_in_says_what_is_new),
        cmocka_unit_test(keys_that_mean_nothing_say_so),
        cmocka_unit_test(a_sign_in_that_is_left_stands_on_keys_and_step),
        cmocka_unit_test(after_a_portal_step_the_console_looks_by_itself),
        cmocka_unit_test(what_can_be_done_is_found_by_its_words),
    };
    /* Wherever this was built, the folder's name and the file's fit into one line. */
    if (chdir("/tmp") != 0)
        return 1;
    return cmocka_run_group_tests(tests, desk_set_locale, NULL);
}
