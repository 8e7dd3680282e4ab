#include "ui/action.h"

#include <string.h>

#define ACTION_ROW(name, keys, places, label, help) {#name, keys, places, label, help, action_##name},

const struct action actions[ACTION_COUNT] = {ACTION_LIST(ACTION_ROW)};

static gboolean has_key(const struct action *action, const struct press *press)
{
    g_auto(GStrv) keys = g_strsplit(action->keys, " ", -1);
    for (char **key = keys; *key != NULL; key++) {
        struct press named = press_named(*key);
        if (press_equal(&named, press))
            return TRUE;
    }
    return FALSE;
}

enum action_id action_for(guint place, const struct press *press)
{
    for (int i = 0; i < ACTION_COUNT; i++)
        if ((actions[i].places & place) != 0 && has_key(&actions[i], press))
            return (enum action_id)i;
    return ACTION_COUNT;
}

char *action_first_key(const struct action *action)
{
    return g_strndup(action->keys, strcspn(action->keys, " "));
}
