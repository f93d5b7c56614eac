// What Swift cannot call of Linux, because it is a variadic function of C.

#ifndef CONNECT_PORTAL_CLINUX_SHIM_H
#define CONNECT_PORTAL_CLINUX_SHIM_H

#include <sys/prctl.h>

static inline int linux_set_dumpable(int is_dumpable) {
    return prctl(PR_SET_DUMPABLE, is_dumpable, 0, 0, 0);
}

static inline int linux_is_dumpable(void) {
    return prctl(PR_GET_DUMPABLE, 0, 0, 0, 0);
}

#endif
