/* SPDX-License-Identifier: MIT */
#include "practice/people.h"

#include <string.h>

#include "practice/tenant.h"

static const char *draw(GRand *random, const json *list)
{
    return json_string(json_at(list, g_rand_int_range(random, 0, json_length(list))));
}

static json *new_user(const struct practice *practice, const char *upn, const char *given, const char *surname)
{
    g_autofree char *label = g_strconcat("user:", upn, NULL);
    g_autofree char *id = tenant_fixed_id(practice, label);
    g_autofree char *display = g_strconcat(given, " ", surname, NULL);
    g_autofree char *nickname = g_strndup(upn, strcspn(upn, "@#"));
    /* A company has hundreds, and to read each from a text takes longer than all else at the start. */
    const struct {
        const char *name;
        const char *text; /* NULL: nothing is known */
    } members[] = {
        {"displayName", display},
        {"givenName", given},
        {"surname", surname},
        {"jobTitle", NULL},
        {"mail", upn},
        {"mobilePhone", NULL},
        {"officeLocation", NULL},
        {"preferredLanguage", NULL},
        {"userPrincipalName", upn},
        {"mailNickname", nickname},
    };
    json *user = json_new_object();
    json_set_string(user, "id", id);
    json_set(user, "businessPhones", json_new_array());
    for (gsize i = 0; i < G_N_ELEMENTS(members); i++)
        json_set(user, members[i].name, json_new_string(members[i].text));
    json_set(user, "accountEnabled", json_new_bool(TRUE));
    json_set_string(user, "userType", "Member");
    return user;
}

/* Also known by the address SMTP:MAIL. TAKEN gets its user name. */
static void add_user(struct practice *practice, GHashTable *taken, json *user)
{
    const char *mail = json_get_string(user, "mail");
    g_hash_table_add(taken, g_ascii_strdown(json_get_string(user, "userPrincipalName"), -1));
    json_set(user, "proxyAddresses", json_new_array());
    if (mail != NULL) {
        g_autofree char *address = g_strconcat("SMTP:", mail, NULL);
        json_append_string(json_get(user, "proxyAddresses"), address);
    }
    json_append(tenant_collection(practice, "users"), user);
}

/* "Zoë Müller" -> "zoe.muller" */
static char *local_part(const char *given, const char *surname)
{
    g_autofree char *joined = g_strconcat(given, ".", surname, NULL);
    g_autofree char *ascii = g_str_to_ascii(joined, "C");
    char *lower = g_ascii_strdown(ascii, -1);
    return g_strcanon(lower, "abcdefghijklmnopqrstuvwxyz.-", '-');
}

static void add_member(struct practice *practice, GHashTable *taken, GRand *random)
{
    const json *names = json_get(practice->company, "names");
    const char *given = draw(random, json_get(names, "given"));
    const char *surname = draw(random, json_get(names, "surnames"));
    g_autofree char *local = local_part(given, surname);
    g_autofree char *upn = g_strconcat(local, "@contoso.com", NULL);
    for (int number = 2; g_hash_table_contains(taken, upn); number++) {
        g_free(upn);
        upn = g_strdup_printf("%s%d@contoso.com", local, number);
    }
    json *user = new_user(practice, upn, given, surname);
    json_set_string(user, "jobTitle", draw(random, json_get(names, "jobTitles")));
    json_set_string(user, "officeLocation", draw(random, json_get(names, "offices")));
    add_user(practice, taken, user);
}

static void add_guest(struct practice *practice, GHashTable *taken, GRand *random)
{
    const json *names = json_get(practice->company, "names");
    const char *given = draw(random, json_get(names, "given"));
    const char *surname = draw(random, json_get(names, "surnames"));
    const char *domain = draw(random, json_get(names, "guestDomains"));
    g_autofree char *local = local_part(given, surname);
    g_autofree char *upn = g_strdup_printf("%s_%s#EXT#@%s", local, domain, tenant_domain(practice));
    g_autofree char *lower = g_ascii_strdown(upn, -1);
    if (g_hash_table_contains(taken, lower))
        return;
    g_autofree char *mail = g_strdup_printf("%s@%s", local, domain);
    json *user = new_user(practice, upn, given, surname);
    json_set_string(user, "mail", mail);
    json_set_string(user, "userType", "Guest");
    add_user(practice, taken, user);
}

void people_populate(struct practice *practice)
{
    GRand *random = g_rand_new_with_seed((guint32)practice->options.seed);
    /* User names in lower case: to look each up among all takes longer than all else at the start. */
    g_autoptr(GHashTable) taken = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    json_for_each (person, json_get(practice->company, "people")) {
        const char *upn = json_get_string(person, "userPrincipalName");
        json *user = new_user(practice, upn, json_get_string(person, "givenName"), json_get_string(person, "surname"));
        json_for_each (member, person) {
            json_set(user, json_name(member), json_copy(member));
        }
        add_user(practice, taken, user);
    }
    gint64 members = json_get_int(practice->company, "members", 0);
    for (gint64 i = 0; i < members; i++)
        add_member(practice, taken, random);
    gint64 guests = json_get_int(practice->company, "guests", 0);
    for (gint64 i = 0; i < guests; i++)
        add_guest(practice, taken, random);
    g_rand_free(random);
}

json *people_find(const struct practice *practice, const char *id_or_name)
{
    json *user = tenant_find(practice, "users", id_or_name);
    return user != NULL ? user : tenant_find_by(practice, "users", "userPrincipalName", id_or_name);
}

const json *people_who_signs_in(const struct practice *practice, const char *id_or_name)
{
    json_for_each (administrator, json_get(practice->company, "partnerAdministrators")) {
        if (same_text(json_get_string(administrator, "id"), id_or_name) ||
            same_text(json_get_string(administrator, "userPrincipalName"), id_or_name))
            return administrator;
    }
    return people_find(practice, id_or_name);
}
