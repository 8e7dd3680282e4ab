/* SPDX-License-Identifier: MIT */
#include "input/hub_labels.h"

#include <string.h>

#include "input/hub_words.h"

enum { LABEL_SHORT = 3 }; /* bytes; an old one's mark is longer */

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
    "name",      "names",       "namen",  "nom",     "nombre",    "nome",    "naam",         "navn",        "namn",
    "nazwa",     "имя",         "名前",   "名称",    "名稱",      "名",      "이름",         "bezeichnung", "instance",
    "instances", "instanz",     "entity", "entität", "instancia", "istanza", "インスタンス", "entité",      "title",
    "název",     "názov",       "adı",    "nimi",    "neve",      "név",     "όνομα",        "ім'я",        "назва",
    "nume",      "numele",      "שם",     "اسم",     "nama",      "tên",     "ชื่อ",           "naziv",       "ime",
    "име",       "pavadinimas", "jméno",  NULL};

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

/* With one of these the label is about something else; an IoT Hub has an "Event Hub-compatible name". */
static const char *const other_words[] = {
    "group",      "gruppe",    "groupe",        "grupo",     "rule",          "policy",   "richtlinie", "stratégie",
    "key",        "keys",      "schlüssel",     "clé",       "clave",         "sku",      "tier",       "plan",
    "region",     "location",  "standort",      "status",    "state",         "type",     "typ",        "version",
    "count",      "partition", "partitions",    "retention", "capacity",      "owner",    "cost",       "subscription",
    "consumer",   "capture",   "schema",        "host",      "hostname",      "fqdn",     "server",     "date",
    "time",       "note",      "notes",         "comment",   "description",   "limit",    "throughput", "unit",
    "units",      "endpoint",  "connection",    "string_",   "url",           "uri",      "link",       "portal",
    "contact",    "person",    "user",          "admin",     "company",       "customer", "client",     "partner",
    "tenant",     "display",   "export",        "setting",   "settings",      "sender",   "listener",   "metrics",
    "price",      "quota",     "secret",        "password",  "resourcegroup", "cluster",  "network",    "storage",
    "container",  "account",   "authorization", "auth",      "saskey",        "sas",      "compatible", "kompatibler",
    "kompatible", NULL};

static const char *const id_words[] = {"id",         "ids",        "resourceid", "ressourcenid", "arn",
                                       "guid",       "identifier", "kennung",    "identifiant",  "identificador",
                                       "リソースid", "リソース",   NULL};

static const char *const old_words[] = {
    "old",       "previous", "former",         "formerly", "deprecated", "legacy",   "obsolete", "wrong",
    "incorrect", "not",      "never",          "don't",    "alt",        "alter",    "alte",     "ancien",
    "antiguo",   "expired",  "decommissioned", "retired",  "example",    "beispiel", "exemple",  "ejemplo",
    "e.g",       "sample",   "instead",        "before",   "was",        NULL};

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

/* The words of a label: \001 for an Event Hub, \002 for a namespace. Caller frees. */
static GPtrArray *label_words(const char *label)
{
    g_autofree char *plain = words_folded(label);
    drop_remarks(plain);
    g_autoptr(GString) text = g_string_new(plain);
    static const char *const names[] = {"名前", "名称", "名稱", "이름", "名"};
    for (gsize i = 0; i < G_N_ELEMENTS(namespace_phrases); i++)
        g_string_replace(text, namespace_phrases[i], " \002 ", 0);
    for (gsize i = 0; i < G_N_ELEMENTS(hub_phrases); i++)
        g_string_replace(text, hub_phrases[i], " \001 ", 0);
    for (gsize i = 0; i < G_N_ELEMENTS(names); i++)
        g_string_replace(text, names[i], " name ", 0);
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
        if (g_strv_contains(set, words->pdata[i]))
            return TRUE;
    return FALSE;
}

/* Whether words FROM up to TO are only names and fillers; *HAS_NAME: one is a name word. */
static gboolean are_fillers(const GPtrArray *words, int from, int to, gboolean *has_name)
{
    for (int i = from; i < to; i++) {
        gboolean is_name = g_strv_contains(name_words, words->pdata[i]);
        *has_name |= is_name;
        if (!is_name && !g_strv_contains(filler_words, words->pdata[i]))
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
        if (g_strv_contains(name_words, words->pdata[i]))
            return LABEL_HUB_NAME; /* "name of the Event Hub" */
        if (!g_strv_contains(filler_words, words->pdata[i]))
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
    if (words->len > 1 && strcmp(words->pdata[0], "export") == 0)
        return LABEL_OTHER; /* Defender's "Export name" */
    static const char *const joined[] = {"hubname", "ehname", NULL};
    if (words->len == 1 && g_strv_contains(joined, words->pdata[0]))
        return LABEL_HUB_NAME;
    return words->len > 0 && words->len <= 2 && are_fillers(words, 0, (int)words->len, &has_name) && has_name
               ? LABEL_NAME
               : LABEL_OTHER;
}

/* Most words can be told at once to announce nothing. */
static gboolean may_be_label(const char *text)
{
    static const char *const signs[] = {"hub",    "name",  "nom",   "nam",   "naa",      "nav",
                                        "id",     "path",  "topic", "event", "eh",       "bezeichnung",
                                        "instan", "entit", "ident", "title", "arn",      "kennung",
                                        "nimi",   "neve",  "ime",   "naziv", "tapahtuma"};
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
        is_denied |= g_strv_contains(denials, *word);
        if (g_strv_contains(marks, *word) && (!is_use || is_denied))
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
        if (length >= LABEL_SHORT && g_strv_contains(old_words, word))
            return TRUE;
        at += *at != '\0' && length == 0 ? 1 : 0;
    }
    return FALSE;
}

/* "Event Hub narne", as an optical reader has it, with the word as it is meant; NULL if it is not there. Caller frees.
 */
static char *mended(const char *label)
{
    const char *at = strstr(label, "narne");
    return at != NULL ? g_strdup_printf("%.*sname%s", (int)(at - label), label, at + strlen("narne")) : NULL;
}

struct label label_read(const char *label)
{
    struct label result = {.kind = LABEL_OTHER};
    g_autofree char *meant = mended(label);
    if (meant != NULL) {
        result = label_read(meant);
        result.is_misread = TRUE;
        return result;
    }
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

/* PHRASES, N of them, have WORD between blanks, or WORD is one of them with an ending. */
static gboolean have_word(const char *const *phrases, gsize n, const char *word)
{
    for (gsize i = 0; i < n; i++) {
        g_auto(GStrv) words = g_strsplit_set(phrases[i], " -_", -1);
        if (g_strv_contains((const char *const *)words, word) || g_str_has_prefix(word, phrases[i]))
            return TRUE;
    }
    return FALSE;
}

gboolean label_has_word(const char *word)
{
    return g_strv_contains(name_words, word) || g_strv_contains(filler_words, word) ||
           g_strv_contains(id_words, word) || strcmp(word, "eh") == 0 ||
           have_word(hub_phrases, G_N_ELEMENTS(hub_phrases), word) ||
           have_word(namespace_phrases, G_N_ELEMENTS(namespace_phrases), word);
}

gboolean label_is_old_word(const char *word)
{
    return g_strv_contains(old_words, word);
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
    if (g_strv_contains(hub, lower))
        return RESOURCE_HUB;
    return g_strv_contains(namespace, lower) ? RESOURCE_NAMESPACE : RESOURCE_UNKNOWN;
}
