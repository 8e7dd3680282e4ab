/* SPDX-License-Identifier: MIT */
#include "engine/list_answers.h"

#include <string.h>

#include "base/error.h"
#include "base/json.h"
#include "engine/list_entries.h"
#include "engine/worker.h"

/* A decision by number. */
struct numbered {
    const char *member; /* of the answers: "decisions" */
    const char *key;    /* "guest-2" */
    const struct object_definition *definition;
    const char *owner; /* whose the number is; NULL: nobody knows */
    const char *there; /* who has that place in the list; NULL: nobody */
};

static const char *at_place(const json *list, guint place)
{
    json_for_each (entry, list)
        if (--place == 0)
            return json_string(entry);
    return NULL;
}

static struct numbered look(const struct worker *worker, const char *member, const char *key, const json *answers,
                            const json *kept)
{
    struct numbered found = {.member = member, .key = key, .definition = list_entries_definition(worker, key)};
    if (found.definition == NULL)
        return found;
    const char *path = found.definition->for_each;
    guint number = list_entries_number(found.definition, key);
    const json *given = json_get_path(answers, path);
    const json *list = given != NULL ? given : json_get_path(kept, path);
    const char *known = journal_state_object(worker->tenant.journal_state, key)->item;
    found.there = at_place(list, number);
    found.owner = known[0] != '\0' ? known : NULL;
    json_for_each (entry, list)
        if (json_string(entry) != NULL &&
            list_numbers_bound(worker->tenant.onboarding->numbers, path, json_string(entry)) == number)
            found.owner = json_string(entry);
    return found;
}

/* What stands under the entry's own name already says more. Upper and lower case are the same there. */
static void rename_member(json *map, const char *old, const char *prefix, const char *entry)
{
    g_autofree char *lower = g_ascii_strdown(entry, -1);
    g_autofree char *name = g_strconcat(prefix, lower, NULL);
    g_autoptr(json) said = json_detach(map, old);
    if (json_get(map, name) == NULL)
        json_set(map, name, g_steal_pointer(&said));
}

static gboolean refuse(const struct numbered *numbered, GError **error)
{
    g_set_error(error, PERCH_ERROR, PERCH_ERROR_INPUT,
                "%s.%s: nothing tells here who number %u of %s is; on another machine, or in another list, it is "
                "another.\nNothing was sent. Name who is meant, as in “%s-%s”.",
                numbered->member, numbered->key, list_entries_number(numbered->definition, numbered->key),
                numbered->definition->for_each, numbered->definition->key,
                numbered->there != NULL ? numbered->there : "name@example.com");
    return FALSE;
}

/* GIVEN: now, by a person, who may mean another than the journal does. */
static gboolean name_all(struct worker *worker, json *answers, const json *kept, gboolean given, GError **error)
{
    static const char *const members[] = {"decisions", "leave"};
    for (gsize i = 0; i < G_N_ELEMENTS(members); i++) {
        json *map = json_get(answers, members[i]);
        g_autoptr(json) before = json_copy(map);
        json_for_each (decided, before) {
            const struct numbered numbered = look(worker, members[i], json_name(decided), answers, kept);
            gboolean is_said = json_string(decided) != NULL && json_string(decided)[0] != '\0';
            const char *at = strchr(json_name(decided), '-');
            if (numbered.definition == NULL) {
                if (at != NULL && strchr(at, '@') != NULL)
                    rename_member(map, json_name(decided), "", json_name(decided));
                continue;
            }
            if (given && is_said && numbered.owner == NULL)
                return refuse(&numbered, error);
            if (numbered.owner == NULL ||
                (given && numbered.there != NULL && g_ascii_strcasecmp(numbered.owner, numbered.there) != 0)) {
                if (given && is_said)
                    worker_log(worker, LOG_WARNING, numbered.key,
                               "%s.%s in the answers counts nothing: number %u is %s here, and %s stands at that place "
                               "in the list. Name who is meant: “%s-%s”",
                               numbered.member, numbered.key, list_entries_number(numbered.definition, numbered.key),
                               numbered.owner, numbered.there, numbered.definition->key, numbered.owner);
                json_remove(map, numbered.key);
            } else {
                g_autofree char *prefix = g_strconcat(numbered.definition->key, "-", NULL);
                rename_member(map, numbered.key, prefix, numbered.owner);
            }
        }
    }
    return TRUE;
}

gboolean list_answers_name(struct worker *worker, json *answers, const json *kept, GError **error)
{
    return name_all(worker, answers, kept, TRUE, error);
}

void list_answers_name_kept(struct worker *worker, json *kept)
{
    name_all(worker, kept, NULL, FALSE, NULL);
}
