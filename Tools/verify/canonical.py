"""Canonical JSON, and the lines of files that are lists of it."""

import json
import re

from refusal import Refused, demand

MAXIMUM_DEPTH = 16
KEY = re.compile(r"[a-z][a-z0-9_]{0,63}|_type|predicateType|payloadType")


def members(pairs):
    demand(all(KEY.fullmatch(key) for key, _ in pairs), 20, "a key outside the profile")
    return dict(pairs)


def no_fraction(text):
    raise Refused(20, "a number that is not whole")


def whole(text):
    number = int(text)
    demand(abs(number) < 2**53, 20, "a number beyond 2^53 - 1")
    return number


def depth(value):
    """How many objects and arrays lie around the innermost value."""
    members = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return 1 + max(map(depth, members)) if members else 0


def canonical(data, what, line_feed=False):
    """The value of canonical JSON text; a document may end with one line feed."""
    if line_feed and data.endswith(b"\n"):
        data = data[:-1]
    try:
        value = json.loads(
            data.decode("utf-8"), object_pairs_hook=members, parse_float=no_fraction, parse_int=whole,
            parse_constant=no_fraction)
        text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode("utf-8")
        levels = depth(value)
    except (ValueError, RecursionError) as error:
        raise Refused(20, f"{what} is not JSON") from error
    demand(text == data and b"\x7f" not in data, 20, f"{what} is not canonical JSON")
    demand(levels <= MAXIMUM_DEPTH, 20, f"{what} has more than {MAXIMUM_DEPTH} levels")
    return value


def read_lines(data, what, limit):
    demand(not data or data.endswith(b"\n"), 20, f"{what} ends inside a line")
    lines = data.split(b"\n")[:-1]
    demand(all(len(line) <= limit for line in lines), 11, f"{what} has a line that is too long")
    return lines
