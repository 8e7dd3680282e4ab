/* SPDX-License-Identifier: MIT */
#include "ui/leave_answers.h"

const char *plan_obstacles_words(const struct plan *plan)
{
    return plan->leave  ? "May be there, and could not be looked for"
           : plan->undo ? "Not removed"
                        : "Not in this plan yet";
}

const char *leave_sentence(const struct plan *plan)
{
    if (plan->requests->len > 0)
        return NULL;
    if (plan_undecided(plan) > 0)
        return "Nothing is taken away before you decide: perch did not make what stands below, and each of it stays or "
               "goes as you say.";
    if (plan->obstacles->len > 0)
        return "Nothing else is there to be taken away: what stands below may be, and could not be looked for. Give "
               "what "
               "is missing, then leave again.";
    if (plan_kept(plan) > 0)
        return "Nothing more is taken away: what stands below stays, as decided.";
    return plan->by_hand->len > 0 ? "Nothing of the partner's that perch can read is left: each was read again. What "
                                    "only you can do stands below."
                                  : "Nothing of the partner's that perch can read is left: each was read again.";
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
