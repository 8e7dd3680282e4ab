#include <stdio.h>
#include <string.h>

#include "support/fake_desk.h"
#include "ui/plain.h"

struct talk {
    struct session *session;
    char *said;
    int status;
};

/* Answer with the lines of HEARD, from a file as a script would. */
static struct talk *talk_with(const char *scene, const char *heard, gboolean ascii)
{
    struct talk *talk = g_new0(struct talk, 1);
    const struct plain_options options = {.ascii = ascii};
    gsize size = 0;
    FILE *in = tmpfile();
    FILE *out = open_memstream(&talk->said, &size);
    fputs(heard, in);
    rewind(in);
    talk->session = fake_session_new(scene);
    talk->status = plain_run(talk->session, &options, in, out);
    fclose(in);
    fclose(out);
    return talk;
}

static void talk_free(struct talk *talk)
{
    session_free(talk->session);
    free(talk->said);
    g_free(talk);
}

static gboolean was_called(const struct talk *talk, const char *call)
{
    const GPtrArray *calls = fake_session_calls(talk->session);
    return g_ptr_array_find_with_equal_func((GPtrArray *)calls, call, g_str_equal, NULL);
}

static void assert_said(const struct talk *talk, const char *text)
{
    if (strstr(talk->said, text) == NULL)
        fail_msg("“%s” was not said:\n%s", text, talk->said);
}

static void the_end_of_input_leaves_and_says_what_is_left(void **state)
{
    (void)state;
    struct talk *talk = talk_with("middle", "", FALSE);
    assert_int_equal(talk->status, 3);
    assert_said(talk, "One value is missing.");
    assert_said(talk, "the next start goes on from here");
    talk_free(talk);
}

static void a_whole_run_works_line_by_line(void **state)
{
    (void)state;
    struct talk *talk =
        talk_with("middle", "telemetry\ny\n\n1\n-\n?\nwrong.example\ncontoso.onmicrosoft.com\nq\n", FALSE);
    assert_true(was_called(talk, "answer eventHub.name telemetry"));
    assert_true(was_called(talk, "answer sponsor admin@contoso.onmicrosoft.com"));
    assert_true(was_called(talk, "decide organization repair"));
    assert_true(was_called(talk, "apply - contoso.onmicrosoft.com"));
    assert_said(talk, "POST /v1.0/groups");
    assert_said(talk, "That is not this tenant's domain");
    talk_free(talk);
}

static void a_bad_value_is_named_and_mended_on_request(void **state)
{
    (void)state;
    struct talk *talk = talk_with("middle", "tele\xC2\xA0metry\n2\ntele metry\n1\ny\nq\n", FALSE);
    assert_said(talk, "no-break space");
    assert_said(talk, "column 5");
    assert_said(talk, "2 type again");
    assert_true(was_called(talk, "answer eventHub.name telemetry"));
    talk_free(talk);
}

/* The first fix mends the space alone. */
static void nothing_that_a_terminal_obeys_is_echoed(void **state)
{
    (void)state;
    struct talk *talk = talk_with("middle", "tele metry\x1b[31m\xE2\x80\xAE\n1\n2\n-\nq\n", FALSE);
    assert_said(talk, "There is a space at column 5");
    assert_null(strchr(talk->said, '\x1b'));
    assert_null(strstr(talk->said, "\xE2\x80\xAE"));
    talk_free(talk);
}

static void nothing_is_written_without_the_domain(void **state)
{
    (void)state;
    struct talk *talk = talk_with("middle", "-\n-\n-\n-\n-\n-\n-\nn\nq\n", FALSE);
    const GPtrArray *calls = fake_session_calls(talk->session);
    for (guint i = 0; i < calls->len; i++)
        assert_false(g_str_has_prefix(g_ptr_array_index(calls, i), "apply"));
    talk_free(talk);
}

static void a_wait_is_offered_to_be_sat_out_or_left(void **state)
{
    (void)state;
    struct talk *talk = talk_with("middle", "-\n-\n-\n-\ny\nnow\nq\n", FALSE);
    assert_said(talk, "Sit it out here?");
    assert_said(talk, "the word “now” goes on now");
    assert_true(was_called(talk, "override consent now"));
    talk_free(talk);
}

static void an_error_has_one_prefix(void **state)
{
    (void)state;
    struct talk talk = {0};
    const struct plain_options options = {0};
    gsize size = 0;
    FILE *in = tmpfile();
    FILE *out = open_memstream(&talk.said, &size);
    talk.session = fake_session_new("middle");
    fake_session_push(talk.session, event_new(EVENT_LOG, fake_log_line(LOG_ERROR, "perch", "That broke.")), 0);
    plain_run(talk.session, &options, in, out);
    fclose(in);
    fclose(out);
    assert_null(strstr(talk.said, "perch: perch:"));
    session_free(talk.session);
    free(talk.said);
}

static void what_was_created_can_be_removed_in_the_end(void **state)
{
    (void)state;
    struct talk *talk = talk_with("middle", "-\n-\n-\ncontoso.onmicrosoft.com\nn\nn\nu\ny\n", FALSE);
    assert_true(was_called(talk, "apply - contoso.onmicrosoft.com"));
    assert_said(talk, "Type u to see what removing them would send");
    assert_true(was_called(talk, "plan undo"));
    assert_true(was_called(talk, "undo -"));
    talk_free(talk);
}

static void ascii_means_ascii(void **state)
{
    (void)state;
    struct talk *talk = talk_with("hostile", "", TRUE);
    assert_true(g_str_is_ascii(talk->said));
    talk_free(talk);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_end_of_input_leaves_and_says_what_is_left),
        cmocka_unit_test(a_whole_run_works_line_by_line),
        cmocka_unit_test(a_bad_value_is_named_and_mended_on_request),
        cmocka_unit_test(nothing_that_a_terminal_obeys_is_echoed),
        cmocka_unit_test(nothing_is_written_without_the_domain),
        cmocka_unit_test(a_wait_is_offered_to_be_sat_out_or_left),
        cmocka_unit_test(an_error_has_one_prefix),
        cmocka_unit_test(what_was_created_can_be_removed_in_the_end),
        cmocka_unit_test(ascii_means_ascii),
    };
    return cmocka_run_group_tests(tests, desk_set_locale, NULL);
}
