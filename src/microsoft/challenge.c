/* SPDX-License-Identifier: MIT */
#include "microsoft/challenge.h"

#include <string.h>

#include "base/json.h"
#include "base/text.h"
#include "secrets/late_sodium.h"

#define ERROR_CODE "insufficient_claims"
#define LONGEST 4096

char *challenge_check(const char *text)
{
    if (text == NULL || strlen(text) > LONGEST)
        return NULL;
    g_autoptr(json) document = json_parse(text, -1, NULL);
    return json_is_object(document) ? json_text(document) : NULL;
}

char *challenge_in_message(const char *message)
{
    static const char name[] = "claims=";
    const char *begin = strstr(message, name);
    if (begin == NULL || strlen(begin) > LONGEST)
        return NULL;
    g_autofree char *plain = g_uri_unescape_string(begin + strlen(name), NULL);
    const char *end = plain != NULL ? strrchr(plain, '}') : NULL;
    g_autofree char *object = end != NULL ? g_strndup(plain, (gsize)(end - plain) + 1) : NULL;
    g_autofree char *claims = challenge_check(object);
    if (claims == NULL)
        return NULL;
    g_autoptr(json) document = json_parse(claims, -1, NULL);
    json *wanted = json_get(document, "access_token");
    if (!json_is_object(wanted))
        return NULL;
    json_set(wanted, "xms_cc", json_from("{'values':['cp1']}"));
    return json_text(document);
}

char *challenge_reason(const char *claims, const char *sentence)
{
    g_autoptr(json) document = json_parse(claims, -1, NULL);
    const json *wanted = json_get(document, "access_token");
    const char *address = json_get_string(json_get(wanted, "xms_rp_ipaddr"), "value");
    if (address != NULL || strstr(sentence, "LocationCondition") != NULL || strstr(sentence, "IpVariation") != NULL) {
        g_autofree char *shown =
            address != NULL ? text_safe(address, -1) : g_strdup("one that its policy does not allow");
        return g_strdup_printf(
            "The tenant checks the network address, and this request came to Microsoft from another address than the "
            "sign-in: %s.\nA VPN or proxy takes only one of the two. Send sign-in and Graph the same way, or have the "
            "address added to the policy's named location; a new sign-in does not help.",
            shown);
    }
    if (json_get(wanted, "acrs") != NULL) {
        const char *context = json_get_string(json_get(wanted, "acrs"), "value");
        g_autofree char *named = text_safe(context != NULL ? context : "", -1);
        return g_strdup_printf(
            "The tenant wants a stronger proof for this than the new sign-in gave (an authentication "
            "context of Conditional Access%s%s).\nThe sign-in log names the policy; whoever looks "
            "after Conditional Access can say what it asks for.",
            named[0] != '\0' ? ", " : "", named);
    }
    if (json_get(wanted, "nbf") != NULL)
        return g_strdup("Microsoft wants a newer sign-in for this than the one that was just made: the account's "
                        "sessions were revoked or its password was changed.\nWait some minutes and check again.");
    return g_strdup("Microsoft is not content with the new sign-in for this.\nThe sign-in log names the policy of "
                    "Conditional Access that refuses it.");
}

char *challenge_claims(const char *www_authenticate)
{
    static const char name[] = "claims=\"";
    if (strstr(www_authenticate, ERROR_CODE) == NULL)
        return NULL;
    const char *begin = strstr(www_authenticate, name);
    if (begin == NULL)
        return NULL;
    begin += strlen(name);
    gsize length = strcspn(begin, "\"");
    if (length == 0 || length > LONGEST || begin[length] != '"')
        return NULL;
    /* Microsoft's is base64 in either alphabet, padded or not. */
    g_autofree char *encoded = g_strndup(begin, length);
    g_autofree char *decoded = g_malloc0(length + 1);
    g_strdelimit(encoded, "-", '+');
    g_strdelimit(encoded, "_", '/');
    encoded[strcspn(encoded, "=")] = '\0';
    if (sodium_base642bin((unsigned char *)decoded, length, encoded, strlen(encoded), NULL, NULL, NULL,
                          sodium_base64_VARIANT_ORIGINAL_NO_PADDING) != 0)
        return NULL;
    return challenge_check(decoded);
}
