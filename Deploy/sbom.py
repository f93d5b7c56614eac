#!/usr/bin/env python3
"""Lists what the program is made of as CycloneDX 1.5: Swift packages that are in it, Debian libraries that it loads.

`Deploy/sbom.py PROGRAM >sbom.json` writes the list of a program that was just built here; `Deploy/sbom.py --check`
fails where Package.resolved has other packages or versions than sbom.json.
"""

import json
import re
import subprocess
import sys
from pathlib import Path
from urllib.parse import quote
from uuid import NAMESPACE_URL, uuid5

REPOSITORY = Path(__file__).resolve().parents[1]
LIST = REPOSITORY / "sbom.json"
RESOLVED = REPOSITORY / "Package.resolved"
VERSION = re.compile(r'static let version = "(.+)"')


def main(arguments: list[str]) -> None:
    match arguments:
        case ["--check"]:
            check()
        case [program]:
            print(json.dumps(bill(program), indent=2, ensure_ascii=False))
        case _:
            sys.exit(__doc__)


def check() -> None:
    """Versions are pinned by review: whoever changes one sees it in the difference of sbom.json."""
    listed = {
        part["purl"] for part in json.loads(LIST.read_text())["components"] if part["purl"].startswith("pkg:swift/")
    }
    resolved = {part["purl"] for part in swift_packages()}
    wrong = [f"+ {purl}" for purl in sorted(resolved - listed)] + [f"- {purl}" for purl in sorted(listed - resolved)]
    if wrong:
        sys.exit("Package.resolved is not what sbom.json lists; `make sbom` writes it anew:\n" + "\n".join(wrong))


def bill(program: str) -> dict:
    parts = swift_packages() + debian_packages(program)
    version = VERSION.search((REPOSITORY / "Sources/App/Versions/Version.swift").read_text())[1]
    root = {
        "type": "application",
        "bom-ref": "connect-portal",
        "name": "connect-portal",
        "version": version,
        "licenses": [{"license": {"id": "Apache-2.0"}}],
    }
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        # The same for the same contents, so that nothing differs where nothing has changed.
        "serialNumber": f"urn:uuid:{uuid5(NAMESPACE_URL, json.dumps(parts))}",
        "version": 1,
        "metadata": {"component": root},
        "components": parts,
        "dependencies": dependencies(parts),
    }


def swift_packages() -> list[dict]:
    pins = json.loads(RESOLVED.read_text())["pins"]
    return sorted((swift_package(pin) for pin in pins), key=lambda part: part["purl"])


def swift_package(pin: dict) -> dict:
    place = pin["location"].removeprefix("https://").removesuffix(".git")
    purl = f"pkg:swift/{place}@{pin['state']['version']}"
    return {
        "type": "library",
        "bom-ref": pin["identity"],
        "name": place.rsplit("/", 1)[1],
        "version": pin["state"]["version"],
        "purl": purl,
        "externalReferences": [{"type": "vcs", "url": f"https://{place}"}],
    }


def debian_packages(program: str) -> list[dict]:
    """Of the libraries that the program loads, and those that these load."""
    libraries = re.findall(r"=> (/\S+)", run("ldd", program))
    # Debian's packages may still name /lib, which is a link to /usr/lib.
    owners = {
        run("dpkg-query", "--search", f"*{Path(library).name}").splitlines()[0].split(":")[0] for library in libraries
    }
    return [debian_package(*line.split()) for line in run("dpkg-query", "--show", *sorted(owners)).splitlines()]


def debian_package(name: str, version: str) -> dict:
    name = name.split(":")[0]
    return {
        "type": "library",
        "bom-ref": f"debian/{name}",
        "name": name,
        "version": version,
        "purl": f"pkg:deb/debian/{quote(name)}@{quote(version)}?distro=bookworm",
    }


def dependencies(parts: list[dict]) -> list[dict]:
    """Who needs whom, as far as Swift's packages say; the libraries are the program's."""
    tree = json.loads(run("swift", "package", "show-dependencies", "--format", "json"))
    needs: dict[str, set[str]] = {}

    def walk(node: dict, ref: str) -> None:
        needs.setdefault(ref, set()).update(child["identity"] for child in node["dependencies"])
        for child in node["dependencies"]:
            walk(child, child["identity"])

    walk(tree, "connect-portal")
    needs["connect-portal"] |= {part["bom-ref"] for part in parts if part["bom-ref"].startswith("debian/")}
    return [{"ref": ref, "dependsOn": sorted(needs[ref])} for ref in sorted(needs)]


def run(*command: str) -> str:
    return subprocess.run(command, cwd=REPOSITORY, check=True, capture_output=True, text=True).stdout


if __name__ == "__main__":
    main(sys.argv[1:])
