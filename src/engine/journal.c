#include "engine/journal.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/error.h"

#define JOURNAL_FILE "journal.jsonl"
#define CHECK_DIGITS 16
#define CHECK_MEMBER ",\"check\":\""
#define CHECK_TAIL "\"}"
#define READ_SIZE 65536

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
    if (strncmp(check, line + length - tail + strlen(CHECK_MEMBER), CHECK_DIGITS) != 0)
        return damaged(error, number, "the checksum does not fit");
    g_strlcpy(journal->last_check, check, sizeof check);
    return TRUE;
}

static gboolean load_line(struct journal *journal, const char *line, guint number, GError **error)
{
    g_autoptr(GError) cause = NULL;
    if (!check_line(journal, line, number, error))
        return FALSE;
    json *record = json_parse(line, -1, &cause);
    if (record == NULL)
        return damaged(error, number, "no JSON");
    if (json_get_int(record, "seq", -1) != (gint64)number) {
        json_free(record);
        return damaged(error, number, "its number does not follow");
    }
    g_ptr_array_add(journal->records, record);
    return TRUE;
}

static char *read_all(int fd, GError **error)
{
    g_autoptr(GString) text = g_string_new(NULL);
    g_autofree char *buffer = g_malloc(READ_SIZE);
    for (;;) {
        ssize_t got = read(fd, buffer, READ_SIZE);
        if (got == 0)
            return g_string_free(g_steal_pointer(&text), FALSE);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0) {
            g_set_error(error, PERCH_ERROR, PERCH_ERROR_STATE, "Cannot read the journal: %s.", g_strerror(errno));
            return NULL;
        }
        if (memchr(buffer, '\0', (gsize)got) != NULL) {
            g_set_error_literal(error, PERCH_ERROR, PERCH_ERROR_STATE,
                                "The journal holds NUL bytes. Nothing was sent.");
            return NULL;
        }
        g_string_append_len(text, buffer, got);
    }
}

static gboolean load(struct journal *journal, GError **error)
{
    g_autofree char *text = read_all(journal->fd, error);
    if (text == NULL)
        return FALSE;
    guint number = 1;
    char *line = text;
    for (char *end = strchr(line, '\n'); end != NULL; end = strchr(line, '\n')) {
        *end = '\0';
        if (!load_line(journal, line, number++, error))
            return FALSE;
        line = end + 1;
    }
    journal->size = line - text;
    /* What follows the last line end was being written when the machine or the process died. */
    if (*line != '\0' && journal->writable && ftruncate(journal->fd, journal->size) != 0) {
        g_set_error(error, PERCH_ERROR, PERCH_ERROR_STATE, "Cannot cut the torn end off the journal: %s.",
                    g_strerror(errno));
        return FALSE;
    }
    return TRUE;
}

static gboolean check_begin(const struct journal *journal, const char *tenant_id, const char *partner, GError **error)
{
    const json *begin = g_ptr_array_index(journal->records, 0);
    const char *tenant = json_get_string(begin, "tenant");
    if (g_strcmp0(tenant, tenant_id) != 0) {
        g_set_error(
            error, PERCH_ERROR, PERCH_ERROR_TENANT,
            "The journal belongs to the tenant %s, and you are signed in to %s.\nNothing was sent. Sign in to the "
            "right tenant, or name another --state-dir.",
            tenant != NULL ? tenant : "of nobody", tenant_id);
        return FALSE;
    }
    if (g_strcmp0(json_get_string(begin, "partner"), partner) == 0)
        return TRUE;
    g_set_error(error, PERCH_ERROR, PERCH_ERROR_STATE,
                "The journal was begun with the partner profile “%s”, and this is “%s”.\nName another --state-dir.",
                json_get_string(begin, "partner"), partner);
    return FALSE;
}

static void sync_folder(const char *path)
{
    int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0)
        return;
    fsync(fd);
    close(fd);
}

static gboolean begin(struct journal *journal, const struct state_dir *dir, const char *tenant_id, const char *partner,
                      GError **error)
{
    if (journal->records->len > 0)
        return check_begin(journal, tenant_id, partner, error);
    if (!journal->writable)
        return TRUE;
    json *record =
        json_from("{'type':'begin','version':%s,'tenant':%s,'partner':%s}", PERCH_VERSION, tenant_id, partner);
    if (!journal_append(journal, record, g_get_real_time(), error))
        return FALSE;
    sync_folder(dir->path);
    return TRUE;
}

/* Another perch has just taken the lock. */
static gboolean is_not_begun(const struct state_dir *dir)
{
    g_autofree char *path = state_dir_file(dir, JOURNAL_FILE);
    struct stat status;
    return dir->read_only && lstat(path, &status) != 0 && errno == ENOENT;
}

struct journal *journal_open(const struct state_dir *dir, const char *tenant_id, const char *partner, GError **error)
{
    struct journal *journal = g_new0(struct journal, 1);
    journal->records = g_ptr_array_new_with_free_func((GDestroyNotify)json_free);
    journal->writable = !dir->read_only;
    journal->fd = -1;
    if (is_not_begun(dir))
        return journal;
    journal->fd = state_dir_append_fd(dir, JOURNAL_FILE, journal->writable, error);
    if (journal->fd >= 0 && load(journal, error) && begin(journal, dir, tenant_id, partner, error))
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

gboolean journal_append(struct journal *journal, json *record, gint64 at, GError **error)
{
    g_autoptr(json) taken = record;
    g_autofree char *time = clock_format(at);
    char check[CHECK_DIGITS + 1];
    if (!journal->writable) {
        g_set_error_literal(error, PERCH_ERROR, PERCH_ERROR_LOCKED,
                            "Another perch works on this tenant.\nClose it, or look on: this one only reads.");
        return FALSE;
    }
    json_set_int(taken, "seq", (gint64)journal->records->len + 1);
    json_set_string(taken, "at", time);
    g_autofree char *body = json_text(taken);
    gsize length = strlen(body) - 1;
    compute_check(journal->last_check, body, length, check);
    g_autoptr(GString) line = g_string_new_len(body, (gssize)length);
    g_string_append_printf(line, CHECK_MEMBER "%s" CHECK_TAIL "\n", check);
    if (!write_durably(journal, line, error))
        return FALSE;
    journal->size += (off_t)line->len;
    g_strlcpy(journal->last_check, check, sizeof check);
    g_ptr_array_add(journal->records, g_steal_pointer(&taken));
    return TRUE;
}
