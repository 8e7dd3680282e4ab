/* SPDX-License-Identifier: MIT */
#include "support/practice_client.h"

#include <curl/curl.h>
#include <string.h>

#include "base/json.h"
#include "support/support.h"

#define REDIRECT "http://localhost:9"
#define VERIFIER "a-verifier-of-some-length-0123456789-0123456789-abc"

void client_answer_free(struct client_answer *answer)
{
    json_free(answer->body);
    g_free(answer->text);
    g_free(answer->location);
    g_free(answer->headers);
    g_free(answer);
}

char *client_origin(const char *login, int host)
{
    g_autoptr(GString) origin = g_string_new(login);
    g_autofree char *address = g_strdup_printf("127.0.0.%d", host);
    g_string_replace(origin, "127.0.0.1", address, 1);
    return g_string_free(g_steal_pointer(&origin), FALSE);
}

static size_t collect(char *data, size_t size, size_t count, void *into)
{
    g_string_append_len(into, data, (gssize)(size * count));
    return size * count;
}

static struct client_answer *read_answer(CURL *easy, CURLcode code, const GString *text, const GString *headers)
{
    struct client_answer *answer = g_new0(struct client_answer, 1);
    long status = 0;
    const char *location = NULL;
    curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &status);
    curl_easy_getinfo(easy, CURLINFO_REDIRECT_URL, &location);
    answer->status = code == CURLE_OK ? (int)status : 0;
    answer->location = g_strdup(location);
    answer->text = g_strdup(text->str);
    answer->headers = g_strdup(headers->str);
    answer->body = text->len > 0 ? json_parse(text->str, (gssize)text->len, NULL) : NULL;
    return answer;
}

static struct client_answer *exchange(const char *method, const char *url, struct curl_slist *list, const char *body)
{
    g_autoptr(GString) text = g_string_new(NULL);
    g_autoptr(GString) headers = g_string_new(NULL);
    CURL *easy = curl_easy_init();
    curl_easy_setopt(easy, CURLOPT_URL, url);
    curl_easy_setopt(easy, CURLOPT_PATH_AS_IS, 1L);
    curl_easy_setopt(easy, CURLOPT_NOPROXY, "*");
    curl_easy_setopt(easy, CURLOPT_HTTPHEADER, list);
    curl_easy_setopt(easy, CURLOPT_CUSTOMREQUEST, method);
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, collect);
    curl_easy_setopt(easy, CURLOPT_WRITEDATA, text);
    curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, collect);
    curl_easy_setopt(easy, CURLOPT_HEADERDATA, headers);
    if (body != NULL)
        curl_easy_setopt(easy, CURLOPT_POSTFIELDS, body);
    CURLcode code = curl_easy_perform(easy);
    struct client_answer *answer = read_answer(easy, code, text, headers);
    curl_easy_cleanup(easy);
    curl_slist_free_all(list);
    return answer;
}

struct client_answer *client_send(const char *method, const char *url, const char *token, const char *body)
{
    return client_send_with(method, url, token, body, "ConsistencyLevel: eventual");
}

struct client_answer *client_send_with(const char *method, const char *url, const char *token, const char *body,
                                       const char *header)
{
    struct curl_slist *list = header != NULL ? curl_slist_append(NULL, header) : NULL;
    g_autofree char *bearer = token != NULL ? g_strconcat("Authorization: Bearer ", token, NULL) : NULL;
    if (bearer != NULL)
        list = curl_slist_append(list, bearer);
    if (body != NULL)
        list = curl_slist_append(list, "Content-Type: application/json");
    return exchange(method, url, list, body);
}

struct client_answer *client_post_form(const char *url, const char *form)
{
    return exchange("POST", url, curl_slist_append(NULL, "Content-Type: application/x-www-form-urlencoded"), form);
}

/* BASE64URL(SHA256(VERIFIER)). Caller frees. */
static char *challenge(void)
{
    guint8 digest[32];
    gsize length = sizeof digest;
    GChecksum *checksum = g_checksum_new(G_CHECKSUM_SHA256);
    g_checksum_update(checksum, (const guchar *)VERIFIER, -1);
    g_checksum_get_digest(checksum, digest, &length);
    g_checksum_free(checksum);
    char *encoded = g_base64_encode(digest, length);
    g_strdelimit(encoded, "+", '-');
    g_strdelimit(encoded, "/", '_');
    encoded[strcspn(encoded, "=")] = '\0';
    return encoded;
}

static char *escape(const char *text)
{
    return g_uri_escape_string(text, NULL, FALSE);
}

static struct client_answer *authorize(const char *login, const char *client, const char *scopes, const char *hint)
{
    g_autofree char *code_challenge = challenge();
    g_autofree char *all = g_strconcat("openid profile offline_access ", scopes, NULL);
    g_autofree char *scope = escape(all);
    g_autofree char *redirect = escape(REDIRECT);
    g_autofree char *account = hint != NULL ? escape(hint) : g_strdup("");
    g_autofree char *url = g_strdup_printf(
        "%s/organizations/oauth2/v2.0/authorize?client_id=%s&response_type=code&response_mode=query&redirect_uri=%s"
        "&scope=%s&state=st&nonce=no&code_challenge=%s&code_challenge_method=S256%s%s",
        login, client, redirect, scope, code_challenge, hint != NULL ? "&login_hint=" : "", account);
    return client_send("GET", url, NULL, NULL);
}

struct client_answer *client_sign_in(const char *login, const char *client, const char *scopes, const char *hint)
{
    struct client_answer *page = authorize(login, client, scopes, hint);
    const char *code = page->location != NULL ? strstr(page->location, "code=") : NULL;
    if (code == NULL)
        return page;
    g_autofree char *value = g_strndup(code + strlen("code="), strcspn(code + strlen("code="), "&"));
    g_autofree char *redirect = escape(REDIRECT);
    g_autofree char *form =
        g_strdup_printf("grant_type=authorization_code&client_id=%s&code=%s&redirect_uri=%s&code_verifier=" VERIFIER,
                        client, value, redirect);
    g_autofree char *url = g_strconcat(login, "/organizations/oauth2/v2.0/token", NULL);
    client_answer_free(page);
    return client_post_form(url, form);
}

char *client_token(const char *login, const char *client, const char *scopes)
{
    g_autoptr(ClientAnswer) answer = client_sign_in(login, client, scopes, NULL);
    char *token = g_strdup(json_get_string(answer->body, "access_token"));
    if (token == NULL)
        fail_msg("no token for %s: %d %s %s", scopes, answer->status, answer->text,
                 answer->location != NULL ? answer->location : "");
    return token;
}
