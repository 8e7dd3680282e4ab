/* SPDX-License-Identifier: MIT */
#include "ui/settings.h"

#include <string.h>

static void G_GNUC_PRINTF(2, 3) remark(struct settings *settings, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    g_ptr_array_add(settings->remarks, g_strdup_vprintf(format, arguments));
    va_end(arguments);
}

static void take_console(struct settings *settings, GKeyFile *file, const char *name)
{
    const struct {
        const char *name;
        gboolean *target;
        gboolean wanted; /* what the file says for the target to be set */
    } rows[] = {
        {"ascii", &settings->ascii, TRUE},      {"colours", &settings->no_color, FALSE},
        {"colors", &settings->no_color, FALSE}, {"mouse", &settings->no_mouse, FALSE},
        {"bell", &settings->no_bell, FALSE},
    };
    g_autoptr(GError) error = NULL;
    gboolean value = g_key_file_get_boolean(file, "console", name, &error);
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        if (strcmp(rows[i].name, name) != 0)
            continue;
        if (error != NULL)
            remark(settings, "[console] %s: true or false, nothing else. It was left out.", name);
        else
            *rows[i].target = value == rows[i].wanted;
        return;
    }
    remark(settings, "[console] %s: there is no such setting; there are ascii, colours, mouse and bell.", name);
}

static void take_session(struct settings *settings, GKeyFile *file, const char *name)
{
    g_autofree char *value = g_key_file_get_string(file, "session", name, NULL);
    if (strcmp(name, "client-id") == 0 && value != NULL && g_uuid_string_is_valid(value)) {
        g_free(settings->client_id);
        settings->client_id = g_steal_pointer(&value);
    } else if (strcmp(name, "client-id") == 0) {
        remark(settings, "[session] client-id: that is no GUID. It was left out.");
    } else if (strcmp(name, "partner") == 0 && value != NULL && *value != '\0') {
        g_free(settings->partner);
        settings->partner = g_steal_pointer(&value);
    } else {
        remark(settings, "[session] %s: there is no such setting; there are client-id and partner.", name);
    }
}

/* A key must stand for one thing in each place, whoever chose it. */
static gboolean key_is_free(const struct settings *settings, enum action_id own, const struct key_event *key)
{
    for (int i = 0; i < ACTION_COUNT; i++) {
        g_auto(GStrv) keys = g_strsplit(settings->keys[i] != NULL ? settings->keys[i] : actions[i].keys, " ", -1);
        for (char **other = keys; *other != NULL && i != (int)own; other++) {
            struct key_event named = key_named(*other);
            if ((actions[i].places & actions[own].places) != 0 && key_equal(&named, key))
                return FALSE;
        }
    }
    return TRUE;
}

static void take_keys(struct settings *settings, GKeyFile *file, const char *name)
{
    g_autofree char *value = g_key_file_get_string(file, "keys", name, NULL);
    g_auto(GStrv) keys = g_strsplit(value != NULL ? g_strstrip(value) : "", " ", -1);
    int id = 0;
    while (id < ACTION_COUNT && strcmp(actions[id].name, name) != 0)
        id++;
    if (id == ACTION_COUNT) {
        remark(settings, "[keys] %s: there is no such action. It was left out.", name);
        return;
    }
    for (char **key = keys; *key != NULL; key++) {
        struct key_event named = key_named(*key);
        if (named.kind == KEY_NONE || (named.kind == KEY_CHARACTER && g_unichar_isdigit(named.character))) {
            remark(settings, "[keys] %s: “%s” is no key that could be set. It was left out.", name, *key);
            return;
        }
        if (!key_is_free(settings, (enum action_id)id, &named)) {
            remark(settings, "[keys] %s: “%s” stands for something else there. It was left out.", name, *key);
            return;
        }
    }
    if (*keys != NULL)
        settings->keys[id] = g_intern_string(value);
}

struct settings *settings_load(const char *file)
{
    static const struct {
        const char *name;
        void (*take)(struct settings *settings, GKeyFile *file, const char *name);
    } groups[] = {{"console", take_console}, {"session", take_session}, {"keys", take_keys}};
    struct settings *settings = g_new0(struct settings, 1);
    g_autofree char *kept = g_build_filename(g_get_user_config_dir(), "perch", "config", NULL);
    g_autoptr(GKeyFile) entries = g_key_file_new();
    g_autoptr(GError) error = NULL;
    settings->remarks = g_ptr_array_new_with_free_func(g_free);
    if (!g_key_file_load_from_file(entries, file != NULL ? file : kept, G_KEY_FILE_NONE, &error)) {
        if (!g_error_matches(error, G_FILE_ERROR, G_FILE_ERROR_NOENT))
            remark(settings, "The settings in %s were not taken: %s", file != NULL ? file : kept, error->message);
        return settings;
    }
    g_auto(GStrv) names = g_key_file_get_groups(entries, NULL);
    for (char **name = names; *name != NULL; name++) {
        gsize group = 0;
        while (group < G_N_ELEMENTS(groups) && strcmp(groups[group].name, *name) != 0)
            group++;
        g_auto(GStrv) keys = g_key_file_get_keys(entries, *name, NULL, NULL);
        if (group == G_N_ELEMENTS(groups))
            remark(settings, "[%s]: there is no such group; there are console, session and keys.", *name);
        for (char **key = keys; group < G_N_ELEMENTS(groups) && key != NULL && *key != NULL; key++)
            groups[group].take(settings, entries, *key);
    }
    return settings;
}

void settings_free(struct settings *settings)
{
    if (settings == NULL)
        return;
    g_free(settings->client_id);
    g_free(settings->partner);
    g_ptr_array_unref(settings->remarks);
    g_free(settings);
}
