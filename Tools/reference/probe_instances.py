#!/usr/bin/env python3
"""Makes probe instances a second time, in Python by the rules of the format page, and prints what they digest to.

    Tools/reference/probe_instances.py [--seed 20261123] [--count 100]

Prints `FAMILY DIGEST` for the families whose rendering needs no template language: the first eight hexadecimal digits of SHA-256 over the
probes' digests, one on each line. `Tests/ProbeGenerationTests/GoldenProbes.swift` holds the same values. Standard library only.
"""

import argparse
import hashlib
import hmac
import json
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent


def authenticate(key, parts):
    """HMAC-SHA256 over parts, each preceded by its length in eight bytes."""
    data = b"".join(len(part).to_bytes(8, "big") + part for part in parts)
    return hmac.new(key, data, hashlib.sha256).digest()


class Stream:
    """HMAC-SHA256 in counter mode, read as 64-bit words."""

    def __init__(self, seed, family, revision, epoch=""):
        self.secret = hashlib.sha256(b"whorl public probe seed " + seed.to_bytes(8, "big")).digest()
        self.epoch = epoch
        parts = ["whorl instances v1", epoch, str(seed), family, str(revision)]
        self.key = authenticate(self.secret, [part.encode() for part in parts])
        self.counter, self.words = 0, []

    def next(self):
        if not self.words:
            block = hmac.new(self.key, self.counter.to_bytes(8, "big"), hashlib.sha256).digest()
            self.counter += 1
            self.words = [int.from_bytes(block[i:i + 8], "big") for i in (0, 8, 16, 24)]
        return self.words.pop(0)

    def below(self, bound):
        top = 2**64 - 1
        limit = top - top % bound
        while (word := self.next()) >= limit:
            pass
        return word % bound

    def pick(self, items):
        return items[self.below(len(items))]


def passages(names):
    """For each sentence of the corpora: the words of it and of the next two of its passage."""
    result = []
    for name in names:
        text = (ROOT / "Corpora" / name / "text.txt").read_text(encoding="utf-8")
        for block in text.split("\n\n"):
            sentences = [line for line in block.split("\n") if line.strip()]
            for start in range(len(sentences)):
                result.append([word for word in " ".join(sentences[start:start + 3]).split(" ") if word])
    return result


def instances(family, stream):
    """Endless groups of probes without kin, and the relation of a group's forms: None for single probes."""
    source = family["source"]
    if source["kind"] == "questions":
        while True:
            yield questions(family, source, stream), "rotation" if source.get("rotations") else None
    if source["kind"] == "fragments":
        while True:
            count = source["minimum"] + stream.below(source["maximum"] - source["minimum"] + 1)
            text = stream.pick(source["pieces"])
            for _ in range(count - 1):
                separator = stream.pick(source["separators"])
                text += separator + stream.pick(source["pieces"])
            yield [probe(family, {"raw": text}, source["reading"])], None
    low = source["minimum_words"]
    pool = [words for words in passages(source["corpora"]) if len(words) > low]
    while True:
        words = stream.pick(pool)
        longest = min(source["maximum_words"], len(words) - 1)
        count = low + stream.below(longest - low + 1)
        group = [words[:count]]
        if source.get("twins"):
            twin = list(words[:count])
            place = stream.below(count - 1)
            twin[place] = stream.pick(words)
            group.append(twin)
        yield [probe(family, {"raw": " ".join(each)}, {"kind": "text"}) for each in group], (
            "twin" if source.get("twins") else None)


def questions(family, source, stream):
    """A question in one drawn rotation of its options, or in all."""
    item = stream.pick(source["items"])
    options = item["options"]
    rotations = range(len(options)) if source.get("rotations") else [stream.below(len(options))]
    template = stream.pick(source["templates"])
    result = []
    for rotation in rotations:
        lines = [
            source["label"].replace("{letter}", "ABCDEFGH"[place % 8]) + option
            for place, option in enumerate(options[rotation:] + options[:rotation])]
        text = template.replace("{question}", item["question"]).replace("{options}", "\n".join(lines))
        made = probe(
            family, {"chat": [{"content": text, "role": "user"}]},
            {"kind": "choice", "options": sorted(options, key=lambda text: text.encode())})
        result.append(dict(made, gold=options[0]) if source["gold"] else made)
    return result


def probe(family, prompt, reading):
    return {
        "draws": family["draws"], "family": family["id"], "prompt": prompt, "reading": reading,
        "sampling": family["sampling"]}


def digest(probe):
    """SHA-256 of the probe's canonical JSON."""
    text = json.dumps(probe, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def related(group, relation, stream):
    """The probes of a group with their kin."""
    if relation is None:
        return group
    parts = [b"whorl kin v1", stream.epoch.encode(), bytes.fromhex(digest(group[0]))]
    name = authenticate(stream.secret, parts).hex()
    return [
        dict(member, kin={"form": form, "group": name, "relation": relation}) for form, member in enumerate(group)]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=20261123)
    parser.add_argument("--count", type=int, default=100)
    arguments = parser.parse_args()
    for path in sorted((ROOT / "Probes" / "families").glob("*.json")):
        family = json.loads(path.read_text(encoding="utf-8"))
        if family["source"]["kind"] not in ("fragments", "continuation", "questions"):
            continue
        stream = Stream(arguments.seed, family["id"], family["revision"])
        prompts, probes = set(), []
        for group, relation in instances(family, stream):
            fresh = {json.dumps(member["prompt"]) for member in group}
            if len(fresh) == len(group) and not fresh & prompts:
                prompts |= fresh
                probes += related(group, relation, stream)[:arguments.count - len(probes)]
            if len(probes) == arguments.count:
                break
        lines = "\n".join(digest(each) for each in probes)
        print(family["id"], hashlib.sha256(lines.encode()).hexdigest()[:8])


if __name__ == "__main__":
    main()
