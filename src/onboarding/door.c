/* SPDX-License-Identifier: MIT */
#include "onboarding/door.h"

#include <stdarg.h>
#include <string.h>

#include "base/json.h"
#include "base/text.h"
#include "onboarding/seen.h"

#define MOST_NAMED 8
#define NAMELESS '?' /* what cannot be named in a request is seen all the same */
#define NAMELESS_LENGTH 12

static void holder_free(gpointer data)
{
    struct holder *holder = data;
    g_free(holder->id);
    g_free(holder->name);
    g_free(holder);
}

GPtrArray *door_holders_new(void)
{
    return g_ptr_array_new_with_free_func(holder_free);
}

static gboolean holds(const GPtrArray *holders, const char *id)
{
    for (guint i = 0; i < holders->len; i++)
        if (strcmp(((const struct holder *)g_ptr_array_index(holders, i))->id, id) == 0)
            return TRUE;
    return FALSE;
}

struct holder *door_add(GPtrArray *holders, const char *id, const char *what, const char *name_format, ...)
{
    gboolean is_nameless = id == NULL || id[0] == '\0';
    if (!is_nameless && holds(holders, id))
        return NULL;
    struct holder *holder = g_new0(struct holder, 1);
    va_list arguments;
    va_start(arguments, name_format);
    holder->name = g_strdup_vprintf(name_format, arguments);
    va_end(arguments);
    holder->what = what;
    holder->by_hand = is_nameless;
    /* What Microsoft gives no id, a decision knows by what it shows of it. */
    g_autofree char *shown = g_strconcat(what, " ", holder->name, NULL);
    g_autofree char *hash = g_compute_checksum_for_string(G_CHECKSUM_SHA256, shown, -1);
    holder->id = is_nameless ? g_strdup_printf("%c%.*s", NAMELESS, NAMELESS_LENGTH, hash) : g_strdup(id);
    for (guint same = 2; is_nameless && holds(holders, holder->id); same++) {
        g_free(holder->id);
        holder->id = g_strdup_printf("%c%.*s.%u", NAMELESS, NAMELESS_LENGTH, hash, same);
    }
    g_ptr_array_add(holders, holder);
    return holder;
}

void door_add_leaving(GPtrArray *holders, const char *id, const char *what, const char *name)
{
    struct holder *holder = door_add(holders, id, what, "%s", name);
    if (holder != NULL)
        holder->leaves = TRUE;
}

const char *door_name_of(const json *directory_object)
{
    static const char *const members[] = {"userPrincipalName", "displayName", "id"};
    const char *name = NULL;
    for (gsize i = 0; name == NULL && i < G_N_ELEMENTS(members); i++)
        name = json_get_string(directory_object, members[i]);
    return name != NULL ? name : "somebody without a name";
}

/* A decision taken apart: the ids, those to go with their hyphen, and why. */
struct decided {
    const struct object *object; /* the door */
    GStrv ids;
    char *reason; /* "" if none was given */
};
typedef struct decided DecidedHolders;

static struct decided decided_as(const struct object *object, struct decision decision)
{
    const char *text = decision.kind == DECISION_KEEP_SOME ? decision.text : "";
    gsize length = strcspn(text, "|");
    g_autofree char *ids = g_strndup(text, length);
    char *reason = g_strdup(text + length + (text[length] == '|' ? 1 : 0));
    return (struct decided){.object = object, .ids = g_strsplit(ids, ";", -1), .reason = g_strstrip(reason)};
}

static void decided_clear(struct decided *decided)
{
    g_strfreev(decided->ids);
    g_free(decided->reason);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(DecidedHolders, decided_clear)

/* Caller frees. */
static char *id_in(const char *word)
{
    return word[0] == '-' ? g_strndup(word + 1, strcspn(word + 1, "#")) : g_strdup(word);
}

static gboolean stays(const struct decided *decided, const char *id)
{
    return g_strv_contains((const char *const *)decided->ids, id);
}

/* The word by which ID goes; not the one by which it went before. Caller frees. */
static char *word_to_go(const struct decided *decided, const char *id)
{
    g_autofree char *before = g_strconcat("keep:-", id, NULL);
    guint times = seen_times_said(decided->object->spent, before);
    return times == 0 ? g_strconcat("-", id, NULL) : g_strdup_printf("-%s#%u", id, times + 1);
}

static gboolean goes(const struct decided *decided, const char *id)
{
    g_autofree char *word = word_to_go(decided, id);
    return g_strv_contains((const char *const *)decided->ids, word);
}

/* What was decided of HOLDERS stays decided; so are ADDED (NULL: all that are open), that they stay, or go as IS_TO_GO
 * says. The reason of before is the beginning of the new one. */
static void offer(const struct decided *decided, GPtrArray *holders, const struct holder *added, gboolean is_to_go,
                  const char *label, struct observation *observation)
{
    g_autoptr(GString) text = g_string_new(NULL);
    for (guint i = 0; i < holders->len; i++) {
        const struct holder *holder = g_ptr_array_index(holders, i);
        gboolean kept = stays(decided, holder->id);
        gboolean will_go = goes(decided, holder->id);
        gboolean is_new = added == NULL ? !kept && (!is_to_go || !holder->by_hand) : added == holder;
        g_autofree char *word = (is_new ? is_to_go : will_go) ? word_to_go(decided, holder->id) : g_strdup(holder->id);
        if (is_new || kept || will_go)
            g_string_append_printf(text, "%s%s", text->len > 0 ? ";" : "", word);
    }
    if (!is_to_go || decided->reason[0] != '\0')
        g_string_append_printf(text, "|%s", decided->reason);
    if (!is_to_go && decided->reason[0] != '\0')
        g_string_append(text, "; ");
    observation_candidate(observation, DECISION_KEEP_SOME, text->str, label);
}

/* Caller frees. */
static char *words_of(const struct holder *holder)
{
    return g_strconcat(holder->what, holder->is_why ? ": " : " ", holder->name, NULL);
}

static void offer_all(const struct decided *decided, GPtrArray *holders, GPtrArray *open,
                      struct observation *observation)
{
    guint can_go = 0;
    for (guint i = 0; i < open->len; i++) {
        const struct holder *holder = g_ptr_array_index(open, i);
        g_autofree char *words = words_of(holder);
        g_autofree char *take = g_strconcat("Take away: ", words, NULL);
        g_autofree char *keep = holder->lacking ? g_strconcat("Go on without, and why: ", holder->name, NULL)
                                                : g_strconcat("Keep, and why: ", words, NULL);
        can_go += holder->by_hand ? 0 : 1;
        if (i >= MOST_NAMED)
            continue;
        if (!holder->by_hand && !goes(decided, holder->id))
            offer(decided, holders, holder, TRUE, take, observation);
        offer(decided, holders, holder, FALSE, keep, observation);
    }
    if (can_go > 1)
        offer(decided, holders, NULL, TRUE,
              can_go < open->len ? "Take away all that perch can" : "Take all of them away", observation);
    if (open->len > 1)
        offer(decided, holders, NULL, FALSE, "Leave all of it so, and why", observation);
}

static void listed_holder_free(gpointer data)
{
    struct listed_holder *holder = data;
    g_free(holder->id);
    g_free(holder->name);
    g_free(holder);
}

static void note_holders(GPtrArray *holders, struct observation *observation)
{
    observation->holders = g_ptr_array_new_with_free_func(listed_holder_free);
    for (guint i = 0; i < holders->len; i++) {
        const struct holder *holder = g_ptr_array_index(holders, i);
        struct listed_holder *listed = g_new(struct listed_holder, 1);
        *listed = (struct listed_holder){
            .id = g_strdup(holder->id),
            .name = words_of(holder),
            .can_go = !holder->by_hand,
        };
        g_ptr_array_add(observation->holders, listed);
    }
}

void door_judge(const struct object *object, GPtrArray *holders, const struct door *door,
                struct observation *observation)
{
    g_auto(DecidedHolders) decided = decided_as(object, object->decision);
    g_autoptr(GPtrArray) open = g_ptr_array_new();
    g_autoptr(GString) names = g_string_new(NULL);
    g_autoptr(GString) to_go = g_string_new(NULL);
    gboolean all_by_hand = TRUE;
    note_holders(holders, observation);
    for (guint i = 0; i < holders->len; i++) {
        struct holder *holder = g_ptr_array_index(holders, i);
        g_autofree char *words = words_of(holder);
        if (stays(&decided, holder->id)) {
            observation_note(observation, "Left so, as decided: %s%s%s.", words,
                             decided.reason[0] != '\0' ? ", because: " : "", decided.reason);
            continue;
        }
        g_ptr_array_add(open, holder);
        all_by_hand = all_by_hand && holder->by_hand;
        g_string_append_printf(names, "%s%s", names->len > 0 ? ", " : "", words);
        if ((goes(&decided, holder->id) || (object->leaves && holder->leaves)) && !holder->by_hand)
            g_string_append_printf(to_go, "%s%s", to_go->len > 0 ? "\n" : "", holder->id);
    }
    for (guint i = 0; i < open->len; i++) {
        const struct holder *holder = g_ptr_array_index(open, i);
        observation_difference(observation, holder->lacking ? holder->name : holder->what,
                               holder->lacking        ? "granted"
                               : door->wanted != NULL ? door->wanted
                                                      : "nobody else",
                               holder->lacking ? "not granted" : holder->name, all_by_hand);
    }
    if (open->len == 0) {
        observation_set(observation, OBJECT_MATCHES, "%s", door->well);
        return;
    }
    gboolean says_where = all_by_hand && door->by_hand != NULL;
    observation_set(observation, OBJECT_DIFFERS, "%s: %s.%s%s", door->others, names->str, says_where ? " " : "",
                    says_where ? door->by_hand : "");
    offer_all(&decided, holders, open, observation);
    observation->repair_unasked = to_go->len > 0;
    g_free(observation->to_go);
    observation->to_go = g_string_free(g_steal_pointer(&to_go), FALSE);
}

static const struct listed_holder *listed(const struct object *object, const char *id)
{
    const GPtrArray *holders = object->observation->holders;
    for (guint i = 0; i < holders->len; i++) {
        const struct listed_holder *holder = g_ptr_array_index(holders, i);
        if (strcmp(holder->id, id) == 0)
            return holder;
    }
    return NULL;
}

gboolean door_takes(const struct object *object, struct decision said)
{
    if (object->observation->holders == NULL || object->observation->state != OBJECT_DIFFERS ||
        said.kind != DECISION_KEEP_SOME)
        return FALSE;
    g_auto(DecidedHolders) decided = decided_as(object, object->decision);
    g_auto(DecidedHolders) wanted = decided_as(object, said);
    for (char **word = wanted.ids; *word != NULL; word++) {
        gboolean is_to_go = (*word)[0] == '-';
        g_autofree char *id = id_in(*word);
        const struct listed_holder *holder = listed(object, id);
        if (holder == NULL || (is_to_go && (!holder->can_go || !goes(&wanted, id))) ||
            (!is_to_go && wanted.reason[0] == '\0'))
            return FALSE;
    }
    /* All that were decided before and are listed still are named, and who was to stay stays. */
    for (char **word = decided.ids; *word != NULL; word++) {
        gboolean was_to_go = (*word)[0] == '-';
        g_autofree char *id = id_in(*word);
        if (listed(object, id) != NULL && !stays(&wanted, id) && !(was_to_go && goes(&wanted, id)))
            return FALSE;
    }
    return wanted.ids[0] != NULL;
}

char *door_name_to_go(const struct object *object, guint index)
{
    g_auto(GStrv) ids = g_strsplit(object->observation->to_go, "\n", -1);
    const struct listed_holder *holder = index < g_strv_length(ids) ? listed(object, ids[index]) : NULL;
    return g_strdup(holder != NULL ? holder->name : object->title);
}

char *door_first_to_go(const struct object *object)
{
    const char *to_go = object->observation->to_go;
    return g_strndup(to_go, strcspn(to_go, "\n"));
}

char *door_left_by(const struct object *object)
{
    g_auto(DecidedHolders) decided = decided_as(object, object->decision);
    for (char **word = decided.ids; object->observation->holders != NULL && *word != NULL; word++) {
        g_autofree char *id = id_in(*word);
        if ((*word)[0] == '-' && listed(object, id) == NULL)
            return g_steal_pointer(&id);
    }
    return NULL;
}

struct request *door_repair(const struct object *object)
{
    g_autofree char *first = door_first_to_go(object);
    return first[0] != '\0' ? object->kind->take_away(object, first) : NULL;
}

GPtrArray *door_repairs_after(const struct object *object)
{
    g_auto(GStrv) ids = g_strsplit(object->observation->to_go, "\n", -1);
    GPtrArray *requests = g_ptr_array_new_with_free_func((GDestroyNotify)request_free);
    for (guint i = 1; i < g_strv_length(ids); i++)
        g_ptr_array_add(requests, object->kind->take_away(object, ids[i]));
    return requests;
}

char *door_differences(const struct object *object)
{
    const GPtrArray *differences = object->observation->differences;
    g_autoptr(GPtrArray) parts = g_ptr_array_new_with_free_func(g_free);
    if (object->observation->to_go[0] != '\0') {
        g_autofree char *name = door_name_to_go(object, 0);
        return g_strconcat("taken away: ", name, NULL);
    }
    for (guint i = 0; i < differences->len; i++) {
        const struct difference *difference = g_ptr_array_index(differences, i);
        g_ptr_array_add(parts, g_strdup_printf("%s: found %s, wanted %s", difference->field,
                                               difference->found[0] != '\0' ? difference->found : "nothing",
                                               difference->wanted[0] != '\0' ? difference->wanted : "nothing"));
    }
    return parts->len > 0 ? text_join(parts, "; ") : NULL;
}
