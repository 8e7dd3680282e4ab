/* SPDX-License-Identifier: MIT */
#include "secrets/secret.h"

#include "secrets/late_sodium.h"

#include <string.h>

struct secret {
    gsize length;
    char *text;
};

struct secret *secret_new(const char *text, gssize length)
{
    if (sodium_init() < 0)
        g_error("libsodium cannot start on this system");
    struct secret *secret = g_new0(struct secret, 1);
    secret->length = length < 0 ? strlen(text) : (gsize)length;
    secret->text = sodium_malloc(secret->length + 1);
    if (secret->text == NULL)
        g_error("no guarded memory for %" G_GSIZE_FORMAT " bytes", secret->length + 1);
    memcpy(secret->text, text, secret->length);
    secret->text[secret->length] = '\0';
    sodium_mprotect_readonly(secret->text);
    return secret;
}

struct secret *secret_copy(const struct secret *secret)
{
    return secret == NULL ? NULL : secret_new(secret->text, (gssize)secret->length);
}

void secret_free(struct secret *secret)
{
    if (secret == NULL)
        return;
    sodium_free(secret->text);
    g_free(secret);
}

const char *secret_text(const struct secret *secret)
{
    return secret->text;
}

gsize secret_length(const struct secret *secret)
{
    return secret->length;
}

gboolean secret_equal(const struct secret *a, const struct secret *b)
{
    return a->length == b->length && sodium_memcmp(a->text, b->text, a->length) == 0;
}
