/* SPDX-License-Identifier: MIT */
#include "secrets/late_sodium.h"

LATE_LIBRARY(late_sodium, LATE_SODIUM)
