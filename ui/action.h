/* SPDX-License-Identifier: MIT */
/*
 * The table of actions: every thing a person can do has here its name, its keys, its places, its words. Keys, the key
 * bar, the help and the mouse hits are made from it and from nothing else. Owned by the UI thread.
 */
#ifndef PERCH_UI_ACTION_H
#define PERCH_UI_ACTION_H

#include <glib.h>

#include "ui/key_event.h"

struct console;

enum pane { PANE_CHECKLIST, PANE_STEP, PANE_LOG, PANE_COUNT };

/* Where an action works: a set. */
enum place {
    PLACE_CHECKLIST = 1 << 0,
    PLACE_STEP = 1 << 1,
    PLACE_LOG = 1 << 2,
    PLACE_PLAN = 1 << 3,
    PLACE_SIGN_IN = 1 << 4,
    PLACE_READ = 1 << 5, /* an opened log line, a message */
    PLACE_LIST = 1 << 6, /* a list that is filtered while typing: letters are text there */
    PLACE_BOARD = PLACE_CHECKLIST | PLACE_STEP | PLACE_LOG,
    PLACE_STEPS = PLACE_CHECKLIST | PLACE_STEP,
    PLACE_PAGES = PLACE_PLAN | PLACE_SIGN_IN | PLACE_READ,
    PLACE_ANY = PLACE_BOARD | PLACE_PAGES | PLACE_LIST,
};

/* A(name, keys, places, label on the key bar ("": not there), help). Keys are separated by blanks. Order is importance
 * on the key bar. M is one of several ways of going about: its function and how far, forward or back. */
#define ACTION_LIST(A, M)                                                                                              \
    A(choose, "Enter", PLACE_STEP | PLACE_PAGES | PLACE_LIST, "choose",                                                \
      "Do what the marked line offers: edit the field, take the choice, copy the value or code, open the body.")       \
    A(paste_back, "b", PLACE_SIGN_IN, "paste back",                                                                    \
      "Give the address that your browser could not open, when it runs on another machine.")                           \
    M(open_step, show_pane, PANE_STEP, "Enter Right l", PLACE_CHECKLIST, "open", "Go into the step.")                  \
    A(open_line, "Enter", PLACE_LOG, "open", "Open the marked line: request id, status, time, the whole exchange.")    \
    A(sign_in, "s", PLACE_BOARD, "sign in", "Sign in with the browser.")                                               \
    A(follow, "f", PLACE_LOG, "follow", "Go to the newest line and follow.")                                           \
    A(take_fix, "F", PLACE_STEP, "mend", "Take the correction that is shown under a field.")                           \
    M(next_step, move_step, 1, "n", PLACE_STEPS, "next",                                                               \
      "Go to the next step that needs you, can be done now, or has a value to be filled in.")                          \
    M(previous_step, move_step, -1, "N", PLACE_STEPS, "", "Go to the one before that.")                                \
    A(partner_mail, "E", PLACE_STEPS, "partner mail",                                                                  \
      "In practice: take the values from the partner's made-up e-mail.")                                               \
    A(practice_form, "f", PLACE_STEPS | PLACE_SIGN_IN | PLACE_READ, "do it here",                                      \
      "Do this portal step, or what is to be tried here, in the practice tenant.")                                     \
    A(tell, "t", PLACE_STEPS, "tell",                                                                                  \
      "Say that you have done this step yourself; your account and the time are kept, or perch looks for it.")         \
    A(override_wait, "w", PLACE_STEPS, "go on now", "End this step's wait early by typing a word; that is recorded.")  \
    A(before, "b", PLACE_STEPS, "values", "Before you begin: every value that will be asked for, in one form.")        \
    A(ladder, "L", PLACE_STEPS, "refused?", "The portal refused: walk through what to try, one thing after another.")  \
    A(report, "r", PLACE_BOARD | PLACE_READ, "report",                                                                 \
      "Write the report to a file: what exists, who did it and when, what was only told.")                             \
    A(who, "W", PLACE_BOARD | PLACE_READ, "",                                                                          \
      "Who can do what now, and who gets in by what: what the report's first page says.")                              \
    A(hand_over, "H", PLACE_BOARD, "hand over", "Write to a file what a colleague needs who may do what you may not.") \
    A(plan, "p", PLACE_BOARD, "plan", "Show every request that would be sent, and send none of them.")                 \
    A(apply, "a", PLACE_BOARD | PLACE_PLAN, "apply all", "Show the plan and, on your word, carry it out.")             \
    A(apply_step, "A", PLACE_STEPS, "apply step",                                                                      \
      "Show the plan for this step and what it needs, and on your word carry out only that.")                          \
    A(about, "i", PLACE_STEPS | PLACE_SIGN_IN, "about",                                                                \
      "Read what this step is about; of a sign-in, all that it asks for and the whole address.")                       \
    A(zoom, "z", PLACE_BOARD, "zoom", "Give this pane the whole screen, or its place again.")                          \
    A(check, "c", PLACE_BOARD, "check", "Read the tenant again.")                                                      \
    A(open_link, "o", PLACE_STEPS | PLACE_SIGN_IN, "open page", "Open the link in a browser on this machine.")         \
    A(copy, "y", PLACE_STEPS | PLACE_LOG | PLACE_PAGES, "copy",                                                        \
      "Copy the marked value, or the link, to the clipboard; it works over SSH where the terminal allows it.")         \
    A(exchange, "e", PLACE_STEPS, "exchange",                                                                          \
      "Show the last request about this step that went wrong: code, request id, what was sent and answered.")          \
    A(skip, "x", PLACE_STEPS, "leave out", "Skip this step: leave it out, with a reason, or take it in again.")        \
    A(take_back, "T", PLACE_STEPS, "take back",                                                                        \
      "Take back what was told, decided or left out here; both stay on record.")                                       \
    A(show_masked, "m", PLACE_STEPS, "show", "Show or hide identifiers that are masked.")                              \
    A(show_code, "Q", PLACE_STEPS | PLACE_SIGN_IN, "QR", "Show the link as a QR code for a telephone.")                \
    A(device_code, "d", PLACE_BOARD | PLACE_SIGN_IN, "code",                                                           \
      "Sign in with a code typed on another device instead of the browser.")                                           \
    A(undo, "u", PLACE_BOARD, "undo", "Show what perch created and, on your word, remove it.")                         \
    A(leave_partner, "X", PLACE_BOARD | PLACE_PLAN | PLACE_READ, "end access",                                         \
      "Leave the partner: show who has access by what and, on your word, take it away.")                               \
    A(find, "/", PLACE_BOARD | PLACE_PAGES, "find", "Find a text here; the next one with / and Enter.")                \
    M(find_next, find_again, -1, "n", PLACE_LOG | PLACE_PAGES, "",                                                     \
      "The next place of what was looked for; in the log further back.")                                               \
    M(find_previous, find_again, 1, "N", PLACE_LOG | PLACE_PAGES, "", "The one before that.")                          \
    A(filter_severity, "v", PLACE_LOG, "severity", "Show only lines from a severity on.")                              \
    A(filter_subject, "i", PLACE_LOG, "subject", "Show only lines about one subject.")                                 \
    A(save_log, "w", PLACE_LOG, "save", "Write the whole log to a file.")                                              \
    M(next_pane, move_pane, 1, "Tab", PLACE_BOARD, "pane", "Go to the next pane.")                                     \
    M(previous_pane, move_pane, -1, "Shift-Tab", PLACE_BOARD, "", "Go to the pane before.")                            \
    M(up, move, -1, "Up k", PLACE_ANY, "", "Up.")                                                                      \
    M(down, move, 1, "Down j", PLACE_ANY, "", "Down.")                                                                 \
    M(page_up, move_page, -1, "PgUp Ctrl-B", PLACE_ANY, "", "A page up.")                                              \
    M(page_down, move_page, 1, "PgDn Space", PLACE_ANY, "", "A page down.")                                            \
    M(first, move_to_end, -1, "Home g", PLACE_ANY, "", "To the beginning.")                                            \
    M(last, move_to_end, 1, "End G", PLACE_ANY, "", "To the end.")                                                     \
    M(checklist_pane, show_pane, PANE_CHECKLIST, "F2", PLACE_BOARD, "", "To the checklist; in the log 1 does it too.") \
    M(step_pane, show_pane, PANE_STEP, "F3", PLACE_BOARD, "", "To the step; in the log 2 does it too.")                \
    M(log_pane, show_pane, PANE_LOG, "F4", PLACE_BOARD, "", "To the log.")                                             \
    A(tenants, "S", PLACE_BOARD, "", "Go to another tenant that is known here.")                                       \
    A(sign_out, "O", PLACE_BOARD, "", "Sign out and forget what was kept in the keyring.")                             \
    A(unlock_keyring, "U", PLACE_BOARD | PLACE_SIGN_IN, "",                                                            \
      "Let the desktop ask for the keyring's password, so that the sign-in is kept there.")                            \
    A(cancel, "Esc", PLACE_BOARD, "stop", "Stop what runs as soon as that is safe; else back to the checklist.")       \
    A(close, "Esc q", PLACE_PAGES | PLACE_LIST, "back", "Back to the board.")                                          \
    A(help, "? F1 :", PLACE_ANY, "help", "All that can be done: type to find it, Enter does it.")                      \
    A(quit, "q", PLACE_BOARD, "quit", "Quit perch. What was done is kept; the next start goes on from here.")          \
    A(leave, "Ctrl-C", PLACE_ANY, "", "Quit perch from anywhere.")                                                     \
    A(redraw, "Ctrl-L", PLACE_ANY, "", "Draw the screen anew.")                                                        \
    A(suspend, "Ctrl-Z", PLACE_ANY, "", "Stop this program as the shell does; fg brings it back.")

enum action_id {
#define ACTION_ID(name, ...) ACTION_##name,
    ACTION_LIST(ACTION_ID, ACTION_ID)
#undef ACTION_ID
        ACTION_COUNT
};

struct action {
    const char *name;
    const char *keys;
    guint places;
    const char *label;
    const char *help;
    void (*run)(struct console *console);
    void (*move)(struct console *console, int step); /* in place of run */
    int step;
};

extern const struct action actions[ACTION_COUNT];

/* The keys of the action ID: OWN[ID], which the person set, or those of its row where OWN or OWN[ID] is NULL. */
const char *action_keys(const char *const *own, enum action_id id);

/* The action of PRESSED at PLACE (one member of enum place); ACTION_COUNT if there is none. */
enum action_id action_for(const char *const *own, guint place, const struct key_event *pressed);

/* The first of an action's keys, as shown. Static. */
const char *action_first_key(const char *const *own, enum action_id id);

/* Do it; nothing for ACTION_COUNT. */
void action_run(struct console *console, enum action_id id);

#define ACTION_RUN(name, ...) void action_##name(struct console *console);
#define ACTION_MOVE(name, function, ...) void action_##function(struct console *console, int step);
ACTION_LIST(ACTION_RUN, ACTION_MOVE)
#undef ACTION_RUN
#undef ACTION_MOVE

#endif
