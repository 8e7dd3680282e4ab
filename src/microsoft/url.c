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

static gboolean is_kept(const char *at, const char *kept)
{
    if (g_ascii_isalnum(*at) || strchr("-._~", *at) != NULL)
        return TRUE;
    if (*at == '%')
        return strchr(kept, '%') != NULL && g_ascii_isxdigit(at[1]) && g_ascii_isxdigit(at[2]);
    return strchr(kept, *at) != NULL;
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
        if (is_kept(text, kept))
            g_string_append_c(encoded, *text);
        else
            g_string_append_printf(encoded, "%%%02X", (guint)(guchar)*text);
        text++;
    }
    return g_string_free(encoded, FALSE);
}

/* The bytes that a form needs at the most. */
static gsize form_room(const char *name, va_list list)
{
    gsize room = 0;
    for (; name != NULL; name = va_arg(list, const char *)) {
        const char *value = va_arg(list, const char *);
        room += strlen(name) + strlen("&=") + (value != NULL ? strlen("%XX") * strlen(value) : 0);
    }
    return room;
}

char *url_form(const char *name, ...)
{
    va_list list;
    va_start(list, name);
    /* All the room at once: growing would leave copies of a token behind. */
    GString *form = g_string_sized_new(form_room(name, list));
    va_end(list);
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

static gboolean is_loopback_address(const char *host)
{
    struct in_addr address;
    return host != NULL && inet_pton(AF_INET, host, &address) == 1 && ntohl(address.s_addr) >> 24 == 127;
}

gboolean url_is_loopback(const char *url)
{
    g_autoptr(GUri) uri = g_uri_parse(url, G_URI_FLAGS_NONE, NULL);
    return uri != NULL && is_loopback_address(g_uri_get_host(uri));
}

gboolean url_is_allowed(const char *url)
{
    g_autoptr(GUri) uri = g_uri_parse(url, G_URI_FLAGS_ENCODED, NULL);
    if (uri == NULL || g_uri_get_userinfo(uri) != NULL)
        return FALSE;
    const char *host = g_uri_get_host(uri);
    if (g_strcmp0(g_uri_get_scheme(uri), "https") == 0)
        return host != NULL && *host != '\0';
    return g_strcmp0(g_uri_get_scheme(uri), "http") == 0 && is_loopback_address(host);
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
