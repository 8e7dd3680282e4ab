/* SPDX-License-Identifier: MIT */
/*
 * The report: what its blocks say of a board and a history, and how each form prints a block.
 */
#include "base/text.h"
#include "support/support.h"

#include <string.h>

#include "base/error.h"
#include "base/json.h"
#include "commands/output.h"
#include "commands/report/document.h"
#include "commands/report/forms.h"
#include "commands/report/print.h"

#define NOON (G_GINT64_CONSTANT(1795694400) * G_USEC_PER_SEC) /* 2026-11-26 12:00 UTC */

struct world {
    struct board *board;
    struct history *history;
};

static struct board_step *add_step(struct board *board, const char *id, const char *title, enum step_state state)
{
    struct board_step *step = board_step_new();
    text_set(&step->id, id);
    text_set(&step->title, title);
    step->number = (int)board->steps->len;
    step->state = state;
    step->checked = NOON;
    g_ptr_array_add(board->steps, step);
    return step;
}

static struct board_object *add_object(struct board_step *step, const char *kind, const char *title,
                                       enum object_origin origin)
{
    struct board_object *object = board_object_new();
    text_set(&object->key, kind);
    text_set(&object->kind, kind);
    text_set(&object->title, title);
    text_set(&object->id, "id-1");
    object->state = OBJECT_MATCHES;
    object->origin = origin;
    g_ptr_array_add(step->objects, object);
    return object;
}

static void add_deed(struct history *history, const char *what, const char *step, const char *object, const char *text)
{
    struct deed *deed = g_new0(struct deed, 1);
    deed->what = g_strdup(what);
    deed->at = NOON;
    deed->by = g_strdup("ann@contoso.com");
    deed->step = g_strdup(step);
    deed->object = g_strdup(object);
    deed->id = g_strdup("");
    deed->text = g_strdup(text);
    deed->request_id = g_strdup("");
    g_ptr_array_add(history->deeds, deed);
}

static void add_fact(struct world *world, const char *name, const char *value)
{
    g_hash_table_replace(world->history->facts, g_strdup(name), g_strdup(value));
}

static struct world world_new(void)
{
    struct world world = {.board = board_new(), .history = g_new0(struct history, 1)};
    text_set(&world.board->tenant_name, "Contoso");
    text_set(&world.board->partner, "Example");
    world.board->clock.rate = 0;
    world.board->clock.anchor_time = NOON;
    world.history->references = 1;
    world.history->deeds = g_ptr_array_new_with_free_func((GDestroyNotify)deed_free);
    world.history->card = g_ptr_array_new_with_free_func(g_free);
    world.history->facts = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    g_setenv("TZ", "Europe/Berlin", TRUE);
    return world;
}

static void world_clear(struct world *world)
{
    board_unref(world->board);
    history_unref(world->history);
}

static char *told_as(const struct world *world, const char *format)
{
    return report_text(report_form_named(format, NULL), world->board, world->history, NOON);
}

static void assert_holds(const char *text, const char *words)
{
    g_autofree char *all = text_unbroken(text);
    g_autofree char *wanted = text_unbroken(words);
    if (strstr(all, wanted) == NULL)
        fail_msg("no “%s” in:\n%s", words, text);
}

static void test_page_one_says_what_changed_and_who_can_do_what(void **state)
{
    (void)state;
    struct world world = world_new();
    struct board_step *group = add_step(world.board, "group", "Group", STEP_DONE);
    struct board_step *consent = add_step(world.board, "consent", "Consent", STEP_DONE);
    struct board_step *link = add_step(world.board, "link", "Link", STEP_TOLD);
    add_object(group, "role-assignment", "Security Reader to the group", ORIGIN_CREATED);
    add_object(group, "assignment-policy", "policy “Example”", ORIGIN_ADOPTED)->gives_back = TRUE;
    struct board_object *grants = add_object(consent, "application-grants", "what it was granted", ORIGIN_PERSON);
    text_set(&grants->sentence, "3 permissions are granted.");
    add_fact(&world, "application-grants.acting", "Machine.Isolate, Machine.LiveResponse, Odd.Name");
    add_fact(&world, "application-grants.granted", "Alert.Read.All, Machine.Isolate");
    add_fact(&world, "assignment-policy.approval", "none");
    add_fact(&world, "assignment-policy.expires", "never");
    add_fact(&world, "assignment-policy.reviewMonths", "6");
    add_fact(&world, "assignment-policy.reviewStart", "2026-11-26T00:00:00Z");
    text_set(&world.board->partner_dated, "2026-11-24");
    text_set(&world.board->partner_sha256, "0123456789abcdef");
    add_deed(world.history, "repair", "group", "assignment-policy", "approval: found off, wanted on");
    text_set(&link->reason, "An answer settles it.");
    struct board_step *role = add_step(world.board, "role", "Role", STEP_TOLD);
    add_object(role, "defender-role", "role “Example”", ORIGIN_NONE)->state = OBJECT_ABSENT;
    text_set(&role->reason, "Told, not proved: looked at 13:00:00, and not there: role “Example”.");
    add_deed(world.history, "tell", "role", "", "seen in the portal");
    world.board->created_count = 1;
    g_autofree char *text = told_as(&world, "text");
    static const char *const wanted[] = {
        "Connection of Contoso to Example\n=====",
        "1 object was created, 1 was changed, 1 was made by hand in a portal",
        "Security Reader to the group: every member of the group holds this directory role",
        "3 permissions are granted. They let it isolate devices, run live response, Odd.Name; the rest reads.",
        "without approval; access never ends and is reviewed every 6 months",
        "the command perch undo removes the object that was created",
        "the command perch undo gives back what it had before: policy “Example”",
        "by hand, where it was made: what it was granted",
        "Not proved           Link (told), Role (told, read as not there)",
        "seen in the portal. Told, not proved: looked at 13:00:00, and not there: role “Example”.",
        "Leaves a recipe      Microsoft's stricter one in 2 points",
        "Requested by ____",
        "2026-11-26 13:00 CET",
        "2027-05-26, then every 6 months; the first one began on 2026-11-26",
        "perch " PERCH_VERSION "; profile of Example of 2026-11-24, sha256 01234567…",
        "An answer settles it.",
        "- granted: Alert.Read.All, Machine.Isolate",
        "policy “Example”: approval: found off, wanted on",
        "changed policy “Example” (approval: found off, wanted on)",
    };
    for (gsize i = 0; i < G_N_ELEMENTS(wanted); i++)
        assert_holds(text, wanted[i]);
    world_clear(&world);
}

/* Each thing counts in one place, and in JSON as on page one. */
static void test_the_counts_of_page_one_are_those_of_the_program(void **state)
{
    (void)state;
    struct world world = world_new();
    struct board_step *step = add_step(world.board, "group", "Group", STEP_DONE);
    add_object(step, "group", "group “Example”", ORIGIN_CREATED);
    add_object(step, "catalog", "catalog “Example”", ORIGIN_ADOPTED);
    add_object(step, "organization", "organization “Example”", ORIGIN_ADOPTED)->gives_back = TRUE;
    add_object(step, "owners", "owners of the group", ORIGIN_FOUND);
    add_object(step, "export", "export “Example”", ORIGIN_PERSON);
    add_object(step, "sponsor", "sponsor", ORIGIN_NONE)->state = OBJECT_ABSENT;
    add_deed(world.history, "create", "group", "group", "");
    add_deed(world.history, "adopt", "group", "catalog", "");
    add_deed(world.history, "repair", "group", "organization", "");
    add_deed(world.history, "adopt", "group", "organization", "");
    add_deed(world.history, "adopt", "group", "owners", "");
    add_deed(world.history, "remove", "group", "sponsor", "");
    world.board->created_count = 1;
    g_autofree char *text = told_as(&world, "text");
    assert_holds(text, "1 object was created, 1 was changed, 1 was removed, 1 was found there and is used as it is, 1");
    assert_holds(text, "gives back what it had before: organization “Example”");
    assert_holds(text, "perch does not bring back what it removed: sponsor");
    assert_holds(text, "found as wanted: catalog “Example”");
    assert_holds(text, "found as wanted: owners of the group");
    g_autofree char *program = told_as(&world, "json");
    g_autoptr(json) document = json_parse(program, -1, NULL);
    g_autofree char *counts = json_text(json_get(document, "changes"));
    assert_string_equal(counts, "{\"created\":1,\"changed\":1,\"removed\":1,\"adopted\":1,\"byHand\":1}");
    world_clear(&world);
}

/* What was answered stands beside what was read; what the partner alone sees is said to be unseen. */
static void test_answers_and_what_nobody_here_sees(void **state)
{
    static const struct {
        const char *expires;
        const char *said;
    } ends[] = {{"never", "access never ends"},
                {"P365D", "access ends after 365 days"},
                {"PT8H", "access ends after 8 hours"},
                {"2027-03-01T12:00:00Z", "access ends on 2027-03-01 13:00 CET"}};
    (void)state;
    struct world world = world_new();
    struct board_step *step = add_step(world.board, "role", "Role", STEP_DONE);
    struct board_field *field = board_field_new();
    add_object(step, "assignment-policy", "policy “Example”", ORIGIN_CREATED);
    field->kind = FIELD_CHOICE;
    text_set(&field->label, "Role model");
    text_set(&field->value, "unified");
    g_ptr_array_add(field->choices, board_choice_new("unified", "unified: Endpoints is activated", FALSE));
    g_ptr_array_add(field->choices, board_choice_new("classic", "classic", FALSE));
    g_ptr_array_add(step->fields, field);
    text_set(&step->expected, "Events reach the partner within 4 hours.");
    add_fact(&world, "assignment-policy.approval", "none");
    for (gsize i = 0; i < G_N_ELEMENTS(ends); i++) {
        add_fact(&world, "assignment-policy.expires", ends[i].expires);
        g_autofree char *text = told_as(&world, "text");
        assert_holds(text, ends[i].said);
        assert_holds(text, "Answered: Role model: unified: Endpoints is activated");
        assert_holds(text, "cannot be seen from here: Events reach the partner within 4 hours.");
    }
    world_clear(&world);
}

/* No door is opened again by an undo, and what is gone is not as wanted. */
static void test_after_leaving_nothing_is_promised_back(void **state)
{
    (void)state;
    struct world world = world_new();
    struct board_step *step = add_step(world.board, "consent", "Consent", STEP_TO_DO);
    add_object(step, "application", "the partner's application", ORIGIN_NONE)->state = OBJECT_ABSENT;
    add_object(step, "grants", "what it was granted", ORIGIN_NONE)->state = OBJECT_ABSENT;
    add_object(step, "owners", "who owns the group", ORIGIN_NONE)->state = OBJECT_UNKNOWN;
    add_deed(world.history, "adopt", "consent", "owners", "");
    add_deed(world.history, "repair", "consent", "grants", "");
    add_deed(world.history, "remove", "consent", "application", "");
    g_ptr_array_add(step->lines, board_line_new("Consent in the browser.", "", FALSE));
    g_ptr_array_add(world.history->card, board_line_new("My Access link", "", FALSE));
    g_autofree char *before = told_as(&world, "text");
    assert_holds(before, "Consent in the browser.");
    assert_holds(before, "To hand to Example");
    world.board->taken_away = TRUE;
    g_autofree char *text = told_as(&world, "text");
    assert_null(strstr(text, "Consent in the browser."));
    assert_holds(text, "What Contoso had of Example, and what was taken away\n=====");
    assert_null(strstr(text, "Connection of"));
    assert_null(strstr(text, "gives back"));
    assert_holds(text, "perch does not bring back what it removed: the partner's application");
    assert_null(strstr(text, "found as wanted: who owns"));
    assert_holds(text, "left as it was then: who owns the group");
    assert_holds(text, "1 not done any more");
    assert_holds(text, "Nothing asks for it after what was taken away.");
    assert_null(strstr(text, "To hand to"));
    assert_null(strstr(text, "still to come"));
    world_clear(&world);
}

/* Microsoft kept it otherwise than wanted at that time, whatever it is now. */
static void test_what_was_let_be_after_a_refusal_was_not_as_wanted(void **state)
{
    (void)state;
    struct world world = world_new();
    struct board_step *step = add_step(world.board, "group", "Group", STEP_DONE);
    add_object(step, "owners", "who owns the group", ORIGIN_FOUND);
    add_object(step, "catalog", "catalog “Example”", ORIGIN_ADOPTED);
    add_deed(world.history, "refused", "group", "owners", "Request_BadRequest");
    add_deed(world.history, "adopt", "group", "catalog", "");
    add_deed(world.history, "adopt", "group", "owners", "");
    g_autofree char *text = told_as(&world, "text");
    assert_holds(text, "was refused who owns the group (Request_BadRequest)");
    assert_holds(text, "left as it was then: who owns the group");
    assert_holds(text, "found as wanted: catalog “Example”");
    assert_null(strstr(text, "found as wanted: who owns"));
    world_clear(&world);
}

/* It is as wanted now, and was not when it was found. */
static void test_what_deviated_when_it_was_found_was_not_as_wanted(void **state)
{
    (void)state;
    struct world world = world_new();
    struct board_step *step = add_step(world.board, "group", "Group", STEP_DONE);
    add_object(step, "owners", "who owns the group", ORIGIN_FOUND);
    add_deed(world.history, "adopt", "group", "owners", "owners: found ann, wanted nobody");
    g_autofree char *text = told_as(&world, "text");
    assert_holds(text, "found, and deviated: who owns the group (owners: found ann, wanted nobody)");
    assert_null(strstr(text, "found as wanted"));
    world_clear(&world);
}

static void test_what_is_counted_is_said_once(void **state)
{
    (void)state;
    struct world world = world_new();
    add_object(add_step(world.board, "group", "Group", STEP_TO_DO), "group", "group “Example”", ORIGIN_NONE)->state =
        OBJECT_ABSENT;
    add_deed(world.history, "create", "group", "group", "");
    add_deed(world.history, "remove", "group", "group", "");
    g_autofree char *text = told_as(&world, "text");
    assert_holds(text, "What was changed     1 object was removed\n");
    assert_holds(text, "How it is reversed   there is nothing to reverse");
    world_clear(&world);
}

static void test_nothing_done_is_said_to_be_nothing(void **state)
{
    (void)state;
    struct world world = world_new();
    struct board_step *step = add_step(world.board, "group", "Group", STEP_TO_DO);
    add_object(step, "role-assignment", "Security Reader to the group", ORIGIN_NONE)->state = OBJECT_ABSENT;
    g_autofree char *text = told_as(&world, "text");
    assert_holds(text, "What was changed     nothing yet");
    assert_holds(text, "Who can now do what  nobody, as far as perch reads it");
    assert_holds(text, "How it is reversed   there is nothing to reverse");
    assert_holds(text, "Not proved           Group (to do)");
    assert_holds(text, "Leaves a recipe      nowhere");
    assert_holds(text, "0  Group  to do  It comes in its turn.");
    assert_holds(text, "Nothing has been done yet.");
    world_clear(&world);
}

/* A form's own name at the end of a file's says it as well as the short ending. */
static void test_a_form_is_written_to_the_endings_that_people_use(void **state)
{
    static const char *const rows[][2] = {
        {"text", "r.txt"},          {"text", "r.text"},        {"text", "r.TEXT"}, {"markdown", "r.md"},
        {"markdown", "r.markdown"}, {"html", "r.htm"},         {"html", "r.html"}, {"csv", "r.csv"},
        {"json", "r.json"},         {"oscal", "r.oscal.json"}, {"text", "r"},
    };
    const struct options options = {.force = FALSE};
    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autoptr(GError) error = NULL;
        g_autofree char *file = g_build_filename(g_get_tmp_dir(), rows[i][1], NULL);
        const struct report_form *form = report_form_named(rows[i][0], NULL);
        if (!output_may_write(&options, file, form->endings, &error) && error->code == PERCH_ERROR_USAGE)
            fail_msg("%s: %s", rows[i][1], error->message);
    }
}

/* What is masked on the screen is masked in each form, wherever it came from. */
static void test_masked_values_are_dots_everywhere(void **state)
{
    (void)state;
    static const char *const formats[] = {"text", "json", "oscal", "markdown", "html", "csv"};
    struct world world = world_new();
    struct board_step *step = add_step(world.board, "stream", "Stream", STEP_DONE);
    struct board_field *field = board_field_new();
    struct board_object *object = add_object(step, "streaming-export", "export to hub-4711", ORIGIN_FOUND);
    field->masked = TRUE;
    text_set(&field->value, "/a/hub-4711");
    g_ptr_array_add(step->fields, field);
    text_set(&step->reason, "reason HUB-4711");
    text_set(&step->next, "next hub-4711");
    text_set(&object->id, "hub-4711");
    text_set(&object->name, "hub-4711");
    text_set(&object->sentence, "It sends to hub-4711.");
    g_ptr_array_add(object->differences, board_difference_new("hub", "hub-4711", "(hub-4711)"));
    g_ptr_array_add(step->notes, g_strdup("note hub-4711"));
    g_ptr_array_add(world.history->card, board_line_new("Hub", "hub-4711", FALSE));
    g_ptr_array_add(world.history->card, board_line_new("Secret", "no-hub", TRUE));
    add_deed(world.history, "tell", "stream", "", "told hub-4711");
    add_deed(world.history, "decide", "stream", "streaming-export", "name:hub-4711");
    add_deed(world.history, "skip", "stream", "", "left out hub-4711");
    for (gsize i = 0; i < G_N_ELEMENTS(formats); i++) {
        g_autofree char *text = told_as(&world, formats[i]);
        g_autofree char *lower = g_utf8_strdown(text, -1);
        if (strstr(lower, "4711") != NULL || strstr(lower, "no-hub") != NULL)
            fail_msg("%s holds it:\n%s", formats[i], text);
        assert_holds(text, "It sends to ●●●●●●●●.");
        if (report_form_named(formats[i], NULL)->report_only)
            continue;
        assert_holds(text, "told ●●●●●●●●");
        assert_holds(text, "note ●●●●●●●●");
    }
    world_clear(&world);
}

/* What a spreadsheet would carry out is text, and each difference has a row. */
static void test_rows_for_a_spreadsheet(void **state)
{
    (void)state;
    struct world world = world_new();
    struct board_step *step = add_step(world.board, "group", "Group", STEP_DIFFERS);
    struct board_object *object = add_object(step, "group", "Group", ORIGIN_CREATED);
    text_set(&object->name, "=HYPERLINK(\"a\")");
    text_set(&object->sentence, "As wanted, but for one.");
    g_ptr_array_add(object->differences, board_difference_new("owners", "none", "@ann"));
    text_set(&add_step(world.board, "wait", "Wait", STEP_WAITING)->reason, "until noon");
    g_autofree char *text = told_as(&world, "csv");
    assert_string_equal(text, "\"step\",\"title\",\"step "
                              "state\",\"kind\",\"name\",\"id\",\"state\",\"origin\",\"field\",\"wanted\",\"found\","
                              "\"sentence\"\r\n"
                              "\"0\",\"Group\",\"differs\",\"group\",\"'=HYPERLINK(\"\"a\"\")\",\"id-1\",\"matches\","
                              "\"created\",\"\",\"\",\"\","
                              "\"As wanted, but for one.\"\r\n"
                              "\"0\",\"Group\",\"differs\",\"group\",\"'=HYPERLINK(\"\"a\"\")\",\"id-1\",\"matches\","
                              "\"created\",\"owners\",\"none\","
                              "\"'@ann\",\"\"\r\n"
                              "\"1\",\"Wait\",\"waiting\",\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"until noon\"\r\n");
    world_clear(&world);
}

static const json *finding_of(const json *result, const char *step)
{
    json_for_each (finding, json_get(result, "findings")) {
        if (strcmp(json_get_string(json_get(finding, "target"), "target-id"), step) == 0)
            return finding;
    }
    fail_msg("no finding about %s", step);
    return NULL;
}

/* Only what was read passes; what a person said has another reason, what differs fails, and nothing is an empty list or
 * an empty text, which the model refuses. */
static void test_assessment_results(void **state)
{
    (void)state;
    static const struct {
        const char *step;
        enum step_state state;
        const char *verdict;
        const char *reason;
    } rows[] = {
        {"read", STEP_DONE, "satisfied", "pass"},           {"said", STEP_TOLD, "satisfied", "other"},
        {"drifted", STEP_DIFFERS, "not-satisfied", "fail"}, {"left", STEP_SKIPPED, "not-satisfied", "other"},
        {"unread", STEP_UNKNOWN, "not-satisfied", "other"},
    };
    struct world world = world_new();
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++)
        add_step(world.board, rows[i].step, "A step", rows[i].state);
    add_object(g_ptr_array_index(world.board->steps, 0), "group", "Group", ORIGIN_CREATED);
    add_deed(world.history, "tell", "said", "", "by mail");
    g_autofree char *text = told_as(&world, "oscal");
    g_autofree char *again = told_as(&world, "oscal");
    g_autoptr(json) document = json_parse(text, -1, NULL);
    g_autoptr(json) other = json_parse(again, -1, NULL);
    const json *result = json_at(json_get_path(document, "assessment-results.results"), 0);
    const json *later = json_at(json_get_path(other, "assessment-results.results"), 0);
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        const json *status = json_get_path(finding_of(result, rows[i].step), "target.status");
        assert_string_equal(json_get_string(status, "state"), rows[i].verdict);
        assert_string_equal(json_get_string(status, "reason"), rows[i].reason);
        assert_string_equal(json_get_string(finding_of(result, rows[i].step), "uuid"),
                            json_get_string(finding_of(later, rows[i].step), "uuid"));
    }
    assert_holds(text, "tell: said by ann@contoso.com");
    assert_string_equal(
        json_get_string(json_at(json_get(finding_of(result, "read"), "related-observations"), 0), "observation-uuid"),
        json_get_string(json_at(json_get(result, "observations"), 0), "uuid"));
    assert_string_not_equal(json_get_string(result, "uuid"), json_get_string(later, "uuid"));
    assert_null(strstr(text, "[]"));
    assert_null(strstr(text, "\"\""));
    world_clear(&world);
}

/* One document with each kind of block, whose texts mean something in each form. */
static GPtrArray *sample(void)
{
    static const struct block_column columns[] = {
        {"", STYLE_NUMBER}, {"State", STYLE_STATE}, {"Id", STYLE_ID}, {NULL, STYLE_PLAIN}};
    GPtrArray *document = document_new();
    document_heading(document, 1, "A <b> & *c*");
    document_add(document, BLOCK_NOTICE, "practice");
    struct block *pairs = document_add(document, BLOCK_PAIRS, "");
    block_line(block_add(pairs, "Label", "one", NULL), "two | three");
    struct block *table = document_add(document, BLOCK_TABLE, "Nothing.");
    table->columns = columns;
    block_add(table, "7", "needs you", "<x>", NULL);
    block_add(table, "12", "done", "y", NULL);
    struct block *none = document_add(document, BLOCK_TABLE, "Nothing.");
    none->columns = columns;
    struct block *list = document_add(document, BLOCK_LIST, "Nothing.");
    block_item(list, 0, "lead", "text");
    block_item(list, 1, "", "below");
    block_item(list, 0, "", "next");
    struct block *signatures = document_add(document, BLOCK_SIGNATURES, "");
    block_add(signatures, "By", NULL);
    document_add(document, BLOCK_FIGURE, "<svg/>");
    return document;
}

static void test_blocks_as_text(void **state)
{
    (void)state;
    g_autoptr(GPtrArray) document = sample();
    g_autofree char *text = print_text(document);
    assert_string_equal(text, "A <b> & *c*\n===========\n"
                              "practice\n"
                              "Label  one\n       two | three\n"
                              "    State      Id\n 7  needs you  <x>\n12  done       y\n"
                              "Nothing.\n"
                              "- lead: text\n  - below\n- next\n"
                              "\nBy  ________________________________________________\n\n");
}

static void test_a_row_too_wide_for_a_page_is_folded(void **state)
{
    (void)state;
    static const struct block_column columns[] = {
        {"What", STYLE_PLAIN}, {"Who", STYLE_PLAIN}, {"Id", STYLE_ID}, {NULL, STYLE_PLAIN}};
    g_autofree char *wide = g_strnfill(140, 'w');
    g_autoptr(GPtrArray) document = document_new();
    struct block *table = document_add(document, BLOCK_TABLE, "");
    table->columns = columns;
    block_add(table, "a thing", "", wide, NULL);
    block_add(table, "another", "ann", "id", NULL);
    block_add(table, "alone", "", "", NULL);
    g_autofree char *text = print_text(document);
    g_autofree char *wanted =
        g_strdup_printf("What\n    Who · Id\na thing\n    %s\nanother\n    ann · id\nalone\n", wide);
    assert_string_equal(text, wanted);
}

/* An address is to be copied whole; nothing else is wider than a terminal. */
static void test_the_text_form_is_eighty_columns_wide(void **state)
{
    (void)state;
    static const struct block_column columns[] = {
        {"", STYLE_NUMBER}, {"Step", STYLE_PLAIN}, {"State", STYLE_STATE}, {"Why", STYLE_PLAIN}, {NULL, STYLE_PLAIN}};
    const char *words = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen";
    const char *address =
        "https://example.com/a/path/that/is/longer/than/a/line/of/a/terminal/and/is/to/be/copied/whole";
    g_autoptr(GPtrArray) document = document_new();
    document_add(document, BLOCK_PARAGRAPH, words);
    struct block *pairs = document_add(document, BLOCK_PAIRS, "");
    block_add(pairs, "Label", words, address, NULL);
    struct block *list = document_add(document, BLOCK_LIST, "");
    block_item(list, 1, "lead", words);
    struct block *table = document_add(document, BLOCK_TABLE, "");
    table->columns = columns;
    block_add(table, "7", "Role", "done", words, NULL);
    block_add(document_add(document, BLOCK_SIGNATURES, ""), "Requested by", NULL);
    g_autofree char *text = print_text(document);
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    for (char **line = lines; *line != NULL; line++)
        assert_true(g_utf8_strlen(*line, -1) <= 80 || strstr(*line, address) != NULL);
    assert_non_null(strstr(text, address));
    assert_non_null(strstr(text, "\n  - lead: one two"));
    assert_non_null(strstr(text, "\n    thirteen fourteen fifteen\n"));
    assert_non_null(strstr(text, "\n7 Role\n    done · one two"));
}

static void test_blocks_as_markdown(void **state)
{
    (void)state;
    g_autoptr(GPtrArray) document = sample();
    g_autofree char *text = print_markdown(document);
    assert_string_equal(text, "# A \\<b\\> \\& \\*c\\*\n"
                              "\n**practice**\n"
                              "\n| | |\n|---|---|\n| Label | one<br>two \\| three |\n"
                              "\n| | State | Id |\n|---:|---|---|\n| 7 | needs you | \\<x\\> |\n| 12 | done | y |\n"
                              "\nNothing.\n"
                              "\n- **lead**: text\n  - below\n- next\n"
                              "\n| By |\n|---|\n| &nbsp; |\n");
}

static void test_blocks_as_html(void **state)
{
    (void)state;
    g_autoptr(GPtrArray) document = sample();
    g_autofree char *text = print_html(document);
    static const char *const wanted[] = {
        "<title>A &lt;b&gt; &amp; *c*</title>",
        "<h1>A &lt;b&gt; &amp; *c*</h1>\n<p class=\"notice\">practice</p>\n",
        "<th scope=\"row\">Label</th><td><ul><li>one</li><li>two | three</li></ul></td>",
        "<td class=\"number\">7</td><td class=\"state needs-you\">needs you</td><td "
        "class=\"id\"><span><span>&lt;x&gt;</span></span></td>",
        "<p>Nothing.</p>",
        "<ul>\n<li><strong>lead</strong>: text<ul>\n<li>below</li>\n</ul></li>\n<li>next</li>\n</ul>\n",
        "<svg/>",
    };
    for (gsize i = 0; i < G_N_ELEMENTS(wanted); i++)
        assert_holds(text, wanted[i]);
    assert_true(g_str_has_suffix(text, "</body>\n</html>\n"));
}

/* The page and the program count the same steps, and what is written is not older than the reading that shows it. */
static void test_steps_and_readings_are_said_once(void **state)
{
    (void)state;
    struct world world = world_new();
    add_step(world.board, "group", "Group", STEP_DONE)->checked = NOON - 10 * G_TIME_SPAN_MINUTE;
    add_step(world.board, "link", "Link", STEP_TOLD);
    add_step(world.board, "finish", "Report", STEP_DONE)->report = TRUE;
    world.board->checked = NOON - 5 * G_TIME_SPAN_MINUTE;
    add_deed(world.history, "create", "group", "group", "");
    ((struct deed *)g_ptr_array_index(world.history->deeds, 0))->verified = NOON;
    g_autofree char *text = told_as(&world, "text");
    g_autofree char *program = told_as(&world, "json");
    g_autoptr(json) document = json_parse(program, -1, NULL);
    assert_holds(text, "1 proved, 1 told and not proved\n");
    assert_int_equal(json_get_int(json_get(document, "summary"), "done", 0), 1);
    assert_int_equal(json_get_int(json_get(document, "summary"), "told", 0), 1);
    g_autoptr(GRegex) spans = g_regex_new("Tenant read +between .* \\d\\d:50 .* and .* \\d\\d:00 ", 0, 0, NULL);
    if (!g_regex_match(spans, text, 0, NULL))
        fail_msg("no span in:\n%s", text);
    world_clear(&world);
}

/* In print an id takes more than one line: each is made of whole groups. */
static void test_an_id_is_broken_between_its_groups(void **state)
{
    static const struct block_column columns[] = {{"Id", STYLE_ID}, {NULL, STYLE_PLAIN}};
    static const char *const rows[][2] = {
        {"72a9ebfa-97d8-4d06-8472-cb3ac769fa5f",
         "<span>72a9ebfa-</span><span>97d8-</span><span>4d06-</span><span>8472-</span><span>cb3ac769fa5f</span>"},
        {"0a1b-2c_3d4e-5f", "<span>0a1b-</span><span>2c_</span><span>3d4e-</span><span>5f</span>"},
        {"vBOJu_qKii-1", "<span>vBOJu_qKii-1</span>"},
        {"", "<td class=\"id\"><span></span></td>"},
    };
    g_autoptr(GPtrArray) document = document_new();
    struct block *table = document_add(document, BLOCK_TABLE, "");
    (void)state;
    table->columns = columns;
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++)
        block_add(table, rows[i][0], NULL);
    g_autofree char *text = print_html(document);
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++)
        assert_holds(text, rows[i][1]);
}

/* What was told in part only is not called unproved as a whole. */
static void test_what_of_a_told_step_is_read_is_said(void **state)
{
    (void)state;
    struct world world = world_new();
    struct board_step *alerts = add_step(world.board, "alerts", "Alerts", STEP_TOLD);
    add_object(alerts, "application", "the partner's application", ORIGIN_PERSON);
    add_step(world.board, "link", "Link", STEP_TOLD);
    add_deed(world.history, "tell", "alerts", "", "seen there");
    add_deed(world.history, "tell", "link", "", "sent");
    g_autofree char *text = told_as(&world, "text");
    assert_holds(text, "Alerts (told; proved of it: the partner's application), Link (told)");
    assert_holds(text, "seen there. Proved of it: the partner's application.");
    assert_holds(text, "seen there; proved of it: the partner's application.");
    assert_holds(text, "sent; not proved.");
    world_clear(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_page_one_says_what_changed_and_who_can_do_what),
        cmocka_unit_test(test_what_of_a_told_step_is_read_is_said),
        cmocka_unit_test(test_the_counts_of_page_one_are_those_of_the_program),
        cmocka_unit_test(test_answers_and_what_nobody_here_sees),
        cmocka_unit_test(test_after_leaving_nothing_is_promised_back),
        cmocka_unit_test(test_what_was_let_be_after_a_refusal_was_not_as_wanted),
        cmocka_unit_test(test_what_deviated_when_it_was_found_was_not_as_wanted),
        cmocka_unit_test(test_what_is_counted_is_said_once),
        cmocka_unit_test(test_nothing_done_is_said_to_be_nothing),
        cmocka_unit_test(test_masked_values_are_dots_everywhere),
        cmocka_unit_test(test_rows_for_a_spreadsheet),
        cmocka_unit_test(test_assessment_results),
        cmocka_unit_test(test_blocks_as_text),
        cmocka_unit_test(test_a_row_too_wide_for_a_page_is_folded),
        cmocka_unit_test(test_the_text_form_is_eighty_columns_wide),
        cmocka_unit_test(test_blocks_as_markdown),
        cmocka_unit_test(test_blocks_as_html),
        cmocka_unit_test(test_steps_and_readings_are_said_once),
        cmocka_unit_test(test_a_form_is_written_to_the_endings_that_people_use),
        cmocka_unit_test(test_an_id_is_broken_between_its_groups),
    };
    json_init();
    return cmocka_run_group_tests_name("report", tests, NULL, NULL);
}
