/* SPDX-License-Identifier: MIT */
#include "ui/greeting.h"

/* Short enough for the pane of an 80x24 screen, buttons included. */
static const char purpose[] =
    "perch connects this tenant's Microsoft Defender for Endpoint to its detection partner: it "
    "does what an API can do, guides through the portals, and proves each step by reading it "
    "back.";
static const char promise[] = "Nothing is written before you have seen the plan and typed the tenant's domain.";
static const char needs[] =
    "You need a Global Administrator for half an hour and the partner's e-mail. One step waits 15 "
    "minutes; you may quit meanwhile.";
static const char practice[] = "This is practice: tenant, people and partner are made up and live on this machine. The "
                               "clock runs faster.";

const char *const *greeting_sentences(gboolean is_practice)
{
    static const char *const sentences[] = {purpose, promise, needs, NULL};
    static const char *const of_practice[] = {purpose, promise, practice, NULL};
    return is_practice ? of_practice : sentences;
}

void greeting_fill(const struct console *console, struct text_layout *layout)
{
    layout_paragraph(layout, NULL, 0, STYLE_NORMAL, purpose);
    layout_blank(layout);
    layout_paragraph(layout, NULL, 0, STYLE_BOLD, promise);
    layout_paragraph(layout, NULL, 0, STYLE_NORMAL, console->options->practice ? practice : needs);
    layout_blank(layout);
    layout_row(layout, &(struct item){.kind = ITEM_BEGIN});
    layout_text(layout, STYLE_NORMAL, "[ Begin ]");
    if (console->options->practice)
        return;
    if (console->options->practise != NULL) {
        layout_row(layout, &(struct item){.kind = ITEM_PRACTISE});
        layout_text(layout, STYLE_NORMAL, "[ Practise first, against a made-up tenant ]");
    } else {
        layout_paragraph(layout, NULL, 0, STYLE_DIM, "To practise first: q, then perch --practice.");
    }
}
