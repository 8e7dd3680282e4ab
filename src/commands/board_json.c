/* SPDX-License-Identifier: MIT */
#include "commands/board_json.h"

#include <stdio.h>

#include "base/json.h"
#include "board/run_line.h"

static json *object_json(const struct board_object *object)
{
    json *made = json_from("{'kind':%s,'name':%s,'id':%s,'state':%s,'origin':%s}", object->kind, object->name,
                           object->id, object_state_word(object->state), object_origin_word(object->origin));
    if (object->sentence[0] != '\0')
        json_set_string(made, "sentence", object->sentence);
    if (object->differences->len == 0)
        return made;
    json *differences = json_new_array();
    for (guint i = 0; i < object->differences->len; i++) {
        const struct board_difference *difference = g_ptr_array_index(object->differences, i);
        json_append(differences, json_from("{'field':%s,'wanted':%s,'found':%s}", difference->field, difference->wanted,
                                           difference->found));
    }
    json_set(made, "differences", differences);
    return made;
}

static void add_choices(json *step, const struct board_step *from)
{
    json *choices = json_new_array();
    for (guint i = 0; i < from->objects->len; i++) {
        const struct board_object *object = g_ptr_array_index(from->objects, i);
        for (guint k = 0; k < object->choices->len; k++) {
            const struct board_choice *choice = g_ptr_array_index(object->choices, k);
            g_autofree char *key = g_strconcat("decisions.", board_object_answer(object), NULL);
            /* What no answers file may say is not offered as one of its answers. */
            json_append(choices, choice->by_hand ? json_from("{'label':%s,'byHand':true}", choice->label)
                                                 : json_from("{'answer':%s,'value':%s,'label':%s,'byHand':false}", key,
                                                             choice->value, choice->label));
        }
    }
    if (json_length(choices) > 0)
        json_set(step, "choices", choices);
    else
        json_free(choices);
}

/* How it is done by hand, as long as it is to be done; a value that is masked on the screen is none of it. */
static void add_guide(json *step, const struct board_step *from)
{
    if (from->lines->len == 0 || step_state_is_settled(from->state))
        return;
    json *lines = json_new_array();
    for (guint i = 0; i < from->lines->len; i++) {
        const struct board_line *line = g_ptr_array_index(from->lines, i);
        json *made = json_from("{'text':%s}", line->text);
        if (line->copy[0] != '\0' && !line->masked)
            json_set_string(made, "copy", line->copy);
        json_append(lines, made);
    }
    json *guide = json_from("{'lines':%j}", lines);
    json_free(lines);
    if (from->link[0] != '\0')
        json_set_string(guide, "link", from->link);
    json_set(step, "guide", guide);
}

static json *step_json(const struct board_step *step)
{
    json *objects = json_new_array();
    json *made = json_from("{'id':%s,'title':%s,'state':%s,'reason':%s}", step->id, step->title,
                           step_state_word(step->state), step->reason);
    if (step->next[0] != '\0' &&
        (step->state == STEP_FAILED || step->state == STEP_NEEDS_YOU || step->state == STEP_UNKNOWN))
        json_set_string(made, "next", step->next);
    json_set_time(made, "until", step->until);
    json_set_time(made, "checkedAt", step->checked);
    if (step->proved_before != 0)
        json_set_time(made, "provedBefore", step->proved_before);
    /* Only where the tenant's audit log was read. */
    json *changes = step->changes->len > 0 ? json_new_array() : NULL;
    for (guint i = 0; i < step->changes->len; i++) {
        const struct board_change *change = g_ptr_array_index(step->changes, i);
        json *one = json_from("{'who':%s,'what':%s,'target':%s}", change->who, change->what, change->target);
        json_set_time(one, "at", change->at);
        json_append(changes, one);
    }
    if (changes != NULL)
        json_set(made, "changedBy", changes);
    for (guint i = 0; i < step->objects->len; i++)
        json_append(objects, object_json(g_ptr_array_index(step->objects, i)));
    json_set(made, "objects", objects);
    add_choices(made, step);
    add_guide(made, step);
    if (step->notes->len == 0)
        return made;
    json *notes = json_new_array();
    for (guint i = 0; i < step->notes->len; i++)
        json_append_string(notes, g_ptr_array_index(step->notes, i));
    json_set(made, "notes", notes);
    return made;
}

static json *handed_json(const struct board_handed *handed)
{
    json *made = json_from("{'from':%s,'written':%s,'sha256':%s}", handed->from, handed->written, handed->sha256);
    json *changes = json_new_array();
    json *claims = json_new_array();
    for (guint i = 0; i < handed->changes->len; i++) {
        const struct board_difference *change = g_ptr_array_index(handed->changes, i);
        json_append(changes, json_from("{'answer':%s,'old':%s,'new':%s,'grave':%b}", change->field, change->found,
                                       change->wanted, i < handed->grave));
    }
    for (guint i = 0; i < handed->claims->len; i++)
        json_append_string(claims, g_ptr_array_index(handed->claims, i));
    json_set(made, "changes", changes);
    json_set(made, "claims", claims);
    return made;
}

json *board_json(const struct board *board, const struct plan *plan)
{
    json *made = json_from("{'tenant':{'id':%s,'name':%s,'domain':%s},'partner':%s,'practice':%b}", board->tenant_id,
                           board->tenant_name, board->tenant_domain, board->partner, board->practice);
    if (*board->left != '\0')
        json_set_string(made, "wasLeft", board->left);
    if (*board->undone != '\0')
        json_set_string(made, "wasUndone", board->undone);
    json_set(made, "partnerProfile",
             json_from("{'fromFile':%b,'sha256':%s}", board->partner_from_file, board->partner_sha256));
    json_set_bool(made, "readOnly", board->read_only);
    if (board->read_only)
        json_set_string(made, "readOnlyReason", board->why_read_only);
    if (board->handed != NULL)
        json_set(made, "handOver", handed_json(board->handed));
    json *excess = json_new_array();
    for (guint i = 0; i < board->excess->len; i++)
        json_append_string(excess, g_ptr_array_index(board->excess, i));
    json_set(made, "excess", excess);
    json *steps = json_new_array();
    for (guint i = 0; i < board->steps->len; i++)
        json_append(steps, step_json(g_ptr_array_index(board->steps, i)));
    json_set(made, "steps", steps);
    json_set(made, "summary", summary_json(&board->summary));
    if (plan == NULL)
        return made;
    json *requests = json_new_array();
    json *for_person = json_new_array();
    for (guint i = 0; i < plan->requests->len; i++) {
        const struct planned_request *request = g_ptr_array_index(plan->requests, i);
        json *planned = json_from("{'method':%s,'url':%s}", request->method, request->url);
        json_set(planned, "body", request->body[0] != '\0' ? json_parse(request->body, -1, NULL) : NULL);
        json_set_string(planned, "step", request->step);
        json_set_string(planned, "object", request->object);
        json_append(requests, planned);
        if (request->for_person)
            json_append_string(for_person, request->sentence);
    }
    json_set(made, "requests", requests);
    json_set(made, "notCoveredByYes", for_person);
    return made;
}

void print_json(const json *document)
{
    g_autofree char *text = json_text_indented(document);
    printf("%s\n", text);
}
