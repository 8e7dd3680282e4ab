/* SPDX-License-Identifier: MIT */
#include "base/decision.h"

#include <string.h>

static const struct {
    const char *word;
    gboolean has_text;
    gboolean has_code; /* "#" and more may follow */
} words[] = {
    [DECISION_NONE] = {"", FALSE, FALSE},          [DECISION_KEEP] = {"keep", FALSE, TRUE},
    [DECISION_REPAIR] = {"repair", FALSE, TRUE},   [DECISION_CREATE] = {"create", FALSE, TRUE},
    [DECISION_RESTORE] = {"restore", FALSE, TRUE}, [DECISION_REMOVE] = {"remove", FALSE, FALSE},
    [DECISION_WAIT] = {"wait", FALSE, FALSE},      [DECISION_USE] = {"use:", TRUE, FALSE},
    [DECISION_NAME] = {"name:", TRUE, FALSE},      [DECISION_KEEP_SOME] = {"keep:", TRUE, FALSE},
    [DECISION_ALLOW] = {"allow:", TRUE, FALSE},    [DECISION_OWN] = {"own:", TRUE, FALSE},
};

struct decision decision_parse(const char *said)
{
    if (said == NULL)
        said = "";
    for (gsize i = 0; i < G_N_ELEMENTS(words); i++) {
        const char *rest = said + strlen(words[i].word);
        if (g_str_has_prefix(said, words[i].word) &&
            (words[i].has_text || rest[0] == '\0' || (words[i].has_code && rest[0] == '#')))
            return (struct decision){.kind = (enum decision_kind)i, .text = rest};
    }
    return (struct decision){.kind = DECISION_UNKNOWN, .text = said};
}

gboolean decision_has_code(enum decision_kind kind)
{
    return kind < G_N_ELEMENTS(words) && words[kind].has_code;
}

gboolean decision_wants_text(struct decision decision)
{
    const char *reason = decision.kind == DECISION_KEEP_SOME ? strchr(decision.text, '|') : NULL;
    return ((decision.kind == DECISION_NAME || decision.kind == DECISION_ALLOW) && decision.text[0] == '\0') ||
           (reason != NULL && (reason[1] == '\0' || g_str_has_suffix(reason, "; ")));
}

struct decision decision_copy(struct decision decision)
{
    return (struct decision){.kind = decision.kind, .text = g_strdup(decision.text != NULL ? decision.text : "")};
}

void decision_clear(struct decision *decision)
{
    g_free((gpointer)decision->text);
    *decision = (struct decision){.text = NULL};
}

static gboolean takes_away(const char *word, const char *id)
{
    gsize length = strlen(id);
    return word[0] == '-' && strncmp(word + 1, id, length) == 0 &&
           (word[1 + length] == '\0' || word[1 + length] == '#');
}

struct decision decision_without(struct decision decision, const char *id)
{
    const char *text = decision.kind == DECISION_KEEP_SOME ? decision.text : "";
    gsize length = strcspn(text, "|");
    g_autofree char *ids = g_strndup(text, length);
    g_auto(GStrv) parts = g_strsplit(ids, ";", -1);
    g_autoptr(GString) left = g_string_new(NULL);
    gboolean found = FALSE;
    for (char **word = parts; *word != NULL; word++) {
        found = found || takes_away(*word, id);
        if (!takes_away(*word, id))
            g_string_append_printf(left, "%s%s", left->len > 0 ? ";" : "", *word);
    }
    gboolean is_empty = left->len == 0;
    g_string_append(left, text + length);
    const struct decision made = {.kind = !found     ? DECISION_UNKNOWN
                                          : is_empty ? DECISION_NONE
                                                     : DECISION_KEEP_SOME,
                                  .text = found && !is_empty ? left->str : ""};
    return decision_copy(made);
}

char *decision_words(struct decision decision)
{
    const char *word = decision.kind < G_N_ELEMENTS(words) ? words[decision.kind].word : "";
    return g_strconcat(word, decision.text != NULL ? decision.text : "", NULL);
}
