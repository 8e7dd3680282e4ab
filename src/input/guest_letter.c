/* SPDX-License-Identifier: MIT */
#include "input/guest_letter.h"

#include <string.h>

#include "input/phrases.h"

enum { KEY_MAX = 24, WROTE_MAX = 300 };

/* Words of keys stand in small letters. */
static const char *const sender_keys[] = {
    "from",     "von",    "de",          "da",         "van",       "od",       "fra",      "från",
    "reply-to", "sender", "antwort an",  "expéditeur", "remitente", "mittente", "afzender", "absender",
    "差出人",   "发件人", "return-path", "répondre à", "送信者",    NULL};
static const char *const receiver_keys[] = {"to",    "cc",           "bcc",    "an",   "à",          "a",    "para",
                                            "aan",   "do",           "dw",     "udw",  "til",        "till", "kopie",
                                            "copia", "kopia",        "cópia",  "cci",  "cco",        "ccn",  "kopi",
                                            "宛先",  "destinataire", "收件人", "抄送", "blindkopie", NULL};
static const char *const other_keys[] = {
    "subject",   "betreff",  "objet",      "asunto",      "oggetto",  "onderwerp",   "assunto", "temat",      "ämne",
    "emne",      "件名",     "主题",       "date",        "sent",     "gesendet",    "envoyé",  "enviado",    "inviato",
    "verzonden", "datum",    "data",       "fecha",       "skickat",  "sendt",       "wysłano", "dato",       "日付",
    "送信日時",  "发送时间", "importance", "wichtigkeit", "priority", "attachments", "anlagen", "message-id", NULL};

static enum letter_part key_part(const GArray *text, int from, int to)
{
    int colon = source_find_character(text, from, MIN(to, from + KEY_MAX), ':');
    int wide = source_find_character(text, from, MIN(to, from + KEY_MAX), 0xFF1A);
    if (colon < 0 && wide < 0)
        return LETTER_LIST;
    g_autofree char *typed = source_utf8(text, from, colon >= 0 ? colon : wide);
    g_strdelimit(typed, "*\xC2\xA0", ' ');
    g_autofree char *key = g_utf8_strdown(g_strstrip(typed), -1);
    return g_strv_contains(sender_keys, key)     ? LETTER_SENDER
           : g_strv_contains(receiver_keys, key) ? LETTER_RECEIVER
           : g_strv_contains(other_keys, key)    ? LETTER_HEADER
                                                 : LETTER_LIST;
}

/* "On Monday, 9 November, Ana Roe <ana@partner.example> wrote:" */
static gboolean says_who_wrote(const GArray *text, int from, int to)
{
    static const char *const verbs[] = {" wrote ",   " schrieb ",  " a écrit ", " escribió ", " ha scritto ",
                                        " schreef ", " escreveu ", " napisał ", " skrev ",    NULL};
    while (to > from && is_edge(source_at(text, to - 1)))
        to--;
    if (to - from > WROTE_MAX || source_at(text, to - 1) != ':')
        return FALSE;
    g_autofree char *words = words_between(text, from, to);
    return words_have(words, verbs);
}

static const char *const closings[] = {"--",
                                       "best",
                                       "best regards",
                                       "kind regards",
                                       "regards",
                                       "many thanks",
                                       "thanks",
                                       "thank you",
                                       "cheers",
                                       "sincerely",
                                       "br",
                                       "kr",
                                       "mfg",
                                       "vg",
                                       "mit freundlichen grüßen",
                                       "viele grüße",
                                       "gruß",
                                       "danke",
                                       "cordialement",
                                       "bien cordialement",
                                       "merci",
                                       "saludos",
                                       "un saludo",
                                       "cordiali saluti",
                                       "met vriendelijke groet",
                                       "pozdrawiam",
                                       "mvh",
                                       "atenciosamente",
                                       "med venlig hilsen",
                                       "warm regards",
                                       "all the best",
                                       "with kind regards",
                                       "beste grüße",
                                       "liebe grüße",
                                       "mit besten grüßen",
                                       "freundliche grüße",
                                       "groeten",
                                       "bien à vous",
                                       "un cordial saludo",
                                       NULL};

/* The line is a mail's closing words, or the dashes above a signature. */
static gboolean begins_signature(const GArray *text, int from, int to)
{
    g_autofree char *typed = source_utf8(text, from, to);
    g_autofree char *line = g_utf8_strdown(g_strstrip(typed), -1);
    gsize length = strlen(line);
    while (length > 2 && strchr(",.!", line[length - 1]) != NULL)
        line[--length] = '\0';
    return g_strv_contains(closings, line);
}

/* Behind the marks of a quoted reply. */
static int skip_quote_marks(const GArray *text, int at, int to)
{
    while (at < to && (is_edge(source_at(text, at)) || source_at(text, at) == '>'))
        at++;
    return at;
}

static void mark(guint8 *parts, int from, int to, enum letter_part part)
{
    memset(parts + from, (int)part, (gsize)(to - from));
}

/* A header is several of its lines one below the other, and says more than who gets it. */
static void close_header(guint8 *parts, int from, int to, guint kinds)
{
    gboolean is_header = (kinds & (kinds - 1)) != 0;
    for (int i = from; i < to && !is_header; i++)
        parts[i] &= LETTER_FOLDED;
}

/* Mark the lines of headers; those of a line that is folded belong to it. */
static void mark_headers(const GArray *text, guint8 *parts)
{
    enum letter_part last = LETTER_LIST;
    guint kinds = 0;
    int block = 0;
    for (int start = 0, end = 0; start < source_length(text); start = end + 1) {
        end = line_end(text, start);
        int from = skip_quote_marks(text, start, end);
        gboolean is_folded = last != LETTER_LIST && from > start && from < end && source_at(text, start) != '>';
        enum letter_part part = is_folded ? last : key_part(text, from, end);
        if (part == LETTER_LIST) {
            close_header(parts, block, start, kinds);
            block = start;
            kinds = 0;
        } else if (last == LETTER_LIST)
            block = start;
        mark(parts, start, end, part);
        for (int i = start - 1; is_folded && i >= 0 && is_line_break(source_at(text, i)); i--)
            parts[i] = (guint8)(last | LETTER_FOLDED);
        kinds |= part != LETTER_LIST ? 1U << part : 0;
        last = part;
        end += source_at(text, end) == '\r' && source_at(text, end + 1) == '\n' ? 1 : 0;
    }
    close_header(parts, block, source_length(text), kinds);
}

guint8 *letter_read(const GArray *text)
{
    int length = source_length(text);
    guint8 *parts = g_new0(guint8, (gsize)length + 1);
    mark_headers(text, parts);
    gboolean is_signed = FALSE;
    gboolean has_list = FALSE;
    for (int start = 0, end = 0; start < length; start = end + 1) {
        end = line_end(text, start);
        int from = skip_quote_marks(text, start, end);
        if ((parts[start] & LETTER_PARTS) != LETTER_LIST) {
            is_signed = FALSE;
            continue;
        }
        if (says_who_wrote(text, from, end)) {
            mark(parts, start, end, LETTER_SENDER);
            is_signed = FALSE;
            continue;
        }
        is_signed |= has_list && begins_signature(text, from, end);
        if (is_signed)
            mark(parts, start, end, LETTER_SIGNATURE);
        has_list |= !is_signed && source_find_character(text, start, end, '@') >= 0;
    }
    for (int i = 0; i < length && !has_list; i++)
        if ((parts[i] & LETTER_PARTS) == LETTER_RECEIVER)
            parts[i] &= LETTER_FOLDED;
    return parts;
}
