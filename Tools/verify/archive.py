"""The tape archive and its coat: every header is a function of path and size, and the set of files is closed."""

import re
import subprocess

from refusal import Refused, demand

RECORD, BLOCK = 10_240, 512
TAGS = ["bag-info.txt", "bagit.txt", "manifest-sha256.txt"]
TSA = r"[a-z0-9][a-z0-9-]{0,30}\.ts[qr]"
NAME = r"[a-z0-9][a-z0-9._-]*"
LAYOUT_1 = (
    r"bagit\.txt|bag-info\.txt|manifest-sha256\.txt|attest/collection\.dsse\.json|data/(howto\.txt|verify\.sh"
    rf"|(case|tool)\.json|(records|custody)\.jsonl|leaves\.txt|plan/plan(\.dsse)?\.json|keys/{NAME}\.pem"
    rf"|(probes|results)/{NAME}\.json|segments/[0-9]{{6}}\.seg)"
)
LAYOUT_2 = (
    rf"attest/collection\.reviewer\.dsse\.json|attest/ts/(collector|reviewer)-{TSA}|data/(plan/(register\.jsonl|plan-{TSA})"
    rf"|checkpoints/[0-9]{{4}}(\.note|-{TSA})|tls/[0-9a-f]{{64}}\.der)"
)
LAYOUT = {1: re.compile(LAYOUT_1), 2: re.compile(LAYOUT_1 + "|" + LAYOUT_2)}
REQUIRED = TAGS + ["attest/collection.dsse.json"] + [
    "data/" + name
    for name in "howto.txt verify.sh case.json tool.json records.jsonl leaves.txt custody.jsonl keys/collector.pem".split()
]


def limit(path):
    """How long a file may be."""
    if path.endswith(".dsse.json"):
        return 1 << 20
    if path.endswith((".tsq", ".tsr", ".note", ".der")) or path == "data/keys/collector.crt.pem":
        return 1 << 16
    return {"data/records.jsonl": 8 << 30, "data/leaves.txt": 65_000_000}.get(path, 64 << 20)


def header(path, size):
    def field(text, width):
        return text.encode().ljust(width, b"\0")

    front = field(path, 100) + field("0000644", 8) + field("0000000", 8) * 2
    front += field(f"{size:011o}", 12) + field("0" * 11, 12)
    back = b"0" + field("", 100) + b"ustar\x0000" + field("", 64) + field("0000000", 8) * 2 + field("", 167)
    total = sum(front) + 8 * 32 + sum(back)
    return front + f"{total:06o}\0 ".encode() + back


def read_archive(data):
    files, offset, last = {}, 0, ""
    while True:
        block = data[offset:offset + BLOCK]
        if not any(block):
            break
        try:
            path = block[:100].rstrip(b"\0").decode("ascii")
            size = int(block[124:135], 8)
        except ValueError as error:
            raise Refused(10, "a header that is not canonical") from error
        demand(block == header(path, size), 10, "a header that is not canonical")
        demand(len(path) < 100 and LAYOUT[2].fullmatch(path), 10, "a file outside the layout of every version")
        demand(size <= limit(path), 11, f"{path} is too long")
        demand(path > last, 10, "files out of order, or twice")
        start, padded = offset + BLOCK, -(-size // BLOCK) * BLOCK
        files[path] = data[start:start + size]
        demand(not any(data[start + size:start + padded]), 10, "padding that is not zero")
        offset, last = start + padded, path
        demand(len(files) <= 10_000, 11, "more than 10000 files")
    end = -(-(offset + 2 * BLOCK) // RECORD) * RECORD
    demand(len(data) == end and not any(data[offset:]), 10, "the archive ends too early, or bytes follow it")
    for path in REQUIRED:
        demand(path in files, 10, f"{path} is missing")
    return files


def read_bundle(path):
    with open(path, "rb") as file:
        data = file.read()
    if data[:4] != b"\x28\xb5\x2f\xfd":
        return data
    result = subprocess.run(["zstd", "-dcq", "--memory=32MB"], input=data, capture_output=True, check=False)
    demand(result.returncode == 0, 10, "cannot be decompressed: damaged or truncated")
    return result.stdout
