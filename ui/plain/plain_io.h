/* SPDX-License-Identifier: MIT */
/*
 * What plain mode says and hears, and what it knows of the session. Owned by the thread that runs plain_run().
 */
#ifndef PERCH_UI_PLAIN_IO_H
#define PERCH_UI_PLAIN_IO_H

#include "ui/agreement.h"
#include "ui/plain/plain.h"

/* In place of a step's id: the values of all steps. */
#define WANTED_VALUES ":values"

struct plain {
    struct session *session;
    const struct plain_options *options;
    FILE *in;
    FILE *out;
    GString *heard;      /* bytes read and not yet taken as a line */
    GString *question;   /* what was asked last, as it was said */
    gboolean asking;     /* what is said now belongs to it */
    gboolean marked;     /* "> " stands, and nothing came after it */
    gboolean ended;      /* IN came to its end, or Ctrl-C ended it */
    int interrupt;       /* can be read once Ctrl-C was pressed; -1 */
    gboolean leaving;    /* the person wants to leave */
    char *taken_away;    /* what came of undo or leave, where that was sent last: nothing is offered unasked; NULL */
    gboolean in_part;    /* not all of that is gone */
    gboolean end_told;   /* that all is connected was said */
    struct board *board; /* as told last */
    struct plan *plan;   /* as told last, or NULL */
    struct history *history;    /* as told last, or NULL */
    struct event *people_event; /* the answer to the last look-up; NULL */
    GPtrArray *wrong;           /* of struct log_line: the last requests that went wrong */
    GPtrArray *people;          /* of struct person: found last; they belong to people_event */
    guint people_serial;
    gboolean people_told;
    gboolean was_signed_in;    /* since the start, maybe not any more */
    gboolean prompting;        /* a sign-in waits for the person */
    gboolean answered;         /* ... and what it waits for is on its way */
    enum command_kind awaited; /* what plain_await() waits for */
    int ignored;               /* ends of such a command that do not count: it was replaced */
    GHashTable *later;         /* set of step ids that the person put off */
    GHashTable *explained;     /* set of ids of the steps that were explained */
    char *read_out;            /* the lines that were read out last; NULL */
    char *pasted;              /* the last paste of several lines; NULL */
    gboolean paste_is_new;     /* what it holds was not offered together yet */
    char *passed_by;           /* ids of the steps that were said to be passed by last; NULL */
    GPtrArray *numbered;       /* of char *: paths of the values, in the order of their numbers in this session */
    char *wanted;              /* id of the step that the person asked for by its number, or WANTED_VALUES; NULL */
    char *address;             /* of the sign-in that waits, whole; NULL */
    char *start;               /* the same for a browser of this machine; NULL */
    guint port;                /* on which it waits for the browser; 0: a code */
    char *rights;              /* that it asks for, one a line; NULL */
};

/* One line of OUT, flushed; without UTF-8 or with --ascii in ASCII. On a terminal it breaks between words. */
void plain_say(struct plain *plain, const char *format, ...) G_GNUC_PRINTF(2, 3);

/* The same of what is to be copied: only the terminal breaks it. */
void plain_say_whole(struct plain *plain, const char *text);

/* What is said from here to the next answer is the question: it is said again to whoever heard a list or an explanation
 * meanwhile. */
void plain_ask(struct plain *plain);
void plain_ask_again(struct plain *plain);

/* HELP, and the question again. */
void plain_explain(struct plain *plain, const char *help);

/* "> ", where a line may be typed and something may be said before it is. */
void plain_mark(struct plain *plain);

/* ENTRIES (of char *), as many on a line as fit, none of them broken where it fits on one. */
void plain_say_entries(struct plain *plain, const GPtrArray *entries);

/* The next line of IN without its end, after "> "; NULL at the end of IN or when the person leaves with q. Several
 * lines that come from a terminal at once are a paste and one answer. Caller frees. SECRET: not echoed on a terminal,
 * and q is an answer like any other. */
char *plain_hear(struct plain *plain, gboolean secret);

/* The same for one line that is text and none of the words of plain_take_word(). NULL too when the person goes to
 * another step by its number. Caller frees. */
char *plain_hear_line(struct plain *plain);

/* A whole line that has been read already, or NULL if there is none. Caller frees. */
char *plain_take_line(struct plain *plain);

/* The same, but from a terminal all that came at once, as of plain_hear(). */
char *plain_take_answer(struct plain *plain);

/* LINE was typed in vain: where it is a word of the menus, say that it does something there. */
void plain_say_where(struct plain *plain, const char *line);

/* Say what is SAID (NULL: what AGREEMENT says by itself), then ask until its first word or - is typed; FALSE for -, for
 * the number of a step and for the end of IN. */
gboolean plain_agree(struct plain *plain, enum agreement agreement, const char *said);

/* The same for the words of BUTTON; EXPLAIN (NULL: nothing does) answers "?" with the requests in full. */
gboolean plain_agree_to(struct plain *plain, const char *said, const char *button,
                        void (*explain)(struct plain *plain));

/* The state of STEP in words, and of a wait how long it still is. Caller frees. */
char *plain_state(const struct plain *plain, const struct board_step *step);

/* An undo, or leaving, left something that perch made, or may have made. */
gboolean plain_rest_stands(const struct plain *plain);

/* Number, title and state of every step, a line each. */
void plain_tell_all(struct plain *plain);

/* "list", "step 7" and "values" lead from any menu, and from any choice by number or word, to any step and value. TRUE
 * if LINE was one of them; plain->wanted is where it leads then, if anywhere; else the question is said again. TRUE too
 * of several lines, a paste that was meant for something else: it is kept for whatever asks for a value in it. */
gboolean plain_take_word(struct plain *plain, const char *line);

/* A number from 1 to COUNT, or 0 for "-", for the number of a step and at the end. */
int plain_choose(struct plain *plain, int count);

/* The same; HELP (NULL: none) is what ? says before the question again, WORD (NULL: none) gives COUNT + 1, and an empty
 * line gives ENTER, unless that is NO_ENTER. */
#define NO_ENTER (-1)
int plain_choose_or(struct plain *plain, int count, const char *help, const char *word, int enter);

/* Ctrl-C was pressed: the input is at its end then. */
gboolean plain_is_interrupted(struct plain *plain);

/* TRUE when a line can be read without waiting longer than until the session has an event or TIMEOUT milliseconds (-1:
 * for ever) have passed. */
gboolean plain_line_before_event(struct plain *plain, int timeout);

#endif
