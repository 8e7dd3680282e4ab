#include "commands/report_render.h"

#include "base/json.h"
#include "commands/board_json.h"

#define FORMAT_VERSION 1

static void set_time(json *object, const char *name, gint64 time)
{
    g_autofree char *text = time > 0 ? clock_format(time) : NULL;
    json_set_string(object, name, text);
}

static json *deed_json(const struct deed *deed)
{
    json *made = json_from("{'what':%s,'by':%s,'step':%s,'object':%s,'id':%s,'text':%s,'requestId':%s}", deed->what,
                           deed->by, deed->step, deed->object, deed->id, deed->text, deed->request_id);
    json_set(made, "status", deed->status != 0 ? json_new_int(deed->status) : NULL);
    set_time(made, "at", deed->at);
    set_time(made, "verifiedAt", deed->verified);
    return made;
}

static json *deeds_json(const GPtrArray *deeds)
{
    json *list = json_new_array();
    for (guint i = 0; i < deeds->len; i++)
        json_append(list, deed_json(g_ptr_array_index(deeds, i)));
    return list;
}

static json *object_json(const struct report_object *object)
{
    json *made = json_from("{'key':%s,'kind':%s,'name':%s,'title':%s,'id':%s,'state':%s,'origin':%s,'sentence':%s}",
                           object->key, object->kind, object->name, object->title, object->id,
                           object_state_word(object->state), object_origin_word(object->origin), object->sentence);
    json *differences = json_new_array();
    for (guint i = 0; i < object->differences->len; i++) {
        const struct board_difference *difference = g_ptr_array_index(object->differences, i);
        json_append(differences, json_from("{'field':%s,'wanted':%s,'found':%s}", difference->field, difference->wanted,
                                           difference->found));
    }
    json_set(made, "differences", differences);
    json_set(made, "deeds", deeds_json(object->deeds));
    return made;
}

static json *told_json(const struct report_step *step)
{
    if (step->told_by[0] == '\0')
        return NULL;
    json *made = json_from("{'by':%s,'note':%s}", step->told_by, step->told_note);
    set_time(made, "at", step->told_at);
    return made;
}

static json *skipped_json(const struct report_step *step)
{
    if (step->skipped_by[0] == '\0')
        return NULL;
    json *made = json_from("{'by':%s,'reason':%s}", step->skipped_by, step->skip_reason);
    set_time(made, "at", step->skipped_at);
    return made;
}

static json *wait_json(const struct report_step *step)
{
    if (step->wait.began == 0)
        return NULL;
    json *made = json_from("{'reason':%s}", step->wait.reason);
    set_time(made, "beganAt", step->wait.began);
    set_time(made, "until", step->wait.until);
    json_set_string(made, "cutBy", step->wait.cut_by[0] != '\0' ? step->wait.cut_by : NULL);
    set_time(made, "cutAt", step->wait.cut_at);
    return made;
}

static json *step_json(const struct report_step *step)
{
    json *made = json_from("{'id':%s,'number':%d,'title':%s,'state':%s,'reason':%s,'next':%s}", step->id,
                           (gint64)step->number, step->title, step_state_word(step->state), step->reason, step->next);
    json *objects = json_new_array();
    json *notes = json_new_array();
    for (guint i = 0; i < step->objects->len; i++)
        json_append(objects, object_json(g_ptr_array_index(step->objects, i)));
    for (guint i = 0; i < step->notes->len; i++)
        json_append_string(notes, g_ptr_array_index(step->notes, i));
    set_time(made, "checkedAt", step->checked);
    json_set(made, "told", told_json(step));
    json_set(made, "skipped", skipped_json(step));
    json_set(made, "wait", wait_json(step));
    json_set(made, "notes", notes);
    json_set(made, "objects", objects);
    return made;
}

static json *deviations_json(const struct report *report)
{
    json *list = json_new_array();
    for (guint i = 0; i < report->deviations->len; i++) {
        const struct report_deviation *deviation = g_ptr_array_index(report->deviations, i);
        json_append(list, json_from("{'from':%s,'step':%s,'what':%s,'reason':%s}",
                                    deviation->from_microsoft ? "microsoft" : "partner", deviation->step,
                                    deviation->what, deviation->reason));
    }
    return list;
}

static json *card_json(const struct report *report)
{
    json *lines = json_new_array();
    for (guint i = 0; i < report->card->len; i++) {
        const struct board_line *line = g_ptr_array_index(report->card, i);
        json_append(lines, json_from("{'text':%s,'value':%s}", line->text, line->copy[0] != '\0' ? line->copy : NULL));
    }
    json *made = json_from("{'contact':{'name':%s,'email':%s}}", report->contact_name, report->contact_mail);
    json_set(made, "lines", lines);
    return made;
}

char *report_as_json(const struct report *report)
{
    g_autoptr(json) made =
        json_from("{'format':%d,'tenant':{'id':%s,'name':%s,'domain':%s},'partner':%s,'cloud':%s,"
                  "'practice':%b,'account':%s}",
                  (gint64)FORMAT_VERSION, report->tenant_id, report->tenant_name, report->tenant_domain,
                  report->partner, report->cloud, report->practice, report->account);
    json *steps = json_new_array();
    for (guint i = 0; i < report->steps->len; i++)
        json_append(steps, step_json(g_ptr_array_index(report->steps, i)));
    set_time(made, "madeAt", report->made);
    set_time(made, "checkedAt", report->checked);
    set_time(made, "nextReview", report->next_review);
    json_set_int(made, "reviewMonths", report->review_months);
    json_set(made, "summary", summary_json(&report->summary));
    json_set(made, "steps", steps);
    json_set(made, "deviations", deviations_json(report));
    json_set(made, "timeLine", deeds_json(report->deeds));
    json_set(made, "handBack", card_json(report));
    g_autofree char *text = json_text_indented(made);
    return g_strconcat(text, "\n", NULL);
}
