/* perch-practice: the options, and waiting for the end. */
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include <sodium.h>

#include "base/error.h"
#include "practice/fault.h"
#include "practice/practice.h"
#include "practice/scenarios.h"
#include "practice/server.h"
#include "practice/tenant.h"

#define EXIT_USAGE 2

static gboolean read_options(struct practice_options *options, int *argc, char ***argv, GError **error)
{
    const GOptionEntry entries[] = {
        {"port", 0, 0, G_OPTION_ARG_INT, &options->port, "Port on 127.0.0.1 to 127.0.0.3; 0: a free one", "N"},
        {"scenario", 0, 0, G_OPTION_ARG_STRING, &options->scenario, "What the tenant is like (fresh); help lists them",
         "NAME"},
        {"seed", 0, 0, G_OPTION_ARG_INT64, &options->seed, "Another seed makes another tenant (1)", "N"},
        {"latency", 0, 0, G_OPTION_ARG_INT, &options->latency, "Milliseconds before each answer", "MS"},
        {"clock-rate", 0, 0, G_OPTION_ARG_DOUBLE, &options->clock_rate, "How fast the practice clock runs (1)", "X"},
        {"auto-approve", 0, 0, G_OPTION_ARG_NONE, &options->auto_approve, "Approve every sign-in", NULL},
        {"account", 0, 0, G_OPTION_ARG_STRING, &options->account, "Who that is (the company's administrator)", "NAME"},
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
                        : (options->tls_cert == NULL) != (options->tls_key == NULL)
                            ? "--tls-cert and --tls-key need each other."
                            : NULL;
    if (fault == NULL)
        return TRUE;
    g_set_error(error, PERCH_ERROR, PERCH_ERROR_USAGE, "%s\nperch-practice --help shows the options.", fault);
    return FALSE;
}

static gboolean open_record(struct practice *practice, GError **error)
{
    if (practice->options.record == NULL)
        return TRUE;
    practice->record = fopen(practice->options.record, "ae");
    if (practice->record != NULL)
        return TRUE;
    g_set_error(error, PERCH_ERROR, PERCH_ERROR_STATE, "The record %s cannot be written: %s.", practice->options.record,
                g_strerror(errno));
    return FALSE;
}

static int signal_handle(void)
{
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGTERM);
    sigaddset(&set, SIGINT);
    sigaddset(&set, SIGHUP);
    pthread_sigmask(SIG_BLOCK, &set, NULL);
    return signalfd(-1, &set, SFD_CLOEXEC);
}

/* Until standard input ends or a signal asks for the end. */
static void wait_for_end(int signals)
{
    struct pollfd watched[] = {{.fd = STDIN_FILENO, .events = POLLIN}, {.fd = signals, .events = POLLIN}};
    for (;;) {
        char text[256];
        if (poll(watched, G_N_ELEMENTS(watched), -1) < 0)
            continue;
        if (watched[1].revents != 0)
            return;
        if (watched[0].revents != 0 && read(STDIN_FILENO, text, sizeof text) <= 0)
            return;
    }
}

static void wake_sleepers(struct practice *practice)
{
    g_mutex_lock(&practice->lock);
    practice->stopping = TRUE;
    g_cond_broadcast(&practice->stopped);
    g_mutex_unlock(&practice->lock);
}

static gboolean run(struct practice *practice, GError **error)
{
    int signals = signal_handle();
    if (!tenant_open(practice, error) || !open_record(practice, error))
        return FALSE;
    practice->schemas = practice_asset("schemas.json");
    struct server *server = server_start(practice, error);
    if (server == NULL)
        return FALSE;
    g_print("listening %s\n", practice->origins[SERVICE_LOGIN]);
    fflush(stdout);
    wait_for_end(signals);
    wake_sleepers(practice);
    server_stop(server);
    tenant_changed(practice);
    tenant_keep(practice);
    close(signals);
    return TRUE;
}

static void clear(struct practice *practice)
{
    struct practice_options *options = &practice->options;
    char *const strings[] = {options->scenario, options->store,   options->record,
                             options->tls_cert, options->tls_key, options->client_certificate,
                             options->account};
    for (gsize i = 0; i < G_N_ELEMENTS(strings); i++)
        g_free(strings[i]);
    for (int i = 0; i < SERVICE_COUNT; i++)
        g_free(practice->origins[i]);
    json_free(practice->state);
    json_free(practice->company);
    json_free(practice->schemas);
    g_hash_table_unref(practice->attempts);
    g_hash_table_unref(practice->held);
    g_ptr_array_unref(practice->faults);
    g_free(practice->proved);
    if (practice->record != NULL)
        fclose(practice->record);
}

static gboolean list_scenarios(void)
{
    g_autofree char *list = scenario_list();
    return fputs(list, stdout) != EOF;
}

int main(int argc, char **argv)
{
    g_autoptr(GError) error = NULL;
    struct practice practice = {.options = {.seed = 1, .clock_rate = 1}};
    practice.attempts = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    practice.held = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    practice.faults = g_ptr_array_new_with_free_func(fault_free);
    json_init();
    if (sodium_init() < 0)
        return EXIT_FAILURE;
    gboolean ok =
        read_options(&practice.options, &argc, &argv, &error) && check_options(&practice.options, argc, &error);
    if (ok && practice.options.scenario == NULL)
        practice.options.scenario = g_strdup("fresh");
    practice.clock = clock_wall();
    practice.clock.rate = practice.options.clock_rate;
    gboolean help = g_strcmp0(practice.options.scenario, "help") == 0;
    ok = ok && (help ? list_scenarios() : run(&practice, &error));
    clear(&practice);
    if (ok)
        return EXIT_SUCCESS;
    fprintf(stderr, "perch-practice: %s\n", error->message);
    return g_error_matches(error, PERCH_ERROR, PERCH_ERROR_USAGE) || error->domain == G_OPTION_ERROR ? EXIT_USAGE
                                                                                                     : EXIT_FAILURE;
}
