/* SPDX-License-Identifier: MIT */
#include "ui/views/paste_view.h"

#include <string.h>

#include "base/text.h"
#include "input/event_hub.h"
#include "input/validate.h"
#include "ui/navigation.h"

#define PART_COLUMN 17

enum { USE_ALL = 0, USE_NOTHING = -1 }; /* else the number of the choice, from 1 */

struct pasted {
    struct paste_values *values;
    GPtrArray *choices;               /* of struct paste_choice */
    const struct paste_choice *taken; /* the last one that was; NULL */
    const char *source;
    char *note;
};

static gint by_offset(gconstpointer a, gconstpointer b)
{
    const struct paste_choice *first = *(const struct paste_choice *const *)a;
    const struct paste_choice *second = *(const struct paste_choice *const *)b;
    return (first->offset > second->offset) - (first->offset < second->offset);
}

/* Which passage of the text CHOICE stands in, from 1, where each begins with a value of one of the two fields, its own
 * and OTHER's, and goes on with the other; 0 if the text is not of that kind, or a value is clear. */
static int passage_of(const struct pasted *pasted, const struct paste_choice *choice, const struct paste_choice *other)
{
    g_autoptr(GPtrArray) places = g_ptr_array_new();
    for (guint i = 0; i < pasted->choices->len; i++) {
        struct paste_choice *place = g_ptr_array_index(pasted->choices, i);
        if (place->reasons != NULL && (strcmp(place->path, choice->path) == 0 || strcmp(place->path, other->path) == 0))
            g_ptr_array_add(places, place);
    }
    g_ptr_array_sort(places, by_offset);
    gboolean is_alone = FALSE;
    int passage = 0;
    int found = 0;
    for (guint i = 0; i < places->len; i++) {
        const struct paste_choice *place = g_ptr_array_index(places, i);
        gboolean begins = strcmp(place->path, ((const struct paste_choice *)g_ptr_array_index(places, 0))->path) == 0;
        if (begins && is_alone)
            return 0;
        is_alone = begins;
        passage += begins;
        found = place == choice ? passage : found;
    }
    return is_alone || other->reasons == NULL ? 0 : found;
}

static gboolean is_apart(const struct pasted *pasted, const struct paste_choice *a, const struct paste_choice *b)
{
    return passage_of(pasted, a, b) != passage_of(pasted, b, a);
}

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
        if (choice->reasons != NULL || choice->is_settled || choice->replaces == NULL)
            continue;
        g_autofree char *text = g_strdup_printf("▲ %s: this replaces %s.", choice->label, choice->replaces);
        layout_paragraph(layout, NULL, 2, STYLE_WAIT, text);
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

/* What speaks for and against CHOICE. */
static void fill_reasons(struct text_layout *layout, const struct pasted *pasted, const struct paste_choice *choice)
{
    const struct paste_choice *taken = pasted->taken;
    layout_paragraph(layout, NULL, 6, STYLE_DIM, choice->reasons);
    if (choice->replaces != NULL) {
        g_autofree char *text = g_strdup_printf("This replaces %s.", choice->replaces);
        layout_paragraph(layout, NULL, 6, STYLE_WAIT, text);
    }
    if (taken != NULL && is_apart(pasted, taken, choice)) {
        g_autofree char *text = g_strdup_printf("It stands at another place of the text than the %s that was taken, "
                                                "which is of line %d.",
                                                taken->label, taken->line);
        layout_paragraph(layout, NULL, 6, STYLE_BAD, text);
    }
}

/* What may be meant, field by field, with a number that marks it. */
static guint fill_candidates(struct text_layout *layout, const struct pasted *pasted)
{
    const GPtrArray *choices = pasted->choices;
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
        fill_reasons(layout, pasted, choice);
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
    if (pasted->taken != NULL) { /* what goes on with it is chosen next, and has to suit it */
        const struct paste_choice *taken = pasted->taken;
        g_autoptr(EventHubParts) parts = event_hub_parts_new(taken->value);
        g_autofree char *line = taken->line > 0 ? g_strdup_printf(" of line %d", taken->line) : g_strdup("");
        g_autofree char *text =
            parts != NULL ? g_strdup_printf("Taken: %s%s, namespace “%s”.", taken->label, line, parts->namespace_name)
                          : g_strdup_printf("Taken: %s%s, “%s”.", taken->label, line, taken->value);
        layout_paragraph(layout, NULL, 0, STYLE_GOOD, text);
    }
    guint ways = fill_clear(layout, pasted->choices);
    ways += fill_candidates(layout, pasted);
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

/* Enter alone replaces nothing that was answered, and puts nothing together that the text does not. */
static void set_mark(const struct pasted *pasted, struct overlay *overlay)
{
    gboolean asks = FALSE;
    guint together = 0;
    int number = USE_NOTHING;
    for (guint i = 0; i < pasted->choices->len; i++) {
        const struct paste_choice *choice = g_ptr_array_index(pasted->choices, i);
        if (choice->is_settled)
            continue;
        asks |= choice->replaces != NULL || (pasted->taken != NULL && choice->reasons != NULL);
        int passage = pasted->taken != NULL ? passage_of(pasted, pasted->taken, choice) : 0;
        if (choice->replaces != NULL || passage == 0 || passage != passage_of(pasted, choice, pasted->taken))
            continue;
        together++;
        number = (int)i + 1;
    }
    struct item item = item_numbered(ITEM_PASTED, together == 1 ? number : USE_NOTHING);
    if (asks)
        scroller_set_focus(&overlay->scroller, &item);
}

static void reveal_mark(const struct console *console, struct overlay *overlay)
{
    g_autoptr(TextLayout) layout = overlay_layout(console, overlay);
    if (!layout_has_item(layout, &overlay->scroller.focus))
        scroller_set_focus(&overlay->scroller, layout_first_item(layout));
    scroller_reveal(&overlay->scroller, layout);
}

/* The choices that NUMBER stands for. Caller frees. */
static GPtrArray *taken_by(const struct pasted *pasted, int number)
{
    GPtrArray *taken = g_ptr_array_new();
    for (guint i = 0; i < pasted->choices->len; i++) {
        struct paste_choice *choice = g_ptr_array_index(pasted->choices, i);
        if (number == (int)i + 1 || (number == USE_ALL && choice->reasons == NULL && !choice->is_settled))
            g_ptr_array_add(taken, choice);
    }
    return taken;
}

/* The box is gone with it: what came of it is said. */
static void say_used(struct console *console, const GPtrArray *taken, gboolean some_before)
{
    g_autoptr(GPtrArray) labels = g_ptr_array_new();
    for (guint i = 0; i < taken->len; i++)
        g_ptr_array_add(labels, (gpointer)((const struct paste_choice *)g_ptr_array_index(taken, i))->label);
    g_autofree char *names = text_join(labels, ", ");
    if (taken->len > 0)
        console_note(console, "Taken: %s.", names);
    else
        console_note(console, "Nothing %sof it was taken.", some_before ? "more " : "");
}

static void paste_use(struct console *console, struct overlay *overlay, int number)
{
    struct pasted *pasted = overlay->data;
    gboolean has_more = FALSE;
    g_autoptr(GPtrArray) taken = taken_by(pasted, number);
    g_autoptr(GArray) answers = g_array_new(FALSE, FALSE, sizeof(struct answer));
    const struct paste_choice *before = pasted->taken;
    for (guint i = 0; i < taken->len; i++) {
        const struct paste_choice *choice = g_ptr_array_index(taken, i);
        g_array_append_val(answers, ((struct answer){choice->path, choice->value}));
        settle(pasted, choice);
        pasted->taken = choice;
    }
    if (answers->len > 0) {
        session_answer_all(console->session, (const struct answer *)answers->data, answers->len);
        console_sent(console, COMMAND_ANSWER);
    }
    if (before != NULL && pasted->taken != before && is_apart(pasted, before, pasted->taken))
        console_note(console, "%s is of line %d, %s of line %d: different places of the text. Compare with the e-mail.",
                     before->label, before->line, pasted->taken->label, pasted->taken->line);
    for (guint i = 0; i < pasted->choices->len; i++)
        has_more |= !((const struct paste_choice *)g_ptr_array_index(pasted->choices, i))->is_settled;
    g_free(overlay->title);
    overlay->title = g_strdup_printf("Found in the %s besides", pasted->source);
    console->dirty = TRUE;
    if (!has_more || number == USE_NOTHING) {
        if (console->note.text == NULL)
            say_used(console, taken, before != NULL);
        console_pop(console);
        return;
    }
    set_mark(pasted, overlay);
    reveal_mark(console, overlay);
}

static void paste_choose(struct console *console, struct overlay *overlay)
{
    paste_use(console, overlay, overlay->scroller.focus.number);
}

/* A digit marks the candidate that is shown with it; Enter takes. */
static gboolean paste_key(struct console *console, struct overlay *overlay, const struct key_event *key)
{
    const struct pasted *pasted = overlay->data;
    int digit = key->kind == KEY_CHARACTER ? g_unichar_digit_value(key->character) : -1;
    for (guint i = 0; i < pasted->choices->len && digit > 0; i++) {
        const struct paste_choice *choice = g_ptr_array_index(pasted->choices, i);
        if (choice->reasons == NULL || choice->is_settled || --digit > 0)
            continue;
        struct item item = item_numbered(ITEM_PASTED, (int)i + 1);
        scroller_set_focus(&overlay->scroller, &item);
        reveal_mark(console, overlay);
        console->dirty = TRUE;
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

/* Where nothing can be taken. */
static const struct overlay_ops nothing_view = {
    .place = PLACE_READ,
    .fill = paste_fill,
    .key = paste_key,
    .choose = paste_choose,
    .enter = "close",
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
    struct overlay *overlay = overlay_new(choices->len > 0 ? &paste_view : &nothing_view, title, pasted);
    set_mark(pasted, overlay);
    return overlay;
}

/* As much of what FIELD holds as may be seen, and tells it from VALUE. Caller frees. */
static char *shown_value(const struct board_field *field, const char *value, gboolean unmasked)
{
    g_autoptr(EventHubParts) parts = event_hub_parts_new(field->value);
    g_autoptr(EventHubParts) other = event_hub_parts_new(value);
    if (parts != NULL)
        return g_strdup_printf("“…/%s”%s", parts->namespace_name,
                               other != NULL && g_ascii_strcasecmp(parts->namespace_name, other->namespace_name) == 0
                                   ? " of another subscription or resource group"
                                   : "");
    return field->masked && !unmasked ? g_strdup("another value") : g_strdup_printf("“%s”", field->value);
}

struct paste_choice *paste_choice_new(const struct board_field *field, const char *value,
                                      const struct paste_candidate *candidate, gboolean unmasked)
{
    struct paste_choice *choice = g_new0(struct paste_choice, 1);
    choice->path = g_strdup(field->path);
    choice->label = g_strdup(field->label);
    choice->value = g_strdup(value);
    if (*field->value != '\0' && g_ascii_strcasecmp(field->value, value) != 0)
        choice->replaces = shown_value(field, value, unmasked);
    if (candidate != NULL) {
        g_autofree char *reasons = g_strjoinv(" ", candidate->reasons);
        choice->reasons = g_strdup_printf("Line %d. %s", candidate->line, reasons);
        choice->offset = candidate->offset;
        choice->line = candidate->line;
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
    g_free(choice->replaces);
    g_free(choice);
}
