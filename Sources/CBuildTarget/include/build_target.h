#ifndef ELISE_BUILD_TARGET_H
#define ELISE_BUILD_TARGET_H

// The instruction sets that a compiler uses on its own for a target processor that has them, each with a
// bit and a name.
#define ELISE_INSTRUCTION_SETS(set) \
  set(0, "sse4.2")                  \
  set(1, "avx")                     \
  set(2, "fma")                     \
  set(3, "avx2")                    \
  set(4, "avx512f")                 \
  set(5, "avx512dq")                \
  set(6, "avx512bw")                \
  set(7, "avx512vl")

/// The instruction sets that this program was built for, one bit each. 0 on processors other than x86.
extern const unsigned elise_built_for;

#endif
