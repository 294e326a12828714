#!/usr/bin/env python3
"""Checks a Whorl bundle: a second implementation of the format page, versions 1 and 2, in Python.

usage: verify_bundle.py BUNDLE SIGNER.pem|ROOT.crt [SHA-256 of the archive|-] [roots of TSAs.pem|-] [REVIEWER.pem|-] [TIME]

BUNDLE is a plain archive, or wears its Zstandard coat (then the program `zstd` is called). Exit codes are those of
`whorl verify`. Ed25519 is written out after RFC 8032, so that this file shares no code with the other two verifiers. The package
`cryptography` is needed for bundles with certificates, time stamps or keys on P-256, and for nothing else.
"""

import base64
import datetime
import hashlib
import json
import os
import re
import subprocess
import sys
import time
from collections import Counter

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
COLLECTION, REVIEW, CERTIFICATE = (
    "attest/collection.dsse.json", "attest/collection.reviewer.dsse.json", "data/keys/collector.crt.pem")
REQUIRED = TAGS + ["attest/collection.dsse.json"] + [
    "data/" + name
    for name in "howto.txt verify.sh case.json tool.json records.jsonl leaves.txt custody.jsonl keys/collector.pem".split()
]
KEY = re.compile(r"[a-z][a-z0-9_]{0,63}|_type|predicateType|payloadType")


class Refused(Exception):
    def __init__(self, code, reason):
        super().__init__(reason)
        self.code = code


def demand(condition, code, reason):
    if not condition:
        raise Refused(code, reason)


def sha256(data):
    return hashlib.sha256(data).hexdigest()


# Canonical JSON.


def unique(pairs):
    demand(len({key for key, _ in pairs}) == len(pairs), 20, "a key twice in one object")
    demand(all(KEY.fullmatch(key) for key, _ in pairs), 20, "a key outside the profile")
    return dict(pairs)


def no_fraction(text):
    raise Refused(20, "a number that is not whole")


def whole(text):
    number = int(text)
    demand(abs(number) < 2**53, 20, "a number beyond 2^53 - 1")
    return number


def canonical(data, what, line_feed=False):
    """The value of canonical JSON text; a document may end with one line feed."""
    if line_feed and data.endswith(b"\n"):
        data = data[:-1]
    try:
        value = json.loads(
            data.decode("utf-8"), object_pairs_hook=unique, parse_float=no_fraction, parse_int=whole,
            parse_constant=no_fraction)
        text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode("utf-8")
    except (ValueError, RecursionError) as error:
        raise Refused(20, f"{what} is not JSON") from error
    demand(text == data and b"\x7f" not in data, 20, f"{what} is not canonical JSON")
    return value


# Ed25519 (RFC 8032, section 5.1).

P, L = 2**255 - 19, 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT = pow(2, (P - 1) // 4, P)


def add(p, q):
    a = (p[1] - p[0]) * (q[1] - q[0]) % P
    b = (p[1] + p[0]) * (q[1] + q[0]) % P
    c, d = 2 * p[3] * q[3] * D % P, 2 * p[2] * q[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P


def multiply(scalar, point):
    result = (0, 1, 1, 0)
    while scalar:
        if scalar & 1:
            result = add(result, point)
        point, scalar = add(point, point), scalar >> 1
    return result


def decompress(data):
    y = int.from_bytes(data, "little")
    sign, y = y >> 255, y & (2**255 - 1)
    if y >= P:
        return None
    x2 = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(x2, (P + 3) // 8, P)
    if (x * x - x2) % P:
        x = x * ROOT % P
    if (x * x - x2) % P or (x == 0 and sign):
        return None
    if x & 1 != sign:
        x = P - x
    return x, y, 1, x * y % P


def same(p, q):
    return (p[0] * q[2] - q[0] * p[2]) % P == 0 and (p[1] * q[2] - q[1] * p[2]) % P == 0


def signed_by(key, message, signature):
    if len(signature) != 64:
        return False
    a, r, s = decompress(key), decompress(signature[:32]), int.from_bytes(signature[32:], "little")
    if a is None or r is None or s >= L or same(multiply(8, a), (0, 1, 1, 0)):
        return False
    h = int.from_bytes(hashlib.sha512(signature[:32] + key + message).digest(), "little") % L
    base = decompress((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))
    return same(multiply(s, base), add(r, multiply(h, a)))


# The archive.


def header(path, size):
    def field(text, width):
        return text.encode().ljust(width, b"\0")

    front = field(path, 100) + field("0000644", 8) + field("0000000", 8) * 2
    front += field(f"{size:011o}", 12) + field("0" * 11, 12)
    back = b"0" + field("", 100) + b"ustar\x0000" + field("", 64) + field("0000000", 8) * 2 + field("", 167)
    total = sum(front) + 8 * 32 + sum(back)
    return front + f"{total:06o}\0 ".encode() + back


def read_archive(data):
    files, offset = {}, 0
    while True:
        block = data[offset:offset + BLOCK]
        demand(len(block) == BLOCK, 10, "the archive is truncated")
        if not any(block):
            break
        try:
            path = block[:100].rstrip(b"\0").decode("ascii")
            size = int(block[124:135], 8)
        except ValueError as error:
            raise Refused(10, "a header that is not canonical") from error
        demand(block == header(path, size), 10, "a header that is not canonical")
        demand(LAYOUT[2].fullmatch(path) and len(path) < 100, 10, "a file outside the layout")
        demand(not files or path > list(files)[-1], 10, "files out of order, or twice")
        start, padded = offset + BLOCK, -(-size // BLOCK) * BLOCK
        demand(start + padded <= len(data), 10, "the archive is truncated")
        files[path] = data[start:start + size]
        demand(not any(data[start + size:start + padded]), 10, "padding that is not zero")
        offset = start + padded
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
    result = subprocess.run(["zstd", "-dcq", "--memory=16MB"], input=data, capture_output=True, check=False)
    demand(result.returncode == 0, 10, "cannot be decompressed: damaged or truncated")
    return result.stdout


# Statements.


def read_key(text):
    lines = text.decode("ascii", "replace").split("\n")
    demand(lines[0] == "-----BEGIN PUBLIC KEY-----" and lines[-2:] == ["-----END PUBLIC KEY-----", ""], 30, "no key")
    der = unbase64("".join(lines[1:-2]))
    demand(is_ed25519(der) or is_p256(der), 30, "a key that is neither Ed25519 nor on P-256")
    return der


def is_ed25519(der):
    return len(der) == 44 and der.startswith(bytes.fromhex("302a300506032b6570032100"))


def is_p256(der):
    return len(der) == 91 and der.startswith(
        bytes.fromhex("3059301306072a8648ce3d020106082a8648ce3d03010703420004"))


def is_signature(der, message, signature):
    if is_ed25519(der):
        return signed_by(der[12:], message, signature)
    import certificates
    from cryptography.hazmat.primitives import hashes, serialization

    return certificates.is_signature(serialization.load_der_public_key(der), signature, message, hashes.SHA256())


def unbase64(text):
    try:
        data = base64.b64decode(text, validate=True)
    except ValueError as error:
        raise Refused(30, "damaged base64") from error
    demand(base64.b64encode(data).decode() == text, 30, "unusual base64")
    return data


def read_envelope(data, der, what):
    demand(len(data) <= 2**20, 11, f"{what} is too long")
    envelope = canonical(data, what)
    demand(set(envelope) == {"payload", "payloadType", "signatures"}, 20, f"{what} has other members")
    demand(len(envelope["signatures"]) == 1, 30, f"{what} has not exactly one signature")
    signature = envelope["signatures"][0]
    demand(envelope["payloadType"] == "application/vnd.in-toto+json", 30, f"{what} has another payload type")
    payload = unbase64(envelope["payload"])
    message = b"DSSEv1 28 application/vnd.in-toto+json %d " % len(payload) + payload
    demand(signature["keyid"] == sha256(der), 30, f"{what} names another key")
    demand(is_signature(der, message, unbase64(signature["sig"])), 30, f"{what} is not signed by the key")
    return canonical(payload, f"the statement in {what}")


def read_lines(data, what, limit):
    demand(not data or data.endswith(b"\n"), 20, f"{what} ends inside a line")
    lines = data.split(b"\n")[:-1]
    demand(all(len(line) <= limit for line in lines), 11, f"{what} has a line that is too long")
    return lines


def root_of(level):
    if not level:
        return hashlib.sha256(b"").digest()
    while len(level) > 1:
        pairs = [hashlib.sha256(b"\1" + level[i] + level[i + 1]).digest() for i in range(0, len(level) - 1, 2)]
        level = pairs + ([level[-1]] if len(level) % 2 else [])
    return level[0]


# The checks, in the order of their report.


def check_statement(files, der, reviewer):
    statement = read_envelope(files[COLLECTION], der, "the collection's envelope")
    demand(read_key(files["data/keys/collector.pem"]) == der, 30, "the bundle names another key")
    predicate = statement["predicate"]
    known = ("https://in-toto.io/Statement/v1", "https://whorl.invalid/attest/collection/v1", [])
    stated = (statement["_type"], statement["predicateType"], predicate["crit"])
    demand(stated == known and predicate["merkle"]["alg"] == "rfc6962-sha256", 80, "an unknown version")
    version = predicate["v"]
    demand(version in LAYOUT, 80, "an unknown version")
    demand(version > 1 or is_ed25519(der), 30, "a bundle of version 1 is signed with Ed25519 alone")
    demand(all(LAYOUT[version].fullmatch(path) for path in files), 10, "a file outside the layout of the version")
    if reviewer is not None:
        demand(REVIEW in files, 30, "a reviewer is pinned, and the bundle has no second signature")
        read_envelope(files[REVIEW], reviewer, "the reviewer's envelope")
    if REVIEW in files:
        one, two = (canonical(files[path], path) for path in (COLLECTION, REVIEW))
        demand(two["payload"] == one["payload"], 30, "the reviewer signed something else")
        demand(two["payloadType"] == one["payloadType"], 30, "the reviewer signed something else")
        demand(two["signatures"][0]["keyid"] != one["signatures"][0]["keyid"], 30, "both signatures are by one key")
    return statement["subject"], predicate


def check_tokens(files, path, start, trust):
    """The times of the tokens over a file; none may be bad."""
    if not any(name.startswith(start + "-") for name in files):
        return []
    import timestamps

    def refuse(reason):
        raise Refused(32, reason)

    return timestamps.check_all(files, path, start, trust["tsa"], trust["now"], trust["tokens"], refuse)


def check_envelope_tokens(files, trust):
    """When the earliest token over an envelope was made; None without tokens or without pinned authorities."""
    starts = {COLLECTION: "attest/ts/collector", REVIEW: "attest/ts/reviewer", "data/plan/plan.dsse.json": "data/plan/plan"}
    starts |= {path: path[:-5] for path in files if path.endswith(".note")}
    homes = [start + "-" for path, start in starts.items() if path in files]
    for path in files:
        if path[-4:] in (".tsq", ".tsr"):
            demand(any(path.startswith(home) for home in homes), 32, f"{path} belongs to no file")
    times = check_tokens(files, COLLECTION, starts[COLLECTION], trust)
    if REVIEW in files:
        times += check_tokens(files, REVIEW, starts[REVIEW], trust)
    return min(times) if times and trust["tsa"] else None


def certified_key(files):
    import certificates

    demand(CERTIFICATE in files, 31, "a root is pinned, and the bundle has no certificate")
    try:
        der = certificates.public_key(certificates.load_all(files[CERTIFICATE])[0])
    except certificates.CertificateError as error:
        raise Refused(31, str(error)) from error
    demand(der == read_key(files["data/keys/collector.pem"]), 31, "the certificate is for another key")
    return der


def check_certificate(files, der, trust, stamped):
    if CERTIFICATE not in files:
        return
    import certificates

    try:
        chain = certificates.load_all(files[CERTIFICATE])
        demand(certificates.public_key(chain[0]) == der, 31, "the certificate is for another key")
        certificates.check_signer(chain[0])
        if trust["roots"]:
            lines = files["data/custody.jsonl"].split(b"\n")[:-1]
            claimed = int(json.loads(lines[-1])["t"]) if lines else 0
            certificates.find_path(chain[0], chain[1:], trust["roots"], (stamped or claimed) // 10**9)
    except certificates.CertificateError as error:
        raise Refused(31, str(error)) from error


def check_checkpoints(files, predicate, der, trust):
    notes = [path for path in files if path.endswith(".note")]
    demand(notes == [f"data/checkpoints/{i + 1:04}.note" for i in range(len(notes))], 41, "a checkpoint is missing")
    leaves = [bytes.fromhex(line.decode()) for line in files["data/leaves.txt"].split()]
    size, made = 1, 0
    for path in notes:
        match = re.fullmatch(
            rb"([^\n]+)\n([1-9][0-9]*)\n([A-Za-z0-9+/=]+)\nt ([1-9][0-9]*)\n\n\xe2\x80\x94 collector ([A-Za-z0-9+/=]+)\n", files[path])
        demand(match, 20, f"{path} is not a note")
        origin, count, root, when, signature = match.groups()
        demand(origin.decode() == predicate["case"] + "/records", 41, f"{path} is of another case")
        demand(size <= int(count) <= len(leaves) and made <= int(when), 41, f"{path} is out of order")
        size, made = int(count), int(when)
        demand(unbase64(root.decode()) == root_of(leaves[:size]), 41, f"{path} states another root")
        identified = unbase64(signature.decode())
        name = hashlib.sha256(b"collector\n\x01" + der[12:] if is_ed25519(der) else der).digest()
        text = files[path][:files[path].index(b"\n\n") + 1]
        demand(identified[:4] == name[:4] and is_signature(der, text, identified[4:]), 41, f"{path} is not signed by the key")
        check_tokens(files, path, path[:-5], trust)


def check_connections(files):
    for path, data in files.items():
        if path.startswith("data/tls/"):
            demand(path == f"data/tls/{sha256(data)}.der", 40, f"{path} is not named by its digest")


def check_register(files, plan, digest):
    data = files.get("data/plan/register.jsonl")
    place = plan.get("register")
    demand((data is None) == (place is None), 60, "a register without a place in it, or a place without a register")
    head, found = "0" * 64, None
    for number, line in enumerate(read_lines(data or b"", "the register", 16_384)):
        entry = canonical(line, "a line of the register")
        demand((entry["v"], entry["n"], entry["prev"]) == (1, number, head), 60, f"line {number} of the register does not follow")
        if found is None and (entry["action"], entry["plan_sha256"]) == ("planned", digest):
            found = {"n": number, "prev": head}
        head = sha256(line)
    demand(found == place, 60, "the plan is not in the register at the place that it states")


def check_probes(files, plan):
    for path, data in files.items():
        if path.startswith("data/probes/"):
            value = canonical(data, path, line_feed=True)
            if value.get("format") == "whorl-probe-set":
                lines = [json.dumps(leaf, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode() for leaf in value["probes"]]
                leaves = [hashlib.sha256(b"\0" + line).digest() for line in lines]
                demand(root_of(leaves).hex() == plan["probes"]["root"], 60, f"{path} is another probe set than the planned one")


def check_digests(files, subjects, version):
    payload = {path: data for path, data in files.items() if path.startswith("data/")}
    manifest = "".join(f"{sha256(data)}  {path}\n" for path, data in payload.items()).encode()
    octets = sum(map(len, payload.values()))
    information = f"Payload-Oxum: {octets}.{len(payload)}\nWhorl-Bundle-Version: {version}\n".encode()
    demand(subjects == [{"name": n, "digest": {"sha256": sha256(files[n])}} for n in TAGS], 40, "a tag file differs")
    demand(files["manifest-sha256.txt"] == manifest, 40, "a payload file differs, is missing or is unlisted")
    demand(files["bag-info.txt"] == information, 40, "bag-info.txt is not that of the files")
    demand(files["bagit.txt"] == b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n", 40, "bagit.txt differs")


def check_canonical(files):
    for path, data in files.items():
        if re.match(r"data/(case|tool)\.json|data/(probes|results)/|data/plan/plan\.json", path):
            canonical(data, path, line_feed=True)
    return [canonical(line, "a record line") for line in read_lines(files["data/records.jsonl"], "records.jsonl", 65_536)]


def check_tree(files, predicate, records):
    text = files["data/leaves.txt"]
    demand(re.fullmatch(rb"([0-9a-f]{64}\n)*", text), 20, "leaves.txt is no list of digests")
    leaves = [bytes.fromhex(line.decode()) for line in text.split()]
    demand(len(leaves) == predicate["merkle"]["size"], 41, "the number of leaves is not the signed one")
    demand(root_of(leaves).hex() == predicate["merkle"]["root"], 41, "the root is not the signed one")
    demand(len(records) == predicate["disclosed"], 41, "the number of records is not the signed one")
    sequence = [record["seq"] for record in records]
    demand(sequence == sorted(set(sequence)), 41, "records out of order, or twice")
    for line, number in zip(files["data/records.jsonl"].split(b"\n"), sequence):
        leaf = hashlib.sha256(b"\0" + line).digest()
        demand(number < len(leaves) and leaves[number] == leaf, 41, f"record {number} is not the leaf it claims to be")


def check_case(files, predicate, records):
    demand(Counter(record["outcome"] for record in records) == predicate["outcomes"], 40, "outcomes are not as signed")
    first = str(min(int(record["t_start_ns"]) for record in records)) if records else None
    last = str(max(int(record["t_end_ns"]) for record in records)) if records else None
    demand((first, last) == (predicate.get("first_ns"), predicate.get("last_ns")), 40, "times are not as signed")
    models = {record["model"]["name"]: record["model"] for record in records}
    case = canonical(files["data/case.json"], "case.json", line_feed=True)
    demand((case["case"], case["suspect"]) == (predicate["case"], predicate["suspect"]), 40, "case.json is of another case")
    demand(case["models"] == [models[name] for name in sorted(models)], 40, "case.json lists other models")


def check_parts(files, records):
    segments = [path for path in files if path.startswith("data/segments/")]
    demand(segments == [f"data/segments/{i:06}.seg" for i in range(len(segments))], 42, "a segment is missing")
    data, offset = b"".join(files[path] for path in segments), 0
    for record in records:
        for part in record["parts"]:
            bytes_ = data[offset:offset + part["len"]]
            demand(len(bytes_) == part["len"] and sha256(bytes_) == part["commit"], 42, "a part does not fit")
            offset += part["len"]
    demand(offset == len(data), 42, "bytes outside the parts")


def check_custody(files, predicate):
    head = "0" * 64
    for number, line in enumerate(read_lines(files["data/custody.jsonl"], "the custody log", 16_384)):
        entry = canonical(line, "a line of the custody log")
        demand((entry["n"], entry["prev"]) == (number, head), 50, f"line {number} of the custody log does not follow")
        head = sha256(line)
    demand(head == predicate["custody_head"], 50, "the head of the custody log is not the signed one")


def check_plan(files, predicate, records, der):
    plan, envelope = files.get("data/plan/plan.json"), files.get("data/plan/plan.dsse.json")
    digest = predicate.get("plan_sha256")
    if digest is None:
        demand(not any(path.startswith("data/plan/") for path in files), 60, "a plan that was not signed")
        return
    demand(plan is not None and envelope is not None and sha256(plan) == digest, 60, "the plan is not the signed one")
    statement = read_envelope(envelope, der, "the plan's envelope")
    demand(statement["predicateType"] == "https://whorl.invalid/attest/plan/v1", 60, "the plan's seal is something else")
    demand(statement["subject"] == [{"name": "plan.json", "digest": {"sha256": digest}}], 60, "the seal is over another plan")
    value = canonical(plan, "plan.json")
    demand(value["case"] == predicate["case"] and predicate["suspect"] in value["suspects"], 60, "the plan is of another case")
    probes = [sha256(data) for path, data in files.items() if path.startswith("data/probes/")]
    demand(value["probes"]["file"] in probes, 60, "the planned probe set is not in the bundle")
    check_probes(files, value)
    check_register(files, value, digest)
    for record in records:
        if record["model"]["name"] == predicate["suspect"] and record["outcome"] != "imported":
            demand(record.get("plan_sha256") == digest, 60, "a record of the suspect was collected outside the plan")


def read_trust(arguments):
    """What is pinned: the signer's key or a root, and perhaps roots of authorities and the reviewer's key."""
    with open(arguments[1], "rb") as file:
        text = file.read()
    trust = {"key": None, "roots": [], "tsa": [], "reviewer": None, "now": time.time_ns(), "tokens": []}
    if b"BEGIN CERTIFICATE" in text:
        import certificates

        trust["roots"] = certificates.load_all(text)
    else:
        trust["key"] = read_key(text)
    if len(arguments) > 3 and arguments[3] != "-":
        import certificates

        with open(arguments[3], "rb") as file:
            trust["tsa"] = certificates.load_all(file.read())
    if len(arguments) > 4 and arguments[4] != "-":
        with open(arguments[4], "rb") as file:
            trust["reviewer"] = read_key(file.read())
    if len(arguments) > 5:
        moment = datetime.datetime.fromisoformat(arguments[5].replace("Z", "+00:00"))
        trust["now"] = int((moment if moment.tzinfo else moment.replace(tzinfo=datetime.timezone.utc)).timestamp()) * 10**9
        print(f"the clock is taken to stand at {arguments[5]}, as was asked, not read from this machine")
    return trust


def check_renewals(bundle, data, trust):
    """What later tokens beside the bundle are worth; None where there is nothing to say."""
    if not trust["tokens"] and not os.path.isdir(os.path.join(os.path.dirname(bundle) or ".", "after")):
        return None
    import timestamps

    def refuse(reason):
        raise Refused(32, reason)

    return timestamps.check_renewals(bundle, data, trust["tsa"], trust["now"], trust["tokens"], refuse)


def main(arguments):
    if not 2 <= len(arguments) <= 6:
        print(__doc__.split("\n\n")[1], file=sys.stderr)
        return 64
    try:
        trust = read_trust(arguments)
        wanted = arguments[2] if len(arguments) > 2 else "-"
        data = read_bundle(arguments[0])
        demand(wanted in ("-", sha256(data)), 40, "the archive is not the one whose number was given")
        files = read_archive(data)
        der = trust["key"] or certified_key(files)
        subjects, predicate = check_statement(files, der, trust["reviewer"])
        check_certificate(files, der, trust, check_envelope_tokens(files, trust))
        check_digests(files, subjects, predicate["v"])
        check_connections(files)
        records = check_canonical(files)
        check_tree(files, predicate, records)
        check_checkpoints(files, predicate, der, trust)
        check_case(files, predicate, records)
        check_parts(files, records)
        check_custody(files, predicate)
        check_plan(files, predicate, records, der)
        check_tokens(files, "data/plan/plan.dsse.json", "data/plan/plan", trust)
        renewed = check_renewals(arguments[0], data, trust)
    except Refused as refused:
        print(f"FAIL {refused.code}: {refused}")
        return refused.code
    except (KeyError, TypeError, AttributeError, IndexError):
        print("FAIL 20: a member is missing or of another type")
        return 20
    if renewed:
        print(renewed)
    print(f"every check of this script passed: {sha256(data)}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
