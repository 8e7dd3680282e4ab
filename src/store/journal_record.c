/* SPDX-License-Identifier: MIT */
#include "store/journal_record.h"

#include <string.h>

#include "base/clock.h"
#include "base/error.h"
#include "base/json.h"

enum form { TEXT, TIME, NUMBER, FLAG, TREE, ACTION, DECISION, TAKE_BACK };

#define AT(member) offsetof(struct journal_record, member)

/* Every member that a record may have, in the order of writing. */
static const struct member {
    const char *name;
    enum form form;
    gsize offset;
} members[] = {
    {"format", NUMBER, AT(format)},
    {"version", TEXT, AT(version)},
    {"tenant", TEXT, AT(tenant)},
    {"partner", TEXT, AT(partner)},
    {"object", TEXT, AT(object)},
    {"item", TEXT, AT(item)},
    {"step", TEXT, AT(step)},
    {"kind", TEXT, AT(kind)},
    {"action", ACTION, AT(action)},
    {"method", TEXT, AT(method)},
    {"target", TEXT, AT(target)},
    {"name", TEXT, AT(name)},
    {"body", TEXT, AT(body)},
    {"path", TEXT, AT(path)},
    {"old", TREE, AT(old)},
    {"absentAt", TIME, AT(absent_at)},
    {"id", TEXT, AT(id)},
    {"status", NUMBER, AT(status)},
    {"code", TEXT, AT(code)},
    {"requestId", TEXT, AT(request_id)},
    {"answerLost", FLAG, AT(answer_lost)},
    {"takeBack", TAKE_BACK, AT(take_back)},
    {"as", TEXT, AT(as)},
    {"decision", DECISION, AT(decision)},
    {"note", TEXT, AT(note)},
    {"about", TEXT, AT(about)},
    {"mark", TEXT, AT(mark)},
    {"reason", TEXT, AT(reason)},
    {"until", TIME, AT(until)},
    {"from", TEXT, AT(from)},
    {"digest", TEXT, AT(digest)},
    {"by", TEXT, AT(by)},
    {"when", TIME, AT(when)},
    {"at", TIME, AT(at)},
};

/* Beside the time; what else a record has is not needed to go on from it. */
static const struct {
    const char *word;
    const char *needs[3];
} types[RECORD_TYPES] = {
    [RECORD_BEGIN] = {"begin", {"tenant", "partner"}},
    [RECORD_INTENT] = {"intent", {"object", "action"}},
    [RECORD_SENT] = {"sent", {"object"}},
    [RECORD_REPLIED] = {"replied", {"object"}},
    [RECORD_VERIFIED] = {"verified", {"object"}},
    [RECORD_REFUSED] = {"refused", {"object"}},
    [RECORD_REMOVED] = {"removed", {"object"}},
    [RECORD_NOT_OURS] = {"not-ours", {"object"}},
    [RECORD_GONE] = {"gone", {"object"}},
    [RECORD_ADOPTED] = {"adopted", {"object"}},
    [RECORD_ABSENT] = {"absent", {"object", "as"}},
    [RECORD_SEEN] = {"seen", {"object"}},
    [RECORD_DECIDED] = {"decided", {"object", "decision"}},
    [RECORD_UNDECIDED] = {"undecided", {"object"}},
    [RECORD_HANDED] = {"handed", {"object", "decision"}},
    [RECORD_TOLD] = {"told", {"step"}},
    [RECORD_UNTOLD] = {"untold", {"step"}},
    [RECORD_SKIPPED] = {"skipped", {"step"}},
    [RECORD_WAIT] = {"wait", {"step", "until"}},
    [RECORD_OVERRIDDEN] = {"overridden", {"step"}},
    [RECORD_PROVED] = {"proved", {"step"}},
    [RECORD_HANDED_OVER] = {"handed-over", {"digest"}},
    [RECORD_LEFT] = {"left", {NULL}},
    [RECORD_UNDONE] = {"undone", {NULL}},
    [RECORD_SHOWN] = {"shown", {"object", "about"}},
    [RECORD_STANDS_FOR] = {"stands-for", {"object", "item"}},
    [RECORD_TAKING_BACK] = {"taking-back", {"object"}},
};

static const char *const actions[] = {
    [WRITE_NONE] = "",           [WRITE_CREATE] = "create", [WRITE_REPAIR] = "repair",
    [WRITE_RESTORE] = "restore", [WRITE_REMOVE] = "remove", [WRITE_UNDO_REPAIR] = "undo-repair",
};

static const struct {
    const char *name;
    gsize offset;
} take_back_members[] = {
    {"path", offsetof(struct take_back, path)},   {"scope", offsetof(struct take_back, scope)},
    {"title", offsetof(struct take_back, title)}, {"kind", offsetof(struct take_back, kind)},
    {"step", offsetof(struct take_back, step)},
};

#define TEXT_AT(base, offset) (*(const char **)((char *)(base) + (offset)))

const char *write_action_word(enum write_action action)
{
    return actions[action];
}

gint64 journal_record_time(const struct journal_record *record)
{
    return record->when != 0 ? record->when : record->at;
}

struct journal_record *journal_record_ref(const struct journal_record *record)
{
    return g_rc_box_acquire((gpointer)record);
}

struct take_back *take_back_new(const struct take_back *values)
{
    struct take_back *take_back = g_rc_box_new0(struct take_back);
    for (gsize i = 0; i < G_N_ELEMENTS(take_back_members); i++)
        TEXT_AT(take_back, take_back_members[i].offset) = g_strdup(TEXT_AT(values, take_back_members[i].offset));
    return take_back;
}

struct take_back *take_back_ref(const struct take_back *take_back)
{
    return g_rc_box_acquire((gpointer)take_back);
}

static void take_back_clear(gpointer data)
{
    for (gsize i = 0; i < G_N_ELEMENTS(take_back_members); i++)
        g_free((gpointer)TEXT_AT(data, take_back_members[i].offset));
}

void take_back_unref(struct take_back *take_back)
{
    if (take_back != NULL)
        g_rc_box_release_full(take_back, take_back_clear);
}

static void record_clear(gpointer data)
{
    struct journal_record *record = data;
    for (gsize i = 0; i < G_N_ELEMENTS(members); i++)
        if (members[i].form == TEXT)
            g_free((gpointer)TEXT_AT(record, members[i].offset));
    g_free((gpointer)record->decision.text);
    json_free((json *)record->old);
    take_back_unref((struct take_back *)record->take_back);
}

void journal_record_unref(struct journal_record *record)
{
    if (record != NULL)
        g_rc_box_release_full(record, record_clear);
}

/* NULL where the record does not have it. */
static json *encode_member(const struct member *member, const struct journal_record *record)
{
    const char *place = (const char *)record + member->offset;
    g_autofree char *words = NULL;
    switch (member->form) {
    case TEXT:
        return TEXT_AT(place, 0) != NULL ? json_new_string(TEXT_AT(place, 0)) : NULL;
    case TIME:
        words = *(const gint64 *)place != 0 ? clock_format(*(const gint64 *)place) : NULL;
        return words != NULL ? json_new_string(words) : NULL;
    case NUMBER:
        return *(const gint64 *)place != 0 ? json_new_int(*(const gint64 *)place) : NULL;
    case FLAG:
        return *(const gboolean *)place ? json_new_bool(TRUE) : NULL;
    case TREE:
        return json_copy(record->old);
    case ACTION:
        return record->action != WRITE_NONE ? json_new_string(actions[record->action]) : NULL;
    case DECISION:
        words = decision_words(record->decision);
        return words[0] != '\0' ? json_new_string(words) : NULL;
    case TAKE_BACK: {
        json *value = record->take_back != NULL ? json_new_object() : NULL;
        for (gsize i = 0; value != NULL && i < G_N_ELEMENTS(take_back_members); i++) {
            const char *text = TEXT_AT(record->take_back, take_back_members[i].offset);
            if (text != NULL)
                json_set_string(value, take_back_members[i].name, text);
        }
        return value;
    }
    }
    return NULL;
}

json *journal_record_encode(const struct journal_record *record)
{
    json *value = json_new_object();
    json_set_string(value, "type", types[record->type].word);
    for (gsize i = 0; i < G_N_ELEMENTS(members); i++) {
        json *made = encode_member(&members[i], record);
        if (made != NULL)
            json_set(value, members[i].name, made);
    }
    return value;
}

static gboolean bad(GError **error, const char *format, ...) G_GNUC_PRINTF(2, 3);

static gboolean bad(GError **error, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    g_propagate_error(error, g_error_new_valist(PERCH_ERROR, PERCH_ERROR_STATE, format, arguments));
    va_end(arguments);
    return FALSE;
}

static gboolean decode_text(const struct member *member, const char *text, struct journal_record *record)
{
    gpointer place = (char *)record + member->offset;
    switch (member->form) {
    case TEXT:
        TEXT_AT(place, 0) = g_strdup(text);
        return TRUE;
    case TIME:
        *(gint64 *)place = clock_parse(text);
        return *(gint64 *)place != -1;
    case DECISION:
        record->decision = decision_parse(text);
        record->decision.text = g_strdup(record->decision.text);
        return TRUE;
    default:
        for (gsize i = WRITE_CREATE; i < G_N_ELEMENTS(actions); i++)
            if (strcmp(actions[i], text) == 0) {
                record->action = (enum write_action)i;
                return TRUE;
            }
        return FALSE;
    }
}

static gboolean is_there(const json *value)
{
    return value != NULL && !json_is_null(value);
}

static gboolean decode_member(const struct member *member, const json *object, struct journal_record *record)
{
    gpointer place = (char *)record + member->offset;
    const json *value = json_get(object, member->name);
    if (!is_there(value))
        return TRUE;
    switch (member->form) {
    case NUMBER:
        *(gint64 *)place = json_get_int(object, member->name, -1);
        return *(gint64 *)place >= 0;
    case FLAG:
        *(gboolean *)place = json_is_true(value);
        return json_is_bool(value);
    case TREE:
        record->old = json_copy(value);
        return TRUE;
    case TAKE_BACK: {
        struct take_back *take_back = g_rc_box_new0(struct take_back);
        for (gsize i = 0; i < G_N_ELEMENTS(take_back_members); i++)
            TEXT_AT(take_back, take_back_members[i].offset) =
                g_strdup(json_get_string(value, take_back_members[i].name));
        record->take_back = take_back;
        return json_is_object(value);
    }
    default:
        return json_is_string(value) && decode_text(member, json_string(value), record);
    }
}

static gboolean decode(const json *value, struct journal_record *record, GError **error)
{
    const char *word = json_get_string(value, "type");
    for (record->type = RECORD_BEGIN; record->type < RECORD_TYPES; record->type++)
        if (g_strcmp0(types[record->type].word, word) == 0)
            break;
    if (record->type == RECORD_TYPES)
        return bad(error, "the type “%s” is not known", word != NULL ? word : "");
    for (gsize i = 0; i < G_N_ELEMENTS(types[0].needs) && types[record->type].needs[i] != NULL; i++)
        if (!is_there(json_get(value, types[record->type].needs[i])))
            return bad(error, "“%s” is missing", types[record->type].needs[i]);
    if (!is_there(json_get(value, "at")))
        return bad(error, "“%s” is missing", "at");
    for (gsize i = 0; i < G_N_ELEMENTS(members); i++)
        if (!decode_member(&members[i], value, record))
            return bad(error, "the value of “%s” is not known", members[i].name);
    return TRUE;
}

struct journal_record *journal_record_decode(const json *value, GError **error)
{
    struct journal_record *record = g_rc_box_new0(struct journal_record);
    if (decode(value, record, error))
        return record;
    journal_record_unref(record);
    return NULL;
}

struct journal_record *journal_record_dated(const struct journal_record *record, gint64 at, GError **error)
{
    struct journal_record dated = *record;
    dated.at = at;
    g_autoptr(json) value = journal_record_encode(&dated);
    return journal_record_decode(value, error);
}

gboolean journal_record_is_said(enum record_type type)
{
    return type >= RECORD_GONE && type < RECORD_TYPES && type != RECORD_ADOPTED;
}
