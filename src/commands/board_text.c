#include "commands/board_text.h"

#include <string.h>

#include "base/text.h"

#define TITLE_COLUMNS 24

static void print_padded(FILE *out, const char *text)
{
    int width = text_width(text);
    fprintf(out, "%s%*s", text, MAX(0, TITLE_COLUMNS - width), "");
}

static void print_object(FILE *out, const struct board_object *object)
{
    if (object->state == OBJECT_MATCHES && object->differences->len == 0)
        return;
    fprintf(out, "      %s: %s\n", object->title,
            object->sentence[0] != '\0' ? object->sentence : object_state_word(object->state));
    for (guint i = 0; i < object->differences->len; i++) {
        const struct board_difference *difference = g_ptr_array_index(object->differences, i);
        fprintf(out, "        %s: found %s, wanted %s\n", difference->field, difference->found, difference->wanted);
    }
    for (guint i = 0; i < object->choices->len; i++) {
        const struct board_choice *choice = g_ptr_array_index(object->choices, i);
        fprintf(out, "        decisions.%s = %s%s  %s\n", object->key, choice->value, choice->needs_text ? "..." : "",
                choice->label);
    }
}

static void print_step(FILE *out, const struct board_step *step)
{
    fprintf(out, "%4d  ", step->number);
    print_padded(out, step->title);
    fprintf(out, "%-10s%s\n", step_state_word(step->state), step->reason);
    if (step->state == STEP_FAILED)
        fprintf(out, "        %s\n", step->next);
    for (guint i = 0; i < step->notes->len; i++)
        fprintf(out, "        note: %s\n", (const char *)g_ptr_array_index(step->notes, i));
    if (step->state == STEP_BLOCKED || step->state == STEP_DONE)
        return;
    for (guint i = 0; i < step->objects->len; i++)
        print_object(out, g_ptr_array_index(step->objects, i));
}

void print_board(FILE *out, const struct board *board)
{
    fprintf(out, "%s · %s · %s · %s%s\n\n", board->partner, board->tenant_name, board->tenant_domain, board->account,
            board->practice ? " · practice" : "");
    for (guint i = 0; i < board->steps->len; i++)
        print_step(out, g_ptr_array_index(board->steps, i));
    const struct board_summary *summary = &board->summary;
    fprintf(out, "\n%d done, %d told, %d skipped, %d left, %d need a person, %d waiting, %d failed, %d in doubt\n",
            summary->done, summary->told, summary->skipped, summary->left, summary->needs_person, summary->waiting,
            summary->failed, summary->in_doubt);
}

static void print_indented(FILE *out, const char *text)
{
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    for (char **line = lines; *line != NULL && **line != '\0'; line++)
        fprintf(out, "       %s\n", *line);
}

static void print_request(FILE *out, guint number, const struct planned_request *request)
{
    fprintf(out, "%4u  %-8s %s%s%s\n", number, request->verb, request->sentence,
            request->risk[0] != '\0' ? "   ! " : "", request->risk);
    for (guint i = 0; i < request->differences->len; i++) {
        const struct board_difference *difference = g_ptr_array_index(request->differences, i);
        fprintf(out, "       %s: %s -> %s\n", difference->field, difference->found, difference->wanted);
    }
    fprintf(out, "       %s %s\n", request->method, request->url);
    print_indented(out, request->body_indented);
}

void print_plan(FILE *out, const struct board *board, const struct plan *plan)
{
    fprintf(out, "%s: %u requests for %s (%s); nothing has been sent.\n\n", plan->undo ? "Undo" : "Plan",
            plan->requests->len, board->tenant_name, board->tenant_domain);
    for (guint i = 0; i < plan->requests->len; i++)
        print_request(out, i + 1, g_ptr_array_index(plan->requests, i));
    if (plan->obstacles->len > 0)
        fprintf(out, "\nA person is needed for:\n");
    for (guint i = 0; i < plan->obstacles->len; i++)
        fprintf(out, "      %s\n", (const char *)g_ptr_array_index(plan->obstacles, i));
}
