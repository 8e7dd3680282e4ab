/* SPDX-License-Identifier: MIT */
#include "engine/leave_decision.h"

#include <string.h>

#include "base/json.h"
#include "onboarding/answer_key.h"

enum { CODE_DIGITS = 6 };

char *leave_decision_code(const struct situation *situation, const struct object *object)
{
    if (object->observation->id[0] == '\0')
        return g_strdup("");
    g_autofree char *text = g_strdup_printf("%s\n%s\n%u", object->observation->id, object->observation->sends_to,
                                            situation_object(situation, object)->removals);
    g_autofree char *sum = g_compute_checksum_for_string(G_CHECKSUM_SHA256, text, -1);
    return g_strdup_printf("#%.*s", CODE_DIGITS, sum);
}

/* Nothing tells what was shown where nobody was asked, or nothing of it was read. */
static gboolean is_of_another(const struct situation *situation, const struct object *object)
{
    const char *shown = situation_object(situation, object)->leave_shown;
    g_autofree char *code = leave_decision_code(situation, object);
    return shown[0] != '\0' && code[0] != '\0' && strcmp(shown, code) != 0;
}

char *leave_decision_needs_code(const struct situation *situation, const struct object *object)
{
    return is_of_another(situation, object) ? leave_decision_code(situation, object) : g_strdup("");
}

const char *leave_decision(const struct situation *situation, const struct object *object)
{
    static const char *const words[] = {"remove", "keep"};
    const char *said = answer_about(json_get(situation->onboarding->answers, "leave"), object);
    for (gsize i = 0; said != NULL && i < G_N_ELEMENTS(words); i++) {
        if (!g_str_has_prefix(said, words[i]))
            continue;
        const char *given = said + strlen(words[i]);
        g_autofree char *code = leave_decision_code(situation, object);
        gboolean holds =
            given[0] == '\0' ? !is_of_another(situation, object) : code[0] == '\0' || strcmp(given, code) == 0;
        return holds ? words[i] : NULL;
    }
    return NULL;
}
