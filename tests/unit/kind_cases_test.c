/* SPDX-License-Identifier: MIT */
/*
 * What each kind of object asks, makes of the answers, and sends: the cases of tests/data/kinds.json, one list a kind.
 *
 * A case is "what" it shows, "with" (the profile's values), "object" (what is known of it before: "known", "named",
 * "ours" of the bin, "last" (else as known), "created", "adopted", "repaired", "doubted", "leaves", "decision",
 * "decidedAt", "values"), the "replies" to its reads (a body, or a status, or both in an object), and all of what it
 * comes to under "seen", where what is empty, and mostly what it "asks", is left out. "refusal" is what the service
 * says to its creation, "holders" are the replies to the question who would lose something ("held" by whom it is, and
 * the "surplus" in it).
 */
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/json.h"
#include "onboarding/door.h"
#include "onboarding/kinds.h"
#include "support/object_scene.h"
#include "support/support.h"

static void set_unless_empty(json *seen, const char *name, const char *text)
{
    if (text != NULL && text[0] != '\0')
        json_set_string(seen, name, text);
}

static void set_list(json *seen, const char *name, json *list)
{
    if (json_length(list) > 0)
        json_set(seen, name, list);
    else
        json_free(list);
}

/* REQUEST (taken; NULL: none) as one line, with whatever says how it is sent. Caller frees. */
static char *line_of(struct request *request)
{
    g_autoptr(Request) taken = request;
    if (request == NULL)
        return NULL;
    g_autofree char *target = request_target(request);
    g_autofree char *readable = g_uri_unescape_string(target, "/");
    g_autofree char *body = request->body != NULL ? json_text(request->body) : g_strdup("");
    return g_strdup_printf("%s%s %s%s%s%s%s%s%s%s%s", request->service == SERVICE_DEFENDER ? "Defender " : "",
                           request->method, readable != NULL ? readable : target, body[0] != '\0' ? " " : "",
                           g_strdelimit(body, "\"", '\''), request->scope != NULL ? " by " : "",
                           request->scope != NULL ? request->scope : "", request->all_pages ? ", all pages" : "",
                           request->eventual ? ", eventual" : "", request->if_granted ? ", if granted" : "",
                           request->if_decided ? ", once decided" : "");
}

static json *lines_of(GPtrArray *requests)
{
    json *lines = json_new_array();
    for (guint i = 0; i < requests->len; i++) {
        g_autofree char *line = line_of(request_copy(g_ptr_array_index(requests, i)));
        json_append_string(lines, line);
    }
    return lines;
}

static void free_reply(gpointer data)
{
    struct reply *reply = data;
    json_free(reply->body);
    g_clear_error(&reply->error);
    g_free(reply->error_code);
    g_free(reply);
}

/* GIVEN: a body, or an object with "status" and perhaps "body", "code" and "message". Caller frees. */
static struct reply *reply_of(const json *given)
{
    gboolean is_whole = json_get_int(given, "status", 0) > 0;
    const char *message = is_whole ? json_get_string(given, "message") : NULL;
    const char *code = is_whole ? json_get_string(given, "code") : NULL;
    struct reply *reply = g_new0(struct reply, 1);
    reply->outcome = REPLY_ANSWERED;
    reply->status = is_whole ? (int)json_get_int(given, "status", 0) : 200;
    reply->body = json_copy(is_whole ? json_get(given, "body") : given);
    reply->error_code = g_strdup(code != NULL ? code : "");
    if (message != NULL)
        reply->error = g_error_new_literal(g_quark_from_static_string("test"), 1, message);
    return reply;
}

static GPtrArray *replies_of(const json *given)
{
    GPtrArray *replies = g_ptr_array_new_with_free_func(free_reply);
    json_for_each (one, given) {
        g_ptr_array_add(replies, reply_of(one));
    }
    return replies;
}

static void replace(char **string, const char *text)
{
    g_free(*string);
    *string = g_strdup(text != NULL ? text : "");
}

static struct object *object_of(const struct object_definition *definition, GHashTable *values, const json *known)
{
    struct object *object = object_new(definition, "step", NULL, values, NULL, 0);
    replace(&object->known_id, json_get_string(known, "known"));
    replace(&object->named_id, json_get_string(known, "named"));
    replace(&object->our_deleted, json_get_string(known, "ours"));
    replace(&object->last_id, json_get_string(known, json_get(known, "last") != NULL ? "last" : "known"));
    replace(&object->mark, json_get_string(known, "mark"));
    object->created = json_get_bool(known, "created", FALSE);
    object->adopted = json_get_bool(known, "adopted", FALSE);
    object->repaired = json_get_bool(known, "repaired", FALSE);
    object->in_doubt = json_get_bool(known, "doubted", FALSE);
    object->leaves = json_get_bool(known, "leaves", FALSE);
    decision_clear(&object->decision);
    object->decision = decision_copy(decision_parse(json_get_string(known, "decision")));
    const char *decided = json_get_string(known, "decidedAt");
    object->decided_at = decided != NULL ? clock_parse(decided) : 0;
    return object;
}

static json *differences_of(const struct observation *observation)
{
    json *list = json_new_array();
    for (guint i = 0; i < observation->differences->len; i++) {
        const struct difference *difference = g_ptr_array_index(observation->differences, i);
        g_autofree char *text = g_strdup_printf("%s%s: %s > %s", difference->field, difference->fixed ? "!" : "",
                                                difference->found, difference->wanted);
        json_append_string(list, text);
    }
    return list;
}

static json *candidates_of(const GPtrArray *candidates)
{
    json *list = json_new_array();
    for (guint i = 0; i < candidates->len; i++) {
        const struct candidate *candidate = g_ptr_array_index(candidates, i);
        g_autofree char *words = decision_words(candidate->decision);
        g_autofree char *text = g_strdup_printf("%s = %s", words, candidate->label);
        json_append_string(list, text);
    }
    return list;
}

static json *seen_of(const struct observation *observation)
{
    json *seen = json_from("{'state':%s}", object_state_word(observation->state));
    json *notes = json_new_array();
    json *learnt = json_new_object();
    GHashTableIter iterator;
    gpointer name;
    gpointer value;
    set_unless_empty(seen, "id", observation->id);
    set_unless_empty(seen, "name", observation->name);
    set_unless_empty(seen, "sentence", observation->sentence);
    set_unless_empty(seen, "toGo", observation->to_go);
    set_unless_empty(seen, "elsewhere", observation->elsewhere);
    set_unless_empty(seen, "deleted", observation->deleted_id);
    set_list(seen, "differences", differences_of(observation));
    set_list(seen, "choices", candidates_of(observation->candidates));
    set_list(seen, "namesakes", candidates_of(observation->namesakes));
    for (guint i = 0; i < observation->notes->len; i++)
        json_append_string(notes, g_ptr_array_index(observation->notes, i));
    set_list(seen, "notes", notes);
    g_hash_table_iter_init(&iterator, observation->learnt);
    while (g_hash_table_iter_next(&iterator, &name, &value))
        json_set_string(learnt, name, value);
    set_list(seen, "learnt", learnt);
    if (observation->repair_unasked)
        json_set_bool(seen, "mendsUnasked", TRUE);
    if (observation->told_counts)
        json_set_bool(seen, "toldCounts", TRUE);
    const struct {
        const char *name;
        gboolean holds;
    } flags[] = {{"nothingHere", observation->nothing_here},
                 {"provesNothing", observation->unasked},
                 {"pends", observation->pends},
                 {"cameToNothing", observation->came_to_nothing},
                 {"goesAtTheEnd", observation->goes_at_the_end}};
    for (gsize i = 0; i < G_N_ELEMENTS(flags); i++)
        if (flags[i].holds)
            json_set_bool(seen, flags[i].name, TRUE);
    if (observation->made != 0)
        json_set_int(seen, "made", observation->made / G_USEC_PER_SEC);
    return seen;
}

static void add_sends(json *seen, struct object *object)
{
    const struct object_kind *kind = object->kind;
    const struct observation *observation = object->observation;
    gboolean can_repair = kind->repair != NULL && observation->state == OBJECT_DIFFERS;
    gboolean can_create = kind->create != NULL && observation->state == OBJECT_ABSENT;
    gboolean can_put_back = kind->restore_old != NULL && observation->state == OBJECT_DIFFERS;
    gboolean can_restore = kind->restore != NULL && observation->deleted_id[0] != '\0';
    gboolean can_remove = kind->remove != NULL && object->known_id[0] != '\0';
    g_autofree char *create = can_create ? line_of(kind->create(object)) : NULL;
    g_autofree char *second = can_create && kind->plan_adds != NULL ? kind->plan_adds(object) : NULL;
    g_autofree char *terms = can_create && kind->terms != NULL ? kind->terms(object) : NULL;
    g_autofree char *repair = can_repair ? line_of(kind->repair(object)) : NULL;
    struct request *back = can_put_back ? scene_put_back(object) : NULL;
    g_autofree char *put_back = back != NULL ? line_of(back) : NULL;
    g_autofree char *restore = can_restore ? line_of(kind->restore(object)) : NULL;
    g_autofree char *remove_it = can_remove ? line_of(kind->remove(object)) : NULL;
    set_unless_empty(seen, "create", create);
    set_unless_empty(seen, "planAdds", second);
    set_unless_empty(seen, "terms", terms);
    set_unless_empty(seen, "repair", repair);
    set_unless_empty(seen, "putBack", put_back);
    set_unless_empty(seen, "restore", restore);
    set_unless_empty(seen, "remove", remove_it);
    if (object_is_to_go(object))
        json_set_bool(seen, "goes", TRUE);
    if (kind->take_away == NULL)
        return;
    for (guint i = 0; observation->holders != NULL && i < observation->holders->len; i++) {
        const struct listed_holder *holder = g_ptr_array_index(observation->holders, i);
        g_autoptr(Request) request = kind->take_away(object, holder->id);
        if (holder->can_go && request == NULL)
            fail_msg("%s: nothing takes “%s” away", kind->name, holder->name);
    }
    g_autoptr(GPtrArray) after = door_repairs_after(object);
    set_list(seen, "then", lines_of(after));
}

static void add_holders(json *seen, const struct object *object, const json *given)
{
    if (given == NULL)
        return;
    g_autoptr(GPtrArray) requests = g_ptr_array_new_with_free_func((GDestroyNotify)request_free);
    g_autoptr(GPtrArray) replies = replies_of(json_get(given, "replies"));
    g_autoptr(GHashTable) own = g_hash_table_new(g_str_hash, g_str_equal);
    json_for_each (id, json_get(given, "own")) {
        g_hash_table_add(own, (gpointer)json_string(id));
    }
    object->kind->look_up_holders(object, requests);
    if (requests->len != replies->len)
        fail_msg("%s: it asks %u times who holds it", object->kind->name, requests->len);
    const struct object_kind *kind = object->kind;
    g_autofree char *held = kind->holders != NULL ? kind->holders(object, replies, own) : NULL;
    g_autofree char *surplus = kind->surplus != NULL ? kind->surplus(object, replies, own) : NULL;
    set_list(seen, "asksWhoHoldsIt", lines_of(requests));
    set_unless_empty(seen, "held", held);
    set_unless_empty(seen, "surplus", surplus);
}

/* TRUE if each of REPLIES can be used; what cannot never comes to OBJECT's kind. */
static gboolean can_use_all(const struct object *object, GPtrArray *replies)
{
    for (guint i = 0; i < replies->len; i++)
        if (!object_can_use(object, replies, i))
            return FALSE;
    return TRUE;
}

/* What CASE of the kind NAME comes to with REPLIES_GIVEN, as in a case; NULL if those cannot be used. Caller frees. */
static json *outcome_with(const char *name, const json *kind_case, const json *replies_given)
{
    const json *with = json_get(kind_case, "with");
    const json *before = json_get(kind_case, "object");
    g_autoptr(json) nothing = json_new_object();
    const struct object_definition definition = {.key = "it",
                                                 .kind_name = name,
                                                 .kind = object_kind_named(name),
                                                 .title = "it",
                                                 .with = with != NULL ? with : nothing};
    assert_non_null(definition.kind);
    g_autoptr(GHashTable) values = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    json_for_each (value, json_get(before, "values")) {
        g_hash_table_replace(values, g_strdup(json_name(value)), g_strdup(json_string(value)));
    }
    struct object *object = object_of(&definition, values, before);
    g_autoptr(GPtrArray) replies = replies_of(replies_given);
    g_autoptr(GPtrArray) asks = object_look_ups(object);
    if (asks->len != replies->len)
        fail_msg("%s, %s: it asks %u times", name, json_get_string(kind_case, "what"), asks->len);
    if (!can_use_all(object, replies)) {
        object_free(object);
        return NULL;
    }
    object->kind->compare(object, replies, object->observation);
    json *seen = seen_of(object->observation);
    if (json_get(kind_case, "seen") == NULL || json_get(json_get(kind_case, "seen"), "asks") != NULL)
        set_list(seen, "asks", lines_of(asks));
    if (json_get(kind_case, "refusal") != NULL) {
        struct reply *refusal = reply_of(json_get(kind_case, "refusal"));
        json_set_bool(seen, "triesAgain", object->kind->learn_refusal(object, refusal));
        free_reply(refusal);
    }
    add_sends(seen, object);
    add_holders(seen, object, json_get(kind_case, "holders"));
    object_free(object);
    return seen;
}

/* The cases of each kind. Caller frees. */
static json *all_cases(void)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *text = NULL;
    if (!g_file_get_contents(PERCH_TEST_DATA "/kinds.json", &text, NULL, &error))
        fail_msg("%s", error->message);
    json *kinds = json_parse(text, -1, &error);
    if (kinds == NULL)
        fail_msg("%s", error->message);
    return kinds;
}

static void test_each_case(void **state)
{
    (void)state;
    guint wrong = 0;
    g_autoptr(json) kinds = all_cases();
    json_for_each (kind, kinds) {
        json_for_each (kind_case, kind) {
            g_autoptr(json) seen = outcome_with(json_name(kind), kind_case, json_get(kind_case, "replies"));
            if (seen == NULL)
                fail_msg("%s, %s: it cannot use a reply", json_name(kind), json_get_string(kind_case, "what"));
            if (json_equal(seen, json_get(kind_case, "seen")))
                continue;
            g_autofree char *came = json_text(seen);
            fprintf(stderr, "%s | %s | %s\n", json_name(kind), json_get_string(kind_case, "what"), came);
            wrong++;
        }
    }
    assert_int_equal(wrong, 0);
}

/* The names of all texts in VALUE. */
static void collect_names(const json *value, GHashTable *names)
{
    json_for_each (member, json_is_object(value) || json_is_array(value) ? value : NULL) {
        if (json_string(member) != NULL && json_name(member) != NULL)
            g_hash_table_add(names, g_strdup(json_name(member)));
        collect_names(member, names);
    }
}

/* VALUE without any text NAME. */
static void drop_texts(json *value, const char *name)
{
    if (json_is_object(value) && json_string(json_get(value, name)) != NULL)
        json_remove(value, name);
    json_for_each (member, json_is_object(value) || json_is_array(value) ? value : NULL) {
        drop_texts(member, name);
    }
}

/* Microsoft gives many a member only now and then, a name first of all: nobody is shown the program's word for that. */
static void test_any_text_may_be_missing(void **state)
{
    (void)state;
    guint wrong = 0;
    g_autoptr(json) kinds = all_cases();
    json_for_each (kind, kinds) {
        json_for_each (kind_case, kind) {
            g_autoptr(GHashTable) names = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
            collect_names(json_get(kind_case, "replies"), names);
            GHashTableIter iterator;
            gpointer name;
            g_hash_table_iter_init(&iterator, names);
            while (g_hash_table_iter_next(&iterator, &name, NULL)) {
                g_autoptr(json) replies = json_copy(json_get(kind_case, "replies"));
                drop_texts(replies, name);
                g_autoptr(json) seen = outcome_with(json_name(kind), kind_case, replies);
                g_autofree char *came = seen != NULL ? json_text(seen) : g_strdup("");
                if (strstr(came, "(null)") == NULL)
                    continue;
                fprintf(stderr, "%s | %s | without %s | %s\n", json_name(kind), json_get_string(kind_case, "what"),
                        (const char *)name, came);
                wrong++;
            }
        }
    }
    assert_int_equal(wrong, 0);
}

static void test_each_kind_has_a_case(void **state)
{
    (void)state;
    g_autoptr(json) kinds = all_cases();
    static const struct object_kind *const all[] = {
#define OBJECT_KIND(kind) &kind,
        OBJECT_KINDS(OBJECT_KIND)
#undef OBJECT_KIND
    };
    for (gsize i = 0; i < G_N_ELEMENTS(all); i++)
        if (json_length(json_get(kinds, all[i]->name)) == 0)
            fail_msg("%s has no case", all[i]->name);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_each_case),
        cmocka_unit_test(test_any_text_may_be_missing),
        cmocka_unit_test(test_each_kind_has_a_case),
    };
    json_init();
    g_log_set_always_fatal(G_LOG_LEVEL_CRITICAL | G_LOG_LEVEL_ERROR);
    return cmocka_run_group_tests_name("kind cases", tests, NULL, NULL);
}
