/* Stands before the C library (LD_PRELOAD) and does harm at the n-th file event under one folder.

   An event is a call that changes what a disk holds: opening for writing, write, ftruncate, fsync, rename,
   unlink, mkdir, rmdir. Counting begins with harm_arm, in the process that called it. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/types.h>
#include <unistd.h>

enum mode { OFF, COUNT, KILL, TEAR, FAIL, FULL };

static enum mode mode = OFF;
static long at, events;
static char within[PATH_MAX];
static char story[1 << 20]; /* one line for each event */
static size_t told;

void harm_arm(const char *folder, int wanted, long number) {
    snprintf(within, sizeof within, "%s", folder);
    at = number, events = 0, told = 0, story[0] = 0;
    mode = (enum mode)wanted;
}

long harm_disarm(void) {
    mode = OFF;
    return events;
}

const char *harm_story(void) { return story; }

static int ours(const char *path) { return strncmp(path, within, strlen(within)) == 0; }

static void full_path(int folder, const char *name, char *to) {
    char link[64];
    ssize_t length = 0;
    to[0] = 0;
    if (name[0] != '/') {
        if (folder == AT_FDCWD)
            length = readlink("/proc/self/cwd", to, PATH_MAX - 1);
        else {
            snprintf(link, sizeof link, "/proc/self/fd/%d", folder);
            length = readlink(link, to, PATH_MAX - 1);
        }
        if (length < 0)
            length = 0;
        to[length] = 0;
        if (name[0])
            strncat(to, "/", PATH_MAX - strlen(to) - 1);
    }
    strncat(to, name, PATH_MAX - strlen(to) - 1);
}

static void path_of(int file, char *to) { full_path(file, "", to); }

static void die(void) {
    kill(getpid(), SIGKILL);
    for (;;)
        pause();
}

/* Counts an event; returns 0, or the errno that it fails with; TEAR asks for half a write. */
static int event(const char *what, const char *path, int writes, int wrong, int *half) {
    int saved = errno;
    if (mode == OFF || !ours(path))
        return 0;
    events++;
    if (told + PATH_MAX < sizeof story)
        told += (size_t)snprintf(story + told, PATH_MAX, "%s %s\n", what, path + strlen(within));
    errno = saved;
    if (mode == FULL && events >= at && writes)
        return ENOSPC;
    if (events != at)
        return 0;
    if (mode == KILL || (mode == TEAR && !half))
        die();
    if (mode == TEAR)
        *half = 1;
    return mode == FAIL ? wrong : 0;
}

#define REAL(type, name, ...) \
    static type (*real)(__VA_ARGS__); \
    if (!real) \
    real = (type(*)(__VA_ARGS__))dlsym(RTLD_NEXT, #name)
#define STOP(what, path, writes, wrong) \
    do { \
        int failed = event(what, path, writes, wrong, NULL); \
        if (failed) { \
            errno = failed; \
            return -1; \
        } \
    } while (0)

static int opening(int folder, const char *name, int flags) {
    char path[PATH_MAX];
    struct stat there;
    if (mode == OFF || !(flags & (O_CREAT | O_TRUNC)))
        return 0;
    full_path(folder, name, path);
    if (!(flags & O_TRUNC) && fstatat(folder, name, &there, 0) == 0)
        return 0;
    return event("open", path, 1, ENOSPC, NULL);
}

#define OPEN(name) \
    int name(const char *path, int flags, ...) { \
        REAL(int, name, const char *, int, ...); \
        va_list rest; \
        va_start(rest, flags); \
        mode_t bits = (flags & (O_CREAT | O_TMPFILE)) ? va_arg(rest, mode_t) : 0; \
        va_end(rest); \
        int failed = opening(AT_FDCWD, path, flags); \
        if (failed) { \
            errno = failed; \
            return -1; \
        } \
        return real(path, flags, bits); \
    }
#define OPENAT(name) \
    int name(int folder, const char *path, int flags, ...) { \
        REAL(int, name, int, const char *, int, ...); \
        va_list rest; \
        va_start(rest, flags); \
        mode_t bits = (flags & (O_CREAT | O_TMPFILE)) ? va_arg(rest, mode_t) : 0; \
        va_end(rest); \
        int failed = opening(folder, path, flags); \
        if (failed) { \
            errno = failed; \
            return -1; \
        } \
        return real(folder, path, flags, bits); \
    }
OPEN(open)
OPEN(open64)
OPENAT(openat)
OPENAT(openat64)

#define WRITING(what, written) \
    char path[PATH_MAX]; \
    int half = 0; \
    if (mode != OFF) { \
        path_of(file, path); \
        int failed = event(what, path, 1, ENOSPC, &half); \
        if (failed) { \
            errno = failed; \
            return -1; \
        } \
        if (half) { \
            written; \
            die(); \
        } \
    }

ssize_t write(int file, const void *data, size_t size) {
    REAL(ssize_t, write, int, const void *, size_t);
    WRITING("write", real(file, data, size / 2))
    return real(file, data, size);
}

ssize_t pwrite(int file, const void *data, size_t size, off_t offset) {
    REAL(ssize_t, pwrite, int, const void *, size_t, off_t);
    WRITING("write", real(file, data, size / 2, offset))
    return real(file, data, size, offset);
}

ssize_t pwrite64(int file, const void *data, size_t size, off64_t offset) {
    REAL(ssize_t, pwrite64, int, const void *, size_t, off64_t);
    WRITING("write", real(file, data, size / 2, offset))
    return real(file, data, size, offset);
}

ssize_t sendfile64(int file, int from, off64_t *offset, size_t size) {
    REAL(ssize_t, sendfile64, int, int, off64_t *, size_t);
    WRITING("write", real(file, from, offset, size / 2))
    return real(file, from, offset, size);
}

ssize_t sendfile(int file, int from, off_t *offset, size_t size) {
    REAL(ssize_t, sendfile, int, int, off_t *, size_t);
    WRITING("write", real(file, from, offset, size / 2))
    return real(file, from, offset, size);
}

#define ON_FILE(name, what, writes) \
    char path[PATH_MAX]; \
    if (mode != OFF) { \
        path_of(file, path); \
        STOP(what, path, writes, EIO); \
    }

int fsync(int file) {
    REAL(int, fsync, int);
    ON_FILE(fsync, "flush", 0)
    return real(file);
}

int fdatasync(int file) {
    REAL(int, fdatasync, int);
    ON_FILE(fdatasync, "flush", 0)
    return real(file);
}

int ftruncate(int file, off_t size) {
    REAL(int, ftruncate, int, off_t);
    ON_FILE(ftruncate, "truncate", 0)
    return real(file, size);
}

int ftruncate64(int file, off64_t size) {
    REAL(int, ftruncate64, int, off64_t);
    ON_FILE(ftruncate64, "truncate", 0)
    return real(file, size);
}

#define BY_NAME(folder, name, what, writes, wrong) \
    char path[PATH_MAX]; \
    if (mode != OFF) { \
        full_path(folder, name, path); \
        STOP(what, path, writes, wrong); \
    }

int rename(const char *from, const char *to) {
    REAL(int, rename, const char *, const char *);
    BY_NAME(AT_FDCWD, to, "rename", 0, EACCES)
    return real(from, to);
}

int renameat(int old, const char *from, int new, const char *to) {
    REAL(int, renameat, int, const char *, int, const char *);
    BY_NAME(new, to, "rename", 0, EACCES)
    return real(old, from, new, to);
}

int unlink(const char *name) {
    REAL(int, unlink, const char *);
    BY_NAME(AT_FDCWD, name, "unlink", 0, EACCES)
    return real(name);
}

int unlinkat(int folder, const char *name, int flags) {
    REAL(int, unlinkat, int, const char *, int);
    BY_NAME(folder, name, "unlink", 0, EACCES)
    return real(folder, name, flags);
}

int rmdir(const char *name) {
    REAL(int, rmdir, const char *);
    BY_NAME(AT_FDCWD, name, "rmdir", 0, EACCES)
    return real(name);
}

int mkdir(const char *name, mode_t bits) {
    REAL(int, mkdir, const char *, mode_t);
    BY_NAME(AT_FDCWD, name, "mkdir", 1, ENOSPC)
    return real(name, bits);
}

int mkdirat(int folder, const char *name, mode_t bits) {
    REAL(int, mkdirat, int, const char *, mode_t);
    BY_NAME(folder, name, "mkdir", 1, ENOSPC)
    return real(folder, name, bits);
}

/* A full disk says so when it is asked how much room it has. */
#define ROOM(name, kind) \
    int name(const char *path, struct kind *told_of) { \
        REAL(int, name, const char *, struct kind *); \
        int failed = real(path, told_of); \
        if (!failed && mode == FULL && events >= at && ours(path)) \
            told_of->f_bavail = told_of->f_bfree = 0; \
        return failed; \
    }
ROOM(statvfs, statvfs)
ROOM(statvfs64, statvfs64)
