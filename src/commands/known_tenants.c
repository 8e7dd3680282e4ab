/* SPDX-License-Identifier: MIT */
#include "commands/known_tenants.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "base/error.h"
#include "base/json.h"
#include "base/text.h"
#include "commands/connect.h"
#include "store/chain.h"

static const char *domain_of(const json *tenant)
{
    const char *domain = json_string(json_get_path(tenant, "tenant.domain"));
    return domain != NULL && domain[0] != '\0' ? domain : json_string(json_get_path(tenant, "tenant.id"));
}

static gint by_domain(gconstpointer a, gconstpointer b)
{
    return strcmp(domain_of(*(json *const *)a), domain_of(*(json *const *)b));
}

static json *read_folder(const char *folder, const char *id)
{
    g_autofree char *file = g_build_filename(folder, LAST_RUN_FILE, NULL);
    g_autofree char *text = NULL;
    g_autoptr(GError) error = NULL;
    json *run = g_file_get_contents(file, &text, NULL, &error) ? json_parse(text, -1, &error) : NULL;
    if (run == NULL || g_strcmp0(json_string(json_get_path(run, "tenant.id")), id) != 0) {
        gboolean missing = g_error_matches(error, G_FILE_ERROR, G_FILE_ERROR_NOENT);
        json_free(run);
        run = json_from("{'tenant':{'id':%s,'name':'','domain':''},'error':{'code':'state','message':%s,'hint':''}}",
                        id, missing ? "Not read since perch writes down what a run came to." : "It cannot be read.");
    }
    json_remove(run, LAST_RUN_END);
    return run;
}

static void add_below(GPtrArray *tenants, const char *base)
{
    g_autoptr(GDir) entries = g_dir_open(base, 0, NULL);
    for (const char *name; entries != NULL && (name = g_dir_read_name(entries)) != NULL;) {
        g_autofree char *folder = g_build_filename(base, name, NULL);
        g_autofree char *journal = g_build_filename(folder, "journal.jsonl", NULL);
        if (g_uuid_string_is_valid(name) && g_file_test(journal, G_FILE_TEST_IS_REGULAR))
            g_ptr_array_add(tenants, read_folder(folder, name));
    }
}

GPtrArray *known_tenants(const struct options *options)
{
    GPtrArray *tenants = g_ptr_array_new_with_free_func((GDestroyNotify)json_free);
    g_autofree char *state_dir = connection_state_dir(options);
    if (options->practice) {
        g_autofree char *practice = g_build_filename(state_dir, "practice", NULL);
        g_autoptr(GDir) scenarios = g_dir_open(practice, 0, NULL);
        for (const char *name; scenarios != NULL && (name = g_dir_read_name(scenarios)) != NULL;) {
            g_autofree char *scenario = g_build_filename(practice, name, NULL);
            if (options->scenario == NULL || strcmp(options->scenario, name) == 0)
                add_below(tenants, scenario);
        }
    } else
        add_below(tenants, state_dir);
    g_ptr_array_sort(tenants, by_domain);
    return tenants;
}

const json *known_tenant(const GPtrArray *tenants, const struct options *options, GError **error)
{
    const json *found = NULL;
    guint count = 0;
    for (guint i = 0; i < tenants->len; i++) {
        const json *tenant = g_ptr_array_index(tenants, i);
        const char *id = json_string(json_get_path(tenant, "tenant.id"));
        if (options->tenant != NULL && g_ascii_strcasecmp(options->tenant, id) != 0 &&
            g_ascii_strcasecmp(options->tenant, domain_of(tenant)) != 0)
            continue;
        found = tenant;
        count++;
    }
    if (count == 1)
        return found;
    g_set_error(error, PERCH_ERROR, PERCH_ERROR_USAGE,
                count == 0 ? "No such tenant is known here.\nSign in to it once, with perch check or perch: what was "
                             "read is then known."
                           : "Several tenants are known here.\nName one with --tenant; perch tenants lists them.");
    return NULL;
}

/* Whoever works on the tenant holds its lock. */
static int take_lock(const char *folder, const char *id, GError **error)
{
    g_autofree char *path = g_build_filename(folder, "lock", NULL);
    int lock = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (lock >= 0 && flock(lock, LOCK_EX | LOCK_NB) == 0)
        return lock;
    int cause = errno;
    if (lock >= 0)
        close(lock);
    g_set_error(error, PERCH_ERROR, PERCH_ERROR_STATE,
                "What is kept of the tenant %s was not set aside: %s.\nLeave the other perch that works on it first.",
                id, cause == EWOULDBLOCK ? "another perch works on it" : g_strerror(cause));
    return -1;
}

gboolean known_tenant_forget(const struct options *options, const char *id, GError **error)
{
    g_autofree char *state_dir = connection_state_dir(options);
    g_autofree char *folder = g_build_filename(state_dir, id, NULL);
    g_autoptr(GDateTime) now = g_date_time_new_now_utc();
    g_autofree char *time = g_date_time_format(now, "%Y%m%dT%H%M%SZ");
    g_autofree char *name = g_strdup_printf("forgotten-%s-%s", id, time);
    g_autofree char *aside = g_build_filename(state_dir, name, NULL);
    int lock = take_lock(folder, id, error);
    if (lock < 0)
        return FALSE;
    gboolean moved = g_rename(folder, aside) == 0;
    if (!moved)
        g_set_error(error, PERCH_ERROR, PERCH_ERROR_STATE,
                    "The folder %s could not be set aside: %s.\nLook who owns it.", folder, g_strerror(errno));
    close(lock);
    return moved;
}
