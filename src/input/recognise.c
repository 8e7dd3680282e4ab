/* What people paste into one of the two Event Hub fields instead of its value. */
#include <string.h>

#include "input/finding.h"
#include "input/grammar.h"
#include "input/paste.h"

static gboolean has(const struct judge *judge, const char *word)
{
    return mapped_find(judge->input, 0, word) >= 0;
}

static gboolean is_secret(const struct judge *judge)
{
    return has(judge, "Endpoint=sb://") || has(judge, "SharedAccessKey") || has(judge, "SharedAccessSignature");
}

static gboolean is_host_name(const struct judge *judge)
{
    return has(judge, "sb://") || has(judge, ".servicebus.");
}

static void recognise_whole(struct judge *judge, enum problem problem, const char *message, const char *fix,
                            const char *label)
{
    judge_recognised(judge, problem, 0, mapped_length(judge->input), g_strdup(message), fix, label);
}

static struct paste_values *find_values(const struct judge *judge)
{
    char *text = mapped_text(judge->input, 0, mapped_length(judge->input));
    struct paste_values *values = paste_find(text, -1);
    wipe_text(text);
    return values;
}

/* Where the ID itself begins: "/subscriptions" or, without a slash, "subscriptions". -1 if nowhere. */
static int id_start(const struct judge *judge)
{
    int word = mapped_find(judge->input, 0, "subscriptions");
    return word > 0 && mapped_at(judge->input, word - 1) == '/' ? word - 1 : word;
}

/* A word stands before AT, not mere wrapping or one stray character. */
static gboolean has_text_before(const struct judge *judge, int at)
{
    int letters = 0;
    for (int i = 0; i < at; i++) {
        gunichar character = mapped_at(judge->input, i);
        letters += character < BAD_BYTE && g_unichar_isalnum(character) && !is_dangerous(character);
    }
    return letters > 1;
}

static gboolean is_id_character(gunichar character)
{
    return is_ascii_alnum(character) || is_one_of(character, "-/._");
}

static gboolean is_wrapping(gunichar character)
{
    return is_edge(character) || is_dangerous(character) || is_one_of(character, "\"'>)]}*,;.|") ||
           is_lookalike(character);
}

/* The white space behind the namespace after which other text begins; -1 if there is none. One more word could as well
 * belong to the namespace. */
static int tail_start(const struct judge *judge)
{
    static const char last_part[] = "namespaces/";
    int start = mapped_find(judge->input, 0, last_part);
    if (start < 0)
        return -1;
    int at = start + (int)strlen(last_part);
    while (is_edge(mapped_at(judge->input, at)) || is_dangerous(mapped_at(judge->input, at)))
        at++;
    while (mapped_at(judge->input, at) != NO_CHARACTER && !is_edge(mapped_at(judge->input, at)))
        at++;
    int end = mapped_length(judge->input);
    while (end > at && is_wrapping(mapped_at(judge->input, end - 1)))
        end--;
    int word = at;
    while (word < end && is_edge(mapped_at(judge->input, word)))
        word++;
    for (int i = word; i < end; i++)
        if (!is_id_character(mapped_at(judge->input, i)) && !is_dangerous(mapped_at(judge->input, i)))
            return at;
    return -1;
}

static gboolean is_hub_name(const struct judge *judge)
{
    g_autofree char *text = mapped_text(judge->input, 0, mapped_length(judge->input));
    g_autoptr(Verdict) name = validate_plain("event-hub-name", text, -1);
    g_autoptr(Verdict) guid = validate_plain("guid", text, -1);
    return name->value != NULL && guid->value == NULL;
}

static gboolean recognise_text_with_id(struct judge *judge)
{
    int start = id_start(judge);
    int tail = tail_start(judge);
    gboolean is_link = has(judge, "://") || has(judge, "%2Fsubscriptions");
    gboolean has_before = start >= 0 && has_text_before(judge, start);
    if (!(is_link && has(judge, "subscriptions")) && !has_before && tail < 0)
        return FALSE;
    g_autoptr(PasteValues) found = find_values(judge);
    if (is_link)
        recognise_whole(judge, PROBLEM_PORTAL_URL,
                        found->event_hub_id != NULL ? "This is a link; the resource ID is inside it."
                                                    : "This is a link, not the resource ID, which begins with "
                                                      "'/subscriptions/'.",
                        found->event_hub_id, "Take the ID out of it");
    else if (found->event_hub_id == NULL)
        return FALSE;
    else {
        int from = has_before ? 0 : tail;
        int to = has_before ? start : mapped_length(judge->input);
        judge_recognised(judge, PROBLEM_EXTRA_TEXT, from, to - from,
                         has_before ? g_strdup_printf("The resource ID itself begins at column %d.", start + 1)
                                    : g_strdup_printf("The resource ID ends at column %d; other text follows.", tail),
                         found->event_hub_id, "Take the ID alone");
    }
    return TRUE;
}

gboolean recognise_for_hub_id(struct judge *judge)
{
    if (is_secret(judge)) {
        recognise_whole(judge, PROBLEM_CONNECTION_STRING,
                        "This is a connection string, which is a secret, and not the resource ID. It is not kept.",
                        NULL, NULL);
        return TRUE;
    }
    if (recognise_text_with_id(judge))
        return TRUE;
    if (has(judge, "subscriptions"))
        return FALSE;
    if (is_host_name(judge))
        recognise_whole(judge, PROBLEM_HOST_NAME,
                        "This is the namespace's host name, not its resource ID, which begins with '/subscriptions/'.",
                        NULL, NULL);
    else if (is_hub_name(judge))
        recognise_whole(
            judge, PROBLEM_SWAPPED,
            "This looks like the Event Hub's name, which belongs in its own field; the resource ID begins with "
            "'/subscriptions/'.",
            NULL, NULL);
    else
        return FALSE;
    return TRUE;
}

static void recognise_id_as_name(struct judge *judge, const struct paste_values *found)
{
    if (found->event_hub_name == NULL)
        recognise_whole(
            judge, PROBLEM_SWAPPED,
            "This is the namespace's resource ID, which belongs in its own field; the Event Hub's name is short.", NULL,
            NULL);
    else if (has(judge, "://"))
        recognise_whole(judge, PROBLEM_PORTAL_URL, "This is a link; the Event Hub's name is inside it.",
                        found->event_hub_name, "Take the name out of it");
    else
        recognise_whole(judge, PROBLEM_HUB_ID, "This is a resource ID; the Event Hub's name is inside it.",
                        found->event_hub_name, "Take the name out of it");
}

gboolean recognise_for_name(struct judge *judge)
{
    if (!is_secret(judge))
        return FALSE;
    recognise_whole(judge, PROBLEM_CONNECTION_STRING,
                    "This is a connection string, which is a secret, and not a name. It is not kept.", NULL, NULL);
    return TRUE;
}

gboolean recognise_for_hub_name(struct judge *judge)
{
    gboolean has_id = has(judge, "subscriptions/") || has(judge, "subscriptions%2F");
    gboolean has_label =
        has(judge, "event") && has(judge, "hub") && (has(judge, ":") || has(judge, "=") || has(judge, " is "));
    if (!is_secret(judge) && !has_id && !has_label && !is_host_name(judge) && !has(judge, "://"))
        return FALSE;
    g_autoptr(PasteValues) found = find_values(judge);
    if (is_secret(judge))
        recognise_whole(judge, PROBLEM_CONNECTION_STRING,
                        "This is a connection string, which is a secret, and not the Event Hub's name. It is not kept.",
                        found->event_hub_name, "Take the hub's name out of it");
    else if (has_id)
        recognise_id_as_name(judge, found);
    else if (has_label && found->event_hub_name != NULL)
        recognise_whole(judge, PROBLEM_EXTRA_TEXT, "This is more than the Event Hub's name.", found->event_hub_name,
                        "Take the name alone");
    else if (is_host_name(judge) || has(judge, "://"))
        recognise_whole(judge, PROBLEM_HOST_NAME, "This is an address, not the Event Hub's name.", NULL, NULL);
    else
        return FALSE;
    return TRUE;
}
