#include "build_info.h"

const char *elise_build_commit(void) { return ELISE_COMMIT; }
const char *elise_build_processor(void) { return ELISE_PROCESSOR; }
const char *elise_build_compiler(void) { return __VERSION__; }
