/* SPDX-License-Identifier: MIT */
#include "engine/log.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"
#include "base/json.h"
#include "base/text.h"
#include "store/audit.h"

#define EVENT_LIMIT 20000
#define FILE_MODE 0600

struct log {
    struct queue *events;
    struct redactor *redactor;
    const struct clock *clock;
    int file;
    enum log_severity least;       /* that somebody sees without a file */
    struct audit *audit;           /* NULL: none is open */
    const struct journal *journal; /* that the audit goes with; NULL: none */
    guint dropped;
    gboolean is_torn; /* a line did not reach the file, and that was said */
};

struct log *log_open(struct queue *events, struct redactor *redactor, const struct clock *clock, const char *file,
                     GError **error)
{
    int fd = -1;
    if (file != NULL) {
        struct stat about = {0};
        /* A pipe that nobody reads from would be waited for; once it is open, writing may wait. */
        fd = open(file, O_WRONLY | O_APPEND | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC, FILE_MODE);
        gboolean is_linked = fd >= 0 && fstat(fd, &about) == 0 && S_ISREG(about.st_mode) && about.st_nlink > 1;
        if (fd < 0 || is_linked) {
            g_set_error(error, PERCH_ERROR, PERCH_ERROR_STATE, "Cannot open the log file %s: %s.\nName another file.",
                        file, is_linked ? "it has another name too (a hard link)" : g_strerror(errno));
            if (fd >= 0)
                close(fd);
            return NULL;
        }
        fcntl(fd, F_SETFL, O_APPEND);
        /* One that was there is closed to others as a new one would be; a terminal or a pipe stays as it is. */
        if (S_ISREG(about.st_mode) && (about.st_mode & 077) != 0)
            fchmod(fd, FILE_MODE);
    }
    struct log *log = g_new0(struct log, 1);
    log->events = events;
    log->redactor = redactor;
    log->clock = clock;
    log->file = fd;
    return log;
}

void log_show_from(struct log *log, enum log_severity least)
{
    log->least = least;
}

void log_close(struct log *log)
{
    if (log == NULL)
        return;
    if (log->file >= 0)
        close(log->file);
    audit_close(log->audit);
    g_free(log);
}

gboolean log_audit_to(struct log *log, const struct state_dir *dir, const struct journal *journal, GError **error)
{
    g_clear_pointer(&log->audit, audit_close);
    log->journal = journal;
    if (dir == NULL || dir->read_only)
        return TRUE;
    log->audit = audit_open(dir, error);
    return log->audit != NULL;
}

char *log_clean(struct log *log, const char *text)
{
    g_autofree char *redacted = redact(log->redactor, text);
    return text_safe(redacted, -1);
}

/* FALSE, with errno, if LINE did not reach the file. */
static gboolean write_file(struct log *log, const struct log_line *line)
{
    if (log->file < 0)
        return TRUE;
    g_autofree char *time = clock_format(line->time);
    g_autoptr(GString) text = g_string_new(NULL);
    static const char *const words[] = {
        [LOG_DEBUG] = "debug",     [LOG_INFO] = "info",   [LOG_NOTICE] = "notice",
        [LOG_WARNING] = "warning", [LOG_ERROR] = "error",
    };
    g_string_append_printf(text, "%s %-7s %s: %s", time, words[line->severity], line->subject, line->text);
    if (line->status != 0)
        g_string_append_printf(text, " [%d, %" G_GINT64_FORMAT " ms]", line->status, line->duration / 1000);
    if (line->request_id[0] != '\0')
        g_string_append_printf(text, " request-id %s", line->request_id);
    g_string_append_c(text, '\n');
    errno = EIO;
    return write(log->file, text->str, text->len) == (ssize_t)text->len;
}

static struct log_line *new_line(struct log *log, enum log_severity severity, const char *subject, const char *text,
                                 const char *detail, const char *request_id, int status)
{
    struct log_line *line = g_new0(struct log_line, 1);
    line->time = clock_now(log->clock);
    line->severity = severity;
    line->subject = log_clean(log, subject);
    line->text = log_clean(log, text);
    /* A secret may be spread over several lines. */
    g_autofree char *redacted = redact(log->redactor, detail != NULL ? detail : "");
    g_auto(GStrv) lines = g_strsplit(redacted, "\n", -1);
    for (char **one = lines; *one != NULL; one++) {
        char *clean = text_safe(*one, -1);
        g_free(*one);
        *one = clean;
    }
    line->detail = g_strjoinv("\n", lines);
    line->request_id = log_clean(log, request_id != NULL ? request_id : "");
    line->status = status;
    return line;
}

/* LINE is taken. */
static void push(struct log *log, struct log_line *line)
{
    /* A line that does not reach a file is not worth stopping for, the journal is what counts; but it is said. */
    gboolean is_news = !write_file(log, line) && !log->is_torn;
    if (is_news) {
        g_autofree char *why = g_strdup_printf("the log file misses lines from here on: %s", g_strerror(errno));
        log->is_torn = TRUE;
        push(log, new_line(log, LOG_ERROR, "log", why, NULL, NULL, 0));
    }
    if (queue_length(log->events) >= EVENT_LIMIT) {
        log->dropped++;
        log_line_free(line);
        return;
    }
    line->dropped = log->dropped;
    log->dropped = 0;
    queue_push(log->events, event_new(EVENT_LOG, line));
}

void log_write(struct log *log, enum log_severity severity, const char *subject, const char *text, const char *detail,
               const char *request_id, int status, gint64 duration)
{
    if (log->file < 0 && severity < log->least)
        return;
    struct log_line *line = new_line(log, severity, subject, text, detail, request_id, status);
    line->duration = duration;
    push(log, line);
}

void log_end(struct log *log, const GError *error)
{
    g_autofree char *headline = error_headline(error);
    struct log_line *line = new_line(log, LOG_ERROR, "perch", headline, error_hint(error), NULL, 0);
    line->ends = TRUE;
    push(log, line);
}

void log_wait(struct log *log, const char *subject, const char *text, const char *detail, const char *request_id,
              int status, gint64 until)
{
    struct log_line *line = new_line(log, LOG_NOTICE, subject, text, detail, request_id, status);
    line->until = until;
    push(log, line);
}

void log_audit(struct log *log, const char *who, const char *what, const char *object, const char *id,
               const char *outcome, const char *request_id)
{
    if (log->audit == NULL)
        return;
    g_autofree char *time = clock_format(clock_now(log->clock));
    g_autoptr(json) record = json_from("{'at':%s,'who':%s,'what':%s,'object':%s,'id':%s,'outcome':%s,'requestId':%s}",
                                       time, who, what, object, id, outcome, request_id);
    g_autofree char *noted = log->journal != NULL ? chain_link(journal_end(log->journal)) : NULL;
    if (noted != NULL)
        json_set_string(record, "journal", noted);
    g_autofree char *text = json_text(record);
    g_autofree char *redacted = redact(log->redactor, text);
    audit_append(log->audit, redacted);
}

struct chain_end log_audit_end(const struct log *log)
{
    return log->audit != NULL ? audit_end(log->audit) : (struct chain_end){.lines = 0, .sum = ""};
}
