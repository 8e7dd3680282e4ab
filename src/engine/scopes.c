#include "engine/scopes.h"

#include <string.h>

#include "base/assets.h"

#define REASONS_ASSET "scopes.json"
#define NO_REASON "needed for something that has no explanation here"

/* "https://api.security.microsoft.com/.default" is known as ".default". */
static const char *reason_for(const json *reasons, const char *scope)
{
    const char *slash = strrchr(scope, '/');
    const char *reason = json_get_string(reasons, slash != NULL ? slash + 1 : scope);
    return reason != NULL ? reason : NO_REASON;
}

void scopes_add(GPtrArray *scopes, const char *text)
{
    g_auto(GStrv) names = g_strsplit(text != NULL ? text : "", " ", -1);
    for (char **name = names; *name != NULL; name++)
        if (**name != '\0' && !g_ptr_array_find_with_equal_func(scopes, *name, g_str_equal, NULL))
            g_ptr_array_add(scopes, g_strdup(*name));
}

char *scopes_explain(const char *scopes)
{
    g_autoptr(json) reasons = asset_json(REASONS_ASSET);
    g_auto(GStrv) names = g_strsplit(scopes, " ", -1);
    GString *lines = g_string_new(NULL);
    for (char **name = names; *name != NULL; name++)
        if (**name != '\0')
            g_string_append_printf(lines, "%s%s: %s", lines->len > 0 ? "\n" : "", *name, reason_for(reasons, *name));
    return g_string_free(lines, FALSE);
}

void scopes_note_withheld(const struct worker *worker, GPtrArray *notes)
{
    g_auto(GStrv) withheld = sign_in_withheld(worker->sign_in);
    if (withheld[0] == NULL)
        return;
    g_autoptr(json) reasons = asset_json(REASONS_ASSET);
    for (char **scope = withheld; *scope != NULL; scope++)
        g_ptr_array_add(notes,
                        g_strdup_printf("The sign-in did not grant %s, %s.", *scope, reason_for(reasons, *scope)));
    g_ptr_array_add(notes, g_strdup("Signing in again asks for it once more."));
}

void scopes_say_withheld(struct worker *worker)
{
    g_autoptr(GPtrArray) notes = g_ptr_array_new_with_free_func(g_free);
    scopes_note_withheld(worker, notes);
    for (guint i = 0; i < notes->len; i++)
        worker_log(worker, LOG_WARNING, "sign-in", "%s", (const char *)g_ptr_array_index(notes, i));
}
