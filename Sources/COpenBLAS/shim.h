#ifndef WHORL_COPENBLAS_SHIM_H
#define WHORL_COPENBLAS_SHIM_H

#include <cblas.h>
#include <stddef.h>

// Debian builds OpenBLAS without LAPACKE and without lapack.h, but the Fortran LAPACK symbols are in the library. The
// prototypes that are used are declared here. A Fortran compiler passes the length of each character argument last.
#pragma clang assume_nonnull begin

void sgelqf_(const int *m, const int *n, float *a, const int *lda, float *tau, float *work, const int *lwork, int *info);
void dgelqf_(const int *m, const int *n, double *a, const int *lda, double *tau, double *work, const int *lwork,
             int *info);
void sorglq_(const int *m, const int *n, const int *k, float *a, const int *lda, const float *tau, float *work,
             const int *lwork, int *info);
void dorglq_(const int *m, const int *n, const int *k, double *a, const int *lda, const double *tau, double *work,
             const int *lwork, int *info);
void sgesdd_(const char *jobz, const int *m, const int *n, float *a, const int *lda, float *s, float *_Nullable u,
             const int *ldu, float *_Nullable vt, const int *ldvt, float *work, const int *lwork, int *iwork, int *info,
             size_t jobz_length);
void dgesdd_(const char *jobz, const int *m, const int *n, double *a, const int *lda, double *s, double *_Nullable u,
             const int *ldu, double *_Nullable vt, const int *ldvt, double *work, const int *lwork, int *iwork, int *info,
             size_t jobz_length);
void ssyevd_(const char *jobz, const char *uplo, const int *n, float *a, const int *lda, float *w, float *work,
             const int *lwork, int *iwork, const int *liwork, int *info, size_t jobz_length, size_t uplo_length);
void dsyevd_(const char *jobz, const char *uplo, const int *n, double *a, const int *lda, double *w, double *work,
             const int *lwork, int *iwork, const int *liwork, int *info, size_t jobz_length, size_t uplo_length);

// One wrapper per routine and scalar: arguments by value, the status as the result. Products are row-major; the LAPACK
// routines keep their column-major view.
#define WHORL_BLAS_WRAPPERS(p, scalar)                                                                                 \
    static inline void whorl_##p##gemm(_Bool transpose_a, _Bool transpose_b, int m, int n, int k, const scalar *a,      \
                                       int lda, const scalar *b, int ldb, scalar *c, int ldc) {                        \
        cblas_##p##gemm(CblasRowMajor, transpose_a ? CblasTrans : CblasNoTrans,                                        \
                        transpose_b ? CblasTrans : CblasNoTrans, m, n, k, 1, a, lda, b, ldb, 0, c, ldc);               \
    }                                                                                                                  \
    static inline void whorl_##p##syrk(_Bool transpose, int n, int k, const scalar *a, int lda, scalar *c, int ldc) {  \
        cblas_##p##syrk(CblasRowMajor, CblasUpper, transpose ? CblasTrans : CblasNoTrans, n, k, 1, a, lda, 0, c, ldc); \
    }                                                                                                                  \
    static inline int whorl_##p##gelqf(int m, int n, scalar *a, int lda, scalar *tau, scalar *work, int lwork) {       \
        int info = 0;                                                                                                  \
        p##gelqf_(&m, &n, a, &lda, tau, work, &lwork, &info);                                                          \
        return info;                                                                                                   \
    }                                                                                                                  \
    static inline int whorl_##p##orglq(int m, int n, int k, scalar *a, int lda, const scalar *tau, scalar *work,       \
                                       int lwork) {                                                                    \
        int info = 0;                                                                                                  \
        p##orglq_(&m, &n, &k, a, &lda, tau, work, &lwork, &info);                                                      \
        return info;                                                                                                   \
    }                                                                                                                  \
    static inline int whorl_##p##gesdd(_Bool vectors, int m, int n, scalar *a, int lda, scalar *s, scalar *_Nullable u, \
                                       int ldu, scalar *_Nullable vt, int ldvt, scalar *work, int lwork, int *iwork) { \
        int info = 0;                                                                                                  \
        char jobz = vectors ? 'S' : 'N';                                                                               \
        p##gesdd_(&jobz, &m, &n, a, &lda, s, u, &ldu, vt, &ldvt, work, &lwork, iwork, &info, 1);                       \
        return info;                                                                                                   \
    }                                                                                                                  \
    static inline int whorl_##p##syevd(int n, scalar *a, int lda, scalar *w, scalar *work, int lwork, int *iwork,      \
                                       int liwork) {                                                                   \
        int info = 0;                                                                                                  \
        char jobz = 'V';                                                                                               \
        char uplo = 'L'; /* the lower triangle of the column-major view is the upper one of a row-major matrix */      \
        p##syevd_(&jobz, &uplo, &n, a, &lda, w, work, &lwork, iwork, &liwork, &info, 1, 1);                            \
        return info;                                                                                                   \
    }

WHORL_BLAS_WRAPPERS(s, float)
WHORL_BLAS_WRAPPERS(d, double)

#undef WHORL_BLAS_WRAPPERS
#pragma clang assume_nonnull end

#endif
