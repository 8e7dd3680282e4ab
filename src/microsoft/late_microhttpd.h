/* SPDX-License-Identifier: MIT */
/*
 * libmicrohttpd, loaded when the first of its functions is called, see base/late.h: what is used of it has to stand
 * here.
 */
#ifndef PERCH_MICROSOFT_LATE_MICROHTTPD_H
#define PERCH_MICROSOFT_LATE_MICROHTTPD_H

#include <microhttpd.h>

#include "base/late.h"

#define LATE_MICROHTTPD(EACH)                                                                                          \
    EACH(MHD_add_response_header)                                                                                      \
    EACH(MHD_create_response_from_buffer)                                                                              \
    EACH(MHD_destroy_response)                                                                                         \
    EACH(MHD_get_daemon_info)                                                                                          \
    EACH(MHD_lookup_connection_value)                                                                                  \
    EACH(MHD_queue_response)                                                                                           \
    EACH(MHD_run)                                                                                                      \
    EACH(MHD_start_daemon)                                                                                             \
    EACH(MHD_stop_daemon)

struct late_microhttpd {
    LATE_MICROHTTPD(LATE_MEMBER)
};

/* Its functions. Ends the program where the library is missing. Any thread. */
const struct late_microhttpd *late_microhttpd(void);

#define MHD_add_response_header late_microhttpd()->MHD_add_response_header
#define MHD_create_response_from_buffer late_microhttpd()->MHD_create_response_from_buffer
#define MHD_destroy_response late_microhttpd()->MHD_destroy_response
#define MHD_get_daemon_info late_microhttpd()->MHD_get_daemon_info
#define MHD_lookup_connection_value late_microhttpd()->MHD_lookup_connection_value
#define MHD_queue_response late_microhttpd()->MHD_queue_response
#define MHD_run late_microhttpd()->MHD_run
#define MHD_start_daemon late_microhttpd()->MHD_start_daemon
#define MHD_stop_daemon late_microhttpd()->MHD_stop_daemon

#endif
