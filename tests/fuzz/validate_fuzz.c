/* SPDX-License-Identifier: MIT */
/* validate(): any bytes for any field. The first byte chooses the field. */
#include "input/validate.h"
#include "tests/fuzz/fuzz.h"

static void check_finding(const struct finding *finding, size_t size)
{
    must(finding->offset >= 0 && finding->length >= 0);
    must((size_t)finding->offset + (size_t)finding->length <= size);
    must((finding->fix == NULL) == (finding->fix_label == NULL));
    must(finding->fix == NULL || g_utf8_validate(finding->fix, -1, NULL));
    must_be_safe(finding->message);
    if (finding->fix_label != NULL)
        must_be_safe(finding->fix_label);
}

/* What would be sent is valid, and is what it says. */
static void check_value(const char *field, const struct verdict *verdict)
{
    if (verdict->value == NULL)
        return;
    g_autoptr(Verdict) again = validate(field, verdict->value, -1);
    must(again->valid && strcmp(again->value, verdict->value) == 0);
}

/* Taking one fix after the other leads there too, in no more steps than there are findings at most; unless what is left
 * half-way is recognised as something else. */
static void check_fixes(const char *field, const struct verdict *verdict)
{
    if (verdict->value == NULL || verdict->valid)
        return;
    g_autofree char *text = g_strdup(verdict_problem(verdict)->fix);
    for (int steps = 0; steps < 64; steps++) {
        g_autoptr(Verdict) next = validate(field, text, -1);
        if (next->valid)
            return;
        const char *fix = verdict_problem(next)->fix;
        if (fix == NULL) {
            must(verdict_problem(next)->problem >= PROBLEM_SWAPPED);
            return;
        }
        char *copy = g_strdup(fix);
        g_free(text);
        text = copy;
    }
    abort();
}

static gsize count_fields(void)
{
    gsize n = 0;
    while (input_field_at(n) != NULL)
        n++;
    return n;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0)
        return 0;
    const struct input_field *field = input_field_at(data[0] % count_fields());
    g_autoptr(Verdict) verdict = validate(field->name, (const char *)data + 1, (gssize)size - 1);
    must(verdict->valid == (verdict_problem(verdict) == NULL));
    must(!verdict->valid || verdict->value != NULL);
    for (guint i = 0; i < verdict->findings->len; i++)
        check_finding(verdict->findings->pdata[i], size - 1);
    check_value(field->name, verdict);
    /* Each fix is a copy of the value: many of them would take most of the time. */
    if (verdict->findings->len <= 6)
        check_fixes(field->name, verdict);
    return 0;
}
