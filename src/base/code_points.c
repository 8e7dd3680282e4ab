/* SPDX-License-Identifier: MIT */
#include "base/code_points.h"

#define D CODE_POINT_DANGEROUS
#define E CODE_POINT_EDGE
#define R CODE_POINT_LOOKALIKE

#define NONCHARACTER "noncharacter"

/* A row; TWIN is the ASCII character that all of its members pass for. */
struct code_points {
    gunichar first;
    gunichar last;
    unsigned classes;
    const char *name;
    char twin;
};

static const struct code_points table[] = {
    {0x0000, 0x0000, D, "null character", 0},
    {0x0001, 0x0006, D, "control character", 0},
    {0x0007, 0x0007, D, "bell character", 0},
    {0x0008, 0x0008, D, "backspace", 0},
    {0x0009, 0x0009, D | E, "tab", 0},
    {0x000A, 0x000A, D | E, "line break", 0},
    {0x000B, 0x000B, D, "vertical tab", 0},
    {0x000C, 0x000C, D, "form feed", 0},
    {0x000D, 0x000D, D | E, "carriage return", 0},
    {0x000E, 0x001A, D, "control character", 0},
    {0x001B, 0x001B, D, "escape character", 0},
    {0x001C, 0x001F, D, "control character", 0},
    {0x0020, 0x0020, E, "space", 0},
    {0x0060, 0x0060, R, "backtick", '\''},
    {0x007F, 0x007F, D, "delete character", 0},
    {0x0080, 0x0084, D, "control character", 0},
    {0x0085, 0x0085, D, "next line control", 0},
    {0x0086, 0x008F, D, "control character", 0},
    {0x0090, 0x0090, D, "device control string", 0},
    {0x0091, 0x0097, D, "control character", 0},
    {0x0098, 0x0098, D, "start of string control", 0},
    {0x0099, 0x009A, D, "control character", 0},
    {0x009B, 0x009B, D, "control sequence introducer", 0},
    {0x009C, 0x009C, D, "string terminator control", 0},
    {0x009D, 0x009D, D, "operating system command", 0},
    {0x009E, 0x009F, D, "control character", 0},
    {0x00A0, 0x00A0, E, "no-break space", 0},
    {0x00AB, 0x00AB, R, "left guillemet", '"'},
    {0x00AD, 0x00AD, D, "soft hyphen", 0},
    {0x00B4, 0x00B4, R, "acute accent", '\''},
    {0x00BB, 0x00BB, R, "right guillemet", '"'},
    {0x00C4, 0x00C4, 0, "capital letter A with diaeresis", 0},
    {0x00D6, 0x00D6, 0, "capital letter O with diaeresis", 0},
    {0x00DC, 0x00DC, 0, "capital letter U with diaeresis", 0},
    {0x00DF, 0x00DF, 0, "small letter sharp s", 0},
    {0x00E0, 0x00E0, 0, "small letter a with grave", 0},
    {0x00E1, 0x00E1, 0, "small letter a with acute", 0},
    {0x00E4, 0x00E4, 0, "small letter a with diaeresis", 0},
    {0x00E5, 0x00E5, 0, "small letter a with ring", 0},
    {0x00E7, 0x00E7, 0, "small letter c with cedilla", 0},
    {0x00E8, 0x00E8, 0, "small letter e with grave", 0},
    {0x00E9, 0x00E9, 0, "small letter e with acute", 0},
    {0x00ED, 0x00ED, 0, "small letter i with acute", 0},
    {0x00F1, 0x00F1, 0, "small letter n with tilde", 0},
    {0x00F3, 0x00F3, 0, "small letter o with acute", 0},
    {0x00F6, 0x00F6, 0, "small letter o with diaeresis", 0},
    {0x00F8, 0x00F8, 0, "small letter o with stroke", 0},
    {0x00FC, 0x00FC, 0, "small letter u with diaeresis", 0},
    {0x0131, 0x0131, 0, "small letter dotless i", 'i'},
    {0x034F, 0x034F, D, "combining grapheme joiner", 0},
    {0x0391, 0x0391, 0, "Greek capital letter alpha", 'A'},
    {0x0392, 0x0392, 0, "Greek capital letter beta", 'B'},
    {0x0395, 0x0395, 0, "Greek capital letter epsilon", 'E'},
    {0x0396, 0x0396, 0, "Greek capital letter zeta", 'Z'},
    {0x0397, 0x0397, 0, "Greek capital letter eta", 'H'},
    {0x0399, 0x0399, 0, "Greek capital letter iota", 'I'},
    {0x039A, 0x039A, 0, "Greek capital letter kappa", 'K'},
    {0x039C, 0x039C, 0, "Greek capital letter mu", 'M'},
    {0x039D, 0x039D, 0, "Greek capital letter nu", 'N'},
    {0x039F, 0x039F, 0, "Greek capital letter omicron", 'O'},
    {0x03A1, 0x03A1, 0, "Greek capital letter rho", 'P'},
    {0x03A4, 0x03A4, 0, "Greek capital letter tau", 'T'},
    {0x03A5, 0x03A5, 0, "Greek capital letter upsilon", 'Y'},
    {0x03A7, 0x03A7, 0, "Greek capital letter chi", 'X'},
    {0x03B1, 0x03B1, 0, "Greek small letter alpha", 'a'},
    {0x03B9, 0x03B9, 0, "Greek small letter iota", 'i'},
    {0x03BD, 0x03BD, 0, "Greek small letter nu", 'v'},
    {0x03BF, 0x03BF, 0, "Greek small letter omicron", 'o'},
    {0x03C1, 0x03C1, 0, "Greek small letter rho", 'p'},
    {0x0405, 0x0405, 0, "Cyrillic capital letter dze", 'S'},
    {0x0406, 0x0406, 0, "Cyrillic capital letter Byelorussian-Ukrainian i", 'I'},
    {0x0408, 0x0408, 0, "Cyrillic capital letter je", 'J'},
    {0x0410, 0x0410, 0, "Cyrillic capital letter a", 'A'},
    {0x0412, 0x0412, 0, "Cyrillic capital letter ve", 'B'},
    {0x0415, 0x0415, 0, "Cyrillic capital letter ie", 'E'},
    {0x041A, 0x041A, 0, "Cyrillic capital letter ka", 'K'},
    {0x041C, 0x041C, 0, "Cyrillic capital letter em", 'M'},
    {0x041D, 0x041D, 0, "Cyrillic capital letter en", 'H'},
    {0x041E, 0x041E, 0, "Cyrillic capital letter o", 'O'},
    {0x0420, 0x0420, 0, "Cyrillic capital letter er", 'P'},
    {0x0421, 0x0421, 0, "Cyrillic capital letter es", 'C'},
    {0x0422, 0x0422, 0, "Cyrillic capital letter te", 'T'},
    {0x0425, 0x0425, 0, "Cyrillic capital letter ha", 'X'},
    {0x0430, 0x0430, 0, "Cyrillic small letter a", 'a'},
    {0x0435, 0x0435, 0, "Cyrillic small letter ie", 'e'},
    {0x043E, 0x043E, 0, "Cyrillic small letter o", 'o'},
    {0x0440, 0x0440, 0, "Cyrillic small letter er", 'p'},
    {0x0441, 0x0441, 0, "Cyrillic small letter es", 'c'},
    {0x0443, 0x0443, 0, "Cyrillic small letter u", 'y'},
    {0x0445, 0x0445, 0, "Cyrillic small letter ha", 'x'},
    {0x0455, 0x0455, 0, "Cyrillic small letter dze", 's'},
    {0x0456, 0x0456, 0, "Cyrillic small letter Byelorussian-Ukrainian i", 'i'},
    {0x0458, 0x0458, 0, "Cyrillic small letter je", 'j'},
    {0x0501, 0x0501, 0, "Cyrillic small letter Komi de", 'd'},
    {0x061C, 0x061C, D, "Arabic letter mark", 0},
    {0x115F, 0x115F, D, "Hangul choseong filler", 0},
    {0x1160, 0x1160, D, "Hangul jungseong filler", 0},
    {0x1680, 0x1680, E, "ogham space mark", 0},
    {0x17B4, 0x17B5, D, "Khmer inherent vowel", 0},
    {0x180B, 0x180D, D, "Mongolian variation selector", 0},
    {0x180E, 0x180E, D, "Mongolian vowel separator", 0},
    {0x180F, 0x180F, D, "Mongolian variation selector", 0},
    {0x2000, 0x2000, E, "en quad", 0},
    {0x2001, 0x2001, E, "em quad", 0},
    {0x2002, 0x2002, E, "en space", 0},
    {0x2003, 0x2003, E, "em space", 0},
    {0x2004, 0x2004, E, "three-per-em space", 0},
    {0x2005, 0x2005, E, "four-per-em space", 0},
    {0x2006, 0x2006, E, "six-per-em space", 0},
    {0x2007, 0x2007, E, "figure space", 0},
    {0x2008, 0x2008, E, "punctuation space", 0},
    {0x2009, 0x2009, E, "thin space", 0},
    {0x200A, 0x200A, E, "hair space", 0},
    {0x200B, 0x200B, D | E, "zero-width space", 0},
    {0x200C, 0x200C, D, "zero-width non-joiner", 0},
    {0x200D, 0x200D, D, "zero-width joiner", 0},
    {0x200E, 0x200E, D, "left-to-right mark", 0},
    {0x200F, 0x200F, D, "right-to-left mark", 0},
    {0x2010, 0x2010, R, "hyphen (not the one on the keyboard)", '-'},
    {0x2011, 0x2011, R, "non-breaking hyphen", '-'},
    {0x2012, 0x2012, R, "figure dash", '-'},
    {0x2013, 0x2013, R, "en dash", '-'},
    {0x2014, 0x2014, R, "em dash", '-'},
    {0x2015, 0x2015, R, "horizontal bar", '-'},
    {0x2018, 0x2018, R, "left single quotation mark", '\''},
    {0x2019, 0x2019, R, "right single quotation mark", '\''},
    {0x201A, 0x201A, R, "low single quotation mark", '\''},
    {0x201B, 0x201B, R, "reversed single quotation mark", '\''},
    {0x201C, 0x201C, R, "left double quotation mark", '"'},
    {0x201D, 0x201D, R, "right double quotation mark", '"'},
    {0x201E, 0x201E, R, "low double quotation mark", '"'},
    {0x201F, 0x201F, R, "reversed double quotation mark", '"'},
    {0x2024, 0x2024, R, "one dot leader", '.'},
    {0x2026, 0x2026, 0, "ellipsis", 0},
    {0x2028, 0x2028, D, "line separator", 0},
    {0x2029, 0x2029, D, "paragraph separator", 0},
    {0x202A, 0x202A, D, "left-to-right embedding", 0},
    {0x202B, 0x202B, D, "right-to-left embedding", 0},
    {0x202C, 0x202C, D, "pop directional formatting", 0},
    {0x202D, 0x202D, D, "left-to-right override", 0},
    {0x202E, 0x202E, D, "right-to-left override", 0},
    {0x202F, 0x202F, E, "narrow no-break space", 0},
    {0x2032, 0x2032, R, "prime", '\''},
    {0x2033, 0x2033, R, "double prime", '"'},
    {0x2034, 0x2034, R, "triple prime", 0},
    {0x2035, 0x2035, R, "reversed prime", '\''},
    {0x2036, 0x2036, R, "reversed double prime", '"'},
    {0x2039, 0x2039, R, "left single guillemet", '\''},
    {0x203A, 0x203A, R, "right single guillemet", '\''},
    {0x2044, 0x2044, R, "fraction slash", '/'},
    {0x205F, 0x205F, E, "medium mathematical space", 0},
    {0x2060, 0x2060, D, "word joiner", 0},
    {0x2061, 0x2064, D, "invisible operator", 0},
    {0x2066, 0x2066, D, "left-to-right isolate", 0},
    {0x2067, 0x2067, D, "right-to-left isolate", 0},
    {0x2068, 0x2068, D, "first strong isolate", 0},
    {0x2069, 0x2069, D, "pop directional isolate", 0},
    {0x206A, 0x206F, D, "deprecated format character", 0},
    {0x2212, 0x2212, R, "minus sign", '-'},
    {0x2215, 0x2215, R, "division slash", '/'},
    {0x2800, 0x2800, D, "blank braille pattern", 0},
    {0x29F8, 0x29F8, R, "big solidus", '/'},
    {0x3000, 0x3000, E, "ideographic space", 0},
    {0x3002, 0x3002, R, "ideographic full stop", '.'},
    {0x3164, 0x3164, D, "Hangul filler", 0},
    {0xD800, 0xDFFF, D, "surrogate", 0},
    {0xE000, 0xF8FF, D, "private use character", 0},
    {0xFDD0, 0xFDEF, D, NONCHARACTER, 0},
    {0xFE00, 0xFE0F, D, "variation selector", 0},
    {0xFE52, 0xFE52, R, "small full stop", '.'},
    {0xFE58, 0xFE58, R, "small em dash", '-'},
    {0xFE63, 0xFE63, R, "small hyphen-minus", '-'},
    {0xFEFF, 0xFEFF, D | E, "byte order mark", 0},
    {0xFF01, 0xFF5E, R, "full-width character", 0},
    {0xFF61, 0xFF61, R, "half-width ideographic full stop", '.'},
    {0xFFA0, 0xFFA0, D, "half-width Hangul filler", 0},
    {0xFFF9, 0xFFFB, D, "interlinear annotation character", 0},
    {0xFFFC, 0xFFFC, D, "object replacement character", 0},
    {0xFFFD, 0xFFFD, D, "replacement character (broken encoding)", 0},
    {0x13430, 0x1345F, D, "hieroglyph format control", 0},
    {0x1BCA0, 0x1BCA3, D, "shorthand format control", 0},
    {0x1D173, 0x1D17A, D, "musical format control", 0},
    {0xE0000, 0xE007F, D, "tag character", 0},
    {0xE0100, 0xE01EF, D, "variation selector", 0},
    {0xF0000, 0xFFFFD, D, "private use character", 0},
    {0x100000, 0x10FFFD, D, "private use character", 0},
};

#undef D
#undef E
#undef R

static const struct code_points *find_row(gunichar code_point)
{
    gsize low = 0;
    gsize high = G_N_ELEMENTS(table);
    while (low < high) {
        gsize middle = (low + high) / 2;
        if (code_point > table[middle].last)
            low = middle + 1;
        else
            high = middle;
    }
    return low < G_N_ELEMENTS(table) && table[low].first <= code_point ? &table[low] : NULL;
}

static gboolean is_full_width_ascii(gunichar code_point)
{
    return code_point >= 0xFF01 && code_point <= 0xFF5E;
}

/* The last two code points of each plane. */
static gboolean ends_plane(gunichar code_point)
{
    return (code_point & 0xFFFE) == 0xFFFE;
}

unsigned code_point_class(gunichar code_point)
{
    if (code_point > 0x10FFFF || ends_plane(code_point))
        return CODE_POINT_DANGEROUS;
    const struct code_points *row = find_row(code_point);
    return row != NULL ? row->classes : CODE_POINT_PLAIN;
}

char *code_point_name(gunichar code_point)
{
    if (is_full_width_ascii(code_point))
        return g_strdup_printf("full-width '%c'", code_point_ascii_twin(code_point));
    if (ends_plane(code_point))
        return g_strdup(NONCHARACTER);
    const struct code_points *row = find_row(code_point);
    if (row != NULL)
        return g_strdup(row->name);
    if (code_point > 0x20 && code_point < 0x7F)
        return g_strdup_printf("'%c'", (char)code_point);
    return g_strdup_printf("U+%04X", code_point);
}

char code_point_ascii_twin(gunichar code_point)
{
    if (is_full_width_ascii(code_point))
        return (char)(code_point - 0xFF01 + '!');
    const struct code_points *row = find_row(code_point);
    return row != NULL ? row->twin : 0;
}
