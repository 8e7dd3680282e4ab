#include "microsoft/token_shelf.h"

struct token {
    struct secret *secret;
    gint64 end;
};

struct token_shelf {
    struct redactor *redactor; /* NULL: none */
    GPtrArray *tokens;         /* of struct token */
};

static void token_free(gpointer data)
{
    struct token *token = data;
    secret_free(token->secret);
    g_free(token);
}

struct token_shelf *token_shelf_new(void)
{
    struct token_shelf *shelf = g_new0(struct token_shelf, 1);
    shelf->tokens = g_ptr_array_new_with_free_func(token_free);
    return shelf;
}

void token_shelf_free(struct token_shelf *shelf)
{
    token_shelf_clear(shelf);
    g_ptr_array_unref(shelf->tokens);
    g_free(shelf);
}

static void forget(const struct token_shelf *shelf, const struct token *token)
{
    if (shelf->redactor != NULL)
        redactor_unregister(shelf->redactor, token->secret);
}

void token_shelf_set_redactor(struct token_shelf *shelf, struct redactor *redactor)
{
    for (guint i = 0; i < shelf->tokens->len; i++) {
        forget(shelf, shelf->tokens->pdata[i]);
        if (redactor != NULL)
            redactor_register(redactor, ((const struct token *)shelf->tokens->pdata[i])->secret);
    }
    shelf->redactor = redactor;
}

static void drop_ended(struct token_shelf *shelf)
{
    gint64 now = g_get_monotonic_time();
    for (guint i = shelf->tokens->len; i > 0; i--) {
        const struct token *token = shelf->tokens->pdata[i - 1];
        if (token->end >= now)
            continue;
        forget(shelf, token);
        g_ptr_array_remove_index_fast(shelf->tokens, i - 1);
    }
}

void token_shelf_add(struct token_shelf *shelf, const struct secret *secret, gint64 end)
{
    struct token *token = g_new0(struct token, 1);
    drop_ended(shelf);
    token->secret = secret_copy(secret);
    token->end = end;
    g_ptr_array_add(shelf->tokens, token);
    if (shelf->redactor != NULL)
        redactor_register(shelf->redactor, token->secret);
}

void token_shelf_clear(struct token_shelf *shelf)
{
    for (guint i = 0; i < shelf->tokens->len; i++)
        forget(shelf, shelf->tokens->pdata[i]);
    g_ptr_array_set_size(shelf->tokens, 0);
}
