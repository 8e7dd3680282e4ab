/* SPDX-License-Identifier: MIT */
/*
 * A partner profile: which steps there are, with their texts, names, links, waits, and the objects that each is about.
 *
 * The JSON file is parsed once, here, into the structs below; nothing else reads it. The format is described in the
 * README; a profile that breaks it is refused with the JSON path of the fault. Everything belongs to the profile and is
 * immutable; a text that is missing is NULL, a list that is missing is empty. Texts marked "filled" may hold
 * placeholders (onboarding/fill.h).
 */
#ifndef PERCH_ONBOARDING_PROFILE_H
#define PERCH_ONBOARDING_PROFILE_H

#include <glib.h>

#include "base/json_schema.h"
#include "board/field.h"

struct object_kind;
struct answer_rules;

/* Holds if what VALUE names is one of IS. */
struct condition {
    const char *value;     /* "answers.defenderRoles", "licence.entra" */
    const char *const *is; /* one of these; empty: it has to be there */
    const char *reason;    /* what it means that it holds, or does not: see where it stands */
};

struct field_choice {
    const char *value;
    const char *label;
};

/* What a step asks for. */
struct field {
    const char *path; /* in the answers */
    const char *label;
    const char *help;
    const char *practice;   /* what is meant in practice, a sentence after the help; NULL: nothing is said of it */
    int kind;               /* enum field_kind */
    const char *validator;  /* a field of input/validate.h; NULL: any text will do */
    const char *suggestion; /* filled */
    const char *if_empty;   /* what comes of no answer, in a few words; NULL: nothing else */
    gboolean required;
    gboolean told_without;        /* required, and yet the step can be told without it */
    gboolean not_past;            /* a day that has gone by is not taken */
    gboolean masked;              /* an identifier: dots on the screen, left out of the report */
    gboolean file_only;           /* taken from an answers file, and never asked for */
    GPtrArray *choices;           /* of struct field_choice */
    const struct condition *when; /* where it does not hold it is not asked for; an answer is taken all the same */
};

/* Once OBJECT is there, what perch made may be taken away again: offered as LABEL. */
struct until {
    const char *object; /* a key */
    const char *label;
};

/* An entry of a step's objects. */
struct object_definition {
    const char *key;
    const char *kind_name;
    const struct object_kind *kind;
    const char *title;            /* filled from with */
    const char *risk;             /* the same; NULL: none */
    const char *goes_on;          /* what it does as long as it stays, which leaving says of it; NULL: nothing */
    const json *with;             /* filled; passed the kind's own table; NULL: nothing */
    const char *for_each;         /* an answer that is a list: one object an entry; NULL: one object */
    const struct condition *when; /* on answers; where it does not hold there is no such object */
    const struct until *until;
    const char *reviewers; /* of a policy: the key of the user objects; NULL: none */
    const char *approvers;
};

/* What the practice tenant's portal does at a press of a key. */
struct practice_form {
    const char *path;
    GPtrArray *fields; /* of struct json_pair; the texts are filled */
};

/* A line of a guide, of the hand-back card, or a rung of a ladder. */
struct guide_line {
    const char *text;     /* {item} is filled */
    const char *copy;     /* filled; NULL: nothing to copy */
    const char *for_each; /* a value: the line stands once for each of its lines */
    const char *object; /* of leaving: a key; the line stands unless that is gone, or stays as decided; NULL: always */
    gboolean masked;
    gboolean also;                             /* it belongs to the line before and has no number of its own */
    gboolean send;                             /* its copy is what a person sends to the partner */
    const char *const *said;                   /* of a rung: texts of which one stands in a refusal that it is about */
    const struct practice_form *practice_form; /* of a rung */
};

/* It has to be told anew once VALUE is another than when it was told. */
struct tell_again {
    const char *value; /* filled */
    const char *reason;
};

/* Work by hand. */
struct guide {
    const char *link;   /* filled */
    GPtrArray *lines;   /* of struct guide_line */
    GPtrArray *leaving; /* the same: what only a person takes away of it, once it was told */
    const struct condition *when;
    gboolean tell;        /* a person may say that it is done */
    gboolean tell_always; /* and has to, whatever objects prove */
    const struct tell_again *tell_again;
    const struct practice_form *practice_form;
};

/* What to try, one after another, when the portal says no. */
struct trouble {
    const char *title;
    GPtrArray *rungs; /* of struct guide_line */
};

struct step_wait {
    const char *after; /* id of the step whose end it counts from */
    gint64 seconds;
    const char *reason;
    const char *word; /* to be typed to go on early; NULL: it cannot be cut short */
};

/* What is to be seen some time after the step was first proved. */
struct expectation {
    gint64 from; /* seconds */
    gint64 until;
    const char *text;
};

struct step_definition {
    const char *id;
    const char *title;
    const char *short_title; /* where there is little room; NULL: the title */
    const char *explanation;
    const char *warning;      /* what cannot be undone; NULL: nothing */
    const char *const *needs; /* ids of earlier steps */
    GPtrArray *fields;        /* of struct field */
    GPtrArray *objects;       /* of struct object_definition */
    GPtrArray *guides;        /* of struct guide; the first whose condition holds */
    const struct guide *guide;
    const struct condition *when;      /* where it does not hold the step falls away, for its reason */
    const struct condition *told_when; /* where it holds an answer settles the step, for its reason */
    const char *obstacle;              /* a value: what it says stands in the step's way */
    const struct trouble *trouble;
    const struct step_wait *wait;
    const struct expectation *expect;
    gboolean report;
};

struct hand_back {
    GPtrArray *lines; /* of struct guide_line */
};

struct profile {
    const char *id;
    const char *name;
    const char *dated;
    const char *const *clouds;
    GPtrArray *steps;                  /* of struct step_definition */
    const struct hand_back *hand_back; /* or NULL */
    const struct hand_back *leaving;   /* what only a person can do when the partner is left; or NULL */
    struct answer_rules *answers;      /* what may stand in the answers */
    json *text;                        /* what the texts are borrowed from */
    char *sha256;                      /* of the file as it was read, 64 hexadecimal digits */
    gboolean from_file;                /* not the one that is built in: name it wherever anything is decided */
    struct json_arena *arena;
};
typedef struct profile Profile;

/* FILE NULL: the built-in profile. PERCH_ERROR_INPUT for one that cannot be used. Caller frees. */
struct profile *profile_load(const char *file, GError **error);

/* The same from TEXT; NAME is for error messages. Caller frees. */
struct profile *profile_parse(const char *text, gssize length, const char *name, GError **error);

void profile_free(struct profile *profile);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Profile, profile_free)

/* TRUE if the profile's identifiers are known to hold for the cloud NAME. */
gboolean profile_knows_cloud(const struct profile *profile, const char *name);

/* The step ID, the field that asks for the answer PATH; NULL if there is none. Borrowed. */
const struct step_definition *profile_step(const struct profile *profile, const char *id);
const struct field *profile_field(const struct profile *profile, const char *path);

#endif
