/* SPDX-License-Identifier: MIT */
#include "ui/action.h"

#include <string.h>

#define LONGEST_KEY 24 /* of what key_named() knows, with some room */

#define ACTION_ROW(name, keys, places, label, help) {#name, keys, places, label, help, action_##name, NULL, 0},
#define MOVE_ROW(name, function, step, keys, places, label, help)                                                      \
    {#name, keys, places, label, help, NULL, action_##function, step},

const struct action actions[ACTION_COUNT] = {ACTION_LIST(ACTION_ROW, MOVE_ROW)};

const char *action_keys(const char *const *own, enum action_id id)
{
    return own != NULL && own[id] != NULL ? own[id] : actions[id].keys;
}

static gboolean is_one_of(const struct key_event *pressed, const char *keys)
{
    char name[LONGEST_KEY];
    while (*keys != '\0') {
        gsize length = strcspn(keys, " ");
        g_strlcpy(name, keys, MIN(length + 1, sizeof name));
        struct key_event named = key_named(name);
        if (key_equal(&named, pressed))
            return TRUE;
        keys += length;
        keys += strspn(keys, " ");
    }
    return FALSE;
}

enum action_id action_for(const char *const *own, guint place, const struct key_event *pressed)
{
    for (int i = 0; i < ACTION_COUNT; i++)
        if ((actions[i].places & place) != 0 && is_one_of(pressed, action_keys(own, (enum action_id)i)))
            return (enum action_id)i;
    return ACTION_COUNT;
}

const char *action_first_key(const char *const *own, enum action_id id)
{
    const char *keys = action_keys(own, id);
    g_autofree char *key = g_strndup(keys, strcspn(keys, " "));
    return g_intern_string(key);
}

void action_run(struct console *console, enum action_id id)
{
    if (id >= ACTION_COUNT)
        return;
    if (actions[id].move != NULL)
        actions[id].move(console, actions[id].step);
    else
        actions[id].run(console);
}
