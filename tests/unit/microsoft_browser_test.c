/* SPDX-License-Identifier: MIT */
#include "support/support.h"

#include <arpa/inet.h>
#include <gio/gio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/error.h"
#include "base/json.h"
#include "support/sign_in_fixture.h"

#define NOBODY 65534

static void test_browser_signs_in_with_pkce(void **state)
{
    struct sign_in_fixture *fixture = *state;
    g_autoptr(GError) error = NULL;
    assert_true(ask_by_browser(fixture, &error));
    g_thread_join(g_steal_pointer(&fixture->browser));
    assert_true(g_str_has_prefix(fixture->browser_answer, "HTTP/1.1 200 "));
    static const char *const headers[] = {"Cache-Control: no-store", "Referrer-Policy: no-referrer",
                                          "Content-Security-Policy: default-src 'none'"};
    for (gsize i = 0; i < G_N_ELEMENTS(headers); i++)
        assert_non_null(strstr(fixture->browser_answer, headers[i]));
    assert_null(strstr(fixture->browser_answer, "code-1"));
    g_autofree char *seen = server_seen(fixture->server, 0);
    const char *form = strstr(seen, "\r\n\r\n") + 4;
    g_autofree char *verifier = form_value(form, "code_verifier");
    g_autofree char *code = form_value(form, "code");
    g_autofree char *challenge = url_parameter(fixture->browser_url, "code_challenge");
    g_autofree char *method = url_parameter(fixture->browser_url, "code_challenge_method");
    g_autofree char *random_state = url_parameter(fixture->browser_url, "state");
    assert_string_equal(code, "code-1");
    assert_string_equal(method, "S256");
    assert_int_equal(strlen(verifier), 43);
    assert_int_equal(strlen(random_state), 43);
    g_autoptr(GChecksum) checksum = g_checksum_new(G_CHECKSUM_SHA256);
    g_checksum_update(checksum, (const guchar *)verifier, -1);
    guint8 digest[32];
    gsize length = sizeof digest;
    g_checksum_get_digest(checksum, digest, &length);
    g_autofree char *expected = g_base64_encode(digest, length);
    g_strdelimit(expected, "+", '-');
    g_strdelimit(expected, "/", '_');
    expected[strcspn(expected, "=")] = '\0';
    assert_string_equal(challenge, expected);
    assert_string_equal(sign_in_account(fixture->sign_in)->name, "Ada");
}

/* What the browser shows is delivered at once, and nobody waits for more: a second more, each time, is a person's. */
static void test_nothing_is_waited_for_once_the_browser_has_its_page(void **state)
{
    struct sign_in_fixture *fixture = *state;
    gint64 fastest = G_MAXINT64;
    /* Once is enough: a slow machine may take a second as well. */
    for (int i = 0; i < 10 && fastest >= G_USEC_PER_SEC; i++) {
        gint64 begun = g_get_monotonic_time();
        assert_true(ask_by_browser(fixture, NULL));
        fastest = MIN(fastest, g_get_monotonic_time() - begun);
        g_thread_join(g_steal_pointer(&fixture->browser));
        g_clear_pointer(&fixture->browser_answer, g_free);
    }
    assert_true(fastest < G_USEC_PER_SEC);
}

/* What the service challenged is proved by the next sign-in, and asked for no longer after that. */
static void test_claims_are_asked_for_once(void **state)
{
    struct sign_in_fixture *fixture = *state;
    sign_in_require_claims(fixture->sign_in, "{\"access_token\":{\"a b\":1}}");
    assert_true(ask_by_browser(fixture, NULL));
    g_thread_join(g_steal_pointer(&fixture->browser));
    g_autofree char *claims = url_parameter(fixture->browser_url, "claims");
    assert_string_equal(claims, "{\"access_token\":{\"a b\":1}}");
    g_clear_pointer(&fixture->browser_answer, g_free);
    assert_true(ask_by_browser(fixture, NULL));
    g_autofree char *none = url_parameter(fixture->browser_url, "claims");
    assert_null(none);
}

static void test_second_attempt_has_other_secrets(void **state)
{
    struct sign_in_fixture *fixture = *state;
    assert_true(ask_by_browser(fixture, NULL));
    g_thread_join(g_steal_pointer(&fixture->browser));
    g_autofree char *state_1 = url_parameter(fixture->browser_url, "state");
    g_autofree char *challenge_1 = url_parameter(fixture->browser_url, "code_challenge");
    g_clear_pointer(&fixture->browser_answer, g_free);
    assert_true(ask_by_browser(fixture, NULL));
    g_autofree char *state_2 = url_parameter(fixture->browser_url, "state");
    g_autofree char *challenge_2 = url_parameter(fixture->browser_url, "code_challenge");
    g_autofree char *hint = url_parameter(fixture->browser_url, "login_hint");
    assert_string_not_equal(state_1, state_2);
    assert_string_not_equal(challenge_1, challenge_2);
    assert_string_equal(hint, "admin@contoso.com");
}

static void test_refusal_in_the_browser_is_explained(void **state)
{
    struct sign_in_fixture *fixture = *state;
    fixture->query = "error=access_denied&error_description=AADSTS65004:+User+declined.&state=%s";
    g_autoptr(GError) error = NULL;
    assert_false(ask_by_browser(fixture, &error));
    assert_true(g_error_matches(error, PERCH_ERROR, PERCH_ERROR_SIGN_IN));
    assert_non_null(strstr(error->message, "User declined."));
    assert_non_null(strstr(error->message, "AADSTS65004"));
    assert_int_equal(server_count(fixture->server, 1, "POST /token"), 0);
}

static void test_replayed_id_token_is_refused(void **state)
{
    struct sign_in_fixture *fixture = *state;
    fixture->nonce = "of-another-sign-in";
    g_autoptr(GError) error = NULL;
    assert_false(ask_by_browser(fixture, &error));
    assert_true(g_error_matches(error, PERCH_ERROR, PERCH_ERROR_PROTOCOL));
    assert_null(sign_in_account(fixture->sign_in));
}

static gpointer attack(gpointer data)
{
    struct sign_in_fixture *fixture = data;
    guint port = redirect_port(fixture->browser_url);
    g_autofree char *right = browser_target(fixture->browser_url, "code=evil&state=%s");
    g_autofree char *elsewhere = g_strconcat("/callback", right + 1, NULL);
    g_autofree char *no_code = browser_target(fixture->browser_url, "state=%s");
    const struct {
        const char *method;
        const char *target;
        const char *host;
    } tries[] = {
        {"GET", "/?code=evil&state=guess", NULL},
        {"GET", "/?code=evil", NULL},
        {"GET", "/?code=evil&state=", NULL},
        {"GET", no_code, NULL},
        {"POST", right, NULL},
        {"PUT", right, NULL},
        {"OPTIONS", right, NULL},
        {"HEAD", right, NULL},
        {"GET", right, "evil.test"},
        {"GET", right, "localhost"},
        {"GET", right, "localhost.evil.test:80"},
        {"GET", elsewhere, NULL},
        {"GET", "/favicon.ico", NULL},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(tries); i++) {
        g_autofree char *answer = browser_fetch(port, tries[i].method, tries[i].target, tries[i].host);
        if (!g_str_has_prefix(answer, "HTTP/1.1 4"))
            fixture->wrongly_taken++;
    }
    return browse(fixture);
}

static void attack_then_browse(const struct sign_in_prompt *prompt, gpointer data)
{
    struct sign_in_fixture *fixture = data;
    remember_url(fixture, prompt->url);
    fixture->query = "code=right&state=%s";
    fixture->browser = g_thread_new("attack", attack, fixture);
}

static void test_nothing_but_the_right_answer_is_taken(void **state)
{
    struct sign_in_fixture *fixture = *state;
    assert_true(sign_in_ask(fixture->sign_in, SIGN_IN_BROWSER, two_scopes, attack_then_browse, fixture, NULL));
    g_thread_join(g_steal_pointer(&fixture->browser));
    assert_int_equal(fixture->wrongly_taken, 0);
    g_autofree char *seen = server_seen(fixture->server, 0);
    assert_non_null(strstr(seen, "&code=right&"));
}

static gpointer stall_then_browse(gpointer data)
{
    struct sign_in_fixture *fixture = data;
    g_autoptr(GSocketClient) client = g_socket_client_new();
    GSocketConnection *slow[15];
    for (gsize i = 0; i < G_N_ELEMENTS(slow); i++) {
        slow[i] = g_socket_client_connect_to_host(client, "127.0.0.1", (guint16)redirect_port(fixture->browser_url),
                                                  NULL, NULL);
        g_output_stream_write_all(g_io_stream_get_output_stream(G_IO_STREAM(slow[i])), "GET /?co", 8, NULL, NULL, NULL);
    }
    browse(fixture);
    for (gsize i = 0; i < G_N_ELEMENTS(slow); i++)
        g_object_unref(slow[i]);
    return NULL;
}

static void open_slow_clients(const struct sign_in_prompt *prompt, gpointer data)
{
    struct sign_in_fixture *fixture = data;
    remember_url(fixture, prompt->url);
    fixture->query = "code=right&state=%s";
    fixture->browser = g_thread_new("slow", stall_then_browse, fixture);
}

static void test_slow_clients_do_not_keep_the_browser_out(void **state)
{
    struct sign_in_fixture *fixture = *state;
    gint64 fastest = G_MAXINT64, given = 10 * G_USEC_PER_SEC;
    /* A slow one is given ten seconds: whoever waited for one would be later, each time. */
    for (int i = 0; i < 5 && fastest >= given; i++) {
        gint64 begun = g_get_monotonic_time();
        assert_true(sign_in_ask(fixture->sign_in, SIGN_IN_BROWSER, two_scopes, open_slow_clients, fixture, NULL));
        fastest = MIN(fastest, g_get_monotonic_time() - begun);
        g_thread_join(g_steal_pointer(&fixture->browser));
        g_clear_pointer(&fixture->browser_answer, g_free);
    }
    assert_true(fastest < given);
}

static void test_listener_is_gone_afterwards(void **state)
{
    struct sign_in_fixture *fixture = *state;
    assert_true(ask_by_browser(fixture, NULL));
    g_thread_join(g_steal_pointer(&fixture->browser));
    g_autofree char *target = browser_target(fixture->browser_url, "code=again&state=%s");
    g_autofree char *answer = browser_fetch(redirect_port(fixture->browser_url), "GET", target, NULL);
    assert_string_equal(answer, "");
}

static void paste_from_woken(gpointer data)
{
    struct sign_in_fixture *fixture = data;
    guint port = redirect_port(fixture->browser_url);
    g_autofree char *target = browser_target(fixture->browser_url, fixture->query);
    g_autofree char *wrong_port = g_strdup_printf("http://localhost:%u%s", port + 1, target);
    g_autofree char *wrong_state = g_strdup_printf("http://localhost:%u/?code=x&state=y", port);
    g_autofree char *right = g_strdup_printf("  http://localhost:%u%s\n", port, target);
    assert_false(sign_in_paste_back(fixture->sign_in, wrong_port, NULL));
    assert_false(sign_in_paste_back(fixture->sign_in, wrong_state, NULL));
    assert_false(sign_in_paste_back(fixture->sign_in, "https://login.microsoftonline.com/", NULL));
    assert_false(sign_in_paste_back(fixture->sign_in, "", &fixture->paste_error));
    assert_true(sign_in_paste_back(fixture->sign_in, right, NULL));
}

static http_woken_func paste; /* the pasting that a test is about */

static void paste_later(const struct sign_in_prompt *prompt, gpointer data)
{
    struct sign_in_fixture *fixture = data;
    remember_url(fixture, prompt->url);
    http_after(fixture->http, 1000, paste, fixture);
}

/* Sign in by an address that is pasted by WOKEN and ends in QUERY, and see that WANTED is the code that was redeemed.
 */
static void sign_in_by_pasting(struct sign_in_fixture *fixture, http_woken_func woken, const char *query,
                               const char *wanted)
{
    paste = woken;
    fixture->query = query;
    assert_true(sign_in_ask(fixture->sign_in, SIGN_IN_BROWSER, two_scopes, paste_later, fixture, NULL));
    assert_true(g_error_matches(fixture->paste_error, PERCH_ERROR, PERCH_ERROR_INPUT));
    g_autofree char *seen = server_seen(fixture->server, 0);
    g_autofree char *code = form_value(strstr(seen, "\r\n\r\n") + 4, "code");
    assert_string_equal(code, wanted);
}

static void test_address_can_be_pasted_back(void **state)
{
    struct sign_in_fixture *fixture = *state;
    sign_in_by_pasting(fixture, paste_from_woken, "code=pasted%2B1&state=%s&session_state=z", "pasted+1");
    g_autoptr(GError) error = NULL;
    assert_false(sign_in_paste_back(fixture->sign_in, "http://localhost:1/?code=x&state=y", &error));
    assert_true(g_error_matches(error, PERCH_ERROR, PERCH_ERROR_INPUT));
}

/* What a chat, a mail or a narrow window does to an address, and what is left out of one. */
static void damage_from_woken(gpointer data)
{
    struct sign_in_fixture *fixture = data;
    guint port = redirect_port(fixture->browser_url);
    g_autofree char *target = browser_target(fixture->browser_url, fixture->query);
    g_autofree char *right = g_strdup_printf("http://localhost:%u%s", port, target);
    g_autofree char *dots = g_strdup_printf("%.40s...", right);
    g_autofree char *ellipsis = g_strdup_printf("%.40s\xE2\x80\xA6", right);
    g_autofree char *cut = g_strndup(right, strlen(right) - 25);
    g_autofree char *wrapped = g_strdup_printf("<%.30s\r\n  %.20s\xE2\x80\x8B%s>.\n", right, right + 30, right + 50);
    g_autoptr(GError) shortened = NULL;
    assert_false(sign_in_paste_back(fixture->sign_in, dots, &shortened));
    assert_non_null(strstr(shortened->message, "was shortened"));
    assert_false(sign_in_paste_back(fixture->sign_in, ellipsis, NULL));
    assert_false(sign_in_paste_back(fixture->sign_in, cut, &fixture->paste_error));
    assert_true(sign_in_paste_back(fixture->sign_in, wrapped, NULL));
}

static void test_a_wrapped_address_is_mended_and_a_shortened_one_costs_nothing(void **state)
{
    sign_in_by_pasting(*state, damage_from_woken, "code=a-long-code-that-wraps-somewhere&state=%s",
                       "a-long-code-that-wraps-somewhere");
}

static char *told; /* what the person was told last */

static void remember_notice(const char *what, gpointer data)
{
    (void)data;
    g_free(told);
    told = g_strdup(what);
}

static gpointer start_twice(gpointer data)
{
    struct sign_in_fixture *fixture = data;
    guint port = redirect_port(fixture->browser_url);
    const char *path = strstr(fixture->prompted_url, "/go/");
    g_autofree char *first = browser_fetch(port, "GET", path, NULL);
    g_autofree char *second = browser_fetch(port, "GET", path, NULL);
    g_autofree char *guessed = browser_fetch(port, "GET", "/go/AAAAAAAAAAAAAAAAAAAAAA", NULL);
    g_autofree char *location = g_strdup_printf("\r\nLocation: %s\r\n", fixture->browser_url);
    if (!g_str_has_prefix(first, "HTTP/1.1 302 ") || strstr(first, location) == NULL ||
        !g_str_has_prefix(second, "HTTP/1.1 410 ") || strstr(second, "Location") != NULL ||
        !g_str_has_prefix(guessed, "HTTP/1.1 404 "))
        fixture->wrongly_taken++;
    return browse(fixture);
}

static void open_start(const struct sign_in_prompt *prompt, gpointer data)
{
    struct sign_in_fixture *fixture = data;
    remember_prompt(prompt, fixture);
    remember_url(fixture, prompt->url);
    g_free(fixture->prompted_url);
    fixture->prompted_url = g_strdup(prompt->start);
    fixture->query = "code=right&state=%s";
    fixture->browser = g_thread_new("start", start_twice, fixture);
}

/* Other users can read what a browser is started with. */
static void test_the_address_for_a_browser_holds_nothing_and_leads_on_once(void **state)
{
    struct sign_in_fixture *fixture = *state;
    sign_in_on_notice(fixture->sign_in, remember_notice, NULL);
    assert_true(sign_in_ask(fixture->sign_in, SIGN_IN_BROWSER, two_scopes, open_start, fixture, NULL));
    g_thread_join(g_steal_pointer(&fixture->browser));
    assert_int_equal(fixture->wrongly_taken, 0);
    assert_true(g_str_has_prefix(fixture->prompted_url, "http://localhost:"));
    assert_null(strstr(fixture->prompted_url, "state"));
    assert_true(strlen(fixture->prompted_url) < 60);
    assert_non_null(strstr(told, "was opened a second time"));
    g_clear_pointer(&told, g_free);
}

/* -1 if it cannot connect, or was turned away before a byte. */
static int status_over(int family, guint port)
{
    struct sockaddr_in old = {.sin_family = AF_INET, .sin_port = htons((guint16)port)};
    struct sockaddr_in6 new = {
        .sin6_family = AF_INET6, .sin6_port = htons((guint16)port), .sin6_addr = IN6ADDR_LOOPBACK_INIT};
    char answer[16] = "";
    static const char request[] = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";
    old.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    int fd = socket(family, SOCK_STREAM, 0);
    gboolean is_new = family == AF_INET6;
    gboolean told_something = connect(fd, is_new ? (const struct sockaddr *)&new : (const struct sockaddr *)&old,
                                      is_new ? sizeof new : sizeof old) == 0 &&
                              send(fd, request, strlen(request), MSG_NOSIGNAL) > 0 &&
                              recv(fd, answer, sizeof answer - 1, 0) > 0;
    close(fd);
    return told_something ? (int)g_ascii_strtoll(answer + strlen("HTTP/1.1 "), NULL, 10) : -1;
}

/* Opens START and is gone before anybody looks whose connection that was, in either of two ways. */
static int knock_and_vanish(int family, guint port, const char *start, gboolean abruptly)
{
    struct sockaddr_in old = {.sin_family = AF_INET, .sin_port = htons((guint16)port)};
    struct sockaddr_in6 new = {
        .sin6_family = AF_INET6, .sin6_port = htons((guint16)port), .sin6_addr = IN6ADDR_LOOPBACK_INIT};
    const struct linger at_once = {.l_onoff = 1};
    old.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    gboolean is_new = family == AF_INET6;
    g_autofree char *request =
        g_strdup_printf("GET %s HTTP/1.1\r\nHost: localhost:%u\r\n\r\n", strstr(start, "/go/"), port);
    int fd = socket(family, SOCK_STREAM, 0);
    gboolean sent = connect(fd, is_new ? (const struct sockaddr *)&new : (const struct sockaddr *)&old,
                            is_new ? sizeof new : sizeof old) == 0 &&
                    send(fd, request, strlen(request), MSG_NOSIGNAL) > 0;
    if (abruptly)
        setsockopt(fd, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
    close(fd);
    return sent ? 0 : 1;
}

static gpointer vanish_then_start(gpointer data)
{
    struct sign_in_fixture *fixture = data;
    guint port = redirect_port(fixture->browser_url);
    pid_t stranger = fork();
    if (stranger == 0) {
        int failed = setgid(NOBODY) | setuid(NOBODY);
        for (int i = 0; i < 40 && failed == 0; i++)
            failed = knock_and_vanish(i % 4 < 2 ? AF_INET : AF_INET6, port, fixture->prompted_url, i % 2 == 0);
        _exit(failed);
    }
    int status = 0;
    if (waitpid(stranger, &status, 0) != stranger || status != 0)
        fixture->wrongly_taken++;
    return start_twice(fixture);
}

static void open_start_after_a_stranger(const struct sign_in_prompt *prompt, gpointer data)
{
    struct sign_in_fixture *fixture = data;
    remember_prompt(prompt, fixture);
    remember_url(fixture, prompt->url);
    g_free(fixture->prompted_url);
    fixture->prompted_url = g_strdup(prompt->start);
    fixture->query = "code=right&state=%s";
    fixture->browser = g_thread_new("vanish", vanish_then_start, fixture);
}

/* Whoever is gone when it is looked whose connection it was must not have used up the address that leads on. */
static void test_another_user_who_vanishes_uses_nothing_up(void **state)
{
    struct sign_in_fixture *fixture = *state;
    if (geteuid() != 0)
        skip();
    sign_in_on_notice(fixture->sign_in, remember_notice, NULL);
    assert_true(sign_in_ask(fixture->sign_in, SIGN_IN_BROWSER, two_scopes, open_start_after_a_stranger, fixture, NULL));
    g_thread_join(g_steal_pointer(&fixture->browser));
    assert_int_equal(fixture->wrongly_taken, 0);
    g_clear_pointer(&told, g_free);
}

static gpointer knock_as_another(gpointer data)
{
    struct sign_in_fixture *fixture = data;
    guint port = redirect_port(fixture->browser_url);
    if (status_over(AF_INET, port) != 400 || status_over(AF_INET6, port) != 400)
        fixture->wrongly_taken++;
    if (geteuid() == 0) {
        pid_t stranger = fork();
        if (stranger == 0)
            _exit(setgid(NOBODY) != 0 || setuid(NOBODY) != 0 || status_over(AF_INET, port) != -1 ||
                  status_over(AF_INET6, port) != -1);
        int status = 0;
        if (waitpid(stranger, &status, 0) != stranger || status != 0)
            fixture->wrongly_taken++;
    }
    return browse(fixture);
}

static void knock_first(const struct sign_in_prompt *prompt, gpointer data)
{
    struct sign_in_fixture *fixture = data;
    remember_url(fixture, prompt->url);
    fixture->query = "code=right&state=%s";
    fixture->browser = g_thread_new("knock", knock_as_another, fixture);
}

static void test_both_families_are_held_and_other_users_turned_away(void **state)
{
    struct sign_in_fixture *fixture = *state;
    sign_in_on_notice(fixture->sign_in, remember_notice, NULL);
    assert_true(sign_in_ask(fixture->sign_in, SIGN_IN_BROWSER, two_scopes, knock_first, fixture, NULL));
    g_thread_join(g_steal_pointer(&fixture->browser));
    assert_int_equal(fixture->wrongly_taken, 0);
    if (geteuid() == 0)
        assert_non_null(strstr(told, "Another user of this machine"));
    g_clear_pointer(&told, g_free);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, sign_in_set_up, sign_in_tear_down)

int main(void)
{
    json_init();
    const struct CMUnitTest tests[] = {
        TEST(test_browser_signs_in_with_pkce),
        TEST(test_nothing_is_waited_for_once_the_browser_has_its_page),
        TEST(test_second_attempt_has_other_secrets),
        TEST(test_claims_are_asked_for_once),
        TEST(test_refusal_in_the_browser_is_explained),
        TEST(test_replayed_id_token_is_refused),
        TEST(test_nothing_but_the_right_answer_is_taken),
        TEST(test_slow_clients_do_not_keep_the_browser_out),
        TEST(test_listener_is_gone_afterwards),
        TEST(test_address_can_be_pasted_back),
        TEST(test_a_wrapped_address_is_mended_and_a_shortened_one_costs_nothing),
        TEST(test_the_address_for_a_browser_holds_nothing_and_leads_on_once),
        TEST(test_both_families_are_held_and_other_users_turned_away),
        TEST(test_another_user_who_vanishes_uses_nothing_up),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
