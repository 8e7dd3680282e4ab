/* SPDX-License-Identifier: MIT */
#include "engine/tenant.h"

#include <string.h>

#include "base/error.h"
#include "base/json.h"
#include "engine/hand_over.h"
#include "engine/list_answers.h"
#include "engine/list_entries.h"
#include "engine/sealing.h"
#include "engine/step_audit.h"
#include "engine/worker.h"
#include "onboarding/answers.h"

#define ANSWERS_FILE "answers.json"

void tenant_init(struct tenant *tenant, const char *named, const char *state_base)
{
    tenant->named = g_strdup(named);
    tenant->state_base = g_strdup(state_base);
    tenant->journal_state = journal_state_new();
    tenant->audits = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, step_audit_free);
}

void tenant_clear(struct tenant *tenant)
{
    g_clear_pointer(&tenant->audits, g_hash_table_unref);
    journal_close(tenant->journal);
    state_dir_close(tenant->dir);
    journal_state_free(tenant->journal_state);
    onboarding_free(tenant->onboarding);
    json_free(tenant->given_answers);
    json_free(tenant->handed);
    json_free(tenant->kept_answers);
    g_free(tenant->handed_sha256);
    g_free(tenant->answers_needed);
    g_free(tenant->named);
    g_free(tenant->state_base);
}

void tenant_set_today(struct tenant *tenant, gint64 now)
{
    g_autofree char *time = clock_format(now);
    g_autofree char *today = g_strndup(time, strlen("2026-11-24"));
    onboarding_set_value(tenant->onboarding, "today", today);
    onboarding_refill(tenant->onboarding);
}

/* TRUE if this run may go on without what is wrong in the member NAME of the folder's answers. Whoever ends what there
 * is, or reports it, needs but one; nobody asks for what was decided or left out, and what a form asks for somebody has
 * to be there to say, unless the answers given now say it. */
static gboolean may_lack(const struct worker *worker, const char *name)
{
    static const char *const never_asked[] = {"tenant", "stricter", "decisions", "done", "skip", "leave", NULL};
    if (worker->tenant.answers_needed != NULL)
        return strcmp(name, worker->tenant.answers_needed) != 0;
    return !g_strv_contains(never_asked, name) &&
           (!worker->unattended || json_get(worker->tenant.given_answers, name) != NULL);
}

/* What can be used of the answers TEXT in the file PATH, where what this run needs is there. NULL, maybe with an error,
 * if it cannot go on. Nothing can of what is no JSON: whoever ends what there is, or reports it, can do without, since
 * what nobody decided stays. */
static json *prune_answers(struct worker *worker, const char *text, const char *path, GError **error)
{
    g_autoptr(GError) cause = NULL;
    g_autoptr(json) answers = json_parse(text, -1, &cause);
    if (cause != NULL && worker->tenant.answers_needed != NULL) {
        g_autofree char *what = error_headline(cause);
        worker_log(worker, LOG_ERROR, "answers", "%s: %s All of it is left out here.", path, what);
        worker->tenant.answers_pruned = TRUE;
        return json_new_object();
    }
    if (!json_is_object(answers))
        return NULL;
    g_autoptr(GPtrArray) faults = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(json) before = json_copy(answers);
    answers_prune(worker->tenant.onboarding->profile->answers, answers, faults);
    json_for_each (member, before)
        if (!json_equal(member, json_get(answers, json_name(member))) && !may_lack(worker, json_name(member)))
            return NULL;
    for (guint i = 0; i < faults->len; i++)
        worker_log(worker, LOG_ERROR, "answers", "%s: %s That is left out here.", path,
                   (const char *)g_ptr_array_index(faults, i));
    worker->tenant.answers_pruned = worker->tenant.answers_needed != NULL;
    if (worker->tenant.answers_pruned || worker->tenant.dir->read_only)
        return g_steal_pointer(&answers);
    /* The file is written anew by whoever may, and what it was stays beside it. */
    g_autofree char *time = clock_format(g_get_real_time());
    g_autofree char *name = g_strdup_printf("answers.refused-%s.json", time);
    if (!state_dir_write(worker->tenant.dir, name, text, error))
        return NULL;
    worker_log(worker, LOG_NOTICE, "answers", "the answers as they were are kept in %s, in the same folder", name);
    return g_steal_pointer(&answers);
}

/* The answers of the folder, which perch checks before it keeps them: they were changed since, or are of another perch.
 */
static json *kept_answers(struct worker *worker, const char *text, GError **error)
{
    g_autofree char *path = state_dir_file(worker->tenant.dir, ANSWERS_FILE);
    g_autoptr(GError) cause = NULL;
    json *answers = answers_parse(worker->tenant.onboarding->profile->answers, text, -1, path, &cause);
    if (answers == NULL)
        answers = prune_answers(worker, text, path, error);
    if (answers == NULL && (error == NULL || *error == NULL))
        g_set_error(error, PERCH_ERROR, PERCH_ERROR_INPUT,
                    "%s\nMend that in this file, or move the file away: perch then asks for what stood in it.",
                    cause->message);
    return answers;
}

static gboolean load_answers(struct worker *worker, GError **error)
{
    g_autoptr(GError) cause = NULL;
    g_autofree char *text = state_dir_read(worker->tenant.dir, ANSWERS_FILE, &cause);
    g_autoptr(json) stored = NULL;
    if (cause != NULL) {
        g_propagate_error(error, g_steal_pointer(&cause));
        return FALSE;
    }
    if (text != NULL) {
        stored = kept_answers(worker, text, error);
        if (stored == NULL)
            return FALSE;
    }
    json *given = worker->tenant.onboarding->answers;
    if (!list_entries_recall(worker, stored != NULL ? stored : given, stored != NULL, error) ||
        !list_answers_name(worker, given, stored, error))
        return FALSE;
    list_answers_name_kept(worker, stored);
    g_autoptr(json) merged = stored != NULL ? g_steal_pointer(&stored) : json_new_object();
    if (worker->tenant.proposed)
        worker->tenant.kept_answers = json_copy(merged);
    answers_merge(merged, worker->tenant.onboarding->answers);
    json_free(worker->tenant.onboarding->answers);
    worker->tenant.onboarding->answers = g_steal_pointer(&merged);
    return tenant_save_answers(&worker->tenant, error);
}

/* What was typed into NAME of each entry of ENTRIES may hold anything. */
static void clean_notes(struct redactor *redactor, json *entries, const char *name)
{
    json_for_each (entry, entries) {
        g_autofree char *clean = redact(redactor, json_get_string(entry, name));
        if (clean != NULL)
            json_set_string(entry, name, clean);
    }
}

void tenant_clean_answers(struct redactor *redactor, json *answers)
{
    clean_notes(redactor, json_get(answers, "done"), "note");
    clean_notes(redactor, json_get(answers, "skip"), "reason");
}

gboolean tenant_save_answers(struct tenant *tenant, GError **error)
{
    if (tenant->dir == NULL || tenant->dir->read_only || tenant->proposed || tenant->answers_pruned)
        return TRUE;
    g_autofree char *text = json_text_indented(tenant->onboarding->answers);
    return state_dir_write(tenant->dir, ANSWERS_FILE, text, error);
}

static void close_folder(struct worker *worker)
{
    log_audit_to(worker->log, NULL, NULL, NULL);
    g_clear_pointer(&worker->tenant.journal, journal_close);
    g_clear_pointer(&worker->tenant.dir, state_dir_close);
    journal_state_free(worker->tenant.journal_state);
    worker->tenant.journal_state = journal_state_new();
}

/* The domain of --tenant is checked by the sign-in itself, since the authority is that tenant's own. */
gboolean tenant_check(const struct worker *worker, const struct sign_in_account *account, GError **error)
{
    if (!hand_over_belongs(worker, account->tenant_id, error))
        return FALSE;
    const struct {
        const char *id, *by;
    } names[] = {{worker->tenant.named, "--tenant names"},
                 {json_get_string(worker->tenant.given_answers, "tenant"), "the answers are for"}};
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++)
        if (names[i].id != NULL && g_uuid_string_is_valid(names[i].id) &&
            g_ascii_strcasecmp(names[i].id, account->tenant_id) != 0) {
            g_set_error(
                error, PERCH_ERROR, PERCH_ERROR_TENANT,
                "You are signed in to the tenant %s, and %s %s.\nNothing was sent. Sign in to the tenant you mean.",
                account->tenant_id, names[i].by, names[i].id);
            return FALSE;
        }
    return TRUE;
}

static void fold_journal(struct tenant *tenant)
{
    const GPtrArray *records = journal_records(tenant->journal);
    journal_state_free(tenant->journal_state);
    tenant->journal_state = journal_state_new();
    for (guint i = 0; i < records->len; i++)
        journal_state_add(tenant->journal_state, g_ptr_array_index(records, i));
}

void tenant_replay(struct worker *worker)
{
    fold_journal(&worker->tenant);
    worker_sync_objects(worker);
}

gboolean tenant_open(struct worker *worker, const struct sign_in_account *account, GError **error)
{
    worker->tenant.dir = state_dir_open(worker->tenant.state_base, account->tenant_id, error);
    if (worker->tenant.dir == NULL)
        return FALSE;
    if (!seal_check_links(worker->tenant.dir, error)) {
        close_folder(worker);
        return FALSE;
    }
    worker->tenant.journal =
        journal_open(worker->tenant.dir, account->tenant_id, worker->tenant.onboarding->profile->id,
                     worker->tenant.onboarding->profile->sha256, error);
    if (worker->tenant.journal == NULL ||
        !log_audit_to(worker->log, worker->tenant.dir, worker->tenant.journal, error)) {
        close_folder(worker);
        return FALSE;
    }
    seal_check_chain(worker);
    fold_journal(&worker->tenant);
    hand_over_receive(worker);
    if (!load_answers(worker, error)) {
        close_folder(worker);
        return FALSE;
    }
    struct onboarding *onboarding = worker->tenant.onboarding;
    onboarding_set_value(onboarding, "tenant.id", account->tenant_id);
    onboarding_set_value(onboarding, "me.id", account->object_id);
    onboarding_set_value(onboarding, "me.userName", account->user_name);
    onboarding_set_value(onboarding, "cloud.graph", worker->cloud->graph);
    onboarding_set_value(onboarding, "cloud.login", worker->cloud->login);
    onboarding_set_value(onboarding, "cloud.securityPortal", worker->cloud->security_portal);
    onboarding_set_value(onboarding, "cloud.entraPortal", worker->cloud->entra_portal);
    onboarding_set_value(onboarding, "cloud.myAccess", worker->cloud->my_access);
    tenant_set_today(&worker->tenant, worker_now(worker));
    onboarding_rebuild(onboarding);
    worker_sync_objects(worker);
    if (worker->tenant.dir->read_only) {
        g_autofree char *why = state_dir_why_read_only(worker->tenant.dir);
        worker_log(worker, LOG_WARNING, "lock", "this one only looks on: %s", why);
    }
    return TRUE;
}

void tenant_close(struct worker *worker)
{
    struct onboarding *onboarding = worker->tenant.onboarding;
    close_folder(worker);
    worker->tenant.checked = 0;
    g_hash_table_remove_all(worker->tenant.audits);
    worker->tenant.proposed = FALSE;
    worker->tenant.answers_pruned = FALSE;
    g_clear_pointer(&worker->tenant.kept_answers, json_free);
    list_numbers_clear(onboarding->numbers);
    json_free(onboarding->answers);
    onboarding->answers = json_copy(worker->tenant.given_answers);
    onboarding_forget(onboarding, onboarding->objects);
    onboarding_rebuild(onboarding);
    worker_sync_objects(worker);
}
