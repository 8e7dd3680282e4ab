#include "ui/mask.h"
#include "ui/views.h"

static char *line_title(const struct console *console, const struct view *view)
{
    (void)console;
    (void)view;
    return g_strdup("Log line");
}

static void fill_fact(struct page *page, const char *label, const char *value)
{
    page_row(page, NULL);
    page_text(page, STYLE_DIM, label);
    page_tab(page, 12);
    page_continue(page, 12, STYLE_NORMAL, value);
}

static void line_fill(const struct console *console, struct view *view, struct page *page)
{
    static const char *const severities[] = {"debug", "info", "notice", "warning", "error"};
    const struct log_line *line = view->data;
    g_autofree char *time = clock_format(line->time);
    g_autoptr(GRegex) mask = console->unmasked ? NULL : mask_new(console->board);
    g_autofree char *detail = mask_text(mask, line->detail);
    page_paragraph(page, NULL, 0, STYLE_BOLD, line->text);
    page_blank(page);
    fill_fact(page, "Time", time);
    fill_fact(page, "Severity", severities[line->severity]);
    fill_fact(page, "Subject", line->subject);
    if (line->status != 0) {
        g_autofree char *status =
            g_strdup_printf("%d, in %" G_GINT64_FORMAT " ms", line->status, line->duration / 1000);
        fill_fact(page, "Status", status);
    }
    if (*line->request_id != '\0')
        fill_fact(page, "Request id", line->request_id);
    if (line->dropped > 0) {
        g_autofree char *lost =
            g_strdup_printf("%u lines before this one were lost: they came too fast", line->dropped);
        fill_fact(page, "Lost", lost);
    }
    if (*line->detail != '\0') {
        page_blank(page);
        page_paragraph(page, NULL, 0, STYLE_NORMAL, detail);
    }
}

static char *line_copy(const struct console *console, const struct view *view)
{
    (void)console;
    const struct log_line *line = view->data;
    g_autofree char *text = log_line_format(line);
    return *line->detail != '\0' ? g_strdup_printf("%s\n%s", text, line->detail) : g_steal_pointer(&text);
}

static void free_line(gpointer data)
{
    log_line_free(data);
}

static const struct view_ops line_view = {
    .place = PLACE_READ,
    .title = line_title,
    .fill = line_fill,
    .copy = line_copy,
    .free = free_line,
};

struct view *line_view_new(const struct log_line *line)
{
    return view_new(&line_view, log_line_copy(line));
}
