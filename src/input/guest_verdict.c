/* SPDX-License-Identifier: MIT */
#include "input/guest_verdict.h"

#include <string.h>

#include "input/finding.h"
#include "input/guest_list.h"

/* All that is said of the list, in one message: who is left out stands first. */
static char *tell_all(const GuestList *list)
{
    enum { TOLD_MAX = 4 };
    GString *told = g_string_new(NULL);
    guint n = 0;
    if (list->guests->len > 0)
        g_string_append_printf(told, "%u of the list %s clear, and not the rest.", list->guests->len,
                               list->guests->len == 1 ? "is" : "are");
    for (int remarks = 0; remarks < 2; remarks++)
        for (guint i = 0; i < list->findings->len; i++) {
            const struct finding *finding = list->findings->pdata[i];
            if (finding->remark == (remarks == 1) && n++ < TOLD_MAX)
                g_string_append_printf(told, "%s%s", told->len > 0 ? " " : "", finding->message);
        }
    if (n > TOLD_MAX)
        g_string_append_printf(told, " And %u more like it.", n - TOLD_MAX);
    return g_string_free(told, FALSE);
}

static char *clear_ones(const GuestList *list)
{
    GString *mails = g_string_new(NULL);
    for (guint i = 0; i < list->guests->len; i++)
        g_string_append_printf(mails, "%s%s", i > 0 ? ", " : "", ((const struct guest *)list->guests->pdata[i])->email);
    return g_string_free(mails, FALSE);
}

struct verdict *guest_verdict(const char *text)
{
    g_autoptr(GuestList) list = guest_list_read(text, -1);
    struct verdict *verdict = g_new0(struct verdict, 1);
    verdict->findings = findings_new();
    const struct finding *first = NULL;
    for (guint i = 0; i < list->findings->len; i++) {
        const struct finding *finding = list->findings->pdata[i];
        if (first == NULL && !finding->remark)
            first = finding;
        if (finding->remark)
            g_ptr_array_add(verdict->findings, finding_new(finding->problem, finding->offset, finding->length,
                                                           g_strdup(finding->message), NULL, NULL));
    }
    for (guint i = 0; i < verdict->findings->len; i++)
        ((struct finding *)verdict->findings->pdata[i])->remark = TRUE;
    verdict->valid = first == NULL;
    if (verdict->valid) {
        verdict->value = g_strdup(text);
        return verdict;
    }
    g_ptr_array_set_size(verdict->findings, 0);
    gboolean has_clear = list->guests->len > 0;
    char *label = list->guests->len == 1 ? g_strdup("Take the one") : g_strdup_printf("Take the %u", list->guests->len);
    g_ptr_array_add(verdict->findings, finding_new(first->problem, first->offset, first->length, tell_all(list),
                                                   has_clear ? clear_ones(list) : NULL, has_clear ? label : NULL));
    if (!has_clear)
        g_free(label);
    return verdict;
}
