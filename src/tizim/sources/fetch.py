"""Fetching one document: https and the publisher's own host only, bounded in time and size."""

import tempfile
import threading
import time
from concurrent.futures import Future
from pathlib import Path
from typing import IO

import httpx

from tizim.errors import SourceRefused

_MOST_BYTES = 256 * 1024 * 1024
_AGENT = "tizim (open register of official lists)"


def fetch(url: str, folder: Path, *, seconds: float) -> Path:
    """Download *url* into a new file of *folder*.

    Redirects are not followed: a publisher that moves is a change a person should see. The whole
    download, not each read, must end within *seconds*. Raises `SourceRefused` with the reason.
    """
    if not url.startswith("https://"):
        raise SourceRefused(f"{url or 'this source'}: only https addresses are fetched")
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=folder, prefix="fetch-", suffix=".part", delete=False) as file:
        path = Path(file.name)
    done: Future[None] = Future()

    def run() -> None:
        try:
            with path.open("wb") as file:
                _download(url, file, seconds)
        except Exception as error:  # noqa: BLE001 - handed to the caller, who raises it
            done.set_exception(error)
        else:
            done.set_result(None)

    # A name server, or headers that come drop by drop, know no time limit: whoever waits for them is left behind.
    threading.Thread(target=run, name="tizim-fetch", daemon=True).start()
    try:
        done.result(timeout=seconds)
    except TimeoutError:
        path.unlink(missing_ok=True)
        raise SourceRefused(f"{url}: not finished after {seconds:g} seconds") from None
    except httpx.HTTPError as error:
        path.unlink(missing_ok=True)
        raise SourceRefused(f"{url} could not be fetched: {str(error) or type(error).__name__}") from error
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return path


def _download(url: str, file: IO[bytes], seconds: float) -> None:
    give_up = time.monotonic() + seconds
    headers = {"User-Agent": _AGENT}
    with httpx.stream("GET", url, timeout=seconds, headers=headers, follow_redirects=False) as response:
        if response.status_code != httpx.codes.OK:
            raise SourceRefused(f"{url} answered with status {response.status_code}")
        size = 0
        for part in response.iter_bytes():
            size += len(part)
            if size > _MOST_BYTES:
                raise SourceRefused(f"{url}: more than {_MOST_BYTES} bytes")
            if time.monotonic() > give_up:
                raise SourceRefused(f"{url}: not finished after {seconds:g} seconds")
            file.write(part)
