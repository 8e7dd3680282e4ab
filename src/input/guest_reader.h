/* SPDX-License-Identifier: MIT */
/*
 * A list of guests while it is being read, for the files that read it. Internal to guest_list.c and its parts; pure.
 */
#ifndef PERCH_INPUT_GUEST_READER_H
#define PERCH_INPUT_GUEST_READER_H

#include "input/guest_list.h"
#include "input/source_text.h"
#include "input/validate.h"

/* A list while it is being read. */
struct reader {
    int size;      /* bytes of what was given */
    GArray *given; /* as it came */
    GArray *text;  /* of it what is shown, a line for each person */
    guint8 *parts; /* of each unit: an enum letter_part */
    int at;
    int line;    /* in what was given, from 1 */
    int counted; /* line ends before there are in LINE */
    int from;    /* the record's units */
    int to;
    const char *separators; /* of cells */
    gboolean has_titles;
    gboolean has_told_column;
    gboolean has_told_invited;
    gboolean is_full;      /* a line has more addresses than are read */
    gboolean is_hashed;    /* every line with an address begins with a "#" */
    gboolean has_ticked;   /* boxes are ticked: one that is not is taken out */
    gboolean has_added;    /* lines begin with "+": one that begins with "-" is taken out */
    char *pending_name;    /* of a line "Name: Ana Roe" above; NULL if there is none */
    gboolean is_excluding; /* a heading says that those below it are not meant */
    int address_column;    /* as the titles say; -1 if they do not */
    int name_column;
    int first_name_column;
    int last_name_column;
    GPtrArray *titles;       /* of char *; NULL without */
    GHashTable *by_email;    /* of struct guest, by the address in small letters */
    GHashTable *refused;     /* addresses that words leave out, in small letters */
    GHashTable *corrections; /* of struct guest: the words before it say that it takes the place of another one */
    struct guest_list *list;
    int unshown;             /* findings beyond the limit */
    gboolean unshown_errors; /* one of these is no remark */
};

/* MESSAGE is taken. Borrowed; NULL beyond the limit. */
struct finding *guest_reader_add_finding(struct reader *reader, enum problem problem, int offset, int length,
                                         gboolean remark, char *message);

/* The cells (GArray of units) of the record that begins at the reader's place, which moves behind it. Caller unrefs. */
GPtrArray *guest_reader_record(struct reader *reader);

static inline gboolean cell_has_at_sign(const GArray *cell)
{
    return source_find_character(cell, 0, source_length(cell), '@') >= 0;
}

/* Several addresses in one line or cell: each is taken, or it is said why not. */
void guest_reader_take_list(struct reader *reader, const GArray *text, int from, int to);

/* The one address of a record, which stands in the cell ADDRESS. */
void guest_reader_take_single(struct reader *reader, const GPtrArray *cells, int address);

/* The last guest, whose address stands in the cell ADDRESS, has the name that its row gives, if it has none yet. */
void guest_reader_name_last(struct reader *reader, const GPtrArray *cells, int address);

/* The line is "Name: Ana Roe": it is kept for the address that follows. */
gboolean guest_reader_name_line(struct reader *reader);

/* CELLS title the columns of what follows. */
void guest_reader_titles(struct reader *reader, const GPtrArray *cells);

/* "sep=;", as Excel writes it: taken, if the list begins with it. */
void guest_reader_separator(struct reader *reader);

/* Note the addresses that words leave out, wherever they stand. */
void guest_reader_refused(struct reader *reader);

/* Say where a line without an address leaves out somebody of the list by name: "Drop Omar". */
void guest_reader_tell_named(struct reader *reader);

/* Take out of the list what the text says elsewhere is not meant, and say so. */
void guest_reader_take_back(struct reader *reader);

#endif
