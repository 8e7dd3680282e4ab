/* SPDX-License-Identifier: MIT */
#include "simulation/counts.h"

#include <stdio.h>
#include <string.h>

const char *const fault_kinds[] = {
    "lost-before", "lost-after",        "429",   "429-later",    "500",      "500-done", "503",
    "503-done",    "504-done",          "404",   "unreadable",   "redirect", "empty",    "slow",
    "tenant-dies", "tenant-dies-after", "no-id", "redirect-own", NULL,
};

enum call_kind call_kind_of(const char *method)
{
    return strcmp(method, "GET") == 0      ? CALL_READ
           : strcmp(method, "POST") == 0   ? CALL_CREATE
           : strcmp(method, "DELETE") == 0 ? CALL_REMOVE
                                           : CALL_CHANGE;
}

void counts_fault(struct counts *counts, const char *kind, enum call_kind call)
{
    for (gsize i = 0; fault_kinds[i] != NULL; i++)
        if (strcmp(fault_kinds[i], kind) == 0)
            counts->faults[i][call]++;
}

/* All of it is numbers of one kind. */
void counts_add(struct counts *sum, const struct counts *part)
{
    guint *to = (guint *)sum;
    const guint *from = (const guint *)part;
    for (gsize i = 0; i < sizeof *sum / sizeof *to; i++)
        to[i] += from[i];
}

void counts_print(const struct counts *counts)
{
    static const char *const phases[KILL_PHASES] = {
        [KILL_BEFORE_READ] = "before a read was asked",
        [KILL_AFTER_READ] = "before a read's answer",
        [KILL_BEFORE_WRITE] = "before a write was carried out",
        [KILL_AFTER_WRITE] = "after a write, before its answer",
        [KILL_WAITING] = "while it waited",
        [KILL_AT_FILE_WRITE] = "at a write to a file",
        [KILL_AT_FSYNC] = "at an fsync",
        [KILL_TENANT_IDLE] = "the tenant, between runs",
        [KILL_TENANT_AT_WORK] = "the tenant, at a request",
    };
    const struct {
        const char *what;
        guint count;
    } rows[] =
        {
            {"seeds", counts->seeds},
            {"runs of perch", counts->runs},
            {"  of two administrators at once", counts->side_by_side},
            {"  undo", counts->undos},
            {"requests", counts->requests},
            {"  writes", counts->writes},
            {"  reads by a replica that lags", counts->stale},
            {"runs on a disk that fills up or fails", counts->disk_full},
            {"changes by hand", counts->by_hand},
            {"jumps of a clock", counts->jumps},
            {"runs on a machine whose clock is wrong", counts->skews},
            {"older state folders put back", counts->restored},
        },
      promises[] = {
          {"made twice", counts->duplicates},
          {"left after undo, unnamed", counts->leftovers},
          {"foreign objects changed or removed", counts->foreign},
          {"boards that say what is not so", counts->untrue},
          {"runs without end", counts->endless},
          {"runs that ended in a crash", counts->crashed},
          {"not to be told apart between two, and said", counts->undecidable},
      };
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++)
        printf("%-42s %9u\n", rows[i].what, rows[i].count);
    puts("\nkilled");
    for (gsize i = 0; i < KILL_PHASES; i++)
        printf("  %-40s %9u\n", phases[i], counts->kills[i]);
    printf("\n%-18s %8s %8s %8s %8s\n", "faults", "read", "create", "change", "remove");
    for (gsize i = 0; fault_kinds[i] != NULL; i++)
        printf("  %-16.16s %8u %8u %8u %8u\n", fault_kinds[i], counts->faults[i][CALL_READ],
               counts->faults[i][CALL_CREATE], counts->faults[i][CALL_CHANGE], counts->faults[i][CALL_REMOVE]);
    puts("");
    for (gsize i = 0; i < G_N_ELEMENTS(promises); i++)
        printf("%-42s %9u\n", promises[i].what, promises[i].count);
    printf("%u passed, %u failed\n", counts->seeds - counts->failed, counts->failed);
}
