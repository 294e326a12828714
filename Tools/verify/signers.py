"""Who signed: the collector, the reviewer, their certificates, and the tokens over what they signed."""

import json

from archive import LAYOUT
from refusal import Refused, demand
from shapes import is_digest, is_name, is_text, is_time, is_whole
from statements import is_ed25519, parse_envelope, read_envelope, spell_key

COLLECTION, REVIEW, CERTIFICATE = (
    "attest/collection.dsse.json", "attest/collection.reviewer.dsse.json", "data/keys/collector.crt.pem")


def check_shape(statement):
    """Refuses a statement that lacks a member, or has one of another type."""
    predicate = statement["predicate"]
    subjects = all(is_text(subject["name"]) and is_digest(subject["digest"]["sha256"]) for subject in statement["subject"])
    demand(subjects, 20, "a subject without a name or a digest")
    demand(is_text(predicate["case"]) and all(letter >= " " for letter in predicate["case"]), 20, "a case without a name in one line")
    demand(is_name(predicate["suspect"]), 20, "a suspect whose name is not printable ASCII")
    words = [predicate["merkle"]["alg"]] + predicate["crit"]
    words += [predicate[name] for name in ("first_ns", "last_ns") if name in predicate]
    numbers = [predicate["v"], predicate["disclosed"], predicate["merkle"]["size"], *predicate["outcomes"].values()]
    digests = [predicate["custody_head"], predicate["merkle"]["root"]] + [predicate[n] for n in ("plan_sha256",) if n in predicate]
    demand(all(map(is_text, words)), 20, "a word that is none")
    demand(all(map(is_whole, numbers)), 20, "a number that is none")
    demand(all(map(is_digest, digests)), 20, "a digest that is none")


def check_statement(files, der, reviewer):
    statement = read_envelope(files[COLLECTION], der, "the collection's envelope")
    demand(isinstance(statement["_type"], str) and isinstance(statement["predicateType"], str), 20, "a statement without a type")
    known = ("https://in-toto.io/Statement/v1", "https://whorl.invalid/attest/collection/v1")
    demand((statement["_type"], statement["predicateType"]) == known, 80, "a statement of another type")
    check_shape(statement)
    predicate = statement["predicate"]
    version = predicate["v"]
    demand(version in LAYOUT and predicate["crit"] == [], 80, "an unknown version")
    demand(version > 1 or is_ed25519(der), 30, "a bundle of version 1 is signed with Ed25519 alone")
    demand(files["data/keys/collector.pem"] == spell_key(der), 30, "the bundle names another key")
    demand(predicate["merkle"]["alg"] == "rfc6962-sha256", 80, "an unknown kind of tree")
    demand(all(LAYOUT[version].fullmatch(path) for path in files), 10, "a file outside the layout of the version")
    if reviewer is not None:
        demand(REVIEW in files, 30, "a reviewer is pinned, and the bundle has no second signature")
        read_envelope(files[REVIEW], reviewer, "the reviewer's envelope")
    if REVIEW in files:
        one, two = (parse_envelope(files[path], path) for path in (COLLECTION, REVIEW))
        demand(two[0] == one[0], 30, "the reviewer signed something else")
        demand(two[1] != one[1], 30, "both signatures are by one key")
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
        der = certificates.public_key(certificates.load_exactly(files[CERTIFICATE])[0])
    except certificates.CertificateError as error:
        raise Refused(31, str(error)) from error
    demand(files["data/keys/collector.pem"] == spell_key(der), 31, "the certificate is for another key")
    return der


def check_certificate(files, der, trust, stamped):
    if CERTIFICATE not in files:
        return
    import certificates

    try:
        chain = certificates.load_exactly(files[CERTIFICATE])
        demand(certificates.public_key(chain[0]) == der, 31, "the certificate is for another key")
        certificates.check_signer(chain[0])
        if trust["roots"]:
            lines = files["data/custody.jsonl"].split(b"\n")[:-1]
            last = json.loads(lines[-1]) if lines else None
            claimed = last.get("t") if isinstance(last, dict) else None
            demand(stamped or is_time(claimed), 31, "nothing states a time at which it should be valid")
            certificates.find_path(chain[0], chain[1:], trust["roots"], (stamped or int(claimed)) // 10**9)
    except certificates.CertificateError as error:
        raise Refused(31, str(error)) from error
