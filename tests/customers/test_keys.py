import datetime as dt

import pytest
import sqlalchemy as sa

from tizim.customers import schema
from tizim.customers.desk import Desk
from tizim.customers.keys import Keys, KeyScope, new_key, read_keys, revoke
from tizim.errors import BadInput, NotFound

NOW = dt.datetime(2026, 11, 27, 1, tzinfo=dt.UTC)
DAY = NOW.date()


def test_a_key_is_known_by_its_text_and_kept_as_a_hash(store):
    """Whoever reads the store finds nothing that opens anything."""
    key, text = new_key(store, "The desk", [KeyScope.SCREEN, KeyScope.READ], None, NOW)

    assert Keys(read_keys(store)).of(text, DAY) == key
    assert key.name == "The desk"
    with store.reading() as connection:
        row = str(connection.execute(sa.select(schema.api_key)).all())
    assert text not in row
    assert text.split("_", 2)[2] not in row


def test_no_other_text_is_a_key(store):
    """Neither the id alone, nor a secret that differs in one letter, nor the secret of another key."""
    _, text = new_key(store, "a", [KeyScope.READ], None, NOW)
    _, other = new_key(store, "b", [KeyScope.READ], None, NOW)
    keys = Keys(read_keys(store))
    changed = text[:-1] + ("A" if text[-1] != "A" else "B")
    mixed = "_".join([*text.split("_", 2)[:2], other.split("_", 2)[2]])

    assert [keys.of(one, DAY) for one in ("", "tizim", text[:14], changed, mixed, text + " ", f"x{text}")] == [None] * 7
    assert keys.of(text, DAY)


def test_a_key_ends_on_its_day_and_when_it_is_revoked(store):
    """Revoking is for ever; a service that runs knows when it looks next."""
    first, text = new_key(store, "a", [KeyScope.READ], DAY + dt.timedelta(days=1), NOW)
    _, other = new_key(store, "b", [KeyScope.READ], None, NOW)
    desk = Desk(store)
    assert desk.held.keys.of(text, DAY)
    assert desk.held.keys.of(text, DAY + dt.timedelta(days=1)) is None

    revoke(store, first.id, NOW)
    revoke(store, first.id, NOW + dt.timedelta(days=1))
    assert desk.held.keys.of(text, DAY)
    desk.look()

    assert desk.held.keys.of(text, DAY) is None
    assert desk.held.keys.of(other, DAY)
    assert [one.revoked_at for one in read_keys(store)] in ([NOW, None], [None, NOW])
    with pytest.raises(NotFound):
        revoke(store, "nothere", NOW)


@pytest.mark.parametrize(
    ("name", "scopes", "until"),
    [("", [KeyScope.READ], None), ("a\x1b[1mb", [KeyScope.READ], None), ("a" * 101, [KeyScope.READ], None),
     ("a", [], None), ("a", [KeyScope.READ], DAY)],
)  # fmt: skip
def test_a_key_that_is_nobodys_or_good_for_nothing_is_refused(store, name, scopes, until):
    """It would be found in the list one day, and nobody would know what it was for."""
    with pytest.raises(BadInput):
        new_key(store, name, scopes, until, NOW)
    assert not store.exists()
