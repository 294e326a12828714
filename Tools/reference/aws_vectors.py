#!/usr/bin/env python3
"""Vectors for AWS: signatures by botocore, and an event stream that botocore's decoder has read.

    aws_vectors.py                  print the signatures as the tests of Acquisition hold them
    aws_vectors.py --stream FILE    write the event stream fixture of the tests of WireFormats

Needs botocore (1.43.11 made what is committed).
"""

import argparse
import binascii
import datetime
import json
import struct
from unittest import mock

import botocore.auth
import botocore.awsrequest
import botocore.credentials
import botocore.eventstream

SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"
TIME = datetime.datetime(2015, 8, 30, 12, 36, 0, tzinfo=datetime.timezone.utc)
CASES = [
    # The first three are also in AWS's published test suite (get-vanilla, post-vanilla, get-vanilla-query-order-key-case).
    ("GET", "https://example.amazonaws.com/", "service", None, b""),
    ("POST", "https://example.amazonaws.com/", "service", None, b""),
    ("GET", "https://example.amazonaws.com/?Param2=value2&Param1=value1", "service", None, b""),
    ("POST", "https://bedrock-runtime.us-east-1.amazonaws.com/model/anthropic.claude-3-haiku-20240307-v1%3A0/converse",
     "bedrock", None, b'{"messages":[]}'),
    ("POST", "https://bedrock-runtime.us-east-1.amazonaws.com/model/arn%3Aaws%3Abedrock%3A%3A1%3Ainference-profile%2Fx/converse-stream",
     "bedrock", "IQoJb3JpZ2luX2VjEXAMPLE//////////token+/==", b'{"messages":[],"inferenceConfig":{"maxTokens":1}}'),
]


class Clock(datetime.datetime):
    @classmethod
    def now(cls, tz=None):
        return TIME

    @classmethod
    def utcnow(cls):
        return TIME.replace(tzinfo=None)


def signature(method, url, service, token, body):
    request = botocore.awsrequest.AWSRequest(method=method, url=url, data=body)
    if body:
        request.headers["content-type"] = "application/json"
    signer = botocore.auth.SigV4Auth(botocore.credentials.Credentials("AKIDEXAMPLE", SECRET, token), service, "us-east-1")
    clocks = [mock.patch("botocore.auth.get_current_datetime", lambda *_, **__: TIME)] if hasattr(
        botocore.auth, "get_current_datetime") else [mock.patch("botocore.auth.datetime.datetime", Clock)]
    for clock in clocks:
        clock.start()
    signer.add_auth(request)
    for clock in clocks:
        clock.stop()
    return request.headers["Authorization"].rpartition("Signature=")[2]


def message(kind, name, payload):
    headers = b""
    for key, value in ((":" + ("exception-type" if kind == "exception" else "event-type"), name),
                       (":content-type", "application/json"), (":message-type", kind)):
        headers += bytes([len(key)]) + key.encode() + b"\x07" + struct.pack(">H", len(value)) + value.encode()
    # One header of another type, which readers pass over.
    headers += b"\x04date\x08" + struct.pack(">q", 1_440_938_160_000)
    body = json.dumps(payload, separators=(",", ":")).encode()
    prelude = struct.pack(">II", 16 + len(headers) + len(body), len(headers))
    whole = prelude + struct.pack(">I", binascii.crc32(prelude)) + headers + body
    return whole + struct.pack(">I", binascii.crc32(whole))


def stream():
    events = [
        ("event", "messageStart", {"role": "assistant"}),
        ("event", "contentBlockDelta", {"contentBlockIndex": 0, "delta": {"reasoningContent": {"text": "Think."}}}),
        ("event", "contentBlockDelta", {"contentBlockIndex": 1, "delta": {"text": "Pur"}}),
        ("event", "contentBlockDelta", {"contentBlockIndex": 1, "delta": {"text": "ple"}}),
        ("event", "contentBlockStop", {"contentBlockIndex": 1}),
        ("event", "contentBlockStart",
         {"contentBlockIndex": 2, "start": {"toolUse": {"toolUseId": "t", "name": "web_search"}}}),
        ("event", "contentBlockDelta", {"contentBlockIndex": 2, "delta": {"toolUse": {"input": "{\"q\":"}}}),
        ("event", "contentBlockDelta", {"contentBlockIndex": 2, "delta": {"toolUse": {"input": "1}"}}}),
        ("event", "messageStop", {"stopReason": "tool_use"}),
        ("event", "metadata", {"usage": {"inputTokens": 10, "outputTokens": 8, "totalTokens": 18},
                               "metrics": {"latencyMs": 5}}),
    ]
    body = b"".join(message(*event) for event in events)
    buffer = botocore.eventstream.EventStreamBuffer()
    buffer.add_data(body)
    read = [(found.headers[":message-type"], found.headers[":event-type"], json.loads(found.payload)) for found in buffer]
    assert read == events, "botocore reads something else"
    return body


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--stream", metavar="FILE")
    arguments = parser.parse_args()
    if arguments.stream:
        body = stream()
        head = f"HTTP/1.1 200 OK\r\nContent-Type: application/vnd.amazon.eventstream\r\nContent-Length: {len(body)}\r\n\r\n"
        with open(arguments.stream, "wb") as file:
            file.write(head.encode() + body)
        return
    for case in CASES:
        print(case[0], case[1], signature(*case))


if __name__ == "__main__":
    main()
