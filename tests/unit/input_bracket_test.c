/* The terminal's bytes taken apart: nothing of a paste becomes a key, however it is cut into reads. */
#include <string.h>

#include "input/bracket.h"
#include "support/support.h"

#define MS 1000
#define START "\033[200~"
#define END "\033[201~"

static void feed(struct bracket *bracket, const char *bytes, gint64 now)
{
    bracket_feed(bracket, bytes, strlen(bytes), now);
}

/* Let time pass until nothing is held any more. */
static void let_pass(struct bracket *bracket)
{
    for (gint64 deadline = bracket_deadline(bracket); deadline >= 0; deadline = bracket_deadline(bracket))
        bracket_tick(bracket, deadline);
}

/* All events in one line: keys as K(...), pastes as P(...), with flags; D(n) for dropped bytes. */
static char *story(struct bracket *bracket)
{
    GString *text = g_string_new(NULL);
    for (;;) {
        g_autoptr(BracketEvent) event = bracket_next(bracket);
        if (event == NULL)
            break;
        if (event->kind == BRACKET_DROPPED) {
            g_string_append_printf(text, "D(%zu)", event->dropped);
            continue;
        }
        g_autofree char *shown = g_strescape(event->bytes, NULL);
        g_string_append_printf(text, "%c(%s)", event->kind == BRACKET_KEYS ? 'K' : 'P', shown);
        g_string_append(text, event->from_burst ? "burst" : "");
        g_string_append(text, event->never_ended ? "open" : "");
        g_string_append(text, event->had_nul ? "nul" : "");
        if (event->dropped > 0)
            g_string_append_printf(text, "-%zu", event->dropped);
    }
    return g_string_free(text, FALSE);
}

static void assert_story(struct bracket *bracket, const char *wanted)
{
    g_autofree char *told = story(bracket);
    assert_string_equal(told, wanted);
}

static void assert_read(const char *bytes, const char *wanted)
{
    g_autoptr(Bracket) bracket = bracket_new();
    feed(bracket, bytes, 0);
    let_pass(bracket);
    assert_story(bracket, wanted);
}

static void typing_gives_keys(void **state)
{
    (void)state;
    assert_read("a", "K(a)");
    assert_read("\r", "K(\\r)");
    assert_read("\033[A\033[A\033[A\033[A", "K(\\033[A)K(\\033[A)K(\\033[A)K(\\033[A)");
    assert_read("\033[<0;12;34M\033[<0;12;34m", "K(\\033[<0;12;34M)K(\\033[<0;12;34m)");
    assert_read("\033OP", "K(\\033OP)");
    assert_read("\033x", "K(\\033x)");
    assert_read("\033", "K(\\033)");
    assert_read("\033\033", "K(\\033)K(\\033)");
    assert_read("\177\177\177\177\177\177\177\177", "K(\\177\\177\\177\\177\\177\\177\\177\\177)");
    assert_read("\033]11;?\007a", "K(\\033]11;?\\007)K(a)");
    assert_read("\033]", "K(\\033])");
    assert_read("\033]x\033[A", "K(\\033]x)K(\\033[A)");
    assert_read("\033[1\001", "K(\\033[1)K(\\001)");
    assert_read("\033]11;rgb:0000/0000/0000\033\\", "K(\\033]11;rgb:0000/0000/0000\\033\\\\)");
}

static void a_bracketed_paste_is_one_event(void **state)
{
    (void)state;
    assert_read(START "tele\nmetry" END, "P(tele\\nmetry)");
    assert_read(START END, "P()");
    assert_read("a" START "b" END, "K(a)P(b)");
    assert_read(START "\033[A\033OP\003q\r\n" END, "P(\\033[A\\033OP\\003q\\r\\n)");
    assert_read(START "\033[20\033[201" END, "P(\\033[20\\033[201)");
}

static void a_paste_may_come_in_any_pieces(void **state)
{
    (void)state;
    static const char bytes[] = "x" START "q\033[A\n\033[201" END;
    for (gsize cut = 0; cut <= strlen(bytes); cut++)
        for (gsize second = cut; second <= strlen(bytes); second++) {
            g_autoptr(Bracket) bracket = bracket_new();
            bracket_feed(bracket, bytes, cut, 0);
            bracket_feed(bracket, bytes + cut, second - cut, 1 * MS);
            bracket_feed(bracket, bytes + second, strlen(bytes) - second, 2 * MS);
            let_pass(bracket);
            assert_story(bracket, "K(x)P(q\\033[A\\n\\033[201)");
        }
}

static void a_late_rest_of_the_start_mark_still_starts_a_paste(void **state)
{
    (void)state;
    for (gsize cut = 3; cut < strlen(START); cut++) {
        g_autoptr(Bracket) bracket = bracket_new();
        bracket_feed(bracket, START "q\n" END, cut, 0);
        bracket_tick(bracket, 300 * MS);
        bracket_feed(bracket, &(START "q\n" END)[cut], strlen(START "q\n" END) - cut, 300 * MS);
        let_pass(bracket);
        assert_story(bracket, "P(q\\n)");
    }
}

static void what_follows_an_embedded_end_mark_is_dropped_and_reported(void **state)
{
    (void)state;
    assert_read(START "good" END "rm -rf\r" END, "P(good)D(13)");
    g_autoptr(Bracket) bracket = bracket_new();
    feed(bracket, START "good" END, 0);
    feed(bracket, "q\r", 2 * MS);
    feed(bracket, START "y", 6 * MS);
    let_pass(bracket);
    assert_story(bracket, "P(good)D(9)");
}

static void a_key_after_a_pause_is_a_key_again(void **state)
{
    (void)state;
    g_autoptr(Bracket) bracket = bracket_new();
    feed(bracket, START "good" END, 0);
    feed(bracket, "\r", 5 * MS);
    let_pass(bracket);
    assert_story(bracket, "P(good)K(\\r)");
}

static void a_stray_end_mark_is_no_key(void **state)
{
    (void)state;
    assert_read(END, "");
    assert_read("a" END "b", "K(a)K(b)");
}

static void a_paste_without_end_is_given_out_in_the_end(void **state)
{
    (void)state;
    g_autoptr(Bracket) bracket = bracket_new();
    feed(bracket, START "tele\033[20", 0);
    bracket_tick(bracket, 2999 * MS);
    assert_story(bracket, "");
    bracket_tick(bracket, 3000 * MS);
    assert_story(bracket, "P(tele\\033[20)open");
    feed(bracket, "q", 4000 * MS);
    let_pass(bracket);
    assert_story(bracket, "K(q)");
}

static void a_paste_is_capped(void **state)
{
    (void)state;
    g_autofree char *text = g_strnfill(BRACKET_LIMIT + 100, 'x');
    g_autofree char *bytes = g_strconcat(START, text, END, NULL);
    g_autoptr(Bracket) bracket = bracket_new();
    feed(bracket, bytes, 0);
    g_autoptr(BracketEvent) event = bracket_next(bracket);
    assert_int_equal(event->kind, BRACKET_PASTE);
    assert_int_equal(event->length, BRACKET_LIMIT);
    assert_int_equal(event->dropped, 100);
    assert_int_equal(strlen(event->bytes), BRACKET_LIMIT);
}

static void the_cap_does_not_cut_a_character(void **state)
{
    (void)state;
    for (gsize lead = BRACKET_LIMIT - 4; lead <= BRACKET_LIMIT; lead++) {
        g_autofree char *text = g_strnfill(lead, 'x');
        g_autofree char *bytes = g_strconcat(START, text, "\xF0\x9F\x99\x82", END, NULL);
        g_autoptr(Bracket) bracket = bracket_new();
        feed(bracket, bytes, 0);
        g_autoptr(BracketEvent) event = bracket_next(bracket);
        assert_true(g_utf8_validate(event->bytes, (gssize)event->length, NULL));
        assert_int_equal(event->length, lead + 4 <= BRACKET_LIMIT ? lead + 4 : lead);
        assert_int_equal(event->length + event->dropped, lead + 4);
    }
}

static void a_nul_byte_refuses_the_paste(void **state)
{
    (void)state;
    static const char bytes[] = START "te\0le" END;
    g_autoptr(Bracket) bracket = bracket_new();
    bracket_feed(bracket, bytes, sizeof bytes - 1, 0);
    let_pass(bracket);
    assert_story(bracket, "P()nul");
    feed(bracket, START "fine" END, 100 * MS);
    assert_story(bracket, "P(fine)");
}

static void more_than_five_bytes_at_once_are_a_paste(void **state)
{
    (void)state;
    assert_read("12345", "K(12345)");
    assert_read("123456", "P(123456)burst");
    assert_read("yes\r\nno\r\n", "P(yes\\r\\nno\\r\\n)burst");
}

static void speed_is_measured_over_reads(void **state)
{
    (void)state;
    g_autoptr(Bracket) bracket = bracket_new();
    feed(bracket, "abc", 0);
    feed(bracket, "def", 4999);
    let_pass(bracket);
    assert_story(bracket, "P(abcdef)burst");
    feed(bracket, "abc", 100 * MS);
    feed(bracket, "def", 105 * MS);
    let_pass(bracket);
    assert_story(bracket, "K(abc)K(def)");
}

static void a_burst_goes_on_until_a_pause(void **state)
{
    (void)state;
    g_autoptr(Bracket) bracket = bracket_new();
    feed(bracket, "abcdefgh", 0);
    feed(bracket, "\r", 4 * MS);
    feed(bracket, "i", 8 * MS);
    feed(bracket, "\r", 13 * MS);
    let_pass(bracket);
    assert_story(bracket, "P(abcdefgh\\ri)burstK(\\r)");
}

static void an_endless_sequence_is_given_up(void **state)
{
    (void)state;
    g_autofree char *digits = g_strnfill(400, '1');
    const char *const starts[] = {"\033[", "\033]"};
    for (gsize i = 0; i < G_N_ELEMENTS(starts); i++) {
        g_autofree char *bytes = g_strconcat(starts[i], digits, NULL);
        g_autoptr(Bracket) bracket = bracket_new();
        feed(bracket, bytes, 0);
        let_pass(bracket);
        g_autoptr(BracketEvent) key = bracket_next(bracket);
        g_autoptr(BracketEvent) rest = bracket_next(bracket);
        assert_int_equal(key->kind, BRACKET_KEYS);
        assert_int_equal(rest->kind, BRACKET_PASTE);
        assert_int_equal(key->length + rest->length, strlen(bytes));
    }
}

static void nothing_is_held_longer_than_needed(void **state)
{
    (void)state;
    g_autoptr(Bracket) bracket = bracket_new();
    assert_int_equal(bracket_deadline(bracket), -1);
    feed(bracket, "a", 100 * MS);
    assert_int_equal(bracket_deadline(bracket), 105 * MS);
    bracket_tick(bracket, 105 * MS);
    assert_int_equal(bracket_deadline(bracket), -1);
    feed(bracket, "\033", 200 * MS);
    assert_int_equal(bracket_deadline(bracket), 225 * MS);
    feed(bracket, "[A", 210 * MS);
    assert_int_equal(bracket_deadline(bracket), -1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(typing_gives_keys),
        cmocka_unit_test(a_bracketed_paste_is_one_event),
        cmocka_unit_test(a_paste_may_come_in_any_pieces),
        cmocka_unit_test(a_late_rest_of_the_start_mark_still_starts_a_paste),
        cmocka_unit_test(what_follows_an_embedded_end_mark_is_dropped_and_reported),
        cmocka_unit_test(a_key_after_a_pause_is_a_key_again),
        cmocka_unit_test(a_stray_end_mark_is_no_key),
        cmocka_unit_test(a_paste_without_end_is_given_out_in_the_end),
        cmocka_unit_test(a_paste_is_capped),
        cmocka_unit_test(the_cap_does_not_cut_a_character),
        cmocka_unit_test(a_nul_byte_refuses_the_paste),
        cmocka_unit_test(more_than_five_bytes_at_once_are_a_paste),
        cmocka_unit_test(speed_is_measured_over_reads),
        cmocka_unit_test(a_burst_goes_on_until_a_pause),
        cmocka_unit_test(an_endless_sequence_is_given_up),
        cmocka_unit_test(nothing_is_held_longer_than_needed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
