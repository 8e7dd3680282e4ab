/* SPDX-License-Identifier: MIT */
/*
 * What check and leave print for whoever has no console: where it goes on, by the names that the answers have.
 */
#include "commands/board_text.h"

#include <string.h>

#include "base/text.h"
#include "support/support.h"

static void assert_prints(const char *text, const char *wanted)
{
    if (strstr(text, wanted) == NULL)
        fail_msg("no “%s” in:\n%s", wanted, text);
}

static struct board_field *add_field(struct board_step *step, enum field_kind kind, const char *path, const char *label)
{
    struct board_field *field = board_field_new();
    field->kind = kind;
    field->required = TRUE;
    text_set(&field->path, path);
    text_set(&field->label, label);
    g_ptr_array_add(step->fields, field);
    return field;
}

static struct board_step *add_step(struct board *board, const char *id, const char *title)
{
    struct board_step *step = board_step_new();
    step->number = (int)board->steps->len;
    step->state = STEP_NEEDS_YOU;
    text_set(&step->id, id);
    text_set(&step->title, title);
    g_ptr_array_add(board->steps, step);
    return step;
}

static char *printed(const struct board *board)
{
    char *text = NULL;
    gsize size = 0;
    FILE *out = open_memstream(&text, &size);
    print_board(out, board);
    fclose(out);
    return text;
}

/* A reviewer whom nobody knows keeps a step from being planned also once what comes first is done. */
static void test_what_will_stand_in_the_way_of_a_blocked_step_is_told(void **state)
{
    struct board *board = board_new();
    struct board_step *step = add_step(board, "access-package", "Access package");
    static const char *const rows[][2] = {{"reviewer", "There is no user “nobody”."}, {"policy", "Not looked for."}};
    (void)state;
    step->state = STEP_BLOCKED;
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        struct board_object *object = board_object_new();
        text_set(&object->title, rows[i][0]);
        text_set(&object->sentence, rows[i][1]);
        object->state = OBJECT_ABSENT;
        object->in_the_way = i == 0;
        g_ptr_array_add(step->objects, object);
    }
    char *text = printed(board);
    assert_prints(text, "reviewer: There is no user “nobody”.\n");
    assert_null(strstr(text, "policy"));
    free(text);
    board_unref(board);
}

static void test_what_is_missing_is_named_as_the_answers_name_it(void **state)
{
    struct board *board = board_new();
    struct board_step *role = add_step(board, "role", "Role");
    struct board_step *hand = add_step(board, "hand", "By hand");
    struct board_step *lacks = add_step(board, "lacks", "Another's");
    (void)state;
    struct board_field *model = add_field(role, FIELD_CHOICE, "roleModel", "Role model");
    g_ptr_array_add(model->choices, board_choice_new("unified", "all of it", FALSE));
    g_ptr_array_add(model->choices, board_choice_new("classic", "the old one", FALSE));
    add_field(role, FIELD_YES_NO, "used", "In use");
    text_set(&add_field(role, FIELD_TEXT, "given", "Given")->value, "x");
    text_set(&role->next, "Enter it among this step's values.");
    hand->tellable = TRUE;
    g_ptr_array_add(hand->lines, board_line_new("Tick the box", "", FALSE));
    lacks->lacks_role = TRUE;
    text_set(&lacks->next, "Sign in with an account that has the role.");
    add_field(lacks, FIELD_TEXT, "sponsor", "Sponsor");
    char *text = printed(board);
    assert_prints(text, "in the answers: roleModel (Role model: unified or classic)\n");
    assert_prints(text, "in the answers: used (In use: true or false)\n");
    assert_prints(text, "told in perch or perch --plain, or in the answers: done.hand\n");
    assert_prints(text, "Sign in with an account that has the role.\n");
    assert_null(strstr(text, "Given"));
    assert_null(strstr(text, "this step's values"));
    assert_null(strstr(text, "sponsor"));
    free(text);
    board_unref(board);
}

/* In the words of the counts below it; and what an answer is lacking for is said once. */
static void test_a_state_is_said_in_words(void **state)
{
    static const struct {
        enum step_state state;
        const char *said;
    } rows[] = {{STEP_TO_DO, "to do     "},   {STEP_NEEDS_YOU, "needs you "}, {STEP_IN_DOUBT, "in doubt  "},
                {STEP_SKIPPED, "left out  "}, {STEP_DONE, "done      "},      {STEP_BLOCKED, "blocked   "}};
    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        struct board *board = board_new();
        struct board_step *step = add_step(board, "role", "Role");
        step->state = rows[i].state;
        text_set(&step->reason, "Why.");
        struct board_object *object = board_object_new();
        text_set(&object->title, "group");
        text_set(&object->sentence, "It can be looked for later.");
        g_ptr_array_add(step->objects, object);
        if (rows[i].state == STEP_NEEDS_YOU)
            add_field(step, FIELD_TEXT, "sponsor", "Sponsor");
        char *text = printed(board);
        g_autofree char *wanted = g_strconcat(rows[i].said, "Why.\n", NULL);
        assert_prints(text, wanted);
        assert_int_equal(strstr(text, "It can be looked for later.") != NULL,
                         rows[i].state == STEP_TO_DO || rows[i].state == STEP_IN_DOUBT);
        free(text);
        board_unref(board);
    }
}

/* What is told and reads as not there says what to do about it. */
static void test_what_is_told_and_not_there_says_what_next(void **state)
{
    (void)state;
    for (int absent = 0; absent < 2; absent++) {
        struct board *board = board_new();
        struct board_step *step = add_step(board, "role", "Role");
        step->state = STEP_TOLD;
        step->checked = 1;
        text_set(&step->next, "Check again.");
        struct board_object *object = board_object_new();
        object->state = absent ? OBJECT_ABSENT : OBJECT_MATCHES;
        g_ptr_array_add(step->objects, object);
        char *text = printed(board);
        assert_int_equal(strstr(text, "        Check again.\n") != NULL, absent);
        free(text);
        board_unref(board);
    }
}

/* A step that is done may still have something to choose, be it one thing only. */
static void test_a_choice_of_a_done_step_is_printed(void **state)
{
    struct board *board = board_new();
    struct board_step *step = add_step(board, "role", "Role");
    struct board_object *asked = board_object_new(), *settled = board_object_new();
    (void)state;
    step->state = STEP_DONE;
    text_set(&asked->key, "admin-role");
    text_set(&settled->key, "settled-role");
    g_ptr_array_add(asked->choices, board_choice_new("keep", "keep it for longer", FALSE));
    g_ptr_array_add(step->objects, asked);
    g_ptr_array_add(step->objects, settled);
    g_autofree char *text = printed(board);
    assert_prints(text, "decisions.admin-role = keep");
    assert_null(strstr(text, "settled-role"));
    board_unref(board);
}

static void test_what_others_made_is_listed_once_by_its_key(void **state)
{
    struct plan plan = {.leave = TRUE};
    char *text = NULL;
    gsize size = 0;
    FILE *out = open_memstream(&text, &size);
    (void)state;
    plan.choices = g_ptr_array_new_with_free_func(g_free);
    plan.obstacles = g_ptr_array_new();
    struct leave_choice *open = leave_choice_new("group", "group “Example”", "", "", "the group was not made by perch");
    struct leave_choice *kept = leave_choice_new("export", "export “Example”", "", "keep", "");
    g_ptr_array_add(plan.choices, open);
    g_ptr_array_add(plan.choices, kept);
    g_ptr_array_add(plan.obstacles, (gpointer) "the group was not made by perch");
    g_ptr_array_add(plan.obstacles, (gpointer) "the application is not known to be gone");
    print_undecided(out, &plan);
    print_obstacles(out, &plan);
    fclose(out);
    assert_prints(text, "\"remove\" takes it away and \"keep\" leaves it:\n      leave.group ");
    assert_prints(text, "group “Example”\n\nMay be there, and could not be looked for:\n      the application is not");
    assert_null(strstr(text, "leave.export"));
    assert_null(strstr(text, "was not made by perch"));
    free(text);
    g_ptr_array_unref(plan.choices);
    g_ptr_array_unref(plan.obstacles);
}

/* Whoever undid it hears that somebody may bring it back, and until when. */
static void test_what_can_be_brought_back_is_printed(void **state)
{
    char *text = NULL;
    gsize size = 0;
    FILE *out = open_memstream(&text, &size);
    struct board *board = board_new();
    (void)state;
    text_set(&board->in_bin, "The group is in the recycle bin until 28 Dec.");
    print_left(out, board);
    fclose(out);
    assert_prints(text, "Nothing that perch created is left.\nThe group is in the recycle bin until 28 Dec.\n");
    free(text);
    board_unref(board);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_will_stand_in_the_way_of_a_blocked_step_is_told),
        cmocka_unit_test(test_what_is_missing_is_named_as_the_answers_name_it),
        cmocka_unit_test(test_a_state_is_said_in_words),
        cmocka_unit_test(test_what_is_told_and_not_there_says_what_next),
        cmocka_unit_test(test_a_choice_of_a_done_step_is_printed),
        cmocka_unit_test(test_what_others_made_is_listed_once_by_its_key),
        cmocka_unit_test(test_what_can_be_brought_back_is_printed),
    };
    return cmocka_run_group_tests_name("board_text", tests, NULL, NULL);
}
