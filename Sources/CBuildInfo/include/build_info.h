#ifndef ELISE_BUILD_INFO_H
#define ELISE_BUILD_INFO_H

// What only the build knows, for the record of how results came about.

const char *elise_build_commit(void);
const char *elise_build_processor(void);
const char *elise_build_compiler(void);

#endif
