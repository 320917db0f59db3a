// Learning of weights in two steps: the innermost loop of all.
//
// Each weight that is loaded takes the update of the step before, gives the input of the first step,
// takes the update of that step and gives the input of the second one. Vectors are 64 bytes, and their
// lanes are postsynaptic neurons.
//
// In C because what keeps the weights of missing synapses at zero must be the cheapest of all ways. A
// processor with AVX-512 has two units that multiply and add, and they are what this loop waits for.
// Masks take their place: a mask register is read through them. The AND of floating-point numbers does
// not, but compilers choose the AND of integers, which delays the numbers, unless they have lost sight
// of where the mask comes from.

#ifndef ELISE_LEARNING_H
#define ELISE_LEARNING_H

#include <string.h>

// The only line for one kind of processor; it changes nothing but speed.
#if defined(__AVX512F__)
#define ELISE_FORGET_ORIGIN(vector) __asm__("" : "+v"(vector))
#else
#define ELISE_FORGET_ORIGIN(vector) (void)0
#endif

// weights: `count` vectors, of which each belongs to one presynaptic neuron.
// places: where among the records the neuron's begins: the trace of the step before, that of the first
// step, and the delayed rates of the two steps.
// synapses: of each lane a word with a bit for each vector, highest bit first, set where the synapse
// exists; the next vector of words serves the next vectors.
// before, now: learning rate times surprise of the step before and of the first step.
// inputs: those of the two steps, a vector each; nothing where no others come before these weights.
#define ELISE_LEARN(name, number, integer, lanes, row)                                    \
  typedef number row __attribute__((ext_vector_type(lanes)));                             \
  static inline __attribute__((always_inline)) void name(                                 \
      number *weights, long count, const int *places, const number *records,              \
      const integer *synapses, row before, row now, number *inputs, _Bool isFirst) {      \
    typedef integer words __attribute__((ext_vector_type(lanes)));                        \
    typedef unsigned integer plain __attribute__((ext_vector_type(lanes)));               \
    const long bits = 8 * sizeof(integer);                                                \
    row *w = (row *)weights;                                                              \
    row s[2] = {0};                                                                       \
    if (!isFirst) memcpy(s, inputs, sizeof(s));                                           \
    row s0 = s[0], s1 = s[1];                                                             \
    for (long start = 0; start < count; start += bits) {                                  \
      words word;                                                                         \
      memcpy(&word, synapses + start / bits * lanes, sizeof(word));                       \
      long end = start + bits < count ? start + bits : count;                             \
      _Pragma("clang loop unroll_count(4)")                                               \
      for (long i = start; i < end; i++) {                                                \
        const number *record = records + places[i];                                       \
        words exists = word >> (bits - 1);                                                \
        ELISE_FORGET_ORIGIN(exists);                                                      \
        word = (words)((plain)word + (plain)word);                                        \
        row weight = w[i];                                                                \
        ELISE_FORGET_ORIGIN(weight);                                                      \
        weight = __builtin_elementwise_fma(before, (row)record[0], weight);               \
        weight = (row)((words)weight & exists);                                           \
        s0 = __builtin_elementwise_fma(weight, (row)record[2], s0);                       \
        weight = __builtin_elementwise_fma(now, (row)record[1], weight);                  \
        weight = (row)((words)weight & exists);                                           \
        w[i] = weight;                                                                    \
        s1 = __builtin_elementwise_fma(weight, (row)record[3], s1);                       \
      }                                                                                   \
    }                                                                                     \
    s[0] = s0;                                                                            \
    s[1] = s1;                                                                            \
    memcpy(inputs, s, sizeof(s));                                                         \
  }

ELISE_LEARN(elise_learn_double, double, long long, 8, elise_panel_double)
ELISE_LEARN(elise_learn_float, float, int, 16, elise_panel_float)

#endif
