#!/usr/bin/env python3
"""json_reference.py FILE: processor time of Python's json and of orjson, where it is installed, for the JSON lines of a file."""
import json
import sys
import time

lines = open(sys.argv[1], "rb").read().split(b"\n")
megabytes = sum(map(len, lines)) / 1e6
peers = [("Python json", json.loads)]
try:
    import orjson
    peers.append((f"orjson {orjson.__version__}", orjson.loads))
except ImportError:
    pass
for name, loads in peers:
    best = float("inf")
    for _ in range(3):
        start = time.process_time()
        for line in lines:
            loads(line)
        best = min(best, time.process_time() - start)
    print(f"  {name:16} {megabytes / best:.0f} MB/s", flush=True)
