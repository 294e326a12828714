"""Reference vectors of StatisticsTests.

Computed with scipy and numpy by other routes than the Swift code takes: Cllr and logistic fits through
scipy.optimize.minimize, isotonic fits through scipy.optimize.isotonic_regression, areas through pairwise comparison.
The generators are ported from the authors' public-domain definitions.
"""
import math

import numpy as np
import scipy.optimize
import scipy.stats

import vectors

rng = np.random.default_rng(20261123)
MASK = (1 << 64) - 1


# --- generators -----------------------------------------------------------------------------------------------------
def splitmix64(state):
    while True:
        state = (state + 0x9E3779B97F4A7C15) & MASK
        z = state
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
        yield z ^ (z >> 31)


def rotl(x, k):
    return ((x << k) | (x >> (64 - k))) & MASK


class Xoshiro256StarStar:
    JUMP = [0x180EC6D33CFD0ABA, 0xD5A61266F0C9392C, 0xA9582618E03FC9AA, 0x39ABDC4529B1661C]

    def __init__(self, state):
        self.s = list(state)

    def next(self):
        s = self.s
        result = (rotl((s[1] * 5) & MASK, 7) * 9) & MASK
        t = (s[1] << 17) & MASK
        s[2] ^= s[0]
        s[3] ^= s[1]
        s[1] ^= s[2]
        s[0] ^= s[3]
        s[2] ^= t
        s[3] = rotl(s[3], 45)
        return result

    def jump(self):
        acc = [0, 0, 0, 0]
        for word in self.JUMP:
            for bit in range(64):
                if word >> bit & 1:
                    acc = [a ^ b for a, b in zip(acc, self.s)]
                self.next()
        self.s = acc


def generators():
    out = {}
    g = Xoshiro256StarStar([1, 2, 3, 4])
    out["from_state_1234"] = [str(g.next()) for _ in range(10)]
    seeds = []
    for seed in [0, 1, 1234567, MASK]:
        fill = splitmix64(seed)
        g = Xoshiro256StarStar([next(fill) for _ in range(4)])
        first = [str(g.next()) for _ in range(5)]
        fill = splitmix64(seed)
        g = Xoshiro256StarStar([next(fill) for _ in range(4)])
        g.jump()
        seeds.append({"seed": str(seed), "first": first, "after_jump": [str(g.next()) for _ in range(5)]})
    out["seeds"] = seeds
    return out


# --- exact tests ----------------------------------------------------------------------------------------------------
def exact_tests():
    binomial = []
    for k, n, p in [(0, 10, 0.3), (3, 10, 0.3), (10, 10, 0.3), (7, 12, 0.5), (60, 100, 0.5), (2588, 10000, 0.25),
                    (1, 1, 0.01), (500, 805, 0.6), (3, 50, 1e-3)]:
        test = scipy.stats.binomtest(k, n, p)
        interval = test.proportion_ci(0.95, method="exact")
        binomial.append({
            "successes": k, "trials": n, "probability": p,
            "greater": scipy.stats.binomtest(k, n, p, alternative="greater").pvalue,
            "less": scipy.stats.binomtest(k, n, p, alternative="less").pvalue,
            "two_sided": test.pvalue, "lower": float(interval.low), "upper": float(interval.high)})
    fisher = []
    for a, b, c, d in [(3, 1, 1, 3), (10, 2, 3, 15), (0, 5, 5, 0), (5, 0, 0, 5), (30, 70, 10, 90), (1, 0, 0, 1),
                       (400, 405, 300, 505)]:
        fisher.append({"table": [a, b, c, d],
                       "p": float(scipy.stats.fisher_exact([[a, b], [c, d]], alternative="greater")[1])})
    corrections = []
    for p in [[0.01, 0.04, 0.03, 0.005], [0.5], [1.0, 0.2, 0.2, 0.001, 0.04, 0.0], rng.uniform(size=20).tolist()]:
        m, order = len(p), np.argsort(p, kind="stable")
        holm = np.empty(m)
        holm[order] = np.maximum.accumulate(np.minimum(1, (m - np.arange(m)) * np.array(p)[order]))
        corrections.append({"p": p, "holm": holm.tolist(),
                            "bh": scipy.stats.false_discovery_control(p, method="bh").tolist()})
    return {"binomial": binomial, "fisher": fisher, "corrections": corrections}


# --- calibration ----------------------------------------------------------------------------------------------------
def cllr(llr, y, w):
    t, n = y == 1, y == 0
    return 0.5 * (np.average(np.logaddexp(0, -llr[t]), weights=w[t]) +
                  np.average(np.logaddexp(0, llr[n]), weights=w[n])) / math.log(2)


def cllr_min(score, y, w):
    # Ties are merged before the isotonic fit.
    balanced = np.where(y == 1, w / w[y == 1].sum(), w / w[y == 0].sum())
    values, inverse = np.unique(score, return_inverse=True)
    weight = np.bincount(inverse, weights=balanced)
    target = np.bincount(inverse, weights=balanced * y)
    keep = weight > 0
    fit = np.full(len(values), np.nan)
    fit[keep] = scipy.optimize.isotonic_regression(target[keep] / weight[keep], weights=weight[keep]).x
    p = np.clip(fit[inverse], 0, 1)
    with np.errstate(divide="ignore"):
        cost = np.where(y == 1, -np.log(p), -np.log1p(-p))
    used = balanced > 0
    return 0.5 * float(np.sum(balanced[used] * cost[used])) / math.log(2), p


def auc(score, y, w):
    t, n = np.flatnonzero(y == 1), np.flatnonzero(y == 0)
    wins = (score[t][:, None] > score[n][None, :]) + 0.5 * (score[t][:, None] == score[n][None, :])
    return float(w[t] @ wins @ w[n] / (w[t].sum() * w[n].sum()))


def tpr_at(score, y, w, limit):
    best = 0.0
    for threshold in np.unique(score):
        called = score >= threshold
        if w[called & (y == 0)].sum() <= limit * w[y == 0].sum():
            best = max(best, w[called & (y == 1)].sum() / w[y == 1].sum())
    return float(best)


def logistic(x, y, w, ridge):
    balanced = np.where(y == 1, w / (2 * w[y == 1].sum()), w / (2 * w[y == 0].sum()))
    mean = balanced @ x
    sd = np.sqrt(balanced @ (x - mean) ** 2)
    z, sign = (x - mean) / sd, np.where(y == 1, 1.0, -1.0)

    def value(b):
        eta = z @ b[:-1] + b[-1]
        miss = scipy.special.expit(-sign * eta)
        slope = -balanced * sign * miss
        return (balanced @ np.logaddexp(0, -sign * eta) + ridge / 2 * b[:-1] @ b[:-1],
                np.append(z.T @ slope + ridge * b[:-1], slope.sum()))

    start = np.zeros(x.shape[1] + 1)
    for _ in range(3):
        start = scipy.optimize.minimize(value, start, jac=True, method="BFGS",
                                        options={"gtol": 1e-13, "maxiter": 10000}).x
    coefficients = start[:-1] / sd
    return coefficients.tolist(), float(start[-1] - coefficients @ mean)


def calibration():
    cases = []
    for count, width, ridge, weighted in [(40, 1, 0.0, False), (200, 1, 0.0, True), (120, 3, 0.01, False),
                                          (300, 5, 0.1, True), (60, 2, 1.0, False)]:
        y = (rng.uniform(size=count) < 0.3).astype(int)
        y[:2] = [0, 1]
        x = np.round(rng.normal(size=(count, width)) + 0.8 * y[:, None] * np.linspace(1, 0.2, width), 1)
        w = rng.integers(0, 4, size=count).astype(float) if weighted else np.ones(count)
        w[:2] = 1
        score = x[:, 0]
        minimum, posterior = cllr_min(score, y, w)
        coefficients, intercept = logistic(x, y, w, ridge)
        cases.append({
            "features": x.ravel().tolist(), "width": width, "is_target": [bool(v) for v in y], "weights": w.tolist(),
            "ridge": ridge, "coefficients": coefficients, "intercept": intercept,
            "cllr": float(cllr(score, y, w)), "cllr_min": minimum,
            "posteriors": [None if np.isnan(v) else float(v) for v in posterior],
            "auc": auc(score, y, w), "tpr_at_01": tpr_at(score, y, w, 0.1), "tpr_at_001": tpr_at(score, y, w, 0.01)})
    return cases


# --- betting --------------------------------------------------------------------------------------------------------
def betting():
    cases = []
    for null, bound, rate, count in [("at_least", 0.9, 0.5, 60), ("at_most", 0.2, 0.6, 40), ("at_least", 0.7, 0.8, 100)]:
        x = (rng.uniform(size=count) < rate).astype(float)
        gain = (bound - x) / (1 - bound) if null == "at_least" else (x - bound) / bound
        paths = np.cumprod([1 + f * gain for f in 0.05 + 0.1 * np.arange(10)], axis=1).mean(axis=0)
        cases.append({"null": null, "bound": bound, "observations": x.tolist(), "wealth": float(paths[-1]),
                      "largest": float(max(1.0, paths.max()))})
    return cases


vectors.write("StatisticsTests", "generators", __file__, generators())
vectors.write("StatisticsTests", "exact_tests", __file__, exact_tests())
vectors.write("StatisticsTests", "calibration", __file__, calibration())
vectors.write("StatisticsTests", "betting", __file__, betting())
