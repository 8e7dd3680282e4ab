/* SPDX-License-Identifier: MIT */
#include "support/terminal.h"

#include <errno.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>
#include <vterm.h>

#include "support/at_rest.h"

#define QUIET_MS 150
#define GLANCE (2 * G_TIME_SPAN_SECOND) /* less than what is said in passing stands on the screen */
#define TAIL 20

struct terminal {
    VTerm *vterm;
    VTermScreen *screen;
    int file;
    pid_t process;
    int status; /* of waitpid(), -1 while it runs */
    int columns, rows;
    gboolean alternate;
    gboolean cursor_shown;
    gboolean closed; /* nobody has it any more */
    int bells;
    GString *title;
    GString *pieces; /* of a string that libvterm hands out in several */
    GString *output;
    char *clipboard;
};

static void on_output(const char *bytes, size_t length, void *data)
{
    struct terminal *terminal = data;
    while (length > 0) {
        ssize_t written = write(terminal->file, bytes, length);
        if (written <= 0 && errno != EINTR)
            return;
        bytes += written;
        length -= (size_t)written;
    }
}

static int on_bell(void *data)
{
    struct terminal *terminal = data;
    terminal->bells++;
    return 1;
}

/* Since 0.2 libvterm hands out strings in pieces, and what is copied decoded. */
#if VTERM_VERSION_MAJOR > 0 || VTERM_VERSION_MINOR >= 2

static void take_piece(GString *whole, VTermStringFragment piece)
{
    if (piece.initial)
        g_string_truncate(whole, 0);
    g_string_append_len(whole, piece.str, (gssize)piece.len);
}

static void take_title(struct terminal *terminal, const VTermValue *value)
{
    take_piece(terminal->title, value->string);
}

static int on_copied(VTermSelectionMask mask, VTermStringFragment piece, void *data)
{
    (void)mask;
    struct terminal *terminal = data;
    take_piece(terminal->pieces, piece);
    if (!piece.final)
        return 1;
    g_free(terminal->clipboard);
    terminal->clipboard = g_strndup(terminal->pieces->str, terminal->pieces->len);
    return 1;
}

static void listen_to_copies(struct terminal *terminal)
{
    static const VTermSelectionCallbacks callbacks = {.set = on_copied};
    vterm_state_set_selection_callbacks(vterm_obtain_state(terminal->vterm), &callbacks, terminal, NULL, 4096);
}

#else

static void take_title(struct terminal *terminal, const VTermValue *value)
{
    g_string_assign(terminal->title, value->string);
}

static int on_osc(const char *command, size_t length, void *data)
{
    struct terminal *terminal = data;
    static const char copy[] = "52;c;";
    if (length < strlen(copy) || strncmp(command, copy, strlen(copy)) != 0)
        return 0;
    g_autofree char *encoded = g_strndup(command + strlen(copy), length - strlen(copy));
    gsize size = 0;
    g_autofree guchar *bytes = g_base64_decode(encoded, &size);
    g_free(terminal->clipboard);
    terminal->clipboard = g_strndup((const char *)bytes, size);
    return 1;
}

static void listen_to_copies(struct terminal *terminal)
{
    static const VTermParserCallbacks fallbacks = {.osc = on_osc};
    vterm_screen_set_unrecognised_fallbacks(terminal->screen, &fallbacks, terminal);
}

#endif

static int on_property(VTermProp property, VTermValue *value, void *data)
{
    struct terminal *terminal = data;
    if (property == VTERM_PROP_ALTSCREEN)
        terminal->alternate = value->boolean != 0;
    if (property == VTERM_PROP_CURSORVISIBLE)
        terminal->cursor_shown = value->boolean != 0;
    if (property == VTERM_PROP_TITLE)
        take_title(terminal, value);
    return 1;
}

/* FALSE if nothing came within MILLISECONDS, or nothing can come any more. */
static gboolean pump(struct terminal *terminal, int milliseconds)
{
    struct pollfd ready = {.fd = terminal->file, .events = POLLIN};
    if (poll(&ready, 1, milliseconds) <= 0)
        return FALSE;
    char bytes[65536];
    ssize_t count = read(terminal->file, bytes, sizeof bytes);
    terminal->closed = count <= 0;
    if (terminal->closed)
        return FALSE;
    g_string_append_len(terminal->output, bytes, count);
    vterm_input_write(terminal->vterm, bytes, (size_t)count);
    return TRUE;
}

static const VTermScreenCallbacks screen_callbacks = {.settermprop = on_property, .bell = on_bell};

static void make_screen(struct terminal *terminal)
{
    terminal->vterm = vterm_new(terminal->rows, terminal->columns);
    vterm_set_utf8(terminal->vterm, 1);
    vterm_output_set_callback(terminal->vterm, on_output, terminal);
    terminal->screen = vterm_obtain_screen(terminal->vterm);
    vterm_screen_enable_altscreen(terminal->screen, 1);
    vterm_screen_set_callbacks(terminal->screen, &screen_callbacks, terminal);
    listen_to_copies(terminal);
    vterm_screen_reset(terminal->screen, 1);
}

static G_NORETURN void run_child(const char *const *arguments, const char *const *environment)
{
    static const char *const unwanted[] = {
        "NO_COLOR", "TMUX",    "DISPLAY", "WAYLAND_DISPLAY", "DBUS_SESSION_BUS_ADDRESS",
        "BROWSER",  "COLUMNS", "LINES",   "ESCDELAY"};
    for (gsize i = 0; i < G_N_ELEMENTS(unwanted); i++)
        unsetenv(unwanted[i]);
    setenv("TERM", "xterm-256color", 1);
    setenv("LC_ALL", "C.UTF-8", 1);
    for (const char *const *entry = environment; entry != NULL && *entry != NULL; entry++)
        putenv((char *)*entry);
    execv(arguments[0], (char *const *)arguments);
    _exit(127);
}

struct terminal *terminal_start(const char *const *arguments, const char *const *environment, int columns, int rows)
{
    struct terminal *terminal = g_new0(struct terminal, 1);
    struct winsize size = {.ws_row = (unsigned short)rows, .ws_col = (unsigned short)columns};
    terminal->columns = columns;
    terminal->rows = rows;
    terminal->status = -1;
    terminal->output = g_string_new(NULL);
    terminal->title = g_string_new(NULL);
    terminal->pieces = g_string_new(NULL);
    terminal->process = forkpty(&terminal->file, NULL, NULL, &size);
    if (terminal->process == 0)
        run_child(arguments, environment);
    if (terminal->process < 0)
        fail_msg("no pseudo-terminal: %s", g_strerror(errno));
    make_screen(terminal);
    return terminal;
}

void terminal_free(struct terminal *terminal)
{
    if (terminal == NULL)
        return;
    if (terminal->status == -1) {
        kill(terminal->process, SIGKILL);
        waitpid(terminal->process, NULL, 0);
    }
    close(terminal->file);
    vterm_free(terminal->vterm);
    g_string_free(terminal->output, TRUE);
    g_string_free(terminal->title, TRUE);
    g_string_free(terminal->pieces, TRUE);
    g_free(terminal->clipboard);
    g_free(terminal);
}

/* Until nothing came for QUIET_MS, nor was at work, which is looked at for no longer than PATIENCE. A key that begins
 * like a longer one is told from it by time alone, so a program that waits for that is at rest only behind it. */
static void settle(struct terminal *terminal, gint64 patience)
{
    gint64 now = g_get_monotonic_time(), end = now + patience;
    for (gint64 since = now; now - since < QUIET_MS * G_TIME_SPAN_MILLISECOND && !terminal->closed;) {
        gboolean moved = pump(terminal, QUIET_MS / 3) || (now < end && !all_is_at_rest());
        now = g_get_monotonic_time();
        since = moved ? now : since;
    }
}

void terminal_settle(struct terminal *terminal)
{
    settle(terminal, PATIENCE);
}

void terminal_listen(struct terminal *terminal)
{
    pump(terminal, 20);
}

void terminal_send(struct terminal *terminal, const char *bytes)
{
    on_output(bytes, strlen(bytes), terminal);
}

void terminal_type(struct terminal *terminal, const char *text)
{
    for (const char *at = text; *at != '\0'; at = g_utf8_next_char(at)) {
        on_output(at, (size_t)(g_utf8_next_char(at) - at), terminal);
        /* Two that a busy program reads at once could be a paste: the next follows when this one was drawn. */
        pump(terminal, QUIET_MS);
    }
}

void terminal_paste(struct terminal *terminal, const char *text)
{
    vterm_keyboard_start_paste(terminal->vterm);
    terminal_send(terminal, text);
    vterm_keyboard_end_paste(terminal->vterm);
}

void terminal_click(struct terminal *terminal, int column, int row)
{
    if (strstr(terminal->output->str, "\033[?1006h") == NULL)
        return;
    g_autofree char *press = g_strdup_printf("\033[<0;%d;%dM\033[<0;%d;%dm", column + 1, row + 1, column + 1, row + 1);
    terminal_send(terminal, press);
}

void terminal_resize(struct terminal *terminal, int columns, int rows)
{
    struct winsize size = {.ws_row = (unsigned short)rows, .ws_col = (unsigned short)columns};
    terminal->columns = columns;
    terminal->rows = rows;
    vterm_set_size(terminal->vterm, rows, columns);
    ioctl(terminal->file, TIOCSWINSZ, &size);
}

static VTermScreenCell cell_at(const struct terminal *terminal, int column, int row)
{
    VTermScreenCell cell;
    vterm_screen_get_cell(terminal->screen, (VTermPos){.row = row, .col = column}, &cell);
    return cell;
}

/* STARTS, if not NULL, gets the column of each byte. */
static char *row_text(const struct terminal *terminal, int row, GArray *starts)
{
    GString *text = g_string_new(NULL);
    for (int column = 0; column < terminal->columns;) {
        VTermScreenCell cell = cell_at(terminal, column, row);
        gsize before = text->len;
        if (cell.chars[0] == 0)
            g_string_append_c(text, ' ');
        for (int i = 0; i < VTERM_MAX_CHARS_PER_CELL && cell.chars[i] != 0; i++)
            g_string_append_unichar(text, cell.chars[i]);
        for (; starts != NULL && before < text->len; before++)
            g_array_append_val(starts, column);
        column += MAX(cell.width, 1);
    }
    return g_string_free(text, FALSE);
}

gboolean terminal_shows(const struct terminal *terminal, const char *text)
{
    return terminal_find(terminal, text).row >= 0;
}

struct terminal_cell terminal_find(const struct terminal *terminal, const char *text)
{
    for (int row = 0; row < terminal->rows; row++) {
        g_autoptr(GArray) starts = g_array_new(FALSE, FALSE, sizeof(int));
        g_autofree char *line = row_text(terminal, row, starts);
        const char *found = strstr(line, text);
        if (found == NULL)
            continue;
        int column = g_array_index(starts, int, (guint)(found - line));
        VTermScreenCell cell = cell_at(terminal, column, row);
        return (struct terminal_cell){column,
                                      row,
                                      cell.attrs.reverse != 0,
                                      cell.attrs.bold != 0,
                                      cell.attrs.underline != 0,
                                      VTERM_COLOR_IS_DEFAULT_FG(&cell.fg)};
    }
    return (struct terminal_cell){.column = -1, .row = -1};
}

char *terminal_screen(const struct terminal *terminal)
{
    GString *screen = g_string_new(NULL);
    for (int row = 0; row < terminal->rows; row++) {
        g_autofree char *line = row_text(terminal, row, NULL);
        g_string_append_printf(screen, "%s\n", g_strchomp(line));
    }
    return g_string_free(screen, FALSE);
}

static void fail_with_screen(const struct terminal *terminal, const char *what, const char *text)
{
    g_autofree char *screen = terminal_screen(terminal);
    fprintf(stderr, "the screen:\n%s\n", screen);
    fail_msg("%s “%s”; the screen stands above", what, text);
}

static void wait_until(struct terminal *terminal, const char *text, gboolean shown)
{
    gint64 end = g_get_monotonic_time() + PATIENCE;
    /* What stands there for a moment only, while something else is on its way, is waited for again. */
    do {
        while (terminal_shows(terminal, text) != shown && g_get_monotonic_time() < end)
            pump(terminal, 20);
        settle(terminal, GLANCE);
    } while (terminal_shows(terminal, text) != shown && g_get_monotonic_time() < end);
    if (terminal_shows(terminal, text) != shown)
        fail_with_screen(terminal, shown ? "did not come:" : "did not go:", text);
}

void terminal_wait(struct terminal *terminal, const char *text)
{
    wait_until(terminal, text, TRUE);
}

/* The cursor stands right behind TEXT, or, where that does not fit its row, behind its end. */
static gboolean is_typed(const struct terminal *terminal, const char *text)
{
    VTermPos cursor;
    vterm_state_get_cursorpos(vterm_obtain_state(terminal->vterm), &cursor);
    g_autoptr(GArray) starts = g_array_new(FALSE, FALSE, sizeof(int));
    g_autofree char *line = row_text(terminal, cursor.row, starts);
    for (guint i = 0; i < starts->len; i++)
        if (g_array_index(starts, int, i) >= cursor.col) {
            line[i] = '\0';
            break;
        }
    glong length = g_utf8_strlen(text, -1);
    return g_str_has_suffix(line, g_utf8_offset_to_pointer(text, MAX(length - TAIL, 0)));
}

void terminal_write(struct terminal *terminal, const char *text)
{
    gint64 end = g_get_monotonic_time() + PATIENCE;
    terminal_type(terminal, text);
    while (!is_typed(terminal, text)) {
        if (g_get_monotonic_time() > end)
            fail_with_screen(terminal, "was not typed:", text);
        pump(terminal, 20);
    }
}

void terminal_answer(struct terminal *terminal, const char *text)
{
    terminal_write(terminal, text);
    terminal_send(terminal, "\r");
}

void terminal_agree(struct terminal *terminal, const char *domain)
{
    terminal_wait(terminal, "Type the tenant's domain");
    if (terminal_shows(terminal, "↓: PgDn")) {
        terminal_send(terminal, "\033[F");
        terminal_wait_gone(terminal, "↓: PgDn");
    }
    terminal_answer(terminal, domain);
}

void terminal_wait_gone(struct terminal *terminal, const char *text)
{
    wait_until(terminal, text, FALSE);
}

void terminal_wait_idle(struct terminal *terminal)
{
    static const char *const under_way[] = {"signing in …", "reading …", "writing …"};
    gsize gone = 0;
    terminal_settle(terminal);
    while (gone < G_N_ELEMENTS(under_way)) {
        gboolean shown = terminal_shows(terminal, under_way[gone]);
        if (shown)
            terminal_wait_gone(terminal, under_way[gone]);
        /* One may follow another. */
        gone = shown ? 0 : gone + 1;
    }
}

void terminal_wait_question(struct terminal *terminal)
{
    gint64 deadline = g_get_monotonic_time() + PATIENCE;
    for (;;) {
        terminal_settle(terminal);
        g_autofree char *screen = terminal_screen(terminal);
        if (g_str_has_suffix(g_strchomp(screen), "\n>"))
            return;
        if (g_get_monotonic_time() > deadline)
            fail_msg("no question is asked:\n%s", screen);
    }
}

void terminal_decline_until(struct terminal *terminal, const char *text)
{
    terminal_wait_question(terminal);
    for (int asked = 0; asked < 20 && !terminal_shows(terminal, text); asked++) {
        terminal_send(terminal, "-\n");
        terminal_wait_question(terminal);
    }
    terminal_wait(terminal, text);
}

const char *terminal_clipboard(const struct terminal *terminal)
{
    return terminal->clipboard;
}

const GString *terminal_output(const struct terminal *terminal)
{
    return terminal->output;
}

gboolean terminal_alternate(const struct terminal *terminal)
{
    return terminal->alternate;
}

gboolean terminal_cursor_shown(const struct terminal *terminal)
{
    return terminal->cursor_shown;
}

int terminal_process(const struct terminal *terminal)
{
    return terminal->process;
}

gboolean terminal_is_cooked(const struct terminal *terminal)
{
    struct termios modes;
    return tcgetattr(terminal->file, &modes) == 0 && (modes.c_lflag & ICANON) != 0 && (modes.c_lflag & ECHO) != 0;
}

gboolean terminal_has_ended(struct terminal *terminal)
{
    int status = 0;
    pump(terminal, 20);
    if (terminal->status == -1 && waitpid(terminal->process, &status, WNOHANG) == terminal->process)
        terminal->status = status;
    return terminal->status != -1;
}

int terminal_exit_status(struct terminal *terminal)
{
    gint64 end = g_get_monotonic_time() + PATIENCE;
    while (!terminal_has_ended(terminal) && g_get_monotonic_time() < end)
        continue;
    terminal_settle(terminal);
    if (terminal->status == -1)
        fail_with_screen(terminal, "did not end:", "the program");
    return WIFEXITED(terminal->status) ? WEXITSTATUS(terminal->status) : 128 + WTERMSIG(terminal->status);
}

int terminal_bells(const struct terminal *terminal)
{
    return terminal->bells;
}

const char *terminal_title(const struct terminal *terminal)
{
    return terminal->title->str;
}

void terminal_wait_title(struct terminal *terminal, const char *text)
{
    gint64 end = g_get_monotonic_time() + PATIENCE;
    while (strcmp(terminal->title->str, text) != 0 && g_get_monotonic_time() < end)
        pump(terminal, QUIET_MS);
    if (strcmp(terminal->title->str, text) != 0)
        fail_msg("the title is “%s”, not “%s”", terminal->title->str, text);
    terminal_settle(terminal);
}
