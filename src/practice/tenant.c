/* SPDX-License-Identifier: MIT */
#include "practice/tenant.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

#include <sodium.h>

#include "base/error.h"
#include "practice/company.h"

#define STORE_FORMAT 1
/* The practice clock may run fast: its time is kept though nothing else changed, so that a restart does not set it back
 * far. */
#define TIME_KEPT_EVERY (2 * G_TIME_SPAN_SECOND)

const json *tenant_behaviour(const struct practice *practice, const char *path)
{
    return json_get_path(json_get(practice->company, "behaviour"), path);
}

gint64 tenant_behaviour_int(const struct practice *practice, const char *path, gint64 fallback)
{
    const json *behaviour = json_get(practice->company, "behaviour");
    const char *dot = strrchr(path, '.');
    if (dot == NULL)
        return json_get_int(behaviour, path, fallback);
    g_autofree char *parent = g_strndup(path, (gsize)(dot - path));
    return json_get_int(json_get_path(behaviour, parent), dot + 1, fallback);
}

const char *tenant_id(const struct practice *practice)
{
    return json_get_string(practice->state, "tenantId");
}

const char *tenant_domain(const struct practice *practice)
{
    json_for_each (domain, json_get(practice->company, "verifiedDomains")) {
        if (json_get_bool(domain, "isInitial", FALSE))
            return json_get_string(domain, "name");
    }
    return "";
}

gboolean tenant_has_domain(const struct practice *practice, const char *domain)
{
    json_for_each (verified, json_get(practice->company, "verifiedDomains")) {
        if (same_text(json_get_string(verified, "name"), domain))
            return TRUE;
    }
    return FALSE;
}

const json *tenant_other(const struct practice *practice, const char *member, const char *text)
{
    json_for_each (tenant, json_get(practice->company, "otherTenants")) {
        if (same_text(json_get_string(tenant, member), text))
            return tenant;
    }
    return NULL;
}

gboolean same_text(const char *a, const char *b)
{
    if (a == NULL || b == NULL)
        return FALSE;
    /* Most names differ at once, and folding them costs. */
    while (*a != '\0' && (guchar)*a < 0x80 && g_ascii_tolower(*a) == g_ascii_tolower(*b)) {
        a++;
        b++;
    }
    if ((guchar)*a < 0x80 && (guchar)*b < 0x80)
        return *a == *b;
    g_autofree char *folded_a = g_utf8_casefold(a, -1);
    g_autofree char *folded_b = g_utf8_casefold(b, -1);
    return strcmp(folded_a, folded_b) == 0;
}

char *tenant_fixed_id(const struct practice *practice, const char *label)
{
    g_autofree char *text =
        g_strdup_printf("%s/%" G_GINT64_FORMAT "/%s", practice->options.scenario, practice->options.seed, label);
    guchar digest[crypto_generichash_BYTES_MIN];
    crypto_generichash(digest, sizeof digest, (const guchar *)text, strlen(text), NULL, 0);
    digest[6] = (guchar)((digest[6] & 0x0f) | 0x40);
    digest[8] = (guchar)((digest[8] & 0x3f) | 0x80);
    GString *id = g_string_new(NULL);
    for (gsize i = 0; i < 16; i++)
        g_string_append_printf(id, "%s%02x", i == 4 || i == 6 || i == 8 || i == 10 ? "-" : "", digest[i]);
    return g_string_free(id, FALSE);
}

char *tenant_new_id(struct practice *practice)
{
    gint64 count = json_get_int(practice->state, "ids", 0) + 1;
    json_set_int(practice->state, "ids", count);
    g_autofree char *label = g_strdup_printf("object %" G_GINT64_FORMAT, count);
    return tenant_fixed_id(practice, label);
}

json *tenant_collection(const struct practice *practice, const char *name)
{
    json *objects = json_get(practice->state, "objects");
    json *collection = json_get(objects, name);
    if (collection == NULL) {
        json_set(objects, name, json_new_array());
        collection = json_get(objects, name);
    }
    return collection;
}

json *tenant_in(const json *list, const char *name, const char *text)
{
    json_for_each (object, list) {
        if (same_text(json_get_string(object, name), text))
            return object;
    }
    return NULL;
}

json *tenant_find_by(const struct practice *practice, const char *collection, const char *name, const char *text)
{
    return tenant_in(tenant_collection(practice, collection), name, text);
}

json *tenant_find(const struct practice *practice, const char *collection, const char *id)
{
    return tenant_find_by(practice, collection, "id", id);
}

/* From the practice time at NAME on; the replica that answers may be further behind, and so may be the service that
 * asks the directory. */
static gboolean is_there(const struct practice *practice, const json *object, const char *name)
{
    gint64 since = json_get_int(object, "_since", 0);
    gint64 lag = MAX(json_get_int(object, name, 0) - since, 0);
    gint64 governance = json_get_bool(object, "_directory", FALSE) ? practice->governance_lag : 0;
    lag = (gint64)((double)lag * practice->replica_lag) + governance * G_TIME_SPAN_MILLISECOND;
    return since + lag <= practice_now(practice);
}

gboolean tenant_is_readable(const struct practice *practice, const json *object)
{
    return is_there(practice, object, "_readable");
}

json *tenant_read(const struct practice *practice, const char *collection, const char *id)
{
    json *object = tenant_find(practice, collection, id);
    return object != NULL && tenant_is_readable(practice, object) ? object : NULL;
}

gboolean tenant_is_listed(const struct practice *practice, const json *object)
{
    return is_there(practice, object, "_listed");
}

void tenant_choose_replica(struct practice *practice)
{
    const json *replicas = tenant_behaviour(practice, "replicas");
    practice->replica_lag = 1;
    practice->governance_lag = 0;
    if (json_length(replicas) == 0)
        return;
    g_autofree char *label = g_strdup_printf("replica %u", practice->calls++);
    g_autofree char *id = tenant_fixed_id(practice, label);
    int place = (int)(g_ascii_strtoull(id, NULL, 16) % (guint64)json_length(replicas));
    g_autofree char *factor = json_text(json_at(replicas, place));
    practice->replica_lag = g_ascii_strtod(factor, NULL);
}

void tenant_remember(struct practice *practice, json *object)
{
    if (json_length(tenant_behaviour(practice, "replicas")) == 0)
        return;
    json_remove(object, "_before");
    json *before = json_copy(object);
    json_set(object, "_before", before);
    json_set_int(object, "_changed", practice_now(practice));
}

const json *tenant_seen(const struct practice *practice, const json *object)
{
    const json *before = json_get(object, "_before");
    gint64 lag = tenant_behaviour_int(practice, "lag.read", 0) * G_TIME_SPAN_MILLISECOND;
    gint64 until = json_get_int(object, "_changed", 0) + (gint64)((double)lag * practice->replica_lag);
    return before != NULL && practice_now(practice) < until ? before : object;
}

json *tenant_add(struct practice *practice, const char *collection, json *object)
{
    if (json_get_string(object, "id") == NULL) {
        g_autofree char *id = tenant_new_id(practice);
        json_set_string(object, "id", id);
    }
    gint64 now = practice_now(practice);
    json_set_int(object, "_since", now);
    if (strcmp(collection, "users") == 0 || strcmp(collection, "groups") == 0 ||
        strcmp(collection, "servicePrincipals") == 0)
        json_set_bool(object, "_directory", TRUE);
    json_set_int(object, "_readable", now + tenant_behaviour_int(practice, "lag.read", 0) * G_TIME_SPAN_MILLISECOND);
    json_set_int(object, "_listed", now + tenant_behaviour_int(practice, "lag.list", 0) * G_TIME_SPAN_MILLISECOND);
    json_append(tenant_collection(practice, collection), object);
    tenant_changed(practice);
    return object;
}

json *tenant_take(struct practice *practice, const char *collection, const char *id)
{
    json *array = tenant_collection(practice, collection);
    int index = 0;
    json_for_each (object, array) {
        if (same_text(json_get_string(object, "id"), id)) {
            tenant_changed(practice);
            return json_detach_at(array, index);
        }
        index++;
    }
    return NULL;
}

void tenant_remove(struct practice *practice, const char *collection, const char *id)
{
    json_free(tenant_take(practice, collection, id));
}

void tenant_remove_by(struct practice *practice, const char *collection, const char *name, const char *text)
{
    json *array = tenant_collection(practice, collection);
    for (int i = json_length(array) - 1; i >= 0; i--) {
        if (same_text(json_get_string(json_at(array, i), name), text)) {
            json_free(json_detach_at(array, i));
            tenant_changed(practice);
        }
    }
}

gboolean tenant_is_member(const struct practice *practice, const char *group_id, const char *principal_id)
{
    const json *group = tenant_find(practice, "groups", group_id);
    json_for_each (member, json_get(group, "_members")) {
        if (same_text(json_string(member), principal_id))
            return TRUE;
    }
    return FALSE;
}

gboolean tenant_is_active(const struct practice *practice, const json *assignment)
{
    const char *end = json_get_string(assignment, "_end");
    return end == NULL || clock_parse(end) > practice_now(practice);
}

gboolean tenant_has_role(const struct practice *practice, const char *principal_id, const char *role_name)
{
    const json *role = tenant_find_by(practice, "roleDefinitions", "displayName", role_name);
    const char *role_id = json_get_string(role, "id");
    json_for_each (assignment, tenant_collection(practice, "roleAssignments")) {
        const char *holder = json_get_string(assignment, "principalId");
        const char *where = json_get_string(assignment, "directoryScopeId");
        /* One for an administrative unit is no membership of the role (scopedRoleMembers in Graph). */
        if (same_text(json_get_string(assignment, "roleDefinitionId"), role_id) &&
            (where == NULL || same_text(where, "/")) && tenant_is_active(practice, assignment) &&
            (same_text(holder, principal_id) || tenant_is_member(practice, holder, principal_id)))
            return TRUE;
    }
    return FALSE;
}

gboolean tenant_has_plan(const struct practice *practice, const char *service_plan_id)
{
    json_for_each (sku, tenant_collection(practice, "subscribedSkus")) {
        const char *status = json_get_string(sku, "capabilityStatus");
        if (!same_text(status, "Enabled") && !same_text(status, "Warning"))
            continue;
        json_for_each (plan, json_get(sku, "servicePlans")) {
            if (same_text(json_get_string(plan, "servicePlanId"), service_plan_id) &&
                same_text(json_get_string(plan, "provisioningStatus"), "Success"))
                return TRUE;
        }
    }
    return FALSE;
}

void tenant_changed(struct practice *practice)
{
    practice->dirty = TRUE;
}

void tenant_keep(struct practice *practice)
{
    gboolean aged = g_get_monotonic_time() - practice->kept > TIME_KEPT_EVERY;
    if (practice->options.store == NULL || !(practice->dirty || aged))
        return;
    practice->kept = g_get_monotonic_time();
    json_set_int(practice->state, "time", practice_now(practice));
    g_autofree char *text = json_text(practice->state);
    g_autofree char *new = g_strconcat(practice->options.store, ".new", NULL);
    g_autoptr(GError) error = NULL;
    /* Whole after any end of this process; a machine's end may cost a practice tenant. */
    if (!g_file_set_contents_full(new, text, -1, G_FILE_SET_CONTENTS_NONE, 0600, &error))
        g_printerr("perch-practice: the store was not written: %s\n", error->message);
    else if (g_rename(new, practice->options.store) != 0)
        g_printerr("perch-practice: the store was not written: %s\n", g_strerror(errno));
    practice->dirty = FALSE;
}

static gboolean check_store(const struct practice *practice, const json *state, GError **error)
{
    const char *scenario = json_get_string(state, "scenario");
    if (json_get_int(state, "format", 0) == STORE_FORMAT && g_strcmp0(scenario, practice->options.scenario) == 0 &&
        json_get_int(state, "seed", -1) == practice->options.seed)
        return TRUE;
    g_set_error(error, PERCH_ERROR, PERCH_ERROR_STATE,
                "The store %s does not belong to scenario %s with seed %" G_GINT64_FORMAT
                ".\nRemove it, or give the scenario and seed it was made with.",
                practice->options.store, practice->options.scenario, practice->options.seed);
    return FALSE;
}

gboolean tenant_open(struct practice *practice, GError **error)
{
    practice->company = company_load(practice->options.scenario, error);
    if (practice->company == NULL)
        return FALSE;
    if (practice->options.store != NULL && g_file_test(practice->options.store, G_FILE_TEST_EXISTS)) {
        g_autofree char *text = NULL;
        gsize length = 0;
        if (!g_file_get_contents(practice->options.store, &text, &length, error))
            return FALSE;
        practice->state = json_parse(text, (gssize)length, error);
        if (practice->state == NULL || !check_store(practice, practice->state, error))
            return FALSE;
        gint64 kept = json_get_int(practice->state, "time", 0);
        practice->clock.anchor_time = MAX(practice->clock.anchor_time, kept);
        return TRUE;
    }
    practice->state = json_from("{'format':%d,'scenario':%s,'seed':%d,'ids':0,'objects':{},'signIn':{}}",
                                (gint64)STORE_FORMAT, practice->options.scenario, practice->options.seed);
    g_autofree char *id = tenant_fixed_id(practice, "tenant");
    json_set_string(practice->state, "tenantId", id);
    company_populate(practice);
    practice->dirty = TRUE;
    tenant_keep(practice);
    return TRUE;
}
