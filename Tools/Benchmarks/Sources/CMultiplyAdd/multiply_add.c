#include "multiply_add.h"

#if defined(__x86_64__)
#include <immintrin.h>

// Twelve independent chains hide the latency of the multiply-add on both ports.
#define CHAINS 12
#define ROUND(fma) \
    for (int chain = 0; chain < CHAINS; chain++) acc[chain] = fma(acc[chain], factor, term)

__attribute__((target("avx512f"))) static double wide(long rounds, float *sink) {
    __m512 acc[CHAINS], factor = _mm512_set1_ps(0.999f), term = _mm512_set1_ps(0.001f);
    for (int chain = 0; chain < CHAINS; chain++) acc[chain] = _mm512_set1_ps((float)chain);
#pragma clang loop unroll(disable)
    for (long round = 0; round < rounds; round++) { ROUND(_mm512_fmadd_ps); }
    for (int chain = 0; chain < CHAINS; chain++) *sink += _mm512_reduce_add_ps(acc[chain]);
    return 2.0 * 16 * CHAINS * (double)rounds;
}

__attribute__((target("avx2,fma"))) static double narrow(long rounds, float *sink) {
    __m256 acc[CHAINS], factor = _mm256_set1_ps(0.999f), term = _mm256_set1_ps(0.001f);
    for (int chain = 0; chain < CHAINS; chain++) acc[chain] = _mm256_set1_ps((float)chain);
#pragma clang loop unroll(disable)
    for (long round = 0; round < rounds; round++) { ROUND(_mm256_fmadd_ps); }
    for (int chain = 0; chain < CHAINS; chain++) *sink += acc[chain][0];
    return 2.0 * 8 * CHAINS * (double)rounds;
}
#endif

static double plain(long rounds, float *sink) {
    float acc[64];
    for (int lane = 0; lane < 64; lane++) acc[lane] = (float)lane;
    for (long round = 0; round < rounds; round++)
        for (int lane = 0; lane < 64; lane++) acc[lane] = acc[lane] * 0.999f + 0.001f;
    for (int lane = 0; lane < 64; lane++) *sink += acc[lane];
    return 2.0 * 64 * (double)rounds;
}

double whorl_multiply_add(long rounds, float *sink) {
#if defined(__x86_64__)
    if (__builtin_cpu_supports("avx512f")) return wide(rounds, sink);
    if (__builtin_cpu_supports("fma")) return narrow(rounds, sink);
#endif
    return plain(rounds, sink);
}
