/* SPDX-License-Identifier: MIT */
/*
 * What to do about an object, in which order, and what a plan and an undo would send, as rows over the made-up steps of
 * tests/data/partners/made-up.json.
 */
#include "engine/actions.h"
#include "engine/leave_decision.h"

#include <string.h>

#include "base/json.h"
#include "board/event.h"
#include "engine/plan.h"
#include "engine/step_status.h"
#include "engine/undo_plan.h"
#include "support/made_up.h"
#include "support/support.h"

/* Made by perch and read back. */
#define MADE                                                                                                           \
    "note={'type':'intent','object':'thing','action':'create'}; note={'type':'sent','object':'thing'}; "               \
    "note={'type':'replied','object':'thing','id':'t1'}; note={'type':'verified','object':'thing','id':'t1'}; "

/* Sent, and no answer came. */
#define LOST "note={'type':'intent','object':'thing','action':'create'}; note={'type':'sent','object':'thing'}; "

struct row {
    const char *script;
    const char *key;
    enum action_kind kind;
};

static const struct row rows[] = {
    /* There. */
    {"", "thing", ACTION_ADOPT},
    {"thing.adopted", "thing", ACTION_NONE},
    {"thing.created; thing.known=t1; thing.id=t1", "thing", ACTION_NONE},
    {"thing.created; thing.id=t1", "thing", ACTION_ADOPT},
    {"thing.created", "thing", ACTION_NONE},
    {"thing.decision=remove", "thing", ACTION_NONE},
    {"thing.created; thing.decision=remove", "thing", ACTION_REMOVE},
    {"", "first", ACTION_NONE},
    /* Not there. */
    {"thing=absent", "thing", ACTION_CREATE},
    {"later=absent", "later", ACTION_NONE},
    {"thing=absent; thing.candidate", "thing", ACTION_NONE},
    {"thing=absent; thing.candidate; thing.decision=create", "thing", ACTION_CREATE},
    {"thing=absent; thing.deleted=d1; thing.candidate", "thing", ACTION_NONE},
    {"thing=absent; thing.deleted=d1; thing.decision=restore", "thing", ACTION_RESTORE},
    {"thing=absent; thing.deleted=d1; thing.ours=d1", "thing", ACTION_RESTORE},
    {"thing=absent; thing.deleted=d1; thing.ours=d2", "thing", ACTION_CREATE},
    /* Otherwise than wanted. */
    {"thing=differs; thing.difference", "thing", ACTION_NONE},
    {"thing=differs; thing.difference; thing.decision=repair", "thing", ACTION_REPAIR},
    {"thing=differs; thing.difference; thing.unasked", "thing", ACTION_REPAIR},
    {"thing=differs; thing.fixed; thing.decision=repair", "thing", ACTION_NONE},
    {"first=differs; first.difference; first.decision=repair", "first", ACTION_NONE},
    /* Nothing is ever written on what is not known. */
    {"thing=in-doubt", "thing", ACTION_RESOLVE},
    {"thing=in-doubt; thing.candidate", "thing", ACTION_NONE},
    {"thing=in-doubt; thing.candidate; thing.decision=create", "thing", ACTION_CREATE},
    {"thing.doubted", "thing", ACTION_RESOLVE},
    {"thing=differs; thing.doubted", "thing", ACTION_RESOLVE},
    {"thing=absent; thing.doubted", "thing", ACTION_RESOLVE},
    {"thing=many; thing.doubted", "thing", ACTION_NONE},
    {"thing=unknown; thing.doubted", "thing", ACTION_NONE},
    {"thing=many", "thing", ACTION_NONE},
    {"thing=unknown", "thing", ACTION_NONE},
    {"thing=unknown; thing.read", "thing", ACTION_NONE},
    /* What stands in the way. */
    {"thing=absent; assume=thing", "thing", ACTION_NONE},
    {"thing=absent; thing.failed=no", "thing", ACTION_NONE},
    {"thing=absent; value=rights.thing=No role.", "thing", ACTION_NONE},
    {"thing=absent; first=unknown", "thing", ACTION_NONE},
    {"thing=absent; note={'type':'skipped','step':'thing','by':'ann','reason':'x'}", "thing", ACTION_NONE},
    {"next=absent; value=thing.id=t1", "next", ACTION_CREATE},
    {"next=absent; thing=unknown; value=thing.id=t1", "next", ACTION_NONE},
    {"next=absent; thing=absent", "next", ACTION_NONE},
    /* What goes away by decision takes with it what would belong to it. */
    {"next=absent; thing.going; thing.id=t1; thing.goes; value=thing.id=t1", "next", ACTION_CREATE},
    {"next=absent; thing.going; thing.id=t1; thing.goes; thing.decision=remove; value=thing.id=t1", "next",
     ACTION_NONE},
    /* What lasts for a while is had once, and never unasked. */
    {"thing=absent; thing.lasting; thing.decision=create", "thing", ACTION_CREATE},
    {"thing=absent; thing.lasting", "thing", ACTION_NONE},
    {"thing=absent; thing.lasting; thing.created; thing.decision=create", "thing", ACTION_NONE},
    {"thing.lasting", "thing", ACTION_NONE},
    {"thing=absent; thing.fenced; thing.decision=create", "thing", ACTION_NONE},
    {"later=in-doubt; later.candidate; later.decision=create", "later", ACTION_NONE},
    {"note={'type':'intent','object':'thing','action':'create'}; note={'type':'replied','object':'thing','id':'t1'}; "
     "thing.created; thing.known=t1; thing.id=t1",
     "thing", ACTION_ADOPT},
    {"away=absent; value=licence.entra=basic", "away", ACTION_NONE},
    {"away=absent; value=licence.entra=full", "away", ACTION_CREATE},
    {"away=in-doubt; value=licence.entra=basic", "away", ACTION_NONE},
    {"portal=absent; note={'type':'told','step':'portal','by':'ann','note':''}", "portal", ACTION_NONE},
    {"portal=in-doubt; note={'type':'told','step':'portal','by':'ann','note':''}", "portal", ACTION_RESOLVE},
    {"portal=absent", "portal", ACTION_CREATE},
};

static void test_each_object_has_its_action(void **state)
{
    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        struct made_up *made_up = made_up_new(NULL);
        made_up_arrange(made_up, rows[i].script);
        enum action_kind kind = action_for_object(&made_up->situation, made_up_object(made_up, rows[i].key));
        if (kind != rows[i].kind)
            fail_msg("row %d (%s): %d instead of %d", (int)i, rows[i].script, kind, rows[i].kind);
        made_up_free(made_up);
    }
}

/* Where nothing but what it belongs to stands in the way: another step's object. */
static void test_what_an_object_belongs_to_has_to_be_there_and_stay(void **state)
{
    static const struct row belonging[] = {
        {"away=absent; value=thing.id=t1", "away", ACTION_CREATE},
        {"away=absent; thing=absent; value=thing.id=t1", "away", ACTION_NONE},
        {"away=absent; thing=differs; value=thing.id=t1", "away", ACTION_NONE},
        {"away=absent; thing.going; thing.id=t1; thing.goes; thing.decision=remove; value=thing.id=t1", "away",
         ACTION_NONE},
        {"away=absent; thing.going; thing.id=t1; thing.goes; value=thing.id=t1", "away", ACTION_CREATE},
        /* What may be activated follows from the roles that are not there. */
        {"away=absent; away.lasting; away.decision=create; thing=absent; value=thing.id=t1", "away", ACTION_CREATE},
    };
    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(belonging); i++) {
        struct made_up *made_up = made_up_new(NULL);
        g_ptr_array_add(made_up_object(made_up, "away")->needs, g_strdup("thing"));
        made_up_arrange(made_up, "value=licence.entra=full");
        made_up_arrange(made_up, belonging[i].script);
        enum action_kind kind = action_for_object(&made_up->situation, made_up_object(made_up, belonging[i].key));
        if (kind != belonging[i].kind)
            fail_msg("row %d (%s): %d", (int)i, belonging[i].script, kind);
        made_up_free(made_up);
    }
}

#define ALL_ADOPTED "thing.adopted; next.adopted; portal.adopted; again.adopted; away.adopted; "

#define SETTLED                                                                                                        \
    "note={'type':'told','step':'hand','by':'ann','note':''}; "                                                        \
    "note={'type':'told','step':'again','by':'ann','note':''}; rights.lasting; rights.created; "

/* Had, wanted at the end, and asked for by nobody before; or not perch's. */
static void test_what_is_given_back_is_perchs_own_and_to_go(void **state)
{
    static const struct {
        const char *script;
        gboolean is_given_back;
    } cases[] = {
        {SETTLED "rights.ends", TRUE},
        {SETTLED, FALSE},
        {"rights.lasting; rights.decision=remove", FALSE},
        {"rights.created; rights.decision=remove", FALSE},
        {"rights.lasting; rights.created; rights.decision=remove", TRUE},
    };
    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        struct made_up *made_up = made_up_new("{'company':'C','ticket':'1','remark':'r','used':false}");
        made_up_arrange(made_up, ALL_ADOPTED);
        made_up_arrange(made_up, cases[i].script);
        const struct action next = action_next(&made_up->situation, NULL);
        gboolean is_given_back = next.kind == ACTION_REMOVE && strcmp(next.object->key, "rights") == 0;
        if (is_given_back != cases[i].is_given_back)
            fail_msg("row %d: %s", (int)i, cases[i].script);
        assert_null(action_next(&made_up->situation, "begin").object);
        made_up_free(made_up);
    }
}

/* A role that nothing is left for is not activated. */
static void test_nothing_is_activated_where_nothing_is_left(void **state)
{
    (void)state;
    struct made_up *made_up = made_up_new("{'company':'C','ticket':'1','remark':'r','used':false}");
    struct object *rights = made_up_object(made_up, "rights");
    made_up_arrange(made_up, SETTLED ALL_ADOPTED "value=me.id=m; rights=absent; rights.decision=create");
    rights->created = FALSE;
    object_refill(rights, made_up->onboarding->answers, NULL);
    assert_int_equal(action_for_object(&made_up->situation, rights), ACTION_NONE);
    made_up_arrange(made_up, "next=absent");
    assert_int_equal(action_for_object(&made_up->situation, rights), ACTION_CREATE);
    made_up_free(made_up);
}

/* Once all is settled but its own step, which waits for nothing else. */
static void test_what_is_given_back_at_the_end_is_so_then(void **state)
{
    static const struct {
        const char *script;
        gboolean is_given_back;
    } ends[] = {
        {SETTLED, TRUE},
        {SETTLED "rights.made=-305", TRUE},
        {SETTLED "rights.made=-304", FALSE},
        {SETTLED "away=differs; rights.decision=remove", TRUE},
        {SETTLED "first=differs", TRUE},
        {SETTLED "away=differs", FALSE},
        {SETTLED "rights.failed=no", FALSE},
        {SETTLED "assume=rights", FALSE},
        {SETTLED "rights=absent", FALSE},
    };
    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(ends); i++) {
        struct made_up *made_up = made_up_new("{'company':'C','ticket':'1','remark':'r','used':false}");
        made_up_arrange(made_up, ends[i].script);
        struct object *rights = made_up_object(made_up, "rights");
        rights->observation->goes_at_the_end = TRUE;
        if ((action_gives_back(&made_up->situation) == rights) != ends[i].is_given_back)
            fail_msg("row %d: %s", (int)i, ends[i].script);
        made_up_free(made_up);
    }
}

static void test_a_day_gone_by_and_a_missing_answer_hold_a_write_back(void **state)
{
    static const struct {
        const char *answers;
        enum action_kind kind;
    } given[] = {
        {"{}", ACTION_NONE},
        {"{'company':'C'}", ACTION_CREATE},
        {"{'company':'C','day':'2026-01-01'}", ACTION_NONE},
        {"{'company':'C','day':'2026-01-02'}", ACTION_CREATE},
    };
    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(given); i++) {
        struct made_up *made_up = made_up_new(given[i].answers);
        made_up_arrange(made_up, "thing=absent; value=today=2026-01-02");
        assert_int_equal(action_for_object(&made_up->situation, made_up_object(made_up, "thing")), given[i].kind);
        made_up_free(made_up);
    }
}

static void test_the_next_action_is_the_first_in_the_order_within_the_step(void **state)
{
    static const struct {
        const char *script;
        const char *step;
        const char *key; /* NULL: nothing to do */
    } orders[] = {
        {ALL_ADOPTED, NULL, NULL},
        {"", NULL, "thing"},
        {ALL_ADOPTED "portal=absent; away=absent", NULL, "portal"},
        {ALL_ADOPTED "portal=absent; away=absent", "away", "away"},
        {ALL_ADOPTED "portal=absent; away=absent", "thing", NULL},
        {ALL_ADOPTED "portal=absent; away=absent", "no-such-step", NULL},
        {ALL_ADOPTED "thing=absent; next=absent; portal=absent", "next", "thing"},
        {ALL_ADOPTED "thing=absent; next=absent; portal=absent", "portal", "portal"},
    };
    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(orders); i++) {
        struct made_up *made_up = made_up_new(NULL);
        made_up_arrange(made_up, orders[i].script);
        const struct action next = action_next(&made_up->situation, orders[i].step);
        if (g_strcmp0(next.object != NULL ? next.object->key : NULL, orders[i].key) != 0)
            fail_msg("row %d: %s", (int)i, next.object != NULL ? next.object->key : "nothing");
        made_up_free(made_up);
    }
}

/* What a run holds back is left to do, and no board calls it a failure meanwhile. */
static void test_what_is_held_back_is_left_to_do(void **state)
{
    (void)state;
    struct made_up *made_up = made_up_new(NULL);
    made_up_arrange(made_up, ALL_ADOPTED "thing=absent");
    struct object *thing = made_up_object(made_up, "thing");
    assert_int_equal(action_for_object(&made_up->situation, thing), ACTION_CREATE);
    g_autoptr(GHashTable) held_back = g_hash_table_new(g_str_hash, g_str_equal);
    g_hash_table_add(held_back, thing->key);
    made_up->situation.held_back = held_back;
    made_up_arrange(made_up, "portal=absent");
    assert_int_equal(action_for_object(&made_up->situation, made_up_object(made_up, "portal")), ACTION_CREATE);
    assert_int_equal(action_for_object(&made_up->situation, thing), ACTION_NONE);
    g_auto(StepStatus) status = step_status(&made_up->situation, onboarding_step(made_up->onboarding, thing->step));
    assert_int_equal(status.state, STEP_TO_DO);
    made_up_free(made_up);
}

/* "METHOD PATH, METHOD PATH": what PLAN would send, without the host. */
static char *requests_of(const struct plan *plan)
{
    GString *text = g_string_new(NULL);
    for (guint i = 0; i < plan->requests->len; i++) {
        const struct planned_request *request = g_ptr_array_index(plan->requests, i);
        const char *path = strstr(request->url, "/v1.0/");
        g_string_append_printf(text, "%s%s %s", i > 0 ? ", " : "", request->method, path != NULL ? path : request->url);
    }
    return g_string_free(text, FALSE);
}

static void test_a_plan_goes_on_as_if_each_request_were_carried_out(void **state)
{
    static const struct {
        const char *script;
        const char *step;
        const char *requests;
        const char *obstacle; /* the first; NULL: none is looked at */
    } plans[] = {
        {ALL_ADOPTED "thing=absent; next=absent", NULL, "POST /v1.0/made-up, POST /v1.0/made-up",
         "By hand: Still missing: Ticket."},
        {ALL_ADOPTED "thing=absent; next=absent; portal=absent", "next", "POST /v1.0/made-up, POST /v1.0/made-up",
         NULL},
        {ALL_ADOPTED "thing=absent; next=absent", "thing", "POST /v1.0/made-up", NULL},
        {"", NULL, "", NULL},
        {ALL_ADOPTED "thing=in-doubt", NULL, "", "By hand: Still missing: Ticket."},
        /* What comes behind something that a person has to do is not in it either; of one step alone it is known. */
        {ALL_ADOPTED "first=unknown", NULL, "", "Begin: It was not read yet."},
        {ALL_ADOPTED "thing=differs; thing.difference; thing.decision=repair; thing.id=t1", NULL,
         "PATCH /v1.0/made-up/t1", NULL},
        {ALL_ADOPTED "thing=differs", NULL, "", "Thing: It differs from what is wanted."},
        {ALL_ADOPTED "thing=absent; thing.failed=Refused.", NULL, "", "Thing: Refused."},
        {ALL_ADOPTED "thing=unknown", NULL, "", "Thing: It was not read yet."},
        {"thing.created; thing.known=t1; thing.decision=remove; next.adopted; portal.adopted; again.adopted; "
         "away.adopted",
         NULL, "DELETE /v1.0/made-up/t1", NULL},
        {ALL_ADOPTED "thing=absent; thing.deleted=d1; thing.decision=restore", NULL, "POST /v1.0/made-up/d1/restore",
         NULL},
    };
    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(plans); i++) {
        struct made_up *made_up = made_up_new(NULL);
        made_up_arrange(made_up, plans[i].script);
        struct plan *plan = plan_apply(&made_up->situation, plans[i].step);
        g_autofree char *requests = requests_of(plan);
        const char *obstacle = plan->obstacles->len > 0 ? g_ptr_array_index(plan->obstacles, 0) : "";
        if (strcmp(requests, plans[i].requests) != 0 ||
            (plans[i].obstacle != NULL && strcmp(obstacle, plans[i].obstacle) != 0))
            fail_msg("row %d: %s; %s", (int)i, requests, obstacle);
        assert_null(made_up->situation.assumed);
        plan_unref(plan);
        made_up_free(made_up);
    }
}

/* Whoever sees a part of a step in the plan does not take it for untouched. */
static void test_of_a_step_that_is_begun_what_is_left_out_is_named(void **state)
{
    (void)state;
    struct made_up *made_up = made_up_new(NULL);
    g_ptr_array_add(made_up_object(made_up, "licence")->needs, g_strdup("rights"));
    made_up_arrange(made_up, ALL_ADOPTED "first.plain; first=absent; licence.plain; licence=absent; rights.named; "
                                         "rights=absent; rights.sentence=Nobody is called so.");
    struct plan *plan = plan_apply(&made_up->situation, NULL);
    assert_int_equal(plan->requests->len, 1);
    assert_string_equal(g_ptr_array_index(plan->obstacles, 0), "licences: Nobody is called so.");
    plan_unref(plan);
    made_up_free(made_up);
}

static void test_what_a_plan_says_of_a_request(void **state)
{
    (void)state;
    struct made_up *made_up = made_up_new(NULL);
    made_up_arrange(made_up, ALL_ADOPTED "thing=absent; portal=differs; portal.difference; portal.unasked");
    struct plan *plan = plan_apply(&made_up->situation, NULL);
    const struct planned_request *made = g_ptr_array_index(plan->requests, 0);
    const struct planned_request *changed = g_ptr_array_index(plan->requests, 1);
    assert_string_equal(made->verb, "make");
    assert_string_equal(made->risk, "It can do much.");
    assert_int_equal(made->differences->len, 0);
    assert_string_equal(changed->verb, "change");
    assert_string_equal(changed->risk, "");
    assert_int_equal(changed->differences->len, 1);
    plan_unref(plan);
    made_up_free(made_up);
}

static void test_the_scopes_of_a_plan(void **state)
{
    static const struct {
        const char *script;
        const char *scopes;
    } wanted[] = {
        {ALL_ADOPTED "thing=absent; next=absent", "MadeUp.ReadWrite"},
        {ALL_ADOPTED LOST "thing=absent; thing.doubted", "MadeUp.ReadWrite"},
        /* What is there is not made once more. */
        {ALL_ADOPTED LOST "thing=matches; thing.doubted", ""},
        {ALL_ADOPTED LOST "thing=differs; thing.doubted", ""},
        {ALL_ADOPTED, ""},
        {"thing.created; thing.decision=remove; thing.known=t1; next.adopted; portal.adopted; again.adopted; "
         "away.adopted",
         "MadeUp.Remove"},
    };
    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(wanted); i++) {
        struct made_up *made_up = made_up_new(NULL);
        made_up_arrange(made_up, wanted[i].script);
        g_auto(GStrv) scopes = plan_scopes(&made_up->situation, NULL);
        g_autofree char *text = g_strjoinv(" ", scopes);
        if (strcmp(text, wanted[i].scopes) != 0)
            fail_msg("row %d: %s", (int)i, text);
        made_up_free(made_up);
    }
}

#define ANSWERED LOST "note={'type':'replied','object':'thing','id':'t1'}; "
#define REMOVED                                                                                                        \
    "note={'type':'intent','object':'thing','action':'remove'}; "                                                      \
    "note={'type':'removed','object':'thing','at':'1970-01-12T13:36:40Z'}; "
#define REPAIRED                                                                                                       \
    "note={'type':'intent','object':'thing','action':'repair','old':{'size':2}}; "                                     \
    "note={'type':'replied','object':'thing'}; note={'type':'verified','object':'thing'}; "

static void test_undo_takes_back_what_is_perchs_own_in_reverse(void **state)
{
    static const struct {
        const char *script;
        const char *requests;
    } undos[] = {
        {"", ""},
        {"thing.adopted", ""},
        {"thing.created; thing.known=t1", "DELETE /v1.0/made-up/t1"},
        {"thing.created; thing.id=t2", "DELETE /v1.0/made-up/t2"},
        {"thing.created", ""},
        {"thing.created; thing.known=t1; next.created; next.known=n1",
         "DELETE /v1.0/made-up/n1, DELETE /v1.0/made-up/t1"},
        {MADE "thing=absent; thing.created; thing.known=t1", ""},
        {MADE "thing=absent; thing.chosen; thing.created; thing.known=t1", "DELETE /v1.0/made-up/t1"},
        {MADE "thing=absent; thing.chosen; thing.created", ""},
        {"first.created; first.known=f1", ""},
        {REPAIRED, "PATCH /v1.0/made-up/thing"},
        {REPAIRED "thing=differs", ""},
        {REPAIRED "thing.account", ""},
        /* Its answer was lost, and it turned out as perch's own; or it is back. */
        {LOST "thing.id=t1; thing.made=1", "DELETE /v1.0/made-up/t1"},
        {LOST "thing.id=t1; thing.made=1; thing.checked=0", ""},
        {LOST "thing.id=t1; thing.made=-600", ""},
        {LOST "note={'type':'refused','object':'thing','answerLost':true,'at':'1970-01-12T13:47:40Z'}; "
              "thing.id=t1; thing.made=1",
         "DELETE /v1.0/made-up/t1"},
        {LOST "note={'type':'refused','object':'thing','at':'1970-01-12T13:47:40Z'}; thing.id=t1; thing.made=1", ""},
        {MADE "note={'type':'gone','object':'thing'}; thing.id=t1", "DELETE /v1.0/made-up/t1"},
        {MADE "note={'type':'gone','object':'thing'}; thing.id=t2", ""},
        {MADE REMOVED "thing.id=t1", "DELETE /v1.0/made-up/t1"},
        {MADE REMOVED "thing.id=t2", ""},
        /* The answer named what was there long before. */
        {ANSWERED "thing.id=t1; thing.known=t1; thing.created; thing.made=-4000", ""},
        {ANSWERED "thing.id=t1; thing.known=t1; thing.created; thing.made=1", "DELETE /v1.0/made-up/t1"},
        /* Decided to go with the partner, though somebody else made it. */
        {"thing.leaves; thing.id=t1", "DELETE /v1.0/made-up/t1"},
        {"thing.leaves; thing=differs; thing.id=t1", "DELETE /v1.0/made-up/t1"},
        {"thing.leaves; thing.created; thing.known=t1; thing.id=t1", "DELETE /v1.0/made-up/t1"},
        {"thing.leaves", ""},
        {"thing.leaves; thing=many; thing.id=t1", ""},
        {"first.leaves; first.id=f1", ""},
        /* What sends goes first. */
        {"thing.leaves; thing.id=t1; next.leaves; next.id=n1", "DELETE /v1.0/made-up/n1, DELETE /v1.0/made-up/t1"},
        {"thing.sending; thing.leaves; thing.id=t1; next.leaves; next.id=n1",
         "DELETE /v1.0/made-up/t1, DELETE /v1.0/made-up/n1"},
        {"thing.sending; thing.created; thing.known=t1; next.leaves; next.id=n1",
         "DELETE /v1.0/made-up/n1, DELETE /v1.0/made-up/t1"},
        {REPAIRED "thing.created; thing.known=t1", "DELETE /v1.0/made-up/t1"},
    };
    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(undos); i++) {
        struct made_up *made_up = made_up_new(NULL);
        made_up_arrange(made_up, undos[i].script);
        struct plan *plan = plan_undo(&made_up->situation);
        g_autofree char *requests = requests_of(plan);
        if (strcmp(requests, undos[i].requests) != 0)
            fail_msg("row %d (%s): %s", (int)i, undos[i].script, requests);
        assert_true(plan->undo);
        plan_unref(plan);
        made_up_free(made_up);
    }
}

static void test_gone_is_what_perch_made_and_is_not_there(void **state)
{
    static const struct {
        const char *script;
        gboolean gone;
    } cases[] = {
        {MADE "thing=absent; thing.created", TRUE},
        {MADE "thing=absent", FALSE},
        {MADE "thing.created", FALSE},
        {MADE "thing=unknown; thing.created", FALSE},
        {MADE "thing=absent; thing.created; thing.chosen; thing.known=t1", FALSE},
        {MADE "thing=absent; thing.created; thing.lasting", TRUE},
        {MADE "thing.created; thing.lasting", FALSE},
        /* or took over, which what it made for that may need */
        {"note={'type':'adopted','object':'thing','id':'t1'}; thing=absent; thing.adopted", TRUE},
        {"note={'type':'adopted','object':'thing','id':'t1'}; thing.adopted", FALSE},
    };
    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        struct made_up *made_up = made_up_new(NULL);
        made_up_arrange(made_up, cases[i].script);
        assert_int_equal(undo_finds_gone(&made_up->situation, made_up_object(made_up, "thing")), cases[i].gone);
        made_up_free(made_up);
    }
}

/* A request that was answered with yes, and declined later. */
static void test_what_never_came_about_is_gone(void **state)
{
    (void)state;
    struct made_up *made_up = made_up_new(NULL);
    struct object *thing = made_up_object(made_up, "thing");
    made_up_arrange(made_up, "note={'type':'intent','object':'thing','action':'create'}; "
                             "note={'type':'sent','object':'thing'}; "
                             "note={'type':'replied','object':'thing','id':'t1'}; thing=absent; thing.created");
    assert_false(undo_finds_gone(&made_up->situation, thing));
    thing->observation->came_to_nothing = TRUE;
    assert_true(undo_finds_gone(&made_up->situation, thing));
    made_up_free(made_up);
}

/* Of what perch did not make, and leaving the partner would not take away by itself. */
static void test_what_undo_leaves_of_the_partners(void **state)
{
    static const struct {
        const char *script;
        gboolean is_companys;
        gboolean is_left;
    } cases[] = {
        {"thing.id=t1", FALSE, TRUE},
        {"thing=differs; thing.id=t1", FALSE, TRUE},
        {"thing=many", FALSE, TRUE},
        {"thing.id=t1", TRUE, FALSE},
        {"thing=absent", FALSE, FALSE},
        {"thing=unknown", FALSE, FALSE},
        {"thing.reading", FALSE, FALSE},
        {"thing.created; thing.id=t1", FALSE, FALSE},
        {LOST "thing.id=t1; thing.made=1", FALSE, FALSE},
        {MADE REMOVED "thing.id=t1", FALSE, FALSE},
        {MADE REMOVED "thing.id=t1; thing.checked=0", FALSE, FALSE},
        {MADE REMOVED "thing.id=t2", FALSE, TRUE},
    };
    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        struct made_up *made_up = made_up_new(NULL);
        made_up_arrange(made_up, cases[i].script);
        struct object *thing = made_up_object(made_up, "thing");
        struct object_kind kind = *thing->kind;
        kind.is_companys = cases[i].is_companys;
        thing->kind = &kind;
        if (undo_leaves_partners(&made_up->situation, thing) != cases[i].is_left)
            fail_msg("row %d: %s", (int)i, cases[i].script);
        made_up_free(made_up);
    }
}

/* What the journal holds as perch's own is not found back. */
static void test_what_is_found_back_was_lost_before(void **state)
{
    (void)state;
    struct made_up *made_up = made_up_new(NULL);
    const struct object *thing = made_up_object(made_up, "thing");
    made_up_arrange(made_up, LOST "thing.id=t1; thing.made=1");
    assert_true(undo_finds_back(&made_up->situation, thing));
    made_up_arrange(made_up, "thing.created");
    assert_false(undo_finds_back(&made_up->situation, thing));
    made_up_free(made_up);
}

/* Of two of a name one may be perch's own, as long as nobody said whose. */
static void test_whose_it_is_is_asked_where_it_may_be_perchs_own(void **state)
{
    static const struct {
        const char *script;
        const char *said;
        gboolean is_asked;
    } cases[] = {
        {"thing=many; thing.doubted", NULL, TRUE},
        {"thing=many", NULL, FALSE},
        {"thing.doubted; thing.id=t1", NULL, FALSE},
        {"thing=many; thing.doubted", "keep", FALSE},
    };
    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        struct made_up *made_up = made_up_new(NULL);
        if (cases[i].said != NULL)
            json_set(made_up->onboarding->answers, "leave", json_from("{'thing':%s}", cases[i].said));
        made_up_arrange(made_up, cases[i].script);
        if (undo_may_be_own(&made_up->situation, made_up_object(made_up, "thing")) != cases[i].is_asked)
            fail_msg("row %d: %s", (int)i, cases[i].script);
        made_up_free(made_up);
    }
}

#define SHOWN "thing.id=t1; note={'type':'shown','object':'thing','about':'#a0e012'}; "
#define TAKEN_AWAY                                                                                                     \
    "thing.id=t1; note={'type':'intent','object':'thing','action':'remove','id':'t1'}; "                               \
    "note={'type':'removed','object':'thing'}; "

/* What goes with the partner is what was shown when that was said, and once. */
static void test_what_was_said_of_leaving_is_about_that_one(void **state)
{
    static const struct {
        const char *script;
        const char *said;
        const char *holds;
    } cases[] = {
        {"thing.id=t1", NULL, NULL},
        {"thing.id=t1", "remove", "remove"},
        {"thing.id=t1", "keep", "keep"},
        {"thing=unknown", "keep", "keep"},
        {SHOWN, "remove", "remove"},
        {SHOWN "thing.id=t2", "remove", NULL},
        {SHOWN "thing.id=t2", "keep", NULL},
        {SHOWN "thing.id=t2", "remove#a0e012", NULL},
        {SHOWN "thing.id=t2", "remove#5604d7", "remove"},
        {"thing.id=t1", "remove#a0e012", "remove"},
        {"thing.id=t2", "keep#a0e012", NULL},
        {SHOWN TAKEN_AWAY, "remove", NULL},
        {TAKEN_AWAY, "remove#a0e012", NULL},
        {SHOWN TAKEN_AWAY, "remove#5fa2d2", "remove"},
    };
    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        struct made_up *made_up = made_up_new(NULL);
        if (cases[i].said != NULL)
            json_set(made_up->onboarding->answers, "leave", json_from("{'thing':%s}", cases[i].said));
        made_up_arrange(made_up, cases[i].script);
        const char *holds = leave_decision(&made_up->situation, made_up_object(made_up, "thing"));
        if (g_strcmp0(holds, cases[i].holds) != 0)
            fail_msg("row %d: %s: %s", (int)i, cases[i].said, holds);
        made_up_free(made_up);
    }
}

static void test_the_doors_that_are_shut_when_the_partner_is_left(void **state)
{
    (void)state;
    struct made_up *made_up = made_up_new(NULL);
    made_up_arrange(made_up, "thing.guarded; thing.leaves; next.guarded; portal.leaves; away.guarded; away.leaves");
    g_autoptr(GPtrArray) doors = undo_doors(&made_up->situation);
    assert_int_equal(doors->len, 2);
    assert_ptr_equal(g_ptr_array_index(doors, 0), made_up_object(made_up, "away"));
    assert_ptr_equal(g_ptr_array_index(doors, 1), made_up_object(made_up, "thing"));
    made_up_free(made_up);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_each_object_has_its_action),
        cmocka_unit_test(test_what_an_object_belongs_to_has_to_be_there_and_stay),
        cmocka_unit_test(test_what_is_given_back_is_perchs_own_and_to_go),
        cmocka_unit_test(test_nothing_is_activated_where_nothing_is_left),
        cmocka_unit_test(test_what_is_given_back_at_the_end_is_so_then),
        cmocka_unit_test(test_a_day_gone_by_and_a_missing_answer_hold_a_write_back),
        cmocka_unit_test(test_the_next_action_is_the_first_in_the_order_within_the_step),
        cmocka_unit_test(test_what_is_held_back_is_left_to_do),
        cmocka_unit_test(test_a_plan_goes_on_as_if_each_request_were_carried_out),
        cmocka_unit_test(test_of_a_step_that_is_begun_what_is_left_out_is_named),
        cmocka_unit_test(test_what_a_plan_says_of_a_request),
        cmocka_unit_test(test_the_scopes_of_a_plan),
        cmocka_unit_test(test_undo_takes_back_what_is_perchs_own_in_reverse),
        cmocka_unit_test(test_gone_is_what_perch_made_and_is_not_there),
        cmocka_unit_test(test_what_never_came_about_is_gone),
        cmocka_unit_test(test_what_undo_leaves_of_the_partners),
        cmocka_unit_test(test_whose_it_is_is_asked_where_it_may_be_perchs_own),
        cmocka_unit_test(test_what_is_found_back_was_lost_before),
        cmocka_unit_test(test_what_was_said_of_leaving_is_about_that_one),
        cmocka_unit_test(test_the_doors_that_are_shut_when_the_partner_is_left),
    };
    json_init();
    return cmocka_run_group_tests_name("actions", tests, NULL, NULL);
}
