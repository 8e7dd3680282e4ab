/* SPDX-License-Identifier: MIT */
/*
 * What a person set for good: a file of keys and values, $XDG_CONFIG_HOME/perch/config, for the console and for plain
 * mode. What it says counts where the command line says nothing. An entry that is wrong is named and left out; nothing
 * in it is a secret, and nothing in it confirms anything. Pure but for reading the file.
 *
 *     [console]           ascii, colours, mouse, bell: true or false
 *     [session]           client-id: a GUID; partner: a profile's file
 *     [keys]              an action's name (as in the help): its keys, separated by blanks
 */
#ifndef PERCH_UI_SETTINGS_H
#define PERCH_UI_SETTINGS_H

#include "ui/action.h"

struct settings {
    gboolean ascii, no_color, no_mouse, no_bell;
    char *client_id; /* NULL: not set */
    char *partner;
    const char *keys[ACTION_COUNT]; /* interned; NULL: as in the table of actions */
    GPtrArray *remarks;             /* of char *: what was wrong, a sentence each */
};
typedef struct settings Settings;

/* The settings in FILE (NULL: where they are kept); a file that is not there sets nothing. Caller frees with
 * settings_free(). */
struct settings *settings_load(const char *file);
void settings_free(struct settings *settings);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Settings, settings_free)

#endif
