"""X.509 certificates of a bundle: the way from one to a pinned root, by the rules of the format page."""

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa

DOCUMENT_SIGNING = x509.ObjectIdentifier("1.3.6.1.5.5.7.3.36")
TIME_STAMPING = x509.ObjectIdentifier("1.3.6.1.5.5.7.3.8")
UNDERSTOOD = (x509.BasicConstraints, x509.KeyUsage, x509.ExtendedKeyUsage)
SHA2 = (hashes.SHA256, hashes.SHA384, hashes.SHA512)
MAXIMUM_LENGTH = 8


class CertificateError(Exception):
    pass


def demand(condition, reason):
    if not condition:
        raise CertificateError(reason)


def der(certificate):
    return certificate.public_bytes(serialization.Encoding.DER)


def load_all(data):
    """The certificates of a PEM text."""
    mark = b"-----END CERTIFICATE-----"
    try:
        certificates = [x509.load_pem_x509_certificate(part + mark) for part in data.split(mark)[:-1]]
    except ValueError as error:
        raise CertificateError("a certificate is damaged") from error
    demand(certificates, "there is no certificate")
    return certificates


def load_exactly(data):
    """The certificates of a PEM text that holds nothing else."""
    certificates = load_all(data)
    text = b"".join(certificate.public_bytes(serialization.Encoding.PEM) for certificate in certificates)
    demand(text == data, "the certificates are not in their one spelling")
    return certificates


def extension(certificate, kind):
    try:
        return certificate.extensions.get_extension_for_class(kind)
    except x509.ExtensionNotFound:
        return None
    except ValueError as error:
        raise CertificateError("a damaged extension") from error


def public_key(certificate):
    return certificate.public_key().public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)


def is_signature(key, signature, data, digest):
    try:
        if isinstance(key, ed25519.Ed25519PublicKey):
            key.verify(signature, data)
        elif isinstance(digest, SHA2) and isinstance(key, ec.EllipticCurvePublicKey):
            key.verify(signature, data, ec.ECDSA(digest))
        elif isinstance(digest, SHA2) and isinstance(key, rsa.RSAPublicKey) and key.key_size >= 2048:
            key.verify(signature, data, padding.PKCS1v15(), digest)
        else:
            return False
    except InvalidSignature:
        return False
    return True


def is_issued(certificate, issuer):
    return certificate.issuer == issuer.subject and is_signature(
        issuer.public_key(), certificate.signature, certificate.tbs_certificate_bytes,
        certificate.signature_hash_algorithm)


def is_authority(certificate):
    constraints = extension(certificate, x509.BasicConstraints)
    return constraints is not None and constraints.value.ca


def life(certificate):
    """When it begins and ends, in seconds since 1970."""
    try:
        times = (certificate.not_valid_before_utc, certificate.not_valid_after_utc)
    except AttributeError:  # older releases
        from datetime import timezone

        times = (certificate.not_valid_before.replace(tzinfo=timezone.utc),
                 certificate.not_valid_after.replace(tzinfo=timezone.utc))
    return tuple(int(time.timestamp()) for time in times)


def check_any(certificate, at):
    begin, end = life(certificate)
    demand(begin <= at <= end, "a certificate was not valid at the time that counts")
    for field in certificate.extensions:
        demand(not field.critical or isinstance(field.value, UNDERSTOOD), "an unknown critical extension")
        demand(not isinstance(field.value, x509.NameConstraints), "a certificate constrains names")


def check_issuer(certificate, below):
    demand(is_authority(certificate), "an issuer is no authority")
    length = extension(certificate, x509.BasicConstraints).value.path_length
    demand(length is None or below <= length, "an issuer issues a longer path than it may")
    usage = extension(certificate, x509.KeyUsage)
    demand(usage is not None and usage.value.key_cert_sign, "an issuer may not sign certificates")


def find_path(leaf, others, roots, at):
    """The certificates from the leaf to a pinned root, each of them checked."""
    demand(len(others) < MAXIMUM_LENGTH, "too many certificates")

    def search(path, rest):
        for root in roots:
            if root != path[-1] and is_issued(path[-1], root):
                return path + [root]
        for index, issuer in enumerate(rest):
            if len(path) < MAXIMUM_LENGTH and is_issued(path[-1], issuer):
                found = search(path + [issuer], rest[:index] + rest[index + 1:])
                if found:
                    return found
        return None

    path = search([leaf], others)
    demand(path, "a certificate does not lead to a pinned root")
    for index, certificate in enumerate(path):
        check_any(certificate, at)
        if index:
            check_issuer(certificate, sum(1 for c in path[1:index] if c.issuer != c.subject))
    demand(all(c in path for c in [leaf] + others), "a certificate has no part in the path")
    return path


def check_signer(certificate):
    demand(not is_authority(certificate), "an authority must not sign bundles")
    usage = extension(certificate, x509.KeyUsage)
    demand(usage is not None and usage.value.digital_signature, "the certificate is not for signing")
    extended = extension(certificate, x509.ExtendedKeyUsage)
    demand(extended is None or DOCUMENT_SIGNING in extended.value, "the certificate is for other uses")


def check_stamper(certificate):
    extended = extension(certificate, x509.ExtendedKeyUsage)
    demand(extended is not None and extended.critical and list(extended.value) == [TIME_STAMPING],
           "a certificate that is not for time stamping alone")
    demand(not is_authority(certificate), "an authority for certificates stamps")
    usage = extension(certificate, x509.KeyUsage)
    demand(usage is None or usage.value.digital_signature or usage.value.content_commitment, "a stamper may not sign")
