/* SPDX-License-Identifier: MIT */
/*
 * What the parts of a simulation share: see world.h.
 */
#ifndef PERCH_TESTS_SIMULATION_WORLD_PRIVATE_H
#define PERCH_TESTS_SIMULATION_WORLD_PRIVATE_H

#include "simulation/world.h"

/* Of a creation that a perch may have been about to send when it died at one of its files. */
#define ANY_NAME "*"

struct world {
    const struct world_options *options;
    const json *schedule;
    struct counts *counts;
    struct tenant_door *door;
    GRand *rand;
    char *folder;
    char *answers; /* file */
    GPtrArray *broken;
    json *last[2];    /* what ann's and ben's last runs said; NULL if they were killed */
    json *checked[2]; /* their boards when everything had come to rest */
    json *in_doubt;   /* creations that came to nothing without an answer that says so:
                         [{"who", "name" or ANY_NAME, "at"}] */
    json *admitted;   /* what a run that is over said was taken for its perch's own without an answer:
                         [{"who", "id" or "collection", "at"}] */
    json *forgotten;  /* what an older state folder knows nothing of: [{"who", "from", "until"}] */
    gint64 rested;    /* when everything had come to rest */
    gint64 skew;      /* microseconds: how wrong everybody's clock is by now, but for the tenant's */
    gint64 kept[2];   /* when ann's and ben's folders were kept; 0: never */
    gboolean two;
    gboolean touched;  /* somebody changed something by hand */
    gboolean in_peace; /* no faults and no lag any more */
};

/* Note a broken promise and count it in COUNT. */
void world_broken(struct world *world, guint *count, const char *format, ...) G_GNUC_PRINTF(3, 4);

/* 0 for ann, 1 for ben. */
int world_place(const char *who);

/* What the last run of WHO said; NULL if it was killed. Borrowed. */
const json *world_last(const struct world *world, const char *who);

#endif
