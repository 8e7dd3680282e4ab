/*
 * One text read under another spelling: what it says if its percent signs, backslashes, entities, hex or base64 are
 * decoded, and where in the original each decoded byte stood. Lets the redactor find a value however it was written.
 * Values without state; any thread.
 */
#ifndef PERCH_SECRETS_REDACT_VIEW_H
#define PERCH_SECRETS_REDACT_VIEW_H

#include <glib.h>

enum spelling {
    SPELLING_PERCENT,
    SPELLING_JSON,
    SPELLING_HTML,
    SPELLING_HEX_0, /* _N: N characters of each run are left out before decoding starts */
    SPELLING_HEX_1,
    SPELLING_BASE64_0, /* both alphabets, padded or not */
    SPELLING_BASE64_1,
    SPELLING_BASE64_2,
    SPELLING_BASE64_3,
    SPELLINGS
};

/* Bytes that may hold a secret: wiped when freed. */
struct view {
    guchar *bytes;
    gsize *begin; /* bytes[i] stood in the original at begin[i] up to, not including, end[i] */
    gsize *end;
    gsize length;
    gsize capacity;
};
typedef struct view View;

/* TEXT as it is. Caller frees. */
struct view *redact_view_new(const char *text, gsize length);
void redact_view_free(struct view *view);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(View, redact_view_free)

/* VIEW read as SPELLING. NULL if nothing in it is spelled so. Hex and base64 keep only what was decoded, from runs of
 * at least LEAST bytes; the others keep the rest as it is. Caller frees. */
struct view *view_decode(const struct view *view, enum spelling spelling, gsize least);

/* TRUE if what SPELLING gives is text with everything around it kept. */
gboolean spelling_keeps_text(enum spelling spelling);

#endif
