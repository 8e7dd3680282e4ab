/* SPDX-License-Identifier: MIT */
#include "ui/plain/plain_doing.h"

#include <string.h>

#include "ui/plain/plain_files.h"
#include "ui/plain/plain_work.h"
#include "ui/state_text.h"

/* Ways to do a step, of which more than one may be open. */
enum doing { BY_WAITING, BY_PERCH, BY_FORM, BY_PORTAL, BY_HAND, BY_COLLEAGUE, DOING_COUNT };

static const char *const doing_words[DOING_COUNT] = {
    [BY_WAITING] = "wait here, or go on before the time",
    [BY_PERCH] = "perch does it, after you have heard the plan",
    [BY_FORM] = "do it in the practice tenant",
    [BY_PORTAL] = "I have done it in the portal: look for it",
    [BY_HAND] = "say that it is done",
    [BY_COLLEAGUE] = "hand the rest over to a colleague who has the role",
};

/* Those that are open for STEP, into WAYS; returns how many. */
static int doings_of(const struct board_step *step, enum doing ways[DOING_COUNT])
{
    gboolean is_open = !step_state_is_settled(step->state) && step->state != STEP_BLOCKED;
    const gboolean offered[DOING_COUNT] = {
        [BY_WAITING] = step->state == STEP_WAITING && step->until != 0,
        [BY_PERCH] = step->state == STEP_TO_DO && !step->report,
        [BY_FORM] = is_open && step->practice_form,
        [BY_PORTAL] = is_open && step_is_looked_for(step),
        [BY_HAND] = is_open && step->tellable,
        [BY_COLLEAGUE] = step->lacks_role,
    };
    int count = 0;
    for (int i = 0; i < DOING_COUNT; i++)
        if (offered[i])
            ways[count++] = (enum doing)i;
    return count;
}

const char *plain_doing_words(const struct board_step *step)
{
    enum doing ways[DOING_COUNT];
    int count = doings_of(step, ways);
    gboolean may_tell = FALSE;
    for (int i = 0; i < count; i++)
        may_tell |= ways[i] == BY_HAND;
    return count == 1 ? doing_words[ways[0]] : may_tell ? "do it, or say that it is done" : NULL;
}

gboolean plain_can_be_done(const struct board_step *step)
{
    enum doing ways[DOING_COUNT];
    return doings_of(step, ways) > 0;
}

/* Nothing but a person's word stands for it, so it is asked for in words like whatever else counts. */
static gboolean tell_done(struct plain *plain, const struct board_step *step)
{
    g_autofree char *id = g_strdup(step->id);
    g_autofree char *against = told_against_text(step);
    g_autofree char *said =
        g_strdup_printf("Step %d, %s. %s%s%s", step->number, step->title, against != NULL ? against : "",
                        against != NULL ? " " : "", agreements[AGREE_TELL].said);
    if (!plain_agree(plain, AGREE_TELL, said))
        return FALSE;
    plain_ask(plain);
    plain_say(plain, "A note for the report? Enter for none, - goes back.");
    g_autofree char *note = plain_hear_line(plain);
    if (g_strcmp0(note, "-") == 0)
        plain_say(plain, "Nothing was told.");
    if (note == NULL || strcmp(note, "-") == 0)
        return FALSE;
    session_tell(plain->session, id, note);
    gboolean is_told = plain_await(plain, COMMAND_TELL);
    /* Microsoft may list it late. */
    if (is_told && against != NULL)
        plain_look_again(plain, id);
    return is_told;
}

/* What of it can be read is looked for, and what cannot is asked for. */
gboolean plain_do_form(struct plain *plain, const char *id)
{
    session_practice_form(plain->session, id);
    gboolean worked = plain_await(plain, COMMAND_PRACTICE_FORM);
    const struct board_step *step = board_find_step(plain->board, id);
    if (!worked && step != NULL && step->trouble->len > 0)
        plain_say(plain, step->refusal_rung > 0 ? "4 says what to try, and begins with what this refusal points to."
                                                : "4 says what to try, one after another.");
    if (!worked)
        return FALSE;
    plain_look_again(plain, id);
    step = board_find_step(plain->board, id);
    if (step == NULL || !step->tellable || step_state_is_settled(step->state))
        return TRUE;
    g_autofree char *read = read_back_text(step);
    if (read != NULL)
        plain_say(plain, "Read back from the tenant: %s. The rest nothing here shows.", read);
    else
        plain_say(plain, "Done in the practice portal; nothing in the tenant shows it.");
    tell_done(plain, step);
    return TRUE;
}

gboolean plain_do(struct plain *plain, const struct board_step *step)
{
    g_autofree char *id = g_strdup(step->id);
    enum doing ways[DOING_COUNT];
    int count = doings_of(step, ways);
    int form = 0; /* its number, which f gives too, as where a sign-in waits */
    for (int i = 0; i < count; i++)
        form = ways[i] == BY_FORM ? i + 1 : form;
    if (count > 1) {
        plain_ask(plain);
        for (int i = 0; i < count; i++)
            plain_say(plain, "%d %s", i + 1, doing_words[ways[i]]);
        plain_say(plain, "Which one? A number, - goes back.");
    }
    int number = count > 1 ? plain_choose_or(plain, count, NULL, form > 0 ? "f" : NULL, NO_ENTER) : count;
    if (number == 0)
        return FALSE;
    number = number > count ? form : number;
    /* Where there is but one way, which one was not chosen. */
    if (count == 1 && ways[0] != BY_HAND)
        plain_say(plain, "%s:", doing_words[ways[0]]);
    switch (ways[number - 1]) {
    case BY_WAITING:
        return plain_sit_out(plain, step);
    case BY_PERCH:
        return plain_apply(plain, FALSE);
    case BY_FORM:
        return plain_do_form(plain, id);
    case BY_PORTAL:
        plain_look_again(plain, id);
        return TRUE;
    case BY_HAND:
        return tell_done(plain, step);
    case BY_COLLEAGUE:
    case DOING_COUNT:
        break;
    }
    return plain_hand_over(plain);
}
