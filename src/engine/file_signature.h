/* SPDX-License-Identifier: MIT */
/*
 * Whose a file is that decides what perch does: a signature made by "ssh-keygen -Y sign -n perch", beside the file as
 * FILE.sig, by one of those whom a file of allowed signers names (ssh-keygen(1)). Runs ssh-keygen; any thread that may.
 */
#ifndef PERCH_ENGINE_FILE_SIGNATURE_H
#define PERCH_ENGINE_FILE_SIGNATURE_H

#include <glib.h>

/* TRUE and *SIGNER, as ALLOWED calls them, if what FILE held when its SHA256 was taken (NULL: what it holds now) is
 * signed; *SIGNED_SHA256 (may be NULL) is of what is. PERCH_ERROR_INPUT if it is not, if the file is another by now, or
 * if ALLOWED is one that others may change. WHAT names FILE in the error: "The answers file". Caller frees SIGNER and
 * SIGNED_SHA256. */
gboolean file_signature_check(const char *file, const char *what, const char *sha256, const char *allowed,
                              char **signer, char **signed_sha256, GError **error);

#endif
