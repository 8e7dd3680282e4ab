/* SPDX-License-Identifier: MIT */
#include "ui/leave_answers.h"

gboolean leave_is_over(const struct plan *plan)
{
    return plan->leave && plan->requests->len == 0 && plan->obstacles->len == 0;
}

gboolean leave_answers_send(struct session *session, GHashTable *decided)
{
    g_autoptr(GArray) answers = g_array_new(FALSE, FALSE, sizeof(struct answer));
    g_autoptr(GPtrArray) paths = g_ptr_array_new_with_free_func(g_free);
    GHashTableIter iterator;
    gpointer key;
    gpointer word;
    g_hash_table_iter_init(&iterator, decided);
    while (g_hash_table_iter_next(&iterator, &key, &word)) {
        char *path = g_strconcat("leave.", key, NULL);
        const struct answer answer = {.path = path, .value = word};
        g_ptr_array_add(paths, path);
        g_array_append_val(answers, answer);
    }
    if (answers->len == 0)
        return FALSE;
    session_answer_all(session, (const struct answer *)(gpointer)answers->data, answers->len);
    return TRUE;
}
