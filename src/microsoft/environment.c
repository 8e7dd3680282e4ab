#include "microsoft/environment.h"

#include <string.h>

#include <curl/curl.h>

#include "microsoft/http.h"

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

/* A proxy's address often carries a password. */
static char *without_credentials(const char *proxy)
{
    const char *at = strrchr(proxy, '@');
    if (at == NULL)
        return g_strdup(proxy);
    const char *scheme_end = strstr(proxy, "://");
    g_autofree char *scheme =
        scheme_end != NULL && scheme_end < at ? g_strndup(proxy, (gsize)(scheme_end + 3 - proxy)) : g_strdup("");
    return g_strconcat(scheme, at + 1, NULL);
}

static void describe_proxies(GString *text)
{
    static const char *const variables[] = {"https_proxy", "HTTPS_PROXY", "all_proxy",
                                            "ALL_PROXY",   "no_proxy",    "NO_PROXY"};
    gboolean any = FALSE;
    for (gsize i = 0; i < G_N_ELEMENTS(variables); i++) {
        const char *value = g_getenv(variables[i]);
        if (value == NULL || *value == '\0')
            continue;
        g_autofree char *shown = without_credentials(value);
        g_string_append_printf(text, ", %s=%s", variables[i], shown);
        any = TRUE;
    }
    if (!any)
        g_string_append(text, ", no proxy");
}

char *http_environment(void)
{
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
    describe_proxies(text);
    return g_string_free(text, FALSE);
}
