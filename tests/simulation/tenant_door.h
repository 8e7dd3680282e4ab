/* SPDX-License-Identifier: MIT */
/*
 * The practice tenant inside the simulator: requests go in and answers come out without sockets, its clock is the
 * virtual one, and reads of the directory may be served by a replica that lags behind.
 *
 * What every write changed is noted with who sent it, so that at the end it is known whose each object is.
 */
#ifndef PERCH_TESTS_SIMULATION_TENANT_DOOR_H
#define PERCH_TESTS_SIMULATION_TENANT_DOOR_H

#include "base/json.h"

struct tenant_door;

/* The one that writes where no perch does. */
#define DOOR_HAND "hand"

/* That an object was removed; it may be restored, and removed again. */
struct door_removal {
    char *who;
    gint64 time; /* virtual */
};

/* An object that somebody made after the start, or that somebody else changed or removed. */
struct door_object {
    char *collection;
    char *id;
    char *name;         /* displayName as made; "" if it has none */
    char *maker;        /* state folder's name of the perch, or DOOR_HAND */
    gint64 made;        /* virtual time */
    char *removed_by;   /* who removed it last; NULL while it is there, also again */
    GArray *removals;   /* of struct door_removal, oldest first */
    gboolean untouched; /* nobody but its maker changed or removed it */
    char *stranger;     /* who did; NULL */
};

/* RECORD: file that the tenant's record is appended to, or NULL. Fails the program for an unknown SCENARIO. */
struct tenant_door *door_open(const char *scenario, const char *record);
void door_close(struct tenant_door *door);

const char *door_url(void);

/* Ask as WHO what a perch said on the wire. LAG: microseconds that the replica which serves a read is behind; 0: none.
 * Returns the wire's reply without "id". Caller frees. */
json *door_ask(struct tenant_door *door, const char *who, const json *request, gint64 lag);

/* TRUE for a request that changes the tenant (not sign-in). */
gboolean door_is_write(const json *request);

/* TRUE for a read of Graph or Defender. */
gboolean door_is_read(const json *request);

/* The newest object of a perch in COLLECTION; NULL: there is none. Borrowed. */
const struct door_object *door_newest(const struct tenant_door *door, const char *collection);

/* Change the tenant by hand: WHAT is "remove" (door_newest() of COLLECTION), "describe", "double" (make
 * another one of the name). FALSE if there is nothing to do it to, or the service refuses. */
gboolean door_by_hand(struct tenant_door *door, const char *what, const char *collection);

/* Set the tenant's clock forth or back. */
void door_jump(struct tenant_door *door, gint64 microseconds);

/* What a service's answer says the time is. Caller frees. */
char *door_time(const struct tenant_door *door);

/* End the tenant and start it again on what it stored. */
void door_restart(struct tenant_door *door);

/* Of struct door_object, oldest first. Borrowed. */
const GPtrArray *door_objects(const struct tenant_door *door);

/* The object as it is now; NULL if it is not there. Borrowed. */
const json *door_find(const struct tenant_door *door, const char *collection, const char *id);

/* How many objects of COLLECTION are called NAME now. */
int door_count(const struct tenant_door *door, const char *collection, const char *name);

#endif
