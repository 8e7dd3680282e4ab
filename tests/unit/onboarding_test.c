/* SPDX-License-Identifier: MIT */
/*
 * The onboarding as a whole: which objects there are, what they need, what they teach, and what stays of them when an
 * answer changes.
 */
#include "onboarding/onboarding.h"

#include "base/json.h"
#include "support/support.h"

static const char profile_text[] =
    "{'format':1,'id':'p','name':'P','dated':'2026-11-24','clouds':['global'],'steps':["
    "{'id':'one','title':'One','explanation':'x','objects':[{'key':'group','kind':'group','title':'group "
    "“{displayName}”','with':{'displayName':'G {answers.suffix?}'}},{'key':'owners','kind':'group-owners','title':"
    "'owners','with':{'group':'{group.id}'}}]},"
    "{'id':'two','title':'Two','explanation':'x','needs':['one'],'when':{'value':'group.origin','is':['created'],"
    "'reason':'It was there.'},'toldWhen':{'value':'answers.used','is':['false'],'reason':'Not used.'},"
    "'fields':[{'path':'used','label':'Used','kind':'yes-no'},{'path':'suffix','label':'Suffix'},{'path':'people',"
    "'label':'People','kind':'people'}],"
    "'objects':[{'key':'person','kind':'user','title':'{item}','forEach':'people','with':{'userName':'{item}'}},"
    "{'key':'more','kind':'user','title':'more "
    "{userName}','when':{'value':'answers.used','is':['true']},'with':{'userName':"
    "'{answers.suffix}'}}],"
    "'guides':[{'when':{'value':'answers.used','is':['true']},'lines':[{'text':'used'}]},"
    "{'when':{'value':'answers.used','is':['false']},'lines':[{'text':'unused'}]}]},"
    "{'id':'three','title':'Three','explanation':'x','objects':[{'key':'account','kind':'account','title':'account',"
    "'with':{'userName':'new@x.org','mode':'create','domains':'x.org'}},"
    "{'key':'holders','kind':'package-holders','title':'holders','with':{'accessPackage':'{group.id}','policy':"
    "'{account.id}','group':'g'}}]}]}";

static const char chosen_text[] =
    "{'format':1,'id':'p','name':'P','dated':'2026-11-24','clouds':['global'],'steps':[{'id':'one','title':'One',"
    "'explanation':'x','fields':[{'path':'owner','label':'Owner'}],'objects':["
    "{'key':'person','kind':'user','title':'user','when':{'value':'answers.owner'},"
    "'with':{'userName':'{answers.owner}'}},"
    "{'key':'owners','kind':'group-owners','title':'owners',"
    "'with':{'group':'g','owner':'{person.id?}','ownerName':'{answers.owner?}'}}]}]}";

/* TEXT: a profile. */
static struct onboarding *begin_with(const char *text, const char *answers)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *strict = g_strdelimit(g_strdup(text), "'", '"');
    struct profile *profile = profile_parse(strict, -1, "profile.json", &error);
    if (profile == NULL)
        fail_msg("%s", error->message);
    return onboarding_new(profile, short_json(answers));
}

static struct onboarding *begin(const char *answers)
{
    return begin_with(profile_text, answers);
}

static void answer(struct onboarding *onboarding, const char *answers)
{
    json_free(onboarding->answers);
    onboarding->answers = short_json(answers);
    onboarding_rebuild(onboarding);
}

/* The keys of all objects, in their order. Caller frees. */
static char *keys_of(const struct onboarding *onboarding)
{
    g_autoptr(GString) keys = g_string_new(NULL);
    for (guint i = 0; i < onboarding->objects->len; i++)
        g_string_append_printf(keys, "%s ", ((const struct object *)g_ptr_array_index(onboarding->objects, i))->key);
    return g_string_free(g_steal_pointer(&keys), FALSE);
}

static void assert_keys(const struct onboarding *onboarding, const char *wanted)
{
    g_autofree char *keys = keys_of(onboarding);
    assert_string_equal(keys, wanted);
}

static void assert_missing(const struct onboarding *onboarding, const char *key, const char *wanted)
{
    g_autofree char *missing = onboarding_missing(onboarding, onboarding_object(onboarding, key));
    if (g_strcmp0(missing, wanted) != 0)
        fail_msg("%s lacks %s instead of %s", key, missing != NULL ? missing : "nothing",
                 wanted != NULL ? wanted : "nothing");
}

static const char *value_of(const struct onboarding *onboarding, const char *name)
{
    return g_hash_table_lookup(onboarding->values, name);
}

static gboolean needs(const struct onboarding *onboarding, const char *key, const char *needed)
{
    const struct object *object = onboarding_object(onboarding, key);
    return g_ptr_array_find_with_equal_func(object->needs, needed, g_str_equal, NULL);
}

/* The order of writes, and the patience with what is new, follow from the needs. */
static void test_an_object_needs_the_same_after_an_answer_changed(void **state)
{
    (void)state;
    struct onboarding *onboarding = begin("{}");
    assert_true(needs(onboarding, "owners", "group"));
    onboarding_set_value(onboarding, "group.id", "g1");
    onboarding_rebuild(onboarding);
    assert_true(needs(onboarding, "owners", "group"));
    assert_string_equal(object_text(onboarding_object(onboarding, "owners"), "group"), "g1");
    onboarding_free(onboarding);
}

static void test_the_objects_follow_the_answers(void **state)
{
    (void)state;
    struct onboarding *onboarding = begin("{}");
    assert_keys(onboarding, "group owners account holders ");
    answer(onboarding, "{'people':['a@x.org','b@x.org'],'used':true}");
    assert_keys(onboarding, "group owners person-1 person-2 more account holders ");
    assert_string_equal(object_text(onboarding_object(onboarding, "person-2"), "userName"), "b@x.org");
    assert_string_equal(onboarding_object(onboarding, "person-2")->title, "b@x.org");
    assert_string_equal(onboarding_object(onboarding, "more")->title, "more (not known yet)");
    assert_int_equal(onboarding_step(onboarding, "two")->objects->len, 3);
    answer(onboarding, "{'people':['b@x.org'],'used':false}");
    assert_keys(onboarding, "group owners person-1 account holders ");
    assert_null(onboarding_object(onboarding, "person-2"));
    assert_null(onboarding_step(onboarding, "moon"));
    onboarding_free(onboarding);
}

/* Another in the same place is another person; whoever has a number keeps it, case aside, and of two of a name one. */
static void test_whose_number_is_known_keeps_it_wherever_he_stands(void **state)
{
    (void)state;
    struct onboarding *onboarding = begin("{'people':['a@x.org','b@x.org']}");
    assert_true(list_numbers_bind(onboarding->numbers, "people", "b@x.org", 2));
    assert_false(list_numbers_bind(onboarding->numbers, "people", "c@x.org", 2));
    assert_false(list_numbers_bind(onboarding->numbers, "people", "B@x.org", 3));
    assert_true(list_numbers_bind(onboarding->numbers, "others", "c@x.org", 2));
    assert_true(list_numbers_bind(onboarding->numbers, "people", "", 4));
    answer(onboarding, "{'people':['a@x.org','c@x.org','d@x.org']}");
    assert_keys(onboarding, "group owners person-1 person-3 person-5 account holders ");
    answer(onboarding, "{'people':['B@x.org','a@x.org','b@x.org']}");
    assert_keys(onboarding, "group owners person-2 person-1 person-3 account holders ");
    assert_string_equal(object_text(onboarding_object(onboarding, "person-2"), "userName"), "B@x.org");
    onboarding_free(onboarding);
}

/* Where something else is wanted by now, what was seen says nothing of it; what the journal knows stays. */
static void test_what_was_seen_stays_while_the_same_is_wanted(void **state)
{
    (void)state;
    struct onboarding *onboarding = begin("{'suffix':'A'}");
    struct object *group = onboarding_object(onboarding, "group");
    g_free(group->known_id);
    group->known_id = g_strdup("g1");
    g_free(group->our_deleted);
    group->our_deleted = g_strdup("d1");
    decision_clear(&group->decision);
    group->decision = decision_copy(decision_parse("keep"));
    group->created = group->adopted = group->in_doubt = TRUE;
    group->observation->checked = 7;
    answer(onboarding, "{'suffix':'A','used':true}");
    group = onboarding_object(onboarding, "group");
    assert_int_equal(group->observation->checked, 7);
    assert_true(group->created && group->adopted && group->in_doubt);
    assert_string_equal(group->known_id, "g1");
    assert_string_equal(group->our_deleted, "d1");
    assert_int_equal(group->decision.kind, DECISION_KEEP);
    answer(onboarding, "{'suffix':'B'}");
    group = onboarding_object(onboarding, "group");
    assert_int_equal(group->observation->checked, 0);
    assert_string_equal(group->known_id, "g1");
    assert_true(group->created);
    onboarding_free(onboarding);
}

static void test_an_object_teaches_until_it_is_forgotten(void **state)
{
    (void)state;
    struct onboarding *onboarding = begin("{}");
    struct object *group = onboarding_object(onboarding, "group");
    assert_missing(onboarding, "owners", "group.id");
    observation_learn(group->observation, "id", "g1");
    observation_learn(group->observation, "mail", "m");
    onboarding_learn(onboarding, group);
    assert_string_equal(value_of(onboarding, "group.id"), "g1");
    assert_string_equal(value_of(onboarding, "group.mail"), "m");
    assert_string_equal(value_of(onboarding, "group.name"), "G ");
    assert_string_equal(value_of(onboarding, "group.origin"), "found");
    assert_string_equal(object_text(onboarding_object(onboarding, "owners"), "group"), "g1");
    assert_missing(onboarding, "owners", NULL);
    onboarding_set_value(onboarding, "groups.id", "stays");
    onboarding_forget(onboarding, onboarding_step(onboarding, "one")->objects);
    assert_null(value_of(onboarding, "group.id"));
    assert_null(value_of(onboarding, "group.mail"));
    assert_string_equal(value_of(onboarding, "groups.id"), "stays");
    assert_string_equal(object_text(onboarding_object(onboarding, "owners"), "group"), "{group.id}");
    g_free(group->known_id);
    group->known_id = g_strdup("g2");
    group->created = TRUE;
    g_hash_table_remove(group->observation->learnt, "id");
    onboarding_learn(onboarding, group);
    assert_string_equal(value_of(onboarding, "group.id"), "g2");
    assert_string_equal(value_of(onboarding, "group.origin"), "created");
    onboarding_free(onboarding);
}

/* An owner that was chosen and is not any more is no owner that is wanted. */
static void test_what_an_answer_took_away_teaches_nothing(void **state)
{
    (void)state;
    struct onboarding *onboarding = begin_with(chosen_text, "{'owner':'ann@x.org'}");
    struct object *person = onboarding_object(onboarding, "person");
    observation_learn(person->observation, "id", "ann");
    onboarding_learn(onboarding, person);
    assert_string_equal(object_text(onboarding_object(onboarding, "owners"), "owner"), "ann");
    answer(onboarding, "{}");
    assert_null(onboarding_object(onboarding, "person"));
    assert_null(value_of(onboarding, "person.id"));
    assert_string_equal(object_text(onboarding_object(onboarding, "owners"), "owner"), "");
    onboarding_free(onboarding);
}

static const char members_text[] =
    "{'format':1,'id':'p','name':'P','dated':'2026-11-24','clouds':['global'],'steps':[{'id':'one','title':'One',"
    "'explanation':'x','fields':[{'path':'people','label':'People','kind':'people'}],'objects':["
    "{'key':'person','kind':'user','title':'{item}','forEach':'people','with':{'userName':'{item}'}},"
    "{'key':'member','kind':'group-member','title':'{item}','forEach':'people',"
    "'with':{'group':'g','user':'{person-#.id?}','graph':'https://graph.example'}}]}]}";

/* One of many refers to the others by its own number, and to none but these. */
static void test_what_is_there_for_each_refers_to_its_own_number(void **state)
{
    (void)state;
    struct onboarding *onboarding = begin_with(members_text, "{'people':['a@x.org','b@x.org']}");
    struct object *person = onboarding_object(onboarding, "person-2");
    assert_true(needs(onboarding, "member-2", "person-2"));
    assert_false(needs(onboarding, "member-1", "person-2"));
    observation_learn(person->observation, "id", "u2");
    onboarding_learn(onboarding, person);
    assert_string_equal(object_text(onboarding_object(onboarding, "member-2"), "user"), "u2");
    assert_string_equal(object_text(onboarding_object(onboarding, "member-1"), "user"), "");
    onboarding_forget(onboarding, onboarding->objects);
    assert_string_equal(object_text(onboarding_object(onboarding, "member-2"), "user"), "");
    onboarding_free(onboarding);
}

/* How long the ids of COUNT people take to be learnt, in microseconds of the processor. */
static gint64 time_to_learn(guint count)
{
    g_autoptr(GString) people = g_string_new("{'people':[");
    for (guint i = 0; i < count; i++)
        g_string_append_printf(people, "%s'p%u@x.org'", i > 0 ? "," : "", i);
    struct onboarding *onboarding = begin_with(members_text, g_string_append(people, "]}")->str);
    gint64 begun = processor_time();
    for (guint i = 0; i < count; i++) {
        struct object *person = g_ptr_array_index(onboarding->objects, i);
        observation_learn(person->observation, "id", "u");
        onboarding_learn(onboarding, person);
    }
    gint64 spent = processor_time() - begun;
    assert_string_equal(object_text(onboarding_object(onboarding, "member-1"), "user"), "u");
    onboarding_free(onboarding);
    return spent;
}

/* A list of a thousand reviewers was read in a minute, since each that was found had all others made anew. */
static void test_a_long_list_is_learnt_in_its_time(void **state)
{
    (void)state;
    gint64 spent = time_to_learn(1000);
    if (spent > G_TIME_SPAN_SECOND)
        fail_msg("1000 people took %" G_GINT64_FORMAT " ms", spent / 1000);
}

static void test_another_name_stays_until_it_is_taken_back(void **state)
{
    (void)state;
    struct onboarding *onboarding = begin("{'suffix':'A'}");
    onboarding_rename(onboarding, onboarding_object(onboarding, "group"), "");
    assert_string_equal(onboarding_object(onboarding, "group")->title, "group “G A”");
    onboarding_rename(onboarding, onboarding_object(onboarding, "group"), "Other");
    assert_string_equal(onboarding_object(onboarding, "group")->title, "group “Other”");
    answer(onboarding, "{'suffix':'B'}");
    assert_string_equal(object_text(onboarding_object(onboarding, "group"), "displayName"), "Other");
    onboarding_learn(onboarding, onboarding_object(onboarding, "owners"));
    assert_string_equal(object_text(onboarding_object(onboarding, "group"), "displayName"), "Other");
    onboarding_rename(onboarding, onboarding_object(onboarding, "group"), "");
    assert_string_equal(object_text(onboarding_object(onboarding, "group"), "displayName"), "G B");
    onboarding_free(onboarding);
}

/* A secret is put in when it is sent; and whoever leaves need not know what is only wanted to begin. */
static void test_what_an_object_lacks(void **state)
{
    (void)state;
    struct onboarding *onboarding = begin("{'used':true}");
    assert_missing(onboarding, "more", "answers.suffix");
    assert_missing(onboarding, "account", NULL);
    assert_missing(onboarding, "holders", "group.id");
    onboarding_set_value(onboarding, "group.id", "g1");
    onboarding_rebuild(onboarding);
    assert_missing(onboarding, "holders", "account.id");
    onboarding->leaving = TRUE;
    assert_missing(onboarding, "holders", NULL);
    onboarding_free(onboarding);
}

static void test_what_a_step_is_in_this_tenant(void **state)
{
    (void)state;
    struct onboarding *onboarding = begin("{'used':false}");
    const struct step *two = onboarding_step(onboarding, "two");
    const struct step *one = onboarding_step(onboarding, "one");
    assert_null(onboarding_falls_away(onboarding, two));
    assert_string_equal(onboarding_told_by_answer(onboarding, two), "Not used.");
    assert_null(onboarding_told_by_answer(onboarding, one));
    assert_null(onboarding_falls_away(onboarding, one));
    assert_string_equal(((const struct guide_line *)onboarding_guide(onboarding, two)->lines->pdata[0])->text,
                        "unused");
    onboarding_set_value(onboarding, "group.origin", "found");
    assert_string_equal(onboarding_falls_away(onboarding, two), "It was there.");
    answer(onboarding, "{'used':true}");
    assert_null(onboarding_told_by_answer(onboarding, onboarding_step(onboarding, "two")));
    two = onboarding_step(onboarding, "two");
    assert_string_equal(((const struct guide_line *)onboarding_guide(onboarding, two)->lines->pdata[0])->text, "used");
    answer(onboarding, "{}");
    assert_null(onboarding_guide(onboarding, onboarding_step(onboarding, "two")));
    assert_null(onboarding_guide(onboarding, onboarding_step(onboarding, "one")));
    onboarding_free(onboarding);
}

static void test_a_text_with_something_unknown_is_none(void **state)
{
    (void)state;
    struct onboarding *onboarding = begin("{'suffix':'A'}");
    g_autofree char *known = onboarding_text(onboarding, "of {answers.suffix}");
    g_autofree char *unknown = onboarding_text(onboarding, "of {group.id}");
    g_autofree char *nothing = onboarding_text(onboarding, NULL);
    assert_string_equal(known, "of A");
    assert_string_equal(unknown, "");
    assert_string_equal(nothing, "");
    onboarding_free(onboarding);
}

/* What is safe in a path is kept of the company's name. */
static void test_the_companys_id(void **state)
{
    static const struct {
        const char *answers;
        const char *id;
    } rows[] = {
        {"{'company':'Contoso'}", "Contoso"},
        {"{'company':'Müller & Söhne'}", "Muller---Sohne"},
        {"{'company':'a_b.c-9/x'}", "a_b.c-9-x"},
        {"{}", NULL},
    };
    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        struct onboarding *onboarding = begin(rows[i].answers);
        const char *id = value_of(onboarding, "company.id");
        if (g_strcmp0(id, rows[i].id) != 0)
            fail_msg("%s: %s", rows[i].answers, id);
        onboarding_free(onboarding);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_an_object_needs_the_same_after_an_answer_changed),
        cmocka_unit_test(test_the_objects_follow_the_answers),
        cmocka_unit_test(test_whose_number_is_known_keeps_it_wherever_he_stands),
        cmocka_unit_test(test_what_was_seen_stays_while_the_same_is_wanted),
        cmocka_unit_test(test_an_object_teaches_until_it_is_forgotten),
        cmocka_unit_test(test_what_an_answer_took_away_teaches_nothing),
        cmocka_unit_test(test_what_is_there_for_each_refers_to_its_own_number),
        cmocka_unit_test(test_a_long_list_is_learnt_in_its_time),
        cmocka_unit_test(test_another_name_stays_until_it_is_taken_back),
        cmocka_unit_test(test_what_an_object_lacks),
        cmocka_unit_test(test_what_a_step_is_in_this_tenant),
        cmocka_unit_test(test_a_text_with_something_unknown_is_none),
        cmocka_unit_test(test_the_companys_id),
    };
    json_init();
    return cmocka_run_group_tests_name("onboarding", tests, NULL, NULL);
}
