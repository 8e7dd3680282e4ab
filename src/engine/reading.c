/* SPDX-License-Identifier: MIT */
#include "engine/reading.h"

#include <string.h>

#include "base/clock.h"
#include "base/json.h"
#include "engine/belief.h"
#include "engine/first_seen.h"
#include "engine/own_title.h"
#include "engine/undo_plan.h"
#include "onboarding/answer_key.h"
#include "onboarding/answers.h"
#include "onboarding/seen.h"
#include "store/unanswered.h"

static char *time_of(gint64 time)
{
    return time > 0 ? clock_format_near(time) : g_strdup("an unknown time");
}

static void say_in_doubt(const struct object_entry *entry, const struct object *object, struct belief belief)
{
    const char *verb = entry->action == WRITE_CREATE ? object->kind->verb : write_action_word(entry->action);
    g_autofree char *sent = time_of(entry->since);
    g_autofree char *until = time_of(belief.until);
    if (belief.kind == BELIEF_NOT_DONE)
        observation_set(object->observation, OBJECT_IN_DOUBT,
                        "A request to %s it was sent at %s and no answer said what came of it; it was not carried out.",
                        verb, sent);
    else
        observation_set(object->observation, OBJECT_IN_DOUBT,
                        "A request to %s it was sent at %s and no answer said what came of it; %s. Not before %s can "
                        "be told what came "
                        "of it.",
                        verb, sent,
                        object->row.state == OBJECT_ABSENT ? "it is not there"
                        : entry->action == WRITE_REMOVE    ? "it is still there"
                        : entry->action == WRITE_CREATE && object->observation->id[0] != '\0'
                            ? "one that is there was made before, or is not as asked for, and perch's may be there too"
                            : "nothing of it shows",
                        until);
}

/* Others of the name, where the own one is not shown. */
static void offer_namesakes(struct observation *observation)
{
    if (observation->namesakes->len == 0 && observation->id[0] != '\0') {
        g_autofree char *label = g_strdup_printf("%s (%s)", observation->name, observation->id);
        observation_candidate(observation, DECISION_USE, observation->id, label);
    }
    for (guint i = 0; i < observation->namesakes->len; i++) {
        const struct candidate *other = g_ptr_array_index(observation->namesakes, i);
        observation_candidate(observation, other->decision.kind, other->decision.text, other->label);
    }
}

static void say_gone(const struct object_entry *entry, struct object *object)
{
    struct observation *observation = object->observation;
    const char *id = object->known_id[0] != '\0' ? object->known_id : entry->gone_id;
    observation_set(observation, OBJECT_ABSENT, "It was there before (%s), and is not any more: somebody removed it.",
                    id[0] != '\0' ? id : "without an id");
    if (object->row.state != OBJECT_ABSENT) {
        /* What there is to say of another of its name, and what belongs to that, is not about this one. */
        g_ptr_array_set_size(observation->candidates, 0);
        g_ptr_array_set_size(observation->differences, 0);
        g_hash_table_remove_all(observation->learnt);
    }
    observation_withdraw(observation, DECISION_CREATE);
    offer_namesakes(observation);
    if (object_is_creatable(object))
        observation_candidate(observation, DECISION_CREATE, "", "Make it anew");
}

/* It is what it was, in another place: who moved it knows why. */
static void say_moved(struct object *object)
{
    struct observation *observation = object->observation;
    observation_learn(observation, "id", object->known_id);
    observation_difference(observation, "belongs to", "what it was made in", observation->elsewhere, TRUE);
    observation_set(
        observation, OBJECT_DIFFERS,
        "It is there (%s), and somebody moved it: it belongs to %s now. Move it back in the portal, or keep "
        "it there.",
        object->known_id, observation->elsewhere);
    observation_candidate(observation, DECISION_KEEP, "", "Keep it where it is");
}

/* An account whose creation had no answer: who was to see its first password may not have. */
static void say_if_secret_is_unknown(const struct object_entry *entry, struct object *object)
{
    gboolean no_answer = entry->answer_lost || entry->decision.kind == DECISION_OWN;
    g_autoptr(Request) request =
        entry->created && no_answer && object->kind->create != NULL ? object->kind->create(object) : NULL;
    g_autofree char *body = request != NULL && request->body != NULL ? json_text(request->body) : NULL;
    if (body != NULL && strstr(body, "{secret.") != NULL)
        observation_note(
            object->observation,
            "perch made it and no answer said so: its first password may be known to nobody: unless "
            "perch showed or kept it, reset it (Entra admin center, Users, this account, Reset password).");
}

static void say_waiting(const struct object_entry *entry, struct object *object, const char *since, gint64 end)
{
    g_autofree char *until = time_of(end);
    if (object->observation->pends) {
        object->observation->state = entry->phase == PHASE_SENT ? OBJECT_IN_DOUBT : OBJECT_UNKNOWN;
        return;
    }
    if (object->kind->ends_by_itself) {
        g_autofree char *lapses = clock_format_day(end);
        observation_set(object->observation, OBJECT_UNKNOWN,
                        "It was asked for at %s and is not active: somebody may have to approve it (Privileged "
                        "Identity Management > Approve requests), which lapses on %s.",
                        since, lapses);
        return;
    }
    /* One clock for each object: what is usual, what is the most, and what to ask Microsoft about after that. */
    const char *request = entry->last_write != NULL ? entry->last_write->record->request_id : NULL;
    gboolean named = request != NULL && request[0] != '\0';
    int minutes = (int)((object_visible_within(object) + 59) / 60);
    observation_set(
        object->observation, OBJECT_UNKNOWN,
        "Made at %s, and not to be read yet: usual is up to %d minutes, and Microsoft may take until %s.%s%s%s", since,
        minutes, until, named ? " If it takes longer, ask Microsoft about request " : "", named ? request : "",
        named ? "." : "");
}

/* Nothing was found of a creation, and what is there now is believed to be made by it; not what was gone and is back.
 */
static gboolean is_late(const struct object_entry *entry, const struct object *object)
{
    return entry->phase == PHASE_REFUSED && !(entry->gone_ours && strcmp(entry->gone_id, object->observation->id) == 0);
}

/* What is taken for perch's own without an answer that names it: nothing tells it from what somebody else may have made
 * at the same moment, and whoever undoes it has to know. */
static void say_if_answer_was_lost(const struct object_entry *entry, struct object *object, struct belief belief)
{
    gboolean is_believed = belief.kind == BELIEF_OURS;
    if (!(entry->created || is_believed) || !(entry->answer_lost || (is_believed && is_late(entry, object))) ||
        object->observation->id[0] == '\0')
        return;
    observation_note(
        object->observation,
        "No answer to perch's request for %s says that it was made; it was found afterwards. %s, so it is "
        "taken for perch's own, and undo would remove it. If another administrator made it at that moment, "
        "it is theirs: ask before you undo.",
        object->title,
        object->observation->made != 0 ? "Microsoft says that it was made then" : "It had not been there right before");
}

/* No answer says that it was made, and what is there may have come of it all the same. */
static void ask_if_it_is_own(const struct situation *situation, struct object *object)
{
    struct observation *observation = object->observation;
    gint64 asked = belief_asked_at(situation, object);
    if (asked == 0)
        return;
    g_autofree char *sent = time_of(asked);
    g_autofree char *name = g_strdup_printf("%s (%s)", object->title, observation->id);
    g_autofree char *own = g_strconcat("perch made it: ", name, ", which undo removes", NULL);
    g_autofree char *theirs = g_strconcat("Somebody else made it: ", name, ", which undo leaves", NULL);
    observation_note(observation,
                     "No answer to perch's request for %s at %s says that it was made, and %s: probably by that very "
                     "request. Until somebody decides whose it is, undo leaves it and says so.",
                     object->title, sent,
                     observation->made != 0 ? "Microsoft says that this one was made then"
                                            : "this one was not there right before, and there soon after");
    observation_candidate(observation, DECISION_OWN, observation->id, own);
    for (guint i = observation->candidates->len; i > 0; i--) {
        const struct decision offered =
            ((struct candidate *)g_ptr_array_index(observation->candidates, i - 1))->decision;
        if (offered.kind == DECISION_USE && g_strcmp0(offered.text, observation->id) == 0)
            g_ptr_array_remove_index(observation->candidates, i - 1);
    }
    observation_candidate(observation, DECISION_USE, observation->id, theirs);
}

/* Of what perch changed, undo gives back what nobody changed since. */
static void say_changed_since(const struct situation *situation, struct object *object)
{
    g_autofree char *fields = undo_changed_since(situation, object);
    const char *said = situation->undo_notes != NULL ? g_hash_table_lookup(situation->undo_notes, object->key) : NULL;
    if (fields != NULL)
        observation_note(object->observation, UNDO_LEAVES ".", object->title, fields);
    else if (said != NULL)
        observation_note(object->observation, "%s.", said);
}

/* What the last request was refused with: a session that did not send it knows it from the journal only. What is as
 * wanted after a repair that was refused may have been changed by that. */
static void say_refused(const struct situation *situation, struct object *object)
{
    const struct object_entry *entry = situation_object(situation, object);
    enum object_state state = object->observation->state;
    gboolean is_open = state == OBJECT_ABSENT || state == OBJECT_DIFFERS || entry->action == WRITE_REMOVE;
    gboolean may_be_done = state == OBJECT_MATCHES && entry->action == WRITE_REPAIR;
    if (entry->phase != PHASE_REFUSED || entry->refused_said[0] == '\0' || !(is_open || may_be_done) ||
        g_hash_table_contains(situation->failures, object->key))
        return;
    g_autofree char *at = time_of(entry->since);
    observation_note(object->observation, "perch's last request for %s was refused at %s: %s%s", object->title, at,
                     entry->refused_said,
                     may_be_done ? " It is as wanted now: somebody changed it, or that request did all the same, and "
                                   "undo does not put back what was there before."
                                 : "");
}

/* Which of them perch made no answer says: what was found first is believed to be, and a person may know better. */
static void ask_which_is_own(const struct object_entry *entry, struct observation *observation)
{
    gboolean is_lost =
        (entry->action == WRITE_CREATE && (entry->phase == PHASE_SENT || (entry->created && entry->answer_lost))) ||
        unanswered_is_open(entry);
    for (guint i = 0; is_lost && i < observation->namesakes->len; i++) {
        const struct candidate *other = g_ptr_array_index(observation->namesakes, i);
        g_autofree char *label = g_strconcat("perch made this one, and undo removes it alone: ", other->label, NULL);
        observation_candidate(observation, DECISION_OWN, other->decision.text, label);
    }
}

static void say_never_seen(struct object *object, const char *since)
{
    struct observation *observation = object->observation;
    gboolean lapsed = object->kind->ends_by_itself;
    if (lapsed)
        observation_set(observation, OBJECT_IN_DOUBT,
                        "It was asked for at %s and never was active: the request has lapsed.", since);
    else
        observation_set(observation, OBJECT_IN_DOUBT,
                        "Microsoft said that it was made (%s), and it cannot be read for more than an hour.",
                        object->known_id[0] != '\0' ? object->known_id : "without an id");
    offer_namesakes(observation);
    observation_candidate(observation, DECISION_WAIT, "", lapsed ? "Wait for another day" : "Wait for another hour");
    observation_candidate(observation, DECISION_CREATE, "", "Make a new one");
}

static void say_not_ours(struct observation *observation)
{
    observation_set(observation, OBJECT_IN_DOUBT,
                    "The answer to perch's request names something else (%s), which has another name or was there "
                    "before: that is not perch's, and stays as it is.",
                    observation->id);
    g_ptr_array_set_size(observation->candidates, 0);
    g_ptr_array_set_size(observation->differences, 0);
    g_hash_table_remove_all(observation->learnt);
    observation_candidate(observation, DECISION_CREATE, "", "Make a new one");
}

/* What the journal makes of what was read. */
static void consider_journal(const struct situation *situation, struct object *object)
{
    const struct object_entry *entry = situation_object(situation, object);
    const struct belief belief = belief_of(situation, object);
    say_if_secret_is_unknown(entry, object);
    say_if_answer_was_lost(entry, object, belief);
    say_refused(situation, object);
    say_changed_since(situation, object);
    g_autofree char *until = time_of(belief.until);
    g_autofree char *since = time_of(belief.kind == BELIEF_NOT_SEEN ? entry->last_seen : entry->since);
    switch (belief.kind) {
    case BELIEF_IN_DOUBT:
    case BELIEF_NOT_DONE:
        say_in_doubt(entry, object, belief);
        break;
    case BELIEF_ENDED:
        object->observation->state = OBJECT_MATCHES;
        if (!object->observation->came_to_nothing)
            observation_set(object->observation, OBJECT_MATCHES, "It has ended.");
        break;
    case BELIEF_WAITING:
        say_waiting(entry, object, since, belief.until);
        break;
    case BELIEF_NEVER_SEEN:
        say_never_seen(object, since);
        break;
    case BELIEF_FAILED:
        object->observation->state = OBJECT_ABSENT;
        observation_candidate(object->observation, DECISION_CREATE, "", "Ask once more");
        break;
    case BELIEF_NOT_SEEN:
    case BELIEF_LINGERS:
        observation_set(object->observation, OBJECT_UNKNOWN,
                        "%s at %s, and this reading %s; it is read again until %s before that means anything.",
                        belief.kind == BELIEF_LINGERS ? "perch removed it" : "It was there", since,
                        belief.kind == BELIEF_LINGERS ? "shows it still" : "does not show it", until);
        break;
    case BELIEF_GONE:
        say_gone(entry, object);
        break;
    case BELIEF_MOVED:
        say_moved(object);
        break;
    case BELIEF_NOT_OURS:
        say_not_ours(object->observation);
        break;
    case BELIEF_OURS:
        if (entry->phase != PHASE_SENT && !is_late(entry, object))
            observation_note(object->observation,
                             "perch made it, it was gone, and it is back: it is perch's own again, and undo would "
                             "remove it.");
        break;
    case BELIEF_ONE_OF_MANY:
        observation_ask_which(object->observation, object_text(object, "displayName"));
        ask_which_is_own(entry, object->observation);
        break;
    default:
        break;
    }
}

static void accept_as_is(struct observation *observation, const char *why)
{
    observation_note(observation, "%s", why);
    observation->state = OBJECT_MATCHES;
    g_ptr_array_set_size(observation->candidates, 0);
}

/* A choice that was made before, and does not hold for what is there now, is offered with the code of that. */
static void ask_anew(const struct situation *situation, const struct object *object)
{
    const struct object_entry *entry = situation_object(situation, object);
    struct observation *observation = object->observation;
    gboolean is_asked = FALSE;
    for (guint i = 0; i < observation->candidates->len; i++) {
        struct candidate *candidate = g_ptr_array_index(observation->candidates, i);
        enum decision_kind kind = candidate->decision.kind;
        gboolean was_done = seen_is_spent(entry->spent, kind) && !object->kind->ends_by_itself;
        gboolean was_said = kind == object->decision.kind || was_done;
        if (!decision_has_code(kind) || !was_said || situation_decides(situation, object, kind))
            continue;
        g_free((gpointer)candidate->decision.text);
        candidate->decision.text = seen_code(object, entry->spent);
        is_asked = TRUE;
    }
    if (is_asked)
        observation_note(observation, "What was decided before was about what was there then, and for once: decide "
                                      "about what is there now.");
}

#define WENT_ALONG "It went with what was taken away, as decided."

/* What OBJECT is about was taken away, as a person decided: there is nothing for it to be any more. */
static gboolean went_along(const struct onboarding *onboarding, const struct object *object)
{
    for (guint i = 0; i < object->needs->len; i++) {
        const struct object *needed = onboarding_object(onboarding, g_ptr_array_index(object->needs, i));
        if (needed != NULL && needed->kind->goes_by_decision && needed->decision.kind == DECISION_REMOVE &&
            needed->observation->state == OBJECT_MATCHES && needed->observation->id[0] == '\0')
            return TRUE;
    }
    return FALSE;
}

/* The answers choose one of several, and another is what is left: nobody chose that. */
static void ask_about_the_other(const struct situation *situation, struct object *object)
{
    struct observation *observation = object->observation;
    const char *said = answer_about(json_get(situation->onboarding->answers, "decisions"), object);
    const struct decision decision = decision_parse(said);
    gboolean is_known = object->created || object->adopted || situation_object(situation, object)->chosen[0] != '\0';
    if (decision.kind != DECISION_USE || is_known || !object_state_is_there(observation->state) ||
        g_ascii_strcasecmp(decision.text, observation->id) == 0)
        return;
    g_autofree char *label = g_strdup_printf("%s (%s)", object->title, observation->id);
    observation_set(observation, OBJECT_MANY,
                    "The answers say to use %s, which is not there under this name; %s is. Which one is meant?",
                    decision.text, observation->id);
    g_ptr_array_set_size(observation->candidates, 0);
    g_ptr_array_set_size(observation->differences, 0);
    g_hash_table_remove_all(observation->learnt);
    observation_candidate(observation, DECISION_USE, observation->id, label);
}

void reading_take(const struct situation *situation, struct object *object, struct observation *observation)
{
    observation->checked = situation->now;
    observation_free(object->observation);
    object->observation = observation;
    /* One more reading: does it come to the same as those before? */
    if (object->row.count == 0 || object->row.state != observation->state)
        object->row = (struct reading_row){.state = observation->state, .since = observation->checked};
    object->row.count++;
    consider_journal(situation, object);
    if (observation->state == OBJECT_DIFFERS && situation_decides(situation, object, DECISION_KEEP))
        accept_as_is(observation, "It differs from what is wanted and is kept as it is, as decided.");
    ask_anew(situation, object);
    ask_if_it_is_own(situation, object);
    ask_about_the_other(situation, object);
    if (observation->state == OBJECT_MANY && situation_object(situation, object)->phase == PHASE_SENT)
        ask_which_is_own(situation_object(situation, object), observation);
    g_autofree char *after_all = first_seen_after_all(situation, object);
    if (after_all != NULL)
        observation_note(observation, "%s", after_all);
    if (observation->state == OBJECT_ABSENT && !object->created && object->decision.kind == DECISION_REMOVE)
        accept_as_is(observation, "It was taken away again, as decided.");
    if (observation->state == OBJECT_ABSENT && went_along(situation->onboarding, object))
        accept_as_is(observation, WENT_ALONG);
}

void reading_offer_removal(const struct onboarding *onboarding, struct object *object)
{
    const struct until *until = object->definition->until;
    const struct object *other = until != NULL ? onboarding_object(onboarding, until->object) : NULL;
    if (other == NULL)
        return;
    observation_withdraw(object->observation, DECISION_REMOVE);
    if (other->observation->state == OBJECT_MATCHES && object->created && !own_title_is_another(object) &&
        object->observation->state == OBJECT_MATCHES && object->decision.kind != DECISION_REMOVE)
        observation_candidate(object->observation, DECISION_REMOVE, "", until->label);
}

GPtrArray *reading_pending(const GPtrArray *objects, GHashTable *touched, GHashTable *askable)
{
    g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
    g_autoptr(GHashTable) changing = g_hash_table_new(g_str_hash, g_str_equal);
    GPtrArray *found = g_ptr_array_new();
    /* An object may stand before what it needs, so this goes round until nothing is added. */
    for (guint before = G_MAXUINT; before != found->len;) {
        before = found->len;
        for (guint i = 0; i < objects->len; i++) {
            struct object *object = g_ptr_array_index(objects, i);
            gboolean was_read = object->observation->checked != 0;
            gboolean can_ask = g_hash_table_contains(askable, object->key);
            gboolean is_touched = touched != NULL && g_hash_table_contains(touched, object->key);
            gboolean is_to_change = is_touched;
            for (guint k = 0; k < object->needs->len && !is_to_change; k++)
                is_to_change = g_hash_table_contains(changing, g_ptr_array_index(object->needs, k));
            if (was_read && can_ask && !is_to_change)
                continue;
            if (can_ask || was_read)
                g_hash_table_add(changing, object->key);
            if (g_hash_table_add(seen, object->key))
                g_ptr_array_add(found, object);
        }
    }
    return found;
}

GHashTable *reading_not_seen(const struct situation *situation, gint64 *until)
{
    GHashTable *keys = g_hash_table_new(g_str_hash, g_str_equal);
    *until = 0;
    for (guint i = 0; i < situation->onboarding->objects->len; i++) {
        const struct object *object = g_ptr_array_index(situation->onboarding->objects, i);
        const struct belief belief = belief_of(situation, object);
        if (object->observation->checked == 0 || belief.kind != BELIEF_NOT_SEEN)
            continue;
        g_hash_table_add(keys, object->key);
        *until = MAX(*until, belief.until);
    }
    return keys;
}

/* MISSING: "answers.sponsor", "company.id". */
static void say_missing(const struct onboarding *onboarding, struct object *object, const char *missing)
{
    const char *answer = strcmp(missing, "company.id") == 0 ? "company" : answer_path(missing);
    observation_set(object->observation, OBJECT_UNKNOWN, "A value is missing.");
    for (guint i = 0; answer != NULL && i < onboarding->steps->len; i++) {
        const struct step_definition *step = ((const struct step *)g_ptr_array_index(onboarding->steps, i))->definition;
        for (guint k = 0; k < step->fields->len; k++) {
            const struct field *field = g_ptr_array_index(step->fields, k);
            if (strcmp(field->path, answer) != 0)
                continue;
            observation_set(object->observation, OBJECT_UNKNOWN, "Still missing: %s, which “%s” asks for.",
                            field->label, step->title);
            return;
        }
    }
}

void reading_infer(const struct onboarding *onboarding, struct object *object, enum reading_lack lack,
                   const char *defender_refusal)
{
    g_autofree char *missing = onboarding_missing(onboarding, object);
    for (guint i = 0; i < object->needs->len; i++) {
        const struct object *needed = onboarding_object(onboarding, g_ptr_array_index(object->needs, i));
        if (needed == NULL || needed->observation->state == OBJECT_MATCHES)
            continue;
        if (needed->observation->state == OBJECT_ABSENT && object_is_creatable(needed)) {
            /* It hangs on what is yet to be made. What has to be decided first is asked before all that. */
            observation_free(object->observation);
            object->observation = observation_new();
            object->observation->state = OBJECT_ABSENT;
            if (object->kind->fence != NULL)
                object->kind->fence(object, object->observation);
            return;
        }
        observation_set(object->observation, OBJECT_UNKNOWN, "It can be looked for once “%s” is settled.",
                        needed->title);
        return;
    }
    if (missing != NULL && went_along(onboarding, object))
        observation_set(object->observation, OBJECT_MATCHES, WENT_ALONG);
    else if (missing != NULL)
        say_missing(onboarding, object, missing);
    else if (lack == LACKS_A_RIGHT) {
        observation_set(object->observation, OBJECT_MATCHES,
                        "Not asked: perch was not given the right to, and does not need it.");
        object->observation->unasked = TRUE;
    } else if (lack == LACKS_DEFENDER && defender_refusal != NULL)
        observation_set(object->observation, OBJECT_UNKNOWN, "Defender cannot be asked. %s", defender_refusal);
    else if (lack == LACKS_DEFENDER)
        observation_set(object->observation, OBJECT_UNKNOWN, "Sign in once more, for Defender, to have it read.");
}
