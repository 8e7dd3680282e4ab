/* SPDX-License-Identifier: MIT */
#include "input/value_remarks.h"

#include <string.h>

#include "input/hub_value.h"
#include "input/phrases.h"

enum { REMARK_MAX = 160, SENTENCE_MAX = 240 };

/* Words below stand in small letters. Those that leave a value as it is: */
static const char *const harmless[] = {
    /* how to take it over */
    "please", "do", "any", "first", "second", "third", "copy", "copied", "copy-paste", "copy/paste", "paste", "pasted",
    "exactly", "exact", "verbatim", "as", "is", "it", "its", "shown", "written", "given", "enter", "use", "used",
    "this", "that", "these", "note", "nb", "case", "sensitive", "case-sensitive", "lower", "upper", "lowercase",
    "uppercase", "lower-case", "mixed", "all", "small", "letters", "letter", "characters", "character", "chars", "char",
    "long", "spaces", "space", "blanks", "quotes", "quotation", "marks", "brackets", "backticks", "no", "without",
    "with", "only", "just", "same", "spelling", "name", "value", "values", "field", "box", "step", "page", "form",
    "into", "clipboard", "here", "above", "below", "see",
    /* what it is */
    "event", "hub", "hubs", "eventhub", "event-hub", "namespace", "instance", "entity", "path", "topic", "resource",
    "id", "group", "region", "location", "zone", "eastus", "eastus2", "westus", "westus2", "westeurope", "northeurope",
    "weu", "neu", "eus", "west", "east", "north", "south", "central", "europe", "us", "uk", "germany", "france", "prod",
    "production", "live", "standard", "basic", "premium", "dedicated", "tier", "sku", "plus", "capture", "partition",
    "partitions", "count", "throughput", "unit", "units", "tu", "tus", "retention", "day", "days", "hour", "hours",
    "hrs", "consumer", "consumers", "default", "status", "state", "active", "enabled", "disabled", "running", "created",
    "new", "newly", "final", "ok", "okay", "ready", "correct", "confirmed", "verified", "checked", "tested", "valid",
    "approved", "unchanged", "required", "mandatory", "edited", "updated", "added", "dedicated", "raw", "stream",
    "streaming", "api", "data", "defender", "xdr", "mdr", "microsoft", "azure", "telemetry", "events", "alerts", "logs",
    "hunting",
    /* what it was */
    "formerly", "former", "previously", "previous", "old", "was", "before", "replaces", "replaced", "once", "ex",
    "früher", "vorher", "bisher", "ehemals", "anciennement", "ancien", "antes", "prima", "voorheen",
    /* a sentence's joints */
    "a", "an", "the", "of", "in", "on", "at", "to", "for", "from", "by", "and", "has", "have", "had", "been", "be",
    "we", "you", "your", "our", "ours", "yours", "they", "there", "which", "who", "so", "one", "two", "thanks", "thank",
    "cheers", "regards", "yesterday", "today", "now", "yes", "yet", "not", "already", "team", "via", "portal", "chat",
    /* the same in other languages */
    "bitte", "genau", "exakt", "so", "kopieren", "übernehmen", "eingeben", "eintragen", "groß", "kleinschreibung",
    "groß-", "beachten", "klein", "kleingeschrieben", "geschrieben", "zeichen", "der", "die", "das", "den", "dem",
    "des", "im", "ist", "sind", "und", "mit", "ohne", "leerzeichen", "anführungszeichen", "danke", "siehe", "neu",
    "angelegt", "erstellt", "aktiv", "gestern", "heute", "für", "sie", "ihr", "ihre", "wurde", "wird", "copier",
    "exactement", "tel", "quel", "sensible", "à", "la", "le", "les", "casse", "de", "du", "des", "et", "dans", "espace",
    "noms", "sans", "espaces", "guillemets", "merci", "créé", "actif", "respecter", "majuscules", "minuscules",
    "copiar", "exactamente", "tal", "cual", "distingue", "mayúsculas", "minúsculas", "y", "en", "el", "los", "sin",
    "espacios", "comillas", "gracias", "por", "favor", "activo", "nuevo", "copiare", "esattamente", "così", "com", "è",
    "e", "senza", "spazi", "virgolette", "grazie", "attivo", "di", "kopiëren", "exact", "zo", "het", "een", "zonder",
    "spaties", "actief", "nieuw", "bedankt", "o", "os", "em", "no", "na", "sem", "espaços", "aspas", "obrigado",
    "ativo", "novo", "maiúsculas", "minúsculas", NULL};

/* With a word of each list a sentence says how a value's letters are to be changed. */
static const char *const changes[] = {
    "without",   "remove",     "removing",  "drop",      "dropping",  "minus",     "append",      "appended",
    "appending", "prepend",    "prepended", "omit",      "insert",    "capital",   "capitalised", "capitalized",
    "uppercase", "lowercase",  "replace",   "swap",      "strip",     "missing",   "forgot",      "extra",
    "ohne",      "entferne",   "entfernen", "weglassen", "anhängen",  "angehängt", "ersetze",     "ersetzen",
    "fehlt",     "großem",     "großen",    "sans",      "enlever",   "enlevez",   "ajouter",     "ajoutez",
    "manque",    "sin",        "quitar",    "quite",     "añadir",    "añada",     "falta",       "senza",
    "togliere",  "aggiungere", "manca",     "zonder",    "verwijder", "sem",       "remover",     "acrescentar",
    NULL};
static const char *const parts[] = {
    "dash",        "dashes",       "hyphen",      "hyphens", "underscore", "underscores", "dot",        "dots",
    "digit",       "digits",       "letter",      "letters", "character",  "suffix",      "prefix",     "ending",
    "bindestrich", "bindestriche", "unterstrich", "punkt",   "ziffer",     "buchstabe",   "buchstaben", "endung",
    "präfix",      "suffixe",      "préfixe",     "tiret",   "trait",      "chiffre",     "lettre",     "guion",
    "guión",       "cifra",        "letra",       "sufijo",  "prefijo",    "trattino",    "lettera",    "suffisso",
    "prefisso",    "streepje",     "cijfer",      "hífen",   "sufixo",     "prefixo",     NULL};
static const char *const phrases[] = {" with a capital ",
                                      " as discussed please append ",
                                      " please append ",
                                      " one s too many ",
                                      " too many ",
                                      " singular ",
                                      " plural of ",
                                      " autocorrect ",
                                      " the capital ",
                                      " start with ",
                                      " starts with ",
                                      " begin with ",
                                      " begins with ",
                                      " end with ",
                                      " ends with ",
                                      " beginnt mit ",
                                      " endet mit ",
                                      " commence par ",
                                      " empieza por ",
                                      " all caps ",
                                      " but capital ",
                                      " in capitals ",
                                      " spelled with ",
                                      " spelt with ",
                                      " a typo in the name ",
                                      " one too many ",
                                      " appended ",
                                      " to be appended ",
                                      " without the trailing ",
                                      " without the leading ",
                                      " to be confirmed ",
                                      " tbc ",
                                      " to be approved ",
                                      " to be verified ",
                                      " subject to ",
                                      " noch zu bestätigen ",
                                      " à confirmer ",
                                      " por confirmar ",
                                      " da confermare ",
                                      " te bevestigen ",
                                      " a confirmar ",
                                      " will rename ",
                                      " will be renamed ",
                                      " without the last ",
                                      " without the first ",
                                      " minus the ",
                                      " mit großem ",
                                      " mit kleinem ",
                                      " avec un grand ",
                                      " avec une majuscule ",
                                      " con mayúscula ",
                                      " con la maiuscola ",
                                      " met een hoofdletter ",
                                      NULL};

/* A name's rules, said in general. */
static const char *const rules[] = {" may ",   " can ",     " allowed ", " contain", " consist",         " spaces ",
                                    " space ", " slash ",   " valid ",   " dürfen ", " darf ",           " enthalten ",
                                    " peut ",  " peuvent ", " puede ",   " pueden ", " case sensitive ", NULL};

/* "case sensitive, no trailing spaces" speaks of no letter of the value. */
static gboolean words_change_value(const char *words)
{
    gboolean changes_it = FALSE;
    gboolean has_part = FALSE;
    if (words_have(words, phrases) && strstr(words, " space") == NULL && strstr(words, " slash") == NULL)
        return TRUE;
    g_auto(GStrv) each = g_strsplit(words, " ", -1);
    for (char **word = each; *word != NULL; word++) {
        changes_it |= g_strv_contains(changes, *word);
        has_part |= g_strv_contains(parts, *word);
    }
    return (changes_it || !words_have(words, rules)) && has_part;
}

/* "in lower case" behind NAME, which has capitals, or the other way round. */
static gboolean has_other_case(const char *words, const char *name)
{
    gboolean is_lower = strstr(words, " lower case ") != NULL || strstr(words, " lowercase ") != NULL ||
                        strstr(words, " kleingeschrieben ") != NULL || strstr(words, " minuscules ") != NULL;
    gboolean is_upper = strstr(words, " upper case ") != NULL || strstr(words, " uppercase ") != NULL ||
                        strstr(words, " großgeschrieben ") != NULL || strstr(words, " majuscules ") != NULL;
    g_autofree char *lower = g_ascii_strdown(name, -1);
    g_autofree char *upper = g_ascii_strup(name, -1);
    return is_lower != is_upper && strcmp(name, is_lower ? lower : upper) != 0;
}

/* "(12 characters)" behind NAME, which has another number of them. */
static gboolean has_other_length(const char *words, const char *name)
{
    static const char *const units[] = {"characters", "chars",      "letters",   "zeichen", "buchstaben",
                                        "caractères", "caracteres", "caratteri", "tekens",  NULL};
    g_auto(GStrv) each = g_strsplit(words, " ", -1);
    for (char **word = each; *word != NULL && word[1] != NULL; word++)
        if (g_ascii_isdigit(**word) && g_strv_contains(units, word[1]))
            return g_ascii_strtoull(*word, NULL, 10) != strlen(name);
    return FALSE;
}

/* Another label of the line begins between FROM and TO, outside of brackets: "; region: eastus". The place of the mark
 * before it, or of its divider; TO if there is none. */
static int next_label(const GArray *text, int from, int to)
{
    int mark = -1;
    gboolean is_open = FALSE;
    for (int i = from; i < to; i++) {
        is_open |= is_one_of(source_at(text, i), "([");
        if (is_one_of(source_at(text, i), ",;|\t"))
            mark = i;
        else if (is_one_of(source_at(text, i), ":=") && !is_open)
            return mark >= 0 ? mark : i;
    }
    return to;
}

static gboolean is_word_mark(gunichar character)
{
    return character < BAD_BYTE && (g_unichar_isalnum(character) || is_one_of(character, "-_."));
}

static gboolean leaves_value(const char *typed, gboolean is_first, const char *before)
{
    g_autofree char *word = g_utf8_strdown(typed, -1);
    gunichar first = g_utf8_get_char(typed);
    gboolean is_title = !is_first && g_unichar_isupper(first) && strpbrk(typed, "0123456789") == NULL;
    gboolean is_foreign = g_unichar_get_script(first) != G_UNICODE_SCRIPT_LATIN && first > 0x7F;
    gboolean is_number = typed[strspn(typed, "0123456789.")] == '\0';
    static const char *const old[] = {"formerly", "previously", "old",     "was",    "replaces", "namespace",
                                      "not",      "früher",     "vorher",  "bisher", "ehemals",  "former",
                                      "in",       "group",      "instead", NULL};
    return is_title || is_foreign || is_number || g_strv_contains(harmless, word) || g_strv_contains(old, before);
}

gboolean remark_may_change(const GArray *text, int at, int end, const char *name)
{
    int to = at;
    while (to < end && to < at + REMARK_MAX && !is_line_end(source_at(text, to)) &&
           !(is_one_of(source_at(text, to), ".!?") && is_blank(source_at(text, to + 1))))
        to++;
    int line = at;
    while (line < at + REMARK_MAX && !is_line_end(source_at(text, line)))
        line++;
    g_autofree char *all = words_between(text, at, line);
    if (words_change_value(all) || has_other_length(all, name) || has_other_case(all, name))
        return TRUE;
    to = next_label(text, at, to);
    g_autofree char *before = g_strdup("");
    gboolean is_first = TRUE;
    for (int from = at; from < to; from++) {
        if (!is_word_mark(source_at(text, from)))
            continue;
        int behind = from;
        while (behind < to && is_word_mark(source_at(text, behind)))
            behind++;
        while (behind > from && is_one_of(source_at(text, behind - 1), ".-"))
            behind--;
        g_autofree char *word = source_utf8(text, from, behind);
        if (*word != '\0' && source_at(text, behind) != '=' && g_ascii_strcasecmp(word, name) != 0 &&
            !leaves_value(word, is_first, before))
            return TRUE;
        is_first = FALSE;
        g_free(before);
        before = g_utf8_strdown(word, -1);
        from = MAX(behind, from);
    }
    return FALSE;
}

gboolean find_change(const GArray *text, int at, int *from, int *to)
{
    for (int start = at; source_at(text, start) != NO_CHARACTER; start = *to + 1) {
        *from = start;
        *to = start;
        while (!is_line_end(source_at(text, *to)) &&
               !(is_one_of(source_at(text, *to), ".!?") && is_blank(source_at(text, *to + 1))))
            (*to)++;
        if (source_has(text, start, "s/") && source_find_between(text, start + 2, *to, "/") > 0 &&
            source_at(text, start + 2) != '/')
            return TRUE; /* "s/rwa/raw/" */
        g_autofree char *words = *to - start <= SENTENCE_MAX ? words_without_names(text, start, *to) : NULL;
        if (words != NULL && words_change_value(words))
            return TRUE;
    }
    return FALSE;
}
