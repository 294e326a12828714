#!/usr/bin/env python3
"""Check the lab on the real zoo: the scene starts, the black boxes hide what they should, and nothing outlives its parent.

    selftest.py [--zoo DIR] [--scene FILE.json]

Prints a line per check and `N passed, N failed`; exit code 1 if one failed, 3 if the zoo lacks a model.
"""

import argparse
import json
import subprocess
import sys
import time
import urllib.error
import urllib.request

import zoo

LEAKS = ("system_fingerprint", "timings", "llama", "gguf", "\"id\":7", "smollm", "gemma", "cached_tokens")
OPENER = urllib.request.build_opener(urllib.request.ProxyHandler({}))
results = []


def check(name, good, detail=""):
    results.append(bool(good))
    print(f"{'ok  ' if good else 'FAIL'} {name}" + (f": {detail}" if detail and not good else ""), flush=True)


def ask(url, body=None):
    """Status, headers and text of one exchange."""
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(url, data, {"Content-Type": "application/json"})
    try:
        with OPENER.open(request, timeout=60) as response:
            return response.status, str(response.headers), response.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, str(error.headers), error.read().decode()


def check_black_box(name, url, model):
    chat = {"model": model, "messages": [{"role": "user", "content": "Name a colour."}], "max_tokens": 3,
            "logprobs": True, "top_logprobs": 3}
    raw = {"model": model, "prompt": "The capital of France is", "max_tokens": 2, "temperature": 0, "logprobs": 3}
    for path, body in (("/v1/chat/completions", chat), ("/v1/completions", raw)):
        status, headers, text = ask(url + path, body)
        answer = json.loads(text)
        check(f"{name} {path} answers", status == 200, text[:200])
        shown = (headers + text).lower()
        found = [leak for leak in LEAKS if leak in shown]
        check(f"{name} {path} shows nothing of the server", not found and answer.get("model") == model, str(found))
        content = (answer["choices"][0].get("logprobs") or {}).get("content") or []
        check(f"{name} {path} keeps log-probabilities and usage",
              content and len(content[0]["top_logprobs"]) == 3 and answer["usage"]["prompt_tokens"] > 0)
    for path in ("/props", "/slots", "/lora-adapters", "/v1/models/x"):
        check(f"{name} {path} is not there", ask(url + path)[0] == 404)
    status, headers, text = ask(url + "/v1/chat/completions", dict(chat, messages=[{"role": "user", "content": "a b " * 4000}]))
    check(f"{name} overlong prompt", status == 400 and "context_length_exceeded" in text and "n_ctx" not in text, text[:200])
    check(f"{name} rejects what is not JSON", ask(url + "/v1/completions", [1])[0] == 400)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--zoo", default=str(zoo.DEFAULT_DIRECTORY))
    parser.add_argument("--scene", default=str(zoo.HERE / "scenes" / "demo.json"))
    arguments = parser.parse_args()
    command = [sys.executable, str(zoo.HERE / "stage.py"), "--zoo", arguments.zoo, "--scene", arguments.scene]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    line = process.stdout.readline()
    if not line:
        print(f"selftest: the scene did not start, exit code {process.wait()}", file=sys.stderr)
        return 3 if process.returncode == 3 else 1
    stage = json.loads(line)
    check("the stage reports readiness in one line", stage["ready"] is True)
    suspects = [endpoint for endpoint in stage["endpoints"] if endpoint["role"] == "suspect"]
    check("suspects have no lineage before the end", all(endpoint["lineage"] is None for endpoint in suspects))
    for endpoint in suspects:
        check_black_box(endpoint["name"], endpoint["url"], endpoint["model"])
    process.stdin.close()
    began = time.monotonic()
    try:
        process.wait(timeout=10)
    except subprocess.TimeoutExpired:
        process.kill()
    check("the stage ends when its standard input closes", process.returncode == 0, f"{time.monotonic() - began:.1f} s")
    gone = True
    for endpoint in stage["endpoints"]:
        try:
            ask(endpoint["url"] + "/health")
            gone = False
        except OSError:
            pass
    check("no server outlives the stage", gone)
    print(f"{sum(results)} passed, {len(results) - sum(results)} failed")
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main())
