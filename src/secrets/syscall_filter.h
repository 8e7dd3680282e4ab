/* SPDX-License-Identifier: MIT */
/*
 * System calls that a thread has no use for, and somebody who took it over would: looking into other processes, loading
 * code into the kernel, mounting, other name spaces, starting programs. A seccomp filter refuses them with EPERM; all
 * others go through. It cannot be taken back, and what the thread starts is held by it too. Any thread.
 */
#ifndef PERCH_SECRETS_SYSCALL_FILTER_H
#define PERCH_SECRETS_SYSCALL_FILTER_H

#include <glib.h>

/* How many are refused; 0 where the kernel or the processor's kind knows no such filter. */
guint syscall_filter_count(void);

/* Refuse them to the calling thread, which gets no new privileges either. FALSE and errno if the kernel does not take
 * the filter; FALSE and ENOSYS where there is none. */
gboolean syscall_filter_enter(void);

#endif
