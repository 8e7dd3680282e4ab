/* SPDX-License-Identifier: MIT */
#include "board/acting.h"

#include <glib.h>

#include "base/assets.h"
#include "base/json.h"

char *acting_words(const char *names)
{
    g_autoptr(json) permissions = asset_json("permissions.json");
    g_auto(GStrv) each = g_strsplit(names, ", ", -1);
    for (char **name = each; *name != NULL; name++) {
        const char *known = json_get_string(permissions, *name);
        if (known == NULL)
            continue;
        g_free(*name);
        *name = g_strdup(known);
    }
    return g_strjoinv(", ", each);
}
