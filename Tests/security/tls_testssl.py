"""What testssl finds grave about a server."""

import json
import subprocess
from pathlib import Path
from urllib.parse import urlsplit

CHECKS = ["--protocols", "--server-preference", "--server-defaults", "--headers", "--vulnerable", "--fs", "--std"]
GRAVE = {"HIGH", "CRITICAL", "FATAL"}
# An authority of the tests' own publishes no list of what it revoked.
OF_THE_TEST = {"cert_revocation", "cert_ocspRevoked", "cert_crlRevoked"}


def findings(url: str, authority: Path, directory: Path) -> list[str]:
    """Those of a severity of HIGH and more."""
    report = directory / "testssl.json"
    options = ["--quiet", "--warnings", "batch", "--color", "0", "--ip", "127.0.0.1", "--add-ca", str(authority)]
    options += ["--jsonfile", str(report), *CHECKS]
    ran = subprocess.run(["testssl", *options, urlsplit(url).netloc], capture_output=True, text=True, errors="replace")
    (directory / "testssl.txt").write_text(ran.stdout + ran.stderr)
    if not report.exists():
        return [f"came to no end: {ran.stderr[-200:]}"]
    found = json.loads(report.read_text())
    said = {finding["id"] for finding in found}
    missing = {"TLS1", "TLS1_1", "TLS1_2", "heartbleed", "PFS", "HSTS_time"} - said
    return [f"{name} was not looked at" for name in sorted(missing)] + [
        f"{finding['severity']} {finding['id']}: {finding['finding']}"
        for finding in found
        if finding["severity"] in GRAVE and finding["id"] not in OF_THE_TEST
    ]
