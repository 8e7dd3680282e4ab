/* SPDX-License-Identifier: MIT */
#include "input/validator.h"

#include <string.h>

#include "base/code_points.h"
#include "input/finding.h"

/* A form cannot show more, and each fix is a copy of the value. */
enum { FINDINGS_MAX = 24 };

gboolean validator_allows(const struct validator *validator, gunichar character)
{
    return is_ascii_alnum(character) || is_one_of(character, validator->rules->punctuation);
}

gboolean validator_is_full(const struct validator *validator)
{
    return validator->findings->len >= FINDINGS_MAX;
}

/* Takes FINDING. The last place in the list is for saying that there is more. */
static void add(struct validator *validator, struct finding *finding)
{
    if (validator->findings->len + 1 < FINDINGS_MAX) {
        g_ptr_array_add(validator->findings, finding);
        return;
    }
    int offset = finding->offset;
    finding_free(finding);
    validator->hopeless = TRUE;
    if (validator_is_full(validator))
        return;
    char *message = g_strdup_printf("There is more that does not belong here, from column %d on.", offset + 1);
    g_ptr_array_add(validator->findings, finding_new(PROBLEM_TOO_MANY, offset, 0, message, NULL, NULL));
}

static struct finding *make(struct validator *validator, enum problem problem, int index, int length, char *message)
{
    int offset = source_offset(validator->clean, index);
    int end = length > 0 ? source_offset(validator->clean, index + length - 1) + 1 : offset;
    struct finding *finding = finding_new(problem, offset, end - offset, message, NULL, NULL);
    gunichar character = source_at(validator->input, offset);
    gboolean is_about_character = problem >= PROBLEM_OUTER_SPACE && problem <= PROBLEM_PUNCTUATION;
    if (is_about_character && length > 0 && character < BAD_BYTE)
        finding->code_point = character;
    return finding;
}

/* A character was swapped for its ASCII twin, and that one cannot stay either: the finding that offered it takes
 * MESSAGE, FIX and LABEL (taken, may be NULL) instead of what it had. FALSE if there is none. */
static gboolean correct_twin(struct validator *validator, int offset, char *message, char *fix, char *label)
{
    for (guint i = 0; i < validator->findings->len; i++) {
        struct finding *finding = validator->findings->pdata[i];
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

void validator_report(struct validator *validator, enum problem problem, int index, int length, char *message,
                      char *fix, const char *label)
{
    struct finding *finding = make(validator, problem, index, length, message);
    finding->fix = fix;
    finding->fix_label = fix != NULL ? g_strdup(label) : NULL;
    validator->hopeless |= fix == NULL;
    add(validator, finding);
}

void validator_remark(struct validator *validator, enum problem problem, int index, int length, char *message)
{
    struct finding *finding = make(validator, problem, index, length, message);
    finding->remark = TRUE;
    add(validator, finding);
}

void validator_mend(struct validator *validator, enum problem problem, int index, int length, const char *replacement,
                    char *message, const char *label)
{
    struct finding *finding = make(validator, problem, index, length, message);
    int behind = finding->offset + finding->length;
    g_autofree char *before = source_utf8(validator->input, 0, finding->offset);
    g_autofree char *after = source_utf8(validator->input, behind, source_length(validator->input));
    finding->fix = g_strconcat(before, replacement, after, NULL);
    finding->fix_label = g_strdup(label);
    explicit_bzero(before, strlen(before));
    explicit_bzero(after, strlen(after));
    source_splice(validator->clean, index, length, replacement);
    if (length != 1 || !correct_twin(validator, finding->offset, finding->message, finding->fix, finding->fix_label)) {
        add(validator, finding);
        return;
    }
    finding->message = finding->fix = finding->fix_label = NULL;
    finding_free(finding);
}

void validator_stray_character(struct validator *validator, int index, char *message)
{
    int offset = source_offset(validator->clean, index);
    if (source_at(validator->clean, index) == 0xFFFD) {
        g_free(message); /* validator_code_points() has said so */
        return;
    }
    gunichar character = source_at(validator->input, offset);
    gboolean has_twin = character > 0x7F && character < BAD_BYTE && code_point_ascii_twin(character) != 0;
    validator->hopeless = TRUE;
    if (!correct_twin(validator, offset, message, NULL, NULL))
        validator_report(validator, has_twin ? PROBLEM_LOOKALIKE : PROBLEM_NOT_ALLOWED, index, 1, message, NULL, NULL);
}

void validator_character(struct validator *validator, int index, const char *allowed, const char *what)
{
    gunichar character = source_at(validator->clean, index);
    int offset = source_offset(validator->clean, index);
    char twin = character > 0x7F && character < BAD_BYTE ? code_point_ascii_twin(character) : 0;
    g_autofree char *name = character_words(source_at(validator->input, offset));
    if (twin != 0 && (g_ascii_isalnum(twin) || strchr(allowed, twin) != NULL)) {
        char *message =
            g_strdup_printf("There is %s at column %d. %s takes only the plain '%c'.", name, offset + 1, what, twin);
        g_autofree char *label = g_strdup_printf("Put '%c' there", twin);
        validator_mend(validator, PROBLEM_LOOKALIKE, index, 1, (char[]){twin, '\0'}, message, label);
        return;
    }
    validator_stray_character(validator, index,
                              g_strdup_printf("There is %s at column %d. %s takes only letters a to z, digits%s%s.",
                                              name, offset + 1, what, allowed[0] != '\0' ? " and " : "", allowed));
}

void validator_recognised(struct validator *validator, enum problem problem, int offset, int length, char *message,
                          const char *fix, const char *label)
{
    struct finding *finding = finding_new(problem, offset, length, message, g_strdup(fix), NULL);
    finding->fix_label = fix != NULL ? g_strdup(label) : NULL;
    g_ptr_array_add(validator->findings, finding);
    validator->hopeless = fix == NULL;
    if (fix != NULL)
        source_splice(validator->clean, 0, source_length(validator->clean), fix);
}

void validator_check_length(struct validator *validator, int from, int to, int min, int max, const char *what)
{
    int length = to - from;
    if (length < min && min == 1)
        validator_report(validator, PROBLEM_LENGTH, from, length,
                         g_strdup_printf("%s needs at least one character.", what), NULL, NULL);
    else if (length < min)
        validator_report(validator, PROBLEM_LENGTH, from, length,
                         g_strdup_printf("%s needs at least %d characters; here %s %d.", what, min,
                                         length == 1 ? "is" : "are", length),
                         NULL, NULL);
    else if (length > max)
        validator_report(validator, PROBLEM_LENGTH, from + max, length - max,
                         g_strdup_printf("%s has at most %d characters; here are %d.", what, max, length), NULL, NULL);
}

struct validator validator_begin(const struct field_rules *rules, const char *input, gssize length)
{
    struct validator validator = {.rules = rules, .input = source_from_bytes(input, length)};
    validator.clean = source_copy(validator.input, 0, source_length(validator.input));
    validator.findings = findings_new();
    return validator;
}

void validator_run(struct validator *validator)
{
    if (source_length(validator->input) > VALIDATE_LIMIT) {
        int length = source_length(validator->input);
        char *message = g_strdup_printf("This is longer than any such value: %d characters.", length);
        validator->hopeless = TRUE;
        g_ptr_array_add(validator->findings,
                        finding_new(PROBLEM_LENGTH, VALIDATE_LIMIT, length - VALIDATE_LIMIT, message, NULL, NULL));
        return;
    }
    if (!validator->rules->is_raw)
        validator_code_points(validator);
    if (!validator->rules->is_raw && !validator->rules->is_name)
        validator_punctuation(validator);
    if (source_length(validator->clean) == 0) {
        validator->hopeless = TRUE;
        g_ptr_array_add(validator->findings,
                        finding_new(PROBLEM_EMPTY, 0, 0, g_strdup("Nothing is there."), NULL, NULL));
    } else if (!validator_is_full(validator))
        validator->rules->check(validator);
}

const struct finding *verdict_problem(const struct verdict *verdict)
{
    for (guint i = 0; i < verdict->findings->len; i++) {
        const struct finding *finding = verdict->findings->pdata[i];
        if (!finding->remark)
            return finding;
    }
    return NULL;
}

static gint compare_findings(gconstpointer a, gconstpointer b)
{
    const struct finding *one = *(const struct finding *const *)a;
    const struct finding *other = *(const struct finding *const *)b;
    return one->offset - other->offset;
}

struct verdict *validator_finish(struct validator *validator)
{
    g_ptr_array_sort(validator->findings, compare_findings);
    struct verdict *verdict = g_new0(struct verdict, 1);
    verdict->findings = g_steal_pointer(&validator->findings);
    verdict->valid = verdict_problem(verdict) == NULL;
    if (!validator->hopeless)
        verdict->value = source_utf8(validator->clean, 0, source_length(validator->clean));
    g_array_unref(validator->clean);
    g_array_unref(validator->input);
    return verdict;
}

struct verdict *validate_by_rules(const struct field_rules *rules, const char *input, gssize length)
{
    struct validator validator = validator_begin(rules, input, length);
    validator_run(&validator);
    return validator_finish(&validator);
}

void verdict_free(struct verdict *verdict)
{
    wipe_text(verdict->value);
    g_ptr_array_unref(verdict->findings);
    g_free(verdict);
}
