#!/usr/bin/env python3
"""How much does choosing prompts buy? Power against the number of prompts, for chosen and for random ones.

    selection_curve.py ARCHIVE [--splits 40] [--json]

ARCHIVE holds `results/MODEL/model_outputs.json` (a list with `instruction` and `output`, the same prompts for every model) and `lineage.json`
(`entries` with `fam`, `base`, `vendor`; `pairs` with `a`, `b`, `relation`, `confidence`). Needs numpy.

In each split half of the families choose the prompts, by d': the gap between related and unrelated pairs over its spread. The other half
tests them. Similarity is the cosine of counted four-letter groups of the first 600 characters with within-prompt weights,
averaged over prompts and normalised at both ends against the choosing half. Printed are the true positive rate at a false positive rate of
1 % over all test pairs, the mean over splits with the 10th and 90th percentile. No text is printed or kept.
"""

import argparse
import json
import sys
import zlib
from pathlib import Path

import numpy

SIZES = (5, 10, 25, 50, 100, 200, 400)
WIDTH = 1 << 13
RELATED = ("same-model", "derivative")


def load(archive):
    lineage = json.loads((archive / "lineage.json").read_text(encoding="utf-8"))
    models = sorted(name for name in lineage["entries"] if (archive / "results" / name / "model_outputs.json").exists())
    answers = {}
    for name in models:
        outputs = json.loads((archive / "results" / name / "model_outputs.json").read_text(encoding="utf-8"))
        answers[name] = {entry["instruction"]: entry["output"] or "" for entry in outputs}
    prompts = sorted(set.intersection(*(set(found) for found in answers.values())))
    return models, prompts, answers, lineage


def similarities(models, prompts, answers):
    """prompts x models x models cosines."""
    result = numpy.zeros((len(prompts), len(models), len(models)), dtype=numpy.float32)
    for number, prompt in enumerate(prompts):
        counts = numpy.zeros((len(models), WIDTH), dtype=numpy.float32)
        for row, name in enumerate(models):
            text = answers[name][prompt][:600].encode()
            for start in range(len(text) - 3):
                counts[row, zlib.crc32(text[start:start + 4]) % WIDTH] += 1
        present = (counts > 0).sum(0)
        counts *= numpy.log((len(models) + 1) / (present + 1)).astype(numpy.float32)
        counts /= numpy.maximum(numpy.linalg.norm(counts, axis=1, keepdims=True), 1e-9)
        result[number] = counts @ counts.T
    return result


def relations(models, lineage):
    """A matrix: 1 related, 0 unrelated, -1 neither."""
    entries = lineage["entries"]
    kind = numpy.zeros((len(models), len(models)), dtype=int)
    for left, one in enumerate(models):
        for right, two in enumerate(models):
            if any(entries[one][key] == entries[two][key] for key in ("fam", "base", "vendor")):
                kind[left, right] = -1
    place = {name: number for number, name in enumerate(models)}
    for pair in lineage["pairs"]:
        if pair["a"] not in place or pair["b"] not in place:
            continue
        value = 1 if pair["relation"] in RELATED and pair["confidence"] >= 0.8 else -1
        kind[place[pair["a"]], place[pair["b"]]] = kind[place[pair["b"]], place[pair["a"]]] = value
    numpy.fill_diagonal(kind, -1)
    return kind


def pairs_within(kind, members, value):
    rows, columns = numpy.where(numpy.triu(kind == value, 1))
    keep = members[rows] & members[columns]
    return rows[keep], columns[keep]


def power(matrix, kind, choosing, testing):
    """The true positive rate at 1 % false positives, after normalising both ends against the choosing half."""
    count = len(matrix)
    mean, spread = numpy.zeros(count), numpy.ones(count)
    for model in range(count):
        cohort = choosing & (kind[model] == 0)
        mean[model], spread[model] = matrix[model, cohort].mean(), matrix[model, cohort].std() + 1e-6
    scores = ((matrix - mean[:, None]) / spread[:, None] + (matrix - mean[None, :]) / spread[None, :]) / 2
    positive, negative = scores[pairs_within(kind, testing, 1)], scores[pairs_within(kind, testing, 0)]
    return float((positive > numpy.quantile(negative, 0.99)).mean())


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("archive", type=Path)
    parser.add_argument("--splits", type=int, default=40)
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    models, prompts, answers, lineage = load(arguments.archive)
    print(f"{len(models)} models, {len(prompts)} prompts", file=sys.stderr)
    cube = similarities(models, prompts, answers)
    kind = relations(models, lineage)
    families = numpy.array([lineage["entries"][name]["fam"] for name in models])
    names = sorted(set(families))
    generator = numpy.random.default_rng(20261123)
    found = {(how, size): [] for how in ("chosen", "random") for size in SIZES if size <= len(prompts)}
    done = 0
    for _ in range(arguments.splits * 20):
        first = set(generator.permutation(names)[:len(names) // 2])
        choosing = numpy.array([family in first for family in families])
        related, unrelated = pairs_within(kind, choosing, 1), pairs_within(kind, choosing, 0)
        if len(related[0]) < 8 or len(pairs_within(kind, ~choosing, 1)[0]) < 8:
            continue
        high, low = cube[:, related[0], related[1]], cube[:, unrelated[0], unrelated[1]]
        spread = numpy.sqrt((high.var(1) + low.var(1)) / 2 + 0.05**2)
        ranked = numpy.argsort(-(high.mean(1) - low.mean(1)) / spread, kind="stable")
        for (how, size), values in found.items():
            if how == "chosen":
                values.append(power(cube[ranked[:size]].mean(0), kind, choosing, ~choosing))
            else:
                draws = [generator.permutation(len(prompts))[:size] for _ in range(5)]
                values.append(numpy.mean([power(cube[draw].mean(0), kind, choosing, ~choosing) for draw in draws]))
        done += 1
        if done == arguments.splits:
            break
    table = [
        {"prompts": size, "how": how, "tpr_at_1_percent_fpr": round(float(numpy.mean(values)), 3),
         "p10": round(float(numpy.quantile(values, 0.1)), 3), "p90": round(float(numpy.quantile(values, 0.9)), 3)}
        for (how, size), values in sorted(found.items(), key=lambda item: (item[0][1], item[0][0])) if values]
    if arguments.json:
        print(json.dumps({"splits": done, "models": len(models), "prompts": len(prompts), "curve": table}, indent=1))
        return
    print(f"{done} splits of {len(names)} families\nprompts  how     TPR at 1 % FPR (10th to 90th percentile over splits)")
    for row in table:
        print(f"{row['prompts']:7}  {row['how']}  {row['tpr_at_1_percent_fpr']:.3f} ({row['p10']:.3f} to {row['p90']:.3f})")


if __name__ == "__main__":
    main()
