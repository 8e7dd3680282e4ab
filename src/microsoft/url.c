/* SPDX-License-Identifier: MIT */
#include "microsoft/url.h"

#include <arpa/inet.h>
#include <stdarg.h>
#include <string.h>

#define FORM_KEPT "*"

gsize placeholder_length(const char *text)
{
    if (text[0] != '{' || !g_ascii_isalpha(text[1]))
        return 0;
    gsize length = 2;
    while (g_ascii_isalnum(text[length]) || (text[length] != '\0' && strchr("._-", text[length]) != NULL))
        length++;
    return text[length] == '}' ? length + 1 : 0;
}

char *url_encode(const char *text, const char *kept)
{
    GString *encoded = g_string_new(NULL);
    while (*text != '\0') {
        gsize placeholder = placeholder_length(text);
        if (placeholder > 0) {
            g_string_append_len(encoded, text, (gssize)placeholder);
            text += placeholder;
            continue;
        }
        gboolean stays = g_ascii_isalnum(*text) || strchr("-._~", *text) != NULL || strchr(kept, *text) != NULL;
        if (stays && (*text != '%' || (g_ascii_isxdigit(text[1]) && g_ascii_isxdigit(text[2]))))
            g_string_append_c(encoded, *text);
        else
            g_string_append_printf(encoded, "%%%02X", (guint)(guchar)*text);
        text++;
    }
    return g_string_free(encoded, FALSE);
}

char *url_form(const char *name, ...)
{
    va_list list;
    gsize room = 0;
    va_start(list, name);
    for (const char *next = name; next != NULL; next = va_arg(list, const char *)) {
        const char *value = va_arg(list, const char *);
        room += strlen(next) + strlen("&=") + (value != NULL ? strlen("%XX") * strlen(value) : 0);
    }
    va_end(list);
    /* All the room at once: growing would leave copies of a token behind. */
    GString *form = g_string_sized_new(room);
    va_start(list, name);
    for (; name != NULL; name = va_arg(list, const char *)) {
        const char *value = va_arg(list, const char *);
        if (value == NULL)
            continue;
        g_string_append(form, form->len > 0 ? "&" : "");
        g_string_append(form, name);
        g_string_append_c(form, '=');
        g_string_append_uri_escaped(form, value, FORM_KEPT, FALSE);
    }
    va_end(list);
    return g_string_free(form, FALSE);
}

gboolean url_is_loopback(const char *url)
{
    struct in_addr address;
    g_autoptr(GUri) uri = g_uri_parse(url, G_URI_FLAGS_ENCODED, NULL);
    const char *host = uri != NULL ? g_uri_get_host(uri) : NULL;
    return host != NULL && inet_pton(AF_INET, host, &address) == 1 && ntohl(address.s_addr) >> 24 == 127;
}

gboolean url_is_allowed(const char *url)
{
    g_autoptr(GUri) uri = g_uri_parse(url, G_URI_FLAGS_ENCODED, NULL);
    if (uri == NULL || g_uri_get_userinfo(uri) != NULL)
        return FALSE;
    const char *host = g_uri_get_host(uri);
    if (g_strcmp0(g_uri_get_scheme(uri), "https") == 0)
        return host != NULL && *host != '\0';
    return g_strcmp0(g_uri_get_scheme(uri), "http") == 0 && url_is_loopback(url);
}

static int port_of(GUri *uri)
{
    int port = g_uri_get_port(uri);
    if (port != -1)
        return port;
    return g_strcmp0(g_uri_get_scheme(uri), "https") == 0 ? 443 : 80;
}

gboolean url_same_origin(const char *url, const char *other)
{
    g_autoptr(GUri) a = g_uri_parse(url, G_URI_FLAGS_ENCODED, NULL);
    g_autoptr(GUri) b = g_uri_parse(other, G_URI_FLAGS_ENCODED, NULL);
    if (a == NULL || b == NULL || g_uri_get_host(a) == NULL || g_uri_get_host(b) == NULL)
        return FALSE;
    return g_strcmp0(g_uri_get_scheme(a), g_uri_get_scheme(b)) == 0 &&
           g_ascii_strcasecmp(g_uri_get_host(a), g_uri_get_host(b)) == 0 && port_of(a) == port_of(b) &&
           g_uri_get_userinfo(a) == NULL && g_uri_get_userinfo(b) == NULL;
}

char *url_host(const char *url)
{
    g_autoptr(GUri) uri = g_uri_parse(url, G_URI_FLAGS_NONE, NULL);
    return g_strdup(uri != NULL && g_uri_get_host(uri) != NULL ? g_uri_get_host(uri) : "");
}
