/* SPDX-License-Identifier: MIT */
#include "ui/late_qrencode.h"

LATE_LIBRARY(late_qrencode, LATE_QRENCODE)
