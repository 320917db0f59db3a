// What a thread does that waits for another one for some microseconds.

#ifndef ELISE_THREADS_H
#define ELISE_THREADS_H

// Passes a few nanoseconds. The pause instruction would save energy, but some virtual machines stop a
// thread for 20 microseconds if it pauses often.
static inline void elise_spin(void) {
  __asm__ volatile("nop; nop; nop; nop; nop; nop; nop; nop; nop; nop; nop; nop; nop; nop; nop; nop");
}

#endif
