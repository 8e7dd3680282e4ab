/* SPDX-License-Identifier: MIT */
/*
 * What stands as {secret.NAME} in a request: made here, kept in the keyring, put in at the moment of sending, and shown
 * once to a person. Plans, journal and log only ever see the placeholder. Worker thread.
 */
#ifndef PERCH_ENGINE_SECRET_VALUES_H
#define PERCH_ENGINE_SECRET_VALUES_H

#include <glib.h>

struct object;
struct request;
struct worker;

/* FALSE if REQUEST, which is about OBJECT, needs a secret that could neither be kept nor shown; the reason is among the
 * worker's failures then. */
gboolean secret_values_prepare(struct worker *worker, const struct object *object, const struct request *request);

/* A copy of REQUEST with its secrets, to be given to secret_values_wipe(); NULL if it has none. */
struct request *secret_values_fill(struct worker *worker, const struct object *object, const struct request *request);

/* Overwrite and free. NULL is fine. */
void secret_values_wipe(struct request *request);

/* Show once more what is kept of the secrets of all that perch made here. PERCH_ERROR_STATE if nothing is: nothing was
 * made, it was never kept, or it was changed since; then it is not kept any longer. */
gboolean secret_values_show_again(struct worker *worker, GError **error);

/* Take out of the keyring what was changed since, and so is worth nothing. Asks the directory only where one is kept.
 */
void secret_values_forget_changed(struct worker *worker);

/* OBJECT is gone: what is kept of its secrets goes too. */
void secret_values_forget(struct worker *worker, const struct object *object);

/* Show the secrets of REQUEST, which was sent, to the person, if there is one. */
void secret_values_show(struct worker *worker, const struct object *object, const struct request *request);

#endif
