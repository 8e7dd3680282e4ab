/* SPDX-License-Identifier: MIT */
/*
 * What a table cannot say of a partner profile: that everything it refers to is there. Steps, objects, answers,
 * validators, kinds, the values behind placeholders and conditions. Pure.
 */
#ifndef PERCH_ONBOARDING_PROFILE_REFERENCES_H
#define PERCH_ONBOARDING_PROFILE_REFERENCES_H

#include "onboarding/profile.h"

/* Resolve the kinds of PROFILE's objects and learn the rules of its answers. FALSE and PERCH_ERROR_INPUT, naming the
 * JSON path, for the first thing that is named and not known, or named twice. */
gboolean profile_check_references(struct profile *profile, GError **error);

#endif
