/* SPDX-License-Identifier: MIT */
/*
 * What the environment says about certificates and proxies. http_environment() of http.h, which tells it, is here too.
 * Any thread, as long as nobody changes the environment.
 */
#ifndef PERCH_MICROSOFT_ENVIRONMENT_H
#define PERCH_MICROSOFT_ENVIRONMENT_H

#include <glib.h>

/* The file with the certificates to trust, from CURL_CA_BUNDLE or SSL_CERT_FILE, and in VARIABLE (may be NULL) which of
 * them says so. NULL: the system's own. libcurl leaves these variables to its command line tool. Borrowed. */
const char *environment_ca_file(const char **variable);

/* The proxy that stands between here and HOST over https, "http://proxy.contoso.com:3128", without its name and
 * password; NULL if there is none or its address cannot be read. As libcurl reads https_proxy, all_proxy and no_proxy.
 * Caller frees. */
char *environment_proxy(const char *host);

/* TRUE if the address of the proxy that stands between here and HOST brings a name, or name and password. */
gboolean environment_proxy_has_name(const char *host);

/* FALSE with PERCH_ERROR_NETWORK if the address of the proxy for HOST cannot be read, as with a password in which "#",
 * "/", "?", "@" or a blank is not percent-encoded. libcurl would say the whole of it, or take a part of the password
 * for the proxy's name and look that up. */
gboolean environment_check_proxy(const char *host, GError **error);

#endif
