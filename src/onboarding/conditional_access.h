/* SPDX-License-Identifier: MIT */
/*
 * What a company's Conditional Access policies mean for a guest of a partner who is a member of the analysts' group.
 * Pure functions over the policies as they are read (entra: conditional-access-policies; external-id:
 * authentication-conditional-access).
 */
#ifndef PERCH_ONBOARDING_CONDITIONAL_ACCESS_H
#define PERCH_ONBOARDING_CONDITIONAL_ACCESS_H

#include <glib.h>

#include "base/json_type.h"

/* Whom it is asked about. */
struct visitor {
    const char *tenant;         /* the partner's tenant */
    const char *group;          /* the analysts' group; "" or a placeholder while there is none */
    const char *role;           /* the directory role that the group holds */
    gboolean device_is_trusted; /* inbound trust: compliant or hybrid joined devices of the partner count */
    gboolean mfa_is_trusted;
    gboolean trust_is_unread; /* the inbound trust could not be read: the two above say nothing */
};

enum entry {
    ENTRY_UNTOUCHED, /* the policy is not about them */
    ENTRY_BUT,       /* they get in, and something is asked of them */
    ENTRY_DEPENDS,   /* on where, when and with what they sign in */
    ENTRY_IN_GROUPS, /* it would keep them out, and is about members of groups that were not read: one may be filled by
                        a rule that guests meet */
    ENTRY_UNREAD,    /* on whether the partner's devices are trusted, which was not read */
    ENTRY_NO,
};

/* What an analyst needs: the portal for access packages, and Defender's. Ends with a NULL id. */
struct needed_application {
    const char *id;
    const char *name;
};
extern const struct needed_application needed_applications[];

/* What POLICY means for VISITOR, and in *WHY what it wants, as the end of a sentence (static; NULL for untouched). */
enum entry conditional_access_entry(const json *policy, const struct visitor *visitor, const char **why);

/* On what of a sign-in it depends whether POLICY applies: "from where and on which device"; "" where it always does.
 * Caller frees. */
char *conditional_access_moment(const json *policy);

#endif
