/* SPDX-License-Identifier: MIT */
/*
 * One thing that must be true in the tenant, and what was found of it.
 *
 * A struct object is made from an entry of the partner profile; its kind (one const table a file in objects/) knows
 * which requests look for it, how to compare, and which request creates, repairs or removes it. Kinds are pure: they
 * build requests and read replies and send nothing. Owned by the worker thread.
 *
 * What is not known yet stands in requests as a placeholder: {group.id} is the id of the object with the key "group".
 * So the order of look-ups and of writes follows from the requests themselves.
 */
#ifndef PERCH_ONBOARDING_OBJECT_H
#define PERCH_ONBOARDING_OBJECT_H

#include <glib.h>

#include "base/decision.h"
#include "base/json_schema.h"
#include "base/json_type.h"
#include "board/state.h"
#include "microsoft/request.h"
#include "onboarding/profile.h"

struct difference {
    char *field;
    char *wanted;
    char *found;
    gboolean fixed; /* the service never lets it change */
};

/* A way to decide what to do about an observation. One to give another name has no text yet. */
struct candidate {
    struct decision decision;
    char *label;
};

struct observation {
    enum object_state state;
    char *id;                 /* "" if none */
    char *name;               /* as found, "" if none */
    char *sentence;           /* "" if the state says all */
    char *next;               /* of what could not be read: why that may be and what helps, "" if nothing is known */
    GPtrArray *differences;   /* of struct difference */
    GPtrArray *candidates;    /* of struct candidate */
    GPtrArray *namesakes;     /* of struct candidate: all that have the wanted name, if more than one has */
    GPtrArray *notes;         /* of char * */
    GHashTable *learnt;       /* char * -> char *: what other objects may refer to, "id" among them */
    json *found;              /* as read; NULL for a kind that has no repair */
    GPtrArray *holders;       /* of a door: of struct listed_holder, all for whom it was not opened; NULL: it is none */
    char *to_go;              /* of a door: the ids of those who are to be taken away, one a line; "" if none */
    char *sends_to;           /* of what bears a name for an id: where it sends, hashed; "" if it sends nowhere */
    char *deleted_id;         /* the id of a deleted one that can be restored, "" if none */
    char *deleted;            /* when that one was, in ISO 8601 as read; "" if none, or not told */
    gboolean repair_unasked;  /* the difference was made by our own creation: mend it without asking */
    gboolean told_counts;     /* the service does not show it: do it by hand and say so */
    gboolean unasked;         /* it stands in nobody's way, and nothing was asked: matches, and proves nothing */
    gboolean goes_elsewhere;  /* what it sends goes to others, as read: nothing of it goes on for the partner */
    gboolean nothing_here;    /* there is nothing to say about it: it is not shown */
    gboolean pends;           /* it was asked for, and somebody else has yet to say yes */
    gboolean came_to_nothing; /* what was asked for, as of "made", was declined or failed */
    gboolean goes_at_the_end; /* it is to go once all else is settled */
    gboolean goes_as_decided; /* what was decided of it, that it goes, was about what is there now */
    char *elsewhere; /* it is read by its id, and belongs to this instead of what is wanted; "" if it does not */
    gint64 made;     /* when the service says that it was made, step time; 0: it does not say */
    gint64 checked;  /* step time of the read, 0: never */
};

/* One of those who get in by a door for whom it was not opened. */
struct listed_holder {
    char *id;
    char *name;      /* what and who: "guest ann@p.com" */
    gboolean can_go; /* perch can take it away */
};

/* Readings one after another that came to the same. */
struct reading_row {
    enum object_state state; /* as compared, before anything is believed of it */
    guint count;
    gint64 since; /* step time of the first */
};

struct object {
    const struct object_kind *kind;
    char *key;                                  /* unique: "group" */
    char *step;                                 /* id of the step it belongs to */
    char *title;                                /* "group “Red Canary”" */
    char *risk;                                 /* why creating it deserves a second look; "" if it does not */
    const struct object_definition *definition; /* of the profile, borrowed */
    char *item;                                 /* of forEach, NULL without */
    int number;                                 /* of the item, from 1; 0 without forEach */
    GHashTable *values;                         /* "group.id" -> its value, for the whole onboarding; borrowed */
    json *with;                                 /* the profile's values, with what is known filled in */
    GPtrArray *needs;                           /* of char *: keys of the objects whose values its requests need */
    char *known_id;                             /* from our journal, or decided; "" if none */
    char *our_deleted;                          /* the id that our own undo put into the recycle bin; "" if none */
    char *last_id;                              /* known_id, or what was there last: whoever removed it; "" if none */
    char *mark;                                 /* kind->mark when it was made or taken over; "" if not noted */
    char *named_id;           /* who it was whom the answer named, when that one was read first; "" if nobody was */
    char *spent;              /* the words of decisions that were carried out (onboarding/seen.h), a line each */
    struct decision decision; /* the last one */
    gint64 decided_at;        /* when, step time; 0: nothing was */
    gboolean created;         /* our journal says that perch created it */
    gboolean adopted;
    gboolean repaired;               /* our journal says that perch changed what was found, and nothing undid it */
    gboolean leaves;                 /* the partner is being left, and this is to go; of a door: the partner's people */
    GPtrArray *refused;              /* of char *: what the service said it does not take */
    gboolean in_doubt;               /* our journal holds a write without an outcome */
    struct reading_row row;          /* of this session, since the last write */
    struct observation *observation; /* never NULL */
};

struct collection;

/* For a kind's table of what stands in "with": a text, which may hold placeholders; a placeholder that stands for an
 * answer of any kind, or a value of its own. */
#define WITH_TEXT (JSON_TEXT | JSON_FILLED)
#define WITH_ANSWER (JSON_TEXT | JSON_NUMBER | JSON_YES_NO | JSON_LIST)

/* What a kind that people make in a portal may learn beside what it "learns": the ids of all that stand where it is
 * looked for, one a line. */
#define OBJECT_STANDS "stands"

extern const struct json_schema with_text;  /* an entry of a list of texts */
extern const struct json_schema with_after; /* the same, or nothing */

struct object_kind {
    const char *name;
    const struct json_schema *with; /* the members of "with", ended by one without a name; NULL: there are none. The
                                       context of its problem functions is the struct profile */
    char *(*with_problem)(
        const json *with, gconstpointer data,
        gconstpointer profile); /* what is wrong with all of it, beside what each member says; NULL: nothing */
    const char *const *learns;  /* what it teaches beside id, name and origin; ended by NULL; NULL: nothing */
    gboolean learns_steps;      /* it teaches a value for ids of steps */
    const char *title_shows; /* the member of "with" that a title has to show, so that it cannot tell of another; NULL:
                                any title does */
    const char *risk;        /* why making it deserves a second look, whatever a profile says; NULL: it does not */
    const char *verb;        /* for the plan: "create" */
    const char *action;      /* the same in the past, for the log: "created" */
    const char *only_if;     /* create is announced, and sent only if the look-up then shows a difference: why */
    const char *if_refused;  /* a refusal of the write leaves it as it is, with this remark; NULL: it is a failure */
    const char *by_person;   /* what a person does to make it: "made in the portal"; NULL: only perch makes it */
    gint64 visible_within;   /* seconds that a new one may take to be read; 0: 180 */
    const char *bin;         /* what is deleted can be restored for 30 days: where a person ends that; NULL: it is
                                gone at once */
    gboolean missing_is_absent;  /* a 404 for a look-up says that it is not there */
    gboolean answer_chooses;     /* which one is wanted follows from an answer: that it is absent does not say that one
                                    which perch made for an earlier answer is gone */
    gboolean named_by_answer;    /* perch makes none: where it is not there an answer has to name another, whatever
                                    comes first */
    gboolean finds_who_is_there; /* asked to make one that is there, the service says yes, and names that one */
    gboolean reply_has_no_id;    /* the id in the reply to create is not the object's own */
    gboolean id_is_name;         /* Microsoft lists it under its name, and under no other id */
    gboolean id_is_reused; /* it is a name, or follows from what it joins: what somebody makes anew bears it too */
    gboolean
        redirect_is_yes; /* a creation that was carried out may be answered by a redirect, which is never followed */
    gboolean portal_will_do;   /* where the service refuses or shows nothing, what a person tells counts */
    gboolean reads_last;       /* it judges what others were read as, where these can be read at all */
    gboolean by_hand_only;     /* what is decided about it a person says who looks, no file where nobody does */
    gboolean is_door;          /* it says who gets in by what perch opened: a row of the report's page on that */
    gboolean ends_by_itself;   /* it is had for a while, only on a person's word, and then is over: it never stands in
                                  the way, and nobody takes one over that is there */
    gint64 stays_at_least;     /* of such: seconds before which the service does not take it back */
    gboolean is_companys;      /* leaving the partner does not ask about one that perch did not make */
    gboolean goes_by_decision; /* a person may have it taken away, whoever made it, as long as compare says so */
    gboolean ends_people;      /* leaving the partner takes away the partner's people by it, whoever made it */
    const char *const *not_for_leaving; /* the members of "with" that are not needed to find what is to go; ended by
                                           NULL; NULL: all are */
    gboolean outlives;   /* it would be left without what it needs, and nobody finds it then: while it stays, that does
                             too */
    gboolean is_part;    /* it is of what it needs, and stays where that stays for others */
    gboolean goes_first; /* leaving begins with it: what it sends stops at once */
    gboolean in_nobodys_way; /* whatever keeps it from being read: compare copes with any reply, or none */
    guint optional_reads;    /* so many of the last look-ups may be refused: compare copes without their replies */

    /* Where its elements stand, for a kind whose operations are those of collection.h; and the body that makes one.
     * Caller frees. */
    const struct collection *collection;
    json *(*wanted)(const struct object *object);

    /* Append the reads that find it by its id (first, if known_id is set) and its natural key. NULL
     * function: there is nothing to read. */
    void (*look_up)(const struct object *object, GPtrArray *requests);
    /* REPLIES: to those reads, each of which object_can_use(). Fill OBSERVATION. */
    void (*compare)(const struct object *object, GPtrArray *replies, struct observation *observation);
    /* What has to be decided before it is made, also where it hangs on what is not there yet and nothing was read; NULL
     * function: nothing. */
    void (*fence)(const struct object *object, struct observation *observation);
    /* Of what ends by itself: TRUE if what is in STEP's way is not any more while OBJECT is there. NULL function: no.
     */
    gboolean (*opens)(const struct object *object, const char *step);
    /* The one request that makes it; NULL function or result where only a portal can. */
    struct request *(*create)(const struct object *object);
    /* What a reply of success says that nothing came of it: a sentence, and in a second line what to do; NULL function
     * or result: it does not. Caller frees. */
    char *(*reply_says_no)(const struct reply *reply);
    /* Learn from a refusal what to leave out, into object->refused. TRUE if create() would now ask for something else.
     */
    gboolean (*learn_refusal)(struct object *object, const struct reply *reply);
    /* What whoever agrees to the plan has to know of it besides, as what would be sent after such a refusal: an end of
     * the plan's sentence; NULL function or result: nothing. Caller frees. */
    char *(*plan_adds)(const struct object *object);
    /* On what terms it lets people in, as it would be made, in words behind its risk in the plan; NULL function: there
     * are none. Caller frees. */
    char *(*terms)(const struct object *object);
    /* The request that makes what was found match; NULL function or result: it cannot be. */
    struct request *(*repair)(const struct object *object);
    /* Of a door (onboarding/door.h): the request that takes HOLDER away, NULL if there is none; repair is then
     * door_repair, one after another. */
    struct request *(*take_away)(const struct object *object, const char *holder);
    /* The request that puts back what repairs changed and is as they left it; OLDS: an array of the object as it was
     * before each of them. NULL if nothing is. What somebody changed since: its fields go to LEFT (borrowed texts; may
     * be NULL). */
    struct request *(*restore_old)(const struct object *object, const json *olds, GPtrArray *left);
    /* The request that takes it away again; NULL where it goes with another object. */
    struct request *(*remove)(const struct object *object);
    /* Append the reads that tell who uses what is about to be removed; NULL function: nobody can. */
    void (*look_up_holders)(const struct object *object, GPtrArray *requests);
    /* REPLIES to those, each a success or not: who holds what it opens, and in a second line what to do about it; NULL
     * function or result: nobody. It stays then with what these hold it by. OWN: the ids of all that perch made, as
     * keys; of what has an id of something else, as a member or a sponsor, "KIND ID". Caller frees. */
    char *(*holders)(const struct object *object, GPtrArray *replies, GHashTable *own);
    /* REPLIES to the same, in the same form: what others put into it, or use it for; the service lets it be removed all
     * the same. It stays then, whoever made it, and with it only what it needs. OWN: what perch took over, too. NULL
     * function or result: nothing. Caller frees. */
    char *(*surplus)(const struct object *object, GPtrArray *replies, GHashTable *own);
    /* A hash of what an answer decided of OBJECT and tells it from one that somebody made his own since, though it
     * bears the same id; NULL where what was read is not so. NULL function: nothing does. Caller frees. */
    char *(*mark)(const struct object *object);
    /* The request that brings observation.deleted_id back from the recycle bin. */
    struct request *(*restore)(const struct object *object);
};

/* The kind NAME, or NULL. Static. */
const struct object_kind *object_kind_named(const char *name);

/* An object from DEFINITION (borrowed for good). ANSWERS fills {answers.*}, VALUES (borrowed for good) whatever else is
 * known, ITEM (may be NULL) fills {item} in an entry with forEach. Caller frees. */
struct object *object_new(const struct object_definition *definition, const char *step, const json *answers,
                          GHashTable *values, const char *item, int number);
void object_free(struct object *object);

/* The value (struct object.values) that says which number of KEY's the entry ITEM of a list bears: the 2 of "guest-2",
 * which is not its place. Caller frees. */
char *object_entry_value(const char *key, const char *item);

/* Fill object->with and the title again from what is known by now. NAME (NULL: none) replaces with.displayName. */
void object_refill(struct object *object, const json *answers, const char *name);

/* TRUE if the reply at INDEX of REPLIES, to all its look-ups, can be compared: a success; a 404 that says "not there";
 * a refusal of a read that is optional. */
gboolean object_can_use(const struct object *object, GPtrArray *replies, guint index);

/* The reads that look for OBJECT, with placeholders for what is not known. Caller unrefs. */
GPtrArray *object_look_ups(const struct object *object);

/* Seconds that OBJECT may take to be read after it was created. */
gint64 object_visible_within(const struct object *object);

/* TRUE if a person decided that OBJECT, which perch made or which goes by such a decision alone, is to be taken away,
 * and what that was about is there still. By its id, never by its name alone. */
gboolean object_is_to_go(const struct object *object);

/* TRUE if perch can create OBJECT by a request, as far as is known now. */
gboolean object_is_creatable(const struct object *object);

/* What goes on by OBJECT as long as it stays, in the profile's words; NULL: nothing that is known. Borrowed. */
const char *object_goes_on(const struct object *object);

/* The string NAME of object->with; "" if there is none. Borrowed. */
const char *object_text(const struct object *object, const char *name);

/* VALUE with the ids that are known by now. Caller frees. */
json *object_fill_ids(const struct object *object, const json *value);

struct observation *observation_new(void);
void observation_free(struct observation *observation);
void observation_set(struct observation *observation, enum object_state state, const char *sentence_format, ...)
    G_GNUC_PRINTF(3, 4);
void observation_learn(struct observation *observation, const char *name, const char *value);
void observation_note(struct observation *observation, const char *format, ...) G_GNUC_PRINTF(2, 3);
/* Offer to decide for KIND, with TEXT (see struct decision). */
void observation_candidate(struct observation *observation, enum decision_kind kind, const char *text,
                           const char *label);
/* Another that has the wanted name, and the ID that would choose it. */
void observation_namesake(struct observation *observation, const char *id, const char *label);
/* There are many of NAME ("": of no name): make the namesakes the candidates. */
void observation_ask_which(struct observation *observation, const char *name);
/* Offer KIND no longer. */
void observation_withdraw(struct observation *observation, enum decision_kind kind);
void observation_difference(struct observation *observation, const char *field, const char *wanted, const char *found,
                            gboolean fixed);

/* TRUE if there is a difference that nothing can mend. */
gboolean observation_is_fixed(const struct observation *observation);

#endif
