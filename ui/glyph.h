/* SPDX-License-Identifier: MIT */
/*
 * The characters beyond ASCII that views draw, each with an ASCII twin of one column for --ascii and ASCII locales.
 */
#ifndef PERCH_UI_GLYPH_H
#define PERCH_UI_GLYPH_H

#include <glib.h>

/* The ASCII twin of GLYPH, or 0 if it is none of the glyphs of this program. */
char glyph_twin(gunichar glyph);

#endif
