/* SPDX-License-Identifier: MIT */
#include "onboarding/answers.h"

#include <string.h>

#include "base/decision.h"
#include "base/error.h"
#include "base/json.h"
#include "base/text.h"
#include "input/event_hub.h"
#include "input/finding.h"
#include "input/guest_list.h"
#include "onboarding/answer_value.h"
#include "onboarding/profile.h"
#include "onboarding/reference.h"
#include "onboarding/user.h"

#define PREFIX "answers."
#define NO_FIELD (-1)

struct answer_rule {
    const char *path;
    int kind; /* enum field_kind; NO_FIELD: no field can ask for it */
    const char *validator;
    GPtrArray *words; /* of const char *, ended by NULL: the only ones allowed; NULL: any */
    gboolean asked;   /* by a field of the profile */
    struct json_schema schema;
    struct json_schema entry; /* of a list */
};

struct answer_rules {
    const struct profile *profile; /* whose steps and objects the answers name */
    GPtrArray *rules;              /* of struct answer_rule */
};

static const char *const account_modes[] = {"existing", "create", NULL};
static const char *const review_frequencies[] = {"semiannual", "annual", NULL};

/* The name of a member stands for a step or an object. CONTEXT is the rules. */
static char *told_problem(const json *entry, gconstpointer data, gconstpointer context)
{
    (void)data;
    return reference_told_problem(((const struct answer_rules *)context)->profile, json_name(entry));
}

static char *skipped_problem(const json *entry, gconstpointer data, gconstpointer context)
{
    (void)data;
    const char *reason = json_get_string(entry, "reason");
    char *problem = reference_skipped_problem(((const struct answer_rules *)context)->profile, json_name(entry));
    return problem != NULL || (reason != NULL && reason[0] != '\0')
               ? problem
               : g_strdup("a reason is wanted here; the report shows it.");
}

/* The word alone, or with the code of what was shown behind it. */
static char *leave_word_problem(const json *entry, gconstpointer data, gconstpointer context)
{
    (void)data;
    (void)context;
    return g_regex_match_simple("^((remove|keep)(#[0-9a-f]{6})?)?$", json_string(entry), G_REGEX_DOLLAR_ENDONLY,
                                G_REGEX_MATCH_DEFAULT)
               ? NULL
               : g_strdup(
                     "only “remove” and “keep” are known here, with the code that perch leave shows if it shows one.");
}

static char *leave_problem(const json *entry, gconstpointer data, gconstpointer context)
{
    char *problem = reference_object_problem(((const struct answer_rules *)context)->profile, json_name(entry), FALSE);
    return problem != NULL ? problem : leave_word_problem(entry, data, context);
}

static char *decision_problem(const json *entry, gconstpointer data, gconstpointer context)
{
    (void)data;
    const struct decision decision = decision_parse(json_string(entry));
    char *problem = reference_object_problem(((const struct answer_rules *)context)->profile, json_name(entry), TRUE);
    if (problem == NULL && decision.kind == DECISION_NAME)
        problem = answer_value_problem(NULL, decision.text);
    return problem != NULL || decision.kind != DECISION_UNKNOWN
               ? problem
               : g_strdup("no decision is said so; check --json lists the choices.");
}

static const struct json_schema decided = {.is = JSON_TEXT, .problem = decision_problem};
static const struct json_schema told_members[] = {
    {.name = "by", .is = JSON_TEXT}, {.name = "note", .is = JSON_TEXT}, {.name = NULL}};
static const struct json_schema skip_members[] = {
    {.name = "by", .is = JSON_TEXT}, {.name = "reason", .is = JSON_TEXT}, {.name = NULL}};
#define LEAVE_PREFIX "leave." /* the only ones of a map that are set one by one */

static const struct json_schema leave_word = {.is = JSON_TEXT, .problem = leave_problem};
static const struct json_schema leave_said = {.is = JSON_TEXT, .problem = leave_word_problem};
static const struct json_schema told = {.is = JSON_OBJECT, .inner = told_members, .problem = told_problem};
static const struct json_schema skipped = {.is = JSON_OBJECT, .inner = skip_members, .problem = skipped_problem};

/* What every partner has in common: kinds of objects and the report rely on the one or the other. */
static const struct {
    const char *path;
    int kind;
    const char *validator;
    const char *const *words;
    const struct json_schema *map; /* what each of the names in it is */
} common[] = {
    {"company", FIELD_TEXT, "company", NULL, NULL},
    {"tenant", FIELD_TEXT, "tenant", NULL, NULL},
    {"account.mode", FIELD_CHOICE, NULL, account_modes, NULL},
    {"account.displayName", FIELD_TEXT, "display-name", NULL, NULL},
    {"account.userPrincipalName", FIELD_PERSON, "upn", NULL, NULL},
    {"account.email", FIELD_TEXT, "email", NULL, NULL},
    {"partnerContact.name", FIELD_TEXT, "display-name", NULL, NULL},
    {"partnerContact.email", FIELD_TEXT, "email", NULL, NULL},
    {"stricter.approvers", FIELD_PEOPLE, "upn", NULL, NULL},
    {"stricter.expiresAfterDays", FIELD_NUMBER, "days", NULL, NULL},
    {"stricter.reviewFrequency", FIELD_CHOICE, NULL, review_frequencies, NULL},
    {"stricter.reason", FIELD_TEXT, NULL, NULL, NULL},
    {"decisions", NO_FIELD, NULL, NULL, &decided},
    {"done", NO_FIELD, NULL, NULL, &told},
    {"skip", NO_FIELD, NULL, NULL, &skipped},
    {"leave", NO_FIELD, NULL, NULL, &leave_word},
};

static void rule_free(gpointer data)
{
    struct answer_rule *rule = data;
    if (rule->words != NULL)
        g_ptr_array_unref(rule->words);
    g_free(rule);
}

static char *value_problem(const json *value, gconstpointer data, gconstpointer context)
{
    (void)context;
    const struct answer_rule *rule = data;
    g_autofree char *number = json_is_number(value) ? json_text(value) : NULL;
    const char *given = number != NULL ? number : json_string(value);
    return given[0] == '\0' ? NULL : answer_value_problem(rule->validator, given);
}

static char *list_problem(const json *value, gconstpointer data, gconstpointer context)
{
    (void)data;
    (void)context;
    return answer_list_problem(value);
}

static gboolean is_list(int kind)
{
    return kind == FIELD_PEOPLE || kind == FIELD_LIST || kind == FIELD_NAMES || kind == FIELD_GUESTS;
}

/* How an answer of RULE's kind is written in JSON. */
static void make_schema(struct answer_rule *rule)
{
    struct json_schema *single = is_list(rule->kind) ? &rule->entry : &rule->schema;
    single->is = JSON_TEXT;
    single->problem = value_problem;
    single->data = rule;
    if (is_list(rule->kind)) {
        single->is |= JSON_FILLED;
        rule->schema.is = JSON_LIST;
        rule->schema.inner = single;
        rule->schema.problem = list_problem;
    } else if (rule->kind == FIELD_YES_NO) {
        single->is = JSON_YES_NO;
        single->problem = NULL;
    } else if (rule->kind == FIELD_NUMBER) {
        single->is = rule->validator != NULL ? JSON_NUMBER : JSON_WHOLE;
    } else if (rule->words != NULL) {
        single->is = JSON_WORD;
        single->words = (const char *const *)rule->words->pdata;
    }
}

static struct answer_rule *find_rule(const struct answer_rules *rules, const char *path)
{
    for (guint i = 0; i < rules->rules->len; i++) {
        struct answer_rule *rule = g_ptr_array_index(rules->rules, i);
        if (strcmp(rule->path, path) == 0)
            return rule;
    }
    return NULL;
}

static struct answer_rule *add_rule(struct answer_rules *rules, const char *path, int kind, const char *validator)
{
    struct answer_rule *rule = g_new0(struct answer_rule, 1);
    rule->path = path;
    rule->kind = kind;
    rule->validator = validator;
    g_ptr_array_add(rules->rules, rule);
    return rule;
}

struct answer_rules *answer_rules_new(const struct profile *profile)
{
    struct answer_rules *rules = g_new0(struct answer_rules, 1);
    rules->profile = profile;
    rules->rules = g_ptr_array_new_with_free_func(rule_free);
    for (gsize i = 0; i < G_N_ELEMENTS(common); i++) {
        struct answer_rule *rule = add_rule(rules, common[i].path, common[i].kind, common[i].validator);
        if (common[i].words != NULL) {
            rule->words = g_ptr_array_new();
            for (const char *const *word = common[i].words; *word != NULL; word++)
                g_ptr_array_add(rule->words, (gpointer)*word);
            g_ptr_array_add(rule->words, NULL);
        }
        make_schema(rule);
        if (common[i].map != NULL)
            rule->schema = (struct json_schema){.is = JSON_MAP, .inner = common[i].map};
    }
    return rules;
}

void answer_rules_free(struct answer_rules *rules)
{
    if (rules == NULL)
        return;
    g_ptr_array_unref(rules->rules);
    g_free(rules);
}

/* TRUE if one of PATH and OTHER stands in the other: an answer is a value or a group of answers, not both. */
static gboolean is_above(const char *path, const char *other)
{
    gsize length = strlen(path);
    return strncmp(path, other, length) == 0 && other[length] == '.';
}

const char *answer_rules_add(struct answer_rules *rules, struct field *field, const char **member)
{
    struct answer_rule *rule = find_rule(rules, field->path);
    *member = "path";
    for (guint i = 0; i < rules->rules->len; i++) {
        const struct answer_rule *other = g_ptr_array_index(rules->rules, i);
        if (is_above(field->path, other->path) || is_above(other->path, field->path))
            return "this is a group of answers, or stands in an answer.";
    }
    if (rule != NULL && (rule->asked || rule->kind == NO_FIELD))
        return rule->asked ? "another field asks for this answer." : "no field can ask for this answer.";
    *member = "kind";
    if (rule != NULL && rule->kind != field->kind)
        return "this answer is of another kind for every partner.";
    if (rule == NULL)
        rule = add_rule(rules, field->path, field->kind, NULL);
    if (field->validator == NULL)
        field->validator = rule->validator;
    rule->validator = field->validator;
    rule->asked = TRUE;
    if (field->choices->len > 0) {
        g_clear_pointer(&rule->words, g_ptr_array_unref);
        rule->words = g_ptr_array_new();
        for (guint i = 0; i < field->choices->len; i++)
            g_ptr_array_add(rule->words,
                            (gpointer)((const struct field_choice *)g_ptr_array_index(field->choices, i))->value);
        g_ptr_array_add(rule->words, NULL);
    }
    make_schema(rule);
    return NULL;
}

int answer_rules_kind(const struct answer_rules *rules, const char *path)
{
    const struct answer_rule *rule = find_rule(rules, path);
    return rule != NULL ? rule->kind : NO_FIELD;
}

gboolean answer_rules_can_be(const struct answer_rules *rules, const char *path, const char *word)
{
    static const char *const yes_no[] = {"true", "false", NULL};
    const struct answer_rule *rule = find_rule(rules, path);
    if (word[0] == '\0' || rule == NULL)
        return TRUE;
    if (rule->kind == FIELD_YES_NO)
        return g_strv_contains(yes_no, word);
    return rule->words == NULL || g_strv_contains((const char *const *)rule->words->pdata, word);
}

const char *answer_path(const char *name)
{
    return g_str_has_prefix(name, PREFIX) ? name + strlen(PREFIX) : NULL;
}

/* The table of what may stand at PATH ("" for the whole). TABLES keeps it, and the names in it. */
static const struct json_schema *make_table(const struct answer_rules *rules, const char *path, GPtrArray *tables)
{
    GArray *table = g_array_new(TRUE, TRUE, sizeof(struct json_schema));
    g_autoptr(GHashTable) names = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint i = 0; i < rules->rules->len; i++) {
        const struct answer_rule *rule = g_ptr_array_index(rules->rules, i);
        if (path[0] != '\0' && !is_above(path, rule->path))
            continue;
        const char *rest = rule->path + (path[0] != '\0' ? strlen(path) + 1 : 0);
        char *name = g_strndup(rest, strcspn(rest, "."));
        g_autofree char *below = g_strndup(rule->path, (gsize)(rest - rule->path) + strlen(name));
        struct json_schema row = rule->schema;
        g_ptr_array_add(tables, name);
        if (!g_hash_table_add(names, name))
            continue;
        if (strcmp(below, rule->path) != 0)
            row = (struct json_schema){.is = JSON_OBJECT, .inner = make_table(rules, below, tables)};
        row.name = name;
        g_array_append_val(table, row);
    }
    char *rows = g_array_free(table, FALSE);
    g_ptr_array_add(tables, rows);
    return (const struct json_schema *)(gpointer)rows;
}

gboolean answers_check(const struct answer_rules *rules, const json *answers, const char *root, GError **error)
{
    g_autoptr(GPtrArray) tables = g_ptr_array_new_with_free_func(g_free);
    const struct json_schema whole = {.is = JSON_OBJECT, .inner = make_table(rules, "", tables)};
    return json_schema_check(&whole, answers, root, rules, error);
}

void answers_prune(const struct answer_rules *rules, json *answers, GPtrArray *faults)
{
    g_autoptr(GPtrArray) tables = g_ptr_array_new_with_free_func(g_free);
    const struct json_schema whole = {.is = JSON_OBJECT, .inner = make_table(rules, "", tables)};
    json_schema_prune(&whole, answers, "$", rules, faults);
}

/* What is wrong with the first of GUESTS that is of the company, by the domains that the answers name as its own, since
 * that can be said before the tenant is read; NULL: nothing. Caller frees. */
static char *own_guest_remark(const json *answers, const json *guests)
{
    static const char *const own[] = {"tenant", "account.userPrincipalName", "account.email"};
    g_autoptr(GString) named = g_string_new(NULL);
    for (gsize i = 0; i < G_N_ELEMENTS(own); i++) {
        const char *text = json_string(json_get_path(answers, own[i]));
        const char *at = text != NULL ? strrchr(text, '@') : NULL;
        if (text != NULL)
            g_string_append_printf(named, "%s ", at != NULL ? at + 1 : text);
    }
    g_autofree char *domains = g_ascii_strdown(named->str, -1);
    json_for_each (guest, guests) {
        const char *mail = json_string(guest);
        if (mail == NULL || !user_is_of_domains(mail, domains))
            continue;
        g_autofree char *safe = text_safe(mail, -1);
        return g_strdup_printf("%s is of your own tenant, and nobody of the partner: it is neither invited nor made a "
                               "member. Take it off the list.",
                               safe);
    }
    return NULL;
}

void answers_remark(const struct answer_rules *rules, const json *answers, const char *file, GPtrArray *remarks)
{
    g_autofree char *safe = text_safe(file, -1);
    const char *id = NULL;
    for (guint i = 0; i < rules->rules->len; i++) {
        const struct answer_rule *rule = g_ptr_array_index(rules->rules, i);
        const char *text = json_string(json_get_path(answers, rule->path));
        g_autofree char *remark = text != NULL ? answer_value_remark(rule->validator, text) : NULL;
        if (text != NULL && g_strcmp0(rule->validator, EVENT_HUB_ID_FIELD) == 0)
            id = text;
        const gboolean is_name = text != NULL && g_strcmp0(rule->validator, EVENT_HUB_NAME_FIELD) == 0;
        g_autoptr(EventHubParts) parts = is_name && id != NULL ? event_hub_parts_new(id) : NULL;
        if (remark == NULL && parts != NULL && g_ascii_strcasecmp(parts->namespace_name, text) == 0)
            remark = g_strdup("This is the namespace's own name; an Event Hub seldom has it: compare it with its "
                              "source.");
        if (text != NULL && remark == NULL)
            remark = answer_tenant_remark(rule->validator, text, json_get_string(answers, "tenant"));
        if (rule->kind == FIELD_GUESTS)
            remark = own_guest_remark(answers, json_get_path(answers, rule->path));
        if (remark != NULL)
            g_ptr_array_add(remarks, g_strdup_printf("%s, %s: %s", safe, rule->path, remark));
    }
}

json *answers_parse(const struct answer_rules *rules, const char *file_text, gssize length, const char *file,
                    GError **error)
{
    g_autoptr(GError) cause = NULL;
    g_autoptr(json) answers = json_parse(file_text, length, &cause);
    if (answers != NULL && answers_check(rules, answers, "$", &cause))
        return g_steal_pointer(&answers);
    g_set_error(error, PERCH_ERROR, PERCH_ERROR_INPUT, "%s: %s", file, cause->message);
    return NULL;
}

/* Every line of the list is checked: the first that does not hold an address is named. */
static json *guests_from_text(const char *path, const char *typed, GError **error)
{
    g_autoptr(GuestList) list = guest_list_read(typed, -1);
    for (guint i = 0; i < list->findings->len; i++) {
        const struct finding *finding = g_ptr_array_index(list->findings, i);
        if (finding->remark)
            continue;
        json_schema_refuse(error, path, finding->message);
        return NULL;
    }
    json *guests = json_new_array();
    for (guint i = 0; i < list->guests->len; i++)
        json_append_string(guests, ((const struct guest *)g_ptr_array_index(list->guests, i))->email);
    return guests;
}

/* NULL with ERROR if TYPED cannot be an answer of RULE's kind. */
static json *typed_value(const struct answer_rule *rule, const char *typed, GError **error)
{
    json *value = NULL;
    switch (rule->kind) {
    case FIELD_GUESTS:
        return guests_from_text(rule->path, typed, error);
    case FIELD_LIST:
    case FIELD_PEOPLE:
        return answer_list_from_text(typed);
    case FIELD_NAMES:
        return answer_names_from_text(typed);
    case FIELD_YES_NO:
        value = answer_yes_no_from_text(typed);
        break;
    case FIELD_NUMBER:
        value = answer_number_from_text(typed);
        break;
    default:
        return json_new_string(typed);
    }
    if (value != NULL)
        return value;
    g_autofree char *problem = answer_value_problem(rule->validator, typed);
    json_schema_refuse(error, rule->path,
                       problem != NULL              ? problem
                       : rule->kind == FIELD_NUMBER ? "a whole number is wanted here."
                                                    : "yes or no is wanted here.");
    return NULL;
}

gboolean answers_set(const struct answer_rules *rules, json *answers, const char *path, const char *typed,
                     GError **error)
{
    const struct answer_rule *rule = find_rule(rules, path);
    gboolean is_leave = g_str_has_prefix(path, LEAVE_PREFIX);
    if (!is_leave && (rule == NULL || rule->kind == NO_FIELD))
        return json_schema_refuse(error, path, "this name is not known.");
    g_autoptr(json) value = typed[0] == '\0' ? NULL
                            : is_leave       ? json_new_string(typed)
                                             : typed_value(rule, typed, error);
    const struct json_schema *schema = is_leave ? &leave_said : &rule->schema;
    if (typed[0] != '\0' && (value == NULL || !json_schema_check(schema, value, path, NULL, error)))
        return FALSE;
    /* Behind it stands a name of its own, which may hold dots. */
    g_auto(GStrv) names = g_strsplit(path, ".", is_leave ? 2 : -1);
    char **name = names;
    for (; name[1] != NULL; name++) {
        if (json_get(answers, *name) == NULL)
            json_set(answers, *name, json_new_object());
        answers = json_get(answers, *name);
    }
    if (value != NULL)
        json_set(answers, *name, g_steal_pointer(&value));
    else
        json_remove(answers, *name);
    return TRUE;
}

char *answers_text(const struct answer_rules *rules, const json *answers, const char *path)
{
    const char *separator = answer_rules_kind(rules, path) == FIELD_NAMES ? "; " : ", ";
    return answer_to_text(json_get_path(answers, path), separator);
}

void answers_merge(json *into, const json *from)
{
    json_for_each (member, from) {
        json *there = json_get(into, json_name(member));
        if (json_is_object(member) && json_is_object(there))
            answers_merge(there, member);
        else
            json_set(into, json_name(member), json_copy(member));
    }
}
