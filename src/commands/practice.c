/* SPDX-License-Identifier: MIT */
#include "commands/practice.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/error.h"
#include "base/loopback.h"
#include "base/suggest.h"

#define PROGRAM "perch-practice"
#define READY_PREFIX "listening "
#define FIRST_SOCKET 3 /* the descriptor that it has in the practice tenant */
#define CLOCK_RATE "60"
#define DEFAULT_SCENARIO "fresh"

struct practice {
    GPid process;
    int input;    /* it ends at the end of this */
    FILE *output; /* says when it is up */
    char *folder;
    char *url;
};

/* Beside this program and nowhere else: a PATH is somebody's to change. */
static char *program_path(GError **error)
{
    g_autofree char *self = g_file_read_link("/proc/self/exe", NULL);
    g_autofree char *folder = self != NULL ? g_path_get_dirname(self) : NULL;
    g_autofree char *path = folder != NULL ? g_build_filename(folder, PROGRAM, NULL) : NULL;
    if (path != NULL && g_file_test(path, G_FILE_TEST_IS_EXECUTABLE))
        return g_steal_pointer(&path);
    g_set_error(error, PERCH_ERROR, PERCH_ERROR_INTERNAL,
                "The practice tenant %s is not beside this program.\nBuild or install it too.",
                path != NULL ? path : PROGRAM);
    return NULL;
}

static void remove_tree(const char *folder)
{
    g_autoptr(GDir) entries = g_dir_open(folder, 0, NULL);
    for (const char *name = entries != NULL ? g_dir_read_name(entries) : NULL; name != NULL;
         name = g_dir_read_name(entries)) {
        g_autofree char *path = g_build_filename(folder, name, NULL);
        if (g_file_test(path, G_FILE_TEST_IS_DIR) && !g_file_test(path, G_FILE_TEST_IS_SYMLINK))
            remove_tree(path);
        else
            g_unlink(path);
    }
    g_rmdir(folder);
}

char *practice_scenarios(GError **error)
{
    g_autofree char *program = program_path(error);
    const char *const arguments[] = {program, "--scenario", "help", NULL};
    g_autoptr(GError) cause = NULL;
    g_autofree char *list = NULL;
    int status = 0;
    if (program == NULL)
        return NULL;
    if (g_spawn_sync(NULL, (char **)arguments, NULL, G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL, &list, NULL, &status,
                     &cause) &&
        g_spawn_check_wait_status(status, &cause))
        return g_steal_pointer(&list);
    g_set_error(error, PERCH_ERROR, PERCH_ERROR_INTERNAL,
                "The practice tenant does not say which scenarios it has: %s.", cause->message);
    return NULL;
}

/* The name is part of a path, so nothing but a scenario's name will do. */
static gboolean check_scenario(const char *name, GError **error)
{
    g_autofree char *list = practice_scenarios(error);
    if (list == NULL)
        return FALSE;
    /* A name is the first word of its line. */
    g_auto(GStrv) names = g_strsplit(g_strchomp(list), "\n", -1);
    for (char **each = names; *each != NULL; each++)
        (*each)[strcspn(*each, " ")] = '\0';
    if (g_strv_contains((const char *const *)names, name))
        return TRUE;
    g_autofree char *question = suggest_question(name, (const char *const *)names);
    g_autofree char *joined = g_strjoinv(", ", names);
    g_set_error(error, PERCH_ERROR, PERCH_ERROR_USAGE,
                "There is no practice scenario “%s”.%s\nThere are: %s. perch --practice=help says what each shows.",
                name, question, joined);
    return FALSE;
}

/* PRACTICE with its folder set begins to run PROGRAM, which has SOCKETS; they are closed here. */
static gboolean spawn(struct practice *practice, const char *program, const char *scenario, gboolean auto_approve,
                      const int sockets[LOOPBACK_SERVICES], GError **error)
{
    g_autofree char *store = g_build_filename(practice->folder, "store.json", NULL);
    g_autofree char *record = g_build_filename(practice->folder, "record.jsonl", NULL);
    const char *const arguments[] = {program,
                                     "--sockets",
                                     G_STRINGIFY(FIRST_SOCKET),
                                     "--scenario",
                                     scenario,
                                     "--clock-rate",
                                     CLOCK_RATE,
                                     "--end-with-parent",
                                     "--store",
                                     store,
                                     "--record",
                                     record,
                                     auto_approve ? "--auto-approve" : NULL,
                                     NULL};
    const GSpawnFlags flags = G_SPAWN_DO_NOT_REAP_CHILD | G_SPAWN_STDERR_TO_DEV_NULL | G_SPAWN_CLOEXEC_PIPES;
    int targets[LOOPBACK_SERVICES];
    int output = -1;
    g_autoptr(GError) cause = NULL;
    for (int i = 0; i < LOOPBACK_SERVICES; i++)
        targets[i] = FIRST_SOCKET + i;
    gboolean runs = g_spawn_async_with_pipes_and_fds(NULL, arguments, NULL, flags, NULL, NULL, -1, -1, -1, sockets,
                                                     targets, LOOPBACK_SERVICES, &practice->process, &practice->input,
                                                     &output, NULL, &cause);
    for (int i = 0; i < LOOPBACK_SERVICES; i++)
        close(sockets[i]);
    if (runs)
        practice->output = fdopen(output, "r");
    else
        g_set_error(error, PERCH_ERROR, PERCH_ERROR_INTERNAL, "The practice tenant does not start: %s.",
                    cause->message);
    return runs;
}

static void practice_free(struct practice *practice)
{
    g_free(practice->folder);
    g_free(practice->url);
    g_free(practice);
}

struct practice *practice_start(const char *state_dir, const char *scenario, gboolean start_over, gboolean auto_approve,
                                GError **error)
{
    const char *name = scenario != NULL ? scenario : DEFAULT_SCENARIO;
    g_autofree char *program = program_path(error);
    g_autofree char *base = g_build_filename(state_dir, "practice", NULL);
    g_autofree char *folder = g_build_filename(base, name, NULL);
    const gboolean was_used =
        g_ascii_isalnum(*name) && strchr(name, G_DIR_SEPARATOR) == NULL && g_file_test(folder, G_FILE_TEST_IS_DIR);
    int sockets[LOOPBACK_SERVICES];
    /* To ask which scenarios there are takes a start of the practice tenant: not for one that is known. */
    if (program == NULL || (scenario != NULL && !was_used && !check_scenario(name, error)))
        return NULL;
    if (start_over)
        remove_tree(folder);
    if (g_mkdir_with_parents(folder, 0700) != 0) {
        g_set_error(error, PERCH_ERROR, PERCH_ERROR_STATE, "Cannot make the folder %s.", folder);
        return NULL;
    }
    if (!loopback_listen(0, sockets, error))
        return NULL;
    g_autofree char *url = g_strdup_printf("http://%s:%d", loopback_addresses[0], loopback_port(sockets[0]));
    struct practice *practice = g_new0(struct practice, 1);
    practice->folder = g_steal_pointer(&folder);
    practice->url = g_steal_pointer(&url);
    if (spawn(practice, program, name, auto_approve, sockets, error))
        return practice;
    practice_free(practice);
    return NULL;
}

int practice_file(const struct practice *practice)
{
    return fileno(practice->output);
}

gboolean practice_is_up(const struct practice *practice, GError **error)
{
    char line[sizeof READY_PREFIX];
    if (fgets(line, sizeof line, practice->output) != NULL && strcmp(line, READY_PREFIX) == 0)
        return TRUE;
    g_set_error(error, PERCH_ERROR, PERCH_ERROR_INTERNAL,
                "The practice tenant did not come up.\nIts store may be damaged: --practice-new starts it over.");
    return FALSE;
}

void practice_stop(struct practice *practice)
{
    if (practice == NULL)
        return;
    close(practice->input);
    while (waitpid(practice->process, NULL, 0) < 0 && errno == EINTR)
        continue;
    fclose(practice->output);
    practice_free(practice);
}

const char *practice_url(const struct practice *practice)
{
    return practice->url;
}

const char *practice_state_dir(const struct practice *practice)
{
    return practice->folder;
}
