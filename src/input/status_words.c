/* SPDX-License-Identifier: MIT */
#include "input/status_words.h"

#include <string.h>

#include "input/phrases.h"

enum { CELL_MAX = 60, HEADING_WORDS = 6 };

/* Words below stand in small letters, with every mark made a blank. */
static const char *const gone[] = {"parental leave",
                                   "maternity leave",
                                   "on leave",
                                   "elternzeit",
                                   "entfernen",
                                   "löschen",
                                   "austragen",
                                   "abmelden",
                                   "delete",
                                   "revoke",
                                   "supprimer",
                                   "retirer",
                                   "eliminar",
                                   "quitar",
                                   "rimuovere",
                                   "verwijderen",
                                   "expired",
                                   "abgelaufen",
                                   "expiré",
                                   "expirée",
                                   "caducado",
                                   "caducada",
                                   "scaduto",
                                   "verlopen",
                                   "nok",
                                   "disabled",
                                   "inactive",
                                   "left",
                                   "has left",
                                   "removed",
                                   "remove",
                                   "to be removed",
                                   "deleted",
                                   "delete",
                                   "declined",
                                   "rejected",
                                   "revoked",
                                   "blocked",
                                   "suspended",
                                   "terminated",
                                   "offboarded",
                                   "deactivated",
                                   "not active",
                                   "no longer",
                                   "not anymore",
                                   "former",
                                   "do not invite",
                                   "don t invite",
                                   "not invite",
                                   "excluded",
                                   "exclude",
                                   "not needed",
                                   "not to be",
                                   "deaktiviert",
                                   "inaktiv",
                                   "gesperrt",
                                   "ausgeschieden",
                                   "gelöscht",
                                   "entfernt",
                                   "abgelehnt",
                                   "nicht mehr",
                                   "nicht einladen",
                                   "ehemalige",
                                   "désactivé",
                                   "désactivée",
                                   "inactif",
                                   "inactive",
                                   "supprimé",
                                   "supprimée",
                                   "refusé",
                                   "parti",
                                   "partie",
                                   "ne pas",
                                   "anciens",
                                   "desactivado",
                                   "desactivada",
                                   "inactivo",
                                   "inactiva",
                                   "eliminado",
                                   "baja",
                                   "no invitar",
                                   "ya no",
                                   "rechazado",
                                   "disattivato",
                                   "inattivo",
                                   "rimosso",
                                   "non invitare",
                                   "uitgeschakeld",
                                   "inactief",
                                   "vertrokken",
                                   "verwijderd",
                                   "niet uitnodigen",
                                   "niet meer",
                                   "desativado",
                                   "inativo",
                                   "removido",
                                   "inaktiverad",
                                   "slutat",
                                   "deaktiveret",
                                   "deaktivert",
                                   "nieaktywny",
                                   "usunięty",
                                   "neaktivní",
                                   "無効",
                                   "退職",
                                   "停用",
                                   "离职",
                                   NULL};

static const char *const denials[] = {"no",  "n",  "false", "0",      "nein", "non",   "nee",    "nej", "nei",
                                      "não", "ne", "nie",   "falsch", "faux", "falso", "いいえ", "否",  NULL};
static const char *const consents[] = {"yes", "y",   "true", "1",    "x",         "ja",   "oui", "si", "sí",
                                       "sim", "tak", "wahr", "vrai", "verdadero", "はい", "是",  NULL};

/* Titles whose column says who is meant; and whose says who is not. */
static const char *const wanted[] = {
    "enabled", "accountenabled", "account enabled", "active",   "is active", "invite", "include",
    "access",  "needed",         "needs access",    "einladen", "aktiv",     "zugang", "aktiviert",
    "inviter", "actif",          "activé",          "invitar",  "activo",    "attivo", "invitare",
    "actief",  "uitnodigen",     "ativo",           "licensed", NULL};
static const char *const unwanted[] = {
    "blocked",     "block credential", "blockcredential", "disabled",        "inactive", "left",
    "removed",     "deleted",          "exclude",         "excluded",        "gesperrt", "ausgeschieden",
    "deaktiviert", "désactivé",        "inactivo",        "sign in blocked", NULL};
static const char *const days[] = {"left on",
                                   "left at",
                                   "end date",
                                   "leaving date",
                                   "leave date",
                                   "last day",
                                   "exit date",
                                   "departure",
                                   "deleted on",
                                   "removed on",
                                   "disabled on",
                                   "austritt",
                                   "austrittsdatum",
                                   "date de départ",
                                   "fecha de baja",
                                   "soft deletion time stamp",
                                   "softdeletiontimestamp",
                                   NULL};

static const char *const states[] = {
    "active",   "enabled",  "invited", "accepted", "pending",  "ok",       "member",
    "guest",    "user",     "new",     "open",     "done",     "aktiv",    "gast",
    "offen",    "actif",    "activo",  "attivo",   "approved", "verified", "mitglied",
    "internal", "external", "extern",  "intern",   "status",   "state",    "pending acceptance",
    NULL};

/* The list is a phrase as a whole: the words are no part of a longer one. */
static gboolean is_whole(const char *words, const char *const *list)
{
    g_autofree char *phrase = g_strstrip(g_strdup(words));
    return g_strv_contains(list, phrase);
}

static gboolean says_gone(const char *words)
{
    static const char *const *const lists[] = {gone};
    static struct phrase_lists known = {lists, G_N_ELEMENTS(lists), G_ONCE_INIT};
    return phrases_in(words, &known) != 0;
}

gboolean cell_is_status(const GArray *cell)
{
    if (source_length(cell) > CELL_MAX)
        return FALSE;
    g_autofree char *words = words_between(cell, 0, source_length(cell));
    return is_whole(words, states) || is_whole(words, denials) || is_whole(words, consents) || is_whole(words, gone);
}

gboolean cell_excludes(const GArray *cell, const char *title)
{
    if (source_length(cell) > CELL_MAX)
        return FALSE;
    g_autofree char *words = words_between(cell, 0, source_length(cell));
    for (int i = 0; title == NULL && gone[i] != NULL; i++) { /* a phrase is nobody's name */
        g_autofree char *phrase = g_strconcat(" ", gone[i], " ", NULL);
        if (strchr(gone[i], ' ') != NULL && strstr(words, phrase) != NULL)
            return TRUE;
    }
    if (title == NULL)
        return is_whole(words, gone) || is_whole(words, denials);
    g_autoptr(SourceText) units = source_from_bytes(title, -1);
    g_autofree char *heading = words_between(units, 0, source_length(units));
    return says_gone(words) || (is_whole(heading, wanted) && is_whole(words, denials)) ||
           (is_whole(heading, unwanted) && is_whole(words, consents)) ||
           (is_whole(heading, days) && strpbrk(words, "0123456789") != NULL);
}

gboolean line_is_heading(const GArray *text, int from, int to)
{
    while (to > from && is_edge(source_at(text, to - 1)))
        to--;
    return to > from && (source_at(text, to - 1) == ':' || source_at(text, to - 1) == 0xFF1A);
}

/* "Not analysts:", "Remove:", "Entfernen:" */
static gboolean heading_denies(const char *words)
{
    static const char *const starts[] = {
        " not ",         " no ",         " nicht ",   " kein ",     " keine ",        " never ",
        " non ",         " niet ",       " geen ",    " remove ",   " entfernen ",    " löschen ",
        " supprimer ",   " retirer ",    " quitar ",  " eliminar ", " rimuovere ",    " rimuovi ",
        " verwijderen ", " excluir ",    " exclude ", " excluded ", " ausschließen ", " exclure ",
        " escludere ",   " uitsluiten ", " fjern ",   " ta bort ",  " usunąć ",       " skip ",
        " without ",     " ohne ",       " sans ",    " sin ",      " except ",       " revoke ",
        " offboard ",    " leavers ",    " do not ",  NULL};
    for (int i = 0; starts[i] != NULL; i++)
        if (g_str_has_prefix(words, starts[i]))
            return TRUE;
    return FALSE;
}

gboolean line_excludes(const GArray *text, int from, int to)
{
    /* "Please don't add these:" */
    static const char *const forbidden[] = {
        " do not ",          " don t ",     " dont ",     " bitte nicht ", " nicht einladen ",
        " ne pas ",          " n invitez ", " no invit",  " no añad",      " non invit",
        " niet uitnodigen ", " não convid", " must not ", " should not ",  NULL};
    if (to - from > CELL_MAX)
        return FALSE;
    g_autofree char *words = words_between(text, from, to);
    gboolean is_heading = line_is_heading(text, from, to);
    return words_count(words) <= HEADING_WORDS &&
           ((is_heading && (heading_denies(words) || words_have(words, forbidden))) ||
            ((is_heading || words_count(words) <= HEADING_WORDS / 2) && says_gone(words)));
}

gboolean title_is_remark(const char *title)
{
    static const char *const titles[] = {
        "comment",     "comments", "note",      "notes",       "remark",   "remarks",    "kommentar", "bemerkung",
        "bemerkungen", "notiz",    "anmerkung", "commentaire", "remarque", "comentario", "notas",     "nota",
        "opmerking",   "commento", "status",    "info",        "details",  "anteckning", NULL};
    g_autofree char *lower = g_utf8_strdown(title, -1);
    return g_strv_contains(titles, g_strstrip(lower));
}

gboolean title_is_invited(const char *title)
{
    static const char *const titles[] = {"invited",   "already invited", "invitation sent", "eingeladen", "invité",
                                         "invitée",   "invitado",        "invitato",        "invitati",   "uitgenodigd",
                                         "convidado", "inviterad",       "invitert",        "inviteret",  NULL};
    g_autofree char *lower = g_utf8_strdown(title, -1);
    return g_strv_contains(titles, g_strstrip(lower));
}

enum guest_title guest_title_read(const char *title)
{
    static const char *const mail[] = {"mail",     "e-post", "epost",  "sähköposti", "smtp", "invitee",
                                       "courriel", "correo", "メール", "郵件",       "邮件", NULL};
    static const char *const first[] = {"first name", "firstname", "first_name", "given",   "vorname",
                                        "prénom",     "prenom",    "imię",       "förnamn", "fornavn",
                                        "voornaam",   "etunimi",   NULL};
    static const char *const last[] = {"last name", "lastname",  "last_name", "surname",  "family",     "nachname",
                                       "apellido",  "cognome",   "sobrenome", "nazwisko", "achternaam", "efternamn",
                                       "etternavn", "efternavn", "sukunimi",  NULL};
    static const char *const other[] = {"user", "login",    "upn",   "principal",   "company", "firma",   "domain",
                                        "file", "benutzer", "konto", "utilisateur", "usuario", "anmelde", NULL};
    static const char *const name[] = {"name", "nom", "nombre", "naam", "namn", "navn", "nazwa", "nimi", "名", NULL};
    g_autofree char *lower = g_utf8_strdown(title, -1);
    if (words_have(lower, mail))
        return TITLE_MAIL;
    g_strstrip(lower);
    if (words_have(lower, first) || strcmp(lower, "first") == 0)
        return TITLE_FIRST_NAME;
    if (words_have(lower, last) || strcmp(lower, "last") == 0)
        return TITLE_LAST_NAME;
    return words_have(lower, name) && !words_have(lower, other) ? TITLE_NAME : TITLE_OTHER;
}

gboolean line_is_comment(const GArray *text, int from, int to)
{
    while (from < to && is_edge(source_at(text, from)))
        from++;
    int behind = from + 1;
    while (behind < to && is_edge(source_at(text, behind)))
        behind++;
    return (source_at(text, from) == '#' && is_ascii_letter(source_at(text, behind))) || source_has(text, from, "//");
}
