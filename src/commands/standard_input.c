/* SPDX-License-Identifier: MIT */
#include "commands/standard_input.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/error.h"
#include "input/paste.h"

GByteArray *standard_input_read(const char *what, GError **error)
{
    g_autoptr(GByteArray) input = g_byte_array_new();
    guint8 buffer[4096];
    if (isatty(STDIN_FILENO))
        fprintf(stderr, "%s, then Ctrl-D:\n", what);
    for (;;) {
        ssize_t n = read(STDIN_FILENO, buffer, sizeof buffer);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0) {
            g_set_error(error, PERCH_ERROR, PERCH_ERROR_STATE, "Standard input cannot be read: %s.", g_strerror(errno));
            return NULL;
        }
        g_byte_array_append(input, buffer, (guint)n);
        explicit_bzero(buffer, sizeof buffer);
        if (n == 0 || input->len > PASTE_LIMIT)
            return g_steal_pointer(&input);
    }
}
