/* SPDX-License-Identifier: MIT */
#include "microsoft/token_owner.h"

#include <string.h>

#include "base/error.h"
#include "microsoft/authority.h"

#define CLOCK_SKEW ((gint64)5 * 60 * G_USEC_PER_SEC)
#define PERSONAL_TENANT "9188040d-6c67-4c5b-b112-36a304b66dad"

static gboolean refuse_tenant(GError **error, const char *found, const char *wanted)
{
    gboolean personal = g_ascii_strcasecmp(found, PERSONAL_TENANT) == 0;
    g_autofree char *shown = is_guid(found) ? g_strconcat("tenant ", found, NULL) : g_strdup("no tenant");
    g_autofree char *run = wanted != NULL ? g_strconcat("tenant ", wanted, NULL) : g_strdup("a company's tenant");
    if (personal)
        g_set_error_literal(error, PERCH_ERROR, PERCH_ERROR_TENANT,
                            "This is a personal Microsoft account, not one of a company.\n"
                            "Sign in with the company's administrator account.");
    else
        g_set_error(error, PERCH_ERROR, PERCH_ERROR_TENANT,
                    "This account is signed in to %s, but this run is for %s. Nothing was read or "
                    "written.\nSign in with an account of the right tenant, or start again for the other one.",
                    shown, run);
    return FALSE;
}

static gboolean refuse_claims(GError **error, const char *what)
{
    g_set_error(error, PERCH_ERROR, PERCH_ERROR_PROTOCOL,
                "The sign-in service's id token is not the one that was asked for (%s).\nSign in again.", what);
    return FALSE;
}

gboolean token_owner_check(const struct token_owner *wanted, const struct token_answer *answer, GError **error)
{
    const char *tenant = answer->tenant_id;
    if (!answer->has_claims)
        return refuse_claims(error, "it is missing, cannot be read or is not signed");
    if (!is_guid(tenant) || g_ascii_strcasecmp(tenant, PERSONAL_TENANT) == 0 ||
        (wanted->tenant_id != NULL && g_ascii_strcasecmp(tenant, wanted->tenant_id) != 0))
        return refuse_tenant(error, tenant, wanted->tenant_id);
    if (strcmp(answer->audience, wanted->client_id) != 0)
        return refuse_claims(error, "it is for another application");
    g_autoptr(GString) issuer = g_string_new(wanted->issuer);
    g_string_replace(issuer, "{tenantid}", tenant, 0);
    if (g_ascii_strcasecmp(issuer->str, answer->issuer) != 0)
        return refuse_claims(error, "another issuer made it");
    if (answer->begins_in > CLOCK_SKEW || answer->ends_in < -CLOCK_SKEW)
        return refuse_claims(error, answer->begins_in > CLOCK_SKEW ? "it is not valid yet" : "it is over");
    if (!is_guid(answer->object_id))
        return refuse_claims(error, "it names no account");
    if (wanted->object_id == NULL || g_ascii_strcasecmp(answer->object_id, wanted->object_id) == 0)
        return TRUE;
    const char *other = *answer->user_name != '\0' ? answer->user_name : answer->object_id;
    /* What was read and planned is what the first account may do: another one starts anew. */
    g_set_error(error, PERCH_ERROR, PERCH_ERROR_SIGN_IN,
                "This sign-in was by %s, but this run is signed in as %s. Nothing of it was taken.\n"
                "Sign in as %s. To go on as %s, sign out or start again, and sign in as that account each time: its "
                "roles are then read, and the plan is made anew.",
                other, wanted->user_name, wanted->user_name, other);
    return FALSE;
}
