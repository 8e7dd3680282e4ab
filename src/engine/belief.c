/* SPDX-License-Identifier: MIT */
#include "engine/belief.h"

#include <string.h>

#include "base/clock.h"
#include "base/decision.h"
#include "engine/undo_plan.h"
#include "store/unanswered.h"

static struct belief believe(enum belief_kind kind, gint64 until)
{
    return (struct belief){kind, until};
}

/* EARLY until the row of readings is long enough and DUE has come, then LATE. */
static struct belief by_row(struct reading_row row, gint64 due, gint64 now, enum belief_kind early,
                            enum belief_kind late)
{
    gint64 until = MAX(row.since + (gint64)BELIEF_ROW_SECONDS * G_USEC_PER_SEC, due);
    gboolean is_long_enough = row.count >= BELIEF_READINGS && now >= until;
    return is_long_enough ? believe(late, 0) : believe(early, until);
}

/* Found after a creation without an answer: made not before that was sent, or, where the service does not say when,
 * read as not there right before. Made within the slack before, it may as well be somebody else's, and the own one not
 * listed yet: only when that has had its time is there one and no other. Made earlier it is somebody else's, beside
 * which the own one may still appear. Made long after the last request, it is somebody else's: no service begins that
 * late; and so is what never is as perch asked for it. Of a kind that is LISTED_LATE and bears no time somebody else's
 * may show before the own one does, which is given a while. A stamp that lies ahead of the reading is by a clock that
 * tells nothing. */
static struct belief of_found(const struct object_entry *entry, const struct sighting *sighting, gint64 due,
                              gboolean listed_late, gint64 now)
{
    gint64 first = g_array_index(entry->sends, gint64, 0);
    gint64 last = MAX(first, entry->since) + (gint64)sighting->latest * G_USEC_PER_SEC;
    gint64 made = sighting->made > now + BELIEF_STAMP_SLACK ? 0 : sighting->made;
    if (made == 0 && (entry->absent_at == 0 || !listed_late))
        return believe(entry->absent_at != 0 ? BELIEF_OURS : BELIEF_AS_READ, 0);
    if (made == 0)
        return by_row(sighting->row, 0, now, BELIEF_IN_DOUBT, BELIEF_OURS);
    if (made < first - BELIEF_STAMP_SLACK && entry->action == WRITE_CREATE)
        return by_row(sighting->row, due, now, BELIEF_IN_DOUBT, BELIEF_AS_READ);
    if (made < first - BELIEF_STAMP_SLACK || made > last)
        return believe(BELIEF_AS_READ, 0);
    if (sighting->is_not_as_asked)
        return by_row(sighting->row, due, now, BELIEF_IN_DOUBT, BELIEF_AS_READ);
    return made >= first ? believe(BELIEF_OURS, 0) : by_row(sighting->row, due, now, BELIEF_IN_DOUBT, BELIEF_OURS);
}

/* A write of ENTRY's action was sent, and no answer came. */
static struct belief after_lost_answer(const struct object_entry *entry, const struct sighting *sighting, gint64 window,
                                       gint64 now)
{
    gboolean is_absent = sighting->state == OBJECT_ABSENT;
    /* A request from a time that is still to come was dated by another clock: its window counts from the first reading.
     */
    gint64 due = (entry->since <= now ? entry->since : sighting->row.since) + window * G_USEC_PER_SEC;
    gboolean is_reached = entry->action == WRITE_REPAIR ? sighting->state == OBJECT_MATCHES : sighting->is_put_back;
    if (!is_absent && !object_state_is_there(sighting->state))
        return believe(BELIEF_AS_READ, 0);
    switch (entry->action) {
    case WRITE_REMOVE:
        /* What was listed before is missing for no other reason than the removal. */
        if (sighting->is_elsewhere)
            return by_row(sighting->row, due, now, BELIEF_IN_DOUBT, BELIEF_NOT_DONE);
        return by_row(sighting->row, is_absent && entry->last_seen != 0 ? 0 : due, now, BELIEF_IN_DOUBT,
                      is_absent ? BELIEF_DONE : BELIEF_NOT_DONE);
    case WRITE_REPAIR:
    case WRITE_UNDO_REPAIR:
        if (is_reached || sighting->target_is_gone)
            return believe(BELIEF_DONE, 0);
        return by_row(sighting->row, due, now, BELIEF_IN_DOUBT, BELIEF_NOT_DONE);
    default:
        /* It bears the id of what perch had made and removed. */
        if (!is_absent && entry->action == WRITE_RESTORE && entry->deleted_ours &&
            strcmp(entry->deleted_id, sighting->id) == 0)
            return believe(BELIEF_OURS, 0);
        /* Of a kind that bears no time: what stands on something that was made, or is back, since then is not by that
         * request, and of what joins others' things nobody can tell. */
        if (!is_absent && sighting->made == 0 && (sighting->needs_are_newer || sighting->joins_others))
            return believe(BELIEF_AS_READ, 0);
        if (!is_absent)
            return of_found(entry, sighting, due, window > BELIEF_ROW_SECONDS, now);
        if (sighting->pends)
            return believe(BELIEF_WAITING, 0);
        return by_row(sighting->row, due, now, BELIEF_IN_DOUBT, BELIEF_NOT_DONE);
    }
}

/* A creation was answered with the id of what has another name, or was there long before it was asked for, and nothing
 * was read as made by it since: the answer was to somebody else. */
static gboolean is_of_another_request(const struct object_entry *entry, const struct sighting *sighting)
{
    gboolean is_answered = entry->phase == PHASE_REPLIED && entry->action == WRITE_CREATE && entry->sends->len > 0;
    if (!is_answered || !(entry->created || entry->not_ours))
        return FALSE;
    gint64 before = sighting->finds_who_is_there ? BELIEF_STAMP_SLACK : BELIEF_EARLIER * G_USEC_PER_SEC;
    gint64 earliest = g_array_index(entry->sends, gint64, 0) - before;
    return sighting->has_another_name || (sighting->made != 0 && sighting->made < earliest);
}

/* Nothing was found of a creation without an answer, and now there is what was made, as asked for, between its request
 * and the end of the looking: somebody had removed it, and brought it back. */
static gboolean is_late_outcome(const struct object_entry *entry, const struct sighting *sighting)
{
    gboolean was_lost = entry->phase == PHASE_REFUSED && entry->action == WRITE_CREATE && entry->sends->len > 0;
    if (!was_lost || sighting->made == 0 || sighting->is_not_as_asked)
        return FALSE;
    gint64 first = g_array_index(entry->sends, gint64, 0);
    gint64 last = g_array_index(entry->sends, gint64, entry->sends->len - 1);
    return sighting->made >= first && sighting->made < entry->since &&
           sighting->made <= last + (gint64)sighting->latest * G_USEC_PER_SEC;
}

/* Nothing is shown of what perch made or took over. */
static struct belief when_not_shown(const struct object_entry *entry, const struct sighting *sighting, gint64 window,
                                    gint64 now)
{
    gint64 longest =
        (sighting->is_for_a_while ? BELIEF_LONGEST_APPROVAL : MAX(window, BELIEF_LONGEST_WAIT)) * G_USEC_PER_SEC;
    if (sighting->is_for_a_while && (sighting->was_declined || entry->last_seen != 0))
        return believe(entry->created || entry->adopted ? BELIEF_ENDED : BELIEF_AS_READ, 0);
    if (sighting->is_elsewhere && (entry->created || entry->adopted) && !sighting->may_be_another)
        return believe(BELIEF_MOVED, 0);
    gboolean is_never_seen = (entry->created || entry->not_ours) && entry->last_seen == 0;
    /* What was asked for then (0: not told) may be what perch asked for last, and not an earlier request. */
    gint64 last = entry->sends->len > 0 ? g_array_index(entry->sends, gint64, entry->sends->len - 1) : 0;
    const gboolean is_of_last_send = sighting->made == 0 || sighting->made >= last - BELIEF_STAMP_SLACK;
    if (is_never_seen && sighting->was_declined && is_of_last_send)
        return believe(BELIEF_FAILED, 0);
    if (is_never_seen) {
        gint64 since = entry->decision.kind == DECISION_WAIT ? MAX(entry->since, entry->decided_at) : entry->since;
        gboolean is_early = now >= since && now < since + longest;
        return is_early ? believe(BELIEF_WAITING, since + longest) : believe(BELIEF_NEVER_SEEN, 0);
    }
    if (sighting->may_be_another || sighting->is_for_a_while)
        return believe(BELIEF_AS_READ, 0);
    if (entry->created || (entry->adopted && entry->last_seen != 0))
        return by_row(sighting->row, 0, now, BELIEF_NOT_SEEN, BELIEF_GONE);
    return believe(entry->phase == PHASE_GONE && entry->gone_id[0] != '\0' ? BELIEF_GONE : BELIEF_AS_READ, 0);
}

gboolean belief_is_what_was_removed(const struct object_entry *entry, const char *id, gboolean id_is_reused)
{
    gboolean was_seen_gone = id_is_reused && entry->absent_as[0] != '\0';
    return entry->phase == PHASE_REMOVED && entry->deleted_id[0] != '\0' && strcmp(entry->deleted_id, id) == 0 &&
           !was_seen_gone;
}

struct belief belief(const struct object_entry *entry, const struct sighting *sighting, gint64 window, gint64 now)
{
    if (sighting->state == OBJECT_UNKNOWN)
        return believe(BELIEF_AS_READ, 0);
    if (entry->phase == PHASE_SENT)
        return after_lost_answer(entry, sighting, window, now);
    if (sighting->state == OBJECT_ABSENT)
        return when_not_shown(entry, sighting, window, now);
    if (!object_state_is_there(sighting->state) || sighting->is_for_a_while)
        return believe(BELIEF_AS_READ, 0);
    /* Who was there all the time is found, once that is noted, and nobody has to be asked. */
    if (is_of_another_request(entry, sighting) && !(entry->not_ours && sighting->finds_who_is_there))
        return believe(BELIEF_NOT_OURS, 0);
    if (!entry->created && entry->gone_ours && !sighting->id_is_reused && strcmp(entry->gone_id, sighting->id) == 0)
        return believe(BELIEF_OURS, 0);
    if (is_late_outcome(entry, sighting))
        return believe(BELIEF_OURS, 0);
    /* Another of its name does not take its place unasked. */
    if (entry->phase == PHASE_GONE && entry->gone_id[0] != '\0' && sighting->id[0] != '\0' &&
        !sighting->may_be_another && g_ascii_strcasecmp(entry->gone_id, sighting->id) != 0 &&
        g_ascii_strcasecmp(entry->chosen, sighting->id) != 0)
        return believe(BELIEF_GONE, 0);
    /* Said to be removed, and there after the time that a removal may take to be seen: it was not, or it is back. Until
     * then it may be one of the service's copies that lags, unless what it belongs to is another by now. */
    gint64 due = entry->since + MAX(window, BELIEF_ROW_SECONDS) * G_USEC_PER_SEC;
    gboolean is_late = now < entry->since || now >= due;
    gboolean was_removed = belief_is_what_was_removed(entry, sighting->id, sighting->id_is_reused);
    gboolean may_be_anew = sighting->id_is_reused && sighting->needs_are_newer;
    if (was_removed && is_late && entry->deleted_ours && !may_be_anew)
        return believe(BELIEF_OURS, 0);
    if (was_removed && !is_late && sighting->others == 0 && !sighting->needs_are_newer)
        return believe(BELIEF_LINGERS, due);
    return believe(sighting->others > 0 ? BELIEF_ONE_OF_MANY : BELIEF_AS_READ, 0);
}

/* TRUE if something that OBJECT belongs to was gone and is back, or was read for the first time, since its last write.
 * On what is gone still nobody has made anything since. What is noted as gone was so when OBJECT was removed, too. */
static gboolean needs_are_newer(const struct situation *situation, const struct object *object)
{
    const struct object_entry *own = situation_object(situation, object);
    gint64 at = own->since;
    gboolean found = FALSE;
    for (guint i = 0; i < object->needs->len; i++) {
        const char *key = g_ptr_array_index(object->needs, i);
        const struct object *needed = onboarding_object(situation->onboarding, key);
        const struct object_entry *entry = journal_state_object(situation->journal_state, key);
        gboolean was_gone = (entry->phase == PHASE_GONE || entry->phase == PHASE_REMOVED) &&
                            (entry->since > at || own->phase == PHASE_REMOVED);
        gboolean is_back = needed == NULL || needed->observation->state != OBJECT_ABSENT;
        found = found || (was_gone && is_back) || entry->first_seen > at;
    }
    return found;
}

/* TRUE if OBJECT belongs to something, and perch made none of that. */
static gboolean needs_are_others(const struct situation *situation, const struct object *object)
{
    for (guint i = 0; i < object->needs->len; i++)
        if (journal_state_object(situation->journal_state, g_ptr_array_index(object->needs, i))->created)
            return FALSE;
    return object->needs->len > 0;
}

/* TRUE if OBJECT's id follows from what it joins, and perch made none of that: whoever did may have joined them, too,
 * at the same moment. */
static gboolean joins_others(const struct situation *situation, const struct object *object)
{
    return object->kind->id_is_reused && needs_are_others(situation, object);
}

/* TRUE if what OBJECT belongs to is another by now than when OBJECT was last seen: the new one has none yet. */
static gboolean belongs_to_another(const struct situation *situation, const struct object *object)
{
    gint64 seen = situation_object(situation, object)->last_seen;
    for (guint i = 0; i < object->needs->len; i++) {
        const struct object *needed = onboarding_object(situation->onboarding, g_ptr_array_index(object->needs, i));
        const struct object_entry *entry = needed != NULL ? situation_object(situation, needed) : NULL;
        if (entry != NULL && (entry->first_seen > seen || (entry->chosen[0] != '\0' && entry->first_seen == 0)))
            return TRUE;
    }
    return FALSE;
}

char *belief_wanted_as(const struct onboarding *onboarding, const struct object *object)
{
    if (!object->kind->answer_chooses || object->kind->create == NULL)
        return NULL;
    g_autoptr(Request) request = object->kind->create(object);
    g_autofree char *missing = onboarding_missing(onboarding, object);
    if (request == NULL || missing != NULL)
        return NULL;
    onboarding_fill(onboarding, request);
    return request_digest(request);
}

gboolean belief_target_is_gone(const struct situation *situation, const struct object *object)
{
    const struct object_entry *entry = situation_object(situation, object);
    const GPtrArray *holders = object->observation->holders;
    gboolean is_listed = FALSE;
    if (object->kind->take_away == NULL || entry->action != WRITE_REPAIR || entry->intended_as[0] == '\0' ||
        holders == NULL)
        return FALSE;
    for (guint i = 0; !is_listed && i < holders->len; i++) {
        const struct listed_holder *holder = g_ptr_array_index(holders, i);
        g_autoptr(Request) request = object->kind->take_away(object, holder->id);
        if (request == NULL)
            continue;
        onboarding_fill(situation->onboarding, request);
        g_autofree char *digest = request_digest(request);
        is_listed = strcmp(digest, entry->intended_as) == 0;
    }
    return !is_listed;
}

/* TRUE if OBJECT differs from what its last creation asked for, which is what is wanted still. */
static gboolean is_not_as_asked(const struct situation *situation, const struct object *object)
{
    const struct object_entry *entry = situation_object(situation, object);
    gboolean is_open = entry->phase == PHASE_SENT || entry->phase == PHASE_REFUSED;
    if (object->row.state != OBJECT_DIFFERS || entry->action != WRITE_CREATE || !is_open ||
        object->kind->create == NULL)
        return FALSE;
    g_autoptr(Request) request = object->kind->create(object);
    if (request == NULL)
        return FALSE;
    onboarding_fill(situation->onboarding, request);
    g_autofree char *digest = request_digest(request);
    return strcmp(digest, entry->intended_as) == 0;
}

static gboolean has_another_name(const struct object_entry *entry, const struct observation *observation)
{
    return entry->intended_name[0] != '\0' && observation->name[0] != '\0' &&
           strcmp(entry->intended_name, observation->name) != 0;
}

/* TRUE if OBJECT's id follows from what it joins, which can be made and removed, and which it goes with. */
static gboolean joins_what_is_made(const struct situation *situation, const struct object *object)
{
    gboolean joins = FALSE;
    for (guint i = 0; i < object->needs->len; i++) {
        const struct object *needed = onboarding_object(situation->onboarding, g_ptr_array_index(object->needs, i));
        joins = joins || (needed != NULL && needed->kind->remove != NULL);
    }
    return object->kind->id_is_reused && joins;
}

/* Of what bears no date: it was read as not there right before, and was there soon after. What goes with something
 * that perch made is left to that. */
static gboolean came_soon_after(const struct situation *situation, const struct object *object,
                                const struct unanswered *unanswered)
{
    const struct object_entry *entry = situation_object(situation, object);
    gboolean joins = joins_what_is_made(situation, object) || object->kind->reply_has_no_id;
    gint64 seen = unanswered->was_there                   ? unanswered->until
                  : entry->first_seen >= unanswered->from ? entry->first_seen
                  : entry->seen_at >= unanswered->from    ? entry->seen_at
                                                          : object->observation->checked;
    return unanswered->absent_at != 0 && !unanswered->is_past && !(joins && !needs_are_others(situation, object)) &&
           seen <= unanswered->until + object_visible_within(object) * G_USEC_PER_SEC;
}

/* Seconds after a request within which what came of it is dated. */
static int latest_after(const struct situation *situation)
{
    return (int)CLAMP(situation->clock_rate * BELIEF_REQUEST_SECONDS, BELIEF_LATEST, BELIEF_LONGEST_WAIT);
}

/* TRUE if one of the requests that UNANSWERED tells of may have made OBJECT. */
static gboolean may_be_made_by(const struct situation *situation, const struct object *object,
                               const struct unanswered *unanswered)
{
    gint64 made = object->observation->made;
    gint64 latest = unanswered->last + (gint64)latest_after(situation) * G_USEC_PER_SEC;
    if (unanswered->is_settled || made == 0)
        return !unanswered->is_settled && came_soon_after(situation, object, unanswered);
    return made >= unanswered->from - CLOCK_SLACK && made <= MIN(unanswered->until, latest) + CLOCK_SLACK;
}

gint64 belief_asked_at(const struct situation *situation, const struct object *object)
{
    const struct object_entry *entry = situation_object(situation, object);
    const struct observation *observation = object->observation;
    gboolean is_chosen = entry->chosen[0] != '\0' && g_ascii_strcasecmp(entry->chosen, observation->id) == 0;
    gboolean was_removed = entry->deleted_ours && strcmp(entry->deleted_id, observation->id) == 0;
    const gboolean is_lost = entry->phase == PHASE_SENT && entry->action == WRITE_CREATE && entry->absent_at != 0 &&
                             observation->made == 0 && joins_others(situation, object);
    if (object->created || is_chosen || was_removed || observation->id[0] == '\0' ||
        observation->state == OBJECT_IN_DOUBT || !object_state_is_there(object->row.state) ||
        has_another_name(entry, observation))
        return 0;
    for (guint i = 0; i < entry->unanswered->len; i++) {
        const struct unanswered *unanswered = &g_array_index(entry->unanswered, struct unanswered, i);
        if (may_be_made_by(situation, object, unanswered))
            return unanswered->from;
    }
    return is_lost ? entry->since : 0;
}

gboolean belief_may_be_own(const struct situation *situation, const struct object *object)
{
    return belief_asked_at(situation, object) != 0;
}

struct belief belief_of(const struct situation *situation, const struct object *object)
{
    const struct object_entry *entry = situation_object(situation, object);
    const struct observation *observation = object->observation;
    /* Others of the name that neither a decision for this one nor one to leave it at that is about. */
    gboolean is_chosen = entry->chosen[0] != '\0' && g_ascii_strcasecmp(entry->chosen, observation->id) == 0;
    /* An answer chooses which is wanted, and the last one that was there is not known to be that. */
    g_autofree char *as = belief_wanted_as(situation->onboarding, object);
    const gboolean is_chosen_anew = object->kind->answer_chooses && (as == NULL || strcmp(as, entry->made_as) != 0);
    const struct sighting sighting = {
        .state = object->row.state,
        .id = observation->id,
        .made = observation->made,
        .others = is_chosen ? 0 : MAX(observation->namesakes->len, 1) - 1,
        .is_elsewhere = observation->elsewhere[0] != '\0',
        .may_be_another = is_chosen_anew || belongs_to_another(situation, object),
        .needs_are_newer = needs_are_newer(situation, object),
        .joins_others = joins_others(situation, object),
        .has_another_name = has_another_name(entry, observation),
        .is_not_as_asked = is_not_as_asked(situation, object),
        .finds_who_is_there = object->kind->finds_who_is_there,
        .id_is_reused = object->kind->id_is_reused,
        .is_for_a_while = object->kind->ends_by_itself,
        .pends = observation->pends,
        .was_declined = observation->came_to_nothing,
        .is_put_back = entry->action == WRITE_UNDO_REPAIR && undo_has_put_back(situation, object),
        .target_is_gone = belief_target_is_gone(situation, object),
        .latest = latest_after(situation),
        .row = object->row,
    };
    /* As of the last reading, or of what was done since: time that passes unread proves nothing. */
    gint64 latest = MAX(MAX(observation->checked, entry->since), entry->decided_at);
    return belief(entry, &sighting, object_visible_within(object), MIN(latest, situation->now));
}
