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

char *consent_address_application(const GArray *text)
{
    char *found = NULL;
    for (int at = source_find(text, 0, KEY); at >= 0; at = source_find(text, at + 1, KEY)) {
        g_autofree char *guid = guid_at(text, at + (int)strlen(KEY));
        if (guid == NULL)
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
