/* SPDX-License-Identifier: MIT */
/*
 * What a text itself says is not to be used: old, wrong, an example, another team's. A value that stands there is
 * offered at most. Internal to input/; pure. Every look is bounded, so that a text is read in linear time.
 */
#ifndef PERCH_INPUT_DISOWNED_H
#define PERCH_INPUT_DISOWNED_H

#include "input/source_text.h"

enum disowned {
    DISOWNED_BY_HEADING = 1, /* it stands below "Old environment:", "Example" */
    DISOWNED_BY_REPLY = 2, /* a reply quotes it and takes it, or something beside it, back: "the one below is wrong" */
};

/* What a unit's passage says of it. */
struct passage {
    guint8 disowned; /* enum disowned; 0 if it is not */
    guint8 age;      /* messages above, which answer or forward the one that it stands in */
};

/* For each unit of TEXT, and for its end. Caller frees. */
struct passage *read_passages(const GArray *text);

/* The line from FROM up to TO begins what a reply was written to: "From: Jo", "Jo wrote:". */
gboolean line_begins_quote(const GArray *text, int from, int to);

/* A remark behind a value that ends at AT says so: "(deprecated)", "- do not use", "<-- wrong". */
gboolean is_disowned_behind(const GArray *text, int at);

/* The sentence that AT stands in says so, or is not sure: "deleted", "another team's", "I think". */
gboolean is_disowned_in_sentence(const GArray *text, int at);

/* What stands before AT in its clause says so: "formerly", "instead of", "not". */
gboolean is_disowned_before(const GArray *text, int at);

/* The sentence that AT stands in gives something anew: "is now", "renamed to", "should read". */
gboolean is_correction(const GArray *text, int at);

/* The words from FROM up to TO say so in a language that does not part words by blanks. */
gboolean says_corrected_unparted(const GArray *text, int from, int to);

/* The same of the words from FROM up to TO in any language. */
gboolean says_corrected(const GArray *text, int from, int to);

#endif
