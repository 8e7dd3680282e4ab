/* SPDX-License-Identifier: MIT */
/*
 * A conversation in plain mode with the made-up session, for unit tests: lines go in, what was said comes out.
 */
#ifndef PERCH_TESTS_PLAIN_TALK_H
#define PERCH_TESTS_PLAIN_TALK_H

#include "support/fake_session.h"
#include "support/support.h"
#include "ui/plain/plain.h"

struct talk {
    struct session *session;
    char *said;
    int status;
};

/* Talk about the board of SESSION, which the talk owns, with the lines of HEARD, from a file as a script would. Caller
 * frees. */
struct talk *talk_about(struct session *session, const char *heard, const struct plain_options *options);
struct talk *talk_with(const char *scene, const char *heard, gboolean ascii);
/* The same on a terminal of COLUMNS: each of ANSWERS (NULL-terminated), which may be several lines as a paste is, is
 * typed once a question stands, then the input ends. What is typed is said too, where the terminal echoes it. */
struct talk *talk_on_terminal(struct session *session, const char *const *answers, const struct plain_options *options,
                              int columns);
void talk_free(struct talk *talk);

/* As of fake_session_calls(). */
gboolean was_called(const struct talk *talk, const char *call);

/* Fail the test unless TEXT was said; SECOND somewhere after FIRST. */
void assert_said(const struct talk *talk, const char *text);
void assert_said_in_order(const struct talk *talk, const char *first, const char *second);

#endif
