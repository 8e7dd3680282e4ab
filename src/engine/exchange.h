/*
 * Asking and writing, with a person at hand for the one thing that a request may need of them: signing in once more
 * because the service challenged the claims of the token. Worker thread.
 */
#ifndef PERCH_ENGINE_EXCHANGE_H
#define PERCH_ENGINE_EXCHANGE_H

#include "engine/worker.h"

/* Like client_read() and client_write(). What is refused with a claims challenge is sent once more after the person has
 * signed in with the claims; a STEP (any text) gets one such sign-in for each command, so that a service which is never
 * content does not ask for ever. */
GPtrArray *exchange_read(struct worker *worker, const char *step, GPtrArray *requests);
struct reply *exchange_write(struct worker *worker, const char *step, const struct request *request);

/* A log line about OBJECT that keeps the whole exchange: what was asked and what was answered. TEXT may have more
 * lines; they come first. REQUEST still has placeholders where its secrets go. */
void exchange_log(struct worker *worker, enum log_severity severity, const struct object *object, const char *text,
                  const struct request *request, const struct reply *reply);

#endif
