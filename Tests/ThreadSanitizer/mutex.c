// Tells the thread sanitizer about the waiting half of Swift's Mutex.
//
// A Mutex that is free is taken and given back by an atomic instruction that the compiler puts into our own code, where
// the sanitizer sees it. One that others wait for is handed over by the kernel (FUTEX_LOCK_PI), called from a library
// that is not built with the sanitizer: it would take everything behind a contended Mutex for a race. These functions
// stand in front of the library's own (LD_PRELOAD) and say what they do.

#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdbool.h>
#include <stdint.h>

#define SELF __attribute__((swift_context)) void *
#define SWIFT __attribute__((swiftcall))

// There in programs that are built with the sanitizer.
__attribute__((weak)) void __tsan_acquire(void *address);
__attribute__((weak)) void __tsan_release(void *address);

// Synchronization._MutexHandle._lockSlow(Swift.UInt32) -> ()
#define LOCK "$s15Synchronization12_MutexHandleV9_lockSlowyys6UInt32VF"
// Synchronization._MutexHandle._tryLockSlow() -> Swift.Bool
#define TRY_LOCK "$s15Synchronization12_MutexHandleV12_tryLockSlowSbyF"
// Synchronization._MutexHandle._unlockSlow() -> ()
#define UNLOCK "$s15Synchronization12_MutexHandleV11_unlockSlowyyF"

SWIFT void lockSlow(uint32_t thread, SELF mutex) __asm__(LOCK);
SWIFT bool tryLockSlow(SELF mutex) __asm__(TRY_LOCK);
SWIFT void unlockSlow(SELF mutex) __asm__(UNLOCK);

SWIFT void lockSlow(uint32_t thread, SELF mutex) {
    SWIFT void (*real)(uint32_t, SELF) = (void *)dlsym(RTLD_NEXT, LOCK);
    real(thread, mutex);
    if (__tsan_acquire) __tsan_acquire(mutex);
}

SWIFT bool tryLockSlow(SELF mutex) {
    SWIFT bool (*real)(SELF) = (void *)dlsym(RTLD_NEXT, TRY_LOCK);
    bool isOurs = real(mutex);
    if (isOurs && __tsan_acquire) __tsan_acquire(mutex);
    return isOurs;
}

SWIFT void unlockSlow(SELF mutex) {
    SWIFT void (*real)(SELF) = (void *)dlsym(RTLD_NEXT, UNLOCK);
    if (__tsan_release) __tsan_release(mutex);
    real(mutex);
}
