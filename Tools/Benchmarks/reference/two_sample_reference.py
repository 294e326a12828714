"""The prompt-stratified two-sample test in vectorised numpy: the yardstick of the Swift one.

The kernel of every prompt is computed once and kept. Labels are permuted inside prompts, and each labelling costs one
matrix-vector product per prompt. Usage: two_sample_reference.py FILE LENGTH PERMUTATIONS SEED
"""
import json
import os
import sys

for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(variable, "1")

import numpy as np


def load(path, length):
    prompts = {}
    with open(path, encoding="utf-8") as file:
        for line in file:
            row = json.loads(line)
            codes = np.full(length, -1, dtype=np.int32)
            text = row["text"][:length]
            codes[:len(text)] = np.frombuffer(text.encode("utf-32-le"), dtype=np.int32)
            prompts.setdefault(row["prompt"], []).append((row["side"] == "b", codes))
    return [(np.array([b for b, _ in rows]), np.stack([c for _, c in rows])) for rows in prompts.values()]


def kernel(codes):
    count, length = codes.shape
    equal = np.zeros((count, count), dtype=np.int32)
    for start in range(0, length, 8):
        slab = codes[:, start:start + 8]
        equal += (slab[:, None, :] == slab[None, :, :]).sum(axis=2, dtype=np.int32)
    result = equal / length
    np.fill_diagonal(result, 0)
    return result


def statistic(labels, kernels):
    sums, counts = np.zeros(3), np.zeros(3)
    for is_b, matrix in zip(labels, kernels):
        b = int(is_b.sum())
        a = len(is_b) - b
        touching = matrix @ is_b.astype(float)
        within_b = float(touching[is_b].sum())
        crossing = float(touching.sum()) - within_b
        sums += [float(matrix.sum()) - within_b - 2 * crossing, crossing, within_b]
        counts += [a * (a - 1), a * b, b * (b - 1)]
    return sums[0] / counts[0] - 2 * sums[1] / counts[1] + sums[2] / counts[2]


def main():
    path, length, permutations, seed = sys.argv[1], *map(int, sys.argv[2:5])
    prompts = load(path, length)
    kernels = [kernel(codes) for _, codes in prompts]
    labels = [is_b for is_b, _ in prompts]
    rng = np.random.default_rng(seed)
    observed = statistic(labels, kernels)
    exceeding = sum(
        statistic([rng.permutation(is_b) for is_b in labels], kernels) >= observed - 1e-12 for _ in range(permutations))
    print(json.dumps({"statistic": observed, "p_value": (1 + exceeding) / (1 + permutations)}))


if __name__ == "__main__":
    main()
