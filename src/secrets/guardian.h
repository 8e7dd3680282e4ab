/* SPDX-License-Identifier: MIT */
/*
 * A parent process that keeps the terminal whole however the console ends, kill -9 too.
 *
 * guardian_run() forks. The child runs the console; the parent holds the terminal's saved state, forwards signals that
 * were sent to it alone, stops and continues with the child (Ctrl-Z, fg), and puts the terminal right if the child did
 * not. If the parent is killed, the child gets SIGTERM. Call before any thread starts.
 */
#ifndef PERCH_SECRETS_GUARDIAN_H
#define PERCH_SECRETS_GUARDIAN_H

/*
 * Run CHILD(DATA) under a guardian. Returns twice: in the child with what CHILD returned, and in the parent, after the
 * child's end, with the child's exit status. If a signal ended the child, the same signal ends the parent. Without a
 * terminal on standard input and output, CHILD is simply called.
 */
int guardian_run(int (*child)(void *data), void *data);

#endif
