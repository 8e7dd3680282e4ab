/* SPDX-License-Identifier: MIT */
/*
 * Which of a paste's resource IDs is taken, which are offered, and what is told of them. Internal to input/; pure.
 */
#ifndef PERCH_INPUT_PASTE_IDS_H
#define PERCH_INPUT_PASTE_IDS_H

#include "input/id_match.h"
#include "input/paste_findings.h"

/* The reason of a candidate that is a resource ID and what follows it. */
#define JOINED_ID "It is the resource ID, joined with what follows."

/* What stands before an ID in its line says that it is an old one, or an example. */
gboolean id_is_marked_old(const struct search *search, const struct id_match *match);

/* The next line is one word alone, and it may be the end of the namespace. */
gboolean id_may_go_on(const struct search *search, const struct id_match *match);

void search_take_ids(struct search *search);

void search_tell_broken_ids(struct search *search);

#endif
