#include "ui/form_state.h"

#include <string.h>

#include "input/receipt.h"

static void fill_part(struct page *page, const char *item, int indent, const char *label, const char *part)
{
    page_row(page, item);
    page_tab(page, indent);
    page_text(page, STYLE_DIM, label);
    page_tab(page, indent + 15);
    page_continue(page, indent + 2, STYLE_GOOD, part);
}

void form_fill_receipt(struct page *page, const char *value, const char *item, int indent)
{
    g_autoptr(HubReceipt) receipt = hub_receipt_new(value);
    if (receipt == NULL)
        return;
    fill_part(page, item, indent, "subscription", receipt->subscription);
    fill_part(page, item, indent, "resource group", receipt->resource_group);
    fill_part(page, item, indent, "namespace", receipt->namespace_name);
    if (receipt->hub != NULL)
        fill_part(page, item, indent, "hub", receipt->hub);
}

static void fill_label(struct page *page, const struct board_field *field, const char *item, int label_columns)
{
    page_row(page, item);
    page_text(page, STYLE_NORMAL, field->label);
    page_tab(page, label_columns);
}

/* The place of a finding, pointed at from below. */
static void fill_finding(struct page *page, const struct finding *finding, const char *item, int indent, int column)
{
    enum style style = finding->remark ? STYLE_WAIT : STYLE_BAD;
    page_row(page, item);
    page_tab(page, indent + MAX(column, 0));
    if (column >= 0)
        page_text(page, style, "▲ ");
    if (indent + column + 2 + grid_text_columns(finding->message) > page_columns(page) && column > 0) {
        page_row(page, item);
        page_tab(page, indent);
    }
    page_continue(page, indent, style, finding->message);
}

static void fill_fix(struct page *page, const struct finding *finding, const char *item, int indent, const char *key)
{
    page_row(page, item);
    page_tab(page, indent);
    page_text(page, STYLE_BOLD, key);
    page_continue(page, indent, STYLE_NORMAL, " ");
    page_continue(page, indent, STYLE_NORMAL, finding->fix_label);
    page_continue(page, indent, STYLE_NORMAL, " → ");
    page_continue(page, indent, STYLE_GOOD, finding->fix);
}

static const struct finding *first_finding(const struct verdict *verdict)
{
    return verdict != NULL && verdict->findings->len > 0 ? g_ptr_array_index(verdict->findings, 0) : NULL;
}

static void fill_verdict(struct page *page, const struct verdict *verdict, const char *item, int indent, int column,
                         const char *fix_key)
{
    const struct finding *finding = first_finding(verdict);
    if (finding != NULL)
        fill_finding(page, finding, item, indent, column);
    if (verdict != NULL && verdict->findings->len > 1) {
        page_row(page, item);
        page_tab(page, indent);
        page_format(page, STYLE_DIM, "and %u more like it", verdict->findings->len - 1);
    }
    const struct finding *fix = verdict_fix(verdict);
    if (fix != NULL)
        fill_fix(page, fix, item, indent, fix_key);
    if (verdict != NULL && verdict->valid && verdict->value != NULL)
        form_fill_receipt(page, verdict->value, item, indent);
}

static void fill_text_editor(const struct form *form, struct page *page, const struct board_field *field,
                             const char *item, int indent)
{
    const struct finding *finding = first_finding(form->verdict);
    int room = page_columns(page) - indent - 3;
    int column = editor_show(form->editor, page, room, finding != NULL ? finding->offset : -1,
                             finding != NULL ? MAX(finding->length, 1) : 0);
    if (form->verdict != NULL && form->verdict->valid)
        page_right(page, STYLE_GOOD, "ok");
    fill_verdict(page, form->verdict, item, indent, column, "Ctrl-F");
    const char *hint = editor_is_empty(form->editor) ? field->help : "";
    if (form->kind == FIELD_SECRET)
        hint = "Tab hides the dots. Enter uses it, Esc drops it.";
    else if (form->kind == FIELD_DATE)
        hint = "Up and Down change the day. Enter uses it, Esc drops it.";
    if (*hint != '\0')
        page_paragraph(page, item, indent, STYLE_DIM, hint);
}

static void fill_choices(const struct form *form, struct page *page, const struct board_field *field, const char *item)
{
    g_autoptr(GPtrArray) choices = form_choices(field);
    page_text(page, STYLE_DIM, "a number, or Up, Down and Enter");
    for (guint i = 0; i < choices->len; i++) {
        const struct board_choice *choice = g_ptr_array_index(choices, i);
        gboolean marked = (int)i == form->marked;
        page_row(page, item);
        page_format(page, marked ? STYLE_MARK : STYLE_NORMAL, "  %s%u ", marked ? "▸ " : "  ", i + 1);
        if (marked)
            page_cursor(page, -2);
        page_continue(page, 6, marked ? STYLE_MARK : STYLE_NORMAL, choice->label);
    }
}

static void fill_people(const struct form *form, struct page *page, const char *item, int indent)
{
    for (guint i = 0; i < form->picker.picked->len; i++) {
        page_format(page, STYLE_GOOD, "✓ %s", (const char *)g_ptr_array_index(form->picker.picked, i));
        page_row(page, item);
        page_tab(page, indent);
    }
    editor_show(form->editor, page, page_columns(page) - indent - 1, -1, 0);
    picker_fill(form, page, item, indent);
}

static void fill_editing(const struct form *form, struct page *page, const struct board_field *field, const char *item,
                         int indent)
{
    if (field->kind == FIELD_CHOICE || field->kind == FIELD_YES_NO)
        fill_choices(form, page, field, item);
    else if (field->kind == FIELD_PERSON || field->kind == FIELD_PEOPLE)
        fill_people(form, page, item, indent);
    else
        fill_text_editor(form, page, field, item, indent);
}

static const char *choice_label(const struct board_field *field, const char *value)
{
    for (guint i = 0; i < field->choices->len; i++) {
        const struct board_choice *choice = g_ptr_array_index(field->choices, i);
        if (strcmp(choice->value, value) == 0)
            return choice->label;
    }
    return value;
}

/* Enough to recognise it by: what masks keep, and the namespace, which is no secret among the parts. */
static void fill_masked(struct page *page, const char *value)
{
    g_autofree char *masked = mask_identifier(value, FALSE);
    g_autoptr(HubReceipt) receipt = hub_receipt_new(value);
    page_text(page, STYLE_NORMAL, masked);
    if (receipt != NULL)
        page_format(page, STYLE_DIM, " ns %s", receipt->namespace_name);
    page_right(page, STYLE_GOOD, "ok");
}

static void fill_value(const struct console *console, struct page *page, const struct board_field *field,
                       const char *item, int indent)
{
    if (field->masked && !console->unmasked) {
        fill_masked(page, field->value);
        return;
    }
    page_continue(page, indent, STYLE_NORMAL, choice_label(field, field->value));
    if (field->masked)
        form_fill_receipt(page, field->value, item, indent);
}

static void fill_empty(struct page *page, const struct board_field *field, int indent)
{
    if (*field->suggestion != '\0') {
        page_continue(page, indent, STYLE_DIM, field->suggestion);
        page_right(page, STYLE_DIM, "suggested");
    } else {
        page_text(page, field->required ? STYLE_ACCENT : STYLE_DIM,
                  field->required ? "to be filled in" : "may stay empty");
    }
}

static void fill_draft(struct page *page, const struct board_field *field, const char *draft, const char *item,
                       int indent)
{
    g_autoptr(Verdict) verdict = form_verdict(field->validator, draft);
    const struct finding *finding = first_finding(verdict);
    g_autoptr(Editor) shown = editor_new(FALSE);
    editor_set(shown, draft);
    int column = editor_show(shown, page, page_columns(page) - indent - 8, finding != NULL ? finding->offset : -1,
                             finding != NULL ? MAX(finding->length, 1) : 0);
    page_cursor_off(page);
    page_right(page, STYLE_WAIT, "not used");
    fill_verdict(page, verdict, item, indent, column, "F");
}

void form_fill_field(const struct console *console, struct page *page, const struct board_field *field,
                     int label_columns)
{
    const struct form *form = console->form;
    g_autofree char *item = g_strconcat("field:", field->path, NULL);
    fill_label(page, field, item, label_columns);
    const char *draft = g_hash_table_lookup(form->drafts, field->path);
    if (g_strcmp0(form->path, field->path) == 0)
        fill_editing(form, page, field, item, label_columns);
    else if (draft != NULL)
        fill_draft(page, field, draft, item, label_columns);
    else if (field->kind == FIELD_SECRET)
        page_text(page, STYLE_DIM, *field->value != '\0' ? field->value : "Enter to type it; it is never shown");
    else if (*field->value != '\0')
        fill_value(console, page, field, item, label_columns);
    else
        fill_empty(page, field, label_columns);
}
