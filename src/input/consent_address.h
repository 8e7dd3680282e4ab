/* SPDX-License-Identifier: MIT */
/*
 * The application that the address of a consent page names: client_id, in whatever text such an address stands. Pure.
 */
#ifndef PERCH_INPUT_CONSENT_ADDRESS_H
#define PERCH_INPUT_CONSENT_ADDRESS_H

#include <glib.h>

/* Its id in TEXT (code points, source_text.h), in small letters; NULL where none stands there, or more than one does.
 * Caller frees. */
char *consent_address_application(const GArray *text);

#endif
