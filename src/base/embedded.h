/* SPDX-License-Identifier: MIT */
/*
 * Files that are built into a program, as embed.cmake writes them: perch_embed() in CMakeLists.txt names them. Not as a
 * GResource, whose library takes longer to load than everything else before main. Any thread.
 */
#ifndef PERCH_BASE_EMBEDDED_H
#define PERCH_BASE_EMBEDDED_H

#include <glib.h>

/* One of a table that ends where NAME is NULL. */
struct embedded {
    const char *name;  /* "partners/red-canary.json" */
    const char *bytes; /* NUL-terminated */
    gsize length;
};

/* The file NAME of FILES, NUL-terminated; NULL if there is none such. Caller unrefs. */
GBytes *embedded_bytes(const struct embedded *files, const char *name);

#endif
