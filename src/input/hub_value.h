/* SPDX-License-Identifier: MIT */
/*
 * One word of a text read as an Event Hub's name: where it begins and ends, what was changed to make it plain, and what
 * follows it. Internal to input/; pure.
 */
#ifndef PERCH_INPUT_HUB_VALUE_H
#define PERCH_INPUT_HUB_VALUE_H

#include "input/source_text.h"

enum value_state {
    VALUE_NONE,        /* no word that could be a name */
    VALUE_GOOD,        /* name is set */
    VALUE_OPEN,        /* the text says that the name is still to come */
    VALUE_PLACEHOLDER, /* a template's word */
    VALUE_REFERENCE,   /* a variable or an expression */
    VALUE_CUT,         /* "contoso-def...": the text shows only a part */
    VALUE_DOUBTFUL,    /* name is set, and other is how it would be read otherwise; may be NULL */
};

enum value_tail {
    TAIL_END,   /* nothing follows in its line or cell */
    TAIL_MARK,  /* a bracket, a comma, a comment */
    TAIL_SLASH, /* " / " or " > " and another word */
    TAIL_WORDS, /* the sentence goes on */
};

struct hub_value {
    enum value_state state;
    enum value_tail tail;
    int from; /* its units in the text, without quotes */
    int to;
    int next;            /* behind it and its closing quote */
    char *name;          /* valid */
    char *other;         /* another reading */
    gboolean is_encoded; /* that is what it says in base64 */
    const char *why;     /* in doubt: what makes it so; static */
    gboolean is_quoted;
    gboolean is_listed; /* another name stands right behind it: "a or b" */
    GArray *changes;    /* of struct text_change */
};

/* Read the text from FROM up to END, which is the end of a line or cell. Free with hub_value_clear(). */
struct hub_value hub_value_read(const GArray *text, int from, int end);
void hub_value_clear(struct hub_value *value);

/* All small but for a last word that begins with a capital: "mdr-ns07Event", as where a line end was lost. */
gboolean ends_in_title(const char *name);

/* White space that is no line break, or a mark that is not seen. */
gboolean is_blank(gunichar character);

/* The first place at or behind AT that is no blank and no mark of a quoted reply at its line's start; NO further than
 * END. */
int skip_blanks(const GArray *text, int at, int end);

#endif
