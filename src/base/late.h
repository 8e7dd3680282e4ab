/* SPDX-License-Identifier: MIT */
/*
 * Libraries that are loaded when they are first used, so that the program starts, and paints, without them: most of the
 * time before main went into them and what they need in turn. A header late_NAME.h beside their users lists the
 * functions that are used and stands for the library's own header. Any thread.
 */
#ifndef PERCH_BASE_LATE_H
#define PERCH_BASE_LATE_H

#include <glib.h>

/* For a list of functions: the members of a struct that holds them, and their names. */
#define LATE_MEMBER(function) __typeof__(function) *function;
#define LATE_NAME(function) #function,

/* The function of the header that gives the functions of LIST: a file of its own, in which LATE_FILE is the soname. */
#define LATE_LIBRARY(library, LIST)                                                                                    \
    const struct library *library(void)                                                                                \
    {                                                                                                                  \
        static const char *const names[] = {LIST(LATE_NAME) NULL};                                                     \
        static struct library functions;                                                                               \
        static gsize loaded;                                                                                           \
        if (g_once_init_enter(&loaded)) {                                                                              \
            late_load(LATE_FILE, names, &functions);                                                                   \
            g_once_init_leave(&loaded, 1);                                                                             \
        }                                                                                                              \
        return &functions;                                                                                             \
    }

/* Load the library FILE, a soname, give its pages back as late_give_back() does, and put its functions NAMES (ended by
 * NULL) one after another into FUNCTIONS. Ends the program where one of them cannot be had, as the dynamic loader would
 * at the start. */
void late_load(const char *file, const char *const *names, void *functions);

/* Let go of what of the libraries that are loaded was read from their files, all but the first SKIPPED of them: most
 * was needed to bind and start them, and never again. What is needed comes back by itself, from the kernel's cache. */
void late_give_back(guint skipped);

#endif
