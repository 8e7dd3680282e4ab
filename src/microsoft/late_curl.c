/* SPDX-License-Identifier: MIT */
#include "microsoft/late_curl.h"

/* Debian's libcurl brings GnuTLS for RTMP and LDAP, which start it themselves. By this function, which GnuTLS has for
 * it, a program says that it need not be started whenever it is loaded, which takes a MiB. */
int _gnutls_global_init_skip(void);

int _gnutls_global_init_skip(void)
{
    return 1;
}

LATE_LIBRARY(late_curl, LATE_CURL)
