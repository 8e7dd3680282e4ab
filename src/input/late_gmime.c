/* SPDX-License-Identifier: MIT */
#include "input/late_gmime.h"

LATE_LIBRARY(late_gmime, LATE_GMIME)
