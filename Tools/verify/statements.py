"""Public keys, signatures and envelopes."""

import base64

import ed25519
from canonical import canonical
from refusal import Refused, demand, sha256
from shapes import is_digest, is_list, is_text


def read_key(text):
    lines = text.decode("ascii", "replace").split("\n")
    demand(lines[0] == "-----BEGIN PUBLIC KEY-----" and lines[-2:] == ["-----END PUBLIC KEY-----", ""], 30, "no key")
    der = unbase64("".join(lines[1:-2]))
    demand(is_ed25519(der) or is_p256(der), 30, "a key that is neither Ed25519 nor on P-256")
    return der


def spell_key(der):
    """The one spelling of a key as a file."""
    text = base64.b64encode(der).decode()
    lines = [text[start:start + 64] for start in range(0, len(text), 64)]
    return "\n".join(["-----BEGIN PUBLIC KEY-----", *lines, "-----END PUBLIC KEY-----", ""]).encode()


def is_ed25519(der):
    return len(der) == 44 and der.startswith(bytes.fromhex("302a300506032b6570032100"))


def is_p256(der):
    return len(der) == 91 and der.startswith(
        bytes.fromhex("3059301306072a8648ce3d020106082a8648ce3d03010703420004"))


def is_signature(der, message, signature):
    if is_ed25519(der):
        return ed25519.signed_by(der[12:], message, signature)
    import certificates
    from cryptography.hazmat.primitives import hashes, serialization

    return certificates.is_signature(serialization.load_der_public_key(der), signature, message, hashes.SHA256())


def unbase64(text, code=30):
    try:
        data = base64.b64decode(text, validate=True)
    except ValueError as error:
        raise Refused(code, "damaged base64") from error
    demand(base64.b64encode(data).decode() == text, code, "unusual base64")
    return data


def parse_envelope(data, what):
    """Payload, key identifier and signature of an envelope; nothing is verified yet."""
    envelope = canonical(data, what)
    demand(set(envelope) == {"payload", "payloadType", "signatures"}, 20, f"{what} has other members")
    demand(is_text(envelope["payloadType"]) and is_list(envelope["signatures"]), 20, f"{what} is no envelope")
    demand(all(is_text(one["keyid"]) and is_text(one["sig"]) for one in envelope["signatures"]), 20, f"{what} has no signature")
    demand(len(envelope["signatures"]) == 1, 30, f"{what} has not exactly one signature")
    signature = envelope["signatures"][0]
    demand(set(signature) == {"keyid", "sig"}, 20, f"{what} has a signature with other members")
    demand(envelope["payloadType"] == "application/vnd.in-toto+json", 30, f"{what} has another payload type")
    demand(is_digest(signature["keyid"]), 30, f"{what} names no key")
    return unbase64(envelope["payload"]), signature["keyid"], unbase64(signature["sig"])


def read_envelope(data, der, what):
    payload, name, signature = parse_envelope(data, what)
    message = b"DSSEv1 28 application/vnd.in-toto+json %d " % len(payload) + payload
    demand(name == sha256(der), 30, f"{what} names another key")
    demand(is_signature(der, message, signature), 30, f"{what} is not signed by the key")
    return canonical(payload, f"the statement in {what}")
