/* SPDX-License-Identifier: MIT */
/*
 * A made-up onboarding for the tables of the deciding tests: some steps, each with at most one object of a made-up
 * kind, set to whatever a row says. Nothing is sent or written.
 */
#ifndef PERCH_TESTS_MADE_UP_H
#define PERCH_TESTS_MADE_UP_H

#include "engine/situation.h"

#define MADE_UP_NOW (G_GINT64_CONSTANT(1000000) * G_USEC_PER_SEC)

/* Kinds: one that perch makes and removes, one that the portal makes too, one that only reads, one found by an answer,
 * a door whose service answers by redirects, one that people may hold, one that is made with a password, one that is
 * read in Defender, one that makes a Global Administrator, and one by which people get in: its reading is
 * "people:ANN+BOB" (who go with the partner), or "moving:N", for those whom the service is still taking away; one
 * that is read as well with a right that perch asks for once it was decided on (MadeUp.Rights), one that a person may
 * have taken away whoever made it (KEY.goes: as decided), and one that is had for a while, opens every
 * step but the report and stays for 300 s at least; such a one of which nothing tells yet how it is made; and one that
 * says which steps an account may do; one with which leaving begins; and one that is had for a while and opens
 * nothing. */
extern const struct object_kind made_up_kind;
extern const struct object_kind made_up_portal_kind;
extern const struct object_kind made_up_read_kind;
extern const struct object_kind made_up_chosen_kind;
extern const struct object_kind made_up_door_kind;
extern const struct object_kind made_up_held_kind;
extern const struct object_kind made_up_filled_kind;
extern const struct object_kind made_up_part_kind;
extern const struct object_kind made_up_outliving_kind;
extern const struct object_kind made_up_account_kind;
extern const struct object_kind made_up_defender_kind;
extern const struct object_kind made_up_global_kind;
extern const struct object_kind made_up_guarded_kind;
extern const struct object_kind made_up_rightful_kind;
extern const struct object_kind made_up_going_kind;
extern const struct object_kind made_up_lasting_kind;
extern const struct object_kind made_up_unready_kind;
extern const struct object_kind made_up_companys_kind;
extern const struct object_kind made_up_roles_kind;
extern const struct object_kind made_up_named_kind;
extern const struct object_kind made_up_sending_kind;
extern const struct object_kind made_up_closed_kind;

struct made_up {
    struct onboarding *onboarding;
    struct journal_state *journal_state;
    struct cloud *cloud;
    struct situation situation;
};

/* ANSWERS: JSON with ' for ", or NULL. Signed in; every object was read and matches. */
struct made_up *made_up_new(const char *answers);
void made_up_free(struct made_up *made_up);

struct object *made_up_object(struct made_up *made_up, const char *key);
const struct step *made_up_step(struct made_up *made_up, const char *id);

/* Let be what SCRIPT says, one thing after another, separated by "; ". KEY is that of an object:
 *   KEY=STATE           it was found so ("absent", "in-doubt"); unknown: it was not read
 *   KEY.sentence=TEXT   and this was said of it; KEY.id=ID, KEY.known=ID; KEY.deleted=ID, KEY.ours=ID of the bin
 *   KEY.next=TEXT       what helps where it could not be read
 *   KEY.made=SECONDS    the service says that it was made so long after MADE_UP_NOW; KEY.checked=0: it was not read yet
 *   KEY.read            it was read, though nothing is known; KEY.difference, KEY.candidate, KEY.namesakes, KEY.fixed,
 *                       KEY.unasked, KEY.told-counts, KEY.created, KEY.adopted, KEY.pends
 *   KEY.fenced          only a person may have it made; KEY.ends: it goes once all is settled; KEY.leaves
 *   KEY.doubted         its write had no answer; KEY.unseen: the reading shows nothing, KEY.seen: it,
 *                       KEY.unseen-once: the first time
 *   KEY.decision=WORDS  KEY.failed=WHAT|HINT; KEY.kept=WHAT|HINT: it could not be taken away;
 *                       bygone=STEP=WHAT|HINT: nor what perch made for an earlier answer
 *   KEY.chosen, KEY.reading, KEY.plain, KEY.door, KEY.held, KEY.account, KEY.defender, KEY.global, KEY.guarded,
 *   KEY.rightful, KEY.going, KEY.lasting, KEY.unready, KEY.roles, KEY.sending,
 *   KEY.closed, KEY.named   it is of that kind
 *   note=RECORD         stands in the journal, JSON with ' for ", at MADE_UP_NOW where it does not say when
 *   value=NAME=TEXT     is known; assume=KEY; working=KEY; checking; signed-out
 *   passed=SECONDS      it is so long after MADE_UP_NOW
 */
void made_up_arrange(struct made_up *made_up, const char *script);

#endif
