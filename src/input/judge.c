#include "input/judge.h"

#include <string.h>

#include "base/code_points.h"
#include "input/finding.h"

/* A form cannot show more, and each fix is a copy of the value. */
enum { FINDINGS_MAX = 24 };

gboolean judge_allows(const struct judge *judge, gunichar character)
{
    return is_ascii_alnum(character) || is_one_of(character, judge->grammar->punctuation);
}

gboolean judge_is_full(const struct judge *judge)
{
    return judge->findings->len >= FINDINGS_MAX;
}

/* Takes FINDING. The last place in the list is for saying that there is more. */
static void add(struct judge *judge, struct finding *finding)
{
    if (judge->findings->len + 1 < FINDINGS_MAX) {
        g_ptr_array_add(judge->findings, finding);
        return;
    }
    int offset = finding->offset;
    finding_free(finding);
    judge->hopeless = TRUE;
    if (judge_is_full(judge))
        return;
    char *message = g_strdup_printf("There is more that does not belong here, from column %d on.", offset + 1);
    g_ptr_array_add(judge->findings, finding_new(PROBLEM_TOO_MANY, offset, 0, message, NULL, NULL));
}

static struct finding *make(struct judge *judge, enum problem problem, int index, int length, char *message)
{
    int offset = mapped_offset(judge->clean, index);
    int end = length > 0 ? mapped_offset(judge->clean, index + length - 1) + 1 : offset;
    struct finding *finding = finding_new(problem, offset, end - offset, message, NULL, NULL);
    gunichar character = mapped_at(judge->input, offset);
    gboolean is_about_character = problem >= PROBLEM_OUTER_SPACE && problem <= PROBLEM_PUNCTUATION;
    if (is_about_character && length > 0 && character < BAD_BYTE)
        finding->code_point = character;
    return finding;
}

/* A character was swapped for its ASCII twin, and that one cannot stay either: the finding that offered it takes
 * MESSAGE, FIX and LABEL (taken, may be NULL) instead of what it had. FALSE if there is none. */
static gboolean correct_twin(struct judge *judge, int offset, char *message, char *fix, char *label)
{
    for (guint i = 0; i < judge->findings->len; i++) {
        struct finding *finding = judge->findings->pdata[i];
        if (finding->problem != PROBLEM_LOOKALIKE || finding->offset != offset)
            continue;
        g_free(finding->message);
        wipe_text(finding->fix);
        g_free(finding->fix_label);
        finding->message = message;
        finding->fix = fix;
        finding->fix_label = label;
        return TRUE;
    }
    return FALSE;
}

void judge_report(struct judge *judge, enum problem problem, int index, int length, char *message, char *fix,
                  const char *label)
{
    struct finding *finding = make(judge, problem, index, length, message);
    finding->fix = fix;
    finding->fix_label = fix != NULL ? g_strdup(label) : NULL;
    judge->hopeless |= fix == NULL;
    add(judge, finding);
}

void judge_remark(struct judge *judge, enum problem problem, int index, int length, char *message)
{
    struct finding *finding = make(judge, problem, index, length, message);
    finding->remark = TRUE;
    add(judge, finding);
}

/* The input with LENGTH code points at OFFSET replaced. */
static char *edited_input(const struct judge *judge, int offset, int length, const char *replacement)
{
    g_autofree char *before = mapped_text(judge->input, 0, offset);
    g_autofree char *after = mapped_text(judge->input, offset + length, mapped_length(judge->input));
    char *edited = g_strconcat(before, replacement, after, NULL);
    explicit_bzero(before, strlen(before));
    explicit_bzero(after, strlen(after));
    return edited;
}

void judge_mend(struct judge *judge, enum problem problem, int index, int length, const char *replacement,
                char *message, const char *label)
{
    struct finding *finding = make(judge, problem, index, length, message);
    finding->fix = edited_input(judge, finding->offset, finding->length, replacement);
    finding->fix_label = g_strdup(label);
    mapped_splice(judge->clean, index, length, replacement);
    if (length != 1 || !correct_twin(judge, finding->offset, finding->message, finding->fix, finding->fix_label)) {
        add(judge, finding);
        return;
    }
    finding->message = finding->fix = finding->fix_label = NULL;
    finding_free(finding);
}

void judge_stray_character(struct judge *judge, int index, char *message)
{
    int offset = mapped_offset(judge->clean, index);
    if (mapped_at(judge->clean, index) == 0xFFFD) {
        g_free(message); /* judge_code_points() has said so */
        return;
    }
    gunichar character = mapped_at(judge->input, offset);
    gboolean has_twin = character > 0x7F && character < BAD_BYTE && code_point_ascii_twin(character) != 0;
    judge->hopeless = TRUE;
    if (!correct_twin(judge, offset, message, NULL, NULL))
        judge_report(judge, has_twin ? PROBLEM_LOOKALIKE : PROBLEM_NOT_ALLOWED, index, 1, message, NULL, NULL);
}

void judge_character(struct judge *judge, int index, const char *allowed, const char *what)
{
    gunichar character = mapped_at(judge->clean, index);
    int offset = mapped_offset(judge->clean, index);
    char twin = character > 0x7F && character < BAD_BYTE ? code_point_ascii_twin(character) : 0;
    g_autofree char *name = character_words(mapped_at(judge->input, offset));
    if (twin != 0 && (g_ascii_isalnum(twin) || strchr(allowed, twin) != NULL)) {
        char *message =
            g_strdup_printf("There is %s at column %d. %s takes only the plain '%c'.", name, offset + 1, what, twin);
        g_autofree char *label = g_strdup_printf("Put '%c' there", twin);
        judge_mend(judge, PROBLEM_LOOKALIKE, index, 1, (char[]){twin, '\0'}, message, label);
        return;
    }
    judge_stray_character(judge, index,
                          g_strdup_printf("There is %s at column %d. %s takes only letters a to z, digits%s%s.", name,
                                          offset + 1, what, allowed[0] != '\0' ? " and " : "", allowed));
}
