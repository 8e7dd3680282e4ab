#include "engine/secret_values.h"

#include <string.h>

#include "secrets/password.h"

#define PREFIX "{secret."
#define CLIENT "perch"

/* The name in "{secret.NAME}", NULL if VALUE is anything else. Caller frees. */
static char *secret_name(const json *value)
{
    const char *text = json_string(value);
    if (text == NULL || !g_str_has_prefix(text, PREFIX) || !g_str_has_suffix(text, "}"))
        return NULL;
    return g_strndup(text + strlen(PREFIX), strlen(text) - strlen(PREFIX) - 1);
}

/* The first secret's name in VALUE, NULL if there is none. Caller frees. */
static char *find_name(const json *value)
{
    char *name = secret_name(value);
    json_for_each (member, json_is_object(value) || json_is_array(value) ? value : NULL) {
        if (name != NULL)
            break;
        name = find_name(member);
    }
    return name;
}

static const char *owner_of(const struct object *object)
{
    const char *user_name = object_text(object, "userName");
    return user_name[0] != '\0' ? user_name : object->key;
}

static struct keyring_key key_of(const struct worker *worker, const struct object *object, const char *kind)
{
    return (struct keyring_key){.tenant_id = sign_in_account(worker->sign_in)->tenant_id,
                                .client_id = CLIENT,
                                .account = owner_of(object),
                                .kind = kind};
}

static char *table_key(const struct object *object, const char *name)
{
    return g_strconcat(name, " ", owner_of(object), NULL);
}

/* A practice tenant's account needs nobody to know its password, unless the keyring is what is practised. */
static gboolean is_only_practice(const struct worker *worker)
{
    return worker->cloud->practice && keyring_state(worker->keyring) == KEYRING_DISABLED;
}

/* TRUE if it will be found again: kept in the keyring, or shown to a person. */
static gboolean is_safe_to_use(struct worker *worker, const struct keyring_key *key, const struct secret *secret,
                               GError **error)
{
    if (keyring_save(worker->keyring, key, secret, error))
        return TRUE;
    if (worker->headless && !is_only_practice(worker))
        return FALSE;
    g_clear_error(error);
    return TRUE;
}

static gboolean prepare_one(struct worker *worker, const struct object *object, const char *name, GError **error)
{
    g_autofree char *place = table_key(object, name);
    if (g_hash_table_contains(worker->secrets, place))
        return TRUE;
    g_autofree char *kind = token_keeper_kind(&worker->keeper, name);
    const struct keyring_key key = key_of(worker, object, kind);
    struct secret *secret = keyring_load(worker->keyring, &key, NULL);
    if (secret == NULL)
        secret = password_new();
    if (!is_safe_to_use(worker, &key, secret, error)) {
        secret_free(secret);
        return FALSE;
    }
    redactor_register(worker->redactor, secret);
    g_hash_table_insert(worker->secrets, g_steal_pointer(&place), secret);
    return TRUE;
}

gboolean secret_values_prepare(struct worker *worker, const struct object *object, const struct request *request)
{
    g_autofree char *name = find_name(request->body);
    g_autoptr(GError) error = NULL;
    if (name == NULL || prepare_one(worker, object, name, &error))
        return TRUE;
    g_auto(GStrv) lines = g_strsplit(error->message, "\n", 2);
    g_hash_table_replace(worker->failures, g_strdup(object->key),
                         g_strdup_printf("The password of %s could not be kept, so it was not created: %s\nUnlock a "
                                         "keyring, or create it in the console, which shows the password once.",
                                         object->title, lines[0]));
    return FALSE;
}

static void put_in(struct worker *worker, const struct object *object, json *value)
{
    json_for_each (member, value) {
        g_autofree char *name = secret_name(member);
        g_autofree char *place = name != NULL ? table_key(object, name) : NULL;
        const struct secret *secret = place != NULL ? g_hash_table_lookup(worker->secrets, place) : NULL;
        if (secret != NULL) {
            json_set_string(value, json_name(member), secret_text(secret));
            put_in(worker, object, value);
            return;
        }
        if (json_is_object(member))
            put_in(worker, object, member);
    }
}

struct request *secret_values_fill(struct worker *worker, const struct object *object, const struct request *request)
{
    g_autofree char *name = find_name(request->body);
    if (name == NULL)
        return NULL;
    struct request *filled = request_copy(request);
    put_in(worker, object, filled->body);
    return filled;
}

void secret_values_wipe(struct request *request)
{
    if (request == NULL)
        return;
    json_wipe(request->body);
    request_free(request);
}

void secret_values_show(struct worker *worker, const struct object *object, const struct request *request)
{
    g_autofree char *name = find_name(request->body);
    g_autofree char *place = name != NULL ? table_key(object, name) : NULL;
    const struct secret *secret = place != NULL ? g_hash_table_lookup(worker->secrets, place) : NULL;
    if (secret == NULL)
        return;
    g_autofree char *keyring = keyring_sentence(worker->keyring);
    worker_log(worker, LOG_NOTICE, object->kind->name, "its first password is shown once and never logged; %s",
               keyring);
    struct shown_secret *shown = g_new0(struct shown_secret, 1);
    shown->title = g_strdup_printf("First password of %s", object->title);
    shown->text = g_strdup(secret_text(secret));
    worker_emit(worker, EVENT_SECRET, shown);
}
