/* Counts heap allocations of the whole process by standing in front of malloc. For measurement only: linked into the
   bench and into nothing else. */
#ifndef BAILIFF_ALLOCATIONS_H
#define BAILIFF_ALLOCATIONS_H

/* Calls of malloc, calloc, realloc, aligned_alloc and posix_memalign since the start, by all threads. */
unsigned long long callocations_count(void);

/* Resident bytes of this process, from /proc/self/statm; 0 when it cannot be read. */
unsigned long long callocations_resident_bytes(void);

#endif
