/* SPDX-License-Identifier: MIT */
/*
 * What perch believes of an object, from what its journal says, what was read, and when. Pure: one table, which
 * check, apply and undo share, so that no two of them can come to different ends.
 *
 * A reading that does not show what was made proves nothing for a while: directories are served by replicas that lag.
 * So a belief is changed only by several readings in a row, spread over the time that an object of the kind may take to
 * be listed. The row counts from its own first reading and within one session, so that a clock that was set back or
 * forth between two runs does not cut that short. What a row alone would take too long for (kinds that are listed after
 * half an hour) counts from the request besides.
 */
#ifndef PERCH_ENGINE_BELIEF_H
#define PERCH_ENGINE_BELIEF_H

#include "base/clock.h"
#include "engine/situation.h"

/* So many readings in a row at least are believed. */
#define BELIEF_READINGS 3

/* Two clocks differ: the service's stamp and the one that dates the journal, which answers keep right to CLOCK_SLACK.
 */
#define BELIEF_STAMP_SLACK (3 * CLOCK_SLACK)

/* Seconds that such a row has to last: replicas are behind by less. */
#define BELIEF_ROW_SECONDS 180
#define BELIEF_LOOK_SECONDS (BELIEF_ROW_SECONDS / BELIEF_READINGS) /* from one to the next */

/* Seconds that what was made may be unreadable before a person is asked: replication of twenty minutes and more is
 * reported. */
#define BELIEF_LONGEST_WAIT 3600

/* Seconds after which a request that got no answer is at work no more: what is dated later is somebody else's. A
 * request lasts BELIEF_REQUEST_SECONDS at most, by this machine's clock, and a service may have it lie for a while. */
#define BELIEF_LATEST 300
#define BELIEF_REQUEST_SECONDS 60

/* Seconds before its request by which what an answer names is older than any clock that is wrong. */
#define BELIEF_EARLIER ((gint64)3600)

/* Seconds after which Microsoft drops a request that nobody approved. */
#define BELIEF_LONGEST_APPROVAL (24 * G_GINT64_CONSTANT(3600))

enum belief_kind {
    BELIEF_AS_READ,     /* the journal adds nothing to what was read */
    BELIEF_IN_DOUBT,    /* a write got no answer, and it is too early to tell what came of it */
    BELIEF_NOT_DONE,    /* that write was not carried out */
    BELIEF_DONE,        /* a repair or removal without an answer came true */
    BELIEF_OURS,        /* perch made it: its answer was lost, or what was gone is back */
    BELIEF_WAITING,     /* perch made it, and it cannot be read yet */
    BELIEF_NEVER_SEEN,  /* and it could not be read for an hour: a person has to say what now */
    BELIEF_NOT_SEEN,    /* it was there before and is not shown; it is read again before that means anything */
    BELIEF_GONE,        /* somebody removed it: a person has to say what now */
    BELIEF_ONE_OF_MANY, /* it is there, and another of its name that nobody decided on */
    BELIEF_ENDED,       /* it was had for a while, and that is over, or it was declined */
    BELIEF_NOT_OURS,    /* the answer to its creation names somebody else's */
    BELIEF_LINGERS,     /* perch removed it a moment ago, and this reading shows it still */
    BELIEF_FAILED,      /* the service took perch's request for it, and nothing came of it */
    BELIEF_MOVED,       /* it is there, and somebody made it belong to something else */
    BELIEF_KINDS
};

struct belief {
    enum belief_kind kind;
    gint64 until; /* step time from which more can be told; 0: time alone changes nothing */
};

/* What reading shows. */
struct sighting {
    enum object_state state;     /* as compared with what is wanted, before anything is believed */
    const char *id;              /* of what was found, "" if none */
    gint64 made;                 /* when the service says that it was made, step time; 0: it does not say */
    guint others;                /* of the same name, that nobody decided on */
    gboolean is_elsewhere;       /* it is there by its id, and belongs to something else */
    gboolean may_be_another;     /* which one is wanted follows from an answer, which may be another now */
    gboolean needs_are_newer;    /* what it belongs to was gone, or first read, after the last request for it */
    gboolean joins_others;       /* its id follows from what it joins, and perch made none of that */
    gboolean has_another_name;   /* than the last creation asked for */
    gboolean is_not_as_asked;    /* it differs from what the last creation asked for */
    gboolean finds_who_is_there; /* a creation of one that is there is answered with that one */
    gboolean id_is_reused;       /* what somebody makes anew bears the same id */
    gboolean is_for_a_while;     /* it ends without anybody's doing */
    gboolean pends;              /* of such: it was asked for, and somebody else has yet to say yes */
    gboolean was_declined;       /* what was asked for was declined or failed, as of MADE */
    gboolean is_put_back;        /* nothing is left of what repairs changed, and undo gives back */
    gboolean target_is_gone;     /* of a door: who was to be taken away by the last repair is not listed */
    int latest;                  /* seconds after a request within which what came of it is dated */
    struct reading_row row;
};

/* WINDOW: seconds within which a new object of the kind is listed. */
struct belief belief(const struct object_entry *entry, const struct sighting *sighting, gint64 window, gint64 now);

/* TRUE if what is read with ID is what perch removed, and not another that bears the id that ID_IS_REUSED allows: that
 * one was read as not there since. */
gboolean belief_is_what_was_removed(const struct object_entry *entry, const char *id, gboolean id_is_reused);

/* What a creation of OBJECT asks for, hashed; NULL where that does not tell which one is wanted, or a value that it
 * needs is not known. Caller frees. */
char *belief_wanted_as(const struct onboarding *onboarding, const struct object *object);

/* TRUE if who was to be taken away from the door OBJECT by its last repair is not listed any more. */
gboolean belief_target_is_gone(const struct situation *situation, const struct object *object);

/* TRUE if a creation of OBJECT was turned away, or got no answer, and nothing was found of it or something that was
 * taken for it; and what is there now, under the name that was asked for, is dated by Microsoft between that request
 * and when that was noted (or, of what bears no date, was not there right before and soon after): something on the way
 * may have sent it twice, or somebody changed it since, or the one that was found was another's. Nothing tells it from
 * what somebody else made at that moment, so that a person has to say whose it is, whatever was taken over since. So it
 * is with what joins others' things, bears no date and got no answer. */
gboolean belief_may_be_own(const struct situation *situation, const struct object *object);

/* When that creation was sent, step time; 0 where there is none such. */
gint64 belief_asked_at(const struct situation *situation, const struct object *object);

/* What is believed of OBJECT in SITUATION. */
struct belief belief_of(const struct situation *situation, const struct object *object);

#endif
