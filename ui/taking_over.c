/* SPDX-License-Identifier: MIT */
#include "ui/taking_over.h"

#include "ui/ask.h"
#include "ui/navigation.h"
#include "ui/views/handed_view.h"

static void take_over(struct console *console, const char *text, const struct item *about)
{
    (void)text;
    (void)about;
    if (handed_view_is(console_top(console)))
        console_pop(console);
    session_take_over(console->session, NULL);
    console_sent(console, COMMAND_TAKE_OVER);
}

void taking_over_ask(struct console *console)
{
    const struct board_handed *handed = console->board->handed;
    if (handed == NULL)
        return;
    g_autofree char *said =
        g_strdup_printf("%s hands this over%s.", handed->from, handed->grave > 0 ? ", the lines with ! too" : "");
    ask_agreement(console, AGREE_TAKE_OVER, said, take_over, NULL);
}

void taking_over_offer(struct console *console)
{
    if (!handed_view_is(console_top(console)))
        console_push(console, handed_view_new(console->board));
    taking_over_ask(console);
}
