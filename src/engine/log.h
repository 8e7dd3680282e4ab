/* SPDX-License-Identifier: MIT */
/*
 * The log and the audit trail: the one sink of everything the worker says.
 *
 * Each text goes through redaction and then through text_safe() before it becomes an event or a line of --log-file; a
 * line of audit.jsonl is redacted JSON, in which base/json.h escapes what is dangerous. Events are bounded: while the
 * front end is slow, lines are dropped and counted. Owned by the worker thread.
 */
#ifndef PERCH_ENGINE_LOG_H
#define PERCH_ENGINE_LOG_H

#include <glib.h>

#include "base/clock.h"
#include "board/event.h"
#include "engine/queue.h"
#include "secrets/redact.h"
#include "store/journal.h"

struct log;

/* FILE (may be NULL) is appended to, 0600. All borrowed. PERCH_ERROR_STATE if FILE cannot be opened. */
struct log *log_open(struct queue *events, struct redactor *redactor, const struct clock *clock, const char *file,
                     GError **error);
void log_close(struct log *log);

/* The front end shows no line below LEAST: where there is no file either, none is made, since to redact it takes longer
 * than the read that it tells of. */
void log_show_from(struct log *log, enum log_severity least);

/* From now on audit.jsonl in DIR is written too, each line with the one that JOURNAL (borrowed; may be NULL) ends with.
 * NULL: no longer. */
gboolean log_audit_to(struct log *log, const struct state_dir *dir, const struct journal *journal, GError **error);

/* How far the audit goes; borrowed until its next line. */
struct chain_end log_audit_end(const struct log *log);

/* One line. DETAIL and REQUEST_ID may be NULL. DURATION in wall microseconds. */
void log_write(struct log *log, enum log_severity severity, const char *subject, const char *text, const char *detail,
               const char *request_id, int status, gint64 duration);

/* How a command failed, in the words of its EVENT_DONE. */
void log_end(struct log *log, const GError *error);

/* The same for a wait that ends at the wall time UNTIL and that whoever watches has to see. */
void log_wait(struct log *log, const char *subject, const char *text, const char *detail, const char *request_id,
              int status, gint64 until);

/* One line of the audit trail: WHO did WHAT to OBJECT (its ID), with which OUTCOME and request id. */
void log_audit(struct log *log, const char *who, const char *what, const char *object, const char *id,
               const char *outcome, const char *request_id);

/* TEXT redacted and safe for a terminal. Caller frees. */
char *log_clean(struct log *log, const char *text);

#endif
