// What a thread does that waits for another one for some microseconds.

#ifndef ELISE_THREADS_H
#define ELISE_THREADS_H

// Passes a few nanoseconds. The pause instruction would save energy, but some virtual machines stop a
// thread for 20 microseconds if it pauses often.
static inline void elise_spin(void) {
  __asm__ volatile("nop; nop; nop; nop; nop; nop; nop; nop; nop; nop; nop; nop; nop; nop; nop; nop");
}

// Asks for a cache line that will soon be written. A store that waits for a line of another core delays
// all later ones.
static inline __attribute__((always_inline)) void elise_prepare_writing(const void *line) {
#if defined(__x86_64__)
  __asm__ volatile("prefetchw %0" : : "m"(*(const char *)line));
#else
  __builtin_prefetch(line, 1);
#endif
}

#endif
