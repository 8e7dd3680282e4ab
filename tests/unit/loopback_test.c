/* SPDX-License-Identifier: MIT */
/*
 * Where a practice tenant listens: every one of its addresses, or none and a sentence that says why; and whose a
 * connection on this machine is.
 */
#include "base/loopback.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/error.h"
#include "microsoft/loopback_peer.h"
#include "support/support.h"

static gboolean is_reached(const char *address, int port)
{
    struct sockaddr_in name = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
    int handle = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    inet_pton(AF_INET, address, &name.sin_addr);
    gboolean reached = connect(handle, (struct sockaddr *)&name, sizeof name) == 0;
    close(handle);
    return reached;
}

static void test_each_address_under_one_port(void **state)
{
    int handles[LOOPBACK_SERVICES];
    (void)state;
    assert_true(loopback_listen(0, handles, NULL));
    int port = loopback_port(handles[0]);
    assert_true(port > 0);
    for (int i = 0; i < LOOPBACK_SERVICES; i++) {
        assert_int_equal(loopback_port(handles[i]), port);
        assert_true(is_reached(loopback_addresses[i], port));
        assert_true((fcntl(handles[i], F_GETFD) & FD_CLOEXEC) != 0);
    }
    /* Another finds the port taken, says so, and leaves none open. */
    int others[LOOPBACK_SERVICES];
    g_autoptr(GError) error = NULL;
    assert_false(loopback_listen(port, others, &error));
    assert_true(g_error_matches(error, PERCH_ERROR, PERCH_ERROR_NETWORK));
    g_autofree char *said = g_strdup_printf("Cannot listen on port %d of 127.0.0.1", port);
    assert_true(g_str_has_prefix(error->message, said));
    assert_non_null(strstr(error->message, "Choose another port, or 0 for a free one."));
    for (int i = 0; i < LOOPBACK_SERVICES; i++)
        close(handles[i]);
    assert_int_equal(loopback_port(handles[0]), -1);
}

static void test_one_address_that_is_taken_takes_none(void **state)
{
    int handles[LOOPBACK_SERVICES], others[LOOPBACK_SERVICES];
    (void)state;
    assert_true(loopback_listen(0, handles, NULL));
    int port = loopback_port(handles[0]);
    for (int i = 0; i < LOOPBACK_SERVICES - 1; i++)
        close(handles[i]);
    assert_false(loopback_listen(port, others, NULL));
    for (int i = 0; i < LOOPBACK_SERVICES - 1; i++)
        assert_false(is_reached(loopback_addresses[i], port));
    close(handles[LOOPBACK_SERVICES - 1]);
    assert_true(loopback_listen(port, others, NULL));
    for (int i = 0; i < LOOPBACK_SERVICES; i++)
        close(others[i]);
}

/* 0: the connection was taken for one of whoever made it. */
static int own_connection(uid_t user)
{
    struct sockaddr_in name = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    struct sockaddr_storage peer;
    socklen_t length = sizeof name;
    if (geteuid() == 0 && setuid(user) != 0)
        return 1;
    int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    int caller = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (bind(listener, (struct sockaddr *)&name, length) != 0 || listen(listener, 1) != 0 ||
        getsockname(listener, (struct sockaddr *)&name, &length) != 0 ||
        connect(caller, (struct sockaddr *)&name, length) != 0)
        return 2;
    length = sizeof peer;
    int taken = accept(listener, (struct sockaddr *)&peer, &length);
    return taken >= 0 && loopback_peer_is_own((struct sockaddr *)&peer, ntohs(name.sin_port)) ? 0 : 3;
}

/* Whoever that is: the kernel's tables name the user in decimal digits. */
static void test_ones_own_connection_is_known(void **state)
{
    static const uid_t users[] = {1000, 65534};
    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(users); i++) {
        int status = 0;
        pid_t child = fork();
        if (child == 0)
            _exit(own_connection(users[i]));
        assert_int_equal(waitpid(child, &status, 0), child);
        assert_int_equal(status, 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_each_address_under_one_port),
        cmocka_unit_test(test_one_address_that_is_taken_takes_none),
        cmocka_unit_test(test_ones_own_connection_is_known),
    };
    return cmocka_run_group_tests_name("loopback", tests, NULL, NULL);
}
