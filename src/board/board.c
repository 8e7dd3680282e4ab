/* SPDX-License-Identifier: MIT */
#include "board/board.h"

#include <string.h>

#include "base/text_members.h"

/* The texts of each thing, which are never NULL. */
#define AT(thing, member) offsetof(struct thing, member)
static const gsize board_texts[] = {AT(board, tenant_id),     AT(board, tenant_name),    AT(board, tenant_domain),
                                    AT(board, account),       AT(board, cloud),          AT(board, partner),
                                    AT(board, partner_dated), AT(board, partner_sha256), AT(board, state_dir),
                                    AT(board, keyring),       AT(board, why_read_only)};
static const gsize step_texts[] = {
    AT(board_step, needed_by), AT(board_step, refusal),     AT(board_step, trouble_title), AT(board_step, id),
    AT(board_step, title),     AT(board_step, explanation), AT(board_step, reason),        AT(board_step, next),
    AT(board_step, wait_word), AT(board_step, wait_reason), AT(board_step, link),          AT(board_step, told_by),
    AT(board_step, told_note), AT(board_step, short_title), AT(board_step, warning),       AT(board_step, expected)};
static const gsize object_texts[] = {AT(board_object, key),  AT(board_object, kind),   AT(board_object, title),
                                     AT(board_object, name), AT(board_object, id),     AT(board_object, sentence),
                                     AT(board_object, made), AT(board_object, decided)};
static const gsize field_texts[] = {AT(board_field, path),      AT(board_field, label), AT(board_field, help),
                                    AT(board_field, validator), AT(board_field, value), AT(board_field, suggestion)};
#define TEXTS_BEGIN(thing, texts) text_members_begin(thing, texts, G_N_ELEMENTS(texts))
#define TEXTS_END(thing, texts) text_members_end(thing, texts, G_N_ELEMENTS(texts))

static void difference_free(gpointer data)
{
    struct board_difference *difference = data;
    g_free(difference->field);
    g_free(difference->wanted);
    g_free(difference->found);
    g_free(difference);
}

static void choice_free(gpointer data)
{
    struct board_choice *choice = data;
    g_free(choice->value);
    g_free(choice->label);
    g_free(choice);
}

void board_line_free(struct board_line *line)
{
    if (line == NULL)
        return;
    g_free(line->text);
    g_free(line->copy);
    g_free(line);
}

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
    g_free(field);
}

static void change_free(gpointer data)
{
    struct board_change *change = data;
    g_free(change->what);
    g_free(change->target);
    g_free(change->who);
    g_free(change);
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

void board_set(char **string, const char *text)
{
    g_free(*string);
    *string = g_strdup(text != NULL ? text : "");
}

struct board_handed *board_handed_new(void)
{
    struct board_handed *handed = g_new0(struct board_handed, 1);
    handed->changes = board_differences_new();
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
    g_free(board);
}

struct board_step *board_step_new(void)
{
    struct board_step *step = g_new0(struct board_step, 1);
    TEXTS_BEGIN(step, step_texts);
    step->objects = g_ptr_array_new_with_free_func(object_free);
    step->fields = g_ptr_array_new_with_free_func(field_free);
    step->lines = g_ptr_array_new_with_free_func((GDestroyNotify)board_line_free);
    step->leaving = g_ptr_array_new_with_free_func((GDestroyNotify)board_line_free);
    step->trouble = g_ptr_array_new_with_free_func((GDestroyNotify)board_line_free);
    step->notes = g_ptr_array_new_with_free_func(g_free);
    step->changes = g_ptr_array_new_with_free_func(change_free);
    return step;
}

struct board_object *board_object_new(void)
{
    struct board_object *object = g_new0(struct board_object, 1);
    TEXTS_BEGIN(object, object_texts);
    object->differences = g_ptr_array_new_with_free_func(difference_free);
    object->choices = g_ptr_array_new_with_free_func(choice_free);
    return object;
}

struct board_field *board_field_new(void)
{
    struct board_field *field = g_new0(struct board_field, 1);
    TEXTS_BEGIN(field, field_texts);
    field->choices = g_ptr_array_new_with_free_func(choice_free);
    return field;
}

struct board_line *board_line_new(const char *text, const char *copy, gboolean masked)
{
    struct board_line *line = g_new0(struct board_line, 1);
    board_set(&line->text, text);
    board_set(&line->copy, copy);
    line->masked = masked;
    return line;
}

struct board_choice *board_choice_new(const char *value, const char *label, gboolean needs_text)
{
    struct board_choice *choice = g_new0(struct board_choice, 1);
    board_set(&choice->value, value);
    board_set(&choice->label, label);
    choice->needs_text = needs_text;
    return choice;
}

GPtrArray *board_differences_new(void)
{
    return g_ptr_array_new_with_free_func(difference_free);
}

struct board_change *board_change_new(gint64 at, const char *what, const char *target, const char *who)
{
    struct board_change *change = g_new0(struct board_change, 1);
    change->at = at;
    board_set(&change->what, what);
    board_set(&change->target, target);
    board_set(&change->who, who);
    return change;
}

struct board_difference *board_difference_new(const char *field, const char *wanted, const char *found)
{
    struct board_difference *difference = g_new0(struct board_difference, 1);
    board_set(&difference->field, field);
    board_set(&difference->wanted, wanted);
    board_set(&difference->found, found);
    return difference;
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

const struct board_step *board_next_step(const struct board *board)
{
    for (guint i = 0; i < board->steps->len; i++) {
        const struct board_step *step = g_ptr_array_index(board->steps, i);
        if (step_state_can_go_on(step->state))
            return step;
    }
    return NULL;
}
