/*
 * The inside of a form, shared by the files that edit, draw and look up. Owned by the UI thread.
 */
#ifndef PERCH_UI_FORM_STATE_H
#define PERCH_UI_FORM_STATE_H

#include "input/validate.h"
#include "ui/console_state.h"
#include "ui/editor.h"
#include "ui/form.h"

/* People are picked from what a look-up found. */
struct picker {
    GPtrArray *picked; /* of char *: user names taken so far, for FIELD_PEOPLE */
    GPtrArray *found;  /* of struct person */
    char *error;       /* why the look-up failed; NULL if it did not */
    guint serial;      /* of the question asked last */
    gint64 ask_at;     /* monotonic; 0: nothing to ask */
    gboolean answered; /* found belongs to what is typed */
    int marked;        /* index in found */
};

struct form {
    char *path; /* of the field that is edited; NULL: none */
    enum field_kind kind;
    char *validator;
    struct editor *editor;
    struct verdict *verdict; /* of what is typed; NULL: nothing to judge */
    struct picker picker;
    int marked;         /* choice */
    char *awaited;      /* path of the answer that is under way; NULL */
    GHashTable *drafts; /* path -> text */
};

const struct board_field *form_field(const struct console *console, const char *path);

/* The choices of FIELD: its own, or yes and no. Each is a struct board_choice. Caller unrefs. */
GPtrArray *form_choices(const struct board_field *field);

/* The verdict on TEXT, or NULL if VALIDATOR is no field of input/validate.h. Caller frees. */
struct verdict *form_verdict(const char *validator, const char *text);

/* Judge what is typed anew. */
void form_judge(struct form *form);

/* The fix that is offered first, or NULL. Borrowed from VERDICT. */
const struct finding *verdict_fix(const struct verdict *verdict);

void form_send(struct console *console, const char *value);

/* The parts of an identifier that was accepted, as rows of ITEM; nothing for a value without parts. */
void form_fill_receipt(struct page *page, const char *value, const char *item, int indent);

gboolean picker_press(struct console *console, const struct press *press);
void picker_clear(struct picker *picker);
void picker_typed(struct form *form);
void picker_fill(const struct form *form, struct page *page, const char *item, int indent);

#endif
