/* SPDX-License-Identifier: MIT */
#include "ui/plain/plain_step.h"

#include <string.h>

#include "input/validate.h"
#include "ui/plain/plain_doing.h"
#include "ui/plain/plain_field.h"
#include "ui/plain/plain_menu.h"
#include "ui/plain/plain_typed_words.h"
#include "ui/plain/plain_work.h"
#include "ui/state_text.h"

/* No value helps, however many are filled in: a role or a licence is lacking. */
static gboolean no_value_helps(const struct board_step *step)
{
    gboolean deviates = FALSE, may_decide = FALSE;
    for (guint i = 0; i < step->objects->len; i++) {
        const struct board_object *object = g_ptr_array_index(step->objects, i);
        deviates = deviates || object->differences->len > 0;
        may_decide = may_decide || object->choices->len > 0;
    }
    return step->lacks_role || (step->state == STEP_DIFFERS && deviates && !may_decide);
}

/* One line for STEP: "step 4 of 14, Stream events to the partner. Needs you." */
static void plain_tell_step(struct plain *plain, const struct board_step *step)
{
    g_autofree char *state = plain_state(plain, step);
    state[0] = g_ascii_toupper(state[0]);
    plain_say(plain, "perch: step %d, %s. %s.", step->number, step->title, state);
    /* It may say no more than the state does. */
    g_autofree char *sentence = g_strconcat(state, ".", NULL);
    if (*step->reason != '\0' && strcmp(step->reason, sentence) != 0)
        plain_say(plain, "%s", step->reason);
    /* A value that is missing is asked for right away. */
    if (*step->next != '\0' && (missing_field(step) == NULL || no_value_helps(step)))
        plain_say(plain, "%s", step->next);
}

/* Once is enough: whoever listens to it must not hear it again after each answer. */
static void explain(struct plain *plain, const struct board_step *step)
{
    gboolean is_new = g_hash_table_add(plain->explained, g_strdup(step->id));
    if (is_new && *step->warning != '\0')
        plain_say(plain, "%s", step->warning);
    if (is_new)
        plain_say(plain, "%s", step->explanation);
    /* Some come with what is read later. */
    for (guint i = 0; i < step->notes->len; i++) {
        const char *note = g_ptr_array_index(step->notes, i);
        if (g_hash_table_add(plain->explained, g_strdup_printf("%s: %s", step->id, note)))
            plain_say(plain, "Note: %s", note);
    }
}

/* The step's reason may be the object's sentence, and was said. */
static void tell_differences(struct plain *plain, const struct board_step *step, const struct board_object *object)
{
    if (*object->sentence != '\0' && strcmp(object->sentence, step->reason) != 0)
        plain_say(plain, "%s", object->sentence);
    for (guint i = 0; i < object->differences->len; i++) {
        const struct board_difference *difference = g_ptr_array_index(object->differences, i);
        plain_say(plain, "%s: found %s, wanted %s", difference->field,
                  *difference->found != '\0' ? difference->found : "nothing",
                  *difference->wanted != '\0' ? difference->wanted : "nothing");
    }
}

/* What deviates and leaves nothing to decide. */
static void tell_deviations(struct plain *plain, const struct board_step *step)
{
    for (guint i = 0; i < step->objects->len; i++) {
        const struct board_object *object = g_ptr_array_index(step->objects, i);
        if (object->differences->len == 0 || object->choices->len > 0)
            continue;
        plain_say(plain, "%s:", object->title);
        tell_differences(plain, step, object);
    }
}

/* What mends OBJECT by hand, if STEP can be done in a portal at all; NULL: nothing does. */
static const char *by_hand(const struct board_step *step, const struct board_object *object)
{
    return plain_can_be_done(step) ? mending_words(step, object) : NULL;
}

static void tell_choices(struct plain *plain, const struct board_step *step, const struct board_object *object)
{
    plain_ask(plain);
    plain_say(plain, "Decide about %s.", object->title);
    tell_differences(plain, step, object);
    const char *mending = by_hand(step, object);
    guint number = 1;
    if (mending != NULL)
        plain_say(plain, "%u %s", number++, mending);
    for (guint i = 0; i < object->choices->len; i++)
        plain_say(plain, "%u %s", number++,
                  ((const struct board_choice *)g_ptr_array_index(object->choices, i))->label);
    if (step->fields->len > 0)
        plain_say(plain, "%u Change a value", number);
    plain_say(plain, "A number, - for later; ? explains, q leaves.");
}

/* What LINE asks for that is no choice of OBJECT; FALSE: nothing. *CHANGED: the board may be another one. */
static gboolean take_other_way(struct plain *plain, const struct board_step *step, const struct board_object *object,
                               const char *line, gboolean *changed)
{
    guint64 number = 0;
    guint after = object->choices->len + (by_hand(step, object) != NULL ? 2 : 1);
    gboolean changes = g_ascii_strcasecmp(line, "change a value") == 0 ||
                       g_ascii_string_to_unsigned(line, 10, after, after, &number, NULL);
    if (step->fields->len > 0 && changes)
        *changed = plain_change_field(plain, step->id);
    else if (strcmp(line, "?") == 0) {
        plain_say(plain, "%s", step->explanation);
        plain_say(plain, "%s decides so, once you have agreed.%s",
                  by_hand(step, object) != NULL ? "1 leads to mending it by hand, 2"
                  : after > 2                   ? "Each number"
                                                : "1",
                  step->fields->len > 0 ? " A value of this step can be another one instead: perch then looks anew."
                                        : "");
        plain_say(plain,
                  "list reads all steps, step 7 goes to number 7; - leaves it open, q leaves; what was done is kept.");
        plain_explain_words(plain);
    } else
        return plain_go_word(plain, step, line, changed) || plain_take_address(plain, step, line, changed);
    return TRUE;
}

/* The one of OBJECT's choices that is taken; NULL: none, and *CHANGED says whether the board may be another one. */
static const struct board_choice *choose(struct plain *plain, const struct board_step *step,
                                         const struct board_object *object, gboolean *changed)
{
    gboolean told = FALSE;
    while (!plain->leaving && plain->wanted == NULL && !*changed) {
        if (!told)
            tell_choices(plain, step, object);
        g_autofree char *line = plain_hear(plain, FALSE);
        guint64 number = 0;
        if (line == NULL || strcmp(line, "-") == 0)
            return NULL;
        if (by_hand(step, object) != NULL && strcmp(line, "1") == 0) {
            plain_tell_new_lines(plain, step);
            *changed = plain_do(plain, step);
            return NULL;
        }
        const guint before = by_hand(step, object) != NULL ? 1 : 0;
        if (g_ascii_string_to_unsigned(line, 10, 1 + before, object->choices->len + before, &number, NULL))
            return g_ptr_array_index(object->choices, number - before - 1);
        told = !take_other_way(plain, step, object, line, changed);
        if (told && !plain_take_word(plain, line))
            plain_say(plain, "That is none of the numbers; - is for later, ? explains, list, step 7, q leaves.");
    }
    return NULL;
}

/* TRUE: it was decided, or something else was done, and the board may be another one. */
static gboolean decide(struct plain *plain, const struct board_step *step, const struct board_object *object)
{
    gboolean changed = FALSE;
    const struct board_choice *choice = choose(plain, step, object, &changed);
    if (choice == NULL)
        return changed;
    g_autofree char *key = g_strdup(object->key);
    g_autofree char *decision = g_strdup(choice->value);
    g_autofree char *said = g_strconcat(choice->label, ".", NULL);
    /* It binds, and a number may have been meant for something else. */
    if (!choice->needs_text && !plain_agree(plain, AGREE_DECIDE, said))
        return FALSE;
    if (choice->needs_text) {
        plain_ask(plain);
        plain_say(plain, "%s: a line, - goes back.", choice->label);
        g_autofree char *text = plain_hear_line(plain);
        if (text == NULL || *text == '\0' || strcmp(text, "-") == 0)
            return FALSE;
        g_autofree char *value = g_steal_pointer(&decision);
        decision = g_strconcat(value, text, NULL);
    }
    session_decide(plain->session, key, decision);
    plain_await(plain, COMMAND_DECIDE);
    return TRUE;
}

static void tell_state(struct plain *plain, const char *id)
{
    const struct board_step *step = board_find_step(plain->board, id);
    g_autofree char *stands = step != NULL ? plain_state(plain, step) : NULL;
    if (step != NULL)
        plain_say(plain, "perch: step %d, %s: %s.", step->number, step->title, stands);
}

/* Decisions change the board, so one is taken at a time. *PUT_OFF: there was one, and it was left open. */
static gboolean decide_one(struct plain *plain, const struct board_step *step, gboolean *put_off)
{
    g_autofree char *id = g_strdup(step->id);
    for (guint i = 0; i < step->objects->len; i++) {
        const struct board_object *object = g_ptr_array_index(step->objects, i);
        if (object->choices->len == 0)
            continue;
        struct board *kept = board_ref(plain->board);
        *put_off = !decide(plain, step, object);
        board_unref(kept);
        /* It is told anyway where it is gone on with. */
        if (!*put_off && g_strcmp0(plain->wanted, id) != 0)
            tell_state(plain, id);
        return !*put_off;
    }
    return FALSE;
}

static gboolean has_choices(const struct board_step *step)
{
    for (guint i = 0; i < step->objects->len; i++)
        if (((const struct board_object *)g_ptr_array_index(step->objects, i))->choices->len > 0)
            return TRUE;
    return FALSE;
}

gboolean plain_step_wants_person(const struct board_step *step)
{
    gboolean is_unreadable = step->state == STEP_UNKNOWN && *step->reason != '\0';
    return is_unreadable || step->state == STEP_NEEDS_YOU || step->state == STEP_DIFFERS ||
           step->state == STEP_FAILED || step->state == STEP_IN_DOUBT;
}

gboolean plain_step(struct plain *plain, const char *id, gboolean asked_for)
{
    const struct board_step *step = board_find_step(plain->board, id);
    if (step == NULL)
        return FALSE;
    plain_tell_step(plain, step);
    tell_deviations(plain, step);
    explain(plain, step);
    /* Of what is left out, or done, nothing is asked unasked. */
    gboolean is_open = !step_state_is_settled(step->state) && !no_value_helps(step);
    enum field_outcome outcome = is_open ? plain_fields(plain, id) : FIELDS_COMPLETE;
    if (plain->leaving || plain->wanted != NULL)
        return FALSE;
    step = board_find_step(plain->board, id);
    /* A value left for later keeps nobody from deciding about what differs. */
    if (step == NULL || (outcome == FIELDS_PUT_OFF && !asked_for && !has_choices(step)))
        return FALSE;
    if (outcome == FIELDS_ANSWERED && !plain_step_wants_person(step)) {
        tell_state(plain, id);
        /* What is to be sent to somebody is in the lines, and the step may be done by now. */
        if (step_state_is_settled(step->state) && step->lines->len > 0)
            plain_tell_new_lines(plain, step);
        /* Whoever came here by its number may want more of it, and puts nothing off by leaving it. */
        if (asked_for)
            plain_step_menu(plain, id);
        return TRUE;
    }
    if (outcome == FIELDS_ANSWERED)
        plain_tell_step(plain, step);
    gboolean put_off = FALSE;
    if (decide_one(plain, step, &put_off))
        return TRUE;
    /* Whoever came here by its number may want something else of it. */
    if (put_off && (!asked_for || plain->leaving || plain->wanted != NULL))
        return FALSE;
    step = board_find_step(plain->board, id);
    if (step == NULL)
        return FALSE;
    plain_tell_new_lines(plain, step);
    return plain_step_menu(plain, id);
}
