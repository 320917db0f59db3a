#include <stddef.h>
#include <stdint.h>

/// libFuzzer's own main function, for programs that have another one.
int LLVMFuzzerRunDriver(
    int *argc, char ***argv, int (*callback)(const uint8_t *data, size_t size));

#include <unistd.h>

/// `fork`, which Swift leaves out: the child must call nothing that waits for another thread.
static inline pid_t elise_fork(void) { return fork(); }
