/*
 * What stands as {secret.NAME} in a request: made here, kept in the keyring, put in at the moment of sending, and shown
 * once to a person. Plans, journal and log only ever see the placeholder. Worker thread.
 */
#ifndef PERCH_ENGINE_SECRET_VALUES_H
#define PERCH_ENGINE_SECRET_VALUES_H

#include "engine/worker.h"

/* FALSE if REQUEST, which is about OBJECT, needs a secret that could neither be kept nor shown; the reason is among the
 * worker's failures then. */
gboolean secret_values_prepare(struct worker *worker, const struct object *object, const struct request *request);

/* A copy of REQUEST with its secrets, to be given to secret_values_wipe(); NULL if it has none. */
struct request *secret_values_fill(struct worker *worker, const struct object *object, const struct request *request);

/* Overwrite and free. NULL is fine. */
void secret_values_wipe(struct request *request);

/* Show the secrets of REQUEST, which was sent, to the person, if there is one. */
void secret_values_show(struct worker *worker, const struct object *object, const struct request *request);

#endif
