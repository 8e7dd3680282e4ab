/* SPDX-License-Identifier: MIT */
#include "ui/hit_area.h"

void hit_areas_add(GArray *hits, struct area area, enum hit_kind kind, int number, const struct item *item)
{
    if (hits == NULL)
        return;
    struct hit_area hit = {.area = area, .kind = kind, .number = number};
    if (item != NULL)
        hit.item = *item;
    g_array_append_val(hits, hit);
}

const struct hit_area *hit_areas_at(const GArray *hits, int column, int row)
{
    for (guint i = hits->len; i > 0; i--) {
        const struct hit_area *hit = &g_array_index(hits, struct hit_area, i - 1);
        const struct area *area = &hit->area;
        if (column >= area->column && column < area->column + area->columns && row >= area->row &&
            row < area->row + area->rows)
            return hit;
    }
    return NULL;
}
