/* SPDX-License-Identifier: MIT */
#include "secrets/redact_shapes.h"

#include <string.h>

/* Names beside which any value is secret, in URLs, forms, JSON, connection strings and XML. */
#define NAMES                                                                                                          \
    "(?:access|refresh|id|bearer|session|sas|csrf)[_-]?tokens?|id_token_hint|(?:client[_-]?)?assertion|"               \
    "(?:device|user|verification|auth|authorization|invite)[_-]?code|otc|code_verifier|"                               \
    "[a-z_-]*passwords?|passwd|pwd|pass_?phrase|[a-z_-]*secret(?:[_-]?(?:text|value|key))?|"                           \
    "(?:shared[_-]?access|account|api|access|private|subscription|storage|primary|secondary|session|encryption)"       \
    "[_-]?key|sharedaccesssignature|sig|credentials?"

/* A value that is no ordinary word: it holds a digit, or is long. */
#define ODD "(?=[^\\s\"'&,;<>]*[0-9]|[^\\s\"'&,;<>]{24})"

struct shape {
    const char *pattern; /* its first group, or the whole if it has none, is the secret */
    GRegexCompileFlags flags;
    const char *part; /* stands in whatever matches, so that most texts need no search; NULL: nothing always does */
};

static const struct shape table[] = {
    /* JSON Web Tokens, whole or cut, signed or encrypted */
    {"eyJ[A-Za-z0-9_-]{8,}+\\.[A-Za-z0-9_-]{4,}+(?:\\.[A-Za-z0-9_-]*+)*+", 0, "eyJ"},
    /* Entra: authorization codes and refresh tokens; client secrets; personal accounts */
    {"(?<![A-Za-z0-9.])[0-9]\\.A[A-Za-z0-9_-]{20,}+(?:\\.[A-Za-z0-9_-]++)*+", 0, ".A"},
    {"(?<![A-Za-z0-9])(?:OAQABAA|AQABAA|OAQABQ|AQABIQ)[A-Za-z0-9_-]{20,}+", 0, "QAB"},
    {"(?<![A-Za-z0-9_~.-])[A-Za-z0-9_~.-]{3}[0-9]Q~[A-Za-z0-9_~.-]{20,}+", 0, "Q~"},
    {"(?<![A-Za-z0-9])M\\.[A-Z0-9]+_[A-Z0-9]+\\.[A-Za-z0-9.!*$_-]{16,}+", 0, "M."},
    /* the practice tenant's */
    {"practice-token-[A-Za-z0-9._~-]++", 0, "practice-token-"},
    /* Authorization and its like, as a scheme with a value and as whole headers */
    {"\\b(?:bearer|basic|pop|negotiate|ntlm|sharedkey(?:lite)?)[ \\t]++[\"']?(" ODD
     "[A-Za-z0-9._~+/:-]{8,}+=*+)(?![=\"][\"A-Za-z])",
     G_REGEX_CASELESS, NULL},
    {"\\b(?:proxy-)?authorization[\"']?\\s*+[:=]\\s*+[\"']?(?:[a-z][a-z0-9]*+[ \\t]++)?+(" ODD "[^\\s\"',;<>]{8,}+)",
     G_REGEX_CASELESS, NULL},
    {"\\b(?:set-)?cookie[\"']?\\s*+[:=]\\s*+[\"']?([^\\s=;\"']++=[^\\r\\n\"]++)", G_REGEX_CASELESS, NULL},
    {"\\b(?:x-[a-z-]*(?:key|token|credential)|api-key|ocp-apim-subscription-key|dpop)[\"']?\\s*+[:=]\\s*+[\"']?"
     "([^\\s\"',;<>]{8,}+)",
     G_REGEX_CASELESS, NULL},
    /* name=value; a value in quotes may hold anything */
    {"(?<![A-Za-z0-9])(?:" NAMES ")=(?|\"([^\"\\r\\n]++)\"|'([^'\\r\\n]++)'|([^&\\s\"'<>;]++))", G_REGEX_CASELESS, "="},
    {"(?<![A-Za-z0-9_-])(?:code|state|nonce|session_state)=(" ODD "[A-Za-z0-9._~%+/-]{16,}+)", G_REGEX_CASELESS, "="},
    /* "name": "value" */
    {"[\"'](?:" NAMES ")[\"']\\s*+:\\s*+\"((?:[^\"\\\\]|\\\\.)++)", G_REGEX_CASELESS, ":"},
    {"[\"'](?:" NAMES ")[\"']\\s*+:\\s*+'((?:[^'\\\\]|\\\\.)++)", G_REGEX_CASELESS, ":"},
    {"[\"']token[\"']\\s*+:\\s*+[\"'](" ODD "[^\"'\\s]{12,}+)", G_REGEX_CASELESS, ":"},
    /* <name>value< */
    {"<(?:" NAMES ")(?:\\s[^>]*+)?>([^<]++)<", G_REGEX_CASELESS, "<"},
    /* name: value, and in a sentence */
    {"\\b(?:password|passphrase|passwd|(?:client |app )?secret|(?:api|access|account) key|"
     "(?:access|refresh|id) token|(?:device|user) code|code[_ ]verifier|" NAMES
     ")(?:[\"']?\\s*+:\\s|\\s++(?:=|->|is)\\s)\\s*+[\"'`]?((?=[^\\s\"'`]*[0-9!#$%*+/?@^_~])[^\\s\"'`,]{6,}+)",
     G_REGEX_CASELESS, NULL},
    /* codes to type */
    {"\\b(?i:code)\\b[^A-Za-z0-9\\r\\n]{1,4}(?:(?i:is)[^A-Za-z0-9\\r\\n]{1,4})?([A-Z0-9]{4}-[A-Z0-9]{4})(?![A-Za-z0-9-]"
     ")",
     0, NULL},
    {"\\b(?i:code)\\b[^A-Za-z0-9\\r\\n]{1,4}(?:(?i:is)[^A-Za-z0-9\\r\\n]{1,4})?"
     "((?!AADSTS)(?=[A-Z]*[0-9])(?=[0-9]*[A-Z])[A-Z0-9]{8,10})(?![A-Za-z0-9-])",
     0, NULL},
    {"(?i:\\b(?:enter|type) (?:the |this )?(?:user |device "
     ")?code:?)[^A-Za-z0-9\\r\\n]{1,4}([A-Z0-9]{7,10})(?![A-Za-z0-9-])",
     0, NULL},
    /* keys that can be told by themselves */
    {"-----BEGIN [A-Z ]*PRIVATE KEY-----[\\s\\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|\\z)", 0, "-----BEGIN "},
    {"(?<![A-Za-z0-9+/])(?<!sha512[-:=])[A-Za-z0-9+/]{86}==", 0, "=="},
    {"(?<![A-Za-z0-9+/])[A-Za-z0-9+/]{33}\\+A(?:Eh|Sb|Rm|Co|St)[A-Za-z0-9+/]{5,8}=", 0, "+A"},
    /* the password of a URL, unless it is the word that stands for one */
    {"://[^/\\s:@\"']*+:(?!PASSWORD@)([^/\\s@\"']++)@", 0, "://"},
};

/* Compiling them costs more than a hundred searches. */
static GRegex *const *compiled_shapes(void)
{
    static GRegex *compiled[G_N_ELEMENTS(table)];
    static gsize ready = 0;
    if (!g_once_init_enter(&ready))
        return compiled;
    for (gsize i = 0; i < G_N_ELEMENTS(table); i++) {
        g_autoptr(GError) error = NULL;
        GRegexCompileFlags flags = table[i].flags | G_REGEX_RAW | G_REGEX_OPTIMIZE;
        compiled[i] = g_regex_new(table[i].pattern, flags, 0, &error);
        if (compiled[i] == NULL)
            g_error("shape %" G_GSIZE_FORMAT ": %s", i, error->message);
    }
    g_once_init_leave(&ready, 1);
    return compiled;
}

gboolean shapes_find(const char *text, gsize length, shape_found found, gpointer data)
{
    GRegex *const *compiled = compiled_shapes();
    for (gsize i = 0; i < G_N_ELEMENTS(table); i++) {
        g_autoptr(GError) error = NULL;
        g_autoptr(GMatchInfo) match = NULL;
        if (table[i].part != NULL && memmem(text, length, table[i].part, strlen(table[i].part)) == NULL)
            continue;
        int group = g_regex_get_capture_count(compiled[i]) > 0 ? 1 : 0;
        g_regex_match_full(compiled[i], text, (gssize)length, 0, 0, &match, &error);
        while (error == NULL && g_match_info_matches(match)) {
            int begin = 0;
            int end = 0;
            if (g_match_info_fetch_pos(match, group, &begin, &end) && begin >= 0)
                found((gsize)begin, (gsize)end, data);
            g_match_info_next(match, &error);
        }
        if (error != NULL)
            return FALSE;
    }
    return TRUE;
}
