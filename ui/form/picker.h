/* SPDX-License-Identifier: MIT */
/*
 * People are picked among those that a look-up in the tenant found for what is typed. The look-up itself is the
 * caller's. Owned by the UI thread.
 */
#ifndef PERCH_UI_FORM_PICKER_H
#define PERCH_UI_FORM_PICKER_H

#include "board/event.h"
#include "ui/form/editor.h"

struct picker {
    gboolean several;  /* a list is picked */
    GPtrArray *picked; /* of char *: user names taken so far, for a list */
    GPtrArray *found;  /* of struct person */
    char *error;       /* why the look-up failed; NULL if it did not */
    guint serial;      /* of the question asked last */
    gint64 ask_at;     /* monotonic; 0: nothing to ask */
    gboolean looking;  /* a look-up was asked for what is typed and is not answered */
    gboolean answered; /* found belongs to what is typed */
    int marked;        /* index in found; -1: nobody */
    gboolean changed;  /* who is picked */
};

/* SEVERAL: PRESENT is a list, separated by comma. */
void picker_begin(struct picker *picker, gboolean several, const char *present);
void picker_clear(struct picker *picker);

/* The text in EDITOR is another one: it is looked for. */
void picker_typed(struct picker *picker, const struct editor *editor);

/* The look-up for what is typed was answered, and by nobody. */
gboolean picker_found_nobody(const struct picker *picker);

/* TYPED is a whole user name: of somebody whom the look-up may not show, or of an account that is to be created. */
gboolean picker_is_whole(const char *typed);

enum picker_outcome {
    PICKER_NOT_MINE, /* the key is somebody else's */
    PICKER_GOES_ON,
    PICKER_NOBODY, /* Enter, and nobody is chosen yet */
    PICKER_DONE,   /* *PICKED is what to answer; caller frees */
};

enum picker_outcome picker_key(struct picker *picker, struct editor *editor, const struct key_event *key,
                               char **picked);

/* The answer to a look-up for what stands in EDITOR; one to an earlier question is of no use and left out: FALSE. Takes
 * nothing. */
gboolean picker_found(struct picker *picker, const struct editor *editor, const struct people *people);

/* Rows under the line that is typed. */
void picker_fill(const struct picker *picker, const struct editor *editor, struct text_layout *layout,
                 const struct item *item, int indent);

#endif
