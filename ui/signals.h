/*
 * Signals as bytes in a pipe, for poll(). There is one at a time; owned by the UI thread.
 */
#ifndef PERCH_UI_SIGNALS_H
#define PERCH_UI_SIGNALS_H

#include <glib.h>

enum signal_news {
    SIGNAL_NONE,
    SIGNAL_RESIZED,
    SIGNAL_LEAVE, /* somebody wants this program to end */
};

/* Catch SIGWINCH, SIGCONT, SIGTERM, SIGHUP, SIGINT and SIGQUIT; what they did before is restored by signals_release().
 * Returns the file descriptor to poll, or -1. */
int signals_catch(void);
void signals_release(void);

/* What came since the last call; leaving goes before resizing. */
enum signal_news signals_read(void);

/* The signal that asked to leave last; 0 if none did. */
int signals_last(void);

#endif
