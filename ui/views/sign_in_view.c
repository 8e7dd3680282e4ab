/* SPDX-License-Identifier: MIT */
#include "ui/views/sign_in_view.h"

#include <string.h>

#include "ui/state_text.h"

struct sign_in {
    struct prompt *prompt;
    char **fresh;   /* rights with why that were not granted yet */
    char **before;  /* and those that were */
    gboolean whole; /* the whole address and all rights are shown */
};

static void sign_in_free(gpointer data)
{
    struct sign_in *sign_in = data;
    char *strings[] = {sign_in->prompt->url,          sign_in->prompt->start,       sign_in->prompt->user_code,
                       sign_in->prompt->account_hint, sign_in->prompt->application, sign_in->prompt->granted,
                       sign_in->prompt->tenant,       sign_in->prompt->message,     sign_in->prompt->reasons};
    for (gsize i = 0; i < G_N_ELEMENTS(strings); i++)
        g_free(strings[i]);
    g_free(sign_in->prompt);
    g_strfreev(sign_in->fresh);
    g_strfreev(sign_in->before);
    g_free(sign_in);
}

static const struct prompt *prompt_of(const struct overlay *overlay)
{
    return ((const struct sign_in *)overlay->data)->prompt;
}

static void fill_fact(struct text_layout *layout, const char *label, const char *value)
{
    if (*value == '\0')
        return;
    layout_row(layout, NULL);
    layout_text(layout, STYLE_DIM, label);
    layout_tab(layout, 13);
    layout_value(layout, 13, 0, STYLE_NORMAL, value);
}

/* The browser's answer comes to a port of this machine; over SSH it has to be led here. */
static void fill_elsewhere(struct text_layout *layout, const struct prompt *prompt)
{
    if (prompt->port == 0)
        return;
    layout_blank(layout);
    layout_paragraph(layout, NULL, 0, STYLE_DIM, "Is the browser on another machine (SSH)? Run there first:");
    g_autofree char *command = g_strdup_printf("ssh -L %u:127.0.0.1:%u THIS-HOST", prompt->port, prompt->port);
    layout_paragraph(layout, NULL, 4, STYLE_NORMAL, command);
    layout_paragraph(
        layout, NULL, 0, STYLE_DIM,
        "Or sign in there, copy the address of the page that then fails to open, and give it here with b.");
}

static void fill_rights(struct text_layout *layout, char **rights, const char *mark)
{
    for (char **right = rights; *right != NULL; right++) {
        layout_row(layout, NULL);
        layout_text(layout, STYLE_ACCENT, mark);
        layout_continue(layout, 4, STYLE_NORMAL, *right);
    }
}

/* What is new first, so that whoever grants it can tell whether it is too much. */
static void fill_reasons(const struct sign_in *sign_in, struct text_layout *layout)
{
    layout_blank(layout);
    if (sign_in->fresh[0] != NULL) {
        layout_row(layout, NULL);
        layout_text(layout, STYLE_BOLD, sign_in->before[0] != NULL ? "New this time:" : "It asks for:");
        fill_rights(layout, sign_in->fresh, "  + ");
    }
    if (sign_in->before[0] == NULL)
        return;
    layout_row(layout, NULL);
    guint count = g_strv_length(sign_in->before);
    layout_format(layout, STYLE_DIM, "As before: %u right%s", count, count == 1 ? "" : "s");
    if (sign_in->whole)
        fill_rights(layout, sign_in->before, "    ");
    else
        layout_right(layout, STYLE_DIM, "i shows them");
}

/* The host says where it leads; the rest is for machines. */
static void fill_address(const struct sign_in *sign_in, struct text_layout *layout)
{
    const char *url = sign_in->prompt->url;
    const char *host = strstr(url, "://");
    gsize length = host != NULL ? (gsize)(host + 3 - url) + strcspn(host + 3, "/?") : strlen(url);
    gboolean shortened = !sign_in->whole && strlen(url) > length + 40;
    g_autofree char *shown = shortened ? g_strdup_printf("%.*s/…", (int)length, url) : g_strdup(url);
    const char *start = sign_in->prompt->start;
    gboolean leads = start[0] != '\0' && strcmp(start, url) != 0;
    if (leads)
        layout_link(layout, NULL, start, start);
    g_autofree char *way = g_strconcat(leads ? "leads to " : "", shown, NULL);
    layout_link(layout, NULL, url, way);
    if (shortened)
        layout_right(layout, STYLE_DIM, "i shows all of it");
}

static void sign_in_fill(const struct console *console, struct overlay *overlay, struct text_layout *layout)
{
    const struct sign_in *sign_in = overlay->data;
    const struct prompt *prompt = sign_in->prompt;
    if (console->options->practice)
        layout_paragraph(layout, NULL, 0, STYLE_ACCENT,
                         "Enter or f signs in here: the practice tenant needs no browser.");
    if (*prompt->message != '\0')
        layout_paragraph(layout, NULL, 0, STYLE_BOLD, prompt->message);
    fill_address(sign_in, layout);
    layout_paragraph(layout, NULL, 0, STYLE_DIM,
                     prompt->port == 0 ? "o opens it here, y copies it, Q shows a QR code."
                                       : "o opens it here, y copies it, d takes a code instead. If the browser ends at "
                                         "a page that it cannot open, b takes that page's address.");
    if (*prompt->user_code != '\0') {
        layout_blank(layout);
        layout_row(layout, NULL);
        layout_text(layout, STYLE_NORMAL, "Code   ");
        layout_format(layout, STYLE_MARK, "  %s  ", prompt->user_code);
        if (!console->options->practice)
            layout_text(layout, STYLE_DIM, "  Enter copies it");
    }
    layout_blank(layout);
    fill_fact(layout, "Application", prompt->application);
    fill_fact(layout, "Account", prompt->account_hint);
    fill_fact(layout, "Tenant", prompt->tenant);
    if (console->board->cloud_from_file)
        fill_fact(layout, "Cloud", console->board->cloud);
    gint64 now = g_get_real_time();
    g_autofree char *left = duration_text(MAX(prompt->expires - now, 0));
    if (prompt->expires != 0)
        fill_fact(layout, "Time left", prompt->expires > now ? left : "over: press Esc and sign in again");
    fill_reasons(sign_in, layout);
    fill_elsewhere(layout, prompt);
}

static gboolean sign_in_key(struct console *console, struct overlay *overlay, const struct key_event *key)
{
    struct sign_in *sign_in = overlay->data;
    gboolean is_back = key->kind == KEY_ESCAPE && sign_in->whole;
    if (!is_back && (key->kind != KEY_CHARACTER || key->character != 'i'))
        return FALSE;
    sign_in->whole = !sign_in->whole;
    console->dirty = TRUE;
    return TRUE;
}

static void sign_in_choose(struct console *console, struct overlay *overlay)
{
    const struct prompt *prompt = prompt_of(overlay);
    if (console->options->practice)
        action_practice_form(console);
    else if (*prompt->user_code != '\0')
        console_copy(console, prompt->user_code, "the code");
    else
        action_open_link(console);
}

const char *sign_in_view_enter(const struct console *console)
{
    if (console->options->practice)
        return "sign in here";
    return *prompt_of(console_top(console))->user_code != '\0' ? "copy the code" : "open page";
}

static char *sign_in_copy(const struct console *console, const struct overlay *overlay)
{
    (void)console;
    return g_strdup(prompt_of(overlay)->url);
}

static const struct overlay_ops sign_in_view = {
    .place = PLACE_SIGN_IN,
    .fill = sign_in_fill,
    .choose = sign_in_choose,
    .copy = sign_in_copy,
    .key = sign_in_key,
    .free = sign_in_free,
};

struct overlay *sign_in_view_new(const struct prompt *prompt)
{
    struct sign_in *sign_in = g_new0(struct sign_in, 1);
    struct prompt *copy = sign_in->prompt = g_memdup2(prompt, sizeof *prompt);
    char **strings[] = {&copy->url,     &copy->start,  &copy->user_code, &copy->account_hint, &copy->application,
                        &copy->granted, &copy->tenant, &copy->message,   &copy->reasons};
    for (gsize i = 0; i < G_N_ELEMENTS(strings); i++)
        *strings[i] = g_strdup(*strings[i] != NULL ? *strings[i] : "");
    sign_in->fresh = g_strsplit(copy->reasons, "\n", -1);
    sign_in->before = g_strsplit(copy->granted, "\n", -1);
    return overlay_new(&sign_in_view, prompt->device_code ? "Sign in with a code" : "Sign in with the browser",
                       sign_in);
}

const char *sign_in_view_url(const struct overlay *overlay)
{
    return overlay != NULL && overlay->ops == &sign_in_view ? prompt_of(overlay)->url : NULL;
}

const char *sign_in_view_start(const struct overlay *overlay)
{
    const char *url = sign_in_view_url(overlay);
    return url != NULL && prompt_of(overlay)->start[0] != '\0' ? prompt_of(overlay)->start : url;
}
