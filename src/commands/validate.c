/* SPDX-License-Identifier: MIT */
#include "commands/validate.h"
#include "commands/commands.h"
#include "commands/standard_input.h"

#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "base/json.h"
#include "base/suggest.h"
#include "base/text.h"
#include "input/paste.h"
#include "input/validate.h"

const char validate_paste_field[] = "paste";
const char validate_paste_hint[] = "Find both Event Hub values in an e-mail or any other text.";

static json *findings_json(const GPtrArray *findings)
{
    json *list = json_new_array();
    for (guint i = 0; i < findings->len; i++) {
        const struct finding *finding = g_ptr_array_index(findings, i);
        g_autofree char *code_point =
            finding->code_point != CODE_POINT_NONE ? g_strdup_printf("U+%04X", finding->code_point) : NULL;
        json_append(
            list, json_from("{'offset':%d,'length':%d,'codePoint':%s,'problem':%s,'message':%s,'fix':%s,'severity':%s}",
                            (gint64)finding->offset, (gint64)finding->length, code_point,
                            problem_word(finding->problem), finding->message, finding->fix, finding_severity(finding)));
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

static json *candidates_json(const GPtrArray *candidates)
{
    json *list = json_new_array();
    for (guint i = 0; i < candidates->len; i++) {
        const struct paste_candidate *candidate = g_ptr_array_index(candidates, i);
        g_autoptr(json) reasons = json_new_array();
        for (char **reason = candidate->reasons; *reason != NULL; reason++)
            json_append_string(reasons, *reason);
        json_append(list,
                    json_from("{'field':%s,'value':%s,'offset':%d,'length':%d,'line':%d,'column':%d,'reasons':%j}",
                              candidate->field, candidate->value, (gint64)candidate->offset, (gint64)candidate->length,
                              (gint64)candidate->line, (gint64)candidate->column, reasons));
    }
    return list;
}

/* Both values: done. Some to choose from: a person is needed. */
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
        g_autoptr(json) candidates = candidates_json(values->candidates);
        g_autoptr(json) document = json_from("{'values':%j,'candidates':%j,'findings':%j}", found, candidates, list);
        g_autofree char *text = json_text(document);
        printf("%s\n", text);
    } else {
        for (guint i = 0; i < values->candidates->len; i++) {
            const struct paste_candidate *candidate = g_ptr_array_index(values->candidates, i);
            printf("%s, perhaps, line %d, column %d: %s\n", candidate->field, candidate->line, candidate->column,
                   candidate->value);
            for (char **reason = candidate->reasons; *reason != NULL; reason++)
                printf("    %s\n", *reason);
        }
        print_findings(values->findings);
    }
    if (values->event_hub_id != NULL && values->event_hub_name != NULL)
        return EXIT_DONE;
    return values->candidates->len > 0 ? EXIT_PERSON : EXIT_BAD_INPUT;
}

void validate_print_fields(void)
{
    const struct input_field *field;
    printf("Fields:\n");
    for (gsize i = 0; (field = input_field_at(i)) != NULL; i++)
        if (!field->secret)
            printf("  %-16s %s\n", field->name, field->hint);
    printf("  %-16s %s\n", validate_paste_field, validate_paste_hint);
}

static int judge_input(const char *field, gboolean as_json, GError **error)
{
    const struct input_field *known = input_field_find(field);
    g_autoptr(GByteArray) input = standard_input_read(known != NULL ? known->label : "Paste the text", error);
    if (input == NULL)
        return EXIT_FAILED;
    const char *bytes = input->data != NULL ? (const char *)input->data : "";
    int status;
    if (strcmp(field, validate_paste_field) == 0) {
        g_autoptr(PasteValues) values = paste_find(bytes, input->len);
        status = print_paste(values, as_json);
    } else {
        /* One line end at the end is not part of the value. */
        guint length = input->len;
        if (length > 0 && bytes[length - 1] == '\n')
            length -= length > 1 && bytes[length - 2] == '\r' ? 2 : 1;
        g_autoptr(Verdict) verdict = validate(field, bytes, (gssize)length);
        status = print_verdict(field, verdict, as_json);
    }
    if (input->data != NULL)
        explicit_bzero(input->data, input->len);
    return status;
}

int command_validate(const struct options *options, GError **error)
{
    const char *name = options_word(options);
    const struct input_field *field = input_field_find(name);
    /* One that may be typed or piped. */
    if (strcmp(name, validate_paste_field) == 0 || (field != NULL && !field->secret))
        return judge_input(name, options->json, error);
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    for (gsize i = 0; (field = input_field_at(i)) != NULL; i++)
        if (!field->secret)
            g_ptr_array_add(names, (gpointer)field->name);
    g_ptr_array_add(names, (gpointer)validate_paste_field);
    g_ptr_array_add(names, NULL);
    g_autofree char *safe = text_safe(name, -1);
    g_autofree char *list = g_strjoinv(", ", (char **)names->pdata);
    g_autofree char *question = suggest_question(name, (const char *const *)names->pdata);
    g_set_error(error, PERCH_ERROR, PERCH_ERROR_USAGE, "There is no field “%s”.%s\nFields: %s.", safe, question, list);
    return EXIT_BAD_INPUT;
}
