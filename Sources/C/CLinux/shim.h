/* Calls of the Linux C library that Swift's Glibc module does not show. */
#ifndef BAILIFF_CLINUX_H
#define BAILIFF_CLINUX_H

#include <errno.h>
#include <fcntl.h>
#include <sys/eventfd.h>
#include <sys/prctl.h>
#include <unistd.h>

/* A counter that can be waited for: non-blocking, closed on exec. -1 on failure (eventfd(2)). */
static inline int clinux_eventfd(void) { return eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC); }

/* A pipe whose ends are closed on exec: what to read in ends[0], what to write in ends[1]. 0, or errno (pipe(2)). */
static inline int clinux_pipe(int ends[2]) {
    if (pipe(ends) != 0) return errno;
    fcntl(ends[0], F_SETFD, FD_CLOEXEC);
    fcntl(ends[1], F_SETFD, FD_CLOEXEC);
    return 0;
}

/* Ends this process when its parent does, so that nothing that a demo or a test started outlives it (prctl(2)). */
static inline int clinux_die_with_parent(int signal_number) { return prctl(PR_SET_PDEATHSIG, signal_number); }

/* Whether this processor runs what a build with wide vectors holds: AVX2 and FMA. Always true where they do not exist. */
static inline int clinux_has_wide_vectors(void) {
#if defined(__x86_64__)
    return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
#else
    return 1;
#endif
}

#endif
