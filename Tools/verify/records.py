"""What was collected: digests, records, parts, the custody log, and the checkpoints made on the way."""

import hashlib
import re
from collections import Counter

from archive import TAGS
from canonical import canonical, read_lines
from refusal import demand, sha256
from shapes import is_absent_or, is_digest, is_list, is_name, is_text, is_time, is_whole, same
from signers import check_tokens
from statements import is_ed25519, is_signature, unbase64
from tree import root_of


def check_digests(files, subjects, version):
    payload = {path: data for path, data in files.items() if path.startswith("data/")}
    manifest = "".join(f"{sha256(data)}  {path}\n" for path, data in payload.items()).encode()
    octets = sum(map(len, payload.values()))
    information = f"Payload-Oxum: {octets}.{len(payload)}\nWhorl-Bundle-Version: {version}\n".encode()
    stated = [(subject["name"], subject["digest"]["sha256"]) for subject in subjects]
    demand(stated == [(name, sha256(files[name])) for name in TAGS], 40, "a tag file differs")
    demand(files["manifest-sha256.txt"] == manifest, 40, "a payload file differs, is missing or is unlisted")
    demand(files["bag-info.txt"] == information, 40, "bag-info.txt is not that of the files")
    demand(files["bagit.txt"] == b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n", 40, "bagit.txt differs")


def check_shape(record):
    """Refuses a record line that lacks a field, or has one of another type."""
    model, parts = record["model"], record["parts"]
    demand(set(model) <= {"lineage", "name", "role"} and is_name(model["name"]), 20, "a model with other members, or with a name that is none")
    demand(all(map(is_text, [model["role"], record["run"], record["outcome"]])), 20, "a record line with a word that is none")
    demand(is_absent_or(is_text, model, "lineage"), 20, "a lineage that is none")
    demand(is_list(parts) and is_absent_or(is_list, record, "redactions"), 20, "a record line with a list that is none")
    demand(all(is_text(part["name"]) for part in parts), 20, "a part without a name")
    numbers = [record["seq"], record["rep"]] + [part["len"] for part in parts]
    demand(all(map(is_whole, numbers)) and record["seq"] >= 0, 20, "a record line with a number that is none")
    demand(all(map(is_digest, [record["probe"]] + [part["commit"] for part in parts])), 20, "a record line with a digest that is none")
    demand(is_absent_or(is_digest, record, "plan_sha256"), 20, "a plan that is no digest")
    demand(is_time(record["t_start_ns"]) and is_time(record["t_end_ns"]), 20, "a record line with a time that is none")


def check_canonical(files):
    for path, data in files.items():
        if re.match(r"data/(case|tool)\.json|data/(probes|results)/", path):
            canonical(data, path, line_feed=True)
        if re.match(r"data/plan/plan(\.dsse)?\.json", path):
            canonical(data, path)  # what is signed ends with no line feed
    records = [canonical(line, "a record line") for line in read_lines(files["data/records.jsonl"], "records.jsonl", 65_536)]
    for record in records:
        demand(same(record.get("v"), 1), 80, "a record line of an unknown version")
        check_shape(record)
    return records


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
    demand(dict(Counter(record["outcome"] for record in records)) == predicate["outcomes"], 40, "outcomes are not as signed")
    first = str(min(int(record["t_start_ns"]) for record in records)) if records else None
    last = str(max(int(record["t_end_ns"]) for record in records)) if records else None
    demand((first, last) == (predicate.get("first_ns"), predicate.get("last_ns")), 40, "times are not as signed")
    models = {record["model"]["name"]: record["model"] for record in records}
    demand(all(models[record["model"]["name"]] == record["model"] for record in records), 40, "a name stands for two models")
    case = canonical(files["data/case.json"], "case.json", line_feed=True)
    demand(isinstance(case, dict), 40, "case.json is no object")
    demand(all(name in case for name in ("case", "models", "protected", "suspect", "v")), 40, "case.json lacks a member")
    demand(same(case["v"], 1) and is_name(case["protected"]), 40, "case.json is of another version, or protects no name")
    demand((case["case"], case["suspect"]) == (predicate["case"], predicate["suspect"]), 40, "case.json is of another case")
    demand(same(case["models"], [models[name] for name in sorted(models)]), 40, "case.json lists other models")


def check_parts(files, records):
    segments = [path for path in files if path.startswith("data/segments/")]
    demand(segments == [f"data/segments/{i:06}.seg" for i in range(len(segments))], 42, "a segment is missing")
    data, offset = b"".join(files[path] for path in segments), 0
    for record in records:
        for part in record["parts"]:
            demand(32 <= part["len"] <= 40 << 20, 11, "a part without a salt, or of more than 40 MiB")
            bytes_ = data[offset:offset + part["len"]]
            demand(sha256(bytes_) == part["commit"], 42, "a part does not fit")
            offset += part["len"]
    demand(offset == len(data), 42, "bytes outside the parts")


def check_masks(files, records):
    """What was masked: commitments in their form, and nothing but asterisks in the masked places."""
    data = b"".join(files[path] for path in files if path.startswith("data/segments/"))
    start = 0
    for record in records:
        parts, places = record["parts"], {}
        for part in parts:
            places.setdefault(part["name"], (start + 32, part["len"] - 32))
            start += part["len"]
        for mask in record.get("redactions", []):
            first, room = places.get(mask.get("part"), (0, -1))
            offset, length = mask["off"], mask["len"]
            demand(is_whole(offset) and is_whole(length) and offset >= 0 and length > 0 and offset + length <= room, 20, "a redaction that no part has")
            stated = [mask[member] for member in ("salt", "commit") if member in mask]
            demand(len(stated) != 1 and all(map(is_digest, stated)), 20, "a redaction with a damaged commitment")
            demand(data[first + offset:first + offset + length] == b"*" * length, 42, "a masked place holds something")


def check_custody(files, predicate):
    head = "0" * 64
    for number, line in enumerate(read_lines(files["data/custody.jsonl"], "the custody log", 16_384)):
        entry = canonical(line, "a line of the custody log")
        stated = [entry.get("n"), entry.get("prev")] if isinstance(entry, dict) else None
        demand(same(stated, [number, head]), 50, f"line {number} of the custody log does not follow")
        head = sha256(line)
    demand(head == predicate["custody_head"], 50, "the head of the custody log is not the signed one")


def check_checkpoints(files, predicate, der, trust):
    notes = [path for path in files if path.endswith(".note")]
    demand(notes == [f"data/checkpoints/{i + 1:04}.note" for i in range(len(notes))], 41, "a checkpoint is missing")
    leaves = [bytes.fromhex(line.decode()) for line in files["data/leaves.txt"].split()]
    size, made = 1, 0
    for path in notes:
        match = re.fullmatch(
            rb"([^\n]+)\n([1-9][0-9]*)\n([A-Za-z0-9+/=]+)\nt ([1-9][0-9]*)\n\n\xe2\x80\x94 collector ([A-Za-z0-9+/=]+)\n", files[path])
        origin, count, root, when, signature = match.groups()  # no match has none, which refuses as another spelling
        demand(is_time(when.decode()), 20, f"{path} states a time beyond 64 bits")
        demand(origin == (predicate["case"] + "/records").encode(), 41, f"{path} is of another case")
        demand(size <= int(count) <= len(leaves) and made <= int(when), 41, f"{path} is out of order")
        size, made = int(count), int(when)
        demand(unbase64(root.decode(), 20) == root_of(leaves[:size]), 41, f"{path} states another root")
        identified = unbase64(signature.decode(), 20)
        name = hashlib.sha256(b"collector\n\x01" + der[12:] if is_ed25519(der) else der).digest()
        text = files[path][:files[path].index(b"\n\n") + 1]
        demand(identified[:4] == name[:4] and is_signature(der, text, identified[4:]), 41, f"{path} is not signed by the key")
        check_tokens(files, path, path[:-5], trust)


def check_connections(files):
    for path, data in files.items():
        if path.startswith("data/tls/"):
            demand(path == f"data/tls/{sha256(data)}.der", 40, f"{path} is not named by its digest")
