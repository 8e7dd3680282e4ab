/* SPDX-License-Identifier: MIT */
#include "store/audit.h"

#include <string.h>
#include <unistd.h>

#include "base/error.h"

#define CHAIN_BEGINS ",\"chain\":\""
#define CHAIN_ENDS "\"}"
#define SUM_LENGTH 64

struct audit {
    int file;
    char *last; /* the chain of the last line; "" if it has none */
    int lines;
};

/* The chain of a line whose text, without its closing brace, is TEXT. Caller frees. */
static char *chain_of(const char *last, const char *text, gsize length)
{
    g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA256);
    g_checksum_update(sum, (const guchar *)last, (gssize)strlen(last));
    g_checksum_update(sum, (const guchar *)text, (gssize)length);
    return g_strdup(g_checksum_get_string(sum));
}

/* Where the chain begins in LINE; NULL if it has none. */
static const char *find_chain(const char *line, gsize length)
{
    const gsize whole = strlen(CHAIN_BEGINS) + SUM_LENGTH + strlen(CHAIN_ENDS);
    const char *at = length > whole ? line + length - whole : NULL;
    return at != NULL && g_str_has_prefix(at, CHAIN_BEGINS) && g_str_has_suffix(line, CHAIN_ENDS) ? at : NULL;
}

static char *chain_in(const char *line)
{
    const char *at = find_chain(line, strlen(line));
    return at != NULL ? g_strndup(at + strlen(CHAIN_BEGINS), SUM_LENGTH) : g_strdup("");
}

struct audit *audit_open(const struct state_dir *dir, GError **error)
{
    int file = state_dir_append_fd(dir, AUDIT_FILE, TRUE, error);
    g_autoptr(GString) text = file >= 0 ? state_dir_read_all(file, AUDIT_FILE, error) : NULL;
    if (text == NULL) {
        if (file >= 0)
            close(file);
        return NULL;
    }
    struct audit *audit = g_new0(struct audit, 1);
    /* A torn last line is dropped, as in the journal; what stands before a line end stays, whatever it is. */
    const char *end = memrchr(text->str, '\n', text->len);
    gsize whole = end != NULL ? (gsize)(end - text->str) + 1 : 0;
    if (whole < text->len && ftruncate(file, (off_t)whole) != 0)
        g_debug("The audit's torn line could not be dropped.");
    for (const char *line = strchr(text->str, '\n'); line != NULL; line = strchr(line + 1, '\n'))
        audit->lines++;
    g_string_truncate(text, whole > 0 ? whole - 1 : 0);
    const char *before = memrchr(text->str, '\n', text->len);
    audit->file = file;
    audit->last = chain_in(before != NULL ? before + 1 : text->str);
    return audit;
}

void audit_close(struct audit *audit)
{
    if (audit == NULL)
        return;
    close(audit->file);
    g_free(audit->last);
    g_free(audit);
}

void audit_append(struct audit *audit, const char *text)
{
    gsize length = strlen(text) - strlen("}");
    g_autofree char *chain = chain_of(audit->last, text, length);
    g_autofree char *line = g_strdup_printf("%.*s" CHAIN_BEGINS "%s" CHAIN_ENDS "\n", (int)length, text, chain);
    off_t before = lseek(audit->file, 0, SEEK_END);
    if (write(audit->file, line, strlen(line)) != (ssize_t)strlen(line)) {
        /* What was written of it would tear the chain. */
        if (ftruncate(audit->file, before) != 0)
            g_debug("The audit's torn line could not be dropped.");
        return;
    }
    g_free(audit->last);
    audit->last = g_steal_pointer(&chain);
    audit->lines++;
}

struct chain_end audit_end(const struct audit *audit)
{
    return (struct chain_end){.lines = audit->lines, .sum = audit->last};
}

int audit_verify(const char *bytes, gsize length, int *unchained, GError **error)
{
    g_autofree char *last = g_strdup("");
    const char *end = NULL;
    int count = 0;
    *unchained = 0;
    for (const char *at = bytes; at < bytes + length; at = end + 1, count++) {
        gsize left = length - (gsize)(at - bytes);
        end = memchr(at, '\n', left);
        end = end != NULL ? end : at + left;
        g_autofree char *line = g_strndup(at, (gsize)(end - at));
        gboolean is_text = strlen(line) == (gsize)(end - at) && line[0] != '\0';
        const char *chain = find_chain(line, strlen(line));
        g_autofree char *found = chain_in(line);
        g_autofree char *wanted = chain != NULL ? chain_of(last, line, (gsize)(chain - line)) : g_strdup("");
        if (!is_text || strcmp(found, wanted) != 0 || (chain == NULL && last[0] != '\0')) {
            g_set_error(error, PERCH_ERROR, PERCH_ERROR_STATE,
                        "Line %d does not follow the one before: one of them was changed, put in or taken out.",
                        count + 1);
            return -1;
        }
        *unchained += chain == NULL ? 1 : 0;
        g_free(last);
        last = g_steal_pointer(&found);
    }
    return count;
}
