"""Golden vectors of the three similarity views, of symmetric normalisation and of the secondary views, computed densely with numpy.

Run: python3 Tools/reference/similarity.py
"""
import collections
import random

import numpy
import scipy.stats

import features
from vectors import write

VIEWS = ["opening_characters", "word_sequences", "panel_residual"]
LEVEL_WEIGHTS = [(1, 0.5), (1, 0.5), (0, 0)]
STEMS = "river stone bridge light garden copper window winter market letter silver engine harbour paper forest".split()


def answer(generator, habits, topic, phrases, length):
    parts = []
    for _ in range(length):
        if generator.random() < 0.3:
            parts.append(generator.choice(phrases))
        parts.append(generator.choice(habits))
        parts.append(generator.choice(topic))
    return " ".join(parts).capitalize() + "."


def population():
    """Nine models of seven lineages; models 0 and 1 share habits without sharing a lineage name."""
    generator = random.Random(20)
    lineages = ["owner", None, "l1", "l1", "l2", "l3", "l4", "l5", "l5"]
    habits = {}
    for model, lineage in enumerate(lineages):
        key = "owner" if model < 2 else lineage
        habits.setdefault(key, [generator.choice(STEMS) + generator.choice(["s", "ly", " of", " and"]) for _ in range(6)])
    probes = []
    for probe in range(11):
        topic = [generator.choice(STEMS) for _ in range(4)] + ["Überfahrt", "the"]
        phrases = [" ".join(generator.choice(STEMS) for _ in range(7)) for _ in range(3)]
        texts = []
        for model, lineage in enumerate(lineages):
            key = "owner" if model < 2 else lineage
            texts.append(answer(generator, habits[key], topic, phrases, 4 + 3 * (model % 4)))
        if probe == 3:
            texts[4] = None
        if probe == 5:
            texts[1] = None
        if probe == 7:
            texts[6] = "ab"
        probes.append(texts)
    return lineages, probes


def folded(text):
    return [code + 32 if 0x41 <= code <= 0x5A else code for code in features.scalars(text.encode())]


def grams(texts, view):
    found = []
    for text in texts:
        if text is None:
            found.append(collections.Counter())
        elif view == "words":
            units = [tuple(word) for word in features.words(text.encode())]
            found.append(collections.Counter(tuple(units[k:k + 5]) for k in range(len(units) - 4)))
        else:
            units = folded(text)[:600]
            found.append(collections.Counter(tuple(units[k:k + 4]) for k in range(len(units) - 3)))
    return found


def unit_rows(matrix):
    norms = numpy.sqrt((matrix * matrix).sum(axis=1))
    usable = norms > 1e-9
    return numpy.where(usable[:, None], matrix / numpy.where(usable, norms, 1)[:, None], numpy.nan)


def weighted(counters, weights):
    vocabulary = sorted(set().union(*counters))
    counts = numpy.array([[counter[gram] for gram in vocabulary] for counter in counters], dtype=float)
    answered = sum(w for w, counter in zip(weights, counters) if counter)
    holders = ((counts > 0) * weights[:, None]).sum(axis=0)
    rarity = numpy.maximum(0, numpy.log((1 + answered) / (1 + holders)))
    return vocabulary, unit_rows(numpy.log1p(counts) * rarity)


def probe_similarities(texts, weights):
    vocabulary, characters = weighted(grams(texts, "characters"), weights)
    _, words = weighted(grams(texts, "words"), weights)
    hashing = numpy.zeros((len(vocabulary), 512))
    for row, gram in enumerate(vocabulary):
        mixed = features.mixed(features.keys(list(gram), 4)[0])
        hashing[row, mixed & 511] = -1 if mixed >> 63 else 1
    usable = ~numpy.isnan(characters).any(axis=1)
    hashed = unit_rows(numpy.nan_to_num(characters) @ hashing)
    usable &= ~numpy.isnan(hashed).any(axis=1)
    mean = (hashed[usable] * weights[usable, None]).sum(axis=0) / weights[usable].sum()
    residual = unit_rows(numpy.where(usable[:, None], hashed - mean, 0))
    return [characters @ characters.T, words @ words.T, residual @ residual.T], residual


def unbiased(k, l):
    """The unbiased Hilbert-Schmidt independence criterion of two matrices (Song et al. 2012)."""
    k, l = k - numpy.diag(numpy.diag(k)), l - numpy.diag(numpy.diag(l))
    n, one = len(k), numpy.ones(len(k))
    return (numpy.trace(k @ l) + (one @ k @ one) * (one @ l @ one) / ((n - 1) * (n - 2))
            - 2 / (n - 2) * (one @ k @ l @ one)) / (n * (n - 3))


def arrangements(first, second):
    """CKA and RSA of two models over the probes that both have a row for."""
    common = ~(numpy.isnan(first).any(axis=1) | numpy.isnan(second).any(axis=1))
    k, l = (rows[common] @ rows[common].T for rows in (first, second))
    upper = numpy.triu_indices(len(k), 1)
    ranks = [scipy.stats.rankdata(numpy.floor((matrix[upper] + 1) * 16384 + 0.5)) for matrix in (k, l)]
    return unbiased(k, l) / numpy.sqrt(unbiased(k, k) * unbiased(l, l)), numpy.corrcoef(ranks)[0, 1]


def openings(texts, first, second):
    prefix, gap, count = 0, 0, 0
    for answers in texts:
        if answers[first] is None or answers[second] is None:
            continue
        words = [features.words(answers[model].encode()) for model in (first, second)]
        shared = 0
        while shared < min(map(len, words)) and words[0][shared] == words[1][shared]:
            shared += 1
        lengths = [numpy.log1p(len(answers[model].encode())) for model in (first, second)]
        prefix += numpy.log1p(shared)
        gap += abs(lengths[0] - lengths[1])
        count += 1
    return prefix / count, -gap / count


def secondary(lineages, probes, residuals):
    """The secondary views of models 0 and 1, over the probes that both answered, and their plain symmetric normalisation."""
    kept = [index for index, texts in enumerate(probes) if texts[0] is not None and texts[1] is not None]
    folded = numpy.array([residuals[index][:, :256] + residuals[index][:, 256:] for index in kept])
    groups = [[m for m, lineage in enumerate(lineages) if lineage == name] for name in ["l1", "l2", "l3", "l4", "l5"]]

    def values(first, second):
        return [*openings([probes[index] for index in kept], first, second),
                *arrangements(folded[:, first], folded[:, second])]

    pair = numpy.array(values(0, 1))
    z = numpy.zeros(4)
    for end in (0, 1):
        of_model = {m: numpy.array(values(end, m)) for group in groups for m in group}
        means = numpy.array([numpy.mean([of_model[m] for m in group], axis=0) for group in groups])
        squares = numpy.array([numpy.mean([of_model[m] ** 2 for m in group], axis=0) for group in groups])
        count = len(groups)
        deviation = numpy.sqrt((squares.mean(axis=0) - means.mean(axis=0) ** 2) * count / (count - 1))
        z += (pair - means.mean(axis=0)) / deviation / 2
    names = ["common_prefix", "length_gap", "cka", "rsa"]
    return {name: {"value": float(value), "z": float(score)} for name, value, score in zip(names, pair, z)}


def normalised(mean, first, second, groups, level_weights):
    def level(model):
        means = [numpy.mean([mean[model, m] for m in group]) for group in groups]
        squares = [numpy.mean([mean[model, m] ** 2 for m in group]) for group in groups]
        count = len(groups)
        return numpy.mean(means), numpy.sqrt((numpy.mean(squares) - numpy.mean(means) ** 2) * count / (count - 1))

    within = numpy.mean([
        numpy.mean([[numpy.mean([mean[a, b] for b in other]) for other in groups if other is not group] for a in group])
        for group in groups])
    (m1, s1), (m2, s2) = level(first), level(second)
    own, other = level_weights
    excess = mean[first, second] - within
    return max((excess - own * (m1 - within) - other * (m2 - within)) / s1,
               (excess - own * (m2 - within) - other * (m1 - within)) / s2)


def main():
    lineages, probes = population()
    sizes = collections.Counter(lineage for lineage in lineages if lineage)
    weights = numpy.array([1 / sizes[lineage] if lineage else 1 for lineage in lineages])
    computed = [probe_similarities(texts, weights) for texts in probes]
    stacked = [similarities for similarities, _ in computed]
    result = []
    for view in range(3):
        mean = numpy.nanmean(numpy.array([similarities[view] for similarities in stacked]), axis=0)
        groups = [[m for m, lineage in enumerate(lineages) if lineage == name] for name in ["l1", "l2", "l3", "l4", "l5"]]
        result.append({
            "view": VIEWS[view],
            "similarities": [[float(value) for value in row] for row in mean],
            "z_0_1": float(normalised(mean, 0, 1, groups, LEVEL_WEIGHTS[view])),
            "z_0_4": float(normalised(mean, 0, 4, [g for g in groups if 4 not in g], LEVEL_WEIGHTS[view])),
        })
    write("ComparisonTests", "similarity", __file__, {
        "lineages": lineages, "probes": probes, "views": result,
        "secondary": secondary(lineages, probes, [residual for _, residual in computed])})


if __name__ == "__main__":
    main()
