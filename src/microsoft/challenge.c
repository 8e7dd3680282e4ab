#include "microsoft/challenge.h"

#include <string.h>

#include <sodium.h>

#include "base/json.h"

#define ERROR_CODE "insufficient_claims"
#define LONGEST 4096

char *challenge_check(const char *text)
{
    if (text == NULL || strlen(text) > LONGEST)
        return NULL;
    g_autoptr(json) document = json_parse(text, -1, NULL);
    return json_is_object(document) ? json_text(document) : NULL;
}

/* Microsoft's is base64 in either alphabet, padded or not. */
static char *decode(const char *text, gsize length)
{
    g_autofree char *encoded = g_strndup(text, length);
    g_strdelimit(encoded, "-", '+');
    g_strdelimit(encoded, "_", '/');
    encoded[strcspn(encoded, "=")] = '\0';
    char *decoded = g_malloc0(length + 1);
    if (sodium_base642bin((unsigned char *)decoded, length, encoded, strlen(encoded), NULL, NULL, NULL,
                          sodium_base64_VARIANT_ORIGINAL_NO_PADDING) != 0)
        g_clear_pointer(&decoded, g_free);
    return decoded;
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
    g_autofree char *decoded = decode(begin, length);
    return challenge_check(decoded);
}
