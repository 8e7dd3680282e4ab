/* SPDX-License-Identifier: MIT */
/* Lists of people to invite: each line gives a guest or a sentence with its number. */
#include <string.h>

#include "input/finding.h"
#include "input/guest_list.h"
#include "input/guest_verdict.h"
#include "input/validate.h"
#include "support/support.h"

/* "name=email;" for each guest. */
static void assert_guests(const char *text, const char *wanted, guint findings)
{
    g_autoptr(GuestList) list = guest_list_read(text, -1);
    g_autoptr(GString) told = g_string_new(NULL);
    for (guint i = 0; i < list->guests->len; i++) {
        const struct guest *guest = list->guests->pdata[i];
        g_string_append_printf(told, "%d %s=%s;", guest->line, guest->name, guest->email);
    }
    assert_string_equal(told->str, wanted);
    assert_int_equal(list->findings->len, findings);
}

static void assert_told(const char *text, guint index, const char *wanted, int offset)
{
    g_autoptr(GuestList) list = guest_list_read(text, -1);
    assert_true(list->findings->len > index);
    const struct finding *finding = list->findings->pdata[index];
    assert_string_equal(finding->message, wanted);
    assert_int_equal(finding->offset, offset);
}

static void plain_lines_are_addresses(void **state)
{
    (void)state;
    assert_guests("a@redcanary.com\nb@redcanary.com\n", "1 =a@redcanary.com;2 =b@redcanary.com;", 0);
    assert_guests("a@redcanary.com\r\n\r\n  \r\nb@redcanary.com", "1 =a@redcanary.com;4 =b@redcanary.com;", 0);
    assert_guests("", "", 0);
}

static void titles_say_where_the_name_is(void **state)
{
    (void)state;
    assert_guests("Display name,Email\nAda,a@redcanary.com\n", "2 Ada=a@redcanary.com;", 0);
    assert_guests("Email;Team;Full name\na@redcanary.com;SOC;Ada Min\n", "2 Ada Min=a@redcanary.com;", 0);
    assert_guests("version:v1.0\nEmail address to invite [inviteeEmail] Required,Redirection url\n"
                  "a@redcanary.com,https://x\n",
                  "3 =a@redcanary.com;", 0);
}

static void quotes_are_taken_off(void **state)
{
    (void)state;
    assert_guests("name,email\n\"Min, Ada \"\"A\"\"\",\"a@redcanary.com\"\n", "2 Min, Ada \"A\"=a@redcanary.com;", 0);
}

static void a_time_stamp_is_nobodys_name(void **state)
{
    (void)state;
    assert_guests("2026-11-27 10:15 Ada Min: a@redcanary.com\n[27.11.26, 10:15:03] Bob: b@redcanary.com\n",
                  "1 Ada Min=a@redcanary.com;2 Bob=b@redcanary.com;", 0);
    assert_guests("(10:15) Ada Min: a@redcanary.com\n10:16 AM Bob: b@redcanary.com\n",
                  "1 Ada Min=a@redcanary.com;2 Bob=b@redcanary.com;", 0);
    assert_guests("27/11/2026, 10:15 - Ada Min: a@redcanary.com\nMon 10:16 Bob: b@redcanary.com\n",
                  "1 Ada Min=a@redcanary.com;2 Bob=b@redcanary.com;", 0);
    assert_guests("Sunny Day: a@redcanary.com\n3rd Floor: b@redcanary.com\n",
                  "1 Sunny Day=a@redcanary.com;2 3rd Floor=b@redcanary.com;", 0);
}

static void addresses_from_a_mail_program_have_names(void **state)
{
    (void)state;
    assert_guests("Ada Min <a@redcanary.com>\nBob <b@redcanary.com>\n",
                  "1 Ada Min=a@redcanary.com;2 Bob=b@redcanary.com;", 0);
}

static void a_wrong_address_is_left_out_and_told(void **state)
{
    (void)state;
    assert_guests("a@redcanary.com\nb@redcanary\nc@redcanary.com\n", "1 =a@redcanary.com;3 =c@redcanary.com;", 1);
    assert_told("a@redcanary.com\nnobody\n", 0, "Line 2 has no e-mail address.", 16);
}

static void who_is_excepted_is_left_out_and_told(void **state)
{
    (void)state;
    assert_guests("invite a@redcanary.com, but not b@redcanary.com\n", "1 =a@redcanary.com;", 1);
    assert_guests("a@redcanary.com\nNot b@redcanary.com\n", "1 =a@redcanary.com;", 1);
    assert_told("EXCEPT b@redcanary.com\n", 0,
                "The words before an address in line 1 say that it is not meant: it was left out.", 7);
}

static void what_was_mended_is_told(void **state)
{
    (void)state;
    assert_guests("a@redcanary.com\nb@red\xE2\x80\x8B"
                  "canary.com\n",
                  "1 =a@redcanary.com;2 =b@redcanary.com;", 1);
    assert_told("a@redcanary.com\nb@red\xE2\x80\x8B"
                "canary.com\n",
                0, "Line 2, in the address: There is a zero-width space at column 6.", 21);
}

static void an_address_is_taken_once(void **state)
{
    (void)state;
    assert_guests("a@redcanary.com\nA@RedCanary.com\n", "1 =a@redcanary.com;", 1);
    assert_told("a@redcanary.com\nA@RedCanary.com\n", 0, "Line 2 has the same address as line 1; it was taken once.",
                16);
}

/* Nobody is invited by an address that stands in no list. */
static void a_name_before_an_address_is_never_joined_to_it(void **state)
{
    (void)state;
    assert_guests("Ada ada@redcanary.com\nAda Min ada.min@redcanary.com\n",
                  "1 Ada=ada@redcanary.com;2 Ada Min=ada.min@redcanary.com;", 0);
    assert_guests("\"Ada ada@redcanary.com\",SOC\n", "1 Ada=ada@redcanary.com;", 0);
    assert_guests("a@redcanary.com \n", "1 =a@redcanary.com;", 1);
}

static void what_cannot_be_told_apart_is_left_out(void **state)
{
    (void)state;
    assert_guests("a@redcanary.com b@redcanary.com\n", "1 =a@redcanary.com;1 =b@redcanary.com;", 1); /* both whole */
    assert_guests("a@redcanary.com Ada\n", "", 1);
    assert_guests("ada@red canary.com\n", "", 1);
    assert_guests("ada @redcanary.com\n", "", 1);
    assert_told("x@redcanary.com\nada@red canary.com\n", 0,
                "Line 2 has a space within or behind its address: it was left out. Write name, comma, address.", 16);
}

/* Of a card, a page and a list in JSON too. */
static void lines_are_those_of_what_was_given(void **state)
{
    (void)state;
    assert_guests("BEGIN:VCARD\nVERSION:3.0\nFN:Ada Min\nEMAIL;TYPE=WORK:a@redcanary.com\nEND:VCARD\n",
                  "4 Ada Min=a@redcanary.com;", 0);
    assert_guests("[\n{\"displayName\":\"Ada Min\",\n\"mail\":\"a@redcanary.com\"}]\n", "3 Ada Min=a@redcanary.com;",
                  0);
    assert_guests("<p>Guests\n</p>\n<p><a href=\"mailto:a@redcanary.com\">Ada Min</a></p>\n",
                  "3 Ada Min=a@redcanary.com;", 0);
}

static void findings_of_a_card_lie_in_what_was_given(void **state)
{
    (void)state;
    static const char card[] = "BEGIN:VCARD\nFN:Ada Min\nEMAIL:<a@redcanary>\nEND:VCARD\n";
    g_autoptr(GuestList) list = guest_list_read(card, -1);
    assert_true(list->findings->len > 0);
    for (guint i = 0; i < list->findings->len; i++) {
        const struct finding *finding = list->findings->pdata[i];
        assert_in_range(finding->length, 0, (int)sizeof card - 1 - finding->offset);
    }
}

/* Who wrote to whom is no list of guests, unless it names everybody. */
static void a_letter_s_header_is_no_list(void **state)
{
    (void)state;
    assert_guests("From: Bob <b@redcanary.com>\nTo: Cy <c@contoso.com>\nSubject: guests\n\na@redcanary.com\n",
                  "5 =a@redcanary.com;", 2);
    assert_guests("From: Bob <b@redcanary.com>\nTo: Ada\n Min <a@redcanary.com>\nSubject: guests\n",
                  "2 Ada Min=a@redcanary.com;", 1);
}

static void a_corrected_address_is_left_out_and_told(void **state)
{
    (void)state;
    assert_guests("[10:01] ada.min@redcanary.com\n[10:02] sorry: ada.minn@redcanary.com\n",
                  "2 =ada.minn@redcanary.com;", 1);
    assert_guests("a@redcanary.com (typo, use b@redcanary.com)\n", "1 =b@redcanary.com;", 1);
    assert_guests("a@redcanary.com\nb@redcanary.com\nNote that a@redcanary.com has left.\n", "2 =b@redcanary.com;", 2);
}

static void findings_beyond_the_limit_are_counted(void **state)
{
    (void)state;
    g_autoptr(GString) text = g_string_new("a@redcanary.com\n");
    for (int i = 0; i < 130; i++)
        g_string_append(text, "nobody\n");
    g_autoptr(GuestList) list = guest_list_read(text->str, -1);
    const struct finding *last = list->findings->pdata[list->findings->len - 1];
    assert_int_equal(list->findings->len, 101);
    assert_string_equal(last->message, "30 more findings are not shown.");
}

static void a_very_long_list_is_cut_and_told(void **state)
{
    (void)state;
    g_autoptr(GString) text = g_string_new(NULL);
    for (int i = 0; i < GUEST_LIST_LIMIT + 5; i++)
        g_string_append_printf(text, "a%d@redcanary.com\n", i);
    g_autoptr(GuestList) list = guest_list_read(text->str, -1);
    assert_int_equal(list->guests->len, GUEST_LIST_LIMIT);
    assert_int_equal(list->findings->len, 1);
}

static void a_field_takes_all_or_offers_who_is_clear(void **state)
{
    (void)state;
    g_autoptr(Verdict) whole = guest_verdict("ana@partner.example, Bo Li <bo.li@partner.example>");
    assert_true(whole->valid);
    assert_string_equal(whole->value, "ana@partner.example, Bo Li <bo.li@partner.example>");
    g_autoptr(Verdict) partly = guest_verdict("To: Ana Roe <ana@partner.example>\nCc: Bo Li <bo.li@partner.example>\n");
    assert_false(partly->valid);
    const struct finding *problem = verdict_problem(partly);
    assert_string_equal(problem->message, "1 of the list is clear, and not the rest. Line 2 has the address of whoever "
                                          "gets a copy, it seems: it was left out.");
    assert_string_equal(problem->fix, "ana@partner.example");
    assert_string_equal(problem->fix_label, "Take the one");
    g_autoptr(Verdict) mended = guest_verdict(problem->fix);
    assert_true(mended->valid);
    g_autoptr(Verdict) none = guest_verdict("{ana,bo}@partner.example");
    assert_false(none->valid);
    assert_null(verdict_problem(none)->fix);
}

/* An address is never what is left of another one. */
static void parts_of_addresses_are_no_guests(void **state)
{
    (void)state;
    static const char *const lists[] = {"{ana,bo}@partner.example", "lee. ohara@partner.example",
                                        "References: <20261126.8812@mail.partner.example>",
                                        "<20261126.8812@mail.partner.example>"};
    for (gsize i = 0; i < G_N_ELEMENTS(lists); i++) {
        g_autoptr(GuestList) list = guest_list_read(lists[i], -1);
        assert_int_equal(list->guests->len, 0);
        assert_true(list->findings->len > 0);
    }
    g_autoptr(GuestList) table = guest_list_read("| ana@partner.example | yes |\n| bo@partner.example | no |\n", -1);
    assert_int_equal(table->guests->len, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(plain_lines_are_addresses),
        cmocka_unit_test(lines_are_those_of_what_was_given),
        cmocka_unit_test(findings_of_a_card_lie_in_what_was_given),
        cmocka_unit_test(a_letter_s_header_is_no_list),
        cmocka_unit_test(a_corrected_address_is_left_out_and_told),
        cmocka_unit_test(titles_say_where_the_name_is),
        cmocka_unit_test(quotes_are_taken_off),
        cmocka_unit_test(a_time_stamp_is_nobodys_name),
        cmocka_unit_test(addresses_from_a_mail_program_have_names),
        cmocka_unit_test(a_wrong_address_is_left_out_and_told),
        cmocka_unit_test(who_is_excepted_is_left_out_and_told),
        cmocka_unit_test(what_was_mended_is_told),
        cmocka_unit_test(an_address_is_taken_once),
        cmocka_unit_test(a_name_before_an_address_is_never_joined_to_it),
        cmocka_unit_test(what_cannot_be_told_apart_is_left_out),
        cmocka_unit_test(findings_beyond_the_limit_are_counted),
        cmocka_unit_test(a_field_takes_all_or_offers_who_is_clear),
        cmocka_unit_test(parts_of_addresses_are_no_guests),
        cmocka_unit_test(a_very_long_list_is_cut_and_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
