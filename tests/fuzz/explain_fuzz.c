/* SPDX-License-Identifier: MIT */
/* explain_text(): any text that somebody pastes. What is said comes from the table. */
#include "microsoft/explain_text.h"
#include "tests/fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    g_autofree char *text = g_utf8_make_valid((const char *)data, (gssize)size);
    g_autoptr(GPtrArray) found = explain_text(text);
    must(found->len <= 5);
    for (guint i = 0; i < found->len; i++) {
        const struct explanation *explanation = found->pdata[i];
        must_be_safe(explanation->code);
        must_be_safe(explanation->cause);
    }
    return 0;
}
