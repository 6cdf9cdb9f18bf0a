/* Calls of the Linux C library that Swift's Glibc module does not show. */
#ifndef BAILIFF_CLINUX_H
#define BAILIFF_CLINUX_H

#include <sys/eventfd.h>
#include <sys/prctl.h>

/* A counter that can be waited for: non-blocking, closed on exec. -1 on failure (eventfd(2)). */
static inline int clinux_eventfd(void) { return eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC); }

/* Ends this process when its parent does, so that nothing that a demo or a test started outlives it (prctl(2)). */
static inline int clinux_die_with_parent(int signal_number) { return prctl(PR_SET_PDEATHSIG, signal_number); }

#endif
