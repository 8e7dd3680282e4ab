/* SPDX-License-Identifier: MIT */
/*
 * The words that go where a menu stands, beside its numbers. Owned by the thread that runs plain_run().
 */
#ifndef PERCH_UI_PLAIN_TYPED_WORDS_H
#define PERCH_UI_PLAIN_TYPED_WORDS_H

#include "ui/plain/plain_io.h"

/* Do what the word LINE stands for; STEP: the step whose menu it is, NULL: none. FALSE if LINE is no such word.
 * *CHANGED: the board may be another one, so that it is looked at anew. */
gboolean plain_go_word(struct plain *plain, const struct board_step *step, const char *line, gboolean *changed);

/* LINE is one of these words, or one that plain_take_word() knows. */
gboolean plain_is_menu_word(const char *line);

/* A line for each of them. */
void plain_explain_words(struct plain *plain);

#endif
