#ifndef ELISE_BUILD_INFO_H
#define ELISE_BUILD_INFO_H

#include <stddef.h>

// What only the build knows, for the record of how results came about.

const char *elise_build_commit(void);
const char *elise_build_processor(void);
const char *elise_build_compiler(void);

/// Instruction sets of this processor, a bit for each of those in build_target.h.
unsigned elise_processor_has(void);

/// Writes what a program lacks on a processor; returns 0 if that is nothing.
int elise_missing_text(unsigned built_for, unsigned present, char *text, size_t size);

#endif
