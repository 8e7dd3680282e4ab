/* SPDX-License-Identifier: MIT */
#include "onboarding/link.h"

#include "base/json.h"

/* Nobody reads a link's end before he opens it. Below cloudapp.azure.com and other such domains stands what any
 * customer calls his own, so the host is named whole. */
char *link_problem(const json *value, gconstpointer data, gconstpointer profile)
{
    static const char form[] = "^(\\{cloud\\.[A-Za-z]+\\}|https://[a-z0-9-]+(\\.[a-z0-9-]+)+)(/.*)?$";
    static const char filled_elsewhere[] = "^https://(?!([a-z0-9-]+\\.microsoft|portal\\.azure)\\.(com|us|cn)/).*\\{";
    const char *link = json_string(value);
    (void)data;
    (void)profile;
    if (link == NULL || !g_regex_match_simple(form, link, G_REGEX_DOTALL, 0))
        return g_strdup("an address is wanted that begins with https:// and a whole host, or with one of the cloud's "
                        "portals, as {cloud.securityPortal}/.");
    return g_regex_match_simple(filled_elsewhere, link, G_REGEX_DOTALL, 0)
               ? g_strdup(
                     "what stands in braces may go to one of Microsoft's hosts only: leave it out of this address.")
               : NULL;
}
