#ifndef ELISE_CGETOPT_H
#define ELISE_CGETOPT_H

#include <getopt.h>

// getopt_long keeps its state in global variables, which Swift cannot use safely.

/// Restarts the parser, without messages of its own.
static inline void elise_getopt_reset(void) {
  optind = 0;
  opterr = 0;
}

static inline int elise_getopt_index(void) { return optind; }

static inline const char *elise_getopt_argument(void) { return optarg; }

static inline int elise_getopt_next(int argc, char *const *argv, const struct option *options,
                                    int *index) {
  return getopt_long(argc, argv, ":", options, index);
}

#endif
