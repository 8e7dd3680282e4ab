/* SPDX-License-Identifier: MIT */
/*
 * Clients that nobody here wrote, unpatched, against the practice tenant: Microsoft's own libraries for signing in and
 * for Graph, and a certified OpenID client (support/node/microsoft_clients.mjs).
 */
#include <string.h>

#include "support/practice.h"
#include "support/practice_client.h"
#include "support/script_peer.h"
#include "support/support.h"

#define SCRIPT "microsoft_clients.mjs"
#define OLDEST_NODE 20

static const char *const packages[] = {"@azure/msal-node", "@azure/identity", "@microsoft/microsoft-graph-client",
                                       "openid-client"};

/* A certificate for the three addresses, which signs itself, in a folder of its own. Caller frees. */
static char *certificate_new(void)
{
    static const char script[] = "set -e; cd \"$0\"; openssl req -x509 -newkey rsa:2048 "
                                 "-nodes -keyout key.pem -out cert.pem"
                                 " -days 2 -subj /CN=practice -addext"
                                 " subjectAltName=IP:127.0.0.1,IP:127.0.0.2,IP:127.0.0.3";
    return scratch_by_openssl(script);
}

static void clients_work_as_they_are(void **state)
{
    (void)state;
    g_autofree char *folder = certificate_new();
    g_autofree char *key = g_build_filename(folder, "key.pem", NULL);
    g_autofree char *cert = g_build_filename(folder, "cert.pem", NULL);
    const char *const options[] = {"--tls-cert", cert, "--tls-key", key, "--client-certificate", cert, NULL};
    struct practice_tenant *tenant = practice_begin("fresh", options);
    g_autofree char *graph = client_origin(practice_address(tenant), 2);
    const char *const arguments[] = {practice_address(tenant), graph, key, cert, NULL};
    g_autoptr(Run) ended = script_run_with(SCRIPT, cert, arguments);
    const char *last = strrchr(g_strchomp(ended->output), '\n');
    print_message("client checks: %s\n", last != NULL ? last + 1 : ended->output);
    if (ended->status != 0)
        fail_msg("%s\n%s", ended->output, ended->errors);
    practice_end(tenant);
    scratch_remove(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(clients_work_as_they_are)};
    json_init();
    for (gsize i = 0; i < G_N_ELEMENTS(packages); i++)
        script_need(OLDEST_NODE, packages[i]);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
