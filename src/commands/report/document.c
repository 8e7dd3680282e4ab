/* SPDX-License-Identifier: MIT */
#include "commands/report/document.h"

#include <string.h>

#include "commands/report/access.h"
#include "commands/report/print.h"
#include "commands/report/words.h"

/* PARTS (of const char *) with SEPARATOR between them; NOTHING if there are none. */
static const char *join(const struct report *report, GPtrArray *parts, const char *separator, const char *nothing)
{
    if (parts->len == 0)
        return nothing;
    g_ptr_array_add(parts, NULL);
    g_autofree char *joined = g_strjoinv(separator, (char **)parts->pdata);
    return g_string_chunk_insert(report->strings, joined);
}

static void add_count(GPtrArray *parts, const struct report *report, int count, const char *one, const char *many)
{
    const char *text = report_count(report, count, one, many);
    if (text != NULL)
        g_ptr_array_add(parts, (gpointer)text);
}

/* Titles of the objects of this ORIGIN that the tenant holds. */
static const char *titles_of(const struct report *report, enum object_origin origin)
{
    g_autoptr(GPtrArray) titles = g_ptr_array_new();
    for (guint i = 0; i < report->board->steps->len; i++) {
        const struct board_step *step = report_step(report, i);
        for (guint k = 0; k < step->objects->len; k++) {
            const struct board_object *object = report_object(step, k);
            if (report_is_there(object) && object->origin == origin)
                g_ptr_array_add(titles, (gpointer)report_masked(report, object->title));
        }
    }
    return join(report, titles, ", ", NULL);
}

/* What is sent about an object, as a deed says it. */
static const char *const writes[] = {"create", "repair", "restore", "remove", "undo-repair", NULL};

/* The objects about which WHAT was the last that was sent, of struct deed. Caller unrefs. */
static GPtrArray *last_sent(const struct report *report, const char *what)
{
    const GPtrArray *deeds = report->history->deeds;
    GPtrArray *found = g_ptr_array_new();
    g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint i = deeds->len; i > 0; i--) {
        struct deed *deed = g_ptr_array_index(deeds, i - 1);
        if (g_strv_contains(writes, deed->what) && g_hash_table_add(seen, deed->object) &&
            strcmp(deed->what, what) == 0)
            g_ptr_array_insert(found, 0, deed);
    }
    return found;
}

static const char *what_was_changed(const struct report *report)
{
    g_autoptr(GPtrArray) parts = g_ptr_array_new();
    g_autoptr(GPtrArray) changed = last_sent(report, "repair");
    g_autoptr(GPtrArray) removed = last_sent(report, "remove");
    int adopted = 0;
    int by_hand = 0;
    for (guint i = 0; i < report->board->steps->len; i++)
        for (guint k = 0; k < report_step(report, i)->objects->len; k++) {
            const struct board_object *object = report_object(report_step(report, i), k);
            adopted += report_is_there(object) && object->origin == ORIGIN_ADOPTED ? 1 : 0;
            by_hand += report_is_there(object) && object->origin == ORIGIN_PERSON ? 1 : 0;
        }
    add_count(parts, report, report->board->created_count, "1 object was created", "objects were created");
    add_count(parts, report, (int)changed->len, "1 was changed", "were changed");
    add_count(parts, report, (int)removed->len, "1 was removed", "were removed");
    add_count(parts, report, adopted, "1 was there and taken over", "were there and taken over");
    add_count(parts, report, by_hand, "1 was made by hand in a portal", "were made by hand in a portal");
    return join(report, parts, ", ", "nothing yet");
}

/* What others had made, and is gone for good. */
static const char *not_brought_back(const struct report *report)
{
    g_autoptr(GPtrArray) titles = g_ptr_array_new();
    g_autoptr(GPtrArray) removed = last_sent(report, "remove");
    g_autoptr(GHashTable) own = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint i = 0; i < report->history->deeds->len; i++) {
        const struct deed *deed = g_ptr_array_index(report->history->deeds, i);
        if (strcmp(deed->what, "create") == 0)
            g_hash_table_add(own, deed->object);
    }
    for (guint i = 0; i < removed->len; i++) {
        const char *key = ((const struct deed *)g_ptr_array_index(removed, i))->object;
        const struct board_object *object = report_find_object(report, key);
        if (!g_hash_table_contains(own, key))
            g_ptr_array_add(titles, (gpointer)(object != NULL ? report_masked(report, object->title) : key));
    }
    return join(report, titles, ", ", NULL);
}

/* Steps of which something stays that only a person takes away, and that was only told. */
static const char *told_to_reverse(const struct report *report)
{
    g_autoptr(GPtrArray) titles = g_ptr_array_new();
    for (guint i = 0; i < report->board->steps->len; i++)
        if (report_step(report, i)->leaving->len > 0)
            g_ptr_array_add(titles, report_step(report, i)->title);
    return join(report, titles, ", ", NULL);
}

static void add_reversal(const struct report *report, struct block *pairs)
{
    const char *by_hand = titles_of(report, ORIGIN_PERSON);
    const char *told = told_to_reverse(report);
    const char *removed = not_brought_back(report);
    const char *what =
        report_count(report, report->board->created_count, "the one object that it created", "objects that it created");
    struct block_row *row = block_add(pairs, "How it is reversed", NULL);
    if (what != NULL)
        block_line(row, report_printf(report, "perch undo removes %s and puts back what it changed", what));
    if (by_hand != NULL)
        block_line(row, report_printf(report, "by hand, where it was made: %s", by_hand));
    if (told != NULL)
        block_line(row, report_printf(report, "by hand, as it was told and cannot be read: %s", told));
    if (removed != NULL)
        block_line(row, report_printf(report, "perch does not bring back what it removed: %s", removed));
    gboolean is_any = what != NULL || by_hand != NULL || told != NULL || removed != NULL;
    block_line(row, is_any ? "what was there before stays" : "there is nothing to reverse");
}

static const char *not_proved(const struct report *report)
{
    g_autoptr(GPtrArray) parts = g_ptr_array_new();
    for (guint i = 0; i < report->board->steps->len; i++) {
        const struct board_step *step = report_step(report, i);
        if (step->state == STEP_TOLD)
            g_ptr_array_add(parts, (gpointer)report_printf(report, "%s (told)", step->title));
        else if (!step_state_is_settled(step->state) && !step->report)
            g_ptr_array_add(parts, (gpointer)report_printf(report, "%s (%s)", step->title, report_state(report, step)));
    }
    return join(report, parts, ", ", "nothing: every step was read back or left out");
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
    return join(report, parts, ", ", "nowhere");
}

static const char *summary(const struct report *report)
{
    const struct board_summary *counts = &report->board->summary;
    g_autoptr(GPtrArray) parts = g_ptr_array_new();
    int written = 0, unwritten = 0;
    for (guint i = 0; i < report->board->steps->len; i++) {
        const struct board_step *step = report_step(report, i);
        written += step->report && step->state == STEP_DONE;
        unwritten += step->report && step->state != STEP_DONE;
    }
    const struct {
        int count;
        const char *words;
    } each[] = {
        {counts->done - written, "proved"},
        {counts->told, "told and not proved"},
        {counts->skipped, "left out"},
        {counts->waiting, "waiting"},
        {counts->left - unwritten, "still to come"},
        {counts->needs_person, "for a person to do"},
        {counts->failed, "failed"},
        {counts->in_doubt, "in doubt"},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(each); i++)
        if (each[i].count > 0)
            g_ptr_array_add(parts, (gpointer)report_printf(report, "%d %s", each[i].count, each[i].words));
    return join(report, parts, ", ", "none");
}

static void add_page_one(GPtrArray *document, const struct report *report)
{
    const struct board *board = report->board;
    document_heading(document, 1, report_printf(report, "Connection of %s to %s", board->tenant_name, board->partner));
    if (board->practice)
        document_add(document, BLOCK_NOTICE, "This is a practice tenant; nothing here is real.");

    struct block *pairs = document_add(document, BLOCK_PAIRS, "");
    block_add(pairs, "What was changed", what_was_changed(report), NULL);
    report_add_access(report, FALSE, block_add(pairs, "Who can now do what", NULL));
    report_add_access(report, TRUE, block_add(pairs, "Who gets in by what", NULL));
    add_reversal(report, pairs);
    block_add(pairs, "Not proved", not_proved(report), NULL);
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
    block_add(about, "Tenant read", report_time(report, board->checked), NULL);
    block_add(about, "Steps", summary(report), NULL);
    block_add(about, "Made with",
              report_printf(report, "perch %s; profile of %s of %s%s, sha256 %.8s…", PERCH_VERSION, board->partner,
                            board->partner_dated, board->partner_from_file ? " (from a file)" : "",
                            board->partner_sha256),
              NULL);
}

static void add_write(struct block *table, const struct report *report, const struct deed *deed, const char *title)
{
    if (g_strv_contains(writes, deed->what))
        block_add(
            table, report_masked(report, title), report_masked(report, deed->id),
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
    if (card->len == 0)
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
        block_add(table, report_printf(report, "%d", step->number), step->title, report_state(report, step),
                  report_why(report, step, &said), NULL);
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
    for (guint i = 0; i < object->differences->len; i++) {
        const struct board_difference *difference = g_ptr_array_index(object->differences, i);
        block_item(list, 1, "",
                   report_printf(report, "%s: found %s, wanted %s", difference->field,
                                 report_masked(report, difference->found), report_masked(report, difference->wanted)));
    }
    for (const struct deed *deed; (deed = report_next_deed(report, object, &position)) != NULL;)
        block_item(list, 1, "", report_deed_proof(report, deed));
}

static void add_holdings(GPtrArray *document, const struct report *report)
{
    document_heading(document, 2, "What the tenant holds");
    for (guint i = 0; i < report->board->steps->len; i++) {
        const struct board_step *step = report_step(report, i);
        if (step->objects->len == 0 && step->notes->len == 0)
            continue;
        document_heading(document, 3, report_printf(report, "%d %s", step->number, step->title));
        document_add(document, BLOCK_PARAGRAPH,
                     report_printf(report, "Read from the tenant: %s.", report_time(report, step->checked)));
        struct block *list = document_add(document, BLOCK_LIST, "");
        for (guint k = 0; k < step->objects->len; k++) {
            const struct board_object *object = report_object(step, k);
            /* Of a step that is left out only what is there says anything. */
            if (step->state != STEP_SKIPPED || report_is_there(object))
                add_object(list, report, object);
        }
        for (guint k = 0; k < step->notes->len; k++)
            block_item(list, 0, "Note", report_masked(report, g_ptr_array_index(step->notes, k)));
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
            "Full dots are writes; rings what was said, decided, taken over, or first seen of what a person made; "
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
    add_said(document, report);
    add_deviations(document, report);
    add_time_line(document, report);
    return document;
}
