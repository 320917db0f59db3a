#ifndef ELISE_CMALLOC_H
#define ELISE_CMALLOC_H

#include <stdlib.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif

/// Makes the allocator return large blocks to the system when they are freed.
///
/// By default, after some blocks have been freed, the GNU library takes larger and larger blocks from its
/// heap and keeps the gaps between them. These made up a third of the memory of large networks. A setting
/// of the user takes precedence.
static inline void elise_return_large_blocks(void) {
#ifdef __GLIBC__
  if (!getenv("MALLOC_MMAP_THRESHOLD_")) mallopt(M_MMAP_THRESHOLD, 256 << 10);
#endif
}

/// Limits the number of heaps that threads share. A setting of the user takes precedence.
static inline void elise_share_heaps(int count) {
#ifdef __GLIBC__
  if (!getenv("MALLOC_ARENA_MAX")) mallopt(M_ARENA_MAX, count);
#endif
}

#endif
