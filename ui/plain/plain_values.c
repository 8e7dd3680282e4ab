/* SPDX-License-Identifier: MIT */
#include "ui/plain/plain_values.h"

#include <string.h>

#include "base/assets.h"
#include "base/text.h"
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

/* The one of FIELDS that was said with NUMBER; NULL if it is not asked for any more. */
static const struct board_field *find_numbered(const struct plain *plain, const GPtrArray *fields, guint number)
{
    for (guint i = 0; i < fields->len; i++) {
        const struct board_field *field = g_ptr_array_index(fields, i);
        if (g_str_equal(field->path, g_ptr_array_index(plain->numbered, number - 1)))
            return field;
    }
    return NULL;
}

static gboolean is_listed(const struct board_field *field, gboolean more)
{
    return more || field->required || *field->value != '\0';
}

/* Whoever has heard a number types it later: each value keeps its own, whatever is filled in or asked for meanwhile.
 * What has to be filled in comes first; with MORE all have one. */
static void number_fields(struct plain *plain, const GPtrArray *fields, gboolean more)
{
    for (int pass = 0; pass < 2; pass++)
        for (guint i = 0; i < fields->len; i++) {
            const struct board_field *field = g_ptr_array_index(fields, i);
            gboolean is_known = g_ptr_array_find_with_equal_func(plain->numbered, field->path, g_str_equal, NULL);
            if (!is_known && is_listed(field, more && pass > 0))
                g_ptr_array_add(plain->numbered, g_strdup(field->path));
        }
}

/* What was read of the values and is amiss: with the list, and when it is another than SAID, which is set. */
static void tell_trouble(struct plain *plain, gboolean listed, char **said)
{
    g_autoptr(GString) troubles = g_string_new(NULL);
    for (guint i = 0; i < plain->board->steps->len; i++) {
        const struct board_step *step = g_ptr_array_index(plain->board->steps, i);
        const char *trouble = values_trouble(step);
        if (trouble != NULL)
            g_string_append_printf(troubles, "%s%s: %s", troubles->len > 0 ? "\n" : "", step->title, trouble);
    }
    if (troubles->len > 0 && (listed || g_strcmp0(*said, troubles->str) != 0))
        plain_say(plain, "%s", troubles->str);
    text_set(said, troubles->str);
}

/* What is still missing, and what can be typed. TROUBLE: what was read of the values and is amiss, "" if nothing. */
static void tell_ways(struct plain *plain, gboolean listed, gboolean more, const char *trouble)
{
    g_autofree char *count = plain_values_count(plain);
    if (!listed)
        plain_say(plain, "%s%s%s.", count != NULL ? "Now " : "",
                  count != NULL ? count : "All values that are needed are filled in",
                  trouble[0] != '\0' ? "; what does not fit is said above" : "");
    plain_say(plain, "A number fills one in or changes it%s%s%s; ? explains, - goes back.",
              count != NULL ? ", Enter asks for what is missing" : "", listed ? "" : ", values reads them again",
              more ? "" : ", more reads also those that may stay empty");
}

static void tell_values(struct plain *plain, const GPtrArray *fields, gboolean more)
{
    g_autofree char *count = plain_values_count(plain);
    plain_say(plain, "Before you begin: %s. Nothing is sent by this.",
              count != NULL ? count : "all values that are needed are filled in");
    for (guint number = 1; number <= plain->numbered->len; number++) {
        const struct board_field *field = find_numbered(plain, fields, number);
        if (field == NULL || !is_listed(field, more))
            continue;
        g_autofree char *label = plain_field_label(plain, field);
        g_autofree char *value = plain_field_text(field);
        plain_say(plain, "%u %s: %s", number, label, value);
    }
    plain_say(plain, "%s",
              plain->options->practice ? "Paste the partner's e-mail here, whole; in practice E takes a made-up one."
                                       : "Paste the partner's e-mail here, whole: what it holds is offered.");
}

static void explain_values(struct plain *plain)
{
    plain_say(plain, "Here is all that perch will ask for, so that it can be had together before anything begins. A "
                     "number leads to that value; ? there says what it is for and where it is looked up.");
    plain_say(plain, "Enter asks for all that is missing, one after another; - there leaves one for later.");
    plain_say(plain,
              "Pasted whole, the partner's e-mail is looked through, what it holds is read out, and the word use "
              "takes it.%s",
              plain->options->practice ? " Since this is practice, E takes a made-up e-mail." : "");
    plain_say(plain, "values reads the list again, more reads also those that may stay empty. A value is kept on this "
                     "machine and goes to the tenant only with a plan that you have agreed to.");
}

/* A mail holds little of what is asked: what of that it did not give is said, so that nobody waits for it. */
static void tell_not_found(struct plain *plain, const GPtrArray *fields, const struct paste_values *values)
{
    g_autoptr(GPtrArray) lacking = g_ptr_array_new();
    gboolean lacks_application = FALSE;
    for (guint i = 0; i < fields->len; i++) {
        const struct board_field *field = g_ptr_array_index(fields, i);
        gboolean is_guid = g_str_equal(field->validator, "guid");
        gboolean is_in_mails = is_guid || g_str_has_prefix(field->validator, "event-hub-");
        if (!is_in_mails || !field->required || *field->value != '\0' ||
            paste_offer_value(plain->board, field, values) != NULL)
            continue;
        lacks_application |= is_guid;
        g_ptr_array_add(lacking, (gpointer)field->label);
    }
    g_autofree char *names = text_join(lacking, ", ");
    if (lacking->len > 0)
        plain_say(plain, "Not found in it, or not clear: %s.%s%s", names,
                  values->candidates->len > 0 ? " What may be meant is offered where it is asked for." : "",
                  lacks_application ? " An application's id is taken from the address of its consent page alone." : "");
    plain_say(plain, "Names, addresses and the rest are not looked for in a mail: they are asked.");
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
    paste_tell_typed(kept, paste, values);
    for (guint i = 0; i < values->findings->len; i++)
        plain_say(plain, "%s", ((const struct finding *)g_ptr_array_index(values->findings, i))->message);
    tell_not_found(plain, fields, values);
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
        plain_say(plain, "It holds no value that is clear, and missing or another than the one that stands.");
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
    } else if (g_ascii_string_to_unsigned(line, 10, 1, plain->numbered->len, &number, NULL)) {
        const struct board_field *field = find_numbered(plain, fields, (guint)number);
        if (field != NULL)
            plain_ask_field(plain, field);
        else
            plain_say(plain, "That one is not asked for any more.");
    } else if (strcmp(line, "?") == 0)
        explain_values(plain);
    else if (!plain_take_word(plain, line)) {
        plain_say_where(plain, line);
        plain_say(plain, "Type a number from 1 to %u, Enter or -; ? explains, list reads the steps, q leaves.",
                  plain->numbered->len);
    }
    return TRUE;
}

void plain_values(struct plain *plain)
{
    gboolean stays = TRUE, more = FALSE, listed = TRUE;
    g_autofree char *trouble = NULL;
    /* A paste that came at another question is looked at first. */
    if (plain->paste_is_new)
        take_paste(plain, plain->pasted);
    while (stays && !plain->leaving && plain->wanted == NULL) {
        struct board *kept = board_ref(plain->board);
        g_autoptr(GPtrArray) fields = all_fields(kept);
        number_fields(plain, fields, more);
        plain_ask(plain);
        if (listed)
            tell_values(plain, fields, more);
        tell_trouble(plain, listed, &trouble);
        tell_ways(plain, listed, more, trouble);
        g_autofree char *line = plain_hear(plain, FALSE);
        /* Once is enough: after each value only how far it is. */
        listed = g_strcmp0(line, "more") == 0 || g_strcmp0(line, "values") == 0;
        more |= g_strcmp0(line, "more") == 0;
        stays = listed || (line != NULL && take_line(plain, fields, line));
        board_unref(kept);
        /* "values" at a value leads nowhere else. */
        if (g_strcmp0(plain->wanted, WANTED_VALUES) == 0) {
            g_clear_pointer(&plain->wanted, g_free);
            listed = TRUE;
        }
    }
}
