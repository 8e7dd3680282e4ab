/* SPDX-License-Identifier: MIT */
#include "input/hub_words.h"

#include <string.h>

enum { TICKET_DIGITS = 4, LABEL_SHORT = 3 }; /* bytes; an old one's mark is longer */

/* The words below are compared in small letters, with full-width letters made plain. */

/* What an Event Hub is called; longer ones first. \001 takes their place, so that they count as one word. */
static const char *const hub_phrases[] = {
    "event hubs",
    "event hub",
    "event-hubs",
    "event-hub",
    "event_hubs",
    "event_hub",
    "eventhubs",
    "eventhub",
    "hub d'événements",
    "hub d’événements",
    "hub d'evenements",
    "hubs d'événements",
    "hubs d’événements",
    "hub d'événement",
    "centro de eventos",
    "centros de eventos",
    "hub de eventos",
    "hubs de eventos",
    "hub di eventi",
    "hub eventi",
    "ereignishub",
    "ereignis-hub",
    "gebeurtenishub",
    "イベント ハブ",
    "イベントハブ",
    "事件中心",
    "事件中樞",
    "이벤트 허브",
    "이벤트허브",
    "centrum zdarzeń",
    "концентратор событий",
    "концентратора событий",
    "концентратор подій",
    "концентратора подій",
    "händelsehubben",
    "händelsehubb",
    "hændelseshub",
    "hendelseshub",
    "centra událostí",
    "centrum událostí",
    "olay hub'ı",
    "olay hub",
    "tapahtumakeskuksen",
    "tapahtumakeskus",
    "eseményközpont",
};

static const char *const namespace_phrases[] = {
    "namespaces",   "namespace",          "name space",      "namensraum",      "namensbereich",   "espace de noms",
    "espacedenoms", "espacio de nombres", "spazio dei nomi", "naamruimte",      "名前空間",        "ネームスペース",
    "命名空间",     "命名空間",           "네임스페이스",    "espaço de nomes", "przestrzeń nazw", "пространство имен",
};

static const char *const name_words[] = {
    "name",      "names",   "namen",  "nom",     "nombre",    "nome",    "naam",         "navn",        "namn",
    "nazwa",     "имя",     "名前",   "名称",    "名稱",      "名",      "이름",         "bezeichnung", "instance",
    "instances", "instanz", "entity", "entität", "instancia", "istanza", "インスタンス", "entité",      "title",
    "název",     "názov",   "adı",    "nimi",    "neve",      "név",     "όνομα",        "ім'я",        "назва",
    "nume",      "numele",  "שם",     "اسم",     NULL};

/* Words beside those that change nothing. */
static const char *const filler_words[] = {
    "s",         "the",       "your",    "our",        "my",      "a",      "an",    "azure",  "microsoft", "of",
    "for",       "to",        "use",     "this",       "is",      "der",    "des",   "die",    "das",       "den",
    "dein",      "ihr",       "ihres",   "l",          "le",      "la",     "du",    "do",     "da",        "dos",
    "de",        "d",         "del",     "el",         "su",      "votre",  "van",   "の",     "的",        "의",
    "w",         "string",    "param",   "var",        "let",     "const",  "set",   "export", "env",       "output",
    "variable",  "no",        "nr",      "value",      "dello",   "dell",   "dem",   "und",    "and",       "exact",
    "full",      "new",       "correct", "final",      "current", "target", "mde",   "mdr",    "defender",  "xdr",
    "streaming", "telemetry", "prod",    "production", "test",    "dev",    "neuer", "neu",    "nuevo",     "nouveau",
    "tf",        "arm",       "out",     "created",    "default", "step",   "field", "plain",  "raw",       "required",
    "på",        "av",        "til",     "til",        "för",     "du",     NULL};

/* With one of these the label is about something else. */
static const char *const other_words[] = {
    "group",     "gruppe",    "groupe",        "grupo",     "rule",          "policy",   "richtlinie", "stratégie",
    "key",       "keys",      "schlüssel",     "clé",       "clave",         "sku",      "tier",       "plan",
    "region",    "location",  "standort",      "status",    "state",         "type",     "typ",        "version",
    "count",     "partition", "partitions",    "retention", "capacity",      "owner",    "cost",       "subscription",
    "consumer",  "capture",   "schema",        "host",      "hostname",      "fqdn",     "server",     "date",
    "time",      "note",      "notes",         "comment",   "description",   "limit",    "throughput", "unit",
    "units",     "endpoint",  "connection",    "string_",   "url",           "uri",      "link",       "portal",
    "contact",   "person",    "user",          "admin",     "company",       "customer", "client",     "partner",
    "tenant",    "display",   "export",        "setting",   "settings",      "sender",   "listener",   "metrics",
    "price",     "quota",     "secret",        "password",  "resourcegroup", "cluster",  "network",    "storage",
    "container", "account",   "authorization", "auth",      "saskey",        "sas",      NULL};

static const char *const id_words[] = {"id",         "ids",        "resourceid", "ressourcenid", "arn",
                                       "guid",       "identifier", "kennung",    "identifiant",  "identificador",
                                       "リソースid", "リソース",   NULL};

static const char *const old_words[] = {
    "old",       "previous", "former",         "formerly", "deprecated", "legacy",   "obsolete", "wrong",
    "incorrect", "not",      "never",          "don't",    "alt",        "alter",    "alte",     "ancien",
    "antiguo",   "expired",  "decommissioned", "retired",  "example",    "beispiel", "exemple",  "ejemplo",
    "e.g",       "sample",   "instead",        "before",   "was",        NULL};

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
    "createdat|kind|ist|sind|wird|steht|und|oder|der|die|das|nicht|noch|bereit|aktiv|ja|nein|wie|hier|unten|"
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
    "vault|1password|lastpass|bitwarden|keepass|sharepoint|onedrive|servicenow|confluence|wiki|whatsapp|eot|eof|eom|";

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
    g_autofree char *wanted = g_strdup_printf("|%s|", word);
    return strstr(list, wanted) != NULL;
}

static gboolean has_word(const char *const *words, const char *word)
{
    return g_strv_contains(words, word);
}

/* TEXT in small letters and plain forms, a space before each capital that follows a small letter ("eventHubName"). */
static char *folded(const char *text)
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

/* Take remarks in brackets out, unless nothing would be left. */
static void drop_remarks(char *text)
{
    g_autofree char *before = g_strdup(text);
    char *out = text;
    for (const char *at = text; *at != '\0'; at++) {
        const char *end = *at == '(' || *at == '[' ? strchr(at, *at == '(' ? ')' : ']') : NULL;
        *out++ = end != NULL ? ' ' : *at;
        at = end != NULL ? end : at;
    }
    *out = '\0';
    if (g_strstrip(text)[0] == '\0')
        memcpy(text, before, strlen(before) + 1);
}

static void replace_phrases(GString *text, const char *const *phrases, gsize n, const char *replacement)
{
    for (gsize i = 0; i < n; i++)
        g_string_replace(text, phrases[i], replacement, 0);
}

/* The words of a label: \001 for an Event Hub, \002 for a namespace. Caller frees. */
static GPtrArray *label_words(const char *label)
{
    g_autofree char *plain = folded(label);
    drop_remarks(plain);
    g_autoptr(GString) text = g_string_new(plain);
    static const char *const cjk_names[] = {"名前", "名称", "名稱", "이름"};
    replace_phrases(text, namespace_phrases, G_N_ELEMENTS(namespace_phrases), " \002 ");
    replace_phrases(text, hub_phrases, G_N_ELEMENTS(hub_phrases), " \001 ");
    replace_phrases(text, cjk_names, G_N_ELEMENTS(cjk_names), " name ");
    g_string_replace(text, "名", " name ", 0);
    g_string_replace(text, "の", " ", 0);
    g_string_replace(text, "的", " ", 0);
    GPtrArray *words = g_ptr_array_new_with_free_func(g_free);
    GString *word = g_string_new(NULL);
    for (const char *at = text->str;; at = g_utf8_next_char(at)) {
        gunichar character = g_utf8_get_char(at);
        if (g_unichar_isalpha(character) || character == 1 || character == 2)
            g_string_append_unichar(word, character);
        else if (word->len > 0) {
            g_ptr_array_add(words, g_string_free(word, FALSE));
            word = g_string_new(NULL);
        }
        if (character == 0)
            break;
    }
    g_string_free(word, TRUE);
    return words;
}

/* Where WORD stands last; -1 if it does not. */
static int find_word(const GPtrArray *words, const char *word)
{
    for (int i = (int)words->len - 1; i >= 0; i--)
        if (strcmp(words->pdata[i], word) == 0)
            return i;
    return -1;
}

/* "export" before a variable says nothing. */
static gboolean has_any(const GPtrArray *words, const char *const *set)
{
    for (guint i = words->len > 0 && strcmp(words->pdata[0], "export") == 0; i < words->len; i++)
        if (has_word(set, words->pdata[i]))
            return TRUE;
    return FALSE;
}

/* Whether words FROM up to TO are only names and fillers; *HAS_NAME: one is a name word. */
static gboolean are_fillers(const GPtrArray *words, int from, int to, gboolean *has_name)
{
    for (int i = from; i < to; i++) {
        gboolean is_name = has_word(name_words, words->pdata[i]);
        *has_name |= is_name;
        if (!is_name && !has_word(filler_words, words->pdata[i]))
            return FALSE;
    }
    return TRUE;
}

/* What a label that names an Event Hub at word HUB announces. */
static enum label_kind hub_label_kind(const GPtrArray *words, int hub)
{
    gboolean has_name = FALSE;
    if (has_any(words, other_words))
        return LABEL_OTHER;
    if (has_any(words, id_words))
        return LABEL_ID;
    if (!are_fillers(words, hub + 1, (int)words->len, &has_name))
        return LABEL_HUB_LOOSE;
    if (has_name)
        return LABEL_HUB_NAME;
    for (int i = hub - 1; i >= 0; i--) {
        if (has_word(name_words, words->pdata[i]))
            return LABEL_HUB_NAME; /* "name of the Event Hub" */
        if (!has_word(filler_words, words->pdata[i]))
            return LABEL_HUB_LOOSE;
    }
    return LABEL_HUB;
}

/* A label that speaks of a hub without "Event", as "Hub name", or of the name alone. */
static enum label_kind short_label_kind(const GPtrArray *words)
{
    gboolean has_name = FALSE;
    int hub = MAX(find_word(words, "hub"), find_word(words, "eh"));
    if (has_any(words, other_words))
        return LABEL_OTHER;
    if (words->len <= 2 && find_word(words, "topic") >= 0)
        return LABEL_HUB_LOOSE;
    if (find_word(words, "entitypath") >= 0 || (find_word(words, "entity") >= 0 && find_word(words, "path") >= 0))
        return LABEL_HUB_NAME;
    if (has_any(words, id_words))
        return LABEL_ID;
    if (hub >= 0) {
        if (!are_fillers(words, 0, hub, &has_name) || !are_fillers(words, hub + 1, (int)words->len, &has_name))
            return LABEL_OTHER;
        return has_name ? LABEL_HUB_NAME : LABEL_HUB_LOOSE;
    }
    static const char *const joined[] = {"hubname", "ehname", NULL};
    if (words->len == 1 && has_word(joined, words->pdata[0]))
        return LABEL_HUB_NAME;
    return words->len > 0 && words->len <= 2 && are_fillers(words, 0, (int)words->len, &has_name) && has_name
               ? LABEL_NAME
               : LABEL_OTHER;
}

/* Most words can be told at once to announce nothing. */
static gboolean may_be_label(const char *text)
{
    static const char *const signs[] = {"hub",    "name",  "nom",   "nam",   "naa", "nav",
                                        "id",     "path",  "topic", "event", "eh",  "bezeichnung",
                                        "instan", "entit", "ident", "title", "arn", "kennung"};
    g_autofree char *lower = g_ascii_strdown(text, -1);
    for (const char *at = lower; *at != '\0'; at++)
        if ((guchar)*at >= 0x80)
            return TRUE;
    for (gsize i = 0; i < G_N_ELEMENTS(signs); i++)
        if (strstr(lower, signs[i]) != NULL)
            return TRUE;
    return FALSE;
}

/* A remark in brackets says that what the label announces is not to be used: "(old)", "(do not use)". */
static gboolean has_old_remark(const char *label)
{
    static const char *const marks[] = {"old",      "previous",  "former",  "deprecated", "legacy",  "obsolete",
                                        "wrong",    "incorrect", "expired", "retired",    "example", "sample",
                                        "beispiel", "exemple",   "ejemplo", "alt",        "ancien",  "antiguo",
                                        "use",      "verwenden", NULL};
    static const char *const denials[] = {"not", "don", "never", "nicht", "pas", "no", "longer", "as", "for", NULL};
    const char *open = strpbrk(label, "([");
    if (open == NULL)
        return FALSE;
    g_autofree char *lower = g_utf8_strdown(open, -1);
    g_auto(GStrv) words = g_strsplit_set(lower, " ()[],.;:'\xE2\x80\x99", -1);
    gboolean is_denied = FALSE;
    for (char **word = words; *word != NULL; word++) {
        gboolean is_use = strcmp(*word, "use") == 0 || strcmp(*word, "verwenden") == 0;
        is_denied |= has_word(denials, *word);
        if (has_word(marks, *word) && (!is_use || is_denied))
            return TRUE;
    }
    return FALSE;
}

/* What announces nothing may still say that what follows is old. */
static gboolean has_old_word(const char *label)
{
    enum { WORD_MAX = 20 };
    char word[WORD_MAX + 1];
    for (const char *at = label; *at != '\0';) {
        gsize length = 0;
        for (; g_ascii_isalpha(*at) || *at == '\''; at++)
            if (length < WORD_MAX)
                word[length++] = g_ascii_tolower(*at);
        word[length] = '\0';
        if (length >= LABEL_SHORT && has_word(old_words, word))
            return TRUE;
        at += *at != '\0' && length == 0 ? 1 : 0;
    }
    return FALSE;
}

struct label label_read(const char *label)
{
    struct label result = {.kind = LABEL_OTHER};
    if (!may_be_label(label)) {
        result.is_old = has_old_word(label) || has_old_remark(label);
        return result;
    }
    g_autoptr(GPtrArray) words = label_words(label);
    result.is_old = has_any(words, old_words) || has_old_remark(label);
    int hub = find_word(words, "\001");
    if (find_word(words, "\002") >= 0) {
        gboolean is_pair = hub >= 0 && strpbrk(label, "/+&|") != NULL;
        result.kind = has_any(words, id_words) ? LABEL_ID : is_pair ? LABEL_PAIR : LABEL_NAMESPACE;
    } else
        result.kind = hub >= 0 ? hub_label_kind(words, hub) : short_label_kind(words);
    return result;
}

enum resource_kind resource_type_kind(const char *type)
{
    g_autofree char *lower = g_ascii_strdown(type, -1);
    static const char *const hub_types[] = {"microsoft.eventhub/namespaces/eventhubs", "eventhub:eventhub",
                                            "azurerm_eventhub\"", "azurerm_eventhub'", "azurerm_eventhub."};
    const char *arm = strstr(lower, "microsoft.eventhub/namespaces");
    if (arm != NULL) {
        arm += strlen("microsoft.eventhub/namespaces");
        if (g_str_has_prefix(arm, "/eventhubs") && arm[strlen("/eventhubs")] != '/')
            return RESOURCE_HUB;
        return *arm == '/' ? RESOURCE_OTHER : RESOURCE_NAMESPACE;
    }
    for (gsize i = 0; i < G_N_ELEMENTS(hub_types); i++)
        if (strstr(lower, hub_types[i]) != NULL)
            return RESOURCE_HUB;
    if (strcmp(lower, "azurerm_eventhub") == 0)
        return RESOURCE_HUB;
    if (strstr(lower, "azurerm_eventhub_namespace") != NULL && strstr(lower, "namespace_") == NULL)
        return RESOURCE_NAMESPACE;
    return strstr(lower, "azurerm_") != NULL || strstr(lower, "microsoft.") != NULL ? RESOURCE_OTHER : RESOURCE_UNKNOWN;
}

enum resource_kind resource_property_kind(const char *key)
{
    static const char *const hub[] = {"partitioncount",
                                      "messageretentionindays",
                                      "partitionids",
                                      "capturedescription",
                                      "partition_count",
                                      "message_retention",
                                      "retentiondescription",
                                      "partitions",
                                      "partition count",
                                      "message retention",
                                      NULL};
    static const char *const namespace[] = {"servicebusendpoint",
                                            "kafkaenabled",
                                            "isautoinflateenabled",
                                            "zoneredundant",
                                            "maximumthroughputunits",
                                            "minimumtlsversion",
                                            "disablelocalauth",
                                            "publicnetworkaccess",
                                            "metricid",
                                            "autoinflateenabled",
                                            "sku",
                                            "kafka_enabled",
                                            "minimum_tls_version",
                                            "maximum_throughput_units",
                                            "auto_inflate_enabled",
                                            "zone_redundant",
                                            NULL};
    g_autofree char *lower = g_ascii_strdown(key, -1);
    if (has_word(hub, lower))
        return RESOURCE_HUB;
    return has_word(namespace, lower) ? RESOURCE_NAMESPACE : RESOURCE_UNKNOWN;
}

static gboolean has_sentence_ending(const char *word)
{
    gsize length = strlen(word);
    for (gsize i = 0; sentence_endings[i] != NULL; i++)
        if (length > strlen(sentence_endings[i]) + 2 && g_str_has_suffix(word, sentence_endings[i]))
            return TRUE;
    return FALSE;
}

/* Put together of a sentence's words only: "case-sensitive", "to-be-confirmed". */
static gboolean is_compound(const char *word)
{
    g_auto(GStrv) parts = g_strsplit_set(word, "-_.", -1);
    for (int i = 0; parts[i] != NULL; i++)
        if (*parts[i] != '\0' && !is_in_list(sentence_words, parts[i]) && !has_word(open_words, parts[i]) &&
            !g_ascii_isdigit(parts[i][0]))
            return FALSE;
    return TRUE;
}

gboolean word_is_instruction(const char *word)
{
    gsize capitals = strspn(word, "ABCDEFGHIJKLMNOPQRSTUVWXYZ");
    const char *number = word + capitals + strspn(word + capitals, "-_");
    gboolean is_number =
        capitals > 1 && strlen(number) >= TICKET_DIGITS && strspn(number, "0123456789") == strlen(number);
    g_autofree char *lower = g_ascii_strdown(word, -1);
    g_auto(GStrv) parts = g_strsplit_set(lower, "-_.", -1);
    return is_number || (parts[0] != NULL && parts[1] != NULL && has_word(instructions, parts[0]));
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
    return strlen(word) <= SCRAP_MAX && (g_ascii_islower(*word) || g_ascii_isdigit(*word)) && !has_word(endings, word);
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

static gboolean is_repetition(const char *word)
{
    return strspn(word, "xX-_.") == strlen(word) || strspn(word, ".-_") == strlen(word);
}

/* "pay-as-you-go", "per-customer", "pre-filled". */
static gboolean is_joined_up(char **parts)
{
    if (parts[0] == NULL || parts[1] == NULL)
        return FALSE;
    gboolean is_joined = has_word(prefixes_of_words, parts[0]) || has_word(joints, parts[0]);
    for (int i = 1; parts[i + 1] != NULL; i++)
        is_joined |= has_word(joints, parts[i]);
    return is_joined;
}

enum word_kind word_read(const char *word, gboolean in_sentence)
{
    g_autofree char *lower = g_utf8_strdown(word, -1);
    static const char *const openings[] = {"to-be-", "not-", "ask-", "see-", "will-", "yet-", "as-", "on-", "no-"};
    for (gsize i = 0; i < G_N_ELEMENTS(openings); i++)
        if (g_str_has_prefix(lower, openings[i]))
            return WORD_SENTENCE;
    if (is_in_list(placeholder_words, lower) || is_repetition(lower) || strstr(lower, "hub-name") != NULL ||
        strstr(lower, "hub_name") != NULL || strstr(lower, "your-") == lower || strstr(lower, "your_") == lower ||
        strstr(lower, "placeholder") != NULL)
        return WORD_PLACEHOLDER;
    if (has_word(open_words, lower) || is_ticket(lower) || is_abbreviation(lower))
        return WORD_OPEN;
    if (is_in_list(sentence_words, lower) || is_compound(lower))
        return WORD_SENTENCE;
    if (in_sentence) {
        g_auto(GStrv) parts = g_strsplit_set(lower, "-_.", -1);
        if (strpbrk(lower, "0123456789") == NULL && is_joined_up(parts))
            return WORD_SENTENCE;
        for (int i = 0; parts[i] != NULL; i++)
            if (has_sentence_ending(parts[i]) && !has_word((const char *const[]){"event", "events", NULL}, parts[i]))
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
    g_autofree char *lower = folded(words);
    g_auto(GStrv) phrases = g_strsplit(open_phrases, "|", -1);
    for (gsize i = 0; phrases[i] != NULL; i++)
        if (strstr(lower, phrases[i]) != NULL)
            return TRUE;
    return FALSE;
}
