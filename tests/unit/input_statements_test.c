/* SPDX-License-Identifier: MIT */
/* Which sentences of a text are not understood, and so keep its values from being taken unasked. */
#include <string.h>

#include "base/json.h"
#include "input/finding.h"
#include "input/id_match.h"
#include "input/paste.h"
#include "input/statements.h"
#include "support/support.h"

static gboolean has_statements(const char *text, const json *wanted)
{
    g_autoptr(SourceText) source = source_from_bytes(text, -1);
    g_autoptr(GPtrArray) ids = match_ids(source);
    g_autoptr(GArray) statements = unclear_statements(source, ids);
    gboolean is_right = (int)statements->len == json_length(wanted);
    for (guint i = 0; i < statements->len; i++) {
        const struct statement *statement = &g_array_index(statements, struct statement, i);
        g_autofree char *found = source_utf8(source, statement->from, statement->to);
        is_right &= g_strcmp0(json_string(json_at(wanted, (int)i)), found) == 0;
        if (!is_right)
            print_message("found: %s\n", found);
    }
    return is_right;
}

static void what_is_not_understood_is_found(void **state)
{
    (void)state;
    g_autofree char *file = g_build_filename(PERCH_TEST_DATA, "input", "statements.jsonl", NULL);
    g_autoptr(json) cases = read_json_lines(file);
    int right = 0;
    json_for_each (wanted, cases) {
        gboolean is_right = has_statements(json_get_string(wanted, "text"), json_get(wanted, "unclear"));
        if (!is_right)
            print_message("statements: %s\n", json_get_string(wanted, "name"));
        right += is_right;
    }
    print_message("statements.jsonl: %d of %d\n", right, json_length(cases));
    assert_int_equal(right, json_length(cases));
}

#define VALUES                                                                                                         \
    "Event Hub Resource ID: /subscriptions/0a1b2c3d-4e5f-6789-abcd-ef0123456789/resourceGroups/mdr-prod/providers/"    \
    "Microsoft.EventHub/namespaces/contoso-mdr\nEvent Hub Name: mde-raw\n"

static void the_sentence_is_shown_and_the_values_are_offered(void **state)
{
    (void)state;
    g_autoptr(PasteValues) values = paste_find(VALUES "\nThose two bit the dust on Friday.\n", -1);
    assert_null(values->event_hub_id);
    assert_null(values->event_hub_name);
    assert_int_equal(values->candidates->len, 2);
    const struct finding *finding = values->findings->pdata[0];
    assert_non_null(strstr(finding->message, "\xE2\x80\x9CThose two bit the dust on Friday.\xE2\x80\x9D"));
}

static void what_a_sentence_says_of_the_name_leaves_the_id(void **state)
{
    (void)state;
    g_autoptr(PasteValues) values = paste_find(VALUES "\nThe name gets a makeover on Friday.\n", -1);
    assert_non_null(values->event_hub_id);
    assert_null(values->event_hub_name);
}

static void of_several_sentences_the_one_against_the_values_is_shown(void **state)
{
    (void)state;
    g_autoptr(PasteValues) values =
        paste_find("Zippity doo, what larks!\n\n" VALUES "\nSorry, these were replaced.\n", -1);
    assert_int_equal(values->candidates->len, 2);
    const struct finding *finding = values->findings->pdata[0];
    assert_non_null(strstr(finding->message, "Sorry, these were replaced."));
    g_autoptr(PasteValues) masked =
        paste_find("Wrong trousers for cycling!\n\n" VALUES "\nSorry, these were replaced.\n", -1);
    assert_int_equal(masked->findings->len, 2);
    const struct finding *first = masked->findings->pdata[0];
    const struct finding *second = masked->findings->pdata[1];
    assert_true(strstr(first->message, "Sorry, these were replaced.") != NULL ||
                strstr(second->message, "Sorry, these were replaced.") != NULL);
}

static void a_newer_message_does_not_suffer_from_an_older_one(void **state)
{
    (void)state;
    g_autoptr(PasteValues) values =
        paste_find(VALUES "\nOn Mon, 2 Nov 2026 Jo wrote:\n> Those two bit the dust.\n", -1);
    assert_non_null(values->event_hub_id);
    assert_non_null(values->event_hub_name);
}

static int mentions(const struct paste_values *values, const char *words)
{
    int n = 0;
    for (guint i = 0; i < values->findings->len; i++)
        n += strstr(((const struct finding *)values->findings->pdata[i])->message, words) != NULL;
    return n;
}

/* What decides may be any of them, whatever alarming words the others have. */
static void all_sentences_are_told_or_counted(void **state)
{
    (void)state;
    g_autoptr(GString) text = g_string_new("Never change a running system, as my former boss said!\n" VALUES
                                           "Good until Friday, afterwards we hand out others.\n"
                                           "I hope the test drive goes well, don't ignore the brakes.\n");
    g_autoptr(PasteValues) few = paste_find(text->str, -1);
    assert_int_equal(mentions(few, "Good until Friday, afterwards we hand out others."), 1);
    assert_int_equal(mentions(few, "Never change a running system"), 1);
    assert_int_equal(mentions(few, "more of its"), 0);
    for (int i = 0; i < 7; i++)
        g_string_append_printf(text, "Wrong cable %c came, replaced by the old one.\n", 'a' + i);
    g_autoptr(PasteValues) many = paste_find(text->str, -1);
    assert_int_equal(mentions(many, "So may 2 more of its sentences"), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_not_understood_is_found),
        cmocka_unit_test(the_sentence_is_shown_and_the_values_are_offered),
        cmocka_unit_test(what_a_sentence_says_of_the_name_leaves_the_id),
        cmocka_unit_test(of_several_sentences_the_one_against_the_values_is_shown),
        cmocka_unit_test(all_sentences_are_told_or_counted),
        cmocka_unit_test(a_newer_message_does_not_suffer_from_an_older_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
