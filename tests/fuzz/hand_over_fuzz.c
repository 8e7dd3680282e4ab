/* SPDX-License-Identifier: MIT */
/* hand_over_parse(): any bytes, for the built-in partner. */
#include "base/json.h"
#include "onboarding/hand_over.h"
#include "onboarding/profile.h"
#include "tests/fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct profile *profile;
    if (profile == NULL)
        profile = profile_load(NULL, NULL);
    g_autoptr(GError) error = NULL;
    g_autoptr(json) document = hand_over_parse((const char *)data, (gssize)size, "hand-over.json", profile, &error);
    if (document == NULL)
        must_be_said(error);
    else
        must(hand_over_is_one((const char *)data, (gssize)size));
    return 0;
}
