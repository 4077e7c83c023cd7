"""What stands behind a listing that somebody was found on: its state, statements with their acts, and documents."""

from typing import Final

import msgspec

from tizim.answer.history import OnList, history
from tizim.answer.records import statements
from tizim.answer.subjects import Subject
from tizim.domain.dates import AsOf
from tizim.domain.listing import NOT_ENDED
from tizim.domain.statements import Property, Statement
from tizim.register.view import View

_OF_A_LISTING: Final = frozenset({
    Property.MEMBER, Property.REFERENCE, Property.LISTED_ON, Property.PROGRAMME, Property.LEGAL_BASIS,
})  # fmt: skip
"""what records say of a listing, and not of the person"""


class Behind(msgspec.Struct, frozen=True, kw_only=True):
    """A subject with those listings that have not ended, and what records say of them."""

    subject: Subject
    as_of: AsOf
    lists: tuple[OnList, ...]
    records: tuple[Statement, ...]


def behind(view: View, text: str, as_of: AsOf) -> Behind:
    """What stands behind the listings of the subject that *text* names. Raises `NotFound`."""
    found = history(view, text, as_of)
    lists = tuple(one for one in found.lists if one.state is not None and one.state.status in NOT_ENDED)
    names = {one.list for one in lists}
    return Behind(
        subject=found.subject, as_of=as_of, lists=lists,
        records=tuple(
            one
            for one in statements(view, found.subject, as_of)
            if one.property in _OF_A_LISTING
            if one.property is not Property.MEMBER or (one.claim is not None and one.claim.value in names)
        ),
    )  # fmt: skip
