#include "ui/paste_offer.h"

#include <string.h>

#include "input/paste.h"
#include "input/validate.h"
#include "ui/ask.h"
#include "ui/form.h"
#include "ui/views.h"

/* Values travel through a question as one text; no value contains a unit separator. */
#define SEPARATOR "\037"

static gboolean is_single_value(const char *text)
{
    gsize length = strlen(text);
    while (length > 0 && (text[length - 1] == '\n' || text[length - 1] == '\r'))
        length--;
    return memchr(text, '\n', length) == NULL && memchr(text, ' ', length) == NULL;
}

static void take_values(struct console *console, const char *text, const char *data)
{
    (void)text;
    g_auto(GStrv) parts = g_strsplit(data, SEPARATOR, -1);
    for (guint i = 0; parts[i] != NULL && parts[i + 1] != NULL; i += 2) {
        session_answer(console->session, parts[i], parts[i + 1]);
        console_sent(console, COMMAND_ANSWER);
    }
}

/* PATH, separator, value for each field of STEP that has one among VALUES; what it is called goes to NAMES. */
static void collect(const struct board_step *step, const struct paste_values *values, GString *data, GString *names)
{
    for (guint i = 0; i < step->fields->len; i++) {
        const struct board_field *field = g_ptr_array_index(step->fields, i);
        const char *value = *field->validator != '\0' ? paste_value(values, field->validator) : NULL;
        if (value == NULL)
            continue;
        g_string_append_printf(data, "%s%s%s%s", data->len > 0 ? SEPARATOR : "", field->path, SEPARATOR, value);
        g_string_append_printf(names, "%s%s", names->len > 0 ? " and " : "", field->label);
    }
}

gboolean paste_offer(struct console *console, const char *text)
{
    if (is_single_value(text))
        return FALSE;
    g_autoptr(PasteValues) values = paste_find(text, -1);
    g_autoptr(GString) data = g_string_new(NULL);
    g_autoptr(GString) names = g_string_new(NULL);
    for (guint i = 0; i < console->board->steps->len; i++)
        collect(g_ptr_array_index(console->board->steps, i), values, data, names);
    if (data->len == 0)
        return FALSE;
    form_leave(console);
    console_push(console, paste_view_new(g_steal_pointer(&values)));
    g_autofree char *label = g_strdup_printf("Use %s?", names->str);
    ask_yes_no(console, label, take_values, data->str);
    return TRUE;
}

void paste_offer_settle(struct console *console)
{
    if (console->ask == NULL && is_paste_view(console_top(console)))
        console_pop(console);
}
