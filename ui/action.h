/*
 * The table of actions: every thing a person can do has here its name, its keys, its places, its words. Keys, the key
 * bar, the help and the mouse targets are made from it and from nothing else. Owned by the UI thread.
 */
#ifndef PERCH_UI_ACTION_H
#define PERCH_UI_ACTION_H

#include <glib.h>

#include "ui/press.h"

struct console;

/* Where an action works: a set. */
enum place {
    PLACE_CHECKLIST = 1 << 0,
    PLACE_STEP = 1 << 1,
    PLACE_LOG = 1 << 2,
    PLACE_PLAN = 1 << 3,
    PLACE_SIGN_IN = 1 << 4,
    PLACE_READ = 1 << 5, /* help, an opened log line, a message */
    PLACE_BOARD = PLACE_CHECKLIST | PLACE_STEP | PLACE_LOG,
    PLACE_STEPS = PLACE_CHECKLIST | PLACE_STEP,
    PLACE_PAGES = PLACE_PLAN | PLACE_SIGN_IN | PLACE_READ,
    PLACE_ANY = PLACE_BOARD | PLACE_PAGES,
};

/* A(name, keys, places, label on the key bar ("": not there), help). Keys are separated by blanks. Order is importance
 * on the key bar. */
#define ACTION_LIST(A)                                                                                                 \
    A(choose, "Enter", PLACE_STEP | PLACE_PAGES, "choose",                                                             \
      "Do what the marked line offers: edit the field, take the choice, copy the value or code, open the body.")       \
    A(paste_back, "b", PLACE_SIGN_IN, "paste back",                                                                    \
      "Give the address that your browser could not open, when it runs on another machine.")                           \
    A(open_step, "Enter Right l", PLACE_CHECKLIST, "open", "Go into the step.")                                        \
    A(open_line, "Enter", PLACE_LOG, "open", "Open the marked line: request id, status, time, the whole exchange.")    \
    A(sign_in, "s", PLACE_BOARD, "sign in", "Sign in with the browser.")                                               \
    A(follow, "f", PLACE_LOG, "follow", "Go to the newest line and follow.")                                           \
    A(take_fix, "F", PLACE_STEP, "mend", "Take the correction that is shown under a field.")                           \
    A(next_step, "n", PLACE_STEPS, "next", "Jump to the next step that needs you or can be done now.")                 \
    A(tell, "t", PLACE_STEPS, "tell",                                                                                  \
      "Say that you have done this step yourself; your account and the time are kept.")                                \
    A(practice_form, "f", PLACE_STEPS | PLACE_SIGN_IN | PLACE_READ, "do it here",                                      \
      "Do this portal step, or what this rung asks for, in the practice tenant.")                                      \
    A(override_wait, "w", PLACE_STEPS, "go on now", "End this step's wait early by typing a word; that is recorded.")  \
    A(ladder, "L", PLACE_STEPS, "refused?", "The portal refused: walk through what to try, one rung after another.")   \
    A(report, "r", PLACE_BOARD, "report",                                                                              \
      "Write the report to a file: what exists, who did it and when, what was only told.")                             \
    A(hand_over, "H", PLACE_BOARD, "hand over", "Write to a file what a colleague needs who may do what you may not.") \
    A(plan, "p", PLACE_BOARD, "plan", "Show every request that would be sent, and send none of them.")                 \
    A(apply, "a", PLACE_BOARD | PLACE_PLAN, "apply", "Show the plan and, on your word, carry it out.")                 \
    A(apply_step, "A", PLACE_STEPS, "this step",                                                                       \
      "Show the plan for this step and what it needs, and on your word carry out only that.")                          \
    A(check, "c", PLACE_BOARD, "check", "Read the tenant again.")                                                      \
    A(open_link, "o", PLACE_STEPS | PLACE_SIGN_IN, "open page", "Open the link in a browser on this machine.")         \
    A(copy, "y", PLACE_STEPS | PLACE_LOG | PLACE_PAGES, "copy",                                                        \
      "Copy the marked value, or the link, to the clipboard; it works over SSH where the terminal allows it.")         \
    A(exchange, "e", PLACE_STEPS, "exchange",                                                                          \
      "Show the last request about this step that went wrong: code, request id, what was sent and answered.")          \
    A(skip, "x", PLACE_STEPS, "skip", "Leave this step out, with a reason, or take it in again.")                      \
    A(show_masked, "m", PLACE_STEPS, "show", "Show or hide identifiers that are masked.")                              \
    A(show_code, "Q", PLACE_STEPS | PLACE_SIGN_IN, "QR", "Show the link as a QR code for a telephone.")                \
    A(device_code, "d", PLACE_BOARD | PLACE_SIGN_IN, "code",                                                           \
      "Sign in with a code typed on another device instead of the browser.")                                           \
    A(undo, "u", PLACE_BOARD, "undo", "Show what perch created and, on your word, remove it.")                         \
    A(find, "/", PLACE_LOG | PLACE_READ, "find", "Find a text.")                                                       \
    A(find_next, "n", PLACE_LOG | PLACE_READ, "", "Find it again, further back.")                                      \
    A(find_previous, "N", PLACE_LOG | PLACE_READ, "", "Find it again, further on.")                                    \
    A(filter_severity, "v", PLACE_LOG, "severity", "Show only lines from a severity on.")                              \
    A(filter_subject, "i", PLACE_LOG, "subject", "Show only lines about one subject.")                                 \
    A(save_log, "w", PLACE_LOG, "save", "Write the whole log to a file.")                                              \
    A(next_pane, "Tab", PLACE_BOARD, "pane", "Go to the next pane.")                                                   \
    A(previous_pane, "Shift-Tab", PLACE_BOARD, "", "Go to the pane before.")                                           \
    A(up, "Up k", PLACE_ANY, "", "Up.")                                                                                \
    A(down, "Down j", PLACE_ANY, "", "Down.")                                                                          \
    A(page_up, "PgUp Ctrl-B", PLACE_ANY, "", "A page up.")                                                             \
    A(page_down, "PgDn Space", PLACE_ANY, "", "A page down.")                                                          \
    A(first, "Home g", PLACE_ANY, "", "To the beginning.")                                                             \
    A(last, "End G", PLACE_ANY, "", "To the end.")                                                                     \
    A(sign_out, "O", PLACE_BOARD, "", "Sign out and forget what was kept in the keyring.")                             \
    A(unlock_keyring, "U", PLACE_BOARD | PLACE_SIGN_IN, "",                                                            \
      "Let the desktop ask for the keyring's password, so that the sign-in is kept there.")                            \
    A(cancel, "Esc", PLACE_BOARD, "", "Stop what runs as soon as that is safe; else back to the checklist.")           \
    A(close, "Esc q", PLACE_PAGES, "back", "Back to the board.")                                                       \
    A(help, "? F1", PLACE_ANY, "help", "All keys.")                                                                    \
    A(quit, "q", PLACE_BOARD, "quit", "Leave. What was done is kept; the next start goes on from here.")               \
    A(leave, "Ctrl-C", PLACE_ANY, "", "Leave from anywhere.")                                                          \
    A(redraw, "Ctrl-L", PLACE_ANY, "", "Draw the screen anew.")                                                        \
    A(suspend, "Ctrl-Z", PLACE_ANY, "", "Stop this program as the shell does; fg brings it back.")

enum action_id {
#define ACTION_ID(name, keys, places, label, help) ACTION_##name,
    ACTION_LIST(ACTION_ID)
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
};

extern const struct action actions[ACTION_COUNT];

/* The action of PRESS at PLACE (one member of enum place); ACTION_COUNT if there is none. */
enum action_id action_for(guint place, const struct press *press);

/* The first of an action's keys, as shown. Caller frees. */
char *action_first_key(const struct action *action);

#define ACTION_RUN(name, keys, places, label, help) void action_##name(struct console *console);
ACTION_LIST(ACTION_RUN)
#undef ACTION_RUN

#endif
