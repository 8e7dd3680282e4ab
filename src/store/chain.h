/* SPDX-License-Identifier: MIT */
/*
 * Journal and audit as one chain: each line of the audit names the line of the journal that was the last one then, and
 * one seal is on the ends of both. What an owner of the key sealed cannot be changed, put in or taken out without it.
 * Pure; any thread.
 */
#ifndef PERCH_STORE_CHAIN_H
#define PERCH_STORE_CHAIN_H

#include <glib.h>

#include "base/json_type.h"

#define CHAIN_SEAL_FILE "chain-seal.json"

/* What the last run came to, and its member that says how far the journal went then, as chain_link() names it. */
#define LAST_RUN_FILE "last.json"
#define LAST_RUN_END "journalEnd"

/* How far a file goes: its lines, and the sum that the last one ends with ("" if there is none). */
struct chain_end {
    int lines;
    const char *sum;
};

/* How the last line of a journal is named in the audit: "12:0123456789abcdef". Caller frees. */
char *chain_link(struct chain_end journal);

/* That each line of the audit AUDIT which names one of the journal JOURNAL names it as it is: how many do. -1 and
 * PERCH_ERROR_STATE with the first that does not. Both texts were verified each for itself. */
int chain_verify_links(const char *journal, gsize journal_length, const char *audit, gsize audit_length,
                       GError **error);

/* What is wrong with the text JOURNAL by LINK, how chain_link() named its last line once; NULL: nothing. Caller frees.
 */
char *chain_link_problem(const char *journal, const char *link);

/* What is sealed, to which key and signature are added as members. Caller frees. */
json *chain_seal_document(const char *tenant_id, struct chain_end journal, struct chain_end audit, const char *at);

/* Take key and signature off SEAL: what was signed. Caller frees. */
char *chain_seal_signed_text(const json *seal);

/* What is wrong with the texts of JOURNAL and AUDIT (NULL: that one is not looked at) by the ends that SEAL names;
 * NULL: nothing, and *LATER is the number of lines that came after it was made. Caller frees. */
char *chain_seal_problem(const json *seal, const char *journal, const char *audit, int *later);

#endif
