#include "ui/views.h"

#include "ui/words.h"

static void prompt_copy_free(gpointer data)
{
    struct prompt *prompt = data;
    char *strings[] = {prompt->url,    prompt->user_code, prompt->account_hint, prompt->application,
                       prompt->scopes, prompt->tenant,    prompt->message,      prompt->reasons};
    for (gsize i = 0; i < G_N_ELEMENTS(strings); i++)
        g_free(strings[i]);
    g_free(prompt);
}

static struct prompt *prompt_copy(const struct prompt *prompt)
{
    struct prompt *copy = g_memdup2(prompt, sizeof *prompt);
    char **strings[] = {&copy->url,    &copy->user_code, &copy->account_hint, &copy->application,
                        &copy->scopes, &copy->tenant,    &copy->message,      &copy->reasons};
    for (gsize i = 0; i < G_N_ELEMENTS(strings); i++)
        *strings[i] = g_strdup(*strings[i] != NULL ? *strings[i] : "");
    return copy;
}

static char *sign_in_title(const struct console *console, const struct view *view)
{
    (void)console;
    const struct prompt *prompt = view->data;
    return g_strdup(prompt->device_code ? "Sign in with a code" : "Sign in with the browser");
}

static void fill_fact(struct page *page, const char *label, const char *value)
{
    if (*value == '\0')
        return;
    page_row(page, NULL);
    page_text(page, STYLE_DIM, label);
    page_tab(page, 13);
    page_continue(page, 13, STYLE_NORMAL, value);
}

static void fill_expiry(struct page *page, const struct prompt *prompt)
{
    if (prompt->expires == 0)
        return;
    g_autofree char *left = duration_words(MAX(prompt->expires - g_get_real_time(), 0));
    page_row(page, NULL);
    page_text(page, STYLE_DIM, "Time left");
    page_tab(page, 13);
    page_text(page, STYLE_BOLD, prompt->expires > g_get_real_time() ? left : "over: press Esc and sign in again");
}

/* The browser's answer comes to a port of this machine; over SSH it has to be led here. */
static void fill_elsewhere(struct page *page, const struct prompt *prompt)
{
    if (prompt->port == 0)
        return;
    page_blank(page);
    page_paragraph(page, NULL, 0, STYLE_DIM, "Is the browser on another machine (SSH)? Run there first:");
    g_autofree char *command = g_strdup_printf("ssh -L %u:127.0.0.1:%u THIS-HOST", prompt->port, prompt->port);
    page_paragraph(page, NULL, 4, STYLE_NORMAL, command);
    page_paragraph(page, NULL, 0, STYLE_DIM,
                   "Or sign in there, copy the address of the page that then fails to open, and give it here with b.");
}

/* Why it is asked again, when somebody is signed in already. */
static void fill_why_writing(const struct console *console, struct page *page)
{
    if (console->board->signed_in && (console_runs(console, COMMAND_APPLY) || console_runs(console, COMMAND_UNDO)))
        page_paragraph(
            page, NULL, 0, STYLE_NORMAL,
            "Writing needs more rights than reading: Microsoft asks you to agree to them. This sign-in writes "
            "nothing.");
}

/* Each scope with why, so that whoever grants it can tell whether it is too much. */
static void fill_reasons(struct page *page, const struct prompt *prompt)
{
    g_auto(GStrv) reasons = g_strsplit(prompt->reasons, "\n", -1);
    page_blank(page);
    page_paragraph(page, NULL, 0, STYLE_DIM, "It asks for:");
    for (char **reason = reasons; *reason != NULL; reason++)
        page_paragraph(page, NULL, 2, STYLE_NORMAL, *reason);
}

static void sign_in_fill(const struct console *console, struct view *view, struct page *page)
{
    const struct prompt *prompt = view->data;
    if (*prompt->message != '\0')
        page_paragraph(page, NULL, 0, STYLE_BOLD, prompt->message);
    fill_why_writing(console, page);
    page_paragraph(page, NULL, 0, STYLE_DIM,
                   prompt->port == 0 ? "o opens it here, y copies it, Q shows a QR code."
                                     : "o opens it here, y copies it, b gives back an address that failed to open, d "
                                       "takes a code instead.");
    if (console->options->practice)
        page_paragraph(page, NULL, 0, STYLE_ACCENT, "f signs in here: the practice tenant needs no browser.");
    page_blank(page);
    page_paragraph(page, NULL, 0, STYLE_LINK, prompt->url);
    if (*prompt->user_code != '\0') {
        page_blank(page);
        page_row(page, NULL);
        page_text(page, STYLE_NORMAL, "Code   ");
        page_format(page, STYLE_MARK, "  %s  ", prompt->user_code);
        page_text(page, STYLE_DIM, "  Enter copies it");
    }
    page_blank(page);
    fill_expiry(page, prompt);
    fill_fact(page, "Account", prompt->account_hint);
    if (console->board->cloud_from_file)
        fill_fact(page, "Cloud", console->board->cloud);
    fill_fact(page, "Tenant", prompt->tenant);
    fill_fact(page, "Application", prompt->application);
    fill_elsewhere(page, prompt);
    fill_reasons(page, prompt);
}

static void sign_in_choose(struct console *console, struct view *view)
{
    const struct prompt *prompt = view->data;
    if (*prompt->user_code != '\0')
        console_copy(console, prompt->user_code, "the code");
}

static char *sign_in_copy(const struct console *console, const struct view *view)
{
    (void)console;
    return g_strdup(((const struct prompt *)view->data)->url);
}

static const struct view_ops sign_in_view = {
    .place = PLACE_SIGN_IN,
    .title = sign_in_title,
    .fill = sign_in_fill,
    .choose = sign_in_choose,
    .copy = sign_in_copy,
    .free = prompt_copy_free,
};

struct view *sign_in_view_new(const struct prompt *prompt)
{
    return view_new(&sign_in_view, prompt_copy(prompt));
}

const char *sign_in_view_url(const struct view *view)
{
    return view != NULL && view->ops == &sign_in_view ? ((const struct prompt *)view->data)->url : NULL;
}
