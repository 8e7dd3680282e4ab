/*
 * The members of a partner profile, and above all what an object of each kind is made with. Tables only; any thread.
 */
#ifndef PERCH_ONBOARDING_PROFILE_KINDS_H
#define PERCH_ONBOARDING_PROFILE_KINDS_H

#include <glib.h>

enum member_type {
    MEMBER_TEXT,
    MEMBER_NUMBER,
    MEMBER_YES_NO,
    MEMBER_TEXTS,
    MEMBER_SOME_TEXTS, /* one or more */
    MEMBER_LIST,       /* of objects, each checked by the member's own rules */
    MEMBER_SOME_LIST,  /* the same, one or more */
    MEMBER_OBJECT,     /* checked by the member's own rules */
    MEMBER_VALUE,      /* a text, number, yes or no, or a list of texts */
    MEMBER_FREE,       /* any object */
};

struct member_rule {
    const char *name;
    enum member_type type;
    gboolean required;
    const struct member_rule *members;
};

/* The rules for "with" of an object of KIND, ended by one without a name; no member is allowed if KIND is not known.
 * Static. */
const struct member_rule *profile_kind_members(const char *kind);

#endif
