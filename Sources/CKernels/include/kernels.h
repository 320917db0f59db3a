#ifndef ELISE_KERNELS_H
#define ELISE_KERNELS_H

/// Returns the pkg-config name of the linear algebra library that the program was built with.
const char *elise_lapack(void);

#endif
