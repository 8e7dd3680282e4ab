/* SPDX-License-Identifier: MIT */
/*
 * A one-line editor: text with a cursor, without a screen. Owned by the UI thread.
 *
 * The text lives in one block of fixed size that is wiped when the editor is freed, never moved, and for a secret
 * locked in memory and kept out of core dumps; so no copy of a secret stays behind.
 */
#ifndef PERCH_UI_EDITOR_H
#define PERCH_UI_EDITOR_H

#include "ui/key_event.h"
#include "ui/text_layout.h"

#define EDITOR_LIMIT 16384 /* bytes */

struct editor;
typedef struct editor Editor;

enum editor_mask {
    EDITOR_PLAIN,
    EDITOR_DOTS,   /* a mask of fixed width */
    EDITOR_HIDDEN, /* nothing at all */
};

/* Caller frees with editor_free(). */
struct editor *editor_new(gboolean secret);
void editor_free(struct editor *editor);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Editor, editor_free)

/* The text, borrowed. */
const char *editor_text(const struct editor *editor);
gboolean editor_is_empty(const struct editor *editor);

/* The cursor is behind the last character. */
gboolean editor_is_at_end(const struct editor *editor);

/* Replace the text; the cursor goes to its end. What is over the limit is cut off at a character. */
void editor_set(struct editor *editor, const char *text);

/* The same, as a proposal: the first key that types or erases takes its place, any other keeps it. */
void editor_suggest(struct editor *editor, const char *text);

/* TRUE as long as that is what it is. */
gboolean editor_is_suggested(const struct editor *editor);

/* Insert a paste: one line end at its end is not part of it, and none submits. */
gboolean editor_paste(struct editor *editor, const char *text);

/* Edit as KEY says. FALSE if it is no editing key. */
gboolean editor_key(struct editor *editor, const struct key_event *key);

enum editor_mask editor_mask(const struct editor *editor);

/* Draw into at most COLUMNS of the row begun last in PAGE, with the cursor. The MARK_LENGTH characters from MARK on are
 * reversed (MARK -1: none). Returns the column of the mark's first character within what is drawn, or -1. */
int editor_show(const struct editor *editor, struct text_layout *layout, int columns, int mark, int mark_length);

#endif
