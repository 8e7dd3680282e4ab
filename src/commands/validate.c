#include "commands/validate.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/error.h"
#include "base/json.h"
#include "base/nearest.h"
#include "base/text.h"
#include "commands/headless.h"
#include "input/paste.h"
#include "input/validate.h"

/* More than any paste; what is behind it is not read. */
#define INPUT_LIMIT (1024 * 1024)

static const char paste_field[] = "paste";

static char *code_point_text(gunichar code_point)
{
    return code_point == CODE_POINT_NONE ? NULL : g_strdup_printf("U+%04X", code_point);
}

static json *findings_json(const GPtrArray *findings)
{
    json *list = json_new_array();
    for (guint i = 0; i < findings->len; i++) {
        const struct finding *finding = g_ptr_array_index(findings, i);
        g_autofree char *code_point = code_point_text(finding->code_point);
        json_append(list, json_from("{'offset':%d,'length':%d,'codePoint':%s,'problem':%s,'message':%s,'fix':%s}",
                                    (gint64)finding->offset, (gint64)finding->length, code_point,
                                    problem_word(finding->problem), finding->message, finding->fix));
    }
    return list;
}

static void print_findings(const GPtrArray *findings)
{
    for (guint i = 0; i < findings->len; i++) {
        const struct finding *finding = g_ptr_array_index(findings, i);
        g_autofree char *fix = text_safe(finding->fix, -1);
        printf("  %s\n", finding->message);
        if (finding->fix != NULL)
            printf("    %s: %s\n", finding->fix_label, fix);
    }
}

static int print_verdict(const char *field, const struct verdict *verdict, gboolean as_json)
{
    if (as_json) {
        g_autoptr(json) list = findings_json(verdict->findings);
        g_autoptr(json) document =
            json_from("{'field':%s,'valid':%b,'value':%s,'findings':%j}", field, verdict->valid, verdict->value, list);
        g_autofree char *text = json_text(document);
        printf("%s\n", text);
    } else {
        printf("%s\n", verdict->valid ? "valid" : "not valid");
        print_findings(verdict->findings);
    }
    return verdict->valid ? EXIT_DONE : EXIT_BAD_INPUT;
}

static int print_paste(const struct paste_values *values, gboolean as_json)
{
    g_autoptr(json) found = json_new_object();
    static const char *const fields[] = {"event-hub-id", "event-hub-name"};
    for (gsize i = 0; i < G_N_ELEMENTS(fields); i++) {
        const char *value = paste_value(values, fields[i]);
        if (value == NULL)
            continue;
        json_set_string(found, fields[i], value);
        if (!as_json)
            printf("%s: %s\n", fields[i], value);
    }
    if (as_json) {
        g_autoptr(json) list = findings_json(values->findings);
        g_autoptr(json) document = json_from("{'values':%j,'findings':%j}", found, list);
        g_autofree char *text = json_text(document);
        printf("%s\n", text);
    } else
        print_findings(values->findings);
    return values->event_hub_id != NULL && values->event_hub_name != NULL ? EXIT_DONE : EXIT_BAD_INPUT;
}

/* Standard input to its end, or up to the limit. NULL and PERCH_ERROR_INPUT if it cannot be read. */
static GByteArray *read_input(GError **error)
{
    g_autoptr(GByteArray) input = g_byte_array_new();
    guint8 buffer[4096];
    for (;;) {
        ssize_t n = read(STDIN_FILENO, buffer, sizeof buffer);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0) {
            g_set_error(error, PERCH_ERROR, PERCH_ERROR_INPUT, "Standard input cannot be read: %s.", g_strerror(errno));
            return NULL;
        }
        g_byte_array_append(input, buffer, (guint)n);
        explicit_bzero(buffer, sizeof buffer);
        if (n == 0 || input->len > INPUT_LIMIT)
            return g_steal_pointer(&input);
    }
}

/* One line end at the end is not part of the value. */
static gssize value_length(const GByteArray *input)
{
    guint length = input->len;
    if (length > 0 && input->data[length - 1] == '\n')
        length--;
    if (length < input->len && length > 0 && input->data[length - 1] == '\r')
        length--;
    return length;
}

/* "event-hub-id, event-hub-name, ..." */
static char *fields_list(void)
{
    GString *list = g_string_new(NULL);
    const struct input_field *field;
    for (gsize i = 0; (field = input_field_at(i)) != NULL; i++)
        if (!field->secret)
            g_string_append_printf(list, "%s, ", field->name);
    g_string_append(list, paste_field);
    return g_string_free(list, FALSE);
}

static char *fields_help(void)
{
    GString *help = g_string_new("Fields:\n");
    const struct input_field *field;
    for (gsize i = 0; (field = input_field_at(i)) != NULL; i++)
        if (!field->secret)
            g_string_append_printf(help, "  %-16s %s\n", field->name, field->hint);
    g_string_append_printf(help, "  %-16s %s\n", paste_field,
                           "Find both Event Hub values in an e-mail or any other text.");
    return g_string_free(help, FALSE);
}

/* PERCH_ERROR_USAGE unless NAME is a field that may be typed or piped. */
static gboolean check_field(const char *name, GError **error)
{
    const struct input_field *field = input_field_find(name);
    if (strcmp(name, paste_field) == 0 || (field != NULL && !field->secret))
        return TRUE;
    g_autofree char *safe = text_safe(name, -1);
    g_autofree char *list = fields_list();
    g_auto(GStrv) names = g_strsplit(list, ", ", -1);
    g_autofree char *question = nearest_question(name, (const char *const *)names);
    g_set_error(error, PERCH_ERROR, PERCH_ERROR_USAGE, "There is no field “%s”.%s\nFields: %s.", safe, question, list);
    return FALSE;
}

static GOptionContext *make_context(gboolean *as_json)
{
    const GOptionEntry entries[] = {
        {"json", 0, 0, G_OPTION_ARG_NONE, as_json, "Print one JSON document", NULL},
        {NULL, 0, 0, 0, NULL, NULL, NULL},
    };
    GOptionContext *context = g_option_context_new("FIELD < VALUE");
    g_autofree char *help = fields_help();
    g_option_context_set_description(context, help);
    g_option_context_add_main_entries(context, entries, NULL);
    return context;
}

/* The field among the arguments; NULL and PERCH_ERROR_USAGE if there is none. Caller frees. */
static char *parse_arguments(int argc, char **argv, gboolean *as_json, GError **error)
{
    g_autoptr(GOptionContext) context = make_context(as_json);
    g_auto(GStrv) arguments = g_new0(char *, (gsize)argc + 1);
    for (int i = 0; i < argc; i++)
        arguments[i] = g_strdup(i == 0 ? "perch validate" : argv[i]);
    g_autoptr(GError) wrong = NULL;
    if (!g_option_context_parse_strv(context, &arguments, &wrong)) {
        g_set_error(error, PERCH_ERROR, PERCH_ERROR_USAGE, "%s.\nSee perch validate --help.", wrong->message);
        return NULL;
    }
    if (arguments[1] == NULL || arguments[2] != NULL) {
        g_autofree char *list = fields_list();
        g_set_error(error, PERCH_ERROR, PERCH_ERROR_USAGE, "perch validate takes one field.\nFields: %s.", list);
        return NULL;
    }
    return check_field(arguments[1], error) ? g_strdup(arguments[1]) : NULL;
}

static void prompt(const char *field)
{
    if (!isatty(STDIN_FILENO))
        return;
    const struct input_field *known = input_field_find(field);
    fprintf(stderr, "%s, then Ctrl-D:\n", known != NULL ? known->label : "Paste the text");
}

static int judge_input(const char *field, gboolean as_json, GError **error)
{
    prompt(field);
    g_autoptr(GByteArray) input = read_input(error);
    if (input == NULL)
        return EXIT_FAILED;
    const char *bytes = input->data != NULL ? (const char *)input->data : "";
    int status;
    if (strcmp(field, paste_field) == 0) {
        g_autoptr(PasteValues) values = paste_find(bytes, input->len);
        status = print_paste(values, as_json);
    } else {
        g_autoptr(Verdict) verdict = validate(field, bytes, value_length(input));
        status = print_verdict(field, verdict, as_json);
    }
    if (input->len > 0)
        explicit_bzero(input->data, input->len);
    return status;
}

/* Asked for before the arguments were understood, so that a wrong one is answered in JSON too. */
static gboolean has_json_option(int argc, char **argv)
{
    for (int i = 1; i < argc; i++)
        if (strcmp(argv[i], "--json") == 0)
            return TRUE;
    return FALSE;
}

int command_validate(int argc, char **argv)
{
    g_autoptr(GError) error = NULL;
    gboolean as_json = has_json_option(argc, argv);
    g_autofree char *field = parse_arguments(argc, argv, &as_json, &error);
    int status = field != NULL ? judge_input(field, as_json, &error) : EXIT_BAD_INPUT;
    if (error != NULL)
        report_error(error, as_json);
    return status;
}
