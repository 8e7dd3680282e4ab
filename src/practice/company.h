/* SPDX-License-Identifier: MIT */
/*
 * The made-up company: assets/practice/contoso.json, with the parts that a scenario names and the scenario itself laid
 * over it, and a few hundred people drawn from the seed.
 *
 * Laying over: objects merge member by member, arrays below "objects" are appended, anything else replaces. In the
 * texts of "objects" {user:UPN} stands for a user's id, {now} for the time, {tenant} for the tenant's id and any other
 * {label} for an id of its own.
 */
#ifndef PERCH_PRACTICE_COMPANY_H
#define PERCH_PRACTICE_COMPANY_H

#include "practice/practice.h"

/* SCENARIO is a name, or a path (with a slash) of a file of the same form. NULL and PERCH_ERROR_USAGE, naming what
 * there is, if there is no such one. Caller frees. */
json *company_load(const char *scenario, GError **error);

/* Fill the empty state from the company. */
void company_populate(struct practice *practice);

#endif
