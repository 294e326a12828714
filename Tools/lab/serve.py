#!/usr/bin/env python3
"""Serve GGUF models over HTTP on loopback, all from one process: llama.cpp's own server, one thread and one slot each.

    PYTHONPATH=ZOO/site serve.py [--context 1024] NAME=MODEL.gguf[,ADAPTER.gguf[:SCALE]][@PORT] ...

Prints one JSON line per server on standard output when it answers:

    {"ready": true, "name": "protected", "url": "http://127.0.0.1:41565", "seconds": 0.4}

Port 0, the default, takes a free one. The process ends when its standard input closes or on SIGTERM, so a parent that dies
leaves no server behind. The prompt cache is off: only then are two greedy answers of one server equal.
"""

import argparse
import json
import os
import signal
import sys
import time


def parse(specification):
    """NAME=MODEL[,ADAPTER[:SCALE]][@PORT] as a dictionary."""
    name, equals, rest = specification.partition("=")
    if not (name and equals and rest):
        raise argparse.ArgumentTypeError(f"{specification!r} is not NAME=MODEL.gguf[,ADAPTER.gguf[:SCALE]][@PORT]")
    rest, _, port = rest.partition("@")
    model, _, adapter = rest.partition(",")
    adapter, _, scale = adapter.partition(":")
    try:
        result = {"name": name, "model": model, "adapter": adapter, "scale": float(scale or 1), "port": int(port or 0)}
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{specification!r}: {error}") from None
    for path in (model, adapter):
        if path and not os.path.isfile(path):
            raise argparse.ArgumentTypeError(f"{specification!r}: there is no file {path}")
    return result


def start(server, context, library):
    parameters = library.CommonParams()
    parameters.model.path = server["model"]
    parameters.hostnames = ["127.0.0.1"]
    parameters.port = server["port"]
    parameters.n_ctx = context
    parameters.n_parallel = 1
    # More than one thread per server collapses as soon as the machine is shared: they spin while they wait.
    parameters.cpuparams.n_threads = 1
    parameters.cpuparams_batch.n_threads = 1
    parameters.n_threads_http = 4
    parameters.cache_prompt = False
    parameters.cache_ram_mib = 0
    parameters.offline = True
    parameters.fit_params = False
    parameters.ui = False
    parameters.verbosity = 0
    parameters.model_alias = {server["name"]}  # else the server would show the path of the file
    if server["adapter"]:
        parameters.lora_adapters = [library.CommonAdapterLoraInfo(server["adapter"], server["scale"])]
    return library.Server(parameters)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--context", type=int, default=1024, help="tokens of context per server")
    parser.add_argument("servers", nargs="+", type=parse, metavar="NAME=MODEL.gguf")
    arguments = parser.parse_args()
    # The model library prints to standard output at times; only the lines below may go there.
    report = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    signal.signal(signal.SIGTERM, lambda *_: os._exit(0))
    try:
        import xllamacpp
    except ImportError as error:
        print(f"serve: xllamacpp is not on PYTHONPATH ({error}): run Tools/lab/zoo.py fetch", file=sys.stderr)
        return 5
    running = []
    for server in arguments.servers:
        began = time.monotonic()
        try:
            running.append(start(server, arguments.context, xllamacpp))
        except Exception as error:  # the library raises bare RuntimeErrors
            print(f"serve: {server['name']} did not start: {error}", file=sys.stderr)
            os._exit(1)
        line = {
            "ready": True, "name": server["name"], "url": running[-1].listening_address,
            "seconds": round(time.monotonic() - began, 2)}
        print(json.dumps(line), file=report, flush=True)
    while sys.stdin.buffer.read(4096):
        pass
    os._exit(0)  # an orderly end would wait for answers that nobody reads any more


if __name__ == "__main__":
    sys.exit(main())
