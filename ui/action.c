/* SPDX-License-Identifier: MIT */
#include "ui/action.h"

#include <string.h>

#define ACTION_ROW(name, keys, places, label, help) {#name, keys, places, label, help, action_##name, NULL, 0},
#define MOVE_ROW(name, function, step, keys, places, label, help)                                                      \
    {#name, keys, places, label, help, NULL, action_##function, step},

const struct action actions[ACTION_COUNT] = {ACTION_LIST(ACTION_ROW, MOVE_ROW)};

const char *action_keys(const char *const *own, enum action_id id)
{
    return own != NULL && own[id] != NULL ? own[id] : actions[id].keys;
}

enum action_id action_for(const char *const *own, guint place, const struct key_event *pressed)
{
    for (int i = 0; i < ACTION_COUNT; i++) {
        g_auto(GStrv) keys = g_strsplit(action_keys(own, (enum action_id)i), " ", -1);
        for (char **key = keys; *key != NULL && (actions[i].places & place) != 0; key++) {
            struct key_event named = key_named(*key);
            if (key_equal(&named, pressed))
                return (enum action_id)i;
        }
    }
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
