/* SPDX-License-Identifier: MIT */
/*
 * What the prose of a text says beside its values. A value is taken unasked only where every sentence is understood to
 * leave it as it is; each new wording of "not these" is one that is not understood. Label lines, structured forms,
 * letters' heads, ends and small print are no prose. Internal to input/; pure; linear time.
 */
#ifndef PERCH_INPUT_STATEMENTS_H
#define PERCH_INPUT_STATEMENTS_H

#include "input/source_text.h"

/* What a sentence speaks of. */
enum statement_subject {
    SUBJECT_ALL,
    SUBJECT_HUB,  /* the Event Hub, and no other value */
    SUBJECT_NAME, /* its name */
};

struct statement {
    int from;
    int to;
    enum statement_subject subject;
    int weight; /* sentence_weight() */
};

/* The sentences of TEXT, whose resource IDS (of struct id_match) are known, that are not understood, in their order:
 * of struct statement. Caller unrefs. */
GArray *unclear_statements(const GArray *text, const GPtrArray *ids);

#endif
