// Makes results independent of the processor. When OpenBLAS is loaded, it selects kernels for the
// processor. Kernels add in different orders, so the last bits of their results differ. This file selects
// the kernels that every x86-64 processor with AVX2 and FMA can run, before anything uses them.

#include "kernels.h"

#include <stddef.h>

const char *elise_lapack(void) { return ELISE_LAPACK; }

// With another library, or an OpenBLAS that was built for one processor, these addresses are null.
extern void gotoblas_dynamic_init(void) __attribute__((weak));
extern void gotoblas_dynamic_quit(void) __attribute__((weak));

#if defined(__x86_64__)
extern char **environ;

// The constructors of shared libraries, and with them the selection of OpenBLAS, have run before. OpenBLAS
// reads the name of its kernels from the environment. For this moment it finds that name only, not the
// settings of the user. `setenv` would move the environment, from which Swift finds the arguments.
__attribute__((constructor)) static void select_kernels(void) {
  __builtin_cpu_init();
  if (!__builtin_cpu_supports("avx2") || !__builtin_cpu_supports("fma")) return;
  if (!gotoblas_dynamic_init || !gotoblas_dynamic_quit) return;
  char *haswell[] = {"OPENBLAS_CORETYPE=Haswell", NULL};
  char **const user = environ;
  environ = haswell;
  gotoblas_dynamic_quit();
  gotoblas_dynamic_init();
  environ = user;
}
#endif
