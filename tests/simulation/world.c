/* SPDX-License-Identifier: MIT */
#include "simulation/world.h"

#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/clock.h"
#include "simulation/folders.h"
#include "simulation/judge.h"
#include "simulation/tenant_door.h"
#include "simulation/virtual_time.h"
#include "simulation/wire.h"
#include "simulation/world_private.h"
#include "support/support.h"

#define DOMAIN "contoso.onmicrosoft.com"
#define MOST_REQUESTS 3000
#define LONGEST_RUN (12 * 3600 * (gint64)G_USEC_PER_SEC)
#define SETTLE_TRIES 8
#define SETTLE (2400 * (gint64)G_USEC_PER_SEC)
/* A backup is not put back within the minutes in which what was made last may be invisible. */
#define RESTORE (3600 * (gint64)G_USEC_PER_SEC)
#define LONGEST_SLOWNESS 55

/* One perch at work. */
struct runner {
    const char *who;
    int socket;
    pid_t pid;
    json *requests; /* that it waits for, oldest first */
    gint64 until;   /* that it waits for besides; -1: nothing */
    gint64 reads, writes, waits;
    guint asked;
    gint64 began;
    const json *faults;
    json *told; /* [{"kind"}] of what its log said that an answer had been lost */
    json *end;  /* what it said at the end */
    gboolean killed;
};

static void tell(const struct world *world, const char *format, ...) G_GNUC_PRINTF(2, 3);
static void tell(const struct world *world, const char *format, ...)
{
    if (!world->options->verbose)
        return;
    va_list arguments;
    va_start(arguments, format);
    fprintf(stderr, "%8.1f  ", (double)virtual_time_now() / G_USEC_PER_SEC);
    vfprintf(stderr, format, arguments);
    fputc('\n', stderr);
    va_end(arguments);
}

static gboolean tells_date_only(const struct world *world)
{
    return json_get_bool(world->schedule, "dateOnly", FALSE);
}

static void pass(gint64 microseconds)
{
    virtual_time_set(virtual_time_now() + microseconds);
}

static struct runner *start_runner(struct world *world, const json *run)
{
    int sockets[2];
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, sockets) != 0)
        g_error("no socket for a run");
    struct runner *runner = g_new0(struct runner, 1);
    runner->who = json_get_string(run, "who");
    g_autofree char *folder = g_build_filename(world->folder, runner->who, NULL);
    g_autoptr(json) order = json_from("{'stateDir':%s,'url':%s,'answers':%s,'domain':%s,'command':%s,'now':%d,"
                                      "'skew':%d,'disk':%j,'quiet':%b}",
                                      folder, door_url(), world->answers, DOMAIN, json_get_string(run, "run"),
                                      virtual_time_now(), json_get_int(run, "skew", 0) * G_USEC_PER_SEC + world->skew,
                                      json_get(run, "disk"), !world->options->verbose);
    g_autoptr(json) started = NULL;
    if (wire_send_descriptor(world->options->perches, order, sockets[1]))
        started = wire_receive(world->options->perches);
    if (started == NULL)
        g_error("the simulated perch is gone");
    close(sockets[1]);
    runner->socket = sockets[0];
    runner->pid = (pid_t)json_get_int(started, "pid", 0);
    runner->requests = json_new_array();
    runner->told = json_new_array();
    runner->until = -1;
    runner->began = virtual_time_now();
    runner->faults = json_get(run, "faults");
    world->counts->runs++;
    world->counts->undos += strcmp(json_get_string(run, "run"), "undo") == 0;
    world->counts->disk_full += g_strcmp0(json_get_string(json_get(run, "disk"), "disk"), "full") == 0;
    world->counts->skews += json_get(run, "skew") != NULL;
    tell(world, "%s: %s", runner->who, json_get_string(run, "run"));
    return runner;
}

/* Its locks are free only when the process is gone, which is after its socket is. */
static void await_process(pid_t pid)
{
    int process = (int)syscall(SYS_pidfd_open, pid, 0);
    struct pollfd ended = {.fd = process, .events = POLLIN};
    if (process < 0)
        return;
    poll(&ended, 1, -1);
    close(process);
}

static void stop_runner(struct world *world, struct runner *runner, enum kill_phase phase)
{
    kill(runner->pid, SIGKILL);
    runner->killed = TRUE;
    world->counts->kills[phase]++;
    tell(world, "%s: killed", runner->who);
}

/* What RUNNER says next. FALSE once it has ended. */
static gboolean listen_to(struct world *world, struct runner *runner)
{
    g_autoptr(json) said = wire_receive(runner->socket);
    const char *dies = json_get_string(said, "dies");
    if (dies != NULL) {
        world->counts->kills[strcmp(dies, "fsync") == 0 ? KILL_AT_FSYNC : KILL_AT_FILE_WRITE]++;
        tell(world, "%s: dies at a file's %s", runner->who, dies);
        json_append(world->in_doubt,
                    json_from("{'who':%s,'name':%s,'at':%d}", runner->who, ANY_NAME, virtual_time_now()));
    }
    if (json_get_string(said, "tells") != NULL) {
        json_append(runner->told, json_from("{'kind':%s}", json_get_string(said, "tells")));
        return listen_to(world, runner);
    }
    if (said == NULL && !runner->killed)
        world_broken(world, &world->counts->crashed, "A run of %s crashed.", runner->who);
    if (said == NULL || dies != NULL) {
        runner->killed = TRUE;
        return FALSE;
    }
    if (json_get(said, "end") != NULL) {
        runner->end = g_steal_pointer(&said);
        return FALSE;
    }
    runner->until = json_get_int(said, "until", -1);
    json_for_each (request, json_get(said, "requests"))
        json_append(runner->requests, json_copy(request));
    return TRUE;
}

static const char *fault_for(struct world *world, struct runner *runner, const json *request)
{
    gint64 write = door_is_write(request) ? ++runner->writes : 0;
    gint64 read = door_is_read(request) ? ++runner->reads : 0;
    enum call_kind call = call_kind_of(json_get_string(request, "method"));
    json_for_each (fault, runner->faults) {
        if ((write > 0 && json_get_int(fault, "write", 0) == write) ||
            (read > 0 && json_get_int(fault, "read", 0) == read)) {
            counts_fault(world->counts, json_get_string(fault, "kind"), call);
            return json_get_string(fault, "kind");
        }
    }
    return "";
}

static json *answer(int status, const char *body)
{
    return json_from("{'outcome':'answered','status':%d,'contentType':'application/json','body':%s}", (gint64)status,
                     body);
}

static json *error_reply(int status)
{
    return answer(status, "{\"error\":{\"code\":\"generalException\",\"message\":\"An error occurred.\"}}");
}

/* A creation that the tenant never saw, and whose sender cannot know that: what somebody else makes after it looks like
 * what came of it. */
static void note_doubt(struct world *world, const struct runner *runner, const json *request)
{
    const char *text = json_get_string(request, "body");
    if (!door_is_write(request) || strcmp(json_get_string(request, "method"), "POST") != 0 || text == NULL)
        return;
    g_autoptr(json) body = json_parse(text, -1, NULL);
    const char *name = json_get_string(body, "displayName");
    json_append(world->in_doubt,
                json_from("{'who':%s,'name':%s,'at':%d}", runner->who, name != NULL ? name : "", virtual_time_now()));
}

/* Carry REQUEST out where its answer will not come through: a refusal is not known either. Caller frees. */
static json *ask_in_vain(struct world *world, const struct runner *runner, const json *request, gint64 lag)
{
    json *reply = door_ask(world->door, runner->who, request, lag);
    if (json_get_int(reply, "status", 0) >= 400)
        note_doubt(world, runner, request);
    return reply;
}

/* How the request fares under the fault KIND. NULL: the perch was killed. Caller frees. */
static json *fare(struct world *world, struct runner *runner, const json *request, const char *kind, gint64 lag)
{
    int status = (int)g_ascii_strtoll(kind, NULL, 10);
    if (g_str_has_prefix(kind, "kill-")) {
        gboolean after = strcmp(kind, "kill-after") == 0;
        if (after)
            json_free(ask_in_vain(world, runner, request, lag));
        else
            note_doubt(world, runner, request);
        stop_runner(world, runner,
                    door_is_write(request) ? (after ? KILL_AFTER_WRITE : KILL_BEFORE_WRITE)
                                           : (after ? KILL_AFTER_READ : KILL_BEFORE_READ));
        return NULL;
    }
    if (g_str_has_prefix(kind, "tenant-dies")) {
        if (strcmp(kind, "tenant-dies-after") == 0)
            json_free(ask_in_vain(world, runner, request, lag));
        door_restart(world->door);
        world->counts->kills[KILL_TENANT_AT_WORK]++;
    }
    if (strcmp(kind, "slow") == 0)
        pass(g_rand_int_range(world->rand, 1, LONGEST_SLOWNESS) * G_USEC_PER_SEC);
    gboolean unseen = strcmp(kind, "lost-before") == 0 || strcmp(kind, "tenant-dies") == 0 ||
                      g_str_has_prefix(kind, "redirect") || strcmp(kind, "404") == 0 ||
                      (status >= 500 && !g_str_has_suffix(kind, "-done"));
    if (unseen && door_is_write(request))
        note_doubt(world, runner, request);
    if (strcmp(kind, "lost-before") == 0 || g_str_has_prefix(kind, "tenant-dies"))
        return json_from("{'outcome':'lost'}");
    if (strcmp(kind, "redirect") == 0)
        return json_from("{'outcome':'answered','status':302,'location':'http://127.0.0.1:9/login'}");
    if (strcmp(kind, "redirect-own") == 0)
        return json_from("{'outcome':'answered','status':302,'location':'/sign-in'}");
    if (strcmp(kind, "empty") == 0)
        return answer(200, "{\"value\":[]}");
    if (status != 0 && !g_str_has_suffix(kind, "-done")) {
        json *refusal = error_reply(status);
        if (g_str_has_suffix(kind, "-later"))
            json_set_int(refusal, "retryAfter", g_rand_int_range(world->rand, 1, 30));
        return refusal;
    }
    gboolean is_hidden = strcmp(kind, "lost-after") == 0 || g_str_has_suffix(kind, "-done");
    if (is_hidden) {
        json_free(ask_in_vain(world, runner, request, lag));
        return status != 0 ? error_reply(status) : json_from("{'outcome':'lost'}");
    }
    json *reply = strcmp(kind, "unreadable") == 0 ? ask_in_vain(world, runner, request, lag)
                                                  : door_ask(world->door, runner->who, request, lag);
    if (strcmp(kind, "unreadable") == 0)
        json_set_string(reply, "body", "{\"id\":\"");
    if (strcmp(kind, "no-id") == 0 && json_get_int(reply, "status", 0) < 300)
        json_set_string(reply, "body", "{}");
    return reply;
}

static gint64 lag_of_reading(struct world *world)
{
    const json *lags = json_get(world->schedule, "lags");
    gint32 replica = g_rand_int_range(world->rand, 0, MAX(json_length(lags), 1));
    gint64 lag = world->in_peace ? 0 : json_get_int(json_at(lags, replica), "seconds", 0) * G_USEC_PER_SEC;
    world->counts->stale += lag > 0;
    return lag;
}

/* What REPLY tells of the time. */
static void tell_time(const struct world *world, json *reply)
{
    g_autofree char *time = door_time(world->door);
    if (!tells_date_only(world)) {
        if (json_get(reply, "time") == NULL)
            json_set_string(reply, "time", time);
        return;
    }
    json_remove(reply, "time");
    json_set_int(reply, "date", clock_parse(time) / G_USEC_PER_SEC * G_USEC_PER_SEC);
}

static void serve(struct world *world, struct runner *runner)
{
    g_autoptr(json) request = json_detach_at(runner->requests, 0);
    const char *kind = fault_for(world, runner, request);
    pass(g_rand_int_range(world->rand, 20000, 300000));
    g_autoptr(json) reply = fare(world, runner, request, kind, lag_of_reading(world));
    runner->asked++;
    world->counts->requests++;
    world->counts->writes += door_is_write(request) ? 1 : 0;
    if (door_is_write(request) || *kind != '\0')
        tell(world, "%s: %s %s %s %d", runner->who, json_get_string(request, "method"), json_get_string(request, "url"),
             kind, (int)json_get_int(reply, "status", 0));
    if (reply == NULL)
        return;
    json_set_int(reply, "id", json_get_int(request, "id", 0));
    tell_time(world, reply);
    g_autoptr(json) message = json_from("{'now':%d,'reply':%j}", virtual_time_now(), reply);
    wire_send(runner->socket, message);
}

static struct runner *choose(struct world *world, GPtrArray *runners)
{
    g_autoptr(GPtrArray) asking = g_ptr_array_new();
    for (guint i = 0; i < runners->len; i++)
        if (json_length(((struct runner *)g_ptr_array_index(runners, i))->requests) > 0)
            g_ptr_array_add(asking, g_ptr_array_index(runners, i));
    if (asking->len == 0)
        return NULL;
    return g_ptr_array_index(asking, (guint)g_rand_int_range(world->rand, 0, (gint32)asking->len));
}

static gboolean dies_waiting(struct world *world, struct runner *runner)
{
    gint64 wait = ++runner->waits;
    json_for_each (fault, runner->faults) {
        if (json_get_int(fault, "wait", 0) != wait)
            continue;
        stop_runner(world, runner, KILL_WAITING);
        return TRUE;
    }
    return FALSE;
}

/* Nobody asks anything: move the clock to what is due first. */
static struct runner *advance(struct world *world, GPtrArray *runners)
{
    struct runner *first = NULL;
    for (guint i = 0; i < runners->len; i++) {
        struct runner *runner = g_ptr_array_index(runners, i);
        if (first == NULL || runner->until < first->until)
            first = runner;
    }
    if (dies_waiting(world, first))
        return first;
    virtual_time_set(MAX(virtual_time_now(), first->until));
    g_autoptr(json) message = json_from("{'now':%d,'reply':null}", virtual_time_now());
    wire_send(first->socket, message);
    return first;
}

static gboolean is_endless(struct world *world, struct runner *runner)
{
    if (runner->asked < MOST_REQUESTS && virtual_time_now() - runner->began < LONGEST_RUN)
        return FALSE;
    world_broken(world, &world->counts->endless, "A run of %s did not end: %u requests, %d minutes.", runner->who,
                 runner->asked, (int)((virtual_time_now() - runner->began) / (60 * G_USEC_PER_SEC)));
    kill(runner->pid, SIGKILL);
    return TRUE;
}

static void end_runner(struct world *world, struct runner *runner)
{
    await_process(runner->pid);
    close(runner->socket);
    json **last = &world->last[world_place(runner->who)];
    json_free(*last);
    *last = g_steal_pointer(&runner->end);
    judge_admissions(world, runner->who, runner->told);
    json_free(runner->told);
    tell(world, "%s: ended %d %s", runner->who, (int)json_get_int(*last, "end", -1),
         json_get_string(*last, "error") != NULL ? json_get_string(*last, "error") : "");
    json_free(runner->requests);
    g_free(runner);
}

/* Carry RUNS out side by side. */
static void carry_out(struct world *world, const json *const *runs, guint count)
{
    g_autoptr(GPtrArray) runners = g_ptr_array_new();
    for (guint i = 0; i < count; i++) {
        struct runner *runner = start_runner(world, runs[i]);
        if (listen_to(world, runner))
            g_ptr_array_add(runners, runner);
        else
            end_runner(world, runner);
    }
    while (runners->len > 0) {
        struct runner *runner = choose(world, runners);
        if (runner != NULL)
            serve(world, runner);
        else
            runner = advance(world, runners);
        if (!is_endless(world, runner) && listen_to(world, runner))
            continue;
        g_ptr_array_remove(runners, runner);
        end_runner(world, runner);
    }
}

static void carry_out_one(struct world *world, const char *command, const char *who)
{
    g_autoptr(json) run = json_from("{'run':%s,'who':%s}", command, who);
    const json *runs[] = {run};
    carry_out(world, runs, 1);
}

static void keep_folder(struct world *world, const char *who)
{
    g_autofree char *folder = g_build_filename(world->folder, who, NULL);
    g_autofree char *kept = g_strconcat(folder, ".kept", NULL);
    if (!folder_copy(folder, kept))
        return;
    world->kept[world_place(who)] = virtual_time_now();
    tell(world, "%s keeps a copy of the state folder", who);
}

static void restore_folder(struct world *world, const char *who)
{
    g_autofree char *folder = g_build_filename(world->folder, who, NULL);
    g_autofree char *kept = g_strconcat(folder, ".kept", NULL);
    gint64 from = world->kept[world_place(who)];
    if (from == 0 || !folder_copy(kept, folder))
        return;
    json_append(world->forgotten, json_from("{'who':%s,'from':%d,'until':%d}", who, from, virtual_time_now()));
    world->counts->restored++;
    pass(RESTORE);
    tell(world, "%s puts the copy of the state folder back", who);
}

static void do_item(struct world *world, const json *item)
{
    const json *both = json_get(item, "both");
    const char *hand = json_get_string(item, "hand");
    if (both != NULL) {
        const json *runs[] = {json_at(both, 0), json_at(both, 1)};
        world->two = TRUE;
        world->counts->side_by_side++;
        carry_out(world, runs, 2);
    } else if (json_get(item, "run") != NULL) {
        world->two = world->two || strcmp(json_get_string(item, "who"), "ben") == 0;
        carry_out(world, &item, 1);
    } else if (hand != NULL) {
        const struct door_object *taken = door_newest(world->door, json_get_string(item, "collection"));
        gboolean done = door_by_hand(world->door, hand, json_get_string(item, "collection"));
        if (done && strcmp(hand, "remove") == 0)
            /* Its maker may not know yet that it was made. */
            json_append(world->in_doubt,
                        json_from("{'who':%s,'name':%s,'at':%d}", taken->maker, taken->name, taken->made));
        world->counts->by_hand += done ? 1 : 0;
        world->touched = world->touched || done;
        tell(world, "by hand: %s %s%s", hand, json_get_string(item, "collection"), done ? "" : " (nothing there)");
    } else if (json_get(item, "pass") != NULL) {
        pass(json_get_int(item, "pass", 0) * G_USEC_PER_SEC);
    } else if (json_get(item, "keep") != NULL) {
        keep_folder(world, json_get_string(item, "keep"));
    } else if (json_get(item, "restore") != NULL) {
        restore_folder(world, json_get_string(item, "restore"));
    } else if (json_get(item, "jump") != NULL) {
        world->counts->jumps++;
        if (tells_date_only(world))
            world->skew += json_get_int(item, "jump", 0) * G_USEC_PER_SEC;
        else
            door_jump(world->door, json_get_int(item, "jump", 0) * G_USEC_PER_SEC);
        tell(world, "the clock jumps %d s", (int)json_get_int(item, "jump", 0));
    } else {
        door_restart(world->door);
        world->counts->kills[KILL_TENANT_IDLE]++;
        tell(world, "the tenant starts again");
    }
}

/* Let WHO's perch do COMMAND until it has nothing left that time alone would settle. */
static void settle(struct world *world, const char *command, const char *who)
{
    for (int i = 0; i < SETTLE_TRIES; i++) {
        pass(SETTLE);
        carry_out_one(world, command, who);
        gint64 end = json_get_int(world_last(world, who), "end", -1);
        if (end == 0 || end == 5 || end == 2)
            return;
    }
}

static void come_to_rest(struct world *world)
{
    static const char *const everybody[] = {"ann", "ben"};
    guint count = world->two ? 2 : 1;
    world->in_peace = TRUE;
    for (guint i = 0; i < count; i++)
        settle(world, "apply", everybody[i]);
    for (guint i = 0; i < count; i++) {
        pass(SETTLE);
        carry_out_one(world, "check", everybody[i]);
        judge_board(world, everybody[i]);
        world->checked[i] = json_copy(json_get(world_last(world, everybody[i]), "board"));
    }
    world->rested = virtual_time_now();
    judge_objects(world);
    for (guint i = 0; json_is_true(json_get(world->schedule, "undo")) && i < count; i++) {
        settle(world, "undo", everybody[i]);
        judge_undo(world, everybody[i]);
    }
    judge_foreign(world);
}

static char *write_answers(const struct world *world)
{
    g_autofree char *text = NULL;
    g_autoptr(GError) error = NULL;
    if (!g_file_get_contents(PERCH_TEST_DATA "/answers.json", &text, NULL, &error))
        g_error("%s", error->message);
    g_autoptr(json) answers = json_parse(text, -1, NULL);
    const json *decisions = json_get(world->schedule, "decisions");
    if (decisions != NULL)
        json_set(answers, "decisions", json_copy(decisions));
    char *file = g_build_filename(world->folder, "answers.json", NULL);
    g_autofree char *made = json_text(answers);
    if (!g_file_set_contents_full(file, made, -1, G_FILE_SET_CONTENTS_NONE, 0600, &error))
        g_error("%s", error->message);
    return file;
}

void world_broken(struct world *world, guint *count, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    char *sentence = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    (*count)++;
    tell(world, "BROKEN: %s", sentence);
    g_ptr_array_add(world->broken, sentence);
}

int world_place(const char *who)
{
    return strcmp(who, "ann") == 0 ? 0 : 1;
}

const json *world_last(const struct world *world, const char *who)
{
    return world->last[world_place(who)];
}

GPtrArray *world_run(const struct world_options *options, const json *schedule, struct counts *counts)
{
    guint32 seed = (guint32)json_get_int(schedule, "seed", 1);
    struct world world = {.options = options, .schedule = schedule, .counts = counts};
    world.in_doubt = json_new_array();
    world.admitted = json_new_array();
    world.forgotten = json_new_array();
    virtual_time_set(G_USEC_PER_SEC);
    world.rand = g_rand_new_with_seed(seed);
    world.folder = g_strdup_printf("%s/%u", options->folder, seed);
    g_mkdir_with_parents(world.folder, 0700);
    world.answers = write_answers(&world);
    world.broken = g_ptr_array_new_with_free_func(g_free);
    world.door = door_open(json_get_string(schedule, "scenario"), options->record);
    json_for_each (item, json_get(schedule, "items"))
        do_item(&world, item);
    come_to_rest(&world);
    counts->seeds++;
    counts->failed += world.broken->len > 0;
    door_close(world.door);
    scratch_remove(world.folder);
    json_free(world.last[0]);
    json_free(world.last[1]);
    json_free(world.checked[0]);
    json_free(world.checked[1]);
    json_free(world.in_doubt);
    json_free(world.admitted);
    json_free(world.forgotten);
    g_rand_free(world.rand);
    g_free(world.folder);
    g_free(world.answers);
    return world.broken;
}
