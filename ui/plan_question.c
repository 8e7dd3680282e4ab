/* SPDX-License-Identifier: MIT */
#include "ui/plan_question.h"

#include "ui/ask.h"
#include "ui/navigation.h"
#include "ui/progress.h"
#include "ui/views/plan_view.h"

#define SEEN_AFTER (500 * G_TIME_SPAN_MILLISECOND)

static void confirmed(struct console *console, const char *text, const struct item *about)
{
    (void)about;
    g_autofree char *typed = g_strstrip(g_strdup(text));
    struct plan *plan = plan_view_plan(console_top(console));
    const char *domain = *typed != '\0' ? typed : NULL;
    if (plan == NULL)
        return;
    session_send_plan(console->session, plan, domain);
    console_sent(console, plan->leave ? COMMAND_LEAVE : plan->undo ? COMMAND_UNDO : COMMAND_APPLY);
    progress_begin(console, plan);
    console_pop(console);
}

static gboolean wants_domain(const struct console *console, const struct plan *plan)
{
    return !console->board->confirmed || plan->leave;
}

/* The plan stands above the question, so that what is agreed to is what is seen. The domain is typed once a session,
 * and to leave the partner each time; else a marked button takes Enter, and no letter does anything. */
static void ask(struct console *console, const struct plan *plan)
{
    const char *domain = console->board->tenant_domain;
    if (wants_domain(console, plan)) {
        g_autofree char *words = agreement_domain_text(domain);
        g_autofree char *label = g_strconcat(words, ":", NULL);
        ask_word(console, label, domain, confirmed);
        return;
    }
    g_autofree char *button = agreement_send_button(plan, domain);
    ask_button(console, "", button, confirmed, NULL);
    if (plan->undo)
        ask_mark_way_back(console);
}

void plan_question_begin(struct console *console, const struct plan *plan)
{
    if (plan->requests->len == 0)
        console_note(console, "There is nothing to send.");
    else if (wants_domain(console, plan))
        ask(console, plan);
    else
        console->ask_at = g_get_monotonic_time() + SEEN_AFTER;
}

gboolean plan_question_stop(struct console *console)
{
    gboolean was_due = console->ask_at != 0;
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
