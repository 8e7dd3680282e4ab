/* SPDX-License-Identifier: MIT */
/*
 * The board: everything a front end shows of the onboarding at one moment.
 *
 * The worker builds a new board after each change and never touches it again, so any thread may read one and keep it as
 * long as it holds a reference. All strings are UTF-8, made safe for a terminal, and free of secrets; members are never
 * NULL unless it says so. Times are microseconds since 1970 in step time (see base/clock.h); 0 means never.
 */
#ifndef PERCH_BOARD_BOARD_H
#define PERCH_BOARD_BOARD_H

#include <glib.h>

#include "base/clock.h"
#include "board/field.h"
#include "board/state.h"

struct board_difference {
    const char *field;
    const char *wanted;
    const char *found;
};

/* One way to decide: value is what session_decide() takes ("use:<id>", "restore", "repair", "name:"). */
struct board_choice {
    const char *value;
    const char *label;
    gboolean needs_text; /* the person adds text behind value, as in "name:" */
    gboolean by_hand;    /* no answers file may choose it: a person does, in the console */
    gboolean watched;    /* nor does one where nobody looks (--yes) */
};

struct board_object {
    char *key;      /* unique on the board: "group" */
    char *answer;   /* as answers call it: "group", "guest-ann@partner.com"; "" stands for key */
    char *kind;     /* "group" */
    char *title;    /* "group “Red Canary”" */
    char *name;     /* "Red Canary" */
    char *id;       /* "" while it has none */
    char *sentence; /* what was found, or why it is not known; "" if the state says all */
    enum object_state state;
    enum object_origin origin;
    gboolean only_read;     /* nobody makes or removes its like here: a person, a licence, what stands in the way */
    gboolean named;         /* an answer names it, and perch makes none */
    gboolean in_the_way;    /* it is not there, and perch makes none: its sentence says why */
    gboolean has_earlier;   /* perch made another for an earlier answer, which is there still */
    gboolean unasked;       /* it matches for want of anything against it: nothing was read or compared */
    char *made;             /* of ORIGIN_PERSON: "made in the portal by a person, seen on 2026-11-24" and the like */
    GPtrArray *differences; /* of struct board_difference */
    GPtrArray *choices;     /* of struct board_choice; not empty: a decision is wanted */
    char *decided;          /* what was decided and can be taken back: "repair", "use:<id>"; "" if nothing */
    gboolean gives_back;    /* perch changed what was there, and undo puts that back */
};

/* As answers call OBJECT. Borrowed. */
const char *board_object_answer(const struct board_object *object);

/* Whom an answer names, and the tenant does not have, or not as is needed. */
struct board_unfit {
    const char *name; /* as it stands in the answer */
    const char *why;  /* a sentence */
};

struct board_field {
    char *path; /* of the answers file: "eventHub.name" */
    char *label;
    char *help;       /* one sentence */
    char *validator;  /* field name of input/validate.h, or GUEST_LIST_FIELD; "" if any text will do */
    char *value;      /* "" if not answered; people separated by ", "; "" for secrets */
    char *suggestion; /* "" if there is none */
    char *asked_by;   /* path of the answer that it is asked for by; "" if it always is */
    char *asked_if;   /* what that answer has to be, a line each; "": anything */
    char *earliest;   /* of a day: none before it is taken; "" if any is */
    char *if_empty;   /* what comes of no answer: "nobody has to approve"; "" if nothing else does */
    enum field_kind kind;
    gboolean required;
    gboolean masked;    /* an identifier to be shown as dots unless asked */
    GPtrArray *choices; /* of struct board_choice */
    GPtrArray *unfit;   /* of struct board_unfit */
};

/* A numbered line of a portal guide. */
struct board_line {
    const char *text;
    const char *copy; /* the value to paste there; "" if none */
    gboolean masked;
    gboolean to_come;       /* a value belongs there, and is not known yet */
    gboolean also;          /* it belongs to the line before */
    gboolean send;          /* its copy is what a person sends to the partner */
    gboolean practice_form; /* of a rung: session_practice_rung() can do it */
};

/* What the tenant's audit log holds on a step that is not as it was proved any more. */
struct board_change {
    gint64 at;
    const char *what;   /* "Update group" */
    const char *target; /* "" if the log gives none */
    const char *who;    /* "" if the log gives none */
};

struct board_step {
    char *id;
    int number; /* as in the article; the position on the board */
    char *title;
    char *short_title; /* at most 14 letters; "" if the title is short enough */
    char *warning;     /* what cannot be undone or harms others, to be read before anything is done; "" for none */
    char *explanation; /* a short paragraph or two, separated by an empty line */
    enum step_state state;
    char *reason; /* why it is in this state, one sentence; "" if there is nothing to say */
    char *next;   /* what to do next, one sentence; "" if there is nothing to do */
    char *behind; /* blocked: id of the step that comes first; "" if none does */
    gint64 until; /* waiting: the deadline; in doubt: from when on more can be told; else 0 */
    gint64 wait_started;
    char *wait_word;        /* the word to type to override the wait; "" if it cannot be */
    char *wait_reason;      /* what is waited for */
    gint64 checked;         /* when its objects were last read from the tenant */
    gint64 proved_before;   /* when it was proved, though it is not as it was any more; 0: it is, or never was */
    GPtrArray *changes;     /* of struct board_change: by whom, as far as the tenant's audit log was read */
    GPtrArray *objects;     /* of struct board_object */
    GPtrArray *fields;      /* of struct board_field */
    GPtrArray *lines;       /* of struct board_line: the guide, empty where perch does it all */
    GPtrArray *leaving;     /* of struct board_line: what only a person takes away of what was told */
    GPtrArray *notes;       /* of char *: facts worth knowing about what was read (who may do it, what it means) */
    char *trouble_title;    /* the portal's error that the ladder is about; "" if there is no ladder */
    GPtrArray *trouble;     /* of struct board_line: what to try, one rung after another */
    char *needed_by;        /* titles of the steps that cannot be done well without this one; "" if there are none */
    char *refusal;          /* what the portal or the service said last when it refused; "" if it did not */
    int refusal_rung;       /* the rung that REFUSAL points to, from 1; 0 if it points to none */
    char *link;             /* the portal page; "" if none */
    gboolean falls_away;    /* left out by what the tenant is, and not by anybody */
    gboolean tellable;      /* the person can say that it is done */
    char *tell_lacks;       /* the label of the value that this needs first; "" if none */
    gboolean lacks_role;    /* the account that is signed in may not do it */
    gboolean practice_form; /* session_practice_form() can do the portal's part */
    gboolean report;        /* the report is written here */
    char *expected;         /* what comes by itself after it is done, and when; "" if nothing does */
    gint64 expected_until;  /* when that is over; 0 if nothing is expected */
    char *acts;             /* what it lets the partner do, beside reading, in words; "" if nothing */
    char *told_by;          /* account and time; "" if not told */
    char *told_note;
};

/* What a colleague handed over and nobody has accepted yet: nothing of it is kept until then. */
struct board_handed {
    char *from;         /* the account that wrote it, by its own account */
    char *written;      /* when, as it says */
    char *sha256;       /* of the file */
    GPtrArray *changes; /* of struct board_difference, by the paths of answers: found is what is kept now. Those that
                           decide where data goes and who gets in come first */
    guint grave;        /* so many of the first ones do */
    GPtrArray *claims;  /* of char *: what it says that others said, a sentence each */
};

struct board_summary {
    int done, left, waiting, needs_person, told, skipped, failed, in_doubt;
};

struct board {
    gint references; /* atomic */
    gboolean signed_in;
    gboolean lacks_defender; /* signed in, but not for Defender's own API, which wants a sign-in of its own */
    gboolean confirmed;      /* the tenant's domain was typed in this session, or need not be */
    gboolean read_only;      /* another perch holds this tenant */
    gboolean practice;
    char *why_read_only; /* a sentence that says who does; "" if none does */
    char *tenant_id;     /* "" before sign-in */
    char *tenant_name;
    char *tenant_domain;
    char *tenant_domains; /* every verified one, lower case, separated by spaces; "" if not known */
    char *account;
    char *cloud;
    gboolean cloud_from_file; /* not one that this program knows: name it wherever anything is decided */
    char *partner;
    gboolean partner_from_file; /* the same of the partner's profile */
    char *partner_sha256;
    char *partner_dated; /* when its facts were last checked: "2026-11-24" */
    char *state_dir;
    char *keyring;           /* one sentence on how credentials are kept */
    GPtrArray *excess;       /* of char *: rights that the sign-in has beyond what was asked for */
    gboolean keyring_locked; /* session_unlock_keyring() may change that */
    struct clock clock;
    gint64 checked;           /* when the tenant was last read as a whole */
    gint64 newest;            /* when anything of it was last read */
    int created_count;        /* objects that undo would remove */
    GPtrArray *goes_on;       /* of char *: what stays as was decided of leaving, with what it goes on doing */
    GPtrArray *partner_keeps; /* of char *: what the partner has and perch did not make: undo leaves it */
    gboolean lingers;         /* something that perch removed is shown still */
    guint may_be_own;         /* how many objects stay since perch may have made them: a person says whose they are */
    guint told_keeps;         /* how many of these were only told: leaving names them, and a person takes them away */
    gboolean taken_away;      /* undo or leaving took something away, and nothing that perch made stands since */
    char *left;               /* "Red Canary was left on 28 Nov by ann", and nothing was made since; "" if not */
    char *in_bin;             /* what was deleted can be brought back, until when; "" if nothing can */
    char *undone;     /* "What perch had made was undone on 28 Nov by ann", likewise; "" if not, or if it was left */
    GPtrArray *steps; /* of struct board_step */
    struct board_summary summary;
    struct board_handed *handed; /* NULL: nothing */
    int exit_code;               /* what a headless check would end with: enum exit_code of base/error.h */
};

struct board *board_ref(struct board *board);
void board_unref(struct board *board); /* NULL is fine */

/* An empty board with one reference; strings "", arrays empty. Steps and their parts are made with the functions below
 * and filled by their owner before the board is shared. */
struct board *board_new(void);
struct board_step *board_step_new(void);
struct board_object *board_object_new(void);
struct board_field *board_field_new(void);
struct board_line *board_line_new(const char *text, const char *copy, gboolean masked);

/* What line INDEX of LINES is numbered with, from 1; 0: it belongs to the one before. */
guint board_line_number(const GPtrArray *lines, guint index);
struct board_choice *board_choice_new(const char *value, const char *label, gboolean needs_text);
struct board_unfit *board_unfit_new(const char *name, const char *why);
struct board_change *board_change_new(gint64 at, const char *what, const char *target, const char *who);
struct board_difference *board_difference_new(const char *field, const char *wanted, const char *found);

struct board_handed *board_handed_new(void);
void board_handed_free(struct board_handed *handed); /* NULL is fine */

/* The step ID, or NULL. Borrowed. */
const struct board_step *board_find_step(const struct board *board, const char *id);

/* The field that PATH of the answers file is asked by, or NULL. Borrowed. */
const struct board_field *board_find_field(const struct board *board, const char *path);

/* What a person calls it; PATH itself where no field asks for it. Borrowed. */
const char *board_field_label(const struct board *board, const char *path);

/* The first step whose wait is over by now though the board still shows it, or NULL. Borrowed. */
const struct board_step *board_due_step(const struct board *board);

/* Count one more step, which is in STATE. */
void board_summary_count(struct board_summary *summary, enum step_state state);

/* TRUE of a STEP that is told though the tenant was read and does not hold all of it: its reason says what. */
gboolean board_step_told_unseen(const struct board_step *step);

/* The first step that needs the person or can be done now, or NULL when there is none. Borrowed. */
const struct board_step *board_next_step(const struct board *board);

#endif
