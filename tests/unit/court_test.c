/* SPDX-License-Identifier: MIT */
/* The judge of recorded traffic says no to what the contracts do not allow, also beside what it said yes to before. */
#include "support/court.h"

#include <string.h>

#include "support/support.h"

#define LINE(when, query, name)                                                                                        \
    "{\"at\":\"2026-11-27T06:00:" when "Z\",\"method\":\"GET\",\"host\":\"127.0.0.2\",\"path\":\"/v1.0/groups\","      \
    "\"query\":\"" query "\",\"requestBody\":null,\"status\":200,\"responseBody\":{" name                              \
    "\"value\":[]},\"requestHeaders\":{},\"scopes\":[\"Group.Read.All\"]}\n"
#define NEXT "\"@odata.nextLink\":\"http://127.0.0.2:4000/v1.0/groups?$skiptoken=abc\","

/* What was said of a record of TEXT; NULL if all is well. Caller frees. */
static char *judge(const char *text)
{
    g_autofree char *folder = scratch_new();
    g_autofree char *file = g_build_filename(folder, "record.jsonl", NULL);
    g_autoptr(GPtrArray) records = g_ptr_array_new();
    g_ptr_array_add(records, file);
    assert_true(g_file_set_contents(file, text, -1, NULL));
    char *said = court_judge(records);
    scratch_remove(folder);
    return said;
}

static void what_breaks_the_contracts_is_told(void **state)
{
    (void)state;
    static const struct {
        const char *record;
        const char *says; /* NULL: all is well */
    } rows[] = {
        {LINE("01", "$top=5", ""), NULL},
        {LINE("02", "$top=5", ""), NULL},
        {LINE("03", "$tip=5", ""), "query option '$tip'"},
        {LINE("03", "$tip=5", ""), "query option '$tip'"},
        {LINE("04", "$top=5", "") LINE("05", "$top=none", ""), "$top=none"},
        {LINE("06", "$top=5", "\"@odata.count\":\"many\","), "response @odata.count"},
        {LINE("07", "", NEXT) LINE("08", "$skiptoken=abc", ""), NULL},
        {LINE("09", "$skiptoken=abc", ""), "no earlier answer gave"},
        {LINE("10", "$skiptoken=abc", "") LINE("11", "", NEXT), "no earlier answer gave"},
        {"", NULL},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autofree char *said = judge(rows[i].record);
        if (rows[i].says == NULL ? said != NULL : said == NULL || strstr(said, rows[i].says) == NULL)
            fail_msg("row %zu: “%s” should say “%s”", i, said, rows[i].says);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(what_breaks_the_contracts_is_told)};
    if (!court_sits())
        skip_program("Microsoft's API contracts are not here (" PERCH_CONTRACTS ")");
    return cmocka_run_group_tests(tests, NULL, NULL);
}
