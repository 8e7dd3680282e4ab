/* SPDX-License-Identifier: MIT */
#include "commands/report/document.h"

#include <string.h>

#include "commands/report/access.h"
#include "commands/report/changes.h"
#include "commands/report/print.h"
#include "commands/report/words.h"

/* The first says what is counted. */
static void add_count(GPtrArray *parts, const struct report *report, int count, const char *one, const char *many)
{
    const char *noun = parts->len > 0 ? "" : count == 1 ? " object" : " objects";
    if (count > 0)
        g_ptr_array_add(parts, (gpointer)report_printf(report, "%d%s %s", count, noun, count == 1 ? one : many));
}

/* Titles of the objects of this ORIGIN that the tenant holds. */
static const char *titles_of(const struct report *report, enum object_origin origin)
{
    g_autoptr(GPtrArray) titles = g_ptr_array_new();
    for (guint i = 0; i < report->board->steps->len; i++) {
        const struct board_step *step = report_step(report, i);
        for (guint k = 0; k < step->objects->len; k++) {
            const struct board_object *object = report_object(step, k);
            if (object_state_is_there(object->state) && object->origin == origin)
                g_ptr_array_add(titles, (gpointer)report_masked(report, object->title));
        }
    }
    return report_join(report, titles, NULL);
}

static const char *what_was_changed(const struct report *report)
{
    const struct report_changes counts = report_changes(report);
    g_autoptr(GPtrArray) parts = g_ptr_array_new();
    add_count(parts, report, counts.created, "was created", "were created");
    add_count(parts, report, counts.changed, "was changed", "were changed");
    add_count(parts, report, counts.removed, "was removed", "were removed");
    add_count(parts, report, counts.adopted, "was found there and is used as it is",
              "were found there and are used as they are");
    add_count(parts, report, counts.by_hand, "was made by hand in a portal", "were made by hand in a portal");
    return report_join(report, parts, "nothing yet");
}

static void add_reversal(const struct report *report, struct block *pairs)
{
    const char *by_hand = titles_of(report, ORIGIN_PERSON);
    /* Steps of which something stays that only a person takes away, and that was only told. */
    g_autoptr(GPtrArray) titles = g_ptr_array_new();
    for (guint i = 0; i < report->board->steps->len; i++)
        if (report_step(report, i)->leaving->len > 0)
            g_ptr_array_add(titles, report_step(report, i)->title);
    const char *told = report_join(report, titles, NULL);
    const char *removed = report_lost_titles(report);
    const char *changed = report_changed_titles(report);
    int created = report->board->created_count;
    struct block_row *row = block_add(pairs, "How it is reversed", NULL);
    if (created > 0)
        block_line(row,
                   report_printf(report, "the command perch undo removes %s",
                                 created == 1 ? "the object that was created"
                                              : report_printf(report, "the %d objects that were created", created)));
    if (changed != NULL)
        block_line(row, report_printf(report, "the command perch undo gives back what it had before: %s", changed));
    if (by_hand != NULL)
        block_line(row, report_printf(report, "by hand, where it was made: %s", by_hand));
    if (told != NULL)
        block_line(row, report_printf(report, "by hand, as it was told and cannot be read: %s", told));
    if (removed != NULL)
        block_line(row, report_printf(report, "perch does not bring back what it removed: %s", removed));
    for (guint i = 0; i < report->board->goes_on->len; i++)
        block_line(row, report_printf(report, "stays, as decided: %s",
                                      report_masked(report, g_ptr_array_index(report->board->goes_on, i))));
    gboolean is_any = created > 0 || changed != NULL || by_hand != NULL || told != NULL || removed != NULL;
    block_line(row, is_any ? "what was there before stays" : "there is nothing to reverse");
}

static const char *not_proved(const struct report *report)
{
    g_autoptr(GPtrArray) parts = g_ptr_array_new();
    for (guint i = 0; i < report->board->steps->len; i++) {
        const struct board_step *step = report_step(report, i);
        const char *read = report_read_back(report, step);
        if (step->state == STEP_TOLD)
            g_ptr_array_add(parts,
                            (gpointer)report_printf(report, "%s (told%s%s%s)", step->title,
                                                    board_step_told_unseen(step) ? ", read as not there" : "",
                                                    read != NULL ? "; proved of it: " : "", read != NULL ? read : ""));
        else if (!step_state_is_settled(step->state) && !step->report && !report->board->taken_away)
            g_ptr_array_add(parts,
                            (gpointer)report_printf(report, "%s (%s)", step->title, step_state_said(step->state)));
    }
    return report_join(report, parts,
                       report->board->taken_away ? "nothing of what was taken away"
                                                 : "nothing: every step was read back or left out");
}

/* What comes by itself after a step, at the partner's end: nobody here sees it. */
static void add_not_proved(const struct report *report, struct block_row *row)
{
    for (guint i = 0; i < report->board->steps->len; i++)
        if (report_step(report, i)->expected[0] != '\0')
            block_line(row, report_printf(report, "cannot be seen from here: %s", report_step(report, i)->expected));
}

static const char *leaves_the_recipe(const struct report *report)
{
    g_autoptr(GPtrArray) parts = g_ptr_array_new();
    int from_microsoft = 0;
    for (guint i = 0; i < report->deviations->len; i++)
        from_microsoft += ((const struct report_deviation *)g_ptr_array_index(report->deviations, i))->from_microsoft;
    const struct {
        int count;
        const char *whose;
    } each[] = {
        {(int)report->deviations->len - from_microsoft, report_printf(report, "%s's", report->board->partner)},
        {from_microsoft, "Microsoft's stricter one"},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(each); i++)
        if (each[i].count > 0)
            g_ptr_array_add(parts, (gpointer)report_printf(report, "%s in %s", each[i].whose,
                                                           report_count(report, each[i].count, "one point", "points")));
    return report_join(report, parts, "nowhere");
}

static const char *summary(const struct report *report)
{
    const struct board_summary counts = report_summary(report);
    g_autoptr(GPtrArray) parts = g_ptr_array_new();
    /* Once all was taken away nothing asks for the rest. */
    gboolean is_gone = report->board->taken_away;
    int waits_for_person = is_gone ? 0 : counts.needs_person;
    const struct {
        int count;
        const char *words;
    } each[] = {
        {counts.done, "proved"},
        {counts.told, "told and not proved"},
        {counts.skipped, "left out"},
        {counts.waiting, "waiting"},
        {counts.left + counts.needs_person - waits_for_person, is_gone ? "not done any more" : "still to come"},
        {waits_for_person, "for a person to do"},
        {counts.failed, "failed"},
        {counts.in_doubt, "in doubt"},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(each); i++)
        if (each[i].count > 0)
            g_ptr_array_add(parts, (gpointer)report_printf(report, "%d %s", each[i].count, each[i].words));
    return report_join(report, parts, "none");
}

static const char *when_read(const struct report *report)
{
    gint64 first = 0, last = 0;
    report_read_between(report, &first, &last);
    const char *from = report_time(report, first);
    const char *until = report_time(report, last);
    return strcmp(from, until) == 0
               ? from
               : report_printf(report, "between %s and %s, each step when it says so below", from, until);
}

static void add_page_one(GPtrArray *document, const struct report *report)
{
    const struct board *board = report->board;
    const char *tenant = board->tenant_name, *partner = board->partner;
    document_heading(document, 1,
                     board->taken_away
                         ? report_printf(report, "What %s had of %s, and what was taken away", tenant, partner)
                         : report_printf(report, "Connection of %s to %s", tenant, partner));
    if (board->practice)
        document_add(document, BLOCK_NOTICE, "This is a practice tenant; nothing here is real.");

    struct block *pairs = document_add(document, BLOCK_PAIRS, "");
    block_add(pairs, "What was changed", what_was_changed(report), NULL);
    report_add_access(report, FALSE, pairs);
    report_add_access(report, TRUE, pairs);
    add_reversal(report, pairs);
    add_not_proved(report, block_add(pairs, "Not proved", not_proved(report), NULL));
    block_add(pairs, "Leaves a recipe", leaves_the_recipe(report), NULL);
    block_add(pairs, "Next review", report_review(report), NULL);

    struct block *signatures = document_add(document, BLOCK_SIGNATURES, "");
    block_add(signatures, "Requested by", NULL);
    block_add(signatures, "Approved by", NULL);
    block_add(signatures, "Date", NULL);

    struct block *about = document_add(document, BLOCK_PAIRS, "");
    block_add(about, "Tenant",
              report_printf(report, "%s, %s, %s", board->tenant_name, board->tenant_domain, board->tenant_id), NULL);
    block_add(about, "Cloud", board->cloud, NULL);
    block_add(about, "Made",
              report_printf(report, "%s, signed in as %s", report_time(report, report->made), board->account), NULL);
    block_add(about, "Tenant read", when_read(report), NULL);
    block_add(about, "Steps", summary(report), NULL);
    block_add(about, "Made with",
              report_printf(report, "perch %s; profile of %s of %s%s, sha256 %.8s…", PERCH_VERSION, board->partner,
                            board->partner_dated, board->partner_from_file ? " (from a file)" : "",
                            board->partner_sha256),
              NULL);
}

static void add_write(struct block *table, const struct report *report, const struct deed *deed, const char *title)
{
    const char *name = report_masked(report, title);
    const char *more = report_masked(report, deed->text);
    if (report_is_write(deed->what))
        block_add(
            table, more[0] != '\0' ? report_printf(report, "%s: %s", name, more) : name,
            report_masked(report, deed->id),
            report_printf(report, "%s %s by %s", report_past(deed->what), report_time(report, deed->at), deed->by),
            deed->request_id, NULL);
}

/* Each write, by what it was about. */
static void add_written(GPtrArray *document, const struct report *report)
{
    static const struct block_column columns[] = {
        {"What", STYLE_PLAIN}, {"Id", STYLE_ID}, {"Done", STYLE_PLAIN}, {"Request", STYLE_ID}, {NULL, STYLE_PLAIN},
    };
    document_heading(document, 2, "What was created, changed and removed");
    struct block *table = document_add(document, BLOCK_TABLE, "Nothing.");
    table->columns = columns;
    for (guint i = 0; i < report->board->steps->len; i++) {
        const struct board_step *step = report_step(report, i);
        for (guint k = 0; k < step->objects->len; k++) {
            const struct board_object *object = report_object(step, k);
            guint position = 0;
            for (const struct deed *deed; (deed = report_next_deed(report, object, &position)) != NULL;)
                add_write(table, report, deed, object->title);
        }
    }
    /* What an earlier answer asked for is no object of a step any more. */
    for (guint i = 0; i < report->history->deeds->len; i++) {
        const struct deed *deed = g_ptr_array_index(report->history->deeds, i);
        if (deed->object[0] != '\0' && report_find_object(report, deed->object) == NULL)
            add_write(table, report, deed, deed->object);
    }
}

static void add_hand_back(GPtrArray *document, const struct report *report)
{
    const GPtrArray *card = report->history->card;
    const char *name = report_fact(report, "answers.partnerContact.name");
    const char *mail = report_fact(report, "answers.partnerContact.email");
    /* Whom the company has left is handed nothing any more. */
    if (card->len == 0 || report->board->taken_away)
        return;
    document_heading(document, 2, report_printf(report, "To hand to %s", report->board->partner));
    struct block *pairs = document_add(document, BLOCK_PAIRS, "");
    pairs->style = STYLE_CARD;
    if (name != NULL || mail != NULL)
        block_add(pairs, "Contact", report_printf(report, "%s %s", name != NULL ? name : "", mail != NULL ? mail : ""),
                  NULL);
    for (guint i = 0; i < card->len; i++) {
        const struct board_line *line = g_ptr_array_index(card, i);
        const char *value = line->copy[0] != '\0' ? report_masked(report, line->copy) : "(not known yet)";
        block_add(pairs, line->text, line->masked ? "(masked)" : value, NULL);
    }
}

static void add_steps(GPtrArray *document, const struct report *report)
{
    static const struct block_column columns[] = {
        {"", STYLE_NUMBER}, {"Step", STYLE_PLAIN}, {"State", STYLE_STATE}, {"Why", STYLE_PLAIN}, {NULL, STYLE_PLAIN},
    };
    document_heading(document, 2, "Steps");
    struct block *table = document_add(document, BLOCK_TABLE, "None.");
    table->columns = columns;
    for (guint i = 0; i < report->board->steps->len; i++) {
        const struct board_step *step = report_step(report, i);
        struct step_said said = report_said(report, step);
        if (step->report)
            continue;
        gboolean is_gone = report->board->taken_away && !step_state_is_settled(step->state);
        block_add(table, report_printf(report, "%d", step->number), step->title,
                  is_gone ? "not done" : step_state_said(step->state),
                  is_gone ? "Nothing asks for it after what was taken away." : report_why(report, step, &said), NULL);
    }
}

static void add_object(struct block *list, const struct report *report, const struct board_object *object)
{
    guint position = 0;
    block_item(list, 0, report_masked(report, object->title), report_object_line(report, object));
    if (object->id[0] != '\0')
        block_item(list, 1, "", report_printf(report, "id %s", report_masked(report, object->id)));
    if (object->sentence[0] != '\0')
        block_item(list, 1, "", report_masked(report, object->sentence));
    const char *granted = report_fact(report, report_printf(report, "%s.granted", object->key));
    if (granted != NULL && object_state_is_there(object->state))
        block_item(list, 1, "granted", report_masked(report, granted));
    for (guint i = 0; i < object->differences->len; i++) {
        const struct board_difference *difference = g_ptr_array_index(object->differences, i);
        block_item(list, 1, "",
                   report_printf(report, "%s: found %s, wanted %s", difference->field,
                                 report_masked(report, difference->found), report_masked(report, difference->wanted)));
    }
    for (const struct deed *deed; (deed = report_next_deed(report, object, &position)) != NULL;)
        block_item(list, 1, "", report_deed_proof(report, deed));
}

/* The choices that a person made for STEP, in the form's words: what was read is to be held against them. */
static void add_answered(struct block *list, const struct report *report, const struct board_step *step)
{
    for (guint i = 0; i < step->fields->len; i++) {
        const struct board_field *field = g_ptr_array_index(step->fields, i);
        const char *words = field->kind == FIELD_YES_NO ? field->value : NULL;
        for (guint k = 0; field->kind == FIELD_CHOICE && k < field->choices->len; k++) {
            const struct board_choice *choice = g_ptr_array_index(field->choices, k);
            words = strcmp(choice->value, field->value) == 0 ? choice->label : words;
        }
        if (words != NULL && words[0] != '\0')
            block_item(list, 0, "Answered", report_printf(report, "%s: %s", field->label, words));
    }
}

static void add_holdings(GPtrArray *document, const struct report *report)
{
    document_heading(document, 2, "What the tenant holds");
    for (guint i = 0; i < report->board->steps->len; i++) {
        const struct board_step *step = report_step(report, i);
        /* Of a step that is left out only what is there says anything. */
        guint said = step->report ? 0 : step->notes->len;
        for (guint k = 0; k < step->objects->len; k++)
            said += step->state != STEP_SKIPPED || object_state_is_there(report_object(step, k)->state);
        if (said == 0)
            continue;
        document_heading(document, 3, report_printf(report, "%d %s", step->number, step->title));
        document_add(document, BLOCK_PARAGRAPH,
                     report_printf(report, "Read from the tenant: %s.", report_time(report, step->checked)));
        struct block *list = document_add(document, BLOCK_LIST, "");
        add_answered(list, report, step);
        for (guint k = 0; k < step->objects->len; k++) {
            const struct board_object *object = report_object(step, k);
            if (step->state != STEP_SKIPPED || object_state_is_there(object->state))
                add_object(list, report, object);
        }
        for (guint k = 0; k < step->notes->len; k++)
            block_item(list, 0, "Note", report_masked(report, g_ptr_array_index(step->notes, k)));
    }
}

/* For whoever does by hand what is open, since it may not be written by API or perch lacks the right to. */
static void add_guides(GPtrArray *document, const struct report *report)
{
    gboolean begun = FALSE;
    /* Once all was taken away nothing is open. */
    for (guint i = 0; i < report->board->steps->len && !report->board->taken_away; i++) {
        const struct board_step *step = report_step(report, i);
        if (step->lines->len == 0 || step_state_is_settled(step->state))
            continue;
        if (!begun)
            document_heading(document, 2, "How what is open is done by hand");
        begun = TRUE;
        document_heading(document, 3, report_printf(report, "%d %s by hand", step->number, step->title));
        struct block *list = document_add(document, BLOCK_LIST, "");
        if (step->link[0] != '\0')
            block_item(list, 0, "Page", step->link);
        for (guint k = 0; k < step->lines->len; k++) {
            const struct board_line *line = g_ptr_array_index(step->lines, k);
            block_item(list, 0, report_printf(report, "%u", k + 1), report_masked(report, line->text));
            if (line->copy[0] != '\0')
                block_item(list, 1, "",
                           line->masked ? "the value that was entered" : report_masked(report, line->copy));
        }
    }
}

/* What no reading of the tenant proves: what was told, left out and waited for. */
static void add_said(GPtrArray *document, const struct report *report)
{
    document_heading(document, 2, "Told and not proved");
    struct block *told = document_add(document, BLOCK_LIST, "Nothing.");
    document_heading(document, 2, "Left out");
    struct block *left_out = document_add(document, BLOCK_LIST, "Nothing.");
    document_heading(document, 2, "Waits");
    struct block *waits = document_add(document, BLOCK_LIST, "None.");
    for (guint i = 0; i < report->board->steps->len; i++) {
        const struct board_step *step = report_step(report, i);
        struct step_said said = report_said(report, step);
        if (step->state == STEP_TOLD)
            block_item(told, 0, step->title, report_told(report, step, &said));
        if (step->state == STEP_SKIPPED)
            block_item(left_out, 0, step->title, report_left_out(report, step, &said));
        if (said.wait == NULL)
            continue;
        block_item(waits, 0, step->title, report_wait(report, &said));
        if (step->wait_reason[0] != '\0')
            block_item(waits, 1, "", step->wait_reason);
    }
}

static void add_deviations(GPtrArray *document, const struct report *report)
{
    static const struct block_column columns[] = {
        {"Recipe", STYLE_PLAIN},
        {"What", STYLE_PLAIN},
        {"Reason", STYLE_PLAIN},
        {NULL, STYLE_PLAIN},
    };
    document_heading(document, 2, "Where it leaves a recipe");
    struct block *table = document_add(document, BLOCK_TABLE, "Nowhere.");
    table->columns = columns;
    for (guint i = 0; i < report->deviations->len; i++) {
        const struct report_deviation *deviation = g_ptr_array_index(report->deviations, i);
        block_add(table, deviation->from_microsoft ? "Microsoft" : report->board->partner, deviation->what,
                  deviation->reason, NULL);
    }
}

static void add_time_line(GPtrArray *document, const struct report *report)
{
    static const struct block_column columns[] = {
        {"When", STYLE_TIME}, {"Who", STYLE_PLAIN}, {"What", STYLE_PLAIN}, {"Request", STYLE_ID}, {NULL, STYLE_PLAIN},
    };
    document_heading(document, 2, "Time line");
    const char *drawing = report_time_line(report);
    if (drawing[0] != '\0') {
        document_add(document, BLOCK_FIGURE, drawing);
        document_add(
            document, BLOCK_CAPTION,
            "Full dots are writes; rings what was said, decided, found as wanted, or first seen of what a person made; "
            "crosses refusals; bars waits.");
    }
    struct block *table = document_add(document, BLOCK_TABLE, "Nothing has been done yet.");
    table->columns = columns;
    for (guint i = 0; i < report->history->deeds->len; i++) {
        const struct deed *deed = g_ptr_array_index(report->history->deeds, i);
        block_add(table, report_exact_time(report, deed->at), deed->by[0] != '\0' ? deed->by : "perch",
                  report_deed(report, deed), deed->request_id, NULL);
    }
}

GPtrArray *report_document(const struct report *report)
{
    GPtrArray *document = document_new();
    add_page_one(document, report);
    add_written(document, report);
    add_hand_back(document, report);
    add_steps(document, report);
    add_holdings(document, report);
    add_guides(document, report);
    add_said(document, report);
    add_deviations(document, report);
    add_time_line(document, report);
    return document;
}
