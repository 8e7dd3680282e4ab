/* SPDX-License-Identifier: MIT */
#include "store/journal.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/error.h"
#include "base/json.h"

#define CHECK_DIGITS 16
#define CHECK_MEMBER ",\"check\":\""
#define CHECK_TAIL "\"}"

struct journal {
    int fd;
    gboolean writable;
    off_t size;
    GPtrArray *records;
    char last_check[CHECK_DIGITS + 1];
};

/* BODY is the line up to where its check begins. */
static void compute_check(const char *before, const char *body, gsize length, char *check)
{
    g_autoptr(GChecksum) checksum = g_checksum_new(G_CHECKSUM_SHA256);
    g_checksum_update(checksum, (const guchar *)before, (gssize)strlen(before));
    g_checksum_update(checksum, (const guchar *)body, (gssize)length);
    g_strlcpy(check, g_checksum_get_string(checksum), CHECK_DIGITS + 1);
}

static gboolean damaged(GError **error, guint line, const char *why)
{
    g_set_error(error, PERCH_ERROR, PERCH_ERROR_STATE,
                "The journal " JOURNAL_FILE
                " is damaged in line %u: %s.\nNothing was sent. Put back a copy of the file, "
                "or move the folder away to start from what the tenant shows.",
                line, why);
    return FALSE;
}

static gboolean check_line(struct journal *journal, const char *line, guint number, GError **error)
{
    gsize length = strlen(line);
    gsize tail = strlen(CHECK_MEMBER) + CHECK_DIGITS + strlen(CHECK_TAIL);
    char check[CHECK_DIGITS + 1];
    if (length <= tail || strncmp(line + length - tail, CHECK_MEMBER, strlen(CHECK_MEMBER)) != 0)
        return damaged(error, number, "no checksum");
    compute_check(journal->last_check, line, length - tail, check);
    if (memcmp(check, line + length - tail + strlen(CHECK_MEMBER), CHECK_DIGITS) != 0)
        return damaged(error, number, "the checksum does not fit");
    g_strlcpy(journal->last_check, check, sizeof check);
    return TRUE;
}

static gboolean knows_format(const json *begin, GError **error)
{
    gint64 format = json_get_int(begin, "format", 1);
    const char *version = json_get_string(begin, "version");
    if (format >= 1 && format <= JOURNAL_FORMAT)
        return TRUE;
    g_set_error(error, PERCH_ERROR, PERCH_ERROR_STATE,
                "The journal " JOURNAL_FILE " is of format %" G_GINT64_FORMAT ", and this perch (" PERCH_VERSION
                ") knows the formats 1 to %d.\nNothing was sent. Perch %s wrote it: use "
                "that one, or name another --state-dir.",
                format, JOURNAL_FORMAT, version != NULL ? version : "of another version");
    return FALSE;
}

static gboolean load_record(struct journal *journal, const json *value, guint number, GError **error)
{
    g_autoptr(GError) cause = NULL;
    if (json_get_int(value, "seq", -1) != (gint64)number)
        return damaged(error, number, "its number does not follow");
    if (number == 1 && !knows_format(value, error))
        return FALSE;
    struct journal_record *record = journal_record_decode(value, &cause);
    if (record == NULL) {
        g_set_error(error, PERCH_ERROR, PERCH_ERROR_STATE,
                    "Line %u of the journal " JOURNAL_FILE " cannot be used by this perch (" PERCH_VERSION
                    "): %s.\nNothing was sent. A newer perch may have written it: use that one, or name another "
                    "--state-dir.",
                    number, cause->message);
        return FALSE;
    }
    g_ptr_array_add(journal->records, record);
    return (record->type == RECORD_BEGIN) == (number == 1) ||
           damaged(error, number, "a journal begins with its first line, and only there");
}

static gboolean load_text(struct journal *journal, GString *text, GError **error)
{
    guint number = 1;
    char *line = text->str;
    for (char *end = strchr(line, '\n'); end != NULL; end = strchr(line, '\n')) {
        *end = '\0';
        if (!check_line(journal, line, number, error))
            return FALSE;
        g_autoptr(json) value = json_parse(line, -1, NULL);
        if (value == NULL)
            return damaged(error, number, "no JSON");
        if (!load_record(journal, value, number++, error))
            return FALSE;
        *end = '\n';
        line = end + 1;
    }
    /* A file system may leave NUL bytes where a line was being written when the power went, and nothing after them. */
    for (gsize i = strlen(text->str); i < text->len; i++)
        if (text->str[i] != '\0')
            return damaged(error, number, "NUL bytes in the middle of the text");
    /* A whole line whose end became another byte is no line that was torn. */
    struct journal probe = *journal;
    gsize length = text->len - (gsize)(line - text->str);
    g_autofree char *whole = length > 1 ? g_strndup(line, length - 1) : NULL;
    if (whole != NULL && check_line(&probe, whole, 0, NULL) && strlen(whole) == length - 1)
        return damaged(error, number, "its end was changed");
    journal->size = line - text->str;
    return TRUE;
}

static gboolean load(struct journal *journal, GError **error)
{
    g_autoptr(GString) text = state_dir_read_all(journal->fd, JOURNAL_FILE, error);
    if (text == NULL || !load_text(journal, text, error))
        return FALSE;
    /* What follows the last line end was being written when the machine or the process died. */
    if ((gsize)journal->size < text->len && journal->writable && ftruncate(journal->fd, journal->size) != 0) {
        g_set_error(error, PERCH_ERROR, PERCH_ERROR_STATE,
                    "Cannot cut the torn end off the journal " JOURNAL_FILE
                    ": %s.\nNothing was sent. Mend the disk, or name another --state-dir.",
                    g_strerror(errno));
        return FALSE;
    }
    return TRUE;
}

int journal_verify(const char *text, gsize length, GError **error)
{
    g_autoptr(GString) copy = g_string_new_len(text, (gssize)length);
    g_autoptr(GPtrArray) records = g_ptr_array_new_with_free_func((GDestroyNotify)journal_record_unref);
    struct journal journal = {.fd = -1, .records = records};
    return load_text(&journal, copy, error) ? (int)records->len : -1;
}

static gboolean check_begin(const struct journal *journal, const char *tenant_id, const char *partner, GError **error)
{
    const struct journal_record *begin = g_ptr_array_index(journal->records, 0);
    if (strcmp(begin->tenant, tenant_id) != 0) {
        g_set_error(
            error, PERCH_ERROR, PERCH_ERROR_TENANT,
            "The journal belongs to the tenant %s, and you are signed in to %s.\nNothing was sent. Sign in to the "
            "right tenant, or name another --state-dir.",
            begin->tenant, tenant_id);
        return FALSE;
    }
    if (strcmp(begin->partner, partner) == 0)
        return TRUE;
    g_set_error(error, PERCH_ERROR, PERCH_ERROR_STATE,
                "The journal was begun with the partner profile “%s”, and this is “%s”.\nName another --state-dir.",
                begin->partner, partner);
    return FALSE;
}

static gboolean begin(struct journal *journal, const struct state_dir *dir, const char *tenant_id, const char *partner,
                      const char *profile_sha256, GError **error)
{
    if (journal->records->len > 0)
        return check_begin(journal, tenant_id, partner, error);
    if (!journal->writable)
        return TRUE;
    const struct journal_record record = {
        .type = RECORD_BEGIN,
        .format = JOURNAL_FORMAT,
        .version = PERCH_VERSION,
        .tenant = tenant_id,
        .partner = partner,
        .digest = profile_sha256,
    };
    if (journal_append(journal, &record, g_get_real_time(), error) == NULL)
        return FALSE;
    int fd = open(dir->path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd >= 0) {
        fsync(fd);
        close(fd);
    }
    return TRUE;
}

struct journal *journal_open(const struct state_dir *dir, const char *tenant_id, const char *partner,
                             const char *profile_sha256, GError **error)
{
    struct journal *journal = g_new0(struct journal, 1);
    journal->records = g_ptr_array_new_with_free_func((GDestroyNotify)journal_record_unref);
    journal->writable = !dir->read_only;
    journal->fd = -1;
    /* Another perch has just taken the lock. */
    g_autofree char *path = state_dir_file(dir, JOURNAL_FILE);
    struct stat status;
    if (dir->read_only && lstat(path, &status) != 0 && errno == ENOENT)
        return journal;
    journal->fd = state_dir_append_fd(dir, JOURNAL_FILE, journal->writable, error);
    if (journal->fd >= 0 && load(journal, error) && begin(journal, dir, tenant_id, partner, profile_sha256, error))
        return journal;
    journal_close(journal);
    return NULL;
}

void journal_close(struct journal *journal)
{
    if (journal == NULL)
        return;
    if (journal->fd >= 0)
        close(journal->fd);
    g_ptr_array_unref(journal->records);
    g_free(journal);
}

const GPtrArray *journal_records(const struct journal *journal)
{
    return journal->records;
}

struct chain_end journal_end(const struct journal *journal)
{
    return (struct chain_end){.lines = (int)journal->records->len, .sum = journal->last_check};
}

static gboolean write_durably(struct journal *journal, const GString *line, GError **error)
{
    ssize_t written = write(journal->fd, line->str, line->len);
    int why = written < 0 ? errno : ENOSPC;
    if (written == (ssize_t)line->len) {
        if (fdatasync(journal->fd) == 0)
            return TRUE;
        why = errno;
    }
    int cut = ftruncate(journal->fd, journal->size);
    g_set_error(error, PERCH_ERROR, PERCH_ERROR_STATE, "Cannot write the journal: %s.\n%s Make room and try again.",
                g_strerror(why), cut == 0 ? "What it was to note was not begun." : "Its last line may be torn.");
    return FALSE;
}

const struct journal_record *journal_append(struct journal *journal, const struct journal_record *record, gint64 at,
                                            GError **error)
{
    struct journal_record dated = *record;
    char check[CHECK_DIGITS + 1];
    if (!journal->writable) {
        g_set_error_literal(error, PERCH_ERROR, PERCH_ERROR_LOCKED,
                            "Another perch works on this tenant.\nClose it, or look on: this one only reads.");
        return NULL;
    }
    dated.at = at;
    g_autoptr(json) value = journal_record_encode(&dated);
    /* What could not be read again is not written. */
    struct journal_record *taken = journal_record_decode(value, error);
    if (taken == NULL)
        return NULL;
    json_set_int(value, "seq", (gint64)journal->records->len + 1);
    g_autofree char *body = json_text(value);
    gsize length = strlen(body) - 1;
    compute_check(journal->last_check, body, length, check);
    g_autoptr(GString) line = g_string_new_len(body, (gssize)length);
    g_string_append_printf(line, CHECK_MEMBER "%s" CHECK_TAIL "\n", check);
    if (!write_durably(journal, line, error)) {
        journal_record_unref(taken);
        return NULL;
    }
    journal->size += (off_t)line->len;
    g_strlcpy(journal->last_check, check, sizeof check);
    g_ptr_array_add(journal->records, taken);
    return taken;
}
