/*
 * What the environment says about certificates. http_environment() of http.h, which tells it, is here too. Any thread,
 * as long as nobody changes the environment.
 */
#ifndef PERCH_MICROSOFT_ENVIRONMENT_H
#define PERCH_MICROSOFT_ENVIRONMENT_H

/* The file with the certificates to trust, from CURL_CA_BUNDLE or SSL_CERT_FILE, and in VARIABLE (may be NULL) which of
 * them says so. NULL: the system's own. libcurl leaves these variables to its command line tool. Borrowed. */
const char *environment_ca_file(const char **variable);

#endif
