/* SPDX-License-Identifier: MIT */
#include "support/fake_board.h"

#include <string.h>

#include "base/text.h"

struct outline {
    const char *id, *title, *explanation;
    enum step_state state;
    const char *reason, *next;
};

static const struct outline outlines[] = {
    {"sign-in", "Sign in",
     "perch signs in as you, with the browser of this machine or with a code, and reads what this "
     "tenant has: its name, your roles, its licences.",
     STEP_DONE, "", ""},
    {"account", "Onboarding account",
     "The partner invites one account of this tenant. It needs the role and a mailbox.", STEP_DONE, "", ""},
    {"invitation", "Accept the invitation",
     "The partner invites that account into its own tenant. Accepting is what lets "
     "the account write to the partner's Event Hub.",
     STEP_TOLD, "", ""},
    {"streaming", "Stream events to the partner",
     "Defender sends its events to Red Canary's Event Hub. Both values are "
     "in the e-mail from your contact: paste the whole e-mail, perch finds them.",
     STEP_NEEDS_YOU, "One value is missing.", "Fill in the Event Hub name."},
    {"consent", "Let the partner's application in", "Red Canary's application is let into this tenant by consent.",
     STEP_WAITING, "", "Wait for the end of the 15 minutes."},
    {"group", "Analysts' group", "The partner's analysts become members of this group, and the group holds the role.",
     STEP_TO_DO, "", "Apply makes it."},
    {"organization", "Connected organization",
     "Red Canary's tenant is named as an organization whose users may ask for "
     "access.",
     STEP_DIFFERS, "State is proposed, wanted is configured.", "Decide whether perch repairs it."},
    {"defender-role", "Defender role for the group", "The group gets its view of Defender.", STEP_BLOCKED,
     "The analysts' group has to come first.", ""},
    {"catalog", "Access catalog", "A catalog holds what can be asked for.", STEP_BLOCKED,
     "The analysts' group has to come first.", ""},
    {"access-package", "Access package", "The package ties group, organization and reviews together.", STEP_BLOCKED,
     "The catalog has to come first.", ""},
    {"access-link", "Hand the link over", "The partner's analysts ask for access with this link.", STEP_BLOCKED,
     "The access package has to come first.", ""},
    {"device-groups", "Device groups, if they are used", "Where device groups are used, each has to name the group.",
     STEP_BLOCKED, "The Defender role has to come first.", ""},
    {"graph-alerts", "Graph security alerts", "The partner reads alerts through Microsoft Graph.", STEP_FAILED,
     "Microsoft refused to read the application: 403, Authorization_RequestDenied.",
     "Sign in with a Global Administrator and check again."},
    {"finish", "Report", "What exists, what was told, what is left.", STEP_TO_DO, "", ""},
};

static struct board_field *add_field(struct board_step *step, enum field_kind kind, const char *path, const char *label,
                                     const char *validator, const char *value)
{
    struct board_field *field = board_field_new();
    field->kind = kind;
    field->required = TRUE;
    text_set(&field->path, path);
    text_set(&field->label, label);
    text_set(&field->validator, validator);
    text_set(&field->value, value);
    g_ptr_array_add(step->fields, field);
    return field;
}

static void fill_streaming(struct board_step *step)
{
    add_field(step, FIELD_TEXT, "company", "Company", "company", "Contoso");
    struct board_field *id = add_field(step, FIELD_TEXT, "eventHub.resourceId", "Resource ID", "event-hub-id",
                                       "/subscriptions/11111111-2222-4333-8444-555555555555/resourceGroups/mdr-rg/"
                                       "providers/Microsoft.EventHub/namespaces/mdr-eh-ns01");
    id->masked = TRUE;
    text_set(&id->help, "The namespace's resource ID, from the e-mail of your contact.");
    struct board_field *name = add_field(step, FIELD_TEXT, "eventHub.name", "Event Hub", "event-hub-name", "");
    text_set(&name->help, "The name of the hub in that namespace, from the same e-mail.");
    struct board_field *way = add_field(step, FIELD_CHOICE, "streamingWrite", "Way", "", "portal");
    g_ptr_array_add(way->choices, board_choice_new("portal", "by the portal, perch shows how", FALSE));
    g_ptr_array_add(way->choices, board_choice_new("api", "by perch (experimental)", FALSE));
    g_ptr_array_add(step->lines, board_line_new("Sign in to the portal as the onboarding account.", "", FALSE));
    g_ptr_array_add(step->lines, board_line_new("Add, and give it this name:", "MXDRPartner-Contoso", FALSE));
    g_ptr_array_add(step->lines, board_line_new("Event Hub resource ID:", id->value, TRUE));
    text_set(&step->link, "https://security.microsoft.com/settings/mtp_settings/raw_data_export?"
                          "tid=aaaabbbb-0000-cccc-1111-dddd2222eeee");
    step->tellable = FALSE;
    step->practice_form = TRUE;
    g_ptr_array_add(step->notes, g_strdup("Five exports can exist at most; this tenant has one."));
}

static struct board_object *add_object(struct board_step *step, const char *key, const char *title,
                                       enum object_state state)
{
    struct board_object *object = board_object_new();
    text_set(&object->key, key);
    text_set(&object->kind, key);
    text_set(&object->title, title);
    object->state = state;
    g_ptr_array_add(step->objects, object);
    return object;
}

static void fill_organization(struct board_step *step)
{
    struct board_object *object =
        add_object(step, "organization", "connected organization “Red Canary”", OBJECT_DIFFERS);
    g_ptr_array_add(object->differences, board_difference_new("state", "configured", "proposed"));
    g_ptr_array_add(object->choices, board_choice_new("repair", "Let perch change what differs", FALSE));
    g_ptr_array_add(object->choices, board_choice_new("use:org-1", "Keep it as it is", FALSE));
    g_ptr_array_add(object->choices, board_choice_new("name:", "Make another one, with this name", TRUE));
    struct board_field *sponsor = add_field(step, FIELD_PERSON, "sponsor", "Sponsor", "", "");
    text_set(&sponsor->suggestion, "admin@contoso.onmicrosoft.com");
}

static void fill_consent(struct board_step *step, const struct clock *clock)
{
    step->wait_started = clock_now(clock) - 140 * G_USEC_PER_SEC;
    step->until = step->wait_started + 900 * G_USEC_PER_SEC;
    text_set(&step->wait_word, "now");
    text_set(&step->wait_reason, "Microsoft and the partner need a while to know of the new export.");
}

static void fill_details(struct board_step *step, const struct clock *clock)
{
    if (strcmp(step->id, "streaming") == 0)
        fill_streaming(step);
    else if (strcmp(step->id, "organization") == 0)
        fill_organization(step);
    else if (strcmp(step->id, "access-package") == 0) {
        add_field(step, FIELD_PEOPLE, "reviewers", "Reviewers", "", "");
        add_field(step, FIELD_DATE, "reviewStart", "Reviews start", "date", "2026-11-24");
    } else if (strcmp(step->id, "account") == 0)
        add_field(step, FIELD_SECRET, "account.password", "Password", "", "");
    else if (strcmp(step->id, "consent") == 0)
        fill_consent(step, clock);
    else if (strcmp(step->id, "group") == 0)
        add_object(step, "group", "group “Red Canary”", OBJECT_ABSENT);
    else if (strcmp(step->id, "invitation") == 0) {
        step->tellable = TRUE;
        text_set(&step->told_by, "admin@contoso.onmicrosoft.com, 27 Nov 2026, 14:30");
    } else if (strcmp(step->id, "finish") == 0)
        step->report = TRUE;
}

static void add_steps(struct board *board, gboolean fresh)
{
    for (gsize i = 0; i < G_N_ELEMENTS(outlines); i++) {
        struct board_step *step = board_step_new();
        text_set(&step->id, outlines[i].id);
        text_set(&step->title, outlines[i].title);
        text_set(&step->explanation, outlines[i].explanation);
        step->number = (int)i;
        step->state = fresh ? STEP_UNKNOWN : outlines[i].state;
        text_set(&step->behind, step->state == STEP_BLOCKED ? "group" : "");
        if (!fresh) {
            text_set(&step->reason, outlines[i].reason);
            text_set(&step->next, outlines[i].next);
            step->checked = clock_now(&board->clock) - 60 * G_USEC_PER_SEC;
            fill_details(step, &board->clock);
        }
        g_ptr_array_add(board->steps, step);
    }
    if (fresh)
        ((struct board_step *)g_ptr_array_index(board->steps, 0))->state = STEP_NEEDS_YOU;
}

static void sign_in(struct board *board)
{
    board->signed_in = TRUE;
    text_set(&board->tenant_id, "aaaabbbb-0000-cccc-1111-dddd2222eeee");
    text_set(&board->tenant_name, "Contoso");
    text_set(&board->tenant_domain, "contoso.onmicrosoft.com");
    text_set(&board->tenant_domains, "contoso.onmicrosoft.com contoso.com");
    text_set(&board->account, "admin@contoso.onmicrosoft.com");
    board->checked = clock_now(&board->clock);
}

void fake_board_count(struct board *board)
{
    board->summary = (struct board_summary){0};
    for (guint i = 0; i < board->steps->len; i++) {
        const struct board_step *step = g_ptr_array_index(board->steps, i);
        struct board_summary *summary = &board->summary;
        int *counters[] = {[STEP_DONE] = &summary->done,
                           [STEP_TOLD] = &summary->told,
                           [STEP_SKIPPED] = &summary->skipped,
                           [STEP_WAITING] = &summary->waiting,
                           [STEP_FAILED] = &summary->failed,
                           [STEP_IN_DOUBT] = &summary->in_doubt,
                           [STEP_NEEDS_YOU] = &summary->needs_person};
        if (step->state < G_N_ELEMENTS(counters) && counters[step->state] != NULL)
            (*counters[step->state])++;
        else
            summary->left++;
    }
}

static void make_hostile(struct board *board)
{
    struct board_step *step = g_ptr_array_index(board->steps, 5);
    text_set(&board->tenant_name, "日本語の会社 with a very long name that goes on and on");
    text_set(&step->title, "Gruppe <U+202E> mit Umläuten é̂ und 日本語");
    add_object(step, "many", "group “\\xFFRed <U+200B>Canary”", OBJECT_MANY);
}

static struct board_handed *handed_new(void)
{
    struct board_handed *handed = board_handed_new();
    handed->from = g_strdup("ann@contoso.com");
    handed->written = g_strdup("2026-11-24T14:02:11Z");
    handed->sha256 = g_strdup("8c2f2e6c2b5e1f0a9d7b4c3a2e1f0d9c8b7a69584736251403f2e1d0c9b8a796");
    g_ptr_array_add(handed->changes, board_difference_new("eventHub.resourceId",
                                                          "/subscriptions/11111111-2222-4333-8444-555555555555/"
                                                          "resourceGroups/rg/providers/Microsoft.EventHub/namespaces/x",
                                                          ""));
    g_ptr_array_add(handed->changes, board_difference_new("company", "Contoso Ltd", "Contoso"));
    g_ptr_array_add(handed->claims, g_strdup("“Invitation” is told to be done by ann@contoso.com on 2026-11-24."));
    handed->grave = 1;
    return handed;
}

struct board *fake_board_new(const char *scene)
{
    struct board *board = board_new();
    gboolean fresh = strcmp(scene, "fresh") == 0;
    text_set(&board->cloud, "global");
    text_set(&board->partner, "Red Canary");
    text_set(&board->keyring, "Credentials are kept in the keyring.");
    if (!fresh)
        sign_in(board);
    add_steps(board, fresh);
    if (strcmp(scene, "hostile") == 0)
        make_hostile(board);
    if (strcmp(scene, "handed") == 0)
        board->handed = handed_new();
    board->exit_code = 3;
    fake_board_count(board);
    return board;
}

static void copy_strings(char **to[], char *const from[], gsize count)
{
    for (gsize i = 0; i < count; i++)
        text_set(to[i], from[i]);
}

static GPtrArray *copy_choices(const GPtrArray *choices, GPtrArray *into)
{
    for (guint i = 0; i < choices->len; i++) {
        const struct board_choice *choice = g_ptr_array_index(choices, i);
        g_ptr_array_add(into, board_choice_new(choice->value, choice->label, choice->needs_text));
    }
    return into;
}

static void copy_field(struct board_step *step, const struct board_field *field)
{
    struct board_field *copy = add_field(step, field->kind, field->path, field->label, field->validator, field->value);
    char **to[] = {&copy->help, &copy->suggestion, &copy->if_empty, &copy->asked_by, &copy->asked_if, &copy->earliest};
    char *const from[] = {field->help,     field->suggestion, field->if_empty,
                          field->asked_by, field->asked_if,   field->earliest};
    copy_strings(to, from, G_N_ELEMENTS(to));
    copy->required = field->required;
    copy->masked = field->masked;
    copy_choices(field->choices, copy->choices);
    for (guint i = 0; i < field->unfit->len; i++) {
        const struct board_unfit *unfit = g_ptr_array_index(field->unfit, i);
        g_ptr_array_add(copy->unfit, board_unfit_new(unfit->name, unfit->why));
    }
}

static void copy_object(struct board_step *step, const struct board_object *object)
{
    struct board_object *copy = add_object(step, object->key, object->title, object->state);
    copy->origin = object->origin;
    copy->unasked = object->unasked;
    copy->named = object->named;
    text_set(&copy->id, object->id);
    text_set(&copy->sentence, object->sentence);
    text_set(&copy->decided, object->decided);
    for (guint i = 0; i < object->differences->len; i++) {
        const struct board_difference *difference = g_ptr_array_index(object->differences, i);
        g_ptr_array_add(copy->differences,
                        board_difference_new(difference->field, difference->wanted, difference->found));
    }
    copy_choices(object->choices, copy->choices);
}

static void copy_lines(const GPtrArray *lines, GPtrArray *into)
{
    for (guint i = 0; i < lines->len; i++) {
        const struct board_line *line = g_ptr_array_index(lines, i);
        struct board_line *copy = board_line_new(line->text, line->copy, line->masked);
        copy->practice_form = line->practice_form;
        copy->to_come = line->to_come;
        copy->also = line->also;
        copy->send = line->send;
        g_ptr_array_add(into, copy);
    }
}

static struct board_step *copy_step(const struct board_step *step)
{
    struct board_step *copy = board_step_new();
    char **to[] = {&copy->id,          &copy->title,     &copy->explanation, &copy->reason,        &copy->next,
                   &copy->link,        &copy->wait_word, &copy->wait_reason, &copy->told_by,       &copy->told_note,
                   &copy->short_title, &copy->warning,   &copy->behind,      &copy->trouble_title, &copy->refusal,
                   &copy->needed_by,   &copy->tell_lacks};
    char *const from[] = {step->id,          step->title,     step->explanation, step->reason,        step->next,
                          step->link,        step->wait_word, step->wait_reason, step->told_by,       step->told_note,
                          step->short_title, step->warning,   step->behind,      step->trouble_title, step->refusal,
                          step->needed_by,   step->tell_lacks};
    copy_strings(to, from, G_N_ELEMENTS(to));
    copy->number = step->number;
    copy->state = step->state;
    copy->until = step->until;
    copy->wait_started = step->wait_started;
    copy->checked = step->checked;
    copy->tellable = step->tellable;
    copy->falls_away = step->falls_away;
    copy->lacks_role = step->lacks_role;
    copy->refusal_rung = step->refusal_rung;
    copy->practice_form = step->practice_form;
    copy->report = step->report;
    for (guint i = 0; i < step->objects->len; i++)
        copy_object(copy, g_ptr_array_index(step->objects, i));
    for (guint i = 0; i < step->fields->len; i++)
        copy_field(copy, g_ptr_array_index(step->fields, i));
    copy_lines(step->lines, copy->lines);
    copy_lines(step->trouble, copy->trouble);
    for (guint i = 0; i < step->notes->len; i++)
        g_ptr_array_add(copy->notes, g_strdup(g_ptr_array_index(step->notes, i)));
    return copy;
}

struct board *fake_board_copy(const struct board *board)
{
    struct board *copy = board_new();
    text_set(&copy->left, board->left);
    text_set(&copy->undone, board->undone);
    char **to[] = {&copy->tenant_domains, &copy->tenant_id,    &copy->tenant_name, &copy->tenant_domain,
                   &copy->account,        &copy->cloud,        &copy->partner,     &copy->state_dir,
                   &copy->keyring,        &copy->why_read_only};
    char *const from[] = {board->tenant_domains, board->tenant_id,    board->tenant_name, board->tenant_domain,
                          board->account,        board->cloud,        board->partner,     board->state_dir,
                          board->keyring,        board->why_read_only};
    copy_strings(to, from, G_N_ELEMENTS(to));
    copy->signed_in = board->signed_in;
    copy->confirmed = board->confirmed;
    copy->lacks_defender = board->lacks_defender;
    copy->read_only = board->read_only;
    copy->cloud_from_file = board->cloud_from_file;
    copy->keyring_locked = board->keyring_locked;
    copy->practice = board->practice;
    copy->clock = board->clock;
    copy->checked = board->checked;
    copy->newest = board->newest;
    text_set(&copy->in_bin, board->in_bin);
    copy->created_count = board->created_count;
    copy->told_keeps = board->told_keeps;
    copy->may_be_own = board->may_be_own;
    copy->taken_away = board->taken_away;
    copy->summary = board->summary;
    copy->exit_code = board->exit_code;
    copy->handed = board->handed != NULL ? handed_new() : NULL;
    for (guint i = 0; i < board->partner_keeps->len; i++)
        g_ptr_array_add(copy->partner_keeps, g_strdup(g_ptr_array_index(board->partner_keeps, i)));
    for (guint i = 0; i < board->steps->len; i++)
        g_ptr_array_add(copy->steps, copy_step(g_ptr_array_index(board->steps, i)));
    return copy;
}

struct request_outline {
    const char *verb, *sentence, *risk, *step, *method, *url, *body;
};

static const struct request_outline requests[] = {
    {"create", "group “Red Canary”", "Role-assignable: that cannot be changed later.", "group", "POST", "/v1.0/groups",
     "{\n  \"displayName\": \"Red Canary\",\n  \"description\": \"Red Canary Access Group\",\n  "
     "\"isAssignableToRole\": "
     "true\n}"},
    {"assign", "Security Reader to that group", "The group's members can read all security data.", "group", "POST",
     "/v1.0/roleManagement/directory/roleAssignments", "{\n  \"principalId\": \"{group.id}\"\n}"},
    {"change", "connected organization “Red Canary”", "", "organization", "PATCH",
     "/v1.0/identityGovernance/entitlementManagement/connectedOrganizations/org-1",
     "{\n  \"state\": \"configured\"\n}"},
    {"create", "catalog “Red Canary Access”", "Visible to external users.", "catalog", "POST",
     "/v1.0/identityGovernance/entitlementManagement/catalogs", "{\n  \"displayName\": \"Red Canary Access\"\n}"},
};

static void free_request(gpointer data)
{
    planned_request_free(data);
}

static struct planned_request *request_new(const struct request_outline *outline, gboolean undo)
{
    struct planned_request *request = g_new0(struct planned_request, 1);
    request->verb = g_strdup(undo ? "remove" : outline->verb);
    request->sentence = g_strdup(outline->sentence);
    request->risk = g_strdup(undo ? "" : outline->risk);
    request->step = g_strdup(outline->step);
    request->object = g_strdup(outline->step);
    request->kind = g_strdup(outline->step);
    request->method = g_strdup(undo ? "DELETE" : outline->method);
    request->url = g_strdup(outline->url);
    request->body = g_strdup("");
    request->body_indented = g_strdup(undo ? "" : outline->body);
    request->differences = g_ptr_array_new();
    return request;
}

struct plan *fake_plan_new(gboolean undo)
{
    struct plan *plan = g_new0(struct plan, 1);
    plan->references = 1;
    plan->undo = undo;
    plan->step = g_strdup("");
    plan->day = g_strdup("2026-11-24");
    plan->practice_port = g_strdup("");
    plan->requests = g_ptr_array_new_with_free_func(free_request);
    plan->obstacles = g_ptr_array_new_with_free_func(g_free);
    plan->choices = g_ptr_array_new_with_free_func(g_free);
    plan->by_hand = g_ptr_array_new_with_free_func(g_free);
    for (gsize i = 0; i < G_N_ELEMENTS(requests); i++)
        g_ptr_array_add(plan->requests, request_new(&requests[i], undo));
    if (!undo)
        g_ptr_array_add(plan->obstacles, g_strdup("Access package: name at least one reviewer."));
    return plan;
}
