/* SPDX-License-Identifier: MIT */
#include "secrets/password.h"

#include <string.h>

#include "secrets/late_sodium.h"

#define LENGTH 24

static const char *const classes[] = {"abcdefghijkmnpqrstuvwxyz", "ABCDEFGHJKLMNPQRSTUVWXYZ", "23456789", "-_.+=!",
                                      NULL};

struct secret *password_new(void)
{
    char text[LENGTH];
    g_autofree char *any = g_strjoinv("", (char **)classes);
    /* One of each class, the rest of any. */
    for (gsize i = 0; i < LENGTH; i++) {
        const char *letters = i + 1 < G_N_ELEMENTS(classes) ? classes[i] : any;
        text[i] = letters[randombytes_uniform((uint32_t)strlen(letters))];
    }
    for (uint32_t i = LENGTH - 1; i > 0; i--) {
        uint32_t other = randombytes_uniform(i + 1);
        char kept = text[i];
        text[i] = text[other];
        text[other] = kept;
    }
    struct secret *secret = secret_new(text, LENGTH);
    sodium_memzero(text, sizeof text);
    return secret;
}
