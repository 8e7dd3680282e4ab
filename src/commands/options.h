/* SPDX-License-Identifier: MIT */
/*
 * The command line: every option stands in one table, from which reading, help, manual and completions follow. UI
 * thread.
 */
#ifndef PERCH_COMMANDS_OPTIONS_H
#define PERCH_COMMANDS_OPTIONS_H

#include <glib.h>

struct options {
    gboolean json;
    gboolean yes;
    gboolean wait;
    gboolean device_code;
    gboolean drift;
    gboolean practice;
    gboolean practice_new;
    gboolean plain;
    gboolean ascii;
    gboolean no_mouse;
    gboolean no_keyring;
    gboolean for_session;
    gboolean audit_log;
    gboolean no_excess;
    gboolean take_back;
    char **consents;
    gboolean everywhere;
    gboolean practice_keyring;
    gboolean no_color;
    gboolean force;
    gboolean json_line;
    gboolean version;
    gboolean help;
    gboolean never_ask; /* no option: set by a command that signs nobody in */
    char *scenario;
    char *practice_url;
    char **answers;
    char *partner;
    char *state_dir;
    char *cloud;
    char *cloud_file;
    char *cloud_sha256;
    char *partner_sha256;
    char **answers_sha256;
    char *allowed_signers;
    char *tenant;
    char *client_id;
    char *certificate;
    char *log_file;
    char *format;
    char *output;
    char *metrics;
    char *bundle;
    char *seal_key;
    char *plan;
    struct launcher *launcher; /* no option: what opens a browser; NULL: none */
    char **arguments;          /* the command and what belongs to it; NULL without any */
};

/* Which commands an option is for: bits. */
enum command_set {
    FOR_CONSOLE = 1 << 0,
    FOR_CHECK = 1 << 1,
    FOR_PLAN = 1 << 2,
    FOR_APPLY = 1 << 3,
    FOR_UNDO = 1 << 4,
    FOR_REPORT = 1 << 5,
    FOR_HAND_OVER = 1 << 6,
    FOR_SIGN_IN = 1 << 7, /* sign-in, sign-out, whoami, password and consents */
    FOR_OFFLINE = 1 << 8, /* what asks no tenant and keeps nothing */
    FOR_DOCTOR = 1 << 10,
    FOR_FLEET = 1 << 11,
    FOR_LOCAL = 1 << 9, /* what reads the state folders only */
    FOR_VERIFY = 1 << 12,
    FOR_PARTNER = 1 << 13,
    FOR_CONSENTS = 1 << 14,
    FOR_SIGN_OUT = 1 << 15,
};

struct option_row {
    const char *name;
    char letter; /* "-y"; 0 for none */
    GOptionArg arg;
    gsize place;       /* in struct options */
    const char *value; /* what its argument is called; NULL without one */
    const char *help;
    guint commands;      /* of enum command_set */
    const char *choices; /* the only values, with blanks between; NULL: any */
    guint fewer_for;     /* for these commands without those of FEWER */
    const char *fewer;   /* choices, as above */
    const char *more;    /* sentences for the manual; NULL for none */
};

/* The options in the order of the help. Ends with a row without a name. */
extern const struct option_row option_rows[];

/* Read ARGC and ARGV. PERCH_ERROR_USAGE for what is not understood. */
gboolean options_parse(struct options *options, int argc, char **argv, GError **error);
void options_clear(struct options *options);

/* A sentence about an option that was given, is for other commands than COMMAND of SET, and does nothing here. A script
 * may give the same ones to each of its commands, so it is no error. NULL: there is none. Caller frees. */
char *options_idle(const struct options *options, const char *command, guint set);

/* The choices of ROW for a command of SET, as one text with blanks between; NULL: any value. Caller frees. */
char *options_choices(const struct option_row *row, guint set);

/* The word behind the command, or NULL. */
const char *options_word(const struct options *options);

/* TRUE if what goes to standard output is a document, which whoever reads it wants in UTF-8 wherever that is. */
gboolean options_print_document(const struct options *options);

#endif
