#include "commands/report_model.h"

#include <string.h>

#include "commands/report_deviations.h"
#include "ui/mask.h"

static void difference_free(gpointer data)
{
    struct board_difference *difference = data;
    g_free(difference->field);
    g_free(difference->wanted);
    g_free(difference->found);
    g_free(difference);
}

static void object_free(gpointer data)
{
    struct report_object *object = data;
    char *strings[] = {object->key, object->kind,     object->title, object->name,
                       object->id,  object->sentence, object->made};
    for (gsize i = 0; i < G_N_ELEMENTS(strings); i++)
        g_free(strings[i]);
    g_ptr_array_unref(object->differences);
    g_ptr_array_unref(object->deeds);
    g_free(object);
}

static void step_free(gpointer data)
{
    struct report_step *step = data;
    char *strings[] = {step->id,        step->title,      step->reason,      step->next,        step->told_by,
                       step->told_note, step->skipped_by, step->skip_reason, step->wait.reason, step->wait.cut_by};
    for (gsize i = 0; i < G_N_ELEMENTS(strings); i++)
        g_free(strings[i]);
    g_ptr_array_unref(step->notes);
    g_ptr_array_unref(step->objects);
    g_free(step);
}

static void deviation_free(gpointer data)
{
    struct report_deviation *deviation = data;
    g_free(deviation->step);
    g_free(deviation->what);
    g_free(deviation->reason);
    g_free(deviation);
}

void report_free(struct report *report)
{
    char *strings[] = {report->tenant_id, report->tenant_name, report->tenant_domain, report->partner,
                       report->cloud,     report->account,     report->contact_name,  report->contact_mail};
    for (gsize i = 0; i < G_N_ELEMENTS(strings); i++)
        g_free(strings[i]);
    g_ptr_array_unref(report->steps);
    g_ptr_array_unref(report->deviations);
    g_ptr_array_unref(report->deeds);
    g_ptr_array_unref(report->card);
    g_free(report);
}

static struct deed *copy_deed(const GRegex *mask, const struct deed *deed)
{
    struct deed *copy = g_memdup2(deed, sizeof *deed);
    copy->what = g_strdup(deed->what);
    copy->by = g_strdup(deed->by);
    copy->step = g_strdup(deed->step);
    copy->object = g_strdup(deed->object);
    copy->id = mask_text(mask, deed->id);
    copy->text = mask_text(mask, deed->text);
    copy->request_id = g_strdup(deed->request_id);
    return copy;
}

static void add_differences(const GRegex *mask, const struct board_object *from, GPtrArray *differences)
{
    for (guint i = 0; i < from->differences->len; i++) {
        const struct board_difference *difference = g_ptr_array_index(from->differences, i);
        g_autofree char *wanted = mask_text(mask, difference->wanted);
        g_autofree char *found = mask_text(mask, difference->found);
        g_ptr_array_add(differences, board_difference_new(difference->field, wanted, found));
    }
}

static void add_deeds(const struct report *report, const char *key, GPtrArray *deeds)
{
    for (guint i = 0; i < report->deeds->len; i++) {
        const struct deed *deed = g_ptr_array_index(report->deeds, i);
        if (strcmp(deed->object, key) == 0)
            g_ptr_array_add(deeds, (gpointer)deed);
    }
}

static struct report_object *make_object(const struct report *report, const GRegex *mask,
                                         const struct board_object *from)
{
    struct report_object *object = g_new0(struct report_object, 1);
    object->key = g_strdup(from->key);
    object->kind = g_strdup(from->kind);
    object->title = mask_text(mask, from->title);
    object->name = mask_text(mask, from->name);
    object->id = mask_text(mask, from->id);
    object->sentence = mask_text(mask, from->sentence);
    object->state = from->state;
    object->origin = from->origin;
    object->made = mask_text(mask, from->made);
    object->differences = g_ptr_array_new_with_free_func(difference_free);
    object->deeds = g_ptr_array_new();
    add_differences(mask, from, object->differences);
    add_deeds(report, from->key, object->deeds);
    return object;
}

static void replace(char **string, const char *text)
{
    g_free(*string);
    *string = g_strdup(text);
}

static void take_deed(struct report_step *step, const struct deed *deed)
{
    if (strcmp(deed->what, "tell") == 0) {
        replace(&step->told_by, deed->by);
        replace(&step->told_note, deed->text);
        step->told_at = deed->at;
    } else if (strcmp(deed->what, "skip") == 0 || strcmp(deed->what, "unskip") == 0) {
        gboolean skipped = strcmp(deed->what, "skip") == 0;
        replace(&step->skipped_by, skipped ? deed->by : "");
        replace(&step->skip_reason, skipped ? deed->text : "");
        step->skipped_at = skipped ? deed->at : 0;
    } else if (strcmp(deed->what, "wait") == 0) {
        step->wait.began = deed->at;
        step->wait.until = clock_parse(deed->text);
    } else if (strcmp(deed->what, "override") == 0) {
        replace(&step->wait.cut_by, deed->by);
        step->wait.cut_at = deed->at;
    }
}

static struct report_step *make_step(const struct report *report, const GRegex *mask, const struct board_step *from)
{
    struct report_step *step = g_new0(struct report_step, 1);
    char **empty[] = {&step->told_by, &step->told_note, &step->skipped_by, &step->skip_reason, &step->wait.cut_by};
    for (gsize i = 0; i < G_N_ELEMENTS(empty); i++)
        replace(empty[i], "");
    step->id = g_strdup(from->id);
    step->number = from->number;
    step->title = g_strdup(from->title);
    step->state = from->state;
    step->reason = mask_text(mask, from->reason);
    step->next = mask_text(mask, from->next);
    step->checked = from->checked;
    step->wait.reason = g_strdup(from->wait_reason);
    step->notes = g_ptr_array_new_with_free_func(g_free);
    step->objects = g_ptr_array_new_with_free_func(object_free);
    for (guint i = 0; i < from->notes->len; i++)
        g_ptr_array_add(step->notes, mask_text(mask, g_ptr_array_index(from->notes, i)));
    for (guint i = 0; i < from->objects->len; i++)
        g_ptr_array_add(step->objects, make_object(report, mask, g_ptr_array_index(from->objects, i)));
    for (guint i = 0; i < report->deeds->len; i++) {
        const struct deed *deed = g_ptr_array_index(report->deeds, i);
        if (deed->object[0] == '\0' && strcmp(deed->step, from->id) == 0)
            take_deed(step, deed);
    }
    return step;
}

static void add_card(struct report *report, const GRegex *mask, const struct history *history)
{
    for (guint i = 0; i < history->card->len; i++) {
        const struct board_line *line = g_ptr_array_index(history->card, i);
        g_autofree char *copy = line->masked ? g_strdup("") : mask_text(mask, line->copy);
        g_ptr_array_add(report->card, board_line_new(line->text, copy, line->masked));
    }
}

static char *fact(const struct history *history, const char *name)
{
    const char *value = g_hash_table_lookup(history->facts, name);
    return g_strdup(value != NULL ? value : "");
}

static struct report *make_head(const struct board *board, const struct history *history)
{
    struct report *report = g_new0(struct report, 1);
    report->tenant_id = g_strdup(board->tenant_id);
    report->tenant_name = g_strdup(board->tenant_name);
    report->tenant_domain = g_strdup(board->tenant_domain);
    report->partner = g_strdup(board->partner);
    report->cloud = g_strdup(board->cloud);
    report->account = g_strdup(board->account);
    report->practice = board->practice;
    report->made = clock_now(&board->clock);
    report->checked = board->checked;
    report->summary = board->summary;
    report->contact_name = fact(history, "answers.partnerContact.name");
    report->contact_mail = fact(history, "answers.partnerContact.email");
    report->steps = g_ptr_array_new_with_free_func(step_free);
    report->deviations = g_ptr_array_new_with_free_func(deviation_free);
    report->deeds = g_ptr_array_new_with_free_func((GDestroyNotify)deed_free);
    report->card = g_ptr_array_new_with_free_func((GDestroyNotify)board_line_free);
    return report;
}

struct report *report_new(const struct board *board, const struct history *history)
{
    struct report *report = make_head(board, history);
    g_autoptr(GRegex) mask = mask_new(board);
    for (guint i = 0; i < history->deeds->len; i++)
        g_ptr_array_add(report->deeds, copy_deed(mask, g_ptr_array_index(history->deeds, i)));
    for (guint i = 0; i < board->steps->len; i++)
        g_ptr_array_add(report->steps, make_step(report, mask, g_ptr_array_index(board->steps, i)));
    add_card(report, mask, history);
    report_find_deviations(report, history);
    return report;
}

const struct report_object *report_find_object(const struct report *report, const char *key)
{
    for (guint i = 0; i < report->steps->len; i++) {
        const struct report_step *step = g_ptr_array_index(report->steps, i);
        for (guint k = 0; k < step->objects->len; k++) {
            const struct report_object *object = g_ptr_array_index(step->objects, k);
            if (strcmp(object->key, key) == 0)
                return object;
        }
    }
    return NULL;
}

const struct report_step *report_find_step(const struct report *report, const char *id)
{
    for (guint i = 0; i < report->steps->len; i++) {
        const struct report_step *step = g_ptr_array_index(report->steps, i);
        if (strcmp(step->id, id) == 0)
            return step;
    }
    return NULL;
}
