/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "support/support.h"
#include "ui/key_event.h"

struct expected {
    const char *bytes;
    const char *name;
};

static const struct expected keys[] = {
    {"a", "a"},
    {"\xC3\xA4", "ä"},
    {"\r", "Enter"},
    {"\n", "Enter"},
    {"\t", "Tab"},
    {"\x7F", "Backspace"},
    {"\b", "Backspace"},
    {"\x06", "Ctrl-F"},
    {"\033[A", "Up"},
    {"\033OA", "Up"},
    {"\033[B", "Down"},
    {"\033[1;5C", "Right"},
    {"\033[Z", "Shift-Tab"},
    {"\033[H", "Home"},
    {"\033[1~", "Home"},
    {"\033[4~", "End"},
    {"\033[5~", "PgUp"},
    {"\033[6~", "PgDn"},
    {"\033[3~", "Del"},
    {"\033OP", "F1"},
    {"\033[11~", "F1"},
    {"\033[[A", "F1"},
    {"\033[24~", "F12"},
};

static gboolean decode_all(struct key_decoder *decoder, const char *bytes, struct key_event *key)
{
    gboolean done = FALSE;
    for (; *bytes != '\0'; bytes++) {
        assert_false(done);
        done = key_decode(decoder, *bytes, key);
    }
    return done;
}

static void terminals_bytes_become_keys(void **state)
{
    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(keys); i++) {
        struct key_decoder decoder = {0};
        struct key_event key = {0}, named = key_named(keys[i].name);
        assert_int_not_equal(named.kind, KEY_NONE);
        if (!decode_all(&decoder, keys[i].bytes, &key) || !key_equal(&key, &named))
            fail_msg("%s is not %s", g_strescape(keys[i].bytes, NULL), keys[i].name);
        assert_false(key_pending(&decoder));
    }
}

static void a_lone_escape_is_a_key_after_a_pause(void **state)
{
    (void)state;
    struct key_decoder decoder = {0};
    struct key_event key = {0};
    assert_false(key_decode(&decoder, '\033', &key));
    assert_true(key_pending(&decoder));
    assert_true(key_flush(&decoder, &key));
    assert_int_equal(key.kind, KEY_ESCAPE);
}

static void unknown_sequences_do_nothing(void **state)
{
    (void)state;
    static const char *const unknown[] = {"\033[99~",          "\033[?1;2c", "\033[200m", "\033x",
                                          "\033[1;2;3;4;5;6X", "\234",       "\302\234"};
    for (gsize i = 0; i < G_N_ELEMENTS(unknown); i++) {
        struct key_decoder decoder = {0};
        struct key_event key = {0};
        assert_false(decode_all(&decoder, unknown[i], &key));
        assert_false(key_pending(&decoder));
    }
}

static void an_endless_sequence_is_given_up(void **state)
{
    (void)state;
    struct key_decoder decoder = {0};
    struct key_event key = {0};
    key_decode(&decoder, '\033', &key);
    key_decode(&decoder, '[', &key);
    for (int i = 0; i < 1000; i++)
        key_decode(&decoder, '1', &key);
    assert_true(decoder.length < sizeof decoder.bytes);
}

/* The decoder holds 63 bytes of a sequence; what comes after them is a key again. */
static void a_sequence_is_held_up_to_the_size_of_the_buffer(void **state)
{
    (void)state;
    struct key_decoder decoder = {0};
    struct key_event key = {0};
    g_autofree char *digits = g_strnfill(sizeof decoder.bytes - 1 - strlen("\033["), '1');
    assert_false(decode_all(&decoder, "\033[", &key));
    assert_false(decode_all(&decoder, digits, &key));
    assert_int_equal(decoder.length, sizeof decoder.bytes - 1);
    assert_true(key_decode(&decoder, 'x', &key));
    assert_int_equal(key.kind, KEY_CHARACTER);
    assert_int_equal(key.character, 'x');
    assert_false(key_pending(&decoder));
}

static void mouse_reports_become_clicks_and_wheels(void **state)
{
    (void)state;
    struct key_decoder decoder = {0};
    struct key_event key = {0};
    assert_true(decode_all(&decoder, "\033[<0;240;7M", &key));
    assert_int_equal(key.kind, KEY_CLICK);
    assert_int_equal(key.column, 239);
    assert_int_equal(key.row, 6);
    assert_false(decode_all(&decoder, "\033[<0;240;7m", &key));
    assert_true(decode_all(&decoder, "\033[<65;1;1M", &key));
    assert_int_equal(key.kind, KEY_WHEEL);
    assert_int_equal(key.number, 1);
}

static void broken_utf8_is_dropped(void **state)
{
    (void)state;
    struct key_decoder decoder = {0};
    struct key_event key = {0};
    assert_false(key_decode(&decoder, '\xFF', &key));
    assert_false(key_decode(&decoder, '\xC3', &key));
    key_decode(&decoder, 'x', &key);
    assert_true(key_decode(&decoder, 'a', &key));
    assert_int_equal(key.character, 'a');
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(terminals_bytes_become_keys),
        cmocka_unit_test(a_lone_escape_is_a_key_after_a_pause),
        cmocka_unit_test(unknown_sequences_do_nothing),
        cmocka_unit_test(an_endless_sequence_is_given_up),
        cmocka_unit_test(a_sequence_is_held_up_to_the_size_of_the_buffer),
        cmocka_unit_test(mouse_reports_become_clicks_and_wheels),
        cmocka_unit_test(broken_utf8_is_dropped),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
