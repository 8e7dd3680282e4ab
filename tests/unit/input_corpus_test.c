/* SPDX-License-Identifier: MIT */
/* Pastes and guest lists as senders really write them. A paste is right if the values come out that may; asked, if one
 * is missing and a finding or a candidate says so; missed, if it is missing without a word, or a change is not told;
 * wrong, if a value comes out that may not. Wrong there must be none. */
#include <string.h>

#include "base/json.h"
#include "input/guest_list.h"
#include "input/paste.h"
#include "input/validate.h"
#include "support/support.h"

enum verdict_kind { RIGHT, ASKED, MISSED, WRONG, KINDS };

static gboolean may_be(const json *allowed, const char *value)
{
    json_for_each (each, allowed) {
        if (value == NULL ? json_is_null(each) : g_strcmp0(json_string(each), value) == 0)
            return TRUE;
    }
    return FALSE;
}

static gboolean wants_value(const json *allowed)
{
    json_for_each (each, allowed) {
        if (json_is_string(each))
            return TRUE;
    }
    return FALSE;
}

static gboolean tells(const struct paste_values *values)
{
    for (guint i = 0; i < values->findings->len; i++)
        if (((const struct finding *)values->findings->pdata[i])->problem != PROBLEM_EMPTY)
            return TRUE;
    return values->candidates->len > 0;
}

static struct paste_values *find_in(const json *wanted)
{
    const char *text = json_get_string(wanted, "text");
    if (text != NULL)
        return paste_find(text, -1);
    gsize length = 0;
    g_autofree guchar *bytes = g_base64_decode(json_get_string(wanted, "base64"), &length);
    return paste_find((const char *)bytes, (gssize)length);
}

/* *EXPECTED: the values are among those that may come out, and what must be told is told. */
static enum verdict_kind judge(const struct paste_values *values, const json *wanted, gboolean *expected)
{
    const json *id = json_get(wanted, "id");
    const json *hub = json_get(wanted, "hub");
    gboolean is_id_good = may_be(id, values->event_hub_id);
    gboolean is_hub_good = may_be(hub, values->event_hub_name);
    gboolean is_missing =
        (values->event_hub_id == NULL && wants_value(id)) || (values->event_hub_name == NULL && wants_value(hub));
    *expected = is_id_good && is_hub_good && (!json_get_bool(wanted, "tell", FALSE) || tells(values));
    if ((!is_id_good && values->event_hub_id != NULL) || (!is_hub_good && values->event_hub_name != NULL))
        return WRONG;
    if (is_missing && tells(values))
        return ASKED;
    return *expected ? RIGHT : MISSED;
}

/* No value is taken and offered at once, and each candidate is one that its field takes. Findings lie in the TEXT. */
static gboolean is_sound(const struct paste_values *values, const char *text)
{
    for (guint i = 0; i < values->findings->len && text != NULL; i++) {
        const struct finding *finding = values->findings->pdata[i];
        if (finding->offset < 0 || finding->offset + finding->length > g_utf8_strlen(text, -1))
            return FALSE;
    }
    for (guint i = 0; i < values->candidates->len; i++) {
        const struct paste_candidate *candidate = values->candidates->pdata[i];
        g_autoptr(Verdict) verdict = validate(candidate->field, candidate->value, -1);
        if (!verdict->valid || paste_value(values, candidate->field) != NULL || candidate->reasons[0] == NULL ||
            candidate->line < 1 || candidate->column < 1)
            return FALSE;
    }
    return TRUE;
}

/* A mail as people write it whose values are theirs: best if nothing is asked. */
static gboolean is_ordinary(const json *wanted)
{
    static const char *const classes[] = {"small talk", "small talk, second", "short mails", "short mails, second",
                                          NULL};
    return g_strv_contains(classes, json_get_string(wanted, "class")) &&
           g_str_has_prefix(json_get_string(wanted, "name"), "good");
}

static void no_paste_gives_a_wrong_value(void **state)
{
    (void)state;
    g_autofree char *file = g_build_filename(PERCH_TEST_DATA, "input", "corpus.jsonl", NULL);
    g_autoptr(json) cases = read_json_lines(file);
    int counts[KINDS] = {0};
    int as_expected = 0;
    int ordinary = 0;
    int taken = 0;
    json_for_each (wanted, cases) {
        static const char *const words[] = {"right", "asked", "missed", "wrong"};
        g_autoptr(PasteValues) values = find_in(wanted);
        gboolean expected = FALSE;
        enum verdict_kind kind = judge(values, wanted, &expected);
        counts[kind]++;
        as_expected += expected;
        ordinary += is_ordinary(wanted);
        taken += is_ordinary(wanted) && values->event_hub_id != NULL && values->event_hub_name != NULL;
        gboolean sound = is_sound(values, json_get_string(wanted, "text"));
        if (!expected || !sound)
            print_message("%s, %s: %s: id %s, hub %s\n", json_get_string(wanted, "class"),
                          json_get_string(wanted, "name"), words[kind], values->event_hub_id, values->event_hub_name);
        assert_true(sound);
    }
    print_message("corpus %d of %d; pastes right %d, asked %d, missed %d, wrong %d\n", as_expected, json_length(cases),
                  counts[RIGHT], counts[ASKED], counts[MISSED], counts[WRONG]);
    print_message("ordinary mails: taken unasked %d of %d\n", taken, ordinary);
    assert_int_equal(counts[WRONG], 0);
    assert_int_equal(counts[MISSED], 0);
    assert_int_equal(as_expected, json_length(cases));
    assert_true(json_length(cases) > 300);
    assert_true(2 * taken > ordinary);
}

static gboolean are_guests(const struct guest_list *list, const json *wanted)
{
    const json *names = json_get(wanted, "guests");
    int i = 0;
    if (json_is_null(names))
        return list->findings->len > 0;
    if ((int)list->guests->len != json_length(names))
        return FALSE;
    json_for_each (name, names) {
        const struct guest *guest = list->guests->pdata[i++];
        g_autofree char *found = g_strdup_printf("%s=%s", guest->name, guest->email);
        if (strcmp(found, json_string(name)) != 0)
            return FALSE;
    }
    return !json_get_bool(wanted, "tell", FALSE) || list->findings->len > 0;
}

static void every_address_of_a_guest_list_is_taken_or_told(void **state)
{
    (void)state;
    g_autofree char *file = g_build_filename(PERCH_TEST_DATA, "input", "guests.jsonl", NULL);
    g_autoptr(json) cases = read_json_lines(file);
    int right = 0;
    json_for_each (wanted, cases) {
        g_autoptr(GuestList) list = guest_list_read(json_get_string(wanted, "text"), -1);
        gboolean is_right = are_guests(list, wanted);
        right += is_right;
        if (!is_right)
            print_message("%s: %u guests, %u findings\n", json_get_string(wanted, "name"), list->guests->len,
                          list->findings->len);
        for (guint i = 0; i < list->guests->len && !is_right; i++) {
            const struct guest *guest = list->guests->pdata[i];
            print_message("    %s=%s\n", guest->name, guest->email);
        }
    }
    print_message("guest lists %d of %d\n", right, json_length(cases));
    assert_int_equal(right, json_length(cases));
    assert_true(json_length(cases) > 45);
}

static void a_paste_beyond_the_limit_is_refused_whole(void **state)
{
    (void)state;
    g_autoptr(GString) text = g_string_new("Event Hub name: telemetry\n");
    while (text->len <= PASTE_LIMIT)
        g_string_append(text, "nothing of interest in this line\n");
    g_autoptr(PasteValues) values = paste_find(text->str, (gssize)text->len);
    assert_null(values->event_hub_name);
    assert_int_equal(values->candidates->len, 0);
    assert_int_equal(values->findings->len, 1);
    assert_false(((const struct finding *)values->findings->pdata[0])->remark);
}

static void places_are_those_of_the_paste(void **state)
{
    (void)state;
    static const char mail[] = "Content-Type: text/plain; charset=windows-1252\n"
                               "Content-Transfer-Encoding: quoted-printable\n"
                               "\n"
                               "Event Hub name: tele=96metry\n";
    g_autoptr(PasteValues) values = paste_find(mail, -1);
    assert_string_equal(values->event_hub_name, "tele-metry");
    const struct finding *finding = values->findings->pdata[0];
    assert_int_equal(finding->offset, (int)(strstr(mail, "=96") - mail));
    assert_int_equal(finding->code_point, 0x2013);
    assert_non_null(strstr(finding->message, "line 4, column 21"));
}

static void a_terminal_pastes_carriage_returns(void **state)
{
    (void)state;
    g_autoptr(PasteValues) values = paste_find("Event Hub name: telemetry-1\rEvent Hub name: telemetry-2\r", -1);
    assert_int_equal(values->candidates->len, 2);
    assert_int_equal(((const struct paste_candidate *)values->candidates->pdata[1])->line, 2);
    g_autoptr(PasteValues) quoted = paste_find("Event Hub name: tele=\rmetry-1\rYours=2C Kim=20\r=20\r", -1);
    assert_string_equal(quoted->event_hub_name, "telemetry-1");
}

static void a_letter_of_another_script_is_a_warning(void **state)
{
    (void)state;
    g_autoptr(PasteValues) letter = paste_find("Event Hub name: tel\xD0\xB5metry-1\n", -1);
    assert_string_equal(finding_severity(letter->findings->pdata[0]), "warning");
    g_autoptr(PasteValues) hyphen = paste_find("Event Hub name: telemetry\xE2\x80\x91"
                                               "1\n",
                                               -1);
    assert_string_equal(finding_severity(hyphen->findings->pdata[0]), "remark");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_paste_gives_a_wrong_value),
        cmocka_unit_test(every_address_of_a_guest_list_is_taken_or_told),
        cmocka_unit_test(a_paste_beyond_the_limit_is_refused_whole),
        cmocka_unit_test(places_are_those_of_the_paste),
        cmocka_unit_test(a_terminal_pastes_carriage_returns),
        cmocka_unit_test(a_letter_of_another_script_is_a_warning),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
