/* SPDX-License-Identifier: MIT */
#include "ui/views/paste_view.h"

#include <string.h>

#include "input/event_hub.h"
#include "input/validate.h"
#include "ui/navigation.h"

#define PART_COLUMN 17

enum { USE_ALL = 0, USE_NOTHING = -1 }; /* else the number of the choice, from 1 */

struct pasted {
    struct paste_values *values;
    GPtrArray *choices; /* of struct paste_choice */
    const char *source;
    char *note;
};

static void fill_part(struct text_layout *layout, const char *label, const char *value)
{
    layout_row(layout, NULL);
    layout_tab(layout, 2);
    layout_text(layout, STYLE_DIM, label);
    layout_tab(layout, PART_COLUMN);
    layout_continue(layout, PART_COLUMN, STYLE_GOOD, value);
}

/* The values in full, in the parts that a person compares with the e-mail; none of them is a secret. */
static void fill_values(struct text_layout *layout, const struct paste_values *values, const GPtrArray *choices)
{
    g_autoptr(EventHubParts) parts = values->event_hub_id != NULL ? event_hub_parts_new(values->event_hub_id) : NULL;
    if (parts != NULL) {
        layout_row(layout, NULL);
        layout_text(layout, STYLE_BOLD, "Resource ID");
        layout_paragraph(layout, NULL, 2, STYLE_GOOD, values->event_hub_id);
        fill_part(layout, "subscription", parts->subscription);
        fill_part(layout, "resource group", parts->resource_group);
        fill_part(layout, "namespace", parts->namespace_name);
    }
    if (values->event_hub_name != NULL) {
        layout_row(layout, NULL);
        layout_text(layout, STYLE_BOLD, "Event Hub");
        fill_part(layout, "name", values->event_hub_name);
    }
    for (guint i = 0; i < choices->len; i++) {
        const struct paste_choice *choice = g_ptr_array_index(choices, i);
        if (g_strcmp0(choice->value, values->application_id) != 0)
            continue;
        layout_row(layout, NULL);
        layout_text(layout, STYLE_BOLD, choice->label);
        layout_paragraph(layout, NULL, 2, STYLE_GOOD, choice->value);
    }
}

static void fill_way(struct text_layout *layout, int number, const char *verb, const char *label)
{
    struct item item = item_numbered(ITEM_PASTED, number);
    layout_row(layout, &item);
    layout_format(layout, STYLE_BOLD, "[ %s%s ]", verb, label);
}

/* What is clear: all of it, or one alone. */
static guint fill_clear(struct text_layout *layout, const GPtrArray *choices)
{
    guint clear = 0;
    for (guint i = 0; i < choices->len; i++) {
        const struct paste_choice *choice = g_ptr_array_index(choices, i);
        clear += choice->reasons == NULL && !choice->is_settled;
    }
    if (clear > 1)
        fill_way(layout, USE_ALL, "Use ", clear == 2 ? "both" : "all of them");
    for (guint i = 0; i < choices->len; i++) {
        const struct paste_choice *choice = g_ptr_array_index(choices, i);
        if (choice->reasons == NULL && !choice->is_settled)
            fill_way(layout, (int)i + 1, clear > 1 ? "Only " : "Use ", choice->label);
    }
    return clear;
}

/* What may be meant, field by field, with a number that takes it. */
static guint fill_candidates(struct text_layout *layout, const GPtrArray *choices)
{
    const struct paste_choice *last = NULL;
    guint shown = 0;
    for (guint i = 0; i < choices->len; i++) {
        const struct paste_choice *choice = g_ptr_array_index(choices, i);
        if (choice->reasons == NULL || choice->is_settled)
            continue;
        if (last == NULL || strcmp(last->path, choice->path) != 0) {
            g_autofree char *question = g_strdup_printf("%s is not clear. Which one is it?", choice->label);
            layout_paragraph(layout, NULL, 0, STYLE_BOLD, question);
        }
        struct item item = item_numbered(ITEM_PASTED, (int)i + 1);
        layout_row(layout, &item);
        layout_format(layout, STYLE_BOLD, "[ %u ] ", ++shown);
        layout_continue(layout, 6, STYLE_WAIT, choice->value);
        layout_paragraph(layout, NULL, 6, STYLE_DIM, choice->reasons);
        last = choice;
    }
    return shown;
}

static void paste_fill(const struct console *console, struct overlay *overlay, struct text_layout *layout)
{
    const struct pasted *pasted = overlay->data;
    const GPtrArray *findings = pasted->values->findings;
    (void)console;
    if (pasted->note != NULL)
        layout_paragraph(layout, NULL, 0, STYLE_BAD, pasted->note);
    if (pasted->values->has_secret)
        layout_paragraph(layout, NULL, 0, STYLE_BAD,
                         "The paste holds a key or connection string. Clear your clipboard.");
    fill_values(layout, pasted->values, pasted->choices);
    if (findings->len > 0)
        layout_blank(layout);
    for (guint i = 0; i < findings->len; i++) {
        const struct finding *finding = g_ptr_array_index(findings, i);
        layout_row(layout, NULL);
        layout_text(layout, finding->remark ? STYLE_WAIT : STYLE_BAD, "▲ ");
        layout_continue(layout, 2, finding->remark ? STYLE_WAIT : STYLE_BAD, finding->message);
    }
    layout_blank(layout);
    guint ways = fill_clear(layout, pasted->choices);
    ways += fill_candidates(layout, pasted->choices);
    fill_way(layout, USE_NOTHING, "", ways > 0 ? "Nothing of it" : "Close");
}

/* A field that has its answer is not asked for again. "Only" says that no other clear value is wanted. */
static void settle(const struct pasted *pasted, const struct paste_choice *taken)
{
    for (guint i = 0; i < pasted->choices->len; i++) {
        struct paste_choice *choice = g_ptr_array_index(pasted->choices, i);
        if (strcmp(choice->path, taken->path) == 0 || (taken->reasons == NULL && choice->reasons == NULL))
            choice->is_settled = TRUE;
    }
}

static void paste_use(struct console *console, struct overlay *overlay, int number)
{
    const struct pasted *pasted = overlay->data;
    gboolean has_more = FALSE;
    g_autoptr(GArray) answers = g_array_new(FALSE, FALSE, sizeof(struct answer));
    for (guint i = 0; i < pasted->choices->len; i++) {
        const struct paste_choice *choice = g_ptr_array_index(pasted->choices, i);
        if (number == (int)i + 1 || (number == USE_ALL && choice->reasons == NULL && !choice->is_settled))
            g_array_append_val(answers, ((struct answer){choice->path, choice->value}));
    }
    for (guint i = 0; i < pasted->choices->len; i++)
        if (number == (int)i + 1 ||
            (number == USE_ALL &&
             ((const struct paste_choice *)g_ptr_array_index(pasted->choices, i))->reasons == NULL))
            settle(pasted, g_ptr_array_index(pasted->choices, i));
    if (answers->len > 0) {
        session_answer_all(console->session, (const struct answer *)answers->data, answers->len);
        console_sent(console, COMMAND_ANSWER);
    }
    for (guint i = 0; i < pasted->choices->len; i++)
        has_more |= !((const struct paste_choice *)g_ptr_array_index(pasted->choices, i))->is_settled;
    g_free(overlay->title);
    overlay->title = g_strdup_printf("Found in the %s besides", pasted->source);
    if (!has_more || number == USE_NOTHING)
        console_pop(console);
    console->dirty = TRUE;
}

static void paste_choose(struct console *console, struct overlay *overlay)
{
    paste_use(console, overlay, overlay->scroller.focus.number);
}

/* A digit takes the candidate that is shown with it. */
static gboolean paste_key(struct console *console, struct overlay *overlay, const struct key_event *key)
{
    const struct pasted *pasted = overlay->data;
    int digit = key->kind == KEY_CHARACTER ? g_unichar_digit_value(key->character) : -1;
    for (guint i = 0; i < pasted->choices->len && digit > 0; i++) {
        const struct paste_choice *choice = g_ptr_array_index(pasted->choices, i);
        if (choice->reasons == NULL || choice->is_settled || --digit > 0)
            continue;
        paste_use(console, overlay, (int)i + 1);
        return TRUE;
    }
    return FALSE;
}

static void paste_free(gpointer data)
{
    struct pasted *pasted = data;
    paste_values_free(pasted->values);
    g_ptr_array_unref(pasted->choices);
    g_free(pasted->note);
    g_free(pasted);
}

static const struct overlay_ops paste_view = {
    .place = PLACE_READ,
    .fill = paste_fill,
    .key = paste_key,
    .choose = paste_choose,
    .enter = "take",
    .free = paste_free,
    .box = TRUE,
    .focuses = TRUE,
};

struct overlay *paste_view_new(struct paste_values *values, GPtrArray *choices, const char *source, const char *note)
{
    struct pasted *pasted = g_new0(struct pasted, 1);
    pasted->values = values;
    pasted->choices = choices;
    pasted->note = g_strdup(note);
    pasted->source = source;
    g_autofree char *title = g_strdup_printf("Found in the %s; nothing is kept yet", source);
    return overlay_new(&paste_view, title, pasted);
}

struct paste_choice *paste_choice_new(const char *path, const char *label, const char *value,
                                      const struct paste_candidate *candidate)
{
    struct paste_choice *choice = g_new0(struct paste_choice, 1);
    choice->path = g_strdup(path);
    choice->label = g_strdup(label);
    choice->value = g_strdup(value);
    if (candidate != NULL) {
        g_autofree char *reasons = g_strjoinv(" ", candidate->reasons);
        choice->reasons = g_strdup_printf("Line %d. %s", candidate->line, reasons);
    }
    return choice;
}

void paste_choice_free(gpointer data)
{
    struct paste_choice *choice = data;
    g_free(choice->path);
    g_free(choice->label);
    g_free(choice->value);
    g_free(choice->reasons);
    g_free(choice);
}
