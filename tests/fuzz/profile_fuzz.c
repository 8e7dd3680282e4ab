/* SPDX-License-Identifier: MIT */
/* profile_parse(): any bytes. What is taken may be shown. */
#include "onboarding/profile.h"
#include "tests/fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(Profile) profile = profile_parse((const char *)data, (gssize)size, "partner.json", &error);
    if (profile == NULL)
        must_be_said(error);
    for (guint i = 0; profile != NULL && i < profile->steps->len; i++)
        must_be_safe(((const struct step_definition *)profile->steps->pdata[i])->title);
    return 0;
}
