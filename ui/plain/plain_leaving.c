/* SPDX-License-Identifier: MIT */
#include "ui/plain/plain_leaving.h"

#include "base/text.h"
#include "ui/leave_answers.h"
#include "ui/plain/plain_work.h"

#define WHAT_GOES                                                                                                      \
    "What goes is removed together with what perch made, once you have heard the plan and agreed to it; what stays "   \
    "is "                                                                                                              \
    "left as it is. Nothing is sent by this."

const char *plain_choice_words(const struct leave_choice *choice, GHashTable *decided)
{
    const char *here = decided != NULL ? g_hash_table_lookup(decided, choice->key) : NULL;
    const char *word = here != NULL ? here : choice->decided;
    if (*word == '\0')
        return "nobody decided whether it goes";
    return g_str_equal(word, LEAVING_REMOVE) ? "it goes, as decided" : "it stays, as decided";
}

/* Whether CHOICE goes or stays. */
static void decide_choice(struct plain *plain, GHashTable *decided, const struct leave_choice *choice, gboolean goes)
{
    g_hash_table_insert(decided, (gpointer)choice->key, (gpointer)(goes ? LEAVING_REMOVE : LEAVING_KEEP));
    plain_say(plain, "%s: %s.", choice->title, goes ? "it goes" : "it stays");
}

/* What others made, each with what was decided of it. */
static void list_choices(struct plain *plain, GHashTable *decided)
{
    const struct plan *plan = plain->plan;
    for (guint i = 0; i < plan->choices->len; i++) {
        const struct leave_choice *choice = g_ptr_array_index(plan->choices, i);
        gboolean is_open = *choice->decided == '\0' && !g_hash_table_contains(decided, choice->key);
        plain_say(plain, "%u. %s%s%s", i + 1, choice->title, is_open ? "" : "; ",
                  is_open ? "" : plain_choice_words(choice, decided));
    }
}

/* Who has access by what, as it was read. */
static void tell_before_deciding(struct plain *plain)
{
    const struct plan *plan = plain->plan;
    guint count = 0;
    for (guint i = 0; i < plan->requests->len; i++) {
        const struct planned_request *request = g_ptr_array_index(plan->requests, i);
        if (!g_str_equal(request->verb, PLAN_VERB_END))
            continue;
        if (count++ == 0)
            plain_say(plain, "Has access, and loses it when you leave:");
        plain_say(plain, "%u. %s", count, request->sentence);
    }
    if (count == 0)
        plain_say(plain, "Nobody of the partner's people was found who has access now. Its applications and its export "
                         "are nobody: what stays of them goes on with what it may do.");
    plain_tell_obstacles(plain, plan);
    plain_say(plain, "There, and not made by perch:");
}

/* Those that nobody decided about, one after another. */
static void decide_open(struct plain *plain, GHashTable *decided)
{
    g_autoptr(GPtrArray) open = g_ptr_array_new();
    for (guint i = 0; i < plain->plan->choices->len; i++) {
        struct leave_choice *choice = g_ptr_array_index(plain->plan->choices, i);
        if (*choice->decided == '\0' && !g_hash_table_contains(decided, choice->key))
            g_ptr_array_add(open, choice);
    }
    for (guint i = 0; i < open->len && !plain->leaving && plain->wanted == NULL; i++) {
        const struct leave_choice *choice = g_ptr_array_index(open, i);
        gboolean is_last = i + 1 == open->len;
        plain_ask(plain);
        plain_say(plain, "%s, not made by perch:", choice->title);
        plain_say(plain, "1 it stays  2 it goes%s",
                  is_last ? "" : "  3 it stays, with all that follows  4 it goes, with all that follows");
        plain_say(plain, "A number, - for later.");
        int number = plain_choose_or(plain, is_last ? 2 : 4, WHAT_GOES, NULL, NO_ENTER);
        if (number > 0)
            decide_choice(plain, decided, choice, number % 2 == 0);
        for (; number > 2 && i + 1 < open->len; i++)
            decide_choice(plain, decided, g_ptr_array_index(open, i + 1), number % 2 == 0);
    }
}

enum going { GO_BACK, GO_ON, GO_DECIDE };

/* The one that was decided before and is taken by its number, as often as somebody wants, until they go on, back, or
 * through those that nobody decided about, of which there are OPEN. */
static enum going change_decided(struct plain *plain, GHashTable *decided, guint open)
{
    int count = (int)plain->plan->choices->len;
    for (;;) {
        plain_ask(plain);
        plain_say(plain, "%s; Enter goes on to the plan, - goes back.",
                  open > 0
                      ? "A number decides about that one, the word decide goes through all that nobody decided about"
                      : "A number changes what was decided of that one");
        int number = plain_choose_or(plain, count, WHAT_GOES, open > 0 ? "decide" : NULL, count + 2);
        if (number == 0 || number > count)
            return number == 0 ? GO_BACK : number == count + 2 ? GO_ON : GO_DECIDE;
        const struct leave_choice *choice = g_ptr_array_index(plain->plan->choices, number - 1);
        plain_ask(plain);
        plain_say(plain, "%s, not made by perch; %s:", choice->title, plain_choice_words(choice, decided));
        plain_say(plain, "1 it stays  2 it goes");
        plain_say(plain, "A number, - leaves it as it is.");
        int word = plain_choose(plain, 2);
        if (word > 0)
            decide_choice(plain, decided, choice, word == 2);
        if (plain->leaving || plain->wanted != NULL)
            return GO_BACK;
        list_choices(plain, decided);
    }
}

enum leave_outcome plain_decide_what_goes(struct plain *plain)
{
    g_autoptr(GHashTable) decided = g_hash_table_new(g_str_hash, g_str_equal);
    guint open = plan_undecided(plain->plan);
    g_autofree char *count = text_count(open, "thing", "things");
    if (plain->plan->choices->len == 0)
        return LEAVE_AS_IT_IS;
    tell_before_deciding(plain);
    list_choices(plain, decided);
    if (open > 0)
        plain_say(plain, "Nobody decided about %s that perch did not make.", count);
    enum going going = change_decided(plain, decided, open);
    if (going == GO_DECIDE)
        decide_open(plain, decided);
    gboolean is_kept =
        !plain->leaving && leave_answers_send(plain->session, decided) && plain_await(plain, COMMAND_ANSWER);
    if (going == GO_BACK)
        plain_say(plain, "Nothing was sent.%s", is_kept ? " What you decided about it is kept." : "");
    return going == GO_BACK ? LEAVE_GONE_BACK : is_kept ? LEAVE_DECIDED : LEAVE_AS_IT_IS;
}
