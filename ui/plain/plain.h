/* SPDX-License-Identifier: MIT */
/*
 * Plain mode: the same questions and answers line by line, nothing ever drawn over. For screen readers, braille
 * displays, dumb terminals and scripts that talk. Runs in the thread that calls it.
 */
#ifndef PERCH_UI_PLAIN_H
#define PERCH_UI_PLAIN_H

#include <glib.h>
#include <stdio.h>

#include "base/launcher.h"
#include "engine/session.h"
#include "ui/report_writer.h"

struct plain_options {
    gboolean ascii;
    gboolean first_run;
    gboolean practice;
    const struct tenant_row *known; /* the tenant to go on in, as it is known here; NULL: none is yet */
    const GPtrArray *tenants;       /* of struct tenant_row: to go on in another one; NULL: that is not offered */
    char **tenant;                  /* set to the id of that one, and plain_run() ends; caller frees */
    const GPtrArray *remarks;       /* of char *: what to say at the start; NULL: nothing */
    report_writer write_report;     /* NULL: that is not offered */
    access_teller tell_access;      /* NULL: that is not offered */
    struct launcher *launcher;      /* of browsers; NULL: none */
};

/* Lead through SESSION, reading from IN and writing to OUT, until all is done, the person leaves or IN ends. Returns
 * the exit code of the command line. */
int plain_run(struct session *session, const struct plain_options *options, FILE *in, FILE *out);

#endif
