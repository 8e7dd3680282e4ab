/* SPDX-License-Identifier: MIT */
/*
 * A field as rows of text, whether it is edited or only shown. Owned by the UI thread.
 */
#ifndef PERCH_UI_FORM_FORM_ROWS_H
#define PERCH_UI_FORM_FORM_ROWS_H

#include "ui/console_state.h"

/* Draw FIELD, its label LABEL_COLUMNS wide, as rows of the field's item. */
void form_fill_field(const struct console *console, struct text_layout *layout, const struct board_field *field,
                     int label_columns);

#endif
