/* SPDX-License-Identifier: MIT */
/* guest_list_read(): any bytes. Each guest is valid, and each address is there once. */
#include "input/guest_list.h"
#include "input/validate.h"
#include "tests/fuzz/fuzz.h"

static void must_be_valid(const char *field, const char *value)
{
    g_autoptr(Verdict) verdict = validate(field, value, -1);
    must(verdict->valid && strcmp(verdict->value, value) == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    g_autoptr(GuestList) list = guest_list_read((const char *)data, (gssize)size);
    g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (guint i = 0; i < list->guests->len; i++) {
        const struct guest *guest = list->guests->pdata[i];
        must_be_valid("email", guest->email);
        must(g_hash_table_add(seen, g_ascii_strdown(guest->email, -1)));
        must(guest->line >= 1);
        if (*guest->name != '\0')
            must_be_valid("display-name", guest->name);
    }
    for (guint i = 0; i < list->findings->len; i++) {
        const struct finding *finding = list->findings->pdata[i];
        must(finding->offset >= 0 && (size_t)finding->offset <= size && finding->length >= 0);
        must((size_t)finding->offset + (size_t)finding->length <= size);
        must_be_safe(finding->message);
    }
    return 0;
}
