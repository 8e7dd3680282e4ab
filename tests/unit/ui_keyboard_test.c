/* SPDX-License-Identifier: MIT */
#include <string.h>
#include <unistd.h>

#include "support/support.h"
#include "ui/keyboard.h"

struct heard {
    struct keyboard *keyboard;
    int ends[2];
    GString *keys; /* characters, as they came */
    GPtrArray *pastes;
    char *note;
};

static void on_press(gpointer data, const struct key_event *key)
{
    struct heard *heard = data;
    if (key->kind == KEY_CHARACTER)
        g_string_append_unichar(heard->keys, key->character);
    else if (key->kind == KEY_ENTER)
        g_string_append(heard->keys, "<Enter>");
    else if (key->kind == KEY_ESCAPE)
        g_string_append(heard->keys, "<Esc>");
    else if (key->kind == KEY_UP)
        g_string_append(heard->keys, "<Up>");
    else if (key->kind == KEY_PASTE)
        g_ptr_array_add(heard->pastes, g_strdup(key->text));
    if (key->note != NULL) {
        g_free(heard->note);
        heard->note = g_strdup(key->note);
    }
}

static struct heard *heard_new(const char *terminal)
{
    struct heard *heard = g_new0(struct heard, 1);
    g_setenv("TERM", terminal, TRUE);
    assert_int_equal(pipe(heard->ends), 0);
    heard->keys = g_string_new(NULL);
    heard->pastes = g_ptr_array_new_with_free_func(g_free);
    heard->keyboard = keyboard_new(heard->ends[0], on_press, heard);
    return heard;
}

static void heard_free(struct heard *heard)
{
    keyboard_free(heard->keyboard);
    close(heard->ends[0]);
    close(heard->ends[1]);
    g_string_free(heard->keys, TRUE);
    g_ptr_array_unref(heard->pastes);
    g_free(heard->note);
    g_free(heard);
}

static void send(struct heard *heard, const char *bytes)
{
    assert_int_equal(write(heard->ends[1], bytes, strlen(bytes)), strlen(bytes));
    assert_true(keyboard_read(heard->keyboard));
}

/* Until nothing is held back any more. */
static void pause_typing(struct heard *heard)
{
    gint64 end = g_get_monotonic_time() + PATIENCE;
    while (keyboard_deadline(heard->keyboard) != G_MAXINT64 && g_get_monotonic_time() < end)
        keyboard_tick(heard->keyboard);
    assert_true(keyboard_deadline(heard->keyboard) == G_MAXINT64);
}

static void keys_come_through_within_some_milliseconds(void **state)
{
    (void)state;
    struct heard *heard = heard_new("xterm-256color");
    send(heard, "a");
    assert_true(keyboard_deadline(heard->keyboard) <= g_get_monotonic_time() + 5 * G_TIME_SPAN_MILLISECOND);
    pause_typing(heard);
    assert_string_equal(heard->keys->str, "a");
    send(heard, "\r");
    pause_typing(heard);
    assert_string_equal(heard->keys->str, "a<Enter>");
    heard_free(heard);
}

static void keys_come_through_everywhere(void **state)
{
    (void)state;
    struct heard *heard = heard_new("vt220");
    send(heard, "a");
    pause_typing(heard);
    send(heard, "\033[A");
    pause_typing(heard);
    send(heard, "\033");
    pause_typing(heard);
    assert_string_equal(heard->keys->str, "a<Up><Esc>");
    heard_free(heard);
}

static void an_esc_in_front_of_a_paste_comes_before_it(void **state)
{
    (void)state;
    struct heard *heard = heard_new("xterm-256color");
    send(heard, "\033\033[200~telemetry\033[201~");
    assert_int_equal(heard->pastes->len, 1);
    assert_string_equal(heard->keys->str, "<Esc>");
    pause_typing(heard);
    assert_string_equal(heard->keys->str, "<Esc>");
    heard_free(heard);
}

/* Both a late colour and what a person types after it. */
static void a_late_reply_of_the_terminal_is_no_key(void **state)
{
    (void)state;
    struct heard *heard = heard_new("xterm-256color");
    send(heard, "\033]11;rgb:ffff/ffff/ffff\033\\");
    send(heard, "\033P1+r436f=323536\033\\");
    send(heard, "a");
    pause_typing(heard);
    assert_string_equal(heard->keys->str, "a");
    assert_int_equal(heard->pastes->len, 0);
    heard_free(heard);
}

static void a_marked_paste_is_never_keys(void **state)
{
    (void)state;
    struct heard *heard = heard_new("xterm-256color");
    send(heard, "\033[200~q");
    send(heard, "\r");
    send(heard, "y\r");
    send(heard, "\033[201~");
    pause_typing(heard);
    send(heard, "x");
    pause_typing(heard);
    assert_string_equal(heard->keys->str, "x");
    assert_int_equal(heard->pastes->len, 1);
    assert_string_equal(g_ptr_array_index(heard->pastes, 0), "q\ry\r");
    heard_free(heard);
}

static void what_follows_a_pasted_end_mark_is_dropped_and_said(void **state)
{
    (void)state;
    struct heard *heard = heard_new("xterm-256color");
    send(heard, "\033[200~harmless\033[201~");
    send(heard, "a\r");
    send(heard, "y\r");
    pause_typing(heard);
    assert_string_equal(heard->keys->str, "");
    assert_non_null(strstr(heard->note, "end mark"));
    heard_free(heard);
}

static void a_fast_burst_is_a_paste_where_none_are_marked(void **state)
{
    (void)state;
    struct heard *heard = heard_new("vt220");
    send(heard, "telemetry\rq");
    pause_typing(heard);
    assert_string_equal(heard->keys->str, "");
    assert_int_equal(heard->pastes->len, 1);
    heard_free(heard);
}

/* The name of a terminal promises no marks: something between may have eaten them. */
static void a_fast_burst_is_a_paste_on_any_terminal_in_whatever_pieces(void **state)
{
    (void)state;
    struct heard *heard = heard_new("xterm-256color");
    static const char text[] = "quarterly report\r";
    for (const char *at = text; *at != '\0'; at++) {
        char piece[] = {*at, '\0'};
        send(heard, piece);
    }
    pause_typing(heard);
    assert_string_equal(heard->keys->str, "");
    assert_int_equal(heard->pastes->len, 1);
    assert_string_equal(g_ptr_array_index(heard->pastes, 0), text);
    heard_free(heard);
}

static void broken_bytes_in_a_paste_become_text(void **state)
{
    (void)state;
    struct heard *heard = heard_new("xterm");
    send(heard, "\033[200~a\xFF\xC3z\033[201~");
    pause_typing(heard);
    assert_int_equal(heard->pastes->len, 1);
    assert_true(g_utf8_validate(g_ptr_array_index(heard->pastes, 0), -1, NULL));
    heard_free(heard);
}

static void the_end_of_the_terminal_is_noticed(void **state)
{
    (void)state;
    struct heard *heard = heard_new("xterm");
    close(heard->ends[1]);
    assert_false(keyboard_read(heard->keyboard));
    heard->ends[1] = dup(heard->ends[0]);
    heard_free(heard);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(keys_come_through_within_some_milliseconds),
        cmocka_unit_test(keys_come_through_everywhere),
        cmocka_unit_test(an_esc_in_front_of_a_paste_comes_before_it),
        cmocka_unit_test(a_late_reply_of_the_terminal_is_no_key),
        cmocka_unit_test(a_marked_paste_is_never_keys),
        cmocka_unit_test(what_follows_a_pasted_end_mark_is_dropped_and_said),
        cmocka_unit_test(a_fast_burst_is_a_paste_where_none_are_marked),
        cmocka_unit_test(a_fast_burst_is_a_paste_on_any_terminal_in_whatever_pieces),
        cmocka_unit_test(broken_bytes_in_a_paste_become_text),
        cmocka_unit_test(the_end_of_the_terminal_is_noticed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
