/* SPDX-License-Identifier: MIT */
#include "onboarding/kinds.h"

#include <string.h>

#include "base/clock.h"
#include "base/text.h"

/*
 * How much Defender has of each table, beside what the export sends: when its newest event came, how many came a
 * minute, and what all of it comes to for the partner's Event Hub. Asked only where the company wishes it: hunting has
 * a quota that the whole tenant shares (advanced-hunting-limits). Telemetry of this tenant is what it proves; that the
 * partner receives it only the partner sees.
 */

#define NEWEST "\n| where Timestamp > ago(1d)\n| summarize Newest = max(Timestamp), PerHour = count() / 24 by Table_"
/* Microsoft's own rule: 1,000 bytes an event, the busiest 3 hours of 7 days (streaming-api-event-hub). */
#define VOLUME                                                                                                         \
    "\n| where Timestamp > ago(7d)\n| summarize N = count() by bin(Timestamp, 3h)\n| summarize PeakPerMinute = "       \
    "max(N) "                                                                                                          \
    "/ 180, PerDay = sum(N) / 7"
#define BYTES_AN_EVENT 1000
#define A_MEGABYTE 1000000.0

enum read { READ_NEWEST, READ_VOLUME, READS };

static gboolean is_wished(const struct object *object)
{
    return json_get_bool(object->with, "wish", FALSE);
}

static void look_up(const struct object *object, GPtrArray *requests)
{
    static const char *const ends[READS] = {[READ_NEWEST] = NEWEST, [READ_VOLUME] = VOLUME};
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    json_for_each (table, json_get(object->with, "tables")) {
        g_ptr_array_add(names, (gpointer)json_string(table));
    }
    g_autofree char *tables = text_join(names, ", ");
    for (gsize i = 0; is_wished(object) && i < READS; i++) {
        g_autofree char *query = g_strconcat("union isfuzzy=true withsource=Table_ ", tables, ends[i], NULL);
        struct request *request =
            request_write("POST", SERVICE_GRAPH, json_from("{'Query':%s}", query), "/v1.0/security/runHuntingQuery");
        request->scope = "ThreatHunting.Read.All";
        request->asks = TRUE;
        g_ptr_array_add(requests, request);
    }
}

static void note_table(const struct object *object, const json *rows, const char *table,
                       struct observation *observation)
{
    g_auto(GStrv) sends = g_strsplit(object_text(object, "sends"), " ", -1);
    const json *row = json_find(rows, "Table_", table);
    const char *sent = object_text(object, "sends")[0] == '\0'              ? "there is no export yet"
                       : g_strv_contains((const char *const *)sends, table) ? "in the export"
                                                                            : "not in the export";
    const char *newest = json_get_string(row, "Newest");
    g_autofree char *moment = clock_moment_of(newest != NULL ? newest : "");
    if (newest == NULL)
        observation_note(observation, "%s: no event in 24 hours; %s.", table, sent);
    else
        observation_note(observation, "%s: newest %s, %" G_GINT64_FORMAT " an hour; %s.", table, moment,
                         json_get_int(row, "PerHour", 0), sent);
}

static void note_volume(const struct reply *reply, struct observation *observation)
{
    const json *row = json_at(json_get(reply->body, "results"), 0);
    double day = (double)json_get_int(row, "PerDay", 0) * BYTES_AN_EVENT / A_MEGABYTE;
    double peak = (double)json_get_int(row, "PeakPerMinute", 0) / 60 * BYTES_AN_EVENT / A_MEGABYTE;
    if (!reply_is_success(reply))
        observation_note(observation,
                         reply->status == 429
                             ? "The volume was not measured: the tenant has used up what it may hunt for now (%d)."
                             : "The volume was not measured: hunting was refused (%d).",
                         reply->status);
    else
        observation_note(observation,
                         "All of these come to about %.0f MB a day, and %.2f MB a second in the busiest three hours of "
                         "the last week (1,000 bytes an event, Microsoft's rule). An Event Hub takes 1 MB a second for "
                         "each throughput unit: tell the partner, whose it is.",
                         day, peak);
}

/* Who may not hunt is told so; a quota that is used up, a query that is not taken and a service that fails are not
 * that. */
static void say_not_measured(const struct reply *reply, struct observation *observation)
{
    const char *said = reply->error != NULL ? reply->error->message : "";
    if (reply->status == 403 || reply->status == 401)
        observation_set(observation, OBJECT_MATCHES,
                        "Not measured: hunting was refused (%d). It wants the right to hunt, for which a new sign-in "
                        "asks, and Security Reader; nothing here depends on it.",
                        reply->status);
    else if (reply->status == 429)
        observation_set(observation, OBJECT_MATCHES,
                        "Not measured: the tenant has used up what it may hunt for now (429), which all who hunt in it "
                        "share. Check again in 15 minutes or more; nothing here depends on it.");
    else
        observation_set(observation, OBJECT_MATCHES, "Not measured, and nothing here depends on it: %.*s",
                        said[0] != '\0' ? (int)strcspn(said, "\n") : G_MAXINT,
                        said[0] != '\0' ? said : "hunting did not answer.");
}

static void compare(const struct object *object, GPtrArray *replies, struct observation *observation)
{
    if (!is_wished(object)) {
        observation_set(observation, OBJECT_MATCHES, "Not measured: it was not asked for.");
        observation->unasked = TRUE;
        return;
    }
    const struct reply *newest = g_ptr_array_index(replies, READ_NEWEST);
    if (!reply_is_success(newest)) {
        say_not_measured(newest, observation);
        observation->unasked = TRUE;
        observation_note(observation, "%s", observation->sentence);
        return;
    }
    json_for_each (table, json_get(object->with, "tables")) {
        note_table(object, json_get(newest->body, "results"), json_string(table), observation);
    }
    note_volume(g_ptr_array_index(replies, READ_VOLUME), observation);
    observation_set(observation, OBJECT_MATCHES,
                    "Measured by hunting; whether it reaches the partner, the partner sees.");
}

static const struct json_schema with[] = {
    {.name = "wish", .is = WITH_ANSWER},
    {.name = "tables", .is = JSON_LIST | JSON_REQUIRED, .inner = &with_text},
    {.name = "sends", .is = WITH_TEXT},
    {.name = NULL},
};

const struct object_kind event_flow_kind = {
    .name = "event-flow",
    .with = with,
    .in_nobodys_way = TRUE,
    .look_up = look_up,
    .compare = compare,
};
