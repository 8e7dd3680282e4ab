/* SPDX-License-Identifier: MIT */
/*
 * A list of people to invite, as CSV or as pasted lines, checked line by line. Pure function, usable from any thread.
 *
 * Commas, semicolons, tabs or bars divide cells; a cell may be quoted, with line ends inside. Where a line or cell has
 * several addresses, as a mail's "To" has, each is taken; "Name <address>", "Last, First <address>" and what mail
 * programs make links of too. Where titles name a column of addresses it is that one, and if another column has
 * addresses as well, the choice is a remark. What is not taken is a finding. No address is made by taking a space out.
 * Lines before the first address are titles. Cards (vCard), invitations (iCalendar), lists of users in JSON and tables
 * of a wiki are read as such. The people who wrote a letter around the list, or got it, are not in it; an address that
 * the words around it take back, here or elsewhere, is left out. Any encoding.
 */
#ifndef PERCH_INPUT_GUEST_LIST_H
#define PERCH_INPUT_GUEST_LIST_H

#include <glib.h>

/* Addresses that are read of one list. */
#define GUEST_LIST_LIMIT 1000

struct guest {
    char *email; /* valid */
    char *name;  /* valid as a display name; "" if the line has none */
    int line;    /* from 1 */
};

struct guest_list {
    GPtrArray *guests; /* of struct guest, in the order of the text, each address once */
    GPtrArray *
        findings; /* of struct finding, each naming its line; an address with a finding that is no remark is left out */
};
typedef struct guest_list GuestList;

/* LENGTH -1: up to the NUL. Never NULL; caller frees. */
struct guest_list *guest_list_read(const char *text, gssize length);
void guest_list_free(struct guest_list *list);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GuestList, guest_list_free)

#endif
