/* SPDX-License-Identifier: MIT */
#include "board/log_text.h"

#include <string.h>

/* What a log's SUBJECT is called: the one object of that kind, or the step of that id, where there is one. Of what only
 * a person does, it is the step that was told. Borrowed. */
static const char *subject_title(const struct board *board, const char *subject)
{
    const char *step_title = NULL, *object_title = NULL;
    gboolean is_read = FALSE;
    guint count = 0;
    for (guint i = 0; board != NULL && i < board->steps->len; i++) {
        const struct board_step *step = g_ptr_array_index(board->steps, i);
        step_title = strcmp(step->id, subject) == 0 ? step->title : step_title;
        for (guint k = 0; k < step->objects->len; k++) {
            const struct board_object *object = g_ptr_array_index(step->objects, k);
            /* A line may be about what was made for an earlier answer, and names that. */
            gboolean is_it = strcmp(object->kind, subject) == 0 && !object->has_earlier;
            object_title = is_it ? object->title : object_title;
            is_read = is_it ? object->only_read : is_read;
            count += is_it ? 1 : 0;
        }
    }
    if (step_title != NULL && (count != 1 || is_read))
        return step_title;
    return count == 1 ? object_title : subject;
}

char *log_line_text(const struct log_line *line, const struct board *board)
{
    const char *title = subject_title(board, line->subject);
    gboolean is_named = title != line->subject && strstr(line->text, title) != NULL;
    return is_named ? g_strdup(line->text) : g_strdup_printf("%s: %s", title, line->text);
}
