/* SPDX-License-Identifier: MIT */
#include "support/made_up.h"

#include <string.h>

#include "base/clock.h"
#include "base/json.h"
#include "base/text.h"
#include "onboarding/answers.h"
#include "onboarding/door.h"
#include "support/support.h"

static void look_up(const struct object *object, GPtrArray *requests)
{
    g_ptr_array_add(requests, request_get(SERVICE_GRAPH, "/v1.0/made-up/%s", object->key));
}

static enum object_state state_of(const char *word)
{
    for (enum object_state state = OBJECT_UNKNOWN; state <= OBJECT_IN_DOUBT; state++)
        if (strcmp(object_state_word(state), word) == 0)
            return state;
    fail_msg("there is no state %s", word);
    return OBJECT_UNKNOWN;
}

/* STATE[/SIZE][:ID[@SECONDS]], as support/engine_bench.h says. */
static void compare(const struct object *object, GPtrArray *replies, struct observation *observation)
{
    const struct reply *reply = g_ptr_array_index(replies, 0);
    g_auto(GStrv) parts = g_strsplit_set(json_get_string(reply->body, "reading"), ":@", 3);
    g_auto(GStrv) words = g_strsplit(parts[0], "/", 2);
    const char *size = words[1] != NULL ? words[1] : "2";
    observation->state = state_of(words[0]);
    if (parts[1] != NULL)
        observation_learn(observation, "id", parts[1]);
    if (parts[1] != NULL && parts[2] != NULL)
        observation->made = MADE_UP_NOW + g_ascii_strtoll(parts[2], NULL, 10) * G_USEC_PER_SEC;
    if (observation->state == OBJECT_DIFFERS) {
        observation_difference(observation, "size", "1", size, FALSE);
        observation_candidate(observation, DECISION_REPAIR, "", "Change it as wanted");
        observation_candidate(observation, DECISION_KEEP, "", "Keep it as it is");
        observation->found = json_from("{'size':2,'key':%s}", object->key);
    }
    if (observation->state == OBJECT_MANY) {
        observation_candidate(observation, DECISION_USE, "m1", "m1");
        observation_candidate(observation, DECISION_NAME, "", "Create one under another name");
    }
}

static struct request *create(const struct object *object)
{
    struct request *request = request_write("POST", SERVICE_GRAPH,
                                            json_from("{'name':%s}", object_text(object, "userName")), "/v1.0/made-up");
    request->scope = "MadeUp.ReadWrite";
    return request;
}

/* What it needs is not known. */
static struct request *create_nothing(const struct object *object)
{
    (void)object;
    return NULL;
}

static struct request *create_account(const struct object *object)
{
    return request_write("POST", SERVICE_GRAPH,
                         json_from("{'name':%s,'passwordProfile':{'password':'{secret.first-password}'}}",
                                   object_text(object, "userName")),
                         "/v1.0/made-up");
}

static void look_up_in_defender(const struct object *object, GPtrArray *requests)
{
    g_ptr_array_add(requests, request_get(SERVICE_DEFENDER, "/api/made-up/%s", object->key));
}

static void look_up_with_rights(const struct object *object, GPtrArray *requests)
{
    struct request *rights = request_get(SERVICE_GRAPH, "/v1.0/made-up/rights-of-%s", object->key);
    rights->scope = "MadeUp.Rights";
    rights->if_decided = TRUE;
    g_ptr_array_add(requests, rights);
    look_up(object, requests);
}

static void compare_with_rights(const struct object *object, GPtrArray *replies, struct observation *observation)
{
    const struct reply *rights = g_ptr_array_index(replies, 0);
    g_autoptr(GPtrArray) own = g_ptr_array_new();
    g_ptr_array_add(own, g_ptr_array_index(replies, 1));
    compare(object, own, observation);
    observation_note(observation, "rights: %d", rights->status);
}

static void compare_holders(const struct object *object, GPtrArray *replies, struct observation *observation)
{
    const struct reply *reply = g_ptr_array_index(replies, 0);
    g_auto(GStrv) parts = g_strsplit(json_get_string(reply->body, "reading"), ":", 2);
    g_autoptr(GPtrArray) holders = door_holders_new();
    const struct door door = {.well = "Nobody else gets in.", .others = "Others get in by it"};
    if (parts[1] == NULL) {
        observation->state = state_of(parts[0]);
        return;
    }
    if (strcmp(parts[0], "moving") == 0)
        observation_learn(observation, "moving", parts[1]);
    g_auto(GStrv) names = g_strsplit(strcmp(parts[0], "people") == 0 ? parts[1] : "", "+", -1);
    for (char **name = names; *name != NULL; name++)
        if (**name != '\0')
            door_add_leaving(holders, *name, "member", *name);
    door_judge(object, holders, &door, observation);
}

static struct request *create_global(const struct object *object)
{
    return request_write("POST", SERVICE_GRAPH,
                         json_from("{'name':%s,'role':'62E90394-69F5-4237-9190-012177145E10'}", object->key),
                         "/v1.0/made-up");
}

static struct request *repair(const struct object *object)
{
    return request_write("PATCH", SERVICE_GRAPH, json_from("{'repaired':true}"), "/v1.0/made-up/%s",
                         object->observation->id);
}

static struct request *restore_old(const struct object *object, const json *olds, GPtrArray *left)
{
    const json *old = json_at(olds, json_length(olds) - 1);
    if (object->observation->state == OBJECT_MATCHES)
        return request_write("PATCH", SERVICE_GRAPH, json_copy(old), "/v1.0/made-up/%s", object->key);
    /* Its size, which is all that it has, was changed since, if it is not what it was. */
    const json *found = object->observation->found;
    if (left != NULL && found != NULL && json_get_int(found, "size", 0) != json_get_int(old, "size", 0))
        g_ptr_array_add(left, (gpointer) "size");
    return NULL;
}

static struct request *remove_it(const struct object *object)
{
    struct request *request = request_write("DELETE", SERVICE_GRAPH, NULL, "/v1.0/made-up/%s", object->known_id);
    request->scope = "MadeUp.Remove";
    return request;
}

static struct request *take_away(const struct object *object, const char *holder)
{
    return request_write("DELETE", SERVICE_GRAPH, NULL, "/v1.0/made-up/%s/%s", object->key, holder);
}

static struct request *restore(const struct object *object)
{
    return request_write("POST", SERVICE_GRAPH, NULL, "/v1.0/made-up/%s/restore", object->observation->deleted_id);
}

static void look_up_holders(const struct object *object, GPtrArray *requests)
{
    (void)object;
    g_ptr_array_add(requests, request_get(SERVICE_GRAPH, "/v1.0/made-up/held"));
}

static char *holders(const struct object *object, GPtrArray *replies, GHashTable *own)
{
    (void)object;
    const struct reply *reply = g_ptr_array_index(replies, 0);
    gboolean held = strcmp(json_get_string(reply->body, "reading"), "held") == 0;
    return held ? g_strconcat("Ann holds it", g_hash_table_contains(own, "t1") ? ", which perch made." : ".", NULL)
                : NULL;
}

static char *surplus(const struct object *object, GPtrArray *replies, GHashTable *own)
{
    (void)object;
    (void)own;
    const struct reply *reply = g_ptr_array_index(replies, 0);
    gboolean filled = g_strcmp0(json_get_string(reply->body, "reading"), "filled") == 0;
    return filled ? g_strdup("Bob put something into it.\nTake it out.") : NULL;
}

static gboolean opens_all_but_the_report(const struct object *object, const char *step)
{
    (void)object;
    return strcmp(step, "report") != 0;
}

static gboolean opens_nothing(const struct object *object, const char *step)
{
    (void)object;
    (void)step;
    return FALSE;
}

#define WRITES                                                                                                         \
    .look_up = look_up, .compare = compare, .create = create, .repair = repair, .restore_old = restore_old,            \
    .remove = remove_it, .restore = restore, .verb = "make", .action = "made"

const struct object_kind made_up_kind = {.name = "made-up", WRITES};
const struct object_kind made_up_portal_kind = {
    .name = "made-up-portal", .portal_will_do = TRUE, .visible_within = 3600, .by_person = "made", WRITES};
const struct object_kind made_up_going_kind = {.name = "made-up-going", .goes_by_decision = TRUE, WRITES};
const struct object_kind made_up_closed_kind = {
    .name = "made-up-closed", .ends_by_itself = TRUE, .opens = opens_nothing, WRITES};
const struct object_kind made_up_sending_kind = {.name = "made-up-sending", .goes_first = TRUE, WRITES};
const struct object_kind made_up_lasting_kind = {.name = "made-up-lasting",
                                                 .ends_by_itself = TRUE,
                                                 .stays_at_least = 300,
                                                 .opens = opens_all_but_the_report,
                                                 WRITES};
const struct object_kind made_up_unready_kind = {.name = "made-up-unready",
                                                 .ends_by_itself = TRUE,
                                                 .look_up = look_up,
                                                 .compare = compare,
                                                 .opens = opens_all_but_the_report,
                                                 .create = create_nothing,
                                                 .remove = remove_it};
const struct object_kind made_up_roles_kind = {
    .name = "made-up-roles", .learns_steps = TRUE, .look_up = look_up, .compare = compare};
const struct object_kind made_up_read_kind = {.name = "made-up-read", .look_up = look_up, .compare = compare};
const struct object_kind made_up_chosen_kind = {.name = "made-up-chosen", .answer_chooses = TRUE, WRITES};
const struct object_kind made_up_named_kind = {
    .name = "made-up-named", .named_by_answer = TRUE, .look_up = look_up, .compare = compare};
/* Not to be made as it was answered. */
const struct object_kind made_up_companys_kind = {
    .name = "made-up-companys", .is_companys = TRUE, .look_up = look_up, .compare = compare, .create = create_nothing};
const struct object_kind made_up_door_kind = {
    .name = "made-up-door", .take_away = take_away, .redirect_is_yes = TRUE, WRITES};
const struct object_kind made_up_held_kind = {
    .name = "made-up-held", .look_up_holders = look_up_holders, .holders = holders, WRITES};
const struct object_kind made_up_filled_kind = {
    .name = "made-up-filled", .look_up_holders = look_up_holders, .surplus = surplus, WRITES};
const struct object_kind made_up_part_kind = {.name = "made-up-part", .is_part = TRUE, WRITES};
const struct object_kind made_up_outliving_kind = {.name = "made-up-outliving", .outlives = TRUE, WRITES};
const struct object_kind made_up_account_kind = {.name = "made-up-account",
                                                 .look_up = look_up,
                                                 .compare = compare,
                                                 .create = create_account,
                                                 .remove = remove_it,
                                                 .verb = "make",
                                                 .action = "made"};
const struct object_kind made_up_defender_kind = {
    .name = "made-up-defender", .look_up = look_up_in_defender, .compare = compare};
const struct object_kind made_up_global_kind = {.name = "made-up-global",
                                                .look_up = look_up,
                                                .compare = compare,
                                                .create = create_global,
                                                .remove = remove_it,
                                                .verb = "make",
                                                .action = "made"};
/* Whatever becomes of the first read. */
const struct object_kind made_up_rightful_kind = {
    .name = "made-up-rightful", .in_nobodys_way = TRUE, .look_up = look_up_with_rights, .compare = compare_with_rights};
const struct object_kind made_up_guarded_kind = {.name = "made-up-guarded",
                                                 .is_door = TRUE,
                                                 .look_up = look_up,
                                                 .compare = compare_holders,
                                                 .repair = door_repair,
                                                 .take_away = take_away,
                                                 .verb = "take away",
                                                 .action = "taken away"};

static const struct {
    const char *key;
    const struct object_kind *kind;
} kinds[] = {
    {"first", &made_up_read_kind},    {"thing", &made_up_kind},       {"next", &made_up_kind},
    {"portal", &made_up_portal_kind}, {"again", &made_up_kind},       {"later", &made_up_read_kind},
    {"away", &made_up_kind},          {"rights", &made_up_read_kind}, {"licence", &made_up_read_kind},
};

struct made_up *made_up_new(const char *answers)
{
    g_autoptr(GError) error = NULL;
    struct made_up *made_up = g_new0(struct made_up, 1);
    struct profile *profile = profile_load(PERCH_TEST_DATA "/partners/made-up.json", &error);
    if (profile == NULL)
        fail_msg("%s", error->message);
    json *given = short_json(answers != NULL ? answers : "{'company':'Contoso'}");
    /* As a file's are; but decisions name a kind by the profile's word, and the kinds are others here. */
    g_autoptr(json) checked = json_copy(given);
    json_remove(checked, "decisions");
    if (!answers_check(profile->answers, checked, "answers", &error))
        fail_msg("%s", error->message);
    made_up->onboarding = onboarding_new(profile, given);
    made_up->journal_state = journal_state_new();
    made_up->cloud = cloud_named("global", &error);
    for (gsize i = 0; i < G_N_ELEMENTS(kinds); i++) {
        made_up_object(made_up, kinds[i].key)->kind = kinds[i].kind;
        g_autofree char *found = g_strconcat(kinds[i].key, "=matches", NULL);
        made_up_arrange(made_up, found);
    }
    made_up->situation = (struct situation){
        .onboarding = made_up->onboarding,
        .journal_state = made_up->journal_state,
        .cloud = made_up->cloud,
        .redactor = redactor_new(),
        .failures = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, failure_free),
        .refusals = g_hash_table_new(g_str_hash, g_str_equal),
        .signed_in = TRUE,
        .now = MADE_UP_NOW,
        .clock_rate = 1,
    };
    return made_up;
}

void made_up_free(struct made_up *made_up)
{
    onboarding_free(made_up->onboarding);
    journal_state_free(made_up->journal_state);
    cloud_free(made_up->cloud);
    redactor_free(made_up->situation.redactor);
    g_hash_table_unref(made_up->situation.failures);
    g_hash_table_unref(made_up->situation.refusals);
    g_clear_pointer(&made_up->situation.assumed, g_hash_table_unref);
    g_free(made_up);
}

struct object *made_up_object(struct made_up *made_up, const char *key)
{
    struct object *object = onboarding_object(made_up->onboarding, key);
    if (object == NULL)
        fail_msg("there is no object %s", key);
    return object;
}

const struct step *made_up_step(struct made_up *made_up, const char *id)
{
    const struct step *step = onboarding_step(made_up->onboarding, id);
    if (step == NULL)
        fail_msg("there is no step %s", id);
    return step;
}

static void note(struct made_up *made_up, const char *text)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(json) made = short_json(text);
    g_autofree char *at = clock_format(MADE_UP_NOW);
    if (json_get_string(made, "at") == NULL)
        json_set_string(made, "at", at);
    struct journal_record *record = journal_record_decode(made, &error);
    if (record == NULL)
        fail_msg("%s: %s", text, error->message);
    journal_state_add(made_up->journal_state, record);
    journal_record_unref(record);
}

static void observe(struct object *object, enum object_state state)
{
    observation_free(object->observation);
    object->observation = observation_new();
    object->observation->state = state;
    object->observation->checked = state == OBJECT_UNKNOWN ? 0 : MADE_UP_NOW;
    object->row = (struct reading_row){.state = state, .count = 3, .since = MADE_UP_NOW - G_TIME_SPAN_HOUR};
}

static void set_text(struct object *object, const char *name, const char *text)
{
    struct observation *observation = object->observation;
    const struct {
        const char *name;
        char **string;
    } texts[] = {
        {"sentence", &observation->sentence}, {"id", &observation->id},       {"deleted", &observation->deleted_id},
        {"known", &object->known_id},         {"ours", &object->our_deleted}, {"next", &observation->next},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++)
        if (strcmp(texts[i].name, name) == 0)
            text_set(texts[i].string, text);
    if (strcmp(name, "checked") == 0)
        observation->checked = g_ascii_strtoll(text, NULL, 10) * G_USEC_PER_SEC;
    if (strcmp(name, "made") == 0)
        observation->made = MADE_UP_NOW + g_ascii_strtoll(text, NULL, 10) * G_USEC_PER_SEC;
    if (strcmp(name, "decision") == 0) {
        decision_clear(&object->decision);
        object->decision = decision_copy(decision_parse(text));
    }
}

static const struct object_kind *kind_named(const char *name)
{
    static const struct object_kind *const named[] = {
        &made_up_chosen_kind,  &made_up_door_kind,      &made_up_held_kind,     &made_up_filled_kind,
        &made_up_part_kind,    &made_up_outliving_kind, &made_up_account_kind,  &made_up_defender_kind,
        &made_up_global_kind,  &made_up_guarded_kind,   &made_up_rightful_kind, &made_up_going_kind,
        &made_up_lasting_kind, &made_up_unready_kind,   &made_up_sending_kind,  &made_up_closed_kind,
        &made_up_roles_kind,   &made_up_named_kind,     &made_up_companys_kind,
    };
    if (strcmp(name, "plain") == 0)
        return &made_up_kind;
    if (strcmp(name, "reading") == 0)
        return &made_up_read_kind;
    for (gsize i = 0; i < G_N_ELEMENTS(named); i++)
        if (strcmp(named[i]->name + strlen("made-up-"), name) == 0)
            return named[i];
    return NULL;
}

static void set_flag(struct object *object, const char *name)
{
    struct observation *observation = object->observation;
    if (strcmp(name, "read") == 0)
        observation->checked = MADE_UP_NOW;
    else if (strcmp(name, "difference") == 0 || strcmp(name, "fixed") == 0)
        observation_difference(observation, "size", "1", "2", strcmp(name, "fixed") == 0);
    else if (strcmp(name, "candidate") == 0)
        observation_candidate(observation, DECISION_USE, "x", "Use x");
    else if (strcmp(name, "fenced") == 0)
        observation_candidate(observation, DECISION_ALLOW, "", "Give it");
    else if (strcmp(name, "namesakes") == 0) {
        observation_namesake(observation, "x", "x");
        observation_namesake(observation, "y", "y");
    } else if (strcmp(name, "unasked") == 0)
        observation->repair_unasked = TRUE;
    else if (strcmp(name, "told-counts") == 0)
        observation->told_counts = TRUE;
    else if (strcmp(name, "pends") == 0)
        observation->pends = TRUE;
    else if (strcmp(name, "ends") == 0)
        observation->goes_at_the_end = TRUE;
    else if (strcmp(name, "leaves") == 0)
        object->leaves = TRUE;
    else if (strcmp(name, "created") == 0)
        object->created = TRUE;
    else if (strcmp(name, "adopted") == 0)
        object->adopted = TRUE;
    else if (strcmp(name, "unseen") == 0)
        object->row.state = OBJECT_ABSENT;
    else if (strcmp(name, "seen") == 0)
        object->row.state = OBJECT_MATCHES;
    else if (strcmp(name, "unseen-once") == 0)
        object->row = (struct reading_row){.state = OBJECT_ABSENT, .count = 1, .since = MADE_UP_NOW};
    else if (strcmp(name, "goes") == 0)
        observation->goes_as_decided = TRUE;
    else if (strcmp(name, "doubted") == 0)
        object->in_doubt = TRUE;
    else if (kind_named(name) != NULL)
        object->kind = kind_named(name);
    else
        fail_msg("%s cannot be arranged", name);
}

static struct failure *note_failure(struct made_up *made_up, const char *key, const char *text)
{
    g_auto(GStrv) parts = g_strsplit(text, "|", 2);
    struct failure *failure = failure_new(parts[0], parts[1]);
    g_hash_table_replace(made_up->situation.failures, g_strdup(key), failure);
    return failure;
}

static void arrange_object(struct made_up *made_up, const char *key, const char *name, const char *text)
{
    struct object *object = made_up_object(made_up, key);
    if (name == NULL)
        observe(object, state_of(text));
    else if (strcmp(name, "failed") == 0)
        note_failure(made_up, key, text)->of_undo = FALSE;
    else if (strcmp(name, "kept") == 0)
        note_failure(made_up, key, text)->of_undo = TRUE;
    else if (text == NULL)
        set_flag(object, name);
    else
        set_text(object, name, text);
}

static void arrange_one(struct made_up *made_up, const char *words)
{
    struct situation *situation = &made_up->situation;
    g_auto(GStrv) sides = g_strsplit(words, "=", 2);
    g_auto(GStrv) value = g_strsplit(sides[1] != NULL ? sides[1] : "", "=", 2);
    g_auto(GStrv) path = g_strsplit(sides[0], ".", 2);
    if (strcmp(sides[0], "note") == 0)
        note(made_up, sides[1]);
    else if (strcmp(sides[0], "value") == 0)
        onboarding_set_value(made_up->onboarding, value[0], value[1]);
    else if (strcmp(sides[0], "assume") == 0)
        g_hash_table_add(situation->assumed = situation->assumed != NULL ? situation->assumed
                                                                         : g_hash_table_new(g_str_hash, g_str_equal),
                         made_up_object(made_up, sides[1])->key);
    else if (strcmp(sides[0], "bygone") == 0)
        note_failure(made_up, "bygone", value[1])->step = g_strdup(value[0]);
    else if (strcmp(sides[0], "working") == 0)
        situation->working = made_up_object(made_up, sides[1])->key;
    else if (strcmp(sides[0], "passed") == 0)
        situation->now = MADE_UP_NOW + g_ascii_strtoll(sides[1], NULL, 10) * G_USEC_PER_SEC;
    else if (strcmp(sides[0], "checking") == 0)
        situation->checking = TRUE;
    else if (strcmp(sides[0], "signed-out") == 0)
        situation->signed_in = FALSE;
    else
        arrange_object(made_up, path[0], path[1], sides[1]);
}

void made_up_arrange(struct made_up *made_up, const char *script)
{
    g_auto(GStrv) parts = g_strsplit(script, "; ", -1);
    for (char **part = parts; *part != NULL && **part != '\0'; part++)
        arrange_one(made_up, *part);
}
