"""``/watched``: what became other of who watched customers may be, as a JSON Feed that goes on from a cursor."""

from typing import Any, Final

import msgspec

from tizim.api.wire.asking import Asked
from tizim.api.wire.replies import Refused, Reply, of
from tizim.customers import Store
from tizim.errors import Busy, TizimError
from tizim.watch import events

_PAGE: Final = 100
_LAST: Final = 2**62
_VERSION: Final = "https://jsonfeed.org/version/1.1"
_TYPE: Final = "application/feed+json"


class Feeding(msgspec.Struct, frozen=True, kw_only=True):
    """Where matches are kept."""

    store: Store

    def feed(self, asked: Asked) -> Reply:
        """What came after a cursor, in its order. Raises `Refused`."""
        since = asked.number("since", 0, _LAST)
        limit = asked.number("limit", _PAGE, events.MOST)
        asked.checked()
        if not limit:
            raise Refused(400, "limit is 1 at least")
        try:
            found = events.since(self.store, since, limit)
            more = bool(found) and bool(events.since(self.store, found[-1].seq, 1))
        except Busy as error:
            raise Refused(503, str(error)) from None
        except TizimError:
            raise Refused(503, "The customers' store cannot be read") from None
        last = found[-1].seq if found else since
        told: dict[str, Any] = {
            "version": _VERSION, "title": "tizim: matches of watched customers",
            "next_url": f"/watched?since={last}&limit={limit}", "cursor": last, "more": more,
            "items": [_item(one) for one in found],
        }  # fmt: skip
        return msgspec.structs.replace(of(told), media_type=_TYPE)


def _item(one: events.Kept) -> dict[str, Any]:
    event = one.event
    return {
        "id": event.id, "date_published": event.at, "title": f"Match {event.what.value}",
        "content_text": events.message_of(event).text, "_tizim": {"number": one.seq, **msgspec.to_builtins(event)},
    }  # fmt: skip
