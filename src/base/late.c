/* SPDX-License-Identifier: MIT */
#include "base/late.h"

#include <dlfcn.h>
#include <link.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include <glib.h>

/* The library or function is named, as the dynamic loader names it; whoever guards the terminal lets it go. */
G_NORETURN static void end_without(const char *why)
{
    fprintf(stderr, "perch: error while loading shared libraries: %s\n", why);
    abort();
}

struct walk {
    guint skipped;
    guint seen;
};

static int count(struct dl_phdr_info *library, gsize size, void *data)
{
    (void)library;
    (void)size;
    ++*(guint *)data;
    return 0;
}

/* Code that the loader wrote addresses into would come back without them. */
static gboolean is_as_in_its_file(const struct dl_phdr_info *library)
{
    for (gsize i = 0; i < library->dlpi_phnum; i++) {
        const ElfW(Phdr) *part = &library->dlpi_phdr[i];
        if (part->p_type != PT_DYNAMIC)
            continue;
        for (const ElfW(Dyn) *entry = (gconstpointer)(library->dlpi_addr + part->p_vaddr); entry->d_tag != DT_NULL;
             entry++)
            if (entry->d_tag == DT_TEXTREL || (entry->d_tag == DT_FLAGS && (entry->d_un.d_val & DF_TEXTREL) != 0))
                return FALSE;
    }
    return TRUE;
}

static int give_back(struct dl_phdr_info *library, gsize size, void *data)
{
    (void)size;
    struct walk *walk = data;
    uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE);
    if (walk->seen++ < walk->skipped || !is_as_in_its_file(library))
        return 0;
    for (gsize i = 0; i < library->dlpi_phnum; i++) {
        const ElfW(Phdr) *part = &library->dlpi_phdr[i];
        uintptr_t begin = (library->dlpi_addr + part->p_vaddr) / page * page;
        uintptr_t end = library->dlpi_addr + part->p_vaddr + part->p_filesz;
        if (part->p_type == PT_LOAD && (part->p_flags & PF_W) == 0)
            madvise((gpointer)begin, end - begin, MADV_DONTNEED);
    }
    return 0;
}

void late_give_back(guint skipped)
{
    struct walk walk = {.skipped = skipped};
    dl_iterate_phdr(give_back, &walk);
}

/* GnuTLS is not started when libcurl brings it (microsoft/late_curl.c); whoever else needs it takes it for started. */
static void start_gnutls(const char *file, void *library)
{
    int (*start)(void) = NULL;
    void *function = g_str_has_prefix(file, "libcurl") ? NULL : dlsym(library, "gnutls_global_init");
    memcpy(&start, &function, sizeof start);
    if (start != NULL)
        start();
}

void late_load(const char *file, const char *const *names, void *functions)
{
    char *place = functions;
    guint before = 0;
    dl_iterate_phdr(count, &before);
    void *library = dlopen(file, RTLD_LAZY | RTLD_LOCAL);
    if (library == NULL)
        end_without(dlerror());
    start_gnutls(file, library);
    late_give_back(before);
    for (; *names != NULL; names++, place += sizeof library) {
        void *function = dlsym(library, *names);
        if (function == NULL)
            end_without(dlerror());
        memcpy(place, &function, sizeof function);
    }
}
