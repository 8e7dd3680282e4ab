/* SPDX-License-Identifier: MIT */
#include "secrets/session_key.h"

#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/limits.h"
#include "secrets/late_keyutils.h"

#define KEY_TYPE "user"

/* A login gets a keyring of its own from pam_keyinit(8); without, the kernel lends that of all the user's processes,
 * which no log-out ends. */
static key_serial_t own_keyring(GError **error)
{
    key_serial_t keyring = keyctl_get_keyring_ID(KEY_SPEC_SESSION_KEYRING, 0);
    key_serial_t shared = keyctl_get_keyring_ID(KEY_SPEC_USER_SESSION_KEYRING, 0);
    if (keyring >= 0 && keyring != shared)
        return keyring;
    g_set_error_literal(error, PERCH_ERROR, PERCH_ERROR_STATE,
                        keyring < 0 ? "The kernel keeps no keys here.\nSign in without --for-session."
                                    : "This session has no keyring of its own, so nothing kept there would end with "
                                      "it.\nStart a shell with one, keyctl session - bash, and sign in there.");
    return -1;
}

static key_serial_t find(const char *name)
{
    key_serial_t keyring = own_keyring(NULL);
    long key = keyring >= 0 ? keyctl_search(keyring, KEY_TYPE, name, 0) : -1;
    return (key_serial_t)key;
}

gboolean session_key_is_possible(GError **error)
{
    return own_keyring(error) >= 0;
}

gboolean session_key_save(const char *name, const struct secret *secret, GError **error)
{
    key_serial_t keyring = own_keyring(error);
    if (keyring < 0)
        return FALSE;
    key_serial_t key = add_key(KEY_TYPE, name, secret_text(secret), secret_length(secret), keyring);
    if (key >= 0 && keyctl_setperm(key, KEY_POS_ALL) == 0 && keyctl_set_timeout(key, LIMIT_SESSION_KEY) == 0)
        return TRUE;
    session_key_forget(name);
    g_set_error_literal(error, PERCH_ERROR, PERCH_ERROR_STATE,
                        "The kernel's keyring of this session did not take the sign-in.\nSign in without "
                        "--for-session; keyctl show says what it holds.");
    return FALSE;
}

struct secret *session_key_load(const char *name)
{
    key_serial_t key = find(name);
    void *bytes = NULL;
    int length = key >= 0 ? keyctl_read_alloc(key, &bytes) : -1;
    if (length < 0)
        return NULL;
    struct secret *secret = secret_new(bytes, length);
    explicit_bzero(bytes, (gsize)length);
    free(bytes);
    return secret;
}

GPtrArray *session_key_names(const char *prefix)
{
    GPtrArray *names = g_ptr_array_new_with_free_func(g_free);
    void *keys = NULL;
    key_serial_t keyring = own_keyring(NULL);
    int length = keyring >= 0 ? keyctl_read_alloc(keyring, &keys) : 0;
    for (gsize i = 0; length > 0 && i < (gsize)length / sizeof(key_serial_t); i++) {
        char *text = NULL;
        if (keyctl_describe_alloc(((const key_serial_t *)keys)[i], &text) < 0)
            continue;
        /* "user;0;0;3f010000;NAME": type, owner, group, rights, and the name, which may hold a semicolon itself. */
        g_auto(GStrv) parts = g_strsplit(text, ";", 5);
        free(text);
        if (g_strv_length(parts) == 5 && g_str_has_prefix(parts[4], prefix))
            g_ptr_array_add(names, g_strdup(parts[4]));
    }
    free(keys);
    return names;
}

void session_key_forget(const char *name)
{
    key_serial_t key = find(name);
    if (key < 0)
        return;
    keyctl_revoke(key);
    keyctl_unlink(key, own_keyring(NULL));
}
