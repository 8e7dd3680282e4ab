#include "microsoft/cloud.h"

#include <string.h>

#include "base/assets.h"
#include "base/error.h"
#include "base/json.h"
#include "base/nearest.h"
#include "microsoft/url.h"

#define CLOUDS_ASSET "clouds.json"
#define PRACTICE_TEMPLATE "global"
#define LARGEST_FILE 65536

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
    {"securityPortal", G_STRUCT_OFFSET(struct cloud, security_portal), MEMBER_ADDRESS, FALSE},
    {"azurePortal", G_STRUCT_OFFSET(struct cloud, azure_portal), MEMBER_ADDRESS, FALSE},
    {"myAccess", G_STRUCT_OFFSET(struct cloud, my_access), MEMBER_ADDRESS, FALSE},
    {"graphClientId", G_STRUCT_OFFSET(struct cloud, graph_client_id), MEMBER_TEXT, TRUE},
    {"defenderClientId", G_STRUCT_OFFSET(struct cloud, defender_client_id), MEMBER_TEXT, TRUE},
};

static const char audiences_member[] = "defenderAudiences";

static const struct member *find_member(const char *name)
{
    for (gsize i = 0; i < G_N_ELEMENTS(members); i++)
        if (strcmp(members[i].name, name) == 0)
            return &members[i];
    return NULL;
}

static char *without_end_slash(const char *address)
{
    char *copy = g_strdup(address);
    gsize length = strlen(copy);
    if (length > 0 && copy[length - 1] == '/')
        copy[length - 1] = '\0';
    return copy;
}

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
    char **place = G_STRUCT_MEMBER_P(cloud, member->offset);
    *place = without_end_slash(text);
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
        const struct member *member = find_member(json_name(value));
        if (strcmp(json_name(value), audiences_member) == 0) {
            if (!read_audiences(cloud, value, error))
                return FALSE;
        } else if (member == NULL) {
            g_set_error(error, PERCH_ERROR, PERCH_ERROR_INPUT, "A cloud has no member named %s.", json_name(value));
            return FALSE;
        } else if (!read_member(cloud, member, json_string(value), error)) {
            return FALSE;
        }
    }
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
        if (g_strcmp0(entry_name, name) == 0)
            return cloud_read(entry, error);
        g_string_append_printf(names, "%s%s", names->len > 0 ? ", " : "", entry_name);
    }
    g_auto(GStrv) list = g_strsplit(names->str, ", ", -1);
    g_autofree char *question = nearest_question(name, (const char *const *)list);
    g_set_error(error, PERCH_ERROR, PERCH_ERROR_USAGE, "There is no cloud named %s.%s\nUse one of %s.", name, question,
                names->str);
    return NULL;
}

static gboolean check_sum(const char *file, const char *found, const char *wanted, GError **error)
{
    if (wanted == NULL || g_ascii_strcasecmp(found, wanted) == 0)
        return TRUE;
    g_set_error(error, PERCH_ERROR, PERCH_ERROR_INPUT,
                "The cloud file %s has not the SHA-256 that --cloud-sha256 names, but %s.\n"
                "Somebody changed it. Read it before you name that value.",
                file, found);
    return FALSE;
}

/* Whoever gives such a file sends the sign-in elsewhere, so it is named wherever the cloud is. */
static void note_file(struct cloud *cloud, const char *sum)
{
    char *title = g_strdup_printf("cloud file %.8s: %s", sum, cloud->title);
    g_free(cloud->title);
    cloud->title = title;
    cloud->from_file = TRUE;
    cloud->file_sha256 = g_strdup(sum);
}

struct cloud *cloud_from_file(const char *file, const char *wanted_sha256, GError **error)
{
    g_autofree char *text = NULL;
    gsize length = 0;
    g_autoptr(GError) cause = NULL;
    if (!g_file_get_contents(file, &text, &length, &cause) || length > LARGEST_FILE) {
        g_set_error(error, PERCH_ERROR, PERCH_ERROR_INPUT, "The cloud file %s cannot be read: %s.", file,
                    cause != NULL ? cause->message : "it is larger than 64 KiB");
        return NULL;
    }
    g_autofree char *sum = g_compute_checksum_for_data(G_CHECKSUM_SHA256, (const guchar *)text, length);
    if (!check_sum(file, sum, wanted_sha256, error))
        return NULL;
    g_autoptr(json) entry = json_parse(text, (gssize)length, error);
    struct cloud *cloud = NULL;
    if (entry != NULL && !json_is_object(entry))
        g_set_error_literal(error, PERCH_ERROR, PERCH_ERROR_INPUT, "It is not a JSON object.");
    else if (entry != NULL)
        cloud = cloud_read(entry, error);
    if (cloud == NULL)
        g_prefix_error(error, "Cloud file %s: ", file);
    else
        note_file(cloud, sum);
    return cloud;
}

static void replace(char **place, const char *text)
{
    g_free(*place);
    *place = g_strdup(text);
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
    int port = g_uri_get_port(uri);
    g_autofree char *login = g_strdup_printf("http://127.0.0.1:%d", port);
    g_autofree char *graph = g_strdup_printf("http://127.0.0.2:%d", port);
    g_autofree char *defender = g_strdup_printf("http://127.0.0.3:%d", port);
    replace(&cloud->name, "practice");
    replace(&cloud->title, "Practice tenant on this machine");
    replace(&cloud->login, login);
    replace(&cloud->graph, graph);
    replace(&cloud->defender, defender);
    replace(&cloud->security_portal, login);
    replace(&cloud->azure_portal, login);
    replace(&cloud->my_access, login);
    cloud->practice = TRUE;
    return cloud;
}

void cloud_free(struct cloud *cloud)
{
    if (cloud == NULL)
        return;
    for (gsize i = 0; i < G_N_ELEMENTS(members); i++)
        g_free(G_STRUCT_MEMBER(char *, cloud, members[i].offset));
    g_strfreev(cloud->defender_audiences);
    g_free(cloud->file_sha256);
    g_free(cloud);
}
