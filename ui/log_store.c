/* SPDX-License-Identifier: MIT */
#include "ui/log_store.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/error.h"

/* So many lines are found by one offset into the file, and read one after another. */
#define STRIDE 64

struct stride {
    goffset at;
    guint kept; /* lines in the file: all, or none where they could not be written */
};

struct log_store {
    GPtrArray *recent; /* of struct log_line, the newest last */
    guint spilled;     /* lines before the recent ones */
    int file;          /* -1: none could be made, older lines are lost */
    goffset end;       /* of the file */
    GArray *strides;   /* of struct stride: of all spilled lines */
    GPtrArray *block;  /* of struct log_line: the lines of one stride, as read last */
    guint block_first;
};

static int open_nameless(const char *folder)
{
    g_autofree char *path = g_build_filename(folder != NULL ? folder : g_get_tmp_dir(), ".perch-log-XXXXXX", NULL);
    int file = g_mkstemp_full(path, O_RDWR | O_CLOEXEC, 0600);
    if (file >= 0)
        unlink(path);
    return file;
}

struct log_store *log_store_new(const char *folder)
{
    struct log_store *store = g_new0(struct log_store, 1);
    store->recent = g_ptr_array_new_with_free_func((GDestroyNotify)log_line_free);
    store->file = open_nameless(folder);
    if (store->file < 0 && folder != NULL)
        store->file = open_nameless(NULL);
    store->strides = g_array_new(FALSE, FALSE, sizeof(struct stride));
    store->block = g_ptr_array_new_with_free_func((GDestroyNotify)log_line_free);
    return store;
}

void log_store_free(struct log_store *store)
{
    if (store == NULL)
        return;
    g_ptr_array_unref(store->recent);
    g_array_unref(store->strides);
    g_ptr_array_unref(store->block);
    if (store->file >= 0)
        close(store->file);
    g_free(store);
}

void log_store_set_folder(struct log_store *store, const char *folder)
{
    int file = store->spilled == 0 ? open_nameless(folder) : -1;
    if (file < 0)
        return;
    if (store->file >= 0)
        close(store->file);
    store->file = file;
}

/* A record: its length, the numbers, and four texts that end in NUL. */
struct record {
    guint32 length;
    gint32 severity;
    gint32 status;
    guint32 dropped;
    gint64 time;
    gint64 duration;
};

static gboolean write_all(int file, const guint8 *bytes, gsize length, goffset at)
{
    while (length > 0) {
        ssize_t written = pwrite(file, bytes, length, at);
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0)
            return FALSE;
        bytes += written;
        length -= (gsize)written;
        at += written;
    }
    return TRUE;
}

static void append_record(GByteArray *records, const struct log_line *line)
{
    struct record head = {0, (gint32)line->severity, line->status, line->dropped, line->time, line->duration};
    const char *texts[] = {line->subject, line->text, line->detail, line->request_id};
    guint start = records->len;
    g_byte_array_append(records, (const guint8 *)&head, sizeof head);
    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++)
        g_byte_array_append(records, (const guint8 *)texts[i], (guint)strlen(texts[i]) + 1);
    head.length = records->len - start;
    memcpy(records->data + start, &head, sizeof head);
}

/* The oldest lines, as many as a stride has: a key that comes meanwhile waits for one write. Those that cannot be
 * written still have their numbers: they read as lost. */
static void spill(struct log_store *store)
{
    struct stride stride = {store->end, 0};
    g_autoptr(GByteArray) records = g_byte_array_new();
    for (guint i = 0; i < STRIDE; i++)
        append_record(records, g_ptr_array_index(store->recent, i));
    if (store->file >= 0 && write_all(store->file, records->data, records->len, store->end)) {
        store->end += records->len;
        stride.kept = STRIDE;
    }
    g_array_append_val(store->strides, stride);
    store->spilled += STRIDE;
    g_ptr_array_remove_range(store->recent, 0, STRIDE);
}

void log_store_add(struct log_store *store, struct log_line *line)
{
    g_ptr_array_add(store->recent, line);
    if (store->recent->len >= LOG_STORE_RECENT + STRIDE)
        spill(store);
}

guint log_store_count(const struct log_store *store)
{
    return store->spilled + store->recent->len;
}

static gboolean read_all(int file, void *bytes, gsize length, goffset at)
{
    guint8 *to = bytes;
    while (length > 0) {
        ssize_t count = pread(file, to, length, at);
        if (count < 0 && errno == EINTR)
            continue;
        if (count <= 0)
            return FALSE;
        to += count;
        length -= (gsize)count;
        at += count;
    }
    return TRUE;
}

static struct log_line *read_record(int file, goffset *at)
{
    struct record head;
    if (!read_all(file, &head, sizeof head, *at) || head.length < sizeof head + 4)
        return NULL;
    g_autofree char *texts = g_malloc(head.length - sizeof head);
    if (!read_all(file, texts, head.length - sizeof head, *at + (goffset)sizeof head))
        return NULL;
    *at += head.length;
    struct log_line *line = g_new0(struct log_line, 1);
    line->severity = (enum log_severity)head.severity;
    line->status = head.status;
    line->dropped = head.dropped;
    line->time = head.time;
    line->duration = head.duration;
    char **hits[] = {&line->subject, &line->text, &line->detail, &line->request_id};
    const char *text = texts;
    for (gsize i = 0; i < G_N_ELEMENTS(hits); i++) {
        *hits[i] = g_strdup(text);
        text += strlen(text) + 1;
    }
    return line;
}

const struct log_line *log_store_line(struct log_store *store, guint number)
{
    guint first = number - number % STRIDE;
    if (number >= store->spilled) {
        guint index = number - store->spilled;
        return index < store->recent->len ? g_ptr_array_index(store->recent, index) : NULL;
    }
    if (store->block->len == 0 || store->block_first != first) {
        struct stride stride = g_array_index(store->strides, struct stride, first / STRIDE);
        struct log_line *line = NULL;
        g_ptr_array_set_size(store->block, 0);
        store->block_first = first;
        while (store->block->len < stride.kept && (line = read_record(store->file, &stride.at)) != NULL)
            g_ptr_array_add(store->block, line);
    }
    return number - first < store->block->len ? g_ptr_array_index(store->block, number - first) : NULL;
}

static gboolean contains(const char *text, const char *needle)
{
    g_autofree char *folded_text = g_utf8_casefold(text, -1);
    g_autofree char *folded_needle = g_utf8_casefold(needle, -1);
    return strstr(folded_text, folded_needle) != NULL;
}

gboolean log_line_contains(const struct log_line *line, const char *text)
{
    return contains(line->text, text) || contains(line->subject, text) || contains(line->request_id, text) ||
           contains(line->detail, text);
}

static gboolean given(const char *text)
{
    return text != NULL && *text != '\0';
}

gboolean log_filter_is_empty(const struct log_filter *filter)
{
    return filter->least == LOG_DEBUG && !given(filter->subject) && !given(filter->text);
}

gboolean log_filter_matches(const struct log_filter *filter, const struct log_line *line)
{
    if (line->severity < filter->least)
        return FALSE;
    if (given(filter->subject) && !contains(line->subject, filter->subject))
        return FALSE;
    return !given(filter->text) || log_line_contains(line, filter->text);
}

char *log_line_format(const struct log_line *line)
{
    static const char *const severities[] = {"debug", "info", "notice", "warning", "error"};
    g_autofree char *time = clock_format(line->time);
    GString *text = g_string_new(NULL);
    g_string_append_printf(text, "%s %-7s %-12s %s", time, severities[line->severity], line->subject, line->text);
    if (line->status != 0)
        g_string_append_printf(text, " [%d in %" G_GINT64_FORMAT " ms]", line->status, line->duration / 1000);
    if (*line->request_id != '\0')
        g_string_append_printf(text, " [request %s]", line->request_id);
    if (line->dropped > 0)
        g_string_append_printf(text, " [%u lines lost before this one]", line->dropped);
    return g_string_free(text, FALSE);
}

static void write_lost(FILE *stream, guint *lost)
{
    if (*lost > 0)
        fprintf(stream, "%u lines were lost here: the file for older lines could not be written or read.\n", *lost);
    *lost = 0;
}

gboolean log_store_save(struct log_store *store, const char *file, GError **error)
{
    int handle = open(file, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
    FILE *stream = handle >= 0 ? fdopen(handle, "w") : NULL;
    if (stream == NULL) {
        g_set_error(error, PERCH_ERROR, PERCH_ERROR_USAGE,
                    "The log was not saved to %s: %s.\nName a file that does not "
                    "exist yet, in a folder of yours.",
                    file, g_strerror(errno));
        return FALSE;
    }
    guint lost = 0;
    for (guint i = 0; i < log_store_count(store); i++) {
        const struct log_line *line = log_store_line(store, i);
        if (line == NULL) {
            lost++;
            continue;
        }
        write_lost(stream, &lost);
        g_autofree char *text = log_line_format(line);
        fprintf(stream, "%s\n", text);
    }
    write_lost(stream, &lost);
    gboolean written = !ferror(stream);
    if (fclose(stream) == 0 && written)
        return TRUE;
    g_set_error(error, PERCH_ERROR, PERCH_ERROR_USAGE, "The log in %s is not complete: %s.", file, g_strerror(errno));
    return FALSE;
}
