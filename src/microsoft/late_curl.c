/* SPDX-License-Identifier: MIT */
#include "microsoft/late_curl.h"

LATE_LIBRARY(late_curl, LATE_CURL)
