#!/usr/bin/env python3
"""Checks a Whorl bundle: a second implementation of the format page, versions 1 and 2, in Python.

usage: verify_bundle.py BUNDLE SIGNER.pem|ROOT.crt [SHA-256 of the archive|-] [roots of TSAs.pem|-] [REVIEWER.pem|-] [TIME]

BUNDLE is a plain archive, or wears its Zstandard coat (then the program `zstd` is called). Exit codes are those of
`whorl verify`. Ed25519 is written out (ed25519.py), so that no code is shared with the other two verifiers. The package
`cryptography` is needed for bundles with certificates, time stamps or keys on P-256, and for nothing else.
"""

import datetime
import os
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from archive import read_archive, read_bundle  # noqa: E402
from plan import check_plan  # noqa: E402
from records import (  # noqa: E402
    check_canonical, check_case, check_checkpoints, check_connections, check_custody, check_digests, check_masks, check_parts,
    check_tree)
from refusal import Refused, demand, sha256  # noqa: E402
from signers import certified_key, check_certificate, check_envelope_tokens, check_statement, check_tokens  # noqa: E402
from statements import read_key  # noqa: E402


def load_roots(text):
    import certificates

    try:
        return certificates.load_all(text)
    except certificates.CertificateError as error:
        raise Refused(31, f"what is pinned: {error}") from error


def read_trust(arguments):
    """What is pinned: the signer's key or a root, and perhaps roots of authorities and the reviewer's key."""
    with open(arguments[1], "rb") as file:
        text = file.read()
    trust = {"key": None, "roots": [], "tsa": [], "reviewer": None, "now": time.time_ns(), "tokens": []}
    if b"BEGIN CERTIFICATE" in text:
        trust["roots"] = load_roots(text)
    else:
        trust["key"] = read_key(text)
    if len(arguments) > 3 and arguments[3] != "-":
        with open(arguments[3], "rb") as file:
            trust["tsa"] = load_roots(file.read())
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
    if trust["tokens"] or os.path.lexists(os.path.join(os.path.dirname(bundle) or ".", "after")):
        import timestamps

        def refuse(reason):
            raise Refused(32, reason)

        return timestamps.check_renewals(bundle, data, trust["tsa"], trust["now"], trust["tokens"], refuse)
    return None


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
        check_masks(files, records)
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
