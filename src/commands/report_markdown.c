#include "commands/report_render.h"

#include <string.h>

#include "commands/report_words.h"

#define SPECIAL "\\`*_{}[]<>#+!|~&"

/* No text from outside makes a heading, a cell, HTML, or a link that shows another text than where it leads. */
static char *escape(const char *text)
{
    GString *escaped = g_string_new(NULL);
    for (const char *at = text; *at != '\0'; at++) {
        if (strchr(SPECIAL, *at) != NULL)
            g_string_append_c(escaped, '\\');
        g_string_append_c(escaped, *at);
    }
    return g_string_free(escaped, FALSE);
}

static void add_row(GString *out, const char *first, ...) G_GNUC_NULL_TERMINATED;

static void add_row(GString *out, const char *first, ...)
{
    va_list cells;
    va_start(cells, first);
    for (const char *cell = first; cell != NULL; cell = va_arg(cells, const char *)) {
        g_autofree char *escaped = escape(cell);
        g_string_append_printf(out, "| %s ", escaped);
    }
    va_end(cells);
    g_string_append(out, "|\n");
}

static void add_head(GString *out, const struct report *report)
{
    g_autofree char *partner = escape(report->partner);
    g_autofree char *made = report_time(report->made);
    g_autofree char *checked = report_time(report->checked);
    g_autofree char *summary = report_summary(report);
    g_autofree char *review = report_review(report);
    g_string_append_printf(out, "# Connection to %s: report\n\n| | |\n|---|---|\n", partner);
    add_row(out, "Tenant", report->tenant_name, NULL);
    add_row(out, "Domain", report->tenant_domain, NULL);
    add_row(out, "Tenant id", report->tenant_id, NULL);
    add_row(out, "Cloud", report->cloud, NULL);
    if (report->practice)
        add_row(out, "Practice", "this is a practice tenant; nothing here is real", NULL);
    add_row(out, "Made", made, NULL);
    add_row(out, "Signed in as", report->account, NULL);
    add_row(out, "Tenant read", checked, NULL);
    add_row(out, "Steps", summary, NULL);
    add_row(out, "Next review", review, NULL);
}

static void add_steps(GString *out, const struct report *report)
{
    g_string_append(out, "\n## Steps\n\n| | Step | State | Why |\n|---:|---|---|---|\n");
    for (guint i = 0; i < report->steps->len; i++) {
        const struct report_step *step = g_ptr_array_index(report->steps, i);
        g_autofree char *number = g_strdup_printf("%d", step->number);
        g_autofree char *state = report_state(step);
        add_row(out, number, step->title, state, step->reason, NULL);
    }
}

static void add_object(GString *out, const struct report_object *object)
{
    g_autofree char *title = escape(object->title);
    g_autofree char *line = report_object_line(object);
    g_autofree char *id = escape(object->id);
    g_autofree char *sentence = escape(object->sentence);
    g_string_append_printf(out, "- **%s**: %s%s%s\n", title, line, id[0] != '\0' ? ", id " : "", id);
    if (sentence[0] != '\0')
        g_string_append_printf(out, "  - %s\n", sentence);
    for (guint i = 0; i < object->differences->len; i++) {
        const struct board_difference *difference = g_ptr_array_index(object->differences, i);
        g_autofree char *text =
            g_strdup_printf("%s: found %s, wanted %s", difference->field, difference->found, difference->wanted);
        g_autofree char *escaped = escape(text);
        g_string_append_printf(out, "  - %s\n", escaped);
    }
    for (guint i = 0; i < object->deeds->len; i++) {
        const struct deed *deed = g_ptr_array_index(object->deeds, i);
        g_autofree char *proof = report_deed_proof(deed);
        g_autofree char *escaped = escape(proof);
        g_string_append_printf(out, "  - %s: %s\n", report_deed_word(deed), escaped);
    }
}

static void add_objects(GString *out, const struct report *report)
{
    g_string_append(out, "\n## What the tenant holds\n");
    for (guint i = 0; i < report->steps->len; i++) {
        const struct report_step *step = g_ptr_array_index(report->steps, i);
        g_autofree char *title = escape(step->title);
        g_autofree char *checked = report_time(step->checked);
        if (step->objects->len == 0)
            continue;
        g_string_append_printf(out, "\n### %d %s\n\nRead from the tenant: %s.\n\n", step->number, title, checked);
        for (guint k = 0; k < step->objects->len; k++)
            add_object(out, g_ptr_array_index(step->objects, k));
        for (guint k = 0; k < step->notes->len; k++) {
            g_autofree char *note = escape(g_ptr_array_index(step->notes, k));
            g_string_append_printf(out, "- Note: %s\n", note);
        }
    }
}

static void add_list_line(GString *out, const struct report_step *step, const char *what)
{
    g_autofree char *title = escape(step->title);
    g_autofree char *escaped = escape(what);
    g_string_append_printf(out, "- %d %s: %s\n", step->number, title, escaped);
}

static void add_said(GString *out, const struct report *report)
{
    g_string_append(out, "\n## Told and not proved, left out, waited for\n\n");
    gsize before = out->len;
    for (guint i = 0; i < report->steps->len; i++) {
        const struct report_step *step = g_ptr_array_index(report->steps, i);
        g_autofree char *who_told = report_told(step);
        g_autofree char *told = g_strconcat("told ", who_told, NULL);
        g_autofree char *who_left = report_left_out(step);
        g_autofree char *skipped = g_strconcat("left out ", who_left, NULL);
        g_autofree char *wait = report_wait_line(step);
        g_autofree char *waited = g_strdup_printf("waited %s", wait);
        if (step->state == STEP_TOLD)
            add_list_line(out, step, told);
        if (step->state == STEP_SKIPPED)
            add_list_line(out, step, skipped);
        if (step->wait.began > 0)
            add_list_line(out, step, waited);
    }
    if (out->len == before)
        g_string_append(out, "Nothing.\n");
}

static void add_deviations(GString *out, const struct report *report)
{
    g_string_append(out, "\n## Where it leaves a recipe\n\n| Recipe | What | Reason |\n|---|---|---|\n");
    for (guint i = 0; i < report->deviations->len; i++) {
        const struct report_deviation *deviation = g_ptr_array_index(report->deviations, i);
        add_row(out, deviation->from_microsoft ? "Microsoft" : report->partner, deviation->what, deviation->reason,
                NULL);
    }
    if (report->deviations->len == 0)
        add_row(out, "", "nowhere", "", NULL);
}

static void add_time_line(GString *out, const struct report *report)
{
    g_string_append(out, "\n## Time line\n\n| When | Who | What | Request |\n|---|---|---|---|\n");
    for (guint i = 0; i < report->deeds->len; i++) {
        const struct deed *deed = g_ptr_array_index(report->deeds, i);
        g_autofree char *time = report_time(deed->at);
        g_autofree char *sentence = report_deed(report, deed);
        add_row(out, time, deed->by, sentence, deed->request_id, NULL);
    }
}

static void add_card(GString *out, const struct report *report)
{
    g_autofree char *partner = escape(report->partner);
    if (report->card->len == 0)
        return;
    g_string_append_printf(out, "\n## To hand to %s\n\n| | |\n|---|---|\n", partner);
    if (report->contact_name[0] != '\0' || report->contact_mail[0] != '\0') {
        g_autofree char *contact = g_strdup_printf("%s %s", report->contact_name, report->contact_mail);
        add_row(out, "Contact", contact, NULL);
    }
    for (guint i = 0; i < report->card->len; i++) {
        const struct board_line *line = g_ptr_array_index(report->card, i);
        add_row(out, line->text, report_card_value(line), NULL);
    }
}

char *report_as_markdown(const struct report *report)
{
    GString *out = g_string_new(NULL);
    add_head(out, report);
    add_steps(out, report);
    add_objects(out, report);
    add_said(out, report);
    add_deviations(out, report);
    add_time_line(out, report);
    add_card(out, report);
    return g_string_free(out, FALSE);
}
