"""nginx in front of two portals, configured as the README says."""

import re
import shutil
import subprocess
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import httpx
from portal import REPOSITORY, wait_for

PROGRAM = shutil.which("nginx") or "/usr/sbin/nginx"
# One process without workers, so that requests strictly alternate, writing nowhere else.
AROUND = """
daemon off;
master_process off;
pid {directory}/pid;
events {{}}
http {{
    client_body_temp_path {directory}/body;
    proxy_temp_path {directory}/proxy;
    fastcgi_temp_path {directory}/fastcgi;
    uwsgi_temp_path {directory}/uwsgi;
    scgi_temp_path {directory}/scgi;
    {example}
}}
"""


class Nginx:
    def __init__(self, directory: Path, url: str, portals: list[str]):
        self.url = url
        self._access_log = directory / "connect-portal.log"
        file = directory / "nginx.conf"
        file.write_text(AROUND.format(directory=directory, example=adapted_example(directory, url, portals)))
        self._process = subprocess.Popen([PROGRAM, "-p", directory, "-e", directory / "error.log", "-c", file])

    def wait_until_ready(self) -> None:
        wait_for(self._is_ready, 10, lambda: f"nginx does not answer at {self.url}")

    def stop(self) -> None:
        self._process.terminate()
        self._process.wait()

    def requests(self) -> list[tuple[str, list[str]]]:
        """For each request so far its path and the URLs of the portals that were asked: one where nothing failed."""
        lines = re.findall(r"\] [A-Z]+ (\S+) \d+ (.+) \S+$", self._access_log.read_text(), re.MULTILINE)
        return [(path, [f"http://localhost:{port}" for port in re.findall(r":(\d+)", asked)]) for path, asked in lines]

    def _is_ready(self) -> bool:
        assert self._process.poll() is None, "nginx ended by itself"
        try:
            return httpx.get(f"{self.url}/ready").status_code == 200
        except httpx.TransportError:
            return False


@contextmanager
def running_nginx(directory: Path, url: str, portals: list[str]):
    nginx = Nginx(directory, url, portals)
    try:
        nginx.wait_until_ready()
        yield nginx
    finally:
        nginx.stop()


def adapted_example(directory: Path, url: str, portals: list[str]) -> str:
    """The README's example on the tests' ports, without TLS."""
    section = (REPOSITORY / "README.md").read_text().partition("# More than one machine\n")[2]
    example = re.search(r"```nginx\n(.*?)```", section, re.DOTALL)[1]
    example = re.sub(r"^ +ssl_.*\n", "", example, flags=re.MULTILINE)
    example = re.sub(r"listen .*;", f"listen {address(url)};", example)
    example = example.replace("/var/log/nginx/", f"{directory}/")
    addresses = map(address, portals)
    example, replaced = re.subn(r"\bserver \S+:\d+", lambda _: f"server {next(addresses)}", example)
    assert replaced == len(portals), "the example has another number of servers"
    return example


def address(url: str) -> str:
    return f"127.0.0.1:{urlsplit(url).port}"
