/* SPDX-License-Identifier: MIT */
/* One set of rules for every way in: what a form's field takes or remarks on, answers and a hand-over take or remark on
 * with the same words; a paste, with either kind of line end, takes nothing that a field would not, and is silent about
 * nothing that a field speaks of. Plain mode and the console are driven by the same rows in
 * screen/ways_test.c. */
#include <string.h>

#include "base/json.h"
#include "input/paste.h"
#include "input/validate.h"
#include "onboarding/answers.h"
#include "onboarding/hand_over.h"
#include "onboarding/profile.h"
#include "support/support.h"

static struct profile *profile;

static json *rows; /* of objects with id and name, as somebody types them */

static json *as_answers(const json *row)
{
    return json_from("{'eventHub':{'resourceId':%s,'name':%s}}", json_get_string(row, "id"),
                     json_get_string(row, "name"));
}

/* What stands behind the file's name in the first remark; NULL if there is none. Caller frees. */
static char *remark_on(const json *answers, const char *path)
{
    g_autoptr(GPtrArray) remarks = g_ptr_array_new_with_free_func(g_free);
    g_autofree char *start = g_strdup_printf("f.json, %s: ", path);
    answers_remark(profile->answers, answers, "f.json", remarks);
    for (guint i = 0; i < remarks->len; i++)
        if (g_str_has_prefix(remarks->pdata[i], start))
            return g_strdup((const char *)remarks->pdata[i] + strlen(start));
    return NULL;
}

/* The whole hand-over with ANSWERS, parsed; NULL with ERROR. Caller frees. */
static json *handed(const json *answers, GError **error)
{
    g_autoptr(json) document = json_from(
        "{'handOver':1,'written':{'by':'bob','at':'2026-11-24T14:02:11Z','perch':'0.1.0'},'tenant':{'id':'11111111-"
        "1111-"
        "4111-8111-111111111111','domain':'contoso.com','name':'Contoso'},'cloud':'global','partner':{'id':%s,'name':"
        "'Red Canary','dated':'2026-11-24'},'answers':%j,'told':{},'skipped':{},'waits':{},'proved':{},'decisions':{},"
        "'objects':[],'left':[]}",
        profile->id, answers);
    g_autofree char *text = json_text(document);
    return hand_over_parse(text, -1, "f.json", profile, error);
}

static void answers_and_a_hand_over_judge_as_a_field_does(void **state)
{
    (void)state;
    json_for_each (row, rows) {
        const char *typed_id = json_get_string(row, "id");
        const char *typed_name = json_get_string(row, "name");
        if (typed_name[0] == '\0')
            continue; /* is no answer: the key stays away */
        g_autoptr(Verdict) id = validate("event-hub-id", typed_id, -1);
        g_autoptr(Verdict) name = validate("event-hub-name", typed_name, -1);
        g_autoptr(json) given = as_answers(row);
        g_autofree char *text = json_text(given);
        g_autoptr(GError) error = NULL;
        g_autoptr(GError) cause = NULL;
        g_autoptr(json) answers = answers_parse(profile->answers, text, -1, "f.json", &error);
        g_autoptr(json) whole = handed(given, &cause);
        if ((answers != NULL) != (id->valid && name->valid) || (whole != NULL) != (answers != NULL))
            fail_msg("%s, %s: field %d %d, answers %d, hand-over %d: %s", typed_id, typed_name, id->valid, name->valid,
                     answers != NULL, whole != NULL, cause != NULL ? cause->message : "");
        if (answers == NULL) {
            const struct finding *problem = verdict_problem(!id->valid ? id : name);
            assert_non_null(strstr(error->message, problem->message));
            assert_non_null(strstr(cause->message, problem->message));
            continue;
        }
        g_autofree char *remark = remark_on(answers, "eventHub.name");
        const struct finding *said = name->findings->len > 0 ? name->findings->pdata[0] : NULL;
        gboolean is_pair = remark != NULL && strstr(remark, "namespace's own name") != NULL;
        if (!is_pair && g_strcmp0(remark, said != NULL ? said->message : NULL) != 0)
            fail_msg("%s: the field says “%s”, the answers “%s”", typed_name, said != NULL ? said->message : "",
                     remark != NULL ? remark : "");
    }
}

/* Of FIELD whose input was TYPED: what a paste may take, and when it has to speak. */
static void judge_paste(const struct paste_values *values, const char *field, const char *typed)
{
    g_autoptr(Verdict) verdict = validate(field, typed, -1);
    const char *taken = paste_value(values, field);
    if (taken != NULL && g_strcmp0(taken, verdict->value) != 0)
        fail_msg("%s: a paste takes “%s”, the field “%s”", typed, taken, verdict->value != NULL ? verdict->value : "");
    gboolean is_plain = TRUE; /* marks round a value are a text's own, and a hub's ID gives a text both values */
    for (guint i = 0; i < verdict->findings->len; i++) {
        enum problem problem = ((const struct finding *)verdict->findings->pdata[i])->problem;
        is_plain &= problem == PROBLEM_PUNCTUATION || problem == PROBLEM_HUB_ID;
    }
    is_plain |= g_str_has_suffix(typed, ".") && !g_str_has_suffix(typed, "..");
    gboolean is_told = values->findings->len > 0 || values->candidates->len > 0;
    if (!is_plain && !is_told)
        fail_msg("%s: the field speaks of it, a paste is silent", typed);
}

/* The rows say what a field is to say, for those who see it on a screen. */
static void a_field_says_what_the_rows_have(void **state)
{
    (void)state;
    json_for_each (row, rows) {
        g_autoptr(Verdict) verdict = validate("event-hub-name", json_get_string(row, "name"), -1);
        const struct finding *said = verdict_problem(verdict);
        if (said == NULL && verdict->findings->len > 0)
            said = verdict->findings->pdata[0];
        const char *wanted = json_get_string(row, "says");
        assert_int_equal(verdict->valid, json_get_bool(row, "takes", FALSE));
        assert_string_equal(said != NULL ? said->message : "", wanted != NULL ? wanted : "");
    }
}

static void a_paste_takes_what_a_field_takes(void **state)
{
    (void)state;
    json_for_each (row, rows) {
        const char *typed_id = json_get_string(row, "id");
        const char *typed_name = json_get_string(row, "name");
        g_autofree char *text =
            g_strdup_printf("Event Hub Resource ID: %s\nEvent Hub name: %s\n", typed_id, typed_name);
        g_autofree char *terminal = g_strdelimit(g_strdup(text), "\n", '\r');
        g_autoptr(PasteValues) file = paste_find(text, -1);
        g_autoptr(PasteValues) typed = paste_find(terminal, -1);
        judge_paste(file, "event-hub-id", typed_id);
        judge_paste(file, "event-hub-name", typed_name);
        assert_string_equal(file->event_hub_id != NULL ? file->event_hub_id : "",
                            typed->event_hub_id != NULL ? typed->event_hub_id : "");
        assert_string_equal(file->event_hub_name != NULL ? file->event_hub_name : "",
                            typed->event_hub_name != NULL ? typed->event_hub_name : "");
        assert_int_equal(file->findings->len, typed->findings->len);
        assert_int_equal(file->candidates->len, typed->candidates->len);
        for (guint k = 0; k < file->findings->len; k++)
            assert_string_equal(((const struct finding *)file->findings->pdata[k])->message,
                                ((const struct finding *)typed->findings->pdata[k])->message);
        for (guint k = 0; k < file->candidates->len; k++)
            assert_string_equal(((const struct paste_candidate *)file->candidates->pdata[k])->value,
                                ((const struct paste_candidate *)typed->candidates->pdata[k])->value);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(answers_and_a_hand_over_judge_as_a_field_does),
        cmocka_unit_test(a_paste_takes_what_a_field_takes),
        cmocka_unit_test(a_field_says_what_the_rows_have),
    };
    json_init();
    profile = profile_load(NULL, NULL);
    g_autofree char *file = g_build_filename(PERCH_TEST_DATA, "input", "ways.jsonl", NULL);
    rows = read_json_lines(file);
    int failed = cmocka_run_group_tests_name("input_ways", tests, NULL, NULL);
    json_free(rows);
    profile_free(profile);
    return failed;
}
