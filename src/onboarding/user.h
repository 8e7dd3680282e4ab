/* SPDX-License-Identifier: MIT */
/*
 * Users of the tenant: what the kinds about people and the onboarding account have in common. Pure functions.
 */
#ifndef PERCH_ONBOARDING_USER_H
#define PERCH_ONBOARDING_USER_H

#include "onboarding/object.h"

/* The members of a user that are read. */
#define USER_MEMBERS "id,displayName,userPrincipalName,mail,userType,accountEnabled"

/* For a kind's table: append the reads that find the user whom "userName" of OBJECT names: by that name, and by that
 * mail address, as people write that of a guest, whose user name is name_domain#EXT#@tenant. The second one is
 * optional. */
void user_look_up(const struct object *object, GPtrArray *requests);

/* Who REPLIES to these show, NULL if there is nobody. By the mail address only the one who has it, which a note says.
 * Borrowed. */
const json *user_found(GPtrArray *replies, struct observation *observation);

/* TRUE if ADDRESS, a user name or a mail address, is of one of DOMAINS, with spaces between, as a tenant learns its
 * verified ones. */
gboolean user_is_of_domains(const char *address, const char *domains);

/* TRUE if OBJECT's "mode" says that perch is to make the onboarding account, rather than take one that is there. */
gboolean user_is_to_be_made(const struct object *object);

#endif
