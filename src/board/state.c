/* SPDX-License-Identifier: MIT */
#include "board/state.h"

const char *step_state_word(enum step_state state)
{
    static const char *const words[] = {
        [STEP_UNKNOWN] = "unknown",     [STEP_CHECKING] = "checking", [STEP_TO_DO] = "to-do",
        [STEP_BLOCKED] = "blocked",     [STEP_WAITING] = "waiting",   [STEP_WORKING] = "working",
        [STEP_NEEDS_YOU] = "needs-you", [STEP_DONE] = "done",         [STEP_TOLD] = "told",
        [STEP_DIFFERS] = "differs",     [STEP_IN_DOUBT] = "in-doubt", [STEP_FAILED] = "failed",
        [STEP_SKIPPED] = "skipped",
    };
    return words[state];
}

const char *step_state_said(enum step_state state)
{
    switch (state) {
    case STEP_TO_DO:
        return "to do";
    case STEP_NEEDS_YOU:
        return "needs you";
    case STEP_IN_DOUBT:
        return "in doubt";
    case STEP_SKIPPED:
        return "left out";
    default:
        return step_state_word(state);
    }
}

const char *object_state_word(enum object_state state)
{
    static const char *const words[] = {
        [OBJECT_UNKNOWN] = "unknown", [OBJECT_ABSENT] = "absent", [OBJECT_MATCHES] = "matches",
        [OBJECT_DIFFERS] = "differs", [OBJECT_MANY] = "many",     [OBJECT_IN_DOUBT] = "in-doubt",
    };
    return words[state];
}

const char *object_origin_word(enum object_origin origin)
{
    static const char *const words[] = {
        [ORIGIN_NONE] = "none",       [ORIGIN_FOUND] = "found",   [ORIGIN_ADOPTED] = "adopted",
        [ORIGIN_CREATED] = "created", [ORIGIN_PERSON] = "person",
    };
    return words[origin];
}

gboolean step_state_is_settled(enum step_state state)
{
    return state == STEP_DONE || state == STEP_TOLD || state == STEP_SKIPPED;
}

gboolean step_state_can_go_on(enum step_state state)
{
    return state == STEP_TO_DO || state == STEP_NEEDS_YOU || state == STEP_DIFFERS || state == STEP_FAILED ||
           state == STEP_IN_DOUBT;
}

gboolean object_state_is_there(enum object_state state)
{
    return state == OBJECT_MATCHES || state == OBJECT_DIFFERS;
}
