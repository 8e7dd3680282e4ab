/*
 * Streaming exports (dataExportSettings): what the Defender API and the portal's form both check and do.
 */
#ifndef PERCH_PRACTICE_STREAMING_H
#define PERCH_PRACTICE_STREAMING_H

#include "practice/call.h"

/* NULL if USER may save an export to an Event Hub: an administrator who accepted the partner's invitation. Else why
 * not, static. */
const char *streaming_why_not(const struct practice *practice, const json *user);

/* TRUE for the resource id of an Event Hub namespace. */
gboolean streaming_is_namespace(const char *resource_id);

/* TRUE if a new export by that ID would be one too many. */
gboolean streaming_is_full(const struct practice *practice, const char *id);

/* All tables as "logs", those of the array ENABLED (of table names) enabled. Caller frees. */
json *streaming_logs(const struct practice *practice, const json *enabled);

/* Put EXPORT (taken) in place of the one with its id. Borrowed. */
json *streaming_put(struct practice *practice, json *export);

#endif
