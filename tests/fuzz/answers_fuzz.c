/* SPDX-License-Identifier: MIT */
/* answers_parse(): any bytes for the built-in partner. What is wrong can be taken out, and then nothing is: each fault
 * is said, and made safe where it is shown. */
#include "base/json.h"
#include "onboarding/answers.h"
#include "onboarding/profile.h"
#include "tests/fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct profile *profile;
    if (profile == NULL)
        profile = profile_load(NULL, NULL);
    g_autoptr(GError) error = NULL;
    g_autoptr(json) answers = answers_parse(profile->answers, (const char *)data, (gssize)size, "answers.json", &error);
    if (answers != NULL) {
        g_autoptr(GPtrArray) remarks = g_ptr_array_new_with_free_func(g_free);
        answers_remark(profile->answers, answers, "answers.json", remarks);
        for (guint i = 0; i < remarks->len; i++)
            must_be_safe(remarks->pdata[i]);
        return 0;
    }
    must_be_said(error);
    g_autoptr(json) value = json_parse((const char *)data, (gssize)size, NULL);
    if (!json_is_object(value))
        return 0;
    g_autoptr(GPtrArray) faults = g_ptr_array_new_with_free_func(g_free);
    answers_prune(profile->answers, value, faults);
    must(answers_check(profile->answers, value, "$", NULL));
    for (guint i = 0; i < faults->len; i++)
        must(*(const char *)faults->pdata[i] != '\0');
    return 0;
}
