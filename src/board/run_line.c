/* SPDX-License-Identifier: MIT */
#include "board/run_line.h"

#include "base/error.h"
#include "base/json.h"

#define FORMAT_VERSION 1

json *summary_json(const struct board_summary *summary)
{
    return json_from("{'done':%d,'left':%d,'waiting':%d,'needsPerson':%d,'told':%d,'skipped':%d,'failed':%d,"
                     "'inDoubt':%d}",
                     (gint64)summary->done, (gint64)summary->left, (gint64)summary->waiting,
                     (gint64)summary->needs_person, (gint64)summary->told, (gint64)summary->skipped,
                     (gint64)summary->failed, (gint64)summary->in_doubt);
}

gint64 board_due(const struct board *board)
{
    gint64 due = 0;
    for (guint i = 0; i < board->steps->len; i++) {
        const struct board_step *step = g_ptr_array_index(board->steps, i);
        gboolean is_pending = step->state == STEP_WAITING || step->state == STEP_IN_DOUBT;
        if (is_pending && step->until > 0 && (due == 0 || step->until < due))
            due = step->until;
    }
    return due;
}

gint64 board_drifted(const struct board *board)
{
    gint64 drifted = 0;
    for (guint i = 0; i < board->steps->len; i++) {
        const struct board_step *step = g_ptr_array_index(board->steps, i);
        drifted += step->state == STEP_DIFFERS || step->proved_before != 0 ? 1 : 0;
    }
    return drifted;
}

static void add_board(json *made, const struct board *board)
{
    json *steps = json_new_array();
    for (guint i = 0; i < board->steps->len; i++) {
        const struct board_step *step = g_ptr_array_index(board->steps, i);
        json_append(steps, json_from("{'id':%s,'number':%d,'title':%s,'state':%s,'reason':%s,'link':%s}", step->id,
                                     (gint64)step->number, step->title, step_state_word(step->state), step->reason,
                                     step->link));
    }
    json_set(made, "tenant",
             json_from("{'id':%s,'name':%s,'domain':%s}", board->tenant_id, board->tenant_name, board->tenant_domain));
    json_set_string(made, "partner", board->partner);
    json_set_string(made, "profileDated", board->partner_dated);
    json_set_bool(made, "practice", board->practice);
    json_set_string(made, "account", board->account);
    json_set_time(made, "checkedAt", board->checked);
    json_set_time(made, "due", board_due(board));
    json_set_int(made, "drifted", board_drifted(board));
    json_set(made, "summary", summary_json(&board->summary));
    json_set(made, "steps", steps);
    if (board->left[0] != '\0')
        json_set_string(made, "wasLeft", board->left);
    else if (board->undone[0] != '\0')
        json_set_string(made, "wasUndone", board->undone);
}

json *run_line(const struct board *board, const struct run_facts *facts)
{
    json *made = json_from("{'format':%d,'command':%s,'exit':%d,'perch':%s}", (gint64)FORMAT_VERSION, facts->command,
                           (gint64)facts->exit_code, PERCH_VERSION);
    g_autofree char *at = clock_format(board != NULL ? clock_now(&board->clock) : g_get_real_time());
    json_set_string(made, "at", at);
    json_set_int(made, "duration", facts->duration / G_USEC_PER_SEC);
    if (facts->error != NULL) {
        g_autofree char *headline = error_headline(facts->error);
        json_set(made, "error",
                 json_from("{'code':%s,'message':%s,'hint':%s}", perch_error_word(facts->error->code), headline,
                           error_hint(facts->error)));
    }
    if (board != NULL)
        add_board(made, board);
    return made;
}
