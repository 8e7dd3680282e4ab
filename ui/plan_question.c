/* SPDX-License-Identifier: MIT */
#include "ui/plan_question.h"

#include <string.h>

#include "base/clock.h"
#include "ui/ask.h"
#include "ui/navigation.h"
#include "ui/progress.h"
#include "ui/views/overlay.h"
#include "ui/views/plan_view.h"

#define SEEN_AFTER (500 * G_TIME_SPAN_MILLISECOND)
#define QUIET_FOR (1500 * G_TIME_SPAN_MILLISECOND)

void plan_question_make_anew(struct console *console, const struct plan *plan, const char *typed)
{
    g_free(console->typed_before);
    console->typed_before = g_strdup(typed);
    if (plan->leave)
        session_plan_leave(console->session);
    else if (*plan->step != '\0')
        session_plan_step(console->session, plan->step);
    else
        session_plan(console->session, plan->undo);
    console_sent(console, COMMAND_PLAN);
    console->apply_when_planned = TRUE;
}

static void confirmed(struct console *console, const char *text, const struct item *about)
{
    (void)about;
    g_autofree char *typed = g_strstrip(g_strdup(text));
    struct plan *plan = plan_view_plan(console_top(console));
    const char *domain = *typed != '\0' ? typed : NULL;
    if (plan == NULL)
        return;
    if (plan_names_another_day(plan, clock_now(&console->board->clock))) {
        plan_question_make_anew(console, plan, typed);
        return;
    }
    session_send_plan(console->session, plan, domain);
    console_sent(console, plan->leave ? COMMAND_LEAVE : plan->undo ? COMMAND_UNDO : COMMAND_APPLY);
    progress_begin(console, plan);
    console_pop(console);
}

static gboolean wants_domain(const struct console *console, const struct plan *plan)
{
    return !console->board->confirmed || plan->leave;
}

/* What is below the edge belongs to what is agreed to. Caller frees; NULL once the last row was on the screen. */
static char *unread(const struct console *console)
{
    const struct overlay *top = console_top(console);
    if (plan_view_plan(top) == NULL || top->unread == 0)
        return NULL;
    return g_strdup_printf("%d more row%s ↓: PgDn, End", top->unread, top->unread == 1 ? "" : "s");
}

/* The plan stands above the question, so that what is agreed to is what is seen. The domain is typed once a session,
 * and to leave the partner each time; else a marked button takes Enter, and no letter does anything. */
static void ask(struct console *console, const struct plan *plan)
{
    const char *domain = console->board->tenant_domain;
    if (wants_domain(console, plan)) {
        g_autofree char *words = agreement_domain_text(plan, domain);
        g_autofree char *label = g_strconcat(words, ":", NULL);
        ask_word(console, label, console->typed_before, domain, confirmed);
    } else {
        g_autofree char *button = agreement_send_button(plan, domain);
        ask_button(console, "", button, confirmed, NULL);
        if (plan->undo)
            ask_mark_way_back(console);
    }
    ask_hold(console, unread);
    if (console->typed_before != NULL)
        ask_remark(console,
                   "Midnight has passed, and the plan names the day: this one was made anew. Nothing was sent.");
    g_clear_pointer(&console->typed_before, g_free);
}

void plan_question_begin(struct console *console, const struct plan *plan)
{
    if (plan->requests->len == 0)
        console_note(console, "%s",
                     plan_undecided(plan) > 0 ? "Nothing is marked yet: Enter on a row marks what goes."
                                              : "There is nothing to send.");
    else if (wants_domain(console, plan) && console->typed_before == NULL)
        ask(console, plan);
    else
        /* Where nothing is left to be typed, Enter alone would agree. */
        console->ask_at = MAX(g_get_monotonic_time() + SEEN_AFTER, console->quiet_until);
}

void plan_question_put_off(struct console *console)
{
    console->quiet_until = g_get_monotonic_time() + QUIET_FOR;
    if (console->ask_at != 0)
        console->ask_at = MAX(console->ask_at, console->quiet_until);
}

gboolean plan_question_stop(struct console *console)
{
    gboolean was_due = console->ask_at != 0;
    g_clear_pointer(&console->typed_before, g_free);
    console->ask_at = 0;
    return was_due;
}

void plan_question_tick(struct console *console)
{
    if (console->ask_at == 0 || g_get_monotonic_time() < console->ask_at)
        return;
    console->ask_at = 0;
    const struct plan *plan = plan_view_plan(console_top(console));
    if (console->ask == NULL && plan != NULL)
        ask(console, plan);
}
