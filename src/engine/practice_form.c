/* SPDX-License-Identifier: MIT */
#include "engine/practice_form.h"

#include <string.h>

#include "base/error.h"
#include "base/json.h"
#include "engine/refusal.h"
#include "engine/worker.h"
#include "onboarding/fill.h"

#define FORM_TYPE "application/x-www-form-urlencoded"
#define APPROVE "action=approve"

struct posting {
    struct worker *worker;
    int pending;
    struct http_reply *reply;
};

static void answered(struct http_reply *reply, gpointer data)
{
    struct posting *posting = data;
    posting->reply = reply;
    posting->pending = 0;
}

static void start(struct worker *worker, const char *url, const char *form, http_done_func done, gpointer data)
{
    const struct http_call call = {
        .method = "POST",
        .url = url,
        .content_type = FORM_TYPE,
        .body = form,
        .body_length = strlen(form),
        .must_end = TRUE,
    };
    http_start(worker->http, &call, done, data);
}

static gboolean judge(struct worker *worker, const struct step *step, const struct http_reply *reply, GError **error)
{
    /* What the practice portal escapes; the ampersand last, or it would make new ones. */
    static const char *const entities[][2] = {
        {"&lt;", "<"}, {"&gt;", ">"}, {"&quot;", "\""}, {"&apos;", "'"}, {"&#39;", "'"}, {"&amp;", "&"},
    };
    g_autofree char *page = g_utf8_make_valid(reply->body->str, (gssize)reply->body->len);
    g_auto(GStrv) parts = g_strsplit(page, "</h1>", 2);
    g_autofree char *html = g_strjoinv(": ", parts);
    /* Without the tags and the practice tenant's own remark. */
    g_autoptr(GRegex) tags = g_regex_new(
        "(?:<style.*?</style>|<title>.*?</title>|<p><strong>.*?</strong></p>|<[^>]*>|\\s)+", G_REGEX_DOTALL, 0, NULL);
    g_autofree char *text = g_regex_replace(tags, html, -1, 0, " ", 0, NULL);
    g_autoptr(GString) plain = g_string_new(text != NULL ? g_strstrip(text) : "");
    for (gsize i = 0; i < G_N_ELEMENTS(entities); i++)
        g_string_replace(plain, entities[i][0], entities[i][1], 0);
    const char *said = plain->str;
    if (reply->outcome != REPLY_ANSWERED) {
        g_propagate_error(error, g_error_copy(reply->error));
        return FALSE;
    }
    if (reply->status < 400) {
        worker_log(worker, LOG_NOTICE, step->id, "the practice portal says: %s", said);
        return TRUE;
    }
    refusal_note(worker, step, said, reply->request_id);
    g_set_error(error, PERCH_ERROR, PERCH_ERROR_REFUSED, "The practice portal refused: %s", said);
    return FALSE;
}

gboolean practice_form_post(struct worker *worker, const char *id, int rung, GError **error)
{
    const struct step *step = onboarding_step(worker->tenant.onboarding, id);
    const struct guide *guide = step != NULL ? onboarding_guide(worker->tenant.onboarding, step) : NULL;
    const struct trouble *trouble = step != NULL ? step->definition->trouble : NULL;
    const struct practice_form *form = rung <= 0 && guide != NULL ? guide->practice_form : NULL;
    if (rung > 0 && trouble != NULL && (guint)rung <= trouble->rungs->len)
        form = ((const struct guide_line *)g_ptr_array_index(trouble->rungs, rung - 1))->practice_form;
    if (form == NULL || !worker->cloud->practice) {
        g_set_error(error, PERCH_ERROR, PERCH_ERROR_USAGE, "There is nothing to do for “%s” in a practice tenant.", id);
        return FALSE;
    }
    struct posting posting = {.worker = worker, .pending = 1};
    g_autoptr(GString) body = g_string_new(NULL);
    for (guint i = 0; i < form->fields->len; i++) {
        const struct json_pair *field = g_ptr_array_index(form->fields, i);
        g_autofree char *text =
            fill_text(field->text, worker->tenant.onboarding->answers, worker->tenant.onboarding->values);
        g_autofree char *value = g_uri_escape_string(text, NULL, FALSE);
        g_string_append_printf(body, "%s%s=%s", body->len > 0 ? "&" : "", field->name, value);
    }
    g_autofree char *url = g_strconcat(worker->cloud->login, form->path, NULL);
    start(worker, url, body->str, answered, &posting);
    http_run(worker->http, &posting.pending, -1);
    gboolean ok = posting.reply != NULL && judge(worker, step, posting.reply, error);
    if (ok && rung == 0)
        g_hash_table_remove(worker->run.refusals, id);
    http_reply_free(posting.reply);
    return ok;
}

/* The browser would go where the practice tenant sends it, which is perch's own listener. */
static void approved(struct http_reply *reply, gpointer data)
{
    struct worker *worker = data;
    g_autoptr(GError) error = NULL;
    if (reply->location[0] != '\0' && !sign_in_paste_back(worker->operator.sign_in, reply->location, &error))
        worker_log_error(worker, LOG_WARNING, "sign-in", error);
    http_reply_free(reply);
}

void practice_form_approve(struct worker *worker)
{
    if (!worker->cloud->practice || worker->operator.prompt_url == NULL)
        return;
    g_autofree char *address = g_strndup(worker->operator.prompt_url, strcspn(worker->operator.prompt_url, "?"));
    const char *query = strchr(worker->operator.prompt_url, '?');
    g_autofree char *code = g_uri_escape_string(worker->operator.prompt_code != NULL ? worker->operator.prompt_code : "", NULL, FALSE);
    g_autofree char *body =
        query != NULL ? g_strconcat(query + 1, "&" APPROVE, NULL) : g_strconcat("user_code=", code, "&" APPROVE, NULL);
    start(worker, address, body, approved, worker);
}
