/* SPDX-License-Identifier: MIT */
/*
 * What a thread may do no more: Landlock, where the kernel has it. Files are read where the system's are and written
 * where the caller says; TCP goes to the ports that the caller names. It cannot be taken back, and what the thread
 * starts is held by it too. Any thread.
 */
#ifndef PERCH_SECRETS_SANDBOX_H
#define PERCH_SECRETS_SANDBOX_H

#include <glib.h>

/* Landlock's version that this kernel has; 0: none, or it is switched off. */
int sandbox_version(void);

/* What a sandbox holds here, or why there is none: "files and network confined (Landlock 7)". Caller frees. */
char *sandbox_sentence(void);

/* Confine the calling thread, which afterwards reads what the system and READ (NULL-terminated files and folders) hold,
 * writes below WRITE (NULL-terminated folders) only, starts no program and connects to PORTS (ended by 0) only. What is
 * not there is passed over. FALSE and errno if the kernel refuses; FALSE and ENOSYS without Landlock. */
gboolean sandbox_enter(const char *const *read, const char *const *write, const guint16 *ports);

#endif
