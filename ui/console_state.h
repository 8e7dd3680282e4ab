/*
 * What the console knows at one moment: the board as told last, the log, where the person is, what is being typed.
 * Views draw from it and actions change it; whoever changes it sets dirty. Owned by the UI thread.
 */
#ifndef PERCH_UI_CONSOLE_STATE_H
#define PERCH_UI_CONSOLE_STATE_H

#include "engine/session.h"
#include "ui/action.h"
#include "ui/console.h"
#include "ui/grid.h"
#include "ui/log_store.h"
#include "ui/page.h"
#include "ui/screen.h"
#include "ui/target.h"

struct ask;
struct form;
struct view;

enum pane { PANE_CHECKLIST, PANE_STEP, PANE_LOG, PANE_COUNT };

/* What the log pane shows. */
struct log_pane {
    struct log_filter filter;
    GArray *matches; /* of guint: numbers of matching lines; NULL while the filter is empty */
    guint seen;      /* lines of the store that went through the filter */
    gboolean following;
    guint marked; /* index of the marked line among those shown */
    int rows;
    char *find;
};

struct note {
    char *text;
    gint64 until; /* monotonic time */
};

struct console {
    struct session *session;
    const struct console_options *options;
    struct screen *screen; /* NULL in tests */
    struct grid *grid;
    struct targets *targets;

    struct board *board;
    struct log_store *log;
    struct log_pane log_pane;
    GArray *running; /* of enum command_kind: sent and not done, in order */

    GPtrArray *views; /* of struct view; the last is on top; none: the board alone */
    enum pane pane;
    char *step;     /* id of the step that is shown */
    gboolean chose; /* the person chose that step */
    gboolean greeting;
    gboolean unmasked;
    struct page_view checklist, step_view;
    int step_columns;  /* of the step's page as drawn last */
    struct form *form; /* what is being typed and what was left unfinished */
    struct ask *ask;   /* NULL: no question */
    struct note note;

    gboolean apply_when_planned;
    char *report_file;  /* where the report is to go once the history is told; NULL: nowhere */
    gint64 due_noticed; /* the deadline that was announced last */
    gboolean dirty;
    gboolean leaving;
    int exit_code;
};

/* A console without a terminal, for SESSION. Caller frees with console_state_free(). */
struct console *console_state_new(struct session *session, const struct console_options *options);
void console_state_free(struct console *console);

/* The step that is shown, or NULL. Borrowed from the board. */
const struct board_step *console_step(const struct console *console);
void console_select(struct console *console, const char *step);

/* TEXT in the last line for a few seconds. */
void console_note(struct console *console, const char *format, ...) G_GNUC_PRINTF(2, 3);

/* TRUE while a command of KIND was sent and is not done. */
gboolean console_runs(const struct console *console, enum command_kind kind);
gboolean console_busy(const struct console *console);

/* Remember that a command was sent to the session. */
void console_sent(struct console *console, enum command_kind kind);

/* Where keys go now: one member of enum place. */
guint console_place(const struct console *console);

/* FALSE, with a note, if this session may not write. */
gboolean console_may_write(struct console *console);

/* Put TEXT on the clipboard and say so; WHAT names it in the note. */
void console_copy(struct console *console, const char *text, const char *what);

/* Show a view on top of the board. */
void console_push(struct console *console, struct view *view);
void console_pop(struct console *console);
struct view *console_top(const struct console *console); /* NULL: the board */

#endif
