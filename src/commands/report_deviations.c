#include "commands/report_deviations.h"

#include <string.h>

#define POLICY_KIND "assignment-policy"
#define NAME_DECISION "name:"
#define USE_DECISION "use:"

static void add(struct report *report, gboolean from_microsoft, const char *step, const char *reason,
                const char *format, ...) G_GNUC_PRINTF(5, 6);

static void add(struct report *report, gboolean from_microsoft, const char *step, const char *reason,
                const char *format, ...)
{
    va_list arguments;
    struct report_deviation *deviation = g_new0(struct report_deviation, 1);
    va_start(arguments, format);
    deviation->what = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    deviation->from_microsoft = from_microsoft;
    deviation->step = g_strdup(step);
    deviation->reason = g_strdup(reason != NULL ? reason : "");
    g_ptr_array_add(report->deviations, deviation);
}

static const char *answer(const struct history *history, const char *path)
{
    g_autofree char *name = g_strconcat("answers.stricter.", path, NULL);
    return g_hash_table_lookup(history->facts, name);
}

static const char *rule(const struct history *history, const char *key, const char *name)
{
    g_autofree char *fact = g_strdup_printf("%s.%s", key, name);
    return g_hash_table_lookup(history->facts, fact);
}

/* A stricter choice leaves the partner's recipe; the answers say why. */
static void add_stricter(struct report *report, const struct history *history, const char *step)
{
    const char *reason = answer(history, "reason");
    const char *approvers = answer(history, "approvers");
    const char *days = answer(history, "expiresAfterDays");
    if (approvers != NULL)
        add(report, FALSE, step, reason, "Requests need approval, by %s; the partner's recipe asks for none.",
            approvers);
    if (days != NULL)
        add(report, FALSE, step, reason, "Access ends after %s days; in the partner's recipe it never ends.", days);
    if (g_strcmp0(answer(history, "reviewFrequency"), "annual") == 0)
        add(report, FALSE, step, reason,
            "Access is reviewed once a year; the partner's recipe has it reviewed every six months.");
}

static gboolean chose_stricter(const struct history *history)
{
    return answer(history, "approvers") != NULL || answer(history, "expiresAfterDays") != NULL ||
           answer(history, "reviewFrequency") != NULL;
}

static void add_laxer(struct report *report, const struct history *history, const char *step, const char *key)
{
    const char *reason = chose_stricter(history) ? NULL : answer(history, "reason");
    const char *because = reason != NULL ? reason : "The partner's recipe was followed.";
    const char *approval = rule(history, key, "approval");
    const char *expires = rule(history, key, "expires");
    const char *months = rule(history, key, "reviewMonths");
    if (g_strcmp0(approval, "none") == 0)
        add(report, TRUE, step, because, "Requests need no approval; Microsoft's recipe has every request approved.");
    if (g_strcmp0(expires, "never") == 0)
        add(report, TRUE, step, because, "Access never ends; in Microsoft's recipe it ends after 365 days.");
    if (g_strcmp0(months, "0") == 0)
        add(report, TRUE, step, because, "Access is not reviewed; Microsoft's recipe has it reviewed once a year.");
}

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

static void set_next_review(struct report *report, const struct history *history, const char *key)
{
    const char *start = rule(history, key, "reviewStart");
    const char *months = rule(history, key, "reviewMonths");
    report->review_months = months != NULL ? (int)g_ascii_strtoll(months, NULL, 10) : 0;
    report->next_review = start != NULL ? first_after(start, report->review_months, report->made) : 0;
}

static void add_policy(struct report *report, const struct history *history, const struct report_step *step,
                       const struct report_object *object)
{
    gboolean there = object->state == OBJECT_MATCHES || object->state == OBJECT_DIFFERS;
    if (strcmp(object->kind, POLICY_KIND) != 0 || !there)
        return;
    add_stricter(report, history, step->id);
    add_laxer(report, history, step->id, object->key);
    set_next_review(report, history, object->key);
}

static void add_decisions(struct report *report, const struct report_step *step, const struct report_object *object)
{
    const struct deed *last = NULL;
    for (guint i = 0; i < object->deeds->len; i++) {
        const struct deed *deed = g_ptr_array_index(object->deeds, i);
        if (strcmp(deed->what, "decide") == 0)
            last = deed;
    }
    if (last == NULL)
        return;
    g_autofree char *reason = g_strdup_printf("Decided by %s.", last->by);
    if (g_str_has_prefix(last->text, NAME_DECISION))
        add(report, FALSE, step->id, reason, "%s: another name was given, “%s”.", object->title,
            last->text + strlen(NAME_DECISION));
    else if (g_str_has_prefix(last->text, USE_DECISION))
        add(report, FALSE, step->id, reason, "%s: one of several was chosen, %s.", object->title,
            last->text + strlen(USE_DECISION));
}

static void add_differences(struct report *report, const struct report_step *step, const struct report_object *object)
{
    if (object->state != OBJECT_DIFFERS && object->state != OBJECT_MATCHES)
        return;
    for (guint i = 0; i < object->differences->len; i++) {
        const struct board_difference *difference = g_ptr_array_index(object->differences, i);
        add(report, FALSE, step->id, "", "%s: %s is %s, the recipe wants %s.", object->title, difference->field,
            difference->found, difference->wanted);
    }
}

static void add_step(struct report *report, const struct history *history, const struct report_step *step)
{
    if (step->state == STEP_SKIPPED && step->skipped_by[0] != '\0')
        add(report, FALSE, step->id, step->skip_reason, "“%s” was left out by %s.", step->title, step->skipped_by);
    if (step->wait.cut_by[0] != '\0')
        add(report, FALSE, step->id, "", "%s went on with “%s” before its wait was over.", step->wait.cut_by,
            step->title);
    for (guint i = 0; i < step->objects->len; i++) {
        const struct report_object *object = g_ptr_array_index(step->objects, i);
        add_decisions(report, step, object);
        add_differences(report, step, object);
        add_policy(report, history, step, object);
    }
}

/* The partner's first; within a recipe by step. */
static void sort(GPtrArray *deviations)
{
    g_autoptr(GPtrArray) from_microsoft = g_ptr_array_new();
    for (guint i = 0; i < deviations->len;) {
        struct report_deviation *deviation = g_ptr_array_index(deviations, i);
        if (deviation->from_microsoft)
            g_ptr_array_add(from_microsoft, g_ptr_array_steal_index(deviations, i));
        else
            i++;
    }
    g_ptr_array_extend(deviations, from_microsoft, NULL, NULL);
}

void report_find_deviations(struct report *report, const struct history *history)
{
    for (guint i = 0; i < report->steps->len; i++)
        add_step(report, history, g_ptr_array_index(report->steps, i));
    sort(report->deviations);
}
