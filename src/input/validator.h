/* SPDX-License-Identifier: MIT */
/*
 * A value while it is being validated: the input, what is left of it when all fixes are taken, and what was found.
 * Internal to input/; pure.
 */
#ifndef PERCH_INPUT_VALIDATOR_H
#define PERCH_INPUT_VALIDATOR_H

#include "input/source_text.h"
#include "input/validate.h"

struct validator;

/* What a field's value may look like, whatever the field is called. */
struct field_rules {
    const char *punctuation; /* the ASCII characters beside letters and digits that the value may have */
    gboolean is_name;        /* any script, single spaces */
    gboolean is_raw;         /* nothing is looked at before check() */
    /* Look at the parts of validator->clean, in which code points that stand nowhere were dealt with already. */
    void (*check)(struct validator *validator);
};

struct validator {
    const struct field_rules *rules;
    GArray *input;       /* of struct unit, as it came */
    GArray *clean;       /* of struct unit, with all fixes taken so far */
    GPtrArray *findings; /* of struct finding */
    int tail;            /* units at the end of CLEAN that are not seen and not yet dealt with */
    gboolean hopeless;   /* a finding without a fix makes the value invalid */
};

/* CHARACTER may stand somewhere in the value. */
gboolean validator_allows(const struct validator *validator, gunichar character);

/* Something is wrong with LENGTH units of CLEAN from INDEX on. MESSAGE is taken; FIX (the whole value, taken) may be
 * NULL: then the value cannot be mended. LABEL is copied. */
void validator_report(struct validator *validator, enum problem problem, int index, int length, char *message,
                      char *fix, const char *label);

/* The same without making the value invalid. */
void validator_remark(struct validator *validator, enum problem problem, int index, int length, char *message);

/* The same with a fix that replaces those units by REPLACEMENT, and takes it in CLEAN. */
void validator_mend(struct validator *validator, enum problem problem, int index, int length, const char *replacement,
                    char *message, const char *label);

/* The character at INDEX of CLEAN does not belong there: say so, and swap it if it passes for an ASCII letter or digit
 * or for one in ALLOWED. WHAT begins a sentence: "An Event Hub name". */
void validator_character(struct validator *validator, int index, const char *allowed, const char *what);

/* The character at INDEX of CLEAN does not belong there and cannot be mended, as MESSAGE (taken) says. */
void validator_stray_character(struct validator *validator, int index, char *message);

/* Something else was pasted: the finding is about LENGTH code points of the input from OFFSET on, and FIX (may be NULL)
 * becomes the value. MESSAGE is taken. */
void validator_recognised(struct validator *validator, enum problem problem, int offset, int length, char *message,
                          const char *fix, const char *label);

/* Report it if the part is not MIN to MAX code points long. */
void validator_check_length(struct validator *validator, int from, int to, int min, int max, const char *what);

/* Begin with INPUT; LENGTH -1: up to the NUL. End with validator_finish(), which frees what was made here. */
struct validator validator_begin(const struct field_rules *rules, const char *input, gssize length);

/* Look at the whole of it. */
void validator_run(struct validator *validator);

/* The verdict on what was found. Caller frees. */
struct verdict *validator_finish(struct validator *validator);

/* All three. Caller frees. */
struct verdict *validate_by_rules(const struct field_rules *rules, const char *input, gssize length);

/* No more findings are listed: what follows need not be looked at. */
gboolean validator_is_full(const struct validator *validator);

/* Findings about code points: white space at the ends and inside, what is not seen, what passes for ASCII. CLEAN
 * becomes the input without them. */
void validator_code_points(struct validator *validator);

/* Quotes, brackets, full stops round the value, where the grammar has no use for them there. */
void validator_punctuation(struct validator *validator);

#endif
