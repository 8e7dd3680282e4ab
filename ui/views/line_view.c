/* SPDX-License-Identifier: MIT */
#include "ui/views/line_view.h"
#include "ui/mask.h"

static void fill_fact(struct text_layout *layout, const char *label, const char *value)
{
    layout_row(layout, NULL);
    layout_text(layout, STYLE_DIM, label);
    layout_tab(layout, 12);
    layout_value(layout, 12, 0, STYLE_NORMAL, value);
}

static void line_fill(const struct console *console, struct overlay *overlay, struct text_layout *layout)
{
    static const char *const severities[] = {"debug", "info", "notice", "warning", "error"};
    const struct log_line *line = overlay->data;
    g_autofree char *time = clock_format(line->time);
    g_autoptr(GRegex) mask = console->unmasked ? NULL : mask_new(console->board);
    g_autofree char *detail = mask_text(mask, line->detail);
    layout_paragraph(layout, NULL, 0, STYLE_BOLD, line->text);
    layout_blank(layout);
    fill_fact(layout, "Time", time);
    fill_fact(layout, "Severity", severities[line->severity]);
    fill_fact(layout, "Subject", line->subject);
    if (line->status != 0) {
        g_autofree char *status =
            g_strdup_printf("%d, in %" G_GINT64_FORMAT " ms", line->status, line->duration / 1000);
        fill_fact(layout, "Status", status);
    }
    if (*line->request_id != '\0')
        fill_fact(layout, "Request id", line->request_id);
    if (line->dropped > 0) {
        g_autofree char *lost =
            g_strdup_printf("%u lines before this one were lost: they came too fast", line->dropped);
        fill_fact(layout, "Lost", lost);
    }
    if (*line->detail != '\0') {
        layout_blank(layout);
        layout_paragraph(layout, NULL, 0, STYLE_NORMAL, detail);
    }
}

static char *line_copy(const struct console *console, const struct overlay *overlay)
{
    (void)console;
    const struct log_line *line = overlay->data;
    g_autofree char *text = log_line_format(line);
    return *line->detail != '\0' ? g_strdup_printf("%s\n%s", text, line->detail) : g_steal_pointer(&text);
}

static const struct overlay_ops line_view = {
    .place = PLACE_READ,
    .fill = line_fill,
    .copy = line_copy,
    .free = (GDestroyNotify)log_line_free,
};

struct overlay *line_view_new(const struct log_line *line)
{
    return overlay_new(&line_view, "Log line", log_line_copy(line));
}
