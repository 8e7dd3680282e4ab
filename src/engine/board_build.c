/* SPDX-License-Identifier: MIT */
#include "engine/board_build.h"

#include <string.h>

#include "base/error.h"
#include "base/json.h"
#include "base/text.h"
#include "board/acting.h"
#include "engine/actions.h"
#include "engine/belief.h"
#include "engine/first_seen.h"
#include "engine/guide_lines.h"
#include "engine/leave_decision.h"
#include "engine/leftover.h"
#include "engine/own_title.h"
#include "engine/recycle_bin.h"
#include "engine/refusal.h"
#include "engine/step_audit.h"
#include "engine/step_drift.h"
#include "engine/step_fields.h"
#include "engine/step_status.h"
#include "engine/step_told.h"
#include "engine/undo_plan.h"
#include "input/guest_verdict.h"
#include "onboarding/answer_key.h"
#include "onboarding/answers.h"
#include "onboarding/condition.h"
#include "onboarding/fill.h"

#define DATE_LENGTH 10
#define REFUSED_REQUEST "refusal.requestId"

static void set_clean(const struct situation *situation, char **string, const char *text)
{
    g_autofree char *clean = situation_clean(situation, text);
    text_set(string, clean);
}

/* A number or a list is typed as text; the entries of a list are judged when it is taken as an answer. */
static gboolean is_typed_list(int kind)
{
    return kind == FIELD_LIST || kind == FIELD_NAMES || kind == FIELD_GUESTS;
}

/* Answers of yes and no as their choices name them. */
static void add_when(const struct condition *when, struct board_field *field)
{
    static const char answers[] = "answers.";
    g_autoptr(GString) is = g_string_new(NULL);
    if (when == NULL || !g_str_has_prefix(when->value, answers))
        return;
    for (const char *const *one = when->is; one != NULL && *one != NULL; one++) {
        const char *word = strcmp(*one, "true") == 0 ? "yes" : strcmp(*one, "false") == 0 ? "no" : *one;
        g_string_append_printf(is, "%s%s", is->len > 0 ? "\n" : "", word);
    }
    text_set(&field->asked_by, when->value + strlen(answers));
    text_set(&field->asked_if, is->str);
}

/* TRUE if another answer has to name another one than OBJECT, or say that perch makes it. */
static gboolean is_named_wrongly(const struct object *object)
{
    const struct observation *observation = object->observation;
    if (object->kind->named_by_answer)
        return observation->state == OBJECT_ABSENT || observation->state == OBJECT_DIFFERS;
    return object->kind->is_companys && observation->state == OBJECT_ABSENT && observation->sentence[0] != '\0' &&
           !object_is_creatable(object);
}

/* Whom FIELD of STEP names and who cannot be had. */
static void add_unfit(const struct situation *situation, const struct step *step, struct board_field *field)
{
    g_auto(GStrv) names = g_strsplit(field->value, ", ", -1);
    for (guint i = 0; i < step->objects->len; i++) {
        const struct object *object = g_ptr_array_index(step->objects, i);
        g_autofree char *name = situation_clean(situation, object_text(object, "userName"));
        if (!is_named_wrongly(object) || !g_strv_contains((const char *const *)names, name))
            continue;
        g_autofree char *why = situation_clean(situation, object->observation->sentence);
        g_ptr_array_add(field->unfit, board_unfit_new(name, why));
    }
}

static struct board_field *make_field(const struct situation *situation, const struct step *step,
                                      const struct field *definition)
{
    struct board_field *field = board_field_new();
    const struct onboarding *onboarding = situation->onboarding;
    g_autofree char *value = answers_text(onboarding->profile->answers, onboarding->answers, definition->path);
    g_autofree char *suggestion = onboarding_text(situation->onboarding, definition->suggestion);
    text_set(&field->path, definition->path);
    text_set(&field->label, definition->label);
    text_set(&field->help, definition->help);
    if (situation->cloud->practice && definition->practice != NULL) {
        g_autofree char *help = g_strdup_printf("%s %s", field->help, definition->practice);
        text_set(&field->help, g_strchug(help));
    }
    text_set(&field->if_empty, definition->if_empty);
    if (definition->not_past)
        text_set(&field->earliest, g_hash_table_lookup(situation->onboarding->values, "today"));
    text_set(&field->validator, definition->kind == FIELD_GUESTS  ? GUEST_LIST_FIELD
                                : is_typed_list(definition->kind) ? NULL
                                                                  : definition->validator);
    set_clean(situation, &field->value, value);
    set_clean(situation, &field->suggestion, suggestion);
    gboolean is_text = is_typed_list(definition->kind) || definition->kind == FIELD_NUMBER;
    field->kind = is_text ? FIELD_TEXT : (enum field_kind)definition->kind;
    field->required = definition->required;
    field->masked = definition->masked;
    add_when(definition->when, field);
    for (guint i = 0; i < definition->choices->len; i++) {
        const struct field_choice *choice = g_ptr_array_index(definition->choices, i);
        g_ptr_array_add(field->choices, board_choice_new(choice->value, choice->label, FALSE));
    }
    add_unfit(situation, step, field);
    return field;
}

/* What to try where the portal refuses, and what it said last, until the step is done; the request id of that stands in
 * the rung that asks for it. */
static void add_trouble(const struct situation *situation, const struct step *step, struct board_step *made)
{
    const struct trouble *trouble = step->definition->trouble;
    const struct refusal *refusal =
        made->state != STEP_DONE ? g_hash_table_lookup(situation->refusals, step->id) : NULL;
    if (refusal != NULL) {
        set_clean(situation, &made->refusal, refusal->said);
        made->refusal_rung = refusal->rung;
    }
    text_set(&made->trouble_title, trouble != NULL ? trouble->title : NULL);
    for (guint i = 0; trouble != NULL && i < trouble->rungs->len; i++) {
        const struct guide_line *rung = g_ptr_array_index(trouble->rungs, i);
        g_autoptr(GString) copy = g_string_new(rung->copy);
        if (refusal != NULL && refusal->request_id[0] != '\0') {
            g_string_replace(copy, "{" REFUSED_REQUEST "}", refusal->request_id, 0);
            g_string_replace(copy, "{" REFUSED_REQUEST "?}", refusal->request_id, 0);
        }
        struct board_line *line = guide_line_make(situation, rung, copy->str, NULL);
        line->practice_form = situation->cloud->practice && rung->practice_form != NULL;
        g_ptr_array_add(made->trouble, line);
    }
}

static void add_guide(const struct situation *situation, const struct step *step, struct board_step *made)
{
    const struct guide *guide = onboarding_guide(situation->onboarding, step);
    made->report = step->definition->report;
    if (guide == NULL)
        return;
    g_autofree char *link = onboarding_text(situation->onboarding, guide->link);
    /* What an answer has settled leaves nothing to do by hand. */
    gboolean is_settled = onboarding_told_by_answer(situation->onboarding, step) != NULL;
    for (guint i = 0; i < guide->lines->len && !is_settled; i++) {
        const struct guide_line *line = g_ptr_array_index(guide->lines, i);
        g_autofree char *filled = onboarding_text(situation->onboarding, line->copy);
        /* There is only a value to copy, and it may be missing: "{answers.account.email?}". */
        const gboolean lacks_its_value = line->copy != NULL && g_str_has_prefix(line->copy, "{") &&
                                         g_str_has_suffix(line->copy, "?}") && filled[0] == '\0';
        if (!lacks_its_value)
            guide_line_add(situation, line, made->lines);
    }
    guide_lines_of_leaving(situation, step, made->leaving);
    set_clean(situation, &made->link, link);
    made->tellable = guide->tell && !step_has_to_be_seen(step);
    if (made->tellable)
        text_set(&made->tell_lacks, step_missing_to_tell(situation->onboarding, step));
    made->practice_form = situation->cloud->practice && guide->practice_form != NULL;
}

/* As undo sees it: what was gone and is back is perch's own again; what the answer to its creation named is not, where
 * that is somebody else's. */
static gboolean is_own(const struct situation *situation, const struct object *object)
{
    return object->created ? belief_of(situation, object).kind != BELIEF_NOT_OURS
                           : !object->in_doubt && undo_finds_back(situation, object);
}

static enum object_origin origin_of(const struct situation *situation, const struct object *object)
{
    if (own_title_is_another(object))
        return ORIGIN_FOUND;
    if (is_own(situation, object))
        return ORIGIN_CREATED;
    if (object->observation->state == OBJECT_ABSENT || object->observation->state == OBJECT_UNKNOWN)
        return ORIGIN_NONE;
    /* Nobody takes over that something is not there. */
    return object->adopted && object->kind->only_if == NULL ? ORIGIN_ADOPTED : ORIGIN_FOUND;
}

static void add_choices(const struct situation *situation, const struct object *object, struct board_object *made)
{
    const struct observation *observation = object->observation;
    gboolean decided = situation_decides(situation, object, DECISION_REPAIR) ||
                       object->decision.kind == DECISION_RESTORE || object->decision.kind == DECISION_CREATE;
    if (decided && observation->state != OBJECT_MANY)
        return;
    for (guint i = 0; i < observation->candidates->len; i++) {
        const struct candidate *candidate = g_ptr_array_index(observation->candidates, i);
        g_autofree char *label = situation_clean(situation, candidate->label);
        g_autofree char *words = decision_words(candidate->decision);
        gboolean needs_text = decision_wants_text(candidate->decision);
        struct board_choice *choice = board_choice_new(words, label, needs_text);
        choice->by_hand = candidate->decision.kind == DECISION_ALLOW;
        choice->watched = object->kind->by_hand_only;
        g_ptr_array_add(made->choices, choice);
    }
}

static void note_earlier(const struct situation *situation, const char *title, struct board_step *step)
{
    g_autofree char *text =
        g_strdup_printf("For an earlier answer perch made %s, and has not removed it: undo does.", title);
    g_ptr_array_add(step->notes, situation_clean(situation, text));
}

static struct board_object *make_object(const struct situation *situation, const struct object *object,
                                        struct board_step *step)
{
    struct board_object *made = board_object_new();
    const char *name = own_title_name(situation, object);
    g_autofree char *title = own_title_there(object);
    const char *id = object->observation->id[0] != '\0' ? object->observation->id : object->known_id;
    g_autofree char *answer = answer_key(object);
    text_set(&made->key, object->key);
    set_clean(situation, &made->answer, answer);
    text_set(&made->kind, object->kind->name);
    set_clean(situation, &made->title, title);
    set_clean(situation, &made->name, name);
    set_clean(situation, &made->id, id);
    set_clean(situation, &made->sentence, object->observation->sentence);
    /* What is only offered is not there, and nothing misses it. */
    gboolean is_offer = object->kind->ends_by_itself && object->observation->id[0] == '\0' && !object->created;
    made->state = is_offer && object->observation->state == OBJECT_MATCHES ? OBJECT_ABSENT : object->observation->state;
    made->origin = origin_of(situation, object);
    g_autofree char *by_person = made->origin != ORIGIN_CREATED ? first_seen_words(situation, object) : NULL;
    made->origin = by_person != NULL ? ORIGIN_PERSON : made->origin;
    text_set(&made->made, by_person);
    made->unasked = object->observation->unasked;
    made->only_read = object->kind->create == NULL && object->kind->remove == NULL;
    made->named = object->kind->named_by_answer;
    made->in_the_way =
        made->state == OBJECT_ABSENT && object->observation->sentence[0] != '\0' && !object_is_creatable(object);
    made->gives_back = undo_puts_back(situation, object);
    g_autofree char *decided = decision_words(object->decision);
    set_clean(situation, &made->decided, decided);
    for (guint i = 0; i < object->observation->differences->len; i++) {
        const struct difference *difference = g_ptr_array_index(object->observation->differences, i);
        g_autofree char *wanted = situation_clean(situation, difference->wanted);
        g_autofree char *found = situation_clean(situation, difference->found);
        g_ptr_array_add(made->differences, board_difference_new(difference->field, wanted, found));
    }
    add_choices(situation, object, made);
    const char *acting = g_hash_table_lookup(object->observation->learnt, "acting");
    if (acting != NULL && *acting != '\0') {
        g_autofree char *words = acting_words(acting);
        set_clean(situation, &step->acts, words);
    }
    g_autofree char *earlier = own_title_is_another(object) ? own_title_of_undo(situation, object) : NULL;
    made->has_earlier = earlier != NULL;
    if (earlier != NULL)
        note_earlier(situation, earlier, step);
    for (guint i = 0; i < object->observation->notes->len; i++)
        g_ptr_array_add(step->notes, situation_clean(situation, g_ptr_array_index(object->observation->notes, i)));
    return made;
}

/* The report is made whatever was left out, and what falls away here needs nothing. */
static void add_needed_by(const struct situation *situation, const struct step *step, struct board_step *made)
{
    g_autoptr(GString) titles = g_string_new(NULL);
    for (guint i = 0; i < situation->onboarding->steps->len; i++) {
        const struct step *other = g_ptr_array_index(situation->onboarding->steps, i);
        if (!other->definition->report && onboarding_falls_away(situation->onboarding, other) == NULL &&
            g_strv_contains(other->definition->needs, step->id))
            g_string_append_printf(titles, "%s“%s”", titles->len > 0 ? ", " : "", other->definition->title);
    }
    text_set(&made->needed_by, titles->str);
}

/* What the journal dates: a wait, what comes by itself after the step, and what was told. */
static void add_times(const struct situation *situation, const struct step *step, struct board_step *made)
{
    const struct step_entry *entry = situation_step(situation, step);
    const struct step_wait *wait = step->definition->wait;
    if (wait != NULL) {
        text_set(&made->wait_reason, wait->reason);
        text_set(&made->wait_word, wait->word);
        made->wait_started = entry->wait_started;
    }
    /* What comes by itself some time after the step, and blocks nothing. */
    const struct expectation *expect = step->definition->expect;
    if (expect != NULL && entry->proved_at != 0 && made->state == STEP_DONE) {
        g_autofree char *from = clock_format_day(entry->proved_at + expect->from * G_USEC_PER_SEC);
        g_autofree char *until = clock_format_day(entry->proved_at + expect->until * G_USEC_PER_SEC);
        made->expected_until = entry->proved_at + expect->until * G_USEC_PER_SEC;
        g_free(made->expected);
        made->expected = g_strdup_printf("%s: between %s and %s.", expect->text, from, until);
        g_ptr_array_add(made->notes, g_strdup(made->expected));
    }
    if (step->definition->report && entry->told_by[0] != '\0') {
        g_autofree char *time = clock_format_day(entry->told_at);
        g_autofree char *written = g_strdup_printf("Written on %s by %s: %s.", time, entry->told_by, entry->told_note);
        g_ptr_array_add(made->notes, situation_clean(situation, written));
    } else if (entry->told_by[0] != '\0') {
        g_autofree char *time = clock_format_day(entry->told_at);
        g_autofree char *said = g_strdup_printf("%s, %s", entry->told_by, time);
        g_autofree char *told = situation_claim(said, entry->told_from);
        set_clean(situation, &made->told_by, told);
        set_clean(situation, &made->told_note, entry->told_note);
    }
}

/* Since when it is not as it was proved, and by whom as far as that was read. */
static void add_drift(const struct situation *situation, const struct step *step, struct board_step *made)
{
    const struct step_audit *audit =
        situation->audits != NULL ? g_hash_table_lookup(situation->audits, step->id) : NULL;
    made->proved_before = step_drifted_since(situation, step, made->state);
    if (made->proved_before == 0)
        return;
    g_autofree char *time = clock_format(made->proved_before);
    g_autofree char *day = g_strdup_printf("Proved on %.*s", DATE_LENGTH, time);
    g_autofree char *proved = situation_claim(day, situation_step(situation, step)->proved_from);
    g_autofree char *note = g_strconcat(proved, ", and not as it was any more: it changed between then and now.", NULL);
    g_ptr_array_add(made->notes, situation_clean(situation, note));
    g_autoptr(GPtrArray) sentences = step_audit_sentences(audit);
    for (guint i = 0; i < sentences->len; i++)
        g_ptr_array_add(made->notes, situation_clean(situation, g_ptr_array_index(sentences, i)));
    for (guint i = 0; audit != NULL && i < audit->events->len; i++) {
        const struct audit_event *event = g_ptr_array_index(audit->events, i);
        g_autofree char *what = situation_clean(situation, event->what);
        g_autofree char *target = situation_clean(situation, event->target);
        g_autofree char *who = situation_clean(situation, event->who);
        g_ptr_array_add(made->changes, board_change_new(event->at, what, target, who));
    }
}

/* Of what ends by itself nobody is told where there is nothing to say, or nothing left that it would be for. */
static gboolean is_not_shown(const struct situation *situation, const struct object *object)
{
    const struct observation *observation = object->observation;
    return observation->nothing_here || observation->checked == 0 ||
           (!object->created && !object->in_doubt && !step_activation_helps(situation, object));
}

static struct board_step *make_step(const struct situation *situation, const struct step *step)
{
    struct board_step *made = board_step_new();
    g_auto(StepStatus) status = step_status(situation, step);
    made->number = step->number;
    made->state = status.state;
    made->until = status.until;
    text_set(&made->id, step->id);
    text_set(&made->title, step->definition->title);
    text_set(&made->short_title, step->definition->short_title);
    text_set(&made->warning, step->definition->warning);
    text_set(&made->explanation, step->definition->explanation);
    set_clean(situation, &made->reason, status.reason);
    set_clean(situation, &made->next, status.next);
    text_set(&made->behind, status.behind != NULL ? status.behind->id : "");
    made->falls_away = made->state == STEP_SKIPPED && onboarding_falls_away(situation->onboarding, step) != NULL;
    made->lacks_role = made->state == STEP_NEEDS_YOU && step_lacks_role(situation, step);
    for (guint i = 0; i < step->definition->fields->len; i++) {
        const struct field *field = g_ptr_array_index(step->definition->fields, i);
        /* Before what a condition names was read, what may stay empty asks for nothing that may never be needed. */
        gboolean is_early = !field->required && !condition_is_known(field->when, situation->onboarding->values);
        if (!field->file_only && !is_early &&
            condition_holds(field->when, situation->onboarding->answers, situation->onboarding->values))
            g_ptr_array_add(made->fields, make_field(situation, step, field));
    }
    for (guint i = 0; i < step->objects->len; i++) {
        const struct object *object = g_ptr_array_index(step->objects, i);
        if (object->kind->ends_by_itself && is_not_shown(situation, object))
            continue;
        g_ptr_array_add(made->objects, make_object(situation, object, made));
        if (object->observation->checked > 0 && (made->checked == 0 || object->observation->checked < made->checked))
            made->checked = object->observation->checked;
    }
    add_guide(situation, step, made);
    add_trouble(situation, step, made);
    add_needed_by(situation, step, made);
    add_times(situation, step, made);
    add_drift(situation, step, made);
    return made;
}

/* Something was asked for and could not be read: a failure, and no work for a person; but for what cannot be read any
 * more since what it belongs to is gone, which is told there. */
static gboolean is_unread(const struct situation *situation, const struct step *step, enum step_state state)
{
    gboolean unread = FALSE;
    for (guint i = 0; state == STEP_UNKNOWN && !unread && i < step->objects->len; i++) {
        const struct object *object = g_ptr_array_index(step->objects, i);
        unread = object->observation->state == OBJECT_UNKNOWN && object->observation->checked != 0 && !object->created;
        for (guint k = 0; unread && k < object->needs->len; k++) {
            const struct object *needed = onboarding_object(situation->onboarding, g_ptr_array_index(object->needs, k));
            unread = needed == NULL || needed->observation->state != OBJECT_ABSENT;
        }
    }
    return unread;
}

/* TRUE if apply would write: also where an activation is no matter of its step's state, or where a step's state tells
 * of another of its objects first, which a person has to decide about. */
static gboolean apply_would_write(const struct situation *situation)
{
    for (guint i = 0; i < situation->onboarding->objects->len; i++) {
        const struct object *object = g_ptr_array_index(situation->onboarding->objects, i);
        if (!situation_leaves_to_portal(situation, object) &&
            action_write(action_for_object(situation, object)) != WRITE_NONE)
            return TRUE;
    }
    return action_gives_back(situation) != NULL;
}

/* The partner was left, and nothing that perch made stands. */
static gboolean leaving_is_over(const struct board *board)
{
    return *board->left != '\0' && board->created_count == 0;
}

/* Something of the partner's that perch did not make is there, and nobody decided that it stays. */
static gboolean is_undecided(const struct situation *situation)
{
    for (guint i = 0; i < situation->onboarding->objects->len; i++) {
        const struct object *object = g_ptr_array_index(situation->onboarding->objects, i);
        if (undo_leaves_partners(situation, object) && g_strcmp0(leave_decision(situation, object), "keep") != 0)
            return TRUE;
    }
    return FALSE;
}

/* The first that holds, in the documented order: failed, in doubt, something perch could do, a person, a wait. */
static int exit_code(const struct situation *situation, const struct board *board)
{
    gboolean unread = FALSE;
    gboolean to_do = FALSE;
    gboolean unknown = FALSE;
    for (guint i = 0; i < board->steps->len; i++) {
        const struct board_step *step = g_ptr_array_index(board->steps, i);
        enum step_state state = step->state;
        to_do = to_do || (state == STEP_TO_DO && !step->report);
        unknown = unknown || state == STEP_UNKNOWN;
        unread = unread || is_unread(situation, g_ptr_array_index(situation->onboarding->steps, i), state);
    }
    if (board->summary.failed > 0 || unread)
        return EXIT_FAILED;
    if (board->summary.in_doubt > 0)
        return EXIT_IN_DOUBT;
    /* Nothing asks for what leaving took away. */
    if (leaving_is_over(board))
        return is_undecided(situation) ? EXIT_PERSON : EXIT_DONE;
    if (to_do || apply_would_write(situation))
        return *board->undone != '\0' ? EXIT_PERSON : EXIT_LEFT;
    if (board->summary.needs_person > 0 || !board->signed_in)
        return EXIT_PERSON;
    if (unknown)
        return EXIT_FAILED;
    return board->summary.waiting > 0 ? EXIT_WAITING : EXIT_DONE;
}

static void set_head(const struct situation *situation, const struct board_head *head, struct board *board)
{
    GHashTable *values = situation->onboarding->values;
    board->signed_in = head->account != NULL;
    board->confirmed = head->confirmed;
    board->lacks_defender = head->lacks_defender;
    board->read_only = head->why_read_only != NULL;
    text_set(&board->why_read_only, head->why_read_only);
    board->keyring_locked = head->keyring_locked;
    board->practice = situation->cloud->practice;
    board->cloud_from_file = situation->cloud->from_file;
    board->partner_from_file = situation->onboarding->profile->from_file;
    set_clean(situation, &board->tenant_id, head->tenant_id);
    set_clean(situation, &board->account, head->account);
    set_clean(situation, &board->tenant_name, g_hash_table_lookup(values, "tenant.name"));
    set_clean(situation, &board->tenant_domain, g_hash_table_lookup(values, "tenant.domain"));
    set_clean(situation, &board->tenant_domains, g_hash_table_lookup(values, "tenant.domains"));
    set_clean(situation, &board->cloud, situation->cloud->title);
    set_clean(situation, &board->partner, situation->onboarding->profile->name);
    set_clean(situation, &board->partner_dated, situation->onboarding->profile->dated);
    set_clean(situation, &board->partner_sha256, situation->onboarding->profile->sha256);
    set_clean(situation, &board->state_dir, head->state_dir);
    set_clean(situation, &board->keyring, head->keyring);
    for (char *const *scope = head->excess; scope != NULL && *scope != NULL; scope++)
        g_ptr_array_add(board->excess, g_strdup(*scope));
    board->clock = head->clock;
    board->checked = head->checked;
    board->created_count = journal_state_created_count(situation->journal_state);
    for (guint i = 0; i < situation->onboarding->objects->len; i++) {
        const struct object *object = g_ptr_array_index(situation->onboarding->objects, i);
        board->created_count += (is_own(situation, object) ? 1 : 0) - (object->created ? 1 : 0);
        board->lingers = board->lingers || belief_of(situation, object).kind == BELIEF_LINGERS;
        board->newest = MAX(board->newest, object->observation->checked);
        g_autofree char *in_bin = recycle_bin_text(object);
        if (in_bin != NULL)
            set_clean(situation, &board->in_bin, in_bin);
    }
    g_autofree char *left = situation_left(situation);
    if (left != NULL)
        left[0] = g_ascii_toupper(left[0]);
    set_clean(situation, &board->left, left);
    g_autofree char *undone = situation_undone(situation);
    if (undone != NULL)
        undone[0] = g_ascii_toupper(undone[0]);
    set_clean(situation, &board->undone, undone);
}

/* What was told in STEP, and leaving would have taken away by hand, is there by all that is known. */
static void add_what_partner_keeps(const struct situation *situation, const struct step *step,
                                   const struct board_step *made, struct board *board)
{
    const gboolean falls_away = onboarding_falls_away(situation->onboarding, step) != NULL;
    for (guint i = 0; i < step->objects->len; i++) {
        const struct object *object = g_ptr_array_index(step->objects, i);
        gboolean may_be_own = undo_may_be_own(situation, object);
        g_autofree char *title =
            g_strconcat(object->title, may_be_own ? " (or may have made: decide who did)" : "", NULL);
        /* What may be perch's stays and is asked about whatever is wanted of its step. */
        if ((may_be_own || !falls_away) && undo_leaves_partners(situation, object))
            g_ptr_array_add(board->partner_keeps, situation_clean(situation, title));
        board->may_be_own += may_be_own ? 1 : 0;
        const char *said = leave_decision(situation, object);
        /* That it cannot be read without the answers of the beginning does not end it. */
        if (falls_away || object->definition->goes_on == NULL || object->observation->state == OBJECT_ABSENT ||
            g_strcmp0(said, "keep") != 0)
            continue;
        const char *goes_on = object_goes_on(object);
        g_autofree char *text =
            goes_on != NULL ? g_strdup_printf("%s (%s)", object->title, goes_on) : g_strdup(object->title);
        g_ptr_array_add(board->goes_on, situation_clean(situation, text));
    }
    /* What it was told about is gone, and what the portals keep of it opens nothing; what was done another way is
     * there still. */
    if (falls_away || made->leaving->len == 0 ||
        (step_told_is_outdated(situation, step) && !step_told_another_way(situation, step)))
        return;
    g_ptr_array_add(board->partner_keeps, g_strdup_printf("%s (told)", made->title));
    board->told_keeps++;
}

/* The step whose present answers do not name LEFTOVER any more says that it is there. */
static void note_what_is_left(const struct situation *situation, const struct leftover *leftover, struct board *board)
{
    const struct take_back *take_back = leftover->take_back;
    for (guint i = 0; take_back != NULL && i < board->steps->len; i++) {
        struct board_step *step = g_ptr_array_index(board->steps, i);
        if (g_strcmp0(step->id, take_back->step) == 0)
            note_earlier(situation, take_back->title, step);
    }
}

/* What was made for an earlier answer is told where it belongs; what may have been nobody can look for. */
static void add_what_may_be_left(const struct situation *situation, struct board *board)
{
    g_autoptr(GPtrArray) left = leftovers(situation);
    for (guint i = 0; i < left->len; i++) {
        const struct leftover *leftover = g_ptr_array_index(left, i);
        if (!leftover->in_doubt) {
            note_what_is_left(situation, leftover, board);
            continue;
        }
        g_autofree char *text =
            g_strdup_printf("%s (%s%sor may have made: put it into the answers again, and undo looks for it)",
                            leftover->key, leftover->item, leftover->item[0] != '\0' ? "; " : "");
        g_ptr_array_add(board->partner_keeps, situation_clean(situation, text));
        board->may_be_own++;
    }
}

struct board *board_build(const struct situation *situation, const struct board_head *head)
{
    struct board *board = board_new();
    set_head(situation, head, board);
    for (guint i = 0; i < situation->onboarding->steps->len; i++) {
        struct board_step *step = make_step(situation, g_ptr_array_index(situation->onboarding->steps, i));
        /* The first step is about the sign-in. */
        for (char *const *note = i == 0 ? head->notes : NULL; note != NULL && *note != NULL; note++)
            g_ptr_array_add(step->notes, g_strdup(*note));
        if (i == 0 && *board->undone != '\0')
            g_ptr_array_add(step->notes, g_strdup_printf("%s: nothing of it is made again unasked.", board->undone));
        gboolean asks = step->state == STEP_TO_DO || step->state == STEP_NEEDS_YOU || step->state == STEP_BLOCKED;
        if (!asks || !leaving_is_over(board))
            board_summary_count(&board->summary, step->state);
        add_what_partner_keeps(situation, g_ptr_array_index(situation->onboarding->steps, i), step, board);
        /* Something of the step was taken away, and not by a decision that settled the step. */
        const GPtrArray *objects = ((const struct step *)g_ptr_array_index(situation->onboarding->steps, i))->objects;
        for (guint k = 0; k < objects->len && board->created_count == 0 && !step_state_is_settled(step->state); k++)
            board->taken_away |= situation_object(situation, g_ptr_array_index(objects, k))->phase == PHASE_REMOVED;
        g_ptr_array_add(board->steps, step);
    }
    add_what_may_be_left(situation, board);
    board->exit_code = exit_code(situation, board);
    return board;
}
