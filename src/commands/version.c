/* SPDX-License-Identifier: MIT */
/* perch --version: the version, what it was built with, and what protects this very process, as the kernel tells it. */
#include "commands/version.h"

#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>

#include "base/json.h"
#include "commands/board_json.h"
#include "secrets/sandbox.h"

/* Each that the compiler says of itself. */
static const char *const built[] = {
#ifdef __pic__
    "position-independent code",
#endif
#if defined(__SSP_STRONG__) || defined(__SSP_ALL__)
    "stack protector",
#endif
#ifdef _FORTIFY_SOURCE
    "fortified calls",
#endif
#ifdef __CET__
    "control-flow protection",
#endif
#ifdef __SANITIZE_ADDRESS__
    "address sanitizer",
#endif
    NULL,
};

/* What the process gave up; each only if the kernel confirms it. */
static GPtrArray *protections(void)
{
    GPtrArray *found = g_ptr_array_new_with_free_func(g_free);
    struct rlimit core = {0};
    g_autofree char *status = NULL;
    if (getrlimit(RLIMIT_CORE, &core) == 0 && core.rlim_max == 0)
        g_ptr_array_add(found, g_strdup("no core dumps"));
    if (prctl(PR_GET_DUMPABLE, 0, 0, 0, 0) == 0)
        g_ptr_array_add(found, g_strdup("memory closed to other processes"));
    if (prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) == 1)
        g_ptr_array_add(found, g_strdup("no new privileges"));
    if (g_file_get_contents("/proc/self/status", &status, NULL, NULL) && strstr(status, "\nSeccomp:\t2") != NULL)
        g_ptr_array_add(found, g_strdup("system calls filtered"));
    /* Once there is a session; here nothing is asked of anybody. */
    g_ptr_array_add(found, sandbox_sentence());
    g_ptr_array_add(found, NULL);
    return found;
}

void version_print(gboolean as_json)
{
    g_autoptr(GPtrArray) found = protections();
    g_auto(GStrv) libraries = g_strsplit(PERCH_LIBRARIES, ", ", -1);
    const struct {
        const char *name;
        const char *label;
        const char *const *words;
    } lists[] = {
        {"libraries", "Built with", (const char *const *)libraries},
        {"hardening", "Compiled for", built},
        {"protections", "This process", (const char *const *)found->pdata},
    };
    if (!as_json) {
        printf("perch %s\n", PERCH_VERSION);
        for (gsize i = 0; i < G_N_ELEMENTS(lists); i++) {
            g_autofree char *joined = g_strjoinv(", ", (char **)lists[i].words);
            printf("%-13s %s\n", lists[i].label, joined);
        }
        return;
    }
    g_autoptr(json) document = json_from("{'version':%s}", PERCH_VERSION);
    for (gsize i = 0; i < G_N_ELEMENTS(lists); i++) {
        json *list = json_new_array();
        for (const char *const *word = lists[i].words; *word != NULL; word++)
            json_append_string(list, *word);
        json_set(document, lists[i].name, list);
    }
    print_json(document);
}
