"""The three verifiers as subjects of mutation."""
import collections
import os
import pathlib
import subprocess
import sys
import tempfile

import python_mutants
import script_mutants
import swift_sites

ROOT = pathlib.Path(__file__).resolve().parents[3]
HERE = pathlib.Path(__file__).resolve().parent
EVIDENCE = ROOT / "Sources/Evidence"
FOLDERS = ["Verification", "Archive", "Certificates", "Timestamps", "Statements", "Checkpoints", "Register", "Handover"]
FILES = ["Keys/VerificationKey.swift", "Keys/PEM.swift", "Plan/SealedPlan.swift", "Bundle/RecordFields.swift", "Bundle/BundleLayout.swift"]
# The reader under all of them, which is a module of its own.
JSON = ROOT / "Sources/ContentAddressing/CanonicalJSON"
JSON_FILES = ["CanonicalJSON.swift", "JSONReader.swift", "JSONReader+String.swift"]
# Functions that make things, and readers of what lies beside a bundle: no check of a bundle's verifier.
WRITERS = {
    "ArchiveWriter.swift": [""], "CertificateIssuer.swift": [""], "VerifiedBundle.swift": [""], "ZstdCompressor.swift": [""],
    "ZstdDecompressor.swift": ["init()"],
    "BundleVerifier.swift": ["func handover", "func inspect", "func verify"], "PlanRegister.swift": ["func adding"],
    "Checkpoint.swift": ["init( caseName"], "TimestampToken.swift": ["func stored"], "BundleInspection+Timestamps.swift": ["func timestamps(over"], "StoredTimestamp.swift": ["init( authority", "func save"],
    "X509Certificate.swift": ["func load"], "ArchiveStamps.swift": ["func removeUnfinished", "func save"],
    "HandoverChain.swift": ["func give", "func receive"],
}


def read_survivors():
    """The checks that may survive: lines of `subject | file | condition`, and their common reason on the lines after them."""
    listed, keys, reads_reason = {}, [], False
    for line in (HERE / "survivors.txt").read_text().splitlines():
        if line.startswith("#") or not line.strip():
            continue
        if line.startswith("    "):
            for key in keys:
                listed[key] = f"{listed.get(key, '')} {line.strip()}".strip()
            reads_reason = True
        else:
            keys = ([] if reads_reason else keys) + [tuple(part.strip() for part in line.split(" | ", 2))]
            reads_reason = False
    return listed


def judge(subject, sites, found, listed):
    """Prints every check with what noticed its loss; returns how many verdicts are wrong."""
    wrong, counts = 0, collections.Counter()
    surviving = {sites[n][::2] for n in range(len(sites)) if not found.get(n, "NOT RUN").startswith("noticed")}
    for number, (place, line, text) in enumerate(sites):
        verdict = found.get(number, "NOT RUN")
        reason = listed.get((subject, place, text))
        survived = not verdict.startswith("noticed")
        counts["listed" if survived and reason else "survived" if survived else "noticed"] += 1
        if survived and reason:
            verdict = f"listed ({verdict}): {reason}"
        elif survived or (reason is not None and (place, text) not in surviving):
            wrong += 1
            verdict = verdict if survived else f"LISTED, and {verdict}"
        print(f"{subject} {number:3} {verdict:<70} {place}:{line}  {text}")
    known = {(subject, place, text) for place, _, text in sites}
    for key in listed:
        if key[0] == subject and key not in known:
            print(f"LISTED, and no such check: {' | '.join(key)}")
            wrong += 1
    print(f"{subject}: {len(sites)} checks taken out one by one, {counts['noticed']} noticed, {counts['listed']} listed as second "
          f"checks, {counts['survived']} survived")
    return wrong


def swift(scratch, listed, only_list):
    names = [path for folder in FOLDERS for path in sorted((EVIDENCE / folder).glob("*.swift"))] + [EVIDENCE / name for name in FILES]
    names += [JSON / name for name in JSON_FILES]
    dirty = subprocess.run(["git", "status", "--porcelain", "--", str(EVIDENCE), str(JSON)], cwd=ROOT, capture_output=True, text=True, check=True)
    if dirty.stdout.strip() and not only_list:
        sys.exit(f"the sources have uncommitted changes:\n{dirty.stdout}")
    originals, sites = {path: path.read_bytes() for path in names}, swift_sites.Sites()
    switched = {path: sites.switched(path.name, data.decode(), WRITERS.get(path.name, ())) for path, data in originals.items()}
    if only_list:
        print("\n".join(f"swift {n:3} {place}:{line}  {text}" for n, (place, line, text) in enumerate(sites.places)))
        print(f"{len(sites.places)} checks, {len(sites.bindings)} of which bind a value")
        return 0
    switch = (HERE / "Mutant.swift.txt").read_text()
    switches = {EVIDENCE / "Mutant.swift": switch, JSON / "Mutant.swift": switch.replace("EvidenceError", "ContentAddressingError")}
    try:
        for path, text in switched.items():
            path.write_text(text)
        for path, text in switches.items():
            path.write_text(text)
        build = subprocess.run(["swift", "build", "--scratch-path", scratch, "--build-tests"], cwd=ROOT, capture_output=True, text=True)
        if build.returncode:
            sys.exit("the sources with switches do not build:\n" + "\n".join(
                line for line in build.stdout.splitlines() if "error" in line))
        return judge("swift", sites.places, run_swift(sites, scratch), listed)
    finally:
        for path, data in originals.items():
            path.write_bytes(data)
        for path in switches:
            path.unlink(missing_ok=True)


def run_swift(sites, scratch):
    """What noticed each check: the suite is started again after a check whose loss ends the process."""
    with tempfile.TemporaryDirectory() as folder:
        found, first, count = {}, 0, len(sites.places)
        pathlib.Path(folder, "bindings").write_text("\n".join(map(str, sorted(sites.bindings))))
        while first < count:
            environment = os.environ | {"WHORL_MUTATION": folder, "WHORL_MUTANTS_RANGE": f"{first}-{count - 1}"}
            result = subprocess.run(["swift", "test", "--scratch-path", scratch, "--skip-build", "--filter", "MutationTests"],
                                    cwd=ROOT, env=environment, capture_output=True, text=True)
            wrong = [line for line in result.stdout.splitlines() if "recorded an issue" in line]
            if wrong:
                sys.exit("the verifier itself answers otherwise than the corpus says:\n" + "\n".join(wrong))
            report = pathlib.Path(folder, "report")
            lines = report.read_text().splitlines() if report.exists() else []
            if result.returncode and len(lines) <= len(found):
                sys.exit("the suite itself fails:\n" + result.stdout[-4000:] + result.stderr[-2000:])
            for line in lines:
                number, _, what = line.partition(" ")
                found[int(number)] = what or "noticed by: the process died"
            first = max(found) + 1
            report.write_text("".join(f"{number} {what}\n" for number, what in sorted(found.items())))
    return found


def export(scratch, folder):
    """The corpus as files, for the verifiers that are not written in Swift."""
    result = subprocess.run(
        ["swift", "test", "--scratch-path", scratch, "--skip-build", "--filter", "AttackExportTests"], cwd=ROOT,
        env=os.environ | {"WHORL_CORPUS": folder}, capture_output=True, text=True)
    if result.returncode:
        sys.exit("the corpus cannot be written:\n" + result.stdout[-4000:] + result.stderr[-2000:])


def other(name, module):
    def run(scratch, listed, only_list):
        if only_list:
            print("\n".join(f"{name} {n:3} {place}:{line}  {text}" for n, (place, line, text) in enumerate(module.sites())))
            return 0
        with tempfile.TemporaryDirectory() as folder:
            export(scratch, folder)
            return judge(name, module.sites(), module.run(pathlib.Path(folder)), listed)

    return run


ALL = {"swift": swift, "script": other("script", script_mutants), "python": other("python", python_mutants)}
