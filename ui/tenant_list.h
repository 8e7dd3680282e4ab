/* SPDX-License-Identifier: MIT */
/*
 * Which tenant to work on, where several are known: a list that is filtered while typing. It stands before there is a
 * session, so nothing is read and nobody is asked. Runs in the thread that calls it.
 */
#ifndef PERCH_UI_TENANT_LIST_H
#define PERCH_UI_TENANT_LIST_H

#include "ui/console.h"

/* All texts may be "". */
struct tenant_row {
    char *id;
    char *name;
    char *domain;
    char *stands; /* "3 left", "needs you" */
    char *due;
    char *read; /* when it was read last */
};

struct tenant_row *tenant_row_new(const char *id, const char *name, const char *domain, const char *stands,
                                  const char *due, const char *read);
void tenant_row_free(gpointer row);

enum tenant_choice {
    TENANT_CHOSEN,  /* *ID is its id; caller frees */
    TENANT_ANOTHER, /* one that is not among them */
    TENANT_FORGET,  /* what is kept here of *ID is to be set aside: its domain was typed; caller frees */
    TENANT_NONE,    /* the person left */
};

/* Let the person choose among ROWS (of struct tenant_row). TENANT_NONE with ERROR as of console_run() where the
 * terminal cannot be drawn on. */
enum tenant_choice tenant_list_run(const GPtrArray *rows, const struct console_options *options, char **id,
                                   GError **error);

#endif
