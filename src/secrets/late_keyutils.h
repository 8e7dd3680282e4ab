/* SPDX-License-Identifier: MIT */
/*
 * libkeyutils, loaded when the first of its functions is called, see base/late.h: what is used of it has to stand here.
 */
#ifndef PERCH_SECRETS_LATE_KEYUTILS_H
#define PERCH_SECRETS_LATE_KEYUTILS_H

#include <keyutils.h>

#include "base/late.h"

#define LATE_KEYUTILS(EACH)                                                                                            \
    EACH(add_key)                                                                                                      \
    EACH(keyctl_describe_alloc)                                                                                        \
    EACH(keyctl_get_keyring_ID)                                                                                        \
    EACH(keyctl_read_alloc)                                                                                            \
    EACH(keyctl_revoke)                                                                                                \
    EACH(keyctl_search)                                                                                                \
    EACH(keyctl_set_timeout)                                                                                           \
    EACH(keyctl_setperm)                                                                                               \
    EACH(keyctl_unlink)

struct late_keyutils {
    LATE_KEYUTILS(LATE_MEMBER)
};

/* Its functions. Ends the program where the library is missing. Any thread. */
const struct late_keyutils *late_keyutils(void);

#define add_key late_keyutils()->add_key
#define keyctl_describe_alloc late_keyutils()->keyctl_describe_alloc
#define keyctl_get_keyring_ID late_keyutils()->keyctl_get_keyring_ID
#define keyctl_read_alloc late_keyutils()->keyctl_read_alloc
#define keyctl_revoke late_keyutils()->keyctl_revoke
#define keyctl_search late_keyutils()->keyctl_search
#define keyctl_set_timeout late_keyutils()->keyctl_set_timeout
#define keyctl_setperm late_keyutils()->keyctl_setperm
#define keyctl_unlink late_keyutils()->keyctl_unlink

#endif
