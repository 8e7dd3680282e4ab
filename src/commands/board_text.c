/* SPDX-License-Identifier: MIT */
#include "commands/board_text.h"

#include <string.h>

#include "base/clock.h"
#include "base/error.h"
#include "base/text.h"
#include "ui/leave_answers.h"
#include "ui/state_text.h"

#define TITLE_COLUMNS 24
#define OLD_PROFILE_DAYS 180
#define MASKED "(the value that was entered; the console shows it)"

static void print_object(FILE *out, const struct board_object *object)
{
    if (object->state == OBJECT_MATCHES && object->differences->len == 0 && object->choices->len == 0)
        return;
    fprintf(out, "      %s: %s\n", object->title,
            object->sentence[0] != '\0' ? object->sentence : object_looks[object->state].words);
    for (guint i = 0; i < object->differences->len; i++) {
        const struct board_difference *difference = g_ptr_array_index(object->differences, i);
        fprintf(out, "        %s: found %s, wanted %s\n", difference->field, difference->found, difference->wanted);
    }
    for (guint i = 0; i < object->choices->len; i++) {
        const struct board_choice *choice = g_ptr_array_index(object->choices, i);
        if (choice->by_hand)
            fprintf(out, "        in the console only, by a person  %s\n", choice->label);
        else
            fprintf(out, "        decisions.%s = %s%s  %s%s\n", board_object_answer(object), choice->value,
                    choice->needs_text ? "..." : "", choice->label, choice->watched ? " (not with --yes)" : "");
    }
}

/* What has to be in the answers for STEP and is not, as they name it. */
static gboolean print_missing(FILE *out, const struct board_step *step)
{
    gboolean is_any = FALSE;
    for (guint i = 0; i < step->fields->len; i++) {
        const struct board_field *field = g_ptr_array_index(step->fields, i);
        if (!field->required || field->value[0] != '\0')
            continue;
        fprintf(out, "        in the answers: %s (%s", field->path, field->label);
        for (guint k = 0; field->kind == FIELD_CHOICE && k < field->choices->len; k++)
            fprintf(out, "%s%s", k == 0 ? ": " : " or ",
                    ((const struct board_choice *)g_ptr_array_index(field->choices, k))->value);
        fprintf(out, "%s)\n", field->kind == FIELD_YES_NO ? ": true or false" : "");
        is_any = TRUE;
    }
    return is_any;
}

/* How it is done by hand, where that is what comes next. */
static void print_guide(FILE *out, const struct board_step *step)
{
    if (step->state != STEP_NEEDS_YOU && step->state != STEP_FAILED)
        return;
    for (guint i = 0; i < step->lines->len; i++) {
        const struct board_line *line = g_ptr_array_index(step->lines, i);
        guint number = board_line_number(step->lines, i);
        if (number > 0)
            fprintf(out, "     %3u. %s\n", number, line->text);
        else
            fprintf(out, "          %s\n", line->text);
        if (line->copy[0] != '\0')
            fprintf(out, "          %s\n", line->masked ? MASKED : line->copy);
    }
    if (step->link[0] != '\0' && step->lines->len > 0)
        fprintf(out, "          page: %s\n", step->link);
    if (step->tellable && step->lines->len > 0)
        fprintf(out, "          that it is done is told in perch or perch --plain, or in the answers: done.%s\n",
                step->id);
}

static void print_step(FILE *out, const struct board_step *step)
{
    fprintf(out, "%4d  %s%*s%-10s%s\n", step->number, step->title, MAX(0, TITLE_COLUMNS - text_width(step->title)), "",
            step_state_said(step->state), step->reason);
    gboolean says_next = step->state == STEP_FAILED || step->state == STEP_UNKNOWN || board_step_told_unseen(step) ||
                         (step->state == STEP_NEEDS_YOU && step->next[0] != '\0');
    gboolean lacks_answer = step->state == STEP_NEEDS_YOU && !step->lacks_role && print_missing(out, step);
    if (says_next && !lacks_answer)
        fprintf(out, "        %s\n", step->next);
    g_autofree char *until = step->until > 0 ? clock_format_near(step->until) : NULL;
    if (until != NULL && (step->state == STEP_WAITING || step->state == STEP_IN_DOUBT))
        fprintf(out, "        Until %s. %s\n", until, step->next);
    for (guint i = 0; i < step->notes->len; i++)
        fprintf(out, "        note: %s\n", (const char *)g_ptr_array_index(step->notes, i));
    if (step->state == STEP_SKIPPED)
        return;
    for (guint i = 0; i < step->objects->len; i++) {
        const struct board_object *object = g_ptr_array_index(step->objects, i);
        /* What cannot be looked for without the answer was said by naming that. */
        if (lacks_answer && object->state == OBJECT_UNKNOWN)
            continue;
        /* Of what has to wait for another step only that is told which keeps it from going on then. */
        if (step->state == STEP_BLOCKED && !object->in_the_way)
            continue;
        if (step->state != STEP_DONE || object->choices->len > 0 || object->differences->len > 0)
            print_object(out, object);
    }
    print_guide(out, step);
}

/* Whoever gives a file in place of what is built in decides with it; and Microsoft moves what an old one names. */
static void print_files(FILE *out, const struct board *board)
{
    if (board->partner_from_file)
        fprintf(out, "partner profile from a file, SHA-256 %.16s…\n", board->partner_sha256);
    g_autofree char *midnight = g_strdup_printf("%sT00:00:00Z", board->partner_dated);
    gint64 days = (g_get_real_time() - clock_parse(midnight)) / G_TIME_SPAN_DAY;
    if (clock_parse(midnight) > 0 && days > OLD_PROFILE_DAYS)
        fprintf(out, "the partner's profile is of %s, %d days old: look for a newer one\n", board->partner_dated,
                (int)days);
}

/* What leaving or an undo took away is not asked for, and what apply would make again is said to be that. */
static void print_was_taken_away(FILE *out, const struct board *board)
{
    const char *said = *board->left != '\0' ? board->left : board->undone;
    if (*said != '\0')
        fprintf(out, "%s: nothing of it is made again unasked, and apply --yes sends nothing.\n", said);
    /* An undo that was cut short is nobody's wish to keep the rest. */
    if (*board->undone != '\0' && board->created_count > 0)
        fprintf(out, "To take away the rest of it: perch undo\n");
    if (*board->undone != '\0')
        fprintf(out,
                "To connect again: perch apply without --yes at a terminal, perch apply --plan, or the console.\n");
}

static void print_partner_keeps(FILE *out, const struct board *board)
{
    g_autofree char *keeps = text_join(board->partner_keeps, ", ");
    if (board->partner_keeps->len > 0)
        fprintf(out, "%s still has what perch did not make: %s. perch leave goes through that.\n", board->partner,
                keeps);
}

/* Where whoever reads this at night goes on. */
static void print_next(FILE *out, const struct board *board)
{
    const struct board_step *next = board_next_step(board);
    if (board->exit_code == EXIT_LEFT)
        fprintf(out, "perch plan shows what perch can write now, perch apply sends it.\n");
    /* The account may not do a step that perch would write: somebody else, or somebody by hand, has to. */
    gboolean lacks_role = FALSE;
    for (guint i = 0; i < board->steps->len; i++) {
        const struct board_step *step = g_ptr_array_index(board->steps, i);
        lacks_role = lacks_role || step->lacks_role || (i == 0 && step->state == STEP_DIFFERS);
    }
    if (lacks_role)
        fprintf(out, "How each open step is done by hand: perch report\n");
    if (next == NULL || *board->left != '\0' || (board->exit_code == EXIT_LEFT && next->state == STEP_TO_DO))
        return;
    fprintf(out, "Next: step %d, %s. ", next->number, next->title);
    if (next->report)
        fprintf(out, "perch report --output FILE writes it.\n");
    else
        fprintf(out, "perch, or perch --plain, leads through it%s%s%s.\n", next->link[0] != '\0' ? "; perch open " : "",
                next->link[0] != '\0' ? next->id : "", next->link[0] != '\0' ? " opens its page" : "");
}

void print_board(FILE *out, const struct board *board)
{
    fprintf(out, "%s · %s · %s · %s%s\n", board->partner, board->tenant_name, board->tenant_domain, board->account,
            board->practice ? " · practice" : "");
    print_files(out, board);
    fputc('\n', out);
    for (guint i = 0; i < board->steps->len; i++) {
        const struct board_step *step = g_ptr_array_index(board->steps, i);
        if (*board->left == '\0' || !step_is_not_asked_for(board, step))
            print_step(out, step);
        else
            fprintf(out, "%4d  %s%*s%s\n", step->number, step->title, MAX(0, TITLE_COLUMNS - text_width(step->title)),
                    "", step_look(board, step)->words);
    }
    const struct board_summary *summary = &board->summary;
    fprintf(out, "\n%d done, %d told, %d left out, %d left, %d need a person, %d waiting, %d failed, %d in doubt\n",
            summary->done, summary->told, summary->skipped, summary->left, summary->needs_person, summary->waiting,
            summary->failed, summary->in_doubt);
    print_was_taken_away(out, board);
    if (*board->left != '\0' && board->exit_code != EXIT_DONE)
        print_partner_keeps(out, board);
    print_next(out, board);
}

void print_left(FILE *out, const struct board *board)
{
    if (board->created_count == 0)
        fprintf(out, "%s\n",
                board->summary.in_doubt > 0 ? "Nothing is known to be left that perch created. What is in doubt:"
                : board->may_be_own > 0     ? "Nothing is known to be left that perch created."
                                            : "Nothing that perch created is left.");
    else
        fprintf(out, "%d object%s that perch created %s left:\n", board->created_count,
                board->created_count == 1 ? "" : "s", board->created_count == 1 ? "is" : "are");
    for (guint i = 0; i < board->steps->len; i++) {
        const struct board_step *step = g_ptr_array_index(board->steps, i);
        g_autoptr(GPtrArray) created = g_ptr_array_new();
        for (guint k = 0; k < step->objects->len; k++) {
            const struct board_object *object = g_ptr_array_index(step->objects, k);
            if (object->origin == ORIGIN_CREATED)
                g_ptr_array_add(created, object->title);
        }
        g_autofree char *titles = text_join(created, ", ");
        if (titles[0] == '\0' && step->state != STEP_IN_DOUBT)
            continue;
        fprintf(out, "%4d  %s%s%s\n", step->number, step->title, titles[0] != '\0' ? ": " : "", titles);
        if (step->reason[0] != '\0')
            fprintf(out, "        %s\n        %s\n", step->reason, step->next);
    }
    if (*board->in_bin != '\0')
        fprintf(out, "%s\n", board->in_bin);
    print_partner_keeps(out, board);
}

static void print_request(FILE *out, guint number, const struct planned_request *request)
{
    g_auto(GStrv) body = g_strsplit(request->body_indented, "\n", -1);
    fprintf(out, "%4u  %-8s %s%s%s\n", number, request->verb, request->sentence,
            request->risk[0] != '\0' ? "   ! " : "", request->risk);
    for (guint i = 0; i < request->differences->len; i++) {
        const struct board_difference *difference = g_ptr_array_index(request->differences, i);
        fprintf(out, "       %s: %s -> %s\n", difference->field, difference->found, difference->wanted);
    }
    if (request->for_person)
        fprintf(out, "       ! It " PLAN_FOR_PERSON ".\n");
    fprintf(out, "       %s %s\n", request->method, request->url);
    for (char **line = body; *line != NULL && **line != '\0'; line++)
        fprintf(out, "       %s\n", *line);
}

void print_kept(FILE *out, const struct plan *plan)
{
    for (guint i = 0; i < plan->choices->len; i++) {
        const struct leave_choice *choice = g_ptr_array_index(plan->choices, i);
        if (strcmp(choice->decided, LEAVING_KEEP) == 0)
            fprintf(out, "Stays, as decided: %s\n", choice->title);
    }
}

void print_undecided(FILE *out, const struct plan *plan)
{
    if (plan_undecided(plan) == 0)
        return;
    fprintf(out, "\nNot made by perch, and stays until somebody decides. In the answers, \"remove\" takes it away and "
                 "\"keep\" leaves it:\n");
    for (guint i = 0; i < plan->choices->len; i++) {
        const struct leave_choice *choice = g_ptr_array_index(plan->choices, i);
        if (choice->decided[0] == '\0')
            fprintf(out, "      leave.%-26s %s\n", choice->key, choice->title);
    }
}

void print_obstacles(FILE *out, const struct plan *plan)
{
    if (plan->obstacles->len == plan_undecided(plan))
        return;
    fprintf(out, "\n%s:\n", plan_obstacles_words(plan));
    for (guint i = 0; i < plan->obstacles->len; i++) {
        const char *obstacle = g_ptr_array_index(plan->obstacles, i);
        if (!plan_is_choice(plan, obstacle))
            fprintf(out, "      %s\n", obstacle);
    }
}

void print_plan(FILE *out, const struct board *board, const struct plan *plan)
{
    g_autofree char *count = text_count(plan->requests->len, "request", "requests");
    fprintf(out, "%s: %s for %s (%s); nothing has been sent.\n",
            plan->leave  ? "Leave"
            : plan->undo ? "Undo"
                         : "Plan",
            count, board->tenant_name, board->tenant_domain);
    print_files(out, board);
    g_autofree char *again = plan_makes_again_text(board, plan);
    if (again != NULL)
        fprintf(out, "%s\n", again);
    if (!plan->undo && again == NULL)
        print_was_taken_away(out, board);
    fputc('\n', out);
    for (guint i = 0; i < plan->requests->len; i++)
        print_request(out, i + 1, g_ptr_array_index(plan->requests, i));
    print_kept(out, plan);
    print_undecided(out, plan);
    print_obstacles(out, plan);
}

void print_handed(FILE *out, const struct board_handed *handed)
{
    fprintf(out, "perch: handed over by %s, written %s, SHA-256 %s\nIt would change:\n", handed->from, handed->written,
            handed->sha256);
    for (guint i = 0; i < handed->changes->len; i++) {
        const struct board_difference *change = g_ptr_array_index(handed->changes, i);
        fprintf(out, "  %s %s: %s -> %s\n", i < handed->grave ? "!" : " ", change->field,
                change->found[0] != '\0' ? change->found : "(nothing)",
                change->wanted[0] != '\0' ? change->wanted : "(nothing)");
    }
    if (handed->changes->len == 0)
        fprintf(out, "    no answer\n");
    for (guint i = 0; i < handed->claims->len; i++)
        fprintf(out, "    According to it: %s\n", (const char *)g_ptr_array_index(handed->claims, i));
}
