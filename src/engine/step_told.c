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

/* The words of GUIDE before what it names, of which TOLD begins with; 0 if it does not. */
static gsize words_of(const struct guide *guide, const char *told)
{
    const char *value = guide->tell_again != NULL ? guide->tell_again->value : "";
    gsize length = strcspn(value, "{");
    return strncmp(told, value, length) == 0 ? length : 0;
}

/* TRUE if TOLD was said by a guide of STEP whose words are others than those of GUIDE. */
static gboolean is_of_another_guide(const struct step *step, const struct guide *guide, const char *told)
{
    gsize own = words_of(guide, told);
    gboolean is_another = own != strcspn(guide->tell_again->value, "{");
    for (guint i = 0; i < step->definition->guides->len; i++)
        is_another |= words_of(g_ptr_array_index(step->definition->guides, i), told) > own;
    return is_another;
}

gboolean step_told_another_way(const struct situation *situation, const struct step *step)
{
    const struct step_entry *entry = situation_step(situation, step);
    const struct guide *guide = onboarding_guide(situation->onboarding, step);
    if (entry->told_by[0] == '\0' || entry->told_about == NULL)
        return FALSE;
    return guide == NULL || guide->tell_again == NULL ||
           (entry->told_about[0] != '\0' && is_of_another_guide(step, guide, entry->told_about));
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
