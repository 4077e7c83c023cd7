"""Fetching is bounded, whatever the other side does; nothing here touches a network."""

import contextlib
import threading

import httpx
import pytest

from tizim.errors import SourceRefused
from tizim.sources.fetch import fetch

ADDRESS = "https://list.example/list.xml"


def test_a_server_that_never_ends_is_left_behind(tmp_path, monkeypatch):
    """Headers that come drop by drop, and name servers, know no limit of time: `up` must go on all the same."""
    over = threading.Event()

    def never(*_, **__):
        over.wait()
        raise httpx.ReadError("the test is over")

    monkeypatch.setattr(httpx, "stream", never)

    with pytest.raises(SourceRefused, match=r"not finished after 0\.05 seconds"):
        fetch(ADDRESS, tmp_path, seconds=0.05)

    over.set()
    assert list(tmp_path.iterdir()) == []


def test_what_goes_wrong_meanwhile_is_told_and_leaves_no_file(tmp_path, monkeypatch):
    """The reason comes from where the work is done."""

    def refused(*_, **__):
        raise httpx.ConnectError("no route")

    monkeypatch.setattr(httpx, "stream", refused)

    with pytest.raises(SourceRefused, match="could not be fetched: no route"):
        fetch(ADDRESS, tmp_path, seconds=5)

    assert list(tmp_path.iterdir()) == []


def test_a_document_comes_whole(tmp_path, monkeypatch):
    """The bytes are those that the publisher sent."""

    @contextlib.contextmanager
    def answered(*_, **__):
        yield httpx.Response(200, content=b"<LIST/>")

    monkeypatch.setattr(httpx, "stream", answered)

    assert fetch(ADDRESS, tmp_path, seconds=5).read_bytes() == b"<LIST/>"


def test_only_https_is_fetched(tmp_path):
    """A list that anybody on the way could change is no list."""
    with pytest.raises(SourceRefused, match="only https"):
        fetch("http://list.example/list.xml", tmp_path, seconds=5)
