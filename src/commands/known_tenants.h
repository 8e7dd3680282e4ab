/* SPDX-License-Identifier: MIT */
/*
 * What the state folders know of the tenants that perch worked on here, without asking any: each folder holds what its
 * last run came to (board/run_line.h). UI thread.
 */
#ifndef PERCH_COMMANDS_KNOWN_TENANTS_H
#define PERCH_COMMANDS_KNOWN_TENANTS_H

#include "base/json_type.h"
#include "commands/options.h"

/* The last run of each tenant, sorted by domain: an array of json objects, of which only tenant.id is sure to be there.
 * A folder that cannot be read has an "error". Caller unrefs. */
GPtrArray *known_tenants(const struct options *options);

/* The one tenant that --tenant names (id or domain), or the only one there is. NULL and PERCH_ERROR_USAGE if there are
 * none or several. Borrowed from TENANTS. */
const json *known_tenant(const GPtrArray *tenants, const struct options *options, GError **error);

/* Set aside what is kept here of the tenant ID: its folder is called forgotten-ID-TIME from then on, and nothing is
 * deleted. PERCH_ERROR_STATE if another perch works on it, or it cannot be. */
gboolean known_tenant_forget(const struct options *options, const char *id, GError **error);

#endif
