#include "onboarding/profile.h"

#include "base/assets.h"
#include "base/error.h"
#include "onboarding/profile_check.h"

#define BUILT_IN "partners/red-canary.json"

struct profile *profile_parse(const char *text, gssize length, const char *name, GError **error)
{
    g_autoptr(json) document = json_parse(text, length, error);
    if (document == NULL) {
        g_prefix_error(error, "%s: ", name);
        if (error != NULL && *error != NULL)
            (*error)->code = PERCH_ERROR_INPUT;
        return NULL;
    }
    if (!profile_check(document, error)) {
        g_prefix_error(error, "%s: ", name);
        return NULL;
    }
    struct profile *profile = g_new0(struct profile, 1);
    profile->id = json_get_string(document, "id");
    profile->name = json_get_string(document, "name");
    profile->steps = json_get(document, "steps");
    profile->text = g_steal_pointer(&document);
    return profile;
}

struct profile *profile_load(const char *file, GError **error)
{
    if (file == NULL) {
        g_autoptr(GBytes) bytes = asset_bytes(BUILT_IN, error);
        return bytes == NULL ? NULL
                             : profile_parse(g_bytes_get_data(bytes, NULL), (gssize)g_bytes_get_size(bytes),
                                             "the built-in partner profile", error);
    }
    g_autofree char *text = NULL;
    gsize length = 0;
    g_autoptr(GError) cause = NULL;
    if (!g_file_get_contents(file, &text, &length, &cause)) {
        g_set_error(error, PERCH_ERROR, PERCH_ERROR_INPUT, "The partner profile cannot be read: %s", cause->message);
        return NULL;
    }
    return profile_parse(text, (gssize)length, file, error);
}

void profile_free(struct profile *profile)
{
    if (profile == NULL)
        return;
    json_free(profile->text);
    g_free(profile);
}

gboolean profile_knows_cloud(const struct profile *profile, const char *name)
{
    json_for_each (cloud, json_get(profile->text, "clouds")) {
        if (g_strcmp0(json_string(cloud), name) == 0)
            return TRUE;
    }
    return FALSE;
}
