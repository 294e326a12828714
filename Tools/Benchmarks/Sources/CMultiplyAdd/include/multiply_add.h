#ifndef WHORL_MULTIPLY_ADD_H
#define WHORL_MULTIPLY_ADD_H

/// Runs `rounds` rounds of independent single-precision multiply-adds on the widest vectors that the processor has and
/// returns how many floating-point operations that was (two per multiply-add). `sink` keeps the compiler from dropping them.
double whorl_multiply_add(long rounds, float *sink);

#endif
