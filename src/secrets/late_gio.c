/* SPDX-License-Identifier: MIT */
#include "secrets/late_gio.h"

LATE_LIBRARY(late_gio, LATE_GIO)
