#include "ui/greeting.h"

static const char *const paragraphs[] = {
    "perch connects this company's Microsoft Defender for Endpoint to its partner for managed detection. It reads the "
    "tenant, asks for what it needs, does what can be done for you, guides you through what only a portal can do, and "
    "proves every step by reading it back.",
    "Nothing is written before you have seen the plan and typed the tenant's domain.",
    "You need: a Global Administrator for about half an hour, and the e-mail of your contact at the partner. One step "
    "waits 15 minutes; you may leave and come back at any time.",
};

static const char practice[] = "This is practice: the tenant, its people and the partner are made up and live on this "
                               "machine only. Its clock runs faster, so waits are short.";

void greeting_fill(const struct console *console, struct page *page)
{
    page_row(page, NULL);
    page_text(page, STYLE_BOLD, "Welcome.");
    for (gsize i = 0; i < G_N_ELEMENTS(paragraphs); i++) {
        page_blank(page);
        page_paragraph(page, NULL, 0, STYLE_NORMAL, paragraphs[i]);
    }
    if (console->options->practice) {
        page_blank(page);
        page_paragraph(page, NULL, 0, STYLE_ACCENT, practice);
    }
    page_blank(page);
    page_row(page, "begin");
    page_text(page, STYLE_NORMAL, "[ Begin ]");
    if (console->options->practice)
        return;
    if (console->options->practise != NULL) {
        page_row(page, "practise");
        page_text(page, STYLE_NORMAL, "[ Practise first, against a made-up tenant ]");
    } else {
        page_paragraph(page, NULL, 0, STYLE_DIM,
                       "To practise first: leave with q and run perch --practice. It needs no account.");
    }
}
