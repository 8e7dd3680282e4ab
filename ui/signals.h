/* SPDX-License-Identifier: MIT */
/*
 * Signals as bytes in a pipe, for poll(). There is one at a time; owned by the UI thread.
 */
#ifndef PERCH_UI_SIGNALS_H
#define PERCH_UI_SIGNALS_H

#include <glib.h>

enum signal_news {
    SIGNAL_NONE,
    SIGNAL_RESIZED,
    SIGNAL_CONTINUED, /* after a stop: the terminal's modes are not what they were */
    SIGNAL_SUSPEND,   /* somebody else asks for what Ctrl-Z does */
    SIGNAL_LEAVE,     /* somebody wants this program to end */
};

/* Catch SIGWINCH, SIGCONT, SIGTSTP, SIGTERM, SIGHUP, SIGINT and SIGQUIT; what they did before is restored by
 * signals_release(). Returns the file descriptor to poll, or -1. */
int signals_catch(void);
void signals_release(void);

/* What came since the last call; leaving goes before stopping, stopping before the rest. */
enum signal_news signals_read(void);

/* The signal that asked to leave last; 0 if none did. */
int signals_last(void);

#endif
