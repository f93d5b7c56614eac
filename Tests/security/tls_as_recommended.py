"""nginx with TLS in front of a portal, to the letter as the README says, but for its addresses and files."""

import re
import subprocess
from contextlib import contextmanager
from pathlib import Path

import httpx
from nginx import AROUND, PROGRAM, address
from portal import REPOSITORY, wait_for


@contextmanager
def running_secure_front(directory: Path, url: str, portal: str, certificate: Path):
    file = directory / "nginx.conf"
    example = adapted_example(directory, url, portal, certificate)
    file.write_text(AROUND.format(directory=directory, example=example))
    process = subprocess.Popen([PROGRAM, "-p", directory, "-e", directory / "error.log", "-c", file])
    try:
        wait_for(lambda: is_ready(url), 10, lambda: f"nginx does not answer at {url}")
        yield
    finally:
        process.terminate()
        process.wait()


def adapted_example(directory: Path, url: str, portal: str, certificate: Path) -> str:
    section = (REPOSITORY / "README.md").read_text().partition("# More than one machine\n")[2]
    example = re.search(r"```nginx\n(.*?)```", section, re.DOTALL)[1]
    example, listening = re.subn(r"listen 443 ", f"listen {address(url)} ", example)
    assert listening == 1, "the example listens elsewhere"
    example = re.sub(r"ssl_certificate [^;]+;", f"ssl_certificate {certificate};", example)
    example = re.sub(r"ssl_certificate_key [^;]+;", f"ssl_certificate_key {certificate.with_suffix('.key')};", example)
    example = example.replace("/var/log/nginx/", f"{directory}/")
    return re.sub(r"\bserver \S+:\d+", f"server {address(portal)}", example)


def is_ready(url: str) -> bool:
    try:
        return httpx.get(f"{url}/ready", verify=False).status_code == 200
    except httpx.TransportError:
        return False
