/* SPDX-License-Identifier: MIT */
/*
 * Privileged Identity Management: having for some hours what one is eligible for. What the activation of a role and
 * that of a group's membership have in common: the rules, what is asked for, and what is there. Pure functions.
 *
 * Their "with" has in common: me, opens (what each role is enough for, as the roles of the account tell: see
 * activation_opens()), reason, ticketNumber, ticketSystem, hours, giveBack.
 */
#ifndef PERCH_ONBOARDING_ACTIVATION_H
#define PERCH_ONBOARDING_ACTIVATION_H

#include "onboarding/object.h"

/* Where Graph has schedules of roles and of groups' memberships; and those of the account that is signed in only. */
#define PIM_OF_ROLES "/v1.0/roleManagement/directory/"
#define PIM_OF_GROUPS "/v1.0/identityGovernance/privilegedAccess/group/"
#define PIM_MINE "/filterByCurrentUser(on='principal')"

/* The permissions to activate, and give back, the one and the other. */
#define ACTIVATION_OF_ROLES_SCOPE "RoleAssignmentSchedule.ReadWrite.Directory"
#define ACTIVATION_OF_GROUPS_SCOPE "PrivilegedAssignmentSchedule.ReadWrite.AzureADGroup"

/* Seconds before which Microsoft does not take an activation back (ActiveDurationTooShort). */
#define ACTIVATION_LEAST_SECONDS 300

/* The members that both have in "with", for the head of a kind's table. */
#define ACTIVATION_MEMBERS                                                                                             \
    {.name = "me", .is = WITH_TEXT | JSON_REQUIRED}, {.name = "opens", .is = WITH_TEXT | JSON_REQUIRED},               \
        {.name = "reason", .is = WITH_TEXT}, {.name = "ticketNumber", .is = WITH_TEXT},                                \
        {.name = "ticketSystem", .is = WITH_TEXT}, {.name = "hours", .is = WITH_ANSWER},                               \
    {                                                                                                                  \
        .name = "giveBack", .is = WITH_TEXT                                                                            \
    }

/* What was read of what may be activated. All borrowed. */
struct activation_found {
    const char *what;     /* "Global Administrator", for a sentence */
    gboolean is_offered;  /* the account is eligible, and a step lacks it */
    gboolean is_active;   /* it is in effect */
    const json *instance; /* as what it is in effect; NULL: not told */
    const json *requests; /* a list of requests about it; NULL: not told */
    const json *policy;   /* an element of roleManagementPolicyAssignments with its rules; NULL: not told */
};

/* TRUE if "opens" of OBJECT says that ROLE is enough for STEP, which lacks one. Its lines are a role's id and the ids
 * of the steps, with blanks between. */
gboolean activation_opens(const struct object *object, const char *role, const char *step);

/* What FOUND of OBJECT comes to. */
void activation_judge(const struct object *object, const struct activation_found *found,
                      struct observation *observation);

/* The POST to PATH that activates, or gives back, what TARGET (members of the body; taken) names. The first is NULL
 * while something is missing that the rules want. Caller frees. */
struct request *activation_begin(const struct object *object, const char *path, const char *scope, json *target);
struct request *activation_end(const struct object *object, const char *path, const char *scope, json *target);

#endif
