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

#include "base/json.h"
#include "microsoft/request.h"
#include "onboarding/state.h"

struct difference {
    char *field;
    char *wanted;
    char *found;
    gboolean fixed; /* the service never lets it change */
};

/* A way to decide what to do about an observation, in the words of the answers file's decisions. */
struct candidate {
    char *decision;
    char *label;
    gboolean needs_text;
};

struct observation {
    enum object_state state;
    char *id;                /* "" if none */
    char *name;              /* as found, "" if none */
    char *sentence;          /* "" if the state says all */
    GPtrArray *differences;  /* of struct difference */
    GPtrArray *candidates;   /* of struct candidate */
    GPtrArray *notes;        /* of char * */
    GHashTable *learnt;      /* char * -> char *: what other objects may refer to, "id" among them */
    json *found;             /* as read; NULL for a kind that has no repair */
    char *deleted_id;        /* the id of a deleted one that can be restored, "" if none */
    gboolean repair_unasked; /* the difference was made by our own creation: mend it without asking */
    gboolean told_counts;    /* the service does not show it: do it by hand and say so */
    gint64 checked;          /* step time of the read, 0: never */
};

struct object_kind;

struct object {
    const struct object_kind *kind;
    char *key;              /* unique: "group" */
    char *step;             /* id of the step it belongs to */
    char *title;            /* "group “Red Canary”" */
    char *risk;             /* why creating it deserves a second look; "" if it does not */
    const json *definition; /* of the profile, borrowed */
    char *item;             /* of forEach, NULL without */
    int number;             /* of the item, from 1; 0 without forEach */
    GHashTable *values;     /* "group.id" -> its value, for the whole onboarding; borrowed */
    json *with;             /* the profile's values, with what is known filled in */
    GPtrArray *needs;       /* of char *: keys of the objects whose values its requests need */
    char *known_id;         /* from our journal, or decided; "" if none */
    char *our_deleted;      /* the id that our own undo put into the recycle bin; "" if none */
    char *decision;         /* the last one, as in the answers file ("repair", "use:<id>"); "" if none */
    gboolean created;       /* our journal says that perch created it */
    gboolean adopted;
    GPtrArray *refused;              /* of char *: what the service said it does not take */
    gboolean in_doubt;               /* our journal holds a write without an outcome */
    struct observation *observation; /* never NULL */
};

struct object_kind {
    const char *name;
    const char *verb;           /* for the plan: "create" */
    const char *action;         /* the same in the past, for the log: "created" */
    const char *only_if;        /* create is announced, and sent only if the look-up then shows a difference: why */
    const char *if_refused;     /* a refusal of the write leaves it as it is, with this remark; NULL: it is a failure */
    const char *by_person;      /* what a person does to make it: "made in the portal"; NULL: only perch makes it */
    gint64 visible_within;      /* seconds that a new one may take to be read; 0: 180 */
    gboolean missing_is_absent; /* a 404 for a look-up says that it is not there */
    gboolean answer_chooses;    /* which one is wanted follows from an answer: that it is absent does not say that one
                                   which    perch made for an earlier answer is gone */
    gboolean reply_has_no_id;   /* the id in the reply to create is not the object's own */
    gboolean redirect_is_yes; /* a write that was carried out may be answered by a redirect, which is never followed */
    gboolean portal_will_do;  /* where the service refuses or shows nothing, what a person tells counts */
    guint optional_reads;     /* so many of the last look-ups may be refused: compare copes without their replies */

    /* Append the reads that find it by its id (first, if known_id is set) and its natural key. */
    void (*look_up)(const struct object *object, GPtrArray *requests);
    /* REPLIES: to those reads, each of which object_can_use(). Fill OBSERVATION. */
    void (*compare)(const struct object *object, GPtrArray *replies, struct observation *observation);
    /* The one request that makes it; NULL function or result where only a portal can. */
    struct request *(*create)(const struct object *object);
    /* Learn from a refusal what to leave out, into object->refused. TRUE if create() would now ask for something else.
     */
    gboolean (*learn_refusal)(struct object *object, const struct reply *reply);
    /* The request that makes what was found match; NULL function or result: it cannot be. */
    struct request *(*repair)(const struct object *object);
    /* The request that puts back what repair changed; OLD is the object as it was before. */
    struct request *(*restore_old)(const struct object *object, const json *old);
    /* The request that takes it away again; NULL where it goes with another object. */
    struct request *(*remove)(const struct object *object);
    /* The request that brings observation.deleted_id back from the recycle bin. */
    struct request *(*restore)(const struct object *object);
};

/* The kind NAME, or NULL. Static. */
const struct object_kind *object_kind_named(const char *name);

/* An object from DEFINITION (an entry of the profile). ANSWERS fills {answers.*}, VALUES (borrowed for good) whatever
 * else is known, ITEM (may be NULL) fills {item} in an entry with forEach. Caller frees. */
struct object *object_new(const json *definition, const char *step, const json *answers, GHashTable *values,
                          const char *item, int number);
void object_free(struct object *object);

/* Fill object->with and the title again from what is known by now. NAME (NULL: none) replaces with.displayName. */
void object_refill(struct object *object, const json *answers, const char *name);

/* TRUE if the reply at INDEX of REPLIES, to all its look-ups, can be compared: a success; a 404 that says "not there";
 * a refusal of a read that is optional. */
gboolean object_can_use(const struct object *object, GPtrArray *replies, guint index);

/* The reads that look for OBJECT, with placeholders for what is not known. Caller unrefs. */
GPtrArray *object_look_ups(const struct object *object);

/* Seconds that OBJECT may take to be read after it was created. */
gint64 object_visible_within(const struct object *object);

/* TRUE if perch can create OBJECT by a request, as far as is known now. */
gboolean object_is_creatable(const struct object *object);

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
void observation_candidate(struct observation *observation, const char *decision, const char *label,
                           gboolean needs_text);
void observation_difference(struct observation *observation, const char *field, const char *wanted, const char *found,
                            gboolean fixed);

/* TRUE if there is a difference that nothing can mend. */
gboolean observation_is_fixed(const struct observation *observation);

#endif
