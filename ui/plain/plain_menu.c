/* SPDX-License-Identifier: MIT */
#include "ui/plain/plain_menu.h"

#include <string.h>

#include "base/text.h"
#include "ui/plain/plain_field.h"
#include "ui/plain/plain_work.h"
#include "ui/state_text.h"

void plain_tell_all(struct plain *plain)
{
    for (guint i = 0; i < plain->board->steps->len; i++) {
        const struct board_step *step = g_ptr_array_index(plain->board->steps, i);
        plain_say(plain, "%d %s: %s", step->number, step->title, step_words(step));
    }
}

void plain_tell_lines(struct plain *plain, const struct board_step *step)
{
    for (guint i = 0; i < step->lines->len; i++) {
        const struct board_line *line = g_ptr_array_index(step->lines, i);
        plain_say(plain, "%u. %s", i + 1, line->text);
        if (*line->copy != '\0')
            plain_say_whole(plain, line->copy);
    }
    if (*step->link != '\0')
        plain_say(plain, "Page: %s", step->link);
}

void plain_tell_new_lines(struct plain *plain, const struct board_step *step)
{
    GString *lines = g_string_new(step->id);
    for (guint i = 0; i < step->lines->len; i++) {
        const struct board_line *line = g_ptr_array_index(step->lines, i);
        g_string_append_printf(lines, "\n%s\n%s", line->text, line->copy);
    }
    gboolean is_new = g_strcmp0(plain->read_out, lines->str) != 0;
    g_free(plain->read_out);
    plain->read_out = g_string_free(lines, FALSE);
    if (is_new)
        plain_tell_lines(plain, step);
    else if (step->lines->len > 0)
        plain_say(plain, "The lines are as before; ? reads them again.");
}

/* "list" and "step 7" lead from any menu to any step. TRUE if LINE was one of them. */
static gboolean take_word(struct plain *plain, const char *line)
{
    guint64 number = 0;
    if (strcmp(line, "list") == 0) {
        plain_tell_all(plain);
        return TRUE;
    }
    if (!g_str_has_prefix(line, "step "))
        return FALSE;
    if (g_ascii_string_to_unsigned(line + strlen("step "), 10, 0, G_MAXINT, &number, NULL))
        for (guint i = 0; i < plain->board->steps->len; i++) {
            const struct board_step *step = g_ptr_array_index(plain->board->steps, i);
            if (step->number != (int)number)
                continue;
            g_free(plain->wanted);
            plain->wanted = g_strdup(step->id);
            g_hash_table_remove(plain->later, step->id);
            return TRUE;
        }
    plain_say(plain, "There is no such step; list reads them all.");
    return TRUE;
}

enum way {
    WAY_BACK,
    WAY_DO,
    WAY_VALUE,
    WAY_STEP,
    WAY_REFUSED,
    WAY_PLAN,
    WAY_TAKE_BACK,
    WAY_REPORT,
    WAY_CHECK,
    WAY_SKIP,
    WAY_COUNT
};

static const char *const way_words[WAY_COUNT] = {
    [WAY_DO] = "do it",
    [WAY_VALUE] = "change a value",
    [WAY_STEP] = "another step (list, step 7)",
    [WAY_REFUSED] = "the portal refused it",
    [WAY_PLAN] = "plan",
    [WAY_TAKE_BACK] = "take back",
    [WAY_REPORT] = "report",
    [WAY_CHECK] = "read the tenant again",
    [WAY_SKIP] = "leave it out",
};

static const char *const way_help[WAY_COUNT] = {
    [WAY_DO] = "perch does it once you have heard the plan, or you say that you have done it.",
    [WAY_VALUE] = "fill in one of this step's values, or another one in its place; some may stay empty.",
    [WAY_STEP] = "list reads all steps, step 7 goes to the seventh.",
    [WAY_REFUSED] = "what to try when a portal says no, one after another.",
    [WAY_PLAN] = "hear every request that would be sent; none is sent before you agree.",
    [WAY_TAKE_BACK] = "what you told, left out or decided here; both stay on record.",
    [WAY_REPORT] = "write to a file what exists, who did it and when.",
    [WAY_CHECK] = "see what has changed there.",
    [WAY_SKIP] = "with a reason, which the report shows.",
};

static gboolean is_offered(const struct plain *plain, const struct board_step *step, enum way way)
{
    switch (way) {
    case WAY_DO:
        return step->practice_form || step->tellable || (step->state == STEP_TO_DO && !step->report) ||
               step->lacks_role;
    case WAY_VALUE:
        return step->fields->len > 0;
    case WAY_REFUSED:
        return step->trouble->len > 0;
    case WAY_TAKE_BACK:
        return step->state == STEP_TOLD || step->state == STEP_SKIPPED || decided_object(step) != NULL;
    case WAY_REPORT:
        return plain->options->write_report != NULL;
    default:
        return TRUE;
    }
}

static void tell_menu(struct plain *plain, const struct board_step *step)
{
    int filled = 0, missing = 0;
    g_autoptr(GString) menu = g_string_new(NULL);
    for (guint i = 0; i < step->fields->len; i++) {
        const struct board_field *field = g_ptr_array_index(step->fields, i);
        filled += *field->value != '\0';
        missing += field->required && *field->value == '\0';
    }
    g_autofree char *values = step->fields->len > 0 ? g_strdup_printf(" %d value%s filled in, %d missing.", filled,
                                                                      filled == 1 ? "" : "s", missing)
                                                    : g_strdup("");
    plain_say(plain, "Step %d, %s: %s.%s", step->number, step->title, step_words(step), values);
    for (int way = WAY_DO; way < WAY_COUNT; way++)
        if (is_offered(plain, step, (enum way)way))
            g_string_append_printf(menu, "%s%d %s", menu->len > 0 ? "  " : "", way, way_words[way]);
    plain_say(plain, "%s", menu->str);
    plain_say(plain, "A number, or - for later; ? explains, q leaves.");
}

static void explain_menu(struct plain *plain, const struct board_step *step)
{
    for (int way = WAY_DO; way < WAY_COUNT; way++)
        if (is_offered(plain, step, (enum way)way))
            plain_say(plain, "%d %s: %s", way, way_words[way], way_help[way]);
    plain_say(plain, "- puts the step off and goes on, q leaves; what was done is kept.");
    plain_say(plain, "leave: end the partner's access. It shows who has it by what first.");
}

static gboolean tell_done(struct plain *plain, const char *id)
{
    plain_say(plain, "A note for the report? Enter for none, - goes back.");
    g_autofree char *note = plain_hear(plain, FALSE);
    if (note == NULL || strcmp(note, "-") == 0)
        return FALSE;
    session_tell(plain->session, id, note);
    return plain_await(plain, COMMAND_TELL);
}

/* Where there is more than one way to do it, which one is asked. */
static gboolean do_it(struct plain *plain, const struct board_step *step)
{
    enum { BY_PERCH, BY_FORM, BY_HAND, BY_COLLEAGUE, WAYS };
    static const char *const words[WAYS] = {"perch does it, after you have seen the plan",
                                            "do it in the practice tenant", "I have done it",
                                            "hand the rest over to a colleague who has the role"};
    const gboolean offered[WAYS] = {step->state == STEP_TO_DO && !step->report, step->practice_form, step->tellable,
                                    step->lacks_role};
    g_autofree char *id = g_strdup(step->id);
    int ways[WAYS], count = 0;
    for (int i = 0; i < WAYS; i++)
        if (offered[i])
            ways[count++] = i;
    for (int i = 0; i < count && count > 1; i++)
        plain_say(plain, "%d %s", i + 1, words[ways[i]]);
    int number = count > 1 ? plain_choose(plain, count) : count;
    if (number == 0)
        return FALSE;
    switch (ways[number - 1]) {
    case BY_PERCH:
        return plain_apply(plain, FALSE);
    case BY_FORM:
        session_practice_form(plain->session, id);
        if (!plain_await(plain, COMMAND_PRACTICE_FORM))
            return FALSE;
        if (step->tellable)
            plain_say(plain,
                      "Done in the practice portal. Nothing reads that back: say it here, 1 and then I have done it.");
        else
            plain_look_again(plain, id);
        return TRUE;
    case BY_HAND:
        return tell_done(plain, id);
    default:
        return plain_hand_over(plain);
    }
}

/* Rung after rung, the one first that the refusal points to. */
static void climb(struct plain *plain, const struct board_step *step)
{
    g_autofree char *id = g_strdup(step->id);
    struct board *kept = board_ref(plain->board);
    guint count = step->trouble->len, first = step->refusal_rung > 0 ? (guint)step->refusal_rung - 1 : 0;
    plain_say(plain, "%s", *step->refusal != '\0' ? step->refusal : step->trouble_title);
    for (guint tried = 0; tried < count && !plain->leaving; tried++) {
        guint rung = tried == 0 ? first : tried <= first ? tried - 1 : tried;
        const struct board_line *line = g_ptr_array_index(step->trouble, rung);
        plain_say(plain, "%u of %u. %s", rung + 1, count, line->text);
        if (*line->copy != '\0')
            plain_say_whole(plain, line->copy);
        plain_say(plain, "Save again. Enter if it did not help%s, - if it did.",
                  line->practice_form ? ", f does this in the practice tenant" : "");
        g_autofree char *answer = plain_hear(plain, FALSE);
        if (answer == NULL || strcmp(answer, "-") == 0)
            break;
        if (strcmp(answer, "f") == 0 && line->practice_form) {
            session_practice_rung(plain->session, id, (int)rung + 1);
            plain_await(plain, COMMAND_PRACTICE_FORM);
        }
    }
    board_unref(kept);
}

static gboolean take_back(struct plain *plain, const struct board_step *step)
{
    g_autofree char *id = g_strdup(step->id);
    enum agreement agreement = step->state == STEP_TOLD      ? AGREE_UNTELL
                               : step->state == STEP_SKIPPED ? AGREE_TAKE_IN
                                                             : AGREE_UNDECIDE;
    if (!plain_agree(plain, agreement, NULL))
        return FALSE;
    if (step->state == STEP_TOLD) {
        session_untell(plain->session, id);
    } else if (step->state == STEP_SKIPPED) {
        session_skip(plain->session, id, NULL);
        return plain_await(plain, COMMAND_SKIP);
    } else {
        session_undecide(plain->session, decided_object(step)->key);
    }
    return plain_await(plain, COMMAND_TAKE_BACK);
}

static gboolean leave_out(struct plain *plain, const char *id)
{
    plain_say(plain, "Why is this step left out? - goes back.");
    g_autofree char *reason = plain_hear(plain, FALSE);
    if (reason == NULL || *reason == '\0' || strcmp(reason, "-") == 0)
        return FALSE;
    session_skip(plain->session, id, reason);
    return plain_await(plain, COMMAND_SKIP);
}

/* TRUE if the board may be another one afterwards, so that it is looked at anew. */
static gboolean go_way(struct plain *plain, const struct board_step *step, enum way way)
{
    switch (way) {
    case WAY_DO:
        return do_it(plain, step);
    case WAY_VALUE:
        return plain_change_field(plain, step->id);
    case WAY_STEP:
        plain_say(plain, "Which? step and its number.");
        plain_tell_all(plain);
        return FALSE;
    case WAY_REFUSED:
        climb(plain, step);
        return FALSE;
    case WAY_PLAN:
        return plain_apply(plain, FALSE);
    case WAY_TAKE_BACK:
        return take_back(plain, step);
    case WAY_REPORT:
        plain_report(plain);
        return FALSE;
    case WAY_CHECK:
        session_check(plain->session);
        return plain_await(plain, COMMAND_CHECK);
    case WAY_SKIP:
        return leave_out(plain, step->id);
    case WAY_BACK:
    case WAY_COUNT:
        break;
    }
    return FALSE;
}

/* What was done here came to something: that is said before the next step begins. */
static void tell_settled(struct plain *plain, const char *id)
{
    const struct board_step *step = board_find_step(plain->board, id);
    if (step != NULL && step_state_is_settled(step->state))
        plain_say(plain, "perch: step %d, %s: %s.", step->number, step->title, step_words(step));
}

gboolean plain_step_menu(struct plain *plain, const char *id)
{
    g_autofree char *own = g_strdup(id);
    const struct board_step *told = NULL;
    while (!plain->leaving && plain->wanted == NULL) {
        const struct board_step *step = board_find_step(plain->board, own);
        if (step == NULL)
            return FALSE;
        if (told != step)
            tell_menu(plain, step);
        told = step;
        g_autofree char *line = plain_hear(plain, FALSE);
        guint64 number = 0;
        if (line == NULL || strcmp(line, "-") == 0)
            return FALSE;
        if (strcmp(line, "?") == 0) {
            plain_say(plain, "%s", step->explanation);
            plain_tell_lines(plain, step);
            explain_menu(plain, step);
            told = NULL;
        } else if (g_ascii_string_to_unsigned(line, 10, WAY_DO, WAY_COUNT - 1, &number, NULL) &&
                   is_offered(plain, step, (enum way)number)) {
            struct board *kept = board_ref(plain->board);
            gboolean changed = go_way(plain, step, (enum way)number);
            board_unref(kept);
            if (changed) {
                tell_settled(plain, own);
                return TRUE;
            }
            told = NULL;
        } else if (strcmp(line, "leave") == 0 && plain->board->signed_in) {
            plain_leave(plain);
            return TRUE;
        } else if (!take_word(plain, line)) {
            plain_say(plain, "That is none of the numbers; - is for later, ? explains, q leaves.");
        }
    }
    return plain->wanted != NULL;
}

gboolean plain_last_menu(struct plain *plain)
{
    g_autofree char *things = text_count(plain->board->created_count, "thing", "things");
    g_autofree char *undo =
        plain->board->created_count > 0
            ? g_strdup_printf("perch created %s here. Type u to see what removing would send.", things)
            : NULL;
    plain_say(plain, "Nothing else is asked now. list reads the steps, step 7 goes to one; 5 plan%s; - ends, q leaves.",
              plain->options->write_report != NULL ? ", 7 report" : "");
    if (undo != NULL)
        plain_say(plain, "%s", undo);
    if (plain->board->signed_in)
        plain_say(plain, "To end the partner's access, type leave: it shows who has it by what first.");
    while (!plain->leaving && plain->wanted == NULL) {
        g_autofree char *line = plain_hear(plain, FALSE);
        if (line == NULL || strcmp(line, "-") == 0)
            return FALSE;
        if (strcmp(line, "5") == 0) {
            if (plain_apply(plain, FALSE))
                return TRUE;
        } else if (strcmp(line, "7") == 0 && plain->options->write_report != NULL) {
            plain_report(plain);
        } else if (strcmp(line, "u") == 0 && undo != NULL) {
            plain_apply(plain, TRUE);
            return TRUE;
        } else if (strcmp(line, "leave") == 0) {
            plain_leave(plain);
            return TRUE;
        } else if (!take_word(plain, line)) {
            plain_say(plain, "list, step 7, 5, 7, - or q.");
        }
    }
    return plain->wanted != NULL;
}
