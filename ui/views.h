/*
 * The views that can stand over the board. Each is one file that ends in a const table (see view.h). Owned by the UI
 * thread.
 */
#ifndef PERCH_UI_VIEWS_H
#define PERCH_UI_VIEWS_H

#include "input/paste.h"
#include "ui/view.h"

/* The requests of PLAN; one of them may be open. A reference is taken. Caller pushes or frees. */
struct view *plan_view_new(struct plan *plan);

/* The plan in VIEW, or NULL if it is another kind of view. Borrowed. */
struct plan *plan_view_plan(const struct view *view);

/* Where and how to sign in. PROMPT is copied. */
struct view *sign_in_view_new(const struct prompt *prompt);

/* The address to open, or NULL if VIEW is another kind of view. Borrowed. */
const char *sign_in_view_url(const struct view *view);

/* All actions that work at PLACE or anywhere, with their keys. */
struct view *help_view_new(guint place);

/* LINE of the log with all that is known about it. It is copied. */
struct view *line_view_new(const struct log_line *line);

/* A message of two sentences; HINT may be "". */
struct view *message_view_new(const char *title, const char *headline, const char *hint);

/* A secret that is shown once. It is copied, and overwritten when the view is freed. */
struct view *secret_view_new(const struct shown_secret *secret);

/* What to try when the portal of STEP refuses, rung by rung, the one first that its refusal points to. STEP has a
 * trouble_title; it is copied. */
struct view *ladder_view_new(const struct board_step *step);

/* The step whose ladder VIEW is, or NULL if it is another kind of view (or NULL). Borrowed. */
const char *ladder_view_step(const struct view *view);

/* The rung to try, from 1, if the practice tenant can do it; else 0. */
int ladder_view_form(const struct view *view);

/* What was found in a paste, in parts, and each finding. Takes VALUES. */
struct view *paste_view_new(struct paste_values *values);

/* VIEW (may be NULL) is one of those. */
gboolean is_paste_view(const struct view *view);

/* TEXT as a QR code. */
struct view *code_view_new(const char *text);

#endif
