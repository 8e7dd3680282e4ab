/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/text.h"
#include "support/fake_desk.h"
#include "ui/form/form.h"
#include "ui/form/form_state.h"

static void edit_hub(struct desk *desk)
{
    desk_press(desk, "Tab Enter");
    assert_string_equal(form_editing(desk->console), "eventHub.name");
}

static void a_space_is_named_with_its_place_and_mended_by_a_key(void **state)
{
    (void)state;
    struct desk *desk = desk_new("middle");
    edit_hub(desk);
    desk_type(desk, "tele\xC2\xA0metry");
    desk_assert_shows(desk, "no-break space");
    desk_assert_shows(desk, "column 5");
    desk_assert_shows(desk, "tele␣metry");
    desk_press(desk, "Enter");
    assert_false(desk_was_called(desk, "answer"));
    desk_assert_shows(desk, "telemetry");
    desk_press(desk, "Ctrl-F Enter");
    assert_string_equal(desk_last_call(desk), "answer eventHub.name telemetry");
    desk_free(desk);
}

/* The mark stands below the character that is meant, be it the first. */
static void the_first_character_is_pointed_at_where_it_is(void **state)
{
    (void)state;
    struct desk *desk = desk_new("middle");
    edit_hub(desk);
    desk_type(desk, "\u00f1telemetry");
    desk_assert_shows(desk, "│▸Event Hub    \u00f1telemetry");
    desk_assert_shows(desk, "│              ▲ There is a small letter n with");
    desk_free(desk);
}

/* A field that is open takes what is pasted, be it another field's: it says so itself. */
static void one_value_alone_is_the_open_fields(void **state)
{
    (void)state;
    struct desk *desk = desk_new("middle");
    edit_hub(desk);
    desk_paste(desk, "/subscriptions/d8bd0ea4-5d2c-4f06-8b6a-7a4e0a6f3c55/resourceGroups/rg/providers/"
                     "Microsoft.EventHub/namespaces/mdr-eh-ns02");
    assert_null(console_top(desk->console));
    assert_string_equal(form_editing(desk->console), "eventHub.name");
    desk_assert_shows(desk, "mdr-eh-ns02");
    desk_free(desk);
}

/* Nothing typed is an answer too. */
static void what_comes_of_no_answer_is_said_before(void **state)
{
    (void)state;
    struct desk *desk = desk_new("middle");
    desk_go_to(desk, "organization");
    struct board_field *field = (struct board_field *)board_find_field(desk->console->board, "sponsor");
    text_set(&field->value, "");
    text_set(&field->suggestion, "");
    field->required = FALSE;
    desk_assert_shows(desk, "may stay empty");
    text_set(&field->if_empty, "nobody has to approve");
    desk_assert_shows(desk, "empty: nobody has to approve");
    field->required = TRUE;
    desk_assert_shows(desk, "to be filled in");
    desk_free(desk);
}

static void one_person_is_taken_out_again(void **state)
{
    (void)state;
    for (int required = 0; required < 2; required++) {
        struct desk *desk = desk_new("middle");
        struct board_field *field =
            (struct board_field *)board_find_field(fake_session_board(desk->session), "sponsor");
        text_set(&field->value, "robin@contoso.com");
        field->required = required;
        desk_show_board(desk);
        desk_go_to(desk, "organization");
        form_begin(desk->console, "sponsor");
        desk_press(desk, "Ctrl-U Enter");
        if (required) {
            assert_string_equal(form_editing(desk->console), "sponsor");
            assert_false(desk_was_called(desk, "answer"));
        } else
            assert_string_equal(desk_last_call(desk), "answer sponsor ");
        desk_free(desk);
    }
}

/* The third field of step 3 is asked for as long as the hub's way is the portal's. */
static struct desk *desk_with_a_field_that_depends(void)
{
    struct desk *desk = desk_new("middle");
    struct board_step *step = (struct board_step *)board_find_step(fake_session_board(desk->session), "streaming");
    struct board_field *field = board_field_new();
    field->kind = FIELD_TEXT;
    text_set(&field->path, "portalName");
    text_set(&field->label, "Name there");
    text_set(&field->asked_by, "streamingWrite");
    text_set(&field->asked_if, "portal");
    g_ptr_array_add(step->fields, field);
    desk_show_board(desk);
    desk_go_to(desk, "streaming");
    return desk;
}

static void a_field_that_falls_away_with_an_answer_is_not_opened(void **state)
{
    (void)state;
    struct desk *desk = desk_with_a_field_that_depends();
    form_begin(desk->console, "streamingWrite");
    desk_press(desk, "2 Enter");
    assert_string_equal(desk_last_call(desk), "answer streamingWrite api");
    assert_null(form_editing(desk->console));
    desk_free(desk);
}

static void a_field_that_the_board_has_not_any_more_is_closed(void **state)
{
    (void)state;
    struct desk *desk = desk_with_a_field_that_depends();
    form_begin(desk->console, "portalName");
    assert_string_equal(form_editing(desk->console), "portalName");
    struct board_step *step = (struct board_step *)board_find_step(fake_session_board(desk->session), "streaming");
    g_ptr_array_set_size(step->fields, (int)step->fields->len - 1);
    desk_show_board(desk);
    assert_null(form_editing(desk->console));
    desk_assert_shows(desk, "is not asked for any more");
    desk_free(desk);
}

static void a_paste_never_submits(void **state)
{
    (void)state;
    struct desk *desk = desk_new("middle");
    edit_hub(desk);
    desk_paste(desk, "tele\nmetry\n");
    assert_false(desk_was_called(desk, "answer"));
    assert_non_null(form_editing(desk->console));
    desk_free(desk);
}

/* One doubtful line keeps nobody else back, and loses no text; "Name" above a column is no Event Hub's. */
static void a_list_of_guests_is_taken_whole_or_who_is_clear(void **state)
{
    (void)state;
    struct desk *desk = desk_new("middle");
    desk_go_to(desk, "streaming");
    struct board_field *field = (struct board_field *)board_find_field(desk->console->board, "eventHub.name");
    text_set(&field->validator, "guest-list");
    form_begin(desk->console, "eventHub.name");
    desk_press(desk, "Esc");
    desk_paste(
        desk,
        "| Name | E-mail |\n|---|---|\n| Ana Roe | ana@partner.example |\n| Bo Li | bo@partner.example (left) |\n");
    assert_null(console_top(desk->console));
    desk_assert_shows(desk, "1 of the list is clear, and not the rest.");
    desk_assert_shows(desk, "Take the one");
    desk_press(desk, "Enter");
    assert_false(desk_was_called(desk, "answer"));
    desk_assert_shows(desk, "bo@partner.example");
    desk_press(desk, "Ctrl-F Enter");
    assert_string_equal(desk_last_call(desk), "answer eventHub.name ana@partner.example");
    desk_free(desk);
}

/* A wrong one that was pasted before does not stand in front of the right one; parts of a name are put together. */
static void a_right_paste_takes_the_place_of_a_wrong_one(void **state)
{
    (void)state;
    static const char id[] = "/subscriptions/0b1f6471-1bf0-4dda-aec3-cb9272f09590/resourceGroups/rc-mdr/providers/"
                             "Microsoft.EventHub/namespaces/rc-ns-7";
    struct desk *desk = desk_new("middle");
    desk_go_to(desk, "streaming");
    form_begin(desk->console, "eventHub.resourceId");
    desk_press(desk, "Ctrl-U");
    desk_paste(desk, "telemetry\n");
    desk_assert_shows(desk, "Ctrl-U empty");
    desk_paste(desk, id);
    desk_press(desk, "Enter");
    g_autofree char *answer = g_strdup_printf("answer eventHub.resourceId %s", id);
    assert_true(desk_was_called(desk, answer));
    form_begin(desk->console, "eventHub.name");
    desk_paste(desk, "tele ");
    desk_paste(desk, "metry");
    desk_press(desk, "Enter");
    assert_false(desk_was_called(desk, "answer eventHub.name"));
    desk_free(desk);
}

/* Nor does it open a choice that happens to be marked. */
static void a_paste_opens_no_choice(void **state)
{
    (void)state;
    struct desk *desk = desk_new("middle");
    desk_go_to(desk, "streaming");
    struct item way = item_named(ITEM_FIELD, "streamingWrite");
    scroller_set_focus(&desk->console->step_scroller, &way);
    desk_paste(desk, "no value at all");
    assert_null(form_editing(desk->console));
    desk_assert_shows(desk, "Nothing in that paste is wanted here");
    desk_free(desk);
}

/* Where nothing can be taken Enter takes nothing. */
static void a_paste_that_gives_nothing_is_closed(void **state)
{
    (void)state;
    struct desk *desk = desk_new("middle");
    desk_paste(desk, "Hello,\n\nEvent Hub Name: TBD\n");
    desk_assert_shows(desk, "[ Close ]");
    desk_assert_shows(desk, "Enter close");
    desk_free(desk);
}

static const char mail[] =
    "Hello,\n\nplease use these values:\n\nEvent Hub Resource ID:\n"
    "/subscriptions/0b1f6471-1bf0-4dda-aec3-cb9272f09590/resourceGroups/rc-mdr/providers/Microsoft.EventHub/"
    "namespaces/rc-ns-7\n\nEvent Hub Name: rc-hub\n\nKind regards\n";

/* What a form asks for and no text gives is not passed over in silence where the e-mail has it. */
static void what_is_typed_is_told_of_an_e_mail(void **state)
{
    (void)state;
    struct desk *desk = desk_new("middle");
    struct board_field *company = NULL;
    for (guint i = 0; i < desk->console->board->steps->len; i++) {
        const struct board_step *step = g_ptr_array_index(desk->console->board->steps, i);
        for (guint k = 0; k < step->fields->len; k++) {
            struct board_field *field = g_ptr_array_index(step->fields, k);
            company = strcmp(field->path, "company") == 0 ? field : company;
        }
    }
    assert_non_null(company);
    text_set(&company->value, "");
    g_autofree char *text = g_strconcat(mail, "Company name: Contoso\n", NULL);
    desk_paste(desk, text);
    desk_assert_shows(desk, "Found in the paste");
    desk_assert_shows(desk, "Line 11 has “Company” too.");
    desk_free(desk);
}

static void both_values_are_found_in_an_e_mail(void **state)
{
    (void)state;
    struct desk *desk = desk_new("middle");
    edit_hub(desk);
    desk_paste(desk, mail);
    desk_assert_shows(desk, "Found in the paste");
    desk_assert_shows(desk, "[ Use both ]");
    assert_false(desk_was_called(desk, "answer"));
    desk_press(desk, "Home Enter");
    assert_null(console_top(desk->console));
    assert_true(desk_was_called(desk, "answer eventHub.resourceId /subscriptions/0b1f6471-1bf0-4dda-aec3-cb9272f09590/"
                                      "resourceGroups/rc-mdr/providers/Microsoft.EventHub/namespaces/rc-ns-7"));
    assert_true(desk_was_called(desk, "answer eventHub.name rc-hub"));
    desk_assert_shows(desk, "Taken: Resource ID, Event Hub.");
    desk_free(desk);
}

static void a_secret_that_is_not_needed_is_named_as_one(void **state)
{
    (void)state;
    struct desk *desk = desk_new("middle");
    desk_go_to(desk, "group");
    desk_paste(desk,
               "Endpoint=sb://contoso.servicebus.windows.net/;SharedAccessKeyName=All;SharedAccessKey=c2VjcmV0a2V5=");
    desk_assert_shows(desk, "there is a connection string. It is a secret");
    desk_free(desk);
}

static void a_mail_may_be_pasted_anywhere_on_the_board(void **state)
{
    (void)state;
    struct desk *desk = desk_new("middle");
    desk_go_to(desk, "group");
    desk_paste(desk, mail);
    desk_assert_shows(desk, "[ Use both ]");
    desk_press(desk, "Down Down Down Enter");
    assert_false(desk_was_called(desk, "answer"));
    assert_null(console_top(desk->console));
    desk_paste(desk, mail);
    desk_assert_shows(desk, "nothing is kept yet");
    desk_press(desk, "Home Down Down");
    desk_assert_shows(desk, "[ Only Event Hub ]");
    desk_press(desk, "Enter");
    assert_true(desk_was_called(desk, "answer eventHub.name rc-hub"));
    assert_false(desk_was_called(desk, "answer eventHub.resourceId"));
    desk_take_all(desk);
    desk_paste(desk, "q\ny\na\n");
    assert_false(desk->console->leaving);
    assert_null(console_top(desk->console));
    desk_assert_shows(desk, "none of it was a key");
    desk_free(desk);
}

#define SPACES                                                                                                         \
    "/subscriptions/0b1f6471-1bf0-4dda-aec3-cb9272f09590/resourceGroups/rc-mdr/providers/Microsoft.EventHub/"          \
    "namespaces/"

static const char two_tenants[] = "Tenant A\nEvent Hub Resource ID: " SPACES "rc-ns-a\nEvent Hub Name: rc-hub-a\n\n"
                                  "Tenant B\nEvent Hub Resource ID: " SPACES "rc-ns-b\nEvent Hub Name: rc-hub-b\n";

/* On the board, which holds ID and NAME, with the values of two tenants pasted. */
static struct desk *paste_two_tenants(const char *id, const char *name)
{
    struct desk *desk = desk_new("middle");
    const struct board *board = fake_session_board(desk->session);
    text_set(&((struct board_field *)board_find_field(board, "eventHub.resourceId"))->value, id);
    text_set(&((struct board_field *)board_find_field(board, "eventHub.name"))->value, name);
    desk_show_board(desk);
    desk_resize(desk, 100, 40);
    desk_press(desk, "b");
    desk_paste(desk, two_tenants);
    return desk;
}

static void a_number_marks_a_value_of_a_paste_and_takes_none(void **state)
{
    static const int sizes[][2] = {{100, 40}, {80, 24}, {40, 10}};
    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(sizes); i++) {
        struct desk *desk = paste_two_tenants("", "");
        desk_resize(desk, sizes[i][0], sizes[i][1]);
        desk_press(desk, "End");
        desk_type(desk, "4");
        assert_false(desk_was_called(desk, "answer"));
        g_autofree char *picture = desk_picture(desk, sizes[i][0], sizes[i][1]);
        assert_non_null(strstr(picture, "▸[ 4 ] rc-hub-b"));
        desk_press(desk, "Enter");
        assert_string_equal(desk_last_call(desk), "answer eventHub.name rc-hub-b");
        desk_free(desk);
    }
}

/* Two tenants' values in one text: what is asked second goes with what was taken first. */
static void values_of_two_places_are_not_put_together_unseen(void **state)
{
    (void)state;
    struct desk *desk = paste_two_tenants("", "");
    desk_type(desk, "2");
    desk_press(desk, "Enter");
    assert_string_equal(desk_last_call(desk), "answer eventHub.resourceId " SPACES "rc-ns-b");
    desk_assert_shows(desk, "Taken: Resource ID of line 6, namespace “rc-ns-b”.");
    desk_assert_shows(desk, "▸[ 2 ] rc-hub-b");
    desk_assert_shows(desk, "at another place of the text than the Resource ID");
    desk_press(desk, "Enter");
    assert_string_equal(desk_last_call(desk), "answer eventHub.name rc-hub-b");
    assert_null(console_top(desk->console));
    desk_free(desk);
    desk = paste_two_tenants("", "");
    desk_type(desk, "2");
    desk_press(desk, "Enter");
    desk_type(desk, "1");
    desk_press(desk, "Enter");
    assert_string_equal(desk_last_call(desk), "answer eventHub.name rc-hub-a");
    desk_assert_shows(desk, "Resource ID is of line 6, Event Hub of line 3: different places");
    desk_free(desk);
}

/* Where the text does not show what goes together nothing of it is marked. */
static void what_goes_together_is_not_guessed(void **state)
{
    (void)state;
    struct desk *desk = paste_two_tenants("", "");
    desk_press(desk, "Esc");
    desk_paste(desk, "Event Hub Resource ID: " SPACES "rc-ns-a\nEvent Hub Resource ID: " SPACES "rc-ns-b\n"
                     "Event Hub Name: rc-hub-a\nEvent Hub Name: rc-hub-b\n");
    desk_type(desk, "2");
    desk_press(desk, "Enter");
    assert_string_equal(desk_last_call(desk), "answer eventHub.resourceId " SPACES "rc-ns-b");
    desk_assert_shows(desk, "▸[ Nothing of it ]");
    desk_free(desk);
}

static void a_paste_says_what_it_replaces_and_does_not_with_enter_alone(void **state)
{
    (void)state;
    struct desk *desk = paste_two_tenants(SPACES "rc-ns-a", "rc-hub-old");
    desk_assert_shows(desk, "This replaces “…/rc-ns-a”.");
    desk_assert_shows(desk, "This replaces “rc-hub-old”.");
    desk_assert_shows(desk, "▸[ Nothing of it ]");
    desk_press(desk, "Esc");
    desk_paste(desk, mail);
    desk_assert_shows(desk, "Resource ID: this replaces “…/rc-ns-a”.");
    desk_assert_shows(desk, "▸[ Nothing of it ]");
    desk_press(desk, "Enter");
    assert_false(desk_was_called(desk, "answer"));
    desk_assert_shows(desk, "Nothing of it was taken.");
    ((struct board_field *)board_find_field(fake_session_board(desk->session), "eventHub.name"))->masked = TRUE;
    desk_show_board(desk);
    desk_paste(desk, mail);
    desk_assert_shows(desk, "Event Hub: this replaces another value.");
    desk_free(desk);
}

static void two_values_alone_are_found_with_the_line_ends_of_terminals(void **state)
{
    (void)state;
    struct desk *desk = desk_new("middle");
    desk_go_to(desk, "group");
    desk_paste(desk, "/subscriptions/0b1f6471-1bf0-4dda-aec3-cb9272f09590/resourceGroups/rc-mdr/providers/"
                     "Microsoft.EventHub/namespaces/rc-ns-7\rrc-hub-one\r");
    desk_assert_shows(desk, "[ Use both ]");
    desk_assert_shows(desk, "rc-hub-one");
    desk_free(desk);
}

static void a_paste_is_shown_in_parts_with_each_finding_before_it_is_used(void **state)
{
    (void)state;
    struct desk *desk = desk_new("middle");
    edit_hub(desk);
    desk_paste(desk,
               "Event Hub Resource ID:\n/subscriptions/0b1f6471-1bf0-4dda-aec3-cb9272f09590/resourceGroups/rc-mdr/"
               "providers/Microsoft.EventHub/name\nspaces/rc-ns-7\xC2\xA0\n\nEvent Hub Name: rc-\xE2\x80\x8Bhub\n");
    desk_assert_shows(desk, "subscription   0b1f6471-1bf0-4dda-aec3-cb9272f09590");
    desk_assert_shows(desk, "resource group rc-mdr");
    desk_assert_shows(desk, "namespace      rc-ns-7");
    desk_assert_shows(desk, "name           rc-hub");
    desk_assert_shows(desk, "The value goes on after the line break at line 2");
    desk_assert_shows(desk, "There is a no-break space behind the value at line 3, column 15");
    desk_assert_shows(desk, "There is a zero-width space at line 5, column 20");
    assert_false(desk_was_called(desk, "answer"));
    desk_press(desk, "Down Esc");
    assert_null(console_top(desk->console));
    assert_false(desk_was_called(desk, "answer"));
    desk_free(desk);
}

static void a_paste_over_a_view_is_no_command(void **state)
{
    (void)state;
    struct desk *desk = desk_new("middle");
    desk_press(desk, "?");
    desk_paste(desk, "quarterly");
    assert_non_null(console_top(desk->console));
    assert_false(desk->console->leaving);
    desk_assert_shows(desk, "none of it was taken for keys");
    desk_free(desk);
}

static void leaving_with_changed_text_asks_once_and_names_the_field(void **state)
{
    (void)state;
    struct desk *desk = desk_new("middle");
    edit_hub(desk);
    desk_type(desk, "telemetry");
    desk_press(desk, "Ctrl-C");
    assert_false(desk->console->leaving);
    desk_assert_shows(desk, "What was typed in “Event Hub” is not used yet");
    desk_press(desk, "Enter");
    assert_string_equal(form_editing(desk->console), "eventHub.name");
    desk_type(desk, "2");
    desk_press(desk, "Enter");
    assert_string_equal(desk_last_call(desk), "answer eventHub.name telemetry2");
    desk_free(desk);
}

static void leaving_a_field_as_it_was_asks_nothing(void **state)
{
    (void)state;
    struct desk *desk = desk_new("middle");
    edit_hub(desk);
    desk_press(desk, "Ctrl-C");
    assert_true(desk->console->leaving);
    desk_free(desk);
}

static void edit_sponsor(struct desk *desk)
{
    desk_go_to(desk, "organization");
    for (int i = 0; i < 8 && form_editing(desk->console) == NULL; i++) {
        const struct item *focus = &desk->console->step_scroller.focus;
        desk_press(desk, focus->kind == ITEM_FIELD && strcmp(focus->name, "sponsor") == 0 ? "Enter" : "Down");
    }
    assert_string_equal(form_editing(desk->console), "sponsor");
    desk_assert_shows(desk, "admin@contoso.onmicrosoft.com");
}

static void typing_takes_the_place_of_a_suggestion(void **state)
{
    (void)state;
    struct desk *desk = desk_new("middle");
    edit_sponsor(desk);
    desk_type(desk, "ada@contoso.com");
    desk_press(desk, "Enter");
    assert_string_equal(desk_last_call(desk), "answer sponsor ada@contoso.com");
    desk_free(desk);
}

static void a_cursor_key_keeps_the_suggestion(void **state)
{
    (void)state;
    struct desk *desk = desk_new("middle");
    edit_sponsor(desk);
    desk_press(desk, "Home");
    desk_type(desk, "x");
    desk_press(desk, "Enter");
    assert_string_equal(desk_last_call(desk), "answer sponsor xadmin@contoso.onmicrosoft.com");
    desk_free(desk);
}

/* The first fix mends its own finding only, so the other characters are still in it. */
static void a_fix_is_drawn_without_what_a_terminal_obeys(void **state)
{
    (void)state;
    struct desk *desk = desk_new("middle");
    edit_hub(desk);
    desk_paste(desk, "tele metry\x1b[31m\xE2\x80\xAE\xC2\x9B");
    desk_assert_shows(desk, "Ctrl-F");
    desk_assert_shows(desk, "telemetry▯[31m");
    g_autofree char *screen = desk_picture(desk, 80, 24);
    assert_null(strpbrk(screen, "\x1b"));
    assert_null(strstr(screen, "\xE2\x80\xAE"));
    assert_null(strstr(screen, "\xC2\x9B"));
    desk_free(desk);
}

static void resizing_and_new_boards_never_lose_what_is_typed(void **state)
{
    (void)state;
    struct desk *desk = desk_new("middle");
    edit_hub(desk);
    desk_type(desk, "tele");
    g_autofree char *small = desk_picture(desk, 40, 10);
    assert_non_null(strstr(small, "tele"));
    desk_show_board(desk);
    g_autofree char *large = desk_picture(desk, 200, 60);
    assert_non_null(strstr(large, "tele"));
    desk_type(desk, "metry");
    desk_press(desk, "Enter");
    assert_string_equal(desk_last_call(desk), "answer eventHub.name telemetry");
    desk_free(desk);
}

static void what_is_not_sent_stays_as_a_draft(void **state)
{
    (void)state;
    struct desk *desk = desk_new("middle");
    edit_hub(desk);
    desk_type(desk, "tele metry");
    desk_press(desk, "Shift-Tab");
    assert_null(form_editing(desk->console));
    assert_false(desk_was_called(desk, "answer"));
    desk_assert_shows(desk, "tele␣metry");
    desk_assert_shows(desk, "not used");
    desk_press(desk, "Down F");
    assert_string_equal(form_editing(desk->console), "eventHub.name");
    desk_press(desk, "Enter");
    assert_string_equal(desk_last_call(desk), "answer eventHub.name telemetry");
    desk_free(desk);
}

/* Enter leads from one value to the next over all steps, and nothing else is sent. */
static void all_values_can_be_given_in_one_form(void **state)
{
    (void)state;
    struct desk *desk = desk_new("middle");
    desk_press(desk, "b");
    desk_assert_shows(desk, "Before you begin");
    desk_assert_shows(desk, "4 of 8 filled in");
    g_autofree char *form = desk_picture(desk, 100, 60);
    static const char *const wanted[] = {"3 Stream events", "Resource ID",      "6 Connected organization",
                                         "Sponsor",         "9 Access package", "Reviewers"};
    for (gsize i = 0; i < G_N_ELEMENTS(wanted); i++)
        assert_non_null(strstr(form, wanted[i]));
    struct board_step *organization =
        (struct board_step *)board_find_step(fake_session_board(desk->session), "organization");
    text_set(&((struct board_object *)g_ptr_array_index(organization->objects, 0))->sentence,
             "Nobody is called sam@fabrikam.com here.");
    desk_show_board(desk);
    g_autofree char *flagged = desk_picture(desk, 100, 60);
    assert_non_null(strstr(flagged, "Nobody is called sam@fabrikam.com here."));
    desk_press(desk, "End Home");
    desk_paste(desk, mail);
    desk_assert_shows(desk, "[ Use both ]");
    desk_press(desk, "Home Enter");
    desk_take_all(desk);
    desk_assert_shows(desk, "Before you begin");
    desk_press(desk, "b");
    g_autofree char *step = desk_picture(desk, 80, 24);
    assert_null(strstr(step, "Before you begin"));
    desk_free(desk);
}

static void an_id_stands_whole_below_its_label(void **state)
{
    (void)state;
    struct desk *desk = desk_new("middle");
    struct board_field *name =
        (struct board_field *)board_find_field(fake_session_board(desk->session), "eventHub.name");
    text_set(&name->value, "8f6a0f36-8c0c-4b43-9d7b-2a8b7f0a4c55");
    desk_show_board(desk);
    desk_go_to(desk, "streaming");
    desk_press(desk, "End");
    desk_assert_shows(desk, "  8f6a0f36-8c0c-4b43-9d7b-2a8b7f0a4c55");
    desk_free(desk);
}

/* From the checklist to the value that is marked, and only then beyond it. */
static void the_next_missing_value_has_the_keys(void **state)
{
    static const char *const wanted[] = {"account.password", "eventHub.name", "sponsor", "reviewers"};
    (void)state;
    struct desk *desk = desk_new("middle");
    desk_press(desk, "b Esc");
    assert_int_equal(desk->console->pane, PANE_CHECKLIST);
    for (gsize i = 0; i < G_N_ELEMENTS(wanted); i++) {
        desk_press(desk, "n");
        assert_int_equal(desk->console->pane, PANE_STEP);
        assert_string_equal(desk->console->step_scroller.focus.name, wanted[i]);
    }
    desk_free(desk);
}

static void the_partners_made_up_mail_brings_the_values_in_practice(void **state)
{
    (void)state;
    struct desk *desk = desk_new("middle");
    desk_press(desk, "E");
    desk_assert_shows(desk, "Only practice brings one along");
    desk->options.practice = TRUE;
    desk_press(desk, "E");
    desk_assert_shows(desk, "this replaces “…/mdr-eh-ns01” of another");
    desk_press(desk, "Enter");
    assert_false(desk_was_called(desk, "answer"));
    desk_press(desk, "E Home");
    desk_assert_shows(desk, "▸[ Use both ]");
    desk_press(desk, "Enter");
    assert_true(desk_was_called(desk, "answer eventHub.name telemetry"));
    desk_free(desk);
}

static void an_empty_form_is_not_saved_in_the_portal(void **state)
{
    (void)state;
    struct desk *desk = desk_new("middle");
    desk_press(desk, "f");
    desk_assert_shows(desk, "“Event Hub” is missing: fill it in first");
    assert_false(desk_was_called(desk, "form"));
    desk_free(desk);
}

static void a_draft_is_never_cut(void **state)
{
    (void)state;
    struct desk *desk = desk_new("middle");
    static const char *const drafts[] = {"avery admin of contoso com", "avery admin of contoso", "a b",
                                         "avery.administrator@contoso.onmicrosoft.com or somebody else of ours"};
    for (gsize i = 0; i < G_N_ELEMENTS(drafts); i++) {
        desk_go_to(desk, "streaming");
        desk_press(desk, "Home Down Down Enter Ctrl-U");
        desk_type(desk, drafts[i]);
        desk_press(desk, "Up");
        g_autofree char *screen = desk_picture(desk, 80, 24);
        g_autofree char *first = g_strndup(drafts[i], strcspn(drafts[i], " "));
        assert_non_null(strstr(screen, first));
        assert_non_null(strstr(screen, "not used"));
    }
    desk_free(desk);
}

static void enter_and_tab_use_a_value_and_go_on(void **state)
{
    (void)state;
    static const char *const keys[] = {"Enter", "Tab"};
    for (gsize i = 0; i < G_N_ELEMENTS(keys); i++) {
        struct desk *desk = desk_new("middle");
        desk_press(desk, "Tab Home Enter Ctrl-U");
        desk_type(desk, "Fabrikam");
        desk_press(desk, keys[i]);
        assert_string_equal(desk_last_call(desk), "answer company Fabrikam");
        assert_null(form_editing(desk->console));
        assert_string_equal(desk->console->step_scroller.focus.name, "eventHub.resourceId");
        desk_press(desk, "Enter");
        desk_press(desk, keys[i]);
        assert_string_equal(desk_last_call(desk), "answer company Fabrikam");
        assert_string_equal(form_editing(desk->console), "eventHub.name");
        desk_type(desk, "telemetry");
        desk_press(desk, keys[i]);
        assert_string_equal(desk_last_call(desk), "answer eventHub.name telemetry");
        desk_free(desk);
    }
}

/* Whoever clicks or moves away from a value that can be used has used it. */
static void moving_away_uses_what_is_right(void **state)
{
    (void)state;
    struct desk *desk = desk_new("middle");
    edit_hub(desk);
    desk_type(desk, "telemetry");
    desk_press(desk, "Down");
    assert_string_equal(desk_last_call(desk), "answer eventHub.name telemetry");
    desk_free(desk);
}

static void no_look_up_is_claimed_that_was_not_asked_for(void **state)
{
    (void)state;
    struct desk *desk = desk_new("middle");
    edit_sponsor(desk);
    g_autofree char *screen = desk_picture(desk, 80, 24);
    assert_null(strstr(screen, "Looking"));
    desk_assert_shows(desk, "Enter keeps this one");
    desk_type(desk, "a");
    desk_assert_shows(desk, "Looking in the tenant");
    desk_free(desk);
}

static void home_end_up_and_down_visit_every_field(void **state)
{
    (void)state;
    struct desk *desk = desk_new("middle");
    static const int heights[] = {10, 24, 36};
    for (gsize i = 0; i < G_N_ELEMENTS(heights); i++) {
        g_autofree char *drawn = desk_picture(desk, heights[i] == 10 ? 40 : 80, heights[i]);
        guint seen = 0;
        desk_go_to(desk, "streaming");
        desk_press(desk, "End Home");
        for (int k = 0; k < 60; k++) {
            const struct item *focus = &desk->console->step_scroller.focus;
            static const char *const paths[] = {"company", "eventHub.resourceId", "eventHub.name", "streamingWrite"};
            for (guint f = 0; f < G_N_ELEMENTS(paths); f++)
                if (focus->kind == ITEM_FIELD && strcmp(focus->name, paths[f]) == 0)
                    seen |= 1u << f;
            assert_true(desk->console->grid->cursor_shown);
            desk_press(desk, "Down");
        }
        assert_int_equal(seen, 15);
        desk_press(desk, "Home");
        assert_string_equal(desk->console->step_scroller.focus.name, "company");
        desk_press(desk, "End Home Home");
        assert_non_null(drawn);
    }
    desk_free(desk);
}

static void escape_drops_what_was_typed(void **state)
{
    (void)state;
    struct desk *desk = desk_new("middle");
    edit_hub(desk);
    desk_type(desk, "tele metry");
    desk_press(desk, "Esc");
    assert_null(form_editing(desk->console));
    g_autofree char *screen = desk_picture(desk, 80, 24);
    assert_null(strstr(screen, "tele"));
    desk_press(desk, "Enter");
    assert_non_null(form_editing(desk->console));
    g_autofree char *again = desk_picture(desk, 80, 24);
    assert_null(strstr(again, "tele"));
    desk_free(desk);
}

static void letters_in_a_field_are_text_and_no_commands(void **state)
{
    (void)state;
    struct desk *desk = desk_new("middle");
    edit_hub(desk);
    desk_type(desk, "q?pacxs");
    assert_false(desk->console->leaving);
    assert_false(desk_was_called(desk, "plan"));
    assert_null(console_top(desk->console));
    desk_free(desk);
}

static void masked_values_are_shown_on_request_only(void **state)
{
    (void)state;
    struct desk *desk = desk_new("middle");
    g_autofree char *before = desk_picture(desk, 120, 40);
    assert_null(strstr(before, "11111111-2222"));
    desk_press(desk, "m");
    g_autofree char *after = desk_picture(desk, 120, 40);
    assert_non_null(strstr(after, "11111111-2222"));
    assert_non_null(strstr(after, "resource group"));
    desk_free(desk);
}

static void wait_for_look_up(struct desk *desk)
{
    gint64 end = g_get_monotonic_time() + PATIENCE;
    while (form_deadline(desk->console) != G_MAXINT64 && g_get_monotonic_time() < end) {
        form_tick(desk->console);
        g_thread_yield();
    }
    desk_take_all(desk);
}

static void reviewers_are_picked_by_part_of_a_name(void **state)
{
    (void)state;
    struct desk *desk = desk_new("middle");
    desk_go_to(desk, "access-package");
    desk_press(desk, "Enter");
    desk_type(desk, "re");
    assert_false(desk_was_called(desk, "people"));
    wait_for_look_up(desk);
    assert_true(desk_was_called(desk, "people re"));
    desk_assert_shows(desk, "Reviewer Rita");
    desk_assert_shows(desk, "guest");
    /* Several match, and nobody chose one of them. */
    desk_press(desk, "Up Enter Tab");
    desk_assert_shows(desk, "Several match: Down marks one, Enter takes it.");
    desk_assert_lacks(desk, "✓ reviewer@contoso.com");
    desk_press(desk, "Down Down Enter");
    desk_assert_shows(desk, "renee@contoso.com");
    desk_type(desk, "re");
    wait_for_look_up(desk);
    desk_press(desk, "Down Enter");
    desk_type(desk, "Renee@Contoso.com"); /* the same one */
    desk_press(desk, "Enter Enter");
    assert_string_equal(desk_last_call(desk), "answer reviewers renee@contoso.com, reviewer@contoso.com");
    desk_free(desk);
}

/* As with a person who is suggested: whoever types over one who stands there looks for another. */
static void typing_takes_the_place_of_the_one_who_stands_there(void **state)
{
    (void)state;
    struct desk *desk = desk_new("middle");
    struct board_field *field = (struct board_field *)board_find_field(fake_session_board(desk->session), "sponsor");
    text_set(&field->value, "robin@contoso.com");
    desk_show_board(desk);
    desk_go_to(desk, "organization");
    form_begin(desk->console, "sponsor");
    desk_assert_shows(desk, "robin@contoso.com");
    desk_assert_shows(desk, "Enter keeps this one");
    desk_type(desk, "zoe");
    assert_string_equal(editor_text(desk->console->form->editor), "zoe");
    wait_for_look_up(desk);
    assert_true(desk_was_called(desk, "people zoe"));
    desk_press(desk, "Enter");
    assert_string_equal(form_editing(desk->console), "sponsor");
    assert_false(desk_was_called(desk, "answer"));
    desk_press(desk, "Esc");
    form_begin(desk->console, "sponsor");
    desk_assert_shows(desk, "Enter keeps this one");
    desk_free(desk);
}

/* What differs may be a value that was chosen wrongly: that is offered before the page on which to change the tenant.
 */
static void the_value_of_what_differs_stands_before_its_page(void **state)
{
    (void)state;
    struct desk *desk = desk_new("middle");
    struct board_step *step = (struct board_step *)board_find_step(fake_session_board(desk->session), "organization");
    text_set(&step->link, "https://entra.microsoft.com/");
    struct board_field *field = (struct board_field *)board_find_field(fake_session_board(desk->session), "sponsor");
    text_set(&field->value, "robin@contoso.com");
    desk_show_board(desk);
    desk_go_to(desk, "organization");
    g_autofree char *screen = desk_picture(desk, 80, 50);
    const char *value = strstr(screen, "robin@contoso.com"), *page = strstr(screen, "[ Open the page ]");
    assert_non_null(value);
    assert_non_null(page);
    assert_true(value < page);
    desk_free(desk);
}

static void one_whom_nobody_knows_is_not_taken_unsaid(void **state)
{
    (void)state;
    struct desk *desk = desk_new("middle");
    edit_sponsor(desk);
    desk_type(desk, "zoe@contoso.com");
    wait_for_look_up(desk);
    desk_assert_shows(desk, "Enter takes it as");
    desk_press(desk, "Enter");
    assert_true(desk_was_called(desk, "answer sponsor zoe@contoso.com"));
    desk_assert_shows(desk, "Nobody was found: zoe@contoso.com is taken as it is typed.");
    desk_free(desk);
}

static void a_reviewer_whom_nobody_knows_has_another_sign(void **state)
{
    (void)state;
    struct desk *desk = desk_new("middle");
    desk_go_to(desk, "access-package");
    desk_press(desk, "Enter");
    desk_type(desk, "reviewer@contoso.com");
    desk_press(desk, "Enter");
    desk_type(desk, "zoe@contoso.com");
    wait_for_look_up(desk);
    desk_press(desk, "Enter");
    desk_assert_shows(desk, "Nobody was found: zoe@contoso.com is taken");
    desk_assert_shows(desk, "✓ reviewer@contoso.com");
    desk_assert_shows(desk, "▲ zoe@contoso.com");
    desk_assert_lacks(desk, "✓ zoe@contoso.com");
    desk_press(desk, "Enter");
    struct board_field *field = (struct board_field *)board_find_field(fake_session_board(desk->session), "reviewers");
    text_set(&field->value, "reviewer@contoso.com, zoe@contoso.com");
    desk_show_board(desk);
    desk_assert_shows(desk, "▲ Nobody was found:");
    form_begin(desk->console, "reviewers");
    desk_assert_shows(desk, "▲ zoe@contoso.com");
    desk_free(desk);
}

/* As perch reads it from the tenant: also where nobody looked in this session. */
static void a_reviewer_whom_the_tenant_lacks_is_wrong(void **state)
{
    (void)state;
    struct desk *desk = desk_new("middle");
    struct board_field *field = (struct board_field *)board_find_field(fake_session_board(desk->session), "reviewers");
    text_set(&field->value, "reviewer@contoso.com, zoe@contoso.com");
    g_ptr_array_add(field->unfit, board_unfit_new("zoe@contoso.com", "There is no user “zoe@contoso.com” here."));
    desk_show_board(desk);
    desk_press(desk, "b");
    desk_assert_shows(desk, "5 of 8, 1 wrong · ");
    for (int i = 0; i < 5 && strcmp(desk->console->step_scroller.focus.name, "reviewers") != 0; i++)
        desk_press(desk, "n");
    desk_assert_shows(desk, "▲ There is no user");
    desk_press(desk, "b");
    desk_go_to(desk, "access-package");
    assert_string_equal(desk->console->step_scroller.focus.name, "reviewers");
    form_begin(desk->console, "reviewers");
    desk_assert_shows(desk, "✓ reviewer@contoso.com");
    desk_assert_shows(desk, "▲ zoe@contoso.com");
    desk_free(desk);
}

static void nobody_is_marked_where_nobody_was_found(void **state)
{
    (void)state;
    static const char *const keys[] = {"Down Enter", "Down Down Up Enter", "Down Tab"};
    for (gsize i = 0; i < G_N_ELEMENTS(keys); i++) {
        struct desk *desk = desk_new("middle");
        desk_go_to(desk, "access-package");
        desk_press(desk, "Enter");
        desk_type(desk, "zzzz");
        wait_for_look_up(desk);
        assert_true(desk_was_called(desk, "people zzzz"));
        desk_press(desk, keys[i]);
        assert_string_equal(form_editing(desk->console), "reviewers");
        assert_false(desk_was_called(desk, "answer"));
        desk_free(desk);
    }
}

static void an_answer_to_an_earlier_look_up_is_not_shown(void **state)
{
    (void)state;
    struct desk *desk = desk_new("middle");
    desk_go_to(desk, "access-package");
    desk_press(desk, "Enter");
    desk_type(desk, "re");
    gint64 end = g_get_monotonic_time() + PATIENCE;
    while (!desk_was_called(desk, "people") && g_get_monotonic_time() < end)
        form_tick(desk->console);
    assert_true(desk_was_called(desk, "people"));
    desk_type(desk, "x");
    desk_take_all(desk);
    g_autofree char *screen = desk_picture(desk, 80, 24);
    assert_null(strstr(screen, "Renée"));
    desk_free(desk);
}

static void a_password_is_sent_and_never_drawn(void **state)
{
    (void)state;
    struct desk *desk = desk_new("middle");
    desk_go_to(desk, "account");
    desk_press(desk, "Enter");
    desk_type(desk, "hunter2-secret");
    g_autofree char *screen = desk_picture(desk, 200, 60);
    assert_null(strstr(screen, "hunter2"));
    assert_non_null(strstr(screen, "●●●●●●●●"));
    desk_press(desk, "Enter");
    assert_true(desk_was_called(desk, "answer account.password (secret)"));
    desk_take_all(desk);
    g_autofree char *after = desk_picture(desk, 200, 60);
    assert_null(strstr(after, "hunter2"));
    desk_free(desk);
}

/* A choice that nobody made and nothing suggests is not made by an Enter that goes on. */
static void enter_alone_makes_no_choice(void **state)
{
    (void)state;
    struct desk *desk = desk_new("middle");
    struct board_field *way =
        (struct board_field *)board_find_field(fake_session_board(desk->session), "streamingWrite");
    text_set(&way->value, "");
    desk_show_board(desk);
    edit_hub(desk);
    desk_type(desk, "telemetry");
    desk_press(desk, "Enter");
    assert_string_equal(form_editing(desk->console), "streamingWrite");
    desk_press(desk, "Enter");
    desk_assert_shows(desk, "Nothing is marked yet");
    desk_paste(desk, "1");
    desk_assert_shows(desk, "A paste takes no choice");
    assert_string_equal(desk_last_call(desk), "answer eventHub.name telemetry");
    desk_press(desk, "Down Down Up Enter");
    assert_string_equal(desk_last_call(desk), "answer streamingWrite portal");
    desk_free(desk);
}

/* As with the choices of an open decision: a number marks, and only Enter takes. */
static void a_number_marks_a_choice_and_takes_none(void **state)
{
    (void)state;
    struct desk *desk = desk_new("middle");
    desk_go_to(desk, "streaming");
    scroller_set_focus(&desk->console->step_scroller,
                       &(struct item){.kind = ITEM_FIELD, .name = g_intern_string("streamingWrite")});
    desk_press(desk, "Enter");
    desk_type(desk, "9");
    desk_type(desk, "1");
    assert_false(desk_was_called(desk, "answer"));
    assert_string_equal(form_editing(desk->console), "streamingWrite");
    const struct board_field *field = board_find_field(desk->console->board, "streamingWrite");
    const struct board_choice *first = g_ptr_array_index(field->choices, 0);
    g_autofree char *mark = g_strdup_printf("▸ 1 %.12s", first->label);
    desk_assert_shows(desk, mark);
    desk_press(desk, "End Home Enter");
    g_autofree char *answer = g_strdup_printf("answer streamingWrite %s", first->value);
    assert_true(desk_was_called(desk, answer) || strcmp(first->value, field->value) == 0);
    desk_free(desk);
}

/* Keys that scroll would edit blind if they took the field out of sight. */
static void an_open_field_stays_in_sight(void **state)
{
    (void)state;
    struct desk *desk = desk_new("middle");
    desk_resize(desk, 40, 12);
    desk_press(desk, "b");
    for (int i = 0; i < 40 && form_editing(desk->console) == NULL; i++) {
        const struct item *focus = &desk->console->step_scroller.focus;
        desk_press(desk, focus->kind == ITEM_FIELD && strcmp(focus->name, "eventHub.name") == 0 ? "Enter" : "Down");
    }
    assert_string_equal(form_editing(desk->console), "eventHub.name");
    desk_type(desk, "tele");
    static const char *const keys[] = {"PgDn", "PgDn", "PgUp", "PgUp", "PgUp", "Ctrl-B"};
    for (gsize i = 0; i < G_N_ELEMENTS(keys); i++) {
        desk_press(desk, keys[i]);
        g_autofree char *screen = desk_picture(desk, 40, 12);
        assert_non_null(strstr(screen, "tele"));
        assert_string_equal(form_editing(desk->console), "eventHub.name");
        assert_string_equal(desk->console->step_scroller.focus.name, "eventHub.name");
    }
    desk_free(desk);
}

/* A click beside it leaves a field as Down does. */
static void whoever_was_picked_or_typed_is_not_lost(void **state)
{
    (void)state;
    struct desk *desk = desk_new("middle");
    desk_go_to(desk, "access-package");
    desk_press(desk, "Enter");
    desk_type(desk, "re");
    wait_for_look_up(desk);
    desk_press(desk, "Down Down Enter");
    desk_type(desk, "rob");
    desk_press(desk, "Shift-Tab");
    assert_null(form_editing(desk->console));
    assert_true(desk_was_called(desk, "answer reviewers renee@contoso.com"));
    g_autofree char *unused = form_unused_text(desk->console);
    assert_non_null(unused);
    desk_assert_shows(desk, "not used");
    desk_free(desk);
}

/* Nothing that fits a row is shown without its beginning, and what does not fit says so. */
static void a_suggestion_that_is_edited_is_whole(void **state)
{
    (void)state;
    struct desk *desk = desk_new("middle");
    desk_go_to(desk, "organization");
    struct item sponsor = item_named(ITEM_FIELD, "sponsor");
    scroller_set_focus(&desk->console->step_scroller, &sponsor);
    desk_press(desk, "Enter Ctrl-U");
    desk_type(desk, "a.very.long.name.of.person@contoso.com");
    g_autofree char *picture = desk_picture(desk, 80, 44);
    assert_non_null(strstr(picture, "  a.very.long.name.of.person@contoso.com"));
    desk_type(desk, "-and-more-of-it");
    g_autofree char *longer = desk_picture(desk, 80, 44);
    assert_non_null(strstr(longer, "…"));
    desk_free(desk);
}

/* What an answer came to is said where one is, since the top of the step may be out of sight. */
static void what_an_answer_came_to_is_said(void **state)
{
    (void)state;
    static const struct {
        enum step_state state;
        const char *reason;
        gboolean is_said;
    } rows[] = {
        {STEP_DIFFERS, "The pasted link names another tenant: e.com.", TRUE},
        {STEP_FAILED, "It was refused.", TRUE},
        {STEP_TO_DO, "It differs and will be changed.", FALSE},
        {STEP_DIFFERS, "", FALSE},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        struct desk *desk = desk_new("middle");
        desk_go_to(desk, "streaming");
        struct item company = item_named(ITEM_FIELD, "company");
        scroller_set_focus(&desk->console->step_scroller, &company);
        desk_press(desk, "Enter");
        desk_type(desk, "2");
        struct board_step *step = (struct board_step *)board_find_step(fake_session_board(desk->session), "streaming");
        step->state = rows[i].state;
        text_set(&step->reason, rows[i].reason);
        desk_press(desk, "Enter");
        desk_take_all(desk);
        if (rows[i].reason[0] != '\0')
            desk_assert_shows(desk, rows[i].reason);
        g_autofree char *said = g_strdup_printf("%d %s: %s", step->number, step->title, rows[i].reason);
        const char *note = desk->console->note.text != NULL ? desk->console->note.text : "";
        const char *marked = desk->console->step_scroller.focus.name;
        assert_string_equal(marked, rows[i].is_said ? "company" : "eventHub.resourceId");
        if ((strstr(note, said) != NULL) != rows[i].is_said)
            fail_msg("row %d: %s", (int)i, note);
        desk_free(desk);
    }
}

static void a_date_moves_by_days(void **state)
{
    (void)state;
    struct desk *desk = desk_new("middle");
    desk_go_to(desk, "access-package");
    desk_press(desk, "Down Enter Up Up Down Enter");
    assert_string_equal(desk_last_call(desk), "answer reviewStart 2026-11-25");
    desk_free(desk);
}

/* Behind the last value that is missing letters are commands again. */
static void enter_opens_nothing_that_may_stay_empty(void **state)
{
    (void)state;
    static const char *const keys[] = {"Enter", "Tab"};
    for (gsize i = 0; i < G_N_ELEMENTS(keys); i++) {
        struct desk *desk = desk_with_a_field_that_depends();
        struct board_field *name = (struct board_field *)board_find_field(desk->console->board, "streamingWrite");
        text_set(&name->value, "");
        name->kind = FIELD_TEXT;
        name->required = FALSE;
        form_begin(desk->console, "eventHub.name");
        desk_type(desk, "telemetry");
        desk_press(desk, keys[i]);
        assert_string_equal(desk->console->step_scroller.focus.name, "streamingWrite");
        if (i == 0)
            assert_null(form_editing(desk->console));
        else
            assert_string_equal(form_editing(desk->console), "streamingWrite");
        desk_free(desk);
    }
}

/* Where not even two choices fit the marked one is on the screen, and so is what to do before one is. */
static void a_list_of_choices_shows_its_mark_at_any_size(void **state)
{
    (void)state;
    static const int sizes[][2] = {{40, 10}, {40, 12}, {80, 24}};
    for (gsize i = 0; i < G_N_ELEMENTS(sizes); i++) {
        struct desk *desk = desk_new("middle");
        struct board_field *field =
            (struct board_field *)board_find_field(fake_session_board(desk->session), "streamingWrite");
        g_ptr_array_set_size(field->choices, 0);
        for (int k = 1; k <= 4; k++) {
            g_autofree char *value = g_strdup_printf("way%d", k);
            g_autofree char *label = g_strdup_printf(
                "way %d, which takes more than the two rows that a narrow screen has for it: END%d", k, k);
            g_ptr_array_add(field->choices, board_choice_new(value, label, FALSE));
        }
        text_set(&field->value, "");
        desk_show_board(desk);
        desk_resize(desk, sizes[i][0], sizes[i][1]);
        desk_go_to(desk, "streaming");
        form_begin(desk->console, "streamingWrite");
        g_autofree char *none = desk_picture(desk, sizes[i][0], sizes[i][1]);
        assert_non_null(strstr(none, "a number or"));
        assert_non_null(strstr(none, "marks"));
        for (int k = 1; k <= 4; k++) {
            desk_press(desk, "Down");
            g_autofree char *marked = g_strdup_printf("▸ %d way %d", k, k);
            g_autofree char *end = g_strdup_printf("END%d", k);
            g_autofree char *screen = desk_picture(desk, sizes[i][0], sizes[i][1]);
            assert_non_null(strstr(screen, marked));
            assert_non_null(strstr(screen, end));
        }
        desk_free(desk);
    }
}

/* It would be refused, so it is not called right before. */
static void a_day_that_has_gone_by_is_not_called_right(void **state)
{
    (void)state;
    struct desk *desk = desk_new("middle");
    struct board_field *field =
        (struct board_field *)board_find_field(fake_session_board(desk->session), "reviewStart");
    text_set(&field->value, "");
    text_set(&field->earliest, "2026-11-24");
    desk_show_board(desk);
    desk_go_to(desk, "access-package");
    form_begin(desk->console, "reviewStart");
    desk_type(desk, "2026-11-23");
    desk_press(desk, "Enter");
    assert_false(desk_was_called(desk, "answer"));
    desk_press(desk, "Esc");
    form_begin(desk->console, "reviewStart");
    desk_type(desk, "2026-11-23");
    desk_assert_shows(desk, "That day has gone by");
    desk_press(desk, "Backspace");
    desk_type(desk, "4");
    desk_press(desk, "Enter");
    assert_string_equal(desk_last_call(desk), "answer reviewStart 2026-11-24");
    desk_free(desk);
}

/* A draft is judged as the open field is: what began in time may stay, and no other day that has gone by is taken. */
static void an_old_day_may_stay_and_takes_no_other_old_one(void **state)
{
    static const struct {
        const char *typed;
        gboolean taken;
    } days[] = {{"2026-11-20", TRUE}, {"2026-11-21", FALSE}, {"2026-11-24", TRUE}};
    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(days); i++) {
        struct desk *desk = desk_new("middle");
        struct board_field *field =
            (struct board_field *)board_find_field(fake_session_board(desk->session), "reviewStart");
        text_set(&field->value, "2026-11-20");
        text_set(&field->earliest, "2026-11-24");
        desk_show_board(desk);
        desk_go_to(desk, "access-package");
        form_begin(desk->console, "reviewStart");
        desk_press(desk, "Ctrl-U");
        desk_type(desk, days[i].typed);
        g_autofree char *open = desk_picture(desk, 80, 24);
        assert_int_equal(strstr(open, "That day has gone by") == NULL, days[i].taken);
        form_leave(desk->console);
        g_autofree char *left = desk_picture(desk, 80, 24);
        assert_int_equal(strstr(left, "not used") == NULL, days[i].taken);
        assert_int_equal(strstr(left, "That day has gone by") == NULL, days[i].taken);
        desk_free(desk);
    }
}

/* Of a choice that does not fit on the screen the marked one is seen, from the first field on. */
static void the_marked_choice_is_seen_on_the_smallest_screen(void **state)
{
    (void)state;
    struct desk *desk = desk_new("middle");
    struct board_field *field =
        (struct board_field *)board_find_field(fake_session_board(desk->session), "streamingWrite");
    struct board_step *step = (struct board_step *)board_find_step(fake_session_board(desk->session), "streaming");
    for (guint i = 0; i < step->fields->len; i++)
        if (g_ptr_array_index(step->fields, i) == field) {
            g_ptr_array_steal_index(step->fields, i);
            g_ptr_array_insert(step->fields, 0, field);
        }
    g_ptr_array_set_size(((struct board_step *)board_find_step(fake_session_board(desk->session), "account"))->fields,
                         0);
    g_ptr_array_set_size(field->choices, 0);
    for (int i = 0; i < 3; i++)
        g_ptr_array_add(field->choices, board_choice_new("one",
                                                         "a choice that takes so many rows of a small screen "
                                                         "that the others of them are out of sight, and more",
                                                         FALSE));
    text_set(&field->value, "");
    field->required = TRUE;
    desk_show_board(desk);
    desk_resize(desk, 40, 10);
    desk_press(desk, "b");
    form_begin(desk->console, "streamingWrite");
    g_autofree char *begun = desk_picture(desk, 40, 10);
    assert_non_null(strstr(begun, "Way"));
    for (guint i = 1; i <= field->choices->len; i++) {
        desk_press(desk, "Down");
        g_autofree char *mark = g_strdup_printf("▸ %u ", i);
        g_autofree char *picture = desk_picture(desk, 40, 10);
        assert_non_null(strstr(picture, mark));
    }
    desk_free(desk);
}

/* The next field keeps the mark though the step is done with the value before it, and nothing moves. */
static void the_mark_stays_in_the_form_of_a_step_that_got_done(void **state)
{
    (void)state;
    struct desk *desk = desk_new("middle");
    struct board_step *step = (struct board_step *)board_find_step(fake_session_board(desk->session), "streaming");
    edit_hub(desk);
    desk_type(desk, "telemetry");
    desk_press(desk, "Enter");
    assert_string_equal(desk->console->step_scroller.focus.name, "streamingWrite");
    step->state = STEP_DONE;
    text_set(&step->reason, "");
    desk_show_board(desk);
    assert_string_equal(desk->console->step_scroller.focus.name, "streamingWrite");
    desk_assert_shows(desk, "▸Way");
    desk_free(desk);
}

/* A value that is suggested only has to be taken; what else a step wants of somebody is said as it is. */
static void a_suggested_value_only_has_to_be_taken(void **state)
{
    static const struct {
        const char *reason;
        gboolean lacks_role, said;
    } rows[] = {{"Still missing: Sponsor.", FALSE, TRUE},
                {"Still missing: Sponsor.", TRUE, FALSE},
                {"A person has to do this.", FALSE, FALSE}};
    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        struct desk *desk = desk_new("middle");
        struct board_step *step =
            (struct board_step *)board_find_step(fake_session_board(desk->session), "organization");
        struct board_field *field =
            (struct board_field *)board_find_field(fake_session_board(desk->session), "sponsor");
        field->required = TRUE;
        step->state = STEP_NEEDS_YOU;
        step->lacks_role = rows[i].lacks_role;
        text_set(&step->reason, rows[i].reason);
        text_set(&step->next, "What comes next.");
        desk_show_board(desk);
        desk_go_to(desk, "organization");
        g_autofree char *picture = desk_picture(desk, 80, 24);
        assert_int_equal(strstr(picture, "One is suggested below") != NULL, rows[i].said);
        assert_int_equal(strstr(picture, "What comes next.") != NULL, !rows[i].said);
        desk_free(desk);
    }
}

/* Which field it is stands above what is typed, where that has a row of its own. */
static void a_field_that_is_typed_in_keeps_its_label_on_the_smallest_screen(void **state)
{
    (void)state;
    struct desk *desk = desk_new("middle");
    struct board_field *field = (struct board_field *)board_find_field(fake_session_board(desk->session), "sponsor");
    text_set(&field->suggestion, "admin1@contoso.onmicrosoft.com");
    text_set(&field->help,
             "A member of your tenant who answers for the partner's people, and whom the partner asks when "
             "something has to be decided on their account in the tenant; it may be you yourself.");
    desk_show_board(desk);
    desk_resize(desk, 40, 10);
    desk_go_to(desk, "organization");
    form_begin(desk->console, "sponsor");
    g_autofree char *picture = desk_picture(desk, 40, 10);
    assert_non_null(strstr(picture, "Sponsor"));
    assert_non_null(strstr(picture, "admin1@contoso.onmicrosoft.com"));
    desk_free(desk);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_field_that_is_typed_in_keeps_its_label_on_the_smallest_screen),
        cmocka_unit_test(the_mark_stays_in_the_form_of_a_step_that_got_done),
        cmocka_unit_test(a_suggested_value_only_has_to_be_taken),
        cmocka_unit_test(an_old_day_may_stay_and_takes_no_other_old_one),
        cmocka_unit_test(the_marked_choice_is_seen_on_the_smallest_screen),
        cmocka_unit_test(a_day_that_has_gone_by_is_not_called_right),
        cmocka_unit_test(a_space_is_named_with_its_place_and_mended_by_a_key),
        cmocka_unit_test(the_first_character_is_pointed_at_where_it_is),
        cmocka_unit_test(one_value_alone_is_the_open_fields),
        cmocka_unit_test(one_person_is_taken_out_again),
        cmocka_unit_test(a_field_that_falls_away_with_an_answer_is_not_opened),
        cmocka_unit_test(a_field_that_the_board_has_not_any_more_is_closed),
        cmocka_unit_test(a_paste_never_submits),
        cmocka_unit_test(a_list_of_guests_is_taken_whole_or_who_is_clear),
        cmocka_unit_test(a_right_paste_takes_the_place_of_a_wrong_one),
        cmocka_unit_test(a_paste_opens_no_choice),
        cmocka_unit_test(what_is_typed_is_told_of_an_e_mail),
        cmocka_unit_test(a_paste_that_gives_nothing_is_closed),
        cmocka_unit_test(both_values_are_found_in_an_e_mail),
        cmocka_unit_test(a_secret_that_is_not_needed_is_named_as_one),
        cmocka_unit_test(a_mail_may_be_pasted_anywhere_on_the_board),
        cmocka_unit_test(a_number_marks_a_value_of_a_paste_and_takes_none),
        cmocka_unit_test(values_of_two_places_are_not_put_together_unseen),
        cmocka_unit_test(what_goes_together_is_not_guessed),
        cmocka_unit_test(a_paste_says_what_it_replaces_and_does_not_with_enter_alone),
        cmocka_unit_test(two_values_alone_are_found_with_the_line_ends_of_terminals),
        cmocka_unit_test(a_paste_is_shown_in_parts_with_each_finding_before_it_is_used),
        cmocka_unit_test(a_paste_over_a_view_is_no_command),
        cmocka_unit_test(leaving_with_changed_text_asks_once_and_names_the_field),
        cmocka_unit_test(leaving_a_field_as_it_was_asks_nothing),
        cmocka_unit_test(typing_takes_the_place_of_a_suggestion),
        cmocka_unit_test(a_cursor_key_keeps_the_suggestion),
        cmocka_unit_test(a_fix_is_drawn_without_what_a_terminal_obeys),
        cmocka_unit_test(resizing_and_new_boards_never_lose_what_is_typed),
        cmocka_unit_test(what_is_not_sent_stays_as_a_draft),
        cmocka_unit_test(all_values_can_be_given_in_one_form),
        cmocka_unit_test(the_next_missing_value_has_the_keys),
        cmocka_unit_test(an_id_stands_whole_below_its_label),
        cmocka_unit_test(the_partners_made_up_mail_brings_the_values_in_practice),
        cmocka_unit_test(an_empty_form_is_not_saved_in_the_portal),
        cmocka_unit_test(a_draft_is_never_cut),
        cmocka_unit_test(enter_and_tab_use_a_value_and_go_on),
        cmocka_unit_test(enter_opens_nothing_that_may_stay_empty),
        cmocka_unit_test(a_list_of_choices_shows_its_mark_at_any_size),
        cmocka_unit_test(moving_away_uses_what_is_right),
        cmocka_unit_test(no_look_up_is_claimed_that_was_not_asked_for),
        cmocka_unit_test(home_end_up_and_down_visit_every_field),
        cmocka_unit_test(escape_drops_what_was_typed),
        cmocka_unit_test(letters_in_a_field_are_text_and_no_commands),
        cmocka_unit_test(masked_values_are_shown_on_request_only),
        cmocka_unit_test(reviewers_are_picked_by_part_of_a_name),
        cmocka_unit_test(typing_takes_the_place_of_the_one_who_stands_there),
        cmocka_unit_test(the_value_of_what_differs_stands_before_its_page),
        cmocka_unit_test(one_whom_nobody_knows_is_not_taken_unsaid),
        cmocka_unit_test(a_reviewer_whom_nobody_knows_has_another_sign),
        cmocka_unit_test(a_reviewer_whom_the_tenant_lacks_is_wrong),
        cmocka_unit_test(nobody_is_marked_where_nobody_was_found),
        cmocka_unit_test(an_answer_to_an_earlier_look_up_is_not_shown),
        cmocka_unit_test(a_password_is_sent_and_never_drawn),
        cmocka_unit_test(enter_alone_makes_no_choice),
        cmocka_unit_test(a_number_marks_a_choice_and_takes_none),
        cmocka_unit_test(an_open_field_stays_in_sight),
        cmocka_unit_test(whoever_was_picked_or_typed_is_not_lost),
        cmocka_unit_test(a_suggestion_that_is_edited_is_whole),
        cmocka_unit_test(what_an_answer_came_to_is_said),
        cmocka_unit_test(a_date_moves_by_days),
        cmocka_unit_test(what_comes_of_no_answer_is_said_before),
    };
    return cmocka_run_group_tests(tests, desk_set_locale, NULL);
}
