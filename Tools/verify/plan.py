"""The plan, its seal, its probes and its place in the owner's register."""

import hashlib
import json

from canonical import canonical, read_lines
from refusal import Refused, demand, sha256
from statements import read_envelope
from tree import root_of


def check_plan(files, predicate, records, der):
    plan, envelope = files.get("data/plan/plan.json"), files.get("data/plan/plan.dsse.json")
    digest = predicate.get("plan_sha256")
    if digest is None:
        demand(not any(path.startswith("data/plan/") for path in files), 60, "a plan that was not signed")
        return
    demand(plan is not None and sha256(plan) == digest, 60, "the plan is not the signed one")
    try:
        statement = read_envelope(envelope, der, "the plan's envelope")
    except (Refused, KeyError, TypeError, AttributeError, IndexError) as error:
        raise Refused(60, f"the plan is not sealed by the key: {error}") from error
    stated = statement["predicate"]
    demand((stated["v"], stated["crit"]) == (1, []) and statement["_type"] == "https://in-toto.io/Statement/v1", 60, "the seal is of another version")
    demand(statement["predicateType"] == "https://whorl.invalid/attest/plan/v1", 60, "the plan's seal is something else")
    demand(statement["subject"] == [{"name": "plan.json", "digest": {"sha256": digest}}], 60, "the seal is over another plan")
    value = canonical(plan, "plan.json")
    demand(stated["case"] == value["case"], 60, "the seal is over the plan of another case")
    demand(value["case"] == predicate["case"] and predicate["suspect"] in value["suspects"], 60, "the plan is of another case")
    probes = [sha256(data) for path, data in files.items() if path.startswith("data/probes/")]
    demand(value["probes"]["file"] in probes, 60, "the planned probe set is not in the bundle")
    check_probes(files, value)
    try:
        check_register(files, value, digest)
    except (Refused, KeyError, TypeError) as error:
        raise Refused(60, f"the register: {error}") from error
    for record in records:
        if record["model"]["name"] == predicate["suspect"] and record["outcome"] != "imported":
            demand(record.get("plan_sha256") == digest, 60, "a record of the suspect was collected outside the plan")


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
