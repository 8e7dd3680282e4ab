/* SPDX-License-Identifier: MIT */
/*
 * What the network and the service do wrong, at a write and at a read: one clear sentence, the right exit status,
 * nothing twice, and done at the next run.
 */
#include <stdio.h>
#include <string.h>

#include "support/background.h"
#include "support/side_by_side.h"

#define GROUPS "/v1.0/groups"
#define SECURITY_READER "5d6b6bb7-de71-4623-b4af-96380a352509"
#define WRITE "'method':'POST','path':'/v1.0/groups'"
#define READ "'method':'GET','path':'/v1.0/groups'"
#define STATUS_FAILED 1
#define STATUS_PERSON 5
#define STATUS_IN_DOUBT 6

enum expected {
    PASSES,  /* the group is there at the end of the same run */
    FAILS,   /* the step says what is wrong, and the next run makes the group */
    STOPS,   /* the run ends with an error before anything is written, and the next run makes the group */
    UNKNOWN, /* the step says that it cannot be read, nothing is written, and the next run makes the group */
};

struct fault_case {
    const char *name;
    const char *fault;
    enum expected expected;
    int writes;           /* POSTs of the group in the first run, each seen by the service */
    const char *sentence; /* a part of what the person is told */
};

/* What no contract knows: somebody else answers 200 in the service's place. */
#define PORTAL_BEFORE "write answered by a portal before the service"
#define PORTAL_BEHIND "write answered by a portal behind the service"
static const char *const forged[] = {PORTAL_BEFORE, PORTAL_BEHIND, NULL};

static const struct fault_case cases[] = {
    /* At the write. */
    {"write cut before it was done", "{" WRITE ",'drop':'before'}", PASSES, 2, "no answer came"},
    {"write cut after it was done", "{" WRITE ",'drop':'after'}", PASSES, 1, "the answer had been lost"},
    {"write told to wait", "{" WRITE ",'status':429,'retryAfter':1}", PASSES, 2, NULL},
    {"write refused by throttling without a time", "{" WRITE ",'status':429}", PASSES, 2, NULL},
    {"write throttled for longer than perch waits", "{" WRITE ",'status':429,'retryAfter':3600}", FAILS, 1,
     "Nothing was carried out"},
    {"write unavailable with a time", "{" WRITE ",'status':503,'retryAfter':1}", PASSES, 2, "answered: 503"},
    {"write unavailable with a time, and done", "{" WRITE ",'status':503,'retryAfter':1,'done':true}", PASSES, 1,
     "the answer had been lost"},
    {"write unavailable", "{" WRITE ",'status':503}", PASSES, 2, "answered: 503"},
    {"write answered 500 and done", "{" WRITE ",'status':500,'done':true}", PASSES, 1, "the answer had been lost"},
    {"write answered 500 and not done", "{" WRITE ",'status':500}", PASSES, 2, "answered: 500"},
    {"write answered 502 by a gateway", "{" WRITE ",'status':502,'done':true}", PASSES, 1, "the answer had been lost"},
    {"write says that it exists, and it does",
     "{" WRITE ",'status':409,'done':true,'body':{'error':{'code':'Conflict','message':'It exists.'}}}", PASSES, 1,
     "there already, as the service says"},
    {"write says in a 400 that it exists, and it does",
     "{" WRITE ",'status':400,'done':true,'body':{'error':{'code':'Request_BadRequest','message':"
     "'Another object with the same value for property displayName already exists.','details':"
     "[{'code':'ObjectConflict'}]}}}",
     PASSES, 1, "there already, as the service says"},
    {"write says that it exists, and it does not",
     "{" WRITE ",'status':409,'body':{'error':{'code':'Conflict','message':'It exists.'}}}", FAILS, 1,
     "409 Conflict: It exists."},
    {"write refused as not allowed", "{" WRITE ",'status':403}", FAILS, 1, "403 Forbidden"},
    {"write refused as wrong", "{" WRITE ",'status':400}", FAILS, 1, "400 Bad request"},
    {"write turned away by a proxy's page",
     "{" WRITE ",'times':3,'status':403,'body':'<html><title>Blocked by policy, ticket 4711</title></html>'}", FAILS, 1,
     "answered: 403 Forbidden: Blocked by policy, ticket 4711"},
    {"write turned away in words of a proxy's own",
     "{" WRITE ",'times':3,'status':403,'body':{'error':'blocked by the firewall'}}", FAILS, 1,
     "answered: 403 Forbidden: blocked by the firewall"},
    {"write answered 500 for ever", "{" WRITE ",'times':9,'status':500}", FAILS, 2,
     "nothing came of it either time. Microsoft, or a proxy before it, answered: 500"},
    {"write refused for an ended token", "{" WRITE ",'status':401}", PASSES, 2, NULL},
    {"write redirected", "{" WRITE ",'status':302,'location':'http://127.0.0.1:9/elsewhere'}", PASSES, 2,
     "answered: 302"},
    {"write redirected with its body", "{" WRITE ",'status':307,'location':'http://127.0.0.1:9/elsewhere'}", PASSES, 2,
     "answered: 307"},
    {"write answered by a web page", "{" WRITE ",'done':true,'status':201,'body':'<html>Sign in</html>'}", PASSES, 1,
     "the answer had been lost"},
    {"write answered by somebody's web page", "{" WRITE ",'status':511,'body':'<html>Sign in</html>'}", PASSES, 2,
     "answered: 511"},
    {PORTAL_BEFORE, "{" WRITE ",'status':200,'body':'<html>Sign in</html>'}", PASSES, 2, "answered: 200"},
    {PORTAL_BEHIND, "{" WRITE ",'done':true,'status':200,'body':'<html>Sign in</html>'}", PASSES, 1,
     "the answer had been lost"},
    {"write answered at length", "{" WRITE ",'padBytes':9000000}", PASSES, 1, "the answer had been lost"},
    {"write answered in half", "{" WRITE ",'cutBytes':20}", PASSES, 1, "the answer had been lost"},
    {"write answered slowly", "{" WRITE ",'dripMs':4}", PASSES, 1, NULL},
    {"write answered with broken JSON", "{" WRITE ",'text':'{\\u0022id\\u0022:','contentType':'application/json'}",
     PASSES, 1, "the answer had been lost"},
    {"write answered with nothing", "{" WRITE ",'text':'','contentType':'application/json'}", PASSES, 1, NULL},
    {"write answered late", "{" WRITE ",'delayMs':1500}", PASSES, 1, NULL},

    /* At the read that looks for it. */
    {"read cut once", "{" READ ",'drop':'before'}", PASSES, 1, NULL},
    {"read cut for long", "{" READ ",'drop':'before','times':60}", STOPS, 0, "127.0.0.2"},
    {"read told to wait", "{" READ ",'status':429,'retryAfter':1}", PASSES, 1, NULL},
    {"read throttled for long", "{" READ ",'status':429,'retryAfter':3600,'times':60}", UNKNOWN, 0,
     "429 Too many requests"},
    {"read unavailable once", "{" READ ",'status':503}", PASSES, 1, NULL},
    {"read unavailable for long", "{" READ ",'status':503,'times':60}", UNKNOWN, 0, "503 Service unavailable"},
    {"read failing for long", "{" READ ",'status':500,'times':60}", UNKNOWN, 0, "500 Server error"},
    {"read refused as not allowed", "{" READ ",'status':403,'times':60}", UNKNOWN, 0, "403 Forbidden"},
    {"read refused for an ended token", "{" READ ",'status':401}", PASSES, 1, NULL},
    {"read not found", "{" READ ",'status':404,'times':60}", UNKNOWN, 0, "404 Not found"},
    {"read redirected", "{" READ ",'status':302,'location':'http://127.0.0.1:9/','times':60}", UNKNOWN, 0,
     "302 Redirect, not followed"},
    {"read answered by a web page", "{" READ ",'status':200,'body':'<html>Sign in</html>','times':60}", UNKNOWN, 0,
     "the answer cannot be read"},
    {"read answered at length", "{" READ ",'padBytes':9000000,'times':60}", UNKNOWN, 0, "larger than 4 MiB"},
    {"read answered in half", "{" READ ",'cutBytes':5,'times':60}", STOPS, 0, "middle of its answer"},
    {"read answered slowly", "{" READ ",'dripMs':4}", PASSES, 1, NULL},
    {"read answered with broken JSON",
     "{" READ ",'text':'{\\u0022value\\u0022:[','contentType':'application/json','times':60}", UNKNOWN, 0,
     "the answer cannot be read"},
    {"read answered without a list", "{" READ ",'text':'{}','contentType':'application/json','times':60}", UNKNOWN, 0,
     "holds none"},
    {"read answered with nothing", "{" READ ",'text':'','contentType':'application/json','times':60}", UNKNOWN, 0, ""},
    {"read pointed to another host",
     "{" READ
     ",'text':'{\\u0022value\\u0022:[],\\u0022@odata.nextLink\\u0022:\\u0022http://127.0.0.1:9/v1.0/groups?x\\u0022}',"
     "'contentType':'application/json','times':60}",
     UNKNOWN, 0, "another host"},
};

static const struct fault_case *find_case(const char *name)
{
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++)
        if (strcmp(cases[i].name, name) == 0)
            return &cases[i];
    fail_msg("there is no case %s", name);
    return NULL;
}

static void assert_told(const struct run *run, const char *sentence)
{
    if (sentence != NULL && strstr(run->output, sentence) == NULL && strstr(run->errors, sentence) == NULL)
        fail_msg("nobody is told “%s”:\n%.800s\n%s", sentence, run->output, run->errors);
}

static void assert_whole(const struct practice_tenant *tenant)
{
    assert_int_equal(count_held(tenant, "groups", "displayName", "Red Canary"), 1);
    assert_int_equal(count_held(tenant, "roleAssignments", "roleDefinitionId", SECURITY_READER), 1);
    assert_nothing_twice(tenant);
}

static void assert_next_run_is_done(struct practice_tenant *tenant)
{
    practice_restart(tenant, FALSE);
    g_autoptr(Run) next = perch(tenant, "apply", "--yes", "--json", NULL);
    assert_status(next, STATUS_PERSON);
    g_autoptr(json) document = run_document(next);
    assert_step(document, "group", "done");
    assert_whole(tenant);
}

static void assert_first_run(const struct fault_case *fault, const struct practice_tenant *tenant,
                             const struct run *run)
{
    static const char *const states[] = {[PASSES] = "done", [FAILS] = "failed", [UNKNOWN] = "unknown"};
    g_autoptr(json) document = run_document(run);
    if (fault->expected != STOPS && json_get(document, "steps") == NULL)
        fail_msg("no board but %.400s", run->output);
    if (fault->expected == STOPS)
        assert_string_not_equal(json_get_string(json_get(document, "error"), "hint"), "");
    else
        assert_step(document, "group", states[fault->expected]);
    assert_status(run, fault->expected == PASSES ? STATUS_PERSON : STATUS_FAILED);
    assert_told(run, fault->sentence);
    assert_int_equal(count_requests(tenant, "POST", GROUPS), fault->writes);
    if (fault->expected == PASSES)
        assert_whole(tenant);
    assert_nothing_twice(tenant);
}

static void test_case(void **state)
{
    const struct fault_case *fault = find_case(*state);
    struct practice_tenant *tenant = practice_begin("fresh", NULL);
    g_autofree char *log = g_build_filename(practice_folder(tenant), "log", NULL);
    arm_fault(tenant, fault->fault);
    g_autoptr(Run) run = perch(tenant, "apply", "--yes", "--json", "--log-file", log, NULL);
    g_autofree char *logged = read_text(log);
    g_free(run->errors);
    run->errors = g_steal_pointer(&logged);
    assert_first_run(fault, tenant, run);
    assert_next_run_is_done(tenant);
    if (g_strv_contains(forged, fault->name))
        practice_forget_forged(tenant, "POST", GROUPS, 200);
    practice_end(tenant);
}

static void test_every_fault_ends_in_a_sentence_and_nothing_twice(void **state)
{
    (void)state;
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++)
        g_ptr_array_add(names, (gpointer)cases[i].name);
    keep_some(names, 12);
    run_side_by_side(names);
}

static void test_nobody_listens(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("fresh", NULL);
    g_auto(GStrv) line = perch_command_line(tenant, (const char *const[]){"apply", "--yes", "--json", NULL});
    practice_end(tenant);
    g_autoptr(Run) run = run_program((const char *const *)line, NULL, NULL);
    assert_status(run, STATUS_FAILED);
    g_autoptr(json) document = run_document(run);
    const json *error = json_get(document, "error");
    assert_string_equal(json_get_string(error, "code"), "network");
    assert_non_null(strstr(json_get_string(error, "message"), "No connection to 127.0.0.1"));
    assert_string_not_equal(json_get_string(error, "hint"), "");
}

/* Nobody who runs perch in a pipeline wonders why nothing happens. */
static void test_a_wait_is_told_with_its_end_in_json_mode_too(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("fresh", NULL);
    arm_fault(tenant, "{" READ ",'status':429,'retryAfter':3}");
    g_autoptr(Run) run = perch(tenant, "check", "--json", NULL);
    g_autoptr(json) document = run_document(run);
    assert_step(document, "group", "to-do");
    if (!g_regex_match_simple("Microsoft asks perch to wait; it goes on at [0-9]{2}:[0-9]{2}:[0-9]{2}", run->errors, 0,
                              0))
        fail_msg("the wait is not told: %s", run->errors);
    practice_end(tenant);
}

static gboolean is_write_recorded(gconstpointer data)
{
    return count_requests(data, "POST", GROUPS) > 0;
}

/* The service dies with the group made and the answer not sent. */
static void test_the_service_dies_in_the_middle_of_apply(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("fresh", NULL);
    arm_fault(tenant, "{" WRITE ",'delayMs':30000}");
    struct background *running =
        background_start(tenant, (const char *const[]){"apply", "--yes", "--json", NULL}, NULL);
    assert_true(wait_until(is_write_recorded, tenant));
    practice_stop_hard(tenant);
    g_autoptr(Run) run = background_end(running);
    assert_status(run, STATUS_IN_DOUBT);
    g_autoptr(json) document = run_document(run);
    assert_string_equal(json_get_string(json_get(document, "error"), "code"), "in-doubt");
    assert_next_run_is_done(tenant);
    practice_end(tenant);
}

/* What answers in Graph's place speaks of a tenant that nobody signed in to: all is refused before a request is sent.
 */
static void test_another_tenant_than_the_sign_ins_is_refused(void **state)
{
    (void)state;
    static const char other[] =
        "{\"path\":\"/v1.0/organization\",\"method\":\"GET\",\"times\":9,\"status\":200,\"body\":{\"value\":["
        "{\"id\":\"11111111-2222-4333-8444-555555555555\",\"displayName\":\"Contoso\",\"verifiedDomains\":["
        "{\"name\":\"contoso.onmicrosoft.com\",\"isInitial\":true,\"isDefault\":true}]}]}}";
    struct practice_tenant *tenant = practice_begin("fresh", NULL);
    g_free(practice_post(tenant, "/practice/fault", "application/json", other));
    g_autoptr(Run) run = perch(tenant, "apply", "--yes", "--tenant", "contoso.onmicrosoft.com", "--json", NULL);
    assert_status(run, 2);
    g_autoptr(json) document = run_document(run);
    assert_string_equal(json_string(json_get_path(document, "error.code")), "tenant");
    assert_non_null(strstr(json_string(json_get_path(document, "error.message")), "11111111-2222-4333"));
    g_autoptr(json) record = practice_record(tenant);
    assert_int_equal(count_writes(record, NULL, NULL), 0);
    practice_forget_forged(tenant, "GET", "/v1.0/organization", 200);
    practice_end(tenant);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_another_tenant_than_the_sign_ins_is_refused),
        cmocka_unit_test(test_nobody_listens),
        cmocka_unit_test(test_a_wait_is_told_with_its_end_in_json_mode_too),
        cmocka_unit_test(test_the_service_dies_in_the_middle_of_apply),
        cmocka_unit_test(test_every_fault_ends_in_a_sentence_and_nothing_twice),
    };
    json_init();
    if (argc > 1)
        return run_case(argv[1], test_case);
    return cmocka_run_group_tests_name("network", tests, NULL, NULL);
}
