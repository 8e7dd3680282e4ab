/* SPDX-License-Identifier: MIT */
#include "ui/plain/plain_io.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#include "base/text.h"
#include "input/paste.h"
#include "ui/glyph.h"
#include "ui/grid.h"
#include "ui/plain/plain_typed_words.h"
#include "ui/state_text.h"
#include "ui/text_layout.h"

#define PASTE_PAUSE_MS 10
#define ENTRY_GAP 2

static char *to_ascii(const char *text)
{
    g_autoptr(GString) twins = g_string_new(NULL);
    for (const char *at = text; *at != '\0'; at = g_utf8_next_char(at)) {
        gunichar character = g_utf8_get_char(at);
        char twin = glyph_twin(character);
        if (twin != 0)
            g_string_append_c(twins, twin);
        else
            g_string_append_unichar(twins, character);
    }
    return g_str_to_ascii(twins->str, "C");
}

void plain_say_whole(struct plain *plain, const char *text)
{
    gboolean ascii = plain->options->ascii || !g_get_charset(NULL);
    g_autofree char *shown = ascii ? to_ascii(text) : g_strdup(text);
    /* What is said while an answer is waited for does not stand behind the mark of the question. */
    if (plain->marked)
        fputc('\n', plain->out);
    plain->marked = FALSE;
    if (plain->asking)
        g_string_append_printf(plain->question, "%s\n", shown);
    fprintf(plain->out, "%s\n", shown);
    fflush(plain->out);
}

void plain_ask(struct plain *plain)
{
    g_string_truncate(plain->question, 0);
    plain->asking = TRUE;
}

void plain_ask_again(struct plain *plain)
{
    fputs(plain->question->str, plain->out);
}

void plain_mark(struct plain *plain)
{
    fputs("> ", plain->out);
    fflush(plain->out);
    plain->marked = TRUE;
}

/* How wide the terminal is; 0 where there is none, or it does not say. */
static int terminal_columns(FILE *out)
{
    struct winsize size = {0};
    int file = fileno(out);
    return file >= 0 && ioctl(file, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}

void plain_say(struct plain *plain, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    g_autofree char *text = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    /* What a terminal would obey is made visible: an error may name what was typed. */
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    for (char **line = lines; *line != NULL; line++) {
        char *shown = text_safe(*line, -1);
        g_free(*line);
        *line = shown;
    }
    g_autofree char *safe = g_strjoinv("\n", lines);
    g_autofree char *wrapped = layout_wrap_text(safe, terminal_columns(plain->out));
    plain_say_whole(plain, wrapped);
}

void plain_say_entries(struct plain *plain, const GPtrArray *entries)
{
    int columns = terminal_columns(plain->out);
    int used = 0;
    g_autoptr(GString) lines = g_string_new(NULL);
    for (guint i = 0; i < entries->len; i++) {
        const char *entry = g_ptr_array_index(entries, i);
        int needed = grid_text_columns(entry);
        gboolean breaks = i > 0 && columns > 0 && used + ENTRY_GAP + needed > columns;
        if (i > 0)
            g_string_append(lines, breaks ? "\n" : "  ");
        g_string_append(lines, entry);
        used = breaks || i == 0 ? needed : used + ENTRY_GAP + needed;
    }
    plain_say(plain, "%s", lines->str);
}

static gboolean read_more(struct plain *plain)
{
    char bytes[1024];
    int file = fileno(plain->in);
    ssize_t count = 0;
    if (file < 0) {
        char *line = fgets(bytes, sizeof bytes, plain->in);
        count = line != NULL ? (ssize_t)strlen(line) : 0;
    } else {
        do
            count = read(file, bytes, sizeof bytes);
        while (count < 0 && errno == EINTR);
    }
    if (count <= 0)
        return FALSE;
    g_string_append_len(plain->heard, bytes, count);
    explicit_bzero(bytes, sizeof bytes);
    return TRUE;
}

static char *take_line(struct plain *plain)
{
    char *end = memchr(plain->heard->str, '\n', plain->heard->len);
    gsize length = end != NULL ? (gsize)(end - plain->heard->str) : plain->heard->len;
    gsize taken = MIN(length + 1, plain->heard->len);
    gsize shown = length > 0 && plain->heard->str[length - 1] == '\r' ? length - 1 : length;
    char *line = g_utf8_make_valid(plain->heard->str, (gssize)shown);
    g_string_erase(plain->heard, 0, (gssize)taken);
    explicit_bzero(plain->heard->str + plain->heard->len + 1, taken - 1);
    return line;
}

static gboolean has_line(const struct plain *plain)
{
    return memchr(plain->heard->str, '\n', plain->heard->len) != NULL;
}

static void set_echo(const struct plain *plain, gboolean on)
{
    struct termios modes;
    int file = fileno(plain->in);
    if (file < 0 || tcgetattr(file, &modes) != 0)
        return;
    if (on)
        modes.c_lflag |= ECHO;
    else
        modes.c_lflag &= (tcflag_t)~ECHO;
    tcsetattr(file, TCSANOW, &modes);
}

/* A terminal gives out a line at a time, but nobody types the next one within some milliseconds. Of what is too long
 * no more is kept than shows that it is. */
static void read_paste(struct plain *plain)
{
    struct pollfd ready = {.fd = fileno(plain->in), .events = POLLIN};
    while (ready.fd >= 0 && isatty(ready.fd) && poll(&ready, 1, PASTE_PAUSE_MS) > 0) {
        if (!read_more(plain)) {
            plain->ended = TRUE;
            return;
        }
        if (plain->heard->len > PASTE_LIMIT)
            g_string_truncate(plain->heard, PASTE_LIMIT + 1);
    }
}

static char *take_paste(struct plain *plain)
{
    gsize length = plain->heard->len;
    if (length > 0 && plain->heard->str[length - 1] == '\n')
        length--;
    if (length > 0 && plain->heard->str[length - 1] == '\r')
        length--;
    char *text = g_utf8_make_valid(plain->heard->str, (gssize)length);
    explicit_bzero(plain->heard->str, plain->heard->len);
    g_string_truncate(plain->heard, 0);
    return text;
}

gboolean plain_is_interrupted(struct plain *plain)
{
    struct pollfd pressed = {.fd = plain->interrupt, .events = POLLIN};
    if (plain->interrupt < 0 || poll(&pressed, 1, 0) <= 0)
        return FALSE;
    plain->interrupt = -1;
    plain->ended = TRUE;
    g_string_truncate(plain->heard, 0);
    return TRUE;
}

/* Until something can be read, or Ctrl-C was pressed. */
static void await_input(struct plain *plain)
{
    struct pollfd files[] = {
        {.fd = fileno(plain->in), .events = POLLIN},
        {.fd = plain->interrupt, .events = POLLIN},
    };
    while (plain->interrupt >= 0 && files[0].fd >= 0 && poll(files, G_N_ELEMENTS(files), -1) < 0 && errno == EINTR)
        continue;
    plain_is_interrupted(plain);
}

static char *next_line(struct plain *plain)
{
    int file = fileno(plain->in);
    for (;;) {
        while (!has_line(plain) && !plain->ended) {
            await_input(plain);
            plain->ended = plain->ended || !read_more(plain);
        }
        if (plain->heard->len == 0)
            return NULL;
        read_paste(plain);
        if (plain->heard->len <= PASTE_LIMIT || file < 0 || !isatty(file))
            break;
        explicit_bzero(plain->heard->str, plain->heard->len);
        g_string_truncate(plain->heard, 0);
        plain_say(plain,
                  "The paste is longer than %d KiB: nothing of it was taken. Paste the part with the values only.",
                  PASTE_LIMIT / 1024);
    }
    return file >= 0 && isatty(file) ? take_paste(plain) : take_line(plain);
}

char *plain_take_line(struct plain *plain)
{
    return has_line(plain) ? take_line(plain) : NULL;
}

char *plain_take_answer(struct plain *plain)
{
    int file = fileno(plain->in);
    if (!has_line(plain) || file < 0 || !isatty(file))
        return plain_take_line(plain);
    read_paste(plain);
    return take_paste(plain);
}

char *plain_hear(struct plain *plain, gboolean secret)
{
    if (plain->leaving)
        return NULL;
    /* Before the mark, behind which somebody, or a program, types at once. */
    if (secret)
        set_echo(plain, FALSE);
    plain_mark(plain);
    plain->marked = FALSE;
    plain->asking = FALSE;
    char *line = next_line(plain);
    if (secret) {
        set_echo(plain, TRUE);
        plain_say(plain, "%s", "");
    }
    /* What is said last does not stand behind the mark of the question. */
    if (line == NULL)
        plain_say(plain, "%s", "");
    if (line == NULL || (!secret && strcmp(line, "q") == 0)) {
        plain->leaving = TRUE;
        g_free(line);
        return NULL;
    }
    return line;
}

char *plain_state(const struct plain *plain, const struct board_step *step)
{
    if (step->state != STEP_WAITING || step->until == 0)
        return g_strdup(step_words(plain->board, step));
    g_autofree char *left = duration_text(time_left(plain->board, step->until));
    return g_strdup_printf("waiting, %s more", left);
}

gboolean plain_rest_stands(const struct plain *plain)
{
    const struct board *board = plain->board;
    return plain->in_part || board->created_count > 0 || board->may_be_own > 0 || board->summary.in_doubt > 0 ||
           board->lingers;
}

void plain_tell_all(struct plain *plain)
{
    if (plain->taken_away != NULL)
        plain_say(plain, "What was taken away stays so. Whoever connects again would begin from here:");
    for (guint i = 0; i < plain->board->steps->len; i++) {
        const struct board_step *step = g_ptr_array_index(plain->board->steps, i);
        g_autofree char *stands = plain_state(plain, step);
        plain_say(plain, "%d %s: %s", step->number, step->title, stands);
    }
}

/* Several lines where one is wanted were meant for something else; what stands in them is offered where it is asked. */
static void keep_paste(struct plain *plain, const char *paste)
{
    g_autoptr(PasteValues) values = paste_find(paste, -1);
    gboolean is_kept = !values->has_secret && (values->event_hub_id != NULL || values->event_hub_name != NULL ||
                                               values->application_id != NULL || values->candidates->len > 0);
    plain_say(plain, "Several lines came at once, and one is wanted here: nothing of it was taken.%s",
              is_kept ? " The values in it are offered where they are asked for; the word values "
                        "takes them together."
                      : "");
    if (!is_kept)
        return;
    g_free(plain->pasted);
    plain->pasted = g_strdup(paste);
    plain->paste_is_new = TRUE;
}

/* The step that LINE names becomes the wanted one; FALSE: there is none. */
static gboolean want_step(struct plain *plain, const char *line)
{
    guint64 number = 0;
    if (g_ascii_string_to_unsigned(line + strlen("step "), 10, 0, G_MAXINT, &number, NULL))
        for (guint i = 0; i < plain->board->steps->len; i++) {
            const struct board_step *step = g_ptr_array_index(plain->board->steps, i);
            if (step->number != (int)number)
                continue;
            g_free(plain->wanted);
            plain->wanted = g_strdup(step->id);
            g_hash_table_remove(plain->later, step->id);
            return TRUE;
        }
    return FALSE;
}

void plain_explain(struct plain *plain, const char *help)
{
    plain_say(plain, "%s", help);
    plain_ask_again(plain);
}

gboolean plain_take_word(struct plain *plain, const char *line)
{
    gboolean is_paste = strchr(line, '\n') != NULL;
    gboolean is_list = strcmp(line, "list") == 0;
    gboolean is_values = strcmp(line, "values") == 0;
    if (!is_paste && !is_list && !is_values && !g_str_has_prefix(line, "step "))
        return FALSE;
    if (is_values)
        text_set(&plain->wanted, WANTED_VALUES);
    if (is_values || (!is_paste && !is_list && want_step(plain, line)))
        return TRUE;
    if (is_paste)
        keep_paste(plain, line);
    else if (is_list)
        plain_tell_all(plain);
    else
        plain_say(plain, "There is no such step; list reads them all.");
    plain_ask_again(plain);
    return TRUE;
}

char *plain_hear_line(struct plain *plain)
{
    for (;;) {
        g_autofree char *line = plain_hear(plain, FALSE);
        if (line == NULL || !plain_take_word(plain, line))
            return g_steal_pointer(&line);
        if (plain->wanted != NULL)
            return NULL;
    }
}

void plain_say_where(struct plain *plain, const char *line)
{
    /* That one is for the values. */
    if (plain_is_menu_word(line) && g_ascii_strcasecmp(line, "more") != 0)
        plain_say(plain, "The word %s is for the menu of a step and of the end: - leads back to it.", line);
}

gboolean plain_agree_to(struct plain *plain, const char *said, const char *button, void (*explain)(struct plain *plain))
{
    g_autofree char *words = g_strdup(button);
    words[0] = g_ascii_tolower(words[0]);
    g_autofree char *word = g_strndup(words, strcspn(words, " "));
    if (!plain->asking)
        plain_ask(plain);
    plain_say(plain, "%s%sType “%s” to %s, %s- for no.", said, *said != '\0' ? " " : "", word, words,
              explain != NULL ? "? shows the requests in full, " : "");
    for (;;) {
        g_autofree char *line = plain_hear(plain, FALSE);
        if (line == NULL || strcmp(g_strstrip(line), "-") == 0)
            return FALSE;
        if (g_ascii_strcasecmp(line, word) == 0 || g_ascii_strcasecmp(line, button) == 0)
            return TRUE;
        if (explain != NULL && strcmp(line, "?") == 0) {
            explain(plain);
            plain_ask_again(plain);
        } else if (!plain_take_word(plain, line)) {
            plain_say_where(plain, line);
            plain_say(plain, "Type “%s” to %s, - for no; q leaves.", word, words);
        } else if (plain->wanted != NULL)
            return FALSE;
    }
}

gboolean plain_agree(struct plain *plain, enum agreement agreement, const char *said)
{
    const struct agreement_words *words = &agreements[agreement];
    return plain_agree_to(plain, said != NULL ? said : words->said, words->button, NULL);
}

int plain_choose_or(struct plain *plain, int count, const char *help, const char *word, int enter)
{
    for (;;) {
        g_autofree char *line = plain_hear(plain, FALSE);
        guint64 number = 0;
        if (line == NULL || strcmp(line, "-") == 0)
            return 0;
        if (enter != NO_ENTER && *line == '\0')
            return enter;
        if (g_ascii_string_to_unsigned(line, 10, 1, (guint64)count, &number, NULL))
            return (int)number;
        if (g_strcmp0(line, word) == 0)
            return count + 1;
        if (plain_take_word(plain, line)) {
            if (plain->wanted != NULL)
                return 0;
        } else if (strcmp(line, "?") == 0) {
            if (help != NULL)
                plain_say(plain, "%s", help);
            plain_ask_again(plain);
        } else {
            g_autofree char *numbers = count == 1 ? g_strdup("1") : g_strdup_printf("a number from 1 to %d", count);
            plain_say_where(plain, line);
            plain_say(plain, "Type %s, %sor -; list, step 7, q leaves.", numbers,
                      enter != NO_ENTER ? "or Enter, " : "");
        }
    }
}

int plain_choose(struct plain *plain, int count)
{
    return plain_choose_or(plain, count, NULL, NULL, NO_ENTER);
}

gboolean plain_line_before_event(struct plain *plain, int timeout)
{
    if (has_line(plain))
        return TRUE;
    struct pollfd files[] = {
        {.fd = session_event_fd(plain->session), .events = POLLIN},
        {.fd = plain->ended ? -1 : fileno(plain->in), .events = POLLIN},
        {.fd = plain->interrupt, .events = POLLIN},
    };
    int ready = poll(files, G_N_ELEMENTS(files), timeout);
    if (plain_is_interrupted(plain) || ready <= 0 || files[1].revents == 0)
        return FALSE;
    if (!read_more(plain))
        plain->ended = TRUE;
    return has_line(plain);
}
