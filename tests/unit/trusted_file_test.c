/* SPDX-License-Identifier: MIT */
/* Whoever can write to a file that decides what perch does decides with it. */
#include "base/trusted_file.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"
#include "support/support.h"

#define LIMIT 16

struct place {
    char *folder;
    char *file;
};

static int set_up(void **state)
{
    struct place *place = g_new0(struct place, 1);
    place->folder = g_dir_make_tmp("perch-trusted-XXXXXX", NULL);
    place->file = g_build_filename(place->folder, "answers.json", NULL);
    *state = place;
    return 0;
}

static int tear_down(void **state)
{
    struct place *place = *state;
    g_unlink(place->file);
    g_rmdir(place->folder);
    g_free(place->folder);
    g_free(place->file);
    g_free(place);
    return 0;
}

static void put(const struct place *place, const char *text, mode_t mode)
{
    assert_true(g_file_set_contents(place->file, text, -1, NULL));
    assert_int_equal(g_chmod(place->file, mode), 0);
}

static void assert_refused(const char *file, const char *why)
{
    g_autoptr(GError) error = NULL;
    gsize length = 0;
    assert_null(trusted_file_read(file, "The answers file", LIMIT, &length, &error));
    assert_true(g_error_matches(error, PERCH_ERROR, PERCH_ERROR_INPUT));
    assert_non_null(strstr(error->message, "The answers file"));
    assert_non_null(strstr(error->message, file));
    if (strstr(error->message, why) == NULL)
        fail_msg("%s does not say “%s”", error->message, why);
}

static void test_only_its_owner_may_write_to_it(void **state)
{
    struct place *place = *state;
    static const struct {
        mode_t mode;
        gboolean taken;
    } rows[] = {{0600, TRUE}, {0644, TRUE}, {0755, TRUE}, {0664, FALSE}, {0620, FALSE}, {0602, FALSE}, {0666, FALSE}};
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        gsize length = 0;
        put(place, "{}", rows[i].mode);
        if (!rows[i].taken) {
            assert_refused(place->file, "others may change it");
            continue;
        }
        g_autofree char *text = trusted_file_read(place->file, "The answers file", LIMIT, &length, NULL);
        assert_string_equal(text, "{}");
        assert_int_equal(length, 2);
    }
}

static void test_a_file_of_somebody_else_is_refused(void **state)
{
    struct place *place = *state;
    put(place, "{}", 0600);
    if (chown(place->file, 65534, 65534) != 0)
        skip();
    assert_refused(place->file, "belongs to somebody else");
}

/* Whoever may write to a folder takes a file away and puts another there, whatever the file's own mode is. */
static void test_nobody_else_may_put_another_in_its_place(void **state)
{
    struct place *place = *state;
    static const struct {
        mode_t above;
        mode_t beside;
        gboolean taken;
    } rows[] = {{0700, 0755, TRUE},  {0755, 01777, TRUE}, {0700, 0777, FALSE},
                {0777, 0755, FALSE}, {0757, 0700, FALSE}, {01777, 0700, TRUE}};
    g_autofree char *folder = g_build_filename(place->folder, "in", NULL);
    g_autofree char *file = g_build_filename(folder, "answers.json", NULL);
    g_autofree char *link = g_build_filename(place->folder, "link", NULL);
    assert_int_equal(g_mkdir(folder, 0700), 0);
    assert_true(g_file_set_contents(file, "{}", -1, NULL));
    assert_int_equal(symlink(file, link), 0);
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        gsize length = 0;
        assert_int_equal(g_chmod(place->folder, rows[i].above) | g_chmod(folder, rows[i].beside), 0);
        if (!rows[i].taken) {
            assert_refused(file, "others may put another file in its place");
            assert_refused(link, "others may put another file in its place");
            continue;
        }
        g_autofree char *text = trusted_file_read(link, "The answers file", LIMIT, &length, NULL);
        assert_string_equal(text, "{}");
    }
    assert_int_equal(g_chmod(place->folder, 0700) | g_unlink(link) | g_unlink(file) | g_rmdir(folder), 0);
}

/* Its owner may do in a folder what he likes, whatever its mode is. */
static void test_a_folder_of_somebody_else_is_refused(void **state)
{
    struct place *place = *state;
    put(place, "{}", 0600);
    if (chown(place->folder, 65534, 65534) != 0)
        skip();
    static const mode_t modes[] = {0755, 0700, 01777};
    for (gsize i = 0; i < G_N_ELEMENTS(modes); i++) {
        assert_int_equal(g_chmod(place->folder, modes[i]), 0);
        assert_refused(place->file, "others may put another file in its place");
    }
}

/* Neither a device without an end nor a pipe that nobody writes to is read. */
static void test_only_a_plain_file_is_read(void **state)
{
    struct place *place = *state;
    assert_refused("/dev/zero", "no plain file");
    assert_refused(place->folder, "no plain file");
    assert_refused(place->file, "No such file");
    assert_int_equal(mkfifo(place->file, 0600), 0);
    assert_refused(place->file, "no plain file");
}

static void test_the_limit_is_what_is_taken(void **state)
{
    struct place *place = *state;
    gsize length = 0;
    put(place, "0123456789abcdef", 0600);
    g_autofree char *text = trusted_file_read(place->file, "The answers file", LIMIT, &length, NULL);
    assert_int_equal(length, LIMIT);
    assert_string_equal(text, "0123456789abcdef");
    put(place, "0123456789abcdefg", 0600);
    assert_refused(place->file, "too large");
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_only_its_owner_may_write_to_it),
        TEST(test_a_file_of_somebody_else_is_refused),
        TEST(test_nobody_else_may_put_another_in_its_place),
        TEST(test_a_folder_of_somebody_else_is_refused),
        TEST(test_only_a_plain_file_is_read),
        TEST(test_the_limit_is_what_is_taken),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
