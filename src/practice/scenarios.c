/* SPDX-License-Identifier: MIT */
#include "practice/scenarios.h"

#include <stdlib.h>
#include <string.h>

#include "practice/practice.h"

#define FOLDER "scenarios/"
#define ENDING ".json"
#define NAME_COLUMNS 20

static int by_name(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* Files whose name begins with "part-" are for "includes" only. */
char **scenario_names(void)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    for (const struct embedded *file = practice_assets; file->name != NULL; file++) {
        const char *name = file->name + strlen(FOLDER);
        if (g_str_has_prefix(file->name, FOLDER) && !g_str_has_prefix(name, "part-"))
            g_ptr_array_add(names, g_strndup(name, strlen(name) - strlen(ENDING)));
    }
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
