/* SPDX-License-Identifier: MIT */
/*
 * What is made of the tenant's audit log: who is named, in which order, and what is said where nobody is.
 */
#include "engine/step_audit.h"

#include <string.h>

#include "base/clock.h"
#include "base/json.h"
#include "support/support.h"

#define ENTRY(time, what, result, by)                                                                                  \
    "{'activityDateTime':'" time "','activityDisplayName':'" what "','result':'" result "','initiatedBy':" by          \
    ",'targetResources':[{'id':'g','displayName':'Group'},{'id':'u','userPrincipalName':'u@contoso.com'}]}"
#define EVE "{'user':{'userPrincipalName':'eve@contoso.com','id':'e'},'app':null}"
#define SYNC "{'user':null,'app':{'displayName':'Sync'}}"
#define NOBODY "{'user':null,'app':null}"

struct row {
    int status;                 /* 0: no answer came */
    const char *first, *second; /* the entries of two answers; NULL: it was not asked twice */
    const char *sentences;      /* their beginnings, one a line */
};

static const struct row rows[] = {
    {200, ENTRY("2026-01-02T03:04:05Z", "Update group", "success", EVE), NULL,
     "By the tenant's audit log: “Update group” of “Group”, “u@contoso.com” by eve@contoso.com, "},
    {200, ENTRY("2026-01-02T03:04:05Z", "Delete group", "success", SYNC), NULL,
     "By the tenant's audit log: “Delete group” of “Group”, “u@contoso.com” by the application Sync, "},
    {200, ENTRY("2026-01-02T03:04:05Z", "Delete group", "success", NOBODY), NULL,
     "By the tenant's audit log: “Delete group” of “Group”, “u@contoso.com” by nobody that it names, "},
    {200, ENTRY("2026-01-02T03:04:05Z", "Update group", "failure", EVE), NULL,
     "The tenant's audit log names nobody who changed it since then"},
    {200, "", NULL, "The tenant's audit log names nobody who changed it since then"},
    {403, "", NULL, "When and by whom it was changed was not read: Microsoft refuses the audit log (403)."},
    {0, "", NULL, "The tenant's audit log was not read for all that changed."},
    {200, ENTRY("yesterday", "Update group", "success", EVE), NULL,
     "The tenant's audit log names nobody who changed it since then"},
    /* The newest first, and what two answers hold once. */
    {200, ENTRY("2026-01-02T03:04:05Z", "A", "success", EVE) "," ENTRY("2026-01-04T03:04:05Z", "B", "success", EVE),
     ENTRY("2026-01-03T03:04:05Z", "C", "success", EVE) "," ENTRY("2026-01-02T03:04:05Z", "A", "success", EVE),
     "By the tenant's audit log: “B”\nBy the tenant's audit log: “C”\nBy the tenant's audit log: “A”"},
    {200, ENTRY("2026-01-02T03:04:05Z", "A", "success", EVE) "," ENTRY("2026-01-04T03:04:05Z", "B", "success", EVE),
     ENTRY("2026-01-03T03:04:05Z", "C", "success", EVE) "," ENTRY("2026-01-01T03:04:05Z", "D", "success", EVE),
     "By the tenant's audit log: “B”\nBy the tenant's audit log: “C”\nBy the tenant's audit log: “A”\n"
     "The audit log holds 1 more since then"},
};

static void take(struct step_audit *audit, int status, const char *entries)
{
    g_autofree char *text = g_strdup_printf("{'value':[%s]}", entries);
    g_autoptr(json) body = json_parse(g_strdelimit(text, "'", '"'), -1, NULL);
    assert_non_null(body);
    struct reply reply = {
        .outcome = status != 0 ? REPLY_ANSWERED : REPLY_LOST, .status = status, .body = body, .error_code = (char *)""};
    step_audit_take(audit, &reply);
}

static void assert_sentences(const struct step_audit *audit, const char *beginnings)
{
    g_autoptr(GPtrArray) sentences = step_audit_sentences(audit);
    g_auto(GStrv) lines = g_strsplit(beginnings, "\n", -1);
    assert_int_equal(sentences->len, g_strv_length(lines));
    for (guint i = 0; i < sentences->len; i++)
        if (!g_str_has_prefix(g_ptr_array_index(sentences, i), lines[i]))
            fail_msg("“%s” should begin with “%s”", (const char *)g_ptr_array_index(sentences, i), lines[i]);
}

static void test_what_is_said_of_the_log(void **state)
{
    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        struct step_audit *audit = step_audit_new();
        take(audit, rows[i].status, rows[i].first);
        if (rows[i].second != NULL)
            take(audit, rows[i].status, rows[i].second);
        assert_sentences(audit, rows[i].sentences);
        step_audit_free(audit);
    }
}

static void test_what_is_said_where_it_was_not_asked(void **state)
{
    (void)state;
    struct step_audit *audit = step_audit_new();
    assert_sentences(NULL, "When and by whom it was changed stands in the tenant's audit log");
    assert_sentences(audit, "When and by whom it was changed was not asked of the audit log");
    step_audit_free(audit);
}

static void test_it_is_asked_about_one_id_since_a_time(void **state)
{
    (void)state;
    g_autoptr(Request) request =
        step_audit_request("5a1d0000-0000-4000-8000-00000000000d", clock_parse("2026-11-24T14:02:11Z"));
    g_autofree char *target = request_target(request);
    g_autofree char *readable = g_uri_unescape_string(target, NULL);
    assert_string_equal(request->scope, "AuditLog.Read.All");
    assert_non_null(strstr(readable, "activityDateTime ge 2026-11-24T14:02:11Z and targetResources/any(t:t/id eq "
                                     "'5a1d0000-0000-4000-8000-00000000000d')"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_is_said_of_the_log),
        cmocka_unit_test(test_what_is_said_where_it_was_not_asked),
        cmocka_unit_test(test_it_is_asked_about_one_id_since_a_time),
    };
    json_init();
    return cmocka_run_group_tests_name("step audit", tests, NULL, NULL);
}
