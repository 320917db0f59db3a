// Vector code that Swift cannot express: the transposition of small blocks and the innermost loop of
// learning.

#ifndef ELISE_VECTORS_H
#define ELISE_VECTORS_H

#include <string.h>

// The only lines for one kind of processor; they affect only speed.
//
// ELISE_FORGET_ORIGIN hides from the optimiser where a vector comes from. Otherwise it may split vectors and
// mix their lanes, which costs more than it saves. ELISE_FORGET_ROWS does the same for transposed rows if
// there are too few registers to do it on the way. With AVX-512, masks cost nothing (see below).
#if defined(__AVX512F__) && defined(__AVX512VL__)
#define ELISE_FORGET_ORIGIN(vector) __asm__("" : "+v"(vector))
#define ELISE_MASKS_ARE_FREE 1
#else
#define ELISE_FORGET_ORIGIN(vector) (void)0
#define ELISE_MASKS_ARE_FREE 0
#endif
#if defined(__AVX2__) && !defined(__AVX512F__)
#define ELISE_FORGET_ROWS(rows, number)                                                   \
  do {                                                                                    \
    number __attribute__((ext_vector_type(32 / sizeof(number)))) parts[2 * sizeof(number)];\
    memcpy(parts, rows, sizeof(parts));                                                   \
    for (unsigned i = 0; i < 2 * sizeof(number); i++) __asm__("" : "+x"(parts[i]));       \
    memcpy(rows, parts, sizeof(parts));                                                   \
  } while (0)
#else
#define ELISE_FORGET_ROWS(rows, number) (void)0
#endif

// Transposition of 8 rows of 8 numbers.
//
// In C because Swift has no vector shuffles. The optimiser splits the alternatives, halves and single
// lanes, and recombines them with four times the instructions. Vectors of this kind are an extension of
// Clang for every processor.

#define ELISE_EVEN(a, b) __builtin_shufflevector(a, b, 0, 8, 2, 10, 4, 12, 6, 14)
#define ELISE_ODD(a, b) __builtin_shufflevector(a, b, 1, 9, 3, 11, 5, 13, 7, 15)
#define ELISE_EVEN_PAIRS(a, b) __builtin_shufflevector(a, b, 0, 1, 8, 9, 4, 5, 12, 13)
#define ELISE_ODD_PAIRS(a, b) __builtin_shufflevector(a, b, 2, 3, 10, 11, 6, 7, 14, 15)
#define ELISE_LOW(a, b) __builtin_shufflevector(a, b, 0, 1, 2, 3, 8, 9, 10, 11)
#define ELISE_HIGH(a, b) __builtin_shufflevector(a, b, 4, 5, 6, 7, 12, 13, 14, 15)

// Works in place. Inside a loop it uses no memory, only registers.
#define ELISE_TRANSPOSE(name, number)                                                     \
  static inline __attribute__((always_inline)) void name(number *rows) {                  \
    typedef number row __attribute__((ext_vector_type(8)));                               \
    row a[8], b[8], c[8];                                                                 \
    memcpy(a, rows, sizeof(a));                                                           \
    for (int i = 0; i < 8; i++) ELISE_FORGET_ORIGIN(a[i]);                                \
    for (int i = 0; i < 8; i += 2) {                                                      \
      b[i] = ELISE_EVEN(a[i], a[i + 1]);                                                  \
      b[i + 1] = ELISE_ODD(a[i], a[i + 1]);                                               \
    }                                                                                     \
    for (int i = 0; i < 8; i++) ELISE_FORGET_ORIGIN(b[i]);                                \
    for (int i = 0; i < 8; i += 4) {                                                      \
      for (int j = i; j < i + 2; j++) {                                                   \
        c[j] = ELISE_EVEN_PAIRS(b[j], b[j + 2]);                                          \
        c[j + 2] = ELISE_ODD_PAIRS(b[j], b[j + 2]);                                       \
      }                                                                                   \
    }                                                                                     \
    for (int i = 0; i < 8; i++) ELISE_FORGET_ORIGIN(c[i]);                                \
    for (int j = 0; j < 4; j++) {                                                         \
      a[j] = ELISE_LOW(c[j], c[j + 4]);                                                   \
      a[j + 4] = ELISE_HIGH(c[j], c[j + 4]);                                              \
    }                                                                                     \
    memcpy(rows, a, sizeof(a));                                                           \
    ELISE_FORGET_ROWS(rows, number);                                                      \
  }

ELISE_TRANSPOSE(elise_transpose_double, double)
ELISE_TRANSPOSE(elise_transpose_float, float)

// Learning of weights in two steps, the innermost loop.
//
// Each weight that is loaded receives the update of the step before, contributes to the input of the first
// step, receives the update of that step and contributes to the input of the second one. Vectors have 64
// bytes, and their lanes are postsynaptic neurons.
//
// In C because keeping the weights of missing synapses at zero must cost as little as possible. A processor
// with AVX-512 has two units that multiply and add, and they limit this loop. Mask registers are read
// through these units. The AND of floating-point numbers is not, but compilers choose the AND of integers,
// which delays the numbers, unless the origin of the mask is hidden. The AND applies to the update, so that
// no weight waits for it.
//
// Other processors compute a mask with additional instructions: AVX2 has no arithmetic shift of 64-bit
// integers. There a dense panel goes through groups of 8 vectors, and groups in which all synapses exist
// need no mask. Unrolling the groups completely would need more registers than there are.

// Arguments for one part:
// weights: a vector for each of `count` presynaptic neurons.
// presynaptic: the indices of these neurons.
// synapses: for each lane a word with one bit per vector, highest bit first, set if the synapse exists;
// after all bits of a word, the next vector of words follows.
// dense: whether to look for groups in which all synapses exist.
// traces, rates: rows of all neurons, `stride` numbers apart: the traces of the step before and of the
// first step, and the delayed rates of the two steps.
// before, now: learning rate times surprise of the step before and of the first step.
// sums: the dendritic inputs of the two steps.
// Returns the beginning of the next words.
//
// A panel has one part with `visible` presynaptic neurons and one with `latent` ones, each with words and a
// learning rate of its own. The loops are short, so the code before and after them matters; more unrolling
// makes them slower.
#define ELISE_LEARN(name, number, integer, lanes, row)                                    \
  typedef number row __attribute__((ext_vector_type(lanes)));                             \
  static inline __attribute__((always_inline)) const integer *name##_part(                \
      number *weights, long count, const int *presynaptic, const integer *synapses,       \
      _Bool dense, const number *traces, const number *rates, long stride, row before,    \
      row now, row *sums) {                                                               \
    typedef integer words __attribute__((ext_vector_type(lanes)));                        \
    typedef unsigned integer plain __attribute__((ext_vector_type(lanes)));               \
    const long bits = 8 * sizeof(integer);                                                \
    row *w = (row *)weights;                                                              \
    const number *latest = traces + stride, *next = rates + stride;                       \
    for (long i = 0; i < count; synapses += lanes) {                                      \
      words word;                                                                         \
      memcpy(&word, synapses, sizeof(word));                                              \
      unsigned integer full = 0;                                                          \
      if (dense) {                                                                        \
        full = __builtin_reduce_and(word);                                                \
        full &= full >> 1;                                                                \
        full &= full >> 2;                                                                \
        full &= full >> 4;                                                                \
        full &= (unsigned integer)-1 / 255;                                               \
      }                                                                                   \
      long stop = i + bits < count ? i + bits : count;                                    \
      while (i < stop) {                                                                  \
        if (full >> (bits - 8)) {                                                         \
          _Pragma("clang loop unroll_count(4)")                                           \
          for (long k = 0; k < 8; k++) {                                                  \
            long j = presynaptic[i + k];                                                  \
            row weight = __builtin_elementwise_fma(before, (row)traces[j], w[i + k]);     \
            sums[0] = __builtin_elementwise_fma(weight, (row)rates[j], sums[0]);          \
            weight = __builtin_elementwise_fma(now, (row)latest[j], weight);              \
            w[i + k] = weight;                                                            \
            sums[1] = __builtin_elementwise_fma(weight, (row)next[j], sums[1]);           \
          }                                                                               \
          i += 8;                                                                         \
          word = (words)((plain)word << 8);                                               \
        } else {                                                                          \
          long end = full && i + 8 < stop ? i + 8 : stop;                                 \
          _Pragma("clang loop unroll_count(2)")                                           \
          for (; i < end; i++) {                                                          \
            long j = presynaptic[i];                                                      \
            words exists = word >> (bits - 1);                                            \
            ELISE_FORGET_ORIGIN(exists);                                                  \
            word = (words)((plain)word + (plain)word);                                    \
            ELISE_FORGET_ORIGIN(word);                                                    \
            row weight = w[i];                                                            \
            ELISE_FORGET_ORIGIN(weight);                                                  \
            row update = (row)((words)before & exists);                                   \
            weight = __builtin_elementwise_fma(update, (row)traces[j], weight);           \
            sums[0] = __builtin_elementwise_fma(weight, (row)rates[j], sums[0]);          \
            update = (row)((words)now & exists);                                          \
            weight = __builtin_elementwise_fma(update, (row)latest[j], weight);           \
            w[i] = weight;                                                                \
            sums[1] = __builtin_elementwise_fma(weight, (row)next[j], sums[1]);           \
          }                                                                               \
        }                                                                                 \
        full <<= 8;                                                                       \
      }                                                                                   \
    }                                                                                     \
    return synapses;                                                                      \
  }                                                                                       \
  static inline __attribute__((always_inline)) void name##_parts(                         \
      number *weights, long visible, long latent, const int *presynaptic,                 \
      const integer *synapses, _Bool dense, const number *traces, const number *rates,    \
      long stride, row surprise_before, row surprise_now, row from_visible,               \
      row from_latent, number *inputs) {                                                  \
    row sums[2] = {0};                                                                    \
    if (visible) {                                                                        \
      synapses = name##_part(weights, visible, presynaptic, synapses, dense, traces,      \
                             rates, stride, from_visible * surprise_before,               \
                             from_visible * surprise_now, sums);                          \
      weights += visible * lanes;                                                         \
      presynaptic += visible;                                                             \
    }                                                                                     \
    name##_part(weights, latent, presynaptic, synapses, dense, traces, rates, stride,     \
                from_latent * surprise_before, from_latent * surprise_now, sums);         \
    memcpy(inputs, sums, sizeof(sums));                                                   \
  }                                                                                       \
  static inline __attribute__((always_inline)) void name(                                 \
      number *weights, long visible, long latent, const int *presynaptic,                 \
      const integer *synapses, _Bool dense, const number *traces, const number *rates,    \
      long stride, row surprise_before, row surprise_now, row from_visible,               \
      row from_latent, number *inputs) {                                                  \
    if (dense && !ELISE_MASKS_ARE_FREE) {                                                 \
      name##_parts(weights, visible, latent, presynaptic, synapses, 1, traces, rates,     \
                   stride, surprise_before, surprise_now, from_visible, from_latent,      \
                   inputs);                                                               \
    } else {                                                                              \
      name##_parts(weights, visible, latent, presynaptic, synapses, 0, traces, rates,     \
                   stride, surprise_before, surprise_now, from_visible, from_latent,      \
                   inputs);                                                               \
    }                                                                                     \
  }

ELISE_LEARN(elise_learn_double, double, long long, 8, elise_panel_double)
ELISE_LEARN(elise_learn_float, float, int, 16, elise_panel_float)

#endif
