"""Make .venv hold exactly what uv.lock says. Called by tizim.sh; uses the standard library only.

The stamp in .venv has two lines: what the environment was made from (or "unfinished"), and the extras it has.
It is written last, so an environment without a finished stamp is thrown away and made again.
"""

import fcntl
import hashlib
import os
import re
import shutil
import ssl
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Sequence
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urldefrag, urljoin
from urllib.request import Request, urlopen

UNFINISHED = "unfinished"
UV = "uv>=0.13,<1"


class NotPrepared(Exception):
    """The environment could not be made; the message says what to do."""


def prepare(root: Path, wanted: str, asked: Sequence[str]) -> None:
    venv = root / ".venv"
    stamp = venv / "tizim-stamp"
    known = {"dev", *tomllib.loads((root / "pyproject.toml").read_text())["project"]["optional-dependencies"]}
    if unknown := {*asked} - known:
        raise NotPrepared(f"no extra is called {', '.join(unknown)}; there are {', '.join(sorted(known - {'dev'}))}")
    # The lock is passed on to the commands run: if this process dies, it is held until they have ended too.
    with (root / ".venv.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        was, has = read_stamp(stamp)
        parts = {*asked, *(has & known)}
        kept = (venv / "bin/python").exists() and (venv / "bin/uv").exists() and was.endswith(f" {root}")
        if kept and was == wanted and parts == has:
            return  # another run made it while this one waited
        if venv.exists() and not stamp.exists() and any(venv.iterdir()):
            raise NotPrepared(f"{venv} was not made by tizim.sh; move it away and run this again")
        say("updating .venv" if kept else "making .venv, once; this takes a minute or so")
        venv.mkdir(exist_ok=True)
        write_stamp(stamp, UNFINISHED, parts)
        held = lock.fileno()
        if not kept:
            make_venv(venv, stamp, held)
        chosen = [] if "dev" in parts else ["--no-dev"]
        for extra in sorted(parts - {"dev"}):
            chosen += ["--extra", extra]
        run([venv / "bin/uv", "sync", "--frozen", "--project", root, *chosen], held, uv_environment(venv))
        write_stamp(stamp, wanted, parts)


def read_stamp(stamp: Path) -> tuple[str, set[str]]:
    if not stamp.exists():
        return "", set()
    was, has = stamp.read_text().split("\n")[:2]
    return was, set(has.split())


def write_stamp(stamp: Path, made_from: str, parts: set[str]) -> None:
    new = stamp.with_suffix(".new")
    new.write_text(f"{made_from}\n{' '.join(sorted(parts))}\n")
    new.replace(stamp)


def make_venv(venv: Path, stamp: Path, held: int) -> None:
    empty(venv, stamp)
    python = venv / "bin/python"
    with tempfile.TemporaryDirectory() as scratch:
        made = subprocess.run([sys.executable, "-m", "venv", venv], check=False, capture_output=True, pass_fds=[held])
        if made.returncode == 0:
            pip: list[str | Path] = [python, "-m", "pip"]
        else:  # Debian and Ubuntu leave ensurepip out of their Python
            empty(venv, stamp)
            run([sys.executable, "-m", "venv", "--without-pip", venv], held)
            pip = [python, fetch_pip(Path(scratch)) / "pip"]
        run([*pip, "install", "--quiet", "--disable-pip-version-check", UV], held)


def empty(venv: Path, stamp: Path) -> None:
    for child in venv.iterdir():
        if child == stamp:
            continue
        if child.is_dir() and not child.is_symlink():
            shutil.rmtree(child)
        else:
            child.unlink()


def fetch_pip(folder: Path) -> Path:
    """Fetch pip's newest wheel that runs on this Python, and refuse it unless it has the index's sha256."""
    index = os.environ.get("PIP_INDEX_URL", "https://pypi.org/simple").rstrip("/") + "/pip/"
    try:
        with urlopen(Request(index, headers={"Accept": "text/html"}), timeout=60) as answer:
            base, page = answer.geturl(), answer.read().decode()
        url, sha256 = newest_pip(base, page)
        with urlopen(url, timeout=60) as answer:
            content = answer.read()
    except (OSError, ValueError) as error:
        raise NotPrepared(
            f"pip could not be fetched from the Python package index: {error}\n"
            "Check the network, or install pip's own way (Debian, Ubuntu: apt install python3-venv)."
        ) from error
    if hashlib.sha256(content).hexdigest() != sha256:
        raise NotPrepared(f"{url} does not have the sha256 its index states; nothing of it was run")
    wheel = folder / url.rpartition("/")[2]
    wheel.write_bytes(content)
    return wheel


class Links(HTMLParser):
    """The links of a page of the package index."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[dict[str, str | None]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self.found.append(dict(attrs))


def newest_pip(base: str, page: str) -> tuple[str, str]:
    links = Links()
    links.feed(page)
    best: tuple[tuple[int, ...], str, str] | None = None
    for link in links.found:
        url, fragment = urldefrag(urljoin(base, link.get("href") or ""))
        wheel = re.search(r"/pip-(\d+(?:\.\d+)*)-py3-none-any\.whl$", url)
        needs = re.search(r">=\s*3\.(\d+)", link.get("data-requires-python") or "")
        if not wheel or not fragment.startswith("sha256=") or "data-yanked" in link:
            continue
        if needs and int(needs[1]) > sys.version_info.minor:
            continue
        version = tuple(int(number) for number in wheel[1].split("."))
        if best is None or version > best[0]:
            best = (version, url, fragment.removeprefix("sha256="))
    if best is None:
        raise ValueError(f"{base} offers no wheel of pip for this Python")
    return best[1], best[2]


def uv_environment(venv: Path) -> dict[str, str]:
    """Let no setting of the person's own uv point it at another environment or another Python."""
    kept = {name: value for name, value in os.environ.items() if name != "VIRTUAL_ENV"}
    if has_system_certificates():  # an institution's own proxy is known to its machines, not to uv
        kept.setdefault("UV_SYSTEM_CERTS", "true")
    return kept | {
        "UV_PROJECT_ENVIRONMENT": str(venv),
        "UV_PYTHON": str(venv / "bin/python"),
        "UV_PYTHON_DOWNLOADS": "never",
    }


def has_system_certificates() -> bool:
    paths = ssl.get_default_verify_paths()
    if sys.platform == "darwin" or paths.cafile:
        return True
    return bool(paths.capath) and any(Path(paths.capath).iterdir())


def run(command: Sequence[str | Path], held: int, environment: dict[str, str] | None = None) -> None:
    # What these commands say goes to the error stream: the output belongs to the tizim command that follows.
    done = subprocess.run(command, check=False, stdout=sys.stderr, pass_fds=[held], env=environment)
    if done.returncode != 0:
        raise NotPrepared(f"this failed with status {done.returncode}: {' '.join(map(str, command))}")


def say(message: str) -> None:
    print(f"tizim: {message}", file=sys.stderr)


def main() -> int:
    root, wanted, *asked = sys.argv[1:]
    try:
        prepare(Path(root), wanted, asked)
    except NotPrepared as error:
        say(str(error))
        return 1
    except KeyboardInterrupt:
        say("stopped; the next run starts afresh")
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
