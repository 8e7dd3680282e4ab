/* SPDX-License-Identifier: MIT */
#include "ui/plain/plain_menu.h"

#include <string.h>

#include "base/text.h"
#include "ui/end_text.h"
#include "ui/plain/plain_doing.h"
#include "ui/plain/plain_field.h"
#include "ui/plain/plain_files.h"
#include "ui/plain/plain_typed_words.h"
#include "ui/plain/plain_work.h"
#include "ui/state_text.h"

/* The lines of a portal guide or of what is to be sent, read out. */
static void plain_tell_lines(struct plain *plain, const struct board_step *step)
{
    for (guint i = 0; i < step->lines->len; i++) {
        const struct board_line *line = g_ptr_array_index(step->lines, i);
        guint number = board_line_number(step->lines, i);
        if (number > 0)
            plain_say(plain, "%u. %s", number, line->text);
        else
            plain_say(plain, "%s", line->text);
        if (*line->copy != '\0')
            plain_say_whole(plain, line->copy);
        else if (line->to_come)
            plain_say(plain, "(not known yet)");
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

static const struct {
    const char *words;
    const char *help;
    const char *absent; /* why it is not here, where it may not be */
} way_texts[WAY_COUNT] = {
    [WAY_DO] = {"do it",
                "perch does it once you have heard the plan, or you say that you have done it; which is asked.",
                "nothing is to be done at this step."},
    [WAY_VALUE] = {"change a value",
                   "fill in one of this step's values, or another one in its place; some may stay "
                   "empty.",
                   "this step has no values."},
    [WAY_STEP] = {"another step (list, step 7)", "list reads all steps, step 7 goes to number 7.", ""},
    [WAY_REFUSED] = {"the portal refused it", "what to try when a portal says no, one after another.",
                     "of this step no refusals are known."},
    [WAY_PLAN] = {"plan", "hear every request that would be sent; none is sent before you agree.", ""},
    [WAY_TAKE_BACK] = {"take back", "what you told, left out or decided here; both stay on record.",
                       "nothing was told, left out or decided here."},
    [WAY_REPORT] = {"report", "write to a file what exists, who did it and when.", "no report can be written here."},
    [WAY_CHECK] = {"check again", "read the tenant anew and see what has changed there.", ""},
    [WAY_SKIP] = {"leave it out", "with a reason, which the report shows.",
                  "it is left out already; 6 takes it in again."},
};

static const char *way_words(const struct board_step *step, enum way way)
{
    const char *words = way == WAY_DO && step != NULL ? plain_doing_words(step) : NULL;
    return words != NULL ? words : way_texts[way].words;
}

/* STEP NULL: at the end, where no step is led through. */
static gboolean is_offered(const struct plain *plain, const struct board_step *step, enum way way)
{
    gboolean is_of_a_step =
        way == WAY_DO || way == WAY_VALUE || way == WAY_REFUSED || way == WAY_TAKE_BACK || way == WAY_SKIP;
    if (is_of_a_step && step == NULL)
        return FALSE;
    switch (way) {
    case WAY_DO:
        return plain_can_be_done(step);
    case WAY_VALUE:
        return step->fields->len > 0;
    case WAY_REFUSED:
        return step->trouble->len > 0;
    case WAY_TAKE_BACK:
        /* What an answer settled is taken back by another answer. */
        return (step->state == STEP_TOLD && *step->told_by != '\0') ||
               (step->state == STEP_SKIPPED && !step->falls_away) || decided_object(step) != NULL;
    case WAY_REPORT:
        return plain->options->write_report != NULL;
    case WAY_SKIP:
        return step->state != STEP_SKIPPED;
    default:
        return TRUE;
    }
}

/* The numbers mean the same at every step; those that do nothing at this one are named, so that nobody looks for them.
 */
static void tell_ways(struct plain *plain, const struct board_step *step)
{
    g_autoptr(GPtrArray) entries = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GString) absent = g_string_new(NULL);
    for (int way = WAY_DO; way < WAY_COUNT; way++)
        if (is_offered(plain, step, (enum way)way))
            g_ptr_array_add(entries, g_strdup_printf("%d %s", way, way_words(step, (enum way)way)));
        else
            g_string_append_printf(absent, "%s%d", absent->len > 0 ? ", " : "", way);
    if (absent->len > 0)
        g_ptr_array_add(entries,
                        g_strdup_printf("(%s: %s)", step != NULL ? "not at this step" : "at a step", absent->str));
    plain_say_entries(plain, entries);
}

static void tell_menu(struct plain *plain, const struct board_step *step)
{
    int filled = 0, missing = 0;
    for (guint i = 0; i < step->fields->len; i++) {
        const struct board_field *field = g_ptr_array_index(step->fields, i);
        filled += *field->value != '\0';
        missing += field->required && *field->value == '\0' && !step_state_is_settled(step->state);
    }
    g_autofree char *values =
        missing > 0  ? g_strdup_printf(" %d value%s missing.", missing, missing == 1 ? " is" : "s are")
        : filled > 0 ? g_strdup_printf(" %d value%s filled in.", filled, filled == 1 ? " is" : "s are")
                     : g_strdup("");
    g_autofree char *stands = plain_state(plain, step);
    plain_ask(plain);
    plain_say(plain, "Step %d, %s: %s.%s", step->number, step->title, stands, values);
    tell_ways(plain, step);
    plain_say(plain, "A number, - for later; ? explains, q leaves.");
}

/* Why WAY is not here. */
static const char *absence(const struct board_step *step, enum way way)
{
    if (step == NULL)
        return "it is about a step: step 7 goes to one.";
    return way == WAY_SKIP && step->falls_away ? "it falls away in this tenant by itself." : way_texts[way].absent;
}

/* What was left for later and is open still. */
static gboolean has_later(const struct plain *plain)
{
    for (guint i = 0; i < plain->board->steps->len; i++) {
        const struct board_step *step = g_ptr_array_index(plain->board->steps, i);
        if (!step->report && !step_state_is_settled(step->state) && g_hash_table_contains(plain->later, step->id))
            return TRUE;
    }
    return FALSE;
}

static void explain_menu(struct plain *plain, const struct board_step *step)
{
    for (int way = WAY_DO; way < WAY_COUNT; way++) {
        gboolean offered = is_offered(plain, step, (enum way)way);
        plain_say(plain, "%d %s: %s%s", way, way_words(step, (enum way)way), offered ? "" : "not now, ",
                  offered ? way_texts[way].help : absence(step, (enum way)way));
    }
    plain_say(plain, "%sq leaves; what was done is kept.",
              step != NULL       ? "- puts the step off and goes on, "
              : has_later(plain) ? "- goes through what was left for later, "
                                 : "");
    plain_explain_words(plain);
}

enum climbing { CLIMB_ON, CLIMB_HELPED, CLIMB_BACK };

/* Whether RUNG helped. What it asks for may be done here, in practice, and then tried again. */
static enum climbing climb_on(struct plain *plain, const char *id, guint rung, gboolean practice_form)
{
    gboolean asks = TRUE;
    for (;;) {
        if (asks)
            plain_ask(plain);
        if (asks)
            plain_say(plain, "Try it there again. Enter if it did not help%s, “ok” if it did, - goes back.",
                      practice_form ? ", f does this in the practice tenant" : "");
        g_autofree char *answer = plain_hear(plain, FALSE);
        if (answer == NULL || strcmp(answer, "-") == 0)
            return CLIMB_BACK;
        if (g_ascii_strcasecmp(answer, "ok") == 0)
            return CLIMB_HELPED;
        if (*answer == '\0')
            return CLIMB_ON;
        asks = practice_form && strcmp(answer, "f") == 0;
        if (asks) {
            session_practice_rung(plain->session, id, (int)rung + 1);
            plain_await(plain, COMMAND_PRACTICE_FORM);
        } else if (strcmp(answer, "?") == 0) {
            plain_explain(plain, "Do in the portal what the line says, then what was refused, and say here what came "
                                 "of it: where it did not help the next line is read.");
        } else if (!plain_take_word(plain, answer)) {
            plain_say(plain, "That is none of these; list, step 7, q leaves.");
            plain_ask_again(plain);
        } else if (plain->wanted != NULL) {
            return CLIMB_BACK;
        }
    }
}

/* Rung after rung, the one first that the refusal points to. TRUE if the board may be another one. */
static gboolean climb(struct plain *plain, const struct board_step *step)
{
    g_autofree char *id = g_strdup(step->id);
    struct board *kept = board_ref(plain->board);
    guint count = step->trouble->len, first = step->refusal_rung > 0 ? (guint)step->refusal_rung - 1 : 0;
    enum climbing climbing = CLIMB_ON;
    plain_say(plain, "%s", *step->refusal != '\0' ? step->refusal : step->trouble_title);
    for (guint tried = 0; tried < count && !plain->leaving && climbing == CLIMB_ON; tried++) {
        guint rung = tried == 0 ? first : tried <= first ? tried - 1 : tried;
        const struct board_line *line = g_ptr_array_index(step->trouble, rung);
        plain_say(plain, "%u of %u. %s", rung + 1, count, line->text);
        if (*line->copy != '\0')
            plain_say_whole(plain, line->copy);
        climbing = climb_on(plain, id, rung, line->practice_form);
    }
    board_unref(kept);
    if (climbing == CLIMB_ON && !plain->leaving)
        plain_say(plain, "That was the last of what is known to help.");
    /* What helped shows in the tenant. */
    if (climbing == CLIMB_HELPED)
        plain_look_again(plain, id);
    return climbing == CLIMB_HELPED;
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

static gboolean leave_out(struct plain *plain, const struct board_step *step)
{
    g_autofree char *id = g_strdup(step->id);
    if (*step->needed_by != '\0')
        plain_say(plain, "Without it this will not work: %s.", step->needed_by);
    plain_ask(plain);
    plain_say(plain, "Why is this step left out? - goes back.");
    g_autofree char *reason = plain_hear_line(plain);
    if (reason == NULL || *reason == '\0' || strcmp(reason, "-") == 0)
        return FALSE;
    session_skip(plain->session, id, reason);
    return plain_await(plain, COMMAND_SKIP);
}

/* TRUE: another step is wanted. */
static gboolean go_to_step(struct plain *plain)
{
    plain_tell_all(plain);
    plain_ask(plain);
    plain_say(plain, "Which one? Its number, - goes back.");
    while (!plain->leaving && plain->wanted == NULL) {
        g_autofree char *line = plain_hear(plain, FALSE);
        g_autofree char *named = g_strconcat("step ", line, NULL);
        if (line == NULL || *line == '\0' || strcmp(line, "-") == 0)
            return FALSE;
        plain_take_word(plain, g_ascii_isdigit(*line) ? named : line);
    }
    return plain->wanted != NULL;
}

/* TRUE if the board may be another one afterwards, so that it is looked at anew. */
static gboolean go_way(struct plain *plain, const struct board_step *step, enum way way)
{
    switch (way) {
    case WAY_DO:
        return plain_do(plain, step);
    case WAY_VALUE:
        return plain_change_field(plain, step->id);
    case WAY_STEP:
        return go_to_step(plain);
    case WAY_REFUSED:
        return climb(plain, step);
    case WAY_PLAN:
        return plain_apply(plain, FALSE);
    case WAY_TAKE_BACK:
        return take_back(plain, step);
    case WAY_REPORT:
        plain_report(plain);
        return FALSE;
    case WAY_CHECK:
        session_check_all(plain->session);
        return plain_await(plain, COMMAND_CHECK);
    case WAY_SKIP:
        return leave_out(plain, step);
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
    if (step != NULL && !plain->leaving && step_state_is_settled(step->state))
        plain_say(plain, "perch: step %d, %s: %s.", step->number, step->title, step_words(plain->board, step));
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
        gboolean changed = FALSE;
        if (line == NULL || strcmp(line, "-") == 0)
            return FALSE;
        struct board *kept = board_ref(plain->board);
        if (strcmp(line, "?") == 0) {
            plain_say(plain, "%s", step->explanation);
            plain_tell_lines(plain, step);
            explain_menu(plain, step);
            told = NULL;
        } else if (g_ascii_string_to_unsigned(line, 10, WAY_DO, WAY_COUNT - 1, &number, NULL) &&
                   is_offered(plain, step, (enum way)number)) {
            changed = go_way(plain, step, (enum way)number);
            told = NULL;
        } else if (number != 0) {
            plain_say(plain, "%d %s: not now, %s", (int)number, way_texts[number].words,
                      absence(step, (enum way)number));
        } else if (strcmp(line, "f") == 0 && step->practice_form && plain_can_be_done(step)) {
            changed = plain_do_form(plain, own); /* as where a sign-in waits */
            told = NULL;
        } else if (plain_go_word(plain, step, line, &changed) || plain_take_address(plain, step, line, &changed)) {
            told = NULL;
        } else if (!plain_take_word(plain, line)) {
            plain_say(plain, "That is none of the numbers; - is for later, ? explains, q leaves.");
        }
        board_unref(kept);
        if (changed) {
            /* It is told anyway where it is gone on with. */
            if (g_strcmp0(plain->wanted, own) != 0)
                tell_settled(plain, own);
            return TRUE;
        }
    }
    return plain->wanted != NULL;
}

/* The end is said once. */
static void tell_end(struct plain *plain)
{
    gboolean is_reached = end_is_reached(plain->board);
    if (is_reached && !plain->end_told) {
        g_autofree char *title = end_title(plain->board);
        g_autoptr(GPtrArray) lines = end_lines(plain->board);
        plain_say(plain, "perch: %s.", title);
        for (guint i = 0; i < lines->len; i++) {
            const struct end_line *line = g_ptr_array_index(lines, i);
            plain_say(plain, "%s%s", line->label, line->text);
        }
    }
    plain->end_told = is_reached;
}

static void tell_last_menu(struct plain *plain)
{
    g_autofree char *things = text_count(plain->board->created_count, "thing", "things");
    g_autoptr(GPtrArray) open = g_ptr_array_new_with_free_func(g_free);
    guint behind = 0;
    gboolean reports = FALSE;
    for (guint i = 0; i < plain->board->steps->len; i++) {
        const struct board_step *step = g_ptr_array_index(plain->board->steps, i);
        gboolean is_blocked = step->state == STEP_BLOCKED;
        behind += !step->report && is_blocked;
        reports |= step->report && !step_state_is_settled(step->state);
        if (!step->report && !is_blocked && !step_state_is_settled(step->state))
            g_ptr_array_add(open,
                            g_strdup_printf("%d %s (%s)", step->number, step->title, step_words(plain->board, step)));
    }
    g_autofree char *titles = text_join(open, ", ");
    plain_ask(plain);
    g_autofree char *more =
        behind > 0 ? g_strdup_printf(", and %u behind %s", behind, open->len > 1 ? "these" : "it") : g_strdup("");
    if (plain->taken_away != NULL && plain_rest_stands(plain))
        plain_say(plain, "Nothing else is asked now. Not all of it is taken away: what is gone stays so, and u goes on "
                         "with the rest.");
    else if (plain->taken_away != NULL)
        plain_say(plain, "Nothing else is asked now: what was taken away stays so. To begin anew, type the word step "
                         "with a number.");
    else
        plain_say(plain, "Nothing else is asked now. %s%s%s.",
                  open->len > 0 ? "Still open: "
                  : reports     ? "No step but the report is open"
                                : "No step is open",
                  titles, open->len > 0 ? more : "");
    tell_ways(plain, NULL);
    if (plain->board->created_count > 0)
        plain_say(plain, "perch created %s here. Type u to see what removing would send.", things);
    gboolean is_all_gone = plain->taken_away != NULL && plain->board->partner_keeps->len == 0;
    if (plain->board->signed_in && !is_all_gone)
        plain_say(plain, "To end the partner's access, type leave: it shows who has it by what first.");
    plain_say(plain, "A number, list, step 7%s; ? explains, q leaves.",
              has_later(plain) ? ", - goes through what was left for later" : "");
}

gboolean plain_last_menu(struct plain *plain)
{
    gboolean told = FALSE;
    tell_end(plain);
    while (!plain->leaving && plain->wanted == NULL) {
        if (!told)
            tell_last_menu(plain);
        told = TRUE;
        g_autofree char *line = plain_hear(plain, FALSE);
        guint64 number = 0;
        gboolean changed = FALSE;
        if (line == NULL)
            return FALSE;
        if (strcmp(line, "-") == 0) {
            if (plain->taken_away == NULL && has_later(plain)) {
                g_hash_table_remove_all(plain->later);
                return TRUE;
            }
            plain_say(plain, "Nothing was left for later; q leaves.");
        } else if (strcmp(line, "?") == 0) {
            explain_menu(plain, NULL);
            told = FALSE;
        } else if (g_ascii_string_to_unsigned(line, 10, WAY_DO, WAY_COUNT - 1, &number, NULL) &&
                   is_offered(plain, NULL, (enum way)number)) {
            if (go_way(plain, NULL, (enum way)number))
                return TRUE;
            told = FALSE;
        } else if (number != 0) {
            plain_say(plain, "%d %s: not now, %s", (int)number, way_texts[number].words,
                      absence(NULL, (enum way)number));
        } else if (plain_go_word(plain, NULL, line, &changed)) {
            if (changed)
                return TRUE;
            told = FALSE;
        } else if (!plain_take_word(plain, line)) {
            plain_say(plain, "That is none of the numbers; list, step 7, ? explains, q leaves.");
        }
    }
    return plain->wanted != NULL;
}
