/* SPDX-License-Identifier: MIT */
/* Real-life pastes: the two values are found, or it is said why not; and no secret gets through. */
#include <string.h>
#include <time.h>

#include "base/json.h"
#include "input/event_hub.h"
#include "input/guest_list.h"
#include "input/paste.h"
#include "input/validate.h"
#include "support/support.h"

static gboolean has_problem(const struct paste_values *values, const char *word)
{
    for (guint i = 0; i < values->findings->len; i++) {
        const struct finding *finding = values->findings->pdata[i];
        if (strcmp(problem_word(finding->problem), word) == 0)
            return TRUE;
    }
    return FALSE;
}

static gboolean has_all_problems(const struct paste_values *values, const json *wanted)
{
    json_for_each (problem, json_get(wanted, "problems")) {
        if (!has_problem(values, json_string(problem)))
            return FALSE;
    }
    return TRUE;
}

/* Where nothing is wrong, nothing is said. */
static gboolean is_quiet_enough(const struct paste_values *values, const json *wanted)
{
    gboolean is_clean = json_length(json_get(wanted, "problems")) == 0 && json_get_string(wanted, "id") != NULL &&
                        json_get_string(wanted, "hub") != NULL;
    for (guint i = 0; is_clean && i < values->findings->len; i++) {
        const struct finding *finding = values->findings->pdata[i];
        if (!finding->remark)
            return FALSE;
    }
    return TRUE;
}

static gboolean is_placed(const struct paste_values *values, const json *wanted)
{
    const char *code_point = json_get_string(wanted, "codePoint");
    if (code_point == NULL)
        return TRUE;
    for (guint i = 0; i < values->findings->len; i++) {
        const struct finding *finding = values->findings->pdata[i];
        g_autofree char *found = g_strdup_printf("U+%04X", finding->code_point);
        if (strcmp(found, code_point) == 0 && finding->offset == json_get_int(wanted, "offset", -1))
            return TRUE;
    }
    return FALSE;
}

/* Nothing is told twice. */
static gboolean tells_once(const struct paste_values *values)
{
    g_autoptr(GHashTable) told = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint i = 0; i < values->findings->len; i++) {
        const struct finding *finding = values->findings->pdata[i];
        if (!g_hash_table_add(told, finding->message))
            return FALSE;
    }
    return TRUE;
}

static gboolean keeps_secrets(const struct paste_values *values)
{
    for (guint i = 0; i < values->findings->len; i++) {
        const struct finding *finding = values->findings->pdata[i];
        if (strstr(finding->message, "c2VjcmV0") != NULL || finding->fix != NULL)
            return FALSE;
    }
    return TRUE;
}

static void print_findings(const struct paste_values *values)
{
    for (guint i = 0; i < values->findings->len; i++) {
        const struct finding *finding = values->findings->pdata[i];
        print_message("    %d+%d %s U+%04X: %s\n", finding->offset, finding->length, problem_word(finding->problem),
                      finding->code_point, finding->message);
    }
}

static gboolean check_paste(const json *wanted)
{
    g_autoptr(PasteValues) values = paste_find(json_get_string(wanted, "text"), -1);
    gboolean is_right = g_strcmp0(values->event_hub_id, json_get_string(wanted, "id")) == 0 &&
                        g_strcmp0(values->event_hub_name, json_get_string(wanted, "hub")) == 0 &&
                        values->has_secret == json_get_bool(wanted, "secret", FALSE) &&
                        has_all_problems(values, wanted) && is_quiet_enough(values, wanted) &&
                        is_placed(values, wanted) && tells_once(values) && keeps_secrets(values);
    if (!is_right) {
        print_message("%s: id %s, hub %s, secret %d\n", json_get_string(wanted, "name"), values->event_hub_id,
                      values->event_hub_name, values->has_secret);
        print_findings(values);
    }
    return is_right;
}

static void every_paste_gives_what_is_in_it(void **state)
{
    (void)state;
    g_autofree char *file = g_build_filename(PERCH_TEST_DATA, "input", "pastes.jsonl", NULL);
    g_autoptr(json) cases = read_json_lines(file);
    int wrong = 0;
    json_for_each (wanted, cases)
        wrong += !check_paste(wanted);
    print_message("pastes.jsonl: %d pastes, %d wrong\n", json_length(cases), wrong);
    assert_int_equal(wrong, 0);
}

static void values_are_had_by_the_name_of_their_field(void **state)
{
    (void)state;
    g_autoptr(PasteValues) values = paste_find("Event Hub name: telemetry", -1);
    assert_string_equal(paste_value(values, "event-hub-name"), "telemetry");
    assert_null(paste_value(values, "event-hub-id"));
    assert_null(paste_value(values, "upn"));
}

#define APPLICATION "8f6a0f36-8c0c-4b43-9d7b-2a8b7f0a4c55"

/* Of one consent page; where two stand there, a person says which. */
#define CONSENT "https://login.microsoftonline.com/common/adminconsent?client_id="

static void an_application_is_had_from_its_consent_page(void **state)
{
    static const struct {
        const char *text, *id;
    } rows[] = {
        {"https://login.microsoftonline.com/organizations/adminconsent?client_id=" APPLICATION "&state=1", APPLICATION},
        {"Open\nhttps://login.microsoftonline.us/x/v2.0/"
         "adminconsent?a=b&client_id=8F6A0F36-8C0C-4B43-9D7B-2A8B7F0A4C55 "
         "and agree.",
         APPLICATION},
        {"https://login.microsoftonline.com/x/oauth2/authorize?prompt=consent&client_id=" APPLICATION, APPLICATION},
        {CONSENT APPLICATION " " CONSENT APPLICATION, APPLICATION},
        {CONSENT APPLICATION " " CONSENT "69561a74-a59d-43f4-a113-8bc2da00f822", NULL},
        {CONSENT APPLICATION "0", NULL},
        /* A sign-in, another site, and one that looks like it. */
        {"https://login.microsoftonline.com/common/oauth2/v2.0/authorize?client_id=" APPLICATION, NULL},
        {"https://portal.example.com/adminconsent?client_id=" APPLICATION, NULL},
        {"https://login.microsoftonline.com.evil.example/adminconsent?client_id=" APPLICATION, NULL},
        {"https://login.micros0ftonline.com/common/adminconsent?client_id=" APPLICATION, NULL},
        {"client_id=" APPLICATION, NULL},
        {"client_id=8f6a0f36-8c0c-4b43-9d7b", NULL},
        {"client_id=", NULL},
        {APPLICATION, NULL},
    };
    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autoptr(PasteValues) values = paste_find(rows[i].text, -1);
        if (g_strcmp0(paste_value(values, "guid"), rows[i].id) != 0)
            fail_msg("“%s” gives %s", rows[i].text, paste_value(values, "guid"));
    }
}

static void read_paste(const char *text, gsize size)
{
    g_autoptr(PasteValues) values = paste_find(text, (gssize)size);
    assert_true(values->findings->len > 0);
}

static void read_guests(const char *text, gsize size)
{
    g_autoptr(GuestList) list = guest_list_read(text, (gssize)size);
    assert_int_equal(list->guests->len, 0);
}

/* Milliseconds of this thread's own time in which READ reads HEAD and PARTs behind it, so that a busy machine does not
 * matter: the least of TRIES, or of the fewer that it took to be within ENOUGH. */
static double time_of(void (*read)(const char *, gsize), const char *head, const char *part, gsize size, int tries,
                      double enough)
{
    g_autoptr(GString) text = g_string_new(head);
    while (text->len < size)
        g_string_append(text, part);
    double least = G_MAXDOUBLE;
    for (int i = 0; i < tries && least > enough; i++) {
        struct timespec start;
        struct timespec end;
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &start);
        read(text->str, size);
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &end);
        least = MIN(least, (double)(end.tv_sec - start.tv_sec) * 1e3 + (double)(end.tv_nsec - start.tv_nsec) / 1e6);
    }
    return least;
}

/* What a sanitizer makes many times as slow is measured well by less. */
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define SMALL 2048
#else
#define SMALL 16384
#endif

/* Eight times the text takes about eight times as long; with a place that grows with the square it would be 64 times.
 */
static void assert_grows_with_length(void (*read)(const char *, gsize), const char *head, const char *part)
{
    enum { TIMES = 8, MOST = 24, TRIES = 3 };
    double few = time_of(read, head, part, SMALL, TRIES, 0);
    double most = MOST * MAX(few, 1);
    double many = time_of(read, head, part, (gsize)SMALL * TIMES, TRIES, most);
    if (many > most)
        print_message("  “%.20s%.20s”: %.1f ms, eight times as much %.1f ms\n", head, part, few, many);
    assert_true(many <= most);
}

static void hostile_pastes_take_no_longer_than_they_are_long(void **state)
{
    (void)state;
    static const char *const parts[] = {
        "<a",
        "<style>",
        "<td>",
        "<s>",
        "<!--",
        "s",
        "subscriptions/",
        "/subscriptions/0a1b2c3d-4e5f-6789-abcd-ef0123456789/resourceGroups/",
        "/subscriptions/0a1b2c3d-4e5f-6789-abcd-ef0123456789/resourceGroups/mdr-prod/providers/Microsoft.EventHub/"
        "namespaces/mdr-eh-ns01\n",
        "/subscriptions/0a1b2c3d-4e5f-6789-abcd-ef0123456789/resourceGroups/mdr-prod/providers/Microsoft.EventHub/"
        "namespaces/mdr-eh-ns01 - b-1 ",
        "EDIT: it's x-1\n",
        "`",
        "event hub name:",
        "event hub name:\n",
        "Event hub name: a, ",
        "Event Hub name is x-1 ",
        "| event hub name ",
        "Event hub name\tx-1\t",
        "EventHub,",
        "EntityPath=",
        "--eventhub-name x ",
        "https://x.servicebus.windows.net ",
        "Content-Transfer-Encoding:",
        "--x\nContent-Type: text/plain\n\n",
        "%2Fsubscriptions%2F",
        "\xE2\x80\x8B",
        "=\n",
        "= ",
        "{a",
        "{\"a\":{",
        "{\"eventHubName\": \"a-1\"}\n",
        "Name: x1\n",
        "Name: x1 ",
        "|a|b\n",
        "x_1 - ",
        "~",
        "> wrong\n",
        "é#",
        "Old:\n",
        "From:\n",
        "value: x1\n",
    };
    for (gsize i = 0; i < G_N_ELEMENTS(parts); i++)
        assert_grows_with_length(read_paste, "", parts[i]);
}

static void hostile_lists_take_no_longer_than_they_are_long(void **state)
{
    (void)state;
    static const char *const rows[][2] = {
        {"||Name||Mail||\n", "x"},           {"||Name||Mail||\n", "["},
        {"BEGIN:VCARD\nNOTE:", "=\n "},      {"BEGIN:VCARD\nNOTE;ENCODING=QUOTED-PRINTABLE:", "=\n "},
        {"<html>", "<a href=\"mailto:\">x"}, {"", "Subject: x\n y\n"},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++)
        assert_grows_with_length(read_guests, rows[i][0], rows[i][1]);
}

#define RESOURCE_ID                                                                                                    \
    "/subscriptions/0a1b2c3d-4e5f-6789-abcd-ef0123456789/resourceGroups/mdr-prod/providers/Microsoft.EventHub/"        \
    "namespaces/mdr-eh-ns01"

static void a_receipt_shows_the_parts(void **state)
{
    (void)state;
    g_autoptr(EventHubParts) receipt = event_hub_parts_new(RESOURCE_ID "/eventhubs/telemetry");
    assert_string_equal(receipt->subscription, "0a1b2c3d-4e5f-6789-abcd-ef0123456789");
    assert_string_equal(receipt->resource_group, "mdr-prod");
    assert_string_equal(receipt->namespace_name, "mdr-eh-ns01");
    assert_string_equal(receipt->hub, "telemetry");
    g_autoptr(EventHubParts) namespace_only = event_hub_parts_new(RESOURCE_ID);
    assert_string_equal(namespace_only->namespace_name, "mdr-eh-ns01");
    assert_null(namespace_only->hub);
    assert_null(event_hub_parts_new("telemetry"));
    assert_null(event_hub_parts_new(""));
}

static void assert_masked(const char *identifier, gboolean ascii, const char *wanted)
{
    g_autofree char *masked = mask_identifier(identifier, ascii);
    assert_string_equal(masked, wanted);
}

static void a_mask_has_one_length_and_shows_no_short_value(void **state)
{
    (void)state;
    assert_masked(RESOURCE_ID, FALSE, "●●●●●●●●ns01");
    assert_masked(RESOURCE_ID, TRUE, "********ns01");
    assert_masked("telemetry", FALSE, "●●●●●●●●");
    assert_masked("", FALSE, "");
    assert_masked(NULL, FALSE, "");
}

/* Of two IDs the one that cannot be read is not passed over in silence. */
static gboolean is_told(const struct paste_values *values, const char *words)
{
    gboolean is_said = FALSE;
    for (guint i = 0; i < values->findings->len; i++)
        is_said |= strstr(((const struct finding *)values->findings->pdata[i])->message, words) != NULL;
    return is_said;
}

static void a_view_of_the_namespace_is_told_as_what_it_is(void **state)
{
    (void)state;
    g_autoptr(PasteValues) values = paste_find("{\"id\": \"" RESOURCE_ID "\", \"name\": \"mdr-eh-ns01\", "
                                               "\"type\": \"Microsoft.EventHub/Namespaces\"}",
                                               -1);
    assert_non_null(values->event_hub_id);
    assert_null(values->event_hub_name);
    assert_true(is_told(values, "this describes the namespace"));
    g_autoptr(PasteValues) other = paste_find("Resource ID: " RESOURCE_ID "\n", -1);
    assert_false(is_told(other, "this describes the namespace"));
}

static void a_name_whose_label_was_misread_is_offered(void **state)
{
    (void)state;
    static const char *const texts[] = {"Event Hub narne : tenantfeed\n", "Event Hub\ntenantfeed\n"};
    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
        g_autoptr(PasteValues) values = paste_find(texts[i], -1);
        assert_null(values->event_hub_name);
        assert_int_equal(values->candidates->len, 1);
        assert_string_equal(((const struct paste_candidate *)values->candidates->pdata[0])->value, "tenantfeed");
    }
}

static void a_malformed_id_beside_a_good_one_is_told(void **state)
{
    (void)state;
    static const char good[] = "/subscriptions/0a1b2c3d-1111-4222-8333-444455556666/resourceGroups/rg-mdr/providers/"
                               "Microsoft.EventHub/namespaces/mdr-eh-ns01";
    static const char *const others[] = {
        "/subscriptions/0a1b2c3d-1111-4222-8333-44445555666/resourceGroups/rg/providers/Microsoft.EventHub/namespaces/"
        "mdr-eh-ns02",
        "/subscriptions/0a1b2c3d-1111-4222-8333-444455556666/resourceGroups/rg/providers/Microsoft.EventHub/namespace/"
        "mdr-eh-ns02",
    };
    for (gsize i = 0; i < G_N_ELEMENTS(others); i++) {
        g_autofree char *text =
            g_strdup_printf("Resource ID: %s\nEvent Hub name: telemetry\nOr: %s\n", good, others[i]);
        g_autoptr(PasteValues) values = paste_find(text, -1);
        assert_string_equal(values->event_hub_id, good);
        assert_int_equal(values->findings->len, 1);
        const struct finding *finding = values->findings->pdata[0];
        assert_non_null(strstr(finding->message, "another resource ID at line 3, column 5, which is not well formed"));
    }
    /* Another service's is no matter of this. */
    g_autofree char *text = g_strdup_printf("Resource ID: %s\nEvent Hub name: telemetry\n/subscriptions/"
                                            "0a1b2c3d-1111-4222-8333-444455556666/resourceGroups/rg/providers/"
                                            "Microsoft.Compute/virtualMachines/vm\n",
                                            good);
    g_autoptr(PasteValues) values = paste_find(text, -1);
    assert_int_equal(values->findings->len, 0);
}

static void what_is_said_of_a_consent_page_is_told(void **state)
{
    (void)state;
    g_autoptr(PasteValues) values = paste_find("Please do not use this link any more:\n" CONSENT APPLICATION "\n", -1);
    assert_non_null(values->application_id);
    const struct finding *finding = values->findings->len > 0 ? values->findings->pdata[0] : NULL;
    assert_non_null(finding);
    assert_non_null(strstr(finding->message, "Please do not use this link any more"));
    assert_false(finding->remark);
}

static gboolean has_message(const struct paste_values *values, const char *part)
{
    for (guint i = 0; i < values->findings->len; i++)
        if (strstr(((const struct finding *)values->findings->pdata[i])->message, part) != NULL)
            return TRUE;
    return FALSE;
}

/* The rules of a typed ID name what is wrong in a pasted one, wherever its line ends; a line break is named only if
 * something follows that may be the rest. */
static void what_is_wrong_in_an_id_is_named(void **state)
{
    (void)state;
    static const struct {
        const char *subscription;
        const char *behind;
        const char *message;
    } rows[] = {
        {"0a1b2c3d-1111-4222-8333-44445555666",
         "/resourceGroups/rg/providers/Microsoft.EventHub/namespaces/mdr-eh-ns01",
         "begins at line 3, column 14 cannot be taken. The subscription is a GUID: 8-4-4-4-12 digits with hyphens, 36 "
         "characters; here are 35 characters from column 29 on."},
        {"0a1b2c3d-1111-4222-8333-4444555566667",
         "/resourceGroups/rg/providers/Microsoft.EventHub/namespaces/mdr-eh-ns01",
         "here are 37 characters from column 29"},
        {"0a1b2c3d-1111-4222-8333-44445555666g",
         "/resourceGroups/rg/providers/Microsoft.EventHub/namespaces/mdr-eh-ns01", "There is a 'g' at column 64."},
        {"0a1b2c3d-1111-4222-8333-44445555666",
         "/resourceGroups/rg/providers/\nMicrosoft.EventHub/namespaces/mdr-eh-ns01",
         "here are 35 characters from column 29 on."},
        {NULL, "/resourceGroups/rg/providers/Microsoft.EventHb/namespaces/mdr-eh-ns01",
         "at column 94 'Microsoft.EventHub' is expected."},
        {NULL, "/resourceGroups/\nrg/providers/Microsoft.EventHb/namespaces/mdr-eh-ns01",
         "for what stands at line 4, column 14. This is the ID of another kind of resource: at column 14 "},
        {NULL, "/resourceGroups/rg/providers/Microsoft.EventHub/namespaces/ns01",
         "needs at least 6 characters; here are 4."},
        {NULL, "/resourceGroups/rg/providers/Microsoft.EventHub/namespaces/1dr-eh-ns01",
         "begins with a letter; there is a digit"},
        {NULL, "/resourceGroups/rg/providers/Microsoft.EventHub/namespaces",
         "the namespace's name is missing at the end."},
        {NULL, "/resourceGroups/rg/providers/Microsoft.EventHub/namespaces/",
         "the namespace's name is missing at the end."},
        {NULL, "/resourceGroups/rg/namespaces/mdr-eh-ns01", "At column 84 'providers' is expected."},
        {NULL, "/providers/Microsoft.EventHub/namespaces/mdr-eh-ns01", "At column 66 'resourceGroups' is expected."},
        {NULL, "/resourceGroups/rg#1/providers/Microsoft.EventHub/namespaces/mdr-eh-ns01",
         "There is a '#' at column 83."},
        {NULL, "/resourceGroups/rg./providers/Microsoft.EventHub/namespaces/mdr-eh-ns01",
         "cannot end with '.' (column 83)."},
        {NULL, "/resourceGroups/rg\n\n/providers/Microsoft.EventHub/namespaces/mdr-eh-ns01",
         "cannot be read beyond line 3, column 83: there is a line break."},
        {NULL, "/resourceGroups/rg/providers/Microsoft.EventHub/namespaces/mdr\n\nns01",
         "cannot be read beyond line 3, column 127: there is a line break."},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autofree char *text = g_strdup_printf(
            "Hello,\n\nResource ID: /subscriptions/%s%s\nEvent Hub name: telemetry\n",
            rows[i].subscription != NULL ? rows[i].subscription : "0a1b2c3d-1111-4222-8333-444455556666",
            rows[i].behind);
        g_autoptr(PasteValues) values = paste_find(text, -1);
        assert_null(values->event_hub_id);
        if (!has_message(values, rows[i].message))
            fail_msg("%s: %s", text, ((const struct finding *)values->findings->pdata[0])->message);
    }
}

/* What stands behind the hub's label and is no name is told with its own place, not with that of the resource ID. */
static void what_is_wrong_in_a_name_is_named(void **state)
{
    (void)state;
    static const struct {
        const char *behind;
        const char *message;
    } rows[] = {
        {" https://telemetry",
         "At line 2, column 17 the text gives the Event Hub's name, but what stands there is none. "
         "There is a ':' at column 22."},
        {" \"https://telemetry\"", "At line 2, column 18 the text gives"},
        {"\nhttps://telemetry", "At line 3, column 1 the text gives"},
        {" -", "At line 2, column 17 the text gives"},
        {"\nRegards,", "The text speaks of an Event Hub at line 1, column 1,"},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autofree char *text = g_strdup_printf(
            "Event Hub resource ID: /subscriptions/0a1b2c3d-1111-4222-8333-44445555666/resourceGroups/rg/"
            "providers/Microsoft.EventHub/namespaces/mdr-eh-ns01\nEvent Hub name:%s\n",
            rows[i].behind);
        g_autoptr(PasteValues) values = paste_find(text, -1);
        assert_null(values->event_hub_name);
        if (!has_message(values, rows[i].message))
            fail_msg("%s: %s", text,
                     ((const struct finding *)values->findings->pdata[values->findings->len - 1])->message);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_paste_gives_what_is_in_it),
        cmocka_unit_test(a_view_of_the_namespace_is_told_as_what_it_is),
        cmocka_unit_test(a_name_whose_label_was_misread_is_offered),
        cmocka_unit_test(a_malformed_id_beside_a_good_one_is_told),
        cmocka_unit_test(what_is_wrong_in_an_id_is_named),
        cmocka_unit_test(what_is_wrong_in_a_name_is_named),
        cmocka_unit_test(values_are_had_by_the_name_of_their_field),
        cmocka_unit_test(an_application_is_had_from_its_consent_page),
        cmocka_unit_test(what_is_said_of_a_consent_page_is_told),
        cmocka_unit_test(hostile_pastes_take_no_longer_than_they_are_long),
        cmocka_unit_test(hostile_lists_take_no_longer_than_they_are_long),
        cmocka_unit_test(a_receipt_shows_the_parts),
        cmocka_unit_test(a_mask_has_one_length_and_shows_no_short_value),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
