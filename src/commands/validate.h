/*
 * perch validate FIELD [--json] < VALUE, and perch validate paste: input/ as a filter. No session, no state, no
 * network.
 */
#ifndef PERCH_COMMANDS_VALIDATE_H
#define PERCH_COMMANDS_VALIDATE_H

/* ARGV[0] is "validate". Reads standard input, prints the verdict. Exit code: 0 valid (paste: both values found), 2 if
 * not or if it was called wrongly, 1 if reading or writing failed. */
int command_validate(int argc, char **argv);

#endif
