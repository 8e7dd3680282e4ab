/* SPDX-License-Identifier: MIT */
#include "commands/commands.h"

#include "base/error.h"
#include "base/json.h"
#include "commands/connect.h"
#include "commands/known_tenants.h"
#include "commands/report/access.h"
#include "commands/report/forms.h"
#include "commands/run_words.h"
#include "secrets/guardian.h"
#include "ui/console.h"
#include "ui/plain/plain.h"
#include "ui/settings.h"
#include "ui/tenant_list.h"

struct start {
    const struct options *options;
    const struct settings *settings;
    GError **error;
};

/* The ways on that a console may end with. */
struct ways {
    gboolean *practise;
    gboolean *switch_tenant;
};

static gboolean is_up(gpointer practice, GError **error)
{
    return practice_is_up(practice, error);
}

/* The one that was chosen or named, by what is known of it here. Caller frees; NULL: none was. */
static struct tenant_row *named_tenant(const struct options *options)
{
    if (options->tenant == NULL || options->practice)
        return NULL;
    g_autoptr(GPtrArray) tenants = known_tenants(options);
    const json *run = known_tenant(tenants, options, NULL);
    g_autoptr(GStringChunk) strings = g_string_chunk_new(256);
    const char *id = run != NULL ? run_text(run, "tenant.id", strings) : options->tenant;
    const char *domain = run != NULL ? run_text(run, "tenant.domain", strings) : "";
    const char *name = run != NULL ? run_text(run, "tenant.name", strings) : "";
    return tenant_row_new(id, name, *domain != '\0' ? domain : options->tenant, "", "", "");
}

/* The one tenant that a start goes on in, as far as that is known before anybody signs in; NULL. Caller frees. */
static struct tenant_row *going_on_in(const struct options *options)
{
    g_autoptr(GPtrArray) tenants = known_tenants(options);
    const json *run = options->practice_new ? NULL : known_tenant(tenants, options, NULL);
    g_autoptr(GStringChunk) strings = g_string_chunk_new(256);
    const char *domain = run != NULL ? run_text(run, "tenant.domain", strings) : "";
    if (*domain == '\0')
        return NULL;
    return tenant_row_new(json_string(json_get_path(run, "tenant.id")), run_text(run, "tenant.name", strings), domain,
                          run_stands(run, strings), "", run_time(run, "checkedAt", strings));
}

static int run_once(const struct options *options, const struct settings *settings, const struct ways *ways,
                    GError **error)
{
    struct connection connection;
    gboolean first_run = connection_is_first(options);
    console_prepare();
    struct tenant_row *known = going_on_in(options);
    if (!connection_begin(&connection, options, FALSE, error)) {
        g_clear_pointer(&known, tenant_row_free);
        return -1;
    }
    struct practice *practice = connection.practice;
    struct tenant_row *tenant = named_tenant(options);
    const struct console_awaited awaited = {
        .file = practice != NULL ? practice_file(practice) : -1, .is_up = is_up, .data = practice};
    const struct console_options console = {
        .ascii = options->ascii,
        .no_mouse = options->no_mouse,
        .no_color = options->no_color,
        .no_bell = settings->no_bell,
        .keys = settings->keys,
        .remarks = settings->remarks,
        .first_run = first_run,
        .practice = options->practice || options->practice_url != NULL,
        .tenant = tenant,
        .known = known,
        .awaited = practice != NULL ? &awaited : NULL,
        .practise = ways->practise,
        .switch_tenant = ways->switch_tenant,
        .write_report = report_write,
        .tell_access = report_access_text,
        .launcher = options->launcher,
    };
    int status = console_run(connection.session, &console, error);
    connection_close(&connection);
    g_clear_pointer(&tenant, tenant_row_free);
    g_clear_pointer(&known, tenant_row_free);
    return status;
}

static GPtrArray *tenant_rows(const GPtrArray *tenants, GStringChunk *strings)
{
    GPtrArray *rows = g_ptr_array_new_with_free_func(tenant_row_free);
    for (guint i = 0; i < tenants->len; i++) {
        const json *run = g_ptr_array_index(tenants, i);
        const char *id = json_string(json_get_path(run, "tenant.id"));
        const char *domain = run_text(run, "tenant.domain", strings);
        g_ptr_array_add(rows,
                        tenant_row_new(id, run_text(run, "tenant.name", strings), domain, run_stands(run, strings),
                                       run_time(run, "due", strings), run_time(run, "checkedAt", strings)));
    }
    return rows;
}

/* One look at the list; *ID is what was chosen or is to be forgotten. Caller frees. */
static enum tenant_choice ask_which(const struct options *options, const struct settings *settings, char **id,
                                    GError **error)
{
    g_autoptr(GPtrArray) tenants = known_tenants(options);
    g_autoptr(GStringChunk) strings = g_string_chunk_new(1024);
    g_autoptr(GPtrArray) rows = tenant_rows(tenants, strings);
    const struct console_options console = {
        .ascii = options->ascii,
        .no_mouse = options->no_mouse,
        .no_color = options->no_color,
        .keys = settings->keys,
    };
    return tenant_list_run(rows, &console, id, error);
}

/* Which tenant, where several are known and none was named. FALSE: the person left, or *ERROR. */
static gboolean choose_tenant(struct options *options, const struct settings *settings, GError **error)
{
    for (;;) {
        g_autofree char *id = NULL;
        enum tenant_choice choice = ask_which(options, settings, &id, error);
        if (choice == TENANT_CHOSEN)
            options->tenant = (char *)g_intern_string(id);
        if (choice != TENANT_FORGET)
            return choice != TENANT_NONE;
        if (!known_tenant_forget(options, id, error))
            return FALSE;
    }
}

static gboolean has_several(const struct options *options)
{
    if (options->practice || options->practice_url != NULL)
        return FALSE;
    g_autoptr(GPtrArray) tenants = known_tenants(options);
    return tenants->len > 1;
}

/* Whoever wants to practise first gets the practice tenant in the same window, and whoever works on several tenants
 * goes from one to the next. */
static int run_console(void *data)
{
    const struct start *start = data;
    struct options options = *start->options;
    gboolean practise = FALSE, switch_tenant = has_several(&options) && options.tenant == NULL;
    const struct ways ways = {&practise, has_several(&options) ? &switch_tenant : NULL};
    const struct ways none = {NULL, NULL};
    int status = EXIT_DONE;
    do {
        if (switch_tenant && !choose_tenant(&options, start->settings, start->error))
            return *start->error != NULL ? -1 : status;
        switch_tenant = FALSE;
        status = run_once(&options, start->settings, &ways, start->error);
    } while (switch_tenant);
    options.practice |= practise;
    return practise ? run_once(&options, start->settings, &none, start->error) : status;
}

/* *TENANT is the one that the person goes on to; NULL: none. Caller frees. */
static int run_plain_once(const struct options *options, const struct settings *settings, char **tenant, GError **error)
{
    struct connection connection;
    gboolean first_run = connection_is_first(options);
    g_autoptr(GPtrArray) tenants = has_several(options) ? known_tenants(options) : NULL;
    g_autoptr(GStringChunk) strings = g_string_chunk_new(1024);
    g_autoptr(GPtrArray) rows = tenants != NULL ? tenant_rows(tenants, strings) : NULL;
    struct tenant_row *known = going_on_in(options);
    if (!connection_open(&connection, options, FALSE, error)) {
        g_clear_pointer(&known, tenant_row_free);
        return -1;
    }
    const struct plain_options plain = {
        .ascii = options->ascii,
        .known = known,
        .tenants = rows,
        .tenant = tenant,
        .remarks = settings->remarks,
        .first_run = first_run,
        .practice = options->practice || options->practice_url != NULL,
        .write_report = report_write,
        .tell_access = report_access_text,
        .launcher = options->launcher,
    };
    int status = plain_run(connection.session, &plain, stdin, stdout);
    connection_close(&connection);
    g_clear_pointer(&known, tenant_row_free);
    return status;
}

static int run_plain(const struct options *options, const struct settings *settings, GError **error)
{
    struct options own = *options;
    for (;;) {
        g_autofree char *tenant = NULL;
        int status = run_plain_once(&own, settings, &tenant, error);
        if (tenant == NULL)
            return status;
        own.tenant = (char *)g_intern_string(tenant);
    }
}

int command_console(const struct options *options, GError **error)
{
    g_autoptr(Settings) settings = settings_load(NULL);
    struct options own = *options;
    own.ascii |= settings->ascii;
    own.no_mouse |= settings->no_mouse;
    own.no_color |= settings->no_color;
    if (own.client_id == NULL)
        own.client_id = settings->client_id;
    if (own.partner == NULL)
        own.partner = settings->partner;
    struct start start = {.options = &own, .settings = settings, .error = error};
    return own.plain ? run_plain(&own, settings, error) : guardian_run(run_console, &start);
}
