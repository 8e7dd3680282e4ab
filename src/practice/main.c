/* SPDX-License-Identifier: MIT */
/* perch-practice: the options, and waiting for the end. */
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include <sodium.h>

#include "base/error.h"
#include "practice/practice.h"
#include "practice/scenarios.h"
#include "practice/server.h"
#include "practice/tenant.h"

#define EXIT_USAGE 2

static gboolean read_options(struct practice_options *options, int *argc, char ***argv, GError **error)
{
    const GOptionEntry entries[] = {
        {"port", 0, 0, G_OPTION_ARG_INT, &options->port, "Port on 127.0.0.1 to 127.0.0.4; 0: a free one", "N"},
        {"sockets", 0, 0, G_OPTION_ARG_INT, &options->sockets,
         "The first of four descriptors that listen there already, in place of a port", "FD"},
        {"scenario", 0, 0, G_OPTION_ARG_STRING, &options->scenario,
         "What the tenant is like (fresh): a name, help lists them, or a file by its path", "NAME"},
        {"seed", 0, 0, G_OPTION_ARG_INT64, &options->seed, "Another seed makes another tenant (1)", "N"},
        {"latency", 0, 0, G_OPTION_ARG_INT, &options->latency, "Milliseconds from a request to its answer, at least",
         "MS"},
        {"clock-rate", 0, 0, G_OPTION_ARG_DOUBLE, &options->clock_rate, "How fast the practice clock runs (1)", "X"},
        {"clock-start", 0, 0, G_OPTION_ARG_STRING, &options->clock_start,
         "What the practice clock begins with, as 2026-03-02T06:00:00Z (now)", "TIME"},
        {"auto-approve", 0, 0, G_OPTION_ARG_NONE, &options->auto_approve, "Approve every sign-in", NULL},
        {"account", 0, 0, G_OPTION_ARG_STRING, &options->account, "Who that is (the company's administrator)", "NAME"},
        {"device-interval", 0, 0, G_OPTION_ARG_INT, &options->device_interval,
         "Seconds between two polls for a device code (5; 1 with --auto-approve)", "N"},
        {"end-with-parent", 0, 0, G_OPTION_ARG_NONE, &options->end_with_parent, "End at the end of standard input",
         NULL},
        {"store", 0, 0, G_OPTION_ARG_FILENAME, &options->store, "Keep the tenant in this file", "FILE"},
        {"record", 0, 0, G_OPTION_ARG_FILENAME, &options->record, "Append one JSON line a request", "FILE"},
        {"client-certificate", 0, 0, G_OPTION_ARG_FILENAME, &options->client_certificate,
         "Let applications sign in by themselves with this PEM certificate", "FILE"},
        {"tls-cert", 0, 0, G_OPTION_ARG_FILENAME, &options->tls_cert, "Serve https with this PEM certificate", "FILE"},
        {"tls-key", 0, 0, G_OPTION_ARG_FILENAME, &options->tls_key, "and this key", "FILE"},
        {NULL, 0, 0, G_OPTION_ARG_NONE, NULL, NULL, NULL},
    };
    GOptionContext *context = g_option_context_new("- a practice tenant on this machine");
    g_option_context_add_main_entries(context, entries, NULL);
    gboolean ok = g_option_context_parse(context, argc, argv, error);
    g_option_context_free(context);
    return ok;
}

static gboolean check_options(const struct practice_options *options, int argc, GError **error)
{
    const char *fault = argc > 1                                             ? "There are only options, no arguments."
                        : (options->port < 0 || options->port > G_MAXUINT16) ? "--port is not between 0 and 65535."
                        : options->latency < 0                               ? "--latency is negative."
                        : !(options->clock_rate > 0)                         ? "--clock-rate is not above 0."
                        : options->clock_start != NULL && clock_parse(options->clock_start) < 0
                            ? "--clock-start is no time like 2026-03-02T06:00:00Z."
                        : (options->tls_cert == NULL) != (options->tls_key == NULL)
                            ? "--tls-cert and --tls-key need each other."
                            : NULL;
    if (fault == NULL)
        return TRUE;
    g_set_error(error, PERCH_ERROR, PERCH_ERROR_USAGE, "%s\nperch-practice --help shows the options.", fault);
    return FALSE;
}

/* Until a signal asks for the end, or where that was asked for standard input ends. */
static void wait_for_end(int signals, gboolean with_parent)
{
    struct pollfd watched[] = {{.fd = with_parent ? STDIN_FILENO : -1, .events = POLLIN},
                               {.fd = signals, .events = POLLIN}};
    for (;;) {
        char text[256];
        if (poll(watched, G_N_ELEMENTS(watched), -1) < 0)
            continue;
        struct signalfd_siginfo told = {0};
        gboolean is_told = watched[1].revents != 0 && read(signals, &told, sizeof told) == (ssize_t)sizeof told;
        /* A terminal gives Ctrl-C to the parent as well, which may have something to finish here. */
        if (is_told && (told.ssi_signo != SIGINT || !with_parent))
            return;
        if (watched[0].revents != 0 && read(STDIN_FILENO, text, sizeof text) <= 0)
            return;
    }
}

static gboolean run(struct practice *practice, GError **error)
{
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGTERM);
    sigaddset(&set, SIGINT);
    sigaddset(&set, SIGHUP);
    pthread_sigmask(SIG_BLOCK, &set, NULL);
    int signals = signalfd(-1, &set, SFD_CLOEXEC);
    if (!tenant_open(practice, error))
        return FALSE;
    if (practice->options.record != NULL && (practice->record = fopen(practice->options.record, "ae")) == NULL) {
        g_set_error(error, PERCH_ERROR, PERCH_ERROR_STATE, "The record %s cannot be written: %s.",
                    practice->options.record, g_strerror(errno));
        return FALSE;
    }
    struct server *server = server_start(practice, error);
    if (server == NULL)
        return FALSE;
    g_print("listening %s\n", practice->origins[SERVICE_LOGIN]);
    fflush(stdout);
    wait_for_end(signals, practice->options.end_with_parent);
    pthread_mutex_lock(&practice->lock);
    practice->stopping = TRUE;
    pthread_cond_broadcast(&practice->stopped);
    pthread_mutex_unlock(&practice->lock);
    server_stop(server);
    tenant_changed(practice);
    tenant_keep(practice);
    close(signals);
    return TRUE;
}

int main(int argc, char **argv)
{
    g_autoptr(GError) error = NULL;
    struct practice practice = {.options = {.seed = 1, .clock_rate = 1, .sockets = -1}};
    json_init();
    if (sodium_init() < 0)
        return EXIT_FAILURE;
    practice_init(&practice);
    gboolean ok =
        read_options(&practice.options, &argc, &argv, &error) && check_options(&practice.options, argc, &error);
    if (practice.options.device_interval <= 0)
        practice.options.device_interval = practice.options.auto_approve ? 1 : 5;
    if (ok && practice.options.scenario == NULL)
        practice.options.scenario = g_strdup("fresh");
    practice.clock = clock_wall();
    practice.clock.rate = practice.options.clock_rate;
    if (ok && practice.options.clock_start != NULL)
        practice.clock.anchor_time = clock_parse(practice.options.clock_start);
    gboolean help = g_strcmp0(practice.options.scenario, "help") == 0;
    if (ok && help) {
        g_autofree char *list = scenario_list();
        ok = fputs(list, stdout) != EOF;
    } else {
        ok = ok && run(&practice, &error);
    }
    practice_clear(&practice);
    if (ok)
        return EXIT_SUCCESS;
    fprintf(stderr, "perch-practice: %s\n", error->message);
    return g_error_matches(error, PERCH_ERROR, PERCH_ERROR_USAGE) || error->domain == G_OPTION_ERROR ? EXIT_USAGE
                                                                                                     : EXIT_FAILURE;
}
