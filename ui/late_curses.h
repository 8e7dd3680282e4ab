/* SPDX-License-Identifier: MIT */
/*
 * ncurses, loaded when the first of its functions is called, see base/late.h: what is used of it has to stand here, its
 * variables too. Only what draws needs it.
 */
#ifndef PERCH_UI_LATE_CURSES_H
#define PERCH_UI_LATE_CURSES_H

#include <curses.h>

#include "base/late.h"

#define LATE_CURSES(EACH)                                                                                              \
    EACH(clearok)                                                                                                      \
    EACH(curs_set)                                                                                                     \
    EACH(delscreen)                                                                                                    \
    EACH(endwin)                                                                                                       \
    EACH(has_colors)                                                                                                   \
    EACH(init_pair)                                                                                                    \
    EACH(newterm)                                                                                                      \
    EACH(noecho)                                                                                                       \
    EACH(nonl)                                                                                                         \
    EACH(raw)                                                                                                          \
    EACH(reset_prog_mode)                                                                                              \
    EACH(resizeterm)                                                                                                   \
    EACH(set_term)                                                                                                     \
    EACH(setcchar)                                                                                                     \
    EACH(start_color)                                                                                                  \
    EACH(tigetstr)                                                                                                     \
    EACH(typeahead)                                                                                                    \
    EACH(use_default_colors)                                                                                           \
    EACH(wadd_wchnstr)                                                                                                 \
    EACH(wclear)                                                                                                       \
    EACH(wmove)                                                                                                        \
    EACH(wrefresh)                                                                                                     \
    EACH(COLORS)                                                                                                       \
    EACH(COLS)                                                                                                         \
    EACH(LINES)                                                                                                        \
    EACH(curscr)                                                                                                       \
    EACH(stdscr)

struct late_curses {
    LATE_CURSES(LATE_MEMBER)
};

/* Its functions. Ends the program where the library is missing. Any thread. */
const struct late_curses *late_curses(void);

#define clearok late_curses()->clearok
#define curs_set late_curses()->curs_set
#define delscreen late_curses()->delscreen
#define endwin late_curses()->endwin
#define has_colors late_curses()->has_colors
#define init_pair late_curses()->init_pair
#define newterm late_curses()->newterm
#define noecho late_curses()->noecho
#define nonl late_curses()->nonl
#define raw late_curses()->raw
#define reset_prog_mode late_curses()->reset_prog_mode
#define resizeterm late_curses()->resizeterm
#define set_term late_curses()->set_term
#define setcchar late_curses()->setcchar
#define start_color late_curses()->start_color
#define tigetstr late_curses()->tigetstr
#define typeahead late_curses()->typeahead
#define use_default_colors late_curses()->use_default_colors
#define wadd_wchnstr late_curses()->wadd_wchnstr
#define wclear late_curses()->wclear
#define wmove late_curses()->wmove
#define wrefresh late_curses()->wrefresh
#define COLORS (*late_curses()->COLORS)
#define COLS (*late_curses()->COLS)
#define LINES (*late_curses()->LINES)
#define curscr (*late_curses()->curscr)
#define stdscr (*late_curses()->stdscr)

#endif
