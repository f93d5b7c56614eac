"""Whether TLS is good on both sides: what the README recommends in front, and what the portal takes from providers."""

import json
import re
import ssl
import sys
from pathlib import Path

import httpx
from certificates import Authority
from portal import free_port_pair, running_portal

from attempts import Caller
from folders import made
from tls_as_recommended import running_secure_front
from tls_providers import SERVERS, OldTLS
from tls_testssl import findings
from uses import definition, typed

YEAR_SECONDS = 31_536_000
# Of each kind of answer one: pages, JSON, files, errors of both, a redirect and what asks for a method.
ROUTES = [
    *("/docs", "/connect", "/connect/portal", "/connect/nobody", "/nowhere", "/health", "/ready", "/connect.js"),
    *("/favicon.svg", "/api/v1/openapi.json", "/api/v1/workspaces", "/api/v1/nowhere", "/api/v1/integrations"),
    *("/api/v1/connect/oauth-callback?state=a&code=b", "/assets/nothing.css"),
]


def main(directory: Path) -> list[str]:
    problems, grave = front_problems(directory)
    problems += provider_problems(made(directory / "providers"))
    for problem in problems:
        print(problem)
    print(
        f"testssl on the README's nginx: {grave} grave findings; HSTS on {len(ROUTES)} routes; "
        f"{len(SERVERS)} kinds of providers; {len(problems)} problems"
    )
    return problems


def front_problems(directory: Path) -> tuple[list[str], int]:
    authority = Authority(directory, "front")
    authority.certify("localhost", directory / "localhost.crt", days=300)
    port = free_port_pair()
    url = f"https://localhost:{port}"
    proxies = "127.0.0.1/32"
    with (
        running_portal(
            made(directory / "portal"), command="serve", PORTAL_PUBLIC_URL=url, PORTAL_TRUSTED_PROXIES=proxies
        ) as portal,
        running_secure_front(made(directory / "nginx"), url, portal.url, directory / "localhost.crt"),
    ):
        trust = ssl.create_default_context(cafile=authority.certificate)
        problems = [f"{route}: {fault}" for route, fault in hsts_faults(url, trust).items()]
        graves = findings(url, authority.certificate, directory)
    problems += [f"testssl: {finding}" for finding in graves]
    with running_portal(made(directory / "plain"), command="serve") as portal:
        names = {route for route in ROUTES if "strict-transport-security" in httpx.get(portal.url + route).headers}
        problems += [f"{route}: HSTS over plain http" for route in names]
    return problems, len(graves)


def hsts_faults(url: str, trust: ssl.SSLContext) -> dict[str, str]:
    """RFC 6797 §6.1: one field, at least a year."""
    faults = {}
    with httpx.Client(base_url=url, verify=trust) as client:
        for route in ROUTES:
            fields = client.get(route).headers.get_list("strict-transport-security")
            age = re.search(r"(?i)\bmax-age=\"?(\d+)", ",".join(fields))
            if len(fields) != 1 or age is None or int(age[1]) < YEAR_SECONDS:
                faults[route] = f"HSTS is {fields or 'missing'}"
    return faults


def provider_problems(directory: Path) -> list[str]:
    servers = OldTLS(directory)
    definitions = made(directory / "definitions")
    names = {name: f"provider-{number}" for number, name in enumerate(SERVERS)}
    for name, integration in names.items():
        content = definition(integration, [typed("key", servers.url(name))])
        (definitions / f"{integration}.yaml").write_text(json.dumps(content))
    settings = {
        "PORTAL_INTEGRATIONS_DIR": str(definitions),
        "PORTAL_PRIVATE_TARGETS": "127.0.0.0/8,::1/128",
        "PORTAL_CA_FILE": str(servers.authority),
    }
    problems = []
    try:
        with running_portal(made(directory / "portal"), command="serve", **settings) as portal:
            caller = Caller(portal)
            for name, (_, _, _, is_good) in SERVERS.items():
                told = caller.attempt(names[name], "key")
                print(name, told)
                expected = "COMPLETED" if is_good else "provider_unreachable"
                if told.code != expected:
                    problems.append(f"{name}: {told}")
        problems += [f"{name}: a request came through" for name in servers.served if not SERVERS[name][3]]
        problems += [f"{name}: the server is not awake" for name in SERVERS if not servers.answers_others(name)]
    finally:
        servers.stop()
    return problems


if __name__ == "__main__":
    sys.exit(bool(main(Path(sys.argv[1]))))
