/* SPDX-License-Identifier: MIT */
#include "input/address_words.h"

#include <string.h>

#include "input/phrases.h"

enum { LOOK = 60 };

/* Words below stand in small letters between blanks, with every mark made a blank. */
static const char *const questions[] = {
    " question ",   " questions ", " queries ",     " fragen ",   " rückfragen ", " preguntas ",
    " dudas ",      " consultas ", " domande ",     " vragen ",   " perguntas ",  " dúvidas ",
    " pytania ",    " frågor ",    " spørgsmål ",   " spørsmål ", " problems ",   " problemen ",
    " probleme ",   " trouble ",   " unsubscribe ", " reach me ", " reach us ",   " contact me ",
    " contact us ", NULL};
static const char *const corrections[] = {" sorry ",
                                          " oops ",
                                          " ups ",
                                          " pardon ",
                                          " sry ",
                                          " quitté ",
                                          " lavora più ",
                                          " non lavora ",
                                          " ya no trabaja ",
                                          " ne travaille plus ",
                                          " werkt hier niet ",
                                          " arbeitet nicht ",
                                          " typo ",
                                          " correction ",
                                          " corrected ",
                                          " correct ",
                                          " i meant ",
                                          " i mean ",
                                          " rather ",
                                          " instead ",
                                          " korrektur ",
                                          " richtig ",
                                          " falsch ",
                                          " gemeint ",
                                          " erreur ",
                                          " perdón ",
                                          " corrección ",
                                          " désolé ",
                                          " scusa ",
                                          " correctie ",
                                          " tippfehler ",
                                          " my bad ",
                                          " wrong ",
                                          " mistake ",
                                          " spelt ",
                                          " spelled ",
                                          " misspelt ",
                                          " entschuldigung ",
                                          " actually no ",
                                          " no wait ",
                                          " wait no ",
                                          " make that ",
                                          " scratch that ",
                                          " no sorry ",
                                          " doch nicht ",
                                          " nein ",
                                          " en fait ",
                                          " en realidad ",
                                          " anzi ",
                                          NULL};

/* The words of the sentence before FROM, within its line. Caller frees. */
static char *words_before(const GArray *text, int from)
{
    int start = from;
    while (start > 0 && from - start < LOOK && !is_line_break(source_at(text, start - 1)) &&
           source_at(text, start - 1) != '@' &&
           !(is_one_of(source_at(text, start - 1), ".!") && is_edge(source_at(text, start))))
        start--;
    return words_between(text, start, from);
}

/* An example follows, or whom to write to with questions. */
static gboolean announces_other(const GArray *text, int from)
{
    static const char *const ends[] = {"e.g.",      "eg.",      "z.b.",      "z. b.",    "p.ex.",    "p. ex.",
                                       "p.ej.",     "p. ej.",   "bijv.",     "such as",  "example:", "example",
                                       "beispiel:", "beispiel", "exemple :", "ejemplo:", NULL};
    static const char *const phrases[] = {
        "keep me",     "copy me",       "cc me",     " me (",         "my address", "questions? ",     "write to",
        "reach us at", "contact us at", "errors to", "rückfragen an", "fragen an",  "wenden sie sich", "écrivez à",
        "escriba a",   "unsubscribe",   NULL};
    int start = from;
    while (start > 0 && from - start < LOOK && !is_line_break(source_at(text, start - 1)) &&
           source_at(text, start - 1) != '@')
        start--;
    g_autofree char *typed = source_utf8(text, start, from);
    g_autofree char *before = g_utf8_strdown(typed, -1);
    gsize length = strlen(before);
    while (length > 0 && strchr(" <([\"'", before[length - 1]) != NULL)
        before[--length] = '\0';
    for (int i = 0; ends[i] != NULL; i++) {
        const char *word = g_str_has_suffix(before, ends[i]) ? before + length - strlen(ends[i]) : NULL;
        if (word != NULL && (word == before || word[-1] == ' ' || word[-1] == '('))
            return TRUE;
    }
    g_autofree char *sentence = words_before(text, from);
    return words_have(before, phrases) || words_have(sentence, questions);
}

/* "old: ana@partner.example" */
static gboolean is_titled_old(const GArray *text, int from)
{
    static const char *const titles[] = {"old",    "alt",    "ancien",   "ancienne", "antiguo",    "antigua", "vecchio",
                                         "oud",    "former", "formerly", "previous", "previously", "was",     "before",
                                         "bisher", "früher", "gammal",   "wrong",    "falsch",     NULL};
    int colon = from;
    while (is_one_of(source_at(text, colon - 1), "<([\"' "))
        colon--;
    int to = colon - 1;
    int begin = to;
    while (begin > 0 && source_at(text, begin - 1) < BAD_BYTE && g_unichar_isalpha(source_at(text, begin - 1)))
        begin--;
    if (source_at(text, colon - 1) != ':' || begin == to)
        return FALSE;
    g_autofree char *typed = source_utf8(text, begin, to);
    g_autofree char *word = g_utf8_strdown(typed, -1);
    return g_strv_contains(titles, word);
}

/* "formerly ana@partner.example": the word right before it, in small letters, which are nobody's name. */
static gboolean is_called_old(const GArray *text, int from)
{
    static const char *const words[] = {"old",          "former",  "formerly", "previously", "previous",
                                        "ehemals",      "früher",  "vormals",  "bisher",     "ancien",
                                        "anciennement", "antes",   "antiguo",  "ex",         "voorheen",
                                        "was",          "private", "privat",   NULL};
    int to = from;
    while (is_one_of(source_at(text, to - 1), "<([\"' "))
        to--;
    int begin = to;
    while (begin > 0 && source_at(text, begin - 1) < BAD_BYTE && g_unichar_isalpha(source_at(text, begin - 1)))
        begin--;
    g_autofree char *word = source_utf8(text, begin, to);
    return g_strv_contains(words, word);
}

gboolean address_is_excluded(const GArray *text, int from)
{
    static const char *const words[] = {
        "not",        "except",    "excluding", "without",     "nicht",     "außer",    "ohne",      "sauf",
        "hormis",     "excepto",   "salvo",     "tranne",      "behalve",   "niet",     "remove",    "never",
        "instead",    "statt",     "no",        "non",         "pas",       "não",      "inte",      "ikke",
        "nie",        "drop",      "delete",    "entferne",    "entfernen", "löschen",  "streichen", "replace",
        "replacing",  "ersetze",   "ersetzen",  "remplacer",   "remplacez", "remplace", "sustituir", "reemplazar",
        "sostituire", "vervang",   "quitar",    "quita",       "eliminar",  "borrar",   "retirer",   "supprimer",
        "enlever",    "rimuovere", "togliere",  "verwijderen", "verwijder", "remover",  "excluir",   "exclude",
        "skip",       "block",     "revoke",    "deactivate",  "disable",   "offboard", "swap",      "omit",
        NULL};
    int start = from;
    while (start > 0 && is_one_of(source_at(text, start - 1), "<([\"' "))
        start--;
    start -= source_at(text, start - 1) == ':' ? 1 : 0; /* "Do not invite: ana@partner.example" */
    int end = start;
    while (start > 0 && end - start < LOOK && !is_line_break(source_at(text, start - 1)) &&
           !is_one_of(source_at(text, start - 1), ",;:.@>"))
        start--;
    g_autofree char *before = source_utf8(text, start, end);
    g_autofree char *lower = g_utf8_strdown(before, -1);
    g_auto(GStrv) found = g_strsplit_set(lower, " \t()[]\"'", -1);
    for (char **word = found; *word != NULL; word++)
        if (g_strv_contains(words, *word))
            return TRUE;
    if (is_titled_old(text, from) || is_called_old(text, from))
        return TRUE;
    return announces_other(text, from);
}

/* "old@partner.example -> new@partner.example" */
static gboolean is_arrow_to_address(const GArray *text, int to)
{
    int at = to;
    while (is_edge(source_at(text, at)) || is_one_of(source_at(text, at), ">)]"))
        at++;
    gboolean is_arrow = source_has(text, at, "->") || source_has(text, at, "=>") || source_at(text, at) == 0x2192 ||
                        source_at(text, at) == 0x21D2;
    while (is_arrow && at < to + LOOK && !is_line_break(source_at(text, at)) && source_at(text, at) != NO_CHARACTER)
        if (source_at(text, at++) == '@')
            return TRUE;
    return FALSE;
}

/* "no, bo@partner.example instead" */
static gboolean is_instead(const GArray *text, int from)
{
    static const char *const words[] = {" instead ",     " stattdessen ", " à la place ",
                                        " en su lugar ", " invece ",      NULL};
    int at = from;
    while (source_at(text, at) != NO_CHARACTER && !is_edge(source_at(text, at)) &&
           !is_one_of(source_at(text, at), ">)"))
        at++;
    int to = at;
    while (to < at + LOOK && source_at(text, to) != NO_CHARACTER && !is_line_break(source_at(text, to)) &&
           !is_one_of(source_at(text, to), "@.;!?"))
        to++;
    g_autofree char *behind = words_between(text, at, to);
    int of = source_find_between(text, at, to, "instead of");
    return of < 0 && words_have(behind, words);
}

gboolean address_corrects(const GArray *text, int from)
{
    int at = from;
    while (is_one_of(source_at(text, at - 1), "<([\"'"))
        at--;
    if (source_at(text, at - 1) == '*' && (at < 2 || is_line_break(source_at(text, at - 2))))
        return TRUE;
    g_autofree char *words = words_before(text, from);
    return words_have(words, corrections) || g_str_has_suffix(words, " should be ") || is_instead(text, from);
}

gboolean addresses_are_twins(const char *one, const char *other)
{
    enum { SHORT = 4, TYPOS = 2 };
    gsize start = 0; /* up to there they are alike */
    while (one[start] != '\0' && g_ascii_tolower(one[start]) == g_ascii_tolower(other[start]))
        start++;
    gsize n = strlen(one) - start;
    gsize m = strlen(other) - start;
    while (n > 0 && m > 0 && g_ascii_tolower(one[start + n - 1]) == g_ascii_tolower(other[start + m - 1])) {
        n--;
        m--;
    }
    gboolean is_number = strcspn(one + start, "0123456789") < n || strcspn(other + start, "0123456789") < m;
    return MAX(n, m) > 0 && MAX(n, m) <= TYPOS && !is_number && strcspn(one, "@") > SHORT;
}

/* What words behind an address say that it is not meant. */
static const char *const takes_back[] = {" left ",
                                         " has left ",
                                         " not yet ",
                                         " no longer ",
                                         " not anymore ",
                                         " disabled ",
                                         " inactive ",
                                         " former ",
                                         " removed ",
                                         " remove ",
                                         " deleted ",
                                         " declined ",
                                         " replaced by ",
                                         " ersetzt durch ",
                                         " remplacé par ",
                                         " sustituido por ",
                                         " not needed ",
                                         " do not ",
                                         " don t ",
                                         " not to be ",
                                         " ausgeschieden ",
                                         " nicht mehr ",
                                         " entfernt ",
                                         " noch nicht ",
                                         " deaktiviert ",
                                         " ne pas ",
                                         " plus chez ",
                                         " ya no ",
                                         " non più ",
                                         " niet meer ",
                                         " vertrokken ",
                                         " inaktiv ",
                                         " désactivé ",
                                         " typo ",
                                         " wrong ",
                                         " incorrect ",
                                         " outdated ",
                                         " falsch ",
                                         " tippfehler ",
                                         " bounces ",
                                         " bounced ",
                                         " not valid ",
                                         " retired ",
                                         " on leave ",
                                         " no invite ",
                                         " only needs reports ",
                                         " no access ",
                                         " parental leave ",
                                         " maternity ",
                                         " sabbatical ",
                                         " elternzeit ",
                                         " skip for now ",
                                         " on vacation ",
                                         " on holiday ",
                                         " moved to ",
                                         " is now ",
                                         " changed to ",
                                         " renamed ",
                                         " ist jetzt ",
                                         " is not ",
                                         " isn t ",
                                         " old address ",
                                         " another address of the one before ",
                                         " alte adresse ",
                                         " im urlaub ",
                                         " en congé ",
                                         " de baja ",
                                         NULL};

/* The clause behind an address that ends at TO denies something, and no other address: "should not be invited". */
static gboolean is_denied_behind(const GArray *text, int to)
{
    static const char *const words[] = {"not",  "doesn", "don",  "isn",   "won", "shouldn", "mustn", "nicht",
                                        "kein", "keine", "pas",  "no",    "non", "niet",    "geen",  "não",
                                        "nie",  "inte",  "ikke", "never", "out", NULL};
    int end = to;
    while (end < to + LOOK && source_at(text, end) != NO_CHARACTER && !is_line_break(source_at(text, end)) &&
           !is_one_of(source_at(text, end), ",;@|\t") &&
           !(is_one_of(source_at(text, end), ".!?") &&
             (is_edge(source_at(text, end + 1)) || source_at(text, end + 1) == NO_CHARACTER)))
        end++;
    gboolean is_before_address = source_at(text, end) == '@';
    while (is_before_address && end > to && !is_edge(source_at(text, end - 1)))
        end--;
    g_autofree char *clause = words_between(text, to, end);
    g_auto(GStrv) each = g_strsplit(g_strstrip(clause), " ", -1);
    int n = (int)g_strv_length(each);
    for (int i = 0; i < n; i++)
        if (g_strv_contains(words, each[i]) && (!is_before_address || i + 2 < n))
            return TRUE;
    return FALSE;
}

gboolean address_is_taken_back(const GArray *text, int to)
{
    g_autoptr(GString) words = g_string_new(" ");
    for (int i = to; i < to + LOOK && !is_line_break(source_at(text, i)) && source_at(text, i) < BAD_BYTE; i++) {
        gunichar character = source_at(text, i);
        gboolean ends_sentence = is_one_of(character, ".!?") && is_edge(source_at(text, i + 1));
        if (is_one_of(character, "@;") || ends_sentence)
            break;
        if (g_unichar_isalnum(character))
            g_string_append_unichar(words, g_unichar_tolower(character));
        else if (words->str[words->len - 1] != ' ')
            g_string_append_c(words, ' ');
    }
    g_string_append_c(words, ' ');
    return is_arrow_to_address(text, to) || words_have(words->str, takes_back) || is_denied_behind(text, to);
}
