/* SPDX-License-Identifier: MIT */
/* The terminal after a console that was killed, in a pseudo-terminal, with libvterm as the screen. */
#include "secrets/guardian.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>
#include <utmp.h>
#include <vterm.h>

#include "support/support.h"

#define ROWS 24
#define COLUMNS 80

/* ---- the console under guard: the same program, started with --console HOW ---- */

static volatile sig_atomic_t asked_to_end;
static volatile sig_atomic_t asked_to_stop;
static volatile sig_atomic_t interrupts;
static gboolean counts_interrupts;

static void say(const char *text)
{
    gsize left = strlen(text);
    while (left > 0) {
        gssize written = write(STDOUT_FILENO, text, left);
        if (written <= 0)
            return;
        text += written;
        left -= (gsize)written;
    }
}

static void on_signal(int number)
{
    if (number == SIGTSTP)
        asked_to_stop = 1;
    else if (counts_interrupts && number == SIGINT)
        interrupts++;
    else
        asked_to_end = 1;
}

static void handle(int number)
{
    struct sigaction action = {.sa_handler = on_signal};
    sigaction(number, &action, NULL);
}

static void take_keyboard(struct termios *former)
{
    tcgetattr(STDIN_FILENO, former);
    struct termios modes = *former;
    modes.c_lflag &= ~(tcflag_t)(ICANON | ECHO | IEXTEN);
    modes.c_iflag &= ~(tcflag_t)(IXON | ICRNL);
    modes.c_oflag &= ~(tcflag_t)OPOST;
    tcsetattr(STDIN_FILENO, TCSADRAIN, &modes);
}

static void take_terminal(struct termios *former)
{
    take_keyboard(former);
    say("\033[22;0t\033[?1049h\033[2J\033[5;20r\033[?1000h\033[?1002h\033[?1006h\033[?1004h\033[?2004h\033[?1h\033="
        "\033[?25l\033[?7l\033[1;7;31m\033(0");
}

static void give_terminal_back(const struct termios *former)
{
    say("\033(B\033[0m\033[r\033[?7h\033[?1l\033>\033[?2004l\033[?1004l\033[?1006l\033[?1002l\033[?1000l\033[?25h"
        "\033[?1049l\033[23;0t");
    tcsetattr(STDIN_FILENO, TCSADRAIN, former);
}

static int overflow_stack(volatile char *above)
{
    volatile char block[65536];
    block[0] = above != NULL ? above[0] : 0;
    if (block[0] != 0)
        return 1;
    return overflow_stack(block) + block[0];
}

static void announce(const char *what)
{
    g_autofree char *text = g_strdup_printf("\033(B%s %d;", what, getpid());
    say(text);
}

static void stop(struct termios *former)
{
    asked_to_stop = 0;
    give_terminal_back(former);
    raise(SIGSTOP);
    take_terminal(former);
    announce("CONTINUED");
}

/* Run until a signal that is caught, a 'q', or for ever. */
static void wait_to_be_ended(struct termios *former)
{
    char key = 0;
    sigset_t all;
    sigset_t none;
    sigfillset(&all);
    sigprocmask(SIG_SETMASK, &all, &none);
    while (key != 'q' && !asked_to_end) {
        if (asked_to_stop)
            stop(former);
        struct pollfd ready = {.fd = STDIN_FILENO, .events = POLLIN};
        if (ppoll(&ready, 1, NULL, &none) > 0 && read(STDIN_FILENO, &key, 1) <= 0)
            return;
    }
}

/* Signals do what they do by themselves, whatever a sanitizer or a shell arranged. */
static void prepare_process(void)
{
    const struct rlimit none = {0, 0};
    setrlimit(RLIMIT_CORE, &none);
    for (int number = 1; number < 32; number++)
        signal(number, SIG_DFL);
}

static int console(void *data)
{
    const char *how = data;
    prepare_process();
    struct termios former;
    if (g_str_equal(how, "begun"))
        take_keyboard(&former);
    if (g_str_equal(how, "begun") || g_str_equal(how, "undrawn")) {
        announce("READY");
        pause();
    }
    take_terminal(&former);
    counts_interrupts = g_str_equal(how, "counts");
    if (g_str_equal(how, "careful") || counts_interrupts)
        for (int number = 1; number < 32; number++)
            if (number != SIGKILL && number != SIGSTOP && number != SIGTSTP && number != SIGCHLD)
                handle(number);
    if (g_str_equal(how, "job"))
        handle(SIGTSTP);
    if (counts_interrupts)
        kill(0, SIGINT);
    announce("READY");
    if (g_str_equal(how, "abort"))
        abort();
    if (g_str_equal(how, "overflow"))
        return overflow_stack(NULL);
    if (g_str_equal(how, "exit"))
        _exit(3);
    wait_to_be_ended(&former);
    give_terminal_back(&former);
    return counts_interrupts ? (int)interrupts : 7;
}

/* ---- the terminal ---- */

struct terminal {
    pid_t pid; /* of the guardian, or of the shell */
    int master;
    struct termios before;
    GString *output;
    VTerm *screen;
    gboolean alternate;
    gboolean cursor;
    int mouse;
    int status;
};

static int on_property(VTermProp property, VTermValue *value, void *data)
{
    struct terminal *terminal = data;
    if (property == VTERM_PROP_ALTSCREEN)
        terminal->alternate = value->boolean != 0;
    if (property == VTERM_PROP_CURSORVISIBLE)
        terminal->cursor = value->boolean != 0;
    if (property == VTERM_PROP_MOUSE)
        terminal->mouse = value->number;
    return 1;
}

static const VTermScreenCallbacks callbacks = {.settermprop = on_property};

static void prepare_screen(struct terminal *terminal)
{
    terminal->screen = vterm_new(ROWS, COLUMNS);
    VTermScreen *screen = vterm_obtain_screen(terminal->screen);
    vterm_screen_set_callbacks(screen, &callbacks, terminal);
    vterm_screen_enable_altscreen(screen, 1);
    vterm_screen_reset(screen, 1);
    terminal->cursor = TRUE;
}

static const char *own_program(void)
{
    static char path[4096];
    gssize length = readlink("/proc/self/exe", path, sizeof path - 1);
    assert_true(length > 0);
    path[length] = '\0';
    return path;
}

static struct terminal *terminal_start(const char *const *arguments)
{
    struct terminal *terminal = g_new0(struct terminal, 1);
    struct winsize size = {.ws_row = ROWS, .ws_col = COLUMNS};
    terminal->output = g_string_new(NULL);
    prepare_screen(terminal);
    int slave = -1;
    assert_int_equal(openpty(&terminal->master, &slave, NULL, NULL, &size), 0);
    assert_int_equal(tcgetattr(slave, &terminal->before), 0);
    fcntl(terminal->master, F_SETFD, FD_CLOEXEC);
    terminal->pid = fork();
    if (terminal->pid == 0) {
        login_tty(slave);
        unsetenv("COLUMNS");
        unsetenv("LINES");
        setenv("TERM", "xterm-256color", 1);
        setenv("PS1", "prompt> ", 1);
        execvp(arguments[0], (char *const *)(gintptr)arguments);
        _exit(127);
    }
    close(slave);
    assert_true(terminal->pid > 0);
    return terminal;
}

static void terminal_free(struct terminal *terminal)
{
    close(terminal->master);
    g_string_free(terminal->output, TRUE);
    vterm_free(terminal->screen);
    g_free(terminal);
}

/* FALSE at the end: nobody holds the terminal any more. */
static gboolean take_output(struct terminal *terminal, gint64 deadline)
{
    char bytes[4096];
    struct pollfd ready = {.fd = terminal->master, .events = POLLIN};
    gint64 left = (deadline - g_get_monotonic_time()) / 1000;
    if (left <= 0 || poll(&ready, 1, (int)left) <= 0)
        fail_msg("nothing more came after: %s", terminal->output->str);
    gssize got = read(terminal->master, bytes, sizeof bytes);
    if (got <= 0)
        return FALSE;
    g_string_append_len(terminal->output, bytes, got);
    vterm_input_write(terminal->screen, bytes, (gsize)got);
    return TRUE;
}

/* Wait until TEXT came after the first FROM bytes; where it ends. */
static gsize wait_for(struct terminal *terminal, const char *text, gsize from)
{
    gint64 deadline = g_get_monotonic_time() + PATIENCE;
    for (;;) {
        const char *found = strstr(terminal->output->str + from, text);
        if (found != NULL)
            return (gsize)(found - terminal->output->str) + strlen(text);
        if (!take_output(terminal, deadline))
            fail_msg("ended without '%s': %s", text, terminal->output->str);
    }
}

/* The number that the console told after WORD. */
static pid_t wait_for_pid(struct terminal *terminal, const char *word)
{
    gsize at = wait_for(terminal, word, 0);
    wait_for(terminal, ";", at);
    return (pid_t)g_ascii_strtoll(terminal->output->str + at, NULL, 10);
}

static void type(struct terminal *terminal, const char *text)
{
    assert_int_equal(write(terminal->master, text, strlen(text)), (int)strlen(text));
}

static void wait_for_end(struct terminal *terminal)
{
    gint64 deadline = g_get_monotonic_time() + PATIENCE;
    while (take_output(terminal, deadline))
        continue;
    assert_int_equal(waitpid(terminal->pid, &terminal->status, 0), terminal->pid);
}

static void assert_off(const struct terminal *terminal, const char *mode)
{
    g_autofree char *on = g_strdup_printf("\033[?%sh", mode);
    g_autofree char *off = g_strdup_printf("\033[?%sl", mode);
    const char *last_on = g_strrstr(terminal->output->str, on);
    const char *last_off = g_strrstr(terminal->output->str, off);
    if (last_on != NULL && (last_off == NULL || last_off < last_on))
        fail_msg("mode %s is still on", mode);
}

static void assert_modes_as_before(const struct terminal *terminal)
{
    struct termios now;
    assert_int_equal(tcgetattr(terminal->master, &now), 0);
    assert_int_equal(now.c_iflag, terminal->before.c_iflag);
    assert_int_equal(now.c_oflag, terminal->before.c_oflag);
    assert_int_equal(now.c_cflag, terminal->before.c_cflag);
    assert_int_equal(now.c_lflag, terminal->before.c_lflag);
    assert_memory_equal(now.c_cc, terminal->before.c_cc, sizeof now.c_cc);
}

/* What a shell would print now is plain text on the ordinary screen. */
static void assert_plain_text(struct terminal *terminal)
{
    VTermPos cursor;
    VTermScreenCell cell;
    vterm_state_get_cursorpos(vterm_obtain_state(terminal->screen), &cursor);
    vterm_input_write(terminal->screen, "q", 1);
    assert_int_equal(vterm_screen_get_cell(vterm_obtain_screen(terminal->screen), cursor, &cell), 1);
    assert_int_equal(cell.chars[0], 'q');
    assert_false(cell.attrs.bold || cell.attrs.reverse);
    assert_true(VTERM_COLOR_IS_DEFAULT_FG(&cell.fg));
}

static void assert_whole(struct terminal *terminal)
{
    static const char *const modes[] = {"2004", "1004", "1000", "1002", "1006", "1049", "1"};
    assert_modes_as_before(terminal);
    assert_false(terminal->alternate);
    assert_true(terminal->cursor);
    assert_int_equal(terminal->mouse, 0);
    for (gsize i = 0; i < G_N_ELEMENTS(modes); i++)
        assert_off(terminal, modes[i]);
    assert_plain_text(terminal);
}

static struct terminal *console_start(const char *how)
{
    const char *arguments[] = {own_program(), "--console", how, NULL};
    return terminal_start(arguments);
}

/* ---- the tests ---- */

static const int deadly[] = {SIGHUP,  SIGINT,  SIGQUIT, SIGILL,  SIGTRAP, SIGABRT, SIGBUS,  SIGFPE,
                             SIGKILL, SIGUSR1, SIGSEGV, SIGUSR2, SIGPIPE, SIGALRM, SIGTERM, SIGSYS};

static void test_the_terminal_is_whole_after_each_signal(void **state)
{
    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(deadly); i++) {
        struct terminal *terminal = console_start("plain");
        pid_t child = wait_for_pid(terminal, "READY");
        assert_true(terminal->alternate);
        assert_int_equal(kill(child, deadly[i]), 0);
        wait_for_end(terminal);
        assert_whole(terminal);
        assert_true(WIFSIGNALED(terminal->status));
        assert_int_equal(WTERMSIG(terminal->status), deadly[i]);
        terminal_free(terminal);
    }
    print_message("%zu signals\n", G_N_ELEMENTS(deadly));
}

static void assert_ended(const char *how, int signal_number, int exit_status)
{
    struct terminal *terminal = console_start(how);
    wait_for_pid(terminal, "READY");
    wait_for_end(terminal);
    assert_whole(terminal);
    if (signal_number != 0)
        assert_int_equal(WTERMSIG(terminal->status), signal_number);
    else
        assert_int_equal(WEXITSTATUS(terminal->status), exit_status);
    terminal_free(terminal);
}

static void test_the_terminal_is_whole_after_abort_overflow_and_exit(void **state)
{
    (void)state;
    assert_ended("abort", SIGABRT, 0);
    assert_ended("exit", 0, 3);
#ifndef __SANITIZE_ADDRESS__
    assert_ended("overflow", SIGSEGV, 0);
#endif
}

static void test_a_crash_is_told_and_an_order_to_end_is_not(void **state)
{
    (void)state;
    struct terminal *terminal = console_start("plain");
    kill(wait_for_pid(terminal, "READY"), SIGSEGV);
    wait_for_end(terminal);
    assert_non_null(strstr(terminal->output->str, "ended by a signal (Segmentation fault)"));
    terminal_free(terminal);
    terminal = console_start("plain");
    kill(wait_for_pid(terminal, "READY"), SIGTERM);
    wait_for_end(terminal);
    assert_null(strstr(terminal->output->str, "ended by a signal"));
    terminal_free(terminal);
}

static void test_a_console_that_ends_itself_is_left_alone(void **state)
{
    (void)state;
    struct terminal *terminal = console_start("plain");
    wait_for_pid(terminal, "READY");
    type(terminal, "q");
    wait_for_end(terminal);
    assert_whole(terminal);
    assert_int_equal(WEXITSTATUS(terminal->status), 7);
    const char *left = strstr(terminal->output->str, "\033[?1049l");
    assert_null(strstr(left + 1, "\033[?1049l"));
    terminal_free(terminal);
}

static void test_a_console_killed_before_it_drew_leaves_the_cursor_where_it_was(void **state)
{
    (void)state;
    struct terminal *terminal = console_start("undrawn");
    kill(wait_for_pid(terminal, "READY"), SIGKILL);
    wait_for_end(terminal);
    assert_null(strstr(terminal->output->str, "\033[?1049l"));
    assert_null(strstr(terminal->output->str, "\033[r"));
    assert_whole(terminal);
    terminal_free(terminal);
}

static void test_a_console_killed_before_its_screen_leaves_the_cursor_to_be_seen(void **state)
{
    (void)state;
    struct terminal *terminal = console_start("begun");
    kill(wait_for_pid(terminal, "READY"), SIGKILL);
    wait_for_end(terminal);
    assert_whole(terminal);
    terminal_free(terminal);
}

static void test_a_signal_to_the_guardian_reaches_the_console(void **state)
{
    (void)state;
    static const int sent[] = {SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGUSR1, SIGUSR2, SIGALRM};
    for (gsize i = 0; i < G_N_ELEMENTS(sent); i++) {
        struct terminal *terminal = console_start("careful");
        wait_for_pid(terminal, "READY");
        kill(terminal->pid, sent[i]);
        wait_for_end(terminal);
        assert_whole(terminal);
        assert_int_equal(WEXITSTATUS(terminal->status), 7);
        terminal_free(terminal);
    }
}

static void test_ctrl_c_reaches_the_console_once_and_not_the_guardian(void **state)
{
    (void)state;
    struct terminal *terminal = console_start("careful");
    wait_for_pid(terminal, "READY");
    type(terminal, "\003");
    wait_for_end(terminal);
    assert_whole(terminal);
    assert_int_equal(WEXITSTATUS(terminal->status), 7);
    terminal_free(terminal);
}

/* It has it already. What the guardian would pass on comes before what is sent to it later: it takes the lowest number
 * first. */
static void test_what_the_console_sends_to_its_job_is_not_sent_back(void **state)
{
    (void)state;
    struct terminal *terminal = console_start("counts");
    wait_for_pid(terminal, "READY");
    kill(terminal->pid, SIGUSR1);
    wait_for_end(terminal);
    assert_whole(terminal);
    assert_int_equal(WEXITSTATUS(terminal->status), 1);
    terminal_free(terminal);
}

/* The first child of PID. */
static pid_t child_of(pid_t pid)
{
    g_autofree char *file = g_strdup_printf("/proc/%d/task/%d/children", pid, pid);
    g_autofree char *children = read_text(file);
    return (pid_t)g_ascii_strtoll(children, NULL, 10);
}

static struct terminal *shell_start(const char *how)
{
    const char *shell[] = {"bash", "--norc", "--noprofile", "--noediting", "-i", NULL};
    struct terminal *terminal = terminal_start(shell);
    g_autofree char *command = g_strdup_printf("%s --console %s\n", own_program(), how);
    wait_for(terminal, "prompt> ", 0);
    type(terminal, command);
    return terminal;
}

/* Under a shell, since the end of a session's leader would end the console anyway. */
static void test_a_console_whose_guardian_was_killed_ends_and_cleans_up(void **state)
{
    (void)state;
    struct terminal *terminal = shell_start("careful");
    pid_t child = wait_for_pid(terminal, "READY");
    gsize at = terminal->output->len;
    kill(child_of(terminal->pid), SIGKILL);
    wait_for(terminal, "\033[23;0t", at);
    wait_for(terminal, "prompt> ", at);
    gint64 deadline = g_get_monotonic_time() + PATIENCE;
    while (kill(child, 0) == 0 && g_get_monotonic_time() < deadline)
        g_thread_yield();
    assert_int_not_equal(kill(child, 0), 0);
    assert_false(terminal->alternate);
    assert_true(terminal->cursor);
    type(terminal, "exit\n");
    wait_for_end(terminal);
    terminal_free(terminal);
}

static void test_a_shell_suspends_and_resumes_both(void **state)
{
    (void)state;
    struct terminal *terminal = shell_start("job");
    gsize at = 0;
    pid_t child = wait_for_pid(terminal, "READY");
    for (int round = 0; round < 3; round++) {
        type(terminal, "\032");
        at = wait_for(terminal, "prompt> ", wait_for(terminal, "Stopped", at));
        assert_false(terminal->alternate);
        type(terminal, "fg\n");
        at = wait_for(terminal, "CONTINUED", at);
        assert_true(terminal->alternate);
    }
    kill(child, SIGKILL);
    at = wait_for(terminal, "prompt> ", at);
    type(terminal, "echo stat''us=$?\n");
    at = wait_for(terminal, "status=137", at);
    type(terminal, "exit\n");
    wait_for_end(terminal);
    assert_false(terminal->alternate);
    assert_true(terminal->cursor);
    assert_off(terminal, "2004");
    terminal_free(terminal);
}

static void kill_real_console(int signal_number)
{
    g_autofree char *folder = scratch_new();
    const char *arguments[] = {PERCH_BINARY, "--practice", "--state-dir", folder, NULL};
    struct terminal *terminal = terminal_start(arguments);
    wait_for(terminal, "Checklist", 0);
    assert_true(terminal->alternate);
    pid_t child = child_of(terminal->pid);
    assert_true(child > 1);
    kill(child, signal_number);
    wait_for_end(terminal);
    assert_whole(terminal);
    assert_true(WIFSIGNALED(terminal->status));
    assert_int_equal(WTERMSIG(terminal->status), signal_number);
    terminal_free(terminal);
    scratch_remove(folder);
}

static void test_the_terminal_is_whole_after_the_real_console(void **state)
{
    (void)state;
    if (!g_file_test(PERCH_BINARY, G_FILE_TEST_IS_EXECUTABLE))
        skip();
    kill_real_console(SIGKILL);
    kill_real_console(SIGABRT);
    kill_real_console(SIGUSR1);
}

static void test_without_a_terminal_the_console_is_simply_called(void **state)
{
    (void)state;
    const char *arguments[] = {own_program(), "--console", "exit", NULL};
    g_autoptr(Run) run = run_program(arguments, NULL, "");
    assert_int_equal(run->status, 3);
    assert_null(strstr(run->output, "\033[?1004l"));
}

int main(int count, char **arguments)
{
    if (count == 3 && g_str_equal(arguments[1], "--console"))
        return guardian_run(console, arguments[2]);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_terminal_is_whole_after_each_signal),
        cmocka_unit_test(test_the_terminal_is_whole_after_abort_overflow_and_exit),
        cmocka_unit_test(test_a_crash_is_told_and_an_order_to_end_is_not),
        cmocka_unit_test(test_a_console_that_ends_itself_is_left_alone),
        cmocka_unit_test(test_a_console_killed_before_it_drew_leaves_the_cursor_where_it_was),
        cmocka_unit_test(test_a_console_killed_before_its_screen_leaves_the_cursor_to_be_seen),
        cmocka_unit_test(test_a_signal_to_the_guardian_reaches_the_console),
        cmocka_unit_test(test_ctrl_c_reaches_the_console_once_and_not_the_guardian),
        cmocka_unit_test(test_what_the_console_sends_to_its_job_is_not_sent_back),
        cmocka_unit_test(test_a_console_whose_guardian_was_killed_ends_and_cleans_up),
        cmocka_unit_test(test_a_shell_suspends_and_resumes_both),
        cmocka_unit_test(test_the_terminal_is_whole_after_the_real_console),
        cmocka_unit_test(test_without_a_terminal_the_console_is_simply_called),
    };
    return cmocka_run_group_tests_name("guardian", tests, NULL, NULL);
}
