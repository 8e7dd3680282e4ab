/* SPDX-License-Identifier: MIT */
/*
 * What a journal's records come to: each transition as a row.
 *
 * Records are written short: "intent action=create; sent; replied id=a" are three about one object, a second apart,
 * beginning at second 1 of the test's minute. What they come to is written short too, see object_words().
 */
#include "store/journal_state.h"

#include <string.h>

#include "base/clock.h"
#include "base/json.h"
#include "store/unanswered.h"
#include "support/support.h"

#define KEY "group"
#define STEP "step"
#define MINUTE "2026-11-24T10:00:00Z"

static gint64 second(gint64 time)
{
    return time == 0 ? 0 : (time - clock_parse(MINUTE)) / G_USEC_PER_SEC;
}

static void add_member(json *record, const char *name, const char *value)
{
    if (g_str_has_suffix(name, "At") || strcmp(name, "when") == 0 || strcmp(name, "until") == 0) {
        g_autofree char *time = clock_format(clock_parse(MINUTE) + g_ascii_strtoll(value, NULL, 10) * G_USEC_PER_SEC);
        json_set_string(record, name, time);
    } else if (strcmp(name, "old") == 0) {
        json_set(record, name, json_from("{'was':%s}", value));
    } else if (strcmp(name, "takeBack") == 0) {
        json_set(record, name, json_from("{'path':%s,'title':'it'}", value));
    } else if (strcmp(name, "status") == 0) {
        json_set_int(record, name, g_ascii_strtoll(value, NULL, 10));
    } else if (strcmp(name, "answerLost") == 0) {
        json_set_bool(record, name, TRUE);
    } else {
        json_set_string(record, name, value);
    }
}

static struct journal_record *record_of(const char *text, int at)
{
    g_auto(GStrv) parts = g_strsplit(g_strstrip((char *)text), " ", -1);
    g_autoptr(json) record = json_from("{'type':%s,'object':'" KEY "','step':'" STEP "','by':'ann'}", parts[0]);
    g_autofree char *time = clock_format(clock_parse(MINUTE) + at * G_USEC_PER_SEC);
    json_set_string(record, "at", time);
    for (char **part = parts + 1; *part != NULL; part++) {
        g_auto(GStrv) pair = g_strsplit(*part, "=", 2);
        add_member(record, pair[0], pair[1]);
    }
    g_autoptr(GError) error = NULL;
    struct journal_record *made = journal_record_decode(record, &error);
    if (made == NULL)
        fail_msg("%s: %s", text, error->message);
    return made;
}

static struct journal_state *fold(const char *records)
{
    struct journal_state *journal = journal_state_new();
    g_auto(GStrv) lines = g_strsplit(records, ";", -1);
    for (int i = 0; lines[i] != NULL; i++) {
        struct journal_record *record = record_of(lines[i], i + 1);
        journal_state_add(journal, record);
        journal_record_unref(record);
    }
    return journal;
}

static void say(GString *words, const char *name, const char *value)
{
    if (value != NULL && value[0] != '\0')
        g_string_append_printf(words, " %s=%s", name, value);
}

static void say_number(GString *words, const char *name, gint64 value)
{
    if (value != 0)
        g_string_append_printf(words, " %s=%d", name, (int)value);
}

static void say_decision(GString *words, const char *name, struct decision decision)
{
    g_autofree char *text = decision_words(decision);
    say(words, name, text);
}

/* "ACTION/PHASE@SINCE" and whatever is not empty; times in seconds of the minute. */
static char *object_words(const struct object_entry *entry)
{
    static const char *const phases[] = {"none", "intent", "sent", "replied", "verified", "refused", "removed", "gone"};
    GString *words = g_string_new(NULL);
    g_string_append_printf(words, "%s/%s@%d", write_action_word(entry->action), phases[entry->phase],
                           (int)second(entry->since));
    say(words, "id", entry->id);
    say(words, entry->gone_ours ? "gone" : "gone-of-others", entry->gone_id);
    say(words, "as", entry->made_as);
    say(words, entry->deleted_ours ? "deleted" : "deleted-of-others", entry->deleted_id);
    say_number(words, "refused", entry->refused);
    say(words, "said", entry->refused_said);
    for (guint i = 0; i < entry->unanswered->len; i++) {
        const struct unanswered *unanswered = &g_array_index(entry->unanswered, struct unanswered, i);
        g_string_append_printf(words, " unanswered=%d-%d", (int)second(unanswered->from),
                               (int)second(unanswered->until));
        g_string_append(words, unanswered->is_past ? "/past" : "");
        g_string_append(words, unanswered->is_settled ? "/settled" : "");
    }
    if (entry->created)
        g_string_append(words, " created");
    if (entry->adopted)
        g_string_append(words, " adopted");
    if (entry->not_ours)
        g_string_append(words, " not-ours");
    if (entry->answer_lost)
        g_string_append(words, " answer-lost");
    for (guint i = 0; i < entry->sends->len; i++)
        say_number(words, "sent", second(g_array_index(entry->sends, gint64, i)));
    say_number(words, "absent", second(entry->absent_at));
    say_number(words, "first", second(entry->first_seen));
    say_number(words, "last", second(entry->last_seen));
    say(words, "absent-as", entry->absent_as);
    say(words, "stood", entry->there_first);
    say_number(words, "seen", second(entry->seen_at));
    say(words, "take-back", entry->take_back != NULL ? entry->take_back->path : NULL);
    for (guint i = 0; i < entry->left->len; i++) {
        const struct former *former = g_ptr_array_index(entry->left, i);
        g_string_append_printf(words, " left=%s/%s", former->take_back->path, phases[former->phase]);
    }
    json_for_each (old, entry->old)
        say(words, "old", json_get_string(old, "was"));
    say(words, "repairing", json_get_string(entry->repairing, "was"));
    say_decision(words, "decided", entry->decision);
    say(words, "name", entry->name);
    say(words, "by", entry->decided_by);
    say_number(words, "decided-at", second(entry->decided_at));
    say_decision(words, "handed", entry->handed);
    say(words, "handed-by", entry->handed.kind != DECISION_NONE ? entry->handed_by : NULL);
    return g_string_free(words, FALSE);
}

static char *step_words(const struct step_entry *entry)
{
    GString *words = g_string_new(NULL);
    say(words, "told", entry->told_by);
    say(words, "note", entry->told_note);
    say(words, "about", entry->told_about);
    say_number(words, "told-at", second(entry->told_at));
    say(words, "skipped", entry->skipped_by);
    say(words, "why", entry->skip_reason);
    say_number(words, "skipped-at", second(entry->skipped_at));
    say_number(words, "from", second(entry->wait_started));
    say_number(words, "until", second(entry->wait_until));
    if (entry->wait_overridden)
        say(words, "ended", entry->overridden_by);
    say_number(words, "proved", second(entry->proved_at));
    if (entry->proved_last != entry->proved_at)
        say_number(words, "again", second(entry->proved_last));
    return g_string_free(words, FALSE);
}

static char *history_words(const struct journal_state *journal)
{
    GString *words = g_string_new(NULL);
    for (guint i = 0; i < journal->history->len; i++) {
        const struct journal_deed *deed = g_ptr_array_index(journal->history, i);
        g_string_append_printf(words, "%s%s@%d", i > 0 ? ", " : "", deed->what,
                               (int)second(journal_record_time(deed->record)));
        say(words, "id", deed->id);
        say(words, "text", deed->text);
        say_number(words, "proof", deed->proof != NULL ? second(deed->proof->at) : 0);
    }
    return g_string_free(words, FALSE);
}

struct row {
    const char *records;
    const char *come_to;
};

#define MADE "intent action=create; sent; replied id=a"
#define PROVED MADE "; verified id=a takeBack=/a"
#define ADOPTED "adopted id=a"
#define TURNED_AWAY "intent action=create; sent; refused; adopted id=a"
#define LOST "intent action=create; sent; verified id=a takeBack=/a answerLost=1"
#define WAS_LOST "id=a unanswered=2-3 created answer-lost sent=2 first=3 last=3 take-back=/a by=ann "
#define OWNED TURNED_AWAY "; decided decision=own:a"

static void test_what_the_records_about_an_object_come_to(void **state)
{
    static const struct row rows[] = {
        /* a creation */
        {"intent action=create absentAt=9", "create/intent@1 absent=9"},
        {"intent action=create absentAt=9; intent action=create", "create/intent@2"},
        {"intent action=create; sent", "create/sent@2 sent=2"},
        {MADE, "create/replied@3 id=a created sent=2"},
        {"intent action=create; sent; replied", "create/replied@3 created sent=2"},
        {PROVED, "create/verified@4 id=a created sent=2 first=4 last=4 take-back=/a"},
        {PROVED "; verified id=a", "create/verified@5 id=a created sent=2 first=4 last=5 take-back=/a"},
        {"intent action=create; sent; replied; verified id=b", "create/verified@4 id=b created sent=2 first=4 last=4"},
        /* what a hand-over says was there */
        {"gone id=a", "/gone@1 gone-of-others=a"},
        {PROVED "; gone id=b", "create/gone@5 gone=a sent=2 first=4 last=4"},
        /* whoever was taken away by a door, as decided, is decided about no more */
        {"decided decision=keep:-A; intent action=repair id=A; sent; replied; verified",
         "repair/verified@5 sent=3 first=5 last=5 by=ann decided-at=1"},
        {"decided decision=keep:-A#2; intent action=repair id=A; sent; replied; verified",
         "repair/verified@5 sent=3 first=5 last=5 by=ann decided-at=1"},
        {"decided decision=keep:-A; intent action=repair id=B; sent; replied; verified",
         "repair/verified@5 sent=3 first=5 last=5 decided=keep:-A by=ann decided-at=1"},
        {"decided decision=keep:-A; intent action=repair id=A; sent; refused status=403",
         "repair/refused@4 refused=403 decided=keep:-A by=ann decided-at=1"},
        {"decided decision=keep:-A; undecided about=A", "/none@0 by=ann decided-at=1"},
        {"decided decision=keep:-A; undecided about=B", "/none@0 decided=keep:-A by=ann decided-at=1"},
        /* what the answer named is somebody else's: nothing of it is perch's, also once a new one is made */
        {MADE "; not-ours id=a", "create/replied@3 id=a unanswered=2-4 not-ours sent=2"},
        {MADE "; not-ours id=a; " MADE, "create/replied@7 id=a unanswered=2-4 created sent=6"},
        {MADE "; not-ours id=a; intent action=create; sent; replied id=b",
         "create/replied@7 id=b unanswered=2-4 created sent=6"},
        {MADE "; not-ours id=a; intent action=create", "create/intent@5 id=a unanswered=2-4"},
        {MADE "; not-ours id=a; decided decision=use:a",
         "create/replied@3 id=a unanswered=2-4 sent=2 decided=use:a by=ann decided-at=5"},
        {MADE "; not-ours id=a; adopted id=a", "create/verified@5 id=a unanswered=2-4 adopted sent=2 first=5 last=5"},
        /* to wait on, or to make it anew, was about the write that has come to something since */
        {"intent action=create; sent; decided decision=wait; replied id=a",
         "create/replied@4 id=a created sent=2 by=ann decided-at=3"},
        {"intent action=create; sent; decided decision=wait; verified id=a answerLost=1",
         "create/verified@4 id=a unanswered=2-4 created answer-lost sent=2 first=4 last=4 by=ann decided-at=3"},
        {"intent action=create; sent; decided decision=create; replied id=a",
         "create/replied@4 id=a created sent=2 by=ann decided-at=3"},
        {"intent action=create; sent; decided decision=create; verified id=a answerLost=1",
         "create/verified@4 id=a unanswered=2-4 created answer-lost sent=2 first=4 last=4 by=ann decided-at=3"},
        /* refused, and sent once more */
        {"intent action=create; sent; refused status=403", "create/refused@3 refused=403 unanswered=2-3"},
        {"intent action=create; sent; refused status=403 note=no",
         "create/refused@3 refused=403 said=no unanswered=2-3"},
        {"intent action=create; sent; refused status=403 note=no; intent action=create; sent; refused",
         "create/refused@6 unanswered=2-3 unanswered=5-6"},
        {"intent action=create; sent; refused status=403; intent action=create", "create/intent@4 unanswered=2-3"},
        {"intent action=create; sent; refused; intent action=create; sent", "create/sent@5 unanswered=2-3 sent=5"},
        {"intent action=create; sent; refused answerLost=1; intent action=create; sent",
         "create/sent@5 unanswered=2-3 sent=2 sent=5"},
        {"intent action=create; sent; refused answerLost=1; intent action=create; sent; refused status=409; refused",
         "create/refused@7 unanswered=2-3 unanswered=5-6 sent=2"},
        {"intent action=create; sent; intent action=create; sent", "create/sent@4 sent=2 sent=4"},
        {PROVED "; gone; intent action=create; sent", "create/sent@7 gone=a sent=7 first=4 last=4"},
        {PROVED "; intent action=repair; sent", "repair/sent@6 id=a created sent=6 first=4 last=4 take-back=/a"},
        {"intent action=create; sent; refused; intent action=restore; sent", "restore/sent@5 unanswered=2-3 sent=5"},
        /* and there all the same: somebody else's, until a person says that this very request made it */
        {TURNED_AWAY, "create/verified@4 id=a unanswered=2-3 adopted first=4 last=4"},
        {TURNED_AWAY "; intent action=repair; sent; refused",
         "repair/refused@7 id=a unanswered=2-3 adopted first=4 last=4"},
        {TURNED_AWAY "; gone; " MADE, "create/replied@8 id=a unanswered=2-3/past created sent=7"},
        {TURNED_AWAY "; gone; intent action=create",
         "create/intent@6 gone-of-others=a unanswered=2-3/past first=4 last=4"},
        {TURNED_AWAY "; intent action=remove; removed",
         "remove/removed@6 deleted-of-others=a unanswered=2-3/past first=4 last=4"},
        {OWNED, "create/replied@4 id=a unanswered=2-3/settled created decided=own:a by=ann decided-at=5"},
        {OWNED "; verified id=a takeBack=/a", "create/verified@6 id=a unanswered=2-3/settled created first=6 last=6 "
                                              "take-back=/a decided=own:a by=ann decided-at=5"},
        {OWNED "; verified id=a takeBack=/a; undecided",
         "create/verified@4 id=a unanswered=2-3 adopted first=4 last=4 by=ann decided-at=5"},
        {OWNED "; undecided", "create/verified@4 id=a unanswered=2-3 adopted first=4 last=4 by=ann decided-at=5"},
        {OWNED "; verified id=a takeBack=/a; intent action=repair old=x; sent; replied; undecided",
         "repair/replied@9 id=a unanswered=2-3 adopted sent=8 first=4 last=4 old=x by=ann decided-at=5"},
        {"intent action=create; sent; decided decision=own:a; undecided", "create/sent@2 sent=2 by=ann decided-at=3"},
        {OWNED "; intent action=remove; removed; " MADE "; undecided",
         "create/replied@10 id=a deleted=a unanswered=2-3/past/settled created sent=9 by=ann decided-at=5"},
        {LOST "; decided decision=own:b",
         "create/replied@3 id=b unanswered=2-3/settled created sent=2 decided=own:b by=ann decided-at=4"},
        {LOST "; decided decision=own:a", "create/verified@3 id=a unanswered=2-3/settled created sent=2 first=3 last=3 "
                                          "take-back=/a decided=own:a by=ann decided-at=4"},
        /* that taken back, or said of another: what was held before it counts */
        {LOST "; decided decision=own:a; undecided", "create/verified@3 " WAS_LOST "decided-at=4"},
        {LOST "; decided decision=own:A; undecided", "create/verified@3 " WAS_LOST "decided-at=4"},
        {LOST "; decided decision=own:b; undecided", "create/verified@3 " WAS_LOST "decided-at=4"},
        {LOST "; decided decision=own:b; verified id=B takeBack=/b; undecided",
         "create/verified@3 " WAS_LOST "decided-at=4"},
        {LOST "; decided decision=own:b; verified id=b takeBack=/b; verified id=a; undecided",
         "create/verified@3 " WAS_LOST "decided-at=4"},
        {LOST "; decided decision=own:b; verified id=b takeBack=/b; intent action=repair old=x; sent; replied; "
              "undecided",
         "repair/replied@8 id=a unanswered=2-3 created answer-lost sent=7 first=3 last=3 take-back=/a by=ann "
         "decided-at=4"},
        /* what perch had made before was removed meanwhile, and no word brings it back */
        {PROVED "; decided decision=own:b; intent action=remove path=/a; sent path=/a; removed path=/a; undecided",
         "create/removed@8 deleted=a sent=2 first=4 last=4 by=ann decided-at=5"},
        {PROVED
         "; decided decision=own:b; verified id=b takeBack=/b; intent action=remove path=/a; sent path=/a; removed "
         "path=/a; decided decision=use:c",
         "create/removed@9 id=c deleted=a sent=2 last=4 decided=use:c by=ann decided-at=10"},
        {LOST "; decided decision=own:a; decided decision=own:b",
         "create/replied@3 id=b unanswered=2-3/settled created sent=2 decided=own:b by=ann decided-at=5"},
        {LOST "; decided decision=own:b; verified id=b takeBack=/b; decided decision=own:c",
         "create/replied@3 id=c unanswered=2-3/settled created sent=2 decided=own:c by=ann decided-at=6"},
        {LOST "; decided decision=own:b; verified id=b takeBack=/b; decided decision=own:A",
         "create/verified@3 id=a unanswered=2-3/settled created sent=2 first=3 last=3 take-back=/a decided=own:A "
         "by=ann decided-at=6"},
        {LOST "; decided decision=own:a; decided decision=own:b; undecided",
         "create/verified@3 " WAS_LOST "decided-at=5"},
        {LOST "; decided decision=own:b; verified id=b takeBack=/b; decided decision=use:b",
         "create/verified@3 id=b unanswered=2-3 answer-lost sent=2 left=/a/none decided=use:b by=ann decided-at=6"},
        {OWNED "; decided decision=use:a",
         "create/verified@4 id=a unanswered=2-3 adopted first=4 last=4 decided=use:a by=ann decided-at=6"},
        {PROVED "; decided decision=own:b; undecided",
         "create/verified@4 id=a created sent=2 first=4 last=4 take-back=/a by=ann decided-at=5"},
        /* what was removed, or made since, no word takes back */
        {LOST "; decided decision=own:b; removed; undecided",
         "create/removed@5 deleted=b unanswered=2-3/past/settled sent=2 by=ann decided-at=4"},
        {LOST "; decided decision=own:b; intent action=create; sent; replied id=c; undecided",
         "create/replied@7 id=c gone=b unanswered=2-3/settled created sent=6 by=ann decided-at=4"},
        {LOST "; decided decision=use:b",
         "create/verified@3 id=b unanswered=2-3 answer-lost sent=2 left=/a/none decided=use:b by=ann decided-at=4"},
        {PROVED "; decided decision=own:b",
         "create/replied@4 id=b created sent=2 left=/a/none decided=own:b by=ann decided-at=5"},
        /* the answer was lost */
        {"intent action=create; sent; verified id=a answerLost=1",
         "create/verified@3 id=a unanswered=2-3 created answer-lost sent=2 first=3 last=3"},
        {"intent action=repair; sent; verified id=a answerLost=1", "repair/verified@3 id=a sent=2 first=3 last=3"},
        {"intent action=create; sent; verified id=a answerLost=1; removed",
         "create/removed@4 deleted=a unanswered=2-3/past answer-lost sent=2 first=3 last=3"},
        {"intent action=create; sent; verified id=a answerLost=1; gone; verified id=a",
         "create/verified@5 id=a unanswered=2-3/past created answer-lost sent=2 first=5 last=5"},
        {"intent action=create; sent; verified id=a answerLost=1; removed; verified id=a",
         "create/verified@5 id=a unanswered=2-3/past created answer-lost sent=2 first=5 last=5"},
        {"intent action=create; sent; verified id=a answerLost=1; gone; " MADE,
         "create/replied@7 id=a unanswered=2-3/past created sent=6"},
        {"intent action=create; sent; adopted id=a",
         "create/verified@3 id=a unanswered=2-3 adopted sent=2 first=3 last=3"},
        /* what is not there any more; its id is kept */
        {PROVED "; gone", "create/gone@5 gone=a sent=2 first=4 last=4"},
        {PROVED "; removed", "create/removed@5 deleted=a sent=2 first=4 last=4"},
        {PROVED "; gone; " MADE, "create/replied@8 id=a created sent=7"},
        {ADOPTED "; gone", "/gone@2 gone-of-others=a first=1 last=1"},
        {PROVED "; gone; verified id=a", "create/verified@6 id=a created sent=2 first=6 last=6"},
        {ADOPTED "; gone; adopted id=a", "/verified@3 id=a gone-of-others=a adopted first=3 last=3"},
        {ADOPTED "; gone; verified id=a", "/verified@3 id=a gone-of-others=a first=1 last=3"},
        /* as what it was wanted when it was made or taken over: another answer may want another */
        {"intent action=create as=x; sent", "create/sent@2 sent=2"},
        {"intent action=create as=x; sent; replied id=a", "create/replied@3 id=a as=x created sent=2"},
        {"intent action=create as=x; sent; verified id=a answerLost=1",
         "create/verified@3 id=a as=x unanswered=2-3 created answer-lost sent=2 first=3 last=3"},
        {"adopted id=a as=x; intent action=create as=y; sent; refused status=403",
         "create/refused@4 id=a as=x refused=403 unanswered=3-4 adopted first=1 last=1"},
        {"adopted id=a as=x; intent action=repair as=y; sent; replied",
         "repair/replied@4 id=a as=x adopted sent=3 first=1 last=1"},
        {"adopted id=a as=x; gone", "/gone@2 gone-of-others=a as=x first=1 last=1"},
        {"intent action=create as=x; sent; replied id=a; removed", "create/removed@4 deleted=a sent=2"},
        /* taken over */
        {ADOPTED, "/verified@1 id=a adopted first=1 last=1"},
        {ADOPTED "; adopted id=a", "/verified@2 id=a adopted first=1 last=2"},
        {ADOPTED "; adopted id=b", "/verified@2 id=b adopted first=2 last=2"},
        {PROVED "; removed; verified id=a", "create/verified@6 id=a created sent=2 first=6 last=6"},
        {PROVED "; removed; verified id=b", "create/verified@6 id=b deleted=a sent=2 first=4 last=6"},
        /* restored: perch's own again, or somebody's */
        {PROVED "; removed; intent action=restore; sent; replied id=a",
         "restore/replied@8 id=a created sent=7 first=4 last=4"},
        {"intent action=restore; sent; replied id=z", "restore/replied@3 id=z adopted sent=2"},
        /* the old value counts once the repair was answered, or found as wanted */
        {ADOPTED "; intent action=repair old=x", "repair/intent@2 id=a adopted first=1 last=1 repairing=x"},
        {ADOPTED "; intent action=repair old=x; sent; refused status=403",
         "repair/refused@4 id=a refused=403 adopted first=1 last=1"},
        {ADOPTED "; intent action=repair old=x; sent; replied id=a",
         "repair/replied@4 id=a adopted sent=3 first=1 last=1 old=x"},
        {ADOPTED "; intent action=repair old=x; sent; adopted id=a",
         "repair/verified@4 id=a adopted sent=3 first=1 last=4 old=x"},
        {ADOPTED "; intent action=repair old=x; sent; verified id=a",
         "repair/verified@4 id=a adopted sent=3 first=1 last=4 old=x"},
        {ADOPTED "; intent action=repair old=x; sent; replied; intent action=repair old=y; sent; refused",
         "repair/refused@7 id=a adopted first=1 last=1 old=x"},
        {ADOPTED "; intent action=repair old=x; sent; replied; intent action=undo-repair; sent; replied",
         "undo-repair/replied@7 id=a adopted sent=6 first=1 last=1 old=x"},
        {ADOPTED "; intent action=repair old=x; sent; replied; intent action=undo-repair; sent; replied; verified",
         "undo-repair/verified@8 id=a adopted sent=6 first=1 last=8"},
        {ADOPTED "; intent action=repair old=x; sent; replied; gone",
         "repair/gone@5 gone-of-others=a sent=3 first=1 last=1"},
        /* another one takes the place of what perch made */
        {PROVED "; intent action=create; sent; replied id=b", "create/replied@7 id=b created sent=6 left=/a/none"},
        {PROVED "; verified id=b", "create/verified@5 id=b adopted sent=2 first=5 last=5 left=/a/none"},
        {PROVED "; verified id=A", "create/verified@5 id=A created sent=2 first=4 last=5 take-back=/a"},
        {PROVED "; verified id=b; intent action=remove path=/a",
         "create/verified@5 id=b adopted sent=2 first=5 last=5 left=/a/intent"},
        {PROVED "; verified id=b; intent action=remove path=/a; sent path=/a",
         "create/verified@5 id=b adopted sent=2 first=5 last=5 left=/a/sent"},
        {PROVED "; verified id=b; sent path=/a; refused path=/a",
         "create/verified@5 id=b adopted sent=2 first=5 last=5 left=/a/refused"},
        {PROVED "; verified id=b; sent path=/a; removed path=/a",
         "create/verified@5 id=b adopted sent=2 first=5 last=5"},
        {PROVED "; verified id=b; removed path=/z",
         "create/verified@5 id=b adopted sent=2 first=5 last=5 left=/a/none"},
        {MADE "; intent action=create; sent; replied id=b", "create/replied@6 id=b gone=a created sent=5"},
        {PROVED "; taking-back", "create/verified@4 id=a created sent=2 first=4 last=4 take-back=/a"},
        /* read as not there, and then as there */
        {"absent as=x", "/none@0 absent-as=x"},
        {"absent as=x; seen", "/none@0 absent-as=x seen=2"},
        {"absent as=x; seen; absent as=y", "/none@0 absent-as=y"},
        {"absent as=x; intent action=create", "create/intent@2"},
        {"intent action=remove id=a; sent; removed", "remove/removed@3 deleted-of-others=a sent=2"},
        {ADOPTED "; intent action=remove id=b; removed", "remove/removed@3 deleted-of-others=a first=1 last=1"},
        {ADOPTED "; intent action=remove; removed; intent action=restore; replied id=a",
         "restore/replied@5 id=a adopted first=1 last=1"},
        {"absent as=x about=2; seen as=y", "/none@0 absent-as=y stood=2 seen=2"},
        {"absent as=x about=2; absent as=y about=3", "/none@0 absent-as=y stood=2"},
        /* decisions */
        {"decided decision=repair when=40", "/none@0 decided=repair by=ann decided-at=40"},
        {"decided decision=use:a", "/none@0 id=a decided=use:a by=ann decided-at=1"},
        {"decided decision=use:a; decided decision=name:N", "/none@0 decided=name:N name=N by=ann decided-at=2"},
        {"decided decision=name:N; decided decision=repair", "/none@0 decided=repair name=N by=ann decided-at=2"},
        {ADOPTED "; decided decision=name:N", "/verified@1 first=1 last=1 decided=name:N name=N by=ann decided-at=2"},
        {MADE "; decided decision=name:N",
         "create/replied@3 id=a created sent=2 decided=name:N name=N by=ann decided-at=4"},
        {"decided decision=remove; undecided", "/none@0 by=ann decided-at=1"},
        {"handed decision=keep by=ben", "/none@0 handed=keep handed-by=ben"},
        {"handed decision=keep by=ben; decided decision=repair", "/none@0 decided=repair by=ann decided-at=2"},
    };
    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        struct journal_state *journal = fold(rows[i].records);
        g_autofree char *words = object_words(journal_state_object(journal, KEY));
        if (strcmp(words, rows[i].come_to) != 0)
            fail_msg("%s\n  come to  %s\n  and not  %s", rows[i].records, words, rows[i].come_to);
        journal_state_free(journal);
    }
}

static void test_what_the_records_about_a_step_come_to(void **state)
{
    static const struct row rows[] = {
        {"told note=n", " told=ann note=n told-at=1"},
        {"told note=n about=x; told note=m when=40", " told=ann note=m told-at=40"},
        {"told note=n about=x; untold", ""},
        {"told note=n; untold; told note=m", " told=ann note=m told-at=3"},
        {"skipped reason=r", " skipped=ann why=r skipped-at=1"},
        {"skipped reason=r; skipped", " skipped-at=2"},
        {"wait until=50", " from=1 until=50"},
        {"wait until=50 when=40", " from=40 until=50"},
        {"wait until=50; overridden by=ben", " from=1 until=50 ended=ben"},
        {"wait until=50; overridden; wait until=55", " from=3 until=55"},
        {"proved when=40", " proved=40"},
        {"proved as=x; proved as=x", " proved=1 again=2"},
        {"proved as=x; proved as=y", " proved=2"},
        {"proved; proved as=x when=40", " proved=40"},
        {"handed-over from=ben digest=d", ""},
    };
    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        struct journal_state *journal = fold(rows[i].records);
        g_autofree char *words = step_words(journal_state_step(journal, STEP));
        if (strcmp(words, rows[i].come_to) != 0)
            fail_msg("%s\n  come to  %s\n  and not  %s", rows[i].records, words, rows[i].come_to);
        journal_state_free(journal);
    }
}

static void test_what_happened_is_told_in_order(void **state)
{
    static const struct row rows[] = {
        {"intent action=create; sent", ""},
        {MADE, "create@3 id=a"},
        {PROVED, "create@3 id=a proof=4"},
        {"intent action=create; sent; replied; verified id=b", "create@3 id=b proof=4"},
        {PROVED "; verified id=c", "create@3 id=a proof=5"},
        {ADOPTED "; intent action=repair; sent; replied; verified", "adopt@1 id=a, repair@4 proof=5"},
        {ADOPTED "; intent action=repair about=x; sent; replied; intent action=repair about=y; sent; replied",
         "adopt@1 id=a, repair@4 text=x, repair@7 text=y"},
        {ADOPTED "; intent action=remove about=x; sent; replied", "adopt@1 id=a, remove@4"},
        {"adopted id=a about=x", "adopt@1 id=a text=x"},
        {"intent action=create; sent; refused status=403 code=Denied", "refused@3 text=Denied"},
        {"intent action=create; sent; refused", ""},
        {PROVED "; intent action=remove; sent; removed; verified id=z", "create@3 id=a proof=4, remove@7"},
        {PROVED "; gone", "create@3 id=a proof=4"},
        {"replied id=a", ""},
        {"decided decision=use:b", "decide@1 text=use:b"},
        {"decided decision=use:b; undecided", "decide@1 text=use:b, undecide@2"},
        {"handed decision=keep; absent as=x; seen; proved; taking-back", "seen@3"},
        {"seen name=ann id=u1", ""},
        {"absent as=x; seen; absent as=y; seen as=y", "seen@2, seen-again@4"},
        {"told note=n when=40", "tell@40 text=n"},
        {"told note=n; untold", "tell@1 text=n, untell@2"},
        {"skipped reason=r; skipped", "skip@1 text=r, unskip@2"},
        {"wait until=50; overridden", "wait@1 text=2026-11-24T10:00:50Z, override@2"},
        {"handed-over from=ben digest=d", "take-over@1 text=ben"},
    };
    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        struct journal_state *journal = fold(rows[i].records);
        g_autofree char *words = history_words(journal);
        if (strcmp(words, rows[i].come_to) != 0)
            fail_msg("%s\n  tell     %s\n  and not  %s", rows[i].records, words, rows[i].come_to);
        journal_state_free(journal);
    }
}

static void test_what_perch_made_is_counted_until_it_is_gone(void **state)
{
    static const struct {
        const char *records;
        int count;
    } rows[] = {
        {ADOPTED, 0},
        {MADE, 1},
        {MADE "; gone", 0},
        {MADE "; removed", 0},
        {PROVED "; intent action=create; sent; replied id=b", 2},
        {PROVED "; intent action=create; sent; replied id=b; removed path=/a", 1},
        {PROVED "; verified id=b", 1},
        {MADE "; intent action=create; sent; replied id=b", 1},
    };
    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        struct journal_state *journal = fold(rows[i].records);
        assert_int_equal(journal_state_created_count(journal), rows[i].count);
        journal_state_free(journal);
    }
}

static void test_looking_for_what_was_never_named_changes_nothing(void **state)
{
    (void)state;
    struct journal_state *journal = fold(MADE);
    assert_int_equal(journal_state_object(journal, "another")->phase, PHASE_NONE);
    assert_string_equal(journal_state_object(journal, "another")->id, "");
    assert_int_equal(journal_state_object(journal, "another")->left->len, 0);
    assert_string_equal(journal_state_step(journal, "another")->told_by, "");
    assert_int_equal(g_hash_table_size(journal->objects), 1);
    assert_int_equal(g_hash_table_size(journal->steps), 0);
    journal_state_free(journal);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_the_records_about_an_object_come_to),
        cmocka_unit_test(test_what_the_records_about_a_step_come_to),
        cmocka_unit_test(test_what_happened_is_told_in_order),
        cmocka_unit_test(test_what_perch_made_is_counted_until_it_is_gone),
        cmocka_unit_test(test_looking_for_what_was_never_named_changes_nothing),
    };
    json_init();
    return cmocka_run_group_tests_name("journal_state", tests, NULL, NULL);
}
