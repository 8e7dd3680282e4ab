/* SPDX-License-Identifier: MIT */
/* profile_parse(): any bytes. What is taken may be shown. */
#include "onboarding/profile.h"
#include "tests/fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(Profile) profile = profile_parse((const char *)data, (gssize)size, "partner.json", &error);
    if (profile == NULL) {
        must_be_said(error);
        return 0;
    }
    must_be_safe(profile->name);
    for (guint i = 0; i < profile->steps->len; i++) {
        const struct step_definition *step = profile->steps->pdata[i];
        must_be_safe(step->title);
        must_be_safe(step->short_title != NULL ? step->short_title : "");
        for (guint k = 0; k < step->fields->len; k++)
            must_be_safe(((const struct field *)step->fields->pdata[k])->label);
        for (guint k = 0; k < step->objects->len; k++)
            must_be_safe(((const struct object_definition *)step->objects->pdata[k])->title);
    }
    return 0;
}
