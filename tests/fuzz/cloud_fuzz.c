/* SPDX-License-Identifier: MIT */
/* cloud_from_file(): any bytes. Every address that is taken is https. */
#include "microsoft/cloud.h"
#include "tests/fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(Cloud) cloud = cloud_from_file(file_of(data, size), NULL, &error);
    if (cloud == NULL) {
        must_be_said(error);
        return 0;
    }
    must_be_safe(cloud->title);
    must(g_str_has_prefix(cloud->login, "https://") && g_str_has_prefix(cloud->graph, "https://"));
    return 0;
}
