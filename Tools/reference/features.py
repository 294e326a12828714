"""Golden vectors of the text features: an independent reading of the rules that Sources/Features states.

Run: python3 Tools/reference/features.py
"""
import collections
import math

from vectors import write

MASK = (1 << 64) - 1
BASE = 0x9E3779B97F4A7C15

TEXTS = [
    b"",
    b"a",
    b"Once upon a time, there was a very small Model-7B that couldn't say no.",
    "Grüße, Çelik! 你好世界。 naïve café — déjà vu…".encode(),
    "Привет, мир! 안녕하세요 42 times 🙂🙂.".encode(),
    b"cut\xff\xfe off \xc3( and \xe2\x82 \xed\xa0\x80 \xf0\x9f\x99",
    b"null\x00inside\x00and\ttabs\r\nlines\n\n",
    b"# Title\n\n- one\n- two\n\n1. **first**\n2) second\n\n```swift\nlet x = 1\n```\nWhy? Because; it: is (so) \"said\"!",
    (b"the quick brown fox jumps over the lazy dog and the dog does not mind. " * 6),
]


def scalars(data):
    return [ord(c) for c in data.decode("utf-8", "surrogateescape")]


def words(data):
    found, current = [], []
    for code in scalars(data):
        letter = 0x61 <= code <= 0x7A or 0x41 <= code <= 0x5A or 0x30 <= code <= 0x39
        beyond = code >= 0xC0 and not any(
            low <= code <= high
            for low, high in [(0x2000, 0x206F), (0x3000, 0x303F), (0xDC80, 0xDCFF), (0xFF00, 0xFF0F)])
        alone = 0x2E80 <= code <= 0xD7FF or 0xF900 <= code <= 0xFAFF
        if beyond and alone:
            if current:
                found.append(current)
            found.append([code])
            current = []
        elif letter or beyond:
            current.append(code + 32 if 0x41 <= code <= 0x5A else code)
        elif current:
            found.append(current)
            current = []
    return found + ([current] if current else [])


def fnv(codes):
    value = 0xCBF29CE484222325
    for code in codes:
        value = ((value ^ code) * 0x100000001B3) & MASK
    return value


def keys(units, length):
    result = []
    for start in range(len(units) - length + 1):
        result.append(sum((unit + 1) * pow(BASE, length - 1 - k, 1 << 64)
                          for k, unit in enumerate(units[start:start + length])) & MASK)
    return result


def mixed(value):
    value = ((value ^ (value >> 30)) * 0xBF58476D1CE4E5B9) & MASK
    value = ((value ^ (value >> 27)) * 0x94D049BB133111EB) & MASK
    return value ^ (value >> 31)


def buckets(data, unit, low, high, bits):
    counts = collections.Counter()
    for length in range(low, high + 1):
        if unit == "bytes":
            for start in range(len(data) - length + 1):
                gram = int.from_bytes(data[start:start + length], "big") | length << 56
                counts[((gram * BASE) & MASK) >> (64 - bits)] += 1
        else:
            units = scalars(data) if unit == "scalars" else [fnv(word) for word in words(data)]
            for key in keys(units, length):
                counts[mixed((key + length) & MASK) >> (64 - bits)] += 1
    return sorted([bucket, count] for bucket, count in counts.items())


def style(data):
    """The features whose definition is short enough to restate; the test compares these by name."""
    tokens = words(data)
    lines = data.split(b"\n") if data else []
    per_byte = 1 / len(data) if data else 0
    result = {
        "log_bytes": math.log(1 + len(data)),
        "log_words": math.log(1 + len(tokens)),
        "log_lines": math.log(1 + len(lines)),
        "distinct_word_share": len({tuple(t) for t in tokens}) / len(tokens) if tokens else 0,
        "upper_case_share": sum(65 <= b <= 90 for b in data) * per_byte,
        "digit_share": sum(48 <= b <= 57 for b in data) * per_byte,
        "non_ascii_share": sum(b >= 128 for b in data) * per_byte,
        "blank_line_share": sum(not line.strip() for line in lines) / len(lines) if lines else 0,
        "commas_per_100_words": 100 * data.count(b",") / len(tokens) if tokens else 0,
        "word_the_per_100_words":
            100 * sum(t == [ord(c) for c in "the"] for t in tokens) / len(tokens) if tokens else 0,
    }
    return result


def main():
    cases = []
    for data in TEXTS:
        grams = []
        for unit, low, high, bits in [("bytes", 3, 5, 16), ("bytes", 4, 4, 12), ("scalars", 3, 5, 16),
                                      ("scalars", 4, 4, 16), ("words", 1, 5, 16), ("words", 5, 5, 18)]:
            grams.append({"unit": unit, "low": low, "high": high, "bits": bits,
                          "counts": buckets(data, unit, low, high, bits)})
        cases.append({
            "text": data.hex(),
            "scalars": scalars(data),
            "words": [f"{fnv(word):016x}" for word in words(data)],
            "grams": grams,
            "style": style(data),
        })
    write("FeaturesTests", "features", __file__, cases)


if __name__ == "__main__":
    main()
