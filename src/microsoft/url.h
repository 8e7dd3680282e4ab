/* SPDX-License-Identifier: MIT */
/*
 * Addresses: percent-encoding, and who may be talked to. Pure functions, usable from any thread.
 */
#ifndef PERCH_MICROSOFT_URL_H
#define PERCH_MICROSOFT_URL_H

#include <glib.h>

/* The length of the placeholder "{group.id}" that TEXT begins with; 0 if it begins with none. */
gsize placeholder_length(const char *text);

/* TEXT percent-encoded but for letters, digits, "-._~", placeholders and the characters in KEPT. A '%' that begins an
 * escape stays if KEPT has '%'. Caller frees. */
char *url_encode(const char *text, const char *kept);

/* Names and values in turn, ended by NULL, as application/x-www-form-urlencoded. A NULL value leaves its name out.
 * No copy of a value is left behind. Caller frees, and wipes if one is a secret. */
char *url_form(const char *name, ...) G_GNUC_NULL_TERMINATED;

/* TRUE for an https address, and for an http one whose host is an address in 127.0.0.0/8; never with a user name. */
gboolean url_is_allowed(const char *url);

/* TRUE if the host of URL is an address in 127.0.0.0/8. */
gboolean url_is_loopback(const char *url);

/* TRUE if both have the same scheme, host and port, and neither has a user name. */
gboolean url_same_origin(const char *url, const char *other);

/* The host of URL, "" if it has none. Caller frees. */
char *url_host(const char *url);

#endif
