/* SPDX-License-Identifier: MIT */
#include "base/decision.h"

#include <string.h>

static const struct {
    const char *word;
    gboolean has_text;
} words[] = {
    [DECISION_NONE] = {"", FALSE},           [DECISION_KEEP] = {"keep", FALSE},
    [DECISION_REPAIR] = {"repair", FALSE},   [DECISION_CREATE] = {"create", FALSE},
    [DECISION_RESTORE] = {"restore", FALSE}, [DECISION_REMOVE] = {"remove", FALSE},
    [DECISION_WAIT] = {"wait", FALSE},       [DECISION_USE] = {"use:", TRUE},
    [DECISION_NAME] = {"name:", TRUE},       [DECISION_KEEP_SOME] = {"keep:", TRUE},
    [DECISION_ALLOW] = {"allow:", TRUE},     [DECISION_OWN] = {"own:", TRUE},
};

struct decision decision_parse(const char *said)
{
    if (said == NULL)
        said = "";
    for (gsize i = 0; i < G_N_ELEMENTS(words); i++) {
        if (words[i].has_text ? g_str_has_prefix(said, words[i].word) : strcmp(said, words[i].word) == 0)
            return (struct decision){.kind = (enum decision_kind)i, .text = said + strlen(words[i].word)};
    }
    return (struct decision){.kind = DECISION_UNKNOWN, .text = said};
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

char *decision_words(struct decision decision)
{
    const char *word = decision.kind < G_N_ELEMENTS(words) ? words[decision.kind].word : "";
    return g_strconcat(word, decision.text != NULL ? decision.text : "", NULL);
}
