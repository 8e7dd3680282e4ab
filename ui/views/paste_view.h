/* SPDX-License-Identifier: MIT */
/*
 * What was found in a paste, and the question what of it to use. Owned by the UI thread.
 */
#ifndef PERCH_UI_VIEWS_PASTE_VIEW_H
#define PERCH_UI_VIEWS_PASTE_VIEW_H

#include "input/paste.h"
#include "ui/views/overlay.h"

/* A value and the field that it is for. */
struct paste_choice {
    char *path;
    char *label;
    char *value;
    char *reasons;  /* of a value that may be meant; NULL if it is clear */
    char *replaces; /* what the field holds, as it may be shown; NULL if nothing else than the value */
    int offset;     /* in the paste, and LINE from 1, of a value that may be meant; 0 if it is clear */
    int line;
    gboolean is_settled;
};

/* VALUE for FIELD. CANDIDATE: of a value that may be meant; NULL if it is clear. UNMASKED: what FIELD holds may be
 * shown. Caller frees with paste_choice_free(). */
struct paste_choice *paste_choice_new(const struct board_field *field, const char *value,
                                      const struct paste_candidate *candidate, gboolean unmasked);
void paste_choice_free(gpointer choice);

/* Takes VALUES and CHOICES (of struct paste_choice; none: only the findings are shown). SOURCE is what the title calls
 * what was pasted; static. NOTE (may be NULL) is about it. Nothing is kept before a choice is taken. */
struct overlay *paste_view_new(struct paste_values *values, GPtrArray *choices, const char *source, const char *note);

#endif
