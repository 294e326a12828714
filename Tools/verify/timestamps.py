"""Tokens of time-stamp authorities (RFC 3161), read as strictly as the format page asks."""

import calendar
import datetime
import hashlib
import os
import re

from cryptography import x509
from cryptography.hazmat.primitives import hashes

import certificates
import der
from refusal import Refused

SET, SEQUENCE, INTEGER, OCTETS, OID, NULL, BOOLEAN, TIME = 0x31, 0x30, 2, 4, 6, 5, 1, 0x18
DIGESTS = {
    "608648016503040201": (hashlib.sha256, hashes.SHA256()),
    "608648016503040202": (hashlib.sha384, hashes.SHA384()),
    "608648016503040203": (hashlib.sha512, hashes.SHA512()),
}
RSA = "2a864886f70d010101"
SIGNATURES = {
    "2a864886f70d01010b": hashes.SHA256, "2a864886f70d01010c": hashes.SHA384, "2a864886f70d01010d": hashes.SHA512,
    "2a8648ce3d040302": hashes.SHA256, "2a8648ce3d040303": hashes.SHA384, "2a8648ce3d040304": hashes.SHA512,
}
TST_INFO, SIGNED_DATA = "2a864886f70d0109100104", "2a864886f70d010702"
CONTENT_TYPE, MESSAGE_DIGEST, SIGNING_CERTIFICATE = "2a864886f70d010903", "2a864886f70d010904", "2a864886f70d010910022f"
QUERY = re.compile(bytes.fromhex("3043020101") + re.escape(bytes.fromhex("3031300d0609608648016503040201"
                   "05000420")) + rb"(.{32})\x02\x08([\x40-\x7f].{7})\x01\x01\xff", re.DOTALL)

BESIDE = re.compile(r"(archive|(?!000[01])[0-9]{4})-[a-z0-9][a-z0-9-]{0,30}\.ts[qr]|(?!000[01])[0-9]{4}\.renewal")


class TokenError(Exception):
    pass


def demand(condition, reason):
    if not condition:
        raise TokenError(reason)


def algorithm(node):
    fields = der.Fields(node)
    name = fields.take(OID).content.hex()
    null = fields.take_if(NULL)
    demand(null is None or not null.content, "an algorithm has parameters")
    fields.finish()
    return name


def digest_of(node):
    name = algorithm(node)
    demand(name in DIGESTS, "a digest that is not SHA-2")
    return DIGESTS[name]


def only(node, tag):
    nodes = der.Fields(node, tag).nodes
    demand(len(nodes) == 1, "not exactly one member")
    return nodes[0]


def read_time(text):
    match = re.fullmatch(rb"(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(?:\.(\d{0,8}[1-9]))?Z", text)
    demand(match, "a time in another spelling")
    parts = [int(part) for part in match.groups()[:6]]
    demand(1 <= parts[2] <= calendar.monthrange(parts[0], parts[1])[1], "no date")
    demand(parts[3] < 24 and parts[4] < 60 and parts[5] < 60, "no time of day")
    return calendar.timegm((*parts, 0, 0, 0)) * 10**9 + int((match.group(7) or b"0").ljust(9, b"0"))


def read_statement(data):
    fields = der.Fields(der.parse(data))
    demand(fields.take(INTEGER).content == b"\1", "a statement of another version")
    fields.take(OID)
    imprint = der.Fields(fields.take(SEQUENCE))
    demand(digest_of(imprint.take(SEQUENCE))[0] is hashlib.sha256, "an imprint that is not SHA-256")
    digest = imprint.take(OCTETS).content
    imprint.finish()
    fields.take(INTEGER)
    time = read_time(fields.take(TIME).content)
    fields.take_if(SEQUENCE)
    fields.take_if(BOOLEAN)
    nonce = fields.take_if(INTEGER)
    fields.take_if(0xA0)
    extensions = fields.take_if(0xA1)
    for node in extensions.children() if extensions else []:
        demand(all(member.tag != BOOLEAN for member in node.children()), "a critical extension")
    fields.finish()
    return digest, time, nonce.content if nonce else None


def read_attributes(node):
    attributes = {}
    for member in node.children():
        fields = der.Fields(member)
        name = fields.take(OID).content.hex()
        demand(name not in attributes, "an attribute twice")
        attributes[name] = only(fields.take(SET), SET)
        fields.finish()
    return attributes


def is_named(sid, certificate):
    if sid.tag == 0x80:
        field = certificates.extension(certificate, x509.SubjectKeyIdentifier)
        return field is not None and field.value.digest == sid.content
    body = der.Fields(der.Fields(der.parse(certificates.der(certificate))).take(SEQUENCE))
    body.take_if(0xA0)
    serial = body.take(INTEGER).content
    body.take(SEQUENCE)
    issuer = body.take(SEQUENCE).encoded
    fields = der.Fields(sid)
    named = (fields.take(SEQUENCE).encoded, fields.take(INTEGER).content)
    fields.finish()
    return named == (issuer, serial)


def check_signer_info(node, statement, found):
    """The signer's certificate, once its signature over the attributes and theirs over the statement hold."""
    fields = der.Fields(node)
    version = fields.take(INTEGER).content
    sid = fields.take({b"\1": SEQUENCE, b"\3": 0x80}.get(version, 0))
    digest, digest_kind = digest_of(fields.take(SEQUENCE))
    signed = fields.take(0xA0)
    attributes = read_attributes(signed)
    name = algorithm(fields.take(SEQUENCE))
    demand(name == RSA or isinstance(digest_kind, SIGNATURES.get(name, ())), "a signature algorithm that does not fit")
    signature = fields.take(OCTETS).content
    fields.finish()
    named = [certificate for certificate in found if is_named(sid, certificate)]
    demand(len(named) == 1, "the signer's certificate is not in the token")
    signer = named[0]
    content, message = attributes.get(CONTENT_TYPE), attributes.get(MESSAGE_DIGEST)
    demand(content is not None and content.tag == OID and content.content.hex() == TST_INFO, "another type of content")
    demand(message is not None and message.tag == OCTETS and message.content == digest(statement).digest(),
           "the signed digest is not that of the statement")
    demand(SIGNING_CERTIFICATE in attributes, "the signer's certificate is not bound")
    first = der.Fields(der.Fields(der.Fields(attributes[SIGNING_CERTIFICATE]).take(SEQUENCE)).take(SEQUENCE))
    kind = first.take_if(SEQUENCE)
    bound = digest_of(kind)[0] if kind else hashlib.sha256
    demand(first.take(OCTETS).content == bound(certificates.der(signer)).digest(), "another certificate is bound")
    key = signer.public_key()
    demand((name.startswith("2a8648ce")) == hasattr(key, "curve"), "the algorithm is not that of the key")
    demand(certificates.is_signature(key, signature, b"\x31" + signed.encoded[1:], digest_kind), "a bad signature")
    return signer, digest_kind


def check(response, query, stamped, roots, now):
    """The time of a token in nanoseconds since 1970, and when the first certificate of its path ends. Without roots the authority's
    certificate is not checked, and the end is None."""
    match = QUERY.fullmatch(query)
    imprint = hashlib.sha256(stamped).digest()
    demand(match and match.group(1) == imprint, "the query is not about these bytes")
    outer = der.Fields(der.parse(response))
    demand(outer.take(SEQUENCE).encoded == bytes.fromhex("3003020100"), "not granted and nothing else")
    content = der.Fields(outer.take(SEQUENCE))
    outer.finish()
    demand(content.take(OID).content.hex() == SIGNED_DATA, "not SignedData")
    signed = der.Fields(only(content.take(0xA0), 0xA0))
    content.finish()
    demand(signed.take(INTEGER).content == b"\3", "SignedData of another version")
    listed = digest_of(only(signed.take(SET), SET))[1]
    encapsulated = der.Fields(signed.take(SEQUENCE))
    demand(encapsulated.take(OID).content.hex() == TST_INFO, "not over a time-stamp statement")
    statement = only(encapsulated.take(0xA0), 0xA0)
    demand(statement.tag == OCTETS, "the statement is not an octet string")
    encapsulated.finish()
    nodes = signed.take(0xA0).children()
    demand(len(nodes) <= certificates.MAXIMUM_LENGTH, "too many certificates")
    found = [x509.load_der_x509_certificate(node.encoded) for node in nodes]
    signer, kind = check_signer_info(only(signed.take(SET), SET), statement.content, found)
    signed.finish()
    demand(isinstance(listed, type(kind)), "another digest algorithm is listed")
    demand(len(set(found)) == len(found), "a certificate twice")
    certificates.check_stamper(signer)
    digest, time, nonce = read_statement(statement.content)
    demand(digest == imprint, "the token is over other bytes")
    demand(nonce == match.group(2), "the token answers another question")
    demand(time <= now + 60 * 10**9, "the token is dated in the future")
    end = None
    if roots:
        path = certificates.find_path(signer, [c for c in found if c != signer], roots, time // 10**9)
        end = min(certificates.life(certificate)[1] for certificate in path) * 10**9
    return time, end


def check_all(files, path, start, roots, now, kept, refuse):
    """The times of every token over a file of the bundle; `refuse` is called with the reason of the first bad one. Time and end of each
    are added to `kept`."""
    times = []
    names = {name[len(start) + 1:-4] for name in files if name.startswith(start + "-") and name[-4:] in (".tsq", ".tsr")}
    for name in sorted(names):
        query, response = files.get(f"{start}-{name}.tsq"), files.get(f"{start}-{name}.tsr")
        if query is None or response is None:
            refuse(f"{start}-{name} is a token without its query, or a query without its token")
        try:
            kept.append(check(response, query, files[path], roots, now))
            times.append(kept[-1][0])
        except (TokenError, der.DERError, certificates.CertificateError, ValueError) as error:
            refuse(f"{start}-{name}: {error}")
    if times and max(times) - min(times) > 60 * 10**9:
        refuse(f"the authorities disagree about {path}")
    return times


def list_beside(folder):
    """The names in the folder; none if there is none. What cannot be read does not count as absent."""
    try:
        return os.listdir(folder)
    except FileNotFoundError:
        return []
    except OSError as error:
        raise Refused(50, f"{folder} is no folder that can be read") from error


def check_renewals(bundle, archive, roots, now, inside, refuse):
    """What is to be said about the tokens of a bundle at a time: carried by those beside it, or valid as of their own time."""
    name = os.path.basename(bundle)
    for suffix in (".zst", ".tar"):
        name = name[:-len(suffix)] if name.endswith(suffix) else name
    folder = os.path.join(os.path.dirname(bundle), "after", name)
    files = {"bundle.tar": archive}
    for name in list_beside(folder):
        if BESIDE.fullmatch(name):
            path, limit = os.path.join(folder, name), 1 << 20 if name.endswith(".renewal") else 1 << 16
            if not os.path.isfile(path) or os.path.getsize(path) > limit:
                refuse(f"{name} beside the bundle is no file of at most {limit} bytes")
            with open(path, "rb") as file:
                files[name] = file.read()
    names, later = sorted(set(files) - {"bundle.tar"}), []

    def number(name):
        return 1 if name.startswith("archive-") else int(name[:4])

    last = max(map(number, names), default=0)
    if last and not check_all(files, "bundle.tar", "archive", roots, now, later, refuse):
        refuse("a list of tokens lies beside the bundle without a token over the archive")
    for n in range(2, last + 1):
        earlier = ["bundle.tar"] + [name for name in names if number(name) < n]
        text = "".join(f"{hashlib.sha256(files[name]).hexdigest()}  {name}\n" for name in earlier)
        if files.get(f"{n:04}.renewal") != text.encode():
            refuse(f"{n:04}.renewal is not the list of the archive and of the tokens before it")
        if not check_all(files, f"{n:04}.renewal", f"{n:04}", roots, now, later, refuse):
            refuse(f"{n:04}.renewal lies beside the bundle without a token")
    return carried(inside, later, now) if roots else None


def carried(inside, later, now):
    """What later tokens are worth to those inside a bundle."""
    horizon = now
    for time, end in sorted(later, reverse=True):
        if time <= horizon <= end:
            horizon = time
    lost = [time for time, end in inside if end < horizon]
    if lost:
        text = datetime.datetime.fromtimestamp(min(lost) // 10**9, datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
        return f"the time stamps are valid as of {text}, not renewed before certificates of their authorities ended"
    ended = sum(end < now for _, end in inside)
    return f"later time stamps carry {ended} whose certificates have ended since" if later else None
