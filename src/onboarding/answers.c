#include "onboarding/answers.h"

#include <string.h>

#include "base/error.h"
#include "input/finding.h"
#include "input/guest_list.h"
#include "onboarding/answer_value.h"

enum answer_type {
    ANSWER_TEXT,
    ANSWER_LIST,
    ANSWER_NAMES,  /* a list; typed, its entries may have blanks and commas */
    ANSWER_GUESTS, /* a list, typed or pasted as the partner sends it */
    ANSWER_YES_NO,
    ANSWER_NUMBER,
    ANSWER_MAP,      /* any names, text values */
    ANSWER_TOLD_MAP, /* any names, objects of by and note */
    ANSWER_SKIP_MAP, /* any names, objects of by and reason */
};

struct answer_rule {
    const char *path;
    enum answer_type type;
    const char *validator;    /* field of input/validate.h; NULL: any text */
    const char *const *words; /* the only ones allowed; NULL: any */
};

static const char *const account_modes[] = {"existing", "create", NULL};
static const char *const account_roles[] = {"global-administrator", "security-administrator", NULL};
static const char *const streaming_writes[] = {"portal", "api", NULL};
static const char *const review_frequencies[] = {"semiannual", "annual", NULL};

static const char *const defender_roles[] = {"unified", "classic", NULL};

static const struct answer_rule rules[] = {
    {"company", ANSWER_TEXT, "company", NULL},
    {"account.mode", ANSWER_TEXT, NULL, account_modes},
    {"account.displayName", ANSWER_TEXT, "display-name", NULL},
    {"account.userPrincipalName", ANSWER_TEXT, "upn", NULL},
    {"account.email", ANSWER_TEXT, "email", NULL},
    {"account.role", ANSWER_TEXT, NULL, account_roles},
    {"tenant", ANSWER_TEXT, "tenant", NULL},
    {"partnerContact.name", ANSWER_TEXT, "display-name", NULL},
    {"partnerContact.email", ANSWER_TEXT, "email", NULL},
    {"eventHub.resourceId", ANSWER_TEXT, "event-hub-id", NULL},
    {"eventHub.name", ANSWER_TEXT, "event-hub-name", NULL},
    {"eventTypes", ANSWER_LIST, NULL, NULL},
    {"streamingWrite", ANSWER_TEXT, NULL, streaming_writes},
    {"sponsor", ANSWER_TEXT, "upn", NULL},
    {"reviewers", ANSWER_LIST, "upn", NULL},
    {"reviewStart", ANSWER_TEXT, "date", NULL},
    {"defenderRoles", ANSWER_TEXT, NULL, defender_roles},
    {"graphApplicationId", ANSWER_TEXT, "guid", NULL},
    {"accessLink", ANSWER_TEXT, NULL, NULL},
    {"guests", ANSWER_GUESTS, "email", NULL},
    {"deviceGroups.used", ANSWER_YES_NO, NULL, NULL},
    {"deviceGroups.names", ANSWER_NAMES, "display-name", NULL},
    {"stricter.approvers", ANSWER_LIST, "upn", NULL},
    {"stricter.expiresAfterDays", ANSWER_NUMBER, "days", NULL},
    {"stricter.reviewFrequency", ANSWER_TEXT, NULL, review_frequencies},
    {"stricter.reason", ANSWER_TEXT, NULL, NULL},
    {"decisions", ANSWER_MAP, NULL, NULL},
    {"done", ANSWER_TOLD_MAP, NULL, NULL},
    {"skip", ANSWER_SKIP_MAP, NULL, NULL},
};

static const struct answer_rule *find_rule(const char *path)
{
    for (gsize i = 0; i < G_N_ELEMENTS(rules); i++)
        if (strcmp(rules[i].path, path) == 0)
            return &rules[i];
    return NULL;
}

static gboolean is_group(const char *path)
{
    g_autofree char *prefix = g_strconcat(path, ".", NULL);
    for (gsize i = 0; i < G_N_ELEMENTS(rules); i++)
        if (g_str_has_prefix(rules[i].path, prefix))
            return TRUE;
    return FALSE;
}

static gboolean refuse(GError **error, const char *path, const char *why)
{
    g_set_error(error, PERCH_ERROR, PERCH_ERROR_INPUT, "answers: %s: %s", path, why);
    return FALSE;
}

static gboolean check_text(const struct answer_rule *rule, const char *path, const json *value, GError **error)
{
    const char *text = json_string(value);
    if (text == NULL)
        return refuse(error, path, "a text in quotes is wanted here.");
    if (text[0] == '\0')
        return TRUE;
    if (rule->words != NULL && !g_strv_contains(rule->words, text)) {
        g_autofree char *words = g_strjoinv(", ", (char **)rule->words);
        g_autofree char *why = g_strdup_printf("only one of these is known: %s.", words);
        return refuse(error, path, why);
    }
    g_autofree char *problem = answer_value_problem(rule->validator, text);
    return problem == NULL || refuse(error, path, problem);
}

static gboolean check_list(const struct answer_rule *rule, const char *path, const json *value, GError **error)
{
    int index = 0;
    if (!json_is_array(value))
        return refuse(error, path, "a list in square brackets is wanted here.");
    json_for_each (item, value) {
        g_autofree char *item_path = g_strdup_printf("%s[%d]", path, index++);
        if (!check_text(rule, item_path, item, error))
            return FALSE;
        if (json_string(item)[0] == '\0')
            return refuse(error, item_path, "an empty entry.");
    }
    return TRUE;
}

static gboolean check_map(const char *path, const json *value, const char *const *members, GError **error)
{
    if (!json_is_object(value))
        return refuse(error, path, "an object in braces is wanted here.");
    json_for_each (entry, value) {
        g_autofree char *entry_path = g_strdup_printf("%s.%s", path, json_name(entry));
        if (members == NULL && !json_is_string(entry))
            return refuse(error, entry_path, "a text in quotes is wanted here.");
        if (members != NULL && !json_is_object(entry))
            return refuse(error, entry_path, "an object in braces is wanted here.");
        for (json *member = members != NULL ? json_first(entry) : NULL; member != NULL; member = json_next(member)) {
            g_autofree char *member_path = g_strdup_printf("%s.%s", entry_path, json_name(member));
            if (!g_strv_contains(members, json_name(member)))
                return refuse(error, member_path, "this name is not known.");
            if (!json_is_string(member))
                return refuse(error, member_path, "a text in quotes is wanted here.");
        }
    }
    return TRUE;
}

static gboolean check_number(const struct answer_rule *rule, const json *value, GError **error)
{
    g_autofree char *text = json_is_number(value) ? json_text(value) : g_strdup("");
    g_autofree char *problem = answer_value_problem(rule->validator, text);
    return problem == NULL || refuse(error, rule->path, problem);
}

static gboolean check_rule(const struct answer_rule *rule, const json *value, GError **error)
{
    static const char *const told[] = {"by", "note", NULL};
    static const char *const skipped[] = {"by", "reason", NULL};
    switch (rule->type) {
    case ANSWER_TEXT:
        return check_text(rule, rule->path, value, error);
    case ANSWER_LIST:
    case ANSWER_NAMES:
    case ANSWER_GUESTS:
        return check_list(rule, rule->path, value, error);
    case ANSWER_YES_NO:
        return json_is_bool(value) || refuse(error, rule->path, "true or false is wanted here.");
    case ANSWER_NUMBER:
        return check_number(rule, value, error);
    case ANSWER_MAP:
        return check_map(rule->path, value, NULL, error);
    case ANSWER_TOLD_MAP:
        return check_map(rule->path, value, told, error);
    case ANSWER_SKIP_MAP:
        return check_map(rule->path, value, skipped, error);
    }
    return FALSE;
}

static gboolean check_member(const char *path, const json *value, GError **error)
{
    const struct answer_rule *rule = find_rule(path);
    if (rule != NULL)
        return check_rule(rule, value, error);
    if (!is_group(path))
        return refuse(error, path, "this name is not known.");
    if (!json_is_object(value))
        return refuse(error, path, "an object in braces is wanted here.");
    json_for_each (member, value) {
        g_autofree char *member_path = g_strdup_printf("%s.%s", path, json_name(member));
        if (!check_member(member_path, member, error))
            return FALSE;
    }
    return TRUE;
}

gboolean answers_check(const json *answers, GError **error)
{
    if (!json_is_object(answers))
        return refuse(error, "the whole", "an object in braces is wanted here.");
    json_for_each (member, answers) {
        if (!check_member(json_name(member), member, error))
            return FALSE;
    }
    return TRUE;
}

json *answers_parse(const char *text, gssize length, const char *file, GError **error)
{
    g_autoptr(json) answers = json_parse(text, length, error);
    if (answers == NULL) {
        g_prefix_error(error, "%s: ", file);
        if (error != NULL && *error != NULL)
            (*error)->code = PERCH_ERROR_INPUT;
        return NULL;
    }
    if (!answers_check(answers, error)) {
        g_prefix_error(error, "%s: ", file);
        return NULL;
    }
    return g_steal_pointer(&answers);
}

/* A row of addresses as in the answers, or a list, of which every line is checked: the first that does not hold an
 * address is named. */
static json *guests_from_text(const char *typed, GError **error)
{
    if (strpbrk(typed, "\n\r<\"") == NULL)
        return answer_list_from_text(typed);
    g_autoptr(GuestList) list = guest_list_read(typed, -1);
    for (guint i = 0; i < list->findings->len; i++) {
        const struct finding *finding = g_ptr_array_index(list->findings, i);
        if (finding->remark)
            continue;
        refuse(error, "guests", finding->message);
        return NULL;
    }
    json *guests = json_new_array();
    for (guint i = 0; i < list->guests->len; i++)
        json_append_string(guests, ((const struct guest *)g_ptr_array_index(list->guests, i))->email);
    return guests;
}

static json *typed_value(const struct answer_rule *rule, const char *typed)
{
    switch (rule->type) {
    case ANSWER_LIST:
        return answer_list_from_text(typed);
    case ANSWER_NAMES:
        return answer_names_from_text(typed);
    case ANSWER_YES_NO:
        return answer_yes_no_from_text(typed);
    case ANSWER_NUMBER:
        return answer_number_from_text(typed);
    default:
        return json_new_string(typed);
    }
}

static json *parent_of(json *answers, const char *path, const char **name)
{
    g_auto(GStrv) names = g_strsplit(path, ".", -1);
    json *parent = answers;
    for (char **at = names; at[1] != NULL; at++) {
        if (json_get(parent, *at) == NULL)
            json_set(parent, *at, json_new_object());
        parent = json_get(parent, *at);
    }
    const char *dot = strrchr(path, '.');
    *name = dot != NULL ? dot + 1 : path;
    return parent;
}

gboolean answers_set(json *answers, const char *path, const char *typed, GError **error)
{
    const struct answer_rule *rule = find_rule(path);
    const char *name = NULL;
    if (rule == NULL || rule->type >= ANSWER_MAP)
        return refuse(error, path, "this name is not known.");
    if (typed[0] == '\0') {
        json *parent = parent_of(answers, path, &name);
        json_remove(parent, name);
        return TRUE;
    }
    g_autoptr(GError) cause = NULL;
    g_autoptr(json) value = rule->type == ANSWER_GUESTS ? guests_from_text(typed, &cause) : typed_value(rule, typed);
    if (cause != NULL) {
        g_propagate_error(error, g_steal_pointer(&cause));
        return FALSE;
    }
    if (value == NULL) {
        g_autofree char *problem = answer_value_problem(rule->validator, typed);
        return refuse(error, path, problem != NULL ? problem : "this cannot be understood.");
    }
    if (!check_rule(rule, value, error))
        return FALSE;
    json *parent = parent_of(answers, path, &name);
    json_set(parent, name, g_steal_pointer(&value));
    return TRUE;
}

char *answers_text(const json *answers, const char *path)
{
    const struct answer_rule *rule = find_rule(path);
    const char *separator = rule != NULL && rule->type == ANSWER_NAMES ? "; " : ", ";
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
