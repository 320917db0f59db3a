#ifndef ELISE_BUILD_INFO_H
#define ELISE_BUILD_INFO_H

#include <stddef.h>

// Facts about the build, for the provenance of results: commit, target processor, compiler.

const char *elise_build_commit(void);
const char *elise_build_processor(void);
const char *elise_build_compiler(void);

/// Returns the instruction sets of this processor, with the bits of build_target.h.
unsigned elise_processor_has(void);

/// Writes an error message with the instruction sets that a processor lacks; returns 0 if it lacks none.
int elise_missing_text(unsigned built_for, unsigned present, char *text, size_t size);

#endif
