/* SPDX-License-Identifier: MIT */
#include "store/chain.h"

#include <string.h>

#include "base/error.h"
#include "base/json.h"

#define JOURNAL_SUM "check"
#define AUDIT_SUM "chain"

char *chain_link(struct chain_end journal)
{
    return g_strdup_printf("%d:%s", journal.lines, journal.sum);
}

/* The lines of TEXT that have an end. Caller frees with g_strfreev(). */
static char **lines_of(const char *text, gsize length)
{
    const char *end = length > 0 ? g_strrstr_len(text, (gssize)length, "\n") : NULL;
    g_autofree char *whole = end != NULL ? g_strndup(text, (gsize)(end - text)) : g_strdup("");
    return end != NULL ? g_strsplit(whole, "\n", -1) : g_new0(char *, 1);
}

/* What LINE ends with in its member NAME; "" if it has none. Caller frees. */
static char *sum_of(const char *line, const char *name)
{
    g_autoptr(json) value = json_parse(line, -1, NULL);
    const char *sum = json_get_string(value, name);
    return g_strdup(sum != NULL ? sum : "");
}

/* What NAMED says of a line of the journal whose lines are NOTED, as the end of a sentence that names it in *LINE;
 * NULL: that line is there, and is that. Static. */
static const char *link_problem(char **noted, const char *named, int *line)
{
    int known = (int)g_strv_length(noted);
    *line = (int)g_ascii_strtoll(named, NULL, 10);
    g_autofree char *sum = *line >= 1 && *line <= known ? sum_of(noted[*line - 1], JOURNAL_SUM) : g_strdup("");
    g_autofree char *right = chain_link((struct chain_end){*line, sum});
    if (strcmp(named, right) == 0)
        return NULL;
    return *line > known ? "not there: its end was cut off" : "another one now";
}

char *chain_link_problem(const char *journal, const char *link)
{
    int line = 0;
    g_auto(GStrv) noted = lines_of(journal, strlen(journal));
    const char *problem = link_problem(noted, link, &line);
    return problem != NULL
               ? g_strdup_printf("the last run ended with line %d of the journal, which is %s", line, problem)
               : NULL;
}

int chain_verify_links(const char *journal, gsize journal_length, const char *audit, gsize audit_length, GError **error)
{
    g_auto(GStrv) noted = lines_of(journal, journal_length);
    g_auto(GStrv) deeds = lines_of(audit, audit_length);
    int count = 0;
    for (int i = 0; deeds[i] != NULL; i++) {
        g_autoptr(json) deed = json_parse(deeds[i], -1, NULL);
        const char *named = json_get_string(deed, "journal");
        if (named == NULL)
            continue;
        int line = 0;
        const char *problem = link_problem(noted, named, &line);
        if (problem != NULL) {
            g_set_error(error, PERCH_ERROR, PERCH_ERROR_STATE,
                        "Line %d of the audit names line %d of the journal, which is %s.", i + 1, line, problem);
            return -1;
        }
        count++;
    }
    return count;
}

json *chain_seal_document(const char *tenant_id, struct chain_end journal, struct chain_end audit, const char *at)
{
    return json_from("{'format':1,'of':'journal and audit','tenant':%s,'at':%s,'algorithm':'Ed25519',"
                     "'journal':{'lines':%d,'sum':%s},'audit':{'lines':%d,'sum':%s}}",
                     tenant_id, at, (gint64)journal.lines, journal.sum, (gint64)audit.lines, audit.sum);
}

char *chain_seal_signed_text(const json *seal)
{
    g_autoptr(json) bare = json_copy(seal);
    json_remove(bare, "key");
    json_remove(bare, "signature");
    return json_text(bare);
}

/* The same for one of the two, called NAME, whose lines end with SUM. */
static char *end_problem(const json *end, const char *text, const char *name, const char *sum, int *later)
{
    g_auto(GStrv) lines = lines_of(text, strlen(text));
    int count = (int)g_strv_length(lines);
    int sealed = (int)json_get_int(end, "lines", -1);
    const char *wanted = json_get_string(end, "sum");
    if (sealed < 0 || wanted == NULL)
        return g_strdup_printf("The seal says nothing of the %s.", name);
    if (count < sealed)
        return g_strdup_printf("The %s had %d lines when it was sealed, and has %d: its end was cut off.", name, sealed,
                               count);
    g_autofree char *found = sealed > 0 ? sum_of(lines[sealed - 1], sum) : g_strdup("");
    *later += count - sealed;
    return strcmp(found, wanted) == 0
               ? NULL
               : g_strdup_printf("Line %d of the %s is not the one that was sealed.", sealed, name);
}

char *chain_seal_problem(const json *seal, const char *journal, const char *audit, int *later)
{
    *later = 0;
    char *problem =
        journal != NULL ? end_problem(json_get(seal, "journal"), journal, "journal", JOURNAL_SUM, later) : NULL;
    if (problem == NULL && audit != NULL)
        problem = end_problem(json_get(seal, "audit"), audit, "audit", AUDIT_SUM, later);
    return problem;
}
