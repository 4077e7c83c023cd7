"""Check the licence of everything that installing tizim's core brings in.

Walks uv.lock from the core dependencies (no extras, no dev group).
Reads each licence from the metadata of the installed package.
Only licences named in ALLOWED or SPOKEN pass: copyleft, non-commercial and unknown terms all fail.
"""

import argparse
import re
import sys
import tomllib
from collections.abc import Callable, Iterable, Iterator
from importlib.metadata import Distribution, distributions
from pathlib import Path
from typing import Any, NamedTuple

from packaging.markers import Marker
from packaging.utils import canonicalize_name

# SPDX names, in small letters.
ALLOWED = frozenset(
    {
        "0bsd",
        "apache-2.0",
        "bsd-2-clause",
        "bsd-3-clause",
        "cc0-1.0",
        "isc",
        "mit",
        "mit-0",
        "mit-cmu",
        "mpl-2.0",  # binds only the files it covers, and we use those unchanged
        "psf-2.0",
        "python-2.0",
        "unicode-3.0",
        "unlicense",
        "zlib",
    }
)

# Exceptions, after WITH, that only take conditions away from an allowed licence.
EXCEPTIONS = frozenset({"llvm-exception"})

# What packages wrote before SPDX names became the rule: in License, and after the last :: of a classifier.
SPOKEN = frozenset(
    {
        "apache 2.0",
        "apache license 2.0",
        "apache license, version 2.0",
        "apache software license",
        "bsd",
        "bsd license",
        "bsd 3-clause",
        "isc license",
        "isc license (iscl)",
        "mit license",
        "mozilla public license 2.0 (mpl 2.0)",
        "new bsd license",
        "python software foundation license",
        "the mit license",
    }
)

# Classifiers that name a family and no licence: not enough alone.
SILENT = frozenset({"osi approved"})

Find = Callable[[str], Distribution | None]


class Verdict(NamedTuple):
    """What was found about one package."""

    package: str
    version: str
    terms: str
    complaint: str | None


def core_packages(lock: dict[str, Any]) -> Iterator[tuple[str, str, bool]]:
    """Yield each package under the core dependencies: name, version, whether it is for this platform."""
    packages = {package["name"]: package for package in lock["package"]}
    waiting = [("tizim", "", True)]
    seen: dict[tuple[str, str], bool] = {}
    while waiting:
        name, extra, here = waiting.pop()
        if seen.get((name, extra), False) or (not here and (name, extra) in seen):
            continue
        seen[name, extra] = here
        package = packages[name]
        extras = package.get("optional-dependencies", {})
        needs = extras.get(extra, []) if extra else package.get("dependencies", [])
        for need in needs:
            there = here and ("marker" not in need or Marker(need["marker"]).evaluate())
            waiting += [(need["name"], wanted, there) for wanted in ("", *need.get("extra", []))]
    for name, extra in sorted(seen):
        if not extra and name != "tizim":
            yield name, packages[name]["version"], seen[name, extra]


def stated_terms(package: Distribution) -> list[str]:
    """Return each statement a package makes of its licence; they all count."""
    metadata = package.metadata
    if expression := metadata.get_all("License-Expression"):
        return expression
    classifiers = [text.split(" :: ") for text in metadata.get_all("Classifier") or []]
    terms = [parts[-1] for parts in classifiers if parts[0] == "License" and parts[-1].lower() not in SILENT]
    text = "\n".join(metadata.get_all("License") or []).strip()
    # A whole licence pasted into the field is judged by the classifiers, and unknown without one.
    if text and ("\n" not in text or not terms):
        terms.append(" ".join(text.split())[:80])
    return terms


def is_allowed(terms: str) -> bool:
    """Judge one statement: a name from the lists above, or SPDX names joined by AND, OR and brackets."""
    if terms.strip().lower() in ALLOWED | SPOKEN:
        return True
    tokens = re.findall(r"\(|\)|[^\s()]+", terms.lower())
    answer = judge(tokens)
    return answer and not tokens


def judge(tokens: list[str]) -> bool:
    """Consume `a and b or c` from the front of the tokens; `and` binds tighter."""
    answer = judge_all(tokens)
    while tokens and tokens[0] == "or":
        tokens.pop(0)
        answer = judge_all(tokens) or answer
    return answer


def judge_all(tokens: list[str]) -> bool:
    answer = judge_one(tokens)
    while tokens and tokens[0] == "and":
        tokens.pop(0)
        answer = judge_one(tokens) and answer
    return answer


def judge_one(tokens: list[str]) -> bool:
    if not tokens:
        return False
    if (token := tokens.pop(0)) != "(":
        answer = token in ALLOWED
        if tokens[:1] == ["with"]:
            answer = tokens.pop(0) == "with" and bool(tokens) and tokens.pop(0) in EXCEPTIONS and answer
        return answer
    answer = judge(tokens)
    return bool(tokens) and tokens.pop(0) == ")" and answer


def verdicts(lock: dict[str, Any], find: Find) -> Iterator[Verdict]:
    for name, version, here in core_packages(lock):
        package = find(name)
        if package is None:
            complaint = "not installed, so its licence cannot be read" if here else None
            yield Verdict(name, version, "(not for this platform)" if not here else "", complaint)
            continue
        terms = stated_terms(package)
        complaint = None
        if not terms:
            complaint = "states no licence"
        elif refused := [text for text in terms if not is_allowed(text)]:
            complaint = f"terms unknown or not allowed in the core: {'; '.join(refused)}"
        yield Verdict(name, version, "; ".join(terms), complaint)


def finder(folders: Iterable[str]) -> Find:
    installed = {canonicalize_name(found.name): found for found in distributions(path=list(folders))}
    return lambda name: installed.get(canonicalize_name(name))


def main(arguments: list[str] | None = None) -> int:
    """Print the table of licences and one line for each offender; 1 if there is any."""
    parser = argparse.ArgumentParser(description="Check the licence of everything the core installs.")
    parser.add_argument("--lock", type=Path, default=Path(__file__).parent.parent / "uv.lock")
    parser.add_argument("--site", action="append", help="folder of installed packages")
    options = parser.parse_args(arguments)
    found = list(verdicts(tomllib.loads(options.lock.read_text()), finder(options.site or sys.path)))
    for verdict in found:
        print(f"{verdict.package:<24}{verdict.version:<12}{verdict.terms}")
    offenders = [verdict for verdict in found if verdict.complaint]
    for verdict in offenders:
        print(f"refused: {verdict.package} {verdict.version}: {verdict.complaint}", file=sys.stderr)
    return 1 if offenders else 0


if __name__ == "__main__":
    sys.exit(main())
