/* SPDX-License-Identifier: MIT */
/* The journal's and the audit's lines: any bytes as either file, and as the value of one line behind a right checksum.
 */
#include "base/json.h"
#include "store/audit.h"
#include "store/chain.h"
#include "store/journal.h"
#include "store/journal_record.h"
#include "store/journal_state.h"
#include "tests/fuzz/fuzz.h"

static void read_as_files(const char *text, gsize size)
{
    g_autoptr(GError) journal = NULL;
    g_autoptr(GError) audit = NULL;
    g_autoptr(GError) links = NULL;
    int unchained = 0;
    if (journal_verify(text, size, &journal) < 0)
        must_be_said(journal);
    if (audit_verify(text, size, &unchained, &audit) < 0)
        must_be_said(audit);
    if (chain_verify_links(text, size, text, size, &links) < 0)
        must_be_said(links);
}

/* A record that was written again is the same: but for one with a time before 1970, which is none. */
static void must_come_again(const struct journal_record *record)
{
    g_autoptr(json) value = journal_record_encode(record);
    struct journal_record *again = journal_record_decode(value, NULL);
    must(again != NULL || record->at <= 0 || record->absent_at < 0);
    if (again == NULL)
        return;
    must(again->type == record->type && again->action == record->action);
    must(g_strcmp0(again->object, record->object) == 0 && g_strcmp0(again->id, record->id) == 0);
    must(g_strcmp0(again->path, record->path) == 0 && again->status == record->status);
    must(json_equal(again->old, record->old));
    journal_record_unref(again);
}

static void read_as_record(const json *value)
{
    g_autoptr(GError) error = NULL;
    struct journal_record *record = journal_record_decode(value, &error);
    if (record == NULL) {
        must_be_said(error);
        return;
    }
    must_come_again(record);
    struct journal_state *state = journal_state_new();
    journal_state_add(state, record);
    journal_state_free(state);
    journal_record_unref(record);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    g_autofree char *text = g_strndup((const char *)data, size);
    read_as_files(text, strlen(text));
    g_autoptr(json) value = json_parse((const char *)data, (gssize)size, NULL);
    if (value != NULL)
        read_as_record(value);
    return 0;
}
