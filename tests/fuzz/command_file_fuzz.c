/* SPDX-License-Identifier: MIT */
/* The files that perch verify, perch fleet and perch partner check are given: any bytes. The first one chooses the
 * command. */
#include <stdio.h>

#include "base/error.h"
#include "commands/commands.h"
#include "tests/fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static gboolean quiet;
    if (!quiet)
        quiet = freopen("/dev/null", "w", stdout) != NULL;
    if (size == 0)
        return 0;
    char *file = (char *)file_of(data + 1, size - 1);
    char *verify[] = {"verify", file, NULL};
    char *fleet[] = {"fleet", file, NULL};
    char *partner[] = {"partner", "check", file, NULL};
    const struct options options = {.arguments = data[0] % 3 == 0 ? verify : data[0] % 3 == 1 ? fleet : partner};
    int (*const commands[])(const struct options *, GError **) = {command_verify, command_fleet, command_partner};
    g_autoptr(GError) error = NULL;
    int exit_code = commands[data[0] % 3](&options, &error);
    must(exit_code == EXIT_DONE || exit_code == EXIT_FAILED || exit_code == EXIT_BAD_INPUT);
    if (error != NULL)
        must_be_said(error);
    return 0;
}
