/* SPDX-License-Identifier: MIT */
/*
 * What the console knows at one moment: the board as told last, the log, where the person is, what is being typed.
 * Views draw from it and actions change it; whoever changes it sets dirty. Owned by the UI thread.
 */
#ifndef PERCH_UI_CONSOLE_STATE_H
#define PERCH_UI_CONSOLE_STATE_H

#include "engine/session.h"
#include "ui/action.h"
#include "ui/console.h"
#include "ui/frame.h"
#include "ui/grid.h"
#include "ui/hit_area.h"
#include "ui/log_store.h"
#include "ui/screen.h"
#include "ui/text_layout.h"

struct ask;
struct form;
struct overlay;

/* What the log pane shows. */
struct log_pane {
    struct log_filter filter;
    GArray *matches; /* of guint: numbers of matching lines; NULL while the filter is empty */
    guint seen;      /* lines of the store that went through the filter */
    gboolean following;
    guint marked; /* index of the marked line among those shown */
    int rows;
};

struct note {
    char *text;
    gint64 until; /* monotonic time */
};

/* What was done in a portal and is looked for. Times are monotonic. */
struct look {
    char *step; /* id; NULL: nothing is */
    gint64 at, until;
    gboolean reading; /* the check that runs is such a look: it keeps nobody from anything */
};

struct console {
    struct session *session;
    const struct console_options *options;
    struct screen *screen; /* NULL in tests */
    struct grid *grid;
    GArray *hits; /* of struct hit_area */

    struct board *board;
    struct log_store *log;
    struct log_pane log_pane;
    GArray *running; /* of enum command_kind: sent and not done, in order */

    GPtrArray *overlays; /* of struct overlay; the last is on top; none: the board alone */
    enum pane pane;
    char *step;            /* id of the step that is shown */
    gboolean chose;        /* the person chose that step */
    gboolean led;          /* the tenant was read once, and what comes next shown */
    const char *filled_in; /* the step of which a value was given since it is shown, interned; NULL: none was */
    const char *open_step; /* the step that is shown, while something of it is to be done, interned; NULL: nothing is */
    gboolean greeting;
    gboolean collecting; /* the step's pane shows the fields of all steps */
    gboolean unmasked;
    char *find;      /* what was looked for last; NULL: nothing yet */
    gboolean zoomed; /* the pane with the keys has the whole screen */
    struct scroller checklist, step_scroller;
    int step_columns;           /* of the step's pane as drawn last */
    int step_top;               /* its first row then */
    gboolean mark_in_sight;     /* in it, as drawn last */
    gboolean reveal_focus;      /* the focus was moved and is to be brought into sight */
    struct form *form;          /* what is being typed and what was left unfinished */
    struct ask *ask;            /* NULL: no question */
    gboolean drops_typed_ahead; /* something came up by itself: what was typed before it was seen is not for it */
    struct note note;
    struct look look;
    const char *posting; /* id of the step whose form the practice portal is being sent, interned; NULL: none */
    const char *posted;  /* ... was sent last, and took, interned; NULL: none, or what it holds has changed since */

    gboolean apply_when_planned;
    gint64 ask_at; /* monotonic time when the plan that is shown has been in sight for long enough to be asked about; 0:
                      it is not to be */
    gint64 quiet_until;       /* monotonic time: a key came before the question about a plan, and it waits for whoever
                                 presses keys to see it */
    char *typed_before;       /* at a plan that had to be made anew, for the question about that; NULL: none had */
    struct plan *carried_out; /* whose progress the step's pane shows; NULL: none */
    gboolean nothing_sent;    /* of it, as it has ended */
    enum pane pane_before;    /* had the keys before that */
    gboolean ended;           /* that all is done was said */
    gboolean handed_offered;  /* what was handed over was shown by itself */
    char *report_file;        /* where the report is to go once the history is told; NULL: nowhere */
    gboolean asks_who;        /* who can do what is shown once it is told */
    gint64 due_noticed;       /* the deadline that was announced last */
    int digits;               /* the number of the step that digits jumped to */
    gint64 digits_until;      /* monotonic: till then another digit belongs to it */
    gboolean dirty;           /* what a person did or a time brought is not painted */
    struct frame frame;
    gboolean leaving;
    gint64 clear_clipboard; /* monotonic time when what was copied and is secret is taken off; 0: nothing is there */
    GPid browser;           /* that was asked to open a page and has not said how it went; 0: none */
    int awaited;            /* file of what still comes up; -1: nothing does */
    GError *failed;         /* why it did not; NULL: it did not fail */
    int exit_code;
};

/* The step that is shown, or NULL. Borrowed from the board. */
const struct board_step *console_step(const struct console *console);

/* TEXT in the last line for a few seconds. */
void console_note(struct console *console, const char *format, ...) G_GNUC_PRINTF(2, 3);

/* TRUE while a command of KIND was sent and is not done. */
gboolean console_runs(const struct console *console, enum command_kind kind);
gboolean console_busy(const struct console *console);

/* TRUE while requests that change the tenant are being sent. */
gboolean console_writes(const struct console *console);

/* Remember that a command was sent to the session. */
void console_sent(struct console *console, enum command_kind kind);

/* Where keys go now: one member of enum place. */
guint console_place(const struct console *console);

/* FALSE if this session may not write, or not while it does: with a note, or with the question whether what was handed
 * over is taken. */
gboolean console_may_write(struct console *console);

/* Put TEXT on the clipboard and say so; WHAT names it in the note. */
void console_copy(struct console *console, const char *text, const char *what);

/* What stands on top of the board; NULL: nothing. */
struct overlay *console_top(const struct console *console);

#endif
