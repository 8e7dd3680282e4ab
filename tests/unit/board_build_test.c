/* SPDX-License-Identifier: MIT */
/*
 * The board that a front end shows, and how a headless check would end, from a situation.
 */
#include "engine/board_build.h"

#include <string.h>

#include "base/clock.h"
#include "base/error.h"
#include "base/json.h"
#include "engine/refusal.h"
#include "support/made_up.h"
#include "support/support.h"

static const struct board_head head = {
    .account = "ann@contoso.com",
    .tenant_id = "0a1b2c3d-0000-4000-8000-000000000000",
    .keyring = "In memory.",
    .clock = {0},
    .checked = MADE_UP_NOW,
    .confirmed = TRUE,
};

static struct board *build(const char *answers, const char *script)
{
    struct made_up *made_up = made_up_new(answers);
    made_up_arrange(made_up, script);
    struct board *board = board_build(&made_up->situation, &head);
    made_up_free(made_up);
    return board;
}

#define ALL "{'company':'C','ticket':'1','remark':'r','used':false}"
#define MADE                                                                                                           \
    "note={'type':'intent','object':'thing','action':'create'}; note={'type':'sent','object':'thing'}; "               \
    "note={'type':'replied','object':'thing','id':'t1'}; note={'type':'verified','object':'thing','id':'t1'}; "
#define ANSWERED                                                                                                       \
    "note={'type':'intent','object':'thing','action':'create'}; note={'type':'sent','object':'thing'}; "               \
    "note={'type':'replied','object':'thing','id':'t1'}; thing.created; "
#define SETTLED                                                                                                        \
    "note={'type':'told','step':'hand','by':'ann','note':''}; "                                                        \
    "note={'type':'told','step':'again','by':'ann','note':''}; "
#define LEFT "note={'type':'left','by':'ann'}; "
#define GONE "thing=absent; next=absent; portal=absent; again=absent; later=absent; away=absent; "
#define WAIT "note={'type':'wait','step':'later','until':'1970-01-12T13:56:40Z'}; later=absent; "
#define PROVED "note={'type':'proved','step':'begin'}; "
#define REMOVED                                                                                                        \
    "note={'type':'intent','object':'thing','action':'remove'}; note={'type':'sent','object':'thing'}; "               \
    "note={'type':'removed','object':'thing'}; "

static void test_how_a_check_ends_is_the_first_that_holds(void **state)
{
    static const struct {
        const char *script;
        int exit_code;
    } ends[] = {
        {SETTLED, EXIT_DONE},
        {SETTLED WAIT, EXIT_WAITING},
        {SETTLED "thing=differs", EXIT_PERSON},
        {SETTLED WAIT "thing=differs", EXIT_PERSON},
        {SETTLED "thing=absent", EXIT_LEFT},
        {SETTLED "next=differs; thing=absent", EXIT_LEFT}, /* the step differs, and apply would write all the same */
        {SETTLED "away=differs; thing=absent", EXIT_LEFT},
        {SETTLED "away=in-doubt; thing=absent", EXIT_IN_DOUBT},
        {SETTLED "away=absent; away.failed=no; portal=in-doubt", EXIT_FAILED},
        {SETTLED "thing=unknown", EXIT_FAILED},
        {SETTLED "thing=unknown; thing.read", EXIT_FAILED},
        {SETTLED "thing=unknown; away=absent", EXIT_LEFT},
        {SETTLED "thing=unknown; thing.read; away=absent", EXIT_FAILED},
        {SETTLED "thing=unknown; thing.read; thing.created; away=absent", EXIT_LEFT},
        {SETTLED "thing=unknown; away=differs", EXIT_PERSON},
        {"note={'type':'told','step':'again','by':'ann','note':''}", EXIT_PERSON},
        /* Nothing asks for what leaving took away, until somebody has it made again. */
        {SETTLED LEFT GONE, EXIT_DONE},
        {LEFT GONE, EXIT_DONE},
        {SETTLED LEFT "thing=absent", EXIT_PERSON},
        {LEFT GONE "away=in-doubt", EXIT_IN_DOUBT},
        {LEFT "note={'type':'intent','object':'next','action':'create'}; " GONE, EXIT_LEFT},
    };
    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(ends); i++) {
        struct board *board = build(ALL, ends[i].script);
        if (board->exit_code != ends[i].exit_code)
            fail_msg("row %d (%s): %d", (int)i, ends[i].script, board->exit_code);
        board_unref(board);
    }
}

/* Who gets in by what somebody removed cannot be read, and is no failure beside the question about that. */
static void test_what_cannot_be_read_since_its_need_is_gone_is_no_failure(void **state)
{
    static const char *const scripts[] = {SETTLED "thing=absent; thing.candidate; away=unknown; away.read",
                                          SETTLED "thing=differs; away=unknown; away.read"};
    static const int ends[] = {EXIT_PERSON, EXIT_FAILED};
    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(scripts); i++) {
        struct made_up *made_up = made_up_new(ALL);
        g_ptr_array_add(made_up_object(made_up, "away")->needs, g_strdup("thing"));
        made_up_arrange(made_up, scripts[i]);
        struct board *board = board_build(&made_up->situation, &head);
        assert_int_equal(board->exit_code, ends[i]);
        board_unref(board);
        made_up_free(made_up);
    }
}

static void test_nobody_signed_in_needs_a_person(void **state)
{
    (void)state;
    struct made_up *made_up = made_up_new(ALL);
    const struct board_head nobody = {.account = NULL};
    made_up_arrange(made_up, SETTLED);
    struct board *board = board_build(&made_up->situation, &nobody);
    assert_int_equal(board->exit_code, EXIT_PERSON);
    assert_false(board->signed_in);
    board_unref(board);
    made_up_free(made_up);
}

static void test_the_steps_are_counted_by_what_is_left_of_them(void **state)
{
    (void)state;
    struct board *board = build(ALL, SETTLED WAIT "thing=absent; away=in-doubt; portal=differs");
    assert_int_equal(board->summary.done, 2);    /* begin, next */
    assert_int_equal(board->summary.left, 2);    /* thing; report is blocked */
    assert_int_equal(board->summary.waiting, 1); /* later */
    assert_int_equal(board->summary.told, 3);    /* hand, again, settled */
    assert_int_equal(board->summary.in_doubt, 1);
    assert_int_equal(board->summary.needs_person, 1);
    assert_int_equal(board->summary.failed, 0);
    assert_int_equal(board->summary.skipped, 0);
    board_unref(board);
    board = build(ALL, SETTLED "thing=absent; thing.failed=no; value=licence.entra=basic");
    assert_int_equal(board->summary.failed, 1);
    assert_int_equal(board->summary.skipped, 1);
    board_unref(board);
}

static const struct board_object *only_object(const struct board *board, const char *step)
{
    return g_ptr_array_index(board_find_step(board, step)->objects, 0);
}

static void test_where_an_object_comes_from(void **state)
{
    static const struct {
        const char *script;
        enum object_origin origin;
    } origins[] = {
        {"", ORIGIN_FOUND},
        {"thing.adopted", ORIGIN_ADOPTED},
        /* Made before perch first noted anything, or, if not by perch, after that. */
        {PROVED "thing.adopted; thing.made=10", ORIGIN_ADOPTED},
        {PROVED "thing.adopted; thing.made=20; passed=60", ORIGIN_PERSON},
        {PROVED "thing=differs; thing.made=20; passed=60", ORIGIN_PERSON},
        /* A date that lies ahead of the reading is by a clock that tells nothing. */
        {PROVED "thing.adopted; thing.made=40; passed=20", ORIGIN_ADOPTED},
        {PROVED "thing.adopted; thing.lasting; thing.made=20; passed=60", ORIGIN_ADOPTED},
        {PROVED "thing.created; thing.made=20; passed=60", ORIGIN_CREATED},
        {PROVED "thing=absent; thing.made=20; passed=60", ORIGIN_NONE},
        {PROVED "thing.adopted; thing.doubted; thing.made=20; passed=60", ORIGIN_ADOPTED},
        {"thing.created", ORIGIN_CREATED},
        {"thing.created; thing.adopted", ORIGIN_CREATED},
        {"thing=absent", ORIGIN_NONE},
        {"thing=unknown", ORIGIN_NONE},
        {"thing=absent; thing.created", ORIGIN_CREATED},
        {"thing=differs; thing.adopted", ORIGIN_ADOPTED},
        {"thing=in-doubt", ORIGIN_FOUND},
        {MADE "note={'type':'gone','object':'thing'}; thing.id=t1", ORIGIN_CREATED}, /* and it is back */
        {MADE "note={'type':'gone','object':'thing'}; thing.id=t2", ORIGIN_FOUND},
        /* What the answer to its creation named was there before: it is nobody's but theirs who made it. */
        {ANSWERED "thing=differs; thing.id=t1; thing.made=-4000", ORIGIN_FOUND},
        {ANSWERED "thing=differs; thing.id=t1; thing.made=1", ORIGIN_CREATED},
        /* Not before it is known. */
        {"note={'type':'intent','object':'thing','action':'create','absentAt':'1970-01-12T13:46:39Z'}; "
         "note={'type':'sent','object':'thing'}; thing.doubted; thing.id=t1",
         ORIGIN_FOUND},
    };
    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(origins); i++) {
        struct board *board = build(ALL, origins[i].script);
        if (only_object(board, "thing")->origin != origins[i].origin)
            fail_msg("row %d (%s): %d", (int)i, origins[i].script, only_object(board, "thing")->origin);
        board_unref(board);
    }
}

/* Undo is offered where it would remove something. */
static void test_what_is_back_counts_as_made(void **state)
{
    (void)state;
    struct board *back = build(ALL, MADE "note={'type':'gone','object':'thing'}; thing.id=t1");
    struct board *another = build(ALL, MADE "note={'type':'gone','object':'thing'}; thing.id=t2");
    assert_int_equal(back->created_count, 1);
    assert_int_equal(another->created_count, 0);
    struct board *not_ours = build(ALL, ANSWERED "thing=differs; thing.id=t1; thing.made=-4000");
    assert_int_equal(not_ours->created_count, 0);
    board_unref(not_ours);
    board_unref(back);
    board_unref(another);
}

#define REPAIRED                                                                                                       \
    "note={'type':'intent','object':'thing','action':'repair','old':{'size':2}}; "                                     \
    "note={'type':'replied','object':'thing'}; note={'type':'verified','object':'thing'}; "

/* Only what an undo would send is promised back. */
static void test_what_an_undo_puts_back_is_marked(void **state)
{
    static const struct {
        const char *script;
        gboolean gives_back;
    } rows[] = {
        {"", FALSE},
        {MADE, FALSE},
        {REPAIRED, TRUE},
        {REPAIRED "thing=absent", FALSE},
    };
    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        struct board *board = build(ALL, rows[i].script);
        if (only_object(board, "thing")->gives_back != rows[i].gives_back)
            fail_msg("row %d (%s)", (int)i, rows[i].script);
        board_unref(board);
    }
}

static void test_what_undo_leaves_to_the_partner_is_named(void **state)
{
    static const struct {
        const char *script;
        gboolean keeps;
    } rows[] = {
        {"", TRUE},
        {"thing=differs", TRUE},
        {"thing=many", TRUE},
        {"thing.adopted", TRUE},
        {"thing.created", FALSE},
        {"thing=absent", FALSE},
        {"thing=unknown", FALSE},
        /* It is back, or was removed and is shown still. */
        {MADE "note={'type':'gone','object':'thing'}; thing.id=t1", FALSE},
        {MADE "note={'type':'gone','object':'thing'}; thing.id=t2", TRUE},
        {MADE REMOVED "thing.id=t1", FALSE},
        {MADE REMOVED "thing.id=t2", TRUE},
    };
    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        struct board *board = build(ALL, rows[i].script);
        gboolean keeps = g_ptr_array_find_with_equal_func(board->partner_keeps, "thing “T”", g_str_equal, NULL);
        if (keeps != rows[i].keeps)
            fail_msg("row %d (%s): %d", (int)i, rows[i].script, keeps);
        board_unref(board);
    }
}

/* Also of a step that fell away, where undo keeps it as well. */
static void test_what_may_be_perchs_own_is_counted(void **state)
{
    static const char away[] = "note={'type':'intent','object':'away','action':'create','name':'N'}; "
                               "note={'type':'sent','object':'away'}; note={'type':'refused','object':'away'}; "
                               "away.id=a1; away.made=0; ";
    static const struct {
        const char *script;
        guint may_be_own;
        gboolean keeps;
    } rows[] = {
        {"value=licence.entra=full", 1, TRUE},
        {"value=licence.entra=basic", 1, TRUE},
        {"value=licence.entra=basic; away=absent", 0, FALSE},
    };
    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autofree char *script = g_strconcat(away, rows[i].script, NULL);
        struct board *board = build(ALL, script);
        gboolean keeps = g_ptr_array_find_with_equal_func(board->partner_keeps,
                                                          "away (or may have made: decide who did)", g_str_equal, NULL);
        if (board->may_be_own != rows[i].may_be_own || keeps != rows[i].keeps)
            fail_msg("row %d (%s): %u, %d", (int)i, rows[i].script, board->may_be_own, keeps);
        board_unref(board);
    }
}

/* What was told opens nothing any more once what it was about is gone. */
static void test_what_was_told_is_kept_as_long_as_what_it_is_about(void **state)
{
    static const char told[] = "note={'type':'told','step':'again','by':'ann','note':'','about':'a1'}; ";
    static const struct {
        const char *script;
        guint told_keeps;
    } rows[] = {{"again.id=a1", 1}, {"again=absent", 0}};
    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autofree char *script = g_strconcat(told, rows[i].script, NULL);
        struct board *board = build(ALL, script);
        if (board->told_keeps != rows[i].told_keeps)
            fail_msg("row %d (%s): %u", (int)i, rows[i].script, board->told_keeps);
        board_unref(board);
    }
}

/* As long as nothing that perch made stands, and no decision settled the step. */
static void test_what_was_taken_away_is_told_from_what_is_to_be_done(void **state)
{
    static const struct {
        const char *script;
        gboolean taken_away;
    } rows[] = {
        {"thing=absent", FALSE},
        {MADE "thing.created", FALSE},
        {MADE REMOVED "thing=absent", TRUE},
        {MADE REMOVED "thing=absent; note={'type':'intent','object':'next','action':'create'}; "
                      "note={'type':'sent','object':'next'}; note={'type':'replied','object':'next','id':'n1'}; "
                      "note={'type':'verified','object':'next','id':'n1'}",
         FALSE},
    };
    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        struct board *board = build(ALL, rows[i].script);
        if (board->taken_away != rows[i].taken_away)
            fail_msg("row %d (%s): %d", (int)i, rows[i].script, board->taken_away);
        board_unref(board);
    }
}

/* What is decided is not asked again, but which of many is. */
static void test_a_choice_is_offered_until_it_is_made(void **state)
{
    static const struct {
        const char *script;
        guint choices;
    } cases[] = {
        {"thing=differs; thing.candidate", 1},
        {"thing=differs; thing.candidate; thing.decision=repair", 0},
        {"thing=absent; thing.candidate; thing.decision=restore", 0},
        {"thing=absent; thing.candidate; thing.decision=create", 0},
        {"thing=differs; thing.candidate; thing.decision=keep", 1},
        {"thing=many; thing.candidate; thing.decision=create", 1},
        {"thing=differs", 0},
    };
    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        struct board *board = build(ALL, cases[i].script);
        if (only_object(board, "thing")->choices->len != cases[i].choices)
            fail_msg("row %d: %u", (int)i, only_object(board, "thing")->choices->len);
        board_unref(board);
    }
}

/* The id of what was refused stands in the rung that asks for it, and nowhere once the step is done. */
static void test_a_refusal_is_shown_until_the_step_is_done(void **state)
{
    struct refusal refusal = {(char *)"It said no.", (char *)"req-1", 1};
    struct made_up *made_up = made_up_new(ALL);
    (void)state;
    g_hash_table_insert(made_up->situation.refusals, (gpointer) "portal", &refusal);
    made_up_arrange(made_up, "portal=absent");
    struct board *board = board_build(&made_up->situation, &head);
    const struct board_step *step = board_find_step(board, "portal");
    assert_string_equal(step->refusal, "It said no.");
    assert_int_equal(step->refusal_rung, 1);
    assert_string_equal(((const struct board_line *)g_ptr_array_index(step->trouble, 0))->copy, "req-1");
    board_unref(board);
    made_up_arrange(made_up, "portal=matches");
    board = board_build(&made_up->situation, &head);
    step = board_find_step(board, "portal");
    assert_string_equal(step->refusal, "");
    assert_int_equal(step->refusal_rung, 0);
    assert_string_equal(((const struct board_line *)g_ptr_array_index(step->trouble, 0))->copy, "");
    board_unref(board);
    made_up_free(made_up);
}

/* What an answer made that names another by now is there still. */
static void test_what_was_made_for_an_earlier_answer_is_told_where_it_belongs(void **state)
{
    static const char *const made = "note={'type':'intent','object':'thing','action':'create'}; "
                                    "note={'type':'sent','object':'thing'}; note={'type':'replied','object':'thing',"
                                    "'id':'t1'}; note={'type':'verified','object':'thing','id':'t1','takeBack':"
                                    "{'path':'/v1.0/made-up/t1','title':'T one','kind':'made-up','step':'thing'}}; ";
    (void)state;
    for (int is_left = 0; is_left < 2; is_left++) {
        g_autofree char *script =
            g_strconcat(made, is_left ? "note={'type':'decided','object':'thing','decision':'use:t2'}; " : "", NULL);
        struct board *board = build(ALL, script);
        const char *text = "For an earlier answer perch made T one, and has not removed it: undo does.";
        const struct board_step *step = board_find_step(board, "thing");
        assert_int_equal(g_ptr_array_find_with_equal_func(step->notes, text, g_str_equal, NULL), is_left);
        board_unref(board);
    }
}

/* Origin and title belong to what perch made, and not to what another answer names, which is there under its key. */
static void test_what_another_answer_names_is_not_what_perch_made(void **state)
{
    static const struct {
        const char *title;
        const char *known;
        const char *id;
        enum object_origin origin;
        const char *note; /* what the step says that perch made before; NULL: nothing */
    } rows[] = {
        {"T one", "t1", "t1", ORIGIN_CREATED, NULL},  {"T one", "t1", "T1", ORIGIN_CREATED, NULL},
        {"T one", "t1", "t2", ORIGIN_FOUND, "T one"}, {"thing “T”", "t1", "t2", ORIGIN_FOUND, "thing “T” (t1)"},
        {"T one", "", "t2", ORIGIN_CREATED, NULL},    {"T one", "t1", "", ORIGIN_CREATED, NULL},
    };
    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        struct made_up *made_up = made_up_new(ALL);
        g_autofree char *script = g_strdup_printf(
            "note={'type':'intent','object':'thing','action':'create'}; note={'type':'sent','object':'thing'}; "
            "note={'type':'replied','object':'thing','id':'t1'}; note={'type':'verified','object':'thing','id':'t1',"
            "'takeBack':{'path':'/v1.0/made-up/t1','title':'%s','kind':'made-up-chosen','step':'thing'}}; "
            "thing.chosen; thing.created; thing.known=%s; thing.id=%s",
            rows[i].title, rows[i].known, rows[i].id);
        made_up_arrange(made_up, script);
        struct board *board = board_build(&made_up->situation, &head);
        const struct board_object *shown = only_object(board, "thing");
        const GPtrArray *notes = board_find_step(board, "thing")->notes;
        g_autofree char *note =
            g_strdup_printf("For an earlier answer perch made %s, and has not removed it: undo does.", rows[i].note);
        if (shown->origin != rows[i].origin || shown->has_earlier != (rows[i].note != NULL) ||
            notes->len != (rows[i].note != NULL ? 1 : 0) ||
            (notes->len > 0 && strcmp(g_ptr_array_index(notes, 0), note) != 0))
            fail_msg("row %d: %d, %u notes", (int)i, (int)shown->origin, notes->len);
        assert_string_equal(shown->title, "thing “T”");
        board_unref(board);
        made_up_free(made_up);
    }
}

/* Where a word does not count before something is read, it is not asked for. */
static void test_what_has_to_be_seen_is_not_told(void **state)
{
    static const struct {
        const char *script, *step;
        gboolean tellable;
    } rows[] = {
        {"", "again", TRUE},
        {"again=absent", "again", FALSE},
        {"again=absent; again.checked=0", "again", TRUE},
        {"portal=absent", "portal", TRUE},
        {"again=differs", "again", FALSE},
        {"portal=differs", "portal", TRUE},
        {"", "thing", FALSE},
    };
    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        struct board *board = build(ALL, rows[i].script);
        if (board_find_step(board, rows[i].step)->tellable != rows[i].tellable)
            fail_msg("row %d: %s", (int)i, rows[i].script);
        board_unref(board);
    }
}

static void test_what_else_a_step_shows(void **state)
{
    (void)state;
    struct board *board = build(ALL, SETTLED WAIT "value=rights.thing=No role.; thing=absent; thing.difference");
    const struct board_step *thing = board_find_step(board, "thing");
    const struct board_step *later = board_find_step(board, "later");
    const struct board_step *hand = board_find_step(board, "hand");
    assert_true(thing->lacks_role);
    assert_false(later->lacks_role);
    assert_string_equal(thing->needed_by, "“Next”"); /* the report needs everything anyway */
    assert_string_equal(later->wait_word, "now");
    assert_int_equal(later->wait_started, MADE_UP_NOW);
    assert_int_equal(later->until, MADE_UP_NOW + 600 * G_USEC_PER_SEC);
    assert_true(hand->tellable);
    assert_true(g_str_has_prefix(hand->told_by, "ann, "));
    assert_int_equal(hand->fields->len, 3);
    assert_string_equal(((const struct board_field *)g_ptr_array_index(hand->fields, 0))->value, "1");
    assert_true(board_find_step(board, "report")->report);
    assert_int_equal(only_object(board, "thing")->differences->len, 1);
    assert_int_equal(thing->checked, MADE_UP_NOW);
    board_unref(board);
}

/* What the journal dates: what comes after a step that is done, when a report was written, and who told what. */
static void test_what_is_dated_is_shown_with_its_time(void **state)
{
    static const char proved[] = "note={'type':'proved','step':'away'}; ";
    static const char told[] = "note={'type':'told','step':'report','by':'ann','note':'r.html'}; "
                               "note={'type':'told','step':'hand','by':'ann','note':'done','from':'ben'}; "
                               "note={'type':'told','step':'again','by':'ann','note':'too'}; ";
    g_autofree char *now = clock_format_day(MADE_UP_NOW);
    g_autofree char *from = clock_format_day(MADE_UP_NOW + 600 * G_USEC_PER_SEC);
    g_autofree char *until = clock_format_day(MADE_UP_NOW + 1200 * G_USEC_PER_SEC);
    g_autofree char *expected = g_strdup_printf("A mail comes: between %s and %s.", from, until);
    g_autofree char *written = g_strdup_printf("Written on %s by ann: r.html.", now);
    g_autofree char *handed = g_strdup_printf("ann, %s, according to the hand-over of ben", now);
    g_autofree char *own = g_strdup_printf("ann, %s", now);
    g_autofree char *script = g_strconcat(proved, told, NULL);
    (void)state;
    struct board *board = build(ALL, script);
    const struct board_step *away = board_find_step(board, "away");
    const struct board_step *report = board_find_step(board, "report");
    assert_string_equal(away->expected, expected);
    assert_int_equal(away->expected_until, MADE_UP_NOW + 1200 * G_USEC_PER_SEC);
    assert_int_equal(away->notes->len, 1);
    assert_string_equal(g_ptr_array_index(away->notes, 0), expected);
    assert_int_equal(report->notes->len, 1);
    assert_string_equal(g_ptr_array_index(report->notes, 0), written);
    assert_string_equal(report->told_by, "");
    assert_string_equal(board_find_step(board, "hand")->told_by, handed);
    assert_string_equal(board_find_step(board, "hand")->told_note, "done");
    assert_string_equal(board_find_step(board, "again")->told_by, own);
    assert_string_equal(board_find_step(board, "thing")->told_by, "");
    board_unref(board);
    /* Not of what was never proved, nor of what is not done any more. */
    board = build(ALL, told);
    assert_string_equal(board_find_step(board, "away")->expected, "");
    board_unref(board);
    g_autofree char *undone = g_strconcat(script, "away=absent", NULL);
    board = build(ALL, undone);
    assert_string_equal(board_find_step(board, "away")->expected, "");
    board_unref(board);
}

/* A step is as old as what was read of it first. */
static void test_a_step_was_checked_when_the_oldest_of_it_was(void **state)
{
    (void)state;
    struct board *board = build(ALL, "thing=unknown");
    assert_int_equal(board_find_step(board, "thing")->checked, 0);
    assert_int_equal(board_find_step(board, "next")->checked, MADE_UP_NOW);
    board_unref(board);
}

static void test_the_head_says_who_and_where(void **state)
{
    char *notes[] = {(char *)"Something was not granted.", NULL};
    struct board_head own = head;
    struct made_up *made_up = made_up_new(ALL);
    (void)state;
    own.notes = notes;
    own.why_read_only = "Another perch works on it.";
    made_up_arrange(made_up, "value=tenant.name=Contoso\x1b[2J; thing.created");
    struct board *board = board_build(&made_up->situation, &own);
    const struct board_step *first = g_ptr_array_index(board->steps, 0);
    assert_true(board->signed_in);
    assert_true(board->read_only);
    assert_string_equal(board->why_read_only, "Another perch works on it.");
    assert_true(board->confirmed);
    assert_string_equal(board->account, "ann@contoso.com");
    assert_string_equal(board->tenant_name, "Contoso<U+001B>[2J");
    assert_string_equal(board->partner, "Made Up");
    assert_string_equal(board->keyring, "In memory.");
    assert_string_equal(g_ptr_array_index(first->notes, 0), "Something was not granted.");
    assert_int_equal(((const struct board_step *)g_ptr_array_index(board->steps, 1))->notes->len, 0);
    board_unref(board);
    made_up_free(made_up);
}

static void test_a_field_tells_whom_the_tenant_does_not_have(void **state)
{
    (void)state;
    static const char answers[] = "{'company':'T 2026-12-01','day':'2026-12-01'}";
    static const struct {
        const char *script;
        guint unfit;
    } rows[] = {
        {"thing.named; thing=absent; thing.sentence=Nobody.", 1},
        {"thing.named; thing=differs; thing.sentence=Nobody.", 1},
        {"thing.named", 0},
        {"thing.companys; thing=absent; thing.sentence=Nobody.", 1},
        {"thing.companys; thing=absent", 0},
        {"thing.companys; thing=differs; thing.sentence=Nobody.", 0},
        {"thing=absent; thing.sentence=Nobody.", 0}, /* perch makes it */
    };
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        struct board *board = build(answers, rows[i].script);
        const struct board_field *company = board_find_field(board, "company");
        assert_int_equal(company->unfit->len, rows[i].unfit);
        assert_int_equal(board_find_field(board, "day")->unfit->len, 0);
        if (rows[i].unfit > 0)
            assert_string_equal(((const struct board_unfit *)g_ptr_array_index(company->unfit, 0))->why, "Nobody.");
        board_unref(board);
    }
}

/* What an answer has settled leaves nothing to do by hand. */
static void test_what_an_answer_settled_has_no_lines(void **state)
{
    static const struct {
        const char *answers;
        guint lines;
    } rows[] = {{"{'used':true}", 1}, {"{'used':false}", 0}};
    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        struct board *board = build(rows[i].answers, "");
        assert_int_equal(board_find_step(board, "settled")->lines->len, rows[i].lines);
        board_unref(board);
    }
}

static void test_a_blocked_step_names_what_comes_first(void **state)
{
    struct board *board = build("{}", "thing=absent");
    int behind = 0;
    (void)state;
    for (guint i = 0; i < board->steps->len; i++) {
        const struct board_step *step = g_ptr_array_index(board->steps, i);
        const struct board_step *first = board_find_step(board, step->behind);
        g_autofree char *reason = first != NULL ? g_strdup_printf("“%s” comes first.", first->title) : NULL;
        behind += first != NULL;
        assert_true(first == NULL ? strstr(step->reason, "comes first") == NULL : step->state == STEP_BLOCKED);
        assert_true(first == NULL || strcmp(step->reason, reason) == 0);
    }
    assert_true(behind > 0);
    board_unref(board);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_how_a_check_ends_is_the_first_that_holds),
        cmocka_unit_test(test_what_cannot_be_read_since_its_need_is_gone_is_no_failure),
        cmocka_unit_test(test_nobody_signed_in_needs_a_person),
        cmocka_unit_test(test_the_steps_are_counted_by_what_is_left_of_them),
        cmocka_unit_test(test_where_an_object_comes_from),
        cmocka_unit_test(test_what_is_back_counts_as_made),
        cmocka_unit_test(test_what_an_undo_puts_back_is_marked),
        cmocka_unit_test(test_what_undo_leaves_to_the_partner_is_named),
        cmocka_unit_test(test_what_may_be_perchs_own_is_counted),
        cmocka_unit_test(test_what_was_told_is_kept_as_long_as_what_it_is_about),
        cmocka_unit_test(test_what_was_taken_away_is_told_from_what_is_to_be_done),
        cmocka_unit_test(test_a_choice_is_offered_until_it_is_made),
        cmocka_unit_test(test_a_refusal_is_shown_until_the_step_is_done),
        cmocka_unit_test(test_what_was_made_for_an_earlier_answer_is_told_where_it_belongs),
        cmocka_unit_test(test_what_another_answer_names_is_not_what_perch_made),
        cmocka_unit_test(test_what_has_to_be_seen_is_not_told),
        cmocka_unit_test(test_what_else_a_step_shows),
        cmocka_unit_test(test_a_blocked_step_names_what_comes_first),
        cmocka_unit_test(test_a_field_tells_whom_the_tenant_does_not_have),
        cmocka_unit_test(test_what_an_answer_settled_has_no_lines),
        cmocka_unit_test(test_what_is_dated_is_shown_with_its_time),
        cmocka_unit_test(test_a_step_was_checked_when_the_oldest_of_it_was),
        cmocka_unit_test(test_the_head_says_who_and_where),
    };
    json_init();
    return cmocka_run_group_tests_name("board_build", tests, NULL, NULL);
}
