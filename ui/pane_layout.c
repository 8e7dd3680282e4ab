/* SPDX-License-Identifier: MIT */
#include "ui/pane_layout.h"

#define SINGLE_COLUMNS 72
#define SINGLE_ROWS 20
#define CHECKLIST_LEAST 30
#define CHECKLIST_MOST 46
#define LOG_LEAST 4
#define LOG_MOST 18

struct pane_layout pane_layout_of(int columns, int rows, int bottom_rows, gboolean zoomed)
{
    struct pane_layout layout = {0};
    layout.title = (struct area){0, 0, columns, 1};
    layout.bottom = (struct area){0, rows - bottom_rows, columns, bottom_rows};
    layout.body = (struct area){0, 1, columns, MAX(rows - 1 - bottom_rows, 1)};
    layout.single = zoomed || columns < SINGLE_COLUMNS || rows < SINGLE_ROWS;
    if (layout.single) {
        layout.checklist = layout.step = layout.log = (struct area){
            layout.body.column + 1, layout.body.row + 1, MAX(layout.body.columns - 2, 1), MAX(layout.body.rows - 2, 1)};
        return layout;
    }
    int log_rows = CLAMP((layout.body.rows - 3) / 4, LOG_LEAST, LOG_MOST);
    int upper_rows = layout.body.rows - 3 - log_rows;
    int left = CLAMP(columns * 3 / 8, CHECKLIST_LEAST, CHECKLIST_MOST);
    layout.checklist = (struct area){1, 2, left, upper_rows};
    layout.step = (struct area){left + 2, 2, columns - left - 3, upper_rows};
    layout.log = (struct area){1, 3 + upper_rows, columns - 2, log_rows};
    return layout;
}
