/* SPDX-License-Identifier: MIT */
#include "microsoft/late_crypto.h"

LATE_LIBRARY(late_crypto, LATE_CRYPTO)
