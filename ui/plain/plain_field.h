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

/* Ask for FIELD's value and send it. FALSE if that was put off. FIELD may not be used afterwards. */
gboolean plain_ask_field(struct plain *plain, const struct board_field *field);

/* Two steps may ask "In use?": which one it is stands before FIELD's label. Caller frees. */
char *plain_field_label(const struct plain *plain, const struct board_field *field);

/* FIELD's value for a list. Caller frees. */
char *plain_field_text(const struct board_field *field);

/* Let the person choose the step's fields one after another and answer them anew; the step is wanted then. FALSE if
 * nothing was changed. */
gboolean plain_change_field(struct plain *plain, const char *id);

/* LINE, an address that was pasted where no value was asked for, is taken for that value of STEP that it holds, once
 * the person agrees. FALSE if it is no address, or holds none. *CHANGED: there is another board. */
gboolean plain_take_address(struct plain *plain, const struct board_step *step, const char *line, gboolean *changed);

#endif
