/* SPDX-License-Identifier: MIT */
/*
 * The console: the full-screen front end of a session. Runs in the thread that calls it, which thereby is the UI
 * thread.
 */
#ifndef PERCH_UI_CONSOLE_H
#define PERCH_UI_CONSOLE_H

#include <glib.h>

#include "base/launcher.h"
#include "engine/session.h"
#include "ui/report_writer.h"

/* What the session works against where that still comes up. */
struct console_awaited {
    int file; /* readable when it is up or has ended */
    gboolean (*is_up)(gpointer data, GError **error);
    gpointer data;
};

struct tenant_row;

struct console_options {
    gboolean ascii;                  /* draw with ASCII only */
    gboolean no_mouse;               /* leave the mouse to the terminal */
    gboolean no_color;               /* attributes only; NO_COLOR in the environment does the same */
    gboolean no_bell;                /* neither ring nor notify */
    gboolean first_run;              /* greet and explain before anything is asked */
    gboolean practice;               /* against a practice tenant */
    const struct tenant_row *tenant; /* that was chosen or named, as known before a sign-in; NULL: none was */
    const struct tenant_row *known;  /* the only one that something is kept of here; NULL: there is none, or several */
    const struct console_awaited *awaited; /* that tenant; NULL: it is up */
    gboolean *switch_tenant;               /* set when the person wants another tenant; NULL: that is not offered */
    gboolean *practise;                    /* set when the person wants to practise first; NULL: that is not offered */
    const char *const *keys;               /* of struct settings; NULL: the usual ones */
    const GPtrArray *remarks;              /* of char *: what to say at the start; NULL: nothing */
    report_writer write_report;            /* NULL: that is not offered */
    access_teller tell_access;             /* NULL: that is not offered */
    struct launcher *launcher;             /* of browsers; NULL: none */
};

/* Load what the console is drawn with. To be called before there is a session: its thread loads libraries of its own,
 * and whoever loads one at the same time waits for all of those. */
void console_prepare(void);

/* Show SESSION until the person leaves. Returns the exit code of the command line, or -1 and ERROR when the terminal
 * cannot be drawn on (PERCH_ERROR_USAGE; the hint points to --plain), or with the error of what did not come up. The
 * caller has set the locale. */
int console_run(struct session *session, const struct console_options *options, GError **error);

#endif
