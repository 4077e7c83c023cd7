"""What keys entered: a token belongs to a key and one request, in both databases."""

import datetime as dt
import threading

import pytest

from tizim.customers import Store
from tizim.customers.entered import Begun, Ended, begin, end, give_up, read_entered
from tizim.customers.keys import KeyScope, new_key
from tizim.errors import BadInput, Busy

NOW = dt.datetime(2026, 11, 27, 1, tzinfo=dt.UTC)
MINUTE = dt.timedelta(minutes=1)


def begun(store, digest="d", now=NOW, key="k"):
    """Begin what a request asks for."""
    return begin(store, key, "case-1", "decide delist", digest, now, MINUTE)


def test_what_is_under_way_is_not_begun_twice(store):
    """Another key's tokens are its own; what broke off is taken up with its first moment."""
    first = begun(store)
    assert (first.at, first.again) == (NOW, False)
    with pytest.raises(Busy):
        begun(store, now=NOW + MINUTE / 2)
    assert begun(store, "other", key="another").again is False

    taken = begun(store, now=NOW + 2 * MINUTE)
    assert (taken.at, taken.again) == (NOW, True)
    with pytest.raises(Busy):
        begun(store, now=NOW + 2.5 * MINUTE)


def test_what_was_entered_is_told_again_and_never_changed(store):
    """To the same request; another under the same token is refused."""
    key, _ = new_key(store, "The desk", [KeyScope.DECIDE], None, NOW)
    first = begun(store, key=key.id)
    end(store, first, 201, b'{"id": "D-1"}')
    give_up(store, first)

    assert begun(store, now=NOW + 99 * MINUTE, key=key.id) == Ended(status=201, answer=b'{"id": "D-1"}')
    with pytest.raises(BadInput, match="Idempotency-Key"):
        begun(store, "another request", key=key.id)
    (told,) = read_entered(store)
    assert (told.name, told.what, told.token, told.at, told.status) == (
        "The desk", "decide delist", "case-1", NOW, 201,
    )  # fmt: skip


def test_what_was_given_up_is_begun_anew(store):
    """Nothing was entered, so the token is free for what is right."""
    give_up(store, begun(store))

    assert begun(store, "what is right").again is False


def test_of_many_at_once_one_begins(store, url):
    """Each worker has the store open for itself."""
    store.prepare()
    found = []

    def tries():
        own = Store(url)
        try:
            found.append(begun(own))
        except Busy as error:
            found.append(error)
        own.close()

    threads = [threading.Thread(target=tries) for _ in range(4)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()

    assert sorted(type(one) is Begun for one in found) == [False, False, False, True]
