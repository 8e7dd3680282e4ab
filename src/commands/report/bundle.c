/* SPDX-License-Identifier: MIT */
#include "commands/report/bundle.h"

#include <string.h>

#include "base/json.h"
#include "base/tar.h"
#include "commands/board_json.h"
#include "commands/report/forms.h"

struct bundle {
    GByteArray *archive;
    GString *sums;
    char *folder; /* in the archive, "perch-contoso.com" */
    gint64 time;  /* seconds since 1970 */
};

static void add(struct bundle *bundle, const char *name, const char *bytes, gsize length)
{
    g_autofree char *path = g_strdup_printf("%.60s/%s", bundle->folder, name);
    g_autofree char *sum = g_compute_checksum_for_data(G_CHECKSUM_SHA256, (const guchar *)bytes, length);
    tar_add(bundle->archive, path, bytes, length, bundle->time);
    g_string_append_printf(bundle->sums, "%s  %s\n", sum, name);
}

static void add_json(struct bundle *bundle, const char *name, const json *document)
{
    g_autofree char *body = json_text_indented(document);
    g_autofree char *text = g_strconcat(body, "\n", NULL);
    add(bundle, name, text, strlen(text));
}

/* What the worker keeps there, as it stands; nothing if there is none. */
static void add_kept(struct bundle *bundle, const char *state_dir, const char *name)
{
    g_autofree char *file = g_build_filename(state_dir, name, NULL);
    g_autofree char *text = NULL;
    gsize length = 0;
    if (g_file_get_contents(file, &text, &length, NULL))
        add(bundle, name, text, length);
}

struct bundle *bundle_begin(const struct board *board, const struct plan *plan, const struct history *history)
{
    struct bundle *bundle = g_new0(struct bundle, 1);
    bundle->archive = g_byte_array_new();
    bundle->sums = g_string_new(NULL);
    bundle->folder = g_strdup_printf("perch-%s", board->tenant_domain);
    const gint64 now = clock_now(&board->clock);
    bundle->time = now / G_USEC_PER_SEC;
    g_autofree char *made = clock_format(now);
    const struct report_form *form;
    for (guint i = 0; (form = report_form_at(i)) != NULL; i++) {
        g_autofree char *text = report_text(form, board, history, now);
        g_autofree char *name = g_strconcat("report", form->endings[0], NULL);
        add(bundle, name, text, strlen(text));
    }
    g_autoptr(json) planned = board_json(board, plan);
    add_json(bundle, "plan.json", planned);
    add_kept(bundle, board->state_dir, "journal.jsonl");
    add_kept(bundle, board->state_dir, "audit.jsonl");
    add_kept(bundle, board->state_dir, "chain-seal.json");
    g_autoptr(json) about =
        json_from("{'format':1,'madeAt':%s,'perch':%s,'account':%s,'tenant':{'id':%s,'name':%s,'domain':%s},"
                  "'profile':{'partner':%s,'dated':%s,'sha256':%s},'practice':%b}",
                  made, PERCH_VERSION, board->account, board->tenant_id, board->tenant_name, board->tenant_domain,
                  board->partner, board->partner_dated, board->partner_sha256, board->practice);
    add_json(bundle, "about.json", about);
    return bundle;
}

const char *bundle_sums(const struct bundle *bundle)
{
    return bundle->sums->str;
}

GByteArray *bundle_end(struct bundle *bundle, const struct seal *seal)
{
    g_autofree char *path = g_strdup_printf("%.60s/SHA256SUMS", bundle->folder);
    g_autofree char *sums = g_strdup(bundle->sums->str);
    tar_add(bundle->archive, path, sums, strlen(sums), bundle->time);
    if (seal->key[0] != '\0') {
        g_autoptr(json) document = json_from(
            "{'format':1,'of':'SHA256SUMS','algorithm':'Ed25519','key':%s,'signature':%s}", seal->key, seal->signature);
        add_json(bundle, "SEAL.json", document);
    }
    tar_end(bundle->archive);
    GByteArray *archive = bundle->archive;
    g_string_free(bundle->sums, TRUE);
    g_free(bundle->folder);
    g_free(bundle);
    return archive;
}
