// Traces of one presynaptic neuron in 8 steps, from its delayed rates.
//
// In C because the steps lie side by side: a trace needs the step before, which only a shuffle brings.

#ifndef ELISE_TRACES_H
#define ELISE_TRACES_H

#include <string.h>

// The recurrence x[t] = gain r[t] + decay x[t - 1] by doubling: after taking in the trace of 1, 2 and 4
// steps before, every step has the sum over all of the 8.
//
// latest: the trace before the first step.
// one, two, four: what is left of a trace after as many steps, zero in the first lanes, which have none
// so long before them.
// all: what is left after 1, 2, ... 8 steps.
// records: for each pair of steps, `stride` numbers apart, the trace before the pair, that of its first
// step, and the two rates.
// traces: receives those of the 8 steps.
#define ELISE_TRACES(name, number, row)                                                   \
  typedef number row __attribute__((ext_vector_type(8)));                                 \
  static inline __attribute__((always_inline)) void name(                                 \
      const number *rates, number latest, number gain, row one, row two, row four, row all,\
      number *records, long stride, number *traces) {                                     \
    typedef number half __attribute__((ext_vector_type(4)));                              \
    row r, x;                                                                             \
    memcpy(&r, rates, sizeof(r));                                                         \
    x = gain * r;                                                                         \
    x = __builtin_elementwise_fma(                                                        \
        one, __builtin_shufflevector(x, x, 7, 0, 1, 2, 3, 4, 5, 6), x);                   \
    x = __builtin_elementwise_fma(                                                        \
        two, __builtin_shufflevector(x, x, 6, 7, 0, 1, 2, 3, 4, 5), x);                   \
    x = __builtin_elementwise_fma(                                                        \
        four, __builtin_shufflevector(x, x, 4, 5, 6, 7, 0, 1, 2, 3), x);                  \
    x = __builtin_elementwise_fma(all, (row)latest, x);                                   \
    memcpy(traces, &x, sizeof(x));                                                        \
    row before = __builtin_shufflevector(x, (row)latest, 8, 0, 1, 2, 3, 4, 5, 6);         \
    half record[4] = {                                                                    \
        __builtin_shufflevector(before, r, 0, 1, 8, 9),                                   \
        __builtin_shufflevector(before, r, 2, 3, 10, 11),                                 \
        __builtin_shufflevector(before, r, 4, 5, 12, 13),                                 \
        __builtin_shufflevector(before, r, 6, 7, 14, 15)};                                \
    for (int i = 0; i < 4; i++) memcpy(records + i * stride, &record[i], sizeof(half));   \
  }

ELISE_TRACES(elise_traces_double, double, elise_row_double)
ELISE_TRACES(elise_traces_float, float, elise_row_float)

#endif
