#include <stddef.h>
#include <stdint.h>

/// libFuzzer's own main function, for programs that have another one.
int LLVMFuzzerRunDriver(
    int *argc, char ***argv, int (*callback)(const uint8_t *data, size_t size));
