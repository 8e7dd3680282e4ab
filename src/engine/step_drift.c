/* SPDX-License-Identifier: MIT */
#include "engine/step_drift.h"

#include <string.h>

#include "base/json.h"
#include "onboarding/fill.h"
#include "onboarding/kinds.h"

char *step_wanted_as(const struct onboarding *onboarding, const struct step *step)
{
    g_autoptr(GString) text = g_string_new(NULL);
    for (guint i = 0; i < step->objects->len; i++) {
        const struct object *object = g_ptr_array_index(step->objects, i);
        /* Without what is learnt from the tenant, and without today's date. */
        g_autoptr(json) with = fill_with(object->definition->with, onboarding->answers, NULL, object->item);
        g_autofree char *wanted = json_text(with);
        g_string_append_printf(text, "%s %s\n", object->key, wanted);
    }
    return g_compute_checksum_for_string(G_CHECKSUM_SHA256, text->str, -1);
}

gboolean step_was_proved(const struct situation *situation, const struct step *step)
{
    const struct step_entry *entry = situation_step(situation, step);
    if (entry->proved_at == 0)
        return FALSE;
    g_autofree char *as = step_wanted_as(situation->onboarding, step);
    return entry->proved_as[0] == '\0' || strcmp(entry->proved_as, as) == 0;
}

gint64 step_drifted_since(const struct situation *situation, const struct step *step, enum step_state state)
{
    gboolean has_drifted = FALSE;
    /* What comes first, or is waited for, hides no drift; what falls away, was skipped or told has none. */
    if (state != STEP_TO_DO && state != STEP_DIFFERS && state != STEP_NEEDS_YOU && state != STEP_BLOCKED &&
        state != STEP_WAITING)
        return 0;
    for (guint i = 0; i < step->objects->len; i++) {
        const struct object *object = g_ptr_array_index(step->objects, i);
        enum object_state found = object->observation->state;
        const struct object_entry *entry = situation_object(situation, object);
        gboolean is_put_back = entry->action == WRITE_UNDO_REPAIR && entry->phase == PHASE_VERIFIED;
        if (entry->phase == PHASE_REMOVED || is_put_back)
            return 0;
        /* What could not be read says nothing. */
        gboolean is_other = found == OBJECT_ABSENT || found == OBJECT_DIFFERS || found == OBJECT_MANY;
        has_drifted =
            has_drifted || (is_other && object->observation->checked != 0 && object->kind != &admin_role_kind);
    }
    return has_drifted && step_was_proved(situation, step) ? situation_step(situation, step)->proved_last : 0;
}
