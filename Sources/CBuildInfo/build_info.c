// Facts about the build, and a check that ends the program if it was built for another processor than
// this one. Without the check it would crash on an illegal instruction. This file is compiled without
// the options of the rest of the program, and the check runs before the rest: any other function may
// contain such an instruction, even one that copies a few bytes.

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "build_info.h"
#include "build_target.h"

const char *elise_build_commit(void) { return ELISE_COMMIT; }
const char *elise_build_processor(void) { return ELISE_PROCESSOR; }
const char *elise_build_compiler(void) { return __VERSION__; }

unsigned elise_processor_has(void) {
  unsigned present = 0;
#if defined(__x86_64__)
  __builtin_cpu_init();
#define ELISE_SET(bit, name) present |= __builtin_cpu_supports(name) ? 1u << bit : 0;
  ELISE_INSTRUCTION_SETS(ELISE_SET)
#undef ELISE_SET
#endif
  return present;
}

int elise_missing_text(unsigned built_for, unsigned present, char *text, size_t size) {
  const unsigned missing = built_for & ~present;
  if (!missing) return 0;
  char names[128] = "";
#define ELISE_SET(bit, name) \
  if (missing >> bit & 1) strcat(strcat(names, names[0] ? ", " : ""), name);
  ELISE_INSTRUCTION_SETS(ELISE_SET)
#undef ELISE_SET
  snprintf(text, size,
           "error: got a processor without %s; expected the one this program was built for "
           "(ELISE_CPU=%s). Build it on this machine, or set ELISE_CPU to a processor that all "
           "machines match, for example ELISE_CPU=x86-64-v3\n",
           names, elise_build_processor());
  return 1;
}

__attribute__((constructor)) static void stop_unless_supported(void) {
  char text[512];
  if (!elise_missing_text(elise_built_for, elise_processor_has(), text, sizeof text)) return;
  if (write(STDERR_FILENO, text, strlen(text)) < 0) _exit(70);
  _exit(2);
}
