/*
 * The command line: options shared by all commands, and the command itself. UI thread.
 */
#ifndef PERCH_COMMANDS_OPTIONS_H
#define PERCH_COMMANDS_OPTIONS_H

#include <glib.h>

struct options {
    gboolean json;
    gboolean yes;
    gboolean wait;
    gboolean device_code;
    gboolean practice;
    gboolean practice_new;
    gboolean plain;
    gboolean ascii;
    gboolean no_mouse;
    gboolean no_keyring;
    gboolean practice_keyring;
    gboolean no_color;
    gboolean version;
    char *scenario;
    char *practice_url;
    char *answers;
    char *partner;
    char *state_dir;
    char *cloud;
    char *cloud_file;
    char *cloud_sha256;
    char *tenant;
    char *client_id;
    char *certificate;
    char *log_file;
    char *format;
    char *output;
    char **arguments; /* the command and what belongs to it */
};

/* Read ARGC and ARGV. PERCH_ERROR_USAGE for what is not understood. --help prints and ends the program, as GOption
 * does. */
gboolean options_parse(struct options *options, int argc, char **argv, GError **error);
void options_clear(struct options *options);

#endif
