#include "practice/practice.h"

#include <gio/gio.h>

#include "practice_assets.h"

const char *const service_addresses[SERVICE_COUNT] = {"127.0.0.1", "127.0.0.2", "127.0.0.3"};

json *practice_asset(const char *name)
{
    g_autofree char *path = g_strconcat("/practice/", name, NULL);
    g_autoptr(GBytes) bytes =
        g_resource_lookup_data(practice_assets_get_resource(), path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
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
    g_mutex_lock(&practice->lock);
    while (!practice->stopping && g_cond_wait_until(&practice->stopped, &practice->lock, end))
        continue;
    g_mutex_unlock(&practice->lock);
}

gint64 practice_now(const struct practice *practice)
{
    return clock_now(&practice->clock);
}

char *practice_time(const struct practice *practice)
{
    return clock_format(practice_now(practice));
}
