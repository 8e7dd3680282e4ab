/* SPDX-License-Identifier: MIT */
#include "input/validate.h"

#include <string.h>

#include "input/fields_addresses.h"
#include "input/fields_event_hub.h"
#include "input/fields_names.h"
#include "input/fields_tokens.h"
#include "input/finding.h"
#include "input/recognition.h"

/* What is known of a field. */
struct known_field {
    struct input_field field;
    const struct field_rules *rules;
    gboolean (*recognise)(struct validator *validator); /* notices that something else was pasted; may be NULL */
};

static const struct known_field known_fields[] = {
    {{"event-hub-id", "Event Hub namespace resource ID",
      "/subscriptions/<GUID>/resourceGroups/<group>/providers/Microsoft.EventHub/namespaces/<namespace>", FALSE},
     &event_hub_id_rules,
     recognise_for_hub_id},
    {{"event-hub-name", "Event Hub name",
      "1 to 256 letters, digits, points, hyphens and underscores; a letter or digit at both ends.", FALSE},
     &event_hub_name_rules,
     recognise_for_hub_name},
    {{"company", "Company", "The company's name, as the partner is to see it.", FALSE},
     &company_rules,
     recognise_for_name},
    {{"upn", "User name", "A user of this tenant, as in name@contoso.com.", FALSE}, &upn_rules, recognise_for_address},
    {{"email", "E-mail address", "One address, as in name@contoso.com.", FALSE}, &email_rules, recognise_for_address},
    {{"domain", "Domain", "A domain, as in contoso.com.", FALSE}, &domain_rules, recognise_for_domain},
    {{"guid", "GUID", "36 characters, as in 69561a74-a59d-43f4-a113-8bc2da00f822.", FALSE}, &guid_rules, NULL},
    {{"group-name", "Group name", "The group's display name, up to 256 characters.", FALSE},
     &display_name_rules,
     recognise_for_name},
    {{"date", "Date", "Year-month-day, as in 2026-11-24.", FALSE}, &date_rules, NULL},
    {{"display-name", "Display name", "A name, up to 256 characters.", FALSE}, &display_name_rules, recognise_for_name},
    {{"mail-nickname", "Mail nickname", "Up to 64 characters without spaces; none of @()[]\\\";:.<>,", FALSE},
     &mail_nickname_rules,
     NULL},
    {{"resource-group", "Resource group", "Letters, digits, and _ - . ( ), up to 90; not ending with a point.", FALSE},
     &resource_group_rules,
     NULL},
    {{"tenant", "Tenant", "The tenant's id (a GUID) or one of its domains.", FALSE},
     &tenant_rules,
     recognise_for_domain},
    {{"days", "Days", "A whole number from 1 to 3660.", FALSE}, &days_rules, NULL},
    {{"password", "Password", "8 to 256 characters of three of four kinds; nothing is removed from it.", TRUE},
     &password_rules,
     NULL},
};

static const struct known_field *find_known(const char *name)
{
    for (gsize i = 0; i < G_N_ELEMENTS(known_fields); i++)
        if (strcmp(known_fields[i].field.name, name) == 0)
            return &known_fields[i];
    return NULL;
}

const struct input_field *input_field_find(const char *name)
{
    const struct known_field *known = find_known(name);
    return known != NULL ? &known->field : NULL;
}

const struct input_field *input_field_at(gsize index)
{
    return index < G_N_ELEMENTS(known_fields) ? &known_fields[index].field : NULL;
}

struct verdict *validate(const char *field, const char *input, gssize length)
{
    const struct known_field *known = find_known(field);
    g_return_val_if_fail(known != NULL, NULL);
    struct validator validator = validator_begin(known->rules, input, length);
    if (known->recognise == NULL || !known->recognise(&validator)) {
        validator_run(&validator);
        if (known->recognise != NULL && !validator.hopeless && validator.findings->len > 0) {
            /* What is left after mending may turn out to be something else altogether. */
            g_autoptr(SourceText) clean = source_copy(validator.clean, 0, source_length(validator.clean));
            struct validator probe = {
                .rules = known->rules, .input = validator.clean, .clean = clean, .findings = findings_new()};
            validator.hopeless = known->recognise(&probe);
            g_ptr_array_unref(probe.findings);
        }
    }
    return validator_finish(&validator);
}
