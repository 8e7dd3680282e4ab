/* SPDX-License-Identifier: MIT */
/*
 * libqrencode, loaded when the first of its functions is called, see base/late.h: what is used of it has to stand here.
 */
#ifndef PERCH_UI_LATE_QRENCODE_H
#define PERCH_UI_LATE_QRENCODE_H

#include <qrencode.h>

#include "base/late.h"

#define LATE_QRENCODE(EACH)                                                                                            \
    EACH(QRcode_encodeString8bit)                                                                                      \
    EACH(QRcode_free)

struct late_qrencode {
    LATE_QRENCODE(LATE_MEMBER)
};

/* Its functions. Ends the program where the library is missing. Any thread. */
const struct late_qrencode *late_qrencode(void);

#define QRcode_encodeString8bit late_qrencode()->QRcode_encodeString8bit
#define QRcode_free late_qrencode()->QRcode_free

#endif
