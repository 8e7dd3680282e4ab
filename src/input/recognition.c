/* SPDX-License-Identifier: MIT */
/* What people paste into one of the two Event Hub fields instead of its value. */
#include "input/recognition.h"

#include <string.h>

#include "input/fields_event_hub.h"
#include "input/fields_tokens.h"
#include "input/finding.h"
#include "input/paste.h"

static gboolean has(const struct validator *validator, const char *word)
{
    return source_find(validator->input, 0, word) >= 0;
}

gboolean has_credential(const GArray *text)
{
    return source_find(text, 0, "Endpoint=sb://") >= 0 || source_find(text, 0, "SharedAccessKey") >= 0 ||
           source_find(text, 0, "SharedAccessSignature") >= 0;
}

gboolean has_host_name(const GArray *text)
{
    return source_find(text, 0, "sb://") >= 0 || source_find(text, 0, ".servicebus.") >= 0;
}

static void recognise_whole(struct validator *validator, enum problem problem, const char *message, const char *fix,
                            const char *label)
{
    validator_recognised(validator, problem, 0, source_length(validator->input), g_strdup(message), fix, label);
}

static struct paste_values *find_values(const struct validator *validator)
{
    char *text = source_utf8(validator->input, 0, source_length(validator->input));
    struct paste_values *values = paste_find(text, -1);
    wipe_text(text);
    return values;
}

/* The white space behind the namespace after which other text begins; -1 if there is none. One more word could as well
 * belong to the namespace. */
static int tail_start(const struct validator *validator)
{
    static const char last_part[] = "namespaces/";
    int start = source_find(validator->input, 0, last_part);
    if (start < 0)
        return -1;
    int at = start + (int)strlen(last_part);
    while (is_edge(source_at(validator->input, at)) || is_dangerous(source_at(validator->input, at)))
        at++;
    while (source_at(validator->input, at) != NO_CHARACTER && !is_edge(source_at(validator->input, at)))
        at++;
    int end = source_length(validator->input);
    for (; end > at; end--) { /* what is put round a value is no text */
        gunichar last = source_at(validator->input, end - 1);
        if (!is_edge(last) && !is_dangerous(last) && !is_lookalike(last) && !is_one_of(last, "\"'>)]}*,;.|"))
            break;
    }
    int word = at;
    while (word < end && is_edge(source_at(validator->input, word)))
        word++;
    for (int i = word; i < end; i++) {
        gunichar character = source_at(validator->input, i);
        if (!is_ascii_alnum(character) && !is_one_of(character, "-/._") && !is_dangerous(character))
            return at;
    }
    return -1;
}

static gboolean is_hub_name(const struct validator *validator)
{
    g_autofree char *text = source_utf8(validator->input, 0, source_length(validator->input));
    g_autoptr(Verdict) name = validate_by_rules(&event_hub_name_rules, text, -1);
    g_autoptr(Verdict) guid = validate_by_rules(&guid_rules, text, -1);
    return name->value != NULL && guid->value == NULL;
}

static gboolean recognise_text_with_id(struct validator *validator)
{
    /* Where the ID itself begins: "/subscriptions" or, without a slash, "subscriptions". -1 if nowhere. */
    int word = source_find(validator->input, 0, "subscriptions");
    int start = word > 0 && source_at(validator->input, word - 1) == '/' ? word - 1 : word;
    int tail = tail_start(validator);
    gboolean is_link = has(validator, "://") || has(validator, "%2Fsubscriptions");
    int letters = 0; /* before it: no mere wrapping or one stray character */
    for (int i = 0; i < start; i++) {
        gunichar character = source_at(validator->input, i);
        letters += character < BAD_BYTE && g_unichar_isalnum(character) && !is_dangerous(character);
    }
    gboolean has_before = letters > 1;
    if (!(is_link && has(validator, "subscriptions")) && !has_before && tail < 0)
        return FALSE;
    g_autoptr(PasteValues) found = find_values(validator);
    if (is_link)
        recognise_whole(validator, PROBLEM_PORTAL_URL,
                        found->event_hub_id != NULL ? "This is a link; the resource ID is inside it."
                                                    : "This is a link, not the resource ID, which begins with "
                                                      "'/subscriptions/'.",
                        found->event_hub_id, "Take the ID out of it");
    else if (found->event_hub_id == NULL)
        return FALSE;
    else {
        int from = has_before ? 0 : tail;
        int to = has_before ? start : source_length(validator->input);
        validator_recognised(validator, PROBLEM_EXTRA_TEXT, from, to - from,
                             has_before
                                 ? g_strdup_printf("The resource ID itself begins at column %d.", start + 1)
                                 : g_strdup_printf("The resource ID ends at column %d; other text follows.", tail),
                             found->event_hub_id, "Take the ID alone");
    }
    return TRUE;
}

gboolean recognise_for_hub_id(struct validator *validator)
{
    if (has_credential(validator->input)) {
        recognise_whole(validator, PROBLEM_CONNECTION_STRING,
                        "This is a connection string, which is a secret, and not the resource ID. It is not kept.",
                        NULL, NULL);
        return TRUE;
    }
    if (recognise_text_with_id(validator))
        return TRUE;
    if (has(validator, "subscriptions"))
        return FALSE;
    if (has_host_name(validator->input))
        recognise_whole(validator, PROBLEM_HOST_NAME,
                        "This is the namespace's host name, not its resource ID, which begins with '/subscriptions/'.",
                        NULL, NULL);
    else if (is_hub_name(validator))
        recognise_whole(
            validator, PROBLEM_SWAPPED,
            "This looks like the Event Hub's name, which belongs in its own field; the resource ID begins with "
            "'/subscriptions/'.",
            NULL, NULL);
    else
        return FALSE;
    return TRUE;
}

static void recognise_id_as_name(struct validator *validator, const struct paste_values *found)
{
    if (found->event_hub_name == NULL)
        recognise_whole(
            validator, PROBLEM_SWAPPED,
            "This is the namespace's resource ID, which belongs in its own field; the Event Hub's name is short.", NULL,
            NULL);
    else if (has(validator, "://"))
        recognise_whole(validator, PROBLEM_PORTAL_URL, "This is a link; the Event Hub's name is inside it.",
                        found->event_hub_name, "Take the name out of it");
    else
        recognise_whole(validator, PROBLEM_HUB_ID, "This is a resource ID; the Event Hub's name is inside it.",
                        found->event_hub_name, "Take the name out of it");
}

gboolean recognise_for_name(struct validator *validator)
{
    if (!has_credential(validator->input))
        return FALSE;
    recognise_whole(validator, PROBLEM_CONNECTION_STRING,
                    "This is a connection string, which is a secret, and not a name. It is not kept.", NULL, NULL);
    return TRUE;
}

gboolean recognise_for_hub_name(struct validator *validator)
{
    gboolean has_id = has(validator, "subscriptions/") || has(validator, "subscriptions%2F");
    gboolean has_label = has(validator, "event") && has(validator, "hub") &&
                         (has(validator, ":") || has(validator, "=") || has(validator, " is "));
    if (!has_credential(validator->input) && !has_id && !has_label && !has_host_name(validator->input) &&
        !has(validator, "://"))
        return FALSE;
    g_autoptr(PasteValues) found = find_values(validator);
    if (has_credential(validator->input))
        recognise_whole(validator, PROBLEM_CONNECTION_STRING,
                        "This is a connection string, which is a secret, and not the Event Hub's name. It is not kept.",
                        found->event_hub_name, "Take the hub's name out of it");
    else if (has_id)
        recognise_id_as_name(validator, found);
    else if (has_label && found->event_hub_name != NULL)
        recognise_whole(validator, PROBLEM_EXTRA_TEXT, "This is more than the Event Hub's name.", found->event_hub_name,
                        "Take the name alone");
    else if (has_host_name(validator->input) || has(validator, "://"))
        recognise_whole(validator, PROBLEM_HOST_NAME, "This is an address, not the Event Hub's name.", NULL, NULL);
    else
        return FALSE;
    return TRUE;
}
