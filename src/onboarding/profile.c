/* SPDX-License-Identifier: MIT */
#include "onboarding/profile.h"

#include <string.h>

#include "base/assets.h"
#include "base/error.h"
#include "base/json.h"
#include "base/text.h"
#include "base/trusted_file.h"
#include "onboarding/answers.h"
#include "onboarding/link.h"
#include "onboarding/object.h"
#include "onboarding/profile_references.h"

#define BUILT_IN "partners/red-canary.json"
#define PROFILE_FORMAT 1
#define LARGEST_FILE ((gsize)1024 * 1024)

#define NEEDED_TEXT (JSON_TEXT | JSON_FILLED | JSON_REQUIRED)
#define TEXT (JSON_TEXT | JSON_FILLED)

/* A row of TYPE's table: the member NAME is read into MEMBER. */
#define ROW(type, member, member_name, types)                                                                          \
    .name = (member_name), .is = (types), .place = JSON_AT(struct type, member)

static const struct json_schema text_entry = {.is = JSON_TEXT};

static const char *const field_kinds[] = {FIELD_KIND_WORDS, NULL};

static const struct json_schema choice_members[] = {
    {ROW(field_choice, value, "value", NEEDED_TEXT)},
    {ROW(field_choice, label, "label", NEEDED_TEXT)},
    {.name = NULL},
};
static const struct json_schema choice = {
    .is = JSON_OBJECT, .inner = choice_members, .size = sizeof(struct field_choice)};

static const struct json_schema condition_members[] = {
    {ROW(condition, value, "value", NEEDED_TEXT)},
    {ROW(condition, is, "is", JSON_LIST | JSON_FILLED), .inner = &text_entry},
    {ROW(condition, reason, "reason", TEXT)},
    {.name = NULL},
};

static const struct json_schema field_members[] = {
    {ROW(field, path, "path", NEEDED_TEXT)},
    {ROW(field, label, "label", NEEDED_TEXT)},
    {ROW(field, help, "help", TEXT)},
    {ROW(field, practice, "practice", TEXT)},
    {ROW(field, kind, "kind", JSON_WORD | JSON_FILLED), .words = field_kinds},
    {ROW(field, validator, "validator", TEXT)},
    {ROW(field, suggestion, "suggestion", TEXT)},
    {ROW(field, if_empty, "ifEmpty", TEXT)},
    {ROW(field, required, "required", JSON_YES_NO)},
    {ROW(field, told_without, "toldWithout", JSON_YES_NO)},
    {ROW(field, not_past, "notPast", JSON_YES_NO)},
    {ROW(field, masked, "masked", JSON_YES_NO)},
    {ROW(field, file_only, "fileOnly", JSON_YES_NO)},
    {ROW(field, choices, "choices", JSON_LIST | JSON_FILLED), .inner = &choice},
    {ROW(field, when, "when", JSON_OBJECT), .inner = condition_members, .size = sizeof(struct condition)},
    {.name = NULL},
};
static const struct json_schema field = {.is = JSON_OBJECT, .inner = field_members, .size = sizeof(struct field)};

/* What makes a step fall away, or counts as told, has to say why. */
static const struct json_schema reasoned_condition_members[] = {
    {ROW(condition, value, "value", NEEDED_TEXT)},
    {ROW(condition, is, "is", JSON_LIST | JSON_FILLED | JSON_REQUIRED), .inner = &text_entry},
    {ROW(condition, reason, "reason", NEEDED_TEXT)},
    {.name = NULL},
};

static const struct json_schema until_members[] = {
    {ROW(until, object, "object", NEEDED_TEXT)},
    {ROW(until, label, "label", NEEDED_TEXT)},
    {.name = NULL},
};

static const struct json_schema object_members[] = {
    {ROW(object_definition, key, "key", NEEDED_TEXT)},
    {ROW(object_definition, kind_name, "kind", NEEDED_TEXT)},
    {ROW(object_definition, title, "title", NEEDED_TEXT)},
    {ROW(object_definition, risk, "risk", TEXT)},
    {ROW(object_definition, goes_on, "goesOn", TEXT)},
    {ROW(object_definition, with, "with", JSON_OBJECT)},
    {ROW(object_definition, for_each, "forEach", TEXT)},
    {ROW(object_definition, when, "when", JSON_OBJECT), .inner = condition_members, .size = sizeof(struct condition)},
    {ROW(object_definition, until, "until", JSON_OBJECT), .inner = until_members, .size = sizeof(struct until)},
    {ROW(object_definition, reviewers, "reviewers", TEXT)},
    {ROW(object_definition, approvers, "approvers", TEXT)},
    {.name = NULL},
};
static const struct json_schema object = {
    .is = JSON_OBJECT, .inner = object_members, .size = sizeof(struct object_definition)};

static const struct json_schema practice_form_members[] = {
    {ROW(practice_form, path, "path", NEEDED_TEXT)},
    {ROW(practice_form, fields, "fields", JSON_MAP | JSON_REQUIRED), .inner = &text_entry},
    {.name = NULL},
};

static const struct json_schema line_members[] = {
    {ROW(guide_line, text, "text", NEEDED_TEXT)},
    {ROW(guide_line, copy, "copy", TEXT)},
    {ROW(guide_line, for_each, "forEach", TEXT)},
    {ROW(guide_line, masked, "masked", JSON_YES_NO)},
    {ROW(guide_line, also, "also", JSON_YES_NO)},
    {ROW(guide_line, send, "send", JSON_YES_NO)},
    {.name = NULL},
};
static const struct json_schema line = {.is = JSON_OBJECT, .inner = line_members, .size = sizeof(struct guide_line)};

static const struct json_schema rung_members[] = {
    {ROW(guide_line, text, "text", NEEDED_TEXT)},
    {ROW(guide_line, copy, "copy", TEXT)},
    {ROW(guide_line, masked, "masked", JSON_YES_NO)},
    {ROW(guide_line, said, "said", JSON_LIST), .inner = &text_entry},
    {ROW(guide_line, practice_form, "practiceForm", JSON_OBJECT), .inner = practice_form_members,
     .size = sizeof(struct practice_form)},
    {.name = NULL},
};
static const struct json_schema rung = {.is = JSON_OBJECT, .inner = rung_members, .size = sizeof(struct guide_line)};

static const struct json_schema trouble_members[] = {
    {ROW(trouble, title, "title", NEEDED_TEXT)},
    {ROW(trouble, rungs, "rungs", JSON_LIST | JSON_FILLED | JSON_REQUIRED), .inner = &rung},
    {.name = NULL},
};

static const struct json_schema tell_again_members[] = {
    {ROW(tell_again, value, "value", NEEDED_TEXT)},
    {ROW(tell_again, reason, "reason", NEEDED_TEXT)},
    {.name = NULL},
};

static const struct json_schema guide_members[] = {
    {ROW(guide, link, "link", TEXT), .problem = link_problem},
    {ROW(guide, lines, "lines", JSON_LIST | JSON_REQUIRED), .inner = &line},
    {ROW(guide, leaving, "leave", JSON_LIST), .inner = &line},
    {ROW(guide, when, "when", JSON_OBJECT), .inner = condition_members, .size = sizeof(struct condition)},
    {ROW(guide, tell, "tell", JSON_YES_NO)},
    {ROW(guide, tell_always, "tellAlways", JSON_YES_NO)},
    {ROW(guide, tell_again, "tellAgain", JSON_OBJECT), .inner = tell_again_members, .size = sizeof(struct tell_again)},
    {ROW(guide, practice_form, "practiceForm", JSON_OBJECT), .inner = practice_form_members,
     .size = sizeof(struct practice_form)},
    {.name = NULL},
};
static const struct json_schema guide = {.is = JSON_OBJECT, .inner = guide_members, .size = sizeof(struct guide)};

static const struct json_schema wait_members[] = {
    {ROW(step_wait, after, "after", NEEDED_TEXT)},
    {ROW(step_wait, seconds, "seconds", JSON_WHOLE | JSON_REQUIRED), .least = 0, .most = G_MAXINT},
    {ROW(step_wait, reason, "reason", NEEDED_TEXT)},
    {ROW(step_wait, word, "word", TEXT)},
    {.name = NULL},
};

static const struct json_schema expect_members[] = {
    {ROW(expectation, from, "from", JSON_WHOLE | JSON_REQUIRED), .least = 0, .most = G_MAXINT},
    {ROW(expectation, until, "until", JSON_WHOLE | JSON_REQUIRED), .least = 0, .most = G_MAXINT},
    {ROW(expectation, text, "text", NEEDED_TEXT)},
    {.name = NULL},
};

#define REASONED .inner = reasoned_condition_members, .size = sizeof(struct condition)

static const struct json_schema step_members[] = {
    {ROW(step_definition, id, "id", NEEDED_TEXT)},
    {ROW(step_definition, title, "title", NEEDED_TEXT)},
    {ROW(step_definition, short_title, "shortTitle", TEXT)},
    {ROW(step_definition, explanation, "explanation", NEEDED_TEXT)},
    {ROW(step_definition, warning, "warning", TEXT)},
    {ROW(step_definition, needs, "needs", JSON_LIST), .inner = &text_entry},
    {ROW(step_definition, fields, "fields", JSON_LIST), .inner = &field},
    {ROW(step_definition, objects, "objects", JSON_LIST), .inner = &object},
    {ROW(step_definition, guide, "guide", JSON_OBJECT), .inner = guide_members, .size = sizeof(struct guide)},
    {ROW(step_definition, guides, "guides", JSON_LIST | JSON_FILLED), .inner = &guide},
    {ROW(step_definition, when, "when", JSON_OBJECT), REASONED},
    {ROW(step_definition, told_when, "toldWhen", JSON_OBJECT), REASONED},
    {ROW(step_definition, obstacle, "obstacle", TEXT)},
    {ROW(step_definition, trouble, "trouble", JSON_OBJECT), .inner = trouble_members, .size = sizeof(struct trouble)},
    {ROW(step_definition, wait, "wait", JSON_OBJECT), .inner = wait_members, .size = sizeof(struct step_wait)},
    {ROW(step_definition, expect, "expect", JSON_OBJECT), .inner = expect_members, .size = sizeof(struct expectation)},
    {ROW(step_definition, report, "report", JSON_YES_NO)},
    {.name = NULL},
};
static const struct json_schema step = {
    .is = JSON_OBJECT, .inner = step_members, .size = sizeof(struct step_definition)};

static const struct json_schema hand_back_members[] = {
    {ROW(hand_back, lines, "lines", JSON_LIST | JSON_REQUIRED), .inner = &line},
    {.name = NULL},
};

static const struct json_schema leaving_line_members[] = {
    {ROW(guide_line, text, "text", NEEDED_TEXT)},
    {ROW(guide_line, copy, "copy", TEXT)},
    {ROW(guide_line, for_each, "forEach", TEXT)},
    {ROW(guide_line, masked, "masked", JSON_YES_NO)},
    {ROW(guide_line, also, "also", JSON_YES_NO)},
    {ROW(guide_line, object, "object", TEXT)},
    {.name = NULL},
};
static const struct json_schema leaving_line = {
    .is = JSON_OBJECT, .inner = leaving_line_members, .size = sizeof(struct guide_line)};

static const struct json_schema leaving_members[] = {
    {ROW(hand_back, lines, "lines", JSON_LIST | JSON_REQUIRED), .inner = &leaving_line},
    {.name = NULL},
};

static const struct json_schema profile_members[] = {
    {.name = "format", .is = JSON_WHOLE | JSON_REQUIRED},
    {ROW(profile, id, "id", NEEDED_TEXT)},
    {ROW(profile, name, "name", NEEDED_TEXT)},
    {ROW(profile, dated, "dated", NEEDED_TEXT)},
    {ROW(profile, clouds, "clouds", JSON_LIST | JSON_REQUIRED), .inner = &text_entry},
    {ROW(profile, steps, "steps", JSON_LIST | JSON_FILLED | JSON_REQUIRED), .inner = &step},
    {ROW(profile, hand_back, "handBack", JSON_OBJECT), .inner = hand_back_members, .size = sizeof(struct hand_back)},
    {ROW(profile, leaving, "leave", JSON_OBJECT), .inner = leaving_members, .size = sizeof(struct hand_back)},
    {.name = NULL},
};
static const struct json_schema document = {.is = JSON_OBJECT, .inner = profile_members};

/* What stands in one line wherever it is shown. */
static const char *const one_line[] = {"id",         "key",   "name",  "displayName", "roleName", "title",
                                       "shortTitle", "label", "dated", "word",        "clouds",   NULL};

/* A profile comes from a file, and its texts reach the screen as they are. What is wrong with VALUE, the member NAME
 * or an entry of it; NULL if nothing is. Adds to PATH where the fault is. */
static const char *unprintable(const json *value, const char *name, GString *path)
{
    gsize length = path->len;
    int index = 0;
    const char *text = json_string(value);
    if (text != NULL) {
        g_autofree char *lines = text_safe_lines(text, -1);
        if (strpbrk(text, "\r\n\t") != NULL && g_strv_contains(one_line, name))
            return "a line break or a tab stands in this text, which is shown in one line.";
        return strcmp(lines, text) == 0 ? NULL : "a control character stands in this text.";
    }
    json_for_each (member, value) {
        if (json_name(member) != NULL)
            g_string_append_printf(path, ".%s", json_name(member));
        else
            g_string_append_printf(path, "[%d]", index++);
        const char *fault = unprintable(member, json_name(member) != NULL ? json_name(member) : name, path);
        if (fault != NULL)
            return fault;
        g_string_truncate(path, length);
    }
    return NULL;
}

struct profile *profile_parse(const char *text, gssize length, const char *name, GError **error)
{
    g_autoptr(GError) cause = NULL;
    g_autoptr(json) parsed = json_parse(text, length, &cause);
    g_autoptr(Profile) profile = NULL;
    g_autoptr(GString) path = g_string_new("$");
    /* Before all else the format: a later one may hold anything. */
    if (parsed != NULL && json_get_int(parsed, "format", PROFILE_FORMAT) != PROFILE_FORMAT)
        json_schema_refuse(&cause, "$.format", "this perch reads format 1.");
    else if (parsed != NULL && json_schema_check(&document, parsed, "$", NULL, &cause)) {
        const char *fault = unprintable(parsed, "", path);
        if (fault != NULL) {
            json_schema_refuse(&cause, path->str, fault);
        } else {
            profile = g_new0(struct profile, 1);
            profile->arena = json_arena_new();
            profile->text = g_steal_pointer(&parsed);
            profile->answers = answer_rules_new(profile);
            profile->sha256 = g_compute_checksum_for_string(G_CHECKSUM_SHA256, text, length);
            json_schema_read(&document, profile->text, profile, profile->arena);
        }
    }
    if (profile != NULL && profile_check_references(profile, &cause))
        return g_steal_pointer(&profile);
    g_set_error(error, PERCH_ERROR, PERCH_ERROR_INPUT, "%s: %s", name, cause->message);
    return NULL;
}

struct profile *profile_load(const char *file, GError **error)
{
    if (file == NULL) {
        g_autoptr(GBytes) bytes = asset_bytes(BUILT_IN, error);
        return bytes == NULL ? NULL
                             : profile_parse(g_bytes_get_data(bytes, NULL), (gssize)g_bytes_get_size(bytes),
                                             "the built-in partner profile", error);
    }
    gsize length = 0;
    g_autofree char *text = trusted_file_read(file, "The partner profile", LARGEST_FILE, &length, error);
    struct profile *profile = text != NULL ? profile_parse(text, (gssize)length, file, error) : NULL;
    if (profile != NULL) {
        /* What is dangerous is said by its kind; whoever writes a profile does not say it away. */
        profile->from_file = TRUE;
        for (guint i = 0; i < profile->steps->len; i++) {
            const struct step_definition *one = g_ptr_array_index(profile->steps, i);
            for (guint k = 0; k < one->objects->len; k++) {
                struct object_definition *made = g_ptr_array_index(one->objects, k);
                if (made->kind->risk != NULL)
                    made->risk = NULL;
            }
        }
    }
    return profile;
}

void profile_free(struct profile *profile)
{
    if (profile == NULL)
        return;
    answer_rules_free(profile->answers);
    json_arena_free(profile->arena);
    json_free(profile->text);
    g_free(profile->sha256);
    g_free(profile);
}

gboolean profile_knows_cloud(const struct profile *profile, const char *name)
{
    return g_strv_contains(profile->clouds, name);
}

const struct step_definition *profile_step(const struct profile *profile, const char *id)
{
    for (guint i = 0; i < profile->steps->len; i++) {
        const struct step_definition *found = g_ptr_array_index(profile->steps, i);
        if (strcmp(found->id, id) == 0)
            return found;
    }
    return NULL;
}

const struct field *profile_field(const struct profile *profile, const char *path)
{
    for (guint i = 0; i < profile->steps->len; i++) {
        const struct step_definition *asking = g_ptr_array_index(profile->steps, i);
        for (guint j = 0; j < asking->fields->len; j++) {
            const struct field *found = g_ptr_array_index(asking->fields, j);
            if (strcmp(found->path, path) == 0)
                return found;
        }
    }
    return NULL;
}
