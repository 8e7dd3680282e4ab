/* SPDX-License-Identifier: MIT */
/* A file that decides what perch does may have to be signed: by the real ssh-keygen, as its user signs. */
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#include "support/practice.h"

#define ANSWERS "{\"sponsor\":\"sponsor@contoso.com\"}"
#define STATUS_INPUT 2

struct desk {
    struct practice_tenant *tenant;
    char *answers;
    char *allowed;
};

static void shell(const struct desk *desk, const char *command)
{
    g_autofree char *line = g_strdup_printf("cd '%s' && (%s) >/dev/null 2>&1", practice_folder(desk->tenant), command);
    const char *const arguments[] = {"/bin/sh", "-c", line, NULL};
    g_autoptr(Run) run = run_program(arguments, NULL, NULL);
    assert_int_equal(run->status, 0);
}

static int set_up(void **state)
{
    struct desk *desk = g_new0(struct desk, 1);
    desk->tenant = practice_begin("fresh", NULL);
    desk->answers = practice_answers(desk->tenant, ANSWERS);
    desk->allowed = g_build_filename(practice_folder(desk->tenant), "allowed", NULL);
    shell(desk,
          "for name in ann eve; do ssh-keygen -q -t ed25519 -N '' -C $name -f $name; done; "
          "printf 'ann@contoso.com namespaces=\"perch\" ' > allowed && cat ann.pub >> allowed && chmod 600 allowed");
    *state = desk;
    return 0;
}

static int tear_down(void **state)
{
    struct desk *desk = *state;
    practice_end(desk->tenant);
    g_free(desk->answers);
    g_free(desk->allowed);
    g_free(desk);
    return 0;
}

static struct run *check(const struct desk *desk)
{
    return perch(desk->tenant, "check", "--answers", desk->answers, "--allowed-signers", desk->allowed, NULL);
}

static void test_only_what_an_allowed_signer_signed_is_taken(void **state)
{
    const struct desk *desk = *state;
    g_autofree char *name = g_path_get_basename(desk->answers);
    const struct {
        const char *done;
        const char *why; /* NULL: it is taken */
    } rows[] = {
        {"true", "there is no signature beside it"},
        {"ssh-keygen -q -Y sign -n perch -f ann NAME", NULL},
        {"printf ' ' >> NAME", "ssh-keygen does not agree"},
        {"rm NAME.sig; ssh-keygen -q -Y sign -n perch -f eve NAME", "ssh-keygen does not agree"},
        {"rm NAME.sig; ssh-keygen -q -Y sign -n file -f ann NAME", "ssh-keygen does not agree"},
        {"rm NAME.sig; ssh-keygen -q -Y sign -n perch -f ann NAME; chmod 666 allowed", "others may change it"},
        {"chmod 600 allowed", NULL},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autoptr(GString) command = g_string_new(rows[i].done);
        g_string_replace(command, "NAME", name, 0);
        shell(desk, command->str);
        g_autoptr(Run) run = check(desk);
        if ((run->status == STATUS_INPUT) != (rows[i].why != NULL))
            fail_msg("after “%s” it ended with %d: %s", command->str, run->status, run->errors);
        assert_non_null(strstr(run->errors, rows[i].why != NULL ? rows[i].why : "is signed by ann@contoso.com"));
    }
}

static void test_a_partner_profile_has_to_be_signed_too(void **state)
{
    const struct desk *desk = *state;
    shell(desk, "cp '" PERCH_TEST_DATA "/partners/northwind-defence.json' p.json && chmod 600 p.json");
    g_autofree char *profile = g_build_filename(practice_folder(desk->tenant), "p.json", NULL);
    for (int signed_now = 0; signed_now <= 1; signed_now++) {
        g_autoptr(Run) run =
            perch(desk->tenant, "check", "--partner", profile, "--allowed-signers", desk->allowed, NULL);
        assert_int_equal(run->status != STATUS_INPUT, signed_now);
        shell(desk, "ssh-keygen -q -Y sign -n perch -f ann p.json || true");
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_only_what_an_allowed_signer_signed_is_taken, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_a_partner_profile_has_to_be_signed_too, set_up, tear_down),
    };
    g_autofree char *program = g_find_program_in_path("ssh-keygen");
    json_init();
    if (program == NULL)
        skip_program("ssh-keygen is not installed");
    return cmocka_run_group_tests_name("signature", tests, NULL, NULL);
}
