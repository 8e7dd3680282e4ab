/* SPDX-License-Identifier: MIT */
/*
 * A document as a list of blocks: what stands in it, in its order, and nothing of how it looks. One function builds it,
 * one small printer a form prints it. Blocks hold no copy of a text: all strings are borrowed and outlive them.
 */
#ifndef PERCH_COMMANDS_REPORT_BLOCKS_H
#define PERCH_COMMANDS_REPORT_BLOCKS_H

#include <glib.h>

enum block_kind {
    BLOCK_HEADING,    /* text; depth 1 to 3 */
    BLOCK_PARAGRAPH,  /* text */
    BLOCK_NOTICE,     /* text that nobody may overlook */
    BLOCK_PAIRS,      /* rows of a label and one or more lines */
    BLOCK_TABLE,      /* columns, and rows of as many cells; text stands for no rows */
    BLOCK_LIST,       /* rows of a lead ("" for none) and a text, with a depth from 0; text stands for no rows */
    BLOCK_SIGNATURES, /* rows of one label each, with room to sign */
    BLOCK_FIGURE,     /* text is an <svg> element; only the HTML form has it */
    BLOCK_CAPTION,    /* text about the figure, and so only there too */
};

/* What a column or a block is about, where a form can show that. */
enum block_style {
    STYLE_PLAIN,
    STYLE_NUMBER, /* to the right */
    STYLE_STATE,  /* a state's word */
    STYLE_ID,     /* letters and digits that mean nothing: never broken, nor written in a font that makes 0 an O */
    STYLE_TIME,   /* kept in one line */
    STYLE_GRID,   /* of a table: many narrow columns, which only make sense side by side */
    STYLE_CARD,   /* pairs to be handed to somebody, as a whole */
};

struct block_column {
    const char *title; /* NULL behind the last */
    enum block_style style;
};

struct block_row {
    int depth;
    GPtrArray *cells; /* of const char * */
};

struct block {
    enum block_kind kind;
    int depth;
    enum block_style style;
    const char *text; /* never NULL */
    const struct block_column *columns;
    GPtrArray *rows; /* of struct block_row */
};

/* A document without blocks. Caller unrefs. */
GPtrArray *document_new(void);

/* Add a block at the end of DOCUMENT. Borrowed. */
struct block *document_add(GPtrArray *document, enum block_kind kind, const char *text);
void document_heading(GPtrArray *document, int depth, const char *text);

/* Add a row to BLOCK with the cells that follow, up to a NULL; the row, for further cells, is borrowed. */
struct block_row *block_add(struct block *block, const char *first, ...) G_GNUC_NULL_TERMINATED;

/* Add a line to a row of pairs. */
void block_line(struct block_row *row, const char *text);

/* Add an entry to the list BLOCK. */
void block_item(struct block *block, int depth, const char *lead, const char *text);

/* Borrowed. */
const struct block *document_block(const GPtrArray *document, guint i);
const struct block_row *block_row(const struct block *block, guint i);
const char *row_cell(const struct block_row *row, guint i);

#endif
