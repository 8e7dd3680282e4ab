/* SPDX-License-Identifier: MIT */
#include "practice/practice.h"

#include "practice/fault.h"
#include "practice/route.h"
#include "practice/signing.h"

G_STATIC_ASSERT(SERVICE_COUNT == LOOPBACK_SERVICES);

json *practice_asset(const char *name)
{
    g_autoptr(GBytes) bytes = embedded_bytes(practice_assets, name);
    if (bytes == NULL)
        return NULL;
    g_autoptr(GError) error = NULL;
    json *value = json_parse(g_bytes_get_data(bytes, NULL), (gssize)g_bytes_get_size(bytes), &error);
    if (value == NULL)
        g_error("assets/practice/%s: %s", name, error->message);
    return value;
}

void practice_sleep(struct practice *practice, gint64 milliseconds)
{
    if (milliseconds <= 0)
        return;
    gint64 end = g_get_monotonic_time() + milliseconds * G_TIME_SPAN_MILLISECOND;
    const struct timespec time = {.tv_sec = (time_t)(end / G_TIME_SPAN_SECOND),
                                  .tv_nsec = (long)(end % G_TIME_SPAN_SECOND * 1000)};
    pthread_mutex_lock(&practice->lock);
    while (!practice->stopping && pthread_cond_timedwait(&practice->stopped, &practice->lock, &time) == 0)
        continue;
    pthread_mutex_unlock(&practice->lock);
}

gint64 practice_now(const struct practice *practice)
{
    return clock_now(&practice->clock);
}

char *practice_time(const struct practice *practice)
{
    return clock_format(practice_now(practice));
}

void practice_init(struct practice *practice)
{
    pthread_condattr_t attributes;
    pthread_mutex_init(&practice->lock, NULL);
    pthread_condattr_init(&attributes);
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
    pthread_cond_init(&practice->stopped, &attributes);
    pthread_condattr_destroy(&attributes);
    practice->replica_lag = 1;
    practice->attempts = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    practice->held = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    practice->faults = g_ptr_array_new_with_free_func(fault_free);
    practice->schemas = practice_asset("schemas.json");
    practice->graph = practice_asset("routes.json");
    route_load(practice);
}

void practice_clear(struct practice *practice)
{
    struct practice_options *options = &practice->options;
    pthread_cond_destroy(&practice->stopped);
    pthread_mutex_destroy(&practice->lock);
    char *const strings[] = {
        options->scenario, options->clock_start,        options->store,  options->record, options->tls_cert,
        options->tls_key,  options->client_certificate, options->account};
    for (gsize i = 0; i < G_N_ELEMENTS(strings); i++)
        g_free(strings[i]);
    for (int i = 0; i < SERVICE_COUNT; i++)
        g_free(practice->origins[i]);
    json_free(practice->state);
    json_free(practice->company);
    json_free(practice->schemas);
    json_free(practice->graph);
    g_ptr_array_unref(practice->routes);
    signing_free(practice->signing_key);
    g_hash_table_unref(practice->attempts);
    g_hash_table_unref(practice->held);
    g_ptr_array_unref(practice->faults);
    g_free(practice->proved);
    if (practice->record != NULL)
        fclose(practice->record);
}
