/* SPDX-License-Identifier: MIT */
#include "onboarding/seen.h"

#include <string.h>

#include "base/text.h"

enum { HASH_DIGITS = 8, CODE_DIGITS = 6 };

static char *hash_of(const char *text, int digits)
{
    g_autofree char *sum = g_compute_checksum_for_string(G_CHECKSUM_SHA256, text, -1);
    return g_strndup(sum, (gsize)digits);
}

/* Of each difference, or of the object where nothing is told to differ. */
static GPtrArray *hashes_of(const struct object *object)
{
    const struct observation *observation = object->observation;
    const char *id = observation->id[0] != '\0' ? observation->id : object->last_id;
    GPtrArray *hashes = g_ptr_array_new_with_free_func(g_free);
    for (guint i = 0; i < observation->differences->len; i++) {
        const struct difference *difference = g_ptr_array_index(observation->differences, i);
        g_autofree char *text =
            g_strdup_printf("%s%s\n%s\n%s", id, observation->sends_to, difference->field, difference->found);
        g_ptr_array_add(hashes, hash_of(text, HASH_DIGITS));
    }
    if (hashes->len == 0)
        g_ptr_array_add(hashes, hash_of(id, HASH_DIGITS));
    return hashes;
}

char *seen_about(const struct object *object)
{
    g_autoptr(GPtrArray) hashes = hashes_of(object);
    return text_join(hashes, " ");
}

gboolean seen_covers(const char *about, const struct object *object)
{
    g_autoptr(GPtrArray) hashes = hashes_of(object);
    g_auto(GStrv) covered = g_strsplit(about, " ", -1);
    for (guint i = 0; about[0] != '\0' && i < hashes->len; i++)
        if (!g_strv_contains((const char *const *)covered, g_ptr_array_index(hashes, i)))
            return FALSE;
    return TRUE;
}

char *seen_code(const struct object *object, const char *spent)
{
    g_autofree char *about = seen_about(object);
    g_autofree char *text = g_strconcat(about, "\n", spent, NULL);
    g_autofree char *code = hash_of(text, CODE_DIGITS);
    return g_strconcat("#", code, NULL);
}

gboolean seen_is_spent(const char *spent, enum decision_kind kind)
{
    g_auto(GStrv) lines = g_strsplit(spent, "\n", -1);
    for (char **line = lines; *line != NULL; line++)
        if ((*line)[0] != '\0' && decision_parse(*line).kind == kind)
            return TRUE;
    return FALSE;
}

guint seen_times_said(const char *spent, const char *words)
{
    g_auto(GStrv) lines = g_strsplit(spent, "\n", -1);
    guint times = 0;
    for (char **line = lines; words[0] != '\0' && *line != NULL; line++)
        times += strcmp(*line, words) == 0;
    return times;
}

gboolean seen_was_said(const char *spent, const char *words)
{
    return seen_times_said(spent, words) > 0;
}
