/* SPDX-License-Identifier: MIT */
/*
 * What a board and a plan tell by themselves: what is due, what has drifted, which line has which number, whether two
 * plans are one.
 */
#include "board/board.h"

#include <string.h>

#include "base/error.h"
#include "base/json.h"
#include "base/text.h"
#include "board/acting.h"
#include "board/event.h"
#include "board/log_text.h"
#include "board/run_line.h"
#include "support/support.h"

#define SECONDS(n) ((n) * (gint64)G_USEC_PER_SEC)

/* A step of a board: its state, until when, and when it was proved before it went. */
struct row {
    enum step_state state;
    gint64 until;
    gint64 proved_before;
};

static void put(char **place, const char *text)
{
    g_free(*place);
    *place = g_strdup(text);
}

/* Its steps are called a, b, c ... ROWS ends with {STEP_UNKNOWN}. Caller unrefs. */
static struct board *board_of(const struct row *rows)
{
    struct board *board = board_new();
    board->clock = (struct clock){.anchor_monotonic = g_get_monotonic_time(), .anchor_time = SECONDS(1000)};
    for (int i = 0; rows[i].state != STEP_UNKNOWN; i++) {
        struct board_step *step = board_step_new();
        g_autofree char *id = g_strdup_printf("%c", 'a' + i);
        put(&step->id, id);
        step->number = i;
        step->state = rows[i].state;
        step->until = rows[i].until;
        step->proved_before = rows[i].proved_before;
        g_ptr_array_add(board->steps, step);
    }
    return board;
}

static void test_what_is_due_and_what_has_drifted(void **state)
{
    static const struct {
        const char *what;
        struct row rows[4];
        gint64 due; /* the first of all waits */
        int drifted;
        const char *over; /* the step whose wait is over at second 1000; NULL: none */
    } rows[] = {
        {"nothing", {{STEP_DONE, 0, 0}, {STEP_TO_DO, SECONDS(5), 0}}, 0, 0, NULL},
        {"a wait that goes on", {{STEP_WAITING, SECONDS(1001), 0}}, SECONDS(1001), 0, NULL},
        {"a wait that is over this moment", {{STEP_WAITING, SECONDS(1000), 0}}, SECONDS(1000), 0, "a"},
        {"a wait without an end", {{STEP_WAITING, 0, 0}}, 0, 0, NULL},
        {"the first of two", {{STEP_WAITING, SECONDS(1300), 0}, {STEP_WAITING, SECONDS(900), 0}}, SECONDS(900), 0, "b"},
        {"the first of two, the other way round",
         {{STEP_WAITING, SECONDS(900), 0}, {STEP_WAITING, SECONDS(1300), 0}},
         SECONDS(900),
         0,
         "a"},
        {"a doubt and a wait",
         {{STEP_IN_DOUBT, SECONDS(950), 0}, {STEP_WAITING, SECONDS(999), 0}},
         SECONDS(950),
         0,
         "b"},
        {"one that differs", {{STEP_DIFFERS, 0, 0}, {STEP_DONE, 0, 0}}, 0, 1, NULL},
        {"one that was proved, and is not so any more",
         {{STEP_TO_DO, 0, SECONDS(4)}, {STEP_DIFFERS, 0, 0}},
         0,
         2,
         NULL},
        {"one that differs and was proved counts once", {{STEP_DIFFERS, 0, SECONDS(4)}}, 0, 1, NULL},
    };
    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        struct board *board = board_of(rows[i].rows);
        const struct board_step *over = board_due_step(board);
        if (board_due(board) != rows[i].due || board_drifted(board) != rows[i].drifted ||
            g_strcmp0(over != NULL ? over->id : NULL, rows[i].over) != 0)
            fail_msg("%s: due %d s, %d drifted, %s is over", rows[i].what, (int)(board_due(board) / G_USEC_PER_SEC),
                     (int)board_drifted(board), over != NULL ? over->id : "none");
        board_unref(board);
    }
}

static void test_a_step_is_found_by_its_id(void **state)
{
    (void)state;
    struct board *board = board_of((const struct row[]){{STEP_DONE, 0, 0}, {STEP_TO_DO, 0, 0}, {STEP_UNKNOWN, 0, 0}});
    assert_ptr_equal(board_find_step(board, "a"), g_ptr_array_index(board->steps, 0));
    assert_ptr_equal(board_find_step(board, "b"), g_ptr_array_index(board->steps, 1));
    assert_null(board_find_step(board, "c"));
    assert_ptr_equal(board_next_step(board), g_ptr_array_index(board->steps, 1));
    struct board_step *first = g_ptr_array_index(board->steps, 0);
    struct board_field *field = board_field_new();
    put(&field->path, "company");
    g_ptr_array_add(first->fields, field);
    assert_ptr_equal(board_find_field(board, "company"), field);
    assert_null(board_find_field(board, "sponsor"));
    assert_null(board_find_field(board, NULL));
    assert_string_equal(board_field_label(board, "company"), "company");
    put(&field->label, "Company");
    assert_string_equal(board_field_label(board, "company"), "Company");
    assert_string_equal(board_field_label(board, "sponsor"), "sponsor");
    board_unref(board);
}

/* One letter a line: - has a number, + belongs to the line before. */
static void test_lines_that_belong_to_another_have_no_number(void **state)
{
    static const struct {
        const char *lines;
        const char *numbers;
    } rows[] = {{"-", "1"}, {"--", "12"}, {"-+-", "102"}, {"-++", "100"}, {"+-", "12"}, {"-+-+-", "10203"}};
    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func(g_free);
        for (const char *at = rows[i].lines; *at != '\0'; at++) {
            struct board_line *line = board_line_new("x", "", FALSE);
            line->also = *at == '+';
            g_ptr_array_add(lines, line);
        }
        for (guint k = 0; k < lines->len; k++)
            if (board_line_number(lines, k) != (guint)(rows[i].numbers[k] - '0'))
                fail_msg("%s: line %u has the number %u", rows[i].lines, k, board_line_number(lines, k));
    }
}

/* Where each state is counted: done, told, skipped, waiting, needs a person, failed, in doubt, left. */
static void test_each_state_is_counted_once(void **state)
{
    static const char counted[] = {
        [STEP_UNKNOWN] = 'l',  [STEP_CHECKING] = 'l',  [STEP_TO_DO] = 'l',   [STEP_BLOCKED] = 'l', [STEP_WAITING] = 'w',
        [STEP_WORKING] = 'l',  [STEP_NEEDS_YOU] = 'n', [STEP_DONE] = 'd',    [STEP_TOLD] = 't',    [STEP_DIFFERS] = 'n',
        [STEP_IN_DOUBT] = 'q', [STEP_FAILED] = 'f',    [STEP_SKIPPED] = 's',
    };
    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(counted); i++) {
        struct board_summary summary = {0};
        board_summary_count(&summary, (enum step_state)i);
        g_autoptr(json) found = summary_json(&summary);
        static const char *const names[] = {"done",        "told",   "skipped", "waiting",
                                            "needsPerson", "failed", "inDoubt", "left"};
        for (gsize k = 0; k < G_N_ELEMENTS(names); k++)
            if (json_get_int(found, names[k], -1) != (counted[i] == "dtswnfql"[k] ? 1 : 0))
                fail_msg("%s: %s is %d", step_state_word((enum step_state)i), names[k],
                         (int)json_get_int(found, names[k], -1));
        gboolean settled = strchr("dts", counted[i]) != NULL;
        gboolean can_go_on = strchr("nfq", counted[i]) != NULL || i == STEP_TO_DO;
        assert_int_equal(step_state_is_settled((enum step_state)i), settled);
        assert_int_equal(step_state_can_go_on((enum step_state)i), can_go_on);
    }
}

static void test_a_run_as_a_line(void **state)
{
    (void)state;
    struct board *board =
        board_of((const struct row[]){{STEP_WAITING, SECONDS(1200), 0}, {STEP_DIFFERS, 0, 0}, {STEP_UNKNOWN, 0, 0}});
    const GError error = {
        .domain = PERCH_ERROR, .code = PERCH_ERROR_NETWORK, .message = (char *)"It broke.\nTry again."};
    g_autoptr(json) line = run_line(
        board,
        &(struct run_facts){.command = "check", .exit_code = 7, .duration = SECONDS(3) + 999999, .error = &error});
    assert_int_equal(json_get_int(line, "format", 0), 1);
    assert_int_equal(json_get_int(line, "exit", 0), 7);
    assert_int_equal(json_get_int(line, "duration", 0), 3);
    assert_int_equal(json_get_int(line, "drifted", 0), 1);
    assert_string_equal(json_get_string(line, "due"), "1970-01-01T00:20:00Z");
    assert_string_equal(json_get_string(line, "at"), "1970-01-01T00:16:40Z");
    assert_string_equal(json_string(json_get_path(line, "error.message")), "It broke.");
    assert_string_equal(json_string(json_get_path(line, "error.hint")), "Try again.");
    assert_int_equal(json_length(json_get(line, "steps")), 2);
    assert_null(json_get(line, "wasUndone"));
    text_set(&board->undone, "It was undone");
    g_autoptr(json) undone = run_line(board, &(struct run_facts){.command = "check"});
    assert_string_equal(json_get_string(undone, "wasUndone"), "It was undone");
    text_set(&board->left, "It was left");
    g_autoptr(json) left = run_line(board, &(struct run_facts){.command = "check"});
    assert_string_equal(json_get_string(left, "wasLeft"), "It was left");
    assert_null(json_get(left, "wasUndone"));
    board_unref(board);
    g_autoptr(json) early = run_line(NULL, &(struct run_facts){.command = "check"});
    assert_null(json_get(early, "tenant"));
    assert_null(json_get(early, "error"));
}

/* REQUESTS: "object method url body", one after another, ended by NULL. Caller unrefs. */
static struct plan *plan_of(const char *const *requests, const char *port)
{
    struct plan *plan = g_new0(struct plan, 1);
    plan->references = 1;
    plan->requests = g_ptr_array_new_with_free_func((GDestroyNotify)planned_request_free);
    plan->obstacles = g_ptr_array_new_with_free_func(g_free);
    plan->choices = g_ptr_array_new_with_free_func(g_free);
    plan->by_hand = g_ptr_array_new_with_free_func(g_free);
    plan->practice_port = g_strdup(port);
    for (; *requests != NULL; requests++) {
        g_auto(GStrv) parts = g_strsplit(*requests, " ", 4);
        struct planned_request *request = g_new0(struct planned_request, 1);
        request->object = g_strdup(parts[0]);
        request->method = g_strdup(parts[1]);
        request->url = g_strdup(parts[2]);
        request->body = g_strdup(parts[3]);
        g_ptr_array_add(plan->requests, request);
    }
    return plan;
}

static void test_whether_two_plans_are_one(void **state)
{
    static const struct {
        const char *const one[3];
        const char *const other[3];
        const char *ports[2];
        gboolean same;
    } rows[] = {
        {{"a POST u {}"}, {"a POST u {}"}, {"", ""}, TRUE},
        {{NULL}, {NULL}, {"", ""}, TRUE},
        {{"a POST u {}"}, {"b POST u {}"}, {"", ""}, FALSE},
        {{"a POST u {}"}, {"a PUT u {}"}, {"", ""}, FALSE},
        {{"a POST u {}"}, {"a POST v {}"}, {"", ""}, FALSE},
        {{"a POST u {}"}, {"a POST u {1}"}, {"", ""}, FALSE},
        {{"a POST u {}"}, {"a POST u {}", "a POST u {}"}, {"", ""}, FALSE},
        {{"a POST u {}", "b POST u {}"}, {"b POST u {}", "a POST u {}"}, {"", ""}, FALSE},
        {{"ab POST u {}"}, {"a bPOST u {}"}, {"", ""}, FALSE},
        {{"a POST http://h:1/u {}"}, {"a POST http://h:2/u {}"}, {":1", ":2"}, TRUE},
        {{"a POST http://h:1/u {}"}, {"a POST http://h:2/u {}"}, {"", ""}, FALSE},
    };
    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        struct plan *one = plan_of(rows[i].one, rows[i].ports[0]);
        struct plan *other = plan_of(rows[i].other, rows[i].ports[1]);
        g_autofree char *first = plan_digest(one);
        g_autofree char *second = plan_digest(other);
        if ((strcmp(first, second) == 0) != rows[i].same)
            fail_msg("row %d: %s, %s", (int)i, first, second);
        plan_unref(one);
        plan_unref(other);
    }
}

static void test_what_a_plan_leaves_to_a_person(void **state)
{
    (void)state;
    struct plan *plan = plan_of((const char *const[]){"a POST u {'day':'1970-01-01'}", NULL}, "");
    g_ptr_array_add(plan->choices, leave_choice_new("k", "K", "", "", "Decide on K."));
    g_ptr_array_add(plan->choices, leave_choice_new("l", "L", "", "keep", "Decide on L."));
    g_ptr_array_add(plan->choices, leave_choice_new("m", "M", "", "remove", "Decide on M."));
    g_ptr_array_add(plan->choices, leave_choice_new("n", "N", "", "keep", "Decide on N."));
    assert_int_equal(plan_undecided(plan), 1);
    assert_int_equal(plan_kept(plan), 2);
    assert_true(plan_is_choice(plan, "Decide on M."));
    assert_false(plan_is_choice(plan, "Decide on O."));
    static const struct {
        const char *day;
        gint64 now;
        gboolean another;
    } rows[] = {
        {NULL, SECONDS(1), FALSE},
        {"", SECONDS(1), FALSE},
        {"1970-01-01", SECONDS(1), FALSE},
        {"1970-01-01", SECONDS(90000), TRUE},
        {"1970-01-03", SECONDS(90000), FALSE},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        put(&plan->day, rows[i].day);
        if (plan_names_another_day(plan, rows[i].now) != rows[i].another)
            fail_msg("row %d", (int)i);
    }
    plan_unref(plan);
}

static void test_permissions_in_words(void **state)
{
    static const struct {
        const char *names;
        const char *words;
    } rows[] = {
        {"", ""},
        {"Never.Heard.Of", "Never.Heard.Of"},
        {"%s", "%s"},
        {"Never.Heard.Of, %s", "Never.Heard.Of, %s"},
    };
    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autoptr(GString) names = g_string_new(rows[i].names);
        g_autoptr(GString) words = g_string_new(rows[i].words);
        g_string_replace(names, "%s", "Alert.ReadWrite.All", 0);
        g_string_replace(words, "%s", "change alerts", 0);
        g_autofree char *found = acting_words(names->str);
        assert_string_equal(found, words->str);
    }
}

/* The words of a log mean something to its reader only: what it is about is called as on the checklist. */
static void test_a_log_line_names_what_the_checklist_names(void **state)
{
    static const struct {
        const char *subject;
        const char *text;
        const char *shown;
    } rows[] = {
        {"group", "verified", "group “Red Canary”: verified"},
        {"group", "1 of 5: create group “Red Canary”", "1 of 5: create group “Red Canary”"},
        {"user", "verified", "user: verified"}, /* there are two */
        {"a", "told by ann", "Sign in: told by ann"},
        {"network", "slow", "network: slow"},
        {"b", "told by ann", "Hand over: told by ann"}, /* and not the link, which nobody makes */
        {"c", "verified", "the link's policy: verified"},
    };
    static const char *const objects[][2] = {{"group", "group “Red Canary”"},
                                             {"user", "Ann"},
                                             {"user", "Ben"},
                                             {"b", "the link"},
                                             {"c", "the link's policy"}};
    (void)state;
    struct board *board =
        board_of((const struct row[]){{STEP_DONE, 0, 0}, {STEP_DONE, 0, 0}, {STEP_DONE, 0, 0}, {STEP_UNKNOWN, 0, 0}});
    struct board_step *step = g_ptr_array_index(board->steps, 0);
    put(&step->title, "Sign in");
    put(&((struct board_step *)g_ptr_array_index(board->steps, 1))->title, "Hand over");
    for (gsize i = 0; i < G_N_ELEMENTS(objects); i++) {
        struct board_object *object = board_object_new();
        put(&object->kind, objects[i][0]);
        put(&object->title, objects[i][1]);
        object->only_read = objects[i][0][0] == 'b';
        g_ptr_array_add(step->objects, object);
    }
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        const struct log_line line = {.subject = (char *)rows[i].subject, .text = (char *)rows[i].text};
        g_autofree char *shown = log_line_text(&line, board);
        assert_string_equal(shown, rows[i].shown);
    }
    /* What was made for an earlier answer the line itself names. */
    ((struct board_object *)g_ptr_array_index(step->objects, 0))->has_earlier = TRUE;
    g_autofree char *other =
        log_line_text(&(struct log_line){.subject = (char *)"group", .text = (char *)"removed group “One”"}, board);
    assert_string_equal(other, "group: removed group “One”");
    g_autofree char *early =
        log_line_text(&(struct log_line){.subject = (char *)"group", .text = (char *)"verified"}, NULL);
    assert_string_equal(early, "group: verified");
    board_unref(board);
}

/* As g_free() does. */
static void test_no_event_is_freed_as_well(void **state)
{
    (void)state;
    event_free(NULL);
    event_free(g_new0(struct event, 1));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_is_due_and_what_has_drifted),
        cmocka_unit_test(test_a_step_is_found_by_its_id),
        cmocka_unit_test(test_lines_that_belong_to_another_have_no_number),
        cmocka_unit_test(test_each_state_is_counted_once),
        cmocka_unit_test(test_a_run_as_a_line),
        cmocka_unit_test(test_whether_two_plans_are_one),
        cmocka_unit_test(test_permissions_in_words),
        cmocka_unit_test(test_a_log_line_names_what_the_checklist_names),
        cmocka_unit_test(test_no_event_is_freed_as_well),
        cmocka_unit_test(test_what_a_plan_leaves_to_a_person),
    };
    json_init();
    return cmocka_run_group_tests_name("board", tests, NULL, NULL);
}
