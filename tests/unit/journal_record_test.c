/* SPDX-License-Identifier: MIT */
/*
 * The records of a journal, as they stand on disk: every type with every member that it is written with, and what is
 * refused.
 */
#include "store/journal_record.h"

#include <string.h>

#include "base/clock.h"
#include "base/error.h"
#include "base/json.h"
#include "support/support.h"

#define AT "2026-11-24T10:00:00Z"
#define LATER "2026-11-24T10:05:00Z"

/* Texts with single quotes, as json_from() takes them. A record that is written otherwise cannot be read by the perch
 * that wrote the journals of old. */
static const char *const on_disk[] = {
    "{'type':'begin','format':2,'version':'0.1.0','tenant':'t','partner':'p','at':'" AT "'}",
    "{'type':'intent','object':'group','kind':'group','action':'create','method':'POST','target':'/v1.0/groups',"
    "'name':'Analysts','body':'cafe','absentAt':'" LATER "','by':'ann','at':'" AT "'}",
    "{'type':'intent','object':'group','kind':'group','action':'repair','method':'PATCH','target':'/v1.0/groups/g',"
    "'body':'cafe','old':{'description':'was','members':[1,null]},'by':'ann','at':'" AT "'}",
    "{'type':'intent','object':'group','action':'restore','at':'" AT "'}",
    "{'type':'intent','object':'group','action':'undo-repair','at':'" AT "'}",
    "{'type':'intent','object':'guest','step':'s','action':'remove','method':'DELETE','target':'/v1.0/users/u',"
    "'path':'/v1.0/users/u','by':'ann','at':'" AT "'}",
    "{'type':'sent','object':'group','by':'ann','at':'" AT "'}",
    "{'type':'replied','object':'group','id':'g','status':201,'requestId':'r','by':'ann','at':'" AT "'}",
    "{'type':'verified','object':'group','id':'g','answerLost':true,'takeBack':{'path':'/v1.0/users/u','scope':'',"
    "'title':'the guest','kind':'guest','step':'s'},'by':'ann','at':'" AT "'}",
    "{'type':'refused','object':'group','status':403,'code':'Denied','requestId':'r','by':'ann','at':'" AT "'}",
    "{'type':'removed','object':'group','status':204,'requestId':'r','by':'ann','at':'" AT "'}",
    "{'type':'gone','object':'group','by':'ann','at':'" AT "'}",
    "{'type':'not-ours','object':'group','id':'g','by':'ann','at':'" AT "'}",
    "{'type':'adopted','object':'group','id':'g','by':'ann','at':'" AT "'}",
    "{'type':'absent','object':'group','as':'cafe','by':'ann','at':'" AT "'}",
    "{'type':'seen','object':'group','by':'ann','at':'" AT "'}",
    "{'type':'decided','object':'group','decision':'use:g','by':'ann','when':'" LATER "','at':'" AT "'}",
    "{'type':'undecided','object':'group','by':'ann','at':'" AT "'}",
    "{'type':'handed','object':'group','decision':'name:Analysts','by':'ben','when':'" LATER "','at':'" AT "'}",
    "{'type':'told','step':'s','note':'','about':'x','by':'ann','at':'" AT "'}",
    "{'type':'untold','step':'s','by':'ann','at':'" AT "'}",
    "{'type':'skipped','step':'s','reason':'not ours','by':'ann','at':'" AT "'}",
    "{'type':'wait','step':'s','until':'" LATER "','by':'ann','at':'" AT "'}",
    "{'type':'overridden','step':'s','by':'ann','at':'" AT "'}",
    "{'type':'proved','step':'s','by':'ann','at':'" AT "'}",
    "{'type':'handed-over','from':'ben','digest':'cafe','by':'ann','at':'" AT "'}",
    "{'type':'left','by':'ann','at':'" AT "'}",
    "{'type':'undone','from':'ben','by':'ann','at':'" AT "'}",
    "{'type':'shown','object':'group','about':'#1f6a02','by':'ann','at':'" AT "'}",
    "{'type':'stands-for','object':'guest-2','item':'bob@p.com','by':'ann','at':'" AT "'}",
    "{'type':'taking-back','object':'guest','method':'DELETE','target':'/v1.0/users/u','by':'ann','at':'" AT "'}",
};

static struct journal_record *decode(const char *text, GError **error)
{
    g_autoptr(json) value = json_from(text);
    return journal_record_decode(value, error);
}

static void test_every_type_is_read_and_written_the_same(void **state)
{
    (void)state;
    gboolean met[RECORD_TYPES] = {FALSE};
    for (gsize i = 0; i < G_N_ELEMENTS(on_disk); i++) {
        g_autoptr(GError) error = NULL;
        struct journal_record *record = decode(on_disk[i], &error);
        if (record == NULL)
            fail_msg("%s: %s", on_disk[i], error->message);
        g_autoptr(json) wanted = json_from(on_disk[i]);
        g_autoptr(json) written = journal_record_encode(record);
        g_autofree char *wanted_text = json_text(wanted);
        g_autofree char *text = json_text(written);
        assert_string_equal(text, wanted_text);
        met[record->type] = TRUE;
        journal_record_unref(record);
    }
    for (int type = 0; type < RECORD_TYPES; type++)
        if (!met[type])
            fail_msg("no example of type %d", type);
}

static void test_what_is_read_stands_where_it_belongs(void **state)
{
    (void)state;
    struct journal_record *record = decode(on_disk[1], NULL);
    assert_int_equal(record->type, RECORD_INTENT);
    assert_int_equal(record->action, WRITE_CREATE);
    assert_string_equal(record->target, "/v1.0/groups");
    assert_int_equal(record->at, clock_parse(AT));
    assert_int_equal(record->absent_at, clock_parse(LATER));
    assert_int_equal(journal_record_time(record), record->at);
    journal_record_unref(record);
    record = decode("{'type':'handed','object':'group','decision':'use:g','when':'" LATER "','at':'" AT "'}", NULL);
    assert_int_equal(record->decision.kind, DECISION_USE);
    assert_string_equal(record->decision.text, "g");
    assert_int_equal(journal_record_time(record), clock_parse(LATER));
    journal_record_unref(record);
}

/* Journals without a format have them where there was nothing to say. */
static void test_a_null_is_a_member_that_is_not_there(void **state)
{
    (void)state;
    struct journal_record *record = decode("{'type':'skipped','step':'s','reason':null,'by':null,'at':'" AT "'}", NULL);
    assert_non_null(record);
    assert_null(record->reason);
    assert_null(record->by);
    journal_record_unref(record);
}

static void test_what_cannot_be_relied_on_is_refused(void **state)
{
    static const struct {
        const char *text;
        const char *why;
    } rows[] = {
        {"{'type':'proposed','object':'group','at':'" AT "'}", "the type “proposed” is not known"},
        {"{'object':'group','at':'" AT "'}", "the type “” is not known"},
        {"{'type':'sent','object':'group'}", "“at” is missing"},
        {"{'type':'sent','object':'group','at':'soon'}", "the value of “at” is not known"},
        {"{'type':'sent','object':'group','at':7}", "the value of “at” is not known"},
        {"{'type':'sent','at':'" AT "'}", "“object” is missing"},
        {"{'type':'sent','object':null,'at':'" AT "'}", "“object” is missing"},
        {"{'type':'sent','object':7,'at':'" AT "'}", "the value of “object” is not known"},
        {"{'type':'intent','object':'group','at':'" AT "'}", "“action” is missing"},
        {"{'type':'intent','object':'group','action':'paint','at':'" AT "'}", "the value of “action” is not known"},
        {"{'type':'intent','object':'group','action':'','at':'" AT "'}", "the value of “action” is not known"},
        {"{'type':'refused','object':'group','status':-1,'at':'" AT "'}", "the value of “status” is not known"},
        {"{'type':'refused','object':'group','status':'403','at':'" AT "'}", "the value of “status” is not known"},
        {"{'type':'verified','object':'group','answerLost':'yes','at':'" AT "'}", "the value of “answerLost”"},
        {"{'type':'verified','object':'group','takeBack':'/v1.0','at':'" AT "'}", "the value of “takeBack”"},
        {"{'type':'decided','object':'group','at':'" AT "'}", "“decision” is missing"},
        {"{'type':'handed','object':'group','at':'" AT "'}", "“decision” is missing"},
        {"{'type':'absent','object':'group','at':'" AT "'}", "“as” is missing"},
        {"{'type':'wait','step':'s','at':'" AT "'}", "“until” is missing"},
        {"{'type':'told','object':'group','at':'" AT "'}", "“step” is missing"},
        {"{'type':'begin','partner':'p','at':'" AT "'}", "“tenant” is missing"},
        {"{'type':'begin','tenant':'t','at':'" AT "'}", "“partner” is missing"},
        {"{'type':'handed-over','from':'ben','at':'" AT "'}", "“digest” is missing"},
    };
    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autoptr(GError) error = NULL;
        struct journal_record *record = decode(rows[i].text, &error);
        if (record != NULL)
            fail_msg("taken: %s", rows[i].text);
        assert_true(g_error_matches(error, PERCH_ERROR, PERCH_ERROR_STATE));
        if (strstr(error->message, rows[i].why) == NULL)
            fail_msg("%s: expected “%s” in: %s", rows[i].text, rows[i].why, error->message);
    }
}

static void test_decisions_are_taken_apart_once(void **state)
{
    static const struct {
        const char *said;
        enum decision_kind kind;
        const char *text;
    } rows[] = {
        {NULL, DECISION_NONE, ""},
        {"", DECISION_NONE, ""},
        {"keep", DECISION_KEEP, ""},
        {"repair", DECISION_REPAIR, ""},
        {"create", DECISION_CREATE, ""},
        {"restore", DECISION_RESTORE, ""},
        {"remove", DECISION_REMOVE, ""},
        {"use:11", DECISION_USE, "11"},
        {"use:", DECISION_USE, ""},
        {"name:Red: Canary", DECISION_NAME, "Red: Canary"},
        {"repair ", DECISION_UNKNOWN, "repair "},
        {"Keep", DECISION_UNKNOWN, "Keep"},
        {"user:1", DECISION_UNKNOWN, "user:1"},
    };
    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        struct decision decision = decision_parse(rows[i].said);
        g_autofree char *words = decision_words(decision);
        assert_int_equal(decision.kind, rows[i].kind);
        assert_string_equal(decision.text, rows[i].text);
        assert_string_equal(words, rows[i].said != NULL ? rows[i].said : "");
    }
}

static void test_what_a_choice_still_wants_to_be_said(void **state)
{
    static const struct {
        const char *offered;
        gboolean wants;
    } rows[] = {
        {"keep", FALSE},         {"use:1", FALSE},         {"name:", TRUE},    {"name:N", FALSE},
        {"allow:", TRUE},        {"keep:a|", TRUE},        {"keep:-a", FALSE}, {"keep:a;b|known; ", TRUE},
        {"keep:a;-b|no", FALSE}, {"keep:a;-b|no|", FALSE},
    };
    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++)
        if (decision_wants_text(decision_parse(rows[i].offered)) != rows[i].wants)
            fail_msg("%s", rows[i].offered);
}

/* What follows from a colleague's proposal is only thought through: that holds of what is said, and of no write. */
static void test_what_tells_of_a_write_is_never_only_thought(void **state)
{
    static const enum record_type writes[] = {RECORD_BEGIN,    RECORD_INTENT,  RECORD_SENT,    RECORD_REPLIED,
                                              RECORD_VERIFIED, RECORD_REFUSED, RECORD_REMOVED, RECORD_ADOPTED};
    (void)state;
    for (enum record_type type = 0; type < RECORD_TYPES; type++) {
        gboolean is_write = FALSE;
        for (gsize i = 0; i < G_N_ELEMENTS(writes); i++)
            is_write |= writes[i] == type;
        if (journal_record_is_said(type) == is_write)
            fail_msg("type %d", (int)type);
    }
    assert_false(journal_record_is_said(RECORD_TYPES));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_type_is_read_and_written_the_same),
        cmocka_unit_test(test_what_is_read_stands_where_it_belongs),
        cmocka_unit_test(test_a_null_is_a_member_that_is_not_there),
        cmocka_unit_test(test_what_cannot_be_relied_on_is_refused),
        cmocka_unit_test(test_decisions_are_taken_apart_once),
        cmocka_unit_test(test_what_a_choice_still_wants_to_be_said),
        cmocka_unit_test(test_what_tells_of_a_write_is_never_only_thought),
    };
    json_init();
    return cmocka_run_group_tests_name("journal_record", tests, NULL, NULL);
}
