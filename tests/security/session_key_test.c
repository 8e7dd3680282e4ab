/* SPDX-License-Identifier: MIT */
/*
 * A sign-in that is kept for a login session only: with the kernel's own keyring, perch as a program, and a practice
 * tenant that counts how often somebody was asked.
 */
#include <keyutils.h>
#include <stdio.h>
#include <string.h>

#include "support/practice.h"
#include "support/practice_client.h"

#define DOMAIN "contoso.com"

static int asked(const struct practice_tenant *tenant)
{
    g_autoptr(json) record = practice_record(tenant);
    int count = 0;
    json_for_each (entry, record)
        count += g_str_has_suffix(json_get_string(entry, "path"), "/devicecode");
    return count;
}

static struct run *for_session(const struct practice_tenant *tenant)
{
    return perch(tenant, "sign-in", "--device-code", "--tenant", DOMAIN, "--client-id", OWN_CLIENT, "--for-session",
                 NULL);
}

/* Runs in the session that started this program, before one with a keyring of its own is begun. */
static void test_a_keyring_that_no_log_out_ends_is_refused(void **state)
{
    (void)state;
    if (keyctl_get_keyring_ID(KEY_SPEC_SESSION_KEYRING, 0) != keyctl_get_keyring_ID(KEY_SPEC_USER_SESSION_KEYRING, 0))
        skip();
    struct practice_tenant *tenant = practice_begin("fresh", NULL);
    g_autoptr(Run) run = for_session(tenant);
    assert_status(run, 1);
    assert_non_null(strstr(run->errors, "no keyring of its own"));
    assert_int_equal(asked(tenant), 0);
    practice_end(tenant);
}

static int begin_session(void **state)
{
    *state = practice_begin("fresh", NULL);
    return keyctl_join_session_keyring(NULL) < 0;
}

static int end_session(void **state)
{
    practice_end(*state);
    return 0;
}

static void test_one_sign_in_serves_every_command_of_the_session(void **state)
{
    const struct practice_tenant *tenant = *state;
    g_autoptr(Run) sign_in = for_session(tenant);
    assert_status(sign_in, 0);
    assert_non_null(strstr(sign_in->output, "kernel's keyring of this login session"));
    int before = asked(tenant);
    assert_true(before > 0);
    g_autoptr(Run) whoami = perch(tenant, "whoami", "--client-id", OWN_CLIENT, NULL);
    g_autoptr(Run) check = perch(tenant, "check", "--client-id", OWN_CLIENT, NULL);
    assert_status(whoami, 0);
    assert_non_null(strstr(whoami->output, "kernel's keyring of this login session"));
    assert_int_equal(asked(tenant), before);
    assert_null(strstr(check->errors, "sign in"));
    /* Another session has nothing of it. */
    assert_true(keyctl_join_session_keyring(NULL) > 0);
    g_autoptr(Run) elsewhere = perch(tenant, "whoami", "--client-id", OWN_CLIENT, NULL);
    assert_status(elsewhere, 5);
}

/* How long the kernel still keeps what perch gave it, as /proc/keys says it ("7h", "30s", "perm"). Caller frees. */
static char *time_left(void)
{
    g_autofree char *keys = read_text("/proc/keys");
    g_auto(GStrv) lines = g_strsplit(keys, "\n", -1);
    for (char **line = lines; *line != NULL; line++) {
        char left[16] = "";
        if (strstr(*line, " perch:") != NULL && sscanf(*line, "%*s %*s %*s %15s", left) == 1)
            return g_strdup(left);
    }
    return g_strdup("");
}

/* Where it is kept, nobody but this session reads it, and not for ever. */
static void test_what_is_kept_is_the_sessions_alone_and_ends(void **state)
{
    const struct practice_tenant *tenant = *state;
    g_autoptr(Run) sign_in = for_session(tenant);
    assert_status(sign_in, 0);
    void *keys = NULL;
    int length = keyctl_read_alloc(KEY_SPEC_SESSION_KEYRING, &keys);
    guint found = 0;
    for (gsize i = 0; length > 0 && i < (gsize)length / sizeof(key_serial_t); i++) {
        char *text = NULL;
        if (keyctl_describe_alloc(((const key_serial_t *)keys)[i], &text) < 0)
            continue;
        if (strstr(text, ";perch:") != NULL) {
            found++;
            assert_non_null(strstr(text, ";3f000000;"));
        }
        free(text);
    }
    free(keys);
    assert_int_equal(found, 1);
    g_autofree char *left = time_left();
    if (strcmp(left, "7h") != 0 && strcmp(left, "8h") != 0)
        fail_msg("it is kept for %s", left);
    g_autoptr(Run) sign_out = perch(tenant, "sign-out", "--client-id", OWN_CLIENT, NULL);
    g_autoptr(Run) whoami = perch(tenant, "whoami", "--client-id", OWN_CLIENT, NULL);
    assert_status(whoami, 5);
}

static void test_it_is_kept_or_it_is_not(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("fresh", NULL);
    g_autoptr(Run) run = perch(tenant, "sign-in", "--for-session", "--no-keyring", NULL);
    assert_status(run, 2);
    assert_non_null(strstr(run->errors, "--for-session and --no-keyring do not go together: the one keeps a sign-in"));
    practice_end(tenant);
}

int main(void)
{
    json_init();
    if (keyctl_get_keyring_ID(KEY_SPEC_SESSION_KEYRING, 0) < 0)
        skip_program("the kernel keeps no keys here");
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_keyring_that_no_log_out_ends_is_refused),
        cmocka_unit_test_setup_teardown(test_one_sign_in_serves_every_command_of_the_session, begin_session,
                                        end_session),
        cmocka_unit_test_setup_teardown(test_what_is_kept_is_the_sessions_alone_and_ends, begin_session, end_session),
        cmocka_unit_test(test_it_is_kept_or_it_is_not),
    };
    return cmocka_run_group_tests_name("session key", tests, NULL, NULL);
}
