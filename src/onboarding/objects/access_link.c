/* SPDX-License-Identifier: MIT */
#include "onboarding/kinds.h"

#include <string.h>

#include "onboarding/link.h"

/*
 * The My Access link of the access package. Graph does not tell it, so it is built by the documented rule
 * (https://myaccess.microsoft.com/@HINT#/access-packages/ID), and compared with the portal's once somebody pastes that.
 * The link that is to be handed over is learnt.
 */

static char *part(const char *link, const char *pattern)
{
    g_autoptr(GRegex) regex = g_regex_new(pattern, G_REGEX_CASELESS, G_REGEX_MATCH_DEFAULT, NULL);
    g_autoptr(GMatchInfo) match = NULL;
    return g_regex_match(regex, link, G_REGEX_MATCH_DEFAULT, &match) ? g_match_info_fetch(match, 1) : NULL;
}

/* What is wrong with the link PASTED, as a sentence; NULL if it leads to the same. Caller frees. */
static char *problem(const struct object *object, const char *pasted)
{
    g_autofree char *host = part(pasted, "^(https?://[^/@?#]+)/");
    g_autofree char *hint = part(pasted, "^https?://[^/@?#]+/@([^/?#]+)");
    g_autofree char *package = part(pasted, "#/access-packages/([0-9a-f-]{36})$");
    g_autofree char *own_host = part(object_text(object, "link"), "^(https?://[^/@?#]+)/");
    if (host == NULL || hint == NULL || package == NULL)
        return g_strdup("What was pasted is not a My Access link: copy it from Properties > My access portal link.");
    if (g_ascii_strcasecmp(package, object_text(object, "package")) != 0)
        return g_strdup_printf("The pasted link leads to another access package: %s; this one is %s.", package,
                               object_text(object, "package"));
    g_autofree char *domain = g_ascii_strdown(hint, -1);
    g_auto(GStrv) own = g_strsplit(object_text(object, "domains"), " ", -1);
    if (!g_strv_contains((const char *const *)own, domain) &&
        g_ascii_strcasecmp(domain, object_text(object, "tenant")) != 0)
        return g_strdup_printf("The pasted link names another tenant: %s.", hint);
    if (own_host != NULL && g_ascii_strcasecmp(host, own_host) == 0)
        return NULL;
    return g_strdup_printf("The pasted link leads to another host than My Access: %s; it is %s.", host,
                           own_host != NULL ? own_host : "unknown");
}

static void compare(const struct object *object, GPtrArray *replies, struct observation *observation)
{
    (void)replies;
    const char *built = object_text(object, "link");
    const char *pasted = object_text(object, "pasted");
    g_autofree char *wrong = pasted[0] != '\0' ? problem(object, pasted) : NULL;
    observation_learn(observation, "link", wrong == NULL && pasted[0] != '\0' ? pasted : built);
    if (wrong != NULL) {
        observation_difference(observation, "link", built, pasted, TRUE);
        observation_set(observation, OBJECT_DIFFERS, "%s", wrong);
        g_free(observation->next);
        observation->next = g_strdup("Copy it from there once more, or empty this step's value: the link that perch "
                                     "built is used then.");
    } else if (pasted[0] == '\0') {
        observation_set(observation, OBJECT_MATCHES, "Built by Microsoft's rule; not compared with the portal's yet.");
        observation->unasked = TRUE;
    } else {
        observation_set(observation, OBJECT_MATCHES, "The portal's link leads to this access package.");
        observation_note(observation, "The portal's link was compared: it leads to this access package.");
    }
}

static const struct json_schema with[] = {
    {.name = "link", .is = WITH_TEXT | JSON_REQUIRED, .problem = link_problem},
    {.name = "package", .is = WITH_TEXT | JSON_REQUIRED},
    {.name = "pasted", .is = WITH_TEXT},
    {.name = "tenant", .is = WITH_TEXT},
    {.name = "domains", .is = WITH_TEXT},
    {.name = NULL},
};

static const char *const learns[] = {"link", NULL};

const struct object_kind access_link_kind = {
    .name = "access-link",
    .with = with,
    .learns = learns,
    .compare = compare,
};
