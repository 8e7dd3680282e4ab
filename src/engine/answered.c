/* SPDX-License-Identifier: MIT */
#include "engine/answered.h"

#include "base/error.h"
#include "engine/outcome.h"
#include "engine/worker.h"

/* As the end of a sentence; "" where no answer came. Caller frees. */
static char *words_of(const struct worker *worker, const struct object *object)
{
    const struct answered *answered = g_hash_table_lookup(worker->run.answered, object->key);
    return answered != NULL ? g_strdup_printf(" Microsoft, or a proxy before it, answered: %s", answered->what)
                            : g_strdup("");
}

void answered_remember(struct worker *worker, const struct object *object, const struct reply *reply)
{
    if (reply->outcome != REPLY_ANSWERED) {
        g_hash_table_remove(worker->run.answered, object->key);
        return;
    }
    struct answered *answered = g_new0(struct answered, 1);
    answered->status = reply->status;
    answered->what = reply->error != NULL ? error_headline(reply->error)
                                          : g_strdup_printf("%d, without the id of what was made. (request %s)",
                                                            reply->status, reply->request_id);
    answered->hint = g_strdup(reply->error != NULL ? error_hint(reply->error) : "");
    g_hash_table_replace(worker->run.answered, g_strdup(object->key), answered);
}

void answered_fail(struct worker *worker, const struct object *object, const char *what, const char *hint)
{
    const struct answered *answered = g_hash_table_lookup(worker->run.answered, object->key);
    g_autofree char *said = words_of(worker, object);
    g_autofree char *all = g_strconcat(what, said, NULL);
    gboolean advises = answered != NULL && answered->hint != NULL && answered->hint[0] != '\0';
    g_autofree char *next = advises ? g_strdup_printf("%s %s", answered->hint, hint) : g_strdup(hint);
    run_fail(&worker->run, object, all, next);
}

gboolean answered_is_no(const struct worker *worker, const struct object *object)
{
    const struct answered *answered = g_hash_table_lookup(worker->run.answered, object->key);
    return answered != NULL && outcome_turns_away(answered->status);
}

void answered_say_doubt(struct worker *worker, const struct object *object, const struct reply *reply)
{
    g_autofree char *headline = reply->error != NULL ? error_headline(reply->error) : g_strdup("");
    answered_remember(worker, object, reply);
    g_autofree char *said = words_of(worker, object);
    if (said[0] != '\0')
        worker_log(worker, LOG_WARNING, object->kind->name,
                   "%s That does not say what came of it: looking before anything is sent again", said + 1);
    else
        worker_log(worker, LOG_WARNING, object->kind->name,
                   "no answer came that says what happened%s%s%s: looking before anything is sent again",
                   headline[0] != '\0' ? " (" : "", headline, headline[0] != '\0' ? ")" : "");
}
