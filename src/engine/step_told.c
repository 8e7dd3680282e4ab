/* SPDX-License-Identifier: MIT */
#include "engine/step_told.h"

#include <string.h>

#include "engine/step_fields.h"

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

char *step_told_about(const struct onboarding *onboarding, const struct step *step)
{
    const struct guide *guide = onboarding_guide(onboarding, step);
    return guide != NULL && guide->tell_again != NULL ? onboarding_text(onboarding, guide->tell_again->value) : NULL;
}

gboolean step_told_is_outdated(const struct situation *situation, const struct step *step)
{
    const struct step_entry *entry = situation_step(situation, step);
    g_autofree char *about = step_told_about(situation->onboarding, step);
    return entry->told_by[0] != '\0' && entry->told_about != NULL && about != NULL && about[0] != '\0' &&
           strcmp(about, entry->told_about) != 0;
}

gboolean step_is_told(const struct situation *situation, const struct step *step)
{
    return situation_step(situation, step)->told_by[0] != '\0' && step_can_be_told(situation->onboarding, step) &&
           !step_told_is_outdated(situation, step);
}
