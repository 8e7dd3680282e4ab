#include "ui/screen.h"

#include <curses.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/error.h"
#include "base/text.h"

#define MODES_ON "\033[?2004h"
#define MODES_OFF "\033[?2004l\033[?1006l\033[?1000l"
#define MOUSE_ON "\033[?1000h\033[?1006h"

/* xterm keeps a stack of titles. */
#define TITLE_SAVE "\033[22;0t"
#define TITLE_RESTORE "\033[23;0t"

struct screen {
    SCREEN *curses;
    struct grid *shown; /* what the terminal shows; NULL: nothing known */
    gboolean mouse;
    gboolean color;
    gboolean titles;
    char *title; /* as set last; NULL: not yet */
};

struct look {
    attr_t attributes;
    short basic; /* of 8 colours; -1: the terminal's own */
    short fine;  /* of 256 */
};

/* Middle tones, readable on dark and on light backgrounds; the background is never set. */
static const struct look looks[STYLE_COUNT] = {
    [STYLE_NORMAL] = {A_NORMAL, -1, -1},
    [STYLE_DIM] = {A_DIM, -1, -1},
    [STYLE_BOLD] = {A_BOLD, -1, -1},
    [STYLE_GOOD] = {A_NORMAL, COLOR_GREEN, 34},
    [STYLE_WAIT] = {A_NORMAL, COLOR_CYAN, 172},
    [STYLE_BAD] = {A_BOLD, COLOR_RED, 160},
    [STYLE_ACCENT] = {A_BOLD, COLOR_MAGENTA, 33},
    [STYLE_LINK] = {A_UNDERLINE, -1, -1},
    [STYLE_MARK] = {A_REVERSE, -1, -1},
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
        return refuse(error, "the kind of terminal (TERM) is not known here");
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
    for (short style = 0; style < STYLE_COUNT; style++)
        if (looks[style].basic >= 0)
            init_pair((short)(style + 1), COLORS >= 256 ? looks[style].fine : looks[style].basic, -1);
}

static void modes_on(const struct screen *screen)
{
    send(MODES_ON);
    if (screen->mouse)
        send(MOUSE_ON);
}

static gboolean takes_titles(void)
{
    const char *kind = g_getenv("TERM");
    return kind != NULL && !g_str_has_prefix(kind, "linux") && !g_str_has_prefix(kind, "vt") &&
           !g_str_has_prefix(kind, "dumb");
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
    nonl();
    start_colors(screen);
    signal(SIGTSTP, SIG_IGN);
    screen->titles = takes_titles();
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

/* Reversed text has no colours of its own: they would turn into patches of background. */
static attr_t attributes_of(const struct screen *screen, const struct cell *cell, short *pair)
{
    const struct look *look = &looks[cell->style];
    *pair = 0;
    if (cell->reverse)
        return (look->attributes & A_BOLD) | (cell->style == STYLE_MARK ? A_NORMAL : A_REVERSE);
    if (screen->color && look->basic >= 0)
        *pair = (short)(cell->style + 1);
    return look->attributes;
}

static void put_cell(const struct screen *screen, const struct cell *cell, int column, int row)
{
    wchar_t text[GRID_MARKS + 2] = {0};
    for (int i = 0; i <= GRID_MARKS; i++)
        text[i] = (wchar_t)cell->text[i];
    cchar_t character;
    short pair = 0;
    attr_t attributes = attributes_of(screen, cell, &pair);
    if (setcchar(&character, text, attributes, pair, NULL) == OK)
        mvadd_wch(row, column, &character);
}

static gboolean same_row(const struct screen *screen, const struct grid *grid, int row)
{
    gsize cells = (gsize)grid->columns;
    return memcmp(&screen->shown->cells[cells * (gsize)row], &grid->cells[cells * (gsize)row],
                  cells * sizeof *grid->cells) == 0;
}

static void keep(struct screen *screen, const struct grid *grid)
{
    if (screen->shown == NULL)
        screen->shown = grid_new(grid->columns, grid->rows, grid->ascii, grid->utf8);
    memcpy(screen->shown->cells, grid->cells, (gsize)(grid->columns * grid->rows) * sizeof *grid->cells);
}

void screen_paint(struct screen *screen, const struct grid *grid)
{
    gboolean everything =
        screen->shown == NULL || screen->shown->columns != grid->columns || screen->shown->rows != grid->rows;
    if (everything) {
        g_clear_pointer(&screen->shown, grid_free);
        clear();
    }
    for (int row = 0; row < grid->rows; row++) {
        if (!everything && same_row(screen, grid, row))
            continue;
        for (int column = 0; column < grid->columns; column++) {
            const struct cell *cell = &grid->cells[row * grid->columns + column];
            if (cell->columns > 0)
                put_cell(screen, cell, column, row);
        }
    }
    keep(screen, grid);
    curs_set(grid->cursor_shown ? 1 : 0);
    move(grid->cursor_shown ? grid->cursor_row : grid->rows - 1, grid->cursor_shown ? grid->cursor_column : 0);
    refresh();
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

void screen_copy(struct screen *screen, const char *text)
{
    (void)screen;
    g_autofree char *encoded = g_base64_encode((const guchar *)text, strlen(text));
    g_autofree char *sequence = g_strdup_printf("\033]52;c;%s\a", encoded);
    send(sequence);
    if (g_getenv("TMUX") == NULL)
        return;
    g_autofree char *wrapped = g_strdup_printf("\033Ptmux;\033%s\033\\", sequence);
    send(wrapped);
}

/* The whole job stops, with whoever watches over this process; a job without a shell is not stopped by the kernel. */
void screen_suspend(struct screen *screen)
{
    send(MODES_OFF);
    endwin();
    signal(SIGTSTP, SIG_DFL);
    kill(0, SIGTSTP);
    signal(SIGTSTP, SIG_IGN);
    screen_resize(screen);
    refresh();
    modes_on(screen);
}
