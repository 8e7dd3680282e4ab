/* SPDX-License-Identifier: MIT */
/* Where the tenant leaves the partner's recipe, and where it leaves Microsoft's stricter one. */
#include <string.h>

#include "base/decision.h"
#include "commands/report/facts.h"

#define POLICY_KIND "assignment-policy"

static void add(struct report *report, gboolean from_microsoft, const struct board_step *step, const char *reason,
                const char *what)
{
    struct report_deviation *deviation = g_new0(struct report_deviation, 1);
    deviation->from_microsoft = from_microsoft;
    deviation->step = step->id;
    deviation->what = what;
    deviation->reason = reason;
    /* The partner's first; within a recipe by step. */
    guint place = report->deviations->len;
    while (!from_microsoft && place > 0 &&
           ((const struct report_deviation *)g_ptr_array_index(report->deviations, place - 1))->from_microsoft)
        place--;
    g_ptr_array_insert(report->deviations, (gint)place, deviation);
}

/* A stricter choice leaves the partner's recipe, and the answers say why; where none was made, Microsoft's stricter
 * recipe is what the tenant leaves. */
static void add_policy(struct report *report, const struct board_step *step, const struct board_object *object)
{
    const char *given = report_fact(report, "answers.stricter.reason");
    const char *approvers = report_fact(report, "answers.stricter.approvers");
    const char *days = report_fact(report, "answers.stricter.expiresAfterDays");
    const char *frequency = report_fact(report, "answers.stricter.reviewFrequency");
    const char *reason = given != NULL ? given : "";
    if (approvers != NULL)
        add(report, FALSE, step, reason,
            report_printf(report, "Requests need approval, by %s; the partner's recipe asks for none.", approvers));
    if (days != NULL)
        add(report, FALSE, step, reason,
            report_printf(report, "Access ends after %s days; in the partner's recipe it never ends.", days));
    if (g_strcmp0(frequency, "annual") == 0)
        add(report, FALSE, step, reason,
            "Access is reviewed once a year; the partner's recipe has it reviewed every six months.");

    gboolean stricter = approvers != NULL || days != NULL || frequency != NULL;
    const char *because = given != NULL && !stricter ? given : "The partner's recipe was followed.";
    const struct {
        const char *fact;
        const char *value;
        const char *what;
    } laxer[] = {
        {"approval", "none", "Requests need no approval; Microsoft's recipe has every request approved."},
        {"expires", "never", "Access never ends; in Microsoft's recipe it ends after 365 days."},
        {"reviewMonths", "0", "Access is not reviewed; Microsoft's recipe has it reviewed once a year."},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(laxer); i++) {
        const char *name = report_printf(report, "%s.%s", object->key, laxer[i].fact);
        if (g_strcmp0(report_fact(report, name), laxer[i].value) == 0)
            add(report, TRUE, step, because, laxer[i].what);
    }
}

/* The first day of a review that begins at START and comes back every MONTHS, after NOW. */
static gint64 first_after(const char *start, int months, gint64 now)
{
    g_autoptr(GTimeZone) utc = g_time_zone_new_utc();
    g_autoptr(GDateTime) first = g_date_time_new_from_iso8601(start, utc);
    for (int round = 0; first != NULL && months > 0 && round < 1200; round++) {
        g_autoptr(GDateTime) moment = g_date_time_add_months(first, round * months);
        gint64 time = moment != NULL ? g_date_time_to_unix(moment) * G_USEC_PER_SEC : 0;
        if (time > now)
            return time;
    }
    return 0;
}

static void add_decision(struct report *report, const struct board_step *step, const struct board_object *object)
{
    const struct deed *last = NULL;
    guint position = 0;
    for (const struct deed *deed; (deed = report_next_deed(report, object, &position)) != NULL;)
        if (strcmp(deed->what, "decide") == 0)
            last = deed;
        else if (strcmp(deed->what, "undecide") == 0)
            last = NULL;
    if (last == NULL)
        return;
    const char *title = report_masked(report, object->title);
    const struct decision decision = decision_parse(report_masked(report, last->text));
    const char *reason = report_printf(report, "Decided by %s.", last->by);
    if (decision.kind == DECISION_NAME)
        add(report, FALSE, step, reason,
            report_printf(report, "%s: another name was given, “%s”.", title, decision.text));
    else if (decision.kind == DECISION_USE)
        add(report, FALSE, step, reason,
            report_printf(report, "%s: one of several was chosen, %s.", title, decision.text));
}

static void add_object(struct report *report, const struct board_step *step, const struct board_object *object)
{
    add_decision(report, step, object);
    if (object->state != OBJECT_DIFFERS && object->state != OBJECT_MATCHES)
        return;
    for (guint i = 0; i < object->differences->len; i++) {
        const struct board_difference *difference = g_ptr_array_index(object->differences, i);
        const char *what = report_printf(report, "%s: %s is %s, wanted is %s.", object->title, difference->field,
                                         difference->found, difference->wanted);
        add(report, FALSE, step, "", report_masked(report, what));
    }
    if (strcmp(object->kind, POLICY_KIND) != 0)
        return;
    add_policy(report, step, object);
    const char *start = report_fact(report, report_printf(report, "%s.reviewStart", object->key));
    const char *months = report_fact(report, report_printf(report, "%s.reviewMonths", object->key));
    report->review_months = months != NULL ? (int)g_ascii_strtoll(months, NULL, 10) : 0;
    report->first_review = start != NULL ? first_after(start, report->review_months, 0) : 0;
    report->next_review = start != NULL ? first_after(start, report->review_months, report->made) : 0;
}

void report_find_deviations(struct report *report)
{
    for (guint i = 0; i < report->board->steps->len; i++) {
        const struct board_step *step = report_step(report, i);
        struct step_said said = report_said(report, step);
        if (step->state == STEP_SKIPPED && said.skipped != NULL && said.skipped->by[0] != '\0')
            add(report, FALSE, step, report_masked(report, said.skipped->text),
                report_printf(report, "“%s” was left out by %s.", step->title, said.skipped->by));
        if (said.cut != NULL && said.cut->by[0] != '\0')
            add(report, FALSE, step, "",
                report_printf(report, "%s went on with “%s” before its wait was over.", said.cut->by, step->title));
        for (guint k = 0; k < step->objects->len; k++)
            add_object(report, step, report_object(step, k));
    }
}
