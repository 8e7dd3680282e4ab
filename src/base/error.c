/* SPDX-License-Identifier: MIT */
#include "base/error.h"

#include <string.h>

G_DEFINE_QUARK(perch_error, perch_error)

const char *perch_error_word(int code)
{
    static const char *const words[] = {
        [PERCH_ERROR_USAGE] = "usage",         [PERCH_ERROR_INPUT] = "input",
        [PERCH_ERROR_STATE] = "state",         [PERCH_ERROR_LOCKED] = "locked",
        [PERCH_ERROR_NETWORK] = "network",     [PERCH_ERROR_PROTOCOL] = "protocol",
        [PERCH_ERROR_SIGN_IN] = "sign-in",     [PERCH_ERROR_TENANT] = "tenant",
        [PERCH_ERROR_REFUSED] = "refused",     [PERCH_ERROR_IN_DOUBT] = "in-doubt",
        [PERCH_ERROR_PERSON] = "needs-person", [PERCH_ERROR_CANCELLED] = "cancelled",
        [PERCH_ERROR_INTERNAL] = "internal",
    };
    return code >= 0 && code < (int)G_N_ELEMENTS(words) ? words[code] : "internal";
}

int perch_error_exit_code(const GError *error)
{
    if (error == NULL)
        return EXIT_DONE;
    if (error->domain != PERCH_ERROR)
        return EXIT_FAILED;
    switch (error->code) {
    case PERCH_ERROR_USAGE:
    case PERCH_ERROR_INPUT:
    case PERCH_ERROR_TENANT:
        return EXIT_BAD_INPUT;
    case PERCH_ERROR_SIGN_IN:
    case PERCH_ERROR_PERSON:
        return EXIT_PERSON;
    case PERCH_ERROR_IN_DOUBT:
        return EXIT_IN_DOUBT;
    default:
        return EXIT_FAILED;
    }
}

char *error_headline(const GError *error)
{
    return g_strndup(error->message, strcspn(error->message, "\n"));
}

const char *error_hint(const GError *error)
{
    const char *line_end = strchr(error->message, '\n');
    return line_end != NULL ? line_end + 1 : "";
}

char *error_reason(const GError *error)
{
    g_autofree char *headline = error != NULL ? error_headline(error) : g_strdup("");
    gsize length = strlen(headline);
    while (length > 0 && headline[length - 1] == '.')
        headline[--length] = '\0';
    return g_strconcat(length > 0 ? ": " : "", headline, NULL);
}
