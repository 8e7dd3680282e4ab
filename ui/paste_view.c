#include "input/paste.h"
#include "input/receipt.h"
#include "input/validate.h"
#include "ui/views.h"

#define PART_COLUMN 17

static void fill_part(struct page *page, const char *label, const char *value)
{
    page_row(page, NULL);
    page_tab(page, 2);
    page_text(page, STYLE_DIM, label);
    page_tab(page, PART_COLUMN);
    page_continue(page, PART_COLUMN, STYLE_GOOD, value);
}

/* The parts that a person compares with the e-mail. The subscription's end is enough for that, and the whole ID cannot
 * be read off the screen. */
static void fill_id(const struct console *console, struct page *page, const char *id)
{
    g_autoptr(HubReceipt) receipt = hub_receipt_new(id);
    page_row(page, NULL);
    page_text(page, STYLE_BOLD, "Resource ID");
    if (receipt == NULL)
        return;
    g_autofree char *masked = mask_identifier(receipt->subscription, console->options->ascii);
    fill_part(page, "subscription", console->unmasked ? receipt->subscription : masked);
    fill_part(page, "resource group", receipt->resource_group);
    fill_part(page, "namespace", receipt->namespace_name);
}

static void fill_finding(struct page *page, const struct finding *finding)
{
    page_row(page, NULL);
    page_text(page, finding->remark ? STYLE_WAIT : STYLE_BAD, "▲ ");
    page_continue(page, 2, finding->remark ? STYLE_WAIT : STYLE_BAD, finding->message);
}

static void paste_fill(const struct console *console, struct view *view, struct page *page)
{
    const struct paste_values *values = view->data;
    if (values->has_secret)
        page_paragraph(page, NULL, 0, STYLE_BAD, "The paste holds a key or connection string. Clear your clipboard.");
    if (values->event_hub_id != NULL)
        fill_id(console, page, values->event_hub_id);
    if (values->event_hub_name != NULL) {
        page_row(page, NULL);
        page_text(page, STYLE_BOLD, "Event Hub");
        fill_part(page, "name", values->event_hub_name);
    }
    if (values->findings->len > 0)
        page_blank(page);
    for (guint i = 0; i < values->findings->len; i++)
        fill_finding(page, g_ptr_array_index(values->findings, i));
}

static char *paste_title(const struct console *console, const struct view *view)
{
    (void)console;
    (void)view;
    return g_strdup("Found in the paste");
}

static void paste_free(gpointer data)
{
    paste_values_free(data);
}

static const struct view_ops paste_view = {
    .place = PLACE_READ,
    .title = paste_title,
    .fill = paste_fill,
    .free = paste_free,
    .box = TRUE,
};

struct view *paste_view_new(struct paste_values *values)
{
    return view_new(&paste_view, values);
}

gboolean is_paste_view(const struct view *view)
{
    return view != NULL && view->ops == &paste_view;
}
