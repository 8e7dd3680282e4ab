/* SPDX-License-Identifier: MIT */
#include "engine/step_audit.h"

#include "base/clock.h"
#include "base/json.h"

#define PAGE "20"
#define MOST_SHOWN 3
#define WHERE "Entra > Monitoring & health > Audit logs"

static void event_free(gpointer data)
{
    struct audit_event *event = data;
    g_free(event->what);
    g_free(event->target);
    g_free(event->who);
    g_free(event);
}

struct step_audit *step_audit_new(void)
{
    struct step_audit *audit = g_new0(struct step_audit, 1);
    audit->events = g_ptr_array_new_with_free_func(event_free);
    return audit;
}

void step_audit_free(gpointer data)
{
    struct step_audit *audit = data;
    if (audit == NULL)
        return;
    g_ptr_array_unref(audit->events);
    g_free(audit);
}

static void add_id(GPtrArray *ids, const char *id)
{
    if (id != NULL && g_uuid_string_is_valid(id) && !g_ptr_array_find_with_equal_func(ids, id, g_str_equal, NULL))
        g_ptr_array_add(ids, g_strdup(id));
}

GPtrArray *step_audit_subjects(const struct situation *situation, const struct step *step)
{
    GPtrArray *ids = g_ptr_array_new_with_free_func(g_free);
    for (guint i = 0; i < step->objects->len; i++) {
        const struct object *object = g_ptr_array_index(step->objects, i);
        const struct object_entry *entry = situation_object(situation, object);
        enum object_state found = object->observation->state;
        if (found != OBJECT_ABSENT && found != OBJECT_DIFFERS && found != OBJECT_MANY)
            continue;
        add_id(ids, object->observation->id);
        add_id(ids, object->known_id);
        add_id(ids, entry->gone_id);
        for (guint k = 0; k < object->needs->len; k++) {
            g_autofree char *name = g_strconcat(g_ptr_array_index(object->needs, k), ".id", NULL);
            add_id(ids, g_hash_table_lookup(situation->onboarding->values, name));
        }
    }
    return ids;
}

struct request *step_audit_request(const char *id, gint64 since)
{
    g_autofree char *time = clock_format(since);
    struct request *request = request_get(SERVICE_GRAPH, "/v1.0/auditLogs/directoryAudits");
    request_query(request, "$filter", "activityDateTime ge %s and targetResources/any(t:t/id eq '%s')", time, id);
    request_query(request, "$orderby", "activityDateTime desc");
    request_query(request, "$top", PAGE);
    request->scope = AUDIT_SCOPE;
    return request;
}

static char *first_of(const json *value, const char *const *names)
{
    const char *text = NULL;
    for (; *names != NULL && (text == NULL || text[0] == '\0'); names++)
        text = json_get_string(value, *names);
    return g_strdup(text != NULL ? text : "");
}

/* Who is named: a person, else an application. */
static char *initiator(const json *by)
{
    static const char *const of_user[] = {"userPrincipalName", "displayName", "id", NULL};
    static const char *const of_app[] = {"displayName", "servicePrincipalName", "appId", NULL};
    g_autofree char *user = first_of(json_get(by, "user"), of_user);
    g_autofree char *app = first_of(json_get(by, "app"), of_app);
    return user[0] != '\0'  ? g_steal_pointer(&user)
           : app[0] != '\0' ? g_strdup_printf("the application %s", app)
                            : g_strdup("");
}

static char *targets(const json *resources)
{
    static const char *const names[] = {"displayName", "userPrincipalName", NULL};
    g_autoptr(GString) text = g_string_new(NULL);
    json_for_each (resource, resources) {
        g_autofree char *name = first_of(resource, names);
        if (name[0] != '\0')
            g_string_append_printf(text, "%s“%s”", text->len > 0 ? ", " : "", name);
    }
    return g_string_free(g_steal_pointer(&text), FALSE);
}

static gint newest_first(gconstpointer a, gconstpointer b)
{
    const struct audit_event *one = *(const struct audit_event *const *)a;
    const struct audit_event *other = *(const struct audit_event *const *)b;
    return (one->at < other->at) - (one->at > other->at);
}

/* What failed changed nothing. */
void step_audit_take(struct step_audit *audit, const struct reply *reply)
{
    audit->asked++;
    if (!reply_is_success(reply) && reply->outcome == REPLY_ANSWERED)
        audit->refused = reply->status;
    else if (!reply_is_success(reply))
        audit->left++;
    json_for_each (entry, reply_rows(reply)) {
        const char *time = json_get_string(entry, "activityDateTime");
        const char *what = json_get_string(entry, "activityDisplayName");
        const char *result = json_get_string(entry, "result");
        gint64 at = time != NULL ? clock_parse(time) : -1;
        if (at <= 0 || what == NULL || (result != NULL && !g_str_equal(result, "success")))
            continue;
        struct audit_event *event = g_new0(struct audit_event, 1);
        event->at = at;
        event->what = g_strdup(what);
        event->target = targets(json_get(entry, "targetResources"));
        event->who = initiator(json_get(entry, "initiatedBy"));
        gboolean is_known = FALSE;
        for (guint i = 0; i < audit->events->len && !is_known; i++) {
            const struct audit_event *known = g_ptr_array_index(audit->events, i);
            is_known =
                known->at == event->at && g_str_equal(known->what, event->what) && g_str_equal(known->who, event->who);
        }
        if (is_known)
            event_free(event);
        else
            g_ptr_array_add(audit->events, event);
    }
    g_ptr_array_sort(audit->events, newest_first);
}

GPtrArray *step_audit_sentences(const struct step_audit *audit)
{
    GPtrArray *sentences = g_ptr_array_new_with_free_func(g_free);
    if (audit == NULL) {
        g_ptr_array_add(sentences, g_strdup("When and by whom it was changed stands in the tenant's audit log (" WHERE
                                            "); with --audit-log perch reads it."));
        return sentences;
    }
    for (guint i = 0; i < MIN(audit->events->len, MOST_SHOWN); i++) {
        const struct audit_event *event = g_ptr_array_index(audit->events, i);
        g_autofree char *day = clock_format_day(event->at);
        g_ptr_array_add(sentences, g_strdup_printf("By the tenant's audit log: “%s”%s%s by %s, %s.", event->what,
                                                   event->target[0] != '\0' ? " of " : "", event->target,
                                                   event->who[0] != '\0' ? event->who : "nobody that it names", day));
    }
    if (audit->events->len > MOST_SHOWN)
        g_ptr_array_add(sentences, g_strdup_printf("The audit log holds %u more since then (" WHERE ").",
                                                   audit->events->len - MOST_SHOWN));
    if (audit->refused != 0)
        g_ptr_array_add(
            sentences,
            g_strdup_printf("When and by whom it was changed was not read: Microsoft refuses the audit log (%d). "
                            "Look in " WHERE ".",
                            audit->refused));
    else if (audit->asked == 0)
        g_ptr_array_add(sentences,
                        g_strdup("When and by whom it was changed was not asked of the audit log: look in " WHERE
                                 "; for Defender's own settings in Microsoft Purview > Audit."));
    else if (audit->left > 0)
        g_ptr_array_add(sentences,
                        g_strdup("The tenant's audit log was not read for all that changed. Look in " WHERE "."));
    else if (audit->events->len == 0)
        g_ptr_array_add(sentences, g_strdup("The tenant's audit log names nobody who changed it since then: it keeps 7 "
                                            "days, with a licence 30, and nothing of Defender's own settings."));
    return sentences;
}
