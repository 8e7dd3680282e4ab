/* SPDX-License-Identifier: MIT */
/*
 * The state of a step: each state, each sentence and what decides between them, as rows. The steps are those of
 * tests/data/partners/made-up.json; everything is found as wanted where a row says nothing else.
 */
#include "engine/step_status.h"

#include "base/clock.h"
#include "base/json.h"
#include "engine/step_fields.h"
#include "engine/step_told.h"
#include "support/made_up.h"
#include "support/support.h"

#define APPLY "Look at the plan, then apply."
#define TELL "Do it as the lines below say, then say that it is done."
#define TOLD_UNSEEN "Told, not proved: looked at 12 Jan 1970, 13:46 UTC, and not there: portal."
#define LATE "Microsoft may show it late: check again. If it was not done, take back that it was told."
#define TOLD_PORTAL "note={'type':'told','step':'portal','by':'ann','note':''}; "
#define TOLD_ANOTHER_WAY "note={'type':'told','step':'portal','by':'ann','note':'','about':'id-1'}; "
#define TOLD_HAND "note={'type':'told','step':'hand','by':'ann','note':''}; "
/* All but who is signed in. */
#define SETTLED                                                                                                        \
    "note={'type':'told','step':'hand','by':'ann','note':''}; "                                                        \
    "note={'type':'told','step':'again','by':'ann','note':''}; "                                                       \
    "note={'type':'skipped','step':'thing','by':'ann','reason':'x'}; thing=absent; "                                   \
    "value=licence.entra=p1; away=absent; "
/* Who is signed in is not known, so that this step is not done; and a role can be had for a while. */
#define OFFER "first=unknown; rights=absent; rights.lasting; "
#define TOLD_AGAIN "note={'type':'told','step':'again','by':'ann','note':'','about':'id-1'}; "

struct row {
    const char *script;
    const char *step;
    enum step_state state;
    const char *reason;
    const char *next;
    gint64 until; /* seconds after MADE_UP_NOW; 0: none */
};

static const struct row rows[] = {
    /* Before anything else: signed in, left out, under way. */
    {"signed-out", "begin", STEP_NEEDS_YOU, "Nobody is signed in.", "Sign in to begin.", 0},
    {"signed-out; first=unknown; thing=absent", "thing", STEP_BLOCKED, "“Begin” comes first.", "", 0},
    {"value=licence.entra=p1", "away", STEP_SKIPPED, "The licence lacks it.", "", 0},
    {"value=licence.entra=full; away=absent", "away", STEP_TO_DO, "", APPLY, 0},
    {"away=absent", "away", STEP_TO_DO, "", APPLY, 0},
    {"note={'type':'skipped','step':'thing','by':'ann','reason':'not here'}; thing=absent", "thing", STEP_SKIPPED,
     "not here", "", 0},
    {"note={'type':'skipped','step':'thing','by':'ann','reason':'not here'}; "
     "note={'type':'skipped','step':'thing','by':'ann'}; thing=absent",
     "thing", STEP_TO_DO, "", APPLY, 0},
    {"thing=absent; working=thing", "thing", STEP_WORKING, "", "", 0},
    {"thing=absent; working=portal", "thing", STEP_TO_DO, "", APPLY, 0},
    {"thing=absent; next=absent; working=thing; assume=next", "thing", STEP_TO_DO, "", APPLY, 0},
    {"thing=unknown; checking", "thing", STEP_CHECKING, "", "", 0},
    {"thing=absent; checking", "thing", STEP_TO_DO, "", APPLY, 0},
    {"checking", "hand", STEP_NEEDS_YOU, "Still missing: Ticket.", "Enter it among this step's values.", 0},
    /* Proved. */
    {"", "begin", STEP_DONE, "", "", 0},
    {"", "thing", STEP_DONE, "", "", 0},
    {"thing.difference", "thing", STEP_DONE, "Done, and 1 value deviates: see below.", "", 0},
    {"thing.difference; thing.difference", "thing", STEP_DONE, "Done, and 2 values deviate: see below.", "", 0},
    {"thing=absent; assume=thing", "thing", STEP_DONE, "", "", 0},
    {"thing.created; thing.decision=remove", "thing", STEP_TO_DO, "To be taken away again, as decided: thing “T”.",
     APPLY, 0},
    {"thing.created; thing.decision=remove; assume=thing", "thing", STEP_DONE, "", "", 0},
    {"thing.decision=remove", "thing", STEP_DONE, "", "", 0},
    {"thing.created", "thing", STEP_DONE, "", "", 0},
    /* What is in the way of being proved, the worst first. */
    {"thing=in-doubt", "thing", STEP_IN_DOUBT, "The outcome of a request is not known.",
     "Apply looks again before anything is sent.", 0},
    {"thing=in-doubt; thing.sentence=No answer.; thing.failed=no|", "thing", STEP_IN_DOUBT, "No answer.",
     "Apply looks again before anything is sent.", 0},
    {"thing=absent; thing.failed=It was refused.|Ask for the role.", "thing", STEP_FAILED, "It was refused.",
     "Ask for the role.", 0},
    {"thing=absent; thing.failed=It was refused.", "thing", STEP_FAILED, "It was refused.",
     "Look at the log, then try again.", 0},
    {"thing.failed=It was refused.", "thing", STEP_DONE, "", "", 0},
    {"portal=absent; portal.failed=It was refused.|Wait.", "portal", STEP_NEEDS_YOU, "It was refused.", TELL, 0},
    {"thing=many", "thing", STEP_NEEDS_YOU, "More than one was found.", "Choose which one to use.", 0},
    {"thing=many; thing.sentence=Two of them.", "thing", STEP_NEEDS_YOU, "Two of them.", "Choose which one to use.", 0},
    {"thing=many", "next", STEP_BLOCKED, "It belongs to thing “T”, of which there is more than one.",
     "Choose which one to use there.", 0},
    {"thing=many; next=absent", "next", STEP_BLOCKED, "It belongs to thing “T”, of which there is more than one.",
     "Choose which one to use there.", 0},
    {"thing=many; assume=thing", "next", STEP_DONE, "", "", 0},
    {"thing=differs", "thing", STEP_DIFFERS, "It differs from what is wanted.", "Mend it, then check again.", 0},
    {"thing=differs; thing.candidate", "thing", STEP_DIFFERS, "It differs from what is wanted.",
     "Decide what to do about it.", 0},
    {"thing=differs; thing.decision=repair", "thing", STEP_TO_DO, "It differs and will be changed.", APPLY, 0},
    {"thing=differs; thing.unasked; thing.sentence=Ours.", "thing", STEP_TO_DO, "Ours.", APPLY, 0},
    {"thing=differs; thing.unasked; value=rights.thing=No role.", "thing", STEP_DIFFERS,
     "It differs from what is wanted.", "Mend it, then check again.", 0},
    /* What has to come first. */
    {"first=unknown; thing=absent", "thing", STEP_BLOCKED, "“Begin” comes first.", "", 0},
    {"thing=absent; next=absent", "next", STEP_BLOCKED, "“Thing” comes first.", "", 0},
    {"thing=absent; next=absent; assume=thing", "next", STEP_TO_DO, "", APPLY, 0},
    {"note={'type':'skipped','step':'thing','by':'ann','reason':'x'}; thing=absent; next=absent", "next", STEP_TO_DO,
     "", APPLY, 0},
    {"thing=absent; next=absent; note={'type':'proved','step':'next'}", "next", STEP_BLOCKED,
     "“Thing” comes first. This was proved, and is not as it was.", "", 0},
    /* Whom an answer names and nobody knows: that can be mended now, whatever comes first. */
    {"first=unknown; thing.named; thing=absent; thing.sentence=Nobody.", "thing", STEP_NEEDS_YOU, "Nobody.", "", 0},
    {"thing.named; thing=absent; value=rights.thing=No role.", "thing", STEP_NEEDS_YOU, "No role.",
     "Sign in with an account that has the role, or hand the rest over to a colleague who has it.", 0},
    {"thing=absent; value=rights.thing=No role.", "thing", STEP_NEEDS_YOU, "No role.",
     "Sign in with an account that has the role, or hand the rest over to a colleague who has it.", 0},
    {"thing=absent; value=rights.thing=", "thing", STEP_TO_DO, "", APPLY, 0},
    {"value=rights.thing=No role.", "thing", STEP_DONE, "", "", 0},
    /* Waits. */
    {"note={'type':'wait','step':'later','until':'1970-01-12T13:56:40Z'}; later=absent", "later", STEP_WAITING,
     "The partner looks first.", "You may close perch: the time is written down.", 600},
    {"note={'type':'proved','step':'later'}; note={'type':'wait','step':'later','until':'1970-01-12T13:56:40Z'}; "
     "later=absent",
     "later", STEP_NEEDS_YOU, "Not there yet: later.", "Choose another among this step's values.", 0},
    {"note={'type':'proved','step':'later','as':'something else'}; "
     "note={'type':'wait','step':'later','until':'1970-01-12T13:56:40Z'}; later=absent",
     "later", STEP_WAITING, "The partner looks first.", "You may close perch: the time is written down.", 600},
    {"note={'type':'wait','step':'later','until':'1970-01-12T13:46:40Z'}; later=absent", "later", STEP_NEEDS_YOU,
     "Not there yet: later.", "Choose another among this step's values.", 0},
    {"note={'type':'wait','step':'later','until':'1970-01-12T13:56:40Z'}; later=absent; "
     "note={'type':'overridden','step':'later','by':'ann'}",
     "later", STEP_NEEDS_YOU, "Not there yet: later.", "Choose another among this step's values.", 0},
    {"note={'type':'wait','step':'later','until':'1970-01-12T13:56:40Z'}", "later", STEP_DONE, "", "", 0},
    /* What is absent or unknown. */
    {"thing=absent", "thing", STEP_TO_DO, "", APPLY, 0},
    {"later=absent; later.sentence=Nobody is called that.", "later", STEP_NEEDS_YOU, "Nobody is called that.",
     "Choose another among this step's values.", 0},
    {"thing=absent; thing.candidate", "thing", STEP_NEEDS_YOU, "", "Decide what to do about it.", 0},
    {"thing=absent; thing.candidate; thing.decision=restore", "thing", STEP_TO_DO, "", APPLY, 0},
    {"thing=absent; thing.candidate; thing.decision=create", "thing", STEP_TO_DO, "", APPLY, 0},
    {"portal=absent", "portal", STEP_TO_DO, "", APPLY, 0},
    {"portal=absent; note={'type':'refused','object':'portal','status':403}", "portal", STEP_NEEDS_YOU,
     "Microsoft refused it to perch (403): portal.",
     "Do it as the lines below say, then say that it is done; or apply once more.", 0},
    {"thing=absent; note={'type':'refused','object':'thing','status':403}", "thing", STEP_TO_DO, "", APPLY, 0},
    {"thing=unknown", "thing", STEP_UNKNOWN, "It was not read yet.", "Check again.", 0},
    {"thing=unknown; thing.sentence=The page is missing.", "thing", STEP_UNKNOWN, "The page is missing.",
     "Check again.", 0},
    {"portal=unknown; portal.told-counts; portal.sentence=It does not show.", "portal", STEP_NEEDS_YOU,
     "It does not show.", TELL, 0},
    {"note={'type':'intent','object':'portal','action':'create'}; note={'type':'replied','object':'portal','id':'p'}; "
     "portal=unknown; portal.unseen; portal.created; portal.sentence=Not listed yet.",
     "portal", STEP_WAITING, "Not listed yet.", "You may close perch: check again later.", 3600},
    {"note={'type':'intent','object':'portal','action':'create'}; note={'type':'replied','object':'portal','id':'p'}; "
     "portal=unknown; portal.sentence=Not listed yet.",
     "portal", STEP_UNKNOWN, "Not listed yet.", "Check again.", 0},
    {"thing=in-doubt; thing.sentence=Never seen.; thing.candidate", "thing", STEP_IN_DOUBT, "Never seen.",
     "Decide what to do about it, or skip the step.", 0},
    /* A role that is had for a while. */
    {"rights=absent; rights.lasting; rights.decision=create; rights.sentence=It can be activated.", "begin", STEP_DONE,
     "It can be activated.", APPLY, 0},
    {"rights=absent; rights.lasting", "begin", STEP_DONE, "", "", 0},
    {OFFER "rights.decision=create; rights.sentence=It can be activated.", "begin", STEP_TO_DO, "It can be activated.",
     APPLY, 0},
    {"first=unknown; rights=absent; rights.unready; rights.decision=create; rights.sentence=Why is not said.", "begin",
     STEP_NEEDS_YOU, "Why is not said.", "Enter it among this step's values.", 0},
    {OFFER "rights.decision=keep", "begin", STEP_UNKNOWN, "It was not read yet.", "Check again.", 0},
    {"first=unknown; rights=differs; rights.lasting; rights.decision=create", "begin", STEP_UNKNOWN,
     "It was not read yet.", "Check again.", 0},
    {OFFER "rights.decision=create; assume=rights", "begin", STEP_UNKNOWN, "It was not read yet.", "Check again.", 0},
    {OFFER "rights.failed=It was refused.|Ask.", "begin", STEP_FAILED, "It was refused.", "Ask.", 0},
    {OFFER "rights.failed=It was refused.", "begin", STEP_FAILED, "It was refused.", "Look at the log, then try again.",
     0},
    {"first=unknown; rights.lasting; rights.failed=It was refused.", "begin", STEP_UNKNOWN, "It was not read yet.",
     "Check again.", 0},
    {OFFER "rights.pends; rights.sentence=Bo has to say yes.", "begin", STEP_WAITING, "Bo has to say yes.",
     "Have it approved, then check again.", 0},
    {"note={'type':'intent','object':'rights','action':'create'}; "
     "note={'type':'replied','object':'rights','id':'r'}; " OFFER "rights.sentence=Not shown yet.",
     "begin", STEP_WAITING, "Not shown yet.", "You may close perch: check again later.", 0},
    {"note={'type':'intent','object':'rights','action':'create'}; note={'type':'replied','object':'rights','id':'r'}; "
     "first=unknown; rights=unknown; rights.lasting; rights.unseen; assume=rights",
     "begin", STEP_UNKNOWN, "It was not read yet.", "Check again.", 0},
    /* It is in effect, and the list of roles lags behind, for an hour at most. */
    {"first=differs; rights.lasting; rights.made=0; rights.sentence=It is active.", "begin", STEP_WAITING,
     "It is active. Microsoft does not list it among the account's roles yet.", "Check again in a minute.", 0},
    {"first=differs; rights.lasting; rights.made=0; passed=3599; rights.sentence=It is active.", "begin", STEP_WAITING,
     "It is active. Microsoft does not list it among the account's roles yet.", "Check again in a minute.", 0},
    {"first=differs; rights.lasting; rights.made=0; passed=3600", "begin", STEP_DIFFERS,
     "It differs from what is wanted.", "Mend it, then check again.", 0},
    {"first=differs; rights.lasting", "begin", STEP_DIFFERS, "It differs from what is wanted.",
     "Mend it, then check again.", 0},
    {"first=differs; rights=absent; rights.lasting; rights.made=0", "begin", STEP_DIFFERS,
     "It differs from what is wanted.", "Mend it, then check again.", 0},
    {"rights.lasting; rights.made=0; thing=absent", "begin", STEP_DONE, "", "", 0},
    {"first=unknown; rights.lasting; rights.created; rights.decision=remove", "begin", STEP_TO_DO,
     "To be given back, as decided: roles.", APPLY, 0},
    {"first=unknown; rights=differs; rights.lasting; rights.created; rights.decision=remove", "begin", STEP_UNKNOWN,
     "It was not read yet.", "Check again.", 0},
    {"first=differs; assume=first; licence=unknown", "begin", STEP_UNKNOWN, "It was not read yet.", "Check again.", 0},
    {"first=unknown; rights.lasting; rights.decision=remove", "begin", STEP_UNKNOWN, "It was not read yet.",
     "Check again.", 0},
    {"first=unknown; rights.lasting; rights.created; rights.decision=keep", "begin", STEP_UNKNOWN,
     "It was not read yet.", "Check again.", 0},
    {"first=unknown; rights=in-doubt; rights.lasting", "begin", STEP_IN_DOUBT, "The outcome of a request is not known.",
     "Apply looks again before anything is sent.", 0},
    {"thing=absent; value=rights.thing=No role.; rights.lasting; assume=rights", "thing", STEP_TO_DO, "", APPLY, 0},
    /* One that would mend what differs. */
    {"rights=differs; rights.roles", "begin", STEP_DIFFERS, "It differs from what is wanted.",
     "Mend it, then check again.", 0},
    {"rights=differs; rights.roles; licence.lasting", "begin", STEP_DIFFERS, "It differs from what is wanted.",
     "Mend it, then check again.", 0},
    {"rights=differs; rights.roles; licence.lasting; licence.candidate", "begin", STEP_DIFFERS,
     "It differs from what is wanted.", "Decide what to do about it.", 0},
    {"rights=differs; rights.roles; licence.lasting", "begin", STEP_DIFFERS, "It differs from what is wanted.",
     "Mend it, then check again.", 0},
    {"rights=differs; rights.roles; rights.candidate; licence.lasting", "begin", STEP_DIFFERS,
     "It differs from what is wanted.", "Decide what to do about it.", 0},
    {"rights=differs; licence.lasting; licence.candidate", "begin", STEP_DIFFERS, "It differs from what is wanted.",
     "Mend it, then check again.", 0},
    /* An undo that left something. */
    {"thing.kept=It is in use.|Free it.", "thing", STEP_NEEDS_YOU, "It is in use.", "Free it.", 0},
    {"thing.kept=It is in use.", "thing", STEP_NEEDS_YOU, "It is in use.", "Look at the log, then undo again.", 0},
    {"bygone=thing=The former is in use.|Free it.", "thing", STEP_NEEDS_YOU, "The former is in use.", "Free it.", 0},
    {"bygone=next=The former is in use.", "thing", STEP_DONE, "", "", 0},
    {TOLD_PORTAL "portal.kept=It is in use.", "portal", STEP_NEEDS_YOU, "It is in use.",
     "Look at the log, then undo again.", 0},
    {TOLD_PORTAL "portal=absent; portal.kept=It is in use.", "portal", STEP_NEEDS_YOU, "It is in use.",
     "Look at the log, then undo again.", 0},
    /* Beside what is not proved. */
    {"first=unknown; licence.failed=It was refused.", "begin", STEP_UNKNOWN, "It was not read yet.", "Check again.", 0},
    {"portal=absent; value=rights.portal=No role.", "portal", STEP_NEEDS_YOU, "No role.",
     "Sign in with an account that has the role, hand the rest over to a colleague who has it, or have it done by hand "
     "as the lines below say.",
     0},
    {"portal=absent; portal.reading", "portal", STEP_NEEDS_YOU, "Not there yet: portal.",
     "Do it as the lines below say, then check.", 0},
    /* What helps may be no line of the guide's. */
    {"portal=absent; portal.reading; portal.next=Choose another.", "portal", STEP_NEEDS_YOU, "Not there yet: portal.",
     "Choose another.", 0},
    {"thing=unknown; thing.next=Ask for the right.", "thing", STEP_UNKNOWN, "It was not read yet.",
     "Ask for the right.", 0},
    {"note={'type':'intent','object':'portal','action':'create'}; note={'type':'replied','object':'portal','id':'p'}; "
     "note={'type':'verified','object':'portal','id':'p'}; portal=unknown; portal.unseen-once; "
     "portal.sentence=Not shown.",
     "portal", STEP_WAITING, "Not shown.", "You may close perch: check again later.", 180},
    {"note={'type':'adopted','object':'thing','id':'t1'}; note={'type':'removed','object':'thing'}; thing=unknown; "
     "thing.seen; thing.id=t1; thing.sentence=Shown still.",
     "thing", STEP_WAITING, "Shown still.", "You may close perch: check again later.", 180},
    /* In effect, and the roles are listed without it: for an hour. */
    {"first=differs; rights.lasting; rights.made=-3599; rights.sentence=In effect.", "begin", STEP_WAITING,
     "In effect. Microsoft does not list it among the account's roles yet.", "Check again in a minute.", 0},
    {"first=differs; rights.closed; rights.made=-3599", "begin", STEP_DIFFERS, "It differs from what is wanted.",
     "Mend it, then check again.", 0},
    {"first=differs; rights.lasting; rights.made=-3600", "begin", STEP_DIFFERS, "It differs from what is wanted.",
     "Mend it, then check again.", 0},
    /* By hand, and told. */
    {TOLD_PORTAL "portal=absent", "portal", STEP_TOLD, TOLD_UNSEEN, LATE, 0},
    {TOLD_PORTAL "portal=absent; portal.checked=0", "portal", STEP_TOLD, "Told, not proved.", "", 0},
    {TOLD_PORTAL "portal=in-doubt", "portal", STEP_TOLD, "Told, not proved.", "", 0},
    /* Told by a guide that was for one thing, and the answer since is one whose guide is for none. */
    {TOLD_ANOTHER_WAY "portal=absent", "portal", STEP_TO_DO,
     "It was told on 12 Jan 1970, 13:46 UTC, for another answer than now, which does not count here.", APPLY, 0},
    {TOLD_ANOTHER_WAY "portal=absent; portal.failed=It was refused.|Wait.", "portal", STEP_NEEDS_YOU,
     "It was refused. It was told on 12 Jan 1970, 13:46 UTC, for another answer than now, which does not count here.",
     TELL, 0},
    {TOLD_ANOTHER_WAY, "portal", STEP_DONE, "", "", 0},
    {TOLD_ANOTHER_WAY TOLD_PORTAL "portal=absent", "portal", STEP_TOLD, TOLD_UNSEEN, LATE, 0},
    {TOLD_PORTAL, "portal", STEP_DONE, "", "", 0},
    {TOLD_PORTAL "portal.reading; portal=unknown", "portal", STEP_TOLD, "Told, not proved.", "", 0},
    {TOLD_PORTAL "portal.reading; portal=unknown; portal.read", "portal", STEP_UNKNOWN, "It was not read yet.",
     "Check again.", 0},
    {TOLD_PORTAL "portal.plain; portal=unknown", "portal", STEP_UNKNOWN, "It was not read yet.", "Check again.", 0},
    {TOLD_PORTAL "portal.plain; portal=absent", "portal", STEP_TO_DO, "", APPLY, 0},
    {TOLD_AGAIN "value=again.id=id-1", "again", STEP_TOLD, "Told, not proved.", "", 0},
    {"again.id=a1", "again", STEP_NEEDS_YOU, "Proved: again. The rest nothing in this tenant shows.",
     "Do the rest of the lines, then say that it is done.", 0},
    {"again.id=a1; assume=again", "again", STEP_NEEDS_YOU, "A person has to do this.",
     "Follow the lines, then say that it is done.", 0},
    {"again=absent", "again", STEP_TO_DO, "", APPLY, 0},
    {"", "again", STEP_NEEDS_YOU, "A person has to do this.", "Follow the lines, then say that it is done.", 0},
    {"thing=absent", "report", STEP_BLOCKED, "“Thing” comes first.", "", 0},
    {"", "report", STEP_TO_DO, "", "Write it, here or with perch report.", 0},
    {"note={'type':'told','step':'report','by':'ann','note':'r.html'}", "report", STEP_DONE, "", "", 0},
    {"note={'type':'told','step':'report','by':'ann','note':'r.html','when':'1970-01-12T13:46:39Z'}; " TOLD_PORTAL,
     "report", STEP_TO_DO, "It was written before the last step was done.", "Write it once more.", 0},
};

static void test_each_state_has_its_sentence(void **state)
{
    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        const struct row *row = &rows[i];
        struct made_up *made_up = made_up_new(NULL);
        made_up_arrange(made_up, row->script);
        g_auto(StepStatus) status = step_status(&made_up->situation, made_up_step(made_up, row->step));
        gint64 until = row->until == 0 ? 0 : MADE_UP_NOW + row->until * G_USEC_PER_SEC;
        if (status.state != row->state || g_strcmp0(status.reason, row->reason) != 0 ||
            g_strcmp0(status.next, row->next) != 0 || status.until != until)
            fail_msg("row %d (%s, %s): %s, “%s”, “%s”, until %" G_GINT64_FORMAT, (int)i, row->script, row->step,
                     step_state_word(status.state), status.reason, status.next, status.until);
        made_up_free(made_up);
    }
}

/* Of the entries of a list whose last write came to nothing, each is named; those of another kind are not of it. */
static void test_of_a_list_it_is_said_whose_write_failed(void **state)
{
    (void)state;
    struct made_up *made_up = made_up_new(NULL);
    made_up_arrange(made_up, "thing=absent; thing.failed=It was refused.|Ask.; next.failed=It was refused.; "
                             "again=absent; again.failed=It was refused.; later=absent; "
                             "rights=absent; rights.failed=It was refused.; rights.lasting");
    GPtrArray *objects = made_up_step(made_up, "thing")->objects;
    guint own = objects->len;
    static const char *const others[] = {"next", "again", "later", "rights"};
    for (gsize i = 0; i < G_N_ELEMENTS(others); i++)
        g_ptr_array_add(objects, made_up_object(made_up, others[i]));
    made_up_object(made_up, "thing")->item = g_strdup("ann");
    g_auto(StepStatus) status = step_status(&made_up->situation, made_up_step(made_up, "thing"));
    assert_int_equal(status.state, STEP_FAILED);
    assert_string_equal(status.reason, "thing “T”, again: It was refused.");
    assert_string_equal(status.next, "Ask.");
    while (objects->len > own)
        g_ptr_array_steal_index(objects, own);
    made_up_free(made_up);
}

/* Where a person has to do something for it, a write that came to nothing is no failure. */
static void test_what_waits_for_a_person_has_not_failed(void **state)
{
    (void)state;
    struct made_up *made_up = made_up_new(NULL);
    made_up_arrange(made_up, OFFER "rights.failed=Somebody has to approve it.|Ask for that.");
    struct failure *failure = g_hash_table_lookup(made_up->situation.failures, "rights");
    failure->is_open = TRUE;
    g_auto(StepStatus) status = step_status(&made_up->situation, made_up_step(made_up, "begin"));
    assert_int_equal(status.state, STEP_NEEDS_YOU);
    assert_string_equal(status.reason, "Somebody has to approve it.");
    assert_string_equal(status.next, "Ask for that.");
    made_up_free(made_up);
}

struct answers_row {
    const char *answers;
    const char *script;
    const char *step;
    enum step_state state;
    const char *reason_begin;
};

static const struct answers_row answers_rows[] = {
    {"{}", "thing=absent", "thing", STEP_NEEDS_YOU, "Still missing: Company."},
    {"{}", "", "thing", STEP_DONE, ""},
    {"{'company':'C','day':'2026-01-01'}", "value=today=2026-01-02; thing=absent", "thing", STEP_NEEDS_YOU,
     "Day: 2026-01-01 has gone by; today is 2026-01-02."},
    {"{'company':'C','day':'2026-01-02'}", "value=today=2026-01-02; thing=absent", "thing", STEP_TO_DO, ""},
    {"{'company':'C','day':'2026-01-01'}", "thing=absent", "thing", STEP_TO_DO, ""},
    {"{'company':'C','day':'2026-01-01'}", "value=today=2026-01-02; thing=differs", "thing", STEP_DIFFERS,
     "It differs"},
    {"{'company':'C','day':'2026-01-01'}", "value=today=2026-01-02; thing=unknown", "thing", STEP_UNKNOWN, "It was"},
    {"{'used':false}", "", "settled", STEP_TOLD, "Not used here."},
    {"{'used':true}", "", "settled", STEP_NEEDS_YOU, "A person has to do this."},
    {"{}", TOLD_HAND, "hand", STEP_NEEDS_YOU, "Still missing: Ticket. It was told on"},
    {"{'ticket':'1'}", TOLD_HAND, "hand", STEP_TOLD, "Told, not proved."},
    {"{'ticket':'1'}", "", "hand", STEP_NEEDS_YOU, "Still missing: Remark."},
    {"{'ticket':'1','remark':'x'}", "", "hand", STEP_NEEDS_YOU, "A person has to do this."},
    {"{}", TOLD_AGAIN "value=again.id=id-2", "again", STEP_NEEDS_YOU, "It was done for another one on"},
    {"{}", TOLD_AGAIN "again=absent", "again", STEP_TO_DO, ""},
    {"{}", TOLD_AGAIN "again=absent; again.candidate; again.sentence=It is in the bin.", "again", STEP_NEEDS_YOU,
     "It is in the bin. It was told on 12 Jan 1970, 13:46 UTC, of what is not there now: it is to be told again."},
    {"{}", "note={'type':'told','step':'again','by':'ann','note':''}; value=again.id=id-2", "again", STEP_TOLD, "Told"},
};

static void test_answers_and_what_was_told_decide(void **state)
{
    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(answers_rows); i++) {
        const struct answers_row *row = &answers_rows[i];
        struct made_up *made_up = made_up_new(row->answers);
        made_up_arrange(made_up, row->script);
        g_auto(StepStatus) status = step_status(&made_up->situation, made_up_step(made_up, row->step));
        if (status.state != row->state || !g_str_has_prefix(status.reason, row->reason_begin) ||
            (row->reason_begin[0] == '\0' && status.reason[0] != '\0'))
            fail_msg("row %d (%s, %s): %s, “%s”", (int)i, row->answers, row->script, step_state_word(status.state),
                     status.reason);
        made_up_free(made_up);
    }
}

#define ALL_ANSWERED "{'company':'C','ticket':'1','remark':'r','used':false}"

/* A role is activated for what is left to do, and for nothing else. */
static void test_a_role_is_activated_for_what_is_left(void **state)
{
    static const struct {
        const char *script;
        gboolean is_open;
    } cases[] = {
        {"", FALSE},
        {"next=absent", TRUE},
        {"note={'type':'untold','step':'hand','by':'ann'}", TRUE},
        {"note={'type':'skipped','step':'thing','by':'ann'}", TRUE},
        {"value=licence.entra=full", TRUE},
    };
    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        struct made_up *made_up = made_up_new(ALL_ANSWERED);
        made_up_arrange(made_up,
                        SETTLED "rights=absent; rights.lasting; rights.decision=create; rights.sentence=Open.");
        made_up_arrange(made_up, cases[i].script);
        g_auto(StepStatus) status = step_status(&made_up->situation, made_up_step(made_up, "begin"));
        if (g_strcmp0(status.reason, cases[i].is_open ? "Open." : "") != 0)
            fail_msg("row %d: %s, %s", (int)i, step_state_word(status.state), status.reason);
        made_up_free(made_up);
    }
}

static void test_a_role_is_given_back_when_microsoft_takes_it(void **state)
{
    (void)state;
    struct made_up *made_up = made_up_new(NULL);
    made_up_arrange(made_up, "first=unknown; rights.lasting; rights.created; rights.decision=remove; rights.made=-304");
    g_auto(StepStatus) early = step_status(&made_up->situation, made_up_step(made_up, "begin"));
    g_autofree char *time = clock_format_near(MADE_UP_NOW + G_USEC_PER_SEC);
    g_autofree char *reason =
        g_strdup_printf("To be given back, as decided: roles; Microsoft takes it back not before %s.", time);
    assert_string_equal(early.reason, reason);
    made_up_arrange(made_up, "passed=1");
    g_auto(StepStatus) due = step_status(&made_up->situation, made_up_step(made_up, "begin"));
    assert_string_equal(due.reason, "To be given back, as decided: roles.");
    made_up_free(made_up);
}

/* What stands for each entry of a list that has to be given is not done while none is. */
static void test_an_empty_list_is_not_done(void **state)
{
    static const struct {
        const char *for_each;
        const char *given;
        enum step_state state;
    } cases[] = {
        {"no-such-field", NULL, STEP_DONE}, {"day", NULL, STEP_DONE},          {"company", NULL, STEP_NEEDS_YOU},
        {"company", "[]", STEP_NEEDS_YOU},  {"company", "[\"C\"]", STEP_DONE},
    };
    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        struct made_up *made_up = made_up_new("{}");
        const struct step *thing = made_up_step(made_up, "thing");
        struct object_definition *definition = g_ptr_array_index(thing->definition->objects, 0);
        definition->for_each = cases[i].for_each;
        if (cases[i].given != NULL)
            json_set(made_up->onboarding->answers, "company", json_parse(cases[i].given, -1, NULL));
        g_auto(StepStatus) status = step_status(&made_up->situation, thing);
        if (status.state != cases[i].state)
            fail_msg("row %d: %s", (int)i, step_state_word(status.state));
        made_up_free(made_up);
    }
}

/* By way of another, or twice over; what the profile does not know stands in nobody's way. */
static void test_what_it_belongs_to_is_followed_once(void **state)
{
    (void)state;
    struct made_up *made_up = made_up_new(NULL);
    g_ptr_array_add(made_up_object(made_up, "away")->needs, g_strdup("bygone"));
    g_ptr_array_add(made_up_object(made_up, "away")->needs, g_strdup("portal"));
    g_ptr_array_add(made_up_object(made_up, "next")->needs, g_strdup("away"));
    g_ptr_array_add(made_up_object(made_up, "next")->needs, g_strdup("portal"));
    g_ptr_array_add(made_up_object(made_up, "portal")->needs, g_strdup("away"));
    const struct step *next = made_up_step(made_up, "next");
    g_auto(StepStatus) none = step_status(&made_up->situation, next);
    assert_int_equal(none.state, STEP_DONE);
    made_up_arrange(made_up, "portal=many");
    g_auto(StepStatus) one = step_status(&made_up->situation, next);
    assert_string_equal(one.reason, "It belongs to portal, of which there is more than one.");
    made_up_free(made_up);
}

static void test_who_lacks_a_role_is_told_only_where_something_is_left(void **state)
{
    (void)state;
    struct made_up *made_up = made_up_new(NULL);
    const struct step *thing = made_up_step(made_up, "thing");
    assert_false(step_lacks_role(&made_up->situation, thing));
    assert_true(step_needs_are_met(&made_up->situation, thing));
    made_up_arrange(made_up, "value=rights.thing=No role.");
    assert_false(step_lacks_role(&made_up->situation, thing));
    assert_false(step_needs_are_met(&made_up->situation, thing));
    made_up_arrange(made_up, "thing=absent");
    assert_true(step_lacks_role(&made_up->situation, thing));
    made_up_arrange(made_up, "value=rights.thing=; first=unknown");
    assert_false(step_needs_are_met(&made_up->situation, thing));
    made_up_free(made_up);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_each_state_has_its_sentence),
        cmocka_unit_test(test_of_a_list_it_is_said_whose_write_failed),
        cmocka_unit_test(test_what_waits_for_a_person_has_not_failed),
        cmocka_unit_test(test_answers_and_what_was_told_decide),
        cmocka_unit_test(test_a_role_is_activated_for_what_is_left),
        cmocka_unit_test(test_a_role_is_given_back_when_microsoft_takes_it),
        cmocka_unit_test(test_an_empty_list_is_not_done),
        cmocka_unit_test(test_what_it_belongs_to_is_followed_once),
        cmocka_unit_test(test_who_lacks_a_role_is_told_only_where_something_is_left),
    };
    json_init();
    return cmocka_run_group_tests_name("step_status", tests, NULL, NULL);
}
