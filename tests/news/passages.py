"""The passages written for these tests, and how their claims are named."""

import tomllib
from pathlib import Path

FOLDER = Path(__file__).parent / "passages"


def passages(code=None):
    """Language and passage of every passage, or of those in one language."""
    return [
        (path.stem, passage)
        for path in sorted(FOLDER.glob("*.toml"))
        if code in {None, path.stem}
        for passage in tomllib.loads(path.read_text(encoding="utf-8"))["passage"]
    ]


def named(claims):
    """The claims as the passages name them."""
    return {f"{one.subject or f'~{one.subject_name}'} {one.list} {one.action} {one.modality}" for one in claims}
