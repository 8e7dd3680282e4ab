/* SPDX-License-Identifier: MIT */
#include "base/late_cjson.h"

LATE_LIBRARY(late_cjson, LATE_CJSON)
