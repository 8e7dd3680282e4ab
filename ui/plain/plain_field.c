/* SPDX-License-Identifier: MIT */
#include "ui/plain/plain_field.h"

#include <string.h>

#include "base/text.h"
#include "input/guest_verdict.h"
#include "input/paste.h"
#include "input/validate.h"
#include "ui/form/form_state.h"
#include "ui/form/paste_offer.h"
#include "ui/form/picker.h"
#include "ui/plain/plain_paste.h"
#include "ui/plain/plain_typed_words.h"
#include "ui/plain/plain_work.h"

#define NO_HELP "There is no more to say about it."
#define EMPTY "none"
#define OFFERED "offered"
#define PEOPLE_SHOWN 10 /* of those that were found */

static gboolean send(struct plain *plain, const char *path, const char *value)
{
    session_answer(plain->session, path, value);
    return plain_await(plain, COMMAND_ANSWER);
}

/* The value to send for what was typed, after corrections that the person agreed to; NULL: type it again. Caller
 * frees. */
static char *settle(struct plain *plain, const struct board_field *field, const char *typed)
{
    gboolean is_list = strcmp(field->validator, GUEST_LIST_FIELD) == 0;
    if (!is_list && input_field_find(field->validator) == NULL)
        return g_strdup(typed);
    g_autofree char *text = g_strdup(typed);
    for (;;) {
        g_autoptr(Verdict) verdict = is_list ? guest_verdict(text) : validate(field->validator, text, -1);
        const struct finding *problem = verdict_problem(verdict);
        for (guint i = 0; verdict->valid && i < verdict->findings->len; i++) /* it is taken, and remarked on */
            plain_say(plain, "%s", ((const struct finding *)g_ptr_array_index(verdict->findings, i))->message);
        if (verdict->valid || problem == NULL)
            return g_strdup(verdict->value != NULL ? verdict->value : text);
        const struct finding *fix = problem->fix != NULL ? problem : verdict_fix(verdict);
        /* A fix mends one thing: what else does not belong there is still in it. */
        if (strcmp(text, typed) != 0) {
            g_autofree char *shown = text_safe(text, -1);
            plain_say(plain, "%s: %s", field->label, shown);
        }
        plain_ask(plain);
        plain_say(plain, "%s%s%s%s", problem->message, fix != NULL ? " 1 " : "", fix != NULL ? fix->fix_label : "",
                  fix != NULL ? "  2 type again" : " Type it again.");
        if (fix == NULL)
            return NULL;
        if (plain_choose(plain, 2) != 1) {
            plain_ask(plain);
            if (plain->wanted == NULL && !plain->leaving)
                plain_say(plain, "%s? Type it again.", field->label);
            return NULL;
        }
        g_free(text);
        text = g_strdup(fix->fix);
    }
}

/* Of several lines, one after another. Caller frees. */
static char *value_shown(const char *value)
{
    g_auto(GStrv) lines = g_strsplit(value, "\n", -1);
    g_autoptr(GPtrArray) safe = g_ptr_array_new_with_free_func(g_free);
    for (char **line = lines; *line != NULL; line++)
        if (**line != '\0')
            g_ptr_array_add(safe, text_safe(*line, -1));
    return text_join(safe, "; ");
}

/* A number, or Enter alone, does not say what it took. A value is copied from what is said: no stop sticks to it. */
static void tell_taken(struct plain *plain, const char *label, const char *value)
{
    g_autofree char *safe = value_shown(value);
    plain_say(plain, "%s: %s", label, safe);
}

static gboolean is_chosen(const struct board_field *field)
{
    return field->kind == FIELD_CHOICE || field->kind == FIELD_YES_NO;
}

/* What is empty already is not. What is needed is asked for again then; of a choice that has to be made another one
 * takes its place. */
static gboolean may_be_emptied(const struct board_field *field)
{
    return *field->value != '\0' && field->kind != FIELD_SECRET && (!field->required || !is_chosen(field));
}

/* What - comes to. */
static const char *without_answer(const struct board_field *field)
{
    return field->required && *field->value == '\0' ? "- for later" : "- leaves it as it is";
}

char *plain_field_label(const struct plain *plain, const struct board_field *field)
{
    for (guint i = 0; i < plain->board->steps->len; i++) {
        const struct board_step *step = g_ptr_array_index(plain->board->steps, i);
        if (g_ptr_array_find(step->fields, field, NULL))
            return g_strdup_printf("%s, %s", step->title, field->label);
    }
    return g_strdup(field->label);
}

/* What stands there now, where something does, and what Enter alone comes to: OFFERED_VALUE ("" if there is none) only
 * where nothing would be lost. */
static void tell_now(struct plain *plain, const struct board_field *field, const char *offered_value)
{
    g_autofree char *text = plain_field_text(field);
    g_autofree char *offered = value_shown(offered_value);
    if (*field->value != '\0') {
        plain_say(plain, "Now: %s", text);
        plain_say(plain, "Enter alone keeps it, %s takes its place.%s", is_chosen(field) ? "a number" : "what you type",
                  may_be_emptied(field) ? " “" EMPTY "” empties it." : "");
    } else if (*field->if_empty != '\0')
        plain_say(plain, "Left empty: %s.", field->if_empty);
    if (*offered == '\0' || strcmp(offered_value, field->value) == 0)
        return;
    if (*field->value != '\0')
        plain_say(plain, "“" OFFERED "” takes instead: %s", offered);
    else
        plain_say(plain, "Enter alone takes: %s", offered);
}

/* LINE asks for no other value than FIELD has. */
static gboolean keeps(struct plain *plain, const struct board_field *field, const char *line)
{
    gboolean is_kept = *line == '\0' && *field->value != '\0';
    if (is_kept)
        plain_say(plain, "%s stays as it is.", field->label);
    return is_kept;
}

/* The word for what is offered in place of FIELD's value. */
static gboolean takes_offered(const struct board_field *field, const char *offered, const char *line)
{
    return *field->value != '\0' && *offered != '\0' && g_ascii_strcasecmp(line, OFFERED) == 0;
}

static gboolean ask_choice(struct plain *plain, const struct board_field *field)
{
    static const char *const answers[] = {"yes", "no"};
    g_autofree char *path = g_strdup(field->path);
    g_autofree char *label = plain_field_label(plain, field);
    gboolean is_yes_no = field->kind == FIELD_YES_NO;
    guint count = is_yes_no ? G_N_ELEMENTS(answers) : field->choices->len;
    plain_ask(plain);
    plain_say(plain, "%s? %s", label, field->help);
    tell_now(plain, field, "");
    for (guint i = 0; i < count; i++)
        plain_say(plain, "%u %s", i + 1,
                  is_yes_no ? answers[i] : ((const struct board_choice *)g_ptr_array_index(field->choices, i))->label);
    plain_say(plain, "A number, %s.", without_answer(field));
    /* What a choice is for stands in its question, which ? says again. */
    int number = plain_choose_or(plain, (int)count, *field->help != '\0' ? NULL : NO_HELP,
                                 may_be_emptied(field) ? EMPTY : NULL, *field->value != '\0' ? 0 : NO_ENTER);
    if (number == 0)
        return FALSE;
    if (number > (int)count) {
        tell_taken(plain, field->label, EMPTY);
        return send(plain, path, "");
    }
    const struct board_choice *choice = is_yes_no ? NULL : g_ptr_array_index(field->choices, number - 1);
    g_autofree char *value = g_strdup(is_yes_no ? answers[number - 1] : choice->value);
    tell_taken(plain, field->label, is_yes_no ? value : choice->label);
    return send(plain, path, value);
}

/* Nobody was found who is called NAME, as it was typed whole: a guest may be, and so may a slip. */
static gboolean takes_unknown(struct plain *plain, const struct board_field *field, const char *name)
{
    const char *at = strrchr(name, '@');
    const char *typed = at != NULL ? at + 1 : "";
    g_auto(GStrv) domains = g_strsplit(plain->board->tenant_domains, " ", -1);
    g_autofree char *domain = g_ascii_strdown(typed, -1);
    gboolean is_known =
        at == NULL || *plain->board->tenant_domains == '\0' || g_strv_contains((const char *const *)domains, domain);
    g_autofree char *said = g_strdup_printf("Nobody was found, and %s is no domain of this tenant.", typed);
    gboolean agreed = TRUE;
    plain_ask(plain);
    if (is_known)
        plain_say(plain, "Nobody was found: %s is taken as it is typed.", name);
    else
        agreed = plain_agree_to(plain, said, "Take it as it is typed", NULL);
    if (agreed || plain->wanted != NULL || plain->leaving)
        return agreed;
    plain_ask(plain);
    plain_say(plain, "%s? Part of a name, or a whole user name, %s.", field->label, without_answer(field));
    return FALSE;
}

/* A line that asks for no person: what FIELD is for, the list, another step. FALSE if LINE is part of a name. */
static gboolean take_other_line(struct plain *plain, const struct board_field *field, const char *line)
{
    if (strcmp(line, "?") != 0)
        return plain_take_word(plain, line);
    plain_explain(plain, *field->help != '\0' ? field->help : NO_HELP);
    return TRUE;
}

/* The one of those found by LINE who is meant; NULL: none. Caller frees. */
static char *choose_found(struct plain *plain, const struct board_field *field, const char *line)
{
    /* Whoever typed a whole user name has chosen. */
    for (guint i = 0; i < plain->people->len; i++) {
        const struct person *person = g_ptr_array_index(plain->people, i);
        if (text_same_name(person->user_name, line))
            return g_strdup(person->user_name);
    }
    /* Of one there is nothing to choose, but part of a name is not yet that person. */
    gboolean is_one = plain->people->len == 1;
    guint shown = MIN(plain->people->len, PEOPLE_SHOWN);
    plain_ask(plain);
    for (guint i = 0; i < shown; i++) {
        const struct person *person = g_ptr_array_index(plain->people, i);
        plain_say(plain, "%u %s, %s%s%s", i + 1, person->name, person->user_name, person->guest ? ", guest" : "",
                  person->enabled ? "" : ", disabled");
    }
    plain_say(plain, "%s, - goes back to the name.%s", is_one ? "Enter takes that one" : "A number",
              shown < plain->people->len ? " More match than these: type more of it there." : "");
    int number =
        plain_choose_or(plain, (int)shown, *field->help != '\0' ? field->help : NO_HELP, NULL, is_one ? 1 : NO_ENTER);
    return number > 0 ? g_strdup(((const struct person *)g_ptr_array_index(plain->people, number - 1))->user_name)
                      : NULL;
}

/* A person's user name for FIELD, picked among those whose names begin with what is typed, or a whole one. NULL for "-"
 * and for another step; an empty line keeps what FIELD has, or gives SUGGESTION; it gives NULL if that is NULL, since
 * others were picked. Where somebody may be taken out again EMPTY gives "". Caller frees. */
static char *pick_person(struct plain *plain, const struct board_field *field, const char *suggestion)
{
    for (;;) {
        g_autofree char *line = plain_hear(plain, FALSE);
        if (line == NULL || strcmp(line, "-") == 0)
            return NULL;
        if ((suggestion == NULL || may_be_emptied(field)) && strcmp(line, EMPTY) == 0)
            return g_strdup("");
        if (suggestion != NULL && keeps(plain, field, line))
            return NULL;
        if (suggestion != NULL && takes_offered(field, suggestion, line))
            return g_strdup(suggestion);
        if (*line == '\0' && (suggestion == NULL || *suggestion != '\0'))
            return g_strdup(suggestion);
        if (*line == '\0')
            plain_say(plain, "Nothing was typed: part of a name, or %s.", without_answer(field));
        if (*line == '\0' || take_other_line(plain, field, line)) {
            if (plain->wanted != NULL)
                return NULL;
            continue;
        }
        if (!plain_find_people(plain, line)) {
            g_autofree char *whole = picker_is_whole(line) ? settle(plain, field, line) : NULL;
            if (whole != NULL && takes_unknown(plain, field, whole))
                return g_steal_pointer(&whole);
            if (plain->wanted != NULL || plain->leaving)
                return NULL;
            plain_say_where(plain, line);
            if (whole == NULL)
                plain_say(plain, "Nobody was found. Type another part of a name, or a whole user name, or %s.",
                          without_answer(field));
            continue;
        }
        char *found = choose_found(plain, field, line);
        if (found != NULL || plain->wanted != NULL || plain->leaving)
            return found;
        plain_ask(plain);
        plain_say(plain, "%s? Part of a name, %s.", field->label, without_answer(field));
    }
}

static gboolean ask_people(struct plain *plain, const struct board_field *field)
{
    g_autofree char *path = g_strdup(field->path);
    gboolean several = field->kind == FIELD_PEOPLE;
    g_autoptr(GPtrArray) picked = g_ptr_array_new_with_free_func(g_free);
    plain_ask(plain);
    plain_say(plain, "%s? Type part of a name, then Enter; ? explains, %s.", field->label, without_answer(field));
    tell_now(plain, field, field->suggestion);
    g_autofree char *suggestion = g_strdup(field->suggestion);
    for (;;) {
        char *name = pick_person(plain, field, picked->len == 0 ? suggestion : NULL);
        if (name != NULL && *name == '\0' && picked->len > 0) {
            g_free(name);
            g_ptr_array_set_size(picked, 0);
            plain_ask(plain);
            plain_say(plain, "Nobody so far. %s? Part of a name, %s.", field->label, without_answer(field));
            tell_now(plain, field, suggestion);
            continue;
        }
        if (name != NULL && *name == '\0') {
            g_free(name);
            tell_taken(plain, field->label, EMPTY);
            return send(plain, path, "");
        }
        if (name == NULL)
            break;
        if (g_ptr_array_find_with_equal_func(picked, name, text_same_name, NULL)) {
            plain_say(plain, "%s is there already.", name);
            g_free(name);
        } else
            g_ptr_array_add(picked, name);
        if (!several)
            break;
        g_autofree char *so_far = text_join(picked, ", ");
        plain_ask(plain);
        plain_say(plain, "So far: %s", so_far);
        plain_say(plain, "One more? Part of a name, Enter or - for no; “" EMPTY "” takes them out again.");
    }
    if (picked->len == 0)
        return FALSE;
    g_autofree char *names = text_join(picked, ", ");
    tell_taken(plain, field->label, names);
    return send(plain, path, names);
}

static void ask_for_text(struct plain *plain, const struct board_field *field, const char *offered, gboolean has_mail)
{
    plain_ask(plain);
    plain_say(plain, "%s? (paste, then Enter; ? explains, %s)", field->label, without_answer(field));
    tell_now(plain, field, offered);
    if (has_mail && plain->pasted == NULL)
        plain_say(plain, "In practice E takes the partner's made-up e-mail.");
}

/* VALUE is not what was typed, or what was typed may have been meant for a menu: it is said before it counts. */
static gboolean is_doubtful(const char *typed, const char *value)
{
    gboolean is_number = strlen(typed) < 3 && typed[strspn(typed, "0123456789")] == '\0';
    return strcmp(typed, value) != 0 || is_number || strcmp(typed, EMPTY) == 0 || plain_is_menu_word(typed);
}

/* No value of one line is found in a whole mail. */
static gboolean is_meant_for_something_else(const struct board_field *field, const char *typed)
{
    gboolean takes_lines = field->kind == FIELD_LIST || field->kind == FIELD_NAMES || field->kind == FIELD_GUESTS ||
                           field->kind == FIELD_SECRET;
    const char *end = strchr(typed, '\n');
    return !takes_lines && end != NULL && strchr(end + 1, '\n') != NULL;
}

/* Only Enter takes it: whoever thinks that it was taken answers the next question. */
static gboolean takes_value(struct plain *plain, const struct board_field *field, const char *value)
{
    g_autofree char *shown = value_shown(value);
    plain_say_where(plain, value);
    plain_ask(plain);
    plain_say(plain, "%s: %s", field->label, shown);
    plain_say(plain, "Enter takes it, - asks again.");
    for (;;) {
        g_autofree char *line = plain_hear(plain, FALSE);
        if (line == NULL || strcmp(line, "-") == 0)
            return FALSE;
        if (*line == '\0')
            return TRUE;
        if (!plain_take_word(plain, line)) {
            plain_say(plain, "That is neither Enter nor -; list, step 7, q leaves.");
            plain_ask_again(plain);
        } else if (plain->wanted != NULL)
            return FALSE;
    }
}

/* A value that is agreed to, "" for none, or NULL. Caller frees. */
static char *ask_text(struct plain *plain, const struct board_field *field)
{
    gboolean secret = field->kind == FIELD_SECRET;
    g_autofree char *mail = plain_made_up_mail(plain, field);
    g_autofree char *found = plain_value_in_paste(plain, field, FALSE);
    if (plain->wanted != NULL || plain->leaving)
        return NULL;
    const char *suggestion = found != NULL && *found != '\0' ? found : field->suggestion;
    ask_for_text(plain, field, suggestion, mail != NULL);
    while (plain->wanted == NULL) {
        g_autofree char *line = plain_hear(plain, secret);
        if (line == NULL || strcmp(line, "-") == 0)
            return NULL;
        if (!secret && *line != '\0' && line[strspn(line, " \t\r\n")] == '\0') {
            plain_say(plain, "Only blanks were typed; ? explains, %s.", without_answer(field));
            continue;
        }
        if (may_be_emptied(field) && strcmp(line, EMPTY) == 0) {
            tell_taken(plain, field->label, "empty");
            return g_strdup("");
        }
        /* No value that is looked at is called so. */
        if (!field->required && input_field_find(field->validator) != NULL && strcmp(line, EMPTY) == 0) {
            plain_say(plain, "%s is empty, and stays so.", field->label);
            return NULL;
        }
        if ((!secret || strcmp(line, "?") == 0) && strchr(line, '\n') == NULL && take_other_line(plain, field, line))
            continue;
        if (keeps(plain, field, line))
            return NULL;
        g_autofree char *in_paste = plain_value_brought(plain, field, line, mail);
        if (g_strcmp0(in_paste, "") == 0) {
            if (plain->wanted == NULL && !plain->leaving)
                ask_for_text(plain, field, suggestion, FALSE);
            continue;
        }
        gboolean is_offered = *line == '\0' || (!secret && takes_offered(field, suggestion, line));
        if (in_paste == NULL && is_meant_for_something_else(field, line)) {
            plain_take_word(plain, line);
            continue;
        }
        const char *typed = in_paste != NULL ? in_paste : is_offered ? suggestion : line;
        g_autofree char *value = *typed != '\0' ? settle(plain, field, typed) : NULL;
        if (*typed == '\0')
            plain_say(plain, "Nothing was typed; ? explains, %s.", without_answer(field));
        if (value == NULL && !secret)
            plain_say_where(plain, line);
        if (value == NULL)
            continue;
        if (secret)
            return g_steal_pointer(&value);
        if (is_offered || (in_paste == NULL && !is_doubtful(line, value)))
            tell_taken(plain, field->label, value);
        else if (!takes_value(plain, field, value)) {
            if (plain->wanted == NULL && !plain->leaving)
                ask_for_text(plain, field, suggestion, FALSE);
            continue;
        }
        return g_steal_pointer(&value);
    }
    return NULL;
}

gboolean plain_ask_field(struct plain *plain, const struct board_field *field)
{
    struct board *kept = board_ref(plain->board); /* an answer makes another one */
    gboolean sent = FALSE;
    switch (field->kind) {
    case FIELD_CHOICE:
    case FIELD_YES_NO:
        sent = ask_choice(plain, field);
        break;
    case FIELD_PERSON:
    case FIELD_PEOPLE:
        sent = ask_people(plain, field);
        break;
    default: {
        /* What is refused is asked for once more: whoever typed it would think that it was kept. */
        for (gboolean refused = TRUE; refused;) {
            g_autofree char *value = ask_text(plain, field);
            sent = value != NULL && send(plain, field->path, value);
            refused = value != NULL && !sent && !plain->leaving && plain->wanted == NULL;
            if (refused)
                plain_say(plain, "%s: nothing of it was kept.", field->label);
            if (value != NULL && field->kind == FIELD_SECRET)
                explicit_bzero(value, strlen(value));
        }
        break;
    }
    }
    board_unref(kept);
    return sent;
}

/* Answers make a new board, so the field is looked for anew each time. */
static const struct board_field *next_missing(const struct plain *plain, const char *id)
{
    const struct board_step *step = board_find_step(plain->board, id);
    for (guint i = 0; step != NULL && i < step->fields->len; i++) {
        const struct board_field *field = g_ptr_array_index(step->fields, i);
        if (*field->value == '\0' && field->required)
            return field;
    }
    return NULL;
}

enum field_outcome plain_fields(struct plain *plain, const char *id)
{
    gboolean asked = FALSE;
    for (const struct board_field *field = next_missing(plain, id); field != NULL && !plain->leaving;
         field = next_missing(plain, id)) {
        asked = plain_ask_field(plain, field);
        if (!asked)
            return FIELDS_PUT_OFF;
    }
    return asked ? FIELDS_ANSWERED : FIELDS_COMPLETE;
}

/* FIELD's value for a list. Caller frees. */
char *plain_field_text(const struct board_field *field)
{
    if (*field->value == '\0' && !field->required && *field->if_empty != '\0')
        return g_strdup_printf("empty (%s)", field->if_empty);
    if (*field->value == '\0')
        return g_strdup(field->required ? "missing" : "empty");
    return field->masked ? g_strdup("set, masked") : value_shown(field->value);
}

/* The field that is chosen among those of STEP; NULL: none. */
static const struct board_field *choose_field(struct plain *plain, const struct board_step *step)
{
    plain_ask(plain);
    for (guint i = 0; i < step->fields->len; i++) {
        const struct board_field *field = g_ptr_array_index(step->fields, i);
        g_autofree char *value = plain_field_text(field);
        plain_say(plain, "%u %s: %s", i + 1, field->label, value);
    }
    plain_say(plain, "Which one? A number, - goes back.");
    int number = plain_choose_or(plain, (int)step->fields->len,
                                 "A number leads to that value; ? there says what it is for.", NULL, NO_ENTER);
    return number > 0 ? g_ptr_array_index(step->fields, number - 1) : NULL;
}

/* What ADDRESS has for FIELD of STEP, where no other one could be meant; NULL: nothing. Borrowed from VALUES or
 * ADDRESS. */
static const char *value_of_address(const struct plain *plain, const struct board_step *step,
                                    const struct board_field *field, const struct paste_values *values,
                                    const char *address)
{
    gboolean is_only =
        step->fields->len == 1 && field->kind == FIELD_TEXT && input_field_find(field->validator) == NULL;
    return is_only ? address : paste_offer_value(plain->board, field, values);
}

gboolean plain_take_address(struct plain *plain, const struct board_step *step, const char *line, gboolean *changed)
{
    if (!g_str_has_prefix(line, "http://") && !g_str_has_prefix(line, "https://"))
        return FALSE;
    g_autoptr(PasteValues) values = paste_find(line, -1);
    for (guint i = 0; i < step->fields->len; i++) {
        const struct board_field *field = g_ptr_array_index(step->fields, i);
        g_autofree char *value = g_strdup(value_of_address(plain, step, field, values, line));
        if (value == NULL)
            continue;
        g_autofree char *path = g_strdup(field->path);
        if (takes_value(plain, field, value))
            *changed = send(plain, path, value);
        return TRUE;
    }
    return FALSE;
}

/* What an answer came to is said right after it. TRUE: the step is settled by it, and has nothing more to ask. */
static gboolean tell_what_came(struct plain *plain, const struct board_step *before)
{
    const struct board_step *step = board_find_step(plain->board, before->id);
    if (step == NULL || (step->state == before->state && strcmp(step->reason, before->reason) == 0))
        return FALSE;
    if (step_state_is_settled(step->state))
        return !step_state_is_settled(before->state);
    g_autofree char *stands = plain_state(plain, step);
    plain_say(plain, "perch: step %d, %s: %s.", step->number, step->title, stands);
    if (*step->reason != '\0')
        plain_say(plain, "%s", step->reason);
    return FALSE;
}

/* What is answered may bring other fields along. */
gboolean plain_change_field(struct plain *plain, const char *id)
{
    g_autofree char *own = g_strdup(id);
    gboolean changed = FALSE;
    for (gboolean stays = TRUE; stays && !plain->leaving && plain->wanted == NULL;) {
        struct board *kept = board_ref(plain->board);
        const struct board_step *step = board_find_step(kept, own);
        const struct board_field *field = step != NULL && step->fields->len > 0 ? choose_field(plain, step) : NULL;
        gboolean is_answered = field != NULL && plain_ask_field(plain, field);
        changed |= is_answered;
        stays = field != NULL && !(is_answered && tell_what_came(plain, step));
        board_unref(kept);
    }
    /* The step is gone on with where it was left. */
    if (changed && !plain->leaving && plain->wanted == NULL)
        plain->wanted = g_strdup(own);
    return changed;
}
