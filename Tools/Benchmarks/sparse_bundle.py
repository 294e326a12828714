"""Makes a bundle of very many records whose parts are zeros: tens of gigabytes of archive in a small file.

It is written by the page of the format alone, without `whorl`: only the signature is made by openssl. Every segment holds the same
bytes, so each of its frames is compressed once, and the work is left to the verifier.
"""
import base64
import hashlib
import json
import subprocess

FRAME = 16 << 20
SEGMENT = 64 << 20


def sha256(data):
    return hashlib.sha256(data).digest()


def canonical(value):
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def root(level):
    while len(level) > 1:
        level = [sha256(b"\1" + level[i] + level[i + 1]) if i + 1 < len(level) else level[i] for i in range(0, len(level), 2)]
    return level[0]


def header(path, size):
    block = bytearray(512)
    for offset, text in [(0, path), (100, "0000644"), (108, "0000000"), (116, "0000000"), (124, f"{size:011o}"), (136, "0" * 11),
                         (148, " " * 8), (156, "0"), (257, "ustar"), (263, "00"), (329, "0000000"), (337, "0000000")]:
        block[offset:offset + len(text)] = text.encode()
    block[148:155] = f"{sum(block):06o}\0".encode()
    return bytes(block)


class Coat:
    """Writes frames of at most 16 MiB, and remembers those of segments."""

    def __init__(self, file):
        self.file, self.buffer, self.known, self.length = file, b"", {}, 0

    def compress(self, content):
        return subprocess.run(["zstd", "-3", "-qc", f"--stream-size={len(content)}"], input=content, stdout=subprocess.PIPE,
                              check=True).stdout

    def write(self, content):
        self.buffer += content
        self.length += len(content)
        while len(self.buffer) >= FRAME:
            self.file.write(self.compress(self.buffer[:FRAME]))
            self.buffer = self.buffer[FRAME:]

    def flush(self):
        if self.buffer:
            self.file.write(self.compress(self.buffer))
            self.buffer = b""

    def write_segment(self, content):
        self.flush()
        self.length += len(content)
        for start in range(0, len(content), FRAME):
            key = (len(content), start)
            if key not in self.known:
                self.known[key] = self.compress(content[start:start + FRAME])
            self.file.write(self.known[key])


def make(path, key, records, size, script, folder):
    """Writes a bundle of `records` records with two parts of `size` bytes each, the salts included, signed with a key in PEM."""
    part = sha256(b"salt") + bytes(size - 32)
    commit, per_segment = sha256(part).hex(), SEGMENT // size // 2
    lines, leaves = [], []
    start = 1_795_000_000_000_000_000
    for number in range(records):
        parts = [{"commit": commit, "len": size, "name": name, "off": 0, "seg": 0} for name in ("request", "response")]
        line = canonical({
            "attempt": 0, "model": {"name": "suspect", "role": "suspect"}, "outcome": "http", "parts": parts,
            "probe": sha256(b"%d" % number).hex(), "rep": 0, "run": "made-up", "salt": sha256(b"line %d" % number).hex(),
            "seq": number, "status": 200, "t_end_ns": str(start + number + 9), "t_start_ns": str(start + number), "v": 1})
        lines.append(line)
        leaves.append(sha256(b"\0" + line))
    public = subprocess.run(["openssl", "pkey", "-in", key, "-pubout"], stdout=subprocess.PIPE, check=True).stdout
    identity = subprocess.run(["openssl", "pkey", "-in", key, "-pubout", "-outform", "DER"], stdout=subprocess.PIPE, check=True).stdout
    whole, rest = records // per_segment, records % per_segment
    segments = {f"data/segments/{i:06}.seg": 2 * size * per_segment for i in range(whole)}
    if rest:
        segments[f"data/segments/{whole:06}.seg"] = 2 * size * rest
    contents = {length: part * (length // size) for length in set(segments.values())}
    digests = {length: sha256(content).hex() for length, content in contents.items()}
    files = {
        "data/case.json": canonical({
            "case": "sparse", "models": [{"name": "suspect", "role": "suspect"}], "protected": "protected",
            "suspect": "suspect", "v": 1}),
        "data/custody.jsonl": b"", "data/howto.txt": b"A made-up bundle.\n", "data/keys/collector.pem": public,
        "data/leaves.txt": b"".join(leaf.hex().encode() + b"\n" for leaf in leaves),
        "data/records.jsonl": b"".join(line + b"\n" for line in lines),
        "data/tool.json": canonical({"name": "whorl", "version": "0"}), "data/verify.sh": script}
    tree = root(leaves)
    del lines, leaves
    payload = sorted([*files, *segments])
    manifest = "".join(
        f"{digests[segments[name]] if name in segments else sha256(files[name]).hex()}  {name}\n" for name in payload)
    octets = sum(map(len, files.values())) + sum(segments.values())
    files |= {
        "manifest-sha256.txt": manifest.encode(), "bagit.txt": b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n",
        "bag-info.txt": f"Payload-Oxum: {octets}.{len(payload)}\nWhorl-Bundle-Version: 2\n".encode()}
    statement = canonical({
        "_type": "https://in-toto.io/Statement/v1", "predicateType": "https://whorl.invalid/attest/collection/v1",
        "predicate": {
            "case": "sparse", "crit": [], "custody_head": "0" * 64, "disclosed": records, "first_ns": str(start),
            "last_ns": str(start + records - 1 + 9), "merkle": {"alg": "rfc6962-sha256", "root": tree.hex(), "size": records},
            "outcomes": {"http": records}, "suspect": "suspect", "v": 2},
        "subject": [{"digest": {"sha256": sha256(files[name]).hex()}, "name": name}
                    for name in ("bag-info.txt", "bagit.txt", "manifest-sha256.txt")]})
    kind = "application/vnd.in-toto+json"
    pae = folder / "pae"
    pae.write_bytes(f"DSSEv1 {len(kind)} {kind} {len(statement)} ".encode() + statement)
    signature = subprocess.run(["openssl", "pkeyutl", "-sign", "-rawin", "-inkey", key, "-in", pae], stdout=subprocess.PIPE,
                               check=True).stdout
    files["attest/collection.dsse.json"] = canonical({
        "payload": base64.b64encode(statement).decode(), "payloadType": kind,
        "signatures": [{"keyid": sha256(identity).hex(), "sig": base64.b64encode(signature).decode()}]})
    with open(path, "wb") as file:
        coat = Coat(file)
        for name in sorted([*files, *segments]):
            content = contents[segments[name]] if name in segments else files[name]
            coat.write(header(name, len(content)))
            (coat.write_segment if name in segments else coat.write)(content)
            coat.write(bytes(-len(content) % 512))
        coat.write(bytes((coat.length + 1024 + 10_239) // 10_240 * 10_240 - coat.length))
        coat.flush()
