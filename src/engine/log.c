#include "engine/log.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "base/error.h"
#include "base/json.h"
#include "base/text.h"

#define EVENT_LIMIT 20000
#define FILE_MODE 0600
#define AUDIT_FILE "audit.jsonl"

struct log {
    struct queue *events;
    struct redactor *redactor;
    const struct clock *clock;
    int file;
    int audit;
    guint dropped;
};

struct log *log_open(struct queue *events, struct redactor *redactor, const struct clock *clock, const char *file,
                     GError **error)
{
    int fd = -1;
    if (file != NULL) {
        fd = open(file, O_WRONLY | O_APPEND | O_CREAT | O_NOFOLLOW | O_CLOEXEC, FILE_MODE);
        if (fd < 0) {
            g_set_error(error, PERCH_ERROR, PERCH_ERROR_STATE, "Cannot open the log file %s: %s.", file,
                        g_strerror(errno));
            return NULL;
        }
    }
    struct log *log = g_new0(struct log, 1);
    log->events = events;
    log->redactor = redactor;
    log->clock = clock;
    log->file = fd;
    log->audit = -1;
    return log;
}

void log_close(struct log *log)
{
    if (log == NULL)
        return;
    if (log->file >= 0)
        close(log->file);
    if (log->audit >= 0)
        close(log->audit);
    g_free(log);
}

gboolean log_audit_to(struct log *log, const struct state_dir *dir, GError **error)
{
    if (log->audit >= 0)
        close(log->audit);
    log->audit = -1;
    if (dir == NULL || dir->read_only)
        return TRUE;
    log->audit = state_dir_append_fd(dir, AUDIT_FILE, TRUE, error);
    return log->audit >= 0;
}

char *log_clean(struct log *log, const char *text)
{
    g_autofree char *redacted = redact(log->redactor, text);
    return text_safe(redacted, -1);
}

/* A line that does not reach a file is not worth stopping for: the journal is what counts. */
static void append(int fd, const char *line)
{
    ssize_t written = fd >= 0 ? write(fd, line, strlen(line)) : 0;
    (void)written;
}

static char *clean_lines(struct log *log, const char *text)
{
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    for (char **line = lines; *line != NULL; line++) {
        char *clean = log_clean(log, *line);
        g_free(*line);
        *line = clean;
    }
    return g_strjoinv("\n", lines);
}

static const char *severity_word(enum log_severity severity)
{
    static const char *const words[] = {
        [LOG_DEBUG] = "debug",     [LOG_INFO] = "info",   [LOG_NOTICE] = "notice",
        [LOG_WARNING] = "warning", [LOG_ERROR] = "error",
    };
    return words[severity];
}

static void write_file(struct log *log, const struct log_line *line)
{
    if (log->file < 0)
        return;
    g_autofree char *time = clock_format(line->time);
    g_autoptr(GString) text = g_string_new(NULL);
    g_string_append_printf(text, "%s %-7s %s: %s", time, severity_word(line->severity), line->subject, line->text);
    if (line->status != 0)
        g_string_append_printf(text, " [%d, %" G_GINT64_FORMAT " ms]", line->status, line->duration / 1000);
    if (line->request_id[0] != '\0')
        g_string_append_printf(text, " request-id %s", line->request_id);
    g_string_append_c(text, '\n');
    append(log->file, text->str);
}

void log_write(struct log *log, enum log_severity severity, const char *subject, const char *text, const char *detail,
               const char *request_id, int status, gint64 duration)
{
    struct log_line *line = g_new0(struct log_line, 1);
    line->time = clock_now(log->clock);
    line->severity = severity;
    line->subject = log_clean(log, subject);
    line->text = log_clean(log, text);
    line->detail = clean_lines(log, detail != NULL ? detail : "");
    line->request_id = log_clean(log, request_id != NULL ? request_id : "");
    line->status = status;
    line->duration = duration;
    write_file(log, line);
    if (queue_length(log->events) >= EVENT_LIMIT) {
        log->dropped++;
        log_line_free(line);
        return;
    }
    line->dropped = log->dropped;
    log->dropped = 0;
    queue_push(log->events, event_new(EVENT_LOG, line));
}

void log_audit(struct log *log, const char *who, const char *what, const char *object, const char *id,
               const char *outcome, const char *request_id)
{
    if (log->audit < 0)
        return;
    g_autofree char *time = clock_format(clock_now(log->clock));
    g_autoptr(json) record = json_from("{'at':%s,'who':%s,'what':%s,'object':%s,'id':%s,'outcome':%s,'requestId':%s}",
                                       time, who, what, object, id, outcome, request_id);
    g_autofree char *text = json_text(record);
    g_autofree char *redacted = redact(log->redactor, text);
    g_autofree char *line = g_strconcat(redacted, "\n", NULL);
    append(log->audit, line);
}
