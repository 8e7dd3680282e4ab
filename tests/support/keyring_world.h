/* SPDX-License-Identifier: MIT */
/*
 * A session of its own for tests of the keyring: a private bus, gnome-keyring on it, and a run of perch in it. The run
 * is this program again, started with an option; it takes one command a line and answers with one JSON line.
 */
#ifndef PERCH_TESTS_KEYRING_WORLD_H
#define PERCH_TESTS_KEYRING_WORLD_H

#include <gio/gio.h>

#include "support/support.h"

#define SERVICE "org.freedesktop.secrets"
#define SERVICE_PATH "/org/freedesktop/secrets"

struct world {
    char *home;
    char *runtime;
    char *address; /* of the bus; NULL: none */
    GSubprocess *bus;
    GSubprocess *service;
    GDBusConnection *connection;
    gint calls_seen; /* set to non-zero in GDBus's thread */
    char *display;   /* NULL: none; set before anything is started */
    GSubprocess *perch;
    GDataInputStream *answers;
};

/* Folders and nothing else. Caller frees. */
struct world *world_new(void);
void world_free(struct world *world);

/* A bus, and gnome-keyring with an unlocked login keyring, whose password is "pw". Caller frees. */
struct world *world_with_keyring(void);

/* A bus that can start what ACTIVATED says (the Exec line of a service file), or nothing. */
void world_start_bus(struct world *world, const char *activated);

/* gnome-keyring; with PASSWORD its login keyring is made and unlocked, without there is no keyring in it. */
void world_start_service(struct world *world, const char *password);

/* Call the Secret Service as another program would. Caller unrefs. */
GVariant *world_call(const struct world *world, const char *path, const char *interface, const char *method,
                     GVariant *arguments);
void world_lock_keyring(const struct world *world);

/* How many items anybody stored under that attribute, locked or not. */
guint world_count_items(const struct world *world, const char *attribute, const char *value);

/* For a program that is to run in this session ("NAME=VALUE" entries). Caller frees with g_strfreev(). */
char **world_environment(const struct world *world);

/* TRUE if the desktop's own question about a locked keyring can be asked and answered here. */
gboolean world_can_ask(void);

/* An X server on a display of its own choice, and the program that asks there; before world_start_bus(). Ended with
 * world_end(). */
GSubprocess *world_start_display(struct world *world);

/* Wait for the desktop's question and answer it with the key KEY after TEXT. */
void world_answer_prompt(const struct world *world, const char *text, const char *key);

/* Give the run a command and wait until its call to the Secret Service is on the bus. The service has to be stopped. */
void world_command_in_flight(struct world *world, const char *line);

/* End *PROCESS at once, stopped or not. */
void world_end(GSubprocess **process);

/* Start this program with OPTION, in place of the one that runs. */
void world_start_perch(struct world *world, const char *option);

/* Give the run a command (it is started with --keyring if need be), take its answer, or both. Caller frees. */
void world_command(struct world *world, const char *line);
json *world_reply(struct world *world);
json *world_ask(struct world *world, const char *line);

#endif
