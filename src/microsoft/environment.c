/* SPDX-License-Identifier: MIT */
#include "microsoft/environment.h"

#include <string.h>

#include "base/error.h"
#include "microsoft/http.h"
#include "microsoft/late_curl.h"
#include "microsoft/url.h"

#define PROXY_PORT 1080 /* libcurl's, where a proxy's address names none */

G_DEFINE_AUTOPTR_CLEANUP_FUNC(CURLU, curl_url_cleanup)

const char *environment_ca_file(const char **variable)
{
    static const char *const variables[] = {"CURL_CA_BUNDLE", "SSL_CERT_FILE"};
    for (gsize i = 0; i < G_N_ELEMENTS(variables); i++) {
        const char *file = g_getenv(variables[i]);
        if (file == NULL || *file == '\0')
            continue;
        if (variable != NULL)
            *variable = variables[i];
        return file;
    }
    return NULL;
}

/* A proxy's address often carries a password. What of it may be shown; NULL if a character of the password that is not
 * percent-encoded makes it unclear where the password ends. Caller frees. */
static char *without_credentials(const char *proxy)
{
    g_autoptr(CURLU) parts = curl_url();
    const char *at = strchr(proxy, '@');
    const char *scheme_end = strstr(proxy, "://");
    const char *rest = scheme_end != NULL ? scheme_end + strlen("://") : proxy;
    const char *end = rest + strcspn(rest, "/?#");
    if (at != NULL && (at > end || strchr(at + 1, '@') != NULL || strpbrk(proxy, " \t\r\n\\") != NULL))
        return NULL;
    if (curl_url_set(parts, CURLUPART_URL, proxy, CURLU_NON_SUPPORT_SCHEME | CURLU_GUESS_SCHEME) != CURLUE_OK)
        return NULL;
    g_autofree char *scheme = g_strndup(proxy, (gsize)(rest - proxy));
    g_autofree char *host =
        at != NULL ? g_strndup(at + 1, (gsize)(end - at - 1)) : g_strndup(rest, (gsize)(end - rest));
    return g_strconcat(scheme, host, NULL);
}

/* The first of VARIABLES (NULL-terminated) that is set and not empty, or NULL. */
static const char *first_set(const char *const *variables)
{
    for (; *variables != NULL; variables++) {
        const char *value = g_getenv(*variables);
        if (value != NULL && *value != '\0')
            return *variables;
    }
    return NULL;
}

/* The variable whose proxy stands between here and HOST, or NULL. */
static const char *proxy_variable(const char *host)
{
    static const char *const proxies[] = {"https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY", NULL};
    static const char *const exceptions[] = {"no_proxy", "NO_PROXY", NULL};
    const char *without = first_set(exceptions);
    g_auto(GStrv) names = g_strsplit_set(without != NULL ? g_getenv(without) : "", ", ", -1);
    for (char **name = names; *name != NULL; name++) {
        const char *bare = *name + strspn(*name, ".");
        g_autofree char *below = g_strconcat(".", bare, NULL);
        if (strcmp(*name, "*") == 0 || (*bare != '\0' && (strcmp(bare, host) == 0 || g_str_has_suffix(host, below))))
            return NULL;
    }
    return first_set(proxies);
}

char *environment_proxy(const char *host)
{
    const char *variable = proxy_variable(host);
    return variable != NULL ? without_credentials(g_getenv(variable)) : NULL;
}

gboolean environment_proxy_has_name(const char *host)
{
    const char *variable = proxy_variable(host);
    return variable != NULL && strchr(g_getenv(variable), '@') != NULL;
}

gboolean environment_check_proxy(const char *host, GError **error)
{
    const char *variable = proxy_variable(host);
    g_autofree char *shown = variable != NULL ? without_credentials(g_getenv(variable)) : NULL;
    if (variable == NULL || shown != NULL)
        return TRUE;
    g_set_error(error, PERCH_ERROR, PERCH_ERROR_NETWORK,
                "The proxy's address in %s cannot be read, so nothing was sent to %s (it is not shown: it may hold a "
                "password).",
                variable, host);
    return FALSE;
}

GArray *http_ports(const struct cloud *cloud)
{
    static const guint16 always[] = {443, 53, 853}; /* names over TCP, plain and encrypted */
    const char *const services[] = {cloud->login, cloud->graph, cloud->defender, cloud->other_defender};
    GArray *ports = g_array_new(TRUE, FALSE, sizeof(guint16));
    g_array_append_vals(ports, always, G_N_ELEMENTS(always));
    for (gsize i = 0; i < G_N_ELEMENTS(services); i++) {
        g_autofree char *host = services[i] != NULL ? url_host(services[i]) : NULL;
        g_autofree char *proxy = host != NULL ? environment_proxy(host) : NULL;
        const char *const urls[] = {services[i], proxy};
        for (gsize k = 0; k < G_N_ELEMENTS(urls) && host != NULL; k++) {
            g_autofree char *whole = g_strconcat(urls[k] != NULL && strstr(urls[k], "://") == NULL ? "http://" : "",
                                                 urls[k] != NULL ? urls[k] : "", NULL);
            g_autoptr(GUri) uri = g_uri_parse(whole, G_URI_FLAGS_NONE, NULL);
            int port = uri != NULL ? g_uri_get_port(uri) : -1;
            if (uri != NULL && port < 0)
                port = k == 1 && g_strcmp0(g_uri_get_scheme(uri), "https") != 0 ? PROXY_PORT : 443;
            const guint16 found = (guint16)MAX(port, 0);
            if (found != 0)
                g_array_append_val(ports, found);
        }
    }
    return ports;
}

gboolean http_issuer_is_usual(const char *issuer)
{
    static const char *const names[] = {"O = DigiCert Inc",      "O = Microsoft Corporation",
                                        "O = Baltimore",         "O = \"DigiCert, Inc.\"",
                                        "O = \"Entrust, Inc.\"", "O = GlobalSign",
                                        "O = GlobalSign nv-sa",  "O = VeriSign"};
    for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
        const char *at = strstr(issuer, names[i]);
        char end = at != NULL ? at[strlen(names[i])] : 'x';
        if (end == '\0' || end == ',')
            return TRUE;
    }
    return FALSE;
}

void http_redact_proxies(struct redactor *redactor)
{
    static const char *const proxies[] = {"https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"};
    for (gsize i = 0; i < G_N_ELEMENTS(proxies); i++) {
        const char *value = g_getenv(proxies[i]);
        const char *scheme_end = value != NULL ? strstr(value, "://") : NULL;
        const char *begin = scheme_end != NULL ? scheme_end + strlen("://") : value;
        const char *colon = begin != NULL ? strchr(begin, ':') : NULL;
        const char *end = colon != NULL ? strrchr(colon, '@') : NULL;
        if (end == NULL)
            continue;
        g_autoptr(Secret) written = secret_new(colon + 1, end - colon - 1);
        g_autofree char *decoded = g_uri_unescape_segment(colon + 1, end, NULL);
        g_autoptr(Secret) meant = decoded != NULL ? secret_new(decoded, -1) : NULL;
        redactor_register(redactor, written);
        redactor_register(redactor, meant);
    }
}

char *http_environment(void)
{
    static const char *const proxies[] = {"https_proxy", "HTTPS_PROXY", "all_proxy",
                                          "ALL_PROXY",   "no_proxy",    "NO_PROXY"};
    const char *variable = NULL;
    const char *ca_file = environment_ca_file(&variable);
    const curl_version_info_data *version = curl_version_info(CURLVERSION_NOW);
    GString *text = g_string_new(NULL);
    g_string_append_printf(text, "libcurl %s with %s", version->version,
                           version->ssl_version != NULL ? version->ssl_version : "no TLS");
    if (ca_file != NULL)
        g_string_append_printf(text, ", certificates from %s (%s)", ca_file, variable);
    else
        g_string_append(text, ", the system's certificates");
    gboolean any = FALSE;
    for (gsize i = 0; i < G_N_ELEMENTS(proxies); i++) {
        const char *value = g_getenv(proxies[i]);
        if (value == NULL || *value == '\0')
            continue;
        gboolean is_list = g_ascii_strcasecmp(proxies[i], "no_proxy") == 0;
        g_autofree char *shown = is_list ? g_strdup(value) : without_credentials(value);
        g_string_append_printf(text, ", %s=%s", proxies[i], shown != NULL ? shown : "(cannot be read)");
        any = TRUE;
    }
    if (!any)
        g_string_append(text, ", no proxy");
    return g_string_free(text, FALSE);
}
