/* SPDX-License-Identifier: MIT */
#include "engine/guide_lines.h"

#include <string.h>

#include "onboarding/fill.h"

struct board_line *guide_line_make(const struct situation *situation, const struct guide_line *line, const char *copy,
                                   const char *item)
{
    g_autofree char *filled = onboarding_text(situation->onboarding, copy);
    g_autofree char *clean = situation_clean(situation, filled);
    g_autofree char *safe = item != NULL ? situation_clean(situation, item) : NULL;
    g_autofree char *text = fill_from_members(line->text, NULL, safe);
    struct board_line *made = board_line_new(text, clean, line->masked);
    /* What has a question mark may stay out. */
    made->to_come = copy != NULL && *copy != '\0' && *clean == '\0' && strstr(copy, "?}") == NULL;
    made->also = line->also;
    made->send = line->send;
    return made;
}

void guide_line_add(const struct situation *situation, const struct guide_line *line, GPtrArray *made)
{
    const char *list = line->for_each;
    const char *value = list != NULL ? g_hash_table_lookup(situation->onboarding->values, list) : NULL;
    g_auto(GStrv) items = g_strsplit(value != NULL ? value : "", "\n", -1);
    if (list == NULL)
        g_ptr_array_add(made, guide_line_make(situation, line, line->copy, NULL));
    for (char **item = items; list != NULL && *item != NULL; item++)
        g_ptr_array_add(made, guide_line_make(situation, line, line->copy, *item));
}

void guide_lines_of_leaving(const struct situation *situation, const struct step *step, GPtrArray *made)
{
    const struct guide *guide = onboarding_guide(situation->onboarding, step);
    if (guide == NULL || situation_step(situation, step)->told_by[0] == '\0')
        return;
    for (guint i = 0; i < guide->leaving->len; i++)
        guide_line_add(situation, g_ptr_array_index(guide->leaving, i), made);
}
