#!/usr/bin/env python3
"""A made-up model server for the tests: OpenAI's two protocols on loopback, answers by arithmetic.

    mock_endpoint.py LOG

Prints its port. The name in a request's `model` is LINEAGE or LINEAGE.TWIST. Models of one lineage answer alike; a twist changes that:
`refuse` gives one refusal to everything, `waver` answers otherwise each time, `bare` reports no log-probabilities, `slow` takes its time.
Each request adds a line to LOG: the model and the digest of the prompt. Ends when standard input closes.
"""

import hashlib
import json
import math
import os
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

LOG = open(sys.argv[1], "a", encoding="utf-8")
LOCK = threading.Lock()
COUNT = [0]


def number(*parts):
    return int.from_bytes(hashlib.sha256("\0".join(map(str, parts)).encode()).digest()[:6], "big")


def answer(lineage, twist, prompt, draw):
    """The text, and the probabilities of the first token."""
    if twist == "refuse":
        return "I am sorry, but I cannot help with that.", [("I", 0.9), ("Sorry", 0.1)]
    salt = number(draw) if twist == "waver" else 0
    words = [f"w{number(lineage, prompt, salt, place) % 50}" for place in range(12)]
    value = number(lineage, prompt, salt) % 900 + 100
    # Some first tokens are nearly tied, the same ones for a lineage.
    lead = (number(lineage, prompt, "lead") % 100) / 100
    return f"{value} " + " ".join(words), [(f"t{value}", (1 + lead) / 2 - 0.01), (f"u{value}", (1 - lead) / 2)]


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        chat = self.path.endswith("/chat/completions")
        prompt = body["messages"][-1]["content"] if chat else body["prompt"]
        lineage, _, twist = body["model"].partition(".")
        with LOCK:
            COUNT[0] += 1
            draw = COUNT[0]
            LOG.write(f"{body['model']} {hashlib.sha256(prompt.encode()).hexdigest()}\n")
            LOG.flush()
        if twist == "slow":
            time.sleep(0.02)
        text, law = answer(lineage, twist, prompt, draw)
        choice = {"index": 0, "finish_reason": "stop", "logprobs": None}

        top = [{"token": token, "bytes": list(token.encode()), "logprob": math.log(share)} for token, share in law]
        if chat:
            choice["message"] = {"role": "assistant", "content": text}
        else:
            choice["text"] = text
            if body.get("logprobs") and twist != "bare":
                choice["logprobs"] = {"content": [{**top[0], "top_logprobs": top}]}
        count = len(prompt) // (3 + number(lineage) % 2) + 5
        reply = json.dumps({
            "object": "chat.completion" if chat else "text_completion", "model": "mock", "choices": [choice],
            "usage": {"prompt_tokens": count, "completion_tokens": 13, "total_tokens": count + 13}}).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(reply)))
        self.end_headers()
        self.wfile.write(reply)


SERVER = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
threading.Thread(target=SERVER.serve_forever, daemon=True).start()
print(SERVER.server_port, flush=True)
sys.stdin.read()
os._exit(0)
