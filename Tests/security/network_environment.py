"""The environments of a portal that is to be misled, and of one that may go everywhere."""

import base64
from pathlib import Path

PROXY = "http://10.9.8.7:8080"
# How the user `netrc` with the password `netrc` authenticates.
NETRC = base64.b64encode(b"netrc:netrc").decode()


def misled_environment(directory: Path) -> dict[str, str]:
    """Proxies in every spelling, and passwords for every server in `.netrc`; the portal must heed neither."""
    home = directory / "home"
    home.mkdir()
    (home / ".netrc").write_text("default login netrc password netrc\n")
    (home / ".curlrc").write_text(f"proxy = {PROXY}\ninsecure\nlocation\n")
    proxies = dict.fromkeys(("http_proxy", "https_proxy", "all_proxy", "HTTPS_PROXY", "ALL_PROXY"), PROXY)
    return {"HOME": str(home), "CURL_HOME": str(home), "NETRC": str(home / ".netrc"), "no_proxy": ""} | proxies


def everything_allowed() -> dict[str, str]:
    return {"PORTAL_PRIVATE_TARGETS": "0.0.0.0/0,::/0"}
