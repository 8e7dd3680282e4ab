/* SPDX-License-Identifier: MIT */
#include "engine/file_signature.h"

#include <gio/gio.h>
#include <string.h>

#include "base/error.h"
#include "base/trusted_file.h"

#define PURPOSE "perch" /* a signature for anything else counts for nothing here */
#define LARGEST ((gsize)16 * 1024 * 1024)
#define LARGEST_SIGNATURE ((gsize)64 * 1024)

/* What ssh-keygen with ARGUMENTS says to BYTES (NULL: it reads none, and is given none, since it may end before they
 * are written); NULL if it does not agree, or is not there. Caller frees. */
static char *ask_ssh_keygen(const char *const *arguments, GBytes *bytes)
{
    const GSubprocessFlags flags = (bytes != NULL ? G_SUBPROCESS_FLAGS_STDIN_PIPE : G_SUBPROCESS_FLAGS_NONE) |
                                   G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_SILENCE;
    g_autoptr(GSubprocess) process = g_subprocess_newv(arguments, flags, NULL);
    g_autoptr(GBytes) said = NULL;
    if (process == NULL || !g_subprocess_communicate(process, bytes, NULL, &said, NULL, NULL) ||
        !g_subprocess_get_successful(process))
        return NULL;
    return g_strndup(g_bytes_get_data(said, NULL), g_bytes_get_size(said));
}

/* The first of those whom ALLOWED calls the owner of the key of SIGNATURE; NULL if there is none. Caller frees. */
static char *find_signer(const char *signature, const char *allowed)
{
    const char *const arguments[] = {"ssh-keygen", "-Y", "find-principals", "-s", signature, "-f", allowed, NULL};
    char *found = ask_ssh_keygen(arguments, NULL);
    if (found != NULL)
        g_strstrip(g_strdelimit(found, "\n", '\0'));
    return found;
}

gboolean file_signature_check(const char *file, const char *what, const char *sha256, const char *allowed,
                              char **signer, GError **error)
{
    gsize length = 0;
    g_autofree char *list = trusted_file_read(allowed, "The file of allowed signers", LARGEST, &length, error);
    g_autofree char *text = list != NULL ? trusted_file_read(file, what, LARGEST, &length, error) : NULL;
    if (text == NULL)
        return FALSE;
    g_autofree char *sum = g_compute_checksum_for_data(G_CHECKSUM_SHA256, (const guchar *)text, length);
    g_autofree char *signature = g_strconcat(file, ".sig", NULL);
    gboolean is_there = g_file_test(signature, G_FILE_TEST_EXISTS);
    gsize signature_length = 0;
    /* ssh-keygen would wait for a named pipe, and read a device without an end. */
    g_autofree char *signed_as =
        is_there ? trusted_file_read(signature, "The signature", LARGEST_SIGNATURE, &signature_length, error) : NULL;
    if (is_there && signed_as == NULL)
        return FALSE;
    g_autoptr(GBytes) bytes = g_bytes_new(text, length);
    g_autofree char *found = is_there && strcmp(sum, sha256) == 0 ? find_signer(signature, allowed) : NULL;
    const char *const arguments[] = {"ssh-keygen", "-Y", "verify", "-n", PURPOSE,   "-I",
                                     found,        "-f", allowed,  "-s", signature, NULL};
    g_autofree char *agreed = found != NULL && found[0] != '\0' ? ask_ssh_keygen(arguments, bytes) : NULL;
    if (agreed != NULL) {
        *signer = g_steal_pointer(&found);
        return TRUE;
    }
    g_set_error(error, PERCH_ERROR, PERCH_ERROR_INPUT,
                "%s %s is not signed by anybody whom %s allows: %s.\n"
                "Whoever it is from signs it with ssh-keygen -Y sign -n " PURPOSE " -f KEY FILE.",
                what, file, allowed,
                strcmp(sum, sha256) != 0 ? "it was changed while it was read"
                : !is_there              ? "there is no signature beside it"
                                         : "ssh-keygen does not agree");
    return FALSE;
}
