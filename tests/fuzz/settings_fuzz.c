/* SPDX-License-Identifier: MIT */
/* settings_load(): any bytes. What is wrong is said and left out. */
#include "tests/fuzz/fuzz.h"
#include "ui/settings.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    g_autoptr(Settings) settings = settings_load(file_of(data, size));
    must(settings != NULL);
    must(settings->client_id == NULL || g_uuid_string_is_valid(settings->client_id));
    return 0;
}
