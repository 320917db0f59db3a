// The routines of BLAS and LAPACK that this program uses, under their Fortran
// symbols, which every implementation has: 32-bit integers, matrices column by column.
//
// Fortran passes the length of each string after the other arguments. Libraries
// in C ignore it; a library compiled from Fortran may need it.

#ifndef CLAPACK_SHIM_H
#define CLAPACK_SHIM_H

#include <stddef.h>

void dgemm_(const char *transa, const char *transb, const int *m, const int *n,
            const int *k, const double *alpha, const double *a, const int *lda,
            const double *b, const int *ldb, const double *beta, double *c,
            const int *ldc, size_t, size_t);
void sgemm_(const char *transa, const char *transb, const int *m, const int *n,
            const int *k, const float *alpha, const float *a, const int *lda,
            const float *b, const int *ldb, const float *beta, float *c,
            const int *ldc, size_t, size_t);
void dsfrk_(const char *transr, const char *uplo, const char *trans,
            const int *n, const int *k, const double *alpha, const double *a,
            const int *lda, const double *beta, double *c, size_t, size_t,
            size_t);
void dtfsm_(const char *transr, const char *side, const char *uplo,
            const char *trans, const char *diag, const int *m, const int *n,
            const double *alpha, const double *a, double *b, const int *ldb,
            size_t, size_t, size_t, size_t, size_t);
void dpftrf_(const char *transr, const char *uplo, const int *n, double *a,
             int *info, size_t, size_t);
void dpftrs_(const char *transr, const char *uplo, const int *n,
             const int *nrhs, const double *a, double *b, const int *ldb,
             int *info, size_t, size_t);
void dgeev_(const char *jobvl, const char *jobvr, const int *n, double *a,
            const int *lda, double *wr, double *wi, double *vl, const int *ldvl,
            double *vr, const int *ldvr, double *work, const int *lwork,
            int *info, size_t, size_t);

// Only OpenBLAS has these functions. With another library their addresses are null.
extern void openblas_set_num_threads(int) __attribute__((weak));
extern char *openblas_get_config(void) __attribute__((weak));
extern char *openblas_get_corename(void) __attribute__((weak));

/// Prevents OpenBLAS from using threads of its own in later calls from this thread.
static inline void clapack_use_one_thread(void) {
  if (openblas_set_num_threads) openblas_set_num_threads(1);
}

/// Returns the version, build and kernels of OpenBLAS, or null for another library.
static inline const char *clapack_config(void) {
  return openblas_get_config ? openblas_get_config() : NULL;
}

/// Returns the name of the processor that the kernels of OpenBLAS are for, or null for another library.
static inline const char *clapack_kernels(void) {
  return openblas_get_corename ? openblas_get_corename() : NULL;
}

/// C := op(A) op(B) + beta C.
static inline void clapack_dgemm(char transa, char transb, int m, int n, int k,
                                 const double *a, int lda, const double *b,
                                 int ldb, double beta, double *c, int ldc) {
  const double one = 1;
  dgemm_(&transa, &transb, &m, &n, &k, &one, a, &lda, b, &ldb, &beta, c, &ldc, 1, 1);
}

/// The same in single precision.
static inline void clapack_sgemm(char transa, char transb, int m, int n, int k,
                                 const float *a, int lda, const float *b,
                                 int ldb, float beta, float *c, int ldc) {
  const float one = 1;
  sgemm_(&transa, &transb, &m, &n, &k, &one, a, &lda, b, &ldb, &beta, c, &ldc, 1, 1);
}

// The symmetric and triangular matrices below are lower halves in rectangular full packed format.

/// C := C + alpha A A'.
static inline void clapack_dsfrk_add(int n, int k, double alpha, const double *a, double *c) {
  const double one = 1;
  dsfrk_("N", "L", "N", &n, &k, &alpha, a, &n, &one, c, 1, 1, 1);
}

/// B := inverse(A) B for a triangular A.
static inline void clapack_dtfsm(int m, int n, const double *a, double *b) {
  const double one = 1;
  dtfsm_("N", "L", "L", "N", "N", &m, &n, &one, a, b, &m, 1, 1, 1, 1, 1);
}

/// Replaces A by its Cholesky factor; returns 0 if A is positive definite.
static inline int clapack_dpftrf(int n, double *a) {
  int info = 0;
  dpftrf_("N", "L", &n, a, &info, 1, 1);
  return info;
}

/// B := inverse(A) B for a factorised A.
static inline int clapack_dpftrs(int n, int nrhs, const double *a, double *b) {
  int info = 0;
  dpftrs_("N", "L", &n, &nrhs, a, b, &n, &info, 1, 1);
  return info;
}

/// Computes the eigenvalues of A and overwrites A; returns 0 if all were found.
static inline int clapack_dgeev(int n, double *a, double *real, double *imaginary, double *work,
                                int count) {
  const int one = 1;
  int info = 0;
  double none = 0;
  dgeev_("N", "N", &n, a, &n, real, imaginary, &none, &one, &none, &one, work, &count, &info, 1, 1);
  return info;
}

#endif
