/* SPDX-License-Identifier: MIT */
#include "microsoft/late_microhttpd.h"

LATE_LIBRARY(late_microhttpd, LATE_MICROHTTPD)
