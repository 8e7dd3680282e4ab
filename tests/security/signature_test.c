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

/* Whoever can write to the list of signers, or put another file in the place of any of them, signs what he likes; and
 * none of them may keep perch waiting. */
static void test_the_files_beside_are_held_to_the_same(void **state)
{
    const struct desk *desk = *state;
    g_autofree char *name = g_path_get_basename(desk->answers);
    static const struct {
        const char *done;
        const char *why; /* NULL: it is taken */
    } rows[] = {
        {"ssh-keygen -q -Y sign -n perch -f ann NAME", NULL},
        {"chmod 664 allowed", "others may change it"},
        {"chmod 606 allowed", "others may change it"},
        {"chmod 600 allowed; mv allowed real; ln -s real allowed", NULL},
        {"chmod 666 real", "others may change it"},
        {"rm allowed; mkfifo -m 600 allowed", "it is no plain file"},
        {"rm allowed; ln -s /dev/zero allowed", "it is no plain file"},
        {"rm allowed; mkdir allowed", "it is no plain file"},
        {"rmdir allowed; true > allowed; chmod 600 allowed", "ssh-keygen does not agree"},
        {"rm allowed", "No such file"},
        {"mv real allowed; chmod 600 allowed", NULL},
        {"mkdir -m 777 open; cp allowed NAME NAME.sig open; mv allowed aside; ln -s open/allowed allowed",
         "others may put another file in its place"},
        {"rm allowed; mv aside allowed; chmod 666 NAME.sig", "others may change it"},
        {"chmod 600 NAME.sig; mv NAME.sig kept; mkfifo -m 600 NAME.sig", "it is no plain file"},
        {"rm NAME.sig; ln -s /dev/zero NAME.sig", "it is no plain file"},
        {"rm NAME.sig; head -c 100000 /dev/zero > NAME.sig; chmod 600 NAME.sig", "it is too large"},
        {"rm NAME.sig; ln -s open/NAME.sig NAME.sig", "others may put another file in its place"},
        {"rm NAME.sig; ln -s nowhere NAME.sig", "there is no signature beside it"},
        {"rm NAME.sig; mv kept NAME.sig", NULL},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autoptr(GString) command = g_string_new(rows[i].done);
        g_string_replace(command, "NAME", name, 0);
        shell(desk, command->str);
        g_autoptr(Run) run = check(desk);
        if ((run->status == STATUS_INPUT) != (rows[i].why != NULL) ||
            (rows[i].why != NULL && strstr(run->errors, rows[i].why) == NULL))
            fail_msg("after “%s” it ended with %d: %s", command->str, run->status, run->errors);
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

/* What the board signed is what is sent. */
static void test_a_saved_plan_has_to_be_signed_too(void **state)
{
    const struct desk *desk = *state;
    g_autofree char *plan = g_build_filename(practice_folder(desk->tenant), "plan.json", NULL);
    g_autoptr(Run) saved = perch(desk->tenant, "plan", "--output", plan, NULL);
    assert_int_not_equal(saved->status, STATUS_INPUT);
    static const struct {
        const char *done;
        gboolean is_sent;
    } rows[] = {
        {"true", FALSE},
        {"ssh-keygen -q -Y sign -n perch -f eve plan.json", FALSE},
        {"rm plan.json.sig; ssh-keygen -q -Y sign -n perch -f ann plan.json", TRUE},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        shell(desk, rows[i].done);
        g_autoptr(Run) run =
            perch(desk->tenant, "apply", "--yes", "--plan", plan, "--allowed-signers", desk->allowed, NULL);
        if ((run->status != STATUS_INPUT) != rows[i].is_sent)
            fail_msg("after “%s” it ended with %d: %s", rows[i].done, run->status, run->errors);
        g_autoptr(json) record = practice_record(desk->tenant);
        assert_int_equal(count_writes(record, NULL, NULL) > 0, rows[i].is_sent);
    }
}

/* What is read once the tenant was is what was signed: here it is another as soon as its signature was found good. */
static void test_a_plan_that_is_exchanged_after_its_signature_was_checked_is_not_sent(void **state)
{
    const struct desk *desk = *state;
    g_autofree char *plan = g_build_filename(practice_folder(desk->tenant), "plan.json", NULL);
    g_autoptr(Run) saved = perch(desk->tenant, "plan", "--output", plan, NULL);
    assert_int_not_equal(saved->status, STATUS_INPUT);
    g_autofree char *real = g_find_program_in_path("ssh-keygen");
    g_autofree char *wrapper = g_strdup_printf("mkdir tools; cp plan.json another.json; echo >> another.json; "
                                               "ssh-keygen -q -Y sign -n perch -f ann plan.json; "
                                               "printf '#!/bin/sh\n%s \"$@\"; end=$?\n"
                                               "[ \"$2\" != verify ] || cp %s/another.json %s\nexit $end\n' "
                                               "> tools/ssh-keygen; chmod 700 tools/ssh-keygen",
                                               real, practice_folder(desk->tenant), plan);
    shell(desk, wrapper);
    g_autofree char *path = g_strdup(g_getenv("PATH"));
    g_autofree char *with_tools = g_strdup_printf("%s/tools:%s", practice_folder(desk->tenant), path);
    g_setenv("PATH", with_tools, TRUE);
    g_autoptr(Run) run =
        perch(desk->tenant, "apply", "--yes", "--plan", plan, "--allowed-signers", desk->allowed, NULL);
    g_setenv("PATH", path, TRUE);
    assert_status(run, STATUS_INPUT);
    assert_non_null(strstr(run->errors, "was changed after its signature was checked"));
    g_autoptr(json) record = practice_record(desk->tenant);
    assert_int_equal(count_writes(record, NULL, NULL), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_only_what_an_allowed_signer_signed_is_taken, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_the_files_beside_are_held_to_the_same, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_a_partner_profile_has_to_be_signed_too, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_a_saved_plan_has_to_be_signed_too, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_a_plan_that_is_exchanged_after_its_signature_was_checked_is_not_sent,
                                        set_up, tear_down),
    };
    g_autofree char *program = g_find_program_in_path("ssh-keygen");
    json_init();
    if (program == NULL)
        skip_program("ssh-keygen is not installed");
    return cmocka_run_group_tests_name("signature", tests, NULL, NULL);
}
