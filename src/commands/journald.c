/* SPDX-License-Identifier: MIT */
#include "commands/journald.h"

#include <unistd.h>

#include "base/error.h"
#include "base/json.h"
#include "base/text.h"

/* A field, and where its value stands in the run's line. */
static const struct {
    const char *name;
    const char *path;
} rows[] = {
    {"PERCH_COMMAND", "command"},         {"PERCH_EXIT", "exit"},
    {"PERCH_TENANT", "tenant.domain"},    {"PERCH_TENANT_ID", "tenant.id"},
    {"PERCH_DRIFTED", "drifted"},         {"PERCH_DUE", "due"},
    {"PERCH_DONE", "summary.done"},       {"PERCH_LEFT", "summary.left"},
    {"PERCH_WAITING", "summary.waiting"}, {"PERCH_NEEDS_PERSON", "summary.needsPerson"},
    {"PERCH_FAILED", "summary.failed"},   {"PERCH_IN_DOUBT", "summary.inDoubt"},
    {"PERCH_ERROR", "error.code"},
};

gboolean journald_listens(void)
{
    return g_log_writer_is_journald(STDERR_FILENO) || g_log_writer_is_journald(STDOUT_FILENO);
}

static char *value_at(const json *line, const char *path)
{
    const json *value = json_get_path(line, path);
    if (value == NULL || json_is_null(value))
        return NULL;
    const char *words = json_string(value);
    if (words == NULL)
        return json_text(value);
    return *words != '\0' ? text_safe(words, -1) : NULL;
}

void journald_tell(const json *line)
{
    gint64 code = json_get_int(line, "exit", 0);
    gboolean is_loud = code == EXIT_FAILED || code == EXIT_IN_DOUBT || code == EXIT_DRIFTED;
    g_autofree char *command = value_at(line, "command");
    g_autofree char *domain = value_at(line, "tenant.domain");
    g_autofree char *id = value_at(line, "tenant.id");
    const char *tenant = domain != NULL ? domain : id;
    g_autofree char *message = g_strdup_printf("perch %s%s%s ended with %d", command, tenant != NULL ? " of " : "",
                                               tenant != NULL ? tenant : "", (int)code);
    g_autoptr(GPtrArray) values = g_ptr_array_new_with_free_func(g_free);
    GLogField fields[G_N_ELEMENTS(rows) + 3] = {
        {"MESSAGE", message, -1}, {"PRIORITY", is_loud ? "4" : "6", -1}, {"SYSLOG_IDENTIFIER", "perch", -1}};
    gsize count = 3;
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        char *value = value_at(line, rows[i].path);
        if (value == NULL)
            continue;
        g_ptr_array_add(values, value);
        fields[count++] = (GLogField){rows[i].name, value, -1};
    }
    g_log_writer_journald(is_loud ? G_LOG_LEVEL_WARNING : G_LOG_LEVEL_INFO, fields, count, NULL);
}
