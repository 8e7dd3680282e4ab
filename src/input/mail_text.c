/* SPDX-License-Identifier: MIT */
#include "input/mail_text.h"

#include <string.h>

#include "input/asides.h"
#include "input/byte_text.h"
#include "input/html_text.h"
#include "input/late_gmime.h"
#include "input/plain_words.h"

enum { PARTS_MAX = 200, DEPTH_MAX = 20 };

/* A message as bytes, each with the place of its code point in the input. */
struct message {
    GString *bytes;
    GArray *offsets; /* of int */
    GArray *out;
    gboolean with_links;
    GArray *dropped;
    gsize subject; /* behind the last one that was read */
    int parts;
};

static int line_before(const GArray *text, int at)
{
    int start = at - 1;
    while (start > 0 && source_at(text, start - 1) != '\n')
        start--;
    return start;
}

/* Where the first block of headers of a message begins; -1 if there is none. */
static int find_headers(const GArray *text)
{
    static const char *const headers[] = {"Content-Type:", "Content-Transfer-Encoding:", "MIME-Version:"};
    for (int i = 0; i < source_length(text); i++) {
        gboolean is_header = FALSE;
        for (gsize k = 0; k < G_N_ELEMENTS(headers) && (i == 0 || source_at(text, i - 1) == '\n'); k++)
            is_header |= source_has(text, i, headers[k]);
        if (!is_header)
            continue;
        int start = i;
        while (start > 0) {
            int before = line_before(text, start);
            int end = before;
            while (is_ascii_alnum(source_at(text, end)) || is_one_of(source_at(text, end), "-_"))
                end++;
            gboolean is_field = end > before && source_at(text, end) == ':';
            if (!is_field && !is_one_of(source_at(text, before), " \t")) /* which go on with one */
                break;
            start = before;
        }
        return start;
    }
    return -1;
}

static void put_byte(struct message *message, char byte, int offset)
{
    g_string_append_c(message->bytes, byte);
    g_array_append_val(message->offsets, offset);
}

/* A part alone, cut out of its message: what the line before it says is the boundary is declared. */
static void declare_boundary(struct message *message, const GArray *text, int headers)
{
    int line = headers > 0 ? line_before(text, headers) : 0;
    if (headers == 0 || !source_has(text, line, "--"))
        return;
    g_autofree char *boundary = source_utf8(text, line + 2, headers);
    g_autofree char *header =
        g_strdup_printf("Content-Type: multipart/mixed; boundary=\"%s\"\n\n--%s\n", g_strstrip(boundary), boundary);
    for (const char *at = header; *at != '\0'; at++)
        put_byte(message, *at, headers);
}

static int offset_at(const struct message *message, gint64 at)
{
    return g_array_index(message->offsets, int, at);
}

static void decode_quoted_printable(const struct message *message, struct byte_text *bytes, gint64 at, gint64 end)
{
    const char *text = message->bytes->str;
    while (at < end) {
        gint64 line = at + 1;
        while (line < end && (text[line] == ' ' || text[line] == '\t' || text[line] == '\r'))
            line++;
        if (text[at] == '=' && (line >= end || text[line] == '\n'))
            at = line + 1;
        else if (text[at] == '=' && at + 2 < end && g_ascii_isxdigit(text[at + 1]) && g_ascii_isxdigit(text[at + 2])) {
            int value = g_ascii_xdigit_value(text[at + 1]) * 16 + g_ascii_xdigit_value(text[at + 2]);
            byte_text_push(bytes, (guchar)value, offset_at(message, at));
            at += 3;
        } else {
            byte_text_push(bytes, (guchar)text[at], offset_at(message, at));
            at++;
        }
    }
}

static void decode_base64(const struct message *message, struct byte_text *bytes, gint64 at, gint64 end)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    guint bits = 0;
    int n = 0;
    for (; at < end; at++) {
        const char *digit = message->bytes->str[at] != '\0' ? strchr(digits, message->bytes->str[at]) : NULL;
        if (digit == NULL)
            continue;
        bits = (bits << 6 | (guint)(digit - digits)) & 0xFFFFFF;
        n += 6;
        if (n >= 8) {
            n -= 8;
            byte_text_push(bytes, (guchar)(bits >> n & 0xFF), offset_at(message, at));
        }
    }
}

/* An attachment that is text although its type says "application". */
static gboolean is_text_file(GMimePart *part, GMimeContentType *type)
{
    static const char *const types[] = {"json", "xml", "yaml", "x-yaml", "csv", "x-sh", "x-powershell", NULL};
    static const char *const ends[] = {".json", ".txt", ".csv",    ".yaml", ".yml",   ".xml", ".tf",
                                       ".log",  ".ps1", ".tfvars", ".env",  ".bicep", ".md",  NULL};
    const char *name = g_mime_part_get_filename(part);
    g_autofree char *lower = name != NULL ? g_ascii_strdown(name, -1) : NULL;
    for (int i = 0; types[i] != NULL; i++)
        if (g_mime_content_type_is_type(type, "application", types[i]))
            return TRUE;
    for (int i = 0; lower != NULL && ends[i] != NULL; i++)
        if (g_str_has_suffix(lower, ends[i]))
            return TRUE;
    return FALSE;
}

/* What is attached and no text may have the values; a picture of a signature has not. */
static void note_attachment(struct message *message, GMimePart *part, GMimeContentType *type, GMimeStream *stream)
{
    gint64 start = CLAMP(stream->bound_start, 0, (gint64)message->bytes->len);
    if (message->dropped == NULL || g_mime_part_get_filename(part) == NULL || start >= (gint64)message->bytes->len ||
        g_mime_content_type_is_type(type, "image", "*") ||
        g_mime_content_type_is_type(type, "application", "pkcs7-signature"))
        return;
    struct html_dropped attached = {
        .from = offset_at(message, start), .to = offset_at(message, start), .is_attached = TRUE};
    g_array_append_val(message->dropped, attached);
}

/* Where the next subject stands, behind what was read; the start if it was not found. */
static gint64 subject_at(struct message *message)
{
    static const char title[] = "subject:";
    const char *bytes = message->bytes->str;
    for (gsize at = message->subject; at + strlen(title) < message->bytes->len; at++)
        if ((at == 0 || bytes[at - 1] == '\n') && g_ascii_strncasecmp(bytes + at, title, strlen(title)) == 0) {
            message->subject = at + 1;
            return (gint64)at;
        }
    message->subject = message->bytes->len;
    return 0;
}

/* A line of what stands in a header, decoded; its place is that of the header AT. */
static void append_header(struct message *message, const char *title, const char *value, gint64 at)
{
    g_autofree char *line = g_strconcat(title, value, "\n\n", NULL);
    int offset = offset_at(message, CLAMP(at, 0, (gint64)message->bytes->len - 1));
    for (const char *character = line; *character != '\0'; character = g_utf8_next_char(character))
        source_append(message->out, g_utf8_get_char(character), offset);
}

/* "old-values-do-not-use.txt": the name of a file that is a text itself, if it speaks up. */
static void append_file_name(struct message *message, GMimePart *part, gint64 start)
{
    const char *name = g_mime_part_get_filename(part);
    g_auto(GStrv) words = g_strsplit_set(name != NULL && g_utf8_validate(name, -1, NULL) ? name : "", "-_. ()[]", -1);
    gboolean speaks_up = FALSE;
    for (int i = 0; words[i] != NULL; i++) {
        g_autofree char *word = g_utf8_strdown(words[i], -1);
        speaks_up |= *word != '\0' && (word_does_harm(word) || word_is_qualifier(word));
    }
    g_autofree char *joined = g_strjoinv(" ", words);
    if (speaks_up && message->bytes->len > 0)
        append_header(message, "File name: ", joined, start);
}

/* A text part. GMime says where its content stands; it is decoded here, since GMime's filters forget the places. */
static void append_part(struct message *message, GMimePart *part)
{
    GMimeDataWrapper *content = g_mime_part_get_content(part);
    GMimeStream *stream = content != NULL ? g_mime_data_wrapper_get_stream(content) : NULL;
    GMimeContentType *type = g_mime_object_get_content_type(GMIME_OBJECT(part));
    gboolean is_text = type == NULL || g_mime_content_type_is_type(type, "text", "*") || is_text_file(part, type);
    if (stream != NULL && !is_text)
        note_attachment(message, part, type, stream);
    if (stream == NULL || !is_text || message->parts++ >= PARTS_MAX)
        return;
    gint64 length = (gint64)message->bytes->len;
    gint64 start = CLAMP(stream->bound_start, 0, length);
    gint64 end = stream->bound_end < 0 ? length : CLAMP(stream->bound_end, start, length);
    g_autoptr(SourceText) decoded = source_new();
    struct byte_text bytes =
        byte_text_begin(decoded, g_mime_object_get_content_type_parameter(GMIME_OBJECT(part), "charset"));
    GMimeContentEncoding encoding = g_mime_part_get_content_encoding(part);
    if (encoding == GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE)
        decode_quoted_printable(message, &bytes, start, end);
    else if (encoding == GMIME_CONTENT_ENCODING_BASE64)
        decode_base64(message, &bytes, start, end);
    else
        for (gint64 i = start; i < end; i++)
            byte_text_push(&bytes, (guchar)message->bytes->str[i], offset_at(message, i));
    byte_text_finish(&bytes);
    append_file_name(message, part, start);
    g_autoptr(SourceText) shown = html_text(decoded, message->with_links ? LINKS_BEFORE : LINKS_NONE, message->dropped);
    for (int i = 0; i < source_length(shown); i++)
        source_append(message->out, source_at(shown, i), source_offset(shown, i));
    if (end > start)
        source_append(message->out, '\n', offset_at(message, end - 1));
}

/* What a letter is about may speak against what stands in it. */
static void append_subject(struct message *message, GMimeObject *object)
{
    const char *subject = g_mime_object_get_header(object, "Subject");
    if (subject != NULL && g_utf8_validate(subject, -1, NULL) && message->bytes->len > 0)
        append_header(message, "Subject: ", subject, subject_at(message));
}

static void append_object(struct message *message, GMimeObject *object, int depth)
{
    if (object == NULL || depth > DEPTH_MAX)
        return;
    if (GMIME_IS_MULTIPART(object)) {
        int n = g_mime_multipart_get_count(GMIME_MULTIPART(object));
        for (int i = 0; i < n; i++)
            append_object(message, g_mime_multipart_get_part(GMIME_MULTIPART(object), i), depth + 1);
    } else if (GMIME_IS_MESSAGE_PART(object)) {
        GMimeMessage *inner = g_mime_message_part_get_message(GMIME_MESSAGE_PART(object));
        if (inner != NULL)
            append_subject(message, GMIME_OBJECT(inner));
        append_object(message, inner != NULL ? g_mime_message_get_mime_part(inner) : NULL, depth + 1);
    } else if (GMIME_IS_PART(object))
        append_part(message, GMIME_PART(object));
}

static gpointer begin_gmime(gpointer unused)
{
    g_mime_init();
    return unused;
}

GArray *mail_text(const GArray *input, gboolean with_links, GArray *dropped)
{
    static GOnce once = G_ONCE_INIT;
    int headers = find_headers(input);
    if (headers < 0)
        return NULL;
    g_once(&once, begin_gmime, NULL);
    struct message message = {.out = source_new(), .with_links = with_links, .dropped = dropped};
    message.bytes = g_string_new(NULL);
    message.offsets = g_array_new(FALSE, FALSE, sizeof(int));
    for (int i = 0; i < headers; i++)
        source_append(message.out, source_at(input, i), source_offset(input, i));
    declare_boundary(&message, input, headers);
    for (int i = headers; i < source_length(input); i++) {
        gunichar character = source_at(input, i);
        char utf8[6];
        int n = character < BAD_BYTE ? g_unichar_to_utf8(character, utf8) : 1;
        if (character >= BAD_BYTE)
            utf8[0] = (char)(guchar)(character & 0xFF);
        for (int k = 0; k < n; k++)
            put_byte(&message, utf8[k], source_offset(input, i));
    }
    GMimeStream *stream = g_mime_stream_mem_new_with_buffer(message.bytes->str, message.bytes->len);
    GMimeParser *parser = g_mime_parser_new_with_stream(stream);
    g_mime_parser_set_persist_stream(parser, TRUE);
    GMimeObject *object = g_mime_parser_construct_part(parser, NULL);
    if (object != NULL)
        append_subject(&message, object);
    append_object(&message, object, 0);
    g_clear_object(&object);
    g_object_unref(parser);
    g_object_unref(stream);
    g_string_free(message.bytes, TRUE);
    g_array_unref(message.offsets);
    if (message.parts > 0)
        return message.out;
    g_array_unref(message.out);
    return NULL;
}
