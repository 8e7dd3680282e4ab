/* SPDX-License-Identifier: MIT */
/*
 * What a hand-over has to be to be taken: one that is, and each thing that is refused, with its place, as rows.
 */
#include "onboarding/hand_over.h"

#include <string.h>

#include "base/error.h"
#include "base/json.h"
#include "support/support.h"

#define GOOD                                                                                                           \
    "{'handOver':1,'written':{'by':'bob','at':'2026-11-24T14:02:11Z','perch':'0.1.0'},"                                \
    "'tenant':{'id':'11111111-1111-4111-8111-111111111111','domain':'contoso.com','name':'Contoso'},'cloud':'global'," \
    "'partner':{'id':'made-up','name':'Made Up','dated':'2026-11-24'},'answers':{'company':'Contoso'},"                \
    "'told':{'portal':{'by':'cy','at':'2026-11-24T14:02:11Z','note':'n','about':'a'}},"                                \
    "'skipped':{'away':{'by':'cy','at':'2026-11-24T14:02:11Z','reason':'r'}},"                                         \
    "'waits':{'later':{'began':'2026-11-24T14:02:11Z','until':'2026-11-24T14:12:11Z','endedBy':'cy'}},"                \
    "'proved':{'begin':'2026-11-24T14:02:11Z'},"                                                                       \
    "'decisions':{'thing':{'by':'cy','at':'2026-11-24T14:02:11Z','decision':'keep'}},"                                 \
    "'objects':[{'step':'thing','object':'thing','name':'T','id':'t1','origin':'created'}],"                           \
    "'left':[{'step':'next','title':'Next','state':'to-do','reason':'','roles':['Global Administrator']}],"            \
    "'partnerLeft':{'by':'cy','at':'2026-11-24T14:02:11Z'},"                                                           \
    "'seal':{'key':'k','signature':'s'}}"

/* FROM in GOOD is TO, and so it is refused with SAYS after the file's name; "" : it is taken. */
static const struct {
    const char *from;
    const char *to;
    const char *says;
} rows[] = {
    {"", "", ""},
    {",'seal':{'key':'k','signature':'s'}", "", ""},
    {"'told':{", "'toldd':{", "$.toldd: this name is not known"},
    {"'handOver':1", "'handOver':2", "$.handOver: this version of the format is not known; only 1 is."},
    {"'handOver':1", "'handOver':'1'", "$.handOver: this version"},
    {"'handOver':1,", "", "$.handOver: this version"},
    {"'by':'bob',", "", "$.written.by: this is missing."},
    {"'at':'2026-11-24T14:02:11Z','perch'", "'at':'yesterday','perch'", "$.written.at: a time like"},
    {"11111111-1111-4111-8111-111111111111", "contoso.com", "$.tenant.id: a GUID is wanted here."},
    {"'cloud':'global',", "", "$.cloud: this is missing."},
    {"'id':'made-up'", "'id':'other'",
     "$.partner.id: it was written with the partner profile “other”, and this is “made-up”."},
    {"'company':'Contoso'", "'company':7", "$.answers.company: a text"},
    {"'company':'Contoso'", "'moon':'x'", "$.answers.moon: this name is not known"},
    {"'company':'Contoso'", "'done':{'portal':{}}", "$.answers.done: what others told"},
    {"'company':'Contoso'", "'skip':{'away':{'reason':'r'}}", "$.answers.skip: what others told"},
    {"'company':'Contoso'", "'decisions':{'thing':'keep'}", "$.answers.decisions: what others told"},
    {"'portal':{'by'", "'moon':{'by'", "$.told.moon: there is no such step."},
    {"'note':'n'", "'note':7", "$.told.portal.note: a text"},
    {"'away':{'by':'cy','at':'2026-11-24T14:02:11Z'", "'away':{'by':'cy','at':'x'", "$.skipped.away.at: a time like"},
    {",'reason':'r'}}", "}}", "$.skipped.away.reason: this is missing."},
    {"'away':{'by'", "'moon':{'by'", "$.skipped.moon: there is no such step."},
    {"'later':{", "'moon':{", "$.waits.moon: there is no such step."},
    {"'later':{", "'thing':{", "$.waits.thing: this step waits for nothing."},
    {"'until':'2026-11-24T14:12:11Z'", "'until':'soon'", "$.waits.later.until: a time like"},
    {"'begin':'2026", "'moon':'2026", "$.proved.moon: there is no such step."},
    {"'begin':'2026-11-24T14:02:11Z'", "'begin':'x'", "$.proved.begin: a time like"},
    {",'decision':'keep'", "", "$.decisions.thing.decision: this is missing."},
    {"'object':'thing',", "", "$.objects[0].object: this is missing."},
    {"'roles':['Global Administrator']", "'roles':[7]", "$.left[0].roles[0]: a text"},
    {"'partnerLeft':{'by':'cy',", "'partnerLeft':{", ""},
    {"'partnerLeft':{'by':'cy',", "'partnerLeft':{'by':' ',", "$.partnerLeft.by: somebody's name is wanted here."},
    {"'partnerLeft':{'by':'cy','at':'2026-11-24T14:02:11Z'", "'partnerLeft':{'by':'cy','at':'x'",
     "$.partnerLeft.at: a time like"},
    {",'signature':'s'", "", "$.seal.signature: this is missing."},
    {"{'handOver'", "{{'handOver'", ""},
};

static struct profile *made_up_profile(void)
{
    g_autoptr(GError) error = NULL;
    struct profile *profile = profile_load(PERCH_TEST_DATA "/partners/made-up.json", &error);
    if (profile == NULL)
        fail_msg("%s", error->message);
    return profile;
}

static void test_what_is_taken_and_what_is_refused(void **state)
{
    (void)state;
    g_autoptr(Profile) profile = made_up_profile();
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autoptr(GString) text = g_string_new(GOOD);
        g_autoptr(GError) error = NULL;
        if (rows[i].from[0] != '\0' && g_string_replace(text, rows[i].from, rows[i].to, 1) != 1)
            fail_msg("there is no %s", rows[i].from);
        g_strdelimit(text->str, "'", '"');
        g_autoptr(json) taken = hand_over_parse(text->str, -1, "handed.json", profile, &error);
        gboolean is_broken = g_str_has_prefix(text->str, "{{");
        if ((taken != NULL) != (rows[i].says[0] == '\0' && !is_broken))
            fail_msg("%s: %s", rows[i].to, error != NULL ? error->message : "it was taken");
        if (taken != NULL)
            continue;
        assert_true(g_error_matches(error, PERCH_ERROR, PERCH_ERROR_INPUT));
        g_autofree char *wanted = g_strconcat("handed.json: ", rows[i].says, NULL);
        if (!g_str_has_prefix(error->message, wanted))
            fail_msg("“%s” instead of “%s”", error->message, wanted);
    }
}

static void test_a_hand_over_is_told_from_answers(void **state)
{
    (void)state;
    assert_true(hand_over_is_one("{\"handOver\":7}", -1));
    assert_true(hand_over_is_one("{\"handOver\":1}xx", 14));
    assert_false(hand_over_is_one("{\"company\":\"C\"}", -1));
    assert_false(hand_over_is_one("{\"handOver\":", -1));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_is_taken_and_what_is_refused),
        cmocka_unit_test(test_a_hand_over_is_told_from_answers),
    };
    json_init();
    return cmocka_run_group_tests_name("onboarding_hand_over", tests, NULL, NULL);
}
