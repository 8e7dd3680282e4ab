/* SPDX-License-Identifier: MIT */
/*
 * What readings come to, as rows over the made-up steps of tests/data/partners/made-up.json.
 */
#include "engine/reading.h"

#include <string.h>

#include "base/json.h"
#include "support/made_up.h"
#include "support/support.h"

#define SENT(action)                                                                                                   \
    "note={'type':'intent','object':'thing','action':'" action                                                         \
    "','absentAt':'1970-01-12T13:46:39Z'}; note={'type':'sent','object':'thing'}; "
#define MADE SENT("create") "note={'type':'replied','object':'thing','id':'t1'}; thing.created; thing.known=t1; "
#define MADE_BY_REQUEST                                                                                                \
    SENT("create")                                                                                                     \
    "note={'type':'replied','object':'thing','id':'t1','requestId':'q-1'}; thing.created; thing.known=t1; "
#define SEEN MADE "note={'type':'verified','object':'thing','id':'t1'}; "
#define LOST SENT("create") "note={'type':'verified','object':'thing','id':'t1','answerLost':true}; "
#define OWN(id) "note={'type':'decided','object':'thing','by':'ann','decision':'own:" id "'}; "
#define REMOVED SENT("remove") "note={'type':'removed','object':'thing'}; thing.known=; "
#define GONE "note={'type':'gone','object':'thing'}; "

/* What OBSERVATION says, in a line: state: sentence ?choice ... [note] ... */
static char *told_by(const struct observation *observation)
{
    GString *text = g_string_new(object_state_word(observation->state));
    g_string_append_printf(text, ": %s", observation->sentence);
    for (guint i = 0; i < observation->candidates->len; i++) {
        const struct candidate *candidate = g_ptr_array_index(observation->candidates, i);
        g_autofree char *words = decision_words(candidate->decision);
        g_string_append_printf(text, " ?%s", words);
    }
    for (guint i = 0; i < observation->notes->len; i++)
        g_string_append_printf(text, " [%s]", (const char *)g_ptr_array_index(observation->notes, i));
    return g_string_free(text, FALSE);
}

static void test_what_a_reading_means_beside_the_journal(void **state)
{
    static const struct {
        const char *script;
        enum object_state read;
        const char *id;
        gboolean another; /* has the name */
        const char *told; /* as a pattern */
    } rows[] = {
        {"", OBJECT_MATCHES, "t1", FALSE, "matches: "},
        {"", OBJECT_ABSENT, "", FALSE, "absent: "},
        /* A write without an answer. */
        {SENT("create"), OBJECT_ABSENT, "", FALSE,
         "in-doubt: A request to make it was sent at *13:46* and no answer said what came of it; it is not there. Not "
         "before *13:49* "
         "can be told what came of it."},
        {SENT("create") "thing=absent; passed=180", OBJECT_ABSENT, "", FALSE,
         "in-doubt: A request to make it was sent at *13:46* and no answer said what came of it; it was not carried "
         "out."},
        {SENT("create") "thing=absent; thing.made=-5", OBJECT_MATCHES, "t9", FALSE,
         "in-doubt: A request to make it was sent at * and no answer said what came of it; one that is there was made "
         "before, or "
         "is not as asked for, and perch's may be there too. Not before * can be told what came of it."},
        {SENT("repair"), OBJECT_DIFFERS, "t1", FALSE,
         "in-doubt: A request to repair it was sent at * and no answer said what came of it; nothing of it shows. Not "
         "before * can be "
         "told what came of it."},
        {SENT("remove"), OBJECT_MATCHES, "t1", FALSE,
         "in-doubt: A request to remove it was sent at * and no answer said what came of it; it is still there. Not "
         "before * can be "
         "told what came of it."},
        /* Made, and not to be read yet. */
        {MADE, OBJECT_ABSENT, "", FALSE,
         "unknown: Made at *13:46*, and not to be read yet: usual is up to 3 minutes, and Microsoft may take until "
         "*14:46*."},
        {MADE_BY_REQUEST, OBJECT_ABSENT, "", FALSE,
         "unknown: Made at *13:46*, and not to be read yet: usual is up to 3 minutes, and Microsoft may take until "
         "*14:46*. If it takes longer, ask Microsoft about request q-1."},
        {MADE "passed=3600", OBJECT_ABSENT, "", FALSE,
         "in-doubt: Microsoft said that it was made (t1), and it cannot be read for more than an hour. ?wait ?create"},
        {MADE "passed=3600; thing.known=", OBJECT_ABSENT, "", FALSE,
         "in-doubt: Microsoft said that it was made (without an id), and *"},
        {MADE "passed=3600", OBJECT_ABSENT, "", TRUE, "in-doubt: * ?use:x ?use:y ?wait ?create"},
        {MADE "thing.made=-4000", OBJECT_DIFFERS, "t1", FALSE,
         "in-doubt: The answer to perch's request names something else (t1), which has another name or was there "
         "before: that is not perch's, and stays as it is. ?create"},
        /* It was there. */
        {SEEN "thing=unknown", OBJECT_ABSENT, "", FALSE,
         "unknown: It was there at *13:46*, and this reading does not show it; it is read again until *13:49* before "
         "that means anything."},
        {SEEN "thing=absent", OBJECT_ABSENT, "", FALSE,
         "absent: It was there before (t1), and is not any more: somebody removed it. ?create"},
        {SEEN "thing=absent", OBJECT_ABSENT, "", TRUE, "absent: It was there before (t1)* ?use:x ?use:y ?create"},
        {SEEN GONE "thing.known=; thing=absent", OBJECT_ABSENT, "", FALSE, "absent: It was there before (t1)*?create"},
        {SEEN "thing.known=; thing=absent; thing.reading", OBJECT_ABSENT, "", FALSE,
         "absent: It was there before (without an id), and is not any more: somebody removed it."},
        {SEEN GONE "thing.known=; thing=absent", OBJECT_MATCHES, "t1", FALSE,
         "matches:  [perch made it, it was gone, and it is back: it is perch's own again, and undo would remove it.]"},
        /* Also where making another one in its place was refused since. */
        {SEEN GONE SENT("create") "note={'type':'refused','object':'thing','status':403}; thing.known=; thing=absent",
         OBJECT_MATCHES, "t1", FALSE, "matches:  [perch made it, it was gone, and it is back: *]"},
        {SEEN REMOVED, OBJECT_MATCHES, "t1", FALSE,
         "unknown: perch removed it at *13:46*, and this reading shows it still; it is read again until *13:49* before "
         "that means anything."},
        {LOST GONE "thing.known=; thing=absent", OBJECT_MATCHES, "t1", FALSE,
         "matches:  [No answer to perch's request for thing “T” says that it was made; it was found afterwards. *] "
         "[perch made it, it was gone, and it is back: *]"},
        /* Which of them perch made is asked again once what was said of it is taken back. */
        {LOST "thing.created", OBJECT_MATCHES, "t1", TRUE, "many: 2 are there; *?use:x ?use:y ?own:x ?own:y *"},
        {LOST "thing.created; " OWN("t1") "note={'type':'undecided','object':'thing'}", OBJECT_MATCHES, "t1", TRUE,
         "many: 2 are there; *?use:x ?use:y ?own:x ?own:y *"},
        {LOST "thing.created; " OWN("y") "note={'type':'undecided','object':'thing'}", OBJECT_MATCHES, "t1", TRUE,
         "many: 2 are there; *?use:x ?use:y ?own:x ?own:y *"},
        {"", OBJECT_MATCHES, "x", TRUE, "many: 2 are there; choose the one to use. ?use:x ?use:y"},
        /* As decided. */
        {"thing.decision=keep", OBJECT_DIFFERS, "t1", FALSE,
         "matches:  [It differs from what is wanted and is kept as it is, as decided.]"},
        {"thing.decision=keep", OBJECT_ABSENT, "", FALSE, "absent: "},
        {"", OBJECT_DIFFERS, "t1", FALSE, "differs: "},
        {"thing.decision=remove", OBJECT_ABSENT, "", FALSE, "matches:  [It was taken away again, as decided.]"},
        {"thing.decision=remove", OBJECT_DIFFERS, "t1", FALSE, "differs: "},
        {SEEN "thing=unknown; thing.decision=remove", OBJECT_ABSENT, "", FALSE, "unknown: It was there at *"},
        {SEEN "thing=absent; thing.decision=remove", OBJECT_ABSENT, "", FALSE, "absent: It was there before (t1)*"},
    };
    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        struct made_up *made_up = made_up_new(NULL);
        made_up_arrange(made_up, rows[i].script);
        struct object *thing = made_up_object(made_up, "thing");
        struct observation *observation = observation_new();
        observation->state = rows[i].read;
        observation->made = thing->observation->made;
        observation_learn(observation, "id", rows[i].id);
        if (rows[i].another) {
            observation_namesake(observation, "x", "x");
            observation_namesake(observation, "y", "y");
        }
        reading_take(&made_up->situation, thing, observation);
        g_autofree char *told = told_by(thing->observation);
        if (!g_pattern_match_simple(rows[i].told, told))
            fail_msg("row %d (%s):\n%s\ninstead of\n%s", (int)i, rows[i].script, told, rows[i].told);
        assert_true(thing->observation->checked == made_up->situation.now);
        made_up_free(made_up);
    }
}

static void test_what_belonged_to_what_was_taken_away_went_along(void **state)
{
    static const struct {
        const char *script;
        enum object_state state;
    } rows[] = {
        {"thing.going; thing.decision=remove", OBJECT_MATCHES},
        {"thing.going", OBJECT_ABSENT},
        {"thing.decision=remove", OBJECT_ABSENT},
        {"thing=differs; thing.going; thing.decision=remove", OBJECT_ABSENT},
        {"thing.going; thing.decision=remove; thing.id=t1", OBJECT_ABSENT},
    };
    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        struct made_up *made_up = made_up_new(NULL);
        made_up_arrange(made_up, rows[i].script);
        struct object *next = made_up_object(made_up, "next");
        struct observation *observation = observation_new();
        observation->state = OBJECT_ABSENT;
        reading_take(&made_up->situation, next, observation);
        if (next->observation->state != rows[i].state)
            fail_msg("%s: %d", rows[i].script, (int)next->observation->state);
        made_up_free(made_up);
    }
}

static void test_a_row_of_readings_counts_those_that_come_to_the_same(void **state)
{
    (void)state;
    static const struct {
        enum object_state read;
        int at; /* seconds after MADE_UP_NOW */
        guint count;
        int since;
    } readings[] = {
        {OBJECT_ABSENT, 10, 1, 10},  {OBJECT_ABSENT, 20, 2, 10},  {OBJECT_MATCHES, 30, 1, 30},
        {OBJECT_MATCHES, 40, 2, 30}, {OBJECT_MATCHES, 50, 3, 30}, {OBJECT_ABSENT, 60, 1, 60},
    };
    struct made_up *made_up = made_up_new(NULL);
    struct object *thing = made_up_object(made_up, "thing");
    thing->row = (struct reading_row){.state = OBJECT_ABSENT};
    for (gsize i = 0; i < G_N_ELEMENTS(readings); i++) {
        struct observation *observation = observation_new();
        observation->state = readings[i].read;
        made_up->situation.now = MADE_UP_NOW + readings[i].at * (gint64)G_USEC_PER_SEC;
        reading_take(&made_up->situation, thing, observation);
        assert_int_equal(thing->row.state, readings[i].read);
        assert_int_equal(thing->row.count, readings[i].count);
        assert_true(thing->row.since == MADE_UP_NOW + readings[i].since * (gint64)G_USEC_PER_SEC);
    }
    made_up_free(made_up);
}

static GHashTable *set_of(const char *keys)
{
    GHashTable *set = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_auto(GStrv) parts = g_strsplit(keys, " ", -1);
    for (char **part = parts; *part != NULL; part++)
        g_hash_table_add(set, g_strdup(*part));
    return set;
}

#define ALL "first rights licence thing next portal again later away"

static void test_what_has_to_be_read_again(void **state)
{
    static const struct {
        const char *script;
        const char *touched; /* NULL: no list */
        const char *askable;
        const char *read;
    } rows[] = {
        {"", NULL, ALL, ""},
        {"", "portal", ALL, "portal "},
        {"", "thing", ALL, "thing next "},
        {"", "next", ALL, "next "},
        {"thing=unknown", NULL, ALL, "thing next "},
        {"next=unknown", NULL, ALL, "next "},
        /* What cannot be asked for any more changes what needs it; what never could does not. */
        {"", NULL, "first rights licence next portal again later away", "thing next "},
        {"thing=unknown", NULL, "first rights licence next portal again later away", "thing "},
        {"thing=unknown", "next", "first rights licence next portal again later away", "next thing "},
    };
    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        struct made_up *made_up = made_up_new(NULL);
        made_up_arrange(made_up, rows[i].script);
        g_autoptr(GHashTable) touched = rows[i].touched != NULL ? set_of(rows[i].touched) : NULL;
        g_autoptr(GHashTable) askable = set_of(rows[i].askable);
        g_autoptr(GPtrArray) pending = reading_pending(made_up->onboarding->objects, touched, askable);
        g_autoptr(GString) keys = g_string_new(NULL);
        for (guint k = 0; k < pending->len; k++)
            g_string_append_printf(keys, "%s ", ((const struct object *)g_ptr_array_index(pending, k))->key);
        g_autoptr(GHashTable) wanted = set_of(rows[i].read);
        g_autoptr(GHashTable) found = set_of(keys->str);
        gboolean same = g_hash_table_size(wanted) == g_hash_table_size(found);
        g_auto(GStrv) each = g_strsplit(rows[i].read, " ", -1);
        for (char **key = each; *key != NULL; key++)
            same = same && g_hash_table_contains(found, *key);
        if (!same)
            fail_msg("row %d (%s): %s", (int)i, rows[i].script, keys->str);
        made_up_free(made_up);
    }
}

static void test_what_is_looked_for_again_and_until_when(void **state)
{
    static const struct {
        const char *script;
        guint count;
        int until; /* seconds after MADE_UP_NOW */
    } rows[] = {
        {"", 0, 0},
        {SEEN, 0, 0},
        {SEEN "thing.unseen", 0, 0},
        {SEEN "thing=absent; passed=-3500", 1, -3420},
        {SEEN "thing=absent", 0, 0},
        {SEEN "thing=absent; thing=unknown; passed=-3500", 0, 0},
    };
    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        struct made_up *made_up = made_up_new(NULL);
        made_up_arrange(made_up, rows[i].script);
        gint64 until = 7;
        g_autoptr(GHashTable) keys = reading_not_seen(&made_up->situation, &until);
        int seconds = until != 0 ? (int)((until - MADE_UP_NOW) / G_USEC_PER_SEC) : 0;
        if (g_hash_table_size(keys) != rows[i].count || seconds != rows[i].until)
            fail_msg("row %d (%s): %u, %d s", (int)i, rows[i].script, g_hash_table_size(keys), seconds);
        made_up_free(made_up);
    }
}

static void test_what_is_said_of_what_cannot_be_read(void **state)
{
    static const struct {
        const char *script;
        const char *key;
        enum reading_lack lack;
        const char *refusal;
        const char *told;
    } rows[] = {
        {"thing=unknown", "thing", LACKS_NOTHING, NULL, "unknown: "},
        {"thing=unknown", "thing", LACKS_A_RIGHT, NULL,
         "matches: Not asked: perch was not given the right to, and does not need it."},
        {"thing=unknown", "thing", LACKS_DEFENDER, NULL, "unknown: Sign in once more, for Defender, to have it read."},
        {"thing=unknown", "thing", LACKS_DEFENDER, "It said no.", "unknown: Defender cannot be asked. It said no."},
        {"next=unknown", "next", LACKS_DEFENDER, NULL, "unknown: A value is missing."},
        {"next=unknown; thing=absent", "next", LACKS_DEFENDER, NULL, "absent: "},
        {"next=unknown; thing=absent; thing.reading", "next", LACKS_NOTHING, NULL,
         "unknown: It can be looked for once “thing *” is settled."},
        {"next=unknown; thing=many", "next", LACKS_NOTHING, NULL,
         "unknown: It can be looked for once “thing *” is settled."},
    };
    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        struct made_up *made_up = made_up_new(NULL);
        made_up_arrange(made_up, rows[i].script);
        struct object *object = made_up_object(made_up, rows[i].key);
        reading_infer(made_up->onboarding, object, rows[i].lack, rows[i].refusal);
        g_autofree char *told = told_by(object->observation);
        if (!g_pattern_match_simple(rows[i].told, told))
            fail_msg("row %d (%s): %s", (int)i, rows[i].script, told);
        made_up_free(made_up);
    }
}

static void test_what_was_made_for_a_while_may_go(void **state)
{
    static const struct {
        const char *script;
        const char *told;
    } rows[] = {
        {"thing.created", "matches:  ?remove"},
        {"", "matches: "},
        {"thing.created; next=absent", "matches: "},
        {"thing=differs; thing.created", "differs: "},
        {"thing.created; thing.decision=remove", "matches: "},
    };
    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        struct made_up *made_up = made_up_new(NULL);
        made_up_arrange(made_up, rows[i].script);
        struct object *thing = made_up_object(made_up, "thing");
        struct until until = {.object = "next", .label = "Take it away"};
        struct object_definition definition = *thing->definition;
        definition.until = &until;
        thing->definition = &definition;
        observation_candidate(thing->observation, DECISION_REMOVE, "", "of a reading before");
        reading_offer_removal(made_up->onboarding, thing);
        g_autofree char *told = told_by(thing->observation);
        if (strcmp(told, rows[i].told) != 0)
            fail_msg("row %d (%s): %s", (int)i, rows[i].script, told);
        made_up_free(made_up);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_a_reading_means_beside_the_journal),
        cmocka_unit_test(test_what_belonged_to_what_was_taken_away_went_along),
        cmocka_unit_test(test_a_row_of_readings_counts_those_that_come_to_the_same),
        cmocka_unit_test(test_what_has_to_be_read_again),
        cmocka_unit_test(test_what_is_looked_for_again_and_until_when),
        cmocka_unit_test(test_what_is_said_of_what_cannot_be_read),
        cmocka_unit_test(test_what_was_made_for_a_while_may_go),
    };
    g_setenv("TZ", "UTC", TRUE);
    json_init();
    return cmocka_run_group_tests_name("engine_reading", tests, NULL, NULL);
}
