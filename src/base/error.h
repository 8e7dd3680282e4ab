/* SPDX-License-Identifier: MIT */
/*
 * The error domain of perch.
 *
 * Every recoverable failure is a GError in this domain. Its message says what failed and on which
 * object; a second line, where there is one, says what to do next. error_headline() and error_hint()
 * take the two apart for front ends. Used from any thread.
 */
#ifndef PERCH_BASE_ERROR_H
#define PERCH_BASE_ERROR_H

#include <glib.h>

#define PERCH_ERROR (perch_error_quark())

enum perch_error {
    PERCH_ERROR_USAGE,     /* a wrong option or argument */
    PERCH_ERROR_INPUT,     /* a value, answers file or profile that cannot be used */
    PERCH_ERROR_STATE,     /* the state directory: journal, lock, disk */
    PERCH_ERROR_LOCKED,    /* another perch works on this tenant */
    PERCH_ERROR_NETWORK,   /* no usable answer: connection, TLS, time-out */
    PERCH_ERROR_PROTOCOL,  /* an answer that does not follow its own rules */
    PERCH_ERROR_SIGN_IN,   /* not signed in, refused, expired */
    PERCH_ERROR_TENANT,    /* the wrong tenant */
    PERCH_ERROR_REFUSED,   /* the service said no */
    PERCH_ERROR_IN_DOUBT,  /* a write whose outcome is not known */
    PERCH_ERROR_PERSON,    /* a person has to decide or do something */
    PERCH_ERROR_CANCELLED, /* the person stopped it */
    PERCH_ERROR_INTERNAL,  /* a broken build or installation */
};

/* How a command ends. Where several hold: the first of bad input, failed, in doubt, drifted, left, person, waiting,
 * done. */
enum exit_code {
    EXIT_DONE = 0, /* all done, or nothing to do */
    EXIT_FAILED = 1,
    EXIT_BAD_INPUT = 2, /* usage, a value, the wrong tenant */
    EXIT_LEFT = 3,      /* something is left that perch could do */
    EXIT_WAITING = 4,   /* only waits are left */
    EXIT_PERSON = 5,    /* a person is needed */
    EXIT_IN_DOUBT = 6,  /* look before going on */
    EXIT_DRIFTED = 7,   /* what was proved is not so any more; only where that was asked for */
};

GQuark perch_error_quark(void);

/* The short word that stands for CODE in JSON ("usage", "in-doubt"). Static. */
const char *perch_error_word(int code);

/* The exit code that stands for ERROR; EXIT_DONE for NULL. */
int perch_error_exit_code(const GError *error);

/* The first line of ERROR's message. Caller frees. */
char *error_headline(const GError *error);

/* ": " and the first line of ERROR's message without its full stop, for the end of a sentence; "" for NULL. Caller
 * frees. */
char *error_reason(const GError *error);

/* What follows the first line of ERROR's message; "" if nothing does. Borrowed from ERROR. */
const char *error_hint(const GError *error);

#endif
