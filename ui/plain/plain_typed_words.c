/* SPDX-License-Identifier: MIT */
#include "ui/plain/plain_typed_words.h"

#include <string.h>

#include "base/clock.h"
#include "base/error.h"
#include "ui/mask.h"
#include "ui/plain/plain_files.h"
#include "ui/plain/plain_work.h"
#include "ui/state_text.h"
#include "ui/tenant_list.h"

static gboolean remove_all(struct plain *plain, const struct board_step *step)
{
    (void)step;
    if (plain->board->created_count > 0) {
        plain_apply(plain, TRUE);
        return TRUE;
    }
    plain_say(plain, "There is nothing to undo: perch created nothing that still stands.");
    return FALSE;
}

static gboolean read_again(struct plain *plain, const struct board_step *step)
{
    (void)step;
    session_check(plain->session);
    plain_await(plain, COMMAND_CHECK);
    return TRUE;
}

static gboolean leave_partner(struct plain *plain, const struct board_step *step)
{
    (void)step;
    plain_leave(plain);
    return TRUE;
}

static gboolean hand_over(struct plain *plain, const struct board_step *step)
{
    (void)step;
    return plain_hand_over(plain);
}

/* Whoever signs out here signs in anew, as somebody else perhaps. */
static gboolean sign_out(struct plain *plain, const struct board_step *step)
{
    (void)step;
    if (!plain_agree(plain, AGREE_SIGN_OUT, NULL))
        return FALSE;
    session_sign_out(plain->session);
    plain_await(plain, COMMAND_SIGN_OUT);
    /* What was said, put off, pasted and taken away in the tenant that was signed out of is nothing of the next one's.
     */
    g_hash_table_remove_all(plain->later);
    g_hash_table_remove_all(plain->explained);
    g_ptr_array_set_size(plain->wrong, 0);
    g_clear_pointer(&plain->pasted, g_free);
    g_clear_pointer(&plain->taken_away, g_free);
    g_clear_pointer(&plain->history, history_unref);
    plain->end_told = FALSE;
    plain->in_part = FALSE;
    plain_say(plain, "perch: signed out. Whoever signs in now goes on here; q leaves.");
    session_sign_in(plain->session, FALSE);
    plain->leaving = !plain_await(plain, COMMAND_SIGN_IN);
    if (!plain->leaving)
        session_check(plain->session);
    if (plain->leaving || !plain_await(plain, COMMAND_CHECK))
        plain->leaving = TRUE;
    else
        plain_say(plain, "perch: signed in as %s in %s, %s", plain->board->account, plain->board->tenant_name,
                  plain->board->tenant_domain);
    return TRUE;
}

/* What was done in this one is kept, and the next start goes on from there. */
static gboolean other_tenant(struct plain *plain, const struct board_step *step)
{
    const GPtrArray *tenants = plain->options->tenants;
    (void)step;
    if (tenants == NULL || tenants->len < 2) {
        plain_say(plain, "No other tenant is known here: q leaves, and perch --plain --tenant with its domain begins.");
        return FALSE;
    }
    plain_ask(plain);
    for (guint i = 0; i < tenants->len; i++) {
        const struct tenant_row *row = g_ptr_array_index(tenants, i);
        plain_say(plain, "%u %s, %s", i + 1, row->name, row->domain);
    }
    plain_say(plain, "Which tenant is to be gone on in? What was done here is kept. A number, - goes back.");
    int number = plain_choose(plain, (int)tenants->len);
    if (number == 0)
        return FALSE;
    *plain->options->tenant = g_strdup(((const struct tenant_row *)g_ptr_array_index(tenants, number - 1))->id);
    plain->leaving = TRUE;
    return FALSE;
}

static gboolean open_page(struct plain *plain, const struct board_step *step)
{
    if (step == NULL || *step->link == '\0')
        plain_say(plain, "No page belongs to this.");
    else
        plain_open(plain, step->link);
    return FALSE;
}

/* The last of the requests that went wrong, about STEP where there is one. */
static gboolean tell_exchange(struct plain *plain, const struct board_step *step)
{
    const struct log_line *line = NULL;
    for (guint i = plain->wrong->len; i > 0 && line == NULL; i--) {
        const struct log_line *at = g_ptr_array_index(plain->wrong, i - 1);
        line = step == NULL || log_line_is_about(at, step) ? at : NULL;
    }
    if (line == NULL) {
        plain_say(plain, "No request%s went wrong in this session.", step != NULL ? " about this step" : "");
        return FALSE;
    }
    g_autofree char *time = clock_format(line->time);
    g_autoptr(GRegex) mask = mask_new(plain->board);
    g_autofree char *detail = mask_text(mask, line->detail);
    plain_say(plain, "%s, %s: %s", time, line->subject, line->text);
    if (*line->request_id != '\0')
        plain_say(plain, "Request id: %s", line->request_id);
    if (*detail != '\0')
        plain_say_whole(plain, detail);
    return FALSE;
}

/* What page one of the report says of it. */
static gboolean tell_who(struct plain *plain, const struct board_step *step)
{
    (void)step;
    if (plain->options->tell_access == NULL)
        return FALSE;
    session_history(plain->session);
    if (!plain_await(plain, COMMAND_HISTORY) || plain->history == NULL)
        return FALSE;
    g_autofree char *text = plain->options->tell_access(plain->board, plain->history);
    plain_say(plain, "%s", text);
    return FALSE;
}

static const struct {
    const char *word;
    const char *help;                                                   /* NULL: another word for the one before it */
    gboolean (*go)(struct plain *plain, const struct board_step *step); /* TRUE: the board is looked at anew */
} words[] = {
    {"u", "undo: hear what removing all that perch created would send; none of it is sent before you agree.",
     remove_all},
    {"undo", NULL, remove_all},
    {"check", "read the tenant again, also after what you did by hand.", read_again},
    {"leave", "end the partner's access. It shows who has it by what first.", leave_partner},
    {"who", "hear who can do what now, and who gets in by what.", tell_who},
    {"hand over", "write to a file what a colleague needs who may do what you may not.", hand_over},
    {"sign out", "forget this sign-in, here and in the keyring; then somebody else may sign in.", sign_out},
    {"other tenant", "go on in another tenant that is known here; what was done in this one is kept.", other_tenant},
    {"open", "open the step's page in a browser on this machine.", open_page},
    {"error", "read the last request that went wrong: code, request id, what was sent and answered.", tell_exchange},
};

gboolean plain_go_word(struct plain *plain, const struct board_step *step, const char *line, gboolean *changed)
{
    for (gsize i = 0; i < G_N_ELEMENTS(words); i++)
        if (strcmp(line, words[i].word) == 0) {
            *changed = words[i].go(plain, step);
            return TRUE;
        }
    return FALSE;
}

gboolean plain_is_menu_word(const char *line)
{
    for (gsize i = 0; i < G_N_ELEMENTS(words); i++)
        if (g_ascii_strcasecmp(line, words[i].word) == 0)
            return TRUE;
    return g_ascii_strcasecmp(line, "list") == 0 || g_ascii_strcasecmp(line, "values") == 0 ||
           g_ascii_strcasecmp(line, "more") == 0;
}

void plain_explain_words(struct plain *plain)
{
    plain_say(plain, "values: hear and fill in the values of all steps; a whole e-mail may be pasted there.");
    for (gsize i = 0; i < G_N_ELEMENTS(words); i++)
        if (words[i].help != NULL)
            plain_say(plain, "%s: %s", words[i].word, words[i].help);
}
