/* SPDX-License-Identifier: MIT */
#include "secrets/late_keyutils.h"

LATE_LIBRARY(late_keyutils, LATE_KEYUTILS)
