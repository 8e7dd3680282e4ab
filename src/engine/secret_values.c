/* SPDX-License-Identifier: MIT */
#include "engine/secret_values.h"

#include <string.h>

#include "base/error.h"
#include "base/json.h"
#include "engine/worker.h"
#include "secrets/password.h"

#define PREFIX "{secret."
#define PASSWORD_MEMBER "password"
#define CLIENT "perch"
#define LABEL "perch first password"
#define CHANGED_AFTER ((gint64)60 * G_USEC_PER_SEC) /* of its making; the first password counts as a change too */

/* The name in "{secret.NAME}" where a password belongs, NULL if VALUE is anything else: what a person or a file calls
 * an account must not come to be its password. Caller frees. */
static char *secret_name(const json *value)
{
    const char *text = g_strcmp0(json_name(value), PASSWORD_MEMBER) == 0 ? json_string(value) : NULL;
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

static char *table_key(const struct object *object, const char *name)
{
    return g_strconcat(name, " ", owner_of(object), NULL);
}

/* TRUE if it will be found again: kept in the keyring, or shown to a person. */
static gboolean is_safe_to_use(struct worker *worker, const struct keyring_key *key, const struct secret *secret,
                               GError **error)
{
    if (keyring_save(worker->operator.keyring, key, secret, error))
        return TRUE;
    /* A practice tenant's account needs nobody to know its password, unless the keyring is what is practised. */
    if (worker->headless && !(worker->cloud->practice && keyring_state(worker->operator.keyring) == KEYRING_DISABLED))
        return FALSE;
    g_clear_error(error);
    return TRUE;
}

/* Where the secret NAME of OBJECT is kept. Borrows from both; *KIND is the caller's to free. */
static struct keyring_key place_of(const struct worker *worker, const struct object *object, const char *name,
                                   char **kind)
{
    *kind = token_store_kind(&worker->operator.tokens, name);
    return (struct keyring_key){.tenant_id = sign_in_account(worker->operator.sign_in)->tenant_id,
                                .client_id = CLIENT,
                                .account = owner_of(object),
                                .kind = *kind,
                                .label = LABEL};
}

static gboolean prepare_one(struct worker *worker, const struct object *object, const char *name, GError **error)
{
    g_autofree char *in_table = table_key(object, name);
    g_autofree char *kind = NULL;
    const struct keyring_key key = place_of(worker, object, name, &kind);
    /* A keyring that was locked the first time may be open by now. */
    const struct secret *known = g_hash_table_lookup(worker->operator.secrets, in_table);
    if (known != NULL)
        return is_safe_to_use(worker, &key, known, error);
    g_autoptr(Secret) secret = keyring_load(worker->operator.keyring, &key, NULL);
    if (secret == NULL)
        secret = password_new();
    if (!is_safe_to_use(worker, &key, secret, error))
        return FALSE;
    redactor_register(worker->redactor, secret);
    g_hash_table_insert(worker->operator.secrets, g_steal_pointer(&in_table), g_steal_pointer(&secret));
    return TRUE;
}

gboolean secret_values_prepare(struct worker *worker, const struct object *object, const struct request *request)
{
    g_autofree char *name = find_name(request->body);
    g_autoptr(GError) error = NULL;
    if (name == NULL || prepare_one(worker, object, name, &error))
        return TRUE;
    g_autofree char *headline = error_headline(error);
    g_autofree char *what =
        g_strdup_printf("The password of %s could not be kept, so it was not created: %s", object->title, headline);
    run_fail(&worker->run, object, what,
             "Unlock a keyring, or create it in the console, which shows the password once.");
    return FALSE;
}

static void put_in(struct worker *worker, const struct object *object, json *value)
{
    json_for_each (member, value) {
        g_autofree char *name = secret_name(member);
        g_autofree char *place = name != NULL ? table_key(object, name) : NULL;
        const struct secret *secret = place != NULL ? g_hash_table_lookup(worker->operator.secrets, place) : NULL;
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

/* The secret's name in what creates OBJECT; NULL if it has none. Caller frees. */
static char *name_in_creation(const struct object *object)
{
    g_autoptr(Request) request = object->kind->create != NULL ? object->kind->create(object) : NULL;
    return request != NULL ? find_name(request->body) : NULL;
}

static void show(struct worker *worker, const struct object *object, const struct secret *secret)
{
    struct shown_secret *shown = g_new0(struct shown_secret, 1);
    shown->title = g_strdup_printf("First password of %s", object->title);
    shown->text = g_strdup(secret_text(secret));
    worker_emit(worker, EVENT_SECRET, shown);
}

void secret_values_show(struct worker *worker, const struct object *object, const struct request *request)
{
    g_autofree char *name = find_name(request->body);
    g_autofree char *place = name != NULL ? table_key(object, name) : NULL;
    const struct secret *secret = place != NULL ? g_hash_table_lookup(worker->operator.secrets, place) : NULL;
    if (secret == NULL)
        return;
    g_autofree char *keyring = keyring_sentence(worker->operator.keyring);
    gboolean is_kept = keyring_state(worker->operator.keyring) == KEYRING_READY;
    if (is_kept)
        worker_log(
            worker, LOG_NOTICE, object->kind->name,
            "its first password is kept in the keyring until it is changed and never logged; perch password shows "
            "it");
    else
        worker_log(worker, LOG_NOTICE, object->kind->name, "its first password is %s and never logged; %s",
                   worker->headless ? "known to nobody" : "shown once", keyring);
    show(worker, object, secret);
}

/* TRUE if the directory says that the account's password was changed after it was made. */
static gboolean was_changed(struct worker *worker, const struct object *object)
{
    g_autoptr(Request) request = request_get(SERVICE_GRAPH, "/v1.0/users/%s", object->known_id);
    request_query(request, "$select", "id,createdDateTime,lastPasswordChangeDateTime");
    request->scope = "User.Read.All";
    g_autoptr(GPtrArray) replies = client_read(worker->client, &request, 1);
    const struct reply *reply = replies->pdata[0];
    const char *made = json_get_string(reply->body, "createdDateTime");
    const char *changed = json_get_string(reply->body, "lastPasswordChangeDateTime");
    return reply_is_success(reply) && made != NULL && changed != NULL &&
           clock_parse(changed) > clock_parse(made) + CHANGED_AFTER;
}

static gboolean show_kept(struct worker *worker, const struct object *object, const char *name, GError **error)
{
    g_autofree char *kind = NULL;
    const struct keyring_key key = place_of(worker, object, name, &kind);
    g_autoptr(GError) cause = NULL;
    g_autoptr(Secret) secret = keyring_load(worker->operator.keyring, &key, &cause);
    gboolean changed = secret != NULL && was_changed(worker, object);
    if (changed)
        keyring_forget(worker->operator.keyring, &key, NULL);
    redactor_register(worker->redactor, secret);
    if (secret != NULL && !changed) {
        show(worker, object, secret);
        return TRUE;
    }
    if (cause != NULL)
        g_propagate_error(error, g_steal_pointer(&cause));
    else
        g_set_error(error, PERCH_ERROR, PERCH_ERROR_STATE,
                    changed
                        ? "The first password of %s was changed since, so it is worth nothing and was removed from "
                          "the keyring.\nWhoever changed it knows the new one."
                        : "No first password of %s is kept in this keyring: it was made without one, or was removed "
                          "by a sign-out.\nGive the account a new one in the Microsoft Entra admin center (Reset "
                          "password).",
                    object->title);
    return FALSE;
}

gboolean secret_values_show_again(struct worker *worker, GError **error)
{
    const GPtrArray *objects = worker->tenant.onboarding->objects;
    for (guint i = 0; i < objects->len; i++) {
        const struct object *object = objects->pdata[i];
        g_autofree char *name = object->created ? name_in_creation(object) : NULL;
        if (name != NULL)
            return show_kept(worker, object, name, error);
    }
    g_set_error_literal(error, PERCH_ERROR, PERCH_ERROR_STATE,
                        "perch made no account in this tenant, so there is no first password.\n"
                        "An account that was there before has the password that its owner knows.");
    return FALSE;
}

void secret_values_forget_changed(struct worker *worker)
{
    const GPtrArray *objects = worker->tenant.onboarding->objects;
    for (guint i = 0; i < objects->len; i++) {
        const struct object *object = objects->pdata[i];
        g_autofree char *name = object->created && object->known_id[0] != '\0' ? name_in_creation(object) : NULL;
        g_autofree char *kind = NULL;
        if (name == NULL)
            continue;
        const struct keyring_key key = place_of(worker, object, name, &kind);
        g_autoptr(Secret) secret = keyring_load(worker->operator.keyring, &key, NULL);
        if (secret == NULL || !was_changed(worker, object))
            continue;
        secret_values_forget(worker, object);
        worker_log(worker, LOG_NOTICE, object->kind->name,
                   "its first password was changed, so what the keyring kept of it is removed");
    }
}

void secret_values_forget(struct worker *worker, const struct object *object)
{
    g_autofree char *name = name_in_creation(object);
    if (name == NULL)
        return;
    g_autofree char *in_table = table_key(object, name);
    g_autofree char *kind = NULL;
    const struct keyring_key key = place_of(worker, object, name, &kind);
    g_hash_table_remove(worker->operator.secrets, in_table);
    keyring_forget(worker->operator.keyring, &key, NULL);
}
