"""What the values of a bundle have to look like. Nothing here says whether they are true."""

import json
import re


def is_text(value):
    return isinstance(value, str)


def is_whole(value):
    return type(value) is int  # True is no number


def is_list(value):
    return isinstance(value, list)


def matches(pattern, value):
    return re.fullmatch(pattern, value if is_text(value) else "") is not None


def is_digest(value):
    return matches("[0-9a-f]{64}", value)


def is_time(value):
    """Nanoseconds since 1970 in their one spelling, up to 2^63 - 1."""
    return matches("0|[1-9][0-9]{0,18}", value) and int(value) < 2**63


def is_name(value):
    """The name of a model: printable ASCII, blanks inside alone."""
    return matches("[!-~]([ -~]*[!-~])?", value)


def is_role(value):
    """What a model can be to a case."""
    return value in ("protected", "suspect", "panel", "sibling", "redeployment")


def is_absent_or(shape, value, member):
    """Whether an optional member is absent or has the shape. Null is no way to be absent."""
    return member not in value or shape(value[member])


def same(left, right):
    """Whether two values have one spelling. To Python true is 1."""
    return json.dumps(left, sort_keys=True) == json.dumps(right, sort_keys=True)
