/* SPDX-License-Identifier: MIT */
#include "microsoft/transfer.h"

#include <string.h>
#include <time.h>

#include "base/error.h"
#include "base/limits.h"
#include "base/text.h"
#include "microsoft/environment.h"
#include "microsoft/url.h"
#include "secrets/late_sodium.h"
#include "secrets/redact.h"

#define CONNECTION_LIFETIME_SECONDS 600L
#define PROXY_WANTS_PASSWORD 407L
/* Ways to sign in to a proxy that libcurl has by itself; the best that the proxy offers is taken, once it was asked. */
#define PROXY_WAYS (CURLAUTH_BASIC | CURLAUTH_DIGEST | CURLAUTH_NTLM)
#define LOWEST_STATUS 200L /* of an answer that is none on the way to one */
#define BODY_LIMIT ((gsize)LIMIT_BODY_MIB * 1024 * 1024)
#define HEADERS_LIMIT ((gsize)LIMIT_HEADERS_KIB * 1024)
#define LONGEST_TOLD_SECONDS 1e9
#define LATEST_SECOND ((time_t)253402300799) /* the last of the year 9999 */

struct problem {
    CURLcode code;
    const char *word;
    const char *sentence;
};

/* The words are keys of assets/explanations.json. */
static const struct problem problems[] = {
    {CURLE_COULDNT_RESOLVE_HOST, "resolve", "The name %s cannot be resolved"},
    {CURLE_COULDNT_RESOLVE_PROXY, "proxy", "The proxy on the way to %s cannot be found"},
    {CURLE_PROXY, "proxy", "The proxy refused the connection to %s"},
    {CURLE_COULDNT_CONNECT, "connect", "No connection to %s"},
    {CURLE_OPERATION_TIMEDOUT, "timeout", "%s did not answer in time"},
    {CURLE_SSL_CONNECT_ERROR, "tls", "No secure connection to %s"},
    {CURLE_PEER_FAILED_VERIFICATION, "certificate", "The certificate of %s cannot be trusted"},
    {CURLE_SSL_CACERT_BADFILE, "ca-file", "The certificates to trust for %s cannot be read"},
    {CURLE_SSL_CIPHER, "tls", "No secure connection to %s"},
    {CURLE_GOT_NOTHING, "closed", "%s closed the connection without an answer"},
    {CURLE_SEND_ERROR, "closed", "The connection to %s broke while sending"},
    {CURLE_RECV_ERROR, "closed", "The connection to %s broke while receiving"},
    {CURLE_PARTIAL_FILE, "closed", "%s closed the connection in the middle of its answer"},
    {CURLE_HTTP2, "closed", "The HTTP/2 connection to %s broke"},
    {CURLE_HTTP2_STREAM, "closed", "The HTTP/2 stream to %s was reset"},
    {CURLE_WEIRD_SERVER_REPLY, "garbled", "%s did not answer in HTTP"},
    {CURLE_BAD_CONTENT_ENCODING, "garbled", "%s did not pack its answer as it says"},
    {CURLE_UNSUPPORTED_PROTOCOL, "garbled", "%s does not speak HTTP as it should"},
};

/* %p is the proxy, %c what it answered, %o how one may sign in to it. */
static const struct problem proxy_refused = {CURLE_OK, "proxy", "The proxy %p answered %c for the connection to %s"};
static const struct problem proxy_wants_password = {
    CURLE_OK, "proxy-password", "The proxy %p answered 407: it wants a password for the connection to %s%o"};
static const struct problem proxy_refused_password = {
    CURLE_OK, "proxy-refused", "The proxy %p answered 407: it refused the name or password for the connection to %s%o"};
static const struct problem proxy_wants_other_way = {
    CURLE_OK, "proxy-method", "The proxy %p answered 407: it wants another sign-in for the connection to %s%o"};
static const struct problem proxy_not_reached = {CURLE_OK, "proxy", "The proxy %p on the way to %s cannot be reached"};
static const struct problem proxy_without_tls = {CURLE_OK, "proxy-tls",
                                                 "There is no secure connection to the proxy %p on the way to %s"};
static const struct problem other_problem = {CURLE_OK, "other", "The exchange with %s failed"};

void http_reply_free(struct http_reply *reply)
{
    if (reply == NULL)
        return;
    sodium_memzero(reply->body->str, reply->body->allocated_len);
    g_string_free(reply->body, TRUE);
    g_free(reply->content_type);
    g_free(reply->request_id);
    g_free(reply->client_request_id);
    g_free(reply->www_authenticate);
    g_free(reply->location);
    g_free(reply->practice_time);
    g_free(reply->practice_rate);
    g_free(reply->peer_issuer);
    g_clear_error(&reply->error);
    g_free(reply);
}

static struct http_reply *http_reply_new(void)
{
    struct http_reply *reply = g_new0(struct http_reply, 1);
    reply->outcome = REPLY_NOT_SENT;
    reply->body = g_string_new(NULL);
    reply->content_type = g_strdup("");
    reply->location = g_strdup("");
    reply->request_id = g_strdup("");
    reply->client_request_id = g_uuid_string_random();
    reply->www_authenticate = g_strdup("");
    reply->peer_issuer = g_strdup("");
    reply->problem = "";
    reply->retry_after = -1;
    return reply;
}

struct http_reply *http_reply_unsent(const char *problem, GError *error)
{
    struct http_reply *reply = http_reply_new();
    reply->problem = problem;
    reply->error = error;
    return reply;
}

gboolean http_failure_may_pass(const struct http_reply *reply)
{
    static const char *const passing[] = {"resolve", "connect", "timeout", "closed", "garbled", "other", NULL};
    return reply->outcome != REPLY_ANSWERED && g_strv_contains(passing, reply->problem);
}

/* Seconds, perhaps with a fraction, perhaps several (proxies join header fields): the longest counts. Or an HTTP date.
 * In wall microseconds from now; -1 for what is neither. */
static gint64 parse_retry_after(const char *value)
{
    g_auto(GStrv) parts = g_strsplit(value, ",", -1);
    double longest = -1;
    for (char **part = parts; *part != NULL; part++) {
        const char *number = g_strstrip(*part);
        if (*number == '\0' || number[strspn(number, "+-.0123456789")] != '\0') {
            time_t date = curl_getdate(value, NULL);
            if (date == (time_t)-1)
                return -1;
            longest = MAX(difftime(date, time(NULL)), 0);
            break;
        }
        longest = MAX(longest, MAX(g_ascii_strtod(number, NULL), 0));
    }
    return longest < 0 ? -1 : (gint64)(MIN(longest, LONGEST_TOLD_SECONDS) * G_USEC_PER_SEC);
}

/* VALUE is taken. */
static void keep_header(struct http_reply *reply, const char *name, char *value)
{
    char *unused = NULL;
    char **place = &unused;
    /* Not for what is no date, or one of a year with more than four digits. */
    const time_t date = g_ascii_strcasecmp(name, "date") == 0 ? curl_getdate(value, NULL) : 0;
    if (g_ascii_strcasecmp(name, "content-type") == 0)
        place = &reply->content_type;
    else if (g_ascii_strcasecmp(name, "request-id") == 0 || g_ascii_strcasecmp(name, "x-ms-request-id") == 0)
        place = &reply->request_id;
    else if (g_ascii_strcasecmp(name, "location") == 0)
        place = &reply->location;
    else if (g_ascii_strcasecmp(name, "x-practice-time") == 0)
        place = &reply->practice_time;
    else if (g_ascii_strcasecmp(name, "x-practice-rate") == 0)
        place = &reply->practice_rate;
    else if (g_ascii_strcasecmp(name, "retry-after") == 0)
        reply->retry_after = parse_retry_after(value);
    else if (g_ascii_strcasecmp(name, "date") == 0)
        reply->server_time = date > 0 && date <= LATEST_SECOND ? (gint64)date * G_USEC_PER_SEC : 0;
    else if (g_ascii_strcasecmp(name, "www-authenticate") == 0)
        place = &reply->www_authenticate;
    char *former = *place;
    gboolean goes_on = place == &reply->www_authenticate && *former != '\0';
    *place = goes_on ? g_strconcat(former, ", ", value, NULL) : g_strdup(value);
    g_free(former);
    g_free(value);
    g_free(unused);
}

static size_t header_arrived(char *bytes, size_t size, size_t count, void *data)
{
    struct transfer *transfer = data;
    struct http_reply *reply = transfer->reply;
    gsize length = size * count;
    transfer->header_bytes += length;
    if (transfer->header_bytes > HEADERS_LIMIT) {
        transfer->excess = "The headers of the answer are larger than 64 KiB";
        return 0;
    }
    g_autofree char *line = g_strndup(bytes, length);
    char *colon = strchr(line, ':');
    if (g_str_has_prefix(line, "HTTP/")) {
        char **const texts[] = {&reply->content_type,     &reply->request_id,    &reply->location,
                                &reply->www_authenticate, &reply->practice_time, &reply->practice_rate};
        for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
            g_free(*texts[i]);
            *texts[i] = i < 4 ? g_strdup("") : NULL;
        }
        reply->retry_after = -1;
    } else if (colon != NULL) {
        *colon = '\0';
        keep_header(reply, line, g_strstrip(g_strdup(colon + 1)));
    }
    return length;
}

static size_t body_arrived(char *bytes, size_t size, size_t count, void *data)
{
    struct transfer *transfer = data;
    gsize length = size * count;
    if (transfer->reply->body->len + length > BODY_LIMIT) {
        transfer->excess = "The answer is larger than 4 MiB";
        return 0;
    }
    g_string_append_len(transfer->reply->body, bytes, (gssize)length);
    return length;
}

static int request_begins(void *data, char *remote, char *local, int remote_port, int local_port)
{
    (void)remote;
    (void)local;
    (void)remote_port;
    (void)local_port;
    ((struct transfer *)data)->begun = TRUE;
    return CURL_PREREQFUNC_OK;
}

static void add_header(struct transfer *transfer, const char *name, const char *value)
{
    g_autofree char *line = g_strconcat(name, ": ", value, NULL);
    transfer->headers = curl_slist_append(transfer->headers, line);
    sodium_memzero(line, strlen(line));
}

static void set_headers(struct transfer *transfer, const struct http_call *call)
{
    add_header(transfer, "Accept", "application/json");
    add_header(transfer, "client-request-id", transfer->reply->client_request_id);
    if (call->body != NULL) {
        add_header(transfer, "Content-Type", call->content_type);
        transfer->headers = curl_slist_append(transfer->headers, "Expect:");
    }
    if (call->eventual)
        add_header(transfer, "ConsistencyLevel", "eventual");
    if (call->bearer != NULL) {
        g_autofree char *value = g_strconcat("Bearer ", call->bearer, NULL);
        add_header(transfer, "Authorization", value);
        sodium_memzero(value, strlen(value));
    }
    curl_easy_setopt(transfer->easy, CURLOPT_HTTPHEADER, transfer->headers);
}

static void set_method(struct transfer *transfer, const struct http_call *call)
{
    CURL *easy = transfer->easy;
    if (strcmp(call->method, "GET") == 0) {
        curl_easy_setopt(easy, CURLOPT_FRESH_CONNECT, call->fresh ? 1L : 0L);
        return;
    }
    curl_easy_setopt(easy, CURLOPT_CUSTOMREQUEST, transfer->method);
    /* On a reused connection that breaks, libcurl repeats the request whatever its method is. */
    curl_easy_setopt(easy, CURLOPT_FRESH_CONNECT, 1L);
    if (call->body == NULL && strcmp(call->method, "POST") != 0)
        return;
    gsize length = call->body != NULL ? call->body_length : 0;
    transfer->request_body = g_string_new_len(call->body != NULL ? call->body : "", (gssize)length);
    curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)length);
    curl_easy_setopt(easy, CURLOPT_POSTFIELDS, transfer->request_body->str);
}

static void set_limits(CURL *easy)
{
    curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(easy, CURLOPT_DISALLOW_USERNAME_IN_URL, 1L);
    curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT, (long)LIMIT_CONNECT);
    curl_easy_setopt(easy, CURLOPT_TIMEOUT, (long)LIMIT_EXCHANGE);
    curl_easy_setopt(easy, CURLOPT_LOW_SPEED_LIMIT, 1L);
    curl_easy_setopt(easy, CURLOPT_LOW_SPEED_TIME, (long)LIMIT_STALL);
    curl_easy_setopt(easy, CURLOPT_MAXFILESIZE_LARGE, (curl_off_t)BODY_LIMIT);
    curl_easy_setopt(easy, CURLOPT_MAXLIFETIME_CONN, CONNECTION_LIFETIME_SECONDS);
    /* libcurl 7.88 takes headers that do not fit for an answer in HTTP/0.9 where answers share a connection. */
    curl_easy_setopt(easy, CURLOPT_BUFFERSIZE, (long)(2 * HEADERS_LIMIT));
    /* What arrives is counted as it is after unpacking: BODY_LIMIT holds for small answers that become large, too. */
    curl_easy_setopt(easy, CURLOPT_ACCEPT_ENCODING, "gzip");
    curl_easy_setopt(easy, CURLOPT_USERAGENT, "perch/" PERCH_VERSION);
}

static void set_security(CURL *easy, const char *url, const char *ca_file)
{
    gboolean secure = g_str_has_prefix(url, "https:");
    curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, secure ? "https" : "http");
    curl_easy_setopt(easy, CURLOPT_REDIR_PROTOCOLS_STR, "https");
    curl_easy_setopt(easy, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
    curl_easy_setopt(easy, CURLOPT_SSL_VERIFYPEER, 1L);
    curl_easy_setopt(easy, CURLOPT_SSL_VERIFYHOST, 2L);
    curl_easy_setopt(easy, CURLOPT_CERTINFO, secure ? 1L : 0L);
    curl_easy_setopt(easy, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_2TLS);
    curl_easy_setopt(easy, CURLOPT_PIPEWAIT, secure ? 1L : 0L);
    curl_easy_setopt(easy, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
    if (ca_file != NULL)
        curl_easy_setopt(easy, CURLOPT_CAINFO, ca_file);
    /* No password goes to a proxy before it has said what it takes. */
    curl_easy_setopt(easy, CURLOPT_PROXYAUTH, (long)PROXY_WAYS);
    /* A proxy has no business with what stays on this machine. */
    if (url_is_loopback(url))
        curl_easy_setopt(easy, CURLOPT_PROXY, "");
}

struct transfer *transfer_new(const struct http_call *call, const char *ca_file, http_done_func done, gpointer data)
{
    if (!url_is_allowed(call->url) || (call->bearer != NULL && strpbrk(call->bearer, "\r\n") != NULL))
        return NULL;
    struct transfer *transfer = g_new0(struct transfer, 1);
    transfer->easy = curl_easy_init();
    transfer->method = g_strdup(call->method);
    transfer->url = g_strdup(call->url);
    transfer->reply = http_reply_new();
    transfer->done = done;
    transfer->data = data;
    transfer->must_end = call->must_end;
    transfer->started = g_get_monotonic_time();
    curl_easy_setopt(transfer->easy, CURLOPT_URL, transfer->url);
    curl_easy_setopt(transfer->easy, CURLOPT_PRIVATE, transfer);
    curl_easy_setopt(transfer->easy, CURLOPT_ERRORBUFFER, transfer->curl_text);
    curl_easy_setopt(transfer->easy, CURLOPT_HEADERFUNCTION, header_arrived);
    curl_easy_setopt(transfer->easy, CURLOPT_HEADERDATA, transfer);
    curl_easy_setopt(transfer->easy, CURLOPT_WRITEFUNCTION, body_arrived);
    curl_easy_setopt(transfer->easy, CURLOPT_WRITEDATA, transfer);
    curl_easy_setopt(transfer->easy, CURLOPT_PREREQFUNCTION, request_begins);
    curl_easy_setopt(transfer->easy, CURLOPT_PREREQDATA, transfer);
    set_limits(transfer->easy);
    set_security(transfer->easy, call->url, ca_file);
    set_headers(transfer, call);
    set_method(transfer, call);
    return transfer;
}

void transfer_free(struct transfer *transfer)
{
    curl_easy_cleanup(transfer->easy);
    curl_slist_free_all(transfer->headers);
    if (transfer->request_body != NULL) {
        sodium_memzero(transfer->request_body->str, transfer->request_body->allocated_len);
        g_string_free(transfer->request_body, TRUE);
    }
    http_reply_free(transfer->reply);
    g_free(transfer->method);
    g_free(transfer->url);
    g_free(transfer);
}

/* "; it offers Negotiate, NTLM", "" if it offers nothing that is known. Caller frees. */
static char *proxy_offers(const struct transfer *transfer)
{
    static const struct {
        unsigned long way;
        const char *name;
    } ways[] = {{CURLAUTH_BASIC, "Basic"},
                {CURLAUTH_DIGEST, "Digest"},
                {CURLAUTH_NTLM, "NTLM"},
                {CURLAUTH_NEGOTIATE, "Negotiate"}};
    long offered = 0;
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    curl_easy_getinfo(transfer->easy, CURLINFO_PROXYAUTH_AVAIL, &offered);
    for (gsize i = 0; i < G_N_ELEMENTS(ways); i++)
        if (((unsigned long)offered & ways[i].way) != 0)
            g_ptr_array_add(names, (gpointer)ways[i].name);
    g_autofree char *joined = text_join(names, ", ");
    return names->len > 0 ? g_strconcat("; it offers ", joined, NULL) : g_strdup("");
}

static const struct problem *find_problem(const struct transfer *transfer, CURLcode code, const char *proxy)
{
    long proxy_status = 0;
    curl_off_t begun = 0;
    curl_easy_getinfo(transfer->easy, CURLINFO_HTTP_CONNECTCODE, &proxy_status);
    curl_easy_getinfo(transfer->easy, CURLINFO_PRETRANSFER_TIME_T, &begun);
    /* As the proxy offers ways to sign in, and as there are name and password. */
    long offered = 0;
    curl_easy_getinfo(transfer->easy, CURLINFO_PROXYAUTH_AVAIL, &offered);
    g_autofree char *host = url_host(transfer->url);
    if (proxy_status == PROXY_WANTS_PASSWORD && !environment_proxy_has_name(host))
        return &proxy_wants_password;
    if (proxy_status == PROXY_WANTS_PASSWORD)
        return (offered & (long)PROXY_WAYS) != 0 ? &proxy_refused_password : &proxy_wants_other_way;
    if (proxy_status >= 300)
        return &proxy_refused;
    if (proxy != NULL && proxy_status == 0 && begun == 0 &&
        (code == CURLE_COULDNT_CONNECT || code == CURLE_OPERATION_TIMEDOUT || code == CURLE_SSL_CONNECT_ERROR))
        return g_str_has_prefix(proxy, "https://") ? &proxy_without_tls : &proxy_not_reached;
    for (gsize i = 0; i < G_N_ELEMENTS(problems); i++)
        if (problems[i].code == code)
            return &problems[i];
    return &other_problem;
}

static GError *failure(const struct transfer *transfer, CURLcode code, const struct problem *problem, const char *proxy)
{
    if (transfer->excess != NULL || code == CURLE_FILESIZE_EXCEEDED)
        return g_error_new(PERCH_ERROR, PERCH_ERROR_PROTOCOL, "%s.",
                           transfer->excess != NULL ? transfer->excess : "The answer is larger than 4 MiB");
    g_autofree char *host = url_host(transfer->url);
    const char *scheme_end = proxy != NULL ? strstr(proxy, "://") : NULL;
    long proxy_status = 0;
    curl_easy_getinfo(transfer->easy, CURLINFO_HTTP_CONNECTCODE, &proxy_status);
    g_autofree char *answered = g_strdup_printf("%ld", proxy_status);
    g_autofree char *offers = proxy_offers(transfer);
    GString *text = g_string_new(problem->sentence);
    g_string_replace(text, "%s", host, 1);
    g_string_replace(text, "%c", answered, 1);
    g_string_replace(text, "%o", offers, 1);
    g_string_replace(text, "%p", scheme_end != NULL ? scheme_end + strlen("://") : proxy != NULL ? proxy : "", 1);
    /* libcurl's own texts about a proxy hold its whole address, password and all; those about TLS do not. */
    gboolean is_harmless = proxy == NULL || code == CURLE_SSL_CONNECT_ERROR || code == CURLE_PEER_FAILED_VERIFICATION;
    gboolean is_told = is_harmless && transfer->curl_text[0] != '\0';
    g_autofree char *cause = redact(NULL, is_told ? transfer->curl_text : curl_easy_strerror(code));
    GError *error = g_error_new(PERCH_ERROR, PERCH_ERROR_NETWORK, "%s (%s).", text->str, cause);
    g_string_free(text, TRUE);
    return error;
}

static void read_answer(struct transfer *transfer, int status)
{
    struct http_reply *reply = transfer->reply;
    reply->outcome = REPLY_ANSWERED;
    reply->status = status;
    if (!url_is_loopback(transfer->url)) {
        g_clear_pointer(&reply->practice_time, g_free);
        g_clear_pointer(&reply->practice_rate, g_free);
    }
    struct curl_certinfo *chain = NULL;
    if (curl_easy_getinfo(transfer->easy, CURLINFO_CERTINFO, &chain) != CURLE_OK || chain == NULL ||
        chain->num_of_certs < 1)
        return;
    struct curl_slist *line = chain->certinfo[chain->num_of_certs - 1];
    for (; line != NULL; line = line->next) {
        if (!g_str_has_prefix(line->data, "Issuer:"))
            continue;
        g_free(transfer->reply->peer_issuer);
        transfer->reply->peer_issuer = g_strdup(line->data + strlen("Issuer:"));
    }
}

void transfer_ended(struct transfer *transfer, CURLcode code)
{
    struct http_reply *reply = transfer->reply;
    long status = 0;
    reply->duration = g_get_monotonic_time() - transfer->started;
    curl_easy_getinfo(transfer->easy, CURLINFO_RESPONSE_CODE, &status);
    /* libcurl 7.88 takes "HTTP/200 OK" for an answer, with the status 0. */
    if (code == CURLE_OK && status < LOWEST_STATUS)
        code = CURLE_WEIRD_SERVER_REPLY;
    if (code == CURLE_OK) {
        read_answer(transfer, (int)status);
        return;
    }
    g_autofree char *host = url_host(transfer->url);
    gboolean is_local = !g_str_has_prefix(transfer->url, "https://");
    g_autofree char *proxy = is_local ? NULL : environment_proxy(host);
    const struct problem *problem = find_problem(transfer, code, proxy);
    reply->outcome = transfer->begun ? REPLY_LOST : REPLY_NOT_SENT;
    reply->problem = transfer->excess != NULL || code == CURLE_FILESIZE_EXCEEDED ? "too-large" : problem->word;
    reply->error = failure(transfer, code, problem, proxy);
}

void transfer_cancelled(struct transfer *transfer)
{
    transfer->reply->duration = g_get_monotonic_time() - transfer->started;
    transfer->reply->outcome = transfer->begun ? REPLY_LOST : REPLY_NOT_SENT;
    transfer->reply->problem = "cancelled";
    transfer->reply->error = g_error_new_literal(PERCH_ERROR, PERCH_ERROR_CANCELLED, "Stopped.");
}
