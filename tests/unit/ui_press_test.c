#include <string.h>

#include "support/support.h"
#include "ui/press.h"

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

static gboolean decode_all(struct press_decoder *decoder, const char *bytes, struct press *press)
{
    gboolean done = FALSE;
    for (; *bytes != '\0'; bytes++) {
        assert_false(done);
        done = press_decode(decoder, *bytes, press);
    }
    return done;
}

static void terminals_bytes_become_keys(void **state)
{
    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(keys); i++) {
        struct press_decoder decoder = {0};
        struct press press = {0}, named = press_named(keys[i].name);
        assert_int_not_equal(named.kind, PRESS_NONE);
        if (!decode_all(&decoder, keys[i].bytes, &press) || !press_equal(&press, &named))
            fail_msg("%s is not %s", g_strescape(keys[i].bytes, NULL), keys[i].name);
        assert_false(press_pending(&decoder));
    }
}

static void a_lone_escape_is_a_key_after_a_pause(void **state)
{
    (void)state;
    struct press_decoder decoder = {0};
    struct press press = {0};
    assert_false(press_decode(&decoder, '\033', &press));
    assert_true(press_pending(&decoder));
    assert_true(press_flush(&decoder, &press));
    assert_int_equal(press.kind, PRESS_ESCAPE);
}

static void unknown_sequences_do_nothing(void **state)
{
    (void)state;
    static const char *const unknown[] = {"\033[99~", "\033[?1;2c", "\033[200m", "\033x", "\033[1;2;3;4;5;6X"};
    for (gsize i = 0; i < G_N_ELEMENTS(unknown); i++) {
        struct press_decoder decoder = {0};
        struct press press = {0};
        assert_false(decode_all(&decoder, unknown[i], &press));
        assert_false(press_pending(&decoder));
    }
}

static void an_endless_sequence_is_given_up(void **state)
{
    (void)state;
    struct press_decoder decoder = {0};
    struct press press = {0};
    press_decode(&decoder, '\033', &press);
    press_decode(&decoder, '[', &press);
    for (int i = 0; i < 1000; i++)
        press_decode(&decoder, '1', &press);
    assert_true(decoder.length < sizeof decoder.bytes);
}

static void mouse_reports_become_clicks_and_wheels(void **state)
{
    (void)state;
    struct press_decoder decoder = {0};
    struct press press = {0};
    assert_true(decode_all(&decoder, "\033[<0;240;7M", &press));
    assert_int_equal(press.kind, PRESS_CLICK);
    assert_int_equal(press.column, 239);
    assert_int_equal(press.row, 6);
    assert_false(decode_all(&decoder, "\033[<0;240;7m", &press));
    assert_true(decode_all(&decoder, "\033[<65;1;1M", &press));
    assert_int_equal(press.kind, PRESS_WHEEL);
    assert_int_equal(press.number, 1);
}

static void broken_utf8_is_dropped(void **state)
{
    (void)state;
    struct press_decoder decoder = {0};
    struct press press = {0};
    assert_false(press_decode(&decoder, '\xFF', &press));
    assert_false(press_decode(&decoder, '\xC3', &press));
    press_decode(&decoder, 'x', &press);
    assert_true(press_decode(&decoder, 'a', &press));
    assert_int_equal(press.character, 'a');
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(terminals_bytes_become_keys),
        cmocka_unit_test(a_lone_escape_is_a_key_after_a_pause),
        cmocka_unit_test(unknown_sequences_do_nothing),
        cmocka_unit_test(an_endless_sequence_is_given_up),
        cmocka_unit_test(mouse_reports_become_clicks_and_wheels),
        cmocka_unit_test(broken_utf8_is_dropped),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
