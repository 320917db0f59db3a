// Compiled with the options of the rest of the program, to record the instruction sets that they allow.
// It contains only a number and no code, so it is safe on every processor.

#include "build_target.h"

const unsigned elise_built_for = 0
#ifdef __SSE4_2__
    | 1u << 0
#endif
#ifdef __AVX__
    | 1u << 1
#endif
#ifdef __FMA__
    | 1u << 2
#endif
#ifdef __AVX2__
    | 1u << 3
#endif
#ifdef __AVX512F__
    | 1u << 4
#endif
#ifdef __AVX512DQ__
    | 1u << 5
#endif
#ifdef __AVX512BW__
    | 1u << 6
#endif
#ifdef __AVX512VL__
    | 1u << 7
#endif
    ;
