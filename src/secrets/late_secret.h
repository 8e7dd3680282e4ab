/* SPDX-License-Identifier: MIT */
/*
 * libsecret, loaded when the first of its functions is called, see base/late.h: what is used of it has to stand here.
 */
#ifndef PERCH_SECRETS_LATE_SECRET_H
#define PERCH_SECRETS_LATE_SECRET_H

#include "secrets/late_gio.h"

#include <libsecret/secret.h>

#define LATE_SECRET(EACH)                                                                                              \
    EACH(secret_collection_for_alias_sync)                                                                             \
    EACH(secret_error_get_quark)                                                                                       \
    EACH(secret_item_get_attributes)                                                                                   \
    EACH(secret_item_get_locked)                                                                                       \
    EACH(secret_item_get_secret)                                                                                       \
    EACH(secret_item_set_secret_sync)                                                                                  \
    EACH(secret_service_clear_sync)                                                                                    \
    EACH(secret_service_get_type)                                                                                      \
    EACH(secret_service_open_sync)                                                                                     \
    EACH(secret_service_search_sync)                                                                                   \
    EACH(secret_service_store_sync)                                                                                    \
    EACH(secret_service_unlock_sync)                                                                                   \
    EACH(secret_value_get)                                                                                             \
    EACH(secret_value_new)                                                                                             \
    EACH(secret_value_unref)

struct late_secret {
    LATE_SECRET(LATE_MEMBER)
};

/* Its functions. Ends the program where the library is missing. Any thread. */
const struct late_secret *late_secret(void);

#define secret_collection_for_alias_sync late_secret()->secret_collection_for_alias_sync
#define secret_error_get_quark late_secret()->secret_error_get_quark
#define secret_item_get_attributes late_secret()->secret_item_get_attributes
#define secret_item_get_locked late_secret()->secret_item_get_locked
#define secret_item_get_secret late_secret()->secret_item_get_secret
#define secret_item_set_secret_sync late_secret()->secret_item_set_secret_sync
#define secret_service_clear_sync late_secret()->secret_service_clear_sync
#define secret_service_get_type late_secret()->secret_service_get_type
#define secret_service_open_sync late_secret()->secret_service_open_sync
#define secret_service_search_sync late_secret()->secret_service_search_sync
#define secret_service_store_sync late_secret()->secret_service_store_sync
#define secret_service_unlock_sync late_secret()->secret_service_unlock_sync
#define secret_value_get late_secret()->secret_value_get
#define secret_value_new late_secret()->secret_value_new
#define secret_value_unref late_secret()->secret_value_unref

#endif
