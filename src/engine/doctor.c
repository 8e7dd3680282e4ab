/* SPDX-License-Identifier: MIT */
#include "engine/doctor.h"

#include <errno.h>
#include <unistd.h>

#include "base/error.h"
#include "base/text.h"
#include "engine/surprises.h"
#include "engine/worker.h"
#include "microsoft/explain.h"
#include "microsoft/url.h"
#include "secrets/sandbox.h"
#include "secrets/session_key.h"

/* A token is refused, or not valid yet, where the clocks are further apart. */
#define CLOCK_TOLERANCE_SECONDS 120
#define OLD_PROFILE_DAYS 180

static void add(struct worker *worker, GPtrArray *diagnoses, enum diagnosis_state state, const char *subject,
                const char *next, const char *format, ...) G_GNUC_PRINTF(6, 7);

static void add(struct worker *worker, GPtrArray *diagnoses, enum diagnosis_state state, const char *subject,
                const char *next, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    g_autofree char *text = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    g_autofree char *clean = log_clean(worker->log, text);
    g_autofree char *clean_next = log_clean(worker->log, next);
    g_ptr_array_add(diagnoses, diagnosis_new(state, subject, clean, clean_next));
}

struct visit {
    struct worker *worker;
    GPtrArray *diagnoses;
    const char *name; /* of the host */
    gboolean may_be_needless;
    int *pending;
    gint64 *apart; /* the largest difference of the clocks so far, in seconds */
    gboolean *compared;
};

static void take(struct http_reply *reply, gpointer data)
{
    struct visit *visit = data;
    struct worker *worker = visit->worker;
    if (reply->error != NULL && visit->may_be_needless) {
        add(worker, visit->diagnoses, DIAGNOSIS_WORTH_KNOWING, visit->name,
            "Needed only where the tenant's Defender is the other cloud's: let it through then.", "%s",
            reply->error->message);
    } else if (reply->error != NULL) {
        const struct symptom symptom = {.service = "network", .code = reply->problem};
        g_autofree char *next = explain(&symptom);
        add(worker, visit->diagnoses, DIAGNOSIS_BAD, visit->name, next != NULL ? next : "", "%s",
            reply->error->message);
    } else {
        gboolean told = reply->peer_issuer[0] != '\0';
        add(worker, visit->diagnoses, DIAGNOSIS_GOOD, visit->name, "", "It answers, in %d ms%s%s.",
            (int)(reply->duration / 1000), told ? "; vouched for by " : "", reply->peer_issuer);
        if (reply->server_time > 0) {
            gint64 apart = (g_get_real_time() - reply->server_time) / G_USEC_PER_SEC;
            *visit->compared = TRUE;
            if (ABS(apart) > ABS(*visit->apart))
                *visit->apart = apart;
        }
    }
    --*visit->pending;
    http_reply_free(reply);
}

static void examine_hosts(struct worker *worker, GPtrArray *diagnoses)
{
    const struct cloud *cloud = worker->cloud;
    const char *const urls[] = {cloud->login, cloud->graph, cloud->defender, cloud->other_defender};
    struct visit visits[G_N_ELEMENTS(urls)];
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
    int pending = 0;
    gint64 apart = 0;
    gboolean compared = FALSE;
    for (gsize i = 0; i < G_N_ELEMENTS(urls); i++) {
        if (urls[i] == NULL)
            continue;
        char *host = url_host(urls[i]);
        const struct http_call call = {.method = "GET", .url = urls[i]};
        g_ptr_array_add(names, host);
        visits[i] =
            (struct visit){worker, diagnoses, host, urls[i] == cloud->other_defender, &pending, &apart, &compared};
        pending++;
        http_start(worker->http, &call, take, &visits[i]);
    }
    http_run(worker->http, &pending, -1);
    g_autofree char *seconds = text_count((gint64)ABS(apart), "second", "seconds");
    if (!compared)
        add(worker, diagnoses, DIAGNOSIS_WORTH_KNOWING, "clock", "Look at the hosts first.",
            "It was compared with nothing: no host told its time.");
    else if (ABS(apart) > CLOCK_TOLERANCE_SECONDS)
        add(worker, diagnoses, DIAGNOSIS_BAD, "clock",
            "Set the clock, best by network time: sign-in refuses what comes "
            "from another time.",
            "This machine is %s %s the hosts.", seconds, apart > 0 ? "ahead of" : "behind");
    else
        add(worker, diagnoses, DIAGNOSIS_GOOD, "clock", "", "No more than %s apart from the hosts'.", seconds);
}

static void examine_keyring(struct worker *worker, GPtrArray *diagnoses)
{
    if (worker->operator.keyring == NULL) {
        add(worker, diagnoses, DIAGNOSIS_WORTH_KNOWING, "keyring", "Leave --no-keyring out to be asked less often.",
            "Not used: each run asks for a sign-in of its own.");
        return;
    }
    enum keyring_state state = keyring_probe(worker->operator.keyring);
    g_autofree char *sentence = keyring_sentence(worker->operator.keyring);
    add(worker, diagnoses, state == KEYRING_READY ? DIAGNOSIS_GOOD : DIAGNOSIS_WORTH_KNOWING, "keyring",
        state == KEYRING_READY    ? ""
        : state == KEYRING_LOCKED ? "Unlock it, or let the console ask for it."
        : session_key_is_possible(NULL)
            ? "Start a Secret Service (gnome-keyring, KeePassXC) in this session, or keep the sign-in in the kernel's "
              "until it ends: perch sign-in --for-session"
            : "Start a Secret Service (gnome-keyring, KeePassXC) in this session, or sign in anew for each run.",
        "%s", sentence);
}

static void examine_answers(struct worker *worker, GPtrArray *diagnoses)
{
    g_auto(GStrv) sentences = surprises_sentences(worker);
    for (char **sentence = sentences; *sentence != NULL; sentence++)
        add(worker, diagnoses, DIAGNOSIS_WORTH_KNOWING, "answers",
            "Send it to the maintainers: --output FILE writes all of these, and no value.", "%s.", *sentence);
    if (*sentences == NULL)
        add(worker, diagnoses, DIAGNOSIS_GOOD, "answers", "", "All %u of Microsoft's were as it documents them.",
            worker->run.answers);
    worker_emit(worker, EVENT_SURPRISES, surprises_document(worker));
}

gboolean doctor_examine(struct worker *worker, gboolean tenant, GError **error)
{
    GPtrArray *diagnoses = g_ptr_array_new_with_free_func(g_free);
    g_autofree char *environment = http_environment();
    add(worker, diagnoses, DIAGNOSIS_GOOD, "network", "", "%s.", environment);
    examine_hosts(worker, diagnoses);
    examine_keyring(worker, diagnoses);
    g_autofree char *sandbox = sandbox_sentence();
    int version = sandbox_version();
    add(worker, diagnoses, version > 0 ? DIAGNOSIS_GOOD : DIAGNOSIS_WORTH_KNOWING, "sandbox",
        version > 0 ? "" : "A kernel of 5.13 or newer with Landlock switched on (lsm=) confines perch.", "%c%s.",
        g_ascii_toupper(sandbox[0]), sandbox + 1);
    /* The session made it, or mended its mode, before it began. */
    if (access(worker->tenant.state_base, W_OK | X_OK) == 0)
        add(worker, diagnoses, DIAGNOSIS_GOOD, "state folder", "", "%s can be written.", worker->tenant.state_base);
    else
        add(worker, diagnoses, DIAGNOSIS_BAD, "state folder",
            "Make room there, or name another folder with --state-dir.",
            "%s cannot be written (%s): nothing could be remembered.", worker->tenant.state_base, g_strerror(errno));
    const char *dated = worker->tenant.onboarding->profile->dated;
    g_autofree char *midnight = g_strdup_printf("%sT00:00:00Z", dated);
    gint64 time = clock_parse(midnight);
    gint64 days = (g_get_real_time() - time) / G_TIME_SPAN_DAY;
    gboolean old = time > 0 && days > OLD_PROFILE_DAYS;
    g_autofree char *age = text_count(MAX(days, 0), "day", "days");
    add(worker, diagnoses, old ? DIAGNOSIS_WORTH_KNOWING : DIAGNOSIS_GOOD, "profile",
        old ? "A newer perch, or --partner with a newer profile, may know what has changed since." : "",
        "%s, of %s, %s old.", worker->tenant.onboarding->profile->name, dated, age);
    if (tenant)
        examine_answers(worker, diagnoses);
    gboolean stopped = http_is_cancelled(worker->http);
    worker_emit(worker, EVENT_DIAGNOSES, diagnoses);
    if (stopped)
        g_set_error_literal(error, PERCH_ERROR, PERCH_ERROR_CANCELLED, "Stopped.");
    return !stopped;
}
