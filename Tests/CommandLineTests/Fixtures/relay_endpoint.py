#!/usr/bin/env python3
"""A relay that serves models in the ways that relays do: Chat Completions on loopback, answers by arithmetic.

    relay_endpoint.py LOG

Prints its port. The name in a request's `model` is LINEAGE.BEHAVIOUR, optionally with a number: `own.mixture48` serves another model
from the 49th request on. Behaviours before and after that number differ for `mixture`, `rename` and `fingerprint`; `route` serves by the
connection, `instances` by the fingerprint that it shows. Each request adds a line to LOG: the model, the digest of the prompt and the key
that came with it. Ends when standard input closes.
"""

import hashlib
import json
import os
import re
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

LOG = open(sys.argv[1], "a", encoding="utf-8")
LOCK = threading.Lock()
COUNTS = {}
CACHE = {}
CONNECTIONS = {}


def words(lineage, prompt, draw):
    """Twenty words that lineage and prompt fix, four that change from draw to draw."""
    places = (f"{lineage}|{prompt}|{place}|{draw if place % 6 == 5 else ''}" for place in range(24))
    return " ".join(f"w{hashlib.sha256(place.encode()).digest()[0] % 40}" for place in places)


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    # The number of this connection among those that ask for its model.
    place = None

    def reply(self, status, body, kind="application/json", **fields):
        body = body.encode()
        self.send_response(status)
        for name, value in fields.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        model, prompt = body["model"], body["messages"][-1]["content"]
        key = self.headers.get("Authorization", "").removeprefix("Bearer ")
        with LOCK:
            draw = COUNTS[model] = COUNTS.get(model, 0) + 1
            if self.place is None:
                self.place = CONNECTIONS[model] = CONNECTIONS.get(model, 0) + 1
            LOG.write(f"{model} {hashlib.sha256(prompt.encode()).hexdigest()} {key}\n")
            LOG.flush()
        lineage, behaviour, limit = re.fullmatch(r"(\w+)\.([a-z_]+)(\d*)", model).groups()
        late = bool(limit) and draw > int(limit)
        served, name, fingerprint, reason = lineage, "served", "fp_1", "stop"
        if behaviour == "mixture" and late or behaviour == "route" and self.place % 2:
            served = "cheap"
        if behaviour == "instances" and draw % 2:
            served, fingerprint = "cheap", "fp_2"
        if behaviour == "rename" and late:
            name = "served-2"
        if behaviour == "fingerprint" and late:
            fingerprint = "fp_2"
        text = words(served, prompt, draw)
        if behaviour == "cache":
            if (model, prompt) in CACHE:
                text = CACHE[model, prompt]
            else:
                time.sleep(0.3)
                CACHE[model, prompt] = text
        if behaviour == "slow":
            time.sleep(0.03)
        if behaviour == "noisy":
            text = words(draw, prompt, draw)
        if behaviour == "empty":
            text = ""
        if behaviour == "withheld" or behaviour == "reluctant" and int(hashlib.sha256(prompt.encode()).hexdigest(), 16) % 8 == 0:
            text, reason = "", "content_filter"
        if behaviour == "stub":
            text = "I am sorry, but I cannot help with that."
        if behaviour == "loading":
            return self.reply(503, '{"error":{"type":"unavailable_error"}}', Retry_After="3600")
        if behaviour == "page":
            return self.reply(400, f"<html><p>bad key {key}</p></html>", "text/html", X_Echo=key)
        if behaviour == "redirect":
            return self.reply(302, "", Location=f"http://127.0.0.1:9/?key={key}")
        if behaviour == "wrong_key":
            return self.reply(401, json.dumps({"error": {"message": f"Incorrect API key provided: {key}"}}))
        if behaviour == "error_object":
            return self.reply(200, json.dumps({"error": {"message": f"{key} is over its limit"}}))
        if behaviour == "echo":
            # As it is, as another writer of JSON would escape it, and inside JSON that stands in a string.
            text += f" {key} <escaped> " + json.dumps({"key": f"<escaped>/{key}"})
        escaped = "".join(f"\\u{ord(letter):04x}" for letter in key)
        self.reply(200, json.dumps({
            "object": "chat.completion", "model": name, "system_fingerprint": fingerprint,
            "choices": [{"index": 0, "finish_reason": reason, "message": {"role": "assistant", "content": text}}],
            "usage": {"prompt_tokens": len(prompt) // 4 + 5, "completion_tokens": 24, "total_tokens": len(prompt) // 4 + 29}})
            .replace("<escaped>", escaped, 1).replace("<escaped>", escaped.replace("\\", "\\\\")))


class Server(ThreadingHTTPServer):
    request_queue_size = 256


SERVER = Server(("127.0.0.1", 0), Handler)
threading.Thread(target=SERVER.serve_forever, daemon=True).start()
print(SERVER.server_port, flush=True)
sys.stdin.read()
os._exit(0)
