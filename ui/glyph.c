/* SPDX-License-Identifier: MIT */
#include "ui/glyph.h"

struct glyph {
    gunichar character;
    char twin;
};

static const struct glyph glyphs[] = {
    /* lines and corners */
    {0x2500, '-'},
    {0x2502, '|'},
    {0x250C, '+'},
    {0x2510, '+'},
    {0x2514, '+'},
    {0x2518, '+'},
    {0x251C, '+'},
    {0x2524, '+'},
    {0x252C, '+'},
    {0x2534, '+'},
    {0x253C, '+'},
    /* states */
    {0x2713, '+'}, /* check mark: done */
    {0x25CB, 'o'}, /* circle: told */
    {0x2717, 'X'}, /* ballot x: failed */
    {0x25D0, '%'}, /* half circle: differs */
    {0x25D4, '@'}, /* quarter circle: waiting */
    {0x25CC, '.'}, /* dotted circle: to do */
    {0x00B7, '-'}, /* middle dot: blocked, and between words */
    {0x2248, '~'}, /* almost equal: deviates */
    {0x21BB, '='}, /* round arrow: working */
    {0x2298, '/'}, /* struck circle: skipped */
    /* pointers and marks */
    {0x25B8, '>'},
    {0x25BE, 'v'},
    {0x25B2, '^'},
    {0x25BC, 'v'},
    {0x2192, '>'},
    {0x2190, '<'},
    {0x2191, '^'},
    {0x2193, 'v'},
    {0x2212, '-'}, /* minus: opened */
    {0x25CF, '*'},
    {0x2022, '*'},
    {0x2588, '#'},
    {0x2591, '.'},
    {0x25AF, '?'}, /* box: a character that must not reach the terminal */
    {0x2423, '_'},
    {0x240A, '/'}, /* a line end inside a one-line value */
    /* typography in texts */
    {0x2026, '.'},
    {0x201C, '"'},
    {0x201D, '"'},
    {0x2018, '\''},
    {0x2019, '\''},
    {0x2013, '-'},
    {0x2014, '-'},
    {0x00D7, 'x'},
    {0x2265, '>'},
    {0x2264, '<'},
};

char glyph_twin(gunichar glyph)
{
    for (gsize i = 0; i < G_N_ELEMENTS(glyphs); i++)
        if (glyphs[i].character == glyph)
            return glyphs[i].twin;
    return 0;
}
