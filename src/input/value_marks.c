/* SPDX-License-Identifier: MIT */
#include "input/value_marks.h"

#include <string.h>

#include "input/asides.h"
#include "input/hub_labels.h"
#include "input/hub_value.h"

enum { TOKEN_MAX = 60, CAPTURE_MAX = 200 };

static gboolean is_space(gunichar character)
{
    return is_blank(character) || is_one_of(character, "\"'`*_");
}

/* The words of a key that end at TO, in small letters with single blanks: "valid until" of "validUntil". Caller frees.
 */
static char *key_before(const GArray *text, int from, int to)
{
    int least = MAX(from, to - TOKEN_MAX);
    while (to > least && is_space(source_at(text, to - 1)))
        to--;
    int start = to;
    while (start > from && to - start < TOKEN_MAX && !is_one_of(source_at(text, start - 1), "\"'`{}[](),;|:=<>\t") &&
           !(is_blank(source_at(text, start - 1)) && is_blank(source_at(text, start - 2))))
        start--;
    GString *key = g_string_new(NULL);
    for (int i = start; i < to; i++) {
        gunichar character = source_at(text, i);
        gboolean is_inner = i > start && character < BAD_BYTE && g_unichar_isupper(character) &&
                            g_unichar_islower(MIN(source_at(text, i - 1), 0x10FFFF));
        if (is_inner || is_one_of(character, "_-. #/"))
            g_string_append_c(key, ' ');
        if (character < BAD_BYTE && g_unichar_isalnum(character))
            g_string_append_unichar(key, g_unichar_tolower(character));
    }
    g_autofree char *words = g_string_free(key, FALSE);
    g_auto(GStrv) parts = g_strsplit(g_strstrip(words), " ", -1);
    return g_strjoinv(" ", parts);
}

/* What stands at FROM, without quotation marks, in small letters. Caller frees. */
static char *value_at(const GArray *text, int from, int to)
{
    to = MIN(to, from + 2 * TOKEN_MAX);
    while (from < to && (is_space(source_at(text, from)) || source_at(text, from) == '('))
        from++;
    int end = from;
    while (end < to && end - from < TOKEN_MAX && !is_one_of(source_at(text, end), "\"'`,;|<>}])\t"))
        end++;
    g_autofree char *typed = source_utf8(text, from, end);
    g_autofree char *lower = g_utf8_strdown(typed, -1);
    g_strstrip(lower);
    gsize length = strlen(lower);
    while (length > 0 && strchr(".!*", lower[length - 1]) != NULL)
        lower[--length] = '\0';
    return g_steal_pointer(&lower);
}

static gboolean is_in(const char *const *list, const char *word)
{
    return g_strv_contains(list, word);
}

static const char *const yes[] = {"true", "yes", "ja", "oui", "sí", "sim", NULL};
static const char *const no[] = {"false", "no", "nein", "non", "não", "nee", "nej", "pending", NULL};

static const char *const stages[] = {"test",     "dev",  "development", "staging",  "uat", "sandbox",
                                     "lab",      "demo", "nonprod",     "non-prod", "qa",  "preprod",
                                     "pre-prod", "poc",  "pilot",       NULL};

/* What stands behind a key of a stage or a state, of values that are not to be used. */
static const char *const unfit[] = {
    "test",      "tests",        "testing",     "dev",      "develop",    "development",    "staging",
    "stage",     "uat",          "sandbox",     "lab",      "demo",       "nonprod",        "non-prod",
    "non prod",  "qa",           "preprod",     "pre-prod", "poc",        "pilot",          "draft",
    "disabled",  "failed",       "deleting",    "deleted",  "deprecated", "retired",        "obsolete",
    "expired",   "inactive",     "suspended",   "archived", "old",        "decommissioned", "superseded",
    "revoked",   "rejected",     "declined",    "sample",   "example",    "entwurf",        "inaktiv",
    "abgelehnt", "testumgebung", "integration", "int",      "tainted",    "planned",        "proposed",
    NULL};

static gboolean begins_with_any(const char *const *list, const char *key)
{
    for (int i = 0; list[i] != NULL; i++)
        if (g_str_has_prefix(key, list[i]))
            return TRUE;
    return FALSE;
}

/* A time, or who it was, is not given. */
static gboolean is_unset(const char *value)
{
    static const char *const unset[] = {"null", "none",  "never", "nil", "n/a", "-",
                                        "–",    "false", "no",    "0",   "nie", NULL};
    return *value == '\0' || is_in(unset, value) || g_str_has_prefix(value, "0001-") ||
           g_str_has_prefix(value, "9999-");
}

/* "deleted at", "disabled by". */
static gboolean is_of_end(const char *key)
{
    static const char *const deeds[] = {"deleted", "disabled",  "rejected", "revoked",    "retired",        "archived",
                                        "expired", "cancelled", "canceled", "deprecated", "decommissioned", NULL};
    static const char *const ends[] = {"at", "by", "on", "since", "date", "time", NULL};
    const char *last = strchr(key, ' ');
    g_autofree char *deed = last != NULL ? g_strndup(key, (gsize)(last - key)) : NULL;
    return deed != NULL && is_in(deeds, deed) && is_in(ends, last + 1);
}

/* "load tests": a word of it is of what is not to be used. */
static gboolean has_unfit_word(const char *value)
{
    g_auto(GStrv) words = g_strsplit_set(value, " -_/.", -1);
    for (int i = 0; words[i] != NULL; i++)
        if (is_in(unfit, words[i]))
            return TRUE;
    return FALSE;
}

/* What an environment or a stage is called that is in use; what begins with no letter names none. */
static gboolean is_in_use(const char *value)
{
    static const char *const starts[] = {"prod",   "prd",    "live",    "main",      "azure",
                                         "public", "global", "default", "microsoft", NULL};
    static const char *const limits[] = {"non", "not",    "no",  "pre",   "post", "nicht",
                                         "pas", "former", "old", "other", NULL};
    g_auto(GStrv) words = g_strsplit_set(value, " -_/.,", -1);
    gboolean is_used = FALSE;
    for (int i = 0; words[i] != NULL; i++) {
        if (is_in(limits, words[i]) || is_in(unfit, words[i]))
            return FALSE;
        is_used |= begins_with_any(starts, words[i]);
    }
    return is_used || !g_unichar_isalpha(g_utf8_get_char(value));
}

static gboolean is_of_stage(const char *key)
{
    static const char *const keys[] = {"environment", "env",           "stage",
                                       "umgebung",    "entorno",       "ambiente",
                                       "omgeving",    "environnement", "deployment environment",
                                       "miljö",       "miljø",         NULL};
    return is_in(keys, key);
}

/* KEY with VALUE behind it says that what stands beside them is not to be used. */
static gboolean is_unfit(const char *key, const char *value)
{
    static const char *const keys[] = {"environment",
                                       "env",
                                       "stage",
                                       "tier",
                                       "lifecycle",
                                       "lifecycle stage",
                                       "phase",
                                       "usage",
                                       "status",
                                       "state",
                                       "umgebung",
                                       "entorno",
                                       "ambiente",
                                       "omgeving",
                                       "provisioning state",
                                       "use",
                                       "purpose",
                                       "zweck",
                                       "environnement",
                                       "deployment environment",
                                       NULL};
    static const char *const good[] = {
        "active",    "enabled",  "approved",    "is active",   "is enabled", "in use",        "live",
        "confirmed", "valid",    "is valid",    "usable",      "aktiv",      "is production", "prod",
        "is prod",   "verified", "is verified", "is live",     "is final",   "freigegeben",   "gültig",
        "approuvé",  "aprobado", "released",    "is approved", "production", "final",         NULL};
    static const char *const bad[] = {
        "deprecated", "is deprecated", "is example",  "example",   "obsolete",    "is obsolete", "retired",
        "is test",    "test",          "is old",      "draft",     "is draft",    "disabled",    "is disabled",
        "archived",   "expired",       "superseded",  "sample",    "tainted",     "dry run",     "dryrun",
        "is dry run", "rejected",      "is rejected", "deleted",   "is deleted",  "cancelled",   "canceled",
        "revoked",    "is revoked",    "is expired",  "is sample", "is archived", NULL};
    static const char *const ends[] = {"valid until",   "valid to",    "expires",    "expiry",        "expiration",
                                       "superseded by", "replaced by", "gültig bis", "end of life",   "eol",
                                       "valid till",    "sunset",      "ablauf",     "valable jusqu", "válido hasta",
                                       "valido fino",   "geldig tot",  NULL};
    if (*value == '\0')
        return FALSE;
    if (strcmp(value, "tainted") == 0)
        return TRUE;
    return (is_in(keys, key) && has_unfit_word(value)) || (is_of_stage(key) && !is_in_use(value)) ||
           (is_in(good, key) && is_in(no, value)) || (is_in(bad, key) && is_in(yes, value)) ||
           (strcmp(key, "count") == 0 && strcmp(value, "0") == 0) ||
           ((begins_with_any(ends, key) || is_of_end(key)) && !is_unset(value));
}

/* Among the cells of a row that has a resource ID, one names what is not to be used: "Test,/subscriptions/...". */
static gboolean has_unfit_cell(const GArray *text, int from, int to)
{
    gboolean has_unfit = FALSE;
    gboolean has_id = FALSE;
    for (int start = from, at = from; at <= to; at++) {
        if (at < to && !is_one_of(source_at(text, at), ",;|\t"))
            continue;
        g_autofree char *cell = value_at(text, start, at);
        has_unfit |= is_in(stages, cell);
        has_id |= g_str_has_prefix(cell, "//////");
        start = at + 1;
    }
    return has_unfit && has_id;
}

/* "Setting | Old value": a column of old ones, and none of new ones. */
static gboolean is_old_head(const GArray *text, int from, int to)
{
    gboolean is_old = FALSE;
    int cells = 0;
    for (int start = from, at = from; at <= to; at++) {
        if (at < to && !is_one_of(source_at(text, at), "|\t"))
            continue;
        g_autofree char *cell = value_at(text, start, at);
        gsize first = strcspn(cell, " ");
        g_autofree char *word = g_strndup(cell, first);
        is_old |= label_is_old_word(word) && (strstr(cell, " val") != NULL || cell[first] == '\0');
        cells += *cell != '\0';
        start = at + 1;
    }
    return is_old && cells == 2;
}

static gboolean ends_cell(gunichar character)
{
    return is_one_of(character, "|\t;,");
}

/* The end of the cell that begins at FROM. */
static int cell_end(const GArray *text, int from, int to)
{
    int end = from;
    while (end < to && !ends_cell(source_at(text, end)))
        end++;
    return end;
}

gboolean line_is_head(const GArray *text, int from, int to)
{
    enum { HEAD_MAX = 600 };
    gboolean has_value = FALSE;
    int cells = 0;
    for (int start = from; to - from <= HEAD_MAX && start < to;) {
        int end = cell_end(text, start, to);
        g_autofree char *cell = source_utf8(text, start, MIN(end, start + TOKEN_MAX));
        enum label_kind kind = *g_strstrip(cell) != '\0' ? label_read(cell).kind : LABEL_OTHER;
        if (source_has(text, start, "//////") || source_has(text, start + 1, "//////"))
            return FALSE;
        has_value |= kind == LABEL_ID || kind == LABEL_HUB || kind == LABEL_HUB_NAME;
        cells += *cell != '\0';
        start = end + 1;
    }
    return has_value && cells > 1;
}

/* What a column says of each row: it takes that row's values out, and those of no other. */
static gboolean is_of_row(const char *key)
{
    static const char *const keys[] = {"status", "state",      "provisioning state", "enabled",
                                       "active", "is enabled", "is active",          NULL};
    return is_in(keys, key);
}

gboolean row_is_unfit(const GArray *text, int head, int from, int to)
{
    int head_end = line_end(text, head);
    for (int start = from; start < to && head < head_end;) {
        int title_end = cell_end(text, head, head_end);
        int end = cell_end(text, start, to);
        g_autofree char *key = key_before(text, head, title_end);
        g_autofree char *value = *key != '\0' ? value_at(text, start, end) : NULL;
        if (value != NULL && !is_of_row(key) && is_unfit(key, value))
            return TRUE;
        head = title_end + 1;
        start = end + 1;
    }
    return FALSE;
}

gboolean line_has_cells(const GArray *text, int from, int to)
{
    return cell_end(text, from, to) < to;
}

/* ".env.test" */
static gboolean names_unfit_file(const GArray *text, int from, int to)
{
    static const char start[] = ".env.";
    int at = source_find_between(text, from, to, start);
    if (at < 0)
        return FALSE;
    int end = at + (int)strlen(start);
    while (end < to && is_ascii_alnum(source_at(text, end)))
        end++;
    g_autofree char *stage = source_utf8(text, at + (int)strlen(start), end);
    return is_in(unfit, stage);
}

/* How many cells of the line are not empty. */
static int cells_of(const GArray *text, int from, int to)
{
    int cells = 0;
    for (int start = from, end = from; start < to; start = end + 1) {
        end = cell_end(text, start, to);
        cells += skip_blanks(text, start, end) < end;
    }
    return cells;
}

gboolean line_has_property(const GArray *text, int from, int to)
{
    if (has_unfit_cell(text, from, to) || is_old_head(text, from, to) || names_unfit_file(text, from, to))
        return TRUE;
    int cells = cells_of(text, from, to);
    for (int at = from; at < to; at++) {
        if (!is_one_of(source_at(text, at), ":=|\t") || source_at(text, at + 1) == '/')
            continue;
        g_autofree char *key = key_before(text, from, at);
        g_autofree char *value = *key != '\0' ? value_at(text, at + 1, to) : NULL;
        const char *last = strrchr(key, ' ');
        gboolean is_attribute = source_at(text, at) == '=' && is_one_of(source_at(text, at + 1), "\"'") && last != NULL;
        gboolean is_capture = source_has_between(text, MAX(at - CAPTURE_MAX, 0), at, "capture");
        gboolean is_title = is_one_of(source_at(text, at), "|\t") && cells != 2; /* of a table's column */
        if (is_title && value != NULL && is_of_stage(key) && !has_unfit_word(value))
            continue;
        if (value != NULL && !is_capture && (is_unfit(key, value) || (is_attribute && is_unfit(last + 1, value))))
            return TRUE;
        int open = at + 1;
        while (open < MIN(to, at + TOKEN_MAX) && is_space(source_at(text, open)))
            open++;
        if (*key != '\0' && is_one_of(source_at(text, open), "{[") && label_is_old_word(key))
            return TRUE;
    }
    return FALSE;
}

gboolean line_has_sign(const GArray *text, int from, int to)
{
    enum { LETTERS_MIN = 4 };
    static const gunichar signs[] = {0x274C,  0x26D4,  0x1F6AB, 0x1F6D1, 0x1F6A7, 0x1F44E, 0x2753,  0x2754,
                                     0x1F648, 0x1F5D1, 0x2620,  0x1F937, 0x1F914, 0x26A0,  0x1F6A9, 0x1F6A8};
    int letters = 0;
    gboolean is_apart = TRUE;
    for (int i = from; i < to; i++) {
        gunichar character = source_at(text, i);
        for (gsize k = 0; k < G_N_ELEMENTS(signs); k++)
            if (character == signs[k])
                return TRUE;
        if (character >= 0x0335 && character <= 0x0338)
            return TRUE; /* a line through the letter before it */
        gboolean is_letter = character < BAD_BYTE && g_unichar_isalpha(character);
        letters += is_letter;
        is_apart &= is_letter ? (i == from || is_blank(source_at(text, i - 1))) : is_blank(character);
    }
    if (!is_apart || letters < LETTERS_MIN)
        return FALSE;
    g_autofree char *typed = source_utf8(text, from, to);
    g_auto(GStrv) each = g_strsplit(typed, " ", -1);
    g_autofree char *joined = g_strjoinv("", each);
    g_autofree char *word = g_utf8_strdown(joined, -1);
    return word_does_harm(word);
}

/* The mark that strikes out what begins at AT; NULL if there is none. */
static const char *strike_at(const GArray *text, int at)
{
    static const char *const marks[] = {"~~", "~", "[s]", "[strike]", "[del]", "<s>", "<del>", "<strike>", NULL};
    for (int i = 0; marks[i] != NULL; i++)
        if (source_has(text, at, marks[i]))
            return marks[i];
    gboolean is_org = source_at(text, at) == '+' && is_ascii_letter(source_at(text, at + 1));
    return is_org ? "+" : NULL;
}

gboolean line_is_struck(const GArray *text, int from, int to)
{
    int at = from;
    while (at < to && (is_blank(source_at(text, at)) ||
                       (is_one_of(source_at(text, at), "-*>") && is_blank(source_at(text, at + 1)))))
        at++;
    int end = to;
    while (end > at && is_blank(source_at(text, end - 1)))
        end--;
    const char *mark = strike_at(text, at);
    if (mark != NULL && end - at > 2 * (int)strlen(mark)) {
        gunichar last = source_at(text, end - 1);
        if (last == (mark[0] == '[' || mark[0] == '<' ? (mark[0] == '[' ? ']' : '>') : (gunichar)mark[0]))
            return TRUE;
    }
    for (int i = at; i < end; i++) { /* "~~`/subscriptions/...`~~" */
        if (!source_has(text, i, "~~"))
            continue;
        int id = i + 2;
        while (id < end && is_one_of(source_at(text, id), "`\"'< "))
            id++;
        if (source_at(text, id) == '/' && source_at(text, id + 1) == '/')
            return source_find_between(text, id, end, "~~") == end - 2;
    }
    return FALSE;
}

gboolean line_denies(const GArray *text, int from, int to)
{
    const int colon = source_find_character(text, from, to, ':');
    for (int i = from; i + 1 < to; i++)
        if (source_has(text, i, "!=") ||
            ((source_has(text, i, "(?") || source_has(text, i, "[?")) && (colon < 0 || colon >= i)) ||
            source_at(text, i) == 0x2260)
            return TRUE;
    return FALSE;
}

gboolean line_is_commented(const GArray *text, int from, int to, gboolean *is_inside)
{
    int at = from;
    while (at < to && is_blank(source_at(text, at)))
        at++;
    gboolean was_inside = *is_inside;
    gboolean opens = source_has(text, at, "/*") || source_has(text, at, "<!--");
    if (opens || was_inside)
        *is_inside = !source_has_between(text, at, to, "*/") && !source_has_between(text, at, to, "-->");
    return was_inside || opens || source_has(text, at, "//") || source_has(text, at, "--") ||
           source_at(text, at) == '#';
}
