/* SPDX-License-Identifier: MIT */
#include "engine/recycle_bin.h"

#include "base/clock.h"

#define BIN_DAYS 30

char *recycle_bin_text(const struct object *object)
{
    const struct observation *observation = object->observation;
    gint64 deleted = clock_parse(observation->deleted);
    if (object->kind->bin == NULL || observation->deleted_id[0] == '\0' || observation->state != OBJECT_ABSENT)
        return NULL;
    g_autofree char *day = deleted > 0 ? clock_format_day(deleted + BIN_DAYS * G_TIME_SPAN_DAY) : NULL;
    return g_strdup_printf(
        "The %s is in the recycle bin%s%s, and until then whoever may restore it can, with its members and its role.",
        object->title, day != NULL ? " until " : " for 30 days", day != NULL ? day : "");
}
