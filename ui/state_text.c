/* SPDX-License-Identifier: MIT */
#include "ui/state_text.h"

#include <string.h>

#include "base/decision.h"
#include "base/text.h"
#include "ui/end_text.h"

const struct state_look step_looks[] = {
    [STEP_UNKNOWN] = {"?", STYLE_DIM, "", "not read yet"},
    [STEP_CHECKING] = {"↻", STYLE_DIM, "reading", "being read"},
    [STEP_TO_DO] = {"◌", STYLE_NORMAL, "to do", "to do"},
    [STEP_BLOCKED] = {"·", STYLE_DIM, "blocked", "blocked"},
    [STEP_WAITING] = {"◔", STYLE_WAIT, "waiting", "waiting"},
    [STEP_WORKING] = {"↻", STYLE_ACCENT, "working", "being written"},
    [STEP_NEEDS_YOU] = {"!", STYLE_ACCENT, "needs you", "needs you"},
    [STEP_DONE] = {"✓", STYLE_GOOD, "", "done, read back from the tenant"},
    [STEP_TOLD] = {"○", STYLE_GOOD, "told", "told, not proved"},
    [STEP_DIFFERS] = {"◐", STYLE_WAIT, "differs", "differs"},
    [STEP_IN_DOUBT] = {"?", STYLE_BAD, "in doubt", "in doubt: look before going on"},
    [STEP_FAILED] = {"✗", STYLE_BAD, "failed", "failed"},
    [STEP_SKIPPED] = {"⊘", STYLE_DIM, "left out", "left out"},
};

const struct state_look object_looks[] = {
    [OBJECT_UNKNOWN] = {"?", STYLE_DIM, "", "not read"},
    [OBJECT_ABSENT] = {"◌", STYLE_NORMAL, "", "not there yet"},
    [OBJECT_MATCHES] = {"✓", STYLE_GOOD, "", "there, as wanted"},
    [OBJECT_DIFFERS] = {"◐", STYLE_WAIT, "", "differs"},
    [OBJECT_MANY] = {"!", STYLE_ACCENT, "", "more than one"},
    [OBJECT_IN_DOUBT] = {"?", STYLE_BAD, "", "in doubt"},
};

/* Whom an answer names nobody makes. */
static const struct state_look missing_look = {"▲", STYLE_WAIT, "", "not there"};

const struct state_look deviating_look = {"≈", STYLE_WAIT, "deviates", "deviates: done, and may stay so"};

char *read_back_text(const struct board_step *step)
{
    g_autoptr(GPtrArray) titles = g_ptr_array_new();
    for (guint i = 0; i < step->objects->len; i++) {
        const struct board_object *object = g_ptr_array_index(step->objects, i);
        /* What has no id of its own was not made: it says what stands in the way, or is built by a rule. */
        if (object->state == OBJECT_MATCHES && !object->unasked && *object->id != '\0')
            g_ptr_array_add(titles, object->title);
    }
    return titles->len > 0 ? text_join(titles, ", ") : NULL;
}

const char *first_unseen(const struct board_step *step)
{
    for (guint i = 0; i < step->objects->len; i++) {
        const struct board_object *object = g_ptr_array_index(step->objects, i);
        if (object->state != OBJECT_MATCHES)
            return object->title;
    }
    return NULL;
}

const char *values_trouble(const struct board_step *step)
{
    for (guint i = 0; i < step->objects->len && step->fields->len > 0; i++) {
        const struct board_object *object = g_ptr_array_index(step->objects, i);
        /* What a person is to do in a portal is not there for want of that. */
        gboolean is_amiss = object->state == OBJECT_DIFFERS ||
                            (object->state == OBJECT_ABSENT && (object->only_read || step->lines->len == 0));
        if (is_amiss && *object->sentence != '\0')
            return object->sentence;
    }
    return NULL;
}

enum style tenant_style(const char *id)
{
    return (enum style)(STYLE_TENANT + (int)(g_str_hash(id) % TENANT_STYLES));
}

gboolean step_deviates(const struct board_step *step)
{
    return step->state == STEP_DONE && !step->report && *step->reason != '\0';
}

gboolean step_is_not_asked_for(const struct board *board, const struct board_step *step)
{
    gboolean asks = step->state == STEP_NEEDS_YOU || step->state == STEP_TO_DO || step->state == STEP_BLOCKED ||
                    step->state == STEP_DIFFERS;
    for (guint i = 0; i < step->objects->len; i++) {
        const struct board_object *object = g_ptr_array_index(step->objects, i);
        asks = asks && (object->state == OBJECT_ABSENT || object->state == OBJECT_UNKNOWN ||
                        (object_state_is_there(object->state) && object->only_read));
    }
    return board->taken_away && asks && !step->report;
}

/* What was taken away is reported too, though what comes before it is not done any more. */
static gboolean report_can_be_written(const struct board *board, const struct board_step *step)
{
    return step->report && (step->state == STEP_TO_DO || (board->taken_away && step->state == STEP_BLOCKED));
}

const struct state_look *step_look(const struct board *board, const struct board_step *step)
{
    static const struct state_look not_asked_for = {"·", STYLE_DIM, "not done", "not done, and nothing asks for it"};
    static const struct state_look answered = {"○", STYLE_GOOD, "answered", "told by an answer, not proved"};
    static const struct state_look in_part = {"○", STYLE_GOOD, "told", "told, and proved as far as it shows"};
    static const struct state_look was_told = {"·", STYLE_DIM, "was told", "told, before all was taken away"};
    if (step_is_not_asked_for(board, step))
        return board->partner_keeps->len == 0 && *step->told_by != '\0' ? &was_told : &not_asked_for;
    if (board->taken_away && board->partner_keeps->len == 0 && step->state == STEP_TOLD)
        return &was_told;
    if (report_can_be_written(board, step))
        return &step_looks[STEP_TO_DO];
    /* Nobody told it, and nothing can be taken back: what an answer says is enough. */
    if (step->state == STEP_TOLD && *step->told_by == '\0')
        return &answered;
    g_autofree char *read_back =
        step->state == STEP_TOLD && !board_step_told_unseen(step) ? read_back_text(step) : NULL;
    if (read_back != NULL)
        return &in_part;
    return step_deviates(step) ? &deviating_look : &step_looks[step->state];
}

const struct state_look *object_look(const struct board_object *object)
{
    if (object->named && object->state == OBJECT_ABSENT)
        return &missing_look;
    return object->state == OBJECT_MATCHES && object->differences->len > 0 ? &deviating_look
                                                                           : &object_looks[object->state];
}

gboolean object_only_keeps(const struct board_object *object)
{
    gboolean keeps = object->state == OBJECT_DIFFERS && object->choices->len > 0;
    for (guint i = 0; i < object->choices->len; i++) {
        const struct board_choice *choice = g_ptr_array_index(object->choices, i);
        keeps = keeps && decision_parse(choice->value).kind == DECISION_KEEP;
    }
    return keeps;
}

const char *mending_words(const struct board_step *step, const struct board_object *object)
{
    /* Whom or what an answer names is mended by another answer. */
    if (!object_only_keeps(object) || object->only_read || object->named)
        return NULL;
    return step->practice_form   ? "Mend it: do it again in the practice tenant"
           : *step->link != '\0' ? "Mend it in the portal: open its page"
                                 : "Mend it in the portal, then check again";
}

char *deviation_text(const struct board_object *object)
{
    const char *end = strstr(object->sentence, ". ");
    if (*object->sentence == '\0')
        return g_strdup_printf("%s deviates.", object->title);
    return end != NULL ? g_strndup(object->sentence, (gsize)(end + 1 - object->sentence)) : g_strdup(object->sentence);
}

const struct board_object *request_object(const struct board *board, const struct plan *plan, guint index)
{
    const struct planned_request *request = g_ptr_array_index(plan->requests, index);
    const struct board_step *step = board_find_step(board, request->step);
    for (guint i = 0; step != NULL && i < step->objects->len; i++) {
        const struct board_object *object = g_ptr_array_index(step->objects, i);
        if (strcmp(object->key, request->object) == 0)
            return object;
    }
    return NULL;
}

/* What cannot be looked for any more, as what it belonged to, in the same step, is gone. */
static gboolean went_along(const struct board *board, const struct plan *plan, guint index)
{
    const struct planned_request *request = g_ptr_array_index(plan->requests, index);
    gboolean found = FALSE;
    for (guint i = 0; i < plan->requests->len && !found; i++) {
        const struct planned_request *other = g_ptr_array_index(plan->requests, i);
        const struct board_object *object = request_object(board, plan, i);
        found = strcmp(other->step, request->step) == 0 && object != NULL && object->state == OBJECT_ABSENT;
    }
    return found;
}

gboolean request_is_proved(const struct board *board, const struct plan *plan, guint index)
{
    const struct planned_request *request = g_ptr_array_index(plan->requests, index);
    const struct board_object *object = request_object(board, plan, index);
    enum object_state state = object != NULL ? object->state : OBJECT_DIFFERS;
    if (!plan->undo)
        return state == OBJECT_MATCHES;
    /* Of who gets in by a door: as wanted is nobody. */
    gboolean is_of_door = strcmp(request->verb, PLAN_VERB_END) == 0;
    return state == OBJECT_ABSENT ||
           (is_of_door && (state == OBJECT_MATCHES || (state == OBJECT_UNKNOWN && went_along(board, plan, index))));
}

char *carried_out_text(const struct board *board, const struct plan *plan)
{
    g_autoptr(GPtrArray) unseen = g_ptr_array_new();
    int deviating = 0;
    for (guint i = 0; i < plan->requests->len; i++) {
        const struct board_object *object = request_object(board, plan, i);
        if (!request_is_proved(board, plan, i))
            g_ptr_array_add(unseen, ((const struct planned_request *)g_ptr_array_index(plan->requests, i))->sentence);
        else
            deviating += !plan->undo && object != NULL && object->differences != NULL && object->differences->len > 0;
    }
    g_autofree char *titles = text_join(unseen, ", ");
    g_autofree char *count = text_count(deviating, "deviates", "deviate");
    const char *word = plan->undo ? "gone" : "proved";
    return g_strdup_printf("%u of %u %s%s%s%s%s%s%s", plan->requests->len - unseen->len - (guint)deviating,
                           plan->requests->len, word, deviating > 0 ? ", " : "", deviating > 0 ? count : "",
                           unseen->len > 0 ? "; not " : "", unseen->len > 0 ? word : "", unseen->len > 0 ? ": " : "",
                           titles);
}

gboolean carried_out_in_part(const struct board *board, const struct plan *plan)
{
    for (guint i = 0; i < plan->requests->len; i++)
        if (!request_is_proved(board, plan, i))
            return TRUE;
    return FALSE;
}

const char *step_words(const struct board *board, const struct board_step *step)
{
    if (step->report && (step->state == STEP_DONE || report_can_be_written(board, step)))
        return step->state == STEP_DONE ? "written" : "to be written";
    if (step->state == STEP_UNKNOWN && *step->reason != '\0')
        return "could not be read";
    return step_look(board, step)->words;
}

char *step_text(const struct board *board, const struct board_step *step)
{
    if (report_can_be_written(board, step))
        return g_strdup("r writes it");
    if (step_wants_value_early(board, step))
        return g_strdup("fill in");
    if (step->state != STEP_WAITING || step->until == 0)
        return g_strdup(step_look(board, step)->word);
    gint64 left = time_left(board, step->until);
    if (left == 0)
        return g_strdup("due");
    g_autofree char *duration = brief_duration_text(left);
    return g_strdup_printf("in %s", duration);
}

char *duration_text(gint64 microseconds)
{
    gint64 seconds = (microseconds + G_USEC_PER_SEC - 1) / G_USEC_PER_SEC;
    if (seconds >= (gint64)48 * 3600)
        return g_strdup_printf("%" G_GINT64_FORMAT " days", seconds / 86400);
    if (seconds >= 3600)
        return g_strdup_printf("%d h %02d min", (int)(seconds / 3600), (int)(seconds / 60 % 60));
    if (seconds < 60)
        return g_strdup_printf("%d s", (int)seconds);
    return g_strdup_printf("%d min %02d s", (int)(seconds / 60), (int)(seconds % 60));
}

char *brief_duration_text(gint64 microseconds)
{
    gint64 minutes = (microseconds + 60 * G_USEC_PER_SEC - 1) / (60 * G_USEC_PER_SEC);
    if (minutes <= 1)
        return duration_text(microseconds);
    if (minutes < 100)
        return g_strdup_printf("%d min", (int)minutes);
    return minutes < (gint64)48 * 60 ? g_strdup_printf("%d h", (int)((minutes + 59) / 60))
                                     : duration_text(MAX(microseconds, 48 * G_TIME_SPAN_HOUR));
}

gint64 time_left(const struct board *board, gint64 deadline)
{
    return MAX(deadline - clock_now(&board->clock), 0);
}

char *time_text(const struct board *board, gint64 time)
{
    if (time == 0)
        return g_strdup("never");
    g_autoptr(GDateTime) then = g_date_time_new_from_unix_local(time / G_USEC_PER_SEC);
    g_autoptr(GDateTime) now = g_date_time_new_from_unix_local(clock_now(&board->clock) / G_USEC_PER_SEC);
    if (then == NULL || now == NULL)
        return g_strdup("never");
    gboolean today = g_date_time_get_year(then) == g_date_time_get_year(now) &&
                     g_date_time_get_day_of_year(then) == g_date_time_get_day_of_year(now);
    return g_date_time_format(then, today ? "%H:%M" : "%-d %b %H:%M");
}

const struct board_step *first_wait(const struct board *board)
{
    const struct board_step *first = NULL;
    for (guint i = 0; i < board->steps->len; i++) {
        const struct board_step *step = g_ptr_array_index(board->steps, i);
        if (step->state == STEP_WAITING && step->until != 0 && (first == NULL || step->until < first->until))
            first = step;
    }
    return first;
}

/* On the wall's clock, whatever the practice tenant's says. Caller frees. */
static char *due_text(const struct board *board, const struct board_step *wait)
{
    gint64 wall = g_get_real_time() + MAX(clock_wall_until(&board->clock, wait->until), 0);
    g_autoptr(GDateTime) then = g_date_time_new_from_unix_local(wall / G_USEC_PER_SEC);
    g_autoptr(GDateTime) now = g_date_time_new_now_local();
    gboolean today = g_date_time_get_day_of_year(then) == g_date_time_get_day_of_year(now);
    g_autofree char *time = g_date_time_format(then, today ? "%H:%M %Z" : "%H:%M %Z on %-d %b");
    return g_strdup_printf("%d %s can go on at %s", wait->number, wait->title, time);
}

char *counts_text(const struct board *board)
{
    int proved = board->summary.done;
    for (guint i = 0; i < board->steps->len; i++) {
        const struct board_step *step = g_ptr_array_index(board->steps, i);
        proved -= step->report && step->state == STEP_DONE;
    }
    return g_strdup_printf("%d steps proved, %d told, %d left out", proved, board->summary.told,
                           board->summary.skipped);
}

char *taken_away_text(const struct board *board)
{
    g_autofree char *keeps = text_join(board->partner_keeps, ", ");
    if (*keeps != '\0')
        return g_strdup_printf("what was to go in %s is taken away; %s still has %s", board->tenant_name,
                               board->partner, keeps);
    return g_strdup_printf("what was to go in %s is taken away; nothing else of %s's was found there",
                           board->tenant_name, board->partner);
}

char *plan_makes_again_text(const struct board *board, const struct plan *plan)
{
    if (plan->undo || plan->requests->len == 0 || *board->undone == '\0')
        return NULL;
    return g_strconcat(board->undone, "; this plan makes it again.", NULL);
}

const char *command_for_practice(const struct board *board)
{
    return board->practice ? " --practice" : "";
}

/* What ends what the partner still has, as a sentence after another. Caller frees. */
static char *way_to_end(const struct board *board)
{
    const char *practice = command_for_practice(board);
    if (board->partner_keeps->len == 0)
        return g_strdup("");
    if (board->told_keeps == 0)
        return g_strdup_printf(" perch leave%s ends that.", practice);
    return g_strdup_printf(board->told_keeps < board->partner_keeps->len
                               ? " perch leave%s ends what it can, and says what only a person can end."
                               : " Only a person can end that: perch leave%s says where.",
                           practice);
}

char *farewell_text(const struct board *board, gboolean was_signed_in)
{
    const struct board_step *wait = first_wait(board);
    const struct board_step *next = board_next_step(board);
    int settled = board->summary.done + board->summary.told + board->summary.skipped;
    if (!board->signed_in)
        return g_strdup_printf("perch: nobody is signed in%s; the next start begins with the sign-in.",
                               was_signed_in ? "" : ", and nothing was sent");
    if (*board->tenant_name == '\0')
        return NULL;
    g_autofree char *taken = board->taken_away ? taken_away_text(board) : NULL;
    g_autofree char *way = way_to_end(board);
    if (taken != NULL)
        return g_strdup_printf("perch: %s.%s", taken, way);
    g_autofree char *due = wait != NULL ? due_text(board, wait) : NULL;
    g_autofree char *counts = counts_text(board);
    if (next != NULL && next->report && end_is_reached(board))
        return g_strdup_printf("perch: nothing but the report is left to do in %s: %s. perch report%s writes it.",
                               board->tenant_name, counts, command_for_practice(board));
    if (next != NULL)
        return g_strdup_printf("perch: %d %s is next in %s%s%s; the next start goes on from here.", next->number,
                               next->title, board->tenant_name, due != NULL ? "; " : "", due != NULL ? due : "");
    if (due != NULL)
        return g_strdup_printf("perch: %s. Start perch again then.", due);
    /* A report that is not written keeps nobody from being through. */
    if (settled + 1 < (int)board->steps->len)
        return NULL;
    return g_strdup_printf("perch: nothing is left to do in %s: %s.", board->tenant_name, counts);
}

gboolean log_line_is_about(const struct log_line *line, const struct board_step *step)
{
    if (strcmp(line->subject, step->id) == 0)
        return TRUE;
    for (guint i = 0; i < step->objects->len; i++) {
        const struct board_object *object = g_ptr_array_index(step->objects, i);
        if (strcmp(line->subject, object->key) == 0 || strcmp(line->subject, object->kind) == 0)
            return TRUE;
    }
    return FALSE;
}

gboolean log_line_went_wrong(const struct log_line *line)
{
    gboolean found_nothing = line->status == 404 && line->severity == LOG_DEBUG;
    return line->severity >= LOG_WARNING || (line->status >= 400 && !found_nothing);
}

const struct board_field *missing_field(const struct board_step *step)
{
    for (guint i = 0; i < step->fields->len; i++) {
        const struct board_field *field = g_ptr_array_index(step->fields, i);
        if (field->required && *field->value == '\0')
            return field;
    }
    return NULL;
}

gboolean mail_brings(const struct board_field *field)
{
    return g_str_has_prefix(field->validator, "event-hub-") || strcmp(field->validator, "guid") == 0;
}

gboolean field_is_open(const struct board_field *field)
{
    return field->unfit->len > 0 || (field->required && *field->value == '\0');
}

const struct board_field *open_field(const struct board_step *step)
{
    for (guint i = 0; i < step->fields->len; i++)
        if (field_is_open(g_ptr_array_index(step->fields, i)))
            return g_ptr_array_index(step->fields, i);
    return NULL;
}

gboolean step_wants_value_early(const struct board *board, const struct board_step *step)
{
    return step->state == STEP_BLOCKED && board->signed_in && !step_is_not_asked_for(board, step) &&
           missing_field(step) != NULL;
}

const struct board_object *decided_object(const struct board_step *step)
{
    for (guint i = 0; i < step->objects->len; i++) {
        const struct board_object *object = g_ptr_array_index(step->objects, i);
        if (*object->decided != '\0')
            return object;
    }
    return NULL;
}

char *told_against_text(const struct board_step *step)
{
    g_autoptr(GPtrArray) titles = g_ptr_array_new();
    for (guint i = 0; i < step->objects->len; i++) {
        const struct board_object *object = g_ptr_array_index(step->objects, i);
        if (object->state == OBJECT_ABSENT)
            g_ptr_array_add(titles, object->title);
    }
    g_autofree char *absent = text_join(titles, ", ");
    return *absent != '\0' ? g_strdup_printf("Read as not there: %s.", absent) : NULL;
}

gboolean step_is_looked_for(const struct board_step *step)
{
    gboolean has_guide = *step->link != '\0' || (step->lines->len > 0 && step->state != STEP_TO_DO);
    return !step->tellable && has_guide && !step_state_is_settled(step->state) && missing_field(step) == NULL;
}
