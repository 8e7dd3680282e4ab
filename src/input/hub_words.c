/* SPDX-License-Identifier: MIT */
#include "input/hub_words.h"

#include <string.h>

enum { TICKET_DIGITS = 4 };

/* The words below are compared in small letters, with full-width letters made plain. */

static const char sentence_words[] =
    "|a|about|box|page|second|third|fourth|above|access|active|activated|actual|added|after|again|all|already|"
    "also|an|and|any|are|as|at|attached|automatic|available|azure|basic|be|been|before|behind|being|below|"
    "between|but|by|can|case|central|complete|configured|connected|contains|copied|correct|could|created|"
    "currently|data|dedicated|default|deleted|deployed|description|details|different|disabled|does|done|due|"
    "each|east|empty|enabled|end|event|eventhub|eventhubs|every|exact|exactly|existing|expected|failed|false|"
    "field|finally|fine|finished|first|for|found|free|from|full|fully|geo|get|given|global|go|good|group|had|"
    "has|have|healthy|here|hosted|how|hub|hubs|i|id|if|important|in|inactive|incorrect|insensitive|instance|"
    "instead|into|is|it|its|just|key|known|last|later|like|link|live|located|location|long|managed|many|"
    "maybe|me|missing|more|most|multi|must|my|name|named|namespace|namespaces|need|needed|needs|new|next|no|"
    "north|not|note|notes|now|null|of|off|ok|okay|old|on|once|one|online|only|open|operational|optional|or|"
    "other|our|out|over|owner|per|please|policy|portal|possible|premium|prepared|private|property|provided|"
    "provisioned|public|put|read|ready|receives|redundant|region|removed|renamed|required|resource|"
    "resourceid|resource-id|resource_id|resource.id|right|running|same|secret|secure|see|self|send|sends|"
    "sensitive|sent|separate|separately|service|set|settings|setup|should|shown|simple|since|sku|so|some|"
    "soon|south|standard|state|status|step|still|string|subscription|successful|successfully|such|supposed|"
    "table|team|tenant|test|than|thanks|that|the|their|them|then|there|these|they|this|those|throughput|tier|"
    "to|today|tomorrow|too|true|type|undefined|under|unique|unchanged|units|up|us|use|used|using|value|"
    "values|verified|very|via|wait|was|we|well|were|west|what|when|where|whether|which|while|whose|why|will|"
    "with|within|without|working|would|wrong|yes|yet|you|your|zone|company|capacity|count|partitioncount|"
    "createdat|kind|geheim|vertraulich|bekannt|unbekannt|korrekt|richtig|neu|alt|eindeutig|optional|wichtig|lang|kurz|"
    "confidential|confidentiel|connu|inconnu|confidencial|conocido|segreto|geheim|bekend|ist|sind|wird|steht|und|oder|"
    "der|die|das|nicht|noch|bereit|aktiv|ja|nein|wie|hier|unten|"
    "siehe|est|sont|sera|prêt|actif|oui|non|voir|et|ou|es|será|está|listo|activo|sí|ver|heißt|lautet|"
    "succeeded|succeed|creating|updating|important|regards|hello|hi|thank|best|sincerely|cheers|dear|kind|"
    "contact|endpoint|cluster|messages|partition|partitions|retention|kafka|capture|consumer|producer|"
    "listener|sender|listen|manage|policies|overview|properties|tags|sub|subscriptions|resourcegroup|"
    "providers|resourcegroups|bool|int|object|array|number|boolean|securestring|sensitivity|nil|sandbox|home|"
    "dashboard|microsoft|server|host|unchanged|confidential|eastus|westus|westeurope|northeurope|eastus2|"
    "westus2|westus3|centralus|germanywestcentral|switzerlandnorth|francecentral|uksouth|$default|"
    "rootmanagesharedaccesskey|nsp|preview|ga|v1|v2|day|days|gb|mb|tu|outlook|teams|mail|email|phone|call|"
    "sms|ticket|friday|monday|tuesday|wednesday|thursday|saturday|sunday|copy|paste|click|select|choose|"
    "enter|auto|generated|date|inflate|scale|premises|prem|automatically|mon|tue|wed|thu|fri|sat|sun|jan|feb|mar|apr|"
    "jun|jul|aug|sep|oct|nov|dec|"
    "january|february|march|april|june|july|august|september|october|november|december|montag|dienstag|mittwoch|"
    "donnerstag|freitag|samstag|sonntag|lower|upper|character|characters|letter|letters|thx|regards|keyvault|"
    "vault|1password|lastpass|bitwarden|keepass|sharepoint|onedrive|servicenow|confluence|wiki|whatsapp|eot|eof|eom|"
    "essentials|networking|provisioning|rgds|breadcrumb|restoring|senddisabled|receivedisabled|unhealthy|degraded|"
    "stopped|started|starting|paused|suspended|archived|"
    "approved|rejected|closed|resolved|accepted|declined|invited|expired|revoked|locked|draft|accepting|deleting|"
    "unavailable|unreachable|deactivated|decommissioned|deprecated|obsolete|aktiviert|deaktiviert|inaktiv|erstellt|"
    "verfügbar|gesperrt|gelöscht|fertig|erledigt|activé|désactivé|inactif|créé|supprimé|disponible|terminé|"
    "inactivo|habilitado|deshabilitado|creado|eliminado|attivo|inattivo|abilitato|disabilitato|actief|inactief|"
    "ingeschakeld|uitgeschakeld|ativo|inativo|habilitada|ativado|desativado|aktywny|nieaktywny|włączony|"
    "wyłączony|aktivní|neaktivní|aktiverad|inaktiverad|aktiveret|deaktiveret|etkin|有効|無効|启用|禁用|已启用|已禁用|";

static const char *const open_words[] = {
    "tbd",          "tba",         "tbc",       "tbs",         "t.b.d",      "t.b.a",        "t.b.c",
    "pending",      "unknown",     "n-a",       "na",          "n.a",        "none",         "open",
    "awaited",      "forthcoming", "follows",   "following",   "later",      "attached",     "redacted",
    "hidden",       "masked",      "removed",   "separately",  "withheld",   "sensitive",    "known_after_apply",
    "k.a",          "k.a.",        "offen",     "folgt",       "ausstehend", "unbekannt",    "anbei",
    "nachgereicht", "inconnu",     "pendiente", "desconocido", "adjunto",    "nd",           "nv",
    "null",         "nil",         "undefined", "empty",       "blank",      "missing",      "censored",
    "confidential", "see",         "未定",      "確認中",      "???",        "whatever",     "anything",
    "something",    "ditto",       "dito",      "idem",        "same",       "keine",        "keiner",
    "kein",         "aucun",       "aucune",    "ninguno",     "ninguna",    "nessuno",      "nenhum",
    "geen",         "ingen",       "brak",      "leer",        "vide",       "vacío",        "vuoto",
    "leeg",         "vazio",       "n.v.t",     "n.v.t.",      "nvt",        "entfällt",     "k.a",
    "various",      "several",     "multiple",  "varies",      "depends",    "random",       "custom",
    "beliebig",     "egal",        "frei",      "wählbar",     "libre",      "libero",       "auto",
    "generated",    "variable",    "to-follow", "folgt-noch",  "nan",        "belirlenecek", "bekleniyor",
    "yok",          "ustalenia",   "oczekuje",  "doplníme",    "kommer",     "venter",       "avventer",
    "odottaa",      "volgt",       "segue",     "suivra",      "seguirá",    "onbekend",     "sconosciuto",
    "desconhecido", "nieznana",    "nieznany",  "okänt",       "ukendt",     "ukjent",       "tuntematon",
    "bilinmiyor",   NULL};

/* With which words begin that tell somebody what to do, or where to look: "contact-support", "in-vault". */
static const char *const instructions[] = {"contact",  "request", "call",  "check",    "refer",  "hidden",  "redacted",
                                           "withheld", "sent",    "given", "provided", "shared", "in",      "at",
                                           "by",       "via",     "from",  "per",      "with",   "under",   "enter",
                                           "insert",   "follow",  "use",   "required", "await",  "waiting", "wird",
                                           "siehe",    "bitte",   "voir",  "ver",      NULL};

/* What joins words to one, as sentences have it and names seldom do: "pay-as-you-go", "per-customer". */
static const char *const joints[] = {"as", "you", "per", "by",   "for", "from", "to", "of", "the",
                                     "in", "on",  "at",  "with", "and", "or",   "a",  NULL};

/* With which such words begin. */
static const char *const prefixes_of_words[] = {"pre",   "non",  "self",  "auto",  "multi", "re",
                                                "un",    "co",   "semi",  "half",  "fully", "well",
                                                "cross", "long", "brand", "newly", NULL};

static const char placeholder_words[] =
    "|eventhubname|event-hub-name|event_hub_name|eventhub-name|eventhub_name|hubname|hub-name|hub_name|"
    "myeventhub|my-event-hub|my_event_hub|my-eventhub|myhub|my-hub|youreventhub|your-event-hub|your-eventhub|"
    "your-event-hub-name|your-eventhub-name|youreventhubname|your-hub|your-hub-name|your_event_hub|"
    "your_event_hub_name|your_eventhub_name|name-of-event-hub|name-of-your-event-hub|event-hub|event_hub|"
    "placeholder|changeme|change-me|change_me|replaceme|replace-me|replace_me|foo|bar|foobar|example|"
    "example-hub|example-eventhub|example-event-hub|sample|dummy|string|insert-name-here|insert_name_here|"
    "fill-in|fillin|fill-me-in|todo|fixme|lorem|ipsum|insert-name|name-here|hub-name-here|"
    "event-hub-name-here|acme-eventhub-name|eventhubinstance|eventhubinstancename|some-name|somename|ehname|"
    "eh-name|eh_name|namehere|name_here|";

/* What follows them leaves it open. */
static const char open_phrases[] =
    "will be|will follow|to follow|to be |see att|see below|see above|see the|see separate|see |is att|"
    "attached|separate|not yet|not known|not available|not provided|not set|pending|tbd|tbc|tba|later|"
    "by phone|on request|ask |known after apply|sensitive|redacted|folgt|wird |siehe|noch nicht|"
    "noch offen|steht noch|separat|à venir|a venir|sera |voir |suivra|pendiente|se enviará|por confirmar|"
    "por definir|ver |coming soon|awaiting|waiting for|without|we will|i will|i'll|we'll|n/a|後ほど|未定|別途|"
    "to come|come soon|shared soon|unknown|in progress|being created|follows|comes |provided by|given by|"
    "to confirm";

/* How adjectives and participles end. */
static const char *const sentence_endings[] = {"ed",  "ing", "able", "ible", "al", "ory", "ary", "ent", "ant",
                                               "ive", "ous", "ful",  "less", "ly", "ic",  "en",  "ect", NULL};

/* LIST: words with | around each. */
static gboolean is_in_list(const char *list, const char *word)
{
    gsize length = strlen(word);
    for (const char *at = strstr(list, word); at != NULL && length > 0; at = strstr(at + 1, word))
        if (at > list && at[-1] == '|' && at[length] == '|')
            return TRUE;
    return FALSE;
}

char *words_folded(const char *text)
{
    g_autofree char *plain = g_utf8_normalize(text, -1, G_NORMALIZE_NFKC);
    GString *out = g_string_new(NULL);
    gunichar last = ' ';
    for (const char *at = plain != NULL ? plain : ""; *at != '\0'; at = g_utf8_next_char(at)) {
        gunichar character = g_utf8_get_char(at);
        if (g_unichar_isupper(character) && g_unichar_islower(last))
            g_string_append_c(out, ' ');
        g_string_append_unichar(out, g_unichar_tolower(character));
        last = character;
    }
    return g_string_free(out, FALSE);
}

static gboolean has_sentence_ending(const char *word)
{
    gsize length = strlen(word);
    for (gsize i = 0; sentence_endings[i] != NULL; i++)
        if (length > strlen(sentence_endings[i]) + 2 && g_str_has_suffix(word, sentence_endings[i]))
            return TRUE;
    return FALSE;
}

/* Sentences have these too, but with another word or a number they make names: "eventhub-01", "test-hub". */
static const char *const nouns[] = {"hub", "hubs", "eventhub", "eventhubs", "event", "data", NULL};

/* Put together of a sentence's words only: "case-sensitive", "to-be-confirmed". */
static gboolean is_compound(char **parts, gboolean in_sentence)
{
    gboolean has_noun = FALSE;
    gboolean has_number = FALSE;
    for (int i = 0; parts[i] != NULL; i++) {
        gboolean is_number = g_ascii_isdigit(parts[i][0]);
        if (*parts[i] != '\0' && !is_in_list(sentence_words, parts[i]) && !g_strv_contains(open_words, parts[i]) &&
            !is_number)
            return FALSE;
        has_noun |= g_strv_contains(nouns, parts[i]);
        has_number |= is_number;
    }
    return !(parts[0] != NULL && parts[1] != NULL && has_noun && (has_number || !in_sentence));
}

/* Names have words of the trade, and several joints or a point, where sentences have one hyphen and a participle. */
static gboolean is_built_as_name(const char *word, char **parts)
{
    static const char *const trade[] = {"defender", "mde",       "mdr",    "xdr",  "siem",   "soc",    "eh",
                                        "ehub",     "evh",       "hub",    "logs", "events", "alerts", "security",
                                        "sentinel", "telemetry", "ingest", "raw",  "stream", "prod",   NULL};
    gboolean has_trade = FALSE;
    gboolean has_point = strchr(word, '.') != NULL;
    guint n = g_strv_length(parts);
    for (guint i = 0; i < n; i++) {
        has_trade |= g_strv_contains(trade, parts[i]);
        has_point &= !is_in_list(sentence_words, parts[i]);
    }
    gboolean is_participle = n > 0 && g_str_has_suffix(parts[n - 1], "ed");
    return has_point || strpbrk(word, "0123456789_") != NULL || (n > 1 && has_trade && !is_participle);
}

gboolean word_is_instruction(const char *word)
{
    gsize capitals = strspn(word, "ABCDEFGHIJKLMNOPQRSTUVWXYZ");
    const char *number = word + capitals + strspn(word + capitals, "-_");
    gboolean is_number =
        capitals > 1 && strlen(number) >= TICKET_DIGITS && strspn(number, "0123456789") == strlen(number);
    g_autofree char *lower = g_ascii_strdown(word, -1);
    g_auto(GStrv) parts = g_strsplit_set(lower, "-_.", -1);
    return is_number || (parts[0] != NULL && parts[1] != NULL && g_strv_contains(instructions, parts[0]) &&
                         strpbrk(lower, "0123456789") == NULL && lower[strlen(parts[0])] != '.');
}

gboolean word_is_titled(const char *word)
{
    enum { CAPITALS_MIN = 4 };
    gsize capitals = strspn(word, "ABCDEFGHIJKLMNOPQRSTUVWXYZ");
    if (capitals >= CAPITALS_MIN && word[capitals] == '\0')
        return TRUE;
    return g_ascii_isupper(*word) && word[1] != '\0' &&
           word[1 + strspn(word + 1, "abcdefghijklmnopqrstuvwxyz")] == '\0';
}

gboolean word_is_scrap(const char *word)
{
    enum { SCRAP_MAX = 4 };
    static const char *const endings[] = {"thx", "ty",  "br",  "kr",   "rgd",  "mfg",  "lg",   "vg", "hi",
                                          "ok",  "yes", "and", "or",   "und",  "et",   "ou",   "y",  "o",
                                          "fyi", "nb",  "ps",  "best", "kind", "sent", "note", "cc", "bcc",
                                          "re",  "fw",  "hey", "sure", "yep",  "yes",  NULL};
    return strlen(word) <= SCRAP_MAX && (g_ascii_islower(*word) || g_ascii_isdigit(*word)) &&
           !g_strv_contains(endings, word);
}

/* "n.n", "t.b.c": letters that stand for words. */
static gboolean is_abbreviation(const char *word)
{
    for (const char *at = word; *at != '\0'; at++)
        if ((at - word) % 2 == 0 ? !g_ascii_isalpha(*at) : *at != '.')
            return FALSE;
    return word[0] != '\0' && word[1] == '.';
}

/* "INC-4711", "chg0012345": where to look it up. */
static gboolean is_ticket(const char *word)
{
    static const char *const prefixes[] = {"inc", "chg",    "req",  "ritm", "task", "sctask", "prb", "case",
                                           "kb",  "ticket", "jira", "crq",  "sir",  "cs0",    "wo0", "sr0"};
    for (gsize i = 0; i < G_N_ELEMENTS(prefixes); i++) {
        const char *number = word + strlen(prefixes[i]);
        if (!g_str_has_prefix(word, prefixes[i]))
            continue;
        number += strspn(number, "-_");
        if (strlen(number) > 2 && strspn(number, "0123456789") == strlen(number))
            return TRUE;
    }
    return FALSE;
}

/* "pay-as-you-go", "per-customer", "pre-filled". */
static gboolean is_joined_up(char **parts)
{
    if (parts[0] == NULL || parts[1] == NULL)
        return FALSE;
    gboolean is_joined = g_strv_contains(prefixes_of_words, parts[0]) || g_strv_contains(joints, parts[0]);
    for (int i = 1; parts[i + 1] != NULL; i++)
        is_joined |= g_strv_contains(joints, parts[i]);
    return is_joined;
}

enum word_kind word_read(const char *word, gboolean in_sentence)
{
    g_autofree char *lower = g_utf8_strdown(word, -1);
    static const char *const openings[] = {"to-be-", "not-", "ask-", "see-", "will-", "yet-", "as-", "on-", "no-"};
    for (gsize i = 0; i < G_N_ELEMENTS(openings); i++)
        if (g_str_has_prefix(lower, openings[i]))
            return WORD_SENTENCE;
    gboolean is_repetition = strspn(lower, "xX-_.") == strlen(lower) || strspn(lower, ".-_") == strlen(lower);
    if (is_in_list(placeholder_words, lower) || is_repetition || strstr(lower, "hub-name") != NULL ||
        strstr(lower, "hub_name") != NULL || strstr(lower, "your-") == lower || strstr(lower, "your_") == lower ||
        strstr(lower, "placeholder") != NULL || strstr(lower, "xxx") != NULL || strstr(lower, "-xx-") != NULL)
        return WORD_PLACEHOLDER;
    if (g_strv_contains(open_words, lower) || is_ticket(lower) || is_abbreviation(lower))
        return WORD_OPEN;
    g_auto(GStrv) parts = g_strsplit_set(lower, "-_.", -1);
    if (is_in_list(sentence_words, lower) || is_compound(parts, in_sentence))
        return WORD_SENTENCE;
    if (in_sentence) {
        if (strpbrk(lower, "0123456789") == NULL && is_joined_up(parts))
            return WORD_SENTENCE;
        for (int i = 0; parts[i] != NULL && !is_built_as_name(lower, parts); i++)
            if (has_sentence_ending(parts[i]) &&
                !g_strv_contains((const char *const[]){"event", "events", NULL}, parts[i]))
                return WORD_SENTENCE;
    }
    return WORD_NAME;
}

gboolean word_has_name_shape(const char *word)
{
    return strpbrk(word, "0123456789-_.") != NULL && word_read(word, FALSE) == WORD_NAME;
}

gboolean words_leave_open(const char *words)
{
    g_autofree char *lower = words_folded(words);
    g_auto(GStrv) phrases = g_strsplit(open_phrases, "|", -1);
    for (gsize i = 0; phrases[i] != NULL; i++)
        if (strstr(lower, phrases[i]) != NULL)
            return TRUE;
    return FALSE;
}
