// Stops a program that was built for a better processor than this one before it dies of an illegal
// instruction. Compiled without the options of the rest of the program, and run before it: any other
// function might hold such an instruction, if only to copy a few bytes.

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "build_info.h"
#include "build_target.h"

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
           "error: this program was built for another processor (ELISE_CPU=%s): this one has no "
           "%s; build it on this machine, or set ELISE_CPU to a processor that all machines match, "
           "for example ELISE_CPU=x86-64-v3\n",
           elise_build_processor(), names);
  return 1;
}

__attribute__((constructor)) static void stop_unless_supported(void) {
  char text[512];
  if (!elise_missing_text(elise_built_for, elise_processor_has(), text, sizeof text)) return;
  if (write(STDERR_FILENO, text, strlen(text)) < 0) _exit(70);
  _exit(2);
}
