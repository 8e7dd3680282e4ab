#include "commands/report_render.h"

#include <string.h>

#include "base/text.h"
#include "commands/report_words.h"

#define LABEL_COLUMNS 14
#define TITLE_COLUMNS 30

static void pad(GString *out, const char *text, int columns)
{
    g_string_append_printf(out, "%s%*s", text, MAX(1, columns - text_width(text)), "");
}

static void add_line(GString *out, const char *label, const char *value)
{
    pad(out, label, LABEL_COLUMNS);
    g_string_append_printf(out, "%s\n", value);
}

static void add_heading(GString *out, const char *heading)
{
    g_string_append_printf(out, "\n%s\n", heading);
    for (int i = text_width(heading); i > 0; i--)
        g_string_append_c(out, '-');
    g_string_append_c(out, '\n');
}

static void add_head(GString *out, const struct report *report)
{
    g_autofree char *title = g_strdup_printf("Connection to %s: report", report->partner);
    g_autofree char *tenant =
        g_strdup_printf("%s, %s, %s", report->tenant_name, report->tenant_domain, report->tenant_id);
    g_autofree char *made = report_time(report->made);
    g_autofree char *made_by = g_strdup_printf("%s, signed in as %s", made, report->account);
    g_autofree char *checked = report_time(report->checked);
    g_autofree char *summary = report_summary(report);
    g_autofree char *review = report_review(report);
    g_string_append_printf(out, "%s\n", title);
    for (int i = text_width(title); i > 0; i--)
        g_string_append_c(out, '=');
    g_string_append_c(out, '\n');
    add_line(out, "Tenant", tenant);
    add_line(out, "Cloud", report->cloud);
    if (report->practice)
        add_line(out, "Practice", "this is a practice tenant; nothing here is real");
    add_line(out, "Made", made_by);
    add_line(out, "Tenant read", checked);
    add_line(out, "Steps", summary);
    add_line(out, "Next review", review);
}

static void add_object(GString *out, const struct report_object *object)
{
    g_autofree char *line = report_object_line(object);
    g_string_append_printf(out, "      %s: %s\n", object->title, line);
    if (object->id[0] != '\0')
        g_string_append_printf(out, "        id %s\n", object->id);
    if (object->sentence[0] != '\0')
        g_string_append_printf(out, "        %s\n", object->sentence);
    for (guint i = 0; i < object->differences->len; i++) {
        const struct board_difference *difference = g_ptr_array_index(object->differences, i);
        g_string_append_printf(out, "        %s: found %s, wanted %s\n", difference->field, difference->found,
                               difference->wanted);
    }
    for (guint i = 0; i < object->deeds->len; i++) {
        const struct deed *deed = g_ptr_array_index(object->deeds, i);
        g_autofree char *proof = report_deed_proof(deed);
        g_string_append_printf(out, "        %s: %s\n", report_deed_word(deed), proof);
    }
}

static void add_told(GString *out, const struct report_step *step)
{
    g_autofree char *told = report_told(step);
    g_string_append_printf(out, "      told %s\n", told);
}

static void add_step(GString *out, const struct report_step *step)
{
    g_autofree char *title = g_strdup_printf("%3d  %s", step->number, step->title);
    pad(out, title, TITLE_COLUMNS);
    g_autofree char *state = report_state(step);
    if (step->reason[0] != '\0')
        g_string_append_printf(out, "%-10s %s\n", state, step->reason);
    else
        g_string_append_printf(out, "%s\n", state);
    if (step->checked > 0) {
        g_autofree char *checked = report_time(step->checked);
        g_string_append_printf(out, "      read from the tenant %s\n", checked);
    }
    if (step->told_by[0] != '\0')
        add_told(out, step);
    for (guint i = 0; i < step->objects->len; i++)
        add_object(out, g_ptr_array_index(step->objects, i));
    for (guint i = 0; i < step->notes->len; i++)
        g_string_append_printf(out, "      note: %s\n", (const char *)g_ptr_array_index(step->notes, i));
}

static void add_steps(GString *out, const struct report *report)
{
    add_heading(out, "Steps");
    for (guint i = 0; i < report->steps->len; i++)
        add_step(out, g_ptr_array_index(report->steps, i));
}

static void add_unproved(GString *out, const struct report *report)
{
    gboolean any = FALSE;
    add_heading(out, "Told and not proved");
    for (guint i = 0; i < report->steps->len; i++) {
        const struct report_step *step = g_ptr_array_index(report->steps, i);
        if (step->state != STEP_TOLD)
            continue;
        g_autofree char *told = report_told(step);
        g_string_append_printf(out, "%3d  %s: %s\n", step->number, step->title, told);
        any = TRUE;
    }
    if (!any)
        g_string_append(out, "     nothing\n");
}

static void add_skipped(GString *out, const struct report *report)
{
    gboolean any = FALSE;
    add_heading(out, "Left out");
    for (guint i = 0; i < report->steps->len; i++) {
        const struct report_step *step = g_ptr_array_index(report->steps, i);
        if (step->state != STEP_SKIPPED)
            continue;
        g_autofree char *left_out = report_left_out(step);
        g_string_append_printf(out, "%3d  %s: %s\n", step->number, step->title, left_out);
        any = TRUE;
    }
    if (!any)
        g_string_append(out, "     nothing\n");
}

static void add_waits(GString *out, const struct report *report)
{
    gboolean any = FALSE;
    add_heading(out, "Waits");
    for (guint i = 0; i < report->steps->len; i++) {
        const struct report_step *step = g_ptr_array_index(report->steps, i);
        if (step->wait.began == 0)
            continue;
        g_autofree char *line = report_wait_line(step);
        g_string_append_printf(out, "%3d  %s: %s\n", step->number, step->title, line);
        if (step->wait.reason[0] != '\0')
            g_string_append_printf(out, "     %s\n", step->wait.reason);
        any = TRUE;
    }
    if (!any)
        g_string_append(out, "     none\n");
}

static void add_deviations(GString *out, const struct report *report, gboolean from_microsoft, const char *heading)
{
    gboolean any = FALSE;
    add_heading(out, heading);
    for (guint i = 0; i < report->deviations->len; i++) {
        const struct report_deviation *deviation = g_ptr_array_index(report->deviations, i);
        if (deviation->from_microsoft != from_microsoft)
            continue;
        g_string_append_printf(out, "   - %s\n", deviation->what);
        if (deviation->reason[0] != '\0')
            g_string_append_printf(out, "     Reason: %s\n", deviation->reason);
        any = TRUE;
    }
    if (!any)
        g_string_append(out, "     none\n");
}

static void add_time_line(GString *out, const struct report *report)
{
    add_heading(out, "Time line");
    for (guint i = 0; i < report->deeds->len; i++) {
        const struct deed *deed = g_ptr_array_index(report->deeds, i);
        g_autofree char *time = report_time(deed->at);
        g_autofree char *sentence = report_deed(report, deed);
        g_string_append_printf(out, "%s  %s %s\n", time, deed->by[0] != '\0' ? deed->by : "perch", sentence);
    }
    if (report->deeds->len == 0)
        g_string_append(out, "     nothing has been done yet\n");
}

static void add_card(GString *out, const struct report *report)
{
    g_autofree char *heading = g_strdup_printf("To hand to %s", report->partner);
    if (report->card->len == 0)
        return;
    add_heading(out, heading);
    if (report->contact_name[0] != '\0' || report->contact_mail[0] != '\0')
        g_string_append_printf(out, "Contact: %s %s\n", report->contact_name, report->contact_mail);
    for (guint i = 0; i < report->card->len; i++) {
        const struct board_line *line = g_ptr_array_index(report->card, i);
        pad(out, line->text, TITLE_COLUMNS);
        g_string_append_printf(out, "%s\n", report_card_value(line));
    }
}

char *report_as_text(const struct report *report)
{
    g_autofree char *from_partner = g_strdup_printf("Where it leaves %s's recipe", report->partner);
    GString *out = g_string_new(NULL);
    add_head(out, report);
    add_steps(out, report);
    add_unproved(out, report);
    add_skipped(out, report);
    add_waits(out, report);
    add_deviations(out, report, FALSE, from_partner);
    add_deviations(out, report, TRUE, "Where it leaves Microsoft's stricter recipe");
    add_time_line(out, report);
    add_card(out, report);
    return g_string_free(out, FALSE);
}
