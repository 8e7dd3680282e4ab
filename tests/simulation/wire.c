/* SPDX-License-Identifier: MIT */
#include "simulation/wire.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static gboolean send_all(int socket, const char *bytes, gsize length)
{
    while (length > 0) {
        ssize_t sent = send(socket, bytes, length, MSG_NOSIGNAL);
        if (sent < 0 && errno == EINTR)
            continue;
        if (sent <= 0)
            return FALSE;
        bytes += sent;
        length -= (gsize)sent;
    }
    return TRUE;
}

static gboolean receive_all(int socket, char *bytes, gsize length)
{
    while (length > 0) {
        ssize_t got = recv(socket, bytes, length, 0);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return FALSE;
        bytes += got;
        length -= (gsize)got;
    }
    return TRUE;
}

gboolean wire_send(int socket, const json *message)
{
    g_autofree char *text = json_text(message);
    guint32 length = (guint32)strlen(text);
    return send_all(socket, (const char *)&length, sizeof length) && send_all(socket, text, length);
}

json *wire_receive(int socket)
{
    guint32 length = 0;
    if (!receive_all(socket, (char *)&length, sizeof length))
        return NULL;
    g_autofree char *text = g_malloc(length);
    return receive_all(socket, text, length) ? json_parse(text, (gssize)length, NULL) : NULL;
}

gboolean wire_send_descriptor(int socket, const json *message, int descriptor)
{
    char byte = 0;
    union {
        char buffer[CMSG_SPACE(sizeof(int))];
        struct cmsghdr align;
    } control = {0};
    struct iovec data = {.iov_base = &byte, .iov_len = 1};
    struct msghdr header = {
        .msg_iov = &data,
        .msg_iovlen = 1,
        .msg_control = control.buffer,
        .msg_controllen = sizeof control.buffer,
    };
    struct cmsghdr *rights = CMSG_FIRSTHDR(&header);
    rights->cmsg_level = SOL_SOCKET;
    rights->cmsg_type = SCM_RIGHTS;
    rights->cmsg_len = CMSG_LEN(sizeof descriptor);
    memcpy(CMSG_DATA(rights), &descriptor, sizeof descriptor);
    return sendmsg(socket, &header, MSG_NOSIGNAL) == 1 && wire_send(socket, message);
}

json *wire_receive_descriptor(int socket, int *descriptor)
{
    char byte = 0;
    union {
        char buffer[CMSG_SPACE(sizeof(int))];
        struct cmsghdr align;
    } control = {0};
    struct iovec data = {.iov_base = &byte, .iov_len = 1};
    struct msghdr header = {
        .msg_iov = &data,
        .msg_iovlen = 1,
        .msg_control = control.buffer,
        .msg_controllen = sizeof control.buffer,
    };
    if (recvmsg(socket, &header, MSG_CMSG_CLOEXEC) != 1)
        return NULL;
    const struct cmsghdr *rights = CMSG_FIRSTHDR(&header);
    if (rights == NULL || rights->cmsg_type != SCM_RIGHTS)
        return NULL;
    memcpy(descriptor, CMSG_DATA(rights), sizeof *descriptor);
    return wire_receive(socket);
}
