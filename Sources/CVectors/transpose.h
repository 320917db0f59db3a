// 8 rows of 8 numbers, turned over.
//
// In C because Swift has no shuffles of vectors: what it offers instead, halves and single lanes, the
// optimiser takes apart and puts together again with four times the instructions. Vectors of this kind
// are an extension that Clang has for every processor.

#ifndef ELISE_TRANSPOSE_H
#define ELISE_TRANSPOSE_H

#include "origins.h"
#include <string.h>

#define ELISE_EVEN(a, b) __builtin_shufflevector(a, b, 0, 8, 2, 10, 4, 12, 6, 14)
#define ELISE_ODD(a, b) __builtin_shufflevector(a, b, 1, 9, 3, 11, 5, 13, 7, 15)
#define ELISE_EVEN_PAIRS(a, b) __builtin_shufflevector(a, b, 0, 1, 8, 9, 4, 5, 12, 13)
#define ELISE_ODD_PAIRS(a, b) __builtin_shufflevector(a, b, 2, 3, 10, 11, 6, 7, 14, 15)
#define ELISE_LOW(a, b) __builtin_shufflevector(a, b, 0, 1, 2, 3, 8, 9, 10, 11)
#define ELISE_HIGH(a, b) __builtin_shufflevector(a, b, 4, 5, 6, 7, 12, 13, 14, 15)

// Works in place. Where it is compiled into a loop nothing of it goes through memory.
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
  }

ELISE_TRANSPOSE(elise_transpose_double, double)
ELISE_TRANSPOSE(elise_transpose_float, float)

#endif
