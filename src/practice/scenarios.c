/* SPDX-License-Identifier: MIT */
#include "practice/scenarios.h"

#include <stdlib.h>
#include <string.h>

#include "practice/practice.h"
#include "practice_assets.h"

#define FOLDER "/practice/scenarios"
#define NAME_COLUMNS 20

static int by_name(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* Files whose name begins with "part-" are for "includes" only. */
char **scenario_names(void)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    g_auto(GStrv) files =
        g_resource_enumerate_children(practice_assets_get_resource(), FOLDER, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
    for (char **file = files; file != NULL && *file != NULL; file++)
        if (!g_str_has_prefix(*file, "part-"))
            g_ptr_array_add(names, g_strndup(*file, strlen(*file) - strlen(".json")));
    g_ptr_array_sort(names, by_name);
    g_ptr_array_add(names, NULL);
    return (char **)g_ptr_array_steal(names, NULL);
}

char *scenario_list(void)
{
    GString *list = g_string_new(NULL);
    g_auto(GStrv) names = scenario_names();
    for (char **name = names; *name != NULL; name++) {
        g_autofree char *file = g_strdup_printf("scenarios/%s.json", *name);
        g_autoptr(json) scenario = practice_asset(file);
        g_string_append_printf(list, "%-*s %s\n", NAME_COLUMNS, *name, json_get_string(scenario, "about"));
    }
    return g_string_free(list, FALSE);
}
