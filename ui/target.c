#include "ui/target.h"

struct targets {
    GPtrArray *all; /* of struct target */
};

static void target_free(gpointer data)
{
    struct target *target = data;
    g_free(target->item);
    g_free(target);
}

struct targets *targets_new(void)
{
    struct targets *targets = g_new0(struct targets, 1);
    targets->all = g_ptr_array_new_with_free_func(target_free);
    return targets;
}

void targets_free(struct targets *targets)
{
    if (targets == NULL)
        return;
    g_ptr_array_unref(targets->all);
    g_free(targets);
}

void targets_clear(struct targets *targets)
{
    g_ptr_array_set_size(targets->all, 0);
}

void targets_add(struct targets *targets, struct area area, enum target_kind kind, int number, const char *item)
{
    if (targets == NULL)
        return;
    struct target *target = g_new0(struct target, 1);
    target->area = area;
    target->kind = kind;
    target->number = number;
    target->item = g_strdup(item);
    g_ptr_array_add(targets->all, target);
}

static gboolean contains(const struct area *area, int column, int row)
{
    return column >= area->column && column < area->column + area->columns && row >= area->row &&
           row < area->row + area->rows;
}

const struct target *targets_at(const struct targets *targets, int column, int row)
{
    for (guint i = targets->all->len; i > 0; i--) {
        const struct target *target = g_ptr_array_index(targets->all, i - 1);
        if (contains(&target->area, column, row))
            return target;
    }
    return NULL;
}
