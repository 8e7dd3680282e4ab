/* SPDX-License-Identifier: MIT */
#include "base/loopback.h"

#include <arpa/inet.h>
#include <errno.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/error.h"

#define PORT_TRIES 50

const char *const loopback_addresses[LOOPBACK_SERVICES] = {"127.0.0.1", "127.0.0.2", "127.0.0.3", "127.0.0.4"};

static int listen_on(const char *address, int port)
{
    int handle = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    int yes = 1;
    struct sockaddr_in name = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
    inet_pton(AF_INET, address, &name.sin_addr);
    if (handle >= 0 && setsockopt(handle, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes) == 0 &&
        bind(handle, (const struct sockaddr *)&name, sizeof name) == 0 && listen(handle, SOMAXCONN) == 0)
        return handle;
    int saved = errno;
    if (handle >= 0)
        close(handle);
    errno = saved;
    return -1;
}

int loopback_port(int handle)
{
    struct sockaddr_in name = {0};
    socklen_t length = sizeof name;
    int listens = 0;
    socklen_t size = sizeof listens;
    if (getsockopt(handle, SOL_SOCKET, SO_ACCEPTCONN, &listens, &size) != 0 || listens == 0 ||
        getsockname(handle, (struct sockaddr *)&name, &length) != 0)
        return -1;
    return ntohs(name.sin_port);
}

/* All addresses with one port, or none. */
static gboolean listen_everywhere(int port, int handles[LOOPBACK_SERVICES])
{
    for (int i = 0; i < LOOPBACK_SERVICES; i++) {
        handles[i] = listen_on(loopback_addresses[i], port);
        if (handles[i] < 0) {
            int saved = errno;
            while (i-- > 0)
                close(handles[i]);
            errno = saved;
            return FALSE;
        }
        port = loopback_port(handles[i]);
    }
    return TRUE;
}

gboolean loopback_listen(int port, int handles[LOOPBACK_SERVICES], GError **error)
{
    int tries = port == 0 ? PORT_TRIES : 1;
    for (int i = 0; i < tries; i++)
        if (listen_everywhere(port, handles))
            return TRUE;
    g_set_error(error, PERCH_ERROR, PERCH_ERROR_NETWORK,
                "Cannot listen on port %d of %s to %s: %s.\nChoose another port, or 0 for a free one.", port,
                loopback_addresses[0], loopback_addresses[LOOPBACK_SERVICES - 1], g_strerror(errno));
    return FALSE;
}
