/* SPDX-License-Identifier: MIT */
#include "support/plain_talk.h"

#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#define MARK "> "
#define END_OF_INPUT "\004"

struct talk *talk_about(struct session *session, const char *heard, const struct plain_options *options)
{
    struct talk *talk = g_new0(struct talk, 1);
    gsize size = 0;
    FILE *in = tmpfile();
    FILE *out = open_memstream(&talk->said, &size);
    fputs(heard, in);
    rewind(in);
    talk->session = session;
    talk->status = plain_run(talk->session, options, in, out);
    fclose(in);
    fclose(out);
    return talk;
}

struct talk *talk_with(const char *scene, const char *heard, gboolean ascii)
{
    const struct plain_options options = {.ascii = ascii};
    return talk_about(fake_session_new(scene), heard, &options);
}

struct typist {
    int terminal;
    const char *const *answers;
    GString *heard;
    gint over; /* atomic */
};

/* Types the next answer once what was heard since the last one ends with a question's mark. */
static gpointer type_answers(gpointer data)
{
    struct typist *typist = data;
    struct pollfd ready = {.fd = typist->terminal, .events = POLLIN};
    gsize since = 0;
    while (g_atomic_int_get(&typist->over) == 0 || poll(&ready, 1, 0) > 0) {
        char bytes[4096];
        ssize_t count = poll(&ready, 1, 50) > 0 ? read(typist->terminal, bytes, sizeof bytes) : 0;
        if (count > 0)
            g_string_append_len(typist->heard, bytes, count);
        if (count < 0 || !g_str_has_suffix(typist->heard->str + since, MARK))
            continue;
        const char *answer = *typist->answers != NULL ? *typist->answers++ : NULL;
        g_autofree char *typed = answer != NULL ? g_strconcat(answer, "\n", NULL) : g_strdup(END_OF_INPUT);
        since = typist->heard->len;
        if (write(typist->terminal, typed, strlen(typed)) < 0)
            break;
    }
    return NULL;
}

struct talk *talk_on_terminal(struct session *session, const char *const *answers, const struct plain_options *options,
                              int columns)
{
    struct talk *talk = g_new0(struct talk, 1);
    struct typist typist = {.terminal = posix_openpt(O_RDWR | O_NOCTTY), .answers = answers};
    const struct winsize size = {.ws_row = 24, .ws_col = (unsigned short)columns};
    g_assert(typist.terminal >= 0 && grantpt(typist.terminal) == 0 && unlockpt(typist.terminal) == 0);
    const char *name = ptsname(typist.terminal);
    FILE *in = fopen(name, "r");
    FILE *out = fopen(name, "w");
    g_assert(in != NULL && out != NULL && ioctl(fileno(in), TIOCSWINSZ, &size) == 0);
    typist.heard = g_string_new(NULL);
    GThread *thread = g_thread_new("typist", type_answers, &typist);
    talk->session = session;
    talk->status = plain_run(session, options, in, out);
    fflush(out);
    g_atomic_int_set(&typist.over, 1);
    g_thread_join(thread);
    fclose(in);
    fclose(out);
    close(typist.terminal);
    g_string_replace(typist.heard, "\r\n", "\n", 0);
    talk->said = strdup(typist.heard->str);
    g_string_free(typist.heard, TRUE);
    return talk;
}

void talk_free(struct talk *talk)
{
    session_free(talk->session);
    free(talk->said);
    g_free(talk);
}

gboolean was_called(const struct talk *talk, const char *call)
{
    const GPtrArray *calls = fake_session_calls(talk->session);
    return g_ptr_array_find_with_equal_func((GPtrArray *)calls, call, g_str_equal, NULL);
}

void assert_said(const struct talk *talk, const char *text)
{
    if (strstr(talk->said, text) == NULL)
        fail_msg("“%s” was not said:\n%s", text,
                 strlen(talk->said) > 900 ? talk->said + strlen(talk->said) - 900 : talk->said);
}

void assert_said_in_order(const struct talk *talk, const char *first, const char *second)
{
    assert_said(talk, first);
    if (strstr(strstr(talk->said, first), second) == NULL)
        fail_msg("“%s” was not said after “%s”:\n%s", second, first, strstr(talk->said, first));
}
