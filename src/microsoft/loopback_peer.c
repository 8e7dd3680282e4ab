/* SPDX-License-Identifier: MIT */
#include "microsoft/loopback_peer.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* In the line of a connection: its own address and port, the other end's, state, queues, timer, retransmits, user,
 * timeouts, inode. */
#define LINE " %*s %64[0-9A-F]:%8[0-9A-F] %64[0-9A-F]:%8[0-9A-F] %*s %*s %*s %*s %20[0-9] %*s %20[0-9]"
#define FIELDS 6
#define MAPPED "0000000000000000FFFF0000" /* how an IPv4 address begins in the table of IPv6 */

struct search {
    guint from;
    guint to;
    gboolean is_told; /* the tables hold what listens here, and so are those of this machine */
    gint64 user;      /* of the connection from FROM; -1: it is not there */
};

/* ONLY: look at lines whose addresses begin so. A connection without an inode is one that its owner has left: the table
 * calls it root's. */
static void look_into(const char *table, const char *only, struct search *search)
{
    char line[512];
    FILE *file = fopen(table, "re");
    while (file != NULL && fgets(line, sizeof line, file) != NULL) {
        char own[65];
        char other[65];
        char ports[2][9];
        char user[21];
        char inode[21];
        if (sscanf(line, LINE, own, ports[0], other, ports[1], user, inode) != FIELDS)
            continue;
        guint64 own_port = g_ascii_strtoull(ports[0], NULL, 16);
        guint64 other_port = g_ascii_strtoull(ports[1], NULL, 16);
        search->is_told |= own_port == search->to && other_port == 0;
        if (own_port == search->from && other_port == search->to && strcmp(inode, "0") != 0 &&
            g_str_has_prefix(own, only))
            search->user = g_ascii_strtoll(user, NULL, 10);
    }
    if (file != NULL)
        fclose(file);
}

gboolean loopback_peer_is_own(const struct sockaddr *peer, guint port)
{
    gboolean is_new = peer->sa_family == AF_INET6;
    in_port_t network =
        is_new ? ((const struct sockaddr_in6 *)peer)->sin6_port : ((const struct sockaddr_in *)peer)->sin_port;
    struct search search = {.from = ntohs(network), .to = port, .user = -1};
    look_into("/proc/net/tcp6", is_new ? "" : MAPPED, &search);
    if (!is_new)
        look_into("/proc/net/tcp", "", &search);
    const char *sudo = geteuid() == 0 ? g_getenv("SUDO_UID") : NULL;
    if (search.user < 0)
        return !search.is_told;
    return search.user == 0 || (uid_t)search.user == geteuid() || (uid_t)search.user == getuid() ||
           (sudo != NULL && (gint64)g_ascii_strtoull(sudo, NULL, 10) == search.user);
}
