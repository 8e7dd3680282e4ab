/* SPDX-License-Identifier: MIT */
/*
 * GMime, loaded when the first of its functions is called, see base/late.h: what is used of it has to stand here.
 */
#ifndef PERCH_INPUT_LATE_GMIME_H
#define PERCH_INPUT_LATE_GMIME_H

#include "base/late_gobject.h"

#include <gmime/gmime.h>

#include "base/late.h"

#define LATE_GMIME(EACH)                                                                                               \
    EACH(g_mime_content_type_is_type)                                                                                  \
    EACH(g_mime_data_wrapper_get_stream)                                                                               \
    EACH(g_mime_init)                                                                                                  \
    EACH(g_mime_message_get_mime_part)                                                                                 \
    EACH(g_mime_message_part_get_message)                                                                              \
    EACH(g_mime_message_part_get_type)                                                                                 \
    EACH(g_mime_multipart_get_count)                                                                                   \
    EACH(g_mime_multipart_get_part)                                                                                    \
    EACH(g_mime_multipart_get_type)                                                                                    \
    EACH(g_mime_object_get_content_type)                                                                               \
    EACH(g_mime_object_get_content_type_parameter)                                                                     \
    EACH(g_mime_object_get_header)                                                                                     \
    EACH(g_mime_object_get_type)                                                                                       \
    EACH(g_mime_parser_construct_part)                                                                                 \
    EACH(g_mime_parser_new_with_stream)                                                                                \
    EACH(g_mime_parser_set_persist_stream)                                                                             \
    EACH(g_mime_part_get_content)                                                                                      \
    EACH(g_mime_part_get_content_encoding)                                                                             \
    EACH(g_mime_part_get_filename)                                                                                     \
    EACH(g_mime_part_get_type)                                                                                         \
    EACH(g_mime_stream_mem_new_with_buffer)

struct late_gmime {
    LATE_GMIME(LATE_MEMBER)
};

/* Its functions. Ends the program where the library is missing. Any thread. */
const struct late_gmime *late_gmime(void);

#define g_mime_content_type_is_type late_gmime()->g_mime_content_type_is_type
#define g_mime_data_wrapper_get_stream late_gmime()->g_mime_data_wrapper_get_stream
#define g_mime_init late_gmime()->g_mime_init
#define g_mime_message_get_mime_part late_gmime()->g_mime_message_get_mime_part
#define g_mime_message_part_get_message late_gmime()->g_mime_message_part_get_message
#define g_mime_message_part_get_type late_gmime()->g_mime_message_part_get_type
#define g_mime_multipart_get_count late_gmime()->g_mime_multipart_get_count
#define g_mime_multipart_get_part late_gmime()->g_mime_multipart_get_part
#define g_mime_multipart_get_type late_gmime()->g_mime_multipart_get_type
#define g_mime_object_get_content_type late_gmime()->g_mime_object_get_content_type
#define g_mime_object_get_content_type_parameter late_gmime()->g_mime_object_get_content_type_parameter
#define g_mime_object_get_header late_gmime()->g_mime_object_get_header
#define g_mime_object_get_type late_gmime()->g_mime_object_get_type
#define g_mime_parser_construct_part late_gmime()->g_mime_parser_construct_part
#define g_mime_parser_new_with_stream late_gmime()->g_mime_parser_new_with_stream
#define g_mime_parser_set_persist_stream late_gmime()->g_mime_parser_set_persist_stream
#define g_mime_part_get_content late_gmime()->g_mime_part_get_content
#define g_mime_part_get_content_encoding late_gmime()->g_mime_part_get_content_encoding
#define g_mime_part_get_filename late_gmime()->g_mime_part_get_filename
#define g_mime_part_get_type late_gmime()->g_mime_part_get_type
#define g_mime_stream_mem_new_with_buffer late_gmime()->g_mime_stream_mem_new_with_buffer

#endif
