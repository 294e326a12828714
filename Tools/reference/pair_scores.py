"""Known answers for the conditional similarity and its competitive normalisation, by direct linear algebra in numpy.

Run: python3 Tools/reference/pair_scores.py > Tests/ComparisonTests/Fixtures/pair_scores.json
The kernel is that of seeded random unit vectors with a common part; the partial correlations are computed pair by pair
from the definition (a solve against the cohort), not from the inverse of the whole that the library uses.
"""

import json

import numpy as np

RIDGE = 0.1
rng = np.random.default_rng(20261123)
lineages = [0, 0, 1, 1, 1, 2, 3, 3, 4, 5, 5, 5]
count = len(lineages)
families = rng.normal(size=(6, 40))
common = rng.normal(size=40)
vectors = np.array([1.5 * common + families[l] + 0.7 * rng.normal(size=40) for l in lineages])
vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
kernel = vectors @ vectors.T
np.fill_diagonal(kernel, 1)
lineage = np.array(lineages)
size = np.array([(lineage == l).sum() for l in lineages])

partial = np.zeros((count, count))
for i in range(count):
    for j in range(count):
        if i == j:
            continue
        cohort = np.where((lineage != lineage[i]) & (lineage != lineage[j]))[0]
        regular = kernel[np.ix_(cohort, cohort)] + RIDGE * np.diag(size[cohort])
        pair = [i, j]
        rest = kernel[np.ix_(pair, pair)] - kernel[np.ix_(pair, cohort)] @ np.linalg.solve(
            regular, kernel[np.ix_(cohort, pair)]
        )
        partial[i, j] = rest[0, 1] / np.sqrt(rest[0, 0] * rest[1, 1])


def side(values, model, other):
    cohort = [l for l in range(6) if l != lineage[model] and l != lineage[other]]
    groups = [values[model, lineage == l] for l in cohort]
    mean = np.mean([g.mean() for g in groups])
    square = np.mean([(g * g).mean() for g in groups])
    return (values[model, other] - max(g.max() for g in groups)) / np.sqrt(square - mean * mean)


competition = np.zeros((count, count))
for i in range(count):
    for j in range(count):
        if i != j:
            competition[i, j] = (side(partial, i, j) + side(partial, j, i)) / 2

print(
    json.dumps(
        {
            "lineages": lineages,
            "kernel": kernel.ravel().tolist(),
            "partial": partial.ravel().tolist(),
            "competition": competition.ravel().tolist(),
        }
    )
)
