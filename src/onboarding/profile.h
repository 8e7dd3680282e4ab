/*
 * A partner profile: which steps there are, with their texts, names, links, waits, and the objects that each is about.
 * The format is described in the README; a profile that breaks it is refused with the JSON path of the fault.
 * Immutable.
 */
#ifndef PERCH_ONBOARDING_PROFILE_H
#define PERCH_ONBOARDING_PROFILE_H

#include <glib.h>

#include "base/json.h"

struct profile {
    json *text;     /* the whole document */
    const char *id; /* members of it */
    const char *name;
    const json *steps;
};
typedef struct profile Profile;

/* FILE NULL: the built-in profile. PERCH_ERROR_INPUT for one that cannot be used. Caller frees. */
struct profile *profile_load(const char *file, GError **error);

/* The same from TEXT; NAME is for error messages. Caller frees. */
struct profile *profile_parse(const char *text, gssize length, const char *name, GError **error);

void profile_free(struct profile *profile);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Profile, profile_free)

/* TRUE if the profile's identifiers are known to hold for the cloud NAME. */
gboolean profile_knows_cloud(const struct profile *profile, const char *name);

#endif
