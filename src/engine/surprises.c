/* SPDX-License-Identifier: MIT */
#include "engine/surprises.h"

#include <string.h>

#include "base/json.h"
#include "engine/worker.h"
#include "microsoft/unexpected.h"

void surprises_note(struct worker *worker, const struct request *request, const struct reply *reply)
{
    g_autoptr(GPtrArray) found = unexpected_in(request, reply);
    if (reply->outcome == REPLY_ANSWERED)
        worker->run.answers++;
    while (found->len > 0) {
        struct unexpected *unexpected = g_ptr_array_steal_index(found, found->len - 1);
        g_autofree char *key = unexpected_key(unexpected);
        struct unexpected *known = g_hash_table_lookup(worker->run.surprises, key);
        if (known != NULL) {
            /* The same of another object is no news. */
            known->times++;
            unexpected_free(unexpected);
            continue;
        }
        g_autofree char *sentence = unexpected_sentence(unexpected);
        worker_log(worker, LOG_NOTICE, "answer", "Microsoft answered differently: %s", sentence);
        g_hash_table_insert(worker->run.surprises, g_steal_pointer(&key), unexpected);
    }
}

char **surprises_sentences(const struct worker *worker)
{
    g_autoptr(GList) keys = g_list_sort(g_hash_table_get_keys(worker->run.surprises), (GCompareFunc)strcmp);
    g_autoptr(GStrvBuilder) builder = g_strv_builder_new();
    for (const GList *key = keys; key != NULL; key = key->next) {
        g_autofree char *sentence = unexpected_sentence(g_hash_table_lookup(worker->run.surprises, key->data));
        g_autofree char *whole = g_strconcat("Microsoft answered differently: ", sentence, NULL);
        g_autofree char *clean = log_clean(worker->log, whole);
        g_strv_builder_add(builder, clean);
    }
    return g_strv_builder_end(builder);
}

char *surprises_document(const struct worker *worker)
{
    const struct profile *profile = worker->tenant.onboarding->profile;
    g_autofree char *now = clock_format(worker_now(worker));
    g_autoptr(json) document =
        json_from("{'perch':%s,'at':%s,'cloud':%s,'profile':{'id':%s,'dated':%s},'answers':%d}", PERCH_VERSION, now,
                  worker->cloud->name, profile->id, profile->dated, (gint64)worker->run.answers);
    json *list = json_new_array();
    g_autoptr(GList) keys = g_list_sort(g_hash_table_get_keys(worker->run.surprises), (GCompareFunc)strcmp);
    for (const GList *key = keys; key != NULL; key = key->next) {
        const struct unexpected *one = g_hash_table_lookup(worker->run.surprises, key->data);
        g_autofree char *request_id = log_clean(worker->log, one->request_id);
        g_autofree char *path = log_clean(worker->log, one->path);
        json_append(list,
                    json_from("{'what':%s,'method':%s,'path':%s,'member':%s,'status':%d,'requestId':%s,'times':%d}",
                              unexpected_word(one->kind), one->method, path, one->member, (gint64)one->status,
                              request_id, (gint64)one->times));
    }
    json_set(document, "differences", list);
    g_autofree char *text = json_text_indented(document);
    return g_strconcat(text, "\n", NULL);
}
