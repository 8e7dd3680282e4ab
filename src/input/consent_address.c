/* SPDX-License-Identifier: MIT */
#include "input/consent_address.h"

#include <string.h>

#include "input/source_text.h"

#define KEY "client_id="
#define FORM "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx"

/* The GUID at FROM, if one stands there and ends there. Caller frees. */
static char *guid_at(const GArray *text, int from)
{
    static const char form[] = FORM;
    int length = (int)strlen(form);
    for (int i = 0; i < length; i++) {
        gunichar character = source_at(text, from + i);
        if (form[i] == '-' ? character != '-' : character > 0x7F || !g_ascii_isxdigit((char)character))
            return NULL;
    }
    if (is_word_character(source_at(text, from + length)))
        return NULL;
    g_autofree char *guid = source_utf8(text, from, from + length);
    return g_ascii_strdown(guid, -1);
}

/* The address that AT stands in is one of Microsoft's sign-in, in any of its clouds (assets/clouds.json), or of the
 * practice tenant on this machine, and asks for consent: any other page may have an id of any kind. */
static gboolean asks_for_consent(const GArray *text, int at)
{
    enum { ADDRESS_MAX = 600 };
    static const char *const hosts[] = {"https://login.microsoftonline.com/",
                                        "https://login.microsoftonline.us/",
                                        "https://login.partner.microsoftonline.cn/",
                                        "http://127.0.0.1:",
                                        "http://localhost:",
                                        NULL};
    int from = at;
    while (from > 0 && at - from < ADDRESS_MAX && !is_edge(source_at(text, from - 1)) &&
           !is_one_of(source_at(text, from - 1), "\"'<>()[]|`"))
        from--;
    int to = at;
    while (to - at < ADDRESS_MAX && source_at(text, to) != NO_CHARACTER && !is_edge(source_at(text, to)) &&
           !is_one_of(source_at(text, to), "\"'<>"))
        to++;
    gboolean is_microsofts = FALSE;
    for (int i = 0; hosts[i] != NULL; i++)
        is_microsofts |= source_has(text, from, hosts[i]);
    return is_microsofts && (source_has_between(text, from, at, "adminconsent") ||
                             source_has_between(text, from, to, "prompt=consent") ||
                             source_has_between(text, from, to, "prompt=admin_consent") ||
                             source_has_between(text, from, at, "/portal/consent"));
}

char *consent_address_application(const GArray *text)
{
    char *found = NULL;
    for (int at = source_find(text, 0, KEY); at >= 0; at = source_find(text, at + 1, KEY)) {
        g_autofree char *guid = guid_at(text, at + (int)strlen(KEY));
        if (guid == NULL || !asks_for_consent(text, at))
            continue;
        if (found != NULL && strcmp(found, guid) != 0) {
            g_free(found);
            return NULL;
        }
        g_free(found);
        found = g_steal_pointer(&guid);
    }
    return found;
}
