/* SPDX-License-Identifier: MIT */
#include "engine/scopes.h"

#include <string.h>

#include "base/assets.h"
#include "base/json.h"
#include "base/text.h"

#define REASONS_ASSET "scopes.json"
#define NO_REASON "needed for something that has no explanation here"

/* "https://api.security.microsoft.com/.default" is known as ".default". */
static const char *reason_for(const char *scope, gboolean undoes)
{
    const char *slash = strrchr(scope, '/');
    const json *row = json_get(asset_table(REASONS_ASSET), slash != NULL ? slash + 1 : scope);
    const char *reason = undoes ? json_get_string(row, "whyUndo") : NULL;
    reason = reason != NULL ? reason : json_get_string(row, "why");
    return reason != NULL ? reason : NO_REASON;
}

static gboolean covers(const char *wide, const char *scope)
{
    json_for_each (covered, json_get(json_get(asset_table(REASONS_ASSET), wide), "covers")) {
        if (g_ascii_strcasecmp(json_string(covered), scope) == 0)
            return TRUE;
    }
    return FALSE;
}

gboolean scopes_has(const struct sign_in *sign_in, const char *scope)
{
    if (sign_in_has_scope(sign_in, scope))
        return TRUE;
    json_for_each (wide, asset_table(REASONS_ASSET)) {
        if (covers(json_name(wide), scope) && sign_in_has_scope(sign_in, json_name(wide)))
            return TRUE;
    }
    return FALSE;
}

void scopes_drop_covered(GPtrArray *scopes, const char *const *withheld)
{
    for (guint i = scopes->len; i > 0; i--) {
        const char *scope = g_ptr_array_index(scopes, i - 1);
        gboolean covered = FALSE;
        for (guint k = 0; k < scopes->len && !covered; k++) {
            const char *wide = g_ptr_array_index(scopes, k);
            covered = covers(wide, scope) && !g_strv_contains(withheld, wide);
        }
        if (covered)
            g_free(g_ptr_array_remove_index(scopes, i - 1));
    }
}

void scopes_add(GPtrArray *scopes, const char *text)
{
    g_auto(GStrv) names = g_strsplit(text != NULL ? text : "", " ", -1);
    for (char **name = names; *name != NULL; name++)
        if (**name != '\0' && !g_ptr_array_find_with_equal_func(scopes, *name, g_str_equal, NULL))
            g_ptr_array_add(scopes, g_strdup(*name));
}

char *scopes_explain(const char *scopes, gboolean undoes)
{
    g_auto(GStrv) names = g_strsplit(scopes, " ", -1);
    GString *lines = g_string_new(NULL);
    for (char **name = names; *name != NULL; name++)
        if (**name != '\0')
            g_string_append_printf(lines, "%s%s: %s", lines->len > 0 ? "\n" : "", *name, reason_for(*name, undoes));
    return g_string_free(lines, FALSE);
}

char **scopes_excess(const struct sign_in *sign_in)
{
    g_auto(GStrv) unasked = sign_in_unasked(sign_in);
    g_autoptr(GStrvBuilder) excess = g_strv_builder_new();
    for (char **scope = unasked; *scope != NULL; scope++) {
        gboolean covered = FALSE;
        json_for_each (wide, asset_table(REASONS_ASSET)) {
            covered = covered || (covers(json_name(wide), *scope) && sign_in_asked_for(sign_in, json_name(wide)));
        }
        g_autofree char *safe = text_safe(*scope, -1);
        if (!covered && safe[0] != '\0')
            g_strv_builder_add(excess, safe);
    }
    return g_strv_builder_end(excess);
}

char *scopes_application(const char *client_id)
{
    g_autoptr(json) clouds = asset_json("clouds.json");
    json_for_each (cloud, clouds) {
        if (g_strcmp0(json_get_string(cloud, "graphClientId"), client_id) == 0)
            return g_strdup_printf("Microsoft Graph Command Line Tools (%s)", client_id);
        if (g_strcmp0(json_get_string(cloud, "defenderClientId"), client_id) == 0)
            return g_strdup_printf("Microsoft Azure PowerShell (%s)", client_id);
    }
    return g_strdup(client_id);
}

char **scopes_notes(const struct sign_in *sign_in)
{
    g_auto(GStrv) withheld = sign_in_withheld(sign_in);
    g_auto(GStrv) excess = scopes_excess(sign_in);
    g_autofree char *names = g_strjoinv(", ", excess);
    GPtrArray *sentences = g_ptr_array_new();
    for (char **scope = withheld; *scope != NULL; scope++)
        g_ptr_array_add(sentences,
                        g_strdup_printf("The sign-in did not grant %s, %s.", *scope, reason_for(*scope, FALSE)));
    if (sentences->len > 0)
        g_ptr_array_add(sentences, g_strdup("Signing in again asks for it once more."));
    if (names[0] != '\0')
        g_ptr_array_add(
            sentences,
            g_strdup_printf("The sign-in can do more than was asked for: %s. Microsoft adds what this "
                            "application was granted before; --no-excess refuses such a sign-in, and with an "
                            "application of your own (--client-id) it can do no more than it needs.",
                            names));
    g_ptr_array_add(sentences, NULL);
    return (char **)g_ptr_array_free(sentences, FALSE);
}
