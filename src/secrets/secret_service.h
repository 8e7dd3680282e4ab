/* SPDX-License-Identifier: MIT */
/*
 * The calls to the Secret Service: the one module that includes libsecret. Each opens a session, works on items that
 * are unlocked, and closes it. They may block for ever, whatever is done to them: keyring threads only, never a thread
 * that somebody waits for without a deadline.
 */
#ifndef PERCH_SECRETS_SECRET_SERVICE_H
#define PERCH_SECRETS_SECRET_SERVICE_H

#include "secrets/keyring.h"

/* The attributes of KEY; a field that is NULL is left out. Caller unrefs. */
GHashTable *service_attributes(const struct keyring_key *key);

/* What is stored under ATTRIBUTES, in *LOADED (NULL: nothing; caller frees). Here and below: KEYRING_READY if it
 * worked, otherwise the reason, with ERROR set where the service gave one. */
enum keyring_state service_load(GHashTable *attributes, struct secret **loaded, GError **error);

/* *TENANT stays NULL unless all that is found is of one tenant. */
enum keyring_state service_only_tenant(GHashTable *attributes, struct secret **tenant, GError **error);

/* LABEL NULL: the usual one. */
enum keyring_state service_save(GHashTable *attributes, const char *label, const struct secret *value, GError **error);

/* Remove every item that has ATTRIBUTES, and look whether they are gone. */
enum keyring_state service_forget(GHashTable *attributes, GError **error);

/* Have the default collection unlocked: the service asks the person. */
enum keyring_state service_unlock(GError **error);

#endif
