/* SPDX-License-Identifier: MIT */
#include "secrets/late_secret.h"

LATE_LIBRARY(late_secret, LATE_SECRET)
