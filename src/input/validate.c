#include "input/validate.h"

#include <string.h>

#include "input/finding.h"
#include "input/grammar.h"
#include "input/judge.h"

#define MAIL_NICKNAME_PUNCTUATION "!#$%&'*+-/=?^_{|}~"

static const struct grammar grammars[] = {
    {.field = {"event-hub-id", "Event Hub namespace resource ID",
               "/subscriptions/<GUID>/resourceGroups/<group>/providers/Microsoft.EventHub/namespaces/<namespace>",
               FALSE},
     .punctuation = "/-._()",
     .recognise = recognise_for_hub_id,
     .judge = judge_event_hub_id},
    {.field = {"event-hub-name", "Event Hub name",
               "1 to 256 letters, digits, points, hyphens and underscores; a letter or digit at both ends.", FALSE},
     .punctuation = ".-_",
     .recognise = recognise_for_hub_name,
     .judge = judge_event_hub_name},
    {.field = {"company", "Company", "The company's name, as the partner is to see it.", FALSE},
     .punctuation = "",
     .is_name = TRUE,
     .recognise = recognise_for_name,
     .judge = judge_company},
    {.field = {"upn", "User name", "A user of this tenant, as in name@contoso.com.", FALSE},
     .punctuation = "@'.-_!#^~",
     .recognise = recognise_for_address,
     .judge = judge_upn},
    {.field = {"email", "E-mail address", "One address, as in name@contoso.com.", FALSE},
     .punctuation = "@!#$%&'*+-/=?^_{|}~.",
     .recognise = recognise_for_address,
     .judge = judge_email},
    {.field = {"domain", "Domain", "A domain, as in contoso.com.", FALSE},
     .punctuation = "-.",
     .recognise = recognise_for_domain,
     .judge = judge_domain},
    {.field = {"guid", "GUID", "36 characters, as in 69561a74-a59d-43f4-a113-8bc2da00f822.", FALSE},
     .punctuation = "-",
     .judge = judge_guid},
    {.field = {"group-name", "Group name", "The group's display name, up to 256 characters.", FALSE},
     .punctuation = "",
     .is_name = TRUE,
     .recognise = recognise_for_name,
     .judge = judge_display_name},
    {.field = {"date", "Date", "Year-month-day, as in 2026-11-24.", FALSE},
     .punctuation = "-./:+",
     .judge = judge_date},
    {.field = {"display-name", "Display name", "A name, up to 256 characters.", FALSE},
     .punctuation = "",
     .is_name = TRUE,
     .recognise = recognise_for_name,
     .judge = judge_display_name},
    {.field = {"mail-nickname", "Mail nickname", "Up to 64 characters without spaces; none of @()[]\\\";:.<>,", FALSE},
     .punctuation = MAIL_NICKNAME_PUNCTUATION,
     .judge = judge_mail_nickname},
    {.field = {"resource-group", "Resource group", "Letters, digits, and _ - . ( ), up to 90; not ending with a point.",
               FALSE},
     .punctuation = "_-.()",
     .judge = judge_resource_group},
    {.field = {"tenant", "Tenant", "The tenant's id (a GUID) or one of its domains.", FALSE},
     .punctuation = "-.",
     .recognise = recognise_for_domain,
     .judge = judge_tenant},
    {.field = {"days", "Days", "A whole number from 1 to 3660.", FALSE}, .punctuation = "", .judge = judge_days},
    {.field = {"password", "Password", "8 to 256 characters of three of four kinds; nothing is removed from it.", TRUE},
     .punctuation = "",
     .is_raw = TRUE,
     .judge = judge_password},
};

static const struct grammar *find_grammar(const char *name)
{
    for (gsize i = 0; i < G_N_ELEMENTS(grammars); i++)
        if (strcmp(grammars[i].field.name, name) == 0)
            return &grammars[i];
    return NULL;
}

const struct input_field *input_field_find(const char *name)
{
    const struct grammar *grammar = find_grammar(name);
    return grammar != NULL ? &grammar->field : NULL;
}

const struct input_field *input_field_at(gsize index)
{
    return index < G_N_ELEMENTS(grammars) ? &grammars[index].field : NULL;
}

static gboolean is_error(const struct finding *finding)
{
    return !finding->remark;
}

const struct finding *verdict_problem(const struct verdict *verdict)
{
    for (guint i = 0; i < verdict->findings->len; i++)
        if (is_error(verdict->findings->pdata[i]))
            return verdict->findings->pdata[i];
    return NULL;
}

static gint compare_findings(gconstpointer a, gconstpointer b)
{
    const struct finding *one = *(const struct finding *const *)a;
    const struct finding *other = *(const struct finding *const *)b;
    return one->offset - other->offset;
}

static void report_empty(struct judge *judge)
{
    judge->hopeless = TRUE;
    g_ptr_array_add(judge->findings, finding_new(PROBLEM_EMPTY, 0, 0, g_strdup("Nothing is there."), NULL, NULL));
}

static void report_too_long(struct judge *judge)
{
    char *message = g_strdup_printf("This is longer than any such value: %d characters.", mapped_length(judge->input));
    judge->hopeless = TRUE;
    g_ptr_array_add(judge->findings, finding_new(PROBLEM_LENGTH, VALIDATE_LIMIT,
                                                 mapped_length(judge->input) - VALIDATE_LIMIT, message, NULL, NULL));
}

static void run(struct judge *judge)
{
    if (mapped_length(judge->input) > VALIDATE_LIMIT) {
        report_too_long(judge);
        return;
    }
    if (!judge->grammar->is_raw)
        judge_code_points(judge);
    if (!judge->grammar->is_raw && !judge->grammar->is_name)
        judge_punctuation(judge);
    if (mapped_length(judge->clean) == 0)
        report_empty(judge);
    else if (!judge_is_full(judge))
        judge->grammar->judge(judge);
}

/* What is left of the input after mending turns out to be something else altogether. */
static gboolean is_something_else(const struct judge *judge)
{
    if (judge->grammar->recognise == NULL || judge->findings->len == 0)
        return FALSE;
    g_autoptr(MappedText) clean = mapped_copy(judge->clean, 0, mapped_length(judge->clean));
    struct judge probe = {.grammar = judge->grammar, .input = judge->clean, .clean = clean, .findings = findings_new()};
    gboolean is_else = judge->grammar->recognise(&probe);
    g_ptr_array_unref(probe.findings);
    return is_else;
}

static struct verdict *judge_input(const char *field, const char *input, gssize length, gboolean recognise)
{
    const struct grammar *grammar = find_grammar(field);
    g_return_val_if_fail(grammar != NULL, NULL);
    g_autoptr(MappedText) text = mapped_from_bytes(input, length);
    g_autoptr(MappedText) clean = mapped_copy(text, 0, mapped_length(text));
    struct judge judge = {.grammar = grammar, .input = text, .clean = clean, .findings = findings_new()};
    if (!recognise || grammar->recognise == NULL || !grammar->recognise(&judge))
        run(&judge);
    judge.hopeless |= recognise && !judge.hopeless && is_something_else(&judge);
    g_ptr_array_sort(judge.findings, compare_findings);
    struct verdict *verdict = g_new0(struct verdict, 1);
    verdict->findings = judge.findings;
    verdict->valid = verdict_problem(verdict) == NULL;
    verdict->value = judge.hopeless ? NULL : mapped_text(clean, 0, mapped_length(clean));
    return verdict;
}

struct verdict *validate(const char *field, const char *input, gssize length)
{
    return judge_input(field, input, length, TRUE);
}

struct verdict *validate_plain(const char *field, const char *input, gssize length)
{
    return judge_input(field, input, length, FALSE);
}

void verdict_free(struct verdict *verdict)
{
    wipe_text(verdict->value);
    g_ptr_array_unref(verdict->findings);
    g_free(verdict);
}
