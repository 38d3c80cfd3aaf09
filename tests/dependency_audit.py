"""Ask OSV, the open database of known vulnerabilities, about every pinned package, in one request.

`make audit` runs it. `uv audit` asks the same database, but needs a lock file of its own beside
the pinned requirements.
"""

import json
import os
import re
import sys
from pathlib import Path
from urllib.error import URLError
from urllib.request import Request, urlopen

ROOT = Path(__file__).resolve().parent.parent
PINS = [ROOT / "requirements.txt", ROOT / "requirements-dev.txt"]
ADDRESS = "https://api.osv.dev/v1/querybatch"
SECONDS = 8
# Vulnerabilities that do not concern this site: the identifier, and why.
ACCEPTED: dict = {}


def pinned():
    """The name and version of every package we pin."""
    lines = "\n".join(path.read_text() for path in PINS)
    return sorted(set(re.findall(r"^([\w.-]+)(?:\[[^]]*\])?==([^\s;\\]+)", lines, re.MULTILINE)))


def ask(address, packages):
    """Return what is known of each package, in the same order."""
    queries = [
        {"package": {"name": name, "ecosystem": "PyPI"}, "version": version}
        for name, version in packages
    ]
    body = json.dumps({"queries": queries}).encode()
    request = Request(address, body, {"Content-Type": "application/json"})
    with urlopen(request, timeout=SECONDS) as answer:
        results = json.load(answer)["results"]
    return [[item["id"] for item in result.get("vulns", [])] for result in results]


def complaints(address):
    packages = pinned()
    for (name, version), known in zip(packages, ask(address, packages), strict=True):
        for identifier in known:
            if identifier not in ACCEPTED:
                yield f"{name} {version}: {identifier}"


def audit(address):
    """Say what is wrong with our packages; return the exit code."""
    try:
        found = list(complaints(address))
    except (URLError, TimeoutError, ValueError, KeyError) as error:
        say(f"############ SKIPPED: no answer from {address} ({type(error).__name__}).")
        say("############ The dependencies were NOT audited.")
        return 0
    for line in found:
        say(line)
    say(f"Dependencies audited: {len(pinned())}, with known vulnerabilities: {len(found)}")
    return 1 if found else 0


def say(line):
    sys.stdout.write(line + "\n")


if __name__ == "__main__":
    sys.exit(audit(os.environ.get("OSV_ADDRESS") or ADDRESS))
