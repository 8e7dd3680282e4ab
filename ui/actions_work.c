#include "ui/action.h"

#include <string.h>

#include "base/error.h"
#include "ui/ask.h"
#include "ui/board_view.h"
#include "ui/browser.h"
#include "ui/form.h"
#include "ui/reporting.h"
#include "ui/step_pane.h"
#include "ui/views.h"

static gboolean idle(struct console *console)
{
    if (!console_busy(console))
        return TRUE;
    console_note(console, "Something runs already; Esc stops it.");
    return FALSE;
}

static gboolean signed_in(struct console *console)
{
    if (console->board->signed_in)
        return TRUE;
    console_note(console, "Sign in first: s with the browser, d with a code.");
    return FALSE;
}

static void sign_in(struct console *console, gboolean device_code)
{
    if (console_busy(console))
        session_cancel(console->session);
    session_sign_in(console->session, device_code);
    console_sent(console, COMMAND_SIGN_IN);
}

void action_sign_in(struct console *console)
{
    if (console->board->signed_in)
        console_note(console, "Signed in as %s already; O signs out.", console->board->account);
    else if (idle(console))
        sign_in(console, FALSE);
}

/* Also in place of the browser that is waited for, whoever asked for it. */
void action_device_code(struct console *console)
{
    if (console->board->signed_in && console_place(console) != PLACE_SIGN_IN)
        console_note(console, "Signed in as %s already; O signs out.", console->board->account);
    else
        sign_in(console, TRUE);
}

static void do_sign_out(struct console *console, const char *text, const char *data)
{
    (void)text;
    (void)data;
    session_sign_out(console->session);
    console_sent(console, COMMAND_SIGN_OUT);
}

void action_sign_out(struct console *console)
{
    if (signed_in(console) && idle(console))
        ask_yes_no(console, "Sign out and forget what the keyring keeps?", do_sign_out, NULL);
}

/* A sign-in that is waited for is given up: the keyring may hold one. */
static void do_unlock_keyring(struct console *console, const char *text, const char *data)
{
    gboolean check = !console->board->signed_in;
    (void)text;
    (void)data;
    if (console_busy(console) && !console->board->signed_in)
        session_cancel(console->session);
    session_unlock_keyring(console->session);
    console_sent(console, COMMAND_UNLOCK_KEYRING);
    console_note(console, "The desktop asks for the keyring's password; Esc goes on without.");
    if (!check)
        return;
    session_check(console->session);
    console_sent(console, COMMAND_CHECK);
}

void action_unlock_keyring(struct console *console)
{
    if (console->board->keyring_locked)
        ask_yes_no(console, "The keyring is locked. Unlock it, so that the sign-in is kept there?", do_unlock_keyring,
                   NULL);
    else
        console_note(console, "%s", console->board->keyring);
}

void action_check(struct console *console)
{
    if (!signed_in(console) || !idle(console))
        return;
    session_check(console->session);
    console_sent(console, COMMAND_CHECK);
}

void action_plan(struct console *console)
{
    if (!signed_in(console) || !idle(console))
        return;
    session_plan(console->session, FALSE);
    console_sent(console, COMMAND_PLAN);
}

void action_undo(struct console *console)
{
    if (!signed_in(console) || !idle(console) || !console_may_write(console))
        return;
    session_plan(console->session, TRUE);
    console_sent(console, COMMAND_PLAN);
    console->apply_when_planned = TRUE;
}

static void carry_out(struct console *console, const char *typed_domain)
{
    const struct plan *plan = plan_view_plan(console_top(console));
    gboolean undo = plan->undo;
    if (undo)
        session_undo(console->session, typed_domain);
    else
        session_apply(console->session, *plan->step != '\0' ? plan->step : NULL, typed_domain);
    console_sent(console, undo ? COMMAND_UNDO : COMMAND_APPLY);
    console_pop(console);
}

static void confirmed(struct console *console, const char *text, const char *data)
{
    (void)text;
    (void)data;
    if (plan_view_plan(console_top(console)) != NULL)
        carry_out(console, NULL);
}

static void domain_typed(struct console *console, const char *text, const char *data)
{
    (void)data;
    g_autofree char *typed = g_strstrip(g_strdup(text));
    if (plan_view_plan(console_top(console)) == NULL)
        return;
    if (g_ascii_strcasecmp(typed, console->board->tenant_domain) == 0) {
        carry_out(console, typed);
        return;
    }
    action_apply(console);
    ask_remark(console, "That is not this tenant's domain; it stands in the title. Nothing was sent.");
}

/* The plan stands above the question, so that what is agreed to is what is seen. */
static void ask_to_go_on(struct console *console, const struct plan *plan)
{
    if (plan->requests->len == 0) {
        console_note(console, "There is nothing to send.");
        return;
    }
    g_autofree char *label = g_strdup_printf("%s these %u in %s?", plan->undo ? "Remove" : "Carry out",
                                             plan->requests->len, console->board->tenant_domain);
    if (console->board->confirmed)
        ask_yes_no(console, label, confirmed, NULL);
    else
        ask_text(console, "Type the tenant's domain to go on:", "", domain_typed, NULL);
}

void action_apply(struct console *console)
{
    const struct plan *plan = plan_view_plan(console_top(console));
    if (!console_may_write(console))
        return;
    if (plan != NULL) {
        ask_to_go_on(console, plan);
        return;
    }
    action_plan(console);
    console->apply_when_planned = console_runs(console, COMMAND_PLAN);
}

void action_apply_step(struct console *console)
{
    const struct board_step *step = console_step(console);
    if (step == NULL || !console_may_write(console) || !signed_in(console) || !idle(console))
        return;
    session_plan_step(console->session, step->id);
    console_sent(console, COMMAND_PLAN);
    console->apply_when_planned = TRUE;
}

static void write_hand_over(struct console *console, const char *text, const char *file)
{
    (void)text;
    session_hand_over(console->session, file);
    console_sent(console, COMMAND_HAND_OVER);
}

static void do_hand_over(struct console *console, const char *text, const char *data)
{
    (void)data;
    reporting_to_file(console, text, write_hand_over);
}

void action_hand_over(struct console *console)
{
    if (!signed_in(console) || !idle(console))
        return;
    g_autofree char *name = g_strdup_printf("perch-%s.json", console->board->tenant_domain);
    ask_text(console, "Write for a colleague to:", name, do_hand_over, NULL);
}

void action_cancel(struct console *console)
{
    if (console_busy(console)) {
        session_cancel(console->session);
        console_note(console, "Stopping as soon as that is safe …");
    } else if (console->pane != PANE_CHECKLIST) {
        console->pane = PANE_CHECKLIST;
        console->dirty = TRUE;
    }
}

static void do_tell(struct console *console, const char *text, const char *step)
{
    session_tell(console->session, step, text);
    console_sent(console, COMMAND_TELL);
}

void action_tell(struct console *console)
{
    const struct board_step *step = console_step(console);
    if (step == NULL || !console_may_write(console))
        return;
    if (!step->tellable)
        console_note(console, "perch reads this step from the tenant; telling would prove nothing.");
    else
        ask_text(console, "You have done it. A note for the report (may be empty):", "", do_tell, step->id);
}

static void do_skip(struct console *console, const char *text, const char *step)
{
    if (*text == '\0') {
        console_note(console, "A reason is needed; nothing was changed.");
        return;
    }
    session_skip(console->session, step, text);
    console_sent(console, COMMAND_SKIP);
}

static void do_take_in(struct console *console, const char *text, const char *step)
{
    (void)text;
    session_skip(console->session, step, NULL);
    console_sent(console, COMMAND_SKIP);
}

void action_skip(struct console *console)
{
    const struct board_step *step = console_step(console);
    if (step == NULL || !console_may_write(console))
        return;
    if (step->state == STEP_SKIPPED) {
        ask_yes_no(console, "This step is skipped. Take it in again?", do_take_in, step->id);
        return;
    }
    ask_text(console, "Skip this step. Why?", "", do_skip, step->id);
    if (*step->needed_by == '\0')
        return;
    g_autofree char *remark =
        g_strdup_printf("Without it this will not work: %s. Esc keeps the step.", step->needed_by);
    ask_remark(console, remark);
}

static void do_override(struct console *console, const char *text, const char *step)
{
    session_override_wait(console->session, step, text);
    console_sent(console, COMMAND_OVERRIDE_WAIT);
}

void action_override_wait(struct console *console)
{
    const struct board_step *step = console_step(console);
    if (step == NULL || step->state != STEP_WAITING || *step->wait_word == '\0') {
        console_note(console, "This step has no wait that could be ended early.");
        return;
    }
    g_autofree char *label = g_strdup_printf("Going on early is recorded. Type “%s”:", step->wait_word);
    if (console_may_write(console))
        ask_text(console, label, "", do_override, step->id);
}

static void do_rung(struct console *console)
{
    const struct view *ladder = console_top(console);
    int rung = ladder_view_form(ladder);
    if (rung == 0) {
        console_note(console, "There is nothing of the practice tenant to be done here.");
        return;
    }
    session_practice_rung(console->session, ladder_view_step(ladder), rung);
    console_sent(console, COMMAND_PRACTICE_FORM);
}

/* Signing in is a form of the practice tenant too, so that the keyboard is enough. */
void action_practice_form(struct console *console)
{
    const struct board_step *step = console_step(console);
    if (console_place(console) == PLACE_SIGN_IN && console->options->practice) {
        session_practice_form(console->session, NULL);
        console_note(console, "Asked the practice tenant to approve this sign-in.");
        return;
    }
    if (console_place(console) == PLACE_READ) {
        do_rung(console);
        return;
    }
    if (step == NULL || !step->practice_form) {
        console_note(console, "There is no portal form for this step, or this is no practice tenant.");
        return;
    }
    session_practice_form(console->session, step->id);
    console_sent(console, COMMAND_PRACTICE_FORM);
}

static void do_paste_back(struct console *console, const char *text, const char *data)
{
    (void)data;
    if (*text == '\0')
        return;
    session_paste_back(console->session, text);
}

void action_paste_back(struct console *console)
{
    ask_text(console, "The address that failed to open:", "", do_paste_back, NULL);
}

/* The address under the mark, that of the sign-in, or the step's page. Caller frees; NULL if there is none. */
static char *link_here(const struct console *console)
{
    const char *url = sign_in_view_url(console_top(console));
    const struct board_step *step = console_step(console);
    if (url != NULL)
        return g_strdup(url);
    const char *what = NULL;
    g_autofree char *marked = step_pane_copy_text(console, &what);
    if (marked != NULL && g_str_has_prefix(marked, "http"))
        return g_steal_pointer(&marked);
    return step != NULL && *step->link != '\0' ? g_strdup(step->link) : NULL;
}

static void show_unopened(struct console *console, const GError *error)
{
    g_autofree char *headline = error_headline(error);
    console_push(console, message_view_new("The page was not opened", headline, error_hint(error)));
}

void action_open_link(struct console *console)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *url = link_here(console);
    if (url == NULL)
        console_note(console, "This step has no page to open.");
    else if (browser_open(url, &error))
        console_note(console, "Asked this machine's browser to open the page.");
    else
        show_unopened(console, error);
}

void action_ladder(struct console *console)
{
    const struct board_step *step = console_step(console);
    if (step == NULL || *step->trouble_title == '\0')
        console_note(console, "For this step there is nothing of the kind.");
    else
        console_push(console, ladder_view_new(step));
}

/* A telephone's own loopback is another one. */
static gboolean leads_to_this_machine(const char *url)
{
    g_autoptr(GUri) uri = g_uri_parse(url, G_URI_FLAGS_NONE, NULL);
    const char *host = uri != NULL ? g_uri_get_host(uri) : NULL;
    return host != NULL && (g_str_has_prefix(host, "127.") || g_strcmp0(host, "localhost") == 0);
}

void action_show_code(struct console *console)
{
    g_autofree char *url = link_here(console);
    if (url == NULL)
        console_note(console, "There is no link here.");
    else if (leads_to_this_machine(url))
        console_note(console,
                     "No code: the link leads to the practice tenant on this machine; a telephone cannot open it.");
    else
        console_push(console, code_view_new(url));
}
