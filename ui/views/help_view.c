/* SPDX-License-Identifier: MIT */
#include "ui/views/help_view.h"

#include <string.h>

#include "ui/form/editor.h"
#include "ui/navigation.h"
#include "ui/state_text.h"

#define LABEL_COLUMN 18

/* What is typed filters the list; Enter does what is marked, where it can be done. */
struct help {
    guint place; /* where it was asked for */
    struct editor *wanted;
};

struct section {
    guint place;
    const char *title;
};

static const struct section sections[] = {
    {PLACE_STEPS, "Checklist and step"}, {PLACE_LOG, "Log"},        {PLACE_PLAN, "Plan"},
    {PLACE_SIGN_IN, "Sign-in"},          {PLACE_ANY, "Everywhere"},
};

/* What else people call it, beside the words of its row. */
static const char *const other_words[ACTION_COUNT] = {
    [ACTION_sign_in] = "login log in account",
    [ACTION_sign_out] = "logout log out account",
    [ACTION_device_code] = "login device telephone",
    [ACTION_before] = "form answers fill in prepare edit",
    [ACTION_partner_mail] = "email mail paste",
    [ACTION_tell] = "done finished confirm",
    [ACTION_practice_form] = "portal",
    [ACTION_override_wait] = "skip wait early",
    [ACTION_ladder] = "error failed troubleshoot",
    [ACTION_report] = "document audit save",
    [ACTION_who] = "access permissions rights members owners",
    [ACTION_plan] = "preview dry run requests",
    [ACTION_apply] = "send write run execute create",
    [ACTION_apply_step] = "send write run execute create",
    [ACTION_check] = "refresh reload status",
    [ACTION_exchange] = "error request response",
    [ACTION_skip] = "ignore omit",
    [ACTION_take_back] = "undo revert",
    [ACTION_show_masked] = "reveal unmask hide",
    [ACTION_undo] = "delete revert roll back clean up",
    [ACTION_leave_partner] = "disconnect offboard remove revoke end access",
    [ACTION_find] = "search",
    [ACTION_save_log] = "export write",
    [ACTION_copy] = "clipboard",
    [ACTION_zoom] = "maximize full screen larger",
    [ACTION_tenants] = "switch customer company",
    [ACTION_quit] = "exit close end",
    [ACTION_leave] = "exit close",
    [ACTION_help] = "keys commands palette",
};

/* What the marks of the checklist mean, beside their words. */
static const struct {
    const struct state_look *look;
    const char *meaning;
} marks[] = {
    {&step_looks[STEP_DONE], "Done, and read back from the tenant."},
    {&step_looks[STEP_TOLD], "Somebody said that it is done; nothing in the tenant proves it."},
    {&deviating_look, "Done, but not all as wanted; it may stay so."},
    {&step_looks[STEP_DIFFERS], "There, but not as wanted: decide about it, or mend it."},
    {&step_looks[STEP_NEEDS_YOU], "A value, a decision or work in a portal is wanted of you."},
    {&step_looks[STEP_TO_DO], "perch can do it now: a shows the plan."},
    {&step_looks[STEP_BLOCKED],
     "Something else comes first; the step says what. With “fill in” a value is missing, which may be given already. "
     "After all was taken away: nothing asks for it."},
    {&step_looks[STEP_WAITING], "It goes on at the time that is shown."},
    {&step_looks[STEP_WORKING], "It is being read or written."},
    {&step_looks[STEP_IN_DOUBT], "In doubt: what came of a request is not known. Else: not read."},
    {&step_looks[STEP_FAILED], "Refused, or it did not work; the step says why."},
    {&step_looks[STEP_SKIPPED], "By somebody's decision, or since it is not needed here."},
};

static void help_free(gpointer data)
{
    struct help *help = data;
    editor_free(help->wanted);
    g_free(help);
}

static void fill_action(const char *const *own, struct text_layout *layout, int action)
{
    struct item item = item_numbered(ITEM_ACTION, action);
    g_auto(GStrv) keys = g_strsplit(action_keys(own, (enum action_id)action), " ", -1);
    g_autofree char *words = g_strjoinv(", ", keys);
    layout_row(layout, &item);
    layout_format(layout, STYLE_BOLD, "  %s", words);
    layout_tab(layout, LABEL_COLUMN);
    layout_text(layout, STYLE_NORMAL, " ");
    layout_continue(layout, LABEL_COLUMN + 1, STYLE_NORMAL, actions[action].help);
}

/* What is said to do just what is typed comes before what only has such a word. */
static int fill_section(const char *const *own, const struct help *help, struct text_layout *layout,
                        const struct section *section)
{
    int found = 0;
    const char *typed = editor_text(help->wanted);
    for (int i = 0; i < 2 * ACTION_COUNT; i++) {
        int action = i % ACTION_COUNT;
        gboolean everywhere = (actions[action].places & PLACE_ANY) == PLACE_ANY;
        gboolean belongs =
            section->place == PLACE_ANY ? everywhere : !everywhere && (actions[action].places & section->place) != 0;
        gboolean first = g_ascii_strncasecmp(actions[action].help, typed, strlen(typed)) == 0;
        if (!belongs || first != (i < ACTION_COUNT))
            continue;
        /* Every word that is typed begins a word of what the action is called or said to do. */
        g_autofree char *name = g_strdelimit(g_strdup(actions[action].name), "_", ' ');
        g_autofree char *all = g_strdup_printf("%s %s %s %s", name, actions[action].label, actions[action].help,
                                               other_words[action] != NULL ? other_words[action] : "");
        if (*typed != '\0' && !g_str_match_string(typed, all, TRUE))
            continue;
        if (found++ == 0) {
            layout_blank(layout);
            layout_row(layout, NULL);
            layout_text(layout, STYLE_BOLD, section->title);
            layout_text(layout, STYLE_DIM,
                        (section->place & help->place) != 0 && section->place != PLACE_ANY ? "  (you are here)" : "");
        }
        fill_action(own, layout, action);
    }
    return found;
}

/* Whoever types a mark's word, or "marks", wants to know what it means. */
static int fill_marks(const struct help *help, struct text_layout *layout)
{
    int found = 0;
    for (gsize i = 0; i < G_N_ELEMENTS(marks); i++) {
        const char *word = *marks[i].look->word != '\0' ? marks[i].look->word : marks[i].look->words;
        g_autofree char *all = g_strdup_printf("marks checklist %s %s", word, marks[i].meaning);
        if (!editor_is_empty(help->wanted) && !g_str_match_string(editor_text(help->wanted), all, TRUE))
            continue;
        if (found++ == 0) {
            layout_blank(layout);
            layout_row(layout, NULL);
            layout_text(layout, STYLE_BOLD, "Marks");
        }
        g_autofree char *name = g_strndup(word, strcspn(word, ","));
        layout_row(layout, NULL);
        layout_format(layout, marks[i].look->style, "  %s %s", marks[i].look->glyph, name);
        layout_tab(layout, LABEL_COLUMN);
        layout_text(layout, STYLE_NORMAL, " ");
        layout_continue(layout, LABEL_COLUMN + 1, STYLE_NORMAL, marks[i].meaning);
    }
    return found;
}

static void help_fill(const struct console *console, struct overlay *overlay, struct text_layout *layout)
{
    const struct help *help = overlay->data;
    int found = 0;
    layout_row(layout, NULL);
    layout_text(layout, STYLE_BOLD, "Find: ");
    if (editor_is_empty(help->wanted))
        layout_text(layout, STYLE_DIM, "any word; “marks” says what ✓ ○ ◐ mean");
    else
        editor_show(help->wanted, layout, layout_columns(layout) - 8, -1, 0);
    for (int here = 1; here >= 0; here--)
        for (gsize i = 0; i < G_N_ELEMENTS(sections); i++)
            if ((sections[i].place != PLACE_ANY && (sections[i].place & help->place) != 0) == (here == 1))
                found += fill_section(console->options->keys, help, layout, &sections[i]);
    found += fill_marks(help, layout);
    if (found == 0)
        layout_paragraph(layout, NULL, 2, STYLE_DIM, "Nothing is called like that.");
    if (!editor_is_empty(help->wanted))
        return;
    layout_blank(layout);
    layout_row(layout, NULL);
    layout_text(layout, STYLE_BOLD, "In a field");
    layout_paragraph(
        layout, NULL, 2, STYLE_NORMAL,
        "Enter and Tab use it and go on to the next one, Esc drops it. Ctrl-F takes the correction that is "
        "shown. Ctrl-A, Ctrl-E, Ctrl-U, Ctrl-K and Ctrl-W do what they do in a shell. A paste never "
        "ends the field: a whole e-mail may be pasted, perch finds the values in it.");
}

static gboolean help_key(struct console *console, struct overlay *overlay, const struct key_event *key)
{
    struct help *help = overlay->data;
    if (key->kind != KEY_CHARACTER && key->kind != KEY_BACKSPACE)
        return FALSE;
    editor_key(help->wanted, key);
    overlay->scroller = (struct scroller){.rows = overlay->scroller.rows};
    g_autoptr(TextLayout) layout = overlay_layout(console, overlay);
    scroller_set_focus(&overlay->scroller, layout_first_item(layout));
    return TRUE;
}

static void help_choose(struct console *console, struct overlay *overlay)
{
    guint place = ((const struct help *)overlay->data)->place;
    struct item chosen = overlay->scroller.focus;
    if (chosen.kind != ITEM_ACTION)
        return;
    console_pop(console);
    if ((actions[chosen.number].places & place) != 0)
        action_run(console, (enum action_id)chosen.number);
    else
        console_note(console, "That can be done elsewhere, not here.");
}

static const struct overlay_ops help_view = {
    .place = PLACE_LIST,
    .fill = help_fill,
    .key = help_key,
    .choose = help_choose,
    .enter = "do it",
    .free = help_free,
    .focuses = TRUE,
};

struct overlay *help_view_new(guint place)
{
    struct help *help = g_new0(struct help, 1);
    help->place = place;
    help->wanted = editor_new(FALSE);
    return overlay_new(&help_view, "Help: type to find, Enter does it", help);
}
