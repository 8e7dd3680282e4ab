/* SPDX-License-Identifier: MIT */
#include "engine/sealing.h"

#include <string.h>

#include "base/error.h"
#include "secrets/seal_key.h"

#define CLIENT "perch"
#define ACCOUNT "evidence"

struct seal *seal_text(struct worker *worker, const char *text)
{
    g_autofree char *kind = token_store_kind(&worker->operator.tokens, "seal-key");
    const struct keyring_key place = {.tenant_id = sign_in_account(worker->operator.sign_in)->tenant_id,
                                      .client_id = CLIENT,
                                      .account = ACCOUNT,
                                      .kind = kind};
    g_autoptr(GError) error = NULL;
    g_autoptr(Secret) seed = keyring_load(worker->operator.keyring, &place, &error);
    if (seed == NULL && error == NULL) {
        seed = seal_key_new();
        keyring_save(worker->operator.keyring, &place, seed, &error);
    }
    g_autofree char *key = NULL;
    g_autofree char *signature = NULL;
    if (error != NULL) {
        g_autofree char *reason = error_headline(error);
        return seal_new("", "", reason);
    }
    if (!seal_key_sign(seed, text, strlen(text), &key, &signature))
        return seal_new("", "", "What the keyring keeps as its key is none.");
    return seal_new(key, signature, "");
}
