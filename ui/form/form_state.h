/* SPDX-License-Identifier: MIT */
/*
 * The inside of a form, shared by the files that edit it and draw it. Owned by the UI thread.
 */
#ifndef PERCH_UI_FORM_FORM_STATE_H
#define PERCH_UI_FORM_FORM_STATE_H

#include "input/validate.h"
#include "ui/console_state.h"
#include "ui/form/editor.h"
#include "ui/form/picker.h"

struct form {
    char *path; /* of the field that is edited; NULL: none */
    enum field_kind kind;
    char *validator;
    char *earliest;    /* of a day: none before it is taken; "" if any is */
    char *stood_there; /* the field's value as editing began */
    struct editor *editor;
    struct verdict *verdict; /* of what is typed; NULL: nothing to judge */
    struct picker picker;
    GPtrArray *unknown; /* user names that were taken though nobody was found who is called so */
    int marked;         /* choice */
    char *awaited;      /* path of the answer that is under way; NULL */
    char *sent;         /* what that answer is, of no secret; NULL */
    const char *stood;  /* what the step of that answer said before it, interned; NULL */
    gboolean in_mail;   /* the made-up e-mail of practice holds it */
    GHashTable *drafts; /* path -> text that was typed and cannot be used as it is */
};

/* The field PATH on the board, or NULL. Borrowed. */
const struct board_field *form_field(const struct console *console, const char *path);

/* The choices of FIELD: its own, or yes and no. Each is a struct board_choice. Caller unrefs. */
GPtrArray *form_choices(const struct board_field *field);

/* The verdict on TEXT, or NULL if VALIDATOR is no field of input/validate.h. No day before EARLIEST ("" if any) is
 * right but VALUE, which stands there: what began in time may stay. Caller frees. */
struct verdict *form_verdict(const char *validator, const char *earliest, const char *value, const char *text);

/* What is said of the user name NAME, which is taken though nobody was found who is called so. Caller frees. */
char *form_unknown_words(const char *name);

/* Somebody was taken under NAME though nobody was found who is called so. */
gboolean form_is_unknown(const struct form *form, const char *name);

/* Why NAME, who stands in FIELD, cannot be had, by the tenant; NULL if nothing says so. Borrowed. */
const char *form_unfit(const struct board_field *field, const char *name);

/* The fix that is offered first, or NULL. Borrowed from VERDICT. */
const struct finding *verdict_fix(const struct verdict *verdict);

#endif
