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
        secret = hashlib.sha256(b"whorl public probe seed " + seed.to_bytes(8, "big")).digest()
        parts = ["whorl instances v1", epoch, str(seed), family, str(revision)]
        self.key = authenticate(secret, [part.encode() for part in parts])
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
    """Endless groups of raw prompts: single ones, or twins."""
    source = family["source"]
    if source["kind"] == "fragments":
        while True:
            count = source["minimum"] + stream.below(source["maximum"] - source["minimum"] + 1)
            text = stream.pick(source["pieces"])
            for _ in range(count - 1):
                separator = stream.pick(source["separators"])
                text += separator + stream.pick(source["pieces"])
            yield [text]
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
        yield [" ".join(each) for each in group]


def digest(family, prompt):
    """SHA-256 of the probe's canonical JSON."""
    reading = family["source"].get("reading", {"kind": "text"})
    probe = {
        "draws": family["draws"], "family": family["id"], "prompt": {"raw": prompt}, "reading": reading,
        "sampling": family["sampling"]}
    text = json.dumps(probe, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=20261123)
    parser.add_argument("--count", type=int, default=100)
    arguments = parser.parse_args()
    for path in sorted((ROOT / "Probes" / "families").glob("*.json")):
        family = json.loads(path.read_text(encoding="utf-8"))
        if family["source"]["kind"] not in ("fragments", "continuation"):
            continue
        stream = Stream(arguments.seed, family["id"], family["revision"])
        prompts = []
        for group in instances(family, stream):
            if len(set(group)) == len(group) and not any(prompt in prompts for prompt in group):
                prompts += group[:arguments.count - len(prompts)]
            if len(prompts) == arguments.count:
                break
        lines = "\n".join(digest(family, prompt) for prompt in prompts)
        print(family["id"], hashlib.sha256(lines.encode()).hexdigest()[:8])


if __name__ == "__main__":
    main()
