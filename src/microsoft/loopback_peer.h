/* SPDX-License-Identifier: MIT */
/*
 * Whose a connection over loopback is, from the kernel's tables of TCP connections. Any thread.
 */
#ifndef PERCH_MICROSOFT_LOOPBACK_PEER_H
#define PERCH_MICROSOFT_LOOPBACK_PEER_H

#include <glib.h>
#include <sys/socket.h>

/* FALSE if the process at PEER, connected to PORT of this machine's loopback, belongs to another user than perch's: one
 * that is neither the effective user, nor root, nor who became root by sudo; or if it is gone already, so that nobody
 * can say whose it was. TRUE where the kernel does not tell. */
gboolean loopback_peer_is_own(const struct sockaddr *peer, guint port);

#endif
