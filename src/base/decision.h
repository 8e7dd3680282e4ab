/* SPDX-License-Identifier: MIT */
/*
 * What a person decided about an object that was found, parsed once: from the console, an answers file, a hand-over or
 * the journal, in the words that `check --json` offers. Pure; used from any thread.
 */
#ifndef PERCH_BASE_DECISION_H
#define PERCH_BASE_DECISION_H

#include <glib.h>

enum decision_kind {
    DECISION_NONE,
    DECISION_KEEP,      /* "keep": leave it as it is */
    DECISION_REPAIR,    /* "repair": change it as wanted */
    DECISION_CREATE,    /* "create": make a new one beside what was found */
    DECISION_RESTORE,   /* "restore": bring back the deleted one */
    DECISION_REMOVE,    /* "remove": what was made for a while may go */
    DECISION_WAIT,      /* "wait": what was made and cannot be read may yet come */
    DECISION_USE,       /* "use:ID": take this one of several */
    DECISION_NAME,      /* "name:TEXT": make one under another name */
    DECISION_OWN,       /* "own:ID": perch made this one, though no answer says so */
    DECISION_KEEP_SOME, /* "keep:ID;-ID|REASON": of those who hold a door (onboarding/door.h) these stay, these go */
    DECISION_ALLOW,     /* "allow:NAME": give what is beyond a partner's fence; typed by a person, never from a file */
    DECISION_UNKNOWN,   /* in words that nothing offers; it decides nothing */
};

struct decision {
    enum decision_kind kind;
    const char
        *text; /* USE, OWN: the id; NAME: the name; KEEP_SOME: all behind the colon; UNKNOWN: what was said; KEEP,
                  REPAIR, CREATE, RESTORE: "#" and a code (onboarding/seen.h) where they were decided before; else "" */
};

/* With a text of its own, which decision_clear() frees. */
struct decision decision_copy(struct decision decision);
void decision_clear(struct decision *decision);

/* SAID (NULL and "" give DECISION_NONE) taken apart; text points into it. */
struct decision decision_parse(const char *said);

/* TRUE if the word of KIND may be followed by the code of what it is about. */
gboolean decision_has_code(enum decision_kind kind);

/* TRUE if a person has to say more behind the words of DECISION, as it is offered: a name, a reason. */
gboolean decision_wants_text(struct decision decision);

/* Of DECISION about those who hold a door: what is left without "-ID" and "-ID#2", that ID is to be taken away, and
 * maybe not for the first time. DECISION_NONE if nothing is, DECISION_UNKNOWN if that was not said. Caller clears. */
struct decision decision_without(struct decision decision, const char *id);

/* As it was said; "" for none. Caller frees. */
char *decision_words(struct decision decision);

#endif
