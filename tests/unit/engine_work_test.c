/* SPDX-License-Identifier: MIT */
/*
 * What the engine does, on a bench without network and clock: what is noted, what is sent, how long is waited, and what
 * is said, for each way that a service may answer and each thing that a person may say.
 */
#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "base/json.h"
#include "engine/apply.h"
#include "engine/check.h"
#include "engine/hand_over.h"
#include "engine/network_log.h"
#include "engine/operator_input.h"
#include "engine/undo.h"
#include "engine/uses.h"
#include "engine/worker.h"
#include "engine/write.h"
#include "support/engine_bench.h"
#include "support/support.h"

#define MADE                                                                                                           \
    "note={'type':'intent','object':'thing','action':'create','absentAt':'1970-01-12T13:46:39Z'}; "                    \
    "note={'type':'sent','object':'thing'}; note={'type':'replied','object':'thing','id':'t1'}; "                      \
    "note={'type':'verified','object':'thing','id':'t1'}; "
#define ANSWERED                                                                                                       \
    "note={'type':'intent','object':'thing','action':'create','absentAt':'1970-01-12T13:46:39Z'}; "                    \
    "note={'type':'sent','object':'thing'}; note={'type':'replied','object':'thing','id':'t1'}; "
#define REPAIRED                                                                                                       \
    "note={'type':'adopted','object':'thing','id':'t1'}; "                                                             \
    "note={'type':'intent','object':'thing','action':'repair','old':{'size':2}}; note={'type':'sent','object':"        \
    "'thing'}; note={'type':'replied','object':'thing'}; note={'type':'verified','object':'thing','id':'t1'}; "
#define NEXT_MADE                                                                                                      \
    "note={'type':'intent','object':'next','action':'create'}; note={'type':'sent','object':'next'}; "                 \
    "note={'type':'replied','object':'next','id':'n1'}; note={'type':'verified','object':'next','id':'n1'}; "
#define PORTAL_MADE                                                                                                    \
    "note={'type':'intent','object':'portal','action':'create'}; note={'type':'sent','object':'portal'}; "             \
    "note={'type':'replied','object':'portal','id':'p1'}; note={'type':'verified','object':'portal','id':'p1'}; "
#define LATE_SENT                                                                                                      \
    "note={'type':'intent','object':'portal','action':'create','absentAt':'1970-01-12T13:46:39Z'}; "                   \
    "note={'type':'sent','object':'portal'}; "
#define LEFT                                                                                                           \
    "note={'type':'intent','object':'thing','action':'create'}; note={'type':'sent','object':'thing'}; "               \
    "note={'type':'replied','object':'thing','id':'t1'}; note={'type':'verified','object':'thing','id':'t1',"          \
    "'takeBack':{'path':'/v1.0/made-up/t1','title':'T','kind':'made-up','step':'thing'}}; "                            \
    "note={'type':'decided','object':'thing','decision':'use:t2'}; "
#define OTHERS_ADOPTED                                                                                                 \
    "note={'type':'adopted','object':'portal','id':'p'}; note={'type':'adopted','object':'again','id':'a'}; "          \
    "note={'type':'adopted','object':'away','id':'w'}; "
#define ALL_ADOPTED OTHERS_ADOPTED "note={'type':'adopted','object':'next','id':'n'}; "

#define SENT_BEFORE                                                                                                    \
    "note={'type':'intent','object':'thing','action':'create','absentAt':'1970-01-12T13:46:39Z'}; "                    \
    "note={'type':'sent','object':'thing'}; note={'type':'refused','object':'thing','answerLost':true}; "
#define SENT_UNLOOKED                                                                                                  \
    "note={'type':'intent','object':'thing','action':'create'}; note={'type':'sent','object':'thing'}; "               \
    "note={'type':'refused','object':'thing','answerLost':true}; "
#define REFUSED_BEFORE                                                                                                 \
    "note={'type':'intent','object':'thing','action':'create','absentAt':'1970-01-12T13:46:39Z'}; "                    \
    "note={'type':'sent','object':'thing'}; note={'type':'refused','object':'thing'}; "

/* What was done, in a line: what was noted | what was sent | seconds that passed | the error | what failed. */
static char *outcome_of_bench(struct bench *bench, gboolean ok, const GError *error)
{
    g_autofree char *journal = bench_journal(bench);
    g_autoptr(GString) text = g_string_new(NULL);
    GHashTableIter iterator;
    gpointer key;
    gpointer value;
    g_autofree char *headline = error != NULL ? error_headline(error) : g_strdup(ok ? "" : "failed without a reason");
    g_string_append_printf(text, "%s | %s| %d s | %s |", journal, bench->sent->str,
                           (int)((bench->now - MADE_UP_NOW) / G_USEC_PER_SEC), headline);
    g_hash_table_iter_init(&iterator, bench->worker.run.failures);
    while (g_hash_table_iter_next(&iterator, &key, &value)) {
        const struct failure *failure = value;
        g_string_append_printf(text, " %s%s: %s", (const char *)key, failure->of_undo ? " (undo)" : "", failure->what);
    }
    return g_string_free(g_steal_pointer(&text), FALSE);
}

static gboolean write_as(struct bench *bench, enum action_kind kind, GError **error)
{
    struct object *thing = made_up_object(bench->made_up, "thing");
    return check_one(&bench->worker, thing, error) && write_action(&bench->worker, thing, kind, error);
}

static gboolean do_create(struct bench *bench, GError **error)
{
    return write_as(bench, ACTION_CREATE, error);
}

static gboolean do_repair(struct bench *bench, GError **error)
{
    return write_as(bench, ACTION_REPAIR, error);
}

static gboolean do_remove(struct bench *bench, GError **error)
{
    return write_as(bench, ACTION_REMOVE, error);
}

static gboolean do_resolve(struct bench *bench, GError **error)
{
    return write_as(bench, ACTION_RESOLVE, error);
}

static gboolean do_adopt(struct bench *bench, GError **error)
{
    return write_as(bench, ACTION_ADOPT, error);
}

static gboolean do_stopped(struct bench *bench, GError **error)
{
    bench->stops = TRUE;
    return write_as(bench, ACTION_CREATE, error);
}

static gboolean do_check(struct bench *bench, GError **error)
{
    return check_all(&bench->worker, error) && check_again(&bench->worker, error);
}

static gboolean do_apply(struct bench *bench, GError **error)
{
    return do_check(bench, error) && apply_all(&bench->worker, NULL, TRUE, error);
}

static gboolean do_apply_thing(struct bench *bench, GError **error)
{
    return do_check(bench, error) && apply_all(&bench->worker, "thing", TRUE, error);
}

static gboolean do_undo(struct bench *bench, GError **error)
{
    return do_check(bench, error) && undo_all(&bench->worker, 0, error);
}

static gboolean do_undo_twice(struct bench *bench, GError **error)
{
    gboolean ok = do_undo(bench, error);
    bench->now += 60 * G_USEC_PER_SEC;
    g_hash_table_remove_all(bench->worker.run.failures);
    return ok && do_undo(bench, error);
}

static const struct {
    gboolean (*work)(struct bench *bench, GError **error);
    const char *script;
    const char *reads;
    const char *answers;
    const char *outcome;
} works[] = {
    /* A creation. */
    {do_create, "", "thing=absent,matches:t1", "201:t1",
     "intent sent replied verified | POST /v1.0/made-up; | 0 s |  |"},
    {do_create, "", "thing=absent,absent,absent,matches:t1", "201:t1",
     "intent sent replied verified | POST /v1.0/made-up; | 3 s |  |"},
    {do_create, "", "thing=absent", "201:t1", "intent sent replied | POST /v1.0/made-up; | 181 s |  |"},
    {do_create, "", "thing=absent,differs:t1", "201:t1",
     "intent sent replied | POST /v1.0/made-up; | 181 s |  | thing: The service said yes, and it cannot be read as "
     "wanted yet."},
    {do_create, "", "thing=absent,many", "201:t1",
     "intent sent replied | POST /v1.0/made-up; | 0 s |  | thing: The service said yes, and it cannot be read as "
     "wanted yet."},
    {do_create, "", "thing=absent", "400", "intent sent refused | POST /v1.0/made-up; | 0 s |  | thing: It says 400"},
    {do_create, "", "thing=absent", "not-sent", "intent sent refused | POST /v1.0/made-up; | 0 s | It says 0 |"},
    {do_create, "", "thing=absent,matches:t1", "303", "intent sent verified | POST /v1.0/made-up; | 0 s |  |"},
    {do_create, "thing.door", "thing=absent,matches:t1", "303",
     "intent sent replied verified | POST /v1.0/made-up; | 0 s |  |"},
    {do_create, "", "thing=absent,absent,matches:t1", "lost", "intent sent verified | POST /v1.0/made-up; | 1 s |  |"},
    {do_create, "", "thing=absent,absent,matches:t1@-3600", "lost",
     "intent sent refused | POST /v1.0/made-up; | 181 s |  |"},
    {do_create, "", "thing=absent", "lost", "intent sent refused | POST /v1.0/made-up; | 181 s |  |"},
    {do_create, "", "thing=absent,unread", "lost",
     "intent sent | POST /v1.0/made-up; | 601 s | It cannot be found out yet what came of the request for thing “T”: "
     "It says 503 |"},
    {do_create, "", "thing=absent,unread,absent", "500", "intent sent refused | POST /v1.0/made-up; | 181 s |  |"},
    {do_create, "", "thing=absent,many", "lost", "intent sent | POST /v1.0/made-up; | 0 s |  |"},
    {do_create, "", "thing=absent,matches:t1", "409", "intent sent refused adopted | POST /v1.0/made-up; | 0 s |  |"},
    {do_create, "", "thing=absent", "409",
     "intent sent refused refused | POST /v1.0/made-up; | 181 s |  | thing: It says 409"},
    {do_stopped, "", "thing=absent", "201:t1",
     "intent sent replied | POST /v1.0/made-up; | 0 s | Stopped. What was sent is written down. |"},
    {do_stopped, "", "thing=absent", "429",
     "intent sent refused | POST /v1.0/made-up; | 0 s | Stopped before the next request. |"},
    {do_stopped, "", "thing=absent", "lost",
     "intent sent | POST /v1.0/made-up; | 0 s | Stopped. What was sent is written down. |"},
    /* What ends a run while the answer is awaited, or looked for, says that it is in doubt; being stopped says so
       itself. */
    {do_create, "", "thing=absent,offline", "lost",
     "intent sent | POST /v1.0/made-up; | 0 s | What came of the request for thing “T” is not known: It is offline |"},
    {do_create, "", "thing=absent,stopped", "lost", "intent sent | POST /v1.0/made-up; | 0 s | It is stopped |"},
    {do_create, "", "thing=absent", "201:t1!",
     "intent sent | POST /v1.0/made-up; | 0 s | What came of the request for thing “T” is not known: Another perch "
     "works on this tenant, so this one only reads and keeps nothing. |"},
    {do_create, "", "thing=absent,busy,matches:t1", "lost", "intent sent verified | POST /v1.0/made-up; | 1 s |  |"},
    {do_create, "", "thing=offline", "", " | | 0 s | It is offline |"},
    {do_check, "", "thing=offline", "", " | | 0 s | It is offline |"},
    {do_check, "", "thing=stopped", "", " | | 0 s | It is stopped |"},
    {do_check, "", "thing=signed-out", "", " | | 0 s | It is signed-out |"},
    {do_check, "", "thing=foreign", "", " | | 0 s | It is foreign |"},
    {do_check, "", "thing=busy", "", " | | 0 s |  |"},
    {do_check, "", "thing=unread", "", " | | 0 s |  |"},
    /* It exists already, and a request of before may have made it. */
    {do_create, SENT_BEFORE, "thing=absent,matches:t1@5", "409",
     "intent sent verified | POST /v1.0/made-up; | 0 s |  |"},
    {do_create, SENT_BEFORE, "thing=absent,matches:t1@-3600", "409",
     "intent sent refused adopted | POST /v1.0/made-up; | 181 s |  |"},
    {do_create, SENT_BEFORE, "thing=absent,matches:t1", "409",
     "intent sent refused adopted | POST /v1.0/made-up; | 0 s |  |"},
    {do_create, SENT_UNLOOKED, "thing=absent,matches:t1", "409",
     "intent sent refused adopted | POST /v1.0/made-up; | 0 s |  |"},
    {do_create, SENT_BEFORE, "thing=absent", "409",
     "intent sent refused | POST /v1.0/made-up; | 181 s |  | thing: It says 409"},
    {do_create, REFUSED_BEFORE, "thing=absent,matches:t1@5", "409",
     "intent sent refused adopted | POST /v1.0/made-up; | 0 s |  |"},
    {do_apply, ALL_ADOPTED,
     "thing=absent,absent,absent,absent,absent,absent,absent,absent,absent,absent,absent,absent,absent,absent,matches:"
     "t1",
     "lost 409",
     "intent sent refused proved intent sent verified proved | POST /v1.0/made-up; POST /v1.0/made-up; | 182 s |  |"},
    /* A removal that was said to be done, of what is still there. */
    {do_adopt,
     MADE "note={'type':'intent','object':'thing','action':'remove'}; note={'type':'removed','object':'thing'}",
     "thing=matches:t1", "", "verified | | 0 s |  |"},
    {do_adopt,
     MADE "note={'type':'intent','object':'thing','action':'remove'}; note={'type':'removed','object':'thing'}",
     "thing=matches:t2", "", "adopted | | 0 s |  |"},
    /* A repair is looked at once more before it is sent. */
    {do_apply,
     ALL_ADOPTED
     "note={'type':'adopted','object':'thing','id':'t1'}; note={'type':'decided','object':'thing','decision':'repair'}",
     "thing=differs:t1,differs:t1,matches:t1", "204",
     "intent sent replied verified proved | PATCH /v1.0/made-up/t1; | 0 s |  |"},
    {do_apply,
     ALL_ADOPTED
     "note={'type':'adopted','object':'thing','id':'t1'}; note={'type':'decided','object':'thing','decision':'repair'}",
     "thing=differs:t1,matches:t1", "", "proved | | 0 s |  |"},
    /* It differs otherwise by now than whoever decided was shown. */
    {do_apply,
     ALL_ADOPTED
     "note={'type':'adopted','object':'thing','id':'t1'}; note={'type':'decided','object':'thing','decision':'repair'}",
     "thing=differs:t1,differs/3:t1", "",
     "proved | | 0 s |  | thing: Somebody changed it while perch worked: it was not repaired."},
    /* A repair. */
    {do_repair, "", "thing=differs:t1,matches:t1", "204",
     "intent sent replied verified | PATCH /v1.0/made-up/t1; | 0 s |  |"},
    {do_repair, "", "thing=differs:t1", "204",
     "intent sent replied | PATCH /v1.0/made-up/t1; | 181 s |  | thing: The service said yes, and it cannot be read as "
     "wanted yet."},
    {do_repair, "", "thing=differs:t1,matches:t1", "lost", "intent sent verified | PATCH /v1.0/made-up/t1; | 0 s |  |"},
    {do_repair, "", "thing=differs:t1", "lost", "intent sent refused | PATCH /v1.0/made-up/t1; | 181 s |  |"},
    {do_repair, "", "thing=differs:t1", "403",
     "intent sent refused | PATCH /v1.0/made-up/t1; | 0 s |  | thing: It says 403"},
    /* What was wanted for a while. */
    {do_remove, MADE, "thing=matches:t1,absent", "204", "intent sent removed | DELETE /v1.0/made-up/t1; | 0 s |  |"},
    {do_remove, MADE, "thing=matches:t1", "403",
     "intent sent refused | DELETE /v1.0/made-up/t1; | 0 s |  | thing: It says 403"},
    {do_remove, MADE, "thing=matches:t1,absent", "404", "intent sent removed | DELETE /v1.0/made-up/t1; | 181 s |  |"},
    {do_remove, MADE, "thing=matches:t1,absent", "lost", "intent sent removed | DELETE /v1.0/made-up/t1; | 181 s |  |"},
    {do_remove, MADE, "thing=matches:t1,unknown", "lost",
     "intent sent | DELETE /v1.0/made-up/t1; | 601 s | It cannot be found out yet what came of the request for thing "
     "“T”: "
     " |"},
    {do_remove, MADE, "thing=matches:t1", "not-sent",
     "intent sent refused | DELETE /v1.0/made-up/t1; | 0 s | It says 0 |"},
    /* Taken over. */
    {do_adopt, "", "thing=matches:t1", "", "adopted | | 0 s |  |"},
    {do_adopt, MADE, "thing=matches:t1", "", "verified | | 0 s |  |"},
    {do_resolve,
     "note={'type':'intent','object':'thing','action':'create','absentAt':'1970-01-12T13:46:39Z'}; "
     "note={'type':'sent','object':'thing'}",
     "thing=absent", "", "refused | | 181 s |  |"},
    /* Nothing dates it, and a copy may show what is gone. */
    {do_resolve, "note={'type':'intent','object':'thing','action':'create'}; note={'type':'sent','object':'thing'}",
     "thing=matches:t1", "", "refused | | 181 s |  |"},
    /* A check. */
    {do_check, "", "", "", " | | 0 s |  |"},
    {do_check, MADE, "thing=matches:t1", "", " | | 0 s |  |"},
    {do_check, MADE, "thing=absent", "", " | | 180 s |  |"},
    {do_check, MADE, "thing=absent,absent,matches:t1", "", " | | 15 s |  |"},
    /* An apply. */
    {do_apply, ALL_ADOPTED "note={'type':'adopted','object':'thing','id':'t1'}", "thing=matches:t1", "",
     " | | 0 s |  |"},
    {do_apply, ALL_ADOPTED, "thing=absent,absent,matches:t1", "201:t1",
     "intent sent replied verified proved | POST /v1.0/made-up; | 0 s |  |"},
    {do_apply, OTHERS_ADOPTED, "thing=absent,absent,matches:t1; next=absent,absent,matches:n1", "201:t1 201:n1",
     "intent sent replied verified proved intent sent replied verified proved | POST /v1.0/made-up; POST "
     "/v1.0/made-up; | 0 s |  |"},
    {do_apply, OTHERS_ADOPTED, "thing=absent,absent,matches:t1; next=absent,absent,matches:n1", "201:t1 404 404 201:n1",
     "intent sent replied verified proved intent sent refused intent sent refused intent sent replied verified proved "
     "| POST /v1.0/made-up; POST /v1.0/made-up; POST /v1.0/made-up; POST /v1.0/made-up; | 3 s |  |"},
    /* What is next was looked for with the proof of the last write: the last of those looks counts. */
    {do_apply, OTHERS_ADOPTED, "thing=absent,absent,matches:t1; next=absent,matches:n9", "201:t1",
     "intent sent replied verified proved adopted | POST /v1.0/made-up; | 0 s |  |"},
    {do_apply, OTHERS_ADOPTED, "thing=absent,absent,absent,absent,matches:t1; next=absent,absent,absent,matches:n9",
     "201:t1", "intent sent replied verified proved adopted | POST /v1.0/made-up; | 3 s |  |"},
    {do_apply, OTHERS_ADOPTED, "thing=absent,absent,matches:t1; next=absent,unread,absent,matches:n1", "201:t1 201:n1",
     "intent sent replied verified proved intent sent replied verified proved | POST /v1.0/made-up; POST "
     "/v1.0/made-up; | 0 s |  |"},
    /* Of one that takes the place of another nothing is known by what was read of that one's. */
    {do_apply,
     OTHERS_ADOPTED
     "thing.chosen; next.chosen; note={'type':'intent','object':'thing','action':'create','as':'other'}; "
     "note={'type':'sent','object':'thing'}; note={'type':'replied','object':'thing','id':'t1'}; "
     "note={'type':'verified','object':'thing','id':'t1'}; " NEXT_MADE,
     "thing=absent,absent,matches:t2; next=matches:n1,absent,matches:n2", "201:t2 201:n2",
     "intent sent replied verified proved intent sent replied verified proved | POST /v1.0/made-up; POST "
     "/v1.0/made-up; | 0 s |  |"},
    {do_apply, OTHERS_ADOPTED, "thing=absent; next=absent", "400",
     "intent sent refused proved | POST /v1.0/made-up; | 0 s |  | thing: It says 400"},
    {do_apply, OTHERS_ADOPTED, "thing=absent; next=absent", "lost lost",
     "intent sent refused proved intent sent refused | POST /v1.0/made-up; POST /v1.0/made-up; | 362 s |  | thing: It "
     "was sent twice, no answer came, and nothing came of it either time."},
    {do_apply, ALL_ADOPTED, "thing=absent,matches:t9", "", "adopted proved | | 0 s |  |"},
    {do_apply_thing, "note={'type':'adopted','object':'portal','id':'p'}",
     "thing=absent,absent,matches:t1; next=absent", "201:t1",
     "intent sent replied verified proved | POST /v1.0/made-up; | 0 s |  |"},
    {do_apply, ALL_ADOPTED, "thing=differs:t1", "", " | | 0 s |  |"},
    /* An undo. */
    {do_undo, "", "", "", " | | 0 s |  |"},
    /* Another has taken its place: that one is somebody else's. */
    {do_undo, MADE, "thing=matches:t9", "404", "intent sent refused gone | DELETE /v1.0/made-up/t1; | 181 s |  |"},
    /* ... and would go with what it stands on. */
    {do_undo, MADE NEXT_MADE, "thing=matches:t1; next=matches:n9", "404",
     "intent sent refused | DELETE /v1.0/made-up/n1; | 181 s |  | next (undo): The one that perch made is gone, and "
     "another (n9) has taken its place: perch did not make that one, and leaves it with what it stands on. thing "
     "(undo): It stays, because it belongs with next, which was not removed."},
    {do_undo, MADE, "thing=matches:t1,absent", "204", "intent sent removed | DELETE /v1.0/made-up/t1; | 0 s |  |"},
    {do_undo, MADE, "thing=matches:t1", "204",
     "intent sent removed | DELETE /v1.0/made-up/t1; | 181 s |  | thing (undo): Microsoft said that it is removed, and "
     "it can still be read."},
    {do_undo, MADE, "thing=matches:t1", "403",
     "intent sent refused | DELETE /v1.0/made-up/t1; | 0 s |  | thing (undo): It says 403"},
    {do_undo, MADE, "thing=matches:t1", "lost lost",
     "intent sent refused intent sent refused | DELETE /v1.0/made-up/t1; DELETE /v1.0/made-up/t1; | 362 s |  | thing "
     "(undo): Its removal was sent twice, and it is still there."},
    {do_undo, MADE, "thing=matches:t1,absent", "lost", "intent sent removed | DELETE /v1.0/made-up/t1; | 181 s |  |"},
    {do_undo, MADE, "thing=matches:t1", "not-sent",
     "intent sent refused | DELETE /v1.0/made-up/t1; | 0 s | It says 0 |"},
    {do_undo, MADE "", "thing=absent", "", "gone | | 180 s |  |"},
    {do_undo, REPAIRED, "thing=matches:t1,differs:t1", "204",
     "intent sent replied verified | PATCH /v1.0/made-up/thing; | 0 s |  |"},
    {do_undo, REPAIRED, "thing=matches:t1", "204",
     "intent sent replied verified | PATCH /v1.0/made-up/thing; | 181 s |  |"},
    {do_undo, REPAIRED, "thing=matches:t1", "403",
     "intent sent refused | PATCH /v1.0/made-up/thing; | 0 s |  | thing (undo): It says 403"},
    {do_undo, REPAIRED, "thing=matches:t1,differs:t1", "lost",
     "intent sent verified | PATCH /v1.0/made-up/thing; | 0 s |  |"},
    {do_undo, REPAIRED, "thing=differs:t1", "", " | | 0 s |  |"},
    /* It may be another's, made at that moment: nobody was told that yet, and the next undo removes it. */
    {do_undo,
     "note={'type':'intent','object':'thing','action':'create','absentAt':'1970-01-12T13:46:39Z'}; "
     "note={'type':'sent','object':'thing'}",
     "thing=matches:t1", "",
     "verified | | 0 s |  | thing (undo): No answer says that perch made it: it was only found now, and another "
     "administrator may have made it."},
    {do_undo,
     "note={'type':'intent','object':'thing','action':'create','absentAt':'1970-01-12T13:46:39Z'}; "
     "note={'type':'sent','object':'thing'}; note={'type':'replied','object':'thing','answerLost':true}",
     "thing=matches:t1", "",
     "verified | | 0 s |  | thing (undo): No answer says that perch made it: it was only found now, and another "
     "administrator may have made it."},
    {do_undo_twice,
     "note={'type':'intent','object':'thing','action':'create','absentAt':'1970-01-12T13:46:39Z'}; "
     "note={'type':'sent','object':'thing'}; note={'type':'replied','object':'thing','answerLost':true}",
     "thing=matches:t1,matches:t1,absent", "204",
     "verified intent sent removed | DELETE /v1.0/made-up/t1; | 60 s |  |"},
    {do_undo_twice,
     "note={'type':'intent','object':'thing','action':'create','absentAt':'1970-01-12T13:46:39Z'}; "
     "note={'type':'sent','object':'thing'}",
     "thing=matches:t1,matches:t1,matches:t1,matches:t1,absent", "204",
     "verified intent sent removed | DELETE /v1.0/made-up/t1; | 60 s |  |"},
    {do_undo, "note={'type':'intent','object':'thing','action':'create'}; note={'type':'sent','object':'thing'}",
     "thing=many", "",
     " | | 0 s |  | thing (undo): The answer to its creation was lost, and which one perch made is not known."},
    {do_undo, MADE "note={'type':'intent','object':'next','action':'create'}; note={'type':'sent','object':'next'}",
     "thing=matches:t1; next=many", "",
     " | | 0 s |  | next (undo): The answer to its creation was lost, and which one perch made is not known. thing "
     "(undo): It stays, because it belongs with next, which was not removed."},
    /* The answer to its creation named somebody else's. */
    {do_undo, ANSWERED, "thing=differs:t1@-4000", "", "not-ours | | 0 s |  |"},
    {do_undo_twice, ANSWERED, "thing=differs:t1@-4000", "", "not-ours | | 60 s |  |"},
    {do_create, "", "thing=absent,differs:t1@-4000", "201:t1",
     "intent sent replied not-ours | POST /v1.0/made-up; | 181 s |  |"},
    /* What it comes to takes too long to be sat out: that stays, with what it belongs to, and the rest goes. */
    {do_undo, MADE PORTAL_MADE, "thing=matches:t1,absent; portal=matches:p1", "lost 204",
     "intent sent intent sent removed | DELETE /v1.0/made-up/p1; DELETE /v1.0/made-up/t1; | 181 s |  |"},
    {do_undo, MADE NEXT_MADE LATE_SENT, "thing=matches:t1,absent; next=matches:n1,absent; portal=absent", "204 204",
     "intent sent removed intent sent removed | DELETE /v1.0/made-up/n1; DELETE /v1.0/made-up/t1; | 181 s |  |"},
    {do_undo, ANSWERED, "thing=differs:t1@1,absent", "204",
     "intent sent removed | DELETE /v1.0/made-up/t1; | 0 s |  |"},
    /* People hold it, or nobody can tell. */
    {do_undo, "thing.held; " MADE, "thing=matches:t1; held=held", "",
     " | | 0 s |  | thing (undo): Ann holds it, which perch made."},
    {do_undo, "thing.held; " MADE NEXT_MADE, "thing=matches:t1; next=matches:n1; held=held", "",
     " | | 0 s |  | next (undo): It stays, because it belongs with thing “T”, which was not removed. thing (undo): "
     "Ann holds it, which perch made."},
    {do_undo, "thing.held; " MADE, "thing=matches:t1,absent; held=nobody", "204",
     "intent sent removed | DELETE /v1.0/made-up/t1; | 180 s |  |"},
    {do_undo, "thing.held; " MADE, "thing=matches:t1,absent; held=unread", "204",
     "intent sent removed | DELETE /v1.0/made-up/t1; | 0 s |  |"},
    /* Others put something into it, and nothing but a part of it is kept for that. */
    {do_undo, "thing.filled; " MADE NEXT_MADE, "thing=matches:t1; next=matches:n1,absent; held=filled", "204",
     "intent sent removed | DELETE /v1.0/made-up/n1; | 0 s |  | thing (undo): Bob put something into it."},
    {do_undo, "thing.filled; next.part; " MADE NEXT_MADE, "thing=matches:t1; next=matches:n1; held=filled", "",
     " | | 0 s |  | next (undo): It stays, because it belongs with thing “T”, which was not removed. thing (undo): Bob "
     "put something into it."},
    {do_undo, "thing.filled; " MADE, "thing=matches:t1,absent; held=nobody,nobody,filled", "",
     " | | 120 s |  | thing (undo): Bob put something into it."},
    {do_undo, "thing.filled; " MADE, "thing=matches:t1,absent; held=nobody", "204",
     "intent sent removed | DELETE /v1.0/made-up/t1; | 180 s |  |"},
    {do_undo, "thing.filled; " MADE, "thing=matches:t1; held=unread", "",
     " | | 180 s |  | thing (undo): What others may use it for could not be read now (/v1.0/made-up/held: 503)."},
    {do_undo, "thing.filled; " MADE, "thing=matches:t1,absent; held=unread,nobody", "204",
     "intent sent removed | DELETE /v1.0/made-up/t1; | 180 s |  |"},
    /* Who is refused once is not asked again and again. */
    {do_undo, "thing.filled; " MADE, "thing=matches:t1,absent; held=unauthorized", "204",
     "intent sent removed | DELETE /v1.0/made-up/t1; | 0 s |  |"},
    /* What is removed and shown still keeps what it needs, by which alone it can be asked for. */
    {do_undo,
     MADE NEXT_MADE "note={'type':'intent','object':'next','action':'remove'}; "
                    "note={'type':'removed','object':'next'}; ",
     "thing=matches:t1; next=matches:n1", "",
     " | | 0 s |  | next (undo): Microsoft said that it is removed, and it can still be read. thing (undo): It stays, "
     "because it belongs with next, which was not removed."},
    /* Somebody else's would be left without it. */
    {do_undo, "next.outliving; " MADE, "thing=matches:t1; next=matches:n1", "",
     " | | 0 s |  | thing (undo): It stays, because it belongs with next, which was not removed."},
    {do_undo, "next.outliving; " MADE, "thing=matches:t1,absent; next=absent", "204",
     "intent sent removed | DELETE /v1.0/made-up/t1; | 0 s |  |"},
    {do_undo, MADE NEXT_MADE, "thing=matches:t1,absent; next=matches:n1,absent", "204 204",
     "intent sent removed intent sent removed | DELETE /v1.0/made-up/n1; DELETE /v1.0/made-up/t1; | 0 s |  |"},
    {do_undo, MADE NEXT_MADE, "thing=matches:t1; next=matches:n1", "403",
     "intent sent refused | DELETE /v1.0/made-up/n1; | 0 s |  | next (undo): It says 403 thing (undo): It stays, "
     "because it belongs with next, which was not removed."},
    /* What went with another, and can only be removed to be known. */
    {do_undo, MADE NEXT_MADE "note={'type':'gone','object':'thing'}", "thing=absent; n1=absent", "204",
     "intent sent removed | DELETE /v1.0/made-up/n1; | 0 s |  |"},
    {do_undo, MADE NEXT_MADE "note={'type':'gone','object':'thing'}", "thing=absent", "403",
     "intent sent refused | DELETE /v1.0/made-up/n1; | 0 s |  | next (undo): It says 403"},
    {do_undo, MADE NEXT_MADE "note={'type':'gone','object':'thing'}", "thing=absent", "lost lost",
     "intent sent intent sent | DELETE /v1.0/made-up/n1; DELETE /v1.0/made-up/n1; | 0 s |  | next (undo): Its removal "
     "was sent twice without an answer that says so; it may be gone."},
    {do_undo, MADE NEXT_MADE "note={'type':'gone','object':'thing'}", "thing=absent", "not-sent",
     "intent sent refused | DELETE /v1.0/made-up/n1; | 0 s | It says 0 |"},
    /* What was left behind for another. */
    {do_undo, LEFT, "thing=matches:t2", "204", "intent sent removed | DELETE /v1.0/made-up/t1; | 0 s |  |"},
    {do_undo, LEFT, "thing=matches:t2", "403",
     "intent sent refused | DELETE /v1.0/made-up/t1; | 0 s |  | thing of an earlier answer: T was made for an earlier "
     "answer and is left: It says 403. (undo): T was made for an earlier answer and is left: It says 403."},
    {do_undo, LEFT, "thing=matches:t2", "lost",
     "intent sent | DELETE /v1.0/made-up/t1; | 0 s |  | thing of an earlier answer: T was made for an earlier answer "
     "and is left: It says 0. (undo): T was made for an earlier answer and is left: It says 0."},
};

/* WORK: what is said, its parts parted by "|". */
static const struct {
    const char *work;
    const char *answers; /* there before; NULL: the company alone */
    const char *script;
    const char *reads;
    const char *outcome;
} sayings[] = {
    {"tell|portal|done it", NULL, "", "",
     "{'type':'told','step':'portal','note':'done it','by':'ann@contoso.com'} | {'company':'Contoso'} | "},
    {"tell|thing|done it", NULL, "", "",
     "| {'company':'Contoso'} | The step “thing” is not one that can be told: it is proved or it is not done."},
    {"tell|nowhere|done it", NULL, "", "",
     "| {'company':'Contoso'} | The step “nowhere” is not one that can be told: it is proved or it is not done."},
    {"tell|hand|done it", NULL, "", "", "| {'company':'Contoso'} | That cannot be told yet: Ticket is missing."},
    {"tell|hand|done it", "{'company':'C','ticket':'1'}", "", "",
     "{'type':'told','step':'hand','note':'done it','by':'ann@contoso.com'} | {'company':'C','ticket':'1'} | "},
    {"tell|portal|done it", NULL, "note={'type':'told','step':'portal','by':'" BENCH_ACCOUNT "','note':'done it'}", "",
     "| {'company':'Contoso'} | "},
    {"tell|portal|again", NULL, "note={'type':'told','step':'portal','by':'" BENCH_ACCOUNT "','note':'done it'}", "",
     "{'type':'told','step':'portal','note':'again','by':'ann@contoso.com'} | {'company':'Contoso'} | "},
    {"tell|portal|done it", NULL, "note={'type':'told','step':'portal','by':'bob','note':'done it'}", "",
     "{'type':'told','step':'portal','note':'done it','by':'ann@contoso.com'} | {'company':'Contoso'} | "},
    {"untell|portal", NULL, "", "",
     "| {'company':'Contoso'} | Nothing was told about “portal” that could be taken back."},
    {"untell|nowhere", NULL, "", "",
     "| {'company':'Contoso'} | Nothing was told about “nowhere” that could be taken back."},
    {"untell|portal", "{'company':'C','done':{'portal':{'note':'n'},'hand':{}}}",
     "note={'type':'told','step':'portal','by':'bob','note':'done it'}", "",
     "{'type':'untold','step':'portal','by':'ann@contoso.com'} | {'company':'C','done':{'hand':{}}} | "},
    {"skip|portal|not here", NULL, "", "",
     "{'type':'skipped','step':'portal','reason':'not here','by':'ann@contoso.com'} | {'company':'Contoso'} | "},
    {"skip|portal|", NULL, "", "", "| {'company':'Contoso'} | Say why “portal” is left out; the report shows it."},
    {"skip|begin|not here", NULL, "", "",
     "| {'company':'Contoso'} | “begin” cannot be left out: everything else rests on it."},
    {"skip|nowhere|not here", NULL, "", "", "| {'company':'Contoso'} | There is no step “nowhere”."},
    {"unskip|portal", "{'company':'C','skip':{'portal':{'reason':'r'},'hand':{'reason':'r'}}}",
     "note={'type':'skipped','step':'portal','by':'bob','reason':'x'}", "",
     "{'type':'skipped','step':'portal','by':'ann@contoso.com'} | {'company':'C','skip':{'hand':{'reason':'r'}}} | "},
    {"unskip|portal", NULL, "note={'type':'skipped','step':'portal','by':'bob','reason':'x'}", "",
     "{'type':'skipped','step':'portal','by':'ann@contoso.com'} | {'company':'Contoso'} | "},
    {"override|later|now", NULL, "", "",
     "{'type':'overridden','step':'later','by':'ann@contoso.com'} | {'company':'Contoso'} | "},
    {"override|later|soon", NULL, "", "", "| {'company':'Contoso'} | Type the word “now” to go on without the wait."},
    {"override|thing|now", NULL, "", "", "| {'company':'Contoso'} | The wait of “thing” cannot be overridden."},
    {"override|nowhere|now", NULL, "", "", "| {'company':'Contoso'} | The wait of “nowhere” cannot be overridden."},
    {"decide|thing|keep", NULL, "", "thing=differs:t1",
     "{'type':'decided','object':'thing','decision':'keep','about':'cea2530d','by':'ann@contoso.com'} | "
     "{'company':'Contoso'} | "},
    {"decide|thing|repair", NULL, "", "thing=differs:t1",
     "{'type':'decided','object':'thing','decision':'repair','about':'cea2530d','by':'ann@contoso.com'} | "
     "{'company':'Contoso'} | "},
    {"decide|thing|create", NULL, "", "thing=differs:t1",
     "| {'company':'Contoso'} | “create” is not one of the choices that are offered now."},
    {"decide|thing|use:m1", NULL, "", "thing=many",
     "{'type':'decided','object':'thing','decision':'use:m1','by':'ann@contoso.com'} | {'company':'Contoso'} | "},
    {"decide|thing|use:m2", NULL, "", "thing=many",
     "| {'company':'Contoso'} | “use:m2” is not one of the choices that are offered now."},
    {"decide|thing|name:Other", NULL, "", "thing=many",
     "{'type':'decided','object':'thing','decision':'name:Other','by':'ann@contoso.com'} | {'company':'Contoso'} | "},
    {"decide|thing|name:", NULL, "", "thing=many",
     "| {'company':'Contoso'} | “name:” is not one of the choices that are offered now."},
    {"decide|nothing|keep", NULL, "", "",
     "| {'company':'Contoso'} | There is nothing called “nothing” to decide about."},
    {"undecide|thing", NULL, "note={'type':'decided','object':'thing','decision':'keep','about':'cea2530d','by':'bob'}",
     "", "{'type':'undecided','object':'thing','by':'ann@contoso.com'} | {'company':'Contoso'} | "},
    {"undecide|thing", "{'company':'C','decisions':{'thing':'keep','next':'keep'}}",
     "note={'type':'decided','object':'thing','decision':'keep','about':'cea2530d','by':'bob'}", "",
     "{'type':'undecided','object':'thing','by':'ann@contoso.com'} | {'company':'C','decisions':{'next':'keep'}} | "},
    {"undecide|thing", NULL, "", "",
     "| {'company':'Contoso'} | Nothing was decided about “thing” that could be taken back."},
    {"undecide|nothing", NULL, "", "",
     "| {'company':'Contoso'} | Nothing was decided about “nothing” that could be taken back."},
    {"answer|company|Contoso", NULL, "", "", "| {'company':'Contoso'} | "},
    {"answer|company|", NULL, "", "", "| {} | "},
    {"answer|nowhere|x", NULL, "", "", "| {'company':'Contoso'} | nowhere: this name is not known."},
    {"answer|company|Contoso|used|yes", NULL, "", "", "| {'company':'Contoso','used':true} | "},
    {"answer|company|Contoso|nowhere|x", NULL, "", "", "| {'company':'Contoso'} | nowhere: this name is not known."},
    {"answer|day|1970-01-11", NULL, "value=today=1970-01-12", "",
     "| {'company':'Contoso'} | Day: 1970-01-11 has gone by; today is 1970-01-12."},
    {"answer|day|1970-01-12", NULL, "value=today=1970-01-12", "", "| {'company':'Contoso','day':'1970-01-12'} | "},
    {"forget|thing", NULL, "note={'type':'decided','object':'next','decision':'remove','by':'bob'}", "",
     "{'type':'undecided','object':'next','by':''} | {'company':'Contoso'} | "},
    {"forget|thing", NULL, "note={'type':'decided','object':'next','decision':'keep','by':'bob'}", "",
     "| {'company':'Contoso'} | "},
    {"forget|portal", NULL, "note={'type':'decided','object':'next','decision':'remove','by':'bob'}", "",
     "| {'company':'Contoso'} | "},
    /* What the answers say. */
    {"take", NULL, "", "", "| {'company':'Contoso'} | "},
    {"take", "{'company':'C','done':{'portal':{'by':'bob','note':'n'}}}", "", "",
     "{'type':'told','step':'portal','note':'n','by':'bob'} | "
     "{'company':'C','done':{'portal':{'by':'bob','note':'n'}}} | "},
    {"take", "{'company':'C','done':{'portal':{}}}", "", "",
     "{'type':'told','step':'portal','note':'','by':'ann@contoso.com'} | {'company':'C','done':{'portal':{}}} | "},
    {"take", "{'company':'C','done':{'hand':{}}}", "", "", "| {'company':'C','done':{'hand':{}}} | "},
    {"take", "{'company':'C','done':{'portal':{'note':'n'}}}",
     "note={'type':'told','step':'portal','by':'bob','note':'done it'}", "",
     "| {'company':'C','done':{'portal':{'note':'n'}}} | "},
    {"take", "{'company':'C','done':{'again':{'note':'n'}}}", "", "",
     "| {'company':'C','done':{'again':{'note':'n'}}} | "},
    {"take", "{'company':'C','done':{'again':{'note':'n'}}}", "", "again=matches:a1",
     "{'type':'told','step':'again','note':'n','about':'a1','by':'ann@contoso.com'} | "
     "{'company':'C','done':{'again':{'note':'n'}}} | "},
    {"take", "{'company':'C','done':{'again':{'note':'n'}}}",
     "note={'type':'told','step':'again','by':'bob','note':'n','about':'a0'}", "again=matches:a1",
     "| {'company':'C','done':{'again':{'note':'n'}}} | "},
    {"take", "{'company':'C','done':{'again':{'note':'n2'}}}",
     "note={'type':'told','step':'again','by':'bob','note':'n','about':'a0'}", "again=matches:a1",
     "{'type':'told','step':'again','note':'n2','about':'a1','by':'ann@contoso.com'} | "
     "{'company':'C','done':{'again':{'note':'n2'}}} | "},
    {"take", "{'company':'C','skip':{'portal':{'reason':'r','by':'bob'}}}", "", "",
     "{'type':'skipped','step':'portal','reason':'r','by':'bob'} | "
     "{'company':'C','skip':{'portal':{'reason':'r','by':'bob'}}} | "},
    {"take", "{'company':'C','skip':{'portal':{'reason':'r'}}}",
     "note={'type':'skipped','step':'portal','by':'bob','reason':'x'}", "",
     "| {'company':'C','skip':{'portal':{'reason':'r'}}} | "},
    {"take", "{'company':'C','decisions':{'thing':'keep'}}", "", "thing=differs:t1",
     "{'type':'decided','object':'thing','decision':'keep','about':'cea2530d','by':'ann@contoso.com'} | "
     "{'company':'C','decisions':{'thing':'keep'}} | "},
    {"take", "{'company':'C','decisions':{'made-up':'keep'}}", "", "thing=differs:t1",
     "{'type':'decided','object':'thing','decision':'keep','about':'cea2530d','by':'ann@contoso.com'} "
     "{'type':'undecided','object':'next','decision':'keep','by':''} "
     "{'type':'undecided','object':'again','decision':'keep','by':''} "
     "{'type':'undecided','object':'away','decision':'keep','by':''} "
     "| {'company':'C','decisions':{'made-up':'keep'}} | "},
    /* What is not offered was said about nothing, and does not decide about what comes later. */
    {"take", "{'company':'C','decisions':{'thing':'keep'}}",
     "note={'type':'undecided','object':'thing','decision':'keep','by':''}", "thing=differs:t1",
     "| {'company':'C','decisions':{'thing':'keep'}} | "},
    {"take", "{'company':'C','decisions':{'thing':'keep'}}", "", "thing=unknown",
     "| {'company':'C','decisions':{'thing':'keep'}} | "},
    {"take", "{'company':'C','decisions':{'thing':'create'}}", "", "thing=differs:t1",
     "{'type':'undecided','object':'thing','decision':'create','by':''} | "
     "{'company':'C','decisions':{'thing':'create'}} | "},
    {"take", "{'company':'C','decisions':{'thing':'keep'}}",
     "note={'type':'decided','object':'thing','decision':'keep','about':'cea2530d','by':'bob'}", "thing=differs:t1",
     "| {'company':'C','decisions':{'thing':'keep'}} | "},
    {"take", "{'company':'C','decisions':{'thing':'repair'}}",
     "note={'type':'decided','object':'thing','decision':'keep','about':'cea2530d','by':'bob'}", "thing=differs:t1",
     "{'type':'undecided','object':'thing','decision':'repair','by':''} | "
     "{'company':'C','decisions':{'thing':'repair'}} | "},
    {"take", "{'company':'C','decisions':{'thing':'repair','made-up':'keep'}}", "", "thing=differs:t1",
     "{'type':'decided','object':'thing','decision':'repair','about':'cea2530d','by':'ann@contoso.com'} "
     "{'type':'undecided','object':'next','decision':'keep','by':''} "
     "{'type':'undecided','object':'again','decision':'keep','by':''} "
     "{'type':'undecided','object':'away','decision':'keep','by':''} "
     "| {'company':'C','decisions':{'thing':'repair','made-up':'keep'}} | "},
    {"take", "{'company':'C','decisions':{'thing':'allow:T'}}", "", "thing=differs:t1",
     "| {'company':'C','decisions':{'thing':'allow:T'}} | "},
    {"take", "{'company':'C','decisions':{'thing':'keep','next':'keep'}}", "", "thing=differs:t1; portal=differs:n1",
     "{'type':'decided','object':'thing','decision':'keep','about':'cea2530d','by':'ann@contoso.com'} "
     "{'type':'undecided','object':'next','decision':'keep','by':''} | "
     "{'company':'C','decisions':{'thing':'keep','next':'keep'}} | "},
    {"take-read-only", "{'company':'C','decisions':{'thing':'keep'}}", "", "thing=differs:t1",
     "| {'company':'C','decisions':{'thing':'keep'}} | "},
    {"take", NULL, "note={'type':'handed','object':'thing','decision':'keep','by':'bob','when':'1970-01-11T00:00:00Z'}",
     "thing=differs:t1",
     "{'type':'decided','object':'thing','decision':'keep','about':'cea2530d','by':'bob','when':'1970-01-11T00:00:00Z'}"
     " | "
     "{'company':'Contoso'} | "},
    {"take", NULL, "note={'type':'handed','object':'thing','decision':'repair','about':'cea2530d 0a1b2c3d','by':'bob'}",
     "thing=differs:t1",
     "{'type':'decided','object':'thing','decision':'repair','about':'cea2530d','by':'bob','when':'1970-01-12T13:46:"
     "40Z'} | "
     "{'company':'Contoso'} | "},
    /* It is not as whoever decided saw it, or not offered: he did not decide that, nor what comes later. */
    {"take", NULL, "note={'type':'handed','object':'thing','decision':'repair','about':'0a1b2c3d','by':'bob'}",
     "thing=differs:t1", "{'type':'undecided','object':'thing','by':''} | {'company':'Contoso'} | "},
    {"take", NULL, "note={'type':'handed','object':'thing','decision':'create','by':'bob'}", "thing=differs:t1",
     "{'type':'undecided','object':'thing','by':''} | {'company':'Contoso'} | "},
    {"take", NULL, "note={'type':'handed','object':'thing','decision':'repair','by':'bob'}", "thing=matches:t1",
     "{'type':'undecided','object':'thing','by':''} | {'company':'Contoso'} | "},
    {"take", NULL, "note={'type':'handed','object':'thing','decision':'repair','by':'bob'}", "thing=unknown",
     "| {'company':'Contoso'} | "},
    {"take", NULL,
     "note={'type':'decided','object':'thing','decision':'repair'}; "
     "note={'type':'handed','object':'thing','decision':'keep','by':'bob'}",
     "thing=differs:t1", "| {'company':'Contoso'} | "},
/* What a colleague handed over. */
#define HANDED "{'tenant':{'id':'t'},'written':{'by':'bob','at':'1970-01-11T00:00:00Z'},"
    {"handed|" HANDED "'told':{'portal':{'by':'cy','note':'n','at':'1970-01-10T00:00:00Z'}}}", NULL, "", "",
     "{'type':'told','step':'portal','note':'n','from':'bob','by':'cy','when':'1970-01-10T00:00:00Z'} "
     "{'type':'handed-over','from':'bob','digest':'sum','by':'ann@contoso.com'} | {'company':'Contoso'} | "},
    {"handed|" HANDED "'told':{'portal':{'by':'cy','at':'1970-01-10T00:00:00Z'}}}", NULL,
     "note={'type':'told','step':'portal','by':'dan','note':'x'}", "",
     "{'type':'handed-over','from':'bob','digest':'sum','by':'ann@contoso.com'} | {'company':'Contoso'} | "},
    {"handed|" HANDED "'skipped':{'portal':{'by':'cy','reason':'r','at':'1970-01-10T00:00:00Z'}}}", NULL, "", "",
     "{'type':'skipped','step':'portal','reason':'r','from':'bob','by':'cy','when':'1970-01-10T00:00:00Z'} "
     "{'type':'handed-over','from':'bob','digest':'sum','by':'ann@contoso.com'} | {'company':'Contoso'} | "},
    {"handed|" HANDED "'skipped':{'portal':{'by':'cy','reason':'r','at':'1970-01-10T00:00:00Z'}}}", NULL,
     "note={'type':'skipped','step':'portal','by':'dan','reason':'x'}", "",
     "{'type':'handed-over','from':'bob','digest':'sum','by':'ann@contoso.com'} | {'company':'Contoso'} | "},
    {"handed|" HANDED "'waits':{'later':{'began':'1970-01-10T00:00:00Z','until':'1970-01-13T00:00:00Z'}}}", NULL, "",
     "",
     "{'type':'wait','step':'later','until':'1970-01-13T00:00:00Z','by':'ann@contoso.com','when':'1970-01-10T00:00:00Z'"
     "} {'type':'handed-over','from':'bob','digest':'sum','by':'ann@contoso.com'} | {'company':'Contoso'} | "},
    {"handed|" HANDED
     "'waits':{'later':{'began':'1970-01-10T00:00:00Z','until':'1970-01-13T00:00:00Z','endedBy':'cy'}}}",
     NULL, "", "",
     "{'type':'wait','step':'later','until':'1970-01-13T00:00:00Z','by':'ann@contoso.com','when':'1970-01-10T00:00:00Z'"
     "} {'type':'overridden','step':'later','from':'bob','by':'cy'} "
     "{'type':'handed-over','from':'bob','digest':'sum','by':'ann@contoso.com'} | {'company':'Contoso'} | "},
    {"handed|" HANDED
     "'waits':{'later':{'began':'1970-01-10T00:00:00Z','until':'1970-01-13T00:00:00Z','endedBy':'cy'}}}",
     NULL, "note={'type':'wait','step':'later','until':'1970-01-13T00:00:00Z'}", "",
     "{'type':'handed-over','from':'bob','digest':'sum','by':'ann@contoso.com'} | {'company':'Contoso'} | "},
    {"handed|" HANDED "'objects':[{'step':'thing','object':'thing','id':'t1'}]}", NULL, "", "thing=absent",
     "{'type':'gone','object':'thing','id':'t1','by':'ann@contoso.com'} "
     "{'type':'handed-over','from':'bob','digest':'sum','by':'ann@contoso.com'} | {'company':'Contoso'} | "},
    {"handed|" HANDED "'objects':[{'step':'thing','object':'thing','id':'t1'}]}", NULL, "", "thing=matches:t1",
     "{'type':'handed-over','from':'bob','digest':'sum','by':'ann@contoso.com'} | {'company':'Contoso'} | "},
    {"handed|" HANDED "'proved':{'portal':'1970-01-10T00:00:00Z'}}", NULL, "", "",
     "{'type':'proved','step':'portal','from':'bob','by':'ann@contoso.com','when':'1970-01-10T00:00:00Z'} "
     "{'type':'handed-over','from':'bob','digest':'sum','by':'ann@contoso.com'} | {'company':'Contoso'} | "},
    {"handed|" HANDED "'proved':{'portal':'1970-01-10T00:00:00Z'}}", NULL, "note={'type':'proved','step':'portal'}", "",
     "{'type':'handed-over','from':'bob','digest':'sum','by':'ann@contoso.com'} | {'company':'Contoso'} | "},
    {"handed|" HANDED "'decisions':{'thing':{'decision':'keep','by':'cy','at':'1970-01-10T00:00:00Z'}}}", NULL, "",
     "thing=differs:t1",
     "{'type':'handed','object':'thing','decision':'keep','from':'bob','by':'cy','when':'1970-01-10T00:00:00Z'} "
     "{'type':'handed-over','from':'bob','digest':'sum','by':'ann@contoso.com'} "
     "{'type':'decided','object':'thing','decision':'keep','about':'cea2530d','from':'bob','by':'cy','when':'1970-01-"
     "10T00:00:00Z'} | "
     "{'company':'Contoso'} | "},
    {"handed|" HANDED
     "'decisions':{'made-up':{'decision':'keep','by':'cy','about':'0a1b2c3d','at':'1970-01-10T00:00:00Z"
     "'}}}",
     NULL, "", "thing=differs:t1",
     "{'type':'handed','object':'thing','decision':'keep','about':'0a1b2c3d','from':'bob','by':'cy','when':'1970-01-"
     "10T00:00:00Z'} "
     "{'type':'handed','object':'next','decision':'keep','about':'0a1b2c3d','from':'bob','by':'cy','when':'1970-01-"
     "10T00:00:00Z'} "
     "{'type':'handed','object':'again','decision':'keep','about':'0a1b2c3d','from':'bob','by':'cy','when':'1970-01-"
     "10T00:00:00Z'} "
     "{'type':'handed','object':'away','decision':'keep','about':'0a1b2c3d','from':'bob','by':'cy','when':'1970-01-"
     "10T00:00:00Z'} "
     "{'type':'handed-over','from':'bob','digest':'sum','by':'ann@contoso.com'} "
     "{'type':'undecided','object':'thing','by':''} {'type':'undecided','object':'next','by':''} "
     "{'type':'undecided','object':'again','by':''} {'type':'undecided','object':'away','by':''} | "
     "{'company':'Contoso'} | "},
    {"handed|" HANDED "'decisions':{'thing':{'decision':'keep','by':'cy','at':'1970-01-10T00:00:00Z'}}}", NULL,
     "note={'type':'decided','object':'thing','decision':'repair'}", "thing=differs:t1",
     "{'type':'handed-over','from':'bob','digest':'sum','by':'ann@contoso.com'} | {'company':'Contoso'} | "},
};

static gboolean say(struct bench *bench, char *const *words, GError **error)
{
    struct worker *worker = &bench->worker;
    const char *what = words[0];
    const char *id = words[1];
    if (strcmp(what, "tell") == 0)
        return operator_input_tells(worker, id, BENCH_ACCOUNT, words[2], error);
    if (strcmp(what, "untell") == 0)
        return operator_input_untells(worker, id, error);
    if (strcmp(what, "skip") == 0)
        return operator_input_skips(worker, id, BENCH_ACCOUNT, words[2], error);
    if (strcmp(what, "unskip") == 0)
        return operator_input_skips(worker, id, BENCH_ACCOUNT, NULL, error);
    if (strcmp(what, "override") == 0)
        return operator_input_overrides(worker, id, words[2], error);
    if (strcmp(what, "decide") == 0)
        return operator_input_decides(worker, id, words[2], error);
    if (strcmp(what, "undecide") == 0)
        return operator_input_undecides(worker, id, error);
    if (strcmp(what, "forget") == 0)
        return operator_input_forget_removals(worker, made_up_object(bench->made_up, id), error);
    if (strcmp(what, "answer") == 0)
        return operator_input_answers(worker, words + 1, error);
    if (strcmp(what, "take-read-only") == 0)
        worker->tenant.dir->read_only = TRUE;
    if (strcmp(what, "handed") == 0)
        worker->tenant.handed = short_json(id);
    return operator_input_take_answers(worker, error);
}

/* What was noted, with all that it says, and what the answers are now. */
static char *said_and_noted(struct bench *bench, gboolean ok, const GError *error)
{
    const GPtrArray *records = journal_records(bench->worker.tenant.journal);
    g_autofree char *answers = json_text(bench->worker.tenant.onboarding->answers);
    g_autofree char *headline = error != NULL ? error_headline(error) : g_strdup(ok ? "" : "failed without a reason");
    g_autoptr(GString) text = g_string_new(NULL);
    for (guint i = 1; i < records->len; i++) {
        g_autoptr(json) value = journal_record_encode(g_ptr_array_index(records, i));
        json_remove(value, "at");
        if (json_get(value, "digest") != NULL)
            json_set_string(value, "digest", "sum");
        g_autofree char *line = json_text(value);
        g_string_append_printf(text, "%s ", line);
    }
    g_string_append_printf(text, "| %s | %s", answers, headline);
    return g_strdelimit(g_string_free(g_steal_pointer(&text), FALSE), "\"", '\'');
}

static void test_what_is_said(void **state)
{
    guint wrong = 0;
    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(sayings); i++) {
        g_autoptr(GError) error = NULL;
        g_auto(GStrv) words = g_strsplit(sayings[i].work, "|", -1);
        struct bench *bench = bench_new(sayings[i].answers, sayings[i].script);
        bench_read(bench, sayings[i].reads);
        gboolean ok = check_all(&bench->worker, &error) && say(bench, words, &error);
        g_autofree char *outcome = said_and_noted(bench, ok, error);
        if (strcmp(outcome, sayings[i].outcome) != 0) {
            fprintf(stderr, "saying %zu (%s)\n  \"%s\"\n  instead of\n  \"%s\"\n", i, sayings[i].work, outcome,
                    sayings[i].outcome);
            wrong++;
        }
        bench_free(bench);
    }
    assert_int_equal(wrong, 0);
}

static void test_what_is_done(void **state)
{
    guint wrong = 0;
    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(works); i++) {
        g_autoptr(GError) error = NULL;
        struct bench *bench = bench_new(NULL, works[i].script);
        bench_read(bench, works[i].reads);
        bench_answer(bench, works[i].answers);
        gboolean ok = works[i].work(bench, &error);
        g_autofree char *outcome = outcome_of_bench(bench, ok, error);
        if (bench->answers->len > 0) {
            fprintf(stderr, "row %zu: %u answers are left\n", i, bench->answers->len);
            wrong++;
        }
        if (strcmp(outcome, works[i].outcome) != 0) {
            fprintf(stderr, "row %zu (%s; %s; %s)\n  \"%s\"\n  instead of\n  \"%s\"\n", i, works[i].script,
                    works[i].reads, works[i].answers, outcome, works[i].outcome);
            wrong++;
        }
        bench_free(bench);
    }
    assert_int_equal(wrong, 0);
}

/* What a creation asks for it to be called tells later whether its answer was to somebody else. */
static void test_an_intent_keeps_the_name_that_a_creation_asks_for(void **state)
{
    static const enum write_action actions[] = {WRITE_CREATE, WRITE_REPAIR};
    static const char *const names[] = {"N", NULL};
    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(actions); i++) {
        g_autoptr(GError) error = NULL;
        g_autoptr(Reply) reply = NULL;
        g_autoptr(Request) request =
            request_write("POST", SERVICE_GRAPH, json_from("{'displayName':%s}", "N"), "/v1.0/made-up");
        struct bench *bench = bench_new(NULL, "");
        bench_answer(bench, "201:t1");
        assert_true(write_send(&bench->worker, made_up_object(bench->made_up, "thing"), actions[i], request, NULL,
                               &reply, &error));
        const GPtrArray *records = journal_records(bench->worker.tenant.journal);
        const struct journal_record *intent = g_ptr_array_index(records, 1);
        assert_int_equal(intent->type, RECORD_INTENT);
        assert_int_equal(g_strcmp0(intent->name, names[i]), 0);
        bench_free(bench);
    }
}

/* Answers are kept by whoever may write, once what was handed over is accepted. */
static void test_where_answers_are_kept(void **state)
{
    (void)state;
    static const struct {
        gboolean read_only, proposed, pruned, closed;
        gboolean are_kept;
    } cases[] = {
        {.are_kept = TRUE}, {.read_only = TRUE}, {.proposed = TRUE}, {.pruned = TRUE}, {.closed = TRUE},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GError) error = NULL;
        g_autofree char *text = NULL;
        struct bench *bench = bench_new("{'company':'Contoso'}", "");
        struct tenant *tenant = &bench->worker.tenant;
        struct state_dir *dir = tenant->dir;
        g_autofree char *file = state_dir_file(dir, "answers.json");
        dir->read_only = cases[i].read_only;
        tenant->proposed = cases[i].proposed;
        tenant->answers_pruned = cases[i].pruned;
        tenant->dir = cases[i].closed ? NULL : dir;
        assert_true(tenant_save_answers(tenant, &error));
        tenant->dir = dir;
        g_file_get_contents(file, &text, NULL, NULL);
        assert_int_equal(text != NULL && strstr(text, "Contoso") != NULL, cases[i].are_kept);
        bench_free(bench);
    }
}

/* The next line of the log about SUBJECT; NULL if there is none. Caller frees. */
static char *logged(struct bench *bench, const char *subject)
{
    for (;;) {
        g_autoptr(Event) event = queue_pop(bench->worker.events);
        if (event == NULL)
            return NULL;
        if (event->kind == EVENT_LOG && strcmp(event->log->subject, subject) == 0)
            return g_strdup(event->log->text);
    }
}

/* Whoever made that file decides whom perch believes; the practice tenant has no certificate. */
static void test_authorities_of_a_persons_own_are_told(void **state)
{
    (void)state;
    static const struct {
        const char *file;
        gboolean practice;
        const char *told;
    } cases[] = {
        {"/a/b.pem", FALSE, "the authorities to trust come from /a/b.pem (CURL_CA_BUNDLE), not from the system"},
        {"/a/b.pem", TRUE, NULL},
        {"", FALSE, NULL},
    };
    g_unsetenv("SSL_CERT_FILE");
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        struct bench *bench = bench_new(NULL, "");
        struct cloud cloud = *bench->worker.cloud;
        cloud.practice = cases[i].practice;
        bench->worker.cloud = &cloud;
        g_setenv("CURL_CA_BUNDLE", cases[i].file, TRUE);
        network_log_authorities(&bench->worker);
        g_autofree char *text = logged(bench, "network");
        assert_true(g_strcmp0(text, cases[i].told) == 0);
        bench_free(bench);
    }
}

/* However long a reading takes - the machine slept, the network is slow - there are enough of them to tell. */
static void test_what_is_gone_is_told_where_each_reading_takes_long(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    struct bench *bench = bench_new(NULL, MADE);
    bench->trip_seconds = 700;
    bench_read(bench, "thing=absent");
    assert_true(do_check(bench, &error));
    assert_int_equal(made_up_object(bench->made_up, "thing")->observation->state, OBJECT_ABSENT);
    bench_free(bench);
}

/* One look before the first write; then, with each proof, the look before the next. */
static void test_a_proof_and_the_next_look_are_one_round_trip(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    struct bench *bench = bench_new(NULL, OTHERS_ADOPTED);
    bench_read(bench, "thing=absent,absent,matches:t1; next=absent,absent,matches:n1");
    bench_answer(bench, "201:t1 201:n1");
    assert_true(do_check(bench, &error));
    guint before = bench->trips;
    assert_true(apply_all(&bench->worker, NULL, TRUE, &error));
    assert_string_equal(bench->sent->str, "POST /v1.0/made-up; POST /v1.0/made-up; ");
    assert_int_equal(bench->trips - before, 3);
    bench_free(bench);
}

/* Whatever a name holds, who uses it stays one sentence, and what to do about it the last line. */
static void test_who_uses_it_is_one_sentence(void **state)
{
    (void)state;
    g_autofree char *next = NULL;
    g_autofree char *sentence = uses_sentence("Others use it: the group “Fin\nance”.\nTake it out.", &next);
    assert_string_equal(sentence, "Others use it: the group “Fin<U+000A>ance”.");
    assert_string_equal(next, "Take it out.");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_who_uses_it_is_one_sentence),
        cmocka_unit_test(test_what_is_done),
        cmocka_unit_test(test_a_proof_and_the_next_look_are_one_round_trip),
        cmocka_unit_test(test_what_is_gone_is_told_where_each_reading_takes_long),
        cmocka_unit_test(test_what_is_said),
        cmocka_unit_test(test_an_intent_keeps_the_name_that_a_creation_asks_for),
        cmocka_unit_test(test_where_answers_are_kept),
        cmocka_unit_test(test_authorities_of_a_persons_own_are_told),
    };
    g_setenv("TZ", "UTC", TRUE);
    json_init();
    return cmocka_run_group_tests_name("engine_work", tests, NULL, NULL);
}
