/* SPDX-License-Identifier: MIT */
/*
 * Whether a value from outside is what its field wants, and if not: what is wrong, where, and what would mend it.
 *
 * Pure functions on text, usable from any thread, a few microseconds a call, so that forms call them at each key. No
 * message repeats the value; single characters are named. Nothing is removed silently: what a field's grammar forbids
 * becomes a finding, mostly with a fix to offer.
 */
#ifndef PERCH_INPUT_VALIDATE_H
#define PERCH_INPUT_VALIDATE_H

#include <glib.h>

/* No value is longer; one finding says so. Code points. */
#define VALIDATE_LIMIT 2048

#define CODE_POINT_NONE G_MAXUINT32

enum problem {
    PROBLEM_EMPTY,
    PROBLEM_OUTER_SPACE,       /* white space at an end */
    PROBLEM_INNER_SPACE,       /* white space inside */
    PROBLEM_LINE_BREAK,        /* the value goes over several lines */
    PROBLEM_INVISIBLE,         /* a code point that is not seen, or steers the terminal or the direction of writing */
    PROBLEM_LOOKALIKE,         /* passes for an ASCII character */
    PROBLEM_NOT_ALLOWED,       /* any other character that the field does not take */
    PROBLEM_NOT_UTF8,          /* a byte that is no UTF-8 */
    PROBLEM_PUNCTUATION,       /* quotes, brackets, a full stop round the value */
    PROBLEM_FORM,              /* the parts of the value */
    PROBLEM_LENGTH,            /* too short or too long */
    PROBLEM_CASE,              /* a remark: fixed parts in another case */
    PROBLEM_UNUSUAL,           /* a remark: allowed, but seldom meant */
    PROBLEM_SWAPPED,           /* the value of the other field */
    PROBLEM_HUB_ID,            /* the ID of an Event Hub instead of its namespace's */
    PROBLEM_PORTAL_URL,        /* a link that contains the value */
    PROBLEM_CONNECTION_STRING, /* a secret */
    PROBLEM_HOST_NAME,         /* the host name of the namespace */
    PROBLEM_EXTRA_TEXT,        /* more than the value: a label before it, a part behind it */
    PROBLEM_AMBIGUOUS,         /* several values to choose from */
    PROBLEM_TOO_MANY,          /* more findings than are listed */
    PROBLEM_NOT_GIVEN,         /* the text announces a value and does not give it */
    PROBLEM_PLACEHOLDER,       /* a template's word stands for the value */
    PROBLEM_CUT,               /* only a part of the value is shown */
    PROBLEM_HIDDEN,            /* text that a reader does not see, or sees struck out */
    PROBLEM_ENCODING,          /* no UTF-8 text */
};

struct finding;

/* "error", "warning" or "remark". Static. */
const char *finding_severity(const struct finding *finding);

/* The short word that stands for PROBLEM in JSON: "outer-space". Static. */
const char *problem_word(enum problem problem);

struct finding {
    int offset;          /* code points of the input before it; a byte that is no UTF-8 counts as one */
    int length;          /* code points; 0 where something is missing */
    gunichar code_point; /* the first one there; CODE_POINT_NONE if it is not about a character */
    enum problem problem;
    gboolean remark;     /* the value is valid all the same */
    gboolean is_warning; /* a remark that a person should look at before the value is used */
    char *message;       /* one sentence that names the place, columns from 1 */
    char *fix;           /* what the WHOLE value would be without this finding; NULL if there is no fix */
    char *fix_label;     /* what the fix does, as an imperative: "Remove it"; NULL without one */
};

struct verdict {
    gboolean valid;
    char *value;         /* what would be sent: if valid, or if taking all fixes makes it so; else NULL */
    GPtrArray *findings; /* of struct finding, by offset */
};
typedef struct verdict Verdict;

struct input_field {
    const char *name;  /* "event-hub-id" */
    const char *label; /* "Event Hub namespace resource ID" */
    const char *hint;  /* one sentence: what it looks like */
    gboolean secret;   /* value and fixes are secrets: neither shown nor written */
};

/* The fields: event-hub-id, event-hub-name, company, upn, email, domain, guid, group-name, date, display-name,
 * mail-nickname, resource-group, tenant (id or domain), days, password. NULL if there is none of that name. */
const struct input_field *input_field_find(const char *name);

/* The field at INDEX, in the order of help texts; NULL behind the last one. */
const struct input_field *input_field_at(gsize index);

/* Judge INPUT as a value of the field NAME, which must be one of the fields. LENGTH -1: up to the NUL. Caller frees
 * with verdict_free(), which wipes. */
struct verdict *validate(const char *field, const char *input, gssize length);
void verdict_free(struct verdict *verdict);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Verdict, verdict_free)

/* The first finding that makes the value invalid; NULL if valid. Borrowed. */
const struct finding *verdict_problem(const struct verdict *verdict);

#endif
