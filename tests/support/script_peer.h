/* SPDX-License-Identifier: MIT */
/*
 * Peers that run in Node, and the certificates for speaking TLS with them. What is missing on this machine skips the
 * whole program by name.
 */
#ifndef PERCH_TESTS_SCRIPT_PEER_H
#define PERCH_TESTS_SCRIPT_PEER_H

#include <glib.h>

struct script_peer;

/* A folder with ca.pem and with key.pem and cert.pem for the name localhost, signed by it; other.pem is a CA that
 * signed nothing. Caller frees the name and removes the folder. */
char *certificates_new(void);

/* Run SCRIPT of tests/support/node with ARGUMENTS until "ready PORT". PACKAGE: what has to be installed beside it, or
 * NULL. */
struct script_peer *script_peer_start(const char *script, const char *package, const char *const *arguments);
guint script_peer_port(const struct script_peer *peer);
void script_peer_stop(struct script_peer *peer);

/* Skip the test program unless Node of version OLDEST or newer is there, and PACKAGE beside the scripts. */
void script_need(guint oldest, const char *package);

/* Run SCRIPT with ARGUMENTS to its end, trusting CA_FILE. Caller frees. */
struct run *script_run_with(const char *script, const char *ca_file, const char *const *arguments);

/* Run SCRIPT to its end, trusting CA_FILE; what it wrote. Caller frees. */
char *script_run(const char *script, const char *ca_file, const char *argument);

#endif
