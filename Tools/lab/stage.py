#!/usr/bin/env python3
"""Set a scene: start the servers and black boxes of one investigation and say where they are.

    stage.py [--zoo DIR] --scene FILE.json [--endpoints DIR]

Prints exactly one JSON line on standard output, once every endpoint answers:

    {"ready": true, "scene": "demo", "endpoints": [{"name", "role", "lineage", "url", "model"}, ...],
     "truth": [{"name", "relation", "model", "how"}, ...], "missing": [...], "seconds": 3.1}

`endpoints` is what an investigator may know: the lineage is null for a suspect. `truth` is for the end. Everything else goes to standard
error. With `--endpoints` an endpoint file for `whorl` is written for each. The process, and with it every server, ends when standard input closes or on SIGTERM.

Exit codes: 0 ended in order, 2 the scene is not usable, 3 a model that the scene needs is not in the zoo, 5 a server did not start.
"""

import argparse
import json
import os
import selectors
import signal
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import proxy
import zoo

ROLES = ("protected", "suspect", "panel", "sibling", "redeployment")
START_TIMEOUT = 180


class StageError(Exception):
    def __init__(self, code, message):
        super().__init__(message)
        self.code = code


def log(text):
    print(f"stage: {text}", file=sys.stderr, flush=True)


def read_scene(path):
    try:
        scene = json.loads(Path(path).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise StageError(2, f"{path} is not readable: {error}") from None
    if scene.get("version") != 1 or not scene.get("endpoints"):
        raise StageError(2, f"{path} is not a scene of version 1 with endpoints")
    names = [endpoint.get("name") for endpoint in scene["endpoints"]]
    if len(set(names)) != len(names) or not all(names):
        raise StageError(2, f"{path}: each endpoint needs a name of its own")
    for endpoint in scene["endpoints"]:
        if endpoint.get("role") not in ROLES or not endpoint.get("model"):
            raise StageError(2, f"{path}: {endpoint['name']} needs a model and a role out of {', '.join(ROLES)}")
    if sum(endpoint["role"] == "protected" for endpoint in scene["endpoints"]) != 1:
        raise StageError(2, f"{path}: a scene has exactly one protected model")
    return scene


def relation(model, protected):
    """The true hypothesis about a model, from the zoo's manifest."""
    if model["lineage"] != protected["lineage"]:
        return "independent"
    return "derivative" if model["relation"] == "fine-tuned" else "copy"


def specification(model, zoo_directory):
    text = str(zoo_directory / model["file"])
    if "adapter" in model:
        text += f",{zoo.HERE / model['adapter']['file']}"
    return text


def wait_for_lines(process, count):
    """The READY lines of the server process, or an error when it ends or takes too long."""
    selector = selectors.DefaultSelector()
    selector.register(process.stdout, selectors.EVENT_READ)
    deadline = time.monotonic() + START_TIMEOUT
    lines, pending = [], b""
    while len(lines) < count:
        if not selector.select(timeout=max(0, deadline - time.monotonic())):
            raise StageError(5, f"only {len(lines)} of {count} servers were ready after {START_TIMEOUT} s")
        block = os.read(process.stdout.fileno(), 65536)
        if not block:
            raise StageError(5, f"the server process ended after {len(lines)} of {count} servers")
        *whole, pending = (pending + block).split(b"\n")
        lines += [json.loads(line) for line in whole]
        for line in whole:
            log(f"{json.loads(line)['name']} ready")
    return {line["name"]: line["url"] for line in lines}


def answers(url):
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(url + "/health", timeout=10) as response:
            return response.status == 200
    except OSError:
        return False


def set_scene(scene, zoo_directory, context):
    manifest = zoo.read_manifest(zoo_directory)
    models = {model["name"]: model for model in manifest["models"]}
    cast, missing = [], []
    for endpoint in scene["endpoints"]:
        if endpoint["model"] in models:
            cast.append(endpoint)
        elif endpoint.get("optional"):
            missing.append({"name": endpoint["name"], "model": endpoint["model"]})
            log(f"without {endpoint['name']}: the zoo has no {endpoint['model']}")
        else:
            raise StageError(
                3, f"{endpoint['name']} needs {endpoint['model']}, which is not in {zoo_directory}: run Tools/lab/zoo.py fetch")
    # Endpoints that show the same weights share one server.
    needed = sorted({endpoint["model"] for endpoint in cast})
    command = [sys.executable, str(zoo.HERE / "serve.py"), "--context", str(context)]
    command += [f"{name}={specification(models[name], zoo_directory)}" for name in needed]
    environment = dict(os.environ, PYTHONPATH=str(zoo_directory / manifest["site"]))
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment)
    try:
        servers = wait_for_lines(process, len(needed))
        protected = models[next(endpoint["model"] for endpoint in cast if endpoint["role"] == "protected")]
        endpoints, truth = [], []
        for endpoint in cast:
            model, url = models[endpoint["model"]], servers[endpoint["model"]]
            how, alias = model["how"], endpoint["name"]
            if disguise := endpoint.get("proxy"):
                alias = disguise.get("alias", alias)
                system, temperature = disguise.get("system"), disguise.get("temperature")
                url = proxy.start(proxy.Disguise(url, alias, system, temperature))
                how += "; behind a proxy"
                how += " with a system prompt" if system else ""
                how += f" at temperature {temperature}" if temperature is not None else ""
            known = None if endpoint["role"] == "suspect" else model["lineage"]
            endpoints.append(
                {"name": endpoint["name"], "role": endpoint["role"], "lineage": known, "url": url, "model": alias})
            if endpoint["role"] != "protected":
                truth.append(
                    {"name": endpoint["name"], "relation": relation(model, protected), "model": model["name"], "how": how})
            if not answers(url):
                raise StageError(5, f"{endpoint['name']} does not answer at {url}")
    except BaseException:
        process.kill()
        raise
    return process, endpoints, truth, missing


def write_endpoint_files(directory, endpoints):
    """One file NAME.toml for each endpoint, as `whorl` reads them."""
    directory.mkdir(parents=True, exist_ok=True)
    for endpoint in endpoints:
        lines = [f'{key} = "{endpoint[key]}"' for key in ("name", "role", "lineage", "model") if endpoint[key]]
        lines.append(f'url = "{endpoint["url"]}/v1"')
        (directory / f"{endpoint['name']}.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--zoo", default=str(zoo.DEFAULT_DIRECTORY), metavar="DIR")
    parser.add_argument("--scene", required=True, metavar="FILE.json")
    parser.add_argument("--endpoints", type=Path, metavar="DIR", help="a folder to write endpoint files into")
    parser.add_argument("--context", type=int, default=1024, help="tokens of context per server")
    arguments = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    began = time.monotonic()
    try:
        scene = read_scene(arguments.scene)
        process, endpoints, truth, missing = set_scene(scene, Path(arguments.zoo).resolve(), arguments.context)
        if arguments.endpoints:
            write_endpoint_files(arguments.endpoints, endpoints)
    except (StageError, zoo.ZooError) as error:
        log(str(error))
        return error.code
    try:
        line = {
            "ready": True, "scene": scene.get("name", ""), "endpoints": endpoints, "truth": truth, "missing": missing,
            "seconds": round(time.monotonic() - began, 1)}
        print(json.dumps(line, ensure_ascii=False), flush=True)
        while sys.stdin.buffer.read(4096):
            pass
    finally:
        process.kill()
        process.wait()
    return 0


if __name__ == "__main__":
    sys.exit(main())
