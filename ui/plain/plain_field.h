/* SPDX-License-Identifier: MIT */
/*
 * The fields of a step in plain mode. Owned by the thread that runs plain_run().
 */
#ifndef PERCH_UI_PLAIN_FIELD_H
#define PERCH_UI_PLAIN_FIELD_H

#include "ui/plain/plain_io.h"

enum field_outcome {
    FIELDS_COMPLETE, /* nothing was missing */
    FIELDS_ANSWERED, /* something was, and was answered */
    FIELDS_PUT_OFF,  /* something is still missing */
};

/* Ask for each required field of the step ID that has no value. */
enum field_outcome plain_fields(struct plain *plain, const char *id);

/* Let the person choose one of the step's fields and answer it anew. FALSE if that was put off. */
gboolean plain_change_field(struct plain *plain, const char *id);

#endif
