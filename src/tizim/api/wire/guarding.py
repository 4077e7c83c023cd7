"""Who may ask what: keys with scopes. Where no key is asked for, nobody is asked for one."""

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Final

from tizim.api.wire.asking import Asked
from tizim.api.wire.replies import Refused, Reply, encode
from tizim.customers.keys import Key, Keys, KeyScope

_SCOPES: Final[Mapping[str, KeyScope]] = {
    "match": KeyScope.SCREEN, "reconcile": KeyScope.SCREEN, "search": KeyScope.READ, "entities": KeyScope.READ,
    "catalog": KeyScope.READ, "manifest": KeyScope.READ, "algorithms": KeyScope.READ,
    "ask": KeyScope.READ, "lists": KeyScope.READ, "history": KeyScope.READ, "changes": KeyScope.READ,
    "decisions": KeyScope.READ, "imports": KeyScope.DECIDE, "clearances": KeyScope.DECIDE, "metrics": KeyScope.READ,
    "watched": KeyScope.SCREEN,
    "mcp": KeyScope.READ,
}  # fmt: skip
"""by the first part of an address; all others have no scope, or a token of their own"""
_ENTERED: Final = frozenset({"decisions", "imports"})
"""where something is entered by POST, whatever is read there"""
_ALWAYS: Final = frozenset({KeyScope.DECIDE})
"""scopes that nobody has without a key, whatever is set"""
_OF_CUSTOMERS: Final = frozenset({"watched"})
"""what is about customers: nobody reads it without a key, whatever is set"""
_FORMS: Final = ("bearer", "apikey")


class Guard:
    """Finds out whose key a request bears, and whether that is enough."""

    def __init__(self, keys: Callable[[], Keys], today: Callable[[], dt.date], *, required: bool) -> None:
        self._keys = keys
        self._today = today
        self.required = required

    def key(self, first: str, authorization: str, asked: Asked) -> Key | None:
        """The key of a request to an address whose first part is *first*, if it bears one that is good.

        Clients of reconciliation can add nothing but to the address, so there it may stand in ``api_key``.
        """
        form, _, text = authorization.partition(" ")
        if form.lower() not in _FORMS:
            text = asked.text("api_key") if first == "reconcile" else ""
        return self._keys().of(text.strip(), self._today()) if text else None

    def check(self, first: str, key: Key | None, *, enters: bool = False) -> None:
        """Raise `Refused` unless *key* opens what stands under *first*; *enters*: to enter something there."""
        scope = KeyScope.DECIDE if enters and first in _ENTERED else _SCOPES.get(first)
        if scope is not None and (self.required or scope in _ALWAYS or first in _OF_CUSTOMERS):
            checked(scope, key)


def checked(scope: KeyScope, key: Key | None) -> Key:
    """The key, which must be there and have a scope. Raises `Refused`."""
    if key is None:
        raise Unknown
    if scope not in key.scopes:
        raise Refused(403, f"This key has not the scope '{scope.value}'.")
    return key


class Unknown(Refused):
    """A request without a key that is good, where one is needed."""

    def __init__(self) -> None:
        super().__init__(401, "A key is needed: send it as 'Authorization: Bearer KEY'.")

    def reply(self) -> Reply:
        """With the way in which a key is sent."""
        return Reply(encode(self.body), self.status, (("www-authenticate", 'Bearer realm="tizim"'),))
