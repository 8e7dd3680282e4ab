#include "ui/words.h"

struct look {
    const char *glyph;
    enum style style;
    const char *word;  /* in the checklist */
    const char *words; /* in full */
};

static const struct look steps[] = {
    [STEP_UNKNOWN] = {"?", STYLE_DIM, "", "not read yet"},
    [STEP_CHECKING] = {"↻", STYLE_DIM, "reading", "being read"},
    [STEP_TO_DO] = {"◌", STYLE_NORMAL, "", "to do"},
    [STEP_BLOCKED] = {"·", STYLE_DIM, "blocked", "blocked"},
    [STEP_WAITING] = {"◔", STYLE_WAIT, "waiting", "waiting"},
    [STEP_WORKING] = {"↻", STYLE_ACCENT, "working", "being written"},
    [STEP_NEEDS_YOU] = {"!", STYLE_ACCENT, "needs you", "needs you"},
    [STEP_DONE] = {"✓", STYLE_GOOD, "", "done, read back from the tenant"},
    [STEP_TOLD] = {"○", STYLE_GOOD, "told", "told, not proved"},
    [STEP_DIFFERS] = {"◐", STYLE_WAIT, "differs", "there, but not as wanted"},
    [STEP_IN_DOUBT] = {"?", STYLE_BAD, "in doubt", "in doubt: look before going on"},
    [STEP_FAILED] = {"✗", STYLE_BAD, "failed", "failed"},
    [STEP_SKIPPED] = {"⊘", STYLE_DIM, "skipped", "skipped"},
};

static const struct look objects[] = {
    [OBJECT_UNKNOWN] = {"?", STYLE_DIM, "", "not read"},
    [OBJECT_ABSENT] = {"◌", STYLE_NORMAL, "", "not there yet"},
    [OBJECT_MATCHES] = {"✓", STYLE_GOOD, "", "there, as wanted"},
    [OBJECT_DIFFERS] = {"◐", STYLE_WAIT, "", "there, but differs"},
    [OBJECT_MANY] = {"!", STYLE_ACCENT, "", "more than one"},
    [OBJECT_IN_DOUBT] = {"?", STYLE_BAD, "", "in doubt"},
};

const char *step_glyph(enum step_state state)
{
    return steps[state].glyph;
}

enum style step_style(enum step_state state)
{
    return steps[state].style;
}

const char *object_glyph(enum object_state state)
{
    return objects[state].glyph;
}

enum style object_style(enum object_state state)
{
    return objects[state].style;
}

const char *step_state_words(enum step_state state)
{
    return steps[state].words;
}

const char *object_state_words(enum object_state state)
{
    return objects[state].words;
}

char *step_words(const struct board *board, const struct board_step *step)
{
    if (step->state == STEP_DONE && *step->reason != '\0')
        return g_strdup("deviates");
    if (step->state != STEP_WAITING || step->until == 0)
        return g_strdup(steps[step->state].word);
    gint64 left = time_left(board, step->until);
    if (left == 0)
        return g_strdup("due");
    g_autofree char *duration = duration_words(left);
    return g_strdup_printf("in %s", duration);
}

char *duration_words(gint64 microseconds)
{
    gint64 seconds = (microseconds + G_USEC_PER_SEC - 1) / G_USEC_PER_SEC;
    if (seconds >= 48 * 3600)
        return g_strdup_printf("%" G_GINT64_FORMAT " days", seconds / 86400);
    if (seconds >= 3600)
        return g_strdup_printf("%d:%02d:%02d", (int)(seconds / 3600), (int)(seconds / 60 % 60), (int)(seconds % 60));
    return g_strdup_printf("%d:%02d", (int)(seconds / 60), (int)(seconds % 60));
}

gint64 time_left(const struct board *board, gint64 deadline)
{
    return MAX(deadline - clock_now(&board->clock), 0);
}

char *time_words(const struct board *board, gint64 time)
{
    if (time == 0)
        return g_strdup("never");
    g_autoptr(GDateTime) then = g_date_time_new_from_unix_local(time / G_USEC_PER_SEC);
    g_autoptr(GDateTime) now = g_date_time_new_from_unix_local(clock_now(&board->clock) / G_USEC_PER_SEC);
    if (then == NULL || now == NULL)
        return g_strdup("never");
    gboolean today = g_date_time_get_year(then) == g_date_time_get_year(now) &&
                     g_date_time_get_day_of_year(then) == g_date_time_get_day_of_year(now);
    return g_date_time_format(then, today ? "%H:%M" : "%-d %b %H:%M");
}

char *bar_words(int columns, double part)
{
    int full = (int)(CLAMP(part, 0.0, 1.0) * columns);
    GString *bar = g_string_new(NULL);
    for (int i = 0; i < columns; i++)
        g_string_append(bar, i < full ? "█" : "░");
    return g_string_free(bar, FALSE);
}

double wait_part(const struct board *board, const struct board_step *step)
{
    gint64 whole = step->until - step->wait_started;
    if (step->wait_started == 0 || whole <= 0)
        return 0.0;
    return 1.0 - (double)time_left(board, step->until) / (double)whole;
}
