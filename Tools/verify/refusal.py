"""How a check refuses: with the exit code that names its kind, and a reason."""

import hashlib


class Refused(Exception):
    def __init__(self, code, reason):
        super().__init__(reason)
        self.code = code


def demand(condition, code, reason):
    if not condition:
        raise Refused(code, reason)


def sha256(data):
    return hashlib.sha256(data).hexdigest()
