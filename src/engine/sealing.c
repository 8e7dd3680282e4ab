/* SPDX-License-Identifier: MIT */
#include "engine/sealing.h"

#include <string.h>

#include "base/error.h"
#include "base/json.h"
#include "engine/worker.h"
#include "secrets/seal_key.h"
#include "store/audit.h"
#include "store/chain.h"
#include "store/journal.h"

#define CLIENT "perch"
#define ACCOUNT "evidence"
#define LABEL "perch evidence key"
#define LAST_LABEL "perch evidence, as sealed last"

struct seal *seal_text(struct worker *worker, const char *text)
{
    g_autofree char *kind = token_store_kind(&worker->operator.tokens, KEYRING_EVIDENCE);
    const struct keyring_key place = {.tenant_id = sign_in_account(worker->operator.sign_in)->tenant_id,
                                      .client_id = CLIENT,
                                      .account = ACCOUNT,
                                      .kind = kind,
                                      .label = LABEL};
    g_autoptr(GError) error = NULL;
    g_autoptr(Secret) seed = keyring_load(worker->operator.keyring, &place, &error);
    if (seed == NULL && error == NULL) {
        seed = seal_key_new();
        keyring_save(worker->operator.keyring, &place, seed, &error);
    }
    g_autofree char *key = NULL;
    g_autofree char *signature = NULL;
    if (error != NULL) {
        g_autofree char *reason = error_headline(error);
        return seal_new("", "", reason);
    }
    if (!seal_key_sign(seed, text, strlen(text), &key, &signature))
        return seal_new("", "", "What the keyring keeps as its key is none.");
    return seal_new(key, signature, "");
}

/* Whoever reads the audit later has to find it. */
static void tell(struct worker *worker, const char *what)
{
    worker_log(worker, LOG_WARNING, "seal", "%s", what);
    log_audit(worker->log, worker_account(worker), "seal", "journal and audit", what, "does not fit", NULL);
}

/* The last seal; NULL if there is none. Caller frees. */
static json *last_seal(const struct worker *worker)
{
    g_autofree char *text = state_dir_read(worker->tenant.dir, CHAIN_SEAL_FILE, NULL);
    return text != NULL ? json_parse(text, -1, NULL) : NULL;
}

/* Under what the keyring remembers this folder's last seal, which whoever can write the folder cannot put back. Caller
 * frees KIND and FOLDER, which it borrows. */
static struct keyring_key memory_key(struct worker *worker, char **kind, char **folder)
{
    g_autofree char *path = g_canonicalize_filename(worker->tenant.dir->path, NULL);
    *kind = token_store_kind(&worker->operator.tokens, KEYRING_LAST_SEAL);
    *folder = g_compute_checksum_for_string(G_CHECKSUM_SHA256, path, -1);
    return (struct keyring_key){.tenant_id = sign_in_account(worker->operator.sign_in)->tenant_id,
                                .client_id = CLIENT,
                                .account = *folder,
                                .kind = *kind,
                                .label = LAST_LABEL};
}

/* NULL if nothing is. Caller frees. */
static json *remembered(struct worker *worker)
{
    g_autofree char *kind = NULL, *folder = NULL;
    const struct keyring_key key = memory_key(worker, &kind, &folder);
    g_autoptr(Secret) kept = keyring_load(worker->operator.keyring, &key, NULL);
    return kept != NULL ? json_parse(secret_text(kept), -1, NULL) : NULL;
}

/* What only looked at the tenant leaves nothing that would have to be vouched for. */
static gboolean is_due(const struct worker *worker, const json *before)
{
    const struct tenant *tenant = &worker->tenant;
    const struct chain_end audit = log_audit_end(worker->log);
    if (tenant->dir == NULL || tenant->dir->read_only || tenant->journal == NULL ||
        sign_in_account(worker->operator.sign_in) == NULL || keyring_state(worker->operator.keyring) != KEYRING_READY ||
        audit.lines <= 0)
        return FALSE;
    const struct chain_end journal = journal_end(tenant->journal);
    const json *noted = json_get(before, "journal");
    const json *done = json_get(before, "audit");
    return json_get_int(noted, "lines", -1) != journal.lines || json_get_int(done, "lines", -1) != audit.lines ||
           g_strcmp0(json_get_string(noted, "sum"), journal.sum) != 0 ||
           g_strcmp0(json_get_string(done, "sum"), audit.sum) != 0;
}

/* Journal and audit as they end now, sealed; NULL where no keyring keeps a key. Caller frees. */
static json *sealed_now(struct worker *worker)
{
    g_autofree char *now = clock_format(worker_now(worker));
    g_autoptr(json) document =
        chain_seal_document(sign_in_account(worker->operator.sign_in)->tenant_id, journal_end(worker->tenant.journal),
                            log_audit_end(worker->log), now);
    g_autofree char *text = chain_seal_signed_text(document);
    struct seal *seal = seal_text(worker, text);
    gboolean is_sealed = seal->key[0] != '\0';
    if (is_sealed) {
        json_set_string(document, "key", seal->key);
        json_set_string(document, "signature", seal->signature);
    }
    g_free(seal);
    return is_sealed ? g_steal_pointer(&document) : NULL;
}

void seal_chain(struct worker *worker)
{
    g_autoptr(json) before = worker->tenant.dir != NULL ? last_seal(worker) : NULL;
    if (!is_due(worker, before))
        return;
    g_autoptr(json) document = sealed_now(worker);
    const char *former = json_get_string(before, "key");
    /* Somebody who has not this keyring's key may have put all of it in the place of what was there. */
    if (document != NULL && former != NULL && g_strcmp0(former, json_get_string(document, "key")) != 0) {
        tell(worker, "what was sealed before has another key than this keyring's");
        json_free(document);
        document = sealed_now(worker);
    }
    g_autofree char *whole = document != NULL ? json_text_indented(document) : NULL;
    if (whole == NULL || !state_dir_write(worker->tenant.dir, CHAIN_SEAL_FILE, whole, NULL))
        return;
    g_autofree char *kind = NULL, *folder = NULL;
    const struct keyring_key key = memory_key(worker, &kind, &folder);
    g_autofree char *text = json_text(document);
    g_autoptr(Secret) kept = secret_new(text, -1);
    keyring_save(worker->operator.keyring, &key, kept, NULL);
}

/* The text of NAME in the folder; "" if there is none. Caller frees. */
static char *kept_text(const struct worker *worker, const char *name)
{
    char *text = state_dir_read(worker->tenant.dir, name, NULL);
    return text != NULL ? text : g_strdup("");
}

gboolean seal_check_links(const struct state_dir *dir, GError **error)
{
    /* The audit first: another perch may add to both. */
    g_autofree char *done = state_dir_read(dir, AUDIT_FILE, NULL);
    g_autoptr(GError) unreadable = NULL;
    g_autofree char *noted = state_dir_read(dir, JOURNAL_FILE, &unreadable);
    g_autoptr(GError) cause = NULL;
    gsize length = noted != NULL ? strlen(noted) : 0;
    /* Why a journal cannot be read, or is damaged, is said when it is opened. */
    if (done == NULL || unreadable != NULL || (noted != NULL && journal_verify(noted, length, NULL) < 0) ||
        chain_verify_links(noted != NULL ? noted : "", length, done, strlen(done), &cause) >= 0)
        return TRUE;
    g_set_error(
        error, PERCH_ERROR, PERCH_ERROR_STATE,
        "The journal " JOURNAL_FILE " is not the one that " AUDIT_FILE
        " goes with: %s\nNothing was sent. Put back a copy of the whole folder, or move the folder away to start "
        "from what the tenant shows: perch takes what it made for somebody else's then.",
        cause->message);
    return FALSE;
}

/* What is wrong with the texts NOTED and DONE by the seal that stands beside them; NULL: nothing. Caller frees. */
static char *problem_beside(const struct worker *worker, const char *noted, const char *done)
{
    int later = 0;
    g_autoptr(json) seal = last_seal(worker);
    const char *key = json_get_string(seal, "key");
    const char *signature = json_get_string(seal, "signature");
    g_autofree char *text = seal != NULL ? chain_seal_signed_text(seal) : NULL;
    if (seal == NULL)
        return NULL;
    if (key == NULL || signature == NULL || !seal_key_fits(key, signature, text, strlen(text)))
        return g_strdup("the seal on journal and audit does not fit: somebody changed it");
    return chain_seal_problem(seal, noted, done, &later);
}

void seal_check_chain(struct worker *worker)
{
    int later = 0;
    gboolean is_asked = keyring_state(worker->operator.keyring) == KEYRING_READY;
    if (is_asked && worker->tenant.started_over) {
        g_autofree char *kind = NULL, *folder = NULL;
        const struct keyring_key key = memory_key(worker, &kind, &folder);
        keyring_forget(worker->operator.keyring, &key, NULL);
    }
    worker->tenant.started_over = FALSE;
    /* Before the files: another perch may add to both. */
    g_autoptr(json) last = is_asked ? remembered(worker) : NULL;
    g_autofree char *last_run = kept_text(worker, LAST_RUN_FILE);
    g_autofree char *noted = kept_text(worker, JOURNAL_FILE);
    g_autofree char *done = kept_text(worker, AUDIT_FILE);
    g_autofree char *problem = problem_beside(worker, noted, done);
    g_autofree char *older = problem == NULL && last != NULL ? chain_seal_problem(last, noted, done, &later) : NULL;
    if (older != NULL)
        problem = g_strdup_printf("the keyring remembers a later seal: an older copy was put back, or the folder was "
                                  "emptied. %s",
                                  older);
    /* What the last run wrote down needs no keyring. */
    g_autoptr(json) run = json_parse(last_run, -1, NULL);
    const char *link = json_get_string(run, LAST_RUN_END);
    if (problem == NULL && link != NULL)
        problem = chain_link_problem(noted, link);
    if (problem != NULL)
        tell(worker, problem);
}
