/* SPDX-License-Identifier: MIT */
#include "engine/step_told.h"

#include <string.h>

#include "engine/step_fields.h"
#include "onboarding/fill.h"

gboolean step_can_be_told(const struct onboarding *onboarding, const struct step *step)
{
    const struct guide *guide = onboarding_guide(onboarding, step);
    if (guide == NULL || !guide->tell || step_missing_to_tell(onboarding, step) != NULL)
        return FALSE;
    for (guint i = 0; i < step->objects->len; i++) {
        const struct object *object = g_ptr_array_index(step->objects, i);
        /* It only reads, and could not ask: an answer or a sign-in is missing. */
        if (object->observation->state != OBJECT_MATCHES && !object->kind->portal_will_do &&
            !(object->kind->create == NULL && object->observation->state == OBJECT_UNKNOWN &&
              object->observation->checked == 0))
            return FALSE;
    }
    return TRUE;
}

gboolean step_has_to_be_seen(const struct step *step)
{
    gboolean is_missed = FALSE;
    for (guint i = 0; i < step->objects->len; i++) {
        const struct object *object = g_ptr_array_index(step->objects, i);
        enum object_state state = object->observation->state;
        /* No word makes right what reads otherwise. */
        gboolean is_amiss = state == OBJECT_DIFFERS || (state == OBJECT_ABSENT && object->observation->checked != 0);
        is_missed |= is_amiss && !object->kind->portal_will_do;
    }
    return is_missed;
}

char *step_told_about(const struct onboarding *onboarding, const struct step *step)
{
    const struct guide *guide = onboarding_guide(onboarding, step);
    return guide != NULL && guide->tell_again != NULL ? onboarding_text(onboarding, guide->tell_again->value) : NULL;
}

gboolean step_told_another_way(const struct situation *situation, const struct step *step)
{
    const struct step_entry *entry = situation_step(situation, step);
    g_autofree char *about = step_told_about(situation->onboarding, step);
    return entry->told_by[0] != '\0' && entry->told_about != NULL && about == NULL;
}

gboolean step_told_is_outdated(const struct situation *situation, const struct step *step)
{
    const struct step_entry *entry = situation_step(situation, step);
    g_autofree char *about = step_told_about(situation->onboarding, step);
    if (step_told_another_way(situation, step))
        return TRUE;
    if (entry->told_by[0] == '\0' || entry->told_about == NULL || entry->told_about[0] == '\0' || about == NULL)
        return FALSE;
    /* The tenant was read and does not hold what the guide says that telling it is about. */
    const struct guide *guide = onboarding_guide(situation->onboarding, step);
    g_autoptr(GPtrArray) keys = g_ptr_array_new_with_free_func(g_free);
    fill_references(guide->tell_again->value, keys);
    for (guint i = 0; i < keys->len; i++) {
        const struct object *object = onboarding_object(situation->onboarding, g_ptr_array_index(keys, i));
        if (object != NULL && object->observation->state == OBJECT_ABSENT)
            return TRUE;
    }
    return about[0] != '\0' && strcmp(about, entry->told_about) != 0;
}

gboolean step_is_told(const struct situation *situation, const struct step *step)
{
    return situation_step(situation, step)->told_by[0] != '\0' && step_can_be_told(situation->onboarding, step) &&
           !step_told_is_outdated(situation, step);
}
