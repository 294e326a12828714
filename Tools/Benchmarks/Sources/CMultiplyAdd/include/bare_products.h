#ifndef WHORL_BARE_PRODUCTS_H
#define WHORL_BARE_PRODUCTS_H

/// The upper triangle of `X Xᵀ` by OpenBLAS's own routine and nothing else, at one thread: the yardstick of `Matrix.gram`.
void whorl_bare_gram(int rows, int columns, const float *x, float *result);

/// The same triangle in blocks of rows: the symmetric routine on the diagonal, the general one beside it.
void whorl_blocked_gram(int rows, int columns, const float *x, float *result, int block);

#endif
