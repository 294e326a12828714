"""The plan, its seal, its probes and its place in the owner's register."""

import hashlib
import json

from canonical import canonical, read_lines
from refusal import Refused, demand, sha256
from shapes import is_absent_or, is_digest, is_list, is_name, is_role, is_text, is_whole, matches, same
from statements import read_envelope
from tree import root_of


def is_seed(value):
    return value == "plan" or matches("0|[1-9][0-9]{0,19}", value) and int(value) < 2**64


def check_shape(plan):
    """Refuses a plan that lacks a member, has one of another type, or names a model twice."""
    demand(same(plan["v"], 1), 60, "a plan of another version")
    words = [plan["written_ns"], plan["stopping_rule"], plan["exclusion_rule"], *plan["comparators"]]
    demand(all(map(is_text, words + [member["lineage"] for member in plan["panel"]])), 60, "a word of the plan that is none")
    demand(all(map(is_list, [plan["suspects"], plan["hypotheses"], plan["comparators"]])), 60, "a list of the plan that is none")
    names = [plan["protected"], *plan["suspects"], *[member["name"] for member in plan["panel"]]]
    demand(all(map(is_name, names)) and len(set(names)) == len(names), 60, "a name of the plan that is none, or stands there twice")
    purposes = {(member["lineage"], member["purpose"]) for member in plan["panel"]}
    demand({purpose for _, purpose in purposes} <= {"select", "calibrate", "report"}, 60, "a purpose that is unknown")
    demand(all(is_absent_or(is_role, member, "role") for member in plan["panel"]), 60, "a role that is unknown")
    demand(len({lineage for lineage, _ in purposes}) == len(purposes), 60, "a lineage with two purposes")
    demand(set(plan["hypotheses"]) <= {"copy", "derivative", "student", "independent"}, 60, "a hypothesis that is unknown")
    digests = [plan["probes"]["file"], plan["probes"]["root"]]
    demand(all(map(is_digest, digests)) and is_absent_or(is_digest, plan, "calibration"), 60, "a digest of the plan that is none")
    numbers = [plan["probes"]["count"], plan["maximum_attempts"]]
    demand(all(is_whole(number) and number > 0 for number in numbers), 60, "a number of the plan that is none")
    demand("thresholds" in plan and is_seed(plan["seed"]), 60, "a plan without thresholds or seed")
    demand(plan.get("register", {}) is not None, 60, "a place in the register that is null")


def check_plan(files, predicate, records, der):
    try:
        check_sealed(files, predicate, records, der)
    except (KeyError, TypeError, AttributeError, IndexError) as error:
        raise Refused(60, f"the plan or its seal lacks a member: {error}") from error


def check_sealed(files, predicate, records, der):
    plan, envelope = files.get("data/plan/plan.json"), files.get("data/plan/plan.dsse.json")
    digest = predicate.get("plan_sha256")
    if digest is None:
        demand(not any(path.startswith("data/plan/") for path in files), 60, "a plan that was not signed")
        return
    demand(sha256(plan) == digest, 60, "the plan is not the signed one")
    try:
        statement = read_envelope(envelope, der, "the plan's envelope")
    except Refused as error:
        raise Refused(60, f"the plan is not sealed by the key: {error}") from error
    stated = statement["predicate"]
    demand(same([stated["v"], stated["crit"]], [1, []]) and statement["_type"] == "https://in-toto.io/Statement/v1", 60, "the seal is of another version")
    demand(statement["predicateType"] == "https://whorl.invalid/attest/plan/v1", 60, "the plan's seal is something else")
    subjects = [(subject["name"], subject["digest"]["sha256"]) for subject in statement["subject"]]
    demand(subjects == [("plan.json", digest)], 60, "the seal is over another plan")
    value = canonical(plan, "plan.json")
    check_shape(value)
    demand(stated["case"] == value["case"], 60, "the seal is over the plan of another case")
    demand(value["case"] == predicate["case"] and predicate["suspect"] in value["suspects"], 60, "the plan is of another case")
    described = canonical(files["data/case.json"], "case.json", line_feed=True)
    demand(described["protected"] == value["protected"], 60, "case.json names another protected model than the plan")
    probes = [sha256(data) for path, data in files.items() if path.startswith("data/probes/")]
    demand(value["probes"]["file"] in probes, 60, "the planned probe set is not in the bundle")
    check_probes(files, value)
    try:
        check_register(files, value, digest)
    except Refused as error:
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
        demand(same([entry["v"], entry["n"], entry["prev"]], [1, number, head]), 60, f"line {number} of the register does not follow")
        demand(entry["action"] in ("planned", "reported"), 60, f"line {number} of the register says something unknown")
        demand(is_text(entry["t"]) and is_digest(entry["case"]) and is_digest(entry["plan_sha256"]), 60, f"line {number} of the register lacks a member")
        demand(is_absent_or(is_digest, entry, "bundle_sha256"), 60, f"line {number} of the register names a bundle by no digest")
        if found is None and (entry["action"], entry["plan_sha256"]) == ("planned", digest):
            found = {"n": number, "prev": head}
        head = sha256(line)
    demand(same(found, place), 60, "the plan is not in the register at the place that it states")


def check_probes(files, plan):
    for path, data in files.items():
        if path.startswith("data/probes/"):
            value = canonical(data, path, line_feed=True)
            if isinstance(value, dict) and value.get("format") == "whorl-probe-set" and is_list(value.get("probes")):
                lines = [json.dumps(leaf, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode() for leaf in value["probes"]]
                leaves = [hashlib.sha256(b"\0" + line).digest() for line in lines]
                demand(root_of(leaves).hex() == plan["probes"]["root"], 60, f"{path} is another probe set than the planned one")
                probes = [leaf.get("probe") for leaf in value["probes"] if isinstance(leaf, dict)]
                draws = [probe.get("draws") for probe in probes if isinstance(probe, dict)]
                planned = sum(number for number in draws if is_whole(number) and number > 0)
                demand(planned <= 1_000_000, 60, f"{path} has more draws than a case may have records")
