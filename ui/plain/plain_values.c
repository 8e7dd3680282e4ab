/* SPDX-License-Identifier: MIT */
#include "ui/plain/plain_values.h"

#include <string.h>

#include "base/assets.h"
#include "input/paste.h"
#include "input/validate.h"
#include "ui/form/paste_offer.h"
#include "ui/plain/plain_field.h"
#include "ui/plain/plain_work.h"
#include "ui/state_text.h"

/* The fields of all steps that are not left out, of struct board_field. Caller unrefs. */
static GPtrArray *all_fields(const struct board *board)
{
    GPtrArray *fields = g_ptr_array_new();
    for (guint i = 0; i < board->steps->len; i++) {
        const struct board_step *step = g_ptr_array_index(board->steps, i);
        for (guint k = 0; k < step->fields->len && step->state != STEP_SKIPPED; k++)
            g_ptr_array_add(fields, g_ptr_array_index(step->fields, k));
    }
    return fields;
}

char *plain_values_count(const struct plain *plain)
{
    g_autoptr(GPtrArray) fields = all_fields(plain->board);
    int needed = 0, missing = 0;
    for (guint i = 0; i < fields->len; i++) {
        const struct board_field *field = g_ptr_array_index(fields, i);
        needed += field->required;
        missing += field->required && *field->value == '\0';
    }
    return missing > 0 ? g_strdup_printf("%d of %d values are filled in", needed - missing, needed) : NULL;
}

/* What has to be filled in, or is; with MORE what may stay empty as well, behind it. Caller unrefs. */
static GPtrArray *listed_fields(const struct board *board, gboolean more)
{
    g_autoptr(GPtrArray) fields = all_fields(board);
    GPtrArray *listed = g_ptr_array_new();
    for (int pass = 0; pass < (more ? 2 : 1); pass++)
        for (guint i = 0; i < fields->len; i++) {
            const struct board_field *field = g_ptr_array_index(fields, i);
            gboolean counts = field->required || *field->value != '\0';
            if (counts == (pass == 0))
                g_ptr_array_add(listed, (gpointer)field);
        }
    return listed;
}

static void tell_values(struct plain *plain, const GPtrArray *fields, gboolean more)
{
    g_autofree char *count = plain_values_count(plain);
    plain_ask(plain);
    plain_say(plain, "Before you begin: %s. Nothing is sent by this.",
              count != NULL ? count : "all values that are needed are filled in");
    for (guint i = 0; i < fields->len; i++) {
        const struct board_field *field = g_ptr_array_index(fields, i);
        g_autofree char *label = plain_field_label(plain, field);
        g_autofree char *value = plain_field_text(field);
        plain_say(plain, "%u %s: %s", i + 1, label, value);
    }
    for (guint i = 0; i < plain->board->steps->len; i++) {
        const struct board_step *step = g_ptr_array_index(plain->board->steps, i);
        const char *trouble = values_trouble(step);
        if (trouble != NULL)
            plain_say(plain, "%s: %s", step->title, trouble);
    }
    plain_say(plain, "A number fills one in or changes it%s%s; - goes back.",
              count != NULL ? ", Enter asks for what is missing" : "",
              more ? "" : ", more reads those that may stay empty");
    plain_say(plain, "%s",
              plain->options->practice ? "Paste the partner's e-mail here, whole; in practice E takes a made-up one."
                                       : "Paste the partner's e-mail here, whole: what it holds is offered.");
}

static void send_values(struct plain *plain, const struct board *board, const GPtrArray *fields,
                        const struct paste_values *values)
{
    struct answer *answers = g_new0(struct answer, fields->len);
    for (guint i = 0; i < fields->len; i++) {
        const struct board_field *field = g_ptr_array_index(fields, i);
        answers[i] = (struct answer){field->path, paste_offer_value(board, field, values)};
    }
    session_answer_all(plain->session, answers, fields->len);
    plain_await(plain, COMMAND_ANSWER);
    g_free(answers);
}

/* The values of PASTE that a step asks for are taken together, once the person agrees. */
static void take_paste(struct plain *plain, const char *paste)
{
    g_autoptr(PasteValues) values = paste_find(paste, -1);
    struct board *kept = board_ref(plain->board);
    g_autoptr(GPtrArray) fields = all_fields(kept);
    g_autoptr(GPtrArray) found = g_ptr_array_new();
    /* What is not clear in it is asked where it belongs; one that comes at the question takes its place. */
    if (!values->has_secret && paste != plain->pasted) {
        g_free(plain->pasted);
        plain->pasted = g_strdup(paste);
    }
    plain->paste_is_new = FALSE;
    for (guint i = 0; i < values->findings->len; i++)
        plain_say(plain, "%s", ((const struct finding *)g_ptr_array_index(values->findings, i))->message);
    plain_ask(plain);
    for (guint i = 0; i < fields->len; i++) {
        const struct board_field *field = g_ptr_array_index(fields, i);
        const char *value = *field->validator != '\0' ? paste_offer_value(kept, field, values) : NULL;
        if (value == NULL || strcmp(value, field->value) == 0)
            continue;
        g_ptr_array_add(found, (gpointer)field);
        plain_say(plain, "%s:", field->label);
        plain_say_whole(plain, value);
    }
    if (found->len == 0)
        plain_say(plain, "It holds no value that is clear and that a step asks for.");
    else if (plain_agree_to(plain, "", "Use these values", NULL))
        send_values(plain, kept, found, values);
    board_unref(kept);
}

/* The first that is missing and was not asked for yet. */
static const struct board_field *next_missing(const struct board *board, GHashTable *asked)
{
    g_autoptr(GPtrArray) fields = all_fields(board);
    for (guint i = 0; i < fields->len; i++) {
        const struct board_field *field = g_ptr_array_index(fields, i);
        if (field->required && *field->value == '\0' && !g_hash_table_contains(asked, field->path))
            return field;
    }
    return NULL;
}

/* FALSE: the person goes back. */
static gboolean take_line(struct plain *plain, const GPtrArray *fields, const char *line)
{
    g_autoptr(GBytes) mail = plain->options->practice ? asset_bytes("practice-mail.txt", NULL) : NULL;
    guint64 number = 0;
    if (strcmp(line, "-") == 0)
        return FALSE;
    if (strchr(line, '\n') != NULL)
        take_paste(plain, line);
    else if (mail != NULL && g_ascii_strcasecmp(line, "E") == 0)
        take_paste(plain, g_bytes_get_data(mail, NULL));
    else if (*line == '\0') {
        g_autoptr(GHashTable) asked = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
        for (const struct board_field *field = next_missing(plain->board, asked);
             field != NULL && !plain->leaving && plain->wanted == NULL; field = next_missing(plain->board, asked)) {
            g_hash_table_add(asked, g_strdup(field->path)); /* what is left for later is passed by */
            plain_ask_field(plain, field);
        }
    } else if (g_ascii_string_to_unsigned(line, 10, 1, fields->len, &number, NULL))
        plain_ask_field(plain, g_ptr_array_index(fields, number - 1));
    else if (!plain_take_word(plain, line))
        plain_say(plain, "Type a number from 1 to %u, or Enter, or -; list, step 7, q leaves.", fields->len);
    return TRUE;
}

void plain_values(struct plain *plain)
{
    gboolean stays = TRUE, more = FALSE;
    /* A paste that came at another question is looked at first. */
    if (plain->paste_is_new)
        take_paste(plain, plain->pasted);
    while (stays && !plain->leaving && plain->wanted == NULL) {
        struct board *kept = board_ref(plain->board);
        g_autoptr(GPtrArray) fields = listed_fields(kept, more);
        tell_values(plain, fields, more);
        g_autofree char *line = plain_hear(plain, FALSE);
        if (g_strcmp0(line, "more") == 0)
            more = TRUE;
        else
            stays = line != NULL && take_line(plain, fields, line);
        board_unref(kept);
        /* "values" among the values leads nowhere else. */
        if (g_strcmp0(plain->wanted, WANTED_VALUES) == 0)
            g_clear_pointer(&plain->wanted, g_free);
    }
}
