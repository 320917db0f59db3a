#ifndef ELISE_CMALLOC_H
#define ELISE_CMALLOC_H

#include <stdlib.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif

/// Has large blocks go back to the system when they are freed.
///
/// The GNU library takes ever larger blocks from its own heap, once some have been freed, and keeps the
/// holes they leave: a third of what large networks took. Whatever the user has set stays.
static inline void elise_return_large_blocks(void) {
#ifdef __GLIBC__
  if (!getenv("MALLOC_MMAP_THRESHOLD_")) mallopt(M_MMAP_THRESHOLD, 256 << 10);
#endif
}

#endif
