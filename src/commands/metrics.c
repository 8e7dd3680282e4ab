/* SPDX-License-Identifier: MIT */
#include "commands/metrics.h"

/* VALUE as a label has it. */
static void append_label(GString *out, const char *name, const char *value)
{
    g_string_append_printf(out, "%s=\"", name);
    for (const char *at = value; *at != '\0'; at++) {
        if (*at == '\\' || *at == '"')
            g_string_append_c(out, '\\');
        if (*at == '\n')
            g_string_append(out, "\\n");
        else
            g_string_append_c(out, *at);
    }
    g_string_append_c(out, '"');
}

static void add_metric(GString *out, const char *name, const char *help, const char *labels, gint64 value)
{
    g_string_append_printf(out, "# HELP %s %s\n# TYPE %s gauge\n%s{%s} %" G_GINT64_FORMAT "\n", name, help, name, name,
                           labels, value);
}

static void add_steps(GString *out, const struct board_summary *summary, const char *labels)
{
    const struct {
        const char *state;
        int count;
    } states[] = {
        {"done", summary->done},       {"left", summary->left},
        {"waiting", summary->waiting}, {"needs-person", summary->needs_person},
        {"told", summary->told},       {"skipped", summary->skipped},
        {"failed", summary->failed},   {"in-doubt", summary->in_doubt},
    };
    g_string_append(out, "# HELP perch_steps Steps of the onboarding by how they stand.\n# TYPE perch_steps gauge\n");
    for (gsize i = 0; i < G_N_ELEMENTS(states); i++)
        g_string_append_printf(out, "perch_steps{%s,state=\"%s\"} %d\n", labels, states[i].state, states[i].count);
}

char *metrics_text(const struct board *board, const char *tenant, const struct run_facts *facts)
{
    GString *out = g_string_new(NULL);
    g_autoptr(GString) labels = g_string_new(NULL);
    append_label(labels, "tenant",
                 board != NULL && board->tenant_id[0] != '\0' ? board->tenant_id
                 : tenant != NULL                             ? tenant
                                                              : "");
    add_metric(
        out, "perch_run_exit_code",
        "How the last run ended: 0 done, 1 failed, 2 bad input, 3 left, 4 waits, 5 a person, 6 in doubt, 7 drifted.",
        labels->str, facts->exit_code);
    add_metric(out, "perch_run_duration_seconds", "How long the last run took.", labels->str,
               facts->duration / G_USEC_PER_SEC);
    add_metric(out, "perch_run_timestamp_seconds", "When the last run ended.", labels->str,
               g_get_real_time() / G_USEC_PER_SEC);
    if (board != NULL && board->checked > 0) {
        add_steps(out, &board->summary, labels->str);
        add_metric(out, "perch_drifted_steps", "Steps that differ from what is wanted.", labels->str,
                   board_drifted(board));
        if (board_due(board) > 0)
            add_metric(out, "perch_due_timestamp_seconds", "When the first wait is over.", labels->str,
                       board_due(board) / G_USEC_PER_SEC);
        g_string_append(labels, ",");
        append_label(labels, "domain", board->tenant_domain);
        g_string_append(labels, ",");
        append_label(labels, "version", PERCH_VERSION);
        g_string_append(labels, ",");
        append_label(labels, "profile", board->partner_dated);
        add_metric(out, "perch_info", "The tenant's domain, perch's version, the date of the profile.", labels->str, 1);
    }
    return g_string_free(out, FALSE);
}
