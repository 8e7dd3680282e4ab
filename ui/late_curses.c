/* SPDX-License-Identifier: MIT */
#include "ui/late_curses.h"

LATE_LIBRARY(late_curses, LATE_CURSES)
