/* SPDX-License-Identifier: MIT */
#include "onboarding/profile_references.h"

#include <string.h>

#include "base/json.h"
#include "input/validate.h"
#include "onboarding/answers.h"
#include "onboarding/condition.h"
#include "onboarding/object.h"

#define PATH_PATTERN "^[a-z][A-Za-z0-9]*([.][a-z][A-Za-z0-9]*)*$"
#define NUMBER_MARK "-#"

/* What the session knows, beside what objects teach. */
static const char *const session_values[] = {
    "today",
    "tenant.id",
    "me.id",
    "me.userName",
    "company.id",
    "cloud.graph",
    "cloud.login",
    "cloud.securityPortal",
    "cloud.entraPortal",
    "cloud.myAccess",
    "refusal.requestId",
    NULL,
};

/* What every object teaches. */
static const char *const object_values[] = {"id", "name", "origin", NULL};

struct references {
    struct profile *profile;
    GHashTable *keys; /* const char * -> struct object_definition * */
    GString *path;    /* where the check stands */
    GError **error;
};

static gboolean refuse(struct references *references, const char *why, const char *format, ...) G_GNUC_PRINTF(3, 4);

/* At the place FORMAT below the current one. */
static gboolean refuse(struct references *references, const char *why, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    g_string_append_vprintf(references->path, format, arguments);
    va_end(arguments);
    return json_schema_refuse(references->error, references->path->str, why);
}

static gsize enter(struct references *references, const char *list, guint index)
{
    gsize length = references->path->len;
    g_string_append_printf(references->path, ".%s[%u]", list, index);
    return length;
}

static void leave(struct references *references, gsize length)
{
    g_string_truncate(references->path, length);
}

static gboolean check_validator(struct references *references, const struct field *field)
{
    const struct input_field *validator = field->validator != NULL ? input_field_find(field->validator) : NULL;
    if (field->validator == NULL || (validator != NULL && !validator->secret))
        return TRUE;
    g_autoptr(GString) why = g_string_new("only one of these is known: ");
    for (gsize i = 0; input_field_at(i) != NULL; i++)
        if (!input_field_at(i)->secret)
            g_string_append_printf(why, "%s%s", i > 0 ? ", " : "", input_field_at(i)->name);
    g_string_append_c(why, '.');
    return refuse(references, why->str, ".validator");
}

static gboolean check_choices(struct references *references, const struct field *field)
{
    g_autoptr(GHashTable) values = g_hash_table_new(g_str_hash, g_str_equal);
    if (field->kind == FIELD_CHOICE && field->choices->len == 0)
        return refuse(references, "this is missing.", ".choices");
    if (field->kind != FIELD_CHOICE && field->choices->len > 0)
        return refuse(references, "only a field of the kind choice has choices.", ".choices");
    for (guint i = 0; i < field->choices->len; i++) {
        const struct field_choice *choice = g_ptr_array_index(field->choices, i);
        if (!g_hash_table_add(values, (gpointer)choice->value))
            return refuse(references, "this value stands twice.", ".choices[%u].value", i);
    }
    return TRUE;
}

static gboolean gather_field(struct references *references, struct field *field)
{
    const char *member = NULL;
    if (!g_regex_match_simple(PATH_PATTERN, field->path, 0, 0))
        return refuse(references, "a path is names of letters and digits, with points between.", ".path");
    if (!check_validator(references, field) || !check_choices(references, field))
        return FALSE;
    if (field->not_past && field->kind != FIELD_DATE)
        return refuse(references, "only a field of the kind date can be past.", ".notPast");
    const char *why = answer_rules_add(references->profile->answers, field, &member);
    return why == NULL || refuse(references, why, ".%s", member);
}

static gboolean gather_object(struct references *references, struct object_definition *object)
{
    object->kind = object_kind_named(object->kind_name);
    if (object->kind == NULL)
        return refuse(references, "no such kind of object.", ".kind");
    static const struct json_schema no_members = {.name = NULL};
    const struct json_schema with = {.is = JSON_OBJECT,
                                     .inner = object->kind->with != NULL ? object->kind->with : &no_members,
                                     .problem = object->kind->with_problem};
    g_autofree char *path = g_strconcat(references->path->str, ".with", NULL);
    g_autoptr(json) nothing = json_new_object();
    if (!json_schema_check(&with, object->with != NULL ? object->with : nothing, path, references->profile,
                           references->error))
        return FALSE;
    return g_hash_table_insert(references->keys, (gpointer)object->key, object) ||
           refuse(references, "this key stands twice.", ".key");
}

static gboolean gather(struct references *references)
{
    const struct profile *profile = references->profile;
    for (guint i = 0; i < profile->steps->len; i++) {
        struct step_definition *step = g_ptr_array_index(profile->steps, i);
        gsize length = enter(references, "steps", i);
        if (profile_step(profile, step->id) != step)
            return refuse(references, "this id stands twice.", ".id");
        for (guint j = 0; j < step->fields->len; j++) {
            gsize outer = enter(references, "fields", j);
            if (!gather_field(references, g_ptr_array_index(step->fields, j)))
                return FALSE;
            leave(references, outer);
        }
        for (guint j = 0; j < step->objects->len; j++) {
            gsize outer = enter(references, "objects", j);
            if (!gather_object(references, g_ptr_array_index(step->objects, j)))
                return FALSE;
            leave(references, outer);
        }
        leave(references, length);
    }
    return TRUE;
}

/* TRUE if an object teaches the value NAME ("group.id"), or the session. ITEM: each of a list stands for one. */
static gboolean is_value(const struct references *references, const char *name, gboolean item)
{
    const char *dot = strchr(name, '.');
    const char *value = dot != NULL ? dot + 1 : "";
    g_autofree char *key = g_strndup(name, strcspn(name, "."));
    gboolean numbered = g_str_has_suffix(key, NUMBER_MARK);
    if (numbered)
        key[strlen(key) - strlen(NUMBER_MARK)] = '\0';
    const struct object_definition *object = g_hash_table_lookup(references->keys, key);
    if (g_strv_contains(session_values, name))
        return TRUE;
    if (object == NULL || numbered != (object->for_each != NULL) || (numbered && !item))
        return FALSE;
    return g_strv_contains(object_values, value) ||
           (object->kind->learns != NULL && g_strv_contains(object->kind->learns, value)) ||
           (object->kind->learns_steps && profile_step(references->profile, value) != NULL);
}

/* Where a text stands decides what its placeholders may name. */
enum text_place {
    PLACE_PLAIN,    /* answers and values */
    PLACE_WITH,     /* the same, and the item of its object */
    PLACE_TITLE,    /* what its object is made with, and the item */
    PLACE_REPEATED, /* the item */
};

static gboolean is_placeholder(const struct references *references, const char *name, enum text_place place,
                               const struct object_definition *object)
{
    gboolean item = object != NULL && object->for_each != NULL;
    if (strcmp(name, "item") == 0)
        return item || place == PLACE_REPEATED;
    if (place == PLACE_REPEATED)
        return FALSE;
    const struct json_schema *member = place == PLACE_TITLE ? object->kind->with : NULL;
    while (member != NULL && member->name != NULL && strcmp(member->name, name) != 0)
        member++;
    if (place == PLACE_TITLE)
        return member != NULL && member->name != NULL;
    const char *answer = answer_path(name);
    return answer != NULL ? answer_rules_kind(references->profile->answers, answer) >= 0
                          : is_value(references, name, item);
}

/* TEXT (NULL: none), which stands at WHERE. Every brace opens a placeholder. */
static gboolean check_text(struct references *references, const char *text, enum text_place place,
                           const struct object_definition *object, const char *where)
{
    for (const char *open = text != NULL ? strchr(text, '{') : NULL; open != NULL; open = strchr(open + 1, '{')) {
        gsize length = strcspn(open + 1, "{}?");
        g_autofree char *name = g_strndup(open + 1, length);
        gboolean closed = g_str_has_prefix(open + 1 + length, "}") || g_str_has_prefix(open + 1 + length, "?}");
        if (closed && is_placeholder(references, name, place, object))
            continue;
        g_autofree char *why = closed ? g_strdup_printf("nothing is known that {%s} could stand for.", name)
                                      : g_strdup("a brace stands here that opens no placeholder.");
        return refuse(references, why, "%s", where);
    }
    return TRUE;
}

static gboolean check_with(struct references *references, const json *value, const struct object_definition *object)
{
    gsize length = references->path->len;
    int index = 0;
    if (json_string(value) != NULL)
        return check_text(references, json_string(value), PLACE_WITH, object, "");
    json_for_each (member, value) {
        if (json_name(member) != NULL)
            g_string_append_printf(references->path, ".%s", json_name(member));
        else
            g_string_append_printf(references->path, "[%d]", index++);
        if (!check_with(references, member, object))
            return FALSE;
        leave(references, length);
    }
    return TRUE;
}

/* CONDITION may be NULL. One on an answer that only has some words asks for one of these. */
static gboolean check_condition(struct references *references, const struct condition *condition, const char *where)
{
    const char *path = condition != NULL ? answer_path(condition->value) : NULL;
    if (condition == NULL)
        return TRUE;
    if (path == NULL)
        return is_value(references, condition->value, FALSE) ||
               refuse(references, "nothing is known by this name.", ".%s.value", where);
    if (answer_rules_kind(references->profile->answers, path) < 0)
        return refuse(references, "no field asks for this answer.", ".%s.value", where);
    for (guint i = 0; condition->is[i] != NULL; i++)
        if (!answer_rules_can_be(references->profile->answers, path, condition->is[i]))
            return refuse(references, "the answer is never this.", ".%s.is[%u]", where, i);
    return TRUE;
}

static gboolean check_object(struct references *references, const struct object_definition *object)
{
    gsize length = references->path->len;
    int kind =
        object->for_each != NULL ? answer_rules_kind(references->profile->answers, object->for_each) : FIELD_LIST;
    if (kind != FIELD_LIST && kind != FIELD_PEOPLE && kind != FIELD_NAMES && kind != FIELD_GUESTS)
        return refuse(references, "no field asks for a list of this name.", ".forEach");
    if (object->when != NULL && answer_path(object->when->value) == NULL)
        return refuse(references, "whether an object is wanted depends on answers alone.", ".when.value");
    if (!check_condition(references, object->when, "when"))
        return FALSE;
    const struct {
        const char *key, *where;
    } others[] = {{object->until != NULL ? object->until->object : NULL, ".until.object"},
                  {object->reviewers, ".reviewers"},
                  {object->approvers, ".approvers"}};
    for (gsize i = 0; i < G_N_ELEMENTS(others); i++)
        if (others[i].key != NULL && !g_hash_table_contains(references->keys, others[i].key))
            return refuse(references, "no object has this key.", "%s", others[i].where);
    if (!check_text(references, object->title, PLACE_TITLE, object, ".title") ||
        !check_text(references, object->risk, PLACE_TITLE, object, ".risk"))
        return FALSE;
    const char *shows = object->kind->title_shows;
    g_autofree char *shown = shows != NULL ? g_strdup_printf("{%s}", shows) : NULL;
    if (shown != NULL && strstr(object->title, shown) == NULL)
        return refuse(references, "what it is about has to stand there, as its kind gives it.", ".title");
    g_string_append(references->path, ".with");
    gboolean ok = check_with(references, object->with, object);
    if (ok)
        leave(references, length);
    return ok;
}

static gboolean check_form(struct references *references, const struct practice_form *form)
{
    for (guint i = 0; form != NULL && i < form->fields->len; i++) {
        const struct json_pair *pair = g_ptr_array_index(form->fields, i);
        g_autofree char *where = g_strconcat(".practiceForm.fields.", pair->name, NULL);
        if (!check_text(references, pair->text, PLACE_PLAIN, NULL, where))
            return FALSE;
    }
    return TRUE;
}

static gboolean check_lines(struct references *references, GPtrArray *lines, const char *list)
{
    for (guint i = 0; i < lines->len; i++) {
        const struct guide_line *line = g_ptr_array_index(lines, i);
        gsize length = enter(references, list, i);
        if (line->for_each != NULL && !is_value(references, line->for_each, FALSE))
            return refuse(references, "nothing is known by this name.", ".forEach");
        if (line->object != NULL && g_hash_table_lookup(references->keys, line->object) == NULL)
            return refuse(references, "no object has this key.", ".object");
        if ((line->for_each != NULL && !check_text(references, line->text, PLACE_REPEATED, NULL, ".text")) ||
            !check_text(references, line->copy, PLACE_PLAIN, NULL, ".copy") ||
            !check_form(references, line->practice_form))
            return FALSE;
        leave(references, length);
    }
    return TRUE;
}

static gboolean check_guide(struct references *references, const struct guide *guide)
{
    const char *again = guide->tell_again != NULL ? guide->tell_again->value : NULL;
    return check_condition(references, guide->when, "when") &&
           check_text(references, guide->link, PLACE_PLAIN, NULL, ".link") &&
           check_text(references, again, PLACE_PLAIN, NULL, ".tellAgain.value") &&
           check_lines(references, guide->lines, "lines") && check_lines(references, guide->leaving, "leave") &&
           check_form(references, guide->practice_form);
}

static gboolean check_guides(struct references *references, struct step_definition *step)
{
    gsize length = references->path->len;
    if (step->guide != NULL && step->guides->len > 0)
        return refuse(references, "a step has either one guide or several.", ".guides");
    if (step->guide != NULL) {
        g_string_append(references->path, ".guide");
        g_ptr_array_add(step->guides, (gpointer)step->guide);
        if (!check_guide(references, step->guide))
            return FALSE;
        leave(references, length);
    }
    for (guint i = 0; step->guide == NULL && i < step->guides->len; i++) {
        enter(references, "guides", i);
        if (!check_guide(references, g_ptr_array_index(step->guides, i)))
            return FALSE;
        leave(references, length);
    }
    return TRUE;
}

static gboolean is_earlier_step(const struct references *references, const char *id, guint number)
{
    for (guint i = 0; i < number; i++)
        if (strcmp(((const struct step_definition *)g_ptr_array_index(references->profile->steps, i))->id, id) == 0)
            return TRUE;
    return FALSE;
}

static gboolean check_step(struct references *references, struct step_definition *step, guint number)
{
    for (guint i = 0; step->needs[i] != NULL; i++)
        if (!is_earlier_step(references, step->needs[i], number))
            return refuse(references, "no earlier step has this id.", ".needs[%u]", i);
    if (step->wait != NULL && !is_earlier_step(references, step->wait->after, number))
        return refuse(references, "no earlier step has this id.", ".wait.after");
    if (step->expect != NULL && step->expect->until < step->expect->from)
        return refuse(references, "this is before it begins.", ".expect.until");
    if (!check_condition(references, step->when, "when") || !check_condition(references, step->told_when, "toldWhen"))
        return FALSE;
    if (step->obstacle != NULL && !is_value(references, step->obstacle, FALSE))
        return refuse(references, "nothing is known by this name.", ".obstacle");
    for (guint i = 0; i < step->fields->len; i++) {
        g_autofree char *where = g_strdup_printf(".fields[%u].suggestion", i);
        const struct field *field = g_ptr_array_index(step->fields, i);
        g_autofree char *when = g_strdup_printf("fields[%u].when", i);
        if (!check_text(references, field->suggestion, PLACE_PLAIN, NULL, where) ||
            !check_condition(references, field->when, when))
            return FALSE;
    }
    for (guint i = 0; i < step->objects->len; i++) {
        gsize length = enter(references, "objects", i);
        if (!check_object(references, g_ptr_array_index(step->objects, i)))
            return FALSE;
        leave(references, length);
    }
    return check_guides(references, step) &&
           (step->trouble == NULL || check_lines(references, step->trouble->rungs, "trouble.rungs"));
}

gboolean profile_check_references(struct profile *profile, GError **error)
{
    g_autoptr(GHashTable) keys = g_hash_table_new(g_str_hash, g_str_equal);
    g_autoptr(GString) path = g_string_new("$");
    struct references references = {profile, keys, path, error};
    if (!gather(&references))
        return FALSE;
    for (guint i = 0; i < profile->steps->len; i++) {
        gsize length = enter(&references, "steps", i);
        if (!check_step(&references, g_ptr_array_index(profile->steps, i), i))
            return FALSE;
        leave(&references, length);
    }
    return (profile->hand_back == NULL || check_lines(&references, profile->hand_back->lines, "handBack.lines")) &&
           (profile->leaving == NULL || check_lines(&references, profile->leaving->lines, "leave.lines"));
}
