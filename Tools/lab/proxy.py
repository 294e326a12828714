#!/usr/bin/env python3
"""A black box in front of one model server: what a reseller of somebody's model would show of it.

    proxy.py --upstream http://127.0.0.1:41565 --alias atlas-1 [--system TEXT] [--temperature T] [--port 0]

It answers /v1/chat/completions, /v1/completions, /v1/models and /health, and nothing else. It replaces the model's name, the
response id and the Server header, and drops the fields that give the server away (fingerprint, timings, token ids, model
metadata). It can put a system prompt before every conversation and set the temperature of every request. Text, usage counts and
log-probabilities pass unchanged. It talks to its one upstream on loopback and follows no redirect.

Prints one JSON line when it listens and ends when its standard input closes or on SIGTERM.
"""

import argparse
import http.client
import json
import secrets
import signal
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

LARGEST_REQUEST = 4 << 20
LARGEST_RESPONSE = 64 << 20
UPSTREAM_TIMEOUT = 300
KEPT_OF_CHOICE = ("index", "message", "text", "logprobs", "finish_reason")
KEPT_OF_USAGE = ("prompt_tokens", "completion_tokens", "total_tokens")
PREFIXES = {"/v1/chat/completions": "chatcmpl-", "/v1/completions": "cmpl-"}


class Disguise:
    """What the black box shows and what it does to requests."""

    def __init__(self, upstream, alias, system=None, temperature=None):
        parts = urlsplit(upstream)
        if parts.scheme != "http" or not parts.hostname or not parts.port:
            raise ValueError(f"the upstream {upstream!r} is not http://HOST:PORT")
        self.host, self.port = parts.hostname, parts.port
        self.alias, self.system, self.temperature = alias, system, temperature
        self.created = int(time.time())

    def request(self, path, body):
        """The body that goes upstream."""
        body = dict(body)
        if self.temperature is not None:
            body["temperature"] = self.temperature
        if self.system is not None and path == "/v1/chat/completions" and isinstance(body.get("messages"), list):
            body["messages"] = [{"role": "system", "content": self.system}] + body["messages"]
        body["model"] = self.alias
        return body

    def response(self, path, body):
        """The body that goes back, built from known fields only: a new field upstream stays hidden."""
        choices = []
        for choice in body.get("choices", []):
            kept = {key: choice[key] for key in KEPT_OF_CHOICE if key in choice}
            if "message" in kept:
                kept["message"] = {key: kept["message"].get(key) for key in ("role", "content")}
            strip_token_ids(kept.get("logprobs"))
            choices.append(kept)
        usage = body.get("usage") or {}
        return {
            "id": PREFIXES[path] + secrets.token_hex(12),
            "object": "chat.completion" if path == "/v1/chat/completions" else "text_completion",
            "created": int(time.time()), "model": self.alias, "choices": choices,
            "usage": {key: usage[key] for key in KEPT_OF_USAGE if key in usage},
        }

    def models(self):
        entry = {"id": self.alias, "object": "model", "created": self.created, "owned_by": "organization"}
        return {"object": "list", "data": [entry]}


def strip_token_ids(value):
    """Removes vocabulary indices, which name the tokenizer, from log-probabilities."""
    if isinstance(value, dict):
        value.pop("id", None)
        for inner in value.values():
            strip_token_ids(inner)
    elif isinstance(value, list):
        for inner in value:
            strip_token_ids(inner)


def error_body(status, body):
    """An error in OpenAI's words, without the upstream's own type names."""
    upstream = body.get("error") if isinstance(body, dict) else None
    kind = upstream.get("type") if isinstance(upstream, dict) else None
    if kind == "exceed_context_size_error":
        message, code = "This model's maximum context length was exceeded.", "context_length_exceeded"
    elif status == 503:
        message, code = "The model is not available yet.", "model_not_ready"
    elif status >= 500:
        message, code = "The server had an error while processing the request.", "server_error"
    else:
        message, code = "The request is not valid.", "invalid_request"
    family = "server_error" if status >= 500 else "invalid_request_error"
    return {"error": {"message": message, "type": family, "param": None, "code": code}}


class Handler(BaseHTTPRequestHandler):
    """One connection of a client."""

    protocol_version = "HTTP/1.1"
    timeout = UPSTREAM_TIMEOUT
    # Headers and body leave in separate writes; without this the second waits for the client's acknowledgement.
    disable_nagle_algorithm = True
    disguise: Disguise

    def version_string(self):
        return "api"

    def log_message(self, format, *arguments):
        pass

    def do_GET(self):
        if self.path == "/v1/models":
            self.reply(200, self.disguise.models())
        elif self.path == "/health":
            status, _ = self.ask("GET", "/health", None)
            self.reply(status, {"status": "ok" if status == 200 else "unavailable"})
        else:
            self.refuse(404, "not_found", "There is nothing here.")

    def do_POST(self):
        try:
            length = int(self.headers.get("Content-Length", ""))
        except ValueError:
            return self.refuse(411, "length_required", "A Content-Length is required.")
        if not 0 <= length <= LARGEST_REQUEST:
            return self.refuse(413, "too_large", f"A request may have {LARGEST_REQUEST} bytes.")
        raw = self.rfile.read(length)
        if self.path not in PREFIXES:
            return self.refuse(404, "not_found", "There is nothing here.")
        try:
            body = json.loads(raw)
        except ValueError:
            body = None
        if not isinstance(body, dict):
            return self.refuse(400, "invalid_json", "The body is not a JSON object.")
        if body.get("stream"):
            return self.refuse(400, "unsupported", "Streaming is not offered.")
        status, answer = self.ask("POST", self.path, self.disguise.request(self.path, body))
        if status == 200 and isinstance(answer, dict):
            self.reply(200, self.disguise.response(self.path, answer))
        else:
            status = status if status >= 400 else 502
            self.reply(status, error_body(status, answer))

    def ask(self, method, path, body):
        """The upstream's status and parsed body; 502 where it gives none."""
        connection = http.client.HTTPConnection(self.disguise.host, self.disguise.port, timeout=UPSTREAM_TIMEOUT)
        try:
            payload = None if body is None else json.dumps(body).encode()
            connection.request(method, path, payload, {"Content-Type": "application/json"} if payload else {})
            response = connection.getresponse()
            data = response.read(LARGEST_RESPONSE + 1)
            if len(data) > LARGEST_RESPONSE:
                return 502, None
            return response.status, json.loads(data)
        except (OSError, http.client.HTTPException, ValueError):
            return 502, None
        finally:
            connection.close()

    def refuse(self, status, code, message):
        # The request's body may be unread, so the connection cannot serve another one.
        self.close_connection = True
        self.reply(status, {"error": {"message": message, "type": "invalid_request_error", "param": None, "code": code}})

    def reply(self, status, body):
        data = json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        if self.close_connection:
            self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(data)


class Listener(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request, client_address):
        pass  # a client that goes away is no event


def start(disguise, port=0):
    """Listens on loopback in a thread of its own and returns the address."""
    handler = type("BoundHandler", (Handler,), {"disguise": disguise})
    server = Listener(("127.0.0.1", port), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return f"http://127.0.0.1:{server.server_address[1]}"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--upstream", required=True)
    parser.add_argument("--alias", required=True)
    parser.add_argument("--system")
    parser.add_argument("--temperature", type=float)
    parser.add_argument("--port", type=int, default=0)
    arguments = parser.parse_args()
    try:
        disguise = Disguise(arguments.upstream, arguments.alias, arguments.system, arguments.temperature)
        url = start(disguise, arguments.port)
    except (ValueError, OSError) as error:
        print(f"proxy: {error}", file=sys.stderr)
        return 2
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    print(json.dumps({"ready": True, "name": arguments.alias, "url": url}), flush=True)
    while sys.stdin.buffer.read(4096):
        pass
    return 0


if __name__ == "__main__":
    sys.exit(main())
