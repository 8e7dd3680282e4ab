/* SPDX-License-Identifier: MIT */
#include "ui/action.h"

#include <string.h>

#include "base/assets.h"
#include "base/error.h"
#include "ui/ask.h"
#include "ui/board_view.h"
#include "ui/form/form.h"
#include "ui/form/paste_offer.h"
#include "ui/look_again.h"
#include "ui/navigation.h"
#include "ui/plan_question.h"
#include "ui/progress.h"
#include "ui/reporting.h"
#include "ui/state_text.h"
#include "ui/step_pane.h"
#include "ui/views/code_view.h"
#include "ui/views/ladder_view.h"
#include "ui/views/message_view.h"
#include "ui/views/plan_view.h"
#include "ui/views/sign_in_view.h"

static gboolean idle(struct console *console)
{
    if (!console_busy(console) || (console->look.reading && console->running->len == 1))
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

static void send_sign_in(struct console *console, gboolean device_code)
{
    if (console_busy(console))
        session_cancel(console->session);
    session_sign_in(console->session, device_code);
    console_sent(console, COMMAND_SIGN_IN);
}

/* The question whose answer sends the command that ABOUT is numbered with; its name is the step, object or file. */
static struct item command_about(enum command_kind kind, enum item_kind about, const char *name)
{
    return (struct item){.kind = about, .number = (int)kind, .name = g_intern_string(name)};
}

static void answered(struct console *console, const char *text, const struct item *about)
{
    enum command_kind kind = (enum command_kind)about->number;
    switch (kind) {
    case COMMAND_SIGN_OUT:
        session_sign_out(console->session);
        break;
    case COMMAND_HAND_OVER:
        session_hand_over(console->session, about->name);
        break;
    case COMMAND_TELL: {
        session_tell(console->session, about->name, text);
        /* What is told against what was read may only be listed late. */
        const struct board_step *step = board_find_step(console->board, about->name);
        g_autofree char *against = step != NULL ? told_against_text(step) : NULL;
        if (against != NULL)
            look_again_begin(console, step);
        /* Who told it, and the way to take it back, stand at the top. */
        scroller_clear(&console->step_scroller);
        break;
    }
    case COMMAND_OVERRIDE_WAIT:
        session_override_wait(console->session, about->name, text);
        break;
    case COMMAND_SKIP:
        session_skip(console->session, about->name, *text != '\0' ? text : NULL);
        break;
    case COMMAND_TAKE_BACK:
        if (about->kind == ITEM_DECIDED)
            session_undecide(console->session, about->name);
        else
            session_untell(console->session, about->name);
        break;
    default:
        return;
    }
    console_sent(console, kind);
}

void action_sign_in(struct console *console)
{
    if (console->board->signed_in && !console->board->lacks_defender)
        console_note(console, "Signed in as %s already; O signs out.", console->board->account);
    else if (idle(console))
        send_sign_in(console, FALSE);
}

/* Also in place of the browser that is waited for, whoever asked for it. */
void action_device_code(struct console *console)
{
    if (console->board->signed_in && !console->board->lacks_defender && console_place(console) != PLACE_SIGN_IN)
        console_note(console, "Signed in as %s already; O signs out.", console->board->account);
    else if (console_place(console) == PLACE_SIGN_IN || !console_writes(console) || idle(console))
        send_sign_in(console, TRUE);
}

void action_sign_out(struct console *console)
{
    struct item item = command_about(COMMAND_SIGN_OUT, ITEM_NONE, NULL);
    if (signed_in(console) && idle(console))
        ask_agreement(console, AGREE_SIGN_OUT, NULL, answered, &item);
}

/* A sign-in that is waited for is given up: the keyring may hold one. */
static void do_unlock_keyring(struct console *console, const char *text, const struct item *about)
{
    gboolean check = !console->board->signed_in;
    gboolean wants_to_sign_in = sign_in_view_url(console_top(console)) != NULL;
    (void)text;
    (void)about;
    if (console_busy(console) && !console->board->signed_in)
        session_cancel(console->session);
    session_unlock_keyring(console->session);
    console_sent(console, COMMAND_UNLOCK_KEYRING);
    console_note(console, "The desktop asks for the keyring's password; Esc goes on without.");
    if (!check)
        return;
    if (wants_to_sign_in)
        session_check(console->session);
    else
        session_check_unasked(console->session);
    console_sent(console, COMMAND_CHECK);
}

void action_unlock_keyring(struct console *console)
{
    if (console->board->keyring_locked)
        ask_agreement(console, AGREE_UNLOCK, NULL, do_unlock_keyring, NULL);
    else
        console_note(console, "%s", console->board->keyring);
}

void action_check(struct console *console)
{
    if (!signed_in(console) || !idle(console))
        return;
    session_check_all(console->session);
    console_sent(console, COMMAND_CHECK);
}

void action_plan(struct console *console)
{
    if (!signed_in(console) || !idle(console))
        return;
    /* A value that was typed and cannot be used is not in the plan, and somebody may think it is. */
    g_autofree char *unused = form_unused_text(console);
    if (unused != NULL)
        console_note(console, "Without what was typed in %s, which cannot be used yet.", unused);
    session_plan(console->session, FALSE);
    console_sent(console, COMMAND_PLAN);
}

/* A plan was asked for: what it is for follows once it is there. */
static void plan_was_sent(struct console *console)
{
    console_sent(console, COMMAND_PLAN);
    console->apply_when_planned = TRUE;
}

void action_undo(struct console *console)
{
    if (!signed_in(console) || !idle(console) || !console_may_write(console))
        return;
    session_plan(console->session, TRUE);
    plan_was_sent(console);
}

void action_leave_partner(struct console *console)
{
    if (!signed_in(console) || !idle(console) || !console_may_write(console))
        return;
    if (console_top(console) != NULL)
        console_pop(console);
    session_plan_leave(console->session);
    plan_was_sent(console);
}

void action_apply(struct console *console)
{
    const struct plan *plan = plan_view_plan(console_top(console));
    if (!console_may_write(console))
        return;
    if (plan != NULL && plan_view_send_decisions(console_top(console), console->session)) {
        console_sent(console, COMMAND_ANSWER);
        session_plan_leave(console->session);
        plan_was_sent(console);
        return;
    }
    if (plan != NULL) {
        plan_question_begin(console, plan);
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
    plan_was_sent(console);
}

static void do_hand_over(struct console *console, const char *text, const struct item *about)
{
    (void)about;
    reporting_to_file(console, text, COMMAND_HAND_OVER, answered);
}

void action_hand_over(struct console *console)
{
    if (!signed_in(console) || !idle(console))
        return;
    g_autofree char *name = g_strdup_printf("perch-%s.json", console->board->tenant_domain);
    reporting_ask(console, "Write for a colleague", "", name, do_hand_over);
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

void action_tell(struct console *console)
{
    const struct board_step *step = console_step(console);
    if (step == NULL || !console_may_write(console))
        return;
    if (step_is_looked_for(step)) {
        look_again_begin(console, step);
        console_note(console, "perch looks for it by itself: the tenant is the proof.");
    } else if (step->tellable && *step->tell_lacks != '\0') {
        console_note(console, "“%s” is missing: fill it in first, then say that it is done.", step->tell_lacks);
    } else if (!step->tellable)
        console_note(console, "perch reads this step from the tenant; telling would prove nothing.");
    else {
        struct item item = command_about(COMMAND_TELL, ITEM_STEP, step->id);
        g_autofree char *label = g_strdup_printf(
            "%d %s: Enter says it is done. A note for the report (may stay empty):", step->number, step->title);
        g_autofree char *against = told_against_text(step);
        g_autofree char *remark = against != NULL ? g_strdup_printf("%s Esc goes back.", against) : NULL;
        ask_text(console, label, "", answered, &item);
        if (remark != NULL)
            ask_remark(console, remark);
    }
}

static void do_skip(struct console *console, const char *text, const struct item *about)
{
    /* Asked again: what is typed next is meant for the question. */
    if (*text == '\0') {
        action_skip(console);
        ask_remark(console, "A reason is needed. Esc keeps the step.");
        return;
    }
    answered(console, text, about);
}

void action_skip(struct console *console)
{
    const struct board_step *step = console_step(console);
    if (step == NULL || !console_may_write(console))
        return;
    struct item item = command_about(COMMAND_SKIP, ITEM_STEP, step->id);
    if (step->state == STEP_SKIPPED) {
        g_autofree char *said = g_strdup_printf("%d %s is left out.", step->number, step->title);
        ask_agreement(console, AGREE_TAKE_IN, said, answered, &item);
        return;
    }
    g_autofree char *label = g_strdup_printf("%d %s: Leave this step out. Why?", step->number, step->title);
    ask_text(console, label, "", do_skip, &item);
    if (*step->needed_by == '\0')
        return;
    g_autofree char *remark =
        g_strdup_printf("Without it this will not work: %s. Esc keeps the step.", step->needed_by);
    ask_remark(console, remark);
}

/* What is marked, else what was told, left out or decided first. */
void action_take_back(struct console *console)
{
    const struct board_step *step = console_step(console);
    struct item item = console->step_scroller.focus;
    if (step == NULL || !console_may_write(console))
        return;
    const struct board_object *decided = decided_object(step);
    if (item.kind != ITEM_DECIDED && step->state == STEP_TOLD) {
        item = command_about(COMMAND_TAKE_BACK, ITEM_STEP, step->id);
        ask_agreement(console, AGREE_UNTELL, NULL, answered, &item);
    } else if (item.kind != ITEM_DECIDED && step->state == STEP_SKIPPED) {
        action_skip(console);
    } else if (item.kind == ITEM_DECIDED || decided != NULL) {
        item = command_about(COMMAND_TAKE_BACK, ITEM_DECIDED, item.kind == ITEM_DECIDED ? item.name : decided->key);
        ask_agreement(console, AGREE_UNDECIDE, NULL, answered, &item);
    } else {
        console_note(console, "Nothing was told, decided or left out here.");
    }
}

void action_override_wait(struct console *console)
{
    const struct board_step *step = console_step(console);
    if (step == NULL || step->state != STEP_WAITING || *step->wait_word == '\0') {
        console_note(console, "This step has no wait that could be ended early.");
        return;
    }
    g_autofree char *label = g_strdup_printf("Going on early is recorded. Type “%s”:", step->wait_word);
    struct item item = command_about(COMMAND_OVERRIDE_WAIT, ITEM_STEP, step->id);
    if (console_may_write(console))
        ask_text(console, label, "", answered, &item);
}

static void post_form(struct console *console, const char *text, const struct item *about)
{
    const struct board_step *step = console_step(console);
    (void)text;
    (void)about;
    if (step == NULL)
        return;
    console->posting = g_intern_string(step->id);
    session_practice_form(console->session, step->id);
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
        const struct overlay *ladder = console_top(console);
        int rung = ladder_view_form(ladder);
        if (rung > 0) {
            session_practice_rung(console->session, ladder_view_step(ladder), rung);
            console_sent(console, COMMAND_PRACTICE_FORM);
        } else
            console_note(console, "There is nothing of the practice tenant to be done here.");
        return;
    }
    if (step == NULL || !step->practice_form) {
        console_note(console, console->options->practice
                                  ? "Nothing of this step is done in a portal of the practice tenant now."
                                  : "Only the practice tenant fills in a portal's form.");
        return;
    }
    if (step_state_is_settled(step->state) && !board_step_told_unseen(step)) {
        console_note(console, "%d %s is settled: nothing of it is left to be done in the practice portal.",
                     step->number, step->title);
        return;
    }
    const struct board_field *missing = missing_field(step);
    if (missing != NULL) {
        console_note(console, "“%s” is missing: fill it in first, or the portal refuses it.", missing->label);
        return;
    }
    if (console_runs(console, COMMAND_PRACTICE_FORM)) {
        console_note(console, "The practice portal is being sent a form already.");
        return;
    }
    if (!console_may_write(console))
        return;
    if (g_strcmp0(console->posted, step->id) != 0) {
        post_form(console, "", NULL);
        return;
    }
    g_autofree char *said =
        g_strdup_printf("%d %s was done in the practice portal a moment ago.", step->number, step->title);
    ask_agreement(console, AGREE_POST_AGAIN, said, post_form, NULL);
}

static void do_paste_back(struct console *console, const char *text, const struct item *about)
{
    (void)about;
    /* An address holds no white space; what a chat or a narrow window broke it with is left out. */
    g_auto(GStrv) parts = g_strsplit_set(text, " \t\r\n", -1);
    g_autofree char *address = g_strjoinv("", parts);
    if (*address != '\0')
        session_paste_back(console->session, address);
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

void action_open_link(struct console *console)
{
    g_autoptr(GError) error = NULL;
    const char *start = sign_in_view_start(console_top(console));
    g_autofree char *url = start != NULL ? g_strdup(start) : link_here(console);
    if (url == NULL)
        console_note(console, "This step has no page to open.");
    else if (console->browser != 0)
        console_note(console, "A page is being opened already.");
    else if ((console->browser = launcher_open(console->options->launcher, url, &error)) != 0)
        console_note(console, "Asked this machine's browser to open the page.");
    else {
        /* What is opened at a sign-in leads back to this machine: to another goes the link itself. */
        g_autofree char *link = link_here(console);
        g_autofree char *headline = error_headline(error);
        console_push(console, message_view_new_about("The page was not opened", headline, error_hint(error), link));
    }
}

void action_ladder(struct console *console)
{
    const struct board_step *step = console_step(console);
    if (step == NULL || *step->trouble_title == '\0')
        console_note(console, "This step has no portal page that could refuse something.");
    else
        console_push(console, ladder_view_new(step));
}

void action_show_code(struct console *console)
{
    g_autofree char *url = link_here(console);
    g_autoptr(GUri) uri = url != NULL ? g_uri_parse(url, G_URI_FLAGS_NONE, NULL) : NULL;
    const char *host = uri != NULL && g_uri_get_host(uri) != NULL ? g_uri_get_host(uri) : "";
    /* A telephone's own loopback is another one. */
    if (url == NULL)
        console_note(console, "There is no link here.");
    else if (g_str_has_prefix(host, "127.") || strcmp(host, "localhost") == 0)
        console_note(console,
                     "No code: the link leads to the practice tenant on this machine; a telephone cannot open it.");
    else
        console_push(console, code_view_new(url));
}

void action_before(struct console *console)
{
    form_leave(console);
    console->collecting = !console->collecting;
    console->greeting = FALSE;
    console->chose = TRUE;
    console->pane = PANE_STEP;
    scroller_clear(&console->step_scroller);
    console->dirty = TRUE;
}

/* Whoever practises has no partner who wrote. */
void action_partner_mail(struct console *console)
{
    g_autoptr(GBytes) mail = console->options->practice ? asset_bytes("practice-mail.txt", NULL) : NULL;
    if (mail == NULL)
        console_note(console, "The e-mail is in your mailbox: paste it here. Only practice brings one along.");
    else if (!paste_offer(console, g_bytes_get_data(mail, NULL), "made-up e-mail", NULL))
        console_note(console, "Sign in first: what the values are for is not known yet.");
}
