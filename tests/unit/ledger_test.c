/*
 * What the journal's records come to: decisions that follow one another.
 */
#include "engine/ledger.h"

#include "support/support.h"

static void add(struct ledger *ledger, const char *record)
{
    g_autoptr(json) parsed = json_parse(record, -1, NULL);
    assert_non_null(parsed);
    ledger_add(ledger, parsed);
}

#define DECIDED(decision)                                                                                              \
    "{\"type\":\"decided\",\"object\":\"group\",\"decision\":\"" decision "\",\"at\":\"2026-11-24T10:00:00Z\"}"

/* Else the next run would look for the profile's name again, and change the object's name back. */
static void test_a_name_that_was_given_stays_when_something_else_is_decided(void **state)
{
    (void)state;
    struct ledger *ledger = ledger_new();
    add(ledger, DECIDED("name:Analysts"));
    add(ledger, DECIDED("repair"));
    assert_string_equal(ledger_object(ledger, "group")->decision, "repair");
    assert_string_equal(ledger_object(ledger, "group")->name, "Analysts");
    ledger_free(ledger);
}

/* Else the one that was chosen first would be found by its id for ever. */
static void test_another_name_gives_up_the_one_that_was_chosen(void **state)
{
    (void)state;
    struct ledger *ledger = ledger_new();
    add(ledger, DECIDED("use:11111111-1111-1111-1111-111111111111"));
    assert_string_equal(ledger_object(ledger, "group")->id, "11111111-1111-1111-1111-111111111111");
    add(ledger, DECIDED("name:Analysts"));
    assert_string_equal(ledger_object(ledger, "group")->id, "");
    ledger_free(ledger);
}

/* What somebody else took away is not in the recycle bin by our doing, so that it is not restored unasked. */
static void test_what_is_gone_is_not_ours_any_more_and_was_not_removed_by_us(void **state)
{
    (void)state;
    struct ledger *ledger = ledger_new();
    add(ledger, "{\"type\":\"intent\",\"object\":\"group\",\"action\":\"create\",\"at\":\"2026-11-24T10:00:00Z\"}");
    add(ledger, "{\"type\":\"sent\",\"object\":\"group\",\"at\":\"2026-11-24T10:00:00Z\"}");
    add(ledger, "{\"type\":\"replied\",\"object\":\"group\",\"id\":\"g1\",\"at\":\"2026-11-24T10:00:01Z\"}");
    assert_int_equal(ledger_created_count(ledger), 1);
    add(ledger, "{\"type\":\"gone\",\"object\":\"group\",\"at\":\"2026-11-24T12:00:00Z\"}");
    assert_int_equal(ledger_created_count(ledger), 0);
    assert_string_equal(ledger_object(ledger, "group")->id, "");
    assert_string_equal(ledger_object(ledger, "group")->deleted_id, "");
    ledger_free(ledger);
}

#define REPLIED(id)                                                                                                    \
    "{\"type\":\"intent\",\"object\":\"guest-1\",\"action\":\"create\",\"at\":\"2026-11-24T10:00:00Z\"}",              \
        "{\"type\":\"replied\",\"object\":\"guest-1\",\"id\":\"" id "\",\"at\":\"2026-11-24T10:00:01Z\"}"
#define VERIFIED(id)                                                                                                   \
    "{\"type\":\"verified\",\"object\":\"guest-1\",\"id\":\"" id "\",\"at\":\"2026-11-24T10:00:02Z\","                 \
    "\"takeBack\":{\"path\":\"/v1.0/users/" id "\"}}"
#define REMOVED_EARLIER(id)                                                                                            \
    "{\"type\":\"removed\",\"object\":\"guest-1\",\"path\":\"/v1.0/users/" id "\",\"at\":\"2026-11-24T11:00:00Z\"}"

static void add_all(struct ledger *ledger, const char *const *records)
{
    for (; *records != NULL; records++)
        add(ledger, *records);
}

static void test_the_one_before_is_counted_until_it_is_removed(void **state)
{
    (void)state;
    const char *const records[] = {REPLIED("a"), VERIFIED("a"), REPLIED("b"), VERIFIED("b"), NULL};
    struct ledger *ledger = ledger_new();
    add_all(ledger, records);
    assert_int_equal(ledger_created_count(ledger), 2);
    add(ledger, REMOVED_EARLIER("a"));
    assert_int_equal(ledger_created_count(ledger), 1);
    assert_string_equal(ledger_object(ledger, "guest-1")->id, "b");
    ledger_free(ledger);
}

/* Else undo would delete somebody whom perch never invited. */
static void test_another_that_was_there_already_is_not_taken_for_the_one_that_perch_made(void **state)
{
    (void)state;
    const char *const records[] = {REPLIED("a"), VERIFIED("a"), VERIFIED("b"), NULL};
    struct ledger *ledger = ledger_new();
    add_all(ledger, records);
    assert_int_equal(ledger_created_count(ledger), 1);
    const struct object_entry *entry = ledger_object(ledger, "guest-1");
    assert_string_equal(entry->id, "b");
    assert_false(entry->created);
    assert_string_equal(json_get_string(g_ptr_array_index(entry->left, 0), "path"), "/v1.0/users/a");
    ledger_free(ledger);
}

static void test_a_journal_that_keeps_no_removals_is_read_as_before(void **state)
{
    (void)state;
    const char *const records[] = {REPLIED("a"), REPLIED("b"), NULL};
    struct ledger *ledger = ledger_new();
    add_all(ledger, records);
    assert_int_equal(ledger_created_count(ledger), 1);
    assert_null(ledger_object(ledger, "guest-1")->take_back);
    ledger_free(ledger);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_name_that_was_given_stays_when_something_else_is_decided),
        cmocka_unit_test(test_another_name_gives_up_the_one_that_was_chosen),
        cmocka_unit_test(test_what_is_gone_is_not_ours_any_more_and_was_not_removed_by_us),
        cmocka_unit_test(test_the_one_before_is_counted_until_it_is_removed),
        cmocka_unit_test(test_another_that_was_there_already_is_not_taken_for_the_one_that_perch_made),
        cmocka_unit_test(test_a_journal_that_keeps_no_removals_is_read_as_before),
    };
    json_init();
    return cmocka_run_group_tests_name("ledger", tests, NULL, NULL);
}
