#include "bare_products.h"

// As in cblas.h, whose place differs between systems.
void cblas_ssyrk(int order, int uplo, int transpose, int n, int k, float alpha, const float *a, int lda, float beta,
                 float *c, int ldc);

void whorl_bare_gram(int rows, int columns, const float *x, float *result) {
    cblas_ssyrk(101, 121, 111, rows, columns, 1, x, columns, 0, result, rows);
}
