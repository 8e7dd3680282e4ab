/*
 * A value while it is being judged: the input, what is left of it when all fixes are taken, and what was found.
 * Internal to input/; pure.
 */
#ifndef PERCH_INPUT_JUDGE_H
#define PERCH_INPUT_JUDGE_H

#include "input/mapped.h"
#include "input/validate.h"

struct judge;

struct grammar {
    struct input_field field;
    const char *punctuation; /* the ASCII characters beside letters and digits that the value may have */
    gboolean is_name;        /* any script, single spaces */
    gboolean is_raw;         /* nothing is looked at before judge() */
    /* Notice that something else was pasted. TRUE: the verdict is complete. NULL if the field has no such. */
    gboolean (*recognise)(struct judge *judge);
    /* Judge the parts of judge->clean. */
    void (*judge)(struct judge *judge);
};

struct judge {
    const struct grammar *grammar;
    GArray *input;       /* of struct unit, as it came */
    GArray *clean;       /* of struct unit, with all fixes taken so far */
    GPtrArray *findings; /* of struct finding */
    int tail;            /* units at the end of CLEAN that are not seen and not yet dealt with */
    gboolean hopeless;   /* a finding without a fix makes the value invalid */
};

/* CHARACTER may stand somewhere in the value. */
gboolean judge_allows(const struct judge *judge, gunichar character);

/* Something is wrong with LENGTH units of CLEAN from INDEX on. MESSAGE is taken; FIX (the whole value, taken) may be
 * NULL: then the value cannot be mended. LABEL is copied. */
void judge_report(struct judge *judge, enum problem problem, int index, int length, char *message, char *fix,
                  const char *label);

/* The same without making the value invalid. */
void judge_remark(struct judge *judge, enum problem problem, int index, int length, char *message);

/* The same with a fix that replaces those units by REPLACEMENT, and takes it in CLEAN. */
void judge_mend(struct judge *judge, enum problem problem, int index, int length, const char *replacement,
                char *message, const char *label);

/* The character at INDEX of CLEAN does not belong there: say so, and swap it if it passes for an ASCII letter or digit
 * or for one in ALLOWED. WHAT begins a sentence: "An Event Hub name". */
void judge_character(struct judge *judge, int index, const char *allowed, const char *what);

/* The character at INDEX of CLEAN does not belong there and cannot be mended, as MESSAGE (taken) says. */
void judge_stray_character(struct judge *judge, int index, char *message);

/* validate() without looking whether something else was pasted. Caller frees. */
struct verdict *validate_plain(const char *field, const char *input, gssize length);

/* No more findings are listed: what follows need not be looked at. */
gboolean judge_is_full(const struct judge *judge);

/* Findings about code points: white space at the ends and inside, what is not seen, what passes for ASCII. CLEAN
 * becomes the input without them. */
void judge_code_points(struct judge *judge);

/* Quotes, brackets, full stops round the value, where the grammar has no use for them there. */
void judge_punctuation(struct judge *judge);

#endif
