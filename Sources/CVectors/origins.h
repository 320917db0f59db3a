// What keeps the optimiser from knowing where a vector comes from.
//
// It may otherwise take vectors apart and mix their lanes, which costs more than it saves.

#ifndef ELISE_ORIGINS_H
#define ELISE_ORIGINS_H

// The only lines for one kind of processor; they change nothing but speed.
#if defined(__AVX512F__) && defined(__AVX512VL__)
#define ELISE_FORGET_ORIGIN(vector) __asm__("" : "+v"(vector))
#else
#define ELISE_FORGET_ORIGIN(vector) (void)0
#endif

#endif
