/* SPDX-License-Identifier: MIT */
/*
 * User principal names, e-mail addresses and domains: what they may look like, and what people paste instead of them.
 * Internal to input/; pure.
 */
#ifndef PERCH_INPUT_FIELDS_ADDRESSES_H
#define PERCH_INPUT_FIELDS_ADDRESSES_H

#include "input/validator.h"

extern const struct field_rules upn_rules;
extern const struct field_rules email_rules;
extern const struct field_rules domain_rules;

/* A DNS name of two labels or more. */
void check_domain_part(struct validator *validator, int from, int to);

/* Notice that something else was pasted: "Name <address>", a mail link, several addresses, a sentence; a link or an
 * address for a domain. TRUE: the verdict is complete. */
gboolean recognise_for_address(struct validator *validator);
gboolean recognise_for_domain(struct validator *validator);

#endif
