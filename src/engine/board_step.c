#include "engine/board_step.h"

#include <string.h>

#include "engine/first_seen.h"
#include "engine/refusal.h"
#include "engine/scopes.h"
#include "engine/steps.h"
#include "onboarding/answers.h"
#include "onboarding/fill.h"

#define REFUSED_REQUEST "refusal.requestId"

static void set_clean(struct worker *worker, char **string, const char *text)
{
    g_autofree char *clean = log_clean(worker->log, text != NULL ? text : "");
    board_set(string, clean);
}

char *board_step_fill(const struct worker *worker, const char *text)
{
    g_autoptr(json) template = json_new_string(text != NULL ? text : "");
    g_autoptr(json) filled = fill_with(template, worker->onboarding->answers, worker->onboarding->values, NULL);
    const char *line = json_string(filled);
    g_autofree char *left = line != NULL ? fill_first_left(line) : NULL;
    return line == NULL || left != NULL ? g_strdup("") : g_strdup(line);
}

static enum field_kind field_kind_of(const char *word)
{
    static const struct {
        const char *word;
        enum field_kind kind;
    } kinds[] = {
        {"person", FIELD_PERSON}, {"people", FIELD_PEOPLE}, {"date", FIELD_DATE},
        {"choice", FIELD_CHOICE}, {"yes-no", FIELD_YES_NO}, {"secret", FIELD_SECRET},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(kinds); i++)
        if (g_strcmp0(kinds[i].word, word) == 0)
            return kinds[i].kind;
    return FIELD_TEXT;
}

static struct board_field *make_field(struct worker *worker, const json *definition)
{
    struct board_field *field = board_field_new();
    const char *path = json_get_string(definition, "path");
    g_autofree char *value = answers_text(worker->onboarding->answers, path);
    g_autofree char *suggestion = board_step_fill(worker, json_get_string(definition, "suggestion"));
    board_set(&field->path, path);
    board_set(&field->label, json_get_string(definition, "label"));
    board_set(&field->help, json_get_string(definition, "help"));
    board_set(&field->validator, json_get_string(definition, "validator"));
    set_clean(worker, &field->value, value);
    set_clean(worker, &field->suggestion, suggestion);
    field->kind = field_kind_of(json_get_string(definition, "kind"));
    field->required = json_get_bool(definition, "required", FALSE);
    field->masked = json_get_bool(definition, "masked", FALSE);
    json_for_each (choice, json_get(definition, "choices")) {
        g_ptr_array_add(field->choices,
                        board_choice_new(json_get_string(choice, "value"), json_get_string(choice, "label"), FALSE));
    }
    return field;
}

/* ITEM (NULL: none) stands for {item} in the line's text. */
static void add_line(struct worker *worker, const json *line, const char *item, GPtrArray *made)
{
    g_autofree char *copy = board_step_fill(worker, json_get_string(line, "copy"));
    g_autofree char *clean = log_clean(worker->log, copy);
    g_autofree char *safe = item != NULL ? log_clean(worker->log, item) : NULL;
    g_autofree char *text = fill_from_members(json_get_string(line, "text"), NULL, safe);
    g_ptr_array_add(made, board_line_new(text, clean, json_get_bool(line, "masked", FALSE)));
}

/* A line with forEach stands once for each line of that value. */
static void add_lines(struct worker *worker, const json *lines, GPtrArray *made)
{
    json_for_each (line, lines) {
        const char *list = json_get_string(line, "forEach");
        const char *value = list != NULL ? g_hash_table_lookup(worker->onboarding->values, list) : NULL;
        g_auto(GStrv) items = g_strsplit(value != NULL ? value : "", "\n", -1);
        if (list == NULL)
            add_line(worker, line, NULL, made);
        for (char **item = items; list != NULL && *item != NULL; item++)
            add_line(worker, line, *item, made);
    }
}

/* What was refused last, until the step is done; its request id stands in a rung that asks for it. */
static void add_refusal(struct worker *worker, const struct step *step, struct board_step *made)
{
    const struct refusal *refusal = g_hash_table_lookup(worker->refusals, step->id);
    g_hash_table_remove(worker->onboarding->values, REFUSED_REQUEST);
    if (refusal == NULL || made->state == STEP_DONE)
        return;
    set_clean(worker, &made->refusal, refusal->said);
    made->refusal_rung = refusal->rung;
    if (refusal->request_id[0] != '\0')
        g_hash_table_replace(worker->onboarding->values, g_strdup(REFUSED_REQUEST), g_strdup(refusal->request_id));
}

static void add_trouble(struct worker *worker, const struct step *step, struct board_step *made)
{
    const json *trouble = json_get(step->definition, "trouble");
    guint number = 0;
    board_set(&made->trouble_title, json_get_string(trouble, "title"));
    add_refusal(worker, step, made);
    json_for_each (rung, json_get(trouble, "rungs")) {
        add_line(worker, rung, NULL, made->trouble);
        struct board_line *line = g_ptr_array_index(made->trouble, number++);
        line->practice_form = worker->cloud->practice && json_get(rung, "practiceForm") != NULL;
    }
}

static void add_guide(struct worker *worker, const struct step *step, struct board_step *made)
{
    const json *guide = onboarding_guide(worker->onboarding, step);
    g_autofree char *link = board_step_fill(worker, json_get_string(guide, "link"));
    add_lines(worker, json_get(guide, "lines"), made->lines);
    set_clean(worker, &made->link, link);
    made->report = json_get_bool(step->definition, "report", FALSE);
    made->tellable = json_get_bool(guide, "tell", FALSE);
    made->practice_form = worker->cloud->practice && json_get(guide, "practiceForm") != NULL;
}

static enum object_origin origin_of(const struct object *object)
{
    if (object->observation->state == OBJECT_ABSENT || object->observation->state == OBJECT_UNKNOWN)
        return object->created ? ORIGIN_CREATED : ORIGIN_NONE;
    if (object->created)
        return ORIGIN_CREATED;
    return object->adopted ? ORIGIN_ADOPTED : ORIGIN_FOUND;
}

static void add_differences(struct worker *worker, const struct object *object, struct board_object *made)
{
    for (guint i = 0; i < object->observation->differences->len; i++) {
        const struct difference *difference = g_ptr_array_index(object->observation->differences, i);
        g_autofree char *wanted = log_clean(worker->log, difference->wanted);
        g_autofree char *found = log_clean(worker->log, difference->found);
        g_ptr_array_add(made->differences, board_difference_new(difference->field, wanted, found));
    }
}

static void add_choices(struct worker *worker, const struct object *object, struct board_object *made)
{
    const struct observation *observation = object->observation;
    gboolean decided = strcmp(object->decision, "repair") == 0 || strcmp(object->decision, "restore") == 0 ||
                       strcmp(object->decision, "create") == 0;
    if (decided && observation->state != OBJECT_MANY)
        return;
    for (guint i = 0; i < observation->candidates->len; i++) {
        const struct candidate *candidate = g_ptr_array_index(observation->candidates, i);
        g_autofree char *label = log_clean(worker->log, candidate->label);
        g_ptr_array_add(made->choices, board_choice_new(candidate->decision, label, candidate->needs_text));
    }
}

static struct board_object *make_object(struct worker *worker, const struct object *object, struct board_step *step)
{
    struct board_object *made = board_object_new();
    const char *name =
        object->observation->name[0] != '\0' ? object->observation->name : object_text(object, "displayName");
    const char *id = object->observation->id[0] != '\0' ? object->observation->id : object->known_id;
    board_set(&made->key, object->key);
    board_set(&made->kind, object->kind->name);
    set_clean(worker, &made->title, object->title);
    set_clean(worker, &made->name, name);
    set_clean(worker, &made->id, id);
    set_clean(worker, &made->sentence, object->observation->sentence);
    made->state = object->observation->state;
    g_autofree char *by_person = first_seen_words(worker, object);
    made->origin = by_person != NULL ? ORIGIN_PERSON : origin_of(object);
    board_set(&made->made, by_person);
    add_differences(worker, object, made);
    add_choices(worker, object, made);
    for (guint i = 0; i < object->observation->notes->len; i++)
        g_ptr_array_add(step->notes, log_clean(worker->log, g_ptr_array_index(object->observation->notes, i)));
    return made;
}

static void add_objects(struct worker *worker, const struct step *step, struct board_step *made)
{
    for (guint i = 0; i < step->objects->len; i++) {
        const struct object *object = g_ptr_array_index(step->objects, i);
        g_ptr_array_add(made->objects, make_object(worker, object, made));
        if (object->observation->checked > 0 && (made->checked == 0 || object->observation->checked < made->checked))
            made->checked = object->observation->checked;
    }
}

static void add_wait(struct worker *worker, const struct step *step, struct board_step *made)
{
    const struct step_entry *entry = ledger_step(worker->ledger, step->id);
    const json *wait = json_get(step->definition, "wait");
    if (wait == NULL)
        return;
    board_set(&made->wait_reason, json_get_string(wait, "reason"));
    board_set(&made->wait_word, json_get_string(wait, "word"));
    made->wait_started = entry->wait_started;
}

/* What comes by itself some time after the step, and blocks nothing. */
static void add_expectation(struct worker *worker, const struct step *step, struct board_step *made)
{
    const json *expect = json_get(step->definition, "expect");
    gint64 proved = ledger_step(worker->ledger, step->id)->proved_at;
    if (expect == NULL || proved == 0)
        return;
    g_autofree char *from = clock_format_local(proved + json_get_int(expect, "from", 0) * G_USEC_PER_SEC);
    g_autofree char *until = clock_format_local(proved + json_get_int(expect, "until", 0) * G_USEC_PER_SEC);
    g_ptr_array_add(made->notes,
                    g_strdup_printf("%s: between %s and %s.", json_get_string(expect, "text"), from, until));
}

static void add_told(struct worker *worker, const struct step *step, struct board_step *made)
{
    const struct step_entry *entry = ledger_step(worker->ledger, step->id);
    if (entry->told_by[0] == '\0')
        return;
    g_autofree char *time = clock_format(entry->told_at);
    g_autofree char *told = g_strdup_printf("%s, %s", entry->told_by, time);
    set_clean(worker, &made->told_by, told);
    set_clean(worker, &made->told_note, entry->told_note);
}

/* The report is made whatever was left out, and what falls away here needs nothing. */
static void add_needed_by(struct worker *worker, const struct step *step, struct board_step *made)
{
    g_autoptr(GString) titles = g_string_new(NULL);
    for (guint i = 0; i < worker->onboarding->steps->len; i++) {
        const struct step *other = g_ptr_array_index(worker->onboarding->steps, i);
        if (json_get_bool(other->definition, "report", FALSE) ||
            onboarding_falls_away(worker->onboarding, other) != NULL)
            continue;
        json_for_each (need, json_get(other->definition, "needs")) {
            if (g_strcmp0(json_string(need), step->id) == 0)
                g_string_append_printf(titles, "%s“%s”", titles->len > 0 ? ", " : "",
                                       json_get_string(other->definition, "title"));
        }
    }
    board_set(&made->needed_by, titles->str);
}

/* The first step is about the sign-in. */
struct board_step *board_step_make(struct worker *worker, const struct step *step)
{
    struct board_step *made = board_step_new();
    struct step_status status = {0};
    step_status(worker, step, NULL, &status);
    made->number = step->number;
    made->state = status.state;
    made->until = status.until;
    board_set(&made->id, step->id);
    board_set(&made->title, json_get_string(step->definition, "title"));
    board_set(&made->explanation, json_get_string(step->definition, "explanation"));
    set_clean(worker, &made->reason, status.reason);
    set_clean(worker, &made->next, status.next);
    step_status_clear(&status);
    made->lacks_role = made->state == STEP_NEEDS_YOU && step_lacks_role(worker, step);
    json_for_each (field, json_get(step->definition, "fields")) {
        g_ptr_array_add(made->fields, make_field(worker, field));
    }
    add_objects(worker, step, made);
    add_guide(worker, step, made);
    add_trouble(worker, step, made);
    add_needed_by(worker, step, made);
    add_wait(worker, step, made);
    add_expectation(worker, step, made);
    add_told(worker, step, made);
    if (step == g_ptr_array_index(worker->onboarding->steps, 0))
        scopes_note_withheld(worker, made->notes);
    return made;
}
