/* SPDX-License-Identifier: MIT */
#include "ui/screen.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/error.h"
#include "base/text.h"
#include "ui/late_curses.h"

#define MODES_ON "\033[?2004h"
#define MODES_OFF "\033[?2004l\033[?1006l\033[?1000l"
#define MOUSE_ON "\033[?1000h\033[?1006h"

/* Whether pastes will be marked: the reply comes among the keys (see paste_decoder.h). */
#define MODES_ASK "\033[?2004$p"

/* xterm keeps a stack of titles. */
#define TITLE_SAVE "\033[22;0t"
#define TITLE_RESTORE "\033[23;0t"

/* So many cells that stayed the same cost curses more to draw than to go past. */
#define SKIPPED 16

struct screen {
    SCREEN *curses;
    struct grid *shown; /* what the terminal shows; NULL: nothing known */
    gboolean mouse;
    gboolean color;
    gboolean titles;
    gboolean links; /* what it does not know of a string it leaves away */
    char *title;    /* as set last; NULL: not yet */
};

struct look {
    attr_t attributes;
    short dark; /* of 8 colours, on what is known to be dark; -1: the terminal's own */
    short any;  /* of 8 colours else: only red and magenta can be read on black and on white */
    short fine; /* of 256 */
};

/* Middle tones, each with a contrast of 4 to 1 or more on black and on white; the background is never set. */
static const struct look looks[STYLE_COUNT] = {
    [STYLE_NORMAL] = {A_NORMAL, -1, -1, -1},
    [STYLE_DIM] = {A_DIM, -1, -1, -1},
    [STYLE_BOLD] = {A_BOLD, -1, -1, -1},
    [STYLE_GOOD] = {A_NORMAL, COLOR_GREEN, -1, 28},
    [STYLE_WAIT] = {A_NORMAL, COLOR_CYAN, COLOR_MAGENTA, 130},
    [STYLE_BAD] = {A_BOLD, COLOR_RED, COLOR_RED, 196},
    [STYLE_ACCENT] = {A_BOLD, COLOR_MAGENTA, COLOR_MAGENTA, 63},
    [STYLE_LINK] = {A_UNDERLINE, -1, -1, -1},
    [STYLE_TENANT] = {A_BOLD, COLOR_CYAN, COLOR_MAGENTA, 30},
    [STYLE_TENANT + 1] = {A_BOLD, COLOR_CYAN, COLOR_MAGENTA, 97},
    [STYLE_TENANT_LAST] = {A_BOLD, COLOR_CYAN, COLOR_MAGENTA, 132},
    [STYLE_MARK] = {A_REVERSE, -1, -1, -1},
};

static void send(const char *sequence)
{
    fputs(sequence, stdout);
    fflush(stdout);
}

static gboolean refuse(GError **error, const char *why)
{
    g_set_error(error, PERCH_ERROR, PERCH_ERROR_USAGE,
                "The console cannot be drawn: %s.\nRun perch --plain, which asks line by line on any terminal.", why);
    return FALSE;
}

static gboolean start_curses(struct screen *screen, GError **error)
{
    if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO))
        return refuse(error, "standard input and output are not a terminal");
    screen->curses = newterm(NULL, stdout, stdin);
    if (screen->curses == NULL)
        return refuse(error,
                      "the kind of terminal (TERM) is not known here; most can be drawn with TERM=xterm-256color");
    set_term(screen->curses);
    if (tigetstr("cup") == NULL) {
        endwin();
        delscreen(screen->curses);
        return refuse(error, "this kind of terminal (TERM) cannot place the cursor");
    }
    return TRUE;
}

static void start_colors(struct screen *screen)
{
    if (!screen->color || !has_colors() || start_color() == ERR || use_default_colors() == ERR) {
        screen->color = FALSE;
        return;
    }
    /* The consoles of Linux are black; some terminals say "foreground;background" in numbers of the 16 colours. */
    const char *kind = g_getenv("TERM"), *colors = g_getenv("COLORFGBG");
    const char *background = colors != NULL ? strrchr(colors, ';') : NULL;
    gboolean dark = kind != NULL && g_str_has_prefix(kind, "linux");
    if (background != NULL && g_ascii_isdigit(background[1])) {
        gint64 number = g_ascii_strtoll(background + 1, NULL, 10);
        dark = number <= 6 || number == 8;
    }
    for (int style = 0; style < STYLE_COUNT; style++) {
        const struct look *look = &looks[style];
        if (look->fine >= 0)
            init_pair((short)(style + 1), COLORS >= 256 ? look->fine : dark ? look->dark : look->any, -1);
    }
}

static void modes_on(const struct screen *screen)
{
    send(MODES_ON);
    if (screen->titles)
        send(MODES_ASK);
    if (screen->mouse)
        send(MOUSE_ON);
}

/* GNU screen writes on the screen what is longer than it can hold of a string that it hands on. A tmux inside it leaves
 * its mark in TERM. */
static gboolean is_in_gnu_screen(void)
{
    const char *name = g_getenv("TERM");
    gboolean is_in_tmux = g_getenv("TMUX") != NULL && name != NULL && g_str_has_prefix(name, "tmux");
    return g_getenv("STY") != NULL && !is_in_tmux;
}

void screen_prepare(void)
{
    late_curses();
}

struct screen *screen_open(gboolean no_mouse, gboolean no_color, GError **error)
{
    g_autofree struct screen *screen = g_new0(struct screen, 1);
    screen->mouse = !no_mouse;
    screen->color = !no_color;
    if (!start_curses(screen, error))
        return NULL;
    raw();
    noecho();
    /* Else curses asks before each row whether a key waits, and sends what it has so far. */
    typeahead(-1);
    nonl();
    start_colors(screen);
    signal(SIGTSTP, SIG_IGN);
    const char *kind = g_getenv("TERM");
    screen->titles = kind != NULL && !g_str_has_prefix(kind, "linux") && !g_str_has_prefix(kind, "vt") &&
                     !g_str_has_prefix(kind, "dumb");
    screen->links = screen->titles && !is_in_gnu_screen();
    if (screen->titles)
        send(TITLE_SAVE);
    modes_on(screen);
    return g_steal_pointer(&screen);
}

void screen_close(struct screen *screen)
{
    if (screen == NULL)
        return;
    send(MODES_OFF);
    if (screen->titles)
        send(TITLE_RESTORE);
    curs_set(1);
    endwin();
    delscreen(screen->curses);
    grid_free(screen->shown);
    g_free(screen->title);
    g_free(screen);
}

gboolean screen_lacks_glyphs(void)
{
    const char *kind = g_getenv("TERM");
    return kind != NULL && g_str_has_prefix(kind, "linux");
}

void screen_size(const struct screen *screen, int *columns, int *rows)
{
    (void)screen;
    *columns = COLS;
    *rows = LINES;
}

void screen_resize(struct screen *screen)
{
    struct winsize size;
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 && size.ws_row > 0)
        resizeterm(size.ws_row, size.ws_col);
    g_clear_pointer(&screen->shown, grid_free);
}

static cchar_t drawn_cell(const struct screen *screen, const struct cell *cell)
{
    wchar_t text[GRID_MARKS + 2] = {0};
    for (int i = 0; i <= GRID_MARKS; i++)
        text[i] = (wchar_t)cell->text[i];
    const struct look *look = &looks[cell->style];
    attr_t attributes = look->attributes;
    short pair = !cell->reverse && screen->color && look->fine >= 0 ? (short)(cell->style + 1) : 0;
    /* Reversed text has no colours of its own: they would turn into patches of background. */
    if (cell->reverse)
        attributes = (look->attributes & A_BOLD) | (cell->style == STYLE_MARK ? A_NORMAL : A_REVERSE);
    cchar_t character = {0};
    /* A cell of nothing would end the run that it stands in. */
    if (setcchar(&character, text, attributes, pair, NULL) == ERR)
        setcchar(&character, L"?", attributes, pair, NULL);
    return character;
}

/* A row's cells that differ from those shown BEFORE (NULL: all do), side by side ones at once. */
static void put_changed(const struct screen *screen, const struct grid *grid, int row, const struct cell *before)
{
    const struct cell *cells = &grid->cells[(gsize)row * (gsize)grid->columns];
    g_autofree cchar_t *drawn = g_new(cchar_t, (gsize)grid->columns);
    for (int column = 0; column < grid->columns; column++) {
        int first = column, count = 0;
        while (column < grid->columns &&
               (before == NULL || memcmp(&before[column], &cells[column], sizeof *cells) != 0)) {
            if (cells[column].columns > 0)
                drawn[count++] = drawn_cell(screen, &cells[column]);
            column++;
        }
        /* What is left of a character whose right half alone changed is drawn with it. */
        while (count > 0 && cells[first].columns == 0)
            first++;
        if (count > 0)
            mvadd_wchnstr(row, first, drawn, count);
    }
}

static void send_link(const struct grid *grid, int row, int first, int end)
{
    const struct cell *cells = &grid->cells[(gsize)row * (gsize)grid->columns];
    const char *address = g_ptr_array_index(grid->links, cells[first].link - 1);
    g_autoptr(GString) text = g_string_new(NULL);
    for (const char *at = address; *at != '\0'; at++)
        if (*at <= ' ' || *at >= 0x7F)
            return;
    for (int column = first; column < end; column++)
        for (int i = 0; i <= GRID_MARKS && cells[column].text[i] != 0; i++)
            g_string_append_unichar(text, cells[column].text[i]);
    if (*address != '\0')
        printf("\0337\033[%d;%dH\033[0;%sm\033]8;;%s\033\\%s\033]8;;\033\\\033[0m\0338", row + 1, first + 1,
               cells[first].reverse ? "7" : "4", address, text->str);
}

/* Curses knows no links, so what it has drawn is drawn over, the same, with its link (OSC 8). In a row that changed
 * elsewhere it goes past what is long and stayed, and may draw what is short again. */
static void send_links(const struct grid *grid, int row, const struct cell *before)
{
    const struct cell *cells = &grid->cells[(gsize)row * (gsize)grid->columns];
    for (int column = 0; column < grid->columns; column++) {
        if (cells[column].link == 0)
            continue;
        int first = column, end = first + 1;
        while (end < grid->columns && cells[end].link == cells[first].link &&
               cells[end].reverse == cells[first].reverse)
            end++;
        column = end - 1;
        if (before == NULL || end - first < SKIPPED ||
            memcmp(&before[first], &cells[first], (gsize)(end - first) * sizeof *cells) != 0)
            send_link(grid, row, first, end);
    }
}

void screen_paint(struct screen *screen, const struct grid *grid)
{
    g_autofree gboolean *changed = g_new0(gboolean, (gsize)grid->rows);
    gboolean everything =
        screen->shown == NULL || screen->shown->columns != grid->columns || screen->shown->rows != grid->rows;
    if (everything) {
        g_clear_pointer(&screen->shown, grid_free);
        clear();
    }
    for (int row = 0; row < grid->rows; row++) {
        gsize cells = (gsize)grid->columns, at = cells * (gsize)row;
        if (!everything && memcmp(&screen->shown->cells[at], &grid->cells[at], cells * sizeof *grid->cells) == 0)
            continue;
        changed[row] = TRUE;
        put_changed(screen, grid, row, everything ? NULL : &screen->shown->cells[at]);
    }
    curs_set(grid->cursor_shown ? 1 : 0);
    move(grid->cursor_shown ? grid->cursor_row : grid->rows - 1, grid->cursor_shown ? grid->cursor_column : 0);
    refresh();
    if (screen->shown == NULL)
        screen->shown = grid_new(grid->columns, grid->rows, grid->ascii, grid->utf8);
    for (int row = 0; row < grid->rows; row++) {
        gsize cells = (gsize)grid->columns, at = cells * (gsize)row;
        if (changed[row] && screen->links)
            send_links(grid, row, everything ? NULL : &screen->shown->cells[at]);
        if (changed[row])
            memcpy(&screen->shown->cells[at], &grid->cells[at], cells * sizeof *grid->cells);
    }
    fflush(stdout);
}

void screen_bell(struct screen *screen)
{
    (void)screen;
    send("\a");
}

void screen_set_title(struct screen *screen, const char *title)
{
    if (!screen->titles)
        return;
    g_autofree char *safe = text_safe(title, -1);
    if (g_strcmp0(screen->title, safe) == 0)
        return;
    g_autofree char *sequence = g_strdup_printf("\033]0;%s\033\\", safe);
    send(sequence);
    g_free(screen->title);
    screen->title = g_steal_pointer(&safe);
}

/* To the terminal outside of tmux or GNU screen, which keep what they do not know for themselves. GNU screen hands on
 * what stands in a DCS, in pieces that its buffer can hold. */
static void send_outside(const char *sequence)
{
    enum { PIECE = 240 };
    gboolean in_pieces = is_in_gnu_screen();
    if (g_getenv("TMUX") != NULL && !in_pieces) {
        g_autofree char *wrapped = g_strdup_printf("\033Ptmux;\033%s\033\\", sequence);
        send(wrapped);
        explicit_bzero(wrapped, strlen(wrapped));
        return;
    }
    for (gsize at = 0; in_pieces && at < strlen(sequence); at += PIECE) {
        g_autofree char *piece = g_strdup_printf("\033P%.*s\033\\", PIECE, sequence + at);
        send(piece);
        explicit_bzero(piece, strlen(piece));
    }
    if (!in_pieces)
        send(sequence);
}

void screen_copy(struct screen *screen, const char *text)
{
    (void)screen;
    g_autofree char *encoded = g_base64_encode((const guchar *)text, strlen(text));
    g_autofree char *sequence = g_strdup_printf("\033]52;c;%s\a", encoded);
    /* tmux has a clipboard of its own. */
    if (g_getenv("TMUX") != NULL && !is_in_gnu_screen())
        send(sequence);
    send_outside(sequence);
    /* It may be a password. */
    explicit_bzero(encoded, strlen(encoded));
    explicit_bzero(sequence, strlen(sequence));
}

void screen_notify(struct screen *screen, const char *text)
{
    if (!screen->titles)
        return;
    g_autofree char *safe = text_safe(text, -1);
    g_autofree char *plain = g_strdup_printf("\033]9;%s\a", safe);
    g_autofree char *titled = g_strdup_printf("\033]777;notify;perch;%s\a", safe);
    send_outside(plain);
    send_outside(titled);
}

/* The shell may have set modes of its own meanwhile. */
void screen_resume(struct screen *screen)
{
    reset_prog_mode();
    screen_resize(screen);
    clearok(curscr, TRUE);
    refresh();
    modes_on(screen);
}

/* The whole job stops, with whoever watches over this process; a job without a shell is not stopped by the kernel. */
void screen_suspend(struct screen *screen)
{
    struct sigaction before;
    const struct sigaction stop = {.sa_handler = SIG_DFL};
    send(MODES_OFF);
    endwin();
    sigaction(SIGTSTP, &stop, &before);
    kill(0, SIGTSTP);
    sigaction(SIGTSTP, &before, NULL);
    screen_resume(screen);
}
