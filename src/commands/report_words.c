#include "commands/report_words.h"

#include <string.h>

static char *format_time(gint64 time, const char *format)
{
    g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc(time / G_USEC_PER_SEC);
    return g_date_time_format(utc, format);
}

char *report_time(gint64 time)
{
    return time > 0 ? format_time(time, "%Y-%m-%d %H:%M:%S UTC") : g_strdup("never");
}

char *report_date(gint64 time)
{
    return time > 0 ? format_time(time, "%Y-%m-%d") : g_strdup("not known");
}

const char *report_deed_word(const struct deed *deed)
{
    static const struct {
        const char *what;
        const char *past;
    } words[] = {
        {"create", "created"},
        {"repair", "changed"},
        {"restore", "restored from the recycle bin"},
        {"remove", "removed"},
        {"undo-repair", "put back as it was"},
        {"adopt", "took over"},
        {"refused", "was refused"},
        {"decide", "decided about"},
        {"tell", "told"},
        {"skip", "left out"},
        {"unskip", "took in again"},
        {"wait", "began to wait for"},
        {"override", "went on without the wait for"},
        {"take-over", "took over what a colleague handed over"},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(words); i++)
        if (strcmp(words[i].what, deed->what) == 0)
            return words[i].past;
    return deed->what;
}

char *report_deed(const struct report *report, const struct deed *deed)
{
    const struct report_object *object = report_find_object(report, deed->object);
    const struct report_step *step = report_find_step(report, deed->step);
    gboolean says_more = deed->text[0] != '\0' && strcmp(deed->what, "wait") != 0;
    const char *name = deed->object[0] != '\0' ? deed->object : deed->step;
    g_autofree char *quoted =
        object == NULL && step != NULL && deed->object[0] == '\0' ? g_strdup_printf("“%s”", step->title) : NULL;
    if (object != NULL)
        name = object->title;
    else if (quoted != NULL)
        name = quoted;
    return g_strdup_printf("%s%s%s%s%s%s", report_deed_word(deed), name[0] != '\0' ? " " : "", name,
                           says_more ? " (" : "", says_more ? deed->text : "", says_more ? ")" : "");
}

char *report_deed_proof(const struct deed *deed)
{
    g_autofree char *time = report_time(deed->at);
    GString *line = g_string_new(time);
    if (deed->by[0] != '\0')
        g_string_append_printf(line, ", %s", deed->by);
    if (deed->request_id[0] != '\0')
        g_string_append_printf(line, ", request %s", deed->request_id);
    if (deed->verified > 0) {
        g_autofree char *verified = report_time(deed->verified);
        g_string_append_printf(line, ", read back %s", verified);
    }
    return g_string_free(line, FALSE);
}

static void append_count(GString *line, int count, const char *words)
{
    if (count > 0)
        g_string_append_printf(line, "%s%d %s", line->len > 0 ? ", " : "", count, words);
}

char *report_summary(const struct report *report)
{
    GString *line = g_string_new(NULL);
    append_count(line, report->summary.done, "proved");
    append_count(line, report->summary.told, "told and not proved");
    append_count(line, report->summary.skipped, "left out");
    append_count(line, report->summary.waiting, "waiting");
    append_count(line, report->summary.needs_person, "for a person to do");
    append_count(line, report->summary.left, "still to come");
    append_count(line, report->summary.failed, "failed");
    append_count(line, report->summary.in_doubt, "in doubt");
    return g_string_free(line, FALSE);
}

char *report_review(const struct report *report)
{
    if (report->next_review == 0)
        return g_strdup("none is set up");
    g_autofree char *date = report_date(report->next_review);
    return g_strdup_printf("%s, then every %d months", date, report->review_months);
}

char *report_wait_line(const struct report_step *step)
{
    g_autofree char *began = report_time(step->wait.began);
    g_autofree char *until = report_time(step->wait.until);
    if (step->wait.cut_by[0] == '\0')
        return g_strdup_printf("from %s until %s", began, until);
    g_autofree char *cut = report_time(step->wait.cut_at);
    return g_strdup_printf("from %s until %s; %s went on at %s", began, until, step->wait.cut_by, cut);
}

char *report_state(const struct report_step *step)
{
    return g_strdelimit(g_strdup(step_state_word(step->state)), "-", ' ');
}

char *report_told(const struct report_step *step)
{
    if (step->told_by[0] == '\0')
        return g_strdup(step->reason);
    g_autofree char *time = report_time(step->told_at);
    return g_strdup_printf("by %s, %s%s%s", step->told_by, time, step->told_note[0] != '\0' ? ": " : "",
                           step->told_note);
}

char *report_left_out(const struct report_step *step)
{
    if (step->skipped_by[0] == '\0')
        return g_strdup(step->reason);
    g_autofree char *time = report_time(step->skipped_at);
    return g_strdup_printf("by %s, %s: %s", step->skipped_by, time, step->skip_reason);
}

char *report_object_line(const struct report_object *object)
{
    static const char *const states[] = {
        [OBJECT_UNKNOWN] = "not read", [OBJECT_ABSENT] = "not there",   [OBJECT_MATCHES] = "as wanted",
        [OBJECT_DIFFERS] = "differs",  [OBJECT_MANY] = "more than one", [OBJECT_IN_DOUBT] = "in doubt",
    };
    static const char *const origins[] = {
        [ORIGIN_NONE] = "",
        [ORIGIN_FOUND] = ", found there",
        [ORIGIN_ADOPTED] = ", was there before and taken over",
        [ORIGIN_CREATED] = ", created by perch",
        [ORIGIN_PERSON] = ", ",
    };
    gboolean there = object->state == OBJECT_MATCHES || object->state == OBJECT_DIFFERS;
    /* Such a thing proves nothing: its sentence says what is known. */
    if (object->state == OBJECT_MATCHES && object->origin == ORIGIN_FOUND && object->id[0] == '\0')
        return g_strdup("nothing stands against it");
    return g_strconcat(states[object->state], there ? origins[object->origin] : "", there ? object->made : "", NULL);
}

const char *report_card_value(const struct board_line *line)
{
    if (line->masked)
        return "(masked)";
    return line->copy[0] != '\0' ? line->copy : "(not known yet)";
}
