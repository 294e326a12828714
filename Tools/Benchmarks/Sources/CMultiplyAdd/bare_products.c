#include "bare_products.h"

// As in cblas.h, whose place differs between systems.
void cblas_ssyrk(int order, int uplo, int transpose, int n, int k, float alpha, const float *a, int lda, float beta,
                 float *c, int ldc);

void cblas_sgemm(int order, int transpose_a, int transpose_b, int m, int n, int k, float alpha, const float *a, int lda,
                 const float *b, int ldb, float beta, float *c, int ldc);

void whorl_bare_gram(int rows, int columns, const float *x, float *result) {
    cblas_ssyrk(101, 121, 111, rows, columns, 1, x, columns, 0, result, rows);
}

void whorl_blocked_gram(int rows, int columns, const float *x, float *result, int block) {
    for (int start = 0; start < rows; start += block) {
        int size = rows - start < block ? rows - start : block, rest = rows - start - size;
        const float *own = x + (long)start * columns;
        float *corner = result + (long)start * rows + start;
        cblas_ssyrk(101, 121, 111, size, columns, 1, own, columns, 0, corner, rows);
        if (rest > 0)
            cblas_sgemm(101, 111, 112, size, rest, columns, 1, own, columns, own + (long)size * columns, columns, 0,
                        corner + size, rows);
    }
}
