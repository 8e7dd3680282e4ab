/* SPDX-License-Identifier: MIT */
/*
 * The simulation: many small worlds, each made from a seed, each with its faults, and the promises held against them.
 *
 *     simulation [--seeds N] [--from N] [--seed N] [--schedule FILE] [--disk] [--clock] [--jobs N] [--record FILE]
 *
 * --seed runs one with all that happens told; a seed that fails is printed with its schedule, shortened. Ends 0 if
 * every promise was kept in every seed.
 */
#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <sodium.h>

#include "simulation/schedule.h"
#include "simulation/virtual_time.h"
#include "simulation/world.h"

#define MOST_SHOWN 5

static int start_perches(const char *program)
{
    int sockets[2];
    if (socketpair(AF_UNIX, SOCK_STREAM, 0, sockets) != 0)
        g_error("no socket");
    pid_t child = fork();
    if (child == 0) {
        g_autofree char *number = g_strdup_printf("%d", sockets[1]);
        close(sockets[0]);
        execl(program, program, number, NULL);
        _exit(127);
    }
    close(sockets[1]);
    fcntl(sockets[0], F_SETFD, FD_CLOEXEC);
    return sockets[0];
}

static gboolean still_fails(const json *schedule, gpointer data)
{
    struct counts ignored = {0};
    g_autoptr(GPtrArray) broken = world_run(data, schedule, &ignored);
    return broken->len > 0;
}

static void show_failure(const struct world_options *options, const json *schedule, const GPtrArray *broken)
{
    g_autoptr(json) shortest = schedule_shorten(schedule, still_fails, (gpointer)options);
    g_autofree char *text = json_text_indented(shortest);
    g_autoptr(GString) told = g_string_new(NULL);
    g_string_append_printf(told, "seed %d:\n", (int)json_get_int(schedule, "seed", 0));
    for (guint i = 0; i < broken->len; i++)
        g_string_append_printf(told, "  %s\n", (const char *)g_ptr_array_index(broken, i));
    /* In one piece, since several write. */
    printf("%s%s\n", told->str, text);
    fflush(stdout);
}

struct order {
    gint64 from, seeds, jobs;
    const char *record;
    const char *schedule; /* file; in the place of seeds */
    gboolean disk;        /* schedule_make_disk() in the place of schedule_make() */
    gboolean clock;       /* schedule_make_clock() */
    gboolean verbose;
};

static json *read_schedule(const char *file)
{
    g_autofree char *text = NULL;
    gsize length = 0;
    g_autoptr(GError) error = NULL;
    json *schedule =
        g_file_get_contents(file, &text, &length, &error) ? json_parse(text, (gssize)length, &error) : NULL;
    if (schedule == NULL)
        g_error("%s: %s", file, error->message);
    return schedule;
}

/* Every jobs-th seed from the one at PLACE on. */
static struct counts run_seeds(const struct order *order, int place)
{
    g_autofree char *folder =
        g_strdup_printf("%s/perch-simulation-%d",
                        g_file_test("/dev/shm", G_FILE_TEST_IS_DIR) ? "/dev/shm" : g_get_tmp_dir(), (int)getpid());
    g_mkdir_with_parents(folder, 0700);
    const struct world_options options = {.perches = start_perches(SIMULATED_PERCH),
                                          .folder = folder,
                                          .record = order->record,
                                          .verbose = order->verbose};
    struct counts counts = {0};
    for (gint64 seed = order->from + place; seed < order->from + order->seeds; seed += order->jobs) {
        g_autoptr(json) schedule = order->schedule != NULL ? read_schedule(order->schedule)
                                   : order->disk           ? schedule_make_disk((guint64)seed)
                                   : order->clock          ? schedule_make_clock((guint64)seed)
                                                           : schedule_make((guint64)seed);
        g_autoptr(GPtrArray) broken = world_run(&options, schedule, &counts);
        if (broken->len > 0 && counts.failed <= MOST_SHOWN && !order->verbose)
            show_failure(&options, schedule, broken);
    }
    rmdir(folder);
    return counts;
}

/* A simulator and its perches take turns: on one processor they need not wake each other across two. */
static void stay_on_processor(int place)
{
    cpu_set_t allowed;
    cpu_set_t one;
    CPU_ZERO(&one);
    if (sched_getaffinity(0, sizeof allowed, &allowed) != 0)
        return;
    for (gsize cpu = 0; cpu < CPU_SETSIZE; cpu++)
        if (CPU_ISSET(cpu, &allowed) && place-- == 0)
            CPU_SET(cpu, &one);
    if (CPU_COUNT(&one) == 1)
        sched_setaffinity(0, sizeof one, &one);
}

/* Share ORDER out among processes, and add up what they counted. */
static struct counts run_jobs(const struct order *order)
{
    struct counts sum = {0};
    int pipes[2];
    if (pipe(pipes) != 0)
        g_error("no pipe");
    for (int place = 0; place < order->jobs; place++) {
        if (fork() != 0)
            continue;
        stay_on_processor(place);
        struct counts counts = run_seeds(order, place);
        gboolean told = write(pipes[1], &counts, sizeof counts) == (ssize_t)sizeof counts;
        _exit(told ? EXIT_SUCCESS : EXIT_FAILURE);
    }
    close(pipes[1]);
    for (gint64 place = 0; place < order->jobs; place++) {
        struct counts counts = {0};
        if (read(pipes[0], &counts, sizeof counts) != (ssize_t)sizeof counts)
            g_error("a simulator ended before its seeds did");
        counts_add(&sum, &counts);
    }
    while (wait(NULL) > 0)
        continue;
    close(pipes[0]);
    return sum;
}

int main(int argc, char **argv)
{
    struct order order = {.from = 1, .seeds = 300, .jobs = g_get_num_processors()};
    gint64 single = 0;
    g_autofree char *record = NULL;
    g_autofree char *schedule = NULL;
    const GOptionEntry entries[] = {
        {"seeds", 0, 0, G_OPTION_ARG_INT64, &order.seeds, "How many worlds (300)", "N"},
        {"from", 0, 0, G_OPTION_ARG_INT64, &order.from, "The first one's seed (1)", "N"},
        {"seed", 0, 0, G_OPTION_ARG_INT64, &single, "Only this one, with all that happens told", "N"},
        {"schedule", 0, 0, G_OPTION_ARG_FILENAME, &schedule, "As --seed, what a failure printed", "FILE"},
        {"disk", 0, 0, G_OPTION_ARG_NONE, &order.disk, "A fault of the disk at each write and fsync in turn", NULL},
        {"clock", 0, 0, G_OPTION_ARG_NONE, &order.clock, "A wrong clock, and each write's answer lost in turn", NULL},
        {"jobs", 0, 0, G_OPTION_ARG_INT64, &order.jobs, "How many at once (one a processor)", "N"},
        {"record", 0, 0, G_OPTION_ARG_FILENAME, &record, "Append what the tenants were asked to FILE", "FILE"},
        {NULL, 0, 0, G_OPTION_ARG_NONE, NULL, NULL, NULL},
    };
    g_autoptr(GError) error = NULL;
    g_autoptr(GOptionContext) context = g_option_context_new("- nothing twice, nothing lost");
    g_option_context_add_main_entries(context, entries, NULL);
    if (!g_option_context_parse(context, &argc, &argv, &error)) {
        fprintf(stderr, "%s\n", error->message);
        return 2;
    }
    json_init();
    if (sodium_init() < 0)
        return EXIT_FAILURE;
    order.record = record;
    order.schedule = schedule;
    order.verbose = single > 0 || schedule != NULL;
    order.from = single > 0 ? single : order.from;
    order.seeds = order.verbose ? 1 : order.seeds;
    order.jobs = CLAMP(order.jobs, 1, order.seeds);
    struct counts counts = run_jobs(&order);
    counts_print(&counts);
    return counts.failed > 0 ? EXIT_FAILURE : EXIT_SUCCESS;
}
