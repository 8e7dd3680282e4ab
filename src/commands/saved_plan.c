/* SPDX-License-Identifier: MIT */
#include "commands/saved_plan.h"

#include <string.h>

#include "base/error.h"
#include "base/json.h"
#include "base/text.h"
#include "base/trusted_file.h"
#include "commands/board_json.h"

#define FORMAT_VERSION 1
#define MOST_BYTES ((gsize)16 * 1024 * 1024)

char *saved_plan_text(const struct board *board, const struct plan *plan)
{
    g_autofree char *digest = plan_digest(plan);
    g_autofree char *made = clock_format(clock_now(&board->clock));
    g_autoptr(json) document = board_json(board, plan);
    json_set(document, "plan",
             json_from("{'format':%d,'sha256':%s,'answersSha256':%s,'profileSha256':%s,'profileDated':%s,'madeAt':%s,"
                       "'account':%s,'perch':%s}",
                       (gint64)FORMAT_VERSION, digest, plan->answers_sha256, board->partner_sha256,
                       board->partner_dated, made, board->account, PERCH_VERSION));
    json_set_string(json_get(document, "plan"), "day", plan->day != NULL ? plan->day : "");
    g_autofree char *text = json_text_indented(document);
    return g_strconcat(text, "\n", NULL);
}

/* Whoever may write to it approves in the place of whoever did. */
static json *read_file(const char *file, const char *sha256, GError **error)
{
    gsize length = 0;
    g_autofree char *safe = text_safe(file, -1);
    g_autofree char *text = trusted_file_read(file, "The saved plan", MOST_BYTES, &length, error);
    if (text == NULL)
        return NULL;
    g_autofree char *sum = g_compute_checksum_for_data(G_CHECKSUM_SHA256, (const guchar *)text, length);
    if (sha256 != NULL && strcmp(sum, sha256) != 0) {
        g_set_error(error, PERCH_ERROR, PERCH_ERROR_INPUT,
                    "Nothing was sent: %s was changed after its signature was checked.\nApply the one that was signed.",
                    safe);
        return NULL;
    }
    g_autoptr(GError) cause = NULL;
    g_autoptr(json) document = json_parse(text, (gssize)length, &cause);
    if (json_get_int(json_get(document, "plan"), "format", 0) == FORMAT_VERSION)
        return g_steal_pointer(&document);
    g_autofree char *why = error_reason(cause);
    g_set_error(error, PERCH_ERROR, PERCH_ERROR_INPUT, "%s is not a saved plan%s.\nperch plan --output FILE saves one.",
                safe, why);
    return NULL;
}

gboolean saved_plan_can_be_read(const char *file, const char *sha256, GError **error)
{
    g_autoptr(json) saved = read_file(file, sha256, error);
    return saved != NULL;
}

/* The requests of DOCUMENT as one text, without the address of a practice tenant, which is another each time. */
static char *requests_text(const json *document, gboolean practice)
{
    g_autofree char *text = json_text(json_get(document, "requests"));
    g_autoptr(GRegex) address =
        g_regex_new("http://127[.][0-9.]+:[0-9]+", G_REGEX_DEFAULT, G_REGEX_MATCH_DEFAULT, NULL);
    return practice ? g_regex_replace_literal(address, text, -1, 0, "", G_REGEX_MATCH_DEFAULT, NULL)
                    : g_steal_pointer(&text);
}

/* What people read and approved are the requests that stand there, and where and for whom, and not the digest beside
 * them. */
static gboolean shows_what_is_sent(const json *saved, const struct board *board, const struct plan *plan)
{
    static const char *const heads[] = {"tenant", "partner", "practice", "partnerProfile"};
    g_autoptr(json) now = board_json(board, plan);
    for (gsize i = 0; i < G_N_ELEMENTS(heads); i++)
        if (!json_equal(json_get(saved, heads[i]), json_get(now, heads[i])))
            return FALSE;
    g_autofree char *sent = requests_text(now, board->practice);
    g_autofree char *shown = requests_text(saved, board->practice);
    return strcmp(sent, shown) == 0;
}

static void add_others(const json *requests, const json *in, GPtrArray *names)
{
    json_for_each (request, requests) {
        const char *name = json_get_string(request, "object");
        gboolean is_in_both = FALSE;
        json_for_each (other, in) {
            is_in_both = is_in_both || json_equal(other, request);
        }
        if (name != NULL && !is_in_both && !g_ptr_array_find_with_equal_func(names, name, g_str_equal, NULL))
            g_ptr_array_add(names, (gpointer)name);
    }
}

/* The request bodies of SAVED name the day that it was made on, and that is not TODAY. */
static gboolean is_of_another_day(const json *saved, const char *today)
{
    const char *day = json_string(json_get_path(saved, "plan.day"));
    g_autofree char *requests = json_text(json_get(saved, "requests"));
    return day != NULL && *day != '\0' && today != NULL && strcmp(day, today) != 0 && strstr(requests, day) != NULL;
}

/* Whose requests are not in both, SAVED and NOW, which is TODAY. Caller frees. */
static char *objects_that_differ(const json *saved, const json *now, const char *today)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    add_others(json_get(saved, "requests"), json_get(now, "requests"), names);
    add_others(json_get(now, "requests"), json_get(saved, "requests"), names);
    g_autofree char *list = text_join(names, ", ");
    if (names->len > 0 && is_of_another_day(saved, today))
        return g_strdup_printf("its requests name the day that it was made on, %s, and today is %s (%s); with "
                               "“reviewStart” in the answers they name no day",
                               json_string(json_get_path(saved, "plan.day")), today, list);
    return names->len == 0 ? g_strdup("the requests are others, as the tenant is now")
                           : g_strdup_printf("the requests are others, as the tenant is now (%s)", list);
}

gboolean saved_plan_matches(const char *file, const char *sha256, const struct board *board, const struct plan *plan,
                            GError **error)
{
    g_autoptr(json) saved = read_file(file, sha256, error);
    if (saved == NULL)
        return FALSE;
    g_autofree char *digest = plan_digest(plan);
    g_autoptr(json) now = board_json(board, plan);
    g_autofree char *others = objects_that_differ(saved, now, plan->day);
    const struct {
        const char *path;
        const char *now;
        const char *changed;
    } parts[] = {
        {"tenant.id", board->tenant_id, "the tenant is another one"},
        {"plan.profileSha256", board->partner_sha256, "the partner's profile has changed"},
        {"plan.answersSha256", plan->answers_sha256, "the answers have changed"},
        {"plan.sha256", digest, others},
    };
    g_autoptr(GPtrArray) changes = g_ptr_array_new();
    for (gsize i = 0; i < G_N_ELEMENTS(parts); i++)
        if (g_strcmp0(json_string(json_get_path(saved, parts[i].path)), parts[i].now) != 0)
            g_ptr_array_add(changes, (gpointer)parts[i].changed);
    if (changes->len == 0 && !shows_what_is_sent(saved, board, plan))
        g_ptr_array_add(changes, "the file itself: what it shows is not what its digest stands for");
    if (changes->len == 0)
        return TRUE;
    g_autofree char *list = text_join(changes, "; ");
    g_set_error(error, PERCH_ERROR, PERCH_ERROR_INPUT,
                "Nothing was sent, for what has changed since the plan was saved: %s.\nMake it anew with perch plan "
                "--output, and have it "
                "approved.",
                list);
    return FALSE;
}
