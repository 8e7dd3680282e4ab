/* SPDX-License-Identifier: MIT */
/* The report for tools of assessors: NIST's assessment results. */
#include <string.h>

#include "base/json.h"
#include "commands/report/print.h"

#define OSCAL_VERSION "1.1.3"
#define NAME_SPACE "urn:perch:report" /* whose properties these are */
#define UUID_BYTES 16

/* The name-based identifier (RFC 4122, version 5) of NAME in the tenant of REPORT. Caller frees. */
static char *uuid_of(const struct report *report, const char *what, const char *name)
{
    g_autofree char *whole = g_strjoin("\n", NAME_SPACE, report->board->tenant_id, what, name, NULL);
    guint8 bytes[20];
    gsize length = sizeof bytes;
    GChecksum *sum = g_checksum_new(G_CHECKSUM_SHA1);
    g_checksum_update(sum, (const guchar *)whole, -1);
    g_checksum_get_digest(sum, bytes, &length);
    g_checksum_free(sum);
    bytes[6] = (guint8)((bytes[6] & 0x0f) | 0x50);
    bytes[8] = (guint8)((bytes[8] & 0x3f) | 0x80);
    GString *text = g_string_new(NULL);
    for (guint i = 0; i < UUID_BYTES; i++)
        g_string_append_printf(text, i == 4 || i == 6 || i == 8 || i == 10 ? "-%02x" : "%02x", bytes[i]);
    return g_string_free(text, FALSE);
}

/* A text of the model has no white space at its ends and is not empty. */
static void add_property(json *properties, const char *name, const char *value)
{
    g_autofree char *text = g_strstrip(g_strdup(value));
    if (text[0] != '\0')
        json_append(properties, json_from("{'name':%s,'ns':%s,'value':%s}", name, NAME_SPACE, text));
}

/* The model allows no empty list. */
static void set_list(json *object, const char *name, json *list)
{
    if (json_length(list) > 0)
        json_set(object, name, list);
    else
        json_free(list);
}

static json *evidence_of(const struct report *report, const struct board_object *object)
{
    json *evidence = json_new_array();
    guint position = 0;
    for (const struct deed *deed; (deed = report_next_deed(report, object, &position)) != NULL;) {
        g_autofree char *at = clock_format(deed->at);
        const char *text =
            deed->request_id[0] != '\0'
                ? report_printf(report, "%s by %s at %s, Microsoft's request id %s", deed->what,
                                deed->by[0] != '\0' ? deed->by : "perch", at, deed->request_id)
                : report_printf(report, "%s by %s at %s", deed->what, deed->by[0] != '\0' ? deed->by : "perch", at);
        json_append(evidence, json_from("{'description':%s}", text));
    }
    return evidence;
}

static json *observation_json(const struct report *report, const struct board_step *step,
                              const struct board_object *object)
{
    g_autofree char *uuid = uuid_of(report, "object", object->key);
    g_autofree char *collected = clock_format(step->checked > 0 ? step->checked : report->made);
    g_autoptr(GString) text = g_string_new(report_masked(report, object->sentence));
    if (text->len == 0)
        g_string_append_printf(text, "Read: %s.", object_state_word(object->state));
    json *properties = json_new_array();
    for (guint i = 0; i < object->differences->len; i++) {
        const struct board_difference *difference = g_ptr_array_index(object->differences, i);
        g_string_append_printf(text, " %s: wanted %s, found %s.", difference->field,
                               report_masked(report, difference->wanted), report_masked(report, difference->found));
    }
    add_property(properties, "kind", object->kind);
    add_property(properties, "id", report_masked(report, object->id));
    add_property(properties, "state", object_state_word(object->state));
    add_property(properties, "origin", object_origin_word(object->origin));
    const char *name = report_masked(report, object->name[0] != '\0' ? object->name : object->title);
    json *made = json_from("{'uuid':%s,'title':%s,'description':%s,'methods':['EXAMINE'],'collected':%s}", uuid, name,
                           text->str, collected);
    set_list(made, "props", properties);
    set_list(made, "relevant-evidence", evidence_of(report, object));
    return made;
}

/* Only what the tenant was read to say passes; a person's word is a reason of another kind. */
static json *status_json(const struct report *report, const struct board_step *step)
{
    struct step_said said = report_said(report, step);
    const struct deed *word = step->state == STEP_SKIPPED ? said.skipped : said.told;
    gboolean satisfied = step->state == STEP_DONE || (step->state == STEP_TOLD && !board_step_told_unseen(step));
    json *status = json_from("{'state':%s,'reason':%s}", satisfied ? "satisfied" : "not-satisfied",
                             step->state == STEP_DONE      ? "pass"
                             : step->state == STEP_DIFFERS ? "fail"
                                                           : "other");
    if (word != NULL && word->by[0] != '\0') {
        g_autofree char *at = clock_format(word->at);
        json_set_string(status, "remarks",
                        report_printf(report, "%s: said by %s at %s, not read from the tenant. %s", word->what,
                                      word->by, at, report_masked(report, word->text)));
    }
    return status;
}

static json *finding_json(const struct report *report, const struct board_step *step)
{
    g_autofree char *uuid = uuid_of(report, "step", step->id);
    const char *reason = report_masked(report, step->reason);
    json *made = json_from("{'uuid':%s,'title':%s,'description':%s,'target':{'type':'objective-id','target-id':%s}}",
                           uuid, step->title, reason[0] != '\0' ? reason : step_state_word(step->state), step->id);
    json_set(json_get(made, "target"), "status", status_json(report, step));
    json *related = json_new_array();
    for (guint i = 0; i < step->objects->len; i++) {
        g_autofree char *observation = uuid_of(report, "object", report_object(step, i)->key);
        json_append(related, json_from("{'observation-uuid':%s}", observation));
    }
    set_list(made, "related-observations", related);
    g_autoptr(GString) remarks = g_string_new(NULL);
    for (guint i = 0; i < step->notes->len; i++)
        g_string_append_printf(remarks, "%s%s", i > 0 ? "\n\n" : "",
                               report_masked(report, g_ptr_array_index(step->notes, i)));
    if (remarks->len > 0)
        json_set_string(made, "remarks", remarks->str);
    return made;
}

static json *result_json(const struct report *report)
{
    const struct board *board = report->board;
    g_autofree char *uuid = g_uuid_string_random();
    g_autofree char *start = clock_format(board->checked > 0 ? board->checked : report->made);
    json *made = json_from("{'uuid':%s,'title':%s,'description':'What the tenant was read to hold, step by step.',"
                           "'start':%s,'reviewed-controls':{'control-selections':[{'description':"
                           "'The steps of the checklist; each is an objective.','include-all':{}}]}}",
                           uuid, report_printf(report, "%s, %s", board->tenant_name, board->partner), start);
    json *properties = json_new_array();
    json *observations = json_new_array();
    json *findings = json_new_array();
    add_property(properties, "tenant-id", board->tenant_id);
    add_property(properties, "domain", board->tenant_domain);
    add_property(properties, "cloud", board->cloud);
    add_property(properties, "account", board->account);
    add_property(properties, "practice", board->practice ? "true" : "false");
    for (guint i = 0; i < board->steps->len; i++) {
        const struct board_step *step = report_step(report, i);
        json_append(findings, finding_json(report, step));
        for (guint k = 0; k < step->objects->len; k++)
            json_append(observations, observation_json(report, step, report_object(step, k)));
    }
    set_list(made, "props", properties);
    set_list(made, "observations", observations);
    set_list(made, "findings", findings);
    return made;
}

char *report_as_oscal(const struct report *report)
{
    g_autofree char *uuid = g_uuid_string_random();
    g_autofree char *made_at = clock_format(report->made);
    g_autofree char *plan = uuid_of(report, "plan", report->board->partner);
    g_autofree char *plan_link = g_strconcat("#", plan, NULL);
    g_autoptr(json) document = json_from(
        "{'assessment-results':{'uuid':%s,'metadata':{'title':%s,'last-modified':%s,'version':%s,'oscal-version':%s},"
        "'import-ap':{'href':%s},'results':[],'back-matter':{'resources':[{'uuid':%s,'title':%s,'description':"
        "'The checklist that perch works through, with how each step is proved: its partner profile.'}]}}}",
        uuid, report_printf(report, "%s connected to %s", report->board->tenant_name, report->board->partner), made_at,
        made_at, OSCAL_VERSION, plan_link, plan, report_printf(report, "Checklist for %s", report->board->partner));
    json_append(json_get(json_get(document, "assessment-results"), "results"), result_json(report));
    g_autofree char *text = json_text_indented(document);
    return g_strconcat(text, "\n", NULL);
}
