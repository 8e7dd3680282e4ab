/* SPDX-License-Identifier: MIT */
#include "simulation/schedule.h"

#define MOST_SHORTENINGS 120
/* Of an apply that makes everything, and some more. */
#define DISK_PLACES 200
#define WRITES 14

static const char *pick(GRand *rand, const char *const *words, gsize count)
{
    return words[g_rand_int_range(rand, 0, (gint32)count)];
}

#define PICK(rand, words) pick((rand), (words), G_N_ELEMENTS(words))

static gboolean once_in(GRand *rand, gint32 count)
{
    return g_rand_int_range(rand, 0, count) == 0;
}

static json *make_fault(GRand *rand)
{
    static const char *const write_kinds[] = {
        "lost-before",       "lost-after", "lost-after",  "429",        "429-later",  "503-done", "503",
        "500-done",          "500",        "504-done",    "404",        "unreadable", "redirect", "tenant-dies",
        "tenant-dies-after", "slow",       "kill-before", "kill-after", "kill-after", "no-id",    "redirect-own",
    };
    static const char *const read_kinds[] = {
        "lost-after", "429",   "429-later",   "503",  "500",         "404",        "unreadable",
        "empty",      "empty", "tenant-dies", "slow", "kill-before", "kill-after",
    };
    if (once_in(rand, 10))
        return json_from("{'wait':%d,'kind':'kill'}", (gint64)g_rand_int_range(rand, 1, 12));
    if (once_in(rand, 3))
        return json_from("{'read':%d,'kind':%s}", (gint64)g_rand_int_range(rand, 1, once_in(rand, 2) ? 25 : 90),
                         PICK(rand, read_kinds));
    return json_from("{'write':%d,'kind':%s}", (gint64)g_rand_int_range(rand, 1, once_in(rand, 2) ? 5 : 14),
                     PICK(rand, write_kinds));
}

static json *make_run(GRand *rand, const char *who)
{
    static const char *const commands[] = {"apply", "apply", "apply", "apply", "check", "undo"};
    static const char *const deaths[] = {"die-before", "die-torn", "die-after"};
    json *run = json_from("{'run':%s,'who':%s}", PICK(rand, commands), who);
    json *faults = json_new_array();
    for (gint32 count = g_rand_int_range(rand, 0, 6); count > 0; count--)
        json_append(faults, make_fault(rand));
    json_set(run, "faults", faults);
    gint64 at = g_rand_int_range(rand, 1, once_in(rand, 2) ? 50 : DISK_PLACES);
    if (once_in(rand, 5))
        json_set(run, "disk", json_from("{'disk':%s,'at':%d,'times':1}", PICK(rand, deaths), at));
    else if (once_in(rand, 8))
        json_set(run, "disk",
                 json_from("{'disk':'full','at':%d,'times':%d}", at, (gint64)g_rand_int_range(rand, 1, 6)));
    if (once_in(rand, 12))
        json_set_int(run, "skew", g_rand_int_range(rand, -7200, 7200));
    return run;
}

static json *make_item(GRand *rand, gboolean two)
{
    static const char *const by_hand[] = {"remove", "describe", "double"};
    static const char *const collections[] = {
        "groups", "catalogs", "accessPackages", "assignmentPolicies", "connectedOrganizations", "defenderRoles"};
    const char *who = two && once_in(rand, 2) ? "ben" : "ann";
    if (once_in(rand, 9))
        return json_from("{'hand':%s,'collection':%s}", PICK(rand, by_hand), PICK(rand, collections));
    if (once_in(rand, 14))
        return json_from("{'jump':%d}", (gint64)g_rand_int_range(rand, -7200, 7200));
    if (once_in(rand, 14))
        return json_from("{'restart':true}");
    if (once_in(rand, 14))
        return json_from("{%s:%s}", once_in(rand, 2) ? "keep" : "restore", who);
    if (once_in(rand, 4))
        return json_from("{'pass':%d}", (gint64)g_rand_int_range(rand, 1, once_in(rand, 2) ? 240 : 5400));
    if (two && once_in(rand, 2)) {
        json *both = json_new_array();
        json_append(both, make_run(rand, "ann"));
        json_append(both, make_run(rand, "ben"));
        json *item = json_new_object();
        json_set(item, "both", both);
        return item;
    }
    return make_run(rand, who);
}

static json *make_lags(GRand *rand)
{
    json *lags = json_new_array();
    json_append(lags, json_from("{'seconds':0}"));
    if (!once_in(rand, 3)) {
        json_append(lags, json_from("{'seconds':%d}", (gint64)g_rand_int_range(rand, 1, 30)));
        json_append(lags, json_from("{'seconds':%d}", (gint64)g_rand_int_range(rand, 20, 150)));
    }
    return lags;
}

json *schedule_make(guint64 seed)
{
    static const char *const scenarios[] = {
        "fresh", "fresh", "fresh", "half-done", "drifted", "duplicate-groups", "slow-replication", "unified-rbac"};
    g_autoptr(GRand) rand = g_rand_new_with_seed_array((const guint32 *)&seed, 2);
    json *schedule =
        json_from("{'seed':%d,'scenario':%s,'undo':%b}", (gint64)seed, PICK(rand, scenarios), !once_in(rand, 3));
    json_set(schedule, "lags", make_lags(rand));
    if (once_in(rand, 3))
        json_set(schedule, "decisions",
                 json_from("{'group':'repair','catalog':'repair','policy':'repair','organization':'repair'}"));
    gboolean two = once_in(rand, 4);
    json *items = json_new_array();
    for (gint32 count = g_rand_int_range(rand, 2, 8); count > 0; count--)
        json_append(items, make_item(rand, two));
    json_set(schedule, "items", items);
    if (once_in(rand, 2))
        json_set_bool(schedule, "dateOnly", TRUE);
    return schedule;
}

json *schedule_make_disk(guint64 number)
{
    static const char *const kinds[] = {"die-before", "die-torn", "die-after", "full"};
    /* Far apart from one to the next, so that a few are everywhere. */
    gint64 at = (gint64)(number * 7 % DISK_PLACES) + 1;
    const char *kind = kinds[(number + (number - 1) / DISK_PLACES) % G_N_ELEMENTS(kinds)];
    return json_from("{'seed':%d,'scenario':'fresh','undo':true,'lags':[{'seconds':0}],'items':[{'run':'apply','who':"
                     "'ann','faults':[],'disk':{'disk':%s,'at':%d,'times':1}}]}",
                     (gint64)number, kind, at);
}

json *schedule_make_clock(guint64 number)
{
    static const gint64 skews[] = {90, -7200, -90, 7200};
    gint64 write = (gint64)((number - 1) % WRITES) + 1;
    return json_from("{'seed':%d,'scenario':'fresh','undo':true,'dateOnly':true,'lags':[{'seconds':0}],'items':[{'run':"
                     "'apply','who':'ann','skew':%d,'faults':[{'write':%d,'kind':'lost-after'}]}]}",
                     (gint64)number, skews[(number - 1) / WRITES % G_N_ELEMENTS(skews)], write);
}

/* SCHEDULE without the INDEXth item, or with INDEX counted on into the faults of its runs. NULL when there is no more
 * to leave out. Caller frees. */
static json *leave_out(const json *schedule, int index)
{
    g_autoptr(json) shorter = json_copy(schedule);
    json *items = json_get(shorter, "items");
    if (index < json_length(items)) {
        json_free(json_detach_at(items, index));
        return g_steal_pointer(&shorter);
    }
    index -= json_length(items);
    json_for_each (item, items) {
        json *runs = json_get(item, "both");
        for (int i = 0; i < MAX(json_length(runs), 1); i++) {
            json *run = runs != NULL ? json_at(runs, i) : item;
            json *faults = json_get(run, "faults");
            static const char *const parts[] = {"disk", "skew"};
            for (gsize part = 0; part < G_N_ELEMENTS(parts); part++)
                if (json_get(run, parts[part]) != NULL && index-- == 0) {
                    json_remove(run, parts[part]);
                    return g_steal_pointer(&shorter);
                }
            if (index < json_length(faults)) {
                json_free(json_detach_at(faults, index));
                return g_steal_pointer(&shorter);
            }
            index -= json_length(faults);
        }
    }
    if (index > 0 || json_length(json_get(shorter, "lags")) < 2)
        return NULL;
    json_set(shorter, "lags", json_from("[{'seconds':0}]"));
    return g_steal_pointer(&shorter);
}

json *schedule_shorten(const json *schedule, schedule_fails_func fails, gpointer data)
{
    json *shortest = json_copy(schedule);
    int tries = 0;
    for (int index = 0; tries < MOST_SHORTENINGS; tries++) {
        json *shorter = leave_out(shortest, index);
        if (shorter == NULL)
            break;
        if (fails(shorter, data)) {
            json_free(shortest);
            shortest = shorter;
        } else {
            json_free(shorter);
            index++;
        }
    }
    return shortest;
}
