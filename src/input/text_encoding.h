/* SPDX-License-Identifier: MIT */
/*
 * What kind of bytes a paste or a file is: text in one of several encodings, or a document that is none. Pure
 * functions. Internal to input/.
 */
#ifndef PERCH_INPUT_TEXT_ENCODING_H
#define PERCH_INPUT_TEXT_ENCODING_H

#include <glib.h>

enum text_encoding {
    ENCODING_UTF8,
    ENCODING_WINDOWS_1252, /* single bytes that are no UTF-8; 0x80 to 0x9F are quotes and dashes */
    ENCODING_UTF16_LE,     /* by its mark, or since every second byte is zero */
    ENCODING_UTF16_BE,
    ENCODING_OUTLOOK_MESSAGE, /* .msg and old Office documents */
    ENCODING_RTF,
    ENCODING_PDF,
    ENCODING_ARCHIVE, /* .docx, .xlsx, .zip */
    ENCODING_BINARY,
};

enum text_encoding text_encoding_of(const char *bytes, gsize length);

/* BYTES in UTF-8; NULL for what is no text. *SIZE becomes the length. Caller frees. */
char *text_decode(enum text_encoding encoding, const char *bytes, gsize length, gsize *size);

/* One sentence for a person: what was done, or what the file is and what to do. NULL for UTF-8. Static. */
const char *text_encoding_sentence(enum text_encoding encoding);

gboolean text_encoding_is_text(enum text_encoding encoding);

/* The character that BYTE stands for in windows-1252. */
gunichar windows_1252_character(guchar byte);

#endif
