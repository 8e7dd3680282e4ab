/* SPDX-License-Identifier: MIT */
/* What the built programs have of the compiler's and linker's protections, as readelf and objdump see it. */
#include <string.h>

#include "support/support.h"

#define FEWEST_LANDING_PADS 100

static const char *const programs[] = {PERCH_BINARY, PERCH_PRACTICE_BINARY};

/* What TOOL prints about PROGRAM. Caller frees. */
static char *inspected(const char *tool, const char *option, const char *program)
{
    g_autofree char *path = g_find_program_in_path(tool);
    const char *arguments[] = {path, option, "-W", program, NULL};
    g_autoptr(Run) run = run_program(arguments, NULL, "");
    assert_int_equal(run->status, 0);
    return g_steal_pointer(&run->output);
}

static void assert_shows(const char *option, const char *program, const char *needle)
{
    g_autofree char *text = inspected("readelf", option, program);
    if (strstr(text, needle) == NULL)
        fail_msg("%s: no %s in readelf %s", program, needle, option);
}

static void test_the_programs_are_position_independent(void **state)
{
    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(programs); i++) {
        assert_shows("-h", programs[i], "DYN (");
        assert_shows("-d", programs[i], " PIE");
    }
}

static void test_relocations_are_read_only_from_the_start(void **state)
{
    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(programs); i++) {
        assert_shows("-l", programs[i], "GNU_RELRO");
        assert_shows("-d", programs[i], "BIND_NOW");
    }
}

static void test_no_memory_is_writable_and_executable(void **state)
{
    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(programs); i++) {
        g_autofree char *text = inspected("readelf", "-l", programs[i]);
        const char *stack = strstr(text, "GNU_STACK");
        assert_non_null(stack);
        g_autofree char *line = g_strndup(stack, strcspn(stack, "\n"));
        assert_null(strstr(line, "RWE"));
        assert_null(strstr(text, " RWE "));
    }
}

static void test_libraries_are_not_looked_for_beside_the_program(void **state)
{
    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(programs); i++) {
        g_autofree char *text = inspected("readelf", "-d", programs[i]);
        assert_null(strstr(text, "(RPATH)"));
        assert_null(strstr(text, "(RUNPATH)"));
        assert_null(strstr(text, "(TEXTREL)"));
    }
}

/* They are loaded where they are used: it starts, and paints, without them and the thirty that they need. */
static void test_perch_starts_without_the_libraries_of_its_services(void **state)
{
    static const char *const late[] = {"libcurl", "libmicrohttpd", "libcrypto", "libsecret", "libgmime", "libqrencode"};
    (void)state;
    g_autofree char *text = inspected("readelf", "-d", PERCH_BINARY);
    for (gsize i = 0; i < G_N_ELEMENTS(late); i++)
        if (strstr(text, late[i]) != NULL)
            fail_msg("perch is linked with %s", late[i]);
}

static void test_the_stack_is_guarded(void **state)
{
    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(programs); i++)
        assert_shows("--dyn-syms", programs[i], "__stack_chk_fail");
}

static void test_calls_into_the_c_library_check_their_buffers(void **state)
{
    (void)state;
#ifdef _FORTIFY_SOURCE
    for (gsize i = 0; i < G_N_ELEMENTS(programs); i++)
        assert_shows("--dyn-syms", programs[i], "printf_chk");
#else
    skip();
#endif
}

/* The linker marks a program only where the C library's start files are marked too, so the code itself is looked at. */
static void test_indirect_calls_land_on_pads(void **state)
{
    (void)state;
#if defined(__x86_64__) && defined(__CET__)
    for (gsize i = 0; i < G_N_ELEMENTS(programs); i++) {
        g_autofree char *text = inspected("objdump", "-d", programs[i]);
        guint pads = 0;
        for (const char *pad = strstr(text, "endbr64"); pad != NULL; pad = strstr(pad + 1, "endbr64"))
            pads++;
        print_message("%s: %u landing pads\n", programs[i], pads);
        assert_true(pads >= FEWEST_LANDING_PADS);
    }
#else
    skip();
#endif
}

static void skip_where_missing(void)
{
    static const char *const tools[] = {"readelf", "objdump"};
    for (gsize i = 0; i < G_N_ELEMENTS(tools); i++) {
        g_autofree char *path = g_find_program_in_path(tools[i]);
        if (path == NULL)
            skip_program("readelf and objdump (binutils) are not installed");
    }
    for (gsize i = 0; i < G_N_ELEMENTS(programs); i++)
        if (!g_file_test(programs[i], G_FILE_TEST_IS_EXECUTABLE))
            skip_program("perch and perch-practice are not built");
}

int main(void)
{
    skip_where_missing();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_programs_are_position_independent),
        cmocka_unit_test(test_relocations_are_read_only_from_the_start),
        cmocka_unit_test(test_no_memory_is_writable_and_executable),
        cmocka_unit_test(test_libraries_are_not_looked_for_beside_the_program),
        cmocka_unit_test(test_perch_starts_without_the_libraries_of_its_services),
        cmocka_unit_test(test_the_stack_is_guarded),
        cmocka_unit_test(test_calls_into_the_c_library_check_their_buffers),
        cmocka_unit_test(test_indirect_calls_land_on_pads),
    };
    return cmocka_run_group_tests_name("binary", tests, NULL, NULL);
}
