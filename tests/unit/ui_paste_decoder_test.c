/* SPDX-License-Identifier: MIT */
/* The terminal's bytes taken apart: nothing of a paste becomes a key, however it is cut into reads. */
#include <string.h>

#include "support/support.h"
#include "ui/paste_decoder.h"

#define MS 1000
#define START "\033[200~"
#define END "\033[201~"

static void feed(struct paste_decoder *decoder, const char *bytes, gint64 now)
{
    paste_decoder_feed(decoder, bytes, strlen(bytes), now);
}

/* Let time pass until nothing is held any more. */
static void let_pass(struct paste_decoder *decoder)
{
    for (gint64 deadline = paste_decoder_deadline(decoder); deadline >= 0; deadline = paste_decoder_deadline(decoder))
        paste_decoder_tick(decoder, deadline);
}

/* All events in one line: keys as K(...), pastes as P(...), with flags; D(n) for dropped bytes. */
static char *story(struct paste_decoder *decoder)
{
    GString *text = g_string_new(NULL);
    for (;;) {
        g_autoptr(PasteEvent) event = paste_decoder_next(decoder);
        if (event == NULL)
            break;
        if (event->kind == DECODED_DROPPED) {
            g_string_append_printf(text, "D(%zu)", event->dropped);
            continue;
        }
        g_autofree char *shown = g_strescape(event->bytes, NULL);
        g_string_append_printf(text, "%c(%s)", event->kind == DECODED_KEYS ? 'K' : 'P', shown);
        g_string_append(text, event->from_burst ? "burst" : "");
        g_string_append(text, event->never_ended ? "open" : "");
        g_string_append(text, event->had_nul ? "nul" : "");
        if (event->dropped > 0)
            g_string_append_printf(text, "-%zu", event->dropped);
    }
    return g_string_free(text, FALSE);
}

static void assert_story(struct paste_decoder *decoder, const char *wanted)
{
    g_autofree char *told = story(decoder);
    assert_string_equal(told, wanted);
}

static void assert_read(const char *bytes, const char *wanted)
{
    g_autoptr(PasteDecoder) decoder = paste_decoder_new();
    feed(decoder, bytes, 0);
    let_pass(decoder);
    assert_story(decoder, wanted);
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
    assert_read("\033[1\001", "K(\\033[1)K(\\001)");
}

/* Colours, cursor shapes, clipboards: a terminal answers when it likes, and no letter of it may act. */
static void replies_in_strings_are_swallowed_however_they_are_cut(void **state)
{
    (void)state;
    static const char *const replies[] = {
        "\033]11;rgb:0000/0000/0000\033\\",
        "\033]11;?\007",
        "\033P1$r0 q\033\\",
        "\033_Gi=1;OK\033\\",
        "\033^secret\033\\",
        "\033Xstatus\033\033\\",
    };
    g_autofree char *digits = g_strnfill(400, '1');
    g_autofree char *lengthy = g_strconcat("\033]52;c;", digits, "\007", NULL);
    for (gsize i = 0; i <= G_N_ELEMENTS(replies); i++) {
        const char *reply = i < G_N_ELEMENTS(replies) ? replies[i] : lengthy;
        for (gsize cut = 2; cut <= strlen(reply); cut++) {
            g_autoptr(PasteDecoder) decoder = paste_decoder_new();
            feed(decoder, "a", 0);
            paste_decoder_tick(decoder, 5 * MS);
            paste_decoder_feed(decoder, reply, cut, 10 * MS);
            paste_decoder_tick(decoder, 900 * MS);
            feed(decoder, reply + cut, 900 * MS);
            paste_decoder_tick(decoder, 950 * MS);
            feed(decoder, "b", 3000 * MS);
            let_pass(decoder);
            assert_story(decoder, "K(a)K(b)");
        }
    }
    assert_read("\033]x\033[A", "K(\\033[A)");
    assert_read("\033]", "");
}

/* Where a terminal was told to use controls of eight bits, by themselves or in UTF-8; a letter that has such a byte is
 * none, nor is what stands in a paste. */
static void controls_of_eight_bits_are_what_they_stand_for(void **state)
{
    static const char *const replies[] = {
        "\x9d"
        "11;rgb:qqqq/rrrr/aaaa\x9c",
        "\xc2\x9d"
        "11;rgb:qqqq/rrrr/aaaa\xc2\x9c",
        "\x90"
        "1+r\x9c",
        "\x9f"
        "Gi=1;OK\033\\",
        "\x98xaq\x9c",
        "\x9e"
        "aq\xc2\x9c",
        "\x9d"
        "2;\xc3\x9c"
        "bung\x9c",
    };
    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(replies); i++)
        for (gsize cut = 1; cut <= strlen(replies[i]); cut++) {
            g_autoptr(PasteDecoder) decoder = paste_decoder_new();
            paste_decoder_feed(decoder, replies[i], cut, 0);
            feed(decoder, replies[i] + cut, 900 * MS);
            let_pass(decoder);
            g_autofree char *told = story(decoder);
            if (*told != '\0' && cut > 1)
                fail_msg("reply %d, cut behind %d: %s", (int)i, (int)cut, told);
            feed(decoder, "y", 5000 * MS);
            let_pass(decoder);
            assert_story(decoder, "K(y)");
        }
    assert_read("\x9b"
                "A",
                "K(\\033[A)");
    assert_read("\x8fP", "K(\\033OP)");
    /* The end of a string that never began is no Alt-\. */
    assert_read("a\x9c", "K(a\\234)");
    assert_read("\xc2\x9c", "K(\\302\\234)");
    assert_read("one\x9ctwo", "P(one\\234two)burst");
    assert_read("\033[A\x9c", "K(\\033[A)K(\\234)");
    assert_read("\033]11;rgb\x9cy", "K(y)");
    assert_read("\xc3\x9c", "K(\\303\\234)");
    assert_read("\xe2\x80\x9d", "K(\\342\\200\\235)");
    assert_read(START "\xc2\x9b"
                      "201~" END,
                "P(\\302\\233201~)");
    static const char *const begins[] = {"\x9b", "\xc2\x9b"};
    for (gsize i = 0; i < G_N_ELEMENTS(begins); i++) {
        g_autoptr(PasteDecoder) decoder = paste_decoder_new();
        g_autofree char *paste =
            g_strconcat(begins[i], "200~one \302", begins[i], "201x \302\251", begins[i], "201~", NULL);
        g_autofree char *wanted = g_strdup_printf("P(one \\302%s201x \\302\\251)", i == 0 ? "\\233" : "\\302\\233");
        feed(decoder, paste, 0);
        let_pass(decoder);
        feed(decoder, "y" START "two" END, 5000 * MS);
        let_pass(decoder);
        g_autofree char *all = g_strconcat(wanted, "K(y)P(two)", NULL);
        assert_story(decoder, all);
    }
    assert_read(START "\xc2\x9d"
                      "a" END,
                "P(\\302\\235a)");
}

static void a_string_without_end_is_over_after_a_pause_or_with_a_ctrl_c(void **state)
{
    (void)state;
    g_autoptr(PasteDecoder) decoder = paste_decoder_new();
    feed(decoder, "\033]11;rgb", 0);
    paste_decoder_tick(decoder, 1000 * MS);
    feed(decoder, "q", 1001 * MS);
    let_pass(decoder);
    assert_story(decoder, "K(q)");
    feed(decoder, "\033]11;rgb", 2000 * MS);
    feed(decoder, "\003", 2100 * MS);
    let_pass(decoder);
    assert_story(decoder, "K(\\003)");
}

static void a_slow_line_cuts_no_sequence_in_two(void **state)
{
    (void)state;
    g_autoptr(PasteDecoder) decoder = paste_decoder_new();
    feed(decoder, "\033", 0);
    feed(decoder, "[", 90 * MS);
    paste_decoder_tick(decoder, 400 * MS);
    feed(decoder, "A", 800 * MS);
    assert_story(decoder, "K(\\033[A)");
    paste_decoder_set_escape_time(decoder, 500 * MS);
    feed(decoder, "\033", 1000 * MS);
    feed(decoder, "[B", 1400 * MS);
    assert_story(decoder, "K(\\033[B)");
}

static void a_terminal_that_marks_pastes_has_no_key_held_back(void **state)
{
    (void)state;
    g_autoptr(PasteDecoder) decoder = paste_decoder_new();
    feed(decoder, "\033[?2004;2$y", 0);
    feed(decoder, "a", 1 * MS);
    assert_int_equal(paste_decoder_deadline(decoder), -1);
    assert_story(decoder, "K(a)");
    feed(decoder, "yes\r\nno\r\n", 2 * MS);
    let_pass(decoder);
    assert_story(decoder, "P(yes\\r\\nno\\r\\n)burst");
    feed(decoder, "\033[?2004;0$y", 100 * MS);
    feed(decoder, "a", 101 * MS);
    assert_int_equal(paste_decoder_deadline(decoder), 106 * MS);
}

static void ctrl_c_ends_a_paste_whose_end_was_lost(void **state)
{
    (void)state;
    g_autoptr(PasteDecoder) decoder = paste_decoder_new();
    feed(decoder, START "tele", 0);
    feed(decoder, "\003", 500 * MS);
    feed(decoder, "q", 600 * MS);
    let_pass(decoder);
    assert_story(decoder, "P(tele)openK(q)");
}

static void a_bracketed_paste_is_one_event(void **state)
{
    (void)state;
    assert_read(START "tele\nmetry" END, "P(tele\\nmetry)");
    assert_read(START END, "P()");
    assert_read("a" START "b" END, "K(a)P(b)");
    assert_read("\033O" START "b" END, "K(\\033O)P(b)");
    assert_read(START "\033[A\033OP\003q\r\n" END, "P(\\033[A\\033OP\\003q\\r\\n)");
    assert_read(START "\033[20\033[201" END, "P(\\033[20\\033[201)");
}

static void a_paste_may_come_in_any_pieces(void **state)
{
    (void)state;
    static const char bytes[] = "x" START "q\033[A\n\033[201" END;
    for (gsize cut = 0; cut <= strlen(bytes); cut++)
        for (gsize second = cut; second <= strlen(bytes); second++) {
            g_autoptr(PasteDecoder) decoder = paste_decoder_new();
            paste_decoder_feed(decoder, bytes, cut, 0);
            paste_decoder_feed(decoder, bytes + cut, second - cut, 1 * MS);
            paste_decoder_feed(decoder, bytes + second, strlen(bytes) - second, 2 * MS);
            let_pass(decoder);
            assert_story(decoder, "K(x)P(q\\033[A\\n\\033[201)");
        }
}

static void a_late_rest_of_the_start_mark_still_starts_a_paste(void **state)
{
    (void)state;
    for (gsize cut = 3; cut < strlen(START); cut++) {
        g_autoptr(PasteDecoder) decoder = paste_decoder_new();
        paste_decoder_feed(decoder, START "q\n" END, cut, 0);
        paste_decoder_tick(decoder, 300 * MS);
        paste_decoder_feed(decoder, &(START "q\n" END)[cut], strlen(START "q\n" END) - cut, 300 * MS);
        let_pass(decoder);
        assert_story(decoder, "P(q\\n)");
    }
}

static void what_follows_an_embedded_end_mark_is_dropped_and_reported(void **state)
{
    (void)state;
    assert_read(START "good" END "rm -rf\r" END, "P(good)D(13)");
    g_autoptr(PasteDecoder) decoder = paste_decoder_new();
    feed(decoder, START "good" END, 0);
    feed(decoder, "q\r", 2 * MS);
    feed(decoder, START "y", 6 * MS);
    let_pass(decoder);
    assert_story(decoder, "P(good)D(9)");
}

static void a_key_after_a_pause_is_a_key_again(void **state)
{
    (void)state;
    g_autoptr(PasteDecoder) decoder = paste_decoder_new();
    feed(decoder, START "good" END, 0);
    feed(decoder, "\r", 5 * MS);
    let_pass(decoder);
    assert_story(decoder, "P(good)K(\\r)");
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
    g_autoptr(PasteDecoder) decoder = paste_decoder_new();
    feed(decoder, START "tele\033[20", 0);
    paste_decoder_tick(decoder, 2999 * MS);
    assert_story(decoder, "");
    paste_decoder_tick(decoder, 3000 * MS);
    assert_story(decoder, "P(tele\\033[20)open");
    feed(decoder, "q", 4000 * MS);
    let_pass(decoder);
    assert_story(decoder, "K(q)");
}

static void a_paste_beyond_the_limit_is_refused_whole(void **state)
{
    (void)state;
    for (gsize beyond = 0; beyond < 3; beyond++) {
        g_autofree char *text = g_strnfill(PASTE_LIMIT + beyond, 'x');
        g_autofree char *bytes = g_strconcat(START, text, END, NULL);
        g_autoptr(PasteDecoder) decoder = paste_decoder_new();
        feed(decoder, bytes, 0);
        g_autoptr(PasteEvent) event = paste_decoder_next(decoder);
        assert_int_equal(event->kind, DECODED_PASTE);
        assert_int_equal(event->dropped, beyond);
        assert_int_equal(event->length, beyond == 0 ? PASTE_LIMIT : 0);
        assert_int_equal(strlen(event->bytes), event->length);
        feed(decoder, START "fine" END, 100 * MS);
        assert_story(decoder, "P(fine)");
    }
}

static void a_nul_byte_refuses_the_paste(void **state)
{
    (void)state;
    static const char bytes[] = START "te\0le" END;
    g_autoptr(PasteDecoder) decoder = paste_decoder_new();
    paste_decoder_feed(decoder, bytes, sizeof bytes - 1, 0);
    let_pass(decoder);
    assert_story(decoder, "P()nul");
    feed(decoder, START "fine" END, 100 * MS);
    assert_story(decoder, "P(fine)");
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
    g_autoptr(PasteDecoder) decoder = paste_decoder_new();
    feed(decoder, "abc", 0);
    feed(decoder, "def", 4999);
    let_pass(decoder);
    assert_story(decoder, "P(abcdef)burst");
    feed(decoder, "abc", 100 * MS);
    feed(decoder, "def", 105 * MS);
    let_pass(decoder);
    assert_story(decoder, "K(abc)K(def)");
}

static void a_burst_goes_on_until_a_pause(void **state)
{
    (void)state;
    g_autoptr(PasteDecoder) decoder = paste_decoder_new();
    feed(decoder, "abcdefgh", 0);
    feed(decoder, "\r", 4 * MS);
    feed(decoder, "i", 8 * MS);
    feed(decoder, "\r", 13 * MS);
    let_pass(decoder);
    assert_story(decoder, "P(abcdefgh\\ri)burstK(\\r)");
}

static void an_endless_sequence_is_given_up(void **state)
{
    (void)state;
    g_autofree char *digits = g_strnfill(400, '1');
    g_autofree char *bytes = g_strconcat("\033[", digits, NULL);
    g_autoptr(PasteDecoder) decoder = paste_decoder_new();
    feed(decoder, bytes, 0);
    let_pass(decoder);
    g_autoptr(PasteEvent) key = paste_decoder_next(decoder);
    g_autoptr(PasteEvent) rest = paste_decoder_next(decoder);
    assert_int_equal(key->kind, DECODED_KEYS);
    assert_int_equal(rest->kind, DECODED_PASTE);
    assert_int_equal(key->length + rest->length, strlen(bytes));
}

static void nothing_is_held_longer_than_needed(void **state)
{
    (void)state;
    g_autoptr(PasteDecoder) decoder = paste_decoder_new();
    assert_int_equal(paste_decoder_deadline(decoder), -1);
    feed(decoder, "a", 100 * MS);
    assert_int_equal(paste_decoder_deadline(decoder), 105 * MS);
    paste_decoder_tick(decoder, 105 * MS);
    assert_int_equal(paste_decoder_deadline(decoder), -1);
    feed(decoder, "\033", 200 * MS);
    assert_int_equal(paste_decoder_deadline(decoder), 300 * MS);
    feed(decoder, "[A", 290 * MS);
    assert_int_equal(paste_decoder_deadline(decoder), -1);
}

/* A place on the screen is 32 more than its number, and may look like "q". */
static void a_report_of_the_mouse_in_an_older_form_is_no_key(void **state)
{
    (void)state;
    static const char *const reports[] = {"\033[M q%",       "\033[M!!q",      "\033[M s!",
                                          "\033[M \233\234", "\233M \303\203", "\033[32;81;5M"};
    for (gsize i = 0; i < G_N_ELEMENTS(reports); i++) {
        for (gsize cut = 2; cut <= strlen(reports[i]); cut++) {
            if (reports[i][cut - 1] == 'M' && cut < 4) /* F1, see below */
                continue;
            g_autoptr(PasteDecoder) decoder = paste_decoder_new();
            g_autofree char *first = g_strndup(reports[i], cut);
            feed(decoder, first, 0);
            feed(decoder, reports[i] + cut, 90 * MS);
            feed(decoder, "a", 200 * MS);
            let_pass(decoder);
            assert_story(decoder, "K(a)");
        }
    }
}

/* On TERM=ansi F1 sends what a report begins with. */
static void the_beginning_of_a_report_alone_takes_no_key(void **state)
{
    (void)state;
    g_autoptr(PasteDecoder) decoder = paste_decoder_new();
    feed(decoder, "\033[M", 0);
    feed(decoder, "q", 200 * MS);
    let_pass(decoder);
    assert_story(decoder, "K(\\033[M)K(q)");
}

static void a_report_that_ends_early_takes_no_later_key(void **state)
{
    (void)state;
    g_autoptr(PasteDecoder) decoder = paste_decoder_new();
    feed(decoder, "x\033[M ", 0);
    let_pass(decoder);
    feed(decoder, "q", 5000 * MS);
    let_pass(decoder);
    assert_story(decoder, "K(x)K(q)");
}

/* Its Esc came so much earlier that it was given out for the key. */
static void the_rest_of_a_string_behind_its_own_escape_is_no_key(void **state)
{
    (void)state;
    g_autoptr(PasteDecoder) decoder = paste_decoder_new();
    feed(decoder, "\033", 0);
    feed(decoder, "]10;rgb:q/q/q\007", 150 * MS);
    feed(decoder, "a", 400 * MS);
    let_pass(decoder);
    assert_story(decoder, "K(\\033)K(a)");
    feed(decoder, "\033", 1000 * MS);
    feed(decoder, "]", 1150 * MS);
    let_pass(decoder);
    assert_story(decoder, "K(\\033)K(])");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(typing_gives_keys),
        cmocka_unit_test(replies_in_strings_are_swallowed_however_they_are_cut),
        cmocka_unit_test(controls_of_eight_bits_are_what_they_stand_for),
        cmocka_unit_test(a_string_without_end_is_over_after_a_pause_or_with_a_ctrl_c),
        cmocka_unit_test(a_slow_line_cuts_no_sequence_in_two),
        cmocka_unit_test(a_terminal_that_marks_pastes_has_no_key_held_back),
        cmocka_unit_test(ctrl_c_ends_a_paste_whose_end_was_lost),
        cmocka_unit_test(a_bracketed_paste_is_one_event),
        cmocka_unit_test(a_paste_may_come_in_any_pieces),
        cmocka_unit_test(a_late_rest_of_the_start_mark_still_starts_a_paste),
        cmocka_unit_test(what_follows_an_embedded_end_mark_is_dropped_and_reported),
        cmocka_unit_test(a_key_after_a_pause_is_a_key_again),
        cmocka_unit_test(a_stray_end_mark_is_no_key),
        cmocka_unit_test(a_paste_without_end_is_given_out_in_the_end),
        cmocka_unit_test(a_paste_beyond_the_limit_is_refused_whole),
        cmocka_unit_test(a_nul_byte_refuses_the_paste),
        cmocka_unit_test(more_than_five_bytes_at_once_are_a_paste),
        cmocka_unit_test(speed_is_measured_over_reads),
        cmocka_unit_test(a_burst_goes_on_until_a_pause),
        cmocka_unit_test(an_endless_sequence_is_given_up),
        cmocka_unit_test(nothing_is_held_longer_than_needed),
        cmocka_unit_test(a_report_of_the_mouse_in_an_older_form_is_no_key),
        cmocka_unit_test(the_beginning_of_a_report_alone_takes_no_key),
        cmocka_unit_test(a_report_that_ends_early_takes_no_later_key),
        cmocka_unit_test(the_rest_of_a_string_behind_its_own_escape_is_no_key),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
