/* SPDX-License-Identifier: MIT */
/*
 * Loaded into a program by LD_PRELOAD: lets its Nth call of a kind fail.
 *
 *     PERCH_FAIL="alloc N"           the Nth allocation finds no memory
 *     PERCH_FAIL="alloc N for ever"  nor does any after it
 *     PERCH_FAIL="write N"           there is no space left for the Nth write to a file
 *     PERCH_FAIL="sync N"            the Nth fsync meets an error of the disk
 *     PERCH_FAIL="grow N"            a write that begins behind N bytes of a file, or at them, meets SIGKILL
 *     PERCH_FAIL_COUNT=FILE          adds a line "ALLOCATIONS WRITES SYNCS" to FILE when the program ends
 *
 * Any thread. What a child that the program forks calls goes on from the count so far.
 */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum call { CALL_ALLOC, CALL_WRITE, CALL_SYNC, CALLS };

static const char *const words[CALLS] = {"alloc ", "write ", "sync "};
static atomic_long counts[CALLS];
static long failing[CALLS]; /* 0: none */
static bool for_ever;
static off_t most = -1; /* bytes of a file; -1: any number */
static atomic_bool begun;

/* The C library's own, under names that nothing stands before. */
void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *memory, size_t size);

__attribute__((constructor)) static void begin(void)
{
    const char *wanted = getenv("PERCH_FAIL");
    for (int i = 0; i < CALLS && wanted != NULL; i++)
        if (strncmp(wanted, words[i], strlen(words[i])) == 0)
            failing[i] = atol(wanted + strlen(words[i]));
    if (wanted != NULL && strncmp(wanted, "grow ", strlen("grow ")) == 0)
        most = atol(wanted + strlen("grow "));
    for_ever = wanted != NULL && strstr(wanted, "for ever") != NULL;
    atomic_store(&begun, true);
}

__attribute__((destructor)) static void tell_counts(void)
{
    const char *path = getenv("PERCH_FAIL_COUNT");
    int file = path != NULL ? open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600) : -1;
    if (file < 0)
        return;
    dprintf(file, "%ld %ld %ld\n", atomic_load(&counts[CALL_ALLOC]), atomic_load(&counts[CALL_WRITE]),
            atomic_load(&counts[CALL_SYNC]));
    close(file);
}

static bool fails(enum call call)
{
    if (!atomic_load_explicit(&begun, memory_order_relaxed))
        return false;
    long count = atomic_fetch_add(&counts[call], 1) + 1;
    return failing[call] != 0 && (count == failing[call] || (for_ever && count > failing[call]));
}

void *malloc(size_t size)
{
    if (!fails(CALL_ALLOC))
        return __libc_malloc(size);
    errno = ENOMEM;
    return NULL;
}

void *calloc(size_t count, size_t size)
{
    if (!fails(CALL_ALLOC))
        return __libc_calloc(count, size);
    errno = ENOMEM;
    return NULL;
}

void *realloc(void *memory, size_t size)
{
    if (!fails(CALL_ALLOC))
        return __libc_realloc(memory, size);
    errno = ENOMEM;
    return NULL;
}

static bool is_file(int file)
{
    struct stat status;
    bool is_regular = fstat(file, &status) == 0 && S_ISREG(status.st_mode);
    if (is_regular && most >= 0 && status.st_size >= most)
        kill(getpid(), SIGKILL);
    return is_regular;
}

ssize_t write(int file, const void *bytes, size_t length)
{
    static ssize_t (*next)(int, const void *, size_t);
    if (next == NULL)
        next = (ssize_t(*)(int, const void *, size_t))dlsym(RTLD_NEXT, "write");
    if (!is_file(file) || !fails(CALL_WRITE))
        return next(file, bytes, length);
    errno = ENOSPC;
    return -1;
}

static int sync_file(int file, const char *name)
{
    int (*next)(int) = (int (*)(int))dlsym(RTLD_NEXT, name);
    if (!fails(CALL_SYNC))
        return next(file);
    errno = EIO;
    return -1;
}

int fsync(int file)
{
    return sync_file(file, "fsync");
}

int fdatasync(int file)
{
    return sync_file(file, "fdatasync");
}
