"""A key with which the provider says who signed in."""

import base64
import json
import subprocess
import time
from pathlib import Path

from certificates import new_key

CLIENT_ID = "sentinel"
ACCOUNT = {"sub": "account-1815", "email": "ada@service.example"}


class SigningKey:
    """RSA, in a file that openssl reads."""

    def __init__(self, file: Path):
        self._file = file
        file.write_text(new_key("RSA")[0])
        modulus = bytes.fromhex(
            openssl("rsa", "-in", str(file), "-modulus", "-noout").decode().strip().partition("=")[2]
        )
        self.key_set = {
            "keys": [{"kty": "RSA", "alg": "RS256", "use": "sig", "kid": "k", "e": "AQAB", "n": url(modulus)}]
        }

    def id_token(self, issuer: str, nonce: str) -> str:
        now = int(time.time())
        claims = {"iss": issuer, "aud": CLIENT_ID, "iat": now, "exp": now + 600, "nonce": nonce} | ACCOUNT
        signed = ".".join(url(json.dumps(part).encode()) for part in ({"alg": "RS256", "kid": "k"}, claims))
        return f"{signed}.{url(openssl('dgst', '-sha256', '-sign', str(self._file), content=signed.encode()))}"


def openssl(*arguments: str, content: bytes = b"") -> bytes:
    return subprocess.run(["openssl", *arguments], input=content, check=True, capture_output=True).stdout


def url(value: bytes) -> str:
    return base64.urlsafe_b64encode(value).decode().rstrip("=")
