/* SPDX-License-Identifier: MIT */
#include "microsoft/cloud.h"

#include <string.h>

#include "base/assets.h"
#include "base/error.h"
#include "base/json.h"
#include "base/suggest.h"
#include "base/text.h"
#include "base/trusted_file.h"
#include "microsoft/url.h"

#define CLOUDS_ASSET "clouds.json"
#define PRACTICE_TEMPLATE "global"
#define LARGEST_FILE 65536
#define WHAT "The cloud file"

enum member_kind {
    MEMBER_TEXT,
    MEMBER_ADDRESS,
};

/* The members of one cloud, apart from defenderAudiences. */
static const struct member {
    const char *name;
    gsize offset;
    enum member_kind kind;
    gboolean required;
} members[] = {
    {"name", G_STRUCT_OFFSET(struct cloud, name), MEMBER_TEXT, TRUE},
    {"title", G_STRUCT_OFFSET(struct cloud, title), MEMBER_TEXT, TRUE},
    {"login", G_STRUCT_OFFSET(struct cloud, login), MEMBER_ADDRESS, TRUE},
    {"graph", G_STRUCT_OFFSET(struct cloud, graph), MEMBER_ADDRESS, TRUE},
    {"defender", G_STRUCT_OFFSET(struct cloud, defender), MEMBER_ADDRESS, FALSE},
    {"defenderElsewhere", G_STRUCT_OFFSET(struct cloud, elsewhere), MEMBER_TEXT, FALSE},
    {"securityPortal", G_STRUCT_OFFSET(struct cloud, security_portal), MEMBER_ADDRESS, FALSE},
    {"entraPortal", G_STRUCT_OFFSET(struct cloud, entra_portal), MEMBER_ADDRESS, FALSE},
    {"azurePortal", G_STRUCT_OFFSET(struct cloud, azure_portal), MEMBER_ADDRESS, FALSE},
    {"myAccess", G_STRUCT_OFFSET(struct cloud, my_access), MEMBER_ADDRESS, FALSE},
    {"graphClientId", G_STRUCT_OFFSET(struct cloud, graph_client_id), MEMBER_TEXT, TRUE},
    {"defenderClientId", G_STRUCT_OFFSET(struct cloud, defender_client_id), MEMBER_TEXT, TRUE},
};

static const char audiences_member[] = "defenderAudiences";

static gboolean read_member(struct cloud *cloud, const struct member *member, const char *text, GError **error)
{
    if (text == NULL || *text == '\0') {
        g_set_error(error, PERCH_ERROR, PERCH_ERROR_INPUT, "The cloud's %s is not a text.", member->name);
        return FALSE;
    }
    if (member->kind == MEMBER_ADDRESS && (!g_str_has_prefix(text, "https://") || !url_is_allowed(text))) {
        g_set_error(error, PERCH_ERROR, PERCH_ERROR_INPUT,
                    "The cloud's %s is not an https address.\nWrite it as https://HOST, without a user name.",
                    member->name);
        return FALSE;
    }
    /* A Cyrillic o looks like any other: who reads the address has to see that it is not Microsoft's. */
    if (member->kind == MEMBER_ADDRESS && !g_str_is_ascii(text)) {
        g_set_error(
            error, PERCH_ERROR, PERCH_ERROR_INPUT,
            "The cloud's %s has other letters than those of ASCII.\nWrite such a name as xn--..., as it is looked "
            "up.",
            member->name);
        return FALSE;
    }
    char **place = G_STRUCT_MEMBER_P(cloud, member->offset);
    *place = g_strdup(text);
    if (g_str_has_suffix(*place, "/"))
        (*place)[strlen(*place) - 1] = '\0';
    return TRUE;
}

static gboolean read_audiences(struct cloud *cloud, const json *list, GError **error)
{
    g_autoptr(GStrvBuilder) builder = g_strv_builder_new();
    json_for_each (item, list) {
        if (json_string(item) == NULL) {
            g_set_error(error, PERCH_ERROR, PERCH_ERROR_INPUT, "The cloud's %s is not a list of texts.",
                        audiences_member);
            return FALSE;
        }
        g_strv_builder_add(builder, json_string(item));
    }
    g_strfreev(cloud->defender_audiences);
    cloud->defender_audiences = g_strv_builder_end(builder);
    return TRUE;
}

static gboolean read_members(struct cloud *cloud, const json *entry, GError **error)
{
    json_for_each (value, entry) {
        const char *name = json_name(value);
        gsize at = 0;
        while (at < G_N_ELEMENTS(members) && strcmp(members[at].name, name) != 0)
            at++;
        gboolean good = FALSE;
        if (at < G_N_ELEMENTS(members))
            good = read_member(cloud, &members[at], json_string(value), error);
        else if (strcmp(name, audiences_member) == 0)
            good = read_audiences(cloud, value, error);
        else
            g_set_error(error, PERCH_ERROR, PERCH_ERROR_INPUT, "A cloud has no member named %s.", name);
        if (!good)
            return FALSE;
    }
    return TRUE;
}

/* The other Defender that CLOUD names, from ENTRIES. */
static gboolean read_elsewhere(struct cloud *cloud, const json *entries, GError **error)
{
    const json *other = cloud->elsewhere != NULL ? json_find(entries, "name", cloud->elsewhere) : NULL;
    if (cloud->elsewhere == NULL)
        return TRUE;
    g_autoptr(Cloud) read = other != NULL ? g_new0(struct cloud, 1) : NULL;
    if (read == NULL || !read_members(read, other, error)) {
        g_set_error(error, PERCH_ERROR, PERCH_ERROR_INPUT, "There is no cloud named %s.", cloud->elsewhere);
        return FALSE;
    }
    cloud->other_defender = g_steal_pointer(&read->defender);
    cloud->other_audiences = g_steal_pointer(&read->defender_audiences);
    return TRUE;
}

static struct cloud *cloud_read(const json *entry, GError **error)
{
    g_autoptr(Cloud) cloud = g_new0(struct cloud, 1);
    cloud->defender_audiences = g_new0(char *, 1);
    if (!read_members(cloud, entry, error))
        return NULL;
    for (gsize i = 0; i < G_N_ELEMENTS(members); i++) {
        if (!members[i].required || G_STRUCT_MEMBER(char *, cloud, members[i].offset) != NULL)
            continue;
        g_set_error(error, PERCH_ERROR, PERCH_ERROR_INPUT, "The cloud's %s is missing.", members[i].name);
        return NULL;
    }
    return g_steal_pointer(&cloud);
}

struct cloud *cloud_named(const char *name, GError **error)
{
    g_autoptr(json) clouds = asset_json(CLOUDS_ASSET);
    g_autoptr(GString) names = g_string_new(NULL);
    json_for_each (entry, clouds) {
        const char *entry_name = json_get_string(entry, "name");
        if (g_strcmp0(entry_name, name) == 0) {
            g_autoptr(Cloud) cloud = cloud_read(entry, error);
            return cloud != NULL && read_elsewhere(cloud, clouds, error) ? g_steal_pointer(&cloud) : NULL;
        }
        g_string_append_printf(names, "%s%s", names->len > 0 ? ", " : "", entry_name);
    }
    g_auto(GStrv) list = g_strsplit(names->str, ", ", -1);
    g_autofree char *question = suggest_question(name, (const char *const *)list);
    g_set_error(error, PERCH_ERROR, PERCH_ERROR_USAGE, "There is no cloud named %s.%s\nUse one of %s.", name, question,
                names->str);
    return NULL;
}

struct cloud *cloud_from_file(const char *file, const char *wanted_sha256, GError **error)
{
    gsize length = 0;
    g_autofree char *text = trusted_file_read(file, WHAT, LARGEST_FILE, &length, error);
    if (text == NULL)
        return NULL;
    g_autofree char *sum = g_compute_checksum_for_data(G_CHECKSUM_SHA256, (const guchar *)text, length);
    if (!trusted_file_check_sum(file, WHAT, sum, wanted_sha256, "--cloud-sha256", error))
        return NULL;
    g_autoptr(json) entry = json_parse(text, (gssize)length, error);
    struct cloud *cloud = NULL;
    if (entry != NULL && !json_is_object(entry))
        g_set_error_literal(error, PERCH_ERROR, PERCH_ERROR_INPUT, "It is not a JSON object.");
    else if (entry != NULL)
        cloud = cloud_read(entry, error);
    g_autoptr(json) clouds = asset_json(CLOUDS_ASSET);
    if (cloud != NULL && !read_elsewhere(cloud, clouds, error))
        g_clear_pointer(&cloud, cloud_free);
    if (cloud == NULL) {
        g_prefix_error(error, "Cloud file %s: ", file);
        return NULL;
    }
    /* Whoever gives such a file sends the sign-in elsewhere, so it is named wherever the cloud is. */
    g_autofree char *title = text_safe(cloud->title, -1);
    g_free(cloud->title);
    cloud->title = g_strdup_printf("cloud file %.8s: %s", sum, title);
    cloud->from_file = TRUE;
    cloud->file_sha256 = g_steal_pointer(&sum);
    return cloud;
}

struct cloud *cloud_practice(const char *url, GError **error)
{
    g_autoptr(GUri) uri = g_uri_parse(url, G_URI_FLAGS_NONE, NULL);
    if (uri == NULL || g_strcmp0(g_uri_get_scheme(uri), "http") != 0 ||
        g_strcmp0(g_uri_get_host(uri), "127.0.0.1") != 0 || g_uri_get_port(uri) <= 0 ||
        g_uri_get_userinfo(uri) != NULL) {
        g_set_error(error, PERCH_ERROR, PERCH_ERROR_USAGE,
                    "%s is not the address of a practice tenant.\nIt has to look like http://127.0.0.1:8080.", url);
        return NULL;
    }
    struct cloud *cloud = cloud_named(PRACTICE_TEMPLATE, error);
    if (cloud == NULL)
        return NULL;
    const struct {
        char **place;
        int host;
    } addresses[] = {
        {&cloud->login, 1},           {&cloud->graph, 2},        {&cloud->defender, 3},     {&cloud->other_defender, 4},
        {&cloud->security_portal, 1}, {&cloud->entra_portal, 1}, {&cloud->azure_portal, 1}, {&cloud->my_access, 1},
    };
    g_free(cloud->name);
    g_free(cloud->title);
    cloud->name = g_strdup("practice");
    cloud->title = g_strdup("Practice tenant on this machine");
    for (gsize i = 0; i < G_N_ELEMENTS(addresses); i++) {
        g_free(*addresses[i].place);
        *addresses[i].place = g_strdup_printf("http://127.0.0.%d:%d", addresses[i].host, g_uri_get_port(uri));
    }
    cloud->practice = TRUE;
    return cloud;
}

void cloud_swap_defender(struct cloud *cloud)
{
    char *defender = cloud->defender;
    char **audiences = cloud->defender_audiences;
    cloud->defender = cloud->other_defender;
    cloud->defender_audiences = cloud->other_audiences;
    cloud->other_defender = defender;
    cloud->other_audiences = audiences;
}

void cloud_free(struct cloud *cloud)
{
    if (cloud == NULL)
        return;
    for (gsize i = 0; i < G_N_ELEMENTS(members); i++)
        g_free(G_STRUCT_MEMBER(char *, cloud, members[i].offset));
    g_strfreev(cloud->defender_audiences);
    g_free(cloud->other_defender);
    g_strfreev(cloud->other_audiences);
    g_free(cloud->file_sha256);
    g_free(cloud);
}
