/* SPDX-License-Identifier: MIT */
#include "commands/report/words.h"

#include <string.h>

#include "ui/state_text.h"

static const char *format_time(const struct report *report, gint64 time, const char *format)
{
    if (time <= 0)
        return "never";
    g_autoptr(GDateTime) local = g_date_time_new_from_unix_local(time / G_USEC_PER_SEC);
    g_autofree char *text = g_date_time_format(local, format);
    return g_string_chunk_insert(report->strings, text);
}

const char *report_time(const struct report *report, gint64 time)
{
    return format_time(report, time, "%Y-%m-%d %H:%M %Z");
}

const char *report_exact_time(const struct report *report, gint64 time)
{
    return format_time(report, time, "%Y-%m-%d %H:%M:%S %Z");
}

const char *report_past(const char *what)
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
        {"adopt", "found as wanted:"},
        {"seen", "first saw"},
        {"seen-again", "saw again"},
        {"refused", "was refused"},
        {"decide", "decided about"},
        {"undecide", "took back the decision about"},
        {"tell", "told"},
        {"untell", "took back what was told about"},
        {"skip", "left out"},
        {"unskip", "took in again"},
        {"wait", "began to wait for"},
        {"override", "went on without the wait for"},
        {"take-over", "took over what a colleague handed over"},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(words); i++)
        if (strcmp(words[i].what, what) == 0)
            return words[i].past;
    return what;
}

/* What stays otherwise than wanted was not taken over, but let be: after a refusal at that time, whatever it is now; of
 * what is not there any more nobody knows. */
static const char *past_of(const struct report *report, const struct deed *deed, const struct board_object *object)
{
    gboolean refused = FALSE;
    if (strcmp(deed->what, "adopt") != 0)
        return report_past(deed->what);
    /* What it says of it is in what it deviated then. */
    const char *found = deed->text[0] != '\0' ? "found, and deviated:" : report_past(deed->what);
    if (object == NULL)
        return found;
    for (guint i = 0; i < report->history->deeds->len; i++) {
        const struct deed *before = g_ptr_array_index(report->history->deeds, i);
        if (before == deed)
            break;
        if (strcmp(before->object, deed->object) == 0)
            refused = strcmp(before->what, "refused") == 0;
    }
    if (refused || !object_state_is_there(object->state))
        return "left as it was then:";
    return object->differences->len > 0 ? "left as it is:" : found;
}

const char *report_deed(const struct report *report, const struct deed *deed)
{
    const struct board_object *object = report_find_object(report, deed->object);
    const struct board_step *step = board_find_step(report->board, deed->step);
    const char *name = deed->object[0] != '\0' ? deed->object : deed->step;
    if (object != NULL)
        name = report_masked(report, object->title);
    else if (step != NULL && deed->object[0] == '\0')
        name = report_printf(report, "“%s”", step->title);
    gboolean is_report = step != NULL && step->report && strcmp(deed->what, "tell") == 0;
    const char *past = is_report ? "wrote" : past_of(report, deed, object);
    const char *more = strcmp(deed->what, "wait") != 0 ? report_masked(report, deed->text) : "";
    if (strcmp(deed->what, "seen") == 0 || strcmp(deed->what, "seen-again") == 0)
        more = object != NULL ? report_masked(report, object->made) : "made by a person";
    return report_printf(report, "%s%s%s%s%s%s", past, name[0] != '\0' ? " " : "", name, more[0] != '\0' ? " (" : "",
                         more, more[0] != '\0' ? ")" : "");
}

const char *report_deed_proof(const struct report *report, const struct deed *deed)
{
    GString *line = g_string_new(past_of(report, deed, report_find_object(report, deed->object)));
    g_string_append_printf(line, " %s", report_time(report, deed->at));
    if (deed->by[0] != '\0')
        g_string_append_printf(line, " by %s", deed->by);
    if (deed->request_id[0] != '\0')
        g_string_append_printf(line, ", request %s", deed->request_id);
    if (deed->verified > 0)
        g_string_append_printf(line, ", read back %s", report_time(report, deed->verified));
    const char *text = g_string_chunk_insert(report->strings, line->str);
    g_string_free(line, TRUE);
    return text;
}

const char *report_review(const struct report *report)
{
    if (report->next_review == 0)
        return "none is set up";
    /* A review begins with a day, which no zone moves. */
    g_autofree char *next = clock_format(report->next_review);
    if (report->first_review == report->next_review)
        return report_printf(report, "%.10s, the first one; then every %d months", next, report->review_months);
    g_autofree char *first = clock_format(report->first_review);
    return report_printf(report, "%.10s, then every %d months; the first one began on %.10s", next,
                         report->review_months, first);
}

const char *report_wait(const struct report *report, const struct step_said *said)
{
    const char *span = report_printf(report, "from %s until %s", report_time(report, said->wait->at),
                                     report_time(report, clock_parse(said->wait->text)));
    if (said->cut == NULL || said->cut->by[0] == '\0')
        return span;
    return report_printf(report, "%s; %s went on at %s", span, said->cut->by, report_time(report, said->cut->at));
}

static const char *said_by(const struct report *report, const struct deed *deed)
{
    const char *text = report_masked(report, deed->text);
    return report_printf(report, "by %s, %s%s%s", deed->by, report_time(report, deed->at), text[0] != '\0' ? ": " : "",
                         text);
}

const char *report_read_back(const struct report *report, const struct board_step *step)
{
    g_autofree char *titles = step->state == STEP_TOLD ? read_back_text(step) : NULL;
    return titles != NULL ? report_printf(report, "%s", report_masked(report, titles)) : NULL;
}

const char *report_told(const struct report *report, const struct board_step *step, const struct step_said *said)
{
    if (said->told == NULL || said->told->by[0] == '\0')
        return report_masked(report, step->reason);
    const char *by = said_by(report, said->told);
    const char *read = report_read_back(report, step);
    if (read != NULL && !board_step_told_unseen(step))
        return report_printf(report, "%s. Proved of it: %s.", by, read);
    return board_step_told_unseen(step) ? report_printf(report, "%s. %s", by, report_masked(report, step->reason)) : by;
}

const char *report_left_out(const struct report *report, const struct board_step *step, const struct step_said *said)
{
    gboolean by_somebody = said->skipped != NULL && said->skipped->by[0] != '\0';
    return by_somebody ? said_by(report, said->skipped) : report_masked(report, step->reason);
}

const char *report_why(const struct report *report, const struct board_step *step, const struct step_said *said)
{
    const char *read = report_read_back(report, step);
    if (board_step_told_unseen(step))
        return report_told(report, step, said);
    if (step->state == STEP_TOLD)
        return said->told != NULL && said->told->by[0] != '\0'
                   ? report_printf(report, "Told %s; %s.", said_by(report, said->told),
                                   read != NULL ? report_printf(report, "proved of it: %s", read) : "not proved")
                   : report_masked(report, step->reason);
    if (step->state == STEP_SKIPPED)
        return report_left_out(report, step, said);
    if (step->reason[0] != '\0')
        return report_masked(report, step->reason);
    if (step->next[0] != '\0')
        return report_masked(report, step->next);
    int there = 0;
    for (guint i = 0; i < step->objects->len; i++)
        there += object_state_is_there(report_object(step, i)->state) ? 1 : 0;
    if (step->state == STEP_DONE && there > 0)
        return report_printf(report, "Read back: %s.",
                             report_count(report, there, "1 thing is as wanted", "things are as wanted"));
    return step->state == STEP_DONE ? "Nothing is left to do." : "It comes in its turn.";
}

const char *report_object_line(const struct report *report, const struct board_object *object)
{
    static const char *const states[] = {
        [OBJECT_UNKNOWN] = "not read", [OBJECT_ABSENT] = "not there",   [OBJECT_MATCHES] = "as wanted",
        [OBJECT_DIFFERS] = "differs",  [OBJECT_MANY] = "more than one", [OBJECT_IN_DOUBT] = "in doubt",
    };
    static const char *const origins[] = {
        [ORIGIN_NONE] = "",
        [ORIGIN_FOUND] = ", found there",
        [ORIGIN_ADOPTED] = ", found there and is used",
        [ORIGIN_CREATED] = ", created by perch",
        [ORIGIN_PERSON] = ", ",
    };
    if (!object_state_is_there(object->state))
        return states[object->state];
    if (object->state == OBJECT_MATCHES && object->unasked)
        return "not asked";
    /* Such a thing proves nothing: its sentence says what is known. */
    if (object->state == OBJECT_MATCHES && object->origin == ORIGIN_FOUND && object->id[0] == '\0')
        return "nothing stands against it";
    if (object->state == OBJECT_MATCHES && object->differences->len > 0)
        return "deviates";
    return report_printf(report, "%s%s%s", states[object->state], origins[object->origin],
                         report_masked(report, object->made));
}

const char *report_count(const struct report *report, int count, const char *one, const char *many)
{
    if (count == 0)
        return NULL;
    return count == 1 ? one : report_printf(report, "%d %s", count, many);
}
