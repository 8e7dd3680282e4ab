/* SPDX-License-Identifier: MIT */
#include "board/board.h"

#include <string.h>

#include "base/text_members.h"

/* The texts of each thing, which are never NULL. */
#define AT(thing, member) offsetof(struct thing, member)
static const gsize board_texts[] = {AT(board, tenant_id),     AT(board, tenant_name),    AT(board, tenant_domain),
                                    AT(board, account),       AT(board, cloud),          AT(board, partner),
                                    AT(board, partner_dated), AT(board, partner_sha256), AT(board, state_dir),
                                    AT(board, keyring),       AT(board, why_read_only),  AT(board, tenant_domains),
                                    AT(board, left),          AT(board, undone),         AT(board, in_bin)};
static const gsize step_texts[] = {
    AT(board_step, needed_by), AT(board_step, tell_lacks), AT(board_step, refusal),     AT(board_step, trouble_title),
    AT(board_step, id),        AT(board_step, title),      AT(board_step, explanation), AT(board_step, reason),
    AT(board_step, next),      AT(board_step, wait_word),  AT(board_step, wait_reason), AT(board_step, link),
    AT(board_step, told_by),   AT(board_step, told_note),  AT(board_step, short_title), AT(board_step, warning),
    AT(board_step, expected),  AT(board_step, acts),       AT(board_step, behind)};
static const gsize object_texts[] = {AT(board_object, key),  AT(board_object, kind),    AT(board_object, title),
                                     AT(board_object, name), AT(board_object, id),      AT(board_object, sentence),
                                     AT(board_object, made), AT(board_object, decided), AT(board_object, answer)};
static const gsize field_texts[] = {AT(board_field, path),      AT(board_field, label),    AT(board_field, help),
                                    AT(board_field, validator), AT(board_field, value),    AT(board_field, suggestion),
                                    AT(board_field, if_empty),  AT(board_field, earliest), AT(board_field, asked_by),
                                    AT(board_field, asked_if)};
static const gsize line_texts[] = {AT(board_line, text), AT(board_line, copy)};
static const gsize choice_texts[] = {AT(board_choice, value), AT(board_choice, label)};
static const gsize change_texts[] = {AT(board_change, what), AT(board_change, target), AT(board_change, who)};
static const gsize difference_texts[] = {AT(board_difference, field), AT(board_difference, wanted),
                                         AT(board_difference, found)};
static const gsize unfit_texts[] = {AT(board_unfit, name), AT(board_unfit, why)};
#define TEXTS_BEGIN(thing, texts) text_members_begin(thing, texts, G_N_ELEMENTS(texts))
#define TEXTS_END(thing, texts) text_members_end(thing, texts, G_N_ELEMENTS(texts))
#define TEXTS_COPY(thing, texts) text_members_copy(thing, sizeof *(thing), texts, G_N_ELEMENTS(texts))

static void object_free(gpointer data)
{
    struct board_object *object = data;
    TEXTS_END(object, object_texts);
    g_ptr_array_unref(object->differences);
    g_ptr_array_unref(object->choices);
    g_free(object);
}

static void field_free(gpointer data)
{
    struct board_field *field = data;
    TEXTS_END(field, field_texts);
    g_ptr_array_unref(field->choices);
    g_ptr_array_unref(field->unfit);
    g_free(field);
}

static void step_free(gpointer data)
{
    struct board_step *step = data;
    TEXTS_END(step, step_texts);
    g_ptr_array_unref(step->objects);
    g_ptr_array_unref(step->fields);
    g_ptr_array_unref(step->lines);
    g_ptr_array_unref(step->leaving);
    g_ptr_array_unref(step->trouble);
    g_ptr_array_unref(step->notes);
    g_ptr_array_unref(step->changes);
    g_free(step);
}

struct board_handed *board_handed_new(void)
{
    struct board_handed *handed = g_new0(struct board_handed, 1);
    handed->changes = g_ptr_array_new_with_free_func(g_free);
    handed->claims = g_ptr_array_new_with_free_func(g_free);
    return handed;
}

void board_handed_free(struct board_handed *handed)
{
    if (handed == NULL)
        return;
    g_free(handed->from);
    g_free(handed->written);
    g_free(handed->sha256);
    g_ptr_array_unref(handed->changes);
    g_ptr_array_unref(handed->claims);
    g_free(handed);
}

struct board *board_new(void)
{
    struct board *board = g_new0(struct board, 1);
    board->references = 1;
    TEXTS_BEGIN(board, board_texts);
    board->clock = clock_wall();
    board->steps = g_ptr_array_new_with_free_func(step_free);
    board->excess = g_ptr_array_new_with_free_func(g_free);
    board->goes_on = g_ptr_array_new_with_free_func(g_free);
    board->partner_keeps = g_ptr_array_new_with_free_func(g_free);
    return board;
}

struct board *board_ref(struct board *board)
{
    g_atomic_int_inc(&board->references);
    return board;
}

void board_unref(struct board *board)
{
    if (board == NULL || !g_atomic_int_dec_and_test(&board->references))
        return;
    TEXTS_END(board, board_texts);
    g_ptr_array_unref(board->steps);
    board_handed_free(board->handed);
    g_ptr_array_unref(board->excess);
    g_ptr_array_unref(board->goes_on);
    g_ptr_array_unref(board->partner_keeps);
    g_free(board);
}

struct board_step *board_step_new(void)
{
    struct board_step *step = g_new0(struct board_step, 1);
    TEXTS_BEGIN(step, step_texts);
    step->objects = g_ptr_array_new_with_free_func(object_free);
    step->fields = g_ptr_array_new_with_free_func(field_free);
    step->lines = g_ptr_array_new_with_free_func(g_free);
    step->leaving = g_ptr_array_new_with_free_func(g_free);
    step->trouble = g_ptr_array_new_with_free_func(g_free);
    step->notes = g_ptr_array_new_with_free_func(g_free);
    step->changes = g_ptr_array_new_with_free_func(g_free);
    return step;
}

struct board_object *board_object_new(void)
{
    struct board_object *object = g_new0(struct board_object, 1);
    TEXTS_BEGIN(object, object_texts);
    object->differences = g_ptr_array_new_with_free_func(g_free);
    object->choices = g_ptr_array_new_with_free_func(g_free);
    return object;
}

const char *board_object_answer(const struct board_object *object)
{
    return object->answer[0] != '\0' ? object->answer : object->key;
}

struct board_field *board_field_new(void)
{
    struct board_field *field = g_new0(struct board_field, 1);
    TEXTS_BEGIN(field, field_texts);
    field->choices = g_ptr_array_new_with_free_func(g_free);
    field->unfit = g_ptr_array_new_with_free_func(g_free);
    return field;
}

struct board_line *board_line_new(const char *text, const char *copy, gboolean masked)
{
    const struct board_line line = {.text = text, .copy = copy, .masked = masked};
    return TEXTS_COPY(&line, line_texts);
}

guint board_line_number(const GPtrArray *lines, guint index)
{
    guint number = 0;
    for (guint i = 0; i <= index; i++)
        number += i == 0 || !((const struct board_line *)g_ptr_array_index(lines, i))->also;
    return index > 0 && ((const struct board_line *)g_ptr_array_index(lines, index))->also ? 0 : number;
}

struct board_choice *board_choice_new(const char *value, const char *label, gboolean needs_text)
{
    const struct board_choice choice = {.value = value, .label = label, .needs_text = needs_text};
    return TEXTS_COPY(&choice, choice_texts);
}

struct board_change *board_change_new(gint64 at, const char *what, const char *target, const char *who)
{
    const struct board_change change = {.at = at, .what = what, .target = target, .who = who};
    return TEXTS_COPY(&change, change_texts);
}

struct board_unfit *board_unfit_new(const char *name, const char *why)
{
    const struct board_unfit unfit = {.name = name, .why = why};
    return TEXTS_COPY(&unfit, unfit_texts);
}

struct board_difference *board_difference_new(const char *field, const char *wanted, const char *found)
{
    const struct board_difference difference = {.field = field, .wanted = wanted, .found = found};
    return TEXTS_COPY(&difference, difference_texts);
}

const struct board_step *board_find_step(const struct board *board, const char *id)
{
    for (guint i = 0; i < board->steps->len; i++) {
        const struct board_step *step = g_ptr_array_index(board->steps, i);
        if (strcmp(step->id, id) == 0)
            return step;
    }
    return NULL;
}

const struct board_field *board_find_field(const struct board *board, const char *path)
{
    for (guint i = 0; path != NULL && i < board->steps->len; i++) {
        const struct board_step *step = g_ptr_array_index(board->steps, i);
        for (guint k = 0; k < step->fields->len; k++) {
            const struct board_field *field = g_ptr_array_index(step->fields, k);
            if (strcmp(field->path, path) == 0)
                return field;
        }
    }
    return NULL;
}

const char *board_field_label(const struct board *board, const char *path)
{
    const struct board_field *field = board_find_field(board, path);
    return field != NULL && field->label[0] != '\0' ? field->label : path;
}

const struct board_step *board_due_step(const struct board *board)
{
    gint64 now = clock_now(&board->clock);
    for (guint i = 0; i < board->steps->len; i++) {
        const struct board_step *step = g_ptr_array_index(board->steps, i);
        if (step->state == STEP_WAITING && step->until != 0 && step->until <= now)
            return step;
    }
    return NULL;
}

gboolean board_step_told_unseen(const struct board_step *step)
{
    gboolean is_absent = FALSE;
    for (guint i = 0; i < step->objects->len; i++)
        is_absent |= ((const struct board_object *)g_ptr_array_index(step->objects, i))->state == OBJECT_ABSENT;
    return step->state == STEP_TOLD && step->checked != 0 && is_absent;
}

void board_summary_count(struct board_summary *summary, enum step_state state)
{
    switch (state) {
    case STEP_DONE:
        summary->done++;
        break;
    case STEP_TOLD:
        summary->told++;
        break;
    case STEP_SKIPPED:
        summary->skipped++;
        break;
    case STEP_WAITING:
        summary->waiting++;
        break;
    case STEP_NEEDS_YOU:
    case STEP_DIFFERS:
        summary->needs_person++;
        break;
    case STEP_FAILED:
        summary->failed++;
        break;
    case STEP_IN_DOUBT:
        summary->in_doubt++;
        break;
    default:
        summary->left++;
    }
}

const struct board_step *board_next_step(const struct board *board)
{
    for (guint i = 0; i < board->steps->len; i++) {
        const struct board_step *step = g_ptr_array_index(board->steps, i);
        if (step_state_can_go_on(step->state))
            return step;
    }
    return NULL;
}
