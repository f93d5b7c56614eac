"""Keys, and certificates of an authority that nobody else trusts."""

import base64
import hashlib
import json
import subprocess
from pathlib import Path

NEW_KEY = {
    "RSA": ["-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048"],
    "EC": ["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256"],
}


class Authority:
    """Makes up who it is, and signs certificates."""

    def __init__(self, directory: Path, name: str):
        self.certificate = directory / f"{name}.crt"
        self._key = directory / f"{name}.key"
        self._key.write_text(new_key("EC")[0])
        request = ["req", "-x509", "-key", self._key, "-subj", f"/CN={name}", "-days", "2"]
        openssl(*request, "-addext", "keyUsage=critical,keyCertSign", "-out", self.certificate)

    def certify(self, name: str, file: Path, days: int = 2) -> None:
        """Writes a certificate for a host name, and its key beside it; one for less than a day has expired."""
        key, request, extensions = (file.with_suffix(suffix) for suffix in (".key", ".csr", ".cnf"))
        key.write_text(new_key("EC")[0])
        openssl("req", "-new", "-key", key, "-subj", f"/CN={name}", "-out", request)
        extensions.write_text(f"basicConstraints = critical, CA:FALSE\nsubjectAltName = DNS:{name}\n")
        signed = ["x509", "-req", "-in", request, "-CA", self.certificate, "-CAkey", self._key, "-days", str(days)]
        openssl(*signed, "-extfile", extensions, "-out", file)


def new_key(kind: str) -> tuple[str, str]:
    """A private key and its public one, as PEM."""
    key = openssl("genpkey", *NEW_KEY[kind])
    return key.decode(), openssl("pkey", "-pubout", content=key).decode()


def public_jwk(public_key: str) -> dict[str, str]:
    """The JWK of an EC key, named by its thumbprint (RFC 7638)."""
    encoded = openssl("pkey", "-pubin", "-outform", "DER", content=public_key.encode())
    jwk = {"crv": "P-256", "kty": "EC", "x": base64url(encoded[-64:-32]), "y": base64url(encoded[-32:])}
    thumbprint = hashlib.sha256(json.dumps(jwk, separators=(",", ":")).encode()).digest()
    return jwk | {"kid": base64url(thumbprint), "alg": "ES256", "use": "sig"}


def base64url(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


def openssl(*arguments: str | Path, content: bytes = b"") -> bytes:
    return subprocess.run(["openssl", *arguments], input=content, check=True, capture_output=True).stdout
