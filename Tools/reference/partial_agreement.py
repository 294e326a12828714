"""Known answers for what single candidates add to the partial correlations of models, by direct linear algebra in numpy.

Run: python3 Tools/reference/partial_agreement.py > Tests/ProbeGenerationTests/Fixtures/partial_agreement.json
Agreements are those of seeded random unit vectors; the residuals are solved against the models of the other lineages, pair by
pair, not taken from the inverse of the whole that the library uses. One model misses the last candidate.
"""

import json

import numpy as np

RIDGE = 0.1
rng = np.random.default_rng(20261126)
lineages = [0, 0, 1, 1, 1, 2, 3]
count = len(lineages)
lineage = np.array(lineages)
size = np.array([(lineage == l).sum() for l in lineages])


def candidate(strength):
    own = rng.normal(size=(4, 12))
    vectors = np.array([own[l] * strength + rng.normal(size=12) + 1 for l in lineages])
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.float32(np.clip(vectors @ vectors.T, -1, 1)).astype(float)


agreements = np.array([candidate(s) for s in (0.2, 1.0, 0.5, 2.0, 0.0)])
missing = 5
agreements[4, missing, :] = np.nan
agreements[4, :, missing] = np.nan
mean = np.nanmean(agreements, axis=0)
np.fill_diagonal(mean, 1)
added = np.full(agreements.shape, np.nan)
for i in range(count):
    for j in range(i + 1, count):
        cohort = np.where((lineage != lineage[i]) & (lineage != lineage[j]))[0]
        regular = mean[np.ix_(cohort, cohort)] + RIDGE * np.diag(size[cohort])
        residual = np.zeros((2, count))
        for row, model in enumerate((i, j)):
            residual[row, model] = 1
            residual[row, cohort] = -np.linalg.solve(regular, mean[cohort, model])
        # The residual variance has the ridge in it once, as that of the lineage score.
        scale = [1 + residual[row, cohort] @ mean[cohort, model] for row, model in enumerate((i, j))]
        for number, agreement in enumerate(agreements):
            if np.isnan(agreement[i, j]):
                continue
            whole = np.where(np.isnan(agreement), mean, agreement)
            added[number, i, j] = residual[0] @ whole @ residual[1] / np.sqrt(scale[0] * scale[1])

upper = np.triu_indices(count)


def packed(matrix):
    return [None if np.isnan(x) else float(x) for x in matrix[upper]]


print(
    json.dumps(
        {
            "lineages": lineages,
            "mean": packed(mean),
            "agreements": [packed(a) for a in agreements],
            "added": [[None if np.isnan(x) else float(x) for x in a[np.triu_indices(count, 1)]] for a in added],
        }
    )
)
