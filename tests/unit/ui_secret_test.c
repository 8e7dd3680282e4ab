/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "support/fake_desk.h"
#include "support/fake_session.h"

static void a_password_is_shown_until_it_is_closed_and_never_again(void **state)
{
    (void)state;
    struct desk *desk = desk_new("middle");
    struct shown_secret *secret = g_new0(struct shown_secret, 1);
    secret->title = g_strdup("First password of account onboarding@contoso.com");
    secret->text = g_strdup("pw-Made-Up-24-characters");
    fake_session_push(desk->session, event_new(EVENT_SECRET, secret), 0);
    desk_take_all(desk);
    desk_assert_shows(desk, "First password of account onboarding@contoso.com");
    desk_assert_shows(desk, "pw-Made-Up-24-characters");
    desk_press(desk, "Esc");
    g_autofree char *after = desk_picture(desk, 80, 24);
    assert_null(strstr(after, "pw-Made-Up"));
    desk_free(desk);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_password_is_shown_until_it_is_closed_and_never_again),
    };
    return cmocka_run_group_tests_name("ui secret", tests, NULL, NULL);
}
