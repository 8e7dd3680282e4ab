#include "onboarding/hand_over.h"

#include <string.h>

#include "base/clock.h"
#include "base/error.h"
#include "onboarding/answers.h"

enum part_type {
    PART_TEXT,
    PART_ID,   /* a GUID */
    PART_TIME, /* ISO 8601 */
    PART_VERSION,
    PART_ANSWERS,
    PART_OBJECT, /* with the members that the table names below it */
    PART_STEPS,  /* members are ids of steps; the table names them * */
    PART_WAITS,  /* the same, of steps that have a wait */
    PART_MAP,    /* members have any name; the table names them * */
    PART_LIST,   /* entries are named * */
};

struct part {
    const char *path;
    enum part_type type;
    gboolean required;
};

static const struct part parts[] = {
    {HAND_OVER_MARK, PART_VERSION, TRUE},
    {"written", PART_OBJECT, TRUE},
    {"written.at", PART_TIME, TRUE},
    {"written.by", PART_TEXT, TRUE},
    {"written.perch", PART_TEXT, FALSE},
    {"tenant", PART_OBJECT, TRUE},
    {"tenant.id", PART_ID, TRUE},
    {"tenant.domain", PART_TEXT, FALSE},
    {"tenant.name", PART_TEXT, FALSE},
    {"cloud", PART_TEXT, TRUE},
    {"partner", PART_OBJECT, TRUE},
    {"partner.id", PART_TEXT, TRUE},
    {"partner.name", PART_TEXT, FALSE},
    {"partner.dated", PART_TEXT, FALSE},
    {"answers", PART_ANSWERS, TRUE},
    {"told", PART_STEPS, FALSE},
    {"told.*", PART_OBJECT, FALSE},
    {"told.*.by", PART_TEXT, TRUE},
    {"told.*.at", PART_TIME, TRUE},
    {"told.*.note", PART_TEXT, FALSE},
    {"told.*.about", PART_TEXT, FALSE}, /* as in a guide's tellAgain */
    {"skipped", PART_STEPS, FALSE},
    {"skipped.*", PART_OBJECT, FALSE},
    {"skipped.*.by", PART_TEXT, TRUE},
    {"skipped.*.at", PART_TIME, TRUE},
    {"skipped.*.reason", PART_TEXT, TRUE},
    {"waits", PART_WAITS, FALSE},
    {"waits.*", PART_OBJECT, FALSE},
    {"waits.*.began", PART_TIME, TRUE},
    {"waits.*.until", PART_TIME, TRUE},
    {"waits.*.endedBy", PART_TEXT, FALSE},
    {"proved", PART_STEPS, FALSE},
    {"proved.*", PART_TIME, FALSE},
    {"decisions", PART_MAP, FALSE},
    {"decisions.*", PART_OBJECT, FALSE},
    {"decisions.*.by", PART_TEXT, TRUE},
    {"decisions.*.at", PART_TIME, TRUE},
    {"decisions.*.decision", PART_TEXT, TRUE},
    {"objects", PART_LIST, FALSE},
    {"objects.*", PART_OBJECT, FALSE},
    {"objects.*.step", PART_TEXT, TRUE},
    {"objects.*.object", PART_TEXT, TRUE},
    {"objects.*.name", PART_TEXT, FALSE},
    {"objects.*.id", PART_TEXT, FALSE},
    {"objects.*.origin", PART_TEXT, FALSE},
    {"left", PART_LIST, FALSE},
    {"left.*", PART_OBJECT, FALSE},
    {"left.*.step", PART_TEXT, TRUE},
    {"left.*.title", PART_TEXT, FALSE},
    {"left.*.state", PART_TEXT, FALSE},
    {"left.*.reason", PART_TEXT, FALSE},
    {"left.*.roles", PART_LIST, FALSE},
    {"left.*.roles.*", PART_TEXT, FALSE},
};

/* What is checked, and what for. */
struct reading {
    const struct profile *profile;
    GError **error;
};

static gboolean refuse(const struct reading *reading, const char *path, const char *why)
{
    g_set_error(reading->error, PERCH_ERROR, PERCH_ERROR_INPUT, "hand-over: %s: %s", path, why);
    return FALSE;
}

static const struct part *find_part(const char *path)
{
    for (gsize i = 0; i < G_N_ELEMENTS(parts); i++)
        if (strcmp(parts[i].path, path) == 0)
            return &parts[i];
    return NULL;
}

static gboolean check_part(const struct reading *reading, const char *rule_path, const char *path, const json *value);

static gboolean check_required(const struct reading *reading, const char *rule_path, const char *path,
                               const json *value)
{
    g_autofree char *prefix = rule_path[0] != '\0' ? g_strconcat(rule_path, ".", NULL) : g_strdup("");
    for (gsize i = 0; i < G_N_ELEMENTS(parts); i++) {
        if (!parts[i].required || !g_str_has_prefix(parts[i].path, prefix))
            continue;
        const char *name = parts[i].path + strlen(prefix);
        if (strchr(name, '.') != NULL || json_get(value, name) != NULL)
            continue;
        g_autofree char *missing = path[0] != '\0' ? g_strdup_printf("%s.%s", path, name) : g_strdup(name);
        return refuse(reading, missing, "this is missing.");
    }
    return TRUE;
}

static gboolean check_object(const struct reading *reading, const char *rule_path, const char *path, const json *value)
{
    if (!json_is_object(value))
        return refuse(reading, path[0] != '\0' ? path : "the whole", "an object in braces is wanted here.");
    json_for_each (member, value) {
        const char *name = json_name(member);
        g_autofree char *rule = rule_path[0] != '\0' ? g_strdup_printf("%s.%s", rule_path, name) : g_strdup(name);
        g_autofree char *place = path[0] != '\0' ? g_strdup_printf("%s.%s", path, name) : g_strdup(name);
        if (!check_part(reading, rule, place, member))
            return FALSE;
    }
    return check_required(reading, rule_path, path, value);
}

static const json *find_step(const struct profile *profile, const char *id)
{
    json_for_each (step, profile->steps) {
        if (strcmp(json_get_string(step, "id"), id) == 0)
            return step;
    }
    return NULL;
}

/* Why NAME cannot be a member of a map of the type of PART; NULL if it can. */
static const char *flaw_of_name(const struct profile *profile, const struct part *part, const char *name)
{
    const json *step = find_step(profile, name);
    if (part->type == PART_MAP)
        return NULL;
    if (step == NULL)
        return "there is no such step.";
    /* Nobody could end that wait: the word for it stands with the step's own. */
    if (part->type == PART_WAITS && json_get(step, "wait") == NULL)
        return "this step waits for nothing.";
    return NULL;
}

static gboolean check_map(const struct reading *reading, const struct part *part, const char *path, const json *value)
{
    g_autofree char *rule = g_strconcat(part->path, ".*", NULL);
    if (!json_is_object(value))
        return refuse(reading, path, "an object in braces is wanted here.");
    json_for_each (member, value) {
        g_autofree char *place = g_strdup_printf("%s.%s", path, json_name(member));
        const char *flaw = flaw_of_name(reading->profile, part, json_name(member));
        if (flaw != NULL)
            return refuse(reading, place, flaw);
        if (!check_part(reading, rule, place, member))
            return FALSE;
    }
    return TRUE;
}

static gboolean check_list(const struct reading *reading, const struct part *part, const char *path, const json *value)
{
    g_autofree char *rule = g_strconcat(part->path, ".*", NULL);
    int index = 0;
    if (!json_is_array(value))
        return refuse(reading, path, "a list in square brackets is wanted here.");
    json_for_each (entry, value) {
        g_autofree char *place = g_strdup_printf("%s[%d]", path, index++);
        if (!check_part(reading, rule, place, entry))
            return FALSE;
    }
    return TRUE;
}

static gboolean check_text(const struct reading *reading, const struct part *part, const char *path, const json *value)
{
    const char *text = json_string(value);
    if (text == NULL)
        return refuse(reading, path, "a text in quotes is wanted here.");
    if (part->type == PART_ID && !g_uuid_string_is_valid(text))
        return refuse(reading, path, "a GUID is wanted here.");
    if (part->type == PART_TIME && clock_parse(text) < 0)
        return refuse(reading, path, "a time like 2026-11-24T14:02:11Z is wanted here.");
    return TRUE;
}

static gboolean check_answers(const struct reading *reading, const json *value)
{
    if (answers_check(value, reading->error))
        return TRUE;
    g_prefix_error(reading->error, "hand-over: ");
    return FALSE;
}

static gboolean check_part(const struct reading *reading, const char *rule_path, const char *path, const json *value)
{
    const struct part *part = find_part(rule_path);
    if (part == NULL)
        return refuse(reading, path, "this name is not known.");
    switch (part->type) {
    case PART_TEXT:
    case PART_ID:
    case PART_TIME:
        return check_text(reading, part, path, value);
    case PART_VERSION:
        return TRUE;
    case PART_ANSWERS:
        return check_answers(reading, value);
    case PART_OBJECT:
        return check_object(reading, rule_path, path, value);
    case PART_STEPS:
    case PART_WAITS:
    case PART_MAP:
        return check_map(reading, part, path, value);
    case PART_LIST:
        return check_list(reading, part, path, value);
    }
    return FALSE;
}

/* Before all else: a later version may hold anything. */
static gboolean check_version(const json *document, GError **error)
{
    if (json_is_number(json_get(document, HAND_OVER_MARK)) &&
        json_get_int(document, HAND_OVER_MARK, 0) == HAND_OVER_VERSION)
        return TRUE;
    g_set_error_literal(error, PERCH_ERROR, PERCH_ERROR_INPUT,
                        "hand-over: " HAND_OVER_MARK ": this version of the format is not known; only 1 is.\n"
                        "Take the perch that wrote it, or a newer one.");
    return FALSE;
}

static gboolean check_partner(const json *document, const struct profile *profile, GError **error)
{
    const char *partner = json_get_string(json_get(document, "partner"), "id");
    if (strcmp(partner, profile->id) == 0)
        return TRUE;
    g_set_error(error, PERCH_ERROR, PERCH_ERROR_INPUT,
                "hand-over: partner.id: it was written with the partner profile “%s”, and this is “%s”.\n"
                "Name the right one with --partner.",
                partner, profile->id);
    return FALSE;
}

gboolean hand_over_is_one(const char *text, gssize length)
{
    g_autoptr(json) document = json_parse(text, length, NULL);
    return json_get(document, HAND_OVER_MARK) != NULL;
}

json *hand_over_parse(const char *text, gssize length, const char *file, const struct profile *profile, GError **error)
{
    g_autoptr(GError) cause = NULL;
    const struct reading reading = {profile, &cause};
    g_autoptr(json) document = json_parse(text, length, &cause);
    if (document != NULL && check_version(document, &cause) && check_object(&reading, "", "", document) &&
        check_partner(document, profile, &cause))
        return g_steal_pointer(&document);
    g_set_error(error, PERCH_ERROR, PERCH_ERROR_INPUT, "%s: %s", file, cause->message);
    return NULL;
}
