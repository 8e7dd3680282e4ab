/* SPDX-License-Identifier: MIT */
#include "engine/file_signature.h"

#include <errno.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/error.h"
#include "base/trusted_file.h"

#define PURPOSE "perch" /* a signature for anything else counts for nothing here */
#define LARGEST ((gsize)16 * 1024 * 1024)
#define LARGEST_SIGNATURE ((gsize)64 * 1024)

/* A file of its own that holds TEXT, to be read from its beginning; -1 if there can be none. Not a pipe: ssh-keygen may
 * end before it has read all, and what it says is read at its end. Caller closes. */
static int file_of(const char *text, gsize length)
{
    int file = memfd_create(PURPOSE, MFD_CLOEXEC);
    gsize written = 0;
    ssize_t part = 0;
    while (file >= 0 && written < length && (part = write(file, text + written, length - written)) > 0)
        written += (gsize)part;
    if (file >= 0 && (written < length || lseek(file, 0, SEEK_SET) != 0)) {
        close(file);
        return -1;
    }
    return file;
}

/* What ssh-keygen with ARGUMENTS says to the file INPUT (-1: there is nothing to read); NULL if it does not agree, or
 * is not there. Caller frees. */
static char *ask_ssh_keygen(const char *const *arguments, int input)
{
    const GSpawnFlags flags =
        G_SPAWN_SEARCH_PATH | G_SPAWN_DO_NOT_REAP_CHILD | G_SPAWN_STDERR_TO_DEV_NULL | G_SPAWN_CLOEXEC_PIPES;
    GPid process = 0;
    int output = -1;
    int status = -1;
    if (!g_spawn_async_with_pipes_and_fds(NULL, arguments, NULL, flags, NULL, NULL, input, -1, -1, NULL, NULL, 0,
                                          &process, NULL, &output, NULL, NULL))
        return NULL;
    g_autoptr(GString) said = g_string_new(NULL);
    char some[512];
    ssize_t count;
    while ((count = read(output, some, sizeof some)) > 0 || (count < 0 && errno == EINTR))
        g_string_append_len(said, some, MAX(count, 0));
    close(output);
    while (waitpid(process, &status, 0) < 0 && errno == EINTR)
        continue;
    return g_spawn_check_wait_status(status, NULL) ? g_string_free(g_steal_pointer(&said), FALSE) : NULL;
}

/* The first of those whom ALLOWED calls the owner of the key of SIGNATURE; NULL if there is none. Caller frees. */
static char *find_signer(const char *signature, const char *allowed)
{
    const char *const arguments[] = {"ssh-keygen", "-Y", "find-principals", "-s", signature, "-f", allowed, NULL};
    char *found = ask_ssh_keygen(arguments, -1);
    if (found != NULL)
        g_strstrip(g_strdelimit(found, "\n", '\0'));
    return found;
}

gboolean file_signature_check(const char *file, const char *what, const char *sha256, const char *allowed,
                              char **signer, char **signed_sha256, GError **error)
{
    gsize length = 0;
    g_autofree char *list = trusted_file_read(allowed, "The file of allowed signers", LARGEST, &length, error);
    g_autofree char *text = list != NULL ? trusted_file_read(file, what, LARGEST, &length, error) : NULL;
    if (text == NULL)
        return FALSE;
    g_autofree char *sum = g_compute_checksum_for_data(G_CHECKSUM_SHA256, (const guchar *)text, length);
    gboolean is_as_read = sha256 == NULL || strcmp(sum, sha256) == 0;
    g_autofree char *signature = g_strconcat(file, ".sig", NULL);
    gboolean is_there = g_file_test(signature, G_FILE_TEST_EXISTS);
    gsize signature_length = 0;
    /* ssh-keygen would wait for a named pipe, and read a device without an end. */
    g_autofree char *signed_as =
        is_there ? trusted_file_read(signature, "The signature", LARGEST_SIGNATURE, &signature_length, error) : NULL;
    if (is_there && signed_as == NULL)
        return FALSE;
    g_autofree char *found = is_there && is_as_read ? find_signer(signature, allowed) : NULL;
    const char *const arguments[] = {"ssh-keygen", "-Y", "verify", "-n", PURPOSE,   "-I",
                                     found,        "-f", allowed,  "-s", signature, NULL};
    int bytes = found != NULL && found[0] != '\0' ? file_of(text, length) : -1;
    g_autofree char *agreed = bytes >= 0 ? ask_ssh_keygen(arguments, bytes) : NULL;
    if (bytes >= 0)
        close(bytes);
    if (agreed != NULL) {
        *signer = g_steal_pointer(&found);
        if (signed_sha256 != NULL)
            *signed_sha256 = g_steal_pointer(&sum);
        return TRUE;
    }
    g_set_error(error, PERCH_ERROR, PERCH_ERROR_INPUT,
                "%s %s is not signed by anybody whom %s allows: %s.\n"
                "Whoever it is from signs it with ssh-keygen -Y sign -n " PURPOSE " -f KEY FILE.",
                what, file, allowed,
                !is_as_read ? "it was changed while it was read"
                : !is_there ? "there is no signature beside it"
                            : "ssh-keygen does not agree");
    return FALSE;
}
