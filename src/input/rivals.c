/* SPDX-License-Identifier: MIT */
#include "input/rivals.h"

#include <string.h>

#include "base/code_points.h"
#include "input/disowned.h"

enum { WORD_MAX = 64, TWIN_MIN = 6, TYPOS_MAX = 2, READS_MAX = 400 };

static gboolean is_name_character(gunichar character)
{
    char twin = character > 0x7F && character < BAD_BYTE ? code_point_ascii_twin(character) : 0;
    return is_word_character(character) || g_ascii_isalnum(twin) || twin == '-' || character == 0x00AD ||
           character == 0x200B;
}

/* The word from FROM up to TO in the characters that it passes for. Caller frees. */
static char *plain_word(const GArray *text, int from, int to)
{
    GString *word = g_string_new(NULL);
    for (int i = from; i < to; i++) {
        gunichar character = source_at(text, i);
        char plain = character <= 0x7F ? (char)character : code_point_ascii_twin(character);
        if (plain != 0)
            g_string_append_c(word, plain);
    }
    return g_string_free(word, FALSE);
}

/* How many characters have to be changed, put in or taken out to make ONE of OTHER; TYPOS_MAX + 1 if more. */
static int distance(const char *one, const char *other)
{
    int n = (int)strlen(one);
    int m = (int)strlen(other);
    int row[WORD_MAX + 1];
    if (n > WORD_MAX || m > WORD_MAX || ABS(n - m) > TYPOS_MAX)
        return TYPOS_MAX + 1;
    for (int k = 0; k <= m; k++)
        row[k] = k;
    for (int i = 1; i <= n; i++) {
        int diagonal = row[0];
        row[0] = i;
        for (int k = 1; k <= m; k++) {
            int above = row[k];
            row[k] = MIN(MIN(above, row[k - 1]) + 1, diagonal + (one[i - 1] != other[k - 1]));
            diagonal = above;
        }
    }
    return MIN(row[m], TYPOS_MAX + 1);
}

/* WORD and NAME differ as a slip of the pen or a number does; one without digits and hyphens by one letter inside. */
static gboolean is_twin(const char *word, const char *name)
{
    int typos = MIN(strlen(word), strlen(name)) < TWIN_MIN ? TYPOS_MAX + 1 : distance(word, name);
    if (typos > TYPOS_MAX)
        return FALSE;
    if (word_has_name_shape(word))
        return TRUE;
    return typos == 1 && !word_has_name_shape(name) && !g_str_has_prefix(word, name) && !g_str_has_prefix(name, word);
}

/* "Storage account: mdeacme01": all of its line behind a colon, and what stands before that speaks of something else.
 */
static gboolean has_own_label(const GArray *text, int from, int to)
{
    int colon = from;
    while (is_blank(source_at(text, colon - 1)))
        colon--;
    int start = line_start_within(text, from, LABEL_MAX);
    int letter = start;
    while (letter < colon && !is_ascii_letter(source_at(text, letter)))
        letter++;
    while (is_blank(source_at(text, to)))
        to++;
    gboolean is_whole = is_line_end(source_at(text, to));
    return is_whole && colon > start && is_one_of(source_at(text, colon - 1), ":=\t|") && letter < colon - 1 &&
           !is_correction(text, from);
}

static int line_blanks(const GArray *text, int at)
{
    while (is_blank(source_at(text, at)))
        at++;
    return at;
}

/* The word that ends at TO, joined with the one behind one blank or the line's end, is NAME but for a character or two.
 */
static gboolean is_torn_twin(const GArray *text, const char *word, int to, const char *name)
{
    int next = line_blanks(text, to);
    if (next == to && !is_line_end(source_at(text, to)))
        return FALSE;
    while (is_line_break(source_at(text, next)) || is_blank(source_at(text, next)) ||
           is_one_of(source_at(text, next), ">|"))
        next++;
    int end = next;
    while (is_name_character(source_at(text, end)) && end - next <= WORD_MAX)
        end++;
    g_autofree char *rest = plain_word(text, next, end);
    g_autofree char *typed = g_strconcat(word, rest, NULL);
    g_autofree char *joined = g_ascii_strdown(typed, -1);
    return *rest != '\0' && strcmp(joined, name) != 0 && g_ascii_strncasecmp(word, name, strlen(word)) != 0 &&
           strlen(word) > 2 && is_twin(joined, name);
}

/* Behind a word that ends at AT: a hyphen and the line's end, or dots. */
static gboolean is_cut_off(const GArray *text, int at)
{
    return source_has(text, at, "...") || source_at(text, at) == 0x2026 ||
           (is_one_of(source_at(text, at), "-_") && is_line_end(source_at(text, line_blanks(text, at + 1))));
}

/* The line ends behind a word that ends at AT, and another word begins the next one. */
static gboolean ends_its_line(const GArray *text, int at)
{
    int next = line_blanks(text, at);
    if (!is_line_break(source_at(text, next)))
        return FALSE;
    while (is_line_break(source_at(text, next)) || is_blank(source_at(text, next)) ||
           is_one_of(source_at(text, next), ">|"))
        next++;
    return is_name_character(source_at(text, next)) && !g_unichar_isupper(source_at(text, next));
}

static const char *reason_of(const struct name_search *search, const struct name_candidate *winner, const char *word,
                             int from, int to)
{
    g_autofree char *lower = g_ascii_strdown(word, -1);
    g_autofree char *name = g_ascii_strdown(winner->name, -1);
    const char *number = word + (g_ascii_tolower(*word) == 'v' ? 1 : 0);
    if (strcmp(lower, name) == 0 || number[strspn(number, "0123456789.-_")] == '\0')
        return NULL; /* "2026-11-24", "10.1.2.3", "v1.2": a date, an address, a version */
    gsize length = strlen(name);
    gboolean goes_on = length >= TWIN_MIN && g_str_has_prefix(lower, name) && g_ascii_isalpha(name[length - 1]) &&
                       g_ascii_islower(lower[length]) && word_has_name_shape(lower); /* within its last part */
    guint joints = 0;
    for (const char *at = word; *at != '\0'; at++)
        joints += strchr("-_.", *at) != NULL ? 1 : 0;
    gboolean is_built = g_ascii_isalpha(*word) && joints > 0 && (joints > 1 || strpbrk(word, "0123456789") != NULL);
    const char *reason = NULL;
    if (goes_on)
        reason = "The clear name is its beginning.";
    else if (is_twin(lower, name) || is_torn_twin(search->text, word, to, name))
        reason = "It is the clear name but for a character or two.";
    else if ((strpbrk(word, "0123456789-_.") != NULL || source_at(search->text, from - 1) == '*' ||
              is_cut_off(search->text, to) || ends_its_line(search->text, to)) &&
             is_correction(search->text, from))
        reason = "The sentence that it stands in corrects something.";
    else if (is_built && search->passages[from].age < search->passages[winner->from].age)
        reason = "It stands in a newer message.";
    if (reason == NULL || g_hash_table_contains(search->namespaces, lower) ||
        g_hash_table_contains(search->groups, lower) || word_read(word, TRUE) != WORD_NAME)
        return NULL;
    gboolean is_old = search->passages[from].disowned != 0 || is_disowned_behind(search->text, to) ||
                      is_disowned_before(search->text, from);
    return !is_old && !has_own_label(search->text, from, to) ? reason : NULL;
}

/* NAME stands from FROM up to TO as a whole: nothing that could go on with it follows, even behind a line's end. */
static gboolean has_whole_name(const GArray *text, int from, int to, const char *name)
{
    int length = (int)strlen(name);
    for (int at = source_find_between(text, from, to, name); at >= 0;
         at = source_find_between(text, at + 1, to, name)) {
        int behind = line_blanks(text, at + length);
        while (is_line_break(source_at(text, behind)) || is_one_of(source_at(text, behind), ">|") ||
               is_blank(source_at(text, behind)))
            behind++;
        gboolean goes_on = is_one_of(source_at(text, behind), "-_") && is_name_character(source_at(text, behind + 1));
        if (!is_name_character(source_at(text, at - 1)) && !goes_on &&
            (!is_name_character(source_at(text, at + length)) || source_at(text, at + length) == '.'))
            return TRUE;
    }
    return FALSE;
}

/* A line that corrects the name and does not have WINNER: what it has cannot be read. */
static struct rival find_open_correction(const struct name_search *search, const struct name_candidate *winner)
{
    enum { LONG_LINE = 200 };
    static const char *const subjects[] = {"name",  "hub",  "changed to", "renamed", "it's",
                                           "it is", "nom ", "nombre",     NULL};
    const GArray *text = search->text;
    for (int from = 0, to = 0; from < source_length(text); from = to + 1) {
        for (to = from; !is_line_end(source_at(text, to));)
            to++;
        gboolean has_subject = to - from < LONG_LINE && says_corrected_unparted(text, from, to);
        for (int i = 0; subjects[i] != NULL && to - from < LONG_LINE && !has_subject; i++)
            has_subject = source_has_between(text, from, to, subjects[i]);
        if (!has_subject || source_has_between(text, from, to, "/subscriptions/") || !says_corrected(text, from, to) ||
            search->passages[from].age > search->passages[winner->from].age || search->passages[from].disowned != 0)
            continue;
        int last = to;
        while (last > from && !is_name_character(source_at(text, last - 1)))
            last--;
        int first = last;
        while (first > from && is_name_character(source_at(text, first - 1)))
            first--;
        g_autofree char *word = source_utf8(text, first, last);
        if (last > first && source_at(text, to - 1) != ':' && word_read(word, TRUE) == WORD_NAME &&
            label_read(word).kind == LABEL_OTHER && !has_whole_name(text, from, to, winner->name))
            return (struct rival){first, last, "The line that it ends corrects something."};
    }
    return (struct rival){0};
}

struct rival find_rival(const struct name_search *search, const struct name_candidate *winner)
{
    const GArray *text = search->text;
    int reads = 0;
    for (int from = 0; from < source_length(text) && reads < READS_MAX; from++) {
        if (!is_name_character(source_at(text, from)) || is_one_of(source_at(text, from), "-_.") ||
            is_name_character(source_at(text, from - 1)))
            continue;
        int to = from;
        while (is_name_character(source_at(text, to)))
            to++;
        int end = to;
        while (is_one_of(source_at(text, end - 1), ".-_"))
            end--;
        gboolean is_winner = from < winner->to && end > winner->from;
        gboolean is_in_address =
            is_one_of(source_at(text, from - 1), "/@\\#%&?=") || /* or a path */
            is_one_of(source_at(text, to), "/@\\%=") ||
            (source_at(text, to) == ':' && !is_blank(source_at(text, to + 1)) && !is_line_end(source_at(text, to + 1)));
        gboolean is_candidate = !is_winner && end - from >= 1 && end - from <= WORD_MAX &&
                                search->is_taken[from] == NOT_READ && !is_in_address;
        g_autofree char *word = is_candidate ? plain_word(text, from, end) : NULL;
        gboolean may_rival =
            word != NULL &&
            (strpbrk(word, "0123456789-_.") != NULL || source_at(text, from - 1) == '*' || is_cut_off(text, end) ||
             ends_its_line(text, end) || ABS((int)strlen(word) - (int)strlen(winner->name)) <= TYPOS_MAX);
        const char *reason = may_rival && reads++ < READS_MAX ? reason_of(search, winner, word, from, end) : NULL;
        if (reason != NULL)
            return (struct rival){from, end, reason};
        from = to;
    }
    return find_open_correction(search, winner);
}
