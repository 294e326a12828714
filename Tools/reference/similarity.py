"""Golden vectors of the three similarity views and of symmetric normalisation, computed densely with numpy.

Run: python3 Tools/reference/similarity.py
"""
import collections
import random

import numpy

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
    return [characters @ characters.T, words @ words.T, residual @ residual.T]


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
    stacked = [probe_similarities(texts, weights) for texts in probes]
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
    write("ComparisonTests", "similarity", __file__, {"lineages": lineages, "probes": probes, "views": result})


if __name__ == "__main__":
    main()
