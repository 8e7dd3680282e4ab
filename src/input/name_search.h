/* SPDX-License-Identifier: MIT */
/*
 * What speaks for and against each word that may be the Event Hub's name. Readers of lines, tables and structured forms
 * bring words with the label that announces them; the search weighs them. Internal to input/; pure.
 *
 * What holds: a word of a sentence is never clear. Clear is what has its own label on its own line or in its own cell,
 * what is the value of a key, and what is quoted behind the label.
 */
#ifndef PERCH_INPUT_NAME_SEARCH_H
#define PERCH_INPUT_NAME_SEARCH_H

#include "input/disowned.h"
#include "input/hub_labels.h"
#include "input/hub_value.h"
#include "input/hub_words.h"

enum {
    LOOKS_MAX = 2000, /* words that are read as names of one text */
    LABEL_MAX = 160,  /* units of a label */
};

enum weight {
    WEIGHT_OFFERED, /* to choose from, never taken */
    WEIGHT_LIKELY,  /* taken if nothing is clear and nothing else is likely */
    WEIGHT_CLEAR,
};

struct name_candidate {
    char *name;
    int from;
    int to;
    enum weight weight;
    gboolean is_disowned;   /* the text does not say that it is the one */
    gboolean is_second;     /* the namespace and a slash stand before it */
    gboolean is_unlabelled; /* it stands beside the resource ID, and nothing else does */
    gboolean is_hub;        /* its label says "Event Hub" and no more */
    gboolean is_other_hub;  /* its label says "Event Hub" and something else */
    gboolean is_labelled;   /* it stands behind the label of an Event Hub's name, and nothing follows */
    gboolean is_torn;       /* it is doubtful where it ends */
    gboolean is_joined;     /* how a doubtful one would be read otherwise: the text does not have it like that */
    GPtrArray *reasons;     /* static sentences, for and against */
    GArray *changes;        /* of struct text_change */
};

/* A label whose value cannot be taken. */
struct name_note {
    enum value_state state; /* VALUE_OPEN, VALUE_PLACEHOLDER, VALUE_CUT, VALUE_REFERENCE or VALUE_DOUBTFUL */
    int from;
    int to;
    const char *why; /* in doubt; static */
};

struct name_search {
    const GArray *text;
    GPtrArray *candidates;    /* of struct name_candidate */
    GArray *notes;            /* of struct name_note */
    int refused_from;         /* behind the first label of a hub's name that has no name behind it: what stands there */
    int refused_to;           /* 0 if there is none */
    GHashTable *groups;       /* names of resource groups that its resource IDs give, in small letters */
    GHashTable *namespaces;   /* names of namespaces that the text gives, in small letters */
    int looks;                /* places that were read; there is a limit */
    guint8 *is_taken;         /* for each unit of the text: an enum reading */
    struct passage *passages; /* for each unit: what the message that it stands in says of it */
};

/* What a unit of the text was read as already. */
enum reading {
    NOT_READ,
    READ_AS_FORM, /* a table, a structured form */
    READ_AS_ID,
};

enum value_form {
    FORM_LINE,     /* label, colon, value */
    FORM_CELL,     /* in a table, or behind a tab */
    FORM_BELOW,    /* alone on the line behind the label's */
    FORM_TITLE,    /* the same, and the label has no colon: what follows may be another title */
    FORM_KEY,      /* the value of a key in a structured form */
    FORM_DASH,     /* label, dash, value */
    FORM_SENTENCE, /* "the Event Hub name is ..." */
    FORM_CALLED,   /* "an Event Hub called ..." */
    FORM_BESIDE,   /* "the Event Hub name contoso-1" */
    FORM_ALONE,    /* beside the ID and nothing else there */
    FORM_ID,       /* in a resource ID or a connection string */
};

struct name_search name_search_new(const GArray *text);
void name_search_clear(struct name_search *search);

/* The word that begins at FROM, in a line or cell that ends at END, stands behind LABEL. */
void name_search_take(struct name_search *search, struct label label, enum value_form form, int from, int end);

/* NAME stands there and is certain, as in a resource ID. CHANGES (may be NULL) is copied. */
void name_search_add(struct name_search *search, const char *name, enum weight weight, int from, int to,
                     const char *reason, const GArray *changes);

/* Weigh once more: what is the namespace's name is no clear name of a hub. */
void name_search_weigh(struct name_search *search);

/* The one clear winner; NULL if there is none. Borrowed. */
const struct name_candidate *name_search_winner(const struct name_search *search);

/* A label has a name that cannot be read for certain, and it is not WINNER however it is read; or another Event Hub is
 * named beside it. Its place, or -1. */
int name_search_contradiction(const struct name_search *search, const struct name_candidate *winner);

/* WINNER stands in older messages only, and a newer one speaks of another name, or says that it is still to come. */
gboolean name_search_is_outdated(const struct name_search *search, const struct name_candidate *winner);

/* The readers. Each looks at the whole text but for what is taken, and takes what it reads. */
void read_objects(struct name_search *search);  /* JSON, HCL, Bicep, PowerShell hash tables */
void read_elements(struct name_search *search); /* XML */
void read_tables(struct name_search *search);   /* rows and columns */

/* The same for a part of the text: labels, lists of keys, sentences. */
void read_lines_between(struct name_search *search, int from, int to);

/* The same for a line. */
void read_sentences(struct name_search *search, int line_from, int line_to);
void read_flags(struct name_search *search, int line_from, int line_to); /* "--eventhub-name x" of a command */

/* What the text from FROM up to TO announces; of a long one the end. */
struct label label_between(const GArray *text, int from, int to);

/* Where no label is known: single words in the form of names behind other labels are offered, a few at most. */
void offer_shaped_words(struct name_search *search);

/* Where not even that gave any: what in running text is built as names are. */
void offer_words(struct name_search *search);

#endif
