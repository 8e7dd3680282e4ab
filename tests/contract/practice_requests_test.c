/* SPDX-License-Identifier: MIT */
/*
 * What the practice tenant refuses and what it takes, by tables (data/practice-requests.json): the page of each row's
 * operation says so. And of the sign-in the same (data/practice-sign-ins.json).
 */
#include <string.h>

#include "support/practice_steps.h"
#include "support/support.h"

#define EVENTUAL "ConsistencyLevel: eventual"

static json *table(const char *name)
{
    g_autofree char *path = g_build_filename(PERCH_TEST_DATA, name, NULL);
    g_autofree char *text = read_text(path);
    g_autoptr(GError) error = NULL;
    json *rows = json_parse(text, -1, &error);
    if (rows == NULL)
        fail_msg("%s: %s", name, error->message);
    return rows;
}

static const char *header_of(const json *row)
{
    return json_get_bool(row, "eventual", FALSE) ? EVENTUAL : NULL;
}

static char *row_text(const json *row)
{
    g_autofree char *body = json_get(row, "body") != NULL ? json_text(json_get(row, "body")) : g_strdup("");
    return g_strdup_printf("%s %s %s", json_get_string(row, "method"), json_get_string(row, "path"), body);
}

static gboolean is_refusal(const struct client_answer *answer)
{
    return answer->status == 400 || answer->status == 404 || answer->status == 405 || answer->status == 409;
}

static void legal_is_taken_and_illegal_refused(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("complete", NULL);
    struct practice_steps *steps = practice_steps_new(tenant);
    g_autoptr(json) rows = table("practice-requests.json");
    g_autoptr(GString) wrong = g_string_new(NULL);
    int refused = 0;
    int taken = 0;
    json_for_each (row, json_get(rows, "setup")) {
        client_answer_free(practice_steps_take(steps, row, header_of(row)));
    }
    json_for_each (row, json_get(rows, "illegal")) {
        g_autoptr(ClientAnswer) answer = practice_steps_send(steps, row, header_of(row));
        g_autofree char *text = row_text(row);
        if (is_refusal(answer) && json_get_string(json_get(answer->body, "error"), "code") != NULL)
            refused++;
        else
            g_string_append_printf(wrong, "%d for %s (%s): %s\n", answer->status, text, json_get_string(row, "why"),
                                   answer->text);
    }
    json_for_each (row, json_get(rows, "legal")) {
        g_autoptr(ClientAnswer) answer = practice_steps_take(steps, row, header_of(row));
        g_autofree char *text = row_text(row);
        if (answer->status >= 200 && answer->status < 300)
            taken++;
        else
            g_string_append_printf(wrong, "%d for %s: %s\n", answer->status, text, answer->text);
    }
    print_message("illegal requests refused %d, legal taken %d\n", refused, taken);
    if (wrong->len > 0)
        fail_msg("%s", wrong->str);
    practice_steps_free(steps);
    practice_end(tenant);
}

/* FORM (an object) url-encoded. Caller frees. */
static char *form_text(const json *form)
{
    GString *text = g_string_new(NULL);
    json_for_each (field, form) {
        g_autofree char *value = g_uri_escape_string(json_string(field), NULL, FALSE);
        g_string_append_printf(text, "%s%s=%s", text->len > 0 ? "&" : "", json_name(field), value);
    }
    return g_string_free(text, FALSE);
}

static struct client_answer *send_sign_in(const struct practice_tenant *tenant, const json *row)
{
    g_autofree char *form = form_text(json_get(row, "form"));
    const char *path = json_get_string(row, "path");
    if (strcmp(json_get_string(row, "method"), "GET") == 0) {
        g_autofree char *page = g_strdup_printf("%s%s?%s", practice_address(tenant), path, form);
        return client_send("GET", page, NULL, NULL);
    }
    g_autofree char *url = g_strconcat(practice_address(tenant), path, NULL);
    return client_post_form(url, form);
}

/* The error stands in the document, in the address that the browser is sent to, or on the page. */
static gboolean is_this_refusal(const struct client_answer *answer, const json *row)
{
    const char *error = json_get_string(row, "error");
    g_autofree char *code = g_strdup_printf("AADSTS%d:", (int)json_get_int(row, "code", 0));
    g_autofree char *place = answer->location != NULL ? g_uri_unescape_string(answer->location, NULL) : g_strdup("");
    g_autofree char *named = g_strconcat("error=", error, NULL);
    if (strcmp(error, "page") == 0)
        return answer->status == 400 && answer->location == NULL && strstr(answer->text, code) != NULL;
    if (answer->location != NULL)
        return strstr(place, named) != NULL && strstr(place, code) != NULL;
    return g_strcmp0(json_get_string(answer->body, "error"), error) == 0 && strstr(answer->text, code) != NULL &&
           json_get_string(answer->body, "correlation_id") != NULL;
}

static void illegal_sign_ins_are_refused(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("fresh", NULL);
    g_autoptr(json) rows = table("practice-sign-ins.json");
    g_autoptr(GString) wrong = g_string_new(NULL);
    int refused = 0;
    json_for_each (row, rows) {
        g_autoptr(ClientAnswer) answer = send_sign_in(tenant, row);
        g_autofree char *text = json_text(row);
        if (is_this_refusal(answer, row))
            refused++;
        else
            g_string_append_printf(wrong, "%d %s %s for %s\n", answer->status, answer->text,
                                   answer->location != NULL ? answer->location : "", text);
    }
    print_message("illegal sign-in requests refused %d\n", refused);
    if (wrong->len > 0)
        fail_msg("%s", wrong->str);
    practice_end(tenant);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(legal_is_taken_and_illegal_refused),
        cmocka_unit_test(illegal_sign_ins_are_refused),
    };
    json_init();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
