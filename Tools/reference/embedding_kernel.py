"""The embedding kernel of the two-sample test a second time, in whole numbers of Python, on the reference file of samples.

Run: python3 Tools/reference/embedding_kernel.py
"""
import collections
import json
import math
from fractions import Fraction

import features
from vectors import ROOT, write

SEED = 0x57484F524C205731
GOLDEN = 0x9E3779B97F4A7C15
UNIT = 1 << 30


def sixteenths(value):
    """The base-2 logarithm in sixteenths, cut: the largest k with 2^k <= value^16."""
    return (value ** 16).bit_length() - 1


def signs(key):
    bits = []
    for word in range(4):
        mixed = features.mixed((key ^ ((SEED + (word + 1) * GOLDEN) & features.MASK)) & features.MASK)
        bits += [mixed >> bit & 1 for bit in range(64)]
    return [-1 if bit else 1 for bit in bits]


def embed(texts):
    documents = []
    for text in texts:
        words = [features.fnv(word) for word in features.words(text.encode())]
        single = [features.mixed((word + 1) & features.MASK) for word in words]
        documents.append(collections.Counter(single + features.keys(words, 2)))
    holders = collections.Counter(key for document in documents for key in document)
    rows = []
    for document in documents:
        sums = [0] * 256
        for key, count in document.items():
            weight = sixteenths(1 + count) * (sixteenths(1 + len(texts)) - sixteenths(1 + holders[key]))
            for place, sign in enumerate(signs(key)):
                sums[place] += weight * sign
        norm = math.sqrt(sum(value * value for value in sums))
        rows.append([round_half_away(value * (4000 / norm)) if norm else 0 for value in sums])
    return rows


def round_half_away(value):
    return int(math.copysign(math.floor(abs(value) + 0.5), value))


def statistic(samples):
    sums, counts = [0, 0, 0], [0, 0, 0]
    for prompt in samples.values():
        rows = embed([text for _, text in prompt])
        distance = {}
        for i in range(len(rows)):
            for j in range(i):
                distance[i, j] = sum((a - b) ** 2 for a, b in zip(rows[i], rows[j]))
        positive = sorted(value for value in distance.values() if value)
        scale = positive[(len(positive) - 1) // 2] if positive else 1
        for (i, j), value in distance.items():
            kind = (prompt[i][0] == "b") + (prompt[j][0] == "b")
            kernel = math.floor(Fraction(UNIT * scale, scale + value) + Fraction(1, 2))
            sums[kind] += 2 * kernel if kind != 1 else kernel
            counts[kind] += 2 if kind != 1 else 1
    means = [Fraction(total, count * UNIT) for total, count in zip(sums, counts)]
    return float(means[0] - 2 * means[1] + means[2])


def main():
    samples = collections.OrderedDict()
    path = ROOT / "Tests/ComparisonTests/Fixtures/TwoSample/equal-25x10x50.jsonl"
    for line in path.read_text().splitlines():
        row = json.loads(line)
        samples.setdefault(row["prompt"], []).append((row["side"], row["text"]))
    texts = ["the cat sat on the mat", "a cat sat on the mat", "the dog ran", "", "the the the cat"]
    write("ComparisonTests", "embedding_kernel", __file__, {
        "statistic": statistic(samples),
        "texts": texts,
        "rows": embed(texts),
        "sixteenths": [[value, sixteenths(value)] for value in [1, 2, 3, 5, 10, 17, 100, 999, 65536, 123456789]],
    })


if __name__ == "__main__":
    main()
