/* SPDX-License-Identifier: MIT */
/*
 * What each command of a session comes to: the rows of tests/data/commands.json, on a bench without network, clock,
 * keyring and person.
 *
 * A row is the command "do" ("urgent" before it: while another one runs) with its "subject", "text", "flag", "serial",
 * "approved" or "answers"; "with" what is so before (support/operator_bench.h, support/made_up.h), "has" the answers,
 * "reads" and "writes" (support/engine_bench.h). It comes to "calls" on sign-in and keyring, what a front end was
 * "told", what was "noted" in the journal and "sent", and what the "board" shows. What is empty is left out.
 */
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/json.h"
#include "engine/session_commands.h"
#include "engine/worker.h"
#include "support/operator_bench.h"
#include "support/support.h"

static const char *const words[] = {
    [COMMAND_SIGN_IN] = "sign in",
    [COMMAND_SIGN_OUT] = "sign out",
    [COMMAND_PROBE_KEYRING] = "probe keyring",
    [COMMAND_UNLOCK_KEYRING] = "unlock keyring",
    [COMMAND_CHECK] = "check",
    [COMMAND_PLAN] = "plan",
    [COMMAND_HISTORY] = "history",
    [COMMAND_HAND_OVER] = "hand over",
    [COMMAND_TAKE_OVER] = "take over",
    [COMMAND_APPLY] = "apply",
    [COMMAND_UNDO] = "undo",
    [COMMAND_LEAVE] = "leave",
    [COMMAND_DECIDE] = "decide",
    [COMMAND_ANSWER] = "answer",
    [COMMAND_TELL] = "tell",
    [COMMAND_SKIP] = "skip",
    [COMMAND_TAKE_BACK] = "take back",
    [COMMAND_OVERRIDE_WAIT] = "override",
    [COMMAND_PRACTICE_FORM] = "practice form",
    [COMMAND_PEOPLE] = "people",
    [COMMAND_PASTE_BACK] = "paste back",
    [COMMAND_DOCTOR] = "doctor",
    [COMMAND_PASSWORD] = "password",
    [COMMAND_SEAL] = "seal",
    [COMMAND_CONSENTS] = "consents",
    [COMMAND_REVOKE_SESSIONS] = "revoke sessions",
};

static enum command_kind kind_of(const char *word)
{
    for (gsize i = 0; i < G_N_ELEMENTS(words); i++)
        if (words[i] != NULL && strcmp(words[i], word) == 0)
            return (enum command_kind)i;
    fail_msg("there is no command “%s”", word);
    return COMMAND_STOP;
}

static const char *text_or(const json *row, const char *name, const char *fallback)
{
    const char *text = json_get_string(row, name);
    return text != NULL ? text : fallback;
}

/* A command, or "urgent" before it: while another one runs. */
static void work(struct bench *bench, const json *row)
{
    const char *what = json_get_string(row, "do");
    gboolean is_urgent = g_str_has_prefix(what, "urgent ");
    g_autoptr(GStrvBuilder) answers = g_strv_builder_new();
    json_for_each (answer, json_get(row, "answers"))
        g_strv_builder_add(answers, json_string(answer));
    g_auto(GStrv) list = g_strv_builder_end(answers);
    const struct command command = {
        .kind = kind_of(is_urgent ? what + strlen("urgent ") : what),
        .subject = (char *)json_get_string(row, "subject"),
        .text = (char *)json_get_string(row, "text"),
        .plan = (char *)json_get_string(row, "approved"),
        .answers = list,
        .flag = json_get_bool(row, "flag", FALSE),
        .serial = (guint)json_get_int(row, "serial", 0),
    };
    if (is_urgent)
        session_commands_serve_urgent(&bench->worker, &command);
    else
        session_commands_run(&bench->worker, &command);
}

static void set_unless_empty(json *seen, const char *name, const char *text)
{
    if (text[0] != '\0')
        json_set_string(seen, name, text);
}

/* What stands in the journal beside its beginning: each record with its object or step, and what it says of it. Caller
 * frees. */
static char *noted_by(const struct bench *bench)
{
    const struct journal *journal = bench->worker.tenant.journal;
    const GPtrArray *records = journal != NULL ? journal_records(journal) : NULL;
    g_autoptr(GString) text = g_string_new(NULL);
    enum record_type before = RECORD_TYPES;
    for (guint i = 1; records != NULL && i < records->len; i++) {
        const struct journal_record *record = g_ptr_array_index(records, i);
        g_autoptr(json) value = journal_record_encode(record);
        const char *subject = record->object != NULL ? record->object : record->step;
        g_autofree char *decision = decision_words(record->decision);
        if (record->type != before)
            g_string_append_printf(text, "%s%s", i > 1 ? "; " : "", json_get_string(value, "type"));
        g_string_append_printf(text, " %s", subject != NULL ? subject : "");
        if (record->id != NULL && record->id[0] != '\0')
            g_string_append_printf(text, ":%s", record->id);
        if (decision[0] != '\0')
            g_string_append_printf(text, "=%s", decision);
        if (record->status != 0)
            g_string_append_printf(text, " (%d)", (int)record->status);
        before = record->type;
    }
    return g_string_free(g_steal_pointer(&text), FALSE);
}

static void add_proposal(GString *text, const struct board_handed *handed)
{
    g_string_append_printf(text, "; %s proposed at %s, %u grave:", handed->from, handed->written, handed->grave);
    for (guint i = 0; i < handed->changes->len; i++) {
        const struct board_difference *change = g_ptr_array_index(handed->changes, i);
        g_string_append_printf(text, " %s “%s” for “%s”,", change->field, change->wanted, change->found);
    }
    for (guint i = 0; i < handed->claims->len; i++)
        g_string_append_printf(text, " %s", (const char *)g_ptr_array_index(handed->claims, i));
}

/* What the board shows: the steps that are not done, and what is said of the rest. Caller frees. */
static char *shown_by(const struct bench *bench)
{
    struct board *board = worker_board(&bench->worker);
    g_autoptr(GString) text = g_string_new(NULL);
    for (guint i = 0; i < board->steps->len; i++) {
        const struct board_step *step = g_ptr_array_index(board->steps, i);
        if (step->state == STEP_DONE && step->proved_before == 0)
            continue;
        g_string_append_printf(text, "%s %s%s", step->id, step_state_word(step->state),
                               step->proved_before != 0 ? " after it was proved" : "");
        if (step->until != 0)
            g_string_append_printf(text, " for %d s", (int)((step->until - bench->now) / G_USEC_PER_SEC));
        g_string_append(text, ", ");
    }
    for (guint i = 0; i < board->steps->len; i++) {
        const struct board_step *step = g_ptr_array_index(board->steps, i);
        for (guint k = 0; k < step->objects->len; k++) {
            const struct board_object *object = g_ptr_array_index(step->objects, k);
            if (object->made[0] != '\0')
                g_string_append_printf(text, "%s %s, ", object->key, object->made);
        }
    }
    g_string_append_printf(text, "%d made", board->created_count);
    if (board->handed != NULL)
        add_proposal(text, board->handed);
    board_unref(board);
    return g_string_free(g_steal_pointer(&text), FALSE);
}

static json *outcome_of_row(const json *row)
{
    struct bench *bench = bench_new(json_get_string(row, "has"), "");
    json *seen = json_new_object();
    operator_bench_begin(bench);
    operator_bench_arrange(bench, text_or(row, "with", ""));
    bench_read(bench, text_or(row, "reads", ""));
    bench_answer(bench, text_or(row, "writes", ""));
    work(bench, row);
    if (bench->answers->len > 0)
        json_set_int(seen, "answersLeft", bench->answers->len);
    g_autofree char *noted = noted_by(bench);
    g_autofree char *board = shown_by(bench);
    set_unless_empty(seen, "calls", operator_bench_calls());
    json_set(seen, "told", operator_bench_told(bench));
    set_unless_empty(seen, "noted", noted);
    set_unless_empty(seen, "board", board);
    set_unless_empty(seen, "sent", bench->sent->str);
    operator_bench_end(bench);
    bench_free(bench);
    return seen;
}

static void test_each_command(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    g_autofree char *text = read_text(PERCH_TEST_DATA "/commands.json");
    g_autoptr(json) rows = json_parse(text, -1, &error);
    guint wrong = 0;
    if (rows == NULL)
        fail_msg("%s", error->message);
    json_for_each (row, rows) {
        g_autoptr(json) seen = outcome_of_row(row);
        if (json_equal(seen, json_get(row, "seen")))
            continue;
        g_autoptr(json) own = json_copy(row);
        json_remove(own, "seen");
        g_autofree char *what = json_text(own);
        g_autofree char *came = json_text(seen);
        fprintf(stderr, "%s\n  %s\n", what, came);
        wrong++;
    }
    assert_int_equal(wrong, 0);
}

/* Plan where a wait ends WAIT seconds after the beginning and each reading of the clock is a second after the one
 * before. *IN_PLAN and *ON_BOARD: it lasts, as the plan says and the board that comes at the end. Returns the seconds
 * that it took. */
static int plan_beside_a_wait(int wait, gboolean *in_plan, gboolean *on_board)
{
    struct bench *bench = bench_new(NULL, "");
    operator_bench_begin(bench);
    const gint64 begun = bench->now;
    g_autofree char *until = clock_format(begun + wait * (gint64)G_USEC_PER_SEC);
    g_autofree char *with =
        g_strdup_printf("adopted=portal again away next; note={'type':'wait','step':'later','until':'%s'}", until);
    operator_bench_arrange(bench, with);
    bench_read(bench, "later=absent");
    bench->look_seconds = 1;
    session_commands_run(&bench->worker, &(struct command){.kind = COMMAND_PLAN});
    for (struct event *event = queue_pop(bench->worker.events); event != NULL;
         event = queue_pop(bench->worker.events)) {
        for (guint i = 0; event->kind == EVENT_PLAN && i < event->plan->obstacles->len; i++)
            *in_plan |=
                g_str_has_prefix(g_ptr_array_index(event->plan->obstacles, i), "Later: The partner looks first.");
        for (guint i = 0; event->kind == EVENT_BOARD && i < event->board->steps->len; i++) {
            const struct board_step *step = g_ptr_array_index(event->board->steps, i);
            *on_board |= strcmp(step->id, "later") == 0 && step->state == STEP_WAITING;
        }
        event_free(event);
    }
    int took = (int)((bench->now - begun) / G_USEC_PER_SEC);
    operator_bench_end(bench);
    bench_free(bench);
    return took;
}

static void test_a_plan_and_its_end_go_by_one_moment(void **state)
{
    (void)state;
    gboolean lasts = FALSE;
    int lasted = 0;
    for (int wait = 0, took = 1; wait <= took; wait++) {
        gboolean in_plan = FALSE;
        lasts = FALSE;
        took = plan_beside_a_wait(wait, &in_plan, &lasts);
        if (in_plan != lasts)
            fail_msg("of a wait of %d s in %d s the plan says that it is %s", wait, took, in_plan ? "on" : "over");
        lasted += lasts;
    }
    assert_true(lasts && lasted > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_each_command),
        cmocka_unit_test(test_a_plan_and_its_end_go_by_one_moment),
    };
    g_setenv("TZ", "UTC", TRUE);
    json_init();
    return cmocka_run_group_tests_name("engine_commands", tests, NULL, NULL);
}
