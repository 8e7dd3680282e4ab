/* SPDX-License-Identifier: MIT */
#include "onboarding/profile.h"

#include <string.h>

#include "base/error.h"
#include "base/json.h"
#include "onboarding/object.h"
#include "support/support.h"

#define FRAME                                                                                                          \
    "{\"format\":1,\"id\":\"p\",\"name\":\"P\",\"dated\":\"2026-11-24\",\"clouds\":[\"global\"],\"steps\":[%s]}"

static void refused(const char *steps, const char *words)
{
    g_autofree char *text = g_strdup_printf(FRAME, steps);
    g_autoptr(GError) error = NULL;
    g_autoptr(Profile) profile = profile_parse(text, -1, "profile.json", &error);
    if (profile != NULL)
        fail_msg("%s was taken", steps);
    assert_true(g_error_matches(error, PERCH_ERROR, PERCH_ERROR_INPUT));
    if (strstr(error->message, words) == NULL)
        fail_msg("for %s expected “%s” in: %s", steps, words, error->message);
}

static void test_faults_are_named_with_their_path(void **state)
{
    (void)state;
    refused("", "$.steps: at least one entry");
    refused("{\"id\":\"one\",\"title\":\"One\"}", "$.steps[0].explanation: this is missing");
    refused("{\"id\":\"one\",\"title\":1,\"explanation\":\"x\"}", "$.steps[0].title: a text");
    refused("{\"id\":\"one\",\"title\":\"One\\u001b]0;owned\\u0007\",\"explanation\":\"x\"}",
            "$.steps[0].title: a control character");
    refused("{\"id\":\"one\",\"title\":\"One\",\"explanation\":\"x\\u202ey\"}",
            "$.steps[0].explanation: a control character");
    refused("{\"id\":\"one\",\"title\":\"One\\nTwo\",\"explanation\":\"x\"}",
            "$.steps[0].title: a line break or a tab");
    refused("{\"id\":\"one\",\"title\":\"One\",\"shortTitle\":\"One\\tTwo\",\"explanation\":\"x\\ny\"}",
            "$.steps[0].shortTitle: a line break or a tab");
    refused("{\"id\":\"one\",\"title\":\"One\",\"explanation\":\"x\",\"fields\":[{\"path\":\"company\",\"label\":"
            "\"a\\r\\nb\"}]}",
            "$.steps[0].fields[0].label: a ");
    refused("{\"id\":\"one\",\"title\":\"One\",\"explanation\":\"x\",\"colour\":\"red\"}",
            "$.steps[0].colour: this name");
    refused("{\"id\":\"one\",\"title\":\"One\",\"explanation\":\"x\",\"needs\":[\"two\"]}",
            "$.steps[0].needs[0]: no earlier");
    refused("{\"id\":\"one\",\"title\":\"One\",\"explanation\":\"x\",\"objects\":[{\"key\":\"k\",\"kind\":\"moon\","
            "\"title\":\"t\"}]}",
            "$.steps[0].objects[0].kind: no such kind");
    refused("{\"id\":\"one\",\"title\":\"One\",\"explanation\":\"x\",\"objects\":[{\"key\":\"k\",\"kind\":\"tenant\","
            "\"title\":\"t\"},{\"key\":\"k\",\"kind\":\"tenant\",\"title\":\"t\"}]}",
            "$.steps[0].objects[1].key: this key stands twice");
    refused(
        "{\"id\":\"one\",\"title\":\"One\",\"explanation\":\"x\",\"objects\":[{\"key\":\"k\",\"title\":\"t\",\"kind\":"
        "\"role-assignment\",\"with\":{\"principal\":\"g\",\"roleName\":\"Security Reader\",\"roleDefinitionId\":"
        "\"62e90394-69f5-4237-9190-012177145e10\"}}]}",
        "$.steps[0].objects[0].with: 62e90394-69f5-4237-9190-012177145e10 is Global Administrator, and");
    static const char *const links[] = {"javascript:alert(1)",
                                        "http://contoso.com/",
                                        "https://login.microsoftonline.com@evil.example/",
                                        "https://{answers.company}/",
                                        "{cloud.login}.evil.example/",
                                        "{answers.company}",
                                        "https://evil.example:444/",
                                        "//evil.example/"};
    for (gsize i = 0; i < G_N_ELEMENTS(links); i++) {
        g_autofree char *step = g_strdup_printf(
            "{\"id\":\"one\",\"title\":\"One\",\"explanation\":\"x\",\"guide\":{\"link\":\"%s\",\"lines\":[]}}",
            links[i]);
        refused(step, "$.steps[0].guide.link: an address is wanted");
    }
    /* Whoever opens a link reads its host, and not what was filled in behind it. */
    static const char *const filled[] = {
        "https://partner.example/?hub={answers.eventHub.name}", "https://microsoft.com.evil.example/{tenant.id}",
        "https://anybodys.westeurope.cloudapp.azure.com/{tenant.id}", "https://evilmicrosoft.com/#{tenant.id}"};
    for (gsize i = 0; i < G_N_ELEMENTS(filled); i++) {
        g_autofree char *step = g_strdup_printf(
            "{\"id\":\"one\",\"title\":\"One\",\"explanation\":\"x\",\"guide\":{\"link\":\"%s\",\"lines\":[]}}",
            filled[i]);
        refused(step, "$.steps[0].guide.link: what stands in braces may go to one of Microsoft's hosts only");
    }
    refused("{\"id\":\"one\",\"title\":\"One\",\"explanation\":\"x\",\"guide\":{\"lines\":[{\"copy\":\"c\"}]}}",
            "$.steps[0].guide.lines[0].text: this is missing");
    refused("{\"id\":\"one\",\"title\":\"One\",\"explanation\":\"x\",\"when\":{\"value\":\"v\",\"is\":[\"a\"]}}",
            "$.steps[0].when.reason: this is missing");
    refused("{\"id\":\"one\",\"title\":\"One\",\"explanation\":\"x\",\"when\":{\"is\":[\"a\"],\"reason\":\"r\"}}",
            "$.steps[0].when.value: this is missing");
    refused(
        "{\"id\":\"one\",\"title\":\"One\",\"explanation\":\"x\",\"guide\":{\"lines\":[]},\"guides\":[{\"lines\":[]}"
        "]}",
        "$.steps[0].guides: a step has either");
    refused("{\"id\":\"one\",\"title\":\"One\",\"explanation\":\"x\",\"objects\":[{\"key\":\"k\",\"kind\":\"tenant\","
            "\"title\":\"t\",\"until\":{\"object\":\"moon\",\"label\":\"l\"}}]}",
            "$.steps[0].objects[0].until.object: no object has this key");
    refused("{\"id\":\"one\",\"title\":\"One\",\"explanation\":\"x\",\"objects\":[{\"key\":\"k\",\"kind\":\"tenant\","
            "\"title\":\"t\",\"when\":{\"value\":\"licence.entra\",\"is\":[\"full\"]}}]}",
            "$.steps[0].objects[0].when.value: whether an object is wanted");
}

#define ROLE_TO_GROUP(title, with)                                                                                     \
    "{\"id\":\"one\",\"title\":\"One\",\"explanation\":\"x\",\"objects\":[{\"key\":\"k\",\"title\":\"" title           \
    "\",\"kind\":\"role-assignment\",\"with\":{\"principal\":\"g\"," with "}}]}"

/* A title or an answer could tell of another role than the one that is given. */
static void test_a_role_is_named_by_itself(void **state)
{
    (void)state;
    refused(
        ROLE_TO_GROUP("Security Reader to the group",
                      "\"roleName\":\"Global Reader\",\"roleDefinitionId\":\"f2ef992c-3afb-46b9-b7cf-a126ee74c451\""),
        "$.steps[0].objects[0].title: what it is about has to stand there");
    refused(ROLE_TO_GROUP("{roleName}", "\"roleDefinitionId\":\"62e90394-69f5-4237-9190-012177145e10\""),
            "$.steps[0].objects[0].with.roleName: this is missing");
    refused(ROLE_TO_GROUP("{roleName}", "\"roleName\":\"Security Reader\",\"roleDefinitionId\":\"{tenant.id}\""),
            "$.steps[0].objects[0].with: {tenant.id} is no role");
    refused(ROLE_TO_GROUP("{roleName}", "\"roleName\":\"Watcher\",\"roleDefinitionId\":\"watcher\""),
            "$.steps[0].objects[0].with: watcher is no role");
}

static void refused_with(const char *kind, const char *with, const char *words)
{
    g_autofree char *steps = g_strdup_printf("{\"id\":\"one\",\"title\":\"One\",\"explanation\":\"x\",\"objects\":[{"
                                             "\"key\":\"k\",\"kind\":\"%s\",\"title\":\"t\"%s%s}]}",
                                             kind, *with != '\0' ? ",\"with\":" : "", with);
    g_autofree char *whole = g_strconcat("$.steps[0].objects[0].with.", words, NULL);
    refused(steps, whole);
}

#define ADMIN(roles) "{\"me\":\"m\",\"steps\":[\"one\"],\"roles\":" roles "}"

#define ROLE(id, name) "{\"account\":\"a\",\"roles\":[{\"answer\":\"x\",\"id\":\"" id "\",\"name\":\"" name "\"}]}"

#define GUEST(redirect) "{\"mail\":\"m\",\"domainName\":\"d\",\"redirect\":\"" redirect "\"}"

static void test_what_an_object_is_made_with_is_checked_by_its_kind(void **state)
{
    (void)state;
    refused_with("admin-role", "", "me: this is missing");
    refused_with("admin-role", ADMIN("[]"), "roles: at least one entry");
    refused_with("admin-role", ADMIN("[{\"id\":\"i\",\"name\":\"n\",\"steps\":[1]}]"), "roles[0].steps[0]: a text");
    refused_with("admin-role", ADMIN("[{\"id\":\"i\",\"steps\":[\"*\"]}]"), "roles[0].name: this is missing");
    refused_with("admin-role", "{\"me\":\"m\",\"steps\":[null],\"roles\":[]}", "steps[0]: a text");
    refused_with("account-role", "{\"account\":\"a\",\"roles\":[]}", "roles: at least one entry");
    refused_with("account-role", ROLE("62E90394-69F5-4237-9190-012177145E10", "Helper"),
                 "roles[0]: 62E90394-69F5-4237-9190-012177145E10 is none of the roles that");
    refused_with("account-role", ROLE("{answers.siem.region}", "Security Reader"),
                 "roles[0]: {answers.siem.region} is none of the roles that");
    refused_with("account-role", ROLE("e8611ab8-c189-46e8-94e1-60213ab1f814", "Privileged Role Administrator"),
                 "roles[0]: Privileged Role Administrator is none of the roles that");
    refused_with("account-role", ROLE("62e90394-69f5-4237-9190-012177145e10", "Security Reader"),
                 "roles[0]: 62e90394-69f5-4237-9190-012177145e10 is Global Administrator, and it is called");
    refused_with("application-grants",
                 "{\"application\":\"a\",\"resourceAppId\":\"r\",\"expected\":[{\"name\":"
                 "\"AppRoleAssignment.ReadWrite.All\"}]}",
                 "expected[0]: AppRoleAssignment.ReadWrite.All would let the partner take the tenant over");
    refused_with("group", "{\"displayName\":7}", "displayName: a text");
    refused_with("group", "{\"displayName\":\"G\",\"colour\":\"red\"}", "colour: this name");
    refused_with("group", "{\"displayName\":\"a\\u202eb\"}", "displayName: a control character");
    refused_with("tenant", "{\"id\":\"x\"}", "id: this name");
    refused_with("user", "{\"userName\":\"u\",\"memberOnly\":\"yes\"}", "memberOnly: true or false");
    refused_with("application-permission", "{\"application\":\"a\",\"resourceAppId\":\"r\",\"anyOf\":[]}",
                 "anyOf: at least one entry");
    refused_with("device-groups", "{\"names\":{}}", "names: a text");
    /* Where guests land, and what is handed to the partner's people, are links like those that a step opens. */
    refused_with("guest", GUEST("https://evil.example/?t={tenant.id}"),
                 "redirect: what stands in braces may go to one of Microsoft's hosts only");
    refused_with("guest", GUEST("javascript:alert(1)"), "redirect: an address is wanted");
    refused_with("guest", GUEST("https://myapplications.microsoft.com@evil.example/"),
                 "redirect: an address is wanted");
    refused_with("access-link", "{\"link\":\"https://evil.example/@{tenant.domain}\",\"package\":\"p\"}",
                 "link: what stands in braces may go to one of Microsoft's hosts only");
}

static void test_another_format_is_refused(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    g_autoptr(Profile) profile = profile_parse(
        "{\"format\":2,\"id\":\"p\",\"name\":\"P\",\"dated\":\"d\",\"clouds\":[],\"steps\":[{\"id\":\"a\","
        "\"title\":\"A\",\"explanation\":\"x\"}]}",
        -1, "profile.json", &error);
    assert_null(profile);
    assert_non_null(strstr(error->message, "$.format"));
}

static void test_the_built_in_profile_has_the_articles_steps_in_its_order(void **state)
{
    (void)state;
    static const char *const ids[] = {"sign-in",     "account",       "invitation",    "streaming", "consent",
                                      "group",       "organization",  "defender-role", "catalog",   "access-package",
                                      "access-link", "device-groups", "graph-alerts",  "p1-access", "finish"};
    g_autoptr(GError) error = NULL;
    g_autoptr(Profile) profile = profile_load(NULL, &error);
    if (profile == NULL)
        fail_msg("%s", error->message);
    assert_int_equal(profile->steps->len, G_N_ELEMENTS(ids));
    for (guint i = 0; i < G_N_ELEMENTS(ids); i++)
        assert_string_equal(((const struct step_definition *)g_ptr_array_index(profile->steps, i))->id, ids[i]);
}

static void test_a_missing_file_is_a_clear_sentence(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    assert_null(profile_load("/nowhere/profile.json", &error));
    assert_true(g_error_matches(error, PERCH_ERROR, PERCH_ERROR_INPUT));
    assert_non_null(strstr(error->message, "/nowhere/profile.json"));
}

#define ASKS(more) "'fields':[{'path':'a','label':'A'" more "}]"
#define MAKES(more) "'objects':[{'key':'group','kind':'group','title':'t','with':{'displayName':'G'}" more "}]"
#define NAMES(name) "'objects':[{'key':'group','kind':'group','title':'t','with':{'displayName':'" name "'}}]"
#define PEOPLE "'fields':[{'path':'people','label':'P','kind':'people'}]"
#define GUIDES(more) "'guide':{'lines':[{'text':'t'" more "}]}"

/* The members of a step, in single quotes, and what is said of them. */
static const struct {
    const char *members;
    const char *words;
} unknown[] = {
    {ASKS(",'kind':'nonsense'"), "fields[0].kind: only one of these is known: text, person, people, date, choice,"},
    {ASKS(",'kind':'secret'"), "fields[0].kind: only one of these is known"},
    {ASKS(",'validator':'no-such'"), "fields[0].validator: only one of these is known: event-hub-id, "},
    {ASKS(",'validator':'password'"), "fields[0].validator: only one of these is known"},
    {ASKS(",'kind':'choice'"), "fields[0].choices: this is missing."},
    {ASKS(",'choices':[{'value':'x','label':'X'}]"), "fields[0].choices: only a field of the kind choice"},
    {ASKS(",'kind':'choice','choices':[{'value':'x','label':'X'},{'value':'x','label':'Y'}]"),
     "fields[0].choices[1].value: this value stands twice."},
    {ASKS(",'notPast':true"), "fields[0].notPast: only a field of the kind date"},
    {ASKS(",'suggestion':'{moon.id}'"), "fields[0].suggestion: nothing is known that {moon.id} could stand for."},
    {ASKS("},{'path':'a','label':'B'"), "fields[1].path: another field asks for this answer."},
    {ASKS("},{'path':'a.b','label':'B'"), "fields[1].path: this is a group of answers, or stands in an answer."},
    {"'fields':[{'path':'a.b','label':'A'},{'path':'a','label':'B'}]", "fields[1].path: this is a group of answers"},
    {"'fields':[{'path':'a b','label':'A'}]", "fields[0].path: a path is names"},
    {"'fields':[{'path':'a.','label':'A'}]", "fields[0].path: a path is names"},
    {"'fields':[{'path':'account','label':'A'}]", "fields[0].path: this is a group of answers"},
    {"'fields':[{'path':'decisions','label':'A'}]", "fields[0].path: no field can ask for this answer."},
    {"'fields':[{'path':'company','label':'A','kind':'people'}]", "fields[0].kind: this answer is of another kind"},
    {"'when':{'value':'answers.moon','is':['a'],'reason':'r'}", "when.value: no field asks for this answer."},
    {"'when':{'value':'moon.phase','is':['a'],'reason':'r'}", "when.value: nothing is known by this name."},
    {"'when':{'value':'answers.company','is':[],'reason':'r'}", "when.is: at least one entry"},
    {"'toldWhen':{'value':'answers.account.mode','is':['','creat'],'reason':'r'}",
     "toldWhen.is[1]: the answer is never this."},
    {MAKES("") ",'obstacle':'group.moon'", "obstacle: nothing is known by this name."},
    {MAKES("") ",'obstacle':'moon.one'", "obstacle: nothing is known by this name."},
    {MAKES(",'risk':'{name}'"), "objects[0].risk: nothing is known that {name} could stand for."},
    {MAKES(",'risk':'{item}'"), "objects[0].risk: nothing is known that {item} could stand for."},
    {MAKES(",'reviewers':'moon'"), "objects[0].reviewers: no object has this key."},
    {MAKES(",'approvers':'moon'"), "objects[0].approvers: no object has this key."},
    {MAKES(",'forEach':'company'"), "objects[0].forEach: no field asks for a list of this name."},
    {MAKES(",'forEach':'moon'"), "objects[0].forEach: no field asks for a list of this name."},
    {MAKES(",'when':{'value':'answers.moon','is':['a']}"), "objects[0].when.value: no field asks"},
    {NAMES("{grup.id}"), "objects[0].with.displayName: nothing is known that {grup.id} could stand for."},
    {NAMES("{group.phase}"), "objects[0].with.displayName: nothing is known that {group.phase} could stand for."},
    {NAMES("{answers.moon?}"), "objects[0].with.displayName: nothing is known that {answers.moon} could stand for."},
    {NAMES("{item}"), "objects[0].with.displayName: nothing is known that {item} could stand for."},
    {NAMES("{group-#.id}"), "objects[0].with.displayName: nothing is known that {group-#.id} could stand for."},
    {NAMES("{today"), "objects[0].with.displayName: a brace stands here that opens no placeholder."},
    {"'guide':{'link':'{cloud.moon}','lines':[]}", "guide.link: nothing is known that {cloud.moon} could stand for."},
    {GUIDES(",'copy':'{item}'"), "guide.lines[0].copy: nothing is known that {item} could stand for."},
    {GUIDES(",'forEach':'moon.names'"), "guide.lines[0].forEach: nothing is known by this name."},
    {MAKES("") ",'guide':{'lines':[{'text':'{group.id}','forEach':'group.id'}]}",
     "guide.lines[0].text: nothing is known that {group.id} could stand for."},
    {"'guide':{'lines':[],'tellAgain':{'value':'{moon.id}','reason':'r'}}", "guide.tellAgain.value: nothing is known"},
    {"'guide':{'lines':[],'practiceForm':{'path':'/p','fields':{'f':'{moon.id}'}}}",
     "guide.practiceForm.fields.f: nothing is known"},
    {"'guides':[{'lines':[]},{'lines':[],'when':{'value':'moon.phase','is':['a']}}]",
     "guides[1].when.value: nothing is known by this name."},
    {"'trouble':{'title':'t','rungs':[]}", "trouble.rungs: at least one entry"},
    {"'trouble':{'title':'t','rungs':[{'text':'t','copy':'{moon.id}'}]}", "trouble.rungs[0].copy: nothing is known"},
    {"'wait':{'after':'moon','seconds':1,'reason':'r'}", "wait.after: no earlier step has this id."},
    {"'wait':{'after':'one','seconds':1,'reason':'r'}", "wait.after: no earlier step has this id."},
    {"'wait':{'after':'one','seconds':-1,'reason':'r'}", "wait.seconds: a whole number from 0"},
    {"'wait':{'after':'one','seconds':'1','reason':'r'}", "wait.seconds: a whole number is wanted"},
    {"'expect':{'from':2,'until':1,'text':'t'}", "expect.until: this is before it begins."},
    {"'needs':['one']", "needs[0]: no earlier step has this id."},
    {"'expect':{'from':2,'until':2,'text':'t'},'needs':['one']", "needs[0]: no earlier"},
    {PEOPLE ",'objects':[{'key':'k','kind':'user','title':'t','forEach':'people','with':{'userName':'{item}'}}],"
            "'obstacle':'k-#.id'",
     "obstacle: nothing is known by this name."},
    {PEOPLE ",'objects':[{'key':'k','kind':'user','title':'t','forEach':'people','with':{'userName':'{k.id}'}}]",
     "objects[0].with.userName: nothing is known that {k.id} could stand for."},
    {PEOPLE ",'objects':[{'key':'k','kind':'user','title':'{k-#.id}','forEach':'people','with':{'userName':'{item}'}}]",
     "objects[0].title: nothing is known that {k-#.id} could stand for."},
    {PEOPLE ",'guide':{'lines':[{'text':'{item}','forEach':'people.names'}]}", "guide.lines[0].forEach: nothing is"},
    {MAKES(",'until':{'object':'group','label':'l'},'reviewers':'group','approvers':'groop'"),
     "objects[0].approvers: no object has this key."},
    {MAKES(",'risk':'{displayName} {colour}'"), "objects[0].risk: nothing is known that {colour} could stand for."},
    {MAKES(",'when':{'value':'answers.account.mode','is':['create','make']}"),
     "objects[0].when.is[1]: the answer is never this."},
    {"'fields':[{'path':'u','label':'U','kind':'yes-no'}],'when':{'value':'answers.u','is':['true','false','yes'],"
     "'reason':'r'}",
     "when.is[2]: the answer is never this."},
    {"'guides':[{'lines':[],'when':{'value':'moon.phase','is':['a']}},{'lines':[]}]",
     "guides[0].when.value: nothing is known by this name."},
    {"'guide':{'lines':[{'text':'a'},{'text':'b','copy':'{moon.id}'}]}", "guide.lines[1].copy: nothing is known"},
    {"'trouble':{'title':'t','rungs':[{'text':'a'},{'text':'t','practiceForm':{'path':'/p','fields':{'f':'{today}',"
     "'g':'{moon.id}'}}}]}",
     "trouble.rungs[1].practiceForm.fields.g: nothing is known"},
    {"'fields':[{'path':'a','label':'A','suggestion':'{today?}'},{'path':'b','label':'B','suggestion':'{today?x}'}]",
     "fields[1].suggestion: a brace stands here that opens no placeholder."},
    {MAKES("},{'key':'other','kind':'group','title':'t','with':{'displayName':'G','description':'{other.name} "
           "{moon.id}'}"),
     "objects[1].with.description: nothing is known that {moon.id} could stand for."},
};

static void test_what_is_named_has_to_be_there(void **state)
{
    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(unknown); i++) {
        g_autofree char *members = g_strdelimit(g_strdup(unknown[i].members), "'", '"');
        g_autofree char *step = g_strdup_printf("{\"id\":\"one\",\"title\":\"One\",\"explanation\":\"x\",%s}", members);
        g_autofree char *words = g_strconcat("$.steps[0].", unknown[i].words, NULL);
        refused(step, words);
    }
}

static void test_the_built_in_profile_is_read_into_structs(void **state)
{
    (void)state;
    g_autoptr(Profile) profile = profile_load(NULL, NULL);
    assert_true(profile_knows_cloud(profile, "global"));
    assert_false(profile_knows_cloud(profile, "china"));
    assert_null(profile_step(profile, "moon"));
    const struct step_definition *consent = profile_step(profile, "consent");
    assert_string_equal(consent->needs[0], "streaming");
    assert_null(consent->needs[1]);
    assert_int_equal(consent->wait->seconds, 900);
    assert_string_equal(consent->wait->word, "now");
    const struct step_definition *streaming = profile_step(profile, "streaming");
    assert_int_equal(streaming->expect->from, 1800);
    assert_int_equal(streaming->expect->until, 14400);
    const struct guide_line *rung = g_ptr_array_index(streaming->trouble->rungs, 2);
    assert_string_equal(rung->said[2], "MissingRequiredParameter");
    assert_string_equal(rung->practice_form->path, "/portal/streaming");
    const struct guide_line *name = g_ptr_array_index(streaming->trouble->rungs, 1);
    assert_non_null(strstr(name->text, "character by character"));
    assert_non_null(strstr(name->text, "e-mail"));
    const struct field *hub = profile_field(profile, "eventHub.name");
    assert_true(hub->masked && hub->required && !hub->not_past);
    assert_string_equal(hub->validator, "event-hub-name");
    assert_string_equal(profile_field(profile, "account.email")->validator, "email");
    assert_int_equal(profile_field(profile, "reviewers")->kind, FIELD_PEOPLE);
    assert_false(profile_field(profile, "graphApplicationId")->told_without);
    assert_true(profile_field(profile, "eventTypes")->file_only);
    assert_non_null(strstr(profile_field(profile, "groupOwner")->if_empty, "Microsoft may keep"));
    assert_false(profile_field(profile, "deviceGroups.names")->file_only);
    assert_null(profile_field(profile, "moon"));
    const struct step_definition *devices = profile_step(profile, "device-groups");
    assert_string_equal(devices->told_when->is[0], "false");
    assert_string_equal(profile_step(profile, "catalog")->when->value, "licence.entra");
    const struct guide *guide = g_ptr_array_index(devices->guides, 0);
    assert_true(guide->tell && guide->tell_always);
    for (guint i = 0; i < devices->guides->len; i++) {
        const struct guide *one = g_ptr_array_index(devices->guides, i);
        const struct guide_line *first = g_ptr_array_index(one->lines, 0);
        assert_true(one->tell && one->tell_always && one->tell_again != NULL && one->leaving->len == 2);
        assert_non_null(strstr(first->copy, i == 0 ? "/user_roles?" : "/mtp_roles?"));
    }
    assert_int_equal(devices->guides->len, 2);
    const struct guide *link = g_ptr_array_index(profile_step(profile, "access-link")->guides, 0);
    assert_null(strstr(((const struct guide_line *)g_ptr_array_index(link->lines, 0))->copy, "}) is ready"));
    assert_int_equal(profile_step(profile, "defender-role")->guides->len, 2);
    const struct step_definition *package = profile_step(profile, "access-package");
    const struct object_definition *policy = g_ptr_array_index(package->objects, package->objects->len - 2);
    assert_string_equal(policy->reviewers, "reviewer");
    assert_string_equal(policy->kind->name, "assignment-policy");
    assert_true(profile_step(profile, "finish")->report);
    assert_int_equal(profile->hand_back->lines->len, 7);
}

/* The partner publishes no tenant: whom its domain and its applications belong to is read, and has to be one. */
static void test_the_built_in_profile_names_domains_and_no_tenant(void **state)
{
    (void)state;
    guint ways = 0;
    guint domains = 0;
    g_autoptr(Profile) profile = profile_load(NULL, NULL);
    for (guint i = 0; i < profile->steps->len; i++) {
        const struct step_definition *step = g_ptr_array_index(profile->steps, i);
        for (guint k = 0; k < step->objects->len; k++) {
            const struct object_definition *object = g_ptr_array_index(step->objects, k);
            domains += strcmp(object->kind->name, "external-tenant") == 0 ? 1 : 0;
            json_for_each (way, json_get(object->with, "tenants")) {
                assert_int_equal(json_get_string(way, "tenant")[0], '{');
                ways++;
            }
        }
    }
    assert_true(ways >= 2 && domains >= 1);
}

/* In practice a page that is opened is one of this machine, and in another cloud that cloud's own. */
static void test_each_page_of_the_built_in_profile_is_the_clouds(void **state)
{
    (void)state;
    guint links = 0;
    g_autoptr(Profile) profile = profile_load(NULL, NULL);
    for (guint i = 0; i < profile->steps->len; i++) {
        const struct step_definition *step = g_ptr_array_index(profile->steps, i);
        for (guint k = 0; k < step->guides->len; k++) {
            const struct guide *guide = g_ptr_array_index(step->guides, k);
            if (guide->link == NULL)
                continue;
            assert_true(g_str_has_prefix(guide->link, "{cloud."));
            links++;
        }
    }
    assert_true(links > 8);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_faults_are_named_with_their_path),
        cmocka_unit_test(test_what_an_object_is_made_with_is_checked_by_its_kind),
        cmocka_unit_test(test_a_role_is_named_by_itself),
        cmocka_unit_test(test_each_page_of_the_built_in_profile_is_the_clouds),
        cmocka_unit_test(test_what_is_named_has_to_be_there),
        cmocka_unit_test(test_the_built_in_profile_is_read_into_structs),
        cmocka_unit_test(test_another_format_is_refused),
        cmocka_unit_test(test_the_built_in_profile_has_the_articles_steps_in_its_order),
        cmocka_unit_test(test_the_built_in_profile_names_domains_and_no_tenant),
        cmocka_unit_test(test_a_missing_file_is_a_clear_sentence),
    };
    json_init();
    return cmocka_run_group_tests_name("profile", tests, NULL, NULL);
}
