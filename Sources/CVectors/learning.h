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
// of where the mask comes from. It is taken of the update, so that no weight waits for it.

#ifndef ELISE_LEARNING_H
#define ELISE_LEARNING_H

#include "origins.h"
#include <string.h>

// Of one part:
// weights: a vector for each of `count` presynaptic neurons.
// presynaptic: these neurons.
// synapses: of each lane a word with a bit for each vector, highest bit first, set where the synapse
// exists; when a word is used up, the next vector of words follows.
// traces, rates: rows of all neurons, `stride` numbers apart: the traces of the step before and of the
// first step, and the delayed rates of the two steps.
// before, now: learning rate times surprise of the step before and of the first step.
// sums: the dendritic inputs of the two steps.
// Returns where the next words begin.
//
// Of a panel: first a part of `visible` presynaptic neurons, then one of `latent` ones, each with words and
// a learning rate of its own. Loops are short here, so what comes before and after them counts; unrolled
// further they are slower.
#define ELISE_LEARN(name, number, integer, lanes, row)                                    \
  typedef number row __attribute__((ext_vector_type(lanes)));                             \
  static inline __attribute__((always_inline)) const integer *name##_part(                \
      number *weights, long count, const int *presynaptic, const integer *synapses,       \
      const number *traces, const number *rates, long stride, row before, row now,        \
      row *sums) {                                                                        \
    typedef integer words __attribute__((ext_vector_type(lanes)));                        \
    typedef unsigned integer plain __attribute__((ext_vector_type(lanes)));               \
    const long bits = 8 * sizeof(integer);                                                \
    row *w = (row *)weights;                                                              \
    const number *latest = traces + stride, *next = rates + stride;                       \
    for (long i = 0; i < count; synapses += lanes) {                                      \
      words word;                                                                         \
      memcpy(&word, synapses, sizeof(word));                                              \
      long stop = i + bits < count ? i + bits : count;                                    \
      _Pragma("clang loop unroll_count(2)")                                               \
      for (; i < stop; i++) {                                                             \
        long j = presynaptic[i];                                                          \
        words exists = word >> (bits - 1);                                                \
        ELISE_FORGET_ORIGIN(exists);                                                      \
        word = (words)((plain)word + (plain)word);                                        \
        ELISE_FORGET_ORIGIN(word);                                                        \
        row weight = w[i];                                                                \
        ELISE_FORGET_ORIGIN(weight);                                                      \
        row update = (row)((words)before & exists);                                       \
        weight = __builtin_elementwise_fma(update, (row)traces[j], weight);               \
        sums[0] = __builtin_elementwise_fma(weight, (row)rates[j], sums[0]);              \
        update = (row)((words)now & exists);                                              \
        weight = __builtin_elementwise_fma(update, (row)latest[j], weight);               \
        w[i] = weight;                                                                    \
        sums[1] = __builtin_elementwise_fma(weight, (row)next[j], sums[1]);               \
      }                                                                                   \
    }                                                                                     \
    return synapses;                                                                      \
  }                                                                                       \
  static inline __attribute__((always_inline)) void name(                                 \
      number *weights, long visible, long latent, const int *presynaptic,                 \
      const integer *synapses, const number *traces, const number *rates, long stride,    \
      row surprise_before, row surprise_now, row from_visible, row from_latent,           \
      number *inputs) {                                                                   \
    row sums[2] = {0};                                                                    \
    if (visible) {                                                                        \
      synapses = name##_part(weights, visible, presynaptic, synapses, traces, rates, stride,\
                             from_visible * surprise_before,                              \
                             from_visible * surprise_now, sums);                          \
      weights += visible * lanes;                                                         \
      presynaptic += visible;                                                             \
    }                                                                                     \
    name##_part(weights, latent, presynaptic, synapses, traces, rates, stride,            \
                from_latent * surprise_before, from_latent * surprise_now, sums);         \
    memcpy(inputs, sums, sizeof(sums));                                                   \
  }

ELISE_LEARN(elise_learn_double, double, long long, 8, elise_panel_double)
ELISE_LEARN(elise_learn_float, float, int, 16, elise_panel_float)

#endif
