/* SPDX-License-Identifier: MIT */
#include "ui/form/form_rows.h"

#include <string.h>

#include "input/event_hub.h"
#include "ui/form/form_state.h"

#define EDITOR_MARGIN 3 /* for the cursor and “ok” */
#define OWN_INDENT 2
#define SHORT_DOTS "●●●"

static void fill_part(struct text_layout *layout, const struct item *item, int indent, const char *label,
                      const char *part)
{
    layout_row(layout, item);
    layout_tab(layout, indent);
    layout_text(layout, STYLE_DIM, label);
    layout_tab(layout, indent + 15);
    layout_continue(layout, indent + 2, STYLE_GOOD, part);
}

/* The parts of an identifier that was accepted; nothing for a value without parts. */
static void fill_receipt(struct text_layout *layout, const char *value, const struct item *item, int indent)
{
    g_autoptr(EventHubParts) receipt = event_hub_parts_new(value);
    if (receipt == NULL)
        return;
    fill_part(layout, item, indent, "subscription", receipt->subscription);
    fill_part(layout, item, indent, "resource group", receipt->resource_group);
    fill_part(layout, item, indent, "namespace", receipt->namespace_name);
    if (receipt->hub != NULL)
        fill_part(layout, item, indent, "hub", receipt->hub);
}

/* The place of a finding, pointed at from below. */
static void fill_finding(struct text_layout *layout, const struct finding *finding, const struct item *item, int indent,
                         int column)
{
    enum style style = finding->remark ? STYLE_WAIT : STYLE_BAD;
    layout_row(layout, item);
    layout_tab(layout, indent + MAX(column, 0));
    if (column >= 0)
        layout_text(layout, style, "▲ ");
    if (indent + column + 2 + grid_text_columns(finding->message) > layout_columns(layout) && column > 0) {
        layout_row(layout, item);
        layout_tab(layout, indent);
    }
    layout_continue(layout, indent, style, finding->message);
}

static const struct finding *first_finding(const struct verdict *verdict)
{
    return verdict != NULL && verdict->findings->len > 0 ? g_ptr_array_index(verdict->findings, 0) : NULL;
}

static void fill_verdict(struct text_layout *layout, const struct verdict *verdict, const struct item *item, int indent,
                         int column, const char *fix_key)
{
    const struct finding *finding = first_finding(verdict);
    if (finding != NULL)
        fill_finding(layout, finding, item, indent, column);
    if (verdict != NULL && verdict->findings->len > 1) {
        layout_row(layout, item);
        layout_tab(layout, indent);
        layout_format(layout, STYLE_DIM, "and %u more like it", verdict->findings->len - 1);
    }
    const struct finding *fix = verdict_fix(verdict);
    if (fix != NULL) {
        layout_row(layout, item);
        layout_tab(layout, indent);
        layout_text(layout, STYLE_BOLD, fix_key);
        layout_continue(layout, indent, STYLE_NORMAL, " ");
        layout_continue(layout, indent, STYLE_NORMAL, fix->fix_label);
        layout_continue(layout, indent, STYLE_NORMAL, " → ");
        layout_continue(layout, indent, STYLE_GOOD, fix->fix);
    }
    if (verdict != NULL && verdict->valid && verdict->value != NULL)
        fill_receipt(layout, verdict->value, item, indent);
}

/* Where what is typed does not fit beside its label it has a row of its own. */
static int begin_editor(const struct form *form, struct text_layout *layout, const struct item *item, int *indent)
{
    int room = layout_columns(layout) - *indent - EDITOR_MARGIN;
    if (grid_text_columns(editor_text(form->editor)) < room || editor_mask(form->editor) != EDITOR_PLAIN)
        return room;
    *indent = OWN_INDENT;
    layout_row(layout, item);
    layout_tab(layout, *indent);
    return layout_columns(layout) - *indent - EDITOR_MARGIN;
}

static void fill_text_editor(const struct form *form, struct text_layout *layout, const struct board_field *field,
                             const struct item *item, int indent)
{
    const struct finding *finding = first_finding(form->verdict);
    int room = begin_editor(form, layout, item, &indent);
    int column = editor_show(form->editor, layout, room, finding != NULL ? finding->offset : -1,
                             finding != NULL ? MAX(finding->length, 1) : 0);
    if (form->verdict != NULL && form->verdict->valid)
        layout_right(layout, STYLE_GOOD, "ok");
    fill_verdict(layout, form->verdict, item, indent, column, "Ctrl-F");
    const char *hint = editor_is_empty(form->editor) ? field->help : "";
    if (form->kind == FIELD_SECRET)
        hint = "Tab hides the dots. Enter uses it, Esc drops it.";
    else if (form->kind == FIELD_DATE)
        hint = "Up and Down change the day. Enter uses it, Esc drops it.";
    if (*hint != '\0')
        layout_paragraph(layout, item, indent, STYLE_DIM, hint);
    if (form->in_mail && editor_is_empty(form->editor))
        layout_paragraph(layout, item, indent, STYLE_DIM, "In practice: Esc, then E takes it from the made-up e-mail.");
}

static void fill_choices(const struct form *form, struct text_layout *layout, const struct board_field *field,
                         const struct item *item, int indent)
{
    g_autoptr(GPtrArray) choices = form_choices(field);
    layout_continue(layout, indent, STYLE_DIM, form->marked < 0 ? "a number or Down marks" : "a number, then Enter");
    if (form->marked < 0)
        layout_cursor(layout, 0);
    for (guint i = 0; i < choices->len; i++) {
        const struct board_choice *choice = g_ptr_array_index(choices, i);
        gboolean marked = (int)i == form->marked;
        struct item own = *item;
        own.number = (int)i + 1;
        layout_row(layout, &own);
        layout_format(layout, marked ? STYLE_MARK : STYLE_NORMAL, "  %s%u ", marked ? "▸ " : "  ", i + 1);
        if (marked)
            layout_cursor(layout, -2);
        layout_continue(layout, 6, marked ? STYLE_MARK : STYLE_NORMAL, choice->label);
    }
    if (*field->help != '\0')
        layout_paragraph(layout, item, 2, STYLE_DIM, field->help);
}

static void fill_editing(const struct form *form, struct text_layout *layout, const struct board_field *field,
                         const struct item *item, int indent)
{
    if (field->kind == FIELD_CHOICE || field->kind == FIELD_YES_NO)
        fill_choices(form, layout, field, item, indent);
    else if (field->kind == FIELD_PERSON || field->kind == FIELD_PEOPLE) {
        for (guint i = 0; i < form->picker.picked->len; i++) {
            const char *name = g_ptr_array_index(form->picker.picked, i);
            gboolean is_unknown = form_is_unknown(form, name) || form_unfit(field, name) != NULL;
            enum style style = is_unknown ? STYLE_WAIT : STYLE_GOOD;
            g_autofree char *picked = g_strconcat(is_unknown ? "▲ " : "✓ ", name, NULL);
            if (layout_last_columns(layout) + grid_text_columns(picked) <= layout_columns(layout))
                layout_text(layout, style, picked);
            else
                layout_paragraph(layout, item, OWN_INDENT, style, picked);
            layout_row(layout, item);
            layout_tab(layout, indent);
        }
        int room = begin_editor(form, layout, item, &indent);
        editor_show(form->editor, layout, room, -1, 0);
        picker_fill(&form->picker, form->editor, layout, item, indent);
        if (*field->help != '\0' && form->picker.found->len == 0)
            layout_paragraph(layout, item, indent, STYLE_DIM, field->help);
    } else
        fill_text_editor(form, layout, field, item, indent);
}

/* Whom of FIELD's people the tenant does not have, or a look-up did not find. */
static void fill_unknown(const struct form *form, struct text_layout *layout, const struct board_field *field,
                         const struct item *item, int indent)
{
    g_auto(GStrv) names = g_strsplit(field->value, ",", -1);
    for (char **name = names; *name != NULL; name++) {
        const char *unfit = form_unfit(field, g_strstrip(*name));
        g_autofree char *words = unfit != NULL ? g_strdup(unfit) : form_unknown_words(*name);
        g_autofree char *marked = g_strconcat("▲ ", words, NULL);
        if (unfit != NULL || form_is_unknown(form, *name))
            layout_paragraph(layout, item, indent, STYLE_WAIT, marked);
    }
}

static void fill_value(const struct console *console, struct text_layout *layout, const struct board_field *field,
                       const struct item *item, int indent)
{
    if (field->masked && !console->unmasked) {
        /* Enough to recognise it by: what masks keep, and the namespace, which is no secret among the parts. */
        g_autofree char *masked = mask_identifier(field->value, FALSE);
        g_autoptr(EventHubParts) receipt = event_hub_parts_new(field->value);
        layout_text(layout, STYLE_NORMAL, receipt != NULL ? SHORT_DOTS : masked);
        if (receipt != NULL)
            layout_format(layout, STYLE_DIM, " namespace %s", receipt->namespace_name);
        layout_right(layout, STYLE_GOOD, receipt != NULL ? "ok" : "ok, m shows it");
        return;
    }
    const char *shown = field->value;
    for (guint i = 0; i < field->choices->len; i++) {
        const struct board_choice *choice = g_ptr_array_index(field->choices, i);
        shown = strcmp(choice->value, field->value) == 0 ? choice->label : shown;
    }
    layout_value(layout, indent, OWN_INDENT, STYLE_NORMAL, shown);
    if (field->masked)
        fill_receipt(layout, field->value, item, indent);
    if (field->kind == FIELD_PERSON || field->kind == FIELD_PEOPLE)
        fill_unknown(console->form, layout, field, item, indent);
}

/* Beside its label where all of it fits there, else in rows of its own: a draft is never cut. */
static void fill_draft(struct text_layout *layout, const struct board_field *field, const char *draft,
                       const struct item *item, int indent)
{
    g_autoptr(Verdict) verdict = form_verdict(field->validator, field->earliest, field->value, draft);
    const struct finding *finding = first_finding(verdict);
    int room = layout_columns(layout) - indent - 9;
    layout_right(layout, STYLE_WAIT, "not used");
    if (grid_text_columns(draft) > room) {
        layout_paragraph(layout, item, 2, STYLE_NORMAL, draft);
        fill_verdict(layout, verdict, item, indent, -1, "F");
        return;
    }
    g_autoptr(Editor) shown = editor_new(FALSE);
    editor_set(shown, draft);
    int column = editor_show(shown, layout, room + 1, finding != NULL ? finding->offset : -1,
                             finding != NULL ? MAX(finding->length, 1) : 0);
    layout_cursor_off(layout);
    fill_verdict(layout, verdict, item, indent, column, "F");
}

void form_fill_field(const struct console *console, struct text_layout *layout, const struct board_field *field,
                     int label_columns)
{
    const struct form *form = console->form;
    struct item own = item_named(ITEM_FIELD, field->path);
    const struct item *item = &own;
    layout_row(layout, item);
    layout_text(layout, STYLE_NORMAL, field->label);
    layout_tab(layout, label_columns);
    const char *draft = g_hash_table_lookup(form->drafts, field->path);
    if (g_strcmp0(form->path, field->path) == 0)
        fill_editing(form, layout, field, item, label_columns);
    else if (draft != NULL)
        fill_draft(layout, field, draft, item, label_columns);
    else if (field->kind == FIELD_SECRET)
        layout_text(layout, STYLE_DIM, *field->value != '\0' ? field->value : "Enter to type it; it is never shown");
    else if (*field->value != '\0')
        fill_value(console, layout, field, item, label_columns);
    else if (*field->suggestion != '\0') {
        layout_value(layout, label_columns, OWN_INDENT, STYLE_DIM, field->suggestion);
        layout_right(layout, STYLE_DIM, "suggested");
    } else if (field->required)
        layout_text(layout, STYLE_ACCENT, "to be filled in");
    else {
        g_autofree char *empty = g_strconcat("empty: ", field->if_empty, NULL);
        layout_continue(layout, label_columns, STYLE_DIM, *field->if_empty != '\0' ? empty : "may stay empty");
    }
}
