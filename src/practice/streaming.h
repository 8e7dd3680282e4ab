/* SPDX-License-Identifier: MIT */
/*
 * Streaming exports (dataExportSettings): what the Defender API and the portal's form both check and do.
 */
#ifndef PERCH_PRACTICE_STREAMING_H
#define PERCH_PRACTICE_STREAMING_H

#include "practice/call.h"

/* What Microsoft says, misspelling and all, whichever of the causes it is: values, event types, account. */
#define STREAMING_REFUSAL "Failed to created Streaming API Settings Request Body is invalid or missing"

/* TRUE if USER holds one of the roles that may see and change streaming settings. */
gboolean streaming_is_administrator(const struct practice *practice, const json *user);

/* TRUE if USER may save an export to the partner's Event Hub: an administrator who accepted the invitation. */
gboolean streaming_may_write(const struct practice *practice, const json *user);

/* TRUE for the resource id of a namespace, and the name of an Event Hub that exists in it, or "" or NULL: Defender then
 * makes a hub for each table. */
gboolean streaming_is_hub(const struct practice *practice, const char *resource_id, const char *hub);

/* TRUE if a new export by that ID would be one too many. */
gboolean streaming_is_full(const struct practice *practice, const char *id);

/* All tables as "logs", those of the array ENABLED (of table names) enabled. Caller frees. */
json *streaming_logs(const struct practice *practice, const json *enabled);

/* Put EXPORT (taken) in place of the one with its id. Borrowed. */
json *streaming_put(struct practice *practice, json *export);

#endif
