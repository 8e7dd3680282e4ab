/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "onboarding/kinds.h"
#include "support/support.h"

/* What is said of a reply with STATUS and BODY. Caller frees. */
static char *said(int status, const char *body)
{
    g_autoptr(GPtrArray) replies = g_ptr_array_new();
    struct reply reply = {.outcome = REPLY_ANSWERED, .status = status};
    struct observation *observation = observation_new();
    reply.body = body != NULL ? json_parse(body, -1, NULL) : NULL;
    g_ptr_array_add(replies, &reply);
    newest_event_kind.compare(NULL, replies, observation);
    assert_int_equal(observation->state, OBJECT_MATCHES);
    char *sentence = g_strdup(observation->sentence);
    observation_free(observation);
    json_free(reply.body);
    return sentence;
}

static void test_nothing_that_hunting_says_stands_in_the_way(void **state)
{
    (void)state;
    g_autofree char *there = said(200, "{\"results\":[{\"max_Timestamp\":\"2026-11-24T10:00:00Z\"}]}");
    g_autofree char *empty = said(200, "{\"results\":[{\"max_Timestamp\":null}]}");
    g_autofree char *refused = said(403, NULL);
    assert_non_null(strstr(there, "24 Nov 2026, 10:00 UTC"));
    assert_non_null(strstr(empty, "no event"));
    assert_non_null(strstr(refused, "refused (403)"));
    const struct object object = {.kind = &newest_event_kind};
    g_autoptr(GPtrArray) replies = g_ptr_array_new();
    struct reply broken = {.outcome = REPLY_ANSWERED, .status = 503};
    g_ptr_array_add(replies, &broken);
    assert_true(object_can_use(&object, replies, 0));
}

static void test_it_is_only_asked_where_the_right_is_there(void **state)
{
    (void)state;
    g_autoptr(GPtrArray) requests = g_ptr_array_new_with_free_func((GDestroyNotify)request_free);
    newest_event_kind.look_up(NULL, requests);
    assert_int_equal(requests->len, 1);
    const struct request *request = g_ptr_array_index(requests, 0);
    assert_true(request->if_granted);
    assert_string_equal(request->scope, "ThreatHunting.Read.All");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_nothing_that_hunting_says_stands_in_the_way),
        cmocka_unit_test(test_it_is_only_asked_where_the_right_is_there),
    };
    json_init();
    return cmocka_run_group_tests_name("newest event", tests, NULL, NULL);
}
