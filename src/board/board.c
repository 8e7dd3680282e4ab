/* SPDX-License-Identifier: MIT */
#include "board/board.h"

#include <string.h>

static GPtrArray *array_of(void (*free_item)(gpointer))
{
    return g_ptr_array_new_with_free_func(free_item);
}

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
    g_free(object->key);
    g_free(object->kind);
    g_free(object->title);
    g_free(object->name);
    g_free(object->id);
    g_free(object->sentence);
    g_free(object->made);
    g_free(object->decided);
    g_ptr_array_unref(object->differences);
    g_ptr_array_unref(object->choices);
    g_free(object);
}

static void field_free(gpointer data)
{
    struct board_field *field = data;
    g_free(field->path);
    g_free(field->label);
    g_free(field->help);
    g_free(field->validator);
    g_free(field->value);
    g_free(field->suggestion);
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
    char *strings[] = {step->needed_by, step->refusal,     step->trouble_title, step->id,
                       step->title,     step->explanation, step->reason,        step->next,
                       step->wait_word, step->wait_reason, step->link,          step->told_by,
                       step->told_note, step->short_title, step->warning,       step->expected};
    for (gsize i = 0; i < G_N_ELEMENTS(strings); i++)
        g_free(strings[i]);
    g_ptr_array_unref(step->objects);
    g_ptr_array_unref(step->fields);
    g_ptr_array_unref(step->lines);
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

static void set_empty(char **strings[], gsize count)
{
    for (gsize i = 0; i < count; i++)
        board_set(strings[i], "");
}

struct board_handed *board_handed_new(void)
{
    struct board_handed *handed = g_new0(struct board_handed, 1);
    handed->changes = board_differences_new();
    handed->claims = array_of(g_free);
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
    char **strings[] = {&board->tenant_id, &board->tenant_name, &board->tenant_domain, &board->account,
                        &board->cloud,     &board->partner,     &board->partner_dated, &board->partner_sha256,
                        &board->state_dir, &board->keyring,     &board->why_read_only};
    set_empty(strings, G_N_ELEMENTS(strings));
    board->clock = clock_wall();
    board->steps = array_of(step_free);
    board->excess = array_of(g_free);
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
    char *strings[] = {board->tenant_id, board->tenant_name, board->tenant_domain, board->account,
                       board->cloud,     board->partner,     board->partner_dated, board->partner_sha256,
                       board->state_dir, board->keyring,     board->why_read_only};
    for (gsize i = 0; i < G_N_ELEMENTS(strings); i++)
        g_free(strings[i]);
    g_ptr_array_unref(board->steps);
    board_handed_free(board->handed);
    g_ptr_array_unref(board->excess);
    g_free(board);
}

struct board_step *board_step_new(void)
{
    struct board_step *step = g_new0(struct board_step, 1);
    char **strings[] = {&step->needed_by, &step->refusal,     &step->trouble_title, &step->id,
                        &step->title,     &step->explanation, &step->reason,        &step->next,
                        &step->wait_word, &step->wait_reason, &step->link,          &step->told_by,
                        &step->told_note, &step->short_title, &step->warning,       &step->expected};
    set_empty(strings, G_N_ELEMENTS(strings));
    step->objects = array_of(object_free);
    step->fields = array_of(field_free);
    step->lines = array_of((GDestroyNotify)board_line_free);
    step->trouble = array_of((GDestroyNotify)board_line_free);
    step->notes = array_of(g_free);
    step->changes = array_of(change_free);
    return step;
}

struct board_object *board_object_new(void)
{
    struct board_object *object = g_new0(struct board_object, 1);
    char **strings[] = {&object->key, &object->kind,     &object->title, &object->name,
                        &object->id,  &object->sentence, &object->made,  &object->decided};
    set_empty(strings, G_N_ELEMENTS(strings));
    object->differences = array_of(difference_free);
    object->choices = array_of(choice_free);
    return object;
}

struct board_field *board_field_new(void)
{
    struct board_field *field = g_new0(struct board_field, 1);
    char **strings[] = {&field->path,      &field->label, &field->help,
                        &field->validator, &field->value, &field->suggestion};
    set_empty(strings, G_N_ELEMENTS(strings));
    field->choices = array_of(choice_free);
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
