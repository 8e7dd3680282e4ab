#include "ui/plain_step.h"

#include <string.h>

#include "input/validate.h"
#include "ui/plain_field.h"
#include "ui/plain_work.h"
#include "ui/words.h"

void plain_tell_step(struct plain *plain, const struct board_step *step)
{
    g_autofree char *state = g_strdup(step_state_words(step->state));
    state[0] = g_ascii_toupper(state[0]);
    plain_say(plain, "perch: step %d of %u, %s. %s.", step->number, plain->board->steps->len, step->title, state);
    if (*step->reason != '\0')
        plain_say(plain, "%s", step->reason);
    if (*step->next != '\0')
        plain_say(plain, "%s", step->next);
}

/* Once is enough: whoever listens to it must not hear it again after each answer. */
static void explain(struct plain *plain, const struct board_step *step)
{
    if (g_strcmp0(plain->explained, step->id) == 0)
        return;
    g_free(plain->explained);
    plain->explained = g_strdup(step->id);
    plain_say(plain, "%s", step->explanation);
    for (guint i = 0; i < step->notes->len; i++)
        plain_say(plain, "Note: %s", (const char *)g_ptr_array_index(step->notes, i));
}

static void tell_differences(struct plain *plain, const struct board_object *object)
{
    if (*object->sentence != '\0')
        plain_say(plain, "%s", object->sentence);
    for (guint i = 0; i < object->differences->len; i++) {
        const struct board_difference *difference = g_ptr_array_index(object->differences, i);
        plain_say(plain, "%s: found %s, wanted %s.", difference->field,
                  *difference->found != '\0' ? difference->found : "nothing",
                  *difference->wanted != '\0' ? difference->wanted : "nothing");
    }
}

static gboolean decide(struct plain *plain, const struct board_object *object)
{
    plain_say(plain, "Decide about %s.", object->title);
    tell_differences(plain, object);
    for (guint i = 0; i < object->choices->len; i++)
        plain_say(plain, "%u %s", i + 1, ((const struct board_choice *)g_ptr_array_index(object->choices, i))->label);
    int number = plain_choose(plain, (int)object->choices->len);
    if (number == 0)
        return FALSE;
    const struct board_choice *choice = g_ptr_array_index(object->choices, number - 1);
    g_autofree char *key = g_strdup(object->key);
    g_autofree char *decision = g_strdup(choice->value);
    if (choice->needs_text) {
        plain_say(plain, "%s:", choice->label);
        g_autofree char *text = plain_hear(plain, FALSE);
        if (text == NULL || *text == '\0')
            return FALSE;
        g_autofree char *value = g_steal_pointer(&decision);
        decision = g_strconcat(value, text, NULL);
    }
    session_decide(plain->session, key, decision);
    plain_await(plain, COMMAND_DECIDE);
    return TRUE;
}

/* Decisions change the board, so one is taken at a time. */
static gboolean decide_first(struct plain *plain, const struct board_step *step)
{
    for (guint i = 0; i < step->objects->len; i++) {
        const struct board_object *object = g_ptr_array_index(step->objects, i);
        if (object->choices->len > 0)
            return decide(plain, object);
    }
    return FALSE;
}

static void tell_guide(struct plain *plain, const struct board_step *step)
{
    for (guint i = 0; i < step->lines->len; i++) {
        const struct board_line *line = g_ptr_array_index(step->lines, i);
        plain_say(plain, "%u. %s", i + 1, line->text);
        if (*line->copy != '\0')
            plain_say(plain, "%s", line->copy);
    }
    if (*step->link != '\0')
        plain_say(plain, "Page: %s", step->link);
}

static gboolean check_again(struct plain *plain)
{
    session_check(plain->session);
    return plain_await(plain, COMMAND_CHECK);
}

static gboolean tell_it(struct plain *plain, const char *id)
{
    plain_say(plain, "A note for the report? Enter for none.");
    g_autofree char *note = plain_hear(plain, FALSE);
    if (note == NULL)
        return FALSE;
    session_tell(plain->session, id, note);
    return plain_await(plain, COMMAND_TELL);
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

static gboolean do_form(struct plain *plain, const char *id)
{
    session_practice_form(plain->session, id);
    return plain_await(plain, COMMAND_PRACTICE_FORM);
}

enum way { WAY_DONE, WAY_VALUE, WAY_CHECK, WAY_FORM, WAY_HAND_OVER, WAY_SKIP, WAY_COUNT };

static const char *const way_words[WAY_COUNT] = {
    [WAY_DONE] = "I have done it",
    [WAY_VALUE] = "fill in or change a value",
    [WAY_CHECK] = "read the tenant again",
    [WAY_FORM] = "do it in the practice tenant",
    [WAY_HAND_OVER] = "hand the rest over to a colleague who has the role",
    [WAY_SKIP] = "leave this step out",
};

static gboolean go_way(struct plain *plain, const char *id, enum way way)
{
    switch (way) {
    case WAY_DONE:
        return tell_it(plain, id);
    case WAY_VALUE:
        return plain_change_field(plain, id);
    case WAY_CHECK:
        return check_again(plain);
    case WAY_FORM:
        return do_form(plain, id);
    case WAY_HAND_OVER:
        return plain_hand_over(plain);
    case WAY_SKIP:
        return leave_out(plain, id);
    case WAY_COUNT:
        break;
    }
    return FALSE;
}

/* What is left for the person when no value and no decision is missing: the portal's part. */
static gboolean portal_part(struct plain *plain, const struct board_step *step)
{
    enum way offered[WAY_COUNT];
    int count = 0;
    g_autofree char *id = g_strdup(step->id);
    tell_guide(plain, step);
    if (step->practice_form)
        offered[count++] = WAY_FORM;
    if (step->tellable)
        offered[count++] = WAY_DONE;
    if (step->fields->len > 0)
        offered[count++] = WAY_VALUE;
    if (step->lacks_role)
        offered[count++] = WAY_HAND_OVER;
    offered[count++] = WAY_CHECK;
    offered[count++] = WAY_SKIP;
    for (int i = 0; i < count; i++)
        plain_say(plain, "%d %s", i + 1, way_words[offered[i]]);
    plain_say(plain, "A number, or - for later.");
    int number = plain_choose(plain, count);
    return number > 0 && go_way(plain, id, offered[number - 1]);
}

gboolean plain_step(struct plain *plain, const char *id)
{
    const struct board_step *step = board_find_step(plain->board, id);
    if (step == NULL)
        return FALSE;
    plain_tell_step(plain, step);
    explain(plain, step);
    enum field_outcome outcome = plain_fields(plain, id);
    if (outcome != FIELDS_COMPLETE || plain->leaving)
        return outcome == FIELDS_ANSWERED;
    step = board_find_step(plain->board, id);
    if (step == NULL)
        return FALSE;
    for (guint i = 0; i < step->objects->len; i++)
        if (((const struct board_object *)g_ptr_array_index(step->objects, i))->choices->len > 0)
            return decide_first(plain, step);
    return portal_part(plain, step);
}
