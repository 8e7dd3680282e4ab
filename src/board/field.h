/* SPDX-License-Identifier: MIT */
/*
 * The kinds of questions that a profile can ask, and how an answer of each is written. Plain values for every layer
 * from the onboarding up.
 */
#ifndef PERCH_BOARD_FIELD_H
#define PERCH_BOARD_FIELD_H

enum field_kind {
    FIELD_TEXT,
    FIELD_PERSON, /* one member of the tenant, by user name */
    FIELD_PEOPLE, /* several; typed, separated by commas or white space */
    FIELD_DATE,   /* 2026-11-24 */
    FIELD_CHOICE,
    FIELD_YES_NO,
    FIELD_NUMBER,
    FIELD_LIST,   /* texts without blanks, typed like people */
    FIELD_NAMES,  /* texts with blanks; typed, separated by semicolons or line ends */
    FIELD_GUESTS, /* mail addresses, typed like people or pasted as a list of guests */
    FIELD_SECRET, /* asked at run time only: no profile has one, no answer keeps it */
};

/* The words of a profile for them, in this order but for FIELD_SECRET. */
#define FIELD_KIND_WORDS "text", "person", "people", "date", "choice", "yes-no", "number", "list", "names", "guests"

#endif
