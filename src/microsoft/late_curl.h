/* SPDX-License-Identifier: MIT */
/*
 * libcurl, loaded when the first of its functions is called, see base/late.h: what is used of it has to stand here.
 */
#ifndef PERCH_MICROSOFT_LATE_CURL_H
#define PERCH_MICROSOFT_LATE_CURL_H

#include <curl/curl.h>

#include "base/late.h"

#undef curl_easy_getinfo
#undef curl_easy_setopt
#undef curl_multi_setopt

#define LATE_CURL(EACH)                                                                                                \
    EACH(curl_easy_cleanup)                                                                                            \
    EACH(curl_easy_getinfo)                                                                                            \
    EACH(curl_easy_init)                                                                                               \
    EACH(curl_easy_setopt)                                                                                             \
    EACH(curl_easy_strerror)                                                                                           \
    EACH(curl_getdate)                                                                                                 \
    EACH(curl_global_init_mem)                                                                                         \
    EACH(curl_multi_add_handle)                                                                                        \
    EACH(curl_multi_cleanup)                                                                                           \
    EACH(curl_multi_info_read)                                                                                         \
    EACH(curl_multi_init)                                                                                              \
    EACH(curl_multi_perform)                                                                                           \
    EACH(curl_multi_poll)                                                                                              \
    EACH(curl_multi_remove_handle)                                                                                     \
    EACH(curl_multi_setopt)                                                                                            \
    EACH(curl_multi_wakeup)                                                                                            \
    EACH(curl_slist_append)                                                                                            \
    EACH(curl_slist_free_all)                                                                                          \
    EACH(curl_url)                                                                                                     \
    EACH(curl_url_cleanup)                                                                                             \
    EACH(curl_url_set)                                                                                                 \
    EACH(curl_version_info)

struct late_curl {
    LATE_CURL(LATE_MEMBER)
};

/* Its functions. Ends the program where the library is missing. Any thread. */
const struct late_curl *late_curl(void);

#define curl_easy_cleanup late_curl()->curl_easy_cleanup
#define curl_easy_getinfo late_curl()->curl_easy_getinfo
#define curl_easy_init late_curl()->curl_easy_init
#define curl_easy_setopt late_curl()->curl_easy_setopt
#define curl_easy_strerror late_curl()->curl_easy_strerror
#define curl_getdate late_curl()->curl_getdate
#define curl_global_init_mem late_curl()->curl_global_init_mem
#define curl_multi_add_handle late_curl()->curl_multi_add_handle
#define curl_multi_cleanup late_curl()->curl_multi_cleanup
#define curl_multi_info_read late_curl()->curl_multi_info_read
#define curl_multi_init late_curl()->curl_multi_init
#define curl_multi_perform late_curl()->curl_multi_perform
#define curl_multi_poll late_curl()->curl_multi_poll
#define curl_multi_remove_handle late_curl()->curl_multi_remove_handle
#define curl_multi_setopt late_curl()->curl_multi_setopt
#define curl_multi_wakeup late_curl()->curl_multi_wakeup
#define curl_slist_append late_curl()->curl_slist_append
#define curl_slist_free_all late_curl()->curl_slist_free_all
#define curl_url late_curl()->curl_url
#define curl_url_cleanup late_curl()->curl_url_cleanup
#define curl_url_set late_curl()->curl_url_set
#define curl_version_info late_curl()->curl_version_info

#endif
