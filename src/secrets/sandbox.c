/* SPDX-License-Identifier: MIT */
#include "secrets/sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "secrets/syscall_filter.h"

/* Of newer kernels than the headers that this is built with. */
#define FS_REFER (1ULL << 13)
#define FS_TRUNCATE (1ULL << 14)
#define NET_CONNECT_TCP (1ULL << 1)
#define RULE_NET_PORT 2
#define FIRST_WITH_REFER 2
#define FIRST_WITH_TRUNCATE 3
#define FIRST_WITH_NETWORK 4

#define READ_FILES LANDLOCK_ACCESS_FS_READ_FILE
#define READS (READ_FILES | LANDLOCK_ACCESS_FS_READ_DIR)
#define WRITES                                                                                                         \
    (LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_REMOVE_DIR | LANDLOCK_ACCESS_FS_REMOVE_FILE |                  \
     LANDLOCK_ACCESS_FS_MAKE_DIR | LANDLOCK_ACCESS_FS_MAKE_REG)
#define NEVER                                                                                                          \
    (LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_MAKE_CHAR | LANDLOCK_ACCESS_FS_MAKE_SOCK |                        \
     LANDLOCK_ACCESS_FS_MAKE_FIFO | LANDLOCK_ACCESS_FS_MAKE_BLOCK | LANDLOCK_ACCESS_FS_MAKE_SYM)

/* What libraries look up: names of hosts and users, certificates, character sets, the keyring's bus. */
static const char *const system_places[] = {"/usr",
                                            "/lib",
                                            "/lib64",
                                            "/opt",
                                            "/nix",
                                            "/etc",
                                            "/proc",
                                            "/dev",
                                            "/sys/devices/system/cpu",
                                            "/run/systemd/resolve",
                                            "/run/resolvconf",
                                            "/run/NetworkManager",
                                            "/run/nscd",
                                            "/var/run/nscd",
                                            "/var/lib/sss",
                                            "/var/lib/ca-certificates",
                                            NULL};

/* struct landlock_ruleset_attr as of version 4. */
struct ruleset {
    guint64 files;
    guint64 network;
};

struct port_rule {
    guint64 allowed;
    guint64 port;
};

int sandbox_version(void)
{
    long version = syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
    return version > 0 ? (int)version : 0;
}

char *sandbox_sentence(void)
{
    int version = sandbox_version();
    guint refused = syscall_filter_count();
    g_autofree char *calls = refused > 0 ? g_strdup_printf("%u system calls refused", refused)
                                         : g_strdup("no system call refused: there is no seccomp here");
    if (version == 0)
        return g_strdup_printf("files and network not confined: this kernel has no Landlock; %s", calls);
    return version >= FIRST_WITH_NETWORK
               ? g_strdup_printf("files and network confined (Landlock %d), %s", version, calls)
               : g_strdup_printf("files confined (Landlock %d), network not: this kernel is too old; %s", version,
                                 calls);
}

/* The rights that a file cannot have are left out for one. */
static gboolean allow(int ruleset, const char *path, guint64 rights)
{
    struct stat about;
    struct landlock_path_beneath_attr rule = {.parent_fd = open(path, O_PATH | O_CLOEXEC)};
    if (rule.parent_fd < 0)
        return TRUE;
    gboolean is_folder = fstat(rule.parent_fd, &about) == 0 && S_ISDIR(about.st_mode);
    rule.allowed_access = is_folder ? rights : rights & (READ_FILES | LANDLOCK_ACCESS_FS_WRITE_FILE | FS_TRUNCATE);
    gboolean done = syscall(SYS_landlock_add_rule, ruleset, LANDLOCK_RULE_PATH_BENEATH, &rule, 0) == 0;
    close(rule.parent_fd);
    return done;
}

gboolean sandbox_enter(const char *const *read, const char *const *write, const guint16 *ports)
{
    int version = sandbox_version();
    guint64 writes =
        WRITES | (version >= FIRST_WITH_REFER ? FS_REFER : 0) | (version >= FIRST_WITH_TRUNCATE ? FS_TRUNCATE : 0);
    gboolean has_network = version >= FIRST_WITH_NETWORK;
    const struct ruleset held = {.files = READS | writes | NEVER, .network = NET_CONNECT_TCP};
    int ruleset =
        version > 0 ? (int)syscall(SYS_landlock_create_ruleset, &held, has_network ? sizeof held : sizeof held.files, 0)
                    : -1;
    if (ruleset < 0) {
        errno = version > 0 ? errno : ENOSYS;
        return FALSE;
    }
    gboolean done = allow(ruleset, "/dev/null", READS | LANDLOCK_ACCESS_FS_WRITE_FILE);
    for (const char *const *place = system_places; done && *place != NULL; place++)
        done = allow(ruleset, *place, READS);
    for (; done && *read != NULL; read++)
        done = allow(ruleset, *read, READS);
    for (; done && *write != NULL; write++)
        done = allow(ruleset, *write, READS | writes);
    for (; done && has_network && *ports != 0; ports++) {
        const struct port_rule rule = {.allowed = NET_CONNECT_TCP, .port = *ports};
        done = syscall(SYS_landlock_add_rule, ruleset, RULE_NET_PORT, &rule, 0) == 0;
    }
    done = done && prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 && syscall(SYS_landlock_restrict_self, ruleset, 0) == 0;
    int failure = errno;
    close(ruleset);
    errno = failure;
    return done;
}
