/* SPDX-License-Identifier: MIT */
/* The report for programs: stable, every time in UTC. */
#include "base/json.h"
#include "board/run_line.h"
#include "commands/report/changes.h"
#include "commands/report/facts.h"
#include "commands/report/print.h"

#define FORMAT_VERSION 1

static void append_deed(const struct report *report, json *list, const struct deed *deed)
{
    json *made = json_from("{'what':%s,'by':%s,'step':%s,'object':%s,'id':%s,'text':%s,'requestId':%s}", deed->what,
                           deed->by, deed->step, deed->object, report_masked(report, deed->id),
                           report_masked(report, deed->text), deed->request_id);
    json_set(made, "status", deed->status != 0 ? json_new_int(deed->status) : NULL);
    json_set_time(made, "at", deed->at);
    json_set_time(made, "verifiedAt", deed->verified);
    json_append(list, made);
}

static json *object_json(const struct report *report, const struct board_object *object)
{
    json *made =
        json_from("{'key':%s,'kind':%s,'name':%s,'title':%s,'id':%s,'state':%s,'origin':%s,'sentence':%s}", object->key,
                  object->kind, report_masked(report, object->name), report_masked(report, object->title),
                  report_masked(report, object->id), object_state_word(object->state),
                  object_origin_word(object->origin), report_masked(report, object->sentence));
    json *differences = json_new_array();
    json *deeds = json_new_array();
    for (guint i = 0; i < object->differences->len; i++) {
        const struct board_difference *difference = g_ptr_array_index(object->differences, i);
        json_append(differences,
                    json_from("{'field':%s,'wanted':%s,'found':%s}", difference->field,
                              report_masked(report, difference->wanted), report_masked(report, difference->found)));
    }
    guint position = 0;
    for (const struct deed *deed; (deed = report_next_deed(report, object, &position)) != NULL;)
        append_deed(report, deeds, deed);
    json_set(made, "differences", differences);
    json_set(made, "deeds", deeds);
    return made;
}

/* {"by", NAME, "at"} of what a person said; null if nobody did. */
static json *said_json(const struct report *report, const struct deed *deed, const char *name)
{
    if (deed == NULL || deed->by[0] == '\0')
        return NULL;
    json *made = json_from("{'by':%s}", deed->by);
    json_set_string(made, name, report_masked(report, deed->text));
    json_set_time(made, "at", deed->at);
    return made;
}

static json *step_json(const struct report *report, const struct board_step *step)
{
    struct step_said said = report_said(report, step);
    json *made = json_from("{'id':%s,'number':%d,'title':%s,'state':%s,'reason':%s,'next':%s}", step->id,
                           (gint64)step->number, step->title, step_state_word(step->state),
                           report_masked(report, step->reason), report_masked(report, step->next));
    json *objects = json_new_array();
    json *notes = json_new_array();
    for (guint i = 0; i < step->objects->len; i++)
        json_append(objects, object_json(report, report_object(step, i)));
    for (guint i = 0; i < step->notes->len; i++)
        json_append_string(notes, report_masked(report, g_ptr_array_index(step->notes, i)));
    json_set_time(made, "checkedAt", step->checked);
    json_set(made, "told", said_json(report, said.told, "note"));
    json_set(made, "skipped", said_json(report, said.skipped, "reason"));
    json *wait = said.wait != NULL ? json_from("{'reason':%s}", step->wait_reason) : NULL;
    if (wait != NULL) {
        gboolean cut = said.cut != NULL && said.cut->by[0] != '\0';
        json_set_time(wait, "beganAt", said.wait->at);
        json_set_time(wait, "until", clock_parse(said.wait->text));
        json_set_string(wait, "cutBy", cut ? said.cut->by : NULL);
        json_set_time(wait, "cutAt", said.cut != NULL ? said.cut->at : 0);
    }
    json_set(made, "wait", wait);
    json_set(made, "notes", notes);
    json_set(made, "objects", objects);
    return made;
}

static json *hand_back_json(const struct report *report)
{
    const char *name = report_fact(report, "answers.partnerContact.name");
    const char *mail = report_fact(report, "answers.partnerContact.email");
    json *made = json_from("{'contact':{'name':%s,'email':%s}}", name != NULL ? name : "", mail != NULL ? mail : "");
    json *lines = json_new_array();
    for (guint i = 0; i < report->history->card->len; i++) {
        const struct board_line *line = g_ptr_array_index(report->history->card, i);
        gboolean known = line->copy[0] != '\0' && !line->masked;
        json_append(lines,
                    json_from("{'text':%s,'value':%s}", line->text, known ? report_masked(report, line->copy) : NULL));
    }
    json_set(made, "lines", lines);
    return made;
}

char *report_as_json(const struct report *report)
{
    const struct board *board = report->board;
    g_autoptr(json) made = json_from("{'format':%d,'tenant':{'id':%s,'name':%s,'domain':%s},'partner':%s,'cloud':%s,"
                                     "'practice':%b,'account':%s}",
                                     (gint64)FORMAT_VERSION, board->tenant_id, board->tenant_name, board->tenant_domain,
                                     board->partner, board->cloud, board->practice, board->account);
    json *steps = json_new_array();
    json *deviations = json_new_array();
    json *time_line = json_new_array();
    for (guint i = 0; i < board->steps->len; i++)
        json_append(steps, step_json(report, report_step(report, i)));
    for (guint i = 0; i < report->deviations->len; i++) {
        const struct report_deviation *deviation = g_ptr_array_index(report->deviations, i);
        json_append(deviations, json_from("{'from':%s,'step':%s,'what':%s,'reason':%s}",
                                          deviation->from_microsoft ? "microsoft" : "partner", deviation->step,
                                          deviation->what, deviation->reason));
    }
    for (guint i = 0; i < report->history->deeds->len; i++)
        append_deed(report, time_line, g_ptr_array_index(report->history->deeds, i));
    json_set_time(made, "madeAt", report->made);
    json_set_time(made, "checkedAt", board->checked);
    json_set_time(made, "nextReview", report->next_review);
    json_set_int(made, "reviewMonths", report->review_months);
    const struct board_summary summary = report_summary(report);
    json_set(made, "summary", summary_json(&summary));
    const struct report_changes counts = report_changes(report);
    json_set(made, "changes",
             json_from("{'created':%d,'changed':%d,'removed':%d,'adopted':%d,'byHand':%d}", (gint64)counts.created,
                       (gint64)counts.changed, (gint64)counts.removed, (gint64)counts.adopted, (gint64)counts.by_hand));
    json_set(made, "steps", steps);
    json_set(made, "deviations", deviations);
    json_set(made, "timeLine", time_line);
    json_set(made, "handBack", hand_back_json(report));
    g_autofree char *text = json_text_indented(made);
    return g_strconcat(text, "\n", NULL);
}
