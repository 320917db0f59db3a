#ifndef ELISE_BUILD_TARGET_H
#define ELISE_BUILD_TARGET_H

// Instruction sets that a compiler uses without being asked to, once it is told of a processor that
// has them; each with its name for a message.
#define ELISE_INSTRUCTION_SETS(set) \
  set(0, "sse4.2")                  \
  set(1, "avx")                     \
  set(2, "fma")                     \
  set(3, "avx2")                    \
  set(4, "avx512f")                 \
  set(5, "avx512dq")                \
  set(6, "avx512bw")                \
  set(7, "avx512vl")

/// Those that this program was built for, a bit for each. None on processors other than x86.
extern const unsigned elise_built_for;

#endif
