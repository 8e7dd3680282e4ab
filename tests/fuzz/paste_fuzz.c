/* SPDX-License-Identifier: MIT */
/* paste_find(): any bytes. What it finds has to be valid. */
#include "input/event_hub.h"
#include "input/paste.h"
#include "input/validate.h"
#include "tests/fuzz/fuzz.h"

static void must_be_valid(const char *field, const char *value)
{
    if (value == NULL)
        return;
    g_autoptr(Verdict) verdict = validate(field, value, -1);
    must(verdict->valid && strcmp(verdict->value, value) == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    g_autoptr(PasteValues) values = paste_find((const char *)data, (gssize)size);
    must_be_valid("event-hub-id", values->event_hub_id);
    must_be_valid("event-hub-name", values->event_hub_name);
    if (values->event_hub_id != NULL) {
        g_autoptr(EventHubParts) receipt = event_hub_parts_new(values->event_hub_id);
        must(receipt != NULL);
    }
    for (guint i = 0; i < values->candidates->len; i++) {
        const struct paste_candidate *candidate = values->candidates->pdata[i];
        must_be_valid(candidate->field, candidate->value);
        must(paste_value(values, candidate->field) == NULL);
        must(candidate->offset >= 0 && (size_t)candidate->offset + (size_t)candidate->length <= size);
        for (char **reason = candidate->reasons; *reason != NULL; reason++)
            must_be_safe(*reason);
    }
    for (guint i = 0; i < values->findings->len; i++) {
        const struct finding *finding = values->findings->pdata[i];
        must(finding->offset >= 0 && finding->length >= 0);
        must((size_t)finding->offset + (size_t)finding->length <= size);
        must_be_safe(finding->message);
    }
    return 0;
}
