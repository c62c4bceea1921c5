"""A pass of Apple's: a ZIP file of what it shows and its pictures, listed by their digests, of which the list is signed."""

import json
from collections.abc import Mapping
from hashlib import sha1
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, load_pem_private_key
from cryptography.hazmat.primitives.serialization.pkcs7 import PKCS7Options, PKCS7SignatureBuilder

CONTENT_TYPE = "application/vnd.apple.pkpass"
_DETACHED = [PKCS7Options.DetachedSignature, PKCS7Options.Binary]


def packed(
    shown: Mapping[str, Any], pictures: Mapping[str, bytes], certificate: str, key: str, intermediate: str
) -> bytes:
    """The pass: what `pass.json` says, the pictures by their names, signed with these PEM texts."""
    files = {"pass.json": json.dumps(shown, ensure_ascii=False).encode(), **pictures}
    # The digest that the format has; the signature covers it by SHA-256.
    listed = {name: sha1(body, usedforsecurity=False).hexdigest() for name, body in files.items()}
    manifest = json.dumps(listed).encode()
    whole = BytesIO()
    with ZipFile(whole, "w", ZIP_DEFLATED) as archive:
        for name, body in {**files, "manifest.json": manifest}.items():
            archive.writestr(name, body)
        archive.writestr("signature", _signature(manifest, certificate, key, intermediate))
    return whole.getvalue()


def _signature(manifest: bytes, certificate: str, key: str, intermediate: str) -> bytes:
    own, above = (x509.load_pem_x509_certificate(text.encode()) for text in (certificate, intermediate))
    # It was looked at when it was set up; looking again would take longer than signing.
    private = load_pem_private_key(key.encode(), None, unsafe_skip_rsa_key_validation=True)
    if not isinstance(private, RSAPrivateKey):
        raise ValueError("passes are signed with RSA")
    signing = PKCS7SignatureBuilder().set_data(manifest).add_signer(own, private, SHA256()).add_certificate(above)
    return signing.sign(Encoding.DER, _DETACHED)
