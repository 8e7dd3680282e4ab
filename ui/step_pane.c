#include "ui/step_pane.h"

#include <string.h>

#include "ui/form.h"
#include "ui/greeting.h"
#include "ui/words.h"

#define LABEL_LIMIT 16
#define BAR_COLUMNS 20
#define DOTS "●●●●●●●●"

static void fill_state(const struct console *console, struct page *page, const struct board_step *step)
{
    page_row(page, NULL);
    page_format(page, step_style(step->state), "%s %s", step_glyph(step->state), step_state_words(step->state));
    if (step->checked != 0) {
        g_autofree char *time = time_words(console->board, step->checked);
        g_autofree char *read = g_strdup_printf("read %s", time);
        page_right(page, STYLE_DIM, read);
    }
    if (step->state == STEP_WAITING && step->until != 0)
        return;
    if (*step->reason != '\0')
        page_paragraph(page, NULL, 0, step->state == STEP_FAILED ? STYLE_BAD : STYLE_NORMAL, step->reason);
    if (*step->next != '\0')
        page_paragraph(page, NULL, 0, STYLE_BOLD, step->next);
}

static void fill_wait(const struct console *console, struct page *page, const struct board_step *step)
{
    if (step->state != STEP_WAITING || step->until == 0)
        return;
    g_autofree char *bar = bar_words(BAR_COLUMNS, wait_part(console->board, step));
    g_autofree char *left = duration_words(time_left(console->board, step->until));
    g_autofree char *until = time_words(console->board, step->until);
    page_row(page, NULL);
    page_text(page, STYLE_WAIT, bar);
    page_format(page, STYLE_BOLD, "  %s left, until %s", left, until);
    const char *why = *step->wait_reason != '\0' ? step->wait_reason : step->reason;
    if (*why != '\0')
        page_paragraph(page, NULL, 0, STYLE_NORMAL, why);
    page_paragraph(page, NULL, 0, STYLE_DIM, "You may close perch: the time goes on, and the next start knows it.");
    if (*step->wait_word != '\0') {
        page_row(page, "wait");
        page_text(page, STYLE_NORMAL, "[ Go on now ]");
        page_format(page, STYLE_DIM, "  w, then type “%s”; recorded", step->wait_word);
    }
}

static int label_columns(const struct board_step *step)
{
    int widest = 0;
    for (guint i = 0; i < step->fields->len; i++) {
        const struct board_field *field = g_ptr_array_index(step->fields, i);
        widest = MAX(widest, grid_text_columns(field->label));
    }
    return MIN(widest, LABEL_LIMIT) + 2;
}

static void fill_fields(const struct console *console, struct page *page, const struct board_step *step)
{
    if (step->fields->len == 0)
        return;
    page_blank(page);
    int columns = label_columns(step);
    for (guint i = 0; i < step->fields->len; i++)
        form_fill_field(console, page, g_ptr_array_index(step->fields, i), columns);
}

static void fill_differences(struct page *page, const GPtrArray *differences)
{
    for (guint i = 0; i < differences->len; i++) {
        const struct board_difference *difference = g_ptr_array_index(differences, i);
        page_paragraph(page, NULL, 4, STYLE_NORMAL, difference->field);
        page_format(page, STYLE_DIM, ": found ");
        page_continue(page, 6, STYLE_BAD, *difference->found != '\0' ? difference->found : "nothing");
        page_continue(page, 6, STYLE_DIM, ", wanted ");
        page_continue(page, 6, STYLE_GOOD, *difference->wanted != '\0' ? difference->wanted : "nothing");
    }
}

static void fill_choices(struct page *page, const struct board_object *object)
{
    for (guint i = 0; i < object->choices->len; i++) {
        const struct board_choice *choice = g_ptr_array_index(object->choices, i);
        g_autofree char *item = g_strdup_printf("decide:%s:%s", object->key, choice->value);
        page_row(page, item);
        page_format(page, STYLE_BOLD, "  %u ", i + 1);
        page_continue(page, 4, STYLE_NORMAL, choice->label);
    }
}

static const char *origin_note(enum object_origin origin)
{
    switch (origin) {
    case ORIGIN_CREATED:
        return "made by perch";
    case ORIGIN_ADOPTED:
        return "taken over";
    case ORIGIN_PERSON:
        return "made by a person";
    default:
        return "";
    }
}

static void fill_object(struct page *page, const struct board_step *step, const struct board_object *object)
{
    page_row(page, NULL);
    page_format(page, object_style(object->state), "%s ", object_glyph(object->state));
    page_continue(page, 2, STYLE_NORMAL, object->title);
    page_right(page, STYLE_DIM,
               object->state == OBJECT_MATCHES ? origin_note(object->origin) : object_state_words(object->state));
    if (*object->sentence != '\0' && strcmp(object->sentence, step->reason) != 0)
        page_paragraph(page, NULL, 2, STYLE_DIM, object->sentence);
    fill_differences(page, object->differences);
    if (object->choices->len > 0) {
        page_paragraph(page, NULL, 2, STYLE_ACCENT, "Decide, with its number or Enter:");
        fill_choices(page, object);
    }
}

static void fill_objects(struct page *page, const struct board_step *step)
{
    if (step->objects->len == 0)
        return;
    page_blank(page);
    for (guint i = 0; i < step->objects->len; i++)
        fill_object(page, step, g_ptr_array_index(step->objects, i));
}

static void fill_guide(const struct console *console, struct page *page, const struct board_step *step)
{
    if (step->lines->len == 0)
        return;
    page_blank(page);
    for (guint i = 0; i < step->lines->len; i++) {
        const struct board_line *line = g_ptr_array_index(step->lines, i);
        g_autofree char *item = *line->copy != '\0' ? g_strdup_printf("copy:%u", i) : NULL;
        page_row(page, item);
        page_format(page, STYLE_BOLD, "%2u ", i + 1);
        page_continue(page, 3, STYLE_NORMAL, line->text);
        if (item == NULL)
            continue;
        page_row(page, item);
        page_tab(page, 3);
        page_continue(page, 3, STYLE_ACCENT, line->masked && !console->unmasked ? DOTS : line->copy);
        page_right(page, STYLE_DIM, "y copies");
    }
}

/* Something to press, with its key where there is room for it. */
static void fill_button(struct page *page, const char *item, const char *text, const char *key)
{
    page_paragraph(page, item, 0, STYLE_NORMAL, text);
    if (page_last_columns(page) + grid_text_columns(key) < page_columns(page))
        page_right(page, STYLE_DIM, key);
}

static void fill_link(struct page *page, const struct board_step *step)
{
    if (*step->link == '\0')
        return;
    page_blank(page);
    page_row(page, "link");
    page_text(page, STYLE_NORMAL, "[ Open the page ]");
    page_text(page, STYLE_DIM, "  o opens it here, y copies the link");
    page_paragraph(page, "link", 0, STYLE_LINK, step->link);
}

static void fill_word(struct page *page, const struct board_step *step)
{
    if (step->practice_form) {
        fill_button(page, "form", "[ Do this portal step in the practice tenant ]", "f");
    }
    if (step->state == STEP_TOLD) {
        page_paragraph(page, NULL, 0, STYLE_DIM, "Told by ");
        page_continue(page, 0, STYLE_NORMAL, step->told_by);
        if (*step->told_note != '\0')
            page_paragraph(page, NULL, 0, STYLE_DIM, step->told_note);
    } else if (step->tellable) {
        fill_button(page, "tell", "[ I have done it ]", "t");
    }
}

static void fill_work(struct page *page, const struct board_step *step)
{
    if (step->state == STEP_TO_DO) {
        fill_button(page, "apply-step", "[ Do this step ]", "A");
    }
    if (step->lacks_role) {
        fill_button(page, "hand-over", "[ Hand the rest over to a colleague ]", "H");
    }
}

static void fill_paragraph(struct page *page, const char *text)
{
    page_blank(page);
    page_paragraph(page, NULL, 0, STYLE_NORMAL, text);
}

static void fill_notes(struct page *page, const struct board_step *step)
{
    if (step->notes->len > 0)
        page_blank(page);
    for (guint i = 0; i < step->notes->len; i++) {
        page_row(page, NULL);
        page_text(page, STYLE_DIM, "• ");
        page_continue(page, 2, STYLE_NORMAL, g_ptr_array_index(step->notes, i));
    }
}

static void fill_sign_in(const struct console *console, struct page *page, const struct board_step *step)
{
    if (console->board->signed_in || strcmp(step->id, "sign-in") != 0)
        return;
    page_blank(page);
    fill_button(page, "sign-in", "[ Sign in with the browser ]", "s");
    fill_button(page, "device-code", "[ Sign in with a code on another device ]", "d");
}

static void fill_report(const struct console *console, struct page *page, const struct board_step *step)
{
    if (!step->report || !console->board->signed_in)
        return;
    page_blank(page);
    fill_button(page, "report", "[ Write the report ]", "r");
}

/* What there is to do comes before the rest of the story, so that it is seen on a small screen. */
struct page *step_pane_page(const struct console *console, int columns)
{
    struct page *page = page_new(columns);
    const struct board_step *step = console_step(console);
    if (console->greeting) {
        greeting_fill(console, page);
        return page;
    }
    if (step == NULL) {
        page_paragraph(page, NULL, 0, STYLE_DIM, "Nothing has been read yet.");
        return page;
    }
    fill_state(console, page, step);
    fill_wait(console, page, step);
    fill_report(console, page, step);
    fill_sign_in(console, page, step);
    g_auto(GStrv) story = g_strsplit(step->explanation, "\n\n", 2);
    if (story[0] != NULL)
        fill_paragraph(page, story[0]);
    fill_fields(console, page, step);
    fill_objects(page, step);
    fill_work(page, step);
    fill_guide(console, page, step);
    fill_link(page, step);
    fill_word(page, step);
    if (story[0] != NULL && story[1] != NULL)
        fill_paragraph(page, story[1]);
    fill_notes(page, step);
    return page;
}
