/* SPDX-License-Identifier: MIT */
/*
 * A session without a worker: it plays a made-up onboarding of Contoso, so that front ends can be drawn, driven and
 * tested without a network. It defines the functions of engine/session.h; link it in place of the engine's.
 */
#ifndef PERCH_TESTS_FAKE_SESSION_H
#define PERCH_TESTS_FAKE_SESSION_H

#include "engine/session.h"

/* SCENE: "fresh" (nobody is signed in), "middle" (as in the middle of the work), "hostile" (names that try to harm),
 * "handed" (in the middle, with what a colleague hands over), "foreign" (in the middle; others made some of it). */
struct session *fake_session_new(const char *scene);

/* What was asked of the session, one text a call: "apply - contoso.onmicrosoft.com". Borrowed. */
const GPtrArray *fake_session_calls(const struct session *session);

/* The board as it stands; changes are told by fake_session_tell_board(). Borrowed. */
struct board *fake_session_board(struct session *session);
void fake_session_tell_board(struct session *session);

/* An answer to PATH, which stays the caller's, settles its step. */
void fake_session_settle_by(struct session *session, const char *path);

/* The practice portal refuses whatever is done there. */
void fake_session_refuse_forms(struct session *session);

/* Give EVENT out MILLISECONDS from now. Takes EVENT. */
void fake_session_push(struct session *session, struct event *event, guint milliseconds);

/* Give out COUNT log lines, "flood line 0" and so on, RATE a second. */
void fake_session_flood(struct session *session, int count, int rate);

/* Give EVENT, which was taken, out once more before any other. Takes EVENT. */
void fake_session_return(struct session *session, struct event *event);

struct log_line *fake_log_line(enum log_severity severity, const char *subject, const char *text);

#endif
