// What Swift cannot call of Linux: variadic functions of C, and what its own module of the C library leaves out.

#ifndef CONNECT_PORTAL_CLINUX_SHIM_H
#define CONNECT_PORTAL_CLINUX_SHIM_H

#include <malloc.h>
#include <spawn.h>
#include <sys/prctl.h>

static inline int linux_set_dumpable(int is_dumpable) {
    return prctl(PR_SET_DUMPABLE, is_dumpable, 0, 0, 0);
}

static inline int linux_is_dumpable(void) {
    return prctl(PR_GET_DUMPABLE, 0, 0, 0, 0);
}

// glibc 2.34 declares it to those who ask for GNU's extensions before any header, as Swift's module does not.
extern int posix_spawn_file_actions_addclosefrom_np(posix_spawn_file_actions_t *, int);

#endif
