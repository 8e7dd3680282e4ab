#include "commands/report_render.h"

#include "base/assets.h"
#include "commands/report_words.h"

#define STYLE_ASSET "report/report.css"

char *report_escape_html(const char *text)
{
    return g_markup_escape_text(text, -1);
}

static void add_cell(GString *out, const char *text)
{
    g_autofree char *escaped = report_escape_html(text);
    g_string_append_printf(out, "<td>%s</td>", escaped);
}

static void add_pair(GString *out, const char *label, const char *value)
{
    g_autofree char *left = report_escape_html(label);
    g_autofree char *right = report_escape_html(value);
    g_string_append_printf(out, "<tr><th scope=\"row\">%s</th><td>%s</td></tr>\n", left, right);
}

static void add_columns(GString *out, const char *const *columns)
{
    g_string_append(out, "<table>\n<thead><tr>");
    for (const char *const *column = columns; *column != NULL; column++)
        g_string_append_printf(out, "<th scope=\"col\">%s</th>", *column);
    g_string_append(out, "</tr></thead>\n<tbody>\n");
}

static void end_table(GString *out)
{
    g_string_append(out, "</tbody>\n</table>\n");
}

static void add_start(GString *out, const struct report *report)
{
    g_autoptr(GBytes) style = asset_bytes(STYLE_ASSET, NULL);
    g_autofree char *partner = report_escape_html(report->partner);
    g_autofree char *tenant = report_escape_html(report->tenant_name);
    g_string_append_printf(
        out,
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
        "<title>%s: connection to %s</title>\n<style>\n%s</style>\n</head>\n<body>\n"
        "<h1>Connection to %s: report</h1>\n",
        tenant, partner, style != NULL ? (const char *)g_bytes_get_data(style, NULL) : "", partner);
    if (report->practice)
        g_string_append(out, "<p class=\"practice\">This is a practice tenant; nothing here is real.</p>\n");
}

static void add_head(GString *out, const struct report *report)
{
    g_autofree char *made = report_time(report->made);
    g_autofree char *checked = report_time(report->checked);
    g_autofree char *summary = report_summary(report);
    g_autofree char *review = report_review(report);
    g_string_append(out, "<table>\n<tbody>\n");
    add_pair(out, "Tenant", report->tenant_name);
    add_pair(out, "Domain", report->tenant_domain);
    add_pair(out, "Tenant id", report->tenant_id);
    add_pair(out, "Cloud", report->cloud);
    add_pair(out, "Made", made);
    add_pair(out, "Signed in as", report->account);
    add_pair(out, "Tenant read", checked);
    add_pair(out, "Steps", summary);
    add_pair(out, "Next review", review);
    end_table(out);
}

static void add_steps(GString *out, const struct report *report)
{
    static const char *const columns[] = {"", "Step", "State", "Why", NULL};
    g_string_append(out, "<h2>Steps</h2>\n");
    add_columns(out, columns);
    for (guint i = 0; i < report->steps->len; i++) {
        const struct report_step *step = g_ptr_array_index(report->steps, i);
        g_autofree char *state = report_state(step);
        g_string_append_printf(out, "<tr><td class=\"number\">%d</td>", step->number);
        add_cell(out, step->title);
        g_string_append_printf(out, "<td class=\"state %s\">%s</td>", step_state_word(step->state), state);
        add_cell(out, step->reason);
        g_string_append(out, "</tr>\n");
    }
    end_table(out);
}

static void add_item(GString *out, const char *text)
{
    g_autofree char *escaped = report_escape_html(text);
    g_string_append_printf(out, "<li>%s</li>\n", escaped);
}

static void add_differences(GString *out, const struct report_object *object)
{
    for (guint i = 0; i < object->differences->len; i++) {
        const struct board_difference *difference = g_ptr_array_index(object->differences, i);
        g_autofree char *line =
            g_strdup_printf("%s: found %s, wanted %s", difference->field, difference->found, difference->wanted);
        add_item(out, line);
    }
}

static void add_object(GString *out, const struct report_object *object)
{
    g_autofree char *title = report_escape_html(object->title);
    g_autofree char *line = report_object_line(object);
    g_autofree char *id = report_escape_html(object->id);
    g_string_append_printf(out, "<li><strong>%s</strong>: %s", title, line);
    if (id[0] != '\0')
        g_string_append_printf(out, ", id <code>%s</code>", id);
    g_string_append(out, "\n<ul>\n");
    if (object->sentence[0] != '\0')
        add_item(out, object->sentence);
    add_differences(out, object);
    for (guint i = 0; i < object->deeds->len; i++) {
        const struct deed *deed = g_ptr_array_index(object->deeds, i);
        g_autofree char *proof = report_deed_proof(deed);
        g_autofree char *text = g_strdup_printf("%s: %s", report_deed_word(deed), proof);
        add_item(out, text);
    }
    g_string_append(out, "</ul></li>\n");
}

static void add_objects(GString *out, const struct report *report)
{
    g_string_append(out, "<h2>What the tenant holds</h2>\n");
    for (guint i = 0; i < report->steps->len; i++) {
        const struct report_step *step = g_ptr_array_index(report->steps, i);
        g_autofree char *title = report_escape_html(step->title);
        g_autofree char *checked = report_time(step->checked);
        if (step->objects->len == 0)
            continue;
        g_string_append_printf(out, "<h3>%d %s</h3>\n<p>Read from the tenant: %s.</p>\n<ul>\n", step->number, title,
                               checked);
        for (guint k = 0; k < step->objects->len; k++)
            add_object(out, g_ptr_array_index(step->objects, k));
        for (guint k = 0; k < step->notes->len; k++)
            add_item(out, g_ptr_array_index(step->notes, k));
        g_string_append(out, "</ul>\n");
    }
}

static void add_said_row(GString *out, const struct report_step *step, const char *what, const char *how)
{
    g_string_append(out, "<tr>");
    add_cell(out, step->title);
    add_cell(out, what);
    add_cell(out, how);
    g_string_append(out, "</tr>\n");
}

static void add_said(GString *out, const struct report *report)
{
    static const char *const columns[] = {"Step", "What", "How", NULL};
    g_string_append(out, "<h2>Told and not proved, left out, waited for</h2>\n");
    add_columns(out, columns);
    for (guint i = 0; i < report->steps->len; i++) {
        const struct report_step *step = g_ptr_array_index(report->steps, i);
        g_autofree char *told = report_told(step);
        g_autofree char *left_out = report_left_out(step);
        g_autofree char *wait = report_wait_line(step);
        if (step->state == STEP_TOLD)
            add_said_row(out, step, "told, not proved", told);
        if (step->state == STEP_SKIPPED)
            add_said_row(out, step, "left out", left_out);
        if (step->wait.began > 0)
            add_said_row(out, step, "wait", wait);
    }
    end_table(out);
}

static void add_deviations(GString *out, const struct report *report)
{
    static const char *const columns[] = {"Recipe", "What", "Reason", NULL};
    g_string_append(out, "<h2>Where it leaves a recipe</h2>\n");
    if (report->deviations->len == 0) {
        g_string_append(out, "<p>Nowhere.</p>\n");
        return;
    }
    add_columns(out, columns);
    for (guint i = 0; i < report->deviations->len; i++) {
        const struct report_deviation *deviation = g_ptr_array_index(report->deviations, i);
        g_string_append(out, "<tr>");
        add_cell(out, deviation->from_microsoft ? "Microsoft" : report->partner);
        add_cell(out, deviation->what);
        add_cell(out, deviation->reason);
        g_string_append(out, "</tr>\n");
    }
    end_table(out);
}

static void add_time_line(GString *out, const struct report *report)
{
    static const char *const columns[] = {"When", "Who", "What", "Request", NULL};
    g_autofree char *drawing = report_time_line_svg(report);
    g_string_append_printf(out, "<h2>Time line</h2>\n%s", drawing);
    if (drawing[0] == '\0') {
        g_string_append(out, "<p>Nothing has been done yet.</p>\n");
        return;
    }
    g_string_append(out, "<p>Full dots are writes, rings what was said, decided or taken over, crosses refusals, bars "
                         "waits.</p>\n");
    add_columns(out, columns);
    for (guint i = 0; i < report->deeds->len; i++) {
        const struct deed *deed = g_ptr_array_index(report->deeds, i);
        g_autofree char *time = report_time(deed->at);
        g_autofree char *sentence = report_deed(report, deed);
        g_string_append(out, "<tr>");
        add_cell(out, time);
        add_cell(out, deed->by);
        add_cell(out, sentence);
        add_cell(out, deed->request_id);
        g_string_append(out, "</tr>\n");
    }
    end_table(out);
}

static void add_card(GString *out, const struct report *report)
{
    g_autofree char *partner = report_escape_html(report->partner);
    g_autofree char *contact = g_strdup_printf("%s %s", report->contact_name, report->contact_mail);
    if (report->card->len == 0)
        return;
    g_string_append_printf(out, "<h2>To hand to %s</h2>\n<div class=\"card\">\n<table>\n<tbody>\n", partner);
    if (g_strstrip(contact)[0] != '\0')
        add_pair(out, "Contact", contact);
    for (guint i = 0; i < report->card->len; i++) {
        const struct board_line *line = g_ptr_array_index(report->card, i);
        add_pair(out, line->text, report_card_value(line));
    }
    end_table(out);
    g_string_append(out, "</div>\n");
}

char *report_as_html(const struct report *report)
{
    GString *out = g_string_new(NULL);
    add_start(out, report);
    add_head(out, report);
    add_steps(out, report);
    add_objects(out, report);
    add_said(out, report);
    add_deviations(out, report);
    add_time_line(out, report);
    add_card(out, report);
    g_string_append(out, "</body>\n</html>\n");
    return g_string_free(out, FALSE);
}
